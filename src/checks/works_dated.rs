use super::case::FEW;
use super::contract::declare_check;
use super::{Case, Check, Words};
use crate::extract::View;
use crate::model::{Block, Outcome, Pointer, Role};
use crate::say;
use crate::text::date::{PartialDate, find_dates};
use jiff::civil::{Date, date};
use std::collections::BTreeSet;

declare_check! {
    /// Reports and results of the last two years are listed or attached, with dates.
    ///
    /// ## How it is decided
    /// Lines and table rows that name such a work and carry a date inside the window, or attachments whose title does: at
    /// least `min`: `pass` with the places; the number is shown. The window runs from 1 January 2020 (N15) to the day the
    /// dossier came. It never fails.
    ///
    /// ## Why
    /// “近两年有一定数量的调研报告和工作成果”: whether there are any can be seen, whether they are enough the reviewers judge (N17).
    ///
    /// ## A person looks when
    /// No dated work was found, or only outside the window.
    pub struct WorksDated("works-dated", Dossier, bind_dossier, Form, [Pass, Human],
        "找写有调研报告、工作成果等并注明时间的段落和表格行，时间在近两年之内（N15）即符合，并列出处数；数量是否足够由评审判断。没有注明时间或都在两年之外时由人工查看。"
    ) {
        words: Words,
        min: usize,
    }
}

impl Check for WorksDated {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let years_back = if case.round().reads("N15", "from-2021") { 1 } else { 2 };
        let (from, to) = (date(case.round().year - years_back, 1, 1), case.submitted_on());
        let mut inside: Vec<Pointer> = Vec::new();
        let mut outside: Vec<Pointer> = Vec::new();
        for view in case.views {
            for (line, dates) in self.works(case, view) {
                let place = view.spans(line).into_iter().next().map(Pointer::Span);
                if dates.iter().any(|d| in_window(*d, from, to)) { inside.extend(place) } else { outside.extend(place) }
            }
        }
        let count = inside.len();
        if count >= self.min.max(1) {
            let say = say!(
                "{from} 以来的调研报告和工作成果找到 {count} 处（数量是否足够由评审判断）",
                "{count} work(s) since {from} were found (whether enough is for the reviewers)"
            );
            return vec![Outcome::pass(say).see(inside.into_iter().take(FEW))];
        }
        let say = if outside.is_empty() {
            say!("未找到注明时间的近两年调研报告和工作成果，请人工查看", "no dated work of the last two years was found; please look")
        } else {
            say!("找到的调研报告和工作成果不在近两年（{from} 至 {to}）之内，请人工查看", "the works found are outside {from} to {to}; please look")
        };
        vec![case.absent(&[Role::Report, Role::Certificate, Role::List], Outcome::human(say)).see(outside.into_iter().take(FEW))]
    }
}

fn in_window(printed: PartialDate, from: Date, to: Date) -> bool {
    printed.last_day().is_some_and(|day| day >= from) && printed.first_day().is_some_and(|day| day <= to)
}

/// Characters of the longest head of a column.
const LONGEST_HEAD: usize = 16;

impl WorksDated {
    /// Lines that name a work, each with the dates of its line or table row.
    fn works(&self, case: &Case<'_>, view: &View<'_>) -> Vec<(std::ops::Range<usize>, Vec<PartialDate>)> {
        let mut works: Vec<(std::ops::Range<usize>, Vec<PartialDate>)> = Vec::new();
        let mut rows: BTreeSet<RowKey<'_>> = BTreeSet::new();
        for hit in case.find_in(view, &self.words) {
            let line = line_of(&view.text, hit.start);
            if works.last().is_some_and(|(last, _)| last.start == line.start) {
                continue;
            }
            let block = view.block_at(hit.start).map(|(_, block)| block);
            let row = block.and_then(row_key);
            if row.is_some_and(|row| !rows.insert(row)) {
                continue;
            }
            let around = match row {
                Some(_) => row_text(view, hit.start),
                None => view.text[line.clone()].to_owned(),
            };
            let dates: Vec<PartialDate> = find_dates(&around).into_iter().map(|found| found.date).collect();
            if !dates.is_empty() {
                works.push((hit.start..hit.end.min(line.end).max(hit.start + 1), dates));
            } else if let Some((head, _)) = view.block_at(hit.start).filter(|_| row.is_some()) {
                for (cell, dates) in listed_below(view, head) {
                    if view.block_at(cell.start).and_then(|(_, block)| row_key(block)).is_some_and(|row| rows.insert(row)) {
                        works.push((cell, dates));
                    }
                }
            }
        }
        works
    }
}

fn line_of(text: &str, at: usize) -> std::ops::Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
    let end = text[at..].find('\n').map_or(text.len(), |n| at + n);
    start..end
}

/// Sheet, table and row of a cell.
type RowKey<'a> = (Option<&'a str>, Option<u32>, u32);

fn row_key(block: &Block) -> Option<RowKey<'_>> {
    Some((block.at.sheet.as_deref(), block.at.table, block.at.row?))
}

/// Works that a column headed by one of the words lists (调研报告（成果）名称 | 完成时间 over 关于…的思考 | 2021年3月): the cells below the
/// head, each with the dates that stand below the head of times.
fn listed_below(view: &View<'_>, head: u32) -> Vec<(std::ops::Range<usize>, Vec<PartialDate>)> {
    let Some(titles) = view.document.blocks.get(head as usize) else { return Vec::new() };
    let (first, heads) = row_around(view, head);
    let is_head = |block: &Block| block.text.trim().chars().count() <= LONGEST_HEAD;
    let tells_time = |block: &&Block| ["时间", "日期", "年月", "年份"].iter().any(|word| block.text.contains(word));
    let Some(times) = heads.iter().find(tells_time).filter(|_| heads.len() >= 3 && heads.iter().all(is_head)) else { return Vec::new() };
    let mut out = Vec::new();
    let mut next = first + heads.len() as u32;
    loop {
        let (first, cells) = row_around(view, next);
        let under = |head: &Block| cells.iter().position(|block| block.at.column == head.at.column);
        let (Some(title), Some(time)) = (under(titles), under(times)) else { break };
        if cells.len() != heads.len() || cells[0].at.table != titles.at.table || cells[0].at.sheet != titles.at.sheet {
            break;
        }
        let dates: Vec<PartialDate> = find_dates(&cells[time].text).into_iter().map(|found| found.date).collect();
        let place = view.range_of(first + title as u32).filter(|_| !cells[title].text.trim().is_empty() && !dates.is_empty());
        out.extend(place.map(|place| (place, dates)));
        next = first + cells.len() as u32;
    }
    out
}

/// The cells of the table row that a block stands in, and the first one's number; empty where it is no cell.
fn row_around<'a>(view: &View<'a>, block: u32) -> (u32, &'a [Block]) {
    let blocks = &view.document.blocks;
    let Some(row) = blocks.get(block as usize).and_then(row_key) else { return (block, &[]) };
    let is_in_row = |n: &usize| blocks.get(*n).and_then(row_key) == Some(row);
    let at = block as usize;
    let first = (0..at).rev().take_while(is_in_row).last().unwrap_or(at);
    let count = (first..).take_while(is_in_row).count();
    (first as u32, &blocks[first..first + count])
}

/// The cells of one table row, around a place in it.
fn row_text(view: &View<'_>, at: usize) -> String {
    let Some((block, _)) = view.block_at(at) else { return String::new() };
    let (first, cells) = row_around(view, block);
    let cells = (first..first + cells.len() as u32).filter_map(|n| view.range_of(n)).map(|range| &view.text[range]);
    cells.collect::<Vec<_>>().join("\n")
}
