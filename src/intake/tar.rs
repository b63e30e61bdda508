//! Tar archives. Names are bytes of no stated encoding.
use super::budget::{Budget, Taken};
use super::container::{Entry, Unpacked};
use super::faults::{damaged_archive, link, not_regular, truncated};
use super::safe_path::safe_path;
use crate::text::encoding;
use std::io::Cursor;
use tar::EntryType;

/// Whether the first header's checksum is that of a tar archive (the old format has no mark).
pub fn is_tar(bytes: &[u8]) -> bool {
    let Some(header) = bytes.get(..512) else { return false };
    let stated = std::str::from_utf8(&header[148..156]).ok().map(|text| text.trim_matches(['\0', ' ']));
    let Some(stated) = stated.and_then(|octal| u32::from_str_radix(octal, 8).ok()) else { return false };
    let sum = |bytes: &[u8]| bytes.iter().map(|byte| u32::from(*byte)).sum::<u32>();
    header[0] != 0 && sum(header) - sum(&header[148..156]) + 8 * u32::from(b' ') == stated
}

/// Unpacks an archive as far as its bytes and the limits allow.
pub fn unpack(bytes: &[u8], budget: &mut Budget) -> Unpacked {
    let mut out = Unpacked::default();
    let mut names: Vec<Vec<u8>> = Vec::new();
    let mut archive = tar::Archive::new(Cursor::new(bytes));
    let Ok(members) = archive.entries() else { return Unpacked::failed(damaged_archive(0)) };
    for member in members {
        let Ok(member) = member else {
            out.problems.push(damaged_archive(out.entries.len()));
            break;
        };
        let kind = member.header().entry_type();
        if kind.is_dir() || matches!(kind, EntryType::XGlobalHeader | EntryType::XHeader) {
            continue;
        }
        if let Err(problem) = budget.one_more() {
            out.problems.push(problem);
            break;
        }
        let size = member.size();
        names.push(member.path_bytes().into_owned());
        let content = match kind {
            EntryType::Symlink | EntryType::Link => Err(link()),
            EntryType::Regular | EntryType::Continuous | EntryType::GNUSparse => match budget.take(member, None) {
                Ok(content) if content.len() as u64 == size => Ok(content),
                Ok(_) | Err(Taken::Broken(_)) => Err(truncated()),
                Err(Taken::Problem(problem)) => Err(problem),
            },
            _ => Err(not_regular()),
        };
        out.entries.push(Entry { path: String::new(), size, content });
    }
    let encoding = encoding::choose(names.iter().map(Vec::as_slice));
    for (entry, name) in out.entries.iter_mut().zip(names) {
        let name = encoding::decode_as(encoding, &name).text;
        match safe_path(&name, budget.limits) {
            Ok(path) => entry.path = path,
            Err(problem) => {
                entry.path = name.replace('\0', "\u{fffd}");
                entry.content = Err(problem);
            }
        }
    }
    out
}
