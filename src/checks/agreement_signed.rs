use super::agreement_duties::{is_partial, none};
use super::alike::shown;
use super::case::FEW;
use super::contract::declare_check;
use super::parties;
use super::sealed::{self, Numbered};
use super::{Case, Check};
use crate::model::{Agreement, Outcome, Party, Say, Signature, Verdict};
use crate::say;
use crate::text::engraved::Engraved;
use crate::text::name::org_key;

declare_check! {
    /// The agreement's signature block is filled in and dated.
    ///
    /// ## How it is decided
    /// For each agreement between the applicant and the partner, from its text and the seals on its pages: dated, and a
    /// seal for each party that bears its name: `pass`. Else a signature line or its date left blank: `fail`; all
    /// filled: `pass`, with the reminder that a seal needs eyes. No agreement: the rule does not apply.
    ///
    /// ## Why
    /// “签有合作协议” means signed. In an electronic text a blank date is what shows a draft.
    ///
    /// ## A person looks when
    /// No signature block or no date was recognised, a blank one stands in a scan or beside a seal, a seal clearly bears
    /// a name that is no party's, or an unread file could be the agreement. That no seal was found means nothing.
    pub struct AgreementSigned("agreement-signed", Dossier, bind_dossier, Form, [Pass, Fail, Human, NotApplicable],
        "看协议文本的签署栏和页面上的印章：各方印章均与名称相符并有日期，或签署栏已填写并有日期为符合（未识别的印章仍须看原件）；签名栏或日期空白标待补正；没有协议不适用。未识别到签署栏或日期、印章名称与各方不符时由人工查看。"
    ) {
    }
}

impl Check for AgreementSigned {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let relevant = parties::relevant(case);
        if relevant.is_empty() {
            return vec![none(case)];
        }
        relevant.into_iter().take(FEW).map(|agreement| of(case, agreement)).collect()
    }
}

fn of(case: &Case<'_>, agreement: &Agreement) -> Outcome {
    let title = shown(&agreement.title);
    let block = agreement.signature_at.iter().copied().take(3);
    let dated = agreement.signed_on.as_ref();
    let date_at = dated.into_iter().flat_map(|date| date.at.iter().copied().take(1));
    let seals = Seals::of(case, agreement);
    if let Some(outcome) = seals.outcome(&title, dated.map(|date| date.value.to_string()).as_deref()) {
        return outcome.see(date_at).see(block).see(parties::place(agreement));
    }
    let outcome = match (agreement.signature, dated) {
        (Signature::Blank, _) => Outcome::fail(say!("协议“{title}”的签署栏空白，未签字、未注明日期", "the signature block of “{title}” is blank")),
        (Signature::Partly, _) if is_partial(case, agreement) => {
            Outcome::human(say!("协议“{title}”有未读的页，签署栏请人工查看", "pages of “{title}” were not read; please look at its signatures"))
        }
        (Signature::Partly, Some(_)) => Outcome::fail(say!("协议“{title}”的签署栏有空白项", "a line of the signature block of “{title}” is blank")),
        (Signature::Partly, None) => {
            Outcome::fail(say!("协议“{title}”的签署栏有空白项，未见签署日期", "the signature block of “{title}” is partly blank, no date was found"))
        }
        (Signature::Filled, Some(date)) => {
            let date = date.value;
            Outcome::pass(say!(
                "协议“{title}”签署栏已填写，日期 {date}；印章须看原件或扫描件",
                "“{title}” is signed and dated {date}; look at the seals on the original"
            ))
        }
        (Signature::Filled, None) => {
            Outcome::human(say!("协议“{title}”签署栏已填写，但未读到签署日期，请人工查看", "“{title}” is signed, but no date was read; please look"))
        }
        (Signature::Unknown, _) => {
            Outcome::human(say!("协议“{title}”未识别到签署栏，请人工查看签字、盖章和日期", "no signature block was recognised in “{title}”; please look"))
        }
    };
    case.blank(seals.beside(outcome).see(block).see(date_at).see(parties::place(agreement)))
}

/// The seals of an agreement against its parties.
struct Seals<'a> {
    found: Vec<Numbered<'a>>,
    /// Every party has a name and a seal of its own that bears it.
    of_all: bool,
    /// The first seal that clearly bears a name that is no party's.
    stranger: Option<(Numbered<'a>, String)>,
}

impl<'a> Seals<'a> {
    fn of(case: &Case<'a>, agreement: &Agreement) -> Self {
        let found = sealed::on_agreement(case, agreement);
        let parties: Vec<Vec<String>> = agreement.parties.iter().filter(|party| !party.name.is_empty()).map(|party| spellings(case, party)).collect();
        let mut free = found.clone();
        let mut is_sealed = |names: &Vec<String>| {
            let own = free.iter().position(|(_, seal)| sealed::says(seal, names) == Engraved::Same);
            own.map(|at| free.remove(at)).is_some()
        };
        let of_all = parties.len() >= 2 && parties.len() == agreement.parties.len() && parties.iter().all(&mut is_sealed);
        let all: Vec<String> = parties.concat();
        let stranger = found.iter().find_map(|numbered| match sealed::says(numbered.1, &all) {
            Engraved::Other(other) => Some((*numbered, other)),
            _ => None,
        });
        Self { found, of_all, stranger }
    }

    /// What the seals alone decide.
    fn outcome(&self, title: &str, date: Option<&str>) -> Option<Outcome> {
        let seals = sealed::pointers(&self.found);
        if self.of_all {
            let say = match date {
                Some(date) => say!("协议“{title}”各方印章与名称相符，签署日期 {date}", "each party's seal on “{title}” bears its name, dated {date}"),
                None => say!(
                    "协议“{title}”各方印章与名称相符，但未读到签署日期，请人工查看",
                    "each party's seal on “{title}” bears its name, but no date was read; please look"
                ),
            };
            return Some(if date.is_some() { Outcome::pass(say) } else { Outcome::human(say) }.see(seals));
        }
        let (seal, name) = self.stranger.as_ref()?;
        Some(
            Outcome::human(say!(
                "协议“{title}”上有印章识别为“{name}”，与协议各方名称不符，请核对",
                "a seal on “{title}” reads “{name}”, which is no party's name; please compare"
            ))
            .see(sealed::pointers(&[*seal])),
        )
    }

    /// The answer from the text with the seals that were found beside it: a sealed agreement is not called unsigned.
    fn beside(&self, outcome: Outcome) -> Outcome {
        if self.found.is_empty() {
            return outcome;
        }
        let (Say { zh, en }, Say { zh: seals, en: seals_en }) = (&outcome.message, sealed::told(&self.found));
        let message = say!("{zh}；{seals}，请核对", "{en}; {seals_en}, please compare");
        let verdict = if outcome.verdict == Verdict::Fail { Verdict::Human } else { outcome.verdict };
        Outcome { verdict, message, ..outcome }.see(sealed::pointers(&self.found))
    }
}

/// What a party's seal may say: its name, and for the applicant whatever the roster calls it.
fn spellings(case: &Case<'_>, party: &Party) -> Vec<String> {
    let mut names = vec![party.name.clone(), org_key(&party.name)];
    if parties::is_applicant(case, party) == parties::Match::Same {
        names.extend(case.applicant_keys());
    }
    names
}
