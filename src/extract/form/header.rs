//! Header rows and columns: records under them, over a page break too.
use super::grid::{Grid, figure, printed};
use super::label::{is_unknown_label, squash};
use super::layout::{Column, Pair, Records};
use super::lexicon::{Kind, Owner};
use super::owner::Owned;
use super::section;
use super::table::Side;
use super::walk::Walk;
use crate::model::Span;

/// Rows of the last table that go on here (over a page break), without their header. Returns the first row after them.
pub fn continued(walk: &mut Walk<'_, '_>, grid: &Grid<'_>) -> usize {
    let Some(open) = walk.open_records.take() else { return 0 };
    let Some(columns) = walk.out.records.get(open).map(|r| r.columns.len()) else { return 0 };
    let mut row = 0;
    while row < grid.height() {
        let mut cells = grid.covers[row].clone();
        // the rest of a side label
        if cells.len() == columns + 1 && squash(grid.cells[cells[0]].text).chars().count() <= 8 {
            cells.remove(0);
        }
        let answers = cells.iter().all(|&i| grid.cells[i].sense.is_none_or(|s| s.weak));
        if cells.len() != columns || columns < 2 || !answers {
            break;
        }
        let values = cells.iter().map(|&i| grid.answer(walk.view, i)).collect();
        walk.out.records[open].rows.push(values);
        row += 1;
    }
    if row == grid.height() && row > 0 {
        walk.open_records = Some(open);
    }
    row
}

/// A row of labels only, over rows of answers. Returns the first row after its records.
pub fn header_row(walk: &mut Walk<'_, '_>, grid: &Grid<'_>, row: usize, logical: &[usize], sides: &[Side]) -> Option<usize> {
    let money = in_budget(walk, sides);
    if !is_header(grid, logical, money) && !heads_next_row(grid, row, logical) {
        return None;
    }
    let tall = logical.iter().map(|&i| grid.cells[i].rows.end).max().unwrap_or(row + 1);
    let base = logical.iter().map(|&i| grid.cells[i].rows.end).min().unwrap_or(row + 1);
    // a second header line under merged heads
    let heads: Vec<usize> = if tall > base { two_line_heads(grid, logical, base, tall) } else { logical.to_vec() };
    let first = tall.max(row + 1);
    if first >= grid.height() {
        return None;
    }
    let mut rows = Vec::new();
    let mut taken = Vec::new();
    let mut next = first;
    let in_budget = money || heads.iter().any(|&i| grid.cells[i].sense.is_some_and(|s| matches!(s.kind, Kind::Amount)));
    while next < grid.height() {
        let cells: Vec<usize> = grid.covers[next]
            .iter()
            .copied()
            .filter(|&i| !sides.iter().any(|s| s.rows == grid.cells[i].rows && s.text == squash(grid.cells[i].text)))
            .collect();
        if !is_record(grid, &heads, &cells, next, in_budget) {
            break;
        }
        if is_header(grid, &cells, money) {
            break;
        }
        let mut values = vec![Vec::new(); heads.len()];
        for &index in &cells {
            let cell = &grid.cells[index];
            let home = heads
                .iter()
                .position(|&h| grid.cells[h].column == cell.column)
                .or_else(|| heads.iter().position(|&h| grid.cells[h].column < cell.column_end && cell.column < grid.cells[h].column_end));
            if let Some(home) = home {
                values[home].extend(grid.answer(walk.view, index));
            }
        }
        taken.push(cells);
        rows.push(values);
        next += 1;
    }
    if rows.is_empty() {
        return None;
    }
    let side = sides.last();
    let section = walk.out.sections.len() - 1;
    let columns = heads
        .iter()
        .map(|&i| {
            let cell = &grid.cells[i];
            Column {
                label: cell.text.trim().to_owned(),
                at: printed(walk.view, cell.block, 0..cell.text.len()).unwrap_or_else(|| walk.view.block_span(cell.block)),
                sense: cell.sense,
            }
        })
        .collect();
    let owner = side.and_then(|s| s.owner).or(walk.out.sections[section].owner);
    keep(walk, Records { columns, rows, owner, side: side.map_or(String::new(), |s| s.text.clone()), section, zone: walk.zone });
    walk.open_records = (next == grid.height() && !walk.out.records.is_empty()).then(|| walk.out.records.len() - 1);
    walk.pending = None;
    Some(next)
}

/// Whether the section or a side label is about money.
fn in_budget(walk: &Walk<'_, '_>, sides: &[Side]) -> bool {
    walk.out.section(walk.out.sections.len() - 1).topic == section::Topic::Budget || sides.iter().any(|s| section::topic_of(&s.text) == section::Topic::Budget)
}

/// Where heads are two lines tall, the lower ones name the columns.
fn two_line_heads(grid: &Grid<'_>, logical: &[usize], base: usize, tall: usize) -> Vec<usize> {
    let mut heads: Vec<usize> = logical.iter().copied().filter(|&i| grid.cells[i].rows.end == tall).collect();
    for row in base..tall {
        heads.extend(grid.starts[row].iter().copied());
    }
    heads.sort_by_key(|&i| grid.cells[i].column);
    heads
}

/// Labels side by side without room for an answer between them.
fn is_header(grid: &Grid<'_>, cells: &[usize], in_budget: bool) -> bool {
    if cells.len() < 2 {
        return false;
    }
    let known = cells.iter().filter(|&&i| grid.cells[i].sense.is_some()).count();
    let strong = cells.iter().filter(|&&i| grid.cells[i].sense.is_some_and(|s| !s.weak || matches!(s.kind, Kind::Item | Kind::Task))).count();
    let empty = cells.iter().filter(|&&i| grid.cells[i].is_empty()).count();
    let short = cells.iter().all(|&i| squash(grid.cells[i].text).chars().count() <= 24);
    if !short || empty > 0 && cells.len() < 4 || empty > 1 {
        return false;
    }
    let adjacent = in_budget || cells.windows(2).any(|w| grid.cells[w[0]].sense.is_some() && grid.cells[w[1]].sense.is_some());
    let figures = cells.iter().any(|&i| figure(grid.cells[i].text));
    if figures || !adjacent {
        return false;
    }
    // 职务 | 会长 is a pair, 职务 | 电话 a header
    if in_budget && cells.len() >= 3 && grid.cells[cells[0]].sense.is_some_and(|s| s.kind == Kind::Item) && figures_below(grid, cells) {
        return true;
    }
    let item_and_amount = cells.len() == 2
        && grid.cells[cells[0]].sense.is_some_and(|s| s.kind == Kind::Item)
        && grid.cells[cells[1]].sense.is_some_and(|s| matches!(s.kind, Kind::Amount | Kind::Money));
    if cells.len() == 2 && strong < 2 && !in_budget && !item_and_amount {
        return false;
    }
    if cells.len() == 2
        && grid.cells[cells[0]].sense.is_some_and(|s| s.owner.is_some() && matches!(s.kind, Kind::Person))
        && grid.cells[cells[1]].sense.is_some_and(|s| matches!(s.kind, Kind::Name))
    {
        return false;
    }
    known * 3 >= cells.len() * 2 || known >= 3 && known * 2 >= cells.len()
}

/// Whether the row below is figures under all heads but the first.
fn figures_below(grid: &Grid<'_>, cells: &[usize]) -> bool {
    let Some(below) = grid.starts.get(grid.cells[cells[0]].rows.end) else { return false };
    below.len() == cells.len() && below[1..].iter().filter(|&&i| figure(grid.cells[i].text)).count() * 2 >= cells.len() - 1
}

/// Label-shaped cells, half of them known, over a row of the same columns that holds no label at all.
fn heads_next_row(grid: &Grid<'_>, row: usize, cells: &[usize]) -> bool {
    let Some(below) = grid.starts.get(row + 1) else { return false };
    let known = cells.iter().filter(|&&i| grid.cells[i].sense.is_some()).count();
    let shaped = cells.iter().all(|&i| grid.cells[i].rows.len() == 1 && (grid.cells[i].sense.is_some() || is_unknown_label(grid.cells[i].text)));
    let first = cells.first().is_some_and(|&i| grid.cells[i].sense.is_some_and(|s| s.kind != Kind::Counter || cells.len() > 2));
    let same = below.len() == cells.len() && below.iter().zip(cells).all(|(&b, &c)| grid.cells[b].column == grid.cells[c].column);
    let answers = below.iter().all(|&i| grid.cells[i].sense.is_none()) && below.iter().any(|&i| !grid.cells[i].is_empty());
    known >= 2 && known * 2 >= cells.len() && shaped && first && same && answers
}

/// Whether a row's cells stand under the heads.
fn is_record(grid: &Grid<'_>, heads: &[usize], cells: &[usize], row: usize, in_budget: bool) -> bool {
    if cells.is_empty() || cells.len() == 1 && heads.len() > 1 {
        return false;
    }
    if !cells.iter().any(|&i| grid.cells[i].rows.start == row) {
        return false;
    }
    if in_budget && cells.iter().any(|&c| squash(grid.cells[c].text).contains("大写")) {
        return true;
    }
    let aligned = heads.iter().filter(|&&h| cells.iter().any(|&c| grid.cells[c].column == grid.cells[h].column)).count();
    let total = in_budget && cells.iter().any(|&c| super::budget::is_total_word(grid.cells[c].text));
    if !(aligned * 5 >= heads.len() * 3 || total) {
        return false;
    }
    // a row of pairs under the same columns: known label, answer, known label, answer
    let strong = |i: usize| grid.cells[i].sense.is_some_and(|s| !s.weak && !matches!(s.kind, Kind::Amount | Kind::Counter | Kind::Item));
    let first_is_label = strong(cells[0]) && grid.cells[cells[0]].rows.start == row;
    let more_cells = cells.len() > 1 && !strong(cells[1]);
    !(first_is_label && more_cells && !in_budget)
}

/// A column of labels beside two or more persons' answers: turned into records.
pub fn header_column(walk: &mut Walk<'_, '_>, grid: &Grid<'_>, row: usize, logical: &[usize], sides: &[Side]) -> Option<usize> {
    let head = |cells: &[usize]| -> Option<usize> {
        let (&first, rest) = cells.split_first()?;
        let named = grid.cells[first].sense.is_some();
        let open = rest.len() >= 2 && rest.iter().all(|&i| grid.cells[i].sense.is_none_or(|s| s.weak));
        (named && open).then_some(rest.len())
    };
    let count = head(logical)?;
    if !grid.cells[logical[0]].sense.is_some_and(|s| s.kind == Kind::Name) || grid.cells[logical[1]].is_empty() || grid.cells[logical[2]].is_empty() {
        return None;
    }
    let mut columns = Vec::new();
    let mut people: Vec<Vec<Vec<Span>>> = vec![Vec::new(); count];
    let mut next = row;
    while next < grid.height() {
        let cells: Vec<usize> = grid.starts[next]
            .iter()
            .copied()
            .filter(|&i| !sides.iter().any(|s| s.rows == grid.cells[i].rows && s.text == squash(grid.cells[i].text)))
            .collect();
        if head(&cells) != Some(count) {
            break;
        }
        let cell = &grid.cells[cells[0]];
        columns.push(Column { label: cell.text.trim().to_owned(), at: printed(walk.view, cell.block, 0..cell.text.len())?, sense: cell.sense });
        for (n, &index) in cells[1..].iter().enumerate() {
            people[n].push(grid.answer(walk.view, index));
        }
        next += 1;
    }
    if columns.len() < 2 {
        return None;
    }
    let section = walk.out.sections.len() - 1;
    let owner = sides.last().and_then(|s| s.owner).or(walk.out.sections[section].owner);
    let side = sides.last().map_or(String::new(), |s| s.text.clone());
    keep(walk, Records { columns, rows: people, owner, side, section, zone: walk.zone });
    Some(next)
}

/// Keeps records; a single row of answers under field labels is as good as pairs.
pub fn keep(walk: &mut Walk<'_, '_>, records: Records) {
    let filled = records.rows.iter().filter(|row| row.iter().any(|cell| !cell.is_empty())).count();
    let money = records.columns.iter().any(|c| c.sense.is_some_and(|s| s.kind == Kind::Amount));
    let fields = records.columns.iter().filter(|c| c.sense.is_some_and(|s| s.field.is_some() || s.kind == Kind::Name)).count();
    let people = records.columns.iter().any(|c| c.sense.is_some_and(|s| s.kind == Kind::Name));
    let members = people && !matches!(records.owner, Some(Owner::Leader | Owner::Contact | Owner::Adviser | Owner::Head | Owner::Recommender));
    let topic = walk.out.section(records.section).topic;
    let money = money && records.columns.iter().any(|c| c.sense.is_some_and(|s| s.kind == Kind::Item));
    let aside = matches!(topic, section::Topic::Events | section::Topic::Budget | section::Topic::Tasks);
    if filled <= 1 && records.rows.len() == 1 && !money && fields > 0 && !members && !aside {
        let mut row_owner: Option<Owned> = None;
        for (n, column) in records.columns.iter().enumerate() {
            let Some(sense) = column.sense else { continue };
            let value = records.rows[0].get(n).cloned().unwrap_or_default();
            let owner = walk.owner(sense, row_owner.as_ref(), records.owner);
            let of = walk.of(sense, row_owner.as_ref());
            walk.note_owner(sense, &column.label, &mut row_owner);
            walk.out.pairs.push(Pair {
                label: column.label.clone(),
                label_at: column.at,
                sense: Some(sense),
                value,
                owner,
                section: records.section,
                zone: records.zone,
                in_table: true,
                heading: false,
                parts: walk.lexicon.parts(&column.label),
                of,
            });
        }
        return;
    }
    // 其他参加单位: one partner a row
    if records.owner == Some(Owner::Partner)
        && let Some(column) = records.columns.iter().position(|c| c.sense.is_some_and(|s| s.kind == Kind::Organisation))
    {
        let head = &records.columns[column];
        for row in &records.rows {
            if let Some(value) = row.get(column).filter(|v| !v.is_empty()) {
                walk.out.pairs.push(Pair {
                    label: head.label.clone(),
                    label_at: head.at,
                    sense: head.sense,
                    value: value.clone(),
                    owner: records.owner,
                    section: records.section,
                    zone: records.zone,
                    in_table: true,
                    heading: false,
                    parts: Vec::new(),
                    of: None,
                });
            }
        }
    }
    walk.out.records.push(records);
}
