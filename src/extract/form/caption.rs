//! Answers over their labels, lines or rows of cells with what they are in brackets below them: 徐州市茶学会 ⏎ （申报单位）.
use super::grid::{Grid, printed};
use super::label::{enumerator, label_shaped};
use super::layout::{Pair, Part};
use super::lexicon::Sense;
use super::section::{self, Zone};
use super::table::push;
use super::title;
use super::value::names_body;
use super::walk::{Walk, is_imprint};
use std::ops::Range;

/// Answers over their labels that a cover has at least.
const LEAST: usize = 2;

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
        let mut known = 0;
        while let Some(label) = self.caption(parts, end) {
            known += usize::from(self.lexicon.label(label.2).is_some_and(|s| s.field.is_some() || s.owner.is_some()));
            end += 2;
        }
        if known < LEAST || parts.get(end).is_some_and(|part| self.may_answer(part)) {
            return None;
        }
        for at in (n..end).step_by(2) {
            let Some((block, range, label)) = self.caption(parts, at) else { continue };
            let Part::Line { block: said, range: words, .. } = &parts[at] else { continue };
            let (sense, value) = (self.lexicon.label(label), printed(self.view, *said, words.clone()));
            let label_at = printed(self.view, block, range.clone()).unwrap_or_else(|| self.view.block_span(block));
            self.out.pairs.push(Pair {
                label: label.to_owned(),
                label_at,
                sense,
                value: value.into_iter().collect(),
                owner: sense.and_then(|s| s.owner),
                section: self.out.sections.len() - 1,
                zone: self.zone,
                in_table: false,
                heading: false,
                parts: self.lexicon.parts(label),
                of: None,
                unit: None,
            });
            self.push_line(*said, words.clone(), false, false, false);
            self.push_line(block, range, true, false, false);
        }
        self.pending = None;
        self.last_cover_pair = None;
        Some(end)
    }

    /// The label below the line at `n`: its block, where it stands there, its words.
    fn caption(&self, parts: &[Part<'a>], n: usize) -> Option<(u32, Range<usize>, &'a str)> {
        let Part::Line { block, range, .. } = parts.get(n + 1)? else { return None };
        let text = self.text(*block, range.clone()).trim();
        let inner = text.strip_prefix(['(', '（'])?.strip_suffix([')', '）'])?;
        (self.may_answer(&parts[n]) && label_shaped(inner)).then(|| (*block, range.clone(), inner))
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

/// The label in a cell that is a caption: brackets around nothing but a known label.
fn label<'t>(walk: &Walk<'_, '_>, text: &'t str) -> Option<(&'t str, Sense)> {
    let label = text.trim().strip_prefix(['(', '（'])?.strip_suffix([')', '）'])?.trim();
    let nested = label.contains(['(', '（', '\n']);
    walk.lexicon.label(label).filter(|sense| sense.field.is_some() && !nested).map(|sense| (label, sense))
}

/// Reads a row of answers over a row in which every printed cell is a caption; returns the row behind both.
pub fn below(walk: &mut Walk<'_, '_>, grid: &Grid<'_>, row: usize, answers: &[usize]) -> Option<usize> {
    let captions = grid.starts.get(row + 1)?;
    let mut found = Vec::new();
    for &index in captions {
        let cell = &grid.cells[index];
        if cell.is_empty() {
            continue;
        }
        let (label, sense) = label(walk, cell.text)?;
        let answer = answers.iter().copied().find(|&i| grid.cells[i].column == cell.column && grid.cells[i].sense.is_none())?;
        found.push((index, label, sense, answer));
    }
    if found.is_empty() {
        return None;
    }
    walk.pending = None;
    for (index, label, sense, answer) in found {
        let cell = &grid.cells[index];
        if let Some(at) = printed(walk.view, cell.block, 0..cell.text.len()) {
            push(walk, label, at, Some(sense), grid.answer(walk.view, answer), None, None);
        }
    }
    Some(row + 2)
}
