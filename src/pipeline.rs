//! The story, top to bottom: INBOX -> dossiers -> records -> batch findings -> reports. The only rayon.
use crate::batch::{self, BatchOutcome, Summary};
use crate::checks::{BatchCheck, Setting};
use crate::extract;
use crate::intake::{self, Content, Inbox, IntakeError, Loaded, LoadedFile, Opener, PaperKind};
use crate::model::{
    CategoryId, Document, Dossier, Facts, FieldId, Format, IntakeRow, Lang, Lists, Moment, PaperSide, Problem, ProblemKind, Read, Record, Say, SourceFile,
    Stage, Verdict,
};
use crate::paper::{self, ManualForm, Scan};
use crate::programme::Programme;
use crate::read::ocr::Ocr;
use crate::read::{self, Limits, Reader};
use crate::report::excerpt::{self, Excerpts, Maker, Sources};
use crate::report::{self, Batch, Output, RuleLine, json};
use crate::screen::{self, Answer, Screened};
use crate::text::key;
use crate::worker::Pool;
use jiff::civil::Date;
use rayon::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// The rule that waits for a person where two hand-ins are versions of one project.
const VERSIONS_RULE: &str = "M01";

/// What a run is made with, beside the files.
#[derive(Debug)]
pub struct Settings {
    pub programme: Programme,
    /// The day of screening.
    pub as_of: Date,
    pub stage: Stage,
    pub lang: Lang,
    /// Whether files get SM3 digests too.
    pub with_sm3: bool,
    /// Worker processes in which files are unpacked and read; without them everything happens in this process.
    pub workers: Option<Pool>,
    /// Recognition of scans; only beside workers.
    pub ocr: Option<Ocr>,
}

impl Settings {
    fn reader(&self) -> Reader<'_> {
        match (&self.workers, &self.ocr) {
            (None, _) => Reader::Here,
            (Some(workers), None) => Reader::Workers(workers),
            (Some(workers), Some(ocr)) => Reader::Recognising(workers, ocr),
        }
    }

    fn opener(&self) -> Opener<'_> {
        self.workers.as_ref().map_or(Opener::Here, Opener::Workers)
    }
}

/// Hears how far a run is; called from several threads.
pub trait Progress: Sync {
    /// So many dossiers are to come.
    fn begin(&self, dossiers: usize);
    /// One is done.
    fn done(&self, id: &str, result: Option<Verdict>);
}

/// No one listens.
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: usize) {}
    fn done(&self, _: &str, _: Option<Verdict>) {}
}

/// What a run gave.
#[derive(Debug)]
pub struct Run {
    pub records: Vec<Record>,
    pub batch: Batch,
    /// What the evidence of each record looks like; empty where nobody asked.
    pub excerpts: Vec<Excerpts>,
}

impl Run {
    /// Whether an error- or warning-level rule fails, needs a person or was not checked.
    pub fn is_clean(&self) -> bool {
        self.records.iter().all(|record| record.result == Verdict::Pass)
    }
}

/// Screens every dossier of an opened inbox, then the batch as a whole. Same input, same records, at any number of threads.
pub fn screen_inbox(inbox: &Inbox, settings: &Settings, progress: &dyn Progress) -> Run {
    screen_and_show(inbox, settings, progress, None)
}

/// As [`screen_inbox`], with excerpts of the evidence for the pages.
pub fn screen_and_show(inbox: &Inbox, settings: &Settings, progress: &dyn Progress, maker: Option<&Maker>) -> Run {
    progress.begin(inbox.packages.len());
    let screened: Vec<(Screened, Excerpts)> = inbox
        .packages
        .par_iter()
        .flat_map_iter(|package| {
            let mut screened = Vec::new();
            for loaded in package.load(&intake::Limits::default(), settings.opener()) {
                screened.extend(or_unfinished(loaded, inbox, settings, |loaded| {
                    let mut sources = maker.filter(|m| m.pictures.is_some()).map(|_| Sources::new());
                    let dossiers = understand(loaded, inbox, settings, sources.as_mut());
                    let screen = |dossier: Dossier| {
                        let one = screen_one(&dossier, &inbox.lists, settings);
                        let excerpts = maker.map(|maker| maker.make(&dossier, &one, sources.as_ref().unwrap_or(&Sources::new()))).unwrap_or_default();
                        (one, excerpts)
                    };
                    dossiers.into_iter().map(screen).collect()
                }));
            }
            progress.done(&package.id, None);
            screened
        })
        .collect();
    conclude(screened, inbox, settings)
}

/// What `screen` makes of a package; where a fault of this program stops it, a dossier of which nothing was understood,
/// so that the others go on and nobody is told that anything is missing.
#[allow(clippy::disallowed_methods, reason = "hostile bytes are isolated in worker processes; this is for faults of the program's own")]
fn or_unfinished(loaded: Loaded, inbox: &Inbox, settings: &Settings, screen: impl FnOnce(Loaded) -> Vec<(Screened, Excerpts)>) -> Vec<(Screened, Excerpts)> {
    let (id, source, mailed_at, noise) = (loaded.id.clone(), loaded.source.clone(), loaded.mailed_at, loaded.noise);
    let files: Vec<(SourceFile, Format)> = loaded.files.iter().map(|f| (f.file.clone(), format_of(&f.file.path, &f.content))).collect();
    catch_unwind(AssertUnwindSafe(|| screen(loaded))).unwrap_or_else(|_| {
        let problem = Problem::new(
            ProblemKind::Crashed,
            crate::say!(
                "程序处理这份材料时出错，没有完成核查；请人工查看全部文件，并告知软件维护人员",
                "the program failed on this dossier and did not finish it; please look at every file, and tell those who maintain the software"
            ),
        );
        let (files, documents) = files.into_iter().map(|(file, format)| (file, Document::unread(format, problem.clone()))).unzip();
        let dossier = Dossier {
            source,
            files,
            documents,
            facts: Facts::default(),
            intake: book_row(inbox, &id).cloned(),
            has_book: inbox.book.is_some(),
            mailed_at,
            paper: PaperSide::default(),
            seals: Vec::new(),
            problems: vec![problem],
            noise,
            id,
        };
        vec![(screen_one(&dossier, &inbox.lists, settings), Excerpts::default())]
    })
}

/// Adds what the batch says to each dossier, then decides derived rules and results.
fn conclude(mut screened: Vec<(Screened, Excerpts)>, inbox: &Inbox, settings: &Settings) -> Run {
    screened.sort_by(|(a, _), (b, _)| a.record.id.cmp(&b.record.id));
    let (mut screened, excerpts): (Vec<Screened>, Vec<Excerpts>) = screened.into_iter().unzip();
    let summaries: Vec<Summary> = screened.iter_mut().map(|s| std::mem::take(&mut s.summary)).collect();
    let versions = batch::versions(&summaries);
    for rule in settings.programme.batch_rules() {
        let Some(check) = rule.batch() else { continue };
        for outcome in decide(check, &rule.categories, &summaries, &versions.counts) {
            let Some(one) = screened.get_mut(outcome.dossier).filter(|s| s.open.contains(&rule.id)) else { continue };
            add(one, &rule.id, outcome);
        }
    }
    for outcome in versions.outcomes(&summaries) {
        if let Some(one) = screened.get_mut(outcome.dossier) {
            add(one, VERSIONS_RULE, outcome);
        }
    }
    let records: Vec<Record> = screened.into_iter().map(|s| screen::conclude(s, &settings.programme, settings.lang)).collect();
    let batch = sum_up(&records, inbox, settings);
    Run { records, batch, excerpts }
}

/// A rule that the programme does not list for the dossier's category gets no answer.
fn add(screened: &mut Screened, rule: &str, outcome: BatchOutcome) {
    let Some(answers) = screened.answers.get_mut(rule) else { return };
    answers.push(Answer {
        verdict: outcome.verdict,
        severity: outcome.severity,
        message: outcome.message,
        hint: None,
        evidence: outcome.evidence,
        searched: Vec::new(),
    });
}

fn screen_one(dossier: &Dossier, lists: &Lists, settings: &Settings) -> Screened {
    let setting = Setting { round: &settings.programme.round, lists, stage: settings.stage, as_of: settings.as_of };
    let views = extract::views(&dossier.files, &dossier.documents, &dossier.facts);
    screen::screen(dossier, &views, &settings.programme, setting, settings.lang)
}

/// Reads a package's files and extracts its facts; several dossiers where it holds several applications. `sources` keeps
/// the bytes of files that may be drawn.
fn understand(loaded: Loaded, inbox: &Inbox, settings: &Settings, mut sources: Option<&mut Sources>) -> Vec<Dossier> {
    let limits = Limits::default();
    let Loaded { id, source, files, problems, noise, mailed_at } = loaded;
    let mut read: Vec<(String, SourceFile, Document)> = Vec::new();
    for file in files {
        let (group, file, document, bytes) = read_file(file, &limits, settings.reader());
        if let Some(sources) = sources.as_mut().filter(|_| excerpt::keeps(document.format)) {
            sources.insert(file.path.clone(), bytes);
        }
        read.push((group, file, document));
    }
    let vocabulary = settings.programme.vocabulary();
    let whole = |id: String, files: Vec<(SourceFile, Document)>| {
        let (files, documents): (Vec<SourceFile>, Vec<Document>) = files.into_iter().unzip();
        let facts = extract::facts(&files, &documents, vocabulary);
        let mut dossier = Dossier {
            source: source.clone(),
            files,
            documents,
            facts,
            intake: book_row(inbox, &id).cloned(),
            has_book: inbox.book.is_some(),
            mailed_at,
            paper: PaperSide::default(),
            seals: Vec::new(),
            problems: problems.clone(),
            noise,
            id,
        };
        dossier.paper = paper_side(&dossier, inbox, settings);
        dossier.seals = extract::seals(&dossier);
        dossier
    };
    let parts = applications(&read, vocabulary);
    if parts.len() < 2 {
        return vec![whole(id, read.into_iter().map(|(_, file, document)| (file, document)).collect())];
    }
    // Files outside every application's own folder belong to each of them.
    let is_inside = |group: &str, part: &str| group == part || group.strip_prefix(part).is_some_and(|rest| rest.starts_with('/'));
    let common = |group: &str| !parts.iter().any(|part| is_inside(group, part));
    parts
        .iter()
        .enumerate()
        .map(|(n, part)| {
            let own = read.iter().filter(|(group, _, _)| is_inside(group, part) || common(group));
            whole(format!("{id}~{}", n + 1), own.map(|(_, file, document)| (file.clone(), document.clone())).collect())
        })
        .collect()
}

/// The folders or attached archives that each hold the form of another project or category; empty where the
/// package is one application.
fn applications(read: &[(String, SourceFile, Document)], vocabulary: &extract::Vocabulary) -> Vec<String> {
    let mut groups: Vec<&str> = read.iter().map(|(group, _, _)| group.as_str()).collect();
    groups.sort_unstable();
    groups.dedup();
    if groups.len() < 2 {
        return Vec::new();
    }
    let mut identities: Vec<String> = Vec::new();
    let mut forms: Vec<&str> = Vec::new();
    for group in groups {
        let inside = || read.iter().filter(|(own, _, _)| own == group);
        let files: Vec<SourceFile> = inside().map(|(_, file, _)| file.clone()).collect();
        let documents: Vec<Document> = inside().map(|(_, _, document)| document.clone()).collect();
        let facts = extract::facts(&files, &documents, vocabulary);
        if facts.form.candidates.is_empty() || facts.form.is_blank_template {
            continue;
        }
        let of = |field| facts.first_text(field).map(key).unwrap_or_default();
        let title = facts.form.title.as_ref().map(|t| key(&t.value)).unwrap_or_default();
        identities.push(format!("{}|{}|{title}", of(FieldId::ProjectName), of(FieldId::Category)));
        forms.push(group);
    }
    // Two forms of one project side by side are versions, not two applications.
    let all = identities.len();
    identities.sort_unstable();
    identities.dedup();
    if all < 2 || identities.len() < all { Vec::new() } else { intake::separate(&forms).unwrap_or_default() }
}

fn read_file(loaded: LoadedFile, limits: &Limits, reader: Reader<'_>) -> (String, SourceFile, Document, Vec<u8>) {
    let LoadedFile { file, content, group } = loaded;
    let document = match (&file.problem, &content) {
        (Some(problem), Content::Opened(format)) => {
            Document { problems: vec![problem.clone()], read: Read::Partial, ..Document::read_full(*format, Vec::new()) }
        }
        (Some(problem), content) => Document::unread(format_of(&file.path, content), problem.clone()),
        (None, Content::Bytes(bytes)) => with_name_checked(&file.path, reader.read(&file.path, bytes, limits)),
        (None, Content::Opened(format) | Content::Unread(format)) => Document::read_full(*format, Vec::new()),
    };
    let bytes = if let Content::Bytes(bytes) = content { bytes } else { Vec::new() };
    (group, file, document, bytes)
}

fn format_of(path: &str, content: &Content) -> Format {
    match content {
        Content::Bytes(bytes) => read::sniff(path, bytes),
        Content::Opened(format) | Content::Unread(format) => *format,
    }
}

/// Says so where a file's name claims another format than its bytes have.
fn with_name_checked(path: &str, mut document: Document) -> Document {
    let claimed = path.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_lowercase());
    let expected = read::endings(document.format);
    let known = read::is_known_ending(&claimed);
    if known && document.format == Format::Unknown {
        let say = crate::say!(
            "文件已损坏：内容不是 .{0} 文件应有的样子（可能没有下载完，或被加密软件加密），无法读取；请在本机打开检查，另存后重新提交",
            "the file is damaged: its content is nothing like a .{0} file (an unfinished download, or encrypted by a safeguard), and was not read; open it, save it again and hand that in",
            claimed,
        );
        document.problems = vec![Problem::new(ProblemKind::Damaged, say)];
    }
    if known && !expected.is_empty() && !expected.contains(&claimed.as_str()) && !matches!(document.format, Format::Empty | Format::Unknown) {
        let say = crate::say!(
            "扩展名是 .{0}，内容实际是 {1}，已按实际内容读取；请改成正确的扩展名",
            "the name ends in .{0}, the content is {1} and was read as that; please correct the name",
            claimed,
            screen::format_name(document.format),
        );
        document.problems.push(Problem::new(ProblemKind::WrongType, say));
    }
    document
}

/// The clerk's line for a dossier; the parts of a package share the package's line.
fn book_row<'a>(inbox: &'a Inbox, id: &str) -> Option<&'a IntakeRow> {
    let rows = inbox.book.as_ref()?;
    let package = id.rsplit_once('~').filter(|(_, n)| n.chars().all(|c| c.is_ascii_digit())).map(|(package, _)| package);
    rows.iter().find(|row| row.dossier == id).or_else(|| rows.iter().find(|row| Some(row.dossier.as_str()) == package))
}

fn paper_side(dossier: &Dossier, inbox: &Inbox, settings: &Settings) -> PaperSide {
    let unusable = |name: &str, fault: Say| {
        let Say { zh, en } = fault;
        crate::say!("纸质材料清单“{name}”无法使用：{zh}", "the paper copy's file \"{name}\" cannot be used: {en}")
    };
    let files = match inbox.paper_of(&dossier.id) {
        Ok(files) => files,
        Err(fault) => return PaperSide { problem: Some(unusable(&dossier.id, fault.say())), ..PaperSide::default() },
    };
    let (mut manifest, mut form, mut scans, mut problem) = (None, None, Vec::new(), None);
    for file in files {
        match file.kind {
            PaperKind::Manifest if manifest.is_some() => {}
            PaperKind::Manifest => match paper::parse(&file.name, &file.text) {
                Ok(source) => manifest = Some(source),
                Err(fault) => problem = Some(unusable(&file.name, fault.say())),
            },
            PaperKind::Fields => match ManualForm::parse(&file.name, &file.text) {
                Ok(fields) => form = Some(fields),
                Err(fault) => problem = Some(unusable(&file.name, fault.say())),
            },
            PaperKind::Scan => scans.push(read_scan(file.name, &file.bytes, settings)),
        }
    }
    let mut side = paper::compare(dossier, manifest.as_ref(), form.as_ref());
    if !scans.is_empty() {
        paper::compare_scans(dossier, &scans, &mut side);
        paper::compare_slips(dossier, &scans, manifest.as_ref(), &mut side);
    }
    side.problem = problem.or(side.problem);
    side
}

/// A scan of the paper copy, read like any other file.
pub fn read_scan(name: String, bytes: &[u8], settings: &Settings) -> Scan {
    let document = settings.reader().read(&name, bytes, &Limits::default());
    Scan { name, document }
}

fn decide(check: &BatchCheck, categories: &[CategoryId], summaries: &[Summary], counts: &[bool]) -> Vec<BatchOutcome> {
    use batch::{Exclusive, Limit, Together};
    match check {
        BatchCheck::ClassesExclusive(c) => batch::exclusive(summaries, counts, &Exclusive { one: &c.left, other: &c.right }),
        BatchCheck::ClassesTogether(c) => batch::together(summaries, counts, &Together::Both { one: &c.left, other: &c.right }),
        BatchCheck::ClassesSeveral(c) => batch::together(summaries, counts, &Together::Several { among: &c.among }),
        BatchCheck::CountLimit(c) => batch::limit(summaries, counts, &Limit { categories: &c.categories, most: c.max as usize, notice_only: c.notice_only }),
        BatchCheck::ServicePointOnce(c) => batch::same_point(summaries, counts, categories, c.near),
        BatchCheck::ServicePointShared(_) => batch::shared_point(summaries, counts, categories),
        BatchCheck::TextsDiffer(c) => {
            let mut outcomes = batch::repeats(summaries, counts, c.near);
            outcomes.extend(batch::alike_photos(summaries, counts));
            outcomes
        }
    }
}

fn sum_up(records: &[Record], inbox: &Inbox, settings: &Settings) -> Batch {
    let programme = &settings.programme;
    let folders = report::folder::folder_names(records.iter().map(|r| r.id.as_str()));
    let cross = records.iter().flat_map(|record| {
        record.findings.iter().filter_map(|finding| {
            let with = json::dossiers_named(finding.evidence.iter().chain(finding.details.iter().flat_map(|d| &d.evidence)));
            let noted = !with.is_empty();
            noted.then(|| json::Cross {
                rule: finding.rule.clone(),
                dossier: record.id.clone(),
                result: finding.result,
                severity: finding.severity,
                message: finding.message.clone(),
                with,
            })
        })
    });
    Batch {
        format: json::BATCH_FORMAT.to_owned(),
        tool: json::Tool { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        programme: json::ProgrammeStamp {
            name: programme.name.clone(),
            edition: programme.edition.clone(),
            sha256: programme.digest.clone(),
            readings: programme.round.readings.clone(),
        },
        as_of: settings.as_of.to_string(),
        stage: settings.stage.en().to_owned(),
        lang: if settings.lang == Lang::Zh { "zh" } else { "en" }.to_owned(),
        inputs: inbox.inputs.iter().map(|input| json::Input { name: input.name.clone(), sha256: input.sha256.clone() }).collect(),
        counts: json::counts(records),
        places: programme
            .round
            .categories
            .iter()
            .map(|category| json::Places {
                category: category.id.to_string(),
                title: category.title.clone(),
                places: category.places.clone(),
                applications: records.iter().filter(|r| r.category.as_deref() == Some(category.id.as_str())).count() as u32,
            })
            .collect(),
        dossiers: records.iter().zip(folders).map(|(r, folder)| json::Entry { id: r.id.clone(), folder, result: Some(r.result) }).collect(),
        cross: cross.collect(),
        uncovered: uncovered(programme),
    }
}

/// Clauses that no rule covers, with the programme's reason.
fn uncovered(programme: &Programme) -> Vec<json::Uncovered> {
    let covered = |id: &str| programme.rules.iter().any(|rule| rule.clause == id || rule.also.iter().any(|also| also == id));
    let open = programme.clauses.iter().filter(|clause| !covered(&clause.id));
    open.map(|clause| json::Uncovered { clause: clause.id.clone(), why: clause.why.clone() }).collect()
}

/// One dossier's papers: page, checklist, notice of corrections.
struct Papers {
    page: String,
    checklist: Vec<u8>,
    notice: Vec<u8>,
}

/// Writes the run's reports, then removes the folders of an older run that are no longer made.
///
/// # Errors
/// Where OUT cannot be written, or holds another program's `batch.json`.
pub fn write(run: &Run, output: &Output, settings: &Settings, maker: Option<&Maker>) -> anyhow::Result<()> {
    let former = output.former_folders()?;
    let album = maker.and_then(|maker| maker.pictures.as_ref()).map(|(_, album)| album);
    album.map_or(Ok(()), |album| album.check())?;
    let (lang, batch, rules) = (settings.lang, &run.batch, RuleLine::all(&settings.programme, settings.lang));
    run.records.par_iter().zip(&run.excerpts).zip(&batch.dossiers).try_for_each(|((record, excerpts), entry)| {
        let papers = papers(record, excerpts, run, &rules, settings)?;
        let path = |name: &str| format!("{}/{name}", entry.folder);
        output.write(&path("report.html"), papers.page.as_bytes())?;
        output.write(&path("检查表.docx"), &papers.checklist)?;
        output.write(&path("补正通知.docx"), &papers.notice)?;
        output.adopt(&entry.folder, &excerpts.pictures(), album)?;
        anyhow::Ok(())
    })?;
    output.write("汇总表.xlsx", &report::workbook::xlsx(&run.records, batch, &rules, lang)?)?;
    output.write("index.html", report::html::index_page(&run.records, batch, &rules, lang).as_bytes())?;
    output.write("dossiers.jsonl", &json::jsonl(&run.records))?;
    let mut text = serde_json::to_vec_pretty(batch)?;
    text.push(b'\n');
    output.write("batch.json", &text)?;
    output.remove_stale(&former, batch)?;
    Ok(())
}

fn papers(record: &Record, excerpts: &Excerpts, run: &Run, rules: &[RuleLine], settings: &Settings) -> anyhow::Result<Papers> {
    let (lang, batch) = (settings.lang, &run.batch);
    let category = settings.programme.round.categories.iter().find(|c| Some(c.id.as_str()) == record.category.as_deref());
    Ok(Papers {
        page: report::html::dossier_page(record, excerpts, batch, rules, lang),
        checklist: report::checklist::docx(record, batch, rules, lang)?,
        notice: report::notice::docx(record, batch, rules, category.map(|c| c.deadline).filter(|day| *day >= settings.as_of), lang)?,
    })
}

/// Opens one dossier as if it were alone in an inbox, with the lists and paper side that were named.
///
/// # Errors
/// Where it cannot be opened, or a list is broken.
pub fn screen_single(path: &Path, options: &intake::Options, settings: &Settings) -> Result<Run, IntakeError> {
    let inbox = intake::open_one(path, options)?;
    Ok(screen_inbox(&inbox, settings, &Silent))
}

/// The dossiers of one path, read and understood but not screened: for manifests and comparisons.
///
/// # Errors
/// As [`screen_single`].
pub fn understand_single(path: &Path, options: &intake::Options, settings: &Settings) -> Result<Vec<Dossier>, IntakeError> {
    let inbox = intake::open_one(path, options)?;
    let loaded = inbox.packages.iter().flat_map(|package| package.load(&intake::Limits::default(), settings.opener()));
    Ok(loaded.flat_map(|loaded| understand(loaded, &inbox, settings, None)).collect())
}

/// One file as the pipeline sees it, and what is inside it where it holds files.
///
/// # Errors
/// Where it does not exist.
pub fn read_one(path: &Path, workers: &Pool, ocr: &Ocr) -> Result<Vec<(String, Document)>, IntakeError> {
    let inbox = intake::open_one(path, &intake::Options::default())?;
    let limits = Limits::default();
    let loaded = inbox.packages.iter().flat_map(|package| package.load(&intake::Limits::default(), Opener::Workers(workers)));
    Ok(loaded
        .flat_map(|loaded| loaded.files)
        .map(|file| {
            let (_, file, document, _) = read_file(file, &limits, Reader::Recognising(workers, ocr));
            (file.path, document)
        })
        .collect())
}

/// When a dossier was received: for reports.
pub fn received(dossier: &Dossier) -> Option<Moment> {
    dossier.intake.as_ref().and_then(|row| row.received_at).or(dossier.mailed_at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_the_program_stops_one_dossier_and_accuses_nobody() {
        let folder = tempfile::tempdir().expect("a folder");
        let inbox = intake::open(folder.path(), &intake::Options::default()).expect("it opens");
        let settings = Settings {
            programme: crate::programme::builtin().clone(),
            as_of: jiff::civil::date(2022, 11, 15),
            stage: Stage::Application,
            lang: Lang::Zh,
            with_sm3: false,
            workers: None,
            ocr: None,
        };
        let loaded = Loaded::of_bytes("申报书.txt", "项目名称：甲".into(), &intake::Limits::default(), Opener::Here);
        let screened = or_unfinished(loaded, &inbox, &settings, |_| panic!("a fault"));
        let run = conclude(screened, &inbox, &settings);
        let [record] = &run.records[..] else { panic!("one record, not {}", run.records.len()) };
        assert_eq!(record.files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(), ["申报书.txt"]);
        assert_eq!(record.result, Verdict::Human);
        let failed: Vec<&str> = record.findings.iter().filter(|f| f.result == Verdict::Fail).map(|f| f.rule.as_str()).collect();
        assert!(failed.is_empty(), "{failed:?}");
        assert!(record.files[0].problems.iter().any(|p| p.contains("程序处理这份材料时出错")), "{:?}", record.files[0].problems);
    }
}
