//! `prescreen compare DOSSIER --manifest FILE`: electronic against paper.
#![allow(clippy::disallowed_methods)]
use super::terminal::{Style, printable};
use super::{Common, Ending, settings};
use crate::model::{Dossier, Lang, PaperSide, PaperState};
use crate::paper::{self, ManualForm};
use crate::pipeline;
use crate::report::words::{self, pick};
use crate::text::encoding;
use anyhow::Context;
use clap::Args;
use serde_json::json;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct CompareArgs {
    /// A folder, an archive, an e-mail or a single document
    dossier: PathBuf,
    /// manifest.json, a list as sha256sum or BagIt writes it, or the six-field form (fields.csv)
    #[arg(long, value_name = "FILE")]
    manifest: PathBuf,
    /// The code printed on the slip: eleven characters, as typed
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
}

pub fn compare(args: &CompareArgs, common: &Common) -> anyhow::Result<Ending> {
    let settings = settings::settings(common)?;
    let name = args.manifest.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let bytes = fs::read(&args.manifest).with_context(|| format!("reading {}", args.manifest.display()))?;
    let text = encoding::decode(&bytes).text;
    let is_form = name.to_lowercase().ends_with(".csv");
    let context = || format!("reading {}", args.manifest.display());
    let form = is_form.then(|| ManualForm::parse(&name, &text)).transpose().with_context(context)?;
    let source = (!is_form).then(|| paper::parse(&name, &text)).transpose().with_context(context)?;
    if let (Some(code), Some(source)) = (&args.code, &source) {
        let typed = paper::code::read_typed(code).with_context(|| format!("code `{code}`: expected eleven characters whose last one fits the others"))?;
        anyhow::ensure!(
            typed == source.manifest.code,
            "the slip's code is {typed}, the manifest's is {}: they are of different versions",
            source.manifest.code
        );
    }
    let dossiers =
        pipeline::understand_single(&args.dossier, &settings::options(common), &settings).with_context(|| format!("opening {}", args.dossier.display()))?;
    let mut out = io::stdout().lock();
    let mut clean = true;
    for dossier in &dossiers {
        let side = paper::compare(dossier, source.as_ref(), form.as_ref());
        clean &= matches!(side.state, PaperState::Identical | PaperState::SameText);
        if common.json {
            let value =
                json!({"dossier": dossier.id, "state": side.state, "complete": side.complete, "consistent": side.consistent, "differences": side.differences});
            serde_json::to_writer(&mut out, &value)?;
            writeln!(out)?;
        } else {
            print(&mut out, dossier, &side, common)?;
        }
    }
    Ok(if clean { Ending::Clean } else { Ending::Findings })
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
