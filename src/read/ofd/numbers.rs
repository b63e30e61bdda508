//! Numbers as OFD writes them: lists parted by blanks, lengths in millimetres.
use crate::read::layout::geometry::Matrix;

/// Points in a millimetre.
pub(super) const MM: f64 = 72.0 / 25.4;

pub(super) fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|n: &f64| n.is_finite() && n.abs() < 1e12)
}

/// Exactly `N` numbers; more are dropped, fewer are none.
pub(super) fn list<const N: usize>(text: &str) -> Option<[f64; N]> {
    let mut out = [0.0; N];
    let mut words = text.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty());
    for place in &mut out {
        *place = number(words.next()?)?;
    }
    Some(out)
}

/// `a b c d e f`, as PDF has it.
pub(super) fn matrix(text: &str) -> Option<Matrix> {
    list::<6>(text).map(Matrix)
}

/// Steps from one character to the next, `g 3 2.5` being three of 2.5; `most` of them at most.
pub(super) fn deltas(text: &str, most: usize) -> Vec<f64> {
    let mut out = Vec::new();
    let mut words = text.split_whitespace();
    while let Some(word) = words.next().filter(|_| out.len() < most) {
        if word.eq_ignore_ascii_case("g") {
            let (Some(count), Some(step)) = (words.next().and_then(number), words.next().and_then(number)) else { break };
            let count = (count.max(0.0) as usize).min(most - out.len());
            out.extend(std::iter::repeat_n(step, count));
        } else if let Some(step) = number(word) {
            out.push(step);
        }
    }
    out
}

/// Whether a colour is that of the paper, as far as the number of its components tells.
pub(super) fn is_paper(value: &str) -> bool {
    let part = |word: &str| word.strip_prefix('#').map_or_else(|| number(word), |hex| u32::from_str_radix(hex, 16).ok().map(f64::from));
    let parts: Vec<f64> = value.split_whitespace().take(5).map_while(part).collect();
    match parts.len() {
        1 | 3 => parts.iter().all(|p| *p >= 250.0),
        4 => parts.iter().all(|p| *p <= 5.0),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_steps_are_written_out() {
        assert_eq!(deltas("g 2 4.2333 2.1 g 1 -63.5", 9), [4.2333, 4.2333, 2.1, -63.5]);
        assert_eq!(deltas("g 4000000000 1", 3), [1.0; 3]);
        assert_eq!(deltas("g x 1 2", 9), [] as [f64; 0]);
    }

    #[test]
    fn boxes_need_all_their_numbers() {
        assert_eq!(list::<4>(" 0 0\n210 297 "), Some([0.0, 0.0, 210.0, 297.0]));
        assert_eq!(list::<4>("0 0 210"), None);
        assert_eq!(list::<2>("NaN 1"), None);
    }

    #[test]
    fn white_is_paper_in_every_colour_space() {
        assert!(is_paper("255 255 255") && is_paper("#FF #FF #FF") && is_paper("0 0 0 0") && is_paper("255"));
        assert!(!is_paper("156 82 35") && !is_paper("0 0 0") && !is_paper(""));
    }
}
