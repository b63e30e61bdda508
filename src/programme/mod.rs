//! A programme as data: categories, fields, clauses, rules, readings of ambiguities; every name and parameter
//! verified when it loads. A programme that loads cannot fail later.
//!
//! | file | what it holds |
//! |---|---|
//! | `file` | the TOML as written, and its JSON schema |
//! | `load` | text to [`Programme`], with errors that name file, line, rule and field |
//! | `rule` | one rule with its check bound, and the gate before it |
//! | `category` | which category a dossier applies for |
//! | `page` | the manual page of a rule |
mod category;
mod error;
mod file;
mod load;
mod page;
mod rule;

pub use error::ProgrammeError;
pub use file::{Automation, Clause, Field, Interpretation, schema};
pub use load::{builtin, builtin_text, load};
pub use page::{list, page};
pub use rule::Rule;

use crate::extract::Vocabulary;
use crate::model::{CategoryId, Round, Scope};
use std::sync::Arc;

/// One edition of a programme, ready to decide.
#[derive(Debug, Clone)]
pub struct Programme {
    pub id: String,
    pub edition: String,
    pub name: String,
    pub name_en: String,
    /// The notice it comes from.
    pub source: String,
    /// SHA-256 of the file's text, so that a report can name exactly what it was made with.
    pub digest: String,
    /// What checks need: year, categories, readings.
    pub round: Round,
    pub fields: Vec<Field>,
    pub clauses: Vec<Clause>,
    pub interpretations: Vec<Interpretation>,
    pub rules: Vec<Rule>,
    names: category::Names,
    vocabulary: Arc<Vocabulary>,
}

impl Programme {
    /// The rules that get a finding for a category, in the programme's order; every rule while it is unknown.
    pub fn rules_for<'a>(&'a self, category: Option<&'a CategoryId>) -> impl Iterator<Item = &'a Rule> {
        self.rules.iter().filter(move |rule| category.is_none_or(|id| rule.is_for(id)))
    }

    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// The rules that are decided over the whole batch.
    pub fn batch_rules(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter().filter(|rule| rule.scope() == Scope::Batch)
    }

    pub fn clause(&self, id: &str) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.id == id)
    }

    /// The printed labels of each field, for extraction: one vocabulary serves every dossier.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }
}
