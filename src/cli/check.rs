//! `prescreen check DOSSIER`: one dossier, findings on the terminal.
use super::terminal::{self, Style};
use super::{Common, Ending, settings};
use crate::pipeline;
use anyhow::Context;
use clap::Args;
use std::io::{self, Write};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct CheckArgs {
    /// A folder, an archive, an e-mail or a single document
    dossier: PathBuf,
}

pub fn check(args: &CheckArgs, common: &Common) -> anyhow::Result<Ending> {
    let settings = settings::settings(common)?;
    let run = pipeline::screen_single(&args.dossier, &settings::options(common), &settings)
        .with_context(|| common.doing("打开", "opening", args.dossier.display()))?;
    terminal::print_doubtful_columns(&run.batch.inputs, Style::of(common));
    let mut out = io::stdout().lock();
    for record in &run.records {
        if common.json {
            serde_json::to_writer(&mut out, record)?;
            writeln!(out)?;
        } else {
            terminal::print_record(&mut out, record, Style::of(common))?;
        }
    }
    Ok(if run.is_clean() { Ending::Clean } else { Ending::Findings })
}
