//! Which characters of two texts are the same, in order: anchors first, then exact alignment between them.
use std::collections::HashMap;
use std::ops::Range;

/// A stretch of equal characters, by index in either text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub a: usize,
    pub b: usize,
    pub len: usize,
}

/// What lies between two runs: the characters of either text that have no partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hunk {
    pub a: Range<usize>,
    pub b: Range<usize>,
}

/// Lengths of the stretches that must be unique in both texts to be taken for one place, tried in turn.
const ANCHORS: [usize; 4] = [32, 14, 7, 4];

/// Gaps up to this many pairs of characters are aligned exactly.
const EXACT: usize = 1_000_000;

/// The runs of two texts, in order of both.
pub(super) fn runs(a: &[char], b: &[char]) -> Vec<Run> {
    let mut found: Vec<Run> = Vec::new();
    let mut open = vec![(0..a.len(), 0..b.len(), 0)];
    while let Some((mut ra, mut rb, level)) = open.pop() {
        let head = a[ra.clone()].iter().zip(&b[rb.clone()]).take_while(|(x, y)| x == y).count();
        push(&mut found, ra.start, rb.start, head);
        (ra.start, rb.start) = (ra.start + head, rb.start + head);
        let tail = a[ra.clone()].iter().rev().zip(b[rb.clone()].iter().rev()).take_while(|(x, y)| x == y).count();
        (ra.end, rb.end) = (ra.end - tail, rb.end - tail);
        push(&mut found, ra.end, rb.end, tail);
        if ra.is_empty() || rb.is_empty() {
            continue;
        }
        if ra.len().saturating_mul(rb.len()) <= EXACT {
            exact(a, b, &ra, &rb, &mut found);
            continue;
        }
        let Some(length) = ANCHORS.get(level) else { continue };
        let (mut at, mut bt) = (ra.start, rb.start);
        for (x, y) in anchors(a, b, &ra, &rb, *length) {
            if x < at || y < bt {
                continue;
            }
            open.push((at..x, bt..y, level + 1));
            push(&mut found, x, y, *length);
            (at, bt) = (x + length, y + length);
        }
        open.push((at..ra.end, bt..rb.end, level + 1));
    }
    found.sort_by_key(|run| run.a);
    joined(found)
}

fn push(found: &mut Vec<Run>, a: usize, b: usize, len: usize) {
    if len > 0 {
        found.push(Run { a, b, len });
    }
}

fn joined(runs: Vec<Run>) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    for run in runs {
        match out.last_mut() {
            Some(last) if last.a + last.len == run.a && last.b + last.len == run.b => last.len += run.len,
            _ => out.push(run),
        }
    }
    out
}

/// Stretches of `length` that stand once in either range, in an order that both share.
fn anchors(a: &[char], b: &[char], ra: &Range<usize>, rb: &Range<usize>, length: usize) -> Vec<(usize, usize)> {
    let theirs = once(b, rb, length);
    let mut pairs: Vec<(usize, usize)> = once(a, ra, length).into_iter().filter_map(|(window, at)| Some((at?, (*theirs.get(window)?)?))).collect();
    pairs.sort_unstable();
    longest_rising(&pairs)
}

/// Each stretch with its place, or none where it stands twice.
fn once<'t>(text: &'t [char], range: &Range<usize>, length: usize) -> HashMap<&'t [char], Option<usize>> {
    let mut places: HashMap<&[char], Option<usize>> = HashMap::new();
    for (n, window) in text[range.clone()].windows(length).enumerate() {
        places.entry(window).and_modify(|at| *at = None).or_insert(Some(range.start + n));
    }
    places
}

/// The longest run of pairs whose second numbers rise.
fn longest_rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    for n in 0..pairs.len() {
        let at = ends.partition_point(|end| pairs[*end].1 < pairs[n].1);
        before[n] = at.checked_sub(1).map(|last| ends[last]);
        if at == ends.len() { ends.push(n) } else { ends[at] = n }
    }
    let mut out = Vec::with_capacity(ends.len());
    let mut next = ends.last().copied();
    while let Some(n) = next {
        out.push(pairs[n]);
        next = before[n];
    }
    out.reverse();
    out
}

/// The longest common sequence of a small gap.
fn exact(a: &[char], b: &[char], ra: &Range<usize>, rb: &Range<usize>, found: &mut Vec<Run>) {
    let (x, y) = (&a[ra.clone()], &b[rb.clone()]);
    let width = y.len() + 1;
    let mut best = vec![0u32; (x.len() + 1) * width];
    for i in (0..x.len()).rev() {
        for j in (0..y.len()).rev() {
            best[i * width + j] = if x[i] == y[j] { best[(i + 1) * width + j + 1] + 1 } else { best[(i + 1) * width + j].max(best[i * width + j + 1]) };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < x.len() && j < y.len() {
        if x[i] == y[j] {
            push(found, ra.start + i, rb.start + j, 1);
            (i, j) = (i + 1, j + 1);
        } else if best[(i + 1) * width + j] >= best[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
}

/// The stretch of `b`, which has `length` characters, beside a stretch of `a`.
pub(super) fn partner(runs: &[Run], range: &Range<usize>, length: usize) -> Range<usize> {
    // At a start, what `b` alone has before the next run belongs to the stretch; at an end likewise.
    let start = {
        let before = runs.partition_point(|run| run.a <= range.start);
        match before.checked_sub(1).and_then(|n| runs.get(n)) {
            Some(run) if range.start < run.a + run.len => run.b + (range.start - run.a),
            Some(run) => run.b + run.len,
            None => 0,
        }
    };
    let end = {
        let before = runs.partition_point(|run| run.a < range.end);
        match before.checked_sub(1).and_then(|n| runs.get(n)) {
            Some(run) if range.end <= run.a + run.len => run.b + (range.end - run.a),
            _ => runs.get(before).map_or(length, |next| next.b),
        }
    };
    start..end.max(start)
}

/// Runs shorter than this, far from other runs, are chance.
const CHANCE: usize = 3;

/// What has no partner, with runs of a character or two between large gaps taken for chance.
pub(super) fn hunks(a: &[char], b: &[char], runs: &[Run]) -> Vec<Hunk> {
    let mut out: Vec<Hunk> = Vec::new();
    let (mut at, mut bt) = (0, 0);
    let end = Run { a: a.len(), b: b.len(), len: 0 };
    for run in runs.iter().chain([&end]) {
        let hunk = Hunk { a: at..run.a, b: bt..run.b };
        let size = |hunk: &Hunk| hunk.a.len().max(hunk.b.len());
        match out.last_mut() {
            Some(last) if !(hunk.a.is_empty() && hunk.b.is_empty()) && is_chance(at - last.a.end, size(last) + size(&hunk)) => {
                (last.a.end, last.b.end) = (hunk.a.end, hunk.b.end);
            }
            _ if hunk.a.is_empty() && hunk.b.is_empty() => {}
            _ => out.push(hunk),
        }
        (at, bt) = (run.a + run.len, run.b + run.len);
    }
    for hunk in &mut out {
        whole_numbers(a, b, hunk);
    }
    out
}

fn is_chance(between: usize, around: usize) -> bool {
    between < CHANCE && around >= 4 * between.max(1)
}

/// 50 against 80 is told whole, not as 5 against 8.
fn whole_numbers(a: &[char], b: &[char], hunk: &mut Hunk) {
    let digit = |c: Option<&char>| c.is_some_and(|c| c.is_ascii_digit() || *c == '.');
    let inside = |text: &[char], range: &Range<usize>| text[range.clone()].iter().any(char::is_ascii_digit);
    if !inside(a, &hunk.a) && !inside(b, &hunk.b) {
        return;
    }
    let starts = digit(a.get(hunk.a.start)) && !hunk.a.is_empty() || digit(b.get(hunk.b.start)) && !hunk.b.is_empty();
    while starts && hunk.a.start > 0 && hunk.b.start > 0 && a[hunk.a.start - 1] == b[hunk.b.start - 1] && digit(a.get(hunk.a.start - 1)) {
        (hunk.a.start, hunk.b.start) = (hunk.a.start - 1, hunk.b.start - 1);
    }
    let last = |text: &[char], range: &Range<usize>| !range.is_empty() && digit(text.get(range.end - 1));
    let ends = last(a, &hunk.a) || last(b, &hunk.b);
    while ends && hunk.a.end < a.len() && hunk.b.end < b.len() && a[hunk.a.end] == b[hunk.b.end] && digit(a.get(hunk.a.end)) {
        (hunk.a.end, hunk.b.end) = (hunk.a.end + 1, hunk.b.end + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differences(a: &str, b: &str) -> Vec<(String, String)> {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let found = hunks(&a, &b, &runs(&a, &b));
        found.into_iter().map(|h| (a[h.a].iter().collect(), b[h.b].iter().collect())).collect()
    }

    #[test]
    fn a_changed_number_is_told_whole_and_added_words_alone() {
        assert_eq!(differences("申请经费50000元", "申请经费80000元"), [("50000".to_owned(), "80000".to_owned())]);
        assert_eq!(differences("智慧农业关键技术服务", "智慧农业共性关键技术服务"), [(String::new(), "共性".to_owned())]);
        assert_eq!(differences("同一段文字", "同一段文字"), []);
    }

    #[test]
    fn long_texts_are_aligned_by_what_stands_once() {
        let words: String = (0..4000u32).filter_map(|n| char::from_u32(0x4e00 + n)).collect();
        let other = words.replacen('\u{4e50}', "甲乙丙", 1);
        assert_eq!(differences(&words, &other), [("\u{4e50}".to_owned(), "甲乙丙".to_owned())]);
    }

    #[test]
    fn other_texts_do_not_match_by_chance() {
        let found = differences("本项目围绕设施蔬菜产业链开展调研工作并提出对策", "培训基层农技人员三百人次以上发放技术手册");
        assert_eq!(found.len(), 1, "{found:?}");
    }
}
