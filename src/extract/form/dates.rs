//! Dates that cannot be, and periods that end before they begin.
use crate::extract::View;
use crate::model::{DateFault, Sourced};
use crate::text::date::{find_dates, find_ranges};

/// Faults in the running text of one document.
pub fn date_faults(view: &View<'_>) -> Vec<DateFault> {
    let mut out = Vec::new();
    for found in find_dates(&view.text).into_iter().filter(|f| !f.date.exists()) {
        let at = view.spans(found.range.clone());
        let quote: String = at.iter().map(|s| view.quote(*s)).collect();
        out.push(DateFault::Impossible(Sourced::new(quote, at)));
    }
    for range in find_ranges(&view.text) {
        let (Some(first), Some(last)) = (range.from.first_day(), range.to.last_day()) else { continue };
        if last < first {
            out.push(DateFault::Reversed {
                from: Sourced::new(range.from, view.spans(range.from_range)),
                to: Sourced::new(range.to, view.spans(range.to_range)),
            });
        }
    }
    out
}
