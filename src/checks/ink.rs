//! Writing by hand beside a line of a scan: a hint for the person who looks, never an answer.
//!
//! Recognition leaves handwriting mostly unread and says where something stands that looks like text. Whether such a
//! thing is a signature, a tick or dirt is for eyes.
use super::Case;
use crate::model::{Location, Pointer, Span};

/// Points to the right of a line's words in which a person signs.
const ROOM: f32 = 170.0;
/// Points above and below: letters written by hand are taller than print.
const REACH: f32 = 14.0;
/// Points: smaller things are specks and marks.
const LEAST: (f32, f32) = (12.0, 7.0);

/// Whether something written that was not read stands beside one of these places on a scan.
pub fn beside(case: &Case<'_>, places: &[Pointer]) -> bool {
    places.iter().any(|place| matches!(place, Pointer::Span(span) if is_beside(case, *span)))
}

fn is_beside(case: &Case<'_>, span: Span) -> bool {
    let Some(document) = case.dossier.document(span.doc) else { return false };
    let Some(block) = document.blocks.get(span.block as usize) else { return false };
    let ends = block.pieces.iter().skip(1).map(|piece| piece.start).chain([block.text.len() as u32]);
    let mut touched = block.pieces.iter().zip(ends).filter(|(piece, end)| piece.start < span.end.max(span.start + 1) && span.start < *end);
    touched.any(|(piece, _)| document.inks.iter().any(|ink| ink.page == Some(piece.page) && is_in_room(ink, piece.rect)))
}

/// Whether a thing stands where a person would sign who was asked by words in such a box.
fn is_in_room(ink: &Location, [x0, y0, x1, y1]: [f32; 4]) -> bool {
    let Some([left, top, right, bottom]) = ink.rect else { return false };
    let (x, y) = ((left + right) / 2.0, (top + bottom) / 2.0);
    let is_large = right - left >= LEAST.0 && bottom - top >= LEAST.1;
    is_large && (x0..x1 + ROOM).contains(&x) && (y0 - REACH..y1 + REACH).contains(&y)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strokes_beside_the_words_are_ink_and_specks_and_other_lines_are_not() {
        let at = |rect: [f32; 4]| Location { page: Some(1), rect: Some(rect), ..Location::default() };
        let words = [72.0, 700.0, 140.0, 712.0];
        assert!(is_in_room(&at([150.0, 690.0, 210.0, 718.0]), words));
        assert!(!is_in_room(&at([150.0, 704.0, 154.0, 708.0]), words), "a speck");
        assert!(!is_in_room(&at([150.0, 740.0, 210.0, 768.0]), words), "the next line");
        assert!(!is_in_room(&at([330.0, 690.0, 400.0, 718.0]), words), "the other party's column");
        assert!(!is_in_room(&Location::default(), words));
    }
}
