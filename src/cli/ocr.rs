//! `prescreen ocr`: the models that read scans. They are no part of the program; a clerk installs them once.
#![allow(clippy::disallowed_methods)]
use super::{Common, Ending, OcrArg};
use crate::model::Lang;
use crate::read::ocr::models::{DETECTION, LICENCES, ModelFile, PACKAGE, PACKAGE_SHA256, RECOGNITION, sha256};
use crate::read::ocr::{Extent, Ocr, Store};
use crate::report::words::pick;
use crate::worker::{self, Pool};
use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use std::fs;
use std::io::{self, Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(Debug, Args)]
pub struct OcrArgs {
    #[command(subcommand)]
    verb: OcrVerb,
}

#[derive(Debug, Subcommand)]
enum OcrVerb {
    /// Fetches the models with the Python package client, checks them and puts them into the user's data folder
    Install {
        /// The package file (rapidocr-3.10.0-py3-none-any.whl), for a machine without network
        #[arg(long, value_name = "FILE")]
        from: Option<PathBuf>,
    },
    /// Says whether the models are installed and whole
    Status,
}

/// Seconds and bytes for one page: a page of dense text takes some ten seconds on an old machine.
const PAGE_LIMITS: worker::Limits = worker::Limits { seconds: 180, memory: 3 << 30, answer: 64 << 20 };
/// Bytes that one file of the package may unpack to.
const LARGEST: u64 = 64 << 20;
/// Names another folder of models, for machines set up for several users.
const FOLDER: &str = "PRESCREEN_MODELS";
/// Names a folder in which recognised pages are kept.
const CACHE: &str = "PRESCREEN_CACHE";

pub fn ocr(args: &OcrArgs, common: &Common) -> anyhow::Result<Ending> {
    let folder = folder()?;
    match &args.verb {
        OcrVerb::Install { from } => {
            install(&folder, from.as_deref(), common.lang())?;
            status(&folder, common)
        }
        OcrVerb::Status => status(&folder, common),
    }
}

/// Recognition as `--ocr` asks for it, with the installed models where there are any.
///
/// # Errors
/// Where this program's own file is not found, or installed models are not the ones expected.
pub fn recogniser(common: &Common) -> anyhow::Result<Ocr> {
    let extent = match common.ocr {
        OcrArg::All => Extent::All,
        OcrArg::Needed => Extent::Needed,
        OcrArg::Off => return Ok(Ocr::new(Extent::Off, None, 1)),
    };
    let cores = std::thread::available_parallelism().map_or(1, |n| n.get());
    let cores = common.jobs.map_or(cores, |jobs| jobs.get());
    let Some(folder) = folder().ok().filter(|folder| state(folder) == State::Whole) else { return Ok(Ocr::new(extent, None, cores)) };
    let program = std::env::current_exe().context("finding this program's own file to start workers from")?;
    let ocr = Ocr::new(extent, Some(Pool::new(program, PAGE_LIMITS).with_files_of(folder)), cores);
    Ok(match Pages::open() {
        Some(pages) => ocr.kept_in(Box::new(pages)),
        None => ocr,
    })
}

/// The folder of models: named by the environment, else in the user's data folder.
fn folder() -> anyhow::Result<PathBuf> {
    let named = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(folder) = named(FOLDER) {
        return Ok(folder);
    }
    let data = if cfg!(windows) {
        named("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        named("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        named("XDG_DATA_HOME").filter(|folder| folder.is_absolute()).or_else(|| named("HOME").map(|home| home.join(".local/share")))
    };
    Ok(data.with_context(|| format!("finding the user's data folder; name one with {FOLDER}"))?.join("prescreen").join("models"))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Absent,
    Whole,
    /// A file is there and is not the one expected.
    Other,
}

fn state(folder: &Path) -> State {
    let of = |file: &ModelFile| match fs::read(folder.join(file.name)) {
        Ok(bytes) if file.verify(&bytes).is_ok() => State::Whole,
        Ok(_) => State::Other,
        Err(_) => State::Absent,
    };
    match (of(&DETECTION), of(&RECOGNITION)) {
        (State::Whole, State::Whole) => State::Whole,
        (State::Other, _) | (_, State::Other) => State::Other,
        _ => State::Absent,
    }
}

fn status(folder: &Path, common: &Common) -> anyhow::Result<Ending> {
    let (state, lang) = (state(folder), common.lang());
    let mut out = io::stdout().lock();
    if common.json {
        let word = match state {
            State::Absent => "absent",
            State::Whole => "installed",
            State::Other => "damaged",
        };
        let files = [DETECTION, RECOGNITION].map(|file| serde_json::json!({"name": file.name, "sha256": file.sha256}));
        serde_json::to_writer(
            &mut out,
            &serde_json::json!({"format": "prescreen.ocr/1", "state": word, "folder": folder, "package": PACKAGE, "files": files}),
        )?;
        writeln!(out)?;
    } else {
        let sentence = match state {
            State::Absent => pick(lang, "未安装识别模型；安装命令：prescreen ocr install", "no models are installed; run: prescreen ocr install"),
            State::Whole => pick(lang, "识别模型已安装，校验一致", "the models are installed and whole"),
            State::Other => pick(
                lang,
                "识别模型已损坏或版本不符；请重新安装：prescreen ocr install",
                "the models are damaged or of another version; run: prescreen ocr install",
            ),
        };
        writeln!(out, "{sentence}\n{}", folder.display())?;
    }
    Ok(if state == State::Whole { Ending::Clean } else { Ending::Findings })
}

fn install(folder: &Path, from: Option<&Path>, lang: Lang) -> anyhow::Result<()> {
    let wheel = match from {
        Some(file) => fs::read(file).with_context(|| format!("reading {}", file.display()))?,
        None => download(lang)?,
    };
    let found = sha256(&wheel);
    if found != PACKAGE_SHA256 {
        bail!("the package's SHA-256 is {found}, expected {PACKAGE_SHA256} ({PACKAGE}); nothing was installed");
    }
    let mut package = zip::ZipArchive::new(Cursor::new(wheel)).context("opening the package")?;
    let mut part = |name: &str| -> anyhow::Result<Vec<u8>> {
        let file = package.by_name(name).with_context(|| format!("the package has no {name}"))?;
        let mut bytes = Vec::new();
        file.take(LARGEST).read_to_end(&mut bytes).with_context(|| format!("unpacking {name}"))?;
        Ok(bytes)
    };
    let mut files: Vec<(&str, Vec<u8>)> = Vec::new();
    for (inside, name) in LICENCES {
        files.push((name, part(inside)?));
    }
    for file in [DETECTION, RECOGNITION] {
        let bytes = part(file.inside)?;
        file.verify(&bytes)?;
        files.push((file.name, bytes));
    }
    fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    for (name, bytes) in files {
        // Whole or not at all: a reader never sees half a model.
        let half = tempfile::NamedTempFile::new_in(folder).and_then(|mut half| half.write_all(&bytes).map(|()| half));
        half.and_then(|half| half.persist(folder.join(name)).map_err(io::Error::from)).with_context(|| format!("writing {name} into {}", folder.display()))?;
    }
    Ok(())
}

/// The pinned package, fetched by the Python package client from the index it is set up for.
fn download(lang: Lang) -> anyhow::Result<Vec<u8>> {
    let room = tempfile::tempdir().context("making a folder for the download")?;
    eprintln!("{}", pick(lang, "正在下载识别模型（约 27 MB）……", "fetching the models (about 27 MB) …"));
    let arguments = ["download", PACKAGE, "--no-deps", "--quiet", "--disable-pip-version-check", "-d"];
    let clients: [&[&str]; 4] = [&["python3", "-m", "pip"], &["python", "-m", "pip"], &["py", "-m", "pip"], &["pip"]];
    let mut last = None;
    for client in clients {
        let done = Command::new(client[0]).args(&client[1..]).args(arguments).arg(room.path()).stdin(std::process::Stdio::null()).output();
        match done {
            Ok(done) if done.status.success() => {
                let wheel = fs::read_dir(room.path())?.filter_map(|entry| Some(entry.ok()?.path())).find(|path| path.extension().is_some_and(|e| e == "whl"));
                return fs::read(wheel.context("the package client left no package")?).context("reading the downloaded package");
            }
            Ok(done) => last = Some(String::from_utf8_lossy(&done.stderr).trim().lines().last().unwrap_or_default().to_owned()),
            Err(_) => {}
        }
    }
    match last {
        Some(words) => bail!(
            "the package client could not fetch {PACKAGE}: {words}; on another machine run `pip download {PACKAGE} --no-deps`, then here `prescreen ocr install --from FILE`"
        ),
        None => bail!(
            "no Python package client (pip) was found; on another machine run `pip download {PACKAGE} --no-deps`, then here `prescreen ocr install --from FILE`"
        ),
    }
}

/// Recognised pages, each a file of a folder.
struct Pages(PathBuf);

impl Pages {
    /// The folder that the environment names, or the user's cache folder; `None` where neither can be made.
    fn open() -> Option<Self> {
        let named = |name: &str| std::env::var_os(name).map(PathBuf::from);
        let folder = match named(CACHE) {
            Some(folder) if folder.as_os_str().is_empty() => return None,
            Some(folder) => folder,
            None if cfg!(windows) => named("LOCALAPPDATA")?.join("prescreen").join("cache"),
            None if cfg!(target_os = "macos") => named("HOME")?.join("Library/Caches/prescreen"),
            None => named("XDG_CACHE_HOME").filter(|f| f.is_absolute()).or_else(|| Some(named("HOME")?.join(".cache")))?.join("prescreen"),
        };
        let folder = folder.join("pages");
        fs::create_dir_all(&folder).ok()?;
        // What is on people's pages is for this user only.
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).ok()?;
        }
        Some(Self(folder))
    }
}

impl Store for Pages {
    fn get(&self, key: &str) -> Option<Vec<u8>> {
        fs::read(self.0.join(key)).ok()
    }

    fn put(&self, key: &str, bytes: &[u8]) {
        let half = tempfile::NamedTempFile::new_in(&self.0).and_then(|mut half| half.write_all(bytes).map(|()| half));
        if let Ok(half) = half {
            let _ = half.persist(self.0.join(key));
        }
    }
}
