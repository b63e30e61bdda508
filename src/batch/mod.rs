//! Rules that look across dossiers: limits, exclusions, service points, repeats. A reduction over summaries.
//!
//! | file | rules of that kind |
//! |---|---|
//! | `summary` | what the batch needs of one dossier |
//! | `versions` | two hand-ins of one project: counted once |
//! | `limits` | how many a society may hand in, what excludes what |
//! | `points` | one service point, one project |
//! | `repeats` | the same text or the same file in two dossiers |
//! | `photos` | nearly the same photo in two dossiers or for two events |
mod limits;
mod photos;
mod points;
mod repeats;
mod summary;
mod versions;

pub use limits::{Exclusive, Limit, Together, exclusive, limit, together};
pub use photos::alike_photos;
pub use points::{same_point, shared_point};
pub use repeats::repeats;
pub use summary::{Named, Photo, Summary, summarise};
pub use versions::{Versions, versions};

use crate::model::{Evidence, Say, Severity, Verdict};

/// One answer about one dossier, its evidence already resolved.
#[derive(Debug, Clone, PartialEq)]
pub struct BatchOutcome {
    /// Index of the dossier among the summaries.
    pub dossier: usize,
    pub verdict: Verdict,
    pub severity: Option<Severity>,
    pub message: Say,
    pub evidence: Vec<Evidence>,
}

/// The applicant's own words first, then those of the other dossiers concerned.
fn evidence_of(summaries: &[Summary], own: usize, others: &[usize]) -> Vec<Evidence> {
    let mut evidence: Vec<Evidence> = summaries[own].applicant.iter().map(|a| a.at.clone()).collect();
    for other in others.iter().filter(|n| **n != own) {
        let summary = &summaries[*other];
        let place = summary.project.as_ref().or(summary.applicant.as_ref()).map(|named| named.at.clone()).unwrap_or_default();
        evidence.push(Evidence { dossier: Some(summary.id.clone()), ..place });
    }
    evidence
}

/// `C1-003、C1-007` for a sentence.
fn ids(summaries: &[Summary], members: &[usize]) -> String {
    members.iter().map(|n| summaries[*n].id.as_str()).collect::<Vec<_>>().join("、")
}
