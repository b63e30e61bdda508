//! Covers set as two columns without ruling lines: labels left, values of one or more lines right, each label at the
//! middle or the foot of its value. Lines are taken apart and each label is lifted to the first line of its value.
//!
//! ```text
//!            面向食品加工企业的冷
//! 项目名称                          →  项目名称<tab>面向食品加工企业的冷 / 链物流技术服务
//!            链物流技术服务
//! 申报单位   徐州市某学会              申报单位<tab>徐州市某学会
//! ```
use super::flow::starts_item;
use super::lines::{Gap, Line, Mark, is_cjk};

/// Letters of a label.
const LONGEST: usize = 14;
/// Labels that tell of a cover.
const LEAST_LABELS: usize = 3;
/// Labels and lines of one cover.
const MOST_LABELS: usize = 24;
const MOST_LINES: usize = 60;
/// Lines of one value.
const MOST_OF_ONE: usize = 6;
/// Lines of one value stand no further apart than this, in ems.
const MOST_LEADING: f32 = 2.2;
/// A label may stand this far from its place, in ems.
const MOST_OFF: f32 = 0.45;

/// Where in the height of its value a label stands.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Height {
    Top,
    Middle,
    Foot,
}

/// Labels and value lines of a stretch, top to bottom.
#[derive(Default)]
struct Stretch {
    labels: Vec<(Vec<Mark>, f32)>,
    values: Vec<(Vec<Mark>, f32)>,
    em: f32,
}

/// What a line is beside a column of values.
enum Side {
    Label(Vec<Mark>),
    Value(Vec<Mark>),
    Both(Vec<Mark>, Vec<Mark>),
}

/// Lines from top to bottom, the labels of covers before the first lines of their values.
pub fn lift(lines: Vec<Line>) -> Vec<Line> {
    if !lines.iter().any(Line::has_tab) {
        return lines;
    }
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    let mut n = 0;
    while n < lines.len() {
        let found = stretch_at(&lines, n);
        let end = found.as_ref().map_or(n + 1, |(_, end)| *end);
        match found.and_then(|(stretch, _)| settled(&stretch, &lines[n])) {
            Some(settled) => out.extend(settled),
            None => out.extend_from_slice(&lines[n..end]),
        }
        n = end;
    }
    out
}

/// The cover that begins at a line, and the line after it. It must hold a value line that has no label beside it.
fn stretch_at(lines: &[Line], first: usize) -> Option<(Stretch, usize)> {
    let head = &lines[first];
    let near = &lines[first..(first + 6).min(lines.len())];
    let x = near.iter().find_map(|line| column(line, head))?;
    // the rest of a value whose label is none of a cover's
    let begins = |line: &Line| line.marks.iter().any(|m| (m.rect.x0 - x).abs() < 0.6 * line.size && (m.gap == Gap::Tab || m.rect.x0 <= line.rect.x0));
    if first.checked_sub(1).is_some_and(|above| begins(&lines[above])) {
        return None;
    }
    let mut found = Stretch { em: head.size.max(0.1), ..Stretch::default() };
    let mut alone = 0;
    let mut end = first;
    for line in &lines[first..] {
        let apart = line.way != head.way || (line.size / head.size.max(0.1) - 1.0).abs() > 0.2 || found.values.len() >= MOST_LINES;
        let Some(side) = (if apart { None } else { side(line, x) }) else { break };
        match side {
            Side::Label(label) => found.labels.push((label, line.base)),
            Side::Value(value) => {
                alone += 1;
                found.values.push((value, line.base));
            }
            Side::Both(label, value) => {
                found.labels.push((label, line.base));
                found.values.push((value, line.base));
            }
        }
        end += 1;
    }
    let fits = (LEAST_LABELS..=MOST_LABELS).contains(&found.labels.len()) && alone > 0;
    fits.then_some((found, end))
}

/// Where the values of a line with a label begin.
fn column(line: &Line, like: &Line) -> Option<f32> {
    let at = line.marks.iter().skip(1).rposition(|m| m.gap == Gap::Tab)? + 1;
    ((line.size / like.size.max(0.1) - 1.0).abs() < 0.2 && is_label(&line.marks[..at])).then(|| line.marks[at].rect.x0)
}

fn side(line: &Line, x: f32) -> Option<Side> {
    let near = 0.6 * line.size;
    if (line.rect.x0 - x).abs() < near {
        return Some(Side::Value(line.marks.clone()));
    }
    if line.rect.x1 < x - near {
        return is_label(&line.marks).then(|| Side::Label(line.marks.clone()));
    }
    let at = line.marks.iter().position(|m| (m.rect.x0 - x).abs() < near)?;
    let (label, value) = line.marks.split_at(at);
    (value.first()?.gap != Gap::None && is_label(label)).then(|| Side::Both(label.to_vec(), value.to_vec()))
}

/// A few ideographs, with brackets and a colon: no item of a list, no figures.
fn is_label(marks: &[Mark]) -> bool {
    let text: String = marks.iter().map(|m| m.c).collect();
    let letters = text.chars().filter(|c| is_cjk(*c)).count();
    (2..=LONGEST).contains(&letters) && !text.contains(['。', '，', '；', '、', '“']) && !text.chars().any(|c| c.is_ascii_digit()) && !starts_item(&text)
}

/// The lines of a stretch in order; nothing where each label stands at the head of its value already, or no order is clear.
fn settled(stretch: &Stretch, like: &Line) -> Option<Vec<Line>> {
    let top = partition(stretch, Height::Top);
    let others = [Height::Middle, Height::Foot].into_iter().filter_map(|height| partition(stretch, height));
    let (cost, groups) = others.min_by(|a, b| a.0.total_cmp(&b.0))?;
    if top.is_some_and(|(best, _)| best <= cost + 0.05) {
        return None;
    }
    let mut out = Vec::new();
    for ((label, base), group) in stretch.labels.iter().zip(groups) {
        let values = &stretch.values[group];
        let mut marks = label.clone();
        let base = values.first().map_or(*base, |(_, base)| *base);
        if let Some((first, _)) = values.first() {
            let at = marks.len();
            marks.extend(first.iter().copied());
            marks[at].gap = Gap::Tab;
        }
        out.push(Line::new(marks, base, like.way));
        out.extend(values.iter().skip(1).map(|(marks, base)| Line::new(marks.clone(), *base, like.way)));
    }
    Some(out)
}

/// The value lines of each label, where labels stand at one height of their values, and how far they are off in all.
fn partition(stretch: &Stretch, height: Height) -> Option<(f32, Vec<std::ops::Range<usize>>)> {
    let (labels, lines) = (stretch.labels.len(), stretch.values.len());
    let least = stretch.values.windows(2).map(|w| w[1].1 - w[0].1).fold(f32::MAX, f32::min);
    let cost = |label: usize, from: usize, to: usize| -> Option<f32> {
        let Some(last) = to.checked_sub(1).filter(|last| *last >= from) else { return Some(1.0) };
        let (first, last) = (stretch.values[from].1, stretch.values[last].1);
        let place = match height {
            Height::Top => first,
            Height::Middle => (first + last) / 2.0,
            Height::Foot => last,
        };
        let off = (stretch.labels[label].1 - place).abs() / stretch.em;
        let steps = stretch.values[from..to].windows(2).map(|w| w[1].1 - w[0].1);
        // lines of one value stand as near to each other as any
        let wide: f32 = steps.clone().map(|step| 0.3 * (step - least) / stretch.em).sum();
        let close = steps.clone().all(|step| step < MOST_LEADING * stretch.em);
        (off < MOST_OFF && close).then_some(off + wide)
    };
    // best[l][v]: the first l labels take the first v lines
    let mut best: Vec<Vec<Option<(f32, usize)>>> = vec![vec![None; lines + 1]; labels + 1];
    best[0][0] = Some((0.0, 0));
    for label in 0..labels {
        let (done, open) = best.split_at_mut(label + 1);
        for (from, before) in done[label].iter().enumerate() {
            let Some((before, _)) = before else { continue };
            for (to, place) in open[0].iter_mut().enumerate().take(from + MOST_OF_ONE + 1).skip(from) {
                let Some(more) = cost(label, from, to) else { continue };
                let whole = before + more;
                if place.is_none_or(|(known, _)| whole < known) {
                    *place = Some((whole, from));
                }
            }
        }
    }
    let (whole, _) = best[labels][lines]?;
    let mut groups = Vec::with_capacity(labels);
    let mut to = lines;
    for label in (1..=labels).rev() {
        let (_, from) = best[label][to]?;
        groups.push(from..to);
        to = from;
    }
    groups.reverse();
    Some((whole, groups))
}

#[cfg(test)]
mod tests {
    use super::super::geometry::{Rect, Way};
    use super::*;

    /// A line whose blanks are ten wide; from the value's column on a gap is a tab.
    fn line(text: &str, x: f32, y: f32) -> Line {
        let mark = |(n, c): (usize, char)| {
            let x0 = x + 10.0 * n as f32;
            Mark { c, rect: Rect { x0, y0: y - 9.0, x1: x0 + 10.0, y1: y + 1.0 }, size: 10.0, gap: Gap::None, drawn: 0 }
        };
        let mut marks: Vec<Mark> = text.chars().enumerate().filter(|(_, c)| *c != ' ').map(mark).collect();
        for n in 1..marks.len() {
            if marks[n].rect.x0 - marks[n - 1].rect.x1 > 5.0 {
                marks[n].gap = Gap::Tab;
            }
        }
        Line::new(marks, y, Way::Right)
    }

    fn texts(lines: Vec<Line>) -> Vec<String> {
        lift(lines).iter().map(Line::text).collect()
    }

    #[test]
    fn labels_at_the_middle_of_their_values_come_first() {
        let lines = vec![
            line("面向食品企业", 100.0, 20.0),
            line("的冷链物流", 100.0, 34.0),
            line("项目名称", 0.0, 41.0),
            line("监测与追溯", 100.0, 48.0),
            line("服务站", 100.0, 62.0),
            line("申报单位  徐州市食品学会", 40.0, 84.0),
            line("江苏恒远储运", 100.0, 106.0),
            line("合作单位  股份有限公司", 40.0, 120.0),
            line("徐州分公司", 100.0, 134.0),
        ];
        assert_eq!(
            texts(lines),
            [
                "项目名称\t面向食品企业",
                "的冷链物流",
                "监测与追溯",
                "服务站",
                "申报单位\t徐州市食品学会",
                "合作单位\t江苏恒远储运",
                "股份有限公司",
                "徐州分公司"
            ]
        );
    }

    #[test]
    fn labels_at_the_foot_come_first_and_those_at_the_head_stay() {
        let lines = vec![
            line("面向食品企业", 100.0, 20.0),
            line("项目名称  的冷链物流", 40.0, 34.0),
            line("申报单位  徐州市食品学会", 40.0, 56.0),
            line("江苏恒远储运", 100.0, 78.0),
            line("合作单位  股份有限公司", 40.0, 92.0),
        ];
        assert_eq!(texts(lines), ["项目名称\t面向食品企业", "的冷链物流", "申报单位\t徐州市食品学会", "合作单位\t江苏恒远储运", "股份有限公司"]);
        let lines = vec![
            line("项目名称  面向食品企业", 40.0, 20.0),
            line("的冷链物流", 100.0, 34.0),
            line("申报单位  徐州市食品学会", 40.0, 56.0),
            line("合作单位  江苏恒远储运", 40.0, 78.0),
            line("股份有限公司", 100.0, 92.0),
        ];
        let before: Vec<String> = lines.iter().map(Line::text).collect();
        assert_eq!(texts(lines), before);
    }
}
