use super::contract::declare_check;
use super::deadline::book_row;
use super::paper_received::no_line;
use super::sealed::{self, Numbered};
use super::{Case, Check};
use crate::model::{Outcome, Pointer, Say};
use crate::say;
use schemars::JsonSchema;
use serde::Deserialize;

declare_check! {
    /// What only eyes on the paper copy can see, as the clerk ticked it.
    ///
    /// ## How it is decided
    /// The tick in the clerk's book, else in the six-field form of the paper side: yes: `pass`; no: `fail`. No book and no
    /// form: `not_checked`. Seals found on a scan are told as a hint.
    ///
    /// ## Why
    /// Binding and seal are not in any file.
    ///
    /// ## A person looks when
    /// The line is there and its cell is empty, or it says "not sealed" and the scan shows a seal.
    pub struct Tick("tick", Dossier, bind_dossier, Nothing, [Pass, Fail, Human, NotChecked],
        "以登记簿（或六项登记表）的勾选为准：是为符合，否为不符合，没有登记簿不核对；有登记而未勾选的、登记未盖章而扫描件上有印章的由人工查看。"
    ) {
        of: Ticked,
    }
}

/// Which cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Ticked {
    Bound,
    Sealed,
}

impl Check for Tick {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let row = case.intake();
        let of_book = row.and_then(|row| match self.of {
            Ticked::Bound => row.bound,
            Ticked::Sealed => row.sealed,
        });
        let of_paper = match self.of {
            Ticked::Bound => None,
            Ticked::Sealed => case.dossier.paper.sealed,
        };
        let place: Vec<Pointer> = row.map(book_row).into_iter().collect();
        let (Say { zh: yes, en: yes_en }, Say { zh: no, en: no_en }) = self.words();
        // What stands on a scan is a hint beside the tick, never instead of it.
        let seals = if self.of == Ticked::Sealed { sealed::on_form(case) } else { Vec::new() };
        let outcome = match of_book.or(of_paper) {
            Some(false) if !seals.is_empty() => {
                Outcome::human(say!("收件登记：{no}，但扫描件上有印章，请核对", "recorded: {no_en}, but the scan shows a seal; please compare"))
            }
            Some(true) => Outcome::pass(say!("收件登记：{yes}", "recorded: {yes_en}")),
            Some(false) => Outcome::fail(say!("收件登记：{no}", "recorded: {no_en}")),
            None if row.is_some() => {
                Outcome::human(say!("登记簿未勾选，请查看纸质版是否{yes}", "the book has no tick; please look whether the paper copy is {yes_en}"))
            }
            None => no_line(case),
        };
        vec![hinted(outcome, &seals).see(place)]
    }
}

fn hinted(outcome: Outcome, seals: &[Numbered<'_>]) -> Outcome {
    if seals.is_empty() {
        return outcome;
    }
    let (Say { zh, en }, Say { zh: found, en: found_en }) = (&outcome.message, sealed::told(seals));
    let message = say!("{zh}；扫描件上{found}", "{en}; on the scan {found_en}");
    Outcome { message, ..outcome }.see(sealed::pointers(seals))
}

impl Tick {
    fn words(&self) -> (Say, Say) {
        match self.of {
            Ticked::Bound => (say!("合订成册", "bound together"), say!("未合订成册", "not bound together")),
            Ticked::Sealed => (say!("加盖学会公章", "sealed"), say!("未盖章", "not sealed")),
        }
    }
}
