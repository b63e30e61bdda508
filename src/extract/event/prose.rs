//! Events told in the form's sentences: date, verb and a name of its own.
use super::facts;
use super::level;
use super::mention::{Mention, Seen};
use super::name;
use super::org::{self, Applicant};
use super::when;
use crate::extract::View;
use crate::extract::lines::lines;
use crate::model::{EventRole, EvidenceKind};
use regex::Regex;
use std::sync::LazyLock;

static VERB: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"联合主办|共同主办|主办|联合承办|共同承办|协助承办|承办|协办|牵头组织|牵头|举办|召开|组织开展|组织|开展|举行|参与")
        .expect("the verb pattern is well formed")
});

/// Mentions in the sentences of a form. `year` is the form's own year, for days without one.
pub(super) fn mentions(view: &View<'_>, year: Option<i16>, applicant: &Applicant) -> Vec<Mention> {
    let mut found = Vec::new();
    for line in lines(view) {
        if line.text.len() > 12_000 || VERB.find(line.text).is_none() {
            continue;
        }
        let mut start = 0;
        for sentence in line.text.split_inclusive(['。', ';', '!']) {
            let offset = line.start + start;
            start += sentence.len();
            found.extend(in_sentence(view, sentence, offset, year, applicant));
        }
    }
    found
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
