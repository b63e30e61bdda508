//! Reads a grid row by row: headings, side labels, header rows with records, label/value pairs.
use super::blocks::Blocks;
use super::grid::{Grid, GridCell, figure, lines, printed};
use super::header::{self, continued, header_column, header_row};
use super::label::{is_unknown_label, label_key, squash};
use super::layout::Pair;
use super::left_cell::{attachments_beside, opinions_beside, unknown};
use super::lexicon::{Kind, Owner, Sense};
use super::line::{self, Style};
use super::option_cells;
use super::owner::Owned;
use super::section::{self, Zone};
use super::side::{Side, logical_cells};
use super::stacked;
use super::tick;
use super::told_how;
use super::unit_line::{heads_money, unit_alone_told};
use super::walk::{Context, Walk};
use crate::model::{FieldId, Span};
use crate::text::date::find_dates;
use crate::text::money::unit_in;
use std::ops::Range;

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

/// Label, answer, label, answer …
fn pair_row(walk: &mut Walk<'_, '_>, grid: &Grid<'_>, cells: &[usize], side: Option<&Owned>, beside: &str) {
    // 职称 | 单位 | 手机: the heads of records that were left out
    let strong = |&&i: &&usize| grid.cells[i].sense.is_some_and(|s| !s.weak);
    if cells.len() >= 3 && cells.len() % 2 == 1 && cells.iter().all(|&i| grid.cells[i].sense.is_some()) && cells.last().is_some_and(|i| strong(&i)) {
        return;
    }
    // 姓名 | 工种（岗位） | 分工 beside 项目组成员: heads over rows that were left out
    let heads = grid.unpadded(cells);
    let named = heads.first().is_some_and(|&i| grid.cells[i].sense.is_some_and(|s| s.kind == Kind::Name));
    if named && heads.len() >= 3 && heads.len() % 2 == 1 && heads.last().is_some_and(|i| strong(&i)) && side.is_some_and(|s| s.owner == Owner::Member) {
        return;
    }
    // 总经费 | 18 | 申请经费 | 10 | 万元: the unit of the row's amounts in a cell of its own
    if walk.unit_beside.is_none() {
        walk.unit_beside = cells.iter().find_map(|&i| super::grid::unit_of(grid.cells[i].text));
    }
    // 填表日期 | 2023/11/20 | 单位：元
    cells.iter().for_each(|&i| walk.note_unit(grid.cells[i].text));
    // 联系电话 | 区号 | 0516 | 号码 | …, 申请经费 | 人民币 | 2.5: words between a label and its answer
    let filler = |i: usize| matches!(squash(grid.cells[i].text).as_str(), "区号" | "号码" | "人民币" | "¥" | "￥");
    let told = |i: usize| unit_alone_told(grid.cells[i].text).is_some();
    let kept: Vec<usize> = cells.iter().enumerate().filter(|(n, i)| *n == 0 || !filler(**i) && !told(**i)).map(|(_, i)| *i).collect();
    let cells = kept.as_slice();
    let mut row_owner: Option<Owned> = None;
    let mut n = 0;
    while n < cells.len() {
        let cell = &grid.cells[cells[n]];
        let head = walk.blocks.as_ref().and_then(|blocks| blocks.owner(cell.column)).map_or(beside, |owned| owned.label.as_str());
        // 项目负责人 | … | 职称 | …: his, whatever stands beside the row
        let his = cell.sense.is_some() && row_owner.as_ref().is_some_and(|o| o.owner.is_person());
        let side_sense = if head.is_empty() || his || cell.sense.is_some_and(|s| !s.weak) { None } else { walk.lexicon.beside(head, cell.text) };
        if let Some(&next) = cells.get(n + 1)
            && attachments_beside(walk, cell, &grid.cells[next])
        {
            n += 2;
            continue;
        }
        // 经费（万元） | 总经费 | 30 | 申请经费 | 10: the row's head prints the unit of its amounts
        let heads_amounts = cells.get(n + 1).is_some_and(|&i| grid.cells[i].sense.is_some_and(|s| s.kind == Kind::Money || s.kind == Kind::Amount));
        if heads_amounts && walk.unit_beside.is_none() && !figure(cell.text) {
            walk.unit_beside = unit_in(cell.text);
        }
        let Some(sense) = side_sense.or(cell.sense) else {
            // 职称 ⏎ 主任医师 answers itself
            let lone = !cell.text.trim().contains('\n');
            if let Some(&next) = cells.get(n + 1).filter(|&&i| lone && grid.cells[i].sense.is_none()) {
                walk.note_role(cell.text, grid.cells[next].text, &mut row_owner);
            }
            let owner = row_owner.as_ref().or(side).map(|o| o.owner);
            n += unknown(walk, grid, cells, n, owner);
            continue;
        };
        let Some(label_at) = printed(walk.view, cell.block, 0..cell.text.len()) else {
            n += 1;
            continue;
        };
        // 联系电话 | … | 联系电话 | …: each belongs to the one named above it
        let twin = |&&i: &&usize| i != cells[n] && grid.cells[i].sense == Some(sense) && squash(grid.cells[i].text) == squash(cell.text);
        if sense.owner.is_none()
            && cells.iter().filter(twin).count() == 1
            && let Some(owned) = walk.above.get(&cell.column)
        {
            row_owner = Some(owned.clone());
        } else if let Some(owner) = sense.owner {
            walk.above.insert(cell.column, Owned { owner, label: cell.text.split_whitespace().collect() });
        }
        if let Some(owned) = walk.blocks.as_ref().and_then(|blocks| blocks.owner(cell.column)) {
            row_owner = Some(owned.clone());
        }
        let sense = total_beside(walk, grid, cells, n, sense, beside);
        let mut end = n + 1;
        while end < cells.len() && !acts_as_label(grid, cells, n, end) && !heads_pair(grid, cells, n, end, sense) {
            end += 1;
        }
        let mut answers = &cells[n + 1..end];
        let mut sense = sense;
        let mut whole = None;
        // 项目预算 | 总额 | 30, 经费（万元） | 申请 | 2.0: the amount's own head between label and figure
        if sense.kind == Kind::Money
            && let [head, amount, ..] = cells[n + 1..]
            && (is_total_beside(&grid.cells[head]) || matches!(squash(grid.cells[head].text).as_str(), "申请" | "拟申请" | "申报"))
            && figure(grid.cells[amount].text)
        {
            let unit_behind = cells.get(n + 3).is_some_and(|&i| super::grid::unit_alone(grid.cells[i].text));
            answers = &cells[n + 2..n + 3 + usize::from(unit_behind)];
            sense.weak = false;
            whole = Some(format!("{}{}", label_key(cell.text), squash(grid.cells[head].text)));
            n += 1;
        }
        if answers.is_empty() {
            if n + 1 < cells.len() {
                walk.note_owner(sense, cell.text, &mut row_owner);
            } else {
                push(walk, cell.text, label_at, Some(sense), Vec::new(), side, row_owner.as_ref());
                walk.note_owner(sense, cell.text, &mut row_owner);
            }
            n += 1;
            continue;
        }
        let pair = walk.out.pairs.len();
        let used = answer(walk, grid, cell, label_at, sense, answers, side, &mut row_owner);
        if let (Some(whole), Some(pair)) = (whole, walk.out.pairs.get_mut(pair)) {
            pair.unit = pair.unit.or(unit_in(cell.text));
            pair.label = whole;
        }
        n += 1 + used.max(1);
    }
}

/// Whether a cell is the head of a total: 总额, 合计.
fn is_total_beside(head: &GridCell<'_>) -> bool {
    head.sense.is_some_and(|s| matches!(s.kind, Kind::Amount | Kind::Item)) && super::budget::is_total_word(head.text)
}

/// 合计 | 10 | 设备费 | 4 in a budget's section, 经费合计 | 8.2万元 anywhere: the total is what is asked for.
fn total_beside(walk: &Walk<'_, '_>, grid: &Grid<'_>, cells: &[usize], n: usize, sense: Sense, beside: &str) -> Sense {
    let budget = walk.out.section(walk.out.sections.len() - 1).topic == section::Topic::Budget || section::topic_of(beside) == section::Topic::Budget;
    let figure_follows = cells.get(n + 1).is_some_and(|&i| figure(grid.cells[i].text));
    let of_money = ["经费", "预算", "资金"].iter().any(|word| grid.cells[cells[n]].text.contains(word));
    let text = grid.cells[cells[n]].text;
    // 预算（万元） | 6.4
    let whole = super::budget::is_total_word(text) || matches!(label_key(text).as_str(), "预算" | "预算金额" | "预算经费");
    if (budget || of_money) && figure_follows && matches!(sense.kind, Kind::Item | Kind::Amount) && whole {
        return Sense { field: Some(FieldId::BudgetTotal), owner: None, kind: Kind::Money, weak: true };
    }
    sense
}

/// Whether the cell at `at`, right of the label at `label`, is a label itself rather than the answer.
fn acts_as_label(grid: &Grid<'_>, cells: &[usize], label: usize, at: usize) -> bool {
    let Some(sense) = grid.cells[cells[at]].sense else { return false };
    // 职务 | 辅导员 | 职称 | 助教
    let next = cells.get(at + 1).filter(|&&i| !grid.cells[i].is_empty()).map(|&i| grid.cells[i].sense);
    let held = grid.cells[cells[label]].sense.is_some_and(|s| matches!(s.kind, Kind::Title | Kind::Duty));
    if at == label + 1 && held && sense.kind == Kind::Person && next.is_none_or(|sense| sense.is_some_and(|s| !s.weak || s.kind == Kind::Title)) {
        return false;
    }
    if !sense.weak || at > label + 1 {
        return true;
    }
    // directly after a label, a weak word is the answer unless an answer of its own follows
    match cells.get(at + 1) {
        None => false,
        Some(&next) => {
            // 学位 | 博士 | 电话：…: what follows brings its own label
            let own = grid.cells[next].text.chars().take(8).any(|c| matches!(c, ':' | '：'));
            grid.cells[next].sense.is_none_or(|s| s.weak) && (cells.len() - label) % 2 == 1 && !own
        }
    }
}

/// Whether the cell at `at`, behind an answer, is a label nobody knows with an answer of its own:
/// 申报类别 | 一般项目 | 归属学科 | 政治学, but not 项目类别 | 重点√ | 一般 | 青年.
fn heads_pair(grid: &Grid<'_>, cells: &[usize], label: usize, at: usize, sense: Sense) -> bool {
    let text = |n: usize| grid.cells[cells[n]].text;
    let ticks = cells[label + 1..].iter().any(|&i| grid.cells[i].text.chars().any(tick::is_box));
    let ends = sense.kind == Kind::Period && ["终止", "结束", "完成", "截止", "止", "结题"].contains(&squash(text(at)).as_str());
    at >= label + 2
        && (cells.len() - at).is_multiple_of(2)
        && (at - label).is_multiple_of(2)
        && grid.cells[cells[at]].sense.is_none()
        && is_unknown_label(text(at))
        && !figure(text(at))
        && !super::grid::unit_alone(text(at))
        && !ticks
        && !ends
}

/// Gives a label its cells; returns how many it used.
#[allow(clippy::too_many_arguments)]
fn answer(
    walk: &mut Walk<'_, '_>,
    grid: &Grid<'_>,
    cell: &GridCell<'_>,
    label_at: Span,
    sense: Sense,
    answers: &[usize],
    side: Option<&Owned>,
    row_owner: &mut Option<Owned>,
) -> usize {
    // 0516 | 83730000
    let parted = answers.first().is_some_and(|&i| squash(grid.cells[i].text).len() <= 4 && figure(grid.cells[i].text));
    let joins = matches!(sense.kind, Kind::Period | Kind::Choice | Kind::Postcode | Kind::Date)
        || sense.kind == Kind::Phone && parted
        || answers.iter().all(|&i| grid.cells[i].text.trim().chars().count() <= 1);
    let several = matches!(sense.owner, Some(Owner::Member | Owner::Partner)) && !joins;
    // an empty cell before the printed one: a form drawn inside the answer's cell
    let skipped = answers.iter().position(|&i| !grid.cells[i].is_empty()).filter(|&n| !opens_with_label(walk, &grid.cells[answers[n]])).unwrap_or(0);
    // 5 | 万元
    let unit_apart = sense.kind == Kind::Money && answers.get(skipped + 1).is_some_and(|&i| super::grid::unit_alone(grid.cells[i].text));
    let used = if joins || several { answers.len() } else { skipped + 1 + usize::from(unit_apart) };
    // 起止时间 | 6月—8月 | 9月—11月 over the work of each: a schedule
    let spans_told = answers.iter().filter(|&&i| super::figures::is_span(grid.cells[i].text)).count();
    if sense.kind == Kind::Period && spans_told >= 2 {
        return used;
    }
    if several {
        // 合作单位 | 全称 | 某某公司
        let names = |i: &&usize| !["全称", "名称", "单位名称", "单位全称"].contains(&squash(grid.cells[**i].text).as_str());
        for &index in answers.iter().filter(names) {
            let spans = grid.answer(walk.view, index);
            if !spans.is_empty() || answers.len() == 1 {
                push(walk, cell.text, label_at, Some(sense), spans, side, row_owner.as_ref());
            }
        }
        walk.note_owner(sense, cell.text, row_owner);
        return used;
    }
    // 起止时间 | 2022年6月—8月 | 2022年9月—11月: the steps of a schedule
    let steps = answers.iter().filter(|&&i| find_dates(&crate::text::normal(grid.cells[i].text)).len() >= 2).count();
    if sense.kind == Kind::Period && steps >= 2 {
        return used;
    }
    if answers[..used].iter().any(|&i| !grid.cells[i].inner.is_empty()) {
        for &index in &answers[..used] {
            inner_tables(walk, &grid.cells[index], Some(cell.text));
        }
        return used;
    }
    let mut spans = Vec::new();
    let mut inner = Vec::new();
    for &index in &answers[..used] {
        let value = &grid.cells[index];
        // a title may hold a colon; what a later line of its cell asks for is none of it
        let titled = sense.field == Some(FieldId::ProjectName);
        let (own, more) = if value.nested.is_empty() && (titled || line::is_short(sense.kind) && sense.kind != Kind::Choice) {
            cut_inner(walk, value, usize::from(titled))
        } else {
            (grid.answer(walk.view, index), Vec::new())
        };
        spans.extend(own);
        inner.extend(more);
    }
    push(walk, cell.text, label_at, Some(sense), spans, side, row_owner.as_ref());
    walk.note_owner(sense, cell.text, row_owner);
    for (block, label, inner_sense, value) in inner {
        let text = walk.text(block, label.clone()).to_owned();
        let at = walk.view.raw_span(block, label);
        let spans = printed(walk.view, block, value).into_iter().collect();
        push(walk, &text, at, Some(inner_sense), spans, side, row_owner.as_ref());
        // 经费预算（元） | 总预算：60000 申请补助：20000
        let unit = unit_in(cell.text).filter(|_| inner_sense.kind == Kind::Money);
        if let Some(pair) = walk.out.pairs.last_mut().filter(|_| unit.is_some()) {
            pair.unit = unit;
        }
    }
    if !line::is_short(sense.kind) {
        for &index in &answers[..used] {
            free_text(walk, &grid.cells[index]);
        }
    }
    used
}

/// Whether a cell begins with a label of its own (性别□男 □女).
pub fn opens_with_label(walk: &Walk<'_, '_>, cell: &GridCell<'_>) -> bool {
    let first = lines(cell.text).into_iter().next().unwrap_or(0..0);
    line::split(&cell.text[first], walk.lexicon, Style::Form).iter().any(|f| f.sense.is_some())
}

type Inner = (u32, Range<usize>, Sense, Range<usize>);

/// The answer before the first label inside it (`张三  电话：139…`), and the pairs inside; `whole` lines of it hold none.
fn cut_inner(walk: &Walk<'_, '_>, cell: &GridCell<'_>, whole: usize) -> (Vec<Span>, Vec<Inner>) {
    let mut stop = cell.text.len();
    let mut inner = Vec::new();
    for range in lines(cell.text).into_iter().skip(whole) {
        for found in line::split(&cell.text[range.clone()], walk.lexicon, Style::Prose) {
            let Some(sense) = found.sense else { continue };
            if matches!(sense.kind, Kind::Text | Kind::Item | Kind::Task | Kind::Amount | Kind::Counter) {
                continue;
            }
            stop = stop.min(range.start + found.label.start);
            inner.push((
                cell.block,
                range.start + found.label.start..range.start + found.label.end,
                sense,
                range.start + found.value.start..range.start + found.value.end,
            ));
        }
    }
    (printed(walk.view, cell.block, 0..stop).into_iter().collect(), inner)
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
