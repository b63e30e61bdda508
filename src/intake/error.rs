//! What is wrong with the operator's own files: the run stops and says where.
use crate::model::{Lang, Say};

/// A fault of INBOX, of a list or of the clerk's book. Never of an applicant's file.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    #[error("cannot read {path}")]
    Unreadable { path: String, source: std::io::Error },
    #[error("{path} is not a folder")]
    NotAFolder { path: String },
    #[error("{first} and {second} are both the clerk's book; keep one")]
    TwoBooks { first: String, second: String },
    #[error("{file}: not a table: {why}; expected CSV (UTF-8 or GB18030) or XLSX")]
    NotATable { file: String, why: String },
    #[error("{file}, row 1: found columns `{found}`, expected a column `{expected}`")]
    NoColumn { file: String, found: String, expected: &'static str },
    #[error("{file}, row {row}, column {column}: found `{found}`, expected {expected}", expected = expected.en)]
    Cell { file: String, row: u32, column: String, found: String, expected: Say },
    #[error("{file}, row {row}: found {found} cells, expected {expected} as in row 1")]
    Width { file: String, row: u32, found: usize, expected: usize },
    #[error("{file}: dossier `{dossier}` stands in row {first} and in row {second}, expected once")]
    Twice { file: String, dossier: String, first: u32, second: u32 },
}

impl IntakeError {
    /// The message in the language of the run.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.to_string(),
            Lang::Zh => self.in_chinese(),
        }
    }

    fn in_chinese(&self) -> String {
        match self {
            Self::Unreadable { path, .. } => format!("无法读取 {path}"),
            Self::NotAFolder { path } => format!("{path} 不是文件夹"),
            Self::TwoBooks { first, second } => format!("{first} 和 {second} 都是收件登记簿，请只保留一个"),
            Self::NotATable { file, why } => format!("{file} 不是表格（{why}），应为 CSV（UTF-8 或 GB18030 编码）或 XLSX"),
            Self::NoColumn { file, found, expected } => format!("{file} 第 1 行：表头为“{found}”，缺少列“{expected}”"),
            Self::Cell { file, row, column, found, expected } => format!("{file} 第 {row} 行“{column}”列：填的是“{found}”，应为{}", expected.zh),
            Self::Width { file, row, found, expected } => format!("{file} 第 {row} 行：有 {found} 个单元格，表头只有 {expected} 个"),
            Self::Twice { file, dossier, first, second } => format!("{file}：材料“{dossier}”在第 {first} 行和第 {second} 行重复登记，应只有一行"),
        }
    }

    /// Both languages at once.
    pub fn say(&self) -> Say {
        Say::new(self.in_chinese(), self.to_string())
    }
}
