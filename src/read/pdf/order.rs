//! Reading order of what stands outside tables: columns of prose one after the other, all else top down.
use super::draft::{Item, Table};
use super::flow::Room;
use super::geometry::{Rect, Way};
use super::lines::{Gap, Line};

/// Fewer lines than this on a side make no column.
const LEAST_LINES: usize = 5;

enum Thing {
    Line(Line),
    Table(Table),
    Picture(Rect),
}

struct Placed {
    rect: Rect,
    thing: Thing,
}

/// Everything of one way, in reading order; boxes of tables and pictures are those of the page.
pub fn ordered(lines: Vec<Line>, tables: Vec<Table>, pictures: Vec<Rect>, way: Way, page: Rect) -> Vec<Item> {
    let mut things: Vec<Placed> = Vec::with_capacity(lines.len() + tables.len());
    things.extend(lines.into_iter().map(|l| Placed { rect: l.rect, thing: Thing::Line(l) }));
    things.extend(tables.into_iter().map(|t| Placed { rect: t.rect, thing: Thing::Table(t) }));
    things.extend(pictures.into_iter().map(|p| Placed { rect: way.upright(&p), thing: Thing::Picture(p) }));
    let whole = way.upright(&page);
    let mut out = Vec::new();
    columns(things, Room { left: whole.x0, right: whole.x1 }, 0, &mut out);
    out
}

fn columns(mut things: Vec<Placed>, room: Room, depth: u32, out: &mut Vec<Item>) {
    things.sort_by(|a, b| a.rect.y1.total_cmp(&b.rect.y1).then(a.rect.x0.total_cmp(&b.rect.x0)));
    let gutter = if depth < 3 { gutter(&things, room) } else { None };
    let Some((from, to)) = gutter else {
        emit(things, room, out);
        return;
    };
    // Things across the gutter part the page into bands; in each band the left column comes first.
    let middle = (from + to) / 2.0;
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let flush = |left: &mut Vec<Placed>, right: &mut Vec<Placed>, out: &mut Vec<Item>| {
        columns(std::mem::take(left), Room { left: room.left, right: from }, depth + 1, out);
        columns(std::mem::take(right), Room { left: to, right: room.right }, depth + 1, out);
    };
    let mut across: Vec<Placed> = Vec::new();
    for placed in things {
        let Placed { rect, thing } = placed;
        match thing {
            _ if rect.x1 <= middle => side(&mut across, &mut left, Placed { rect, thing }, room, out),
            _ if rect.x0 >= middle => side(&mut across, &mut right, Placed { rect, thing }, room, out),
            Thing::Line(line) if parts_at(&line, from, to) => {
                let (a, b) = line.split_at(middle);
                for (part, list) in [(a, &mut left), (b, &mut right)] {
                    if let Some(l) = part {
                        side(&mut across, list, Placed { rect: l.rect, thing: Thing::Line(l) }, room, out);
                    }
                }
            }
            thing => {
                flush(&mut left, &mut right, out);
                across.push(Placed { rect, thing });
            }
        }
    }
    flush_across(&mut across, room, out);
    flush(&mut left, &mut right, out);
}

fn side(across: &mut Vec<Placed>, list: &mut Vec<Placed>, placed: Placed, room: Room, out: &mut Vec<Item>) {
    flush_across(across, room, out);
    list.push(placed);
}

fn flush_across(across: &mut Vec<Placed>, room: Room, out: &mut Vec<Item>) {
    if !across.is_empty() {
        emit(std::mem::take(across), room, out);
    }
}

/// Whether a line has a gap where the gutter is.
fn parts_at(line: &Line, from: f32, to: f32) -> bool {
    let middle = (from + to) / 2.0;
    line.marks.windows(2).any(|w| w[0].rect.x1 <= middle && w[1].rect.x0 >= middle && w[1].gap != Gap::None)
}

/// A strip of white that parts two columns of prose.
fn gutter(things: &[Placed], room: Room) -> Option<(f32, f32)> {
    let lines: Vec<&Line> = things.iter().filter_map(|p| if let Thing::Line(l) = &p.thing { Some(l) } else { None }).collect();
    if lines.len() < 2 * LEAST_LINES {
        return None;
    }
    let (left, right) = lines.iter().fold((f32::MAX, f32::MIN), |(a, b), l| (a.min(l.rect.x0), b.max(l.rect.x1)));
    let width = right - left;
    if !(width > 100.0 && width < 20_000.0) {
        return None;
    }
    // Stretches of lines without wide gaps, as the columns' lines would be.
    let mut stretches: Vec<(f32, f32)> = Vec::new();
    for line in &lines {
        let mut from = line.rect.x0;
        for pair in line.marks.windows(2) {
            let gap = pair[1].rect.x0 - pair[0].rect.x1;
            if gap > 0.8 * line.size {
                stretches.push((from, pair[0].rect.x1));
                from = pair[1].rect.x0;
            }
        }
        stretches.push((from, line.rect.x1));
    }
    let bins = width as usize + 1;
    let mut cover = vec![0i32; bins + 1];
    for (a, b) in &stretches {
        let (a, b) = (((a - left) as usize).min(bins), ((b - left).ceil() as usize).min(bins));
        cover[a] += 1;
        cover[b] -= 1;
    }
    for n in 1..cover.len() {
        cover[n] += cover[n - 1];
    }
    let size = lines.iter().map(|l| l.size).sum::<f32>() / lines.len() as f32;
    let (low, high) = ((bins as f32 * 0.2) as usize, (bins as f32 * 0.8) as usize);
    let most = (lines.len() as f32 * 0.25) as i32;
    let mut best: Option<(usize, usize, i32)> = None;
    let mut n = low;
    while n < high {
        if cover[n] > most {
            n += 1;
            continue;
        }
        let level = cover[n];
        let end = (n..high).take_while(|k| cover[*k] <= level).last().unwrap_or(n);
        let wide = (end - n) as f32 >= 0.8 * size;
        if wide && best.is_none_or(|(a, b, l)| (level, b - a) < (l, end - n)) {
            best = Some((n, end, level));
        }
        n = end + 1;
    }
    let (from, to, _) = best?;
    let (from, to) = (left + from as f32, left + to as f32 + 1.0);
    let prose = |a: f32, b: f32| {
        let inside: Vec<&(f32, f32)> = stretches.iter().filter(|s| s.0 >= a - 1.0 && s.1 <= b + 1.0).collect();
        let full = inside.iter().filter(|s| s.1 - s.0 > 0.7 * (b - a)).count();
        inside.len() >= LEAST_LINES && full * 2 >= inside.len()
    };
    (prose(left, from) && prose(to, right) && room.right > room.left).then_some((from, to))
}

fn emit(things: Vec<Placed>, room: Room, out: &mut Vec<Item>) {
    out.extend(things.into_iter().map(|p| match p.thing {
        Thing::Line(line) => Item::Line(line, room),
        Thing::Table(table) => Item::Table(table),
        Thing::Picture(rect) => Item::Picture(rect),
    }));
}
