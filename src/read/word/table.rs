//! The grid of a table: where each cell stands, which cells a merged one covers.

/// How a cell of the file belongs to the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum Place {
    /// A cell of its own; the column counts from 1.
    New { column: u32 },
    /// Goes on from the cell above, whose block this is; covers so many rows now.
    Below { block: u32, rows: u32 },
    /// Goes on from the cell to the left.
    Beside { block: u32, columns: u32 },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::read) enum Merge {
    #[default]
    None,
    Restart,
    Continue,
}

/// What the properties of a cell say.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::read) struct CellProps {
    pub span: u32,
    pub down: Merge,
    pub across: Merge,
}

/// Columns beyond this are not counted; Word itself ends at 63.
const MOST_COLUMNS: u32 = 1024;

#[derive(Debug, Default)]
pub(in crate::read) struct Table {
    pub number: u32,
    /// The row being read, from 1.
    pub row: u32,
    /// Block of the cell this table stands in.
    pub outer: Option<u32>,
    /// The row being read was deleted or hidden.
    pub dropped: bool,
    /// Columns of this row that are taken.
    taken: u32,
    /// Cells that may go on below: column, columns, block, first and last row.
    open: Vec<Open>,
    /// Block and columns of the cell last placed in this row.
    last: Option<(u32, u32)>,
    /// Pages: where the row begins, and the furthest one of its cells reaches.
    pub row_page: u32,
    pub far_page: u32,
    /// The row's beginning was already moved to the next page.
    pub moved: bool,
}

#[derive(Debug, Clone, Copy)]
struct Open {
    column: u32,
    span: u32,
    block: u32,
    first: u32,
    last: u32,
}

impl Table {
    /// A table that begins on a page; cells and ends of rows without a beginning stand on it too.
    pub fn new(number: u32, outer: Option<u32>, page: u32) -> Self {
        Self { number, outer, row_page: page, far_page: page, ..Self::default() }
    }

    pub fn begin_row(&mut self, page: u32) {
        self.row += 1;
        self.taken = 0;
        self.dropped = false;
        self.last = None;
        self.row_page = page;
        self.far_page = page;
        self.moved = false;
    }

    /// Whether every row was deleted, so that no table is printed.
    pub fn is_gone(&self) -> bool {
        self.row == 0 && self.dropped
    }

    /// A dropped row does not count.
    pub fn end_row(&mut self) {
        if self.dropped {
            self.row = self.row.saturating_sub(1);
        } else {
            let row = self.row;
            self.open.retain(|o| o.last == row);
        }
    }

    /// Columns left out before the first cell of the row.
    pub fn skip(&mut self, columns: u32) {
        self.taken = (self.taken + columns.min(MOST_COLUMNS)).min(MOST_COLUMNS);
    }

    /// Finds the place of the next cell. A new one has to be told its block by [`Table::put`].
    pub fn place(&mut self, props: CellProps) -> Place {
        let span = props.span.clamp(1, MOST_COLUMNS);
        // A damaged file may have cells outside of every row.
        self.row = self.row.max(1);
        let column = self.taken + 1;
        self.taken = (self.taken + span).min(MOST_COLUMNS);
        if props.across == Merge::Continue
            && let Some((block, columns)) = &mut self.last
        {
            *columns += span;
            return Place::Beside { block: *block, columns: *columns };
        }
        if props.down == Merge::Continue
            && let Some(open) = self.open.iter_mut().find(|o| o.column == column && o.last + 1 == self.row)
        {
            open.last = self.row;
            self.last = Some((open.block, open.span));
            return Place::Below { block: open.block, rows: self.row - open.first + 1 };
        }
        Place::New { column }
    }

    /// Tells the block of a new cell; one that begins a merge, or continues none, may go on below.
    pub fn put(&mut self, column: u32, props: CellProps, block: u32) {
        let span = props.span.clamp(1, MOST_COLUMNS);
        self.last = Some((block, span));
        if props.down != Merge::None {
            self.open.retain(|o| o.last == self.row || o.column != column);
            self.open.push(Open { column, span, block, first: self.row, last: self.row });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(span: u32, down: Merge) -> CellProps {
        CellProps { span, down, across: Merge::None }
    }

    #[test]
    fn merged_cells_find_their_origin_by_column() {
        let mut t = Table::default();
        t.begin_row(1);
        assert_eq!(t.place(cell(2, Merge::Restart)), Place::New { column: 1 });
        t.put(1, cell(2, Merge::Restart), 10);
        assert_eq!(t.place(cell(1, Merge::None)), Place::New { column: 3 });
        t.put(3, cell(1, Merge::None), 11);
        t.end_row();
        t.begin_row(1);
        assert_eq!(t.place(cell(2, Merge::Continue)), Place::Below { block: 10, rows: 2 });
        assert_eq!(t.place(cell(1, Merge::Continue)), Place::New { column: 3 }, "nothing above goes on");
        t.end_row();
    }

    #[test]
    fn a_merge_ends_where_a_row_leaves_it_out_and_a_dropped_row_does_not_count() {
        let mut t = Table::default();
        t.begin_row(1);
        t.place(cell(1, Merge::Restart));
        t.put(1, cell(1, Merge::Restart), 5);
        t.end_row();
        t.begin_row(1);
        t.dropped = true;
        t.end_row();
        t.begin_row(1);
        assert_eq!(t.row, 2);
        assert_eq!(t.place(cell(1, Merge::Continue)), Place::Below { block: 5, rows: 2 });
        t.end_row();
        t.begin_row(1);
        t.skip(1);
        t.end_row();
        t.begin_row(1);
        assert_eq!(t.place(cell(1, Merge::Continue)), Place::New { column: 1 });
    }
}
