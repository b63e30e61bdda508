//! Tables: rows, cells and their places.
use super::super::names::El;
use super::{CellHead, Container, Holder, Story};
use crate::model::{BlockKind, Location};
use crate::read::word::table::{CellProps, Merge, Place, Table};
use crate::read::xml::{Attrs, Visit};

impl Story<'_> {
    pub(super) fn begin_table(&mut self) {
        self.flush_carried();
        self.seen.tables += 1;
        let outer = self.containers.last().filter(|c| c.kind == Holder::Cell).and_then(|c| c.block);
        self.tables.push(Table::new(self.seen.tables, outer, self.out.page));
    }

    pub(super) fn end_table(&mut self) {
        if let Some(table) = self.tables.pop()
            && table.is_gone()
            && table.number == self.seen.tables
        {
            self.seen.tables -= 1;
        }
    }

    pub(super) fn begin_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.begin_row(self.out.page);
        }
    }

    pub(super) fn end_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.end_row();
            if !table.dropped {
                self.out.page = table.far_page;
            }
        }
    }

    /// Gives the cell its block, once all its properties are known.
    pub(super) fn place_cell(&mut self) {
        let Some(head) = self.cells.last_mut() else { return };
        if std::mem::replace(&mut head.placed, true) {
            return;
        }
        let (props, deleted) = (head.props, head.deleted);
        let Some(table) = self.tables.last_mut() else { return };
        let Some(container) = self.containers.last_mut() else { return };
        if deleted {
            container.kind = Holder::Nothing;
            return;
        }
        match table.place(props) {
            Place::New { column } => {
                let at = Location { table: Some(table.number), row: Some(table.row), column: Some(column), ..Location::default() };
                container.block = self.out.add(BlockKind::Cell, at);
                if let Some(block) = container.block.and_then(|b| self.out.get(b)) {
                    block.spans = (1, props.span.max(1));
                    block.inside = table.outer;
                }
                if let Some(block) = container.block {
                    table.put(column, props, block);
                }
            }
            Place::Below { block, rows } => {
                container.block = Some(block);
                if let Some(block) = self.out.get(block) {
                    block.spans.0 = rows;
                }
            }
            Place::Beside { block, columns } => {
                container.block = Some(block);
                if let Some(block) = self.out.get(block) {
                    block.spans.1 = columns;
                }
            }
        }
    }

    pub(super) fn begin_cell(&mut self) -> Visit {
        let Some(table) = self.tables.last() else { return Visit::Into };
        if table.dropped {
            return Visit::Skip;
        }
        self.out.page = table.row_page;
        self.cells.push(CellHead { props: CellProps { span: 1, ..CellProps::default() }, ..CellHead::default() });
        self.containers.push(Container::new(Holder::Cell, None));
        Visit::Into
    }

    pub(super) fn end_cell(&mut self) {
        if self.tables.is_empty() {
            return;
        }
        self.place_cell();
        self.cells.pop();
        self.leave_container();
        if let Some(table) = self.tables.last_mut() {
            table.far_page = table.far_page.max(self.out.page);
        }
    }

    pub(super) fn cell_property(&mut self, el: El, attrs: &Attrs) {
        let number = || attrs.number("val").and_then(|n| u32::try_from(n).ok());
        if el == El::GridBefore {
            if let Some(table) = self.tables.last_mut() {
                table.skip(number().unwrap_or(0));
            }
            return;
        }
        let Some(head) = self.cells.last_mut() else { return };
        let merge = || if attrs.val().as_deref() == Some("restart") { Merge::Restart } else { Merge::Continue };
        match el {
            El::GridSpan => head.props.span = number().unwrap_or(1).clamp(1, 1024),
            El::VMerge => head.props.down = merge(),
            El::HMerge => head.props.across = merge(),
            _ => head.deleted = true,
        }
    }

    pub(super) fn drop_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.dropped = true;
        }
    }
}
