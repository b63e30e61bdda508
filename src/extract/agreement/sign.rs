//! The signature block: who signed, and when.
use super::party;
use super::side::Sides;
use crate::extract::lines::Line;
use crate::model::Signature;
use crate::text::date::{FoundDate, find_dates, find_ranges};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A label of a signature block and the kind of value it waits for.
static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        (?P<rep>(?:甲方|乙方|丙方|丁方|委托方|受托方|单位|企业|项目)?(?:法定代表人|法人代表|法人|授权代表人?|委托代理人|授权代理人|代理人|代表人|代表|负责人|经办人|签字人|签约人|签署人|经办|联络人|理事长|会长|秘书长|院长|校长|所长|站长|主任|总经理|董事长)
            (?:[(][^()\n]{0,12}[)]|[或/、及]|法定代表人|授权代表人?|委托代理人|代表人?|签字|签名|签章|盖章)*\s*(?::|$)
          |(?:(?:甲方|乙方|丙方|丁方|委托方|受托方)?(?:签字|签名|代表签字)|签章)(?:处|人|盖章|[(][^()\n]{0,8}[)])?\s*(?::|$)
          |(?:法定代表人|法人代表|授权代表人?|委托代理人|代理人|代表人|代表|负责人|经办人)(?:[或/、及](?:法定代表人|授权代表人?|委托代理人|代理人|代表人?))?[(](?:签字|签名|签章|盖章|签字或盖章|签字盖章|签字或签章|签名或盖章|章)[)])
        |(?P<date>(?:签[订署字约]|合同签订|协议签订)?(?:日\s*期|时间)\s*:)
        |(?P<party>(?:甲方|乙方|丙方|丁方|委托方|受托方|委托人|受托人|服务方|需求方|供方|需方|委托单位|受托单位|主持单位|合作单位|承担单位|研究开发方)
            (?:单位|名称|全称|[(][^()\n]{0,24}[)])*\s*(?::|$|[(]?(?:盖章|公章|签章)[)]?:?))
        |(?P<seal>[(](?:盖\s*章|公\s*章|签\s*章|单位公章|单位盖章|加盖公章|章)[)]\s*:?)
        |(?P<other>(?:通讯|联系)?地\s*址\s*:|(?:联系)?电\s*话\s*:|联系人\s*:|联系方式\s*:|手机\s*:|传真\s*:|邮\s*编\s*:|邮政编码\s*:|开户(?:银)?行\s*:|开户名称?\s*:|户名\s*:|[账帐]\s*号\s*:|税号\s*:|签订地点\s*:|签约地点\s*:|地点\s*:|E-?mail\s*:|统一社会信用代码\s*:|住所地?\s*:)
        ",
    )
    .expect("the signature token pattern is well formed")
});

/// Representatives whose names stand behind the word without a colon, and nothing else in the line: 代表石继光代表邹月娥.
static BARE_REPRESENTATIVE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:(?:法定代表人|法人代表|委托代理人|授权代表|代表人?|负责人|经办人?|签字人?|签名)\p{Han}{2,4}?){1,3}$")
        .expect("the pattern of bare representatives is well formed")
});

/// The head of a place to sign: 签字盖章, 双方签章.
static SIGN_HEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[(]?(?:双方|各方|三方|协议)?(?:签字(?:盖章|签章)|盖章签字|签署|签章)(?:栏|页|处)?[)]?$")
        .expect("the pattern of heads to sign under is well formed")
});

/// A cell that asks for the day of signing; its answer stands beside it.
static DATE_CELL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:签[订署字约]|盖章|签章)?(?:日期|时间)$").expect("the pattern of date cells is well formed"));

/// A blank date line: 年 月 日 with nothing in one of its places.
static BLANK_DATE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:(?:20)?[_\d]*)?\s*年[_\s]*\d*[_\s]*月[_\s]*\d*[_\s]*日").expect("the blank date pattern is well formed"));

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    Party,
    Rep,
    Date,
    Seal,
    Other,
}

/// Party labels side by side with nothing between them: 甲方　　　乙方.
static SIDE_BY_SIDE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:(?:甲方|乙方|丙方|丁方|委托方|受托方)(?:单位)?(?:[(][^()\n]{0,16}[)])*:?_*){2,4}$").expect("the side by side pattern is well formed")
});

/// Whether a line belongs to a signature block, and whether it says so by itself.
fn looks_signed(text: &str, sides: &Sides) -> (bool, bool) {
    if text.chars().count() > 120 || text.contains('。') {
        return (false, false);
    }
    let strong = sides.labels(text).any(|l| l.seal)
        || TOKEN.captures_iter(text).any(|caps| caps.name("seal").is_some() || (caps.name("rep").is_some() && caps.get(0).is_some_and(|m| m.start() < 30)))
        || (text.contains("盖章") || text.contains("签章")) && text.chars().count() < 40;
    let weak = strong
        || SIDE_BY_SIDE.is_match(text)
        || BARE_REPRESENTATIVE.is_match(text)
        || sides.labels(text).next().is_some_and(|label| label.range.start == 0)
        || TOKEN.is_match(text)
        || is_date_line(text)
        || text.trim_matches('_').is_empty();
    (weak, strong)
}

fn is_date_line(text: &str) -> bool {
    if text.chars().count() > 48 || !find_ranges(text).is_empty() {
        return false;
    }
    let rest = find_dates(text).iter().rev().fold(text.to_owned(), |mut rest, found| {
        rest.replace_range(found.range.clone(), "");
        rest
    });
    let rest = BLANK_DATE.replace_all(&rest, "");
    rest.len() < text.len() && rest.chars().filter(|c| c.is_alphanumeric()).count() <= 6
}

/// The last run of signature lines after the body begins; it must name a seal, a signature or two parties with a date.
pub(super) fn block(lines: &[Line<'_>], body: usize, sides: &Sides) -> Option<Range<usize>> {
    // A block that names the parties is preferred to a later one that does not (the registration office's).
    let mut found: Option<(Range<usize>, bool)> = None;
    let mut run: Option<(usize, usize, bool, usize)> = None;
    let close = |run: &mut Option<(usize, usize, bool, usize)>, found: &mut Option<(Range<usize>, bool)>| {
        if let Some((start, end, strong, parties)) = run.take()
            && (strong || parties >= 2)
        {
            let dated = lines[start..end].iter().any(|l| is_date_line(l.text) || TOKEN.captures_iter(l.text).any(|c| c.name("date").is_some()));
            let poorer = parties == 0 && found.as_ref().is_some_and(|(_, named)| *named);
            if (strong || dated) && !poorer {
                *found = Some((start..end, parties > 0));
            }
        }
    };
    for (n, line) in lines.iter().enumerate().skip(body) {
        let (weak, strong) = looks_signed(line.text, sides);
        if weak {
            let parties = sides.labels(line.text).count().max(if SIDE_BY_SIDE.is_match(line.text) { 2 } else { 0 });
            match &mut run {
                Some((_, end, seen, count)) => {
                    *end = n + 1;
                    *seen |= strong;
                    *count += parties;
                }
                None => run = Some((n, n + 1, strong, parties)),
            }
            continue;
        }
        let broken = match &run {
            // names and signers stand row by row below their heads
            Some((_, end, ..)) if is_rows_below(&lines[*end - 1], line) => super::part::is_clause(line),
            // a sentence of what is bound behind it: 经七天测试，…。 over another body's name and day
            Some((_, end, ..)) => n - *end >= 3 || line.chars() > 60 || super::part::is_clause(line) || super::part::is_prose(line),
            None => false,
        };
        if broken {
            close(&mut run, &mut found);
        }
    }
    close(&mut run, &mut found);
    found.map(|(range, _)| range)
}

/// Rows of a table to sign in that may lie between two lines that say what they are.
const ROWS_BETWEEN: u32 = 3;

/// Whether a short line stands a few rows below another in one table.
fn is_rows_below(above: &Line<'_>, line: &Line<'_>) -> bool {
    match (above.row, line.row) {
        (Some((table, row)), Some((own, at))) => table == own && (row..=row + ROWS_BETWEEN).contains(&at) && line.chars() <= 40,
        _ => false,
    }
}

/// Parties headed side by side in a table (甲方（签章） | 乙方（签章）) answer row by row below: how many rows leave one of them out. An
/// empty cell leaves no line.
fn rows_left_open(lines: &[Line<'_>], sides: &Sides) -> usize {
    let heads = lines
        .chunk_by(|a, b| a.row == b.row)
        .enumerate()
        .find(|(_, row)| row[0].row.is_some() && row.len() >= 2 && row.iter().all(|line| is_party_alone(line, sides)));
    let Some((at, heads)) = heads else { return 0 };
    let table = heads[0].row.map(|(table, _)| table);
    let below = lines.chunk_by(|a, b| a.row == b.row).skip(at + 1).take_while(|row| row[0].row.map(|(table, _)| table) == table);
    // 代表人 | 甲某 | 乙某: what is to be signed stands before the answers
    let answers = |row: &&[Line<'_>]| row.iter().skip(usize::from(COLUMN.is_match(row[0].text))).count();
    below.filter(|row| answers(row) < heads.len()).count()
}

/// A head of a table to sign in, one row a party: 单位（盖章）, 代表（签字）, 日期.
static COLUMN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:单位|名称|单位名称|各方|法定代表人|授权代表|代表人?|负责人|经办人|签字|签名|签章|盖章|签字日期|签订日期|签署日期|日期|时间)(?:[(][^()\n]{0,12}[)]|[或/、及]|签字|签名|签章|盖章)*$")
        .expect("the pattern of column heads is well formed")
});

/// A cell that holds a party's label and nothing else.
fn is_party_alone(line: &Line<'_>, sides: &Sides) -> bool {
    sides.labels(line.text).next().is_some_and(|label| label.range.len() == line.text.len())
}

/// The heads of such a table, where one of them asks for a signature.
fn columns(lines: &[Line<'_>], sides: &Sides) -> Range<usize> {
    let is_head = |line: &Line<'_>| COLUMN.is_match(line.text);
    for start in (0..lines.len()).filter(|n| is_head(&lines[*n])) {
        let length = lines[start..].iter().take_while(|line| is_head(line)).count();
        let heads = &lines[start..start + length];
        let signs = heads.iter().any(|line| ["代表", "负责人", "经办人", "签字", "签名"].iter().any(|word| line.text.contains(word)));
        let of_party = lines.get(start + length).is_some_and(|line| is_party_alone(line, sides));
        if length >= 2 && signs && of_party {
            return start..start + length;
        }
    }
    0..0
}

/// What a signature block says.
pub(super) struct Signed {
    pub signature: Signature,
    /// The dates in it, with their bytes in the text.
    pub dates: Vec<FoundDate>,
    /// Names typed beside the party labels.
    pub parties: Vec<party::Found>,
}

/// Reads a block; `names` are the parties' as the head of the agreement has them, `dated` says that it prints its date elsewhere.
pub(super) fn read(lines: &[Line<'_>], sides: &Sides, names: &[&str], dated: bool) -> Signed {
    let mut slots: Vec<(Slot, bool)> = Vec::new();
    let mut dates = Vec::new();
    let columns = columns(lines, sides);
    let mut signers: Vec<(Signer, usize)> = Vec::new();
    for (n, line) in lines.iter().enumerate().filter(|(n, _)| !columns.contains(n)) {
        if !columns.is_empty() && is_party_alone(line, sides) {
            // An empty cell leaves no line: a row with fewer answers than heads has something to fill in.
            let answers = lines[n + 1..].iter().take_while(|next| !is_party_alone(next, sides)).take(columns.len()).count();
            slots.extend([(Slot::Party, answers > 0), (Slot::Rep, answers == columns.len())]);
            continue;
        }
        // 六、双方签章
        if SIGN_HEAD.is_match(&line.text[super::part::numbered(line.text).unwrap_or(0)..]) {
            continue;
        }
        let found = day_dates(line.text);
        let tokens = tokens(line.text, sides);
        if tokens.is_empty() && BARE_REPRESENTATIVE.is_match(line.text) {
            slots.push((Slot::Rep, true));
        }
        let mut beside = false;
        for (i, (kind, range)) in tokens.iter().enumerate() {
            let until = tokens.get(i + 1).map_or(line.text.len(), |next| next.1.start);
            let mut value = line.text[range.end.min(until)..until].to_owned();
            if value.trim_matches(['_', ' ', '/']).is_empty() && !value.contains('_') && tokens.len() == 1 && matches!(kind, Slot::Rep | Slot::Party) {
                value = lines
                    .get(n + 1)
                    .filter(|next| {
                        (!TOKEN.is_match(next.text) || is_sealed_name(next.text))
                            && !COLUMN.is_match(next.text)
                            && !DATE_CELL.is_match(next.text)
                            && !is_date_line(next.text)
                            && next.chars() <= 40
                    })
                    .map_or(String::new(), |l| l.text.to_owned());
            }
            // 代表（签字）：甲某　　代表（签字）：: the second name ran over into the next line
            let is_last = i > 0 && i + 1 == tokens.len() && *kind == Slot::Rep && value.chars().count() <= 1;
            if is_last && beside && line.row.is_none() {
                value.push_str(lines.get(n + 1).filter(|next| next.row.is_none()).map_or("", |next| next.text));
                value = Some(value).filter(|name| is_person(name)).unwrap_or_default();
            }
            beside = *kind == Slot::Rep && has_words(&value);
            match kind {
                // 徐州市护理学会（盖章）: a name without a label
                Slot::Seal if i == 0 && super::side::is_organisation(&line.text[..range.start]) => slots.push((Slot::Party, true)),
                Slot::Date | Slot::Other | Slot::Seal => {}
                _ => {
                    let filled = has_words(&value);
                    if *kind == Slot::Rep {
                        signers.push((signer(&line.text[range.clone()]), slots.len()));
                    }
                    slots.push((*kind, filled));
                }
            }
        }
        let next_cell = lines.get(n + 1).filter(|next| next.row == line.row);
        if line.row.is_some() && DATE_CELL.is_match(line.text) && !next_cell.is_some_and(|next| is_date_line(next.text)) {
            slots.push((Slot::Date, false));
        }
        let blanks = blank_dates(line.text, &found);
        let date_labels = tokens.iter().filter(|(kind, _)| *kind == Slot::Date).count();
        slots.extend(std::iter::repeat_n((Slot::Date, true), found.len()));
        let date_follows = lines.get(n + 1).is_some_and(|next| is_date_line(next.text) && !TOKEN.is_match(next.text));
        let unanswered = if date_follows { 0 } else { date_labels.saturating_sub(found.len()) };
        let missing = blanks.max(unanswered);
        slots.extend(std::iter::repeat_n((Slot::Date, false), missing));
        dates.extend(found.into_iter().map(|f| FoundDate { date: f.date, range: line.start + f.range.start..line.start + f.range.end }));
    }
    one_of_two_signs(&signers, &mut slots);
    slots.extend(std::iter::repeat_n((Slot::Rep, false), rows_left_open(lines, sides)));
    // Names that stand below their labels: 甲方（公章） 乙方（公章）, in the next line both names.
    let printed = |name: &&&str| name.chars().count() >= 4 && lines.iter().any(|line| line.text.contains(**name));
    if names.len() >= 2 && names.iter().filter(printed).count() == names.len() {
        slots.iter_mut().filter(|(slot, _)| *slot == Slot::Party).for_each(|(_, filled)| *filled = true);
    }
    Signed { signature: judge(&slots, dated), dates, parties: party::header(lines, sides) }
}

/// Who a line to sign is for, where a form prints two of them: 法定代表人 and 委托代理人.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Signer {
    Legal,
    Agent,
    Any,
}

fn signer(label: &str) -> Signer {
    let agent = ["代理", "委托", "授权"].iter().any(|word| label.contains(word));
    match (label.contains("法定") || label.contains("法人"), agent) {
        (true, false) => Signer::Legal,
        (false, true) => Signer::Agent,
        _ => Signer::Any,
    }
}

/// One of the two signs for a party: where all of one sort are signed, as many lines of the other may stay blank.
fn one_of_two_signs(signers: &[(Signer, usize)], slots: &mut [(Slot, bool)]) {
    let of = |wanted: Signer| signers.iter().filter(move |(signer, _)| *signer == wanted).map(|(_, slot)| *slot);
    for (signed, blank) in [(Signer::Agent, Signer::Legal), (Signer::Legal, Signer::Agent)] {
        let all = of(signed).count();
        if all >= 2 && of(blank).count() == all && of(signed).all(|slot| slots[slot].1) {
            of(blank).for_each(|slot| slots[slot].1 = true);
        }
    }
}

/// The labels of a line in order; a paper's own words for its sides count.
fn tokens(text: &str, sides: &Sides) -> Vec<(Slot, Range<usize>)> {
    let mut tokens: Vec<(Slot, Range<usize>)> = TOKEN.captures_iter(text).filter_map(|caps| Some((slot(&caps), caps.get(0)?.range()))).collect();
    for label in sides.labels(text) {
        if tokens.iter().all(|(_, known)| known.end <= label.range.start || label.range.end <= known.start) {
            tokens.push((Slot::Party, label.range));
        }
    }
    tokens.sort_by_key(|(_, range)| range.start);
    tokens
}

fn slot(caps: &regex::Captures<'_>) -> Slot {
    if caps.name("rep").is_some() {
        Slot::Rep
    } else if caps.name("date").is_some() {
        Slot::Date
    } else if caps.name("party").is_some() {
        Slot::Party
    } else if caps.name("seal").is_some() {
        Slot::Seal
    } else {
        Slot::Other
    }
}

/// Dates printed at least to the month.
pub(super) fn day_dates(text: &str) -> Vec<FoundDate> {
    find_dates(text).into_iter().filter(|f| f.date.month.is_some()).collect()
}

/// 单承志（签章）: a name with the hint to sign behind it.
fn is_sealed_name(text: &str) -> bool {
    let seal = TOKEN.captures(text).and_then(|caps| caps.name("seal"));
    seal.is_some_and(|seal| seal.end() == text.len() && is_person(&text[..seal.start()]))
}

/// A line that may be a person's name and nothing else.
fn is_person(text: &str) -> bool {
    (2..=4).contains(&text.chars().count()) && text.chars().all(|c| crate::text::fold::is_cjk(c) && c.is_alphabetic()) && !text.contains(['年', '月', '章'])
}

/// Date lines with a blank: `2022年 月 日`, `年 月 日`.
fn blank_dates(text: &str, filled: &[FoundDate]) -> usize {
    BLANK_DATE.find_iter(text).filter(|m| filled.iter().all(|f| f.range.end <= m.start() || m.end() <= f.range.start)).count()
}

/// A value is filled when words are left after fillers, blank dates and seal hints.
fn has_words(value: &str) -> bool {
    let rest = BLANK_DATE.replace_all(value, "");
    let rest = rest.replace("盖章", "").replace("签字", "").replace("签章", "").replace("公章", "").replace("印章", "");
    // 章振: a name may begin with the letter of the seal
    let name = rest.trim_matches(|c: char| !c.is_alphanumeric());
    if (2..=4).contains(&name.chars().count()) && name.chars().all(crate::text::fold::is_cjk) && !name.contains(['年', '月', '日']) {
        return true;
    }
    rest.chars().filter(|c| c.is_alphanumeric() && !"年月日章".contains(*c)).count() >= 2
}

fn judge(slots: &[(Slot, bool)], dated: bool) -> Signature {
    let of = |kind: Slot| slots.iter().filter(move |(k, _)| *k == kind);
    let (reps, reps_filled) = (of(Slot::Rep).count(), of(Slot::Rep).filter(|s| s.1).count());
    let (days, days_filled) = (of(Slot::Date).count(), of(Slot::Date).filter(|s| s.1).count());
    let (names, names_filled) = (of(Slot::Party).count(), of(Slot::Party).filter(|s| s.1).count());
    if reps + days + names == 0 {
        return Signature::Unknown;
    }
    // A printed name beside 甲方 is no signature: alone it proves nothing where a line to sign or to date stays blank.
    let signed = if reps > 0 { reps_filled } else { names_filled };
    let to_sign = if reps > 0 { reps } else { names };
    let day_known = if days > 0 { days_filled == days } else { dated };
    if signed == to_sign && to_sign > 0 && day_known {
        return Signature::Filled;
    }
    // Dated, with no line for a person to sign and no name printed: whether it is sealed is not in the text.
    if reps == 0 && names_filled == 0 && days > 0 && days_filled == days {
        return Signature::Unknown;
    }
    if reps_filled == 0 && days_filled == 0 && (reps + days > 0 || names_filled == 0) {
        return Signature::Blank;
    }
    Signature::Partly
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::BlockKind;

    #[test]
    fn a_table_to_sign_in_is_filled_only_where_every_row_is() {
        let signature = |rows: &str| {
            let mut start = 0;
            let lines: Vec<Line<'_>> = rows
                .split('|')
                .map(|text| {
                    let line = Line { text, start, kind: BlockKind::Cell, label: None, row: None };
                    start += text.len() + 1;
                    line
                })
                .collect();
            read(&lines, &Sides::default(), &[], false).signature
        };
        let heads = "单位(盖章)|代表(签字)|日期|甲方|沛县启明种植专业合作社|";
        assert_eq!(signature(&format!("{heads}喻佳慧|2022年3月4日|乙方|徐州市眼科学会|孙宗泽|2022年3月4日")), Signature::Filled);
        assert_eq!(signature(&format!("{heads}喻佳慧|2022年3月4日|乙方|徐州市眼科学会")), Signature::Partly);
        assert_eq!(signature(&format!("{heads}乙方|徐州市眼科学会")), Signature::Blank);
        assert_eq!(signature(&format!("{heads}章振|2022年3月4日|乙方|徐州市眼科学会|章燕|2022年3月4日")), Signature::Filled);
        let sealed = "委托方(甲方)|单位名称|沛县启明种植专业合作社(章)|法定代表人/委托代理人|喻佳慧(签章)|签订日期:2022年3月4日";
        assert_eq!(signature(sealed), Signature::Filled);
        assert_eq!(signature(&sealed.replace("喻佳慧", "").replace("2022年3月4日", "")), Signature::Blank);
    }

    #[test]
    fn a_side_whose_cells_are_empty_did_not_sign() {
        let signature = |rows: &[&[&'static str]]| {
            let mut start = 0;
            let mut lines: Vec<Line<'_>> = Vec::new();
            for (row, cells) in (1u32..).zip(rows) {
                for text in cells.iter() {
                    lines.push(Line { text, start, kind: BlockKind::Cell, label: None, row: Some((1, row)) });
                    start += text.len() + 1;
                }
            }
            read(&lines, &Sides::default(), &["徐州市护理学会", "徐州市康宁护理院"], false).signature
        };
        let both: [&[&str]; 3] = [
            &["甲方(盖章)", "徐州市康宁护理院", "乙方(盖章)", "徐州市护理学会"],
            &["代表(签字)", "万向阳", "代表(签字)", "苏秀兰"],
            &["签订时间", "2022年2月3日", "签订时间", "2022年2月3日"],
        ];
        assert_eq!(signature(&both), Signature::Filled);
        let one: [&[&str]; 3] =
            [&["甲方(盖章)", "徐州市康宁护理院", "乙方(盖章)"], &["代表(签字)", "万向阳", "代表(签字)"], &["签订时间", "2022年2月3日", "签订时间"]];
        assert_eq!(signature(&one), Signature::Partly);
        // 甲方签章 is the place of its seal where a person signs below
        let sealed: [&[&str]; 4] = [
            &["甲方签章", "乙方签章"],
            &["徐州市康宁护理院", "徐州市护理学会"],
            &["签约人:万向阳", "签约人:苏秀兰"],
            &["签约日期:2022年2月3日", "签约日期:2022年2月3日"],
        ];
        assert_eq!(signature(&sealed), Signature::Filled);
    }

    #[test]
    fn a_name_that_ran_over_into_the_next_line_is_a_signature() {
        let signature = |text: &'static str| {
            let mut start = 0;
            let lines: Vec<Line<'_>> = text
                .split('\n')
                .map(|text| {
                    let line = Line { text, start, kind: BlockKind::Paragraph, label: None, row: None };
                    start += text.len() + 1;
                    line
                })
                .collect();
            read(&lines, &Sides::default(), &[], true).signature
        };
        assert_eq!(signature("法定代表人(签字):万向阳法定代表人(签字):\n苏秀兰\n日期:2022年3月1日日期:2022年3月1日"), Signature::Filled);
        assert_eq!(signature("法定代表人(签字):万向阳法定代表人(签字):\n日期:2022年3月1日日期:2022年3月1日"), Signature::Partly);
        assert_eq!(signature("法定代表人(签字):万向阳法定代表人(签字):苏\n秀兰\n日期:2022年3月1日日期:2022年3月1日"), Signature::Filled);
        assert_eq!(signature("法定代表人:\n法定代表人:\n委托代理人:胡小欣\n委托代理人:于小军\n签约日期:2022年3月8日"), Signature::Filled);
        assert_eq!(signature("法定代表人:\n法定代表人:\n委托代理人:胡小欣\n委托代理人:\n签约日期:2022年3月8日"), Signature::Partly);
        assert_eq!(signature("法定代表人(签字):法定代表人(签字):\n苏秀兰\n日期:2022年3月1日日期:2022年3月1日"), Signature::Partly);
    }

    #[test]
    fn a_date_line_is_told_from_a_sentence() {
        assert!(is_date_line("2022年5月10日2022年5月11日"));
        assert!(is_date_line("年月日年月日"));
        assert!(is_date_line("签订日期:2022年5月10日"));
        assert!(!is_date_line("2022.05.20-2023.05.19"));
        assert!(!is_date_line("本协议自2022年5月10日起生效,有效期一年"));
    }
}
