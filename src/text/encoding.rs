//! Bytes to text: UTF-8, UTF-16 and GB18030, with or without a byte order mark.
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// Text decoded from bytes whose encoding was found out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    pub text: String,
    pub encoding: &'static str,
    /// Whether some bytes fit no encoding and stand as U+FFFD.
    pub lossy: bool,
}

/// Decodes a whole text file. A byte order mark decides; then UTF-16 by its zero bytes, UTF-8 where it
/// is valid and plausible, GB18030, and Big5 where GB18030 does not fit.
pub fn decode(bytes: &[u8]) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, &bytes[mark..]);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return decode_as(encoding, bytes);
    }
    decode_as(choose(std::iter::once(bytes)), bytes)
}

/// Decodes with one encoding, and with the next best where that one does not fit.
pub fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, lossy) = encoding.decode_without_bom_handling(bytes);
    if lossy {
        for other in [UTF_8, GB18030, BIG5] {
            if let Some(text) = other.decode_without_bom_handling_and_without_replacement(bytes) {
                return Decoded { text: text.into_owned(), encoding: other.name(), lossy: false };
            }
        }
    }
    Decoded { text: text.into_owned(), encoding: encoding.name(), lossy }
}

/// One encoding for several short texts of one origin (the names in an archive): UTF-8 only where every
/// text is valid UTF-8 and that is no accident, else GB18030.
///
/// Validity alone does not do: `图` and `一` are two bytes in GBK that are valid UTF-8 for `ͼ` and `һ`.
/// One character of three bytes (any ideograph) speaks for UTF-8, as do many of two (Latin, Greek, Cyrillic).
pub fn choose<'a>(texts: impl Iterator<Item = &'a [u8]>) -> &'static Encoding {
    let (mut pairs, mut wide) = (0usize, 0usize);
    for bytes in texts {
        let Ok(text) = std::str::from_utf8(bytes) else { return GB18030 };
        for c in text.chars() {
            match c.len_utf8() {
                1 => {}
                2 => pairs += 1,
                _ => wide += 1,
            }
        }
    }
    if pairs == 0 || wide > 0 || pairs >= PAIRS_THAT_SPEAK_FOR_UTF8 { UTF_8 } else { GB18030 }
}

/// A GBK character is a valid two-byte UTF-8 sequence about one time in seven: six in a row are no accident.
const PAIRS_THAT_SPEAK_FOR_UTF8: usize = 6;

/// UTF-16 text without a mark shows zero bytes at every second place of its ASCII characters.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    if head.len() < 4 {
        return None;
    }
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let pairs = head.len() / 2;
    match (zeros(0), zeros(1)) {
        (0, high) if high * 10 >= pairs => Some(UTF_16LE),
        (high, 0) if high * 10 >= pairs => Some(UTF_16BE),
        _ => None,
    }
}

/// A PDF text string: UTF-16 or UTF-8 with a mark, else one byte a character.
pub fn pdf_string(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xFF, 0xFE, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        // Chinese programs write GBK here although the format knows only PDFDocEncoding.
        _ if !bytes.is_ascii() => {
            let (text, _, broken) = encoding_rs::GB18030.decode(bytes);
            if broken { bytes.iter().map(|b| *b as char).collect() } else { text.into_owned() }
        }
        _ => bytes.iter().map(|b| *b as char).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gbk(text: &str) -> Vec<u8> {
        GB18030.encode(text).0.into_owned()
    }

    fn utf16(text: &str, mark: bool) -> Vec<u8> {
        let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn the_same_words_are_read_in_every_encoding() {
        let text = "学会名称,年度\n徐州市镕喆学会,2022\n";
        for bytes in [text.as_bytes().to_vec(), [b"\xef\xbb\xbf", text.as_bytes()].concat(), gbk(text), utf16(text, true), utf16(text, false)] {
            let decoded = decode(&bytes);
            assert_eq!(decoded.text, text);
            assert!(!decoded.lossy);
        }
    }

    #[test]
    fn two_bytes_that_are_valid_utf8_are_still_gbk() {
        assert_eq!(decode(&gbk("图")).text, "图");
        assert_eq!(decode(&gbk("一,2")).text, "一,2");
        assert_eq!(choose([gbk("图.png").as_slice(), b"a.txt"].into_iter()), GB18030);
        assert_eq!(choose(["图.png".as_bytes(), b"a.txt"].into_iter()), UTF_8);
    }

    #[test]
    fn a_dot_between_names_does_not_make_utf8_text_gbk() {
        assert_eq!(decode("阿依古丽·买买提".as_bytes()).text, "阿依古丽·买买提");
        assert_eq!(decode("α β γ δ ε ζ".as_bytes()).text, "α β γ δ ε ζ");
    }

    #[test]
    fn four_byte_characters_of_gb18030_survive() {
        assert_eq!(decode(&gbk("䶮㐂𠮷")).text, "䶮㐂𠮷");
    }

    #[test]
    fn bytes_of_no_encoding_are_marked_lossy() {
        assert!(decode(b"abc\xff\xff\xff\xffdef").lossy);
        assert_eq!(decode(b"").text, "");
    }
}
