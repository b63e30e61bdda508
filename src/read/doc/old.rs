//! Word 6 and 95: the text alone, which stands in one stretch of bytes in the system's code page.
//!
//! Properties are not read: deleted and hidden text shows, and where a table's rows end is told from its empty cells.
use super::fib::Fib;
use crate::model::{Block, BlockKind, Location};
use crate::read::Limits;
use crate::read::word::out::{Out, Over};
use encoding_rs::Encoding;

/// The text of the body; `None` where it lies beyond the end of the file.
pub(super) fn read(fib: &Fib, stream: &[u8], limits: &Limits) -> Option<(Vec<Block>, Option<Over>)> {
    let (from, to) = fib.text;
    let rest = stream.get(from as usize..)?;
    let bytes = rest.get(..to.checked_sub(from)? as usize).unwrap_or(rest);
    let (text, _) = encoding(fib.language, bytes).decode_without_bom_handling(bytes);
    let mut body = Body { out: Out::new(limits, 0), ..Body::default() };
    let mut codes = 0u32;
    for c in text.chars() {
        match c {
            '\u{13}' => codes += 1,
            '\u{14}' | '\u{15}' => codes = codes.saturating_sub(1),
            _ if codes > 0 => {}
            '\r' | '\u{0C}' => body.paragraph(),
            '\u{07}' => body.cells.push(std::mem::take(&mut body.text)),
            '\u{0B}' => body.text.push('\n'),
            '\t' => body.text.push('\t'),
            '\u{1E}' => body.text.push('-'),
            '\0'..='\u{1F}' => {}
            c => {
                body.out.count_one();
                body.text.push(c);
            }
        }
        if body.out.over.is_some() {
            break;
        }
    }
    body.paragraph();
    let over = body.out.over;
    Some((body.out.finish(), over))
}

/// The code page of a language; where it is the usual English, which says nothing, the bytes have to tell.
fn encoding(language: u16, bytes: &[u8]) -> &'static Encoding {
    match language {
        0x0804 | 0x1004 => encoding_rs::GB18030,
        0x0404 | 0x0C04 | 0x1404 => encoding_rs::BIG5,
        0x0411 => encoding_rs::SHIFT_JIS,
        0x0412 => encoding_rs::EUC_KR,
        0x0419 | 0x0422 | 0x0402 => encoding_rs::WINDOWS_1251,
        _ => {
            let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
            detector.feed(bytes, true);
            detector.guess(None, chardetng::Utf8Detection::Deny)
        }
    }
}

#[derive(Default)]
struct Body {
    out: Out,
    text: String,
    /// Cells of the table that is being read, with an empty one at the end of each row.
    cells: Vec<String>,
    number: u32,
    tables: u32,
}

impl Body {
    fn paragraph(&mut self) {
        self.table();
        self.number += 1;
        let text = std::mem::take(&mut self.text);
        self.add(BlockKind::Paragraph, text, Location { paragraph: Some(self.number), ..Location::default() });
    }

    fn table(&mut self) {
        let cells = std::mem::take(&mut self.cells);
        if cells.is_empty() {
            return;
        }
        self.tables += 1;
        let width = width(&cells);
        for (row, cells) in (1..).zip(cells.chunks(width + 1)) {
            for (column, text) in (1..).zip(cells.iter().take(width)) {
                let at = Location { table: Some(self.tables), row: Some(row), column: Some(column), ..Location::default() };
                self.add(BlockKind::Cell, text.clone(), at);
            }
        }
    }

    fn add(&mut self, kind: BlockKind, text: String, at: Location) {
        if let Some(block) = self.out.add(kind, at).and_then(|b| self.out.get(b)) {
            block.text = text;
            block.at.page = None;
        }
    }
}

/// Cells in a row: the fewest for which an empty one ends each row, else all in one row.
fn width(cells: &[String]) -> usize {
    const MOST: usize = 64;
    let ends_rows = |n: &usize| cells.len().is_multiple_of(n + 1) && cells.iter().skip(*n).step_by(n + 1).all(String::is_empty);
    (1..MOST).find(ends_rows).unwrap_or(cells.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_end_at_an_empty_cell() {
        let cells = |text: &str| text.split(',').map(String::from).collect::<Vec<_>>();
        assert_eq!(width(&cells("a,b,,c,,")), 2);
        assert_eq!(width(&cells("a,,b,")), 1);
        assert_eq!(width(&cells("a,b,c")), 3);
    }
}
