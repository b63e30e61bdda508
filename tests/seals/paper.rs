//! Sheets of A4 in colour, printed on with paths and letters.
use super::dice::Dice;
use super::letters::{self, Font};
use hayro::kurbo::{Affine, BezPath, Rect, Shape};
use image::{Rgb, RgbImage};

/// Dots a point: 200 to the inch.
pub const SCALE: f64 = 200.0 / 72.0;
pub const BLACK: [u8; 3] = [25, 25, 28];

/// A Chinese face of this machine.
pub struct Face(Font);

/// Faces as seals and offices use them: Song first, then Hei and Kai.
pub fn faces() -> Vec<Face> {
    let mut fonts = fontdb::Database::new();
    fonts.load_system_fonts();
    let families = ["AR PL UMing CN", "Noto Serif CJK SC", "SimSun", "WenQuanYi Zen Hei", "AR PL UKai CN", "Noto Sans CJK SC"];
    let found = families.iter().filter_map(|family| {
        let id = fonts.query(&fontdb::Query { families: &[fontdb::Family::Name(family)], ..fontdb::Query::default() })?;
        Font::of(&fonts, id).filter(|font| font.has('徐')).map(Face)
    });
    found.collect()
}

impl Face {
    /// A letter of a size in points, its middle (an em wide, its base at 0.38 em below) at the origin of `map`.
    pub fn letter(&self, c: char, size: f64, map: Affine, path: &mut BezPath) {
        let middle = Affine::translate((-self.0.wide(c, size) / 2.0, 0.38 * size));
        self.0.draw(c, size, map * middle, path);
    }

    /// A line of letters from a place on.
    pub fn line(&self, text: &str, size: f64, x: f64, y: f64, path: &mut BezPath) {
        for (n, c) in text.chars().enumerate() {
            self.letter(c, size, Affine::translate((x + (n as f64 + 0.5) * size, y)), path);
        }
    }
}

/// How much of each dot of a sheet a path covers, 0 to 255.
pub fn covered(path: &BezPath, width: u32, height: u32) -> Vec<u8> {
    letters::covered(path, SCALE, width, height)
}

pub fn blank() -> RgbImage {
    RgbImage::from_pixel((595.3 * SCALE) as u32, (841.9 * SCALE) as u32, Rgb([255; 3]))
}

/// Prints a path in a colour; ink lets what lies below show through.
pub fn print(page: &mut RgbImage, path: &BezPath, colour: [u8; 3]) {
    print_with(page, path, colour, |_, _| 1.0);
}

/// As [`print`], with so much ink at each dot.
pub fn print_with(page: &mut RgbImage, path: &BezPath, colour: [u8; 3], ink: impl Fn(u32, u32) -> f64) {
    let cover = covered(path, page.width(), page.height());
    let width = page.width();
    for (n, pixel) in page.pixels_mut().enumerate().filter(|(n, _)| cover[*n] > 0) {
        let (x, y) = (n as u32 % width, n as u32 / width);
        let part = f64::from(cover[n]) / 255.0 * ink(x, y).clamp(0.0, 1.0);
        for (value, ink) in pixel.0.iter_mut().zip(colour) {
            *value = (f64::from(*value) * (1.0 - part * (1.0 - f64::from(ink) / 255.0))) as u8;
        }
    }
}

pub fn rect(x0: f64, y0: f64, x1: f64, y1: f64) -> BezPath {
    Rect::new(x0, y0, x1, y1).to_path(0.1)
}

const PHRASES: [&str; 12] = [
    "为落实创新驱动发展战略，经双方协商一致，达成如下协议",
    "甲方负责提供技术资料和试验场地，乙方负责组织专家指导",
    "项目经费由市科协资助，专款专用，接受审计和监督检查",
    "本协议自双方签字盖章之日起生效，有效期一年",
    "组织学术交流活动不少于两场，科普讲座不少于四场",
    "申报单位意见：同意申报，所填内容真实有效",
    "项目名称：设施蔬菜绿色防控技术服务与示范推广",
    "联系电话：0516-83736000　电子邮箱：见附件",
    "一、合作内容　二、双方的责任、权利和义务",
    "2022年5月10日至2023年5月9日，共计十二个月",
    "预期成果：编制技术规程一项，建立示范点三个",
    "申请经费5.00万元，自筹经费3.50万元",
];

/// Text or a table all over a sheet, so that seals stand over print.
pub fn text(page: &mut RgbImage, face: &Face, dice: &mut Dice) {
    let mut path = BezPath::new();
    face.line(dice.pick::<&str>(&["项目合作协议书", "项目申报书", "情况说明"]), 20.0, 210.0, 80.0, &mut path);
    let size = dice.between(10.5, 14.0);
    let step = size * dice.between(1.5, 2.2);
    let mut y = 120.0;
    while y < 790.0 {
        face.line(dice.pick::<&str>(&PHRASES), size, 72.0, y, &mut path);
        y += step;
    }
    if dice.below(2) == 0 {
        for n in 0..=16 {
            let y = 110.0 + 42.0 * f64::from(n);
            path.extend(rect(60.0, y, 535.0, y + 0.8).elements().iter().copied());
        }
        for x in [60.0, 180.0, 535.0] {
            path.extend(rect(x, 110.0, x + 0.8, 782.0).elements().iter().copied());
        }
    }
    print(page, &path, BLACK);
}
