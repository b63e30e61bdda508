//! Labels that stand beside several rows, or own a row: 申报单位 | 名称 | …, 联系人 | 姓名 | ….
use super::grid::{Grid, GridCell};
use super::label::{label_key, squash};
use super::lexicon::{Kind, Owner, Sense};
use super::section;
use super::unit_line::unit_alone_told;
use super::walk::Walk;
use super::whose::{owner_of, role_of};
use crate::model::FieldId;
use std::ops::Range;

/// A label that stands beside several rows.
pub struct Side {
    pub rows: Range<usize>,
    pub owner: Option<Owner>,
    /// Squashed.
    pub text: String,
    /// As printed.
    pub label: String,
}

/// Characters of the longest label that heads a block from a row of its own.
const LONGEST_HEAD: usize = 12;

impl Side {
    /// 申报单位 in a row of its own over 单位名称 | …: it asks for nothing, and stands over the rows of its block as if beside them.
    pub fn over(walk: &Walk<'_, '_>, grid: &Grid<'_>, row: usize, head: usize) -> Option<Self> {
        let cell = &grid.cells[head];
        let text = cell.text.trim().trim_end_matches(['：', ':']);
        let named = cell.sense.filter(|s| matches!(s.kind, Kind::Person | Kind::Organisation)).and_then(|s| s.owner);
        let owner = named.or_else(|| walk.block_owner(text)).filter(|o| !matches!(o, Owner::Member | Owner::Expert | Owner::Office))?;
        let below = grid.unpadded(grid.starts.get(row + 1)?);
        let named_below = below.len() >= 2 && asks_name_of(walk, text, grid.cells[below[0]].text, grid.cells[below[0]].sense);
        if !named_below || text.contains([':', '：']) || squash(text).chars().count() > LONGEST_HEAD {
            return None;
        }
        let ends = |&r: &usize| {
            let cells = grid.unpadded(&grid.covers[r]);
            cells.len() <= 1 || grid.cells[cells[0]].sense.is_some_and(ends_block)
        };
        let end = (row + 2..grid.height()).find(ends).unwrap_or(grid.height());
        Some(Self { rows: row + 1..end, owner: Some(owner), text: squash(text), label: text.split_whitespace().collect() })
    }
}

/// Whether a label asks what the one that another label names is called: 单位名称 under 申报单位, 姓名 under 项目负责人.
pub fn asks_name_of(walk: &Walk<'_, '_>, head: &str, label: &str, sense: Option<Sense>) -> bool {
    let asks =
        |s: Sense| s.kind == Kind::Name || s.kind == Kind::Organisation && s.owner.is_none() && ["名称", "全称"].iter().any(|w| label_key(label).ends_with(w));
    sense.is_some_and(asks) || walk.lexicon.beside(head, label).is_some_and(|s| matches!(s.kind, Kind::Name | Kind::Organisation | Kind::Person))
}

/// Labels of what is applied for, which belong to nobody's block.
fn ends_block(sense: Sense) -> bool {
    use FieldId as F;
    let of_project = matches!(sense.field, Some(F::ProjectName | F::Category | F::PeriodFrom | F::PeriodTo | F::BudgetTotal | F::Opinion | F::Members));
    of_project && !sense.weak
}

/// The cells that begin in a row, without its side labels.
pub fn logical_cells(walk: &Walk<'_, '_>, grid: &Grid<'_>, row: usize, sides: &mut Vec<Side>) -> Vec<usize> {
    let covers = &grid.covers[row];
    let mut skip = Vec::new();
    for (n, &index) in covers.iter().enumerate() {
        let cell = &grid.cells[index];
        if cell.rows.start < row {
            if sides.iter().any(|s| s.rows == cell.rows && s.text == squash(cell.text)) {
                continue;
            }
            break;
        }
        let Some(&right) = covers.get(n + 1) else { break };
        if !is_side(walk, grid, cell, &grid.cells[right]) {
            break;
        }
        skip.push(index);
        sides.push(Side {
            rows: cell.rows.clone(),
            owner: cell.sense.and_then(|s| s.owner).or_else(|| named_owner(walk, cell.text)),
            text: squash(cell.text),
            label: cell.text.split_whitespace().collect(),
        });
    }
    let only_colon = |i: usize| matches!(grid.cells[i].text.trim(), ":" | "：");
    grid.starts[row].iter().copied().filter(|&i| !skip.contains(&i) && !only_colon(i)).collect()
}

fn is_side(walk: &Walk<'_, '_>, grid: &Grid<'_>, cell: &GridCell<'_>, right: &GridCell<'_>) -> bool {
    let count = squash(cell.text).chars().count();
    if !(1..=30).contains(&count) || right.rows.start != cell.rows.start {
        return false;
    }
    if cell.rows.len() == 1 {
        // 联系人 | 姓名 | 李四: the first label owns the row
        let owns = cell.sense.is_some_and(|s| s.owner.is_some() && matches!(s.kind, Kind::Person | Kind::Organisation))
            || cell.sense.is_none() && named_owner(walk, cell.text).is_some();
        // 专家 | 单位 | 职称 heads columns
        let answers = |s: Sense| s.weak && !matches!(s.kind, Kind::Title | Kind::Phone | Kind::Email | Kind::Duty);
        let answered = grid.starts[cell.rows.start].iter().any(|&i| grid.cells[i].column == right.column_end && grid.cells[i].sense.is_none_or(answers));
        let asks = right.sense.is_some_and(|s| s.owner.is_none() && matches!(s.kind, Kind::Name | Kind::Organisation));
        // 申报单位 | 名称 | 徐州市某学会
        let named = || right.sense.is_some_and(|s| s.weak) && walk.lexicon.beside(cell.text, right.text).is_some_and(|s| s.kind == Kind::Organisation);
        return owns && answered && (asks || named());
    }
    if right.rows.len() >= cell.rows.len() {
        return false;
    }
    if heads_two_lines(grid, cell) {
        return false;
    }
    // 项目名称 beside 中文 and 英文
    let parts = right.sense.is_none_or(|s| s.weak) && walk.lexicon.beside(cell.text, right.text).is_some();
    if parts || right.sense.is_some() || is_heading_cell(walk, right) || cell.sense.is_none() && (is_vertical(cell.text) || owner_of(cell.text).is_some()) {
        return true;
    }
    // 经费预算 beside 项目 | 金额（元） | 备注
    let amounts = grid.starts[cell.rows.start].iter().any(|&i| grid.cells[i].sense.is_some_and(|s| s.kind == Kind::Amount));
    // … or beside （单位：元） over such heads
    let unit = unit_alone_told(right.text).is_some();
    if (amounts || unit) && section::topic_of(cell.text) == section::Topic::Budget {
        return true;
    }
    // most rows beside it begin with a label
    let labelled = cell.rows.clone().filter(|&r| {
        grid.starts.get(r).is_some_and(|s| s.iter().any(|&i| grid.cells[i].column >= cell.column_end && grid.cells[i].sense.is_some_and(|s| !s.weak)))
    });
    let labelled = labelled.count();
    labelled * 2 >= cell.rows.len() && labelled > 0
}

/// 姓名 | 基本情况 | 分工 over 性别 | 职称 | 单位: the first head of a table whose heads are two lines, as its last one is.
fn heads_two_lines(grid: &Grid<'_>, cell: &GridCell<'_>) -> bool {
    let last = grid.starts[cell.rows.start].last().map(|&i| &grid.cells[i]);
    let heads = |cell: &GridCell<'_>| cell.sense.is_some_and(|s| matches!(s.kind, Kind::Name | Kind::Counter | Kind::Duty | Kind::Title | Kind::Task));
    cell.rows.len() == 2 && heads(cell) && last.is_some_and(|last| last.column > cell.column && last.rows == cell.rows && heads(last))
}

/// Whose block a side label that no list knows opens.
fn named_owner(walk: &Walk<'_, '_>, text: &str) -> Option<Owner> {
    walk.block_owner(text).or_else(|| role_of(text).filter(|_| walk.knows_leader()))
}

/// A text set one or two characters a line.
pub fn is_vertical(text: &str) -> bool {
    let mut lines = text.split_whitespace();
    text.lines().filter(|l| !l.trim().is_empty()).count() >= 3 && lines.all(|l| l.chars().count() <= 2)
}

fn is_heading_cell(walk: &Walk<'_, '_>, cell: &GridCell<'_>) -> bool {
    section::is_heading(cell.text.trim(), false, walk.lexicon)
}
