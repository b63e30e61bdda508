//! Tables drawn with characters (┌─┬─┐ over │ 项目名称 │ … │), as old programs and plain text print them, made tables of cells.
use crate::model::{Block, BlockKind, Document, Location};

/// More lines in one table than any form has; what follows stays text.
const MOST_LINES: usize = 5_000;

/// Makes cells of the drawn tables of a document. Text between the bars is kept; the bars and rules are not.
pub(super) fn tables(document: &mut Document) {
    if !document.blocks.iter().any(is_drawn) {
        return;
    }
    let last = document.blocks.iter().filter_map(|block| block.at.table).max().unwrap_or(0);
    let mut number = last;
    let mut moved: Vec<u32> = Vec::with_capacity(document.blocks.len());
    let mut all: Vec<Block> = Vec::with_capacity(document.blocks.len());
    let mut blocks = std::mem::take(&mut document.blocks).into_iter().peekable();
    while let Some(block) = blocks.next() {
        moved.push(all.len() as u32);
        if !is_drawn(&block) {
            all.push(block);
            continue;
        }
        let mut run = vec![block];
        while let Some(next) = blocks.next_if(|next| is_drawn(next) && run.len() < MOST_LINES) {
            moved.push(all.len() as u32);
            run.push(next);
        }
        let cells = cells(&run, number + 1);
        if cells.is_empty() {
            // bars without words: moved back as they were
            let from = moved.len() - run.len();
            (0u32..).zip(&mut moved[from..]).for_each(|(n, at)| *at += n);
            all.extend(run);
        } else {
            number += 1;
            all.extend(cells);
        }
    }
    for block in &mut all {
        block.inside = block.inside.map(|outer| moved.get(outer as usize).copied().unwrap_or(outer));
    }
    document.blocks = all;
}

/// Whether a paragraph is a line of a drawn table.
fn is_drawn(block: &Block) -> bool {
    block.kind == BlockKind::Paragraph && block.text.lines().any(|line| line.trim_start().starts_with(is_line)) && block.text.lines().all(is_row)
}

fn is_line(c: char) -> bool {
    ('\u{2500}'..='\u{257f}').contains(&c)
}

fn is_bar(c: char) -> bool {
    matches!(c, '│' | '┃' | '║' | '┆' | '┇' | '┊' | '┋')
}

fn is_row(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with(is_line) && line.ends_with(is_line)
}

/// A row of nothing but lines, between two rows of cells or at the edge.
fn is_rule(line: &str) -> bool {
    line.chars().all(|c| is_line(c) && !is_bar(c) || c.is_whitespace() || c == '-')
}

/// The words between the bars of each row; lines without a rule between them are one row where the table has rules between rows.
fn cells(run: &[Block], table: u32) -> Vec<Block> {
    let lines: Vec<(&Location, &str)> =
        run.iter().flat_map(|block| block.text.lines().map(|line| (&block.at, line.trim()))).filter(|(_, line)| !line.is_empty()).collect();
    let words = |line: &str| line.trim_matches(is_line).split(is_bar).map(|cell| cell.trim().to_owned()).collect::<Vec<String>>();
    let ruled = lines.iter().filter(|(_, line)| is_rule(line)).count() >= 3;
    let mut rows: Vec<(&Location, Vec<String>)> = Vec::new();
    let mut open = false;
    for (at, line) in lines {
        if is_rule(line) {
            open = false;
            continue;
        }
        let cells = words(line);
        match rows.last_mut().filter(|(_, known)| open && ruled && known.len() == cells.len()) {
            Some((_, known)) => known.iter_mut().zip(cells).for_each(|(cell, more)| cell.push_str(&more)),
            None => rows.push((at, cells)),
        }
        open = true;
    }
    let wide = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    if wide < 2 {
        return Vec::new();
    }
    let cell = |row: u32, at: &Location, column: u32, text: String| {
        Block::new(BlockKind::Cell, text, Location { table: Some(table), row: Some(row), column: Some(column), ..at.clone() })
    };
    (1u32..).zip(rows).flat_map(|(row, (at, cells))| (1u32..).zip(cells).map(move |(column, text)| cell(row, at, column, text))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Format;

    fn read(lines: &[&str]) -> Vec<Block> {
        let blocks = lines.iter().map(|line| Block::new(BlockKind::Paragraph, *line, Location::default())).collect();
        let mut document = Document::read_full(Format::Docx, blocks);
        tables(&mut document);
        document.blocks
    }

    #[test]
    fn drawn_tables_become_cells_and_their_neighbours_stay() {
        let found = read(&[
            "申报书",
            "┌───┬──────┐",
            "│名称  │甲项目的很长的 │",
            "│      │名字           │",
            "├───┼──────┤",
            "│负责人│李一           │",
            "└───┴──────┘",
            "一、背景",
        ]);
        let texts: Vec<(&str, Option<u32>, Option<u32>)> = found.iter().map(|b| (b.text.as_str(), b.at.row, b.at.column)).collect();
        assert_eq!(
            texts,
            [
                ("申报书", None, None),
                ("名称", Some(1), Some(1)),
                ("甲项目的很长的名字", Some(1), Some(2)),
                ("负责人", Some(2), Some(1)),
                ("李一", Some(2), Some(2)),
                ("一、背景", None, None)
            ]
        );
    }

    #[test]
    fn a_table_of_more_lines_than_any_form_has_is_parted() {
        let lines = vec!["│甲│乙│"; MOST_LINES + 1];
        let found = read(&lines);
        assert_eq!(found.len(), 2 * lines.len());
        assert_eq!(found.last().map(|cell| cell.at.table), Some(Some(2)));
    }

    #[test]
    fn lines_of_ornament_stay_text() {
        assert_eq!(read(&["━━━━━━", "正文"]).len(), 2);
        assert_eq!(read(&["──说明──"])[0].text, "──说明──");
    }
}
