//! Pages that were recognised in pictures: their characters and ruling lines as ink, and the way back from blocks to
//! the page as it is shown.
use super::draft::{self, Draft};
use super::geometry::{Rect, Way};
use super::ink::{Glyph, Ink, Rule};
use super::tidy;
use crate::model::{Block, Piece};
use crate::read::ocr::Recognised;
use crate::read::ocr::found::{FoundLine, mapped_rect};
use std::collections::BTreeMap;

/// The draft of a recognised page, in the frame in which its lines are level.
pub fn draft(found: &Recognised, number: u32) -> Draft {
    let glyphs = found.lines.iter().flat_map(|line| {
        line.characters.iter().map(|c| {
            let [x0, y0, x1, y1] = c.rect;
            Glyph { c: c.c, rect: Rect::new(x0, y0, x1, y1), size: line.size, base: c.base, way: Way::Right, hidden: false, is_slanted: false }
        })
    });
    let rules = found.rulings.iter().map(|[x0, y0, x1, y1]| {
        let is_level = x1 - x0 >= y1 - y0;
        if is_level { Rule { is_level, at: *y0, from: *x0, to: *x1 } } else { Rule { is_level, at: *x0, from: *y0, to: *y1 } }
    });
    let mut ink = Ink { glyphs: glyphs.collect(), rules: rules.collect(), ..Ink::default() };
    tidy::tidy(&mut ink);
    draft::draft(&ink, Rect::new(0.0, 0.0, found.width, found.height), number)
}

/// Gives blocks of recognised pages how sure they are, and their places on the page as shown.
pub fn settle(blocks: &mut [Block], pages: &BTreeMap<u32, Recognised>) {
    let lines: BTreeMap<u32, Vec<(Rect, &FoundLine)>> =
        pages.iter().map(|(n, found)| (*n, found.lines.iter().map(|line| (bounds(line), line)).collect())).collect();
    for block in blocks {
        let recognised = |piece: &Piece| pages.contains_key(&piece.page);
        for piece in block.pieces.iter_mut().filter(|piece| recognised(piece)) {
            piece.confidence = Some(confidence(piece.rect, &lines[&piece.page]));
            piece.rect = shown(&pages[&piece.page], piece.rect);
        }
        block.confidence = block.pieces.iter().filter_map(|piece| piece.confidence).reduce(f32::min);
        if let (Some(found), Some(rect)) = (block.at.page.and_then(|page| pages.get(&page)), block.at.rect) {
            block.at.rect = Some(shown(found, rect));
        }
    }
}

fn bounds(line: &FoundLine) -> Rect {
    line.characters.iter().fold(Rect::NOTHING, |mut all, c| {
        let [x0, y0, x1, y1] = c.rect;
        all.add(&Rect { x0, y0, x1, y1 });
        all
    })
}

/// The least sure character in a box; 0 where none is known to be in it.
fn confidence(rect: [f32; 4], lines: &[(Rect, &FoundLine)]) -> f32 {
    let [x0, y0, x1, y1] = rect;
    let near = Rect { x0, y0, x1, y1 }.grown(0.5);
    let characters = lines.iter().filter(|(bounds, _)| bounds.intersection(&near).area() > 0.0).flat_map(|(_, line)| &line.characters);
    let inside = characters.filter(|c| !c.c.is_whitespace() && near.contains((c.rect[0] + c.rect[2]) / 2.0, (c.rect[1] + c.rect[3]) / 2.0));
    inside.map(|c| c.sure).reduce(f32::min).unwrap_or(0.0)
}

fn shown(found: &Recognised, rect: [f32; 4]) -> [f32; 4] {
    mapped_rect(found.to_page, rect).map(|v| (v * 100.0).round() / 100.0)
}

#[cfg(test)]
mod tests {
    use super::super::Pages;
    use super::*;
    use crate::model::BlockKind;
    use crate::read::ocr::found::FoundCharacter;

    fn line(text: &str, x: f32, y: f32, sure: f32) -> FoundLine {
        let characters = text.chars().enumerate().map(|(n, c)| {
            let left = x + 12.0 * n as f32;
            FoundCharacter { c, rect: [left, y, left + 12.0, y + 12.0], base: y + 10.5, sure }
        });
        FoundLine { size: 12.0, characters: characters.collect() }
    }

    /// Blocks of a page of 600 by 800 points that stood on its head.
    fn blocks(lines: Vec<FoundLine>, rulings: Vec<[f32; 4]>) -> Vec<Block> {
        let mut pages = Pages::default();
        pages.add_recognised(Recognised {
            width: 600.0,
            height: 800.0,
            to_page: [-1.0, 0.0, 0.0, -1.0, 600.0, 800.0],
            lines,
            rulings,
            ..Recognised::default()
        });
        pages.finish("PDF", 1, Vec::new(), false).0
    }

    #[test]
    fn lines_become_paragraphs_with_places_on_the_page_and_their_weakest_character() {
        let blocks = blocks(vec![line("项目申报书", 100.0, 100.0, 0.97), line("某市计算机学会", 100.0, 200.0, 0.61)], Vec::new());
        assert_eq!(blocks.iter().map(|b| (b.text.as_str(), b.confidence)).collect::<Vec<_>>(), [("项目申报书", Some(0.97)), ("某市计算机学会", Some(0.61))]);
        assert_eq!(blocks[0].at.rect, Some([440.0, 688.0, 500.0, 700.0]));
        assert_eq!(blocks[0].pieces[0].rect, [440.0, 688.0, 500.0, 700.0]);
    }

    #[test]
    fn ruling_lines_make_cells() {
        let rulings =
            vec![[50.0, 90.0, 350.0, 90.0], [50.0, 120.0, 350.0, 120.0], [50.0, 90.0, 50.0, 120.0], [160.0, 90.0, 160.0, 120.0], [350.0, 90.0, 350.0, 120.0]];
        let blocks = blocks(vec![line("项目名称", 60.0, 99.0, 0.99), line("智慧农业服务", 170.0, 99.0, 0.98)], rulings);
        let cells: Vec<_> = blocks.iter().map(|b| (b.kind, b.text.as_str(), b.at.row, b.at.column)).collect();
        assert_eq!(cells, [(BlockKind::Cell, "项目名称", Some(1), Some(1)), (BlockKind::Cell, "智慧农业服务", Some(1), Some(2))]);
    }
}
