use super::agreement_duties::{is_partial, none};
use super::alike::shown;
use super::case::FEW;
use super::contract::declare_check;
use super::parties;
use super::{Case, Check};
use crate::model::{Agreement, Outcome, Signature};
use crate::say;

declare_check! {
    /// The agreement's signature block is filled in and dated.
    ///
    /// ## How it is decided
    /// For each agreement between the applicant and the partner, from its text: a signature line or its date left
    /// blank: `fail`; all filled: `pass`, with the reminder that a seal needs eyes. No agreement: the rule does not
    /// apply.
    ///
    /// ## Why
    /// “签有合作协议” means signed. In an electronic text a blank date is what shows a draft.
    ///
    /// ## A person looks when
    /// No signature block or no date was recognised, a blank one stands in a scan, or an unread file could be the agreement. Whether the seal is there
    /// and whose it is, only a person sees.
    pub struct AgreementSigned("agreement-signed", Dossier, bind_dossier, Form, [Pass, Fail, Human, NotApplicable],
        "看协议文本的签署栏：已填写并有日期为符合（印章仍须看原件）；签名栏或日期空白标待补正；没有协议不适用。未识别到签署栏或日期时由人工查看。"
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
    let date_at = dated.into_iter().flat_map(|date| date.at.iter().copied().take(1));
    case.blank(outcome.see(block).see(date_at).see(parties::place(agreement)))
}
