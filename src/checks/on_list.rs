use super::alike;
use super::contract::declare_check;
use super::lists::LookUp;
use super::{Case, Check};
use crate::model::{Outcome, Row, Society};
use crate::say;

declare_check! {
    /// The applicant stands on the roster of the association's societies.
    ///
    /// ## How it is decided
    /// The applicant's name, folded and without seal hints, equals a name or an alias of the roster
    /// (`societies.csv`): `pass` with the row. Nothing like it: `fail`. No roster: `not_checked`.
    ///
    /// ## Why
    /// “申报单位须是市科协所属市级学会（协会、研究会）”.
    ///
    /// ## A person looks when
    /// A name on the roster is nearly the same, or the applicant was not read.
    pub struct OnList("on-list", Dossier, bind_dossier, Form, [Pass, Fail, Human, NotChecked],
        "申报书中的申报单位与学会名册（societies.csv）的名称或简称比对，不计空格、全半角和“（盖章）”：一致为符合；名册中没有相近名称为不符合；未提供名册不核对。名称相近或未读到申报单位时由人工核对。"
    ) {
        /// Similarity from which on a person compares, 0 to 1.
        near: f64,
    }
}

impl Check for OnList {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let look = match LookUp::new(case, case.setting.lists.societies.as_ref(), say!("市科协所属学会名册", "roster of societies")) {
            Ok(look) => look,
            Err(outcome) => return vec![*outcome],
        };
        let own = crate::text::name::org_key(look.name);
        let names = |row: &Row<Society>| -> Vec<String> { row.value.aliases.iter().chain([&row.value.name]).cloned().collect() };
        let name = look.name;
        if let Some(row) = look.list.rows.iter().find(|row| names(row).iter().any(|n| crate::text::name::org_key(n) == own)) {
            let listed = &row.value.name;
            return vec![
                Outcome::pass(say!("“{name}”在学会名册中（{listed}）", "“{name}” is on the roster ({listed})")).see([look.point(row)]).see(look.places()),
            ];
        }
        let score = |row: &Row<Society>| names(row).iter().map(|n| alike::organisations(name, n)).fold(0.0, f64::max);
        let nearest = look.list.rows.iter().map(|row| (row, score(row))).filter(|(_, s)| *s >= self.near).max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((row, _)) = nearest {
            let listed = &row.value.name;
            let say = say!(
                "“{name}”不在学会名册中，名册有相近的“{listed}”，请人工核对",
                "“{name}” is not on the roster, which has the similar “{listed}”; please look"
            );
            return vec![Outcome::human(say).see([look.point(row)]).see(look.places())];
        }
        let list = &look.list.name;
        vec![Outcome::fail(say!("“{name}”不在学会名册（{list}）中", "“{name}” is not on the roster ({list})")).see(look.places()).searched(case.form())]
    }
}
