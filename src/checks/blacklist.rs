use super::contract::declare_check;
use super::lists::LookUp;
use super::{Case, Check};
use crate::model::Outcome;
use crate::say;

declare_check! {
    /// The applicant is not on the office's list of dishonest conduct.
    ///
    /// ## How it is decided
    /// From the list (`blacklist.csv`) alone: on it: `fail`. Not on it: `pass`. No list: `not_checked`. Never inferred from text.
    ///
    /// ## Why
    /// “诚信记录良好，往年实施‘提升计划’项目过程中无弄虚作假等不良行为”. The list is the office's own; how long an entry excludes
    /// the applicant is its decision, so the failure is a warning.
    ///
    /// ## A person looks when
    /// A name nearly the same is on the list, and the roster knows no other society of that name.
    pub struct Blacklist("blacklist", Dossier, bind_dossier, Form, [Pass, Fail, Human, NotChecked],
        "只看失信名单（blacklist.csv）：在名单中为不符合，不在名单中为符合；未提供名单不核对；从不根据材料文字推断。名单中有相近名称、且学会名册中没有另一家叫这个名称的学会时，由人工核对。"
    ) {
        /// Similarity from which on a person compares, 0 to 1.
        near: f64,
    }
}

impl Check for Blacklist {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let look = match LookUp::new(case, case.setting.lists.blacklist.as_ref(), say!("失信名单", "list of dishonest conduct")) {
            Ok(look) => look,
            Err(outcome) => return vec![*outcome],
        };
        let (name, list) = (look.name, &look.list.name);
        if let Some(row) = look.rows(|row| &row.name).first() {
            let reason = &row.value.reason;
            let because = if reason.trim().is_empty() { String::new() } else { format!("（{reason}）") };
            let say = say!("“{name}”在失信名单中{because}", "“{name}” is on the list of dishonest conduct{because}");
            return vec![Outcome::fail(say).see([look.point(row)]).see(look.places())];
        }
        if let Some(row) = look.nearest(self.near, |row| &row.name).filter(|row| !case.is_another_society(&row.value.name)) {
            let listed = &row.value.name;
            let say = say!("失信名单中有与“{name}”相近的“{listed}”，请人工核对", "the list has “{listed}”, similar to “{name}”; please look");
            return vec![Outcome::human(say).see([look.point(row)]).see(look.places())];
        }
        let rows = look.list.rows.len();
        vec![Outcome::pass(say!("失信名单（{list}，{rows} 条）中没有“{name}”", "“{name}” is not on the list ({list}, {rows} rows)")).see(look.places())]
    }
}
