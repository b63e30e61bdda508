//! The sheet: A4 upright, margins, page numbers, and the finished file.
use super::grid::Grid;
use super::ink::{Face, Ink, Line};
use super::package::{self, PackError, Properties};
use crate::model::Lang;
use docx_rs::{Docx, Footer, PageMargin, RunFonts};

/// Margins in twips.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Margins {
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
    pub left: i32,
}

/// A4 in twips.
pub(super) const A4: (u32, u32) = (11906, 16838);

/// A paper in the making.
#[derive(Debug)]
pub struct Page {
    docx: Docx,
    title: String,
    lang: Lang,
}

impl Page {
    pub fn new(title: &str, margins: Margins, lang: Lang) -> Self {
        let fonts = RunFonts::new().ascii("Times New Roman").hi_ansi("Times New Roman").cs("Times New Roman").east_asia("FangSong_GB2312");
        let margin = PageMargin {
            top: margins.top,
            left: margins.left,
            bottom: margins.bottom,
            right: margins.right,
            header: margins.top / 2,
            footer: margins.bottom / 2,
            gutter: 0,
        };
        let docx = Docx::new().page_size(A4.0, A4.1).page_margin(margin).default_fonts(fonts).default_size(21);
        Self { docx, title: title.to_owned(), lang }
    }

    /// `第 × 页 共 × 页` at the foot of every page, after `before`.
    pub fn numbered(&mut self, before: &str) {
        let ink = Ink::new(Face::Fang, 18);
        let (head, middle, tail) = match self.lang {
            Lang::Zh => ("第 ", " 页　共 ", " 页"),
            Lang::En => ("Page ", " of ", ""),
        };
        let gap = if before.is_empty() { "" } else { "　　" };
        let line = Line::new().add(ink, &format!("{before}{gap}{head}")).page_number(ink).add(ink, middle).page_count(ink).add(ink, tail).centered();
        self.change(|docx| docx.footer(Footer::new().add_paragraph(line.build())));
    }

    pub fn line(&mut self, line: Line) {
        self.change(|docx| docx.add_paragraph(line.build()));
    }

    pub fn grid(&mut self, grid: Grid) {
        if !grid.is_empty() {
            self.change(|docx| docx.add_table(grid.build()));
        }
    }

    fn change(&mut self, with: impl FnOnce(Docx) -> Docx) {
        self.docx = with(std::mem::take(&mut self.docx));
    }

    /// The finished file. `day` (`YYYY-MM-DD`) is what it gives as the day it was made; the clock is never asked.
    ///
    /// # Errors
    /// Where the package outgrows what a zip file can hold.
    pub fn finish(self, day: &str) -> Result<Vec<u8>, PackError> {
        package::pack(self.docx, &Properties { title: &self.title, day, lang: self.lang })
    }
}
