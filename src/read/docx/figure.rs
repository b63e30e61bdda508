//! Diagrams and charts: parts of their own, of which only the words are read.
use super::names::El;
use crate::read::xml::{Attrs, Visit, Visitor};

/// The paragraphs of a diagram, the titles and categories of a chart, one a line.
#[derive(Default)]
pub(in crate::read) struct Lines {
    pub text: String,
    in_texts: bool,
}

/// Bytes of text taken from one figure.
const MOST: usize = 1 << 20;

impl Visitor for Lines {
    type El = El;

    fn open(&mut self, el: El, _: El, _: &Attrs) -> Visit {
        self.in_texts |= el == El::ChartTexts;
        if self.text.len() > MOST { Visit::Stop } else { Visit::Into }
    }

    fn close(&mut self, el: El, _: El) {
        match el {
            El::ChartTexts => self.in_texts = false,
            El::DrawingParagraph | El::ChartValue if !self.text.is_empty() && !self.text.ends_with('\n') => self.text.push('\n'),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, parent: El) {
        if parent == El::DrawingText || (parent == El::ChartValue && self.in_texts) {
            self.text.push_str(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::xml::walk;

    #[test]
    fn words_of_diagrams_and_charts_are_lines() {
        let mut lines = Lines::default();
        let xml = "<x><a:p><a:r><a:t>理事</a:t></a:r><a:r><a:t>会</a:t></a:r></a:p><a:p/><c:strCache><c:pt><c:v>2022年</c:v></c:pt></c:strCache>\
                   <c:numCache><c:pt><c:v>17</c:v></c:pt></c:numCache></x>";
        walk(xml.as_bytes(), 32, &mut lines);
        assert_eq!(lines.text, "理事会\n2022年\n");
    }
}
