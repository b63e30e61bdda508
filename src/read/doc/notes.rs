//! What stands beside the body: foot- and endnotes, comments, headers and footers.
use super::fib::{Fib, Part};
use super::story::Story;
use crate::model::{BlockKind, Location};
use crate::read::le::u32_at;
use std::ops::Range;

/// Notes of one kind: the characters they hang on, and where each one's text is.
pub(super) struct Notes {
    pub kind: BlockKind,
    pub refs: Vec<u32>,
    texts: Vec<Range<u32>>,
}

impl Notes {
    /// `extra` is how many bytes the file keeps for each reference beside its character.
    pub fn read(kind: BlockKind, (refs, extra): (&[u8], usize), texts: &[u8], text: &Range<u32>) -> Self {
        let n = refs.len().saturating_sub(4) / (4 + extra);
        let refs = (0..n).map_while(|i| u32_at(refs, i * 4)).collect();
        Self { kind, refs, texts: ranges(texts, text) }
    }

    /// Writes the notes whose characters are printed, each at its place.
    pub fn write(&self, story: &mut Story) {
        for (reference, text) in self.refs.iter().zip(&self.texts) {
            let Some(at) = story.flow.refs.get(reference).cloned() else { continue };
            let paras = story.paras(text.clone());
            story.flow.beside(self.kind, at, &paras);
        }
    }
}

/// Headers and footers of all sections: six of each, after six that part the notes from the text.
pub(super) fn headers(fib: &Fib, table: &[u8], text: &Range<u32>, story: &mut Story) {
    for (n, range) in ranges(fib.part(Part::Headers, table), text).into_iter().enumerate().skip(6) {
        if range.is_empty() {
            continue;
        }
        let kind = if matches!((n - 6) % 6, 0 | 1 | 4) { BlockKind::Header } else { BlockKind::Footer };
        let paras = story.paras(range);
        story.flow.beside(kind, Location::default(), &paras);
    }
}

/// The stretches of a text that a list of characters parts it into; each follows the one before.
pub(super) fn ranges(part: &[u8], text: &Range<u32>) -> Vec<Range<u32>> {
    let mut from = text.start;
    let mut found = Vec::new();
    for n in 0..part.len() / 4 {
        let Some(at) = u32_at(part, n * 4).map(|at| text.start.saturating_add(at).min(text.end)) else { break };
        if n > 0 {
            found.push(from..at.max(from));
        }
        from = at.max(from);
    }
    found
}
