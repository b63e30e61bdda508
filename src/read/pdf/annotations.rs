//! Form fields, ticked boxes and notes laid over a page.
use super::content::Content;
use crate::read::layout::geometry::{Rect, Way};
use crate::read::layout::ink::Glyph;
use crate::read::layout::{Remark, is_cjk};
use crate::text::encoding::pdf_string;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};
use hayro_syntax::page::Resources;

const HIDDEN: u32 = 1 << 1;
const NO_VIEW: u32 = 1 << 5;
/// Real pages have hundreds at most.
const MOST: usize = 20_000;

/// Draws the page's annotations as a viewer does; field values without a drawing are written into their box.
pub fn draw<'a>(page: &Dict<'a>, resources: &Resources<'a>, content: &mut Content<'a, '_>) -> Vec<Remark> {
    let mut notes = Vec::new();
    let Some(list) = page.get::<Array<'a>>("Annots") else { return notes };
    for annotation in list.iter::<Dict<'_>>().take(MOST) {
        let flags = annotation.get::<u32>("F").unwrap_or(0);
        let Some(r) = annotation.get::<hayro_syntax::object::Rect>("Rect") else { continue };
        if flags & (HIDDEN | NO_VIEW) != 0 || !content.layers.shows(&annotation, b"OC") {
            continue;
        }
        let rect = [r.x0, r.y0, r.x1, r.y1];
        let kind = annotation.get::<Name<'_>>("Subtype").map(|n| n.as_ref().to_vec()).unwrap_or_default();
        match kind.as_slice() {
            b"Popup" | b"Link" => continue,
            b"Widget" => widget(&annotation, resources, content, rect),
            _ => {
                let drawn = appearance(&annotation).map(|form| draw_form(&form, resources, content, rect)).unwrap_or(false);
                let text = annotation.get::<PdfString<'_>>("Contents").map(|s| pdf_string(s.as_bytes())).unwrap_or_default();
                let text = text.trim();
                if text.is_empty() {
                    continue;
                }
                if kind == b"FreeText" {
                    if !drawn {
                        write(content, rect, text);
                    }
                } else if !(kind == b"FileAttachment" || (kind == b"Stamp" && drawn)) {
                    notes.push(Remark { rect: content.shown(rect), text: text.to_owned() });
                }
            }
        }
    }
    notes
}

/// Draws and tells whether any letter came of it.
fn draw_form<'a>(form: &Stream<'a>, resources: &Resources<'a>, content: &mut Content<'a, '_>, rect: [f64; 4]) -> bool {
    let before = content.ink.glyphs.len();
    content.appearance(form, resources, rect);
    content.ink.glyphs[before.min(content.ink.glyphs.len())..].iter().any(|g| !g.is_blank())
}

fn widget<'a>(widget: &Dict<'a>, resources: &Resources<'a>, content: &mut Content<'a, '_>, rect: [f64; 4]) {
    let kind = inherited(widget, b"FT").and_then(Object::into_name).map(|n| n.as_ref().to_vec()).unwrap_or_default();
    let flags = inherited(widget, b"Ff").and_then(Object::into_i32).unwrap_or(0);
    if kind == b"Btn" && flags & (1 << 16) == 0 {
        let is_radio = flags & (1 << 15) != 0;
        let state = widget.get::<Name<'_>>("AS").or_else(|| inherited(widget, b"V").and_then(Object::into_name));
        let is_on = state.is_some_and(|s| s.as_ref() != b"Off");
        let c = match (is_on, is_radio) {
            (true, true) => '●',
            (true, false) => '☑',
            (false, true) => '○',
            (false, false) => '□',
        };
        push(content, rect, &c.to_string());
        return;
    }
    let drawn = appearance(widget).map(|form| draw_form(&form, resources, content, rect)).unwrap_or(false);
    if drawn || kind == b"Btn" {
        return;
    }
    let value = match inherited(widget, b"V") {
        Some(Object::String(text)) => pdf_string(text.as_bytes()),
        Some(Object::Name(name)) => pdf_string(name.as_ref()),
        Some(Object::Array(list)) => list.iter::<PdfString<'_>>().map(|s| pdf_string(s.as_bytes())).collect::<Vec<_>>().join("、"),
        Some(Object::Stream(stream)) => super::decode::unpack(&stream, content.budget.part).map(|b| pdf_string(&b.data)).unwrap_or_default(),
        _ => return,
    };
    if !value.trim().is_empty() {
        write(content, rect, value.trim());
    }
}

/// A value of a field or of the fields above it.
fn inherited<'a>(field: &Dict<'a>, key: &[u8]) -> Option<Object<'a>> {
    let mut field = field.clone();
    for _ in 0..16 {
        if let Some(value) = field.get::<Object<'_>>(key) {
            return Some(value);
        }
        field = field.get::<Dict<'_>>("Parent")?;
    }
    None
}

fn appearance<'a>(annotation: &Dict<'a>) -> Option<Stream<'a>> {
    match annotation.get::<Dict<'_>>("AP")?.get::<Object<'_>>("N")? {
        Object::Stream(stream) => Some(stream),
        Object::Dict(states) => annotation.get::<Name<'_>>("AS").and_then(|s| states.get::<Stream<'_>>(s.as_ref())),
        _ => None,
    }
}

/// One sign that fills its box.
fn push(content: &mut Content<'_, '_>, rect: [f64; 4], text: &str) {
    let shown = content.shown(rect);
    let size = shown.height().min(shown.width()).clamp(4.0, 14.0);
    place(content, shown, size, text);
}

/// A value as lines of its box, for fields that bring no drawing of their own.
fn write(content: &mut Content<'_, '_>, rect: [f64; 4], text: &str) {
    let shown = content.shown(rect);
    let lines: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).take(500).collect();
    let size = (shown.height() / lines.len().max(1) as f32 * 0.8).clamp(4.0, 11.0);
    for (n, line) in lines.iter().enumerate() {
        let y0 = shown.y0 + n as f32 * size * 1.2;
        place(content, Rect { y0, y1: y0 + size, ..shown }, size, line);
    }
}

fn place(content: &mut Content<'_, '_>, shown: Rect, size: f32, text: &str) {
    let widths: f32 = text.chars().map(|c| if is_cjk(c) { 1.0 } else { 0.5 }).sum();
    let step = size.min(shown.width() / widths.max(1.0));
    let mut x = shown.x0;
    let (_, y) = shown.centre();
    for c in text.chars() {
        let width = if is_cjk(c) { step } else { 0.5 * step };
        let rect = Rect { x0: x, y0: y - size / 2.0, x1: x + width, y1: y + size / 2.0 };
        if rect.is_finite() && content.budget.characters > 0 {
            content.budget.characters -= 1;
            content.ink.glyphs.push(Glyph { c, rect, size: step.max(1.0), base: rect.y1 - 0.12 * size, way: Way::Right, hidden: false, is_slanted: false });
        }
        x += width;
    }
}
