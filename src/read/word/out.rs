//! The blocks as they come: places kept for what ends later, the limits, the pages.
use crate::model::{Block, BlockKind, Location};
use crate::read::Limits;

#[derive(Default)]
pub(in crate::read) struct Out {
    pub blocks: Vec<Block>,
    /// How far each block's lines have come.
    lines: Vec<Lines>,
    /// Text characters so far.
    pub characters: u64,
    /// What stopped the reading.
    pub over: Option<Over>,
    pub page: u32,
    /// The file says where Word last broke the pages.
    pub pages_known: bool,
    /// A page was begun by an explicit break and nothing printed on it yet.
    fresh: bool,
    most_blocks: usize,
    most_characters: u64,
}

/// Lines of a block of several paragraphs.
#[derive(Debug, Clone, Copy, Default)]
struct Lines {
    /// The line that the last paragraph ended on.
    now: usize,
    /// New lines already in the text and in the label.
    text: usize,
    label: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum Over {
    Characters,
    Blocks,
}

impl Out {
    /// `used` characters of the limit are spent.
    pub fn new(limits: &Limits, used: u64) -> Self {
        Self { page: 1, characters: used, most_blocks: limits.blocks as usize, most_characters: limits.characters, ..Self::default() }
    }

    /// Adds a block, to be filled now or later; `None` beyond the limit.
    pub fn add(&mut self, kind: BlockKind, mut at: Location) -> Option<u32> {
        if self.blocks.len() >= self.most_blocks {
            self.over.get_or_insert(Over::Blocks);
            return None;
        }
        at.page.get_or_insert(self.page);
        self.blocks.push(Block::new(kind, String::new(), at));
        self.lines.push(Lines::default());
        u32::try_from(self.blocks.len() - 1).ok()
    }

    pub fn get(&mut self, index: u32) -> Option<&mut Block> {
        self.blocks.get_mut(index as usize)
    }

    /// Adds a paragraph to a block of several, its number to the label's line of the same count. Empty lines at the
    /// beginning and end are left out.
    pub fn append(&mut self, index: u32, text: &str, label: Option<&str>, page: Option<u32>) {
        if let Some(label) = label {
            self.count(label);
        }
        let at = index as usize;
        let (Some(block), Some(lines)) = (self.blocks.get_mut(at), self.lines.get_mut(at)) else { return };
        if !block.text.is_empty() || block.label.is_some() {
            lines.now += 1;
        }
        if let Some(label) = label {
            let all = block.label.get_or_insert_default();
            all.extend(std::iter::repeat_n('\n', lines.now - lines.label));
            all.push_str(label);
            lines.label = lines.now;
        }
        if !text.is_empty() {
            if block.text.is_empty() {
                block.at.page = page.or(block.at.page);
            }
            block.text.extend(std::iter::repeat_n('\n', lines.now - lines.text));
            block.text.push_str(text);
            lines.now += text.matches('\n').count();
            lines.text = lines.now;
        }
    }

    /// Counts printed text against the limit.
    pub fn count(&mut self, text: &str) {
        self.fresh = false;
        self.characters += text.chars().count() as u64;
        if self.characters > self.most_characters {
            self.over.get_or_insert(Over::Characters);
        }
    }

    /// Counts one printed character.
    pub fn count_one(&mut self) {
        self.fresh = false;
        self.characters += 1;
        if self.characters > self.most_characters {
            self.over.get_or_insert(Over::Characters);
        }
    }

    /// Blocks that may still be added.
    pub fn room(&self) -> usize {
        self.most_blocks.saturating_sub(self.blocks.len())
    }

    pub fn explicit_break(&mut self) {
        self.page = self.page.saturating_add(1);
        self.fresh = true;
    }

    /// Word's own mark of a page that began here; it also follows most explicit breaks.
    pub fn rendered_break(&mut self) {
        self.pages_known = true;
        if !std::mem::take(&mut self.fresh) {
            self.page = self.page.saturating_add(1);
        }
    }

    /// The blocks that say something, in order. Places that stayed empty are taken out, cells and pictures stay.
    pub fn finish(mut self) -> Vec<Block> {
        let keep = |b: &Block| !b.text.is_empty() || b.label.is_some() || matches!(b.kind, BlockKind::Cell | BlockKind::Picture);
        let mut moved = Vec::new();
        if !self.blocks.iter().all(keep) {
            let mut next = 0u32;
            moved = self
                .blocks
                .iter()
                .map(|b| {
                    if keep(b) {
                        next += 1;
                        next - 1
                    } else {
                        next
                    }
                })
                .collect();
            self.blocks.retain(keep);
        }
        for block in &mut self.blocks {
            if let Some(inside) = &mut block.inside
                && let Some(now) = moved.get(*inside as usize)
            {
                *inside = *now;
            }
        }
        self.blocks
    }
}

/// Moves notes, then comments, then headers and footers behind the running text.
pub(in crate::read) fn asides_last(blocks: Vec<Block>) -> Vec<Block> {
    let rank = |b: &Block| match b.kind {
        BlockKind::Footnote => 1,
        BlockKind::Comment => 2,
        BlockKind::Header | BlockKind::Footer => 3,
        _ => 0,
    };
    let mut order: Vec<usize> = (0..blocks.len()).collect();
    order.sort_by_key(|n| rank(&blocks[*n]));
    let mut moved = vec![0u32; blocks.len()];
    for (to, from) in (0u32..).zip(&order) {
        moved[*from] = to;
    }
    let mut slots: Vec<Option<Block>> = blocks.into_iter().map(Some).collect();
    let sorted = order.into_iter().filter_map(|n| slots[n].take());
    sorted.map(|block| Block { inside: block.inside.and_then(|n| moved.get(n as usize).copied()), ..block }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_places_go_and_references_follow() {
        let mut out = Out::new(&Limits::default(), 0);
        out.add(BlockKind::Paragraph, Location::default());
        let outer = out.add(BlockKind::Cell, Location::default());
        out.add(BlockKind::TextBox, Location::default());
        let inner = out.add(BlockKind::Cell, Location::default()).unwrap();
        out.get(inner).unwrap().inside = outer;
        let blocks = out.finish();
        assert_eq!(blocks.len(), 2);
        assert_eq!(blocks[1].inside, Some(0));
    }

    #[test]
    fn numbers_of_a_cell_keep_to_their_lines() {
        let mut out = Out::new(&Limits::default(), 0);
        let cell = out.add(BlockKind::Cell, Location::default()).unwrap();
        for (text, label) in [("", None), ("甲\n甲续", None), ("", None), ("乙", Some("1.")), ("", Some("2.")), ("丙", Some("3.")), ("", None)] {
            out.append(cell, text, label, None);
        }
        let block = &out.finish()[0];
        assert_eq!(block.text, "甲\n甲续\n\n乙\n\n丙");
        let labels: Vec<_> = (0..6).map(|n| block.label_of(n)).collect();
        assert_eq!(labels, [None, None, None, Some("1."), Some("2."), Some("3.")]);
    }

    #[test]
    fn an_explicit_break_and_words_mark_of_it_are_one_page() {
        let mut out = Out::new(&Limits::default(), 0);
        out.count("one");
        out.explicit_break();
        out.rendered_break();
        out.count("two");
        out.rendered_break();
        assert_eq!(out.page, 3);
    }

    #[test]
    fn the_limits_of_characters_and_blocks_trip() {
        let limits = Limits { characters: 3, blocks: 1, ..Limits::default() };
        let mut out = Out::new(&limits, 0);
        out.count("四个汉字");
        assert_eq!(out.over, Some(Over::Characters));
        let mut out = Out::new(&limits, 0);
        assert!(out.add(BlockKind::Cell, Location::default()).is_some());
        assert!(out.add(BlockKind::Cell, Location::default()).is_none());
        assert_eq!(out.over, Some(Over::Blocks));
    }
}
