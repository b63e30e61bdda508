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
    let sectioned = lines.iter().any(|l| heading(l).is_some_and(|h| DUTIES.is_match(h)));
    parties
        .iter()
        .filter_map(|party| {
            let patterns = Patterns::new(party)?;
            find(lines, &patterns, sectioned).map(|range| (party.role.clone(), range))
        })
        .collect()
}

struct Patterns {
    /// （一）甲方: a heading of its own within a section about duties.
    alone: Regex,
    heading: Regex,
    sentence: Regex,
}

impl Patterns {
    /// `None` where the role has no words to search for.
    fn new(party: &Found) -> Option<Self> {
        let role = regex::escape(&party.role);
        let name = if party.name.chars().count() >= 4 { format!("|{}", regex::escape(&crate::text::tight(&party.name))) } else { String::new() };
        let role = format!("(?:{role}{name})");
        let heading = format!(
            r"(?:^|[^向为对给与和及同跟])(?P<r>{role})(?:单位)?(?:[(][^()]{{0,20}}[)])?(?:的)?(?:主要|具体|基本)?(?:权利|义务|责任|职责|分工|任务|工作|承诺|权责|权益)"
        );
        let sentence = format!(
            r"(?:^|[,;。:、\d.()（）\s由条款])(?P<r>{role})(?:单位)?(?:[(][^()]{{0,20}}[)])?(?::[^_\s]{{6,}}|(?:也|还|将|则|另|均|同时|主要|作为[^,。;:]{{1,20}},?|在[^,。;:]{{1,24}},?|每[^,。;:]{{1,8}}|根据[^,。;:]{{1,20}},?)?(?:{VERBS})[^,。;:_]{{2,}})"
        );
        let alone = format!(r"^(?:[(（]?[一二三四五六七八九十\d]{{0,3}}[)）、.]*)(?P<r>{role})(?:单位)?:?$");
        Some(Self { alone: Regex::new(&alone).ok()?, heading: Regex::new(&heading).ok()?, sentence: Regex::new(&sentence).ok()? })
    }
}

/// A clause heading's words: the line, or what stands before its colon.
fn heading<'v>(line: &Line<'v>) -> Option<&'v str> {
    let head = line.text.split([':', '。']).next().unwrap_or(line.text);
    let numbered = is_clause(line);
    let chars = head.chars().count();
    let closed = head.len() == line.text.len();
    ((numbered && chars <= 26 && !head.contains([',', ';'])) || (closed && chars <= 14 && DUTIES.is_match(head))).then_some(head)
}

fn find(lines: &[Line<'_>], patterns: &Patterns, sectioned: bool) -> Option<Range<usize>> {
    let mut boiler = false;
    let mut in_duties = false;
    for (n, line) in lines.iter().enumerate() {
        if let Some(head) = heading(line) {
            let duties = DUTIES.is_match(&head.replace("违约责任", "").replace("保密责任", "").replace("保密义务", ""));
            let own = patterns.heading.captures(head).and_then(|caps| caps.name("r"));
            if let Some(m) = own
                && duties
                && !head.contains("违约")
                && (line.text.len() > head.len() + 12 || says_something(lines.get(n + 1..).unwrap_or(&[])))
            {
                return Some(line.start + m.start()..line.start + head.len());
            }
            if in_duties
                && let Some(m) = patterns.alone.captures(head).and_then(|caps| caps.name("r"))
                && says_something(lines.get(n + 1..).unwrap_or(&[]))
            {
                return Some(line.start + m.start()..line.start + m.end());
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
        for caps in patterns.sentence.captures_iter(line.text) {
            let Some(role) = caps.name("r") else { continue };
            let sentence = line.text[role.start()..].split(['。', ';']).next().unwrap_or("");
            if NO_DUTY.is_match(sentence) || (!sectioned && PAYMENT.is_match(sentence)) {
                continue;
            }
            return Some(line.start + role.start()..line.start + role.start() + sentence.len());
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
        .take_while(|l| !(heading(l).is_some() && main_heading(l) && l.chars() < 16 && !l.text.contains(':')))
        .any(|l| l.text.chars().filter(|c| c.is_alphanumeric()).count() >= 6)
}
