//! Events told in the form's sentences: date, verb and a name of its own.
use super::columns::{in_bars, in_blanks};
use super::facts;
use super::level;
use super::mention::{Mention, Seen};
use super::name;
use super::org::{self, Applicant};
use super::when::{self, When};
use crate::extract::View;
use crate::extract::lines::{Line, lines};
use crate::model::{EventKind, EventRole, EvidenceKind, Format, Span};
use crate::text::key;
use regex::Regex;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

static VERB: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"联合主办|共同主办|主办|联合承办|共同承办|协助承办|承办|协办|牵头组织|牵头|举办|召开|组织开展|组织|开展|举行|参与")
        .expect("the verb pattern is well formed")
});

/// Mentions in the sentences of a form. `year` is the form's own year, for days without one.
pub(super) fn mentions(view: &View<'_>, year: Option<i16>, applicant: &Applicant) -> Vec<Mention> {
    let mut found = Vec::new();
    let own = super::own_kind(view);
    let mut headed = None;
    let mut within = None;
    let mut schedule = false;
    for told in paragraphs(view) {
        let line = &told.first;
        let opened = list_within(&told.text);
        if let Some((head, _)) = opened {
            within = kind_listed(head, own);
        } else if !goes_on(&told.text, year) {
            within = None;
        }
        if line.chars() <= LONGEST_HEAD && !line.text.contains('。') && when::days(line.text, year).is_empty() {
            if when::first(line.text, year).is_none() {
                schedule = (schedule && !opens_section(line)) || heads_schedule(line.text);
            }
            let kind = kind_listed(line.text, own);
            let ends = line.row.is_some() || line.label.unwrap_or(line.text).trim_start_matches(|c| "一二三四五六七八九十".contains(c)).starts_with('、');
            headed = if ends { kind } else { kind.or(headed) };
        }
        let listed = within.or(headed);
        if told.text.len() > 12_000 || VERB.find(&told.text).is_none() {
            continue;
        }
        let mut start = opened.map_or(0, |(_, list)| list);
        for sentence in told.text[start..].split_inclusive(['。', ';', '!']).flat_map(|sentence| items(sentence, listed.is_some(), year)) {
            let sentence = Sentence { told: &told, text: sentence, start };
            start += sentence.text.len();
            let before = found.len();
            if let Some(item) = in_bars(&sentence, listed, year) {
                found.push(item);
                continue;
            }
            if let Some(named) = listed.and_then(|kind| named_first(&sentence, kind, year)) {
                found.push(named);
                continue;
            }
            // 2023.2—2023.4  完成…学术活动: a step of a schedule
            found.extend(in_sentence(&sentence, year, applicant).into_iter().filter(|m| !schedule || m.when.as_ref().is_some_and(|when| when.value.has_day())));
            if found.len() == before {
                found.extend(bracketed(&sentence, listed, year));
            }
            if found.len() == before
                && let Some(kind) = listed
            {
                found.extend(in_blanks(&sentence, kind, year).or_else(|| item(&sentence, kind, year)));
            }
            let more = by_verb(&sentence, listed, year, &found[before..], applicant);
            found.extend(more);
        }
    }
    found
}

/// The heading of a list of events in its own paragraph, and where the list begins: 本年度开展活动情况：2022年5月7日，本会主办了….
pub(super) fn list_within(text: &str) -> Option<(&str, usize)> {
    let (head, list) = text.split_once(':')?;
    let heads = head.chars().count() <= LONGEST_HEAD && !head.contains(['。', ';', ',']) && when::days(head, None).is_empty();
    let listed = || kind_listed(head, Some(EventKind::Other)).is_some() && !heads_schedule(head) && list.chars().any(|c| c.is_ascii_digit());
    (heads && listed()).then(|| (head, text.len() - list.len()))
}

/// Whether a paragraph is an item more of the list that the one before it opened.
pub(super) fn goes_on(text: &str, year: Option<i16>) -> bool {
    let numbered = NUMBERED.find(text).is_some_and(|number| !number.as_str().trim().is_empty());
    (numbered || day_of_item(text, year).is_some()) && when::first(text, year).is_some()
}

/// Whether a line heads the steps of the work.
pub(super) fn heads_schedule(head: &str) -> bool {
    ["进度", "时间安排", "工作安排", "实施计划", "实施步骤", "实施阶段", "工作计划", "年度计划"].iter().any(|word| head.contains(word))
}

/// Whether a line is numbered as sections are: 四、…, 肆、….
pub(super) fn opens_section(line: &Line<'_>) -> bool {
    let number = line.label.unwrap_or(line.text);
    number.trim_start_matches(['(', '第']).starts_with(|c| "一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾".contains(c))
}

/// Clauses of a sentence that are looked into; no sentence of a form has more.
const MOST_CLAUSES: usize = 64;

/// The clauses of a sentence that lists events one behind the other: 3月主办…，5月主办…; else the sentence.
fn items(sentence: &str, listed: bool, year: Option<i16>) -> Vec<&str> {
    let mut cuts: Vec<usize> = Vec::new();
    let opens = || when::days(sentence, year).into_iter().chain(when::months(sentence, None)).any(|time| ITEM.is_match(&sentence[..time.range.start]));
    if listed && opens() {
        let clauses = sentence.match_indices(',').map(|(at, comma)| at + comma.len()).take(MOST_CLAUSES);
        let dated = |at: &usize| {
            let clause = sentence[*at..].split(',').next().unwrap_or("");
            VERB.is_match(clause) && when::first(clause, year).is_some_and(|time| time.range.start == 0 && time.from.month.is_some())
        };
        cuts.extend(clauses.filter(dated));
    }
    let mut from = 0;
    let mut found: Vec<&str> = cuts
        .into_iter()
        .map(|cut| {
            let item = &sentence[from..cut];
            from = cut;
            item
        })
        .collect();
    found.push(&sentence[from..]);
    found
}

/// A paragraph: a line, and in a cell of a printed page the lines over which it runs.
pub(super) struct Told<'t, 'v> {
    pub view: &'t View<'v>,
    first: Line<'t>,
    text: Cow<'t, str>,
    /// Where each line begins in `text` and in the view.
    lines: Vec<(usize, usize)>,
}

impl Told<'_, '_> {
    fn spans(&self, range: Range<usize>) -> Vec<Span> {
        let mut spans = Vec::new();
        for (n, (at, start)) in self.lines.iter().enumerate() {
            let end = self.lines.get(n + 1).map_or(self.text.len(), |next| next.0);
            let (from, to) = (range.start.max(*at), range.end.min(end));
            if from < to {
                spans.extend(self.view.spans(start + from - at..start + to - at));
            }
        }
        spans
    }
}

/// A sentence of a paragraph; `start` is where it begins in there.
pub(super) struct Sentence<'s> {
    pub told: &'s Told<'s, 's>,
    pub text: &'s str,
    start: usize,
}

impl Sentence<'_> {
    pub fn spans(&self, range: Range<usize>) -> Vec<Span> {
        self.told.spans(self.start + range.start..self.start + range.end)
    }
}

fn paragraphs<'t, 'v>(view: &'t View<'v>) -> Vec<Told<'t, 'v>> {
    let printed = matches!(view.document.format, Format::Pdf | Format::Ofd);
    let block = |line: &Line<'_>| view.block_at(line.start).map(|(block, _)| block);
    let mut all: Vec<Told<'t, 'v>> = Vec::new();
    let mut last: Option<Line<'_>> = None;
    for line in lines(view) {
        let same = printed && line.row.is_some() && last.is_some_and(|last| block(&last) == block(&line) && runs_on(last.text, line.text));
        match all.last_mut().filter(|_| same) {
            Some(told) => {
                told.lines.push((told.text.len(), line.start));
                told.text.to_mut().push_str(line.text);
            }
            None => all.push(Told { view, first: line, text: Cow::Borrowed(line.text), lines: vec![(0, line.start)] }),
        }
        last = Some(line);
    }
    all
}

/// Whether a printed line goes on in the next: it is no short one, ends no sentence, and the next opens no item.
fn runs_on(line: &str, next: &str) -> bool {
    const SHORTEST: usize = 12;
    static OPENS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:[(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)、.]|[①-⑳●■·*]|20\d{2}[年.])").expect("the pattern of items is well formed")
    });
    line.chars().count() >= SHORTEST && !line.ends_with(['。', ';', '!', ':']) && !OPENS.is_match(next)
}

/// Characters of the longest heading of a list of events.
const LONGEST_HEAD: usize = 40;

/// What a list says of the kind of its events; one that says nothing leaves it to their names.
pub(super) fn stated(kind: EventKind) -> Option<EventKind> {
    (kind != EventKind::Other).then_some(kind)
}

/// The kind of events that a heading lists: 本年度科普活动开展情况; 本年度开展的活动 those of the form's own kind.
pub(super) fn kind_listed(head: &str, own: Option<EventKind>) -> Option<EventKind> {
    let about = ["活动", "会议", "交流"].iter().any(|word| head.contains(word)) && !["计划", "安排", "方案", "预算"].iter().any(|word| head.contains(word));
    let of_no_kind = !head.contains("科普") && !head.contains("学术");
    let untold = || (of_no_kind && head.contains('年')).then(|| own.unwrap_or(EventKind::Other));
    if about { super::only_kind(head).or_else(untold) } else { None }
}

/// What stands before the day of an item.
static ITEM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[(]?[一二三四五六七八九十\d]{1,2}[)、.]|[①-⑳●■·*-])?(?:[(]?[一二三四五六七八九十\d]{1,2}[)、.])?\s*$")
        .expect("the pattern of item numbers is well formed")
});

/// The number of an item: （1）, 5.1, ①.
pub(super) static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*(?:[(]?[一二三四五六七八九十\d]{1,2}[)、.]|\d{1,2}[.]\d{1,2}|[①-⑳●■·*-])?\s*").expect("the pattern of item numbers is well formed")
});

/// The day, or the month and year, with which an item begins.
pub(super) fn day_of_item(text: &str, year: Option<i16>) -> Option<When> {
    let times = when::days(text, year).into_iter().next().or_else(|| when::months(text, None).into_iter().next().filter(|month| month.from == month.to));
    times.filter(|time| ITEM.is_match(&text[..time.range.start]))
}

/// A mention of an event by its name alone: what else an item says is for the caller.
pub(super) fn claim(sentence: &Sentence<'_>, name: Range<usize>, time: &When, role: Option<(EventRole, Range<usize>)>) -> Option<Mention> {
    let name = name.start..name.start + name::without_place(&sentence.text[name.clone()]).len();
    let printed = name::tidy(&sentence.text[name.clone()]);
    if name::is_generic(&printed) || !(4..=40).contains(&printed.chars().count()) || name::is_admin(&printed) || name::is_paperwork(&printed) {
        return None;
    }
    let sessions = facts::sessions(around(sentence.text, &name)).unwrap_or(1);
    let mut m = Mention::new(EvidenceKind::Form, sentence.told.view.id);
    m.name_at = sentence.spans(name);
    m.at = m.name_at.clone();
    m.when = Some(Seen { value: time.clone(), at: sentence.spans(time.range.clone()) });
    m.role = role.map(|(value, at)| Seen { value, at: sentence.spans(at) });
    m.level = level::in_name(&printed).map(|(level, _)| Seen { value: level, at: m.name_at.clone() });
    m.planned = facts::is_planned(sentence.text);
    m.online = facts::is_online(sentence.text);
    m.sessions = sessions;
    m.applicant_named = true;
    m.creates = true;
    m.names = vec![printed];
    Some(m)
}

/// （四）5月20日，走进某社区开展花卉养护科普，服务居民80人: an item of a list of events that has a day and no name of its own; what was done is its name.
fn item(sentence: &Sentence<'_>, kind: EventKind, year: Option<i16>) -> Option<Mention> {
    let text = sentence.text;
    let time = day_of_item(text, year)?;
    let rest = text[time.range.end..].trim_start_matches([',', '上', '下', '午', ':']);
    let clause = rest.split([',', '。', ';', '(', ':']).next().unwrap_or("");
    let passive = ["参加", "赴", "应邀", "出席", "拟", "将", "计划"].iter().any(|word| clause.contains(word));
    let verb = VERB.find_iter(clause).last().filter(|verb| !passive && org::claimed(verb.as_str()).is_none_or(|role| role != EventRole::其他))?;
    let done = clause[verb.end()..].trim_start_matches(['了', '以', '的']);
    let name = if clause.starts_with("走进") || done.chars().count() < 4 { clause } else { done };
    let clause_at = text.len() - rest.len();
    let at = clause_at + clause.len() - name.len();
    let role = org::claimed(verb.as_str()).unwrap_or(EventRole::主办);
    let mut m = claim(sentence, at..at + name.len(), &time, Some((role, clause_at + verb.start()..clause_at + verb.end())))?;
    m.place = facts::place_in(clause).unwrap_or_default();
    m.event_kind = stated(kind);
    Some(m)
}

/// （1）“科学种子”送教周启动仪式，2022年5月24日，某小学，研究会主办，师生420人: an item of a list of events that opens with the name.
fn named_first(sentence: &Sentence<'_>, kind: EventKind, year: Option<i16>) -> Option<Mention> {
    let text = sentence.text;
    let time = when::days(text, year).into_iter().next()?;
    let before = &text[..time.range.start];
    let start = NUMBERED.find(before).map_or(0, |number| number.end());
    let name = before[start..].trim_end_matches([',', ':', '(', ' ']);
    if name.len() == before[start..].len() || name.contains([',', ':', ';']) || VERB.find_iter(name).any(|verb| verb.end() < name.len() && !name.contains('“'))
    {
        return None;
    }
    let mut at = time.range.end;
    let mut role = None;
    let mut place = "";
    for clause in text[at..].split([',', '。', ';', ')', '(']) {
        let said = clause.trim();
        let told = ["主办", "承办", "协办", "牵头", "举办"].iter().any(|word| said.contains(word)).then(|| org::claimed(said)).flatten();
        if let Some(value) = told.filter(|_| role.is_none() && said.chars().count() <= 30) {
            role = Some((value, at..at + clause.len()));
        } else if place.is_empty() && (2..=25).contains(&said.chars().count()) && !said.contains(|c: char| c.is_ascii_digit()) {
            place = said;
        }
        at += clause.len() + text[at + clause.len()..].chars().next().map_or(0, char::len_utf8);
    }
    role.as_ref()?;
    let mut m = claim(sentence, start..start + name.len(), &time, role)?;
    m.place = place.to_owned();
    m.event_kind = stated(kind);
    Some(m)
}

/// 协会于5月22日在某公园主办“春日鸟浪”观鸟公开课，…: what a list of events says was held, whatever its name ends in; elsewhere only what
/// the form says of the applicant, and names in quotes.
fn by_verb(sentence: &Sentence<'_>, listed: Option<EventKind>, year: Option<i16>, known: &[Mention], applicant: &Applicant) -> Vec<Mention> {
    static HELD: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?:联合|共同)?(?:主办|承办|协办|牵头组织|牵头举办|牵头开展|举办)了?").expect("the pattern of holding is well formed"));
    let text = sentence.text;
    let times = when::days(text, year);
    let mut found: Vec<Mention> = Vec::new();
    for verb in HELD.find_iter(text).take(MOST_CLAUSES).filter(|verb| !text[verb.end()..].starts_with(['单', '方', '者', '机', '/', '、', '或', '和'])) {
        let name = text[verb.end()..].split([',', '。', ';', '(', ':', '!']).next().unwrap_or("").trim_start_matches(['的', '了']);
        let at = verb.end() + text[verb.end()..].find(name).unwrap_or(0);
        let Some(time) = times.iter().rfind(|time| time.range.end <= verb.start()) else { continue };
        let ours = || applicant.find(&text[..verb.start()]).is_some() || org::OWN_WORDS.iter().any(|own| text[..verb.start()].contains(own));
        if listed.is_none() && !(name.starts_with('“') && ours()) {
            continue;
        }
        let own = key(name);
        let told = known.iter().chain(&found).flat_map(|m| &m.names).map(|known| key(known)).any(|known| own.contains(&known) || known.contains(&own));
        let role = org::claimed(verb.as_str()).unwrap_or(EventRole::主办);
        let elsewhere = ["拟", "将于", "计划", "参加", "应邀", "出席"].iter().any(|word| text[..verb.start()].contains(word));
        if told || elsewhere || name.chars().count() < 4 || name.starts_with('|') {
            continue;
        }
        let Some(mut m) = claim(sentence, at..at + name.len(), time, Some((role, verb.range()))) else { continue };
        m.place = facts::place_in(&text[time.range.end..at]).unwrap_or_default();
        m.event_kind = listed.and_then(stated);
        found.push(m);
    }
    found
}

/// The clause that holds a name and the one behind it: 科普活动2场次：…，… numbers all events of a sentence, not each.
fn around<'t>(text: &'t str, name: &Range<usize>) -> &'t str {
    let ends = [',', ':', ';', '。'];
    let start = text[..name.start].rfind(ends).map_or(0, |at| at + 1);
    let end = text[name.end..].match_indices(ends).nth(1).map_or(text.len(), |(at, _)| name.end + at);
    &text[start..end]
}

/// ①…学术年会（3月12日，主办，150人）；②…: events whose days stand in brackets behind their names.
fn bracketed(sentence: &Sentence<'_>, listed: Option<EventKind>, year: Option<i16>) -> Vec<Mention> {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:^|[①-⑳;:、])(?:\d{1,2}[.、)])?(?P<n>[^,。;:()①-⑳]{4,50})[(](?P<in>[^()]{4,60})[)]").expect("the pattern of brackets is well formed")
    });
    if !sentence.text.contains('(') {
        return Vec::new();
    }
    let in_brackets = |caps: regex::Captures<'_>| {
        let (name, inside) = (caps.name("n")?, caps.name("in")?);
        let time = when::days(inside.as_str(), year).into_iter().next()?;
        let time = When { range: inside.start() + time.range.start..inside.start() + time.range.end, ..time };
        if !name::names_event(name.as_str()) || listed.is_none() && !name::is_strong(name.as_str()) {
            return None;
        }
        let mut at = inside.start();
        let role = inside.as_str().split([',', '、']).find_map(|piece| {
            let start = at;
            at += piece.len() + 1;
            Some((org::claimed(piece)?, start..start + piece.len()))
        });
        let mut m = claim(sentence, name.range(), &time, role)?;
        m.event_kind = listed.and_then(stated);
        Some(m)
    };
    NAMED.captures_iter(sentence.text).filter_map(in_brackets).collect()
}

fn in_sentence(sentence: &Sentence<'_>, year: Option<i16>, applicant: &Applicant) -> Vec<Mention> {
    let text = sentence.text;
    if VERB.find(text).is_none() {
        return Vec::new();
    }
    let days = when::days(text, year);
    let times = if days.is_empty() { when::months(text, None) } else { days };
    if times.is_empty() {
        return Vec::new();
    }
    let names = name::in_sentence(text);
    let mut found: Vec<Mention> = Vec::new();
    for range in names {
        let range = range.start..range.start + name::without_place(&text[range.clone()]).len();
        let printed = name::tidy(&text[range.clone()]);
        let chars = printed.chars().count();
        if !(6..=60).contains(&chars)
            || name::is_generic(&printed)
            || !name::is_strong(&printed)
            || name::is_admin(&printed)
            || name::is_paperwork(&printed)
            || found.iter().any(|m| m.names[0] == printed)
        {
            continue;
        }
        // The day nearest before the name, else the first after it.
        let Some(time) = times.iter().rfind(|t| t.range.end <= range.start).or_else(|| times.iter().find(|t| t.range.start >= range.end)) else { continue };
        let clause_start = time.range.start.min(range.start);
        let clause = &text[clause_start..];
        let Some(verb) = VERB.find(&text[clause_start..range.start]).or_else(|| VERB.find(clause)) else { continue };
        let whole = &text[clause_start..range.end];
        // 组织会员参加2022年8月在西安举办的…
        let lead = text[..clause_start].rfind([',', ';', '。']).map_or(0, |at| at + 1);
        if ["参加", "赴", "应邀", "出席"].iter().any(|w| text[lead..range.end].contains(w)) {
            continue;
        }
        let mut m = Mention::new(EvidenceKind::Form, sentence.told.view.id);
        let spans = |r: Range<usize>| sentence.spans(r);
        m.name_at = spans(range.clone());
        m.when = Some(Seen { value: time.clone(), at: spans(time.range.clone()) });
        m.at = m.name_at.clone();
        let hosts = org::in_sentences(text, 0, applicant, &org::OWN_WORDS);
        // 联合某大学主办, 与某学会共同举办: the form speaks of the applicant.
        let lead = &text[time.range.end.min(range.start)..range.start];
        let joint = ["联合", "共同", "会同", "携手", "合作", "联手"].iter().any(|word| lead.contains(word));
        m.role = org::role(&hosts, applicant).map(|(role, list)| Seen { value: role, at: spans(list.range.clone()) }).or_else(|| {
            let role = org::claimed(verb.as_str()).unwrap_or(if verb.as_str() == "参与" { EventRole::其他 } else { EventRole::主办 });
            let said = || Seen { value: jointly(role, joint), at: spans(clause_start + verb.start()..clause_start + verb.end()) };
            (joint || hosts.iter().all(|h| h.part != org::Part::Host)).then(said)
        });
        m.level = level::in_name(&printed).map(|(level, _)| Seen { value: level, at: m.name_at.clone() });
        m.planned = facts::is_planned(text)
            || text[..clause_start].ends_with(['拟', '将'])
            || text[..clause_start].ends_with("计划")
            || whole.contains("将举办")
            || whole.contains("将召开");
        m.place = facts::place_in(whole).unwrap_or_default();
        m.online = facts::is_online(whole) || facts::is_online(remark(&text[range.end..]));
        m.sessions = facts::sessions(around(text, &range)).unwrap_or(1);
        m.applicant_named = true;
        m.creates = true;
        m.names = vec![printed];
        found.push(m);
    }
    found
}

fn jointly(role: EventRole, joint: bool) -> EventRole {
    match role {
        EventRole::主办 if joint => EventRole::联合主办,
        EventRole::承办 if joint => EventRole::共同承办,
        role => role,
    }
}

/// The remark in brackets right behind a name: ”（线上，120人）.
fn remark(text: &str) -> &str {
    let rest = text.trim_start_matches(['”', '"', '」', '』']);
    rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or("", |(remark, _)| remark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_cut_at_so_many_clauses_and_the_rest_is_kept() {
        let sentence = "3月1日主办讲座,".repeat(2 * MOST_CLAUSES);
        let found = items(&sentence, true, Some(2022));
        assert_eq!(found.len(), MOST_CLAUSES + 1);
        assert_eq!(found.concat(), sentence);
    }
}
