//! What an embedded font program says its glyphs are, the last resort of text that tells nothing else.
use super::symbol;
use skrifa::{FontRef, MetadataProvider};
use std::collections::HashMap;

/// Characters by glyph number, read backwards from the program's `cmap` table; empty where it has none.
pub fn by_glyph(program: &[u8]) -> HashMap<u32, char> {
    FontRef::new(program).map(|font| of_font(&font)).unwrap_or_default()
}

pub fn of_font(font: &FontRef<'_>) -> HashMap<u32, char> {
    let mut out: HashMap<u32, char> = HashMap::new();
    for (code, glyph) in font.charmap().mappings() {
        if let Some(c) = char::from_u32(code).filter(|c| !c.is_control()) {
            let kept = out.entry(glyph.to_u32()).or_insert(c);
            // Several characters may share a glyph; the unified ideograph is what is meant.
            if symbol::is_private(*kept) || (is_variant(*kept) && !is_variant(c)) {
                *kept = c;
            }
        }
    }
    out
}

fn is_variant(c: char) -> bool {
    matches!(c as u32, 0x2E80..=0x2FDF | 0xF900..=0xFAFF | 0x2F800..=0x2FA1F | 0x00A0 | 0x00AD | 0x2000..=0x200F)
}
