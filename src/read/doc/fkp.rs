//! Formatted disk pages: which stretches of the stream have which properties.
use crate::read::le::{u8_at, u16_at, u32_at};

/// A stretch of bytes with its list of properties, both as ranges of the `WordDocument` stream.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Stretch {
    pub start: u32,
    pub end: u32,
    /// Paragraph style; 0 for characters.
    pub style: u16,
    at: u32,
    len: u16,
}

impl Stretch {
    pub fn properties<'a>(&self, stream: &'a [u8]) -> &'a [u8] {
        let from = self.at as usize;
        stream.get(from..from + usize::from(self.len)).unwrap_or(&[])
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Characters,
    Paragraphs,
}

/// Stretches in the order of the stream.
#[derive(Debug, Default)]
pub(super) struct Stretches {
    all: Vec<Stretch>,
    /// Pages that the file names but does not hold.
    pub lost: bool,
}

const PAGE: usize = 512;

impl Stretches {
    /// Reads the pages that a bin table lists.
    pub fn read(kind: Kind, bins: &[u8], stream: &[u8]) -> Self {
        let mut found = Self::default();
        let n = bins.len().saturating_sub(4) / 8;
        // Each page is listed once: more entries than pages are a lie.
        for i in 0..n.min(stream.len() / PAGE + 1) {
            let number = u32_at(bins, (n + 1) * 4 + i * 4).unwrap_or(0) & 0x3F_FFFF;
            let at = number as usize * PAGE;
            match stream.get(at..at + PAGE) {
                Some(page) => found.page(kind, page, number * PAGE as u32),
                None => found.lost = true,
            }
        }
        if !found.all.is_sorted_by_key(|s| s.start) {
            found.all.sort_by_key(|s| s.start);
        }
        found
    }

    fn page(&mut self, kind: Kind, page: &[u8], at: u32) {
        let count = usize::from(page[PAGE - 1]);
        let item = if kind == Kind::Characters { 1 } else { 13 };
        for i in 0..count {
            let (Some(start), Some(end)) = (u32_at(page, i * 4), u32_at(page, i * 4 + 4)) else { return };
            let Some(offset) = u8_at(page, (count + 1) * 4 + i * item) else { return };
            if end <= start {
                continue;
            }
            let mut stretch = Stretch { start, end, ..Stretch::default() };
            let offset = usize::from(offset) * 2;
            if offset != 0
                && let Some((from, len)) = list(kind, page, offset)
            {
                let (mut from, mut len) = (from, len.min((PAGE - 1).saturating_sub(from)));
                if kind == Kind::Paragraphs && len >= 2 {
                    stretch.style = u16_at(page, from).unwrap_or(0);
                    from += 2;
                    len -= 2;
                }
                stretch.at = at + from as u32;
                stretch.len = len as u16;
            }
            self.all.push(stretch);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The stretch that holds a byte.
    pub fn of(&self, byte: u32) -> Option<&Stretch> {
        self.at(self.after(byte), byte)
    }

    /// Number of stretches that begin at or before a byte.
    pub fn after(&self, byte: u32) -> usize {
        self.all.partition_point(|s| s.start <= byte)
    }

    /// The stretch before number `after`, where it holds the byte.
    fn at(&self, after: usize, byte: u32) -> Option<&Stretch> {
        self.all.get(after.checked_sub(1)?).filter(|s| byte < s.end)
    }

    /// The stretch that holds a byte, if any, and the byte where that answer ends.
    pub fn from(&self, byte: u32) -> (Option<&Stretch>, u32) {
        let after = self.after(byte);
        let next = self.all.get(after).map_or(u32::MAX, |s| s.start);
        let found = self.at(after, byte);
        (found, found.map_or(next, |s| s.end.min(next)))
    }
}

/// Where a list of properties stands in its page, and how long it is.
fn list(kind: Kind, page: &[u8], offset: usize) -> Option<(usize, usize)> {
    let len = usize::from(u8_at(page, offset)?);
    Some(match kind {
        Kind::Characters => (offset + 1, len),
        Kind::Paragraphs if len == 0 => (offset + 2, usize::from(u8_at(page, offset + 1)?) * 2),
        Kind::Paragraphs => (offset + 1, len * 2 - 1),
    })
}
