//! Annotated text fixtures: a dossier written as text, its facts beside it as JSON.
//!
//! `=== path [role]` begins a file, `| a | b |` is a row of a table, `@taken 2022-07-16` makes a photo,
//! every other line is a paragraph. A blank line ends a table. `\t` in a line is a tab, ` / ` in a cell a line break.
#![allow(dead_code)]
use prescreen::extract::View;
use prescreen::model::{Block, BlockKind, DocId, Document, Format, Location, Role, SourceFile};
use serde_json::Value;
use std::path::{Path, PathBuf};

pub struct Fixture {
    pub name: String,
    pub files: Vec<(SourceFile, Document, Role)>,
    pub expected: Value,
}

impl Fixture {
    pub fn views(&self) -> Vec<View<'_>> {
        (0u32..)
            .zip(&self.files)
            .map(|(n, (file, document, role))| {
                let mut view = View::new(DocId(n), file, document);
                view.role = *role;
                view
            })
            .collect()
    }
}

/// All fixtures of a folder, by name.
pub fn fixtures(folder: &str) -> Vec<Fixture> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/extract").join(folder);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(&folder).expect("the fixture folder is there").map(|entry| entry.expect("readable").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    paths.iter().map(|path| fixture(path)).collect()
}

pub fn fixture(path: &Path) -> Fixture {
    let text = std::fs::read_to_string(path).expect("the fixture is UTF-8");
    let expected = std::fs::read_to_string(path.with_extension("json"))
        .map_or(Value::Null, |json| serde_json::from_str(&json).unwrap_or_else(|e| panic!("{}: {e}", path.display())));
    let mut files = Vec::new();
    let mut current: Option<(String, Role, Vec<&str>)> = None;
    for line in text.lines() {
        if let Some(head) = line.strip_prefix("=== ") {
            if let Some((path, role, lines)) = current.take() {
                files.push(file(&path, role, &lines));
            }
            let (path, role) = match head.rsplit_once('[') {
                Some((path, role)) => (path.trim(), serde_json::from_value(Value::String(role.trim_end_matches(']').to_owned())).expect("a role")),
                None => (head.trim(), Role::Unknown),
            };
            current = Some((path.to_owned(), role, Vec::new()));
        } else {
            let (_, _, lines) = current.get_or_insert_with(|| ("文件.txt".to_owned(), Role::Unknown, Vec::new()));
            lines.push(line);
        }
    }
    if let Some((path, role, lines)) = current {
        files.push(file(&path, role, &lines));
    }
    Fixture { name: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), files, expected }
}

fn file(path: &str, role: Role, lines: &[&str]) -> (SourceFile, Document, Role) {
    let mut blocks = Vec::new();
    let (mut paragraph, mut table, mut row) = (0, 0, 0);
    let mut taken = None;
    for line in lines {
        let line = line.replace("\\t", "\t");
        if let Some(date) = line.strip_prefix("@taken ") {
            taken = Some(date.trim().to_owned());
        } else if line.starts_with("| ") {
            if row == 0 {
                table += 1;
            }
            row += 1;
            for (column, cell) in (1u32..).zip(line.trim().trim_matches('|').split('|')) {
                let at = Location { table: Some(table), row: Some(row), column: Some(column), ..Location::default() };
                blocks.push(Block::new(BlockKind::Cell, cell.trim().replace(" / ", "\n"), at));
            }
        } else {
            row = 0;
            if !line.trim().is_empty() {
                paragraph += 1;
                blocks.push(Block::new(BlockKind::Paragraph, line, Location { paragraph: Some(paragraph), ..Location::default() }));
            }
        }
    }
    let picture = path.to_lowercase().ends_with(".jpg");
    let mut document = Document::read_full(if picture { Format::Jpeg } else { Format::Docx }, blocks);
    document.taken = taken;
    let source = SourceFile { path: path.to_owned(), bytes: 1, sha256: None, sm3: None, problem: None };
    (source, document, role)
}

/// Every difference between a wanted part and what was found; keys that are not wanted are not looked at.
pub fn differences(at: &str, wanted: &Value, found: &Value, out: &mut Vec<String>) {
    match (wanted, found) {
        (Value::Object(wanted), _) => {
            for (key, value) in wanted {
                differences(&format!("{at}.{key}"), value, found.get(key).unwrap_or(&Value::Null), out);
            }
        }
        (Value::Array(wanted), Value::Array(found)) if wanted.len() == found.len() => {
            for (n, (wanted, found)) in wanted.iter().zip(found).enumerate() {
                differences(&format!("{at}[{n}]"), wanted, found, out);
            }
        }
        _ if wanted == found => {}
        _ => out.push(format!("{at}: wanted {wanted}, found {found}")),
    }
}

/// Compares each fixture; panics with every difference.
pub fn compare(fixtures: &[Fixture], facts: impl Fn(&Fixture) -> Value) {
    let mut out = Vec::new();
    for fixture in fixtures {
        let found = facts(fixture);
        let before = out.len();
        differences(&fixture.name, &fixture.expected, &found, &mut out);
        if out.len() > before && std::env::var_os("SHOW").is_some() {
            out.push(serde_json::to_string_pretty(&found).unwrap_or_default());
        }
    }
    assert!(out.is_empty(), "{} differences:\n{}", out.len(), out.join("\n"));
}
