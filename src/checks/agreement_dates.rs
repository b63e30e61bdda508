use super::agreement_duties::none;
use super::alike::shown;
use super::case::FEW;
use super::contract::declare_check;
use super::parties;
use super::{Case, Check};
use crate::model::{Agreement, Outcome};
use crate::say;

declare_check! {
    /// The agreement was signed before the application, and its term covers the programme's year.
    ///
    /// ## How it is decided
    /// For each agreement between the applicant and the partner: signed after the day received (else the date filled
    /// in, else the day of screening), ended before it, or with no day in the programme's year: `fail`. Signed before
    /// and running: `pass`, also where it ran out and a later agreement of the same parties goes on with it. No agreement: the
    /// rule does not apply.
    ///
    /// ## Why
    /// “签有” is past tense: what is signed later, or has run out, supports no project of this year.
    ///
    /// ## A person looks when
    /// The date of signing or the term was not read, an unread file could be the agreement, or a supplement whose term was not read could
    /// extend one that ran out.
    pub struct AgreementDates("agreement-dates", Dossier, bind_dossier, Form, [Pass, Fail, Human, NotApplicable],
        "签署日期晚于提交之日、期限已满或不含本年度的标待补正；已签署且在期限内，或期满后由相同各方的协议延续的，为符合；没有协议不适用。未读到日期或期限时由人工查看。"
    ) {
    }
}

impl Check for AgreementDates {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let relevant = parties::relevant(case);
        if relevant.is_empty() {
            return vec![none(case)];
        }
        let renewed = |agreement: &Agreement| relevant.iter().copied().find(|later| renews(case, later, agreement));
        let all = &case.facts().agreements;
        let supplement = |agreement: &Agreement| all.iter().find(|other| !std::ptr::eq(*other, agreement) && may_extend(other));
        relevant.iter().copied().take(FEW).map(|agreement| of(case, agreement, renewed(agreement), supplement(agreement))).collect()
    }
}

/// Whether an agreement is by its title one on another, and says nothing that was read of how long that runs.
fn may_extend(agreement: &Agreement) -> bool {
    let on_other = ["补充", "续签", "续约", "延期", "展期"].iter().any(|word| agreement.title.contains(word));
    on_other && (agreement.term_to.is_none() || agreement.parties.len() < 2)
}

/// Whether an agreement of the same parties begins not after the end of another, was signed before the application and still runs then. One
/// that prints only its end (履行期限延长至…) begins when it is signed.
fn renews(case: &Case<'_>, later: &Agreement, agreement: &Agreement) -> bool {
    let submitted = case.submitted_on();
    let from = later.term_from.as_ref().or(later.signed_on.as_ref());
    let (Some(ended), Some(from), Some(to)) = (&agreement.term_to, from, &later.term_to) else { return false };
    let goes_on = from.value.first_day().zip(ended.value.last_day()).is_some_and(|(from, ended)| ended.tomorrow().is_ok_and(|next| from <= next));
    let signed = later.signed_on.as_ref().and_then(|date| date.value.first_day()).is_some_and(|day| day <= submitted);
    goes_on && signed && to.value > ended.value && to.value.last_day().is_some_and(|day| day >= submitted) && parties::same_parties(later, agreement)
}

fn of(case: &Case<'_>, agreement: &Agreement, renewed: Option<&Agreement>, supplement: Option<&Agreement>) -> Outcome {
    let (title, submitted, year) = (shown(&agreement.title), case.submitted_on(), case.round().year);
    let dates = [&agreement.signed_on, &agreement.term_from, &agreement.term_to];
    let places = dates.into_iter().flatten().flat_map(|date| date.at.iter().copied().take(1));
    let signed = agreement.signed_on.as_ref().map(|date| date.value);
    let from = agreement.term_from.as_ref().map(|date| date.value);
    let to = agreement.term_to.as_ref().map(|date| date.value);
    let outcome = if let Some(signed) = signed.filter(|date| date.first_day().is_some_and(|day| day > submitted)) {
        Outcome::fail(say!("协议“{title}”签署日期 {signed} 晚于提交之日 {submitted}", "“{title}” is dated {signed}, after submission on {submitted}"))
    } else if let (Some(to), Some(later)) = (to, renewed) {
        let (next, until) = (shown(&later.title), later.term_to.as_ref().map_or(to, |date| date.value));
        Outcome::pass(say!("协议“{title}”期限至 {to}，由“{next}”延续至 {until}", "“{title}” ran until {to}; “{next}” goes on with it until {until}"))
            .see(parties::place(later))
    } else if let (Some(to), Some(other)) = (to.filter(|date| date.last_day().is_some_and(|day| day < submitted)), supplement) {
        let other_title = shown(&other.title);
        Outcome::human(say!(
            "协议“{title}”期限至 {to}，另有“{other_title}”，是否延长了期限请人工查看",
            "“{title}” ran until {to}; please look whether “{other_title}” extends it"
        ))
        .see(parties::place(other))
    } else if let Some(to) = to.filter(|date| date.last_day().is_some_and(|day| day < submitted)) {
        Outcome::fail(say!("协议“{title}”的期限 {to} 已满，早于提交之日 {submitted}", "the term of “{title}” ended on {to}, before submission on {submitted}"))
    } else if to.is_some_and(|to| to.year < year) || from.is_some_and(|from| from.year > year) {
        Outcome::fail(say!("协议“{title}”的期限不含 {year} 年度", "the term of “{title}” has no day in {year}"))
    } else {
        match (signed, to) {
            (Some(signed), Some(to)) => {
                Outcome::pass(say!("协议“{title}”于 {signed} 签署，期限至 {to}", "“{title}” was signed on {signed} and runs until {to}"))
            }
            (Some(signed), None) => Outcome::human(say!(
                "协议“{title}”于 {signed} 签署，未读到期限，请人工查看是否覆盖 {year} 年度",
                "“{title}” was signed on {signed}, its term was not read; please look whether it covers {year}"
            )),
            (None, Some(to)) => Outcome::human(say!(
                "协议“{title}”期限至 {to}，未读到签署日期，请人工查看",
                "“{title}” runs until {to}, its date of signing was not read; please look"
            )),
            (None, None) => Outcome::human(say!("协议“{title}”未读到签署日期和期限，请人工查看", "neither date nor term of “{title}” was read; please look")),
        }
    };
    outcome.see(places).see(parties::place(agreement))
}
