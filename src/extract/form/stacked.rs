//! Tables whose rows are the lines of their cells: 姓名 ⏎ 张三 ⏎ 李四 | 职称 ⏎ 教授 ⏎ 讲师.
use super::grid::{Grid, lines, printed};
use super::keep::keep;
use super::layout::{Column, Records};
use super::lexicon::Kind;
use super::side::Side;
use super::walk::Walk;
use super::whose::owner_of;
use crate::model::Span;
use std::ops::Range;

/// Lines of the shortest such cell: a head over two rows.
const LEAST_LINES: usize = 3;

/// Reads a row of cells that hold a head and as many lines below it each; false where they do not.
pub fn read(walk: &mut Walk<'_, '_>, grid: &Grid<'_>, logical: &[usize], sides: &[Side]) -> bool {
    // 项目组 | 姓名 ⏎ 张三 ⏎ 李四 | …: whose they are, beside them
    let named = logical.first().filter(|&&i| grid.cells[i].sense.is_none_or(|s| s.kind == Kind::Person)).and_then(|&i| owner_of(grid.cells[i].text));
    let logical = if named.is_some() { &logical[1..] } else { logical };
    let cells: Vec<(u32, &str, Vec<Range<usize>>)> = logical
        .iter()
        .map(|&i| &grid.cells[i])
        .map(|cell| (cell.block, cell.text, lines(cell.text).into_iter().filter(|line| !super::grid::blank(&cell.text[line.clone()])).collect()))
        .collect();
    let Some(height) = cells.first().map(|(_, _, lines)| lines.len()) else { return false };
    if cells.len() < 2 || height < LEAST_LINES || cells.iter().any(|(_, _, lines)| lines.len() != height) {
        return false;
    }
    let mut columns = Vec::with_capacity(cells.len());
    for (block, text, lines) in &cells {
        let Some(at) = printed(walk.view, *block, lines[0].clone()) else { return false };
        let label = text[lines[0].clone()].trim().to_owned();
        columns.push(Column { sense: walk.lexicon.label(&label), label, at });
    }
    let known = columns.iter().filter(|c| c.sense.is_some()).count();
    if known * 3 < columns.len() * 2 || !columns.iter().any(|c| c.sense.is_some_and(|s| s.kind == Kind::Name)) {
        return false;
    }
    let answer = |block: u32, line: &Range<usize>| -> Vec<Span> { printed(walk.view, block, line.clone()).into_iter().collect() };
    let rows = (1..height).map(|n| cells.iter().map(|(block, _, lines)| answer(*block, &lines[n])).collect()).collect();
    let (side, section) = (sides.last(), walk.out.sections.len() - 1);
    let owner = named.or(side.and_then(|s| s.owner)).or(walk.out.sections[section].owner);
    keep(walk, Records { columns, rows, owner, side: side.map_or(String::new(), |s| s.text.clone()), section, zone: walk.zone });
    walk.pending = None;
    true
}
