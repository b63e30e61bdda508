//! Drawn things: where each is anchored, which of them are pictures, and which hold a text box.
use super::fib::{Fib, Part};
use super::notes::ranges;
use crate::read::le::{i32_at, u16_at, u32_at};
use std::collections::HashMap;
use std::ops::Range;

/// A drawn thing anchored at one character.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Drawn {
    pub picture: bool,
    /// Width and height in twips.
    pub size: (i64, i64),
    /// Characters of its text boxes.
    pub boxes: Vec<Range<u32>>,
}

/// The drawn things of the body or of the headers, by the character they are anchored at.
#[derive(Debug, Default)]
pub(super) struct Drawings {
    pub at: HashMap<u32, Drawn>,
    /// Text boxes that no drawn thing claims.
    pub loose: Vec<Range<u32>>,
}

/// What the drawing itself says of a shape.
#[derive(Debug, Clone, Copy)]
struct Shape {
    /// The outermost group it belongs to, or itself.
    top: u32,
    picture: bool,
}

pub(super) struct Parts {
    pub shapes: Part,
    pub boxes: Part,
    /// First character of the texts of the boxes, and beyond the last.
    pub text: Range<u32>,
}

const ANCHOR: usize = 26;
const BOX: usize = 22;

impl Drawings {
    pub fn read(fib: &Fib, table: &[u8], parts: &Parts) -> Self {
        let shapes = shapes(fib.part(Part::Drawings, table));
        let mut found = Self::default();
        let mut anchor_of: HashMap<u32, u32> = HashMap::new();
        let anchors = fib.part(parts.shapes, table);
        let n = anchors.len().saturating_sub(4) / (4 + ANCHOR);
        for i in 0..n {
            let entry = (n + 1) * 4 + i * ANCHOR;
            let (Some(at), Some(id)) = (u32_at(anchors, i * 4), u32_at(anchors, entry)) else { break };
            let edge = |side: usize| i64::from(i32_at(anchors, entry + 4 + side * 4).unwrap_or(0));
            let size = (edge(2) - edge(0), edge(3) - edge(1));
            anchor_of.insert(id, at);
            found.at.insert(at, Drawn { size, ..Drawn::default() });
        }
        for (id, shape) in &shapes {
            if shape.picture
                && let Some(at) = anchor_of.get(id).or_else(|| anchor_of.get(&shape.top))
                && let Some(drawn) = found.at.get_mut(at)
            {
                drawn.picture = true;
            }
        }
        let boxes = fib.part(parts.boxes, table);
        let n = boxes.len().saturating_sub(4) / (4 + BOX);
        let ranges = ranges(boxes.get(..(n + 1) * 4).unwrap_or(&[]), &parts.text);
        for i in 0..n {
            let entry = (n + 1) * 4 + i * BOX;
            let (Some(range), Some(id)) = (ranges.get(i).cloned(), u32_at(boxes, entry + 14)) else { break };
            if range.is_empty() {
                continue;
            }
            let top = shapes.get(&id).map_or(id, |s| s.top);
            let at = anchor_of.get(&id).or_else(|| anchor_of.get(&top));
            match at.and_then(|at| found.at.get_mut(at)) {
                Some(drawn) => drawn.boxes.push(range),
                None => found.loose.push(range),
            }
        }
        if n == 0 && !parts.text.is_empty() {
            found.loose.push(parts.text.clone());
        }
        found
    }
}

const DRAWING: u16 = 0xF002;
const GROUP: u16 = 0xF003;
const SHAPE: u16 = 0xF004;
const SHAPE_ID: u16 = 0xF00A;
const OPTIONS: u16 = 0xF00B;
const PICTURE_FRAME: u16 = 75;
/// Groups in groups deeper than this are left out.
const DEEPEST: u32 = 16;

/// A record of the drawing format: kind, what its head says besides, its body.
struct Record<'a> {
    kind: u16,
    instance: u16,
    body: &'a [u8],
}

fn records(mut bytes: &[u8]) -> impl Iterator<Item = Record<'_>> {
    std::iter::from_fn(move || {
        let (instance, kind, len) = (u16_at(bytes, 0)? >> 4, u16_at(bytes, 2)?, u32_at(bytes, 4)? as usize);
        let rest = bytes.get(8..)?;
        let body = rest.get(..len).unwrap_or(rest);
        bytes = rest.get(len..).unwrap_or(&[]);
        Some(Record { kind, instance, body })
    })
}

/// All shapes of the file's drawings ([MS-ODRAW]), by number.
fn shapes(part: &[u8]) -> HashMap<u32, Shape> {
    let mut found = HashMap::new();
    let Some(head) = u32_at(part, 4) else { return found };
    let mut rest = part.get(8 + head as usize..).unwrap_or(&[]);
    // One byte tells body from headers; numbers are unique over both.
    while let Some(drawing) = rest.get(1..).and_then(|r| records(r).next()) {
        let len = drawing.body.len() + 9;
        if drawing.kind == DRAWING {
            for record in records(drawing.body) {
                match record.kind {
                    GROUP => group(record.body, None, 0, &mut found),
                    SHAPE => shape(record.body, None, &mut found),
                    _ => {}
                }
            }
        }
        rest = rest.get(len..).unwrap_or(&[]);
    }
    found
}

/// A group; the outermost one is the drawing itself. The first shape in a group stands for the group.
fn group(bytes: &[u8], top: Option<u32>, depth: u32, found: &mut HashMap<u32, Shape>) {
    if depth > DEEPEST {
        return;
    }
    let mut top = top;
    for record in records(bytes) {
        match record.kind {
            GROUP => group(record.body, top.filter(|_| depth > 0), depth + 1, found),
            SHAPE => {
                if depth > 0 && top.is_none() {
                    top = id_of(record.body);
                }
                shape(record.body, top, found);
            }
            _ => {}
        }
    }
}

fn id_of(bytes: &[u8]) -> Option<u32> {
    records(bytes).find(|r| r.kind == SHAPE_ID).and_then(|r| u32_at(r.body, 0))
}

fn shape(bytes: &[u8], top: Option<u32>, found: &mut HashMap<u32, Shape>) {
    let (mut id, mut picture) = (None, false);
    for record in records(bytes) {
        match record.kind {
            SHAPE_ID => {
                id = u32_at(record.body, 0);
                picture |= record.instance == PICTURE_FRAME;
            }
            // The property that names a picture to show.
            OPTIONS => picture |= record.body.chunks_exact(6).take(usize::from(record.instance)).any(|p| u16_at(p, 0).is_some_and(|n| n & 0x3FFF == 0x0104)),
            _ => {}
        }
    }
    if let Some(id) = id {
        found.insert(id, Shape { top: top.unwrap_or(id), picture });
    }
}
