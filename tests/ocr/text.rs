//! Invented papers: forms, agreements, rosters, budgets.
use super::degrade::Dice;
use super::sheet::{Face, Sheet};

const ORGANISATIONS: [&str; 8] = ["学会", "协会", "研究会", "科技有限公司", "农业合作社", "中心小学", "人民医院", "工程研究院"];
const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文";
const WORDS: [&str; 40] = [
    "为落实",
    "创新驱动",
    "助力工程",
    "开展学术交流活动",
    "双方本着",
    "平等互利",
    "协商一致",
    "达成如下协议",
    "甲方负责",
    "乙方应当",
    "提供技术服务",
    "项目经费",
    "由市科协资助",
    "按照有关规定",
    "专款专用",
    "组织科普讲座",
    "发放宣传资料",
    "举办专题培训班",
    "邀请专家",
    "实地指导",
    "形成总结报告",
    "接受监督检查",
    "验收合格后",
    "支付余款",
    "农作物病虫害防治",
    "大数据分析平台",
    "智能制造",
    "老年慢性病管理",
    "水环境治理",
    "青少年科学素质",
    "服务企业",
    "不少于",
    "参加人数",
    "完成时间",
    "违约责任",
    "争议解决",
    "本协议一式肆份",
    "自签字盖章之日起生效",
    "联系电话",
    "有效期限",
];

fn hanzi(dice: &mut Dice, face: &Face) -> char {
    // First level of GB 2312: the common characters.
    loop {
        let code = [0xB0 + dice.below(39) as u8, 0xA1 + dice.below(94) as u8];
        let (text, _, _) = encoding_rs::GBK.decode(&code);
        if let Some(c) = text.chars().next().filter(|c| ('\u{4e00}'..'\u{a000}').contains(c) && face.has(*c)) {
            return c;
        }
    }
}

fn name(dice: &mut Dice, face: &Face) -> String {
    let surnames: Vec<char> = SURNAMES.chars().collect();
    let count = 1 + dice.below(2);
    std::iter::once(*dice.pick(&surnames)).chain((0..count).map(|_| hanzi(dice, face)).collect::<Vec<_>>()).collect()
}

fn organisation(dice: &mut Dice, face: &Face) -> String {
    let middle: String = (0..2 + dice.below(4)).map(|_| hanzi(dice, face)).collect();
    format!("徐州市{middle}{}", dice.pick(&ORGANISATIONS))
}

fn date(dice: &mut Dice) -> String {
    let (y, m, d) = (2019 + dice.below(6), 1 + dice.below(12), 1 + dice.below(28));
    match dice.below(3) {
        0 => format!("{y}年{m}月{d}日"),
        1 => format!("{y}-{m:02}-{d:02}"),
        _ => format!("{y}.{m}.{d}"),
    }
}

fn amount(dice: &mut Dice) -> String {
    match dice.below(4) {
        0 => format!("{}.{:02}", dice.below(100_000), dice.below(100)),
        1 => format!("{}.{}万元", dice.below(50), dice.below(10)),
        2 => format!("{},{:03}.00元", 1 + dice.below(90), dice.below(1000)),
        _ => format!("￥{}元", 100 * dice.below(900)),
    }
}

fn number(dice: &mut Dice) -> String {
    match dice.below(3) {
        0 => format!("1{}{:09}", 3 + dice.below(7), dice.next() % 1_000_000_000),
        1 => format!("91320300{:010}", dice.next() % 10_000_000_000),
        _ => format!("苏民社证字第{:05}号", dice.below(100_000)),
    }
}

fn sentence(dice: &mut Dice, face: &Face, least: usize) -> String {
    let mut out = String::new();
    while out.chars().count() < least {
        match dice.below(9) {
            0 => out.push_str(&date(dice)),
            1 => out.push_str(&amount(dice)),
            2 => out.push_str(&organisation(dice, face)),
            3 => (0..4).for_each(|_| out.push(hanzi(dice, face))),
            _ => out.push_str(dice.pick::<&str>(&WORDS)),
        }
        if dice.below(3) == 0 {
            out.push(*dice.pick(&['，', '。', '；', '、']));
        }
    }
    out
}

/// A page of some kind; sizes from 9 to 14 points, titles larger.
pub fn page(dice: &mut Dice, face: &Face) -> Sheet {
    let mut sheet = Sheet::default();
    let title = ["项目合作协议书", "项目申报书", "经费预算表", "专家名单", "活动通知"];
    sheet.write(face, 20.0, 210.0, 90.0, dice.pick::<&str>(&title));
    match dice.below(4) {
        0 => prose(&mut sheet, dice, face),
        1 => form(&mut sheet, dice, face),
        2 => columns(&mut sheet, dice, face, &["序号", "姓名", "工作单位", "联系电话"]),
        _ => columns(&mut sheet, dice, face, &["序号", "支出科目", "金额（元）", "备注"]),
    }
    sheet
}

fn prose(sheet: &mut Sheet, dice: &mut Dice, face: &Face) {
    let size = dice.between(10.5, 14.0) as f32;
    let per_line = (450.0 / f64::from(size)) as usize;
    let mut y = 130.0;
    while y < 640.0 {
        let text: Vec<char> = sentence(dice, face, 90).chars().collect();
        let mut rest = text.as_slice();
        let mut x = 72.0 + 2.0 * f64::from(size);
        let mut room = per_line - 2;
        while !rest.is_empty() && y < 660.0 {
            let (line, later) = rest.split_at(room.min(rest.len()));
            sheet.write(face, size, x, y, &line.iter().collect::<String>());
            (rest, x, room) = (later, 72.0, per_line);
            y += f64::from(size) * 1.6;
        }
    }
    let own = organisation(dice, face);
    sheet.write(face, size, 72.0, 720.0, &format!("甲方（盖章）：{own}"));
    sheet.write(face, size, 72.0, 745.0, &format!("日期：{}", date(dice)));
    sheet.seal(face, 200.0, 725.0, 57.0, &own);
}

fn form(sheet: &mut Sheet, dice: &mut Dice, face: &Face) {
    let size = dice.between(9.0, 12.0) as f32;
    let rows = 12;
    let (top, high) = (130.0, 44.0);
    let bottom = top + f64::from(rows) * high;
    for n in 0..=rows {
        sheet.line(60.0, top + f64::from(n) * high, 535.0, top + f64::from(n) * high);
    }
    for x in [60.0, 150.0, 535.0] {
        sheet.line(x, top, x, bottom);
    }
    let labels = ["项目名称", "申报单位", "负责人", "联系电话", "起止时间", "申请经费", "单位地址", "开户银行", "合作单位", "填报日期", "项目类别", "备注"];
    for (n, label) in labels.iter().enumerate() {
        let base = top + n as f64 * high + 27.0;
        sheet.write(face, size, 72.0, base, label);
        let value = match n {
            1 | 8 => organisation(dice, face),
            2 => name(dice, face),
            3 => number(dice),
            4 => format!("{}至{}", date(dice), date(dice)),
            5 => amount(dice),
            9 => date(dice),
            _ => sentence(dice, face, 12).chars().take(26).collect(),
        };
        sheet.write(face, size, 160.0, base, &value);
    }
}

fn columns(sheet: &mut Sheet, dice: &mut Dice, face: &Face, heads: &[&str; 4]) {
    let size = dice.between(9.0, 11.0) as f32;
    let xs = [60.0, 105.0, 250.0, 420.0, 535.0];
    let rows = 20;
    let (top, high) = (130.0, 28.0);
    for n in 0..=rows {
        sheet.line(60.0, top + f64::from(n) * high, 535.0, top + f64::from(n) * high);
    }
    for x in xs {
        sheet.line(x, top, x, top + f64::from(rows) * high);
    }
    for n in 0..rows {
        let base = top + f64::from(n) * high + 18.5;
        let values = if n == 0 {
            heads.map(str::to_owned)
        } else if heads[1] == "姓名" {
            [n.to_string(), name(dice, face), organisation(dice, face), number(dice).chars().take(12).collect()]
        } else {
            [n.to_string(), sentence(dice, face, 6).chars().take(10).collect(), amount(dice), sentence(dice, face, 4).chars().take(8).collect()]
        };
        for (value, x) in values.iter().zip(xs) {
            sheet.write(face, size, x + 8.0, base, value);
        }
    }
}
