//! The paper copy's slip: bound as page 1, it ties the book to the electronic files by a code.
//!
//! | file | what it makes |
//! |---|---|
//! | `qr` | the code as a picture |
//! | `paper` | `slip.docx` |
//! | `print` | `slip.pdf` |
//! | `web` | `slip.html` |
mod paper;
mod print;
mod qr;
mod web;

use super::docx::PackError;
use super::words::pick;
use crate::model::{Dossier, FieldId, Lang, Manifest};

/// Hex digits of a file's digest that the slip prints.
const DIGEST_DIGITS: usize = 12;

/// `slip.docx`.
///
/// # Errors
/// Where the document outgrows what a zip file can hold.
pub fn docx(manifest: &Manifest, dossier: &Dossier, lang: Lang) -> Result<Vec<u8>, PackError> {
    paper::docx(manifest, dossier, lang)
}

/// `slip.pdf`, ready for the printer.
///
/// # Errors
/// Where it cannot be written to memory.
pub fn pdf(manifest: &Manifest, dossier: &Dossier, lang: Lang) -> Result<Vec<u8>, lopdf::Error> {
    print::pdf(manifest, dossier, lang)
}

/// `slip.html`: one self-contained page, for the browser's print.
pub fn html(manifest: &Manifest, dossier: &Dossier, lang: Lang) -> String {
    web::html(manifest, dossier, lang)
}

/// What the QR code holds, at most 87 bytes so that a phone reads it from a worn page: the dossier's number (cut where
/// it is long), the code and the first 16 hex digits of the digest, blanks between.
pub fn payload(manifest: &Manifest) -> String {
    const LONGEST: usize = 87;
    let digest = manifest.digest.get(..16).unwrap_or(&manifest.digest);
    let tail = format!(" {} {digest}", manifest.code);
    let mut id = super::safe::line(&manifest.dossier).into_owned();
    while id.len() + tail.len() > LONGEST && id.pop().is_some() {}
    id + &tail
}

/// The slip's words, the same on paper and in the browser.
struct Words {
    title: &'static str,
    bind: &'static str,
    labels: [&'static str; 4],
    code: &'static str,
    columns: [&'static str; 4],
    desk: &'static str,
    ticks: [&'static str; 4],
    digest: &'static str,
    sign: &'static str,
    by_hand: &'static str,
    command: &'static str,
    proves: &'static str,
}

fn words(lang: Lang) -> Words {
    let t = |zh, en| pick(lang, zh, en);
    Words {
        title: t("申报材料纸电一致核对单", "Slip of the paper copy"),
        bind: t("请打印本单，加盖单位公章，装订在纸质材料的最前面（第 1 页）", "Print this slip, seal it and bind it in front, as page 1 of the paper copy"),
        labels: [t("申报编号", "Dossier"), t("申报单位", "Applicant"), t("项目名称", "Project"), t("制作时间", "Made on")],
        code: t("校验码", "Code"),
        columns: [t("序号", "No."), t("文件", "File"), t("页数", "Pages"), t("SHA-256 前 12 位", "SHA-256, first 12 digits")],
        desk: t("受理人员核对", "Intake desk"),
        ticks: [t("已盖章", "sealed"), t("已装订", "bound"), t("1 份", "1 copy"), t("页数一致", "pages agree")],
        digest: t("清单摘要\nSHA-256", "Digest of the list, SHA-256"),
        sign: t("核对人：＿＿＿＿＿＿＿＿　　　日期：＿＿＿＿年＿＿月＿＿日", "Checked by: ______________    Date: ____________"),
        by_hand: t(
            "不用本程序也可核对：在存放电子版的文件夹中运行下面的命令，每个文件应显示“OK”或“成功”，末行应与清单摘要相同。",
            "To check without this program, run this in the folder of the electronic files: every file must be OK and the last line must be the digest above.",
        ),
        command: "sha256sum -c manifest-sha256.txt && sha256sum manifest-sha256.txt",
        proves: t(
            "校验码只证明电子文件未被改动，不证明纸上的内容与电子文件相同；纸质内容仍须翻看核对。",
            "The code proves that the electronic files are unchanged. It does not prove what stands on paper: that must be looked at.",
        ),
    }
}

fn field(dossier: &Dossier, field: FieldId) -> &str {
    dossier.facts.first_text(field).filter(|text| !text.is_empty()).unwrap_or("—")
}

/// When the manifest was made, to the minute; a day without a time stays a day.
fn made(manifest: &Manifest) -> String {
    let created = manifest.created.as_deref().unwrap_or("—");
    match (created.get(..10), created.get(11..16)) {
        (Some(day), Some("00:00") | None) => day.to_owned(),
        (Some(day), Some(time)) => format!("{day} {time}"),
        _ => created.to_owned(),
    }
}

/// `合计 3 个文件，12 页（另有 1 个文件页数未知）`.
fn total(manifest: &Manifest, lang: Lang) -> String {
    let files = manifest.files.len();
    let pages: u64 = manifest.files.iter().filter_map(|f| f.pages).map(u64::from).sum();
    let unknown = manifest.files.iter().filter(|f| f.pages.is_none()).count();
    match (lang, unknown) {
        (Lang::Zh, 0) => format!("合计 {files} 个文件，{pages} 页"),
        (Lang::Zh, _) => format!("合计 {files} 个文件，已知 {pages} 页；另有 {unknown} 个文件的页数请清点后填写：＿＿＿ 页"),
        (Lang::En, 0) => format!("{files} files, {pages} pages in all"),
        (Lang::En, _) => format!("{files} files, {pages} pages known; pages of {unknown} further files, counted by hand: ____"),
    }
}

fn short_digest(sha256: &str) -> &str {
    sha256.get(..DIGEST_DIGITS).unwrap_or(sha256)
}

/// A digest in groups of eight, for the eye.
fn grouped(digest: &str) -> String {
    let chars: Vec<char> = digest.chars().collect();
    chars.chunks(8).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(dossier: &str) -> Manifest {
        Manifest {
            format: String::new(),
            dossier: dossier.into(),
            created: Some("2022-06-04T10:12:00+08:00".into()),
            files: Vec::new(),
            digest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
            code: "K7QF2-M9DPX-H".into(),
            sm3_digest: None,
        }
    }

    #[test]
    fn the_payload_never_outgrows_what_a_worn_print_can_hold() {
        assert_eq!(payload(&manifest("C1-017")), "C1-017 K7QF2-M9DPX-H 9f86d081884c7d65");
        let long = payload(&manifest(&"徐州".repeat(60)));
        assert!(long.len() <= 87 && long.ends_with(" K7QF2-M9DPX-H 9f86d081884c7d65"), "{long}");
    }

    #[test]
    fn the_time_is_printed_as_clerks_write_it() {
        assert_eq!(made(&manifest("x")), "2022-06-04 10:12");
        assert_eq!(made(&Manifest { created: Some("2022-06-04T00:00:00+08:00".into()), ..manifest("x") }), "2022-06-04");
        assert_eq!(made(&Manifest { created: None, ..manifest("x") }), "—");
    }
}
