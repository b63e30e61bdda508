//! What the bytes are, by content.
use crate::model::Format;

/// Looks at the bytes first; the name decides only between kinds of plain text.
pub fn sniff(name: &str, bytes: &[u8]) -> Format {
    let lower = name.to_lowercase();
    if bytes.is_empty() {
        Format::Empty
    } else if bytes.starts_with(b"PK\x03\x04") {
        Format::Docx
    } else if bytes[..bytes.len().min(1024)].windows(5).any(|w| w == b"%PDF-") {
        Format::Pdf
    } else if lower.ends_with(".csv") {
        Format::Csv
    } else {
        Format::Unknown
    }
}
