//! Reads a grid row by row: headings, side labels, header rows with records, label/value pairs.
use super::blocks::Blocks;
use super::grid::{Grid, GridCell, lines, printed};
use super::header::{self, continued, header_column, header_row};
use super::label::squash;
use super::layout::Pair;
use super::left_cell::opinions_beside;
use super::lexicon::{Kind, Owner, Sense};
use super::option_cells;
use super::owner::Owned;
use super::pair_row::pair_row;
use super::section::{self, Zone};
use super::side::{Side, logical_cells};
use super::stacked;
use super::told_how;
use super::unit_line::heads_money;
use super::walk::{Context, Walk};
use crate::model::Span;
use crate::text::money::unit_in;

/// Columns that a table of records can have; wider rows are read as pairs.
const MOST_COLUMNS: usize = 64;

/// Reads one table into the walk.
pub fn read(walk: &mut Walk<'_, '_>, grid: &Grid<'_>) {
    let mut sides: Vec<Side> = Vec::new();
    walk.above.clear();
    walk.blocks = None;
    let mut row = continued(walk, grid);
    let told_how = told_how::instructions(grid);
    while row < grid.height() {
        if let Some(next) = option_cells::read(walk, grid, row) {
            row = next;
            continue;
        }
        sides.retain(|s| s.rows.contains(&row));
        let before = sides.len();
        let mut logical = logical_cells(walk, grid, row, &mut sides);
        if let Some(told_how) = &told_how {
            if Some(row) == told_how.row {
                row += 1;
                continue;
            }
            logical.retain(|&i| grid.cells[i].column < told_how.column || super::grid::unit_alone(grid.cells[i].text));
        }
        if sides.len() != before {
            walk.carry = None;
        }
        walk.unit_beside = sides.iter().rev().find_map(|s| unit_in(&s.label));
        if let [head] = *grid.unpadded(&logical)
            && let Some(block) = Side::over(walk, grid, row, head)
        {
            sides.push(block);
            walk.heads_block(&grid.cells[head]);
            row += 1;
            continue;
        }
        row = read_row(walk, grid, row, &logical, &sides);
    }
    walk.unit_beside = None;
    walk.blocks = None;
}

fn read_row(walk: &mut Walk<'_, '_>, grid: &Grid<'_>, row: usize, logical: &[usize], sides: &[Side]) -> usize {
    let side = sides.iter().rev().find_map(|s| s.owner.map(|owner| Owned { owner, label: s.label.clone() }));
    if let Some(next) = walk.captioned_cells(grid, row, logical) {
        return next;
    }
    if side_by_side(walk, grid, logical) {
        return row + 1;
    }
    if let Some((head, unit)) = heads_money(grid, logical) {
        alone(walk, grid, head, side.map(|s| s.owner), true);
        let section = walk.out.sections.len() - 1;
        walk.out.sections[section].unit = Some(unit);
        return row + 1;
    }
    if stacked::read(walk, grid, logical, sides) {
        return row + 1;
    }
    match logical {
        [] => return row + 1,
        [only] => {
            alone(walk, grid, *only, side.map(|s| s.owner), false);
            return row + 1;
        }
        _ => {}
    }
    if let [only] = *grid.unpadded(logical)
        && grid.sheet
        && is_instruction(walk, grid.cells[only].text.trim())
    {
        push_lines(walk, &grid.cells[only]);
        return row + 1;
    }
    if walk.zone == Zone::Instructions && grid.unpadded(logical).len() > 1 {
        walk.zone = walk.after_instructions;
    }
    if header::heads_groups(grid, row) {
        (walk.carry, walk.pending, walk.blocks) = (None, None, None);
        return row + 1;
    }
    walk.blocks = walk.blocks.take().filter(|blocks| blocks.hold(grid, logical));
    if let Some(blocks) = Blocks::heads(grid, row, logical) {
        walk.blocks = Some(blocks);
        walk.carry = None;
        return row + 1;
    }
    if let Some(caption) = header::caption(walk, grid, row, logical) {
        alone(walk, grid, caption.cell, side.map(|s| s.owner), caption.heads_table);
        return row + 1;
    }
    if let Some(next) = opinions_beside(walk, grid, row, logical) {
        return next;
    }
    if logical.len() <= MOST_COLUMNS {
        if let Some(next) = header_row(walk, grid, row, logical, sides) {
            return next;
        }
        if let Some(next) = header_column(walk, grid, row, logical, sides) {
            return next;
        }
    }
    walk.pending = None;
    walk.announced = None;
    let beside = sides.last().map_or("", |s| s.label.as_str()).to_owned();
    pair_row(walk, grid, logical, side.as_ref(), &beside);
    row + 1
}

impl Walk<'_, '_> {
    /// A label in a row of its own that heads the rows below it.
    fn heads_block(&mut self, head: &GridCell<'_>) {
        self.pending = None;
        self.carry = None;
        self.block = None;
        for range in lines(head.text) {
            self.push_line(head.block, range, false, true, true);
        }
    }
}

fn push_lines(walk: &mut Walk<'_, '_>, cell: &GridCell<'_>) {
    for range in lines(cell.text) {
        walk.push_line(cell.block, range, false, false, true);
    }
}

/// 项目信息 | 人员与联络, each over a table of its own in its cell: read one after the other.
fn side_by_side(walk: &mut Walk<'_, '_>, grid: &Grid<'_>, logical: &[usize]) -> bool {
    let boxes: Vec<&GridCell<'_>> = logical.iter().map(|&i| &grid.cells[i]).filter(|cell| !cell.is_empty() || !cell.inner.is_empty()).collect();
    if boxes.len() < 2 || boxes.iter().any(|cell| cell.inner.is_empty()) {
        return false;
    }
    for cell in boxes {
        push_lines(walk, cell);
        inner_tables(walk, cell, Some(cell.text));
    }
    true
}

/// 填报说明 over items in rows of their own: a sheet has no pages that part them from the form.
fn is_instruction(walk: &mut Walk<'_, '_>, text: &str) -> bool {
    if text.is_empty() {
        return walk.zone == Zone::Instructions;
    }
    if section::heads_instructions(text) {
        walk.enter_instructions(None);
    } else if walk.zone == Zone::Instructions && walk.leaves_instructions(text, false, None, false) {
        walk.zone = walk.after_instructions;
    }
    walk.zone == Zone::Instructions
}

/// A cell that has its row to itself: a heading, a label for the next row, or text with labels inside.
fn alone(walk: &mut Walk<'_, '_>, grid: &Grid<'_>, index: usize, side: Option<Owner>, heading: bool) {
    let cell = &grid.cells[index];
    let block = cell.block;
    if grid.sheet && is_instruction(walk, cell.text.trim()) {
        push_lines(walk, cell);
        return;
    }
    let whole = squash(cell.text);
    let joined = !whole.is_empty() && whole.chars().count() <= 20 && cell.text.contains('\n') && cell.sense.is_some();
    if joined {
        // a label set one character a line
        if let (Some(sense), Some(at)) = (cell.sense, printed(walk.view, block, 0..cell.text.len())) {
            let owned = side.map(|owner| Owned { owner, label: String::new() });
            push(walk, cell.text, at, Some(sense), Vec::new(), owned.as_ref(), None);
            walk.pending = Some(super::pending::Pending { pair: walk.out.pairs.len() - 1, many: sense.kind == Kind::Opinion, taken: false, day: false });
        }
        return;
    }
    walk.resume_opinion();
    // 2. 专家聘书 in a list of attachments is one of them
    let numbered = cell.text.trim_start().starts_with(|c: char| c.is_ascii_digit() || matches!(c, '(' | '（'));
    if walk.zone == Zone::Attachments
        && !numbered
        && !walk.is_listed(cell.text)
        && section::is_heading(cell.text, false, walk.lexicon)
        && !cell.text.contains("附件")
    {
        walk.zone = Zone::Body;
    }
    // 附件： over the title of the form says what the form itself is to the call
    let asked = !walk.out.pairs.is_empty() || !grid.sheet;
    if asked && section::heads_attachments(cell.text.trim().lines().next().unwrap_or("")) && walk.zone == Zone::Body {
        walk.enter_attachments(cell.text.trim().lines().next().unwrap_or(""));
    }
    if section::heads_instructions(cell.text.trim().lines().next().unwrap_or("")) {
        return;
    }
    let ranges = lines(cell.text);
    for range in ranges {
        if super::grid::blank(&cell.text[range.clone()]) {
            continue;
        }
        walk.line(block, range, &Context { numbered: false, heading, labels_follow: true, in_table: true, owner: side });
    }
    inner_tables(walk, cell, None);
    for &nested in &cell.nested {
        if let Some(span) = walk.view.document.blocks.get(nested as usize).and_then(|b| printed(walk.view, nested, 0..b.text.len()))
            && let Some(pending) = walk.pending
            // the heads of a drawn table name nobody
            && walk.out.pairs[pending.pair].sense.is_none_or(|s| !(s.weak && s.kind == Kind::Person))
        {
            walk.out.pairs[pending.pair].value.push(span);
        }
    }
}

/// Reads the tables inside a cell; its label heads them.
pub fn inner_tables(walk: &mut Walk<'_, '_>, cell: &GridCell<'_>, label: Option<&str>) {
    if cell.inner.is_empty() {
        return;
    }
    let outer = walk.out.section(walk.out.sections.len() - 1).clone();
    if let Some(label) = label {
        walk.open_section(label);
        // 建站单位 | its own table
        let owner = walk.lexicon.label(label).and_then(|s| s.owner);
        if let Some(section) = walk.out.sections.last_mut() {
            section.owner = section.owner.or(owner);
            // 经费预算 | 单位：万元 over its own table
            section.unit = section.unit.or_else(|| unit_in(cell.text));
        }
    }
    for grid in &cell.inner {
        read(walk, grid);
    }
    walk.out.sections.push(outer);
    walk.carry = None;
    walk.open_records = None;
}

/// Lines of an answer that later readers look through.
pub fn free_text(walk: &mut Walk<'_, '_>, cell: &GridCell<'_>) {
    for range in lines(cell.text) {
        if let Some(at) = printed(walk.view, cell.block, range) {
            walk.out.lines.push(super::layout::Line { at, zone: walk.zone, labelled: false, heading: false, in_table: true });
        }
    }
}

pub fn push(walk: &mut Walk<'_, '_>, label: &str, label_at: Span, sense: Option<Sense>, value: Vec<Span>, side: Option<&Owned>, row: Option<&Owned>) {
    let owner = match sense {
        Some(sense) => walk.owner(sense, row, side.map(|s| s.owner)),
        None => row.or(side).map(|o| o.owner),
    };
    // 联系人 | … over 职称 | …: a title in a row of its own may be the leader's
    let below = row.is_none() && side.is_none() && sense.is_some_and(|s| s.kind == Kind::Title && s.owner.is_none());
    let owner = owner.filter(|o| !below || *o != Owner::Contact);
    let of = sense.and_then(|sense| walk.of(sense, row.or(side))).filter(|of| !of.is_empty());
    let section = walk.out.sections.len() - 1;
    walk.out.pairs.push(Pair {
        label: label.trim().to_owned(),
        label_at,
        sense,
        value,
        owner,
        section,
        zone: walk.zone,
        in_table: true,
        heading: false,
        parts: walk.lexicon.parts(label),
        of,
        unit: walk.unit_beside,
    });
}
