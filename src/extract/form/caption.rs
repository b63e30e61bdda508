//! Answers over their labels: a line or cell with what it is in brackets below it, 徐州市茶学会 ⏎ （申报单位）.
use super::gaps::segments;
use super::grid::{Grid, printed};
use super::label::{enumerator, label_shaped};
use super::layout::{Pair, Part};
use super::looks::is_imprint;
use super::section::{self, Zone};
use super::title;
use super::value::names_body;
use super::walk::Walk;
use crate::model::Span;

/// Answers over their labels that a cover has at least.
const LEAST: usize = 2;

/// Lines of the longest run of answers and labels.
const MOST: usize = 80;

/// Characters of the longest answer.
const LONGEST: usize = 60;

impl<'a> Walk<'_, 'a> {
    /// Reads a run of answers over their labels; returns the part after it. Where a last label has a line below it that could be its
    /// answer, the labels stand over their answers instead.
    pub fn captioned(&mut self, parts: &[Part<'a>], n: usize) -> Option<usize> {
        if self.zone != Zone::Cover {
            return None;
        }
        let mut end = n;
        let mut told = Vec::new();
        while let Some(captions) = self.captions(parts, end).filter(|_| end - n < MOST) {
            told.extend(captions);
            end += 2;
        }
        let known = told.iter().filter(|(_, _, label)| self.asks(label)).count();
        if known < LEAST || parts.get(end).is_some_and(|part| self.may_answer(part)) {
            return None;
        }
        for (value, label_at, label) in told {
            self.push_captioned(label, label_at, vec![value], false);
        }
        for part in &parts[n..end] {
            if let Part::Line { block, range, .. } = part {
                self.push_line(*block, range.clone(), true, false, false);
            }
        }
        self.pending = None;
        self.last_cover_pair = None;
        Some(end)
    }

    /// Cells that hold an answer over its label, or answers over a row of labels; returns the row after them.
    pub fn captioned_cells(&mut self, grid: &Grid<'_>, row: usize, cells: &[usize]) -> Option<usize> {
        let cells: Vec<usize> = cells.iter().copied().filter(|&i| !grid.cells[i].is_empty()).collect();
        let mut told: Vec<(&str, Span, Vec<Span>)> = Vec::new();
        if let Some(labels) = self.labels_below(grid, row, &cells) {
            for index in labels {
                let label = &grid.cells[index];
                let value = cells.iter().find(|&&i| grid.cells[i].column == label.column).map_or(Vec::new(), |&i| grid.answer(self.view, i));
                told.push((bracketed(label.text)?, printed(self.view, label.block, 0..label.text.len())?, value));
            }
        } else {
            for &index in &cells {
                let cell = &grid.cells[index];
                let at = cell.text.trim_end().rfind('\n')?;
                let label_at = printed(self.view, cell.block, at..cell.text.len())?;
                told.push((bracketed(&cell.text[at..])?, label_at, vec![printed(self.view, cell.block, 0..at)?]));
            }
        }
        if !told.iter().any(|(label, ..)| self.asks(label)) {
            return None;
        }
        let below = told.iter().any(|(_, at, value)| value.iter().all(|v| v.block != at.block));
        for (label, label_at, value) in told {
            self.push_captioned(label, label_at, value, true);
        }
        Some(row + 1 + usize::from(below))
    }

    /// The row of bracketed labels below cells that hold none, some of them known.
    fn labels_below(&self, grid: &Grid<'_>, row: usize, cells: &[usize]) -> Option<Vec<usize>> {
        let below: Vec<usize> = grid.starts.get(row + 1)?.iter().copied().filter(|&i| !grid.cells[i].is_empty()).collect();
        let plain = cells.iter().all(|&i| grid.cells[i].sense.is_none() && bracketed(grid.cells[i].text).is_none() && grid.cells[i].rows.len() == 1);
        let labels = !below.is_empty() && below.iter().all(|&i| bracketed(grid.cells[i].text).is_some());
        let over = cells.iter().all(|&i| below.iter().any(|&b| grid.cells[b].column == grid.cells[i].column));
        (plain && labels && over && below.iter().any(|&i| bracketed(grid.cells[i].text).is_some_and(|label| self.asks(label)))).then_some(below)
    }

    fn asks(&self, label: &str) -> bool {
        self.lexicon.label(label).is_some_and(|s| s.field.is_some() || s.owner.is_some())
    }

    fn push_captioned(&mut self, label: &str, label_at: Span, value: Vec<Span>, in_table: bool) {
        let sense = self.lexicon.label(label);
        self.out.pairs.push(Pair {
            label: label.to_owned(),
            label_at,
            sense,
            value,
            owner: sense.and_then(|s| s.owner),
            section: self.out.sections.len() - 1,
            zone: self.zone,
            in_table,
            heading: false,
            parts: self.lexicon.parts(label),
            of: None,
            unit: None,
        });
    }

    /// The answers of the line at `n`, each with its label below it: where both stand, and the label's words.
    fn captions(&self, parts: &[Part<'a>], n: usize) -> Option<Vec<(Span, Span, &'a str)>> {
        let (Part::Line { block: said, range: words, .. }, Part::Line { block, range, .. }) = (parts.get(n)?, parts.get(n + 1)?) else { return None };
        if !self.may_answer(&parts[n]) {
            return None;
        }
        let labels = segments(self.text(*block, range.clone()), range.start);
        let answers = segments(self.text(*said, words.clone()), words.start);
        let answers = if labels.len() == 1 { vec![words.clone()] } else { answers };
        if labels.is_empty() || answers.len() != labels.len() {
            return None;
        }
        let each = answers.into_iter().zip(labels).map(|(answer, label)| {
            let words = bracketed(self.text(*block, label.clone()))?;
            Some((printed(self.view, *said, answer)?, printed(self.view, *block, label)?, words))
        });
        each.collect()
    }

    /// Whether a line could be an answer: short words that head and label nothing.
    fn may_answer(&self, part: &Part<'a>) -> bool {
        let Part::Line { block, range, .. } = part else { return false };
        let text = self.text(*block, range.clone()).trim();
        let is_told = text.contains(['月', '日']) || text.chars().filter(char::is_ascii_digit).count() > 4;
        !text.is_empty()
            && text.chars().count() <= LONGEST
            && !text.starts_with(['(', '（'])
            && enumerator(text) == 0
            && !self.is_labelled(part)
            && !title::ends_with_form_word(text)
            && (names_body(text) || !section::is_heading(text, false, self.lexicon))
            && (is_told || !is_imprint(text))
    }
}

/// The label that a text is, in one pair of brackets: （申报单位）.
fn bracketed(text: &str) -> Option<&str> {
    let inner = text.trim().strip_prefix(['(', '（'])?.strip_suffix([')', '）'])?;
    label_shaped(inner).then_some(inner)
}
