//! Paragraphs.
use super::ink::Ink;
use std::fmt::Write;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Center,
    Right,
}

/// A paragraph in the making.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// Its runs as WordprocessingML.
    runs: String,
    side: Option<Side>,
    is_heading: bool,
    with_next: bool,
    /// First line, in twips.
    indent: usize,
    before: u32,
    after: u32,
    /// Twips; `None` is single spacing.
    exactly: Option<i32>,
}

impl Line {
    pub fn new() -> Self {
        Self::default()
    }

    /// One run and no more.
    pub fn of(ink: Ink, text: &str) -> Self {
        Self::new().add(ink, text)
    }

    #[must_use]
    pub fn add(mut self, ink: Ink, text: &str) -> Self {
        if !text.is_empty() {
            ink.run(&mut self.runs, text);
        }
        self
    }

    /// The sheet's picture, as [`super::Sheet::picture`] gives it.
    #[must_use]
    pub(super) fn drawn(mut self, run: &str) -> Self {
        self.runs.push_str(run);
        self
    }

    /// The page's number, counted by the word processor.
    #[must_use]
    pub fn page_number(mut self, ink: Ink) -> Self {
        ink.field(&mut self.runs, "PAGE");
        self
    }

    /// How many pages there are.
    #[must_use]
    pub fn page_count(mut self, ink: Ink) -> Self {
        ink.field(&mut self.runs, "NUMPAGES");
        self
    }

    #[must_use]
    pub fn centered(mut self) -> Self {
        self.side = Some(Side::Center);
        self
    }

    #[must_use]
    pub fn right(mut self) -> Self {
        self.side = Some(Side::Right);
        self
    }

    /// Shown in the word processor's outline.
    #[must_use]
    pub fn heading(mut self) -> Self {
        self.is_heading = true;
        self.with_next()
    }

    /// Stays on the page of what follows.
    #[must_use]
    pub fn with_next(mut self) -> Self {
        self.with_next = true;
        self
    }

    /// First line indented by two characters of `size` half points.
    #[must_use]
    pub fn indented(mut self, size: usize) -> Self {
        self.indent = size * 20;
        self
    }

    /// Space before and after, in twips.
    #[must_use]
    pub fn spaced(mut self, before: u32, after: u32) -> Self {
        self.before = before;
        self.after = after;
        self
    }

    /// Lines exactly so many twips apart.
    #[must_use]
    pub fn pitched(mut self, twips: i32) -> Self {
        self.exactly = Some(twips);
        self
    }

    /// The paragraph as WordprocessingML, its properties in the order of the schema.
    pub(super) fn write(&self, out: &mut String) {
        out.push_str("<w:p>");
        let start = out.len();
        out.push_str("<w:pPr>");
        let empty = out.len();
        if self.with_next {
            out.push_str("<w:keepNext/>");
        }
        if (self.before, self.after, self.exactly) != (0, 0, None) {
            let (pitch, rule) = self.exactly.map_or((240, "auto"), |twips| (twips, "exact"));
            let _ = write!(out, r#"<w:spacing w:before="{}" w:after="{}" w:line="{pitch}" w:lineRule="{rule}"/>"#, self.before, self.after);
        }
        if self.indent > 0 {
            let _ = write!(out, r#"<w:ind w:firstLine="{}"/>"#, self.indent);
        }
        match self.side {
            None => {}
            Some(Side::Center) => out.push_str(r#"<w:jc w:val="center"/>"#),
            Some(Side::Right) => out.push_str(r#"<w:jc w:val="right"/>"#),
        }
        if self.is_heading {
            out.push_str(r#"<w:outlineLvl w:val="0"/>"#);
        }
        if out.len() == empty {
            out.truncate(start);
        } else {
            out.push_str("</w:pPr>");
        }
        out.push_str(&self.runs);
        out.push_str("</w:p>");
    }
}

#[cfg(test)]
mod tests {
    use super::super::Face;
    use super::*;

    fn written(line: &Line) -> String {
        let mut out = String::new();
        line.write(&mut out);
        out
    }

    #[test]
    fn a_paragraph_says_only_what_differs_from_the_usual() {
        let ink = Ink::new(Face::Hei, 18).bold().color("404040");
        let run =
            r#"<w:r><w:rPr><w:rStyle w:val="hei-18-b-404040"/></w:rPr><w:t xml:space="preserve">甲&lt;乙</w:t><w:br/><w:t xml:space="preserve">丙</w:t></w:r>"#;
        assert_eq!(written(&Line::new()), "<w:p></w:p>");
        assert_eq!(written(&Line::of(ink, "甲<乙\n丙")), format!("<w:p>{run}</w:p>"));
        let all = written(&Line::new().indented(32).pitched(560).spaced(1, 2).right().heading());
        let want = r#"<w:keepNext/><w:spacing w:before="1" w:after="2" w:line="560" w:lineRule="exact"/><w:ind w:firstLine="640"/><w:jc w:val="right"/><w:outlineLvl w:val="0"/>"#;
        assert_eq!(all, format!("<w:p><w:pPr>{want}</w:pPr></w:p>"));
    }
}
