use super::alike::shown;
use super::case::FEW;
use super::contract::declare_check;
use super::events_count::Kind;
use super::standing::{Standing, is_kind, places, standing};
use super::{Case, Check};
use crate::model::{Event, Outcome};
use crate::say;

declare_check! {
    /// No event is dated after the day the dossier came.
    ///
    /// ## How it is decided
    /// Events of the kind whose date lies after the day received (else the date filled in, else the day of
    /// screening) fail as a warning: they count as plans and are to be proved at acceptance. None: the rule does not
    /// apply.
    ///
    /// ## Why
    /// The deadline is in November and the requirement is for the whole year; what is still to come is a promise.
    ///
    /// ## A person looks when
    /// Never for the sake of this rule.
    pub struct EventsPlanned("events-planned", Dossier, bind_dossier, Form, [Fail, NotApplicable],
        "日期晚于收到之日的活动只作计划，逐项标待补正，考核时须补证；没有则不适用。"
    ) {
        kind: Kind,
    }
}

impl Check for EventsPlanned {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let is_planned = |event: &&Event| is_kind(event, self.kind.event()) != Some(false) && matches!(standing(case, event), Standing::Planned(_));
        let planned: Vec<&Event> = case.facts().events.iter().filter(is_planned).collect();
        if planned.is_empty() {
            return vec![Outcome::not_applicable(say!("没有日期晚于提交之日的活动", "no event is dated after submission"))];
        }
        let outcomes = planned.into_iter().map(|event| {
            let (name, cutoff) = (shown(&event.name), case.submitted_on());
            let date = event.from.as_ref().map_or_else(String::new, |from| format!("（{}）", from.value));
            let say = say!(
                "《{name}》{date}晚于提交之日 {cutoff}，只作计划，不计入已举办的场次，考核时须补证",
                "“{name}” {date} is after submission on {cutoff}: a plan, to be proved at acceptance",
            );
            Outcome::fail(say).see(event.from.iter().flat_map(|from| from.at.iter().copied()).take(1)).see(places(event).into_iter().take(FEW))
        });
        outcomes.collect()
    }
}
