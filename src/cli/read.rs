//! `prescreen read FILE`: exactly what the pipeline sees in one file.
#![allow(clippy::disallowed_methods)]
use super::{Common, Ending, settings, terminal::printable};
use crate::model::{Block, BlockKind, DigitalSignature, Document, Evidence, Integrity, Lang, Read, Reads, SealMark, SealShape};
use crate::pipeline;
use crate::report::words::{self, pick};
use crate::text::engraved;
use clap::Args;
use serde_json::json;
use std::io::{self, Write};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct ReadArgs {
    file: PathBuf,
    /// Only the text, in reading order
    #[arg(long)]
    text: bool,
}

pub fn read(args: &ReadArgs, common: &Common) -> anyhow::Result<Ending> {
    let files = pipeline::read_one(&args.file, &settings::workers()?, &super::ocr::recogniser(common)?)?;
    let mut out = io::stdout().lock();
    let lang = common.lang();
    if common.json {
        let pages: Vec<serde_json::Value> = files.iter().map(|(path, document)| as_json(path, document, lang)).collect();
        let whole = match &pages[..] {
            [one] => one.clone(),
            [outer, inner @ ..] => {
                let mut outer = outer.clone();
                outer["files"] = json!(inner);
                outer
            }
            [] => json!(null),
        };
        serde_json::to_writer(&mut out, &whole)?;
        writeln!(out)?;
    } else if args.text {
        let (own, inside) = files.split_at(if holds_files(&files) { files.len() } else { files.len().min(1) });
        for (_, document) in own {
            for block in document.blocks.iter().filter(|b| is_text(b) && !b.text.is_empty()) {
                writeln!(out, "{}", block.text)?;
            }
        }
        for (path, _) in inside {
            eprintln!("{}{}", pick(lang, "内嵌文件未列出（见 --json）：", "a file inside is not shown (see --json): "), printable(path));
        }
    } else {
        for (path, document) in &files {
            print(&mut out, path, document, lang)?;
        }
    }
    let clean = files.iter().all(|(_, document)| document.read == Read::Full);
    Ok(if clean { Ending::Clean } else { Ending::Findings })
}

/// Whether the file is its contents: an archive or an e-mail. What other files carry inside is not their own text.
fn holds_files(files: &[(String, Document)]) -> bool {
    use crate::model::Format::{Eml, Gz, Msg, Rar, Sevenz, Tar, Zip};
    files.first().is_none_or(|(_, outer)| matches!(outer.format, Eml | Msg | Zip | Sevenz | Rar | Tar | Gz))
}

/// The running text, and the heads and feet that are printed on a page; those of a word processor stand on every page
/// and on none.
fn is_text(block: &Block) -> bool {
    block.kind.is_body() || (matches!(block.kind, BlockKind::Header | BlockKind::Footer) && block.at.page.is_some())
}

fn as_json(path: &str, document: &Document, lang: Lang) -> serde_json::Value {
    let blocks: Vec<serde_json::Value> = document.blocks.iter().map(block_json).collect();
    let problems: Vec<&str> = document.problems.iter().map(|p| p.say.in_lang(lang)).collect();
    let mut value = json!({
        "format": "prescreen.read/1", "file": path, "detected": document.format, "read": document.read,
        "problems": problems, "pages": document.pages, "blocks": blocks,
    });
    if !document.signatures.is_empty() {
        value["signatures"] = json!(document.signatures);
    }
    if !document.seals.is_empty() {
        value["seals"] = document.seals.iter().map(seal_json).collect();
    }
    if !document.codes.is_empty() {
        value["codes"] = json!(document.codes);
    }
    value
}

fn seal_json(seal: &SealMark) -> serde_json::Value {
    let guess = |reads: &Reads| reads.letters().into_iter().map(|(c, _)| c).collect::<String>();
    json!({
        "at": seal.at, "shape": seal.shape, "strength": seal.strength, "name": engraved::name(seal),
        "guesses": seal.ring.iter().map(guess).collect::<Vec<_>>(), "line": seal.line.as_ref().map(guess),
    })
}

fn block_json(block: &Block) -> serde_json::Value {
    let mut value = json!({"kind": block.kind, "text": block.text, "at": block.at});
    if block.spans != (1, 1) {
        value["rows"] = json!(block.spans.0);
        value["columns"] = json!(block.spans.1);
    }
    if let Some(confidence) = block.confidence {
        value["confidence"] = json!((f64::from(confidence) * 1000.0).round() / 1000.0);
    }
    if let Some(label) = &block.label {
        value["label"] = json!(label);
    }
    value
}

fn print(out: &mut impl Write, path: &str, document: &Document, lang: Lang) -> io::Result<()> {
    let format = serde_json::to_value(document.format).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
    let pages = document.pages.map(|n| format!(", {n} {}", pick(lang, "页", "pages"))).unwrap_or_default();
    writeln!(out, "{}  [{format}{pages}]  {}", printable(path), words::read(document.read, lang))?;
    for problem in &document.problems {
        writeln!(out, "  ! {}", printable(problem.say.in_lang(lang)))?;
    }
    for signature in &document.signatures {
        writeln!(out, "  {}", printable(&signed(signature, lang)))?;
    }
    for seal in &document.seals {
        writeln!(out, "  {}", printable(&sealed(seal, lang)))?;
    }
    for code in &document.codes {
        let kind = if code.is_qr { pick(lang, "二维码", "QR code") } else { pick(lang, "条码", "bar code") };
        let page = code.at.page.map(|page| page.to_string()).unwrap_or_default();
        writeln!(out, "  {kind}{} {page}{}{}", pick(lang, "：页", ": page"), pick(lang, "，", ", "), printable(&code.text))?;
    }
    for block in document.blocks.iter().filter(|b| !b.text.is_empty() || b.kind == BlockKind::Picture) {
        let place = words::place(&Evidence::at("", &block.at, ""), lang);
        let place = place.trim_start_matches(['，', ',', ' ']);
        let label = |n: usize| block.label_of(n).map(|l| format!("{} ", printable(l))).unwrap_or_default();
        let lines: Vec<String> = block.text.split('\n').enumerate().map(|(n, text)| label(n) + &printable(text)).collect();
        writeln!(out, "  {place}\n    {}", lines.join("\n    "))?;
    }
    Ok(())
}

/// A seal on one line: where, how strong, what it says.
fn sealed(seal: &SealMark, lang: Lang) -> String {
    let shape = if seal.shape == SealShape::Oval { pick(lang, "椭圆形印章", "oval seal") } else { pick(lang, "圆形印章", "round seal") };
    let page = seal.at.page.map(|page| page.to_string()).unwrap_or_default();
    let name = engraved::name(seal).unwrap_or_else(|| pick(lang, "印文未能识别", "its name is not read").to_owned());
    format!("{shape}{} {page}{}{name}", pick(lang, "：页", ": page"), pick(lang, "，", ", "))
}

/// A signature on one line: whose seal, who signed, when, whether the content is still the signed one, on which pages.
fn signed(signature: &DigitalSignature, lang: Lang) -> String {
    let integrity = match signature.integrity {
        Integrity::Intact => pick(lang, "内容与签署时一致", "content as signed"),
        Integrity::Changed => pick(lang, "内容与签署时不符", "content differs from what was signed"),
        Integrity::Unknown => pick(lang, "未核验", "not verified"),
    };
    let known = [&signature.seal, &signature.signer, &signature.signed_at].into_iter().flatten().map(String::as_str);
    let mut parts: Vec<String> = known.chain([integrity]).map(str::to_owned).collect();
    let mut pages: Vec<u32> = signature.places.iter().filter_map(|place| place.page).collect();
    pages.dedup();
    if !pages.is_empty() {
        let pages = pages.iter().map(u32::to_string).collect::<Vec<_>>().join("、");
        parts.push(format!("{} {pages}", pick(lang, "页", "page")));
    }
    format!("{} {}", pick(lang, "电子签章：", "signature:"), parts.join(pick(lang, "，", ", ")))
}
