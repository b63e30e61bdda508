//! The writing of a seal as strips: the ring unrolled along the rim, and the line below the middle.
use super::seal::Seal;
use crate::model::Reads;
use crate::read::ocr::lattice::{HEIGHT, Strip, reads};
use crate::read::ocr::{Models, Raster};
use std::f32::consts::{PI, TAU};

/// How far the writing may reach in from the rim, as shares of the short half axis.
const DEPTHS: [f32; 3] = [0.38, 0.46, 0.56];
/// Readings kept of a ring.
const KEPT: usize = 3;
/// Directions in which the writing is looked for.
const AROUND: usize = 240;
/// Writing is where there is this part of the mean of red.
const LEAST_WRITTEN: f32 = 0.4;
/// Directions left free before and after the writing.
const MARGIN: usize = 3;
/// A second place to begin at is tried where it is this far from the first.
const APART: f32 = 0.5;

/// What a seal says: its ring, the best reading first, and the line below its middle.
pub fn read(models: &Models, page: &Raster, per_point: f32, seal: &Seal) -> Option<(Vec<Reads>, Option<Reads>)> {
    let ink = Ink { page, per_point, seal, paper: paper(page, per_point, seal) };
    let inner = ink.inner_edge();
    let start = ink.start(inner);
    let mut strips = Vec::new();
    for depth in DEPTHS {
        strips.push(ink.ring(inner, depth, start, false));
        strips.push(ink.ring(inner, depth, start, true));
    }
    if (start - PI / 2.0).sin().abs() > APART || (start - PI / 2.0).cos() < 0.0 {
        strips.push(ink.ring(inner, DEPTHS[1], PI / 2.0, false));
    }
    let mut rings = reads(models, &strips).ok()?;
    rings.sort_by(|a, b| b.clarity().total_cmp(&a.clarity()));
    rings.truncate(KEPT);
    let line = reads(models, &[ink.line(start)]).ok()?.pop().filter(|line| line.clarity() > 0.0);
    Some((rings, line))
}

struct Ink<'a> {
    page: &'a Raster,
    per_point: f32,
    seal: &'a Seal,
    paper: [f32; 3],
}

/// The paper's colour: the lightest of what stands inside.
fn paper(page: &Raster, per_point: f32, seal: &Seal) -> [f32; 3] {
    let mut dots: Vec<[f32; 3]> = Vec::new();
    for n in 0..AROUND {
        for share in [0.1, 0.3, 0.5, 0.7, 0.93] {
            let (x, y) = seal.rim.within(n as f32 * TAU / AROUND as f32, share);
            dots.push(page.between(x * per_point - 0.5, y * per_point - 0.5));
        }
    }
    dots.sort_by(|a, b| (b[1] + b[2]).total_cmp(&(a[1] + a[2])));
    dots.get(dots.len() / 5).copied().unwrap_or([255.0; 3])
}

impl Ink<'_> {
    /// How much red ink is at a place in points, 0 to 1; print in black is none.
    fn red(&self, (x, y): (f32, f32)) -> f32 {
        let [r, g, b] = self.page.between(x * self.per_point - 0.5, y * self.per_point - 0.5);
        let [pr, pg, pb] = self.paper;
        let redder = (r - g.max(b)) - (pr - pg.max(pb));
        (redder / (155.0 * self.seal.strength.max(0.15))).clamp(0.0, 1.0)
    }

    /// Lightness for reading: of red ink and paper. `sharp` takes it from the green of the dots, which is not as
    /// coarse as their colour, and leaves out what is dark in the red as well.
    fn light(&self, place: (f32, f32), sharp: bool) -> f32 {
        if !sharp {
            return 255.0 * (1.0 - self.red(place));
        }
        let (x, y) = place;
        let [r, g, _] = self.page.between(x * self.per_point - 0.5, y * self.per_point - 0.5);
        let is_print = r < 0.62 * self.paper[0];
        if is_print {
            return 255.0;
        }
        let dark = (self.paper[1] - g) / (self.paper[1] * 0.7 * self.seal.strength.max(0.15));
        255.0 * (1.0 - dark.clamp(0.0, 1.0))
    }

    fn short(&self) -> f32 {
        self.seal.rim.short
    }

    /// Where the rim ends and the paper before the writing begins, as a share of the short half axis from the rim.
    fn inner_edge(&self) -> f32 {
        let share = |depth: f32| (0..AROUND).map(|n| self.red(self.seal.rim.place(n as f32 * TAU / AROUND as f32, -depth * self.short()))).sum::<f32>();
        let depths: Vec<f32> = (0..14).map(|n| n as f32 * 0.015).collect();
        let red: Vec<f32> = depths.iter().map(|depth| share(*depth)).collect();
        let most = red.iter().take(6).fold(0.0, |a: f32, b| a.max(*b));
        let peak = red.iter().position(|red| *red == most).unwrap_or(0);
        let edge = (peak..red.len()).find(|n| red[*n] < 0.4 * most).unwrap_or(peak + 3);
        depths.get(edge).copied().unwrap_or(0.08)
    }

    /// The angle in the middle of the widest gap of the writing: where the name neither begins nor ends.
    fn start(&self, inner: f32) -> f32 {
        let depths: Vec<f32> = (1..=8).map(|n| inner + 0.30 * n as f32 / 8.0).collect();
        let written = |n: usize| {
            let angle = n as f32 * TAU / AROUND as f32;
            let red = depths.iter().map(|depth| self.red(self.seal.rim.place(angle, -depth * self.short()))).sum::<f32>();
            red / depths.len() as f32
        };
        let written: Vec<f32> = (0..AROUND).map(written).collect();
        let mean = written.iter().sum::<f32>() / AROUND as f32;
        // The direction from which the writing is furthest away, near and far counted: robust where print crosses it.
        let emptiness = |n: usize| {
            let reach = AROUND as i32 / 8;
            (-reach..=reach)
                .map(|k| {
                    let weight = 1.0 - (k.abs() as f32 / reach as f32);
                    weight * (written[(n as i32 + k).rem_euclid(AROUND as i32) as usize] - mean)
                })
                .sum::<f32>()
        };
        let emptiest = (0..AROUND).min_by(|a, b| emptiness(*a).total_cmp(&emptiness(*b))).unwrap_or(AROUND / 4);
        emptiest as f32 * TAU / AROUND as f32
    }

    /// How much of the circle the writing leaves free after and before `start`, clockwise and counted from it, in
    /// radians: what else stands there (a line below the star, its corners) is no part of the name.
    fn free(&self, inner: f32, start: f32) -> (f32, f32) {
        let depths: Vec<f32> = (1..=6).map(|n| inner + 0.02 + 0.14 * n as f32 / 6.0).collect();
        let step = TAU / AROUND as f32;
        let written = |angle: f32| {
            let red = depths.iter().map(|depth| self.red(self.seal.rim.place(angle, -depth * self.short()))).sum::<f32>();
            red / depths.len() as f32
        };
        let around: Vec<f32> = (0..AROUND).map(|n| written(start + n as f32 * step)).collect();
        let least = LEAST_WRITTEN * around.iter().sum::<f32>() / AROUND as f32;
        let is_written = |n: usize| (0..3).map(|k| around[(n + k) % AROUND]).sum::<f32>() / 3.0 > least;
        let most = AROUND / 4;
        let after = (0..most).find(|n| is_written(*n)).unwrap_or(0);
        let before = (0..most).find(|n| is_written(AROUND - 3 - n)).unwrap_or(0);
        (after.saturating_sub(MARGIN) as f32 * step, before.saturating_sub(MARGIN) as f32 * step)
    }

    /// The ring from `start` once around, clockwise, its outer edge on top.
    fn ring(&self, inner: f32, depth: f32, start: f32, sharp: bool) -> Strip {
        let rim = &self.seal.rim;
        let (top, bottom) = ((inner - 0.01) * self.short(), (inner + depth) * self.short());
        let (after, before) = self.free(inner, start);
        let (from, arc) = (start + after, TAU - after - before);
        // Equal steps along the middle of the writing.
        let middle = (top + bottom) / 2.0;
        const PARTS: usize = 720;
        let places: Vec<(f32, f32)> = (0..=PARTS).map(|n| rim.place(from + n as f32 * arc / PARTS as f32, -middle)).collect();
        let mut lengths = vec![0f32];
        for pair in places.windows(2) {
            let last = lengths.last().copied().unwrap_or(0.0);
            lengths.push(last + (pair[1].0 - pair[0].0).hypot(pair[1].1 - pair[0].1));
        }
        let whole = lengths[PARTS];
        let at = |along: f32| {
            let part = lengths.partition_point(|length| *length < along).clamp(1, PARTS);
            let share = (along - lengths[part - 1]) / (lengths[part] - lengths[part - 1]).max(f32::EPSILON);
            let (a, b) = (places[part - 1], places[part]);
            (a.0 + share * (b.0 - a.0), a.1 + share * (b.1 - a.1))
        };
        let high = bottom - top;
        let width = ((whole / high * HEIGHT as f32) as usize).clamp(64, 1_600);
        let mut light = vec![255f32; width * HEIGHT];
        for x in 0..width {
            let along = (x as f32 + 0.5) / width as f32 * whole;
            // Letters are straight, however sharply the rim bends below them: the way down is that of a letter's width.
            let reach = 0.35 * high;
            let ((ax, ay), (bx, by)) = (at(along - reach), at(along + reach));
            let length = (bx - ax).hypot(by - ay).max(f32::EPSILON);
            let (down_x, down_y) = ((ay - by) / length, (bx - ax) / length);
            let (mx, my) = at(along);
            for y in 0..HEIGHT {
                let down = high * ((y as f32 + 0.5) / HEIGHT as f32 - 0.5);
                light[y * width + x] = self.light((mx + down * down_x, my + down * down_y), sharp);
            }
        }
        Strip { width, light }
    }

    /// The line between the star and the gap of the ring.
    fn line(&self, start: f32) -> Strip {
        let rim = &self.seal.rim;
        let (bx, by) = rim.within(start, 1.0);
        let (dx, dy) = (bx - rim.x, by - rim.y);
        let length = dx.hypot(dy).max(f32::EPSILON);
        let (down, right) = ((dx / length, dy / length), (dy / length, -dx / length));
        let (high, wide) = (0.26 * length, 1.3 * self.short());
        let width = (wide / high * HEIGHT as f32) as usize;
        let mut light = vec![255f32; width * HEIGHT];
        for y in 0..HEIGHT {
            for x in 0..width {
                let a = wide * ((x as f32 + 0.5) / width as f32 - 0.5);
                let d = 0.38 * length + high * (y as f32 + 0.5) / HEIGHT as f32;
                light[y * width + x] = self.light((rim.x + a * right.0 + d * down.0, rim.y + a * right.1 + d * down.1), false);
            }
        }
        Strip { width, light }
    }
}
