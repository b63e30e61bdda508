use super::BatchCheck;
use super::contract::declare_check;

declare_check! {
    /// Shows that two applicants serve the same service point.
    ///
    /// ## How it is decided
    /// Over all service projects: partners that are the same by code or normalised full name, under different
    /// applicants, pass with links. Otherwise the rule does not apply.
    ///
    /// ## Why
    /// It is allowed; the limit is “每个申报单位”. Reviewers compare such projects side by side.
    ///
    /// ## A person looks when
    /// Never for the sake of this rule.
    pub struct ServicePointShared("service-point-shared", Batch, bind_batch, Form, [Pass, NotApplicable],
        "比对不同单位的合作单位，同一服务点的互相列出供参考；通知允许。"
    ) {
    }
}

impl From<ServicePointShared> for BatchCheck {
    fn from(check: ServicePointShared) -> Self {
        Self::ServicePointShared(check)
    }
}
