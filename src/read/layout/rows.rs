//! Rows of tables that rule their columns alone, as the lists of bills and budgets do.
//!
//! Between two level lines such a table is one row of tall cells. Where the lines of its cells stand beside each
//! other and one column holds figures, every line is a row of its own:
//!
//! ```text
//! │ 项目名称 │ 金额 │        │ 项目名称 │ 金额 │
//! │ 设备费   │ 5.00 │   →    ├──────────┼──────┤
//! │ 材料费   │ 3.20 │        │ 设备费   │ 5.00 │ …
//! ```
//! A line that stands alone in its column goes with the row above it: there a text is wrapped.
use super::geometry::{Rect, Way};
use super::grid::Grid;
use super::ink::Glyph;

/// Lines that a column must have to tell of rows.
const LEAST_LINES: usize = 3;
/// Columns that must tell of the same rows.
const LEAST_COLUMNS: usize = 2;
/// Base lines nearer than this, in ems, are one line; rows stand further apart than `LEAST_PITCH`.
const SAME_LINE: f32 = 0.35;
const LEAST_PITCH: f32 = 0.9;

/// A printed line of one cell.
struct Printed {
    base: f32,
    size: f32,
    from: f32,
    to: f32,
    is_figure: bool,
}

/// Parts the rows of a grid whose lines are rows themselves; `glyphs` are those of each cell.
pub fn part(grid: &mut Grid, glyphs: &mut Vec<Vec<Glyph>>, way: Way) {
    for row in (0..grid.ys.len() - 1).rev() {
        let members: Vec<usize> = (0..grid.cells.len()).filter(|n| grid.cells[*n].row == row && grid.cells[*n].rows == 1).collect();
        if members.len() < LEAST_COLUMNS || members.iter().any(|n| glyphs[*n].iter().any(|g| g.way != way && !g.is_blank())) {
            continue;
        }
        let columns: Vec<Vec<Printed>> = members.iter().map(|n| printed(&glyphs[*n], way)).collect();
        let rects: Vec<Rect> = members.iter().map(|n| grid.cells[*n].rect).collect();
        let Some(rows) = rows(&columns, &rects) else { continue };
        let at: Vec<f32> = rows.windows(2).map(|pair| pair[0].0 + (pair[1].0 - pair[0].0 - 0.76 * pair[1].1) / 2.0).collect();
        if at.first().is_none_or(|y| *y <= grid.ys[row]) || at.last().is_none_or(|y| *y >= grid.ys[row + 1]) {
            continue;
        }
        let middle = (grid.ys[row] + grid.ys[row + 1]) / 2.0;
        let stays: Vec<usize> = members.iter().zip(&columns).filter(|(_, lines)| spans(lines, &rows, middle)).map(|(n, _)| *n).collect();
        let sources = grid.split_row(row, &at, &stays);
        *glyphs = share(grid, std::mem::take(glyphs), &sources, way);
    }
}

/// The lines of a cell, top to bottom.
fn printed(glyphs: &[Glyph], way: Way) -> Vec<Printed> {
    let mut letters: Vec<&Glyph> = glyphs.iter().filter(|g| !g.is_blank()).collect();
    letters.sort_by(|a, b| a.base.total_cmp(&b.base));
    let mut out: Vec<Printed> = Vec::new();
    for glyph in letters {
        let rect = way.upright(&glyph.rect);
        let is_figure = glyph.c.is_ascii_digit() || matches!(glyph.c, '.' | ',' | '%' | '¥' | '￥' | '-' | '+');
        match out.last_mut() {
            Some(line) if glyph.base - line.base < SAME_LINE * glyph.size.max(line.size) => {
                (line.from, line.to) = (line.from.min(rect.x0), line.to.max(rect.x1));
                line.size = line.size.max(glyph.size);
                line.is_figure &= is_figure;
            }
            _ => out.push(Printed { base: glyph.base, size: glyph.size, from: rect.x0, to: rect.x1, is_figure }),
        }
    }
    out
}

/// Base line and size of each row that the columns agree on; nothing where they do not, or where texts are wrapped.
fn rows(columns: &[Vec<Printed>], rects: &[Rect]) -> Option<Vec<(f32, f32)>> {
    let telling: Vec<(&Vec<Printed>, &Rect)> = columns.iter().zip(rects).filter(|(lines, _)| lines.len() >= LEAST_LINES).collect();
    let has_figures = telling.iter().any(|(lines, _)| lines.iter().filter(|l| l.is_figure).count() * 3 >= lines.len() * 2);
    if telling.len() < LEAST_COLUMNS || !has_figures {
        return None;
    }
    // A line that fills its cell may go on in the next.
    let pairs: usize = telling.iter().map(|(lines, _)| lines.len() - 1).sum();
    let full = |line: &Printed, cell: &Rect| cell.x1 - line.to < 1.2 * line.size && line.to - line.from > 0.75 * cell.width();
    let wrapped: usize = telling.iter().map(|(lines, cell)| lines[..lines.len() - 1].iter().filter(|l| full(l, cell)).count()).sum();
    if wrapped * 3 > pairs {
        return None;
    }
    let mut bases: Vec<(f32, f32)> = telling.iter().flat_map(|(lines, _)| lines.iter().map(|l| (l.base, l.size))).collect();
    bases.sort_by(|a, b| a.0.total_cmp(&b.0));
    // Base line, size and number of columns.
    let mut rows: Vec<(f32, f32, usize)> = Vec::new();
    for (base, size) in bases {
        match rows.last_mut() {
            Some(row) if base - row.0 < SAME_LINE * size.max(row.1) => row.2 += 1,
            Some(row) if base - row.0 < LEAST_PITCH * size.max(row.1) => return None,
            _ => rows.push((base, size, 1)),
        }
    }
    let lines = rows.len();
    rows.retain(|(.., columns)| *columns >= LEAST_COLUMNS);
    (rows.len() >= LEAST_LINES && rows.len() * 3 >= lines * 2).then(|| rows.into_iter().map(|(base, size, _)| (base, size)).collect())
}

/// Whether a cell belongs to all the rows: its lines are none of theirs, or its only line stands in the middle.
fn spans(lines: &[Printed], rows: &[(f32, f32)], middle: f32) -> bool {
    let on_row = |l: &Printed| rows.iter().any(|(base, size)| (l.base - base).abs() < SAME_LINE * size);
    match lines {
        [] => false,
        [only] => (only.base - 0.38 * only.size - middle).abs() < 0.4 * only.size,
        lines => lines.iter().filter(|l| on_row(l)).count() * 2 < lines.len(),
    }
}

/// Each glyph to the new cell that came of its old one and holds its base line.
fn share(grid: &Grid, glyphs: Vec<Vec<Glyph>>, sources: &[usize], way: Way) -> Vec<Vec<Glyph>> {
    let mut heirs: Vec<Vec<usize>> = vec![Vec::new(); glyphs.len()];
    for (new, old) in sources.iter().enumerate() {
        heirs[*old].push(new);
    }
    let mut out = vec![Vec::new(); sources.len()];
    for (cell, heirs) in glyphs.into_iter().zip(heirs) {
        for glyph in cell {
            let y = if glyph.way == way { glyph.base } else { way.upright(&glyph.rect).centre().1 };
            let place = heirs.iter().copied().find(|n| y <= grid.cells[*n].rect.y1).or(heirs.last().copied());
            if let Some(place) = place {
                out[place].push(glyph);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::grid::grids;
    use super::super::ink::Rule;
    use super::*;

    fn glyphs(text: &str, x: f32, y: f32) -> Vec<Glyph> {
        let letter = |(n, c): (usize, char)| {
            let x0 = x + 10.0 * n as f32;
            Glyph { c, rect: Rect { x0, y0: y - 8.8, x1: x0 + 10.0, y1: y + 1.2 }, size: 10.0, base: y, way: Way::Right, hidden: false, is_slanted: false }
        };
        text.chars().enumerate().map(letter).collect()
    }

    /// A row of three columns, 100 wide and 120 high, each with its lines.
    fn parted(columns: [&[(&str, f32)]; 3]) -> Vec<(usize, usize, usize, String)> {
        let mut rules: Vec<Rule> = [0.0, 120.0].map(|at| Rule { is_level: true, at, from: 0.0, to: 300.0 }).to_vec();
        rules.extend([0.0, 100.0, 200.0, 300.0].map(|at| Rule { is_level: false, at, from: 0.0, to: 120.0 }));
        let mut grid = grids(&rules, Way::Right).remove(0);
        let mut cells: Vec<Vec<Glyph>> =
            (0u8..).zip(columns).map(|(n, lines)| lines.iter().flat_map(|(text, y)| glyphs(text, 5.0 + 100.0 * f32::from(n), *y)).collect()).collect();
        part(&mut grid, &mut cells, Way::Right);
        let text = |glyphs: &[Glyph]| glyphs.iter().map(|g| g.c).collect();
        grid.cells.iter().zip(&cells).map(|(cell, glyphs)| (cell.row, cell.column, cell.rows, text(glyphs))).collect()
    }

    #[test]
    fn lines_beside_figures_are_rows() {
        let read = parted([
            &[("设备费", 15.0), ("材料费", 35.0), ("（含耗材）", 47.0), ("合计", 67.0)],
            &[("5.0", 15.0), ("3.2", 35.0), ("8.2", 67.0)],
            &[("经费", 64.0)],
        ]);
        let texts: Vec<(usize, usize, usize, &str)> = read.iter().map(|(r, c, h, t)| (*r, *c, *h, t.as_str())).collect();
        assert_eq!(
            texts,
            [(0, 0, 1, "设备费"), (0, 1, 1, "5.0"), (0, 2, 3, "经费"), (1, 0, 1, "材料费（含耗材）"), (1, 1, 1, "3.2"), (2, 0, 1, "合计"), (2, 1, 1, "8.2")]
        );
    }

    #[test]
    fn columns_of_words_stay_whole() {
        let column: &[(&str, f32)] = &[("负责人签字：", 15.0), ("（盖章）", 45.0), ("年月日", 75.0)];
        assert_eq!(parted([column; 3]).len(), 3);
    }

    #[test]
    fn wrapped_texts_stay_whole() {
        let column: &[(&str, f32)] = &[("本项目面向全市中小", 15.0), ("学生开展科普活动共", 35.0), ("计十二场", 55.0)];
        assert_eq!(parted([column, column, &[("10", 15.0), ("20", 35.0), ("30", 55.0)]]).len(), 3);
    }
}
