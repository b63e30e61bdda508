//! What an embedded font program says itself, the last resort of fonts that tell nothing else.
use super::{cid, decode};
use crate::read::layout::charmap;
use hayro_syntax::object::{Dict, Stream};
use skrifa::FontRef;
use skrifa::raw::TableProvider;
use std::collections::{HashMap, HashSet};

/// What an embedded program tells about its glyphs, by CID.
#[derive(Default)]
pub struct Own {
    /// Read backwards from the program's own `cmap` table; empty where it has none.
    pub characters: HashMap<u32, char>,
    /// Glyphs without any outline: blanks.
    pub blanks: HashSet<u32>,
}

pub fn own(descendant: &Dict<'_>, limit: u64) -> Own {
    let mut out = Own::default();
    let Some(program) = descendant
        .get::<Dict<'_>>("FontDescriptor")
        .and_then(|d| d.get::<Stream<'_>>("FontFile2").or_else(|| d.get::<Stream<'_>>("FontFile3")))
        .and_then(|s| decode::unpack(&s, limit).ok().map(|b| b.data.into_owned()))
    else {
        return out;
    };
    let Ok(font) = FontRef::new(&program) else { return out };
    let by_glyph = charmap::of_font(&font);
    let glyphs = font.maxp().map_or(0, |m| u32::from(m.num_glyphs()));
    let loca = font.loca(None).ok();
    let is_blank = |glyph: u32| glyph < glyphs && loca.as_ref().is_some_and(|l| l.get_raw(glyph as usize) == l.get_raw(glyph as usize + 1));
    let map = cid::glyph_numbers(descendant, limit).unwrap_or_else(|| (0..glyphs.min(0xFFFF) as u16).collect());
    for (cid, glyph) in (0u32..).zip(map).filter(|(cid, glyph)| *cid != 0 && *glyph != 0) {
        let glyph = u32::from(glyph);
        if let Some(c) = by_glyph.get(&glyph) {
            out.characters.insert(cid, *c);
        } else if is_blank(glyph) {
            out.blanks.insert(cid);
        }
    }
    out
}
