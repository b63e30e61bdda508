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
    pub struct ClassesExclusive("classes-exclusive", Batch, bind_batch, Form, [Pass, Fail, Human]) {
        left: Vec<CategoryId>,
        right: Vec<CategoryId>,
    }
}

impl From<ClassesExclusive> for BatchCheck {
    fn from(check: ClassesExclusive) -> Self {
        Self::ClassesExclusive(check)
    }
}
