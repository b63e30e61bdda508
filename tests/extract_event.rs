//! Events in annotated dossiers, one file per shape.
#![allow(clippy::disallowed_methods, reason = "tests read and write their own files")]
mod annotated;

use annotated::{Fixture, compare, fixtures};
use prescreen::extract::{View, event};
use prescreen::model::{Event, Format, Span};
use serde_json::{Value, json};

const APPLICANT: &str = "徐州市力学学会";

fn facts(fixture: &Fixture) -> Value {
    let views = fixture.views();
    let events = event::find(&views, Some(APPLICANT), &[]);
    for e in &events {
        spans_hold(&views, e);
    }
    json!(events.iter().map(|e| show(&views, e)).collect::<Vec<_>>())
}

fn show(views: &[View<'_>], e: &Event) -> Value {
    json!({
        "name": e.name,
        "kind": json!(e.kind),
        "from": e.from.as_ref().map(|d| d.value.to_string()),
        "to": e.to.as_ref().map(|d| d.value.to_string()),
        "place": e.place,
        "level": e.level,
        "level_proved": e.level_proved,
        "role": e.role,
        "role_proved": e.role_proved,
        "status": e.status,
        "sessions": e.sessions,
        "online": e.online,
        "evidence": e.evidence.iter().map(|v| json!(v.kind)).collect::<Vec<_>>(),
        "files": e.evidence.iter().map(|v| views[v.doc.0 as usize].file.path.clone()).collect::<Vec<_>>(),
    })
}

/// Everything said of an event points at words that stand in a file; only a picture has none.
fn spans_hold(views: &[View<'_>], e: &Event) {
    let holds = |spans: &[Span]| spans.iter().all(|s| !views[s.doc.0 as usize].quote(*s).is_empty());
    assert!(holds(&e.at) && holds(&e.level_at) && holds(&e.role_at), "{}: an empty quote", e.name);
    for seen in &e.evidence {
        let picture = views[seen.doc.0 as usize].document.format == Format::Jpeg;
        assert!(picture || !seen.at.is_empty(), "{}: {:?} has no place", e.name, seen.kind);
        assert!(holds(&seen.at), "{}: an empty quote", e.name);
    }
}

#[test]
fn events_are_read_in_every_shape() {
    compare(&fixtures("event"), facts);
}
