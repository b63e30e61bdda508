//! Puts the children of property elements into the order that the schema of WordprocessingML (ECMA-376) asks for.
//! `docx-rs` writes them in an order of its own: most programs forgive that, validators and strict readers do not.
use quick_xml::Reader;
use quick_xml::events::Event;
use std::ops::Range;

/// Children of each element in the schema's order; only those that the papers use.
const ORDERS: [(&str, &[&str]); 7] = [
    ("w:pPr", &["w:pStyle", "w:keepNext", "w:keepLines", "w:pageBreakBefore", "w:widowControl", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr"]),
    ("w:rPr", &["w:rStyle", "w:rFonts", "w:b", "w:bCs", "w:i", "w:iCs", "w:color", "w:sz", "w:szCs", "w:lang"]),
    ("w:tblPr", &["w:tblW", "w:jc", "w:tblInd", "w:tblBorders", "w:tblLayout", "w:tblCellMar"]),
    ("w:tcPr", &["w:tcW", "w:gridSpan", "w:vMerge", "w:tcBorders", "w:shd", "w:tcMar", "w:textDirection", "w:vAlign"]),
    ("w:sectPr", &["w:headerReference", "w:footerReference", "w:type", "w:pgSz", "w:pgMar", "w:pgNumType", "w:cols", "w:titlePg", "w:docGrid"]),
    ("w:style", &["w:name", "w:basedOn", "w:next", "w:qFormat", "w:pPr", "w:rPr"]),
    ("w:settings", &["w:zoom", "w:defaultTabStop", "w:evenAndOddHeaders", "w:characterSpacingControl", "w:compat"]),
];

/// An element that is open: its name's place in [`ORDERS`], and its children so far.
struct Open {
    order: Option<usize>,
    /// Where its content begins in the output.
    content: usize,
    /// Rank and range in the output of each child.
    children: Vec<(usize, Range<usize>)>,
    start: usize,
    rank: usize,
}

/// The part with every property's children in order. Text that is no well-formed XML comes back as it is.
pub(super) fn ordered(part: Vec<u8>) -> Vec<u8> {
    match std::str::from_utf8(&part).ok().and_then(sorted) {
        Some(text) => text.into_bytes(),
        None => part,
    }
}

fn sorted(xml: &str) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    let mut out = String::with_capacity(xml.len());
    let mut open: Vec<Open> = Vec::new();
    let mut at = 0;
    loop {
        let event = reader.read_event().ok()?;
        let end = usize::try_from(reader.buffer_position()).ok()?;
        let raw = xml.get(at..end)?;
        at = end;
        match event {
            Event::Eof => return open.is_empty().then_some(out),
            Event::Start(tag) => {
                let rank = rank(open.last(), &tag.name());
                let start = out.len();
                out.push_str(raw);
                let order = ORDERS.iter().position(|(name, _)| *name == tag.name().as_ref());
                open.push(Open { order, content: out.len(), children: Vec::new(), start, rank });
            }
            Event::Empty(tag) => {
                let rank = rank(open.last(), &tag.name());
                let start = out.len();
                out.push_str(raw);
                if let Some(parent) = open.last_mut() {
                    parent.children.push((rank, start..out.len()));
                }
            }
            Event::End(_) => {
                let done = open.pop()?;
                if done.order.is_some() {
                    sort_children(&mut out, &done);
                }
                out.push_str(raw);
                if let Some(parent) = open.last_mut() {
                    parent.children.push((done.rank, done.start..out.len()));
                }
            }
            _ => out.push_str(raw),
        }
    }
}

/// Place of a child in its parent's order; a name that the order does not list goes last.
fn rank(parent: Option<&Open>, name: &quick_xml::name::QName<'_>) -> usize {
    let order = parent.and_then(|parent| parent.order).map_or(&[][..], |n| ORDERS[n].1);
    order.iter().position(|known| *known == name.as_ref()).unwrap_or(order.len())
}

fn sort_children(out: &mut String, done: &Open) {
    let mut children = done.children.clone();
    if children.is_sorted_by_key(|(rank, _)| *rank) {
        return;
    }
    children.sort_by_key(|(rank, _)| *rank);
    let content: String = children.into_iter().map(|(_, range)| &out[range]).collect();
    out.truncate(done.content);
    out.push_str(&content);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_are_put_in_order_and_nothing_else_moves() {
        let xml = r#"<w:p><w:pPr><w:rPr><w:sz w:val="1" /><w:b /></w:rPr><w:jc /><w:keepNext /></w:pPr><w:r><w:t>b &lt; a</w:t><w:t>a</w:t></w:r></w:p>"#;
        let want = r#"<w:p><w:pPr><w:keepNext /><w:jc /><w:rPr><w:b /><w:sz w:val="1" /></w:rPr></w:pPr><w:r><w:t>b &lt; a</w:t><w:t>a</w:t></w:r></w:p>"#;
        assert_eq!(ordered(xml.as_bytes().to_vec()), want.as_bytes());
        assert_eq!(ordered(want.as_bytes().to_vec()), want.as_bytes());
    }

    #[test]
    fn what_is_no_xml_stays_as_it_is() {
        for broken in ["<w:pPr><w:jc />", "</w:p>", "\u{fffd}", ""] {
            assert_eq!(ordered(broken.as_bytes().to_vec()), broken.as_bytes());
        }
    }
}
