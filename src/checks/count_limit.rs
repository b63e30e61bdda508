use super::BatchCheck;
use super::contract::declare_check;
use crate::model::CategoryId;

declare_check! {
    /// One applicant hands in no more than so many dossiers of a category.
    ///
    /// ## How it is decided
    /// Over all dossiers of one applicant in `categories`: more than `max` fails on all of them, with the list; the
    /// society chooses which to keep. Versions of one dossier count once; withdrawn ones do not count. With
    /// `notice_only` more than `max` passes with the list, for information.
    ///
    /// ## Why
    /// “一家学会申报数不得超过2个”.
    ///
    /// ## A person looks when
    /// The count depends on whether two dossiers are versions of one, or of one applicant.
    pub struct CountLimit("count-limit", Batch, bind_batch, Form, [Pass, Fail, Human, NotApplicable],
        "在全批材料中计数：同一单位在这些类别中超过限额的，全部列为不符合，保留哪几件由申报单位决定；仅作提示的只列出。同一件的不同版本只算一件，已撤回的不算。"
    ) {
        categories: Vec<CategoryId>,
        max: u32,
        /// No limit of the notice: only shown.
        #[serde(default)]
        notice_only: bool,
    }
}

impl From<CountLimit> for BatchCheck {
    fn from(check: CountLimit) -> Self {
        Self::CountLimit(check)
    }
}
