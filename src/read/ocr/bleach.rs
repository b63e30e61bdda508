//! Red ink of seals made as light as the paper around it: what is left of its letters would be read as text.
use super::raster::Raster;
use crate::read::marks::red::RedThing;

/// A dot has red ink where its red exceeds the stronger of the others by this.
const REDDER: i32 = 12;
/// In the red channel, parts of the paper's lightness: black print below ink is darker than the first, ink alone lighter than the second.
const PRINT: f32 = 0.25;
const INK: f32 = 0.70;

/// Lightens red ink inside the things; black print below it stays.
pub fn bleach(page: &mut Raster, things: &[RedThing]) {
    for thing in things {
        let paper = f32::from(paper(page, thing));
        for y in thing.y0..thing.y1 {
            for x in thing.x0..thing.x1 {
                let [r, g, b] = page.at(x, y);
                if i32::from(r) - i32::from(g.max(b)) > REDDER {
                    let part = (f32::from(r) / paper.max(1.0) - PRINT) / (INK - PRINT);
                    let light = (part * paper).clamp(0.0, paper) as u8;
                    let n = (y * page.width + x) * 3;
                    page.rgb[n..n + 3].fill(light);
                }
            }
        }
    }
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
