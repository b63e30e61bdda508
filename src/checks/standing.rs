//! Whether an event counts: its date, the applicant's role, and what proves it.
use super::Case;
use crate::model::{Event, EventKind, EventRole, EventStatus, EvidenceKind, Pointer, Say};
use crate::say;
use crate::text::date::PartialDate;
use jiff::civil::Date;

/// How an event stands on the day the dossier came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    Counts,
    /// What is there does not settle it.
    Person(Say),
    /// Claimed, but nothing outside the form shows it.
    Unproved(Say),
    /// After the day the dossier came.
    Planned(Say),
    /// Certainly not: another year, or a role that does not count.
    No(Say),
}

impl Standing {
    /// Whether the applicant claims it as one that will count.
    pub fn is_claimed(&self) -> bool {
        !matches!(self, Self::No(_))
    }

    pub fn why(&self) -> Say {
        match self {
            Self::Counts => say!("日期、角色、佐证齐全", "date, role and proof are there"),
            Self::Person(why) | Self::Unproved(why) | Self::Planned(why) | Self::No(why) => why.clone(),
        }
    }
}

/// Whether an event counts, and why; for the record's `counts` and `why`.
///
/// An event counts when its date is in the programme's year and not after the day received, the role is one that
/// counts (N12), and a document other than the form proves it. A lone notice leaves it to a person: not counted.
pub fn counting(case: &Case<'_>, event: &Event) -> (bool, Say) {
    let standing = standing(case, event);
    (standing == Standing::Counts, standing.why())
}

pub fn standing(case: &Case<'_>, event: &Event) -> Standing {
    let role = role(case, event);
    if let Some(no @ Standing::No(_)) = role {
        return no;
    }
    let date = date(case, event);
    if let Some(no @ (Standing::No(_) | Standing::Planned(_))) = date {
        return no;
    }
    if let Some(open) = proof(event) {
        return open;
    }
    role.or(date).unwrap_or(Standing::Counts)
}

/// What the role says against counting; `None` where it counts.
fn role(case: &Case<'_>, event: &Event) -> Option<Standing> {
    let printed = case.quote(&event.role_at);
    if printed.contains("协助承办") || printed.contains("协助主办") {
        return Some(Standing::Person(say!("角色为“{printed}”，是否计入由人工核定", "the role is “{printed}”; a person decides")));
    }
    match event.role {
        EventRole::主办 | EventRole::承办 | EventRole::联合主办 | EventRole::共同承办 => None,
        EventRole::协办 => Some(Standing::No(say!("角色为协办，不计入", "co-organised (协办) does not count"))),
        EventRole::其他 if printed.contains("牵头") || printed.contains("发起") => None,
        EventRole::其他 if printed.is_empty() => Some(Standing::Person(say!("未读到申报单位在活动中的角色", "the applicant's role was not read"))),
        EventRole::其他 => Some(Standing::No(say!("角色为“{printed}”，不计入", "the role “{printed}” does not count"))),
    }
}

/// What the date says against counting; `None` where it holds.
fn date(case: &Case<'_>, event: &Event) -> Option<Standing> {
    let cutoff = case.submitted_on();
    let year = case.round().year;
    let Some(from) = event.from.as_ref().map(|from| from.value) else {
        if event.status == EventStatus::Planned {
            return Some(Standing::Planned(say!("计划举办，尚未举办", "planned, not held yet")));
        }
        return Some(Standing::Person(say!("未读到活动日期", "the date was not read")));
    };
    let to = event.to.as_ref().map_or(from, |to| to.value);
    if from.year != year && to.year != year {
        return Some(Standing::No(say!("日期 {from} 不在 {year} 年度内", "the date {from} is outside {year}")));
    }
    if to.first_day().is_some_and(|day| day > cutoff) {
        return Some(Standing::Planned(say!("日期 {from} 晚于提交之日 {cutoff}，属计划", "the date {from} is after submission on {cutoff}: a plan")));
    }
    if from.year != to.year {
        return Some(Standing::Person(say!("活动跨年度（{from} 至 {to}）", "the event runs over two years ({from} to {to})")));
    }
    None
}

/// What is missing of the proof; `None` where a paper other than the form shows that it was held. The paper may be
/// bound into the form's own file.
fn proof(event: &Event) -> Option<Standing> {
    let outside = || event.evidence.iter().filter(|e| e.kind != EvidenceKind::Form);
    let has = |kind: EvidenceKind| outside().any(|e| e.kind == kind);
    // A photo without words shows that something was held on its day, not what.
    let not_held = || {
        let unsaid = event.status != EventStatus::Held;
        unsaid.then(|| Standing::Person(say!("佐证未说明活动已经举办", "the papers do not say that it was held")))
    };
    let captioned = outside().any(|e| e.kind == EvidenceKind::Photo && !e.at.is_empty());
    if captioned || [EvidenceKind::Agenda, EvidenceKind::SignIn, EvidenceKind::News, EvidenceKind::Certificate].into_iter().any(has) {
        return not_held();
    }
    let notice = has(EvidenceKind::Notice);
    if notice && [EvidenceKind::Summary, EvidenceKind::Papers, EvidenceKind::Photo].into_iter().any(has) {
        return not_held();
    }
    if notice {
        return Some(Standing::Person(say!("佐证仅有通知，能证明级别与角色，不能证明已举办", "a notice alone shows level and role, not that it was held")));
    }
    if outside().next().is_none() {
        return Some(Standing::Unproved(say!("仅见于申报书，附件中没有佐证", "only in the form; no attachment shows it")));
    }
    if has(EvidenceKind::Photo) {
        return Some(Standing::Person(say!("佐证仅有没有说明文字的照片，只有拍摄日期相符", "the only proof is photos without captions, taken on that day")));
    }
    if outside().all(|e| e.kind == EvidenceKind::Summary) {
        // What the society says of itself proves no more here than in the form.
        return Some(Standing::Unproved(say!("佐证仅有本会总结等自述材料", "only the society's own summary shows it")));
    }
    Some(Standing::Person(say!("佐证仅有总结、论文集等自述材料", "only the society's own summary or papers show it")))
}

/// The best places of an event: its proof first, then its name.
pub fn places(event: &Event) -> Vec<Pointer> {
    let proof = event.evidence.iter().filter(|e| e.kind != EvidenceKind::Form);
    let mut places: Vec<Pointer> = proof.map(|e| e.at.first().map_or(Pointer::File(e.doc), |span| Pointer::Span(*span))).take(2).collect();
    places.extend(event.at.first().map(|span| Pointer::Span(*span)));
    places
}

/// How many 场次 a popular-science event is: as claimed, else one a day (N13).
pub fn sessions(event: &Event) -> u32 {
    let day = |date: PartialDate| -> Option<Date> { date.day.and(date.first_day()) };
    let days = event.from.as_ref().zip(event.to.as_ref()).and_then(|(from, to)| {
        let days = day(from.value)?.until(day(to.value)?).ok()?.get_days() + 1;
        u32::try_from(days).ok().filter(|days| (1..=MOST_DAYS).contains(days))
    });
    event.sessions.max(1).max(days.unwrap_or(1))
}

/// A longer stretch is a period, not a stand that is manned every day.
const MOST_DAYS: u32 = 10;

/// Whether an event is of the kind a rule counts; `None` where its kind is not known.
pub fn is_kind(event: &Event, kind: EventKind) -> Option<bool> {
    match event.kind {
        EventKind::Other => None,
        own => Some(own == kind),
    }
}
