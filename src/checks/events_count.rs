use super::alike::shown;
use super::case::FEW;
use super::contract::declare_check;
use super::standing::{Standing, is_kind, places, sessions, standing};
use super::{Case, Check};
use crate::model::{Event, EventKind, EvidenceKind, Outcome, Pointer, Role, Say, Severity};
use crate::say;
use schemars::JsonSchema;
use serde::Deserialize;

declare_check! {
    /// Enough events of this year were hosted or organised, and are proved.
    ///
    /// ## How it is decided
    /// An event counts when its date is in the programme's year and not after the day the dossier was received (else
    /// the date filled in, else the day of screening), the applicant's role is 主办, 承办, 联合主办 or 共同承办 (N12; 牵头
    /// stands for 主办), and a document other than the form proves it: an agenda, a sign-in sheet, a captioned photo, a
    /// report or another body's certificate, or a notice together with a summary or photos. Bare photos, a summary or a notice
    /// alone are left to a person.
    ///
    /// Enough that count: `pass`. Else, if those that a person must settle would make it enough, or a file that could
    /// prove one was not read: `human`. Else enough claimed, planned ones included: `fail` as a warning, because the
    /// proof can be handed in. Fewer claimed: `fail`.
    ///
    /// Academic events count by name: sub-forums do not multiply. Popular-science events count in 场次, one place on
    /// one day, so that a series of four lectures is four (N13); both numbers are shown.
    ///
    /// ## Why
    /// “本年度主办或承办学术交流活动不少于2场”, “牵头组织的科普活动不少于3场次/年”. A claim in the applicant's own form proves
    /// nothing, and an event that is still to come is a promise.
    ///
    /// ## A person looks when
    /// A lone notice is the only proof, the date or the role was not read, or unread files could hold the proof. Where the form
    /// itself lists too few, unread photos could not add one; days in its lists that no event was read from could.
    pub struct EventsCount("events-count", Dossier, bind_dossier, Form, [Pass, Fail, Human],
        "逐项核对活动：日期在本年度且不晚于收到之日（未登记的按填报日期，再按核查之日），角色为主办、承办、联合主办、共同承办（牵头视为主办），并有申报书以外的议程、签到表、有说明的照片、报道或其他单位出具的证明，或通知加总结、照片，即计入。达到数量为符合；只差佐证或尚未举办的标待补正；申报的活动本身不足为不符合。学术活动一个名称算一场；科普活动一处一日为一场次（N13）。只有通知、只有无说明的照片、日期或角色未读到、有未读文件可能是佐证、申报书的活动部分有日期未能读成活动时由人工核定。"
    ) {
        kind: Kind,
        min: u32,
        unit: Unit,
    }
}

/// Which events are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Academic,
    Popular,
}

impl Kind {
    pub fn event(self) -> EventKind {
        match self {
            Self::Academic => EventKind::Academic,
            Self::Popular => EventKind::Popular,
        }
    }

    pub fn say(self) -> Say {
        match self {
            Self::Academic => say!("学术交流活动", "scholarly event"),
            Self::Popular => say!("科普活动", "popular-science event"),
        }
    }
}

/// What one of them is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// One name, continuous dates.
    Event,
    /// One place on one day.
    Session,
}

/// Files that could prove an event.
pub const PROVE_EVENTS: [Role; 7] = [Role::EventNotice, Role::Agenda, Role::SignIn, Role::Photo, Role::News, Role::Report, Role::Plan];

/// Files that could tell of an event which the form does not list.
pub const CLAIM_EVENTS: [Role; 4] = [Role::EventNotice, Role::Agenda, Role::Report, Role::Plan];

impl Check for EventsCount {
    fn settle(&self, _: &crate::model::Round) -> Result<(), String> {
        if self.min == 0 { Err("field `min`: found 0, expected at least 1".to_owned()) } else { Ok(()) }
    }

    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let by_session = self.unit == Unit::Session && !case.round().reads("N13", "event-only");
        let worth = |event: &Event| if by_session { sessions(event) } else { 1 };
        let stood: Vec<(&Event, Standing)> = case
            .facts()
            .events
            .iter()
            .filter_map(|event| match is_kind(event, self.kind.event()) {
                Some(true) => Some((event, standing(case, event))),
                Some(false) => None,
                None => Some((event, of_unknown_kind(standing(case, event)))),
            })
            .collect();
        let sum = |wanted: fn(&Standing) -> bool| stood.iter().filter(|(_, s)| wanted(s)).map(|(event, _)| worth(event)).sum::<u32>();
        let counted = sum(|s| *s == Standing::Counts);
        let open = sum(|s| matches!(s, Standing::Person(_)));
        let claimed = sum(Standing::is_claimed);
        let told = told(&stood, worth);
        let unread = &case.facts().unread_event_days;
        let (min, kind) = (self.min, self.kind.say());
        let (zh, en, told_zh, told_en) = (&kind.zh, &kind.en, &told.zh, &told.en);
        let head = if by_session {
            let items = stood.iter().filter(|(_, s)| *s == Standing::Counts).count();
            say!(
                "{zh}计入 {items} 项、{counted} 场次（要求不少于 {min} 场次）{told_zh}",
                "{items} {en}(s) with {counted} session(s) count, at least {min} required{told_en}"
            )
        } else {
            say!("{zh}计入 {counted} 场（要求不少于 {min} 场）{told_zh}", "{counted} {en}(s) count, at least {min} required{told_en}")
        };
        let order = |(_, s): &&(&Event, Standing)| u8::from(*s != Standing::Counts);
        let mut shown: Vec<&(&Event, Standing)> = stood.iter().collect();
        shown.sort_by_key(order);
        let evidence: Vec<Pointer> = shown.iter().flat_map(|(event, _)| places(event)).take(FEW * 2).collect();
        let outcome = if counted >= min {
            Outcome::pass(head)
        } else if counted + open >= min {
            Outcome::human(add(head, say!("；部分活动须人工核定是否计入", "; a person settles the open ones")))
        } else if claimed >= min {
            let fail = Outcome::fail(add(head, say!("；其余仅有申报书自述或尚未举办，缺佐证", "; the others are only claimed or still to come")));
            case.absent(&PROVE_EVENTS, fail.at_most(Severity::Warning))
        } else if u32::try_from(unread.len()).is_ok_and(|days| claimed + days >= min) {
            let days = unread.len();
            let say = say!(
                "；申报书的活动部分另有 {days} 个日期未能读成活动，请人工核对",
                "; {days} more day(s) in the form's lists were not read as events; please look"
            );
            let spans = unread.iter().take(FEW).copied().map(Pointer::Span);
            return vec![Outcome::human(add(head, say)).see(evidence.into_iter().chain(spans).collect::<Vec<_>>())];
        } else {
            // What the form lists is what is claimed: a photo proves an event, it claims none.
            let listed = stood.iter().any(|(event, _)| event.evidence.iter().any(|e| e.kind == EvidenceKind::Form));
            let could_claim: &[Role] = if listed { &CLAIM_EVENTS } else { &PROVE_EVENTS };
            case.absent(could_claim, Outcome::fail(add(head, say!("；申报的活动不足", "; too few are claimed"))))
        };
        vec![outcome.see(evidence)]
    }
}

/// An event whose kind is not known never counts by itself.
fn of_unknown_kind(standing: Standing) -> Standing {
    match standing {
        Standing::Counts => Standing::Person(say!("活动性质（学术、科普）未能确定", "whether it is scholarly or popular is not known")),
        other => other,
    }
}

fn add(mut head: Say, tail: Say) -> Say {
    head.zh.push_str(&tail.zh);
    head.en.push_str(&tail.en);
    head
}

/// Each event with its standing, for the sentence.
fn told(stood: &[(&Event, Standing)], worth: impl Fn(&Event) -> u32) -> Say {
    if stood.is_empty() {
        return say!("；材料中未见此类活动", "; none was found");
    }
    let mut told = Say::default();
    for (n, (event, standing)) in stood.iter().take(12).enumerate() {
        let (name, why, worth) = (shown(&event.name), standing.why(), worth(event));
        let (zh, en) = if *standing == Standing::Counts { ("计入", "counts") } else { (why.zh.as_str(), why.en.as_str()) };
        let times = if worth > 1 { format!("×{worth}") } else { String::new() };
        let mark = if n == 0 { ["：", ": "] } else { ["；", "; "] };
        told.zh.push_str(&format!("{}《{name}》{times}{zh}", mark[0]));
        told.en.push_str(&format!("{}“{name}”{times} {en}", mark[1]));
    }
    told
}
