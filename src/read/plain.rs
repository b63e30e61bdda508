//! Plain text line by line, and CSV cell by cell.
//!
//! A line is a paragraph, numbered as an editor numbers lines. Blank lines count and give no block.
use super::Limits;
use crate::model::{Block, BlockKind, Document, Format, Location, Problem, ProblemKind, Read};
use crate::say;
use crate::text::{delimited, encoding};

/// Reads text of any encoding; `Format::Csv` is cut into cells.
pub fn read(format: Format, bytes: &[u8], limits: &Limits) -> Document {
    if is_binary(bytes) {
        return Document::unread(format, not_text());
    }
    let decoded = encoding::decode(bytes);
    let broken = decoded.text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    let characters = decoded.text.chars().count();
    if broken * 10 > characters || decoded.text.contains('\0') {
        return Document::unread(format, not_text());
    }
    let cut = decoded.text.char_indices().nth(usize::try_from(limits.characters).unwrap_or(usize::MAX)).map(|(at, _)| at);
    let text = &decoded.text[..cut.unwrap_or(decoded.text.len())];
    let mut document = match format {
        Format::Csv => csv(text, limits),
        _ => Document::read_full(format, lines(text, limits)),
    };
    if document.blocks.len() > limits.blocks as usize {
        document.blocks.truncate(limits.blocks as usize);
        document.read = Read::Partial;
        document.problems.push(Problem::new(
            ProblemKind::TooLarge,
            say!("行或单元格超过{0}个，其余的没有读取", "there are more than {0} lines or cells; the rest was not read", limits.blocks),
        ));
    }
    if cut.is_some() {
        document.read = Read::Partial;
        document.problems.push(Problem::new(
            ProblemKind::TooLarge,
            say!("文字超过{0}个字符，其余的没有读取", "there are more than {0} characters; the rest was not read", limits.characters),
        ));
    }
    if broken > 0 {
        document.read = Read::Partial;
        document.problems.push(Problem::new(
            ProblemKind::GlyphsWithoutText,
            say!(
                "有{0}个字符无法识别（编码有误）；请另存为 UTF-8 编码后重新提交",
                "{0} characters could not be decoded; save it as UTF-8 and hand it in again",
                broken,
            ),
        ));
    }
    if document.blocks.is_empty() && document.problems.is_empty() {
        document.problems.push(Problem::new(ProblemKind::Note, say!("文件里没有文字", "there is no text in the file")));
    }
    document
}

/// At most one line more than the limit.
fn lines(text: &str, limits: &Limits) -> Vec<Block> {
    let unified = text.replace("\r\n", "\n");
    let numbered = (1..).zip(unified.split(['\n', '\r']));
    let written = numbered.filter(|(_, line)| !line.trim().is_empty()).take(limits.blocks as usize + 1);
    written.map(|(number, line)| Block::new(BlockKind::Paragraph, line, Location { paragraph: Some(number), ..Location::default() })).collect()
}

/// Rows until there are more cells than the limit.
fn csv(text: &str, limits: &Limits) -> Document {
    let parsed = delimited::parse(text);
    let mut blocks = Vec::new();
    for (row, cells) in (1..).zip(parsed.rows) {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        for (column, cell) in (1..).zip(cells).take((limits.blocks as usize + 1).saturating_sub(blocks.len())) {
            let at = Location { table: Some(1), row: Some(row), column: Some(column), ..Location::default() };
            blocks.push(Block::new(BlockKind::Cell, cell, at));
        }
    }
    let mut document = Document::read_full(Format::Csv, blocks);
    if let Some(row) = parsed.unclosed {
        document.read = Read::Partial;
        document.problems.push(Problem::new(
            ProblemKind::Damaged,
            say!(
                "第{0}行的引号没有成对，其后的内容都落在一个单元格里；请核对",
                "the quotation mark in row {0} is never closed, and all that follows is in one cell; please check",
                row,
            ),
        ));
    }
    document
}

/// Whether bytes are no text: control characters that no text has, and no UTF-16, whose zeros are text.
fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(64 << 10)];
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        return false;
    }
    let odd = |byte: &&u8| matches!(byte, 1..=8 | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f);
    head.iter().filter(odd).count() * 100 > head.len()
}

fn not_text() -> Problem {
    Problem::new(
        ProblemKind::Damaged,
        say!(
            "内容不是文字（可能是改了扩展名或已损坏的文件），没有读取；请提交原文件",
            "the content is no text (renamed or damaged) and was not read; hand in the original file"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(document: &Document) -> Vec<&str> {
        document.blocks.iter().map(|block| block.text.as_str()).collect()
    }

    #[test]
    fn lines_keep_their_numbers() {
        let bytes = encoding_rs::GB18030.encode("标题\r\n\r\n  正文：镕喆\r\n").0.into_owned();
        let document = read(Format::Txt, &bytes, &Limits::default());
        assert_eq!(texts(&document), ["标题", "  正文：镕喆"]);
        assert_eq!(document.blocks[1].at.paragraph, Some(3));
        assert_eq!(document.read, Read::Full);
    }

    #[test]
    fn cells_keep_row_and_column_and_empty_ones_stay() {
        let document = read(Format::Csv, "项目;金额\n\n\"培训;会议\";5\n;\n打印;\n".as_bytes(), &Limits::default());
        assert_eq!(texts(&document), ["项目", "金额", "培训;会议", "5", "打印", ""]);
        let at = &document.blocks[2].at;
        assert_eq!((at.table, at.row, at.column), (Some(1), Some(3), Some(1)));
    }

    #[test]
    fn what_is_no_text_is_unread() {
        let junk: Vec<u8> = (0..=255).cycle().take(4096).collect();
        for bytes in [junk.as_slice(), b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0", &[0; 100]] {
            let document = read(Format::Txt, bytes, &Limits::default());
            assert_eq!((document.read, document.problems[0].kind), (Read::None, ProblemKind::Damaged));
        }
    }

    #[test]
    fn a_few_broken_characters_leave_the_rest_read() {
        let mut bytes = "正文".repeat(50).into_bytes();
        bytes.push(0xff);
        let document = read(Format::Txt, &bytes, &Limits::default());
        assert_eq!((document.read, document.problems[0].kind), (Read::Partial, ProblemKind::GlyphsWithoutText));
    }

    #[test]
    fn text_beyond_the_limit_is_cut_and_told() {
        let limits = Limits { characters: 10, ..Limits::default() };
        let document = read(Format::Txt, "一二三四五六七八九十甲乙".as_bytes(), &limits);
        assert_eq!((document.read, document.problems[0].kind), (Read::Partial, ProblemKind::TooLarge));
        assert_eq!(texts(&document), ["一二三四五六七八九十"]);
    }

    #[test]
    fn an_unclosed_quotation_mark_is_told() {
        let document = read(Format::Csv, b"a,b\n\"1,2\n3,4\n", &Limits::default());
        assert_eq!((document.read, document.problems[0].kind), (Read::Partial, ProblemKind::Damaged));
    }
}
