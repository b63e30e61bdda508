//! Property lists: codes (sprm) with operands, and what those used here mean for characters and paragraphs.
use crate::read::le::{i16_at, u16_at, u32_at};
use crate::read::word::grid::RowDef;

/// The codes and operands of a list; ends where the list breaks off.
pub(super) fn codes(list: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = list;
    std::iter::from_fn(move || {
        let code = u16_at(rest, 0)?;
        let body = rest.get(2..)?;
        let (skip, len) = match code >> 13 {
            0 | 1 => (0, 1),
            2 | 4 | 5 => (0, 2),
            3 => (0, 4),
            7 => (0, 3),
            _ => match code {
                // The table definition counts in two bytes, and one too few.
                0xD608 => (2, usize::from(u16_at(body, 0)?).saturating_sub(1)),
                0xC615 if *body.first()? == 255 => (1, tabs(body)?),
                _ => (1, usize::from(*body.first()?)),
            },
        };
        let operand = body.get(skip..skip + len)?;
        rest = body.get(skip + len..)?;
        Some((code, operand))
    })
}

/// Length of a list of tab stops that is too long for its count.
fn tabs(body: &[u8]) -> Option<usize> {
    let deleted = usize::from(*body.get(1)?) * 4;
    let added = usize::from(*body.get(2 + deleted)?) * 3;
    Some(2 + deleted + added)
}

/// A property that styles switch on and text may switch on, off, or the other way round.
pub(super) fn toggled(operand: &[u8], base: bool) -> bool {
    match operand.first() {
        Some(0) | None => false,
        Some(0x80) => base,
        Some(0x81) => !base,
        Some(_) => true,
    }
}

/// Character properties as far as they change what is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct CharProps {
    pub hidden: Option<bool>,
    /// Deleted with changes being tracked.
    pub deleted: bool,
    /// The characters mean something else than they say.
    pub special: bool,
    /// Place of a picture, or of a form field's data, in the data stream.
    pub picture: Option<u32>,
    /// That place holds a form field's data, or an embedded object.
    pub data: bool,
    pub object: bool,
    /// A character of a symbol font: font number and code.
    pub symbol: Option<(u16, u16)>,
    pub style: Option<u16>,
    /// Font numbers for ASCII, East Asian and other characters.
    pub fonts: [Option<u16>; 3],
}

impl CharProps {
    /// Applies a list on top; `base` is what the styles say of hiding.
    pub fn apply(&mut self, list: &[u8], base: bool) {
        for (code, operand) in codes(list) {
            let on = operand.first().is_some_and(|b| *b & 1 == 1);
            match code {
                0x0800 => self.deleted = on,
                0x0855 => self.special = on,
                0x0806 => self.data = on,
                0x0856 | 0x080A => self.object = on,
                0x083C => self.hidden = Some(toggled(operand, base)),
                0x6A03 => {
                    self.picture = u32_at(operand, 0);
                    self.special = true;
                }
                0x6A09 => {
                    self.symbol = u16_at(operand, 0).zip(u16_at(operand, 2));
                    self.special = true;
                }
                0x4A30 => self.style = u16_at(operand, 0),
                0x4A4F => self.fonts[0] = u16_at(operand, 0),
                0x4A50 => self.fonts[1] = u16_at(operand, 0),
                0x4A51 => self.fonts[2] = u16_at(operand, 0),
                // Back to the style.
                0x2A32 | 0x2A33 => {
                    *self = Self { special: self.special, picture: self.picture, data: self.data, object: self.object, symbol: self.symbol, ..Self::default() }
                }
                _ => {}
            }
        }
    }
}

/// Paragraph properties as far as they change what is read.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct ParaProps {
    pub style: u16,
    pub in_table: bool,
    /// The mark ends a row.
    pub row_end: bool,
    /// Depth of nesting, where it is given.
    pub depth: Option<u32>,
    pub inner_cell: bool,
    pub inner_row_end: bool,
    pub level: Option<u8>,
    /// Number of the list's use; 0 is none.
    pub list: Option<i16>,
    pub outline: Option<u8>,
    pub row: Option<Box<RowDef>>,
    /// Places of further lists in the data stream.
    pub more: [Option<u32>; 2],
}

impl ParaProps {
    pub fn apply(&mut self, list: &[u8]) {
        for (code, operand) in codes(list) {
            let on = operand.first().is_some_and(|b| *b != 0);
            match code {
                0x4600 => self.style = u16_at(operand, 0).unwrap_or(self.style),
                0x2416 => self.in_table = on,
                0x2417 => self.row_end = on,
                0x244B => self.inner_cell = on,
                0x244C => self.inner_row_end = on,
                0x6649 => self.depth = u32_at(operand, 0),
                0x664A => {
                    let more = u32_at(operand, 0).unwrap_or(0).cast_signed();
                    self.depth = Some(self.depth.unwrap_or(u32::from(self.in_table)).saturating_add_signed(more));
                }
                0x260A => self.level = operand.first().copied(),
                0x460B => self.list = i16_at(operand, 0),
                0x2640 => self.outline = operand.first().copied(),
                0x6645 | 0x6646 => self.more[0] = u32_at(operand, 0),
                0x646B => self.more[1] = u32_at(operand, 0),
                _ if code & 0x1C00 == 0x1400 => self.row.get_or_insert_default().apply(code, operand),
                _ => {}
            }
        }
    }

    /// How deep in tables the paragraph stands.
    pub fn nesting(&self) -> u32 {
        let depth = self.depth.unwrap_or(0).min(i32::MAX as u32);
        if self.in_table { depth.max(1) } else { depth }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operands_have_the_lengths_their_codes_say() {
        let list = [0x3C, 0x08, 1, 0x4F, 0x4A, 5, 0, 0x03, 0x6A, 1, 2, 3, 4, 0x08, 0xD6, 4, 0, 9, 9, 9, 0x3E, 0xC6, 2, 7, 7, 0x16, 0x24, 1, 0xFF];
        let seen: Vec<(u16, usize)> = codes(&list).map(|(code, operand)| (code, operand.len())).collect();
        assert_eq!(seen, [(0x083C, 1), (0x4A4F, 2), (0x6A03, 4), (0xD608, 3), (0xC63E, 2), (0x2416, 1)]);
    }

    #[test]
    fn hiding_is_switched_on_off_or_the_other_way_round() {
        let mut props = CharProps::default();
        props.apply(&[0x3C, 0x08, 0x81], false);
        assert_eq!(props.hidden, Some(true));
        props.apply(&[0x3C, 0x08, 0x80], false);
        assert_eq!(props.hidden, Some(false));
    }
}
