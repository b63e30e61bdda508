//! Ruling lines to table grids.
use super::geometry::{Rect, Way};
use super::ink::Rule;

/// Lines nearer than this are one line.
const SAME: f32 = 2.6;
/// Ends this near count as touching.
const TOUCH: f32 = 3.2;
/// Comparing more level with upright lines than this costs more than a page is worth.
const MOST_PAIRS: usize = 1_000_000;
const MOST_FIELDS: usize = 60_000;

/// A table's cells; `owner` tells for each field of the grid which cell covers it.
#[derive(Debug)]
pub struct Grid {
    pub rect: Rect,
    pub xs: Vec<f32>,
    pub ys: Vec<f32>,
    owner: Vec<Option<u32>>,
    pub cells: Vec<GridCell>,
}

/// Rows and columns count from 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GridCell {
    pub row: usize,
    pub column: usize,
    pub rows: usize,
    pub columns: usize,
    pub rect: Rect,
}

impl Grid {
    /// The cell at a place.
    pub fn cell_at(&self, x: f32, y: f32) -> Option<usize> {
        let column = self.xs.partition_point(|v| *v <= x).checked_sub(1)?;
        let row = self.ys.partition_point(|v| *v <= y).checked_sub(1)?;
        if column + 1 >= self.xs.len() || row + 1 >= self.ys.len() {
            return None;
        }
        self.owner[row * (self.xs.len() - 1) + column].map(|n| n as usize)
    }

    /// Parts a row at heights within it, but for the cells that `stay` whole; tells for each cell now which one it was.
    pub fn split_row(&mut self, row: usize, at: &[f32], stay: &[usize]) -> Vec<usize> {
        let more = at.len();
        self.ys.splice(row + 1..row + 1, at.iter().copied());
        let mut parts: Vec<(GridCell, usize)> = Vec::new();
        for (n, cell) in self.cells.iter().enumerate() {
            let covers = (cell.row..cell.row + cell.rows).contains(&row);
            if covers && cell.rows == 1 && !stay.contains(&n) {
                for part in 0..=more {
                    let rect = Rect { y0: self.ys[row + part], y1: self.ys[row + part + 1], ..cell.rect };
                    parts.push((GridCell { row: row + part, rect, ..*cell }, n));
                }
            } else {
                let (below, rows) = (if cell.row > row { more } else { 0 }, if covers { more } else { 0 });
                parts.push((GridCell { row: cell.row + below, rows: cell.rows + rows, ..*cell }, n));
            }
        }
        parts.sort_by_key(|(cell, _)| (cell.row, cell.column));
        let (cells, sources): (Vec<GridCell>, Vec<usize>) = parts.into_iter().unzip();
        let columns = self.xs.len() - 1;
        self.owner = vec![None; (self.ys.len() - 1) * columns];
        for (n, cell) in (0u32..).zip(&cells) {
            for r in cell.row..cell.row + cell.rows {
                self.owner[r * columns + cell.column..r * columns + cell.column + cell.columns].fill(Some(n));
            }
        }
        self.cells = cells;
        sources
    }
}

/// A merged line.
#[derive(Debug, Clone, Copy)]
struct Segment {
    at: f32,
    from: f32,
    to: f32,
}

/// The grids of a page, seen in the upright frame of `way`; smallest first.
pub fn grids(rules: &[Rule], way: Way) -> Vec<Grid> {
    let (mut level, mut upright) = (Vec::new(), Vec::new());
    for rule in rules {
        let rect = if rule.is_level {
            Rect { x0: rule.from, x1: rule.to, y0: rule.at, y1: rule.at }
        } else {
            Rect { x0: rule.at, x1: rule.at, y0: rule.from, y1: rule.to }
        };
        let r = way.upright(&rect);
        if r.width() >= r.height() {
            level.push(Segment { at: r.y0, from: r.x0, to: r.x1 });
        } else {
            upright.push(Segment { at: r.x0, from: r.y0, to: r.y1 });
        }
    }
    let (level, upright) = (merged(level), merged(upright));
    if level.len() < 2 || level.len().saturating_mul(upright.len()) > MOST_PAIRS {
        return Vec::new();
    }
    let mut grids: Vec<Grid> = components(&level, &upright).into_iter().filter_map(|(l, u)| grid(&l, &u)).collect();
    grids.sort_by(|a, b| a.rect.area().total_cmp(&b.rect.area()));
    grids
}

/// Joins pieces of one line; drops what is too short to be a side of a cell.
fn merged(mut segments: Vec<Segment>) -> Vec<Segment> {
    segments.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut out = Vec::new();
    let mut rest = segments.as_mut_slice();
    while let Some(first) = rest.first().copied() {
        let count = rest.iter().take_while(|s| s.at - first.at <= SAME * 0.6).count();
        let (group, tail) = rest.split_at_mut(count);
        group.sort_by(|a, b| a.from.total_cmp(&b.from));
        let mut current = group[0];
        let mut weight = (current.at * (current.to - current.from), current.to - current.from);
        for s in &group[1..] {
            if s.from - current.to <= TOUCH {
                current.to = current.to.max(s.to);
                weight = (weight.0 + s.at * (s.to - s.from), weight.1 + s.to - s.from);
            } else {
                out.push(settled(current, weight));
                current = *s;
                weight = (s.at * (s.to - s.from), s.to - s.from);
            }
        }
        out.push(settled(current, weight));
        rest = tail;
    }
    out.retain(|s| s.to - s.from >= 5.0);
    out
}

fn settled(segment: Segment, weight: (f32, f32)) -> Segment {
    Segment { at: if weight.1 > 0.01 { weight.0 / weight.1 } else { segment.at }, ..segment }
}

/// Lines that touch each other, as (level, upright).
fn components(level: &[Segment], upright: &[Segment]) -> Vec<(Vec<Segment>, Vec<Segment>)> {
    let mut parent: Vec<usize> = (0..level.len() + upright.len()).collect();
    let mut order: Vec<usize> = (0..upright.len()).collect();
    order.sort_by(|a, b| upright[*a].at.total_cmp(&upright[*b].at));
    for (n, l) in level.iter().enumerate() {
        let first = order.partition_point(|u| upright[*u].at < l.from - TOUCH);
        for u in order[first..].iter().take_while(|u| upright[**u].at <= l.to + TOUCH) {
            if (upright[*u].from - TOUCH..=upright[*u].to + TOUCH).contains(&l.at) {
                let (a, b) = (root(&mut parent, n), root(&mut parent, level.len() + *u));
                parent[a] = b;
            }
        }
    }
    let mut groups: std::collections::BTreeMap<usize, (Vec<Segment>, Vec<Segment>)> = std::collections::BTreeMap::new();
    for (n, l) in level.iter().enumerate() {
        groups.entry(root(&mut parent, n)).or_default().0.push(*l);
    }
    for (n, u) in upright.iter().enumerate() {
        groups.entry(root(&mut parent, level.len() + n)).or_default().1.push(*u);
    }
    groups.into_values().filter(|(l, u)| l.len() >= 2 && !u.is_empty()).collect()
}

fn root(parent: &mut [usize], mut n: usize) -> usize {
    while parent[n] != n {
        parent[n] = parent[parent[n]];
        n = parent[n];
    }
    n
}

fn positions(values: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut all: Vec<f32> = values.collect();
    all.sort_by(f32::total_cmp);
    let mut out: Vec<f32> = Vec::new();
    for v in all {
        if out.last().is_none_or(|last| v - last > SAME) {
            out.push(v);
        }
    }
    out
}

/// Where at least two lines end although nothing crosses them there: an open side of the table.
fn open_side(ends: &[f32], known: Option<f32>, is_low: bool) -> Option<f32> {
    let extreme = ends.iter().copied().reduce(|a, b| if is_low { a.min(b) } else { a.max(b) })?;
    let beyond = known.is_none_or(|k| if is_low { extreme < k - 3.0 * SAME } else { extreme > k + 3.0 * SAME });
    let agreeing = ends.iter().filter(|e| (**e - extreme).abs() <= TOUCH).count();
    (beyond && agreeing >= 2).then_some(extreme)
}

/// Lines that part cells: those between two crossing lines, or as long as the table is wide. What touches one side
/// only is an underline in a cell.
fn parting(lines: &[Segment], crossing: &[Segment]) -> Vec<Segment> {
    let (low, high) = lines.iter().fold((f32::MAX, f32::MIN), |(a, b), l| (a.min(l.from), b.max(l.to)));
    let mut order: Vec<&Segment> = crossing.iter().collect();
    order.sort_by(|a, b| a.at.total_cmp(&b.at));
    let touched = |line: &Segment| {
        let first = order.partition_point(|c| c.at < line.from - TOUCH);
        order[first..].iter().take_while(|c| c.at <= line.to + TOUCH).filter(|c| (c.from - TOUCH..=c.to + TOUCH).contains(&line.at)).take(2).count()
    };
    lines.iter().filter(|l| touched(l) == 2 || ((l.from - low).abs() <= TOUCH && (l.to - high).abs() <= TOUCH)).copied().collect()
}

fn grid(level: &[Segment], upright: &[Segment]) -> Option<Grid> {
    let level = parting(level, upright);
    let upright = parting(upright, &level);
    let mut xs = positions(upright.iter().map(|u| u.at));
    let mut ys = positions(level.iter().map(|l| l.at));
    let (mut level, mut upright) = (level, upright);
    let ends = |list: &[Segment], low: bool| -> Vec<f32> { list.iter().map(|s| if low { s.from } else { s.to }).collect() };
    for is_low in [true, false] {
        let known = if is_low { xs.first() } else { xs.last() }.copied();
        if let Some(x) = open_side(&ends(&level, is_low), known, is_low) {
            let reaching: Vec<f32> = level.iter().filter(|l| (if is_low { l.from } else { l.to } - x).abs() <= TOUCH).map(|l| l.at).collect();
            let (top, bottom) = reaching.iter().fold((f32::MAX, f32::MIN), |(a, b), y| (a.min(*y), b.max(*y)));
            upright.push(Segment { at: x, from: top, to: bottom });
        }
        let known = if is_low { ys.first() } else { ys.last() }.copied();
        if let Some(y) = open_side(&ends(&upright, is_low), known, is_low) {
            let reaching: Vec<f32> = upright.iter().filter(|u| (if is_low { u.from } else { u.to } - y).abs() <= TOUCH).map(|u| u.at).collect();
            let (left, right) = reaching.iter().fold((f32::MAX, f32::MIN), |(a, b), x| (a.min(*x), b.max(*x)));
            level.push(Segment { at: y, from: left, to: right });
        }
    }
    xs = positions(upright.iter().map(|u| u.at).chain(xs));
    ys = positions(level.iter().map(|l| l.at).chain(ys));
    if xs.len() < 2 || ys.len() < 2 || (xs.len() - 1) * (ys.len() - 1) > MOST_FIELDS {
        return None;
    }
    let (columns, rows) = (xs.len() - 1, ys.len() - 1);
    // Sides of fields: `above[r][c]` is the line over row r, `before[r][c]` the line left of column c.
    let mut above = vec![0f32; (rows + 1) * columns];
    for l in &level {
        let Some(r) = nearest(&ys, l.at) else { continue };
        for c in 0..columns {
            above[r * columns + c] += (l.to.min(xs[c + 1]) - l.from.max(xs[c])).max(0.0) / (xs[c + 1] - xs[c]);
        }
    }
    let mut before = vec![0f32; rows * (columns + 1)];
    for u in &upright {
        let Some(c) = nearest(&xs, u.at) else { continue };
        for r in 0..rows {
            before[r * (columns + 1) + c] += (u.to.min(ys[r + 1]) - u.from.max(ys[r])).max(0.0) / (ys[r + 1] - ys[r]);
        }
    }
    let is_side = |covered: f32| covered > 0.6;
    let outside = rows * columns;
    let mut parent: Vec<usize> = (0..=outside).collect();
    let join = |parent: &mut Vec<usize>, a: usize, b: usize| {
        let (a, b) = (root(parent, a), root(parent, b));
        parent[a] = b;
    };
    for r in 0..=rows {
        for c in 0..columns {
            if !is_side(above[r * columns + c]) {
                let over = if r == 0 { outside } else { (r - 1) * columns + c };
                let under = if r == rows { outside } else { r * columns + c };
                join(&mut parent, over, under);
            }
        }
    }
    for r in 0..rows {
        for c in 0..=columns {
            if !is_side(before[r * (columns + 1) + c]) {
                let left = if c == 0 { outside } else { r * columns + c - 1 };
                let right = if c == columns { outside } else { r * columns + c };
                join(&mut parent, left, right);
            }
        }
    }
    let out = root(&mut parent, outside);
    let roots: Vec<usize> = (0..outside).map(|n| root(&mut parent, n)).collect();
    Some(cells(xs, ys, &roots, out)).filter(|g| !g.cells.is_empty())
}

fn nearest(positions: &[f32], v: f32) -> Option<usize> {
    let n = positions.partition_point(|p| *p < v);
    [n.checked_sub(1), Some(n)]
        .into_iter()
        .flatten()
        .filter(|n| *n < positions.len())
        .min_by(|a, b| (positions[*a] - v).abs().total_cmp(&(positions[*b] - v).abs()))
        .filter(|n| (positions[*n] - v).abs() <= SAME * 1.5)
}

/// Fields that no line parts make one cell; what is not a box is cut into its rows.
fn cells(xs: Vec<f32>, ys: Vec<f32>, roots: &[usize], outside: usize) -> Grid {
    let (columns, rows) = (xs.len() - 1, ys.len() - 1);
    let mut extent: std::collections::BTreeMap<usize, (usize, usize, usize, usize, usize)> = std::collections::BTreeMap::new();
    for (n, root) in roots.iter().enumerate().filter(|(_, r)| **r != outside) {
        let (r, c) = (n / columns, n % columns);
        let e = extent.entry(*root).or_insert((r, c, r, c, 0));
        *e = (e.0.min(r), e.1.min(c), e.2.max(r), e.3.max(c), e.4 + 1);
    }
    let mut cells = Vec::new();
    let mut owner = vec![None; rows * columns];
    let cell = |row: usize, column: usize, rows: usize, columns: usize| GridCell {
        row,
        column,
        rows,
        columns,
        rect: Rect { x0: xs[column], y0: ys[row], x1: xs[column + columns], y1: ys[row + rows] },
    };
    for n in 0..rows * columns {
        if roots[n] == outside || owner[n].is_some() {
            continue;
        }
        let (r, c) = (n / columns, n % columns);
        let (top, left, bottom, right, count) = extent[&roots[n]];
        let (height, width) = if (bottom + 1 - top) * (right + 1 - left) == count {
            (bottom + 1 - top, right + 1 - left)
        } else {
            (1, (c..columns).take_while(|k| roots[r * columns + k] == roots[n] && owner[r * columns + k].is_none()).count())
        };
        for row in r..r + height {
            owner[row * columns + c..row * columns + c + width].fill(Some(cells.len() as u32));
        }
        cells.push(cell(r, c, height, width));
    }
    let rect = Rect { x0: xs[0], y0: ys[0], x1: xs[columns], y1: ys[rows] };
    Grid { rect, xs, ys, owner, cells }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(at: f32, from: f32, to: f32) -> Rule {
        Rule { is_level: true, at, from, to }
    }

    fn upright(at: f32, from: f32, to: f32) -> Rule {
        Rule { is_level: false, at, from, to }
    }

    fn shape(grid: &Grid) -> Vec<(usize, usize, usize, usize)> {
        grid.cells.iter().map(|c| (c.row, c.column, c.rows, c.columns)).collect()
    }

    #[test]
    fn missing_lines_merge_cells() {
        let rules = [
            level(0.0, 0.0, 300.0),
            level(20.0, 100.0, 300.0),
            level(40.0, 0.0, 300.0),
            upright(0.0, 0.0, 40.0),
            upright(100.0, 0.0, 40.0),
            upright(200.0, 20.0, 40.0),
            upright(300.0, 0.0, 40.0),
        ];
        let grids = grids(&rules, Way::Right);
        assert_eq!(grids.len(), 1);
        assert_eq!(shape(&grids[0]), [(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1)]);
        assert_eq!(grids[0].cell_at(50.0, 30.0), Some(0));
        assert_eq!(grids[0].cell_at(250.0, 10.0), Some(1));
        assert_eq!(grids[0].cell_at(350.0, 10.0), None);
    }

    #[test]
    fn sides_left_open_are_closed_where_the_lines_end() {
        let rules = [level(0.0, 0.0, 200.0), level(20.0, 0.0, 200.0), level(40.0, 0.0, 200.0), upright(100.0, 0.0, 40.0)];
        let grids = grids(&rules, Way::Right);
        assert_eq!(shape(&grids[0]), [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]);
    }

    #[test]
    fn an_underline_that_touches_one_side_parts_nothing() {
        let rules = [
            level(0.0, 0.0, 200.0),
            level(40.0, 0.0, 200.0),
            upright(0.0, 0.0, 40.0),
            upright(100.0, 0.0, 40.0),
            upright(200.0, 0.0, 40.0),
            level(30.0, 110.0, 199.0),
        ];
        assert_eq!(shape(&grids(&rules, Way::Right)[0]), [(0, 0, 1, 1), (0, 1, 1, 1)]);
    }

    #[test]
    fn pieces_of_lines_make_a_line() {
        let mut rules = Vec::new();
        for y in [0.0, 20.0] {
            rules.extend((0..10).map(|n| level(y, 10.0 * n as f32, 10.0 * n as f32 + 9.5)));
        }
        rules.extend([upright(0.0, 0.0, 20.0), upright(99.5, 0.0, 20.0)]);
        assert_eq!(shape(&grids(&rules, Way::Right)[0]), [(0, 0, 1, 1)]);
    }

    #[test]
    fn an_underline_is_no_table() {
        assert!(grids(&[level(0.0, 0.0, 100.0), level(20.0, 0.0, 100.0)], Way::Right).is_empty());
    }

    #[test]
    fn thousands_of_lines_are_given_up() {
        let mut rules: Vec<Rule> = (0..2000).map(|n| level(n as f32 * 5.0, 0.0, 10_000.0)).collect();
        rules.extend((0..2000).map(|n| upright(n as f32 * 5.0, 0.0, 10_000.0)));
        assert!(grids(&rules, Way::Right).is_empty());
    }
}
