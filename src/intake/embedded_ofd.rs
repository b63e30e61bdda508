//! Files attached to an OFD document, as its `Attachments.xml` lists them.
use super::budget::Budget;
use super::container::{Entry, Unpacked};
use super::faults::damaged;
use super::safe_path::safe_path;
use super::zip;
use super::zip_index::{Index, index};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Members looked at, and files one list may name.
const MOST_MEMBERS: usize = 20_000;
const MOST_FILES: usize = 2_000;
/// Bytes of a list of attachments; real ones have a few hundred.
const MOST_LIST: u64 = 4 << 20;

/// Whether an OFD package lists attached files.
pub(super) fn may_hold(bytes: &[u8]) -> bool {
    let Some(index) = index(bytes, MOST_MEMBERS, 0) else { return false };
    let has = |test: &dyn Fn(&str) -> bool| index.members.iter().any(|m| test(&folded(&m.name)));
    has(&|name| name == "ofd.xml") && has(&is_list)
}

fn is_list(name: &str) -> bool {
    name.rsplit('/').next().is_some_and(|file| file.starts_with("attachments") && file.ends_with(".xml"))
}

fn folded(name: &[u8]) -> String {
    String::from_utf8_lossy(name).replace('\\', "/").to_lowercase().trim_start_matches('/').to_owned()
}

/// Takes the attached files out as far as the limits allow.
pub(super) fn unpack(bytes: &[u8], budget: &mut Budget) -> Unpacked {
    let mut out = Unpacked::default();
    let Some(index) = index(bytes, MOST_MEMBERS, budget.limits.total_bytes) else { return out };
    let names: Vec<String> = index.members.iter().map(|m| folded(&m.name)).collect();
    for list in (0..names.len()).filter(|n| is_list(&names[*n])) {
        let Some(xml) = list_text(bytes, &index, list) else { continue };
        for file in files(&xml) {
            if let Err(problem) = budget.one_more() {
                out.problems.push(problem);
                return out;
            }
            let place = places(&names[list], &file.location).into_iter().find_map(|place| names.iter().position(|name| *name == place));
            let size = place.map_or(0, |n| index.members[n].size);
            let content = place.map_or_else(|| Err(damaged()), |n| zip::content(bytes, &index.members[n], budget));
            out.entries.push(match safe_path(&file.name(), budget.limits) {
                Ok(path) => Entry { path, size, content },
                Err(problem) => Entry { path: file.name().replace('\0', "\u{fffd}"), size, content: Err(problem) },
            });
        }
    }
    out
}

fn list_text(bytes: &[u8], index: &Index, at: usize) -> Option<String> {
    let member = index.members.get(at).filter(|m| m.size <= MOST_LIST)?;
    let limits = super::Limits { file_bytes: MOST_LIST, ..super::Limits::default() };
    let content = zip::content(bytes, member, &mut Budget::new(&limits)).ok()?;
    Some(String::from_utf8_lossy(&content).into_owned())
}

/// Where a location in the list leads, likeliest first.
fn places(list: &str, location: &str) -> Vec<String> {
    let location = location.trim().replace('\\', "/").to_lowercase();
    let folder = list.rsplit_once('/').map_or("", |(folder, _)| folder);
    let document = list.split_once('/').map_or("", |(folder, _)| folder);
    let plain = location.trim_start_matches("./").trim_start_matches('/').to_owned();
    let below = |folder: &str| format!("{folder}/{plain}").trim_start_matches('/').to_owned();
    if location.starts_with('/') { vec![plain.clone(), below(document)] } else { vec![below(folder), below(document), plain.clone()] }
}

#[derive(Default)]
struct File {
    name: String,
    format: String,
    location: String,
}

impl File {
    /// The name it is known by, with the ending it is stored under where it has none.
    fn name(&self) -> String {
        let stored = self.location.trim().rsplit(['/', '\\']).next().unwrap_or_default();
        let name = self.name.trim();
        if name.is_empty() {
            return stored.to_owned();
        }
        let ending = stored.rsplit_once('.').map_or(self.format.trim(), |(_, ending)| ending);
        if name.contains('.') || ending.is_empty() { name.to_owned() } else { format!("{name}.{ending}") }
    }
}

fn files(xml: &str) -> Vec<File> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut out: Vec<File> = Vec::new();
    let mut in_location = false;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) | Event::Empty(start) if local(&start) == "Attachment" && out.len() < MOST_FILES => {
                let value = |key: &str| attribute(&start, key);
                out.push(File { name: value("Name"), format: value("Format"), location: String::new() });
            }
            Event::Start(start) => in_location = local(&start) == "FileLoc",
            Event::Text(text) if in_location => {
                if let Some(file) = out.last_mut() {
                    file.location.push_str(&text);
                }
            }
            Event::End(_) => in_location = false,
            Event::Eof => break,
            _ => {}
        }
    }
    out
}

fn local(start: &BytesStart<'_>) -> String {
    let name = start.name();
    let name = name.as_ref();
    name.rsplit(':').next().unwrap_or_default().to_owned()
}

fn attribute(start: &BytesStart<'_>, key: &str) -> String {
    let found = start.attributes().with_checks(false).flatten().find(|a| a.key.as_ref().rsplit(':').next() == Some(key));
    found.and_then(|a| quick_xml::escape::unescape(&a.value).ok().map(|v| v.into_owned())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_names_its_files() {
        let xml = r#"<ofd:Attachments><ofd:Attachment Name="协议" Format="docx"><ofd:FileLoc> a/1.docx </ofd:FileLoc></ofd:Attachment>
            <ofd:Attachment Name="&amp;.csv"><ofd:FileLoc>2.dat</ofd:FileLoc></ofd:Attachment><ofd:Attachment><ofd:FileLoc>/Doc_0/3.pdf</ofd:FileLoc></ofd:Attachment></ofd:Attachments>"#;
        let names: Vec<String> = files(xml).iter().map(File::name).collect();
        assert_eq!(names, ["协议.docx", "&.csv", "3.pdf"]);
        assert_eq!(places("doc_0/attachs/attachments.xml", "1.docx")[0], "doc_0/attachs/1.docx");
        assert_eq!(places("doc_0/attachments.xml", "/Doc_0/Res/X.jpg")[0], "doc_0/res/x.jpg");
    }
}
