//! Strips to what they may say: the recognition model's whole answer, cut to the likeliest letters of each step.
use super::models::{Fault, Models};
use crate::model::{Reads, Step};
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

/// The model reads strips of this height.
pub const HEIGHT: usize = 48;
/// Letters kept of one step.
const KEPT: usize = 8;
/// Chances below this are none.
const LEAST: f32 = 1e-5;

/// A strip to be read: rows from the top, 0 black to 255 white.
#[derive(Debug, Clone)]
pub struct Strip {
    pub width: usize,
    pub light: Vec<f32>,
}

/// Reads strips of one width.
///
/// # Errors
/// Where the model does not run.
pub fn reads(models: &Models, strips: &[Strip]) -> Result<Vec<Reads>, Fault> {
    let Some(width) = strips.iter().map(|strip| strip.width).max().filter(|width| *width > 0) else { return Ok(Vec::new()) };
    let mut input = NdTensor::<f32, 4>::zeros([strips.len(), 3, HEIGHT, width]);
    if let Some(values) = input.data_mut() {
        for (n, strip) in strips.iter().enumerate() {
            for c in 0..3 {
                for y in 0..HEIGHT {
                    let row = &mut values[((n * 3 + c) * HEIGHT + y) * width..][..strip.width];
                    for (value, light) in row.iter_mut().zip(&strip.light[y * strip.width..]) {
                        *value = light / 127.5 - 1.0;
                    }
                }
            }
        }
    }
    let output = models.recognition.run_one(input.into(), models.options())?;
    let answers: NdTensor<f32, 3> = output.try_into().map_err(|_| Fault::Shape)?;
    let one = |n: usize| {
        let answer = answers.slice(n);
        let steps = (0..answer.size(0)).map(|step| likeliest(answer.slice(step).iter().copied(), &models.alphabet));
        Reads { steps: steps.collect() }
    };
    Ok((0..strips.len()).map(one).collect())
}

fn likeliest(chances: impl Iterator<Item = f32>, alphabet: &[String]) -> Step {
    let mut kept: Vec<(usize, f32)> = Vec::with_capacity(KEPT + 1);
    for (class, chance) in chances.enumerate() {
        if chance < LEAST || kept.len() == KEPT && chance <= kept[KEPT - 1].1 {
            continue;
        }
        let at = kept.partition_point(|(_, other)| *other >= chance);
        kept.insert(at, (class, chance));
        kept.truncate(KEPT);
    }
    // Class 0 is the gap.
    kept.into_iter().map(|(class, chance)| (if class == 0 { None } else { alphabet.get(class).and_then(|text| text.chars().next()) }, chance)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likeliest_letters_stand_first_and_the_rest_is_left_out() {
        let alphabet: Vec<String> = ["", "人", "口", "木"].map(str::to_owned).to_vec();
        assert_eq!(likeliest([0.1, 0.2, 0.699_999, 0.000_001].into_iter(), &alphabet), [(Some('口'), 0.699_999), (Some('人'), 0.2), (None, 0.1)]);
        let many: Vec<String> = (0..20).map(|n| char::from(b'a' + n).to_string()).collect();
        assert_eq!(likeliest((0..20).map(|n| n as f32 / 100.0), &many).len(), KEPT);
    }
}
