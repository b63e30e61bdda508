//! Lines that both sides have, in another order: cells side by side are read row by row here and cell by cell there.
use super::align::{self, Hunk, Run, partner};
use super::stream::Stream;
use super::weave::weave;
use std::collections::HashMap;
use std::ops::Range;

/// Differences nearer to each other than this may come from one change of order.
const NEAR: usize = 80;

/// Widening to whole lines of both sides settles after a few rounds, or never.
const ROUNDS: usize = 6;

/// Takes away what is only a change of the lines' order; what remains of such a place is aligned anew.
pub(super) fn settle(hunks: Vec<Hunk>, e: &Stream<'_>, p: &Stream<'_>, runs: &[Run]) -> Vec<Hunk> {
    let near = |x: &Hunk, y: &Hunk| y.a.start.saturating_sub(x.a.end) <= NEAR && y.b.start.saturating_sub(x.b.end) <= NEAR;
    let mut settled = Vec::new();
    for group in hunks.chunk_by(near) {
        match group {
            [first, .., last] => {
                let (a, b) = region(&(first.a.start..last.a.end), &(first.b.start..last.b.end), e, p, runs);
                settled.extend(remaining(&a, &b, e, p).filter(|left| size(left) < size(group)).unwrap_or_else(|| group.to_vec()));
            }
            alone => settled.extend(alone.iter().cloned()),
        }
    }
    settled
}

fn size(hunks: &[Hunk]) -> usize {
    hunks.iter().map(|hunk| hunk.a.len() + hunk.b.len()).sum()
}

/// Whole lines of both sides around a place, each side's beside the other's.
fn region(a: &Range<usize>, b: &Range<usize>, e: &Stream<'_>, p: &Stream<'_>, runs: &[Run]) -> (Range<usize>, Range<usize>) {
    let join = |x: &Range<usize>, y: &Range<usize>| x.start.min(y.start)..x.end.max(y.end);
    let back: Vec<Run> = runs.iter().map(|run| Run { a: run.b, b: run.a, len: run.len }).collect();
    let (mut a, mut b) = (e.whole_lines(a), p.whole_lines(b));
    for _ in 0..ROUNDS {
        let wider_b = p.whole_lines(&join(&b, &partner(runs, &a, p.chars.len())));
        let wider_a = e.whole_lines(&join(&a, &partner(&back, &wider_b, e.chars.len())));
        if wider_a == a && wider_b == b {
            break;
        }
        (a, b) = (wider_a, wider_b);
    }
    (a, b)
}

/// What differs once equal lines are paired wherever they stand, and the others are followed from line to line; `None` where no line pairs
/// and none can be followed.
fn remaining(a: &Range<usize>, b: &Range<usize>, e: &Stream<'_>, p: &Stream<'_>) -> Option<Vec<Hunk>> {
    let mut theirs: HashMap<String, Vec<Range<usize>>> = HashMap::new();
    let lines = p.lines_of(b);
    for line in lines.iter().rev() {
        theirs.entry(p.text(line)).or_default().push(line.clone());
    }
    let mut paired: Vec<Range<usize>> = Vec::new();
    let mut ours: Vec<Range<usize>> = Vec::new();
    for line in e.lines_of(a) {
        match theirs.get_mut(&e.text(&line)).and_then(Vec::pop) {
            Some(there) => paired.push(there),
            None => ours.push(line),
        }
    }
    let unpaired: Vec<Range<usize>> = lines.iter().filter(|line| !paired.contains(line)).cloned().collect();
    if let Some(cut) = weave(&ours, &unpaired, e, p) {
        return Some(cut.into_iter().map(|gone| Hunk { a: gone, b: b.end..b.end }).collect());
    }
    if paired.is_empty() {
        return None;
    }
    let left: Vec<usize> = ours.into_iter().flatten().collect();
    let there: Vec<usize> = unpaired.into_iter().flatten().collect();
    let (x, y): (Vec<char>, Vec<char>) = (left.iter().map(|at| e.chars[*at]).collect(), there.iter().map(|at| p.chars[*at]).collect());
    let found = align::hunks(&x, &y, &align::runs(&x, &y));
    Some(found.into_iter().map(|hunk| Hunk { a: whole(&left, &hunk.a, a.end), b: whole(&there, &hunk.b, b.end) }).collect())
}

/// Positions of the whole text for a stretch of what was left of it, as far as they follow each other.
fn whole(left: &[usize], range: &Range<usize>, end: usize) -> Range<usize> {
    let Some(start) = left.get(range.start).copied() else { return end..end };
    let together = left[range.clone()].iter().zip(start..).take_while(|(at, n)| *at == n).count();
    start..start + together
}

#[cfg(test)]
mod tests {
    use super::super::stream::Source;
    use super::*;
    use crate::model::{Block, BlockKind, Location};

    fn differences(electronic: &[&str], paper: &[&str]) -> Vec<(String, String)> {
        let blocks = |texts: &[&str]| texts.iter().map(|text| Block::new(BlockKind::Cell, *text, Location::default())).collect::<Vec<_>>();
        let (x, y) = (blocks(electronic), blocks(paper));
        let e = Stream::of(x.iter().map(|block| Source { number: 0, block }));
        let p = Stream::of(y.iter().map(|block| Source { number: 0, block }));
        let runs = align::runs(&e.chars, &p.chars);
        settle(align::hunks(&e.chars, &p.chars, &runs), &e, &p, &runs).iter().map(|hunk| (e.text(&hunk.a), p.text(&hunk.b))).collect()
    }

    #[test]
    fn a_signature_block_read_by_rows_is_the_one_read_by_cells() {
        let cells = ["甲方（盖章）：徐州云帆科技有限公司\n法定代表人：张三\n2022年5月10日", "乙方（盖章）：徐州市力学学会\n法定代表人：李四\n2022年5月10日"];
        let rows = ["甲方（盖章）：徐州云帆科技有限公司\t乙方（盖章）：徐州市力学学会", "法定代表人：张三\t法定代表人：李四", "2022年5月10日\t2022年5月10日"];
        assert_eq!(differences(&cells, &rows), []);
        let changed =
            ["甲方（盖章）：徐州云帆科技有限公司\t乙方（盖章）：徐州市力学学会", "法定代表人：张三\t法定代表人：王五", "2022年5月10日\t2022年5月10日"];
        assert_eq!(differences(&cells, &changed), [("李四".to_owned(), "王五".to_owned())]);
    }
}
