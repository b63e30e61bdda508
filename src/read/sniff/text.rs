//! Formats that are text: RTF, HTML, Word XML, web archives, e-mail, CSV, plain text.
use super::Ending;
use crate::model::Format;

/// `None` for bytes that are no text.
pub(super) fn kind(bytes: &[u8], ending: Ending) -> Option<Format> {
    let head = head(bytes)?;
    let text = head.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if text.starts_with("{\\rt") {
        return Some(Format::Rtf);
    }
    let small = text.to_ascii_lowercase();
    Some(markup(&small).or_else(|| mail(&small, ending)).unwrap_or_else(|| plain(ending)))
}

/// How much of a file is looked at.
const HEAD: usize = 8192;

/// The beginning as text, `None` where it is binary. Bytes of an unknown encoding stand for themselves.
fn head(bytes: &[u8]) -> Option<String> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let wide = |unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = head.chunks_exact(2).map(|c| unit([c[0], c[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    let text = match head {
        [0xFF, 0xFE, ..] => wide(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => wide(u16::from_be_bytes),
        [a, 0, b, 0, ..] if *a != 0 && *b != 0 => wide(u16::from_le_bytes),
        [0, a, 0, b, ..] if *a != 0 && *b != 0 => wide(u16::from_be_bytes),
        _ => head.iter().map(|b| char::from(*b)).collect(),
    };
    let odd = text.chars().filter(|c| matches!(c, '\0'..='\x08' | '\x0E'..='\x1A' | '\x1C'..='\x1F')).count();
    (odd * 50 <= text.chars().count() && !text.contains("\0\0")).then_some(text)
}

fn markup(small: &str) -> Option<Format> {
    if !small.starts_with('<') {
        return None;
    }
    let root = root(small)?;
    let tags =
        ["<!doctype html", "<html", "<head", "<body", "<meta", "<title", "<table", "<div", "<p>", "<p ", "<style", "<script", "<font", "<span", "<center"];
    // A page of Word's names the word processor in its head, too.
    if tags.iter().any(|t| root.starts_with(t)) {
        return Some(Format::Html);
    }
    if small.contains("<w:worddocument") || small.contains("progid=\"word.document\"") || small.contains("<pkg:package") {
        return Some(Format::WordXml);
    }
    if small.contains("urn:schemas-microsoft-com:office:spreadsheet") && small.contains("<workbook") || small.contains("progid=\"excel.sheet\"") {
        return Some(Format::SheetXml);
    }
    if small.contains("<office:document ") {
        let kinds = [("opendocument.text", Format::Odt), ("opendocument.spreadsheet", Format::Ods), ("opendocument.presentation", Format::Odp)];
        return kinds.into_iter().find(|(kind, _)| small.contains(kind)).map(|(_, format)| format);
    }
    None
}

/// From the first element on: declarations, comments and processing instructions before it are left out.
fn root(small: &str) -> Option<&str> {
    let mut rest = small;
    while let Some(inner) = rest.strip_prefix("<?").or_else(|| rest.strip_prefix("<!--")) {
        let end = if rest.starts_with("<?") { "?>" } else { "-->" };
        rest = inner.split_once(end)?.1.trim_start();
    }
    Some(rest)
}

/// E-mail or web archive, by the header lines at the top.
fn mail(small: &str, ending: Ending) -> Option<Format> {
    if ending.is(&["txt", "csv", "tsv", "md", "log"]) && !small.contains("\nmime-version:") && !small.starts_with("mime-version:") {
        return None;
    }
    let header = small.split("\n\n").next()?.split("\r\n\r\n").next()?;
    let mut known = 0;
    let mut sent = false;
    for (n, line) in header.lines().take(200).enumerate() {
        if line.starts_with([' ', '\t']) || (n == 0 && line.starts_with("from ")) {
            continue;
        }
        let Some((name, _)) = line.split_once(':').filter(|(n, _)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')) else {
            if n == 0 {
                return None;
            }
            break;
        };
        known += u32::from(matches!(
            name,
            "from"
                | "to"
                | "subject"
                | "date"
                | "received"
                | "mime-version"
                | "content-type"
                | "message-id"
                | "return-path"
                | "delivered-to"
                | "reply-to"
                | "cc"
        ));
        sent |= matches!(name, "to" | "received" | "message-id" | "return-path" | "delivered-to");
    }
    if known < if ending.is(&["eml", "mht", "mhtml"]) { 1 } else { 2 } {
        return None;
    }
    let related = header.contains("multipart/related") || header.contains("snapshot-content-location");
    let web = ending.is(&["mht", "mhtml"]) || (related && !sent && !ending.is(&["eml"]));
    Some(if web { Format::Mht } else { Format::Eml })
}

fn plain(ending: Ending) -> Format {
    if ending.is(&["csv", "tsv"]) { Format::Csv } else { Format::Txt }
}

#[cfg(test)]
mod tests {
    use super::super::sniff;
    use super::*;

    #[test]
    fn what_poses_as_doc_is_what_it_is() {
        assert_eq!(sniff("a.doc", b"{\\rtf1\\ansi"), Format::Rtf);
        assert_eq!(sniff("a.doc", b"<html xmlns:o=\"urn\"><body>"), Format::Html);
        assert_eq!(sniff("a.doc", b"\xEF\xBB\xBF<!DOCTYPE html><html>"), Format::Html);
        assert_eq!(sniff("a.xls", b"<?xml version='1.0'?>\r\n<!-- x --><HTML>"), Format::Html);
        assert_eq!(sniff("a.doc", b"<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w:wordDocument>"), Format::WordXml);
        assert_eq!(sniff("a.doc", b"<html><head><!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]--></head>"), Format::Html);
        let sheet = b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">";
        assert_eq!(sniff("a.xls", sheet), Format::SheetXml);
        let flat = b"<?xml version=\"1.0\"?><office:document office:mimetype=\"application/vnd.oasis.opendocument.text\">";
        assert_eq!(sniff("a.fodt", flat), Format::Odt);
        assert_eq!(sniff("a.doc", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x"), Format::Mht);
        let wide: Vec<u8> = "\u{feff}<html>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(sniff("a.doc", &wide), Format::Html);
        assert_eq!(sniff("a.doc", b"\xEF\xBB\xBF<html><body>"), Format::Html);
    }

    #[test]
    fn e_mail_is_known_by_its_headers_and_the_name_settles_plain_text() {
        let mail = b"Received: from x by y;\r\n Mon, 1\r\nFrom: a@b.cn\r\nTo: c@d.cn\r\nContent-Type: multipart/related\r\n\r\nhi";
        assert_eq!(sniff("mail", mail), Format::Eml);
        assert_eq!(sniff("x.txt", b"From: me\nTo: you\n\nhello"), Format::Txt);
        assert_eq!(sniff("list.CSV", "姓名,单位\n张三,学会\n".as_bytes()), Format::Csv);
        assert_eq!(sniff("readme", "说明：请看附件".as_bytes()), Format::Txt);
        assert_eq!(sniff("x.csv", b"\x00\x01\x02\x03\x04\x05\x00\x00"), Format::Unknown);
        assert_eq!(sniff("x.txt", b"\xD0\xEC\xD6\xDD\xCA\xD0\n"), Format::Txt);
    }
}
