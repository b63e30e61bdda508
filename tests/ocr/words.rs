//! What invented papers say: organisations, people, dates, amounts, sentences as offices write them.
use super::dice::Dice;

/// Things of which a wrong character does harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    Amount,
    Date,
    Name,
}

impl Class {
    pub fn word(self) -> &'static str {
        match self {
            Self::Amount => "amount",
            Self::Date => "date",
            Self::Name => "name",
        }
    }
}

/// Text, and where in it (in characters) such things stand.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Phrase {
    pub text: Vec<char>,
    pub fields: Vec<(Class, usize, usize)>,
}

impl Phrase {
    pub fn of(text: &str) -> Self {
        Self { text: text.chars().collect(), fields: Vec::new() }
    }

    pub fn field(class: Class, text: &str) -> Self {
        let mut out = Self::of(text);
        out.fields.push((class, 0, out.text.len()));
        out
    }

    pub fn then(mut self, next: Self) -> Self {
        let start = self.text.len();
        self.fields.extend(next.fields.iter().map(|(class, from, to)| (*class, from + start, to + start)));
        self.text.extend(next.text);
        self
    }

    /// The first characters and the rest; a thing that is cut counts in both halves.
    pub fn cut(&self, at: usize) -> (Self, Self) {
        let at = at.min(self.text.len());
        let part = |from: usize, to: usize| Self {
            text: self.text[from..to].to_vec(),
            fields: self.fields.iter().filter(|f| f.1 < to && f.2 > from).map(|(class, a, b)| (*class, (*a).max(from) - from, (*b).min(to) - from)).collect(),
        };
        (part(0, at), part(at, self.text.len()))
    }
}

const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文";
const GIVEN: &str = "伟芳娜敏静秀英丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文华建国志海燕春梅红玉宇欣佳怡俊浩然子轩雨泽晨博思雪婷慧琳颖倩莹斌辉峰鹏飞龙波宁坤成林旭东立新永福祥云凤琴素珍荣光学义仁德忠良才根生金山培启振兴家树森运来利民友谊广胜长庆元亮朋友正方圆安康乐心";
const RARE_GIVEN: &str = "鑫淼焱垚睿琪瑶璐瑾琰珺骏骁翔翰曦暄昊昱晟晔煜炜烨钰铭锴钧楠桐榕梓栩沁沛泓涵淳渊湛滢彤彦彬彪徽懿恺恒憬岚峻巍嵘崧芮苒莉菁萱蓓蔚薇芸毓聿";
const PLACES: [&str; 14] =
    ["徐州市", "徐州市", "徐州市", "鼓楼区", "云龙区", "泉山区", "铜山区", "贾汪区", "丰县", "沛县", "睢宁县", "新沂市", "邳州市", "江苏省"];
const SUBJECTS: [&str; 36] = [
    "计算机",
    "机械工程",
    "农学",
    "医学",
    "护理",
    "中医药",
    "化学化工",
    "煤炭",
    "电机工程",
    "土木建筑",
    "环境科学",
    "水利",
    "林学",
    "畜牧兽医",
    "植物保护",
    "营养",
    "心理卫生",
    "针灸",
    "测绘地理信息",
    "气象",
    "地震",
    "自动化",
    "通信",
    "图书馆",
    "数学",
    "物理",
    "消防",
    "园艺",
    "蔬菜",
    "果树",
    "食品科学技术",
    "新材料",
    "人工智能",
    "大数据应用",
    "科普作家",
    "青少年科技教育",
];
const BRANDS: &str = "恒润华鼎瑞通泰达宏远汇中科天成安邦佳信德隆凯盛联创博雅智远鸿鑫源丰禾绿野蓝海";
const TRADES: [&str; 12] =
    ["生物科技", "智能装备", "信息技术", "农业发展", "环保工程", "新能源", "机械制造", "食品", "医疗器械", "建筑设计", "软件", "生态农业"];
const STREETS: [&str; 10] = ["淮海西路", "解放南路", "建国东路", "和平路", "中山北路", "复兴南路", "民主南路", "大学路", "科技大道", "镜泊东路"];
const TITLES: [&str; 8] = ["教授", "副教授", "研究员", "高级工程师", "主任医师", "农艺师", "讲师", "工程师"];
const SUBJECTS_OF_MONEY: [&str; 14] = [
    "专家咨询费",
    "差旅费",
    "会议费",
    "资料印刷费",
    "宣传费",
    "劳务费",
    "场地租赁费",
    "设备购置费",
    "材料费",
    "培训费",
    "交通费",
    "邮电费",
    "其他支出",
    "测试化验加工费",
];
const CLAUSES: [&str; 48] = [
    "为深入实施创新驱动助力工程",
    "充分发挥学会人才智力优势",
    "经双方友好协商",
    "本着平等互利、优势互补的原则",
    "就共同开展科技服务达成如下协议",
    "甲方负责组织专家开展技术咨询",
    "乙方负责提供场地和必要的工作条件",
    "组织会员深入基层开展科普宣传活动",
    "举办专题学术讲座和技术培训班",
    "编印科普资料并免费发放给群众",
    "建立专家服务工作站",
    "对种植户进行面对面的技术指导",
    "推广先进适用技术和优良品种",
    "项目经费实行专款专用、独立核算",
    "接受主管部门的监督检查和审计",
    "不得截留、挤占和挪用项目资金",
    "项目完成后及时提交总结报告",
    "未尽事宜由双方另行协商解决",
    "本协议自签字盖章之日起生效",
    "本协议一式肆份，双方各执贰份",
    "因不可抗力不能履行的除外",
    "任何一方不得擅自变更或解除协议",
    "提高公民科学素质",
    "服务乡村振兴战略",
    "面向社区居民普及慢性病防治知识",
    "开展青少年科技创新实践活动",
    "围绕产业转型升级中的关键技术难题",
    "形成可复制、可推广的经验做法",
    "完善学会内部治理结构",
    "承接政府转移职能",
    "开展第三方评估和科技成果评价",
    "搭建产学研合作交流平台",
    "参加人员覆盖全市各县（市）区",
    "受到与会代表的一致好评",
    "取得了良好的社会效益和经济效益",
    "请各有关单位认真组织实施",
    "现将有关事项通知如下",
    "会议由理事长主持",
    "各位专家围绕主题作了精彩报告",
    "现场解答群众提出的问题",
    "病虫害绿色防控技术",
    "水肥一体化管理",
    "大气污染源解析",
    "智能化综采工作面",
    "老年人营养与膳食",
    "应急救护知识",
    "数据安全与隐私保护",
    "逾期不报视为自动放弃",
];

fn among(dice: &mut Dice, all: &str) -> char {
    let all: Vec<char> = all.chars().collect();
    *dice.pick(&all)
}

/// A person; one given character in eight is a rarer one.
pub fn person(dice: &mut Dice) -> Phrase {
    let mut text = String::from(among(dice, SURNAMES));
    for _ in 0..1 + dice.below(4).min(1) {
        let all = if dice.below(8) == 0 { RARE_GIVEN } else { GIVEN };
        text.push(among(dice, all));
    }
    Phrase::field(Class::Name, &text)
}

pub fn organisation(dice: &mut Dice) -> Phrase {
    let place = *dice.pick(&PLACES);
    let subject = *dice.pick(&SUBJECTS);
    let brand: String = (0..2).map(|_| among(dice, BRANDS)).collect();
    let text = match dice.below(7) {
        0 | 1 => format!("{place}{subject}学会"),
        2 => format!("{place}{subject}协会"),
        3 => format!("{place}{subject}研究会"),
        4 | 5 => format!("徐州{brand}{}有限公司", dice.pick(&TRADES)),
        _ => format!("{place}{}", dice.pick(&["第一人民医院", "中心医院", "职业技术学院", "实验小学", "农业技术推广中心", "林业技术指导站"])),
    };
    Phrase::field(Class::Name, &text)
}

pub fn date(dice: &mut Dice) -> Phrase {
    let (y, m, d) = (2019 + dice.below(6), 1 + dice.below(12), 1 + dice.below(28));
    Phrase::field(
        Class::Date,
        &match dice.below(5) {
            0 | 1 => format!("{y}年{m}月{d}日"),
            2 => format!("{y}-{m:02}-{d:02}"),
            3 => format!("{y}.{m}.{d}"),
            _ => {
                let digits: String = y.to_string().chars().map(|c| "〇一二三四五六七八九".chars().nth(c as usize - '0' as usize).unwrap_or('〇')).collect();
                const SMALL: [&str; 12] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];
                format!("{digits}年{}月{}日", SMALL[m - 1], SMALL[d % 12])
            }
        },
    )
}

pub fn amount(dice: &mut Dice) -> Phrase {
    Phrase::field(
        Class::Amount,
        &match dice.below(6) {
            0 => format!("{}.{:02}", dice.below(100_000), dice.below(100)),
            1 => format!("{}.{}万元", 1 + dice.below(50), dice.below(10)),
            2 => format!("{},{:03}.00元", 1 + dice.below(90), dice.below(1000)),
            3 => format!("￥{}元", 100 * (1 + dice.below(900))),
            4 => format!("{}元", 500 * (1 + dice.below(60))),
            _ => {
                let digit = |n: usize| "壹贰叁肆伍陆柒捌玖".chars().nth(n).unwrap_or('壹');
                format!("人民币{}万{}仟{}佰元整", digit(dice.below(9)), digit(dice.below(9)), digit(dice.below(9)))
            }
        },
    )
}

pub fn phone(dice: &mut Dice) -> Phrase {
    Phrase::of(&match dice.below(3) {
        0 => format!("0516-8{:07}", dice.next() % 10_000_000),
        _ => format!("1{}{:09}", 3 + dice.below(7), dice.next() % 1_000_000_000),
    })
}

pub fn code(dice: &mut Dice) -> Phrase {
    Phrase::of(&match dice.below(2) {
        0 => format!("51320300MJ{:07}{}", dice.next() % 10_000_000, among(dice, "0123456789AEX")),
        _ => format!("苏民社证字第{:05}号", dice.below(100_000)),
    })
}

pub fn address(dice: &mut Dice) -> Phrase {
    let place = *dice.pick(&PLACES[..7]);
    Phrase::of(&format!("{place}{}{}号{}室", dice.pick(&STREETS), 1 + dice.below(300), 100 * (1 + dice.below(20)) + dice.below(30)))
}

pub fn title(dice: &mut Dice) -> Phrase {
    Phrase::of(dice.pick::<&str>(&TITLES))
}

pub fn heading_of_money(dice: &mut Dice) -> Phrase {
    Phrase::of(dice.pick::<&str>(&SUBJECTS_OF_MONEY))
}

pub fn clause(dice: &mut Dice) -> Phrase {
    Phrase::of(dice.pick::<&str>(&CLAUSES))
}

/// What a project or an event is called.
pub fn project(dice: &mut Dice) -> Phrase {
    let subject = *dice.pick(&SUBJECTS);
    Phrase::of(&match dice.below(4) {
        0 => format!("{subject}技术服务站建设"),
        1 => format!("“{subject}进社区”科普活动"),
        2 => format!("{}年{subject}学术年会", 2019 + dice.below(6)),
        _ => format!("{subject}领域科技咨询与服务"),
    })
}

/// Clauses with things in them, of at least so many characters.
pub fn paragraph(dice: &mut Dice, least: usize) -> Phrase {
    let mut out = Phrase::default();
    while out.text.len() < least {
        let piece = match dice.below(10) {
            0 => Phrase::of("于").then(date(dice)).then(Phrase::of("前完成")),
            1 => Phrase::of("安排经费").then(amount(dice)),
            2 => Phrase::of("联合").then(organisation(dice)).then(clause(dice)),
            3 => Phrase::of("由").then(person(dice)).then(title(dice)).then(Phrase::of("负责")),
            4 => Phrase::of(&format!("举办{}期，参加人数不少于{}人次", 1 + dice.below(12), 10 * (3 + dice.below(90)))),
            _ => clause(dice),
        };
        let mark = *dice.pick(&["，", "，", "，", "。", "；"]);
        out = out.then(piece).then(Phrase::of(mark));
    }
    out.text.pop();
    out.then(Phrase::of("。"))
}
