//! Text between tags.
use memchr::memchr3;

/// Adds text with what XML would take for its own signs escaped.
pub(super) fn escape(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = memchr3(b'&', b'<', b'>', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            _ => "&gt;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_xml_are_escaped_and_nothing_else() {
        let mut out = String::from("前");
        escape(&mut out, "<a>&amp;“引”\"'");
        assert_eq!(out, "前&lt;a&gt;&amp;amp;“引”\"'");
    }
}
