//! Blocks in one line each, for tests that compare what a reader gives.
use prescreen::model::{Block, BlockKind, Document, ProblemKind, Read};
use prescreen::read::{Limits, read};
use std::path::PathBuf;

/// A file of `fixtures/formats`.
#[allow(clippy::disallowed_methods, reason = "tests read their own files")]
pub fn bytes(folder: &str, name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats").join(folder).join(name);
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

pub fn document(folder: &str, name: &str) -> Document {
    read(name, &bytes(folder, name), &Limits::default())
}

/// Kind and place, page, spans, outer block, label, text (`/` for a new line, `»` for a tab).
pub fn line(block: &Block) -> String {
    let kind = match block.kind {
        BlockKind::Paragraph => "P",
        BlockKind::Heading => "H",
        BlockKind::Cell => "C",
        BlockKind::TextBox => "Box",
        BlockKind::Header => "Header",
        BlockKind::Footer => "Footer",
        BlockKind::Footnote => "Note",
        BlockKind::Comment => "Comment",
        BlockKind::Picture => "Picture",
    };
    let at = &block.at;
    let mut line = kind.to_owned();
    if let Some(n) = at.paragraph {
        line += &n.to_string();
    }
    if let (Some(t), Some(r), Some(c)) = (at.table, at.row, at.column) {
        line += &format!("{t}.{r}.{c}");
    }
    if let Some(page) = at.page {
        line += &format!(" p{page}");
    }
    if block.spans != (1, 1) {
        line += &format!(" {}x{}", block.spans.0, block.spans.1);
    }
    if let Some(outer) = block.inside {
        line += &format!(" <{outer}");
    }
    if let Some(label) = &block.label {
        line += &format!(" [{}]", label.replace('\n', "/"));
    }
    format!("{line} {}", block.text.replace('\n', "/").replace('\t', "»")).trim_end().to_owned()
}

pub fn lines(document: &Document) -> Vec<String> {
    document.blocks.iter().map(line).collect()
}

#[track_caller]
pub fn problems(document: &Document, read: Read, kinds: &[ProblemKind]) {
    assert_eq!(document.read, read, "{:?}", document.problems);
    assert_eq!(document.problems.iter().map(|p| p.kind).collect::<Vec<_>>(), kinds);
}
