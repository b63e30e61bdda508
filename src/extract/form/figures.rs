//! Days, periods and sums of an answer.
use super::budget::is_total_word;
use super::grid::unit_alone;
use super::hint::{is_nothing, is_template};
use super::label::enumerator;
use super::value::Answer;
use crate::model::Value;
use crate::text::date::{find_dates, find_ranges};
use crate::text::money::{Unit, find_amounts, parse_amount};
use crate::text::{Folded, tight};
use regex::{Captures, Regex};
use std::sync::LazyLock;

static YEARS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\s*(20\d{2})\s*年?\s*[-—–~～至到]+\s*(20\d{2})\s*年?\s*$").expect("the pattern of years is well formed"));
static MONTHS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\s*(20\d{2})(0[1-9]|1[0-2])\s*[-—–~～至到]+\s*(20\d{2})(0[1-9]|1[0-2])\s*$").expect("the pattern of months is well formed"));
static MONTHS_OF_A_YEAR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(20\d{2})\s*年\s*(\d{1,2})\s*[-—–~～至到]+\s*(\d{1,2})\s*月").expect("the pattern of months of a year is well formed"));
static ODD_MARKS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\s*(20\d{2})\s*[、,·]\s*(\d{1,2})(?:\s*[、,·]\s*(\d{1,2}))?\s*$").expect("the pattern of odd marks is well formed"));
static TWO_DASHES: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(\d)\s*--+\s*(20\d{2})").expect("the pattern of dashes is well formed"));

/// A date on one line without the line it was written on: __2022__年__5__月.
fn unfilled(raw: &str) -> String {
    Folded::new(raw).text.chars().filter(|c| !matches!(c, '\n' | '_')).collect()
}

/// Short ways of writing days and periods, written as other readers expect them: 2021年5-12月, 202105-202205, 2021至2022年, 2021、5、6.
fn spelled_out(folded: &str) -> String {
    if let Some(caps) = YEARS.captures(folded) {
        return format!("{}年至{}年", &caps[1], &caps[2]);
    }
    if let Some(caps) = MONTHS.captures(folded) {
        return format!("{}年{}月至{}年{}月", &caps[1], &caps[2], &caps[3], &caps[4]);
    }
    if let Some(caps) = ODD_MARKS.captures(folded) {
        let day = caps.get(3).map_or(String::new(), |day| format!("{}日", day.as_str()));
        return format!("{}年{}月{day}", &caps[1], &caps[2]);
    }
    let months = MONTHS_OF_A_YEAR.replace_all(folded, |caps: &Captures<'_>| format!("{0}年{1}月至{0}年{2}月", &caps[1], &caps[2], &caps[3]));
    TWO_DASHES.replace_all(&months, "$1至$2").into_owned()
}

static LIMIT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:以内|以下|封顶)[)）]?$|^[(（]?(?:不超过|不高于|最高|限额|上限|建议|每项|参考|标准(?:[:为]?\d|不))|元?[/每](?:项|人|年|个)[)）]?$|^[¥￥]?\d[\d.,]*(?:万元|千元|元|万)?[-—–~～至]\d[\d.,]*(?:万元|千元|元|万)?$")
        .expect("the pattern of limits is well formed")
});

/// A year whose month, or month whose day, is left open by the template: `2022年  月  日`.
fn is_open(folded: &str) -> bool {
    static OPEN: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"年[\s_xX×*]*月|月[\s_xX×*]+日|月日|20[\s_]*年[\s_]*月").expect("the open date pattern is well formed"));
    OPEN.is_match(folded)
}

/// A day, as precise as it is printed.
pub fn date(raw: &str) -> Answer {
    let folded = spelled_out(&unfilled(raw));
    // 2021年5月    日 is printed up to its month
    if is_open(&folded) && find_dates(&folded).first().is_none_or(|found| found.date.month.is_none()) {
        return Answer::Blank;
    }
    match find_dates(&folded).first() {
        Some(found) => Answer::Value(Value::Text(found.date.to_string())),
        None => Answer::Unclear,
    }
}

/// Whether a day stands behind other words: 李四  2022年9月13日.
pub fn ends_with_day(raw: &str) -> bool {
    let folded = unfilled(raw);
    let text = folded.trim_end_matches(['。', '.', ' ']);
    find_dates(text).last().is_some_and(|found| found.range.start > 0 && found.range.end == text.len() && found.date.day.is_some())
}

/// Whether an answer names two days, one after the other.
pub fn is_span(raw: &str) -> bool {
    let folded = spelled_out(&unfilled(raw));
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
    let folded = spelled_out(&unfilled(raw));
    // 期限（天） | 3: how long, and not when
    if folded.trim().len() <= 3 && folded.trim().chars().all(|c| c.is_ascii_digit()) {
        return (Answer::Nothing, Answer::Nothing);
    }
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
    Regex::new(
        r"(?:申请|总计|合计|共计|总额|总经费|预算为|总预算|共需|需要|计划|资助|预算|总投入|总投资|总金额|预算总|经费)[^\d。;;,，]{0,14}$|[,，;；。]\s*共\s*$",
    )
    .expect("the total pattern is well formed")
});

/// The amount that prose states as the whole: `拟申请经费9500元，主要用于…`, or the only amount of a short line.
fn stated_total(raw: &str) -> Option<i64> {
    let folded = Folded::new(raw).text;
    let amounts = find_amounts(&folded);
    // 50 万元，其中申请财政资金 20 万元
    let opens = amounts.first().filter(|a| matches!(folded[..a.range.start].trim(), "" | "人民币" | "约" | "共" | "共计"));
    // 总投资20万元，其中申请奖补10万元
    let parted =
        amounts.first().filter(|a| a.range.end < folded.len() && folded[a.range.end..].trim_start_matches([',', ';', '(', '。', ' ']).starts_with("其中"));
    let whole = opens.or(parted).or_else(|| amounts.iter().find(|a| TOTAL.is_match(&folded[..a.range.start])));
    whole.or_else(|| amounts.first().filter(|a| folded.len() < a.range.len() + 12)).map(|a| a.fen)
}

/// Whether a line of prose states a whole amount with its unit; a numbered item (1.资料费 1600元) states its own.
pub fn states_total(raw: &str) -> bool {
    stated_total(raw).is_some() && (enumerator(raw) == 0 || declares_total(raw))
}

/// Whether a line says that its amount is the whole: 本项目拟申请经费8000元.
pub fn declares_total(raw: &str) -> bool {
    ["申请", "申报", "合计", "总计", "共计", "总额", "总经费", "总预算", "总费用", "经费预算", "资助", "预算为", "预算在", "预算约", "预算共"]
        .iter()
        .any(|w| tight(raw).contains(w))
}

/// The whole of an answer that tells its parts by name: 省拨： 2  校配套： 1  合计： 3.
fn itemised_total(raw: &str, unit: Option<Unit>) -> Option<i64> {
    static ITEM: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(\p{Han}{1,10})\s*(?:[(（][^()（）]{0,6}[)）])?(?:\s*[:：]\s*|\s+)([\d.,]+\s*(?:万元|千元|元)?)")
            .expect("the pattern of items is well formed")
    });
    let items: Vec<Captures<'_>> = ITEM.captures_iter(raw).collect();
    let whole = |caps: &Captures<'_>| is_total_word(&caps[1]) || caps[1].starts_with('总') || caps[1].ends_with('共');
    let totals: Vec<&Captures<'_>> = items.iter().filter(|caps| whole(caps)).collect();
    let [total] = totals[..] else { return None };
    if items.len() < 2 { None } else { parse_amount(&total[2], unit) }
}

/// Whether nothing but a limit in brackets stands beside a unit.
fn is_limit_told(raw: &str) -> bool {
    let tight = tight(raw);
    let Some((before, inner)) = tight.strip_suffix(')').and_then(|t| t.split_once('(')) else { return false };
    unit_alone(before) && ["不超过", "不高于", "以内", "以下", "最高", "限额", "上限"].iter().any(|word| inner.contains(word))
}

/// A unit in brackets behind its figure: 5（万元）.
static UNIT_BEHIND: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(\d)\s*[(（]\s*(万元|千元|元)\s*[)）]").expect("the unit pattern is well formed"));

/// A unit in brackets that the form prints before the figure: （元）8000.
static UNIT_BEFORE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\s*[(（]\s*(万元|千元|元)\s*[)）]\s*(\d[\d.,]*)\s*$").expect("the unit pattern is well formed"));

/// Letters of the shortest sentence that answers in words where an amount is asked for.
const LEAST_WORDS: usize = 8;

pub fn money(raw: &str, unit: Option<Unit>) -> Answer {
    let raw = UNIT_BEHIND.replace_all(raw, "$1$2");
    let raw = &*UNIT_BEFORE.replace(&raw, "$2$1");
    // 万元（一般不超过5万元）: the template's own words beside its unit
    if is_limit_told(raw) {
        return Answer::Blank;
    }
    // 0.5-1万元, 5000元/项, 1万元以内: what may be asked for, not what is
    if LIMIT.is_match(&tight(raw)) {
        return Answer::Unclear;
    }
    if let Some(told) = itemised_total(raw, unit) {
        return Answer::Value(Value::Fen(told));
    }
    let whole = stated_total(raw);
    let mut amounts: Vec<i64> = find_amounts(&Folded::new(raw).text).into_iter().map(|a| a.fen).collect();
    amounts.dedup();
    // several items without their sum
    if whole.is_none() && amounts.len() > 1 {
        return Answer::Unclear;
    }
    let before_bracket = || parse_amount(raw.split(['(', '（']).next().unwrap_or(raw), unit);
    match whole.or_else(|| parse_amount(raw, unit)).or_else(before_bracket) {
        Some(fen) => Answer::Value(Value::Fen(fen)),
        None => {
            // prose around a bare number: the number with the unit of its head
            let folded = tight(raw);
            if !folded.chars().any(|c| c.is_ascii_digit() || "壹贰叁肆伍陆柒捌玖拾一二三四五六七八九十".contains(c)) {
                // 学会设有专项科普经费，做到专款专用: an answer in words, no blank before a printed unit
                let words = ["人民币", "金额", "单位", "大写", "小写", "合计", "万元", "元整"].iter().fold(folded, |rest, word| rest.replace(word, ""));
                let told = words.chars().filter(|c| c.is_alphabetic()).count() >= LEAST_WORDS;
                return if told { Answer::Nothing } else { Answer::Blank };
            }
            Answer::Unclear
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(answer: Answer) -> String {
        match answer {
            Answer::Value(Value::Text(text)) => text,
            Answer::Value(Value::Fen(fen)) => fen.to_string(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn short_ways_of_writing_periods_and_days_are_read() {
        for (raw, from, to) in [
            ("2021年5-12月", "2021-05", "2021-12"),
            ("2021-05-01--2022-04-30", "2021-05-01", "2022-04-30"),
            ("2021至2022年", "2021", "2022"),
            ("2021-2022", "2021", "2022"),
            ("202105-202205", "2021-05", "2022-05"),
        ] {
            let (first, last) = period(raw);
            assert_eq!((text(first).as_str(), text(last).as_str()), (from, to), "{raw}");
        }
        assert_eq!(text(date("2021年5月    日")), "2021-05");
        assert_eq!(text(date("2021、5、6")), "2021-05-06");
        assert_eq!(text(date("__2022__年__5__月__20__日")), "2022-05-20");
        assert_eq!(date("2022年____月____日"), Answer::Blank);
        assert_eq!(date("2021年   月   日"), Answer::Blank);
    }

    #[test]
    fn limits_and_lists_of_items_are_no_sum() {
        for raw in
            ["1万元以内", "0.5-1万元", "最高5000元", "（每项资助3000元）", "5000元/项", "材料费3000元，差旅费2000元", "省级项目5000元，国家级项目10000元。"]
        {
            assert_eq!(money(raw, None), Answer::Unclear, "{raw}");
        }
        assert_eq!(text(money("材料费3000元，差旅费2000元，共5000元", None)), "500000");
        assert_eq!(text(money("1.5（其中校拨1）", Some(Unit::TenThousand))), "1500000");
        assert_eq!(text(money("叁万元（30000元）", None)), "3000000");
        assert_eq!(text(money("总投资20万元，其中申请奖补10万元，自筹10万元", None)), "20000000");
        assert_eq!(text(money("总预算 8，申请 3，自筹 5", Some(Unit::TenThousand))), "8000000");
        assert_eq!(text(money("省拨： 2    校配套： 1    合计： 3", Some(Unit::TenThousand))), "3000000");
        assert_eq!(text(money("总预算：60000    申请补助：20000    自筹：40000", Some(Unit::Yuan))), "6000000");
        assert_eq!(text(money("预算在3000元左右。", None)), "300000");
    }
}
