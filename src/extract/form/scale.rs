//! The unit of a table that prints none: its figures still add up, and an amount in words beside them may tell it.
use super::grid::figure;
use crate::text::fold::fold_char;
use crate::text::money::{Unit, parse_amount};

/// Units in which tables are kept, the likeliest first.
const UNITS: [Unit; 3] = [Unit::Yuan, Unit::TenThousand, Unit::Thousand];

/// How the cells of a table are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    pub unit: Option<Unit>,
    /// No unit is printed anywhere: figures are read as if they were yuan, to be added up.
    pub is_assumed: bool,
}

/// The printed unit; where there is none, the cells' own, or one assumed for plain figures.
pub fn scale(printed: Option<Unit>, cells: &[String]) -> Scale {
    let own = cells.iter().any(|cell| cell.chars().any(|c| fold_char(c).is_ascii_digit()) && parse_amount(cell, None).is_some());
    let plain = cells.iter().filter(|cell| figure(cell)).count() >= 2;
    let is_assumed = printed.is_none() && !own && plain;
    Scale { unit: if is_assumed { Some(Unit::Yuan) } else { printed }, is_assumed }
}

/// What an assumed amount of fen is worth in the unit that comes nearest to the amount in words, and how many times as much that is.
pub fn told_by_words(assumed: i64, words: i64) -> (i64, i64) {
    let worth = |unit: &Unit| unit.fen() / Unit::Yuan.fen();
    let distance = |times: i64| assumed.checked_mul(times).map_or(u64::MAX, |fen| fen.abs_diff(words));
    let times = UNITS.iter().map(worth).min_by_key(|times| distance(*times)).unwrap_or(1);
    (assumed.saturating_mul(times), times)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_figures_without_a_unit_are_assumed_and_others_are_not() {
        let cells = |texts: &[&str]| texts.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
        assert!(scale(None, &cells(&["0.95", "1.4", ""])).is_assumed);
        assert_eq!(scale(Some(Unit::TenThousand), &cells(&["0.95", "1.4"])), Scale { unit: Some(Unit::TenThousand), is_assumed: false });
        assert_eq!(scale(None, &cells(&["500元", "300元"])), Scale { unit: None, is_assumed: false });
        assert!(!scale(None, &cells(&["差旅费", "若干"])).is_assumed);
    }

    #[test]
    fn words_tell_the_unit_even_where_they_are_wrong() {
        assert_eq!(told_by_words(260, 2_600_000), (2_600_000, 10_000));
        assert_eq!(told_by_words(260, 3_600_000).1, 10_000);
        assert_eq!(told_by_words(2_600_000, 2_600_000), (2_600_000, 1));
    }
}
