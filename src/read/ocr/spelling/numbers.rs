//! Numbers, dates and amounts of which a mark or a letter was taken for another.
use super::super::recognise::Character;
use super::{LEAST_CHANCE, put, put_surely};

/// Digits and places of an amount in capitals, and what else it is made of.
const CAPITALS: &str = "零壹贰叁肆伍陆柒捌玖";
const PLACES: &str = "拾佰仟万亿元圆角分";
/// Marks that a hyphen is taken for.
const DASHES: &str = "~～一—";
/// Marks that a sign of multiplication is taken for, and what is multiplied.
const TIMES_LIKE: &str = "*><=≠·~-》±";
const UNITS: &str = "人元天次个份场期册套台名";
/// How writing goes here leaves no other letter but some: any chance that was kept will do.
const ANY_CHANCE: f32 = 0.0;
/// Letters that the sign of a currency is taken for.
const YUAN_LIKE: &str = "VY";
/// Digits of a group of thousands, and of cents.
const GROUP: usize = 3;
const CENTS: usize = 2;

pub fn mend(characters: &mut [Character]) {
    for n in 1..characters.len().saturating_sub(1) {
        let (before, here, after) = (characters[n - 1].c, characters[n].c, characters[n + 1].c);
        let (is_digit, is_place) = (|c: char| CAPITALS.contains(c), |c: char| PLACES.contains(c));
        let is_of_amount = |c: char| is_digit(c) || is_place(c);
        if !is_of_amount(here) && !here.is_ascii() && (is_of_amount(before) || before == '币') && is_place(after) {
            // Between a digit and a place stands another place (陆佰元), else a digit.
            put(&mut characters[n], ANY_CHANCE, |c| if is_digit(before) { is_place(c) } else { is_digit(c) });
        } else if !is_of_amount(here) && !here.is_ascii() && is_digit(before) && is_digit(after) {
            put(&mut characters[n], ANY_CHANCE, is_place);
        } else if DASHES.contains(here) && wants_hyphen(&characters[..n], &characters[n + 1..]) {
            put(&mut characters[n], ANY_CHANCE, |c| c == '-');
        } else if TIMES_LIKE.contains(here) && UNITS.contains(before) && after.is_ascii_digit() {
            put(&mut characters[n], LEAST_CHANCE, |c| c == '×');
        }
    }
    let is_amount = characters.len() > 2 && characters[1].c.is_ascii_digit() && characters.last().is_some_and(|last| last.c == '元');
    if is_amount && YUAN_LIKE.contains(characters[0].c) {
        put(&mut characters[0], LEAST_CHANCE, |c| c == '￥');
    }
    part_thousands(characters);
}

/// A number has one point: where points part groups of three before the cents (`45.722.00`), all but the last are commas.
fn part_thousands(characters: &mut [Character]) {
    let mut from = 0;
    while from < characters.len() {
        let length = characters[from..].iter().take_while(|c| c.c.is_ascii_digit() || matches!(c.c, '.' | ',')).count();
        let number = &mut characters[from..from + length];
        let marks: Vec<usize> = (0..length).filter(|n| !number[*n].c.is_ascii_digit()).collect();
        let has_groups = marks.windows(2).all(|pair| pair[1] - pair[0] - 1 == GROUP) && marks.first().is_some_and(|first| (1..=GROUP).contains(first));
        if let [parted @ .., point] = marks.as_slice()
            && !parted.is_empty()
            && has_groups
            && length - point - 1 == CENTS
            && number[*point].c == '.'
        {
            for at in parted {
                if number[*at].c == '.' {
                    put_surely(&mut number[*at], ',');
                }
            }
        }
        from += length + 1;
    }
}

/// Whether a telephone number or a date stands around a place: an area code and a number, or a year and its month, or month and day.
fn wants_hyphen(before: &[Character], after: &[Character]) -> bool {
    let is_digit = |character: &&Character| character.c.is_ascii_digit();
    let left: Vec<char> = before.iter().rev().take_while(is_digit).map(|character| character.c).collect();
    let right = after.iter().take_while(is_digit).count();
    let is_after_year = |left: usize| {
        let earlier = &before[..before.len() - left];
        earlier.last().is_some_and(|mark| mark.c == '-') && earlier.iter().rev().skip(1).take_while(is_digit).count() == 4
    };
    match left.len() {
        3 | 4 if left.last() == Some(&'0') => (7..=8).contains(&right),
        4 => right == 2,
        1 | 2 => right == 2 && is_after_year(left.len()),
        _ => false,
    }
}
