//! The paper copy: what its manifest lists and how it differs from the electronic files.
use super::{DocId, Evidence, Say, SealMark, Value};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `manifest.json` of the paper copy, or what a plain `sha256sum` list says of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Manifest {
    pub format: String,
    #[serde(default)]
    pub dossier: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created: Option<String>,
    pub files: Vec<ManifestFile>,
    #[serde(default)]
    pub digest: String,
    #[serde(default)]
    pub code: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sm3_digest: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default)]
pub struct ManifestFile {
    pub path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    pub sha256: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sm3: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text_sha256: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub page_text_sha256: Vec<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, Value>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaperState {
    Identical,
    SameText,
    Different,
    #[default]
    NotChecked,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceKind {
    MissingFile,
    ExtraFile,
    Renamed,
    Bytes,
    Text,
    PageMissing,
    PageExtra,
    PageOrder,
    Field,
}

/// One difference between the electronic files and the paper copy, with both places.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Difference {
    pub kind: DifferenceKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub electronic: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<String>,
    pub at: Evidence,
    pub paper_at: Evidence,
}

/// What the comparison with the paper side gave.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct PaperSide {
    pub state: PaperState,
    pub differences: Vec<Difference>,
    /// True where text is known to differ or a listed file is absent; a mere difference of bytes is not.
    pub text_differs: bool,
    /// 齐全: every file listed is present and none is unlisted. `None`: no file list on paper.
    pub complete: Option<bool>,
    /// 一致: every digest agrees.
    pub consistent: Option<bool>,
    /// What was compared (`manifest.json`, `fields.csv`), or nothing.
    pub sources: Vec<String>,
    /// Why nothing could be compared although something was there.
    pub problem: Option<Say>,
    /// Sealed tick of the six-field form.
    pub sealed: Option<bool>,
    pub pages: Option<u32>,
    /// What the code of the slip on the scan says.
    #[serde(default)]
    pub slip: Option<Say>,
    /// Seals on the scan of the paper copy, with the scan's name.
    #[serde(default)]
    pub seals: Vec<(String, SealMark)>,
    /// What was compared with the scan of the paper copy.
    #[serde(default)]
    pub scan: Option<ScanSide>,
}

/// How far the scan of the paper copy was compared.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ScanSide {
    pub pages: u32,
    /// Pages without a text layer, which nobody recognised.
    pub unread: u32,
    /// Electronic files whose words the scan shows.
    pub compared: Vec<DocId>,
    /// Electronic files with words that the scan does not show.
    pub not_found: Vec<DocId>,
    /// The words lie over pictures of the pages: they were recognised, and may be wrong.
    pub is_recognised: bool,
}
