use super::contract::declare_check;
use super::deadline::book_row;
use super::paper_received::no_line;
use super::{Case, Check};
use crate::model::{Outcome, Pointer};
use crate::say;

declare_check! {
    /// The seal on the paper copy names the applicant.
    ///
    /// ## How it is decided
    /// Never by the machine: the applicant's name is shown for comparison. Without a clerk's line and without a paper side
    /// there is nothing to look at: `not_checked`.
    ///
    /// ## Why
    /// A seal of a branch or of the body the society hangs on is a known fault; a seal's round text is not read reliably.
    ///
    /// ## A person looks when
    /// Always.
    pub struct SealName("seal-name", Dossier, bind_dossier, Nothing, [Human, NotChecked],
        "列出申报单位名称，由人工与印章核对；没有登记簿和纸质版资料则不核对。"
    ) {
    }
}

impl Check for SealName {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        if case.intake().is_none() && case.dossier.paper.sources.is_empty() {
            return vec![no_line(case)];
        }
        let row: Vec<Pointer> = case.intake().map(book_row).into_iter().collect();
        let outcome = match case.applicant() {
            Some((name, at)) => Outcome::human(say!("请核对印章名称是否为“{name}”", "please compare the seal with “{name}”")).see(at.iter().take(1).copied()),
            None => Outcome::human(say!("请核对印章名称与申报单位是否一致", "please compare the seal with the applicant's name")),
        };
        vec![outcome.see(row)]
    }
}
