//! Digests of bytes and of normalised text.
//!
//! The text digest is SHA-256 over the UTF-8 of the body text (paragraphs, cells, text boxes, footnotes) in
//! reading order, normalised so that it survives re-saving and conversion:
//!
//! 1. headers, footers, page numbers, comments, pictures and automatic list labels are left out;
//! 2. every white space and line break is dropped, and so are invisible format characters;
//! 3. full-width ASCII becomes ASCII, radicals and compatibility ideographs the ideograph they stand for;
//! 4. dashes are one dash, and the box signs of a tick box are one empty and one ticked box;
//! 5. filler underscores are dropped (they are drawn lines in some formats).
//!
//! Everything else stays: ① is not 1, a comma is not a full stop.
use crate::model::{Block, Document};
use crate::text::tight;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Lower-case hex of SHA-256.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Lower-case hex of SM3 (GB/T 32905).
pub fn sm3_hex(bytes: &[u8]) -> String {
    use sm3::Digest as _;
    hex(&sm3::Sm3::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

fn normalised<'a>(blocks: impl Iterator<Item = &'a Block>) -> String {
    let mut out = String::new();
    for block in blocks.filter(|b| b.kind.is_body()) {
        out.extend(tight(&block.text).chars().filter_map(|c| match c {
            '_' => None,
            '—' | '–' | '－' | '‐' | '―' | '−' | '─' => Some('-'),
            '☐' | '▢' | '◻' => Some('□'),
            '☒' | '■' | '🗹' | '☑' => Some('☑'),
            c => Some(c),
        }));
    }
    out
}

/// Digest of a document's normalised text; `None` where the document was not read in full, or has no text.
pub fn text_sha256(document: &Document) -> Option<String> {
    if document.has_unread() {
        return None;
    }
    let text = normalised(document.blocks.iter());
    (!text.is_empty()).then(|| sha256_hex(text.as_bytes()))
}

/// Digest of each page's normalised text, where every body block knows its page; else empty.
pub fn page_text_sha256(document: &Document) -> Vec<String> {
    let body = || document.blocks.iter().filter(|b| b.kind.is_body() && !b.text.is_empty());
    if document.has_unread() || body().any(|b| b.at.page.is_none()) {
        return Vec::new();
    }
    let last = body().filter_map(|b| b.at.page).max().unwrap_or(0).max(document.pages.unwrap_or(0));
    (1..=last.min(10_000)).map(|page| sha256_hex(normalised(body().filter(|b| b.at.page == Some(page))).as_bytes())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{BlockKind, Format, Location};

    fn digest(texts: &[(BlockKind, &str)]) -> Option<String> {
        let blocks = texts.iter().map(|(kind, text)| Block::new(*kind, *text, Location::default())).collect();
        text_sha256(&Document::read_full(Format::Txt, blocks))
    }

    #[test]
    fn re_flowed_text_has_the_same_digest_and_a_changed_digit_another() {
        use BlockKind::{Cell, Footer, Paragraph};
        let one = digest(&[(Paragraph, "申请经费：５ 万元"), (Footer, "第1页")]);
        assert_eq!(one, digest(&[(Cell, "申请经费:"), (Cell, "5万元")]));
        assert_ne!(one, digest(&[(Paragraph, "申请经费：8万元")]));
        assert_ne!(digest(&[(Paragraph, "①")]), digest(&[(Paragraph, "1")]));
        assert_ne!(digest(&[(Paragraph, "甲，乙")]), digest(&[(Paragraph, "甲。乙")]));
    }

    #[test]
    fn a_file_without_text_has_no_text_digest() {
        assert_eq!(digest(&[]), None);
    }
}
