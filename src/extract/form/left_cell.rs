//! Rows whose left cell no list of labels knows, or heads a list in the cell beside it.
use super::grid::{GOES_ON, Grid, GridCell, figure, lines, printed};
use super::label::{enumerator, is_unknown_label, squash};
use super::lexicon::{Kind, Owner, Sense};
use super::line::{self, Style};
use super::owner::Owned;
use super::pair_row::opens_with_label;
use super::section::{self, Zone};
use super::table::{free_text, inner_tables, push};
use super::walk::{Context, Walk};
use super::whose::owner_of;
use super::{compose, person_line};
use crate::model::FieldId;

/// 附件材料目录 | 1、合作协议 ⏎ 2、应用证明: the list of attachments in a cell.
pub fn attachments_beside(walk: &mut Walk<'_, '_>, cell: &GridCell<'_>, list: &GridCell<'_>) -> bool {
    let is_item = |line: &str| line.trim_start().starts_with("附件") || enumerator(line.trim_start()) > 0;
    let listed = list.text.lines().filter(|line| !line.trim().is_empty()).all(is_item) && !list.is_empty();
    if walk.zone != Zone::Body || !listed || !section::heads_attachments(cell.text) {
        return false;
    }
    let section = walk.out.section(walk.out.sections.len() - 1).clone();
    walk.enter_attachments(cell.text);
    free_text(walk, list);
    walk.zone = Zone::Body;
    walk.out.sections.push(section);
    true
}

/// 申报单位意见 | 市科协审核意见 over a cell for each: what stands below is the answer.
pub fn opinions_beside(walk: &mut Walk<'_, '_>, grid: &Grid<'_>, row: usize, logical: &[usize]) -> Option<usize> {
    let asks = |i: &usize| grid.cells[*i].sense.is_some_and(|s| matches!(s.kind, Kind::Opinion | Kind::Office));
    let below = grid.starts.get(row + 1)?;
    let same = below.len() == logical.len() && below.iter().zip(logical).all(|(&b, &c)| grid.cells[b].column == grid.cells[c].column);
    if logical.len() < 2 || !logical.iter().all(asks) || !same || below.iter().any(asks) {
        return None;
    }
    walk.pending = None;
    if walk.zone == Zone::Attachments {
        walk.zone = Zone::Body;
    }
    let budget = walk.out.section(walk.out.sections.len() - 1).topic == section::Topic::Budget;
    if budget {
        walk.open_section(grid.cells[logical[0]].text);
    }
    for (&label, &value) in logical.iter().zip(below) {
        let cell = &grid.cells[label];
        if let Some(at) = printed(walk.view, cell.block, 0..cell.text.len()) {
            push(walk, cell.text, at, cell.sense, grid.answer(walk.view, value), None, None);
        }
    }
    Some(row + 2)
}

/// A cell without a known label: pairs inside it, an unknown label with its answer, or plain text.
pub fn unknown(walk: &mut Walk<'_, '_>, grid: &Grid<'_>, cells: &[usize], n: usize, side: Option<Owner>) -> usize {
    let cell = &grid.cells[cells[n]];
    if cell.is_empty() {
        return 1;
    }
    let next = cells.get(n + 1).map(|&i| &grid.cells[i]);
    if is_unknown_label(cell.text)
        && !answers_itself(walk, cell.text)
        && !brings_answer(walk, cell.text)
        && let Some(next) = next
        && next.sense.is_none_or(|s| s.weak)
        && !is_unknown_label_pair(cell, next)
        && !(next.text.contains([':', '：']) && opens_with_label(walk, next))
        && let Some(at) = printed(walk.view, cell.block, 0..cell.text.len())
    {
        if !next.inner.is_empty() {
            inner_tables(walk, next, Some(cell.text));
            return 2;
        }
        let spans = grid.answer(walk.view, cells[n + 1]);
        // 项目组主要成员 | 1. 张三，教授，某大学 ⏎ 2. …
        if let Some(sense) = people_sense(cell.text).filter(|_| lists_persons(next.text)) {
            push(walk, cell.text, at, Some(sense), spans, None, None);
            return 2;
        }
        // 经费使用计划 | 申请资助经费30000元：设备15000元…
        let stated =
            section::topic_of(cell.text) == section::Topic::Budget && super::figures::states_total(next.text) && super::figures::declares_total(next.text);
        let sense = stated.then_some(Sense { field: Some(FieldId::BudgetTotal), owner: None, kind: Kind::Money, weak: true });
        let owned = side.map(|owner| Owned { owner, label: String::new() });
        push(walk, cell.text, at, sense, spans, owned.as_ref(), None);
        free_text(walk, next);
        return 2;
    }
    for range in lines(cell.text) {
        if !super::grid::blank(&cell.text[range.clone()]) {
            walk.line(cell.block, range, &Context { numbered: false, heading: false, labels_follow: true, in_table: true, owner: side });
        }
    }
    walk.pending = None;
    inner_tables(walk, cell, None);
    1
}

/// What a label that no list has asks for where it names people: 专家团队, 项目组主.
pub fn people_sense(label: &str) -> Option<Sense> {
    let owner = owner_of(label).filter(|o| matches!(o, Owner::Member | Owner::Expert))?;
    Some(Sense { field: (owner == Owner::Member).then_some(FieldId::Members), owner: Some(owner), kind: Kind::Person, weak: true })
}

/// Whether each line of a text tells of a person.
fn lists_persons(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).peekable();
    lines.peek().is_some() && lines.all(person_line::tells_of_persons)
}

/// Whether a cell has a label and its answer on one line: 申报单位  徐州市茶学会.
fn brings_answer(walk: &Walk<'_, '_>, text: &str) -> bool {
    let found = line::split(text, walk.lexicon, Style::Form);
    found.first().is_some_and(|f| f.sense.is_some_and(|s| s.field.is_some()) && !f.value.is_empty() && text[..f.label.start].trim().is_empty())
}

/// Whether a cell has a label as its first line and the answer below it: 项目负责人 ⏎ 王小明.
fn answers_itself(walk: &Walk<'_, '_>, text: &str) -> bool {
    let mut printed = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let Some(sense) = printed.next().and_then(|first| walk.lexicon.label(first)) else { return false };
    let Some(second) = printed.next() else { return false };
    let names = sense.field.is_some() && matches!(sense.kind, Kind::Person | Kind::Name | Kind::Organisation | Kind::Title | Kind::Text | Kind::Choice);
    // 项目名称 ⏎ 来源: the second line goes on with the label
    let goes_on = second.starts_with(['(', '（']) || GOES_ON.iter().any(|word| second.ends_with(word));
    names && !goes_on && walk.lexicon.label(second).is_none() && !compose::asks_as_label(&squash(second))
}

/// A name that is followed by a name is no label.
fn is_unknown_label_pair(cell: &GridCell<'_>, next: &GridCell<'_>) -> bool {
    figure(cell.text) || next.text.contains([':', '：']) && cell.text.chars().count() > 8
}
