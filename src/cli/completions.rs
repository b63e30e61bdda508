//! `prescreen completions SHELL` and `prescreen man [VERB]`: made from the same definition as the arguments.
use super::{Cli, Ending};
use anyhow::Context;
use clap::{Args, CommandFactory};
use clap_complete::Shell;
use std::io::{self, Write};

#[derive(Debug, Args)]
pub struct CompletionsArgs {
    shell: Shell,
}

#[derive(Debug, Args)]
pub struct ManArgs {
    /// A command, for its own page
    verb: Option<String>,
}

/// Prints the completions of a shell.
pub fn completions(args: &CompletionsArgs) -> anyhow::Result<Ending> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "prescreen", &mut script);
    io::stdout().write_all(&script)?;
    Ok(Ending::Clean)
}

/// Prints a manual page in the format of `man`.
pub fn man(args: &ManArgs) -> anyhow::Result<Ending> {
    let mut command = Cli::command();
    command.build();
    let page = match &args.verb {
        None => command,
        Some(verb) => command.find_subcommand(verb).with_context(|| format!("`{verb}` is no command of prescreen"))?.clone(),
    };
    let mut text = Vec::new();
    clap_mangen::Man::new(page).render(&mut text)?;
    io::stdout().write_all(&text)?;
    Ok(Ending::Clean)
}
