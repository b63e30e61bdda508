//! Amounts of money as people write them, to whole fen.
use super::numeral::{capital_fen, chinese_number};
use aho_corasick::AhoCorasick;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A unit printed in a value, a label, a column or a section head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Yuan,
    Thousand,
    TenThousand,
    Million,
    HundredMillion,
}

impl Unit {
    pub fn fen(self) -> i64 {
        match self {
            Self::Yuan => 100,
            Self::Thousand => 100_000,
            Self::TenThousand => 1_000_000,
            Self::Million => 100_000_000,
            Self::HundredMillion => 10_000_000_000,
        }
    }

    fn printed(text: &str) -> Option<Self> {
        Some(match text {
            "元" | "圆" | "块" => Self::Yuan,
            "千元" | "仟元" => Self::Thousand,
            "万元" | "万" | "万圆" | "萬元" => Self::TenThousand,
            "百万元" => Self::Million,
            "亿元" | "亿" => Self::HundredMillion,
            _ => return None,
        })
    }
}

/// An amount found in folded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundAmount {
    pub fen: i64,
    pub range: Range<usize>,
    /// Written in capital numerals (壹拾万元整).
    pub in_words: bool,
}

static FIGURES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?P<sign>[¥￥]|人民币|RMB)?[\s_]*(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)[\s_]*(?P<u>百万元|千元|仟元|万元|万圆|萬元|亿元|元|圆|万|亿)?",
    )
    .expect("the amount pattern is well formed")
});

static WORDS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[零〇一二三四五六七八九十百千两壹贰貳叁參叄肆伍陆陸柒捌玖拾佰仟][零〇一二三四五六七八九十百千两壹贰貳叁參叄肆伍陆陸柒捌玖拾佰仟万萬亿億]*\s*[元圆圓](?:\s*[零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖]\s*[角分]|\s*零)*\s*[整正]?")
        .expect("the capital amount pattern is well formed")
});

static UNIT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:单位|金额单位|币种)\s*[:：]?\s*(?:人民币)?\s*[(（]?(百万元|千元|仟元|万元|亿元|元)|[(（\[]\s*(?:人民币|单位[:：]?)?\s*(百万元|千元|仟元|万元|亿元|元)\s*[)）\],，;；]|[:/](百万元|千元|仟元|万元|亿元|元)$")
        .expect("the unit pattern is well formed")
});

static THOUSANDS_BEHIND: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^([1-9])千元?").expect("the pattern of thousands is well formed"));

/// The unit that a label, a column head or a section head prints (`申请经费（元）`, `单位：万元`).
pub fn unit_in(head: &str) -> Option<Unit> {
    // no character folds to this one
    if !head.contains('元') {
        return None;
    }
    let folded = super::tight(head);
    let caps = UNIT.captures(&folded)?;
    caps.get(1).or_else(|| caps.get(2)).or_else(|| caps.get(3)).and_then(|m| Unit::printed(m.as_str()))
}

/// A plain decimal to fen in a unit, exactly; `None` where digits beyond one fen are left over.
pub fn decimal_fen(number: &str, unit: Unit) -> Option<i64> {
    let plain: String = number.chars().filter(|c| *c != ',' && !c.is_whitespace()).collect();
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let whole: i64 = whole.parse().ok()?;
    let mut fen = whole.checked_mul(unit.fen())?;
    let mut worth = unit.fen();
    for c in fraction.trim_end_matches('0').chars() {
        if worth % 10 != 0 {
            return None;
        }
        worth /= 10;
        fen = fen.checked_add(i64::from(c.to_digit(10)?).checked_mul(worth)?)?;
    }
    Some(fen)
}

/// What every amount carries one of.
static CURRENCY: LazyLock<AhoCorasick> =
    LazyLock::new(|| AhoCorasick::new(["元", "圆", "圓", "万", "亿", "¥", "￥", "人民币", "RMB"]).expect("the signs of money are few"));

/// Every amount that carries its unit or a currency sign, in figures or in capital numerals, in order.
pub fn find_amounts(folded: &str) -> Vec<FoundAmount> {
    let mut found = Vec::new();
    if !CURRENCY.is_match(folded) {
        return found;
    }
    for m in WORDS.find_iter(folded) {
        // 15千元: the numeral is the unit of the figure before it
        if folded[..m.start()].trim_end().ends_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let words: String = m.as_str().chars().filter(|c| !c.is_whitespace()).collect();
        // 千元, 百万元: a printed unit beside nothing
        if words.chars().all(|c| "百千万亿佰仟萬億整正元圆圓".contains(c)) {
            continue;
        }
        let fen = capital_fen(&words).or_else(|| chinese_number(words.trim_end_matches(['整', '正', '元', '圆', '圓'])).and_then(|n| n.checked_mul(100)));
        if let Some(fen) = fen {
            found.push(FoundAmount { fen, range: m.range(), in_words: true });
        }
    }
    for caps in FIGURES.captures_iter(folded) {
        let (Some(all), Some(number)) = (caps.get(0), caps.name("n")) else { continue };
        let unit = match (caps.name("u").and_then(|u| Unit::printed(u.as_str())), caps.name("sign")) {
            (Some(unit), _) => unit,
            (None, Some(_)) => Unit::Yuan,
            (None, None) => continue,
        };
        let before = folded[..number.start()].chars().next_back();
        if before.is_some_and(|c| c.is_ascii_digit() || c == '.') {
            continue;
        }
        // 73万条, 3万人: a bare 万 or 亿 counts things unless nothing is named after it.
        let counts_things = folded[all.end()..].chars().next().is_some_and(|c| c.is_alphabetic() && !"整正左上以内".contains(c));
        if counts_things && caps.name("sign").is_none() && caps.name("u").is_some_and(|u| u.as_str() == "万" || u.as_str() == "亿") {
            continue;
        }
        if found.iter().any(|f: &FoundAmount| f.in_words && f.range.start < all.end() && number.start() < f.range.end) {
            continue;
        }
        if found.iter().any(|f: &FoundAmount| !f.in_words && f.range.end > number.start()) {
            continue;
        }
        // 1万5千元
        if unit == Unit::TenThousand
            && let Some(caps) = THOUSANDS_BEHIND.captures(&folded[all.end()..])
            && let (Some(fen), Ok(thousands)) = (decimal_fen(number.as_str(), unit), caps[1].parse::<i64>())
        {
            found.push(FoundAmount { fen: fen + thousands * Unit::Thousand.fen(), range: number.start()..all.end() + caps[0].len(), in_words: false });
            continue;
        }
        if let Some(fen) = decimal_fen(number.as_str(), unit) {
            let lead = all.as_str().len() - all.as_str().trim_start().len();
            let tail = all.as_str().len() - all.as_str().trim_end().len();
            found.push(FoundAmount { fen, range: all.start() + lead..all.end() - tail, in_words: false });
        }
    }
    found.sort_by_key(|f| f.range.start);
    found
}

/// A cell or a value that is one amount; `unit` comes from its label, column or section head.
/// `None` for a bare number without any unit: the unit is never guessed.
pub fn parse_amount(value: &str, unit: Option<Unit>) -> Option<i64> {
    let folded = super::tight(value);
    // -0.2: what is taken back
    let sign = if folded.starts_with(['-', '−']) { -1 } else { 1 };
    if let Some(first) = find_amounts(&folded).into_iter().next() {
        return Some(sign * first.fen);
    }
    let number = folded.trim_matches(|c: char| !c.is_ascii_digit() && c != '.');
    let plain = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || c == ',' || c == '.');
    if plain { Some(sign * decimal_fen(number, unit?)?) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_carry_their_unit() {
        let text = "合作经费10万元（大写：壹拾万元整），另付¥5,000.50，首付330,000元，培训1500人，采集73万条，覆盖3万人";
        let fens: Vec<i64> = find_amounts(text).iter().map(|a| a.fen).collect();
        assert_eq!(fens, [10_000_000, 10_000_000, 500_050, 33_000_000]);
        assert_eq!([parse_amount("15千元", None), parse_amount("1万5千元", None)], [Some(1_500_000), Some(1_500_000)]);
    }

    #[test]
    fn a_bare_number_needs_a_unit_from_elsewhere() {
        assert_eq!(parse_amount("-0.2", Some(Unit::TenThousand)), Some(-200_000));
        assert_eq!(parse_amount("－500元", None), Some(-50_000));
        assert_eq!(parse_amount("8000", None), None);
        assert_eq!([parse_amount("千元", None), parse_amount("百万元", None), parse_amount("十万元", None)], [None, None, Some(10_000_000)]);
        assert_eq!(parse_amount("8000", Some(Unit::Yuan)), Some(800_000));
        assert_eq!(parse_amount("5.00", Some(Unit::TenThousand)), Some(5_000_000));
        assert_eq!(parse_amount("8000元", Some(Unit::TenThousand)), Some(800_000));
        assert_eq!(parse_amount("伍万元整", None), Some(5_000_000));
    }

    #[test]
    fn the_unit_is_read_from_heads() {
        assert_eq!(unit_in("申请经费（元）"), Some(Unit::Yuan));
        assert_eq!(unit_in("单位：万元"), Some(Unit::TenThousand));
        assert_eq!(unit_in("申请经费/万元"), Some(Unit::TenThousand));
        assert_eq!(unit_in("经费预算"), None);
    }

    #[test]
    fn digits_beyond_one_fen_are_refused() {
        assert_eq!(decimal_fen("1.234", Unit::Yuan), None);
        assert_eq!(decimal_fen("1.2345", Unit::TenThousand), Some(1_234_500));
    }
}
