//! Word documents that are one XML file: Word 2003's own, and packages written out flat.
use super::names::El;
use super::numbering::NumberingPart;
use super::story::Story;
use super::styles::Styles;
use super::{Faults, Reading};
use crate::model::{Block, BlockKind, Document, Format};
use crate::read::Limits;
use crate::read::package::{Package, encoding};
use crate::read::word::faults::file_too_large;
use crate::read::word::out::asides_last;
use crate::read::xml::{Attrs, Visit, Visitor, Walked, walk};
use std::io::Read;

/// Reads a Word document that is one XML file.
pub fn read(bytes: &[u8], limits: &Limits) -> Document {
    let most = limits.file_bytes.min(limits.part_bytes);
    let size = bytes.len() as u64;
    if size > most {
        return Document::unread(Format::WordXml, file_too_large(size, most));
    }
    let mut text = String::new();
    // What is no text became U+FFFD, and reading from memory does not fail.
    let _ = encoding::utf8(bytes, true).read_to_string(&mut text);
    if let Some(package) = Package::flat(&text, limits) {
        let document = Reading { package, limits, faults: Faults::default(), characters: 0 }.document();
        return Document { format: Format::WordXml, ..document };
    }
    classic(&text, limits)
}

fn classic(text: &str, limits: &Limits) -> Document {
    let most = limits.definitions as usize;
    let mut styles = Only::new(El::StylesPart, Styles::new(most));
    walk(text.as_bytes(), limits.depth, &mut styles);
    let mut styles = styles.inner;
    styles.finish();
    let mut lists = Only::new(El::ListsPart, NumberingPart::new(most));
    walk(text.as_bytes(), limits.depth, &mut lists);
    let mut numbering = lists.inner.numbering;

    let mut body = Only::new(El::Body, Story::single(&styles, &mut numbering, limits));
    let walked: Walked = walk(text.as_bytes(), limits.depth, &mut body);
    let mut story = body.inner;
    story.end();
    let mut faults = Faults::default();
    faults.main(walked, false, limits);
    if let Some(over) = story.out.over {
        faults.over(over, limits);
    }
    let seen = std::mem::take(&mut story.seen);
    let mut blocks = once(asides_last(story.out.finish()));
    blocks.iter_mut().for_each(|b| b.at.page = None);
    faults.pictures(&seen, &blocks);
    let head = text.get(..1 << 16).unwrap_or(text);
    let pages = head.split_once("<o:Pages>").and_then(|(_, rest)| rest.split('<').next()?.trim().parse().ok()).filter(|n| *n > 0);
    let (read, problems) = faults.verdict();
    Document { pages, read, problems, ..Document::read_full(Format::WordXml, blocks) }
}

/// Each header and footer once; sections repeat theirs.
fn once(blocks: Vec<Block>) -> Vec<Block> {
    let mut seen: Vec<(BlockKind, String)> = Vec::new();
    let mut first = |block: &Block| {
        if !matches!(block.kind, BlockKind::Header | BlockKind::Footer) {
            return true;
        }
        let new = seen.len() < 600 && !seen.iter().any(|(kind, text)| *kind == block.kind && *text == block.text);
        if new {
            seen.push((block.kind, block.text.clone()));
        }
        new
    };
    blocks.into_iter().filter(|b| first(b)).collect()
}

/// Shows a visitor one element of the file, with all it holds, and nothing else.
struct Only<V> {
    root: El,
    inner: V,
    inside: bool,
}

impl<V> Only<V> {
    fn new(root: El, inner: V) -> Self {
        Self { root, inner, inside: false }
    }
}

impl<V: Visitor<El = El>> Visitor for Only<V> {
    type El = El;

    fn open(&mut self, el: El, parent: El, attrs: &Attrs) -> Visit {
        if self.inside {
            return self.inner.open(el, parent, attrs);
        }
        self.inside = el == self.root;
        let other = matches!(el, El::Body | El::StylesPart | El::ListsPart | El::DocProperties) && !self.inside;
        if other { Visit::Skip } else { Visit::Into }
    }

    fn close(&mut self, el: El, parent: El) {
        if self.inside && el == self.root {
            self.inside = false;
        } else if self.inside {
            self.inner.close(el, parent);
        }
    }

    fn text(&mut self, text: &str, parent: El) {
        if self.inside {
            self.inner.text(text, parent);
        }
    }
}
