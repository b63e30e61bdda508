//! Options in cells of their own, each with its tick in the cell beside or below it.
use super::grid::{Grid, printed};
use super::lexicon::Kind;
use super::table::push;
use super::tick::{self, is_how_to_tick};
use super::walk::Walk;
use std::ops::Range;

/// The cells of one group of options.
#[derive(Default)]
struct Group {
    /// Row and index of each cell with words, in order.
    options: Vec<(usize, usize)>,
    /// Row and index of each cell that holds a mark or nothing, and whether it is ticked.
    marks: Vec<(usize, usize, bool)>,
}

/// Reads the group that begins in this row; returns the row after it.
pub fn read(walk: &mut Walk<'_, '_>, grid: &Grid<'_>, row: usize) -> Option<usize> {
    let &label = grid.starts[row].iter().find(|&&i| grid.cells[i].sense.is_some_and(|s| s.kind == Kind::Choice))?;
    let (group, next) = headed(grid, row, label).or_else(|| beside(grid, row, label))?;
    let ticked = group.ticked(grid)?;
    let cell = &grid.cells[label];
    let label_at = printed(walk.view, cell.block, 0..cell.text.len())?;
    let value = ticked.into_iter().flat_map(|index| grid.answer(walk.view, index)).collect();
    push(walk, cell.text, label_at, cell.sense, value, None, None);
    Some(next)
}

/// 申报类别 | 请打√ over rows of an option and its mark.
fn headed(grid: &Grid<'_>, row: usize, label: usize) -> Option<(Group, usize)> {
    let [first, head] = *grid.unpadded(&grid.starts[row]) else { return None };
    if first != label || !is_how_to_tick(grid.cells[head].text) {
        return None;
    }
    let mut group = Group::default();
    let mut next = row + 1;
    while let Some([option, mark]) = grid.starts.get(next).map(Vec::as_slice) {
        let (option_cell, mark_cell) = (&grid.cells[*option], &grid.cells[*mark]);
        let asks = option_cell.sense.is_some_and(|s| !s.weak);
        let Some(ticked) = tick::alone(mark_cell.text).filter(|_| !asks && !option_cell.is_empty()) else { break };
        group.options.push((next, *option));
        group.marks.push((next, *mark, ticked));
        next += 1;
    }
    Some((group, next))
}

/// 申报类别 | option | mark, over one row or as many as the label covers or stands empty below.
fn beside(grid: &Grid<'_>, row: usize, label: usize) -> Option<(Group, usize)> {
    let cell = &grid.cells[label];
    let mut rows: Range<usize> = cell.rows.clone();
    let mut group = Group::default();
    let mut at = rows.start;
    while at < grid.height() {
        if !rows.contains(&at) {
            let below = grid.starts[at].iter().find(|&&i| grid.cells[i].column == cell.column);
            if !below.is_some_and(|&i| grid.cells[i].is_empty()) || grid.starts[at].len() < 2 {
                break;
            }
            rows.end = at + 1;
        }
        let cells: Vec<usize> = grid.starts[at].iter().copied().filter(|&i| grid.cells[i].column >= cell.column_end).collect();
        let asks = cells.iter().any(|&i| grid.cells[i].sense.is_some_and(|s| !s.weak && s.kind != Kind::Choice));
        let tall = cells.iter().any(|&i| grid.cells[i].rows.len() > 1);
        if asks || tall {
            break;
        }
        for index in cells {
            match tick::alone(grid.cells[index].text) {
                Some(ticked) => group.marks.push((at, index, ticked)),
                None => group.options.push((at, index)),
            }
        }
        at += 1;
    }
    // what asks for something else within the label's rows is no option
    (at >= cell.rows.end).then_some((group, at.max(row + 1)))
}

impl Group {
    /// The options that are ticked, none where all marks are empty; `None` where this is no group of options.
    fn ticked(&self, grid: &Grid<'_>) -> Option<Vec<usize>> {
        if self.options.len() < 2 || self.marks.len() < self.options.len() {
            return None;
        }
        let mut chosen = Vec::new();
        for &(row, mark, ticked) in &self.marks {
            if let Some(option) = self.option_of(grid, row, mark) {
                chosen.extend(ticked.then_some(option));
            } else if ticked {
                return None;
            }
        }
        // 一流学会建设 | (empty) in one row: padding, unless some cell holds a mark
        let drawn = self.marks.iter().any(|&(_, mark, _)| !grid.cells[mark].is_empty());
        let stacked = self.options[0].0 != self.options[1].0;
        (drawn || stacked).then_some(chosen)
    }

    /// The option whose mark this is: beside it in its row, else above it in its column.
    fn option_of(&self, grid: &Grid<'_>, row: usize, mark: usize) -> Option<usize> {
        let column = grid.cells[mark].column;
        let in_row: Vec<usize> = self.options.iter().filter(|o| o.0 == row).map(|o| o.1).collect();
        let Some(&first) = in_row.first() else {
            return self.options.iter().find(|o| o.0 + 1 == row && grid.cells[o.1].column == column).map(|o| o.1);
        };
        let first_mark = self.marks.iter().filter(|m| m.0 == row).map(|m| grid.cells[m.1].column).min()?;
        if first_mark < grid.cells[first].column {
            in_row.into_iter().find(|&i| grid.cells[i].column == grid.cells[mark].column_end)
        } else {
            in_row.into_iter().rfind(|&i| grid.cells[i].column_end == column)
        }
    }
}
