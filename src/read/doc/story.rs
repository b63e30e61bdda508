//! What is printed of each paragraph, and what is anchored in it.
use super::form;
use super::shapes::Drawings;
use super::source::{CELL, Paragraph, Source};
use super::sprm::CharProps;
use crate::read::symbol_font::shown;
use crate::read::word::field::Field;
use crate::read::word::flow::{End, Flow, Para, Thing};
use crate::read::word::fonts::Fonts;
use crate::read::word::numbering::{NumRef, Numbering};
use crate::read::word::pictures::is_page_like;
use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

pub(super) struct Story<'a> {
    pub flow: Flow,
    pub large_pictures: u32,
    source: &'a Source,
    numbering: Numbering,
    drawings: Drawings,
    /// Characters that notes and comments hang on.
    refs: BTreeSet<u32>,
    fields: Vec<Field>,
    /// Characters that begin a field which nothing ends: they begin none, or all that follows would be its code.
    endless: HashSet<u32>,
    /// Text boxes inside text boxes.
    boxes: u32,
}

/// What one paragraph prints.
#[derive(Default)]
struct Printed {
    text: String,
    things: Vec<Thing>,
    refs: Vec<u32>,
    /// First half of a character of two units.
    high: Option<u16>,
}

/// Fields begun and not ended, beyond which further ones are not kept apart.
const MOST_FIELDS: usize = 256;
/// Text boxes in text boxes deeper than this are left out.
const DEEPEST_BOX: u32 = 4;

impl<'a> Story<'a> {
    pub fn new(source: &'a Source, numbering: Numbering, drawings: Drawings, refs: BTreeSet<u32>, flow: Flow) -> Self {
        Self { flow, large_pictures: 0, source, numbering, drawings, refs, fields: Vec::new(), endless: HashSet::new(), boxes: 0 }
    }

    /// Writes the running text, and after it the text boxes that no shape anchors.
    pub fn body(&mut self, range: Range<u32>) {
        let paras = self.paras(range);
        self.flow.body(&paras);
        for range in std::mem::take(&mut self.drawings.loose) {
            let paras = self.paras(range);
            self.flow.loose_box(&paras);
        }
    }

    /// Goes on with the headers, whose drawn things are counted from their own first character on.
    pub fn enter_headers(&mut self, drawings: Drawings, from: u32) {
        let Drawings { at, loose } = drawings;
        self.drawings = Drawings { at: at.into_iter().map(|(n, drawn)| (n.saturating_add(from), drawn)).collect(), loose };
    }

    /// The paragraphs of a range, as they are printed.
    pub fn paras(&mut self, range: Range<u32>) -> Vec<Para> {
        let most = self.flow.out.room().saturating_mul(4).saturating_add(1024);
        self.match_fields(range.clone());
        self.source.paragraphs(range, most).into_iter().map(|para| self.para(para)).collect()
    }

    fn para(&mut self, para: Paragraph) -> Para {
        let style = self.source.styles.get(para.props.style);
        let mut printed = Printed::default();
        self.print(&para, &mut printed);
        let depth = para.props.nesting().max(u32::from(para.mark == CELL));
        let end = ends(&para, depth);
        let carries_on = (para.mark_deleted || para.mark_hidden) && end == End::Nothing && para.mark != 0;
        Para {
            text: printed.text,
            label: if carries_on { None } else { self.label(&para) },
            heading: para.props.outline.or(style.outline).map_or(style.heading, |level| level < 9),
            carries_on,
            depth,
            end,
            row: para.props.row,
            things: printed.things,
            refs: printed.refs,
        }
    }

    fn label(&mut self, para: &Paragraph) -> Option<String> {
        let style = self.source.styles.get(para.props.style);
        let number = |n: i64| match n {
            // Numbers of uses beyond the middle of the range count backwards from its end.
            -2046..=-1 => Some(-n),
            -2047 => Some(0),
            n => Some(n),
        };
        let direct = NumRef { id: para.props.list.and_then(|n| number(i64::from(n))), level: para.props.level };
        if direct.id.or(style.num.id).is_none_or(|id| id == 0) {
            return None;
        }
        let level = direct.level.or(style.num.level);
        self.numbering.label(NumRef { level, ..direct }, style.num, None, |_| None)
    }

    /// Finds the fields of a text that nothing ends.
    fn match_fields(&mut self, range: Range<u32>) {
        let units = self.source.text.units.get(range.start as usize..range.end as usize).unwrap_or(&[]);
        let mut open = Vec::new();
        for (at, unit) in (range.start..).zip(units) {
            match unit {
                0x13 => open.push(at),
                0x15 => drop(open.pop()),
                _ => {}
            }
        }
        self.endless.extend(open);
    }

    // Characters.

    fn print(&mut self, para: &Paragraph, printed: &mut Printed) {
        let source = self.source;
        let style = source.styles.get(para.props.style);
        let base = style.hidden.unwrap_or(false);
        for (range, props) in source.runs(para.range.clone(), base) {
            if self.flow.out.over.is_some() {
                return;
            }
            let own = props.style.map(|n| source.styles.get(n)).unwrap_or_default();
            let hidden = props.deleted || props.hidden.or(own.hidden).unwrap_or(base);
            let fonts = source.styles.fonts(props.fonts, own.fonts, style.fonts);
            let units = source.text.units.get(range.start as usize..range.end as usize).unwrap_or(&[]);
            for (at, unit) in (range.start..).zip(units) {
                self.unit(*unit, at, &props, hidden, fonts, printed);
            }
            if !hidden {
                printed.refs.extend(self.refs.range(range).copied());
            }
        }
        if printed.high.take().is_some() {
            self.put(printed, '\u{FFFD}');
        }
    }

    fn unit(&mut self, unit: u16, at: u32, props: &CharProps, hidden: bool, fonts: Fonts, printed: &mut Printed) {
        match unit {
            0x13 if self.fields.len() < MOST_FIELDS && !self.endless.contains(&at) => self.fields.push(Field::default()),
            0x14 => {
                let count = self.flow.out.characters;
                if let Some(field) = self.fields.last_mut() {
                    field.result = true;
                    field.printed = count;
                }
            }
            0x15 => self.end_field(hidden, printed),
            _ if hidden => {}
            0x01 => self.inline(props, printed),
            0x08 => self.drawn(at, printed),
            _ if props.special && props.symbol.is_some() => {
                if let Some((font, code)) = props.symbol {
                    let font = self.source.styles.font(font);
                    if let Some(c) = char::from_u32(u32::from(code)) {
                        self.put(printed, shown(font, c));
                    }
                }
            }
            0x09 => self.control(printed, '\t'),
            0x0B | 0x0E => self.control(printed, '\n'),
            0x0C if !printed.text.is_empty() => self.control(printed, '\n'),
            0x1E => self.put(printed, '-'),
            0x00..=0x1F | 0xFFFE | 0xFFFF => {}
            0xD800..=0xDBFF => {
                if printed.high.replace(unit).is_some() {
                    self.put(printed, '\u{FFFD}');
                }
            }
            _ => {
                let high = printed.high.take();
                let c = match high {
                    Some(high) => char::decode_utf16([high, unit]).next().and_then(Result::ok).unwrap_or('\u{FFFD}'),
                    None => char::from_u32(u32::from(unit)).unwrap_or('\u{FFFD}'),
                };
                self.put(printed, shown(fonts.of_char(c), c));
                if high.is_some() && c == '\u{FFFD}' && !(0xDC00..=0xDFFF).contains(&unit) {
                    self.put(printed, char::from_u32(u32::from(unit)).unwrap_or('\u{FFFD}'));
                }
            }
        }
    }

    /// Prints a character, or adds it to the code of the field that is being read.
    fn put(&mut self, printed: &mut Printed, c: char) {
        if let Some(field) = self.fields.iter_mut().rev().find(|f| !f.result) {
            let mut buf = [0u8; 4];
            field.add_code(c.encode_utf8(&mut buf));
            return;
        }
        self.flow.out.count_one();
        printed.text.push(c);
    }

    fn control(&mut self, printed: &mut Printed, c: char) {
        if self.fields.iter().all(|f| f.result) {
            printed.text.push(c);
        }
    }

    fn end_field(&mut self, hidden: bool, printed: &mut Printed) {
        let Some(field) = self.fields.pop() else { return };
        let silent = !field.result || field.printed == self.flow.out.characters;
        if silent
            && !hidden
            && let Some(text) = field.own_text()
        {
            for c in text.chars() {
                self.put(printed, c);
            }
        }
    }

    /// A picture in the line, or the data of a form field.
    fn inline(&mut self, props: &CharProps, printed: &mut Printed) {
        if props.data {
            if let Some((at, field)) = props.picture.zip(self.fields.last_mut()) {
                let _ = form::state(&self.source.data, at, field);
            }
            return;
        }
        let preview = self.fields.iter().any(|f| f.code.trim_start().get(..5).is_some_and(|c| c.eq_ignore_ascii_case("SHAPE")));
        let shows = props.picture.is_some() || props.object;
        if shows && !preview && self.fields.iter().all(|f| f.result) {
            let size = props.picture.and_then(|at| form::picture_size(&self.source.data, at));
            self.picture(size.unwrap_or_default(), printed);
        }
    }

    fn picture(&mut self, (width, height): (i64, i64), printed: &mut Printed) {
        if is_page_like(width, height) {
            self.large_pictures += 1;
        }
        printed.things.push(Thing::Picture);
    }

    fn drawn(&mut self, at: u32, printed: &mut Printed) {
        if let Some(drawn) = self.drawings.at.remove(&at) {
            if drawn.picture {
                self.picture(drawn.size, printed);
            }
            for range in drawn.boxes {
                if self.boxes < DEEPEST_BOX {
                    self.boxes += 1;
                    let fields = std::mem::take(&mut self.fields);
                    let paras = self.paras(range);
                    self.fields = fields;
                    self.boxes -= 1;
                    printed.things.push(Thing::TextBox(paras));
                }
            }
        }
    }
}

fn ends(para: &Paragraph, depth: u32) -> End {
    let props = &para.props;
    let (row, cell) = match depth {
        0 => return End::Nothing,
        1 => (props.row_end, para.mark == CELL),
        _ => (props.inner_row_end || (para.mark == CELL && props.row_end), props.inner_cell || para.mark == CELL),
    };
    match (row, cell) {
        (true, _) if para.mark_deleted => End::DeletedRow,
        (true, _) => End::Row,
        (_, true) => End::Cell,
        _ => End::Nothing,
    }
}
