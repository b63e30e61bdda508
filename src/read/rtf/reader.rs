//! What the words of an RTF file do.
use super::fonts::{Coding, Font, Fonts, decode};
use super::row::Row;
use super::story::{Kind, Story};
use super::tokens::Token;
use crate::model::{Block, BlockKind, Location};
use crate::read::Limits;
use crate::read::symbol_font::shown;
use crate::read::word::field::Field;
use crate::read::word::flow::{End, Flow, Para, Thing};
use crate::read::word::out::Over;
use crate::read::word::pictures::is_page_like;
use std::collections::HashMap;

/// Where text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Dest {
    #[default]
    Text,
    /// Nowhere, with all groups inside.
    Nowhere,
    Fonts,
    Styles,
    /// The code of a field.
    Code,
    /// The number before a paragraph.
    Label,
    /// An entry of a form's list.
    Entry,
    Picture,
    /// Nowhere, but groups inside may have words of use.
    Shape,
}

/// What a group passes on to the groups inside it.
#[derive(Debug, Clone, Default)]
pub(super) struct Group {
    pub(super) dest: Dest,
    /// What ends with the group.
    pub(super) owns: Owns,
    pub(super) font: i32,
    pub(super) hidden: bool,
    pub(super) deleted: bool,
    /// Signs that stand for one character of Unicode, for readers that do not know it.
    pub(super) fallback: u32,
    pub(super) in_table: bool,
    pub(super) depth: u32,
    pub(super) outline: Option<u8>,
    pub(super) style: i32,
    /// Row definitions are those of a nested table.
    pub(super) nested_row: bool,
    /// The group began with a star: what is not known is left out.
    pub(super) star: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Owns {
    #[default]
    Nothing,
    Story,
    Field,
    Picture,
    Font,
    Style,
    Entry,
}

/// What was read.
pub(super) struct Read {
    pub blocks: Vec<Block>,
    pub pages: Option<u32>,
    pub large_pictures: u32,
    pub over: Option<Over>,
    /// The file ends inside a group.
    pub open_groups: bool,
    pub too_deep: bool,
}

pub(super) struct Reader {
    pub(super) flow: Flow,
    groups: Vec<Group>,
    pub(super) now: Group,
    /// Groups beyond the deepest that is kept.
    beyond: u32,
    deepest: usize,
    too_deep: bool,
    /// The last sign began a group.
    opening: bool,
    closed: bool,
    pub(super) fonts: Fonts,
    pub(super) font: (i32, Font),
    pub(super) default_font: i32,
    /// Styles that are headings, with the level where they name one.
    headings: HashMap<i32, Option<u8>>,
    pub(super) style: (i32, Vec<u8>, Option<u8>),
    stories: Vec<Story>,
    /// Notes and comments by number, headers and footers.
    beside: Vec<(BlockKind, Option<u32>, Vec<Para>)>,
    notes: u32,
    pub(super) fields: Vec<Field>,
    /// Bytes that wait for the rest of their character.
    bytes: Vec<u8>,
    coding: Coding,
    high: Option<u16>,
    /// Signs still to be left out after a character of Unicode.
    skip: u32,
    pub(super) label: String,
    entry: String,
    pub(super) rows: [Row; 2],
    pub(super) picture: [i64; 4],
    large_pictures: u32,
    pub(super) pages: Option<u32>,
    paras: usize,
    most: usize,
    pub(super) form: (i32, Option<i32>, i32),
}

impl Reader {
    pub fn new(limits: &Limits, flow: Flow) -> Self {
        Self {
            flow,
            groups: Vec::new(),
            now: Group { fallback: 1, ..Group::default() },
            beyond: 0,
            deepest: limits.depth as usize * 4,
            too_deep: false,
            opening: false,
            closed: false,
            fonts: Fonts::default(),
            font: (0, Font::default()),
            default_font: 0,
            headings: HashMap::new(),
            style: (0, Vec::new(), None),
            stories: vec![Story::new(Kind::Body)],
            beside: Vec::new(),
            notes: 0,
            fields: Vec::new(),
            bytes: Vec::new(),
            coding: Coding::Signs,
            high: None,
            skip: 0,
            label: String::new(),
            entry: String::new(),
            rows: Default::default(),
            picture: [0, 0, 100, 100],
            large_pictures: 0,
            pages: None,
            paras: 0,
            most: limits.blocks as usize * 4,
            form: (0, None, 0),
        }
    }

    /// Takes the next sign; whether to go on.
    pub fn token(&mut self, token: Token) -> bool {
        let opening = std::mem::replace(&mut self.opening, matches!(token, Token::Open));
        match token {
            Token::Open => {
                self.flush();
                self.skip = 0;
                if self.groups.len() >= self.deepest {
                    self.beyond += 1;
                    self.too_deep = true;
                } else {
                    let inner = Group { owns: Owns::Nothing, star: false, ..self.now.clone() };
                    self.groups.push(std::mem::replace(&mut self.now, inner));
                }
            }
            Token::Close => {
                self.flush();
                self.skip = 0;
                if self.beyond > 0 {
                    self.beyond -= 1;
                } else {
                    self.close();
                }
            }
            _ if self.beyond > 0 => {}
            Token::Byte(byte) if self.skip > 0 => {
                let _ = byte;
                self.skip -= 1;
            }
            Token::Byte(byte) => self.byte(byte),
            // Old writers put a star before words in the middle of a group, too; there it marks nothing.
            Token::Symbol(b'*') => self.now.star = opening,
            Token::Symbol(_) | Token::Word(..) if self.skip > 0 && !matches!(token, Token::Word("u" | "uc" | "par" | "cell" | "row", _)) => self.skip -= 1,
            Token::Symbol(sign) => match sign {
                b'~' => self.print('\u{a0}'),
                b'_' => self.print('-'),
                b'{' | b'}' | b'\\' => self.byte(sign),
                b'\t' => self.print('\t'),
                _ => {}
            },
            Token::Word(word, number) => self.word(word, number),
        }
        !self.closed && self.paras <= self.most && self.flow.out.over.is_none()
    }

    fn close(&mut self) {
        let Some(outer) = self.groups.pop() else {
            self.closed = true;
            return;
        };
        let inner = std::mem::replace(&mut self.now, outer);
        match inner.owns {
            Owns::Nothing => {}
            Owns::Story => self.end_story(inner.depth),
            Owns::Field => self.end_field(&inner),
            Owns::Picture => self.end_picture(&inner),
            Owns::Font => self.end_font(),
            Owns::Style => self.end_style(),
            Owns::Entry => {
                let entry = std::mem::take(&mut self.entry);
                if let Some(field) = self.fields.last_mut().filter(|f| f.entries.len() < 256) {
                    field.entries.push(entry.trim().to_owned());
                }
            }
        }
        if self.groups.is_empty() {
            self.closed = true;
        }
    }

    // Text.

    fn byte(&mut self, byte: u8) {
        match self.now.dest {
            Dest::Nowhere | Dest::Picture | Dest::Shape => {}
            Dest::Fonts => {
                if byte == b';' {
                    self.end_font();
                } else if self.font.1.name.len() < 64 {
                    self.font.1.name.push(byte);
                }
            }
            Dest::Styles => {
                if self.style.1.len() < 64 {
                    self.style.1.push(byte);
                }
            }
            Dest::Text | Dest::Code | Dest::Label | Dest::Entry => {
                if self.bytes.is_empty() {
                    self.coding = self.fonts.coding(self.now.font);
                }
                self.bytes.push(byte);
            }
        }
    }

    /// Prints the bytes that wait. They end where anything stands that may change what bytes mean.
    pub(super) fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        for c in decode(self.coding, &bytes).chars() {
            self.print(c);
        }
        self.bytes = bytes;
        self.bytes.clear();
    }

    pub(super) fn print(&mut self, c: char) {
        if self.high.take().is_some() && c != char::REPLACEMENT_CHARACTER {
            self.print(char::REPLACEMENT_CHARACTER);
        }
        let font = self.fonts.symbol(self.now.font);
        let c = shown(font, c);
        match self.now.dest {
            Dest::Text => {
                if self.now.hidden || self.now.deleted {
                    return;
                }
                self.flow.out.count_one();
                if let Some(story) = self.stories.last_mut() {
                    story.print(c);
                }
            }
            Dest::Code => {
                if let Some(field) = self.fields.last_mut() {
                    field.add_code(c.encode_utf8(&mut [0; 4]));
                }
            }
            Dest::Label if self.label.len() < 256 => self.label.push(c),
            Dest::Entry if self.entry.len() < 1024 => self.entry.push(c),
            _ => {}
        }
    }

    /// A character by its number in UTF-16.
    pub(super) fn unicode(&mut self, number: i32) {
        self.flush();
        let unit = (number & 0xFFFF) as u16;
        self.skip = self.now.fallback;
        match (unit, self.high.take()) {
            (0xD800..=0xDBFF, _) => self.high = Some(unit),
            (_, high) => {
                let units = [high.unwrap_or(unit), unit];
                let from = usize::from(high.is_none());
                for c in char::decode_utf16(units.into_iter().skip(from)) {
                    self.print(c.unwrap_or(char::REPLACEMENT_CHARACTER));
                }
            }
        }
    }

    // Paragraphs.

    pub(super) fn end_paragraph(&mut self, end: End, depth: u32, row: Option<usize>) {
        self.flush();
        if self.now.dest != Dest::Text {
            return;
        }
        let carries_on = (self.now.deleted || self.now.hidden) && end == End::Nothing;
        let style = self.headings.get(&self.now.style);
        let heading = self.now.outline.or(style.copied().flatten()).map_or(style.is_some(), |level| level < 9);
        let row = row.and_then(|n| self.rows.get(n)).and_then(Row::def);
        let label = std::mem::take(&mut self.label);
        self.paras += 1;
        if let Some(story) = self.stories.last_mut() {
            if !label.trim().is_empty() && !carries_on {
                story.open.label = Some(label.trim().to_owned());
            }
            story.end(Para { heading, carries_on, depth, end, row, ..Para::default() });
        }
    }

    pub(super) fn table_depth(&self) -> u32 {
        if self.now.in_table { self.now.depth.max(1) } else { self.now.depth }
    }

    fn end_story(&mut self, depth: u32) {
        if self.stories.len() < 2 {
            return;
        }
        let Some(story) = self.stories.pop() else { return };
        let kind = story.kind;
        let paras = story.finish(depth);
        let Some(outer) = self.stories.last_mut() else { return };
        let shown = !self.now.hidden && !self.now.deleted;
        match kind {
            Kind::TextBox if shown => outer.anchor(Thing::TextBox(paras)),
            Kind::Footnote | Kind::Comment if shown => {
                self.notes += 1;
                outer.open.refs.push(self.notes);
                outer.begun = true;
                let kind = if kind == Kind::Comment { BlockKind::Comment } else { BlockKind::Footnote };
                self.beside.push((kind, Some(self.notes), paras));
            }
            Kind::Header => self.beside.push((BlockKind::Header, None, paras)),
            Kind::Footer => self.beside.push((BlockKind::Footer, None, paras)),
            _ => {}
        }
    }

    pub(super) fn begin_story(&mut self, kind: Kind) {
        const DEEPEST: usize = 8;
        if self.stories.len() >= DEEPEST {
            self.now.dest = Dest::Nowhere;
            return;
        }
        self.flush();
        self.stories.push(Story::new(kind));
        let Group { font, fallback, .. } = self.now;
        self.now = Group { owns: Owns::Story, font, fallback, ..Group::default() };
    }

    // Fields, pictures, tables of fonts and styles.

    fn end_field(&mut self, inner: &Group) {
        let Some(field) = self.fields.pop() else { return };
        let silent = !field.result || field.printed == self.flow.out.characters;
        if silent
            && inner.dest == Dest::Text
            && let Some(text) = field.own_text()
        {
            text.chars().for_each(|c| self.print(c));
        }
    }

    pub(super) fn form_state(&mut self) {
        let (kind, state, default) = self.form;
        let state = state.filter(|n| *n != 25).unwrap_or(default);
        if let Some(field) = self.fields.last_mut() {
            match kind {
                1 => field.ticked = Some(state != 0),
                2 => field.chosen = usize::try_from(state).unwrap_or(0),
                _ => {}
            }
        }
    }

    fn end_picture(&mut self, inner: &Group) {
        let [width, height, across, down] = self.picture;
        if inner.hidden || inner.deleted {
            return;
        }
        if is_page_like(width * across / 100, height * down / 100) {
            self.large_pictures += 1;
        }
        if let Some(story) = self.stories.last_mut() {
            story.anchor(Thing::Picture);
        }
    }

    pub(super) fn end_font(&mut self) {
        let (number, font) = std::mem::take(&mut self.font);
        if !font.name.is_empty() || font.charset.is_some() {
            self.fonts.add(number, font);
        }
    }

    fn end_style(&mut self) {
        let (number, name, outline) = std::mem::take(&mut self.style);
        let name = String::from_utf8_lossy(&name).trim().trim_end_matches(';').to_lowercase();
        let heading = name.strip_prefix("heading").is_some_and(|n| n.trim().parse::<u8>().is_ok()) || name == "title";
        if (heading || outline.is_some()) && self.headings.len() < 4096 {
            self.headings.insert(number, outline);
        }
    }

    /// What was read, once the file has ended.
    pub fn finish(mut self) -> Read {
        self.flush();
        let open_groups = !self.closed;
        while self.stories.len() > 1 {
            self.end_story(0);
        }
        let depth = self.table_depth();
        let body = self.stories.pop().map(|s| s.finish(depth)).unwrap_or_default();
        self.flow.body(&body);
        for (kind, number, paras) in self.beside {
            let at = match number {
                Some(number) => match self.flow.refs.get(&number) {
                    Some(at) => at.clone(),
                    None => continue,
                },
                None => Location::default(),
            };
            self.flow.beside(kind, at, &paras);
        }
        let mut over = self.flow.out.over;
        if self.paras > self.most {
            over.get_or_insert(Over::Blocks);
        }
        let mut blocks = self.flow.out.finish();
        blocks.iter_mut().for_each(|b| b.at.page = None);
        Read { blocks, pages: self.pages, large_pictures: self.large_pictures, over, open_groups, too_deep: self.too_deep }
    }
}
