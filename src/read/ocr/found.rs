//! What recognition found on one page: the answer of a worker, and what is kept of a page once read.
use serde::{Deserialize, Serialize};

/// Changes whenever the same picture would be read differently.
pub const VERSION: u32 = 7;

/// One page as it was recognised. Places are points of the upright page, origin top left.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Recognised {
    pub width: f32,
    pub height: f32,
    /// From the upright page to the page as a viewer shows it: `[a b c d e f]` as PDF writes a map.
    pub to_page: [f32; 6],
    pub lines: Vec<FoundLine>,
    /// Ruling lines: x0, y0, x1, y1 of their middles.
    pub rulings: Vec<[f32; 4]>,
    /// Where something stands that looks like text and could not be read.
    pub unread: Vec<[f32; 4]>,
    /// Red things of a seal's size.
    pub seals: Vec<[f32; 4]>,
    /// Black and white dots only, as coarse photocopies and faxes have: no reading of it is sure.
    pub is_copy: bool,
}

/// One box of text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FoundLine {
    /// Height of the letters' em.
    pub size: f32,
    pub characters: Vec<FoundCharacter>,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct FoundCharacter {
    pub c: char,
    pub rect: [f32; 4],
    pub base: f32,
    /// 0 to 1.
    pub sure: f32,
}

impl FoundLine {
    pub fn text(&self) -> String {
        self.characters.iter().map(|found| found.c).collect()
    }
}

/// A map of places: first across, then down.
pub fn mapped(map: [f32; 6], x: f32, y: f32) -> (f32, f32) {
    (map[0] * x + map[2] * y + map[4], map[1] * x + map[3] * y + map[5])
}

/// The box around a mapped box.
pub fn mapped_rect(map: [f32; 6], rect: [f32; 4]) -> [f32; 4] {
    let corners = [(rect[0], rect[1]), (rect[2], rect[1]), (rect[0], rect[3]), (rect[2], rect[3])].map(|(x, y)| mapped(map, x, y));
    corners.iter().fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |r, (x, y)| [r[0].min(*x), r[1].min(*y), r[2].max(*x), r[3].max(*y)])
}
