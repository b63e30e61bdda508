//! `dossiers.jsonl` and `batch.json`.
use crate::model::{Detail, Evidence, Record, Severity, Verdict};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub const BATCH_FORMAT: &str = "prescreen.batch/1";

/// `batch.json`: what the run was made with, and what was found across dossiers.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Batch {
    pub format: String,
    pub tool: Tool,
    pub programme: ProgrammeStamp,
    /// The day of screening.
    pub as_of: String,
    pub stage: String,
    pub lang: String,
    /// Digests of the lists, the clerk's book and the programme file.
    pub inputs: Vec<Input>,
    pub counts: Counts,
    pub places: Vec<Places>,
    pub dossiers: Vec<Entry>,
    /// Findings that concern several dossiers.
    pub cross: Vec<Cross>,
    /// Clauses that no rule decides, with the reason.
    pub uncovered: Vec<Uncovered>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Tool {
    pub name: String,
    pub version: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct ProgrammeStamp {
    pub name: String,
    pub edition: String,
    pub sha256: String,
    /// The reading chosen for each ambiguity of the notice.
    pub readings: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    pub name: String,
    pub sha256: String,
    /// Headings over filled cells that name no column of such a table; what stands under them was not used.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unknown_columns: Vec<String>,
    /// Columns that were not found beside unknown headings, one of which may be meant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing_columns: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    pub dossiers: u32,
    pub pass: u32,
    pub human: u32,
    pub fail: u32,
    pub files: u32,
    pub unread_files: u32,
    pub noise: u32,
}

/// Applications against places; shown, never tested.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Places {
    pub category: String,
    pub title: String,
    pub places: String,
    pub applications: u32,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Entry {
    pub id: String,
    pub folder: String,
    pub result: Option<Verdict>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Cross {
    pub rule: String,
    pub dossier: String,
    pub result: Verdict,
    pub severity: Severity,
    pub message: String,
    /// The other dossiers concerned.
    pub with: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Uncovered {
    pub clause: String,
    pub why: String,
}

/// One line a record, LF.
pub fn jsonl(records: &[Record]) -> Vec<u8> {
    let mut out = Vec::new();
    for record in records {
        // A record is plain data with string keys: serialising it cannot fail.
        if serde_json::to_writer(&mut out, record).is_ok() {
            out.push(b'\n');
        }
    }
    out
}

/// The other dossiers that a piece of evidence names, without repeats.
pub fn dossiers_named<'a>(evidence: impl IntoIterator<Item = &'a Evidence>) -> Vec<String> {
    let mut with: Vec<String> = Vec::new();
    for id in evidence.into_iter().filter_map(|e| e.dossier.clone()) {
        if !with.contains(&id) {
            with.push(id);
        }
    }
    with
}

/// Counts of a run.
pub fn counts(records: &[Record]) -> Counts {
    let of = |verdict| records.iter().filter(|r| r.result == verdict).count() as u32;
    let files = || records.iter().flat_map(|r| &r.files);
    Counts {
        dossiers: records.len() as u32,
        pass: of(Verdict::Pass),
        human: of(Verdict::Human),
        fail: of(Verdict::Fail),
        files: files().count() as u32,
        unread_files: files().filter(|f| f.read == crate::model::Read::None).count() as u32,
        noise: records.iter().map(|r| r.noise).sum(),
    }
}

impl Detail {
    pub fn concerns(&self) -> Vec<String> {
        dossiers_named(&self.evidence)
    }
}
