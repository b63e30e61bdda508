//! What the answers to one field say of each other: which of them give way.
use super::budget::is_total_word;
use super::label::label_key;
use super::tick::is_box;
use crate::model::{Blank, FieldId, Reading};

/// How surely a pair answers a field; the unsure ones count only where nothing surer is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    Sure,
    Weak,
    /// Told by the answer's shape under a label nobody knows; counts only where no known label asks for the field.
    Guess,
}

pub struct Claim {
    pub field: FieldId,
    pub rank: Rank,
    pub reading: Reading,
}

/// 项目经费：13万元 over 申请经费：4万元: the whole under a label that is as often a heading, told by the part of it that is asked for.
pub fn whole_of_asked(claims: &mut [Claim]) {
    let fen = |c: &Claim| (c.field == FieldId::BudgetTotal).then(|| c.reading.value.as_ref()?.fen()).flatten();
    let sure: Vec<&Claim> = claims.iter().filter(|c| c.rank == Rank::Sure && fen(c).is_some()).collect();
    let Some(most) = sure.iter().filter_map(|c| fen(c)).max().filter(|_| sure.iter().all(|c| c.reading.label.contains("申请"))) else { return };
    let whole = |label: &str| label_key(label) == "项目经费" || is_total_word(label);
    for claim in claims.iter_mut().filter(|c| c.rank == Rank::Weak && whole(&c.reading.label)) {
        if fen(claim).is_some_and(|whole| whole > most) {
            claim.rank = Rank::Sure;
        }
    }
}

/// 依托单位 beside 所在院系: the university applies, and not its department.
pub fn department_of(claims: &mut Vec<Claim>) {
    let key = |c: &Claim| label_key(&c.reading.label);
    let relied_on = |c: &Claim| c.field == FieldId::ApplicantName && c.reading.value.is_some() && key(c) == "依托单位";
    if !claims.iter().any(relied_on) {
        return;
    }
    let ends = ["院系", "学院", "部门", "系"];
    claims.retain(|c| c.field != FieldId::ApplicantName || !key(c).starts_with("所在") || !ends.iter().any(|end| key(c).ends_with(end)));
    claims.iter_mut().filter(|c| relied_on(c)).for_each(|c| c.rank = Rank::Sure);
}

/// 填报单位 or 项目执行机构 beside 申报单位: who fills in, carries out or did the work is asked for apart, and may be another than who applies.
pub fn parts_in_the_work(claims: &mut [Claim]) {
    let applies = |key: &str| key.contains("申报") || key.contains("申请");
    let is_applicant = |c: &Claim| c.field == FieldId::ApplicantName && c.rank == Rank::Sure && c.reading.value.is_some();
    if !claims.iter().any(|c| is_applicant(c) && applies(&label_key(&c.reading.label))) {
        return;
    }
    for claim in claims.iter_mut().filter(|c| is_applicant(c)) {
        let key = label_key(&claim.reading.label);
        if !applies(&key) && ["填报", "执行", "完成"].iter().any(|part| key.contains(part)) {
            claim.rank = Rank::Weak;
        }
    }
}

/// 建站单位 of a form that the enterprise with the station hands in: the applicant itself, which is worked with in others.
pub fn own_partner(claims: &mut Vec<Claim>) {
    let names = |field: FieldId| claims.iter().filter(move |c| c.field == field && c.rank == Rank::Sure).filter_map(|c| c.reading.value.clone());
    let applicants: Vec<_> = names(FieldId::ApplicantName).collect();
    let builds = |c: &Claim| c.field == FieldId::Partner && label_key(&c.reading.label).contains("建站单位");
    claims.retain(|c| !builds(c) || c.reading.value.as_ref().is_none_or(|name| !applicants.contains(name)));
}

/// Characters of the shortest name that is no kind of programme.
const SHORTEST_NAME: usize = 10;

/// 专项名称 in a form that asks for no other name: what is applied for, and not its kind (学术交流专项).
pub fn name_of_kind(claims: &mut [Claim], blanks: &[Blank]) {
    if claims.iter().any(|c| c.field == FieldId::ProjectName) || blanks.iter().any(|b| b.field == Some(FieldId::ProjectName)) {
        return;
    }
    let is_kind = |raw: &str| raw.chars().count() < SHORTEST_NAME || raw.chars().any(is_box) || ["专项", "计划", "类"].iter().any(|end| raw.ends_with(end));
    let names = |c: &Claim| c.field == FieldId::Category && label_key(&c.reading.label).ends_with("专项名称") && !is_kind(c.reading.raw.trim());
    for claim in claims.iter_mut().filter(|c| names(c)) {
        (claim.field, claim.rank) = (FieldId::ProjectName, Rank::Weak);
    }
}

/// 企业名称 in a form whose applicant is told: another organisation, which is worked with.
pub fn partner_enterprise(claims: &mut [Claim]) {
    let is_applicant = |c: &Claim| c.field == FieldId::ApplicantName && c.reading.value.is_some();
    let enterprise = |c: &Claim| is_applicant(c) && super::owner::names_enterprise(&c.reading.label);
    let Some(applicant) = claims.iter().find(|c| is_applicant(c) && c.rank == Rank::Sure && !enterprise(c)).and_then(|c| c.reading.value.clone()) else {
        return;
    };
    for claim in claims.iter_mut().filter(|c| enterprise(c) && c.reading.value.as_ref() != Some(&applicant)) {
        (claim.field, claim.rank) = (FieldId::Partner, Rank::Weak);
    }
}
