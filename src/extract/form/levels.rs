//! How deep the rows of a budget stand under one another, and which of them add up to its total.
use super::budget::Row;
use super::label::{enumerator, squash};

/// What rows add up to; `None` where that is beyond all money.
pub fn sum_of<'r>(rows: impl IntoIterator<Item = &'r Row>) -> Option<i64> {
    rows.into_iter().try_fold(0i64, |sum, row| sum.checked_add(row.fen))
}

/// An item without a number before it.
pub const UNNUMBERED: u8 = 9;

/// Depth told by a column of numbers: 一 0, （一） 1, 1 2, 1.1 3, (1) 5.
pub fn counter_level(text: &str) -> u8 {
    let tight = squash(text);
    let bare = tight.trim_matches(|c: char| "()、.．".contains(c));
    if bare.is_empty() || bare.chars().count() > 5 {
        return UNNUMBERED;
    }
    let bracket = tight.starts_with('(');
    if bare.chars().all(|c| "一二三四五六七八九十".contains(c)) {
        u8::from(bracket)
    } else if bare.chars().all(|c| c.is_ascii_digit() || c == '.') {
        if bracket { 5 } else { 2 + bare.matches('.').count() as u8 }
    } else {
        UNNUMBERED
    }
}

/// Depth of an item's number: 一、 0, （一） 1, 1. 2, (1) 3.
pub fn level(name: &str) -> u8 {
    let number = &name[..enumerator(name)];
    let han = number.chars().any(|c| "一二三四五六七八九十".contains(c));
    let bracket = number.contains(['(', '（', ')', '）']);
    match (number.trim().is_empty(), han, bracket) {
        (true, ..) => UNNUMBERED,
        (_, true, false) => 0,
        (_, true, true) => 1,
        (_, false, false) => {
            let dots = number.trim_end_matches(['.', '．', '、']).matches(['.', '．']).count() as u8;
            2 + dots
        }
        (_, false, true) => 5,
    }
}

pub fn choose(rows: &[Row], total: Option<i64>) -> Vec<bool> {
    let sums = |keep: &[bool]| sum_of(rows.iter().zip(keep).filter(|(_, k)| **k).map(|(row, _)| row));
    let plain: Vec<bool> = rows.iter().map(|r| !r.repeats).collect();
    let levels: Vec<u8> = {
        let mut levels: Vec<u8> = rows.iter().filter(|r| !r.repeats).map(|r| r.level).collect();
        levels.sort_unstable();
        levels.dedup();
        levels
    };
    let mut readings = vec![plain.clone(), vec![true; rows.len()]];
    for &level in &levels {
        readings.push(rows.iter().map(|r| !r.repeats && r.level == level).collect());
        readings.push(rows.iter().map(|r| !r.repeats && r.level >= level).collect());
    }
    readings.push(tops(rows));
    readings.push(leaves(rows));
    // only the subtotals
    readings.push(rows.iter().map(|r| r.repeats && squash(&r.name).contains("小计")).collect());
    if let Some(total) = total
        && let Some(found) = readings.iter().find(|keep| sums(keep) == Some(total) && keep.iter().any(|k| *k))
    {
        return found.clone();
    }
    if levels.len() > 1 { leaves(rows) } else { plain }
}

/// Rows that no other row stands above in the numbering.
fn tops(rows: &[Row]) -> Vec<bool> {
    let mut keep = vec![false; rows.len()];
    let mut open: Option<u8> = None;
    for (n, row) in rows.iter().enumerate().filter(|(_, r)| !r.repeats) {
        if open.is_none_or(|level| row.level <= level) {
            keep[n] = true;
            open = Some(row.level);
        }
    }
    keep
}

/// Rows that have no deeper rows below them.
fn leaves(rows: &[Row]) -> Vec<bool> {
    let mut keep: Vec<bool> = rows.iter().map(|r| !r.repeats).collect();
    let kept: Vec<usize> = (0..rows.len()).filter(|&n| !rows[n].repeats).collect();
    for pair in kept.windows(2) {
        if rows[pair[1]].level > rows[pair[0]].level {
            keep[pair[0]] = false;
        }
    }
    keep
}
