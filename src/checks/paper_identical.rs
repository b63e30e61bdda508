use super::contract::declare_check;
use super::{Case, Check};
use crate::model::{Difference, DifferenceKind, DocId, Outcome, PaperState, Pointer, Say};
use crate::paper::manifest::words_of_field;
use crate::say;

declare_check! {
    /// The electronic files and the paper copy agree.
    ///
    /// ## How it is decided
    /// From the comparison with the paper side (manifest, scan and the code of its slip, six-field form). Same bytes or same text: `pass`, with the
    /// sentence that a manifest proves files, not paper. Text known to differ, or a listed file absent: `fail` with each
    /// difference. No paper side: `not_checked`.
    ///
    /// ## Why
    /// “二者必须完全一致”. A re-saved file has other bytes and the same text (N18).
    ///
    /// ## A person looks when
    /// Bytes differ and the text of the paper side is not known, pages or fields differ, or there is a paper side
    /// that could not be read (a scan, a broken manifest).
    pub struct PaperIdentical("paper-identical", Dossier, bind_dossier, Nothing, [Pass, Fail, Human, NotChecked],
        "与纸质版的清单、扫描件或登记项比对：逐字节一致或正文一致为符合；正文不同或清单所列文件缺失为不符合，逐处列出；没有纸质版资料不核对。只知字节不同、不知正文是否不同时由人工核对。"
    ) {
    }
}

/// A manifest is about files.
const REMINDER: (&str, &str) = ("哈希清单只能证明文件，不能证明纸面内容，装订本请抽查", "a manifest proves files, not paper; spot-check the bound copy");

/// Differences told in one sentence.
const TOLD: usize = 8;

impl Check for PaperIdentical {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let paper = &case.dossier.paper;
        let (zh, en) = REMINDER;
        let sources = paper.sources.join("、");
        let outcome = match paper.state {
            PaperState::Identical => Outcome::pass(say!("电子版与纸质版清单（{sources}）逐字节一致；{zh}", "same bytes as the paper side ({sources}); {en}")),
            PaperState::SameText if paper.scan.is_some() => {
                let Say { zh, en } = compared(case);
                Outcome::pass(say!(
                    "电子版与纸质版扫描件的文字一致（{zh}）；印章、签字和图片请看纸质版",
                    "the words of the paper copy's scan agree ({en}); seals, signatures and pictures are for the eye"
                ))
            }
            PaperState::SameText => {
                Outcome::pass(say!("与纸质版清单（{sources}）相比文件重新保存过，正文一致；{zh}", "re-saved since the paper side ({sources}), same text; {en}"))
            }
            PaperState::NotChecked => match &paper.problem {
                Some(Say { zh, en }) => Outcome::human(say!("纸质版没有逐页比对：{zh}", "the paper copy was not compared page by page: {en}")),
                None => Outcome::not_checked(say!("没有纸质版的清单、扫描件或登记项，未比对", "there is no paper side to compare with")),
            },
            PaperState::Different => {
                let told = told(case);
                let (told_zh, told_en, count) = (&told.zh, &told.en, paper.differences.len());
                let Say { zh, en } = if paper.scan.is_some() { compared(case) } else { Say::default() };
                let (told_zh, told_en) =
                    if zh.is_empty() { (told_zh.clone(), told_en.clone()) } else { (format!("{told_zh}（{zh}）"), format!("{told_en} ({en})")) };
                if paper.text_differs {
                    Outcome::fail(say!("电子版与纸质版有 {count} 处不同：{told_zh}", "{count} difference(s) between electronic and paper: {told_en}"))
                } else {
                    Outcome::human(say!(
                        "电子版与纸质版有 {count} 处不同，正文是否不同请人工核对：{told_zh}",
                        "{count} difference(s), whether in the text is for a person: {told_en}"
                    ))
                }
            }
        };
        let outcome = with_slip(case, outcome);
        let mut docs: Vec<DocId> = paper.differences.iter().filter_map(|difference| doc_of(case, difference.at.file.as_deref()?)).collect();
        if matches!(paper.state, PaperState::Identical | PaperState::SameText) {
            docs = (0u32..).take(case.dossier.files.len()).map(DocId).collect();
        }
        let searched = if docs.is_empty() { case.searched() } else { Vec::new() };
        vec![outcome.see(docs.into_iter().take(TOLD).map(Pointer::File)).searched(searched)]
    }
}

/// The answer with what the code of the slip on the scan says.
fn with_slip(case: &Case<'_>, outcome: Outcome) -> Outcome {
    let Some(Say { zh: slip, en: slip_en }) = &case.dossier.paper.slip else { return outcome };
    let Say { zh, en } = &outcome.message;
    let message = say!("{zh}；{slip}", "{en}; {slip_en}");
    Outcome { message, ..outcome }
}

fn doc_of(case: &Case<'_>, path: &str) -> Option<DocId> {
    let at = case.dossier.files.iter().position(|file| file.path == path)?;
    u32::try_from(at).ok().map(DocId)
}

/// What of the scan was compared with what.
fn compared(case: &Case<'_>) -> Say {
    let Some(scan) = &case.dossier.paper.scan else { return Say::default() };
    let (pages, files) = (scan.pages, case.names(&scan.compared));
    let mut told = if scan.is_recognised {
        say!(
            "比对的是扫描件 {pages} 页上识别出的文字，识别可能有误；比对了{files}",
            "the words recognised on the scan's {pages} page(s) were compared, which may be wrong in places, with {files}"
        )
    } else {
        say!(
            "比对的是扫描件 {pages} 页的文字层，未比对图像；比对了{files}",
            "the text layer of the scan's {pages} page(s) was compared, not its picture, with {files}"
        )
    };
    if !scan.not_found.is_empty() {
        let names = case.names(&scan.not_found);
        told.zh.push_str(&format!("；扫描件中未见{names}，这些文件没有比对"));
        told.en.push_str(&format!("; {names} not seen in the scan and not compared"));
    }
    told
}

/// The differences, the first few, each with both sides.
fn told(case: &Case<'_>) -> Say {
    let mut told = Say::default();
    for (n, difference) in case.dossier.paper.differences.iter().take(TOLD).enumerate() {
        let file = difference.at.file.as_deref().or(difference.paper_at.file.as_deref()).unwrap_or("");
        let (zh, en) = kind(difference.kind);
        let name = difference.field.as_deref().unwrap_or("");
        let (field, field_en) = words_of_field(name).unwrap_or((name, name));
        let page = difference.paper_at.page.map_or(String::new(), |page| format!("（纸质版第 {page} 页）"));
        let page_en = difference.paper_at.page.map_or(String::new(), |page| format!(" (paper page {page})"));
        let both = match (&difference.electronic, &difference.paper) {
            // Of changed files only their digests are known: those are in the record and say nothing to a clerk.
            _ if difference.field.is_none() && matches!(difference.kind, DifferenceKind::Bytes | DifferenceKind::Text) && is_digest(difference) => {
                String::new()
            }
            (Some(electronic), Some(paper)) => format!("：电子版“{}”，纸质版“{}”", cut(electronic), cut(paper)),
            (Some(electronic), None) => format!("：电子版“{}”", cut(electronic)),
            (None, Some(paper)) => format!("：纸质版“{}”", cut(paper)),
            (None, None) => String::new(),
        };
        let mark = if n == 0 { "" } else { "；" };
        told.zh.push_str(&format!("{mark}{zh}{field} {file}{page}{both}"));
        told.en.push_str(&format!("{mark}{en} {field_en} {file}{page_en}{both}"));
    }
    if case.dossier.paper.differences.len() > TOLD {
        told.zh.push_str("；其余见比对结果");
        told.en.push_str("; and more");
    }
    told
}

fn is_digest(difference: &Difference) -> bool {
    difference.electronic.iter().chain(&difference.paper).all(|side| side.contains("sha256:"))
}

fn cut(text: &str) -> String {
    const LONGEST: usize = 40;
    if text.chars().count() <= LONGEST { text.to_owned() } else { text.chars().take(LONGEST).chain(['…']).collect() }
}

fn kind(kind: DifferenceKind) -> (&'static str, &'static str) {
    match kind {
        DifferenceKind::MissingFile => ("清单所列文件缺失", "listed file absent"),
        DifferenceKind::ExtraFile => ("清单未列的文件", "file not listed"),
        DifferenceKind::Renamed => ("文件改名", "renamed"),
        DifferenceKind::Bytes => ("文件内容改动", "other bytes"),
        DifferenceKind::Text => ("正文不同", "other text"),
        DifferenceKind::PageMissing => ("缺页", "page missing"),
        DifferenceKind::PageExtra => ("多页", "page added"),
        DifferenceKind::PageOrder => ("页序不同", "pages in another order"),
        DifferenceKind::Field => ("栏目不同", "other value"),
    }
}
