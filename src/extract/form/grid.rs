//! A table as rows of cells, with the cells that reach into each row from above.
use super::label::{is_hint, squash};
use super::lexicon::{Kind, Lexicon, Sense};
use super::whose::owner_of;
use crate::extract::View;
use crate::model::{BlockKind, Span};
use crate::text::fold::is_cjk;
use crate::text::money::{Unit, unit_in};
use std::collections::BTreeMap;
use std::ops::Range;

/// Tables within tables that are looked into.
const DEEPEST: u32 = 4;

/// Rows that merged cells are entered into, over a whole table; beyond it a cell covers its first row only.
const MERGE_BUDGET: usize = 200_000;

#[derive(Debug, Clone)]
pub struct GridCell<'a> {
    pub block: u32,
    pub column: u32,
    /// First column after the cell.
    pub column_end: u32,
    /// Dense rows it covers.
    pub rows: Range<usize>,
    pub text: &'a str,
    /// Cells of a plain table nested in this one (a drawn frame around an answer), in order.
    pub nested: Vec<u32>,
    /// Nested tables with labels of their own.
    pub inner: Vec<Grid<'a>>,
    pub sense: Option<Sense>,
}

impl GridCell<'_> {
    pub fn is_empty(&self) -> bool {
        self.nested.is_empty() && self.inner.is_empty() && blank(self.text)
    }
}

/// Whether a text prints nothing but blanks and fillers.
pub fn blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '_' | '＿' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2500}'..='\u{257f}'))
}

#[derive(Debug, Clone)]
pub struct Grid<'a> {
    pub cells: Vec<GridCell<'a>>,
    /// Per dense row, the cells that begin in it, left to right.
    pub starts: Vec<Vec<usize>>,
    /// Per dense row, the cells that cover it, left to right.
    pub covers: Vec<Vec<usize>>,
    pub width: u32,
    /// Of a spreadsheet: every row is padded with empty cells to the sheet's widest.
    pub sheet: bool,
    /// The sheet's name.
    pub name: Option<&'a str>,
}

impl<'a> Grid<'a> {
    /// The table made of these cell blocks (of one table, without its nested ones).
    pub fn new(view: &View<'a>, blocks: &[u32], nested: &BTreeMap<u32, Vec<u32>>, lexicon: &Lexicon, depth: u32) -> Self {
        let mut raw: Vec<(u32, u32, u32, u32, u32, &'a str)> = Vec::new();
        for &n in blocks {
            let Some(block) = view.document.blocks.get(n as usize) else { continue };
            let (Some(row), Some(column)) = (block.at.row, block.at.column) else { continue };
            raw.push((row, column, n, block.spans.0.max(1), block.spans.1.max(1), &block.text));
        }
        raw.sort_by_key(|c| (c.0, c.1));
        let mut numbers: Vec<u32> = raw.iter().map(|c| c.0).collect();
        numbers.dedup();
        let mut grid = Self {
            cells: Vec::with_capacity(raw.len()),
            starts: vec![Vec::new(); numbers.len()],
            covers: vec![Vec::new(); numbers.len()],
            width: 0,
            sheet: false,
            name: None,
        };
        grid.name = blocks.first().and_then(|n| view.document.blocks.get(*n as usize)).and_then(|b| b.at.sheet.as_deref());
        grid.sheet = grid.name.is_some();
        let mut budget = MERGE_BUDGET;
        for (row, column, block, rows, columns, text) in raw {
            let Ok(first) = numbers.binary_search(&row) else { continue };
            let mut end = numbers.partition_point(|n| *n < row.saturating_add(rows)).max(first + 1);
            if end - first > budget {
                end = first + 1;
            }
            budget -= (end - first).min(budget);
            let index = grid.cells.len();
            let column_end = column.saturating_add(columns);
            grid.width = grid.width.max(column_end.saturating_sub(1));
            grid.starts[first].push(index);
            for covered in &mut grid.covers[first..end] {
                covered.push(index);
            }
            let (nested, inner) =
                nested.get(&block).filter(|_| depth < DEEPEST).map_or_else(Default::default, |cells| within(view, cells, nested, lexicon, depth));
            let sense = if nested.is_empty() && inner.is_empty() { lexicon.label(text) } else { None };
            grid.cells.push(GridCell { block, column, column_end, rows: first..end, text, nested, inner, sense });
        }
        for row in &mut grid.covers {
            row.sort_by_key(|&i| grid.cells[i].column);
        }
        grid.read_answers_in_letters(lexicon);
        grid.read_hinted_labels(lexicon);
        grid.join_empty_below();
        grid
    }

    /// 联系人 ⏎ Mary Brown | 联系电话 ⏎ 0516-…: beside a label over its answer the letters below one are its answer too, and no part of it.
    fn read_answers_in_letters(&mut self, lexicon: &Lexicon) {
        let over_answer = |index: usize| {
            let (label, answer) = self.cells[index].text.trim().split_once('\n')?;
            (!blank(answer) && lexicon.label(label).is_some()).then(|| answer.trim())
        };
        let in_letters = |answer: &str| !answer.chars().any(|c| is_cjk(c) || c.is_ascii_digit()) && lexicon.label(answer).is_none();
        let answered: Vec<usize> = (0..self.height())
            .filter(|&row| self.starts[row].iter().all(|&i| over_answer(i).is_some()))
            // 姓名 ⏎ Name | 职称 ⏎ Title: heads in two languages, where no answer is in another script
            .filter(|&row| self.starts[row].iter().any(|&i| over_answer(i).is_some_and(|answer| !in_letters(answer))))
            .flat_map(|row| self.starts[row].iter().copied())
            .filter(|&i| over_answer(i).is_some_and(in_letters))
            .collect();
        for index in answered {
            self.cells[index].sense = None;
        }
    }

    /// 申报单位 ⏎ 市级学会 | 徐州市茶学会: a label over a hint of its own line, beside its answer. Lines that no hint's words tell of are hints
    /// where others of their column are.
    fn read_hinted_labels(&mut self, lexicon: &Lexicon) {
        let hinted: Vec<(usize, Sense, bool)> = (0..self.cells.len())
            .filter(|index| self.cells[*index].text.trim().contains(['\n', '\u{b}']))
            .filter_map(|index| {
                let answered = self.is_beside_answer(index, lexicon)?;
                let (sense, sure) = hinted_label(self.cells[index].text, answered, lexicon)?;
                Some((index, sense, sure))
            })
            .collect();
        let mut sure_in: BTreeMap<u32, usize> = BTreeMap::new();
        for (index, _, _) in hinted.iter().filter(|(_, _, sure)| *sure) {
            *sure_in.entry(self.cells[*index].column).or_default() += 1;
        }
        let sure_in = |column: u32| sure_in.get(&column).copied().unwrap_or(0);
        let kept: Vec<(usize, Sense)> =
            hinted.iter().filter(|(index, _, sure)| *sure || sure_in(self.cells[*index].column) >= 2).map(|(index, sense, _)| (*index, *sense)).collect();
        for (index, sense) in kept {
            self.cells[index].sense = Some(sense);
        }
    }

    /// Whether the cell right of one that is no known label answers it; `None` where that cell is a label itself, with or without its answer below.
    fn is_beside_answer(&self, index: usize, lexicon: &Lexicon) -> Option<bool> {
        let cell = &self.cells[index];
        let row = &self.covers[cell.rows.start];
        let right = &self.cells[*row.get(row.partition_point(|&i| self.cells[i].column < cell.column_end))?];
        let first = right.text.trim().lines().next().unwrap_or("");
        let is_label = right.sense.is_some() || right.text.trim().contains('\n') && lexicon.label(first).is_some();
        (cell.sense.is_none() && !is_label).then(|| !right.is_empty())
    }

    /// A label of a person or organisation beside other labels, over cells that were left empty instead of being merged with it, stands
    /// beside their rows too: 项目负责人 | 姓名 | 学号 over (empty) | 张三 | 2019001. So does one of money over figures.
    fn join_empty_below(&mut self) {
        if self.sheet {
            return;
        }
        for row in 0..self.height().saturating_sub(1) {
            let [first, second, ..] = self.covers[row][..] else { continue };
            let (cell, right) = (&self.cells[first], &self.cells[second]);
            let money =
                cell.sense.is_some_and(|s| s.kind == Kind::Money) && right.sense.is_some_and(|s| matches!(s.kind, Kind::Money | Kind::Amount | Kind::Item));
            let owns = cell.sense.and_then(|s| s.owner).is_some() || cell.sense.is_none() && owner_of(cell.text).is_some();
            // 项目负责人 | 职务 | 联系人: heads of their own, and the first is blank
            let of_others =
                self.covers[row][1..].iter().any(|&i| self.cells[i].sense.is_some_and(|s| s.owner.is_some() && s.owner != cell.sense.and_then(|c| c.owner)));
            if !(owns && !of_others && right.sense.is_some_and(|s| !s.weak) || money) || cell.rows.end > row + 1 {
                continue;
            }
            let below = self.covers[row + 1].first().map(|&i| (i, &self.cells[i]));
            let Some((empty, _)) =
                below.filter(|(_, b)| b.is_empty() && b.rows == (row + 1..row + 2) && (b.column, b.column_end) == (cell.column, cell.column_end))
            else {
                continue;
            };
            let told = self.covers[row + 1][1..].iter().filter(|&&i| !self.cells[i].is_empty()).count();
            let figures = self.covers[row + 1][1..].iter().all(|&i| self.cells[i].is_empty() || figure(self.cells[i].text) || unit_alone(self.cells[i].text));
            if told < 2 || money && !figures {
                continue;
            }
            self.cells[first].rows.end = row + 2;
            self.covers[row + 1][0] = first;
            self.starts[row + 1].retain(|&i| i != empty);
        }
    }

    pub fn height(&self) -> usize {
        self.starts.len()
    }

    /// The cells of a row that belong to its table: in a sheet without the padding behind the last printed one.
    pub fn unpadded<'c>(&self, cells: &'c [usize]) -> &'c [usize] {
        if !self.sheet {
            return cells;
        }
        let end = cells.iter().rposition(|&i| !self.cells[i].is_empty()).map_or(0, |n| n + 1);
        &cells[..end]
    }

    /// What a cell answers with: its own printed text, then the nested cells that are not empty.
    pub fn answer(&self, view: &View<'a>, index: usize) -> Vec<Span> {
        let Some(cell) = self.cells.get(index) else { return Vec::new() };
        let mut spans = Vec::new();
        if let Some(span) = printed(view, cell.block, 0..cell.text.len()) {
            spans.push(span);
        }
        for &n in &cell.nested {
            let Some(block) = view.document.blocks.get(n as usize) else { continue };
            if block.kind == BlockKind::Cell
                && let Some(span) = printed(view, n, 0..block.text.len())
            {
                spans.push(span);
            }
        }
        spans
    }
}

/// The label that the first line of a cell is, over a hint; and whether the hint's own words tell that it is one. Beside an answer that is
/// left blank they must: 项目负责人 ⏎ 王小明 answers itself.
fn hinted_label(text: &str, answered: bool, lexicon: &Lexicon) -> Option<(Sense, bool)> {
    let mut printed = text.trim().split(['\n', '\u{b}']).map(str::trim).filter(|line| !line.is_empty());
    let (label, hint, None) = (printed.next()?, printed.next()?, printed.next()) else { return None };
    let sense = lexicon.label(label)?;
    // 服务期 ⏎ 起止年月 asks once; 项目负责人 ⏎ 所在学院 for another thing
    let once = lexicon.label(hint).is_none_or(|other| other.field == sense.field && other.kind == sense.kind);
    let goes_on = GOES_ON.iter().any(|word| hint.ends_with(word));
    let sure =
        if answered { is_hint(hint) } else { super::hint::is_template(hint) || ["填", "须", "两者", "万元"].iter().any(|word| hint.contains(word)) };
    (once && !goes_on && (sure || !sense.weak && answered) && hint.chars().count() <= LONGEST_HINT).then_some((sense, sure))
}

/// Ends of a second line that goes on with the label above it: 项目名称 ⏎ 来源.
pub const GOES_ON: [&str; 12] = ["来源", "情况", "说明", "意见", "依据", "简介", "计划", "方案", "分工", "简历", "承诺", "用途"];

/// Characters of the longest hint below a label.
const LONGEST_HINT: usize = 30;

/// The tables nested in one cell: plain ones as their cells, others as grids.
fn within<'a>(view: &View<'a>, cells: &[u32], nested: &BTreeMap<u32, Vec<u32>>, lexicon: &Lexicon, depth: u32) -> (Vec<u32>, Vec<Grid<'a>>) {
    let mut tables: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for &n in cells {
        let table = view.document.blocks.get(n as usize).and_then(|b| b.at.table).unwrap_or(0);
        tables.entry(table).or_default().push(n);
    }
    let (mut plain, mut inner) = (Vec::new(), Vec::new());
    for cells in tables.into_values() {
        let grid = Grid::new(view, &cells, nested, lexicon, depth + 1);
        if grid.cells.len() >= 3 && grid.cells.iter().filter(|c| c.sense.is_some()).count() >= 2 {
            inner.push(grid);
        } else {
            plain.extend(cells);
        }
    }
    (plain, inner)
}

/// The printed part of a stretch of a block, without blanks and fillers around it; `None` if nothing is printed.
pub fn printed(view: &View<'_>, block: u32, range: Range<usize>) -> Option<Span> {
    let text = &view.document.blocks.get(block as usize)?.text;
    let range = super::line::trim_value(text, range);
    (!range.is_empty()).then(|| view.raw_span(block, range))
}

/// Whether a text is a unit of money and nothing else.
pub fn unit_alone(text: &str) -> bool {
    unit_of(text).is_some()
}

/// The unit of money that a text is, where it is nothing else.
pub fn unit_of(text: &str) -> Option<Unit> {
    match squash(text).trim_matches(['(', ')']) {
        "元" | "人民币元" => Some(Unit::Yuan),
        "千元" => Some(Unit::Thousand),
        "万元" => Some(Unit::TenThousand),
        _ => None,
    }
}

/// The unit that a label prints, in brackets or as a line of its own: 经费（万元）, 经费 ⏎ 万元.
pub fn unit_of_label(label: &str) -> Option<Unit> {
    unit_in(label).or_else(|| unit_of(label.trim().rsplit('\n').next().unwrap_or("")))
}

/// Whether a text is a number, with or without a unit.
pub fn figure(text: &str) -> bool {
    let tight = squash(text);
    let digits = tight.chars().filter(char::is_ascii_digit).count();
    digits > 0 && tight.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '元' | '万' | '千' | '¥' | '%'))
}

/// The lines of a block's text, as byte ranges.
pub fn lines(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if matches!(c, '\n' | '\u{b}' | '\r') {
            out.push(start..at);
            start = at + c.len_utf8();
        }
    }
    out.push(start..text.len());
    out
}
