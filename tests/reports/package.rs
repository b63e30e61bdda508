//! Opens a DOCX or XLSX as the zip of XML parts that it is.
use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// The parts of a package, by name; asserts that every XML part is well formed and no time of day leaked in.
pub fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("it is a zip");
    let mut out = BTreeMap::new();
    for n in 0..zip.len() {
        let mut file = zip.by_index(n).expect("the entry opens");
        let name = file.name().expect("the name is UTF-8").into_owned();
        let modified = file.last_modified().map(|at| at.year());
        assert!(modified.is_none_or(|year| year == 1980), "{name} carries a time");
        let mut raw = Vec::new();
        file.read_to_end(&mut raw).expect("the entry unpacks");
        if name.ends_with(".xml") || name.ends_with(".rels") {
            let text = String::from_utf8(raw).expect("parts are UTF-8");
            events(&text);
            out.insert(name, text);
        } else {
            out.insert(name, String::new());
        }
    }
    out
}

/// Every event of a well-formed XML text, without a character that XML forbids.
pub fn events(xml: &str) -> Vec<Event<'static>> {
    assert!(
        !xml.chars().any(|c| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')),
        "a character that XML forbids"
    );
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut out = Vec::new();
    loop {
        match reader.read_event().expect("the XML is well formed") {
            Event::Eof => return out,
            event => out.push(event.into_owned()),
        }
    }
}

/// The text of `w:t`, paragraphs parted by `\n`.
pub fn text_of(document: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for event in events(document) {
        match event {
            Event::Start(e) if e.name().as_ref() == "w:t" => inside = true,
            Event::End(e) if e.name().as_ref() == "w:t" => inside = false,
            Event::End(e) if e.name().as_ref() == "w:p" => out.push('\n'),
            Event::Text(t) if inside => out.push_str(&t),
            Event::GeneralRef(r) if inside => match r.resolve_char_ref().expect("the reference is well formed") {
                Some(c) => out.push(c),
                None => out.push_str(match &*r {
                    "lt" => "<",
                    "gt" => ">",
                    "amp" => "&",
                    "quot" => "\"",
                    "apos" => "'",
                    other => panic!("unknown entity {other}"),
                }),
            },
            _ => {}
        }
    }
    out
}

/// The main document's XML and text.
pub fn document(bytes: &[u8]) -> (String, String) {
    let mut parts = parts(bytes);
    let xml = parts.remove("word/document.xml").expect("it has a document");
    let styles = &parts["word/styles.xml"];
    for used in [&xml, &parts["word/footer1.xml"]].iter().flat_map(|part| part.split(r#"<w:rStyle w:val=""#).skip(1)).filter_map(|rest| rest.split('"').next())
    {
        assert_eq!(styles.matches(&format!(r#"w:styleId="{used}""#)).count(), 1, "{used}");
    }
    let text = text_of(&xml);
    (xml, text)
}
