//! Pictures as large as a page inside a text document, recognised as pages of their own.
//!
//! Their words stand behind everything else: what a scan says never parts the paragraphs and cells of the text it was
//! pasted into. Each block is told at the place of its picture, without a box: a text document has no pages to draw.
use super::Limits;
use super::docx;
use super::layout::Pages;
use super::layout::amiss::list;
use super::ocr::Recognised;
use super::word::pictures;
use crate::model::{Block, Document, Format, Location, Problem, ProblemKind, Read};
use crate::say;
use std::collections::BTreeMap;

/// The picture of a document's nth sheet, counted from 1: the bytes of its file; `None` where there is none.
pub fn picture(format: Format, bytes: &[u8], number: u32) -> Option<Vec<u8>> {
    match format {
        Format::Docx => docx::sheet(bytes, number, &Limits::default()),
        _ => None,
    }
}

/// Where something on a sheet is told: where its picture stands in the text.
pub fn place(document: &Document, number: u32) -> Option<Location> {
    Some(document.sheets.get(number.checked_sub(1)? as usize)?.at.clone())
}

/// Adds the words of a document's sheets that were recognised, and says which they are.
pub fn add(document: &mut Document, mut recognised: BTreeMap<u32, Recognised>) {
    let count = document.sheets.len() as u32;
    recognised.retain(|number, _| (1..=count).contains(number));
    if recognised.is_empty() {
        return;
    }
    let of = |is: &dyn Fn(&Recognised) -> bool| recognised.iter().filter(|(_, found)| is(found)).map(|(number, _)| *number).collect::<Vec<u32>>();
    let (all, copies, half) = (of(&|_| true), of(&|found| found.is_copy), of(&|found| !found.unread.is_empty()));
    let mut pages = Pages::default();
    recognised.into_values().for_each(|found| pages.add_recognised(found));
    let (blocks, ..) = pages.finish("", all.len() as u32, Vec::new(), false);
    append(document, blocks, &all);

    // Nothing else was amiss where pictures were all that was told.
    let was_whole = document.problems.iter().all(|problem| problem.kind == ProblemKind::ImageOnly);
    document.problems.retain(|problem| problem.kind != ProblemKind::ImageOnly);
    let mut add = |kind, say| document.problems.push(Problem::new(kind, say));
    add(
        ProblemKind::Note,
        say!(
            "文中第 {0} 张整页图片（扫描件）的文字由自动识别得出，请以原件为准",
            "picture {0} as large as a page: its text was recognised automatically, the original is decisive",
            list(&all)
        ),
    );
    if !copies.is_empty() {
        add(
            ProblemKind::Note,
            say!(
                "文中第 {0} 张整页图片是黑白复印件或传真件，识别结果只供参考，请对照原件",
                "picture {0} as large as a page: a black and white copy or fax; what was recognised is a hint, compare with the original",
                list(&copies)
            ),
        );
    }
    let is_whole = was_whole && half.is_empty();
    if !half.is_empty() {
        add(
            ProblemKind::PagesUnread,
            say!(
                "文中第 {0} 张整页图片有疑似文字（手写、印章或模糊处）未能识别，请人工查看",
                "picture {0} as large as a page: something that looks like text (handwriting, a seal, a blur) was not recognised; please look",
                list(&half)
            ),
        );
    }
    match pictures::unread(&document.blocks, count - all.len() as u32) {
        Some(say) => document.problems.push(Problem::new(ProblemKind::ImageOnly, say)),
        None if is_whole => document.read = Read::Full,
        None => {}
    }
}

/// Blocks of the sheets of these numbers behind those of the text, their tables numbered on.
fn append(document: &mut Document, blocks: Vec<Block>, numbers: &[u32]) {
    let tables = document.blocks.iter().filter_map(|block| block.at.table).max().unwrap_or(0);
    let before = document.blocks.len() as u32;
    for mut block in blocks {
        let number = block.at.page.and_then(|page| numbers.get(page.checked_sub(1)? as usize));
        let sheet = number.and_then(|number| place(document, *number)).unwrap_or_default();
        block.at = Location { table: block.at.table.map(|n| n + tables), row: block.at.row, column: block.at.column, ..sheet };
        block.inside = block.inside.map(|n| n + before);
        block.pieces.clear();
        document.blocks.push(block);
    }
}
