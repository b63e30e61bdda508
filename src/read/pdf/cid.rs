//! Composite fonts: bytes to codes, codes to widths and to Unicode.
//!
//! A code becomes text by the first of: the font's ToUnicode map; the code itself where the encoding is
//! a known character set (GBK-EUC-H holds GBK); the CID in its character collection (Adobe-GB1, CNS1,
//! Japan1, Korea1), whether or not the font is embedded; the embedded font's own character map; the code itself where
//! the font says so.
use super::font::CMaps;
use super::{decode, font_program};
use hayro_cmap::{BfString, CMap, CidFamily, WritingMode};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};
use std::cell::OnceCell;
use std::collections::HashMap;
use std::rc::Rc;

pub struct CidFont<'a> {
    encoding: Rc<CMap>,
    /// Whether `encoding` is the map the font asks for.
    is_known: bool,
    charset: Charset,
    collection: Option<Rc<CMap>>,
    to_unicode: Option<Rc<CMap>>,
    descendant: Dict<'a>,
    limit: u64,
    /// Read only when nothing else names a code.
    own: OnceCell<(font_program::Own, bool)>,
    codes_are_unicode: OnceCell<bool>,
    font: Dict<'a>,
    widths: HashMap<u32, f32>,
    default_width: f32,
    vertical: HashMap<u32, [f32; 3]>,
    default_vertical: (f32, f32),
    pub is_vertical: bool,
}

/// What the codes of a predefined encoding are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Charset {
    None,
    Utf8,
    Utf16,
    Utf32,
    Legacy(&'static encoding_rs::Encoding),
}

/// Widths from a font file may list any range; no real font has more glyphs than this.
const MOST_GLYPHS: u32 = 0x1_0000;

impl<'a> CidFont<'a> {
    pub fn new(dict: &Dict<'a>, cmaps: &mut CMaps, limit: u64) -> Option<Self> {
        let descendant = dict.get::<Array<'a>>("DescendantFonts")?.iter::<Dict<'_>>().next()?;
        let (mut is_down, mut is_known) = (false, true);
        let (encoding, charset) = match dict.get::<Object<'_>>("Encoding")? {
            Object::Name(name) => {
                is_down = name.as_ref().ends_with(b"-V");
                let charset = Charset::of(name.as_ref());
                let map = cmaps.named(name.as_ref());
                // Codes of an unknown map stay unread, two bytes each, unless the font's ToUnicode tells them.
                is_known = map.is_some();
                (map.or_else(|| cmaps.named(if is_down { b"Identity-V" } else { b"Identity-H" }))?, charset)
            }
            Object::Stream(stream) => {
                let data = decode::unpack(&stream, limit).ok()?.data;
                (Rc::new(CMap::parse(&data, hayro_cmap::load_embedded)?), Charset::None)
            }
            _ => return None,
        };
        let family = encoding
            .metadata()
            .character_collection
            .as_ref()
            .map(|c| c.family.clone())
            .filter(|f| *f != CidFamily::AdobeIdentity)
            .or_else(|| collection_of(&descendant));
        let collection = family.filter(|_| is_known).and_then(|f| f.ucs2_cmap()).and_then(|name| cmaps.named(name.to_bytes()));
        let to_unicode = super::font::to_unicode(dict, cmaps, limit);
        let dw2 = descendant.get::<Array<'_>>("DW2").map(|a| a.iter::<f32>().collect::<Vec<_>>()).unwrap_or_default();
        Some(Self {
            charset,
            collection,
            to_unicode,
            limit,
            own: OnceCell::new(),
            codes_are_unicode: OnceCell::new(),
            font: dict.clone(),
            widths: descendant.get::<Array<'_>>("W").map(|a| widths(&a)).unwrap_or_default(),
            default_width: descendant.get::<f32>("DW").unwrap_or(1000.0),
            vertical: descendant.get::<Array<'_>>("W2").map(|a| vertical_widths(&a)).unwrap_or_default(),
            default_vertical: (dw2.first().copied().unwrap_or(880.0), dw2.get(1).copied().unwrap_or(-1000.0)),
            is_vertical: is_down || encoding.metadata().writing_mode == Some(WritingMode::Vertical),
            is_known,
            encoding,
            descendant,
        })
    }

    /// The next code of a string and how many bytes it takes (at least one, at most what is there).
    pub fn next_code(&self, bytes: &[u8]) -> (u32, usize) {
        if let Some(length) = self.charset.own_length(bytes) {
            return (bytes[..length].iter().fold(0, |n, b| n << 8 | u32::from(*b)), length);
        }
        let mut code = 0u32;
        for (n, b) in bytes.iter().take(4).enumerate() {
            code = code << 8 | u32::from(*b);
            if self.encoding.lookup_cid_code(code, n as u8 + 1).is_some() {
                return (code, n + 1);
            }
        }
        // Not in the encoding: take the bytes a character of such a set has, so that the rest stays in step.
        let length = if matches!(bytes[0], 0..=0x7F) && self.charset != Charset::Utf16 { 1 } else { 2 }.min(bytes.len());
        (bytes[..length].iter().fold(0, |n, b| n << 8 | u32::from(*b)), length)
    }

    fn cid(&self, code: u32, length: usize) -> Option<u32> {
        self.encoding.lookup_cid_code(code, length as u8)
    }

    pub fn text(&self, code: u32, length: usize) -> Option<BfString> {
        let mapped = self.to_unicode.as_ref().and_then(|map| map.lookup_bf_string(code)).filter(super::font::is_text);
        if mapped.as_ref().is_some_and(|t| !super::font::is_private(t)) {
            return mapped;
        }
        let cid = self.cid(code, length);
        self.charset
            .decode(code, length)
            .map(BfString::Char)
            .or_else(|| self.collection.as_ref()?.lookup_bf_string(cid?).filter(super::font::is_text))
            .or_else(|| self.own_character(cid?).map(BfString::Char))
            .or_else(|| self.code_as_unicode(code).map(BfString::Char))
            .or(mapped)
    }

    fn own_character(&self, cid: u32) -> Option<char> {
        if self.charset != Charset::None || self.collection.is_some() || !self.is_known {
            return None;
        }
        let (own, cids_are_unicode) = self.own.get_or_init(|| {
            let numbers = glyph_numbers(&self.descendant, self.limit);
            let unicode = has_ordering(&self.descendant, b"UCS") || numbers.is_some_and(|g| look_like_unicode(&g));
            (font_program::own(&self.descendant, self.limit), unicode)
        });
        let known = own.characters.get(&cid).copied();
        let as_unicode = || char::from_u32(cid).filter(|c| *cids_are_unicode && is_written(*c));
        let as_blank = || own.blanks.contains(&cid).then_some(' ');
        known.or_else(as_unicode).or_else(|| self.common_order(cid)).or_else(as_blank)
    }

    /// The code itself, where the font's ToUnicode is `Identity`. That holds only of codes that were given other glyph
    /// numbers; where they are the glyph numbers, nobody thought of Unicode.
    fn code_as_unicode(&self, code: u32) -> Option<char> {
        let is_meant = self.codes_are_unicode.get_or_init(|| {
            let is_moved = |code: u32| self.cid(code, 2).is_some_and(|cid| cid != code);
            let says_so = self.font.get::<Name<'_>>("ToUnicode").is_some_and(|name| name.as_ref().starts_with(b"Identity"));
            says_so && ((0x20..0x0300).any(is_moved) || glyph_numbers(&self.descendant, self.limit).is_some_and(|glyphs| are_moved(&glyphs)))
        });
        char::from_u32(code).filter(|c| *is_meant && !c.is_control() && !crate::read::layout::symbol::is_private(*c))
    }

    /// The common Latin fonts of Windows have ASCII from glyph 3 on, and are often named without being embedded.
    fn common_order(&self, cid: u32) -> Option<char> {
        const FONTS: [&str; 9] = ["arial", "timesnewroman", "couriernew", "verdana", "georgia", "tahoma", "trebuchet", "centurygothic", "microsoftsansserif"];
        let name = self.descendant.get::<Name<'_>>("BaseFont")?;
        let name: String = name.as_str().chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
        let is_common = !self.descendant.contains_key("CIDToGIDMap") || self.descendant.get::<Name<'_>>("CIDToGIDMap").is_some();
        (is_common && (3..=97).contains(&cid) && FONTS.iter().any(|f| name.starts_with(f))).then(|| char::from_u32(0x20 + cid - 3)).flatten()
    }

    /// Advance along the line, thousandths of an em; negative is down for vertical writing.
    pub fn advance(&self, code: u32, length: usize) -> f32 {
        let cid = self.cid(code, length).unwrap_or(0);
        if self.is_vertical { self.vertical.get(&cid).map_or(self.default_vertical.1, |v| v[0]) } else { self.width(cid) }
    }

    /// Where the glyph's own origin lies from the point of writing, thousandths of an em.
    pub fn origin(&self, code: u32, length: usize) -> (f32, f32) {
        if !self.is_vertical {
            return (0.0, 0.0);
        }
        let cid = self.cid(code, length).unwrap_or(0);
        self.vertical.get(&cid).map_or((-self.width(cid) / 2.0, -self.default_vertical.0), |v| (-v[1], -v[2]))
    }

    /// Width of the glyph itself, thousandths of an em.
    pub fn glyph_width(&self, code: u32, length: usize) -> f32 {
        self.width(self.cid(code, length).unwrap_or(0))
    }

    fn width(&self, cid: u32) -> f32 {
        self.widths.get(&cid).copied().unwrap_or(self.default_width)
    }
}

impl Charset {
    fn of(cmap: &[u8]) -> Self {
        let name = String::from_utf8_lossy(cmap);
        let base = name.trim_end_matches("-H").trim_end_matches("-V");
        match base {
            "UniGB-UTF8" | "UniCNS-UTF8" | "UniJIS-UTF8" | "UniKS-UTF8" => Self::Utf8,
            "UniGB-UTF32" | "UniCNS-UTF32" | "UniJIS-UTF32" | "UniJIS2004-UTF32" | "UniKS-UTF32" => Self::Utf32,
            "UniGB-UCS2" | "UniGB-UTF16" | "UniCNS-UCS2" | "UniCNS-UTF16" | "UniJIS-UCS2" | "UniJIS-UCS2-HW" | "UniJIS-UTF16" | "UniKS-UCS2"
            | "UniKS-UTF16" => Self::Utf16,
            "GB-EUC" | "GBK-EUC" | "GBKp-EUC" | "GBK2K" => Self::Legacy(encoding_rs::GB18030),
            "ETen-B5" | "ETenms-B5" | "HKscs-B5" => Self::Legacy(encoding_rs::BIG5),
            "90ms-RKSJ" | "90msp-RKSJ" => Self::Legacy(encoding_rs::SHIFT_JIS),
            "KSC-EUC" | "KSCms-UHC" | "KSCms-UHC-HW" => Self::Legacy(encoding_rs::EUC_KR),
            _ => Self::None,
        }
    }

    /// Length of a code where the character set tells it: codes of four bytes are listed by the CMaps only in part.
    fn own_length(self, bytes: &[u8]) -> Option<usize> {
        let is_long = match (self, bytes) {
            (Self::Utf8, [first, ..]) => {
                let length = match first {
                    0xC0..=0xDF => 2,
                    0xE0..=0xEF => 3,
                    0xF0..=0xF7 => 4,
                    _ => 1,
                };
                return Some(length.min(bytes.len()));
            }
            (Self::Utf32, [_, ..]) => return Some(bytes.len().min(4)),
            (Self::Utf16, [0xD8..=0xDB, _, 0xDC..=0xDF, _, ..]) => true,
            (Self::Legacy(set), [0x81..=0xFE, 0x30..=0x39, 0x81..=0xFE, 0x30..=0x39, ..]) => set == encoding_rs::GB18030,
            _ => false,
        };
        is_long.then_some(4)
    }

    fn decode(self, code: u32, length: usize) -> Option<char> {
        let c = match self {
            Self::None => None,
            Self::Utf8 => std::str::from_utf8(code.to_be_bytes().get(4usize.checked_sub(length)?..)?).ok()?.chars().next(),
            Self::Utf32 => char::from_u32(code),
            Self::Utf16 if length <= 2 => char::from_u32(code),
            Self::Utf16 => char::decode_utf16([(code >> 16) as u16, code as u16]).next()?.ok(),
            Self::Legacy(encoding) => {
                let bytes = code.to_be_bytes();
                let (text, broken) = encoding.decode_without_bom_handling(bytes.get(4usize.checked_sub(length)?..)?);
                let mut chars = text.chars();
                chars.next().filter(|_| !broken && chars.next().is_none())
            }
        }?;
        (!c.is_control() && !crate::read::layout::symbol::is_private(c)).then_some(c)
    }
}

fn collection_of(descendant: &Dict<'_>) -> Option<CidFamily> {
    let info = descendant.get::<Dict<'_>>("CIDSystemInfo")?;
    let registry = info.get::<PdfString<'_>>("Registry")?;
    let ordering = info.get::<PdfString<'_>>("Ordering")?;
    Some(CidFamily::from_registry_ordering(registry.as_bytes(), ordering.as_bytes()))
}

fn has_ordering(descendant: &Dict<'_>, wanted: &[u8]) -> bool {
    let info = descendant.get::<Dict<'_>>("CIDSystemInfo");
    info.and_then(|i| i.get::<PdfString<'_>>("Ordering")).is_some_and(|o| o.as_bytes() == wanted)
}

/// Some programs number glyphs by Unicode and map them in `CIDToGIDMap`: then every number with a glyph is that of a
/// character in use. Numbers of glyphs in a font would fall anywhere.
fn look_like_unicode(glyphs: &[u16]) -> bool {
    let used: Vec<u32> = (0u32..).zip(glyphs).filter(|(cid, gid)| **gid != 0 && !matches!(cid, 0 | 0x7F..=0x9F)).map(|(cid, _)| cid).collect();
    let written = used.iter().filter(|cid| char::from_u32(**cid).is_some_and(is_written)).count();
    are_moved(glyphs) && used.len() >= 3 && written * 50 >= used.len() * 49
}

fn are_moved(glyphs: &[u16]) -> bool {
    (0u32..).zip(glyphs).any(|(cid, gid)| *gid != 0 && u32::from(*gid) != cid)
}

fn is_written(c: char) -> bool {
    matches!(c as u32, 0x20..=0x7E | 0xA0..=0xFF | 0x2010..=0x203B | 0x2160..=0x217F | 0x2460..=0x249B | 0x25A0..=0x25CF | 0x2600..=0x2640
        | 0x3000..=0x303F | 0x4E00..=0x9FFF | 0xFF00..=0xFFEF)
}

fn widths(list: &Array<'_>) -> HashMap<u32, f32> {
    let mut out = HashMap::new();
    let mut items = list.flex_iter();
    loop {
        if let Some((first, each)) = items.next::<(u32, Array<'_>)>() {
            for (cid, width) in (first..first.saturating_add(MOST_GLYPHS)).zip(each.iter::<f32>()) {
                out.insert(cid, width);
            }
        } else if let Some((first, last, width)) = items.next::<(u32, u32, f32)>() {
            for cid in first..=last.min(MOST_GLYPHS) {
                out.insert(cid, width);
            }
        } else {
            return out;
        }
    }
}

fn vertical_widths(list: &Array<'_>) -> HashMap<u32, [f32; 3]> {
    let mut out = HashMap::new();
    let mut items = list.flex_iter();
    loop {
        if let Some((first, each)) = items.next::<(u32, Array<'_>)>() {
            let numbers: Vec<f32> = each.iter::<f32>().collect();
            for (cid, v) in (first..first.saturating_add(MOST_GLYPHS)).zip(numbers.chunks_exact(3)) {
                out.insert(cid, [v[0], v[1], v[2]]);
            }
        } else if let Some((first, last, w, x, y)) = items.next::<(u32, u32, f32, f32, f32)>() {
            for cid in first..=last.min(MOST_GLYPHS) {
                out.insert(cid, [w, x, y]);
            }
        } else {
            return out;
        }
    }
}

/// Maps CIDs of a composite font to glyphs of its embedded program.
pub fn glyph_numbers(descendant: &Dict<'_>, limit: u64) -> Option<Vec<u16>> {
    if descendant.get::<Name<'_>>("CIDToGIDMap").is_some() {
        return None;
    }
    let stream = descendant.get::<Stream<'_>>("CIDToGIDMap")?;
    let data = decode::unpack(&stream, limit).ok()?.data;
    Some(data.chunks_exact(2).take(MOST_GLYPHS as usize).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_known_sets_are_characters() {
        assert_eq!(Charset::of(b"GBK-EUC-H").decode(0xC9EA, 2), Some('申'));
        assert_eq!(Charset::of(b"GBK-EUC-V").decode(0x41, 1), Some('A'));
        assert!(Charset::of(b"GBK2K-H").decode(0x9532_8236, 4).is_some());
        assert_eq!(Charset::of(b"UniGB-UCS2-H").decode(0x7533, 2), Some('申'));
        assert_eq!(Charset::of(b"UniGB-UTF16-H").decode(0xD842_DFB7, 4), Some('𠮷'));
        assert_eq!(Charset::of(b"UniGB-UTF8-H").decode(0xE794B3, 3), Some('申'));
        assert_eq!(Charset::of(b"UniGB-UTF32-V").decode(0x7533, 4), Some('申'));
        assert_eq!(Charset::of(b"Identity-H").decode(0x7533, 2), None);
    }

    #[test]
    fn codes_take_the_bytes_their_set_gives_them() {
        let utf8 = Charset::of(b"UniGB-UTF8-H");
        assert_eq!([b"A".as_slice(), "申报".as_bytes(), "𠮷".as_bytes(), b"\xE7"].map(|b| utf8.own_length(b)), [Some(1), Some(3), Some(4), Some(1)]);
        assert_eq!(Charset::of(b"UniGB-UTF32-H").own_length(&[0, 0, 0x75, 0x33, 0]), Some(4));
        assert_eq!(Charset::of(b"GBK2K-H").own_length(&[0x95, 0x32, 0x82, 0x36]), Some(4));
    }
}
