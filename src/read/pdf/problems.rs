//! What of a file could not be read, said so that an applicant can act.
use super::geometry::Rect;
use super::health::Health;
use super::ink::Ink;
use super::symbol;
use crate::model::{Block, Problem, ProblemKind, Read, Say};
use crate::say;
use hayro_syntax::object::Dict;
use hayro_syntax::{LoadPdfError, Pdf};

/// Fewer letters than this beside a picture of the whole page are a stamp or a page number, not the page.
const FEW_LETTERS: usize = 30;
/// So few hidden letters are slips of a layout.
const FEW_HIDDEN: usize = 7;
/// Share of the page that a scan covers.
const MOST_OF_PAGE: f32 = 0.6;

pub fn unopened(error: LoadPdfError, health: &Health) -> Problem {
    match error {
        LoadPdfError::Decryption(_) => Problem::new(
            ProblemKind::Encrypted,
            say!("文件设有打开密码，无法读取；请提交未加密的 PDF", "the file needs a password; hand in a PDF without encryption"),
        ),
        LoadPdfError::Invalid if health.has_no_end => Problem::new(
            ProblemKind::Truncated,
            say!("PDF 文件不完整（缺少结尾），可能没有上传完；请重新导出并提交", "the PDF breaks off before its end; export and hand it in again"),
        ),
        LoadPdfError::Invalid => Problem::new(
            ProblemKind::Damaged,
            say!("PDF 文件已损坏，无法打开；请重新导出并提交", "the PDF is damaged and does not open; export and hand it in again"),
        ),
    }
}

pub fn too_large() -> Problem {
    Problem::new(
        ProblemKind::TooLarge,
        say!("PDF 解压后的内容超出读取上限，未读取；请重新导出并提交", "the PDF unpacks to more than the limit and was not read; export and hand it in again"),
    )
}

/// Pages with something amiss, gathered while they are read.
pub struct Found {
    is_cut_off: bool,
    has_broken_index: bool,
    missing_pages: u32,
    image_only: Vec<u32>,
    outlined: Vec<u32>,
    nameless: Vec<u32>,
    damaged: Vec<u32>,
    hidden: Vec<u32>,
    pub too_large: Vec<u32>,
    has_attachments: bool,
}

impl Found {
    pub fn new(pdf: &Pdf, health: &Health) -> Self {
        let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).unwrap_or_default();
        let claimed = root.get::<Dict<'_>>("Pages").and_then(|pages| pages.get::<u32>("Count")).unwrap_or(0);
        let missing = claimed.saturating_sub(pdf.pages().len() as u32);
        Self {
            is_cut_off: health.has_no_end && health.has_broken_index,
            has_broken_index: health.has_broken_index,
            missing_pages: if claimed > 100_000 { 0 } else { missing },
            image_only: Vec::new(),
            outlined: Vec::new(),
            nameless: Vec::new(),
            damaged: Vec::new(),
            hidden: Vec::new(),
            too_large: Vec::new(),
            has_attachments: root.get::<Dict<'_>>("Names").is_some_and(|names| names.contains_key("EmbeddedFiles")),
        }
    }

    pub fn page(&mut self, page: u32, ink: &Ink, shown: Rect) {
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

    pub fn finish(self, pages: u32, blocks: &[Block]) -> (Read, Vec<Problem>) {
        let mut problems = Vec::new();
        let mut add = |kind, say: Say, pages: Vec<u32>| problems.push(Problem { kind, say, pages });
        let mut is_partial = false;
        let has_text = blocks.iter().any(|b| !b.text.trim().is_empty());
        if self.is_cut_off {
            is_partial = true;
            add(
                ProblemKind::Truncated,
                say!(
                    "PDF 文件不完整（缺少结尾），只读到其中一部分；请重新导出并提交",
                    "the PDF breaks off before its end and was read in part; export and hand it in again"
                ),
                Vec::new(),
            );
        } else if self.has_broken_index {
            is_partial = true;
            add(
                ProblemKind::Damaged,
                say!(
                    "PDF 文件的索引已损坏，内容是修复后读出的，可能有缺漏；请重新导出并提交",
                    "the PDF's index is broken; what could be recovered was read; export and hand it in again"
                ),
                Vec::new(),
            );
        }
        if self.missing_pages > 0 {
            is_partial = true;
            add(
                ProblemKind::Damaged,
                say!(
                    "PDF 标明 {0} 页，实际只能找到 {1} 页；请重新导出并提交",
                    "the PDF claims {0} pages, only {1} were found; export and hand it in again",
                    pages + self.missing_pages,
                    pages
                ),
                Vec::new(),
            );
        }
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
        if self.has_attachments {
            add(
                ProblemKind::Note,
                say!(
                    "PDF 内嵌有附件文件，附件内容未读取；如属申报材料，请单独提交",
                    "files are attached inside the PDF and were not read; hand them in on their own if they belong to the dossier"
                ),
                Vec::new(),
            );
        }
        if pages == 0 {
            add(ProblemKind::Damaged, say!("PDF 中没有任何页面；请重新导出并提交", "the PDF has no pages; export and hand it in again"), Vec::new());
            return (Read::None, problems);
        }
        if !has_text && !is_partial {
            add(ProblemKind::Empty, say!("PDF 共 {0} 页，均为空白", "all {0} pages of the PDF are blank", pages), Vec::new());
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
fn list(pages: &[u32]) -> String {
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
