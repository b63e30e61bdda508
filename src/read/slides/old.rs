//! Presentations of PowerPoint 97 to 2003 ([MS-PPT]): the texts of the slides and of their notes.
//!
//! A file holds all versions that were saved; which records are in force is told by the persist directory. The text
//! of a title or an outline stands in the list of slides, and the shape on the slide points to it.
use super::encrypted;
use crate::model::{BlockKind, Document, Format, Problem, ProblemKind};
use crate::read::Limits;
use crate::read::compound::Compound;
use crate::read::le::{u16_at, u32_at};
use crate::read::word::faults::{Faults, file_too_large};
use crate::read::word::out::Out;
use crate::read::word::tree::Tree;
use crate::say;
use std::collections::HashMap;
use std::ops::Range;

const DOCUMENT: u16 = 0x03E8;
const SLIDE: u16 = 0x03EE;
const NOTES: u16 = 0x03F0;
const NOTES_ATOM: u16 = 0x03F1;
const SLIDE_PERSIST: u16 = 0x03F3;
const SLIDE_LIST: u16 = 0x0FF0;
const USER_EDIT: u16 = 0x0FF5;
const PERSIST_DIRECTORY: u16 = 0x1772;
const TEXT_REFERENCE: u16 = 0x0F9E;
const TEXT_HEADER: u16 = 0x0F9F;
const TEXT_CHARS: u16 = 0x0FA0;
const TEXT_BYTES: u16 = 0x0FA8;
const TEXT_BOX: u16 = 0xF00D;

/// Reads a presentation.
pub fn read(bytes: &[u8], limits: &Limits) -> Document {
    let size = bytes.len() as u64;
    if size > limits.file_bytes {
        return Document::unread(Format::Ppt, file_too_large(size, limits.file_bytes));
    }
    let file = Compound::open(bytes);
    let stream = |name: &str| file.as_ref().and_then(|f| f.stream(name));
    let Some(main) = stream("PowerPoint Document").filter(|s| !s.bytes.is_empty()) else {
        return Document::unread(Format::Ppt, damaged());
    };
    let user = stream("Current User").map(|s| s.bytes).unwrap_or_default();
    if u32_at(&user, 12) == Some(0xF3D1_C4DF) {
        return Document::unread(Format::Ppt, encrypted());
    }
    let mut faults = Faults::default();
    if main.cut {
        faults.cut();
    }
    let show = Show { bytes: &main.bytes, persist: persist(&main.bytes, u32_at(&user, 16)) };
    let Some(slides) = show.slides(limits.pages as usize) else { return Document::unread(Format::Ppt, damaged()) };
    let mut tree = Tree::new(Out::new(limits, 0));
    for (page, slide) in (1u32..).zip(&slides) {
        tree.out.page = page;
        for text in &slide.texts {
            write(&mut tree, if text.title { BlockKind::Heading } else { BlockKind::TextBox }, &text.words);
        }
        for text in &slide.notes {
            write(&mut tree, BlockKind::Footnote, &text.words);
        }
        if tree.out.over.is_some() {
            break;
        }
    }
    if let Some(over) = tree.out.over {
        faults.over(over, limits);
    }
    let blocks = tree.finish();
    faults.note(
        ProblemKind::Note,
        say!(
            "这是旧版 PowerPoint 演示文稿（ppt），只读取了文字，表格按文本框列出；如需核对版式请另存为 pptx 提交",
            "this is an old PowerPoint presentation; its texts were read, tables as text boxes; save it as pptx where the layout matters"
        ),
    );
    if blocks.is_empty() {
        faults.lost(
            ProblemKind::ImageOnly,
            say!(
                "演示文稿中没有读出文字，内容可能都在图片里；请另存为 pptx 或 PDF 提交",
                "no text was found in the presentation, it may be all pictures; save it as pptx or PDF"
            ),
        );
    }
    let (read, problems) = faults.verdict();
    Document { pages: u32::try_from(slides.len()).ok(), read, problems, ..Document::read_full(Format::Ppt, blocks) }
}

fn write(tree: &mut Tree, kind: BlockKind, words: &str) {
    if words.trim().is_empty() {
        return;
    }
    if kind == BlockKind::Footnote {
        tree.begin_beside(kind);
    } else {
        tree.begin_box(kind);
    }
    for line in words.split('\r') {
        tree.begin_paragraph();
        // Within a paragraph a vertical tab begins a new line.
        tree.print(&line.replace('\u{b}', "\n"));
        tree.end_paragraph(None, false);
    }
    if kind == BlockKind::Footnote {
        tree.end_beside();
    } else {
        tree.end_box();
    }
}

/// A text and whether it is a title.
#[derive(Debug, Clone, Default, PartialEq)]
struct Text {
    words: String,
    title: bool,
    notes: bool,
}

#[derive(Debug, Default)]
struct Slide {
    texts: Vec<Text>,
    notes: Vec<Text>,
}

/// A record: its kind, its instance, its data.
struct Record {
    kind: u16,
    instance: u16,
    container: bool,
    data: Range<usize>,
}

fn record(bytes: &[u8], at: usize) -> Option<Record> {
    let head = u16_at(bytes, at)?;
    let length = u32_at(bytes, at.checked_add(4)?)? as usize;
    let start = at + 8;
    let end = start.saturating_add(length).min(bytes.len());
    Some(Record { kind: u16_at(bytes, at + 2)?, instance: head >> 4, container: head & 0xF == 0xF, data: start..end })
}

/// The records right within a range.
fn children(bytes: &[u8], within: Range<usize>) -> impl Iterator<Item = Record> {
    let mut at = within.start;
    std::iter::from_fn(move || {
        let found = record(bytes, at).filter(|_| at + 8 <= within.end)?;
        at = found.data.end;
        Some(found)
    })
}

/// All records within a range, containers before what they hold.
fn all(bytes: &[u8], within: Range<usize>) -> impl Iterator<Item = Record> {
    let mut at = within.start;
    std::iter::from_fn(move || {
        let found = record(bytes, at).filter(|_| at + 8 <= within.end)?;
        at = if found.container { found.data.start } else { found.data.end };
        Some(found)
    })
}

/// Edits looked at; each save adds one.
const EDITS: usize = 10_000;
/// Objects of one file.
const OBJECTS: usize = 100_000;

/// Where each object stands, by number; and the number of the document.
fn persist(bytes: &[u8], newest: Option<u32>) -> (HashMap<u32, usize>, Option<u32>) {
    let mut found = HashMap::new();
    let (mut document, mut edit) = (None, newest);
    for _ in 0..EDITS {
        let Some(user) = edit.and_then(|at| record(bytes, at as usize)).filter(|r| r.kind == USER_EDIT) else { break };
        let number = |at: usize| u32_at(bytes, user.data.start + at);
        document = document.or(number(16));
        if let Some(directory) = number(12).and_then(|at| record(bytes, at as usize)).filter(|r| r.kind == PERSIST_DIRECTORY) {
            let mut at = directory.data.start;
            while let Some(head) = u32_at(bytes, at).filter(|_| at < directory.data.end) {
                at += 4;
                for n in 0..head >> 20 {
                    let Some(offset) = u32_at(bytes, at).filter(|_| found.len() < OBJECTS) else { break };
                    // Newer edits come first and hold.
                    found.entry((head & 0xF_FFFF) + n).or_insert(offset as usize);
                    at += 4;
                }
            }
        }
        let earlier = number(8).filter(|at| *at > 0);
        if earlier >= edit {
            break;
        }
        edit = earlier;
    }
    (found, document)
}

struct Show<'b> {
    bytes: &'b [u8],
    persist: (HashMap<u32, usize>, Option<u32>),
}

impl Show<'_> {
    fn object(&self, number: u32, kind: u16) -> Option<Record> {
        self.persist.0.get(&number).and_then(|at| record(self.bytes, *at)).filter(|r| r.kind == kind)
    }

    fn slides(&self, most: usize) -> Option<Vec<Slide>> {
        let document = self.persist.1.and_then(|n| self.object(n, DOCUMENT));
        let document = document.or_else(|| children(self.bytes, 0..self.bytes.len()).filter(|r| r.kind == DOCUMENT).last())?;
        let mut slides = Vec::new();
        let mut by_id: HashMap<u32, usize> = HashMap::new();
        let lists = || children(self.bytes, document.data.clone()).filter(|r| r.kind == SLIDE_LIST);
        for list in lists().filter(|l| l.instance == 0) {
            for (number, id, outline) in self.listed(list.data).into_iter().take(most) {
                let mut texts = match self.object(number, SLIDE) {
                    Some(slide) => self.texts(slide.data, &outline),
                    None => Vec::new(),
                };
                // What no shape shows is still in the outline.
                texts.extend(outline.into_iter().filter(|o| !o.words.trim().is_empty()).filter(|o| !texts.contains(o)).collect::<Vec<_>>());
                by_id.insert(id, slides.len());
                slides.push(Slide { texts, notes: Vec::new() });
            }
        }
        for list in lists().filter(|l| l.instance == 2) {
            for (number, _, outline) in self.listed(list.data).into_iter().take(most) {
                let Some(notes) = self.object(number, NOTES) else { continue };
                let of = children(self.bytes, notes.data.clone()).find(|r| r.kind == NOTES_ATOM).and_then(|r| u32_at(self.bytes, r.data.start));
                if let Some(slide) = of.and_then(|id| by_id.get(&id)).and_then(|n| slides.get_mut(*n)) {
                    slide.notes = self.texts(notes.data, &outline).into_iter().filter(|t| t.notes).collect();
                }
            }
        }
        Some(slides)
    }

    /// The slides of a list: number of the object, the slide's own number, the texts of its outline.
    fn listed(&self, list: Range<usize>) -> Vec<(u32, u32, Vec<Text>)> {
        let mut found: Vec<(u32, u32, Vec<Text>)> = Vec::new();
        let mut kind = 0;
        for record in children(self.bytes, list) {
            let room = found.len() < OBJECTS;
            match (record.kind, found.last_mut()) {
                (SLIDE_PERSIST, _) if room => {
                    let number = |at: usize| u32_at(self.bytes, record.data.start + at).unwrap_or(0);
                    found.push((number(0), number(12), Vec::new()));
                }
                (TEXT_HEADER, Some((_, _, texts))) => {
                    kind = u32_at(self.bytes, record.data.start).unwrap_or(0);
                    texts.push(Text::of(kind));
                }
                (TEXT_CHARS | TEXT_BYTES, Some((_, _, texts))) => {
                    if texts.is_empty() {
                        texts.push(Text::of(kind));
                    }
                    if let Some(text) = texts.last_mut() {
                        text.words = self.words(&record);
                    }
                }
                _ => {}
            }
        }
        found
    }

    /// The texts of the shapes of a slide, in their order.
    fn texts(&self, within: Range<usize>, outline: &[Text]) -> Vec<Text> {
        let mut found: Vec<Text> = Vec::new();
        let mut end = 0;
        for record in all(self.bytes, within) {
            let inside = record.data.start < end;
            match record.kind {
                TEXT_BOX => {
                    end = record.data.end;
                    found.push(Text::default());
                }
                TEXT_REFERENCE if inside => {
                    let at = u32_at(self.bytes, record.data.start).unwrap_or(u32::MAX) as usize;
                    if let Some((slot, text)) = found.last_mut().zip(outline.get(at)) {
                        slot.clone_from(text);
                    }
                }
                TEXT_HEADER if inside => {
                    let kind = u32_at(self.bytes, record.data.start).unwrap_or(0);
                    if let Some(slot) = found.last_mut() {
                        *slot = Text::of(kind);
                    }
                }
                TEXT_CHARS | TEXT_BYTES if inside => {
                    if let Some(slot) = found.last_mut() {
                        slot.words = self.words(&record);
                    }
                }
                _ => {}
            }
        }
        found
    }

    fn words(&self, record: &Record) -> String {
        let data = self.bytes.get(record.data.clone()).unwrap_or(&[]);
        if record.kind == TEXT_BYTES {
            return data.iter().map(|b| char::from(*b)).collect();
        }
        let units: Vec<u16> = data.chunks_exact(2).map(|c| u16::from_le_bytes([c[0], c[1]])).collect();
        String::from_utf16_lossy(&units)
    }
}

impl Text {
    /// Kinds 0 and 6 are titles, 2 are notes.
    fn of(kind: u32) -> Self {
        Self { words: String::new(), title: matches!(kind, 0 | 6), notes: kind == 2 }
    }
}

fn damaged() -> Problem {
    Problem::new(
        ProblemKind::Damaged,
        say!(
            "文件已损坏：其中没有可以读取的演示文稿；请用 PowerPoint 或 WPS 打开检查，重新另存为 pptx 后提交",
            "the file is damaged: it holds no presentation that can be read; open it, save it again as pptx and hand that in"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rec(kind: u16, instance: u16, container: bool, data: &[u8]) -> Vec<u8> {
        let head = instance << 4 | if container { 0xF } else { 0 };
        [&head.to_le_bytes()[..], &kind.to_le_bytes(), &(data.len() as u32).to_le_bytes(), data].concat()
    }

    fn chars(text: &str) -> Vec<u8> {
        rec(TEXT_CHARS, 0, false, &text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>())
    }

    fn numbers(all: &[u32]) -> Vec<u8> {
        all.iter().flat_map(|n| n.to_le_bytes()).collect()
    }

    /// A stream of one slide whose title stands in the outline and whose text box in the slide, and its newest edit.
    fn stream() -> (Vec<u8>, u32) {
        let outline = [rec(SLIDE_PERSIST, 0, false, &numbers(&[2, 0, 1, 256, 0])), rec(TEXT_HEADER, 0, false, &numbers(&[0])), chars("标题")].concat();
        let document = rec(DOCUMENT, 0, true, &rec(SLIDE_LIST, 0, true, &outline));
        let title = rec(TEXT_BOX, 0, true, &rec(TEXT_REFERENCE, 0, false, &numbers(&[0])));
        let text = rec(TEXT_BOX, 0, true, &[rec(TEXT_HEADER, 0, false, &numbers(&[4])), chars("第一段\r第二\u{b}行")].concat());
        let slide = rec(SLIDE, 0, true, &[text, title].concat());
        let directory_at = (document.len() + slide.len()) as u32;
        let directory = rec(PERSIST_DIRECTORY, 0, false, &numbers(&[2 << 20 | 1, 0, document.len() as u32]));
        let edit_at = directory_at + directory.len() as u32;
        let edit = rec(USER_EDIT, 0, false, &numbers(&[256, 0, 0, directory_at, 1, 3, 1]));
        ([document, slide, directory, edit].concat(), edit_at)
    }

    #[test]
    fn texts_of_outline_and_shapes_come_once_in_the_order_of_the_shapes() {
        let (bytes, edit) = stream();
        let show = Show { bytes: &bytes, persist: persist(&bytes, Some(edit)) };
        let slides = show.slides(10).unwrap();
        let texts: Vec<_> = slides[0].texts.iter().map(|t| (t.words.as_str(), t.title)).collect();
        assert_eq!(texts, [("第一段\r第二\u{b}行", false), ("标题", true)]);
        let lost = Show { bytes: &bytes, persist: persist(&bytes, None) };
        assert_eq!(lost.slides(10).unwrap()[0].texts[0].words, "标题", "without its directory the outline is left");
    }

    #[test]
    fn lying_lengths_neither_panic_nor_hang() {
        let (bytes, edit) = stream();
        for at in 0..bytes.len() {
            for value in [0, 0xFF] {
                let mut broken = bytes.clone();
                broken[at] = value;
                let show = Show { bytes: &broken, persist: persist(&broken, Some(edit)) };
                show.slides(10);
            }
        }
    }
}
