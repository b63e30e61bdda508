//! RTF to blocks: one pass over the signs, groups on a stack, tables from the marks that end their cells and rows.
//!
//! ```text
//! tokens   groups, control words, bytes
//! fonts    which bytes are which characters
//! reader   what the words do: destinations, properties, fields; story the text in the making; row the row defined
//! ```
//!
//! Printed is what Word prints with all changes accepted. Automatic numbers are those the file wrote beside its
//! paragraphs. Not read: text inside pictures and embedded objects, pages.
mod fonts;
mod reader;
mod row;
mod story;
mod tokens;
mod words;

use self::reader::Reader;
use self::tokens::Tokens;
use super::Limits;
use super::word::faults::{self, Faults};
use super::word::flow::Flow;
use super::word::out::Out;
use super::word::pictures;
use crate::model::{Document, Format, ProblemKind};

/// Reads an RTF file.
pub fn read(bytes: &[u8], limits: &Limits) -> Document {
    let size = bytes.len() as u64;
    if size > limits.file_bytes {
        return Document::unread(Format::Rtf, faults::file_too_large(size, limits.file_bytes));
    }
    let mut reader = Reader::new(limits, Flow::new(Out::new(limits, 0)));
    for token in Tokens::new(bytes) {
        if !reader.token(token) {
            break;
        }
    }
    let read = reader.finish();
    let mut faults = Faults::default();
    if read.open_groups {
        faults.cut();
    }
    if read.too_deep {
        faults.too_deep();
    }
    if let Some(over) = read.over {
        faults.over(over, limits);
    }
    if read.blocks.is_empty() && !read.open_groups {
        faults.nothing_there();
    }
    if let Some(say) = pictures::unread(&read.blocks, read.large_pictures) {
        faults.lost(ProblemKind::ImageOnly, say);
    }
    let (how, problems) = faults.verdict();
    Document { pages: read.pages, read: how, problems, has_page_pictures: read.large_pictures > 0, ..Document::read_full(Format::Rtf, read.blocks) }
}
