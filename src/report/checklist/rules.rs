//! The rules of each group: requirement, result, evidence, and the reviewer's box.
use super::{CELL, HEAD, HEADING, REMARK, RuleLine, STRONG, WORDS, tally};
use crate::model::{Evidence, Finding, Lang, Record, Verdict};
use crate::report::docx::{Cell, Grid, Ink, Line, Page};
use crate::report::safe;
use crate::report::words::{self, Group, pick};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

const WIDTHS: [usize; 4] = [2900, 1300, 3638, 1800];
/// Characters of message and evidence in one row; more go to a row of their own, so that no row outgrows a page.
const ROW_TEXT: usize = 260;
/// Places shown for one answer; the rest is counted.
const PLACES: usize = 6;
const PLACE: usize = 160;
const QUOTE: usize = 80;
const MESSAGE: usize = 360;
const REQUIREMENT: usize = 160;

/// Background of a result; the sign and the word say it too.
pub fn fill(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "E2EFDA",
        Verdict::Fail => "F8CBAD",
        Verdict::Human => "FFF2CC",
        Verdict::NotChecked => "EDEDED",
        Verdict::NotApplicable => "FFFFFF",
    }
}

pub fn write(page: &mut Page<'_>, record: &Record, rules: &[RuleLine], lang: Lang) {
    const NUMBERS: [&str; 5] = ["一", "二", "三", "四", "五"];
    let by_id: HashMap<&str, &RuleLine> = rules.iter().map(|rule| (rule.id.as_str(), rule)).collect();
    for (n, group) in Group::ALL.into_iter().enumerate() {
        let findings: Vec<&Finding> = record.findings.iter().filter(|f| Group::of(&f.rule) == group).collect();
        if findings.is_empty() {
            continue;
        }
        let number = match lang {
            Lang::Zh => format!("{}、", NUMBERS[n]),
            Lang::En => format!("{}. ", n + 1),
        };
        let counts = tally(findings.iter().map(|f| f.result), lang);
        page.line(Line::of(HEADING, &format!("{number}{}", group.title(lang))).add(CELL, &format!("　　{counts}")).heading().spaced(200, 80));
        page.grid(table(&findings, &by_id, lang));
    }
}

fn table(findings: &[&Finding], by_id: &HashMap<&str, &RuleLine>, lang: Lang) -> Grid {
    let t = |zh, en| pick(lang, zh, en);
    let mut grid = Grid::new(&WIDTHS);
    let heads = [t("核查要求", "Requirement"), t("初审结果", "Result"), t("说明与依据", "Message and evidence"), t("复核", "Review")];
    grid.head(heads.iter().map(|head| Cell::new(vec![Line::of(STRONG, head).centered()]).fill(HEAD).middle()).collect());
    for finding in findings {
        let mut parts = parts(finding, lang).into_iter();
        let first = parts.next().unwrap_or_default();
        grid.row(vec![requirement(finding, by_id.get(finding.rule.as_str()).copied()), result(finding, lang), Cell::new(first), review(lang)]);
        for more in parts {
            let again = Cell::of(REMARK, &format!("{}{}", finding.rule, t("（续）", " (continued)")));
            grid.row(vec![again, Cell::default(), Cell::new(more), Cell::default()]);
        }
    }
    grid
}

fn requirement(finding: &Finding, rule: Option<&RuleLine>) -> Cell {
    let mut lines = vec![Line::of(STRONG, &format!("{} {}", finding.rule, safe::line(rule.map_or("", |r| r.title.as_str()))))];
    if let Some(rule) = rule.filter(|r| !r.requirement.is_empty()) {
        let words = safe::short(safe::line(&rule.requirement), REQUIREMENT);
        lines.push(Line::of(WORDS, &words));
    }
    if !finding.clause.is_empty() {
        lines.push(Line::of(REMARK, &safe::line(&finding.clause)));
    }
    Cell::new(lines)
}

fn result(finding: &Finding, lang: Lang) -> Cell {
    let word = format!("{} {}", words::sign(finding.result), words::verdict(finding.result, lang));
    let mut lines = vec![Line::of(STRONG, &word).centered()];
    if matches!(finding.result, Verdict::Fail | Verdict::Human | Verdict::NotChecked) {
        lines.push(Line::of(REMARK, words::severity(finding.severity, lang)).centered());
    }
    Cell::new(lines).fill(fill(finding.result)).middle()
}

fn review(lang: Lang) -> Cell {
    let lines = match lang {
        Lang::Zh => ["□符合　□不符合", "说明：", "签字／日期："],
        Lang::En => ["□ yes   □ no", "Remarks:", "Signed / date:"],
    };
    Cell::new(lines.iter().map(|line| Line::of(CELL, line).spaced(20, 60)).collect())
}

/// Every answer of the rule with its evidence, in portions that fit a row; a message keeps its first place beside it.
fn parts(finding: &Finding, lang: Lang) -> Vec<Vec<Line>> {
    let mut rows: Vec<Vec<Line>> = vec![Vec::new()];
    let mut used = 0;
    for (text, ink, is_tied) in texts(finding, lang) {
        let length = text.chars().count();
        if used > 0 && !is_tied && used + length > ROW_TEXT {
            rows.push(Vec::new());
            used = 0;
        }
        used += length;
        if let Some(row) = rows.last_mut() {
            row.push(Line::of(ink, &text));
        }
    }
    rows
}

/// The lines of a finding, each with its ink and whether it stays with the line before, as a first place and a short
/// hint do.
fn texts(finding: &Finding, lang: Lang) -> Vec<(String, Ink, bool)> {
    let mut out = Vec::new();
    let mut answer = |message: Cow<'_, str>, evidence: &[Evidence]| {
        let message = safe::short(message, MESSAGE).into_owned();
        let places = places(evidence, &message, lang);
        out.push((message, CELL, false));
        out.extend(places.into_iter().enumerate().map(|(n, place)| (if place.starts_with(['…']) { place } else { format!("▸{place}") }, REMARK, n == 0)));
    };
    if finding.details.len() > 1 {
        for detail in &finding.details {
            answer(format!("{} {}", words::sign(detail.result), safe::line(&detail.message)).into(), &detail.evidence);
        }
    } else {
        answer(safe::line(&finding.message), &finding.evidence);
    }
    if !finding.searched.is_empty() {
        let names: Vec<Cow<'_, str>> = finding.searched.iter().take(PLACES).map(|name| safe::short(safe::line(name), QUOTE)).collect();
        let more = finding.searched.len() - names.len();
        let names = names.join(pick(lang, "、", ", "));
        let text = match (lang, more) {
            (Lang::Zh, 0) => format!("已查找：{names}"),
            (Lang::Zh, _) => format!("已查找：{names} 等 {} 个文件", finding.searched.len()),
            (Lang::En, 0) => format!("Searched: {names}"),
            (Lang::En, _) => format!("Searched: {names} and {more} more"),
        };
        out.push((text, REMARK, false));
    }
    if !finding.hint.is_empty() {
        out.push((
            format!("{}{}", pick(lang, "建议：", "Hint: "), safe::short(safe::line(&finding.hint), MESSAGE)),
            REMARK,
            finding.hint.chars().count() < QUOTE,
        ));
    }
    out
}

/// One text a file: `附件1.pdf：第 3 页“甲方”；第 4 页“乙方”`. Each place once; a whole file that the message names
/// already is not named again; beyond [`PLACES`] the rest is counted.
fn places(evidence: &[Evidence], message: &str, lang: Lang) -> Vec<String> {
    let mut seen = HashSet::new();
    let mut files: Vec<(String, Vec<String>)> = Vec::new();
    let mut more = 0;
    for at in evidence {
        let is_whole = at.quote.is_none() && at.page.is_none() && at.paragraph.is_none() && at.row.is_none();
        let is_said = is_whole && at.file.as_deref().is_some_and(|file| message.contains(file.rsplit('/').next().unwrap_or(file)));
        let source = safe::short(safe::line(&words::source(at, lang)), PLACE).into_owned();
        let within = with_words(&words::within(at, lang), at, lang);
        if is_said || (source.is_empty() && within.is_empty()) || !seen.insert((source.clone(), within.clone())) {
            continue;
        }
        if seen.len() > PLACES {
            more += 1;
            continue;
        }
        match files.last_mut().filter(|(last, _)| *last == source) {
            Some((_, places)) => places.push(within),
            None => files.push((source, vec![within])),
        }
    }
    let colon = pick(lang, "：", ": ");
    let mut out: Vec<String> = files
        .into_iter()
        .map(|(source, mut places)| {
            places.retain(|place| !place.is_empty());
            let colon = if source.is_empty() || places.is_empty() { "" } else { colon };
            format!("{source}{colon}{}", places.join(pick(lang, "；", "; ")))
        })
        .collect();
    if more > 0 {
        out.push(match lang {
            Lang::Zh => format!("……另有 {more} 处，见 report.html"),
            Lang::En => format!("… and {more} more, see report.html"),
        });
    }
    out
}

/// `附件1.pdf，第 3 页“原文”`.
pub fn place_and_words(at: &Evidence, lang: Lang) -> String {
    with_words(&words::place(at, lang), at, lang)
}

fn with_words(place: &str, at: &Evidence, lang: Lang) -> String {
    let mut out = safe::short(safe::line(place), PLACE).into_owned();
    if let Some(quote) = &at.quote {
        out.push_str(pick(lang, "“", " \""));
        out.push_str(&safe::short(safe::line(quote), QUOTE));
        out.push_str(pick(lang, "”", "\""));
    }
    out
}
