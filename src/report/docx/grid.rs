//! Tables: fixed widths, a header that repeats, rows that no page break splits.
use super::ink::Ink;
use super::line::Line;
use std::fmt::Write;

/// Least height in twips of a header whose text stands upright.
const TALL: u32 = 1000;
/// Of every line of a table.
const COLOR: &str = "7F7F7F";

/// A cell's part in a run of cells over several rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tall {
    First,
    Rest,
}

/// One cell.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    lines: Vec<Line>,
    span: usize,
    fill: Option<&'static str>,
    middle: bool,
    tall: Option<Tall>,
    upright: bool,
}

impl Cell {
    pub fn new(lines: Vec<Line>) -> Self {
        Self { lines, span: 1, ..Self::default() }
    }

    pub fn of(ink: Ink, text: &str) -> Self {
        Self::new(vec![Line::of(ink, text)])
    }

    /// Covers so many columns.
    #[must_use]
    pub fn over(mut self, columns: usize) -> Self {
        self.span = columns;
        self
    }

    /// Background, RRGGBB.
    #[must_use]
    pub fn fill(mut self, color: &'static str) -> Self {
        self.fill = Some(color);
        self
    }

    /// The uppermost of cells that run together over several rows.
    #[must_use]
    pub fn tall_first(mut self) -> Self {
        self.tall = Some(Tall::First);
        self
    }

    /// Belongs to the cell above.
    #[must_use]
    pub fn tall_rest(mut self) -> Self {
        self.tall = Some(Tall::Rest);
        self.span = self.span.max(1);
        self
    }

    /// Text runs from the bottom up, for narrow columns with Latin heads; the row is high enough for a word.
    #[must_use]
    pub fn upright(mut self) -> Self {
        self.upright = true;
        self
    }

    #[must_use]
    pub fn middle(mut self) -> Self {
        self.middle = true;
        self
    }

    fn write(&self, width: usize, out: &mut String) {
        let _ = write!(out, r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>"#);
        if self.span > 1 {
            let _ = write!(out, r#"<w:gridSpan w:val="{}"/>"#, self.span);
        }
        match self.tall {
            None => {}
            Some(Tall::First) => out.push_str(r#"<w:vMerge w:val="restart"/>"#),
            Some(Tall::Rest) => out.push_str(r#"<w:vMerge w:val="continue"/>"#),
        }
        if let Some(fill) = self.fill {
            let _ = write!(out, r#"<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>"#);
        }
        if self.upright {
            out.push_str(r#"<w:textDirection w:val="btLr"/>"#);
        }
        if self.middle {
            out.push_str(r#"<w:vAlign w:val="center"/>"#);
        }
        out.push_str("</w:tcPr>");
        for line in &self.lines {
            line.write(out);
        }
        if self.lines.is_empty() {
            // A cell without a paragraph is no valid cell.
            out.push_str("<w:p/>");
        }
        out.push_str("</w:tc>");
    }
}

/// A table in the making.
#[derive(Debug, Clone)]
pub struct Grid {
    widths: Vec<usize>,
    /// Its rows as WordprocessingML.
    rows: String,
}

impl Grid {
    /// Column widths in twips; they never move.
    pub fn new(widths: &[usize]) -> Self {
        Self { widths: widths.to_vec(), rows: String::new() }
    }

    fn cells(&mut self, cells: &[Cell]) {
        let mut column = 0;
        for cell in cells {
            let end = (column + cell.span.max(1)).min(self.widths.len());
            let width: usize = self.widths.get(column..end).map_or(0, |w| w.iter().sum());
            column = end;
            cell.write(width, &mut self.rows);
        }
        self.rows.push_str("</w:tr>");
    }

    /// A header row: repeats on every page.
    pub fn head(&mut self, cells: Vec<Cell>) {
        self.rows.push_str("<w:tr><w:trPr><w:cantSplit/>");
        if cells.iter().any(|cell| cell.upright) {
            let _ = write!(self.rows, r#"<w:trHeight w:val="{TALL}" w:hRule="atLeast"/>"#);
        }
        self.rows.push_str("<w:tblHeader/></w:trPr>");
        self.cells(&cells);
    }

    /// A row that stays on the page of the next one.
    pub fn row_with_next(&mut self, mut cells: Vec<Cell>) {
        for line in cells.iter_mut().flat_map(|cell| &mut cell.lines) {
            *line = std::mem::take(line).with_next();
        }
        self.row(cells);
    }

    pub fn row(&mut self, cells: Vec<Cell>) {
        self.rows.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        self.cells(&cells);
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table as WordprocessingML, properties in the order of the schema.
    pub(super) fn write(&self, out: &mut String) {
        let total: usize = self.widths.iter().sum();
        let _ = write!(out, r#"<w:tbl><w:tblPr><w:tblW w:w="{total}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>"#);
        for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
            let _ = write!(out, r#"<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{COLOR}"/>"#);
        }
        out.push_str(r#"</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>"#);
        for (side, width) in [("top", 40), ("left", 80), ("bottom", 40), ("right", 80)] {
            let _ = write!(out, r#"<w:{side} w:w="{width}" w:type="dxa"/>"#);
        }
        out.push_str("</w:tblCellMar></w:tblPr><w:tblGrid>");
        for width in &self.widths {
            let _ = write!(out, r#"<w:gridCol w:w="{width}"/>"#);
        }
        out.push_str("</w:tblGrid>");
        out.push_str(&self.rows);
        out.push_str("</w:tbl>");
    }
}
