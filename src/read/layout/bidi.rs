//! Lines with Hebrew or Arabic, from the order they are printed in to the order they are read in.
use super::lines::{Gap, Mark};

pub fn is_right_to_left(c: char) -> bool {
    matches!(c as u32, 0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF)
}

#[derive(Clone, Copy, PartialEq)]
enum Class {
    Right,
    Left,
    Neutral,
}

fn class(c: char) -> Class {
    match c {
        c if is_right_to_left(c) => Class::Right,
        c if c.is_alphanumeric() => Class::Left,
        _ => Class::Neutral,
    }
}

/// Turns stretches of right-to-left letters around, and the whole line where they prevail; numbers and words
/// of other scripts stay as they are.
pub fn logical(marks: Vec<Mark>) -> Vec<Mark> {
    let count = |wanted| marks.iter().filter(|m| class(m.c) == wanted && !m.c.is_ascii_digit()).count();
    let is_right = count(Class::Right) >= count(Class::Left);
    // Blanks become members of the row, so that they turn with it.
    let mut row: Vec<(Option<Mark>, Gap)> = Vec::with_capacity(marks.len() * 2);
    for mark in marks {
        if mark.gap != Gap::None {
            row.push((None, mark.gap));
        }
        row.push((Some(Mark { gap: Gap::None, ..mark }), Gap::None));
    }
    let of = |item: &(Option<Mark>, Gap)| item.0.map_or(Class::Neutral, |m| class(m.c));
    let turned = if is_right { Class::Left } else { Class::Right };
    if is_right {
        row.reverse();
    }
    let mut n = 0;
    while n < row.len() {
        if of(&row[n]) != turned {
            n += 1;
            continue;
        }
        // As far as the next letter of the other direction, without the neutrals before it.
        let mut end = n + 1;
        for (k, next) in row.iter().enumerate().skip(n + 1) {
            match of(next) {
                Class::Neutral => {}
                c if c == turned => end = k + 1,
                _ => break,
            }
        }
        row[n..end].reverse();
        if turned == Class::Right {
            turn_numbers(&mut row[n..end]);
        }
        n = end;
    }
    let mut out: Vec<Mark> = Vec::with_capacity(row.len());
    let mut gap = Gap::None;
    for (mark, blank) in row {
        match mark {
            Some(mark) => {
                out.push(Mark { gap, ..mark });
                gap = Gap::None;
            }
            None => gap = blank,
        }
    }
    out
}

fn turn_numbers(row: &mut [(Option<Mark>, Gap)]) {
    let is_digit = |item: &(Option<Mark>, Gap)| item.0.is_some_and(|m| m.c.is_ascii_digit());
    let mut n = 0;
    while n < row.len() {
        let length = row[n..].iter().take_while(|i| is_digit(i)).count();
        row[n..n + length].reverse();
        n += length.max(1);
    }
}

#[cfg(test)]
mod tests {
    use super::super::geometry::Rect;
    use super::*;

    fn read(printed: &str) -> String {
        let mut gap = Gap::None;
        let mut marks = Vec::new();
        for c in printed.chars() {
            if c == ' ' {
                gap = Gap::Blank;
            } else {
                marks.push(Mark { c, rect: Rect::default(), size: 10.0, gap, drawn: 0 });
                gap = Gap::None;
            }
        }
        logical(marks).iter().flat_map(|m| [(m.gap != Gap::None).then_some(' '), Some(m.c)].into_iter().flatten().collect::<Vec<_>>()).collect()
    }

    #[test]
    fn hebrew_is_turned_and_numbers_are_not() {
        assert_eq!(read("11:דבוע"), "עובד:11");
        assert_eq!(read("Hello םולש World"), "Hello שלום World");
    }
}
