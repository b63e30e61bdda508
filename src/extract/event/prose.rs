//! Events told in the form's sentences: date, verb and a name of its own.
use super::facts;
use super::level;
use super::mention::{Mention, Seen};
use super::name;
use super::org::{self, Applicant};
use super::when;
use crate::extract::View;
use crate::extract::lines::{Line, lines};
use crate::model::{EventKind, EventRole, EvidenceKind};
use regex::Regex;
use std::sync::LazyLock;

static VERB: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"联合主办|共同主办|主办|联合承办|共同承办|协助承办|承办|协办|牵头组织|牵头|举办|召开|组织开展|组织|开展|举行|参与")
        .expect("the verb pattern is well formed")
});

/// Mentions in the sentences of a form. `year` is the form's own year, for days without one.
pub(super) fn mentions(view: &View<'_>, year: Option<i16>, applicant: &Applicant) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut listed = None;
    for line in lines(view) {
        if line.chars() <= LONGEST_HEAD && !line.text.contains('。') && when::days(line.text, year).is_empty() {
            let kind = kind_listed(line.text);
            let ends = line.row.is_some() || line.label.unwrap_or(line.text).trim_start_matches(|c| "一二三四五六七八九十".contains(c)).starts_with('、');
            listed = if ends { kind } else { kind.or(listed) };
        }
        if line.text.len() > 12_000 || VERB.find(line.text).is_none() {
            continue;
        }
        let before = found.len();
        let mut start = 0;
        for sentence in line.text.split_inclusive(['。', ';', '!']) {
            let offset = line.start + start;
            start += sentence.len();
            found.extend(in_sentence(view, sentence, offset, year, applicant));
        }
        if found.len() == before
            && let Some(kind) = listed
        {
            found.extend(item(view, &line, kind, year));
        }
    }
    found
}

/// Characters of the longest heading of a list of events.
const LONGEST_HEAD: usize = 40;

/// The kind of events that a heading lists: 本年度科普活动开展情况.
fn kind_listed(head: &str) -> Option<EventKind> {
    let about = ["活动", "会议", "交流"].iter().any(|word| head.contains(word)) && !["计划", "安排", "方案", "预算"].iter().any(|word| head.contains(word));
    match (head.contains("科普"), head.contains("学术")) {
        (true, false) if about => Some(EventKind::Popular),
        (false, true) if about => Some(EventKind::Academic),
        _ => None,
    }
}

/// （四）5月20日，走进某社区开展花卉养护科普，服务居民80人: an item of a list of events that has a day and no name of its own; what was done is its name.
fn item(view: &View<'_>, line: &Line<'_>, kind: EventKind, year: Option<i16>) -> Option<Mention> {
    static ITEM: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:[(]?[一二三四五六七八九十\d]{1,2}[)、.]|[①-⑳●■·*-])?(?:[(]?[一二三四五六七八九十\d]{1,2}[)、.])?$")
            .expect("the pattern of item numbers is well formed")
    });
    let days = when::days(line.text, year);
    let time = days.first().filter(|time| ITEM.is_match(&line.text[..time.range.start]) && (line.label.is_some() || time.range.start > 0))?;
    let rest = line.text[time.range.end..].trim_start_matches([',', '上', '下', '午', ':']);
    let clause = rest.split([',', '。', ';', '(', ':']).next().unwrap_or("");
    let passive = ["参加", "赴", "应邀", "出席", "拟", "将", "计划"].iter().any(|word| clause.contains(word));
    let verb = VERB.find(clause).filter(|verb| !passive && org::claimed(verb.as_str()).is_none_or(|role| role != EventRole::其他))?;
    let done = &clause[verb.end()..];
    let name = if clause.starts_with("走进") || done.chars().count() < 4 { clause } else { done.trim_start_matches(['了', '以', '的']) };
    let clause_at = line.text.len() - rest.len();
    let at = clause_at + clause.len() - name.len();
    let printed = name::tidy(name);
    if !(4..=40).contains(&printed.chars().count()) || name::is_admin(&printed) || name::is_paperwork(&printed) {
        return None;
    }
    let mut m = Mention::new(EvidenceKind::Form, view.id);
    m.name_at = line.spans(view, at..at + name.len());
    m.at = m.name_at.clone();
    m.when = Some(Seen { value: time.clone(), at: line.spans(view, time.range.clone()) });
    let verb_at = clause_at + verb.start();
    m.role = Some(Seen { value: org::claimed(verb.as_str()).unwrap_or(EventRole::主办), at: line.spans(view, verb_at..verb_at + verb.len()) });
    m.level = level::in_name(&printed).map(|(level, _)| Seen { value: level, at: m.name_at.clone() });
    m.planned = facts::is_planned(line.text);
    m.online = facts::is_online(line.text);
    m.place = facts::place_in(clause).unwrap_or_default();
    m.sessions = facts::sessions(line.text).unwrap_or(1);
    m.event_kind = Some(kind);
    m.applicant_named = true;
    m.creates = true;
    m.names = vec![printed];
    Some(m)
}

fn in_sentence(view: &View<'_>, text: &str, offset: usize, year: Option<i16>, applicant: &Applicant) -> Vec<Mention> {
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
        let printed = name::tidy(&text[range.clone()]);
        let chars = printed.chars().count();
        if !(6..=60).contains(&chars)
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
        if ["参加", "赴", "应邀", "出席"].iter().any(|w| whole.contains(w)) {
            continue;
        }
        let mut m = Mention::new(EvidenceKind::Form, view.id);
        let spans = |r: std::ops::Range<usize>| view.spans(offset + r.start..offset + r.end);
        m.name_at = spans(range.clone());
        m.when = Some(Seen { value: time.clone(), at: spans(time.range.clone()) });
        m.at = m.name_at.clone();
        let hosts = org::in_sentences(text, offset, applicant, true);
        // 联合某大学主办, 与某学会共同举办: the form speaks of the applicant.
        let lead = &text[time.range.end.min(range.start)..range.start];
        let joint = ["联合", "共同", "会同", "携手", "合作", "联手"].iter().any(|word| lead.contains(word));
        m.role = org::role(&hosts, applicant).map(|(role, list)| Seen { value: role, at: view.spans(list.range.clone()) }).or_else(|| {
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
        m.sessions = facts::sessions(clause).unwrap_or(1);
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
