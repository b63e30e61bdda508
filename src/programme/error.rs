//! What is wrong with a programme file, and where.
use std::fmt;

/// A programme file that cannot be used: where, what was found, what was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{origin}{at}{rule}{fault}", at = Line(*line), rule = Named(rule))]
pub struct ProgrammeError {
    /// The file, as the operator named it.
    pub origin: String,
    /// Line in the file, from 1.
    pub line: Option<usize>,
    pub rule: Option<String>,
    pub fault: Box<Fault>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Not TOML, an unknown key, a value of another kind.
    #[error("{0}")]
    Shape(String),
    #[error("field `params`: parameters do not fit check `{check}`: {message}")]
    Params { check: String, message: String },
    #[error("field `{field}`: found `{found}`, expected {expected}")]
    Value { field: &'static str, found: String, expected: String },
}

struct Line(Option<usize>);

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(line) => write!(f, ":{line}: "),
            None => f.write_str(": "),
        }
    }
}

struct Named<'a>(&'a Option<String>);

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(rule) => write!(f, "rule {rule}: "),
            None => Ok(()),
        }
    }
}
