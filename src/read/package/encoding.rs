//! XML parts to UTF-8: nearly all are already, some are UTF-16 or say another encoding.
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::io::Read;

/// Passes UTF-8 through and converts anything else the first bytes tell of. Bytes that are no text stay for the
/// XML reader to refuse, or become U+FFFD where `mend` is set.
pub(in crate::read) fn utf8<'a>(mut part: impl Read + 'a, mend: bool) -> Box<dyn Read + 'a> {
    let mut head = Vec::with_capacity(256);
    let short = (&mut part).take(256).read_to_end(&mut head);
    let encoding = encoding_of(&head);
    let failed = short.err().map(Failed);
    let whole = std::io::Cursor::new(head).chain(failed.map_or_else(|| Box::new(part) as Box<dyn Read + 'a>, |f| Box::new(f)));
    if encoding == UTF_8 && !mend { Box::new(whole) } else { Box::new(Decoding::new(whole, encoding)) }
}

/// By byte order mark, else by the pattern of `<?`, else by the declaration.
fn encoding_of(head: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return encoding;
    }
    match head {
        [b'<', 0, ..] => return UTF_16LE,
        [0, b'<', ..] => return UTF_16BE,
        _ => {}
    }
    let text = String::from_utf8_lossy(head);
    let declared = text.split_once("encoding=").filter(|(before, _)| before.trim_start().starts_with("<?xml") && !before.contains("?>"));
    let label = declared.and_then(|(_, rest)| rest.get(1..)?.split(['"', '\'']).next());
    match label.and_then(|l| Encoding::for_label(l.as_bytes())) {
        // A part that is read byte by byte up to here is not UTF-16, whatever it says.
        Some(e) if e != UTF_16LE && e != UTF_16BE => e,
        _ => UTF_8,
    }
}

/// Gives the error that stopped the head.
struct Failed(std::io::Error);

impl Read for Failed {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        Err(std::io::Error::new(self.0.kind(), self.0.to_string()))
    }
}

/// Converts as it reads; what does not convert becomes U+FFFD.
struct Decoding<R> {
    inner: R,
    decoder: Decoder,
    raw: Box<[u8]>,
    text: String,
    /// How much of `text` was handed out.
    given: usize,
    ended: bool,
}

impl<R: Read> Decoding<R> {
    fn new(inner: R, encoding: &'static Encoding) -> Self {
        let raw = vec![0; 1 << 14].into_boxed_slice();
        Self { inner, decoder: encoding.new_decoder_with_bom_removal(), raw, text: String::with_capacity(1 << 16), given: 0, ended: false }
    }
}

impl<R: Read> Read for Decoding<R> {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        while self.given == self.text.len() && !self.ended {
            let n = self.inner.read(&mut self.raw)?;
            self.ended = n == 0;
            self.text.clear();
            self.given = 0;
            let chunk = self.raw.get(..n).unwrap_or(&[]);
            self.text.reserve(self.decoder.max_utf8_buffer_length(n).unwrap_or(n * 4));
            let _ = self.decoder.decode_to_string(chunk, &mut self.text, self.ended);
        }
        let rest = self.text.as_bytes().get(self.given..).unwrap_or(&[]);
        let n = rest.len().min(buf.len());
        buf[..n].copy_from_slice(&rest[..n]);
        self.given += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        let mut out = String::new();
        utf8(bytes, false).read_to_string(&mut out).unwrap();
        out
    }

    #[test]
    fn utf16_and_gbk_become_utf8() {
        let utf16: Vec<u8> = "\u{feff}<a>中</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(&utf16), "<a>中</a>");
        let (gbk, ..) = encoding_rs::GBK.encode("<?xml version=\"1.0\" encoding=\"gb2312\"?><a>徐州</a>");
        assert!(text(&gbk).contains("徐州"));
        assert_eq!(text("<a>中</a>".as_bytes()), "<a>中</a>");
    }
}
