//! The form's printed title and the years it names.
use super::label::{enumerator, runs_on, squash};
use super::layout::Layout;
use super::looks::is_imprint;
use super::section::Zone;
use crate::extract::View;
use crate::model::{Sourced, Span};
use crate::text::fold::Folded;
use crate::text::normal;
use crate::text::numeral::chinese_digits;
use regex::Regex;
use std::sync::LazyLock;

const FORM_WORDS: [&str; 20] = [
    "推荐表",
    "推荐书",
    "申报材料",
    "任务书",
    "申请报告书",
    "申报评审书",
    "申请评审书",
    "评审表",
    "登记表",
    "计划任务书",
    "建议书",
    "提名书",
    "审批书",
    "审批表",
    "申报简表",
    "报名表",
    "活页",
    "申请表格",
    "论证书",
    "项目书",
];

/// Whether a line ends the way a form's title does (申报书, 申请表（2022年）, 申报书 2022年度 …).
pub fn ends_with_form_word(text: &str) -> bool {
    if runs_on(text, 60) {
        return false;
    }
    let tight = squash(text);
    let bare = without_tail_year(without_tail_brackets(&tight));
    let known = FORM_WORDS.iter().any(|w| bare.ends_with(w)) || asks_for_grant(bare);
    bare.chars().count() <= 60 && known && !bare.contains(['。', ':', ',', ';'])
}

/// 申办表, 申领书: asking is 申 and what for.
fn asks_for_grant(bare: &str) -> bool {
    let asked = bare.strip_suffix('表').or_else(|| bare.strip_suffix('书'));
    asked.is_some_and(|asked| ["申报", "申请", "申办", "申领", "申建"].iter().any(|act| asked.ends_with(act)))
}

fn without_tail_brackets(tight: &str) -> &str {
    let mut text = tight;
    while text.ends_with([')', '】', '〕']) {
        match text.rfind(['(', '【', '〔']) {
            Some(0) | None => break,
            Some(open) => text = &text[..open],
        }
    }
    text
}

/// 项目申报书 2022年度 without its year.
fn without_tail_year(bare: &str) -> &str {
    let Some(digits) = bare.strip_suffix("年度").or_else(|| bare.strip_suffix('年')) else { return bare };
    let title = digits.trim_end_matches(|c: char| c.is_ascii_digit() || "二〇○零一三四五六七八九o".contains(c));
    if digits[title.len()..].chars().count() == 4 { title } else { bare }
}

/// The title: the line that ends with a form word, with the title lines around it.
pub fn title(view: &View<'_>, layout: &Layout) -> Option<Sourced<String>> {
    let lines: Vec<_> = layout.lines.iter().take(40).collect();
    let at = lines.iter().position(|l| !l.labelled && ends_with_form_word(view.quote(l.at)))?;
    let mut first = at;
    while first > 0 && at - first < 3 {
        let before = lines[first - 1];
        let text = view.quote(before.at);
        let tight = squash(text);
        let part = !before.labelled
            && before.in_table == lines[at].in_table
            && !is_imprint(text)
            && !tight.starts_with("附件")
            && !tight.starts_with("编号")
            && !tight.contains([':', '。', ',', ';'])
            && (1..=40).contains(&tight.chars().count())
            && !tight.contains("编号");
        let year = year_words(&tight);
        if !(part || year) {
            break;
        }
        first -= 1;
    }
    let mut last = at;
    while let Some(after) = lines.get(last + 1) {
        let tight = squash(view.quote(after.at));
        // （答案请填在括号内） tells how, and is no part of the title
        let bracket = !after.labelled && tight.starts_with(['(', '—']) && enumerator(&tight) == 0 && tight.chars().count() <= 20 && !tight.contains('填');
        let year = year_words(&tight) || is_year(&tight);
        if !(bracket || !after.labelled && year) || last - at >= 2 {
            break;
        }
        last += 1;
    }
    let spans: Vec<Span> = lines[first..=last].iter().map(|l| l.at).collect();
    let text: Vec<String> = spans.iter().map(|s| normal(view.quote(*s))).collect();
    Some(Sourced::new(text.concat(), spans))
}

fn year_words(tight: &str) -> bool {
    tight.ends_with("年度") || tight.ends_with("年度)")
}

/// A year and nothing else: 二〇二二年, (2018年度).
pub fn is_year(tight: &str) -> bool {
    let year = tight.trim_matches(['(', ')']).trim_end_matches('度').trim_end_matches('年');
    year.chars().count() == 4 && year.len() < tight.len() && year.chars().all(|c| c.is_ascii_digit() || "二〇○零一三四五六七八九o".contains(c))
}

/// A year in figures or in Chinese digits.
fn year_of(digits: &str) -> Option<i32> {
    digits.parse().ok().or_else(|| chinese_digits(digits)?.parse().ok())
}

/// The year in which the form was printed, as the line of who made it or the one below says: 某市科协办公室制 ⏎ 二〇二二年四月.
pub fn printed_in(view: &View<'_>, layout: &Layout) -> Option<Sourced<i32>> {
    let cover: Vec<Span> = layout.lines.iter().filter(|l| l.zone == Zone::Cover).map(|l| l.at).take(40).collect();
    let maker = cover.iter().position(|at| {
        let tight = squash(view.quote(*at));
        tight.ends_with(['制', '印']) && (4..=30).contains(&tight.chars().count())
    })?;
    cover[maker..].iter().take(2).find_map(|at| {
        let folded = Folded::new(view.quote(*at));
        let caps = YEAR.captures(&folded.text).filter(|_| is_imprint(&folded.text))?;
        let range = folded.raw(caps.get(0)?.range());
        let year = year_of(&caps[1])?;
        Some(Sourced::new(year, [Span { start: at.start + range.start as u32, end: at.start + range.end as u32, ..*at }]))
    })
}

/// Labels that ask which year's programme is applied for.
const YEAR_LABELS: [&str; 5] = ["申报年度", "申请年度", "计划年度", "项目年度", "年度"];

static YEAR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"((?:19|20)\d{2}|二[〇○零0OoＯ◯][一二三四五六七八九〇○零0OoＯ◯]{2})\s*年(\s*度)?").expect("the year pattern is well formed"));

/// A year in brackets at the end of a title: …申报表（2022）.
static BRACKETED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[(〔\[]\s*((?:19|20)\d{2})\s*[)〕\]]\s*$").expect("the pattern of bracketed years is well formed"));

/// Years that the title or the cover gives the programme: 2022年度. The printer's line and dates are none.
pub fn years(view: &View<'_>, layout: &Layout, title: Option<&Sourced<String>>) -> Vec<Sourced<i32>> {
    let mut out = Vec::new();
    // 申报年度：2022年, in a line or in two cells
    let pairs = layout.pairs.iter().filter(|p| p.zone != Zone::Instructions).filter_map(|p| Some((squash(&p.label), *p.value.first()?)));
    let told = pairs.map(|(label, at)| (label, squash(view.quote(at)), at));
    let lines = layout.lines.iter().filter(|l| l.zone == Zone::Cover).filter_map(|l| {
        let words = squash(view.quote(l.at));
        let (label, year) = words.split_once(':')?;
        Some((label.to_owned(), year.to_owned(), l.at))
    });
    for (_, words, at) in told.chain(lines).filter(|(label, ..)| YEAR_LABELS.contains(&label.trim_end_matches(':'))) {
        // 申报年度：2022年 填报日期：…: another label may follow in the line
        let digits: String = words.chars().take_while(|c| c.is_ascii_digit() || "二〇○零一三四五六七八九o".contains(*c)).collect();
        let year = year_of(&digits);
        out.extend(year.filter(|year| (1990..2100).contains(year)).map(|year| Sourced::new(year, [at])));
    }
    let in_title = |span: Span| title.is_some_and(|t| t.at.contains(&span));
    // 徐州市科协 2022 年, 2022年    填表日期：…: a line right below the title
    let below: Vec<Span> = title
        .and_then(|t| t.at.last())
        .and_then(|last| layout.lines.iter().position(|l| l.at == *last))
        .map(|at| layout.lines[at + 1..].iter().take(2).map(|l| l.at).collect())
        .unwrap_or_default();
    let values: Vec<Span> = layout.pairs.iter().filter(|p| p.zone == Zone::Cover).flat_map(|p| p.value.iter().copied()).collect();
    for line in layout.lines.iter().filter(|l| l.zone == Zone::Cover || in_title(l.at)).take(40) {
        let titled = in_title(line.at);
        let raw = view.quote(line.at);
        if !titled && !below.contains(&line.at) && (line.labelled && values.iter().any(|v| v.block == line.at.block) || squash(raw).ends_with(['制', '印'])) {
            continue;
        }
        let folded = Folded::new(raw);
        let bracketed = BRACKETED.captures(&folded.text).filter(|_| titled).and_then(|caps| Some((caps.get(0)?.range(), caps[1].parse::<i32>().ok()?)));
        if let Some((range, year)) = bracketed {
            let range = folded.raw(range);
            out.push(Sourced::new(year, [Span { start: line.at.start + range.start as u32, end: line.at.start + range.end as u32, ..line.at }]));
        }
        for caps in YEAR.captures_iter(&folded.text) {
            let (Some(all), Some(digits)) = (caps.get(0), caps.get(1)) else { continue };
            let dated =
                folded.text[all.end()..].trim_start().starts_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c)) && caps.get(2).is_none();
            let alone = below.contains(&line.at) && {
                let (before, after) = (&folded.text[..all.start()], &folded.text[all.end()..]);
                let body = !before.contains([':', '(']) && before.chars().count() <= 16;
                // 2022年 填表日期：…: another label follows
                let labelled = || {
                    let label = after.trim_start().split_once(':').map(|(label, _)| label);
                    label.is_some_and(|label| (2..=8).contains(&label.chars().count()) && !label.contains([',', '。']))
                };
                // （徐州市科协提升学会服务科技创新能力计划 2022年）
                let programme = || {
                    let words = before.trim();
                    words.starts_with('(') && ["计划", "项目", "专项", "工程"].iter().any(|end| words.ends_with(end)) && after.trim() == ")"
                };
                body && (after.trim().is_empty() || before.trim().is_empty() && labelled()) || programme()
            };
            if dated || !titled && !alone && caps.get(2).is_none() {
                continue;
            }
            let year = year_of(digits.as_str());
            if let Some(year) = year {
                let range = folded.raw(all.range());
                let span = Span { start: line.at.start + range.start as u32, end: line.at.start + range.end as u32, ..line.at };
                out.push(Sourced::new(year, [span]));
            }
        }
    }
    out
}
