//! Words printed over each other are read in the order they were drawn.
//!
//! Some writers give every stretch of a line the box of the whole line, so that `2022`, `年` and `5` all begin at one
//! place and the page shows a tangle. From left to right it reads `25年022`; as drawn it is what was meant.
use super::lines::Mark;
use std::ops::Range;

/// Blanks wider than this, in ems, part the line into stretches that are looked at alone.
const APART: f32 = 2.5;
/// Letters that share more than this part of the smaller one's width collide.
const SHARED: f32 = 0.5;
/// One collision in a longer stretch than this may be a slip of a font's widths.
const MOST_LETTERS: usize = 7;

/// Puts the tangled stretches of a line, given from left to right, in drawing order; tells where they are.
pub fn untangle(marks: &mut [Mark]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut end = f32::MIN;
    for n in 0..=marks.len() {
        let is_apart = marks.get(n).is_none_or(|m| n > start && m.rect.x0 - end > APART * m.size);
        if is_apart {
            if is_tangled(&marks[start..n]) {
                marks[start..n].sort_by_key(|m| m.drawn);
                out.push(start..n);
            }
            start = n;
            end = f32::MIN;
        }
        end = marks.get(n).map_or(end, |m| end.max(m.rect.x1));
    }
    out
}

fn is_tangled(stretch: &[Mark]) -> bool {
    let collide = |a: &Mark, b: &Mark| {
        let shared = a.rect.x1.min(b.rect.x1) - a.rect.x0.max(b.rect.x0);
        shared > SHARED * a.rect.width().min(b.rect.width()) && !is_filler(a.c) && !is_filler(b.c)
    };
    let in_turn = stretch.windows(2).all(|pair| pair[0].drawn < pair[1].drawn);
    let collisions = stretch.windows(2).filter(|pair| collide(&pair[0], &pair[1])).count();
    !in_turn && (collisions > 1 || collisions == 1 && stretch.len() <= MOST_LETTERS)
}

/// Answers are written over the lines of a form.
fn is_filler(c: char) -> bool {
    matches!(c, '_' | '＿' | '‾' | '—' | '─' | '-' | '.' | '…' | '·' | '□' | '○')
}

/// Whether places tell nothing of the gap before a mark: inside a tangle only typed blanks count.
pub fn is_inside(tangles: &[Range<usize>], n: usize) -> bool {
    tangles.get(tangles.partition_point(|range| range.end <= n)).is_some_and(|range| range.start < n)
}

#[cfg(test)]
mod tests {
    use super::super::geometry::Rect;
    use super::super::lines::Gap;
    use super::*;

    fn marks(stretches: &[(&str, f32, f32)]) -> Vec<Mark> {
        let letters = stretches.iter().flat_map(|(text, x, step)| text.chars().enumerate().map(move |(n, c)| (c, x + step * n as f32)));
        let mut out: Vec<Mark> = (0u32..)
            .zip(letters)
            .map(|(drawn, (c, x0))| Mark { c, rect: Rect { x0, y0: 0.0, x1: x0 + 6.0, y1: 10.0 }, size: 10.0, gap: Gap::None, drawn })
            .collect();
        out.sort_by(|a, b| a.rect.x0.total_cmp(&b.rect.x0));
        out
    }

    fn read(mut marks: Vec<Mark>) -> String {
        untangle(&mut marks);
        marks.iter().map(|m| m.c).collect()
    }

    #[test]
    fn stretches_that_begin_at_one_place_are_read_as_drawn() {
        assert_eq!(read(marks(&[("性别", 0.0, 10.0), ("2022", 60.0, 13.0), ("年", 60.0, 0.0), ("5", 61.0, 0.0), ("月", 73.0, 0.0)])), "性别2022年5月");
    }

    #[test]
    fn an_answer_over_a_line_and_a_tick_in_its_gap_stay_where_they_stand() {
        assert_eq!(read(marks(&[("人：____电话", 0.0, 10.0), ("张三", 20.0, 10.0)])), "人：_张_三__电话");
        assert_eq!(read(marks(&[("是", 0.0, 0.0), ("否", 20.0, 0.0), ("√", 10.0, 0.0)])), "是√否");
    }
}
