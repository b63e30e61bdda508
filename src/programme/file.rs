//! A programme file as it is written.
use crate::checks;
use crate::model::{Category, CategoryId, FieldId, Severity, Stage};
use schemars::{JsonSchema, SchemaGenerator};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub const FORMAT: &str = "prescreen.programme/1";

/// The whole file.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgrammeFile {
    /// `prescreen.programme/1`.
    pub format: String,
    pub id: String,
    pub edition: String,
    pub name: String,
    pub name_en: String,
    /// The notice's number.
    pub source: String,
    /// The year the programme is for.
    pub year: i16,
    #[serde(rename = "group")]
    pub groups: Vec<Group>,
    #[serde(rename = "category")]
    pub categories: Vec<Category>,
    #[serde(rename = "field")]
    pub fields: Vec<Field>,
    #[serde(rename = "interpretation")]
    pub interpretations: Vec<Interpretation>,
    #[serde(rename = "clause")]
    pub clauses: Vec<Clause>,
    #[serde(rename = "rule")]
    pub rules: Vec<RuleEntry>,
}

/// A class of categories (创新特色学会).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// A field of the form and the labels it is printed with.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Field {
    pub id: FieldId,
    pub title: String,
    pub title_en: String,
    /// Compared without blanks, colons, brackets and trailing seal hints.
    pub labels: Vec<String>,
}

/// How one ambiguity of the notice is read this year.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Interpretation {
    pub id: String,
    pub text: String,
    /// One of `options`.
    pub choice: String,
    /// Each possible reading, with what it means.
    pub options: BTreeMap<String, String>,
    /// The rules that follow the choice; none where the record only documents.
    #[serde(default)]
    pub rules: Vec<String>,
    /// Who confirmed the choice, and when; empty until somebody has.
    #[serde(default)]
    pub decided_by: String,
    #[serde(default)]
    pub date: String,
}

/// How much of a clause the program answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Automation {
    Full,
    Partial,
    Manual,
    NotApplicable,
}

/// A clause of the notice, word for word.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    pub id: String,
    pub text: String,
    pub automation: Automation,
    /// Why the program does not answer it, or not all of it.
    #[serde(default)]
    pub why: String,
}

/// One rule: which clause, which check, for whom, when, how heavy.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleEntry {
    pub id: String,
    pub title: String,
    pub title_en: String,
    pub clause: String,
    /// Further clauses that the rule covers.
    #[serde(default)]
    pub also: Vec<String>,
    /// A check of `prescreen rules`.
    pub check: String,
    /// Empty: all categories.
    #[serde(default)]
    pub categories: Vec<CategoryId>,
    #[serde(default)]
    pub stage: Stage,
    /// The highest severity an outcome can have.
    pub severity: Severity,
    /// What the applicant can do, for the notice of defects.
    #[serde(default)]
    pub hint: String,
    #[serde(default)]
    pub hint_en: String,
    /// Parameters of the check.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, Value>")]
    pub params: toml::Table,
}

/// The JSON schema of a programme file, with each check's parameters.
pub fn schema() -> Value {
    let mut generator = SchemaGenerator::default();
    let mut root = generator.root_schema_for::<ProgrammeFile>().to_value();
    let mut branches = Vec::new();
    for spec in checks::ALL {
        let params = (spec.schema)(&mut generator).to_value();
        branches.push(json!({
            "if": { "properties": { "check": { "const": spec.id } } },
            "then": { "properties": { "params": params } },
        }));
    }
    let definitions = generator.take_definitions(true);
    if let Some(defs) = root.get_mut("$defs").and_then(Value::as_object_mut) {
        defs.extend(definitions);
        if let Some(rule) = defs.get_mut("RuleEntry") {
            rule["properties"]["check"] = json!({ "enum": checks::ALL.iter().map(|spec| spec.id).collect::<Vec<_>>() });
            rule["allOf"] = Value::Array(branches);
        }
    }
    root
}
