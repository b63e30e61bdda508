//! The models that the tests recognise with.
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

/// Runs the program with a folder of models and without kept pages.
pub fn prescreen(models: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_prescreen"));
    command.args(args).env("PRESCREEN_MODELS", models).env("PRESCREEN_CACHE", "").output().expect("the binary starts")
}

/// The folder of models, installed once for this checkout.
pub static MODELS: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("models");
    if prescreen(&folder, &["ocr", "status"]).status.code() != Some(0) {
        let installed = prescreen(&folder, &["ocr", "install"]);
        assert_eq!(installed.status.code(), Some(0), "the models cannot be installed: {}", String::from_utf8_lossy(&installed.stderr));
    }
    folder
});
