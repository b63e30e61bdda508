use super::contract::declare_check;
use super::deadline::{book_row, closing, shown};
use super::{Case, Check};
use crate::model::{Outcome, Severity};
use crate::say;

declare_check! {
    /// Both the electronic and the paper version have arrived.
    ///
    /// ## How it is decided
    /// The electronic version is what is being read. The clerk's line gives a time for the paper version, or ticks that
    /// only paper can have (copies, bound, sealed, pages): `pass`. No copies, or nothing on paper in the line: `fail`, a
    /// warning until the deadline for paper and an error after it. No book, or no line for this dossier: `not_checked`.
    ///
    /// ## Why
    /// “分电子版和纸质版两种”.
    ///
    /// ## A person looks when
    /// Never for the sake of this rule.
    pub struct PaperReceived("paper-received", Dossier, bind_dossier, Nothing, [Pass, Fail, NotChecked],
        "登记簿记有纸质版时间，或有份数、装订、盖章、页数的登记，为符合；份数为0或没有任何登记，截止前标待补正，截止后为不符合；没有登记簿或没有本件不核对。"
    ) {
    }
}

impl Check for PaperReceived {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let Some(row) = case.intake() else {
            return vec![no_line(case)];
        };
        let ticked = row.copies.is_some_and(|n| n > 0) || row.bound == Some(true) || row.sealed == Some(true) || row.paper_pages.is_some_and(|n| n > 0);
        let outcome = match row.paper_received_at {
            _ if row.copies == Some(0) => missing(case),
            Some(at) => {
                let when = shown(at);
                Outcome::pass(say!("电子版、纸质版均已收到，纸质版于 {when} 收到", "both versions have arrived, the paper version on {when}"))
            }
            None if ticked => Outcome::pass(say!(
                "电子版、纸质版均已收到（登记簿有纸质版的勾选，未记时间）",
                "both versions have arrived (the book ticks the paper version, without a time)"
            )),
            None => missing(case),
        };
        vec![outcome.see([book_row(row)])]
    }
}

fn missing(case: &Case<'_>) -> Outcome {
    let fail = Outcome::fail(say!("登记簿未记收到纸质版", "the book records no paper version"));
    match closing(case) {
        Some(closing) if case.setting.as_of > closing.paper => fail,
        Some(_) | None => fail.at_most(Severity::Warning),
    }
}

/// The answer of a rule on the clerk's book where there is no line for the dossier.
pub fn no_line(case: &Case<'_>) -> Outcome {
    Outcome::not_checked(if case.dossier.has_book {
        say!("收件登记簿中没有本件，未核对", "the clerk's book has no line for this dossier; not checked")
    } else {
        say!("未提供收件登记簿，未核对", "no clerk's book was given; not checked")
    })
}
