//! Opinions: the sentence without what the form prints around it and without the lines for signature, seal and date.
use super::label::squash;
use super::lexicon::{Kind, Owner, Sense};
use super::{compose, hint, tick, value};
use crate::extract::View;
use crate::model::{FieldId, Span};
use crate::text::normal;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// What an opinion says, and where; empty where it is blank.
pub fn opinion(view: &View<'_>, spans: &[Span]) -> (String, Vec<Span>) {
    let mut text = String::new();
    let mut at = Vec::new();
    // 经学术委员会审查，…: the template's half of a sentence
    let mut is_open = false;
    let lines = spans.iter().flat_map(|span| super::grid::lines(view.quote(*span)).into_iter().map(move |range| (span, range)));
    for (span, range) in lines {
        let quote = view.quote(*span);
        for said in said(quote, range) {
            at.push(Span { start: span.start + said.start as u32, end: span.start + said.end as u32, ..*span });
            let behind = view.document.blocks.get(span.block as usize).and_then(|block| block.text.get(span.start as usize + said.end..)).unwrap_or("");
            is_open = behind.trim_start().starts_with(['，', ',', '：', ':', '、']);
            text.push_str(&normal(&quote[said]));
        }
    }
    if is_open || is_begun(&text) || asks_back(&text) { (String::new(), Vec::new()) } else { (text, at) }
}

/// What a line of an opinion's cell says: its sentence, or the option that is ticked. Nothing where the form's own words are all it has.
fn said(quote: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let line = &quote[range.clone()];
    // a letter of a seal that was set beside it
    if line.trim().chars().count() == 1 {
        return Vec::new();
    }
    let choices = tick::choices(line);
    if choices.len() >= 2 {
        return choices.into_iter().filter(|c| c.ticked).map(|c| range.start + c.text.start..range.start + c.text.end).collect();
    }
    let said = &line[..before_sign_off(line)];
    let hint = hint_before(said);
    if is_sign_off(said) || is_sign_off(line) && !speaks(said) || is_printed(&said[hint..]) {
        return Vec::new();
    }
    let trimmed = super::line::trim_value(quote, range.start + hint..range.start + said.len());
    if trimmed.is_empty() { Vec::new() } else { vec![trimmed] }
}

/// A sentence that stops before it says anything: 经核查，该申请人.
fn is_begun(text: &str) -> bool {
    static SUBJECT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"[该本](?:申请人|申报人|负责人|主持人|项目|课题|选题|生|同学|同志|作品|团队)$").expect("the pattern of subjects is well formed")
    });
    SUBJECT.is_match(text) && !speaks(text)
}

/// Words that decide.
fn speaks(text: &str) -> bool {
    ["同意", "属实", "支持", "可行", "推荐"].iter().any(|w| text.contains(w))
}

/// The template's own sentence: what the opinion is to speak of, or what the organisation promises by signing.
fn is_printed(line: &str) -> bool {
    let tight = squash(line);
    let label = tight.ends_with(':') && tight.chars().count() <= 40;
    let told = TELLS.is_match(&tight) && (!speaks(line) || tight.ends_with("意见")) || GAP.is_match(line) || HEAD.is_match(line);
    // 以上团队成员均为我校全日制在校学生。
    let told = told || tight.starts_with("是否") || line.trim_start().starts_with("以上") && !speaks(line);
    label || told || asks_back(line) || ["承诺", "保证", "声明"].iter().any(|w| line.contains(w)) && !speaks(line)
}

/// What an opinion is to say: 说明该项目的意义…等。, 请就项目的可行性提出意见.
static TELLS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:请|应|须|说明|简述|阐述|签署|填写|包括|[对就从].{2,40}(?:签署|提出|作出|给出|的)(?:具体|明确)?(?:意见|评价))")
        .expect("the pattern of instructions is well formed")
});

/// A gap in a sentence that was left open: 经学术委员会评审，          同意推荐。
static GAP: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[，,：:][\s_]{4,}[^\s_(（]").expect("the pattern of gaps is well formed"));

/// The label once more in another language: School’s Comments, Signature & Seal:
static HEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:[a-z’'&/]+\s+){0,4}(?:comments?|opinions?|remarks?|recommendations?|approval|review|signature|signed|seal|stamp|date)\b[\s\w&/’']{0,20}[:：]?\s*$")
        .expect("the pattern of English heads is well formed")
});

/// Bytes of the instruction in brackets that opens a line: （对…签署意见）情况属实.
fn hint_before(line: &str) -> usize {
    let lead = line.len() - line.trim_start().len();
    let body = &line[lead..];
    let Some(close) = body.find([')', '）']).filter(|_| body.starts_with(['(', '（'])) else { return 0 };
    let end = close + body[close..].chars().next().map_or(0, char::len_utf8);
    let whole = body[end..].trim().is_empty();
    let tells = whole || ["签署", "是否", "填写", "说明", "意见", "请", "包括", "应"].iter().any(|w| body[..end].contains(w));
    if tells { lead + end } else { 0 }
}

/// Whether a line in the place of an opinion tells how to write it, and heads nothing: （请学院签署明确意见）, 对项目的评价及推荐意见：.
pub fn tells_how(text: &str) -> bool {
    let tight = squash(text);
    let bracketed = super::label::enumerator(text) == 0 && hint::is_bracketed(&crate::text::tight(text));
    bracketed || TELLS.is_match(&tight)
}

/// Whether the answer to a label that names an organisation is where it signs: 牵头单位 | 同意（签字、盖公章） 年 月 日.
pub fn is_signed_here(raw: &str) -> bool {
    let first = raw.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let tight = squash(raw);
    let dated = tight.contains('年') && tight.contains('月') && tight.contains('日');
    let sealed = tight.contains('章') || tight.contains('签');
    dated && sealed && !value::names_body(&first[..before_sign_off(first)])
}

/// Where the signature, seal and date behind a sentence begin: 同意申报 （盖章） 年 月 日.
fn before_sign_off(line: &str) -> usize {
    let starts = line.char_indices().filter(|(at, c)| matches!(c, '(' | '（') || line[..*at].ends_with(char::is_whitespace) && !c.is_whitespace());
    starts.map(|(at, _)| at).find(|&at| is_sign_off(&line[at..])).unwrap_or(line.len())
}

/// What the template wants the opinion to speak of: 内容是否属实；…是否适合承担…, or a question with boxes.
fn asks_back(text: &str) -> bool {
    text.matches("是否").count() >= if text.chars().any(tick::is_box) { 1 } else { 2 }
}

/// 负责人（签字）：  （盖章）  年 月 日
pub fn is_sign_off(line: &str) -> bool {
    let tight = squash(line);
    if tight.is_empty() {
        return true;
    }
    // 签章 Seal：, 日期 Date：2024年1月15日
    let tight: String = if tight.is_ascii() { tight } else { tight.chars().filter(|c| !c.is_ascii_alphabetic()).collect() };
    let signs = ["签字", "签名", "签章", "盖章", "公章", "印章", "(章)", "负责人:", "法定代表人:"].iter().any(|w| tight.contains(w));
    let date = tight.contains('年') && tight.contains('月') && tight.chars().all(|c| c.is_ascii_digit() || "年月日二〇○零一三四五六七八九十:日期".contains(c));
    date || signs && tight.chars().count() <= 40 && !tight.contains(['。', ','])
}

/// Whose opinion stands beside a promise: 申请者所在单位的审查与保证, 申报单位推荐意见及提供相关条件的保证.
pub fn promised_beside(key: &str) -> Option<&str> {
    let rest = ["保证", "承诺"].iter().find_map(|w| key.strip_suffix(w)).filter(|rest| rest.len() <= compose::LONGEST * 6)?;
    let at = ["意见", "审查", "审核"].iter().find_map(|w| rest.rfind(w))?;
    Some(rest[..at].trim_end_matches('的'))
}

/// An opinion of somebody unknown: the applicant's where it speaks of an organisation and of no other's, as far as nothing surer is asked.
pub fn others_opinion(key: &str) -> Option<Sense> {
    let whose = key.strip_suffix("意见").filter(|w| w.chars().count() >= 2 && !w.starts_with(['无', '同', '有']) && !w.contains(['的', '。', ',']))?;
    let has = |words: &str| words.split_whitespace().any(|w| whose.contains(w));
    // 学院主管领导 leads the applicant, 主管单位 is above it
    let above = has("主管 上级") && !has("主管领导 主管院长 主管负责人");
    let own = has("单位 学院 院系 院( 系) 系部 学校 学会 协会") && !above && !has("推荐 合作 专家 导师 教师 评审 评委 委员会 领导小组 教务 科研 财务 科协");
    let (field, kind) = if own { (Some(FieldId::Opinion), Kind::Opinion) } else { (None, Kind::Office) };
    Some(Sense { field, owner: own.then_some(Owner::Applicant), kind, weak: own })
}
