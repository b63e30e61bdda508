//! Where a QR code may stand on a page: three corner squares, dark in light in dark, as 1:1:3:1:1 in every direction.
//!
//! Looked for before a worn code is tried in many sizes: pages without such corners cost no more than this look.
use crate::read::ocr::Grey;

/// Rows looked at: every so many.
const EVERY: usize = 2;
/// Dots of the narrowest module.
const LEAST_MODULE: f32 = 1.5;
/// A run may differ from its share by this many modules, and the middle one by twice as many.
const SLACK: f32 = 0.65;
/// Corners kept of a page; a page of dots has no end of them.
const MOST_CORNERS: usize = 60;
/// Places told of a page.
const MOST_PLACES: usize = 4;
/// Modules between the middles of two corners: of the smallest code, and of one of 57 modules a side.
const APART: std::ops::RangeInclusive<f32> = 11.0..=60.0;
/// Sides differ less than this, as parts; so do the modules of three corners.
const UNEVEN: f32 = 0.2;
const UNEVEN_MODULES: f32 = 0.45;
/// Modules around the middles of the corners that belong to the code and its margin.
const MARGIN: f32 = 7.0;

/// The middle of a corner, and how wide a module is there; both in dots.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Corner {
    x: f32,
    y: f32,
    module: f32,
    seen: usize,
}

/// A box around a code that may be there, in dots, and how wide its modules are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    pub rect: [usize; 4],
    pub module: f32,
}

/// Places of codes among the dark dots of a page.
pub fn places(dark: &[bool], page: &Grey) -> Vec<Place> {
    let corners = corners(dark, page.width, page.height);
    let mut out: Vec<Place> = Vec::new();
    for (n, a) in corners.iter().enumerate() {
        for (k, b) in corners.iter().enumerate().skip(n + 1) {
            for c in &corners[k + 1..] {
                if out.len() >= MOST_PLACES {
                    return out;
                }
                let found = place([a, b, c], page.width, page.height);
                out.extend(found.filter(|place| !out.iter().any(|other| is_same(other, place))));
            }
        }
    }
    out
}

fn is_same(a: &Place, b: &Place) -> bool {
    let reach = (4.0 * a.module) as usize;
    a.rect.iter().zip(&b.rect).all(|(a, b)| a.abs_diff(*b) <= reach)
}

/// The code whose corners these are: two sides of one length at a right angle.
fn place(corners: [&Corner; 3], width: usize, height: usize) -> Option<Place> {
    let module = corners.iter().map(|c| c.module).sum::<f32>() / 3.0;
    if corners.iter().any(|c| (c.module - module).abs() > UNEVEN_MODULES * module) {
        return None;
    }
    let [a, b, c] = corners;
    for (at, one, other) in [(a, b, c), (b, a, c), (c, a, b)] {
        let (ux, uy, vx, vy) = (one.x - at.x, one.y - at.y, other.x - at.x, other.y - at.y);
        let (u, v) = (ux.hypot(uy), vx.hypot(vy));
        let is_square = (u - v).abs() < UNEVEN * u.max(v) && (ux * vx + uy * vy).abs() < UNEVEN * u * v;
        if !is_square || !APART.contains(&(u / module)) || !APART.contains(&(v / module)) {
            continue;
        }
        let (xs, ys) = ([at.x, one.x, other.x, one.x + vx], [at.y, one.y, other.y, one.y + vy]);
        let least = |values: [f32; 4]| (values.into_iter().fold(f32::MAX, f32::min) - MARGIN * module).max(0.0) as usize;
        let most = |values: [f32; 4], side: usize| ((values.into_iter().fold(0.0, f32::max) + MARGIN * module) as usize).min(side);
        return Some(Place { rect: [least(xs), least(ys), most(xs, width), most(ys, height)], module });
    }
    None
}

/// Corners by rows, each confirmed by its column; those seen in most rows first.
fn corners(dark: &[bool], width: usize, height: usize) -> Vec<Corner> {
    let mut out: Vec<Corner> = Vec::new();
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for y in (0..height).step_by(EVERY) {
        let row = &dark[y * width..(y + 1) * width];
        runs.clear();
        // Where each run begins, and its end; runs take turns, the first of a row is light or empty.
        let mut from = 0;
        for x in 1..=width {
            if x == width || row[x] != row[x - 1] {
                runs.push((from, x));
                from = x;
            }
        }
        let first_dark = usize::from(!row.first().copied().unwrap_or(false));
        for five in runs.windows(5).skip(first_dark).step_by(2) {
            let Some(module) = module_of([0, 1, 2, 3, 4].map(|n| five[n].1 - five[n].0)) else { continue };
            let x = (five[2].0 + five[2].1) / 2;
            let Some((middle, by_column)) = column(dark, width, height, x, y) else { continue };
            if (by_column - module).abs() > UNEVEN_MODULES * module {
                continue;
            }
            let found = Corner { x: x as f32, y: middle, module: (module + by_column) / 2.0, seen: 1 };
            match out.iter_mut().find(|c| (c.x - found.x).abs() < 3.0 * module && (c.y - found.y).abs() < 3.0 * module) {
                Some(known) => known.seen += 1,
                None => out.push(found),
            }
        }
    }
    out.sort_by_key(|corner| std::cmp::Reverse(corner.seen));
    out.truncate(MOST_CORNERS);
    out
}

/// How wide a module is where five runs are 1:1:3:1:1.
fn module_of(runs: [usize; 5]) -> Option<f32> {
    let module = runs.iter().sum::<usize>() as f32 / 7.0;
    let fits = |run: usize, share: f32, slack: f32| (run as f32 - share * module).abs() <= slack * module;
    let is_corner = fits(runs[2], 3.0, 2.0 * SLACK) && [0, 1, 3, 4].iter().all(|n| fits(runs[*n], 1.0, SLACK));
    (is_corner && module >= LEAST_MODULE).then_some(module)
}

/// The five runs of a column about a dark dot: their middle, and how wide a module is.
fn column(dark: &[bool], width: usize, height: usize, x: usize, y: usize) -> Option<(f32, f32)> {
    let is_dark = |y: usize| dark[y * width + x];
    // Ends of three runs on the way up, and on the way down.
    let mut up = [0usize; 3];
    let mut at = y;
    for (n, end) in up.iter_mut().enumerate() {
        while at > 0 && is_dark(at - 1) == (n % 2 == 0) {
            at -= 1;
        }
        *end = at;
    }
    let mut down = [0usize; 3];
    let mut at = y;
    for (n, end) in down.iter_mut().enumerate() {
        while at + 1 < height && is_dark(at + 1) == (n % 2 == 0) {
            at += 1;
        }
        *end = at + 1;
    }
    let module = module_of([up[1] - up[2], up[0] - up[1], down[0] - up[0], down[1] - down[0], down[2] - down[1]])?;
    Some(((up[0] + down[0]) as f32 / 2.0, module))
}

#[cfg(test)]
mod tests {
    use super::*;
    use qrcode::{Color, EcLevel, QrCode};

    fn page(module: usize) -> (Vec<bool>, Grey) {
        let code = QrCode::with_error_correction_level("C1-017 K7QF2-M9DPX-H 9f86d081884c7d65", EcLevel::M).expect("it fits");
        let (width, height) = (600, 500);
        let mut dark = vec![false; width * height];
        for (n, _) in code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark) {
            for dot in 0..module * module {
                let (x, y) = (200 + n % code.width() * module + dot % module, 150 + n / code.width() * module + dot / module);
                dark[y * width + x] = true;
            }
        }
        (dark, Grey { width, height, dots: vec![0; width * height] })
    }

    #[test]
    fn three_corners_make_the_place_of_a_code() {
        for module in [3, 7] {
            let (dark, grey) = page(module);
            let found = places(&dark, &grey);
            let [place] = &found[..] else { panic!("{found:?}") };
            let [x0, y0, x1, y1] = place.rect;
            assert!(x0 <= 200 && y0 <= 150 && x1 >= 200 + 29 * module && y1 >= 150 + 29 * module, "{place:?}");
            assert!((place.module - module as f32).abs() < 0.4);
        }
    }

    #[test]
    fn stripes_and_squares_of_dots_are_no_codes() {
        let (width, height) = (300, 300);
        let grey = Grey { width, height, dots: vec![0; width * height] };
        for dark in [|n: usize| n % 300 % 10 < 5, |n: usize| (n % 300 / 8 + n / 300 / 8).is_multiple_of(2), |_: usize| false] {
            assert!(places(&(0..width * height).map(dark).collect::<Vec<_>>(), &grey).is_empty());
        }
    }
}
