use super::contract::declare_check;
use crate::model::{Outcome, Settled, Severity, Verdict};
use crate::say;

declare_check! {
    /// The requirements of the category are met: a roll-up of the category's own rules.
    ///
    /// ## How it is decided
    /// From the findings of the rules that are listed for this category only: one fails as an error or a warning:
    /// `fail`; else one of weight needs a person: `human`; else one of weight was not checked: `not_checked`; else
    /// `pass`. Information never counts, and the day of receipt is a rule of its own.
    ///
    /// ## Why
    /// “符合所申报项目规定的条件要求” asks for all of them at once.
    ///
    /// ## A person looks when
    /// Any of the category's own requirements needs a person.
    pub struct RequirementsMet("requirements-met", Derived, bind_derived, Nothing, [Pass, Fail, Human, NotChecked],
        "由本类别各项的结果汇总：有一项不符合为不符合；有待人工的为待人工；有未核对的为未核对；其余为符合。仅作提示的项目和期限不计。"
    ) {
    }
}

/// Rolls the category's own findings up; `settled` holds only the rules that belong to this category.
pub fn roll_up(settled: &[Settled]) -> Outcome {
    let of_weight = |verdict: Verdict| -> Vec<&Settled> { settled.iter().filter(|s| s.severity != Severity::Info && s.result == verdict).collect() };
    let names = |found: &[&Settled]| found.iter().map(|s| s.rule.as_str()).collect::<Vec<_>>().join("、");
    let failed = of_weight(Verdict::Fail);
    if !failed.is_empty() {
        let ids = names(&failed);
        return Outcome::fail(say!("本类别的下列要求不符合：{ids}", "these requirements of the category are not met: {ids}"));
    }
    let human = of_weight(Verdict::Human);
    if !human.is_empty() {
        let ids = names(&human);
        return Outcome::human(say!("本类别的下列要求待人工核定：{ids}", "these requirements of the category need a person: {ids}"));
    }
    let open = of_weight(Verdict::NotChecked);
    if !open.is_empty() || settled.is_empty() {
        let ids = names(&open);
        return Outcome::not_checked(say!("本类别的要求未能全部核对：{ids}", "not every requirement of the category was checked: {ids}"));
    }
    let count = settled.iter().filter(|s| s.result == Verdict::Pass).count();
    Outcome::pass(say!("本类别 {count} 项要求均符合", "the category's {count} requirements are met"))
}
