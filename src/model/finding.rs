//! Verdicts and what a check hands back.
use super::{DocId, Pointer, Say};
use serde::{Deserialize, Serialize};

/// Worst first, as several outcomes of one rule fold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Fail,
    Human,
    NotChecked,
    Pass,
    NotApplicable,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Error,
    Warning,
    Info,
}

/// One answer of a check about one thing. A rule's outcomes fold into its finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    pub verdict: Verdict,
    /// Lowers the rule's severity for this outcome; never raises it.
    pub severity: Option<Severity>,
    pub message: Say,
    /// Replaces the rule's hint where this outcome has a better one.
    pub hint: Option<Say>,
    pub evidence: Vec<Pointer>,
    /// Files that were read for something that is absent.
    pub searched: Vec<DocId>,
}

impl Outcome {
    pub fn new(verdict: Verdict, message: Say) -> Self {
        Self { verdict, severity: None, message, hint: None, evidence: Vec::new(), searched: Vec::new() }
    }

    pub fn pass(message: Say) -> Self {
        Self::new(Verdict::Pass, message)
    }

    pub fn fail(message: Say) -> Self {
        Self::new(Verdict::Fail, message)
    }

    pub fn human(message: Say) -> Self {
        Self::new(Verdict::Human, message)
    }

    pub fn not_checked(message: Say) -> Self {
        Self::new(Verdict::NotChecked, message)
    }

    pub fn not_applicable(message: Say) -> Self {
        Self::new(Verdict::NotApplicable, message)
    }

    /// Adds what the answer rests on.
    #[must_use]
    pub fn see<P: Into<Pointer>>(mut self, pointers: impl IntoIterator<Item = P>) -> Self {
        self.evidence.extend(pointers.into_iter().map(Into::into));
        self
    }

    #[must_use]
    pub fn searched(mut self, docs: impl IntoIterator<Item = DocId>) -> Self {
        self.searched.extend(docs);
        self
    }

    #[must_use]
    pub fn at_most(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }

    #[must_use]
    pub fn hint(mut self, hint: Say) -> Self {
        self.hint = Some(hint);
        self
    }
}
