use super::BatchCheck;
use super::contract::declare_check;
use crate::model::CategoryId;

declare_check! {
    /// One applicant applies in at most one of several kindred categories, or somebody decides that it may.
    ///
    /// ## How it is decided
    /// Over all dossiers of one applicant: two or more different categories of `among` need a person, with links
    /// to each other. One only: `pass`.
    ///
    /// ## Why
    /// The notice forbids A together with B and is silent on B together with B. The office answers once and writes the
    /// answer down (N09).
    ///
    /// ## A person looks when
    /// Two or more of the categories are applied for.
    pub struct ClassesSeveral("classes-several", Batch, bind_batch, Form, [Pass, Human],
        "在全批材料中比对：同一单位兼报其中两类及以上的，由人工确定（通知未写明，见N09）；只报一类为符合。"
    ) {
        among: Vec<CategoryId>,
    }
}

impl From<ClassesSeveral> for BatchCheck {
    fn from(check: ClassesSeveral) -> Self {
        Self::ClassesSeveral(check)
    }
}
