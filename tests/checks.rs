//! Each check on small facts: the verdict in words, and what the message must say.
//!
//! `fixtures/checks/<check>/<verdict>[-what].json`: see [`Fixture`].
#![allow(clippy::disallowed_methods, reason = "tests read and write their own files")]
use jiff::civil::Date;
use prescreen::checks::{self, Case, Setting};
use prescreen::extract::{self, View};
use prescreen::model::{
    Blacklisted, Block, BlockKind, CategoryFound, CategoryId, DocId, Document, Dossier, Facts, FieldId, Format, GradeRow, IntakeRow, List, Lists, Location,
    NamedCategory, Outcome, PaperSide, Place, Pointer, Problem, ProblemKind, Read, Reading, Reads, Recognised, Role, Round, Row, Say, Scope, SealMark,
    SealShape, Severity, Society, SourceFile, Stage, Topic, Value, Verdict, YearResult,
};
use prescreen::programme::{self, Automation};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// One case. Files are numbered from 0; the first one with the role `application_form` is the main form.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fixture {
    /// The rule of the built-in programme whose parameters are used.
    rule: String,
    /// Category of the dossier; absent: unknown.
    category: Option<String>,
    /// Categories it names without one being certain, each with its own place.
    #[serde(default)]
    named: Vec<String>,
    #[serde(default = "day")]
    as_of: Date,
    #[serde(default)]
    stage: Stage,
    #[serde(default)]
    files: Vec<File>,
    /// Fields of the main form: a text, or fen.
    #[serde(default)]
    form: BTreeMap<FieldId, Value>,
    #[serde(default)]
    facts: Facts,
    intake: Option<IntakeRow>,
    #[serde(default)]
    lists: Tables,
    #[serde(default)]
    paper: PaperSide,
    /// Problems of the dossier as a whole.
    #[serde(default)]
    problems: Vec<ProblemKind>,
    /// Other readings of ambiguities than the programme's.
    #[serde(default)]
    choices: BTreeMap<String, String>,
    expect: Expect,
}

fn day() -> Date {
    jiff::civil::date(2022, 11, 15)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    path: String,
    #[serde(default)]
    role: Role,
    #[serde(default = "docx")]
    format: Format,
    /// Why it was not read; `pages_unread` leaves it partly read.
    problem: Option<ProblemKind>,
    /// What seals on its first page say, clearly; an empty one cannot be read.
    #[serde(default)]
    seals: Vec<String>,
    /// Paragraphs; `| a | b` is a row of table 1.
    #[serde(default)]
    text: Vec<String>,
}

fn docx() -> Format {
    Format::Docx
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    verdict: Verdict,
    severity: Severity,
    /// Words that the messages must hold.
    #[serde(default)]
    words: Vec<String>,
    /// Files that the evidence must name.
    #[serde(default)]
    evidence: Vec<String>,
}

/// Year, category, applicant, project, partner.
type HistoryFixture = (i32, String, String, String, String);

/// The operator's lists, one array a row.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Tables {
    societies: Option<Vec<(String, String)>>,
    annual_check: Option<Vec<(String, i32, String)>>,
    grades: Option<Vec<(String, String, Option<Date>)>>,
    blacklist: Option<Vec<(String, String)>>,
    history: Option<Vec<HistoryFixture>>,
    topics: Option<Vec<(String, String)>>,
}

fn list<T, R>(name: &str, rows: Option<Vec<R>>, value: impl Fn(R) -> T) -> Option<List<T>> {
    let rows = rows?.into_iter().enumerate().map(|(n, row)| Row { number: n as u32 + 2, quote: format!("row {}", n + 2), value: value(row) });
    Some(List { name: name.to_owned(), rows: rows.collect() })
}

impl Tables {
    fn lists(self) -> Lists {
        let aliases = |alias: String| alias.split('、').filter(|a| !a.is_empty()).map(str::to_owned).collect();
        Lists {
            societies: list("societies.csv", self.societies, |(name, alias)| Society { name, aliases: aliases(alias), code: None }),
            annual_check: list("annual-check.csv", self.annual_check, |(name, year, result)| YearResult { name, year, result }),
            grades: list("grades.csv", self.grades, |(name, grade, valid_until)| GradeRow { name, grade, valid_until }),
            blacklist: list("blacklist.csv", self.blacklist, |(name, reason)| Blacklisted { name, reason }),
            history: list("history.csv", self.history, |(year, category, applicant, project, partner)| Recognised {
                year,
                category,
                applicant,
                project,
                partner,
            }),
            topics: list("topics.csv", self.topics, |(number, title)| Topic { number, title }),
        }
    }
}

fn document(file: &File) -> Document {
    let mut row = 0;
    let mut blocks = Vec::new();
    for (n, line) in file.text.iter().enumerate() {
        if let Some(cells) = line.strip_prefix("| ") {
            row += 1;
            for (column, cell) in cells.split(" | ").enumerate() {
                let at = Location { table: Some(1), row: Some(row), column: Some(column as u32 + 1), ..Location::default() };
                blocks.push(Block::new(BlockKind::Cell, cell, at));
            }
        } else {
            blocks.push(Block::new(BlockKind::Paragraph, line, Location { paragraph: Some(n as u32 + 1), ..Location::default() }));
        }
    }
    let mut document = Document::read_full(file.format, blocks);
    document.seals = file.seals.iter().map(|text| seal(text)).collect();
    if let Some(kind) = file.problem {
        document.problems.push(Problem::new(kind, Say::new(format!("{kind:?}"), format!("{kind:?}"))));
        document.read = if kind == ProblemKind::PagesUnread { Read::Partial } else { Read::None };
    }
    document
}

fn seal(text: &str) -> SealMark {
    let steps = text.chars().flat_map(|c| [vec![(Some(c), 0.99)], vec![(None, 0.99)]]).collect();
    let at = Location { page: Some(1), rect: Some([100.0, 600.0, 214.0, 714.0]), ..Location::default() };
    SealMark { at, shape: SealShape::Round, strength: 0.8, ring: vec![Reads { steps }], line: None }
}

fn source(file: &File) -> SourceFile {
    SourceFile { path: file.path.clone(), bytes: 1, sha256: None, sm3: None, problem: None }
}

fn dossier(fixture: &mut Fixture) -> Dossier {
    let mut facts = std::mem::take(&mut fixture.facts);
    facts.roles = fixture.files.iter().map(|file| file.role).collect();
    let form = fixture.files.iter().position(|file| file.role == Role::ApplicationForm).map(|n| DocId(n as u32));
    if facts.form.doc.is_none() && facts.form.candidates.is_empty() {
        facts.form.doc = form;
    }
    for (field, value) in &fixture.form {
        let raw = value.text().map_or_else(|| value.fen().unwrap_or(0).to_string(), str::to_owned);
        let reading = Reading { value: Some(value.clone()), raw, label: String::new(), place: Place::Table, at: Vec::new() };
        facts.fields.entry(*field).or_default().push(reading);
    }
    let mut dossier = Dossier {
        id: "D".to_owned(),
        source: "D.zip".to_owned(),
        files: fixture.files.iter().map(source).collect(),
        documents: fixture.files.iter().map(document).collect(),
        facts,
        has_book: fixture.intake.is_some(),
        intake: fixture.intake.take(),
        paper: std::mem::take(&mut fixture.paper),
        problems: fixture.problems.iter().map(|kind| Problem::new(*kind, Say::new(format!("{kind:?}"), format!("{kind:?}")))).collect(),
        ..Dossier::default()
    };
    dossier.seals = extract::seals(&dossier);
    dossier
}

fn category(fixture: &Fixture) -> CategoryFound {
    let id = fixture.category.clone().map(CategoryId);
    let named = id.clone().into_iter().chain(fixture.named.iter().cloned().map(CategoryId));
    let named = named.enumerate().map(|(n, id)| NamedCategory { id, at: vec![Pointer::Dossier { id: n.to_string() }] });
    CategoryFound { id, named: named.collect() }
}

/// What the rule says, and the files of the dossier and of its seals.
fn outcomes(fixture: &mut Fixture) -> (Vec<Outcome>, Vec<String>, Vec<String>) {
    let programme = programme::builtin();
    let rule = programme.rule(&fixture.rule).unwrap_or_else(|| panic!("no rule {}", fixture.rule));
    let mut round: Round = programme.round.clone();
    round.readings.extend(fixture.choices.clone());
    let dossier = dossier(fixture);
    let lists = std::mem::take(&mut fixture.lists).lists();
    let views: Vec<View<'_>> =
        (0u32..).zip(dossier.files.iter().zip(&dossier.documents)).map(|(n, (file, document))| View::new(DocId(n), file, document)).collect();
    let setting = Setting { round: &round, lists: &lists, stage: fixture.stage, as_of: fixture.as_of };
    let case = Case::new(&dossier, &views, setting, category(fixture));
    let outcomes = rule.decide(&case).expect("the rule is decided on one dossier");
    let names = dossier.files.iter().map(|file| file.path.clone()).collect();
    (outcomes, names, dossier.seals.iter().map(|seal| seal.file.clone()).collect())
}

fn fixtures() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/checks");
    let folders = fs::read_dir(&root).expect("the fixtures are there").map(|e| e.expect("it can be listed").path());
    let mut files: Vec<PathBuf> =
        folders.filter(|path| path.is_dir()).flat_map(|folder| fs::read_dir(folder).expect("it can be listed").map(|e| e.expect("a file").path())).collect();
    files.sort();
    files
}

fn check_of(path: &Path) -> &str {
    path.parent().and_then(Path::file_name).and_then(|name| name.to_str()).expect("a folder named after its check")
}

#[test]
fn every_check_says_of_its_facts_what_its_fixture_expects() {
    let programme = programme::builtin();
    let mut wrong = Vec::new();
    for path in fixtures() {
        let name = format!("{}/{}", check_of(&path), path.file_stem().and_then(|s| s.to_str()).unwrap_or(""));
        let text = fs::read_to_string(&path).expect("text");
        let mut fixture: Fixture = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
        let rule = programme.rule(&fixture.rule).unwrap_or_else(|| panic!("{name}: no rule {}", fixture.rule));
        if rule.check.id != check_of(&path) {
            wrong.push(format!("{name}: rule {} uses check {}", fixture.rule, rule.check.id));
            continue;
        }
        let (outcomes, files, sealed) = outcomes(&mut fixture);
        let severity = |o: &Outcome| o.severity.map_or(rule.severity, |own| own.max(rule.severity));
        let worst = outcomes.iter().min_by_key(|o| (o.verdict, severity(o))).expect("at least one outcome");
        let told: String = outcomes.iter().map(|o| o.message.zh.as_str()).collect::<Vec<_>>().join("\n");
        let found = (worst.verdict, severity(worst));
        let expected = (fixture.expect.verdict, fixture.expect.severity);
        if found != expected {
            wrong.push(format!("{name}: found {found:?}, expected {expected:?}\n    {told}"));
        }
        for word in fixture.expect.words.iter().filter(|word| !told.contains(word.as_str())) {
            wrong.push(format!("{name}: no `{word}` in\n    {told}"));
        }
        let shown: BTreeSet<&str> = outcomes
            .iter()
            .flat_map(|o| &o.evidence)
            .filter_map(|pointer| match pointer {
                Pointer::Span(span) => files.get(span.doc.0 as usize).map(String::as_str),
                Pointer::File(doc) => files.get(doc.0 as usize).map(String::as_str),
                Pointer::List { list, .. } => Some(list.as_str()),
                Pointer::Seal(n) => sealed.get(*n as usize).map(String::as_str),
                Pointer::Dossier { .. } => None,
            })
            .collect();
        for file in fixture.expect.evidence.iter().filter(|file| !shown.contains(file.as_str())) {
            wrong.push(format!("{name}: evidence {shown:?} does not name `{file}`"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_check_has_a_fixture_for_each_verdict_a_manual_page_and_a_use() {
    let programme = programme::builtin();
    let mut wrong = Vec::new();
    let mut known: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let paths = fixtures();
    for path in &paths {
        let stem = path.file_stem().and_then(|s| s.to_str()).unwrap_or("");
        known.entry(check_of(path)).or_default().insert(stem.split('-').next().unwrap_or(stem).to_owned());
    }
    for spec in checks::ALL {
        for heading in ["## Why", "## How it is decided", "## A person looks when"] {
            if !spec.doc.contains(heading) {
                wrong.push(format!("{}: its doc comment has no `{heading}`", spec.id));
            }
        }
        if !programme.rules.iter().any(|rule| rule.check.id == spec.id) {
            wrong.push(format!("{}: no rule uses it", spec.id));
        }
        if spec.scope != Scope::Dossier {
            continue;
        }
        for verdict in spec.verdicts {
            let word = serde_json::to_value(verdict).ok().and_then(|v| v.as_str().map(str::to_owned)).expect("a word");
            if !known.get(spec.id).is_some_and(|words| words.contains(&word)) {
                wrong.push(format!("fixtures/checks/{}/{word}.json is missing", spec.id));
            }
        }
    }
    for folder in known.keys().filter(|folder| checks::find(folder).is_none()) {
        wrong.push(format!("fixtures/checks/{folder}: no such check"));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_clause_is_answered_or_says_why_not_and_no_rule_is_lost() {
    let programme = programme::builtin();
    for clause in &programme.clauses {
        let covered = programme.rules.iter().any(|rule| rule.clause == clause.id || rule.also.contains(&clause.id));
        assert!(covered || clause.automation == Automation::NotApplicable, "{}", clause.id);
        assert!(clause.automation == Automation::Full || !clause.why.is_empty(), "{}", clause.id);
    }
    let numbered = |prefix: &str, last: u32| (1..=last).map(|n| format!("{prefix}{n:02}")).collect::<Vec<_>>();
    let expected: BTreeSet<String> = [("E", 5), ("L", 11), ("A", 15), ("B1", 9), ("B2", 7), ("B3", 7), ("C1", 8), ("C2", 6), ("M", 18)]
        .into_iter()
        .flat_map(|(prefix, last)| numbered(prefix, last))
        .chain(["E01b".to_owned(), "L05b".to_owned()])
        .collect();
    let found: BTreeSet<String> = programme.rules.iter().map(|rule| rule.id.clone()).collect();
    assert_eq!(expected.len(), 88);
    assert_eq!(found, expected);
}

#[test]
fn a_reading_that_names_rules_is_followed_by_them() {
    let programme = programme::builtin();
    for interpretation in &programme.interpretations {
        let switchable = interpretation.options.len() > 1;
        assert_eq!(switchable, !interpretation.rules.is_empty(), "{}: a choice nobody follows, or rules without a choice", interpretation.id);
    }
}
