//! Attachments that the form's own list names.
use super::label::{enumerator, squash};
use super::layout::Layout;
use super::line::trim_value;
use super::section::{Zone, heads_attachments};
use crate::extract::View;
use crate::model::{Sourced, Span};
use crate::text::normal;
use regex::Regex;
use std::sync::LazyLock;

static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*附\s*件\s*(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*[:：.、．\s]").expect("the attachment pattern is well formed")
});

/// Names in the list of attachments, as printed (`附件1：合作协议`, or without a plain number before it).
pub fn attachments(view: &View<'_>, layout: &Layout) -> Vec<Sourced<String>> {
    let mut out: Vec<Sourced<String>> = Vec::new();
    for line in layout.lines.iter().filter(|l| l.zone == Zone::Attachments && !l.in_table) {
        let text = view.quote(line.at);
        if heads_attachments(text) || squash(text).chars().count() > 80 {
            continue;
        }
        add(view, line.at, &mut out);
    }
    for records in layout.records.iter().filter(|r| r.zone == Zone::Attachments || r.columns.iter().any(|c| squash(&c.label).contains("附件名称"))) {
        let named = records.columns.iter().position(|c| {
            let label = squash(&c.label);
            label.contains("名称") || label.contains("附件") || label.contains("材料") || label.contains("内容")
        });
        let Some(column) = named else { continue };
        for row in &records.rows {
            if let Some(spans) = row.get(column).filter(|s| !s.is_empty()) {
                let text: Vec<&str> = spans.iter().map(|s| view.quote(*s)).collect();
                let text = text.concat();
                if !super::hint::is_template(&text) && !super::hint::is_nothing(&text) {
                    out.push(Sourced::new(normal(&text), spans.clone()));
                }
            }
        }
    }
    let in_records = layout.records.iter().any(|r| r.zone == Zone::Attachments);
    for line in layout.lines.iter().filter(|l| l.zone == Zone::Attachments && l.in_table && !in_records) {
        let text = view.quote(line.at);
        if !heads_attachments(text) && squash(text).chars().count() <= 80 {
            add(view, line.at, &mut out);
        }
    }
    // 随附材料：附件1 合作协议；附件2 会议通知。 in one sentence
    if out.is_empty() {
        for line in &layout.lines {
            let text = view.quote(line.at);
            if let Some(start) = list_in_sentence(text) {
                add(view, Span { start: line.at.start + start as u32, ..line.at }, &mut out);
            }
        }
    }
    // 附件1：… lines at the end of a form without a heading
    if out.is_empty() {
        for line in layout.lines.iter().filter(|l| matches!(l.zone, Zone::Body) && NUMBERED.is_match(view.quote(l.at))) {
            if squash(view.quote(line.at)).chars().count() <= 60 {
                add(view, line.at, &mut out);
            }
        }
    }
    out
}

/// Characters of the longest sentence that lists attachments.
const LONGEST_SENTENCE: usize = 400;

/// Where the list begins behind words that announce attachments: 随附材料：附件1 …, 【附件】（1）…；（2）…, 附：1.…；2.….
fn list_in_sentence(text: &str) -> Option<usize> {
    if text.chars().count() > LONGEST_SENTENCE {
        return None;
    }
    let (head, list) = text.split_once(['：', ':', '】'])?;
    let head = head.trim().trim_start_matches('【');
    let words = squash(&head[enumerator(head)..]);
    let announces = words == "附" || words.chars().count() <= 8 && words.contains('附') && ["件", "材料", "资料"].iter().any(|w| words.ends_with(w));
    let begins = text.len() - list.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '：' | ':')).len();
    let list = &text[begins..];
    let numbered = enumerator(list) > 0 && list.contains(['；', ';']);
    (announces && (numbered || NUMBERED.is_match(list))).then_some(begins)
}

fn add(view: &View<'_>, at: Span, out: &mut Vec<Sourced<String>>) {
    let text = view.quote(at);
    if super::hint::is_template(text) || super::hint::is_nothing(text) {
        return;
    }
    let from = if NUMBERED.is_match(text) { 0 } else { enumerator(text) };
    // 1.合作协议；2.职称证书；3.论文, 附件1 合作协议；附件2 论文: the next of a list on one line
    let listed = |at: &usize| if from > 0 { enumerator(text[*at..].trim_start()) > 0 } else { NUMBERED.is_match(text) && NUMBERED.is_match(&text[*at..]) };
    let next = text.char_indices().filter(|(at, c)| *at > from && matches!(c, '；' | ';')).map(|(at, c)| at + c.len_utf8()).find(listed);
    if let Some(next) = next {
        add(view, Span { start: at.start, end: at.start + next as u32, ..at }, out);
        add(view, Span { start: at.start + next as u32, end: at.end, ..at }, out);
        return;
    }
    let range = trim_value(text, from..text.len());
    let name = normal(&text[range.clone()]);
    let name = name.trim_end_matches(['。', ';']).to_owned();
    if name.chars().count() >= 2 && !is_total_line(&name) {
        out.push(Sourced::new(name, [Span { start: at.start + range.start as u32, end: at.start + range.end as u32, ..at }]));
    }
}

fn is_total_line(name: &str) -> bool {
    name.starts_with("共") && name.contains('件') || name.ends_with(':')
}
