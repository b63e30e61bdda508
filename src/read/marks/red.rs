//! Red ink: how red each part of a page is, where red things stand, and the page without them.
use crate::read::ocr::Raster;

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
    components(&red, columns, rows, REACH)
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

/// How red a page is, field by field.
///
/// A field is red by how much more red than green and blue it is than the page as a whole: yellowed paper and warm
/// light are none.
pub struct Redness {
    pub width: usize,
    pub height: usize,
    /// Fields a point.
    pub per_point: f32,
    /// Redder than the page by so much, 0 to 255.
    red: Vec<u8>,
    /// In a colour of its own that is not red.
    coloured: Vec<bool>,
    least: u8,
}

/// Fields a point: a rim is a few of them wide.
const MAP: f32 = 1.4;
/// Least redness, whatever the page.
const LEAST_RED: i32 = 15;
/// Differences of red from green and blue beyond so many times the usual ones are ink.
const UNUSUAL: i32 = 8;
/// Difference of channels that is a colour of its own.
const COLOURED: u8 = 45;
/// Points: lines of red that run on so far are rulings and frames, none of seals.
const LONGEST_LINE: f32 = 200.0;

impl Redness {
    /// Measures a page of so many dots a point.
    pub fn of(page: &Raster, per_point: f32) -> Self {
        // Finer pages are averaged field by field; those in between are made coarser first.
        let between = per_point > MAP * 1.25 && per_point < MAP * 1.75;
        let coarser = between.then(|| page.resized((page.width as f32 * MAP / per_point) as usize, (page.height as f32 * MAP / per_point) as usize));
        let (page, per_point) = coarser.as_ref().map_or((page, per_point), |page| (page, MAP));
        let side = ((per_point / MAP).round() as usize).max(1);
        let (width, height) = ((page.width / side).max(1), (page.height / side).max(1));
        let mut dots: Vec<[u8; 3]> = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                let mut sums = [0u32; 3];
                let mut count = 0;
                for sy in y * side..((y + 1) * side).min(page.height) {
                    for sx in x * side..((x + 1) * side).min(page.width) {
                        let dot = page.at(sx, sy);
                        (0..3).for_each(|k| sums[k] += u32::from(dot[k]));
                        count += 1;
                    }
                }
                dots.push(sums.map(|sum| (sum / count.max(1)) as u8));
            }
        }
        let redness = |dot: &[u8; 3]| i32::from(dot[0]) - i32::from(dot[1].max(dot[2]));
        let mut counts = [0usize; 511];
        dots.iter().for_each(|dot| counts[(redness(dot) + 255) as usize] += 1);
        let usual = middle(&counts) as i32 - 255;
        let mut away = [0usize; 511];
        dots.iter().for_each(|dot| away[(redness(dot) - usual).unsigned_abs().min(510) as usize] += 1);
        let least = (UNUSUAL * middle(&away) as i32).clamp(LEAST_RED, 60) as u8;
        let red = dots.iter().map(|dot| (redness(dot) - usual).clamp(0, 255) as u8).collect();
        let coloured = dots.iter().map(is_coloured).collect();
        let mut map = Self { width, height, per_point: per_point / side as f32, red, coloured, least };
        map.drop_lines();
        map
    }

    pub fn is_red(&self, x: usize, y: usize) -> bool {
        self.red[y * self.width + x] >= self.least
    }

    /// As [`Self::is_red`], at the nearest field; nothing is red outside.
    pub fn is_red_at(&self, x: f32, y: f32) -> bool {
        self.field(x, y).is_some_and(|n| self.red[n] >= self.least)
    }

    /// How red a field must be to count as red.
    pub fn least(&self) -> f32 {
        f32::from(self.least)
    }

    pub fn value_at(&self, (x, y): (f32, f32)) -> f32 {
        self.field(x, y).map_or(0.0, |n| f32::from(self.red[n]))
    }

    pub fn is_coloured_at(&self, (x, y): (f32, f32)) -> bool {
        self.field(x, y).is_some_and(|n| self.coloured[n])
    }

    fn field(&self, x: f32, y: f32) -> Option<usize> {
        let (x, y) = (x.round(), y.round());
        (x >= 0.0 && y >= 0.0 && x < self.width as f32 && y < self.height as f32).then(|| y as usize * self.width + x as usize)
    }

    /// Boxes around red fields near each other that are large enough for a seal; none on a page that is red all over.
    pub fn clusters(&self) -> Vec<[usize; 4]> {
        // Squares of four by four fields: what is two squares away belongs to the same thing.
        const SQUARE: usize = 4;
        let (columns, rows) = (self.width.div_ceil(SQUARE), self.height.div_ceil(SQUARE));
        let mut red = vec![false; columns * rows];
        let mut count = 0;
        for y in 0..self.height {
            for x in (0..self.width).filter(|x| self.is_red(*x, y)) {
                red[(y / SQUARE) * columns + x / SQUARE] = true;
                count += 1;
            }
        }
        if count as f32 > MOST_RED * (self.width * self.height) as f32 {
            return Vec::new();
        }
        let large = |squares: usize| (squares * SQUARE) as f32 >= LEAST_SIDE * self.per_point;
        let things = components(&red, columns, rows, 2).into_iter().filter(|b| large(b.x1 - b.x0) && large(b.y1 - b.y0));
        things.map(|b| [b.x0 * SQUARE, b.y0 * SQUARE, (b.x1 * SQUARE).min(self.width), (b.y1 * SQUARE).min(self.height)]).collect()
    }

    /// Takes ruling lines and frames off.
    fn drop_lines(&mut self) {
        let longest = (LONGEST_LINE * self.per_point) as usize;
        let (w, h, least) = (self.width, self.height, self.least);
        let mut gone = Vec::new();
        let mut runs = |count: usize, length: usize, index: &dyn Fn(usize, usize) -> usize, red: &[u8]| {
            for line in 0..count {
                let mut from = 0;
                for n in 0..=length {
                    if n < length && red[index(line, n)] >= least {
                        continue;
                    }
                    if n - from > longest {
                        gone.extend((from..n).map(|k| index(line, k)));
                    }
                    from = n + 1;
                }
            }
        };
        runs(h, w, &|y, x| y * w + x, &self.red);
        runs(w, h, &|x, y| y * w + x, &self.red);
        gone.into_iter().for_each(|n| self.red[n] = 0);
    }
}

/// The value that half of all counted ones do not exceed.
fn middle(counts: &[usize]) -> usize {
    let half = counts.iter().sum::<usize>().div_ceil(2);
    let mut sum = 0;
    counts
        .iter()
        .position(|count| {
            sum += count;
            sum >= half
        })
        .unwrap_or(0)
}

/// Green, blue or yellow: no ink of seals, no paper, no print.
fn is_coloured(dot: &[u8; 3]) -> bool {
    let [r, g, b] = *dot;
    let (most, least) = (r.max(g).max(b), r.min(g).min(b));
    most - least > COLOURED && (r < most || g.saturating_sub(b) > COLOURED)
}

/// Boxes around red fields that are near each other.
fn components(red: &[bool], columns: usize, rows: usize, reach: usize) -> Vec<RedThing> {
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
            for ny in y.saturating_sub(reach)..(y + reach + 1).min(rows) {
                for nx in x.saturating_sub(reach)..(x + reach + 1).min(columns) {
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
