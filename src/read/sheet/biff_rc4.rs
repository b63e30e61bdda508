//! Workbooks that Excel encrypts without asking for a password: one whose structure is protected is written
//! with a password that every program knows. Others stay closed.
//!
//! Source: [MS-XLS] 2.2.10, [MS-OFFCRYPTO] 2.3.6 (RC4).
use md5::{Digest, Md5};

const KNOWN: &str = "VelvetSweatshop";
/// The key changes every so many bytes.
const BLOCK: usize = 1024;

/// The key of a workbook, if it is the known one.
pub struct Key([u8; 5]);

impl Key {
    /// `record` is the content of FILEPASS: kind, version, salt, verifier, its digest.
    pub fn known(record: &[u8]) -> Option<Self> {
        let is_rc4 = record.starts_with(&[1, 0, 1, 0, 1, 0]);
        let (salt, verifier, digest) = (record.get(6..22)?, record.get(22..38)?, record.get(38..54)?);
        if !is_rc4 {
            return None;
        }
        let password: Vec<u8> = KNOWN.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let hash = Md5::digest(&password);
        let salted: Vec<u8> = std::iter::repeat_n([&hash[..5], salt].concat(), 16).flatten().collect();
        let key = Self(Md5::digest(&salted)[..5].try_into().ok()?);
        let mut cipher = key.cipher(0);
        let verifier: Vec<u8> = verifier.iter().map(|byte| byte ^ cipher.next()).collect();
        let digest: Vec<u8> = digest.iter().map(|byte| byte ^ cipher.next()).collect();
        (Md5::digest(&verifier)[..] == digest[..]).then_some(key)
    }

    fn cipher(&self, block: u32) -> Rc4 {
        Rc4::new(&Md5::digest([&self.0[..], &block.to_le_bytes()].concat()))
    }

    /// Decrypts a whole stream in place. Record heads are not encrypted, but the key moves on over them.
    pub fn decrypt(&self, stream: &mut [u8]) {
        let plain = plain_ranges(stream);
        let mut plain = plain.iter().peekable();
        for (block, bytes) in (0u32..).zip(stream.chunks_mut(BLOCK)) {
            let mut cipher = self.cipher(block);
            let start = block as usize * BLOCK;
            for (at, byte) in (start..).zip(bytes) {
                let pad = cipher.next();
                while plain.next_if(|range| range.end <= at).is_some() {}
                if plain.peek().is_none_or(|range| at < range.start) {
                    *byte ^= pad;
                }
            }
        }
    }
}

/// Bytes that stand unencrypted, in order: the head of each record, the records that say how to read the
/// others, and where a listed sheet begins.
fn plain_ranges(stream: &[u8]) -> Vec<std::ops::Range<usize>> {
    const WHOLE: [u16; 7] = [0x809, 0x2f, 0xe1, 0xe2, 0x194, 0x195, 0x196];
    let mut ranges = Vec::new();
    let mut at = 0;
    while let Some(head) = stream.get(at..at + 4) {
        let (kind, length) = (u16::from_le_bytes([head[0], head[1]]), usize::from(u16::from_le_bytes([head[2], head[3]])));
        let plain = match kind {
            kind if WHOLE.contains(&kind) => length,
            0x85 => length.min(4),
            _ => 0,
        };
        ranges.push(at..at + 4 + plain);
        at += 4 + length;
    }
    ranges
}

/// The RC4 stream of key bytes.
struct Rc4 {
    state: [u8; 256],
    i: u8,
    j: u8,
}

impl Rc4 {
    fn new(key: &[u8]) -> Self {
        let mut state: [u8; 256] = std::array::from_fn(|n| n as u8);
        let mut j = 0u8;
        for (i, part) in (0..256).zip(key.iter().cycle()) {
            j = j.wrapping_add(state[i]).wrapping_add(*part);
            state.swap(i, usize::from(j));
        }
        Self { state, i: 0, j: 0 }
    }

    fn next(&mut self) -> u8 {
        self.i = self.i.wrapping_add(1);
        let a = self.state[usize::from(self.i)];
        self.j = self.j.wrapping_add(a);
        let b = self.state[usize::from(self.j)];
        self.state.swap(usize::from(self.i), usize::from(self.j));
        self.state[usize::from(a.wrapping_add(b))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_stream_is_that_of_the_published_vectors() {
        // RFC 6229, 40-bit key 0x0102030405.
        let mut cipher = Rc4::new(&[1, 2, 3, 4, 5]);
        let first: Vec<u8> = (0..8).map(|_| cipher.next()).collect();
        assert_eq!(first, [0xb2, 0x39, 0x63, 0x05, 0xf0, 0x3d, 0xc0, 0x27]);
    }

    #[test]
    fn another_password_is_not_known() {
        assert!(Key::known(&[[1, 0, 1, 0, 1, 0].as_slice(), &[7; 48]].concat()).is_none());
        assert!(Key::known(&[1, 0, 1, 0, 1, 0]).is_none());
        assert!(Key::known(&[]).is_none());
    }

    #[test]
    fn decrypting_twice_gives_the_same_bytes_and_heads_stay() {
        let key = Key([1, 2, 3, 4, 5]);
        let record = |kind: u16, data: &[u8]| [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat();
        let whole = [record(0x809, &[6; 16]), record(0x85, &[9; 20]), record(0xfd, &[3; 2000]), record(0x0a, &[])].concat();
        let mut stream = whole.clone();
        key.decrypt(&mut stream);
        assert_eq!(stream[..28], whole[..28]);
        assert_ne!(stream[28..44], whole[28..44]);
        assert_eq!(stream[44..48], whole[44..48]);
        key.decrypt(&mut stream);
        assert_eq!(stream, whole);
    }
}
