//! Cells of two lines in rows that no line rules, as spreadsheets print them: the halves stand above and below the row's
//! own line, which has a gap in their place.
//!
//! ```text
//!               徐州工程学院食品与
//! 1   邵一鸣                        13900001111   →  1 <tab> 邵一鸣 <tab> 徐州工程学院食品与生物工程学院 <tab> 13900001111
//!               生物工程学院
//! ```
use super::geometry::Rect;
use super::lines::{Gap, Line, Mark, is_cjk};

/// A half stands this far from the row's own line, in ems; both nearly as far.
const LEAST: f32 = 0.4;
const MOST: f32 = 1.0;
const UNEVEN: f32 = 0.25;

/// Lines from top to bottom, the halves put into the gaps of their rows.
pub fn join(lines: Vec<Line>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    let mut rest = lines.into_iter().peekable();
    while let Some(line) = rest.next() {
        let whole = match (out.last(), rest.peek()) {
            (Some(above), Some(below)) => whole(above, &line, below),
            _ => None,
        };
        match whole {
            Some(row) => {
                out.pop();
                rest.next();
                out.push(row);
            }
            None => out.push(line),
        }
    }
    out
}

fn whole(above: &Line, line: &Line, below: &Line) -> Option<Line> {
    let em = line.size.max(0.1);
    let (up, down) = (line.base - above.base, below.base - line.base);
    let near = |step: f32| (LEAST * em..MOST * em).contains(&step);
    let alike = |other: &Line| other.way == line.way && (other.size / em - 1.0).abs() < 0.2;
    if !near(up) || !near(down) || (up - down).abs() > UNEVEN * em || !alike(above) || !alike(below) {
        return None;
    }
    let own = cells(line, &[]);
    let lower = cells(below, &[]);
    let upper = cells(above, &lower);
    let lower = if upper.len() > lower.len() { cells(below, &upper) } else { lower };
    let clear = |half: &Cell| own.iter().all(|cell| !meet(&cell.rect, &half.rect));
    if own.len() < 2 || !upper.iter().chain(&lower).all(clear) || upper[0].rect.x0 < own[0].rect.x0 || upper.len() < lower.len() {
        return None;
    }
    let mut row = own;
    let mut lower = lower.into_iter().peekable();
    for mut half in upper {
        if let Some(rest) = lower.next_if(|rest| meet(&rest.rect, &half.rect)) {
            let joint = half.marks.len();
            let parts = half.marks.last().is_some_and(|m| !is_cjk(m.c)) && rest.marks.first().is_some_and(|m| !is_cjk(m.c));
            half.marks.extend(rest.marks);
            half.marks[joint].gap = if parts { Gap::Blank } else { Gap::None };
        }
        row.push(half);
    }
    if lower.peek().is_some() {
        return None;
    }
    row.sort_by(|a, b| a.rect.x0.total_cmp(&b.rect.x0));
    let mut marks = Vec::new();
    for mut cell in row {
        cell.marks[0].gap = Gap::Tab;
        marks.append(&mut cell.marks);
    }
    Some(Line::new(marks, line.base, line.way))
}

struct Cell {
    marks: Vec<Mark>,
    rect: Rect,
}

/// The stretches of a line between its tabs; between blanks too, where they part the cells of the other half.
fn cells(line: &Line, other: &[Cell]) -> Vec<Cell> {
    let mut out: Vec<Cell> = Vec::new();
    for mark in &line.marks {
        let parts = |cell: &Cell| {
            mark.gap == Gap::Tab || mark.gap == Gap::Blank && other.windows(2).any(|pair| cell.rect.x1 < pair[1].rect.x0 && mark.rect.x0 > pair[0].rect.x1)
        };
        match out.last_mut().filter(|cell| !parts(cell)) {
            Some(cell) => {
                cell.rect.add(&mark.rect);
                cell.marks.push(*mark);
            }
            None => out.push(Cell { marks: vec![*mark], rect: mark.rect }),
        }
    }
    out
}

fn meet(a: &Rect, b: &Rect) -> bool {
    a.x0 < b.x1 && b.x0 < a.x1
}

#[cfg(test)]
mod tests {
    use super::super::geometry::Way;
    use super::*;

    /// A line whose letters and blanks are ten wide; two blanks are a tab, one is a blank.
    fn line(text: &str, x: f32, y: f32) -> Line {
        let mut marks: Vec<Mark> = Vec::new();
        for (n, c) in text.chars().enumerate().filter(|(_, c)| *c != ' ') {
            let x0 = x + 10.0 * n as f32;
            let gap = match marks.last().map_or(0.0, |before| x0 - before.rect.x1) {
                gap if gap > 15.0 => Gap::Tab,
                gap if gap > 5.0 => Gap::Blank,
                _ => Gap::None,
            };
            marks.push(Mark { c, rect: Rect { x0, y0: y - 9.0, x1: x0 + 10.0, y1: y + 1.0 }, size: 10.0, gap, drawn: 0 });
        }
        Line::new(marks, y, Way::Right)
    }

    fn texts(lines: Vec<Line>) -> Vec<String> {
        join(lines).iter().map(Line::text).collect()
    }

    #[test]
    fn halves_above_and_below_a_row_are_put_into_its_gaps() {
        let lines = vec![
            line("序号  姓名  工作单位  分工  电话", 0.0, 0.0),
            line("徐州工程学 统筹和", 110.0, 20.0),
            line("一  邵一鸣               电话号", 0.0, 27.0),
            line("院食品系  协调", 110.0, 34.0),
            line("二  王立群  市检测所  指导  电话号", 0.0, 54.0),
        ];
        assert_eq!(
            texts(lines),
            ["序号\t姓名\t工作单位\t分工\t电话", "一\t邵一鸣\t徐州工程学院食品系\t统筹和协调\t电话号", "二\t王立群\t市检测所\t指导\t电话号"]
        );
    }

    #[test]
    fn lines_of_a_text_and_full_rows_stay_as_they_are() {
        let lines = vec![line("甲方  徐州市某学会", 0.0, 0.0), line("乙方  某公司", 0.0, 8.0), line("丙方  某中心", 0.0, 16.0)];
        let before: Vec<String> = lines.iter().map(Line::text).collect();
        assert_eq!(texts(lines), before);
    }
}
