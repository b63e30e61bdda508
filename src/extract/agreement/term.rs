//! When an agreement was signed and how long it runs.
use super::part::{Part, is_clause};
use super::sign::day_dates;
use crate::extract::lines::Line;
use crate::text::date::{FoundDate, PartialDate, find_dates, find_ranges};
use crate::text::numeral::chinese_number;
use jiff::ToSpan;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A date and its bytes in `View::text`.
pub(super) type Placed = (PartialDate, Range<usize>);

/// Labels and wordings that print the day of signing outside the signature block.
static SIGNED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:签订|签署|签约|签定|订立)(?:的)?(?:日期|时间|日)\s*(?:为|是)?:?\s*(?:于)?|(?:签订|签署|订立|签定)于")
        .expect("the signing pattern is well formed")
});

static SIGNED_AFTER: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^[^,。;\n]{0,30}(?:签订|签署|订立|签定)").expect("the signing pattern is well formed"));

/// Words that announce the term.
static TERM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:合作|协议|合同|服务|研究|项目|委托|履行|有效|实施|执行|顾问|聘期|开发|共建|建站|帮扶|结对|对口|试点|协作|联合|资助|赞助|工作|任务|本)[^,。;:\n]{0,6}(?:期限|期间|有效期|时间|周期|起止|年限|时限)|有效期限?|期限|时限|起止(?:时间|日期)|(?:服务|合作|共建|帮扶|建站|结对)期|合作时间|研究时间|为期|(?:合作|服务|协议|合同|共建|帮扶|项目)[从自]\d|[从自]\d{4}年[^,。;]{2,8}(?:开始|起,?[至到])|(?:管|有效)[\d一二三四五六七八九十两壹贰叁肆伍半]{1,3}个?[年月]|[\d一二三四五六七八九十两壹贰叁肆伍半]{1,3}个?[年月]之?内?有效")
        .expect("the term pattern is well formed")
});

/// Sentences with dates that are not the term.
static NOT_TERM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"支付|付款|拨付|缴纳|保密期|质保|保修|通知对方|提前|逾期|验收后|发票|检测时间|异议").expect("the payment pattern is well formed")
});

static LENGTH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:有效期限?|期限|为期|期|时间|共计?|暂定|合作|服务|起|之日起|:|,)?[^,。;\d一二三四五六七八九十两壹贰叁肆伍半个年月]{0,6}(?P<n>\d{1,2}|[一二三四五六七八九十两壹贰叁肆伍]{1,3}|半)\s*(?:[(](?:\d{1,2}|[一二三四五六七八九十两壹贰叁肆伍]{1,3})[)])?\s*(?P<u>个?年(?:度)?|个月|周年)")
        .expect("the length pattern is well formed")
});

/// From the day of signing: 自签订之日起, 自双方签字盖章之日起, 本协议签订后.
static FROM_SIGNING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:自|从|由)?(?:本|该)?(?:协议|合同)?[^,。;\d]{0,16}(?:签订|签署|签字|盖章|签章|生效|签约|订立)[^,。;\d]{0,6}(?:之日|日|当日|后)(?:起|开始|至|,|计算)?|即日起").expect("the start pattern is well formed")
});

static UNTIL: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?:至|到|截止?(?:至|到|于)?|-|—|~)\s*$").expect("the end pattern is well formed"));

/// The day of signing: the latest in the signature block, else a labelled date, else a dated sentence.
pub(super) fn signed_on(part: &Part<'_>, block: &[FoundDate]) -> Option<Placed> {
    let latest = block.iter().max_by_key(|f| (f.date.year, f.date.month, f.date.day));
    if let Some(found) = latest {
        return Some((found.date, found.range.clone()));
    }
    for line in &part.lines {
        for m in SIGNED.find_iter(line.text) {
            let found = day_dates(&line.text[m.end()..]).into_iter().next().filter(|f| line.text[m.end()..m.end() + f.range.start].chars().count() <= 2);
            if let Some(found) = found {
                let at = line.start + m.end();
                return Some((found.date, at + found.range.start..at + found.range.end));
            }
        }
    }
    for (n, line) in part.lines.iter().enumerate() {
        if SIGNED.find_iter(line.text).any(|m| m.end() == line.text.len())
            && let Some(next) = part.lines.get(n + 1)
            && let Some(found) = day_dates(next.text).into_iter().next().filter(|f| f.range.start == 0)
        {
            return Some((found.date, next.start..next.start + found.range.end));
        }
        for found in day_dates(line.text) {
            let before = &line.text[..found.range.start];
            if (before.ends_with('于') || before.is_empty()) && SIGNED_AFTER.is_match(&line.text[found.range.end..]) && found.date.day.is_some() {
                return Some((found.date, line.start + found.range.start..line.start + found.range.end));
            }
        }
    }
    None
}

/// From and to of the term, as far as printed or countable from the day of signing.
pub(super) fn term(part: &Part<'_>, signed: Option<&Placed>) -> (Option<Placed>, Option<Placed>) {
    let end = part.sign.as_ref().map_or(part.lines.len(), |s| s.start);
    let lines = &part.lines[..end];
    let mut best: (Option<Placed>, Option<Placed>) = (None, None);
    for (n, line) in lines.iter().enumerate() {
        for sentence in sentences(line.text) {
            let text = &line.text[sentence.clone()];
            let Some(word) = TERM.find(text) else { continue };
            if NOT_TERM.is_match(text) {
                continue;
            }
            let at = line.start + sentence.start;
            let found = in_sentence(&text[word.start()..], at + word.start(), signed);
            if found.0.is_some() && found.1.is_some() {
                return found;
            }
            if best.0.is_none() && best.1.is_none() {
                best = found;
            }
            // A heading (三、合作期限) is answered by the lines below it.
            let heading = word.end() + 24 >= text.len() && sentence.end == line.text.len();
            if heading {
                for next in lines.iter().skip(n + 1).take(3) {
                    if is_clause(next) && next.chars() < 16 && find_ranges(next.text).is_empty() {
                        break;
                    }
                    if NOT_TERM.is_match(next.text) {
                        continue;
                    }
                    let found = in_sentence(next.text, next.start, signed);
                    if found.0.is_some() && found.1.is_some() {
                        return found;
                    }
                    if best.0.is_none() && best.1.is_none() {
                        best = found;
                    }
                }
            }
        }
    }
    if best.0.is_some() || best.1.is_some() {
        return best;
    }
    labelled(lines).map_or_else(|| only_range(lines), |(first, last)| (Some(first), Some(last)))
}

/// Labels of the first and the last day in lines or cells of their own: 起始日期 | 2022.05.15 | 终止日期 | 2023.06.30.
static FIRST: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:合作|服务|协议|合同)?(?:起始|开始|生效)(?:日期|时间|日)?:?").expect("the pattern of first days is well formed"));
static LAST: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:合作|服务|协议|合同)?(?:终止|结束|截止|届满|到期)(?:日期|时间|日)?:?").expect("the pattern of last days is well formed"));

fn labelled(lines: &[Line<'_>]) -> Option<(Placed, Placed)> {
    let day = |label: &Regex| {
        lines.iter().enumerate().find_map(|(n, line)| {
            let end = label.find(line.text)?.end();
            let (line, at) = if end == line.text.len() { (lines.get(n + 1)?, 0) } else { (line, end) };
            let found = find_dates(&line.text[at..]).into_iter().next().filter(|found| found.range.start == 0 && found.date.month.is_some())?;
            Some((found.date, line.start + at + found.range.start..line.start + at + found.range.end))
        })
    };
    day(&FIRST).zip(day(&LAST)).filter(|(first, last)| first.0 <= last.0)
}

/// The one stretch of time that the clauses name, where nothing calls it a term: 四、自2022年1月1日至2023年12月31日.
fn only_range(lines: &[Line<'_>]) -> (Option<Placed>, Option<Placed>) {
    let mut found: Vec<(Placed, Placed)> = Vec::new();
    for line in lines {
        for sentence in sentences(line.text).into_iter().filter(|sentence| !NOT_TERM.is_match(&line.text[sentence.clone()])) {
            for range in find_ranges(&line.text[sentence.clone()]).into_iter().filter(|r| r.from.month.is_some() && r.to.month.is_some()) {
                let at = line.start + sentence.start;
                let place = |part: &Range<usize>| at + part.start..at + part.end;
                found.push(((range.from, place(&range.from_range)), (range.to, place(&range.to_range))));
            }
        }
    }
    match found.pop() {
        Some((from, to)) if found.is_empty() => (Some(from), Some(to)),
        _ => (None, None),
    }
}

/// Bytes of the sentences of a line; a sentence ends at a full stop or a semicolon.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if matches!(c, '。' | ';') {
            found.push(start..at);
            start = at + c.len_utf8();
        }
    }
    if start < text.len() {
        found.push(start..text.len());
    }
    found
}

fn in_sentence(text: &str, at: usize, signed: Option<&Placed>) -> (Option<Placed>, Option<Placed>) {
    let place = |range: &Range<usize>| at + range.start..at + range.end;
    if let Some(range) = find_ranges(text).into_iter().find(|r| r.from.month.is_some() || r.to.month.is_some() || r.from.year != r.to.year) {
        return (Some((range.from, place(&range.from_range))), Some((range.to, place(&range.to_range))));
    }
    let dates = day_dates(text);
    // 2022年4月5日起，2023年4月4日止; 5月5日始，5月4日终
    let ends = |d: &FoundDate| UNTIL.is_match(&text[..d.range.start]) || dates.len() > 1 && text[d.range.end..].starts_with(['止', '终']);
    let until = dates.iter().find(|d| ends(d));
    let from_signing = FROM_SIGNING.find(text);
    let from = match (dates.iter().find(|d| until.is_none_or(|u| u.range != d.range)), &from_signing) {
        (Some(date), _) => Some((date.date, place(&date.range))),
        (None, Some(words)) => signed.map(|(date, _)| (*date, place(&words.range()))),
        (None, None) => None,
    };
    if let Some(until) = until {
        let from = from.or_else(|| from_signing.as_ref().and_then(|words| signed.map(|(date, _)| (*date, place(&words.range())))));
        return (from, Some((until.date, place(&until.range))));
    }
    let Some(length) = LENGTH.captures_iter(text).find(|caps| !is_part_of_date(text, caps)) else {
        return (from.filter(|_| from_signing.is_none()), None);
    };
    let (Some(number), Some(unit), Some(all)) = (length.name("n"), length.name("u"), length.get(0)) else { return (None, None) };
    let start = from.or_else(|| signed.map(|(date, _)| (*date, place(&all.range()))));
    let Some(start) = start else { return (None, None) };
    let end = months(number.as_str(), unit.as_str()).and_then(|months| last_day(start.0, months));
    let end = end.map(|date| (date, place(&(number.start()..unit.end()))));
    (Some(start), end)
}

/// 2022年 in front of 5月 is a date, no length; 2022年度 neither.
fn is_part_of_date(text: &str, caps: &regex::Captures<'_>) -> bool {
    let (Some(number), Some(unit)) = (caps.name("n"), caps.name("u")) else { return true };
    let before = text[..number.start()].chars().next_back();
    let after = text[unit.end()..].chars().next();
    let digit = |c: char| c.is_ascii_digit() || "〇○零一二三四五六七八九".contains(c);
    before.is_some_and(digit)
        || (unit.as_str().starts_with('年')
            && after.is_some_and(|c| c.is_ascii_digit() && text[unit.end()..].contains('月') && text[unit.end()..].find('月').is_some_and(|at| at <= 3)))
}

fn months(number: &str, unit: &str) -> Option<i64> {
    let year = unit.contains('年');
    if number == "半" {
        return year.then_some(6);
    }
    let n = number.parse().ok().or_else(|| chinese_number(number)).filter(|n| (1..=60).contains(n))?;
    Some(if year { n * 12 } else { n })
}

/// The last day of a term of some months that begins on a date, as precise as the date.
fn last_day(from: PartialDate, months: i64) -> Option<PartialDate> {
    match (from.month, from.day) {
        (Some(_), Some(_)) => {
            let end = from.first_day()?.checked_add(months.months()).ok()?.yesterday().ok()?;
            Some(PartialDate::day(end.year(), end.month(), end.day()))
        }
        (Some(_), None) => {
            let end = from.first_day()?.checked_add((months - 1).months()).ok()?;
            Some(PartialDate { year: end.year(), month: Some(end.month()), day: None })
        }
        _ => (months % 12 == 0).then(|| PartialDate { year: from.year + i16::try_from(months / 12).unwrap_or(1) - 1, month: None, day: None }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(text: &str, signed: Option<PartialDate>) -> String {
        let signed = signed.map(|date| (date, 0..0));
        let (from, to) = in_sentence(text, 0, signed.as_ref());
        let show = |p: Option<Placed>| p.map_or("-".to_owned(), |(date, _)| date.to_string());
        format!("{}..{}", show(from), show(to))
    }

    #[test]
    fn the_term_is_printed_or_counted() {
        let day = Some(PartialDate::day(2022, 5, 10));
        assert_eq!(terms("合作期限自2022年5月10日起至2023年5月9日止", None), "2022-05-10..2023-05-09");
        assert_eq!(terms("自签订之日起一年", day), "2022-05-10..2023-05-09");
        assert_eq!(terms("本协议自双方签字盖章之日起生效,有效期为三年", day), "2022-05-10..2025-05-09");
        assert_eq!(terms("有效期两年", day), "2022-05-10..2024-05-09");
        assert_eq!(terms("合作期限为18个月", day), "2022-05-10..2023-11-09");
        assert_eq!(terms("自签订之日起至2022年12月31日止", day), "2022-05-10..2022-12-31");
        assert_eq!(terms("自2022年6月1日起,有效期2年", day), "2022-06-01..2024-05-31");
        assert_eq!(terms("合作期限为2022年6月至2023年5月", None), "2022-06..2023-05");
        assert_eq!(terms("自签订之日起一年", None), "-..-");
        assert_eq!(terms("有效期限:年月日至年月日", day), "-..-");
        assert_eq!(terms("合作从2022年5月6日开始,到2024年5月5日结束", None), "2022-05-06..2024-05-05");
        assert_eq!(terms("建站期限:2022年4月5日起,2023年4月4日止", None), "2022-04-05..2023-04-04");
        assert_eq!(terms("合作自2022年5月5日始,2024年5月4日终", None), "2022-05-05..2024-05-04");
        assert_eq!(terms("管两年", day), "2022-05-10..2024-05-09");
        assert_eq!(terms("三年内有效", day), "2022-05-10..2025-05-09");
        assert_eq!(terms("期限壹年(2022年5月1日至2023年4月30日)", None), "2022-05-01..2023-04-30");
    }
}
