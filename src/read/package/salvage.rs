//! Entries of a zip whose directory is lost, found by the header before each.
use std::ops::Range;

/// An entry found in the bytes.
pub(in crate::read) struct Entry {
    pub name: String,
    /// Compression method: 0 stored, 8 deflated.
    pub method: u16,
    /// The packed bytes, up to the next header where the size is not known.
    pub data: Range<usize>,
}

const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";
const HEADER: usize = 30;

/// At most `limit` entries, in order of the file; encrypted ones are left out.
pub(in crate::read) fn entries(bytes: &[u8], limit: usize) -> Vec<Entry> {
    let mut found: Vec<Entry> = Vec::new();
    let mut at = 0;
    while found.len() < limit {
        let Some(start) = find(bytes, &[LOCAL], at) else { break };
        let Some((entry, next)) = entry(bytes, start) else {
            at = start + LOCAL.len();
            continue;
        };
        at = next;
        found.extend(entry);
    }
    found
}

/// One entry and where to look for the next; `None` where the header is none.
fn entry(bytes: &[u8], start: usize) -> Option<(Option<Entry>, usize)> {
    let word = |at: usize| Some(u16::from_le_bytes(bytes.get(start + at..start + at + 2)?.try_into().ok()?));
    let long = |at: usize| Some(u32::from_le_bytes(bytes.get(start + at..start + at + 4)?.try_into().ok()?) as usize);
    let (flags, method, packed) = (word(6)?, word(8)?, long(18)?);
    let (name_len, extra_len) = (word(26)? as usize, word(28)? as usize);
    let name = String::from_utf8_lossy(bytes.get(start + HEADER..start + HEADER + name_len)?).into_owned();
    let data = start + HEADER + name_len + extra_len;
    let known = packed > 0 && packed != u32::MAX as usize && flags & 8 == 0;
    let end = match data.checked_add(packed) {
        Some(end) if known && end <= bytes.len() => end,
        _ => find(bytes, &[LOCAL, CENTRAL], data).unwrap_or(bytes.len()),
    };
    let entry = (flags & 1 == 0 && data <= end).then_some(Entry { name, method, data: data..end });
    Some((entry, end.max(start + LOCAL.len())))
}

/// The first of any of the signatures.
fn find(bytes: &[u8], signs: &[&[u8]], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|b| *b == b'P')?;
        let here = bytes.get(at..)?;
        if signs.iter().any(|sign| here.starts_with(sign)) {
            return Some(at);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(name: &str, data: &[u8], size: u32, flags: u8) -> Vec<u8> {
        let mut out = b"PK\x03\x04\x14\x00".to_vec();
        out.extend([flags, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        out.extend(size.to_le_bytes());
        out.extend(size.to_le_bytes());
        out.extend((name.len() as u16).to_le_bytes());
        out.extend([0, 0]);
        out.extend(name.as_bytes());
        out.extend(data);
        out
    }

    #[test]
    fn entries_are_found_without_the_directory() {
        let mut bytes = local("a.xml", b"one", 3, 0);
        bytes.extend(local("b.xml", b"two and more", 0, 8));
        bytes.extend(local("c.xml", b"cut", 300, 0));
        let found = entries(&bytes, 10);
        let seen: Vec<_> = found.iter().map(|e| (e.name.as_str(), &bytes[e.data.clone()])).collect();
        assert_eq!(seen, [("a.xml", &b"one"[..]), ("b.xml", b"two and more"), ("c.xml", b"cut")]);
        assert_eq!(entries(&bytes, 2).len(), 2);
    }
}
