//! Damaged copies of files, the same on every machine.
#![allow(dead_code)]
use std::io::{Cursor, Read, Write};

/// SplitMix64: the same mutants on every machine.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % sides.max(1) as u64) as usize
    }
}

/// A damaged copy and what was done to it. `other` is another file of the format.
pub fn mutant(bytes: &[u8], other: &[u8], number: usize) -> (Vec<u8>, String) {
    let mut dice = Dice(number as u64);
    let mut out = bytes.to_vec();
    let at = dice.roll(out.len());
    let what = match dice.roll(10) {
        0..=3 => {
            let bit = dice.roll(8);
            out[at] ^= 1 << bit;
            format!("bit {bit} of byte {at} flipped")
        }
        4 => {
            out[at] = [0, 0xFF, 0x7F, 0x80, b' '][dice.roll(5)];
            format!("byte {at} is {:#04x}", out[at])
        }
        5 | 6 => {
            out.truncate(at);
            format!("cut off behind {at} bytes")
        }
        7 => {
            let end = (at + 1 + dice.roll(512)).min(out.len());
            out.drain(at..end);
            format!("bytes {at} to {end} are gone")
        }
        8 => {
            let end = (at + 1 + dice.roll(4096)).min(out.len());
            out[at..end].fill(0);
            format!("bytes {at} to {end} are zero, as after a broken copy")
        }
        _ => {
            let from = dice.roll(other.len());
            let to = (from + 1 + dice.roll(2048.min(out.len() / 3))).min(other.len());
            let end = (at + to - from).min(out.len());
            out.splice(at..end, other[from..to].iter().copied());
            format!("bytes {at} to {end} are bytes {from} to {to} of another file")
        }
    };
    (out, what)
}

/// A damaged copy of one part of a package, packed again with its checksum right: what lies behind the checksum is reached.
/// `None` where the bytes are no zip.
pub fn inside(bytes: &[u8], number: usize) -> Option<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut dice = Dice(number as u64 ^ 0x5EED);
    let chosen = dice.roll(archive.len());
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for n in 0..archive.len() {
        let mut part = archive.by_index(n).ok()?;
        let name = part.name().ok()?.into_owned();
        let mut content = Vec::new();
        part.by_ref().take(4 << 20).read_to_end(&mut content).ok()?;
        if n == chosen && !content.is_empty() {
            content = mutant(&content, bytes, number).0;
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).ok()?;
        out.write_all(&content).ok()?;
    }
    Some(out.finish().ok()?.into_inner())
}
