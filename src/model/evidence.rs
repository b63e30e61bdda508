//! How a finding points at what it saw.
use super::Location;
use serde::{Deserialize, Serialize};

/// Index of a file within its dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DocId(pub u32);

/// A stretch of one block: the only way to point at a source. Offsets are bytes of `Block::text`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    pub doc: DocId,
    pub block: u32,
    pub start: u32,
    pub end: u32,
}

/// Where an outcome got its answer from; resolved into [`Evidence`] by `screen`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pointer {
    Span(Span),
    /// A whole file (a photo, an unread scan).
    File(DocId),
    /// A row of one of the operator's lists or of the clerk's book.
    List {
        list: String,
        row: u32,
        quote: String,
    },
    /// One of the dossier's seals, by its place in the list.
    Seal(u32),
    /// Another dossier of the batch.
    Dossier {
        id: String,
    },
}

impl From<Span> for Pointer {
    fn from(span: Span) -> Self {
        Self::Span(span)
    }
}

/// Evidence as the record carries it: file, place and the original words.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default)]
pub struct Evidence {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dossier: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// PDF points, origin top left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rect: Option<[f32; 4]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// The stretch it was resolved from, for as long as the documents are in memory; never written.
    #[serde(skip)]
    pub span: Option<Span>,
}

impl Evidence {
    /// Evidence at a place of a file.
    pub fn at(file: &str, place: &Location, quote: &str) -> Self {
        Self {
            file: Some(file.to_owned()),
            page: place.page,
            rect: place.rect,
            paragraph: place.paragraph,
            table: place.table,
            row: place.row,
            column: place.column,
            sheet: place.sheet.clone(),
            quote: (!quote.is_empty()).then(|| quote.to_owned()),
            ..Self::default()
        }
    }
}
