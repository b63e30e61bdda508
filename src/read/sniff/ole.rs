//! Compound files (OLE): which program wrote one, by the streams under its root.
use super::Ending;
use crate::model::Format;

pub(super) const SIGNATURE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

pub(super) fn kind(bytes: &[u8], ending: Ending) -> Format {
    let names = root_names(bytes).filter(|n| !n.is_empty()).unwrap_or_else(|| all_names(bytes));
    let has = |name: &str| names.iter().any(|n| n.eq_ignore_ascii_case(name));
    if has("EncryptedPackage") {
        // What was encrypted cannot be seen; the name is all there is.
        return if ending.is(&["xlsx", "xlsm", "xlsb", "xltx", "et"]) {
            Format::Xlsx
        } else if ending.is(&["pptx", "pptm", "ppsx"]) {
            Format::Pptx
        } else {
            Format::Docx
        };
    }
    if has("WordDocument") {
        return if ending.is(&["wps", "wpt"]) { Format::Wps } else { Format::Doc };
    }
    if has("Workbook") || has("Book") {
        return if ending.is(&["et", "ett"]) { Format::Et } else { Format::Xls };
    }
    if has("PowerPoint Document") {
        return Format::Ppt;
    }
    if names.iter().any(|n| n.starts_with("__properties_version") || n.starts_with("__substg1.0_")) {
        return Format::Msg;
    }
    if has("MatOST") || (has("CONTENTS") && ending.is(&["wps"])) {
        return Format::Wps;
    }
    if !names.is_empty() {
        return Format::Unknown;
    }
    // A broken directory: the name says which reader can say what is wrong.
    [("doc", Format::Doc), ("dot", Format::Doc), ("wps", Format::Wps), ("xls", Format::Xls), ("et", Format::Et), ("ppt", Format::Ppt), ("msg", Format::Msg)]
        .into_iter()
        .find(|(e, _)| ending.is(&[e]))
        .map_or(Format::Unknown, |(_, format)| format)
}

const ENTRY: usize = 128;
/// Directory entries looked at.
const MOST: usize = 1 << 16;
const NONE: u32 = 0xFFFF_FFFA;

struct Item {
    name: String,
    left: u32,
    right: u32,
    child: u32,
}

/// Names right under the root storage; an embedded document's streams lie deeper. `None` for a broken directory.
fn root_names(bytes: &[u8]) -> Option<Vec<String>> {
    let sector = 1usize << u16_at(bytes, 0x1E)?.clamp(7, 16);
    let at = |n: u32| (n as usize).checked_add(1)?.checked_mul(sector);
    let fat = fat_sectors(bytes, sector);
    let per_sector = sector / 4;
    let next = |n: u32| u32_at(bytes, at(*fat.get(n as usize / per_sector)?)? + n as usize % per_sector * 4);
    let mut items = Vec::new();
    let mut current = u32_at(bytes, 0x30)?;
    while current < NONE && items.len() < MOST {
        let Some(data) = at(current).and_then(|a| bytes.get(a..a.checked_add(sector)?)) else { break };
        items.extend(data.chunks_exact(ENTRY).map(item));
        let Some(following) = next(current) else { break };
        current = following;
    }
    let root = items.first()?;
    let mut names = Vec::new();
    let mut todo = vec![root.child];
    let mut steps = 0;
    while let Some(n) = todo.pop() {
        steps += 1;
        let Some(item) = items.get(n as usize).filter(|_| n != 0 && steps <= items.len()) else { continue };
        names.push(item.name.clone());
        todo.extend([item.left, item.right].into_iter().filter(|n| *n < NONE));
    }
    Some(names)
}

/// The sectors that hold the allocation table: 109 in the header, more in a chain.
fn fat_sectors(bytes: &[u8], sector: usize) -> Vec<u32> {
    let mut fat: Vec<u32> = (0..109).map_while(|n| u32_at(bytes, 0x4C + n * 4)).filter(|n| *n < NONE).collect();
    let mut chain = u32_at(bytes, 0x44).unwrap_or(NONE);
    let most = bytes.len() / sector + 1;
    let mut steps = 0;
    while chain < NONE && steps < most {
        steps += 1;
        let Some(start) = (chain as usize + 1).checked_mul(sector) else { break };
        let last = sector / 4 - 1;
        fat.extend((0..last).map_while(|n| u32_at(bytes, start + n * 4)).filter(|n| *n < NONE));
        let Some(following) = u32_at(bytes, start + last * 4) else { break };
        chain = following;
    }
    fat
}

/// Every name that looks like a directory entry, wherever it stands.
fn all_names(bytes: &[u8]) -> Vec<String> {
    let looks_right = |e: &&[u8]| matches!(e[66], 1 | 2 | 5) && e[67] <= 1 && e[65] == 0 && (4..=64).contains(&e[64]) && e[64].is_multiple_of(2);
    bytes.get(512..).unwrap_or(&[]).chunks_exact(ENTRY).filter(looks_right).take(MOST).map(|e| item(e).name).collect()
}

fn item(entry: &[u8]) -> Item {
    let len = usize::from(u16_at(entry, 64).unwrap_or(0)).saturating_sub(2).min(62);
    let units: Vec<u16> = entry.get(..len).unwrap_or(&[]).chunks_exact(2).map(|c| u16::from_le_bytes([c[0], c[1]])).collect();
    let link = |at: usize| u32_at(entry, at).unwrap_or(u32::MAX);
    Item { name: String::from_utf16_lossy(&units), left: link(68), right: link(72), child: link(76) }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A compound file of one directory sector with these names under the root, each the right neighbour of the last.
    fn compound(names: &[&str]) -> Vec<u8> {
        let mut bytes = vec![0u8; 512 * 3];
        bytes[..8].copy_from_slice(&SIGNATURE);
        bytes[0x1E] = 9;
        bytes[0x30..0x34].copy_from_slice(&1u32.to_le_bytes());
        bytes[0x44..0x48].fill(0xFF);
        bytes[0x4C..512].fill(0xFF);
        bytes[0x4C..0x50].copy_from_slice(&0u32.to_le_bytes());
        bytes[512..1024].fill(0xFF);
        for (n, name) in ["Root Entry"].iter().chain(names).enumerate() {
            let entry = &mut bytes[1024 + n * ENTRY..][..ENTRY];
            let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            entry[..units.len()].copy_from_slice(&units);
            entry[64] = units.len() as u8 + 2;
            entry[66] = if n == 0 { 5 } else { 2 };
            entry[68..80].fill(0xFF);
            if n == 0 {
                entry[76..80].copy_from_slice(&1u32.to_le_bytes());
            } else if n < names.len() {
                entry[72..76].copy_from_slice(&(n as u32 + 1).to_le_bytes());
            }
        }
        bytes
    }

    #[test]
    fn the_streams_under_the_root_tell_the_program() {
        assert_eq!(kind(&compound(&["1Table", "WordDocument"]), Ending("xls")), Format::Doc);
        assert_eq!(kind(&compound(&["WordDocument"]), Ending("WPS")), Format::Wps);
        assert_eq!(kind(&compound(&["Workbook"]), Ending("et")), Format::Et);
        assert_eq!(kind(&compound(&["__properties_version1.0"]), Ending("doc")), Format::Msg);
        assert_eq!(kind(&compound(&["EncryptionInfo", "EncryptedPackage"]), Ending("docx")), Format::Docx);
        assert_eq!(kind(&compound(&["EncryptedPackage"]), Ending("xlsx")), Format::Xlsx);
        assert_eq!(kind(&compound(&["Something"]), Ending("doc")), Format::Unknown);
    }

    #[test]
    fn a_broken_directory_never_hangs_and_falls_back() {
        let mut circle = compound(&["WordDocument"]);
        circle[512 + 4..512 + 8].copy_from_slice(&1u32.to_le_bytes());
        assert_eq!(kind(&circle, Ending("doc")), Format::Doc);
        let mut lost = compound(&["Workbook"]);
        lost[0x30..0x34].copy_from_slice(&999u32.to_le_bytes());
        assert_eq!(kind(&lost, Ending("xls")), Format::Xls);
        assert_eq!(kind(&SIGNATURE, Ending("ppt")), Format::Ppt);
    }
}
