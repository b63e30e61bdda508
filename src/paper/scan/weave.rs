//! Cells side by side without rulings, read as lines: each printed line holds the next words of several cells.
use super::stream::Stream;
use std::ops::Range;

/// Places tried before a passage is given up; real tables take a few per printed word.
const MOST_STEPS: usize = 40_000;

/// Lines of either side that are looked at together.
const MOST_LINES: usize = 240;

/// What the paper does not show, where its lines are made of the beginnings of the electronic cells, in order; `None` where they are not.
///
/// Only a sheet's cell may end early: a print cuts off what its column or row has no room for.
pub(super) fn weave(ours: &[Range<usize>], theirs: &[Range<usize>], e: &Stream<'_>, p: &Stream<'_>) -> Option<Vec<Range<usize>>> {
    if ours.len() > MOST_LINES || theirs.len() > MOST_LINES {
        return None;
    }
    let mut weaver = Weaver { e, p, ours, theirs, reached: ours.iter().map(|line| line.start).collect(), steps: 0, cuts: false };
    if !weaver.line(0) {
        weaver.reached = ours.iter().map(|line| line.start).collect();
        (weaver.steps, weaver.cuts) = (0, true);
        if !weaver.line(0) {
            return None;
        }
    }
    Some(ours.iter().zip(&weaver.reached).filter(|(line, reached)| **reached < line.end).map(|(line, reached)| *reached..line.end).collect())
}

struct Weaver<'w, 'a> {
    e: &'w Stream<'a>,
    p: &'w Stream<'a>,
    ours: &'w [Range<usize>],
    theirs: &'w [Range<usize>],
    /// How far each electronic line has been seen on the paper.
    reached: Vec<usize>,
    steps: usize,
    /// Whether cells of a sheet may end early.
    cuts: bool,
}

impl Weaver<'_, '_> {
    fn line(&mut self, n: usize) -> bool {
        match self.theirs.get(n) {
            Some(line) => self.words(n, line.start, &mut Vec::new()),
            None => self.is_whole(),
        }
    }

    /// Takes the rest of a printed line from the electronic lines that have not given to it yet, the longest stretch first.
    fn words(&mut self, n: usize, at: usize, gave: &mut Vec<usize>) -> bool {
        let end = self.theirs[n].end;
        if at == end {
            return self.line(n + 1);
        }
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return false;
        }
        let mut givers: Vec<(usize, usize)> = (0..self.ours.len())
            .filter(|cell| !gave.contains(cell))
            .map(|cell| {
                let rest = &self.e.chars[self.reached[cell]..self.ours[cell].end];
                (rest.iter().zip(&self.p.chars[at..end]).take_while(|(x, y)| x == y).count(), cell)
            })
            .filter(|(same, _)| *same > 0)
            .collect();
        givers.sort_by_key(|(same, cell)| (std::cmp::Reverse(*same), *cell));
        for (same, cell) in givers {
            gave.push(cell);
            for length in (1..=same).rev() {
                self.reached[cell] += length;
                if self.words(n, at + length, gave) {
                    return true;
                }
                self.reached[cell] -= length;
                if self.steps > MOST_STEPS {
                    return false;
                }
            }
            gave.pop();
        }
        false
    }

    fn is_whole(&self) -> bool {
        let is_shown = |block: u32| self.ours.iter().zip(&self.reached).any(|(line, reached)| *reached > line.start && self.block(line.start) == Some(block));
        let may_end = |at: usize| self.e.source(at).is_some_and(|source| source.block.at.sheet.is_some()) && self.block(at).is_some_and(is_shown);
        self.ours.iter().zip(&self.reached).all(|(line, reached)| *reached == line.end || self.cuts && may_end(line.start))
    }

    fn block(&self, at: usize) -> Option<u32> {
        self.e.places.get(at).map(|place| place.block)
    }
}

#[cfg(test)]
mod tests {
    use super::super::stream::Source;
    use super::*;
    use crate::model::{Block, BlockKind, Location};

    /// What the paper's lines leave of the cells.
    fn left(cells: &[&str], printed: &[&str], sheet: bool) -> Option<Vec<String>> {
        let at = || Location { sheet: sheet.then(|| "表1".to_owned()), ..Location::default() };
        let blocks = |texts: &[&str]| texts.iter().map(|text| Block::new(BlockKind::Cell, *text, at())).collect::<Vec<_>>();
        let (x, y) = (blocks(cells), blocks(printed));
        let e = Stream::of(x.iter().map(|block| Source { number: 0, block }));
        let p = Stream::of(y.iter().map(|block| Source { number: 0, block }));
        let lines = |stream: &Stream<'_>| stream.lines_of(&(0..stream.chars.len()));
        weave(&lines(&e), &lines(&p), &e, &p).map(|found| found.iter().map(|range| e.text(range)).collect())
    }

    const CELLS: [&str; 4] = ["全省环境科学高质量发展研讨会", "2022年8月22日～8月23日", "云龙湖国际会议中心", "承办"];

    #[test]
    fn cells_that_run_over_several_printed_lines_are_the_same_text() {
        let printed = ["全省环境科学高质量发展2022年8月22日～8月", "云龙湖国际会议中心 承办", "研讨会\t23日"];
        assert_eq!(left(&CELLS, &printed, false), Some(vec![]));
    }

    #[test]
    fn another_word_or_another_order_within_a_cell_is_another_text() {
        assert_eq!(left(&CELLS, &["全省环境科学高质量发展2022年8月22日～8月", "云龙湖国际会议中心 协办", "研讨会\t23日"], false), None);
        assert_eq!(left(&["面向基地组织培训"], &["培训基地组织面向"], false), None);
    }

    #[test]
    fn only_the_cell_of_a_sheet_may_be_cut_off() {
        let printed = ["全省环境科学2022年8月22日～8月", "云龙湖国际会议中心 承办"];
        assert_eq!(left(&CELLS, &printed, true), Some(vec!["高质量发展研讨会".to_owned(), "23日".to_owned()]));
        assert_eq!(left(&CELLS, &printed, false), None);
        assert_eq!(left(&["五万元", "张三"], &["五万元"], true), None);
    }

    #[test]
    fn a_passage_of_one_repeated_character_is_given_up_in_time() {
        let cells: Vec<String> = (0..40).map(|n| "一".repeat(30 + n)).collect();
        let printed: Vec<String> = (0..40).map(|_| "一".repeat(50) + "二").collect();
        let (cells, printed): (Vec<&str>, Vec<&str>) = (cells.iter().map(String::as_str).collect(), printed.iter().map(String::as_str).collect());
        assert_eq!(left(&cells, &printed, false), None);
    }
}
