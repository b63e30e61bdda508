//! What the codes of a page's fonts say and how far they advance, kept for the whole file.
use super::cid::CidFont;
use super::decode;
use crate::read::layout::symbol;
use hayro_cmap::{BfString, CMap, CMapName};
use hayro_font::{FontCache, FontData, FontGlyph, FontQuery};
use hayro_syntax::object::{Array, Dict, Name, Stream};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

/// No font program or map of a real font is larger.
const MOST_BYTES: u64 = 64 << 20;

/// One code of a font. Lengths are parts of the font size.
#[derive(Debug, Clone)]
pub struct Sign {
    pub text: Text,
    pub advance: f32,
    /// Where the glyph stands from the point of writing; not (0, 0) only in vertical writing.
    pub origin: (f32, f32),
    pub width: f32,
}

/// The characters of one sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text {
    One(char),
    Many(Box<str>),
    /// Something is printed and nobody knows what it says.
    Unknown,
}

/// The fonts of one file.
pub struct Fonts<'a> {
    fonts: HashMap<(usize, usize), Option<Rc<Font<'a>>>>,
    cmaps: CMaps,
    programs: FontCache<'a>,
    limit: u64,
}

/// Predefined CMaps parsed so far.
#[derive(Default)]
pub struct CMaps(HashMap<Vec<u8>, Option<Rc<CMap>>>);

pub struct Font<'a> {
    kind: Kind<'a>,
    signs: RefCell<foldhash::HashMap<(u32, u8), Rc<Sign>>>,
    name: String,
    /// Above and below the base line, parts of the font size.
    pub ascent: f32,
    pub descent: f32,
    pub is_vertical: bool,
}

enum Kind<'a> {
    Cid(Box<CidFont<'a>>),
    Simple(Box<SimpleFont<'a>>),
}

struct SimpleFont<'a> {
    dict: Dict<'a>,
    to_unicode: Option<Rc<CMap>>,
    first: u32,
    widths: Vec<f32>,
    /// Thousandths of an em per unit of width; differs from 1 for Type 3 fonts.
    unit: f32,
    is_type3: bool,
    programs: FontCache<'a>,
    program: RefCell<Option<Option<hayro_font::Font<'a>>>>,
    limit: u64,
}

impl<'a> Fonts<'a> {
    pub fn new(limit: u64) -> Self {
        Self { fonts: HashMap::new(), cmaps: CMaps::default(), programs: FontCache::new(), limit: limit.min(MOST_BYTES) }
    }

    /// The font of a dictionary; the same dictionary is read once.
    pub fn get(&mut self, dict: &Dict<'a>) -> Option<Rc<Font<'a>>> {
        let key = (dict.data().as_ptr() as usize, dict.data().len());
        if let Some(known) = self.fonts.get(&key) {
            return known.clone();
        }
        let font = Font::new(dict, self).map(Rc::new);
        self.fonts.insert(key, font.clone());
        font
    }
}

impl CMaps {
    pub fn named(&mut self, name: &[u8]) -> Option<Rc<CMap>> {
        if let Some(known) = self.0.get(name) {
            return known.clone();
        }
        let map = match name {
            b"Identity-H" => Some(CMap::identity_h()),
            b"Identity-V" => Some(CMap::identity_v()),
            _ => predefined(name),
        }
        .map(Rc::new);
        self.0.insert(name.to_vec(), map.clone());
        map
    }
}

/// Of some maps only the level one is at hand; the codes are the same.
fn predefined(name: &[u8]) -> Option<CMap> {
    let load = |name: &[u8]| hayro_cmap::load_embedded(CMapName::from_bytes(name)).and_then(|data| CMap::parse(data, hayro_cmap::load_embedded));
    load(name).or_else(|| load(&[name.strip_suffix(b"-V")?, b"-H"].concat()))
}

/// The font's ToUnicode map.
pub fn to_unicode(dict: &Dict<'_>, cmaps: &mut CMaps, limit: u64) -> Option<Rc<CMap>> {
    if let Some(stream) = dict.get::<Stream<'_>>("ToUnicode") {
        let data = decode::unpack(&stream, limit).ok()?.data;
        return CMap::parse(&data, hayro_cmap::load_embedded).map(Rc::new);
    }
    let name = dict.get::<Name<'_>>("ToUnicode")?;
    (!name.as_ref().starts_with(b"Identity")).then(|| cmaps.named(name.as_ref()))?
}

/// Whether a mapping says anything.
pub fn is_text(text: &BfString) -> bool {
    match text {
        BfString::Char(c) => !matches!(c, '\0' | '\u{FFFD}' | '\u{FFFE}' | '\u{FFFF}') && (!c.is_control() || c.is_whitespace()),
        BfString::String(s) => !s.is_empty() && s.chars().any(|c| c != '\0' && c != '\u{FFFD}'),
    }
}

pub fn is_private(text: &BfString) -> bool {
    match text {
        BfString::Char(c) => symbol::is_private(*c),
        BfString::String(s) => s.chars().any(symbol::is_private),
    }
}

impl<'a> Font<'a> {
    fn new(dict: &Dict<'a>, fonts: &mut Fonts<'a>) -> Option<Self> {
        let subtype = dict.get::<Name<'_>>("Subtype").map(|n| n.as_ref().to_vec()).unwrap_or_default();
        let name = dict.get::<Name<'_>>("BaseFont").map(|n| String::from_utf8_lossy(n.as_ref()).into_owned()).unwrap_or_default();
        let (kind, descriptor) = if subtype == b"Type0" {
            let descendant = dict.get::<Array<'_>>("DescendantFonts").and_then(|a| a.iter::<Dict<'_>>().next());
            let cid = CidFont::new(dict, &mut fonts.cmaps, fonts.limit)?;
            (Kind::Cid(Box::new(cid)), descendant.and_then(|d| d.get::<Dict<'_>>("FontDescriptor")))
        } else {
            (Kind::Simple(Box::new(SimpleFont::new(dict, fonts))), dict.get::<Dict<'_>>("FontDescriptor"))
        };
        let is_vertical = matches!(&kind, Kind::Cid(f) if f.is_vertical);
        let measure =
            |key: &str, low: f32, high: f32| descriptor.as_ref().and_then(|d| d.get::<f32>(key)).map(|v| v / 1000.0).filter(|v| (low..=high).contains(v));
        Some(Self {
            kind,
            signs: RefCell::default(),
            name,
            ascent: measure("Ascent", 0.5, 1.2).unwrap_or(0.88),
            descent: measure("Descent", -0.5, -0.02).unwrap_or(-0.12),
            is_vertical,
        })
    }

    /// The signs of a shown string, each with its code's length in bytes and whether it is a single-byte blank.
    pub fn signs(&self, bytes: &[u8], mut each: impl FnMut(&Sign, bool)) {
        let mut at = 0;
        while at < bytes.len() {
            let (code, length) = match &self.kind {
                Kind::Cid(font) => font.next_code(&bytes[at..]),
                Kind::Simple(_) => (u32::from(bytes[at]), 1),
            };
            at += length;
            each(&self.sign(code, length), length == 1 && code == 32);
        }
    }

    fn sign(&self, code: u32, length: usize) -> Rc<Sign> {
        let key = (code, length as u8);
        if let Some(known) = self.signs.borrow().get(&key) {
            return known.clone();
        }
        let sign = Rc::new(self.read_sign(code, length));
        self.signs.borrow_mut().insert(key, sign.clone());
        sign
    }

    fn read_sign(&self, code: u32, length: usize) -> Sign {
        match &self.kind {
            Kind::Cid(font) => {
                let (x, y) = font.origin(code, length);
                Sign {
                    text: self.as_text(font.text(code, length)),
                    advance: font.advance(code, length) / 1000.0,
                    origin: (x / 1000.0, y / 1000.0),
                    width: font.glyph_width(code, length) / 1000.0,
                }
            }
            Kind::Simple(font) => {
                let width = font.width(code) * font.unit / 1000.0;
                Sign { text: self.as_text(font.text(code)), advance: width, origin: (0.0, 0.0), width }
            }
        }
    }

    fn as_text(&self, raw: Option<BfString>) -> Text {
        let Some(raw) = raw else { return Text::Unknown };
        let plain = match raw {
            BfString::Char(c) => match symbol::ligature(c) {
                Some(letters) => return Text::Many(letters.into()),
                None => c,
            },
            BfString::String(s) => {
                let mut chars = s.chars();
                match (chars.next(), chars.next()) {
                    (Some(c), None) => c,
                    (None, _) => return Text::Unknown,
                    _ => return Text::Many(s.chars().filter(|c| !c.is_control()).collect::<String>().into()),
                }
            }
        };
        if plain.is_control() || plain == '\u{A0}' {
            return Text::One(' ');
        }
        symbol::meant(plain, &self.name).map_or(Text::Unknown, Text::One)
    }
}

impl<'a> SimpleFont<'a> {
    fn new(dict: &Dict<'a>, fonts: &mut Fonts<'a>) -> Self {
        let is_type3 = dict.get::<Name<'_>>("Subtype").is_some_and(|n| n.as_ref() == b"Type3");
        let matrix = dict.get::<Array<'_>>("FontMatrix").and_then(|m| m.iter::<f32>().next());
        Self {
            to_unicode: to_unicode(dict, &mut fonts.cmaps, fonts.limit),
            first: dict.get::<u32>("FirstChar").unwrap_or(0),
            widths: dict.get::<Array<'_>>("Widths").map(|a| a.iter::<f32>().take(256).collect()).unwrap_or_default(),
            unit: if is_type3 { matrix.unwrap_or(0.001).abs() * 1000.0 } else { 1.0 },
            is_type3,
            dict: dict.clone(),
            programs: fonts.programs.clone(),
            program: RefCell::new(None),
            limit: fonts.limit,
        }
    }

    fn width(&self, code: u32) -> f32 {
        let listed = code.checked_sub(self.first).and_then(|n| self.widths.get(n as usize)).copied();
        if let Some(width) = listed {
            return width;
        }
        if self.is_type3 {
            return 0.0;
        }
        if self.widths.is_empty() {
            return self.with_program(|f| f.code_advance(code).x as f32).unwrap_or(500.0);
        }
        self.dict.get::<Dict<'_>>("FontDescriptor").and_then(|d| d.get::<f32>("MissingWidth")).unwrap_or(0.0)
    }

    fn text(&self, code: u32) -> Option<BfString> {
        let mapped = self.to_unicode.as_ref().and_then(|map| map.lookup_bf_string(code)).filter(is_text);
        if mapped.is_some() {
            return mapped;
        }
        self.with_program(|font| match font.glyph(font.map_code(code), code) {
            FontGlyph::Outline(glyph) => glyph.as_unicode(),
            FontGlyph::Type3(glyph) => glyph.as_unicode(),
        })?
        .filter(is_text)
    }

    /// The font's own program is read only when its dictionary leaves something open.
    fn with_program<T>(&self, ask: impl FnOnce(&hayro_font::Font<'a>) -> T) -> Option<T> {
        let mut program = self.program.borrow_mut();
        let font = program.get_or_insert_with(|| {
            let files = ["FontFile", "FontFile2", "FontFile3"];
            let descriptor = self.dict.get::<Dict<'_>>("FontDescriptor");
            let bounded = descriptor.is_none_or(|d| files.iter().all(|key| d.get::<Stream<'_>>(key).is_none_or(|s| decode::is_bounded(&s, self.limit))));
            let resolver: hayro_font::FontResolverFn = Arc::new(stand_in);
            let cmaps: hayro_font::CMapResolverFn = Arc::new(hayro_cmap::load_embedded);
            bounded.then(|| self.programs.font(&self.dict, &resolver, &cmaps)).flatten()
        });
        font.as_ref().map(ask)
    }
}

/// A program for fonts that are not embedded; only its names and widths are used.
fn stand_in(query: &FontQuery) -> Option<(FontData, u32)> {
    match query {
        FontQuery::Standard(font) => Some(font.get_font_data()),
        FontQuery::Fallback(query) => Some(query.pick_standard_font().get_font_data()),
    }
}
