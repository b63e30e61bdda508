//! A thin layer over `lopdf` for papers that must print the same everywhere: A4 pages of text, lines and filled boxes.
//!
//! `lopdf` writes here and reads nowhere: PDFs that people send are read with `hayro-syntax`, which opens damaged files
//! and looks only at the objects that it is asked for.
//!
//! The Chinese faces are named and not brought along (ISO 32000-1, 9.7.5.2): every reader has its own for Adobe-GB1,
//! and the file stays a few kilobytes. Widths are stated, so lines break alike whichever face stands in.
use super::safe;
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, Stream, StringFormat, dictionary};

/// A4 in points.
pub const WIDTH: f32 = 595.28;
pub const HEIGHT: f32 = 841.89;

/// The faces of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// 宋体: running text.
    Song,
    /// 黑体: labels and headings.
    Hei,
    /// Codes and digests; Latin only.
    Mono,
}

impl Face {
    const ALL: [Self; 3] = [Self::Song, Self::Hei, Self::Mono];

    const fn key(self) -> &'static str {
        match self {
            Self::Song => "Song",
            Self::Hei => "Hei",
            Self::Mono => "Mono",
        }
    }

    /// Width of a character in a size of one point.
    fn advance(self, c: char) -> f32 {
        match self {
            Self::Mono => 0.6,
            _ if c.is_ascii() => 0.5,
            _ => 1.0,
        }
    }

    /// Width of a line in points.
    pub fn width(self, size: f32, text: &str) -> f32 {
        text.chars().map(|c| self.advance(c)).sum::<f32>() * size
    }

    fn encoded(self, text: &str) -> Object {
        match self {
            Self::Mono => Object::string_literal(text),
            Self::Song | Self::Hei => Object::String(text.encode_utf16().flat_map(u16::to_be_bytes).collect(), StringFormat::Hexadecimal),
        }
    }

    fn font(self, document: &mut Document) -> Dictionary {
        let name = match self {
            Self::Song => "STSong-Light",
            Self::Hei => "STHeiti-Regular",
            Self::Mono => return dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Courier-Bold" },
        };
        let descriptor = document.add_object(dictionary! {
            "Type" => "FontDescriptor", "FontName" => name, "Flags" => 6, "ItalicAngle" => 0, "Ascent" => 880, "Descent" => -120, "CapHeight" => 880,
            "StemV" => 93, "FontBBox" => vec![(-25).into(), (-254).into(), 1000.into(), 880.into()],
        });
        // Adobe-GB1 begins with the 95 characters of ASCII, which are set half as wide as the others.
        let own = document.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "CIDFontType0", "BaseFont" => name, "FontDescriptor" => descriptor,
            "CIDSystemInfo" => dictionary! {
                "Registry" => Object::string_literal("Adobe"), "Ordering" => Object::string_literal("GB1"), "Supplement" => 4,
            },
            "DW" => 1000, "W" => vec![1.into(), 95.into(), 500.into()],
        });
        dictionary! {
            "Type" => "Font", "Subtype" => "Type0", "BaseFont" => Object::Name(format!("{name}-UniGB-UTF16-H").into_bytes()), "Encoding" => "UniGB-UTF16-H",
            "DescendantFonts" => vec![own.into()],
        }
    }
}

/// Text on one line cut into lines of at most so many points.
pub fn lines(face: Face, size: f32, text: &str, width: f32) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0.0;
    for c in text.chars() {
        let advance = face.advance(c) * size;
        if c == '\n' || (used + advance > width && used > 0.0) {
            lines.push(String::new());
            used = 0.0;
        }
        if c != '\n'
            && let Some(line) = lines.last_mut()
        {
            line.push(c);
            used += advance;
        }
    }
    lines
}

/// A paper in the making. Places are in points from the upper left corner of the page.
#[derive(Debug, Default)]
pub struct Paper {
    pages: Vec<Vec<Operation>>,
}

impl Paper {
    /// Begins a page; what is drawn from now on stands on it.
    pub fn page(&mut self) {
        self.pages.push(Vec::new());
    }

    /// How many pages were begun.
    pub fn pages(&self) -> usize {
        self.pages.len()
    }

    fn draw(&mut self, operations: impl IntoIterator<Item = Operation>) {
        if let Some(page) = self.pages.last_mut() {
            page.extend(operations);
        }
    }

    /// One line of text, its baseline at `y`; characters that a document may not hold are shown as U+FFFD.
    pub fn text(&mut self, at: (f32, f32), face: Face, size: f32, text: &str) {
        let text = safe::text(text);
        self.draw([
            Operation::new("BT", vec![]),
            Operation::new("Tf", vec![Object::Name(face.key().into()), size.into()]),
            Operation::new("Td", vec![at.0.into(), (HEIGHT - at.1).into()]),
            Operation::new("Tj", vec![face.encoded(&text)]),
            Operation::new("ET", vec![]),
        ]);
    }

    /// A box filled with a grey between 0 (black) and 1 (white).
    pub fn fill(&mut self, [x0, y0, x1, y1]: [f32; 4], grey: f32) {
        self.draw([
            Operation::new("g", vec![grey.into()]),
            Operation::new("re", vec![x0.into(), (HEIGHT - y1).into(), (x1 - x0).into(), (y1 - y0).into()]),
            Operation::new("f", vec![]),
            Operation::new("g", vec![0.into()]),
        ]);
    }

    /// The outline of a box.
    pub fn frame(&mut self, [x0, y0, x1, y1]: [f32; 4]) {
        self.draw([
            Operation::new("w", vec![0.5.into()]),
            Operation::new("re", vec![x0.into(), (HEIGHT - y1).into(), (x1 - x0).into(), (y1 - y0).into()]),
            Operation::new("S", vec![]),
        ]);
    }

    /// Draws on every page, which is told with its number from 1 and the number of all.
    pub fn on_each_page(&mut self, draw: impl Fn(&mut Self, usize, usize)) {
        let all = self.pages.len();
        let pages = std::mem::take(&mut self.pages);
        for (n, page) in (1..).zip(pages) {
            let mut alone = Self { pages: vec![page] };
            draw(&mut alone, n, all);
            self.pages.append(&mut alone.pages);
        }
    }

    /// The finished file, the same bytes for the same content.
    ///
    /// # Errors
    /// Where it cannot be written to memory.
    pub fn finish(self, title: &str) -> Result<Vec<u8>, lopdf::Error> {
        let mut document = Document::with_version("1.5");
        let tree = document.new_object_id();
        let mut fonts = Dictionary::new();
        for face in Face::ALL {
            let font = face.font(&mut document);
            fonts.set(face.key(), document.add_object(font));
        }
        let resources = document.add_object(dictionary! { "Font" => fonts });
        let mut kids = Vec::with_capacity(self.pages.len());
        for operations in self.pages {
            let content = document.add_object(Stream::new(Dictionary::new(), Content { operations }.encode()?));
            kids.push(document.add_object(dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => content }).into());
        }
        document.set_object(
            tree,
            dictionary! {
                "Type" => "Pages", "Count" => kids.len() as i64, "Kids" => kids, "Resources" => resources,
                "MediaBox" => vec![0.into(), 0.into(), WIDTH.into(), HEIGHT.into()],
            },
        );
        let root = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
        let title = [0xfe_u8, 0xff].into_iter().chain(safe::line(title).encode_utf16().flat_map(u16::to_be_bytes)).collect();
        let about = document.add_object(dictionary! { "Title" => Object::String(title, StringFormat::Hexadecimal) });
        document.trailer.set("Root", root);
        document.trailer.set("Info", about);
        document.compress();
        let mut out = Vec::new();
        document.save_to(&mut out)?;
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_where_it_is_full_and_never_endlessly() {
        assert_eq!(lines(Face::Song, 10.0, "一二三ab四", 30.0), ["一二三", "ab四"]);
        assert_eq!(lines(Face::Hei, 10.0, "一\n二", 30.0), ["一", "二"]);
        assert_eq!(lines(Face::Hei, 10.0, "一二", 1.0), ["一", "二"]);
        assert_eq!(Face::Mono.width(10.0, "abc"), 18.0);
    }

    #[test]
    fn a_paper_opens_again_with_its_pages_and_text() {
        let mut paper = Paper::default();
        for words in ["纸电一致 (1)", "C1-017\u{202e}\\"] {
            paper.page();
            paper.text((72.0, 72.0), Face::Song, 12.0, words);
            paper.text((72.0, 90.0), Face::Mono, 12.0, "K7QF2-M9DPX-H");
            paper.fill([72.0, 100.0, 80.0, 108.0], 0.0);
        }
        paper.on_each_page(|paper, n, all| paper.text((72.0, 800.0), Face::Song, 9.0, &format!("{n}/{all}")));
        let bytes = paper.finish("单").expect("it is written");
        let document = crate::read::read("slip.pdf", &bytes, &crate::read::Limits::default());
        let text: Vec<&str> = document.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(document.pages, Some(2));
        assert_eq!(text, ["纸电一致 (1)", "K7QF2-M9DPX-H", "1/2", "C1-017\u{fffd}\\", "K7QF2-M9DPX-H", "2/2"]);
        assert!(document.problems.is_empty(), "{:?}", document.problems);
    }
}
