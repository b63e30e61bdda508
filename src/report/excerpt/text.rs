//! Paragraphs and table rows around the quoted words, as they stand in the file.
use super::{Excerpt, Passage};
use crate::model::{Block, BlockKind, Document, Span};

/// Characters of a neighbouring paragraph or cell.
const NEIGHBOUR: usize = 160;
/// Characters before and after the quoted words in their own paragraph.
const AROUND: usize = 280;
/// Characters of the quoted words.
const QUOTED: usize = 1_200;
/// Blocks looked at in search of a row's cells; wider tables are shown in part.
const CELLS: usize = 160;
/// Columns to the left and right of the evidence.
const COLUMNS: u32 = 6;
/// Paragraphs that stand for a file as a whole.
const HEAD: usize = 3;

/// The words around a span, or the head of the file; nothing where the document holds no text there.
pub fn excerpt(document: &Document, span: Option<Span>) -> Option<Excerpt> {
    let Some(span) = span else { return head(document) };
    let at = span.block as usize;
    let block = document.blocks.get(at)?;
    if block.kind == BlockKind::Cell && block.at.row.is_some() {
        return Some(Excerpt::Rows(rows(&document.blocks, at, span)));
    }
    let neighbour = |block: Option<&Block>| block.filter(|b| b.kind.is_body() && b.kind != BlockKind::Cell).map(|b| plain(b, NEIGHBOUR));
    let before = neighbour(document.blocks[..at].iter().rev().find(|b| !b.text.trim().is_empty()));
    let after = neighbour(document.blocks[at + 1..].iter().find(|b| !b.text.trim().is_empty()));
    Some(Excerpt::Paragraphs(before.into_iter().chain([marked(block, span)]).chain(after).collect()))
}

fn head(document: &Document) -> Option<Excerpt> {
    let texts: Vec<Passage> =
        document.blocks.iter().filter(|b| b.kind.is_body() && !b.text.trim().is_empty()).take(HEAD).map(|b| plain(b, NEIGHBOUR)).collect();
    (!texts.is_empty()).then_some(Excerpt::Paragraphs(texts))
}

/// The row of the evidence with the one above and the one below.
fn rows(blocks: &[Block], at: usize, span: Span) -> Vec<Vec<Passage>> {
    let target = &blocks[at].at;
    let (row, column) = (target.row.unwrap_or(1), target.column.unwrap_or(1));
    let is_same = |b: &Block| b.kind == BlockKind::Cell && b.at.table == target.table && b.at.sheet == target.sheet;
    let is_near = |b: &Block| b.at.row.is_some_and(|r| r.abs_diff(row) <= 1) && b.at.column.is_some_and(|c| c.abs_diff(column) <= COLUMNS);
    let first = at.saturating_sub(CELLS);
    let last = blocks.len().min(at + CELLS);
    let mut out: Vec<(u32, Vec<Passage>)> = Vec::new();
    for (n, block) in blocks[first..last].iter().enumerate().filter(|(_, b)| is_same(b) && is_near(b)) {
        let mut cell = if first + n == at { marked(block, span) } else { plain(block, NEIGHBOUR) };
        cell.columns = block.spans.1.clamp(1, 2 * COLUMNS);
        let own = block.at.row.unwrap_or(row);
        match out.last_mut() {
            Some((known, cells)) if *known == own => cells.push(cell),
            _ => out.push((own, vec![cell])),
        }
    }
    out.into_iter().map(|(_, cells)| cells).collect()
}

fn plain(block: &Block, longest: usize) -> Passage {
    Passage { before: label(block) + &start_of(&block.text, longest), ..Passage::default() }
}

fn marked(block: &Block, span: Span) -> Passage {
    let text = &block.text;
    let (start, end) = (span.start as usize, span.end as usize);
    let (Some(before), Some(quoted), Some(after)) = (text.get(..start), text.get(start..end), text.get(end..)) else {
        return Passage { before: label(block), marked: start_of(text, QUOTED), ..Passage::default() };
    };
    let head = end_of(before, AROUND);
    let head = if head.starts_with('…') { head } else { label(block) + &head };
    Passage { before: head, marked: start_of(quoted, QUOTED), after: start_of(after, AROUND), columns: 0 }
}

fn label(block: &Block) -> String {
    block.label_of(0).map(|label| format!("{label} ")).unwrap_or_default()
}

fn start_of(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}

fn end_of(text: &str, longest: usize) -> String {
    match text.char_indices().rev().nth(longest) {
        Some((cut, c)) => format!("…{}", &text[cut + c.len_utf8()..]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DocId, Format, Location};

    fn span(block: u32, start: u32, end: u32) -> Option<Span> {
        Some(Span { doc: DocId(0), block, start, end })
    }

    #[test]
    fn a_paragraph_stands_between_its_neighbours_with_the_words_marked() {
        let paragraph = |text: &str| Block::new(BlockKind::Paragraph, text, Location::default());
        let document = Document::read_full(Format::Docx, vec![paragraph("上一段"), paragraph("本项目由甲方出资。"), paragraph(""), paragraph("下一段")]);
        let Some(Excerpt::Paragraphs(passages)) = excerpt(&document, span(1, 12, 18)) else { panic!("paragraphs") };
        assert_eq!(passages.iter().map(|p| p.before.as_str()).collect::<Vec<_>>(), ["上一段", "本项目由", "下一段"]);
        assert_eq!((passages[1].marked.as_str(), passages[1].after.as_str()), ("甲方", "出资。"));
        let Some(Excerpt::Paragraphs(head)) = excerpt(&document, None) else { panic!("the head of the file") };
        assert_eq!(head.len(), 3);
    }

    #[test]
    fn a_cell_stands_in_its_row_and_long_text_is_cut_with_a_mark() {
        let cell = |row: u32, column: u32, text: &str| {
            Block::new(BlockKind::Cell, text, Location { table: Some(1), row: Some(row), column: Some(column), ..Location::default() })
        };
        let long = "长".repeat(2_000);
        let blocks = vec![cell(1, 1, "表头"), cell(2, 1, "单位"), cell(2, 2, &long), cell(3, 1, "联系人"), cell(4, 1, "远")];
        let Some(Excerpt::Rows(rows)) = excerpt(&Document::read_full(Format::Docx, blocks), span(2, 3_000, 3_003)) else { panic!("rows") };
        assert_eq!(rows.iter().map(Vec::len).collect::<Vec<_>>(), [1, 2, 1]);
        assert_eq!(rows[1][1].marked, "长");
        assert!(rows[1][1].before.starts_with('…') && rows[1][1].after.ends_with('…') && rows[1][1].before.chars().count() == AROUND + 1);
        assert!(excerpt(&Document::read_full(Format::Docx, Vec::new()), span(9, 0, 1)).is_none());
    }
}
