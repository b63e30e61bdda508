//! Electronic against paper: each difference, with both places.
use super::digest::{page_text_sha256, text_sha256};
use super::fields::ManualForm;
use super::manifest::{Source, field_name, listed, path_key, words_of_field};
use crate::intake::MAIL_BODY;
use crate::model::{Difference, DifferenceKind, DocId, Dossier, Evidence, FieldId, ManifestFile, PaperSide, PaperState, Reading, Say, Value};
use crate::say;
use crate::text::key;
use std::collections::BTreeMap;

/// Compares a dossier with what is known of its paper copy: a manifest, the six-field form, or both.
///
/// `state` is the worst of what was compared. Six equal values are not the whole text: they leave it to a person.
pub fn compare(dossier: &Dossier, manifest: Option<&Source>, form: Option<&ManualForm>) -> PaperSide {
    let mut side = PaperSide::default();
    if let Some(source) = manifest {
        side.sources.push(source.name.clone());
        Comparison { dossier, source, side: &mut side, bytes_equal: true }.run();
    }
    if let Some(form) = form {
        side.sources.push(form.name.clone());
        side.sealed = form.sealed;
        side.pages = form.pages;
        let before = side.differences.len();
        compare_form(dossier, form, &mut side);
        if side.differences.len() > before {
            side.state = PaperState::Different;
        } else if side.state == PaperState::NotChecked {
            side.problem = told_by_hand(dossier, form);
        }
    }
    side
}

struct Comparison<'a> {
    dossier: &'a Dossier,
    source: &'a Source,
    side: &'a mut PaperSide,
    bytes_equal: bool,
}

impl Comparison<'_> {
    fn run(&mut self) {
        let mut ours: BTreeMap<String, DocId> = listed(&self.dossier.files).map(|(doc, file)| (path_key(&file.path), doc)).collect();
        let mut absent = Vec::new();
        for file in &self.source.manifest.files {
            match ours.remove(&path_key(&file.path)) {
                Some(doc) => self.compare_file(doc, file),
                None => absent.push(file),
            }
        }
        // A file that moved keeps its bytes; a file saved in another format keeps its stem.
        for file in absent {
            let same_bytes = ours.iter().find(|(_, doc)| self.sha256(**doc) == Some(&file.sha256)).map(|(path, _)| path.clone());
            let same_stem = || ours.keys().find(|path| stem(path) == stem(&path_key(&file.path))).cloned();
            if let Some(path) = same_bytes {
                if let Some(doc) = ours.remove(&path) {
                    self.differ(DifferenceKind::Renamed, Some(doc), Some(file), None, false);
                }
            } else if let Some(doc) = same_stem().and_then(|path| ours.remove(&path)) {
                self.compare_file(doc, file);
            } else {
                self.differ(DifferenceKind::MissingFile, None, Some(file), None, true);
            }
        }
        // the letter that came with the files is no part of the bound book
        ours.remove(MAIL_BODY);
        for doc in ours.into_values() {
            self.differ(DifferenceKind::ExtraFile, Some(doc), None, None, false);
        }
        let kinds = |wanted: &[DifferenceKind]| self.side.differences.iter().any(|d| wanted.contains(&d.kind));
        self.side.complete = Some(!kinds(&[DifferenceKind::MissingFile, DifferenceKind::ExtraFile, DifferenceKind::Renamed]));
        self.side.consistent = Some(self.bytes_equal);
        let only_renamed = self.side.differences.iter().all(|d| d.kind == DifferenceKind::Renamed);
        self.side.state = match (self.side.differences.is_empty(), self.bytes_equal) {
            (true, true) => PaperState::Identical,
            (true, false) => PaperState::SameText,
            (false, _) if only_renamed => PaperState::SameText,
            (false, _) => PaperState::Different,
        };
    }

    fn sha256(&self, doc: DocId) -> Option<&String> {
        self.dossier.file(doc)?.sha256.as_ref()
    }

    fn compare_file(&mut self, doc: DocId, paper: &ManifestFile) {
        if self.sha256(doc) == Some(&paper.sha256) {
            return;
        }
        self.bytes_equal = false;
        let document = self.dossier.document(doc);
        let text = document.and_then(text_sha256);
        if text.is_some() && text == paper.text_sha256 {
            return;
        }
        let fields = self.compare_fields(doc, paper);
        let same_format = self.dossier.file(doc).is_some_and(|f| ending(&f.path) == ending(&paper.path));
        let text_differs = same_format && text.is_some() && paper.text_sha256.is_some();
        if text_differs {
            let pages = document.map(page_text_sha256).unwrap_or_default();
            let changed = changed_pages(&pages, &paper.page_text_sha256);
            let mut named = false;
            for (kind, page) in changed {
                self.differ(kind, Some(doc), Some(paper), Some(page), true);
                named = true;
            }
            if !named {
                self.differ(DifferenceKind::Text, Some(doc), Some(paper), None, true);
            }
        } else if !fields {
            self.differ(DifferenceKind::Bytes, Some(doc), Some(paper), None, false);
        }
    }

    /// Names each field whose value in the manifest is not the electronic one; true where any differs.
    fn compare_fields(&mut self, doc: DocId, paper: &ManifestFile) -> bool {
        let mut any = false;
        for (name, on_paper) in &paper.fields {
            let Some(id) = FieldId::ALL.into_iter().find(|id| field_name(*id) == *name) else { continue };
            let readings = self.dossier.facts.readings(id);
            let Some(reading) = readings.iter().find(|r| r.value.is_some() && r.at.first().is_some_and(|s| s.doc == doc)) else { continue };
            if reading.value.as_ref().is_some_and(|value| same_value(value, on_paper)) {
                continue;
            }
            let difference = Difference {
                kind: DifferenceKind::Field,
                field: Some(name.clone()),
                electronic: Some(reading.raw.clone()),
                paper: Some(printed(on_paper)),
                at: place_of(self.dossier, reading),
                paper_at: Evidence {
                    list: Some(self.source.name.clone()),
                    file: Some(paper.path.clone()),
                    quote: Some(printed(on_paper)),
                    ..Evidence::default()
                },
            };
            self.side.differences.push(difference);
            self.side.text_differs = true;
            any = true;
        }
        any
    }

    fn differ(&mut self, kind: DifferenceKind, doc: Option<DocId>, paper: Option<&ManifestFile>, page: Option<u32>, text_differs: bool) {
        let file = doc.and_then(|d| self.dossier.file(d));
        let short = |digest: Option<&String>| digest.map(|d| format!("sha256:{}…", d.get(..12).unwrap_or(d)));
        let (electronic, on_paper) = match kind {
            DifferenceKind::MissingFile => (None, paper.map(|p| p.path.clone())),
            DifferenceKind::ExtraFile => (file.map(|f| f.path.clone()), None),
            DifferenceKind::Renamed => (file.map(|f| f.path.clone()), paper.map(|p| p.path.clone())),
            DifferenceKind::Bytes => (short(file.and_then(|f| f.sha256.as_ref())), short(paper.map(|p| &p.sha256))),
            _ => {
                let text = doc.and_then(|d| self.dossier.document(d)).and_then(text_sha256);
                (short(text.as_ref()).map(|t| format!("text {t}")), short(paper.and_then(|p| p.text_sha256.as_ref())).map(|t| format!("text {t}")))
            }
        };
        self.side.text_differs |= text_differs;
        self.side.differences.push(Difference {
            kind,
            field: None,
            electronic,
            paper: on_paper,
            at: Evidence { file: file.map(|f| f.path.clone()), page, ..Evidence::default() },
            paper_at: Evidence { list: Some(self.source.name.clone()), file: paper.map(|p| p.path.clone()), page, ..Evidence::default() },
        });
    }
}

/// Pages whose text differs; pages that only moved are `page_order`.
fn changed_pages(electronic: &[String], paper: &[String]) -> Vec<(DifferenceKind, u32)> {
    if electronic.is_empty() || paper.is_empty() {
        return Vec::new();
    }
    let mut changed = Vec::new();
    for (n, page) in (1u32..).zip(electronic) {
        match paper.get(n as usize - 1) {
            Some(other) if other == page => {}
            Some(_) if paper.contains(page) => changed.push((DifferenceKind::PageOrder, n)),
            Some(_) => changed.push((DifferenceKind::Text, n)),
            None => changed.push((DifferenceKind::PageExtra, n)),
        }
    }
    changed.extend((electronic.len() as u32 + 1..=paper.len() as u32).map(|n| (DifferenceKind::PageMissing, n)));
    changed
}

fn compare_form(dossier: &Dossier, form: &ManualForm, side: &mut PaperSide) {
    let mut differ = |field: &str, reading: Option<&Reading>, electronic: String, paper: String, certain: bool| {
        side.text_differs |= certain;
        side.differences.push(Difference {
            kind: DifferenceKind::Field,
            field: Some(field.to_owned()),
            electronic: Some(electronic),
            paper: Some(paper.clone()),
            at: reading.map(|r| place_of(dossier, r)).unwrap_or_default(),
            paper_at: Evidence { list: Some(form.name.clone()), quote: Some(paper), ..Evidence::default() },
        });
    };
    // where the form states a value twice, one that is on paper is enough here: whether its own places agree is another rule's business
    let other = |id: FieldId, same: &dyn Fn(&Value) -> bool| {
        let told: Vec<(&Reading, &Value)> = dossier.facts.readings(id).iter().filter_map(|r| Some((r, r.value.as_ref()?))).collect();
        told.first().map(|(first, _)| *first).filter(|_| !told.iter().any(|(_, value)| same(value)))
    };
    for (id, on_paper) in [(FieldId::ProjectName, &form.project_name), (FieldId::Leader, &form.leader)] {
        if let Some(paper) = on_paper
            && let Some(reading) = other(id, &|value| value.text().is_none_or(|text| key(text) == key(paper)))
        {
            differ(&field_name(id), Some(reading), reading.raw.clone(), paper.clone(), true);
        }
    }
    if let Some((paper, fen)) = &form.budget_total
        && let Some(reading) = other(FieldId::BudgetTotal, &|value| value.fen().is_none_or(|ours| ours == *fen))
    {
        differ("budget_total", Some(reading), reading.raw.clone(), paper.clone(), true);
    }
    let main = dossier.facts.form.doc;
    if let Some(paper) = form.attachments {
        let ours = listed(&dossier.files).filter(|(doc, _)| Some(*doc) != main).count() as u32;
        if ours != paper {
            differ("attachments", None, ours.to_string(), paper.to_string(), false);
        }
    }
}

/// Which of the values copied by hand agree with electronic ones, and which have none to be compared with; `None` where none could be compared.
fn told_by_hand(dossier: &Dossier, form: &ManualForm) -> Option<Say> {
    let copied =
        [(FieldId::ProjectName, form.project_name.is_some()), (FieldId::Leader, form.leader.is_some()), (FieldId::BudgetTotal, form.budget_total.is_some())];
    let (agree, unread): (Vec<FieldId>, Vec<FieldId>) =
        copied.into_iter().filter(|(_, copied)| *copied).map(|(id, _)| id).partition(|id| dossier.facts.first(*id).is_some());
    let names = |ids: &[FieldId]| {
        let words: Vec<(&str, &str)> = ids.iter().filter_map(|id| words_of_field(&field_name(*id))).collect();
        let (zh, en): (Vec<&str>, Vec<&str>) = words.into_iter().unzip();
        (zh.join("、"), en.join(", "))
    };
    let ((same, same_en), (rest, rest_en)) = (names(&agree), names(&unread));
    match (agree.is_empty(), unread.is_empty()) {
        (true, _) => None,
        (false, true) => Some(say!(
            "人工录入的{same}与电子版一致，其余文字没有比对，请抽查",
            "{same_en} copied by hand agree; the rest of the text was not compared, please spot-check"
        )),
        (false, false) => Some(say!(
            "人工录入的{same}与电子版一致；电子版中没有读出{rest}，请对照纸质版核对；其余文字没有比对，请抽查",
            "{same_en} copied by hand agree; {rest_en} not made out in the electronic form, please compare by eye; the rest of the text was not compared"
        )),
    }
}

fn place_of(dossier: &Dossier, reading: &Reading) -> Evidence {
    let Some(span) = reading.at.first() else { return Evidence::default() };
    let block = dossier.document(span.doc).and_then(|d| d.blocks.get(span.block as usize));
    let file = dossier.file(span.doc).map_or("", |f| f.path.as_str());
    block.map_or_else(Evidence::default, |b| Evidence::at(file, &b.at, &reading.raw))
}

fn same_value(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Fen(a), Value::Fen(b)) => a == b,
        (Value::Text(a), Value::Text(b)) => key(a) == key(b),
        _ => false,
    }
}

fn printed(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Fen(fen) if fen % 100 == 0 => format!("{}元", fen / 100),
        Value::Fen(fen) => format!("{}.{:02}元", fen / 100, fen % 100),
    }
}

fn stem(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(stem, _)| stem)
}

fn ending(path: &str) -> String {
    path.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, BlockKind, Document, Facts, Format, Location, Place, SourceFile, Span};
    use crate::paper::manifest::make;

    fn dossier(project: &str, budget: i64, digest: char) -> Dossier {
        let blocks = [project.to_owned(), format!("申请经费：{}元", budget / 100)]
            .map(|t| Block::new(BlockKind::Paragraph, t, Location { page: Some(1), ..Location::default() }));
        let reading = |value: Value, raw: &str, block| Reading {
            value: Some(value),
            raw: raw.to_owned(),
            label: String::new(),
            place: Place::Table,
            at: vec![Span { doc: DocId(0), block, start: 0, end: 3 }],
        };
        let mut facts = Facts { roles: vec![crate::model::Role::ApplicationForm], ..Facts::default() };
        facts.form.doc = Some(DocId(0));
        facts.fields.insert(FieldId::ProjectName, vec![reading(Value::Text(project.to_owned()), project, 0)]);
        facts.fields.insert(FieldId::BudgetTotal, vec![reading(Value::Fen(budget), "申请经费", 1)]);
        Dossier {
            id: "C1-001".into(),
            files: vec![SourceFile { path: "申报书.txt".into(), bytes: 1, sha256: Some(digest.to_string().repeat(64)), sm3: None, problem: None }],
            documents: vec![Document::read_full(Format::Txt, blocks.to_vec())],
            facts,
            ..Dossier::default()
        }
    }

    fn source(dossier: &Dossier) -> Source {
        Source { name: "manifest.json".into(), manifest: make(dossier, None, false) }
    }

    #[test]
    fn the_same_bytes_are_identical_and_a_re_saved_form_has_the_same_text() {
        let paper = source(&dossier("智慧农业", 5_000_000, 'a'));
        assert_eq!(compare(&dossier("智慧农业", 5_000_000, 'a'), Some(&paper), None).state, PaperState::Identical);
        let side = compare(&dossier("智慧农业", 5_000_000, 'b'), Some(&paper), None);
        assert_eq!((side.state, side.complete, side.consistent), (PaperState::SameText, Some(true), Some(false)));
    }

    #[test]
    fn a_changed_budget_is_named_with_both_values() {
        let paper = source(&dossier("智慧农业", 8_000_000, 'a'));
        let side = compare(&dossier("智慧农业", 5_000_000, 'b'), Some(&paper), None);
        assert_eq!(side.state, PaperState::Different);
        assert!(side.text_differs);
        let field = side.differences.iter().find(|d| d.kind == DifferenceKind::Field).expect("the field is named");
        assert_eq!((field.field.as_deref(), field.paper.as_deref()), (Some("budget_total"), Some("80000元")));
        assert!(side.differences.iter().any(|d| d.kind == DifferenceKind::Text && d.at.page == Some(1)));
    }

    #[test]
    fn a_plain_list_knows_bytes_only() {
        let list = format!("{}  申报书.txt\n", "a".repeat(64));
        let paper = crate::paper::parse("manifest-sha256.txt", &list).expect("well formed");
        let side = compare(&dossier("智慧农业", 5_000_000, 'b'), Some(&paper), None);
        assert_eq!((side.state, side.text_differs), (PaperState::Different, false));
        assert_eq!(side.differences[0].kind, DifferenceKind::Bytes);
    }

    #[test]
    fn absent_unlisted_and_renamed_files_are_told_apart() {
        let list = format!("{}  旧名.txt\n{}  附件.pdf\n", "b".repeat(64), "c".repeat(64));
        let paper = crate::paper::parse("manifest-sha256.txt", &list).expect("well formed");
        let mut ours = dossier("智慧农业", 5_000_000, 'b');
        ours.files.push(SourceFile { path: "多.txt".into(), bytes: 1, sha256: Some("d".repeat(64)), sm3: None, problem: None });
        ours.documents.push(Document::read_full(Format::Txt, Vec::new()));
        let side = compare(&ours, Some(&paper), None);
        let kinds: Vec<DifferenceKind> = side.differences.iter().map(|d| d.kind).collect();
        assert_eq!(kinds, [DifferenceKind::Renamed, DifferenceKind::MissingFile, DifferenceKind::ExtraFile]);
        assert!(side.text_differs);
    }

    #[test]
    fn the_six_field_form_names_what_differs() {
        let form = ManualForm::parse("fields.csv", "project_name,leader,budget_total,pages,attachments,sealed\n智慧农业,,8万元,,0,是\n").expect("well formed");
        let side = compare(&dossier("智慧农业", 5_000_000, 'b'), None, Some(&form));
        assert_eq!((side.state, side.differences.len()), (PaperState::Different, 1));
        let same = ManualForm::parse("fields.csv", "project_name,budget_total\n智慧农业,5万元\n").expect("well formed");
        let side = compare(&dossier("智慧农业", 5_000_000, 'b'), None, Some(&same));
        assert_eq!(side.state, PaperState::NotChecked);
        assert!(side.problem.is_some_and(|told| told.zh.contains("与电子版一致") && !told.zh.contains("没有读出")));
    }

    #[test]
    fn what_the_electronic_form_does_not_tell_is_named_and_one_of_two_readings_is_enough() {
        let form = ManualForm::parse("fields.csv", "project_name,leader,budget_total\n智慧农业,张三,5万元\n").expect("well formed");
        let mut twice = dossier("智慧农业", 8_000_000, 'b');
        let readings = twice.facts.fields.get_mut(&FieldId::BudgetTotal).expect("a budget");
        let second = Reading { value: Some(Value::Fen(5_000_000)), ..readings[0].clone() };
        readings.push(second);
        let side = compare(&twice, None, Some(&form));
        assert_eq!(side.state, PaperState::NotChecked);
        assert!(side.problem.is_some_and(|told| told.zh.contains("没有读出项目负责人")));
    }
}
