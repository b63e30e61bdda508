//! Dates as people write them, as precise as printed.
use super::numeral::chinese_digits;
use regex::{Captures, Regex};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Range;
use std::sync::LazyLock;

/// A year, a month or a day. May be impossible (2022-02-30): see [`PartialDate::exists`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct PartialDate {
    pub year: i16,
    pub month: Option<i8>,
    pub day: Option<i8>,
}

impl PartialDate {
    pub const fn day(year: i16, month: i8, day: i8) -> Self {
        Self { year, month: Some(month), day: Some(day) }
    }

    /// Whether the calendar has it.
    pub fn exists(self) -> bool {
        match (self.month, self.day) {
            (None, _) => true,
            (Some(month), None) => (1..=12).contains(&month),
            (Some(month), Some(day)) => jiff::civil::Date::new(self.year, month, day).is_ok(),
        }
    }

    /// First day it can mean; `None` where the calendar has none.
    pub fn first_day(self) -> Option<jiff::civil::Date> {
        jiff::civil::Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).ok()
    }

    /// Last day it can mean; `None` where the calendar has none.
    pub fn last_day(self) -> Option<jiff::civil::Date> {
        let month = self.month.unwrap_or(12);
        match self.day {
            Some(day) => jiff::civil::Date::new(self.year, month, day).ok(),
            None => Some(jiff::civil::Date::new(self.year, month, 1).ok()?.last_of_month()),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(f, "-{day:02}")?;
            }
        }
        Ok(())
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.to_string()
    }
}

impl TryFrom<String> for PartialDate {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let mut parts = text.splitn(3, '-');
        let fault = || format!("date `{text}` is not YYYY[-MM[-DD]]");
        let year = parts.next().and_then(|p| p.parse().ok()).ok_or_else(fault)?;
        let month = parts.next().map(|p| p.parse().map_err(|_| fault())).transpose()?;
        let day = parts.next().map(|p| p.parse().map_err(|_| fault())).transpose()?;
        Ok(Self { year, month, day })
    }
}

/// A date found in folded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundDate {
    pub date: PartialDate,
    pub range: Range<usize>,
}

/// A range of days, months or years found in folded text (`2022年7月16日-17日`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundRange {
    pub from: PartialDate,
    pub to: PartialDate,
    pub range: Range<usize>,
    /// Bytes of the first and of the second half.
    pub from_range: Range<usize>,
    pub to_range: Range<usize>,
}

const Y: &str = r"(?:(?:19|20)\d{2}|[二2][〇○零0OoＯ◯][一二三四五六七八九〇○零0OoＯ◯\d]{2})";
const N: &str = r"(?:\d{1,2}|[一二三四五六七八九十廿卅〇○零]{1,3})";

static DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?x)
        (?P<y>{Y})\s*年\s*(?:度\s*)?(?:(?P<m>{N}|元)\s*月\s*(?:份)?(?:(?P<d>{N})\s*[日号])?)?
        |(?P<y2>(?:19|20)\d{{2}})\s*[-./—–]\s*(?P<m2>\d{{1,2}})(?:\s*[-./—–]\s*(?P<d2>\d{{1,2}}))?(?:\s*日)?
        |(?P<y3>20\d{{2}})(?P<m3>0[1-9]|1[0-2])(?P<d3>[0-3]\d)
        "
    ))
    .expect("the date pattern is well formed")
});

/// The tail of a range whose year, or year and month, is that of its head.
static TAIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?x)^\s*(?:\([^()\n]{{1,6}}\))?\s*(?:[-—–~～〜―至到]|——|--)+\s*(?:
            (?P<m>{N})\s*月\s*(?P<d>{N})\s*[日号]
            |(?P<m2>{N})\s*月(?:份)?
            |(?P<d3>{N})\s*[日号]
            |(?P<m4>\d{{1,2}})[./](?P<d4>\d{{1,2}})
            |(?P<m5>\d{{1,2}})(?:[^\d./年月日]|$)
            |(?P<today>今|至今|现在)
        )"
    ))
    .expect("the range pattern is well formed")
});

/// A range whose second half carries its own year.
static LINK: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\s*(?:\([^()\n]{1,6}\))?\s*(?:起|起始)?\s*(?:[-—–~～〜―至到]|——|--)+\s*$").expect("the link pattern is well formed"));

fn number(text: &str) -> Option<i8> {
    // 元月 is the first month.
    if text == "元" {
        return Some(1);
    }
    text.parse().ok().or_else(|| super::numeral::chinese_number(text).and_then(|n| i8::try_from(n).ok()))
}

fn year(text: &str) -> Option<i16> {
    text.parse().ok().or_else(|| chinese_digits(text)?.parse().ok())
}

fn date_of(caps: &Captures<'_>) -> Option<PartialDate> {
    let group = |names: [&str; 3]| names.iter().find_map(|name| caps.name(name)).map(|m| m.as_str());
    let year = year(group(["y", "y2", "y3"])?)?;
    let month = group(["m", "m2", "m3"]).and_then(number);
    let day = group(["d", "d2", "d3"]).and_then(number).filter(|_| month.is_some());
    Some(PartialDate { year, month, day })
}

/// Every date with a year in folded text, in order. Takes `2022年5月10日`, `二〇二二年五月十日` in all five
/// forms of the zero, `2022.5.10`, `2022-05-10`, `2022/5`, `20220510`, `2022年`.
pub fn find_dates(folded: &str) -> Vec<FoundDate> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(caps) = DATE.captures_at(folded, at) {
        let Some(all) = caps.get(0) else { break };
        at = all.end();
        let inside_number = |c: char| c.is_ascii_digit();
        let before = folded[..all.start()].chars().next_back();
        let after = folded[all.end()..].chars().next();
        let bare = caps.name("y").is_none();
        let Some(mut date) = date_of(&caps) else { continue };
        let mut end = all.start() + all.as_str().trim_end().len();
        if bare && before.is_some_and(inside_number) {
            continue;
        }
        if bare && after.is_some_and(inside_number) {
            // 2022.02-2024.04: the day is the head of the next year
            let (Some(month), Some(_)) = (caps.name("m2"), caps.name("d2")) else { continue };
            (date.day, end, at) = (None, month.end(), month.end());
        }
        if let (Some(year), Some(month), Some(day)) = (caps.name("y2"), caps.name("m2"), caps.name("d2"))
            && date.day.is_some()
            && folded[year.end()..month.start()].contains(['.', '/'])
            && !folded[month.end()..day.start()].contains(['.', '/'])
        {
            // 2022.1-12: a range of months
            (date.day, end, at) = (None, month.end(), month.end());
        }
        let ends_a_range = found.last().is_some_and(|last: &FoundDate| last.range.end + 1 == all.start());
        let inside_path = before.is_some_and(|c| "-./".contains(c)) && !ends_a_range;
        if bare && caps.name("y2").is_some() && (inside_path || !plausible(&caps)) {
            continue;
        }
        found.push(FoundDate { date, range: all.start()..end });
    }
    found
}

/// `1.25` style numbers are no dates: the month must be 1 to 12; the day may be impossible (31 April).
fn plausible(caps: &Captures<'_>) -> bool {
    let month = caps.name("m2").and_then(|m| m.as_str().parse::<u8>().ok());
    let day = caps.name("d2").and_then(|m| m.as_str().parse::<u8>().ok());
    month.is_some_and(|m| (1..=12).contains(&m)) && day.is_none_or(|d| (1..=39).contains(&d))
}

/// Every range of dates in folded text, in order.
pub fn find_ranges(folded: &str) -> Vec<FoundRange> {
    let dates = find_dates(folded);
    let mut found = Vec::new();
    let mut n = 0;
    while n < dates.len() {
        let head = &dates[n];
        if let Some(next) = dates.get(n + 1)
            && LINK.is_match(&folded[head.range.end..next.range.start])
        {
            found.push(FoundRange {
                from: head.date,
                to: next.date,
                range: head.range.start..next.range.end,
                from_range: head.range.clone(),
                to_range: next.range.clone(),
            });
            n += 2;
            continue;
        }
        let rest = &folded[head.range.end..];
        if let Some(caps) = TAIL.captures(rest)
            && caps.name("today").is_none()
            && let Some(whole) = caps.get(0)
        {
            let group = |names: [&str; 3]| names.iter().find_map(|name| caps.name(name)).and_then(|m| number(m.as_str()));
            // a bare number ends a range only after a head of figures (2022.1-12)
            let months = caps.name("m5");
            let a_month = months.and_then(|m| number(m.as_str())).is_some_and(|m| (1..=12).contains(&m));
            if months.is_some() && (!a_month || head.date.day.is_some() || head.date.month.is_none() || folded[head.range.clone()].contains('年')) {
                n += 1;
                continue;
            }
            let month = group(["m", "m2", "m4"]).or(months.and_then(|m| number(m.as_str()))).or(head.date.month);
            let day = group(["d", "d3", "d4"]);
            let end = head.range.end + months.map_or(whole.end(), |m| m.end());
            let whole = &rest[..end - head.range.end];
            let shift = whole.len() - whole.trim_start_matches(|c: char| !c.is_alphanumeric() || "至到".contains(c)).len();
            found.push(FoundRange {
                from: head.date,
                to: PartialDate { year: head.date.year, month, day },
                range: head.range.start..end,
                from_range: head.range.clone(),
                to_range: head.range.end + shift..end,
            });
        }
        n += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(text: &str) -> Vec<String> {
        find_dates(text).iter().map(|f| f.date.to_string()).collect()
    }

    fn ranges(text: &str) -> Vec<String> {
        find_ranges(text).iter().map(|f| format!("{}..{}", f.from, f.to)).collect()
    }

    #[test]
    fn a_date_is_read_in_every_printed_form() {
        for text in [
            "2022年5月10日",
            "2022 年 5 月 10 日",
            "二〇二二年五月十日",
            "二○二二年五月十日",
            "二O二二年五月十日",
            "二0二二年五月十日",
            "2022.5.10",
            "2022-05-10",
            "2022/5/10",
            "20220510",
        ] {
            assert_eq!(dates(text), ["2022-05-10"], "{text}");
        }
        assert_eq!(dates("2016-09"), ["2016-09"]);
        assert_eq!(dates("2022年度"), ["2022"]);
        assert_eq!(dates("2023 年  4 月"), ["2023-04"]);
        assert_eq!(dates("2022年元月1日"), ["2022-01-01"]);
    }

    #[test]
    fn an_impossible_date_is_kept_as_printed() {
        let found = find_dates("2022年2月30日");
        assert_eq!(found[0].date.to_string(), "2022-02-30");
        assert!(!found[0].date.exists());
    }

    #[test]
    fn numbers_are_no_dates() {
        assert_eq!(dates("0516-2022.55 13900002022 2022.99"), Vec::<String>::new());
    }

    #[test]
    fn a_range_borrows_what_its_tail_leaves_out() {
        assert_eq!(ranges("2022年7月16日-17日"), ["2022-07-16..2022-07-17"]);
        assert_eq!(ranges("2022年7月16日至8月1日"), ["2022-07-16..2022-08-01"]);
        assert_eq!(ranges("2022年1月至2022年12月"), ["2022-01..2022-12"]);
        assert_eq!(ranges("2022年1月—12月"), ["2022-01..2022-12"]);
        assert_eq!(ranges("2022.05.10-2023.05.09"), ["2022-05-10..2023-05-09"]);
        assert_eq!(ranges("2022.02-2024.04"), ["2022-02..2024-04"]);
        assert_eq!(ranges("2022-02-2024-04"), ["2022-02..2024-04"]);
        assert_eq!(ranges("2022.1-12"), ["2022-01..2022-12"]);
        assert_eq!(ranges("2022年1月-3人"), Vec::<String>::new());
        assert_eq!(ranges("2023/1–2024/10"), ["2023-01..2024-10"]);
        assert_eq!(ranges("自2022年5月10日起至2023年5月9日止"), ["2022-05-10..2023-05-09"]);
    }
}
