//! The story, top to bottom: INBOX -> dossiers -> records -> batch findings -> reports. The only rayon.
use crate::batch::{self, BatchOutcome, Summary};
use crate::checks::{BatchCheck, Setting};
use crate::extract;
use crate::intake::{self, Inbox, IntakeError, Loaded, Opener};
use crate::model::{CategoryId, Document, Dossier, Facts, Format, Lang, Lists, PaperSide, Problem, ProblemKind, Record, SourceFile, Stage, Verdict};
use crate::programme::Programme;
use crate::read::ocr::Ocr;
use crate::read::{Limits, Reader};
use crate::report::Batch;
use crate::report::excerpt::{Excerpts, Maker, Sources};
use crate::screen::{self, Answer, Screened};
use crate::worker::Pool;
use jiff::civil::Date;
use rayon::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

mod package;
mod papers;

pub use package::read_scan;
use package::{book_row, format_of, read_file, understand};
use papers::sum_up;
pub use papers::write;

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
