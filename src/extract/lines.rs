//! The lines of a view: what agreements, events and certificates are matched on.
use super::View;
use crate::model::{BlockKind, Span};
use std::ops::Range;

/// One line of a view's folded text: a paragraph, or a printed line of a cell.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'v> {
    pub text: &'v str,
    /// Where it begins in `View::text`.
    pub start: usize,
    pub kind: BlockKind,
    /// The automatic number of the block, on its first line.
    pub label: Option<&'v str>,
    /// Table and row of a cell.
    pub row: Option<(u32, u32)>,
}

impl Line<'_> {
    pub fn range(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub fn chars(&self) -> usize {
        self.text.chars().count()
    }

    /// A stretch of the line as spans.
    pub fn spans(&self, view: &View<'_>, part: Range<usize>) -> Vec<Span> {
        view.spans(self.start + part.start..self.start + part.end)
    }
}

/// The lines that hold text, in reading order.
pub(super) fn lines<'v>(view: &'v View<'_>) -> Vec<Line<'v>> {
    let mut all = Vec::new();
    let mut start = 0;
    let mut last_block = None;
    // Lines of the block so far; each may have an automatic number of its own.
    let mut line = 0;
    for text in view.text.split('\n') {
        let at = start;
        start += text.len() + 1;
        if text.is_empty() {
            line += 1;
            continue;
        }
        let Some((block, found)) = view.block_at(at) else { continue };
        line = if last_block == Some(block) { line + 1 } else { 0 };
        let label = found.label_of(line);
        last_block = Some(block);
        let row = match (found.kind, found.at.row) {
            (BlockKind::Cell, Some(row)) => Some((found.at.table.unwrap_or(1), row)),
            _ => None,
        };
        all.push(Line { text, start: at, kind: found.kind, label, row });
    }
    all
}
