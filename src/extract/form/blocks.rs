//! Blocks side by side: heads over pairs of columns (申报单位 | 项目负责人) tell whose the labels below them are.
use super::grid::Grid;
use super::label::squash;
use super::owner::Owned;
use super::whose::owner_of;
use std::ops::Range;

/// Characters of the longest head of a block.
const LONGEST: usize = 12;

/// The owners of blocks, by the columns they span.
#[derive(Debug, Clone, PartialEq)]
pub struct Blocks(Vec<(Range<u32>, Owned)>);

impl Blocks {
    /// The heads in a row of cells: two or more owners, over a row in which each has a label and its answer.
    pub fn heads(grid: &Grid<'_>, row: usize, cells: &[usize]) -> Option<Self> {
        let below = grid.starts.get(row + 1)?;
        let mut blocks: Vec<(Range<u32>, Owned)> = Vec::new();
        for &index in cells {
            let cell = &grid.cells[index];
            let owner = cell.sense.and_then(|s| s.owner).or_else(|| owner_of(cell.text))?;
            let columns = cell.column..cell.column_end;
            let under: Vec<usize> = below.iter().copied().filter(|&i| columns.contains(&grid.cells[i].column)).collect();
            let paired = !under.is_empty() && under.len().is_multiple_of(2) && grid.cells[under[0]].sense.is_some();
            let short = squash(cell.text).chars().count() <= LONGEST;
            if !paired || !short || cell.rows.len() > 1 || blocks.iter().any(|(_, known)| known.owner == owner) {
                return None;
            }
            blocks.push((columns, Owned { owner, label: cell.text.split_whitespace().collect() }));
        }
        (blocks.len() >= 2).then_some(Self(blocks))
    }

    /// Whose block a column is in.
    pub fn owner(&self, column: u32) -> Option<&Owned> {
        self.0.iter().find(|(columns, _)| columns.contains(&column)).map(|(_, owned)| owned)
    }

    /// Whether a row's cells all lie within their blocks.
    pub fn hold(&self, grid: &Grid<'_>, cells: &[usize]) -> bool {
        let within = |columns: &Range<u32>, index: usize| columns.start <= grid.cells[index].column && grid.cells[index].column_end <= columns.end;
        cells.iter().all(|&index| self.0.iter().any(|(columns, _)| within(columns, index)))
    }
}
