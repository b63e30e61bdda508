//! Which bytes of a page are which characters: its byte order mark, what was said beside it, what it says itself.
use crate::text::encoding::{self, Decoded};
use encoding_rs::{Encoding, GB18030, UTF_8};

/// Bytes in which a page says its own encoding.
const HEAD: usize = 8192;

/// Decodes a page; `outer` is the character set that its e-mail header names.
pub(super) fn decode(bytes: &[u8], outer: Option<&str>) -> Decoded {
    if Encoding::for_bom(bytes).is_some() {
        return encoding::decode(bytes);
    }
    let zeros = bytes.iter().take(HEAD).filter(|b| **b == 0).count();
    let named = outer.and_then(label).or_else(|| own(bytes).as_deref().and_then(label)).filter(|_| zeros == 0);
    let Some(named) = named else { return encoding::decode(bytes) };
    // Programs that convert a page leave its old declaration in.
    let really_utf8 = named != UTF_8 && std::str::from_utf8(bytes).is_ok_and(|text| text.chars().any(|c| c.len_utf8() > 2));
    encoding::decode_as(if really_utf8 { UTF_8 } else { named }, bytes)
}

/// The encoding of a name. What calls itself GB2312 or GBK is read as GB18030, which holds both.
fn label(name: &str) -> Option<&'static Encoding> {
    let found = Encoding::for_label(name.trim().trim_matches(['"', '\'']).as_bytes())?;
    Some(if found == encoding_rs::GBK { GB18030 } else { found })
}

/// `charset=` of a `meta` element, or `encoding=` of an XML declaration.
fn own(bytes: &[u8]) -> Option<String> {
    let head: String = bytes.iter().take(HEAD).map(|b| char::from(*b).to_ascii_lowercase()).collect();
    let meta = head.split("<meta").skip(1).find_map(|tag| tag.split('>').next()?.split_once("charset="));
    let declared = || head.strip_prefix("<?xml")?.split("?>").next()?.split_once("encoding=");
    let value = meta.or_else(declared)?.1.trim_start_matches(['"', '\'', ' ']);
    Some(value.split(['"', '\'', ' ', ';', '/', '>']).next()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gbk(text: &str) -> Vec<u8> {
        GB18030.encode(text).0.into_owned()
    }

    #[test]
    fn mark_header_and_declaration_are_heeded_and_a_wrong_one_is_not() {
        let page = "<html><meta http-equiv=Content-Type content=\"text/html; charset=gb2312\"><p>徐州市镕</p>";
        assert!(decode(&gbk(page), None).text.contains("徐州市镕"));
        assert!(decode(page.as_bytes(), None).text.contains("徐州市镕"), "converted, the declaration left in");
        assert!(decode(&gbk("<p>徐州"), Some("\"GB2312\"")).text.contains("徐州"));
        let wide: Vec<u8> = "\u{feff}<p>徐州".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(decode(&wide, Some("utf-8")).text.contains("徐州"));
        assert!(decode(&gbk("<meta charset=utf-8><p>市科协"), None).text.contains("市科协"), "says UTF-8 and is not");
    }
}
