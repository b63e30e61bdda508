//! Where text stands: the detection model's map, and boxes around what it marks.
use super::models::{Fault, Models};
use super::raster::Raster;
use rten_imageproc::{Point, min_area_rect};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, NdTensorView};
use std::collections::BTreeMap;

/// Map values above this are text.
const TEXT: f32 = 0.3;
/// Boxes with a lower mean are none.
const LEAST_MEAN: f32 = 0.5;
/// The map marks the middle of lines; boxes are grown by this part of area over girth.
const GROWTH: f32 = 1.6;
/// Boxes with a smaller side in map dots are specks.
const LEAST_SIDE: f32 = 3.0;
/// A page with more boxes is no page of text.
const MOST_BOXES: usize = 3_000;

/// A box around one line of text, in dots of the page; its first side runs along the line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextBox {
    pub middle: (f32, f32),
    /// Unit vector to the right; the one down is this turned clockwise.
    pub right: (f32, f32),
    pub width: f32,
    pub height: f32,
    /// Mean of the map inside, 0 to 1.
    pub mean: f32,
}

impl TextBox {
    /// A place in the box, from its top left corner along and down, in dots of the page.
    pub fn place(&self, along: f32, down: f32) -> (f32, f32) {
        let (a, d) = (along - self.width / 2.0, down - self.height / 2.0);
        (self.middle.0 + self.right.0 * a - self.right.1 * d, self.middle.1 + self.right.1 * a + self.right.0 * d)
    }

    /// Writing from top to bottom, or a line on a page that lies on its side.
    pub fn is_upright_strip(&self) -> bool {
        self.height >= 1.5 * self.width
    }
}

/// Boxes of a page, top to bottom. `area` is how many dots of map the page is worth.
pub fn boxes(models: &Models, page: &Raster, area: usize) -> Result<Vec<TextBox>, Fault> {
    let shrink = (area as f32 / (page.width * page.height) as f32).sqrt().min(1.0);
    let side = |length: usize| (((length as f32 * shrink) / 32.0).round() as usize).max(1) * 32;
    let (width, height) = (side(page.width), side(page.height));
    let small = page.resized(width, height);
    // Channels stand blue, green, red; values from -1 to 1.
    let mut input = NdTensor::<f32, 4>::zeros([1, 3, height, width]);
    if let Some(values) = input.data_mut() {
        let plane = width * height;
        for (n, dot) in small.rgb.chunks_exact(3).enumerate() {
            for c in 0..3 {
                values[c * plane + n] = f32::from(dot[2 - c]) / 127.5 - 1.0;
            }
        }
    }
    drop(small);
    let output = models.detection.run_one(input.into(), models.options())?;
    let map: NdTensor<f32, 4> = output.try_into().map_err(|_| Fault::Shape)?;
    let map = map.slice((0, 0));
    let scale = (page.width as f32 / map.size(1) as f32, page.height as f32 / map.size(0) as f32);
    let mut found = boxes_of(map, scale);
    found.sort_by(|a, b| a.middle.1.total_cmp(&b.middle.1).then(a.middle.0.total_cmp(&b.middle.0)));
    Ok(found)
}

fn boxes_of(map: NdTensorView<f32, 2>, scale: (f32, f32)) -> Vec<TextBox> {
    let [height, width] = map.shape();
    let mut mask = vec![false; width * height];
    for y in 0..height {
        for x in 0..width {
            if map[[y, x]] > TEXT {
                // Grown by one dot to the right and down, so that broken strokes hold together.
                for (dy, dx) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
                    if y + dy < height && x + dx < width {
                        mask[(y + dy) * width + x + dx] = true;
                    }
                }
            }
        }
    }
    let mut out = Vec::new();
    for points in outlines(&mut mask, width).into_iter().take(MOST_BOXES) {
        let Some(rect) = min_area_rect(&points) else { continue };
        // An outline runs through the middles of dots.
        let (mut w, mut h) = (rect.width() + 1.0, rect.height() + 1.0);
        if w.min(h) < LEAST_SIDE {
            continue;
        }
        let up = rect.up_axis();
        let mut right = (up.y, -up.x);
        if right.0.abs() < right.1.abs() {
            right = (-right.1, right.0);
            (w, h) = (h, w);
        }
        if right.0 < 0.0 {
            right = (-right.0, -right.1);
        }
        let centre = rect.center();
        let small = TextBox { middle: (centre.x + 0.5, centre.y + 0.5), right, width: w, height: h, mean: 0.0 };
        let mean = mean(&map, &small);
        if mean < LEAST_MEAN {
            continue;
        }
        let growth = w * h * GROWTH / (2.0 * (w + h));
        let (w, h) = (w + 2.0 * growth, h + 2.0 * growth);
        // The map may be shrunk a little more one way than the other.
        let along = (right.0 * scale.0, right.1 * scale.1);
        let stretch = (along.0 * along.0 + along.1 * along.1).sqrt();
        let across = (right.1 * scale.0, right.0 * scale.1);
        out.push(TextBox {
            middle: (small.middle.0 * scale.0, small.middle.1 * scale.1),
            right: (along.0 / stretch, along.1 / stretch),
            width: w * stretch,
            height: h * (across.0 * across.0 + across.1 * across.1).sqrt(),
            mean,
        });
    }
    out
}

/// For each connected stretch of a mask the first and last dot of each of its rows; empties the mask.
fn outlines(mask: &mut [bool], width: usize) -> Vec<Vec<Point<f32>>> {
    let height = mask.len() / width.max(1);
    let mut out = Vec::new();
    for start in 0..mask.len() {
        if !mask[start] {
            continue;
        }
        let mut rows: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        let mut open = vec![start];
        mask[start] = false;
        while let Some(n) = open.pop() {
            let (x, y) = (n % width, n / width);
            let row = rows.entry(y).or_insert((x, x));
            *row = (row.0.min(x), row.1.max(x));
            for ny in y.saturating_sub(1)..(y + 2).min(height) {
                for nx in x.saturating_sub(1)..(x + 2).min(width) {
                    if std::mem::take(&mut mask[ny * width + nx]) {
                        open.push(ny * width + nx);
                    }
                }
            }
        }
        out.push(rows.into_iter().flat_map(|(y, (first, last))| [first, last].map(|x| Point::from_yx(y as f32, x as f32))).collect());
    }
    out
}

/// Mean of the map inside a box.
fn mean(map: &NdTensorView<f32, 2>, text: &TextBox) -> f32 {
    let (across, down) = ((text.width.ceil() as usize).max(1), (text.height.ceil() as usize).max(1));
    let (mut sum, mut count) = (0f32, 0f32);
    for d in 0..down {
        for a in 0..across {
            let (x, y) = text.place((a as f32 + 0.5) * text.width / across as f32, (d as f32 + 0.5) * text.height / down as f32);
            if x >= 0.0 && y >= 0.0 && (x as usize) < map.size(1) && (y as usize) < map.size(0) {
                sum += map[[y as usize, x as usize]];
                count += 1.0;
            }
        }
    }
    sum / count.max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map_with(rows: std::ops::Range<usize>, columns: std::ops::Range<usize>) -> NdTensor<f32, 2> {
        let mut map = NdTensor::zeros([60, 200]);
        for y in rows {
            for x in columns.clone() {
                map[[y, x]] = 0.9;
            }
        }
        map
    }

    #[test]
    fn a_marked_line_gives_one_grown_box_in_dots_of_the_page() {
        let found = boxes_of(map_with(20..28, 40..140).view(), (2.0, 2.0));
        assert_eq!(found.len(), 1);
        let (left, top) = found[0].place(0.0, 0.0);
        let (right, bottom) = found[0].place(found[0].width, found[0].height);
        assert!(left < 2.0 * 38.0 && right > 2.0 * 142.0 && top < 2.0 * 16.0 && bottom > 2.0 * 32.0, "{found:?}");
        assert!(found[0].height < 2.0 * 26.0 && !found[0].is_upright_strip());
    }

    #[test]
    fn every_marked_line_gives_a_box() {
        let mut map = NdTensor::zeros([400, 900]);
        for (row, length) in [634, 283, 605, 579, 282, 603, 613, 400].into_iter().enumerate() {
            for (x, y) in (0..length).flat_map(|x| (0..9).map(move |y| (x, y))) {
                map[[10 + 30 * row + y + usize::from(x % 37 > 20), 118 + x]] = 0.8;
            }
        }
        assert_eq!(boxes_of(map.view(), (1.0, 1.0)).len(), 8);
    }

    #[test]
    fn a_strip_from_top_to_bottom_is_told_and_specks_are_dropped() {
        let found = boxes_of(map_with(5..55, 100..108).view(), (1.0, 1.0));
        assert!(found.len() == 1 && found[0].is_upright_strip());
        assert!(boxes_of(map_with(5..6, 100..101).view(), (1.0, 1.0)).is_empty());
    }
}
