//! The fonts of a run, as far as they decide which sign a character shows.
use crate::read::symbol_font::SymbolFont;

/// The fonts of a run by script; `None` is inherited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::read) struct Fonts {
    pub ascii: Option<SymbolFont>,
    pub high: Option<SymbolFont>,
    pub east: Option<SymbolFont>,
}

impl Fonts {
    pub fn over(self, base: Self) -> Self {
        Self { ascii: self.ascii.or(base.ascii), high: self.high.or(base.high), east: self.east.or(base.east) }
    }

    /// Whether every character is what it says.
    pub fn is_text(self) -> bool {
        [self.ascii, self.high, self.east].iter().all(|f| f.is_none_or(|f| f == SymbolFont::Text))
    }

    /// The font that prints `c`. A script whose font nobody names follows one that is named.
    pub fn of_char(self, c: char) -> SymbolFont {
        let named = |fonts: [Option<SymbolFont>; 3]| fonts.into_iter().flatten().next().unwrap_or_default();
        if c.is_ascii() {
            named([self.ascii, self.high, self.east])
        } else {
            // Which of the two prints a private or Latin-1 character depends on hints that writers get wrong.
            let symbol = |f: Option<SymbolFont>| f.filter(|f| *f != SymbolFont::Text);
            symbol(self.high).or(symbol(self.east)).or(symbol(self.ascii)).unwrap_or_default()
        }
    }
}
