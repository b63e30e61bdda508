//! Whole dossiers with scans: decided once the models are installed, left open without them.
#![allow(clippy::disallowed_methods, reason = "tests read and write their own files")]
#[path = "ocr/models.rs"]
mod models;

use models::{MODELS, prescreen};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// Dossiers of the committed inbox in which a scan holds what a rule asks for, and one (D08) with papers of a scan's kind
/// that have text: recognition changes nothing in it.
const DOSSIERS: [&str; 5] = ["D01-C1-clean", "D06-C2-think-tank", "D08-B2-events", "D10-B1-ofd", "D12-C1-scan-only"];

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).expect("a folder can be made");
        for entry in fs::read_dir(from).expect("it can be listed").map(|e| e.expect("it can be listed")) {
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        fs::copy(from, to).expect("a file can be copied");
    }
}

type Records = BTreeMap<String, Value>;

/// The records of the dossiers with scans, with the models of this folder.
fn screened(models: &Path) -> Records {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (inbox, out) = (folder.path().join("inbox"), folder.path().join("out"));
    fs::create_dir(&inbox).expect("a folder can be made");
    for name in DOSSIERS.iter().chain(&["lists", "paper", "intake.csv"]) {
        copy(&fixtures().join("inbox").join(name), &inbox.join(name));
    }
    let text = |path: &Path| path.to_str().expect("a plain path").to_owned();
    let arguments = ["run", &text(&inbox), "-o", &text(&out), "--as-of", "2022-11-15", "--evidence", "off", "--no-progress"];
    let ended = prescreen(models, &arguments);
    assert_eq!(ended.status.code(), Some(1), "{}", String::from_utf8_lossy(&ended.stderr));
    let lines = fs::read_to_string(out.join("dossiers.jsonl")).expect("the records are written");
    let records = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    records.map(|record| (record["id"].as_str().expect("an id").to_owned(), record)).collect()
}

static RECOGNISED: LazyLock<Records> = LazyLock::new(|| screened(&MODELS));

fn truth(id: &str) -> Value {
    let text = fs::read_to_string(fixtures().join("truth").join(format!("{id}.json"))).expect("the truth is there");
    serde_json::from_str(&text).expect("JSON")
}

/// The truth's value once the scans are read too.
fn told<'a>(truth: &'a Value, key: &str) -> &'a Value {
    ["recognised", "read"].iter().map(|when| &truth[format!("{key}_when_{when}")]).find(|v| !v.is_null()).unwrap_or(&truth[key])
}

fn allows(truth: &Value, found: &Value) -> bool {
    truth == found || truth.as_array().is_some_and(|words| words.contains(found))
}

fn result<'a>(record: &'a Value, rule: &str) -> &'a Value {
    let findings = record["findings"].as_array().expect("findings");
    findings.iter().find(|f| f["rule"] == rule).map_or(&Value::Null, |f| &f["result"])
}

#[test]
fn recognised_dossiers_have_the_findings_of_the_truth() {
    let mut wrong = Vec::new();
    for id in DOSSIERS {
        let (truth, record) = (truth(id), &RECOGNISED[id]);
        let mut findings = truth["findings"].as_object().expect("findings").clone();
        for when in ["findings_when_read", "findings_when_recognised"] {
            findings.extend(truth[when].as_object().into_iter().flatten().map(|(rule, allowed)| (rule.clone(), allowed.clone())));
        }
        for (rule, allowed) in &findings {
            let found = result(record, rule);
            if !allows(allowed, found) {
                wrong.push(format!("{id} {rule}: expected {allowed}, found {found}"));
            }
        }
        if !allows(told(&truth, "result"), &record["result"]) {
            wrong.push(format!("{id}: expected {}, found {}", told(&truth, "result"), record["result"]));
        }
        for finding in record["findings"].as_array().expect("findings").iter().filter(|f| f["result"] == "fail" && f["severity"] == "error") {
            if !allows(told(&truth, "may_fail_as_error"), &finding["rule"]) {
                wrong.push(format!("{id} {}: {}", finding["rule"], finding["message"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn values_and_parties_are_read_from_scans() {
    let scanned = &RECOGNISED["D12-C1-scan-only"];
    assert_eq!(scanned["category"], "C1");
    for (name, values) in told(&truth("D12-C1-scan-only"), "fields").as_object().expect("fields") {
        assert_eq!(scanned["fields"][name][0]["value"], values[0], "{name}");
    }
    let says = &truth("D10-B1-ofd")["scan_says"];
    let agreement = &RECOGNISED["D10-B1-ofd"]["agreements"][0];
    let parties: Vec<&Value> = agreement["parties"].as_array().expect("parties").iter().map(|party| &party["name"]).collect();
    assert!(says["parties"].as_array().expect("parties").iter().all(|name| parties.contains(&name)), "{agreement}");
    assert_eq!(agreement["signed_on"], says["signed_on"]);
}

/// The stamped print beside the form it was printed from.
#[test]
fn a_scan_of_the_form_is_no_second_form() {
    assert_eq!(result(&RECOGNISED["D01-C1-clean"], "M01"), "pass");
}

#[test]
fn without_models_a_dossier_of_scans_is_not_checked_and_nothing_in_it_fails_as_missing() {
    let nowhere = tempfile::tempdir().expect("a temporary folder");
    let records = screened(nowhere.path());
    let scanned = &records["D12-C1-scan-only"];
    assert_eq!(scanned["category"], Value::Null);
    for rule in ["C102", "C103", "C104", "M16", "M17"] {
        assert_eq!(result(scanned, rule), "not_checked", "{rule}");
    }
    assert!(result(&records["D10-B1-ofd"], "B103") != "fail");
}
