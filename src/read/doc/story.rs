//! From paragraphs to blocks: what is printed of each, where it goes, what is anchored in it.
use super::form;
use super::shapes::Drawings;
use super::source::{Paragraph, Source};
use super::sprm::CharProps;
use crate::model::{BlockKind, Location};
use crate::read::word::field::Field;
use crate::read::word::numbering::{NumRef, Numbering};
use crate::read::word::out::Out;
use crate::read::word::pictures::PAGE_LIKE;
use crate::read::word::symbols::{Fonts, shown};
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

/// Where the text of paragraphs goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holder {
    /// Each paragraph is a block.
    Body,
    /// All go into one block: a cell, a text box, a note.
    Block(u32),
}

pub(super) struct Story<'a> {
    pub out: Out,
    pub tables: u32,
    pub large_pictures: u32,
    /// Places of characters that notes and comments hang on, found as the text goes by.
    pub refs: BTreeMap<u32, Option<Location>>,
    pub source: &'a Source,
    numbering: Numbering,
    drawings: Drawings,
    fields: Vec<Field>,
    /// Characters that begin a field which nothing ends: they begin none, or all that follows would be its code.
    endless: HashSet<u32>,
    paragraph: u32,
    /// Text boxes inside text boxes.
    box_depth: u32,
    in_headers: bool,
}

/// What one paragraph prints.
#[derive(Default)]
struct Printed {
    text: String,
    anchored: Vec<Anchored>,
    refs: Vec<u32>,
    /// First half of a character of two units.
    high: Option<u16>,
}

enum Anchored {
    Picture,
    Box(Range<u32>),
}

/// Text that waits in one block for what follows.
#[derive(Default)]
pub(super) struct Waiting {
    /// Empty paragraphs since the last text.
    blank: usize,
    /// A paragraph whose mark was deleted or hidden goes on in the next one.
    carried: Option<(Printed, u32)>,
}

/// Fields begun and not ended, beyond which further ones are not kept apart.
const MOST_FIELDS: usize = 256;

impl<'a> Story<'a> {
    pub fn new(source: &'a Source, numbering: Numbering, drawings: Drawings, refs: BTreeMap<u32, Option<Location>>, out: Out) -> Self {
        Self {
            out,
            tables: 0,
            large_pictures: 0,
            refs,
            source,
            numbering,
            drawings,
            fields: Vec::new(),
            endless: HashSet::new(),
            paragraph: 0,
            box_depth: 0,
            in_headers: false,
        }
    }

    /// Writes one paragraph.
    pub fn paragraph(&mut self, para: &Paragraph, holder: Holder, waiting: &mut Waiting) {
        let (mut printed, number) = match waiting.carried.take() {
            Some(carried) => carried,
            None => {
                self.paragraph += u32::from(holder == Holder::Body);
                (Printed::default(), self.paragraph)
            }
        };
        self.print(para, &mut printed);
        if (para.mark_deleted || para.mark_hidden) && para.mark == 0x0D {
            waiting.carried = Some((printed, number));
            return;
        }
        let label = self.label(para);
        self.write(para, printed, number, label, holder, waiting);
    }

    /// Writes what still waits, where nothing follows.
    pub fn flush(&mut self, last: Option<&Paragraph>, holder: Holder, waiting: &mut Waiting) {
        if let Some((printed, number)) = waiting.carried.take()
            && let Some(para) = last
        {
            self.write(para, printed, number, None, holder, waiting);
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

    fn write(&mut self, para: &Paragraph, printed: Printed, number: u32, label: Option<String>, holder: Holder, waiting: &mut Waiting) {
        let text = printed.text.trim_matches('\n');
        let at = match holder {
            Holder::Body => {
                let at = Location { paragraph: Some(number), ..Location::default() };
                if !text.is_empty() || label.is_some() {
                    let kind = if self.is_heading(para) { BlockKind::Heading } else { BlockKind::Paragraph };
                    if let Some(block) = self.out.add(kind, at.clone()).and_then(|b| self.out.get(b)) {
                        block.text.push_str(text);
                        block.label = label;
                    }
                }
                at
            }
            Holder::Block(index) => {
                let Some(block) = self.out.get(index) else { return };
                if block.text.is_empty() {
                    block.label = block.label.take().or(label);
                } else if text.is_empty() {
                    waiting.blank += 1;
                }
                if !text.is_empty() {
                    if !block.text.is_empty() {
                        block.text.extend(std::iter::repeat_n('\n', waiting.blank + 1));
                    }
                    waiting.blank = 0;
                    block.text.push_str(text);
                }
                block.at.clone()
            }
        };
        for reference in printed.refs {
            self.refs.insert(reference, Some(at.clone()));
        }
        for thing in printed.anchored {
            match thing {
                Anchored::Picture if self.in_headers => {}
                Anchored::Box(range) if self.in_headers => self.header_box(range, holder),
                Anchored::Picture => drop(self.out.add(BlockKind::Picture, at.clone())),
                Anchored::Box(range) => self.text_box(range, &at),
            }
        }
    }

    fn is_heading(&self, para: &Paragraph) -> bool {
        let style = self.source.styles.get(para.props.style);
        match para.props.outline.or(style.outline) {
            Some(level) => level < 9,
            None => style.heading,
        }
    }

    /// A text box; those inside it follow it.
    fn text_box(&mut self, range: Range<u32>, at: &Location) {
        const DEEPEST: u32 = 4;
        if self.box_depth >= DEEPEST {
            return;
        }
        let Some(block) = self.out.add(BlockKind::TextBox, at.clone()) else { return };
        self.box_depth += 1;
        let fields = std::mem::take(&mut self.fields);
        self.texts(range, Holder::Block(block));
        self.fields = fields;
        self.box_depth -= 1;
    }

    /// A text box of a header is text of the header.
    fn header_box(&mut self, range: Range<u32>, holder: Holder) {
        if self.box_depth == 0 {
            self.box_depth += 1;
            let fields = std::mem::take(&mut self.fields);
            self.flat(range, holder);
            self.fields = fields;
            self.box_depth -= 1;
        }
    }

    /// Text boxes of the body that no shape anchors, at its end.
    pub fn loose_boxes(&mut self) {
        for range in std::mem::take(&mut self.drawings.loose) {
            self.text_box(range, &Location::default());
        }
    }

    /// Goes on with the headers: their drawn things are anchored from their own first character on. Text boxes are
    /// part of the header they stand in.
    pub fn enter_headers(&mut self, drawings: Drawings, from: u32) {
        let Drawings { at, loose } = drawings;
        self.drawings = Drawings { at: at.into_iter().map(|(n, drawn)| (n.saturating_add(from), drawn)).collect(), loose };
        self.in_headers = true;
    }

    /// All paragraphs of a range.
    pub fn texts(&mut self, range: Range<u32>, holder: Holder) {
        let most = self.out.room().saturating_mul(4).saturating_add(1024);
        self.match_fields(range.clone());
        let paras = self.source.paragraphs(range, most);
        self.items(&paras, holder, 0, None);
    }

    /// All paragraphs of a range as the text of one block, those in tables too.
    pub fn flat(&mut self, range: Range<u32>, holder: Holder) {
        let most = self.out.room().saturating_mul(4).saturating_add(1024);
        self.match_fields(range.clone());
        let paras = self.source.paragraphs(range, most);
        let mut waiting = Waiting::default();
        for para in paras.iter().filter(|p| !p.props.row_end && !p.props.inner_row_end) {
            self.paragraph(para, holder, &mut waiting);
        }
        self.flush(paras.last(), holder, &mut waiting);
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
            if self.out.over.is_some() {
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
                printed.refs.extend(self.refs.range(range).map(|(at, _)| *at));
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
                let count = self.out.characters;
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
        self.out.count_one();
        printed.text.push(c);
    }

    fn control(&mut self, printed: &mut Printed, c: char) {
        if self.fields.iter().all(|f| f.result) {
            printed.text.push(c);
        }
    }

    fn end_field(&mut self, hidden: bool, printed: &mut Printed) {
        let Some(field) = self.fields.pop() else { return };
        let silent = !field.result || field.printed == self.out.characters;
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
        if width >= PAGE_LIKE.0 && height >= PAGE_LIKE.1 {
            self.large_pictures += 1;
        }
        printed.anchored.push(Anchored::Picture);
    }

    fn drawn(&mut self, at: u32, printed: &mut Printed) {
        if let Some(drawn) = self.drawings.at.remove(&at) {
            if drawn.picture {
                self.picture(drawn.size, printed);
            }
            printed.anchored.extend(drawn.boxes.into_iter().map(Anchored::Box));
        }
    }
}
