//! Text that stands in pictures: how a file of pictures is told from a file with pictures.
use crate::model::{Block, BlockKind, Say};
use crate::say;

/// A picture this large, in twips (567 a centimetre), may be a scanned page: 12 by 15 cm.
const PAGE_LIKE: (i64, i64) = (12 * 567, 15 * 567);
/// English metric units in a twip, a twentieth of a point.
const EMU_PER_TWIP: i64 = 635;

/// Whether a picture of these twips may be a scanned page.
pub(in crate::read) fn is_page_like(width: i64, height: i64) -> bool {
    width >= PAGE_LIKE.0 && height >= PAGE_LIKE.1
}

/// The same of English metric units, in which DrawingML measures.
pub(in crate::read) fn is_page_like_in_emu(width: i64, height: i64) -> bool {
    width >= PAGE_LIKE.0 * EMU_PER_TWIP && height >= PAGE_LIKE.1 * EMU_PER_TWIP
}

/// Pictures as large as a page that are kept for recognition: a text with more of them is a book of scans.
pub(in crate::read) const MOST_SHEETS: usize = 200;

/// What to say where pictures may hold the text: nearly nothing but pictures, or some as `large` as a page.
pub(in crate::read) fn unread(blocks: &[Block], large: u32) -> Option<Say> {
    let body = blocks.iter().filter(|b| b.kind.is_body());
    let characters: usize = body.map(|b| b.text.chars().filter(|c| !c.is_whitespace()).count()).sum();
    let pictures = blocks.iter().filter(|b| b.kind == BlockKind::Picture).count();
    if pictures > 0 && characters < 20 + 10 * pictures.min(100) {
        return Some(say!(
            "正文几乎全是图片（{0} 张图片，文字仅 {1} 字），图片中的文字没有读取；请提交可编辑的文字版，或另附文字说明",
            "the text is nearly all pictures ({0} pictures, {1} characters); what stands in the pictures was not read; hand in an editable version",
            pictures,
            characters
        ));
    }
    (large > 0).then(|| {
        say!(
            "正文中有 {0} 张整页大小的图片（可能是扫描件），图片中的文字没有读取；如含协议、证明等内容，请另附文字版或 PDF",
            "the text holds {0} pictures as large as a page, perhaps scans; what stands in them was not read; hand in a text version of agreements or certificates",
            large
        )
    })
}
