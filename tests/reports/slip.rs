use crate::made::HOSTILE;
use crate::package::{document, parts};
use prescreen::model::{Document, Dossier, FieldId, Format, Lang, Manifest, Place, Reading, SourceFile, Value};
use prescreen::paper::manifest;
use prescreen::report::slip;

fn dossier(name: &str, files: &[&str]) -> (Manifest, Dossier) {
    let mut dossier = Dossier { id: "C1-017".into(), ..Dossier::default() };
    for (n, path) in files.iter().enumerate() {
        let sha256 = prescreen::paper::digest::sha256_hex(path.as_bytes());
        dossier.files.push(SourceFile { path: (*path).into(), bytes: 3, sha256: Some(sha256), sm3: None, problem: None });
        dossier.documents.push(Document { pages: (n > 0).then_some(4), ..Document::read_full(Format::Pdf, Vec::new()) });
    }
    for (field, text) in [(FieldId::ApplicantName, "徐州市示例制造学会"), (FieldId::ProjectName, name)] {
        let reading = Reading { value: Some(Value::Text(text.into())), raw: text.into(), label: String::new(), place: Place::Cover, at: Vec::new() };
        dossier.facts.fields.insert(field, vec![reading]);
    }
    (manifest::make(&dossier, Some("2022-06-04T10:12:00+08:00".into()), false), dossier)
}

/// The text of a PDF as this program reads it, without blanks and line breaks.
fn printed(pdf: &[u8]) -> String {
    let document = prescreen::read::read("slip.pdf", pdf, &prescreen::read::Limits::default());
    assert!(document.problems.is_empty() && document.pages.is_some(), "{:?}", document.problems);
    document.blocks.iter().flat_map(|block| block.text.chars()).filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn the_slip_carries_code_files_digest_ticks_and_how_to_check_by_hand() {
    let (manifest, dossier) = dossier("示例项目", &["a.docx", "附件1.pdf", "附件2.pdf"]);
    let bytes = slip::docx(&manifest, &dossier, Lang::Zh).expect("the slip is made");
    let (xml, text) = document(&bytes);
    let html = slip::html(&manifest, &dossier, Lang::Zh);
    let printed = printed(&slip::pdf(&manifest, &dossier, Lang::Zh).expect("the slip is made"));
    for words in [
        "C1-017",
        "徐州市示例制造学会",
        "示例项目",
        &manifest.code,
        "2022-06-04 10:12",
        "附件1.pdf",
        &manifest.files[1].sha256[..12],
        &manifest.digest[..8],
        "已知 8 页",
        "□ 已盖章",
        "□ 已装订",
        "□ 1 份",
        "□ 页数一致",
        "sha256sum -c manifest-sha256.txt",
        "不证明纸上的内容",
    ] {
        assert!(text.contains(words), "{words} is missing in\n{text}");
        assert!(html.replace("&amp;", "&").contains(words), "{words} is missing in the page");
        assert!(printed.contains(&words.replace(' ', "")), "{words} is missing in\n{printed}");
    }
    // The printed symbol is at least 30 mm: 1 mm is 36 000 EMU.
    let width: u32 = xml.split("<wp:extent cx=\"").nth(1).and_then(|x| x.split('"').next()).and_then(|w| w.parse().ok()).expect("the picture has a size");
    assert!(width >= 38 * 36_000, "{width}");
    assert!(parts(&bytes).keys().any(|name| name.ends_with(".png")));
    assert!(html.contains("<svg") && !html.contains("<script"));
}

#[test]
fn the_same_files_give_the_same_slip_even_late_in_a_run() {
    let (manifest, dossier) = dossier("示例项目", &["a.docx"]);
    let make = || slip::docx(&manifest, &dossier, Lang::Zh).expect("the slip is made");
    let first = make();
    for _ in 0..3 {
        assert!(first == make());
    }
    let print = || slip::pdf(&manifest, &dossier, Lang::Zh).expect("the slip is made");
    assert!(print() == print());
}

#[test]
fn hostile_names_are_harmless() {
    let (manifest, dossier) = dossier(HOSTILE, &["a.docx", HOSTILE, "\"><img src=x onerror=alert(1)>.pdf"]);
    let (_, text) = document(&slip::docx(&manifest, &dossier, Lang::Zh).expect("the slip is made"));
    assert!(text.contains("<script>alert") && text.contains('\u{fffd}'));
    let text = printed(&slip::pdf(&manifest, &dossier, Lang::Zh).expect("the slip is made"));
    assert!(text.contains("<script>alert") && text.contains('\u{fffd}') && !text.contains('\u{202e}'));
    let html = slip::html(&manifest, &dossier, Lang::Zh);
    assert!(!html.contains("<script") && !html.contains("<img") && !html.contains('\u{202e}') && !html.contains('\0'));
}

#[test]
fn an_empty_dossier_and_a_long_list_have_slips() {
    let (manifest, none) = dossier("x", &[]);
    assert!(slip::docx(&manifest, &none, Lang::En).is_ok() && slip::pdf(&manifest, &none, Lang::En).is_ok());
    let names: Vec<String> = (0..300).map(|n| format!("附件{n:03}：{}.pdf", "很长的文件名".repeat(8))).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (manifest, many) = dossier("x", &names);
    let (xml, text) = document(&slip::docx(&manifest, &many, Lang::En).expect("the slip is made"));
    assert!(text.contains("附件299") && text.contains("Slip of the paper copy") && xml.contains("<w:tblHeader/>"));
    let text = printed(&slip::pdf(&manifest, &many, Lang::En).expect("the slip is made"));
    assert!(text.contains("附件299") && text.contains("Page2of") && text.matches("SHA-256,first12digits").count() > 5);
}
