//! Boxes to write into: a frame around the answer behind its label is no table.
//!
//! ```text
//! 姓名 ┌──────┐            →  姓名<tab>张三
//!      │ 张三 │
//!      └──────┘
//! ```
use super::geometry::Way;
use super::grid::Grid;
use super::ink::Glyph;

/// A box to write into is at most so many lines high: more room is a cell for prose.
const MOST_HEIGHT: f32 = 2.5;
/// More boxes than this upon each other are a table.
const MOST_BOXES: usize = 6;
/// Its label ends so near, in ems.
const NEAR: f32 = 12.0;

/// Whether each cell of a grid is the box of a single answer, and a label outside stands on the line of one of them.
/// `cells` are the glyphs of each cell, `free` those that stand in no table.
pub fn holds_answers(grid: &Grid, cells: &[Vec<Glyph>], free: &[Glyph], way: Way) -> bool {
    let is_alone = |n: usize| grid.cells[n + 1..].iter().all(|other| other.row != grid.cells[n].row);
    if grid.cells.len() > MOST_BOXES || !(0..grid.cells.len()).all(is_alone) {
        return false;
    }
    let mut has_label = false;
    for (cell, glyphs) in grid.cells.iter().zip(cells) {
        let mut letters = glyphs.iter().filter(|g| !g.is_blank());
        let Some(first) = letters.next() else { continue };
        let one_line = first.way == way && letters.all(|g| g.way == way && (g.base - first.base).abs() < 0.3 * first.size);
        if !one_line || cell.rect.height() > MOST_HEIGHT * first.size {
            return false;
        }
        let is_label = |g: &&Glyph| g.way == way && !g.is_blank() && (g.base - first.base).abs() < 0.5 * first.size;
        has_label = has_label || free.iter().filter(is_label).any(|g| (0.0..NEAR * first.size).contains(&(cell.rect.x0 - way.upright(&g.rect).centre().0)));
    }
    has_label
}

#[cfg(test)]
mod tests {
    use super::super::geometry::Rect;
    use super::super::grid::grids;
    use super::super::ink::Rule;
    use super::*;

    fn glyphs(text: &str, x: f32, y: f32) -> Vec<Glyph> {
        let letter = |(n, c): (usize, char)| {
            let rect = Rect { x0: x + 10.0 * n as f32, y0: y - 8.8, x1: x + 10.0 * (n + 1) as f32, y1: y + 1.2 };
            Glyph { c, rect, size: 10.0, base: y, way: Way::Right, hidden: false, is_slanted: false }
        };
        text.chars().enumerate().map(letter).collect()
    }

    fn frame(height: f32) -> Grid {
        let mut rules: Vec<Rule> = [0.0, height].map(|at| Rule { is_level: true, at, from: 100.0, to: 200.0 }).to_vec();
        rules.extend([100.0, 200.0].map(|at| Rule { is_level: false, at, from: 0.0, to: height }));
        grids(&rules, Way::Right).remove(0)
    }

    #[test]
    fn a_frame_behind_a_label_is_no_table() {
        let answer = [glyphs("张三", 105.0, 12.0)];
        assert!(holds_answers(&frame(16.0), &answer, &glyphs("姓名", 60.0, 12.5), Way::Right));
        assert!(!holds_answers(&frame(16.0), &answer, &glyphs("姓名", 60.0, 40.0), Way::Right), "a label on another line");
        assert!(!holds_answers(&frame(60.0), &answer, &glyphs("姓名", 60.0, 12.5), Way::Right), "room for prose");
    }
}
