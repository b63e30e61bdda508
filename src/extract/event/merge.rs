//! One event from its mentions: the name, the time, the proof of level and role, whether it was held.
use super::cluster::Cluster;
use super::level::is_high;
use super::mention::{Mention, Seen};
use super::name;
use super::org::Applicant;
use crate::model::{Event, EventEvidence, EventKind, EventRole, EventStatus, EvidenceKind, Level, Sourced};

/// Papers that others can hold against the applicant: not its form, its own summary or a mere link.
fn proves(kind: EvidenceKind) -> bool {
    !matches!(kind, EvidenceKind::Form | EvidenceKind::Summary | EvidenceKind::Other | EvidenceKind::Photo)
}

/// Events of the dossier; those of others that a stray paper tells of are left out.
pub(super) fn events(clusters: Vec<Cluster>, mentions: &[Mention], applicant: &Applicant) -> Vec<Event> {
    clusters
        .into_iter()
        .map(|cluster| {
            let mut all: Vec<&Mention> = cluster.mentions.iter().map(|&n| &mentions[n]).collect();
            all.sort_by_key(|m| (m.kind != EvidenceKind::Form, m.doc.0));
            all
        })
        .filter(|all| concerns(all, applicant))
        .map(|all| (all.iter().any(|m| m.kind == EvidenceKind::Form || m.row.is_some()), event(&all)))
        // A training or a meeting of no academic or popular kind is an event only where the form lists it.
        .filter(|(listed, event)| *listed || event.kind != EventKind::Other)
        .map(|(_, event)| event)
        .collect()
}

/// Whether an event has to do with the applicant: the form lists it, or a paper names the applicant, or no paper names any host.
fn concerns(all: &[&Mention], applicant: &Applicant) -> bool {
    let listed = all.iter().any(|m| m.kind == EvidenceKind::Form || m.row.is_some());
    listed || !applicant.is_known() || all.iter().any(|m| m.applicant_named) || !all.iter().any(|m| m.hosted)
}

/// The mentions of some kinds, in the order of the kinds.
fn of<'a, 'm>(all: &'a [&'m Mention], kinds: &'a [EvidenceKind]) -> impl Iterator<Item = &'m Mention> + 'a {
    kinds.iter().flat_map(move |kind| all.iter().copied().filter(move |m| m.kind == *kind))
}

fn event(all: &[&Mention]) -> Event {
    use EvidenceKind::{Agenda, Certificate, Form, News, Notice, Other, Papers, Photo, SignIn, Summary};
    let named = best_name(all);
    let name = named.and_then(|m| m.names.first()).cloned().unwrap_or_default();
    let by_time = [Notice, Form, Agenda, News, Certificate, Summary, SignIn, Papers, Other, Photo];
    let when = of(all, &by_time).filter_map(|m| m.when.as_ref()).find(|w| w.value.has_day()).or_else(|| of(all, &by_time).find_map(|m| m.when.as_ref()));
    let (role, role_proved) = role(all);
    let (level, level_proved) = level(all);
    let stated: Vec<EventKind> = all.iter().filter_map(|m| m.event_kind).collect();
    let kind = kind(&name, stated.first().copied());
    Event {
        kind,
        from: when.map(|w| Sourced::new(w.value.from, w.at.clone())),
        to: when.map(|w| Sourced::new(w.value.to, w.at.clone())),
        place: of(all, &[Form, Notice, Agenda, News, Summary, SignIn, Other]).map(|m| m.place.as_str()).find(|p| !p.is_empty()).unwrap_or("").to_owned(),
        level: level.as_ref().map_or(Level::Unknown, |l| l.value),
        level_at: level.map(|l| l.at).unwrap_or_default(),
        level_proved,
        role: role.as_ref().map_or(EventRole::其他, |r| r.value),
        role_at: role.map(|r| r.at).unwrap_or_default(),
        role_proved,
        status: status(all),
        sessions: all.iter().filter(|m| matches!(m.kind, Form | Summary)).map(|m| m.sessions).max().unwrap_or(1),
        online: all.iter().any(|m| m.online),
        evidence: evidence(all),
        at: named.map(|m| m.name_at.clone()).unwrap_or_default(),
        name,
    }
}

/// The mention with the longest official name: form and notices before agendas and sheets before the rest.
fn best_name<'m>(all: &[&'m Mention]) -> Option<&'m Mention> {
    use EvidenceKind::{Agenda, Form, News, Notice, Papers, SignIn, Summary};
    for kinds in [&[Form, Notice][..], &[Agenda, SignIn], &[Papers, Summary, News]] {
        let longest = of(all, kinds).filter(|m| m.creates && !m.names.is_empty()).max_by_key(|m| (m.names[0].chars().count(), m.kind == Form));
        // 科普进校园 in the form, “科普进校园”活动 in the notice: the form's word says as much.
        let bare = |m: &Mention| m.names[0].replace(['“', '”', '"', '《', '》', '「', '」'], "");
        let plain =
            |m: &&Mention| longest.is_some_and(|l| bare(l).strip_prefix(bare(m).as_str()).is_some_and(|more| ["", "活动", "会议", "主题活动"].contains(&more)));
        if let Some(listed) = of(all, kinds).filter(|m| m.kind == Form && m.creates && !m.names.is_empty()).find(plain) {
            return Some(listed);
        }
        if longest.is_some() {
            return longest;
        }
    }
    all.iter().copied().find(|m| !m.names.is_empty())
}

/// What the name says outright, else what the table's heading says, else what the name hints at.
fn kind(name: &str, stated: Option<EventKind>) -> EventKind {
    let scholarly = name.contains("学术") || name.contains("研讨");
    if name.contains("科普") && !scholarly {
        return EventKind::Popular;
    }
    if scholarly {
        return EventKind::Academic;
    }
    stated.unwrap_or_else(|| name::kind(name))
}

/// The applicant's role: what a paper says outright, else the form's claim.
fn role(all: &[&Mention]) -> (Option<Seen<EventRole>>, bool) {
    use EvidenceKind::{Agenda, Certificate, Form, News, Notice, Other, Papers, SignIn, Summary};
    let outright = of(all, &[Notice, News, Certificate, Agenda, Papers, SignIn]).filter_map(|m| m.role.as_ref()).find(|r| r.value != EventRole::其他);
    if let Some(role) = outright {
        return (Some(role.clone()), true);
    }
    let claimed = of(all, &[Form, Summary, Other]).find_map(|m| m.role.as_ref());
    if let Some(role) = claimed {
        return (Some(role.clone()), false);
    }
    let absent = of(all, &[Notice, News, Agenda]).find_map(|m| m.role.as_ref());
    (absent.cloned(), absent.is_some())
}

/// The level: what a paper shows; a higher one that only the form or a summary claims stays unproved.
fn level(all: &[&Mention]) -> (Option<Seen<Level>>, bool) {
    let proved = all.iter().filter(|m| proves(m.kind)).filter_map(|m| m.level.as_ref()).min_by_key(|l| l.value);
    let claimed =
        all.iter().filter_map(|m| m.claim.as_ref()).chain(all.iter().filter(|m| !proves(m.kind)).filter_map(|m| m.level.as_ref())).min_by_key(|l| l.value);
    match (proved, claimed) {
        (Some(proved), _) if is_high(proved.value) => (Some(proved.clone()), true),
        (_, Some(claimed)) if is_high(claimed.value) => (Some(claimed.clone()), false),
        (Some(proved), _) => (Some(proved.clone()), true),
        (None, claimed) => (claimed.cloned(), false),
    }
}

/// A notice alone shows no event that took place; the form's own word neither.
fn status(all: &[&Mention]) -> EventStatus {
    if all.iter().any(|m| m.held) {
        EventStatus::Held
    } else if all.iter().any(|m| m.planned) {
        EventStatus::Planned
    } else {
        EventStatus::Unknown
    }
}

/// Every paper once, in the order of the grid.
fn evidence(all: &[&Mention]) -> Vec<EventEvidence> {
    let mut found: Vec<EventEvidence> = Vec::new();
    for m in all {
        let known = found.iter_mut().find(|e| e.kind == m.kind && e.doc == m.doc);
        match known {
            Some(known) => known.at.extend(m.at.iter().copied()),
            None => found.push(EventEvidence { kind: m.kind, doc: m.doc, at: m.at.clone() }),
        }
    }
    found.sort_by_key(|e| e.kind);
    found
}
