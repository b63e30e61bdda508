//! Annotated forms: every mark is a fact, and every fact is marked.
//!
//! One text file a layout, in `fixtures/extract/form`. Lines are paragraphs; lines that begin with `|` are rows of a
//! table (a file named `sheet…` is one sheet, its rows padded to the widest; `>|`: of a table inside the last cell of the row above): `^` continues the cell above, `<` the cell to the left, `\n` is a line break, `\t` a tab. A blank line ends a table.
//! `«field=value|printed words»` marks a reading; several fields and values are parted by `;`. `«field|words»` takes the
//! words as the value; `«+|words»` goes on with the mark before it. Other marks: `blank:field`, `blank` (of no field), `unticked`, `leftover`, `attachment`,
//! `cooperation`. What `===` heads is compared line by line with the facts that are tables.
#![allow(clippy::disallowed_methods, reason = "tests read and write their own files")]
use prescreen::extract::{Vocabulary, facts};
use prescreen::model::{Block, BlockKind, DateFault, Document, Facts, Format, Location, SourceFile, Span, Value};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

#[derive(Default)]
struct Fixture {
    name: String,
    blocks: Vec<Block>,
    /// `field=value @block:start..end`
    marks: Vec<String>,
    tables: Vec<String>,
    /// Fields that the last mark named.
    last: usize,
}

#[test]
fn every_mark_is_a_fact_and_every_fact_is_marked() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/extract/form");
    let mut paths: Vec<_> = std::fs::read_dir(&folder).expect("the fixtures are there").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let mut faults = String::new();
    let mut read = 0;
    for path in paths.iter().filter(|path| path.extension().is_some_and(|e| e == "txt")) {
        let text = std::fs::read_to_string(path).expect("a fixture is text");
        let fixture = parse(&path.file_stem().expect("a name").to_string_lossy(), &text);
        faults += &compare(&fixture);
        read += 1;
    }
    assert!(read > 0, "no fixture in {}", folder.display());
    assert!(faults.is_empty(), "\n{faults}");
}

fn compare(fixture: &Fixture) -> String {
    let document = Document::read_full(Format::Docx, fixture.blocks.clone());
    let file = SourceFile { path: format!("{}.docx", fixture.name), bytes: 0, sha256: None, sm3: None, problem: None };
    let facts = facts(&[file], std::slice::from_ref(&document), &Vocabulary::default());
    let quote = |span: &Span| &document.blocks[span.block as usize].text[span.start as usize..span.end as usize];
    let place = |spans: &[Span]| spans.iter().map(|s| format!("{}:{}..{} {:?}", s.block, s.start, s.end, quote(s))).collect::<Vec<_>>().join(" + ");
    let mut found = Vec::new();
    for (field, readings) in &facts.fields {
        let field = serde_json::to_value(field).expect("a field has a name");
        for reading in readings {
            let value = match &reading.value {
                Some(Value::Text(text)) => text.clone(),
                Some(Value::Fen(fen)) => fen.to_string(),
                None => "?".to_owned(),
            };
            found.push(format!("{}={value} @{}", field.as_str().unwrap_or_default(), place(&reading.at)));
        }
    }
    let form = &facts.form;
    found.extend(form.blanks.iter().map(|b| {
        let field =
            b.field.map_or(String::new(), |f| format!(":{}", serde_json::to_value(f).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()));
        format!("blank{field} @{}", place(&b.at))
    }));
    found.extend(form.unticked.iter().map(|u| format!("unticked @{}", place(&u.at))));
    found.extend(form.leftovers.iter().map(|l| format!("leftover @{}", place(&l.at))));
    found.extend(form.attachments.iter().map(|a| format!("attachment @{}", place(&a.at))));
    let sentences = form.cooperation.iter().filter(|c| !facts.fields.values().flatten().any(|r| r.at == c.at));
    found.extend(sentences.map(|c| format!("cooperation @{}", place(&c.at))));
    let mut faults = differences(&fixture.name, &fixture.marks, &found);
    let told: Vec<String> = tables(&facts).iter().map(|line| line.trim_end().to_owned()).collect();
    faults += &differences(&fixture.name, &fixture.tables, &told);
    faults
}

fn tables(facts: &Facts) -> Vec<String> {
    let role = serde_json::to_value(facts.roles[0]).expect("a role has a name");
    let mut out = vec![format!("role: {}", role.as_str().unwrap_or_default())];
    out.extend(facts.form.title.iter().map(|t| format!("title: {}", t.value)));
    out.extend(facts.form.years.iter().map(|y| format!("year: {}", y.value)));
    out.extend(facts.form.printed_in.iter().map(|y| format!("printed in: {}", y.value)));
    let person = |kind: &str, p: &prescreen::model::Person| format!("{kind}: {} / {} / {} / {}", p.name, p.title, p.organisation, p.duty);
    out.extend(facts.members.iter().map(|p| person("member", p)));
    out.extend(facts.experts.iter().map(|p| person("expert", p)));
    out.extend(facts.tasks.iter().map(|t| format!("task: {}", t.value)));
    for budget in &facts.budgets {
        let rows: Vec<String> = budget.rows.iter().map(|r| format!("{} {}", r.value.0, r.value.1)).collect();
        let unit = if budget.is_unitless { " without a unit" } else { "" };
        out.push(format!("budget: {} = {}{unit}", rows.join(", "), budget.total.as_ref().map_or("-".to_owned(), |t| t.value.to_string())));
    }
    out.extend(facts.amount_pairs.iter().map(|p| format!("pair: {} {}", p.figures.value, p.words.value)));
    out.extend(facts.date_faults.iter().map(|f| match f {
        DateFault::Impossible(date) => format!("impossible: {}", date.value),
        DateFault::Reversed { from, to } => format!("reversed: {} {}", from.value, to.value),
    }));
    if facts.form.stands_in {
        out.push("stands in".to_owned());
    }
    if facts.form.is_blank_template {
        out.push("template".to_owned());
    }
    out
}

fn differences(name: &str, expected: &[String], found: &[String]) -> String {
    let mut count: BTreeMap<&str, i32> = BTreeMap::new();
    expected.iter().for_each(|e| *count.entry(e).or_default() += 1);
    found.iter().for_each(|f| *count.entry(f).or_default() -= 1);
    let mut out = String::new();
    for (line, n) in count.into_iter().filter(|(_, n)| *n != 0) {
        let _ = writeln!(out, "{name}: {} {line}", if n > 0 { "not found:" } else { "not marked:" });
    }
    out
}

fn parse(name: &str, text: &str) -> Fixture {
    let (body, tail) = text.split_once("\n===\n").unwrap_or((text, ""));
    let mut fixture =
        Fixture { name: name.to_owned(), tables: tail.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect(), ..Fixture::default() };
    let mut table: Vec<Vec<String>> = Vec::new();
    let mut inner: BTreeMap<usize, Vec<Vec<String>>> = BTreeMap::new();
    let mut tables = 0;
    let mut paragraphs = 0;
    let sheet = name.starts_with("sheet");
    for line in body.lines().chain([""]) {
        if let Some(row) = line.strip_prefix('|') {
            table.push(cells_of(row));
            continue;
        }
        if sheet && !line.is_empty() {
            continue;
        }
        if let Some(row) = line.strip_prefix(">|") {
            inner.entry(table.len() - 1).or_default().push(cells_of(row));
            continue;
        }
        if !table.is_empty() {
            tables += 1;
            let mut rows = std::mem::take(&mut table);
            let widest = rows.iter().map(Vec::len).max().filter(|_| sheet).unwrap_or(0);
            rows.iter_mut().for_each(|row| row.resize(widest.max(row.len()), String::new()));
            add_table(&mut fixture, &mut tables, &rows, &std::mem::take(&mut inner), None);
        }
        if line.is_empty() || line.starts_with("//") {
            continue;
        }
        paragraphs += 1;
        let (kind, line) = line.strip_prefix("# ").map_or((BlockKind::Paragraph, line), |rest| (BlockKind::Heading, rest));
        add_block(&mut fixture, kind, line, Location { paragraph: Some(paragraphs), ..Location::default() }, (1, 1));
    }
    fixture
}

/// Cells of a row; a bar inside a mark parts the mark, not the row.
fn cells_of(row: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut depth = 0;
    for c in row.trim_end().trim_end_matches('|').chars() {
        match c {
            '«' => depth += 1,
            '»' => depth -= 1,
            '|' if depth == 0 => {
                cells.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(cell) = cells.last_mut() {
            cell.push(c);
        }
    }
    cells
        .into_iter()
        .map(|cell| cell.strip_prefix(' ').unwrap_or(&cell).strip_suffix(' ').map_or_else(|| cell.trim_start_matches(' ').to_owned(), str::to_owned))
        .collect()
}

fn add_table(fixture: &mut Fixture, tables: &mut u32, rows: &[Vec<String>], inner: &BTreeMap<usize, Vec<Vec<String>>>, inside: Option<u32>) {
    let number = *tables;
    for (r, row) in rows.iter().enumerate() {
        for (c, cell) in row.iter().enumerate() {
            if cell == "^" || cell == "<" {
                continue;
            }
            let wide = 1 + row[c + 1..].iter().take_while(|next| *next == "<").count();
            let tall = 1 + rows[r + 1..].iter().take_while(|below| below.get(c).is_some_and(|cell| cell == "^")).count();
            let at = Location { table: Some(number), row: Some(r as u32 + 1), column: Some(c as u32 + 1), ..Location::default() };
            add_block(fixture, BlockKind::Cell, cell, at, (tall as u32, wide as u32));
            if let Some(block) = fixture.blocks.last_mut() {
                block.inside = inside;
                block.at.sheet = fixture.name.starts_with("sheet").then(|| "Sheet1".to_owned());
            }
        }
        if let Some(nested) = inner.get(&r) {
            *tables += 1;
            let outer = fixture.blocks.len() as u32 - 1;
            add_table(fixture, tables, nested, &BTreeMap::new(), Some(outer));
        }
    }
}

fn add_block(fixture: &mut Fixture, kind: BlockKind, marked: &str, at: Location, spans: (u32, u32)) {
    let block = fixture.blocks.len();
    let mut text = String::new();
    let marked = marked.replace("\\n", "\n").replace("\\t", "\t");
    let mut rest = marked.as_str();
    while let Some(open) = rest.find('«') {
        let close = rest[open..].find('»').expect("a mark is closed") + open;
        text.push_str(&rest[..open]);
        let (heads, words) = rest[open + '«'.len_utf8()..close].split_once('|').expect("a mark has words");
        let start = text.len();
        text.push_str(words);
        if heads == "+" {
            for mark in fixture.marks.iter_mut().rev().take(fixture.last) {
                let _ = write!(mark, " + {block}:{start}..{} {words:?}", text.len());
            }
            rest = &rest[close + '»'.len_utf8()..];
            continue;
        }
        fixture.last = heads.split(';').count();
        for head in heads.split(';') {
            let own = matches!(head, "unticked" | "leftover" | "attachment" | "cooperation") || head.starts_with("blank") || head.contains('=');
            let head = if own { head.to_owned() } else { format!("{head}={words}") };
            fixture.marks.push(format!("{head} @{block}:{start}..{} {words:?}", text.len()));
        }
        rest = &rest[close + '»'.len_utf8()..];
    }
    text.push_str(rest);
    let mut made = Block::new(kind, text, at);
    made.spans = spans;
    fixture.blocks.push(made);
}
