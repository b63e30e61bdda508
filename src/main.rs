//! `prescreen`: see `prescreen --help`.
use std::process::ExitCode;

fn main() -> ExitCode {
    prescreen::cli::main()
}
