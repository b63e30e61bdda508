//! Whose responsibilities, rights and duties an agreement states.
use super::part::{Part, is_clause};
use super::party::Found;
use crate::extract::lines::Line;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Sections about the parties' duties.
static DUTIES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"责任|权利|义务|职责|分工|权责|责权利|合作内容|合作方式|合作事项|服务内容|服务事项|委托事项|工作内容|任务|承诺")
        .expect("the duty heading pattern is well formed")
});

/// Sections in which a sentence about one party states no duty of the cooperation.
static BOILERPLATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"违约|争议|纠纷|保密|知识产权|成果|生效|变更|解除|终止|其他|其它|附则|未尽|费用|经费|支付|付款|报酬|结算|价款|期限|有效期|时间|不可抗力|通知|免责|违反").expect("the boilerplate pattern is well formed")
});

/// Sentences that name a party without giving it a duty of the cooperation.
static NO_DUTY: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"违约|盖章|争议|仲裁|诉讼|__|解除|终止").expect("the exclusion pattern is well formed"));

/// A bare payment, in a text without headings.
static PAYMENT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^[^,]{0,12}(?:支付|付清|拨付)").expect("the payment pattern is well formed"));

const VERBS: &str = r"应当?|须|需|必须|有权|负责|承担|享有|提供|保证|有义务|有责任|确保|协助|配合|组织|派出?|指派|委派|安排|接受|享受|可以?|不得|开展|落实|牵头|参与|协调|建立|选派|指定|推荐|为[^,。;]{1,20}提供|对[^,。;]{1,20}进行|向[^,。;]{1,20}提供|按[照期时]?|根据|支持|定期|及时|免费|优先|主动|同意|委托|聘请";

/// A party's part of the text: role and bytes in `View::text` of the words that show it.
pub(super) type Duty = (String, Range<usize>);

/// One duty a party, in the order of the parties; a one-sided text gives one.
pub(super) fn duties(part: &Part<'_>, parties: &[Found]) -> Vec<Duty> {
    let end = part.sign.as_ref().map_or(part.lines.len(), |s| s.start);
    let lines = part.lines.get(part.body..end).unwrap_or(&[]);
    let in_columns = columns(lines, parties);
    if in_columns.len() >= 2 {
        return in_columns;
    }
    let sectioned = lines.iter().any(|l| heading(l).is_some_and(|h| DUTIES.is_match(h)));
    parties.iter().filter_map(|party| find(lines, &Called::new(party, part), sectioned).map(|range| (party.role.clone(), range))).collect()
}

/// Duties set in a table, a column a party: 事项 | 甲方 | 乙方 over 责任 | … | ….
fn columns(lines: &[Line<'_>], parties: &[Found]) -> Vec<Duty> {
    for row in lines.chunk_by(|a, b| a.row.is_some() && a.row == b.row) {
        let Some((table, number)) = row[0].row else { continue };
        let heads: Vec<(&Found, &Line<'_>)> = parties.iter().filter_map(|party| Some((party, row.iter().find(|cell| cell.text == party.role)?))).collect();
        if heads.len() < 2 {
            continue;
        }
        let below = lines.chunk_by(|a, b| a.row.is_some() && a.row == b.row).filter(|row| row[0].row.is_some_and(|(t, n)| t == table && n > number));
        let told = |row: &[Line<'_>]| DUTIES.is_match(row[0].text) && row.len() > heads.len();
        if below.filter(|row| told(row)).count() > 0 {
            return heads.into_iter().map(|(party, cell)| (party.role.clone(), cell.range())).collect();
        }
    }
    Vec::new()
}

/// Behind a party at the beginning of a clause about its duties: 甲方(委托单位)的主要义务.
static OF_DUTY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:单位)?(?:[(][^()]{0,20}[)])?(?:的)?(?:主要|具体|基本)?(?:权利|义务|责任|职责|分工|任务|工作|承诺|权责|权益)")
        .expect("the pattern behind a party is well formed")
});

/// Behind a party in a sentence: what it has to do.
static DOES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"^(?:单位)?(?:[(][^()]{{0,20}}[)])?(?::[^_\s]{{6,}}|(?:也|还|将|则|另|均|同时|主要|作为[^,。;:]{{1,20}},?|在[^,。;:]{{1,24}},?|每[^,。;:]{{1,8}}|根据[^,。;:]{{1,20}},?)?(?:{VERBS})[^,。;:_]{{2,}})"
    ))
    .expect("the pattern of a duty is well formed")
});

/// （一）甲方: a heading of its own within a section about duties.
static BEFORE_ALONE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[(（]?[一二三四五六七八九十\d]{0,3}[)）、.]*$").expect("the pattern of a number is well formed"));
const BEHIND_ALONE: [&str; 4] = ["", ":", "单位", "单位:"];

/// How a text calls a party: 甲方, its name, the short name that it gives it.
struct Called {
    words: Vec<String>,
}

impl Called {
    fn new(party: &Found, part: &Part<'_>) -> Self {
        let name = Some(crate::text::tight(&party.name)).filter(|name| name.chars().count() >= 4);
        let short = part.sides.short_names(&party.name).map(str::to_owned);
        let words = std::iter::once(party.role.clone()).chain(name).chain(short).filter(|word| !word.is_empty()).collect();
        Self { words }
    }

    /// Where the party is called, from left to right; bytes.
    fn places<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
        let of = |word: &'t String| text.match_indices(word.as_str()).map(|(at, word)| at..at + word.len());
        let mut all: Vec<Range<usize>> = self.words.iter().flat_map(of).collect();
        all.sort_by_key(|place| place.start);
        all.into_iter()
    }

    fn heads_duties(&self, head: &str) -> Option<Range<usize>> {
        self.places(head).find(|place| {
            let before = head[..place.start].chars().next_back();
            !before.is_some_and(|c| "向为对给与和及同跟".contains(c)) && OF_DUTY.is_match(&head[place.end..])
        })
    }

    fn stands_alone(&self, head: &str) -> Option<Range<usize>> {
        self.places(head).find(|place| BEHIND_ALONE.contains(&&head[place.end..]) && BEFORE_ALONE.is_match(&head[..place.start]))
    }

    /// Sentences that say what the party has to do, each behind the one before.
    fn sentences<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
        let mut from = 0;
        self.places(text).filter(move |place| {
            let before = text[..place.start].chars().next_back();
            let begins = before.is_none_or(|c| c.is_ascii_digit() || ('①'..='⑳').contains(&c) || c.is_whitespace() || ",;。:、.()（）由条款●■·-".contains(c));
            let free = place.start - before.map_or(0, char::len_utf8) >= from || place.start == 0;
            let found = if begins && free { DOES.find(&text[place.end..]) } else { None };
            from = found.map_or(from, |found| place.end + found.end());
            found.is_some()
        })
    }
}

/// A clause heading's words: the line, or what stands before its colon.
fn heading<'v>(line: &Line<'v>) -> Option<&'v str> {
    let head = line.text.split([':', '。']).next().unwrap_or(line.text);
    let numbered = is_clause(line);
    let chars = head.chars().count();
    let closed = head.len() == line.text.len() || line.text[head.len()..].starts_with(':');
    ((numbered && chars <= 26 && !head.contains([',', ';'])) || (closed && chars <= 14 && DUTIES.is_match(head))).then_some(head)
}

fn find(lines: &[Line<'_>], party: &Called, sectioned: bool) -> Option<Range<usize>> {
    let mut boiler = false;
    let mut in_duties = false;
    for (n, line) in lines.iter().enumerate() {
        if let Some(head) = heading(line) {
            let duties = DUTIES.is_match(&head.replace("违约责任", "").replace("保密责任", "").replace("保密义务", ""));
            let own = party.heads_duties(head);
            if let Some(m) = own
                && duties
                && !head.contains("违约")
                && (line.text.len() > head.len() + 12 || says_something(lines.get(n + 1..).unwrap_or(&[])))
            {
                return Some(line.start + m.start..line.start + head.len());
            }
            // 一、甲方: a clause that is headed by a party alone is about what it does
            if (in_duties || !boiler && is_clause(line))
                && let Some(m) = party.stands_alone(head)
                && says_something(lines.get(n + 1..).unwrap_or(&[]))
            {
                return Some(line.start + m.start..line.start + m.end);
            }
            if main_heading(line) {
                in_duties = duties;
            }
            if duties {
                boiler = false;
            } else if BOILERPLATE.is_match(head) && main_heading(line) {
                boiler = true;
            } else if main_heading(line) {
                boiler = false;
            }
        }
        if boiler {
            continue;
        }
        for role in party.sentences(line.text) {
            let sentence = line.text[role.start..].split(['。', ';']).next().unwrap_or("");
            if NO_DUTY.is_match(sentence) || (!sectioned && PAYMENT.is_match(sentence)) {
                continue;
            }
            return Some(line.start + role.start..line.start + role.start + sentence.len());
        }
    }
    None
}

/// A heading of the first rank: 第三条, 三、.
fn main_heading(line: &Line<'_>) -> bool {
    let first = line.label.unwrap_or(line.text);
    first.starts_with('第')
        || first.chars().next().is_some_and(|c| "一二三四五六七八九十".contains(c))
        || first.chars().next().is_some_and(|c| c.is_ascii_digit()) && heading(line).is_some_and(|h| h.len() == line.text.len())
}

/// Whether a heading has text of its own below it, before the next heading of the first rank.
fn says_something(lines: &[Line<'_>]) -> bool {
    lines
        .iter()
        .take(4)
        .take_while(|l| {
            // 1.指定专人对接并提供现场条件 is a duty, no heading
            let item = l.text.starts_with(|c: char| c.is_ascii_digit()) && !DUTIES.is_match(l.text) && !BOILERPLATE.is_match(l.text);
            item || !(heading(l).is_some() && main_heading(l) && l.chars() < 16 && !l.text.contains(':'))
        })
        .any(|l| l.text.chars().filter(|c| c.is_alphanumeric()).count() >= 6)
}
