//! Comments, text boxes and pictures of an XLSX package, which stand beside the cells in parts of their own.
use super::grid::Floating;
use crate::model::BlockKind;
use crate::read::Limits;
use crate::read::word::pictures;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Comments, text boxes and pictures by the sheet's name. A part that cannot be read gives none: the workbook's
/// damaged parts are told elsewhere.
pub fn floating(bytes: &[u8], limits: &Limits) -> HashMap<String, Vec<Floating>> {
    let mut found = HashMap::new();
    let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) else { return found };
    let mut package = Package { archive, limit: limits.part_bytes };
    let root = package.relations("");
    let Some(workbook) = root.iter().find(|relation| relation.kind == "officeDocument").map(|relation| relation.target.clone()) else { return found };
    let sheets = package.relations(&workbook);
    for (name, id) in package.sheets(&workbook) {
        let Some(sheet) = sheets.iter().find(|relation| relation.id == id) else { continue };
        let mut all = Vec::new();
        for relation in package.relations(&sheet.target) {
            match relation.kind.as_str() {
                "comments" => all.extend(comments(&package.part(&relation.target))),
                "drawing" => all.extend(drawn(&package.part(&relation.target))),
                _ => {}
            }
        }
        if !all.is_empty() {
            found.insert(name, all);
        }
    }
    found
}

/// A relation to another part.
struct Relation {
    id: String,
    /// Last word of the relation's type.
    kind: String,
    target: String,
}

struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    limit: u64,
}

impl Package<'_> {
    fn part(&mut self, name: &str) -> String {
        let mut bytes = Vec::new();
        if let Ok(part) = self.archive.by_name(name) {
            let _ = part.take(self.limit).read_to_end(&mut bytes);
        }
        crate::text::encoding::decode(&bytes).text
    }

    /// The relations of a part; those of the package where `part` is empty.
    fn relations(&mut self, part: &str) -> Vec<Relation> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let mut found = Vec::new();
        let path = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
        events(&self.part(&path), |event| {
            if let Event::Start(start) | Event::Empty(start) = event
                && start.local_name().as_ref() == "Relationship"
            {
                let kind = attribute(start, "Type").unwrap_or_default();
                found.push(Relation {
                    id: attribute(start, "Id").unwrap_or_default(),
                    kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                    target: resolved(folder, &attribute(start, "Target").unwrap_or_default()),
                });
            }
        });
        found
    }

    /// Name and relation of each sheet.
    fn sheets(&mut self, workbook: &str) -> Vec<(String, String)> {
        let mut found = Vec::new();
        events(&self.part(workbook), |event| {
            if let Event::Start(start) | Event::Empty(start) = event
                && start.local_name().as_ref() == "sheet"
            {
                found.extend(attribute(start, "name").zip(attribute(start, "id")));
            }
        });
        found
    }
}

/// A target against its part's folder: `../comments1.xml` in `xl/worksheets` is `xl/comments1.xml`.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn comments(xml: &str) -> Vec<Floating> {
    let mut found = Vec::new();
    let mut at = None;
    let mut words = Words::default();
    events(xml, |event| {
        match event {
            Event::Start(start) if start.local_name().as_ref() == "comment" => {
                at = attribute(start, "ref").and_then(|address| place(&address));
            }
            Event::End(end) if end.local_name().as_ref() == "comment" => found.extend(words.floating(BlockKind::Comment, at.take())),
            _ => {}
        }
        words.take(event);
    });
    found
}

/// Text boxes and pictures.
fn drawn(xml: &str) -> Vec<Floating> {
    let mut found = Vec::new();
    let mut corner = (None, None);
    let mut inside = "";
    let mut is_large = false;
    let mut words = Words::default();
    events(xml, |event| {
        if let Event::Start(start) | Event::Empty(start) = event {
            match start.local_name().as_ref() {
                "oneCellAnchor" | "twoCellAnchor" | "absoluteAnchor" => is_large = false,
                "ext" => is_large |= is_page_like(start),
                _ => {}
            }
        }
        match event {
            Event::Start(start) => match start.local_name().as_ref() {
                "from" => inside = "from",
                "row" if inside == "from" => inside = "row",
                "col" if inside == "from" => inside = "col",
                _ => {}
            },
            Event::Text(text) if inside == "row" => corner.0 = text.trim().parse().ok(),
            Event::Text(text) if inside == "col" => corner.1 = text.trim().parse().ok(),
            Event::End(end) => match end.local_name().as_ref() {
                "row" | "col" if !inside.is_empty() => inside = "from",
                "from" => inside = "",
                "pic" => found.push(Floating { kind: BlockKind::Picture, at: corner.0.zip(corner.1), text: String::new(), is_large }),
                "sp" => found.extend(words.floating(BlockKind::TextBox, corner.0.zip(corner.1))),
                _ => {}
            },
            _ => {}
        }
        words.take(event);
    });
    found
}

/// Whether an extent, in English metric units, is that of a scanned page.
fn is_page_like(extent: &BytesStart) -> bool {
    let side = |name: &str| attribute(extent, name).and_then(|value| value.parse::<i64>().ok()).unwrap_or(0);
    pictures::is_page_like_in_emu(side("cx"), side("cy"))
}

/// Gathers the text of `t` elements, a line a paragraph.
#[derive(Default)]
struct Words {
    text: String,
    inside: bool,
}

impl Words {
    fn take(&mut self, event: &Event) {
        match event {
            Event::Start(start) if start.local_name().as_ref() == "t" => self.inside = true,
            Event::End(end) if end.local_name().as_ref() == "t" => self.inside = false,
            Event::End(end) if end.local_name().as_ref() == "p" => self.text.push('\n'),
            Event::Text(text) if self.inside => self.text.push_str(text),
            Event::CData(text) if self.inside => self.text.push_str(text),
            Event::GeneralRef(entity) if self.inside => match (entity.resolve_char_ref(), &**entity) {
                (Ok(Some(c)), _) => self.text.push(c),
                (_, "lt") => self.text.push('<'),
                (_, "gt") => self.text.push('>'),
                (_, "amp") => self.text.push('&'),
                (_, "quot") => self.text.push('"'),
                (_, "apos") => self.text.push('\''),
                _ => {}
            },
            _ => {}
        }
    }

    fn floating(&mut self, kind: BlockKind, at: Option<(u32, u32)>) -> Option<Floating> {
        let text = std::mem::take(&mut self.text).trim().to_owned();
        (!text.is_empty()).then(|| Floating::words(kind, at, text))
    }
}

/// Calls `take` for every event, as far as the XML makes sense.
fn events(xml: &str, mut take: impl FnMut(&Event)) {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    while let Ok(event) = reader.read_event() {
        if matches!(event, Event::Eof) {
            return;
        }
        take(&event);
    }
}

fn attribute(start: &BytesStart, local: &str) -> Option<String> {
    let found = start.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == local)?;
    let raw = &*found.value;
    Some(quick_xml::escape::unescape(raw).map_or_else(|_| raw.to_owned(), |value| value.into_owned()))
}

/// Row and column from 0 of an address such as `B12`.
fn place(address: &str) -> Option<(u32, u32)> {
    let letters = address.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (column, row) = address.split_at(letters);
    let column = column.bytes().try_fold(0u32, |sum, letter| sum.checked_mul(26)?.checked_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1))?;
    Some((row.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}
