//! The commands: arguments in, one outcome out. One file a verb.
mod check;
mod compare;
mod completions;
mod help;
mod manifest;
mod ocr;
mod programme;
mod read;
mod rules;
mod run;
mod settings;
mod terminal;
mod worker;
mod wrap;

use crate::model::{Lang, Stage};
use clap::{Args, FromArgMatches, Parser, Subcommand, ValueEnum};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Pre-screens application dossiers: reads them, decides every checkable requirement of the notice, compares the paper copy.
#[derive(Debug, Parser)]
#[command(name = "prescreen", version, about, max_term_width = 110)]
pub struct Cli {
    #[command(subcommand)]
    verb: Verb,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Screens every dossier in INBOX, then the batch as a whole, and writes the reports into OUT
    Run(run::RunArgs),
    /// Checks one dossier and prints its findings: what an applicant runs before submitting
    Check(check::CheckArgs),
    /// Shows what the program sees in one file: text, tables, positions, what it could not read
    Read(read::ReadArgs),
    /// Makes the paper copy's hash manifest and the slip to bind as its first page
    Manifest(manifest::ManifestArgs),
    /// Compares a dossier with its paper copy: each difference, with both places
    Compare(compare::CompareArgs),
    /// Lists the rules of a programme; with ID the full page of one
    Rules(rules::RulesArgs),
    /// Installs the models that read scans, and says whether they are there
    Ocr(ocr::OcrArgs),
    /// Works with programme definitions
    Programme(programme::ProgrammeArgs),
    /// Prints completions for a shell
    Completions(completions::CompletionsArgs),
    /// Prints the manual page, or that of one command
    Man(completions::ManArgs),
}

/// Options that every verb takes.
#[derive(Debug, Args)]
pub struct Common {
    /// Programme definition [default: the built-in Xuzhou 2022 programme]
    #[arg(short, long, global = true, value_name = "FILE")]
    programme: Option<PathBuf>,
    /// Folder with the operator's lists (societies.csv, annual-check.csv, …)
    #[arg(long, global = true, value_name = "DIR")]
    lists: Option<PathBuf>,
    /// Folder with the paper copies' manifests, one folder a dossier
    #[arg(long, global = true, value_name = "DIR")]
    paper: Option<PathBuf>,
    /// The clerk's book (intake.csv or intake.xlsx)
    #[arg(long, global = true, value_name = "FILE")]
    intake: Option<PathBuf>,
    /// The day of screening, YYYY-MM-DD [default: today]
    #[arg(long, global = true, value_name = "DATE")]
    as_of: Option<jiff::civil::Date>,
    /// The stage whose rules are answered
    #[arg(long, global = true, value_enum, default_value_t = StageArg::Application)]
    stage: StageArg,
    /// Prints JSON on the standard output
    #[arg(long, global = true)]
    json: bool,
    /// Threads [default: one a core]
    #[arg(short, long, global = true, value_name = "N")]
    jobs: Option<std::num::NonZeroUsize>,
    /// Language of messages
    #[arg(long, global = true, value_enum, default_value_t = LangArg::Zh)]
    lang: LangArg,
    /// Prints only what is wrong
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Prints more: with check what passes too, with run each finding (-vv what passes too)
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    verbose: u8,
    /// Which scans and pictures are recognised
    #[arg(long, global = true, value_enum, default_value_t = OcrArg::Needed)]
    ocr: OcrArg,
    /// Shows no progress bar
    #[arg(long, global = true)]
    no_progress: bool,
    /// When to use colours
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    color: Color,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LangArg {
    Zh,
    En,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum StageArg {
    Application,
    Midterm,
    Acceptance,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OcrArg {
    All,
    Needed,
    Off,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

impl Common {
    fn lang(&self) -> Lang {
        match self.lang {
            LangArg::Zh => Lang::Zh,
            LangArg::En => Lang::En,
        }
    }

    /// What we were doing, for the head of an error.
    fn doing(&self, zh: &str, en: &str, what: impl std::fmt::Display) -> String {
        let words = match self.lang() {
            Lang::Zh => zh,
            Lang::En => en,
        };
        format!("{words} {what}").trim_end().to_owned()
    }

    fn stage(&self) -> Stage {
        match self.stage {
            StageArg::Application => Stage::Application,
            StageArg::Midterm => Stage::Midterm,
            StageArg::Acceptance => Stage::Acceptance,
        }
    }
}

/// The command line; help, and faults in it, in the language it asks for.
fn parsed() -> Result<Cli, ExitCode> {
    let lang = help::asked_for(std::env::args_os().map(|a| a.to_string_lossy().into_owned()));
    let read = help::command(lang).try_get_matches().and_then(|matches| Cli::from_arg_matches(&matches));
    read.map_err(|error| {
        let own = if lang == Lang::Zh { help::fault(&error) } else { None };
        let printed = match own {
            Some(text) => write!(std::io::stderr(), "{text}"),
            None => error.print(),
        };
        // a closed pipe has nobody to tell
        let _ = printed;
        ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
    })
}

/// How a verb ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Done, nothing to do for anyone.
    Clean,
    /// Done, and something fails, differs, or awaits a person.
    Findings,
}

/// Runs the command line; 0 clean, 1 findings, 2 the program could not do its job.
pub fn main() -> ExitCode {
    if let Some(code) = worker::served() {
        return code;
    }
    let cli = match parsed() {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    let lang = cli.common.lang();
    let ended = match cli.verb {
        Verb::Run(args) => run::run(&args, &cli.common),
        Verb::Check(args) => check::check(&args, &cli.common),
        Verb::Read(args) => read::read(&args, &cli.common),
        Verb::Manifest(args) => manifest::manifest(&args, &cli.common),
        Verb::Compare(args) => compare::compare(&args, &cli.common),
        Verb::Rules(args) => rules::rules(&args, &cli.common),
        Verb::Ocr(args) => ocr::ocr(&args, &cli.common),
        Verb::Programme(args) => programme::programme(&args, &cli.common),
        Verb::Completions(args) => completions::completions(&args),
        Verb::Man(args) => completions::man(&args, &cli.common),
    };
    match ended {
        Ok(Ending::Clean) => ExitCode::SUCCESS,
        Ok(Ending::Findings) => ExitCode::from(1),
        Err(fault) if terminal::is_closed_pipe(&fault) => ExitCode::SUCCESS,
        Err(fault) => {
            terminal::print_fault(&fault, lang);
            ExitCode::from(2)
        }
    }
}
