use super::BatchCheck;
use super::contract::declare_check;
use crate::model::CategoryId;

declare_check! {
    /// One applicant does not apply in two classes that exclude each other.
    ///
    /// ## How it is decided
    /// Over all dossiers of one applicant: any dossier of `left` together with any of `right` fails on both, each
    /// naming the other. Versions of one dossier count once; withdrawn ones do not count.
    ///
    /// ## Why
    /// “互不兼报”. Who withdraws which is the society's choice, so both are told.
    ///
    /// ## A person looks when
    /// The applicant of one of them was not read with certainty.
    pub struct ClassesExclusive("classes-exclusive", Batch, bind_batch, Form, [Pass, Fail, Human],
        "在全批材料中比对：同一单位既报甲类又报乙类的，两件都不符合并互相列出，由申报单位撤回其一。同一件的不同版本只算一件，已撤回的不算。申报单位不能确定时由人工核对。"
    ) {
        left: Vec<CategoryId>,
        right: Vec<CategoryId>,
    }
}

impl From<ClassesExclusive> for BatchCheck {
    fn from(check: ClassesExclusive) -> Self {
        Self::ClassesExclusive(check)
    }
}
