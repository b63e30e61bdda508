//! How far a page is turned: slope of its lines from the print itself.
use super::raster::Grey;

/// Steepest slope that is looked for, about 7 degrees.
const STEEPEST: f32 = 0.125;
/// A slope is believed where its rows stand out this much more than those of the page as it is.
const CLEARER: f32 = 1.06;
/// Dots looked at; more tell no more.
const MOST_DOTS: usize = 60_000;

/// Slope of the lines, down positive, per step to the right; 0 where nothing tells.
pub fn slope(grey: &Grey) -> f32 {
    let printed = grey.printed((grey.width / 40).max(4));
    let dots: Vec<(f32, f32)> = printed.iter().enumerate().filter(|(_, dot)| **dot).map(|(n, _)| ((n % grey.width) as f32, (n / grey.width) as f32)).collect();
    if dots.len() < 200 {
        return 0.0;
    }
    let every = dots.len().div_ceil(MOST_DOTS);
    let dots: Vec<(f32, f32)> = dots.into_iter().step_by(every).collect();
    let sides = (grey.width as f32, grey.height as f32);
    let clarity = |slope: f32| clarity(&dots, slope, sides);
    let as_is = clarity(0.0);
    let best = |from: f32, to: f32, step: f32| {
        let steps = ((to - from) / step).round() as i32;
        (0..=steps).map(|n| from + n as f32 * step).map(|s| (s, clarity(s))).max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((0.0, as_is))
    };
    let (coarse, _) = best(-STEEPEST, STEEPEST, 0.004);
    let (fine, clear) = best(coarse - 0.004, coarse + 0.004, 0.0005);
    if clear > as_is * CLEARER { fine } else { 0.0 }
}

/// How sharply rows (or columns, whichever are sharper) part when the page is sheared by a slope.
fn clarity(dots: &[(f32, f32)], slope: f32, (width, height): (f32, f32)) -> f32 {
    let score = |along: &dyn Fn(&(f32, f32)) -> f32, length: f32, reach: f32| {
        let mut rows = vec![0f32; (length + 2.0 * reach) as usize + 2];
        for dot in dots {
            let place = along(dot) + reach;
            let row = place.clamp(0.0, (rows.len() - 1) as f32) as usize;
            rows[row] += 1.0;
        }
        rows.windows(2).map(|pair| (pair[1] - pair[0]).powi(2)).sum::<f32>()
    };
    let rows = score(&|(x, y)| y - slope * x, height, slope.abs() * width);
    let columns = score(&|(x, y)| x + slope * y, width, slope.abs() * height);
    rows.max(columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Dashes in rows that rise or fall.
    fn rows(slope: f32) -> Grey {
        let (width, height) = (400, 500);
        let mut dots = vec![240u8; width * height];
        for row in (40..460).step_by(20) {
            for x in (30..370).filter(|x| x % 9 < 6) {
                let y = (row as f32 + slope * (x as f32 - 200.0)).round() as usize;
                for thick in 0..6 {
                    dots[(y + thick) * width + x] = 30;
                }
            }
        }
        Grey { width, height, dots }
    }

    #[test]
    fn the_slope_of_rows_is_found_to_a_tenth_of_a_degree() {
        for slope_of_rows in [-0.05f32, -0.02, 0.0, 0.017, 0.07] {
            let found = slope(&rows(slope_of_rows));
            assert!((found - slope_of_rows).abs() < 0.002, "{slope_of_rows} was taken for {found}");
        }
    }

    #[test]
    fn an_empty_page_has_no_slope() {
        assert_eq!(slope(&Grey { width: 50, height: 50, dots: vec![255; 2500] }), 0.0);
    }
}
