//! Styles and fonts, as far as they change what is read: headings, numbering, hidden text, symbol fonts.
use super::sprm::{CharProps, ParaProps};
use crate::read::le::{u8_at, u16_at};
use crate::read::symbol_font::SymbolFont;
use crate::read::word::fonts::Fonts;
use crate::read::word::numbering::NumRef;

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Style {
    pub hidden: Option<bool>,
    pub fonts: [Option<u16>; 3],
    pub num: NumRef,
    /// 0 is the highest; 9 is body text.
    pub outline: Option<u8>,
    pub heading: bool,
    base: Option<usize>,
}

#[derive(Debug, Default)]
pub(super) struct Styles {
    all: Vec<Style>,
    /// What each font of the file is, by number.
    fonts: Vec<SymbolFont>,
}

/// Styles inherit from each other at most this deep; a circle ends here.
const CHAIN: usize = 32;

impl Styles {
    pub fn read(sheet: &[u8], fonts: &[u8]) -> Self {
        let mut styles = Self { all: sheet_styles(sheet).unwrap_or_default(), fonts: font_table(fonts) };
        let own = styles.all.clone();
        for (n, style) in styles.all.iter_mut().enumerate() {
            let mut at = own.get(n).and_then(|s| s.base);
            for _ in 0..CHAIN {
                let Some(base) = at.and_then(|b| own.get(b)) else { break };
                style.hidden = style.hidden.or(base.hidden);
                for (font, inherited) in style.fonts.iter_mut().zip(base.fonts) {
                    *font = font.or(inherited);
                }
                style.num = NumRef { id: style.num.id.or(base.num.id), level: style.num.level.or(base.num.level) };
                style.heading |= base.heading && style.outline.is_none();
                style.outline = style.outline.or(base.outline);
                at = base.base;
            }
        }
        styles
    }

    /// A style by number; an empty one where there is none.
    pub fn get(&self, number: u16) -> Style {
        self.all.get(usize::from(number)).copied().unwrap_or_default()
    }

    pub fn font(&self, number: u16) -> SymbolFont {
        self.fonts.get(usize::from(number)).copied().unwrap_or_default()
    }

    /// The fonts of text, from its own properties, those of its character style and of its paragraph style.
    pub fn fonts(&self, own: [Option<u16>; 3], character: [Option<u16>; 3], paragraph: [Option<u16>; 3]) -> Fonts {
        let font = |n: usize| own[n].or(character[n]).or(paragraph[n]).map(|f| self.font(f));
        Fonts { ascii: font(0), east: font(1), high: font(2) }
    }
}

/// The styles of a style sheet ([MS-DOC] 2.9.271), each as it stands; `None` where the sheet breaks off at once.
fn sheet_styles(sheet: &[u8]) -> Option<Vec<Style>> {
    let head = usize::from(u16_at(sheet, 0)?);
    let count = usize::from(u16_at(sheet, 2)?);
    let base_len = usize::from(u16_at(sheet, 4)?);
    // The fonts of text that nothing else gives a font.
    let defaults: [Option<u16>; 3] = [u16_at(sheet, 14), u16_at(sheet, 16), u16_at(sheet, 18)];
    let mut at = 2 + head;
    let mut all = Vec::new();
    for n in 0..count.min(4096) {
        let Some(len) = u16_at(sheet, at).map(usize::from) else { break };
        let Some(bytes) = sheet.get(at + 2..at + 2 + len) else { break };
        at += 2 + len;
        let mut style = style(bytes, base_len).unwrap_or_default();
        if n == 0 {
            for (font, default) in style.fonts.iter_mut().zip(defaults) {
                *font = font.or(default);
            }
        }
        all.push(style);
    }
    Some(all)
}

const PARAGRAPH: u16 = 1;
const CHARACTER: u16 = 2;

fn style(bytes: &[u8], base_len: usize) -> Option<Style> {
    let built_in = u16_at(bytes, 0)? & 0x0FFF;
    let (kind, base) = (u16_at(bytes, 2)? & 0xF, u16_at(bytes, 2)? >> 4);
    let name_len = usize::from(u16_at(bytes, base_len)?);
    let mut at = base_len + 2 + (name_len + 1) * 2;
    let mut list = || {
        let len = usize::from(u16_at(bytes, at)?);
        let found = bytes.get(at + 2..at + 2 + len)?;
        at += 2 + len + len % 2;
        Some(found)
    };
    let mut style = Style {
        base: (base != 0x0FFF).then_some(usize::from(base)),
        // Heading 1 to 9, and Title.
        heading: matches!(built_in, 1..=9 | 62),
        ..Style::default()
    };
    let (mut paragraph, mut character) = (ParaProps::default(), CharProps::default());
    if kind == PARAGRAPH {
        paragraph.apply(list()?.get(2..)?);
    }
    if matches!(kind, PARAGRAPH | CHARACTER)
        && let Some(list) = list()
    {
        character.apply(list, false);
    }
    style.hidden = character.hidden;
    style.fonts = character.fonts;
    style.outline = paragraph.outline.or(match built_in {
        1..=9 => Some(built_in as u8 - 1),
        _ => None,
    });
    style.num = NumRef { id: paragraph.list.map(i64::from), level: paragraph.level };
    Some(style)
}

/// What the fonts of the font table ([MS-DOC] 2.9.285) are.
fn font_table(part: &[u8]) -> Vec<SymbolFont> {
    let count = usize::from(u16_at(part, 0).unwrap_or(0));
    let mut fonts = Vec::new();
    let mut at = 4;
    for _ in 0..count {
        let Some(len) = u8_at(part, at).map(usize::from) else { break };
        let Some(entry) = part.get(at + 1..at + 1 + len) else { break };
        at += 1 + len;
        let name: Vec<u16> = entry.get(39..).unwrap_or(&[]).chunks_exact(2).map(|c| u16::from_le_bytes([c[0], c[1]])).take_while(|u| *u != 0).collect();
        fonts.push(SymbolFont::of_name(&String::from_utf16_lossy(&name)));
    }
    fonts
}
