//! OFD (GB/T 33190): the text a reader sees, with the place of every printed line.
//!
//! A package holds one or more documents; `parts` finds what they refer to, `document` and `page` draw each page's
//! templates, layers and annotations as ink, and `read::layout` makes blocks of it. Pages of several documents are
//! counted on. Where the structure around the pages is lost, pages are taken as they lie in the package.
//!
//! Limitations: pictures are read by recognition alone; clips are not applied; SHA-1 digests of signatures are not computed; whether a
//! certificate is to be trusted is not looked into.
use super::Limits;
use super::layout::Pages;
use super::ocr::Recognised;
use crate::model::{DigitalSignature, Document, Format, Problem, ProblemKind};
use crate::say;
use canvas::Budget;
use document::{Drawn, Shared};
use parts::{Name, Parts};
use std::collections::{BTreeMap, HashMap, HashSet};
use tree::{At, El, Tree};

mod annotations;
mod canvas;
mod document;
mod numbers;
mod page;
mod parts;
mod resources;
mod signatures;
mod text;
mod tree;

#[cfg(test)]
mod tests;

/// Objects, characters and points of one file; a thousand dense pages stay below.
const MOST_OPERATIONS: u64 = 50_000_000;
/// Documents of one package.
const MOST_DOCUMENTS: usize = 200;

/// Reads a file of which some pages were recognised in their pictures before.
pub fn read_with(bytes: &[u8], limits: &Limits, recognised: BTreeMap<u32, Recognised>) -> Document {
    let parts = match Parts::open(bytes, limits) {
        Ok(parts) => parts,
        Err(problem) => return Document::unread(Format::Ofd, problem),
    };
    let mut file = File::new(parts, limits);
    file.recognised = recognised;
    let entry = file.parts.tree("ofd.xml");
    let package = entry.as_ref().and_then(|e| e.find(&[El::Ofd]));
    if file.parts.is_encrypted || file.parts.has("encryptions.xml") || package.is_some_and(|p| p.child(El::Encryptions).is_some()) {
        return Document::unread(Format::Ofd, encrypted());
    }
    file.all(entry.as_ref());
    file.finish()
}

/// A page's pictures as they lie on it: their files' bytes and boxes in points; and the page's width and height.
pub struct Pictured {
    pub size: (f32, f32),
    pub pictures: Vec<(Vec<u8>, [f32; 4])>,
}

/// The upright pictures of a page, counted from 1; `None` where there is no such page.
pub fn pictures(bytes: &[u8], page: u32, limits: &Limits) -> Option<Pictured> {
    let mut file = File::new(Parts::open(bytes, limits).ok()?, limits);
    file.wanted = Some(page);
    let entry = file.parts.tree("ofd.xml");
    file.all(entry.as_ref());
    let Drawn { shown, sources, .. } = file.found?;
    let pictures = sources.into_iter().filter_map(|(part, rect)| Some((file.parts.bytes(&part)?, rect.to_model())));
    Some(Pictured { size: (shown.width(), shown.height()), pictures: pictures.collect() })
}

/// One package while it is read.
struct File<'a> {
    parts: Parts<'a>,
    limits: &'a Limits,
    budget: Budget,
    pages: Pages,
    /// Pages so far, and the parts they stand in.
    count: u32,
    drawn: HashSet<Name>,
    signatures: Vec<DigitalSignature>,
    /// Names of attached files.
    attachments: Vec<String>,
    /// Part of the structure around the pages could not be read.
    is_broken: bool,
    recognised: BTreeMap<u32, Recognised>,
    /// The only page to draw, and what came of it.
    wanted: Option<u32>,
    found: Option<Drawn>,
}

impl<'a> File<'a> {
    fn new(parts: Parts<'a>, limits: &'a Limits) -> Self {
        Self {
            parts,
            limits,
            budget: Budget { characters: limits.characters, operations: MOST_OPERATIONS },
            pages: Pages::default(),
            count: 0,
            drawn: HashSet::new(),
            signatures: Vec::new(),
            attachments: Vec::new(),
            is_broken: false,
            recognised: BTreeMap::new(),
            wanted: None,
            found: None,
        }
    }

    /// Every page that the entry leads to, and those that lie about where it does not.
    fn all(&mut self, entry: Option<&Tree>) {
        self.is_broken |= entry.is_none_or(|e| e.is_broken);
        let package = entry.and_then(|e| e.find(&[El::Ofd]));
        for body in package.iter().flat_map(|p| p.all(El::DocBody)).take(MOST_DOCUMENTS) {
            self.document(body);
        }
        if self.is_broken || self.count == 0 {
            self.leftovers();
        }
    }

    fn document(&mut self, body: At<'_>) {
        let root = self.current_root(body);
        let tree = root.as_deref().and_then(|name| self.parts.tree(name));
        let (Some(name), Some(document)) = (root, tree.as_ref().and_then(|t| t.find(&[El::Document]))) else {
            self.is_broken = true;
            return;
        };
        self.is_broken |= tree.as_ref().is_none_or(|t| t.is_broken);
        let mut shared = Shared::new(&mut self.parts, &name, document, Some(body));
        self.list_attachments(&name, document);
        let first = self.count;
        let mut numbers: HashMap<&str, u32> = HashMap::new();
        for page in document.child(El::Pages).iter().flat_map(|pages| pages.all(El::Page)) {
            let id = page.attribute("ID").unwrap_or("");
            let part = page.attribute("BaseLoc").and_then(|loc| self.parts.resolve(&name, loc));
            self.page(id, part, &mut shared);
            numbers.insert(id, self.count);
        }
        for signatures::Found { mut signature, stamps } in std::mem::take(&mut shared.signed) {
            // A page that is not found in the document is counted from its first.
            let counted = |page: &str| page.parse::<u32>().ok().map(|n| first.saturating_add(n)).filter(|n| (first + 1..=self.count).contains(n));
            let number = |page: &str| numbers.get(page).copied().or_else(|| counted(page));
            signature.places = stamps.iter().filter_map(|(page, stamp)| Some(signatures::place(number(page)?, *stamp).0)).collect();
            self.signatures.push(signature);
        }
    }

    fn page(&mut self, id: &str, part: Option<Name>, shared: &mut Shared) {
        self.count = self.count.saturating_add(1);
        if self.count > self.limits.pages || self.budget.characters == 0 || self.budget.operations == 0 {
            self.pages.amiss.too_large.push(self.count);
            return;
        }
        if let Some(found) = self.recognised.remove(&self.count) {
            self.pages.add_recognised(found);
        } else if self.wanted.is_none_or(|wanted| wanted == self.count) {
            let drawn = shared.draw(id, part.as_deref(), &mut self.parts, &mut self.budget);
            if self.wanted.is_some() {
                self.found = Some(drawn);
            } else {
                self.pages.add(drawn.ink, drawn.shown, drawn.remarks);
            }
        }
        self.drawn.extend(part);
    }

    /// Pages that lie in a broken package and that nothing read leads to.
    fn leftovers(&mut self) {
        let drawn = &self.drawn;
        let is_page = |name: &str| name.ends_with("content.xml") && name.contains("/page") && !drawn.contains(name);
        let mut names = self.parts.named(is_page);
        names.sort_by_key(|name| numbered(name));
        if names.is_empty() {
            return;
        }
        self.is_broken = true;
        let mut shared = Shared::salvaged(&mut self.parts);
        for name in names {
            self.page("", Some(name), &mut shared);
        }
    }

    /// The document's root: that of the version in force, else the plain one.
    fn current_root(&mut self, body: At<'_>) -> Option<Name> {
        let current = body.child(El::Versions).and_then(|all| all.all(El::Version).find(|v| v.flag("Current") == Some(true)));
        let version = current.and_then(|v| v.attribute("BaseLoc")).and_then(|loc| self.parts.resolve("ofd.xml", loc));
        let newer = version.and_then(|name| {
            let tree = self.parts.tree(&name)?;
            let loc = tree.top().children().find_map(|v| v.child(El::DocRoot))?;
            self.parts.resolve(&name, loc.text())
        });
        // An older version is better than none, but it is not what was handed in.
        self.is_broken |= current.is_some() && newer.is_none();
        newer.or_else(|| self.parts.resolve("ofd.xml", body.child(El::DocRoot)?.text()))
    }

    fn list_attachments(&mut self, name: &str, document: At<'_>) {
        let Some(location) = document.child(El::Attachments).map(|a| a.text()).filter(|loc| !loc.trim().is_empty()) else { return };
        let tree = self.parts.resolve(name, location).and_then(|part| self.parts.tree(&part));
        self.is_broken |= tree.as_ref().is_none_or(|t| t.is_broken);
        let Some(list) = tree.as_ref().and_then(|t| t.find(&[El::Attachments])) else { return };
        for attachment in list.all(El::Attachment).take(1000) {
            let file = attachment.child(El::FileLoc).map_or("", |f| f.text());
            let name = attachment.attribute("Name").filter(|n| !n.trim().is_empty()).unwrap_or(file);
            self.attachments.push(name.to_owned());
        }
    }

    fn finish(mut self) -> Document {
        if self.parts.is_encrypted && self.count == 0 {
            return Document::unread(Format::Ofd, encrypted());
        }
        if self.is_broken && self.count == 0 {
            return Document::unread(Format::Ofd, no_pages());
        }
        let mut problems = Vec::new();
        let salvaged = self.parts.is_salvaged();
        if salvaged {
            problems.push(Problem::new(
                ProblemKind::Truncated,
                say!(
                    "OFD 文件不完整（压缩包目录丢失），只读到其中一部分；请重新导出并提交",
                    "the OFD file is not whole (its directory is lost) and was read in part; export and hand it in again"
                ),
            ));
        }
        if self.is_broken {
            problems.push(Problem::new(
                ProblemKind::Damaged,
                say!(
                    "OFD 文件内部结构有损坏或缺失，可能有内容没有读到；请重新导出并提交",
                    "the structure of the OFD file is damaged or incomplete; content may be missing; export and hand it in again"
                ),
            ));
        }
        if self.parts.is_cut {
            problems.push(Problem::new(
                ProblemKind::TooLarge,
                say!("OFD 文件中有部分超出读取上限，未读取；请拆分后提交", "parts of the OFD file are beyond the limits and were not read; split the file"),
            ));
        }
        if !self.attachments.is_empty() {
            problems.push(super::layout::attached("OFD", &self.attachments));
        }
        problems.extend(super::layout::changed_after_signing(&self.signatures));
        let is_partial = salvaged || self.is_broken || self.parts.is_cut || self.parts.is_encrypted;
        let pages = std::mem::take(&mut self.pages);
        let (blocks, read, problems) = pages.finish("OFD", self.count, problems, is_partial);
        Document { read, problems, pages: Some(self.count), signatures: self.signatures, ..Document::read_full(Format::Ofd, blocks) }
    }
}

/// A name with its numbers in their order: page 10 comes after page 9.
fn numbered(name: &str) -> Vec<(u64, String)> {
    let mut out = Vec::new();
    let mut rest = name;
    while !rest.is_empty() && out.len() < 64 {
        let word = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let digits = rest[word..].find(|c: char| !c.is_ascii_digit()).map_or(rest.len(), |n| word + n);
        out.push((rest[word..digits].parse().unwrap_or(u64::MAX), rest[..word].to_owned()));
        rest = &rest[digits..];
    }
    // The words decide before the numbers behind them.
    out.into_iter().flat_map(|(n, word)| [(0, word), (n, String::new())]).collect()
}

fn encrypted() -> Problem {
    Problem::new(
        ProblemKind::Encrypted,
        say!("OFD 文件已加密，无法读取；请提交未加密的文件", "the OFD file is encrypted and cannot be read; hand in one without encryption"),
    )
}

fn no_pages() -> Problem {
    Problem::new(
        ProblemKind::Damaged,
        say!(
            "OFD 文件的入口或内部结构已损坏，找不到任何页面，无法读取；请重新导出并提交",
            "the entry or structure of the OFD file is damaged and no page is found; export and hand it in again"
        ),
    )
}
