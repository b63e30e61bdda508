//! Two hand-ins of one project are versions of one.
use super::{BatchOutcome, Summary, evidence_of, ids};
use crate::model::{Severity, Verdict};
use crate::say;
use std::collections::BTreeMap;

/// Which dossiers count, and which are versions of one another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Versions {
    /// For each dossier, whether limits count it: one of each group of versions, none that the book took back.
    pub counts: Vec<bool>,
    /// Groups of two or more that the clerk's book does not decide.
    pub open: Vec<Vec<usize>>,
}

/// Groups dossiers of the same applicant, category and project. What the clerk's book withdrew or superseded is out.
pub fn versions(summaries: &[Summary]) -> Versions {
    let superseded: Vec<&str> = summaries.iter().filter(|s| !s.withdrawn).filter_map(|s| s.supersedes.as_deref()).collect();
    let mut counts: Vec<bool> = summaries.iter().map(|s| !s.withdrawn && !superseded.contains(&s.id.as_str())).collect();
    let mut groups: BTreeMap<(&str, &str, &str), Vec<usize>> = BTreeMap::new();
    for (n, summary) in summaries.iter().enumerate().filter(|(n, _)| counts[*n]) {
        if let (Some(applicant), Some(project)) = (&summary.applicant, &summary.project)
            && !applicant.key.is_empty()
            && !project.key.is_empty()
        {
            groups.entry((&applicant.key, summary.category.as_deref().unwrap_or(""), &project.key)).or_default().push(n);
        }
    }
    let open: Vec<Vec<usize>> = groups.into_values().filter(|members| members.len() > 1).collect();
    for later in open.iter().flat_map(|members| &members[1..]) {
        counts[*later] = false;
    }
    Versions { counts, open }
}

impl Versions {
    /// A person must say which version holds.
    pub fn outcomes(&self, summaries: &[Summary]) -> Vec<BatchOutcome> {
        let outcome = |members: &Vec<usize>, own: usize| BatchOutcome {
            dossier: own,
            verdict: Verdict::Human,
            severity: Some(Severity::Warning),
            message: say!(
                "同一单位、同一类别、同一项目收到 {} 份材料（{}），只按一份计数，请确认以哪一份为准，并在收件登记中注明",
                "{} hand-ins of one project by one applicant ({}); counted once; say in the clerk's book which one holds",
                members.len(),
                ids(summaries, members)
            ),
            evidence: evidence_of(summaries, own, members),
        };
        self.open.iter().flat_map(|members| members.iter().map(move |own| outcome(members, *own))).collect()
    }
}
