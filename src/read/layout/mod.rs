//! Printed pages to blocks, whatever format they come from: PDF and OFD.
//!
//! A format's reader fills [`ink::Ink`] (glyphs, ruling lines, pictures at their places in points); `tidy`, `grid`,
//! `inputs`, `rows`, `lines` and `order` make a draft of each page; `furniture`, `stitch`, `flow` and `assemble` make
//! blocks of all drafts together; `scan` is the way in for pages that were recognised in pictures; `amiss` says which
//! pages were not read in full.
use super::ocr::Recognised;
use crate::model::{Block, DigitalSignature, Integrity, Problem, ProblemKind, Read};
use crate::say;
use amiss::Amiss;
use assemble::Note;
use draft::Draft;
use geometry::Rect;
use ink::Ink;
use std::collections::BTreeMap;

mod across;
pub mod amiss;
mod assemble;
mod beside;
mod bidi;
pub mod charmap;
mod columns;
mod draft;
mod flow;
mod furniture;
pub mod geometry;
mod grid;
mod halves;
pub mod ink;
mod inputs;
mod lines;
mod order;
mod overprint;
pub mod path;
mod rows;
mod scan;
mod stitch;
pub mod symbol;
mod tidy;

pub use assemble::Note as Remark;
pub use lines::is_cjk;

/// The pages of one file while they are read.
#[derive(Default)]
pub struct Pages {
    pub amiss: Amiss,
    drafts: Vec<Draft>,
    notes: Vec<Vec<Note>>,
    recognised: BTreeMap<u32, Recognised>,
}

impl Pages {
    /// Takes what the next page prints; `shown` is the page's box.
    pub fn add(&mut self, mut ink: Ink, shown: Rect, notes: Vec<Note>) {
        let number = self.drafts.len() as u32 + 1;
        tidy::tidy(&mut ink);
        self.amiss.page(number, &ink, shown);
        self.drafts.push(draft::draft(&ink, shown, number));
        self.notes.push(notes);
    }

    /// Takes the next page as it was recognised in its picture.
    pub fn add_recognised(&mut self, found: Recognised) {
        let number = self.drafts.len() as u32 + 1;
        self.amiss.recognised(number, &found);
        self.drafts.push(scan::draft(&found, number));
        self.notes.push(Vec::new());
        self.recognised.insert(number, found);
    }

    /// Takes the next page, a picture that was not recognised.
    pub fn add_unread(&mut self) {
        let whole = Rect::new(0.0, 0.0, 1.0, 1.0);
        self.add(Ink { pictures: vec![whole], ..Ink::default() }, whole, Vec::new());
    }

    /// Blocks in reading order, how much was read, and what was not. `name` is the format's, as people say it;
    /// `problems` are those of the file as a whole, and `is_partial` tells whether they cost content.
    pub fn finish(self, name: &str, pages: u32, problems: Vec<Problem>, is_partial: bool) -> (Vec<Block>, Read, Vec<Problem>) {
        let mut blocks = assemble::blocks(self.drafts, self.notes);
        scan::settle(&mut blocks, &self.recognised);
        let (read, problems) = self.amiss.finish(name, pages, &blocks, problems, is_partial);
        // a scanner's mark or the first words of a hidden layer on pages of pictures: too little to be called the file's text
        if read == Read::None {
            blocks.retain(|block| block.text.trim().is_empty());
        }
        (blocks, read, problems)
    }
}

/// The note that a file carries others inside.
pub fn attached(format: &str, names: &[String]) -> Problem {
    let shown: Vec<&str> = names.iter().take(10).map(String::as_str).collect();
    let more = if names.len() > shown.len() { "…" } else { "" };
    Problem::new(
        ProblemKind::Note,
        say!(
            "{0} 内嵌有 {1} 个附件：{2}{3}；请核对是否属于申报材料",
            "the {0} carries {1} files inside: {2}{3}; see whether they belong to the dossier",
            format,
            names.len(),
            shown.join("、"),
            more
        ),
    )
}

/// The note that something was changed after it was signed.
pub fn changed_after_signing(signatures: &[DigitalSignature]) -> Option<Problem> {
    let changed: Vec<&DigitalSignature> = signatures.iter().filter(|s| s.integrity == Integrity::Changed).collect();
    let names: Vec<&str> = changed.iter().take(10).filter_map(|s| s.seal.as_deref().or(s.signer.as_deref())).collect();
    (!changed.is_empty()).then(|| {
        Problem::new(
            ProblemKind::Note,
            say!(
                "有 {0} 个电子签章的校验值与文件内容不符（{1}），签署后文件可能被改动，请核实",
                "{0} digital signatures do not agree with the content ({1}): the file may have been changed after signing; please check",
                changed.len(),
                names.join("、")
            ),
        )
    })
}
