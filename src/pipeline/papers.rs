//! What the office gets of a run: the batch summed up, the papers of each dossier, the workbook, the pages and the JSON.
use super::{Run, Settings};
use crate::intake::{Inbox, InputDigest};
use crate::model::{Lang, Record};
use crate::programme::Programme;
use crate::report::excerpt::{Excerpts, Maker};
use crate::report::{self, Batch, Output, RuleLine, json};
use rayon::prelude::*;

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

pub(super) fn sum_up(records: &[Record], inbox: &Inbox, settings: &Settings) -> Batch {
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
        inputs: inbox.inputs.iter().map(input).collect(),
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

/// What `batch.json` says of one of the operator's files. That an optional column is not there is worth a word only where an unknown one is.
fn input(input: &InputDigest) -> json::Input {
    let missing: &[&str] = if input.open.is_doubtful() { &input.open.absent } else { &[] };
    json::Input {
        name: input.name.clone(),
        sha256: input.sha256.clone(),
        unknown_columns: input.open.unknown.clone(),
        missing_columns: missing.iter().map(|name| (*name).to_owned()).collect(),
    }
}

/// Clauses that no rule covers, with the programme's reason.
fn uncovered(programme: &Programme) -> Vec<json::Uncovered> {
    let covered = |id: &str| programme.rules.iter().any(|rule| rule.clause == id || rule.also.iter().any(|also| also == id));
    let open = programme.clauses.iter().filter(|clause| !covered(&clause.id));
    open.map(|clause| json::Uncovered { clause: clause.id.clone(), why: clause.why.clone() }).collect()
}
