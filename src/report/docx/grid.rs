//! Tables: fixed widths, a header that repeats, rows that no page break splits.
use super::ink::{Ink, Line};
use docx_rs::{
    BorderType, HeightRule, Shading, ShdType, Table, TableAlignmentType, TableBorder, TableBorderPosition, TableBorders, TableCell, TableCellMargins,
    TableLayoutType, TableRow, TextDirectionType, VAlignType, VMergeType, WidthType,
};

/// A row height that stands for `w:tblHeader`, which `docx-rs` cannot write: `package` puts the real element in its
/// place. Text is escaped, so only a row's property can look like it.
pub(super) const HEADER_STAND_IN: u32 = 31_000;
/// The same for a header with upright text, which gets this height in twips.
pub(super) const TALL_STAND_IN: u32 = 31_001;
pub(super) const TALL: u32 = 1000;

/// One cell.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    lines: Vec<Line>,
    span: usize,
    fill: Option<&'static str>,
    middle: bool,
    tall: Option<VMergeType>,
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
        self.tall = Some(VMergeType::Restart);
        self
    }

    /// Belongs to the cell above.
    #[must_use]
    pub fn tall_rest(mut self) -> Self {
        self.tall = Some(VMergeType::Continue);
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
}

/// A table in the making.
#[derive(Debug, Clone)]
pub struct Grid {
    widths: Vec<usize>,
    rows: Vec<TableRow>,
    color: &'static str,
}

impl Grid {
    /// Column widths in twips; they never move.
    pub fn new(widths: &[usize]) -> Self {
        Self { widths: widths.to_vec(), rows: Vec::new(), color: "7F7F7F" }
    }

    fn cells(&self, cells: Vec<Cell>) -> Vec<TableCell> {
        let mut column = 0;
        let mut out = Vec::with_capacity(cells.len());
        for cell in cells {
            let end = (column + cell.span.max(1)).min(self.widths.len());
            let width: usize = self.widths.get(column..end).map_or(0, |w| w.iter().sum());
            column = end;
            let mut made = TableCell::new().width(width, WidthType::Dxa);
            if cell.span > 1 {
                made = made.grid_span(cell.span);
            }
            if let Some(fill) = cell.fill {
                made = made.shading(Shading::new().shd_type(ShdType::Clear).color("auto").fill(fill));
            }
            if let Some(tall) = cell.tall {
                made = made.vertical_merge(tall);
            }
            if cell.upright {
                made = made.text_direction(TextDirectionType::BtLr);
            }
            if cell.middle {
                made = made.vertical_align(VAlignType::Center);
            }
            // A cell without a paragraph is no valid cell.
            let lines = if cell.lines.is_empty() { vec![Line::new()] } else { cell.lines };
            out.push(lines.into_iter().fold(made, |cell, line| cell.add_paragraph(line.build())));
        }
        out
    }

    /// A header row: repeats on every page.
    pub fn head(&mut self, cells: Vec<Cell>) {
        let stand_in = if cells.iter().any(|cell| cell.upright) { TALL_STAND_IN } else { HEADER_STAND_IN };
        let row = TableRow::new(self.cells(cells)).cant_split().row_height(stand_in as f32).height_rule(HeightRule::Auto);
        self.rows.push(row);
    }

    /// A row that stays on the page of the next one.
    pub fn row_with_next(&mut self, cells: Vec<Cell>) {
        let kept = cells.into_iter().map(|cell| Cell { lines: cell.lines.into_iter().map(Line::with_next).collect(), ..cell });
        self.row(kept.collect());
    }

    pub fn row(&mut self, cells: Vec<Cell>) {
        let row = TableRow::new(self.cells(cells)).cant_split();
        self.rows.push(row);
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) fn build(self) -> Table {
        use TableBorderPosition::{Bottom, InsideH, InsideV, Left, Right, Top};
        let border = |position| TableBorder::new(position).border_type(BorderType::Single).size(4).color(self.color);
        let borders = [Top, Left, Bottom, Right, InsideH, InsideV].into_iter().fold(TableBorders::with_empty(), |all, p| all.set(border(p)));
        let total: usize = self.widths.iter().sum();
        Table::new(self.rows)
            .set_grid(self.widths)
            .layout(TableLayoutType::Fixed)
            .width(total, WidthType::Dxa)
            .align(TableAlignmentType::Center)
            .margins(TableCellMargins::new().margin(40, 80, 40, 80))
            .set_borders(borders)
    }
}
