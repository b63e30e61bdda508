//! Ruling lines of tables, found in the dots of a level page.
use super::raster::Grey;

/// A straight line in dots of the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ruling {
    pub is_level: bool,
    /// Middle of its thickness.
    pub at: f32,
    pub from: f32,
    pub to: f32,
    pub thick: f32,
}

/// A page with more strokes than this along one axis is a picture.
const MOST: usize = 20_000;

/// Lines of at least `shortest` dots and at most `thickest` dots across.
pub fn rulings(printed: &[bool], width: usize, height: usize, shortest: usize, thickest: usize) -> Vec<Ruling> {
    let mut out = along(width, height, shortest, thickest, true, |along, across| printed[across * width + along]);
    out.extend(along(height, width, shortest, thickest, false, |along, across| printed[along * width + across]));
    out
}

/// Stretches of printed dots in one row.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    row: usize,
    from: usize,
    to: usize,
}

fn along(length: usize, rows: usize, shortest: usize, thickest: usize, is_level: bool, printed: impl Fn(usize, usize) -> bool) -> Vec<Ruling> {
    // Lines may be broken for a dot or two, and sink by a row on their way.
    let gap = 3;
    let least = (shortest / 2).max(8);
    let mut stretches: Vec<Stretch> = Vec::new();
    for row in 0..rows {
        let mut open: Option<(usize, usize)> = None;
        for n in 0..length {
            if !printed(n, row) {
                continue;
            }
            open = match open {
                Some((from, to)) if n - to <= gap => Some((from, n)),
                before => {
                    stretches.extend(before.filter(|(from, to)| to - from >= least).map(|(from, to)| Stretch { row, from, to: to + 1 }));
                    Some((n, n))
                }
            };
        }
        stretches.extend(open.filter(|(from, to)| to - from >= least).map(|(from, to)| Stretch { row, from, to: to + 1 }));
        if stretches.len() > MOST {
            return Vec::new();
        }
    }
    joined(&stretches, gap).into_iter().filter_map(|members| line(&members, shortest, thickest, is_level)).collect()
}

/// Stretches of neighbouring rows that touch, grouped.
fn joined(stretches: &[Stretch], gap: usize) -> Vec<Vec<Stretch>> {
    let mut parent: Vec<usize> = (0..stretches.len()).collect();
    fn root(parent: &mut [usize], mut n: usize) -> usize {
        while parent[n] != n {
            parent[n] = parent[parent[n]];
            n = parent[n];
        }
        n
    }
    let mut row_start = 0;
    let mut before = 0..0;
    while row_start < stretches.len() {
        let row = stretches[row_start].row;
        let row_end = row_start + stretches[row_start..].iter().take_while(|s| s.row == row).count();
        if before.end > before.start && stretches[before.start].row + 1 == row {
            // Both rows are sorted: one walk over the two.
            let (mut a, mut b) = (before.start, row_start);
            while a < before.end && b < row_end {
                if stretches[a].from < stretches[b].to + gap && stretches[b].from < stretches[a].to + gap {
                    let (x, y) = (root(&mut parent, a), root(&mut parent, b));
                    parent[x] = y;
                }
                if stretches[a].to < stretches[b].to { a += 1 } else { b += 1 }
            }
        }
        before = row_start..row_end;
        row_start = row_end;
    }
    let mut groups: std::collections::BTreeMap<usize, Vec<Stretch>> = std::collections::BTreeMap::new();
    for (n, stretch) in stretches.iter().enumerate() {
        let top = root(&mut parent, n);
        groups.entry(top).or_default().push(*stretch);
    }
    groups.into_values().collect()
}

fn line(members: &[Stretch], shortest: usize, thickest: usize, is_level: bool) -> Option<Ruling> {
    let from = members.iter().map(|s| s.from).min()?;
    let to = members.iter().map(|s| s.to).max()?;
    let dots: usize = members.iter().map(|s| s.to - s.from).sum();
    let thick = dots as f32 / (to - from) as f32;
    let (first, last) = (members.first()?.row, members.last()?.row);
    // A line may sink a little on its way, but not become a block.
    let most_sunk = thickest + (to - from) / 100;
    if to - from < shortest || thick > thickest as f32 || last + 1 - first > most_sunk.max(thickest) {
        return None;
    }
    let weight: f64 = members.iter().map(|s| s.row as f64 * (s.to - s.from) as f64).sum();
    Some(Ruling { is_level, at: (weight / dots as f64) as f32 + 0.5, from: from as f32, to: to as f32, thick })
}

impl Grey {
    /// Lines of a page that has so many dots a point.
    pub fn rulings(&self, printed: &[bool], per_point: f32) -> Vec<Ruling> {
        let shortest = (SHORTEST * per_point).max(12.0) as usize;
        let thickest = (THICKEST * per_point).max(4.0) as usize;
        rulings(printed, self.width, self.height, shortest, thickest)
    }
}

/// Points; strokes of letters are shorter but in titles.
const SHORTEST: f32 = 15.0;
/// Points.
const THICKEST: f32 = 3.5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_thin_lines_are_found_and_blocks_and_letters_are_not() {
        let (width, height) = (300, 200);
        let mut printed = vec![false; width * height];
        let mut fill = |xs: std::ops::Range<usize>, ys: std::ops::Range<usize>| {
            for y in ys {
                for x in xs.clone() {
                    printed[y * width + x] = true;
                }
            }
        };
        fill(20..280, 50..53);
        fill(20..23, 50..180);
        fill(100..112, 100..102);
        fill(150..250, 100..160);
        let found = rulings(&printed, width, height, 40, 6);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].is_level && (found[0].at - 51.5).abs() < 0.6 && found[0].from <= 20.0 && found[0].to >= 280.0);
        assert!(!found[1].is_level && (found[1].at - 21.5).abs() < 0.6);
    }

    #[test]
    fn a_line_that_sinks_a_little_is_one_line() {
        let (width, height) = (400, 60);
        let mut printed = vec![false; width * height];
        for x in 10..390 {
            for thick in 0..2 {
                printed[(30 + x / 130 + thick) * width + x] = true;
            }
        }
        let found = rulings(&printed, width, height, 60, 6);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].to - found[0].from > 370.0);
    }
}
