//! Bytes to [`Document`]: one file per format. Total: bad input is data, not an exception.
use crate::model::{Document, Format, Problem, ProblemKind};
use crate::say;
use ocr::Recognised;
use std::collections::BTreeMap;

mod compound;
mod der;
mod doc;
mod docx;
mod drawn;
mod html;
mod image;
mod layout;
mod le;
mod limits;
pub mod marks;
mod names;
pub mod ocr;
mod odf;
mod ofd;
mod package;
mod pdf;
mod plain;
mod reader;
mod rtf;
mod sheet;
mod sheets;
mod slides;
mod sniff;
mod symbol_font;
mod tiff;
mod word;
mod xml;

pub use limits::Limits;
pub use names::{endings, is_known_ending};
pub use pdf::fits as pdf_fits;
pub use reader::{Reader, answer};
pub use sniff::sniff;

/// Reads one file. `name` only helps where the bytes leave a choice (CSV or text).
pub fn read(name: &str, bytes: &[u8], limits: &Limits) -> Document {
    read_as(sniff(name, bytes), bytes, limits)
}

/// Reads bytes as a format, whatever they are: what [`read`] does once it knows, and where fuzzing begins.
pub fn read_as(format: Format, bytes: &[u8], limits: &Limits) -> Document {
    read_with(format, bytes, limits, BTreeMap::new())
}

/// Reads bytes of which some pages were recognised in pictures before.
fn read_with(format: Format, bytes: &[u8], limits: &Limits, recognised: BTreeMap<u32, Recognised>) -> Document {
    let has_sheets = format == Format::Docx;
    let (pages, sheets) = if has_sheets { (BTreeMap::new(), recognised) } else { (recognised, BTreeMap::new()) };
    let mut document = by_format(format, bytes, limits, pages);
    drawn::tables(&mut document);
    sheets::add(&mut document, sheets);
    let has_words = document.blocks.iter().any(|block| !block.text.trim().is_empty());
    if !has_words && document.picture.is_none() && document.problems.is_empty() {
        // An empty answer is never given in silence, whatever the format.
        document.problems.push(Problem::new(ProblemKind::Note, say!("文件里没有文字", "there is no text in the file")));
    }
    document
}

fn by_format(format: Format, bytes: &[u8], limits: &Limits, recognised: BTreeMap<u32, Recognised>) -> Document {
    match format {
        Format::Docx => docx::read(bytes, limits),
        Format::Doc | Format::Wps => doc::read(format, bytes, limits),
        Format::Pdf => pdf::read_with(bytes, limits, recognised),
        Format::Ofd => ofd::read_with(bytes, limits, recognised),
        Format::Xlsx | Format::Xls | Format::Et | Format::Ods | Format::SheetXml => sheet::read(format, bytes, limits),
        Format::WordXml => docx::single::read(bytes, limits),
        Format::Rtf => rtf::read(bytes, limits),
        Format::Odt | Format::Odp => odf::read(format, bytes, limits),
        Format::Pptx => slides::read(bytes, limits),
        Format::Ppt => slides::old::read(bytes, limits),
        Format::Html | Format::Mht => html::read(format, bytes, limits),
        Format::Csv | Format::Txt => plain::read(format, bytes, limits),
        format if format.is_picture() => image::read(format, bytes, limits, recognised),
        Format::Empty => Document::unread(
            format,
            Problem::new(ProblemKind::Empty, say!("文件是空的（0 字节），请重新提交这个文件", "the file is empty (0 bytes); hand it in again")),
        ),
        _ => Document::unread(
            format,
            Problem::new(ProblemKind::Unsupported, say!("暂不能读取这种格式，请另存为 docx 或 PDF 提交", "this format is not read; hand in a docx or a PDF")),
        ),
    }
}
