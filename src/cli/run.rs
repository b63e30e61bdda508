//! `prescreen run INBOX -o OUT`: the main job.
use super::terminal::{Style, print_doubtful_columns, print_record, printable};
use super::{Common, Ending, settings};
use crate::draw::Painter;
use crate::intake;
use crate::model::{Finding, Lang, Record, Severity, Verdict};
use crate::pipeline::{self, Progress};
use crate::read::ocr::Ocr;
use crate::report::Output;
use crate::report::excerpt::{Album, Maker};
use crate::report::words::pick;
use anyhow::Context;
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use unicode_width::UnicodeWidthStr;

#[derive(Debug, Args)]
pub struct RunArgs {
    /// Folder of dossiers: each child is one (folder, archive, e-mail or document)
    inbox: PathBuf,
    /// Folder for the reports
    #[arg(short, long, value_name = "OUT")]
    out: PathBuf,
    /// How the pages show evidence: pictures of pages that a person looks at, words only, or the place alone
    #[arg(long, value_enum, default_value_t = Evidence::Pictures)]
    evidence: Evidence,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Evidence {
    Pictures,
    Text,
    Off,
}

pub fn run(args: &RunArgs, common: &Common) -> anyhow::Result<Ending> {
    let mut settings = settings::settings(common)?;
    let options = intake::Options { out: Some(args.out.clone()), ..settings::options(common) };
    let inbox = intake::open(&args.inbox, &options).with_context(|| common.doing("打开收件箱", "opening INBOX", args.inbox.display()))?;
    let output = Output::open(&args.out).with_context(|| common.doing("打开结果文件夹", "opening OUT", ""))?;
    let bar = Bar::new(common);
    if let Some(ocr) = &mut settings.ocr {
        bar.show_pages(ocr, common.lang());
    }
    let maker = match args.evidence {
        Evidence::Pictures => Some(Maker { pictures: Some((Painter::new(Some(settings::painters()?)), Album::new(output.workshop()?)?)) }),
        Evidence::Text => Some(Maker { pictures: None }),
        Evidence::Off => None,
    };
    let run = pipeline::screen_and_show(&inbox, &settings, &bar, maker.as_ref());
    bar.0.finish_and_clear();
    pipeline::write(&run, &output, &settings, maker.as_ref()).with_context(|| common.doing("写出报告", "writing the reports", ""))?;
    print_doubtful_columns(&run.batch.inputs, Style::of(common));
    let mut out = io::stdout().lock();
    if common.json {
        serde_json::to_writer_pretty(&mut out, &run.batch)?;
        writeln!(out)?;
    } else if !common.quiet {
        summary(&mut out, &run, &output, common)?;
    }
    Ok(if run.is_clean() { Ending::Clean } else { Ending::Findings })
}

/// The rules that fail; where none does, those that a person has to look at, or that were not checked.
fn why(record: &Record) -> String {
    let weighty = |f: &&Finding| f.severity != Severity::Info || f.result == Verdict::Fail;
    let of = |verdict: Verdict| record.findings.iter().filter(weighty).filter(|f| f.result == verdict).map(|f| f.rule.as_str()).collect::<Vec<_>>().join(" ");
    let marked = [(Verdict::Fail, "✗"), (Verdict::Human, "?"), (Verdict::NotChecked, "○")].map(|(verdict, mark)| (mark, of(verdict)));
    marked.iter().find(|(_, rules)| !rules.is_empty()).map_or_else(String::new, |(mark, rules)| format!("{mark} {rules}"))
}

/// Columns: a longer id pushes its own line only.
const WIDEST_ID: usize = 44;

fn summary(out: &mut impl Write, run: &pipeline::Run, output: &Output, common: &Common) -> io::Result<()> {
    let (lang, style) = (common.lang(), Style::of(common));
    let result = |record: &Record| crate::report::words::result(record.result, lang);
    let widest = run.records.iter().map(|record| printable(&record.id).width()).max().unwrap_or(0).min(WIDEST_ID);
    let widest_word = run.records.iter().map(|record| result(record).width()).max().unwrap_or(0);
    for record in &run.records {
        if common.verbose > 0 {
            print_record(out, record, style.brief(common.verbose))?;
            writeln!(out)?;
            continue;
        }
        let code = match record.result {
            Verdict::Pass => "32",
            Verdict::Fail => "31",
            _ => "33",
        };
        let (word, id) = (result(record), printable(&record.id));
        let filled = |text: &str, width: usize| " ".repeat(width.saturating_sub(text.width()));
        let line = format!("{}{}  {id}{}  {}", style.paint(code, word), filled(word, widest_word), filled(&id, widest), why(record));
        writeln!(out, "{}", line.trim_end())?;
    }
    let counts = &run.batch.counts;
    match lang {
        Lang::Zh => writeln!(
            out,
            "\n{} 份材料：初审通过 {}，待核 {}，不通过 {}；文件 {} 个，未能读出 {} 个，跳过无关文件 {} 个",
            counts.dossiers, counts.pass, counts.human, counts.fail, counts.files, counts.unread_files, counts.noise
        )?,
        Lang::En => writeln!(
            out,
            "\n{} dossiers: {} pass, {} need a person, {} fail; {} files, {} not read, {} skipped as noise",
            counts.dossiers, counts.pass, counts.human, counts.fail, counts.files, counts.unread_files, counts.noise
        )?,
    }
    writeln!(out, "{}{}", pick(lang, "请打开：", "open: "), printable(&output.path("index.html").display().to_string()))
}

/// A progress bar with counts and time left; silent where the error stream is no terminal.
struct Bar(ProgressBar);

impl Bar {
    fn new(common: &Common) -> Self {
        let shown = io::stderr().is_terminal() && !common.no_progress && !common.quiet;
        let bar = if shown { ProgressBar::new(0) } else { ProgressBar::hidden() };
        let template = pick(common.lang(), "{bar:30} {pos}/{len}  剩余 {eta}  {prefix}  {wide_msg}", "{bar:30} {pos}/{len}  {eta} left  {prefix}  {wide_msg}");
        Self(bar.with_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())))
    }
}

impl Bar {
    /// Scans take longest: how many of their pages are recognised is told beside the dossiers.
    fn show_pages(&self, ocr: &mut Ocr, lang: Lang) {
        let bar = self.0.clone();
        ocr.heard_by(Box::new(move |done, asked| bar.set_prefix(format!("{} {done}/{asked}", pick(lang, "识别扫描页", "scanned pages")))));
    }
}

impl Progress for Bar {
    fn begin(&self, dossiers: usize) {
        self.0.set_length(dossiers as u64);
    }

    fn done(&self, id: &str, _: Option<Verdict>) {
        self.0.set_message(printable(id));
        self.0.inc(1);
    }
}
