//! The built binary: exit code and a few lines, per verb.
#![allow(clippy::disallowed_methods, reason = "tests read and write their own files")]
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn prescreen(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_prescreen"))
        .args(args)
        .env_remove("NO_COLOR")
        // Recognition has tests of its own: here no models are installed, whatever this machine has.
        .env("PRESCREEN_MODELS", "/nonexistent")
        .output()
        .expect("the binary starts")
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}

#[test]
fn run_writes_the_reports_and_names_the_page() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let inbox = fixtures().join("inbox");
    let ran = prescreen(&["run", text(&inbox), "-o", text(folder.path()), "--as-of", "2022-11-15"]);
    assert_eq!(ran.status.code(), Some(1), "{}", err(&ran));
    assert!(out(&ran).contains("index.html"), "{}", out(&ran));
    assert_eq!(err(&ran), "", "silent in a pipe");
    for name in
        ["index.html", "dossiers.jsonl", "batch.json", "汇总表.xlsx", "D01-C1-clean/report.html", "D01-C1-clean/检查表.docx", "D01-C1-clean/补正通知.docx"]
    {
        assert!(folder.path().join(name).is_file(), "{name} is missing");
    }
    let first = files(folder.path());
    assert!(first.keys().any(|path| path.contains("/evidence/") && path.ends_with(".png")), "no page was drawn");
    let again = prescreen(&["run", text(&inbox), "-o", text(folder.path()), "--as-of", "2022-11-15", "--jobs", "1"]);
    assert_eq!(again.status.code(), Some(1));
    let second = files(folder.path());
    let differing: Vec<&String> = first.keys().filter(|path| first.get(*path) != second.get(*path)).collect();
    assert!(differing.is_empty() && first.len() == second.len(), "other bytes in another run: {differing:?}");
    let without = prescreen(&["run", text(&inbox), "-o", text(folder.path()), "--as-of", "2022-11-15", "--evidence", "off"]);
    assert_eq!(without.status.code(), Some(1));
    let third = files(folder.path());
    assert!(!third.keys().any(|path| path.contains("evidence")), "pictures of an older run stay");
    assert!(first["dossiers.jsonl"] == third["dossiers.jsonl"], "the records depend on how evidence is shown");
}

/// Every file below a folder, by its path there.
fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for path in fs::read_dir(folder).expect("it can be listed").map(|e| e.expect("it can be listed").path()) {
            if path.is_dir() {
                open.push(path);
            } else {
                let name = text(path.strip_prefix(root).expect("below the folder")).to_owned();
                found.insert(name, fs::read(&path).expect("it can be read"));
            }
        }
    }
    found
}

#[cfg(unix)]
#[test]
fn records_with_personal_values_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let inbox = tempfile::tempdir().expect("a temporary folder");
    fs::write(inbox.path().join("a.txt"), "项目名称：甲").expect("written");
    prescreen(&["run", text(inbox.path()), "-o", text(folder.path())]);
    let mode = fs::metadata(folder.path().join("dossiers.jsonl")).expect("written").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn what_the_operator_got_wrong_is_exit_two_with_one_sentence() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let bad = folder.path().join("bad.toml");
    fs::write(&bad, "name = 3").expect("written");
    for args in [
        vec!["run", "no-such-inbox", "-o", text(folder.path())],
        vec!["check", "no-such-dossier"],
        vec!["programme", "check", text(&bad)],
        vec!["rules", "Z99"],
        vec!["run"],
    ] {
        let ran = prescreen(&args);
        assert_eq!(ran.status.code(), Some(2), "{args:?}: {}", err(&ran));
        assert!(!err(&ran).is_empty(), "{args:?} says nothing");
    }
}

#[test]
fn check_prints_findings_with_clause_place_and_hint() {
    let dossier = fixtures().join("inbox/D03-C1-blanks");
    let ran = prescreen(&["check", text(&dossier), "--as-of", "2022-06-06"]);
    assert_eq!(ran.status.code(), Some(1), "{}", err(&ran));
    assert!(out(&ran).contains("条款："), "{}", out(&ran));
    let json = prescreen(&["check", text(&dossier), "--json", "--as-of", "2022-06-06"]);
    let record: serde_json::Value = serde_json::from_str(out(&json).lines().next().expect("one line")).expect("JSON");
    assert_eq!(record["format"], "prescreen.dossier/1");
}

#[test]
fn rules_are_listed_and_explained() {
    let list = prescreen(&["rules"]);
    assert_eq!(list.status.code(), Some(0));
    assert_eq!(out(&list).lines().filter(|l| !l.trim().is_empty()).count(), 88);
    let page = out(&prescreen(&["rules", "C102"]));
    assert!(page.contains("与服务对象之间签有合作协议"), "{page}");
}

#[test]
fn a_manifest_checks_out_with_plain_tools_and_finds_a_change() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let dossier = work.path().join("d");
    fs::create_dir(&dossier).expect("made");
    fs::write(dossier.join("申报书.txt"), "项目名称：智慧农业\n申请经费：5万元\n").expect("written");
    fs::write(dossier.join("附件.txt"), "附件").expect("written");
    let out_dir = work.path().join("m");
    let made = prescreen(&["manifest", text(&dossier), "-o", text(&out_dir)]);
    assert_eq!(made.status.code(), Some(0), "{}", err(&made));
    let sums = out_dir.join("manifest-sha256.txt");
    let checked = Command::new("sha256sum").arg("-c").arg(&sums).current_dir(&dossier).output();
    if let Ok(checked) = checked {
        assert!(checked.status.success(), "{}", out(&checked));
    }
    let manifest = out_dir.join("manifest.json");
    let same = prescreen(&["compare", text(&dossier), "--manifest", text(&manifest)]);
    assert_eq!(same.status.code(), Some(0), "{}{}", out(&same), err(&same));
    fs::write(dossier.join("申报书.txt"), "项目名称：智慧农业\n申请经费：8万元\n").expect("written");
    let changed = prescreen(&["compare", text(&dossier), "--manifest", text(&manifest)]);
    assert_eq!(changed.status.code(), Some(1), "{}", out(&changed));
    assert!(out(&changed).contains("申报书.txt"), "{}", out(&changed));
}

#[test]
fn read_shows_text_and_says_what_it_could_not_read() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let file = work.path().join("说明.txt");
    fs::write(&file, "第一行\n第二行\n").expect("written");
    let shown = prescreen(&["read", text(&file), "--text"]);
    assert_eq!((shown.status.code(), out(&shown).as_str()), (Some(0), "第一行\n第二行\n"));
    let empty = work.path().join("空.docx");
    fs::write(&empty, "").expect("written");
    let unread = prescreen(&["read", text(&empty), "--json"]);
    assert_eq!(unread.status.code(), Some(1));
    let json: serde_json::Value = serde_json::from_str(&out(&unread)).expect("JSON");
    assert_eq!((json["format"].as_str(), json["read"].as_str()), (Some("prescreen.read/1"), Some("none")));
}

#[test]
fn errors_speak_the_language_of_the_run() {
    let has_chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("file");
    fs::write(&file, "x").expect("written");
    let lists = folder.path().join("lists");
    fs::create_dir(&lists).expect("made");
    fs::write(lists.join("blacklist.csv"), "甲,乙\n1,2\n").expect("written");
    let inbox = fixtures().join("inbox/D02-C1-no-agreement");
    for args in [
        vec!["run", "no-such-inbox", "-o", text(folder.path())],
        vec!["run", text(&inbox), "-o", text(&file)],
        vec!["check", "no-such-dossier"],
        vec!["check", text(&inbox), "--lists", text(&lists)],
        vec!["read", "no-such-file"],
        vec!["manifest", "no-such-dossier", "-o", text(folder.path())],
        vec!["compare", "no-such-dossier", "--manifest", "no-such-manifest"],
        vec!["programme", "check", "no-such-programme"],
    ] {
        for (lang, is_chinese) in [("zh", true), ("en", false)] {
            let ran = prescreen(&[args.clone(), vec!["--lang", lang]].concat());
            assert_eq!(ran.status.code(), Some(2), "{args:?}");
            let ours = err(&ran).replace(['甲', '乙'], "");
            assert_eq!(has_chinese(&ours), is_chinese, "{args:?} {lang}: {ours}");
            assert!(!(is_chinese && ours.contains("No such file")), "{args:?}: {ours}");
        }
    }
}

#[test]
fn an_english_check_says_nothing_of_ours_in_chinese() {
    let ran = prescreen(&["check", text(&fixtures().join("inbox/D02-C1-no-agreement")), "--as-of", "2022-06-06", "--lang", "en", "-v"]);
    for word in ["条款：", "建议：", "合计", "不符合", "待人工核对", "申报资格", "第 ", "：“"] {
        assert!(!out(&ran).contains(word), "{word}:\n{}", out(&ran));
    }
    assert!(out(&ran).contains("hint: ") && out(&ran).contains("totals: "), "{}", out(&ran));
}

#[test]
fn completions_and_manual_pages_come_from_the_same_definition() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let made = prescreen(&["completions", shell]);
        assert_eq!(made.status.code(), Some(0), "{shell}: {}", err(&made));
        for word in ["manifest", "as-of", "evidence"] {
            assert!(out(&made).contains(word), "{shell} does not know {word}");
        }
    }
    let page = prescreen(&["man"]);
    assert!(out(&page).starts_with(".ie") && out(&page).contains(".TH prescreen 1") && out(&page).contains("compare"), "{}", out(&page));
    let run = prescreen(&["man", "run"]);
    assert!(out(&run).contains("prescreen\\-run") && out(&run).contains("\\-\\-evidence"), "{}", out(&run));
    assert_eq!(prescreen(&["man", "nothing"]).status.code(), Some(2));
}
