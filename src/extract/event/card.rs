//! Events each told in a record of its own: labels with their answers (活动名称 | … over 时间 | …), in cells or lines, and tables that
//! are turned, a column an event.
use super::mention::Mention;
use super::org::{self, Applicant};
use super::table::{Column, Entry, Head, column, heading_above, kind_in, mention};
use crate::extract::View;
use crate::extract::lines::{Line, lines};
use crate::extract::{Cell, Table};
use crate::model::EvidenceKind;
use crate::text::tight;

/// Characters of the longest heading above records.
const LONGEST_HEAD: usize = 30;

/// Cells of the widest row of records; wider ones are no records.
const MOST_CELLS: usize = 64;

/// The records of a form.
pub(super) fn mentions(view: &View<'_>, year: Option<i16>, applicant: &Applicant) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    for (number, table) in (1u32..).zip(&view.tables()) {
        let above = heading_above(view, table).map(|heading| heading.words).unwrap_or_default();
        for group in groups(table) {
            if !group.tells_events(&above) {
                continue;
            }
            for (at, entry) in (0u32..).zip(group.entries(number)) {
                // records of one row are told apart by their columns
                let entry = Entry { row: entry.row.saturating_mul(MOST_CELLS as u32).saturating_add(at), ..entry };
                found.extend(mention(view, &entry, &group.head(&above), EvidenceKind::Form, year, applicant));
            }
        }
    }
    found.extend(in_lines(view, year, applicant));
    found
}

/// Labelled rows of one record, or of several side by side.
#[derive(Default)]
struct Group<'a> {
    row: u32,
    /// The label of the name.
    name: String,
    rows: Vec<(Column, Vec<Cell<'a>>)>,
}

impl<'a> Group<'a> {
    fn has(&self, column: Column) -> bool {
        self.rows.iter().any(|(known, _)| *known == column)
    }

    fn width(&self) -> usize {
        self.rows.first().map_or(0, |(_, cells)| cells.len())
    }

    /// Whether the labels are those of an event: its name and time, and where, by whom or for how many.
    fn tells_events(&self, above: &str) -> bool {
        let detail = [Column::Place, Column::Role, Column::Host, Column::Organiser, Column::People, Column::Level].into_iter().any(|c| self.has(c));
        let held_by = [Column::Role, Column::Host, Column::Organiser].into_iter().any(|c| self.has(c));
        let about = |text: &str| ["活动", "会议", "讲座", "论坛", "学术", "科普"].iter().any(|word| text.contains(word));
        let named = about(&self.name) || self.width() >= 2 && (held_by || about(above));
        self.has(Column::Name) && self.has(Column::Time) && detail && named
    }

    fn head(&self, above: &str) -> Head {
        Head { row: 0, name: self.name.clone(), columns: Vec::new(), kind: kind_in(&format!("{above}{}", self.name)), role: None }
    }

    /// One entry a value of the first row.
    fn entries(&self, table: u32) -> Vec<Entry<'a>> {
        let names = self.rows.first().map_or(&[][..], |(_, cells)| cells);
        let at = |cells: &[Cell<'a>], n: usize, name: &Cell<'a>| cells.iter().copied().find(|c| c.column == name.column || cells.len() == 1 && n == 0);
        let entry = |(n, name): (usize, &Cell<'a>)| {
            let cells: Vec<(Column, Vec<Cell<'a>>)> =
                self.rows.iter().filter_map(|(column, cells)| at(cells, n, name).map(|cell| (*column, vec![cell]))).collect();
            let words = cells.iter().flat_map(|(_, cells)| cells).map(|cell| tight(cell.text)).collect::<Vec<_>>().join(",");
            Entry { table, row: self.row, cells, words }
        };
        names.iter().enumerate().map(entry).collect()
    }
}

/// The labelled rows of a table, a group from each name on.
fn groups<'a>(table: &Table<'a>) -> Vec<Group<'a>> {
    let mut found: Vec<Group<'a>> = Vec::new();
    for row in table.cells.chunk_by(|a, b| a.row == b.row) {
        for (label, answers) in labelled(row) {
            let Some(column) = column(&tight(label.text)) else { continue };
            if column == Column::Name {
                found.push(Group { row: label.row, name: tight(label.text), rows: Vec::new() });
            }
            if let Some(group) = found.last_mut().filter(|group| !group.has(column) || column == Column::Name) {
                group.rows.push((column, answers));
            }
        }
    }
    found
}

/// The labels of a row with their answers: label, answer, label, answer, or a label before all answers.
fn labelled<'a>(row: &[Cell<'a>]) -> Vec<(Cell<'a>, Vec<Cell<'a>>)> {
    if row.len() > MOST_CELLS {
        return Vec::new();
    }
    let heads = |cell: &Cell<'_>| column(&tight(cell.text)).is_some();
    let mut found: Vec<(Cell<'a>, Vec<Cell<'a>>)> = Vec::new();
    for cell in row {
        // 我会角色 | 主办 | 承办
        let role = found.last().is_some_and(|(label, _)| column(&tight(label.text)) == Some(Column::Role)) && org::claimed(cell.text).is_some();
        match found.last_mut() {
            Some((_, answers)) if role => answers.push(*cell),
            // 时间 | 地点 | 人数: the heads of columns
            Some((_, answers)) if heads(cell) && answers.is_empty() => return Vec::new(),
            _ if heads(cell) => found.push((*cell, Vec::new())),
            Some((_, answers)) if !cell.text.trim().is_empty() => answers.push(*cell),
            _ => {}
        }
    }
    found.retain(|(_, answers)| !answers.is_empty());
    found
}

/// 活动名称：…, 时间：…, 地点：… in lines below each other.
fn in_lines(view: &View<'_>, year: Option<i16>, applicant: &Applicant) -> Vec<Mention> {
    let all = lines(view);
    let mut found = Vec::new();
    let mut group: Option<Group<'_>> = None;
    let mut above = "";
    let mut number = 0;
    let mut finish = |group: Option<Group<'_>>, above: &str| {
        let group = group.filter(|group| group.tells_events(""));
        let entry = group.as_ref().and_then(|group| Some((group.head(above), group.entries(0).into_iter().next()?)));
        let m = entry.and_then(|(head, entry)| mention(view, &entry, &head, EvidenceKind::Form, year, applicant));
        number += 1;
        found.extend(m.map(|m| Mention { row: Some((view.id, 0, number)), ..m }));
    };
    for line in all.iter().filter(|line| line.row.is_none()) {
        let told = answer(view, line);
        match told {
            Some((Column::Name, label, cell)) => {
                finish(group.take(), above);
                group = Some(Group { row: 0, name: label.to_owned(), rows: vec![(Column::Name, vec![cell])] });
            }
            Some((column, _, cell)) => {
                if let Some(group) = group.as_mut().filter(|group| !group.has(column)) {
                    group.rows.push((column, vec![cell]));
                }
            }
            None => {
                finish(group.take(), above);
                if line.chars() <= LONGEST_HEAD {
                    above = line.text;
                }
            }
        }
    }
    finish(group.take(), above);
    found
}

/// What a line with a label says of an event.
fn answer<'v>(view: &View<'_>, line: &Line<'v>) -> Option<(Column, &'v str, Cell<'v>)> {
    let (label, value) = line.text.split_once(':')?;
    let column = column(label.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十、.()".contains(c)))?;
    let (block, _) = view.block_at(line.start)?;
    Some((column, label, Cell { block, row: 1, column: 1, rows: 1, columns: 1, text: value }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_wider_than_any_record_is_none() {
        let row = |cells: usize| -> Vec<Cell<'static>> {
            let text = |n: usize| if n == 0 { "时间" } else { "2022年5月14日" };
            (0..cells).map(|n| Cell { block: n as u32, row: 1, column: n as u32 + 1, rows: 1, columns: 1, text: text(n) }).collect()
        };
        assert_eq!(labelled(&row(MOST_CELLS)).len(), 1);
        assert!(labelled(&row(MOST_CELLS + 1)).is_empty());
    }
}
