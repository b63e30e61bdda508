//! Printed answers to normalised values.
use super::label::enumerator;
use crate::model::{FieldId, Value};
use crate::text::date::{find_dates, find_ranges};
use crate::text::money::{Unit, find_amounts, parse_amount};
use crate::text::{Folded, normal, tight};
use regex::Regex;
use std::ops::Range;
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
    fn text(text: String) -> Self {
        if text.is_empty() { Self::Blank } else { Self::Value(Value::Text(text)) }
    }
}

static MOBILE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}").expect("the mobile pattern is well formed"));
static LANDLINE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:\(?0\d{2,3}\)?[-—– ]{0,2})?[2-9]\d{2,3}[- ]?\d{4}(?:[-转]\d{1,5})?").expect("the telephone pattern is well formed"));
static MAIL: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[A-Za-z0-9._%+,\-]+@[A-Za-z0-9.,\-]+[A-Za-z0-9]").expect("the mail pattern is well formed"));
static POSTCODE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\d{6}").expect("the postcode pattern is well formed"));
static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[XxＸ×*✕○〇\-—_/年月日至.、()（）:：元万整%&\s]*[XxＸ×✕○〇]{2,}[XxＸ×*✕\-—_/年月日至.、()（）:：元万整%\s]*$")
        .expect("the placeholder pattern is well formed")
});
/// A run of crosses among printed words: `XXXX项目`, `××市××学会`.
static CROSSES: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[XＸ]{3,}|[×✕]{2,}").expect("the cross pattern is well formed"));
static HINT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[(（【\[<〈《].*[)）】\]>〉》]|(?:请|单击|点击|此处|在此).{0,40}|.{0,12}(?:限|不超过|不少于)\d+[个]?(?:字|汉字).{0,12})$")
        .expect("the hint pattern is well formed")
});
static HINT_WORDS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"限\d|不超过|不多于|字以内|请|填写|填报|单击|点击|此处|例如|如[:：]|示例|全称|盖章|公章|签字|签名|签章|手写|勾选|打√|必填|选填|名称|市科协填|加盖|打印|同上|单选|多选|若无|如无|没有[则的]|无[则请]|填[“”'‘]|用阿拉伯|精确到|具体到").expect("the hint word pattern is well formed")
});
static TAIL_HINT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\s*[(（【\[][^()（）【】\[\]]{0,30}(?:限\d+|不超过|字以内|盖章|公章|签章|签字|请|填写|手写|单选|多选|打√|全称)[^()（）【】\[\]]{0,20}[)）】\]]|\s*[(（](?:章|印章|签名|盖\s*章|公\s*章)[)）]").expect("the trailing hint pattern is well formed")
});

/// Whether an answer is only the template's own words: placeholder, hint, empty date.
pub fn is_template(raw: &str) -> bool {
    let tight = tight(raw);
    if tight.is_empty() || PLACEHOLDER.is_match(&tight) || tight.chars().count() <= 60 && CROSSES.is_match(&tight) {
        return true;
    }
    if HINT.is_match(&tight) && HINT_WORDS.is_match(&tight) {
        let opens = tight.matches(['(', '【', '[']).count();
        return opens <= 1 || tight.chars().count() <= 40;
    }
    // 宅：  手机：
    if tight.ends_with(':') && tight.chars().count() <= 16 && !tight.chars().any(|c| c.is_ascii_digit()) && tight.split(':').all(|w| w.chars().count() <= 5) {
        return true;
    }
    let rest = tight.trim_matches(|c: char| "年月日至元万整()—-~至到起止时分.、_:共计:".contains(c));
    let dated = tight.contains('年');
    rest.is_empty()
        || dated && matches!(rest, "20" | "201" | "202")
        || matches!(rest, "盖章" | "公章" | "签字" | "签名" | "签章")
        || rest.chars().all(|c| matches!(c, '年' | '月' | '日' | '至' | '-' | '—' | '2' | '0'))
            && rest.contains('年')
            && !rest.chars().any(|c| c.is_ascii_digit() && c != '2' && c != '0')
}

/// 无, /, — and the like.
pub fn is_nothing(raw: &str) -> bool {
    let tight = tight(raw);
    let bare = tight.trim_matches(|c: char| matches!(c, '.' | '。' | '(' | ')'));
    matches!(
        bare,
        "无" | "/"
            | "//"
            | "\\"
            | "—"
            | "——"
            | "-"
            | "--"
            | "———"
            | "没有"
            | "暂无"
            | "不适用"
            | "N/A"
            | "n/a"
            | "NA"
            | "None"
            | "none"
            | "否无"
            | "无此项"
            | "本项目无"
    )
}

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
    match field {
        FieldId::ProjectName => Answer::text(project(raw)),
        FieldId::Leader | FieldId::Contact | FieldId::Members => Answer::text(person(raw)),
        FieldId::Phone => Answer::text(phones(raw).into_iter().next().unwrap_or_else(|| tight(raw))),
        FieldId::Email => Answer::text(email(raw)),
        FieldId::Postcode => postcode(raw),
        FieldId::DateFilled | FieldId::PeriodFrom | FieldId::PeriodTo => date(raw),
        FieldId::BudgetTotal => money(raw, unit),
        FieldId::ApplicantName | FieldId::Partner => Answer::text(organisation(raw)),
        FieldId::Category | FieldId::LeaderTitle | FieldId::Address | FieldId::Opinion => Answer::text(plain(raw)),
    }
}

/// Text without trailing hints and stray punctuation.
pub fn plain(raw: &str) -> String {
    let text = normal(&TAIL_HINT.replace_all(raw, ""));
    text.trim_end_matches(['.', ',', ';', ':']).trim().to_owned()
}

fn project(raw: &str) -> String {
    let text = plain(raw);
    let text = ["中文名称:", "中文名:", "中文:", "(中文)"].iter().find_map(|w| text.strip_prefix(w)).unwrap_or(&text).trim().to_owned();
    let bare = text.strip_prefix('《').and_then(|t| t.strip_suffix('》')).filter(|t| !t.contains(['《', '》']));
    bare.unwrap_or(&text).to_owned()
}

const BODIES: [&str; 22] = [
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
];

/// The organisations of an answer that names several, one a line, numbered or parted by 、; empty for one alone.
pub fn organisations(raw: &str) -> Vec<String> {
    let names: Vec<String> = raw.split(['\n', '、', ';', '；', '，', ',']).map(organisation).filter(|n| !n.is_empty()).collect();
    let bodies = names.iter().all(|n| n.chars().count() >= 4 && BODIES.iter().any(|b| n.ends_with(b)));
    if names.len() >= 2 && bodies { names } else { Vec::new() }
}

/// Whether an answer ends as names of organisations do.
pub fn names_body(raw: &str) -> bool {
    let name = organisation(raw);
    name.chars().count() >= 4 && BODIES.iter().any(|b| name.ends_with(b))
}

/// An organisation's name without its number in a list and without seal hints.
pub fn organisation(raw: &str) -> String {
    let text = plain(&raw[enumerator(raw)..]);
    let text = ["(盖章)", "(公章)", "(签章)", "(章)", "盖章", "(加盖公章)", "(单位公章)"]
        .iter()
        .fold(text.as_str(), |t, hint| t.strip_suffix(hint).unwrap_or(t).trim_end());
    let text = ["(盖章)", "(公章)", "(签章)"].iter().fold(text, |t, hint| t.strip_prefix(hint).unwrap_or(t).trim_start());
    text.trim_end_matches(['.', '。', ',', ';']).trim().to_owned()
}

const TITLES: [&str; 43] = [
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
];

/// Whether a text is a post or a title, with words before it (某系副主任).
pub fn is_title(text: &str) -> bool {
    TITLES.iter().any(|title| text.ends_with(title))
}

/// A person's name alone: `张 三（教授）` to `张三`, `张三 教授 139…` to `张三`.
pub fn person(raw: &str) -> String {
    let text = plain(raw);
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

/// An e-mail address within a text, and the text without it.
pub fn cut_mail(raw: &str) -> Option<(String, String)> {
    let folded = Folded::new(raw).text.replace('\n', " ");
    let found = mail_in(&folded)?;
    Some((folded[found.clone()].to_owned(), format!("{} {}", &folded[..found.start], &folded[found.end..])))
}

/// The first address of a folded text. A comma typed for a full stop is part of it; one before another address is not.
fn mail_in(folded: &str) -> Option<Range<usize>> {
    let found = MAIL.find(folded)?;
    let runs_on = folded[found.end()..].starts_with('@');
    let end = found.as_str().rfind(',').filter(|_| runs_on).map_or(found.end(), |comma| found.start() + comma);
    Some(found.start()..end)
}

/// A postcode within a text, and the text without it.
pub fn cut_postcode(raw: &str) -> Option<(String, String)> {
    let folded = Folded::new(raw).text.replace('\n', " ");
    let digit = |c: char| c.is_ascii_digit();
    let found = POSTCODE.find_iter(&folded).filter(|m| !folded[..m.start()].ends_with(digit) && !folded[m.end()..].starts_with(digit)).last()?;
    let rest = format!("{} {}", folded[..found.start()].trim_end_matches(['(', ',', ';', ' ']), folded[found.end()..].trim_start_matches([')', ' ']));
    Some((found.as_str().to_owned(), rest))
}

/// Telephone numbers within a text, and the text without them.
pub fn cut_phones(raw: &str) -> (Vec<String>, String) {
    let folded = Folded::new(raw).text.replace('\n', " ");
    let rest = LANDLINE.replace_all(&MOBILE.replace_all(&folded, " "), " ").into_owned();
    if rest == folded {
        (Vec::new(), folded)
    } else {
        (phones(raw).into_iter().filter(|p| p.chars().all(|c| !c.is_alphabetic() || c == '转')).collect(), rest)
    }
}

/// Telephone numbers, without blanks; a single one that fits no pattern stays as printed.
pub fn phones(raw: &str) -> Vec<String> {
    let folded = Folded::new(raw).text.replace('\n', " ");
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut rest: Vec<char> = folded.chars().collect();
    for m in MOBILE.find_iter(&folded) {
        let before = folded[..m.start()].chars().next_back();
        let after = folded[m.end()..].chars().next();
        if before.is_some_and(|c| c.is_ascii_digit()) || after.is_some_and(|c| c.is_ascii_digit()) {
            continue;
        }
        let first = folded[..m.start()].chars().count();
        let count = m.as_str().chars().count();
        rest[first..first + count].fill('#');
        found.push((first, m.as_str().chars().filter(|c| !c.is_whitespace()).collect()));
    }
    let rest: String = rest.into_iter().collect();
    for m in LANDLINE.find_iter(&rest) {
        let before = rest[..m.start()].chars().next_back();
        let after = rest[m.end()..].chars().next();
        if before.is_some_and(|c| c.is_ascii_digit()) || after.is_some_and(|c| c.is_ascii_digit()) {
            continue;
        }
        found.push((rest[..m.start()].chars().count(), m.as_str().chars().filter(|c| !c.is_whitespace()).collect()));
    }
    found.sort();
    if found.is_empty() && !folded.contains(|c: char| c.is_ascii_digit()) {
        return Vec::new();
    }
    if found.len() <= 1
        && !folded.contains(['/', ';', ',', '、', '('])
        && found.first().is_none_or(|f| tight(raw).len() > f.1.len() + 2 && tight(raw).chars().all(|c| c.is_ascii_digit() || "-+".contains(c)))
    {
        let whole = tight(raw);
        return if whole.is_empty() { Vec::new() } else { vec![whole] };
    }
    found.into_iter().map(|f| f.1).collect()
}

fn email(raw: &str) -> String {
    let joined = tight(raw);
    mail_in(&joined).map_or(joined.clone(), |m| joined[m].trim_end_matches([',', '.', '-']).to_owned())
}

fn postcode(raw: &str) -> Answer {
    let joined = tight(raw);
    Answer::text(POSTCODE.find(&joined).filter(|_| joined.chars().filter(char::is_ascii_digit).count() == 6).map_or(joined.clone(), |m| m.as_str().to_owned()))
}

/// A year whose month, or month whose day, is left open by the template: `2022年  月  日`.
fn is_open(folded: &str) -> bool {
    static OPEN: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"年[\s_xX×*]*月|月[\s_xX×*]+日|月日|20[\s_]*年[\s_]*月").expect("the open date pattern is well formed"));
    OPEN.is_match(folded)
}

fn date(raw: &str) -> Answer {
    let folded = Folded::new(raw).text.replace('\n', "");
    if is_open(&folded) {
        return Answer::Blank;
    }
    match find_dates(&folded).first() {
        Some(found) => Answer::Value(Value::Text(found.date.to_string())),
        None => Answer::Unclear,
    }
}

/// Whether an answer names two days, one after the other.
pub fn is_span(raw: &str) -> bool {
    let folded = Folded::new(raw).text.replace('\n', "");
    !is_open(&folded) && (find_ranges(&folded).len() == 1 || find_dates(&folded).len() == 2)
}

/// First and last day of a period.
pub fn period(raw: &str) -> (Answer, Answer) {
    if raw.trim().is_empty() {
        return (Answer::Blank, Answer::Blank);
    }
    if is_nothing(raw) {
        return (Answer::Nothing, Answer::Nothing);
    }
    let folded = Folded::new(raw).text.replace('\n', "");
    if is_template(raw) || is_open(&folded) && find_dates(&folded).iter().all(|d| d.date.month.is_none()) {
        return (Answer::Blank, Answer::Blank);
    }
    let text = |date: crate::text::date::PartialDate| Answer::Value(Value::Text(date.to_string()));
    if let Some(range) = find_ranges(&folded).first() {
        return (text(range.from), text(range.to));
    }
    let dates = find_dates(&folded);
    match dates.as_slice() {
        [] => (Answer::Unclear, Answer::Unclear),
        [only] => (text(only.date), Answer::Unclear),
        [first, .., last] => (text(first.date), text(last.date)),
    }
}

static TOTAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:申请|总计|合计|共计|总额|总经费|预算为|总预算|共需|需要|计划|资助|总投入|总金额|预算总|经费)[^\d。;;,，]{0,14}$")
        .expect("the total pattern is well formed")
});

/// The amount that prose states as the whole: `拟申请经费9500元，主要用于…`, or the only amount of a short line.
fn stated_total(raw: &str) -> Option<i64> {
    let folded = Folded::new(raw).text;
    let amounts = find_amounts(&folded);
    // 50 万元，其中申请财政资金 20 万元
    let opens = amounts.first().filter(|a| matches!(folded[..a.range.start].trim(), "" | "人民币" | "约" | "共" | "共计"));
    let whole = opens.or_else(|| amounts.iter().find(|a| TOTAL.is_match(&folded[..a.range.start])));
    whole.or_else(|| amounts.first().filter(|a| folded.len() < a.range.len() + 12)).map(|a| a.fen)
}

/// Whether a line of prose states a whole amount with its unit; a numbered item (1.资料费 1600元) states its own.
pub fn states_total(raw: &str) -> bool {
    stated_total(raw).is_some() && (enumerator(raw) == 0 || declares_total(raw))
}

/// Whether a line says that its amount is the whole: 本项目拟申请经费8000元.
pub fn declares_total(raw: &str) -> bool {
    ["申请", "申报", "合计", "总计", "共计", "总额", "总经费", "总预算", "总费用", "经费预算", "资助"].iter().any(|w| tight(raw).contains(w))
}

/// A unit in brackets behind its figure: 5（万元）.
static UNIT_BEHIND: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(\d)\s*[(（]\s*(万元|千元|元)\s*[)）]").expect("the unit pattern is well formed"));

fn money(raw: &str, unit: Option<Unit>) -> Answer {
    let raw = &*UNIT_BEHIND.replace_all(raw, "$1$2");
    match stated_total(raw).or_else(|| parse_amount(raw, unit)) {
        Some(fen) => Answer::Value(Value::Fen(fen)),
        None => {
            // prose around a bare number: the number with the unit of its head
            let folded = tight(raw);
            if !folded.chars().any(|c| c.is_ascii_digit() || "壹贰叁肆伍陆柒捌玖拾一二三四五六七八九十".contains(c)) {
                return Answer::Blank;
            }
            Answer::Unclear
        }
    }
}

#[cfg(test)]
mod tests {
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
        assert_eq!(value(FieldId::Leader, "张三1"), "张三1");
        assert_eq!(value(FieldId::Leader, "阿卜杜拉·买买提"), "阿卜杜拉·买买提");
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
        assert_eq!(answer(FieldId::BudgetTotal, "8000", None), Answer::Unclear);
        assert_eq!(answer(FieldId::BudgetTotal, "   万元", None), Answer::Blank);
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
        assert_eq!(value(FieldId::ApplicantName, "徐州市 工程学会 (公 章) ."), "徐州市工程学会");
    }
}
