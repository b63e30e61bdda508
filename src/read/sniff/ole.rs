//! Compound files (OLE): which program wrote one, by the streams under its root.
use super::Ending;
use crate::model::Format;
use crate::read::compound::Compound;

pub(super) fn kind(bytes: &[u8], ending: Ending) -> Format {
    let file = Compound::glance(bytes);
    let names = file.as_ref().map(Compound::names).unwrap_or_default();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::compound::{ENTRY, SIGNATURE};

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
