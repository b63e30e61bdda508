//! Which red ellipses on a page are seals: a thin rim, writing along it, and nothing else inside.
use super::red::Redness;
use super::rim::{self, DIRECTIONS, Ellipse};
use crate::model::SealShape;
use std::f32::consts::TAU;

/// Seals told of one page; a page of stamps has fewer.
const MOST: usize = 12;
/// The middle of the writing stands between these shares of the way to the rim; nearer to it, a line drawn by hand
/// wanders in and out.
const WRITING: (f32, f32) = (0.52, 0.84);
/// Share of red between them: less is an empty ring, more a solid badge.
const LEAST_WRITTEN: f32 = 0.05;
const MOST_WRITTEN: f32 = 0.66;
/// Share of red inside the rim as a whole.
const MOST_FILLED: f32 = 0.62;
/// Share of the sectors of ten degrees that hold some writing; below the name most seals have none.
const LEAST_SECTORS: f32 = 0.35;
/// Both where a name is short and pale or print covers some of it: 0.032 and 0.28 were measured. Then nothing red may run on across
/// the rim, as roads do across a circle on a map.
const LEAST_WRITTEN_ALONE: f32 = 0.03;
const LEAST_SECTORS_ALONE: f32 = 0.25;
const MOST_OUTSIDE_ALONE: f32 = 0.15;
/// Strokes met on a round through the writing: a name has six letters or more.
const LEAST_STROKES: usize = 12;
/// Strokes where red runs on across much of the rim: another seal adds its own to them, roads under a circle on a map have few.
/// Measured: 25 at most on maps, none crossed so by more than 0.4 on pages with one seal.
const MANY_STROKES: usize = 28;
const MUCH_OUTSIDE: f32 = 0.4;
/// Share of dots inside in another colour than red, black and the paper's.
const MOST_COLOURED: f32 = 0.04;
/// Share of directions in which red goes on outside the rim: a seal over another's rim, a red line.
const MOST_OUTSIDE: f32 = 0.7;
/// Longer than this times its height is an oval seal.
const OVAL: f32 = 1.15;
/// The thin strokes of letters are paler than the rim: red is what has this part of its redness.
const PALER: f32 = 0.35;
/// What fresh ink on white paper reddens a dot by.
const FRESH: f32 = 155.0;

/// A seal's rim in points of the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seal {
    pub rim: Ellipse,
    pub shape: SealShape,
    /// 0 to 1.
    pub strength: f32,
}

/// Seals on a page, from the top.
pub fn seals(map: &Redness) -> Vec<Seal> {
    let mut out: Vec<Seal> = Vec::new();
    for cluster in map.clusters() {
        for rim in rim::rims(map, cluster) {
            let repeats = |seal: &Seal| (seal.rim.x * map.per_point - rim.x).hypot(seal.rim.y * map.per_point - rim.y) < 0.25 * rim.short;
            if out.len() < MOST && is_seal(map, &rim) && !out.iter().any(repeats) {
                out.push(seal(map, &rim));
            }
        }
    }
    out.sort_by(|a, b| (a.rim.y, a.rim.x).partial_cmp(&(b.rim.y, b.rim.x)).unwrap_or(std::cmp::Ordering::Equal));
    out
}

/// How red the rim is, print and bare paper over it left out.
fn redness(map: &Redness, rim: &Ellipse) -> f32 {
    let reddest = |n: usize| {
        let angle = n as f32 * TAU / DIRECTIONS as f32;
        [-1.0, 0.0, 1.0].iter().map(|away| map.value_at(rim.place(angle, *away))).fold(0.0, f32::max)
    };
    let mut red: Vec<f32> = (0..DIRECTIONS).map(reddest).collect();
    red.sort_by(f32::total_cmp);
    red[DIRECTIONS * 2 / 3]
}

fn seal(map: &Redness, rim: &Ellipse) -> Seal {
    let strength = (redness(map, rim) / FRESH).clamp(0.0, 1.0);
    let points = |v: f32| v / map.per_point;
    let rim_of = Ellipse { x: points(rim.x + 0.5), y: points(rim.y + 0.5), long: points(rim.long), short: points(rim.short), turn: rim.turn };
    Seal { rim: rim_of, shape: if rim.aspect() > OVAL { SealShape::Oval } else { SealShape::Round }, strength }
}

/// What the inside of an ellipse looks like.
#[derive(Debug, Default)]
struct Inside {
    written: f32,
    filled: f32,
    sectors: f32,
    strokes: usize,
    coloured: f32,
    outside: f32,
}

fn is_seal(map: &Redness, rim: &Ellipse) -> bool {
    let look = inside(map, rim);
    let is_alone = look.outside <= MOST_OUTSIDE_ALONE;
    let (written, sectors) = if is_alone { (LEAST_WRITTEN_ALONE, LEAST_SECTORS_ALONE) } else { (LEAST_WRITTEN, LEAST_SECTORS) };
    (written..=MOST_WRITTEN).contains(&look.written)
        && look.filled <= MOST_FILLED
        && look.sectors >= sectors
        && look.strokes >= if look.outside > MUCH_OUTSIDE { MANY_STROKES } else { LEAST_STROKES }
        && look.coloured <= MOST_COLOURED
        && look.outside <= MOST_OUTSIDE
}

fn inside(map: &Redness, rim: &Ellipse) -> Inside {
    const ROUNDS: usize = 40;
    const AROUND: usize = 360;
    let angle = |n: usize| n as f32 * TAU / AROUND as f32;
    let least = (PALER * redness(map, rim)).max(0.6 * map.least());
    let (mut written, mut writing, mut filled, mut area, mut coloured) = (0f32, 0f32, 0f32, 0f32, 0f32);
    let mut sectors = [0usize; 36];
    let mut strokes = 0;
    for round in 1..ROUNDS - 1 {
        let share = round as f32 / ROUNDS as f32;
        let is_writing = (WRITING.0..=WRITING.1).contains(&share);
        let (mut before, mut met) = (false, 0);
        for n in 0..AROUND {
            let at = rim.within(angle(n), share);
            let red = map.value_at(at) >= least;
            // Rounds near the rim stand for more of the area.
            area += share;
            filled += if red { share } else { 0.0 };
            coloured += if map.is_coloured_at(at) { share } else { 0.0 };
            if is_writing {
                writing += share;
                written += if red { share } else { 0.0 };
                sectors[n / 10] += usize::from(red);
                met += usize::from(red && !before);
            }
            before = red;
        }
        strokes = strokes.max(met);
    }
    let out = |n: &usize| {
        let angle = *n as f32 * TAU / DIRECTIONS as f32;
        [3.5, 5.0].iter().any(|away| {
            let (x, y) = rim.place(angle, *away);
            map.is_red_at(x, y)
        })
    };
    let rounds = (WRITING.1 - WRITING.0) * ROUNDS as f32;
    Inside {
        written: written / writing.max(1.0),
        filled: filled / area,
        sectors: sectors.iter().filter(|red| **red as f32 > 0.04 * rounds * 10.0).count() as f32 / 36.0,
        strokes,
        coloured: coloured / area,
        outside: (0..DIRECTIONS).filter(out).count() as f32 / DIRECTIONS as f32,
    }
}
