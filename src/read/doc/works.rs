//! Documents of Microsoft Works, which share the ending `.wps` with those of WPS Writer: their text alone.
use crate::model::{BlockKind, Location};
use crate::read::compound::Compound;
use crate::read::le::{u16_at, u32_at};
use crate::read::word::out::Out;
use crate::text::encoding;
use std::ops::Range;

/// The text of a Works document, `None` where it is none or cannot be found.
pub(super) fn text(file: &Compound) -> Option<String> {
    if let Some(stream) = file.stream("CONTENTS") {
        return chunks(&stream.bytes);
    }
    old(&file.stream("MN0")?.bytes)
}

/// Writes the text's lines as paragraphs.
pub(super) fn write(text: &str, out: &mut Out) {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    for (number, line) in (1..).zip(unified.split(['\n', '\u{c}'])) {
        let line: String = line.chars().filter(|c| *c == '\t' || !c.is_control()).collect();
        if line.trim().is_empty() {
            continue;
        }
        out.count(&line);
        if out.over.is_some() {
            return;
        }
        let at = Location { paragraph: Some(number), ..Location::default() };
        if let Some(block) = out.add(BlockKind::Paragraph, at).and_then(|b| out.get(b)) {
            block.text = line;
            block.at.page = None;
        }
    }
}

/// Where the text of older versions begins; where it ends stands in the header.
const BEGIN: usize = 0x100;

/// Versions up to 4, and 7 and later where they save for them: one byte a character, or the code page of the place.
fn old(bytes: &[u8]) -> Option<String> {
    let end = u32_at(bytes, 0x26)? as usize;
    let text = bytes.get(BEGIN..end.min(bytes.len()))?;
    (!text.contains(&0)).then(|| encoding::decode(text).text)
}

/// Versions of 2000 and later: an index of chunks, of which those named TEXT hold UTF-16.
fn chunks(bytes: &[u8]) -> Option<String> {
    if !bytes.starts_with(b"CHNKWKS") {
        return None;
    }
    let mut left = u16_at(bytes, 0x0C)?;
    let mut table = 0x18;
    let mut units: Vec<u16> = Vec::new();
    for _ in 0..1000 {
        let here = u16_at(bytes, table + 2)?.min(left);
        let next = u32_at(bytes, table + 4)?;
        let mut at = table + 8;
        for _ in 0..here {
            let length = usize::from(u16_at(bytes, at)?);
            if bytes.get(at + 2..at + 6) == Some(b"TEXT")
                && let Some(data) = range(bytes, at).and_then(|r| bytes.get(r))
                && units.len() <= bytes.len()
            {
                units.extend(data.chunks_exact(2).map(|c| u16::from_le_bytes([c[0], c[1]])));
            }
            at += length.max(2);
        }
        left -= here;
        if left == 0 || next == u32::MAX {
            break;
        }
        table = next as usize;
    }
    (!units.is_empty()).then(|| String::from_utf16_lossy(&units))
}

fn range(bytes: &[u8], entry: usize) -> Option<Range<usize>> {
    let (start, length) = (u32_at(bytes, entry + 16)? as usize, u32_at(bytes, entry + 20)? as usize);
    Some(start..start.checked_add(length)?.min(bytes.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Limits;

    fn new_file(text: &str) -> Vec<u8> {
        let data: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut bytes = b"CHNKWKS\0\0\0\0\0".to_vec();
        bytes.extend(2u16.to_le_bytes());
        bytes.resize(0x18, 0);
        bytes.extend([0xF8, 0x01, 2, 0, 0xFF, 0xFF, 0xFF, 0xFF]);
        for (name, start, length) in [(b"FONT", 0u32, 0u32), (b"TEXT", 0x50, data.len() as u32)] {
            bytes.extend([0x18, 0]);
            bytes.extend(name);
            bytes.extend([0; 10]);
            bytes.extend(start.to_le_bytes());
            bytes.extend(length.to_le_bytes());
        }
        assert_eq!(bytes.len(), 0x50);
        [bytes, data].concat()
    }

    #[test]
    fn texts_of_both_kinds_become_paragraphs() {
        assert_eq!(chunks(&new_file("情况说明\r以上属实")).as_deref(), Some("情况说明\r以上属实"));
        let mut file = vec![0u8; 0x100];
        let words = encoding_rs::GB18030.encode("\r\n情况说明\r\n\r\n以上属实\r\n").0.into_owned();
        file[0x26..0x2A].copy_from_slice(&(0x100 + words.len() as u32).to_le_bytes());
        file.extend(&words);
        file.extend([0; 64]);
        let mut out = Out::new(&Limits::default(), 0);
        write(&old(&file).unwrap(), &mut out);
        let seen: Vec<_> = out.finish().into_iter().map(|b| (b.at.paragraph, b.text)).collect();
        assert_eq!(seen, [(Some(2), "情况说明".to_owned()), (Some(4), "以上属实".to_owned())]);
    }

    #[test]
    fn lying_numbers_neither_panic_nor_hang() {
        let whole = new_file("文");
        for at in 0..whole.len() {
            let mut broken = whole.clone();
            broken[at] = 0xFF;
            chunks(&broken);
        }
        assert_eq!(old(&[0; 64]), None);
    }
}
