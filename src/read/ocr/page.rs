//! One page from dots to characters with places.
use super::detect::{self, TextBox};
use super::found::{FoundCharacter, FoundLine, Recognised};
use super::models::{Fault, Models};
use super::raster::Raster;
use super::recognise::{self, Character, Text};
use super::rulings::Ruling;
use super::{bleach, ground, missed, spelling, upright};
use crate::read::marks::red;

/// Dots of the detection map for a page of ordinary size.
const MAP: usize = 1_250_000;
/// Dots of map for each square point, where a page is larger than usual.
const MAP_A_POINT: f32 = 2.4;
const LARGEST_MAP: usize = 2_600_000;
/// Boxes below this are not text that was read.
const LEAST_SURE: f32 = 0.5;
/// A page whose lines are read no better than this may stand on its head.
const UPRIGHT: f32 = 0.85;
/// Lines tried both ways.
const TRIED: usize = 8;
/// Dots of map for a first look at what is no paper.
const GLANCE: usize = 250_000;
/// A photograph has a banner and a sign or two; with more lines than this it is looked at again, as a page.
const FEW_LINES: usize = 4;
/// How sure any reading of a page without shades of grey can be: below what an answer may rest on.
const SURE_OF_COPY: f32 = 0.9;
/// Slopes below this do no harm.
const LEVEL: f32 = 0.001;
/// Points around a dot that it is compared with to tell whether it is printed.
const SURROUNDINGS: f32 = 12.0;
/// Sizes that differ less than this are one size, measured unevenly.
const SAME_SIZE: f32 = 1.16;

/// A page as dots, and its size in points as a viewer shows it.
#[derive(Debug, Clone)]
pub struct Picture {
    pub raster: Raster,
    pub width: f32,
    pub height: f32,
}

/// Reads a page. `is_thrifty`: what is plainly a photograph gets only a glance.
///
/// # Errors
/// Where a model does not run; never for what the page shows.
pub fn recognise(models: &Models, picture: Picture, is_thrifty: bool) -> Result<Recognised, Fault> {
    if is_thrifty && !ground::is_paper(&picture.raster) {
        let boxes = detect::boxes(models, &picture.raster, GLANCE)?;
        if boxes.len() <= FEW_LINES {
            return glanced(models, &picture, &boxes);
        }
    }
    read_in_full(models, picture)
}

/// The few lines of a photograph.
fn glanced(models: &Models, picture: &Picture, boxes: &[TextBox]) -> Result<Recognised, Fault> {
    let per_point = picture.raster.width as f32 / picture.width.max(1.0);
    let mut out = Recognised { width: picture.width, height: picture.height, to_page: [1.0, 0.0, 0.0, 1.0, 0.0, 0.0], ..Recognised::default() };
    let mut texts = recognise::texts(models, &picture.raster, boxes, false)?;
    spelling::mend(&mut texts, boxes);
    sort_out(&mut out, boxes, &texts, per_point);
    Ok(out)
}

/// Lines that were read, and places where something that looks like a line was not.
fn sort_out(out: &mut Recognised, boxes: &[TextBox], texts: &[Text], per_point: f32) {
    for (text, read) in boxes.iter().zip(texts) {
        if read.characters.is_empty() || read.sure() < LEAST_SURE {
            out.unread.push(bounds(text, per_point));
        } else {
            out.lines.push(line(text, read, per_point));
        }
    }
    even_sizes(&mut out.lines);
}

fn read_in_full(models: &Models, picture: Picture) -> Result<Recognised, Fault> {
    let per_point = picture.raster.width as f32 / picture.width.max(1.0);
    let area = ((picture.width * picture.height * MAP_A_POINT) as usize).clamp(MAP, LARGEST_MAP);
    let is_copy = ground::is_black_and_white(&picture.raster);
    let things = red::red_things(&picture.raster, per_point);
    let mut page = picture.raster;
    bleach::bleach(&mut page, &things);
    let mut page = red::without(page, &things);
    let (shown_width, shown_height) = (page.width as f32, page.height as f32);

    let narrow = page.width.min(900);
    let slope = upright::slope(&page.resized(narrow, page.height * narrow / page.width).grey());
    let slope = if slope.abs() < LEVEL { 0.0 } else { slope };
    if slope != 0.0 {
        page = page.levelled(slope);
    }
    let mut boxes = detect::boxes(models, &page, area)?;
    let mut quarters = 0;
    if lies_on_its_side(&boxes) {
        page = page.turned(1);
        quarters = 1;
        boxes = detect::boxes(models, &page, area)?;
    }
    let (is_turned, mut texts) = read_upright(models, &page, &boxes)?;
    if is_turned {
        page = page.turned(2);
        quarters += 2;
        for text in &mut boxes {
            text.middle = (page.width as f32 - text.middle.0, page.height as f32 - text.middle.1);
        }
    }

    spelling::mend(&mut texts, &boxes);

    let grey = page.grey();
    let printed = grey.printed(((SURROUNDINGS * per_point) as usize).max(6));
    let mut rulings = grey.rulings(&printed, per_point);
    rulings.retain(|ruling| !is_stroke(ruling, &boxes));
    let mut out = Recognised {
        width: page.width as f32 / per_point,
        height: page.height as f32 / per_point,
        to_page: way_back(quarters, slope, (shown_width, shown_height), per_point),
        rulings: rulings.iter().map(|r| if r.is_level { [r.from, r.at, r.to, r.at] } else { [r.at, r.from, r.at, r.to] }.map(|v| v / per_point)).collect(),
        is_copy,
        ..Recognised::default()
    };
    let to_upright = inverse(out.to_page);
    out.seals = things.iter().map(|t| super::found::mapped_rect(to_upright, [t.x0, t.y0, t.x1, t.y1].map(|v| v as f32 / per_point))).collect();
    sort_out(&mut out, &boxes, &texts, per_point);
    let known = out.lines.iter().map(extent).chain(out.unread.iter().chain(&out.seals).copied());
    let missed = missed::missed(&printed, page.width, per_point, known, &out.rulings);
    out.unread.extend(missed);
    if is_copy {
        out.lines.iter_mut().flat_map(|line| &mut line.characters).for_each(|c| c.sure = c.sure.min(SURE_OF_COPY));
    }
    Ok(out)
}

/// The box around a line.
fn extent(line: &FoundLine) -> [f32; 4] {
    line.characters
        .iter()
        .fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |all, c| [all[0].min(c.rect[0]), all[1].min(c.rect[1]), all[2].max(c.rect[2]), all[3].max(c.rect[3])])
}

/// Whether a line is a stroke of a large letter: inside a box of text and not much longer than the box is high.
fn is_stroke(ruling: &Ruling, boxes: &[TextBox]) -> bool {
    let middle = (ruling.from + ruling.to) / 2.0;
    let (x, y) = if ruling.is_level { (middle, ruling.at) } else { (ruling.at, middle) };
    boxes.iter().any(|text| {
        let (dx, dy) = (x - text.middle.0, y - text.middle.1);
        let (along, down) = (dx * text.right.0 + dy * text.right.1, dy * text.right.0 - dx * text.right.1);
        let inside = along.abs() < text.width / 2.0 && down.abs() < text.height / 2.0;
        inside && ruling.to - ruling.from < 1.6 * text.width.min(text.height)
    })
}

/// Whether most of the text, by area, stands in strips from top to bottom.
fn lies_on_its_side(boxes: &[TextBox]) -> bool {
    let area = |strips: bool| {
        boxes.iter().filter(|b| b.is_upright_strip() == strips && b.width.max(b.height) > 2.0 * b.width.min(b.height)).map(|b| b.width * b.height).sum::<f32>()
    };
    area(true) > 2.0 * area(false)
}

/// Reads every box, and tells whether the page stands on its head: whether some of its longer lines read better so.
fn read_upright(models: &Models, page: &Raster, boxes: &[TextBox]) -> Result<(bool, Vec<Text>), Fault> {
    let mut longest: Vec<usize> = (0..boxes.len()).collect();
    longest.sort_by(|a, b| boxes[*b].width.max(boxes[*b].height).total_cmp(&boxes[*a].width.max(boxes[*a].height)));
    // Very long lines cost most and tell no more than middling ones.
    let skipped = longest.len() / 6;
    let tried: Vec<usize> = longest.iter().copied().skip(skipped).take(TRIED).collect();
    let rest: Vec<usize> = longest.iter().copied().take(skipped).chain(longest.iter().copied().skip(skipped + TRIED)).collect();
    let read = |which: &[usize], is_turned: bool| recognise::texts(models, page, &which.iter().map(|n| boxes[*n]).collect::<Vec<_>>(), is_turned);
    let mean = |texts: &[Text]| texts.iter().map(Text::sure).sum::<f32>() / texts.len().max(1) as f32;
    let mut is_turned = false;
    let mut known = read(&tried, false)?;
    if !tried.is_empty() && mean(&known) < UPRIGHT {
        let other = read(&tried, true)?;
        if mean(&other) > mean(&known) + 0.05 {
            (is_turned, known) = (true, other);
        }
    }
    let mut texts = vec![Text::default(); boxes.len()];
    for (n, text) in tried.iter().zip(known).chain(rest.iter().zip(read(&rest, is_turned)?)) {
        texts[*n] = text;
    }
    Ok((is_turned, texts))
}

/// From points of the upright page to points of the page as shown.
fn way_back(quarters: u8, slope: f32, (w, h): (f32, f32), per_point: f32) -> [f32; 6] {
    let turn: [f32; 6] = match quarters % 4 {
        0 => [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
        1 => [0.0, -1.0, 1.0, 0.0, 0.0, h],
        2 => [-1.0, 0.0, 0.0, -1.0, w, h],
        _ => [0.0, 1.0, -1.0, 0.0, w, 0.0],
    };
    let (sin, cos) = slope.atan().sin_cos();
    let (mx, my) = (w / 2.0, h / 2.0);
    let level = [cos, sin, -sin, cos, mx - mx * cos + my * sin, my - mx * sin - my * cos];
    let mut whole = then(turn, level);
    whole[4] /= per_point;
    whole[5] /= per_point;
    whole
}

fn then(first: [f32; 6], second: [f32; 6]) -> [f32; 6] {
    let [a, b, c, d, e, f] = first;
    let [oa, ob, oc, od, oe, of] = second;
    [a * oa + b * oc, a * ob + b * od, c * oa + d * oc, c * ob + d * od, e * oa + f * oc + oe, e * ob + f * od + of]
}

/// Turns and shifts only: always invertible.
fn inverse([a, b, c, d, e, f]: [f32; 6]) -> [f32; 6] {
    let whole = a * d - b * c;
    let [ia, ib, ic, id] = [d / whole, -b / whole, -c / whole, a / whole];
    [ia, ib, ic, id, -(e * ia + f * ic), -(e * ib + f * id)]
}

fn bounds(text: &TextBox, per_point: f32) -> [f32; 4] {
    let corners = [(0.0, 0.0), (text.width, 0.0), (0.0, text.height), (text.width, text.height)].map(|(a, d)| text.place(a, d));
    corners.iter().fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |r, (x, y)| [r[0].min(*x), r[1].min(*y), r[2].max(*x), r[3].max(*y)]).map(|v| v / per_point)
}

/// Characters of a box with their places: an em wide at most, and never over their neighbours.
fn line(text: &TextBox, read: &Text, per_point: f32) -> FoundLine {
    let lies = text.is_upright_strip();
    let (length, across) = if lies { (text.height, text.width) } else { (text.width, text.height) };
    let places: Vec<f32> = read.characters.iter().map(|c| c.along * length).collect();
    let size = em(&read.characters, &places, across);
    let characters = read.characters.iter().enumerate().map(|(n, found)| {
        let half_of = |c: char| if is_wide(c) { 0.5 } else { 0.27 } * size;
        let half = half_of(found.c);
        // Where letters stand close their boxes meet; blanks come from the model, not from uneven places.
        let side = |other: Option<usize>| {
            let Some(other) = other else { return half };
            let (apart, next) = ((places[other] - places[n]).abs(), read.characters[other].c);
            let touching = half + half_of(next);
            let is_close = apart < touching + if is_wide(found.c) && is_wide(next) { 0.3 * size } else { 0.9 * size };
            if is_close { apart * half / touching } else { half }
        };
        let (before, after) = (side(n.checked_sub(1)), side((n + 1 < places.len()).then_some(n + 1)));
        let (x, y) = if lies { text.place(across / 2.0, places[n]) } else { text.place(places[n], across / 2.0) };
        let rect = if lies { [x - size / 2.0, y - before, x + size / 2.0, y + after] } else { [x - before, y - size / 2.0, x + after, y + size / 2.0] };
        let base = if lies { rect[3] - 0.12 * size } else { text.middle.1 + 0.38 * size };
        FoundCharacter { c: found.c, rect: rect.map(|v| v / per_point), base: base / per_point, sure: found.sure }
    });
    FoundLine { size: size / per_point, characters: characters.collect() }
}

/// The letters' em: from the steps of full-width letters where there are some, else from the box.
fn em(characters: &[Character], places: &[f32], across: f32) -> f32 {
    let mut steps: Vec<f32> =
        (1..places.len()).filter(|n| is_wide(characters[*n].c) && is_wide(characters[n - 1].c)).map(|n| places[n] - places[n - 1]).collect();
    steps.sort_by(f32::total_cmp);
    match steps.get(steps.len() / 2) {
        Some(step) if steps.len() >= 4 => step.clamp(0.6 * across, 0.95 * across),
        _ => 0.78 * across,
    }
}

/// Characters a full em wide.
fn is_wide(c: char) -> bool {
    matches!(c as u32, 0x2E80..=0xA4CF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF01..=0xFF60 | 0x2460..=0x24FF | 0x25A0..=0x27BF | 0x20000..=0x3FFFF)
}

/// Gives lines of nearly one size the same size.
fn even_sizes(lines: &mut [FoundLine]) {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by(|a, b| lines[*a].size.total_cmp(&lines[*b].size));
    let mut rest = order.as_slice();
    while let Some(first) = rest.first() {
        let most = lines[*first].size * SAME_SIZE;
        let count = rest.iter().take_while(|n| lines[**n].size <= most).count();
        let (group, later) = rest.split_at(count);
        let letters: usize = group.iter().map(|n| lines[*n].characters.len()).sum();
        let mut seen = 0;
        let middle = group.iter().find(|n| {
            seen += lines[**n].characters.len();
            2 * seen >= letters
        });
        let size = middle.map_or(most, |n| lines[*n].size);
        for n in group {
            lines[*n].size = size;
        }
        rest = later;
    }
}

#[cfg(test)]
mod tests {
    use super::super::found::mapped;
    use super::*;

    #[test]
    fn places_go_back_to_where_they_were_on_the_page() {
        let (w, h) = (300usize, 200usize);
        let mut rgb = vec![255u8; w * h * 3];
        for y in 60..64 {
            for x in 220..224 {
                rgb[(y * w + x) * 3..(y * w + x) * 3 + 3].fill(0);
            }
        }
        let page = Raster::new(w, h, rgb).expect("the sides fit");
        for quarters in 0..4u8 {
            for slope in [0.0f32, 0.05, -0.03] {
                let upright = page.levelled(slope).turned(quarters);
                let dark: Vec<(f32, f32)> = (0..upright.width * upright.height)
                    .filter(|n| upright.rgb[n * 3] < 100)
                    .map(|n| ((n % upright.width) as f32 + 0.5, (n / upright.width) as f32 + 0.5))
                    .collect();
                let middle = dark.iter().fold((0.0, 0.0), |s, d| (s.0 + d.0 / dark.len() as f32, s.1 + d.1 / dark.len() as f32));
                let map = way_back(quarters, slope, (w as f32, h as f32), 2.0);
                let (x, y) = mapped(map, middle.0 / 2.0, middle.1 / 2.0);
                assert!((x - 111.0).abs() < 0.7 && (y - 31.0).abs() < 0.7, "{quarters} {slope}: {x} {y}");
                let (ux, uy) = mapped(inverse(map), x, y);
                assert!((ux - middle.0 / 2.0).abs() < 0.01 && (uy - middle.1 / 2.0).abs() < 0.01);
            }
        }
    }

    fn read(text: &str, step: f32) -> (TextBox, Text) {
        let count = text.chars().count() as f32;
        let characters =
            text.chars().enumerate().map(|(n, c)| Character { c, along: (n as f32 + 0.5) / count, sure: 0.99, others: recognise::Others::default() });
        let text = Text { characters: characters.collect() };
        (TextBox { middle: (500.0, 100.0), right: (1.0, 0.0), width: count * step, height: 40.0, mean: 0.9 }, text)
    }

    #[test]
    fn letters_stand_side_by_side_and_take_their_size_from_their_steps() {
        let (text, read) = read("徐州市计算机学会", 32.0);
        let line = line(&text, &read, 2.0);
        assert!((line.size - 16.0).abs() < 0.01, "{}", line.size);
        assert!(line.characters.windows(2).all(|pair| (pair[0].rect[2] - pair[1].rect[0]).abs() < 0.01));
    }

    #[test]
    fn sizes_that_differ_by_chance_are_one_size() {
        let line = |size: f32| FoundLine {
            size,
            characters: read("人民", 30.0).1.characters.iter().map(|c| FoundCharacter { c: c.c, rect: [0.0; 4], base: 0.0, sure: 1.0 }).collect(),
        };
        let mut lines = vec![line(10.0), line(11.0), line(10.4), line(18.0)];
        even_sizes(&mut lines);
        assert_eq!(lines.iter().map(|l| l.size).collect::<Vec<_>>(), [10.4, 10.4, 10.4, 18.0]);
    }
}
