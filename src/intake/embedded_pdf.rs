//! Files inside a PDF: portfolios, embedded files, attachments pinned to a page.
use super::budget::{Budget, Taken};
use super::container::{Entry, Unpacked};
use super::faults::{damaged, unsupported};
use super::safe_path::safe_path;
use crate::text::encoding;
use flate2::read::ZlibDecoder;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};
use hayro_syntax::{Filter, Pdf};
use std::collections::HashSet;

/// Files of one PDF, nodes of its name tree, pages and annotations that are looked at.
const MOST: usize = 2_000;

/// One file inside a PDF.
pub struct Attached<'a> {
    pub name: String,
    stream: Stream<'a>,
}

/// Whether a PDF can hold files, told cheaply: the dictionary of an embedded file is never packed.
pub(super) fn may_hold(bytes: &[u8]) -> bool {
    let head = bytes.get(..1024).unwrap_or(bytes);
    head.windows(5).any(|w| w == b"%PDF-") && contains(bytes, b"/EF")
}

fn contains(bytes: &[u8], mark: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|b| *b == mark[0]) {
        if rest[at..].starts_with(mark) {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}

/// The files inside a PDF, each once: those of its name tree, then those pinned to pages.
pub fn attached_to_pdf(pdf: &Pdf) -> Vec<Attached<'_>> {
    let mut found = Found { files: Vec::new(), seen: HashSet::new() };
    let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).unwrap_or_default();
    if let Some(tree) = root.get::<Dict<'_>>("Names").and_then(|names| names.get::<Dict<'_>>("EmbeddedFiles")) {
        found.tree(tree);
    }
    for file in root.get::<Array<'_>>("AF").iter().flat_map(|list| list.iter::<Dict<'_>>()).take(MOST) {
        found.file(&file);
    }
    for page in pdf.pages().iter().take(MOST) {
        let list = page.raw().get::<Array<'_>>("Annots");
        for annotation in list.iter().flat_map(|list| list.iter::<Dict<'_>>()).take(MOST) {
            if annotation.get::<Name<'_>>("Subtype").is_some_and(|n| n.as_ref() == b"FileAttachment")
                && let Some(file) = annotation.get::<Dict<'_>>("FS")
            {
                found.file(&file);
            }
        }
    }
    found.files
}

struct Found<'a> {
    files: Vec<Attached<'a>>,
    seen: HashSet<(u32, i32)>,
}

impl<'a> Found<'a> {
    fn tree(&mut self, tree: Dict<'a>) {
        let mut open = vec![tree];
        let mut looked_at = 0;
        while let Some(node) = open.pop().filter(|_| looked_at < MOST) {
            looked_at += 1;
            for pair in node.get::<Array<'_>>("Names").iter().flat_map(|list| list.iter::<Object<'_>>()).take(2 * MOST) {
                if let Object::Dict(file) = pair {
                    self.file(&file);
                }
            }
            let kids = node.get::<Array<'a>>("Kids");
            open.extend(kids.iter().flat_map(|kids| kids.iter::<Dict<'a>>()).take(MOST - open.len().min(MOST)));
        }
    }

    fn file(&mut self, file: &Dict<'a>) {
        let Some(inside) = file.get::<Dict<'_>>("EF") else { return };
        let Some(stream) = ["UF", "F", "Unix", "DOS", "Mac"].iter().find_map(|key| inside.get::<Stream<'_>>(*key)) else { return };
        let id = stream.obj_id();
        if self.files.len() < MOST && self.seen.insert((id.obj_number, id.gen_number)) {
            let name = ["UF", "F", "Unix", "DOS", "Desc"].iter().find_map(|key| file.get::<PdfString<'_>>(*key));
            let name = name.map(|n| text(n.as_bytes())).filter(|n| !n.trim().is_empty());
            self.files.push(Attached { name: name.unwrap_or_else(|| format!("附件{}", self.files.len() + 1)), stream });
        }
    }
}

fn text(bytes: &[u8]) -> String {
    encoding::pdf_string(bytes).rsplit(['/', '\\']).next().unwrap_or_default().trim().to_owned()
}

/// Takes the files out as far as the limits allow.
pub(super) fn unpack(bytes: &[u8], budget: &mut Budget) -> Unpacked {
    let mut out = Unpacked::default();
    // A PDF that does not open says so itself when it is read.
    let Ok(pdf) = Pdf::new(bytes.to_vec()) else { return out };
    for file in attached_to_pdf(&pdf) {
        if let Err(problem) = budget.one_more() {
            out.problems.push(problem);
            break;
        }
        let size = file.stream.raw_data().len() as u64;
        out.entries.push(match safe_path(&file.name, budget.limits) {
            Err(problem) => Entry { path: file.name.replace('\0', "\u{fffd}"), size, content: Err(problem) },
            Ok(path) => Entry { path, size, content: content(&file.stream, budget) },
        });
    }
    out
}

fn content(stream: &Stream<'_>, budget: &mut Budget) -> Result<Vec<u8>, crate::model::Problem> {
    let raw = stream.raw_data();
    let taken = match stream.filters().as_slice() {
        [] | [Filter::Crypt] => budget.take(&*raw, None),
        [Filter::FlateDecode] | [Filter::Crypt, Filter::FlateDecode] => budget.take(ZlibDecoder::new(&*raw), Some(raw.len() as u64)),
        _ => return Err(unsupported("PDF")),
    };
    taken.map_err(|error| match error {
        Taken::Problem(problem) => problem,
        Taken::Broken(_) => damaged(),
    })
}
