//! `winmail.dat` ([MS-OXTNEF]): the attachments of an e-mail as Outlook wraps them for its own kind.
use super::budget::{Budget, Taken};
use super::container::{Entry, Unpacked};
use super::faults::damaged_mail;
use super::mail::Mail;
use crate::text::encoding;

const SIGNATURE: [u8; 4] = [0x78, 0x9F, 0x3E, 0x22];
/// Attributes of the attachment that is read: a new one begins, its name, its bytes, its properties.
const RENDER: u16 = 0x9002;
const TITLE: u16 = 0x8010;
const DATA: u16 = 0x800F;
const PROPERTIES: u16 = 0x9005;
/// The full name of an attachment; the one in `TITLE` may be cut to eight and three letters.
const LONG_NAME: u16 = 0x3707;

pub fn is_tnef(bytes: &[u8]) -> bool {
    bytes.starts_with(&SIGNATURE)
}

/// One attachment as it stands.
#[derive(Default)]
struct Attached<'b> {
    title: String,
    long_name: String,
    data: &'b [u8],
}

/// Takes out the attachments, as far as the limits allow. The words of the e-mail stand in the e-mail itself.
pub fn unpack(bytes: &[u8], budget: &mut Budget) -> Unpacked {
    let (attached, whole) = attachments(bytes);
    let mut mail = Mail::default();
    for one in attached {
        let content = match budget.take(one.data, None) {
            Ok(content) => Ok(content),
            Err(Taken::Problem(problem)) => Err(problem),
            Err(Taken::Broken(_)) => Err(damaged_mail()),
        };
        let path = if one.long_name.trim().is_empty() { one.title } else { one.long_name };
        mail.attachments.push(Entry { path, size: one.data.len() as u64, content });
    }
    let mut out = mail.unpacked(budget);
    if !whole {
        out.problems.push(damaged_mail());
    }
    out
}

/// The attachments, and whether the file came to its end.
fn attachments(bytes: &[u8]) -> (Vec<Attached<'_>>, bool) {
    let mut found: Vec<Attached> = Vec::new();
    let mut at = 6;
    while at < bytes.len() {
        let Some((id, data)) = attribute(bytes, at) else { return (found, false) };
        match (id, found.last_mut()) {
            (RENDER, _) => found.push(Attached::default()),
            (TITLE, Some(last)) => last.title = words(data),
            (DATA, Some(last)) => last.data = data,
            (PROPERTIES, Some(last)) => last.long_name = property(data, LONG_NAME).unwrap_or_default(),
            _ => {}
        }
        // Level, number, length before the data, a checksum behind.
        at += 9 + data.len() + 2;
    }
    (found, true)
}

/// Number and data of the attribute that begins here.
fn attribute(bytes: &[u8], at: usize) -> Option<(u16, &[u8])> {
    let length = u32_at(bytes, at + 5)? as usize;
    Some((u16_at(bytes, at + 1)?, bytes.get(at + 9..(at + 9).checked_add(length)?)?))
}

/// A text among the properties of an attachment.
fn property(data: &[u8], wanted: u16) -> Option<String> {
    let count = u32_at(data, 0)?.min(1000);
    let mut at = 4;
    for _ in 0..count {
        let (kind, id) = (u16_at(data, at)?, u16_at(data, at + 2)?);
        at += 4;
        if id >= 0x8000 {
            // A property with a name: whose it is, then a number or the name.
            let named = u32_at(data, at + 16)? == 1;
            at += 20;
            at = if named { at + 4 + padded(u32_at(data, at)?) } else { at + 4 };
        }
        let many = kind & 0x1000 != 0;
        let kind = kind & 0x0FFF;
        let variable = matches!(kind, 0x000D | 0x001E | 0x001F | 0x0102);
        let values = if many || variable { u32_at(data, at)?.min(1000) } else { 1 };
        at += if many || variable { 4 } else { 0 };
        for _ in 0..values {
            if variable {
                let length = u32_at(data, at)?;
                let value = data.get(at + 4..(at + 4).checked_add(length as usize)?)?;
                if id == wanted && kind == 0x001F {
                    let units: Vec<u16> = value.chunks_exact(2).map(|c| u16::from_le_bytes([c[0], c[1]])).collect();
                    return Some(String::from_utf16_lossy(&units).trim_end_matches('\0').to_owned());
                }
                if id == wanted && kind == 0x001E {
                    return Some(words(value));
                }
                at += 4 + padded(length);
            } else {
                at += match kind {
                    0x0005 | 0x0006 | 0x0007 | 0x0014 | 0x0040 => 8,
                    0x0048 => 16,
                    _ => 4,
                };
            }
        }
    }
    None
}

fn padded(length: u32) -> usize {
    (length as usize).saturating_add(3) & !3
}

/// A text in the sender's code page, with a zero behind.
fn words(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|b| *b == 0).unwrap_or(bytes.len());
    encoding::decode(&bytes[..end]).text
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::Limits;

    fn attribute(level: u8, id: u16, data: &[u8]) -> Vec<u8> {
        let head = [&[level][..], &id.to_le_bytes(), &[6, 0], &(data.len() as u32).to_le_bytes()].concat();
        [head, data.to_vec(), vec![0, 0]].concat()
    }

    fn wide(text: &str) -> Vec<u8> {
        let bytes: Vec<u8> = format!("{text}\0").encode_utf16().flat_map(u16::to_le_bytes).collect();
        let pad = (4 - bytes.len() % 4) % 4;
        [&1u32.to_le_bytes()[..], &(bytes.len() as u32).to_le_bytes(), &bytes, &vec![0; pad]].concat()
    }

    fn winmail() -> Vec<u8> {
        let gbk = encoding_rs::GB18030.encode("申报书.doc\0").0.into_owned();
        let properties = [&2u32.to_le_bytes()[..], &[0x03, 0, 0x05, 0x37, 1, 0, 0, 0], &[0x1F, 0, 0x07, 0x37], &wide("合作协议（盖章）.pdf")].concat();
        let parts = [
            attribute(1, 0x8004, b"subject\0"),
            attribute(2, RENDER, &[0; 14]),
            attribute(2, TITLE, &gbk),
            attribute(2, DATA, b"one"),
            attribute(2, RENDER, &[0; 14]),
            attribute(2, TITLE, b"HEZUOX~1.PDF\0"),
            attribute(2, DATA, b"%PDF-1.4"),
            attribute(2, PROPERTIES, &properties),
        ];
        [&SIGNATURE[..], &[1, 0], &parts.concat()].concat()
    }

    #[test]
    fn attachments_come_out_under_their_full_names() {
        let limits = Limits::default();
        let out = unpack(&winmail(), &mut Budget::new(&limits));
        let seen: Vec<_> = out.entries.iter().map(|e| (e.path.as_str(), e.content.as_deref().unwrap_or_default())).collect();
        assert_eq!(seen, [("申报书.doc", &b"one"[..]), ("合作协议（盖章）.pdf", b"%PDF-1.4")]);
        assert!(out.problems.is_empty());
    }

    #[test]
    fn a_file_that_is_cut_off_says_so_and_none_panics() {
        let whole = winmail();
        let limits = Limits::default();
        for end in 6..whole.len() {
            let out = unpack(&whole[..end], &mut Budget::new(&limits));
            assert!(out.entries.len() <= 2);
        }
        assert!(!unpack(&whole[..whole.len() - 4], &mut Budget::new(&limits)).problems.is_empty());
        for at in 6..whole.len() {
            let mut broken = whole.clone();
            broken[at] = 0xFF;
            unpack(&broken, &mut Budget::new(&limits));
        }
    }
}
