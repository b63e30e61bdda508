//! Red seals: where they stand, and the page without them.
use super::raster::Raster;

/// A dot is red where its red exceeds the stronger of the others by this.
const REDDER: i32 = 28;
/// Side of the fields that are looked at, in points.
const FIELD: f32 = 2.0;
/// Share of red dots that makes a field red.
const LEAST_SHARE: f32 = 0.10;
/// Red fields this near to each other are one thing: print over a seal parts it.
const REACH: usize = 3;
/// Points: smaller red things are letters or marks.
const LEAST_SIDE: f32 = 40.0;
/// Points: larger ones are pictures.
const MOST_SIDE: f32 = 340.0;
/// Lines of red letters are longer than this times their height; two seals that touch are not.
const MOST_ASPECT: f32 = 2.6;
/// A page that is red all over has no seals to be found by colour.
const MOST_RED: f32 = 0.35;

/// A red thing of a seal's size, in dots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RedThing {
    pub x0: usize,
    pub y0: usize,
    pub x1: usize,
    pub y1: usize,
}

fn is_red(dot: [u8; 3]) -> bool {
    i32::from(dot[0]) - i32::from(dot[1].max(dot[2])) > REDDER
}

/// Red things as large as seals, on a page of so many dots a point.
pub fn red_things(page: &Raster, per_point: f32) -> Vec<RedThing> {
    let field = ((FIELD * per_point).round() as usize).max(1);
    let (columns, rows) = (page.width.div_ceil(field), page.height.div_ceil(field));
    let mut counts = vec![0usize; columns * rows];
    for y in 0..page.height {
        for x in 0..page.width {
            counts[(y / field) * columns + x / field] += usize::from(is_red(page.at(x, y)));
        }
    }
    let least = ((field * field) as f32 * LEAST_SHARE).ceil() as usize;
    let red: Vec<bool> = counts.iter().map(|count| *count >= least).collect();
    if red.iter().filter(|red| **red).count() as f32 > MOST_RED * red.len() as f32 {
        return Vec::new();
    }
    let points = |fields: usize| (fields * field) as f32 / per_point;
    components(&red, columns, rows)
        .into_iter()
        .filter(|b| {
            let (w, h) = (points(b.x1 - b.x0), points(b.y1 - b.y0));
            w.min(h) >= LEAST_SIDE && w.max(h) <= MOST_SIDE && w.max(h) <= MOST_ASPECT * w.min(h)
        })
        .map(|b| RedThing {
            x0: b.x0.saturating_sub(1) * field,
            y0: b.y0.saturating_sub(1) * field,
            x1: ((b.x1 + 1) * field).min(page.width),
            y1: ((b.y1 + 1) * field).min(page.height),
        })
        .collect()
}

/// Boxes around red fields that are near each other.
fn components(red: &[bool], columns: usize, rows: usize) -> Vec<RedThing> {
    let mut seen = vec![false; red.len()];
    let mut out = Vec::new();
    for start in 0..red.len() {
        if !red[start] || seen[start] {
            continue;
        }
        let mut found = RedThing { x0: usize::MAX, y0: usize::MAX, x1: 0, y1: 0 };
        let mut open = vec![start];
        seen[start] = true;
        while let Some(n) = open.pop() {
            let (x, y) = (n % columns, n / columns);
            found = RedThing { x0: found.x0.min(x), y0: found.y0.min(y), x1: found.x1.max(x + 1), y1: found.y1.max(y + 1) };
            for ny in y.saturating_sub(REACH)..(y + REACH + 1).min(rows) {
                for nx in x.saturating_sub(REACH)..(x + REACH + 1).min(columns) {
                    let next = ny * columns + nx;
                    if red[next] && !seen[next] {
                        seen[next] = true;
                        open.push(next);
                    }
                }
            }
        }
        out.push(found);
    }
    out
}

/// The page with red ink made paper inside the things, so that black print below shows.
pub fn without(mut page: Raster, things: &[RedThing]) -> Raster {
    for thing in things {
        for y in thing.y0..thing.y1 {
            for x in thing.x0..thing.x1 {
                let n = (y * page.width + x) * 3;
                // Red ink is as light as paper in the red channel; black print is dark in each.
                let light = page.rgb[n];
                page.rgb[n..n + 3].fill(light);
            }
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A ring of red about a black stroke, and a line of red letters above it.
    fn page() -> Raster {
        let (width, height) = (400usize, 400usize);
        let mut rgb = vec![255u8; width * height * 3];
        for y in 0..height {
            for x in 0..width {
                let n = (y * width + x) * 3;
                let away = ((x as f32 - 200.0).powi(2) + (y as f32 - 250.0).powi(2)).sqrt();
                if (78.0..84.0).contains(&away) || ((20..380).contains(&x) && (40..60).contains(&y) && x % 20 < 12) {
                    rgb[n..n + 3].copy_from_slice(&[220, 40, 40]);
                }
                if (100..300).contains(&x) && (240..246).contains(&y) {
                    rgb[n..n + 3].fill(20);
                }
            }
        }
        Raster::new(width, height, rgb).expect("the sides fit")
    }

    #[test]
    fn a_ring_is_a_thing_and_a_line_of_red_letters_is_none() {
        let things = red_things(&page(), 1.4);
        assert_eq!(things.len(), 1, "{things:?}");
        assert!(things[0].x0 < 120 && things[0].x1 > 280 && things[0].y0 > 150);
    }

    #[test]
    fn print_below_a_seal_stays_and_the_seal_goes() {
        let page = page();
        let things = red_things(&page, 1.4);
        let clean = without(page, &things);
        assert!(clean.at(200, 243)[0] < 40);
        assert!(clean.at(200, 169)[1] > 200 && clean.at(25, 50)[1] < 60, "the letterhead keeps its colour");
    }
}
