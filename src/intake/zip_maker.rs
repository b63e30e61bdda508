//! Zip archives for tests, as various packers write them, hostile ones included.
use super::zip_index::{DEFLATED, STORED};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use std::io::Write;

/// A member to be; change what a case needs.
#[derive(Clone)]
pub struct Planned {
    pub name: Vec<u8>,
    pub content: Vec<u8>,
    pub flags: u16,
    pub method: u16,
    pub mode: u16,
    pub extra: Vec<u8>,
    /// Added to the true checksum.
    pub crc_error: u32,
}

pub fn file(name: &str, content: &[u8]) -> Planned {
    Planned { flags: 1 << 11, ..raw(name.as_bytes(), content) }
}

pub fn gbk(name: &str, content: &[u8]) -> Planned {
    raw(&encoding_rs::GB18030.encode(name).0, content)
}

pub fn raw(name: &[u8], content: &[u8]) -> Planned {
    Planned { name: name.to_vec(), content: content.to_vec(), flags: 0, method: DEFLATED, mode: 0, extra: Vec::new(), crc_error: 0 }
}

pub fn pack(members: &[Planned]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for member in members {
        let start = u32::try_from(out.len()).unwrap();
        let mut crc = flate2::Crc::new();
        crc.update(&member.content);
        let crc = crc.sum().wrapping_add(member.crc_error);
        let packed = if member.method == STORED { member.content.clone() } else { deflated(&member.content) };
        let sizes = [crc, packed.len() as u32, member.content.len() as u32];
        let behind = member.flags & 8 != 0;
        let lengths = [member.name.len() as u16, member.extra.len() as u16];
        let head = [20, member.flags, member.method, 0, 0];
        out.extend(b"PK\x03\x04");
        out.extend(head.iter().flat_map(|n: &u16| n.to_le_bytes()));
        out.extend(sizes.iter().flat_map(|n| if behind { 0u32 } else { *n }.to_le_bytes()));
        out.extend(lengths.iter().flat_map(|n| n.to_le_bytes()));
        out.extend(&member.name);
        out.extend(&member.extra);
        out.extend(&packed);
        if behind {
            out.extend(b"PK\x07\x08");
            out.extend(sizes.iter().flat_map(|n| n.to_le_bytes()));
        }
        directory.extend(b"PK\x01\x02");
        directory.extend([20, if member.mode == 0 { 0 } else { 3 }]);
        directory.extend(head.iter().flat_map(|n| n.to_le_bytes()));
        directory.extend(sizes.iter().flat_map(|n| n.to_le_bytes()));
        directory.extend(lengths.iter().flat_map(|n| n.to_le_bytes()));
        directory.extend([0; 6]);
        directory.extend(0u16.to_le_bytes());
        directory.extend(member.mode.to_le_bytes());
        directory.extend(start.to_le_bytes());
        directory.extend(&member.name);
        directory.extend(&member.extra);
    }
    let at = out.len() as u32;
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([members.len() as u16; 2].iter().flat_map(|n| n.to_le_bytes()));
    out.extend([directory.len() as u32, at].iter().flat_map(|n| n.to_le_bytes()));
    out.extend([0, 0]);
    out
}

pub fn deflated(content: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// Extra field 0x7075 with a name in UTF-8.
pub fn unicode_extra(stored: &[u8], name: &str) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(stored);
    let mut out = vec![0x75, 0x70];
    out.extend((name.len() as u16 + 5).to_le_bytes());
    out.push(1);
    out.extend(crc.sum().to_le_bytes());
    out.extend(name.as_bytes());
    out
}
