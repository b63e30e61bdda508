//! `prescreen compare DOSSIER --manifest FILE / --scan FILE`: electronic against paper.
#![allow(clippy::disallowed_methods)]
use super::terminal::{Style, printable};
use super::{Common, Ending, settings};
use crate::model::{DocId, Dossier, Lang, PaperSide, PaperState, ScanSide};
use crate::paper::{self, ManualForm, Scan};
use crate::pipeline;
use crate::report::words::{self, pick};
use crate::say;
use crate::text::encoding;
use anyhow::Context;
use clap::Args;
use serde_json::json;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct CompareArgs {
    /// A folder, an archive, an e-mail or a single document
    dossier: PathBuf,
    /// manifest.json, a list as sha256sum or BagIt writes it, or the six-field form (fields.csv)
    #[arg(long, value_name = "FILE", required_unless_present = "scan")]
    manifest: Option<PathBuf>,
    /// A scan of the paper copy with a text layer; several in order of their pages
    #[arg(long, value_name = "FILE", num_args = 1..)]
    scan: Vec<PathBuf>,
    /// The code printed on the slip: eleven characters, as typed
    #[arg(long, value_name = "CODE", requires = "manifest")]
    code: Option<String>,
}

pub fn compare(args: &CompareArgs, common: &Common) -> anyhow::Result<Ending> {
    let settings = settings::settings(common)?;
    let (mut source, mut form) = (None, None);
    if let Some(path) = &args.manifest {
        let (name, bytes) = (file_name(path), bytes_of(path, common)?);
        let text = encoding::decode(&bytes).text;
        let context = || common.doing("读取", "reading", path.display());
        if name.to_lowercase().ends_with(".csv") {
            form = Some(ManualForm::parse(&name, &text).with_context(context)?);
        } else {
            source = Some(paper::parse(&name, &text).with_context(context)?);
        }
    }
    let scans =
        args.scan.iter().map(|path| Ok(pipeline::read_scan(file_name(path), &bytes_of(path, common)?, &settings))).collect::<anyhow::Result<Vec<Scan>>>()?;
    if let (Some(code), Some(source)) = (&args.code, &source) {
        let typed = paper::code::read_typed(code).with_context(|| {
            let wrong = say!(
                "校验码“{0}”有误：应为十一个字符，末位须与其余各位相符，请核对后重新输入",
                "code `{0}`: expected eleven characters whose last one fits the others",
                code
            );
            wrong.in_lang(common.lang()).to_owned()
        })?;
        if typed != source.manifest.code {
            let other = say!(
                "纸质校验单上的校验码是 {0}，清单的是 {1}：两者不是同一版本",
                "the slip's code is {0}, the manifest's is {1}: they are of different versions",
                typed,
                source.manifest.code
            );
            anyhow::bail!("{}", other.in_lang(common.lang()));
        }
    }
    let dossiers = pipeline::understand_single(&args.dossier, &settings::options(common), &settings)
        .with_context(|| common.doing("打开", "opening", args.dossier.display()))?;
    let mut out = io::stdout().lock();
    let mut clean = true;
    for dossier in &dossiers {
        let mut side = paper::compare(dossier, source.as_ref(), form.as_ref());
        if !scans.is_empty() {
            paper::compare_scans(dossier, &scans, &mut side);
            paper::compare_slips(dossier, &scans, source.as_ref(), &mut side);
        }
        clean &= matches!(side.state, PaperState::Identical | PaperState::SameText);
        if common.json {
            let value = json!({"dossier": dossier.id, "state": side.state, "complete": side.complete, "consistent": side.consistent, "differences": side.differences, "scan": scan_json(dossier, &side), "slip": side.slip.as_ref().map(|say| say.in_lang(common.lang())), "problem": side.problem.as_ref().map(|say| say.in_lang(common.lang()))});
            serde_json::to_writer(&mut out, &value)?;
            writeln!(out)?;
        } else {
            print(&mut out, dossier, &side, common)?;
        }
    }
    Ok(if clean { Ending::Clean } else { Ending::Findings })
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn bytes_of(path: &Path, common: &Common) -> anyhow::Result<Vec<u8>> {
    fs::read(path).with_context(|| common.doing("读取", "reading", path.display()))
}

fn scan_json(dossier: &Dossier, side: &PaperSide) -> serde_json::Value {
    let Some(scan) = &side.scan else { return serde_json::Value::Null };
    let paths = |docs: &[DocId]| docs.iter().filter_map(|doc| Some(dossier.file(*doc)?.path.clone())).collect::<Vec<_>>();
    json!({"pages": scan.pages, "pages_without_text": scan.unread, "recognised": scan.is_recognised, "compared": paths(&scan.compared), "not_found": paths(&scan.not_found)})
}

/// Which words of which files were compared, in a line.
fn print_scan(out: &mut impl Write, dossier: &Dossier, scan: &ScanSide, lang: Lang) -> io::Result<()> {
    let names = |docs: &[DocId]| docs.iter().filter_map(|doc| Some(printable(&dossier.file(*doc)?.path))).collect::<Vec<_>>().join(pick(lang, "、", ", "));
    let (pages, unread, compared, absent) = (scan.pages, scan.unread, names(&scan.compared), names(&scan.not_found));
    let absent = if absent.is_empty() { "-" } else { &absent };
    match (lang, scan.is_recognised) {
        (Lang::Zh, false) => writeln!(out, "  比对的是扫描件文字层（{pages} 页，其中 {unread} 页没有文字）：{compared}；扫描件中未见：{absent}"),
        (Lang::Zh, true) => writeln!(out, "  比对的是扫描件上识别出的文字（{pages} 页，其中 {unread} 页没有文字）：{compared}；扫描件中未见：{absent}"),
        (Lang::En, _) => writeln!(out, "  compared by the scan's words ({pages} pages, {unread} without): {compared}; not seen in the scan: {absent}"),
    }
}

fn print(out: &mut impl Write, dossier: &Dossier, side: &PaperSide, common: &Common) -> io::Result<()> {
    let (lang, style) = (common.lang(), Style::of(common));
    writeln!(out, "{}  {}", style.paint("1", &printable(&dossier.id)), words::paper(side.state, lang))?;
    let yes_no = |known: Option<bool>| match known {
        Some(true) => pick(lang, "是", "yes"),
        Some(false) => pick(lang, "否", "no"),
        None => pick(lang, "未知", "unknown"),
    };
    match lang {
        Lang::Zh => writeln!(out, "  齐全：{}  一致：{}", yes_no(side.complete), yes_no(side.consistent))?,
        Lang::En => writeln!(out, "  complete: {}  consistent: {}", yes_no(side.complete), yes_no(side.consistent))?,
    }
    if let Some(scan) = &side.scan {
        print_scan(out, dossier, scan, lang)?;
    }
    if let Some(slip) = &side.slip {
        writeln!(out, "  {}", printable(slip.in_lang(lang)))?;
    }
    if let Some(problem) = side.problem.as_ref().filter(|_| side.state == PaperState::NotChecked) {
        writeln!(out, "  ? {}", printable(problem.in_lang(lang)))?;
    }
    for difference in &side.differences {
        writeln!(out, "  ✗ {}", printable(&words::difference_sentence(difference, lang)))?;
        let places = [&difference.at, &difference.paper_at].map(|at| words::place(at, lang));
        for (which, place) in [pick(lang, "电子", "electronic"), pick(lang, "纸质", "paper")].iter().zip(places).filter(|(_, place)| !place.is_empty()) {
            writeln!(out, "      --> {which}: {}", printable(&place))?;
        }
    }
    writeln!(
        out,
        "  {}",
        pick(
            lang,
            "提示：清单比对证明的是文件，不是纸张；纸质材料仍需翻看。",
            "note: a manifest proves files, not paper; the paper copy still has to be looked at."
        )
    )
}
