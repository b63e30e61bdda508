//! How requirements are decided: the contract of a check, and `ALL` of them.
//!
//! A check is one file: its parameters, its decision, its doc comment, which is its manual page. Which rule of
//! which programme uses it, with which parameters and severity, is data (`schemas/programmes`).
//!
//! Verdicts are three-valued at heart: known and holds, known and does not hold, not knowable from what could
//! be read. Unknown is never a pass and never a fail.
mod agreement_dates;
mod agreement_duties;
mod agreement_present;
mod agreement_signed;
mod agreement_term;
mod alike;
mod annual_check;
mod applicant_kind;
mod attachments_listed;
mod blacklist;
mod budget_adds_up;
mod case;
mod classes_exclusive;
mod classes_several;
mod classes_together;
mod contract;
mod copies;
mod count_limit;
mod dates_possible;
mod deadline;
mod documents_present;
mod event_level;
mod events_count;
mod events_planned;
mod evidence_present;
mod experts_present;
mod fields_agree;
mod fields_filled;
mod files_readable;
mod form_edition;
mod form_present;
mod grade;
mod history;
mod information;
mod ink;
mod lists;
mod on_list;
mod paper_identical;
mod paper_received;
mod parties;
mod passage_hint;
mod passage_present;
mod person_in_charge;
mod requirements_met;
mod seal_name;
mod sealed;
mod service_point_once;
mod service_point_shared;
mod standing;
mod tasks_present;
mod texts_differ;
mod tick;
mod topics;
mod words;
mod works_dated;

pub use case::{Case, Setting};
pub use classes_exclusive::ClassesExclusive;
pub use classes_several::ClassesSeveral;
pub use classes_together::ClassesTogether;
pub use contract::{BatchCheck, Bound, Check, CheckSpec, Needs, ParamsFault};
pub use count_limit::CountLimit;
pub use requirements_met::roll_up;
pub use service_point_once::ServicePointOnce;
pub use service_point_shared::ServicePointShared;
pub use standing::{Standing, counting, sessions, standing};
pub use texts_differ::TextsDiffer;
pub use words::Words;

/// Every check, in the order of the manual.
pub const ALL: &[CheckSpec] = &[
    on_list::SPEC,
    applicant_kind::SPEC,
    annual_check::SPEC,
    blacklist::SPEC,
    grade::SPEC,
    history::SPEC,
    topics::SPEC,
    requirements_met::SPEC,
    classes_exclusive::SPEC,
    classes_several::SPEC,
    classes_together::SPEC,
    count_limit::SPEC,
    service_point_once::SPEC,
    service_point_shared::SPEC,
    texts_differ::SPEC,
    tasks_present::SPEC,
    person_in_charge::SPEC,
    experts_present::SPEC,
    works_dated::SPEC,
    documents_present::SPEC,
    passage_present::SPEC,
    passage_hint::SPEC,
    information::SPEC,
    events_count::SPEC,
    event_level::SPEC,
    events_planned::SPEC,
    agreement_present::SPEC,
    agreement_duties::SPEC,
    agreement_signed::SPEC,
    agreement_dates::SPEC,
    agreement_term::SPEC,
    form_present::SPEC,
    form_edition::SPEC,
    evidence_present::SPEC,
    paper_received::SPEC,
    paper_identical::SPEC,
    tick::SPEC,
    copies::SPEC,
    seal_name::SPEC,
    deadline::SPEC,
    files_readable::SPEC,
    attachments_listed::SPEC,
    fields_agree::SPEC,
    fields_filled::SPEC,
    budget_adds_up::SPEC,
    dates_possible::SPEC,
];

/// The check of a name.
pub fn find(id: &str) -> Option<&'static CheckSpec> {
    ALL.iter().find(|spec| spec.id == id)
}
