//! Print that no box covers: where a model overlooks a line, that it was overlooked must be known.

/// Side of the fields that are looked at, in points.
const FIELD: f32 = 3.0;
/// Share of printed dots in a field of letters; lines of a table at its edge have less, solid areas more.
const LEAST_SHARE: f32 = 0.10;
/// Mean share above which a place is a solid area: the dark edge of a scan, a picture.
const SOLID: f32 = 0.6;
/// Points around what was read that belong to it.
const ROOM: f32 = 4.0;
/// Fields this near to each other are one place.
const REACH: usize = 2;
/// Points: what is lower or narrower is a speck, a fold or an underline; what is higher is no line.
const LEAST_HEIGHT: f32 = 7.0;
const LEAST_WIDTH: f32 = 14.0;
const MOST_HEIGHT: f32 = 60.0;
/// Fields of a place at least.
const LEAST_FIELDS: usize = 6;

/// Boxes, in points, of print outside everything in `known` and outside ruling lines.
pub fn missed(printed: &[bool], width: usize, per_point: f32, known: impl Iterator<Item = [f32; 4]>, rulings: &[[f32; 4]]) -> Vec<[f32; 4]> {
    let field = ((FIELD * per_point).round() as usize).max(2);
    let height = printed.len() / width.max(1);
    let (columns, rows) = (width / field, height / field);
    let mut counts = vec![0usize; columns * rows];
    for y in 0..rows * field {
        for x in (0..columns * field).filter(|x| printed[y * width + x]) {
            counts[(y / field) * columns + x / field] += 1;
        }
    }
    let points = field as f32 / per_point;
    let ruled = rulings.iter().map(|[x0, y0, x1, y1]| ([*x0, *y0, *x1, *y1], 2.0));
    for ([x0, y0, x1, y1], room) in known.map(|rect| (rect, ROOM)).chain(ruled) {
        let range = |from: f32, to: f32, most: usize| {
            let first = ((from - room) / points).floor().max(0.0) as usize;
            first.min(most)..(((to + room) / points).ceil().max(0.0) as usize).min(most)
        };
        for row in range(y0, y1, rows) {
            for column in range(x0, x1, columns) {
                counts[row * columns + column] = 0;
            }
        }
    }
    let least = ((field * field) as f32 * LEAST_SHARE).ceil() as usize;
    let mut out = Vec::new();
    for start in 0..counts.len() {
        if counts[start] < least {
            continue;
        }
        let (mut x0, mut y0, mut x1, mut y1) = (usize::MAX, usize::MAX, 0, 0);
        let (mut fields, mut dots) = (0usize, 0usize);
        let mut open = vec![start];
        dots += std::mem::take(&mut counts[start]);
        while let Some(n) = open.pop() {
            let (x, y) = (n % columns, n / columns);
            (x0, y0, x1, y1) = (x0.min(x), y0.min(y), x1.max(x + 1), y1.max(y + 1));
            fields += 1;
            for ny in y.saturating_sub(REACH)..(y + REACH + 1).min(rows) {
                for nx in x.saturating_sub(REACH)..(x + REACH + 1).min(columns) {
                    if counts[ny * columns + nx] >= least {
                        dots += std::mem::take(&mut counts[ny * columns + nx]);
                        open.push(ny * columns + nx);
                    }
                }
            }
        }
        let rect = [x0, y0, x1, y1].map(|n| n as f32 * points);
        let (wide, high) = (rect[2] - rect[0], rect[3] - rect[1]);
        let share = dots as f32 / (fields * field * field) as f32;
        if wide >= LEAST_WIDTH && (LEAST_HEIGHT..=MOST_HEIGHT).contains(&high) && fields >= LEAST_FIELDS && share < SOLID {
            out.push(rect);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTH: usize = 600;

    /// Letters of 24 dots from one place on.
    fn letters(printed: &mut [bool], x: usize, y: usize, count: usize) {
        for n in 0..count {
            for (dx, dy) in (0..24).flat_map(|dx| (0..24).map(move |dy| (dx, dy))).filter(|(dx, dy)| dx % 8 < 3 || dy % 10 < 3) {
                printed[(y + dy) * WIDTH + x + 28 * n + dx] = true;
            }
        }
    }

    fn page() -> Vec<bool> {
        let mut printed = vec![false; WIDTH * 400];
        letters(&mut printed, 50, 100, 12);
        printed
    }

    #[test]
    fn a_line_without_a_box_is_missed_and_one_with_a_box_is_not() {
        let found = missed(&page(), WIDTH, 2.0, std::iter::empty(), &[]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0][0] <= 26.0 && found[0][2] >= 190.0 && found[0][1] <= 51.0);
        assert!(missed(&page(), WIDTH, 2.0, std::iter::once([25.0, 50.0, 193.0, 62.0]), &[]).is_empty());
    }

    #[test]
    fn ruling_lines_specks_and_dark_edges_are_not_missed_text() {
        let mut printed = vec![false; WIDTH * 400];
        for x in 40..560 {
            (0..3).for_each(|thick| printed[(200 + thick) * WIDTH + x] = true);
        }
        for y in 0..400 {
            (0..40).for_each(|x| printed[y * WIDTH + x] = true);
        }
        printed[300 * WIDTH + 300] = true;
        assert!(missed(&printed, WIDTH, 2.0, std::iter::empty(), &[[20.0, 100.75, 280.0, 100.75]]).is_empty());
    }
}
