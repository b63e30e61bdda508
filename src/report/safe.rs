//! Applicants' text made fit for office documents: no character that XML forbids, no hidden turn of direction.

/// Marks that turn the direction of text; they can make `exe.fdp` look like `pdf.exe`.
fn turns(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Text on several lines: line breaks kept as `\n`, tabs as blanks, what XML 1.0 forbids dropped, direction marks
/// and other controls shown as U+FFFD.
pub fn text(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((at, c)) = rest.char_indices().find(|(_, c)| is_special(*c)) {
        out.push_str(&rest[..at]);
        rest = &rest[at + c.len_utf8()..];
        match c {
            '\r' if rest.starts_with('\n') => {}
            '\r' | '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' => out.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push('\u{fffd}'),
        }
    }
    out.push_str(rest);
    out
}

/// Whether a character does not stand in a document as it is.
fn is_special(c: char) -> bool {
    c.is_control() || turns(c) || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}')
}

/// Text on one line: as [`text`], its runs of white space one blank.
pub fn line(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for part in text(raw).split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(part);
    }
    out
}

/// At most `limit` characters, the last one `…` where something was cut off.
pub fn short(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        None => text.to_owned(),
        Some(_) => text.chars().take(limit.saturating_sub(1)).chain(['…']).collect(),
    }
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
