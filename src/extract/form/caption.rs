//! Answers over their labels: a line of the cover with what it is in brackets below it, 徐州市茶学会 ⏎ （申报单位）.
use super::grid::printed;
use super::label::{enumerator, label_shaped};
use super::layout::{Pair, Part};
use super::section::{self, Zone};
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
