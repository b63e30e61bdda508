//! OFD (GB/T 33190): the text a reader sees, with the place of every printed line.
//!
//! A package holds one or more documents; `parts` finds what they refer to, `page` draws each page's templates, layers
//! and annotations as ink, and `read::layout` makes blocks of it. Pages of several documents are counted on.
//!
//! Limitations: pictures are not read; clips are not applied; SHA-1 digests of signatures are not computed; whether a
//! certificate is to be trusted is not looked into.
use super::Limits;
use super::layout::Pages;
use super::layout::geometry::Matrix;
use crate::model::{DigitalSignature, Document, Format, Problem, ProblemKind};
use crate::say;
use canvas::{Budget, Canvas};
use numbers::{MM, list};
use page::{Drawing, State};
use parts::{Name, Parts};
use resources::{Param, Resources};
use std::collections::HashMap;
use std::rc::Rc;
use text::Shapes;
use tree::{At, El, Tree};

mod annotations;
mod canvas;
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
/// The page of a document that gives no size: A4, in millimetres.
const A4: [f64; 4] = [0.0, 0.0, 210.0, 297.0];

pub fn read(bytes: &[u8], limits: &Limits) -> Document {
    let mut parts = match Parts::open(bytes, limits) {
        Ok(parts) => parts,
        Err(problem) => return Document::unread(Format::Ofd, problem),
    };
    let entry = parts.tree("ofd.xml");
    if parts.is_encrypted {
        return Document::unread(Format::Ofd, encrypted());
    }
    let Some(entry) = entry else { return Document::unread(Format::Ofd, no_entry()) };
    let Some(package) = entry.find(&[El::Ofd]) else { return Document::unread(Format::Ofd, no_entry()) };
    if package.child(El::Encryptions).is_some() || parts.has("encryptions.xml") {
        return Document::unread(Format::Ofd, encrypted());
    }
    let budget = Budget { characters: limits.characters, operations: MOST_OPERATIONS };
    let mut file =
        File { parts, limits, budget, pages: Pages::default(), count: 0, signatures: Vec::new(), attachments: Vec::new(), missing: 0, broken: false };
    for body in package.all(El::DocBody).take(MOST_DOCUMENTS) {
        file.document(body);
    }
    file.broken |= entry.is_broken;
    file.finish()
}

/// One package while it is read.
struct File<'a> {
    parts: Parts<'a>,
    limits: &'a Limits,
    budget: Budget,
    pages: Pages,
    /// Pages so far.
    count: u32,
    signatures: Vec<DigitalSignature>,
    /// Names of attached files.
    attachments: Vec<String>,
    /// Documents whose root is not there.
    missing: u32,
    /// Part of the structure around the pages could not be read.
    broken: bool,
}

/// A template that was used once is used again.
struct Templates {
    places: HashMap<String, (Name, Option<String>)>,
    known: HashMap<String, Option<Rc<Tree>>>,
}

impl File<'_> {
    fn document(&mut self, body: At<'_>) {
        let root = self.current_root(body);
        let Some((name, tree)) = root.and_then(|name| Some((name.clone(), self.parts.tree(&name)?))) else {
            self.missing += 1;
            return;
        };
        let Some(document) = tree.find(&[El::Document]) else {
            self.missing += 1;
            return;
        };
        self.broken |= tree.is_broken;
        let common = document.child(El::CommonData);
        let usual = common.and_then(|c| c.child(El::Area)).and_then(physical_box).unwrap_or(A4);
        let mut resources = Resources::default();
        let mut templates = Templates { places: HashMap::new(), known: HashMap::new() };
        for child in common.iter().flat_map(|c| c.children()) {
            match child.el() {
                El::PublicRes | El::DocumentRes => {
                    if let Some(res) = self.parts.resolve(&name, child.text()) {
                        resources.add(&mut self.parts, &res);
                    }
                }
                El::TemplatePage => {
                    let place = child.attribute("BaseLoc").and_then(|loc| self.parts.resolve(&name, loc));
                    if let (Some(id), Some(place)) = (child.attribute("ID"), place) {
                        templates.places.insert(id.to_owned(), (place, child.attribute("ZOrder").map(str::to_owned)));
                    }
                }
                _ => {}
            }
        }
        let annotated = document.child(El::Annotations).and_then(|a| self.parts.resolve(&name, a.text()));
        let annotated = annotated.map(|a| annotations::by_page(&mut self.parts, &a)).unwrap_or_default();
        let signed = body.child(El::Signatures).and_then(|s| self.parts.resolve("ofd.xml", s.text()));
        let signed = signed.map(|s| signatures::read(&mut self.parts, &s)).unwrap_or_default();
        self.list_attachments(&name, document);
        let first = self.count;
        let mut numbers: HashMap<&str, u32> = HashMap::new();
        let mut shapes = Shapes::default();
        let mut charmaps = HashMap::new();
        for page in document.child(El::Pages).iter().flat_map(|pages| pages.all(El::Page)) {
            self.count += 1;
            if self.count > self.limits.pages || self.budget.characters == 0 || self.budget.operations == 0 {
                self.pages.amiss.too_large.push(self.count);
                continue;
            }
            let id = page.attribute("ID").unwrap_or("");
            numbers.insert(id, self.count);
            let tree = page.attribute("BaseLoc").and_then(|loc| self.parts.resolve(&name, loc)).and_then(|p| Some((p.clone(), self.parts.tree(&p)?)));
            let mut own = None;
            if let Some(extra) = tree.as_ref().map(|(_, t)| t).and_then(|t| t.find(&[El::Page])).filter(|p| p.child(El::PageRes).is_some()) {
                let mut with = resources.clone();
                for res in extra.all(El::PageRes) {
                    let from = tree.as_ref().map_or("", |(p, _)| p);
                    if let Some(res) = self.parts.resolve(from, res.text()) {
                        with.add(&mut self.parts, &res);
                    }
                }
                own = Some(with);
            }
            let sheet = tree.as_ref().and_then(|(_, t)| t.find(&[El::Page])?.child(El::Area)).and_then(physical_box).unwrap_or(usual);
            let mut canvas = Canvas::new((sheet[2], sheet[3]), &mut self.budget);
            let to_page = Matrix([MM, 0.0, 0.0, MM, -sheet[0] * MM, -sheet[1] * MM]);
            let state = State { to_page, hidden: false, param: Param::default() };
            let mut drawing = Drawing { parts: &mut self.parts, resources: own.as_ref().unwrap_or(&resources), shapes: &mut shapes, charmaps: &mut charmaps };
            let mut remarks = Vec::new();
            match &tree {
                Some((_, tree)) => {
                    draw_page(tree, &mut templates, &mut drawing, state, &mut canvas);
                    for part in annotated.get(id).into_iter().flatten() {
                        match drawing.parts.tree(part) {
                            Some(notes) => remarks.extend(annotations::draw(&notes, &mut drawing, state, &mut canvas)),
                            None => canvas.ink.is_damaged = true,
                        }
                    }
                }
                None => canvas.ink.is_damaged = true,
            }
            for (_, stamp) in signed.iter().flat_map(|s| &s.stamps).filter(|(page, _)| page == id) {
                let (_, rect) = signatures::place(self.count, *stamp);
                canvas.picture(&rect, false);
            }
            let (ink, shown) = (canvas.ink, canvas.page);
            self.pages.add(ink, shown, remarks);
        }
        for signatures::Found { mut signature, stamps } in signed {
            // A page that is not found in the document is counted from its first.
            let number =
                |page: &str| numbers.get(page).copied().or_else(|| page.parse::<u32>().ok().map(|n| first + n).filter(|n| *n > first && *n <= self.count));
            signature.places = stamps.iter().filter_map(|(page, stamp)| Some(signatures::place(number(page)?, *stamp).0)).collect();
            self.signatures.push(signature);
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
        newer.or_else(|| self.parts.resolve("ofd.xml", body.child(El::DocRoot)?.text()))
    }

    fn list_attachments(&mut self, name: &str, document: At<'_>) {
        let Some(part) = document.child(El::Attachments).and_then(|a| self.parts.resolve(name, a.text())) else { return };
        let Some(tree) = self.parts.tree(&part) else { return };
        let Some(list) = tree.find(&[El::Attachments]) else { return };
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
        if self.missing > 0 || self.broken {
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
        let is_partial = salvaged || self.missing > 0 || self.broken || self.parts.is_cut || self.parts.is_encrypted;
        let pages = std::mem::take(&mut self.pages);
        let (blocks, read, problems) = pages.finish("OFD", self.count, problems, is_partial);
        Document { read, problems, pages: Some(self.count), signatures: self.signatures, ..Document::read_full(Format::Ofd, blocks) }
    }
}

/// A page with the templates it stands on: those behind, its own layers, those before.
fn draw_page(tree: &Tree, templates: &mut Templates, drawing: &mut Drawing<'_, '_>, state: State, canvas: &mut Canvas<'_>) {
    let used: Vec<(Option<Rc<Tree>>, bool)> = tree
        .find(&[El::Page])
        .iter()
        .flat_map(|page| page.all(El::Template))
        .take(100)
        .map(|template| {
            let id = template.attribute("TemplateID").unwrap_or("");
            let place = templates.places.get(id);
            let order = template.attribute("ZOrder").or_else(|| place.and_then(|(_, order)| order.as_deref()));
            let is_before = order == Some("Foreground");
            let part = place.map(|(part, _)| part.clone());
            let known = templates.known.entry(id.to_owned()).or_insert_with(|| part.and_then(|p| drawing.parts.tree(&p)).map(Rc::new));
            (known.clone(), is_before)
        })
        .collect();
    let lay = |before: bool, drawing: &mut Drawing<'_, '_>, canvas: &mut Canvas<'_>| {
        for (template, _) in used.iter().filter(|(_, is_before)| *is_before == before) {
            match template {
                Some(template) => drawing.content(template, state, canvas),
                None => canvas.ink.is_damaged = true,
            }
        }
    };
    lay(false, drawing, canvas);
    drawing.content(tree, state, canvas);
    lay(true, drawing, canvas);
}

fn physical_box(area: At<'_>) -> Option<[f64; 4]> {
    list::<4>(area.child(El::PhysicalBox)?.text()).filter(|b| b[2] > 1.0 && b[3] > 1.0 && b[2] < 1e5 && b[3] < 1e5)
}

fn encrypted() -> Problem {
    Problem::new(
        ProblemKind::Encrypted,
        say!("OFD 文件已加密，无法读取；请提交未加密的文件", "the OFD file is encrypted and cannot be read; hand in one without encryption"),
    )
}

fn no_entry() -> Problem {
    Problem::new(
        ProblemKind::Damaged,
        say!(
            "OFD 文件缺少入口（OFD.xml）或入口已损坏，无法读取；请重新导出并提交",
            "the OFD file has no readable entry (OFD.xml); export and hand it in again"
        ),
    )
}
