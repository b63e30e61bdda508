//! Reading order of what stands outside tables: facing pages and columns of prose one after the other, all else top down.
use super::draft::{Item, Table};
use super::flow::Room;
use super::geometry::{Rect, Way};
use super::lines::{Gap, Line};

/// Fewer lines than this on a side make no column.
const LEAST_LINES: usize = 4;
/// Lines of prose are at least so many ems wide; labels and their values are not.
const LEAST_EMS: f32 = 11.0;
/// Part of the sheet's width that the fold between facing pages keeps white.
const LEAST_FOLD: f32 = 0.1;
/// A page with more things than this is no page of columns.
const MOST_THINGS: usize = 800;

enum Thing {
    Line(Line),
    Table(Table),
    Picture(Rect),
}

struct Placed {
    rect: Rect,
    thing: Thing,
}

/// Everything of one way, in reading order; boxes of pictures are those of the page.
pub fn ordered(lines: Vec<Line>, tables: Vec<Table>, pictures: Vec<Rect>, way: Way, page: Rect) -> Vec<Item> {
    let mut things: Vec<Placed> = Vec::with_capacity(lines.len() + tables.len());
    things.extend(lines.into_iter().map(|l| Placed { rect: l.rect, thing: Thing::Line(l) }));
    things.extend(tables.into_iter().map(|t| Placed { rect: t.rect, thing: Thing::Table(t) }));
    things.extend(pictures.into_iter().map(|p| Placed { rect: way.upright(&p), thing: Thing::Picture(p) }));
    let whole = way.upright(&page);
    let mut out = Vec::new();
    match facing(&things, whole) {
        Some(middle) => {
            let (left, right) = halves(things, middle);
            columns(left, Room { left: whole.x0, right: middle }, 0, &mut out);
            columns(right, Room { left: middle, right: whole.x1 }, 0, &mut out);
        }
        None => columns(things, Room { left: whole.x0, right: whole.x1 }, 0, &mut out),
    }
    out
}

/// Where the two pages of an open booklet meet: a certificate printed on a sheet that is folded in the middle. Broad
/// white down the middle does not tell that alone, but the left page is drawn whole before the right one.
fn facing(things: &[Placed], whole: Rect) -> Option<f32> {
    if whole.width() < 1.2 * whole.height() || things.len() > MOST_THINGS {
        return None;
    }
    let (mut white, middle) = ((whole.x0, whole.x1), whole.centre().0);
    let (mut labels, mut counts) = (0, [0usize; 2]);
    let mut lines = Vec::new();
    for placed in things {
        let line = match &placed.thing {
            Thing::Line(line) => line,
            Thing::Picture(_) => continue,
            Thing::Table(_) => return None,
        };
        labels += usize::from(line.marks.iter().any(|m| matches!(m.c, '：' | ':')));
        lines.push(line);
        let mut has = [false; 2];
        for (from, to) in stretches(placed) {
            if to <= middle {
                white.0 = white.0.max(to);
                has[0] = true;
            } else if from >= middle {
                white.1 = white.1.min(from);
                has[1] = true;
            } else {
                return None;
            }
        }
        counts = [counts[0] + usize::from(has[0]), counts[1] + usize::from(has[1])];
    }
    let drawn = |is_left: bool| lines.iter().flat_map(|l| &l.marks).filter(move |m| (m.rect.centre().0 < middle) == is_left).map(|m| m.drawn);
    let is_broad = white.1 - white.0 > LEAST_FOLD * whole.width();
    let in_turn = drawn(true).max().zip(drawn(false).min()).is_some_and(|(last, first)| last < first);
    (is_broad && in_turn && counts.iter().all(|n| *n >= 2) && labels * 3 <= lines.len()).then_some((white.0 + white.1) / 2.0)
}

/// What stands left and right of a strip of white.
fn halves(things: impl IntoIterator<Item = Placed>, middle: f32) -> (Vec<Placed>, Vec<Placed>) {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for Placed { rect, thing } in things {
        match thing {
            Thing::Line(line) => {
                let (a, b) = line.split_at(middle);
                left.extend(a.map(|l| Placed { rect: l.rect, thing: Thing::Line(l) }));
                right.extend(b.map(|l| Placed { rect: l.rect, thing: Thing::Line(l) }));
            }
            thing if rect.centre().0 < middle => left.push(Placed { rect, thing }),
            thing => right.push(Placed { rect, thing }),
        }
    }
    (left, right)
}

fn columns(mut things: Vec<Placed>, room: Room, depth: u32, out: &mut Vec<Item>) {
    things.sort_by(|a, b| foot(a).total_cmp(&foot(b)).then(a.rect.x0.total_cmp(&b.rect.x0)));
    let bands = if depth < 3 { bands(&things, room) } else { Vec::new() };
    let mut rest = things.into_iter();
    let mut done = 0;
    for band in bands {
        emit(rest.by_ref().take(band.first - done), room, out);
        let (left, right) = halves(rest.by_ref().take(band.end - band.first), (band.from + band.to) / 2.0);
        done = band.end;
        let edges = |side: &[Placed]| {
            side.iter().fold(Rect::NOTHING, |mut all, p| {
                all.add(&p.rect);
                all
            })
        };
        let (l, r) = (edges(&left), edges(&right));
        columns(left, Room { left: l.x0, right: l.x1 }, depth + 1, out);
        columns(right, Room { left: r.x0, right: r.x1 }, depth + 1, out);
    }
    emit(rest, room, out);
}

/// Lines are sorted by their base line, all else by its lower side.
fn foot(placed: &Placed) -> f32 {
    match &placed.thing {
        Thing::Line(line) => line.base,
        _ => placed.rect.y1,
    }
}

/// Things that a strip of white parts into two columns.
struct Band {
    first: usize,
    end: usize,
    from: f32,
    to: f32,
}

fn bands(things: &[Placed], room: Room) -> Vec<Band> {
    let mut out = Vec::new();
    if things.len() > MOST_THINGS || things.len() < 2 * LEAST_LINES {
        return out;
    }
    let stretches: Vec<Vec<(f32, f32)>> = things.iter().map(stretches).collect();
    let bounds = things.iter().fold(Rect::NOTHING, |mut all, p| {
        all.add(&p.rect);
        all
    });
    let (low, high) = (bounds.x0 + 0.15 * bounds.width(), bounds.x0 + 0.85 * bounds.width());
    let mut first = 0;
    while first + LEAST_LINES < things.len() {
        let size = if let Thing::Line(l) = &things[first].thing { l.size } else { 10.0 };
        let mut white = vec![(low, high)];
        let mut end = first;
        while end < things.len() {
            let next = without(&white, &stretches[end], 0.7 * size);
            if next.is_empty() {
                break;
            }
            white = next;
            end += 1;
        }
        let best =
            white.iter().copied().filter(|w| is_prose(&things[first..end], &stretches[first..end], *w)).max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)));
        match best {
            Some((from, to)) if room.right > room.left => {
                out.push(Band { first, end, from, to });
                first = end;
            }
            _ => first += 1,
        }
    }
    out
}

/// What is left of white stretches where a line's ink is taken out.
fn without(white: &[(f32, f32)], ink: &[(f32, f32)], least: f32) -> Vec<(f32, f32)> {
    let mut out: Vec<(f32, f32)> = white.to_vec();
    for (a, b) in ink {
        out = out.iter().flat_map(|(x, y)| [(*x, y.min(*a)), (x.max(*b), *y)]).filter(|(x, y)| y - x >= least).collect();
        out.dedup();
    }
    out
}

/// A thing's stretches of ink without wide gaps.
fn stretches(placed: &Placed) -> Vec<(f32, f32)> {
    let Thing::Line(line) = &placed.thing else { return vec![(placed.rect.x0, placed.rect.x1)] };
    let mut out = Vec::new();
    let mut from = line.rect.x0;
    for pair in line.marks.windows(2) {
        if pair[1].gap != Gap::None && pair[1].rect.x0 - pair[0].rect.x1 > 0.7 * line.size {
            out.push((from, pair[0].rect.x1));
            from = pair[1].rect.x0;
        }
    }
    out.push((from, line.rect.x1));
    out
}

/// Whether both sides of a strip hold lines of prose, not labels beside their values.
fn is_prose(things: &[Placed], stretches: &[Vec<(f32, f32)>], (from, to): (f32, f32)) -> bool {
    let mut sides: [Vec<f32>; 2] = [Vec::new(), Vec::new()];
    let (mut labels, mut lines) = (0, 0);
    let mut sizes = 0.0;
    for (placed, parts) in things.iter().zip(stretches) {
        let Thing::Line(line) = &placed.thing else { continue };
        lines += 1;
        sizes += line.size;
        let head: String = line.text().chars().take(14).collect();
        labels += usize::from(head.contains(['：', ':']));
        for (a, b) in parts {
            if *b <= from {
                sides[0].push(b - a);
            } else if *a >= to {
                sides[1].push(b - a);
            }
        }
    }
    if lines < 2 || labels * 3 > lines {
        return false;
    }
    let size = sizes / lines as f32;
    sides.iter_mut().all(|widths| {
        widths.sort_by(f32::total_cmp);
        let widest = widths.last().copied().unwrap_or(0.0);
        let full = widths.iter().filter(|w| **w > 0.6 * widest).count();
        widths.len() >= LEAST_LINES && full * 2 >= widths.len() && widths[widths.len() / 2] >= LEAST_EMS * size
    })
}

fn emit(things: impl Iterator<Item = Placed>, room: Room, out: &mut Vec<Item>) {
    out.extend(things.map(|p| match p.thing {
        Thing::Line(line) => Item::Line(line, room),
        Thing::Table(table) => Item::Table(table),
        Thing::Picture(rect) => Item::Picture(rect),
    }));
}

#[cfg(test)]
mod tests {
    use super::super::lines::Mark;
    use super::*;

    fn line(text: &str, x: f32, y: f32) -> Line {
        let mark = |(n, c): (usize, char)| Mark {
            c,
            rect: Rect { x0: x + 10.0 * n as f32, y0: y - 9.0, x1: x + 10.0 * (n + 1) as f32, y1: y + 1.0 },
            size: 10.0,
            gap: Gap::None,
            drawn: 0,
        };
        let marks: Vec<Mark> = text.chars().enumerate().map(mark).collect();
        let rect = Rect { x0: x, y0: y - 9.0, x1: x + 10.0 * marks.len() as f32, y1: y + 1.0 };
        Line { marks, rect, base: y, size: 10.0, way: Way::Right }
    }

    fn texts(lines: Vec<Line>) -> Vec<String> {
        let items = ordered(lines, Vec::new(), Vec::new(), Way::Right, Rect::new(0.0, 0.0, 600.0, 800.0));
        items.iter().filter_map(|i| if let Item::Line(l, _) = i { Some(l.text()) } else { None }).collect()
    }

    #[test]
    fn columns_of_prose_are_read_one_after_the_other() {
        let mut lines = vec![line("一行标题占满整个版面的宽度从左到右一直延伸到右边的栏目之上去了才结束", 100.0, 20.0)];
        for n in 0..6 {
            lines.push(line("左栏的文字一行有这么多字排满", 100.0, 50.0 + 15.0 * n as f32));
            lines.push(line("右栏的文字一行也有这么多字数", 300.0, 50.0 + 15.0 * n as f32));
        }
        lines.push(line("再往下又是一行占满整个版面宽度的文字从左到右一直延伸到右边才结束", 100.0, 160.0));
        let read = texts(lines);
        assert!(read[1..7].iter().all(|t| t.starts_with('左')) && read[7..13].iter().all(|t| t.starts_with('右')));
        assert!(read[13].starts_with('再'));
    }

    #[test]
    fn labels_and_values_stay_in_their_rows() {
        let mut lines = Vec::new();
        for n in 0..6 {
            lines.push(line("项目名称：", 100.0, 50.0 + 25.0 * n as f32));
            lines.push(line("城市内涝监测预警平台建设与示范", 300.0, 50.0 + 25.0 * n as f32));
        }
        let read = texts(lines);
        assert!(read[0].starts_with('项') && read[1].starts_with('城') && read[2].starts_with('项'));
    }
    #[test]
    fn facing_pages_drawn_one_after_the_other_are_read_so() {
        let read = |drawn: [u32; 4]| {
            let places = [("甲乙学会", 100.0, 50.0), ("江苏徐州", 100.0, 80.0), ("二〇二二年", 500.0, 50.5), ("三月一日", 500.0, 80.0)];
            let mut rows: Vec<Line> = places.iter().zip(drawn).map(|((text, x, y), n)| drawn_at(line(text, *x, *y), n)).collect();
            // Two chunks of one height are one line.
            for n in [1, 0] {
                let right = rows.remove(n + 2);
                let mut marks = rows[n].marks.clone();
                marks.extend(right.marks);
                marks[4].gap = Gap::Tab;
                rows[n] = Line::new(marks, rows[n].base, Way::Right);
            }
            let items = ordered(rows, Vec::new(), Vec::new(), Way::Right, Rect::new(0.0, 0.0, 800.0, 500.0));
            items.iter().filter_map(|i| if let Item::Line(l, _) = i { Some(l.text()) } else { None }).collect::<Vec<_>>()
        };
        assert_eq!(read([0, 10, 20, 30]), ["甲乙学会", "江苏徐州", "二〇二二年", "三月一日"]);
        assert_eq!(read([0, 20, 10, 30]), ["甲乙学会\t二〇二二年", "江苏徐州\t三月一日"]);
    }

    fn drawn_at(mut line: Line, first: u32) -> Line {
        for (n, mark) in (first..).zip(&mut line.marks) {
            mark.drawn = n;
        }
        line
    }
}
