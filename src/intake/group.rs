//! Which folder or attached archive a file belongs to, so that several applications in one package can be parted.

/// For each `(path, is an opened container)` the folders and containers it lies in, parted by `/`, without
/// those that hold every file.
pub fn group_of(files: &[(&str, bool)]) -> Vec<String> {
    let parents: Vec<Vec<&str>> = files.iter().map(|(path, _)| parents(path)).collect();
    let mut plain = files.iter().zip(&parents).filter(|((_, opened), _)| !opened).map(|(_, parents)| parents);
    let mut shared = plain.next().map_or(0, Vec::len);
    if let Some(first) = files.iter().zip(&parents).find(|((_, opened), _)| !opened).map(|(_, parents)| parents) {
        for other in plain {
            let same = first.iter().zip(other).take_while(|(a, b)| a == b).count();
            shared = shared.min(same);
        }
    }
    parents.iter().map(|parents| parents.get(shared..).unwrap_or_default().join("/")).collect()
}

fn parents(path: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    parts.into_iter().map(|part| part.strip_suffix('!').unwrap_or(part)).collect()
}

/// For groups of files that belong to different applications: for each the folder or container that is its
/// alone, or `None` where two lie side by side or one within the other.
pub fn separate(groups: &[&str]) -> Option<Vec<String>> {
    let split: Vec<Vec<&str>> = groups.iter().map(|group| group.split('/').filter(|part| !part.is_empty()).collect()).collect();
    let own = |n: usize| {
        let mine = &split[n];
        let others = split.iter().enumerate().filter(|(other, _)| *other != n);
        let shared = others.map(|(_, other)| mine.iter().zip(other).take_while(|(a, b)| a == b).count()).max().unwrap_or(0);
        let within_another = split.iter().enumerate().any(|(other, parts)| other != n && parts.len() <= shared && mine.starts_with(parts));
        (shared < mine.len() && !within_another).then(|| mine[..=shared].join("/"))
    };
    (0..split.len()).map(own).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_belongs_to_its_folder_or_attached_archive() {
        let files = [("项目一/申报书.docx", false), ("项目二/申报书.docx", false), ("说明.txt", false), ("三.zip", true), ("三.zip!/申报书.docx", false)];
        assert_eq!(group_of(&files), ["项目一", "项目二", "", "", "三.zip"]);
    }

    #[test]
    fn what_holds_everything_is_no_group() {
        let files = [("材料.zip", true), ("材料.zip!/一/申报书.docx", false), ("材料.zip!/二/申报书.docx", false)];
        assert_eq!(group_of(&files), ["", "一", "二"]);
        assert_eq!(group_of(&[("材料.zip", true), ("材料.zip!/申报书.docx", false)]), ["", ""]);
        assert_eq!(group_of(&[]), Vec::<String>::new());
    }

    #[test]
    fn applications_are_parted_where_their_folders_part() {
        assert_eq!(separate(&["一", "二"]), Some(vec!["一".into(), "二".into()]));
        assert_eq!(separate(&["材料/一/表", "材料/二"]), Some(vec!["材料/一".into(), "材料/二".into()]));
        assert_eq!(separate(&["一", "一"]), None, "side by side");
        assert_eq!(separate(&["", "二"]), None, "one within the other's folder");
        assert_eq!(separate(&["一", "一/旧"]), None);
    }
}
