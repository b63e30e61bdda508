//! One rule with its check bound, and what stands before every check: stage, category, the main form.
use crate::checks::{BatchCheck, Bound, Case, CheckSpec, Needs};
use crate::model::{CategoryId, Outcome, Say, Scope, Severity, Stage};
use crate::say;

/// One rule of a programme.
#[derive(Debug, Clone)]
pub struct Rule {
    pub id: String,
    pub title: Say,
    pub clause: String,
    /// Further clauses it covers.
    pub also: Vec<String>,
    pub check: &'static CheckSpec,
    /// Empty: all categories.
    pub categories: Vec<CategoryId>,
    pub stage: Stage,
    /// The highest severity an outcome can have.
    pub severity: Severity,
    pub hint: Say,
    /// The parameters as written, for the manual page.
    pub params: toml::Table,
    pub(super) bound: Bound,
}

impl Rule {
    pub fn scope(&self) -> Scope {
        self.check.scope
    }

    pub fn is_for(&self, category: &CategoryId) -> bool {
        self.categories.is_empty() || self.categories.contains(category)
    }

    /// The parameters of a rule that is decided over the batch.
    pub fn batch(&self) -> Option<&BatchCheck> {
        match &self.bound {
            Bound::Batch(check) => Some(check),
            Bound::Dossier(_) | Bound::Derived => None,
        }
    }

    /// The outcomes, at least one; `None` where the batch or the other findings decide.
    pub fn decide(&self, case: &Case<'_>) -> Option<Vec<Outcome>> {
        if let Some(outcome) = self.before(case) {
            return Some(vec![outcome]);
        }
        match &self.bound {
            Bound::Dossier(check) => Some(check.decide(case)),
            Bound::Batch(_) | Bound::Derived => None,
        }
    }

    /// What makes the question void before any check is asked.
    fn before(&self, case: &Case<'_>) -> Option<Outcome> {
        if self.stage != case.setting.stage {
            let (own, now) = (self.stage, case.setting.stage);
            let (own_zh, now_zh, own_en, now_en) = (own.zh(), now.zh(), own.en(), now.en());
            return Some(Outcome::not_applicable(say!(
                "本项属于{own_zh}阶段的要求，本次为{now_zh}阶段，不核对",
                "a requirement of the {own_en} stage; this run is for the {now_en} stage",
            )));
        }
        if !self.categories.is_empty() && case.category.id.is_none() {
            let outcome = if case.form().is_none() {
                case.no_form()
            } else {
                Outcome::not_checked(say!("申报类别未能确定，本类别的要求未核对", "the category is not known; requirements of this category were not checked",))
                    .see(case.category.named.iter().flat_map(|named| named.at.iter().cloned()).take(4))
            };
            return Some(outcome);
        }
        (self.check.needs == Needs::Form && case.form().is_none()).then(|| case.no_form())
    }
}
