use super::contract::declare_check;
use super::deadline::book_row;
use super::paper_received::no_line;
use super::{Case, Check};
use crate::model::{Outcome, Severity};
use crate::say;

declare_check! {
    /// The paper copy came in the number of copies asked for.
    ///
    /// ## How it is decided
    /// From the clerk's book: the number asked for: `pass`; more: `pass`, mentioned; none: `fail`; fewer: `fail`. No book,
    /// or no line: `not_checked`.
    ///
    /// ## Why
    /// “递交（1份）”.
    ///
    /// ## A person looks when
    /// The line is there and its cell is empty.
    pub struct Copies("copies", Dossier, bind_dossier, Nothing, [Pass, Fail, Human, NotChecked],
        "以登记簿的份数为准：相符为符合，多于要求的仅作提示，为0或不足为不符合，没有登记簿不核对；未记份数的由人工查看。"
    ) {
        expected: u32,
    }
}

impl Check for Copies {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let Some(row) = case.intake() else {
            return vec![no_line(case)];
        };
        let expected = self.expected;
        let outcome = match row.copies {
            None => Outcome::human(say!(
                "登记簿未记份数，请查看纸质版是否为 {expected} 份",
                "the book records no number of copies; please look whether there are {expected}"
            )),
            Some(0) => Outcome::fail(say!("登记簿记纸质版 0 份，未收到", "the book records 0 copies: not received")),
            Some(n) if n < expected => Outcome::fail(say!("纸质版 {n} 份，应为 {expected} 份", "{n} copies, expected {expected}")),
            Some(n) if n > expected => {
                Outcome::pass(say!("纸质版 {n} 份，多于要求的 {expected} 份", "{n} copies, more than the {expected} asked for")).at_most(Severity::Info)
            }
            Some(n) => Outcome::pass(say!("纸质版 {n} 份", "{n} copy")),
        };
        vec![outcome.see([book_row(row)])]
    }
}
