//! Marked content: layers that do not show, and text given for what is printed.
use super::{Content, MOST_STATES};
use crate::read::layout::ink::{Glyph, split};
use crate::read::layout::symbol;
use crate::text::encoding::pdf_string;
use hayro_syntax::content::Instruction;
use hayro_syntax::object::{Dict, Object, String as PdfString};
use hayro_syntax::page::Resources;

pub(super) struct Mark {
    pub is_shown: bool,
    /// First glyph and the text that stands for it.
    actual: Option<(usize, String)>,
}

impl<'a> Content<'a, '_> {
    pub(super) fn open_mark(&mut self, i: &Instruction<'_, '_>, resources: &Resources<'a>) {
        if self.marks.len() >= MOST_STATES {
            return;
        }
        let mut is_shown = self.is_shown();
        let mut actual = None;
        let mut operands = i.operands();
        let (tag, properties) = (operands.next(), operands.next());
        if let Some(Object::Name(name)) = properties {
            let is_layer = matches!(tag, Some(Object::Name(t)) if t.as_ref() == b"OC");
            if is_layer {
                is_shown &= self.layers.shows(&resources.properties, name.as_ref());
            } else {
                actual = resources.properties.get::<Dict<'_>>(name.as_ref()).and_then(|d| actual_text(&d));
            }
        } else if let Some(Object::Dict(dict)) = properties {
            actual = actual_text(dict);
        }
        let first = self.ink.glyphs.len();
        self.marks.push(Mark { is_shown, actual: actual.map(|text| (first, text)) });
    }

    pub(super) fn close_marks(&mut self, depth: usize) {
        while self.marks.len() > depth {
            if let Some((first, text)) = self.marks.pop().and_then(|m| m.actual) {
                substitute(&mut self.ink.glyphs, first, &text);
            }
        }
    }
}

/// The text given for a marked stretch replaces glyphs that cannot be named, and hyphens it leaves out.
/// What is readable on the page stays: the page is the evidence.
fn substitute(glyphs: &mut Vec<Glyph>, first: usize, text: &str) {
    let Some(covered) = glyphs.get(first..).filter(|g| !g.is_empty()) else { return };
    // A symbol whose font was not at hand: many share one code, and only this text tells a ticked box from an empty one.
    let mut symbols = text.chars();
    if let (Some(c), None, [_]) = (symbols.next().filter(|c| symbol::is_private(*c)), symbols.next(), covered) {
        glyphs[first].c = symbol::meant(c, "").unwrap_or('\u{FFFD}');
        return;
    }
    let unreadable = covered.iter().any(|g| g.c == '\u{FFFD}' || symbol::is_private(g.c));
    let soft_hyphen = covered.len() == 1 && matches!(covered[0].c, '-' | '\u{AD}' | '‐') && text.trim_matches('\u{AD}').is_empty();
    if soft_hyphen {
        glyphs[first].c = '\u{AD}';
        return;
    }
    let base = covered[0].base;
    let one_line = covered.iter().all(|g| g.way == covered[0].way && (g.base - base).abs() < 0.5 * g.size);
    if !unreadable || !one_line || text.is_empty() {
        return;
    }
    let mut whole = covered[0];
    for glyph in &covered[1..] {
        whole.rect.add(&glyph.rect);
    }
    glyphs.truncate(first);
    split(whole, text, glyphs);
}

fn actual_text(dict: &Dict<'_>) -> Option<String> {
    dict.get::<PdfString<'_>>("ActualText").map(|s| pdf_string(s.as_bytes()))
}
