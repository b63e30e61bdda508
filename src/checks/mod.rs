//! How requirements are decided: the contract of a check, and `ALL` of them.
//!
//! A check is one file: its parameters, its decision, its doc comment, which is its manual page. Which rule of
//! which programme uses it, with which parameters and severity, is data (`schemas/programmes`).
//!
//! Verdicts are three-valued at heart: known and holds, known and does not hold, not knowable from what could
//! be read. Unknown is never a pass and never a fail.
mod case;
mod classes_exclusive;
mod classes_several;
mod classes_together;
mod contract;
mod count_limit;
mod information;
mod passage_hint;
mod requirements_met;
mod service_point_once;
mod service_point_shared;
mod texts_differ;
mod words;

pub use case::{Case, Setting};
pub use classes_exclusive::ClassesExclusive;
pub use classes_several::ClassesSeveral;
pub use classes_together::ClassesTogether;
pub use contract::{BatchCheck, Bound, Check, CheckSpec, Needs, ParamsFault};
pub use count_limit::CountLimit;
pub use requirements_met::roll_up;
pub use service_point_once::ServicePointOnce;
pub use service_point_shared::ServicePointShared;
pub use texts_differ::TextsDiffer;
pub use words::Words;

/// Every check, in the order of the manual.
pub const ALL: &[CheckSpec] = &[
    information::SPEC,
    passage_hint::SPEC,
    classes_exclusive::SPEC,
    classes_several::SPEC,
    classes_together::SPEC,
    count_limit::SPEC,
    service_point_once::SPEC,
    service_point_shared::SPEC,
    texts_differ::SPEC,
    requirements_met::SPEC,
];

/// The check of a name.
pub fn find(id: &str) -> Option<&'static CheckSpec> {
    ALL.iter().find(|spec| spec.id == id)
}
