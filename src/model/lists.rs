//! The operator's lists; every row keeps its number so that evidence can name it.

/// A list that was found, or none. `None` makes its rules `not_checked`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List<T> {
    /// File name, for evidence.
    pub name: String,
    pub rows: Vec<Row<T>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<T> {
    /// Row in the file; the header is 1.
    pub number: u32,
    /// The row as written, cells parted by `, `.
    pub quote: String,
    pub value: T,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Society {
    pub name: String,
    pub aliases: Vec<String>,
    pub code: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct YearResult {
    pub name: String,
    pub year: i32,
    pub result: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GradeRow {
    pub name: String,
    /// As written: 4A, AAAA, …
    pub grade: String,
    pub valid_until: Option<jiff::civil::Date>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Blacklisted {
    pub name: String,
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recognised {
    pub year: i32,
    pub category: String,
    pub applicant: String,
    pub project: String,
    pub partner: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Topic {
    pub number: String,
    pub title: String,
}

/// All lists of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lists {
    pub societies: Option<List<Society>>,
    pub annual_check: Option<List<YearResult>>,
    pub grades: Option<List<GradeRow>>,
    pub blacklist: Option<List<Blacklisted>>,
    pub history: Option<List<Recognised>>,
    pub topics: Option<List<Topic>>,
}
