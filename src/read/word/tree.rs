//! Blocks from formats whose tables and text boxes are elements within elements, with their spans written out:
//! OpenDocument, HTML, slides.
use super::out::{Out, asides_last};
use crate::model::{Block, BlockKind, Location};

/// Columns beyond this are not counted.
const MOST_COLUMNS: usize = 1024;

/// Where finished paragraphs go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holder {
    /// Each paragraph is a block.
    Body,
    /// All go into one block: a cell, a text box.
    Block(u32),
    /// All go into one block, with all that stands in them: a note, a header.
    Beside(u32),
    /// Beyond the limit of blocks.
    Nothing,
}

/// A paragraph in the making.
#[derive(Debug, Default)]
struct Para {
    text: String,
    number: u32,
    page: Option<u32>,
    /// The place kept for it, once something was anchored in it.
    block: Option<u32>,
}

/// A table in the making.
#[derive(Debug)]
struct Grid {
    number: u32,
    outer: Option<u32>,
    row: u32,
    column: usize,
    /// For each column, how many more rows a cell from above covers, this one included.
    taken: Vec<u32>,
    /// Cells of several rows: block, row.
    tall: Vec<(u32, u32)>,
}

/// The blocks in the making.
pub(in crate::read) struct Tree {
    pub out: Out,
    /// Holders, each with the paragraphs that were open when it began.
    holders: Vec<(Holder, usize)>,
    paras: Vec<Para>,
    tables: Vec<Grid>,
    seen: u32,
    paragraph: u32,
}

impl Tree {
    pub fn new(out: Out) -> Self {
        Self { out, holders: Vec::new(), paras: Vec::new(), tables: Vec::new(), seen: 0, paragraph: 0 }
    }

    // Paragraphs.

    pub fn begin_paragraph(&mut self) {
        if self.holder() == Holder::Body {
            self.paragraph += 1;
        }
        self.paras.push(Para { number: self.paragraph, ..Para::default() });
    }

    pub fn in_paragraph(&self) -> bool {
        self.paras.len() > self.holders.last().map_or(0, |(_, base)| *base)
    }

    /// Prints into the open paragraph, or into one of its own.
    pub fn print(&mut self, text: &str) {
        if !self.in_paragraph() {
            self.begin_paragraph();
        }
        self.out.count(text);
        let page = self.out.page;
        if self.out.over.is_none()
            && let Some(para) = self.paras.last_mut()
        {
            para.page.get_or_insert(page);
            para.text.push_str(text);
        }
    }

    /// The open paragraph's text so far.
    pub fn text(&self) -> &str {
        self.paras.last().filter(|_| self.in_paragraph()).map_or("", |p| &p.text)
    }

    /// Takes blanks off the end of the open paragraph.
    pub fn trim_end(&mut self, blank: &[char]) {
        if self.in_paragraph()
            && let Some(para) = self.paras.last_mut()
        {
            let end = para.text.trim_end_matches(blank).len();
            para.text.truncate(end);
        }
    }

    pub fn end_paragraph(&mut self, label: Option<String>, heading: bool) {
        if !self.in_paragraph() {
            return;
        }
        let Some(para) = self.paras.pop() else { return };
        let text = para.text.trim_matches('\n');
        match self.holder() {
            Holder::Body => {
                if text.is_empty() && label.is_none() {
                    return;
                }
                if let Some(label) = &label {
                    self.out.count(label);
                }
                let at = Location { page: para.page, paragraph: Some(para.number), ..Location::default() };
                let block = para.block.or_else(|| self.out.add(BlockKind::Paragraph, at.clone()));
                if let Some(block) = block.and_then(|b| self.out.get(b)) {
                    if heading {
                        block.kind = BlockKind::Heading;
                    }
                    block.at.page = at.page.or(block.at.page);
                    text.clone_into(&mut block.text);
                    block.label = label;
                }
            }
            Holder::Block(block) | Holder::Beside(block) => self.out.append(block, text, label.as_deref(), para.page),
            Holder::Nothing => {}
        }
    }

    // Boxes, notes, pictures.

    /// The place of what stands at this point.
    fn here(&self) -> Location {
        let page = Some(self.out.page);
        match self.holder() {
            Holder::Block(block) | Holder::Beside(block) => {
                let at = self.out.blocks.get(block as usize).map(|b| b.at.clone()).unwrap_or_default();
                Location { page, ..at }
            }
            _ => Location { page, paragraph: self.paras.last().map(|p| p.number), ..Location::default() },
        }
    }

    /// Adds a block after the paragraph it is anchored in, whose place is kept.
    fn anchored(&mut self, kind: BlockKind) -> Option<u32> {
        let at = self.here();
        if self.holder() == Holder::Body
            && let Some(para) = self.paras.last_mut()
            && para.block.is_none()
        {
            para.block = self.out.add(BlockKind::Paragraph, at.clone());
        }
        self.out.add(kind, at)
    }

    /// Keeps a block for words that come later.
    pub fn keep(&mut self, kind: BlockKind) -> Option<u32> {
        if self.is_beside() { None } else { self.anchored(kind) }
    }

    /// Begins a text box (its tables are tables) at the open paragraph.
    pub fn begin_box(&mut self, kind: BlockKind) {
        let beside = self.is_beside();
        let block = if beside { None } else { self.anchored(kind) };
        // Within a note or header, a text box is more of its text.
        self.hold(match block {
            Some(block) => Holder::Block(block),
            None if beside => self.holder(),
            None => Holder::Nothing,
        });
    }

    pub fn end_box(&mut self) {
        self.let_go();
    }

    /// Begins a note, comment, header or footer: one block for all its text.
    pub fn begin_beside(&mut self, kind: BlockKind) {
        let at = match kind {
            BlockKind::Header | BlockKind::Footer => Location::default(),
            _ => self.here(),
        };
        let block = self.out.add(kind, at);
        self.hold(block.map_or(Holder::Nothing, Holder::Beside));
    }

    pub fn end_beside(&mut self) {
        if let Some(Holder::Beside(block)) = self.let_go()
            && let Some(block) = self.out.get(block)
        {
            // A blank often stands between a note's number, which is not text, and its words.
            let blank = block.text.len() - block.text.trim_start().len();
            block.text.drain(..blank);
        }
    }

    pub fn is_beside(&self) -> bool {
        self.holders.iter().any(|h| matches!(h.0, Holder::Beside(_)))
    }

    pub fn picture(&mut self) {
        if !self.is_beside() {
            self.anchored(BlockKind::Picture);
        }
    }

    fn holder(&self) -> Holder {
        self.holders.last().map_or(Holder::Body, |(holder, _)| *holder)
    }

    fn hold(&mut self, holder: Holder) {
        self.holders.push((holder, self.paras.len()));
    }

    fn let_go(&mut self) -> Option<Holder> {
        while self.in_paragraph() {
            self.end_paragraph(None, false);
        }
        self.holders.pop().map(|(holder, _)| holder)
    }

    // Tables.

    pub fn begin_table(&mut self) {
        if self.is_beside() {
            return self.tables.push(Grid { number: 0, outer: None, row: 0, column: 0, taken: Vec::new(), tall: Vec::new() });
        }
        self.seen += 1;
        let outer = match self.holder() {
            Holder::Block(block) if self.out.blocks.get(block as usize).is_some_and(|b| b.kind == BlockKind::Cell) => Some(block),
            _ => None,
        };
        self.tables.push(Grid { number: self.seen, outer, row: 0, column: 0, taken: Vec::new(), tall: Vec::new() });
    }

    pub fn end_table(&mut self) {
        let Some(grid) = self.tables.pop() else { return };
        for (block, row) in grid.tall {
            if let Some(block) = self.out.get(block) {
                block.spans.0 = block.spans.0.min((grid.row + 1).saturating_sub(row)).max(1);
            }
        }
    }

    pub fn begin_row(&mut self) {
        if let Some(grid) = self.tables.last_mut() {
            grid.row = grid.row.saturating_add(1);
            grid.column = 0;
        }
    }

    pub fn end_row(&mut self) {
        if let Some(grid) = self.tables.last_mut() {
            grid.taken.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
            while grid.taken.last() == Some(&0) {
                grid.taken.pop();
            }
        }
    }

    /// Leaves out columns of the row.
    pub fn skip_columns(&mut self, columns: usize) {
        if let Some(grid) = self.tables.last_mut() {
            grid.column = grid.column.saturating_add(columns).min(MOST_COLUMNS);
        }
    }

    /// Begins a cell at the first column that no cell from above covers. Where the format writes covered places out,
    /// they are `skip`ped and `covers` is false.
    pub fn begin_cell(&mut self, (rows, columns): (u32, u32), covers: bool) {
        let beside = self.is_beside();
        let holder = self.holder();
        let Some(grid) = self.tables.last_mut() else {
            return self.hold(holder);
        };
        // A damaged file may have cells outside of every row.
        grid.row = grid.row.max(1);
        let (rows, columns) = (rows.max(1), (columns.max(1) as usize).min(MOST_COLUMNS));
        if covers {
            while grid.taken.get(grid.column).is_some_and(|rows| *rows > 0) {
                grid.column += 1;
            }
        }
        let column = grid.column.min(MOST_COLUMNS);
        if covers {
            grid.column = column + columns;
            if rows > 1 && column < MOST_COLUMNS {
                let end = (column + columns).min(MOST_COLUMNS);
                if grid.taken.len() < end {
                    grid.taken.resize(end, 0);
                }
                grid.taken[column..end].fill(rows);
            }
        } else {
            grid.column = column + 1;
        }
        let at = Location { table: Some(grid.number), row: Some(grid.row), column: Some(column as u32 + 1), ..Location::default() };
        let (outer, row) = (grid.outer, grid.row);
        let block = if beside { None } else { self.out.add(BlockKind::Cell, at) };
        if let Some(block) = block.and_then(|b| self.out.get(b)) {
            block.spans = (rows, columns as u32);
            block.inside = outer;
        }
        if rows > 1
            && let Some((grid, block)) = self.tables.last_mut().zip(block)
        {
            grid.tall.push((block, row));
        }
        self.hold(match block {
            Some(block) => Holder::Block(block),
            None if beside => holder,
            None => Holder::Nothing,
        });
    }

    pub fn end_cell(&mut self) {
        self.let_go();
    }

    /// The blocks, notes, headers and comments behind the running text.
    pub fn finish(self) -> Vec<Block> {
        asides_last(self.out.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Limits;

    fn cell(tree: &mut Tree, spans: (u32, u32), text: &str) {
        tree.begin_cell(spans, true);
        tree.begin_paragraph();
        tree.print(text);
        tree.end_paragraph(None, false);
        tree.end_cell();
    }

    fn places(blocks: &[Block]) -> Vec<(u32, u32, (u32, u32), &str)> {
        blocks.iter().map(|b| (b.at.row.unwrap_or(0), b.at.column.unwrap_or(0), b.spans, b.text.as_str())).collect()
    }

    #[test]
    fn cells_from_above_push_the_next_ones_on_and_no_span_leaves_the_table() {
        let mut tree = Tree::new(Out::new(&Limits::default(), 0));
        tree.begin_table();
        tree.begin_row();
        cell(&mut tree, (2, 1), "甲");
        cell(&mut tree, (1, 2), "乙");
        tree.end_row();
        tree.begin_row();
        cell(&mut tree, (u32::MAX, 1), "丙");
        cell(&mut tree, (1, 1), "丁");
        tree.end_row();
        tree.end_table();
        let blocks = tree.finish();
        assert_eq!(places(&blocks), [(1, 1, (2, 1), "甲"), (1, 2, (1, 2), "乙"), (2, 2, (1, 1), "丙"), (2, 3, (1, 1), "丁")]);
    }

    #[test]
    fn a_note_comes_behind_the_text_and_a_nested_cell_still_names_its_own() {
        let mut tree = Tree::new(Out::new(&Limits::default(), 0));
        tree.begin_paragraph();
        tree.print("正文");
        tree.begin_beside(BlockKind::Footnote);
        tree.begin_paragraph();
        tree.print(" 注");
        tree.end_paragraph(None, false);
        tree.end_beside();
        tree.end_paragraph(None, false);
        tree.begin_table();
        tree.begin_row();
        tree.begin_cell((1, 1), true);
        tree.begin_table();
        tree.begin_row();
        cell(&mut tree, (1, 1), "内");
        tree.end_row();
        tree.end_table();
        tree.end_cell();
        tree.end_row();
        tree.end_table();
        let blocks = tree.finish();
        assert_eq!(blocks.iter().map(|b| b.text.as_str()).collect::<Vec<_>>(), ["正文", "", "内", "注"]);
        assert_eq!((blocks[2].inside, blocks[3].at.paragraph), (Some(1), Some(1)));
    }
}
