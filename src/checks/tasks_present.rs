use super::case::{FEW, Where};
use super::contract::declare_check;
use super::{Case, Check, Words};
use crate::model::{Outcome, Pointer, Role};
use crate::say;

declare_check! {
    /// The work is divided into tasks, each with a person and a time.
    ///
    /// ## How it is decided
    /// Rows of a table with task, person and time, at least `min`: `pass`. It never fails.
    ///
    /// ## Why
    /// “工作任务分解责任到人”: such a table is what the requirement means; a mechanism that works the reviewers judge.
    ///
    /// ## A person looks when
    /// Only sentences speak of it, or nothing does. Minutes of the council are useful evidence and no required material.
    pub struct TasksPresent("tasks-present", Dossier, bind_dossier, Form, [Pass, Human],
        "找写明任务、责任人、时间的表，有即符合。不自动判不符合。只有文字叙述或没有找到时由人工查看。"
    ) {
        min: usize,
        /// Words of a division of tasks.
        words: Words,
    }
}

impl Check for TasksPresent {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let tasks = &case.facts().tasks;
        let hits: Vec<Pointer> = case.find(&self.words, Where::Anywhere).into_iter().flat_map(|hit| hit.spans).take(FEW).map(Pointer::Span).collect();
        if tasks.len() >= self.min.max(1) {
            let count = tasks.len();
            let places = tasks.iter().filter_map(|task| task.at.first().copied()).take(FEW);
            return vec![Outcome::pass(say!("任务分解表有 {count} 项，写明任务、责任人和时间", "{count} task(s) with person and time")).see(places)];
        }
        let say = if hits.is_empty() {
            say!("未见任务分解到人的表，请人工查看", "no table of tasks was found; please look")
        } else {
            say!(
                "提到任务分工，但未读到写明任务、责任人和时间的表，请人工查看",
                "a division of tasks is spoken of, but no table with person and time was read; please look"
            )
        };
        vec![case.absent(&[Role::Plan, Role::List], Outcome::human(say)).see(hits)]
    }
}
