//! What one part of a file says of its event: time, place, hosts, level, whether it was held.
use super::level;
use super::mention::{Mention, Seen};
use super::org::{self, Applicant, Hosts, Part};
use super::when::{self, When};
use crate::extract::View;
use crate::extract::lines::Line;
use crate::model::{EventRole, EvidenceKind};
use crate::text::normal;
use jiff::ToSpan;
use regex::Regex;
use std::sync::LazyLock;

static TIME_LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?P<b>[^,。;:\d]{0,10}?)(?:时\s*间|日\s*期)(?:安排|及地点|与地点|、地点|地点)?\s*(?::|$)").expect("the time label pattern is well formed")
});

/// Times that are not the event's.
static OTHER_TIME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"报到|注册|截止|发布|发表|来源|报名|投稿|征文|缴费|印发|签发|成立|更新|退房|返程|撤展|提交|作者|浏览|记者|上传|打印|制表")
        .expect("the other time pattern is well formed")
});

static PLACE_LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?P<b>[^,。;:\d]{0,8}?)(?:地\s*点|举办地|会议地址|活动地址|场所)\s*(?::|$)").expect("the place label pattern is well formed")
});

static NEXT_LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[一二三四五六七八九十\d]{0,3}[、.]?(?:会议|活动|举办|参会|参加|主办|承办|协办)?(?:时\s*间|地\s*点|日\s*期|人员|对象|单位|联系人|主题|内容|形式|报到|主持人?)[^,。;:\d]{0,4}:").expect("the next label pattern is well formed")
});

static AT_PLACE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"在(?P<p>[^,。;:\n在]{2,40}?)(?:隆重|成功|顺利|如期|圆满|正式|胜利|联合|共同|牵头)*(?:举行|召开|举办|主办|承办|开幕|开展|开讲|组织)")
        .expect("the place pattern is well formed")
});

static HELD_VERB: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"举办|召开|举行|开幕|开展|开讲|组织|承办|主办|走进|启动|在.{2,30}进行").expect("the verb pattern is well formed"));

/// Words of a paper that looks back: how many came, how it went.
static WENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:共有?|到会|到场|参会|参加|参与|出席|观看|接待|吸引|受众|惠及)(?:人[数次]|居民|群众|市民|公众|学生)*[:约达]?\s*\d[\d.]*\s*万?[余多]?(?:名|位|人)|(?:成功|圆满|顺利)(?:举办|举行|召开|完成|结束|落幕)")
        .expect("the pattern of looking back is well formed")
});

static PLANNED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"拟[定计]?[于在举召主承]|拟\d|计划[于在]|预计[于在]|预告|即将|筹备中|待举办|未举办|计划举办|拟举办|拟召开|计划召开")
        .expect("the plan pattern is well formed")
});

static FUTURE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"将于|将在|即将|拟于|预告|敬请期待").expect("the future pattern is well formed"));

static ONLINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"线上|网络直播|视频会议|直播|腾讯会议|钉钉|云端|云会议|云课堂|云讲堂|ZOOM|Zoom|zoom|网上|在线").expect("the online pattern is well formed")
});

static SESSIONS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?P<b>[第]?)(?P<n>\d{1,3}|[一二三四五六七八九十两]{1,3})\s*(?:个)?(?:场次|场|期)(?:$|[^\d馆地所景合面外内])")
        .expect("the session pattern is well formed")
});

/// A longer line is no sentence about an event; bytes.
const LONGEST_SENTENCE: usize = 12_000;

/// Reads the lines of a part into its mention. `year` is the context for days without a year.
pub(super) fn read(view: &View<'_>, lines: &[Line<'_>], mention: &mut Mention, year: Option<i16>, applicant: &Applicant) {
    mention.when = event_time(view, lines, mention.kind, year);
    mention.place = place(lines);
    let words: String = lines.iter().take(400).map(|l| l.text).collect::<Vec<_>>().join("\n");
    mention.applicant_named |= applicant.find(&words).is_some();
    // 我会 in another body's certificate or another society's news is that body
    let own: &[&str] = match mention.kind {
        EvidenceKind::Certificate => &org::YOUR_WORDS,
        _ if mention.applicant_named || !org::names_society(&words) => &org::OWN_WORDS,
        _ => &[],
    };
    let mut hosts = org::labelled(view, lines);
    if !hosts.iter().any(|h| matches!(h.part, Part::Host | Part::Organiser)) {
        for line in lines.iter().filter(|l| l.row.is_none() && l.text.len() < LONGEST_SENTENCE).take(60) {
            hosts.extend(org::in_sentences(line.text, line.start, applicant, own));
        }
    }
    if mention.kind == EvidenceKind::Notice && !hosts.iter().any(|h| h.part == Part::Host) {
        hosts.extend(issuer(lines, &hosts));
    }
    mention.hosted = hosts.iter().any(|h| matches!(h.part, Part::Host | Part::Organiser));
    if let Some((role, list)) = org::role(&hosts, applicant) {
        mention.role = Some(Seen { value: role, at: view.spans(list.range.clone()) });
    } else if applicant.is_known() && mention.hosted && mention.kind != EvidenceKind::Form && !hosts.iter().any(Hosts::says_own) {
        let list = hosts.iter().find(|h| h.part == Part::Host).or(hosts.first());
        mention.role = list.map(|l| Seen { value: EventRole::其他, at: view.spans(l.range.clone()) });
    }
    if mention.role.is_none() && mention.hosted_by_name(applicant) {
        mention.role = Some(Seen { value: EventRole::主办, at: mention.name_at.clone() });
    }
    level(view, mention, &hosts);
    let is_short = words.len() < 60_000;
    let plans = is_short && PLANNED.is_match(&words);
    if mention.kind == EvidenceKind::Other && is_short && !plans && WENT.is_match(&words) {
        mention.kind = EvidenceKind::Summary;
    }
    let proving = !matches!(mention.kind, EvidenceKind::Notice | EvidenceKind::Form | EvidenceKind::Other);
    let future = announces_ahead(lines, mention);
    mention.planned |= plans && !matches!(mention.kind, EvidenceKind::SignIn | EvidenceKind::Photo);
    mention.held = proving && !(future && mention.kind == EvidenceKind::News) && !(mention.planned && mention.kind == EvidenceKind::News);
    mention.online |= lines.iter().take(40).any(|l| ONLINE.is_match(l.text) && !l.text.contains("来源"));
    mention.words = words;
}

/// Whether an event is told of as still to come: in the sentence that gives its day, or in the title.
fn announces_ahead(lines: &[Line<'_>], mention: &Mention) -> bool {
    let title = lines.iter().take(2).any(|l| FUTURE.is_match(l.text) && l.chars() <= 60);
    let day = |sentence: &str| {
        let told = mention.when.as_ref().map(|when| &when.value);
        told.is_none_or(|told| when::days(sentence, Some(told.from.year)).iter().any(|w| w.meets(told)))
    };
    title || lines.iter().flat_map(|l| l.text.split(['。', ';', '!'])).any(|sentence| FUTURE.is_match(sentence) && day(sentence))
}

/// Whether a paper tells how many came or how it went.
pub(super) fn looks_back(lines: &[Line<'_>]) -> bool {
    lines.iter().take(60).any(|line| WENT.is_match(line.text))
}

/// Whether a paper that is headed by an event's name announces it: when, and by whom or where.
pub(super) fn announces(lines: &[Line<'_>]) -> bool {
    let labelled = |label: &Regex| lines.iter().take(30).any(|line| label.is_match(line.text));
    let hosts = lines.iter().take(30).any(|line| ["主办", "承办"].iter().any(|word| line.text.starts_with(word)));
    labelled(&TIME_LABEL) && (hosts || labelled(&PLACE_LABEL))
}

/// The level of the name, else that of the hosts.
fn level(view: &View<'_>, mention: &mut Mention, hosts: &[Hosts]) {
    let named = mention.names.iter().find_map(|name| level::in_name(name)).map(|(level, _)| level);
    let hosted = hosts
        .iter()
        .filter(|h| h.part == Part::Host)
        .flat_map(|h| h.orgs.iter().filter_map(move |o| level::of_host(o).map(|l| (l, h))))
        .min_by_key(|(l, _)| *l);
    mention.level = match (named, hosted) {
        (Some(level), None) => Some(Seen { value: level, at: mention.name_at.clone() }),
        (Some(level), Some((by_host, _))) if level::is_high(level) || !level::is_high(by_host) => Some(Seen { value: level, at: mention.name_at.clone() }),
        (_, Some((level, list))) => Some(Seen { value: level, at: view.spans(list.range.clone()) }),
        (None, None) => None,
    };
}

/// The organisation that signs a notice without host lines: the short line before the date at its end.
fn issuer(lines: &[Line<'_>], hosts: &[Hosts]) -> Option<Hosts> {
    if hosts.iter().any(|h| h.part == Part::Host) {
        return None;
    }
    let from = lines.len().saturating_sub(8);
    let tail = &lines[from..];
    let date = tail.iter().rposition(|l| l.chars() <= 20 && when::days(l.text, None).first().is_some_and(|d| d.range.start == 0))?;
    let line = tail[..date].iter().rev().find(|l| (4..=30).contains(&l.chars()) && !l.text.contains([':', '。']))?;
    let ends = ["会", "协", "局", "委", "办公室", "大学", "学院", "中心", "院", "公司"].iter().any(|e| line.text.ends_with(e));
    ends.then(|| Hosts { part: Part::Host, orgs: org::split_orgs(line.text), joint: false, is_loose: false, range: line.range(), words: line.text.to_owned() })
}

fn event_time(view: &View<'_>, lines: &[Line<'_>], kind: EvidenceKind, year: Option<i16>) -> Option<Seen<When>> {
    let seen = |line: &Line<'_>, at: usize, w: When| {
        let range = line.start + at + w.range.start..line.start + at + w.range.end;
        Seen { at: view.spans(range), value: w }
    };
    // 来源：… 作者：… 时间：…: the day of publication
    for (n, line) in lines.iter().enumerate().filter(|(_, line)| !is_byline(line.text)) {
        for caps in TIME_LABEL.captures_iter(line.text) {
            let (Some(all), Some(before)) = (caps.get(0), caps.name("b")) else { continue };
            if OTHER_TIME.is_match(before.as_str()) || OTHER_TIME.is_match(&line.text[..all.start()]) && all.start() < 12 {
                continue;
            }
            let value = &line.text[all.end()..];
            if let Some(w) = pick(value, year) {
                return Some(seen(line, all.end(), w));
            }
            if value.trim().is_empty()
                && let Some(next) = lines.get(n + 1)
                && let Some(w) = pick(next.text, year)
            {
                return Some(seen(next, 0, w));
            }
        }
    }
    for line in lines {
        let mut start = 0;
        for sentence in line.text.split(['。', ';']) {
            let at = start;
            start += sentence.len() + line.text[start + sentence.len()..].chars().next().map_or(0, char::len_utf8);
            let bare = when::days(sentence, year).first().is_some_and(|w| w.range.len() + 12 >= sentence.len());
            if HELD_VERB.is_match(sentence)
                && !bare
                && !is_byline(line.text)
                && let Some(w) = pick(sentence, year)
            {
                return Some(seen(line, at, w));
            }
        }
    }
    let loose = matches!(kind, EvidenceKind::Agenda | EvidenceKind::SignIn | EvidenceKind::Photo | EvidenceKind::Papers | EvidenceKind::Summary);
    if loose {
        let found: Vec<(&Line<'_>, When)> = lines
            .iter()
            .take(60)
            .filter(|l| !is_byline(l.text))
            .flat_map(|l| when::days(l.text, year).into_iter().map(move |w| (l, w)))
            .filter(|(l, w)| !registration(l.text, w) && !registers(lines, l))
            .collect();
        let (line, head) = found.first()?;
        let mut whole = head.clone();
        // The days of an agenda follow each other: 7月16日 …, 7月17日 ….
        if kind == EvidenceKind::Agenda && head.from == head.to {
            for (_, w) in &found[1..] {
                let near = whole.to.first_day().zip(w.from.first_day()).is_some_and(|(a, b)| a.until(b).is_ok_and(|gap| (0..=2).contains(&gap.get_days())));
                if near && w.to > whole.to {
                    whole.to = w.to;
                }
            }
        }
        return Some(seen(line, 0, whole));
    }
    let prose = matches!(kind, EvidenceKind::News | EvidenceKind::Other);
    lines.iter().filter(|l| prose && !is_byline(l.text)).find_map(|l| pick(l.text, year).map(|w| seen(l, 0, w)))
}

/// Publication lines: 来源：…, 发布时间：….
pub(super) fn is_byline(text: &str) -> bool {
    static BYLINE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:来源|发布(?:时间|日期|人|者)?|发表时间|发表于|作者|编辑|责编|浏览|阅读量?|点击|供稿|更新时间|上传时间)\s*:|^原创|发表于\p{Han}{2,3}$|^\d{4}[-./]\d{1,2}[-./]\d{1,2}\s*\d{1,2}:\d{2}").expect("the byline pattern is well formed")
    });
    // A report that opens with its reporter is no line of its own: 本报讯（记者：…）6月11日，…举行。
    const LONGEST: usize = 100;
    BYLINE.is_match(text) && !(text.contains('。') && text.chars().take(LONGEST + 1).count() > LONGEST)
}

/// Whether a row of an agenda is about registration: 10月20日 | 14:00-21:00 | 报到.
fn registers(lines: &[Line<'_>], line: &Line<'_>) -> bool {
    let Some(row) = line.row else { return false };
    let at = lines.partition_point(|l| l.start < line.start);
    let same = |l: &&Line<'_>| l.row == Some(row);
    lines[at..].iter().take_while(same).chain(lines[..at].iter().rev().take_while(same)).any(|l| l.text.contains("报到") && l.chars() <= 12)
}

/// Whether a day is the day of registration: `7月15日报到`.
fn registration(text: &str, w: &When) -> bool {
    static AFTER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:[(][^()\d]{1,4}[)])?(?:前|(?:全天|下午|上午|晚)?(?:\d{1,2}[:点时]\d{0,2}[^,;。、]{0,12})?(?:为|注册)?报到)")
            .expect("the registration pattern is well formed")
    });
    let before: String = text[..w.range.start].chars().rev().take(6).collect::<Vec<_>>().into_iter().rev().collect();
    // 原定于4月9日举办…延期至7月30日
    AFTER.is_match(&text[w.range.end..]) || ["报到", "截止", "原定", "原计划", "原拟"].iter().any(|word| before.contains(word))
}

/// The first day or month of a value that is the event's; a registration day at its head is left out.
fn pick(value: &str, year: Option<i16>) -> Option<When> {
    static REGISTER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"[(,;]?(?:其中)?(?:\d{1,2}月)?(?P<d>\d{1,2})日?(?:全天|下午|为)?(?:注册)?报到").expect("the registration pattern is well formed")
    });
    // （本报讯 记者 某某）6月11日: what stands in brackets before a day does not name it.
    let named = |before: &str| OTHER_TIME.is_match(before.rsplit(')').next().unwrap_or(before)) && before.len() <= 30;
    let days: Vec<When> = when::days(value, year).into_iter().filter(|w| !named(&value[..w.range.start])).collect();
    let mut first = days.iter().find(|w| !registration(value, w)).cloned();
    if let Some(w) = &mut first
        && w.from != w.to
        && let Some(caps) = REGISTER.captures(&value[w.range.end..])
        && caps["d"].parse::<i8>().ok() == w.from.day
        && let Some(next) = w.from.first_day().and_then(|d| d.checked_add(1.day()).ok())
    {
        w.from = crate::text::date::PartialDate::day(next.year(), next.month(), next.day());
    }
    first.or_else(|| if days.is_empty() { when::months(value, year).into_iter().next().filter(|w| !registration(value, w)) } else { None })
}

/// A day without its year took the year of publication: news of December published in January tell of last year.
pub(super) fn before_publication(view: &View<'_>, lines: &[Line<'_>], mention: &mut Mention) {
    let Some(when) = &mut mention.when else { return };
    let printed: String = when.at.iter().map(|s| view.quote(*s)).collect();
    let published = lines.iter().take(8).filter(|l| is_byline(l.text)).find_map(|l| when::days(l.text, None).into_iter().next());
    let later = published.and_then(|p| p.from.first_day()).zip(when.value.from.first_day()).is_some_and(|(published, event)| event > published);
    if later && when::year_in(&printed).is_none() {
        when.value.from.year -= 1;
        when.value.to.year -= 1;
    }
}

fn place(lines: &[Line<'_>]) -> String {
    for (n, line) in lines.iter().enumerate() {
        for caps in PLACE_LABEL.captures_iter(line.text) {
            let (Some(all), Some(before)) = (caps.get(0), caps.name("b")) else { continue };
            if ["报到", "签订", "住宿", "注册", "联系"].iter().any(|w| before.as_str().contains(w)) {
                continue;
            }
            let mut value = &line.text[all.end()..];
            if value.is_empty() {
                // 时间 | 地点 | 主讲人: heads of columns
                let before = n.checked_sub(1).and_then(|before| lines.get(before)).filter(|before| line.row.is_some() && before.row == line.row);
                if before.is_some_and(|before| super::table::is_head(before.text)) {
                    continue;
                }
                value = lines.get(n + 1).map_or("", |next| next.text);
            }
            let end = NEXT_LABEL.find(value).map_or(value.len(), |m| m.start());
            let value = value[..end].split(['。', ';']).next().unwrap_or("");
            let value = value.trim_end_matches(|c: char| "一二三四五六七八九十、,".contains(c));
            if (2..=60).contains(&value.chars().count()) {
                return normal(value);
            }
        }
    }
    lines.iter().filter(|l| l.row.is_none()).find_map(|l| place_in(l.text)).unwrap_or_default()
}

/// The place in a sentence: 在…举行.
pub(super) fn place_in(text: &str) -> Option<String> {
    let caps = AT_PLACE.captures(text)?;
    Some(normal(&caps["p"]))
}

/// How many 场次 words claim: 共4场, 四场次; 第二场 claims none.
pub(super) fn sessions(text: &str) -> Option<u32> {
    SESSIONS.captures_iter(text).filter(|caps| caps["b"].is_empty()).find_map(|caps| {
        let n = &caps["n"];
        n.parse().ok().or_else(|| crate::text::numeral::chinese_number(n).and_then(|n| u32::try_from(n).ok())).filter(|n| (1..=366).contains(n))
    })
}

pub(super) fn is_online(text: &str) -> bool {
    ONLINE.is_match(text)
}

pub(super) fn is_planned(text: &str) -> bool {
    PLANNED.is_match(text)
}
