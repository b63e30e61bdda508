use super::case::{FEW, Where};
use super::contract::declare_check;
use super::{Case, Check, Words};
use crate::model::{Outcome, Pointer};
use crate::say;

declare_check! {
    /// Shows passages that interest the reviewers; never a requirement.
    ///
    /// ## How it is decided
    /// The words are looked for in every file that was read. Found: `pass` with the places. Not found: the rule
    /// does not apply, because nothing demands them.
    ///
    /// ## Why
    /// The notice names preferences (重点资助, 优先考虑) and kinds of service that are no conditions; reviewers want to
    /// see at once where a dossier speaks of them.
    ///
    /// ## A person looks when
    /// Never for the sake of this rule.
    pub struct Information("information", Dossier, bind_dossier, Form, [Pass, NotApplicable],
        "找到相关内容则列出位置供评审参考；没有找到则不适用，不影响申报。"
    ) {
        /// What is shown, for the sentence: 与全国学会、省级学会或院士专家的合作.
        subject: String,
        /// The same in English.
        subject_en: String,
        /// Words it is recognised by.
        words: Words,
    }
}

impl Check for Information {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let (zh, en) = (&self.subject, &self.subject_en);
        let hits = case.find(&self.words, Where::Anywhere);
        if hits.is_empty() {
            return vec![Outcome::not_applicable(say!("未见{zh}的内容（不影响申报）", "nothing on {en} (no condition)")).searched(case.searched())];
        }
        let count = hits.len();
        let say = say!("材料中有{zh}的内容，共 {count} 处，供评审参考", "{count} passage(s) on {en}, for the reviewers");
        vec![Outcome::pass(say).see(hits.into_iter().flat_map(|hit| hit.spans).take(FEW).map(Pointer::Span))]
    }
}
