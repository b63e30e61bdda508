//! Findings on a terminal: rule, one sentence, place, quote, hint; grouped, counted at the end.
use super::wrap::wrapped;
use super::{Color, Common};
use crate::intake::IntakeError;
use crate::model::{Evidence, FieldId, Finding, Lang, Record, Severity, Verdict};
use crate::paper::PaperError;
use crate::programme::ProgrammeError;
use crate::report::json::Input;
use crate::report::output::OutputError;
use crate::report::words::{self, Group, pick};
use std::io::{self, IsTerminal, Write};

/// Longest quote printed, in characters.
const QUOTE: usize = 80;
/// Places printed for one finding; more are counted.
const PLACES: usize = 4;

/// How to print: colours and how much.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    pub lang: Lang,
    colour: bool,
    quiet: bool,
    verbose: bool,
    /// Columns of the terminal; none in a pipe, where lines stay whole.
    columns: Option<usize>,
}

/// Longer lines are hard to read however wide the terminal is.
const WIDEST: usize = 120;

impl Style {
    pub fn of(common: &Common) -> Self {
        let colour = match common.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()),
        };
        let columns = io::stdout().is_terminal().then(terminal_size::terminal_size).flatten().map(|(width, _)| usize::from(width.0).min(WIDEST));
        Self { lang: common.lang(), colour, quiet: common.quiet, verbose: common.verbose > 0, columns }
    }

    /// Without what passes: a whole batch is long enough.
    pub fn brief(self, verbose: u8) -> Self {
        Self { verbose: verbose > 1, ..self }
    }

    /// Prints a line, its rest under its own beginning.
    pub fn line(self, out: &mut impl Write, hang: usize, line: &str) -> io::Result<()> {
        writeln!(out, "{}", wrapped(line, hang, self.columns))
    }

    pub fn paint(self, code: &str, text: &str) -> String {
        if self.colour { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    fn verdict(self, finding: &Finding) -> String {
        let code = match (finding.result, finding.severity) {
            (Verdict::Fail, Severity::Error) => "1;31",
            (Verdict::Fail, _) => "31",
            (Verdict::Human, _) => "33",
            (Verdict::NotChecked, _) => "36",
            (Verdict::Pass, _) => "32",
            (Verdict::NotApplicable, _) => "2",
        };
        self.paint(code, &format!("{} {}", words::sign(finding.result), words::verdict(finding.result, self.lang)))
    }
}

/// What applicants typed may hold control characters that drive a terminal: they are shown, not sent.
pub fn printable(text: &str) -> String {
    let marks = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if c.is_control() || marks(c) { ' ' } else { c }).collect()
}

/// Tells which of the operator's tables have headings that are no column while a column is missing: one may be meant.
pub fn print_doubtful_columns(inputs: &[Input], style: Style) {
    if style.quiet {
        return;
    }
    for input in inputs.iter().filter(|input| !input.missing_columns.is_empty()) {
        let (unknown, missing) = (input.unknown_columns.join(pick(style.lang, "、", ", ")), input.missing_columns.join(pick(style.lang, "、", ", ")));
        let line = match style.lang {
            Lang::Zh => format!("注意：{}：表头“{unknown}”未认出，没有使用；未找到列 {missing}，若有请改用这些列名", input.name),
            Lang::En => {
                format!("note: {}: headings {unknown} are not known and were not used; no column {missing} was found: rename the one that is meant", input.name)
            }
        };
        let _ = writeln!(io::stderr(), "{}", printable(&line));
    }
}

/// Prints one dossier's findings, worst groups as the checklist orders them.
pub fn print_record(out: &mut impl Write, record: &Record, style: Style) -> io::Result<()> {
    let lang = style.lang;
    let title = [
        record.category.clone().unwrap_or_else(|| pick(lang, "类别未定", "category unknown").to_owned()),
        words::first_field(record, FieldId::ApplicantName).to_owned(),
        words::first_field(record, FieldId::ProjectName).to_owned(),
    ];
    let title: Vec<String> = title.iter().filter(|t| !t.is_empty()).map(|t| printable(t)).collect();
    let code = match record.result {
        Verdict::Pass => "1;32",
        Verdict::Fail => "1;31",
        _ => "1;33",
    };
    let result = style.paint(code, words::result(record.result, lang));
    style.line(out, 2, &format!("{}  {result}  {}", style.paint("1", &printable(&record.id)), title.join(" · ")))?;
    for group in Group::ALL {
        let shown: Vec<&Finding> = record.findings.iter().filter(|f| Group::of(&f.rule) == group && is_shown(f, style)).collect();
        if shown.is_empty() {
            continue;
        }
        writeln!(out, "\n  {}", style.paint("1;4", group.title(lang)))?;
        for finding in shown {
            print_finding(out, finding, style)?;
        }
    }
    if !style.quiet {
        print_counts(out, record, style)?;
    }
    Ok(())
}

fn is_shown(finding: &Finding, style: Style) -> bool {
    match finding.result {
        Verdict::Fail => true,
        Verdict::Human | Verdict::NotChecked => !style.quiet && (style.verbose || finding.severity != Severity::Info),
        Verdict::Pass | Verdict::NotApplicable => style.verbose && !style.quiet,
    }
}

fn print_finding(out: &mut impl Write, finding: &Finding, style: Style) -> io::Result<()> {
    let lang = style.lang;
    let severity = words::severity(finding.severity, lang);
    style.line(out, 4, &format!("  {} {} [{severity}] {}", style.verdict(finding), style.paint("1", &finding.rule), printable(&finding.message)))?;
    if finding.details.len() > 1 {
        for detail in finding.details.iter().filter(|d| style.verbose || !matches!(d.result, Verdict::Pass | Verdict::NotApplicable)) {
            style.line(out, 8, &format!("      {} {}", words::sign(detail.result), printable(&detail.message)))?;
        }
    }
    for at in finding.evidence.iter().take(PLACES) {
        style.line(out, 10, &format!("      {} {}", style.paint("34", "-->"), evidence_line(at, lang)))?;
    }
    if finding.evidence.len() > PLACES {
        let more = finding.evidence.len() - PLACES;
        writeln!(out, "      {} {more}", pick(lang, "… 另有依据", "… more places:"))?;
    }
    if finding.evidence.is_empty() && !finding.searched.is_empty() && finding.result != Verdict::Pass {
        style.line(out, 8, &format!("      {}{}", pick(lang, "已查找：", "searched: "), printable(&finding.searched.join(pick(lang, "、", ", ")))))?;
    }
    style.line(out, 8, &format!("      = {}{}", pick(lang, "条款：", "clause: "), finding.clause))?;
    // What to hand in is told where something is wrong or may be, not where nothing was looked at.
    if !finding.hint.is_empty() && matches!(finding.result, Verdict::Fail | Verdict::Human) {
        style.line(out, 8, &format!("      = {}{}", pick(lang, "建议：", "hint: "), printable(&finding.hint)))?;
    }
    Ok(())
}

fn evidence_line(at: &Evidence, lang: Lang) -> String {
    let place = words::place(at, lang);
    let Some(quote) = &at.quote else { return printable(&place) };
    let flat: String = quote.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = flat.chars().take(QUOTE).collect();
    let dots = if flat.chars().count() > QUOTE { "…" } else { "" };
    printable(&match lang {
        Lang::Zh => format!("{place}：“{short}{dots}”"),
        Lang::En => format!("{place}: \"{short}{dots}\""),
    })
}

fn print_counts(out: &mut impl Write, record: &Record, style: Style) -> io::Result<()> {
    let lang = style.lang;
    let of = |verdict| record.findings.iter().filter(|f| f.result == verdict && f.severity != Severity::Info).count();
    let unread = record.files.iter().filter(|f| f.read != crate::model::Read::Full).count();
    writeln!(out)?;
    let line = match lang {
        Lang::Zh => format!(
            "  合计：不符合 {}，待人工核对 {}，未核查 {}，符合 {}；文件 {} 个，其中未完全读出 {} 个；另有 {} 项由评审判断",
            of(Verdict::Fail),
            of(Verdict::Human),
            of(Verdict::NotChecked),
            of(Verdict::Pass),
            record.files.len(),
            unread,
            record.to_review
        ),
        Lang::En => format!(
            "  totals: {} fail, {} for a person, {} not checked, {} pass; {} files, {} not fully read; {} left to the reviewers",
            of(Verdict::Fail),
            of(Verdict::Human),
            of(Verdict::NotChecked),
            of(Verdict::Pass),
            record.files.len(),
            unread,
            record.to_review
        ),
    };
    style.line(out, 4, &line)
}

/// The chain of causes in one line, each in the language of the run where it is ours.
pub fn print_fault(fault: &anyhow::Error, lang: Lang) {
    let chain: Vec<String> = fault.chain().map(|cause| said(cause, lang)).collect();
    let line = chain.join(pick(lang, "：", ": "));
    let _ = writeln!(io::stderr(), "{}{}", pick(lang, "错误：", "error: "), printable(&line));
}

fn said(cause: &(dyn std::error::Error + 'static), lang: Lang) -> String {
    if let Some(fault) = cause.downcast_ref::<IntakeError>() {
        fault.message(lang)
    } else if let Some(fault) = cause.downcast_ref::<OutputError>() {
        fault.message(lang)
    } else if let Some(fault) = cause.downcast_ref::<ProgrammeError>() {
        fault.message(lang)
    } else if let Some(fault) = cause.downcast_ref::<PaperError>() {
        fault.message(lang)
    } else if let Some(fault) = cause.downcast_ref::<io::Error>().filter(|_| lang == Lang::Zh) {
        match fault.kind() {
            io::ErrorKind::NotFound => "不存在".to_owned(),
            io::ErrorKind::PermissionDenied => "没有权限".to_owned(),
            io::ErrorKind::StorageFull => "磁盘已满".to_owned(),
            io::ErrorKind::ReadOnlyFilesystem => "磁盘只能读取".to_owned(),
            _ => fault.to_string(),
        }
    } else {
        cause.to_string()
    }
}

/// Someone closed the pipe (`prescreen rules | head`): no fault of ours.
pub fn is_closed_pipe(fault: &anyhow::Error) -> bool {
    fault.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe))
}
