//! What of a PDF could not be read as a whole, said so that an applicant can act.
use super::health::Health;
use crate::model::{Problem, ProblemKind, Say};
use crate::read::layout::attached;
use crate::say;
use hayro_syntax::object::Dict;
use hayro_syntax::{LoadPdfError, Pdf};

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

/// What is amiss with the file, beside its pages.
pub struct Found {
    is_cut_off: bool,
    has_broken_index: bool,
    missing_pages: u32,
    /// Only a viewer that runs the form inside shows what it says.
    is_dynamic: bool,
    attachments: Vec<String>,
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
            is_dynamic: root.get::<bool>("NeedsRendering") == Some(true) && root.get::<Dict<'_>>("AcroForm").is_some_and(|form| form.contains_key("XFA")),
            attachments: crate::intake::attached_to_pdf(pdf).into_iter().map(|file| file.name).collect(),
        }
    }

    /// The problems, and whether they cost content.
    pub fn finish(self, pages: u32) -> (Vec<Problem>, bool) {
        let mut problems = Vec::new();
        let mut add = |kind, say: Say| problems.push(Problem::new(kind, say));
        let mut is_partial = false;
        if self.is_cut_off {
            is_partial = true;
            add(
                ProblemKind::Truncated,
                say!(
                    "PDF 文件不完整（缺少结尾），只读到其中一部分；请重新导出并提交",
                    "the PDF breaks off before its end and was read in part; export and hand it in again"
                ),
            );
        } else if self.has_broken_index {
            is_partial = true;
            add(
                ProblemKind::Damaged,
                say!(
                    "PDF 文件的索引已损坏，内容是修复后读出的，可能有缺漏；请重新导出并提交",
                    "the PDF's index is broken; what could be recovered was read; export and hand it in again"
                ),
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
            );
        }
        if self.is_dynamic {
            is_partial = true;
            add(
                ProblemKind::Unsupported,
                say!(
                    "PDF 是动态表单（XFA），填写的内容未读取；请打印成普通 PDF 后重新提交",
                    "the PDF is a dynamic form (XFA) whose content was not read; print it to a plain PDF and hand that in"
                ),
            );
        }
        if !self.attachments.is_empty() {
            problems.push(attached("PDF", &self.attachments));
        }
        (problems, is_partial)
    }
}
