use super::alike::shown;
use super::contract::declare_check;
use super::events_count::{CLAIM_EVENTS, Kind, PROVE_EVENTS};
use super::standing::{Standing, is_kind, places, standing};
use super::{Case, Check};
use crate::model::{Event, Level, Outcome, Pointer, Span};
use crate::say;

declare_check! {
    /// At least one event that counts is of national, provincial or regional reach.
    ///
    /// ## How it is decided
    /// Only over events that count. One whose level is among `levels`, shown outside the form (the title or the host
    /// line of a notice, a report): `pass`. All of them are events of the city, every file that could tell of another event was
    /// read and nothing claims more: `fail`; a photo makes no wider event of them. Nothing counts and nothing is open: the rule does not apply, because the
    /// rule on the number of events answers.
    ///
    /// ## Why
    /// “且至少一场是全国或全省（区域）性学术交流活动”. There is no official definition of the level; only a notice that says it is
    /// decisive, a claim in the form is not.
    ///
    /// ## A person looks when
    /// The level stands only in the form, is part of a province (N11), or was not found; or a file that could tell of another event was not read.
    pub struct EventLevel("event-level", Dossier, bind_dossier, Form, [Pass, Fail, Human, NotApplicable],
        "只看已计入的活动：附件中的通知标题或主办单位表明为国际、全国、全省或跨省区域性的为符合；全部为市级、材料（照片除外）已全部读出且没有更高级别的说法为不符合；没有计入的活动时不适用。级别只见于申报书、为省内片区（N11）、未见级别或有照片以外的文件未读时由人工核定。"
    ) {
        kind: Kind,
        levels: Vec<Level>,
        /// Levels that a person judges, unless the reading of N11 lets them count.
        human_levels: Vec<Level>,
    }
}

impl Check for EventLevel {
    fn settle(&self, _: &crate::model::Round) -> Result<(), String> {
        if self.levels.is_empty() { Err("field `levels`: found none, expected at least one level".to_owned()) } else { Ok(()) }
    }

    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let events = || case.facts().events.iter().filter(|event| is_kind(event, self.kind.event()) != Some(false));
        let counting: Vec<&Event> = events().filter(|e| is_kind(e, self.kind.event()) == Some(true) && standing(case, e) == Standing::Counts).collect();
        let below_counts = case.round().reads("N11", "subprovincial-counts");
        let is_wide = |event: &Event| self.levels.contains(&event.level) || below_counts && self.human_levels.contains(&event.level);
        if let Some(event) = counting.iter().find(|event| is_wide(event) && event.level_proved) {
            let (name, level) = (shown(&event.name), level_zh(event.level));
            let level_en = level_en(event.level);
            let say = say!("《{name}》为{level}活动，级别见于附件", "“{name}” is {level_en}, as an attachment shows");
            return vec![Outcome::pass(say).see(level_places(&event.level_at)).see(places(event))];
        }
        if let Some(event) = counting.iter().find(|event| is_wide(event)) {
            let (name, level) = (shown(&event.name), level_zh(event.level));
            let level_en = level_en(event.level);
            let say = say!("《{name}》自述为{level}活动，附件中未见级别，请人工核定", "“{name}” is said to be {level_en} only by the applicant; please decide");
            return vec![Outcome::human(say).see(level_places(&event.level_at)).see(places(event))];
        }
        if let Some(event) = counting.iter().find(|event| self.human_levels.contains(&event.level)) {
            let name = shown(&event.name);
            let say = say!("《{name}》为省内片区活动，是否属“全省（区域）性”请人工核定", "“{name}” covers part of the province; please decide");
            return vec![Outcome::human(say).see(level_places(&event.level_at)).see(places(event))];
        }
        let city_only = !counting.is_empty() && counting.iter().all(|event| event.level == Level::City);
        let claimed = events().any(|event| is_wide(event) || self.human_levels.contains(&event.level));
        if city_only && !claimed {
            let names = counting.iter().map(|event| format!("《{}》", shown(&event.name))).collect::<Vec<_>>().join("、");
            let say = say!(
                "计入的活动均为市级：{names}；要求至少一场为全国、全省或区域性活动",
                "all events that count are of the city: {names}; one must be national, provincial or regional"
            );
            return vec![case.absent(&CLAIM_EVENTS, Outcome::fail(say)).see(counting.iter().flat_map(|event| places(event)).take(4))];
        }
        if !counting.is_empty() {
            let names = counting.iter().map(|event| format!("《{}》", shown(&event.name))).collect::<Vec<_>>().join("、");
            let say = say!("计入的活动中未见全国、全省或区域性的级别：{names}，请人工核定", "no wide reach was found for {names}; please decide");
            return vec![Outcome::human(say).see(counting.iter().flat_map(|event| places(event)).take(4)).searched(case.searched())];
        }
        let open: Vec<&Event> = events().filter(|e| matches!(standing(case, e), Standing::Person(_) | Standing::Counts)).collect();
        if !open.is_empty() {
            let names = open.iter().map(|event| format!("《{}》", shown(&event.name))).collect::<Vec<_>>().join("、");
            let say = say!("尚无可确定计入的活动，级别待人工核定：{names}", "no event certainly counts; the level of {names} is for a person");
            return vec![Outcome::human(say).see(open.iter().flat_map(|event| places(event)).take(4))];
        }
        let none = Outcome::not_applicable(say!("没有计入的活动，级别无从核对", "no event counts, so there is no level to look at"));
        vec![case.absent(&PROVE_EVENTS, none)]
    }
}

fn level_places(spans: &[Span]) -> impl Iterator<Item = Pointer> + '_ {
    spans.iter().take(2).copied().map(Pointer::Span)
}

fn level_zh(level: Level) -> &'static str {
    match level {
        Level::International => "国际性",
        Level::Nation => "全国性",
        Level::Province => "全省性",
        Level::Region => "跨省区域性",
        Level::Subprovincial => "省内片区",
        Level::City => "市级",
        Level::Unknown => "级别不明的",
    }
}

fn level_en(level: Level) -> &'static str {
    match level {
        Level::International => "international",
        Level::Nation => "national",
        Level::Province => "provincial",
        Level::Region => "regional",
        Level::Subprovincial => "of part of the province",
        Level::City => "of the city",
        Level::Unknown => "of unknown level",
    }
}
