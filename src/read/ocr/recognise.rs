//! Boxes to characters: crops turned level, the recognition model, and its answer as characters with places.
use super::detect::TextBox;
use super::models::{Fault, Models};
use super::raster::Raster;
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, NdTensorView};

/// The model reads strips of this height.
const HEIGHT: usize = 48;
/// One answer stands for so many columns of a strip.
const STEP: usize = 8;
/// Narrower strips are filled up to this.
const LEAST_WIDTH: usize = 160;
/// Wider strips are read narrowed: no line of a page is so long.
const MOST_WIDTH: usize = 4_000;
/// Part of a box's height that is read: boxes have room about their lines, and larger letters are read better. Measured
/// on generated rosters scanned badly: with a tenth less a third fewer letters are read wrong.
const TIGHT: f32 = 0.9;
/// Letters side by side stand an em apart; in a wider gap than this many, one was passed over if the model gives any this
/// chance. Measured on bad scans: 0.07 and more where a 〇 or a mark stands, 0.001 where nothing does.
const GAP: f32 = 1.55;
const PASSED_OVER: f32 = 0.02;
/// Of what is surer than this no other reading is kept, nor any with less than this chance.
const CERTAIN: f32 = 0.98;
const HARDLY: f32 = 0.002;
/// Columns of one batch, filling included; bounds the memory of its answer.
const BATCH: usize = 1_600;

/// Other characters that the model gives a chance in the same place, the likeliest first; the rest are `\0` with none.
pub type Others = [(char, f32); 8];

/// A character as it was read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Character {
    pub c: char,
    /// Middle along the line, as part of the box's length.
    pub along: f32,
    /// 0 to 1: what the model gives this character.
    pub sure: f32,
    pub others: Others,
}

impl Character {
    /// What the model gives another character in its place.
    pub fn chance(&self, c: char) -> f32 {
        self.others.iter().find(|(other, _)| *other == c).map_or(0.0, |(_, sure)| *sure)
    }
}

/// What one box says; nothing where nothing was read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Text {
    pub characters: Vec<Character>,
}

impl Text {
    pub fn string(&self) -> String {
        self.characters.iter().map(|c| c.c).collect()
    }

    /// Mean over the characters; 0 for none.
    pub fn sure(&self) -> f32 {
        let sum: f32 = self.characters.iter().map(|c| c.sure).sum();
        sum / self.characters.len().max(1) as f32
    }
}

/// Reads each box of a page; answers stand in the order of the boxes. `is_turned`: read the crops upside down.
pub fn texts(models: &Models, page: &Raster, boxes: &[TextBox], is_turned: bool) -> Result<Vec<Text>, Fault> {
    let whole = boxes;
    let boxes: Vec<TextBox> = whole.iter().map(tightened).collect();
    let mut strips: Vec<(usize, usize)> = boxes.iter().map(strip_width).enumerate().collect();
    strips.sort_by_key(|(_, width)| *width);
    let mut out = vec![Text::default(); boxes.len()];
    let mut rest = strips.as_slice();
    while !rest.is_empty() {
        // Widths rise: a batch is as wide as its last strip.
        let fits = |n: usize| n == 1 || n * rest[n - 1].1.max(LEAST_WIDTH) <= BATCH;
        let count = (1..=rest.len()).take_while(|n| fits(*n)).last().unwrap_or(1);
        let (batch, later) = rest.split_at(count);
        let width = batch[count - 1].1.max(LEAST_WIDTH);
        let mut input = NdTensor::<f32, 4>::zeros([count, 3, HEIGHT, width]);
        if let Some(values) = input.data_mut() {
            for (place, (which, own)) in batch.iter().enumerate() {
                let plane = HEIGHT * width;
                crop(page, &boxes[*which], *own, is_turned, |x, y, colour| {
                    for c in 0..3 {
                        values[(place * 3 + c) * plane + y * width + x] = colour[2 - c] / 127.5 - 1.0;
                    }
                });
            }
        }
        let output = models.recognition.run_one(input.into(), models.options())?;
        let answers: NdTensor<f32, 3> = output.try_into().map_err(|_| Fault::Shape)?;
        for (place, (which, own)) in batch.iter().enumerate() {
            let steps = answers.size(1) as f32 * (*own as f32 / width as f32);
            out[*which] = decoded(answers.slice(place), steps, &models.alphabet);
            // Places are told along the whole box.
            let (full, read) = (length(&whole[*which]), length(&boxes[*which]));
            out[*which].characters.iter_mut().for_each(|c| c.along = (c.along * read + (full - read) / 2.0) / full);
        }
        rest = later;
    }
    Ok(out)
}

/// The part of a box that is read: the room about the line is taken off evenly.
fn tightened(text: &TextBox) -> TextBox {
    let room = (1.0 - TIGHT) * text.width.min(text.height);
    let tight = TextBox { width: text.width - room, height: text.height - room, ..*text };
    // A box that would be taken for a strip from top to bottom only now stays as it is.
    if tight.is_upright_strip() == text.is_upright_strip() { tight } else { *text }
}

fn length(text: &TextBox) -> f32 {
    if text.is_upright_strip() { text.height } else { text.width }
}

fn strip_width(text: &TextBox) -> usize {
    let (along, across) = if text.is_upright_strip() { (text.height, text.width) } else { (text.width, text.height) };
    ((HEIGHT as f32 * along / across.max(1.0)).ceil() as usize).clamp(STEP, MOST_WIDTH)
}

/// Hands over the dots of a box, levelled and scaled to a strip. A strip from top to bottom is laid on its left side.
fn crop(page: &Raster, text: &TextBox, width: usize, is_turned: bool, mut put: impl FnMut(usize, usize, [f32; 3])) {
    let lies = text.is_upright_strip();
    let (along, across) = if lies { (text.height, text.width) } else { (text.width, text.height) };
    let (step_x, step_y) = (along / width as f32, across / HEIGHT as f32);
    // Where the strip is coarser than the page, several dots make one.
    let parts = (step_x.max(step_y).ceil() as usize).clamp(1, 6);
    for y in 0..HEIGHT {
        for x in 0..width {
            let mut sum = [0f32; 3];
            for k in 0..parts * parts {
                let (px, py) = ((k % parts) as f32, (k / parts) as f32);
                let mut a = (x as f32 + (px + 0.5) / parts as f32) * step_x;
                let mut d = (y as f32 + (py + 0.5) / parts as f32) * step_y;
                if is_turned {
                    (a, d) = (along - a, across - d);
                }
                let (sx, sy) = if lies { text.place(across - d, a) } else { text.place(a, d) };
                let colour = page.between(sx - 0.5, sy - 0.5);
                for c in 0..3 {
                    sum[c] += colour[c];
                }
            }
            put(x, y, sum.map(|v| v / (parts * parts) as f32));
        }
    }
}

/// The likeliest class of each step, equal neighbours joined, nothing left out but class 0.
fn decoded(answers: NdTensorView<f32, 2>, steps: f32, alphabet: &[String]) -> Text {
    let mut characters: Vec<Character> = Vec::new();
    let mut open: Option<(usize, f32, f32)> = None;
    for step in 0..answers.size(0) {
        let row = answers.slice(step);
        let (class, sure) = row.iter().enumerate().fold((0, f32::MIN), |best, (n, p)| if *p > best.1 { (n, *p) } else { best });
        match &mut open {
            Some((same, _, best)) if *same == class => {
                if sure > *best {
                    *best = sure;
                    if let Some(last) = characters.last_mut() {
                        (last.sure, last.along) = (sure, (step as f32 + 0.5) / steps);
                    }
                }
                continue;
            }
            _ => open = (class != 0).then_some((class, step as f32, sure)),
        }
        if class != 0 {
            let Some(c) = alphabet.get(class).and_then(|text| text.chars().next()) else { continue };
            let along = ((step as f32 + 0.5) / steps).min(1.0);
            characters.push(Character { c, along, sure: sure.clamp(0.0, 1.0), others: Others::default() });
        }
    }
    fill_gaps(&mut characters, answers, steps, alphabet);
    while characters.last().is_some_and(|last| last.c.is_whitespace()) {
        characters.pop();
    }
    mend_dashes(&mut characters);
    for read in characters.iter_mut().filter(|read| read.sure < CERTAIN) {
        read.others = others(answers, (read.along * steps) as usize, alphabet);
    }
    Text { characters }
}

/// The characters likeliest at a step or beside it.
fn others(answers: NdTensorView<f32, 2>, step: usize, alphabet: &[String]) -> Others {
    let mut likely: Vec<(usize, f32)> = Vec::new();
    for step in step.saturating_sub(1)..(step + 2).min(answers.size(0)) {
        for (class, chance) in answers.slice(step).iter().enumerate().skip(1).filter(|(_, chance)| **chance >= HARDLY) {
            match likely.iter_mut().find(|(known, _)| *known == class) {
                Some((_, most)) => *most = most.max(*chance),
                None => likely.push((class, *chance)),
            }
        }
    }
    likely.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut out = Others::default();
    let characters = likely.iter().filter_map(|(class, chance)| Some((alphabet.get(*class)?.chars().next()?, chance.min(1.0))));
    characters.zip(&mut out).for_each(|(found, other)| *other = found);
    out
}

/// Puts letters that were passed over into gaps between full-width letters, as doubtful as the model is of them.
fn fill_gaps(characters: &mut Vec<Character>, answers: NdTensorView<f32, 2>, steps: f32, alphabet: &[String]) {
    let wide = |c: &Character| c.c as u32 >= 0x2E80;
    let mut apart: Vec<f32> = characters.windows(2).filter(|pair| pair.iter().all(wide)).map(|pair| pair[1].along - pair[0].along).collect();
    apart.sort_by(f32::total_cmp);
    let Some(em) = apart.get(apart.len() / 2).copied().filter(|_| apart.len() >= 4) else { return };
    let likeliest = |from: f32, to: f32| {
        let inside = |along: f32| ((along * steps).round().max(0.0) as usize).min(answers.size(0));
        let mut best: Option<Character> = None;
        for step in inside(from)..inside(to).max(inside(from)) {
            for (class, chance) in answers.slice(step).iter().enumerate().skip(1) {
                if *chance < PASSED_OVER || best.is_some_and(|known| *chance <= known.sure) {
                    continue;
                }
                let Some(c) = alphabet.get(class).and_then(|text| text.chars().next()).filter(|c| !c.is_whitespace()) else { continue };
                best = Some(Character { c, along: ((step as f32 + 0.5) / steps).min(1.0), sure: chance.min(1.0), others: Others::default() });
            }
        }
        best
    };
    let mut n = 1;
    while n < characters.len() {
        let (before, after) = (characters[n - 1], characters[n]);
        if wide(&before)
            && wide(&after)
            && after.along - before.along >= GAP * em
            && let Some(passed_over) = likeliest(before.along + 0.5 * em, after.along - 0.5 * em)
        {
            characters.insert(n, passed_over);
            n += 1;
        }
        n += 1;
    }
    // A box ends half a letter behind its last one: what stands beyond is another, full-width like those before it.
    if let Some(last) = characters.last().copied().filter(|last| wide(last) && 1.0 - last.along >= em) {
        characters.extend(likeliest(last.along + 0.6 * em, 1.0).filter(wide));
    }
}

/// Makes a dash whole of which half was taken for 一: a Chinese dash is two strokes wide, never one.
fn mend_dashes(characters: &mut [Character]) {
    let is_dash = |c: Option<&Character>| c.is_some_and(|c| c.c == '—');
    for n in 0..characters.len() {
        let (before, after) = (n.checked_sub(1), n + 1);
        if characters[n].c != '—' || is_dash(before.and_then(|b| characters.get(b))) || is_dash(characters.get(after)) {
            continue;
        }
        if let Some(half) = before.into_iter().chain([after]).find(|k| characters.get(*k).is_some_and(|c| c.c == '一')) {
            characters[half].c = '—';
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alphabet() -> Vec<String> {
        ["", "人", "口", " "].map(str::to_owned).to_vec()
    }

    fn answers(classes: &[(usize, f32)]) -> NdTensor<f32, 2> {
        let mut out = NdTensor::zeros([classes.len(), 4]);
        for (step, (class, sure)) in classes.iter().enumerate() {
            out[[step, *class]] = *sure;
        }
        out
    }

    #[test]
    fn equal_steps_are_one_character_and_a_gap_parts_doubles() {
        let text = decoded(answers(&[(1, 0.6), (1, 0.9), (0, 0.9), (1, 0.8), (2, 0.7), (3, 0.9), (0, 0.9)]).view(), 7.0, &alphabet());
        assert_eq!(text.characters.iter().map(|c| c.c).collect::<String>(), "人人口");
        assert!((text.characters[0].sure - 0.9).abs() < 1e-6 && (text.sure() - 0.8).abs() < 1e-6);
        assert!((text.characters[2].along - 4.5 / 7.0).abs() < 1e-6);
    }

    #[test]
    fn a_letter_passed_over_in_a_wide_gap_is_put_in_and_an_empty_gap_stays() {
        let line = |gap: f32| {
            let mut rows: Vec<(usize, f32)> = (0..6).flat_map(|n| [(1 + n % 2, 0.9), (0, 0.9), (0, 0.9)]).collect();
            rows.splice(9..9, [(0, 0.9); 3]);
            let mut answers = answers(&rows);
            answers[[10, 2]] = gap;
            decoded(answers.view(), rows.len() as f32, &alphabet())
        };
        let (filled, empty) = (line(0.08), line(0.001));
        assert_eq!(filled.characters.iter().map(|c| c.c).collect::<String>(), "人口人口口人口");
        assert!((filled.characters[3].sure - 0.08).abs() < 1e-6);
        assert_eq!(empty.characters.len(), 6);
    }

    #[test]
    fn less_room_about_a_line_never_lays_it_on_its_side() {
        for height in [20.0, 100.0, 145.0, 148.0, 160.0] {
            let whole = TextBox { middle: (0.0, 0.0), right: (1.0, 0.0), width: 100.0, height, mean: 1.0 };
            let tight = tightened(&whole);
            assert_eq!(tight.is_upright_strip(), whole.is_upright_strip());
            assert!(tight.height <= height && tight.height > 0.85 * height, "{tight:?}");
        }
    }

    #[test]
    fn half_a_dash_is_no_numeral() {
        let mended = |text: &str| {
            let mut characters: Vec<Character> = text.chars().map(|c| Character { c, along: 0.0, sure: 0.9, others: Others::default() }).collect();
            mend_dashes(&mut characters);
            characters.iter().map(|c| c.c).collect::<String>()
        };
        assert_eq!((mended("账户一—这"), mended("账户—一这"), mended("统一——这")), ("账户——这".into(), "账户——这".into(), "统一——这".into()));
    }

    #[test]
    fn nothing_read_is_not_sure_of_anything() {
        assert_eq!(decoded(answers(&[(0, 0.9); 5]).view(), 5.0, &alphabet()).sure(), 0.0);
    }

    #[test]
    fn a_tilted_box_is_cropped_level() {
        // A dark stripe that falls by one dot in ten.
        let (width, height) = (200, 80);
        let mut rgb = vec![255u8; width * height * 3];
        for x in 0..width {
            let y = 30 + x / 10;
            for thick in 0..4 {
                let n = ((y + thick) * width + x) * 3;
                rgb[n..n + 3].fill(0);
            }
        }
        let page = Raster::new(width, height, rgb).expect("the sides fit");
        let slant = (1.0f32 + 0.01).sqrt();
        let text = TextBox { middle: (100.0, 42.0), right: (1.0 / slant, 0.1 / slant), width: 160.0, height: 20.0, mean: 1.0 };
        let mut dark_rows = std::collections::BTreeSet::new();
        crop(&page, &text, strip_width(&text), false, |_, y, colour| {
            if colour[0] < 80.0 {
                dark_rows.insert(y);
            }
        });
        assert!(!dark_rows.is_empty() && dark_rows.len() < 14, "{dark_rows:?}");
    }
}
