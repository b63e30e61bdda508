//! Looks through a page before it is parsed: what could cost the parser more than its length is taken out here.
//!
//! Scripts, styles and comments go. Tags that only change letters go, because unclosed ones are opened anew in every
//! paragraph that follows. Elements nested deeper than the limit lose their tags, not their text.

/// A page ready for the parser.
pub(super) struct Guarded {
    pub html: String,
    /// The contents of its `style` elements.
    pub styles: String,
    pub too_deep: bool,
    /// More tags than the limit; the rest of the page is left out.
    pub too_many: bool,
    /// The page ends within a tag, a comment or a script.
    pub cut: bool,
}

/// Bytes of style rules that are looked at.
const STYLES: usize = 1 << 20;

/// Names of elements that are too deep.
const NAMES: usize = 64;

/// Changes of letters within each other.
const SPANS: usize = 16;

pub(super) fn guard(html: &str, depth: usize, most: usize) -> Guarded {
    let mut out = Guarded { html: String::with_capacity(html.len()), styles: String::new(), too_deep: false, too_many: false, cut: false };
    let mut open: Vec<&str> = Vec::new();
    let mut dropped: Vec<(&str, usize)> = Vec::new();
    let (mut rest, mut tags) = (html, 0usize);
    // Where the next declaration ends; looked for once.
    let mut close: Option<usize> = None;
    while let Some(at) = rest.find('<') {
        out.html.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = match comment.find("-->") {
                Some(end) => &comment[end + 3..],
                None => {
                    out.cut = true;
                    ""
                }
            };
            continue;
        }
        let Some(tag) = Tag::of(rest) else {
            // A sign of its own, or a declaration.
            let declaration = rest.starts_with("<!") || rest.starts_with("<?");
            let here = html.len() - rest.len();
            if declaration && close.is_none_or(|at| at < here) {
                close = Some(html[here..].find('>').map_or(html.len(), |at| here + at));
            }
            match close.filter(|at| declaration && *at < html.len()) {
                Some(at) => rest = &html[at + 1..],
                None => {
                    out.html.push_str("&lt;");
                    rest = &rest[1..];
                }
            }
            continue;
        };
        rest = &rest[tag.length..];
        out.cut |= tag.cut;
        tags += 1;
        if tags > most {
            out.too_many = true;
            return out;
        }
        if let Some(raw) = tag.raw() {
            let end = find_end(rest, raw);
            out.cut |= end.is_none();
            let inner = &rest[..end.unwrap_or(rest.len())];
            rest = &rest[inner.len()..];
            match raw {
                "style" if out.styles.len() + inner.len() < STYLES => out.styles.push_str(inner),
                "textarea" | "title" | "xmp" => {
                    out.html.push_str(&format!("<{raw}{}>", tag.attributes));
                    // What looks like a tag in there is text.
                    out.html.push_str(&inner.replace('<', "&lt;"));
                    out.html.push_str(&format!("</{raw}>"));
                }
                _ => {}
            }
            // The end tag itself.
            if let Some(end) = Tag::of(rest) {
                rest = &rest[end.length..];
            }
            continue;
        }
        if tag.is_plain() {
            continue;
        }
        let name = if tag.is_letters() { "span" } else { tag.name };
        if tag.end {
            if let Some((_, left)) = dropped.iter_mut().find(|(d, left)| *left > 0 && d.eq_ignore_ascii_case(name)) {
                *left -= 1;
                continue;
            }
            if let Some(at) = open.iter().rposition(|o| o.eq_ignore_ascii_case(name)) {
                open.truncate(at);
            }
            out.html.push_str(&format!("</{name}>"));
            continue;
        }
        if !is_void(name) {
            let spans = open.iter().rev().take_while(|o| **o == "span").count();
            let block = open.len() - spans;
            if block > 0 && ends_with_the_next(open[block - 1], name) {
                open.truncate(block - 1);
            }
            // Letters changed so often were never changed back, which no reader sees.
            let needless = name == "span" && spans >= SPANS;
            if needless || open.len() >= depth {
                out.too_deep |= !needless;
                match dropped.iter().position(|(d, _)| d.eq_ignore_ascii_case(name)) {
                    Some(at) => dropped[at].1 += 1,
                    None if dropped.len() < NAMES => dropped.push((name, 1)),
                    None => {}
                }
                continue;
            }
            open.push(name);
        }
        out.html.push_str(&format!("<{name}{}>", tag.attributes));
    }
    out.html.push_str(rest);
    out
}

/// Elements without contents.
fn is_void(name: &str) -> bool {
    ["br", "hr", "img", "input", "meta", "link", "col", "area", "base", "embed", "source", "wbr", "param", "track"].iter().any(|v| name.eq_ignore_ascii_case(v))
}

/// Elements whose end tags may be left out before another of the same kind.
fn ends_with_the_next(last: &str, next: &str) -> bool {
    let any = |names: &[&str], name: &str| names.iter().any(|n| name.eq_ignore_ascii_case(n));
    ["p", "li", "tr", "option"].iter().any(|n| last.eq_ignore_ascii_case(n) && next.eq_ignore_ascii_case(n))
        || (any(&["td", "th"], last) && any(&["td", "th"], next))
        || (any(&["dt", "dd"], last) && any(&["dt", "dd"], next))
}

/// Where the end tag of a raw element begins.
fn find_end(rest: &str, name: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = rest[from..].find("</") {
        let at = from + at;
        let found = rest[at + 2..].get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name));
        if found && !rest[at + 2 + name.len()..].starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return Some(at);
        }
        from = at + 2;
    }
    None
}

/// A tag as it stands in the page.
struct Tag<'a> {
    name: &'a str,
    end: bool,
    /// With the blank before them, without the slash of an empty element.
    attributes: &'a str,
    length: usize,
    cut: bool,
}

impl<'a> Tag<'a> {
    /// The tag that begins here, if one does.
    fn of(rest: &'a str) -> Option<Self> {
        let inner = rest.strip_prefix('<')?;
        let end = inner.starts_with('/');
        let inner = inner.strip_prefix('/').unwrap_or(inner);
        if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let name = inner.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next()?;
        let after = &inner[name.len()..];
        let (mut quote, mut close, mut value) = (None, None, false);
        for (at, byte) in after.bytes().enumerate() {
            match (quote, byte) {
                (Some(open), _) if byte == open => quote = None,
                (Some(_), _) => {}
                // A quotation mark counts only where a value may begin.
                (None, b'"' | b'\'') if value => quote = Some(byte),
                (None, b'>') => {
                    close = Some(at);
                    break;
                }
                (None, b'=') => value = true,
                (None, b) if !b.is_ascii_whitespace() => value = false,
                _ => {}
            }
        }
        let attributes = &after[..close.unwrap_or(after.len())];
        let before = rest.len() - after.len();
        let length = before + close.map_or(after.len(), |c| c + 1);
        Some(Self { name, end, attributes: attributes.trim_end_matches('/'), length, cut: close.is_none() })
    }

    fn is(&self, any: &[&str]) -> bool {
        any.iter().any(|n| self.name.eq_ignore_ascii_case(n))
    }

    /// Whether what follows is no markup up to the end tag.
    fn raw(&self) -> Option<&'static str> {
        let raw = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];
        raw.into_iter().find(|n| !self.end && self.name.eq_ignore_ascii_case(n))
    }

    fn is_letters(&self) -> bool {
        self.is(&["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u", "span"])
    }

    /// A tag without meaning here.
    fn is_plain(&self) -> bool {
        let void = self.is(&["applet", "marquee", "form", "noscript", "template", "plaintext", "frameset", "frame"]);
        void || (self.end && is_void(self.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guarded(html: &str) -> String {
        guard(html, 8, 100).html
    }

    #[test]
    fn scripts_styles_and_comments_are_no_text() {
        let page = guard("a<script>if (1<2) '</p>'</script>b<!-- <p>x --><STYLE>.n{display:none}</STYLE >c 1 < 2<textarea>1<b></textarea>", 8, 100);
        assert_eq!(page.html, "abc 1 &lt; 2<textarea>1&lt;b></textarea>");
        assert_eq!(page.styles, ".n{display:none}");
        assert!(guard("a<script>x", 8, 100).cut);
    }

    #[test]
    fn letters_become_spans_and_depth_is_bounded() {
        assert_eq!(guarded("<FONT face='a>b'>x</FONT><br/>"), "<span face='a>b'>x</span><br>");
        let deep = "<div>".repeat(20) + "x" + &"</div>".repeat(20) + "y";
        let page = guard(&deep, 8, 100);
        assert_eq!(page.html, "<div>".repeat(8) + "x" + &"</div>".repeat(8) + "y");
        assert!(page.too_deep);
        assert!(guard(&"<br>".repeat(101), 8, 100).too_many);
        assert_eq!(guarded("<p>1<p>2<p>3<p>4<p>5<p>6<p>7<p>8<p>9"), "<p>1<p>2<p>3<p>4<p>5<p>6<p>7<p>8<p>9");
    }
}
