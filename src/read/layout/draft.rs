//! One page as tables and lines in reading order, before paragraphs are made.
use super::across::{self, Across};
use super::flow::{self, Paragraph, Room};
use super::geometry::{Rect, Way};
use super::grid::{Grid, grids};
use super::ink::{Glyph, Ink};
use super::lines::{Line, lines};
use super::{inputs, order, rows};

pub struct Draft {
    pub page: Rect,
    /// Text printed across the page.
    pub across: Vec<Across>,
    /// In reading order; nothing where an item was joined to one of another page.
    pub items: Vec<Option<Item>>,
}

pub enum Item {
    Line(Line, Room),
    Table(Table),
    Picture(Rect),
}

pub struct Table {
    pub cells: Vec<Cell>,
    /// Column edges in the upright frame of `way`.
    pub xs: Vec<f32>,
    pub rows: u32,
    pub rect: Rect,
    pub way: Way,
}

/// Rows and columns count from 1.
pub struct Cell {
    pub rect: Rect,
    pub row: u32,
    pub column: u32,
    pub spans: (u32, u32),
    pub page: u32,
    pub paragraphs: Vec<Paragraph>,
    /// First and last printed line, and the room they had.
    pub ends: Option<(Line, Line, Room)>,
    /// Tables that stand inside this cell.
    pub inner: Vec<Table>,
}

/// Empty rows and columns narrower than this are no cells.
const THIN: f32 = 9.0;
/// Pictures with a smaller side are decorations.
const LEAST_PICTURE: f32 = 40.0;

pub fn draft(ink: &Ink, page: Rect, number: u32) -> Draft {
    let (across, glyphs): (Vec<Glyph>, Vec<Glyph>) = ink.glyphs.iter().partition(|g| g.is_slanted);
    let way = main_way(&glyphs);
    let grids = grids(&ink.rules, way);
    let (tables, free) = fill(grids, &glyphs, way, page, number);
    let mut bodies: Vec<(Way, Vec<Line>)> = Vec::new();
    for other in std::iter::once(way).chain(Way::ALL.into_iter().filter(|w| *w != way)) {
        let found = lines(&free, other);
        if !found.is_empty() {
            bodies.push((other, found));
        }
    }
    let mut items = Vec::new();
    let pictures = ink.pictures.iter().copied().filter(|p| p.width().min(p.height()) >= LEAST_PICTURE);
    let mut tables = Some(tables);
    let mut pictures: Vec<Rect> = pictures.take(200).collect();
    for (other, body) in bodies {
        let with = if other == way { tables.take().unwrap_or_default() } else { Vec::new() };
        let pictures = if other == way { std::mem::take(&mut pictures) } else { Vec::new() };
        items.extend(order::ordered(body, with, pictures, other, page));
    }
    if let Some(tables) = tables.take() {
        items.extend(order::ordered(Vec::new(), tables, std::mem::take(&mut pictures), way, page));
    }
    Draft { page, across: across::stretches(&across), items: items.into_iter().map(Some).collect() }
}

/// The way most glyphs run.
fn main_way(glyphs: &[Glyph]) -> Way {
    let mut counts = [0usize; 4];
    for glyph in glyphs.iter().filter(|g| !g.is_blank()) {
        counts[Way::ALL.iter().position(|w| *w == glyph.way).unwrap_or(0)] += 1;
    }
    let best = (0..4).rev().max_by_key(|n| counts[*n]).unwrap_or(0);
    Way::ALL[best]
}

/// A table still in the upright frame, with the glyphs of each cell.
struct Filled {
    grid: Grid,
    glyphs: Vec<Vec<Glyph>>,
}

/// Puts glyphs into the smallest cell that holds them; returns what is left.
fn fill(grids: Vec<Grid>, glyphs: &[Glyph], way: Way, page: Rect, number: u32) -> (Vec<Table>, Vec<Glyph>) {
    let whole = way.upright(&page).area();
    let mut tables: Vec<Filled> = grids
        .into_iter()
        .filter(|g| !(g.cells.len() == 1 && g.rect.area() > 0.8 * whole))
        .take(500)
        .map(|grid| Filled { glyphs: vec![Vec::new(); grid.cells.len()], grid })
        .collect();
    let mut free = Vec::with_capacity(glyphs.len());
    let mut last: Option<(usize, usize)> = None;
    for glyph in glyphs {
        let (x, y) = way.upright(&glyph.rect).centre();
        let mut place = None;
        for (t, table) in tables.iter().enumerate() {
            if table.grid.rect.contains(x, y)
                && let Some(cell) = table.grid.cell_at(x, y)
            {
                place = Some((t, cell));
                break;
            }
        }
        // A blank follows the letter before it.
        if glyph.is_blank() && place.is_none() {
            place = last;
        }
        match place {
            Some((t, cell)) => tables[t].glyphs[cell].push(*glyph),
            None => free.push(*glyph),
        }
        last = place;
    }
    tables.retain_mut(|table| {
        let is_input = inputs::holds_answers(&table.grid, &table.glyphs, &free, way);
        if is_input {
            free.extend(table.glyphs.drain(..).flatten());
        }
        !is_input
    });
    for table in tables.iter_mut().filter(|t| t.grid.cells.len() > 1) {
        rows::part(&mut table.grid, &mut table.glyphs, way);
    }
    // Grids without any text are drawings; grids with one cell inside a cell are frames around it.
    let empty: Vec<bool> = tables.iter().map(|t| t.glyphs.iter().flatten().all(Glyph::is_blank)).collect();
    let rects: Vec<Rect> = tables.iter().map(|t| t.grid.rect).collect();
    let mut parents: Vec<Option<(usize, usize)>> = vec![None; tables.len()];
    for n in 0..tables.len() {
        let (x, y) = rects[n].centre();
        parents[n] = (n + 1..tables.len()).find_map(|outer| {
            let cell = tables[outer].grid.cell_at(x, y)?;
            let holds = tables[outer].grid.cells[cell].rect.grown(2.0);
            let fits = holds.contains(rects[n].x0, rects[n].y0) && holds.contains(rects[n].x1, rects[n].y1);
            fits.then_some((outer, cell))
        });
    }
    let mut made: Vec<Option<Table>> = Vec::with_capacity(tables.len());
    for (filled, is_empty) in tables.iter().zip(&empty) {
        made.push((!is_empty).then(|| table(filled, way, number)));
    }
    // Smaller tables come first, so an inner one is complete before its outer one takes it.
    for n in 0..made.len() {
        if let Some(table) = made[n].as_mut() {
            table.prune(&tables[n].grid.ys);
        }
        if let Some((outer, cell)) = parents[n]
            && let (Some(inner), true) = (made[n].take(), made[outer].is_some())
            && let Some(holder) = made[outer].as_mut()
        {
            holder.cells[cell].inner.push(inner);
        }
    }
    (made.into_iter().flatten().collect(), free)
}

fn table(filled: &Filled, way: Way, page: u32) -> Table {
    let cells = filled.grid.cells.iter().zip(&filled.glyphs).map(|(cell, glyphs)| {
        let (paragraphs, ends) = cell_text(glyphs, way, &cell.rect, page);
        Cell {
            rect: way.on_page(&cell.rect),
            row: cell.row as u32 + 1,
            column: cell.column as u32 + 1,
            spans: (cell.rows as u32, cell.columns as u32),
            page,
            paragraphs,
            ends,
            inner: Vec::new(),
        }
    });
    Table { cells: cells.collect(), xs: filled.grid.xs.clone(), rows: filled.grid.ys.len() as u32 - 1, rect: filled.grid.rect, way }
}

impl Table {
    /// Drops rows and columns that are only the space between double lines.
    fn prune(&mut self, ys: &[f32]) {
        let thin = |edges: &[f32], most: f32| -> Vec<u32> { (1..edges.len()).filter(|n| edges[*n] - edges[n - 1] < most).map(|n| n as u32).collect() };
        for column in thin(&self.xs, THIN).into_iter().rev() {
            let alone = |c: &Cell| c.column == column && c.spans.1 == 1;
            if self.cells.iter().filter(|c| alone(c)).all(|c| c.paragraphs.is_empty()) && self.xs.len() > 2 {
                self.cells.retain(|c| !alone(c));
                for cell in &mut self.cells {
                    if cell.column > column {
                        cell.column -= 1;
                    } else if cell.column + cell.spans.1 > column {
                        cell.spans.1 -= 1;
                    }
                }
                self.xs.remove(if column == 1 { 0 } else { column as usize });
            }
        }
        for row in thin(ys, THIN / 1.5).into_iter().rev() {
            let alone = |c: &Cell| c.row == row && c.spans.0 == 1;
            if self.cells.iter().filter(|c| alone(c)).all(|c| c.paragraphs.is_empty()) && self.rows > 1 {
                self.cells.retain(|c| !alone(c));
                for cell in &mut self.cells {
                    if cell.row > row {
                        cell.row -= 1;
                    } else if cell.row + cell.spans.0 > row {
                        cell.spans.0 -= 1;
                    }
                }
                self.rows -= 1;
            }
        }
    }
}

type CellText = (Vec<Paragraph>, Option<(Line, Line, Room)>);

fn cell_text(glyphs: &[Glyph], main: Way, cell: &Rect, page: u32) -> CellText {
    let (mut out, mut ends) = (Vec::new(), None);
    if glyphs.is_empty() {
        return (out, ends);
    }
    for way in std::iter::once(main).chain(Way::ALL.into_iter().filter(|w| *w != main)) {
        let mut lines = lines(glyphs, way);
        if lines.is_empty() {
            continue;
        }
        let cell = way.upright(&main.on_page(cell));
        // Text keeps a margin inside its cell; the line nearest to a side shows how much.
        let nearest = lines.iter().map(|l| (l.rect.x0 - cell.x0).min(cell.x1 - l.rect.x1)).fold(f32::MAX, f32::min);
        let margin = nearest.clamp(0.0, 6.0);
        let room = Room { left: cell.x0 + margin, right: cell.x1 - margin };
        out.extend(flow::paragraphs(&lines, room, page));
        if way == main
            && let Some(last) = lines.pop()
        {
            let first = lines.into_iter().next().unwrap_or_else(|| last.clone());
            ends = Some((first, last, room));
        }
    }
    (out, ends)
}
