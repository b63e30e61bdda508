//! The pages of a web archive: a message of several parts, as e-mails are.
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, MessageParser, MessagePart, MimeHeaders};

/// The bytes of each page and the character set its header names. Other parts are pictures, styles and lists of files.
pub(super) fn pages(bytes: &[u8], most: usize) -> Vec<(Vec<u8>, Option<String>)> {
    let Some(message) = MessageParser::default().parse(bytes) else { return Vec::new() };
    let is_page = |part: &&MessagePart| part.content_type().is_some_and(|t| t.ctype().eq_ignore_ascii_case("text") && t.subtype().is_some_and(is_html));
    let pages = message.parts.iter().take(most).filter(is_page);
    pages
        .filter_map(|part| {
            let stored = bytes.get(part.offset_body as usize..part.offset_end as usize)?;
            let decoded = match part.encoding {
                Encoding::None => Some(stored.to_vec()),
                Encoding::Base64 => base64_decode(stored),
                Encoding::QuotedPrintable => quoted_printable_decode(stored),
            };
            let charset = part.content_type().and_then(|t| t.attribute("charset")).map(str::to_owned);
            Some((decoded.unwrap_or_else(|| part.contents().to_vec()), charset))
        })
        .collect()
}

fn is_html(subtype: &str) -> bool {
    subtype.eq_ignore_ascii_case("html") || subtype.eq_ignore_ascii_case("xhtml+xml")
}
