//! Pages of HTML, and web archives (MHT) that hold one with its pictures, to blocks.
//!
//! ```text
//! charset  which bytes are which characters
//! guard    what could cost the parser more than its length is taken out
//! style    what styles hide, symbol fonts
//! story    the elements to blocks
//! archive  the pages of a web archive
//! ```
//!
//! Word and Excel save such pages under the names `.doc` and `.xls`, too. Left out: scripts, styles, hidden text, what
//! was deleted. Not read: text inside pictures, pages that lie in other files.
mod archive;
mod charset;
mod guard;
mod story;
mod style;

use self::story::Story;
use super::Limits;
use super::word::faults::{Faults, file_too_large};
use super::word::out::{Out, Over};
use super::word::pictures;
use super::word::tree::Tree;
use crate::model::{Document, Format, ProblemKind};
use crate::say;
use scraper::Html;

/// Reads a page or a web archive.
pub fn read(format: Format, bytes: &[u8], limits: &Limits) -> Document {
    let size = bytes.len() as u64;
    // A page is one part; the tree of it takes many times its bytes.
    if size > limits.file_bytes.min(limits.part_bytes) {
        return Document::unread(format, file_too_large(size, limits.file_bytes.min(limits.part_bytes)));
    }
    let mut faults = Faults::default();
    let pages = match format {
        Format::Mht => archive::pages(bytes, limits.parts as usize),
        _ => vec![(bytes.to_vec(), None)],
    };
    let mut story = Story::new(Tree::new(Out::new(limits, 0)));
    let mut frames = false;
    for (page, charset) in &pages {
        let decoded = charset::decode(page, charset.as_deref());
        if decoded.lossy {
            faults.lost(
                ProblemKind::GlyphsWithoutText,
                say!(
                    "有些字符无法识别（编码有误），读出的内容可能不全；请另存为 docx 后重新提交",
                    "some characters could not be decoded, what was read may be incomplete; save it as docx and hand that in"
                ),
            );
        }
        let guarded = guard::guard(&decoded.text, limits.depth as usize, limits.blocks as usize * 4);
        frames |= decoded.text.to_ascii_lowercase().contains("<frame");
        if guarded.too_deep {
            faults.too_deep();
        }
        if guarded.too_many {
            faults.over(Over::Blocks, limits);
        }
        if guarded.cut {
            faults.cut();
        }
        story.page(&Html::parse_document(&guarded.html), &guarded.styles);
    }
    if let Some(over) = story.tree.out.over {
        faults.over(over, limits);
    }
    let large = story.large_pictures;
    let mut blocks = story.tree.finish();
    blocks.iter_mut().for_each(|b| b.at.page = None);
    if blocks.is_empty() && frames {
        faults.lost(
            ProblemKind::Unsupported,
            say!(
                "这是网页框架，正文存放在同名的 .files 文件夹中，没有读取；请用 Word、WPS 或 Excel 打开，另存为 docx 或 xlsx 后提交",
                "this page is a frame whose text lies in other files, and was not read; open it, save it as docx or xlsx and hand that in"
            ),
        );
    } else if pages.is_empty() {
        faults.lost(
            ProblemKind::Damaged,
            say!(
                "网页归档文件（mht）中没有网页，可能已损坏；请另存为 docx 后重新提交",
                "there is no page in this web archive, it may be damaged; save it as docx and hand that in"
            ),
        );
    } else if blocks.is_empty() {
        faults.nothing_there();
    }
    if let Some(say) = pictures::unread(&blocks, large) {
        faults.lost(ProblemKind::ImageOnly, say);
    }
    let (read, problems) = faults.verdict();
    Document { read, problems, has_page_pictures: large > 0, ..Document::read_full(format, blocks) }
}
