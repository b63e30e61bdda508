//! The committed inbox against its truth: whole dossiers, the built-in programme, the record.
#![allow(clippy::disallowed_methods, reason = "tests read and write their own files")]
use prescreen::intake::{self, Options};
use prescreen::model::{Evidence, FieldId, Finding, Lang, Record, Severity, Stage, Value, Verdict};
use prescreen::pipeline::{self, Run, Settings, Silent};
use prescreen::programme;
use prescreen::report::json;
use prescreen::text::tight;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn settings() -> Settings {
    Settings {
        programme: programme::builtin().clone(),
        as_of: jiff::civil::date(2022, 11, 15),
        stage: Stage::Application,
        lang: Lang::Zh,
        with_sm3: false,
        workers: None,
        ocr: None,
    }
}

static RUN: LazyLock<Run> = LazyLock::new(|| {
    let inbox = intake::open(&fixtures().join("inbox"), &Options::default()).expect("the inbox opens");
    pipeline::screen_inbox(&inbox, &settings(), &Silent)
});

static TRUTH: LazyLock<BTreeMap<String, Json>> = LazyLock::new(|| {
    let folder = fixtures().join("truth");
    let files = fs::read_dir(folder).expect("the truth is there").map(|e| e.expect("it can be listed").path());
    let json = files.filter(|path| path.extension().is_some_and(|e| e == "json"));
    json.map(|path| {
        let truth: Json = serde_json::from_str(&fs::read_to_string(&path).expect("text")).expect("JSON");
        (truth["id"].as_str().expect("an id").to_owned(), truth)
    })
    .collect()
});

/// Formats that this build reads, in the words of the truth's `needs`.
const READS: &[&str] = &["doc", "rar", "eml", "ofd"];

/// What is known to be missed; anything else that is wrong fails the tests.
const KNOWN_MISSES: &[&str] = &[];

fn known(miss: &str) -> bool {
    KNOWN_MISSES.iter().any(|known| miss.strip_prefix(known).is_some_and(|rest| rest.starts_with(':')))
}

/// The truth's value for what this build reads.
fn told<'a>(truth: &'a Json, key: &str) -> &'a Json {
    let needs = truth["needs"].as_array().map_or(&[][..], Vec::as_slice);
    let all_read = needs.iter().all(|n| n.as_str().is_some_and(|n| READS.contains(&n)));
    let later = &truth[format!("{key}_when_read")];
    if all_read && !later.is_null() { later } else { &truth[key] }
}

fn allows(truth: &Json, found: &str) -> bool {
    match truth {
        Json::String(word) => word == found,
        Json::Array(words) => words.iter().any(|word| word == found),
        _ => true,
    }
}

fn word(verdict: Verdict) -> String {
    serde_json::to_value(verdict).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

fn record(id: &str) -> &'static Record {
    RUN.records.iter().find(|r| r.id == id).unwrap_or_else(|| panic!("no record {id}; there are {:?}", RUN.records.iter().map(|r| &r.id).collect::<Vec<_>>()))
}

fn finding<'a>(record: &'a Record, rule: &str) -> Option<&'a Finding> {
    record.findings.iter().find(|f| f.rule == rule)
}

#[test]
fn every_dossier_of_the_truth_has_its_record_and_category() {
    let mut wrong = Vec::new();
    for (id, truth) in TRUTH.iter() {
        let (expected, found) = (told(truth, "category"), record(id).category.clone());
        if expected.as_str() != found.as_deref() && expected != &Json::Null {
            wrong.push(format!("{id}: expected {expected}, found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(RUN.records.len(), TRUTH.len());
}

#[test]
fn findings_are_those_of_the_truth() {
    let mut wrong = Vec::new();
    let mut compared = 0;
    for (id, truth) in TRUTH.iter() {
        let mut expected: BTreeMap<String, Json> = serde_json::from_value(truth["findings"].clone()).unwrap_or_default();
        let later = told(truth, "findings");
        if later != &truth["findings"] {
            expected.extend(serde_json::from_value::<BTreeMap<String, Json>>(later.clone()).unwrap_or_default());
        }
        for (rule, allowed) in expected {
            compared += 1;
            match finding(record(id), &rule) {
                Some(f) if allows(&allowed, &word(f.result)) => {}
                Some(f) => wrong.push(format!("{id} {rule}: expected {allowed}, found {} — {}", word(f.result), f.message)),
                None => wrong.push(format!("{id} {rule}: expected {allowed}, no finding")),
            }
        }
    }
    assert!(compared > 250, "only {compared} findings were compared");
    let unexpected: Vec<&String> = wrong.iter().filter(|w| !known(w)).collect();
    assert!(unexpected.is_empty(), "{} of {compared}:\n{unexpected:#?}", unexpected.len());
}

#[test]
fn no_error_fails_where_nothing_was_planted() {
    let mut wrong = Vec::new();
    for (id, truth) in TRUTH.iter() {
        let may = told(truth, "may_fail_as_error");
        for f in record(id).findings.iter().filter(|f| f.result == Verdict::Fail && f.severity == Severity::Error) {
            if !allows(may, &f.rule) {
                wrong.push(format!("{id} {}: {}", f.rule, f.message));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn results_and_paper_states_are_those_of_the_truth() {
    let mut wrong = Vec::new();
    for (id, truth) in TRUTH.iter() {
        let found = record(id);
        if !allows(told(truth, "result"), &word(found.result)) {
            wrong.push(format!("{id}: result expected {}, found {}", told(truth, "result"), word(found.result)));
        }
        let state = serde_json::to_value(found.paper.state).expect("a word");
        if !allows(&told(truth, "paper")["state"], state.as_str().expect("a word")) {
            wrong.push(format!("{id}: paper expected {}, found {state}", told(truth, "paper")["state"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn first_readings_are_the_printed_values() {
    let mut wrong = Vec::new();
    let mut compared = 0;
    for (id, truth) in TRUTH.iter() {
        let Some(fields) = told(truth, "fields").as_object() else { continue };
        for (name, values) in fields {
            let field: FieldId = serde_json::from_value(Json::String(name.clone())).expect("a field's name");
            let readings = record(id).fields.get(&field).map_or(&[][..], Vec::as_slice);
            let found: Vec<Json> = readings.iter().filter_map(|r| r.value.as_ref()).map(|v| serde_json::to_value(v).expect("plain")).collect();
            let Some(expected) = values.as_array().and_then(|v| v.first()) else { continue };
            compared += 1;
            let right = match (name.as_str(), expected) {
                ("members", _) => values.as_array().is_some_and(|all| all.iter().all(|member| found.contains(member))),
                ("opinion" | "category", Json::String(text)) => {
                    let text = tight(text);
                    found.iter().filter_map(Json::as_str).map(tight).any(|f| f.contains(&text) || text.contains(&f))
                }
                _ => found.first() == Some(expected),
            };
            if !right {
                wrong.push(format!("{id} {name}: expected {values}, found {}", Json::from(found)));
            }
        }
    }
    assert!(compared > 120, "only {compared} values were compared");
    let unexpected: Vec<&String> = wrong.iter().filter(|w| !known(w)).collect();
    assert!(unexpected.is_empty(), "{} of {compared}:\n{unexpected:#?}", unexpected.len());
}

#[test]
fn agreements_and_events_are_found_once_and_right() {
    let mut wrong = Vec::new();
    for (id, truth) in TRUTH.iter() {
        let found = record(id);
        for expected in told(truth, "agreements").as_array().map_or(&[][..], Vec::as_slice) {
            let last = |path: &str| path.rsplit(['/', '!']).next().unwrap_or(path).to_owned();
            let file = last(expected["file"].as_str().unwrap_or(""));
            let Some(agreement) = found.agreements.iter().find(|a| last(&a.file) == file) else {
                wrong.push(format!("{id}: no agreement in {file}"));
                continue;
            };
            let parties: Vec<&str> = agreement.parties.iter().map(|p| p.name.as_str()).collect();
            let names: Vec<&str> =
                expected["parties"].as_array().map_or(Vec::new(), |all| all.iter().filter_map(|p| p.as_str().or(p["name"].as_str())).collect());
            if parties != names {
                wrong.push(format!("{id} {file}: parties expected {names:?}, found {parties:?}"));
            }
        }
        for expected in told(truth, "events").as_array().map_or(&[][..], Vec::as_slice) {
            let name = expected["name"].as_str().unwrap_or("");
            let matching: Vec<_> = found.events.iter().filter(|e| e.name.contains(name) || name.contains(&e.name)).collect();
            match matching[..] {
                [event] => {
                    if event.from.as_deref() != expected["from"].as_str() || expected["counts"].as_bool().is_some_and(|c| c != event.counts) {
                        wrong.push(format!("{id} {name}: expected {expected}, found {event:?}"));
                    }
                }
                _ => wrong.push(format!("{id} {name}: found {} times", matching.len())),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_finding_has_its_clause_and_every_verdict_its_evidence() {
    for record in &RUN.records {
        for f in &record.findings {
            assert!(!f.clause.is_empty(), "{} {} has no clause", record.id, f.rule);
            assert!(!f.message.is_empty(), "{} {} has no message", record.id, f.rule);
            let points = |e: &Evidence| e.file.is_some() || e.list.is_some() || e.dossier.is_some();
            let shown = f.evidence.iter().any(points) || f.details.iter().any(|d| d.evidence.iter().any(points)) || !f.searched.is_empty();
            if matches!(f.result, Verdict::Pass | Verdict::Fail) {
                assert!(shown, "{} {} is {} without evidence: {}", record.id, f.rule, word(f.result), f.message);
            }
        }
    }
}

#[test]
fn a_quote_is_what_stands_in_the_file() {
    // Evidence is resolved from spans: the first reading's raw words are part of the quoted place.
    for record in &RUN.records {
        for reading in record.fields.values().flatten() {
            let quote = reading.evidence.quote.as_deref().unwrap_or("");
            assert!(!quote.is_empty(), "{}: a reading of {:?} has no quote", record.id, reading.raw);
            assert!(reading.evidence.file.is_some(), "{}: a reading of {:?} has no file", record.id, reading.raw);
        }
    }
}

#[test]
fn a_blank_template_gives_no_value_and_no_false_error() {
    let blank = record("D17-C1-blank");
    let values: Vec<(&FieldId, &Value)> = blank.fields.iter().flat_map(|(id, all)| all.iter().filter_map(move |r| Some((id, r.value.as_ref()?)))).collect();
    assert!(values.iter().all(|(id, _)| **id == FieldId::Category), "{values:?}");
}

#[test]
fn records_are_the_same_bytes_in_every_run() {
    let inbox = intake::open(&fixtures().join("inbox"), &Options::default()).expect("the inbox opens");
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool of one thread");
    let again = one.install(|| pipeline::screen_inbox(&inbox, &settings(), &Silent));
    assert!(json::jsonl(&again.records) == json::jsonl(&RUN.records), "records differ between one thread and many");
    assert_eq!(serde_json::to_string(&again.batch).expect("plain"), serde_json::to_string(&RUN.batch).expect("plain"));
}
