//! The zip around a document: parts by name, relationships, each part bounded as it unpacks.
pub(in crate::read) mod encoding;
mod flat;
pub(in crate::read) mod salvage;

use self::salvage::Entry;
use super::xml::{Attrs, Visit, Visitor, Vocabulary, walk};
use crate::model::{Problem, ProblemKind};
use crate::read::Limits;
use crate::say;
use flate2::bufread::DeflateDecoder;
use std::cell::Cell;
use std::collections::HashMap;
use std::io::{BufReader, Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// An opened package.
pub(in crate::read) struct Package<'a> {
    source: Source<'a>,
    /// Part names, folded by [`fold`], to entries.
    names: HashMap<String, usize>,
    part_bytes: u64,
    definitions: usize,
    /// Bytes that may still unpack from all parts together: entries may lie over each other.
    left: Cell<u64>,
    /// Lists of relationships that were asked for and are damaged.
    torn: Vec<String>,
}

/// All parts of a package may unpack to this many times the limit of one.
const PARTS: u64 = 2;

enum Source<'a> {
    Zip(Box<ZipArchive<Cursor<&'a [u8]>>>),
    /// The directory is lost; the entries were found by their own headers.
    Salvaged {
        bytes: &'a [u8],
        entries: Vec<Entry>,
    },
    /// All parts stand in one XML file.
    Flat {
        bytes: &'a [u8],
        entries: Vec<Entry>,
    },
}

/// Where a relationship leads: the last word of its type (`styles`, `header`), and the part.
#[derive(Debug, Clone)]
pub(in crate::read) struct Relation {
    pub id: String,
    pub kind: String,
    /// Folded part name; `None` outside the package.
    pub target: Option<String>,
}

/// Why a part that is there cannot be read.
pub(in crate::read) enum PartError {
    Absent,
    Encrypted,
    TooLarge(u64),
    Damaged,
}

impl<'a> Package<'a> {
    /// `what` names the format for the applicant.
    pub fn open(what: &str, bytes: &'a [u8], limits: &Limits) -> Result<Self, Problem> {
        let (source, names) = match ZipArchive::new(Cursor::new(bytes)) {
            Ok(archive) => {
                if archive.len() > limits.parts as usize {
                    return Err(too_many(what, archive.len(), limits.parts));
                }
                let names = (0..archive.len()).filter_map(|n| Some((fold(&archive.name_for_index(n)?.ok()?), n))).collect();
                (Source::Zip(Box::new(archive)), names)
            }
            Err(_) => {
                let entries = salvage::entries(bytes, limits.parts as usize);
                if entries.is_empty() {
                    return Err(Problem::new(
                        ProblemKind::Damaged,
                        say!(
                            "文件已损坏：它应是一个 {0} 压缩包，但里面的目录和各部分都找不到；请用 Word 或 WPS 重新另存后提交",
                            "the file is damaged: it should be a package of kind {0}, but neither its directory nor its parts are found; save it again and hand that in",
                            what
                        ),
                    ));
                }
                let names = entries.iter().enumerate().map(|(n, e)| (fold(&e.name), n)).collect();
                (Source::Salvaged { bytes, entries }, names)
            }
        };
        Ok(Self {
            source,
            names,
            part_bytes: limits.part_bytes,
            definitions: limits.definitions as usize,
            left: Cell::new(limits.part_bytes.saturating_mul(PARTS)),
            torn: Vec::new(),
        })
    }

    /// A package written out as one XML file (`pkg:package`), whose parts stand in it as they are; `None` where it is none.
    pub fn flat(text: &'a str, limits: &Limits) -> Option<Self> {
        let parts = flat::parts(text, limits.parts as usize)?;
        let names = parts.iter().enumerate().map(|(n, part)| (fold(&part.name), n)).collect();
        let entries = parts.into_iter().map(|part| Entry { name: part.name, method: 0, data: part.data }).collect();
        Some(Self {
            source: Source::Flat { bytes: text.as_bytes(), entries },
            names,
            part_bytes: limits.part_bytes,
            definitions: limits.definitions as usize,
            left: Cell::new(limits.part_bytes.saturating_mul(PARTS)),
            torn: Vec::new(),
        })
    }

    /// Whether the directory at the end was lost, which is what a cut-off transfer leaves.
    pub fn salvaged(&self) -> bool {
        matches!(self.source, Source::Salvaged { .. })
    }

    pub fn has(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// A part as a stream that ends at the limit; `name` is folded.
    pub fn part(&mut self, name: &str) -> Result<Part<'_>, PartError> {
        let at = *self.names.get(name).ok_or(PartError::Absent)?;
        let limit = self.part_bytes.min(self.left.get());
        let inner: Box<dyn Read + '_> = match &mut self.source {
            Source::Zip(archive) => {
                let file = archive.by_index(at).map_err(|e| match e {
                    ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => PartError::Encrypted,
                    _ => PartError::Damaged,
                })?;
                if file.size() > limit {
                    return Err(PartError::TooLarge(file.size()));
                }
                Box::new(file)
            }
            Source::Salvaged { bytes, entries } | Source::Flat { bytes, entries } => {
                let entry = entries.get(at).ok_or(PartError::Absent)?;
                let data = bytes.get(entry.data.clone()).unwrap_or(&[]);
                match entry.method {
                    0 => Box::new(data),
                    8 => Box::new(DeflateDecoder::new(data)),
                    _ => return Err(PartError::Damaged),
                }
            }
        };
        Ok(Part { inner: inner.take(limit.saturating_add(1)), limit, left: &self.left })
    }

    /// The relationships of a part, `""` for those of the package itself.
    pub fn relations(&mut self, part: &str, depth: u32) -> Vec<Relation> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
        let mut found = Relations { folder: folder.to_owned(), all: Vec::new(), most: self.definitions };
        let whole = match self.part(&name) {
            Ok(part) => walk(part.xml(), depth, &mut found).fault.is_none(),
            Err(error) => matches!(error, PartError::Absent),
        };
        if !whole {
            self.torn.push(name);
        }
        found.all
    }

    /// Lists of relationships that were asked for and are damaged: what they lead to is lost from sight.
    pub fn torn_relations(&self) -> &[String] {
        &self.torn
    }
}

fn too_many(what: &str, found: usize, limit: u32) -> Problem {
    Problem::new(
        ProblemKind::TooLarge,
        say!(
            "文件内含 {0} 个部分，超过 {1} 个的上限，没有读取；请检查文件是否正常，另存为新的 {2} 后提交",
            "the package holds {0} parts, more than the limit of {1}, and was not read; check the file and save it as a new {2}",
            found,
            limit,
            what
        ),
    )
}

/// A part name for comparing: without leading slash, `/` for `\`, ASCII small letters.
pub(in crate::read) fn fold(name: &str) -> String {
    let mut folded = name.replace('\\', "/");
    folded.make_ascii_lowercase();
    folded.trim_start_matches("./").trim_start_matches('/').to_owned()
}

/// The part a relationship of a part in `folder` leads to, folded.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.split('#').next().unwrap_or(target).replace('\\', "/");
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').filter(|s| !s.is_empty()).collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/").to_ascii_lowercase()
}

/// Every element alike: a relationship is known by its attributes.
#[derive(Clone, Copy, PartialEq)]
struct Any;

impl Vocabulary for Any {
    type Space = ();
    const OTHER: Self = Self;

    fn space_of_uri(_: &str) {}

    fn space_of_habit(_: &str) {}

    fn of((): (), _: &str) -> Self {
        Self
    }
}

struct Relations {
    folder: String,
    all: Vec<Relation>,
    most: usize,
}

impl Visitor for Relations {
    type El = Any;

    fn open(&mut self, _: Any, _: Any, attrs: &Attrs) -> Visit {
        if self.all.len() >= self.most {
            return Visit::Stop;
        }
        if let (Some(kind), Some(target)) = (attrs.get("Type"), attrs.get("Target")) {
            let outside = attrs.get("TargetMode").is_some_and(|m| m.eq_ignore_ascii_case("external"));
            self.all.push(Relation {
                id: attrs.get("Id").unwrap_or_default().into_owned(),
                kind: kind.rsplit('/').next().unwrap_or_default().to_ascii_lowercase(),
                target: (!outside).then(|| resolve(&self.folder, &target)),
            });
        }
        Visit::Into
    }

    fn close(&mut self, _: Any, _: Any) {}

    fn text(&mut self, _: &str, _: Any) {}
}

/// One part while it unpacks.
pub(in crate::read) struct Part<'a> {
    inner: std::io::Take<Box<dyn Read + 'a>>,
    /// Bytes this part may still give.
    limit: u64,
    left: &'a Cell<u64>,
}

impl<'a> Part<'a> {
    /// The part as UTF-8 text; UTF-16 and declared legacy encodings are converted.
    pub fn xml(self) -> BufReader<Box<dyn Read + 'a>> {
        BufReader::with_capacity(1 << 16, encoding::utf8(self, false))
    }

    /// The same, with U+FFFD for bytes that are no text.
    pub fn mended_xml(self) -> BufReader<Box<dyn Read + 'a>> {
        BufReader::with_capacity(1 << 16, encoding::utf8(self, true))
    }
}

impl Read for Part<'_> {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(buf)?;
        match self.limit.checked_sub(n as u64) {
            Some(rest) => {
                self.limit = rest;
                self.left.set(self.left.get().saturating_sub(n as u64));
                Ok(n)
            }
            None => {
                self.limit = 0;
                Err(std::io::Error::new(std::io::ErrorKind::FileTooLarge, "part larger than the limit"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_resolve_from_the_folder_of_the_part() {
        assert_eq!(resolve("word", "styles.xml"), "word/styles.xml");
        assert_eq!(resolve("word", "/word/Styles.xml"), "word/styles.xml");
        assert_eq!(resolve("word", "..\\customXml\\item1.xml"), "customxml/item1.xml");
        assert_eq!(resolve("", "../../word/document.xml"), "word/document.xml");
        assert_eq!(fold("\\Word\\Document.xml"), "word/document.xml");
    }
}
