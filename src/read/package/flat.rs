//! Packages written out as one XML file: where each part stands in it.
use quick_xml::Reader;
use quick_xml::events::Event;
use std::ops::Range;

/// A part that is XML itself; parts of other kinds, which are pictures, are left out.
pub(super) struct FlatPart {
    pub name: String,
    pub data: Range<usize>,
}

/// The parts of a flat package, `None` where the file is none.
pub(super) fn parts(text: &str, most: usize) -> Option<Vec<FlatPart>> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let (mut found, mut name, mut begun) = (Vec::new(), None, None);
    let mut package = false;
    while found.len() < most {
        let before = usize::try_from(reader.buffer_position()).ok()?;
        match reader.read_event() {
            Ok(Event::Start(start)) if begun.is_none() => match start.local_name().as_ref() {
                "package" => package = true,
                "part" if package => {
                    let attributes = start.attributes().flatten();
                    name = attributes.filter(|a| a.key.local_name().as_ref() == "name").map(|a| a.value.to_string()).next();
                }
                "xmlData" if package => begun = Some(usize::try_from(reader.buffer_position()).ok()?),
                _ if !package => return None,
                _ => {}
            },
            Ok(Event::End(end)) if end.local_name().as_ref() == "xmlData" => {
                if let (Some(from), Some(name)) = (begun.take(), name.take()) {
                    found.push(FlatPart { name, data: from..before });
                }
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(_) => break,
        }
    }
    // A part that is cut off is read as far as it goes.
    if let (Some(from), Some(name)) = (begun, name) {
        found.push(FlatPart { name, data: from..text.len() });
    }
    package.then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found_and_other_files_are_none() {
        let text = r#"<?xml version="1.0"?><?mso-application progid="Word.Document"?><pkg:package xmlns:pkg="x"><pkg:part pkg:name="/word/document.xml"><pkg:xmlData><w:document/></pkg:xmlData></pkg:part><pkg:part pkg:name="/a.png"><pkg:binaryData>AA</pkg:binaryData></pkg:part><pkg:part pkg:name="/b.xml"><pkg:xmlData><x>"#;
        let found = parts(text, 10).unwrap();
        let seen: Vec<_> = found.iter().map(|p| (p.name.as_str(), &text[p.data.clone()])).collect();
        assert_eq!(seen, [("/word/document.xml", "<w:document/>"), ("/b.xml", "<x>")]);
        assert!(parts("<w:wordDocument/>", 10).is_none());
    }
}
