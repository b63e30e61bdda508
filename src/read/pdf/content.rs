//! Runs a page's content streams and notes what they print.
use super::decode::{self, Unpacked};
use super::font::{Font, Fonts, Sign, Text};
use super::geometry::{Matrix, Rect, Way};
use super::ink::{Glyph, Ink};
use super::layers::Layers;
use super::path::{Paint, Path};
use hayro_syntax::content::{Instruction, UntypedIter};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};
use hayro_syntax::page::Resources;
use std::collections::HashMap;
use std::rc::Rc;

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

struct Mark {
    is_shown: bool,
    /// First glyph and the text that stands for it.
    actual: Option<(usize, String)>,
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
                        let font = fonts
                            .entry(name.as_ref().to_vec())
                            .or_insert_with(|| resources.get_font(name).and_then(|dict| self.fonts.get(&dict)));
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
                if operator == b"\"" {
                    if let Some([word, char]) = numbers(i) {
                        (self.state.word_space, self.state.char_space) = (word, char);
                    }
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

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::translate(x, y).then(&self.line);
        self.text = self.line;
    }

    /// Moves the point of writing along the line, in text space.
    fn shift(&mut self, by: f64) {
        let vertical = self.state.font.as_ref().is_some_and(|f| f.is_vertical);
        let (x, y) = if vertical { (0.0, by) } else { (by * self.state.stretch, 0.0) };
        self.text = Matrix::translate(x, y).then(&self.text);
    }

    fn show(&mut self, bytes: &[u8]) {
        match self.state.font.clone() {
            Some(font) => font.signs(bytes, |sign, is_blank| {
                self.place(&font, sign);
                let space = if is_blank { self.state.char_space + self.state.word_space } else { self.state.char_space };
                let advance = f64::from(sign.advance) * self.state.size;
                self.shift(advance + space);
            }),
            None => self.show_without_font(bytes),
        }
    }

    /// A font that is missing: viewers show plain ASCII in a font of their own, and nothing else.
    fn show_without_font(&mut self, bytes: &[u8]) {
        for b in bytes {
            let text = if matches!(b, 0x20..=0x7E) { Text::One(*b as char) } else { Text::Unknown };
            let sign = Sign { text, advance: 0.5, origin: (0.0, 0.0), width: 0.5 };
            self.place_at(&sign, 0.88, -0.12, false);
            self.shift(0.5 * self.state.size + self.state.char_space);
        }
    }

    fn place(&mut self, font: &Font<'a>, sign: &Sign) {
        self.place_at(sign, font.ascent, font.descent, font.is_vertical);
    }

    fn place_at(&mut self, sign: &Sign, ascent: f32, descent: f32, is_vertical: bool) {
        if !self.is_shown() {
            return;
        }
        let s = &self.state;
        let map = Matrix([s.size * s.stretch, 0.0, 0.0, s.size, 0.0, s.rise]).then(&self.text).then(&s.ctm);
        let [a, b, c, d, ..] = map.0;
        let size = c.hypot(d) as f32;
        let way = if is_vertical { Way::of(-c, -d) } else { Way::of(a, b) };
        let (ox, oy) = (f64::from(sign.origin.0), f64::from(sign.origin.1));
        let rect = map.apply_rect(ox, oy + f64::from(descent), ox + f64::from(sign.width), oy + f64::from(ascent));
        if !rect.is_finite() || !(0.1..=2000.0).contains(&size) {
            return;
        }
        let (cx, cy) = rect.centre();
        if !self.page.contains(cx, cy) {
            return;
        }
        let upright = way.upright(&rect);
        let base = if is_vertical { upright.y1 - 0.12 * size } else {
            let (x, y) = map.apply(ox, oy);
            let (x, y) = (x as f32, y as f32);
            way.upright(&Rect { x0: x, y0: y, x1: x, y1: y }).y0
        };
        let glyph = Glyph { c: '\u{FFFD}', rect, size, base, way, hidden: s.mode == 3 || s.is_clear };
        match &sign.text {
            Text::One(c) => self.ink.glyphs.push(Glyph { c: *c, ..glyph }),
            Text::Unknown => self.ink.glyphs.push(glyph),
            Text::Many(text) => split(glyph, text, &mut self.ink.glyphs),
        }
        self.budget.characters = self.budget.characters.saturating_sub(1);
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
        if is_opaque {
            // What was written before lies beneath the picture.
            for glyph in &mut self.ink.glyphs {
                let (x, y) = glyph.rect.centre();
                glyph.hidden |= rect.contains(x, y);
            }
        }
        self.ink.pictures.push(rect);
    }

    fn open_mark(&mut self, i: &Instruction<'_, '_>, resources: &Resources<'a>) {
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

    fn close_marks(&mut self, depth: usize) {
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
    let unreadable = covered.iter().any(|g| g.c == '\u{FFFD}' || super::symbol::is_private(g.c));
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

/// Shares a glyph's box among its characters.
fn split(glyph: Glyph, text: &str, into: &mut Vec<Glyph>) {
    let count = text.chars().count().max(1) as f32;
    let upright = glyph.way.upright(&glyph.rect);
    let step = upright.width() / count;
    for (n, c) in text.chars().enumerate() {
        let x0 = upright.x0 + step * n as f32;
        let rect = glyph.way.on_page(&Rect { x0, x1: x0 + step, ..upright });
        into.push(Glyph { c, rect, ..glyph });
    }
}

fn actual_text(dict: &Dict<'_>) -> Option<String> {
    dict.get::<PdfString<'_>>("ActualText").map(|s| text_string(s.as_bytes()))
}

/// A PDF text string: UTF-16 or UTF-8 with a mark, else one byte a character.
pub fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xFF, 0xFE, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        // Chinese programs write GBK here although the format knows only PDFDocEncoding.
        _ if !bytes.is_ascii() => {
            let (text, _, broken) = encoding_rs::GB18030.decode(bytes);
            if broken { bytes.iter().map(|b| *b as char).collect() } else { text.into_owned() }
        }
        _ => bytes.iter().map(|b| *b as char).collect(),
    }
}

fn matrix(dict: &Dict<'_>) -> Option<Matrix> {
    let m: Vec<f64> = dict.get::<Array<'_>>("Matrix")?.iter::<f64>().collect();
    m.get(..6)?.try_into().ok().map(Matrix)
}

/// The last `N` number operands.
fn numbers<const N: usize>(i: &Instruction<'_, '_>) -> Option<[f64; N]> {
    let mut out = [0.0; N];
    let mut found = 0;
    for operand in i.operands() {
        if let Object::Number(n) = operand {
            if found == N {
                out.rotate_left(1);
                found -= 1;
            }
            out[found] = n.as_f64();
            found += 1;
        }
    }
    (found == N).then_some(out)
}

fn name<'i, 'd>(i: &Instruction<'i, 'd>) -> Option<&'i Name<'d>> {
    i.operands().find_map(|o| match o {
        Object::Name(name) => Some(name),
        _ => None,
    })
}

fn set(value: &mut f64, i: &Instruction<'_, '_>) {
    if let Some([n]) = numbers(i) {
        *value = n;
    }
}

/// White, as far as the number of components tells.
fn is_paper(operator: &[u8], i: &Instruction<'_, '_>) -> bool {
    let parts: Vec<f64> = i.operands().filter_map(|o| if let Object::Number(n) = o { Some(n.as_f64()) } else { None }).collect();
    match parts.len() {
        1 => operator.eq_ignore_ascii_case(b"g") && parts[0] > 0.98,
        3 => parts.iter().all(|p| *p > 0.98),
        4 => parts.iter().all(|p| *p < 0.02),
        _ => false,
    }
}
