//! The paragraph and the run that are being read.
use super::styles::{Style, Styles};
use crate::read::word::fonts::Fonts;
use crate::read::word::numbering::NumRef;

#[derive(Default)]
pub(super) struct Para {
    pub text: String,
    /// Tells it from every other paragraph of the story.
    pub serial: u64,
    /// Running number in the body.
    pub number: u32,
    /// The place kept for it, once something was anchored in it.
    pub block: Option<u32>,
    /// Page of its first character.
    pub page: Option<u32>,
    pub style: Option<usize>,
    pub num: NumRef,
    pub outline: Option<u8>,
    /// The paragraph mark was deleted, or is hidden: the text runs on into the next paragraph.
    pub mark_deleted: bool,
    pub mark_hidden: bool,
    /// Its automatic number was counted.
    pub numbered: bool,
    pub label: Option<String>,
    /// What the paragraph style gives its runs, looked up once.
    pub base: Option<Base>,
}

/// Hidden or not, and fonts, where a run says nothing of its own.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Base {
    hidden: bool,
    fonts: Fonts,
}

impl From<Style> for Base {
    fn from(style: Style) -> Self {
        Self { hidden: style.hidden.unwrap_or(false), fonts: style.fonts }
    }
}

impl Para {
    pub fn carries_on(&self) -> bool {
        self.mark_deleted || self.mark_hidden
    }

    /// A carried paragraph goes on with the properties of the next one; a number already printed stays.
    pub fn reopened(self) -> Self {
        Self { text: self.text, serial: self.serial, number: self.number, block: self.block, page: self.page, label: self.label, ..Self::default() }
    }

    pub fn is_heading(&self, style: &Style) -> bool {
        match self.outline.or(style.outline) {
            Some(level) => level < 9,
            None => style.heading,
        }
    }

    /// Takes white space off both ends of the text from `from` on, as Word does where it is not marked to be kept.
    pub fn trim_from(&mut self, from: usize) {
        let blank = [' ', '\t', '\n', '\r'];
        if self.text.is_char_boundary(from.min(self.text.len())) && from < self.text.len() {
            let end = self.text[from..].trim_end_matches(blank).len() + from;
            self.text.truncate(end);
            let lead = self.text[from..].len() - self.text[from..].trim_start_matches(blank).len();
            self.text.replace_range(from..from + lead, "");
        }
    }
}

#[derive(Default)]
pub(super) struct Run {
    pub hidden: Option<bool>,
    pub fonts: Fonts,
    pub style: Option<usize>,
    /// The properties being read are those of a paragraph mark.
    pub of_mark: bool,
    /// Length of the text before an element whose white space is not kept.
    pub trim_from: Option<usize>,
    base: Base,
    is_hidden: bool,
    symbol: Option<Fonts>,
}

impl Run {
    pub fn new(base: Base) -> Self {
        Self { base, is_hidden: base.hidden, symbol: Some(base.fonts).filter(|f| !f.is_text()), ..Self::default() }
    }

    /// Works out what the run's properties and styles come to.
    pub fn resolve(&mut self, styles: &Styles) {
        let style = self.style.and_then(|n| styles.get(n)).copied().unwrap_or_default();
        self.is_hidden = self.hidden.or(style.hidden).unwrap_or(self.base.hidden);
        self.symbol = Some(self.fonts.over(style.fonts).over(self.base.fonts)).filter(|f| !f.is_text());
    }

    pub fn is_hidden(&self) -> bool {
        self.is_hidden
    }

    /// The run's fonts, where one of them is a symbol font.
    pub fn symbol_fonts(&self) -> Option<Fonts> {
        self.symbol
    }
}
