//! One service point, one project of an applicant.
use super::{BatchOutcome, Named, Summary, evidence_of, ids};
use crate::model::{CategoryId, Severity, Verdict};
use crate::say;
use crate::text::name::pair_overlap;

/// How two dossiers' service points relate.
enum Point<'a> {
    Same(&'a Named),
    Near(&'a Named, &'a Named),
    Different,
}

fn compare<'a>(a: &'a Summary, b: &'a Summary, near_from: f64) -> Point<'a> {
    let shared: Vec<(&Named, &Named)> = a.partners.iter().filter_map(|p| Some((p, b.partners.iter().find(|q| q.key == p.key)?))).collect();
    if let Some((same, _)) = shared.iter().find(|(p, q)| is_target(a, p) && is_target(b, q)) {
        return Point::Same(same);
    }
    if let (Some(partner), Some(_)) = (a.partners.first(), a.codes.iter().find(|code| b.codes.contains(code))) {
        return Point::Same(partner);
    }
    let near = a.partners.iter().find_map(|p| b.partners.iter().find(|q| stem_overlap(&p.name, &q.name) >= near_from).map(|q| (p, q)));
    // A party of both agreements that neither form serves: a university that helps, the association as a witness.
    near.or(shared.first().copied().filter(|(p, _)| !is_association(&p.key))).map_or(Point::Different, |(p, q)| Point::Near(p, q))
}

/// Whether a party is whom the project serves: the form's own word, where it has one.
fn is_target(summary: &Summary, party: &Named) -> bool {
    let served = |name: &String| *name == party.key || stem_overlap(name, &party.key) >= 1.0;
    if summary.targets.is_empty() { !is_association(&party.key) } else { summary.targets.iter().any(served) }
}

fn is_association(key: &str) -> bool {
    key.ends_with("科学技术协会") || key.ends_with("科协")
}

/// Overlap of the names without the words that every firm has (徐州, 有限公司 …).
fn stem_overlap(a: &str, b: &str) -> f64 {
    let stem = |name: &str| {
        let mut name = crate::text::key(name);
        for word in ["江苏省", "江苏", "徐州市", "徐州", "股份有限公司", "有限责任公司", "有限公司", "集团", "公司", "科技", "(集团)"]
        {
            name = name.replace(word, "");
        }
        name
    };
    let (a, b) = (stem(a), stem(b));
    if a.chars().count() < 2 || b.chars().count() < 2 || has_own_trade_name(&a, &b) { 0.0 } else { pair_overlap(&a, &b) }
}

/// Whether two stems have nothing in common but what they deal in: 佳和机械制造, 北泰和机械制造. One character apart may be a slip, and
/// one name in two districts is for a person.
fn has_own_trade_name(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let common = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    if a.get(a.len() - common).is_some_and(|first| "区县市镇乡村路街".contains(*first)) {
        return false;
    }
    let (a, b) = (&a[..a.len() - common], &b[..b.len() - common]);
    !a.is_empty() && !b.is_empty() && a.len().max(b.len()) >= 2 && !a.iter().any(|c| b.contains(c))
}

/// The same applicant with one service point in two dossiers of `categories`: fails where code or full name agree,
/// waits for a person where the names are near.
pub fn same_point(summaries: &[Summary], counts: &[bool], categories: &[CategoryId], near: f64) -> Vec<BatchOutcome> {
    let mut outcomes = Vec::new();
    let concerned = |n: usize| summaries[n].category.as_ref().is_some_and(|own| categories.iter().any(|c| c.as_str() == own));
    for own in (0..summaries.len()).filter(|n| concerned(*n)) {
        let summary = &summaries[own];
        let Some(applicant) = &summary.applicant else {
            outcomes.push(BatchOutcome {
                dossier: own,
                verdict: Verdict::NotChecked,
                severity: None,
                message: say!("未能读出申报单位，无法比较服务点", "the applicant's name could not be read, so service points could not be compared"),
                evidence: summary.unread.clone(),
            });
            continue;
        };
        let others: Vec<usize> = (0..summaries.len())
            .filter(|n| *n != own && counts[*n] && counts[own] && concerned(*n))
            .filter(|n| summaries[*n].applicant.as_ref().is_some_and(|a| a.key == applicant.key))
            .collect();
        outcomes.push(decide(summaries, own, &others, near));
    }
    outcomes
}

fn decide(summaries: &[Summary], own: usize, others: &[usize], near_from: f64) -> BatchOutcome {
    let summary = &summaries[own];
    let outcome = |verdict, severity, message, with: &[usize]| {
        let mut evidence: Vec<_> = summary.partners.iter().take(1).map(|p| p.at.clone()).collect();
        evidence.extend(evidence_of(summaries, own, with));
        BatchOutcome { dossier: own, verdict, severity, message, evidence }
    };
    let same: Vec<usize> = others.iter().copied().filter(|n| matches!(compare(summary, &summaries[*n], near_from), Point::Same(_))).collect();
    if let Some(first) = same.first()
        && let Point::Same(partner) = compare(summary, &summaries[*first], near_from)
    {
        let message = say!(
            "同一申报单位在同一服务点“{}”申报了多项（另见 {}），每个服务点只能申报一项",
            "the applicant has several projects at one service point, \"{}\" (see {}); only one is allowed",
            partner.name,
            ids(summaries, &same)
        );
        return outcome(Verdict::Fail, None, message, &same);
    }
    let near = others.iter().find_map(|n| match compare(summary, &summaries[*n], near_from) {
        Point::Near(p, q) => Some((*n, p, q)),
        _ => None,
    });
    if let Some((other, p, q)) = near {
        let message = say!(
            "两项的服务对象“{}”与“{}”（{}）名称相近，可能是同一服务点，请核实",
            "the service targets \"{}\" and \"{}\" ({}) have similar names and may be one service point; please verify",
            p.name,
            q.name,
            summaries[other].id
        );
        return outcome(Verdict::Human, Some(Severity::Warning), message, &[other]);
    }
    if summary.partners.is_empty() && !others.is_empty() {
        let mut undecided = outcome(
            if summary.unread.is_empty() { Verdict::NotApplicable } else { Verdict::Human },
            None,
            say!(
                "未能读出服务对象名称，无法与同一单位的其他项目（{}）比较",
                "no service target could be read to compare with the applicant's other projects ({})",
                ids(summaries, others)
            ),
            others,
        );
        undecided.evidence.extend(summary.unread.iter().cloned());
        return undecided;
    }
    outcome(Verdict::Pass, None, say!("未发现同一服务点的其他申报", "no other project at the same service point"), &[])
}

/// Two different applicants at one service point: allowed, noted.
pub fn shared_point(summaries: &[Summary], counts: &[bool], categories: &[CategoryId]) -> Vec<BatchOutcome> {
    let concerned = |n: usize| summaries[n].category.as_ref().is_some_and(|own| categories.iter().any(|c| c.as_str() == own));
    (0..summaries.len())
        .filter(|n| concerned(*n))
        .map(|own| {
            if summaries[own].partners.is_empty() {
                let message = say!("没有读到服务对象，无从比较", "no service target was read, so there is nothing to compare");
                return BatchOutcome { dossier: own, verdict: Verdict::NotApplicable, severity: None, message, evidence: Vec::new() };
            }
            let key = |n: usize| summaries[n].applicant.as_ref().map(|a| a.key.as_str());
            let others: Vec<usize> = (0..summaries.len())
                .filter(|n| *n != own && concerned(*n) && counts[*n] && key(*n) != key(own))
                .filter(|n| matches!(compare(&summaries[own], &summaries[*n], f64::INFINITY), Point::Same(_)))
                .collect();
            let message = if others.is_empty() {
                say!("没有其他单位在同一服务点申报", "no other applicant at this service point")
            } else {
                say!(
                    "其他单位在同一服务点也有申报（{}），通知允许，供参考",
                    "other applicants have projects at this service point ({}); allowed, for information",
                    ids(summaries, &others)
                )
            };
            let mut evidence: Vec<_> = summaries[own].partners.iter().take(1).map(|partner| partner.at.clone()).collect();
            evidence.extend(evidence_of(summaries, own, &others));
            BatchOutcome { dossier: own, verdict: Verdict::Pass, severity: Some(Severity::Info), message, evidence }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Evidence;
    use crate::text::name::org_key;

    fn dossier(id: &str, applicant: &str, partner: &str) -> Summary {
        let named = |name: &str| Named { name: name.into(), key: org_key(name), at: Evidence::default() };
        Summary { id: id.into(), category: Some("C1".into()), applicant: Some(named(applicant)), partners: vec![named(partner)], ..Summary::default() }
    }

    fn verdict(a: &Summary, b: &Summary) -> Verdict {
        same_point(&[a.clone(), b.clone()], &[true, true], &[CategoryId::new("C1")], 0.75)[0].verdict
    }

    #[test]
    fn a_service_point_is_told_by_name_or_code() {
        let one = dossier("1", "徐州市甲学会", "徐州云帆科技有限公司");
        assert_eq!(verdict(&one, &dossier("2", "徐州市甲学会", "徐州云帆科技有限公司")), Verdict::Fail);
        assert_eq!(verdict(&one, &dossier("2", "徐州市甲学会", "徐州云帆科技股份有限公司")), Verdict::Human);
        assert_eq!(verdict(&one, &dossier("2", "徐州市甲学会", "江苏绿禾农业有限公司")), Verdict::Pass);
        assert_eq!(verdict(&one, &dossier("2", "徐州市乙学会", "徐州云帆科技有限公司")), Verdict::Pass);
        let trade = dossier("3", "徐州市甲学会", "徐州佳和机械制造有限公司");
        assert_eq!(verdict(&trade, &dossier("2", "徐州市甲学会", "徐州北泰和机械制造有限公司")), Verdict::Pass);
        assert_eq!(verdict(&trade, &dossier("2", "徐州市甲学会", "徐州嘉和机械制造有限公司")), Verdict::Human);
        assert_eq!(verdict(&trade, &dossier("2", "徐州市甲学会", "徐州佳和精密机械制造有限公司")), Verdict::Human);
        let coded = |mut s: Summary| {
            s.codes = vec!["91320300MA1XXXXX0X".into()];
            s
        };
        assert_eq!(verdict(&coded(one), &coded(dossier("2", "徐州市甲学会", "云帆"))), Verdict::Fail);
    }
}
