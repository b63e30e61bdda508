//! Rows of tables: what their properties say of the cells.
use crate::read::le::{i16_at, u16_at};
use crate::read::word::grid::{CellDef, RowDef};
use crate::read::word::table::Merge;

impl RowDef {
    /// Applies one property; those that change no cell's place are left.
    pub fn apply(&mut self, code: u16, operand: &[u8]) {
        match code {
            0xD608 => self.define(operand),
            0x9601 | 0x9602 if !self.edges.is_empty() => self.shift(code, operand),
            0x5624 | 0x5625 => self.merge_across(operand, code == 0x5624),
            0xD62B => self.merge_down(operand),
            0x7621 => self.insert(operand),
            0x5622 => self.delete(operand),
            0x7623 => self.widen(operand),
            _ => {}
        }
    }

    fn define(&mut self, operand: &[u8]) {
        let n = usize::from(operand.first().copied().unwrap_or(0)).min(MOST);
        let edges: Vec<i32> = (0..=n).map_while(|i| i16_at(operand, 1 + i * 2)).map(i32::from).collect();
        if edges.len() <= n {
            return;
        }
        let flags: Vec<u16> = (0..n).map(|i| u16_at(operand, 1 + (n + 1) * 2 + i * 20).unwrap_or(0)).collect();
        let across = merges(flags.iter().map(|f| f & 3));
        self.cells = flags.iter().zip(across).map(|(flags, across)| CellDef { down: down(flags >> 5 & 3), across }).collect();
        self.edges = edges;
    }

    /// The left edge is moved: all edges go with it. The gap between cells moves nothing that counts here.
    fn shift(&mut self, code: u16, operand: &[u8]) {
        let (Some(to), Some(from)) = (i16_at(operand, 0), self.edges.first().copied()) else { return };
        if code == 0x9601 {
            let by = i32::from(to).saturating_sub(from);
            self.move_from(0, by);
        }
    }

    /// Moves the edges from number `n` on.
    fn move_from(&mut self, n: usize, by: i32) {
        self.edges.iter_mut().skip(n).for_each(|e| *e = e.saturating_add(by));
    }

    fn merge_across(&mut self, operand: &[u8], merge: bool) {
        let (from, to) = range(operand);
        for (i, cell) in self.cells.iter_mut().enumerate().take(to).skip(from) {
            cell.across = match merge {
                true if i == from => Merge::Restart,
                true => Merge::Continue,
                false => Merge::None,
            };
        }
    }

    fn merge_down(&mut self, operand: &[u8]) {
        let (Some(n), Some(flags)) = (operand.first(), operand.get(1)) else { return };
        if let Some(cell) = self.cells.get_mut(usize::from(*n)) {
            cell.down = down(u16::from(flags & 3));
        }
    }

    fn insert(&mut self, operand: &[u8]) {
        let (Some(at), Some(n), Some(width)) = (operand.first(), operand.get(1), i16_at(operand, 2)) else { return };
        let (at, n) = (usize::from(*at), usize::from(*n).min(MOST.saturating_sub(self.cells.len())));
        if self.edges.is_empty() {
            self.edges.push(0);
        }
        while self.cells.len() < at && self.cells.len() + n < MOST {
            self.push(i32::from(width));
        }
        let at = at.min(self.cells.len());
        let from = self.edges.get(at).copied().unwrap_or(0);
        self.move_from(at + 1, i32::from(width) * n as i32);
        for i in 0..n {
            self.cells.insert(at, CellDef::default());
            self.edges.insert(at + 1 + i, from.saturating_add(i32::from(width) * (i as i32 + 1)));
        }
    }

    fn push(&mut self, width: i32) {
        let last = self.edges.last().copied().unwrap_or(0);
        self.edges.push(last.saturating_add(width));
        self.cells.push(CellDef::default());
    }

    fn delete(&mut self, operand: &[u8]) {
        let (from, to) = range(operand);
        let to = to.min(self.cells.len());
        if from < to && to < self.edges.len() {
            let gone = self.edges[from].saturating_sub(self.edges[to]);
            self.cells.drain(from..to);
            self.edges.drain(from + 1..=to);
            self.move_from(from + 1, gone);
        }
    }

    /// Sets the width of some cells.
    fn widen(&mut self, operand: &[u8]) {
        let (from, to) = range(operand);
        let Some(width) = i16_at(operand, 2).map(i32::from) else { return };
        for i in from..to.min(self.cells.len()) {
            let (Some(left), Some(right)) = (self.edges.get(i).copied(), self.edges.get(i + 1).copied()) else { return };
            self.move_from(i + 1, width.saturating_sub(right.saturating_sub(left)));
        }
    }
}

/// Cells beyond this are not counted; Word itself ends at 63.
const MOST: usize = 255;

fn range(operand: &[u8]) -> (usize, usize) {
    let at = |n: usize| usize::from(operand.get(n).copied().unwrap_or(0));
    (at(0), at(1))
}

fn down(flags: u16) -> Merge {
    match flags {
        0 => Merge::None,
        1 => Merge::Continue,
        _ => Merge::Restart,
    }
}

/// The first cell of a merge is 1 and those it takes in are 2 in older descriptions of the format, the other way
/// round in newer ones, and files have both: what comes first is the first.
fn merges(flags: impl Iterator<Item = u16>) -> Vec<Merge> {
    let mut first = None;
    let merge = |flags: u16| match (flags, first) {
        (0, _) => {
            first = None;
            Merge::None
        }
        (f, Some(begun)) if (f == 1) != (begun == 1) => Merge::Continue,
        (f, _) => {
            first = Some(f);
            Merge::Restart
        }
    };
    flags.map(merge).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_writing_a_merge_are_read() {
        use Merge::{Continue, None, Restart};
        assert_eq!(merges([0, 1, 2, 2, 1, 2].into_iter()), [None, Restart, Continue, Continue, Restart, Continue]);
        assert_eq!(merges([2, 1, 1, 0, 3, 1].into_iter()), [Restart, Continue, Continue, None, Restart, Continue]);
    }

    #[test]
    fn a_definition_gives_edges_and_merges() {
        let mut operand = vec![2u8, 0, 0, 0xE8, 3, 0xD0, 7];
        for flags in [0x60u16, 0x20] {
            operand.extend(flags.to_le_bytes());
            operand.extend([0; 18]);
        }
        let mut row = RowDef::default();
        row.apply(0xD608, &operand);
        assert_eq!(row.edges, [0, 1000, 2000]);
        assert_eq!((row.cells[0].down, row.cells[1].down), (Merge::Restart, Merge::Continue));
        row.apply(0x7621, &[1, 1, 0xF4, 1]);
        assert_eq!(row.edges, [0, 1000, 1500, 2500]);
        row.apply(0x5622, &[0, 1]);
        assert_eq!(row.edges, [0, 500, 1500]);
        row.apply(0x5624, &[0, 2]);
        assert_eq!((row.cells[0].across, row.cells[1].across), (Merge::Restart, Merge::Continue));
    }
}
