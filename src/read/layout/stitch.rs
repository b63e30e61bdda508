//! Tables that go over a page break become one table again, and rows cut by the break one row.
use super::draft::{Cell, Draft, Item, Table};
use super::flow;
use crate::model::BlockKind;

/// Edges nearer than this are one edge.
const SAME: f32 = 3.5;
/// A table that goes on reaches below this part of its page, and begins above that part of the next.
const LOW: f32 = 0.6;
const HIGH: f32 = 0.25;

/// Cells at the end of a long table that can stand on its last rows.
const LATEST: usize = 4000;

/// Joins the first table of a page to the last of the page before where their columns agree.
pub fn stitch(pages: &mut [Draft], furniture: &[Vec<Option<BlockKind>>]) {
    let mut open: Option<(usize, usize)> = None;
    for n in 0..pages.len() {
        let body: Vec<usize> =
            (0..pages[n].items.len()).filter(|i| furniture[n][*i].is_none() && !matches!(pages[n].items[*i], Some(Item::Picture(_)) | None)).collect();
        let (Some(first), Some(last)) = (body.first().copied(), body.last().copied()) else {
            open = None;
            continue;
        };
        let mut joined = None;
        if let Some((p, i)) = open {
            let page = pages[n].page;
            let (before, rest) = pages.split_at_mut(n);
            if let (Some(Some(Item::Table(upper))), Some(Item::Table(lower))) = (before[p].items.get_mut(i), &rest[0].items[first])
                && agree(upper, lower, lower.way.upright(&page).height())
                && let Some(Item::Table(lower)) = rest[0].items[first].take()
            {
                join(upper, lower);
                joined = Some((p, i));
            }
        }
        open = if first == last && joined.is_some() { joined } else { matches!(pages[n].items[last], Some(Item::Table(_))).then_some((n, last)) };
    }
}

fn agree(upper: &Table, lower: &Table, height: f32) -> bool {
    let ends = |t: &Table| t.xs.first().copied().zip(t.xs.last().copied());
    let (Some((a0, a1)), Some((b0, b1))) = (ends(upper), ends(lower)) else { return false };
    let placed = upper.bottom() > LOW * height && lower.rect.y0 < HIGH * height;
    if upper.way != lower.way || (a0 - b0).abs() > SAME || (a1 - b1).abs() > SAME || !placed {
        return false;
    }
    let inner = |t: &Table| -> Vec<f32> { t.xs[1..t.xs.len() - 1].to_vec() };
    let (a, b) = (inner(upper), inner(lower));
    let shared = b.iter().filter(|x| a.iter().any(|y| (*x - y).abs() < SAME)).count();
    (a.is_empty() && b.is_empty()) || shared * 2 >= a.len().min(b.len()).max(1)
}

impl Table {
    /// Where the table ends on its last page.
    fn bottom(&self) -> f32 {
        let last = self.cells.iter().rev().take(LATEST).map(|c| c.page).max().unwrap_or(0);
        self.cells.iter().rev().take(LATEST).filter(|c| c.page == last).map(|c| self.way.upright(&c.rect).y1).fold(f32::MIN, f32::max)
    }
}

fn join(upper: &mut Table, mut lower: Table) {
    let mut xs: Vec<f32> = upper.xs.clone();
    for x in &lower.xs {
        if !xs.iter().any(|y| (x - y).abs() < SAME) {
            xs.push(*x);
        }
    }
    xs.sort_by(f32::total_cmp);
    if xs != upper.xs {
        renumber(upper, &xs);
    }
    renumber(&mut lower, &xs);
    let tall: Vec<(usize, usize)> = pairs(upper, &lower).into_iter().filter(|(a, b)| goes_down(&upper.cells[*a], &lower.cells[*b])).collect();
    let cut = cut_row(upper, &lower, &tall);
    let offset = upper.rows - u32::from(cut.is_some());
    let mut gone = vec![false; lower.cells.len()];
    for (a, b) in &tall {
        upper.cells[*a].spans.0 += lower.cells[*b].spans.0 - u32::from(cut.is_some());
        upper.cells[*a].paragraphs.append(&mut lower.cells[*b].paragraphs);
        gone[*b] = true;
    }
    for (a, b) in cut.unwrap_or_default() {
        gone[b] = true;
        let part = std::mem::take(&mut lower.cells[b].paragraphs);
        let ends = lower.cells[b].ends.take();
        let inner = std::mem::take(&mut lower.cells[b].inner);
        upper.cells[a].go_on(part, ends);
        upper.cells[a].inner.extend(inner);
    }
    upper.rows = offset + lower.rows;
    for (cell, gone) in lower.cells.into_iter().zip(gone) {
        if !gone {
            upper.cells.push(Cell { row: cell.row + offset, ..cell });
        }
    }
    upper.xs = xs;
}

fn renumber(table: &mut Table, xs: &[f32]) {
    let place = |x: f32| xs.iter().position(|y| (x - y).abs() < SAME).unwrap_or(0) as u32;
    let map: Vec<u32> = table.xs.iter().map(|x| place(*x)).collect();
    for cell in &mut table.cells {
        let from = map.get(cell.column as usize - 1).copied().unwrap_or(0);
        let to = map.get((cell.column + cell.spans.1) as usize - 1).copied().unwrap_or(from + 1);
        cell.column = from + 1;
        cell.spans.1 = to.saturating_sub(from).max(1);
    }
}

/// Cells at the foot of the upper part above cells at the head of the lower one, where both cover the same columns.
fn pairs(upper: &Table, lower: &Table) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    for (b, under) in lower.cells.iter().enumerate().filter(|(_, c)| c.row == 1) {
        let first = upper.cells.len().saturating_sub(LATEST);
        let above = upper.cells[first..].iter().position(|c| c.row + c.spans.0 == upper.rows + 1 && c.column == under.column && c.spans.1 == under.spans.1);
        if let Some(a) = above {
            out.push((first + a, b));
        }
    }
    out
}

/// A cell over several rows that goes on without any text, or with the rest of a label set one character a line.
fn goes_down(above: &Cell, under: &Cell) -> bool {
    is_stacked(above) && is_stacked(under) && (above.spans.0 > 1 || under.spans.0 > 1)
        || under.paragraphs.is_empty() && !above.paragraphs.is_empty() && (above.spans.0 > 1 || under.spans.0 > 1)
}

/// Characters of the longest label that is set one a line.
const LONGEST_STACK: usize = 12;

/// A cell whose lines are one character each.
fn is_stacked(cell: &Cell) -> bool {
    let letters = cell.paragraphs.iter().map(|p| p.text.chars().filter(|c| !c.is_whitespace()).count()).sum::<usize>();
    let lines = cell.paragraphs.iter().map(|p| p.pieces.len()).sum::<usize>();
    (1..=LONGEST_STACK).contains(&letters) && letters == lines && cell.paragraphs.iter().all(|p| p.text.chars().all(super::lines::is_cjk))
}

/// The pairs of the row that the break cuts in two, if it cuts one.
fn cut_row(upper: &Table, lower: &Table, tall: &[(usize, usize)]) -> Option<Vec<(usize, usize)>> {
    let pairs: Vec<(usize, usize)> = pairs(upper, lower).into_iter().filter(|p| !tall.contains(p)).collect();
    let heads = lower.cells.iter().filter(|c| c.row == 1).count();
    let feet = upper.cells.iter().rev().take(LATEST).filter(|c| c.row + c.spans.0 == upper.rows + 1).count();
    if pairs.is_empty() || pairs.len() + tall.len() != heads || heads != feet || pairs.iter().any(|(_, b)| lower.cells[*b].spans.0 > 1) {
        return None;
    }
    let mut ended = false;
    for (a, b) in &pairs {
        let (above, under) = (&upper.cells[*a], &lower.cells[*b]);
        match (above.ends.as_ref(), under.ends.as_ref()) {
            (_, None) => ended |= !above.paragraphs.is_empty(),
            (None, Some(_)) => return None,
            (Some((_, last, room)), Some((first, ..))) => {
                let long = above.paragraphs.iter().map(|p| p.pieces.len()).sum::<usize>() > 2;
                if !(flow::continues_over(last, first, *room) || long && pairs.len() > 1) {
                    return None;
                }
            }
        }
    }
    // With a single cell its own text decides; else some neighbour must have come to its end before the break.
    let spoken = pairs.iter().any(|(_, b)| lower.cells[*b].ends.is_some());
    (spoken && (ended || pairs.len() == 1 || !tall.is_empty())).then_some(pairs)
}

impl Cell {
    fn go_on(&mut self, part: Vec<flow::Paragraph>, ends: Option<(super::lines::Line, super::lines::Line, flow::Room)>) {
        let mut part = part.into_iter();
        if let (Some((_, last, room)), Some((first, ..))) = (&self.ends, &ends)
            && flow::continues_over(last, first, *room)
            && let (Some(paragraph), Some(rest)) = (self.paragraphs.last_mut(), part.next())
        {
            paragraph.append(last, first, *room, rest);
        }
        self.paragraphs.extend(part);
        if let Some((first, last, room)) = ends {
            let begin = self.ends.take().map_or(first, |e| e.0);
            self.ends = Some((begin, last, room));
        }
    }
}
