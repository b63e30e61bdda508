//! DOCX to blocks: one streaming pass over each part, no tree, places born here.
//!
//! ```text
//! names     the elements that mean something
//! story     the body, a header, the notes: paragraphs (para) to blocks
//! styles    what styles inherit
//! numbering lists
//! figure    the words of diagrams and charts
//! single    documents that are one XML file
//! faults    what went wrong, in words
//! ```
//!
//! Printed is what Word prints with all changes accepted: insertions stay, deletions and moved-away text go, of
//! alternative contents the first, of fields the result, hidden text and placeholders never. Not read: text inside
//! pictures and embedded objects, documents that are linked or embedded whole (a problem says so).
mod faults;
mod figure;
mod names;
mod numbering;
mod para;
pub(super) mod single;
mod story;
mod styles;

use self::faults::Faults;
pub(super) use self::figure::Lines;
use self::numbering::NumberingPart;
pub(super) use self::story::is_document;
use self::story::{Mode, Refs, Seen, Story};
use self::styles::Styles;
use super::Limits;
use super::package::{Package, PartError, Relation};
use super::word::numbering::Numbering;
use super::word::out::Over;
use super::xml::{Fault, Visitor, Walked, walk};
use crate::model::{Block, BlockKind, Document, Format, Location, Sheet};
use std::collections::HashMap;
use std::io::Read;

/// Reads a DOCX (or DOCM, DOTX) package. Encrypted ones, which are OLE files, are told apart here too.
pub fn read(bytes: &[u8], limits: &Limits) -> Document {
    let size = bytes.len() as u64;
    if size > limits.file_bytes {
        return Document::unread(Format::Docx, faults::file_too_large(size, limits.file_bytes));
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Document::unread(Format::Docx, faults::encrypted());
    }
    let package = match Package::open("docx", bytes, limits) {
        Ok(package) => package,
        Err(problem) => return Document::unread(Format::Docx, problem),
    };
    Reading { package, limits, faults: Faults::default(), characters: 0 }.document()
}

/// One document while it is read.
struct Reading<'a> {
    package: Package<'a>,
    limits: &'a Limits,
    faults: Faults,
    characters: u64,
}

impl Reading<'_> {
    fn document(mut self) -> Document {
        let depth = self.limits.depth;
        let Some(main) = main_part(&mut self.package, depth) else {
            return Document::unread(Format::Docx, faults::no_main_part(self.package.salvaged()));
        };
        let relations = self.package.relations(&main, depth);
        for part in self.package.torn_relations() {
            self.faults.side(part);
        }
        let part = |kind: &str| relations.iter().find(|r| r.kind == kind).and_then(|r| r.target.clone());
        let most = self.limits.definitions as usize;
        let mut styles = Styles::new(most);
        self.visit(part("styles").as_deref().unwrap_or("word/styles.xml"), &mut styles);
        styles.finish();
        let mut numbering = NumberingPart::new(most);
        self.visit(part("numbering").as_deref().unwrap_or("word/numbering.xml"), &mut numbering);
        let mut numbering = numbering.numbering;

        let mut body = Story::new(Mode::Body, &styles, &mut numbering, self.limits, 0);
        let walked = match self.walk(&main, &mut body) {
            Ok(Walked { fault: Some(Fault::Encoding), .. }) => {
                drop(body);
                numbering.restart();
                body = Story::new(Mode::Body, &styles, &mut numbering, self.limits, 0);
                self.walk_mended(&main, &mut body)
            }
            walked => walked,
        };
        let walked = match walked {
            Ok(walked) => walked,
            Err(error) => return Document::unread(Format::Docx, faults::main_part(&error, self.limits)),
        };
        body.end();
        self.faults.main(walked, self.package.salvaged(), self.limits);
        self.figures(&mut body, &relations);
        self.characters = body.out.characters;
        self.over(body.out.over);
        let seen = std::mem::take(&mut body.seen);
        let pages_known = body.out.pages_known;
        let last_page = body.out.page;
        let mut blocks = body.out.finish();

        let mut notes = [(BlockKind::Footnote, "footnotes", &seen.footnotes), (BlockKind::Footnote, "endnotes", &seen.endnotes)]
            .into_iter()
            .filter_map(|(kind, name, refs)| match part(name) {
                Some(part) => Some((kind, part, refs)),
                None => {
                    if !refs.is_empty() {
                        self.faults.side(name);
                    }
                    None
                }
            })
            .collect::<Vec<_>>();
        notes.extend(part("comments").map(|p| (BlockKind::Comment, p, &seen.comments)));
        for (kind, name, refs) in notes {
            blocks.extend(self.notes(kind, &name, refs, &styles, &mut numbering));
        }
        blocks.extend(self.headers(&seen, &relations, &styles, &mut numbering));

        let pages = self.claimed_pages();
        // Where the marks of Word's last layout do not fit the pages it counted, no page is better than a wrong one.
        if !pages_known || pages.is_some_and(|claimed| claimed != last_page) {
            blocks.iter_mut().for_each(|b| b.at.page = None);
        }
        self.faults.pictures(&seen, &blocks);
        let sheets = sheets(&seen, &relations, &blocks);
        let (read, problems) = self.faults.verdict();
        Document { pages, read, problems, sheets, has_page_pictures: seen.large_pictures > 0, ..Document::read_full(Format::Docx, blocks) }
    }

    fn walk(&mut self, part: &str, visitor: &mut impl Visitor) -> Result<Walked, PartError> {
        let depth = self.limits.depth;
        Ok(walk(self.package.part(part)?.xml(), depth, visitor))
    }

    /// The part again, with U+FFFD for the bytes that are no text.
    fn walk_mended(&mut self, part: &str, visitor: &mut impl Visitor) -> Result<Walked, PartError> {
        let depth = self.limits.depth;
        let walked = walk(self.package.part(part)?.mended_xml(), depth, visitor);
        Ok(Walked { fault: walked.fault.or(Some(Fault::Encoding)), ..walked })
    }

    /// The words of diagrams and charts, into the text boxes kept for them.
    fn figures(&mut self, body: &mut Story, relations: &[Relation]) {
        let targets = targets(relations);
        for (id, block) in std::mem::take(&mut body.seen.figures) {
            let Some(part) = targets.get(id.as_str()) else {
                self.faults.side(&id);
                continue;
            };
            let mut lines = Lines::default();
            match self.walk(part, &mut lines) {
                Ok(Walked { fault: None, stopped: false, .. }) => {}
                _ => self.faults.side(part),
            }
            body.out.count(&lines.text);
            if body.out.over.is_none()
                && let Some(block) = body.out.get(block)
            {
                lines.text.trim_matches('\n').clone_into(&mut block.text);
            }
        }
    }

    /// A part that only helps; where it is damaged, the text is still the text.
    fn visit(&mut self, part: &str, visitor: &mut impl Visitor) {
        match self.walk(part, visitor) {
            Ok(walked) if walked.fault.is_some() || walked.stopped => self.faults.helper(part),
            Err(PartError::Damaged | PartError::TooLarge(_)) => self.faults.helper(part),
            _ => {}
        }
    }

    fn notes(&mut self, kind: BlockKind, part: &str, wanted: &Refs, styles: &Styles, numbering: &mut Numbering) -> Vec<Block> {
        if wanted.is_empty() {
            return Vec::new();
        }
        self.side(Mode::Notes { kind, wanted: wanted.clone() }, part, styles, numbering)
    }

    fn headers(&mut self, seen: &Seen, relations: &[Relation], styles: &Styles, numbering: &mut Numbering) -> Vec<Block> {
        let targets = targets(relations);
        let mut done: Vec<&str> = Vec::new();
        let mut blocks = Vec::new();
        for (kind, id) in &seen.headers {
            let Some(part) = targets.get(id.as_str()) else {
                self.faults.side(id);
                continue;
            };
            if !done.contains(part) {
                done.push(part);
                blocks.extend(self.side(Mode::Single(*kind), part, styles, numbering));
            }
        }
        blocks
    }

    /// Blocks of a part beside the body.
    fn side(&mut self, mode: Mode, part: &str, styles: &Styles, numbering: &mut Numbering) -> Vec<Block> {
        let single = matches!(mode, Mode::Single(_));
        let mut story = Story::new(mode, styles, numbering, self.limits, self.characters);
        match self.walk(part, &mut story) {
            Ok(Walked { fault: None, too_deep: false, .. }) => {}
            Ok(_) | Err(_) => self.faults.side(part),
        }
        story.end();
        self.characters = story.out.characters;
        let over = story.out.over;
        let mut blocks = story.out.blocks;
        blocks.retain(|b| !b.text.is_empty());
        if single {
            blocks.iter_mut().for_each(|b| b.at.page = None);
        }
        self.over(over);
        blocks
    }

    fn over(&mut self, over: Option<Over>) {
        if let Some(over) = over {
            self.faults.over(over, self.limits);
        }
    }

    /// The page count that the program which saved the file wrote down.
    fn claimed_pages(&mut self) -> Option<u32> {
        let mut text = String::new();
        let part = self.package.part("docprops/app.xml").ok()?;
        part.xml().take(1 << 16).read_to_string(&mut text).ok()?;
        let rest = text.split_once("Pages>")?.1;
        rest.split('<').next()?.trim().parse().ok().filter(|n| *n > 0)
    }
}

/// The pictures as large as a page whose parts are in the package.
fn sheets(seen: &Seen, relations: &[Relation], blocks: &[Block]) -> Vec<Sheet> {
    let targets = targets(relations);
    let places: Vec<&Location> = blocks.iter().filter(|b| b.kind == BlockKind::Picture).map(|b| &b.at).collect();
    let sheet = |(id, n): &(String, usize)| Some(Sheet { at: (*places.get(*n)?).clone(), part: (*targets.get(id.as_str())?).to_owned() });
    seen.sheets.iter().filter_map(sheet).collect()
}

/// The picture of a document's nth sheet, counted from 1: the bytes of its file; `None` where there is none.
pub fn sheet(bytes: &[u8], number: u32, limits: &Limits) -> Option<Vec<u8>> {
    let part = read(bytes, limits).sheets.into_iter().nth(number.checked_sub(1)? as usize)?.part;
    let mut picture = Vec::new();
    Package::open("docx", bytes, limits).ok()?.part(&part).ok()?.read_to_end(&mut picture).ok()?;
    Some(picture)
}

/// Parts by relationship id; of equal ids the first holds.
fn targets(relations: &[Relation]) -> HashMap<&str, &str> {
    relations.iter().rev().filter_map(|r| Some((r.id.as_str(), r.target.as_deref()?))).collect()
}

/// The part that holds the document's text: by relationship, else by its usual name.
fn main_part(package: &mut Package, depth: u32) -> Option<String> {
    let by_relation = package.relations("", depth).into_iter().find(|r| r.kind == "officedocument").and_then(|r| r.target);
    by_relation.filter(|t| package.has(t)).or_else(|| {
        let usual = "word/document.xml";
        if package.has(usual) {
            return Some(usual.to_owned());
        }
        let mut other: Vec<&str> = package.names().filter(|n| n.starts_with("word/document") && n.ends_with(".xml")).collect();
        other.sort_unstable();
        other.first().map(|n| (*n).to_owned())
    })
}
