//! Tables: which paragraphs make a row and a cell, and where the cells stand.
use super::rows::{Grid, RowDef};
use super::source::{CELL, Paragraph};
use super::story::{Holder, Story, Waiting};
use crate::model::{BlockKind, Location};
use crate::read::word::table::{CellProps, Place, Table};
use std::ops::Range;

/// Tables nested deeper than this are read as the text of the cell they stand in.
const DEEPEST: u32 = 12;

/// A row: the paragraphs of each cell, and its definition.
#[derive(Default)]
struct Row<'p> {
    cells: Vec<Range<usize>>,
    def: Option<&'p RowDef>,
    deleted: bool,
}

impl Story<'_> {
    /// Writes paragraphs that stand at one depth of nesting, and the tables among them. `outer` is the block of the
    /// cell they stand in.
    pub(super) fn items(&mut self, paras: &[Paragraph], holder: Holder, depth: u32, outer: Option<u32>) {
        let mut waiting = Waiting::default();
        let mut at = 0;
        while let Some(para) = paras.get(at) {
            if self.out.over.is_some() {
                return;
            }
            if nesting(para) > depth && depth < DEEPEST {
                self.flush(at.checked_sub(1).and_then(|n| paras.get(n)), holder, &mut waiting);
                let len = paras[at..].iter().take_while(|p| nesting(p) > depth).count();
                self.table(&paras[at..at + len], depth + 1, outer);
                at += len;
            } else {
                if !(ends_row(para, nesting(para)) && para.range.is_empty()) {
                    self.paragraph(para, holder, &mut waiting);
                }
                at += 1;
            }
        }
        self.flush(paras.last(), holder, &mut waiting);
    }

    fn table(&mut self, paras: &[Paragraph], depth: u32, outer: Option<u32>) {
        let rows = rows(paras, depth);
        let grid = Grid::of(rows.iter().filter_map(|r| r.def));
        self.tables += 1;
        let mut table = Table::new(self.tables, outer);
        for row in &rows {
            if row.deleted {
                continue;
            }
            table.begin_row(1);
            let (skip, spans) = row.def.map(|def| grid.columns(def)).unwrap_or_default();
            table.skip(skip);
            for (n, cell) in row.cells.iter().enumerate() {
                let def = row.def.and_then(|d| d.cells.get(n)).copied().unwrap_or_default();
                let props = CellProps { span: spans.get(n).copied().unwrap_or(1), down: def.down, across: def.across };
                let Some(block) = self.place(&mut table, props) else { return };
                self.items(paras.get(cell.clone()).unwrap_or(&[]), Holder::Block(block), depth, Some(block));
            }
            table.end_row();
        }
    }

    /// The block of the next cell: a new one, or the one it is merged into. `None` beyond the limit of blocks.
    fn place(&mut self, table: &mut Table, props: CellProps) -> Option<u32> {
        Some(match table.place(props) {
            Place::New { column } => {
                let at = Location { table: Some(table.number), row: Some(table.row), column: Some(column), ..Location::default() };
                let index = self.out.add(BlockKind::Cell, at)?;
                let block = self.out.get(index)?;
                block.spans = (1, props.span.max(1));
                block.inside = table.outer;
                table.put(column, props, index);
                index
            }
            Place::Below { block, rows } => {
                self.out.get(block)?.spans.0 = rows;
                block
            }
            Place::Beside { block, columns } => {
                self.out.get(block)?.spans.1 = columns;
                block
            }
        })
    }
}

/// How deep a paragraph stands; a cell's mark is in a table whatever its properties say.
fn nesting(para: &Paragraph) -> u32 {
    para.props.nesting().max(u32::from(para.mark == CELL))
}

fn ends_row(para: &Paragraph, depth: u32) -> bool {
    if depth == 1 { para.props.row_end } else { para.props.inner_row_end || (depth > 1 && para.mark == CELL && para.props.row_end) }
}

fn ends_cell(para: &Paragraph, depth: u32) -> bool {
    if depth == 1 { para.mark == CELL } else { para.props.inner_cell || para.mark == CELL }
}

fn rows(paras: &[Paragraph], depth: u32) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    let mut row = Row::default();
    let mut from = 0;
    for (n, para) in paras.iter().enumerate() {
        if nesting(para) != depth {
            continue;
        }
        if ends_row(para, depth) {
            row.def = para.props.row.as_deref().filter(|d| !d.cells.is_empty());
            row.deleted = para.mark_deleted;
            rows.push(std::mem::take(&mut row));
            from = n + 1;
        } else if ends_cell(para, depth) {
            row.cells.push(from..n + 1);
            from = n + 1;
        }
    }
    if from < paras.len() {
        row.cells.push(from..paras.len());
    }
    if !row.cells.is_empty() {
        rows.push(row);
    }
    rows
}
