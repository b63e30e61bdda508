//! E-mails as RFC 5322 text (`.eml`): body and attachments, names in any encoding.
use super::budget::{Budget, Taken};
use super::container::{Entry, Unpacked};
use super::faults::{cut_off_mail, damaged_attachment, damaged_mail};
use super::mail::{Mail, html_text};
use crate::model::Problem;
use crate::text::encoding;
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Address, DateTime, Encoding, Message, MessageParser, MessagePart, MimeHeaders, PartType};
use std::borrow::Cow;

/// Takes an e-mail apart as far as the limits allow.
pub fn unpack(bytes: &[u8], budget: &mut Budget) -> Unpacked {
    let Some(message) = MessageParser::default().parse(bytes).filter(is_mail) else {
        return Unpacked::failed(damaged_mail());
    };
    let mut mail = Mail {
        subject: header_text(&message, bytes, "Subject", message.subject()),
        from: addresses(message.from()),
        to: addresses(message.to()),
        received: received(&message),
        ..Mail::default()
    };
    let bodies: Vec<u32> = message.text_body.iter().chain(&message.html_body).copied().collect();
    for (id, part) in (0u32..).zip(&message.parts) {
        if matches!(part.body, PartType::Multipart(_)) {
            continue;
        }
        let name = name_of(part, bytes);
        let is_body = bodies.contains(&id) && name.is_none() && part.text_contents().is_some();
        if is_body {
            continue;
        }
        let content = match budget.take(content(part, bytes).as_ref(), None) {
            Ok(content) => Ok(content),
            Err(Taken::Problem(problem)) => Err(problem),
            Err(Taken::Broken(_)) => Err(damaged_mail()),
        };
        let path = name.unwrap_or_else(|| unnamed(part, mail.attachments.len() + 1));
        mail.attachments.push(Entry { path, size: part.len() as u64, content });
    }
    mail.text = body(&message, bytes);
    let mut unpacked = mail.unpacked(budget);
    if let Some(problem) = lost(&message, bytes) {
        unpacked.problems.insert(0, problem);
    }
    unpacked
}

/// What a whole e-mail would not show: it ends before its last attachment, or an attachment's letters are none of the code.
fn lost(message: &Message, raw: &[u8]) -> Option<Problem> {
    let is_multipart = message.content_type().is_some_and(|kind| kind.ctype().eq_ignore_ascii_case("multipart"));
    if is_multipart && !matches!(message.parts.first().map(|part| &part.body), Some(PartType::Multipart(_))) {
        return Some(cut_off_mail());
    }
    // More heads of attachments than attachments: a line that parts one off is damaged.
    let is_plain = !message.parts.iter().any(|part| matches!(part.body, PartType::Message(_)));
    let coded = |part: &&MessagePart| part.content_transfer_encoding().is_some_and(|name| name.eq_ignore_ascii_case("base64"));
    if strays(message, raw) || is_plain && raw.split(|byte| *byte == b'\n').filter(|line| is_head(line)).count() > message.parts.iter().filter(coded).count() {
        return Some(damaged_attachment());
    }
    // An e-mail is lines of letters: a stretch of zeros is where a copy failed.
    if find(raw, &[0; 4]).is_some() {
        return Some(damaged_attachment());
    }
    for part in &message.parts {
        let in_base64 = part.content_transfer_encoding().is_some_and(|name| name.eq_ignore_ascii_case("base64"));
        let own = raw.get(part.offset_body as usize..part.offset_end as usize).unwrap_or_default();
        match &part.body {
            PartType::Multipart(_) => {
                let boundary = part.content_type().and_then(|kind| kind.attribute("boundary")).unwrap_or_default();
                let mark = format!("--{boundary}");
                let rest = raw.get(part.offset_body as usize..).unwrap_or_default();
                // The end mark, and no part behind it.
                let end = find(rest, format!("{mark}--").as_bytes());
                let behind = end.and_then(|end| rest.get(end + mark.len()..)).unwrap_or_default();
                if !boundary.is_empty() && (end.is_none() || find(behind, mark.as_bytes()).is_some()) {
                    return Some(cut_off_mail());
                }
            }
            PartType::Message(_) => {}
            _ if in_base64 && (part.is_encoding_problem || !is_base64(own)) => return Some(damaged_attachment()),
            _ => {}
        }
    }
    None
}

fn find(bytes: &[u8], words: &[u8]) -> Option<usize> {
    bytes.windows(words.len()).position(|window| window == words)
}

/// Letters of the code, blanks, and at most four signs that fill up the end.
fn is_base64(bytes: &[u8]) -> bool {
    let mut letters = 0usize;
    let mut fill = 0usize;
    for byte in bytes {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' if fill == 0 => letters += 1,
            b'=' => fill += 1,
            b' ' | b'\t' | b'\r' | b'\n' => {}
            _ => return false,
        }
    }
    // Some writers leave the filling out; a lone letter is the beginning of a byte that is lost.
    fill <= 2 && letters % 4 != 1
}

/// Whether a line belongs to the head of an attachment.
fn is_head(line: &[u8]) -> bool {
    const HEAD: &[u8] = b"content-transfer-encoding: base64";
    line.get(..HEAD.len()).is_some_and(|start| start.eq_ignore_ascii_case(HEAD))
}

/// Whether letters of an attachment stand where none is: before the first part, among words, within a head.
fn strays(message: &Message, raw: &[u8]) -> bool {
    let holds_letters = |part: &MessagePart| {
        let coded = part.content_transfer_encoding().is_some_and(|name| name.eq_ignore_ascii_case("base64"));
        coded || matches!(part.body, PartType::Message(_))
    };
    let mut parts: Vec<(usize, usize)> =
        message.parts.iter().filter(|part| holds_letters(part)).map(|part| (part.offset_body as usize, part.offset_end as usize)).collect();
    parts.sort_unstable();
    let mut from = 0;
    for (start, end) in parts.into_iter().chain([(raw.len(), raw.len())]) {
        if raw.get(from..start).is_some_and(holds_code) {
            return true;
        }
        from = from.max(end);
    }
    false
}

/// Four full lines of an attachment's letters. A line that goes on a head (a signature of the mail's way) begins with a blank.
fn holds_code(text: &[u8]) -> bool {
    let is_letter = |b: &u8| b.is_ascii_alphanumeric() || b"+/".contains(b);
    let mut full = 0;
    text.split(|byte| *byte == b'\n').any(|line| {
        let line = line.trim_ascii_end();
        full = if (60..=76).contains(&line.len()) && line.iter().all(is_letter) { full + 1 } else { 0 };
        full >= 4
    })
}

/// The words of the e-mail itself: plain text where there is some, else the text of its HTML.
fn body(message: &Message, raw: &[u8]) -> String {
    let parts = message.text_body.iter().filter_map(|id| message.parts.get(*id as usize)).filter(|part| name_of(part, raw).is_none());
    let texts: Vec<Cow<str>> = parts
        .filter_map(|part| match &part.body {
            PartType::Text(text) => Some(Cow::Borrowed(text.as_ref())),
            PartType::Html(html) => Some(Cow::Owned(html_text(html))),
            _ => None,
        })
        .collect();
    texts.join("\n")
}

/// A part as it was attached. Text is given undecoded, because the file's digest is over its own bytes.
fn content<'a>(part: &'a MessagePart, raw: &'a [u8]) -> Cow<'a, [u8]> {
    if !matches!(part.body, PartType::Text(_) | PartType::Html(_)) {
        return Cow::Borrowed(part.contents());
    }
    let stored = raw.get(part.offset_body as usize..part.offset_end as usize).unwrap_or_default();
    let decoded = match part.encoding {
        Encoding::None => return Cow::Borrowed(stored),
        Encoding::Base64 => base64_decode(stored),
        Encoding::QuotedPrintable => quoted_printable_decode(stored),
    };
    decoded.map_or_else(|| Cow::Borrowed(part.contents()), Cow::Owned)
}

/// The name of an attachment. Some mailers write raw GBK bytes into the header, which is decoded here.
fn name_of(part: &MessagePart, raw: &[u8]) -> Option<String> {
    let name = part.attachment_name()?;
    if !name.contains('\u{fffd}') {
        return Some(name.to_owned());
    }
    let found = part.headers.iter().filter(|header| header.name.as_str().to_ascii_lowercase().starts_with("content-")).find_map(|header| {
        let value = raw.get(header.offset_start as usize..header.offset_end as usize)?;
        let decoded = encoding::decode(value).text;
        let at = decoded.to_ascii_lowercase().find("name=")? + "name=".len();
        let rest = decoded.get(at..)?.trim_start();
        let name = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next()?,
            None => rest.split([';', '\r', '\n']).next()?,
        };
        (!name.trim().is_empty()).then(|| name.trim().to_owned())
    });
    Some(found.unwrap_or_else(|| name.to_owned()))
}

fn unnamed(part: &MessagePart, number: usize) -> String {
    let kind = part.content_type().map(|kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default()).to_ascii_lowercase());
    let ending = match (&part.body, kind.as_deref()) {
        (PartType::Message(_), _) => ".eml",
        (_, Some("image/jpeg" | "image/jpg")) => ".jpg",
        (_, Some("image/png")) => ".png",
        (_, Some("image/gif")) => ".gif",
        (_, Some("application/pdf")) => ".pdf",
        (_, Some("text/html")) => ".html",
        (_, Some("text/plain")) => ".txt",
        _ => "",
    };
    format!("附件{number}{ending}")
}

fn header_text(message: &Message, raw: &[u8], name: &str, parsed: Option<&str>) -> String {
    let parsed = parsed.unwrap_or_default();
    if !parsed.contains('\u{fffd}') {
        return parsed.to_owned();
    }
    let header = message.headers().iter().find(|header| header.name.as_str().eq_ignore_ascii_case(name));
    let value = header.and_then(|header| raw.get(header.offset_start as usize..header.offset_end as usize));
    value.map_or_else(|| parsed.to_owned(), |value| encoding::decode(value).text.trim().to_owned())
}

fn addresses(address: Option<&Address>) -> String {
    let one = |name: Option<&str>, mail: Option<&str>| match (name, mail) {
        (Some(name), Some(mail)) => format!("{name} <{mail}>"),
        (name, mail) => name.or(mail).unwrap_or_default().to_owned(),
    };
    let Some(address) = address else { return String::new() };
    let all: Vec<String> = address.iter().map(|one_address| one(one_address.name(), one_address.address())).collect();
    all.join("; ")
}

/// Whether the text has any of the headers that every e-mail has some of.
fn is_mail(message: &Message) -> bool {
    message.from().is_some() || message.date().is_some() || message.subject().is_some() || message.received().is_some() || message.content_type().is_some()
}

/// When the last server took the e-mail; where no server wrote that down, when it was sent.
fn received(message: &Message) -> Option<i64> {
    // Each server writes its line on top of the others'.
    let last_server = message.received_all().next().and_then(|received| received.date.as_ref());
    last_server.or(message.date()).filter(|date| is_possible(date)).map(DateTime::to_timestamp)
}

fn is_possible(date: &DateTime) -> bool {
    (1..=12).contains(&date.month) && (1..=31).contains(&date.day) && date.hour < 24 && date.minute < 60 && date.year >= 1990
}
