//! Fonts: which bytes stand for which characters, which fonts show other signs than their characters say.
use crate::read::symbol_font::SymbolFont;
use encoding_rs::Encoding;
use std::collections::HashMap;

/// One font of the table.
#[derive(Debug, Clone, Default)]
pub(super) struct Font {
    pub charset: Option<i32>,
    /// A code page of its own, which outranks the character set.
    pub code_page: Option<i32>,
    pub name: Vec<u8>,
    pub symbol: SymbolFont,
}

/// The fonts of a file, and the code page of text that no font gives one.
#[derive(Debug, Default)]
pub(super) struct Fonts {
    all: HashMap<i32, Font>,
    pub code_page: Option<i32>,
}

/// How the bytes of a run are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    /// Each byte is the code of a sign.
    Signs,
    Page(&'static Encoding),
}

/// Fonts beyond this are not kept.
const MOST: usize = 4096;

impl Fonts {
    pub fn add(&mut self, number: i32, mut font: Font) {
        let name = String::from_utf8_lossy(&font.name);
        font.symbol = SymbolFont::of_name(name.trim().trim_end_matches(';'));
        if self.all.len() < MOST {
            self.all.insert(number, font);
        }
    }

    pub fn symbol(&self, number: i32) -> SymbolFont {
        self.all.get(&number).map_or(SymbolFont::Text, |f| f.symbol)
    }

    /// How text in a font is coded. Fonts of Western text in a Chinese file often hold Chinese text all the same:
    /// there the file's own code page comes first.
    pub fn coding(&self, number: i32) -> Coding {
        let font = self.all.get(&number);
        let own = font.and_then(|f| f.code_page.and_then(page).or_else(|| f.charset.and_then(charset)));
        let file = self.code_page.and_then(page).unwrap_or(encoding_rs::WINDOWS_1252);
        match font.and_then(|f| f.charset) {
            Some(2) => Coding::Signs,
            Some(0) if !file.is_single_byte() => Coding::Page(file),
            _ => Coding::Page(own.unwrap_or(file)),
        }
    }
}

fn page(number: i32) -> Option<&'static Encoding> {
    Some(match number {
        936 | 54936 => encoding_rs::GB18030,
        950 => encoding_rs::BIG5,
        932 => encoding_rs::SHIFT_JIS,
        949 | 1361 => encoding_rs::EUC_KR,
        65001 => encoding_rs::UTF_8,
        10000 => encoding_rs::MACINTOSH,
        10008 => encoding_rs::GBK,
        866 => encoding_rs::IBM866,
        874 => encoding_rs::WINDOWS_874,
        1250..=1258 => Encoding::for_label(format!("windows-{number}").as_bytes())?,
        _ => return None,
    })
}

fn charset(number: i32) -> Option<&'static Encoding> {
    page(match number {
        0 => 1252,
        77 => 10000,
        128 => 932,
        129 | 130 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178..=180 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}

/// Text of a run of bytes.
pub(super) fn decode(coding: Coding, bytes: &[u8]) -> String {
    match coding {
        Coding::Signs => bytes.iter().map(|b| char::from(*b)).collect(),
        Coding::Page(encoding) => match encoding.decode_without_bom_handling(bytes) {
            (text, false) => text.into_owned(),
            (_, true) if !encoding.is_single_byte() => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
            (text, true) => text.into_owned(),
        },
    }
}
