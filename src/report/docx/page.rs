//! A paper from its first line to the finished file.
use super::grid::Grid;
use super::ink::{Face, Ink};
use super::line::Line;
use super::package::{self, PackError, Properties};
use super::sheet::Sheet;
use crate::model::Lang;

/// Of the page numbers.
pub(super) const FOOT: Ink = Ink::new(Face::Fang, 18);

/// A paper in the making.
#[derive(Debug)]
pub struct Page<'s> {
    sheet: &'s Sheet,
    /// What was written so far, as WordprocessingML.
    body: String,
    foot: String,
    title: String,
    lang: Lang,
}

impl<'s> Page<'s> {
    pub fn new(sheet: &'s Sheet, title: &str, lang: Lang) -> Self {
        Self { sheet, body: String::new(), foot: String::new(), title: title.to_owned(), lang }
    }

    /// `第 × 页 共 × 页` at the foot of every page, after `before`.
    pub fn numbered(&mut self, before: &str) {
        let ink = FOOT;
        let (head, middle, tail) = match self.lang {
            Lang::Zh => ("第 ", " 页　共 ", " 页"),
            Lang::En => ("Page ", " of ", ""),
        };
        let gap = if before.is_empty() { "" } else { "　　" };
        let line = Line::new().add(ink, &format!("{before}{gap}{head}")).page_number(ink).add(ink, middle).page_count(ink).add(ink, tail).centered();
        self.foot.clear();
        line.write(&mut self.foot);
    }

    /// A line that shows the sheet's picture; empty where it has none.
    pub fn picture(&self) -> Line {
        Line::new().drawn(&self.sheet.picture)
    }

    pub fn line(&mut self, line: Line) {
        line.write(&mut self.body);
    }

    pub fn grid(&mut self, grid: Grid) {
        if !grid.is_empty() {
            grid.write(&mut self.body);
        }
    }

    /// The finished file. `day` (`YYYY-MM-DD`) is what it gives as the day it was made; the clock is never asked.
    ///
    /// # Errors
    /// Where the package outgrows what a zip file can hold.
    pub fn finish(self, day: &str) -> Result<Vec<u8>, PackError> {
        package::finish(self.sheet, &self.body, &self.foot, &Properties { title: &self.title, day, lang: self.lang })
    }
}
