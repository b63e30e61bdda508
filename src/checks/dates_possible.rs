use super::contract::declare_check;
use super::deadline::shown;
use super::{Case, Check};
use crate::model::{DateFault, FieldId, Outcome, Place, Pointer, Reading, Span};
use crate::say;
use crate::text::date::PartialDate;

declare_check! {
    /// Every date exists, no range ends before it starts, and the form was not filled in after it arrived.
    ///
    /// ## How it is decided
    /// A date that the calendar does not have (2月30日), a range or a project period that ends before it starts, a date
    /// filled in after the day received: `fail`, each named. Dates without fault: `pass`. No date at all: the rule does not
    /// apply.
    ///
    /// ## Why
    /// Such dates are slips, and they make the project's period and the agreement's term unusable.
    ///
    /// ## A person looks when
    /// The form was read only in part and nothing was found to be wrong.
    pub struct DatesPossible("dates-possible", Dossier, bind_dossier, Form, [Pass, Fail, Human, NotApplicable],
        "不存在的日期、结束早于开始、填报日期晚于收件，标待补正并逐处列出；都合理为符合；没有日期不适用。申报书有未读的页时由人工查看。"
    ) {
    }
}

impl Check for DatesPossible {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let mut faults: Vec<Outcome> = Vec::new();
        let mut seen: Vec<Span> = Vec::new();
        for fault in &case.facts().date_faults {
            faults.push(match fault {
                DateFault::Impossible(date) => {
                    seen.extend(&date.at);
                    let text = &date.value;
                    Outcome::fail(say!("日期“{text}”不存在", "the date “{text}” does not exist")).see(date.at.iter().take(1).copied())
                }
                DateFault::Reversed { from, to } => {
                    seen.extend(from.at.iter().chain(&to.at));
                    reversed(from.value, to.value, from.at.iter().chain(&to.at).take(2))
                }
            });
        }
        faults.extend(period(case, &seen));
        faults.extend(filled_late(case));
        if !faults.is_empty() {
            return faults;
        }
        if case.form_is_partial() {
            let say = say!("申报书有未读的页，日期请人工查看", "pages of the form were not read; please look at the dates");
            return vec![Outcome::human(say).see(case.form().map(Pointer::File))];
        }
        let fields = [FieldId::DateFilled, FieldId::PeriodFrom, FieldId::PeriodTo];
        let places: Vec<Span> = fields.iter().filter_map(|field| case.facts().first(*field)?.at.first().copied()).collect();
        if places.is_empty() && case.facts().agreements.iter().all(|a| a.signed_on.is_none()) && case.facts().events.iter().all(|e| e.from.is_none()) {
            return vec![Outcome::not_applicable(say!("材料中没有可核对的日期", "there is no date to look at")).searched(case.searched())];
        }
        vec![Outcome::pass(say!("各处日期均合理", "every date is possible")).see(places)]
    }
}

fn reversed<'s>(from: PartialDate, to: PartialDate, places: impl Iterator<Item = &'s Span>) -> Outcome {
    Outcome::fail(say!("结束日期 {to} 早于开始日期 {from}", "the end {to} is before the start {from}")).see(places.copied())
}

fn dates(readings: &[Reading]) -> impl Iterator<Item = (PartialDate, &Reading)> {
    let own = readings.iter().filter(|reading| reading.place != Place::Attachment);
    own.filter_map(|reading| Some((PartialDate::try_from(reading.value.as_ref()?.text()?.to_owned()).ok()?, reading)))
}

/// A project period that ends before it starts, unless it was already found as a range.
fn period(case: &Case<'_>, seen: &[Span]) -> Option<Outcome> {
    let (from, start) = dates(case.facts().readings(FieldId::PeriodFrom)).next()?;
    let (to, end) = dates(case.facts().readings(FieldId::PeriodTo)).find(|(_, end)| end.place == start.place)?;
    let overlaps = |span: &Span| seen.iter().any(|s| s.doc == span.doc && s.block == span.block && s.start < span.end && span.start < s.end);
    let is_reversed = to.last_day()? < from.first_day()? && !start.at.iter().chain(&end.at).any(overlaps);
    is_reversed.then(|| reversed(from, to, start.at.iter().chain(&end.at).take(2)))
}

/// A date filled in after the day the dossier came.
fn filled_late(case: &Case<'_>) -> Option<Outcome> {
    let received = case.received()?;
    let (filled, reading) = dates(case.facts().readings(FieldId::DateFilled)).find(|(date, _)| date.first_day().is_some_and(|day| day > received.at.date()))?;
    let when = shown(received);
    let say = say!("填报日期 {filled} 晚于收件时间 {when}", "the form is dated {filled}, after it came on {when}");
    let row = case.intake().filter(|row| row.received_at.is_some()).map(super::deadline::book_row);
    Some(Outcome::fail(say).see(reading.at.iter().take(1).copied()).see(row))
}
