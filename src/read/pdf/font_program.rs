//! The character map inside an embedded font program, the last resort of fonts that tell nothing else.
use super::{cid, decode};
use hayro_syntax::object::{Dict, Stream};
use skrifa::raw::TableProvider;
use skrifa::{FontRef, MetadataProvider};
use std::collections::HashMap;

/// CID to character, read backwards from the program's own `cmap` table; empty where it has none.
pub fn characters(descendant: &Dict<'_>, limit: u64) -> HashMap<u32, char> {
    let mut out = HashMap::new();
    let Some(program) = descendant
        .get::<Dict<'_>>("FontDescriptor")
        .and_then(|d| d.get::<Stream<'_>>("FontFile2").or_else(|| d.get::<Stream<'_>>("FontFile3")))
        .and_then(|s| decode::unpack(&s, limit).ok().map(|b| b.data.into_owned()))
    else {
        return out;
    };
    let Ok(font) = FontRef::new(&program) else { return out };
    if font.cmap().is_err() {
        return out;
    }
    let mut by_glyph: HashMap<u32, char> = HashMap::new();
    for (code, glyph) in font.charmap().mappings() {
        if let Some(c) = char::from_u32(code).filter(|c| !c.is_control()) {
            let kept = by_glyph.entry(glyph.to_u32()).or_insert(c);
            // Several characters may share a glyph; the unified ideograph is what is meant.
            if super::symbol::is_private(*kept) || (is_variant(*kept) && !is_variant(c)) {
                *kept = c;
            }
        }
    }
    match cid::glyph_numbers(descendant, limit) {
        Some(map) => {
            for (cid, glyph) in (0u32..).zip(map) {
                if let Some(c) = by_glyph.get(&u32::from(glyph)).filter(|_| glyph != 0) {
                    out.insert(cid, *c);
                }
            }
        }
        None => out = by_glyph,
    }
    out.remove(&0);
    out
}

fn is_variant(c: char) -> bool {
    matches!(c as u32, 0x2E80..=0x2FDF | 0xF900..=0xFAFF | 0x2F800..=0x2FA1F | 0x00A0 | 0x00AD | 0x2000..=0x200F)
}
