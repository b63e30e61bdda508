//! Running heads, running feet and page numbers.
use super::draft::{Draft, Item};
use super::lines::Line;
use crate::model::BlockKind;
use std::collections::HashMap;

/// Parts of a page's height where heads and feet stand.
const MARGIN: f32 = 0.12;
/// So many pages must repeat a line before it counts as furniture.
const LEAST_PAGES: usize = 3;

/// For each page and item, whether it is a head or a foot.
pub fn find(pages: &[Draft]) -> Vec<Vec<Option<BlockKind>>> {
    /// Page, item and height of a line of that pattern, at the head or at the foot.
    type Seen = HashMap<(String, bool), Vec<(usize, usize, f32)>>;
    let mut seen = Seen::new();
    let mut out: Vec<Vec<Option<BlockKind>>> = pages.iter().map(|p| vec![None; p.items.len()]).collect();
    for (p, page) in pages.iter().enumerate() {
        for (n, item) in page.items.iter().enumerate() {
            let Some(Item::Line(line, _)) = item else { continue };
            let Some(is_head) = zone(line, page) else { continue };
            let text: String = line.text().chars().filter(|c| !c.is_whitespace()).collect();
            if is_page_number(&text, p + 1, pages.len(), line, page, is_head) {
                out[p][n] = Some(kind(is_head));
            }
            if text.chars().count() <= 120 {
                let pattern = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
                seen.entry((pattern, is_head)).or_default().push((p, n, line.on_page().y0));
            }
        }
    }
    let has_more: Vec<bool> = pages.iter().map(has_body).collect();
    for ((_, is_head), places) in seen {
        let mut heights: Vec<f32> = places.iter().map(|(_, _, y)| *y).collect();
        heights.sort_by(f32::total_cmp);
        let usual = heights[heights.len() / 2];
        let alike: Vec<&(usize, usize, f32)> = places.iter().filter(|(_, _, y)| (y - usual).abs() < 4.0).collect();
        let mut on: Vec<usize> = alike.iter().map(|(p, ..)| *p).collect();
        on.dedup();
        if on.len() >= LEAST_PAGES {
            for (p, n, _) in alike.into_iter().filter(|(p, ..)| has_more[*p]) {
                out[*p][*n] = Some(kind(is_head));
            }
        }
    }
    out
}

/// Whether a page holds anything outside its margins: a slide's title or a divider's only line is what the page says.
fn has_body(page: &Draft) -> bool {
    page.items.iter().flatten().any(|item| if let Item::Line(line, _) = item { zone(line, page).is_none() } else { true })
}

fn kind(is_head: bool) -> BlockKind {
    if is_head { BlockKind::Header } else { BlockKind::Footer }
}

fn zone(line: &Line, page: &Draft) -> Option<bool> {
    let rect = line.on_page();
    let height = page.page.height();
    let y = rect.centre().1 - page.page.y0;
    if y < MARGIN * height {
        Some(true)
    } else if y > (1.0 - MARGIN) * height {
        Some(false)
    } else {
        None
    }
}

/// `第 3 页 共 9 页`, `- 3 -`, `3/9`, `Page 3 of 9`; a bare number only where it is the page's own.
fn is_page_number(text: &str, page: usize, pages: usize, line: &Line, draft: &Draft, is_head: bool) -> bool {
    let numbers: Vec<usize> = text.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
    let words: String = text.to_lowercase().chars().filter(|c| !c.is_ascii_digit()).collect();
    let plausible = |n: usize| n >= 1 && n <= pages + 500;
    match (words.as_str(), numbers.as_slice()) {
        // a field that was never filled in
        ("第页" | "第页共页", []) => true,
        ("第页", [n]) | ("第页共页" | "第页，共页" | "第页/共页" | "第页,共页" | "第页（共页）" | "pageof" | "page/", [n, _]) | ("page", [n]) => {
            plausible(*n)
        }
        ("--" | "—" | "——" | "－－" | "––" | "··" | "~~" | "-—" | "—-" | "－", [n]) => plausible(*n),
        ("/", [n, all]) => n <= all && *all <= pages + 20 && (*n == page || *all == pages),
        ("", [n]) if !is_head => {
            let rect = line.on_page();
            let (middle, width) = (draft.page.centre().0, draft.page.width());
            let placed = (rect.centre().0 - middle).abs() < 0.06 * width || rect.x1 > draft.page.x0 + 0.8 * width || rect.x0 < draft.page.x0 + 0.2 * width;
            placed && (*n == page || (*n < page + 3 && *n + 12 > page && *n > 0))
        }
        _ => false,
    }
}
