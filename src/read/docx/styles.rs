//! Styles, as far as they change what a reader sees: headings, numbering, hidden text, symbol fonts.
use super::names::El;
use crate::read::symbol_font::SymbolFont;
use crate::read::word::fonts::Fonts;
use crate::read::word::numbering::NumRef;
use crate::read::xml::{Attrs, Visit, Visitor, local_name};
use std::collections::HashMap;

/// The fonts that `w:rFonts` names.
pub(super) fn fonts(attrs: &Attrs) -> Fonts {
    let (mut fonts, mut themes) = (Fonts::default(), Fonts::default());
    let text = Some(SymbolFont::Text);
    for (key, value) in attrs.iter() {
        match local_name(key) {
            "ascii" => fonts.ascii = Some(SymbolFont::of_name(value)),
            "hAnsi" | "h-ansi" => fonts.high = Some(SymbolFont::of_name(value)),
            "eastAsia" | "fareast" => fonts.east = Some(SymbolFont::of_name(value)),
            "asciiTheme" => themes.ascii = text,
            "hAnsiTheme" => themes.high = text,
            "eastAsiaTheme" => themes.east = text,
            _ => {}
        }
    }
    themes.over(fonts)
}

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Style {
    pub hidden: Option<bool>,
    pub fonts: Fonts,
    pub num: NumRef,
    /// 0 is the highest; 9 is body text.
    pub outline: Option<u8>,
    pub heading: bool,
    base: Option<usize>,
}

/// The styles of a document, each with all it inherits.
#[derive(Default)]
pub(super) struct Styles {
    all: Vec<Style>,
    ids: HashMap<String, usize>,
    names: Vec<String>,
    default_paragraph: Option<usize>,
    defaults: Style,
    // While the part is read.
    bases: Vec<Option<String>>,
    open: Option<usize>,
    kinds: Vec<Kind>,
    most: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Paragraph,
    Character,
    Other,
}

/// Styles inherit from each other at most this deep; a circle ends here.
const CHAIN: usize = 32;

impl Styles {
    pub fn new(most: usize) -> Self {
        Self { most, ..Self::default() }
    }

    /// Resolves what styles inherit; to be called once, when the part is read.
    pub fn finish(&mut self) {
        for (style, base) in self.all.iter_mut().zip(&self.bases) {
            style.base = base.as_ref().and_then(|id| self.ids.get(id).copied());
        }
        let own = self.all.clone();
        for (n, style) in self.all.iter_mut().enumerate() {
            let mut at = own[n].base;
            for _ in 0..CHAIN {
                let Some(base) = at.and_then(|b| own.get(b)) else { break };
                style.hidden = style.hidden.or(base.hidden);
                style.fonts = style.fonts.over(base.fonts);
                style.num = NumRef { id: style.num.id.or(base.num.id), level: style.num.level.or(base.num.level) };
                style.outline = style.outline.or(base.outline);
                style.heading |= base.heading && style.outline.is_none();
                at = base.base;
            }
            if self.kinds.get(n) == Some(&Kind::Paragraph) {
                style.fonts = style.fonts.over(self.defaults.fonts);
            }
        }
        self.bases = Vec::new();
    }

    pub fn index(&self, id: &str) -> Option<usize> {
        self.ids.get(id).copied()
    }

    /// The id of a style, as the file writes it.
    pub fn id(&self, index: usize) -> Option<&str> {
        self.names.get(index).map(String::as_str)
    }

    /// The style of a paragraph; that of the default style, or the document's defaults, where none is named.
    pub fn paragraph(&self, index: Option<usize>) -> Style {
        index.or(self.default_paragraph).and_then(|n| self.all.get(n)).copied().unwrap_or(self.defaults)
    }

    pub fn get(&self, index: usize) -> Option<&Style> {
        self.all.get(index)
    }

    /// The `numId` that a numbering style stands for.
    pub fn numbering_of(&self, id: &str) -> Option<i64> {
        self.all.get(self.index(id)?)?.num.id
    }

    fn current(&mut self) -> &mut Style {
        match self.open.and_then(|n| self.all.get_mut(n)) {
            Some(style) => style,
            None => &mut self.defaults,
        }
    }
}

fn is_heading_name(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    let numbered = |head: &str| name.strip_prefix(head).is_some_and(|rest| rest.trim().parse::<u8>().is_ok());
    numbered("heading") || numbered("标题") || name == "title" || name == "标题"
}

impl Visitor for Styles {
    type El = El;

    fn open(&mut self, el: El, parent: El, attrs: &Attrs) -> Visit {
        match el {
            El::Style if self.all.len() >= self.most => return Visit::Stop,
            El::Style => {
                let id = attrs.get("styleId").unwrap_or_default().into_owned();
                let (kind, is_of_tables) = match attrs.get("type").as_deref() {
                    Some("paragraph") | None => (Kind::Paragraph, false),
                    Some("character") => (Kind::Character, false),
                    Some(kind) => (Kind::Other, kind == "table"),
                };
                let n = self.all.len();
                if kind == Kind::Paragraph && attrs.get("default").is_some_and(|v| v == "1" || v == "true" || v == "on") {
                    self.default_paragraph = Some(n);
                }
                self.names.push(id.clone());
                self.ids.insert(id, n);
                self.all.push(Style::default());
                self.bases.push(None);
                self.kinds.push(kind);
                self.open = Some(n).filter(|_| !is_of_tables);
                // How tables look changes no word, and fills most of what Word writes.
                if is_of_tables {
                    return Visit::Skip;
                }
            }
            El::BasedOn => {
                if let Some(slot) = self.open.and_then(|n| self.bases.get_mut(n)) {
                    *slot = attrs.val().map(|v| v.into_owned());
                }
            }
            El::Name if parent == El::Style => self.current().heading = attrs.val().is_some_and(|v| is_heading_name(&v)),
            El::Vanish if parent == El::RPr => self.current().hidden = Some(attrs.on()),
            El::RFonts if parent == El::RPr => self.current().fonts = fonts(attrs),
            El::OutlineLvl => self.current().outline = attrs.number("val").and_then(|v| u8::try_from(v).ok()),
            El::NumId if parent == El::NumPr => self.current().num.id = attrs.number("val"),
            El::ILvl if parent == El::NumPr => self.current().num.level = attrs.number("val").and_then(|v| u8::try_from(v).ok()),
            El::RPrChange | El::PPrChange | El::TblPr | El::TcPr | El::TrPr => return Visit::Skip,
            _ => {}
        }
        Visit::Into
    }

    fn close(&mut self, el: El, _: El) {
        if el == El::Style {
            self.open = None;
        }
    }

    fn text(&mut self, _: &str, _: El) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::xml::walk;

    fn styles(inner: &str) -> Styles {
        let mut styles = Styles::new(100);
        let xml = format!("<w:styles>{inner}</w:styles>");
        walk(xml.as_bytes(), 64, &mut styles);
        styles.finish();
        styles
    }

    #[test]
    fn what_a_style_inherits_is_resolved_and_a_circle_ends() {
        let s = styles(
            r#"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman"/></w:rPr></w:rPrDefault></w:docDefaults>
            <w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
            <w:style w:type="paragraph" w:styleId="mine"><w:basedOn w:val="1"/><w:rPr><w:vanish/></w:rPr></w:style>
            <w:style w:type="paragraph" w:styleId="x"><w:basedOn w:val="y"/></w:style>
            <w:style w:type="paragraph" w:styleId="y"><w:basedOn w:val="x"/></w:style>
            <w:style w:type="character" w:styleId="tick"><w:rPr><w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/></w:rPr></w:style>"#,
        );
        let mine = s.paragraph(s.index("mine"));
        assert_eq!((mine.outline, mine.num.id, mine.hidden), (Some(0), Some(3), Some(true)));
        let tick = s.get(s.index("tick").unwrap()).unwrap().fonts.over(mine.fonts);
        assert_eq!(tick.of_char('R'), SymbolFont::Wingdings2);
        assert_eq!(mine.fonts.of_char('R'), SymbolFont::Text);
    }
}
