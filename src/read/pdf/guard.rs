//! Bombs in the streams that hold a file's objects: the library unpacks those itself, without a bound.
use super::decode;

/// A stream's dictionary lies this near before its data.
const NEAR: usize = 4096;

/// Whether the object and index streams together unpack to no more than `limit` bytes.
///
/// Streams of an encrypted file cannot be looked into here.
pub fn objects_fit(bytes: &[u8], limit: u64) -> bool {
    let mut left = limit;
    let mut at = 0;
    while let Some(n) = next_mark(&bytes[at..]) {
        let dict = at + n;
        at = dict + 5;
        let window = &bytes[dict..bytes.len().min(dict + NEAR)];
        let Some(start) = find(window, b"stream") else { continue };
        let head = &bytes[dict.saturating_sub(NEAR / 8)..dict + start];
        let head = &head[rfind(head, b"obj").unwrap_or(0)..];
        let mut data = &bytes[dict + start + 6..];
        while let [b'\r' | b'\n', rest @ ..] = data {
            data = rest;
        }
        let mut unpacked = std::borrow::Cow::Borrowed(data);
        for _ in 0..count(head, b"FlateDecode").min(4) {
            match decode::inflate(&unpacked, left) {
                Ok((out, _)) => unpacked = out.into(),
                Err(_) => return false,
            }
        }
        if let std::borrow::Cow::Owned(out) = unpacked {
            left = left.saturating_sub(out.len() as u64);
        }
    }
    true
}

/// The next `/ObjStm` or `/XRef`.
fn next_mark(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(n) = bytes[at..].iter().position(|b| *b == b'/') {
        at += n;
        if bytes[at..].starts_with(b"/ObjStm") || bytes[at..].starts_with(b"/XRef") {
            return Some(at);
        }
        at += 1;
    }
    None
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|w| w == needle)
}

fn rfind(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).rposition(|w| w == needle)
}

fn count(haystack: &[u8], needle: &[u8]) -> usize {
    haystack.windows(needle.len()).filter(|w| w == &needle).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use std::io::Write;

    #[test]
    fn an_object_stream_that_is_a_bomb_is_found() {
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::best());
        zlib.write_all(&vec![b' '; 4 << 20]).expect("writing to memory");
        let packed = zlib.finish().expect("writing to memory");
        let mut file = format!("%PDF-1.7\n1 0 obj\n<< /Filter /FlateDecode /Length {} /Type /ObjStm >>\nstream\n", packed.len()).into_bytes();
        file.extend_from_slice(&packed);
        file.extend_from_slice(b"\nendstream");
        assert!(!objects_fit(&file, 1 << 20));
        assert!(objects_fit(&file, 8 << 20));
        let twice = [file.as_slice(), &file[9..]].concat();
        assert!(!objects_fit(&twice, 6 << 20));
        assert!(objects_fit(b"%PDF-1.7 /XRef stream", 1));
    }
}
