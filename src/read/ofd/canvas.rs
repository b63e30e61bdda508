//! What a page of an OFD file prints, and what reading it may cost.
use super::numbers::{MM, number};
use super::parts::Name;
use crate::read::layout::geometry::{Matrix, Rect};
use crate::read::layout::ink::Ink;
use crate::read::layout::path::{Paint, Path};

/// What the whole file may still spend.
pub(super) struct Budget {
    pub characters: u64,
    /// Objects drawn, and points of paths.
    pub operations: u64,
}

/// One page while it is drawn.
pub(super) struct Canvas<'b> {
    pub ink: Ink,
    pub budget: &'b mut Budget,
    pub page: Rect,
    /// The parts of upright pictures, and the boxes they fill.
    pub sources: Vec<(Name, Rect)>,
}

impl<'b> Canvas<'b> {
    /// `size` in millimetres.
    pub fn new(size: (f64, f64), budget: &'b mut Budget) -> Self {
        let page = Rect { x0: 0.0, y0: 0.0, x1: (size.0 * MM) as f32, y1: (size.1 * MM) as f32 };
        Self { ink: Ink::default(), budget, page, sources: Vec::new() }
    }

    /// Takes from what the file may spend; false when it is used up.
    pub fn spend(&mut self, operations: u64) -> bool {
        self.budget.operations = self.budget.operations.saturating_sub(operations);
        let left = self.budget.operations > 0 && self.budget.characters > 0;
        self.ink.is_cut |= !left;
        left
    }

    pub fn spend_character(&mut self) -> bool {
        self.budget.characters = self.budget.characters.saturating_sub(1);
        self.spend(1)
    }

    pub fn shows(&self, rect: &Rect) -> bool {
        let (x, y) = rect.centre();
        self.page.contains(x, y)
    }

    /// A picture over a box of the shown page; an opaque one hides what was written before.
    pub fn picture(&mut self, rect: &Rect, is_opaque: bool) {
        let rect = rect.intersection(&self.page);
        if !rect.is_finite() || rect.area() <= 0.0 {
            return;
        }
        if is_opaque && self.spend(self.ink.glyphs.len() as u64 / 16) {
            self.ink.cover(&rect);
        }
        self.ink.pictures.push(rect);
    }

    /// A path in OFD's own short form: `M 0 0 L 73 0 C`.
    pub fn path(&mut self, data: &str, to_page: &Matrix, paint: Paint) {
        let mut path = Path::default();
        let mut words = data.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty());
        let mut drawn = 0;
        while let Some(word) = words.next() {
            let mut point = |skip: usize| {
                let mut rest = words.by_ref().skip(skip).map_while(number);
                let (x, y) = (rest.next()?, rest.next()?);
                Some(to_page.apply(x, y))
            };
            let end = match word {
                "M" | "S" => point(0).map(|(x, y)| path.start(x, y)),
                "L" => point(0).map(|(x, y)| path.line(x, y)),
                "Q" => point(2).map(|(x, y)| path.curve(x, y)),
                "B" => point(4).map(|(x, y)| path.curve(x, y)),
                "A" => point(5).map(|(x, y)| path.curve(x, y)),
                "C" => {
                    path.close();
                    Some(())
                }
                _ => Some(()),
            };
            drawn += 1;
            if end.is_none() {
                break;
            }
        }
        if self.spend(drawn / 16 + 1) {
            path.paint(paint, &mut self.ink);
        }
    }
}
