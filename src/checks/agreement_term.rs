use super::agreement_duties::none;
use super::alike::shown;
use super::case::FEW;
use super::contract::declare_check;
use super::parties;
use super::{Case, Check};
use crate::model::{Agreement, Outcome};
use crate::say;
use jiff::Unit;

declare_check! {
    /// Shows how long the agreement runs, so that a reviewer can judge whether the service lasts.
    ///
    /// ## How it is decided
    /// Never by the machine: the term of each agreement is shown, with a remark where it is shorter than
    /// `lasting_months`. No agreement: the rule does not apply.
    ///
    /// ## Why
    /// “可持续的契约化科技服务” has no measure.
    ///
    /// ## A person looks when
    /// Always.
    pub struct AgreementTerm("agreement-term", Dossier, bind_dossier, Form, [Human, NotApplicable],
        "列出协议期限，是否可持续由人工判断；没有协议不适用。"
    ) {
        /// Months from which on a term is taken to last.
        lasting_months: u32,
    }
}

impl Check for AgreementTerm {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let relevant = parties::relevant(case);
        if relevant.is_empty() {
            return vec![none(case)];
        }
        relevant.into_iter().take(FEW).map(|agreement| self.of(agreement)).collect()
    }
}

impl AgreementTerm {
    fn of(&self, agreement: &Agreement) -> Outcome {
        let title = shown(&agreement.title);
        let (Some(from), Some(to)) = (&agreement.term_from, &agreement.term_to) else {
            let say =
                say!("协议“{title}”未读到起止期限，服务是否可持续请人工判断", "the term of “{title}” was not read; please judge whether the service lasts");
            return Outcome::human(say).see(parties::place(agreement));
        };
        let months = months(from.value.first_day(), to.value.last_day());
        let (from_day, to_day, wanted) = (from.value, to.value, self.lasting_months);
        let say = if months.is_some_and(|months| months < wanted) {
            say!(
                "协议“{title}”期限 {from_day} 至 {to_day}，不足 {wanted} 个月，服务是否可持续请人工判断",
                "“{title}” runs from {from_day} to {to_day}, less than {wanted} months; please judge"
            )
        } else {
            say!("协议“{title}”期限 {from_day} 至 {to_day}，服务是否可持续请人工判断", "“{title}” runs from {from_day} to {to_day}; please judge")
        };
        Outcome::human(say).see(from.at.iter().chain(&to.at).copied().take(2)).see(parties::place(agreement))
    }
}

/// Whole months of a term, both days included.
fn months(from: Option<jiff::civil::Date>, to: Option<jiff::civil::Date>) -> Option<u32> {
    let (from, after) = (from?, to?.tomorrow().ok()?);
    u32::try_from(from.until((Unit::Month, after)).ok()?.get_months()).ok()
}
