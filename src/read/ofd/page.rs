//! Pages: layers and templates in their order, blocks within blocks, each object to the canvas.
use super::canvas::Canvas;
use super::numbers::{list, matrix, number};
use super::parts::Parts;
use super::resources::{Param, Resources};
use super::text::{self, Shapes, Style};
use super::tree::{At, El, Tree};
use crate::read::layout::charmap;
use crate::read::layout::geometry::Matrix;
use crate::read::layout::path::Paint;
use std::collections::HashMap;

/// Blocks and composite drawings within each other.
const MOST_NESTED: u32 = 24;
/// Pictures of one page whose parts are kept.
const MOST_SOURCES: usize = 50;
/// What showing a composite drawing costs, beside its objects.
const COMPOSITE: u64 = 500;
/// Width of a line that says none, in millimetres.
const LINE_WIDTH: f64 = 0.353;

/// What holds for the objects of a layer or block.
#[derive(Clone, Copy)]
pub(super) struct State {
    /// The space of the block to the shown page, in points.
    pub to_page: Matrix,
    pub hidden: bool,
    pub param: Param,
}

/// What drawing a page needs beside the page.
pub(super) struct Drawing<'d, 'p> {
    pub parts: &'d mut Parts<'p>,
    pub resources: &'d Resources,
    pub shapes: &'d mut Shapes,
    /// Characters by glyph of embedded fonts, read when a glyph has no other name.
    pub charmaps: &'d mut HashMap<Box<str>, HashMap<u32, char>>,
}

impl Drawing<'_, '_> {
    /// The layers of a page or template.
    pub fn content(&mut self, tree: &Tree, state: State, canvas: &mut Canvas<'_>) {
        canvas.ink.is_damaged |= tree.is_broken;
        let Some(page) = tree.find(&[El::Page]) else {
            canvas.ink.is_damaged = true;
            return;
        };
        let mut layers: Vec<At<'_>> = page.all(El::Content).flat_map(|content| content.children()).collect();
        // The standard paints layers by their type, whatever their order.
        layers.sort_by_key(|layer| match layer.attribute("Type") {
            Some("Background") => 0,
            Some("Foreground") => 2,
            _ => 1,
        });
        for layer in layers {
            if layer.el() == El::Layer {
                let param = self.resources.param(layer.attribute("DrawParam")).over(state.param);
                self.block(layer, State { param, ..state }, 0, canvas);
            } else {
                self.object(layer, state, 0, canvas);
            }
        }
    }

    /// The objects of a layer, page block, appearance or composite drawing.
    pub fn block(&mut self, block: At<'_>, state: State, depth: u32, canvas: &mut Canvas<'_>) {
        for object in block.children() {
            self.object(object, state, depth, canvas);
        }
    }

    fn object(&mut self, object: At<'_>, outer: State, depth: u32, canvas: &mut Canvas<'_>) {
        if !canvas.spend(4) {
            return;
        }
        if depth > MOST_NESTED {
            canvas.ink.is_cut = true;
            return;
        }
        let state = self.state(object, outer);
        match object.el() {
            El::TextObject => self.text(object, state, canvas),
            El::PathObject => path(object, state, canvas),
            El::ImageObject => self.picture(object, state, canvas),
            El::PageBlock | El::Layer => self.block(object, State { to_page: outer.to_page, ..state }, depth + 1, canvas),
            El::CompositeObject if canvas.spend(COMPOSITE) => {
                let id = object.attribute("ResourceID").unwrap_or("");
                match self.resources.composite(id) {
                    Some(composite) => match composite.content() {
                        Some(content) => self.block(content, state, depth + 1, canvas),
                        None => canvas.ink.is_damaged = true,
                    },
                    None => canvas.ink.is_damaged = true,
                }
            }
            _ => {}
        }
    }

    /// Where an object's own space lies, and whether it shows.
    fn state(&self, object: At<'_>, outer: State) -> State {
        let [x, y, ..] = object.attribute("Boundary").and_then(list::<4>).unwrap_or_default();
        let own = object.attribute("CTM").and_then(matrix).unwrap_or(Matrix::IDENTITY);
        let is_clear = object.attribute("Alpha").and_then(number).is_some_and(|alpha| alpha < 3.0);
        let param = self.resources.param(object.attribute("DrawParam")).over(outer.param);
        State {
            to_page: own.then(&Matrix::translate(x, y)).then(&outer.to_page),
            hidden: outer.hidden || is_clear || object.flag("Visible") == Some(false),
            param: Param::of(object).over(param),
        }
    }

    fn text(&mut self, object: At<'_>, state: State, canvas: &mut Canvas<'_>) {
        let id = object.attribute("Font").unwrap_or("");
        let font = self.resources.fonts.get(id);
        let has_glyphs = object.child(El::CgTransform).is_some();
        if let Some(file) = font.and_then(|f| f.file.as_deref()).filter(|_| has_glyphs && !self.charmaps.contains_key(id)) {
            let known = self.parts.bytes(file).map(|program| charmap::by_glyph(&program)).unwrap_or_default();
            self.charmaps.insert(id.into(), known);
        }
        let is_painted = object.flag("Fill") != Some(false) || object.flag("Stroke") == Some(true);
        let style = Style {
            to_page: state.to_page,
            font,
            own: self.charmaps.get(id),
            hidden: state.hidden || !is_painted,
            is_white: state.param.fill_is_paper == Some(true),
        };
        text::draw(object, &style, self.shapes, canvas);
    }

    fn picture(&self, object: At<'_>, state: State, canvas: &mut Canvas<'_>) {
        if state.hidden {
            return;
        }
        let rect = if object.attribute("CTM").is_some() {
            state.to_page.apply_rect(0.0, 0.0, 1.0, 1.0)
        } else {
            let [.., w, h] = object.attribute("Boundary").and_then(list::<4>).unwrap_or_default();
            state.to_page.apply_rect(0.0, 0.0, w, h)
        };
        let file = object.attribute("ResourceID").and_then(|id| self.resources.pictures.get(id)).map_or("", |f| f);
        let is_upright = state.to_page.0[1].abs() + state.to_page.0[2].abs() < 1e-3 * (state.to_page.0[0] + state.to_page.0[3]);
        if is_upright && !file.is_empty() && canvas.sources.len() < MOST_SOURCES {
            canvas.sources.push((file.to_owned(), rect));
        }
        let ending = file.rsplit_once('.').map_or("", |(_, e)| e).to_ascii_lowercase();
        canvas.picture(&rect, matches!(ending.as_str(), "jpg" | "jpeg" | "jb2" | "jbig2") && object.attribute("Alpha").is_none());
    }
}

fn path(object: At<'_>, state: State, canvas: &mut Canvas<'_>) {
    let Some(data) = object.child(El::AbbreviatedData).filter(|_| !state.hidden) else { return };
    let [a, b, c, d, ..] = state.to_page.0;
    let scale = (a * d - b * c).abs().sqrt();
    let strokes = object.flag("Stroke") != Some(false) && state.param.stroke_is_paper != Some(true);
    let width = state.param.line_width.unwrap_or(LINE_WIDTH) * scale;
    let paint = Paint { fill: object.flag("Fill") == Some(true) && state.param.fill_is_paper != Some(true), stroke: strokes.then_some(width as f32) };
    canvas.path(data.text(), &state.to_page, paint);
}
