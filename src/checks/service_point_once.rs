use super::BatchCheck;
use super::contract::declare_check;

declare_check! {
    /// One applicant has one project at one service point.
    ///
    /// ## How it is decided
    /// Over the service projects of one applicant, partner against partner: the same unified social credit code, or
    /// without codes the same normalised full name, fails on both with links (N07). Names at least `near` alike, one
    /// name inside the other, or one address need a person. Different partners: `pass`.
    ///
    /// ## Why
    /// “在一个服务点上每个申报单位只能申报一个”.
    ///
    /// ## A person looks when
    /// The partners are nearly the same, or a partner was not read.
    pub struct ServicePointOnce("service-point-once", Batch, bind_batch, Form, [Pass, Fail, Human],
        "比对同一单位各科技服务项目的合作单位：统一社会信用代码相同，或全称相同，为不符合；名称相近、互相包含或地址相同的由人工核对（N07）。"
    ) {
        /// Similarity of names from which on a person compares, 0 to 1.
        near: f64,
    }
}

impl From<ServicePointOnce> for BatchCheck {
    fn from(check: ServicePointOnce) -> Self {
        Self::ServicePointOnce(check)
    }
}
