//! Days in the form's lists of events, and in its sentences about what was held, that none of the events read has: they were not understood,
//! whatever they show.
use super::facts::is_planned;
use super::org::OWN_WORDS;
use super::prose::{goes_on, heads_schedule, kind_listed, list_within, opens_section};
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
        let mut within = false;
        for line in lines(view) {
            if found.len() >= MOST {
                break;
            }
            let short = line.chars() <= LONGEST_HEAD && !line.text.contains('。');
            let heads = short && kind_listed(line.text, Some(EventKind::Other)).is_some() && !heads_schedule(line.text);
            let told = holds(line.text);
            within = line.text.len() <= LONGEST_LINE && (list_within(line.text).is_some() || within && goes_on(line.text, year));
            if line.text.len() > LONGEST_LINE || !(listed || heads || within || told) {
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
            let unknown =
                times.iter().filter(|time| (listed || within || told) && Some(time.from.year) == year && !events.iter().any(|event| is_of(time, event)));
            found.extend(unknown.flat_map(|time| line.spans(view, time.range.clone())));
        }
    }
    found.truncate(MOST);
    found
}

/// Whether a line says that the applicant held something, in a list or not: 2022年5月7日，本会主办了….
fn holds(text: &str) -> bool {
    let own = || OWN_WORDS.iter().any(|own| text.contains(own));
    let held = || ["主办", "承办", "举办", "召开"].iter().any(|verb| text.contains(verb));
    text.len() <= LONGEST_LINE && own() && held() && !is_planned(text)
}

/// Whether a time may be an event's.
fn is_of(time: &When, event: &Event) -> bool {
    let Some(from) = &event.from else { return false };
    let to = event.to.as_ref().unwrap_or(from);
    time.meets(&When { from: from.value, to: to.value, range: 0..0 })
}
