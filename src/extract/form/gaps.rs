//! Layouts that only gaps and places tell: records drawn with tabs, labels beside the middle of their answers.
use super::budget::is_total_word;
use super::grid::printed;
use super::keep::keep;
use super::label::enumerator;
use super::layout::{Column, Pair, Part, Records};
use super::lexicon::Kind;
use super::line::{self, Style};
use super::looks::{has_boxes, is_imprint, wraps};
use super::section::Zone;
use super::title;
use super::walk::Walk;
use crate::model::Span;
use std::ops::Range;

impl<'a> Walk<'_, 'a> {
    /// A label set beside the middle of an answer of several lines: the lines above and below are the answer too.
    pub fn beside(&mut self, parts: &[Part<'a>], n: usize) -> Option<usize> {
        if matches!(self.zone, Zone::Instructions | Zone::Foreign | Zone::Attachments) {
            return None;
        }
        let upper = rect_of(&parts[n])?;
        let middle = rect_of(parts.get(n + 1)?)?;
        let apart = |a: [f32; 4], b: [f32; 4]| b[1] - a[3] < (b[3] - b[1]) * 0.9 && b[1] > a[1];
        if upper[0] < middle[0] + 30.0 || !apart(upper, middle) {
            return None;
        }
        let (Part::Line { block: above_block, range: first, .. }, Part::Line { block, range, .. }) = (&parts[n], parts.get(n + 1)?) else { return None };
        let text = self.text(*block, range.clone());
        let found = line::split(text, self.lexicon, Style::Form);
        let [only] = found.as_slice() else { return None };
        let sense = only.sense.filter(|s| wraps(s.kind) && s.field.is_some())?;
        let above_text = self.text(*above_block, first.clone());
        if self.is_labelled(&parts[n]) || is_imprint(above_text) || title::ends_with_form_word(above_text) {
            return None;
        }
        let lower = parts.get(n + 2).filter(|p| {
            let is_line = matches!(p, Part::Line { .. });
            is_line && rect_of(p).is_some_and(|r| (r[0] - upper[0]).abs() < 4.0 && apart(middle, r)) && !self.is_labelled(p)
        });
        // without a third line: the label stands level with the answer, or the upper line is nearer to it than to what is above
        if lower.is_none() {
            let gap = middle[1] - upper[3];
            let above = n.checked_sub(1).and_then(|p| rect_of(&parts[p])).filter(|r| r[3] <= upper[1]).map_or(f32::MAX, |r| upper[1] - r[3]);
            let boxes = has_boxes(self.text(*above_block, first.clone())) && has_boxes(&text[only.value.clone()]);
            let level = upper[3] > middle[1] && only.value.is_empty();
            // 项目名称：… written on in one line has its whole answer there
            let gap_behind = &text[only.label.end..only.value.start.max(only.label.end)];
            let parted = gap_behind.contains(['\t', '\u{3000}']) || gap_behind.contains("  ");
            let nearer = parted && !only.value.is_empty() && above > gap.max(0.0) * 1.5 + 2.0;
            if !(level || boxes || nearer) {
                return None;
            }
        }
        let mut value: Vec<Span> = printed(self.view, *above_block, first.clone()).into_iter().collect();
        value.extend(printed(self.view, *block, range.start + only.value.start..range.start + only.value.end));
        if let Some(Part::Line { block, range, .. }) = lower {
            value.extend(printed(self.view, *block, range.clone()));
        }
        let label_at = self.view.raw_span(*block, range.start + only.label.start..range.start + only.label.end);
        self.out.pairs.push(Pair {
            label: text[only.label.clone()].to_owned(),
            label_at,
            sense: Some(sense),
            value,
            owner: sense.owner,
            section: self.out.sections.len() - 1,
            zone: self.zone,
            in_table: false,
            heading: false,
            parts: Vec::new(),
            of: None,
            unit: None,
        });
        let next = n + 2 + usize::from(lower.is_some());
        for part in &parts[n..next] {
            if let Part::Line { block, range, .. } = part {
                self.push_line(*block, range.clone(), true, false, false);
            }
        }
        self.pending = None;
        self.last_cover_pair = None;
        Some(next)
    }

    /// A header line and its rows, drawn with tabs or gaps instead of a table.
    pub fn line_records(&mut self, parts: &[Part<'a>], n: usize) -> Option<usize> {
        let Part::Line { block, range, .. } = &parts[n] else { return None };
        if matches!(self.zone, Zone::Instructions | Zone::Foreign | Zone::Attachments) {
            return None;
        }
        let segments = self.parted_from_counter(*block, segments(self.text(*block, range.clone()), range.start));
        // 1.5  职务  理事长: a numbered label heads no columns
        if segments.len() < 2 || enumerator(self.text(*block, range.clone())) > 0 {
            return None;
        }
        let columns: Vec<Column> = segments
            .iter()
            .map(|s| {
                let label = self.text(*block, s.clone());
                Column { label: label.to_owned(), at: self.view.raw_span(*block, s.clone()), sense: self.lexicon.label(label) }
            })
            .collect();
        let known = columns.iter().filter(|c| c.sense.is_some()).count();
        // 通讯地址    邮政编码 over 和平路1号    221000: two labels stand over one answer each
        let two = columns.len() == 2;
        let asks = |weak: bool| move |c: &Column| c.sense.is_some_and(|s| s.field.is_some() && (!s.weak || weak && s.kind == Kind::Title));
        if two && !(columns.iter().all(asks(true)) && columns.iter().any(asks(false))) {
            return None;
        }
        if known < 2 || known * 3 < columns.len() * 2 || columns.iter().any(|c| c.label.contains([':', '：'])) {
            return None;
        }
        let mut rows = Vec::new();
        let mut next = n + 1;
        while let Some(Part::Line { block, range, .. }) = parts.get(next).filter(|_| !two || rows.is_empty()) {
            let row = segments_of(self.text(*block, range.clone()), range.start);
            if let Some(total) = self.total_row(*block, &row, &columns) {
                rows.push(total);
                self.push_line(*block, range.clone(), false, false, false);
                next += 1;
                continue;
            }
            if row.len() != columns.len() {
                break;
            }
            if row.iter().filter(|s| self.lexicon.label(self.text(*block, (*s).clone())).is_some_and(|s| !s.weak)).count() * 2 > row.len() {
                break;
            }
            rows.push(row.into_iter().map(|s| printed(self.view, *block, s).into_iter().collect()).collect());
            self.push_line(*block, range.clone(), false, false, false);
            next += 1;
        }
        if rows.is_empty() {
            return None;
        }
        if self.zone == Zone::Cover {
            self.zone = Zone::Body;
        }
        let section = self.out.sections.len() - 1;
        let records = Records { columns, rows, owner: self.out.sections[section].owner, side: String::new(), section, zone: self.zone };
        keep(self, records);
        self.pending = None;
        Some(next)
    }
}

impl Walk<'_, '_> {
    /// 序号 支出科目    金额: the head over a column of numbers is as narrow as they are, and so is the gap behind it.
    fn parted_from_counter(&self, block: u32, segments: Vec<Range<usize>>) -> Vec<Range<usize>> {
        let Some(first) = segments.first() else { return segments };
        let text = self.text(block, first.clone());
        let Some(gap) = text.find(char::is_whitespace) else { return segments };
        let rest = first.start + text.len() - text[gap..].trim_start().len();
        let heads = |range: Range<usize>| self.lexicon.label(self.text(block, range));
        let counts = heads(first.start..first.start + gap).is_some_and(|s| s.kind == Kind::Counter);
        if !counts || heads(rest..first.end).is_none() {
            return segments;
        }
        [first.start..first.start + gap, rest..first.end].into_iter().chain(segments[1..].iter().cloned()).collect()
    }

    /// 合计 and its amount under their columns, where the line leaves the number's column out.
    fn total_row(&self, block: u32, row: &[Range<usize>], columns: &[Column]) -> Option<Vec<Vec<Span>>> {
        let amount = columns.iter().position(|c| c.sense.is_some_and(|s| s.kind == Kind::Amount)).filter(|&a| a > 0)?;
        let short = (2..columns.len()).contains(&row.len()) && amount - 1 + row.len() <= columns.len();
        if !short || !is_total_word(self.text(block, row[0].clone())) {
            return None;
        }
        let mut out = vec![Vec::new(); columns.len()];
        for (n, segment) in row.iter().enumerate() {
            out[amount - 1 + n].extend(printed(self.view, block, segment.clone()));
        }
        Some(out)
    }
}

fn rect_of(part: &Part<'_>) -> Option<[f32; 4]> {
    match part {
        Part::Line { rect, .. } => *rect,
        Part::Table(_) => None,
    }
}

/// Stretches of a line parted by tabs or wide gaps.
pub fn segments(text: &str, base: usize) -> Vec<Range<usize>> {
    if text.chars().count() > 200 {
        return Vec::new();
    }
    segments_of(text, base)
}

fn segments_of(text: &str, base: usize) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = None;
    let mut end = 0;
    let mut gap = 0;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() || ('\u{2500}'..='\u{257f}').contains(&c) {
            gap += match c {
                '\t' | '\u{2500}'..='\u{257f}' => 8,
                '\u{3000}' => 2,
                _ => 1,
            };
            continue;
        }
        // 2022    年6月: blanks inside a date part no columns
        let in_date = matches!(c, '年' | '月' | '日') && text[..end].ends_with(|c: char| c.is_ascii_digit());
        if gap >= 3
            && !in_date
            && let Some(from) = start.take()
        {
            out.push(base + from..base + end);
        }
        gap = 0;
        start.get_or_insert(at);
        end = at + c.len_utf8();
    }
    if let Some(from) = start {
        out.push(base + from..base + end);
    }
    out
}
