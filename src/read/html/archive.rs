//! The pages of a web archive: a message of several parts, as e-mails are.
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{MessageParser, MessagePart, MimeHeaders};

/// The bytes of each page and the character set its header names. Other parts are pictures, styles and lists of files.
pub(super) fn pages(bytes: &[u8], most: usize) -> Vec<(Vec<u8>, Option<String>)> {
    let Some(message) = MessageParser::default().parse(bytes) else { return Vec::new() };
    let is_page = |part: &&MessagePart| part.content_type().is_some_and(|t| t.ctype().eq_ignore_ascii_case("text") && t.subtype().is_some_and(is_html));
    let pages = message.parts.iter().take(most).filter(is_page);
    pages
        .filter_map(|part| {
            let stored = bytes.get(part.offset_body as usize..part.offset_end as usize)?;
            // What the header says: of a part that breaks off the parser does not know it.
            let encoding = part.content_transfer_encoding().unwrap_or_default().trim().to_ascii_lowercase();
            let decoded = match encoding.as_str() {
                "base64" => base64_decode(whole_groups(stored)),
                "quoted-printable" => quoted_printable_decode(stored),
                _ => Some(stored.to_vec()),
            };
            let charset = part.content_type().and_then(|t| t.attribute("charset")).map(str::to_owned);
            Some((decoded?, charset))
        })
        .collect()
}

/// Base64 without the group of four letters in which a cut-off file ends.
fn whole_groups(stored: &[u8]) -> &[u8] {
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    let over = stored.iter().filter(|byte| is_letter(byte)).count() % 4;
    let end = stored.iter().enumerate().rev().filter(|(_, byte)| is_letter(byte)).take(over).last().map_or(stored.len(), |(at, _)| at);
    &stored[..end]
}

fn is_html(subtype: &str) -> bool {
    subtype.eq_ignore_ascii_case("html") || subtype.eq_ignore_ascii_case("xhtml+xml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_breaks_off_within_its_base64_is_read_to_there() {
        let head = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\n\
                    Content-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: base64\r\n\r\n";
        for cut in ["PGI+5ZCI", "PGI+5ZCI5", "PGI+\r\n5ZCI5L2", "PGI+5ZCI\r\n5L"] {
            assert_eq!(pages(format!("{head}{cut}").as_bytes(), 9), [("<b>合".as_bytes().to_vec(), Some("utf-8".to_owned()))], "{cut}");
        }
    }
}
