//! E-mails as Outlook saves them (`.msg`): properties in an OLE file.
//!
//! Own code on `cfb`: texts of the old kind are GBK in China, and attachments are taken once, under the limits.
use super::budget::{Budget, Taken};
use super::container::{Entry, Unpacked};
use super::faults::damaged_mail;
use super::mail::{Mail, html_text};
use crate::text::encoding;
use cfb::CompoundFile;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

type Ole<'a> = CompoundFile<Cursor<&'a [u8]>>;

/// Takes an e-mail apart as far as the limits allow. A message attached to it is listed under its subject,
/// its attachments in a folder of that name.
pub fn unpack(bytes: &[u8], budget: &mut Budget) -> Unpacked {
    let Ok(mut ole) = CompoundFile::open(Cursor::new(bytes)) else {
        return Unpacked::failed(damaged_mail());
    };
    let root = Path::new("/");
    let mut mail = Mail {
        subject: text(&mut ole, root, "0037"),
        from: [text(&mut ole, root, "0C1A"), text(&mut ole, root, "5D01")].join(" ").trim().to_owned(),
        to: text(&mut ole, root, "0E04"),
        text: text(&mut ole, root, "1000"),
        received: delivered(&mut ole),
        ..Mail::default()
    };
    if mail.text.trim().is_empty() {
        mail.text = html(&mut ole, root);
    }
    attachments(&mut ole, budget, &mut mail);
    mail.unpacked(budget)
}

/// Attachments of the message and of the messages attached to it, without recursion.
fn attachments(ole: &mut Ole, budget: &mut Budget, mail: &mut Mail) {
    let mut storages = vec![(PathBuf::from("/"), String::new(), 0u32)];
    while let Some((storage, prefix, depth)) = storages.pop() {
        for attached in attached(ole, &storage) {
            let name =
                [text(ole, &attached, "3707"), text(ole, &attached, "3704"), text(ole, &attached, "3001")].into_iter().find(|name| !name.trim().is_empty());
            let name = format!("{prefix}{}", name.unwrap_or_default());
            let message = attached.join("__substg1.0_3701000D");
            if ole.is_storage(&message) {
                let words = text(ole, &message, "1000");
                let words = if words.trim().is_empty() { html(ole, &message) } else { words };
                let subject = text(ole, &message, "0037");
                let title = if subject.trim().is_empty() { name.clone() } else { format!("{prefix}{subject}") };
                mail.attachments.push(Entry { path: format!("{title}.txt"), size: words.len() as u64, content: Ok(words.into_bytes()) });
                if depth < budget.limits.nesting {
                    storages.push((message, format!("{title}_"), depth + 1));
                }
                continue;
            }
            let path = attached.join("__substg1.0_37010102");
            let size = ole.entry(&path).map_or(0, |entry| entry.len());
            let content = match ole.open_stream(&path).map(|stream| budget.take(stream, None)) {
                Ok(Ok(content)) => Ok(content),
                Ok(Err(Taken::Problem(problem))) => Err(problem),
                Ok(Err(Taken::Broken(_))) | Err(_) => Err(damaged_mail()),
            };
            mail.attachments.push(Entry { path: name, size, content });
        }
    }
}

/// The storages of a message's attachments, in order of their numbers.
fn attached(ole: &Ole, storage: &Path) -> Vec<PathBuf> {
    let Ok(entries) = ole.read_storage(storage) else { return Vec::new() };
    let mut found: Vec<PathBuf> = entries.filter(|entry| entry.name().starts_with("__attach_version1.0_")).map(|entry| entry.path().to_owned()).collect();
    found.sort();
    found
}

/// A text property: UTF-16, or bytes of the sender's code page.
fn text(ole: &mut Ole, storage: &Path, tag: &str) -> String {
    if let Some(bytes) = stream(ole, &storage.join(format!("__substg1.0_{tag}001F"))) {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        return String::from_utf16_lossy(&units).trim_end_matches('\0').to_owned();
    }
    let bytes = stream(ole, &storage.join(format!("__substg1.0_{tag}001E"))).unwrap_or_default();
    encoding::decode(&bytes).text.trim_end_matches('\0').to_owned()
}

fn html(ole: &mut Ole, storage: &Path) -> String {
    let bytes = stream(ole, &storage.join("__substg1.0_10130102")).unwrap_or_default();
    let source = if bytes.is_empty() { text(ole, storage, "1013") } else { encoding::decode(&bytes).text };
    html_text(&source)
}

/// Texts and properties are small; what is larger is no text.
const TEXT_BYTES: u64 = 16 << 20;

fn stream(ole: &mut Ole, path: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    ole.open_stream(path).ok()?.take(TEXT_BYTES).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Time of delivery (property 0E06), else of submission (0039), in seconds since 1970.
fn delivered(ole: &mut Ole) -> Option<i64> {
    let properties = stream(ole, Path::new("/__properties_version1.0"))?;
    let records: Vec<&[u8]> = properties.get(32..)?.chunks_exact(16).collect();
    let time = |tag: u32| {
        let record = records.iter().find(|record| record[..4] == tag.to_le_bytes())?;
        let ticks = i64::from_le_bytes(record[8..16].try_into().ok()?);
        // 100-nanosecond steps since 1601.
        Some(ticks / 10_000_000 - 11_644_473_600).filter(|seconds| *seconds > 0)
    };
    time(0x0E06_0040).or_else(|| time(0x0039_0040))
}
