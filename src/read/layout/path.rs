//! Painted paths as ruling lines, boxes to tick and strokes.
use super::geometry::Rect;
use super::ink::{Ink, Rule};

/// Thicker than this is an area, not a line.
const MOST_THICK: f32 = 3.5;
/// Further off the axis than this over its length is not a ruling line.
const SLANT: f32 = 0.9;
/// A path with more points draws something, not a table; what comes after them is dropped.
const MOST_POINTS: usize = 200_000;
const MOST_RULES: usize = 100_000;

#[derive(Default)]
pub struct Path {
    points: Vec<(f32, f32)>,
    parts: Vec<Part>,
}

struct Part {
    first: usize,
    is_closed: bool,
    is_curved: bool,
}

/// How a path is painted; a stroke has its width in points.
pub struct Paint {
    pub fill: bool,
    pub stroke: Option<f32>,
}

impl Path {
    pub fn start(&mut self, x: f64, y: f64) {
        if self.points.len() < MOST_POINTS {
            self.parts.push(Part { first: self.points.len(), is_closed: false, is_curved: false });
            self.points.push((x as f32, y as f32));
        }
    }

    pub fn line(&mut self, x: f64, y: f64) {
        match self.parts.last() {
            None => self.start(x, y),
            Some(part) if part.is_closed => {
                let (x0, y0) = self.points[part.first];
                self.start(f64::from(x0), f64::from(y0));
                self.line(x, y);
            }
            Some(_) if self.points.len() < MOST_POINTS => self.points.push((x as f32, y as f32)),
            Some(_) => {}
        }
    }

    pub fn curve(&mut self, x: f64, y: f64) {
        self.line(x, y);
        if let Some(part) = self.parts.last_mut() {
            part.is_curved = true;
        }
    }

    pub fn rectangle(&mut self, corners: [(f64, f64); 4]) {
        self.start(corners[0].0, corners[0].1);
        for (x, y) in &corners[1..] {
            self.line(*x, *y);
        }
        self.close();
    }

    pub fn close(&mut self) {
        if let Some(part) = self.parts.last_mut() {
            part.is_closed = true;
        }
    }

    pub fn clear(&mut self) {
        self.points.clear();
        self.parts.clear();
    }

    pub fn paint(&self, paint: Paint, ink: &mut Ink) {
        for (n, part) in self.parts.iter().enumerate() {
            let end = self.parts.get(n + 1).map_or(self.points.len(), |next| next.first);
            let points = &self.points[part.first..end];
            let mut bounds = Rect::NOTHING;
            for (x, y) in points {
                bounds.add(&Rect { x0: *x, y0: *y, x1: *x, y1: *y });
            }
            if !bounds.is_finite() {
                continue;
            }
            if paint.fill {
                if part.is_curved {
                    ink.curves = ink.curves.saturating_add(1);
                } else {
                    filled(&bounds, ink);
                }
                if bounds.width().min(bounds.height()) > MOST_THICK && ink.fills.len() < MOST_RULES {
                    ink.fills.push(bounds);
                }
            }
            if let Some(width) = paint.stroke.filter(|w| *w <= MOST_THICK * 1.5) {
                stroked(points, part, &bounds, width, ink);
            }
        }
    }
}

/// A thin filled box is a line.
fn filled(bounds: &Rect, ink: &mut Ink) {
    let (w, h) = (bounds.width(), bounds.height());
    let (x, y) = bounds.centre();
    if h <= MOST_THICK && w > h * 1.5 {
        rule(ink, Rule { is_level: true, at: y, from: bounds.x0, to: bounds.x1 });
    } else if w <= MOST_THICK && h > w * 1.5 {
        rule(ink, Rule { is_level: false, at: x, from: bounds.y0, to: bounds.y1 });
    }
}

fn stroked(points: &[(f32, f32)], part: &Part, bounds: &Rect, width: f32, ink: &mut Ink) {
    let side = bounds.width().max(bounds.height());
    let small = (4.0..=20.0).contains(&side);
    if part.is_closed && !part.is_curved && points.len() <= 5 && small && bounds.width().min(bounds.height()) > 0.8 * side {
        if ink.squares.len() < MOST_RULES {
            ink.squares.push(*bounds);
        }
        return;
    }
    let closing = part.is_closed.then(|| points.last().zip(points.first())).flatten().map(|(a, b)| [*a, *b]);
    let sides = points.windows(2).map(|p| [p[0], p[1]]).chain(closing);
    for [(x0, y0), (x1, y1)] in sides {
        let (dx, dy) = ((x1 - x0).abs(), (y1 - y0).abs());
        if part.is_curved {
            continue;
        }
        if dy <= SLANT && dx > dy {
            // A stroke that is thicker than long stands across its own direction.
            if dx < width && width > 1.0 {
                rule(ink, Rule { is_level: false, at: (x0 + x1) / 2.0, from: y0 - width / 2.0, to: y0 + width / 2.0 });
            } else {
                rule(ink, Rule { is_level: true, at: (y0 + y1) / 2.0, from: x0.min(x1), to: x0.max(x1) });
            }
        } else if dx <= SLANT && dy > dx {
            rule(ink, Rule { is_level: false, at: (x0 + x1) / 2.0, from: y0.min(y1), to: y0.max(y1) });
        } else if dx.max(dy) <= 25.0 && ink.strokes.len() < MOST_RULES {
            ink.strokes.push(Rect::new(x0, y0, x1, y1));
        }
    }
}

fn rule(ink: &mut Ink, rule: Rule) {
    if ink.rules.len() < MOST_RULES {
        ink.rules.push(rule);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn painted(draw: impl FnOnce(&mut Path), paint: Paint) -> Ink {
        let mut path = Path::default();
        draw(&mut path);
        let mut ink = Ink::default();
        path.paint(paint, &mut ink);
        ink
    }

    #[test]
    fn a_stroked_box_has_four_sides_and_a_thin_filled_one_is_a_line() {
        let corners = [(10.0, 10.0), (110.0, 10.0), (110.0, 40.0), (10.0, 40.0)];
        let ink = painted(|p| p.rectangle(corners), Paint { fill: false, stroke: Some(0.5) });
        assert_eq!(ink.rules.len(), 4);
        let thin = [(10.0, 10.0), (110.0, 10.0), (110.0, 10.5), (10.0, 10.5)];
        let ink = painted(|p| p.rectangle(thin), Paint { fill: true, stroke: None });
        assert_eq!(ink.rules, [Rule { is_level: true, at: 10.25, from: 10.0, to: 110.0 }]);
    }

    #[test]
    fn a_small_stroked_square_is_a_box_to_tick() {
        let corners = [(10.0, 10.0), (20.0, 10.0), (20.0, 20.0), (10.0, 20.0)];
        let ink = painted(|p| p.rectangle(corners), Paint { fill: false, stroke: Some(0.5) });
        assert_eq!((ink.rules.len(), ink.squares.len()), (0, 1));
    }
}
