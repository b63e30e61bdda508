//! Which column of an operator's table is which: by its exact names, else by the words that its heading holds.
use super::IntakeError;
use super::table::Table;
use crate::text::key;

/// One column that a table may have.
#[derive(Debug)]
pub struct Column {
    /// The contract's name first, then what clerks call it.
    pub names: &'static [&'static str],
    /// Words that a longer heading holds in this order, parted by `*`: 纸*时间. An earlier column of a table has the first choice.
    pub says: &'static [&'static str],
}

/// The columns of a table that were found, in the order asked for.
#[derive(Debug)]
pub struct Columns {
    found: Vec<Option<usize>>,
    by_words: Vec<bool>,
}

impl Columns {
    /// Finds each column by name; then, among the headings that are left, by words.
    pub fn of(table: &Table, wanted: &[&Column]) -> Self {
        let plain = |heading: &str| key(heading).replace(['_', '-'], "");
        let headings: Vec<String> = table.header().iter().map(|heading| plain(heading)).collect();
        let exact = |column: &Column| headings.iter().position(|heading| column.names.iter().any(|name| plain(name) == *heading));
        let mut found: Vec<Option<usize>> = wanted.iter().map(|column| exact(column)).collect();
        let mut by_words = vec![false; wanted.len()];
        for (n, column) in wanted.iter().enumerate().filter(|(n, _)| found[*n].is_none()).collect::<Vec<_>>() {
            let free = |at: &usize| !found.contains(&Some(*at)) && !headings[*at].is_empty();
            let says = column.names.iter().filter(|name| name.chars().count() >= 2 && !name.is_ascii()).chain(column.says);
            let at = says.filter_map(|pattern| (0..headings.len()).filter(free).find(|at| holds(&headings[*at], pattern))).next();
            found[n] = at;
            by_words[n] = at.is_some();
        }
        Self { found, by_words }
    }

    pub fn at(&self, n: usize) -> Option<usize> {
        self.found.get(n).copied().flatten()
    }

    /// A column found by its exact name.
    pub fn by_name(&self, n: usize) -> Option<usize> {
        self.at(n).filter(|_| !self.by_words[n])
    }

    /// A column found by words is one only where its cells can be read as what it holds.
    pub fn fitting<T>(&self, n: usize, table: &Table, parse: impl Fn(&str) -> Option<T>) -> Option<usize> {
        let at = self.at(n)?;
        let fits = || table.rows().filter_map(|cells| cells.text(Some(at))).all(|text| parse(&super::table::folded(text)).is_some());
        (!self.by_words[n] || fits()).then_some(at)
    }

    /// A column that the table must have.
    ///
    /// # Errors
    /// [`IntakeError::NoColumn`], with the headings that it has.
    pub fn needed(&self, n: usize, table: &Table, wanted: &[&Column]) -> Result<usize, IntakeError> {
        let missing = || IntakeError::NoColumn {
            file: table.file.clone(),
            found: table.header().join(", "),
            expected: wanted.get(n).and_then(|column| column.names.first()).copied().unwrap_or_default(),
        };
        self.at(n).ok_or_else(missing)
    }
}

/// Whether a heading holds some words in their order.
fn holds(heading: &str, pattern: &str) -> bool {
    let mut rest = heading;
    key(pattern).split('*').all(|word| {
        let Some(at) = rest.find(word) else { return false };
        rest = &rest[at + word.len()..];
        true
    })
}

/// What a table's header left open: columns that it could have, and headings that are none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Open {
    /// Columns that were not found, by the contract's names.
    pub absent: Vec<&'static str>,
    /// Headings over filled cells that name no column.
    pub unknown: Vec<String>,
}

impl Open {
    pub fn of(table: &Table, wanted: &[&Column]) -> Self {
        let columns = Columns::of(table, wanted);
        let absent = wanted.iter().enumerate().filter(|(n, _)| columns.at(*n).is_none()).filter_map(|(_, column)| column.names.first().copied());
        let filled = |at: usize| table.rows().any(|cells| cells.text(Some(at)).is_some());
        let unknown = table.header().iter().enumerate().filter(|(at, heading)| {
            let is_number = ["序号", "no", "no."].contains(&key(heading).as_str());
            !heading.trim().is_empty() && !is_number && !columns.found.contains(&Some(*at)) && filled(*at)
        });
        Self { absent: absent.collect(), unknown: unknown.map(|(_, heading)| heading.trim().to_owned()).collect() }
    }

    /// Whether a heading that is not known could be a column that was not found.
    pub fn is_doubtful(&self) -> bool {
        !self.absent.is_empty() && !self.unknown.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: Column = Column { names: &["name", "学会名称"], says: &["单位*名称"] };
    const PAPER: Column = Column { names: &["paper_received_at", "纸质版收到时间"], says: &["纸*时间"] };
    const RECEIVED: Column = Column { names: &["received_at", "收到时间"], says: &["邮件*时间", "*时间"] };
    const WANTED: [&Column; 3] = [&NAME, &PAPER, &RECEIVED];

    fn table(text: &str) -> Table {
        Table::parse("a.csv".into(), text.as_bytes()).unwrap()
    }

    #[test]
    fn columns_are_found_by_any_name_in_any_order() {
        let table = table("年 度,Received At,学会名称\n2022,x,甲\n");
        let columns = Columns::of(&table, &WANTED);
        assert_eq!([0, 1, 2].map(|n| columns.at(n)), [Some(2), None, Some(1)]);
        assert!(columns.needed(1, &table, &WANTED).is_err());
    }

    #[test]
    fn a_longer_heading_is_known_by_its_words_and_its_cells() {
        let table = table("市级学会名称（全称）,纸质材料送达时间,电子邮件到达时间\n甲,2022-06-01,2022-06-02\n");
        let columns = Columns::of(&table, &WANTED);
        assert_eq!([0, 1, 2].map(|n| columns.at(n)), [Some(0), Some(1), Some(2)]);
        assert_eq!(columns.fitting(1, &table, |text| text.parse::<u32>().ok()), None);
        assert_eq!(columns.fitting(1, &table, super::super::table::moment), Some(1));
    }

    #[test]
    fn an_unknown_heading_is_told_and_doubtful_where_a_column_is_missing() {
        let open = Open::of(&table("序号,学会名称,归口科室,空列\n1,甲,学会部,\n"), &WANTED);
        assert_eq!((open.unknown.as_slice(), open.absent.as_slice()), (["归口科室".to_owned()].as_slice(), ["paper_received_at", "received_at"].as_slice()));
        assert!(open.is_doubtful());
        assert!(!Open::of(&table("name,received_at,paper_received_at,其他\n甲,x,y,z\n"), &WANTED).is_doubtful());
        assert!(!Open::of(&table("name\n甲\n"), &WANTED).is_doubtful());
    }
}
