//! One person a line, told in words: `1. 张三，男，某某大学，教授，负责总体设计。`
use super::label::{enumerator, squash};
use super::value::{is_title, names_body};
use std::ops::Range;

/// What parts the particulars of a person.
const PARTS: [char; 11] = ['，', ',', '、', ':', '：', '/', '|', '—', '\t', ' ', '\u{3000}'];

/// What parts two persons on one line: 张三，教授；李四，讲师.
const PERSONS: [char; 5] = ['；', ';', '。', '\n', '\u{b}'];

/// Words before a name that say its part: 组长：张三，….
const PARTS_TAKEN: [&str; 19] = [
    "项目负责人",
    "课题负责人",
    "项目主持人",
    "课题主持人",
    "负责人",
    "主持人",
    "副组长",
    "组长",
    "项目组组长",
    "课题组组长",
    "项目组长",
    "课题组长",
    "项目组成员",
    "课题组成员",
    "课题组副组长",
    "成员",
    "组员",
    "骨干",
    "参与人",
];

/// Words that open a sentence and look like names before their comma: 其中，高级工程师….
const OPENINGS: [&str; 14] = ["其中", "目前", "此外", "同时", "另外", "主要", "现有", "拥有", "包括", "分别", "具体", "团队", "近年来", "另有"];

/// What tells a person's part in the work.
pub const DUTIES: [&str; 7] = ["负责", "承担", "主持", "参与", "主要", "协助", "分管"];

/// Whether a line begins with a part in the team: 副组长：…, 成员  ….
pub fn names_part(line: &str) -> bool {
    let text = line[enumerator(line)..].trim_start();
    behind_part(text).len() < text.len()
}

/// The part of the leader that a line begins with.
pub fn leading_part(line: &str) -> Option<&str> {
    let text = line[enumerator(line)..].trim_start();
    let part = text[..text.len() - behind_part(text).len()].trim_end_matches([':', '：', ' ', '\u{3000}', '\t']);
    (!part.contains('副') && ["负责人", "主持人", "组长"].iter().any(|word| part.ends_with(word))).then_some(part)
}

/// A text behind the part in the team that it begins with.
fn behind_part(text: &str) -> &str {
    const GAP: [char; 5] = [':', '：', ' ', '\u{3000}', '\t'];
    let text = text.trim_start();
    let rest = PARTS_TAKEN.iter().find_map(|word| text.strip_prefix(word)).filter(|rest| rest.starts_with(GAP));
    rest.map_or(text, |rest| rest.trim_start_matches(GAP))
}

/// The persons of a line: bytes of each name and what is told of him. Empty where the line may be a plain run of names or
/// no list of persons at all.
pub fn persons(line: &str) -> Vec<(Range<usize>, &str)> {
    let mut found = Vec::new();
    let mut start = 0;
    for piece in line.split(PERSONS) {
        let at = start;
        start += piece.len() + line[at + piece.len()..].chars().next().map_or(0, char::len_utf8);
        match person(piece) {
            Some((name, told)) => found.push((at + name.start..at + name.end, told)),
            // the line begins with something else: a sentence
            None if found.is_empty() && !piece.trim().is_empty() => return found,
            None => {}
        }
    }
    found
}

/// A person a line, and behind a gap what he does: 张三　　志愿者部部长 ⏎ 李四　　宣传. Empty where some line is none of them.
pub fn a_line_each(text: &str) -> Vec<(Range<usize>, &str)> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\u{b}']) {
        let at = start;
        start += line.len();
        match before_gap(line) {
            Some((name, told)) => found.push((at + name.start..at + name.end, told)),
            None if line.trim().is_empty() => {}
            None => return Vec::new(),
        }
    }
    if found.len() >= 2 { found } else { Vec::new() }
}

fn before_gap(line: &str) -> Option<(Range<usize>, &str)> {
    let from = line.len() - line.trim_start().len();
    let end = from + name_end(&line[from..])?;
    let (name, told) = (&line[from..end], line[end..].trim_start());
    let gap = line[end..line.len() - told.len()].chars().map(|c| if c == ' ' { 1 } else { 2 }).sum::<u32>();
    let is_duty = (1..=LONGEST_DUTY).contains(&told.chars().count()) && !told.contains(['。', '；', ':', '：']);
    (gap >= 2 && is_duty && !is_title(name) && !names_body(name)).then(|| (from..end, told.trim_end()))
}

/// Names in a run and nothing else, some of them spaced as only names are: 张三（组长）、李 四、王五.
fn runs(text: &str) -> bool {
    let pieces = text.trim_end_matches(['。', ' ']).split(['、', '，', ',', '；', ';']);
    let names: Vec<&str> = pieces.map(|piece| piece.split(['(', '（']).next().unwrap_or("").trim()).collect();
    let is_name = |name: &&str| {
        let tight = squash(name);
        (2..=4).contains(&tight.chars().count()) && tight.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) && !is_title(&tight)
    };
    let spaced = |name: &&str| name.split_whitespace().count() >= 2 && name.split_whitespace().all(|part| part.chars().count() == 1);
    names.len() >= 3 && names.iter().all(is_name) && names.iter().any(spaced)
}

/// Whether a line tells of persons, in brackets or between commas.
pub fn tells_of_persons(line: &str) -> bool {
    !listed(line).is_empty() || !persons(line).is_empty() || runs(line)
}

/// The persons of a line that holds nothing else, each with brackets that tell of him: 张三（教授，某大学，项目负责）；李四（…）。
/// Bytes of each name and what stands in its brackets.
pub fn listed(line: &str) -> Vec<(Range<usize>, &str)> {
    let mut found = Vec::new();
    let mut at = line.len() - behind_part(&line[enumerator(line)..]).len();
    while let Some(open) = line[at..].find(['(', '（']).map(|n| at + n) {
        let inner = open + line[open..].chars().next().map_or(1, char::len_utf8);
        let Some(close) = closing(line, inner) else { return Vec::new() };
        let end = duty_behind(line, close);
        let name = super::line::trim_value(line, at..open);
        let is_name = name_end(&line[name.start..]).is_some_and(|end| line[name.start + end..open].trim().is_empty());
        let told = &line[inner..close];
        if !is_name || is_title(&line[name.clone()]) || !told.split(PARTS).any(|part| is_title(part.trim()) || names_body(part)) {
            return Vec::new();
        }
        found.push((name, if end > close { &line[inner..end] } else { told }));
        at = end.max(close + line[close..].chars().next().map_or(1, char::len_utf8));
        at += line[at..].len() - line[at..].trim_start_matches(|c: char| PARTS.contains(&c) || PERSONS.contains(&c)).len();
    }
    if line[at..].trim_matches(|c: char| c.is_whitespace() || matches!(c, '等' | '。')).is_empty() { found } else { Vec::new() }
}

/// Characters of the longest duty behind a dash.
const LONGEST_DUTY: usize = 24;

/// Where what a person does ends, told behind the bracket: （教授，某大学）——现场实施. The bracket itself where nothing is.
fn duty_behind(line: &str, close: usize) -> usize {
    let behind = line[close..].trim_start_matches([')', '）']);
    let duty = behind.split(PERSONS).next().unwrap_or("");
    let told = duty.starts_with(['—', '–', '－']) && duty.chars().count() <= LONGEST_DUTY && !duty.contains(['(', '（']);
    if told { line.len() - behind.len() + duty.len() } else { close }
}

/// Where the bracket closes whose inside begins at a place, past brackets in it.
fn closing(line: &str, inner: usize) -> Option<usize> {
    let mut depth = 1u32;
    for (n, c) in line[inner..].char_indices() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(inner + n);
        }
    }
    None
}

fn person(piece: &str) -> Option<(Range<usize>, &str)> {
    let mut from = enumerator(piece);
    from = piece.len() - behind_part(&piece[from..]).len();
    let end = from + name_end(&piece[from..])?;
    let told = &piece[end..];
    let marks = outside_brackets(told).split(PARTS).map(str::trim).filter(|part| !part.is_empty()).any(is_particular);
    let name = &piece[from..end];
    (marks && !is_title(name) && !names_body(name) && !is_particular(name) && !OPENINGS.contains(&name)).then_some((from..end, told))
}

/// Where a name at the head of a text ends: before what parts it from the rest. `钟 瑞，男` is one name.
fn name_end(text: &str) -> Option<usize> {
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) || c == '·';
    let parts = |c: char| PARTS.contains(&c) || matches!(c, '(' | '（' | '-');
    let word = |text: &str| text.find(|c: char| !han(c)).unwrap_or(text.len());
    let mut end = word(text);
    let count = |end: usize| text[..end].chars().filter(|c| han(*c)).count();
    if count(end) == 1 {
        let gap = text[end..].len() - text[end..].trim_start().len();
        let second = word(&text[end + gap..]);
        end += if gap > 0 && text[end + gap..end + gap + second].chars().count() == 1 { gap + second } else { return None };
    }
    let length = if text[..end].contains('·') { 3..=15 } else { 2..=4 };
    (length.contains(&count(end)) && text[end..].chars().next().is_some_and(parts)).then_some(end)
}

/// A text without what stands in brackets: those of another name say nothing of the first.
fn outside_brackets(text: &str) -> String {
    let mut depth = 0u32;
    let keep = |c: &char| {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    };
    text.chars().filter(keep).collect()
}

/// Sex, birth, post, employer or duty: what is told of a person and is no other name.
fn is_particular(part: &str) -> bool {
    let tight = squash(part);
    matches!(tight.as_str(), "男" | "女" | "汉族")
        || is_title(&tight)
        || names_body(part)
        || DUTIES.iter().any(|duty| tight.starts_with(duty))
        || tight.ends_with('岁') && tight.starts_with(|c: char| c.is_ascii_digit())
        || ["年生", "月生", "出生", "学历", "博士", "硕士", "学士", "本科"].iter().any(|word| tight.ends_with(word))
}

#[cfg(test)]
mod tests {
    use super::{listed, persons};

    fn names(line: &str) -> Vec<&str> {
        persons(line).into_iter().map(|(name, _)| &line[name]).collect()
    }

    #[test]
    fn a_line_tells_of_one_person_or_several() {
        for line in [
            "1. 郎广田，男，徐州工程学院，教授，负责方案设计。",
            "组长：郎广田，徐州工程学院教授",
            "（3）郎广田（组长）：负责总体设计",
            "郎广田　男　1980年5月生　徐州医科大学　副主任医师",
            "郎广田：徐州市中心医院主任医师，负责随访；每月汇总一次。",
        ] {
            assert_eq!(names(line), ["郎广田"], "{line}");
        }
        assert_eq!(names("郎广田，教授；李四，讲师"), ["郎广田", "李四"]);
        assert_eq!(names("1.钟 瑞，女，工程师"), ["钟 瑞"]);
    }

    #[test]
    fn a_line_of_persons_with_what_tells_of_them_in_brackets_is_known_by_itself() {
        let line = "尹春燕（正高级工程师，徐州市（县）检测中心，项目负责）；袁 峰（教授，徐州医科大学）、关山月（讲师，现场服务）。";
        let names: Vec<&str> = listed(line).into_iter().map(|(name, _)| &line[name]).collect();
        assert_eq!(names, ["尹春燕", "袁 峰", "关山月"]);
        assert_eq!(listed("成员：尹春燕（教授）、袁峰（讲师）").len(), 2);
        for line in [
            "团队由尹春燕（教授，徐州医科大学）带队，定期会商。",
            "尹春燕（教授，徐州医科大学）任组长，袁峰（讲师）任副组长",
            "服务内容（培训、指导）；考核（每季）",
            "尹春燕、袁峰",
            "徐州医科大学（教授3人）",
        ] {
            assert!(listed(line).is_empty(), "{line}");
        }
    }

    #[test]
    fn runs_of_names_and_sentences_are_no_persons_lines() {
        for line in [
            "张三、李四、王五",
            "尹春燕（徐州工程学院，高级工程师）；袁峰（徐州医科大学，教授）",
            "项目组由5人组成，均具有高级职称。",
            "徐州工程学院，教授",
            "研究人员、高级工程师各2名",
            "其中，教授3人，高级工程师",
        ] {
            assert!(names(line).is_empty(), "{line}");
        }
    }
}
