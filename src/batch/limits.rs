//! How many dossiers a society may hand in, and which categories exclude each other.
use super::{BatchOutcome, Summary, evidence_of, ids};
use crate::model::{CategoryId, Severity, Verdict};
use crate::say;
use std::collections::BTreeMap;

/// At most `most` dossiers of `categories` by one applicant; where the notice sets no limit, only noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit<'a> {
    pub categories: &'a [CategoryId],
    pub most: usize,
    pub notice_only: bool,
}

/// No applicant may have dossiers on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exclusive<'a> {
    pub one: &'a [CategoryId],
    pub other: &'a [CategoryId],
}

/// Combinations on which the notice is silent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Together<'a> {
    /// Dossiers on both sides: noted.
    Both { one: &'a [CategoryId], other: &'a [CategoryId] },
    /// Two or more different ones of these categories: a person decides.
    Several { among: &'a [CategoryId] },
}

fn by_applicant(summaries: &[Summary]) -> BTreeMap<&str, Vec<usize>> {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (n, summary) in summaries.iter().enumerate() {
        if let Some(applicant) = summary.applicant.as_ref().filter(|a| !a.key.is_empty()) {
            groups.entry(&applicant.key).or_default().push(n);
        }
    }
    groups
}

fn within(summary: &Summary, categories: &[CategoryId]) -> bool {
    summary.category.as_ref().is_some_and(|own| categories.iter().any(|c| c.as_str() == own))
}

/// Whose applicant is unknown cannot be counted with others.
fn unknown(summaries: &[Summary], n: usize) -> Option<BatchOutcome> {
    summaries[n].applicant.is_none().then(|| BatchOutcome {
        dossier: n,
        verdict: Verdict::NotChecked,
        severity: None,
        message: say!(
            "未能读出申报单位，无法与其他申报材料一起计数",
            "the applicant's name could not be read, so the dossier could not be counted with others"
        ),
        evidence: summaries[n].unread.clone(),
    })
}

/// An applicant's dossiers that may belong to a class: their category is not known, or their applicant was not read and its name
/// stands in them.
fn undecided(summaries: &[Summary], counts: &[bool], members: &[usize], class: &[&[CategoryId]]) -> Vec<usize> {
    let applicant = members.first().and_then(|n| summaries[*n].applicant.as_ref()).map_or("", |applicant| applicant.key.as_str());
    let of_class = |summary: &Summary| summary.category.is_none() || class.iter().any(|categories| within(summary, categories));
    let named = |summary: &Summary| applicant.chars().count() >= 4 && summary.nameless.contains(applicant);
    let open = |n: &usize| {
        let summary = &summaries[*n];
        if summary.applicant.is_none() { named(summary) && of_class(summary) } else { members.contains(n) && summary.category.is_none() }
    };
    (0..summaries.len()).filter(|n| counts[*n] && open(n)).collect()
}

fn waits(summaries: &[Summary], own: usize, open: &[usize]) -> BatchOutcome {
    let name = summaries[own].applicant.as_ref().map_or("", |a| a.name.as_str());
    let message = say!(
        "“{}”可能另有申报材料（{}，类别或申报单位未能读出），确定后才能计数，请人工核对",
        "\"{}\" may have handed in more ({}), whose category or applicant was not read; the count depends on it, please look",
        name,
        ids(summaries, open)
    );
    BatchOutcome { dossier: own, verdict: Verdict::Human, severity: None, message, evidence: evidence_of(summaries, own, open) }
}

/// Counts one applicant's dossiers of a class; over the limit, all of them fail: who chooses is the society.
pub fn limit(summaries: &[Summary], counts: &[bool], rule: &Limit<'_>) -> Vec<BatchOutcome> {
    let mut outcomes: Vec<BatchOutcome> = (0..summaries.len()).filter_map(|n| unknown(summaries, n)).collect();
    for members in by_applicant(summaries).into_values() {
        let all: Vec<usize> = members.iter().copied().filter(|n| within(&summaries[*n], rule.categories)).collect();
        let counted: Vec<usize> = all.iter().copied().filter(|n| counts[*n]).collect();
        let open = if rule.notice_only { Vec::new() } else { undecided(summaries, counts, &members, &[rule.categories]) };
        for own in all {
            let name = summaries[own].applicant.as_ref().map_or("", |a| a.name.as_str());
            let over = counted.len() > rule.most && counts[own];
            if !over && counts[own] && counted.len() + open.len() > rule.most {
                outcomes.push(waits(summaries, own, &open));
                continue;
            }
            let message = if over && rule.notice_only {
                say!(
                    "“{}”共申报 {} 项（{}），通知未设合计上限，供参考",
                    "\"{}\" handed in {} altogether ({}); the notice sets no limit on the sum; for information",
                    name,
                    counted.len(),
                    ids(summaries, &counted)
                )
            } else if rule.notice_only {
                say!("“{}”共申报 {} 项", "\"{}\" handed in {} altogether", name, counted.len())
            } else if over {
                say!(
                    "“{}”本类申报 {} 项（{}），上限为 {} 项，请申报单位书面说明保留哪些",
                    "\"{}\" handed in {} of this class ({}), the limit is {}; the applicant must say in writing which to keep",
                    name,
                    counted.len(),
                    ids(summaries, &counted),
                    rule.most
                )
            } else {
                say!("“{}”本类申报 {} 项，未超过上限 {} 项", "\"{}\" handed in {} of this class, the limit is {}", name, counted.len(), rule.most)
            };
            outcomes.push(BatchOutcome {
                dossier: own,
                verdict: if over && !rule.notice_only { Verdict::Fail } else { Verdict::Pass },
                severity: None,
                message,
                evidence: evidence_of(summaries, own, if over { &counted } else { &[] }),
            });
        }
    }
    outcomes
}

/// One applicant on both sides: all of them fail, each naming the others.
pub fn exclusive(summaries: &[Summary], counts: &[bool], rule: &Exclusive<'_>) -> Vec<BatchOutcome> {
    let mut outcomes: Vec<BatchOutcome> = (0..summaries.len()).filter_map(|n| unknown(summaries, n)).collect();
    for members in by_applicant(summaries).into_values() {
        let side = |categories: &[CategoryId]| -> Vec<usize> { members.iter().copied().filter(|n| counts[*n] && within(&summaries[*n], categories)).collect() };
        let (one, other) = (side(rule.one), side(rule.other));
        let both: Vec<usize> = one.iter().chain(&other).copied().collect();
        let clash = !one.is_empty() && !other.is_empty();
        let open = undecided(summaries, counts, &members, &[rule.one, rule.other]);
        for own in members.iter().copied().filter(|n| within(&summaries[*n], rule.one) || within(&summaries[*n], rule.other)) {
            let name = summaries[own].applicant.as_ref().map_or("", |a| a.name.as_str());
            let concerned = clash && counts[own];
            if !concerned && counts[own] && !open.is_empty() {
                outcomes.push(waits(summaries, own, &open));
                continue;
            }
            let message = if concerned {
                say!(
                    "“{}”同时申报了互不兼报的项目（{}），须撤回其中一项",
                    "\"{}\" applied for projects that exclude each other ({}); one must be withdrawn",
                    name,
                    ids(summaries, &both)
                )
            } else {
                say!("“{}”在本批材料中没有互不兼报的项目", "\"{}\" has no excluded combination in this batch", name)
            };
            outcomes.push(BatchOutcome {
                dossier: own,
                verdict: if concerned { Verdict::Fail } else { Verdict::Pass },
                severity: None,
                message,
                evidence: evidence_of(summaries, own, if concerned { &both } else { &[] }),
            });
        }
    }
    outcomes
}

/// Combinations on which the notice is silent: noted, or put before a person.
pub fn together(summaries: &[Summary], counts: &[bool], rule: &Together<'_>) -> Vec<BatchOutcome> {
    let concerns = |n: usize| match rule {
        Together::Both { one, other } => within(&summaries[n], one) || within(&summaries[n], other),
        Together::Several { among } => within(&summaries[n], among),
    };
    let mut outcomes: Vec<BatchOutcome> = (0..summaries.len()).filter_map(|n| unknown(summaries, n)).collect();
    for members in by_applicant(summaries).into_values() {
        let all: Vec<usize> = members.into_iter().filter(|n| concerns(*n)).collect();
        let counted: Vec<usize> = all.iter().copied().filter(|n| counts[*n]).collect();
        let several = match rule {
            Together::Both { one, other } => counted.iter().any(|n| within(&summaries[*n], one)) && counted.iter().any(|n| within(&summaries[*n], other)),
            Together::Several { .. } => counted.iter().any(|n| summaries[*n].category != summaries[counted[0]].category),
        };
        outcomes.extend(all.into_iter().map(|own| combined(summaries, own, &counted, several && counts[own], rule)));
    }
    outcomes
}

fn combined(summaries: &[Summary], own: usize, counted: &[usize], noted: bool, rule: &Together<'_>) -> BatchOutcome {
    let name = summaries[own].applicant.as_ref().map_or("", |a| a.name.as_str());
    let (verdict, severity, message) = match rule {
        _ if !noted => (Verdict::Pass, None, say!("“{}”没有此类同时申报", "\"{}\" has no such combination", name)),
        Together::Both { .. } => (
            Verdict::Pass,
            Some(Severity::Info),
            say!(
                "“{}”同时申报了 {}，通知未作禁止，供参考",
                "\"{}\" handed in {}; the notice does not forbid it; for information",
                name,
                ids(summaries, counted)
            ),
        ),
        Together::Several { .. } => (
            Verdict::Human,
            Some(Severity::Warning),
            say!(
                "“{}”同时申报了几类创新特色项目（{}），通知没有写明是否允许，请统一解释后处理",
                "\"{}\" applied in several kindred categories ({}); the notice is silent; decide once for all applicants",
                name,
                ids(summaries, counted)
            ),
        ),
    };
    BatchOutcome { dossier: own, verdict, severity, message, evidence: evidence_of(summaries, own, if noted { counted } else { &[] }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::{Named, versions};
    use crate::model::Evidence;

    fn dossiers(rows: &[(&str, &str, &str, &str)]) -> Vec<Summary> {
        let named = |name: &str| Some(Named { name: name.into(), key: name.into(), at: Evidence::default() });
        rows.iter()
            .map(|(id, category, applicant, project)| Summary {
                id: (*id).into(),
                category: Some((*category).into()),
                applicant: named(applicant),
                project: named(project),
                ..Summary::default()
            })
            .collect()
    }

    fn verdicts(outcomes: &[BatchOutcome]) -> Vec<(usize, Verdict)> {
        let mut all: Vec<_> = outcomes.iter().map(|o| (o.dossier, o.verdict)).collect();
        all.sort();
        all
    }

    #[test]
    fn over_the_limit_every_dossier_of_the_society_fails() {
        let c1 = vec![CategoryId::new("C1")];
        let batch = dossiers(&[("1", "C1", "甲", "a"), ("2", "C1", "甲", "b"), ("3", "C1", "甲", "c"), ("4", "C1", "乙", "d")]);
        let counts = versions(&batch).counts;
        let outcomes = limit(&batch, &counts, &Limit { categories: &c1, most: 2, notice_only: false });
        assert_eq!(verdicts(&outcomes), [(0, Verdict::Fail), (1, Verdict::Fail), (2, Verdict::Fail), (3, Verdict::Pass)]);
    }

    #[test]
    fn a_dossier_of_unknown_category_leaves_the_count_open() {
        let c1 = vec![CategoryId::new("C1")];
        let mut batch = dossiers(&[("1", "C1", "甲", "a"), ("2", "C1", "甲", "b"), ("3", "?", "甲", "c"), ("4", "C1", "乙", "d")]);
        batch[2].category = None;
        let outcomes = limit(&batch, &[true; 4], &Limit { categories: &c1, most: 2, notice_only: false });
        assert_eq!(verdicts(&outcomes), [(0, Verdict::Human), (1, Verdict::Human), (3, Verdict::Pass)]);
        let (a, b) = (vec![CategoryId::new("A")], vec![CategoryId::new("C1")]);
        let outcomes = exclusive(&batch, &[true; 4], &Exclusive { one: &a, other: &b });
        assert_eq!(verdicts(&outcomes), [(0, Verdict::Human), (1, Verdict::Human), (3, Verdict::Pass)]);
    }

    #[test]
    fn a_dossier_whose_applicant_was_not_read_leaves_the_count_of_whom_it_names_open() {
        let c1 = vec![CategoryId::new("C1")];
        let mut batch =
            dossiers(&[("1", "C1", "徐州市护理学会", "a"), ("2", "C1", "徐州市护理学会", "b"), ("3", "C1", "", "c"), ("4", "C1", "徐州市茶文化学会", "d")]);
        batch[2].applicant = None;
        batch[2].nameless = "申报书.docx申请单位徐州市护理学会".into();
        let rule = Limit { categories: &c1, most: 2, notice_only: false };
        assert_eq!(verdicts(&limit(&batch, &[true; 4], &rule)), [(0, Verdict::Human), (1, Verdict::Human), (2, Verdict::NotChecked), (3, Verdict::Pass)]);
        batch[2].category = Some("A".into());
        assert_eq!(verdicts(&limit(&batch, &[true; 4], &rule)), [(0, Verdict::Pass), (1, Verdict::Pass), (2, Verdict::NotChecked), (3, Verdict::Pass)]);
    }

    #[test]
    fn two_versions_of_one_project_count_once_and_wait_for_a_person() {
        let c1 = vec![CategoryId::new("C1")];
        let batch = dossiers(&[("1", "C1", "甲", "a"), ("2", "C1", "甲", "a"), ("3", "C1", "甲", "c")]);
        let versions = versions(&batch);
        let outcomes = limit(&batch, &versions.counts, &Limit { categories: &c1, most: 2, notice_only: false });
        assert!(outcomes.iter().all(|o| o.verdict == Verdict::Pass));
        assert_eq!(verdicts(&versions.outcomes(&batch)), [(0, Verdict::Human), (1, Verdict::Human)]);
    }

    #[test]
    fn what_the_clerk_withdrew_is_not_counted() {
        let (a, b) = (vec![CategoryId::new("A")], vec![CategoryId::new("B2")]);
        let mut batch = dossiers(&[("1", "A", "甲", "a"), ("2", "B2", "甲", "b")]);
        let rule = Exclusive { one: &a, other: &b };
        assert_eq!(verdicts(&exclusive(&batch, &versions(&batch).counts, &rule)), [(0, Verdict::Fail), (1, Verdict::Fail)]);
        batch[1].withdrawn = true;
        assert_eq!(verdicts(&exclusive(&batch, &versions(&batch).counts, &rule)), [(0, Verdict::Pass), (1, Verdict::Pass)]);
    }
}
