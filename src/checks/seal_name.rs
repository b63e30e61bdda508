use super::contract::declare_check;
use super::deadline::book_row;
use super::paper_received::no_line;
use super::sealed::{self, Numbered};
use super::{Case, Check};
use crate::model::{FieldId, Outcome, Pointer, Say};
use crate::say;
use crate::text::engraved::Engraved;

declare_check! {
    /// The seal on the paper copy names the applicant.
    ///
    /// ## How it is decided
    /// Seals on the form and on scans of the paper copy are found and read. One that bears the applicant's name (or an
    /// alias of the roster): `pass`. Without a seal to compare, without a clerk's line and without a paper side there is
    /// nothing to look at: `not_checked`. A machine never says that there is no seal.
    ///
    /// ## Why
    /// A seal of a branch or of the body the society hangs on is a known fault.
    ///
    /// ## A person looks when
    /// A seal clearly bears another name, none could be read, or none was found: a faint seal or one in a black and white
    /// copy is not seen.
    pub struct SealName("seal-name", Dossier, bind_dossier, Nothing, [Pass, Human, NotChecked],
        "在申报书和纸质版扫描件上找印章并识别印文：与申报单位名称一致为符合；印文是另一名称、未能识别或未发现印章的由人工查看（黑白或浅淡的印章无法发现，不等于没有）；没有登记簿、纸质版资料和印章的不核对。"
    ) {
    }
}

impl Check for SealName {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let seals = sealed::on_form(case);
        if case.intake().is_none() && case.dossier.paper.sources.is_empty() && seals.is_empty() {
            return vec![no_line(case)];
        }
        let row: Vec<Pointer> = case.intake().map(book_row).into_iter().collect();
        let Some((name, at)) = case.applicant() else {
            let found = if seals.is_empty() { Say::default() } else { sealed::told(&seals) };
            let Say { zh, en } = after(found);
            return vec![
                Outcome::human(say!("请核对印章名称与申报单位是否一致{zh}", "please compare the seal with the applicant's name{en}"))
                    .see(sealed::pointers(&seals))
                    .see(row),
            ];
        };
        let mut spellings = case.applicant_keys();
        spellings.extend(case.facts().readings(FieldId::ApplicantName).iter().take(1).filter_map(|r| Some(r.value.as_ref()?.text()?.to_owned())));
        let same: Vec<Numbered<'_>> = seals.iter().copied().filter(|(_, seal)| sealed::says(seal, &spellings) == Engraved::Same).collect();
        let other = seals.iter().find_map(|numbered| match sealed::says(numbered.1, &spellings) {
            Engraved::Other(other) => Some((*numbered, other)),
            _ => None,
        });
        let (outcome, shown) = match other {
            _ if !same.is_empty() => (Outcome::pass(say!("印章与申报单位“{name}”名称一致", "the seal bears the applicant's name “{name}”")), same),
            Some((seal, other)) => (
                Outcome::human(say!(
                    "印章识别为“{other}”，申报单位是“{name}”，请核对是否盖错章",
                    "the seal reads “{other}”, the applicant is “{name}”; please compare"
                )),
                vec![seal],
            ),
            None => {
                let found = if seals.is_empty() { nothing(case) } else { sealed::told(&seals) };
                let Say { zh, en } = after(found);
                (Outcome::human(say!("请核对印章名称是否为“{name}”{zh}", "please compare the seal with “{name}”{en}")), seals)
            }
        };
        vec![outcome.see(at.iter().take(1).copied()).see(sealed::pointers(&shown)).see(row)]
    }
}

/// Pages were looked at and none was found.
fn nothing(case: &Case<'_>) -> Say {
    let looked = case.dossier.paper.scan.is_some() || case.form().is_some_and(|doc| sealed::is_scan(case, doc));
    if looked {
        say!(
            "扫描件上未发现印章，黑白或浅淡的印章无法发现，请人工查看",
            "no seal was found on the scan; faint ones and those of black and white copies are not seen, please look"
        )
    } else {
        Say::default()
    }
}

fn after(found: Say) -> Say {
    let Say { zh, en } = found;
    if zh.is_empty() { Say::default() } else { say!("；{zh}", "; {en}") }
}
