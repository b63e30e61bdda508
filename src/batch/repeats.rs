//! The same file or the same text in two dossiers.
use super::{BatchOutcome, Summary, evidence_of, ids};
use crate::model::{Evidence, Role, Severity, Verdict};
use crate::say;
use std::collections::{BTreeMap, BTreeSet};

/// Sentences that this many applicants share belong to the template.
const TEMPLATE_SHARED_BY: usize = 3;
/// Fewer characters of own prose say nothing.
const LEAST_PROSE: u32 = 100;
/// Fewer copied characters are a set phrase or two.
const LEAST_COPIED: u32 = 60;

/// Warns where evidence of work or most of a form's prose stands in two dossiers that both count; `near` is the
/// share of the shorter form's prose that stands word for word in the other one.
pub fn repeats(summaries: &[Summary], counts: &[bool], near: f64) -> Vec<BatchOutcome> {
    let template = template_paragraphs(summaries);
    let shared_files = shared_files(summaries, counts);
    (0..summaries.len())
        .map(|own| {
            let mut with: BTreeSet<usize> = BTreeSet::new();
            let mut evidence = Vec::new();
            let mut names = Vec::new();
            for (path, others) in shared_files.get(&own).into_iter().flatten() {
                with.extend(others);
                names.push(path.clone());
                evidence.push(Evidence { file: Some(path.clone()), ..Evidence::default() });
            }
            let texts: Vec<usize> = (0..summaries.len())
                .filter(|n| *n != own && counts[own] && counts[*n] && same_prose(&summaries[own], &summaries[*n], &template, near))
                .collect();
            with.extend(&texts);
            let with: Vec<usize> = with.into_iter().collect();
            if with.is_empty() {
                let mut evidence = evidence_of(summaries, own, &[]);
                if evidence.is_empty() {
                    evidence.extend(summaries[own].files.iter().take(1).map(|(_, path, _)| Evidence { file: Some(path.clone()), ..Evidence::default() }));
                }
                return BatchOutcome {
                    dossier: own,
                    verdict: if evidence.is_empty() { Verdict::NotApplicable } else { Verdict::Pass },
                    severity: None,
                    message: say!("未发现与其他申报材料重复的文件或大段文字", "no file or long text is repeated in another dossier"),
                    evidence,
                };
            }
            let message = if texts.is_empty() {
                say!("文件“{}”也出现在 {} 中，请说明", "the files \"{}\" also stand in {}; please explain", names.join("”“"), ids(summaries, &with))
            } else {
                say!(
                    "申报书正文与 {} 大部分相同，请核实是否重复申报",
                    "most of the form's text also stands in {}; please verify that it is not one project twice",
                    ids(summaries, &texts)
                )
            };
            evidence.extend(evidence_of(summaries, own, &with));
            BatchOutcome { dossier: own, verdict: Verdict::Fail, severity: Some(Severity::Warning), message, evidence }
        })
        .collect()
}

fn applicant(summary: &Summary) -> &str {
    summary.applicant.as_ref().map_or(summary.id.as_str(), |a| a.key.as_str())
}

fn template_paragraphs(summaries: &[Summary]) -> BTreeSet<u64> {
    let mut owners: BTreeMap<u64, BTreeSet<&str>> = BTreeMap::new();
    for summary in summaries {
        for (hash, _) in &summary.paragraphs {
            owners.entry(*hash).or_default().insert(applicant(summary));
        }
    }
    owners.into_iter().filter(|(_, who)| who.len() >= TEMPLATE_SHARED_BY).map(|(hash, _)| hash).collect()
}

fn same_prose(a: &Summary, b: &Summary, template: &BTreeSet<u64>, near: f64) -> bool {
    let own = |s: &Summary| -> BTreeMap<u64, u32> { s.paragraphs.iter().filter(|(hash, _)| !template.contains(hash)).copied().collect() };
    let (a, b) = (own(a), own(b));
    let total = |prose: &BTreeMap<u64, u32>| prose.values().sum::<u32>();
    let shorter = total(&a).min(total(&b));
    let common: u32 = a.iter().filter(|(hash, _)| b.contains_key(hash)).map(|(_, length)| length).sum();
    shorter >= LEAST_PROSE && common >= LEAST_COPIED && f64::from(common) >= near * f64::from(shorter)
}

/// For each dossier, its files that stand in others too. One society may hand the same agreement-free evidence
/// (news, photos, reports) in once only; papers every dossier of a society needs were left out of the summaries.
fn shared_files(summaries: &[Summary], counts: &[bool]) -> BTreeMap<usize, Vec<(String, Vec<usize>)>> {
    let mut holders: BTreeMap<&str, Vec<(usize, &str, Role)>> = BTreeMap::new();
    for (n, summary) in summaries.iter().enumerate().filter(|(n, _)| counts[*n]) {
        for (digest, path, role) in &summary.files {
            holders.entry(digest).or_default().push((n, path, *role));
        }
    }
    let mut shared: BTreeMap<usize, Vec<(String, Vec<usize>)>> = BTreeMap::new();
    for copies in holders.into_values() {
        for (own, path, role) in &copies {
            let evidence_of_work = matches!(role, Role::Photo | Role::News | Role::SignIn | Role::Report | Role::EventNotice | Role::Agenda);
            let others: Vec<usize> = copies
                .iter()
                .map(|(n, _, _)| *n)
                .filter(|n| n != own && (evidence_of_work || applicant(&summaries[*n]) != applicant(&summaries[*own])))
                .collect();
            if !others.is_empty() {
                shared.entry(*own).or_default().push(((*path).to_owned(), others));
            }
        }
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dossier(id: &str, paragraphs: &[(u64, u32)], files: &[(&str, Role)]) -> Summary {
        Summary {
            id: id.into(),
            paragraphs: paragraphs.to_vec(),
            files: files.iter().map(|(digest, role)| ((*digest).into(), format!("{digest}.jpg"), *role)).collect(),
            ..Summary::default()
        }
    }

    fn verdicts(batch: &[Summary]) -> Vec<Verdict> {
        repeats(batch, &vec![true; batch.len()], 0.8).into_iter().map(|o| o.verdict).collect()
    }

    #[test]
    fn the_template_that_all_share_is_no_repeat() {
        let template = (1, 400);
        let batch = [dossier("1", &[template, (2, 400)], &[]), dossier("2", &[template, (3, 400)], &[]), dossier("3", &[template, (4, 400)], &[])];
        assert!(verdicts(&batch).iter().all(|v| *v != Verdict::Fail));
    }

    #[test]
    fn copied_prose_and_copied_photos_are_named() {
        let text = [dossier("1", &[(2, 400), (5, 50)], &[]), dossier("2", &[(2, 400), (6, 60)], &[])];
        assert_eq!(verdicts(&text), [Verdict::Fail; 2]);
        let photo = [dossier("1", &[], &[("a", Role::Photo)]), dossier("2", &[], &[("a", Role::Photo)]), dossier("3", &[], &[])];
        assert_eq!(verdicts(&photo), [Verdict::Fail, Verdict::Fail, Verdict::NotApplicable]);
    }
}
