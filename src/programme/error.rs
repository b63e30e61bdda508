//! What is wrong with a programme file, and where.
use crate::model::{Lang, Say};
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
    #[error("field `{field}`: found `{found}`, expected {expected}", expected = expected.en)]
    Value { field: &'static str, found: String, expected: Say },
}

impl ProgrammeError {
    /// The message in the language of the run. What the TOML reader says of the file's shape is English in both.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.to_string(),
            Lang::Zh => {
                let line = self.line.map_or(String::new(), |line| format!("第 {line} 行"));
                let rule = self.rule.as_ref().map_or(String::new(), |rule| format!("（规则 {rule}）"));
                format!("{} {line}{rule}：{}", self.origin, self.fault.in_chinese())
            }
        }
    }
}

impl Fault {
    fn in_chinese(&self) -> String {
        match self {
            Self::Shape(message) => format!("写法不对：{message}"),
            Self::Params { check, message } => format!("字段“params”：参数不合核查方法“{check}”的要求：{message}"),
            Self::Value { field, found, expected } => format!("字段“{field}”：写的是“{found}”，应为{}", expected.zh),
        }
    }
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
