//! The piece table: the text in its order, and for each character the place in the file that its properties hang on.
use crate::read::le::{u16_at, u32_at};

/// A run of characters that stands in one stretch of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// First character.
    pub start: u32,
    /// Beyond the last character.
    pub end: u32,
    /// Byte of the first character in the stream.
    pub at: u32,
    /// One byte a character, not two.
    pub narrow: bool,
    /// Properties on top: [MS-DOC] 2.9.209.
    pub modifier: u16,
}

impl Piece {
    fn width(self) -> u32 {
        if self.narrow { 1 } else { 2 }
    }

    /// Byte of a character of this piece.
    pub fn byte(self, character: u32) -> u32 {
        self.at.saturating_add(character.saturating_sub(self.start).saturating_mul(self.width()))
    }

    /// First character at or after a byte.
    pub fn character(self, byte: u32) -> u32 {
        self.start.saturating_add(byte.saturating_sub(self.at).div_ceil(self.width()))
    }
}

#[derive(Debug, Default)]
pub(super) struct Text {
    /// UTF-16, all texts of the file one after another.
    pub units: Vec<u16>,
    pub pieces: Vec<Piece>,
    /// Property lists that pieces refer to.
    pub modifiers: Vec<Vec<u8>>,
    /// Text that the table names lies beyond the end of the stream.
    pub cut: bool,
}

impl Text {
    /// Reads the text that the part says to be there. `most` bounds the characters.
    pub fn read(part: &[u8], stream: &[u8], most: usize) -> Option<Self> {
        let mut text = Self::default();
        let mut at = 0;
        while part.get(at) == Some(&1) {
            let len = usize::from(u16_at(part, at + 1)?);
            text.modifiers.push(part.get(at + 3..at + 3 + len)?.to_vec());
            at += 3 + len;
        }
        if part.get(at) != Some(&2) {
            return None;
        }
        let len = u32_at(part, at + 1)? as usize;
        let rest = part.get(at + 5..)?;
        let table = rest.get(..len).unwrap_or(rest);
        let n = table.len().checked_sub(4)? / 12;
        for i in 0..n {
            let (start, end) = (u32_at(table, i * 4)?, u32_at(table, i * 4 + 4)?);
            let entry = (n + 1) * 4 + i * 8;
            let place = u32_at(table, entry + 2)?;
            let narrow = place & 0x4000_0000 != 0;
            let at = if narrow { (place & 0x3FFF_FFFF) / 2 } else { place & 0x3FFF_FFFF };
            if end < start || start as usize != text.units.len() {
                text.cut = true;
                break;
            }
            let piece = Piece { start, end, at, narrow, modifier: u16_at(table, entry + 6)? };
            if !text.add(piece, stream, most) {
                text.cut = true;
                break;
            }
        }
        Some(text)
    }

    /// Text in one stretch, where the piece table is lost; `None` where no text stands there.
    pub fn one_stretch(stream: &[u8], from: u32, to: u32, characters: u32, most: usize) -> Option<Self> {
        const AFTER_BLOCK: u32 = 512;
        let narrow = to.saturating_sub(from) < characters.saturating_mul(2);
        let mut text = Self::default();
        text.cut = !text.add(Piece { start: 0, end: characters, at: from, narrow, modifier: 0 }, stream, most);
        let odd = text.units.iter().filter(|u| matches!(u, 0..=6 | 0xE000..)).count();
        (from >= AFTER_BLOCK && odd * 10 < text.units.len()).then_some(text)
    }

    /// Whether the whole piece is there.
    fn add(&mut self, mut piece: Piece, stream: &[u8], most: usize) -> bool {
        let room = most.saturating_sub(self.units.len());
        let wanted = (piece.end - piece.start) as usize;
        let bytes = stream.get(piece.at as usize..).unwrap_or(&[]);
        let there = wanted.min(room).min(bytes.len() / piece.width() as usize);
        if piece.narrow {
            self.units.extend(bytes.iter().take(there).map(|b| western(*b)));
        } else {
            self.units.extend(bytes.chunks_exact(2).take(there).map(|b| u16::from_le_bytes([b[0], b[1]])));
        }
        piece.end = piece.start + there as u32;
        if piece.end > piece.start {
            self.pieces.push(piece);
        }
        there == wanted
    }

    /// Whether zeros stand where letters should; a lone one is left by some writers.
    pub fn has_zeros(&self) -> bool {
        self.units.windows(4).any(|units| units == [0; 4])
    }

    /// Index of the piece that holds a character.
    pub fn piece_of(&self, character: u32) -> Option<usize> {
        let n = self.pieces.partition_point(|p| p.end <= character);
        self.pieces.get(n).filter(|p| p.start <= character).map(|_| n)
    }
}

/// Characters stored in one byte are those of code page 1252.
fn western(byte: u8) -> u16 {
    const HIGH: [u16; 32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C,
        0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ];
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        _ => u16::from(byte),
    }
}
