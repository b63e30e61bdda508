use super::alike::{self, similarity};
use super::case::FEW;
use super::contract::declare_check;
use super::lists::LookUp;
use super::parties;
use super::{Case, Check};
use crate::model::{FieldId, Outcome, Place, Pointer, Recognised, Row, Severity};
use crate::say;
use crate::text::key;
use crate::text::name::org_key;

declare_check! {
    /// The project was not recognised in an earlier year.
    ///
    /// ## How it is decided
    /// Against the list of recognised projects (`history.csv`): the same applicant with the same title: `fail`. Nothing
    /// like it: `pass`; a former recognition of the same applicant in the same category is mentioned (N10). No list:
    /// `not_checked`.
    ///
    /// ## Why
    /// “往年获得市科协认定的‘提升计划’项目不得申报”.
    ///
    /// ## A person looks when
    /// The same applicant's title is at least `near` alike or it had the same partner before, or another applicant's title
    /// is the same: titles of one mould (…学术交流与科技服务品牌建设) are alike among all societies.
    pub struct History("history", Dossier, bind_dossier, Form, [Pass, Fail, Human, NotChecked],
        "与往年认定项目名单（history.csv）比对：同一学会、同名项目为不符合；没有相同或相近的为符合，同类别曾获认定的仅作提示（N10）；未提供名单不核对。同一学会名称相近或与同一单位合作过的、其他学会同名的由人工核对。"
    ) {
        /// Similarity of titles from which on a person compares, 0 to 1.
        near: f64,
    }
}

impl Check for History {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let look = match LookUp::new(case, case.setting.lists.history.as_ref(), say!("往年认定项目名单", "list of recognised projects")) {
            Ok(look) => look,
            Err(outcome) => return vec![*outcome],
        };
        let readings = case.facts().readings(FieldId::ProjectName).iter().filter(|r| r.place != Place::Attachment);
        let titles: Vec<(&str, &[crate::model::Span])> = readings.filter_map(|r| Some((r.value.as_ref()?.text()?, r.at.as_slice()))).collect();
        let Some((title, title_at)) = titles.first().copied() else {
            return vec![
                Outcome::human(say!("申报书中未读到项目名称，请人工与往年名单核对", "the project's name was not read; please compare with the list"))
                    .searched(case.form()),
            ];
        };
        let place = || title_at.iter().take(1).copied().map(Pointer::Span);
        let partners = parties::partner_keys(case);
        let own: Vec<&Row<Recognised>> = look.rows(|row| &row.applicant);
        let same_title = |row: &&&Row<Recognised>| titles.iter().any(|(title, _)| key(title) == key(&row.value.project));
        if let Some(row) = own.iter().find(same_title) {
            let year = row.value.year;
            let say = say!("项目“{title}”已于 {year} 年度获得认定", "the project “{title}” was recognised in {year}");
            return vec![Outcome::fail(say).see([look.point(row)]).see(place())];
        }
        let mut outcomes = Vec::new();
        for row in &look.list.rows {
            let (year, project, applicant) = (row.value.year, &row.value.project, &row.value.applicant);
            let is_own = own.iter().any(|own| own.number == row.number);
            let alike = |title: &str| if is_own { similarity(title, project) >= self.near } else { key(title) == key(project) };
            let close = titles.iter().any(|(title, _)| alike(title));
            let shared = is_own
                && !row.value.partner.trim().is_empty()
                && partners.iter().any(|p| *p == org_key(&row.value.partner) || alike::organisations(p, &row.value.partner) >= 0.95);
            let partner = &row.value.partner;
            let say = match (close, shared) {
                (true, _) => say!(
                    "与 {year} 年度认定的项目“{project}”（{applicant}）名称相近，请人工核对",
                    "similar to “{project}” ({applicant}), recognised in {year}; please look"
                ),
                (false, true) => say!(
                    "{year} 年度曾与同一单位“{partner}”合作获得认定（“{project}”），请人工核对",
                    "recognised in {year} with the same partner “{partner}” (“{project}”); please look"
                ),
                (false, false) => continue,
            };
            outcomes.push(Outcome::human(say).at_most(Severity::Warning).see([look.point(row)]).see(place()));
        }
        let in_category = |row: &&&Row<Recognised>| case.category().is_some_and(|c| names_category(&row.value.category, c));
        if outcomes.is_empty()
            && let Some(row) = own.iter().find(in_category)
        {
            let (year, project, category) = (row.value.year, &row.value.project, &row.value.category);
            let say = say!(
                "该学会 {year} 年度曾以“{project}”在同一类别（{category}）获得认定，本次项目不同",
                "the society was recognised in {year} in the same category ({category}) with “{project}”, another project"
            );
            let outcome = if case.round().reads("N10", "same-class") { Outcome::human(say).at_most(Severity::Warning) } else { Outcome::pass(say) };
            return vec![outcome.see([look.point(row)]).see(place())];
        }
        if outcomes.is_empty() {
            let (list, rows) = (&look.list.name, look.list.rows.len());
            return vec![
                Outcome::pass(say!("往年认定项目名单（{list}，{rows} 条）中没有“{title}”", "“{title}” is not on the list ({list}, {rows} rows)")).see(place()),
            ];
        }
        outcomes.truncate(FEW);
        outcomes
    }
}

/// Whether a list's category column names a category, by id, title or alias.
fn names_category(printed: &str, category: &crate::model::Category) -> bool {
    let own = key(printed);
    category.aliases.iter().map(String::as_str).chain([category.title.as_str(), category.id.as_str()]).any(|name| key(name) == own)
}
