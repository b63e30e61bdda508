//! Applicants' text made fit for office documents: no character that XML forbids, no hidden turn of direction.
use std::borrow::Cow;

/// Marks that turn the direction of text; they can make `exe.fdp` look like `pdf.exe`.
fn turns(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Text on several lines: line breaks kept as `\n`, tabs as blanks, what XML 1.0 forbids dropped, direction marks
/// and other controls shown as U+FFFD.
pub fn text(raw: &str) -> Cow<'_, str> {
    let mut special = first_special(raw);
    if special.is_none() {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((at, c)) = special {
        out.push_str(&rest[..at]);
        rest = &rest[at + c.len_utf8()..];
        match c {
            '\r' if rest.starts_with('\n') => {}
            '\r' | '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' => out.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push('\u{fffd}'),
        }
        special = first_special(rest);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn first_special(text: &str) -> Option<(usize, char)> {
    text.char_indices().find(|(_, c)| is_special(*c))
}

/// Whether a character does not stand in a document as it is.
fn is_special(c: char) -> bool {
    // Nearly every character is one of these.
    !matches!(c, ' '..='~' | '\u{2070}'..='\u{fffd}') && (c.is_control() || turns(c) || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}'))
}

/// Text on one line: as [`text`], its runs of white space one blank.
pub fn line(raw: &str) -> Cow<'_, str> {
    let text = text(raw);
    if is_line(&text) {
        return text;
    }
    let mut out = String::with_capacity(raw.len());
    for part in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(part);
    }
    Cow::Owned(out)
}

/// Whether a text is words with one blank between them.
fn is_line(text: &str) -> bool {
    let mut at_blank = true;
    text.chars().all(|c| {
        let before = std::mem::replace(&mut at_blank, c.is_whitespace());
        !at_blank || c == ' ' && !before
    }) && (!at_blank || text.is_empty())
}

/// At most `limit` characters, the last one `…` where something was cut off.
pub fn short<'t>(text: impl Into<Cow<'t, str>>, limit: usize) -> Cow<'t, str> {
    let text = text.into();
    if text.len() <= limit || text.char_indices().nth(limit).is_none() {
        return text;
    }
    let end = text.char_indices().nth(limit.saturating_sub(1)).map_or(0, |(at, _)| at);
    Cow::Owned(format!("{}…", &text[..end]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_forbids_is_dropped_and_what_deceives_is_shown() {
        assert_eq!(text("a\0\u{1}\u{8}b\u{ffff}"), "ab");
        assert_eq!(text("附件\u{202e}fdp.exe\u{2066}"), "附件\u{fffd}fdp.exe\u{fffd}");
        assert_eq!(text("甲\r\n乙\r丙\t丁"), "甲\n乙\n丙 丁");
        assert_eq!(text("<script>\"'&😀𠮷"), "<script>\"'&😀𠮷");
        assert_eq!(line("  甲 \n\n 乙\u{7f}"), "甲 乙\u{fffd}");
    }

    #[test]
    fn a_cut_is_marked() {
        assert_eq!(short("一二三", 3), "一二三");
        assert_eq!(short("一二三四", 3), "一二…");
    }
}
