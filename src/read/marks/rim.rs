//! Ellipses among red dots: the rims of seals, whole or broken, alone or one over the other.
use super::red::Redness;

/// Rims looked for in one cluster of red dots.
const MOST: usize = 4;
/// Tries for each of them: with half of the silhouette on other rims, three in a hundred are on one rim wholly.
const TRIES: usize = 500;
/// Fields: a dot this near to a rim is on it.
const NEAR: f32 = 1.6;
/// Directions in which a rim is looked at.
pub const DIRECTIONS: usize = 120;
/// Share of the directions in which a rim must show.
const LEAST_SHOWN: f32 = 0.75;
/// Points: half axes of seals. Round ones of offices measure 38 to 50 mm, oval ones 40 by 30 or 45 by 30; photos of
/// pages blur the scale.
///
/// Chops of persons are squares of 18 to 25 mm: no ellipse about them is as large as the smallest seal.
const LONGEST: f32 = 96.0;
const SHORTEST: f32 = 37.0;
const LEAST_LONG: f32 = 51.0;
/// Longer ellipses are none of seals.
const MOST_ASPECT: f32 = 1.8;

/// An ellipse in fields of a map: the long half axis lies at `turn` from the horizontal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ellipse {
    pub x: f32,
    pub y: f32,
    pub long: f32,
    pub short: f32,
    pub turn: f32,
}

impl Ellipse {
    /// The place at an angle, so many fields outside (inside: negative) of the rim.
    pub fn place(&self, angle: f32, outside: f32) -> (f32, f32) {
        let (sin, cos) = angle.sin_cos();
        let (x, y) = (self.long * cos, self.short * sin);
        let (nx, ny) = (self.short * cos, self.long * sin);
        let length = nx.hypot(ny).max(f32::EPSILON);
        self.turned(x + outside * nx / length, y + outside * ny / length)
    }

    /// The place at an angle and a share of the way from the middle to the rim.
    pub fn within(&self, angle: f32, share: f32) -> (f32, f32) {
        let (sin, cos) = angle.sin_cos();
        self.turned(share * self.long * cos, share * self.short * sin)
    }

    fn turned(&self, x: f32, y: f32) -> (f32, f32) {
        let (sin, cos) = self.turn.sin_cos();
        (self.x + x * cos - y * sin, self.y + x * sin + y * cos)
    }

    /// About how far a place is from the rim.
    pub fn away(&self, x: f32, y: f32) -> f32 {
        let (dx, dy) = (x - self.x, y - self.y);
        let (sin, cos) = self.turn.sin_cos();
        let (u, v) = ((dx * cos + dy * sin) / self.long, (dy * cos - dx * sin) / self.short);
        let share = u.hypot(v);
        // Distance along the way to the middle, shortened where the rim is slanted to it.
        let slope = (u / self.long).hypot(v / self.short).max(f32::EPSILON);
        ((share * share - 1.0) / (2.0 * slope)).abs()
    }

    pub fn aspect(&self) -> f32 {
        self.long / self.short
    }

    /// Left, top, right, bottom.
    pub fn bounds(&self) -> [f32; 4] {
        let (sin, cos) = self.turn.sin_cos();
        let (w, h) = ((self.long * cos).hypot(self.short * sin), (self.long * sin).hypot(self.short * cos));
        [self.x - w, self.y - h, self.x + w, self.y + h]
    }

    /// Whether a seal may be so large, on a map of so many fields a point.
    fn has_size(&self, per_point: f32) -> bool {
        let (long, short) = (self.long / per_point, self.short / per_point);
        (LEAST_LONG..=LONGEST).contains(&long) && short >= SHORTEST && self.aspect() <= MOST_ASPECT
    }

    /// Share of directions in which red shows on the rim; directions outside the map do not.
    pub fn shown(&self, map: &Redness) -> f32 {
        let on = |n: &usize| {
            let angle = *n as f32 * std::f32::consts::TAU / DIRECTIONS as f32;
            [0.0, -1.0, 1.0, -1.6].iter().any(|away| {
                let (x, y) = self.place(angle, *away);
                map.is_red_at(x, y)
            })
        };
        (0..DIRECTIONS).filter(on).count() as f32 / DIRECTIONS as f32
    }
}

/// Rims within a box of the map (x0, y0, x1, y1), the clearest first.
pub fn rims(map: &Redness, [x0, y0, x1, y1]: [usize; 4]) -> Vec<Ellipse> {
    let mut points = silhouette(map, [x0, y0, x1, y1]);
    let mut found: Vec<Ellipse> = Vec::new();
    while found.len() < MOST && points.len() >= 24 {
        let Some(best) = best(map, &points) else { break };
        points.retain(|(x, y)| best.away(*x, *y) > 3.0 * NEAR);
        let is_new = found.iter().all(|other| (other.x - best.x).hypot(other.y - best.y) > 0.25 * best.short);
        if is_new {
            found.push(best);
        }
    }
    found
}

/// Red fields with nothing red before them in their row or column, seen from each side.
fn silhouette(map: &Redness, [x0, y0, x1, y1]: [usize; 4]) -> Vec<(f32, f32)> {
    let mut out = Vec::new();
    for y in y0..y1 {
        let mut row = (x0..x1).filter(|x| map.is_red(*x, y));
        if let Some(first) = row.next() {
            out.push((first as f32, y as f32));
            out.extend(row.next_back().map(|last| (last as f32, y as f32)));
        }
    }
    for x in x0..x1 {
        let mut column = (y0..y1).filter(|y| map.is_red(x, *y));
        if let Some(first) = column.next() {
            out.push((x as f32, first as f32));
            out.extend(column.next_back().map(|last| (x as f32, last as f32)));
        }
    }
    out
}

/// The ellipse on which most directions show red.
fn best(map: &Redness, points: &[(f32, f32)]) -> Option<Ellipse> {
    let mut dice = Dice(0x2545_F491_4F6C_DD1D);
    let mut best: Option<(Ellipse, f32)> = None;
    for n in 0..TRIES {
        // Circles are by far the most usual, and three dots make one.
        let ellipse =
            if n % 2 == 0 { circle(&[0; 3].map(|_| points[dice.below(points.len())])) } else { fitted(&[0; 5].map(|_| points[dice.below(points.len())])) };
        let Some(ellipse) = ellipse.filter(|e| e.has_size(map.per_point)) else { continue };
        let shown = ellipse.shown(map);
        if best.is_none_or(|(_, most)| shown > most) {
            best = Some((ellipse, shown));
        }
    }
    let (mut ellipse, mut shown) = best?;
    // All dots near it say more exactly where it is.
    for reach in [2.5 * NEAR, NEAR, NEAR] {
        let near: Vec<(f32, f32)> = points.iter().copied().filter(|(x, y)| ellipse.away(*x, *y) < reach).collect();
        let Some(better) = fitted(&near).filter(|e| e.has_size(map.per_point)) else { continue };
        let now = better.shown(map);
        if now >= shown {
            (ellipse, shown) = (better, now);
        }
    }
    (shown >= LEAST_SHOWN).then_some(ellipse)
}

fn circle(points: &[(f32, f32); 3]) -> Option<Ellipse> {
    let [(ax, ay), (bx, by), (cx, cy)] = *points;
    let (bx, by, cx, cy) = (bx - ax, by - ay, cx - ax, cy - ay);
    let cross = 2.0 * (bx * cy - by * cx);
    if cross.abs() < 1.0 {
        return None;
    }
    let (b, c) = (bx * bx + by * by, cx * cx + cy * cy);
    let (x, y) = ((cy * b - by * c) / cross, (bx * c - cx * b) / cross);
    let radius = x.hypot(y);
    Some(Ellipse { x: ax + x, y: ay + y, long: radius, short: radius, turn: 0.0 })
}

/// The ellipse through five dots, or nearest to more of them (least squares of the conic's equation).
fn fitted(points: &[(f32, f32)]) -> Option<Ellipse> {
    if points.len() < 5 {
        return None;
    }
    let count = points.len() as f64;
    let (mx, my) = points.iter().fold((0.0, 0.0), |(x, y), p| (x + f64::from(p.0) / count, y + f64::from(p.1) / count));
    let spread = points.iter().map(|p| (f64::from(p.0) - mx).hypot(f64::from(p.1) - my)).sum::<f64>() / count;
    if spread < 1.0 {
        return None;
    }
    // a x² + b xy + c y² + d x + e y = 1 about the middle, in units of the spread.
    let mut normal = [[0f64; 6]; 5];
    for (x, y) in points {
        let (x, y) = ((f64::from(*x) - mx) / spread, (f64::from(*y) - my) / spread);
        let row = [x * x, x * y, y * y, x, y, 1.0];
        for i in 0..5 {
            for j in 0..6 {
                normal[i][j] += row[i] * row[j];
            }
        }
    }
    let [a, b, c, d, e] = solved(normal)?;
    let whole = 4.0 * a * c - b * b;
    if whole <= 1e-9 || a <= 0.0 {
        return None;
    }
    let (x, y) = ((b * e - 2.0 * c * d) / whole, (b * d - 2.0 * a * e) / whole);
    let level = 1.0 + a * x * x + b * x * y + c * y * y;
    let (sum, root) = (a + c, (a - c).hypot(b));
    let (long, short) = ((2.0 * level / (sum - root)).sqrt(), (2.0 * level / (sum + root)).sqrt());
    if !(long.is_finite() && short.is_finite()) {
        return None;
    }
    // The long axis is where the form is smallest.
    let turn = 0.5 * (-b).atan2(c - a);
    Some(Ellipse { x: (x * spread + mx) as f32, y: (y * spread + my) as f32, long: (long * spread) as f32, short: (short * spread) as f32, turn: turn as f32 })
}

/// Gauss's elimination of five equations, the right side in the sixth column.
fn solved(mut rows: [[f64; 6]; 5]) -> Option<[f64; 5]> {
    for n in 0..5 {
        let pivot = (n..5).max_by(|a, b| rows[*a][n].abs().total_cmp(&rows[*b][n].abs()))?;
        rows.swap(n, pivot);
        if rows[n][n].abs() < 1e-12 {
            return None;
        }
        let lead = rows[n];
        for (k, row) in rows.iter_mut().enumerate().filter(|(k, _)| *k != n) {
            let _ = k;
            let part = row[n] / lead[n];
            for (value, own) in row.iter_mut().zip(lead) {
                *value -= part * own;
            }
        }
    }
    Some(std::array::from_fn(|n| rows[n][5] / rows[n][n]))
}

/// The same numbers each time: the same page gives the same seals.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % n
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(ellipse: &Ellipse, count: usize) -> Vec<(f32, f32)> {
        (0..count).map(|n| ellipse.place(n as f32 * std::f32::consts::TAU / count as f32, 0.0)).collect()
    }

    #[test]
    fn five_dots_give_their_ellipse_back() {
        let oval = Ellipse { x: 120.0, y: 80.0, long: 62.0, short: 42.0, turn: 0.3 };
        let found = fitted(&on(&oval, 5)).expect("an ellipse");
        for (found, own) in [(found.x, 120.0), (found.y, 80.0), (found.long, 62.0), (found.short, 42.0), (found.turn, 0.3)] {
            assert!((found - own).abs() < 0.05, "{found} {own}");
        }
        let round = circle(&[(10.0, 0.0), (0.0, 10.0), (-10.0, 0.0)]).expect("a circle");
        assert!(round.x.abs() < 1e-4 && (round.long - 10.0).abs() < 1e-4);
        assert!(fitted(&[(0.0, 0.0), (1.0, 1.0), (2.0, 2.0), (3.0, 3.0), (9.0, 9.0)]).is_none());
    }

    #[test]
    fn the_distance_to_a_rim_is_near_the_true_one() {
        let oval = Ellipse { x: 0.0, y: 0.0, long: 60.0, short: 40.0, turn: 1.0 };
        for angle in [0.0, 0.7, 1.5, 4.0] {
            let (x, y) = oval.place(angle, 2.0);
            assert!((oval.away(x, y) - 2.0).abs() < 0.3, "{}", oval.away(x, y));
        }
    }
}
