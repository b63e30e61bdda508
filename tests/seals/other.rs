//! Red and coloured things that are no seals.
use super::dice::Dice;
use super::paper::{Face, SCALE, print, rect};
use hayro::kurbo::{Affine, BezPath, Circle, Point, Rect, Shape};
use image::{Rgb, RgbImage};
use std::f64::consts::{PI, TAU};

pub const KINDS: [&str; 14] = [
    "map",
    "attachment",
    "letterhead",
    "red text",
    "red table",
    "flag",
    "emblem",
    "logo",
    "badge",
    "photo",
    "name chop",
    "circled",
    "rectangular stamp",
    "red picture",
];

const RED: [u8; 3] = [225, 35, 40];
const YELLOW: [u8; 3] = [250, 215, 40];

fn star(x: f64, y: f64, radius: f64) -> BezPath {
    let mut path = BezPath::new();
    for n in 0..10 {
        let r = if n % 2 == 0 { radius } else { radius * 0.382 };
        let angle = -PI / 2.0 + f64::from(n) * PI / 5.0;
        let at = Point::new(x + r * angle.cos(), y + r * angle.sin());
        if n == 0 { path.move_to(at) } else { path.line_to(at) }
    }
    path.close_path();
    path
}

fn ring(x: f64, y: f64, outer: f64, inner: f64) -> BezPath {
    let mut path = Circle::new((x, y), outer).to_path(0.05);
    path.extend(Circle::new((x, y), inner).to_path(0.05).reverse_subpaths().elements().iter().copied());
    path
}

/// Opaque: covers what was printed before.
fn paint(page: &mut RgbImage, path: &BezPath, colour: [u8; 3]) {
    let cover = super::paper::covered(path, page.width(), page.height());
    for (pixel, cover) in page.pixels_mut().zip(cover) {
        let part = f64::from(cover) / 255.0;
        pixel.0 = std::array::from_fn(|k| (f64::from(pixel.0[k]) * (1.0 - part) + f64::from(colour[k]) * part) as u8);
    }
}

/// Puts one of [`KINDS`] onto a page.
pub fn put(page: &mut RgbImage, kind: &str, face: &Face, dice: &mut Dice) {
    let (x, y) = (dice.between(120.0, 450.0), dice.between(200.0, 650.0));
    match kind {
        "letterhead" => {
            let mut path = BezPath::new();
            face.line("徐州市科学技术协会文件", dice.between(30.0, 40.0), 80.0, 90.0, &mut path);
            path.extend(rect(70.0, 140.0, 525.0, 142.5).elements().iter().copied());
            path.extend(star(297.0, 141.0, 9.0).elements().iter().copied());
            print(page, &path, RED);
        }
        "red text" => {
            let mut path = BezPath::new();
            for n in 0..4 {
                face.line("红色字样：逾期不予受理，请务必按时提交材料", 14.0, 80.0, 400.0 + 24.0 * f64::from(n), &mut path);
            }
            face.line("荣誉证书", 60.0, 170.0, 250.0, &mut path);
            print(page, &path, RED);
        }
        "red table" => {
            let mut path = BezPath::new();
            let (step, count) = (dice.between(40.0, 130.0), 5);
            for n in 0..=count {
                let at = 90.0 + step * f64::from(n);
                path.extend(rect(90.0, at, 90.0 + step * f64::from(count), at + 1.0).elements().iter().copied());
                path.extend(rect(at, 90.0, at + 1.0, 90.0 + step * f64::from(count)).elements().iter().copied());
            }
            print(page, &path, RED);
        }
        // Districts in pale colours, red roads and borders, a red star and a ringed dot for towns.
        "map" => {
            for n in 0..6 {
                let (dx, dy) = (dice.between(-90.0, 60.0), dice.between(-90.0, 60.0));
                let colour = *dice.pick(&[[250, 230, 190], [215, 235, 205], [250, 215, 215], [235, 225, 245]]);
                paint(page, &rect(x + dx, y + dy, x + dx + dice.between(50.0, 110.0), y + dy + dice.between(50.0, 110.0)), colour);
                let (mut px, mut py, mut heading) = (x + dx, y + dy, f64::from(n));
                let mut road = BezPath::new();
                for _ in 0..60 {
                    heading += dice.between(-0.4, 0.4);
                    (px, py) = ((px + 4.0 * heading.cos()).clamp(40.0, 560.0), (py + 4.0 * heading.sin()).clamp(40.0, 800.0));
                    road.extend(Circle::new((px, py), 1.5).to_path(0.1).elements().iter().copied());
                }
                print(page, &road, RED);
            }
            let mut path = ring(x, y, 7.0, 5.5);
            path.extend(star(x + 40.0, y - 20.0, 7.0));
            // The ring road around a town, with places written along it.
            path.extend(ring(x, y, 62.0, 60.0));
            print(page, &path, RED);
            let mut names = BezPath::new();
            for (n, name) in ["泉山区", "云龙区", "鼓楼区"].iter().enumerate() {
                face.line(name, 9.0, x - 40.0 + 25.0 * n as f64, y - 30.0 + 25.0 * n as f64, &mut names);
            }
            print(page, &names, super::paper::BLACK);
        }
        "attachment" => {
            let mut path = rect(x, y, x + 70.0, y + 30.0);
            path.extend(Rect::new(x + 2.0, y + 2.0, x + 68.0, y + 28.0).to_path(0.1).reverse_subpaths().elements().iter().copied());
            face.line(dice.pick::<&str>(&["附件１", "附件二", "复印件"]), 18.0, x + 8.0, y + 15.0, &mut path);
            print(page, &path, RED);
        }
        "flag" => {
            paint(page, &rect(x - 90.0, y - 60.0, x + 90.0, y + 60.0), RED);
            paint(page, &star(x - 60.0, y - 30.0, 18.0), YELLOW);
            for n in 0..4 {
                paint(page, &star(x - 30.0, y - 50.0 + 15.0 * f64::from(n), 6.0), YELLOW);
            }
        }
        "emblem" => {
            let radius = dice.between(45.0, 80.0);
            paint(page, &Circle::new((x, y), radius).to_path(0.05), if dice.below(2) == 0 { RED } else { YELLOW });
            paint(page, &ring(x, y, radius, radius * 0.88), YELLOW);
            paint(page, &Circle::new((x, y), radius * 0.7).to_path(0.05), RED);
            paint(page, &star(x, y, radius * 0.4), YELLOW);
        }
        "logo" => {
            let radius = dice.between(45.0, 70.0);
            paint(page, &ring(x, y, radius, radius * 0.9), *dice.pick(&[RED, [30, 90, 180], [40, 150, 80]]));
            paint(page, &ring(x, y, radius * 0.8, radius * 0.5), *dice.pick(&[[30, 90, 180], [40, 150, 80], [240, 150, 30]]));
            paint(page, &Circle::new((x, y), radius * 0.35).to_path(0.05), *dice.pick(&[RED, YELLOW, [30, 90, 180]]));
        }
        // A solid red disc with writing left white.
        "badge" => {
            let radius = dice.between(45.0, 70.0);
            paint(page, &Circle::new((x, y), radius).to_path(0.05), RED);
            let mut path = BezPath::new();
            for (n, c) in "青年志愿者服务队".chars().enumerate() {
                let angle = PI + (n as f64 + 0.5) * PI / 8.0;
                let map = Affine::translate((x + 0.75 * radius * angle.cos(), y + 0.75 * radius * angle.sin())) * Affine::rotate(angle + PI / 2.0);
                face.letter(c, radius * 0.3, map, &mut path);
            }
            path.extend(star(x, y, radius * 0.4).elements().iter().copied());
            paint(page, &path, [255; 3]);
        }
        "photo" | "red picture" => {
            let spots: Vec<(f64, f64, f64, [f64; 3])> = (0..14)
                .map(|_| {
                    let red = if kind == "photo" { 0.0 } else { 120.0 };
                    let colour = [dice.between(40.0, 200.0) + red, dice.between(20.0, 220.0 - red), dice.between(20.0, 220.0 - red)];
                    (dice.between(-120.0, 120.0), dice.between(-90.0, 90.0), dice.between(15.0, 70.0), colour)
                })
                .collect();
            let box_of = |v: f64| (v * SCALE) as u32;
            for py in box_of(y - 90.0)..box_of(y + 90.0) {
                for px in box_of((x - 120.0).max(10.0))..box_of((x + 120.0).min(580.0)) {
                    let (dx, dy) = (f64::from(px) / SCALE - x, f64::from(py) / SCALE - y);
                    let inside = spots.iter().rev().find(|(sx, sy, r, _)| (dx - sx).hypot(dy - sy) < *r);
                    let colour = inside.map_or([150.0, 120.0, 110.0], |s| s.3);
                    page.put_pixel(px, py, Rgb(colour.map(|v| v.min(255.0) as u8)));
                }
            }
        }
        "name chop" => {
            let side = dice.between(50.0, 65.0);
            let mut path = rect(x, y, x + side, y + side);
            path.extend(Rect::new(x + 3.0, y + 3.0, x + side - 3.0, y + side - 3.0).to_path(0.1).reverse_subpaths().elements().iter().copied());
            for (n, c) in "张印建国".chars().enumerate() {
                let at = (x + side * (0.27 + 0.46 * (n / 2) as f64), y + side * (0.27 + 0.46 * (n % 2) as f64));
                face.letter(c, side * 0.4, Affine::translate(at), &mut path);
            }
            print(page, &path, RED);
        }
        // A reviewer's red pen around words, and ticks.
        "circled" => {
            let mut path = BezPath::new();
            let (a, b) = (dice.between(45.0, 80.0), dice.between(32.0, 60.0));
            for n in 0..80 {
                let angle = f64::from(n) * TAU / 78.0;
                let wobble = 1.0 + 0.03 * (3.0 * angle).sin();
                path.extend(Circle::new((x + a * wobble * angle.cos(), y + b * wobble * angle.sin()), 3.0).to_path(0.1).elements().iter().copied());
            }
            print(page, &path, RED);
        }
        _ => {
            let mut path = rect(x, y, x + 130.0, y + 52.0);
            path.extend(Rect::new(x + 3.0, y + 3.0, x + 127.0, y + 49.0).to_path(0.1).reverse_subpaths().elements().iter().copied());
            face.line("材料收讫专用", 19.0, x + 8.0, y + 26.0, &mut path);
            print(page, &path, RED);
        }
    }
}
