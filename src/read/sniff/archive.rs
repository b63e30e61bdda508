//! Zip files: which are packages (DOCX, XLSX, ODT, OFD) and which are plain archives.
use super::Ending;
use crate::model::Format;
use crate::read::package::salvage;
use flate2::bufread::DeflateDecoder;
use std::io::Read;

pub(super) fn starts(bytes: &[u8]) -> bool {
    [&b"PK\x03\x04"[..], b"PK\x05\x06", b"PK\x07\x08"].iter().any(|sign| bytes.starts_with(sign))
}

/// Names looked at; a package has its telling parts among the first.
const NAMES: usize = 4096;

pub(super) fn kind(bytes: &[u8], ending: Ending<'_>) -> Format {
    if let Some(entries) = directory(bytes) {
        return of_entries(bytes, &entries);
    }
    match of_entries(bytes, &salvaged(bytes)) {
        Format::Zip => promised(ending).unwrap_or(Format::Zip),
        format => format,
    }
}

/// What a package is by its name alone, where it was cut off before the part that tells.
fn promised(ending: Ending<'_>) -> Option<Format> {
    let packages: [(Format, &[&str]); 7] = [
        (Format::Docx, &["docx", "docm", "dotx", "dotm"]),
        (Format::Xlsx, &["xlsx", "xlsm", "xlsb", "xltx"]),
        (Format::Pptx, &["pptx", "pptm", "ppsx"]),
        (Format::Odt, &["odt", "ott"]),
        (Format::Ods, &["ods", "ots"]),
        (Format::Odp, &["odp", "otp"]),
        (Format::Ofd, &["ofd"]),
    ];
    packages.into_iter().find(|(_, endings)| ending.is(endings)).map(|(format, _)| format)
}

/// A zip whose beginning is something else (a mail gateway's line, the mark of a split archive) is known by its
/// directory; a program that unpacks itself stays a program.
pub(super) fn kind_behind_junk(bytes: &[u8]) -> Option<Format> {
    let entries = directory(bytes).filter(|e| !e.is_empty() && !bytes.starts_with(b"MZ"))?;
    Some(of_entries(bytes, &entries))
}

struct Entry {
    /// With `/`, in small letters.
    name: String,
    method: u16,
    packed: usize,
    /// Where its own header begins, or where its data begin if that is known.
    header: usize,
    data: Option<usize>,
}

fn of_entries(bytes: &[u8], entries: &[Entry]) -> Format {
    let find = |name: &str| entries.iter().find(|e| e.name == name);
    let under = |folder: &str| entries.iter().any(|e| e.name.starts_with(folder));
    if let Some(types) = find("[content_types].xml") {
        let text = content(bytes, types).to_ascii_lowercase();
        let says = |any: &[&str]| any.iter().any(|t| text.contains(t));
        return if says(&["wordprocessingml.document.main", "wordprocessingml.template.main", "ms-word.document.macro", "ms-word.template.macro"]) {
            Format::Docx
        } else if says(&["spreadsheetml.sheet.main", "spreadsheetml.template.main", "ms-excel.sheet.", "ms-excel.template.", "ms-excel.addin."]) {
            Format::Xlsx
        } else if says(&["presentationml.presentation.main", "presentationml.slideshow.main", "presentationml.template.main", "ms-powerpoint."]) {
            Format::Pptx
        } else if under("word/") {
            Format::Docx
        } else if under("xl/") {
            Format::Xlsx
        } else if under("ppt/") {
            Format::Pptx
        } else {
            Format::Zip
        };
    }
    if find("ofd.xml").is_some() {
        return Format::Ofd;
    }
    if let Some(mimetype) = find("mimetype") {
        let text = content(bytes, mimetype);
        return match text.trim() {
            "application/vnd.oasis.opendocument.text" | "application/vnd.oasis.opendocument.text-template" => Format::Odt,
            "application/vnd.oasis.opendocument.spreadsheet" | "application/vnd.oasis.opendocument.spreadsheet-template" => Format::Ods,
            "application/vnd.oasis.opendocument.presentation" | "application/vnd.oasis.opendocument.presentation-template" => Format::Odp,
            other if other.starts_with("application/") => Format::Unknown,
            _ => Format::Zip,
        };
    }
    if find("word/document.xml").is_some() {
        return Format::Docx;
    }
    if find("xl/workbook.xml").is_some() {
        return Format::Xlsx;
    }
    Format::Zip
}

/// The beginning of an entry's content, unpacked.
fn content(bytes: &[u8], entry: &Entry) -> String {
    let start = entry.data.or_else(|| {
        let len = |at: usize| Some(usize::from(u16_at(bytes, entry.header + at)?));
        Some(entry.header + 30 + len(26)? + len(28)?)
    });
    let Some(packed) = start.and_then(|s| bytes.get(s..)).map(|rest| rest.get(..entry.packed).unwrap_or(rest)) else { return String::new() };
    let mut out = Vec::new();
    let most = 1 << 20;
    // What unpacks before an error is enough to tell.
    let _ = match entry.method {
        0 => packed.take(most).read_to_end(&mut out),
        8 => DeflateDecoder::new(packed).take(most).read_to_end(&mut out),
        _ => Ok(0),
    };
    if out.contains(&0) {
        // UTF-16, in which the names looked for are ASCII letters with zeros between.
        out.retain(|b| *b != 0);
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The names of the directory at the end; `None` where it is missing or broken.
fn directory(bytes: &[u8]) -> Option<Vec<Entry>> {
    let tail = bytes.len().saturating_sub(22 + 65_536);
    let end = bytes.get(tail..)?.windows(4).rposition(|w| w == b"PK\x05\x06")? + tail;
    let (count, size, offset) = (u16_at(bytes, end + 10)?, u32_at(bytes, end + 12)?, u32_at(bytes, end + 16)?);
    // Junk before the first entry moves everything; the directory ends where its end record begins.
    let start = end.checked_sub(size).filter(|s| bytes.get(*s..).is_some_and(|d| d.starts_with(b"PK\x01\x02"))).unwrap_or(offset);
    let shift = start.saturating_sub(offset);
    let mut at = start;
    let mut entries = Vec::new();
    while entries.len() < NAMES && bytes.get(at..at.checked_add(4)?) == Some(b"PK\x01\x02") {
        let (name_len, extra, comment) = (u16_at(bytes, at + 28)?, u16_at(bytes, at + 30)?, u16_at(bytes, at + 32)?);
        let name = bytes.get(at + 46..at + 46 + usize::from(name_len))?;
        entries.push(Entry {
            name: folded(name),
            method: u16_at(bytes, at + 10)?,
            packed: u32_at(bytes, at + 20)?,
            header: u32_at(bytes, at + 42)?.saturating_add(shift),
            data: None,
        });
        at += 46 + usize::from(name_len) + usize::from(extra) + usize::from(comment);
    }
    (count == 0 || !entries.is_empty()).then_some(entries)
}

fn salvaged(bytes: &[u8]) -> Vec<Entry> {
    let found = salvage::entries(bytes, 256);
    found.into_iter().map(|e| Entry { name: folded(e.name.as_bytes()), method: e.method, packed: e.data.len(), header: 0, data: Some(e.data.start) }).collect()
}

fn folded(name: &[u8]) -> String {
    let name = String::from_utf8_lossy(name).replace('\\', "/").to_ascii_lowercase();
    name.trim_start_matches("./").trim_start_matches('/').to_owned()
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};
    use zip::write::SimpleFileOptions;

    fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn kind(bytes: &[u8]) -> Format {
        super::kind(bytes, Ending("zip"))
    }

    const TYPES: &str = "[Content_Types].xml";

    fn types(main: &str) -> String {
        format!(
            r#"<Types><Default Extension="xlsx" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"/><Override PartName="/x" ContentType="application/vnd.{main}+xml"/></Types>"#
        )
    }

    #[test]
    fn packages_are_told_apart_by_what_they_declare() {
        let word = types("openxmlformats-officedocument.wordprocessingml.document.main");
        assert_eq!(kind(&zip(&[(TYPES, &word), ("xl/embedded.xml", "")])), Format::Docx);
        let sheet = types("ms-excel.sheet.binary.macroEnabled.main");
        assert_eq!(kind(&zip(&[(TYPES, &sheet)])), Format::Xlsx);
        assert_eq!(kind(&zip(&[(TYPES, "<Types/>"), ("ppt/slides/slide1.xml", "")])), Format::Pptx);
        assert_eq!(kind(&zip(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet")])), Format::Ods);
        assert_eq!(kind(&zip(&[("OFD.xml", "")])), Format::Ofd);
        assert_eq!(kind(&zip(&[("申报书/word/document.xml", ""), ("a.docx", "")])), Format::Zip);
        assert_eq!(kind(&zip(&[("Word\\Document.xml", "")])), Format::Docx);
    }

    #[test]
    fn a_package_cut_off_or_behind_junk_is_still_known() {
        let word = types("openxmlformats-officedocument.wordprocessingml.document.main");
        let whole = zip(&[(TYPES, &word), ("word/document.xml", "<w:document/>")]);
        assert_eq!(kind(&whole[..whole.len() - 60]), Format::Docx);
        // Of the first parts alone the name has to tell.
        for length in [6, 40, 60] {
            assert_eq!(super::super::sniff("申报书.docx", &whole[..length]), Format::Docx, "{length}");
            assert_eq!(super::super::sniff("附件.zip", &whole[..length]), Format::Zip, "{length}");
        }
        let mut behind = b"\r\n--mail gateway--\r\n\0".to_vec();
        behind.extend(&whole);
        assert_eq!(kind_behind_junk(&behind), Some(Format::Docx));
    }
}
