//! One child of INBOX and the files it holds.
use super::budget::Budget;
use super::container::{Container, Entry, Unpacked};
use super::faults::split;
use super::group::group_of;
use super::noise::{is_apple_double, is_noise};
use super::opener::Opener;
use super::volumes::is_part;
use super::{Limits, folder};
use crate::model::{Format, Moment, Problem, ProblemKind, SourceFile};
use crate::say;
use sha2::Digest;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::PathBuf;

/// One dossier as it lies in INBOX, not yet opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// Name of the child, without its ending where it is a file.
    pub id: String,
    /// Name of the child.
    pub source: String,
    pub path: PathBuf,
    /// Whether SM3 digests are wanted beside SHA-256.
    pub sm3: bool,
}

/// A dossier's files, taken in.
#[derive(Debug)]
pub struct Loaded {
    pub id: String,
    pub source: String,
    /// In order of their paths' bytes.
    pub files: Vec<LoadedFile>,
    /// Problems of the dossier as a whole. An archive that did not open, or not whole, is also among `files`.
    pub problems: Vec<Problem>,
    /// Noise files skipped.
    pub noise: u32,
    /// When the dossier's e-mail came, where it is one, or a folder that holds exactly one.
    pub mailed_at: Option<Moment>,
}

#[derive(Debug)]
pub struct LoadedFile {
    pub file: SourceFile,
    pub content: Content,
    /// The folders and containers the file lies in, parted by `/`; empty for a file at the top. A lone
    /// folder or container that holds everything is left out.
    pub group: String,
}

/// What is at hand of a file.
#[derive(Debug)]
pub enum Content {
    /// All of it.
    Bytes(Vec<u8>),
    /// A container that was opened here: its files are listed too, under `path!/`.
    Opened(Format),
    /// Nothing; the file's problem says why. The format is [`Format::Unknown`] where nobody looked inside: such a file
    /// could hold anything, and must never pass for an empty one.
    Unread(Format),
}

impl Package {
    /// Reads the dossier. One element; the pipeline parts it where it holds several applications.
    pub fn load(&self, limits: &Limits, opener: Opener<'_>) -> Vec<Loaded> {
        let mut bag = Bag::new(limits, opener, self.sm3);
        match fs::symlink_metadata(&self.path) {
            Ok(metadata) if metadata.is_dir() => {
                let collected = folder::collect(&self.path, &mut bag.budget);
                bag.noise += collected.noise;
                bag.problems.extend(collected.problems);
                bag.add_all(unwrapped(collected.entries), "", 0);
            }
            Ok(metadata) if metadata.is_symlink() => bag.add(folder::link(&self.source), "", 0),
            Ok(metadata) => {
                let root = self.path.parent().unwrap_or(&self.path);
                let entry = folder::entry(root, &self.path, self.source.clone(), &metadata, &mut bag.budget);
                bag.add_outer(entry);
            }
            Err(error) => bag.problems.push(vanished(&error)),
        }
        vec![bag.finish(&self.id, &self.source)]
    }
}

impl Loaded {
    /// A file that lies in no folder, as if it lay alone in INBOX.
    pub fn of_bytes(name: &str, bytes: Vec<u8>, limits: &Limits, opener: Opener<'_>) -> Self {
        let mut bag = Bag::new(limits, opener, false);
        bag.add_outer(Entry { path: name.to_owned(), size: bytes.len() as u64, content: Ok(bytes) });
        bag.finish(name, name)
    }
}

/// Collects files while containers are opened.
struct Bag<'a> {
    opener: Opener<'a>,
    budget: Budget<'a>,
    sm3: bool,
    files: Vec<LoadedFile>,
    noise: u32,
    problems: Vec<Problem>,
    /// When the dossier's own e-mails came; those within others do not count.
    mails: Vec<Moment>,
}

impl<'a> Bag<'a> {
    fn new(limits: &'a Limits, opener: Opener<'a>, sm3: bool) -> Self {
        Self { opener, budget: Budget::new(limits), sm3, files: Vec::new(), noise: 0, problems: Vec::new(), mails: Vec::new() }
    }

    /// The dossier itself, where it is a file: an archive or e-mail is unpacked in place of itself.
    fn add_outer(&mut self, entry: Entry) {
        let container = entry.content.as_ref().ok().and_then(|bytes| Container::of(&entry.path, bytes)).filter(|c| !c.is_document() && !is_part(&entry.path));
        let (Some(container), Ok(bytes)) = (container, &entry.content) else {
            self.add(entry, "", 0);
            return;
        };
        let unpacked = self.opener.unpack(container, &entry.path, bytes, &mut self.budget);
        self.mails.extend(unpacked.mailed_at);
        if let Some(problem) = unpacked.problems.first() {
            // What could not be unpacked is not missing: the archive stands among the files as unread.
            let file = self.source_file(entry.path.clone(), bytes, Some(problem.clone()));
            self.push(file, Content::Unread(container.format()));
        }
        self.problems.extend(unpacked.problems);
        drop(entry);
        self.add_all(unwrapped(unpacked.entries), "", 1);
    }

    fn add_all(&mut self, entries: Vec<Entry>, prefix: &str, nesting: u32) {
        for entry in entries {
            self.add(entry, prefix, nesting);
        }
    }

    /// One entry, and what is inside it. `nesting` counts the containers around it and is bounded.
    fn add(&mut self, entry: Entry, prefix: &str, nesting: u32) {
        let Entry { path, size, content } = entry;
        let noise = is_noise(&path) || content.as_ref().is_ok_and(|bytes| is_apple_double(&path, bytes));
        if noise {
            self.noise += 1;
            return;
        }
        let path = format!("{prefix}{path}");
        let bytes = match content {
            Ok(bytes) if is_part(&path) => {
                let file = self.source_file(path, &bytes, Some(split()));
                self.push(file, Content::Unread(Format::Unknown));
                return;
            }
            Ok(bytes) => bytes,
            Err(problem) => {
                let file = SourceFile { path, bytes: size, sha256: None, sm3: None, problem: Some(problem) };
                self.push(file, Content::Unread(Format::Unknown));
                return;
            }
        };
        let Some(container) = Container::of(&path, &bytes) else {
            let file = self.source_file(path, &bytes, None);
            self.push(file, Content::Bytes(bytes));
            return;
        };
        if container.is_document() {
            self.add_document(container, path, bytes, nesting);
            return;
        }
        if nesting >= self.budget.limits.nesting {
            let problem = too_nested(self.budget.limits.nesting);
            let file = self.source_file(path, &bytes, Some(problem));
            self.push(file, Content::Unread(container.format()));
            return;
        }
        let unpacked = self.opener.unpack(container, &path, &bytes, &mut self.budget);
        let inner = format!("{path}!/");
        if nesting == 0 {
            self.mails.extend(unpacked.mailed_at);
        }
        let file = self.source_file(path, &bytes, unpacked.problems.into_iter().next());
        drop(bytes);
        self.push(file, Content::Opened(container.format()));
        self.add_all(unpacked.entries, &inner, nesting + 1);
    }

    /// A document and the files it carries. What of them could not be taken out stands beside it as unread.
    fn add_document(&mut self, container: Container, path: String, bytes: Vec<u8>, nesting: u32) {
        let inner = format!("{path}!/");
        let too_deep = nesting >= self.budget.limits.nesting;
        let unpacked =
            if too_deep { Unpacked::failed(too_nested(self.budget.limits.nesting)) } else { self.opener.unpack(container, &path, &bytes, &mut self.budget) };
        let file = self.source_file(path, &bytes, None);
        self.push(file, Content::Bytes(bytes));
        if let Some(problem) = unpacked.problems.into_iter().next() {
            let file = SourceFile { path: format!("{inner}附件"), bytes: 0, sha256: None, sm3: None, problem: Some(problem) };
            self.push(file, Content::Unread(Format::Unknown));
        }
        self.add_all(unpacked.entries, &inner, nesting + 1);
    }

    fn push(&mut self, file: SourceFile, content: Content) {
        self.files.push(LoadedFile { file, content, group: String::new() });
    }

    fn source_file(&self, path: String, bytes: &[u8], problem: Option<Problem>) -> SourceFile {
        let sm3 = self.sm3.then(|| hex(&sm3::Sm3::digest(bytes)));
        SourceFile { path, bytes: bytes.len() as u64, sha256: Some(sha256(bytes)), sm3, problem }
    }

    fn finish(mut self, id: &str, source: &str) -> Loaded {
        self.files.sort_by(|a, b| a.file.path.as_bytes().cmp(b.file.path.as_bytes()));
        if let Some(problem) = part_equal_names(&mut self.files) {
            self.problems.push(problem);
        }
        if self.files.is_empty() && self.problems.is_empty() {
            self.problems.push(empty());
        }
        let groups = group_of(&self.files.iter().map(|file| (file.file.path.as_str(), matches!(file.content, Content::Opened(_)))).collect::<Vec<_>>());
        for (file, group) in self.files.iter_mut().zip(groups) {
            file.group = group;
        }
        Loaded {
            id: id.to_owned(),
            source: source.to_owned(),
            files: self.files,
            problems: self.problems,
            noise: self.noise,
            // Of several e-mails none is taken for the one that counts: the clerk's book says.
            mailed_at: if let [only] = self.mails[..] { Some(only) } else { None },
        }
    }
}

/// Enters a lone wrapper folder, as often as there is one. Noise and unsafe names do not count as neighbours.
fn unwrapped(mut entries: Vec<Entry>) -> Vec<Entry> {
    loop {
        let counts = |entry: &&Entry| !is_noise(&entry.path) && !is_unsafe(entry);
        let mut heads = entries.iter().filter(counts).map(|entry| entry.path.split_once('/').filter(|(_, rest)| !rest.is_empty()));
        let Some(Some((head, _))) = heads.next() else { return entries };
        if !heads.all(|other| other.is_some_and(|(other, _)| other == head)) {
            return entries;
        }
        let wrapper = format!("{head}/");
        for entry in entries.iter_mut().filter(|entry| !is_unsafe(entry)) {
            if let Some(rest) = entry.path.strip_prefix(&wrapper) {
                entry.path = rest.to_owned();
            }
        }
    }
}

fn is_unsafe(entry: &Entry) -> bool {
    entry.content.as_ref().is_err_and(|problem| problem.kind == ProblemKind::UnsafePath)
}

/// Gives files of one path names of their own, and says so. `files` is in order of paths.
fn part_equal_names(files: &mut [LoadedFile]) -> Option<Problem> {
    let repeats: Vec<usize> = (1..files.len()).filter(|n| files[*n].file.path == files[n - 1].file.path).collect();
    let mut taken: HashSet<String> = files.iter().map(|file| file.file.path.clone()).collect();
    let mut counts: HashMap<String, u32> = HashMap::new();
    let first = repeats.first().map(|n| files[*n].file.path.clone());
    for n in repeats {
        let path = files[n].file.path.clone();
        let (stem, ending) = match path.rfind('.').filter(|dot| path.rfind('/').is_none_or(|slash| slash + 1 < *dot)) {
            Some(dot) => path.split_at(dot),
            None => (path.as_str(), ""),
        };
        let count = counts.entry(path.clone()).or_insert(1);
        files[n].file.path = loop {
            *count += 1;
            let renamed = format!("{stem}({count}){ending}");
            if taken.insert(renamed.clone()) {
                break renamed;
            }
        };
    }
    files.sort_by(|a, b| a.file.path.as_bytes().cmp(b.file.path.as_bytes()));
    first.map(|path| {
        Problem::new(
            ProblemKind::Note,
            say!(
                "有同名文件（{0}），后出现的以“名称(2)”列出；请核对以哪一个为准",
                "several files have one name ({0}); the later ones are listed as `name(2)`; please decide which one holds",
                path,
            ),
        )
    })
}

/// SHA-256 in lower-case hex.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&sha2::Sha256::digest(bytes))
}

fn hex(digest: &[u8]) -> String {
    use std::fmt::Write;
    digest.iter().fold(String::with_capacity(digest.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

fn empty() -> Problem {
    Problem::new(ProblemKind::Empty, say!("没有任何文件；请重新提交", "there is no file in it; hand it in again"))
}

fn vanished(error: &std::io::Error) -> Problem {
    Problem::new(ProblemKind::Damaged, say!("打不开（{0}）", "it does not open ({0})", error))
}

fn too_nested(nesting: u32) -> Problem {
    Problem::new(
        ProblemKind::TooLarge,
        say!(
            "压缩包套压缩包超过{0}层，没有继续打开；请减少层数后重新提交",
            "archives within archives deeper than {0} levels were not opened; use fewer levels",
            nesting,
        ),
    )
}
