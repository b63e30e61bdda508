//! Texts in BIFF records: UTF-16 or one byte a character in Excel 97 and later, the code page's bytes before.
use super::biff::Record;
use crate::text::encoding;
use encoding_rs::{BIG5, Encoding, GB18030, WINDOWS_1252};

/// How a workbook writes its texts.
#[derive(Default)]
pub struct Text {
    /// Excel 97 and later.
    pub wide: bool,
    pub code_page: u16,
}

/// Walks the bytes of a record and of its continuations.
struct Walk<'a> {
    parts: std::slice::Iter<'a, &'a [u8]>,
    rest: &'a [u8],
}

impl<'a> Walk<'a> {
    fn new(record: &'a Record<'a>, skipped: usize) -> Option<Self> {
        let mut parts = record.parts.iter();
        let rest = parts.next()?.get(skipped..)?;
        Some(Self { parts, rest })
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        if self.rest.is_empty() {
            self.rest = self.parts.next()?;
        }
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    fn u8(&mut self) -> Option<u8> {
        Some(self.take(1)?[0])
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.take(2)?.try_into().ok()?))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    fn skip(&mut self, mut length: usize) -> Option<()> {
        while length > 0 {
            if self.rest.is_empty() {
                self.rest = self.parts.next()?;
            }
            let step = length.min(self.rest.len());
            self.rest = &self.rest[step..];
            length -= step;
        }
        Some(())
    }

    /// Characters that may run over into a continuation, which then begins with its own flag of width.
    fn characters(&mut self, mut count: usize, mut wide: bool) -> Option<String> {
        let mut units: Vec<u16> = Vec::new();
        while count > 0 {
            if self.rest.is_empty() {
                self.rest = self.parts.next()?;
                wide = self.u8()? & 1 != 0;
                continue;
            }
            if wide {
                let step = count.min(self.rest.len() / 2);
                if step == 0 {
                    return None;
                }
                units.extend(self.take(step * 2)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])));
                count -= step;
            } else {
                let step = count.min(self.rest.len());
                units.extend(self.take(step)?.iter().map(|byte| u16::from(*byte)));
                count -= step;
            }
        }
        Some(String::from_utf16_lossy(&units))
    }
}

/// A text with a 16-bit length.
pub fn text(kind: &Text, record: &Record, at: usize) -> Option<String> {
    let mut walk = Walk::new(record, at)?;
    let count = usize::from(walk.u16()?);
    if kind.wide {
        let flags = walk.u8()?;
        walk.characters(count, flags & 1 != 0)
    } else {
        Some(kind.decoded(walk.take(count)?))
    }
}

/// A text with an 8-bit length.
pub fn short_text(kind: &Text, record: &Record, at: usize) -> Option<String> {
    let mut walk = Walk::new(record, at)?;
    let count = usize::from(walk.u8()?);
    if kind.wide {
        let flags = walk.u8()?;
        walk.characters(count, flags & 1 != 0)
    } else {
        Some(kind.decoded(walk.take(count)?))
    }
}

impl Text {
    fn decoded(&self, bytes: &[u8]) -> String {
        let encoding: &'static Encoding = match self.code_page {
            950 => BIG5,
            1252 | 32769 if bytes.is_ascii() => WINDOWS_1252,
            936 => GB18030,
            _ => return encoding::decode(bytes).text,
        };
        encoding::decode_as(encoding, bytes).text
    }

    /// The table of shared strings, as far as it goes; `None` where it holds more characters than allowed.
    pub fn shared(&self, record: &Record, most: u64) -> Option<Vec<String>> {
        let mut strings = Vec::new();
        let mut characters = 0u64;
        let Some(mut walk) = Walk::new(record, 8) else { return Some(strings) };
        while let Some(string) = shared_one(&mut walk) {
            characters += string.len() as u64;
            if characters > most.saturating_mul(4) {
                return None;
            }
            strings.push(string);
        }
        Some(strings)
    }

    /// The words of a text box or comment: they stand in the first continuation.
    pub fn floating(&self, record: &Record) -> Option<String> {
        let count = usize::from(u16::from_le_bytes(record.parts.first()?.get(10..12)?.try_into().ok()?));
        let rest = Record::of_continuations(record)?;
        let mut walk = Walk::new(&rest, 0)?;
        let words = if self.wide {
            let flags = walk.u8()?;
            walk.characters(count, flags & 1 != 0)?
        } else {
            self.decoded(walk.take(count)?)
        };
        let words = words.replace('\r', "\n").trim().to_owned();
        (!words.is_empty()).then_some(words)
    }
}

fn shared_one(walk: &mut Walk) -> Option<String> {
    let count = usize::from(walk.u16()?);
    let flags = walk.u8()?;
    let runs = if flags & 8 != 0 { usize::from(walk.u16()?) } else { 0 };
    let extra = if flags & 4 != 0 { usize::try_from(walk.u32()?).ok()? } else { 0 };
    let string = walk.characters(count, flags & 1 != 0)?;
    // A string cut off in its formatting is still a whole string.
    let _ = walk.skip(runs * 4).and_then(|()| walk.skip(extra));
    Some(string)
}
