use super::contract::declare_check;
use super::lists::LookUp;
use super::{Case, Check};
use crate::model::{AnnualCheck as Proof, Outcome, Pointer, Role, Row, Severity, YearResult};
use crate::say;
use crate::text::key;

declare_check! {
    /// The applicant passed the yearly check of the year before.
    ///
    /// ## How it is decided
    /// From the office's list (`annual-check.csv`): passed in the year before: `pass`; basically passed (N16), failed
    /// or not taken part: `fail`. The list has only an earlier year: `fail` as a warning, with the newest result. Not on
    /// the list: the papers in the dossier are looked at; none: `fail` as a warning. No list: `not_checked`, unless an
    /// official paper in the dossier says that it failed.
    ///
    /// ## Why
    /// “上一年度经市民政局年检合格”. The notice does not list the certificate among the attachments, so its absence is no
    /// error; the office can ask the civil-affairs bureau.
    ///
    /// ## A person looks when
    /// The list's wording is not known, or an unread file could be the certificate.
    pub struct AnnualCheck("annual-check", Dossier, bind_dossier, Form, [Pass, Fail, Human, NotChecked],
        "以民政局年检名单（annual-check.csv）为准：上一年度“合格”为符合；“基本合格”“不合格”“未参检”为不符合（N16）；只有更早年度的结论，或名单和材料中都没有，标待补正；未提供名单不核对。名单用语不明或有未读文件可能是年检证明时由人工核对。"
    ) {
        passed: Vec<String>,
        /// Basically passed.
        basic: Vec<String>,
        failed: Vec<String>,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Passed,
    Basic,
    Failed,
    Unclear,
}

impl Check for AnnualCheck {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let year = case.round().year - 1;
        let proofs: Vec<&Proof> = case.facts().annual_checks.iter().filter(|c| c.proved && c.year == Some(i32::from(year))).collect();
        let places = |proof: &Proof| proof.at.iter().copied().take(2).map(Pointer::Span).collect::<Vec<_>>();
        let look = match LookUp::new(case, case.setting.lists.annual_check.as_ref(), say!("民政局年检名单", "list of yearly checks")) {
            Ok(look) => look,
            Err(outcome) => {
                if let Some(proof) = proofs.iter().find(|proof| self.of(&proof.result) == Meaning::Failed) {
                    let result = &proof.result;
                    return vec![
                        Outcome::fail(say!("材料显示 {year} 年度年检结果为“{result}”", "a paper in the dossier says “{result}” for {year}")).see(places(proof)),
                    ];
                }
                return vec![outcome.see(proofs.iter().flat_map(|proof| places(proof)).take(2))];
            }
        };
        let rows = look.rows(|row| &row.name);
        if let Some(row) = rows.iter().rfind(|row| row.value.year == i32::from(year)) {
            return vec![self.listed(case, row, i32::from(year)).see([look.point(row)]).see(look.places())];
        }
        if let Some(proof) = proofs.first() {
            return vec![self.shown(proof, year).see(places(proof))];
        }
        if let Some(row) = rows.iter().max_by_key(|row| row.value.year) {
            let (newest, result) = (row.value.year, &row.value.result);
            let say = say!(
                "名单中没有 {year} 年度的年检结论，最近为 {newest} 年度“{result}”，请补充或向民政局核实",
                "the list has no result for {year}; the newest is “{result}” of {newest}"
            );
            return vec![Outcome::fail(say).at_most(Severity::Warning).see([look.point(row)]).see(look.places())];
        }
        let (name, list) = (look.name, &look.list.name);
        let say = say!(
            "年检名单（{list}）中没有“{name}”，材料中也未见 {year} 年度年检合格证明",
            "“{name}” is not on the list ({list}), and the dossier holds no proof for {year}"
        );
        vec![case.absent(&[Role::Certificate], Outcome::fail(say).at_most(Severity::Warning)).see(look.places())]
    }
}

impl AnnualCheck {
    /// What a printed result means; the exact word first, because 不合格 and 基本合格 hold 合格.
    fn of(&self, result: &str) -> Meaning {
        let own = key(result);
        let equals = |words: &[String]| words.iter().any(|word| key(word) == own);
        let holds = |words: &[String]| words.iter().any(|word| own.contains(&key(word)));
        match () {
            () if own.is_empty() => Meaning::Unclear,
            () if equals(&self.failed) => Meaning::Failed,
            () if equals(&self.basic) => Meaning::Basic,
            () if equals(&self.passed) => Meaning::Passed,
            () if holds(&self.failed) => Meaning::Failed,
            () if holds(&self.basic) => Meaning::Basic,
            () if holds(&self.passed) && !own.contains('不') && !own.contains('未') => Meaning::Passed,
            () => Meaning::Unclear,
        }
    }

    fn listed(&self, case: &Case<'_>, row: &Row<YearResult>, year: i32) -> Outcome {
        let result = &row.value.result;
        match self.of(result) {
            Meaning::Passed => Outcome::pass(say!("{year} 年度年检结果为“{result}”", "the yearly check of {year}: “{result}”")),
            Meaning::Basic if case.round().reads("N16", "basic-human") => {
                Outcome::human(say!("{year} 年度年检结果为“{result}”，是否符合请人工核定", "the yearly check of {year}: “{result}”; please decide"))
            }
            Meaning::Basic | Meaning::Failed => {
                Outcome::fail(say!("{year} 年度年检结果为“{result}”，不符合“合格”", "the yearly check of {year}: “{result}”, not passed"))
            }
            Meaning::Unclear => {
                Outcome::human(say!("名单中 {year} 年度的年检结果为“{result}”，请人工核定", "the list says “{result}” for {year}; please decide"))
            }
        }
    }

    fn shown(&self, proof: &Proof, year: i16) -> Outcome {
        let result = &proof.result;
        match self.of(result) {
            Meaning::Passed => Outcome::pass(say!("材料附有 {year} 年度年检结果“{result}”的证明", "the dossier holds proof of “{result}” for {year}")),
            Meaning::Basic | Meaning::Failed => {
                Outcome::fail(say!("材料显示 {year} 年度年检结果为“{result}”", "a paper in the dossier says “{result}” for {year}"))
            }
            Meaning::Unclear => {
                Outcome::human(say!("材料中 {year} 年度年检结果为“{result}”，请人工核定", "a paper in the dossier says “{result}” for {year}; please decide"))
            }
        }
    }
}
