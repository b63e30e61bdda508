use super::contract::declare_check;
use super::{Case, Check};
use crate::model::{DocId, IntakeRow, Moment, Outcome, Pointer};
use crate::say;
use jiff::civil::Date;

declare_check! {
    /// The dossier arrived in time.
    ///
    /// ## How it is decided
    /// The time in the clerk's book (which outranks an e-mail's header) against the category's deadline as N01 reads it:
    /// the named day is included until 24:00, and the paper version may come until the next working day where the
    /// deadline falls on a holiday. In time: `pass`. Later: `fail` as a warning, “逾期待定”: the association decides. Both
    /// times are shown. Neither time known: `not_checked`.
    ///
    /// ## Why
    /// “6月5日前” does not say whether the day is included and which act counts; 5 June 2022 was the last day of a holiday.
    ///
    /// ## A person looks when
    /// Never for the sake of this rule.
    pub struct Deadline("deadline", Dossier, bind_dossier, Nothing, [Pass, Fail, NotChecked],
        "以登记簿的时间为准（其次为邮件时间），按N01的理解：含当日24时，纸质版遇节假日顺延。按时为符合，逾期标“逾期待定”，由市科协决定；没有时间不核对。"
    ) {
    }
}

/// The last days of a category, as N01 reads them.
pub struct Closing {
    pub electronic: Date,
    pub paper: Date,
}

/// The last days for this dossier; `None` while its category is unknown.
pub fn closing(case: &Case<'_>) -> Option<Closing> {
    let category = case.category()?;
    if case.round().reads("N01", "exclusive") {
        let before = category.deadline.yesterday().ok()?;
        return Some(Closing { electronic: before, paper: before });
    }
    Some(Closing { electronic: category.deadline, paper: category.paper_until.unwrap_or(category.deadline).max(category.deadline) })
}

impl Check for Deadline {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let Some(closing) = closing(case) else {
            return vec![Outcome::not_checked(say!("类别未定，期限未核对", "the category is not known; the deadline was not checked"))];
        };
        let electronic = case.received().map(|at| (at, closing.electronic, say!("电子版", "the electronic version")));
        let paper = case.intake().and_then(|row| row.paper_received_at).map(|at| (at, closing.paper, say!("纸质版", "the paper version")));
        let mailed = (0u32..).take(case.dossier.files.len()).map(DocId).find(|doc| case.is_mail_body(*doc)).or(case.form());
        let place: Vec<Pointer> = case.intake().map(book_row).or(mailed.map(Pointer::File)).into_iter().collect();
        let outcomes: Vec<Outcome> = [electronic, paper]
            .into_iter()
            .flatten()
            .map(|(at, last, what)| {
                let (when, zh, en) = (shown(at), &what.zh, &what.en);
                let outcome = if at.at.date() > last {
                    Outcome::fail(say!("{zh}于 {when} 收到，晚于期限 {last}，逾期待定", "{en} came on {when}, after {last}: late, to be decided"))
                } else {
                    Outcome::pass(say!("{zh}于 {when} 收到，在期限 {last} 之内", "{en} came on {when}, by {last}"))
                };
                outcome.see(place.clone())
            })
            .collect();
        if outcomes.is_empty() {
            return vec![Outcome::not_checked(say!("收件时间未登记，期限未核对", "the time of receipt is not recorded; the deadline was not checked"))];
        }
        outcomes
    }
}

/// A time as the clerk wrote it.
pub fn shown(moment: Moment) -> String {
    if moment.has_time { moment.at.strftime("%Y-%m-%d %H:%M").to_string() } else { moment.at.date().to_string() }
}

/// The clerk's line as evidence.
pub fn book_row(row: &IntakeRow) -> Pointer {
    let mut quote = row.dossier.clone();
    for (name, value) in [("received_at", row.received_at), ("paper_received_at", row.paper_received_at)] {
        if let Some(value) = value {
            quote.push_str(&format!(", {name} {}", shown(value)));
        }
    }
    let tick = |value: bool| if value { "是" } else { "否" };
    let rest = [
        ("copies", row.copies.map(|n| n.to_string())),
        ("bound", row.bound.map(|b| tick(b).to_owned())),
        ("sealed", row.sealed.map(|b| tick(b).to_owned())),
        ("paper_pages", row.paper_pages.map(|n| n.to_string())),
    ];
    for (name, value) in rest {
        if let Some(value) = value {
            quote.push_str(&format!(", {name} {value}"));
        }
    }
    Pointer::List { list: row.list.clone(), row: row.row, quote }
}
