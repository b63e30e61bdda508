//! Places on a page: points, origin top left, as a viewer shows the page.

/// A box; `x0 <= x1`, `y0 <= y1`, y grows downwards.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    pub x0: f32,
    pub y0: f32,
    pub x1: f32,
    pub y1: f32,
}

impl Rect {
    /// A box that `add` can only grow.
    pub const NOTHING: Self = Self { x0: f32::MAX, y0: f32::MAX, x1: f32::MIN, y1: f32::MIN };

    pub fn new(x0: f32, y0: f32, x1: f32, y1: f32) -> Self {
        Self { x0: x0.min(x1), y0: y0.min(y1), x1: x0.max(x1), y1: y0.max(y1) }
    }

    pub fn width(&self) -> f32 {
        self.x1 - self.x0
    }

    pub fn height(&self) -> f32 {
        self.y1 - self.y0
    }

    pub fn area(&self) -> f32 {
        self.width().max(0.0) * self.height().max(0.0)
    }

    pub fn centre(&self) -> (f32, f32) {
        ((self.x0 + self.x1) / 2.0, (self.y0 + self.y1) / 2.0)
    }

    pub fn add(&mut self, other: &Self) {
        self.x0 = self.x0.min(other.x0);
        self.y0 = self.y0.min(other.y0);
        self.x1 = self.x1.max(other.x1);
        self.y1 = self.y1.max(other.y1);
    }

    pub fn intersection(&self, other: &Self) -> Self {
        let x0 = self.x0.max(other.x0);
        let y0 = self.y0.max(other.y0);
        Self { x0, y0, x1: self.x1.min(other.x1).max(x0), y1: self.y1.min(other.y1).max(y0) }
    }

    pub fn contains(&self, x: f32, y: f32) -> bool {
        (self.x0..=self.x1).contains(&x) && (self.y0..=self.y1).contains(&y)
    }

    pub fn grown(&self, by: f32) -> Self {
        Self { x0: self.x0 - by, y0: self.y0 - by, x1: self.x1 + by, y1: self.y1 + by }
    }

    /// As the model holds it, rounded to hundredths of a point.
    pub fn to_model(self) -> [f32; 4] {
        [self.x0, self.y0, self.x1, self.y1].map(|v| (v * 100.0).round() / 100.0)
    }

    pub fn is_finite(&self) -> bool {
        [self.x0, self.y0, self.x1, self.y1].iter().all(|v| v.is_finite() && v.abs() < 1e6)
    }
}

/// An affine map `[a b c d e f]` as PDF writes it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Matrix(pub [f64; 6]);

impl Matrix {
    pub const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub fn translate(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// First `self`, then `outer`.
    pub fn then(&self, outer: &Self) -> Self {
        let [a, b, c, d, e, f] = self.0;
        let [oa, ob, oc, od, oe, of] = outer.0;
        Self([a * oa + b * oc, a * ob + b * od, c * oa + d * oc, c * ob + d * od, e * oa + f * oc + oe, e * ob + f * od + of])
    }

    pub fn apply(&self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// The box around a mapped box.
    pub fn apply_rect(&self, x0: f64, y0: f64, x1: f64, y1: f64) -> Rect {
        let corners = [self.apply(x0, y0), self.apply(x1, y0), self.apply(x1, y1), self.apply(x0, y1)];
        let mut out = Rect::NOTHING;
        for (x, y) in corners {
            out.add(&Rect { x0: x as f32, y0: y as f32, x1: x as f32, y1: y as f32 });
        }
        out
    }
}

/// The four ways text can run; text at other angles counts to the nearest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Way {
    Right,
    /// Top to bottom: vertical writing, or a line turned clockwise; further lines stand to the left.
    Down,
    Left,
    Up,
}

impl Way {
    pub const ALL: [Self; 4] = [Self::Right, Self::Down, Self::Left, Self::Up];

    /// From a direction on the page (y down).
    pub fn of(dx: f64, dy: f64) -> Self {
        match (dx.abs() >= dy.abs(), dx >= 0.0, dy >= 0.0) {
            (true, true, _) => Self::Right,
            (true, false, _) => Self::Left,
            (false, _, true) => Self::Down,
            (false, _, false) => Self::Up,
        }
    }

    /// Turns a box so that this way becomes left to right and further lines stand below.
    pub fn upright(self, r: &Rect) -> Rect {
        match self {
            Self::Right => *r,
            Self::Down => Rect { x0: r.y0, y0: -r.x1, x1: r.y1, y1: -r.x0 },
            Self::Left => Rect { x0: -r.x1, y0: -r.y1, x1: -r.x0, y1: -r.y0 },
            Self::Up => Rect { x0: -r.y1, y0: r.x0, x1: -r.y0, y1: r.x1 },
        }
    }

    /// The way back.
    pub fn on_page(self, r: &Rect) -> Rect {
        match self {
            Self::Right => *r,
            Self::Down => Rect { x0: -r.y1, y0: r.x0, x1: -r.y0, y1: r.x1 },
            Self::Left => Rect { x0: -r.x1, y0: -r.y1, x1: -r.x0, y1: -r.y0 },
            Self::Up => Rect { x0: r.y0, y0: -r.x1, x1: r.y1, y1: -r.x0 },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turning_upright_and_back_changes_nothing() {
        let r = Rect::new(10.0, 20.0, 30.0, 60.0);
        for way in Way::ALL {
            assert_eq!(way.on_page(&way.upright(&r)), r);
        }
    }

    #[test]
    fn the_second_column_of_vertical_writing_stands_below_the_first() {
        let right = Way::Down.upright(&Rect::new(100.0, 0.0, 110.0, 50.0));
        let left = Way::Down.upright(&Rect::new(80.0, 0.0, 90.0, 50.0));
        assert!(right.y0 < left.y0);
    }
}
