//! A document folded for matching, with the way back to its blocks; and its tables as grids.
use super::form::{Layout, Lexicon};
use crate::model::{Block, BlockKind, BoundPaper, DocId, Document, Role, SourceFile, Span};
use crate::text::Folded;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

/// One file of the dossier as extraction sees it.
///
/// `text` is the folded text of the body blocks in reading order, one block after the other, parted by
/// `\n`. Headers, footers, comments and pictures are left out of it.
pub struct View<'a> {
    pub id: DocId,
    pub file: &'a SourceFile,
    pub document: &'a Document,
    pub role: Role,
    pub text: String,
    blocks: Vec<FoldedBlock>,
    layout: OnceCell<Layout>,
    papers: OnceCell<Vec<BoundPaper>>,
}

struct FoldedBlock {
    block: u32,
    /// Where the block's folded text begins in `View::text`.
    start: usize,
    folded: Folded,
}

impl<'a> View<'a> {
    pub fn new(id: DocId, file: &'a SourceFile, document: &'a Document) -> Self {
        let mut text = String::new();
        let mut blocks = Vec::new();
        for (n, block) in (0u32..).zip(&document.blocks) {
            if !block.kind.is_body() || block.text.is_empty() {
                continue;
            }
            if !text.is_empty() {
                text.push('\n');
            }
            let folded = Folded::new(&block.text);
            let start = text.len();
            text.push_str(&folded.text);
            blocks.push(FoldedBlock { block: n, start, folded });
        }
        Self { id, file, document, role: Role::Unknown, text, blocks, layout: OnceCell::new(), papers: OnceCell::new() }
    }

    #[must_use]
    pub fn with_role(mut self, role: Role) -> Self {
        self.role = role;
        self
    }

    /// The document as a form, made out at the first use; every caller has the same lexicon.
    pub(super) fn layout(&self, lexicon: &Lexicon) -> &Layout {
        self.layout.get_or_init(|| Layout::new(self, lexicon))
    }

    /// The papers bound into the file, made out at the first use.
    pub(super) fn papers(&self) -> &[BoundPaper] {
        self.papers.get_or_init(|| super::bound::papers(self))
    }

    /// File name without its folders and archives.
    pub fn name(&self) -> &str {
        self.file.path.rsplit(['/', '\\', '!']).next().unwrap_or(&self.file.path)
    }

    /// The raw stretches that a stretch of `text` came from, one a block.
    pub fn spans(&self, range: Range<usize>) -> Vec<Span> {
        let mut spans = Vec::new();
        let first = self.blocks.partition_point(|b| b.start + b.folded.text.len() < range.start);
        for b in &self.blocks[first..] {
            if b.start >= range.end {
                break;
            }
            let from = range.start.max(b.start) - b.start;
            let to = range.end.min(b.start + b.folded.text.len()).saturating_sub(b.start);
            if from < to {
                let raw = b.folded.raw(from..to);
                spans.push(Span { doc: self.id, block: b.block, start: raw.start as u32, end: raw.end as u32 });
            }
        }
        spans
    }

    /// The block that a byte of `text` belongs to.
    pub fn block_at(&self, offset: usize) -> Option<(u32, &'a Block)> {
        let at = self.blocks.partition_point(|b| b.start <= offset).checked_sub(1)?;
        let block = self.blocks[at].block;
        Some((block, self.document.blocks.get(block as usize)?))
    }

    /// Where a block's folded text stands in `text`.
    pub fn range_of(&self, block: u32) -> Option<Range<usize>> {
        let at = self.blocks.binary_search_by_key(&block, |b| b.block).ok()?;
        let b = &self.blocks[at];
        Some(b.start..b.start + b.folded.text.len())
    }

    /// A stretch of one block's raw text as a span.
    pub fn raw_span(&self, block: u32, raw: Range<usize>) -> Span {
        Span { doc: self.id, block, start: raw.start as u32, end: raw.end as u32 }
    }

    /// The whole of one block as a span.
    pub fn block_span(&self, block: u32) -> Span {
        let len = self.document.blocks.get(block as usize).map_or(0, |b| b.text.len());
        self.raw_span(block, 0..len)
    }

    /// The raw words of a span of this document.
    pub fn quote(&self, span: Span) -> &'a str {
        self.document.blocks.get(span.block as usize).and_then(|b| b.text.get(span.start as usize..span.end as usize)).unwrap_or("")
    }

    /// The tables, in order; a nested table stands on its own.
    pub fn tables(&self) -> Vec<Table<'a>> {
        let mut tables: BTreeMap<(Option<&str>, u32), Vec<Cell<'a>>> = BTreeMap::new();
        for (n, block) in (0u32..).zip(&self.document.blocks) {
            if block.kind != BlockKind::Cell {
                continue;
            }
            let (Some(row), Some(column)) = (block.at.row, block.at.column) else { continue };
            let key = (block.at.sheet.as_deref(), block.at.table.unwrap_or(1));
            tables.entry(key).or_default().push(Cell { block: n, row, column, rows: block.spans.0, columns: block.spans.1, text: &block.text });
        }
        let mut all: Vec<Table<'a>> = tables.into_values().map(|cells| Table { cells }).collect();
        all.sort_by_key(|t| t.cells.first().map_or(0, |c| c.block));
        all
    }
}

/// A table cell; row and column count from 1, `rows` and `columns` are what it covers.
#[derive(Debug, Clone, Copy)]
pub struct Cell<'a> {
    pub block: u32,
    pub row: u32,
    pub column: u32,
    pub rows: u32,
    pub columns: u32,
    pub text: &'a str,
}

/// A table as a grid of cells in reading order.
#[derive(Debug, Clone)]
pub struct Table<'a> {
    pub cells: Vec<Cell<'a>>,
}

impl<'a> Table<'a> {
    /// The cell that covers a grid place, spans included.
    pub fn at(&self, row: u32, column: u32) -> Option<&Cell<'a>> {
        self.cells.iter().find(|c| (c.row..c.row + c.rows).contains(&row) && (c.column..c.column + c.columns).contains(&column))
    }

    /// The cells that begin in a row, left to right.
    pub fn row(&self, row: u32) -> impl Iterator<Item = &Cell<'a>> + '_ {
        self.cells.iter().filter(move |c| c.row == row)
    }

    pub fn height(&self) -> u32 {
        self.cells.iter().map(|c| c.row + c.rows - 1).max().unwrap_or(0)
    }

    pub fn width(&self) -> u32 {
        self.cells.iter().map(|c| c.column + c.columns - 1).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Format, Location};

    #[test]
    fn a_match_over_two_blocks_gives_two_spans_in_the_raw_text() {
        let blocks = ["项 目 名 称：智慧", "农 业 服务"].iter().map(|text| Block::new(BlockKind::Paragraph, *text, Location::default())).collect();
        let document = Document::read_full(Format::Txt, blocks);
        let file = SourceFile { path: "a.txt".into(), bytes: 0, sha256: None, sm3: None, problem: None };
        let view = View::new(DocId(0), &file, &document);
        let at = view.text.find("智慧\n农业").expect("the folded text joins the blocks");
        let spans = view.spans(at..at + "智慧\n农业".len());
        let quotes: Vec<&str> = spans.iter().map(|s| view.quote(*s)).collect();
        assert_eq!(quotes, ["智慧", "农 业"]);
    }
}
