use super::case::FEW;
use super::contract::declare_check;
use super::{Case, Check};
use crate::model::{DocId, Outcome, Pointer, Role};
use crate::say;

declare_check! {
    /// The dossier holds exactly one application form.
    ///
    /// ## How it is decided
    /// One form recognised and read: `pass`. None although every file was read: `fail`. None, and some file was not
    /// read: `not_checked`, because the unread file may be the form.
    ///
    /// ## Why
    /// Everything else is read from the form; which of two versions holds is the clerk's choice, never a guess.
    ///
    /// ## A person looks when
    /// Two or more readable forms stand side by side, or the only paper that asks what a form asks is titled as a report
    /// or a list.
    pub struct FormPresent("form-present", Dossier, bind_dossier, Nothing, [Pass, Fail, Human, NotChecked],
        "识别到一份申报书为符合；全部文件已读而没有申报书为不符合；有文件未读则不核对。有两份及以上可读的申报书，或只有标题为总结、检查、结题、汇总一类的表填有申报书的栏目时由人工确定。"
    ) {
    }
}

impl Check for FormPresent {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let form = &case.facts().form;
        let mut forms: Vec<DocId> = form.doc.iter().chain(&form.candidates).copied().filter(|doc| case.is_usable(*doc)).collect();
        forms.sort();
        forms.dedup();
        let names = case.names(&forms);
        let pointers = forms.iter().copied().take(FEW).map(Pointer::File);
        let title = form.title.iter().flat_map(|title| title.at.iter().copied().take(1)).map(Pointer::Span);
        let outcome = match forms.as_slice() {
            [_] if form.stands_in => Outcome::human(say!(
                "没有题为申报书的文件；{names}从标题看是总结、检查、结题一类的表或汇总表，因填有申报书的栏目暂按申报书核对，请确认是否为申报书",
                "nothing is titled as an application form; {names} is titled as a report or a list and was read as the form because it asks the same; please confirm"
            ))
            .see(pointers),
            [_] => Outcome::pass(say!("申报书：{names}", "the application form: {names}")).see(pointers).see(title),
            [_, _, ..] => {
                Outcome::human(say!("有 {0} 份申报书：{names}，请确定以哪一份为准", "{0} application forms: {names}; please choose", forms.len())).see(pointers)
            }
            [] if !case.unread_that_could(&[Role::ApplicationForm]).is_empty() || !case.dossier.problems.is_empty() => case.no_form(),
            [] => Outcome::fail(say!("材料中未识别到申报书", "no application form was recognised")).searched(case.searched()),
        };
        vec![outcome]
    }
}
