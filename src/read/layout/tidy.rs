//! Glyphs as a reader takes them: no shadow twice, a tick on a box is a ticked box.
use super::geometry::{Rect, Way};
use super::ink::{Glyph, Ink};
use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// A page with more boxes or ticks than this is a drawing.
const MOST_BOXES: usize = 600;

/// Side in points of the fields in which equal glyphs are looked for: most glyphs lie well inside one.
const FIELD: f32 = 16.0;
/// Equal glyphs of one field that are compared.
const MOST_IN_FIELD: usize = 256;

pub fn tidy(ink: &mut Ink) {
    drop_twice_printed(&mut ink.glyphs);
    stand_up(&mut ink.glyphs);
    boxes_drawn_as_paths(ink);
    tick_boxes(&mut ink.glyphs);
}

/// Bold and shadow made by printing twice: the same glyph within a fifth of an em counts once.
fn drop_twice_printed(glyphs: &mut Vec<Glyph>) {
    let mut seen: HashMap<(char, i32, i32), Field, RandomState> = HashMap::with_capacity_and_hasher(glyphs.len(), RandomState::default());
    glyphs.retain(|g| {
        if g.is_blank() {
            return true;
        }
        let near = (0.2 * g.size).min(0.5 * g.rect.width().max(g.rect.height() * 0.3)).max(0.05);
        let (x, y) = (g.rect.x0, g.rect.y0);
        let field = |v: f32| (v / FIELD).floor() as i32;
        for fx in field(x - near)..=field(x + near) {
            for fy in field(y - near)..=field(y + near) {
                let is_twice = |(a, b): &(f32, f32)| (a - x).abs() < near && (b - y).abs() < near;
                if seen.get(&(g.c, fx, fy)).is_some_and(|known| is_twice(&known.first) || known.others.iter().any(is_twice)) {
                    return false;
                }
            }
        }
        match seen.entry((g.c, field(x), field(y))) {
            Entry::Vacant(free) => _ = free.insert(Field { first: (x, y), others: Vec::new() }),
            // A place packed with different sizes of one letter is no text worth comparing.
            Entry::Occupied(mut known) if known.get().others.len() + 1 < MOST_IN_FIELD => known.get_mut().others.push((x, y)),
            Entry::Occupied(_) => {}
        }
        true
    });
}

/// Where equal glyphs of one field stand; nearly always there is one.
struct Field {
    first: (f32, f32),
    others: Vec<(f32, f32)>,
}

/// Letters of a vertical font that stand beside and not below each other are read from left to right.
fn stand_up(glyphs: &mut [Glyph]) {
    let follows = |a: &Glyph, b: &Glyph| {
        let ((ax, ay), (bx, by)) = (a.rect.centre(), b.rect.centre());
        a.way == Way::Down && b.way == Way::Down && (ax - bx).abs() < 0.5 * a.size && (0.0..3.0 * a.size).contains(&(by - ay))
    };
    let lone: Vec<usize> = (0..glyphs.len())
        .filter(|n| {
            let glyph = &glyphs[*n];
            let before = n.checked_sub(1).is_some_and(|k| follows(&glyphs[k], glyph));
            glyph.way == Way::Down && !before && !glyphs.get(n + 1).is_some_and(|next| follows(glyph, next))
        })
        .collect();
    for n in lone {
        let glyph = &mut glyphs[n];
        glyph.way = Way::Right;
        glyph.base = glyph.rect.y1 - 0.12 * glyph.size;
    }
}

/// Stroked squares without a letter in them, and the ticks drawn into them, become box characters.
fn boxes_drawn_as_paths(ink: &mut Ink) {
    if ink.squares.is_empty() || ink.squares.len() > MOST_BOXES {
        return;
    }
    let mut squares: Vec<Rect> = Vec::new();
    for square in &ink.squares {
        let (x, y) = square.centre();
        let known = squares.iter().any(|s| s.contains(x, y));
        let holds_letter = ink.glyphs.iter().any(|g| !g.is_blank() && !is_tick(g.c) && square.contains(g.rect.centre().0, g.rect.centre().1));
        if !known && !holds_letter {
            squares.push(*square);
        }
    }
    // Squares side by side are fields for single digits, not choices.
    let in_row = |a: &Rect| squares.iter().any(|b| a != b && (a.y0 - b.y0).abs() < 2.0 && ((a.x1 - b.x0).abs() < 2.0 || (b.x1 - a.x0).abs() < 2.0));
    let boxes: Vec<Rect> = squares.iter().filter(|s| !in_row(s)).copied().collect();
    for square in boxes {
        let inside = ink.strokes.iter().filter(|s| square.grown(2.0).contains(s.centre().0, s.centre().1)).count();
        let size = square.height() / 0.9;
        let c = if inside >= 2 { '☑' } else { '□' };
        // The box stands on the line of the letters beside it.
        let neighbour = ink.glyphs.iter().filter(|g| !g.is_blank() && g.rect.y0 < square.y1 && g.rect.y1 > square.y0).min_by(|a, b| {
            let far = |g: &Glyph| (g.rect.centre().0 - square.centre().0).abs();
            far(a).total_cmp(&far(b))
        });
        let (way, base, size) = neighbour.map_or((Way::Right, square.y1 - 0.1 * size, size), |g| (g.way, g.base, g.size));
        ink.glyphs.push(Glyph { c, rect: square, size, base, way, hidden: false, is_slanted: false });
    }
}

/// `√` printed on `□` is one ticked box.
fn tick_boxes(glyphs: &mut Vec<Glyph>) {
    let ticks: Vec<usize> = (0..glyphs.len()).filter(|n| is_tick(glyphs[*n].c)).collect();
    if ticks.is_empty() || ticks.len() > MOST_BOXES {
        return;
    }
    let boxes: Vec<usize> = (0..glyphs.len()).filter(|n| is_box(glyphs[*n].c)).collect();
    if boxes.len() > MOST_BOXES {
        return;
    }
    let mut gone = vec![false; glyphs.len()];
    for t in ticks {
        let tick = glyphs[t];
        let (x, y) = tick.rect.centre();
        let hit = boxes.iter().copied().filter(|b| !gone[*b] && is_box(glyphs[*b].c)).find(|b| {
            let r = glyphs[*b].rect;
            let shared = r.intersection(&tick.rect).area();
            r.contains(x, y) && shared > 0.35 * r.area().min(tick.rect.area())
        });
        if let Some(b) = hit {
            glyphs[b].c = if matches!(tick.c, '×' | '✗' | '✘' | '☒' | '✕' | '╳') { '☒' } else { '☑' };
            gone[t] = true;
        }
    }
    let mut n = 0;
    glyphs.retain(|_| {
        n += 1;
        !gone[n - 1]
    });
}

fn is_tick(c: char) -> bool {
    matches!(c, '√' | '✓' | '✔' | '☑' | '×' | '✗' | '✘' | '✕' | '╳' | '☒' | '■')
}

fn is_box(c: char) -> bool {
    matches!(c, '□' | '☐' | '◻' | '▢' | '❏' | '❑' | '❒' | '○' | '〇' | '口')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyph(c: char, x: f32, y: f32) -> Glyph {
        Glyph { c, rect: Rect::new(x, y, x + 10.0, y + 10.0), size: 10.0, base: y + 9.0, way: Way::Right, hidden: false, is_slanted: false }
    }

    fn text(ink: &Ink) -> String {
        ink.glyphs.iter().map(|g| g.c).collect()
    }

    #[test]
    fn bold_made_by_printing_twice_counts_once() {
        let mut ink = Ink { glyphs: vec![glyph('人', 0.0, 0.0), glyph('人', 10.0, 0.0), glyph('人', 0.4, 0.0), glyph('人', 10.4, 0.0)], ..Ink::default() };
        tidy(&mut ink);
        assert_eq!(text(&ink), "人人");
    }

    #[test]
    fn a_tick_on_a_box_is_a_ticked_box() {
        let mut ink = Ink {
            glyphs: vec![glyph('□', 0.0, 0.0), glyph('是', 10.0, 0.0), glyph('□', 30.0, 0.0), glyph('否', 40.0, 0.0), glyph('√', 31.0, -1.0)],
            ..Ink::default()
        };
        tidy(&mut ink);
        assert_eq!(text(&ink), "□是☑否");
    }

    #[test]
    fn a_drawn_square_is_a_box_and_strokes_tick_it() {
        let mut ink = Ink {
            glyphs: vec![glyph('是', 12.0, 0.0)],
            squares: vec![Rect::new(0.0, 0.0, 9.0, 9.0)],
            strokes: vec![Rect::new(2.0, 4.0, 4.0, 7.0), Rect::new(4.0, 2.0, 8.0, 7.0)],
            ..Ink::default()
        };
        tidy(&mut ink);
        assert_eq!(text(&ink), "是☑");
    }
}
