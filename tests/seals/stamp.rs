//! Seals as offices stamp them: a rim, a name along it, a star, perhaps a line and a number below.
use super::dice::Dice;
use super::paper::{Face, SCALE, print_with};
use hayro::kurbo::{Affine, BezPath, Ellipse, Point, Shape};
use image::RgbImage;
use std::f64::consts::{FRAC_PI_2, PI, TAU};

/// A seal before it is stamped; all measures in points.
pub struct Stamp {
    pub name: String,
    /// Half axes.
    pub long: f64,
    pub short: f64,
    /// 合同专用章 or the like.
    pub line: Option<&'static str>,
    /// The number along the lower rim.
    pub number: Option<String>,
    pub has_star: bool,
    /// A second, thin rim inside.
    pub is_double: bool,
}

/// Points of a millimetre.
const MM: f64 = 72.0 / 25.4;
const PLACES: [&str; 4] = ["徐州市", "江苏省", "徐州市铜山区", "徐州"];
const FIELDS: [&str; 24] = [
    "计算机",
    "园艺",
    "铸造",
    "土木建筑",
    "水利",
    "预防医学",
    "气象",
    "测绘地理信息",
    "护理",
    "化学化工",
    "农业机械",
    "心理咨询",
    "中医药",
    "电机工程",
    "环境科学",
    "粮油",
    "畜牧兽医",
    "林业",
    "城市规划",
    "机械工程",
    "数学",
    "物理",
    "医学",
    "图书馆",
];
const KINDS: [&str; 3] = ["学会", "协会", "研究会"];
const FIRMS: [&str; 12] = ["云帆", "恒信", "汉源", "彭城", "鼎丰", "瑞康", "苏禾", "天工", "博远", "金穗", "华辰", "绿野"];
const TRADES: [&str; 8] = ["农业科技", "智能装备", "生物技术", "信息技术", "建筑工程", "食品", "新材料", "环保设备"];

/// The name of a society or a company.
pub fn name(dice: &mut Dice) -> String {
    if dice.below(3) < 2 {
        format!("{}{}{}", dice.pick(&PLACES), dice.pick(&FIELDS), dice.pick(&KINDS))
    } else {
        format!("徐州{}{}{}", dice.pick(&FIRMS), dice.pick(&TRADES), dice.pick(&["有限公司", "股份有限公司", "有限责任公司"]))
    }
}

impl Stamp {
    pub fn round(name: String, dice: &mut Dice) -> Self {
        let radius = dice.pick(&[38.0, 40.0, 42.0, 45.0]) / 2.0 * MM;
        let line = (dice.below(4) == 0).then(|| *dice.pick(&["合同专用章", "财务专用章", "业务专用章"]));
        let number = (dice.below(3) == 0).then(|| format!("32030{:08}", dice.next() % 100_000_000));
        Self { name, long: radius, short: radius, line, number, has_star: dice.below(8) > 0, is_double: dice.below(8) == 0 }
    }

    pub fn oval(name: String, dice: &mut Dice) -> Self {
        let (long, short) = *dice.pick(&[(45.0, 30.0), (40.0, 30.0), (50.0, 35.0)]);
        let line = Some(*dice.pick(&["合同专用章", "业务专用章", "收文专用章"]));
        Self { name, long: long / 2.0 * MM, short: short / 2.0 * MM, line, number: None, has_star: false, is_double: dice.below(6) == 0 }
    }

    /// Stamps it: the middle in points, how much ink of 1, turned by so many radians.
    pub fn on(&self, page: &mut RgbImage, face: &Face, (x, y): (f64, f64), ink: f64, dice: &mut Dice) {
        let turn = dice.between(-0.35, 0.35);
        let path = Affine::translate((x, y)) * Affine::rotate(turn) * self.path(face, dice);
        let colour = *dice.pick(&[[222, 48, 52], [205, 30, 45], [230, 70, 60], [200, 40, 80], [235, 60, 80]]);
        // Ink is laid on unevenly: slow waves, and a pad that was dry on one side.
        let waves: Vec<(f64, f64, f64)> = (0..5).map(|_| (dice.between(-0.06, 0.06), dice.between(-0.06, 0.06), dice.between(0.0, TAU))).collect();
        let dry = dice.between(0.0, TAU);
        print_with(page, &path, colour, |px, py| {
            let (dx, dy) = (f64::from(px) / SCALE - x, f64::from(py) / SCALE - y);
            let wave: f64 = waves.iter().map(|(a, b, c)| (a * dx + b * dy + c).sin()).sum::<f64>() / 5.0;
            let side = (dx * dry.cos() + dy * dry.sin()) / self.long;
            ink * (1.0 - 0.15 * wave.max(-0.5) - 0.12 * (side + 1.0) / 2.0)
        });
    }

    fn path(&self, face: &Face, dice: &mut Dice) -> BezPath {
        let mut path = BezPath::new();
        let rim = dice.between(1.0, 1.4) * MM;
        let mut ring = |inset: f64, thick: f64| {
            let of = |inset: f64| Ellipse::new((0.0, 0.0), (self.long - inset, self.short - inset), 0.0).to_path(0.05);
            path.extend(of(inset).elements().iter().copied());
            path.extend(of(inset + thick).reverse_subpaths().elements().iter().copied());
        };
        ring(0.0, rim);
        let mut edge = rim;
        if self.is_double {
            ring(rim + 0.6 * MM, 0.3 * MM);
            edge += 0.9 * MM;
        }
        let count = self.name.chars().count() as f64;
        // Letters grow narrower the longer the name is, as engravers make them.
        let high = self.short * dice.between(0.27, 0.33);
        let arc = if self.number.is_some() || self.line.is_some() && !self.has_star { dice.between(3.6, 4.2) } else { dice.between(3.9, 4.7) };
        let around = self.around(edge + 0.35 * MM + high / 2.0);
        let room = arc / TAU * around.1 / count;
        let narrow = (0.92 * room / high).min(1.0);
        for (n, c) in self.name.chars().enumerate() {
            let along = 0.5 + (arc / TAU) * ((n as f64 + 0.5) / count - 0.5);
            let (at, angle) = around.0(along);
            let map = Affine::translate(at.to_vec2()) * Affine::rotate(angle) * Affine::scale_non_uniform(narrow, 1.0);
            face.letter(c, high, map, &mut path);
        }
        if self.has_star {
            let radius = self.short * dice.between(0.22, 0.34);
            for n in 0..10 {
                let r = if n % 2 == 0 { radius } else { radius * 0.382 };
                let angle = -FRAC_PI_2 + f64::from(n) * PI / 5.0;
                let at = Point::new(r * angle.cos(), r * angle.sin());
                if n == 0 { path.move_to(at) } else { path.line_to(at) }
            }
            path.close_path();
        }
        if let Some(line) = self.line {
            let size = self.short * 0.24;
            let y = if self.has_star { self.short * 0.52 } else { self.short * 0.42 };
            let wide = size * line.chars().count() as f64;
            let squeeze = (1.25 * self.short / wide).min(1.0);
            for (n, c) in line.chars().enumerate() {
                let x = (n as f64 + 0.5 - line.chars().count() as f64 / 2.0) * size * squeeze;
                face.letter(c, size, Affine::translate((x, y)) * Affine::scale_non_uniform(squeeze, 1.0), &mut path);
            }
        }
        if let Some(number) = &self.number {
            let size = self.short * 0.12;
            let count = number.len() as f64;
            for (n, c) in number.chars().enumerate() {
                let angle = FRAC_PI_2 - 1.1 * ((n as f64 + 0.5) / count - 0.5);
                let r = self.short - edge - 0.3 * MM - size / 2.0;
                let map = Affine::translate((r * angle.cos(), r * angle.sin())) * Affine::rotate(angle - FRAC_PI_2) * Affine::scale_non_uniform(0.9, 1.0);
                face.letter(c, size, map, &mut path);
            }
        }
        path
    }

    /// The round at a depth: the place and the turn of letters at a share of its length, beginning at the bottom,
    /// clockwise; and its length.
    fn around(&self, depth: f64) -> (impl Fn(f64) -> (Point, f64), f64) {
        let (a, b) = (self.long - depth, self.short - depth);
        const PARTS: usize = 720;
        let at = move |angle: f64| Point::new(a * angle.cos(), b * angle.sin());
        let places: Vec<f64> = (0..=PARTS).map(|n| FRAC_PI_2 + n as f64 * TAU / PARTS as f64).collect();
        let mut lengths = vec![0.0];
        for pair in places.windows(2) {
            lengths.push(lengths.last().expect("one") + at(pair[0]).distance(at(pair[1])));
        }
        let whole = lengths[PARTS];
        let place = move |share: f64| {
            let n = lengths.partition_point(|length| *length < share * whole).clamp(1, PARTS);
            let angle = places[n - 1] + (places[n] - places[n - 1]) * (share * whole - lengths[n - 1]) / (lengths[n] - lengths[n - 1]);
            let normal = Point::new(b * angle.cos(), a * angle.sin());
            (at(angle), normal.y.atan2(normal.x) + FRAC_PI_2)
        };
        (place, whole)
    }
}
