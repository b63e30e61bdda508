//! When an event took place: days and ranges, with the year from the context where the print leaves it out.
use crate::text::date::PartialDate;
use crate::text::numeral::{chinese_digits, chinese_number};
use regex::{Captures, Regex};
use std::ops::Range;
use std::sync::LazyLock;

/// A day, a range of days, or a month; `range` is in the text searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct When {
    pub from: PartialDate,
    pub to: PartialDate,
    pub range: Range<usize>,
}

impl When {
    /// Whether two times can be one event's: their days overlap.
    pub fn meets(&self, other: &Self) -> bool {
        let first = |w: &Self| w.from.first_day();
        let last = |w: &Self| w.to.last_day().or_else(|| w.from.last_day());
        match (first(self), last(self), first(other), last(other)) {
            (Some(a), Some(b), Some(c), Some(d)) => a <= d && c <= b,
            _ => self.from == other.from,
        }
    }

    pub fn has_day(&self) -> bool {
        self.from.day.is_some()
    }
}

const Y: &str = r"(?:(?:19|20)\d{2}|[二2][〇○零0OoＯ◯][一二三四五六七八九〇○零0OoＯ◯\d]{2})";
const N: &str = r"(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})";
/// Weekday, time of day, hour: what may stand between a day and the dash.
const NOTE: &str = r"(?:\s*(?:\([^()\n]{1,10}\)|(?:星期|周)[一二三四五六日天]|上午|下午|晚上?|全天|\d{1,2}[:点时](?:\d{2})?(?:分|整)?))*";
const LINK: &str = r"\s*(?:[-—–~～〜―至到]|——|--)+\s*";

static WRITTEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?:(?P<y>{Y})\s*年\s*)?(?P<m>{N})\s*月\s*(?P<d>{N})\s*(?:(?P<mark>[日号]){NOTE})?(?:(?P<list>\s*、\s*)?(?P<link>{LINK})?(?:(?P<y2>{Y})\s*年\s*)?(?:(?P<m2>{N})\s*月\s*)?(?P<d2>{N})\s*[日号])?"
    ))
    .expect("the written day pattern is well formed")
});

static DOTTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?P<y>(?:19|20)\d{{2}})\s*[-./—–]\s*(?P<m>\d{{1,2}})\s*[-./—–]\s*(?P<d>\d{{1,2}})\s*日?{NOTE}(?:{LINK}(?:(?P<y2>20\d{{2}})\s*[-./]\s*)?(?:(?P<m2>\d{{1,2}})\s*[-./]\s*)?(?P<d2>\d{{1,2}})\s*日?)?"
    ))
    .expect("the dotted day pattern is well formed")
});

static MONTH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?:(?P<y>{Y})\s*年\s*(?P<m>{N})\s*月|(?P<y3>20\d{{2}})[./-](?P<m3>\d{{1,2}})|(?P<m4>{N})\s*月)(?:份|[上中下]旬|初|底|末)?(?:{LINK}(?:(?P<y2>{Y})\s*年\s*)?(?P<m2>{N})\s*月|{LINK}(?P<y5>20\d{{2}})[./](?P<m5>\d{{1,2}}))?"
    ))
    .expect("the month pattern is well formed")
});

fn number(text: &str) -> Option<i8> {
    text.parse().ok().or_else(|| chinese_number(text).and_then(|n| i8::try_from(n).ok()))
}

fn year(text: &str) -> Option<i16> {
    text.parse().ok().or_else(|| chinese_digits(text)?.parse().ok())
}

fn get<T>(caps: &Captures<'_>, name: &str, read: fn(&str) -> Option<T>) -> Option<T> {
    caps.name(name).and_then(|m| read(m.as_str()))
}

/// Every day or range of days in folded text; a day without its year takes the context's.
pub(super) fn days(text: &str, context: Option<i16>) -> Vec<When> {
    let mut found: Vec<When> = Vec::new();
    let mut written = 0;
    for (pattern, dotted) in [(&*WRITTEN, false), (&*DOTTED, true)] {
        written = if dotted { found.len() } else { written };
        if !dotted && !text.contains('月') {
            continue;
        }
        let mut from = 0;
        while let Some(caps) = pattern.captures_at(text, from) {
            let Some(all) = caps.get(0) else { break };
            from = all.end();
            let before = text[..all.start()].chars().next_back();
            let inside = before.is_some_and(|c| c.is_ascii_digit() || (dotted && "-./".contains(c)));
            let near = found[..written].partition_point(|f| f.range.end <= all.start());
            if inside || (dotted && found[..written].get(near).is_some_and(|f| f.range.start < all.end())) {
                continue;
            }
            if let Some((start, end, length)) = day_of(&caps, text, context, dotted) {
                from = all.start() + length;
                found.push(When { range: all.start()..from, from: start, to: end });
            }
        }
    }
    found.sort_by_key(|w| w.range.start);
    found
}

/// From, to and length in bytes.
fn day_of(caps: &Captures<'_>, text: &str, context: Option<i16>, dotted: bool) -> Option<(PartialDate, PartialDate, usize)> {
    let all = caps.get(0)?;
    let y = get(caps, "y", year).or(context)?;
    let (m, d) = (get(caps, "m", number)?, get(caps, "d", number)?);
    if !(1..=12).contains(&m) || !(1..=31).contains(&d) {
        return None;
    }
    // 2022.3-2022.6: months
    let is_year = |rest: &str| rest.starts_with("20") && rest.bytes().take_while(u8::is_ascii_digit).count() == 4 && !rest[4..].starts_with(':');
    if dotted && caps.name("d").is_some_and(|d| is_year(&text[d.start()..])) {
        return None;
    }
    let from = PartialDate::day(y, m, d);
    let mut to = from;
    let mut length = all.len();
    if let Some(d2) = caps.name("d2") {
        let next = text[d2.end()..].chars().next();
        let joined = dotted || caps.name("link").is_some() || (caps.name("list").is_some() && caps.name("m2").is_none());
        let clock = dotted && next.is_some_and(|c| c == ':' || c.is_ascii_digit());
        let y2 = get(caps, "y2", year).unwrap_or(y);
        let m2 = get(caps, "m2", number).unwrap_or(m);
        let last = number(d2.as_str()).map(|d2| PartialDate::day(y2, m2, d2)).filter(|last| joined && !clock && *last >= from);
        match last {
            Some(last) => to = last,
            None if dotted || caps.name("mark").is_some() => {
                let head = caps.name("mark").or(caps.name("d"))?;
                length = head.end() - all.start();
            }
            None => return None,
        }
    } else if !dotted && caps.name("mark").is_none() {
        return None;
    }
    Some((from, to, length))
}

/// Months, for what prints no day: `2022年12月`, `9月中旬`, `2022.9`.
pub(super) fn months(text: &str, context: Option<i16>) -> Vec<When> {
    MONTH
        .captures_iter(text)
        .filter_map(|caps| {
            let all = caps.get(0)?;
            let before = text[..all.start()].chars().next_back();
            let after = text[all.end()..].chars().next();
            let bare = caps.name("y3").is_some();
            if before.is_some_and(|c| c.is_ascii_digit() || c == '个') || (bare && after.is_some_and(|c| c.is_ascii_digit() || "./-%万元".contains(c))) {
                return None;
            }
            let y = get(&caps, "y", year).or_else(|| get(&caps, "y3", year)).or(context)?;
            let m = get(&caps, "m", number).or_else(|| get(&caps, "m3", number)).or_else(|| get(&caps, "m4", number)).filter(|m| (1..=12).contains(m))?;
            let m2 = get(&caps, "m2", number).or_else(|| get(&caps, "m5", number)).unwrap_or(m);
            let y2 = get(&caps, "y2", year).or_else(|| get(&caps, "y5", year)).unwrap_or(y);
            Some(When {
                from: PartialDate { year: y, month: Some(m), day: None },
                to: PartialDate { year: y2, month: Some(m2), day: None },
                range: all.range(),
            })
        })
        .collect()
}

/// The first time in a value: days, else a month, else a year.
pub(super) fn first(text: &str, context: Option<i16>) -> Option<When> {
    days(text, context).into_iter().next().or_else(|| months(text, context).into_iter().next()).or_else(|| {
        let found = crate::text::date::find_dates(text).into_iter().next()?;
        Some(When { from: found.date, to: found.date, range: found.range })
    })
}

/// A year printed anywhere: the context for days without one.
pub(super) fn year_in(text: &str) -> Option<i16> {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&format!(r"(?P<y>{Y})\s*年|[〔(\[](?P<n>20\d{{2}})[〕)\]]|(?P<i>20[12]\d)[-./]\d{{1,2}}[-./]\d{{1,2}}"))
            .expect("the year pattern is well formed")
    });
    let caps = YEAR.captures(text)?;
    caps.name("y").or(caps.name("n")).or(caps.name("i")).and_then(|m| year(m.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str, context: Option<i16>) -> Vec<String> {
        days(text, context).iter().map(|w| format!("{}..{} {}", w.from, w.to, &text[w.range.clone()])).collect()
    }

    #[test]
    fn days_are_read_in_every_printing() {
        let one = |text: &str| first(text, Some(2022)).map(|w| format!("{}..{}", w.from, w.to)).unwrap_or_default();
        for text in [
            "2022年7月16日-17日",
            "7月16日至17日",
            "2022年7月16—17日",
            "2022.07.16-17",
            "2022.7.16-7.17",
            "2022年7月16、17日",
            "2022年7月16日(周六)至17日",
            "二〇二二年七月十六日至十七日",
            "2022-07-16至2022-07-17",
            "2022年7月16日上午9:00—7月17日",
            "2022/7/16-2022/7/17",
        ] {
            assert_eq!(one(text), "2022-07-16..2022-07-17", "{text}");
        }
        assert_eq!(one("2022年7月31日～8月1日"), "2022-07-31..2022-08-01");
        assert_eq!(one("2022年12月"), "2022-12..2022-12");
        assert_eq!(one("5月中旬"), "2022-05..2022-05");
        assert_eq!(one("2022.3-2022.6"), "2022-03..2022-06");
        assert_eq!(one("2022-07-2009:00"), "2022-07-20..2022-07-20");
        assert_eq!(one("2022-07-16 09:00-11:30"), "2022-07-16..2022-07-16");
        assert_eq!(one("2022年7月16日9:00-11:30"), "2022-07-16..2022-07-16");
    }

    #[test]
    fn several_days_stay_apart_and_no_number_becomes_a_day() {
        assert_eq!(show("5月1日、6月2日各一场", Some(2022)), ["2022-05-01..2022-05-01 5月1日", "2022-06-02..2022-06-02 6月2日"]);
        assert_eq!(show("电话0516-83736000,共12个月3次", Some(2022)), Vec::<String>::new());
        assert_eq!(show("7月16日", None), Vec::<String>::new());
    }
}
