//! `prescreen completions SHELL` and `prescreen man [VERB]`: made from the same definition as the arguments.
use super::{Cli, Common, Ending, help};
use crate::model::Lang;
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

/// Prints a manual page in the format of `man`, in the language of the run.
pub fn man(args: &ManArgs, common: &Common) -> anyhow::Result<Ending> {
    io::stdout().write_all(&page(args.verb.as_deref(), common.lang())?)?;
    Ok(Ending::Clean)
}

fn page(verb: Option<&str>, lang: Lang) -> anyhow::Result<Vec<u8>> {
    let mut command = help::command(lang);
    command.build();
    let command = match verb {
        None => command,
        Some(verb) => command.find_subcommand(verb).with_context(|| format!("`{verb}` is no command of prescreen"))?.clone(),
    };
    let mut text = Vec::new();
    clap_mangen::Man::new(command).render(&mut text)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manual_speaks_the_language_of_the_run() {
        let text = |verb, lang| String::from_utf8(page(verb, lang).expect("the page is made")).expect("it is text");
        for verb in [None, Some("run")] {
            assert!(text(verb, Lang::Zh).contains("识别哪些扫描件") && !text(verb, Lang::Zh).contains("Which scans"), "{verb:?}");
            assert!(text(verb, Lang::En).contains("Which scans") && !text(verb, Lang::En).contains("识别"), "{verb:?}");
        }
        assert!(page(Some("walk"), Lang::Zh).is_err());
    }
}
