//! Where the agreements of a file begin and end: a bound volume may hold several, a form one at its end.
use super::party;
use super::side::Sides;
use super::sign;
use super::title::{self, Kind};
use crate::extract::View;
use crate::extract::lines::{Line, lines};
use crate::model::{BlockKind, Role};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// One agreement, or a look-alike, as a run of lines.
pub(super) struct Part<'v> {
    pub kind: Kind,
    pub title: String,
    /// The title's bytes in `View::text`; the first line where there is none.
    pub title_range: Range<usize>,
    /// From the line after the title to the end of the signature block.
    pub lines: Vec<Line<'v>>,
    /// Index in `lines` of the first clause.
    pub body: usize,
    /// Indexes in `lines` of the signature block.
    pub sign: Option<Range<usize>>,
    /// What it calls its parties.
    pub sides: Sides,
}

/// Clause numbers: 第一条, 第一部分, 一、, （一）, 1., 1.1.
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:第[一二三四五六七八九十百\d]{1,4}(?:[条章节款]|部分)|[一二三四五六七八九十]{1,3}[、.:]|[(][一二三四五六七八九十\d]{1,3}[)]|\d{1,2}(?:[.\-]\d{1,2})*[.、)]?(?:\D|$))")
        .expect("the clause pattern is well formed")
});

/// The opening sentence of a contract, which ends the list of its parties.
static PREAMBLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"双方|各方|三方|为了|为充分|根据|依据|鉴于|本着|经.{0,12}协商|就.{2,40}(?:事宜|达成)").expect("the preamble pattern is well formed")
});

/// A head without number that the list of parties ends before: 合作内容, 甲方责任、权利、义务.
static BARE_HEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:合作|服务|工作|委托)(?:内容|事项|范围)$|^[甲乙丙丁]方的?(?:主要|具体)?(?:责任|权利|义务|职责|权责)[^:。]{0,12}$")
        .expect("the pattern of bare heads is well formed")
});

/// What begins another paper in the same file.
static OTHER_PAPER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:附[件录]\s*[0-9一二三四五六七八九十]{1,3}(?:[:、.].*|\p{Han}[^,。;:]{1,24})?|关于(?:举办|召开|开展|组织).{2,60}的?(?:通知|函|预通知)|.{0,40}(?:签到表|签到册|议程|日程安排?|评估等级证书|登记证书))$")
        .expect("the paper pattern is well formed")
});

/// Whether a line begins a numbered clause; automatic numbers count.
pub(super) fn is_clause(line: &Line<'_>) -> bool {
    NUMBERED.is_match(line.text) || line.label.is_some_and(|label| NUMBERED.is_match(label) || label.ends_with(['、', '.', ')', '）', '条']))
}

/// Where the number that a line begins with ends; bytes. The number may have taken the first character of the words behind it.
pub(super) fn numbered(text: &str) -> Option<usize> {
    let number = NUMBERED.find(text)?.as_str();
    Some(number.trim_end_matches(|c: char| c.is_alphabetic() && !"条章节款分一二三四五六七八九十".contains(c)).len())
}

/// X（以下简称“学会”）与Y（以下简称“公司”）经过沟通,决定…: a sentence that names both parties and goes on.
fn introduces(line: &Line<'_>, sides: &Sides) -> bool {
    const LEAST: usize = 8;
    let mut named = sides.called(line.text).map(|(name, _)| name.end);
    named.next().and(named.last()).is_some_and(|end| line.text[end..].rsplit(')').next().is_some_and(|rest| rest.chars().count() >= LEAST))
}

/// A whole sentence, as no address and no name is.
pub(super) fn is_prose(line: &Line<'_>) -> bool {
    const SHORTEST: usize = 24;
    line.row.is_none() && line.text.ends_with('。') && line.chars() > SHORTEST
}

/// Whether the party list is over: a clause, or a sentence that opens one.
fn opens_body(line: &Line<'_>, sides: &Sides) -> bool {
    let party = sides.labels(line.text).next().is_some_and(|label| label.range.start < 8);
    !(party || sides.names_party(line.text) && line.chars() < 40)
        && (is_clause(line)
            || is_prose(line)
            || BARE_HEAD.is_match(line.text)
            || (line.chars() > 14 && (PREAMBLE.is_match(line.text) || introduces(line, sides))))
}

/// A cover, a first page and running titles; more equal titles than this are not one paper's.
const MOST_RUNNING_TITLES: usize = 12;

/// A paper that says of itself that it binds nobody.
static NO_CONTRACT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?:不具有?|不产生|无)法律(?:约束力|效力)|不构成(?:正式|最终)?(?:的)?(?:协议|合同)|(?:另行|再行)?签[订署]正式(?:的)?(?:合作)?(?:协议|合同)|初步意向",
    )
    .expect("the pattern of papers that bind nobody is well formed")
});

/// Characters of the longest first line that titles a paper.
const MOST_IN_TITLE: usize = 45;

/// The agreements and look-alikes of one file, in order.
pub(super) fn parts<'v>(view: &'v View<'_>) -> Vec<Part<'v>> {
    let all = lines(view);
    let mut titles = titles(&all);
    titles.retain(|(at, kind, _, weak)| !*weak || (*kind == Kind::LookAlike && stands_first(view, &all, *at)));
    let mut found: Vec<Part<'v>> = Vec::new();
    let mut n = 0;
    while n < titles.len() {
        let (at, kind, range) = (titles[n].0, titles[n].1, &titles[n].2);
        let key = crate::text::key(&view.text[range.clone()]);
        let mut next = n + 1;
        let end_of = |next: usize| titles.get(next).map_or(all.len(), |t| t.0);
        let mut part = build(kind, view, &all[at + 1..end_of(next)], range.clone());
        while part.sign.is_none()
            && next < titles.len()
            && next <= n + MOST_RUNNING_TITLES
            && same_paper(&key, &crate::text::key(&view.text[titles[next].2.clone()]), &part)
        {
            next += 1;
            part = build(kind, view, &all[at + 1..end_of(next)], range.clone());
        }
        if holds(&part, view, stands_first(view, &all, at)) {
            n = next;
            found.push(part);
        } else {
            n += 1;
        }
    }
    if found.is_empty()
        && let Some(part) = untitled(view, &all)
    {
        found.push(part);
    }
    found
}

/// A cover and its first page, or a running title: one paper while nothing was signed between them.
fn same_paper(a: &str, b: &str, part: &Part<'_>) -> bool {
    let parties = party::header(&part.lines[..part.body], &part.sides).len();
    !a.is_empty() && (a == b || ((a.ends_with(b) || b.ends_with(a)) && parties > 0))
}

/// Line, kind, bytes in the text, and whether the words alone are too weak (合作方案 as a heading).
fn titles(all: &[Line<'_>]) -> Vec<(usize, Kind, Range<usize>, bool)> {
    let mut found = Vec::new();
    for (n, line) in all.iter().enumerate() {
        if matches!(line.kind, BlockKind::Footnote) {
            continue;
        }
        let joined = if line.chars() == 1 { spelled(all, n) } else { None };
        if let Some((kind, range)) = joined.or_else(|| title::title(line.text).map(|(kind, r)| (kind, line.start + r.start..line.start + r.end))) {
            let text = line.text;
            let weak = kind == Kind::LookAlike && !(text.contains("意向") || text.contains("备忘录"));
            let numbered = line.label.is_some() || (NUMBERED.is_match(text) && !text.starts_with('附'));
            found.push((n, kind, range, weak || (kind == Kind::LookAlike && numbered)));
        }
    }
    found
}

/// A title set one character a line on a cover: its bytes run over several lines.
fn spelled(all: &[Line<'_>], n: usize) -> Option<(Kind, Range<usize>)> {
    if n > 0 && all[n - 1].chars() == 1 {
        return None;
    }
    let run: Vec<&Line<'_>> = all[n..].iter().take_while(|l| l.chars() == 1).take(12).collect();
    let word: String = run.iter().map(|l| l.text).collect();
    let (kind, _) = title::title(&word)?;
    Some((kind, run.first()?.start..run.last()?.end()))
}

/// Whether a title stands at the head of its file, which is no form.
fn stands_first(view: &View<'_>, all: &[Line<'_>], at: usize) -> bool {
    view.role != Role::ApplicationForm && at < 6 && all.len() > at + 2 && all[..at].iter().all(|l| l.chars() < 40)
}

fn build<'v>(kind: Kind, view: &View<'_>, zone: &[Line<'v>], title_range: Range<usize>) -> Part<'v> {
    let sides = Sides::of(zone);
    let first_party = zone.iter().position(|l| sides.names_party(l.text)).unwrap_or(0);
    let opens = |from: usize| zone.iter().enumerate().skip(from).find(|(_, l)| opens_body(l, &sides)).map_or(zone.len(), |(n, _)| n);
    // Parties that are named only where they sign stand behind the clauses.
    let first_clause = opens(0);
    let clauses = zone.iter().take(first_party).skip(first_clause).filter(|l| is_clause(l)).count();
    let only_sealed = first_clause < first_party && sides.labels(zone[first_party].text).any(|label| label.seal);
    let body = if clauses >= 2 || only_sealed { first_clause } else { opens(first_party) };
    // letters that two exchange: prose, and below it the names of those who sign
    let body = if body == zone.len() { body.min(first_clause) } else { body };
    let body = behind_parties(zone, &sides, body).unwrap_or(body);
    let stop = zone.iter().enumerate().skip(body).find(|(_, l)| OTHER_PAPER.is_match(l.text)).map_or(zone.len(), |(n, _)| n);
    let stop = stop.max(body);
    let mut kept = &zone[..stop];
    let mut sign = sign::block(kept, body, &sides);
    // An appendix of the agreement may stand before the signatures.
    if sign.is_none() && stop < zone.len() {
        sign = sign::block(zone, body, &sides);
        kept = zone;
    }
    let end = sign.as_ref().map_or(kept.len(), |s| s.end);
    Part { kind, title: crate::text::normal(&view.text[title_range.clone()]), title_range, lines: kept[..end].to_vec(), body, sign, sides }
}

/// Where the party list ends of a paper in which nothing looks like a clause, only short answers and a table: behind the last label before
/// the places to seal. What reads like a clause behind them is another paper's.
fn behind_parties(zone: &[Line<'_>], sides: &Sides, body: usize) -> Option<usize> {
    let labels = |line: &Line<'_>, seal: bool| sides.labels(line.text).any(|label| label.seal == seal);
    let sealed = zone[..body].iter().position(|line| labels(line, true))?;
    let last = zone[..sealed].iter().rposition(|line| labels(line, false))?;
    let all_seal = zone[sealed..body].iter().filter(|line| labels(line, true)).count() >= 2;
    let all_named = zone[..sealed].iter().filter(|line| labels(line, false)).count() >= 2;
    (all_seal && all_named).then_some(last + 1)
}

/// Whether an invitation asks to work together, not to come to a meeting.
fn invites_to_cooperate(part: &Part<'_>) -> bool {
    let says = |words: &[&str]| part.lines.iter().any(|line| words.iter().any(|word| line.text.contains(word)));
    says(&["合作", "服务对象", "服务单位", "结对", "共建"]) && !says(&["举办", "召开", "报到", "参会", "出席", "莅临", "与会"])
}

/// Characters of the shortest agreement without numbered clauses.
const LEAST_WORDS: usize = 120;

/// What an agreement says of itself and of those it binds; a list of agreements does not.
const BINDS: [&str; 6] = ["本协议", "本合同", "双方", "各方", "三方", "共同遵守"];

/// Whether a title has a paper behind it, not only a place in a list.
/// Where its parties are called nothing that is known, a title at the head of its file before clauses is enough, when a place to sign or
/// words that bind stand among them: what was not read is not missing. Elsewhere it must name its parties in a list or its first sentence.
fn holds(part: &Part<'_>, view: &View<'_>, first: bool) -> bool {
    let parties = party::header(&part.lines, &part.sides).len();
    let words: usize = part.lines.iter().map(Line::chars).sum();
    match part.kind {
        Kind::Agreement if parties < 2 => {
            let clauses = part.lines.iter().skip(part.body).filter(|l| is_clause(l)).count();
            let binds = || part.lines.iter().any(|line| BINDS.iter().any(|word| line.text.contains(word)));
            // 共建单位：A　B behind a form, signed by both
            let named = || binds() && part.sign.is_some() && party::unlabelled(&part.lines, part.body, &[]).len() >= 2;
            (clauses >= 2 || words >= LEAST_WORDS) && (first && (part.sign.is_some() || binds()) || named())
        }
        Kind::Agreement => part.sign.is_some() || part.body < part.lines.len() || view.role == Role::Agreement,
        Kind::LookAlike if part.title.ends_with("邀请函") && !invites_to_cooperate(part) => false,
        Kind::LookAlike => (parties >= 2 || view.role != Role::ApplicationForm) && words >= 20 && part.lines.iter().take(12).any(|l| l.chars() >= 12),
    }
}

/// What parties say who bind themselves, whatever they call the paper.
static AGREED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"协议|合同|(?:双方|各方|三方)(?:共同)?(?:约定|商定|议定|同意)|共同遵守|各执[一二两三四壹贰叁肆\d]份|自(?:双方|各方)[^,。]{0,16}(?:签字|盖章|签章)[^,。]{0,8}生效").expect("the pattern of binding words is well formed")
});

/// A paper of two parties without an agreement's title, in a file of its own: an agreement where it has clauses and signatures and calls
/// itself one; else it only looks like one.
fn untitled<'v>(view: &View<'_>, all: &[Line<'v>]) -> Option<Part<'v>> {
    if view.role == Role::ApplicationForm || all.is_empty() {
        return None;
    }
    let sides = Sides::default();
    let first = all.iter().take(30).position(|l| sides.labels(l.text).next().is_some_and(|label| label.range.start < 8))?;
    let part = build(Kind::Agreement, view, &all[first..], all[first].range());
    let parties = party::header(&part.lines[..part.body], &part.sides).len();
    let clauses = part.lines.iter().skip(part.body).filter(|l| is_clause(l)).count();
    let says_so = AGREED.is_match(&view.text);
    if parties < 2 || part.sign.is_none() {
        return None;
    }
    if clauses >= 2 && says_so && !NO_CONTRACT.is_match(&view.text) {
        return Some(Part { title: String::new(), ..part });
    }
    let title = all[..first].iter().find(|line| (2..=MOST_IN_TITLE).contains(&line.chars()))?;
    Some(Part { kind: Kind::LookAlike, title: crate::text::normal(title.text), title_range: title.range(), ..part })
}
