//! Pages that were not read in full, said so that an applicant can act.
use super::geometry::Rect;
use super::ink::Ink;
use super::symbol;
use crate::model::{Block, Problem, ProblemKind, Read, Say};
use crate::read::ocr::Recognised;
use crate::say;

/// Fewer letters than this beside a picture of the whole page are a stamp or a page number, not the page.
const FEW_LETTERS: usize = 30;
/// So few hidden letters are slips of a layout.
const FEW_HIDDEN: usize = 7;
/// Share of the page that a scan covers.
const MOST_OF_PAGE: f32 = 0.6;

/// Pages with something amiss, gathered while they are read.
#[derive(Default)]
pub struct Amiss {
    image_only: Vec<u32>,
    outlined: Vec<u32>,
    drawn: Vec<u32>,
    nameless: Vec<u32>,
    damaged: Vec<u32>,
    hidden: Vec<u32>,
    recognised: Vec<u32>,
    half_recognised: Vec<u32>,
    copies: Vec<u32>,
    pub too_large: Vec<u32>,
}

impl Amiss {
    pub(super) fn page(&mut self, page: u32, ink: &Ink, shown: Rect) {
        let letters = ink.glyphs.iter().filter(|g| !g.is_blank());
        let (mut all, mut nameless, mut hidden) = (0usize, 0usize, 0usize);
        for glyph in letters {
            all += 1;
            nameless += usize::from(glyph.c == '\u{FFFD}' || symbol::is_private(glyph.c));
            hidden += usize::from(glyph.hidden);
        }
        let covered = cover(ink.pictures.iter().copied(), &shown);
        if all < FEW_LETTERS && covered > MOST_OF_PAGE {
            self.image_only.push(page);
        } else if all < FEW_LETTERS && ink.curves > 300 {
            self.outlined.push(page);
        } else if all == 0 && (ink.curves > 0 || !ink.pictures.is_empty()) {
            self.drawn.push(page);
        }
        if nameless > 3 && nameless * 20 > all {
            self.nameless.push(page);
        }
        if hidden > FEW_HIDDEN {
            self.hidden.push(page);
        }
        if ink.is_damaged {
            self.damaged.push(page);
        }
        if ink.is_cut {
            self.too_large.push(page);
        }
    }

    /// A page that was recognised in its picture.
    pub(super) fn recognised(&mut self, page: u32, found: &Recognised) {
        self.recognised.push(page);
        if found.is_copy {
            self.copies.push(page);
        }
        if !found.unread.is_empty() {
            self.half_recognised.push(page);
        }
    }

    pub(super) fn finish(self, name: &str, pages: u32, blocks: &[Block], mut problems: Vec<Problem>, mut is_partial: bool) -> (Read, Vec<Problem>) {
        let mut add = |kind, say: Say, pages: Vec<u32>| problems.push(Problem { kind, say, pages });
        let has_text = blocks.iter().any(|b| !b.text.trim().is_empty());
        if !self.damaged.is_empty() {
            is_partial = true;
            add(
                ProblemKind::Damaged,
                say!(
                    "第 {0} 页的内容有损坏，未能完整读取；请重新导出并提交",
                    "page {0}: damaged content, not read in full; export and hand it in again",
                    list(&self.damaged)
                ),
                self.damaged,
            );
        }
        if !self.too_large.is_empty() {
            is_partial = true;
            add(
                ProblemKind::TooLarge,
                say!(
                    "内容超出读取上限，第 {0} 页未读或未读完；请拆分后提交",
                    "beyond the limits of reading: page {0} not read in full; split the file",
                    list(&self.too_large)
                ),
                self.too_large,
            );
        }
        let scans = self.image_only.len() + self.outlined.len();
        let is_unread = pages > 0 && scans as u32 == pages && !blocks.iter().any(|b| b.kind.is_body() && b.text.chars().count() >= FEW_LETTERS);
        if !self.image_only.is_empty() {
            is_partial = true;
            let say = if is_unread {
                say!(
                    "全部 {0} 页都是图片（扫描件或照片），没有文字可读；请提交可复制文字的 PDF，扫描件请人工核对",
                    "all {0} pages are pictures without text; hand in a PDF with text, or check by eye",
                    pages
                )
            } else {
                say!(
                    "第 {0} 页是图片（扫描件或照片），页上文字未读取，请人工核对",
                    "page {0}: a picture; its text was not read, check by eye",
                    list(&self.image_only)
                )
            };
            add(ProblemKind::ImageOnly, say, self.image_only);
        }
        if !self.outlined.is_empty() {
            is_partial = true;
            add(
                ProblemKind::ImageOnly,
                say!(
                    "第 {0} 页的文字已转为图形，无法读取，请人工核对或重新导出",
                    "page {0}: its text was turned into drawings and was not read; check by eye or export again",
                    list(&self.outlined)
                ),
                self.outlined,
            );
        }
        if !self.nameless.is_empty() {
            is_partial = true;
            add(
                ProblemKind::GlyphsWithoutText,
                say!(
                    "第 {0} 页有些文字的字体缺少编码，无法识别，请人工核对或重新导出",
                    "page {0}: some letters have no readable code; check by eye or export again",
                    list(&self.nameless)
                ),
                self.nameless,
            );
        }
        if !self.recognised.is_empty() {
            add(
                ProblemKind::Note,
                say!(
                    "第 {0} 页是图片（扫描件或照片），文字由自动识别得出，请以原件为准",
                    "page {0}: a picture; its text was recognised automatically, the original is decisive",
                    list(&self.recognised)
                ),
                self.recognised,
            );
        }
        if !self.copies.is_empty() {
            add(
                ProblemKind::Note,
                say!(
                    "第 {0} 页是黑白复印件或传真件，字迹细节已丢失，识别结果只供参考，请对照原件",
                    "page {0}: a black and white copy or fax; details of its letters are lost, what was recognised is a hint, compare with the original",
                    list(&self.copies)
                ),
                self.copies,
            );
        }
        if !self.half_recognised.is_empty() {
            is_partial = true;
            add(
                ProblemKind::PagesUnread,
                say!(
                    "第 {0} 页有疑似文字（手写、印章或模糊处）未能识别，请人工查看",
                    "page {0}: something that looks like text (handwriting, a seal, a blur) was not recognised; please look",
                    list(&self.half_recognised)
                ),
                self.half_recognised,
            );
        }
        if !self.hidden.is_empty() {
            add(
                ProblemKind::Note,
                say!(
                    "第 {0} 页含有不显示的文字（如扫描件的识别层），可能与所见不一致，请以页面为准",
                    "page {0}: holds text that is not shown (such as a scan's recognition layer); what is seen may differ",
                    list(&self.hidden)
                ),
                self.hidden,
            );
        }
        if pages == 0 {
            add(ProblemKind::Damaged, say!("{0} 中没有任何页面；请重新导出并提交", "the {0} has no pages; export and hand it in again", name), Vec::new());
            return (Read::None, problems);
        }
        if !has_text && !is_partial && !self.drawn.is_empty() {
            let say = say!(
                "第 {0} 页只有图形，没有文字，图形里的文字无法读取；请人工核对或重新导出",
                "page {0}: drawings and no text; words among the drawings were not read; check by eye or export again",
                list(&self.drawn)
            );
            add(ProblemKind::ImageOnly, say, self.drawn);
            return (Read::None, problems);
        }
        if !has_text && !is_partial {
            add(ProblemKind::Empty, say!("{0} 共 {1} 页，均为空白", "the {0} has {1} pages, all blank", name, pages), Vec::new());
            return (Read::Full, problems);
        }
        let read = if is_unread || (!has_text && is_partial) {
            Read::None
        } else if is_partial {
            Read::Partial
        } else {
            Read::Full
        };
        (read, problems)
    }
}

/// `1、3–5`, at most a dozen stretches.
pub fn list(pages: &[u32]) -> String {
    let mut stretches: Vec<(u32, u32)> = Vec::new();
    for page in pages {
        match stretches.last_mut() {
            Some((_, last)) if *last + 1 == *page => *last = *page,
            _ => stretches.push((*page, *page)),
        }
    }
    let more = stretches.len() > 12;
    let mut out: Vec<String> = stretches.iter().take(12).map(|(a, b)| if a == b { a.to_string() } else { format!("{a}–{b}") }).collect();
    if more {
        out.push("…".to_owned());
    }
    out.join("、")
}

/// Share of the page under the boxes, measured on a coarse grid.
fn cover(rects: impl Iterator<Item = Rect>, page: &Rect) -> f32 {
    const FIELDS: usize = 48;
    let mut fields = [[false; FIELDS]; FIELDS];
    let (w, h) = (page.width().max(1.0) / FIELDS as f32, page.height().max(1.0) / FIELDS as f32);
    for rect in rects {
        let range = |from: f32, to: f32, step: f32| ((from / step).round().max(0.0) as usize).min(FIELDS)..((to / step).round().max(0.0) as usize).min(FIELDS);
        for row in &mut fields[range(rect.y0 - page.y0, rect.y1 - page.y0, h)] {
            row[range(rect.x0 - page.x0, rect.x1 - page.x0, w)].fill(true);
        }
    }
    fields.iter().flatten().filter(|f| **f).count() as f32 / (FIELDS * FIELDS) as f32
}
