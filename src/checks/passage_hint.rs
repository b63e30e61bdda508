use super::case::{FEW, Where};
use super::contract::declare_check;
use super::{Case, Check, Words};
use crate::model::{Outcome, Pointer};
use crate::say;

declare_check! {
    /// Finds the passages a reviewer needs for a question that only a person can answer.
    ///
    /// ## How it is decided
    /// Never by the machine. The words are looked for in every file that was read, and the places are given;
    /// passages of the form and of attachments are counted apart, so that the findings together are the coverage map.
    ///
    /// ## Why
    /// “位居前列”“较为完善”“表现突出” have no measure. What can be saved is the time to find the passage.
    ///
    /// ## A person looks when
    /// Always.
    pub struct PassageHint("passage-hint", Dossier, bind_dossier, Form, [Human],
        "只找出相关段落并注明在申报书还是附件中，一律由人工判断。"
    ) {
        /// What is asked, for the sentence: 党支部与党建品牌活动.
        subject: String,
        /// The same in English.
        subject_en: String,
        /// Words it is recognised by.
        words: Words,
    }
}

impl Check for PassageHint {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let (zh, en) = (&self.subject, &self.subject_en);
        let hits = case.find(&self.words, Where::Anywhere);
        if hits.is_empty() {
            let say = say!("请人工判断：{zh}。已读文件中未找到相关段落", "for a person: {en}. No passage was found in the files read");
            return vec![Outcome::human(say).searched(case.searched())];
        }
        let in_form = hits.iter().filter(|hit| hit.in_form).count();
        let attached = hits.len() - in_form;
        let say = say!(
            "请人工判断：{zh}。申报书中找到 {in_form} 处、附件中找到 {attached} 处相关段落",
            "for a person: {en}. {in_form} passage(s) in the form, {attached} in attachments",
        );
        vec![Outcome::human(say).see(hits.into_iter().flat_map(|hit| hit.spans).take(FEW).map(Pointer::Span))]
    }
}
