//! A row of labels and answers in turn.
use super::grid::{Grid, GridCell, figure, lines, printed};
use super::label::{is_unknown_label, label_key, squash};
use super::left_cell::{attachments_beside, unknown};
use super::lexicon::{Kind, Owner, Sense};
use super::line::{self, Style};
use super::owner::Owned;
use super::section;
use super::table::{free_text, inner_tables, push};
use super::tick;
use super::unit_line::unit_alone_told;
use super::walk::Walk;
use crate::model::{FieldId, Span};
use crate::text::date::find_dates;
use crate::text::money::unit_in;
use std::ops::Range;

/// Label, answer, label, answer …
pub fn pair_row(walk: &mut Walk<'_, '_>, grid: &Grid<'_>, cells: &[usize], side: Option<&Owned>, beside: &str) {
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
