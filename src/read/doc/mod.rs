//! DOC and WPS (Word 97 to 2003, [MS-DOC]) to blocks: the same blocks that a DOCX of the same text gives.
//!
//! ```text
//! fib       where everything stands
//! pieces    the text in its order
//! fkp       which bytes have which properties; sprm what the properties are; styles what they inherit
//! source    paragraphs and runs of characters with their properties
//! story     what is printed of them: rows (of tables), shapes (pictures, text boxes), notes, lists, form
//! faults    what went wrong, in words
//! ```
//!
//! Printed is what Word prints with all changes accepted, as for DOCX. Not read: text inside pictures and embedded
//! objects, pages (the file does not say where they break), passwords.
mod faults;
mod fib;
mod fkp;
mod form;
mod lists;
mod notes;
mod old;
mod pieces;
mod rows;
mod shapes;
mod source;
mod sprm;
mod story;
mod styles;
mod summary;
mod works;

use self::fib::{Fib, Part};
pub(super) use self::lists::name as number_name;
use self::notes::Notes;
use self::pieces::Text;
use self::shapes::{Drawings, Parts};
use self::source::Source;
use self::story::Story;
use super::Limits;
use super::compound::{Compound, SIGNATURE, Stream};
use super::word::faults::{Faults, file_too_large};
use super::word::flow::Flow;
use super::word::out::Out;
use super::word::pictures;
use crate::model::{BlockKind, Document, Format, ProblemKind};
use std::collections::BTreeSet;
use std::ops::Range;

/// Reads a Word binary document.
pub fn read(format: Format, bytes: &[u8], limits: &Limits) -> Document {
    let size = bytes.len() as u64;
    if size > limits.file_bytes {
        return Document::unread(format, file_too_large(size, limits.file_bytes));
    }
    if !bytes.starts_with(&SIGNATURE) {
        return Document::unread(format, faults::too_old());
    }
    let file = Compound::open(bytes);
    let stream = |name: &str| file.as_ref().and_then(|f| f.stream(name));
    let Some(main) = stream("WordDocument").filter(|s| !s.bytes.is_empty()).or_else(|| first_sectors(bytes)) else {
        let names = file.as_ref().map(Compound::names).unwrap_or_default();
        if let Some(text) = file.as_ref().and_then(works::text) {
            return works_document(format, &text, limits);
        }
        let works = names.iter().any(|n| n.eq_ignore_ascii_case("MatOST") || n.eq_ignore_ascii_case("CONTENTS"));
        return Document::unread(
            format,
            match file {
                None => faults::cut_off(),
                Some(_) if works => faults::works(),
                Some(_) => faults::not_a_document(),
            },
        );
    };
    let Some(fib) = Fib::parse(&main.bytes) else {
        return Document::unread(format, if main.cut { faults::cut_off() } else { faults::not_a_document() });
    };
    if fib.encrypted {
        return Document::unread(format, faults::encrypted());
    }
    let mut faults = Faults::default();
    if fib.is_old() {
        let Some((blocks, over)) = old::read(&fib, &main.bytes, limits) else {
            return Document::unread(format, faults::too_old());
        };
        faults.old();
        if let Some(over) = over {
            faults.over(over, limits);
        }
        let (read, problems) = faults.verdict();
        return Document { read, problems, ..Document::read_full(format, blocks) };
    }
    let named = if fib.one_table { ["1Table", "0Table"] } else { ["0Table", "1Table"] };
    let table = named.iter().find_map(|n| stream(n)).unwrap_or_default();
    let data = stream("Data").unwrap_or_default();
    if main.cut || table.cut || data.cut {
        faults.cut();
    }
    let table = table.bytes;
    // Each character takes at least a byte; a piece table may say more, by naming the same bytes again.
    let most = main.bytes.len().min(i32::MAX as usize);
    let text = Text::read(fib.part(Part::Pieces, &table), &main.bytes, most).or_else(|| {
        faults.no_pieces();
        Text::one_stretch(&main.bytes, fib.text.0, fib.text.1, fib.counts.body, most)
    });
    let Some(text) = text else {
        return Document::unread(format, if table.is_empty() { faults::cut_off() } else { faults::not_a_document() });
    };
    let texts = Texts::of(&fib, text.units.len());
    if text.cut || texts.missing {
        faults.cut();
    }
    if text.has_zeros() || texts.unclaimed {
        faults.gaps();
    }
    let pages = stream("\u{5}SummaryInformation").and_then(|s| summary::pages(&s.bytes));
    let source = Source::open(&fib, main.bytes, &table, data.bytes, text);
    if source.properties_lost() {
        faults.no_properties();
    }
    Reading { fib, table, source, texts, limits, faults }.document(format, pages)
}

/// What Microsoft Works wrote, of which only the text is known.
fn works_document(format: Format, text: &str, limits: &Limits) -> Document {
    let mut out = Out::new(limits, 0);
    works::write(text, &mut out);
    let mut faults = Faults::default();
    faults.works_text();
    if let Some(over) = out.over {
        faults.over(over, limits);
    }
    let (read, problems) = faults.verdict();
    Document { read, problems, ..Document::read_full(format, out.finish()) }
}

/// The document where the directory that names it is lost: nearly always it begins the file.
fn first_sectors(bytes: &[u8]) -> Option<Stream> {
    let rest = bytes.get(512..)?;
    rest.starts_with(&[0xEC, 0xA5]).then(|| Stream { bytes: rest.to_vec(), cut: true })
}

/// Characters at the end of the file that belong to no text.
const LEFT_OVER: usize = 16;

/// Where in the characters of the file each text stands.
struct Texts {
    body: Range<u32>,
    footnotes: Range<u32>,
    headers: Range<u32>,
    comments: Range<u32>,
    endnotes: Range<u32>,
    body_boxes: Range<u32>,
    header_boxes: Range<u32>,
    /// Fewer characters are there than the texts count.
    missing: bool,
    /// More are there, beyond the few that writers leave at the end.
    unclaimed: bool,
}

impl Texts {
    fn of(fib: &Fib, there: usize) -> Self {
        let mut at = 0u32;
        let mut missing = false;
        let mut next = |count: u32| {
            let start = at;
            at = at.saturating_add(count);
            missing |= at as usize > there;
            let there = there as u32;
            start.min(there)..at.min(there)
        };
        let c = fib.counts;
        let (body, footnotes, headers) = (next(c.body), next(c.footnotes), next(c.headers));
        next(c.macros);
        let (comments, endnotes, body_boxes, header_boxes) = (next(c.comments), next(c.endnotes), next(c.body_boxes), next(c.header_boxes));
        let unclaimed = at as usize + LEFT_OVER < there;
        Self { body, footnotes, headers, comments, endnotes, body_boxes, header_boxes, missing, unclaimed }
    }
}

/// One document while it is read.
struct Reading<'a> {
    fib: Fib,
    table: Vec<u8>,
    source: Source,
    texts: Texts,
    limits: &'a Limits,
    faults: Faults,
}

impl Reading<'_> {
    fn document(mut self, format: Format, pages: Option<u32>) -> Document {
        let part = |part| self.fib.part(part, &self.table);
        let notes = [
            Notes::read(BlockKind::Footnote, (part(Part::FootnoteRefs), 2), part(Part::FootnoteTexts), &self.texts.footnotes),
            Notes::read(BlockKind::Footnote, (part(Part::EndnoteRefs), 2), part(Part::EndnoteTexts), &self.texts.endnotes),
            Notes::read(BlockKind::Comment, (part(Part::CommentRefs), 30), part(Part::CommentTexts), &self.texts.comments),
        ];
        let refs: BTreeSet<u32> = notes.iter().flat_map(|n| n.refs.iter().copied()).collect();
        let numbering = lists::read(self.fib.part_and_rest(Part::Lists, &self.table), part(Part::ListUses), &self.source.styles);
        let body = Parts { shapes: Part::BodyShapes, boxes: Part::BodyBoxes, text: self.texts.body_boxes.clone() };
        let drawings = Drawings::read(&self.fib, &self.table, &body);

        let mut story = Story::new(&self.source, numbering, drawings, refs, Flow::new(Out::new(self.limits, 0)));
        story.body(self.texts.body.clone());
        for notes in &notes {
            notes.write(&mut story);
        }
        let headers = Parts { shapes: Part::HeaderShapes, boxes: Part::HeaderBoxes, text: self.texts.header_boxes.clone() };
        story.enter_headers(Drawings::read(&self.fib, &self.table, &headers), self.texts.headers.start);
        notes::headers(&self.fib, &self.table, &self.texts.headers, &mut story);

        let (large, over) = (story.large_pictures, story.flow.out.over);
        let mut blocks = story.flow.out.finish();
        blocks.iter_mut().for_each(|b| b.at.page = None);
        if let Some(over) = over {
            self.faults.over(over, self.limits);
        }
        let shows = self.source.text.units.get(..self.texts.body.end as usize).unwrap_or(&[]).iter().any(|u| *u > 0x20 && *u != 0xA0);
        if shows && blocks.iter().all(|b| b.text.trim().is_empty() && b.label.is_none() && b.kind != BlockKind::Picture) {
            self.faults.nothing_shown();
        }
        if blocks.is_empty() && !shows {
            self.faults.nothing_there();
        }
        if let Some(say) = pictures::unread(&blocks, large) {
            self.faults.lost(ProblemKind::ImageOnly, say);
        }
        let (read, problems) = self.faults.verdict();
        Document { pages, read, problems, has_page_pictures: large > 0, ..Document::read_full(format, blocks) }
    }
}
