//! One opened file: the text with the properties of each paragraph and each run of characters.
use super::fib::{Fib, Part};
use super::fkp::{Kind, Stretches};
use super::pieces::Text;
use super::sprm::{CharProps, ParaProps};
use super::styles::Styles;
use crate::read::le::{u16_at, u32_at};
use std::cell::Cell;
use std::ops::Range;

pub(super) struct Source {
    pub text: Text,
    pub styles: Styles,
    /// Pictures, form fields and property lists that are too long for their page.
    pub data: Vec<u8>,
    stream: Vec<u8>,
    characters: Stretches,
    paragraphs: Stretches,
    /// Characters after which a section ends.
    sections: Vec<u32>,
    /// Bytes of long property lists that may still be read; each paragraph can name the same one.
    budget: Cell<usize>,
}

/// A paragraph: its characters without the mark, the mark, and its properties.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Paragraph {
    pub range: Range<u32>,
    pub mark: u16,
    pub mark_deleted: bool,
    pub mark_hidden: bool,
    pub props: ParaProps,
}

pub(super) const CELL: u16 = 0x07;
pub(super) const PAGE: u16 = 0x0C;
const PARAGRAPH: u16 = 0x0D;

impl Source {
    pub fn open(fib: &Fib, stream: Vec<u8>, table: &[u8], data: Vec<u8>, text: Text) -> Self {
        let part = |part| fib.part(part, table);
        let sections = part(Part::Sections);
        let ends = (0..sections.len().saturating_sub(4) / 16).map_while(|n| u32_at(sections, n * 4 + 4)).collect();
        Self {
            text,
            styles: Styles::read(part(Part::Styles), part(Part::Fonts)),
            characters: Stretches::read(Kind::Characters, part(Part::CharacterPages), &stream),
            paragraphs: Stretches::read(Kind::Paragraphs, part(Part::ParagraphPages), &stream),
            sections: ends,
            budget: Cell::new((data.len() * 4).saturating_add(64 << 20)),
            data,
            stream,
        }
    }

    /// Whether properties that the file should have are not there.
    pub fn properties_lost(&self) -> bool {
        self.characters.lost || self.paragraphs.lost || self.paragraphs.is_empty()
    }

    /// The paragraphs of a range of characters; at most `most`.
    pub fn paragraphs(&self, range: Range<u32>, most: usize) -> Vec<Paragraph> {
        let mut found = Vec::new();
        let mut start = range.start;
        let units = self.text.units.get(range.start as usize..(range.end as usize).min(self.text.units.len())).unwrap_or(&[]);
        for (at, unit) in (range.start..).zip(units) {
            if matches!(*unit, PARAGRAPH | CELL) || (*unit == PAGE && self.ends_paragraph(at)) {
                if found.len() >= most {
                    return found;
                }
                found.push(self.paragraph(start..at, *unit));
                start = at + 1;
            }
        }
        let end = range.start + units.len() as u32;
        if start < end && found.len() < most {
            // A last paragraph without its mark.
            let mut last = self.paragraph(start..end - 1, 0);
            last.range.end = end;
            found.push(last);
        }
        found
    }

    /// A page break ends its paragraph where a section ends with it, or where the properties say so.
    fn ends_paragraph(&self, at: u32) -> bool {
        if self.sections.binary_search(&(at + 1)).is_ok() {
            return true;
        }
        let Some(piece) = self.text.piece_of(at).and_then(|n| self.text.pieces.get(n)) else { return false };
        self.paragraphs.of(piece.byte(at)).is_some_and(|s| s.end <= piece.byte(at + 1))
    }

    fn paragraph(&self, range: Range<u32>, mark: u16) -> Paragraph {
        let mut props = ParaProps::default();
        let mut mark_props = CharProps::default();
        if let Some(piece) = self.text.piece_of(range.end).and_then(|n| self.text.pieces.get(n)) {
            let byte = piece.byte(range.end);
            if let Some(stretch) = self.paragraphs.of(byte) {
                props.style = stretch.style;
                props.apply(stretch.properties(&self.stream));
                for n in 0..props.more.len() {
                    if let Some(at) = props.more.get_mut(n).and_then(Option::take) {
                        props.apply(self.long_list(at));
                    }
                }
            }
            self.modify(piece.modifier, |list| props.apply(list));
            mark_props = self.character_props(byte, piece.modifier, self.styles.get(props.style).hidden.unwrap_or(false)).0;
        }
        let mark_hidden = mark_props.hidden.unwrap_or(false);
        Paragraph { range, mark, mark_deleted: mark_props.deleted, mark_hidden, props }
    }

    /// A property list that stands in the data stream.
    fn long_list(&self, at: u32) -> &[u8] {
        let at = at as usize;
        let len = usize::from(u16_at(&self.data, at).unwrap_or(0));
        let left = self.budget.get();
        if len > left {
            return &[];
        }
        self.budget.set(left - len);
        self.data.get(at + 2..at + 2 + len).unwrap_or(&[])
    }

    /// Hands out the property list that a piece puts on top.
    fn modify(&self, modifier: u16, mut apply: impl FnMut(&[u8])) {
        if modifier & 1 == 1 {
            if let Some(list) = self.text.modifiers.get(usize::from(modifier >> 1)) {
                apply(list);
            }
        } else if let Some(code) = short_code(modifier >> 1 & 0x7F) {
            let [low, high] = code.to_le_bytes();
            apply(&[low, high, (modifier >> 8) as u8]);
        }
    }

    /// Character properties at a byte, and the byte where they end.
    fn character_props(&self, byte: u32, modifier: u16, hidden: bool) -> (CharProps, u32) {
        let mut props = CharProps::default();
        let (stretch, end) = self.characters.from(byte);
        if let Some(stretch) = stretch {
            props.apply(stretch.properties(&self.stream), hidden);
        }
        self.modify(modifier, |list| props.apply(list, hidden));
        (props, end)
    }

    /// Runs of characters of equal properties; `hidden` is what the paragraph's style says.
    pub fn runs(&self, range: Range<u32>, hidden: bool) -> impl Iterator<Item = (Range<u32>, CharProps)> {
        let mut at = range.start;
        let mut n = self.text.piece_of(at);
        std::iter::from_fn(move || {
            if at >= range.end {
                return None;
            }
            let mut piece = *self.text.pieces.get(n?)?;
            if at >= piece.end {
                n = n.map(|n| n + 1);
                piece = *self.text.pieces.get(n?)?;
            }
            let (props, end) = self.character_props(piece.byte(at), piece.modifier, hidden);
            let end = piece.character(end).clamp(at + 1, piece.end.max(at + 1)).min(range.end);
            let run = at..end;
            at = end;
            Some((run, props))
        })
    }
}

/// Properties that a piece can name by a short number ([MS-DOC] 2.9.215).
fn short_code(number: u16) -> Option<u16> {
    Some(match number {
        0x0C => 0x260A,
        0x18 => 0x2416,
        0x19 => 0x2417,
        0x41 => 0x0800,
        0x5C => 0x083C,
        0x75 => 0x0855,
        _ => return None,
    })
}
