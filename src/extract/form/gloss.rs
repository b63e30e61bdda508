//! What stands beside labels and asks for nothing more: the same label in another language, a little picture.
//!
//! Extraction reads a copy in which these are blanks of the same length, so that every place in the copy is one in the document.
use super::label::squash;
use super::lexicon::{Kind, Lexicon, Sense};
use crate::model::{Block, BlockKind, Document};
use crate::text::fold::is_cjk;
use foldhash::{HashMap, HashMapExt};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Where a gloss stands by its label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    /// 申报单位 Applicant, 申报单位（Applicant）, 申报单位/Applicant
    Behind,
    /// 申报单位 ⏎ Applicant
    Below,
    /// Applicant 申报单位
    Before,
    /// 申报单位 | Applicant
    Apart,
}

/// Letters that are the gloss of a label.
struct Gloss {
    block: usize,
    /// What becomes blank: the letters, and the brackets or the stroke that part them from the label.
    range: Range<usize>,
    label: String,
    sense: Sense,
    side: Side,
    /// The answer goes on behind it on the same line: only a form that is known to have glosses has one here.
    open: bool,
    /// The cell of the label, where the gloss has a cell of its own.
    of: Option<usize>,
}

/// Labels that must have a gloss before any has: a single one may be answered in letters (联系人 Mary).
const LEAST_LABELS: usize = 3;
/// Letters of the shortest gloss.
const LEAST_LETTERS: usize = 3;
/// Bytes of the longest gloss.
const LONGEST: usize = 60;
/// Bytes of the longest label before one.
const LONGEST_LABEL: usize = 90;
/// Glosses of the largest form.
const MOST: usize = 2000;

/// The document without glosses and pictures.
pub fn without_glosses<'d>(document: &'d Document, lexicon: &Lexicon) -> Cow<'d, Document> {
    let mut out = Cow::Borrowed(document);
    if document.blocks.iter().any(|b| b.text.chars().any(is_picture)) {
        for block in &mut out.to_mut().blocks {
            let pictures: Vec<Range<usize>> = block.text.char_indices().filter(|(_, c)| is_picture(*c)).map(|(at, c)| at..at + c.len_utf8()).collect();
            pictures.into_iter().for_each(|range| blank(&mut block.text, range));
        }
    }
    let found = glosses(&out.blocks, lexicon);
    let told: Vec<Side> = [Side::Behind, Side::Below, Side::Before, Side::Apart]
        .into_iter()
        .filter(|side| is_told(found.iter().filter(|g| g.side == *side && !g.open)))
        .collect();
    let kept: Vec<&Gloss> = found.iter().filter(|g| told.contains(&g.side)).collect();
    if kept.is_empty() {
        return out;
    }
    let blocks = &mut out.to_mut().blocks;
    for gloss in kept {
        blank(&mut blocks[gloss.block].text, gloss.range.clone());
        if let Some(of) = gloss.of {
            let (row, column) = (blocks[gloss.block].at.row, blocks[gloss.block].spans);
            let beside = blocks[of].at.row == row;
            let spans = &mut blocks[of].spans;
            *spans = if beside { (spans.0, spans.1 + column.1) } else { (spans.0 + column.0, spans.1) };
            blocks[gloss.block].kind = BlockKind::Comment;
        }
    }
    out
}

/// Whether a form has glosses on this side: of several labels, one of which nobody answers in letters.
fn is_told<'g>(glosses: impl Iterator<Item = &'g Gloss>) -> bool {
    let mut labels = BTreeSet::new();
    let mut sure = false;
    for gloss in glosses {
        sure |= gloss.side == Side::Before || is_answered_otherwise(gloss.sense.kind);
        labels.insert(gloss.label.as_str());
    }
    sure && labels.len() >= LEAST_LABELS
}

/// Whether no answer to the label is made of letters alone.
fn is_answered_otherwise(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Phone | Kind::Fax | Kind::Postcode | Kind::Email | Kind::Date | Kind::Period | Kind::Money | Kind::Amount | Kind::Opinion | Kind::Counter
    )
}

fn glosses(blocks: &[Block], lexicon: &Lexicon) -> Vec<Gloss> {
    let mut out = Vec::new();
    let mut cells: Option<Cells<'_>> = None;
    let mut above: Option<usize> = None;
    for (n, block) in blocks.iter().enumerate().filter(|(_, b)| b.kind.is_body() && !b.text.trim().is_empty()) {
        let runs = runs(&block.text);
        let mut last = 0;
        for run in &runs {
            if out.len() >= MOST {
                return out;
            }
            let found = beside(&block.text, last, run, lexicon).or_else(|| before(&block.text, run, lexicon));
            let found = found.or_else(|| {
                let alone = run.len() == block.text.trim().len();
                let cells = alone.then(|| &*cells.get_or_insert_with(|| Cells::new(blocks)))?;
                let of =
                    if block.kind == BlockKind::Cell { cells.label_of(blocks, n, lexicon)? } else { above.filter(|&a| blocks[a].kind != BlockKind::Cell)? };
                let label = &blocks[of].text;
                let sense = known(label, lexicon).filter(|s| fits(&block.text[run.clone()], *s, lexicon))?;
                let of = (block.kind == BlockKind::Cell).then_some(of);
                Some(Gloss { block: n, range: run.clone(), label: squash(label), sense, side: Side::Apart, open: false, of })
            });
            if let Some(gloss) = found {
                out.push(Gloss { block: n, ..gloss });
            }
            last = run.end;
        }
        above = Some(n);
    }
    out
}

/// A gloss behind or below the label before it; `from` is where the run before ends.
fn beside(text: &str, from: usize, run: &Range<usize>, lexicon: &Lexicon) -> Option<Gloss> {
    let lead = &text[from..run.start];
    let is_part = |c: char| c.is_whitespace() || matches!(c, '/' | '／' | '(' | '（' | '|' | '·' | '-');
    let head = lead.trim_end_matches(is_part);
    let parting = &lead[head.len()..];
    let printed = head.rsplit(['\n', '\t', '\r', '\u{b}', ':', '：', ';', '；', ')', '）']).next()?;
    // 张三　联系电话 Tel.: the label is the last word before a gap
    let last = |gap: &str| printed.rsplit(gap).next().filter(|word| word.len() < printed.len());
    let (label, sense) = [Some(printed), last("  "), last("\u{3000}"), last(" ")].into_iter().flatten().find_map(|word| Some((word, known(word, lexicon)?)))?;
    let letters = &text[run.clone()];
    if !fits(letters, sense, lexicon) || parting.matches('\n').count() > 1 {
        return None;
    }
    let bracketed = parting.contains(['(', '（']);
    let behind = &text[run.end..];
    let close = bracketed.then(|| behind.chars().next().filter(|c| matches!(c, ')' | '）'))).flatten();
    if bracketed && close.is_none() {
        return None;
    }
    let end = run.end + close.map_or(0, char::len_utf8);
    let open = !ends(&text[end..], lexicon);
    // 项目名称 BIM 技术应用研究: capitals begin an answer
    if open && (!bracketed && (!text[end..].starts_with(' ') || letters.chars().all(|c| !c.is_ascii_lowercase())) || parting.is_empty()) {
        return None;
    }
    let start = run.start - parting.trim_start().len();
    let side = if parting.contains('\n') { Side::Below } else { Side::Behind };
    Some(Gloss { block: 0, range: start..end, label: squash(label), sense, side, open, of: None })
}

/// A gloss that begins a line or a cell, its label behind it.
fn before(text: &str, run: &Range<usize>, lexicon: &Lexicon) -> Option<Gloss> {
    let lead = text[..run.start].trim_end_matches([' ', '\u{3000}']);
    if !lead.is_empty() && !lead.ends_with(['\n', '\t', '\r', '\u{b}']) {
        return None;
    }
    let behind = &text[run.end..];
    let label_at = behind.len() - behind.trim_start_matches([' ', '\n', '/', '／', '\u{3000}', '|']).len();
    let stop = behind[label_at..].find(['\n', '\t', ':', '：', '_', '(', '（']).map_or(behind.len(), |at| label_at + at);
    let printed = &behind[label_at..stop];
    let label = printed.split("  ").next().unwrap_or(printed);
    let sense = known(label, lexicon)?;
    let stroke = behind[..label_at].find(['/', '／', '|']).map_or(0, |_| behind[..label_at].trim_end().len());
    fits(&text[run.clone()], sense, lexicon).then(|| Gloss {
        block: 0,
        range: run.start..run.end + stroke,
        label: squash(label),
        sense,
        side: Side::Before,
        open: false,
        of: None,
    })
}

/// What a printed label in ideographs asks for.
fn known(label: &str, lexicon: &Lexicon) -> Option<Sense> {
    let label = label.trim();
    let written = !label.is_empty() && label.len() <= LONGEST_LABEL && label.chars().any(is_cjk) && !label.contains(['。', '，']);
    written.then(|| lexicon.label(label)).flatten()
}

/// Whether letters may say again what a label does: E-mail below 联系电话 is the next label.
fn fits(letters: &str, sense: Sense, lexicon: &Lexicon) -> bool {
    lexicon.label(letters).is_none_or(|own| own.kind == sense.kind || own.weak)
}

/// Whether a label with its gloss ends here: a colon, the end of its line or cell, a gap, the next label.
fn ends(behind: &str, lexicon: &Lexicon) -> bool {
    let rest = behind.trim_start_matches([' ', '\u{3000}']);
    let gap = behind.len() - rest.len();
    if gap >= 2 || rest.is_empty() || rest.starts_with(['\n', '\r', '\t', '\u{b}', ':', '：', '_', '(', '（']) {
        return true;
    }
    let next = rest.split(|c: char| c.is_whitespace() || c.is_ascii_alphabetic() || matches!(c, ':' | '：')).next().unwrap_or(rest);
    gap >= 1 && known(next, lexicon).is_some_and(|s| !s.weak)
}

/// Stretches of words in letters: no digit, no address of a mailbox or a page among them.
fn runs(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_alphabetic() {
            at += 1;
            continue;
        }
        let start = at;
        let mut letters = 0;
        while at < bytes.len() {
            let next = bytes.get(at + 1).copied().unwrap_or(b' ');
            let inside = match bytes[at] {
                c if c.is_ascii_alphabetic() => {
                    letters += 1;
                    true
                }
                b'.' => !next.is_ascii_alphanumeric(),
                b'-' | b'/' | b'\'' => next.is_ascii_alphabetic(),
                b' ' => next.is_ascii_alphabetic() || next == b'&' && bytes.get(at + 2) == Some(&b' '),
                b'&' => next == b' ',
                _ => false,
            };
            if !inside {
                break;
            }
            at += 1;
        }
        let touches =
            |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'@' | b'_' | b'.' | b'=' | b'+' | b'#' | b'%' | b'"' | b'<' | b'>'));
        let apart = !touches(start.checked_sub(1).and_then(|before| bytes.get(before))) && !touches(bytes.get(at).filter(|b| **b != b'_'));
        let page = text[at..].starts_with("://");
        if apart && !page && letters >= LEAST_LETTERS && at - start <= LONGEST {
            out.push(start..at);
        }
        at = at.max(start + 1);
    }
    out
}

/// The cells of the tables by their place.
struct Cells<'b> {
    at: HashMap<(Option<&'b str>, u32, u32, u32), usize>,
    /// Cells of a row by their column, to find the one to the left of a wide one.
    rows: BTreeMap<(Option<&'b str>, u32, u32), BTreeMap<u32, usize>>,
}

impl<'b> Cells<'b> {
    fn new(blocks: &'b [Block]) -> Self {
        let mut out = Self { at: HashMap::new(), rows: BTreeMap::new() };
        for (n, block) in blocks.iter().enumerate().filter(|(_, b)| b.kind == BlockKind::Cell) {
            let (Some(row), Some(column)) = (block.at.row, block.at.column) else { continue };
            let (sheet, table) = (block.at.sheet.as_deref(), block.at.table.unwrap_or(1));
            out.at.insert((sheet, table, row, column), n);
            out.rows.entry((sheet, table, row)).or_default().insert(column, n);
        }
        out
    }

    /// The cell of the label to the left of a cell, or above it.
    fn label_of(&self, blocks: &[Block], n: usize, lexicon: &Lexicon) -> Option<usize> {
        let at = &blocks[n].at;
        let (sheet, table, row, column) = (at.sheet.as_deref(), at.table.unwrap_or(1), at.row?, at.column?);
        let left = self.rows.get(&(sheet, table, row)).and_then(|cells| cells.range(..column).next_back()).map(|(_, &n)| n);
        let over = row.checked_sub(1).and_then(|over| self.at.get(&(sheet, table, over, column)).copied());
        let is_label = |n: &usize| known(&blocks[*n].text, lexicon).is_some();
        left.filter(is_label).or(over.filter(is_label))
    }
}

/// A little picture before a label (👤 项目负责人); marks of boxes and buttons are answers.
fn is_picture(c: char) -> bool {
    let mark = matches!(c, '\u{1f518}' | '\u{1f532}'..='\u{1f535}' | '\u{1f5f0}'..='\u{1f5f9}');
    let drawn = matches!(c, '\u{1f300}'..='\u{1f6ff}' | '\u{1f900}'..='\u{1faff}' | '☎' | '☏' | '✆' | '✉' | '✍' | '✎' | '✏' | '✐' | '\u{fe0f}');
    drawn && !mark
}

/// Puts blanks in the place of a stretch, byte for byte.
fn blank(text: &mut String, range: Range<usize>) {
    text.replace_range(range.clone(), &" ".repeat(range.len()));
}
