//! Printing: characters, breaks, runs.
use super::super::names::El;
use super::super::para::Run;
use super::super::styles::fonts;
use super::{Holder, Story};
use crate::read::symbol_font::{SymbolFont, shown};
use crate::read::word::fonts::Fonts;
use crate::read::xml::Attrs;

impl Story<'_> {
    pub(super) fn print(&mut self, text: &str) {
        if self.placeholders > 0 || self.run.is_hidden() {
            return;
        }
        self.out.count(text);
        if self.out.over.is_some() {
            return;
        }
        let page = self.out.page;
        if self.paras.is_empty() {
            self.begin_paragraph();
        }
        let Some(para) = self.paras.last_mut() else { return };
        para.page.get_or_insert(page);
        let fonts = self.run.symbol_fonts();
        let special = |b: u8| b < 0x20 || b == 0xEF;
        if fonts.is_none() && !text.bytes().any(special) {
            para.text.push_str(text);
            return;
        }
        for c in text.chars() {
            para.text.push(match c {
                '\n' | '\r' | '\t' => ' ',
                c => shown(fonts.map_or(SymbolFont::Text, |f: Fonts| f.of_char(c)), c),
            });
        }
    }

    /// Prints a sign of our own, as it stands.
    pub(super) fn sign(&mut self, text: &str) {
        if self.placeholders > 0 || self.run.is_hidden() {
            return;
        }
        self.out.count(text);
        let page = self.out.page;
        if let Some(para) = self.paras.last_mut() {
            para.page.get_or_insert(page);
            para.text.push_str(text);
        }
    }

    /// A line or page break, a tab: printed only where there is a paragraph.
    pub(super) fn control(&mut self, c: char) {
        if self.placeholders == 0
            && !self.run.is_hidden()
            && let Some(para) = self.paras.last_mut()
        {
            para.text.push(c);
        }
    }

    pub(super) fn page_break(&mut self) {
        if self.placeholders == 0 && !self.run.is_hidden() {
            self.out.explicit_break();
            if let Some(para) = self.paras.last_mut()
                && !para.text.is_empty()
            {
                para.text.push('\n');
            }
        }
    }

    pub(super) fn rendered_break(&mut self) {
        let started = self.paras.last().is_some_and(|p| !p.text.is_empty());
        let begins_cell = match self.containers.last() {
            Some(c) if c.kind == Holder::Cell => !started && c.block.is_some_and(|b| self.out.get(b).is_some_and(|b| b.text.is_empty())),
            _ => false,
        };
        if begins_cell && let Some(table) = self.tables.last_mut() {
            if table.moved {
                return;
            }
            self.out.rendered_break();
            table.moved = true;
            table.row_page = self.out.page;
            return;
        }
        self.out.rendered_break();
    }

    /// `w:sym`: a character of a font by its code.
    pub(super) fn symbol(&mut self, attrs: &Attrs) {
        let code = attrs.get("char").and_then(|c| u32::from_str_radix(c.trim(), 16).ok());
        let font = attrs.get("font").map_or(SymbolFont::Text, |f| SymbolFont::of_name(&f));
        if let Some(c) = code.and_then(char::from_u32) {
            let mut buf = [0u8; 4];
            self.sign(shown(font, c).encode_utf8(&mut buf));
        }
    }

    pub(super) fn run_property(&mut self, el: El, attrs: &Attrs) {
        match el {
            El::Vanish => self.run.hidden = Some(attrs.on()),
            El::RFonts => self.run.fonts = fonts(attrs),
            El::RStyle => self.run.style = attrs.val().and_then(|id| self.styles.index(&id)),
            _ => {}
        }
    }

    pub(super) fn begin_run(&mut self) {
        let base = match self.paras.last_mut() {
            Some(para) => *para.base.get_or_insert_with(|| self.styles.paragraph(para.style).into()),
            None => self.styles.paragraph(None).into(),
        };
        self.run = Run::new(base);
    }

    pub(super) fn paragraph_property(&mut self, el: El, parent: El, attrs: &Attrs) {
        let Some(para) = self.paras.last_mut() else { return };
        let level = || attrs.number("val").and_then(|v| u8::try_from(v).ok());
        match (el, parent) {
            (El::PStyle, El::PPr) => para.style = attrs.val().and_then(|id| self.styles.index(&id)),
            (El::OutlineLvl, El::PPr) => para.outline = level(),
            (El::NumId, El::NumPr) => para.num.id = attrs.number("val"),
            (El::ILvl, El::NumPr) => para.num.level = level(),
            (El::Del | El::MoveFrom, El::RPr) => para.mark_deleted = true,
            (El::Vanish | El::SpecVanish, El::RPr) => para.mark_hidden = attrs.on(),
            // A large first letter is a paragraph of its own in the file, not on paper.
            (El::FramePr, El::PPr) => para.mark_hidden = true,
            _ => {}
        }
    }
}
