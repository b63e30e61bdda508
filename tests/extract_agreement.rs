//! Agreements in annotated texts, one file per shape.
#![allow(clippy::disallowed_methods, reason = "tests read and write their own files")]
mod annotated;

use annotated::{Fixture, compare, fixtures};
use prescreen::extract::{View, agreement};
use prescreen::model::{Agreement, Sourced, Span};
use prescreen::text::date::PartialDate;
use serde_json::{Value, json};

fn facts(fixture: &Fixture) -> Value {
    let views = fixture.views();
    let (agreements, look_alikes) = agreement::find(&views);
    for a in agreements.iter().chain(&look_alikes) {
        spans_hold(&views, a);
    }
    let pairs: Vec<Value> = agreement::amount_pairs(&views).iter().map(|p| json!([p.figures.value, p.words.value])).collect();
    json!({
        "agreements": agreements.iter().map(|a| show(&views, a)).collect::<Vec<_>>(),
        "look_alikes": look_alikes.iter().map(|a| show(&views, a)).collect::<Vec<_>>(),
        "pairs": pairs,
    })
}

fn show(views: &[View<'_>], a: &Agreement) -> Value {
    let date = |d: &Option<Sourced<PartialDate>>| d.as_ref().map(|d| d.value.to_string());
    json!({
        "file": a.doc.map(|doc| views[doc.0 as usize].file.path.clone()),
        "title": a.title,
        "parties": a.parties.iter().map(|p| format!("{}:{}", p.role, p.name)).collect::<Vec<_>>(),
        "signed_on": date(&a.signed_on),
        "term": [date(&a.term_from), date(&a.term_to)],
        "amounts": a.amounts.iter().map(|m| m.value).collect::<Vec<_>>(),
        "duties": a.duties.iter().map(|d| d.value.clone()).collect::<Vec<_>>(),
        "signature": format!("{:?}", a.signature).to_lowercase(),
        "codes": a.codes.iter().map(|c| c.value.clone()).collect::<Vec<_>>(),
        "leftovers": a.leftovers.iter().map(|l| l.value.clone()).collect::<Vec<_>>(),
    })
}

/// Every fact points at words that stand in its file.
fn spans_hold(views: &[View<'_>], a: &Agreement) {
    let some = |spans: &[Span]| {
        assert!(!spans.is_empty(), "a fact of {} has no place", a.title);
        for span in spans {
            assert!(!views[span.doc.0 as usize].quote(*span).is_empty(), "{}: an empty quote", a.title);
        }
    };
    some(&a.at);
    a.parties.iter().for_each(|p| some(&p.at));
    [&a.signed_on, &a.term_from, &a.term_to].into_iter().flatten().for_each(|d| some(&d.at));
    a.amounts.iter().for_each(|m| some(&m.at));
    a.duties.iter().for_each(|d| some(&d.at));
    a.codes.iter().for_each(|c| some(&c.at));
    a.leftovers.iter().for_each(|l| some(&l.at));
}

#[test]
fn agreements_are_read_in_every_shape() {
    compare(&fixtures("agreement"), facts);
}
