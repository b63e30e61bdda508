//! A dossier whose names and texts mean harm goes through the built binary: every report shows it and does nothing.
#![cfg(unix)]
use quick_xml::Reader;
use quick_xml::events::Event;
use scraper::{Html, Selector};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const SCRIPT: &str = "<script>alert(1)</script><img src=x onerror=alert(2)>";
const FORMULA: &str = "=HYPERLINK(\"http://example.invalid\",\"点我\")";
/// What follows is read from right to left.
const TURN: char = '\u{202e}';

fn name() -> String {
    // The slash of a closing tag cannot stand in a file name.
    format!("{}\"{FORMULA}{TURN}fdp😀𠮷'&", SCRIPT).replace('/', "／")
}

fn prescreen(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_prescreen")).args(args).env_remove("NO_COLOR").output().expect("the binary starts")
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}

/// An inbox of one dossier, hostile in its id, its file names and its texts.
fn inbox(root: &Path) -> PathBuf {
    let inbox = root.join("in");
    let dossier = inbox.join(name());
    fs::create_dir_all(&dossier).expect("made");
    let form = format!(
        "徐州市科协科技服务项目申报书\n项目名称：{SCRIPT}{TURN}\u{1b}[31m😀𠮷\n申报单位：{FORMULA}\n项目负责人：+cmd|' /C calc'!A0\n联系人：@SUM(1)\n申请经费：-1万元\n\
         单位意见：\u{7}\u{8}{SCRIPT}\n合作单位：javascript:alert(3)\n"
    );
    fs::write(dossier.join("申报书.txt"), &form).expect("written");
    fs::write(dossier.join(format!("{}.txt", &name()[..60])), &form).expect("written");
    fs::write(dossier.join("附件\n1：合作协议\t.txt"), format!("合作协议\n甲方：{SCRIPT}\n乙方：{FORMULA}\n签订日期：2022年5月10日\n")).expect("written");
    fs::write(dossier.join("照片.jpg"), b"\xff\xd8\xff<script>alert(1)</script>").expect("written");
    inbox
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).expect("it can be listed").map(|e| e.expect("it can be listed").path()) {
        found.push(path.clone());
        if path.is_dir() {
            files(&path, found);
        }
    }
}

fn turns(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_page_harmless(path: &Path) {
    let page = fs::read_to_string(path).expect("text");
    assert!(!page.contains(turns) && !page.chars().any(|c| c.is_control() && c != '\n'), "{}", path.display());
    let document = Html::parse_document(&page);
    let count = |selector: &str| document.select(&Selector::parse(selector).expect("a selector")).count();
    let whole = path.display();
    assert!(count("script") <= 1, "{whole}: an applicant's script");
    assert_eq!(count("body img:not([src^='evidence/'])"), 0, "{whole}");
    assert_eq!(count("iframe, object, embed, form, base, link, svg script, body meta, body title"), 0, "{whole}");
    let all = Selector::parse("*").expect("a selector");
    for (key, value) in document.select(&all).flat_map(|e| e.value().attrs().collect::<Vec<_>>()) {
        assert!(!key.starts_with("on"), "{whole}: {key}");
        assert!(!matches!(key, "href" | "src") || !value.trim().to_lowercase().contains("javascript:"), "{whole}: {value}");
        assert!(!matches!(key, "href" | "src") || !value.contains("//"), "{whole} leads elsewhere: {value}");
    }
    assert!(page.contains("&lt;script&gt;"), "{whole}: hostile text is shown as text");
}

/// Every XML part of an office document, well formed and without what XML forbids.
fn parts(path: &Path) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(fs::File::open(path).expect("it opens")).expect("a package");
    let mut out = Vec::new();
    for n in 0..zip.len() {
        let mut part = zip.by_index(n).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut xml = String::new();
        if !(name.ends_with(".xml") || name.ends_with(".rels")) {
            continue;
        }
        part.read_to_string(&mut xml).expect("text");
        let mut reader = Reader::from_str(&xml);
        loop {
            match reader.read_event() {
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(fault) => panic!("{}: {name}: {fault}", path.display()),
            }
        }
        assert!(!xml.contains(turns), "{}: {name} turns the direction of text", path.display());
        assert!(!xml.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')), "{}: {name}", path.display());
        out.push((name, xml));
    }
    out
}

#[test]
fn a_hostile_dossier_comes_out_right_and_harmless_everywhere() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let inbox = inbox(work.path());
    let out = work.path().join("out");
    let ran = prescreen(&["run", text(&inbox), "-o", text(&out), "--as-of", "2022-06-06", "--color", "never"]);
    assert_eq!(ran.status.code(), Some(1), "{}", String::from_utf8_lossy(&ran.stderr));
    let mut made = Vec::new();
    files(&out, &mut made);
    assert!(made.len() > 7, "{made:?}");
    for path in &made {
        let name = path.file_name().and_then(|n| n.to_str()).expect("a name in UTF-8");
        assert!(!name.chars().any(|c| c.is_control() || turns(c) || "<>:\"/\\|?*".contains(c)) && name.chars().count() <= 80, "{name:?}");
        let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
        match ending {
            "html" => is_page_harmless(path),
            "docx" => {
                let parts = parts(path);
                let told = parts.iter().any(|(name, xml)| name == "word/document.xml" && xml.contains("&lt;script&gt;"));
                assert!(told, "{}: hostile text is shown as text", path.display());
                assert!(!parts.iter().any(|(_, xml)| xml.contains("TargetMode=\"External\"") || xml.contains("<w:instrText>HYPERLINK")), "{}", path.display());
            }
            "xlsx" => {
                let parts = parts(path);
                assert!(!parts.iter().any(|(name, xml)| name.starts_with("xl/worksheets/sheet") && xml.contains("<f>")), "a formula cell");
                assert!(parts.iter().any(|(_, xml)| xml.contains("&lt;script&gt;")) && parts.iter().any(|(_, xml)| xml.contains("=HYPERLINK")));
                assert!(!parts.iter().any(|(_, xml)| xml.contains("Target=\"http")), "a link out of the workbook");
            }
            "jsonl" => {
                for line in fs::read_to_string(path).expect("text").lines() {
                    serde_json::from_str::<serde_json::Value>(line).expect("JSON");
                }
            }
            _ => {}
        }
    }
    is_terminal_safe(&ran.stdout);
    let dossier = inbox.join(name());
    for args in [vec!["check"], vec!["check", "-v", "--lang", "en"], vec!["read"]] {
        let file = dossier.join("申报书.txt");
        let ran = prescreen(&[args.clone(), vec![text(if args[0] == "read" { &file } else { &dossier }), "--color", "never"]].concat());
        is_terminal_safe(&ran.stdout);
        is_terminal_safe(&ran.stderr);
    }
    let slip = work.path().join("slip");
    let ran = prescreen(&["manifest", text(&dossier), "-o", text(&slip), "--as-of", "2022-06-06"]);
    assert_eq!(ran.status.code(), Some(0), "{}", String::from_utf8_lossy(&ran.stderr));
    is_terminal_safe(&ran.stdout);
    is_page_harmless(&slip.join("slip.html"));
    parts(&slip.join("slip.docx"));
}

fn is_terminal_safe(printed: &[u8]) {
    let printed = std::str::from_utf8(printed).expect("UTF-8");
    assert!(!printed.chars().any(|c| (c.is_control() && c != '\n') || turns(c)), "{printed:?}");
}
