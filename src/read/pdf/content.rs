//! Runs a page's content streams and notes what they print.
use super::decode::{self, Unpacked};
use super::font::{Font, Fonts};
use super::layers::Layers;
use crate::read::layout::geometry::{Matrix, Rect};
use crate::read::layout::ink::Ink;
use crate::read::layout::path::{Paint, Path};
use hayro_syntax::content::{Instruction, UntypedIter};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_syntax::page::Resources;
use std::collections::HashMap;
use std::rc::Rc;

mod marks;
mod operands;
mod show;

use marks::Mark;
use operands::{is_paper, matrix, name, numbers, set};

/// What the whole file may still spend.
pub struct Budget {
    pub operations: u64,
    pub characters: u64,
    /// Unpacked bytes of content streams.
    pub bytes: u64,
    /// Unpacked bytes of one stream.
    pub part: u64,
    /// Nesting of forms and of saved states.
    pub depth: u32,
}

/// What drawing a form costs, in operations, beside its own.
const FORM: u64 = 200;
/// Drawing operations of one page; the densest maps have about a million.
const MOST_OPERATIONS: u64 = 4_000_000;
/// Saved graphics states of real files stay below a hundred.
const MOST_STATES: usize = 4096;

#[derive(Clone)]
struct State<'a> {
    ctm: Matrix,
    font: Option<Rc<Font<'a>>>,
    size: f64,
    char_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
    mode: i64,
    line_width: f64,
    fill_is_paper: bool,
    stroke_is_paper: bool,
    is_clear: bool,
}

pub struct Content<'a, 'b> {
    pub ink: Ink,
    pub fonts: &'b mut Fonts<'a>,
    pub layers: &'b Layers,
    pub budget: &'b mut Budget,
    page: Rect,
    state: State<'a>,
    line: Matrix,
    text: Matrix,
    path: Path,
    marks: Vec<Mark>,
    operations: u64,
    has_shading: bool,
}

impl<'a, 'b> Content<'a, 'b> {
    /// `base` maps the page's space to the shown page, `page` is that page's box.
    pub fn new(fonts: &'b mut Fonts<'a>, layers: &'b Layers, budget: &'b mut Budget, base: Matrix, page: Rect) -> Self {
        let state = State {
            ctm: base,
            font: None,
            size: 1.0,
            char_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
            line_width: 1.0,
            fill_is_paper: false,
            stroke_is_paper: false,
            is_clear: false,
        };
        Self {
            ink: Ink::default(),
            fonts,
            layers,
            budget,
            page,
            state,
            line: Matrix::IDENTITY,
            text: Matrix::IDENTITY,
            path: Path::default(),
            marks: Vec::new(),
            operations: MOST_OPERATIONS,
            has_shading: false,
        }
    }

    /// Takes from what the page and the file may spend; false when it is used up.
    fn spend(&mut self, operations: u64) -> bool {
        self.budget.operations = self.budget.operations.saturating_sub(operations);
        self.operations = self.operations.saturating_sub(operations);
        let left = self.budget.operations > 0 && self.operations > 0 && self.budget.characters > 0;
        self.ink.is_cut |= !left;
        left
    }

    /// The page's own streams, run as one.
    pub fn page(&mut self, dict: &Dict<'a>, resources: &Resources<'a>) {
        let mut data = Vec::new();
        if let Some(stream) = dict.get::<Stream<'_>>("Contents") {
            self.gather(&stream, &mut data);
        } else if let Some(list) = dict.get::<Array<'a>>("Contents") {
            let mut seen = 0;
            for stream in list.iter::<Stream<'_>>() {
                self.gather(&stream, &mut data);
                seen += 1;
            }
            self.ink.is_damaged |= list.raw_iter().count() > seen;
        } else if dict.contains_key("Contents") && dict.get::<Object<'_>>("Contents").is_none_or(|o| !matches!(o, Object::Null(_))) {
            self.ink.is_damaged = true;
        }
        self.run(&data, resources, 0);
        self.close_marks(0);
    }

    fn gather(&mut self, stream: &Stream<'_>, into: &mut Vec<u8>) {
        if let Some(bytes) = self.unpack(stream) {
            into.extend_from_slice(&bytes);
            into.push(b'\n');
        }
    }

    fn unpack<'s>(&mut self, stream: &Stream<'s>) -> Option<std::borrow::Cow<'s, [u8]>> {
        match decode::unpack(stream, self.budget.part.min(self.budget.bytes)) {
            Ok(bytes) => {
                self.budget.bytes = self.budget.bytes.saturating_sub(bytes.data.len() as u64);
                self.ink.is_damaged |= bytes.damaged;
                Some(bytes.data)
            }
            Err(Unpacked::TooLarge) => {
                self.ink.is_cut = true;
                None
            }
            Err(Unpacked::Damaged) => {
                self.ink.is_damaged = true;
                None
            }
        }
    }

    fn run(&mut self, data: &[u8], resources: &Resources<'a>, depth: u32) {
        let mut fonts: HashMap<Vec<u8>, Option<Rc<Font<'a>>>> = HashMap::new();
        let mut saved: Vec<State<'a>> = Vec::new();
        let mut beyond = 0u64;
        let mut instructions = UntypedIter::new(data);
        while let Some(instruction) = instructions.next() {
            if !self.spend(1) {
                return;
            }
            match &**instruction.operator {
                b"q" if saved.len() < MOST_STATES => saved.push(self.state.clone()),
                b"q" => beyond += 1,
                b"Q" if beyond > 0 => beyond -= 1,
                b"Q" => {
                    if let Some(state) = saved.pop() {
                        self.state = state;
                    }
                }
                b"Tf" => {
                    if let (Some(name), Some([size])) = (name(&instruction), numbers(&instruction)) {
                        let font = fonts.entry(name.as_ref().to_vec()).or_insert_with(|| resources.get_font(name).and_then(|dict| self.fonts.get(&dict)));
                        self.state.font = font.clone();
                        self.state.size = size;
                    }
                }
                b"Do" => {
                    if let Some(name) = name(&instruction) {
                        self.draw_object(name, resources, depth);
                    }
                }
                b"gs" => {
                    if let Some(dict) = name(&instruction).and_then(|n| resources.get_ext_g_state(n)) {
                        self.set_state(&dict);
                    }
                }
                b"BDC" | b"BMC" => self.open_mark(&instruction, resources),
                b"EMC" => {
                    let depth = self.marks.len().saturating_sub(1);
                    self.close_marks(depth);
                }
                operator => self.simple(operator, &instruction),
            }
        }
    }

    /// The operators that touch nothing but the current state, text and path.
    fn simple(&mut self, operator: &[u8], i: &Instruction<'_, '_>) {
        match operator {
            b"cm" => {
                if let Some(m) = numbers(i) {
                    self.state.ctm = Matrix(m).then(&self.state.ctm);
                }
            }
            b"BT" => (self.line, self.text) = (Matrix::IDENTITY, Matrix::IDENTITY),
            b"Tm" => {
                if let Some(m) = numbers(i) {
                    (self.line, self.text) = (Matrix(m), Matrix(m));
                }
            }
            b"Td" | b"TD" => {
                if let Some([x, y]) = numbers(i) {
                    if operator == b"TD" {
                        self.state.leading = -y;
                    }
                    self.next_line(x, y);
                }
            }
            b"T*" => self.next_line(0.0, -self.state.leading),
            b"Tc" => set(&mut self.state.char_space, i),
            b"Tw" => set(&mut self.state.word_space, i),
            b"TL" => set(&mut self.state.leading, i),
            b"Ts" => set(&mut self.state.rise, i),
            b"Tz" => {
                if let Some([percent]) = numbers(i) {
                    self.state.stretch = percent / 100.0;
                }
            }
            b"Tr" => {
                if let Some([mode]) = numbers(i) {
                    self.state.mode = mode as i64;
                }
            }
            b"Tj" | b"'" | b"\"" => {
                if operator == b"\""
                    && let Some([word, char]) = numbers(i)
                {
                    (self.state.word_space, self.state.char_space) = (word, char);
                }
                if operator != b"Tj" {
                    self.next_line(0.0, -self.state.leading);
                }
                if let Some(Object::String(text)) = i.operands().last() {
                    self.show(text.as_bytes());
                }
            }
            b"TJ" => {
                if let Some(Object::Array(parts)) = i.operands().last() {
                    for part in parts.iter::<Object<'_>>() {
                        match part {
                            Object::String(text) => self.show(text.as_bytes()),
                            Object::Number(n) => self.shift(-n.as_f64() / 1000.0 * self.state.size),
                            _ => {}
                        }
                    }
                }
            }
            b"g" | b"rg" | b"k" | b"sc" | b"scn" => self.state.fill_is_paper = is_paper(operator, i),
            b"G" | b"RG" | b"K" | b"SC" | b"SCN" => self.state.stroke_is_paper = is_paper(operator, i),
            b"cs" => self.state.fill_is_paper = false,
            b"CS" => self.state.stroke_is_paper = false,
            b"w" => set(&mut self.state.line_width, i),
            b"m" | b"l" => {
                if let Some([x, y]) = numbers(i) {
                    let (x, y) = self.state.ctm.apply(x, y);
                    if operator == b"m" { self.path.start(x, y) } else { self.path.line(x, y) }
                }
            }
            b"c" | b"v" | b"y" => {
                let end = numbers::<2>(i);
                if let Some([x, y]) = end {
                    let (x, y) = self.state.ctm.apply(x, y);
                    self.path.curve(x, y);
                }
            }
            b"re" => {
                if let Some([x, y, w, h]) = numbers(i) {
                    let corners = [(x, y), (x + w, y), (x + w, y + h), (x, y + h)].map(|(x, y)| self.state.ctm.apply(x, y));
                    self.path.rectangle(corners);
                }
            }
            b"sh" => self.has_shading = true,
            b"h" => self.path.close(),
            b"n" => self.path.clear(),
            b"S" => self.paint(false, true),
            b"s" => {
                self.path.close();
                self.paint(false, true);
            }
            b"f" | b"F" | b"f*" => self.paint(true, false),
            b"B" | b"B*" => self.paint(true, true),
            b"b" | b"b*" => {
                self.path.close();
                self.paint(true, true);
            }
            b"BI" => {
                if let Some(Object::Stream(image)) = i.operands().last() {
                    self.picture(image.dict());
                }
            }
            _ => {}
        }
    }

    fn is_shown(&self) -> bool {
        self.marks.last().is_none_or(|m| m.is_shown)
    }

    fn paint(&mut self, fill: bool, stroke: bool) {
        if self.is_shown() {
            let [a, b, c, d, ..] = self.state.ctm.0;
            let scale = (a * d - b * c).abs().sqrt();
            let paint = Paint {
                fill: fill && !self.state.fill_is_paper,
                stroke: (stroke && !self.state.stroke_is_paper).then_some((self.state.line_width * scale) as f32),
            };
            self.path.paint(paint, &mut self.ink);
        }
        self.path.clear();
    }

    fn set_state(&mut self, dict: &Dict<'a>) {
        if let Some(alpha) = dict.get::<f32>("ca") {
            self.state.is_clear = alpha < 0.01;
        }
        if let Some(width) = dict.get::<f32>("LW") {
            self.state.line_width = f64::from(width);
        }
        if let Some(font) = dict.get::<Array<'a>>("Font") {
            let mut items = font.iter::<Object<'_>>();
            if let (Some(Object::Dict(dict)), Some(Object::Number(size))) = (items.next(), items.next()) {
                self.state.font = self.fonts.get(&dict);
                self.state.size = size.as_f64();
            }
        }
    }

    fn draw_object(&mut self, name: &Name<'_>, resources: &Resources<'a>, depth: u32) {
        let Some(object) = resources.get_x_object(name) else {
            self.ink.is_damaged |= resources.x_objects.contains_key(name.as_ref());
            return;
        };
        if !self.is_shown() || !self.layers.shows(object.dict(), b"OC") {
            return;
        }
        match object.dict().get::<Name<'_>>("Subtype").as_ref().map(|n| n.as_ref()) {
            Some(b"Image") => self.picture(object.dict()),
            Some(b"Form") => self.form(&object, resources, depth),
            _ => {}
        }
    }

    /// A form, drawn with the current state and nothing of it left behind.
    pub fn form(&mut self, form: &Stream<'a>, resources: &Resources<'a>, depth: u32) {
        if depth >= self.budget.depth.min(32) {
            self.ink.is_cut = true;
            return;
        }
        if !self.spend(FORM) {
            return;
        }
        let Some(data) = self.unpack(form) else { return };
        if !self.spend(data.len() as u64 / 64) {
            return;
        }
        let state = self.state.clone();
        let (line, text) = (self.line, self.text);
        let marks = self.marks.len();
        if let Some(m) = matrix(form.dict()) {
            self.state.ctm = m.then(&self.state.ctm);
        }
        let own = form.dict().get::<Dict<'a>>("Resources").map(Resources::new);
        self.path.clear();
        self.run(&data, own.as_ref().unwrap_or(resources), depth + 1);
        self.close_marks(marks);
        self.path.clear();
        self.state = state;
        (self.line, self.text) = (line, text);
    }

    /// An annotation's appearance, fitted from its own box into the annotation's.
    pub fn appearance(&mut self, form: &Stream<'a>, resources: &Resources<'a>, rect: [f64; 4]) {
        let bbox = form.dict().get::<hayro_syntax::object::Rect>("BBox").map_or(rect, |b| [b.x0, b.y0, b.x1, b.y1]);
        let own = matrix(form.dict()).unwrap_or(Matrix::IDENTITY).apply_rect(bbox[0], bbox[1], bbox[2], bbox[3]);
        let (w, h) = (f64::from(own.width()), f64::from(own.height()));
        if !(w > 1e-6 && h > 1e-6) {
            return;
        }
        let (sx, sy) = ((rect[2] - rect[0]) / w, (rect[3] - rect[1]) / h);
        let fit = Matrix([sx, 0.0, 0.0, sy, rect[0] - sx * f64::from(own.x0), rect[1] - sy * f64::from(own.y0)]);
        let state = self.state.clone();
        self.state.ctm = fit.then(&self.state.ctm);
        self.form(form, resources, 0);
        self.state = state;
    }

    /// Where a box in page space is shown.
    pub fn shown(&self, rect: [f64; 4]) -> Rect {
        self.state.ctm.apply_rect(rect[0], rect[1], rect[2], rect[3])
    }

    fn picture(&mut self, dict: &Dict<'_>) {
        if !self.is_shown() || self.state.is_clear {
            return;
        }
        let rect = self.state.ctm.apply_rect(0.0, 0.0, 1.0, 1.0);
        if !rect.is_finite() {
            return;
        }
        let rect = rect.intersection(&self.page);
        let is_stencil = dict.get::<bool>("ImageMask").or_else(|| dict.get::<bool>("IM")).unwrap_or(false);
        let is_opaque = !is_stencil && !dict.contains_key("SMask") && !dict.contains_key("Mask");
        if is_opaque && self.spend(self.ink.glyphs.len() as u64 / 16) {
            self.ink.cover(&rect);
        }
        self.ink.pictures.push(rect);
    }
}
