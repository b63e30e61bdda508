//! A page as dots: red, green and blue of each, row by row from the top.

/// Three bytes a dot. Width and height are never 0.
#[derive(Debug, Clone)]
pub struct Raster {
    pub width: usize,
    pub height: usize,
    pub rgb: Vec<u8>,
}

/// Lightness of each dot, 0 black to 255 white.
#[derive(Debug, Clone)]
pub struct Grey {
    pub width: usize,
    pub height: usize,
    pub dots: Vec<u8>,
}

impl Raster {
    /// `None` where there is no dot, or fewer bytes than the sides say.
    pub fn new(width: usize, height: usize, rgb: Vec<u8>) -> Option<Self> {
        let fits = width > 0 && height > 0 && width.checked_mul(height)?.checked_mul(3)? == rgb.len();
        fits.then_some(Self { width, height, rgb })
    }

    pub fn at(&self, x: usize, y: usize) -> [u8; 3] {
        let n = (y * self.width + x) * 3;
        [self.rgb[n], self.rgb[n + 1], self.rgb[n + 2]]
    }

    /// The dots inside a box; `None` where it has none or reaches beyond the picture.
    pub fn part(&self, x0: usize, y0: usize, x1: usize, y1: usize) -> Option<Self> {
        if x0 >= x1 || y0 >= y1 || x1 > self.width || y1 > self.height {
            return None;
        }
        let rgb = (y0..y1).flat_map(|y| &self.rgb[(y * self.width + x0) * 3..(y * self.width + x1) * 3]).copied().collect();
        Self::new(x1 - x0, y1 - y0, rgb)
    }

    /// Colour between dots; places outside take the nearest dot.
    pub fn between(&self, x: f32, y: f32) -> [f32; 3] {
        let (x, y) = (x.clamp(0.0, (self.width - 1) as f32), y.clamp(0.0, (self.height - 1) as f32));
        let (x0, y0) = (x as usize, y as usize);
        let (x1, y1) = ((x0 + 1).min(self.width - 1), (y0 + 1).min(self.height - 1));
        let (fx, fy) = (x - x0 as f32, y - y0 as f32);
        let (a, b, c, d) = (self.at(x0, y0), self.at(x1, y0), self.at(x0, y1), self.at(x1, y1));
        std::array::from_fn(|k| {
            let top = f32::from(a[k]) * (1.0 - fx) + f32::from(b[k]) * fx;
            let bottom = f32::from(c[k]) * (1.0 - fx) + f32::from(d[k]) * fx;
            top * (1.0 - fy) + bottom * fy
        })
    }

    /// The same picture with other sides: dots are averaged when it shrinks and blended when it grows.
    pub fn resized(&self, width: usize, height: usize) -> Self {
        let (width, height) = (width.max(1), height.max(1));
        if (width, height) == (self.width, self.height) {
            return self.clone();
        }
        let across = weights(self.width, width);
        let down = weights(self.height, height);
        let mut narrow = vec![0f32; width * self.height * 3];
        for y in 0..self.height {
            let row = &self.rgb[y * self.width * 3..(y + 1) * self.width * 3];
            for (x, (first, parts)) in across.iter().enumerate() {
                let mut sum = [0f32; 3];
                for (k, part) in parts.iter().enumerate() {
                    let n = (first + k) * 3;
                    for c in 0..3 {
                        sum[c] += part * f32::from(row[n + c]);
                    }
                }
                narrow[(y * width + x) * 3..(y * width + x) * 3 + 3].copy_from_slice(&sum);
            }
        }
        let mut rgb = vec![0u8; width * height * 3];
        let mut sums = vec![0f32; width * 3];
        for (y, (first, parts)) in down.iter().enumerate() {
            sums.fill(0.0);
            for (k, part) in parts.iter().enumerate() {
                let row = &narrow[(first + k) * width * 3..(first + k + 1) * width * 3];
                for (sum, value) in sums.iter_mut().zip(row) {
                    *sum += part * value;
                }
            }
            for (out, sum) in rgb[y * width * 3..(y + 1) * width * 3].iter_mut().zip(&sums) {
                *out = (sum + 0.5).clamp(0.0, 255.0) as u8;
            }
        }
        Self { width, height, rgb }
    }

    /// Turned clockwise by quarters of a circle.
    pub fn turned(&self, quarters: u8) -> Self {
        let (w, h) = (self.width, self.height);
        let (width, height) = if quarters % 2 == 1 { (h, w) } else { (w, h) };
        let mut rgb = Vec::with_capacity(self.rgb.len());
        for y in 0..height {
            for x in 0..width {
                let (from_x, from_y) = match quarters % 4 {
                    0 => (x, y),
                    1 => (y, h - 1 - x),
                    2 => (w - 1 - x, h - 1 - y),
                    _ => (w - 1 - y, x),
                };
                rgb.extend(self.at(from_x, from_y));
            }
        }
        Self { width, height, rgb }
    }

    /// Turned about its middle so that what rises by `slope` (down positive) to the right becomes level; the sides stay.
    pub fn levelled(&self, slope: f32) -> Self {
        let (sin, cos) = slope.atan().sin_cos();
        let (mx, my) = (self.width as f32 / 2.0, self.height as f32 / 2.0);
        let mut rgb = Vec::with_capacity(self.rgb.len());
        for y in 0..self.height {
            for x in 0..self.width {
                let (dx, dy) = (x as f32 + 0.5 - mx, y as f32 + 0.5 - my);
                let (fx, fy) = (mx + dx * cos - dy * sin - 0.5, my + dx * sin + dy * cos - 0.5);
                let colour = self.between(fx, fy);
                rgb.extend(colour.map(|v| (v + 0.5) as u8));
            }
        }
        Self { width: self.width, height: self.height, rgb }
    }

    pub fn grey(&self) -> Grey {
        let light = |dot: &[u8]| ((u32::from(dot[0]) * 299 + u32::from(dot[1]) * 587 + u32::from(dot[2]) * 114 + 500) / 1000) as u8;
        Grey { width: self.width, height: self.height, dots: self.rgb.chunks_exact(3).map(light).collect() }
    }
}

/// For each new dot the first old one it covers, and the parts of it and those behind.
fn weights(from: usize, to: usize) -> Vec<(usize, Vec<f32>)> {
    let step = from as f32 / to as f32;
    let reach = step.max(1.0);
    (0..to)
        .map(|n| {
            let middle = (n as f32 + 0.5) * step - 0.5;
            let first = (middle - reach).ceil().max(0.0) as usize;
            let last = ((middle + reach).floor().max(0.0) as usize).min(from - 1);
            let first = first.min(last);
            let mut parts: Vec<f32> = (first..=last).map(|k| (1.0 - (k as f32 - middle).abs() / reach).max(0.0)).collect();
            let whole: f32 = parts.iter().sum();
            if whole > 0.0 {
                parts.iter_mut().for_each(|part| *part /= whole);
            } else {
                parts.fill(1.0 / (last - first + 1) as f32);
            }
            (first, parts)
        })
        .collect()
}

impl Grey {
    /// Dots darker than their surroundings: what is printed, whatever the paper's shade.
    ///
    /// `reach` is half the side of the square that a dot is compared with.
    pub fn printed(&self, reach: usize) -> Vec<bool> {
        let (w, h) = (self.width, self.height);
        let mut sums = vec![0u32; (w + 1) * (h + 1)];
        for y in 0..h {
            let mut row = 0u32;
            for x in 0..w {
                row = row.wrapping_add(u32::from(self.dots[y * w + x]));
                sums[(y + 1) * (w + 1) + x + 1] = sums[y * (w + 1) + x + 1].wrapping_add(row);
            }
        }
        let mut out = Vec::with_capacity(w * h);
        for y in 0..h {
            let (top, bottom) = (y.saturating_sub(reach), (y + reach + 1).min(h));
            for x in 0..w {
                let (left, right) = (x.saturating_sub(reach), (x + reach + 1).min(w));
                let sum = sums[bottom * (w + 1) + right]
                    .wrapping_sub(sums[top * (w + 1) + right])
                    .wrapping_sub(sums[bottom * (w + 1) + left])
                    .wrapping_add(sums[top * (w + 1) + left]);
                let mean = sum as f32 / ((bottom - top) * (right - left)) as f32;
                out.push(f32::from(self.dots[y * w + x]) < mean * DARKER);
            }
        }
        out
    }
}

/// Print is at most this part of the mean lightness around it.
const DARKER: f32 = 0.82;

#[cfg(test)]
mod tests {
    use super::*;

    fn two_by_three() -> Raster {
        Raster::new(2, 3, [1u8, 2, 3, 4, 5, 6].iter().flat_map(|v| [*v; 3]).collect()).expect("six dots")
    }

    fn first(raster: &Raster) -> Vec<u8> {
        raster.rgb.chunks_exact(3).map(|dot| dot[0]).collect()
    }

    #[test]
    fn a_quarter_turn_is_clockwise_and_four_are_none() {
        let raster = two_by_three();
        assert_eq!(first(&raster.turned(1)), [5, 3, 1, 6, 4, 2]);
        assert_eq!(first(&raster.turned(2)), [6, 5, 4, 3, 2, 1]);
        assert_eq!(first(&raster.turned(3)), [2, 4, 6, 1, 3, 5]);
        assert_eq!(first(&raster.turned(1).turned(3)), first(&raster));
    }

    #[test]
    fn shrinking_averages_and_an_even_picture_stays_even() {
        let raster = Raster::new(4, 4, vec![77; 48]).expect("sixteen dots");
        assert!(raster.resized(3, 2).rgb.iter().chain(&raster.resized(9, 7).rgb).all(|v| *v == 77));
        let stripes = Raster::new(4, 1, [0u8, 100, 0, 100].iter().flat_map(|v| [*v; 3]).collect()).expect("four dots");
        assert!(first(&stripes.resized(2, 1)).iter().all(|v| (30..70).contains(v)));
    }

    #[test]
    fn sides_that_do_not_fit_the_dots_are_refused() {
        assert!(Raster::new(0, 5, Vec::new()).is_none());
        assert!(Raster::new(2, 2, vec![0; 11]).is_none());
        assert!(Raster::new(usize::MAX, 2, vec![0; 6]).is_none());
    }

    #[test]
    fn print_shows_on_light_and_on_dark_paper() {
        for paper in [250u8, 120] {
            let mut dots = vec![paper; 400];
            dots[210] = paper / 3;
            let grey = Grey { width: 20, height: 20, dots };
            assert_eq!(grey.printed(6).iter().filter(|dot| **dot).count(), 1);
        }
    }
}
