//! Styles, as far as they change what a reader sees: hidden text, symbol fonts, page breaks, lists.
use super::lists::{Level, ListStyle};
use super::names::El;
use crate::read::symbol_font::SymbolFont;
use crate::read::xml::{Attrs, Visit, Visitor};
use std::collections::HashMap;

#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    parent: Option<String>,
    hidden: Option<bool>,
    font: Option<SymbolFont>,
    /// A page begins before the paragraph.
    breaks: Option<bool>,
    /// A sheet that is not shown.
    pub invisible: bool,
}

/// What a style and those it inherits from come to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Look {
    pub hidden: Option<bool>,
    pub font: Option<SymbolFont>,
    pub breaks: bool,
}

/// The styles of one part.
#[derive(Debug, Clone, Default)]
pub(super) struct Styles {
    /// By family and name.
    all: HashMap<(Family, String), Style>,
    pub lists: HashMap<String, ListStyle>,
    fonts: HashMap<String, SymbolFont>,
    most: usize,
    open: Option<(Family, String)>,
    list: Option<String>,
    level: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Family {
    Paragraph,
    Text,
    Table,
    Other,
}

impl Family {
    fn of(name: Option<&str>) -> Self {
        match name {
            Some("paragraph") => Self::Paragraph,
            Some("text") => Self::Text,
            Some("table") => Self::Table,
            _ => Self::Other,
        }
    }
}

/// Styles inherit from each other at most this deep; a circle ends here.
const CHAIN: usize = 16;

/// The name under which the numbering of headings is kept; no list has it.
pub(super) const OUTLINE: &str = "\u{1}outline";

impl Styles {
    pub fn new(most: usize) -> Self {
        Self { most, ..Self::default() }
    }

    pub fn get(&self, family: Family, name: &str) -> Option<&Style> {
        // One look-up a span would copy the name; families are few and names short.
        self.all.get(&(family, name.to_owned()))
    }

    pub fn look(&self, family: Family, name: &str) -> Look {
        let mut look = Look::default();
        let mut at = self.get(family, name);
        let mut breaks = None;
        for _ in 0..CHAIN {
            let Some(style) = at else { break };
            look.hidden = look.hidden.or(style.hidden);
            look.font = look.font.or(style.font);
            breaks = breaks.or(style.breaks);
            at = style.parent.as_deref().and_then(|p| self.get(family, p));
        }
        look.breaks = breaks.unwrap_or(false);
        look
    }

    /// The style a style inherits from.
    pub fn parent(&self, family: Family, name: &str) -> Option<&str> {
        self.get(family, name)?.parent.as_deref()
    }

    /// The style of another part that a style inherits from at last.
    pub fn outside(&self, family: Family, name: &str) -> Option<&str> {
        let mut at = self.get(family, name)?;
        for _ in 0..CHAIN {
            let parent = at.parent.as_deref()?;
            match self.get(family, parent) {
                Some(style) => at = style,
                None => return Some(parent),
            }
        }
        None
    }

    fn font(&self, attrs: &Attrs) -> Option<SymbolFont> {
        let named = attrs.get("font-name").map(|n| self.fonts.get(&*n).copied().unwrap_or_else(|| SymbolFont::of_name(&n)));
        named.or_else(|| attrs.get("font-family").map(|n| SymbolFont::of_name(n.trim_matches(['\'', '"']))))
    }

    fn current(&mut self) -> Option<&mut Style> {
        self.all.get_mut(self.open.as_ref()?)
    }

    fn current_level(&mut self) -> Option<&mut Level> {
        self.lists.get_mut(self.list.as_ref()?)?.levels.get_mut(self.level?)
    }
}

impl Visitor for Styles {
    type El = El;

    fn open(&mut self, el: El, _: El, attrs: &Attrs) -> Visit {
        match el {
            El::Body | El::MasterStyles | El::Scripts | El::Settings | El::MetaData => return Visit::Skip,
            El::Style | El::ListStyle if self.all.len() + self.lists.len() >= self.most => return Visit::Stop,
            El::FontFace => {
                if let Some(name) = attrs.get("name") {
                    let family = attrs.get("font-family").unwrap_or_default();
                    let font = SymbolFont::of_name(family.trim_matches(['\'', '"']));
                    if font != SymbolFont::Text && self.fonts.len() < self.most {
                        self.fonts.insert(name.into_owned(), font);
                    }
                }
            }
            El::Style => {
                // A default style has no name, and what it says holds for the whole family: nothing that matters here.
                let Some(name) = attrs.get("name") else { return Visit::Skip };
                let key = (Family::of(attrs.get("family").as_deref()), name.into_owned());
                let style = Style {
                    parent: attrs.get("parent-style-name").map(|p| p.into_owned()),
                    breaks: attrs.get("master-page-name").filter(|n| !n.is_empty()).map(|_| true),
                    ..Style::default()
                };
                self.all.insert(key.clone(), style);
                self.open = Some(key);
            }
            El::TextProperties => {
                let font = self.font(attrs);
                let hidden = attrs.get("display").map(|d| d == "none");
                if let Some(level) = self.current_level() {
                    level.font = font.or(level.font);
                } else if let Some(style) = self.current() {
                    style.font = font.or(style.font);
                    style.hidden = hidden.or(style.hidden);
                }
            }
            El::ParagraphProperties => {
                if let Some((value, style)) = attrs.get("break-before").zip(self.current()) {
                    style.breaks = Some(value == "page");
                }
            }
            El::TableProperties => {
                if let Some(style) = self.current() {
                    style.invisible = attrs.get("display").is_some_and(|d| d == "false");
                }
            }
            El::ListStyle | El::OutlineStyle => {
                let name = if el == El::OutlineStyle { OUTLINE.to_owned() } else { attrs.get("name").unwrap_or_default().into_owned() };
                self.lists.insert(name.clone(), ListStyle::default());
                self.list = Some(name);
            }
            El::NumberLevel | El::BulletLevel | El::ImageLevel => {
                self.level = attrs.number("level").and_then(|n| usize::try_from(n - 1).ok());
                if let Some(level) = self.current_level() {
                    *level = Level::of(el, attrs);
                }
            }
            _ => {}
        }
        Visit::Into
    }

    fn close(&mut self, el: El, _: El) {
        match el {
            El::Style => self.open = None,
            El::ListStyle | El::OutlineStyle => self.list = None,
            El::NumberLevel | El::BulletLevel | El::ImageLevel => self.level = None,
            _ => {}
        }
    }

    fn text(&mut self, _: &str, _: El) {}
}
