//! From paragraphs in their order to blocks: which of them make a cell, a row, a table, and what is anchored in them.
//!
//! For formats that tell a table by the marks at the ends of its cells and rows, as Word's own and RTF do.
use super::grid::{Grid, RowDef};
use super::out::{Out, Over};
use super::table::{CellProps, Place, Table};
use crate::model::{BlockKind, Location};
use std::collections::BTreeMap;
use std::ops::Range;

/// A paragraph as it is printed.
#[derive(Debug, Clone, Default)]
pub(in crate::read) struct Para {
    pub text: String,
    /// Its automatic number.
    pub label: Option<String>,
    pub heading: bool,
    /// Its mark was deleted or is hidden: the text goes on in the next paragraph.
    pub carries_on: bool,
    /// How deep in tables it stands; 0 is the running text.
    pub depth: u32,
    pub end: End,
    /// The definition of the row it ends.
    pub row: Option<Box<RowDef>>,
    pub things: Vec<Thing>,
    /// Numbers of the notes and comments that hang on it.
    pub refs: Vec<u32>,
}

/// What ends with a paragraph besides itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::read) enum End {
    #[default]
    Nothing,
    Cell,
    Row,
    /// A row that was deleted, with all it holds.
    DeletedRow,
}

impl End {
    fn is_row(self) -> bool {
        matches!(self, Self::Row | Self::DeletedRow)
    }
}

/// What is anchored in a paragraph.
#[derive(Debug, Clone)]
pub(in crate::read) enum Thing {
    Picture,
    TextBox(Vec<Para>),
}

/// Where the text of paragraphs goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holder {
    /// Each paragraph is a block.
    Body,
    /// All go into one block: a cell, a text box.
    Block(u32),
    /// All go into one block, and what is anchored in them is seen to elsewhere: a note, a header.
    Beside(u32),
}

/// Text that waits in one block for what follows.
#[derive(Default)]
struct Waiting {
    /// Empty paragraphs since the last text.
    blank: usize,
    /// A paragraph that goes on in the next one, and its number.
    carried: Option<(Para, u32)>,
}

/// Tables nested deeper than this are read as the text of the cell they stand in.
const DEEPEST: u32 = 12;
/// Text boxes in text boxes.
const DEEPEST_BOX: u32 = 4;

/// The blocks in the making.
pub(in crate::read) struct Flow {
    pub out: Out,
    /// Where notes and comments hang, by number.
    pub refs: BTreeMap<u32, Location>,
    tables: u32,
    paragraph: u32,
    boxes: u32,
}

/// A row: the paragraphs of each cell, and its definition.
#[derive(Default)]
struct Row<'p> {
    cells: Vec<Range<usize>>,
    def: Option<&'p RowDef>,
    deleted: bool,
}

impl Flow {
    pub fn new(out: Out) -> Self {
        Self { out, refs: BTreeMap::new(), tables: 0, paragraph: 0, boxes: 0 }
    }

    /// Writes the running text.
    pub fn body(&mut self, paras: &[Para]) {
        self.items(paras, Holder::Body, 0, None);
    }

    /// Writes paragraphs into one block beside the running text; tables in them give their text alone.
    pub fn beside(&mut self, kind: BlockKind, at: Location, paras: &[Para]) {
        let Some(block) = self.out.add(kind, at) else { return };
        self.flat(paras, block, &mut Waiting::default(), 0);
        if let Some(block) = self.out.get(block) {
            // A blank often stands between a note's number, which is not text, and its words.
            let blank = block.text.len() - block.text.trim_start().len();
            block.text.drain(..blank);
        }
    }

    /// Writes a text box that nothing anchors.
    pub fn loose_box(&mut self, paras: &[Para]) {
        self.text_box(paras, &Location::default());
    }

    /// All paragraphs as the text of one block, those in tables and text boxes too; pictures are left out.
    fn flat(&mut self, paras: &[Para], block: u32, waiting: &mut Waiting, depth: u32) {
        for para in paras.iter().filter(|p| !p.end.is_row()) {
            self.paragraph(para, Holder::Beside(block), waiting);
            for thing in &para.things {
                if let Thing::TextBox(paras) = thing
                    && depth < DEEPEST_BOX
                {
                    self.flat(paras, block, waiting, depth + 1);
                }
            }
        }
        self.flush(Holder::Beside(block), waiting);
    }

    /// Writes paragraphs that stand at one depth of nesting, and the tables among them. `outer` is the block of the
    /// cell they stand in.
    fn items(&mut self, paras: &[Para], holder: Holder, depth: u32, outer: Option<u32>) {
        let mut waiting = Waiting::default();
        let mut at = 0;
        while let Some(para) = paras.get(at) {
            if self.out.over == Some(Over::Blocks) {
                return;
            }
            if para.depth > depth && depth < DEEPEST {
                self.flush(holder, &mut waiting);
                let len = paras[at..].iter().take_while(|p| p.depth > depth).count();
                self.table(&paras[at..at + len], depth + 1, outer);
                at += len;
            } else {
                if !(para.end.is_row() && para.text.is_empty()) {
                    self.paragraph(para, holder, &mut waiting);
                }
                at += 1;
            }
        }
        self.flush(holder, &mut waiting);
    }

    // Paragraphs.

    fn paragraph(&mut self, para: &Para, holder: Holder, waiting: &mut Waiting) {
        let (carried, number) = match waiting.carried.take() {
            Some((carried, number)) => (Some(carried), number),
            None => {
                self.paragraph += u32::from(holder == Holder::Body);
                (None, self.paragraph)
            }
        };
        match carried {
            None if !para.carries_on => self.write(para, number, holder, waiting),
            carried => {
                let mut whole = carried.unwrap_or_default();
                whole.text.push_str(&para.text);
                whole.things.extend(para.things.iter().cloned());
                whole.refs.extend(&para.refs);
                whole.label = whole.label.or_else(|| para.label.clone());
                whole.heading = para.heading;
                if para.carries_on && para.end == End::Nothing {
                    waiting.carried = Some((whole, number));
                } else {
                    self.write(&whole, number, holder, waiting);
                }
            }
        }
    }

    /// Writes what still waits, where nothing follows.
    fn flush(&mut self, holder: Holder, waiting: &mut Waiting) {
        if let Some((para, number)) = waiting.carried.take() {
            self.write(&para, number, holder, waiting);
        }
    }

    fn write(&mut self, para: &Para, number: u32, holder: Holder, waiting: &mut Waiting) {
        let text = para.text.trim_matches('\n');
        let at = match holder {
            Holder::Body => {
                let at = Location { paragraph: Some(number), ..Location::default() };
                if !text.is_empty() || para.label.is_some() {
                    let kind = if para.heading { BlockKind::Heading } else { BlockKind::Paragraph };
                    if let Some(block) = self.out.add(kind, at.clone()).and_then(|b| self.out.get(b)) {
                        block.text.push_str(text);
                        block.label.clone_from(&para.label);
                    }
                }
                at
            }
            Holder::Block(index) | Holder::Beside(index) => {
                let Some(block) = self.out.get(index) else { return };
                if block.text.is_empty() {
                    block.label = block.label.take().or_else(|| para.label.clone());
                } else if text.is_empty() {
                    waiting.blank += 1;
                }
                if !text.is_empty() {
                    if !block.text.is_empty() {
                        block.text.extend(std::iter::repeat_n('\n', waiting.blank + 1));
                    }
                    waiting.blank = 0;
                    block.text.push_str(text);
                }
                block.at.clone()
            }
        };
        for reference in &para.refs {
            self.refs.insert(*reference, at.clone());
        }
        let things = if matches!(holder, Holder::Beside(_)) { &[] } else { para.things.as_slice() };
        for thing in things {
            match thing {
                Thing::Picture => drop(self.out.add(BlockKind::Picture, at.clone())),
                Thing::TextBox(paras) => self.text_box(paras, &at),
            }
        }
    }

    /// A text box; those inside it follow it.
    fn text_box(&mut self, paras: &[Para], at: &Location) {
        if self.boxes >= DEEPEST_BOX {
            return;
        }
        let Some(block) = self.out.add(BlockKind::TextBox, at.clone()) else { return };
        self.boxes += 1;
        self.items(paras, Holder::Block(block), 0, None);
        self.boxes -= 1;
    }

    // Tables.

    fn table(&mut self, paras: &[Para], depth: u32, outer: Option<u32>) {
        let rows = rows(paras, depth);
        let grid = Grid::of(rows.iter().filter(|r| !r.deleted).filter_map(|r| r.def));
        if rows.iter().all(|r| r.deleted) {
            return;
        }
        self.tables += 1;
        let mut table = Table::new(self.tables, outer, self.out.page);
        for row in rows.iter().filter(|r| !r.deleted) {
            table.begin_row(1);
            let (skip, spans) = row.def.map(|def| grid.columns(def)).unwrap_or_default();
            table.skip(skip);
            for (n, cell) in row.cells.iter().enumerate() {
                let def = row.def.and_then(|d| d.cells.get(n)).copied().unwrap_or_default();
                let props = CellProps { span: spans.get(n).copied().unwrap_or(1), down: def.down, across: def.across };
                let Some(block) = self.place(&mut table, props) else { return };
                self.items(paras.get(cell.clone()).unwrap_or(&[]), Holder::Block(block), depth, Some(block));
            }
            table.end_row();
        }
    }

    /// The block of the next cell: a new one, or the one it is merged into. `None` beyond the limit of blocks.
    fn place(&mut self, table: &mut Table, props: CellProps) -> Option<u32> {
        Some(match table.place(props) {
            Place::New { column } => {
                let at = Location { table: Some(table.number), row: Some(table.row), column: Some(column), ..Location::default() };
                let index = self.out.add(BlockKind::Cell, at)?;
                let block = self.out.get(index)?;
                block.spans = (1, props.span.max(1));
                block.inside = table.outer;
                table.put(column, props, index);
                index
            }
            Place::Below { block, rows } => {
                self.out.get(block)?.spans.0 = rows;
                block
            }
            Place::Beside { block, columns } => {
                self.out.get(block)?.spans.1 = columns;
                block
            }
        })
    }
}

fn rows(paras: &[Para], depth: u32) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    let mut row = Row::default();
    let mut from = 0;
    for (n, para) in paras.iter().enumerate().filter(|(_, p)| p.depth == depth) {
        match para.end {
            End::Row | End::DeletedRow => {
                row.def = para.row.as_deref().filter(|d| !d.cells.is_empty());
                row.deleted = para.end == End::DeletedRow;
                rows.push(std::mem::take(&mut row));
                from = n + 1;
            }
            End::Cell => {
                row.cells.push(from..n + 1);
                from = n + 1;
            }
            End::Nothing => {}
        }
    }
    if from < paras.len() {
        row.cells.push(from..paras.len());
    }
    if !row.cells.is_empty() {
        rows.push(row);
    }
    rows
}
