//! The file information block at the start of the `WordDocument` stream: where everything else stands.
use crate::read::le::{u16_at, u32_at};

/// A stretch of the table stream.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub at: u32,
    pub len: u32,
}

/// Numbers of the places used here, in the order the block lists them ([MS-DOC] 2.5.6).
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    Styles = 1,
    FootnoteRefs = 2,
    FootnoteTexts = 3,
    CommentRefs = 4,
    CommentTexts = 5,
    Sections = 6,
    Headers = 11,
    CharacterPages = 12,
    ParagraphPages = 13,
    Fonts = 15,
    Pieces = 33,
    BodyShapes = 40,
    HeaderShapes = 41,
    EndnoteRefs = 46,
    EndnoteTexts = 47,
    Drawings = 50,
    BodyBoxes = 56,
    HeaderBoxes = 58,
    Lists = 73,
    ListUses = 74,
}

/// Characters of each of the texts that follow each other in the file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub body: u32,
    pub footnotes: u32,
    pub headers: u32,
    pub macros: u32,
    pub comments: u32,
    pub endnotes: u32,
    pub body_boxes: u32,
    pub header_boxes: u32,
}

#[derive(Debug, Default)]
pub(super) struct Fib {
    pub version: u16,
    pub language: u16,
    pub encrypted: bool,
    /// The table stream is `1Table`, not `0Table`.
    pub one_table: bool,
    pub counts: Counts,
    /// Where the text stood when it was written in one stretch, in bytes of the stream.
    pub text: (u32, u32),
    places: Vec<Place>,
}

impl Fib {
    pub fn parse(stream: &[u8]) -> Option<Self> {
        if !matches!(u16_at(stream, 0)?, 0xA5EC | 0xA5DC | 0xA5DB | 0xA697 | 0xA699 | 0xA59C | 0xA59B) {
            return None;
        }
        let flags = u16_at(stream, 10)?;
        let mut fib = Self {
            version: u16_at(stream, 2)?,
            language: u16_at(stream, 6)?,
            encrypted: flags & 0x0100 != 0,
            one_table: flags & 0x0200 != 0,
            text: (u32_at(stream, 0x18)?, u32_at(stream, 0x1C)?),
            ..Self::default()
        };
        if fib.is_old() {
            return Some(fib);
        }
        let words = usize::from(u16_at(stream, 32)?);
        let longs_at = 34 + words * 2;
        let longs = usize::from(u16_at(stream, longs_at)?);
        let count = |n: usize| if n < longs { u32_at(stream, longs_at + 2 + n * 4).filter(|n| *n <= i32::MAX as u32).unwrap_or(0) } else { 0 };
        fib.counts = Counts {
            body: count(3),
            footnotes: count(4),
            headers: count(5),
            macros: count(6),
            comments: count(7),
            endnotes: count(8),
            body_boxes: count(9),
            header_boxes: count(10),
        };
        let places_at = longs_at + 2 + longs * 4;
        let places = usize::from(u16_at(stream, places_at)?);
        let place = |n: usize| {
            let at = places_at + 2 + n * 8;
            Some(Place { at: u32_at(stream, at)?, len: u32_at(stream, at + 4)? })
        };
        fib.places = (0..places).map_while(place).collect();
        Some(fib)
    }

    /// Word 6, Word 95 and before: another layout.
    pub fn is_old(&self) -> bool {
        self.version < 193
    }

    /// The part's bytes; empty where the file has none or they lie beyond its end.
    pub fn part<'a>(&self, part: Part, table: &'a [u8]) -> &'a [u8] {
        let Some(place) = self.places.get(part as usize) else { return &[] };
        let from = place.at as usize;
        let rest = table.get(from..).unwrap_or(&[]);
        rest.get(..place.len as usize).unwrap_or(rest)
    }

    /// Everything from the part's beginning: the levels of lists follow their part without being counted in it.
    pub fn part_and_rest<'a>(&self, part: Part, table: &'a [u8]) -> (&'a [u8], &'a [u8]) {
        let Some(place) = self.places.get(part as usize).filter(|p| p.len > 0) else { return (&[], &[]) };
        let rest = table.get(place.at as usize..).unwrap_or(&[]);
        rest.split_at_checked(place.len as usize).unwrap_or((rest, &[]))
    }
}
