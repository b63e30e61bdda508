//! Printed answers to normalised values: texts, names of persons and organisations.
use super::contact::{email, phones, postcode};
use super::figures::{date, money};
use super::hint::{is_menu, is_nothing, is_template};
use super::label::enumerator;
use crate::model::{FieldId, Value};
use crate::text::money::Unit;
use crate::text::{normal, tight};
use regex::Regex;
use std::sync::LazyLock;

/// What an answer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Value(Value),
    /// Printed, but it cannot be normalised (money without a unit).
    Unclear,
    /// 无, /, 不适用: an answer that names nothing.
    Nothing,
    /// Nothing printed, or only the template's own words.
    Blank,
}

impl Answer {
    pub fn text(text: String) -> Self {
        if text.is_empty() { Self::Blank } else { Self::Value(Value::Text(text)) }
    }
}

static TAIL_HINT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\s*[(（【\[][^()（）【】\[\]]{0,30}(?:限\d+|不超过|字以内|盖章|公章|签章|签字|请|填写|手写|单选|多选|打√|全称)[^()（）【】\[\]]{0,20}[)）】\]]|\s*[(（](?:章|印章|签名|盖\s*章|公\s*章)[)）]").expect("the trailing hint pattern is well formed")
});

/// Normalises one field's answer. `unit` is that of the label, column or section head.
pub fn answer(field: FieldId, raw: &str, unit: Option<Unit>) -> Answer {
    if raw.trim().is_empty() {
        return Answer::Blank;
    }
    if is_nothing(raw) {
        return Answer::Nothing;
    }
    if is_template(raw) {
        return Answer::Blank;
    }
    // glyphs without a character: printed, and not read
    if tight(raw).chars().all(|c| c == '\u{fffd}') {
        return Answer::Unclear;
    }
    match field {
        FieldId::ApplicantName | FieldId::Partner if is_sentence(raw) => Answer::Nothing,
        FieldId::ProjectName => Answer::text(project(raw)),
        FieldId::Leader | FieldId::Contact | FieldId::Members if tells(&person(raw)) || is_group(&person(raw)) => Answer::Nothing,
        FieldId::Leader | FieldId::Contact | FieldId::Members => Answer::text(person(raw)),
        FieldId::Category | FieldId::LeaderTitle if is_menu(raw) => Answer::Blank,
        FieldId::Phone => Answer::text(phones(raw).into_iter().next().unwrap_or_else(|| tight(raw))),
        FieldId::Email => Answer::text(email(raw)),
        FieldId::Postcode => postcode(raw),
        FieldId::DateFilled | FieldId::PeriodFrom | FieldId::PeriodTo => date(raw),
        FieldId::BudgetTotal => money(raw, unit),
        // the numbers of a list without its items
        FieldId::ApplicantName | FieldId::Partner if !raw.chars().any(char::is_alphabetic) => Answer::Blank,
        // 1.某某研究所 2.某某公司: the first of those who did the work applies
        FieldId::ApplicantName => named(&organisation(items(raw)[0])),
        FieldId::Partner => named(&organisation(raw)),
        FieldId::Category | FieldId::LeaderTitle | FieldId::Address => Answer::text(told(raw)),
        FieldId::Opinion => Answer::text(plain(raw)),
    }
}

/// The name of an organisation; 村民委员会, 有限公司 printed by the form names none.
fn named(name: &str) -> Answer {
    const KINDS: [&str; 8] = ["村民委员会", "居民委员会", "村委会", "居委会", "人民政府", "有限公司", "专业合作社", "社会组织"];
    if KINDS.contains(&name) { Answer::Blank } else { Answer::text(name.to_owned()) }
}

/// Text without trailing hints and stray punctuation.
pub fn plain(raw: &str) -> String {
    let text = normal(TAIL_HINT.replace_all(raw, "").trim_matches('\u{fffd}'));
    text.trim_end_matches(['.', ',', ';', ':']).trim().to_owned()
}

/// Text that is no sentence, without the full stop of the sentence that tells it.
fn told(raw: &str) -> String {
    plain(raw.trim_end().trim_end_matches('。'))
}

fn project(raw: &str) -> String {
    let text = told(raw);
    let text = ["中文名称:", "中文名:", "中文:", "(中文)"].iter().find_map(|w| text.strip_prefix(w)).unwrap_or(&text).trim().to_owned();
    let bare = text.strip_prefix('《').and_then(|t| t.strip_suffix('》')).filter(|t| !t.contains(['《', '》']));
    bare.unwrap_or(&text).to_owned()
}

const BODIES: [&str; 40] = [
    "公司",
    "学会",
    "协会",
    "研究会",
    "大学",
    "学院",
    "学校",
    "中学",
    "小学",
    "研究院",
    "研究所",
    "医院",
    "中心",
    "合作社",
    "农场",
    "局",
    "委员会",
    "政府",
    "办事处",
    "推广站",
    "集团",
    "基地",
    "图书馆",
    "博物馆",
    "科技馆",
    "文化馆",
    "监测站",
    "检测站",
    "卫生院",
    "设计院",
    "研究室",
    "实验室",
    "联合社",
    "商会",
    "分会",
    "促进会",
    "联合会",
    "科协",
    "居委会",
    "村委会",
];

/// What names of organisations end in.
const BODY_ENDS: [char; 14] = ['会', '馆', '校', '院', '所', '厂', '社', '站', '局', '处', '园', '场', '行', '委'];

/// The organisations of an answer that names several, one a line, numbered or parted by 、; empty for one alone.
pub fn organisations(raw: &str) -> Vec<String> {
    let names: Vec<String> = items(raw)
        .into_iter()
        .flat_map(|item| item[enumerator(item)..].split(['\n', '、', ';', '；', '，', ',']))
        .map(organisation)
        .filter(|n| !n.is_empty())
        .collect();
    // 某某商会、某某科技馆: in a list one character tells enough
    let bodies = names.iter().all(|n| n.chars().count() >= 4 && (BODIES.iter().any(|b| n.ends_with(b)) || n.ends_with(BODY_ENDS)));
    if names.len() >= 2 && bodies { names } else { Vec::new() }
}

/// The items of a list on one line, each with its number: 1.甲 2.乙, ①甲 ②乙. A text that is no such list is its only item.
pub fn items(raw: &str) -> Vec<&str> {
    static ITEM: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?:^|\s)\s*((?:[1-9]|1[0-9])\s*[.．、]\s*\p{Han}|[①-⑳])").expect("the pattern of items is well formed"));
    let starts: Vec<usize> = ITEM.captures_iter(raw).filter_map(|caps| Some(caps.get(1)?.start())).collect();
    if starts.len() < 2 || !raw[..starts[0]].trim().is_empty() {
        return vec![raw];
    }
    starts.iter().enumerate().map(|(n, &at)| &raw[at..starts.get(n + 1).copied().unwrap_or(raw.len())]).collect()
}

/// What sentences tell of an organisation behind its name.
const TOLD_BEHIND: [&str; 9] = ["统一社会信用代码", "社会信用代码", "信用代码", "组织机构代码", "登记证号", "法定代表人", "地址", "单位地址", "联系电话"];

/// Whether a name, as it stands, ends as names of organisations do.
fn ends_as_body(name: &str) -> bool {
    name.chars().count() >= 4 && BODIES.iter().any(|body| name.ends_with(body))
}

/// Whether an answer ends as names of organisations do.
pub fn names_body(raw: &str) -> bool {
    ends_as_body(&organisation(raw))
}

/// An organisation's name without its number in a list and without seal hints.
pub fn organisation(raw: &str) -> String {
    // 徐州市茶学会 ⏎ （注：市级学会）
    let noted = raw.trim_end().rsplit_once('\n').filter(|(name, note)| !name.trim().is_empty() && super::hint::is_bracketed(&tight(note)));
    let raw = noted.map_or(raw, |(name, _)| name);
    let text = told(raw[enumerator(raw)..].trim_start_matches(|c| ('①'..='⑳').contains(&c)));
    let text = ["(服务对象)", "(合作单位)", "(需求方)", "(服务方)", "(盖章)", "(公章)", "(签章)", "(章)", "盖章", "(加盖公章)", "(单位公章)"]
        .iter()
        .fold(text.as_str(), |t, hint| t.strip_suffix(hint).unwrap_or(t).trim_end());
    let text = ["(盖章)", "(公章)", "(签章)"].iter().fold(text, |t, hint| t.strip_prefix(hint).unwrap_or(t).trim_start());
    let text = text.trim_end_matches(['.', '。', ',', ';']).trim();
    // 徐州市茶学会，统一社会信用代码51…
    let text = text
        .split_once(',')
        .filter(|(name, told)| ends_as_body(name.trim_end()) && TOLD_BEHIND.iter().any(|word| told.trim_start().starts_with(word)))
        .map_or(text, |(name, _)| name.trim_end());
    // 徐州矿务集团为本项目提供实验场地
    let clause = ["为本项目", "为项目", "为课题", "提供", "负责", "承担"].iter().filter_map(|verb| text.find(verb)).min();
    clause.map(|at| text[..at].trim()).filter(|name| ends_as_body(name)).unwrap_or(text).to_owned()
}

const TITLES: [&str; 60] = [
    "教授级高级工程师",
    "正高级工程师",
    "高级工程师",
    "高级农艺师",
    "副研究员",
    "副教授",
    "副主任医师",
    "主任医师",
    "主治医师",
    "助理研究员",
    "研究员",
    "工程师",
    "高级教师",
    "正高级教师",
    "一级教师",
    "讲师",
    "助教",
    "教授",
    "博士生导师",
    "博士",
    "硕士",
    "院士",
    "副理事长",
    "理事长",
    "常务副会长",
    "副会长",
    "会长",
    "副秘书长",
    "秘书长",
    "副主任",
    "主任",
    "副院长",
    "院长",
    "副校长",
    "校长",
    "董事长",
    "总经理",
    "经理",
    "处长",
    "科长",
    "部长",
    "老师",
    "先生",
    "经济师",
    "会计师",
    "统计师",
    "农艺师",
    "畜牧师",
    "兽医师",
    "药师",
    "护师",
    "技师",
    "检验师",
    "规划师",
    "建筑师",
    "设计师",
    "工艺师",
    "馆员",
    "编辑",
    "教师",
];

/// Whether a text is a post or a title, with words before it (某系副主任).
pub fn is_title(text: &str) -> bool {
    TITLES.iter().any(|title| text.ends_with(title))
}

/// The titles that brackets behind a person's name tell, and nothing else: 张三（秘书长，副教授）.
pub fn title_in_brackets(raw: &str) -> Option<String> {
    let text = plain(raw);
    let (_, told) = text.strip_suffix(')')?.split_once('(')?;
    told.split([',', '、', '/', ';']).all(|part| is_title(part.trim())).then(|| told.to_owned())
}

/// Whether what should be a name begins as a sentence does: 2015年毕业于…, 负责总体设计.
fn tells(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_digit()) || ["负责", "主持", "组织", "参与", "协助", "承担", "具有", "应"].iter().any(|verb| name.starts_with(verb))
}

/// Whether what should be a person's name is a team's: 茶韵科技服务队, 某某工作室.
fn is_group(name: &str) -> bool {
    name.chars().count() >= 5 && (["队", "团队", "小组", "课题组", "项目组", "工作室"].iter().any(|w| name.ends_with(w)) || names_body(name))
}

/// 我单位保证项目申报材料真实…。: said by an organisation, and no name of one.
fn is_sentence(raw: &str) -> bool {
    let tight = tight(raw);
    tight.contains('。') && ["我", "本", "经", "同意", "以上", "兹", "该", "情况"].iter().any(|word| tight.starts_with(word))
}

/// What stands before the next label of a line whose gaps the print lost: 哈斯其木格学号：1180300525.
fn without_label(text: &str) -> &str {
    const LABELS: [&str; 14] = ["联系电话", "电话", "手机号码", "手机", "学号", "职称", "职务", "性别", "年龄", "专业", "年级", "电子邮箱", "邮箱", "传真"];
    let bare = LABELS.iter().find_map(|label| text.strip_suffix(label)).unwrap_or(text);
    // 金额单位：万元
    if bare.ends_with("单位") { "" } else { bare }
}

/// The name before a gap and what tells of its bearer: 张三  某某大学  教授.
fn before_employer(raw: &str) -> &str {
    let text = raw.trim_start();
    let word = text.find(|c: char| !('\u{4e00}'..='\u{9fff}').contains(&c)).unwrap_or(text.len());
    let rest = &text[word..];
    let told = rest.trim_start();
    let gap = rest.len() - told.len();
    let is_name = (2..=4).contains(&text[..word].chars().count()) && gap > 0;
    let tells = || told.split_whitespace().any(|part| is_title(part) || names_body(part));
    // 张三  单位（盖章）: what is asked for beside the signature
    let sealed = || ["单位(", "单位（", "学会(", "学会（", "(盖章", "（盖章", "(公章", "（公章"].iter().any(|place| told.starts_with(place));
    if is_name && (sealed() || told.split_whitespace().count() >= 2 && tells()) { &text[..word] } else { raw }
}

/// A person's name alone: `张 三（教授）` to `张三`, `张三 教授 139…` to `张三`.
pub fn person(raw: &str) -> String {
    let text = plain(before_employer(raw));
    let text = text.trim_start_matches(['(', ':', '.', '、']).trim();
    let mut end = text.len();
    let mut digits = 0;
    let mut apart = false;
    for (at, c) in text.char_indices() {
        // 张三  2021年4月6日
        let dated = apart && c.is_ascii_digit();
        apart = c.is_whitespace();
        let stop = dated && at > 3 || matches!(c, '(' | '（' | '[' | '【' | '/' | ',' | '，' | ';' | '；' | ':' | '。' | '|') && at > 0;
        digits = if c.is_ascii_digit() { digits + 1 } else { 0 };
        if stop && c == ':' {
            end = end.min(without_label(&text[..at]).len());
            break;
        }
        if stop {
            end = end.min(at);
            break;
        }
        if digits == 7 {
            end = end.min(at + 1 - 7);
            break;
        }
    }
    let mut name = text[..end].trim().to_owned();
    if let Some((first, rest)) = name.split_once(' ')
        && first.chars().count() >= 2
        && TITLES.iter().any(|t| rest.trim().starts_with(t) || rest.trim().ends_with(t))
    {
        name = first.to_owned();
    }
    for title in TITLES {
        if let Some(bare) = name.strip_suffix(title) {
            let bare = bare.trim_end_matches(['、', '-', ' ']);
            if (2..=4).contains(&bare.chars().count()) && bare.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) {
                name = bare.to_owned();
                break;
            }
        }
    }
    name.trim_end_matches(['、', '-', '.']).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::figures::period;
    use super::*;

    fn value(field: FieldId, raw: &str) -> String {
        match answer(field, raw, None) {
            Answer::Value(Value::Text(text)) => text,
            Answer::Value(Value::Fen(fen)) => fen.to_string(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn names_stand_alone() {
        for raw in ["张 三", "张三（教授）", "张  三 （签字）", "张三 教授", "张三教授", "张三/研究员", "张三 13900001234", "张三　理事长"]
        {
            assert_eq!(value(FieldId::Leader, raw), "张三", "{raw}");
        }
        assert_eq!(value(FieldId::Leader, "欧阳 娜娜"), "欧阳娜娜");
        assert_eq!(value(FieldId::Leader, "哈斯其木格学号： 1180300525"), "哈斯其木格");
        assert_eq!(answer(FieldId::Leader, "金额单位：万元", None), Answer::Blank);
        assert_eq!(value(FieldId::Leader, "张三  徐州工程学院  教授"), "张三");
        assert_eq!(value(FieldId::Leader, "张三\t单位（盖章）"), "张三");
        assert_eq!(value(FieldId::Leader, "张三1"), "张三1");
        assert_eq!(value(FieldId::Leader, "阿卜杜拉·买买提"), "阿卜杜拉·买买提");
    }

    #[test]
    fn lists_of_organisations_are_taken_apart() {
        for raw in ["甲市老龄促进会\n甲市聋人协会", "①甲市老龄促进会 ②甲市聋人协会", "1.甲市老龄促进会 2.甲市聋人协会", "甲市老龄促进会、甲市聋人协会"]
        {
            assert_eq!(organisations(raw), ["甲市老龄促进会", "甲市聋人协会"], "{raw}");
        }
        assert!(organisations("甲市农业科技\n发展有限公司").is_empty());
        assert_eq!(value(FieldId::ApplicantName, "1.甲市农机研究所\n2.甲市农机公司"), "甲市农机研究所");
        assert_eq!(answer(FieldId::ApplicantName, "      村民委员会（盖章）", None), Answer::Blank);
    }

    #[test]
    fn phones_lose_their_blanks() {
        assert_eq!(value(FieldId::Phone, "138 0000 0000"), "13800000000");
        assert_eq!(value(FieldId::Phone, "0516-8373 0000"), "0516-83730000");
        assert_eq!(phones("0516-83730000/13900001234"), ["0516-83730000", "13900001234"]);
        assert_eq!(value(FieldId::Phone, "1390000123"), "1390000123");
    }

    #[test]
    fn blanks_hints_and_placeholders_are_no_values() {
        for raw in [
            "",
            "  ",
            "XXXX年X月X日",
            "××××",
            "20  年  月  日",
            "年   月   日",
            "（限20字）",
            "（学会名称）",
            "请填写单位全称",
            "____",
            "单击此处输入文字。",
            "2022年  月  日",
        ] {
            assert_eq!(answer(FieldId::DateFilled, raw, None), Answer::Blank, "{raw}");
        }
        assert_eq!(answer(FieldId::Partner, "无", None), Answer::Nothing);
        assert_eq!(organisations("江北市模具行业商会、江北工业园管委会"), ["江北市模具行业商会", "江北工业园管委会"]);
        assert_eq!(organisations("江北市科技馆\n摩泥镇中心校"), ["江北市科技馆", "摩泥镇中心校"]);
        assert!(organisations("江北市农业、园艺学会").is_empty());
        assert_eq!(answer(FieldId::BudgetTotal, "8000", None), Answer::Unclear);
        assert_eq!(answer(FieldId::BudgetTotal, "   万元", None), Answer::Blank);
        assert_eq!(answer(FieldId::BudgetTotal, "学会设有专项科普经费，列入年度财务预算，做到专款专用。", None), Answer::Nothing);
        assert_eq!(value(FieldId::BudgetTotal, "20 万元"), "20000000");
    }

    #[test]
    fn mail_dates_and_periods_are_normalised() {
        assert_eq!(value(FieldId::Email, "zhang san@126.\ncom"), "zhangsan@126.com");
        assert_eq!(value(FieldId::Email, "ｚｓ＠１２６．ｃｏｍ"), "zs@126.com");
        assert_eq!(value(FieldId::DateFilled, "二○二二年五月"), "2022-05");
        assert_eq!(value(FieldId::Postcode, "2 2 1 0 0 0"), "221000");
        let (from, to) = period("2022年1月 — 2022年12月");
        assert_eq!((from, to), (Answer::Value(Value::Text("2022-01".into())), Answer::Value(Value::Text("2022-12".into()))));
        assert_eq!(period("20   年   月 至 20   年   月").0, Answer::Blank);
    }

    #[test]
    fn seal_hints_leave_the_applicant() {
        assert_eq!(value(FieldId::ApplicantName, "徐州市工程学会（盖章）"), "徐州市工程学会");
        assert_eq!(value(FieldId::Partner, "徐州云龙茶业有限公司（服务对象）"), "徐州云龙茶业有限公司");
        assert_eq!(value(FieldId::ApplicantName, "徐州市 工程学会 (公 章) ."), "徐州市工程学会");
    }
}
