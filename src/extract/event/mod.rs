//! Academic and science-popularisation events over all files of a dossier, each once.
//!
//! | file | what it does |
//! |---|---|
//! | `table` | rows of event tables |
//! | `card` | records of labels and answers, tables with a column an event |
//! | `prose` | events told in the form's sentences |
//! | `columns` | items of its lists parted by blanks or bars |
//! | `part` | cuts a file of evidence into notices, agendas, sign-in sheets, news, photos |
//! | `known` | the names that the form lists, by which other papers are known |
//! | `facts` | time, place, hosts, level of one part |
//! | `org` | who holds an event, and the applicant among them |
//! | `name`, `when`, `level` | names, days, reach |
//! | `cluster` | which mentions tell of one event |
//! | `merge` | one event from its mentions |
//! | `vouch` | papers in which another body says that an event was held |
//! | `unread` | days of the form's lists that no event has |
//!
//! Not handled: the words on a banner in a photo; a signature on a sign-in sheet that is a picture.
mod card;
mod cluster;
mod columns;
mod facts;
mod known;
mod level;
mod mention;
mod merge;
mod name;
mod org;
mod part;
mod prose;
mod table;
mod unread;
mod vouch;
mod when;

use super::View;
use super::form::choices;
use super::lines::lines;
use crate::model::{Event, EventEvidence, EventKind, EventStatus, EvidenceKind, Role};
use crate::text::{key, tight};
use known::Known;
use mention::{Mention, Seen};
use org::Applicant;
use part::Part;
pub(super) use unread::days as unread_days;
use when::When;

/// More places that tell of events than any dossier has; the rest is not compared.
const MOST_MENTIONS: usize = 3_000;

/// Blocks of a form's cover among which its kind is ticked, and the bytes of the longest of them.
const MOST_OPENING_BLOCKS: usize = 24;
const LONGEST_OPTIONS: usize = 2_000;

/// Every event found, once each: those of the form in its order, then those that only other files tell of.
///
/// `applicant` and `aliases` are the names under which the applicant's part in an event is looked for.
pub fn find(views: &[View<'_>], applicant: Option<&str>, aliases: &[String]) -> Vec<Event> {
    let applicant = Applicant::new(applicant, aliases);
    let year = views.iter().filter(|v| is_form(v)).find_map(|v| when::year_in(head(v))).or_else(|| views.iter().find_map(|v| when::year_in(head(v))));
    let mut listed: Vec<Vec<Mention>> = views.iter().map(|view| if is_form(view) { claims(view, year, &applicant) } else { Vec::new() }).collect();
    let contrary = views.iter().zip(&mut listed).filter(|(view, _)| is_form(view)).fold(false, |known, (view, claims)| contradicts(view, claims) || known);
    let known = Known::new(listed.iter().flatten().filter_map(|m| m.names.first()));
    let context = Context { year, applicant: &applicant, known: &known };
    let mut mentions = Vec::new();
    let mut loose = Vec::new();
    for (n, (view, claims)) in views.iter().zip(listed).enumerate() {
        if matches!(view.role, Role::Agreement | Role::Plan | Role::Budget) {
            continue;
        }
        if is_form(view) {
            mentions.extend(claims);
            papers(view, &context, true, &mut mentions);
        } else if view.document.format.is_picture() {
            mentions.push(photo(view));
        } else {
            let before = mentions.len();
            mentions.extend(table::mentions(view, EvidenceKind::Other, year, &applicant));
            let rows = mentions.split_off(before);
            mentions.extend(vouched(view, &context, rows));
            papers(view, &context, false, &mut mentions);
            let is_news = mentions[before..].iter().any(|m| m.kind == EvidenceKind::News);
            let is_loose = before == mentions.len() || matches!(view.role, Role::Report | Role::Other | Role::List | Role::Unknown);
            if is_news || is_loose {
                loose.push((n, is_news, is_loose));
            }
        }
    }
    mentions.truncate(MOST_MENTIONS);
    let clusters = cluster::group(&mut mentions);
    let mut events = merge::events(clusters, &mentions, &applicant);
    // 本年度开展的活动 in a form of 科普特色学会: what else should they be
    if !contrary && let Some(kind) = views.iter().filter(|view| is_form(view)).find_map(own_kind) {
        let listed = |event: &&mut Event| event.kind == EventKind::Other && event.evidence.iter().any(|e| e.kind == EvidenceKind::Form);
        events.iter_mut().filter(listed).for_each(|event| event.kind = kind);
    }
    for (n, is_news, is_loose) in loose {
        mentioned(&views[n], is_news, is_loose, &applicant, &mut events);
    }
    events
}

/// The first lines of a file, where a year of its own stands.
fn head<'v>(view: &'v View<'_>) -> &'v str {
    let end = view.text.char_indices().nth(400).map_or(view.text.len(), |(at, _)| at);
    &view.text[..end]
}

fn is_form(view: &View<'_>) -> bool {
    view.role == Role::ApplicationForm || (view.role == Role::Unknown && (head(view).contains("申报书") || head(view).contains("申请书")))
}

/// What the papers of a dossier are read by.
struct Context<'c> {
    /// The form's own year, for days without one.
    year: Option<i16>,
    applicant: &'c Applicant,
    known: &'c Known,
}

/// Rows of a table over another body's name, signed when the events were over, prove them; those in which the applicant has no part are of others.
fn vouched(view: &View<'_>, context: &Context<'_>, mut rows: Vec<Mention>) -> Vec<Mention> {
    let Some(signed) = (if rows.is_empty() { None } else { vouch::signed_by_other(&lines(view), context.applicant) }) else { return rows };
    for m in rows.iter_mut().filter(|m| !m.planned) {
        if vouch::looks_back(signed, m.when.as_ref().map(|when| &when.value), m.role.as_ref().map(|role| role.value)) {
            m.kind = EvidenceKind::Certificate;
            m.held = true;
        }
    }
    if rows.iter().any(|m| m.role.is_some()) {
        rows.retain(|m| m.role.is_some() || m.names.iter().any(|name| context.known.names(name)));
    }
    rows
}

/// What the form's tables and sentences claim.
fn claims(view: &View<'_>, year: Option<i16>, applicant: &Applicant) -> Vec<Mention> {
    let mut found = table::mentions(view, EvidenceKind::Form, year, applicant);
    found.extend(card::mentions(view, year, applicant));
    found.extend(prose::mentions(view, year, applicant));
    found.sort_by_key(|m| m.name_at.first().map(|at| (at.block, at.start)));
    found
}

/// Whether the only lists of a form are headed by another kind than its own (学术活动情况 in a form of 科普特色学会). The names say then which
/// events are of its kind; what they do not say is left to a person.
fn contradicts(view: &View<'_>, claims: &mut [Mention]) -> bool {
    let Some(own) = own_kind(view) else { return false };
    let other = |m: &Mention| m.event_kind.is_some_and(|kind| kind != own && kind != EventKind::Other);
    if claims.iter().any(|m| m.event_kind == Some(own)) || !claims.iter().any(other) {
        return false;
    }
    for m in claims.iter_mut().filter(|m| other(m)) {
        let said = m.names.first().map_or(EventKind::Other, |name| name::kind(name));
        m.event_kind = if said == own || said == EventKind::Other { Some(said) } else { m.event_kind };
    }
    true
}

/// What a form's title says of the events that it lists (科普特色学会申报书), or the only option that is ticked below it.
fn own_kind(view: &View<'_>) -> Option<EventKind> {
    let blocks = || view.document.blocks.iter().take_while(|block| block.text.len() < LONGEST_OPTIONS).take(MOST_OPENING_BLOCKS);
    let ticked = |text: &str| choices(text).into_iter().filter(|choice| choice.ticked).map(|choice| text[choice.text].to_owned()).collect::<String>();
    let class = || head(view).lines().filter(|line| line.contains("特色学会")).collect::<String>();
    only_kind(&class()).or_else(|| only_kind(head(view))).or_else(|| only_kind(&blocks().map(|block| ticked(&block.text)).collect::<String>()))
}

/// The kind of events that some words name; none where they name both.
fn only_kind(words: &str) -> Option<EventKind> {
    match (words.contains("科普"), words.contains("学术")) {
        (true, false) => Some(EventKind::Popular),
        (false, true) => Some(EventKind::Academic),
        _ => None,
    }
}

/// The papers of one file as mentions, in order; each knows the one before it.
fn papers(view: &View<'_>, context: &Context<'_>, in_form: bool, mentions: &mut Vec<Mention>) {
    let parts = part::parts(view, context.known);
    let first = mentions.len();
    let mut last: Option<usize> = None;
    for part in &parts {
        let stands = !in_form || is_substantial(view, part);
        if !stands && !vouch::may_be_bound(part, context.applicant) {
            continue;
        }
        let mut m = paper(view, part, context);
        if !stands && m.kind != EvidenceKind::Certificate {
            continue;
        }
        if m.names.is_empty() && !in_form && parts.len() == 1 && m.kind != EvidenceKind::Photo {
            // A bare 签到表 in the folder that is named after the event.
            m.names = file_names(view);
        }
        m.follows = last;
        last = Some(mentions.len());
        mentions.push(m);
    }
    if mentions.len() == first && !in_form {
        let all = lines(view);
        let certifying = vouch::certifies(&all, context.applicant);
        let names_applicant = || all.iter().any(|l| context.applicant.find(l.text).is_some());
        let letter = || vouch::confirms(&all, context.applicant).then_some(EvidenceKind::Certificate);
        let slip = || (certifying && names_applicant()).then_some(EvidenceKind::Certificate);
        let certified = || (certifying && view.role == Role::Certificate).then_some(EvidenceKind::Certificate);
        let record = || labelled_name(&all).map(|_| EvidenceKind::Other);
        if let Some(kind) = letter().or_else(slip).or_else(|| part::whole_file(view)).or_else(certified).or_else(record) {
            mentions.extend(whole(view, kind, context));
        }
    }
}

/// Whether a heading in the form has a paper of its own behind it.
fn is_substantial(view: &View<'_>, part: &Part<'_>) -> bool {
    let words: usize = part.lines.iter().map(|l| l.chars()).sum();
    let hosts = org::labelled(view, &part.lines).len();
    let cells = part.lines.iter().filter(|l| l.row.is_some()).count();
    match part.kind {
        EvidenceKind::Notice => words >= 80 && (hosts > 0 || part.lines.iter().any(|l| l.text.contains("定于"))),
        EvidenceKind::Agenda | EvidenceKind::SignIn => cells >= 6 && part.lines.first().is_some_and(|l| l.row.is_none()),
        EvidenceKind::News => {
            let cued = |l: &super::lines::Line<'_>| l.row.is_none() && ["来源:", "本报讯", "本网讯", "记者", "通讯员"].iter().any(|cue| l.text.contains(cue));
            words >= 60 && (part.is_bulletin() || part.lines.iter().any(cued))
        }
        _ => false,
    }
}

fn paper(view: &View<'_>, part: &Part<'_>, context: &Context<'_>) -> Mention {
    let mut kind = part.kind;
    if part.bare {
        kind = bare_kind(part);
    }
    // one's own word certifies nothing, and a section called 总结 that looks ahead sums nothing up
    if kind == EvidenceKind::Certificate && !vouch::certifies(&part.lines, context.applicant)
        || kind == EvidenceKind::Summary && part.name_is_above() && !facts::looks_back(&part.lines)
    {
        kind = EvidenceKind::Other;
    }
    if matches!(kind, EvidenceKind::Other | EvidenceKind::Summary) && vouch::confirms(&part.lines, context.applicant) {
        kind = EvidenceKind::Certificate;
    }
    let mut m = Mention::new(kind, view.id);
    let printed = name::tidy(&view.text[part.name.clone()]);
    m.name_at = if part.name.is_empty() { view.spans(part.title.clone()) } else { view.spans(part.name.clone()) };
    m.at = view.spans(part.title.clone());
    if !printed.is_empty() {
        m.names.push(printed);
    }
    if matches!(kind, EvidenceKind::News | EvidenceKind::Certificate | EvidenceKind::Summary) || (m.names.is_empty() && kind != EvidenceKind::Photo) {
        sentence_names(part, &mut m.names);
    }
    if m.names.is_empty() && matches!(kind, EvidenceKind::Certificate | EvidenceKind::News) {
        let words: String = part.lines.iter().map(|line| line.text).collect();
        m.names.extend(context.known.only_told(&words).map(str::to_owned));
    }
    if m.names.is_empty() && kind != EvidenceKind::Photo {
        // 会议签到表 below the line that names the meeting.
        m.names.extend(labelled_name(&part.lines));
    }
    if matches!(kind, EvidenceKind::News) {
        headline_last(part, &mut m.names);
    }
    let year = m
        .names
        .iter()
        .find_map(|n| when::year_in(n))
        .or_else(|| part.lines.iter().take(12).find_map(|l| when::year_in(l.text)))
        .or_else(|| when::year_in(head(view)))
        .or(context.year);
    facts::read(view, &part.lines, &mut m, year, context.applicant);
    // 证明 over the applicant's own name is no account of the event either
    if part.kind == EvidenceKind::Certificate && m.kind == EvidenceKind::Summary {
        m.kind = EvidenceKind::Other;
        m.held = false;
    }
    if kind == EvidenceKind::News {
        facts::before_publication(view, &part.lines, &mut m);
    }
    // 活动备案登记表 over the office's name
    if matches!(m.kind, EvidenceKind::Other | EvidenceKind::Summary)
        && !m.planned
        && let Some(signed) = vouch::signed_by_other(&part.lines, context.applicant)
        && vouch::looks_back(signed, m.when.as_ref().map(|when| &when.value), m.role.as_ref().map(|role| role.value))
    {
        m.kind = EvidenceKind::Certificate;
        m.held = true;
    }
    if let Some(when) = &m.when {
        m.at.extend(when.at.iter().filter(|s| !m.at.contains(s)).copied().collect::<Vec<_>>());
    }
    if let Some(role) = &m.role {
        let more: Vec<_> = role.at.iter().filter(|s| !m.at.contains(s)).copied().collect();
        m.at.extend(more);
    }
    m.creates = m.names.first().is_some_and(|n| may_open(n, &m));
    m
}

/// Puts a headline that the text does not repeat (志愿者走进基层) behind the event that the text names.
fn headline_last(part: &Part<'_>, names: &mut [String]) {
    let [headline, told, ..] = names else { return };
    let (core, other) = (name::core(headline), name::core(told));
    let repeated = || part.lines.iter().skip(1).take(20).any(|line| key(line.text).contains(core.as_str()));
    if name::names_event(told) && !core.contains(other.as_str()) && !other.contains(core.as_str()) && !repeated() {
        names.swap(0, 1);
    }
}

/// What follows a heading that is only an event's name.
fn bare_kind(part: &Part<'_>) -> EvidenceKind {
    let has = |words: &[&str]| part.lines.iter().take(30).any(|l| words.iter().any(|w| l.text.contains(w)));
    if has(&["http://", "https://", "www.", "链接", "预告"]) {
        EvidenceKind::Other
    } else if has(&["来源:", "记者", "本报讯", "讯 ", "通讯员"])
        || part.lines.iter().skip(1).any(|l| l.chars() > 40 && (l.text.contains("举行") || l.text.contains("召开") || l.text.contains("举办")))
    {
        EvidenceKind::News
    } else if facts::looks_back(&part.lines) {
        EvidenceKind::Summary
    } else if facts::announces(&part.lines) {
        EvidenceKind::Notice
    } else {
        EvidenceKind::Other
    }
}

/// Names in the first sentences of a part.
fn sentence_names(part: &Part<'_>, names: &mut Vec<String>) {
    for line in part.lines.iter().skip(1).filter(|l| l.chars() >= 12).take(3) {
        for range in name::in_sentence(line.text).into_iter().take(4) {
            let found = name::tidy(&line.text[range]);
            let told = name::is_strong(&found) || found.chars().count() >= 6 && name::kind(&found) != EventKind::Other && !name::is_admin(&found);
            if told && !names.contains(&found) && names.len() < 6 {
                names.push(found);
            }
        }
    }
}

/// The name beside a label: 活动名称：…, 会议名称 in the cell before it.
fn labelled_name(part: &[super::lines::Line<'_>]) -> Option<String> {
    let in_cell = |n: usize| part[n].row.is_some() && part[n].text.trim() == "名称" && part.get(n + 1).is_some_and(|next| name::names_event(next.text));
    let label = (0..part.len()).find(|&n| {
        let l = &part[n];
        in_cell(n)
            || ["活动名称", "会议名称", "活动主题", "会议主题", "活动题目", "讲座题目", "培训主题"]
                .iter()
                .any(|w| l.text.trim_start_matches(|c: char| "一二三四五六七八九十、.1234567890".contains(c)).starts_with(w))
    })?;
    let text = part[label].text;
    let value = text.split_once(':').map_or("", |(_, value)| value);
    let value = if value.is_empty() { part.get(label + 1).map_or("", |l| l.text) } else { value };
    let name = name::tidy(value);
    (name.chars().count() >= 4).then_some(name)
}

/// Whether a paper may stand for an event that the form does not list.
fn may_open(name: &str, m: &Mention) -> bool {
    if name::is_admin(name) || name::is_paperwork(name) || !name::names_event(name) || name.chars().count() < 5 {
        return false;
    }
    match m.kind {
        EvidenceKind::Notice | EvidenceKind::Agenda | EvidenceKind::SignIn | EvidenceKind::Papers => true,
        EvidenceKind::News | EvidenceKind::Summary => m.when.is_some() && m.role.as_ref().is_some_and(|r| r.value != crate::model::EventRole::其他),
        _ => false,
    }
}

/// Whether a line has the day of an event.
fn tells_day(line: &super::lines::Line<'_>, event: &Event) -> bool {
    let (Some(from), Some(to)) = (&event.from, &event.to) else { return false };
    let days = When { from: from.value, to: to.value, range: 0..0 };
    days.has_day() && when::days(line.text, Some(from.value.year)).iter().any(|day| day.meets(&days))
}

/// A file whose kind only its role or its name tells.
fn whole(view: &View<'_>, kind: EvidenceKind, context: &Context<'_>) -> Option<Mention> {
    let all = lines(view);
    let first = all.first()?;
    let part = Part { kind, title: first.range(), name: first.start..first.start, lines: all.clone(), bare: false };
    let mut m = paper(view, &part, context);
    if let Some(labelled) = labelled_name(&all)
        && !m.names.contains(&labelled)
    {
        m.names.insert(0, labelled);
    }
    m.names.extend(file_names(view));
    m.creates = m.creates || m.names.first().is_some_and(|n| may_open(n, &m) && name::is_strong(n) && m.when.is_some());
    Some(m)
}

/// What the file's name and its folder call the event.
fn file_names(view: &View<'_>) -> Vec<String> {
    let path = view.file.path.replace('!', "/");
    let mut names = Vec::new();
    for (depth, piece) in path.rsplit(['/', '\\']).take(2).enumerate() {
        let stem = if depth == 0 { piece.rsplit_once('.').map_or(piece, |(stem, _)| stem) } else { piece };
        let tight = tight(stem);
        let mut name = tight.as_str();
        name = name.trim_start_matches(|c: char| c.is_ascii_digit() || "附件佐证材料一二三四五六七八九十、.:-_—()".contains(c));
        for word in [
            "现场照片",
            "活动照片",
            "会议照片",
            "照片",
            "合影",
            "图片",
            "签到表",
            "签到",
            "议程",
            "日程",
            "通知",
            "新闻报道",
            "新闻稿",
            "新闻",
            "报道",
            "总结",
            "现场",
            "会场",
            "开幕式",
            "专家报告",
            "材料",
            "佐证",
        ] {
            name = name.trim_end_matches(|c: char| c.is_ascii_digit() || "()-_—一二三四五六七八九十".contains(c));
            name = name.strip_suffix(word).unwrap_or(name);
        }
        let name = name::tidy(
            name.trim_start_matches("新闻报道")
                .trim_start_matches("关于举办")
                .trim_start_matches("关于召开")
                .trim_start_matches("关于开展")
                .trim_end_matches('的')
                .trim_matches(|c: char| "-_—".contains(c)),
        );
        if name.chars().count() >= 5 && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// A picture: its name, its folder and the day it was taken tell of which event it is.
fn photo(view: &View<'_>) -> Mention {
    let mut m = Mention::new(EvidenceKind::Photo, view.id);
    m.names = file_names(view);
    m.held = true;
    m.words = view.file.path.clone();
    let taken = view.document.taken.as_deref().map(|t| t.replacen(':', "-", 2));
    m.when = taken.as_deref().and_then(|t| when::first(t, None)).filter(When::has_day).map(|value| Seen { value, at: Vec::new() });
    m
}

/// Adds a file that only names an event in passing: a yearly summary, a list of links.
///
/// News that tells of the event's own day as past is news of it, too: 往期回顾：5月21日，…在…举行. So is what another body tells of it in a
/// digest or a statement.
fn mentioned(view: &View<'_>, is_news: bool, is_loose: bool, applicant: &Applicant, events: &mut [Event]) {
    let summary = matches!(view.role, Role::Report) || ["总结", "汇报", "报告"].iter().any(|w| view.name().contains(w));
    let kind = if summary { EvidenceKind::Summary } else { EvidenceKind::Other };
    let cues = ["本报讯", "本网讯", "通讯员", "记者", "来源:"];
    let all = lines(view);
    let is_news = is_news || all.iter().take(40).any(|l| cues.iter().any(|cue| l.text.contains(cue)));
    let signed = if is_loose { vouch::signed_by_other(&all, applicant) } else { None };
    let all: Vec<(super::lines::Line<'_>, String)> = all.into_iter().filter(|l| l.text.len() < 20_000).map(|l| (l, key(l.text))).collect();
    for event in events.iter_mut().filter(|e| e.evidence.iter().all(|seen| seen.doc != view.id)) {
        let core = name::core(&event.name);
        if core.chars().count() < 6 {
            continue;
        }
        let mut told = all.iter().filter(|(_, key)| key.contains(core.as_str()));
        let reports = |line: &super::lines::Line<'_>| is_news && !facts::is_planned(line.text) && tells_day(line, event);
        let vouches = |line: &super::lines::Line<'_>, signed| {
            let days = event.from.as_ref().zip(event.to.as_ref()).map(|(from, to)| When { from: from.value, to: to.value, range: 0..0 });
            tells_day(line, event) && vouch::looks_back(signed, days.as_ref(), vouch::role_in(line, applicant))
        };
        if let Some((line, _)) = signed.and_then(|signed| told.clone().find(|(line, _)| vouches(line, signed))) {
            event.evidence.push(EventEvidence { kind: EvidenceKind::Certificate, doc: view.id, at: view.spans(line.range()) });
            event.evidence.sort_by_key(|seen| seen.kind);
            event.status = EventStatus::Held;
        } else if let Some((line, _)) = told.clone().find(|(line, _)| reports(line)) {
            event.evidence.push(EventEvidence { kind: EvidenceKind::News, doc: view.id, at: view.spans(line.range()) });
            event.evidence.sort_by_key(|seen| seen.kind);
            event.status = EventStatus::Held;
        } else if let Some((line, _)) = told.next().filter(|_| is_loose) {
            event.evidence.push(EventEvidence { kind, doc: view.id, at: view.spans(line.range()) });
            // a summary looks back
            if summary && event.status == EventStatus::Unknown && !facts::is_planned(line.text) {
                event.status = EventStatus::Held;
            }
        }
    }
}
