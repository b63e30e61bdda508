//! Text to a programme: every name resolved, every parameter bound.
use super::category::Names;
use super::error::{Fault, ProgrammeError};
use super::file::{Automation, FORMAT, ProgrammeFile, RuleEntry};
use super::{Programme, Rule};
use crate::checks;
use crate::extract::Vocabulary;
use crate::model::{FieldId, Round, Say};
use crate::say;
use crate::text::{Folded, Sentences};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, LazyLock};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The text of the built-in programme.
pub fn builtin_text() -> &'static str {
    include_str!("../../schemas/programmes/xuzhou-kexie/2022.toml")
}

/// The built-in programme: Xuzhou 2022.
pub fn builtin() -> &'static Programme {
    static BUILTIN: LazyLock<Programme> = LazyLock::new(|| load(builtin_text(), "xuzhou-kexie/2022.toml").expect("a test loads the built-in programme"));
    &BUILTIN
}

/// Loads a programme; `origin` is the file's name, for errors.
///
/// # Errors
/// The first fault, with file, line, rule, field, what was found and what was expected.
pub fn load(text: &str, origin: &str) -> Result<Programme, ProgrammeError> {
    let table = DeTable::parse(text).map_err(|e| shape(text, origin, &[], &e))?;
    let source = Source::new(text, origin, &table);
    let file = ProgrammeFile::deserialize(toml::de::Deserializer::from(table.clone())).map_err(|e| shape(text, origin, &source.rules, &e))?;
    verify(&file, &source)?;
    let round = round(&file);
    let mut rules = Vec::with_capacity(file.rules.len());
    for (entry, place) in file.rules.iter().zip(&source.rules) {
        rules.push(bind(entry, place, &round, &source)?);
    }
    Ok(Programme {
        names: Names::new(&file),
        vocabulary: Arc::new(Vocabulary::with(file.fields.iter().map(|field| (field.id, field.labels.clone())).collect())),
        digest: Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect(),
        id: file.id,
        edition: file.edition,
        name: file.name,
        name_en: file.name_en,
        source: file.source,
        round,
        fields: file.fields,
        clauses: file.clauses,
        interpretations: file.interpretations,
        rules,
    })
}

/// The file's text with the places of its entries.
struct Source<'t> {
    text: &'t str,
    origin: &'t str,
    rules: Vec<Place<'t>>,
    table: &'t DeTable<'t>,
}

/// One `[[rule]]`.
struct Place<'t> {
    id: Option<String>,
    start: usize,
    params: Option<&'t Spanned<DeValue<'t>>>,
    entry: &'t Spanned<DeValue<'t>>,
}

impl<'t> Source<'t> {
    fn new(text: &'t str, origin: &'t str, table: &'t Spanned<DeTable<'t>>) -> Self {
        let table = table.get_ref();
        let entries = table.get("rule").and_then(|rules| rules.get_ref().as_array()).map(|rules| rules.iter()).into_iter().flatten();
        let rules = entries
            .map(|entry| {
                let field = |name: &str| entry.get_ref().as_table().and_then(|t| t.get(name));
                let id = field("id").and_then(|id| id.get_ref().as_str()).map(str::to_owned);
                let start = field("id").map_or(entry.span().start, |id| id.span().start.min(entry.span().start));
                Place { id, start, params: field("params"), entry }
            })
            .collect();
        Self { text, origin, rules, table }
    }

    fn line(&self, at: usize) -> usize {
        line_of(self.text, at)
    }

    /// A fault in the `n`th entry of an array of tables.
    fn value(&self, (array, n): (&str, usize), field: &'static str, found: &str, expected: Say) -> ProgrammeError {
        let entry = self.table.get(array).and_then(|entries| entries.get_ref().as_array()).and_then(|entries| entries.get(n));
        let own = entry.and_then(|entry| entry.get_ref().as_table()).and_then(|table| table.get(field)).map(Spanned::span);
        let at = own.or(entry.map(Spanned::span)).map(|span| self.line(span.start));
        let rule = (array == "rule").then(|| self.rules.get(n).and_then(|place| place.id.clone())).flatten();
        ProgrammeError { origin: self.origin.to_owned(), line: at, rule, fault: Box::new(Fault::Value { field, found: found.to_owned(), expected }) }
    }
}

fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

fn shape(text: &str, origin: &str, rules: &[Place<'_>], error: &toml::de::Error) -> ProgrammeError {
    let at: Option<Range<usize>> = error.span();
    let rule = at.as_ref().and_then(|at| rules.iter().rfind(|place| place.start <= at.start)).and_then(|place| place.id.clone());
    ProgrammeError {
        origin: origin.to_owned(),
        line: at.map(|at| line_of(text, at.start)),
        rule,
        fault: Box::new(Fault::Shape(error.message().trim().to_owned())),
    }
}

fn round(file: &ProgrammeFile) -> Round {
    let mut groups: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for category in &file.categories {
        groups.entry(category.group.clone()).or_default().push(category.id.clone());
    }
    Round {
        year: file.year,
        categories: file.categories.clone(),
        groups,
        readings: file.interpretations.iter().map(|i| (i.id.clone(), i.choice.clone())).collect(),
        sentences: Sentences::new(file.clauses.iter().flat_map(|clause| sentences(&clause.text)).collect()),
    }
}

/// A clause's sentences, folded as views are; short ones are no one's property.
fn sentences(text: &str) -> Vec<String> {
    let folded = Folded::new(text).text;
    let parts = folded.split(['。', ';', '；']).map(str::trim);
    parts.filter(|part| part.chars().count() >= 12).map(str::to_owned).collect()
}

fn quoted(names: impl IntoIterator<Item = impl AsRef<str>>) -> Say {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{}`", name.as_ref())).collect();
    say!("{0}之一", "one of {0}", names.join(", "))
}

/// Names that must be unique, or must name something.
fn verify(file: &ProgrammeFile, source: &Source<'_>) -> Result<(), ProgrammeError> {
    if file.format != FORMAT {
        let line = source.table.get("format").map(|format| source.line(format.span().start));
        let fault = Fault::Value { field: "format", found: file.format.clone(), expected: say!("“{FORMAT}”", "`{FORMAT}`") };
        return Err(ProgrammeError { origin: source.origin.to_owned(), line, rule: None, fault: Box::new(fault) });
    }
    unique(source, "category", file.categories.iter().map(|c| c.id.as_str()))?;
    unique(source, "clause", file.clauses.iter().map(|c| c.id.as_str()))?;
    unique(source, "interpretation", file.interpretations.iter().map(|i| i.id.as_str()))?;
    unique(source, "rule", file.rules.iter().map(|r| r.id.as_str()))?;
    for (n, category) in file.categories.iter().enumerate() {
        if !file.groups.iter().any(|group| group.name == category.group) {
            return Err(source.value(("category", n), "group", &category.group, quoted(file.groups.iter().map(|g| &g.name))));
        }
    }
    let mut fields = BTreeSet::new();
    for (n, field) in file.fields.iter().enumerate() {
        if !fields.insert(field.id) {
            return Err(source.value(("field", n), "id", &format!("{:?}", field.id), say!("每个字段只写一次", "each field once")));
        }
        if field.labels.iter().all(|label| label.trim().is_empty()) {
            return Err(source.value(("field", n), "labels", "nothing", say!("至少一个印刷标签", "at least one printed label")));
        }
    }
    if let Some(missing) = FieldId::ALL.iter().find(|id| !fields.contains(id)) {
        let fault = Fault::Value { field: "field", found: "none".to_owned(), expected: say!("有 {missing:?} 一项", "an entry for {missing:?}") };
        return Err(ProgrammeError { origin: source.origin.to_owned(), line: None, rule: None, fault: Box::new(fault) });
    }
    for (n, interpretation) in file.interpretations.iter().enumerate() {
        if !interpretation.options.contains_key(&interpretation.choice) {
            return Err(source.value(("interpretation", n), "choice", &interpretation.choice, quoted(interpretation.options.keys())));
        }
        if let Some(unknown) = interpretation.rules.iter().find(|id| !file.rules.iter().any(|rule| rule.id == **id)) {
            return Err(source.value(("interpretation", n), "rules", unknown, say!("本文件中规则的编号", "ids of rules in this file")));
        }
    }
    verify_clauses(file, source)
}

/// Every clause is covered by a rule or says why not.
fn verify_clauses(file: &ProgrammeFile, source: &Source<'_>) -> Result<(), ProgrammeError> {
    let covered: BTreeSet<&str> = file.rules.iter().flat_map(|rule| rule.also.iter().chain([&rule.clause])).map(String::as_str).collect();
    for (n, clause) in file.clauses.iter().enumerate() {
        let is_covered = covered.contains(clause.id.as_str());
        if clause.automation != Automation::Full && clause.why.is_empty() {
            return Err(source.value(("clause", n), "why", "nothing", say!("程序为何不能回答整条条款", "why the program does not answer the whole clause")));
        }
        if clause.automation != Automation::NotApplicable && !is_covered {
            return Err(source.value(
                ("clause", n),
                "automation",
                "a clause that no rule covers",
                say!("有规则对应，或写 not_applicable 并说明原因", "a rule for it, or `not_applicable` and why"),
            ));
        }
    }
    for (n, rule) in file.rules.iter().enumerate() {
        let known = |id: &str| file.clauses.iter().any(|clause| clause.id == id);
        if !known(&rule.clause) {
            return Err(source.value(("rule", n), "clause", &rule.clause, say!("本文件中某一条款的编号", "the id of a clause in this file")));
        }
        if let Some(unknown) = rule.also.iter().find(|id| !known(id)) {
            return Err(source.value(("rule", n), "also", unknown, say!("本文件中条款的编号", "ids of clauses in this file")));
        }
        if let Some(unknown) = rule.categories.iter().find(|id| !file.categories.iter().any(|category| category.id == **id)) {
            return Err(source.value(("rule", n), "categories", unknown.as_str(), quoted(file.categories.iter().map(|c| c.id.as_str()))));
        }
        if checks::find(&rule.check).is_none() {
            return Err(source.value(("rule", n), "check", &rule.check, quoted(checks::ALL.iter().map(|spec| spec.id))));
        }
    }
    Ok(())
}

fn unique<'a>(source: &Source<'_>, array: &str, ids: impl Iterator<Item = &'a str>) -> Result<(), ProgrammeError> {
    let mut seen = BTreeSet::new();
    for (n, id) in ids.enumerate() {
        if id.trim().is_empty() || !seen.insert(id) {
            return Err(source.value((array, n), "id", id, say!("不与其他 {array} 重复的编号", "an id that no other {array} has")));
        }
    }
    Ok(())
}

fn bind(entry: &RuleEntry, place: &Place<'_>, round: &Round, source: &Source<'_>) -> Result<Rule, ProgrammeError> {
    let Some(check) = checks::find(&entry.check) else {
        return Err(source.value(("rule", 0), "check", &entry.check, quoted(checks::ALL.iter().map(|spec| spec.id))));
    };
    let params = place.params.cloned().unwrap_or_else(|| Spanned::new(place.entry.span(), DeValue::Table(DeTable::new())));
    let bound = (check.bind)(params, round).map_err(|fault| ProgrammeError {
        origin: source.origin.to_owned(),
        line: fault.at.map(|at| source.line(at.start)),
        rule: Some(entry.id.clone()),
        fault: Box::new(Fault::Params { check: check.id.to_owned(), message: fault.message }),
    })?;
    Ok(Rule {
        id: entry.id.clone(),
        title: Say::new(&entry.title, &entry.title_en),
        clause: entry.clause.clone(),
        also: entry.also.clone(),
        check,
        categories: entry.categories.clone(),
        stage: entry.stage,
        severity: entry.severity,
        hint: Say::new(&entry.hint, &entry.hint_en),
        params: entry.params.clone(),
        bound,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(from: &str, to: &str) -> String {
        let text = builtin_text().replacen(from, to, 1);
        assert_ne!(text, builtin_text(), "`{from}` is in the programme");
        load(&text, "demo.toml").map(|_| ()).expect_err("the programme is broken").to_string()
    }

    #[test]
    fn the_built_in_programme_loads() {
        let programme = load(builtin_text(), "builtin").unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(programme.rules.len(), 88);
        assert_eq!(programme.round.year, 2022);
        assert_eq!(programme.interpretations.len(), 24);
    }

    #[test]
    fn an_error_names_file_line_rule_field_and_what_was_expected() {
        let unknown = fault("check = \"count-limit\"", "check = \"count-limits\"");
        assert!(unknown.contains("demo.toml:") && unknown.contains("rule L04") && unknown.contains("`count-limits`"), "{unknown}");
        assert!(unknown.contains("`count-limit`"), "{unknown}");
        let params = fault("max = 2", "maxx = 2");
        assert!(params.contains("rule L04") && params.contains("`maxx`") && params.contains("`max`"), "{params}");
        let line = builtin_text().lines().position(|line| line == "max = 2").map(|n| n + 1);
        assert!(line.is_some_and(|line| params.contains(&format!("demo.toml:{line}:"))), "{params}");
        let kind = fault("max = 2", "max = \"two\"");
        assert!(kind.contains("rule L04") && kind.contains("two"), "{kind}");
        let severity = fault("id = \"L04\"", "id = \"L04\"\nseverity = \"fatal\"");
        assert!(severity.contains("rule L04") || severity.contains("duplicate"), "{severity}");
        let clause = fault("clause = \"指南·二(三)2\"", "clause = \"指南·九\"");
        assert!(clause.contains("rule L04") && clause.contains("指南·九"), "{clause}");
        let choice = fault("choice = \"inclusive\"", "choice = \"perhaps\"");
        assert!(choice.contains("`perhaps`") && choice.contains("`exclusive`"), "{choice}");
    }

    #[test]
    fn what_is_not_a_programme_is_refused_with_its_line() {
        assert!(load("format = ", "x.toml").is_err_and(|e| e.line == Some(1)));
        assert!(load("", "x.toml").is_err());
        assert!(load("[[rule]]\nid = 1\n", "x.toml").is_err());
    }
}
