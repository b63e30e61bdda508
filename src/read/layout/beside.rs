//! Labels set at half the height of a value of two or three lines, as on the covers of forms: a reader takes the label
//! first, then the value from its first line.
//!
//! ```text
//!              基于机器学习的服
//! 项目名称：                          →  项目名称：<tab>基于机器学习的服 / 装数码监测系统研究
//!              装数码监测系统研究
//! ```
use super::lines::{Gap, Line};

/// Letters of a label.
const LONGEST: usize = 14;
/// Lines of one value stand no further apart than this, in ems.
const MOST_LEADING: f32 = 2.2;

/// Lines from top to bottom, each label lifted to the first line of its value.
pub fn lift_labels(lines: Vec<Line>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    let mut rest = lines.into_iter().peekable();
    while let Some(line) = rest.next() {
        let lifted = match (out.last(), rest.peek()) {
            (Some(above), Some(below)) => lift(above, &line, below),
            _ => None,
        };
        match lifted {
            Some(Lifted { head, rest }) => {
                out.pop();
                out.push(head);
                out.extend(rest);
            }
            None => out.push(line),
        }
    }
    out
}

struct Lifted {
    /// The label with the value's first line.
    head: Line,
    /// What stood behind the label.
    rest: Option<Line>,
}

fn lift(above: &Line, line: &Line, below: &Line) -> Option<Lifted> {
    let colon = line.marks.iter().take(LONGEST).position(|m| matches!(m.c, '：' | ':'))?;
    let em = line.size.max(above.size);
    let label_end = line.marks[colon].rect.x1;
    let value = line.marks.get(colon + 1);
    let starts = above.rect.x0;
    let even = (line.base - above.base) - (below.base - line.base);
    let is_value = |l: &Line| l.rect.x0 > label_end && (l.rect.x0 - starts).abs() < 0.6 * em && (l.size / line.size.max(0.1) - 1.0).abs() < 0.2;
    let leading = if value.is_some() { line.base - above.base } else { below.base - above.base };
    let fits = is_value(above) && is_value(below) && above.base < line.base && line.base < below.base && even.abs() < 0.3 * em && leading < MOST_LEADING * em;
    if !fits || value.is_some_and(|v| (v.rect.x0 - starts).abs() > 0.6 * em || v.gap == Gap::None) {
        return None;
    }
    let mut marks = line.marks[..=colon].to_vec();
    marks.extend(above.marks.iter().copied());
    if let Some(first) = marks.get_mut(colon + 1) {
        first.gap = Gap::Tab;
    }
    let tail = line.marks[colon + 1..].to_vec();
    let rest = (!tail.is_empty()).then(|| Line::new(tail, line.base, line.way));
    Some(Lifted { head: Line::new(marks, above.base, above.way), rest })
}

#[cfg(test)]
mod tests {
    use super::super::geometry::{Rect, Way};
    use super::super::lines::Mark;
    use super::*;

    fn line(text: &str, x: f32, y: f32) -> Line {
        let mark = |(n, c): (usize, char)| {
            let x0 = x + 10.0 * n as f32;
            Mark { c, rect: Rect { x0, y0: y - 9.0, x1: x0 + 10.0, y1: y + 1.0 }, size: 10.0, gap: Gap::None, drawn: 0 }
        };
        Line::new(text.chars().enumerate().filter(|(_, c)| *c != ' ').map(mark).collect(), y, Way::Right)
    }

    fn texts(lines: Vec<Line>) -> Vec<String> {
        lift_labels(lines).iter().map(Line::text).collect()
    }

    #[test]
    fn a_label_at_half_height_comes_first() {
        let lines = vec![line("基于机器学习的服", 80.0, 20.0), line("项目名称：", 0.0, 28.0), line("装数码系统", 80.0, 36.0), line("负责人：", 0.0, 60.0)];
        assert_eq!(texts(lines), ["项目名称：\t基于机器学习的服", "装数码系统", "负责人："]);
    }

    #[test]
    fn a_label_beside_the_middle_line_comes_first() {
        let mut middle = line("项目名称：   器学习的服装数", 0.0, 36.0);
        middle.marks[5].gap = Gap::Blank;
        let lines = vec![line("基于机", 80.0, 20.0), middle, line("码系统", 80.0, 52.0)];
        assert_eq!(texts(lines), ["项目名称：\t基于机", "器学习的服装数", "码系统"]);
    }

    #[test]
    fn labels_of_rows_stay_where_they_are() {
        let row = |label: &str, y: f32| {
            let mut row = line(&format!("{label}：   某市科普学会"), 0.0, y);
            let at = row.marks.iter().position(|m| m.c == '某').unwrap_or(0);
            row.marks[at].gap = Gap::Blank;
            row
        };
        let lines = vec![row("甲方", 20.0), line("（牵头）", 60.0, 36.0), row("乙方", 52.0), row("丙方", 68.0)];
        let before: Vec<String> = lines.iter().map(Line::text).collect();
        assert_eq!(texts(lines), before);
    }
}
