//! Red ink of seals made as light as the paper around it: what is left of its letters would be read as text.
use super::raster::Raster;
use crate::read::marks::red::RedThing;

/// A dot has red ink where its red exceeds the stronger of the others by this.
const REDDER: i32 = 12;
/// In the red channel, part of the paper's lightness: black print below ink is darker.
const PRINT: f32 = 0.15;
/// Ink alone is this light, whatever its seal: between them lies what is print in part.
const INK: std::ops::RangeInclusive<f32> = 0.55..=0.95;
/// Dots with this part of a thing's strongest red are ink alone, and so many of a hundred of them may be darker than ink is.
const STRONG: f32 = 0.6;
const DARKER: usize = 15;

/// Lightens red ink inside the things; black print below it stays.
pub fn bleach(page: &mut Raster, things: &[RedThing]) {
    for thing in things {
        let paper = f32::from(paper(page, thing));
        let ink = ink(page, thing, paper);
        for y in thing.y0..thing.y1 {
            for x in thing.x0..thing.x1 {
                let dot = page.at(x, y);
                if redness(dot) > REDDER {
                    let part = (f32::from(dot[0]) / paper.max(1.0) - PRINT) / (ink - PRINT);
                    let light = (part * paper).clamp(0.0, paper) as u8;
                    let n = (y * page.width + x) * 3;
                    page.rgb[n..n + 3].fill(light);
                }
            }
        }
    }
}

fn redness([r, g, b]: [u8; 3]) -> i32 {
    i32::from(r) - i32::from(g.max(b))
}

/// How light a thing's ink is where nothing is printed below it, as part of the paper's lightness: the same ink is a
/// shade in one scan and glaring in another, and faint print on it must not be taken for ink.
fn ink(page: &Raster, thing: &RedThing, paper: f32) -> f32 {
    let dots = || (thing.y0..thing.y1).flat_map(|y| (thing.x0..thing.x1).map(move |x| page.at(x, y)));
    let mut counts = [0usize; 256];
    dots().filter(|dot| redness(*dot) > REDDER).for_each(|dot| counts[redness(dot) as usize] += 1);
    // The strongest twentieth: single dots of noise are redder than any ink.
    let strongest = lowest(&counts, 95);
    let mut lightness = [0usize; 256];
    dots().filter(|dot| redness(*dot) as f32 > (STRONG * strongest as f32).max(REDDER as f32)).for_each(|dot| lightness[usize::from(dot[0])] += 1);
    (lowest(&lightness, DARKER) as f32 / paper.max(1.0)).clamp(*INK.start(), *INK.end())
}

/// The value below which so many of a hundred counted ones lie.
fn lowest(counts: &[usize; 256], hundredths: usize) -> usize {
    let most = counts.iter().sum::<usize>() * hundredths / 100;
    let mut below = 0;
    counts
        .iter()
        .position(|count| {
            below += count;
            below > most
        })
        .unwrap_or(255)
}

/// How light the paper is about a thing, in the red channel: the upper fifth of its dots begins there.
fn paper(page: &Raster, thing: &RedThing) -> u8 {
    let mut counts = [0usize; 256];
    for y in thing.y0..thing.y1 {
        for x in thing.x0..thing.x1 {
            counts[usize::from(page.at(x, y)[0])] += 1;
        }
    }
    let fifth = counts.iter().sum::<usize>() / 5;
    let mut above = 0;
    (0..=u8::MAX)
        .rev()
        .find(|light| {
            above += counts[usize::from(*light)];
            above > fifth
        })
        .unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faint_print_on_bright_ink_stays() {
        // Ink as light in red as the paper; thin strokes, half as light, that the scanner made reddish.
        let colour = |x: usize| match x % 10 {
            0..=3 => [226, 74, 80],
            4 => [118, 88, 90],
            _ => [228, 226, 224],
        };
        let mut page = Raster::new(40, 20, (0..800).flat_map(|n| colour(n % 40)).collect()).expect("the sides fit");
        bleach(&mut page, &[RedThing { x0: 0, y0: 0, x1: 40, y1: 20 }]);
        assert!(page.at(0, 5)[0] > 215, "{:?}", page.at(0, 5));
        assert!(page.at(4, 5)[0] < 115, "{:?}", page.at(4, 5));
    }

    #[test]
    fn ink_becomes_paper_and_print_below_it_stays() {
        let colour = |x: usize| match x % 10 {
            0..=2 => [190, 70, 70],
            3 => [40, 12, 12],
            _ => [215, 214, 212],
        };
        let mut page = Raster::new(40, 20, (0..800).flat_map(|n| colour(n % 40)).collect()).expect("the sides fit");
        bleach(&mut page, &[RedThing { x0: 0, y0: 0, x1: 30, y1: 20 }]);
        assert_eq!((page.at(0, 5), page.at(5, 5)), ([215; 3], [215, 214, 212]));
        assert!(page.at(3, 5)[0] < 40);
        assert_eq!(page.at(30, 5), [190, 70, 70], "outside the things nothing changes");
    }
}
