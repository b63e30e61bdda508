//! What is anchored in a paragraph: text boxes, pictures, figures, notes.
use super::super::names::El;
use super::{Aside, Container, Holder, Mode, Story};
use crate::model::{BlockKind, Location};
use crate::read::word::out::Over;
use crate::read::word::pictures;
use crate::read::xml::{Attrs, Visit};

/// Headers and footers looked at; a document has six a section at most, and few sections.
const MOST_HEADERS: usize = 600;

impl Story<'_> {
    /// The place of what stands at this point.
    pub(super) fn here(&mut self) -> Location {
        let page = Some(self.out.page);
        match self.containers.last() {
            Some(c) if c.kind != Holder::Body => {
                let at = c.block.and_then(|b| self.out.get(b)).map(|b| b.at.clone()).unwrap_or_default();
                Location { page, ..at }
            }
            _ => Location { page, paragraph: self.paras.last().map(|p| p.number).filter(|n| *n > 0), ..Location::default() },
        }
    }

    /// Adds a block after the paragraph it is anchored in, whose place is kept.
    pub(super) fn anchor(&mut self, kind: BlockKind) -> Option<u32> {
        let at = self.here();
        if self.containers.last().is_some_and(|c| c.kind == Holder::Body)
            && let Some(para) = self.paras.last_mut()
            && para.block.is_none()
        {
            para.block = self.out.add(BlockKind::Paragraph, at.clone());
        }
        self.out.add(kind, at)
    }

    pub(super) fn begin_box(&mut self) -> Visit {
        if self.run.is_hidden() {
            return Visit::Skip;
        }
        if self.in_body() {
            let block = self.anchor(BlockKind::TextBox);
            self.containers.push(Container::new(Holder::Box, block));
        }
        self.asides.push(Aside { run: std::mem::take(&mut self.run), fields: self.field_base });
        self.field_base = self.fields.len();
        Visit::Into
    }

    pub(super) fn end_box(&mut self) {
        if self.in_body() {
            self.leave_container();
        }
        if let Some(aside) = self.asides.pop() {
            self.run = aside.run;
            self.fields.truncate(self.field_base);
            self.field_base = aside.fields;
        }
    }

    /// A picture, the relationship to its part known or not.
    pub(super) fn picture(&mut self, id: Option<String>) {
        if self.in_body() && !self.run.is_hidden() && self.placeholders == 0 {
            let before = self.seen.pictures as usize;
            self.seen.pictures += 1;
            let is_kept = self.anchor(BlockKind::Picture).is_some();
            if self.extent.is_some_and(|(w, h)| pictures::is_page_like_in_emu(w, h)) {
                self.seen.large_pictures += 1;
                if is_kept && self.seen.sheets.len() < pictures::MOST_SHEETS {
                    self.seen.sheets.extend(id.map(|id| (id, before)));
                }
            }
        }
    }

    /// Keeps a text box for the words of a diagram or chart, which stand in a part of their own.
    pub(super) fn figure(&mut self, id: Option<String>) {
        if self.in_body()
            && !self.run.is_hidden()
            && let Some(id) = id
        {
            let block = self.anchor(BlockKind::TextBox);
            self.seen.figures.extend(block.map(|b| (id, b)));
        }
    }

    /// Text drawn along a path.
    pub(super) fn word_art(&mut self, text: &str) {
        if text.trim().is_empty() || self.run.is_hidden() {
            return;
        }
        if !self.in_body() {
            self.control('\n');
            return self.sign(text);
        }
        self.out.count(text);
        if let Some(block) = self.anchor(BlockKind::TextBox).and_then(|b| self.out.get(b)) {
            text.clone_into(&mut block.text);
        }
    }

    pub(super) fn refer(&mut self, el: El, attrs: &Attrs) {
        if !self.in_body() || self.run.is_hidden() {
            return;
        }
        let (Some(id), at) = (attrs.number("id"), self.here()) else { return };
        let refs = match el {
            El::FootnoteReference => &mut self.seen.footnotes,
            El::EndnoteReference => &mut self.seen.endnotes,
            _ => &mut self.seen.comments,
        };
        let order = refs.len();
        if order < self.definitions {
            refs.entry(id).or_insert((order, at));
        } else {
            self.out.over.get_or_insert(Over::Blocks);
        }
    }

    /// A header or footer of a section; most sections share theirs.
    pub(super) fn refer_part(&mut self, kind: BlockKind, attrs: &Attrs) {
        let Some(id) = attrs.get("id") else { return };
        if self.seen.headers.len() < MOST_HEADERS && !self.seen.headers.iter().any(|(_, known)| **known == *id) {
            self.seen.headers.push((kind, id.into_owned()));
        }
    }

    pub(super) fn begin_note(&mut self, attrs: &Attrs) -> Visit {
        let Mode::Notes { kind, wanted } = &self.mode else { return Visit::Into };
        let special = attrs.get("type").is_some_and(|t| t != "normal");
        let Some((order, at)) = attrs.number("id").and_then(|id| wanted.get(&id)).filter(|_| !special) else { return Visit::Skip };
        let block = self.out.add(*kind, at.clone());
        self.notes.extend(block.map(|b| (*order, b)));
        self.containers.push(Container::new(Holder::Box, block));
        Visit::Into
    }
}

/// Size of a VML shape in EMU, from `width:412.5pt;height:600pt`.
pub(super) fn size_of(style: &str) -> Option<(i64, i64)> {
    let length = |name: &str| {
        let value = style.split(';').find_map(|p| p.trim().strip_prefix(name)?.trim_start().strip_prefix(':'))?.trim();
        let digits = value.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let unit = match value.get(digits.len()..)? {
            "pt" => 12_700.0,
            "in" => 914_400.0,
            "cm" => 360_000.0,
            "mm" => 36_000.0,
            "px" | "" => 9_525.0,
            _ => return None,
        };
        Some((digits.parse::<f64>().ok()? * unit) as i64)
    };
    length("width").zip(length("height"))
}
