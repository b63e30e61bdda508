//! One line of `dossiers.jsonl`: evidence resolved, no span left.
use super::{
    Difference, EventRole, EventStatus, Evidence, EvidenceKind, FieldId, Integrity, Level, PaperState, Read, Role, SealShape, Severity, Signature, Value,
    Verdict,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub const DOSSIER_FORMAT: &str = "prescreen.dossier/1";

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    pub format: String,
    pub id: String,
    pub source: String,
    /// A category of the programme, or null while it is unknown.
    pub category: Option<String>,
    pub result: Verdict,
    /// Info-level rules that await a person.
    pub to_review: u32,
    pub files: Vec<FileRecord>,
    pub fields: BTreeMap<FieldId, Vec<FieldRecord>>,
    pub agreements: Vec<AgreementRecord>,
    pub look_alikes: Vec<AgreementRecord>,
    pub events: Vec<EventRecord>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seals: Vec<SealRecord>,
    pub paper: PaperRecord,
    pub findings: Vec<Finding>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<String>,
    #[serde(default)]
    pub noise: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FileRecord {
    pub path: String,
    pub sha256: Option<String>,
    pub bytes: u64,
    pub format: String,
    pub role: Role,
    pub pages: Option<u32>,
    #[schemars(with = "String")]
    pub read: Read,
    pub problems: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FieldRecord {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub value: Option<Value>,
    pub raw: String,
    pub evidence: Evidence,
    /// Further places, where the value runs over several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub more: Vec<Evidence>,
}

/// A seal: in ink (or a picture of one), or electronic.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SealRecord {
    pub kind: SealSort,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub shape: Option<SealShape>,
    /// Of ink: how red it is, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub strength: Option<f32>,
    /// The name it bears, where it was read for sure; of an electronic one that of the seal or its signer.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub name: Option<String>,
    /// Of an electronic one: whether the content is that which was signed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[schemars(with = "Option<String>")]
    pub integrity: Option<Integrity>,
    pub evidence: Evidence,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SealSort {
    Ink,
    Electronic,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PartyRecord {
    pub role: String,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Term {
    pub from: Option<String>,
    pub to: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AmountRecord {
    pub fen: i64,
    pub evidence: Evidence,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AgreementRecord {
    pub file: String,
    pub title: String,
    pub parties: Vec<PartyRecord>,
    pub signed_on: Option<String>,
    pub term: Term,
    pub amounts: Vec<AmountRecord>,
    pub duties: Vec<String>,
    pub signature: Signature,
    pub evidence: Evidence,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EventEvidenceRecord {
    pub kind: EvidenceKind,
    pub at: Evidence,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EventRecord {
    pub name: String,
    pub from: Option<String>,
    pub to: Option<String>,
    pub place: String,
    pub level: Level,
    pub role: EventRole,
    pub status: EventStatus,
    pub evidence: Vec<EventEvidenceRecord>,
    pub counts: bool,
    pub why: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct PaperRecord {
    pub state: PaperState,
    pub differences: Vec<Difference>,
}

/// Each of a rule's outcomes, where it looked at several things.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Detail {
    pub result: Verdict,
    pub message: String,
    pub evidence: Vec<Evidence>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    pub rule: String,
    pub result: Verdict,
    pub severity: Severity,
    pub clause: String,
    pub message: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hint: String,
    pub evidence: Vec<Evidence>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<Detail>,
    /// Files read for something that is absent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub searched: Vec<String>,
}
