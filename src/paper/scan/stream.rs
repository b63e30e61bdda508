//! The words of some blocks as one row of characters, each with its place.
use crate::model::Block;
use crate::text::Folded;
use std::ops::Range;

/// Where a character came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// Index in [`Stream::blocks`].
    pub block: u32,
    /// Bytes in the block's text.
    pub start: u32,
    pub end: u32,
    /// Part of an automatic number, which some formats print and others only know.
    pub automatic: bool,
}

/// A block with its number in its document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    pub number: u32,
    pub block: &'a Block,
}

/// Letters, digits and ideographs in reading order; punctuation, blanks and drawn lines are left out.
#[derive(Debug, Default)]
pub(super) struct Stream<'a> {
    pub chars: Vec<char>,
    pub places: Vec<Place>,
    /// The printed line or table cell's line of each character, counted through.
    pub lines: Vec<u32>,
    pub blocks: Vec<Source<'a>>,
}

impl<'a> Stream<'a> {
    pub fn of(blocks: impl Iterator<Item = Source<'a>>) -> Self {
        let mut stream = Self::default();
        for source in blocks {
            let at = stream.blocks.len() as u32;
            if let Some(label) = &source.block.label {
                for c in kept(&Folded::tight(label).text).map(|(_, c)| c) {
                    stream.push(c, Place { block: at, start: 0, end: 0, automatic: true }, &source.block.text);
                }
            }
            let folded = Folded::tight(&source.block.text);
            for (byte, c) in kept(&folded.text) {
                let raw = folded.raw(byte..byte + 1);
                stream.push(c, Place { block: at, start: raw.start as u32, end: raw.end as u32, automatic: false }, &source.block.text);
            }
            stream.blocks.push(source);
        }
        stream
    }

    fn push(&mut self, c: char, place: Place, text: &str) {
        let line = self.lines.last().zip(self.places.last()).map_or(0, |(line, last)| {
            let between = text.get(last.end as usize..place.start as usize).unwrap_or("");
            let parted = last.block != place.block || between.contains(['\n', '\t']) || between.contains("   ");
            line + u32::from(parted)
        });
        self.chars.push(c);
        self.places.push(place);
        self.lines.push(line);
    }

    /// A stretch widened to whole lines.
    pub fn whole_lines(&self, range: &Range<usize>) -> Range<usize> {
        let Some(last) = self.lines.len().checked_sub(1) else { return 0..0 };
        let (first, end) = (self.lines[range.start.min(last)], self.lines[range.end.saturating_sub(1).clamp(range.start.min(last), last)]);
        self.lines.partition_point(|line| *line < first)..self.lines.partition_point(|line| *line <= end)
    }

    /// The lines of a stretch.
    pub fn lines_of(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        for at in range.clone() {
            match found.last_mut() {
                Some(last) if self.lines[last.start] == self.lines[at] => last.end = at + 1,
                _ => found.push(at..at + 1),
            }
        }
        found
    }

    pub fn text(&self, range: &Range<usize>) -> String {
        self.chars[range.clone()].iter().collect()
    }

    /// The block that a position stands in; at the end of the text the last one.
    pub fn source(&self, at: usize) -> Option<Source<'a>> {
        let place = self.places.get(at).or(self.places.last())?;
        self.blocks.get(place.block as usize).copied()
    }

    pub fn page(&self, at: usize) -> Option<u32> {
        let place = self.places.get(at).or(self.places.last())?;
        let block = self.blocks.get(place.block as usize)?.block;
        let piece = block.pieces.iter().take_while(|piece| piece.start <= place.start).last();
        piece.map(|piece| piece.page).or(block.at.page)
    }

    /// The original words of a stretch with a few around them, within one block.
    pub fn quote(&self, range: &Range<usize>, around: usize) -> String {
        let first = range.start.min(self.chars.len().saturating_sub(1));
        let Some(block) = self.places.get(first).map(|place| place.block) else { return String::new() };
        let same = |at: &usize| self.places.get(*at).is_some_and(|place| place.block == block && !place.automatic);
        let start = (first.saturating_sub(around)..=first).find(same);
        let last = range.end.saturating_sub(1).max(first);
        let end = (last..(last + around + 1).min(self.places.len())).take_while(same).last().or_else(|| (first..=last).rev().find(same));
        let (Some(start), Some(end)) = (start, end) else { return String::new() };
        let text = self.blocks.get(block as usize).map_or("", |source| source.block.text.as_str());
        text.get(self.places[start].start as usize..self.places[end.max(start)].end as usize).unwrap_or(text).trim().to_owned()
    }
}

/// What is compared, with its byte: a full stop only inside a number, ticked boxes as one sign, empty ones not at all.
fn kept(folded: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    folded.char_indices().filter_map(move |(at, c)| match c {
        '.' => (digit(folded[..at].chars().next_back()) && digit(folded[at + 1..].chars().next())).then_some((at, c)),
        '〇' | '○' | '◯' | '０' => Some((at, '0')),
        '☑' | '■' | '√' | '✓' | '✔' | '☒' | '🗹' => Some((at, '☑')),
        c if c.is_alphanumeric() || c == '%' => Some((at, c)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{BlockKind, Location};

    #[test]
    fn words_keep_their_places_and_lose_their_punctuation() {
        let block = Block::new(BlockKind::Paragraph, "经费： 5.5 万元，（大写）", Location::default());
        let stream = Stream::of([Source { number: 0, block: &block }].into_iter());
        assert_eq!(stream.chars.iter().collect::<String>(), "经费5.5万元大写");
        assert_eq!(stream.quote(&(2..5), 0), "5.5");
        assert_eq!(stream.quote(&(2..5), 2), "经费： 5.5 万元");
    }
}
