//! Files that are made from the code are as the code makes them. `UPDATE=1 cargo test --test generated` writes them.
#![allow(clippy::disallowed_methods, reason = "tests read and write their own files")]
use prescreen::programme;
use std::fs;
use std::path::Path;

fn is_current(path: &str, made: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, made).expect("the file can be written");
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    assert!(found == made, "{path} is stale; run `UPDATE=1 cargo test --test generated`");
}

#[test]
fn the_schema_of_a_programme_is_that_of_its_types() {
    let made = serde_json::to_string_pretty(&programme::schema()).expect("plain JSON");
    is_current("schemas/programme.schema.json", &(made + "\n"));
}

#[test]
fn every_rule_has_a_page_in_both_languages() {
    use prescreen::model::Lang;
    let programme = programme::builtin();
    for rule in &programme.rules {
        for lang in [Lang::Zh, Lang::En] {
            let page = programme::page(programme, &rule.id, lang).expect("a page");
            let how = if lang == Lang::Zh { rule.check.doc_zh } else { "## Why" };
            assert!(page.contains(&rule.clause) && page.contains(rule.check.id) && page.contains(how), "{}", rule.id);
        }
    }
    assert!(programme::page(programme, "X99", Lang::Zh).is_none());
    assert_eq!(programme::list(programme, Lang::Zh).lines().count(), programme.rules.len());
}
