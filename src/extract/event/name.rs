//! Names of events: where they stand in a sentence, when two are one, what kind they name.
use crate::model::EventKind;
use crate::text::{key, normal};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// What names of events end with.
const NOUN: &str = r"学术年会|学术会议|学术周|学术月|年会|高峰论坛|论坛|研讨会|研讨班|研讨活动|研讨|交流会|学术交流|交流活动|交流大会|报告会|汇报会|座谈会|推进会|对接会|观摩会|分享会|发布会|宣讲会|宣讲|见面会|联谊会|研究会议|峰会|沙龙|大会|大讲堂|讲堂|讲坛|讲座|讲习班|培训班|培训会|研修班|学习班|科普日|科技周|科普周|活动周|活动日|宣传周|宣传日|宣传月|科技节|科普节|文化节|开放日|科普行|义诊|展览|知识竞赛|竞赛|大赛|比赛|挑战赛|夏令营|冬令营|科普活动|主题活动|系列活动|志愿服务活动|宣传活动|咨询活动|服务活动|进社区|进校园|进企业|进农村|进乡村|进机关|进基层|进万家|下乡|大篷车|实验秀|直播课|公开课|科学课|大课堂|课堂|微课|科普营|科学营|科技营|训练营|体验营|研学营|研学|展演|游园会|嘉年华|擂台赛|邀请赛|启动仪式|活动月|专场|分会场|分论坛|活动|会议|科普宣传|广场宣传|现场宣传|集中宣传|培训|咨询日|服务日|体验日|主题日|体验周|服务周|服务月|巡讲|巡演|路演|市集|集市|大集|开放实验室|义诊咨询|科普咨询|直播|会";

/// Exhibitions of anything: 主题展, 标本展览; 发展 and 开展 are none.
const SHOWS: &str = r"[\p{Han}--[发开进拓扩施伸舒参布招撤延续]]展(?:览会?|演|会)?";

/// Visits, by whom they are paid to: 走进某社区, 走进田间地头.
const VISITS: &str = r"走进[\p{Han}、“”]{0,12}(?:社区|小区|校园|学校|小学|中学|大学|学院|幼儿园|企业|公司|车间|工地|园区|农村|乡村|村|镇|乡|街道|机关|军营|公园|广场|医院|养老院|敬老院|福利院|基地|家庭|农户|地头|一线|现场|大棚|果园|馆)";

/// Days, weeks and seasons of any sort that end a whole name: 爱眼日, 读书月; 近日 and 三月 are none.
const DAYS: &str = r"[\p{Han}--[年月日每今次近工假截止一二三四五六七八九十]]{2}[日周月节季]";

static ENDS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!(r"(?:{NOUN}|{SHOWS}|{VISITS}|{DAYS})(?:[(][^()\n]{{1,16}}[)])?$")).expect("the noun pattern is well formed"));

static QUOTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r#"[“"「『《](?P<n>[^“”"「」『』《》\n。]{{3,60}}?)[”"」』》](?P<tail>(?:[^,。;:“”"\s在]|在线){{0,24}}?(?:{NOUN}|{SHOWS}))?"#))
        .expect("the quote pattern is well formed")
});

/// The verb that holds the event; its name follows.
static VERB: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:主办|承办|协办|举办|召开|举行|组织|开展|牵头)(?:了|的|以)*").expect("the verb pattern is well formed"));

static ENDING: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!(r#"(?:{NOUN}|{SHOWS})(?:[(][^()\n]{{1,16}}[)])?[”"」』]?"#)).expect("the noun pattern is well formed"));

/// What may follow a name in a sentence.
static AFTER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:$|[,。;:()、!\d]|在|谨?[定订将拟已]?于|日前|上|顺利|成功|圆满|隆重|如期|正式|举|召|开幕|开讲|共|吸引|参|期间|落下|启|暨|并|和|及)")
        .expect("the follower pattern is well formed")
});

/// Organisations end like events: 学会 is no 会.
const ORGANISATIONS: [&str; 12] = ["学会", "协会", "研究会", "委员会", "联合会", "促进会", "基金会", "商会", "工会", "社会", "理事会", "监事会"];

/// Where a name that begins at `start` ends: at an event's noun that is no organisation, before punctuation.
fn end_of_name(text: &str, start: usize) -> Option<usize> {
    let rest = &text[start..];
    let stop = rest.find([',', '。', ';', ':', '\n', '!']).unwrap_or(rest.len());
    let stop = rest[..stop].char_indices().nth(64).map_or(stop, |(at, _)| at);
    let found = ENDING.find_iter(&rest[..stop]).find(|m| {
        let name = &rest[..m.end()];
        !ORGANISATIONS.iter().any(|org| name.ends_with(org)) && AFTER.is_match(&rest[m.end()..]) && name.chars().count() >= 4
    })?;
    Some(start + found.end())
}

/// Words that make a name a science-popularisation event.
static POPULAR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"{SHOWS}(?:活动)?$|走进|科普|科技周|科技活动周|科技节|进社区|进校园|进企业|进农村|进乡村|进机关|进基层|进万家|下乡|义诊|大篷车|开放日|实验秀|大讲堂|讲堂|竞赛|大赛|挑战赛|展览|巡展|夏令营|冬令营|宣传|宣讲|咨询活动|志愿|健康讲座|公益|科学课|体验|课堂|[微云]课|里的课|[\p{{Han}}--[党团训修授备排听评]]课$|研学|亲子|嘉年华|开放活动|公众开放|科技馆|(?:世界|国际)[^,。、会坛]{{1,5}}日|咨询日|服务日|巡讲|游园|竞答|科学营|训练营|直播课|科技工作者日|地球日|环境日|减灾日|安全月|健康教育")).expect("the popular pattern is well formed")
});

static ACADEMIC: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"学术|年会|论坛|研讨|交流会|报告会|大会|沙龙|峰会|讲坛|学术周|博士|院士|青年学者|会议|研修班|讲习班|技术交流")
        .expect("the academic pattern is well formed")
});

/// Meetings of the society's own organs.
static ADMIN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"理事会|会员代表大会|会员大会|换届|理事长办公会|党支部|党员大会|支部|党史|主题教育|工作会议?|年检|评审会|验收会|论证会|立项|总结会|表彰会|换届|监事会|秘书长会|启动会|签约|揭牌|调研|座谈").expect("the organ pattern is well formed")
});

/// A work of paperwork, not an event: 申报, 评选, 征集.
static PAPERWORK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"申报|评选|推荐|征集|年检|年度检查|统计|自查|报送|填报|缴纳|会费|采购|招聘|公示|放假|值班|评审|考核|备案|换证|入会|验收|征文|选题指南|提升计划")
        .expect("the paperwork pattern is well formed")
});

/// A name as the record shows it: normalised, without the quotation marks around it.
pub(super) fn tidy(raw: &str) -> String {
    let name = normal(raw);
    let name = name.trim_matches(|c: char| "“”\"「」『』《》 ,。;:、.".contains(c) && !(c == '”' || c == '“'));
    let opens = |c: char| "“\"「『《".contains(c);
    let closes = |c: char| "”\"」』》".contains(c);
    let inner: Vec<char> = name.chars().collect();
    // the first mark is closed by the last: not “甲”与“乙”
    let mut depth = 0i32;
    let closed = inner.iter().position(|&c| {
        depth += i32::from(opens(c) && (c != '"' || depth == 0)) - i32::from(closes(c) && (c != '"' || depth == 1));
        depth == 0
    });
    let wrapped = inner.len() > 2 && opens(inner[0]) && closed == Some(inner.len() - 1);
    if wrapped { inner[1..inner.len() - 1].iter().collect() } else { balance(name) }
}

/// Drops a quotation mark whose partner was cut off.
fn balance(name: &str) -> String {
    let opening = name.matches('“').count();
    let closing = name.matches('”').count();
    match opening.cmp(&closing) {
        std::cmp::Ordering::Greater if name.starts_with('“') => name.trim_start_matches('“').to_owned(),
        std::cmp::Ordering::Less if name.ends_with('”') => name.trim_end_matches('”').to_owned(),
        _ => name.to_owned(),
    }
}

/// Words that call a sort of events, never one of them: 本年度主办或承办的学术交流活动.
static GENERIC: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:(?:20\d{2})?年?度?|本年度?|近[一二两三]年|主要|重要|大型|各类|系列|主办|承办|协办|举办|开展|牵头|组织|参加|参与|参会|的|和|或|及|与|、|/|学会|本会|我会|全国|全省|全市|国内外|高水平|高质量|科技|科普|学术|技术|交流|宣传|教育|培训|品牌|主题|会议|活动|论坛|讲座|研讨|沙龙|日常|重大|特色|专题|线上|线下)+$").expect("the generic pattern is well formed")
});

/// Whether words end like the name of an event.
pub(super) fn names_event(text: &str) -> bool {
    let text = text.trim_end_matches(['”', '"', '」', '』', '》']);
    ends_as_event(text) || text.split_once(':').is_some_and(|(kind, subject)| is_subject(subject) && ends_as_event(kind))
}

fn ends_as_event(text: &str) -> bool {
    !ORGANISATIONS.iter().any(|org| text.ends_with(org)) && ENDS.is_match(text) && text.chars().count() >= 4 && !GENERIC.is_match(text)
}

/// Whether words behind a colon say what an event is about, as part of its name: 科普报告会：农村桥梁检测.
pub(super) fn is_subject(text: &str) -> bool {
    let words = |c: char| crate::text::fold::is_cjk(c) && c.is_alphabetic() || c.is_ascii_alphabetic() || "“”".contains(c);
    (4..=30).contains(&text.chars().count()) && text.chars().all(words) && !["时间", "地点", "单位", "通知"].iter().any(|word| text.contains(word))
}

/// Whether a name tells of an event the rules can count.
pub(super) fn is_paperwork(name: &str) -> bool {
    PAPERWORK.is_match(name) && !ACADEMIC.is_match(name)
}

pub(super) fn is_admin(name: &str) -> bool {
    ADMIN.is_match(name) && !SCHOLARLY.is_match(name)
}

/// Gatherings of many, whatever they are about.
static GATHERING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"{SHOWS}(?:活动)?$|走进|大会|交流会|对接会|观摩会|推介会|讲坛|讲堂|大赛|竞赛|研修班|讲习班|学术[月周]|科技节|宣传[周月日]|活动[周月]|开放日|进社区|进校园|进企业|进农村|进乡村|进机关|进基层|下乡|展览|巡展|夏令营|冬令营|主题活动"))
        .expect("the gathering pattern is well formed")
});

static SCHOLARLY: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"学术|论坛|研讨|科普|年会|沙龙|峰会|科技周|科技活动周|报告会|讲座|义诊").expect("the strong pattern is well formed"));

/// Whether a name is strong enough to stand for an event by itself in running text.
pub(super) fn is_strong(name: &str) -> bool {
    (SCHOLARLY.is_match(name) || GATHERING.is_match(name) && !ADMIN.is_match(name)) && core(name).chars().count() >= 4
}

/// What kind of event a name tells of.
pub(super) fn kind(name: &str) -> EventKind {
    let scholarly = ["学术", "研讨", "年会", "论坛"].iter().any(|word| name.contains(word));
    if POPULAR.is_match(name) && !scholarly {
        EventKind::Popular
    } else if ADMIN.is_match(name) && !scholarly {
        EventKind::Other
    } else if ACADEMIC.is_match(name) {
        EventKind::Academic
    } else if POPULAR.is_match(name) || name.contains("讲座") {
        EventKind::Popular
    } else {
        EventKind::Other
    }
}

/// Names in a sentence: quoted ones first, then those after a verb; bytes of `text`.
pub(super) fn in_sentence(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for caps in QUOTED.captures_iter(text) {
        let Some(inner) = caps.name("n") else { continue };
        if let Some(tail) = caps.name("tail") {
            let quote = caps.get(0).map_or(inner.start(), |m| m.start());
            let mut range = before_quote(text, quote)..tail.end();
            while let Some(more) = longer(text, range.end) {
                range.end = more;
            }
            found.push(range);
        } else if names_event(inner.as_str()) {
            found.push(inner.range());
        }
    }
    for verb in VERB.find_iter(text) {
        let Some(end) = end_of_name(text, verb.end()) else { continue };
        // 组织专家到某镇开展科普大集: the last verb before the name
        if VERB.find_iter(&text[verb.end()..end]).any(|inner| names_event(&text[verb.end() + inner.end()..end])) {
            continue;
        }
        let mut range = verb.end()..end;
        // The longest name wins: 年会暨论坛 does not end at 年会.
        while let Some(more) = longer(text, range.end) {
            range.end = more;
        }
        // 主办科普报告会：农村桥梁检测，…
        let subject = text[range.end..].strip_prefix(':').map(|rest| rest.split([',', '。', ';', '(']).next().unwrap_or(rest));
        if let Some(subject) = subject.filter(|subject| is_subject(subject) && ends_as_event(&text[range.clone()])) {
            range.end += ':'.len_utf8() + subject.len();
        }
        if !found.iter().any(|f| f.start < range.end && range.start < f.end) {
            found.push(range);
        }
    }
    for caps in SUBJECT.captures_iter(text) {
        let Some(subject) = caps.name("n") else { continue };
        if names_event(subject.as_str()) && !found.iter().any(|f| f.start < subject.end() && subject.start() < f.end) {
            found.push(subject.range());
        }
    }
    found
}

/// A name that is the sentence's subject: 2022年9月24日，…论坛在…举办.
static SUBJECT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[,。;])(?:(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:(?:至|-|—|~)(?:\d{1,2}月)?\d{1,2}日)?(?:上午|下午|晚)?)?(?P<n>[^,。;:\n]{4,60}?)(?:于[^,。;]{2,30}?)?在[^,。;]{1,40}?(?:隆重|成功|顺利|如期|圆满|正式|胜利)*(?:举办|举行|召开|开幕|开讲|落幕)")
        .expect("the subject pattern is well formed")
});

/// Where a name that holds a quotation begins: 举办|全国科普日“力学嘉年华”活动.
fn before_quote(text: &str, quote: usize) -> usize {
    const LONGEST: usize = 14;
    let Some(verb) = VERB.find_iter(&text[..quote]).last() else { return quote };
    let between = &text[verb.end()..quote];
    let chars = between.chars().count();
    let part_of_name =
        (2..=LONGEST).contains(&chars) && !between.contains([',', '。', ';', ':', '、', '(', ')', '了']) && !between.ends_with(['以', '的', '为', '名']);
    if part_of_name { verb.end() } else { quote }
}

/// Where a name that goes on with 暨… or 活动 ends.
fn longer(text: &str, end: usize) -> Option<usize> {
    static MORE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&format!(r"^(?:[”]?暨[^,。;:\n]{{2,30}}?(?:{NOUN}|{SHOWS})|活动|系列活动|大会|会议|[(]第[一二三四五六七八九十\d]{{1,3}}[场期讲次届][)])"))
            .expect("the tail pattern is well formed")
    });
    MORE.find(&text[end..]).map(|m| end + m.end())
}

/// To whom a name says that a visit was paid: 走进|翠屏山社区.
fn visited(key: &str) -> Option<String> {
    static VISITED: LazyLock<Regex> = LazyLock::new(|| Regex::new(VISITS).expect("the visit pattern is well formed"));
    let place = VISITED.find(key)?.as_str().trim_start_matches("走进");
    (place.chars().count() >= 4).then(|| place.to_owned())
}

/// What is left of a name for comparing: key without year, ordinal and quotation marks.
pub(super) fn core(name: &str) -> String {
    static ORDINAL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:20\d{2}|二[〇○零o0]二[一二三四五])(?:年度?)?|^(?:首届|第[一二三四五六七八九十百\d]{1,4}届)")
            .expect("the ordinal pattern is well formed")
    });
    let key = key(name);
    let plain = ORDINAL.replace_all(&key, "");
    plain.trim_matches(['(', ')', '-', '·', '年']).to_owned()
}

/// 第三届, 第12届 within a name: two ordinals make two events.
fn ordinal(name: &str) -> Option<i64> {
    static ORDINAL: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"第([一二三四五六七八九十百\d]{1,4})(?:届|期|次|场|讲)").expect("the ordinal pattern is well formed"));
    let found = ORDINAL.captures(name)?.get(1)?.as_str().to_owned();
    found.parse().ok().or_else(|| crate::text::numeral::chinese_number(&found))
}

/// A name made ready to be compared with many others.
#[derive(Debug)]
pub(super) struct Compared {
    key: String,
    core: String,
    /// Characters of `core`.
    chars: usize,
    pairs: Vec<(char, char)>,
    ordinal: Option<i64>,
    year: Option<i16>,
    visited: Option<String>,
}

impl Compared {
    pub fn new(name: &str) -> Self {
        let (key, core) = (key(name), core(name));
        Self {
            chars: core.chars().count(),
            pairs: crate::text::name::pairs(&core),
            ordinal: ordinal(&key),
            year: super::when::year_in(&key),
            visited: visited(&key),
            key,
            core,
        }
    }

    /// The words by which the name is found in a text, where they are enough to tell it.
    pub fn telling_core(&self) -> Option<&str> {
        (self.chars >= 6).then_some(&self.core)
    }

    /// Whether the two are spelled alike.
    pub fn equals(&self, other: &Self) -> bool {
        self.key == other.key && !self.key.is_empty()
    }

    /// Whether both tell of a visit to one place.
    pub fn visits_with(&self, other: &Self) -> bool {
        self.visited.is_some() && self.visited == other.visited
    }

    /// How much two names look like one event's, 0 to 1; 1 only where they are equal.
    pub fn likeness(&self, other: &Self) -> f64 {
        if self.equals(other) {
            return 1.0;
        }
        let differ = |own: Option<i64>, others: Option<i64>| own.zip(others).is_some_and(|(a, b)| a != b);
        if differ(self.ordinal, other.ordinal) || differ(self.year.map(i64::from), other.year.map(i64::from)) {
            return 0.0;
        }
        if self.core == other.core && !self.core.is_empty() {
            return 0.97;
        }
        let (short, long) = if self.chars <= other.chars { (self, other) } else { (other, self) };
        let length = short.chars as f64 / long.chars as f64;
        if short.chars >= 5 && long.core.contains(&short.core) {
            return 0.85 + 0.1 * length;
        }
        if short.chars >= 6 {
            return crate::text::name::shared_pairs(&short.pairs, &long.pairs) * (0.55 + 0.4 * length);
        }
        0.0
    }
}

/// A name without where it was held: “漏刻制作课”|在某科技馆举行.
pub(super) fn without_place(name: &str) -> &str {
    static HELD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?P<n>.{4,}?)(?:在|于)[^“”《》]{2,30}(?:顺利|成功|隆重|圆满)?(?:举行|举办|召开|开展|开讲|进行)$")
            .expect("the pattern of names with places is well formed")
    });
    HELD.captures(name).and_then(|caps| caps.name("n")).map_or(name, |found| found.as_str())
}

/// Words that stand for any event: 组织科普活动, 各类学术活动.
pub(super) fn is_generic(name: &str) -> bool {
    const WORDS: [&str; 18] =
        ["组织", "开展", "举办", "牵头", "科普", "学术", "活动", "会议", "交流", "各类", "各种", "系列", "多场", "本年度", "年度", "主题", "主办", "承办"];
    // 本次交流会 is named elsewhere
    let refers = ["本次", "此次", "这次", "该次", "本场", "此场"].iter().any(|word| name.starts_with(word));
    refers || WORDS.iter().fold(name.to_owned(), |rest, word| rest.replace(word, "")).chars().count() < 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_sentences() {
        let names = |text: &str| in_sentence(text).into_iter().map(|r| tidy(&text[r])).collect::<Vec<_>>();
        assert_eq!(names("由徐州市力学学会主办的淮海经济区力学学术年会在开元酒店举行"), ["淮海经济区力学学术年会"]);
        assert_eq!(names("7月16日,举办“智慧农业与乡村振兴论坛”,参会百人"), ["智慧农业与乡村振兴论坛"]);
        assert_eq!(names("学会承办2022年江苏省护理学术年会暨青年论坛,反响热烈"), ["2022年江苏省护理学术年会暨青年论坛"]);
        assert_eq!(names("开展“银龄讲堂”科普进社区活动。"), ["“银龄讲堂”科普进社区活动"]);
        assert_eq!(names("6月18日,组织专家到睢宁县双沟镇开展护理科普大集;"), ["护理科普大集"]);
        assert_eq!(names("5月8日主办科普报告会:农村桥梁检测,到会80人"), ["科普报告会:农村桥梁检测"]);
        assert_eq!(names("5月8日主办“科普报告会:农村桥梁检测”,到会80人"), ["科普报告会:农村桥梁检测"]);
        assert_eq!(names("5月8日主办“乳腺健康筛查展”,到会80人"), ["乳腺健康筛查展"]);
        assert_eq!(names("由徐州市力学学会承办的长三角量子青年论坛谨订于9月24日举行"), ["长三角量子青年论坛"]);
        assert_eq!(names("2022年9月24日,淮海量子计量论坛在矿大会堂举办。"), ["淮海量子计量论坛"]);
        assert_eq!(names("9月17日举办全国科普日“力学嘉年华”活动,共2场"), ["全国科普日“力学嘉年华”活动"]);
    }

    #[test]
    fn a_shortened_name_is_alike_and_another_ordinal_is_not() {
        let likeness = |a: &str, b: &str| Compared::new(a).likeness(&Compared::new(b));
        assert!(likeness("2022年淮海经济区力学学术年会", "淮海经济区力学学术年会") > 0.9);
        assert!(likeness("淮海经济区力学学术年会", "力学学术年会") > 0.85);
        assert!(likeness("第三届徐州力学论坛", "第四届徐州力学论坛") < 0.5);
        assert!(likeness("智慧农业论坛", "老年护理研讨会") < 0.5);
    }

    #[test]
    fn a_gathering_stands_for_an_event_and_an_organs_meeting_does_not() {
        for name in ["第二届全国糖尿病足护理大会", "淮海地区铸造技术交流会", "护佑健康科普进社区活动"] {
            assert!(is_strong(name), "{name}");
        }
        for name in ["徐州市护理学会会员代表大会", "第三届理事会换届大会", "护理技能培训班"] {
            assert!(!is_strong(name), "{name}");
        }
    }

    #[test]
    fn the_kind_follows_the_words() {
        assert_eq!(kind("2022年全国科普日气象主题活动"), EventKind::Popular);
        assert_eq!(kind("江苏省科普创作学术研讨会"), EventKind::Academic);
        assert_eq!(kind("徐州市力学学术年会"), EventKind::Academic);
        assert_eq!(kind("第三届理事会第二次会议"), EventKind::Other);
        assert_eq!(kind("老年护理讲座"), EventKind::Popular);
    }

    #[test]
    fn marks_around_a_name_are_dropped_and_those_inside_kept() {
        assert_eq!(tidy("“智慧农业论坛”"), "智慧农业论坛");
        assert_eq!(tidy("“银龄讲堂”科普进社区活动"), "“银龄讲堂”科普进社区活动");
        assert_eq!(tidy("智慧农业论坛”"), "智慧农业论坛");
    }
}
