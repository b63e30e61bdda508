//! One pass over an XML part: elements by meaning, no tree, no recursion, a bounded depth.
use memchr::{memchr, memchr2};
use quick_xml::Reader;
use quick_xml::errors::Error;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;
use std::io::BufRead;

/// What the visitor wants done with an element it was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum Visit {
    Into,
    /// Leave the element and all it holds; it will not be closed.
    Skip,
    /// Enough of this part.
    Stop,
}

/// The elements that mean something to a reader, told apart by namespace and local name.
pub(in crate::read) trait Vocabulary: Copy + PartialEq {
    type Space: Copy;
    /// Anything else: looked through, not at.
    const OTHER: Self;
    fn space_of_uri(uri: &str) -> Self::Space;
    /// What an undeclared prefix means by habit; files put together by hand forget declarations.
    fn space_of_habit(prefix: &str) -> Self::Space;
    fn of(space: Self::Space, local: &str) -> Self;
}

/// Writes the enum of a vocabulary's elements and how their names are looked up. The spaces are an enum with `of_uri`,
/// `of_habit` and a variant `Other`.
macro_rules! elements {
    ($el:ident of $ns:ident { $($body:tt)* }) => {
        $crate::read::xml::elements! { pub(super) enum $el of $ns { $($body)* } }
    };
    ($seen:vis enum $el:ident of $ns:ident { $($space:ident { $($($local:literal)|+ => $name:ident),* $(,)? })* }) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        $seen enum $el {
            $($($name,)*)*
            /// Anything else: looked through, not at.
            Other,
        }

        impl $crate::read::xml::Vocabulary for $el {
            type Space = $ns;
            const OTHER: Self = Self::Other;

            fn space_of_uri(uri: &str) -> $ns {
                $ns::of_uri(uri)
            }

            fn space_of_habit(prefix: &str) -> $ns {
                $ns::of_habit(prefix)
            }

            fn of(space: $ns, local: &str) -> Self {
                match space {
                    $($ns::$space => match local.as_bytes() {
                        $($($local)|+ => Self::$name,)*
                        _ => Self::Other,
                    },)*
                    #[allow(unreachable_patterns)]
                    _ => Self::Other,
                }
            }
        }
    };
}
pub(in crate::read) use elements;

/// Takes an XML part as it streams by. Every element entered is closed, in order, whatever the file does.
pub(in crate::read) trait Visitor {
    type El: Vocabulary;
    fn open(&mut self, el: Self::El, parent: Self::El, attrs: &Attrs) -> Visit;
    fn close(&mut self, el: Self::El, parent: Self::El);
    fn text(&mut self, text: &str, parent: Self::El);
}

/// Why a part was not read to its end, or not as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum Fault {
    /// The data ended too early or did not unpack.
    Cut,
    /// The part unpacks to more than the limit.
    TooLarge,
    /// Not well-formed XML.
    Syntax,
    /// Bytes that are no text in the declared encoding.
    Encoding,
}

#[derive(Debug, Clone, Copy, Default)]
pub(in crate::read) struct Walked {
    pub fault: Option<Fault>,
    /// Elements nested deeper than the limit were left out.
    pub too_deep: bool,
    /// The visitor had enough before the end.
    pub stopped: bool,
}

/// The attributes of one element, found by local name.
pub(in crate::read) struct Attrs<'a>(&'a str);

impl<'a> Attrs<'a> {
    pub fn get(&self, local: &str) -> Option<Cow<'a, str>> {
        self.iter().find(|(key, _)| local_name(key) == local).map(|(_, value)| plain(value))
    }

    pub fn val(&self) -> Option<Cow<'a, str>> {
        self.get("val")
    }

    /// A whole number, `None` where the attribute is absent or no number.
    pub fn number(&self, local: &str) -> Option<i64> {
        self.get(local)?.trim().parse().ok()
    }

    /// An on/off property: present without a value means on.
    pub fn on(&self) -> bool {
        self.val().is_none_or(|v| !matches!(v.trim(), "0" | "false" | "off" | "none" | "False"))
    }

    /// Names with their prefix and values as they stand, for as long as they make sense.
    pub fn iter(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let (name, after) = rest.split_once('=')?;
            let after = after.trim_ascii_start();
            let quote = *after.as_bytes().first().filter(|q| matches!(q, b'"' | b'\''))?;
            let value = after.get(1..)?;
            let end = value.bytes().position(|b| b == quote)?;
            rest = value.get(end + 1..)?;
            Some((name.trim_ascii(), value.get(..end)?))
        })
    }
}

pub(in crate::read) fn local_name(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}

/// An attribute's value with its entities resolved.
pub(in crate::read) fn plain(value: &str) -> Cow<'_, str> {
    if value.contains('&') { quick_xml::escape::unescape(value).unwrap_or(Cow::Borrowed(value)) } else { Cow::Borrowed(value) }
}

/// Reads a whole part. `depth` bounds the nesting of elements that are entered.
pub(in crate::read) fn walk<V: Visitor>(source: impl BufRead, depth: u32, visitor: &mut V) -> Walked {
    let mut reader = Reader::from_reader(source);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut walk = Walk::<V::El> {
        stack: Vec::with_capacity(32),
        skipping: 0,
        names: Names { bound: Vec::new(), last: None },
        depth: depth as usize,
        is_between_tags: false,
        is_plain: true,
        done: Walked::default(),
    };
    let mut buf = Vec::with_capacity(4096);
    let stopped = loop {
        if let Err(e) = walk.pass_over(reader.get_mut()) {
            walk.done.fault = Some(stopped_by(&e));
            break false;
        }
        buf.clear();
        let event = reader.read_event_into(&mut buf);
        walk.is_between_tags = matches!(event, Ok(Event::Start(_) | Event::Empty(_) | Event::End(_)));
        match event {
            Ok(Event::Start(start)) => {
                walk.look_for_zeros(&start);
                if walk.skipping > 0 {
                    walk.skipping += 1;
                } else if !walk.enter(&start, visitor) {
                    break true;
                }
            }
            Ok(Event::Empty(start)) => {
                walk.look_for_zeros(&start);
                if walk.skipping == 0 {
                    if !walk.enter(&start, visitor) {
                        break true;
                    }
                    match walk.skipping {
                        0 => walk.leave(visitor),
                        _ => walk.skipping = 0,
                    }
                }
            }
            Ok(Event::End(end)) => match walk.skipping {
                0 => walk.end(end.name().into_inner(), visitor),
                _ => walk.skipping -= 1,
            },
            Ok(Event::Text(text)) => walk.text(&text, visitor),
            Ok(Event::CData(text)) => walk.text(&text, visitor),
            Ok(Event::GeneralRef(entity)) => {
                let mut small = [0u8; 4];
                match entity.resolve_char_ref() {
                    Ok(Some(c)) => walk.text(c.encode_utf8(&mut small), visitor),
                    Ok(None) => match named(&entity) {
                        Some(words) => walk.text(words, visitor),
                        // Words that a DTD would stand for are not read, and are missing.
                        None => walk.done.fault = Some(Fault::Syntax),
                    },
                    Err(_) => walk.done.fault = Some(Fault::Syntax),
                }
            }
            Ok(Event::Eof) => break false,
            Ok(_) => {}
            Err(Error::IllFormed(_)) => walk.done.fault = Some(Fault::Syntax),
            Err(Error::Io(e)) => {
                walk.done.fault = Some(stopped_by(&e));
                break false;
            }
            Err(Error::Encoding(_)) => {
                walk.done.fault = Some(Fault::Encoding);
                break false;
            }
            Err(_) => {
                walk.done.fault = Some(Fault::Syntax);
                break false;
            }
        }
    };
    walk.done.stopped = stopped;
    if !stopped && (walk.skipping > 0 || !walk.stack.is_empty()) && walk.done.fault.is_none() {
        walk.done.fault = Some(Fault::Cut);
    }
    while !walk.stack.is_empty() {
        walk.leave(visitor);
    }
    walk.done
}

/// What an error of the source means.
fn stopped_by(error: &std::io::Error) -> Fault {
    if error.kind() == std::io::ErrorKind::FileTooLarge { Fault::TooLarge } else { Fault::Cut }
}

/// The five entities XML knows; others (a DTD's) are never expanded.
fn named(name: &str) -> Option<&'static str> {
    Some(match name {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "quot" => "\"",
        "apos" => "'",
        "nbsp" => "\u{a0}",
        _ => return None,
    })
}

struct Walk<E: Vocabulary> {
    stack: Vec<E>,
    /// Open elements inside the one being skipped, itself included.
    skipping: u32,
    names: Names<E>,
    depth: usize,
    /// The source stands just behind a tag.
    is_between_tags: bool,
    /// Nothing was met so far that only the reader of events can judge.
    is_plain: bool,
    done: Walked,
}

impl<E: Vocabulary> Walk<E> {
    fn parent(&self) -> E {
        self.stack.last().copied().unwrap_or(E::OTHER)
    }

    /// A zero byte is no character of XML: the tag that holds one is damaged, and what it names may be lost.
    fn look_for_zeros(&mut self, tag: &BytesStart) {
        if tag.contains('\0') {
            self.done.fault = Some(Fault::Syntax);
        }
    }

    /// Passes over the plain tags inside a skipped element, as far as the source has them at hand: nobody looks at
    /// them, so that they need not become events. What is not plain (references, comments, a single quote, a tag that
    /// is not whole, bytes that are no text) and the end of the skipped element are left to the reader of events.
    fn pass_over(&mut self, source: &mut impl BufRead) -> std::io::Result<()> {
        if self.skipping == 0 || !self.is_between_tags || !self.is_plain {
            return Ok(());
        }
        let at_hand = match source.fill_buf() {
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => return Ok(()),
            filled => filled?,
        };
        let (mut passed, mut open) = (0, self.skipping);
        while let Some((length, tag)) = plain_tag(&at_hand[passed..]) {
            match tag {
                [b'/', ..] if open == 1 => break,
                [b'/', ..] => open -= 1,
                [.., b'/'] => {}
                _ => open = open.saturating_add(1),
            }
            passed += length;
        }
        self.is_plain = memchr(0, &at_hand[..passed]).is_none() && std::str::from_utf8(&at_hand[..passed]).is_ok();
        if self.is_plain {
            source.consume(passed);
            self.skipping = open;
        }
        Ok(())
    }

    /// Whether to go on.
    fn enter(&mut self, start: &BytesStart, visitor: &mut impl Visitor<El = E>) -> bool {
        if self.stack.len() >= self.depth {
            self.done.too_deep = true;
            self.skipping = 1;
            return true;
        }
        let depth = self.stack.len();
        let attrs = Attrs(start.attributes_raw());
        if attrs.0.contains("xmlns") {
            self.names.declare(&attrs, depth);
        }
        let el = self.names.element(start.name().into_inner());
        match visitor.open(el, self.parent(), &attrs) {
            Visit::Into => self.stack.push(el),
            Visit::Skip => {
                self.skipping = 1;
                self.names.leave(depth);
            }
            Visit::Stop => return false,
        }
        true
    }

    fn leave(&mut self, visitor: &mut impl Visitor<El = E>) {
        if let Some(el) = self.stack.pop() {
            visitor.close(el, self.parent());
            self.names.leave(self.stack.len());
        }
    }

    /// An end tag; one that closes nothing is ignored, one that closes an outer element closes those inside too.
    fn end(&mut self, name: &str, visitor: &mut impl Visitor<El = E>) {
        let el = self.names.element(name);
        if self.stack.last() == Some(&el) {
            return self.leave(visitor);
        }
        self.done.fault.get_or_insert(Fault::Syntax);
        if let Some(at) = self.stack.iter().rposition(|open| *open == el) {
            while self.stack.len() > at {
                self.leave(visitor);
            }
        }
    }

    fn text(&mut self, text: &str, visitor: &mut impl Visitor<El = E>) {
        if self.skipping == 0 && !text.is_empty() {
            visitor.text(text, self.parent());
        }
    }
}

/// The next tag, without its brackets, and the bytes up to its end; `None` where it is not whole or not plain.
fn plain_tag(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let start = memchr2(b'<', b'&', bytes).filter(|at| bytes[*at] == b'<')? + 1;
    let (mut is_even, mut has_single) = (true, false);
    let length = bytes[start..].iter().position(|byte| {
        is_even ^= *byte == b'"';
        has_single |= *byte == b'\'';
        *byte == b'>'
    })?;
    let tag = &bytes[start..start + length];
    let is_plain = is_even && !has_single && !matches!(tag.first(), None | Some(b'!' | b'?'));
    is_plain.then_some((start + length + 1, tag))
}

/// Attributes of one element looked through for prefixes.
const MOST_PREFIXES: usize = 1000;

/// Namespace prefixes in force.
struct Names<E: Vocabulary> {
    bound: Vec<(Box<str>, E::Space, usize)>,
    /// The prefix looked up last, which is nearly always the next one too.
    last: Option<(Box<str>, E::Space)>,
}

impl<E: Vocabulary> Names<E> {
    fn declare(&mut self, attrs: &Attrs, depth: usize) {
        for (key, value) in attrs.iter().take(MOST_PREFIXES) {
            let prefix = match key.strip_prefix("xmlns:") {
                Some(prefix) => prefix,
                None if key == "xmlns" => "",
                None => continue,
            };
            self.bound.push((prefix.into(), E::space_of_uri(&plain(value)), depth));
        }
        self.last = None;
    }

    fn leave(&mut self, depth: usize) {
        while self.bound.last().is_some_and(|(_, _, at)| *at >= depth) {
            self.bound.pop();
            self.last = None;
        }
    }

    fn element(&mut self, name: &str) -> E {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let ns = match &self.last {
            Some((last, ns)) if **last == *prefix => *ns,
            _ => {
                let found = self.bound.iter().rev().find(|(bound, ..)| **bound == *prefix);
                let ns = found.map_or_else(|| E::space_of_habit(prefix), |(_, ns, _)| *ns);
                self.last = Some((prefix.into(), ns));
                ns
            }
        };
        E::of(ns, local)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    #[derive(Debug, Clone, Copy, PartialEq)]
    enum Tag {
        Skipped,
        Other,
    }

    impl Vocabulary for Tag {
        type Space = ();
        const OTHER: Self = Self::Other;

        fn space_of_uri(_: &str) {}

        fn space_of_habit(_: &str) {}

        fn of((): (), local: &str) -> Self {
            if local == "skipped" { Self::Skipped } else { Self::Other }
        }
    }

    /// The text that is not skipped, and the elements that were entered.
    #[derive(Debug, Default, PartialEq)]
    struct Heard(String, usize);

    impl Visitor for Heard {
        type El = Tag;

        fn open(&mut self, el: Tag, _: Tag, _: &Attrs) -> Visit {
            self.1 += usize::from(el != Tag::Skipped);
            if el == Tag::Skipped { Visit::Skip } else { Visit::Into }
        }

        fn close(&mut self, _: Tag, _: Tag) {}

        fn text(&mut self, text: &str, _: Tag) {
            self.0.push_str(text);
        }
    }

    fn heard(xml: &[u8], at_a_time: usize) -> (Heard, Option<Fault>) {
        let mut heard = Heard::default();
        let walked = walk(BufReader::with_capacity(at_a_time, xml), 64, &mut heard);
        (heard, walked.fault)
    }

    #[test]
    fn a_skipped_element_ends_where_it_ends_however_its_bytes_arrive() {
        for inside in [
            "",
            "x",
            "<a/><a></a>",
            "<a><skipped>甲</skipped><a b=\"1\" c=\"2\"/></a>",
            "<a b=\"</skipped>\"/>",
            "<a b='\"'>'</a><b c=\">\"/>",
            "<!-- </skipped> \" --><a/>",
            "<![CDATA[</skipped>]]><a>&lt;&#65;</a>",
            "<?a </skipped>?><a/>",
            "<skipped/><skipped a=\"/\"></skipped >",
        ] {
            let xml = format!("<o>1<skipped a=\"b\">{inside}</skipped>2<a/><skipped>{inside}</skipped><a>3</a></o>");
            for at_a_time in (1..40).chain([4096]) {
                assert_eq!(heard(xml.as_bytes(), at_a_time), (Heard("123".into(), 3), None), "{xml} in steps of {at_a_time}");
            }
        }
    }

    #[test]
    fn damage_within_a_skipped_element_is_told() {
        for (inside, fault) in [
            (&b"<a></a><a \0></a>"[..], Fault::Syntax),
            (b"<a></a><a>\xff</a>", Fault::Encoding),
            (b"<a></a><a>&unknown;</a>", Fault::Syntax),
            (b"<a></a><a><a></a>", Fault::Cut),
        ] {
            let xml = [b"<o><skipped>", inside, b"</skipped></o>"].concat();
            for at_a_time in (1..40).chain([4096]) {
                assert_eq!(heard(&xml, at_a_time).1, Some(fault), "{} in steps of {at_a_time}", String::from_utf8_lossy(&xml));
            }
        }
    }
}
