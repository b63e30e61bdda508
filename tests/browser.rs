//! The pages in a real browser: a thousand dossiers found and filtered, evidence opened by the keyboard, nothing loaded
//! from elsewhere, no serious fault of accessibility, nothing that an applicant typed comes alive.
#![allow(clippy::disallowed_methods, reason = "tests read and write their own files")]
use prescreen::draw::Painter;
use prescreen::intake::{self, Options};
use prescreen::model::{Lang, Record, Severity, Stage, Verdict};
use prescreen::pipeline::{self, Run, Settings, Silent};
use prescreen::programme;
use prescreen::report::excerpt::{Album, Excerpts, Maker};
use prescreen::report::{Output, RuleLine, folder, html, json};
use serde_json::json;
use std::collections::BTreeMap;
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

#[path = "reports/made.rs"]
#[allow(dead_code)]
mod made;

/// Dossiers on the summary page.
const DOSSIERS: usize = 1_000;
/// The dossier that is opened: PDFs, tables and paragraphs among its evidence.
const OPENED: &str = "D04-C1-same-point~1";

/// Where `.ci/needs` puts what the test needs.
fn cache() -> PathBuf {
    let home = || PathBuf::from(env::var_os("HOME").unwrap_or_default()).join(".cache");
    let base = || env::var_os("XDG_CACHE_HOME").map_or_else(home, PathBuf::from).join("prescreen-browser");
    env::var_os("PRESCREEN_BROWSER_CACHE").map_or_else(base, PathBuf::from)
}

fn chromium() -> Option<PathBuf> {
    let named = env::var_os("PRESCREEN_CHROMIUM").map(PathBuf::from);
    let paths: Vec<PathBuf> = env::split_paths(&env::var_os("PATH").unwrap_or_default()).collect();
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    named.or_else(|| names.iter().flat_map(|name| paths.iter().map(move |path| path.join(name))).find(|path| path.is_file()))
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

/// The fixtures' records under new ids until there are a thousand, a hostile one among them.
fn thousand(run: &Run) -> (Vec<Record>, Vec<Excerpts>) {
    let mut records = run.records.clone();
    let mut excerpts = run.excerpts.clone();
    records.push(made::hostile());
    excerpts.push(Excerpts::default());
    let first = run.records.len();
    for n in records.len()..DOSSIERS {
        let mut record = run.records[n % first].clone();
        record.id = format!("{}-{n:04}", record.id);
        records.push(record);
        excerpts.push(Excerpts::default());
    }
    (records, excerpts)
}

fn failed(record: &Record) -> impl Iterator<Item = &str> {
    record.findings.iter().filter(|f| f.result == Verdict::Fail && f.severity != Severity::Info).map(|f| f.rule.as_str())
}

fn write(folder: &Path, records: &[Record], excerpts: &[Excerpts], run: &Run, album: &Album) -> String {
    let output = Output::open(folder).expect("the folder can be written");
    let rules = RuleLine::all(programme::builtin(), Lang::Zh);
    let mut batch = run.batch.clone();
    let names = folder::folder_names(records.iter().map(|r| r.id.as_str()));
    batch.dossiers = records.iter().zip(&names).map(|(r, folder)| json::Entry { id: r.id.clone(), folder: folder.clone(), result: Some(r.result) }).collect();
    batch.counts = json::counts(records);
    for places in &mut batch.places {
        places.applications = records.iter().filter(|r| r.category.as_ref() == Some(&places.category)).count() as u32;
    }
    output.write("index.html", html::index_page(records, &batch, &rules, Lang::Zh).as_bytes()).expect("written");
    let opened = run.records.len() + 1;
    for ((record, excerpts), name) in records.iter().zip(excerpts).zip(&names).take(opened) {
        output.write(&format!("{name}/report.html"), html::dossier_page(record, excerpts, &batch, &rules, Lang::Zh).as_bytes()).expect("written");
        output.adopt(name, &excerpts.pictures(), Some(album)).expect("pictures are written");
    }
    names[opened - 1].clone()
}

#[test]
fn a_thousand_dossiers_are_found_and_each_finding_opens_its_evidence() {
    let cache = cache();
    let missing = "run .ci/needs, which installs Chromium, Node and two npm packages outside the repository";
    assert!(
        cache.join("node_modules/playwright-core").is_dir() && cache.join("node_modules/axe-core").is_dir(),
        "{} is not set up: {missing}",
        cache.display()
    );
    let chromium = chromium().unwrap_or_else(|| panic!("no Chromium on this system: {missing}"));

    let work = tempfile::tempdir().expect("a temporary folder");
    let folder = work.path().join("out");
    let output = Output::open(&folder).expect("the folder can be written");
    let maker = Maker { pictures: Some((Painter::new(None), Album::new(output.workshop().expect("made")).expect("made"))) };
    let inbox = intake::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/inbox"), &Options::default()).expect("the inbox opens");
    let run = pipeline::screen_and_show(&inbox, &settings(), &Silent, Some(&maker));
    let (records, excerpts) = thousand(&run);
    let album = &maker.pictures.as_ref().expect("it draws").1;
    let hostile = write(&folder, &records, &excerpts, &run, album);

    let opened = records.iter().position(|r| r.id == OPENED).expect("the fixture is there");
    let search = "d08-b2";
    let mut per_rule: BTreeMap<&str, usize> = BTreeMap::new();
    for rule in records.iter().flat_map(failed) {
        *per_rule.entry(rule).or_default() += 1;
    }
    // What rolls up other findings is no defect of its own.
    let is_own = |id: &str| prescreen::programme::builtin().rule(id).is_some_and(|rule| rule.scope() != prescreen::model::Scope::Derived);
    let commonest = per_rule.iter().filter(|(rule, _)| is_own(rule)).map(|(_, count)| count).max().expect("something fails");
    let results = [("fail", Verdict::Fail), ("human", Verdict::Human), ("pass", Verdict::Pass)];
    let by_result = results.map(|(word, result)| json!(["result", word, records.iter().filter(|r| r.result == result).count()]));
    let by_category = json!(["category", "C1", records.iter().filter(|r| r.category.as_deref() == Some("C1")).count()]);
    let by_rule = json!(["rule", "C102", per_rule["C102"]]);
    let expected = json!({
        "rows": DOSSIERS, "dossier": OPENED, "rule": records[opened].findings[0].rule, "hostile": hostile, "commonest": commonest,
        "pictures": !excerpts[opened].pictures().is_empty(),
        "search": {"text": search, "rows": records.iter().filter(|r| r.id.to_lowercase().contains(search)).count()},
        "filters": by_result.into_iter().chain([by_category, by_rule]).collect::<Vec<_>>(),
    });
    let expected_file = work.path().join("expected.json");
    std::fs::write(&expected_file, expected.to_string()).expect("written");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/pages.mjs");
    let ran = Command::new("node")
        .arg(script)
        .args([&folder, &expected_file])
        .env("PRESCREEN_BROWSER_CACHE", &cache)
        .env("PRESCREEN_CHROMIUM", &chromium)
        .output()
        .unwrap_or_else(|e| panic!("node does not start ({e}): {missing}"));
    let (figures, faults) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    println!("{figures}");
    if env::var_os("PRESCREEN_KEEP_PAGES").is_some() {
        println!("{}", work.keep().display());
    }
    assert!(ran.status.success(), "{figures}\n{faults}");
}
