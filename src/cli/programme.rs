//! `prescreen programme check FILE`: says where a programme definition is wrong.
#![allow(clippy::disallowed_methods)]
use super::{Common, Ending};
use crate::programme as definitions;
use crate::report::words::pick;
use anyhow::Context;
use clap::{Args, Subcommand};
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct ProgrammeArgs {
    #[command(subcommand)]
    verb: ProgrammeVerb,
}

#[derive(Debug, Subcommand)]
enum ProgrammeVerb {
    /// Checks a programme definition and says where it is wrong
    Check { file: PathBuf },
}

pub fn programme(args: &ProgrammeArgs, common: &Common) -> anyhow::Result<Ending> {
    let ProgrammeVerb::Check { file } = &args.verb;
    let text = fs::read_to_string(file).with_context(|| common.doing("读取规则文件", "reading", file.display()))?;
    let programme = definitions::load(&text, &file.display().to_string())?;
    writeln!(
        io::stdout(),
        "{}: {} {}, {} {}",
        file.display(),
        programme.name,
        programme.edition,
        programme.rules.len(),
        pick(common.lang(), "条规则，没有发现问题", "rules, nothing wrong")
    )?;
    Ok(Ending::Clean)
}
