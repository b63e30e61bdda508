use super::BatchCheck;
use super::contract::declare_check;
use crate::model::CategoryId;

declare_check! {
    /// Shows that one applicant applies in two classes at once where that is allowed.
    ///
    /// ## How it is decided
    /// Over all dossiers of one applicant: any of `left` together with any of `right` passes with links. Otherwise
    /// the rule does not apply.
    ///
    /// ## Why
    /// The notice does not prohibit it; reviewers want to know it.
    ///
    /// ## A person looks when
    /// Never for the sake of this rule.
    pub struct ClassesTogether("classes-together", Batch, bind_batch, Form, [Pass, NotApplicable],
        "在全批材料中比对：同一单位兼报两边的，列出供参考；通知不禁止。"
    ) {
        left: Vec<CategoryId>,
        right: Vec<CategoryId>,
    }
}

impl From<ClassesTogether> for BatchCheck {
    fn from(check: ClassesTogether) -> Self {
        Self::ClassesTogether(check)
    }
}
