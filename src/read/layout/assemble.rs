//! Drafts of all pages to the blocks of a document.
use super::draft::{Draft, Item, Table};
use super::flow::{self, Paragraph, Room};
use super::geometry::Rect;
use super::lines::Line;
use super::{furniture, stitch};
use crate::model::{Block, BlockKind, Location, Piece};

/// A remark that a viewer shows only when it is opened.
pub struct Note {
    pub rect: Rect,
    pub text: String,
}

/// Blocks of the pages in reading order; `notes` are those of each page.
pub fn blocks(mut pages: Vec<Draft>, notes: Vec<Vec<Note>>) -> Vec<Block> {
    let furniture = furniture::find(&pages);
    stitch::stitch(&mut pages, &furniture);
    let margins = margins(&pages);
    let body = body_size(&pages);
    let mut out = Out { blocks: Vec::new(), tables: 0, body, tail: None };
    for (((n, page), kinds), notes) in (1u32..).zip(pages).zip(furniture).zip(notes) {
        let mut pending: Vec<Line> = Vec::new();
        let mut room: Option<Room> = None;
        let mut feet: Vec<(BlockKind, Line)> = Vec::new();
        for (item, kind) in page.items.into_iter().zip(kinds) {
            match (item, kind) {
                (Some(Item::Line(line, _)), Some(BlockKind::Header)) => {
                    out.paragraphs(&mut pending, room, n);
                    out.furniture(BlockKind::Header, &line, n);
                }
                (Some(Item::Line(line, _)), Some(kind)) => feet.push((kind, line)),
                (Some(Item::Line(line, at)), None) => {
                    let whole = at.right - at.left >= 0.98 * line.way.upright(&page.page).width();
                    let at = if whole { margins.room(&line, &page.page).unwrap_or(at) } else { at };
                    let elsewhere = room.is_some_and(|r| (r.left - at.left).abs() > 1.0 || (r.right - at.right).abs() > 1.0);
                    if elsewhere || pending.last().is_some_and(|l| l.way != line.way) {
                        out.paragraphs(&mut pending, room, n);
                    }
                    room = Some(at);
                    pending.push(line);
                }
                (Some(Item::Table(table)), _) => {
                    out.paragraphs(&mut pending, room, n);
                    out.tail = None;
                    out.table(table, None);
                }
                (Some(Item::Picture(rect)), _) => {
                    let at = Location { page: Some(n), rect: Some(rect.to_model()), ..Location::default() };
                    out.paragraphs(&mut pending, room, n);
                    out.blocks.push(Block::new(BlockKind::Picture, "", at));
                }
                (None, _) => {}
            }
        }
        out.paragraphs(&mut pending, room, n);
        for (kind, line) in feet {
            out.furniture(kind, &line, n);
        }
        for across in page.across {
            let at = Location { page: Some(n), rect: Some(across.rect.to_model()), ..Location::default() };
            out.blocks.push(Block::new(BlockKind::TextBox, across.text, at));
        }
        for note in notes {
            let at = Location { page: Some(n), rect: Some(note.rect.to_model()), ..Location::default() };
            out.blocks.push(Block::new(BlockKind::Comment, note.text, at));
        }
    }
    out.blocks
}

/// Share of the page's width that prose is wide; lists of short lines are narrower.
const LEAST_PROSE: f32 = 0.45;

struct Out {
    blocks: Vec<Block>,
    tables: u32,
    body: f32,
    /// The paragraph that ended last outside tables: its block, page, last line and room.
    tail: Option<(usize, u32, Line, Room)>,
}

impl Out {
    fn furniture(&mut self, kind: BlockKind, line: &Line, page: u32) {
        self.push(kind, vec![flow::single(line, page)], page, Location::default());
    }

    fn paragraphs(&mut self, pending: &mut Vec<Line>, room: Option<Room>, page: u32) {
        let (Some(room), Some(first), Some(last)) = (room, pending.first(), pending.last().cloned()) else { return };
        let mut paragraphs = flow::paragraphs(pending, room, page).into_iter();
        if let Some((block, before, line, _)) = self.tail.take().filter(|t| t.1 + 1 == page && flow::continues_over(&t.2, first, t.3))
            && let (Some(block), Some(rest)) = (self.blocks.get_mut(block), paragraphs.next())
        {
            debug_assert!(before < page);
            let mut whole = Paragraph { text: std::mem::take(&mut block.text), pieces: std::mem::take(&mut block.pieces), size: rest.size };
            whole.append(&line, first, room, rest);
            (block.text, block.pieces) = (whole.text, whole.pieces);
        }
        let mut at = None;
        for paragraph in paragraphs {
            let is_heading = paragraph.size > 1.15 * self.body && paragraph.text.chars().count() <= 60 && !flow::is_label(&paragraph.text);
            let kind = if is_heading { BlockKind::Heading } else { BlockKind::Paragraph };
            at = Some(self.blocks.len());
            self.push(kind, vec![paragraph], page, Location::default());
        }
        self.tail = at.map(|at| (at, page, last, room));
        pending.clear();
    }

    fn table(&mut self, table: Table, inside: Option<u32>) {
        self.tables += 1;
        let number = self.tables;
        for cell in table.cells {
            let at = Location { rect: Some(cell.rect.to_model()), table: Some(number), row: Some(cell.row), column: Some(cell.column), ..Location::default() };
            let index = self.blocks.len();
            self.push(BlockKind::Cell, cell.paragraphs, cell.page, at);
            self.blocks[index].spans = cell.spans;
            self.blocks[index].inside = inside;
            for inner in cell.inner {
                self.table(inner, Some(index as u32));
            }
        }
    }

    /// One block of some paragraphs; its box is that of its lines on its page where none is given.
    fn push(&mut self, kind: BlockKind, paragraphs: Vec<Paragraph>, page: u32, at: Location) {
        let mut text = String::new();
        let mut pieces: Vec<Piece> = Vec::new();
        for (n, paragraph) in paragraphs.into_iter().enumerate() {
            if n > 0 {
                text.push('\n');
            }
            let offset = text.len() as u32;
            pieces.extend(paragraph.pieces.into_iter().map(|p| Piece { start: p.start + offset, ..p }));
            text.push_str(&paragraph.text);
        }
        let mut rect = Rect::NOTHING;
        for piece in pieces.iter().filter(|p| p.page == page) {
            let [x0, y0, x1, y1] = piece.rect;
            rect.add(&Rect { x0, y0, x1, y1 });
        }
        let own = at.rect.or((!pieces.is_empty()).then(|| rect.to_model()));
        let mut block = Block::new(kind, text, Location { page: Some(page), rect: own, ..at });
        block.pieces = pieces;
        self.blocks.push(block);
    }
}

/// Left and right edges of the text, over all pages of one width.
struct Margins(Vec<(f32, Room)>);

impl Margins {
    fn room(&self, line: &Line, page: &Rect) -> Option<Room> {
        let width = line.way.upright(page).width();
        self.0.iter().find(|(w, _)| (w - width).abs() < 2.0).map(|(_, r)| *r)
    }
}

fn margins(pages: &[Draft]) -> Margins {
    let mut edges: Vec<(f32, Vec<f32>, Vec<f32>, f32)> = Vec::new();
    for page in pages {
        for item in &page.items {
            let Some(Item::Line(line, _)) = item else { continue };
            let whole = line.way.upright(&page.page);
            let place = match edges.iter().position(|e| (e.0 - whole.width()).abs() < 2.0) {
                Some(n) => n,
                None => {
                    edges.push((whole.width(), Vec::new(), Vec::new(), whole.x0));
                    edges.len() - 1
                }
            };
            edges[place].1.push(line.rect.x0);
            edges[place].2.push(line.rect.x1);
        }
    }
    let edge = |mut all: Vec<f32>, part: f32| {
        all.sort_by(f32::total_cmp);
        all[((all.len() - 1) as f32 * part) as usize]
    };
    Margins(
        edges
            .into_iter()
            .map(|(width, lefts, rights, x0)| {
                let left = edge(lefts, 0.03);
                // Real margins are mostly even: short lines alone do not make a narrow page.
                let even = x0 + width - (left - x0);
                let seen = edge(rights.clone(), 0.97);
                let near = rights.iter().filter(|r| (0.0..24.0).contains(&(seen - **r))).count();
                let is_prose = near >= 6 && near * 5 >= rights.len() && seen - left > LEAST_PROSE * width;
                (width, Room { left, right: if is_prose { seen } else { seen.max(even.min(x0 + width)) } })
            })
            .collect(),
    )
}

/// The size most letters outside tables have.
fn body_size(pages: &[Draft]) -> f32 {
    let mut counts: std::collections::BTreeMap<i32, usize> = std::collections::BTreeMap::new();
    for item in pages.iter().flat_map(|p| &p.items) {
        if let Some(Item::Line(line, _)) = item {
            *counts.entry((line.size * 2.0).round() as i32).or_default() += line.marks.len();
        }
    }
    counts.into_iter().max_by_key(|(_, letters)| *letters).map_or(f32::MAX, |(size, _)| size as f32 / 2.0)
}
