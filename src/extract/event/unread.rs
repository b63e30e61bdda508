//! Days in the form's lists of events that none of the events read has: the list was not understood, whatever it shows.
use super::prose::{heads_schedule, kind_listed, opens_section};
use super::{is_form, when};
use crate::extract::View;
use crate::extract::lines::lines;
use crate::model::{Event, EventKind, Span};
use when::When;

/// Characters of the longest heading of a list of events.
const LONGEST_HEAD: usize = 40;

/// Days told; more of them say nothing new.
const MOST: usize = 60;

/// A longer line lists no events; bytes.
const LONGEST_LINE: usize = 12_000;

/// The days, each with its place, in the order of the form.
pub(in crate::extract) fn days(views: &[View<'_>], events: &[Event]) -> Vec<Span> {
    let mut found = Vec::new();
    for view in views.iter().filter(|view| is_form(view)) {
        let year = when::year_in(super::head(view));
        let mut listed = false;
        for line in lines(view) {
            if found.len() >= MOST {
                break;
            }
            let short = line.chars() <= LONGEST_HEAD && !line.text.contains('。');
            let heads = short && kind_listed(line.text, Some(EventKind::Other)).is_some() && !heads_schedule(line.text);
            if line.text.len() > LONGEST_LINE || !(listed || heads) {
                continue;
            }
            let times = when::days(line.text, year);
            if times.is_empty() && short {
                let ends = heads_schedule(line.text) || line.row.is_none() && opens_section(&line);
                listed = heads || !ends;
            }
            // the day on which bound news came out
            if super::facts::is_byline(line.text) {
                continue;
            }
            // what is signed and dated behind the lists is no event
            listed = listed && !["意见", "盖章", "签字", "签名", "填报", "填表", "申报日期"].iter().any(|word| line.text.contains(word));
            let unknown = times.iter().filter(|time| listed && Some(time.from.year) == year && !events.iter().any(|event| is_of(time, event)));
            found.extend(unknown.flat_map(|time| line.spans(view, time.range.clone())));
        }
    }
    found.truncate(MOST);
    found
}

/// Whether a time may be an event's.
fn is_of(time: &When, event: &Event) -> bool {
    let Some(from) = &event.from else { return false };
    let to = event.to.as_ref().unwrap_or(from);
    time.meets(&When { from: from.value, to: to.value, range: 0..0 })
}
