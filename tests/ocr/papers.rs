//! Invented papers: forms, agreements, rosters, budgets, notices.
use super::dice::Dice;
use super::sheet::{Face, Sheet};
use super::words::{self, Phrase};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Agreement,
    Form,
    Roster,
    Budget,
    Notice,
}

impl Kind {
    pub const ALL: [Self; 5] = [Self::Agreement, Self::Form, Self::Roster, Self::Budget, Self::Notice];
}

/// A page of a kind; sizes from 9 to 14 points, titles larger.
pub fn page(kind: Kind, dice: &mut Dice, face: &Face) -> Sheet {
    let mut sheet = Sheet::default();
    match kind {
        Kind::Agreement => agreement(&mut sheet, dice, face),
        Kind::Form => form(&mut sheet, dice, face),
        Kind::Roster => {
            sheet.write(face, 20.0, 220.0, 90.0, &Phrase::of("参加专家名单"));
            table(
                &mut sheet,
                dice,
                face,
                &["序号", "姓名", "工作单位", "职称", "联系电话"],
                &[60.0, 95.0, 155.0, 370.0, 440.0, 535.0],
                |dice, n| [Phrase::of(&n.to_string()), words::person(dice), words::organisation(dice), words::title(dice), words::phone(dice)],
            );
        }
        Kind::Budget => {
            sheet.write(face, 20.0, 230.0, 90.0, &Phrase::of("经费预算表"));
            table(
                &mut sheet,
                dice,
                face,
                &["序号", "支出科目", "金额", "测算依据", "备注"],
                &[60.0, 95.0, 205.0, 350.0, 490.0, 535.0],
                |dice, n| {
                    let basis = Phrase::of(&format!("{}人×{}元×{}天", 2 + dice.below(50), 50 * (1 + dice.below(20)), 1 + dice.below(9)));
                    [Phrase::of(&n.to_string()), words::heading_of_money(dice), words::amount(dice), basis, Phrase::of("自筹")]
                },
            );
        }
        Kind::Notice => notice(&mut sheet, dice, face),
    }
    sheet
}

/// Writes paragraphs across the page from one height to at most another; returns where it ended.
fn prose(sheet: &mut Sheet, dice: &mut Dice, face: &Face, size: f32, (mut y, bottom): (f64, f64)) -> f64 {
    let em = f64::from(size);
    let per_line = (450.0 / em) as usize;
    while y < bottom {
        let mut rest = words::paragraph(dice, 90);
        let (mut x, mut room) = (72.0 + 2.0 * em, per_line - 2);
        while !rest.text.is_empty() && y < bottom + 20.0 {
            let (line, later) = rest.cut(room);
            sheet.write(face, size, x, y, &line);
            (rest, x, room) = (later, 72.0, per_line);
            y += em * 1.6;
        }
    }
    y
}

fn agreement(sheet: &mut Sheet, dice: &mut Dice, face: &Face) {
    let size = dice.between(10.5, 14.0) as f32;
    sheet.write(face, 20.0, 225.0, 90.0, &Phrase::of("项目合作协议书"));
    let (own, other) = (words::organisation(dice), words::organisation(dice));
    sheet.write(face, size, 72.0, 130.0, &Phrase::of("甲方：").then(own.clone()));
    sheet.write(face, size, 72.0, 155.0, &Phrase::of("乙方：").then(other.clone()));
    prose(sheet, dice, face, size, (185.0, 620.0));
    sheet.write(face, size, 72.0, 700.0, &Phrase::of("甲方（盖章）：").then(own.clone()));
    sheet.write(face, size, 72.0, 725.0, &Phrase::of("代表签字：").then(words::person(dice)));
    sheet.write(face, size, 72.0, 750.0, &Phrase::of("日期：").then(words::date(dice)));
    sheet.seal(face, 200.0, 725.0, 57.0, &own.text);
}

fn form(sheet: &mut Sheet, dice: &mut Dice, face: &Face) {
    let size = dice.between(9.0, 12.0) as f32;
    sheet.write(face, 20.0, 205.0, 90.0, &Phrase::of("科协提升计划项目申报书"));
    let labels = ["项目名称", "申报单位", "项目负责人", "联系电话", "起止时间", "申请经费", "单位地址", "登记证号", "合作单位", "填报日期", "主要内容", "备注"];
    let (top, high) = (130.0, 44.0);
    let bottom = top + labels.len() as f64 * high;
    for n in 0..=labels.len() {
        sheet.line(60.0, top + n as f64 * high, 535.0, top + n as f64 * high);
    }
    for x in [60.0, 150.0, 535.0] {
        sheet.line(x, top, x, bottom);
    }
    for (n, label) in labels.iter().enumerate() {
        let base = top + n as f64 * high + 27.0;
        sheet.write(face, size, 72.0, base, &Phrase::of(label));
        let value = match n {
            0 => words::project(dice),
            1 | 8 => words::organisation(dice),
            2 => words::person(dice),
            3 => words::phone(dice),
            4 => words::date(dice).then(Phrase::of("至")).then(words::date(dice)),
            5 => words::amount(dice),
            6 => words::address(dice),
            7 => words::code(dice),
            9 => words::date(dice),
            _ => words::paragraph(dice, 12).cut(26).0,
        };
        sheet.write(face, size, 160.0, base, &value);
    }
    let own = words::organisation(dice);
    sheet.write(face, size, 300.0, 740.0, &Phrase::of("申报单位（盖章）：").then(own.clone()));
    sheet.seal(face, 440.0, 725.0, 57.0, &own.text);
}

fn notice(sheet: &mut Sheet, dice: &mut Dice, face: &Face) {
    let own = words::organisation(dice);
    let wide = own.text.len() as f64 + 2.0;
    let size = (470.0 / wide).min(30.0) as f32;
    sheet.write_red(face, size, 297.0 - f64::from(size) * wide / 2.0, 100.0, &own.clone().then(Phrase::of("文件")));
    sheet.red_line(72.0, 130.0, 523.0, 130.0);
    sheet.write(face, 18.0, 120.0, 170.0, &Phrase::of("关于举办").then(words::project(dice)).then(Phrase::of("的通知")));
    sheet.write(face, 12.0, 72.0, 205.0, &Phrase::of("各有关单位："));
    let y = prose(sheet, dice, face, 12.0, (228.0, 480.0));
    for (n, (label, value)) in [
        ("一、时间：", words::date(dice)),
        ("二、地点：", words::address(dice)),
        ("三、联系人：", words::person(dice)),
        ("四、会务费：每人", words::amount(dice)),
    ]
    .into_iter()
    .enumerate()
    {
        sheet.write(face, 12.0, 96.0, y + 22.0 * n as f64, &Phrase::of(label).then(value));
    }
    sheet.write(face, 12.0, 330.0, 690.0, &own);
    sheet.write(face, 12.0, 360.0, 712.0, &words::date(dice));
    sheet.seal(face, 400.0, 695.0, 57.0, &own.text);
}

fn table<const N: usize>(sheet: &mut Sheet, dice: &mut Dice, face: &Face, heads: &[&str; N], xs: &[f64], row: impl Fn(&mut Dice, usize) -> [Phrase; N]) {
    let size = dice.between(8.5, 10.0) as f32;
    let rows = 20;
    let (top, high) = (130.0, 28.0);
    for n in 0..=rows {
        sheet.line(60.0, top + f64::from(n) * high, 535.0, top + f64::from(n) * high);
    }
    for x in xs {
        sheet.line(*x, top, *x, top + f64::from(rows) * high);
    }
    for n in 0..rows {
        let values = if n == 0 { heads.map(Phrase::of) } else { row(dice, n as usize) };
        for ((value, x), end) in values.iter().zip(xs).zip(&xs[1..]) {
            let room = ((end - x - 8.0) / f64::from(size)) as usize;
            let wide = value.text.iter().map(|c| if c.is_ascii() { 0.55 } else { 1.0 }).sum::<f64>();
            // What is too long for its cell is written smaller, as clerks do.
            let fitted = if wide > room as f64 { size * (room as f64 / wide) as f32 } else { size };
            sheet.write(face, fitted, x + 4.0, top + f64::from(n) * high + 18.5, value);
        }
    }
}
