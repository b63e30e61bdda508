//! Compound files (OLE): streams by name, also of files that are cut off or whose tables are damaged.
//!
//! Crates for this format open a file only where its tables fit its length. Evidence arrives cut off, and then the
//! text mostly stands in what is left: here a stream goes on as far as its sectors are there, and says that it ends early.
use super::le::{u16_at, u32_at};
use std::cell::OnceCell;

pub(super) const SIGNATURE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

pub(super) const ENTRY: usize = 128;
/// Directory entries looked at.
const MOST: usize = 1 << 16;
/// The same where only the kind of file is wanted.
const GLANCE: usize = 1 << 11;
/// Sector numbers from here on mean something else: free, end of chain, tables.
const NONE: u32 = 0xFFFF_FFFA;

pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    small_sector: usize,
    /// Streams shorter than this stand in the small sectors.
    small_below: u64,
    fat: Vec<u32>,
    /// Table and bytes of the small sectors, once a stream needs them.
    small: OnceCell<(Vec<u32>, Vec<u8>)>,
    /// Where they are: the first sector of the table, that of the bytes, and how many bytes.
    small_at: (u32, u32, u64),
    entries: Vec<Entry>,
    /// Indices of the entries right under the root.
    top: Vec<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub name: String,
    left: u32,
    right: u32,
    child: u32,
    start: u32,
    size: u64,
}

/// The bytes of a stream.
#[derive(Debug, Default)]
pub(super) struct Stream {
    pub bytes: Vec<u8>,
    /// The file ends, or its tables break, before the stream does.
    pub cut: bool,
}

impl<'a> Compound<'a> {
    /// Opens what is left of a compound file; `None` where not even a directory is found.
    pub fn open(bytes: &'a [u8]) -> Option<Self> {
        Self::with(bytes, MOST)
    }

    /// Opens a file only to look at its names: documents have a few dozen, and a broken directory may seem endless.
    pub fn glance(bytes: &'a [u8]) -> Option<Self> {
        Self::with(bytes, GLANCE)
    }

    fn with(bytes: &'a [u8], most: usize) -> Option<Self> {
        if !bytes.starts_with(&SIGNATURE) {
            return None;
        }
        let sector = 1usize << u16_at(bytes, 0x1E)?.clamp(7, 16);
        let small_sector = 1usize << u16_at(bytes, 0x20)?.clamp(4, 12);
        let mut file = Self {
            bytes,
            sector,
            small_sector,
            small_below: u64::from(u32_at(bytes, 0x38)?.min(1 << 16)),
            fat: Vec::new(),
            small: OnceCell::new(),
            small_at: (NONE, NONE, 0),
            entries: Vec::new(),
            top: Vec::new(),
        };
        file.fat = file.table();
        let directory = file.chain(u32_at(bytes, 0x30)?, (most * ENTRY) as u64);
        file.entries = directory.bytes.chunks_exact(ENTRY).map(entry).collect();
        if !file.entries.iter().any(|e| !e.name.is_empty()) {
            // The directory's own chain is lost: every sector that looks like directory entries is one.
            file.entries = bytes.get(512..).unwrap_or(&[]).chunks_exact(ENTRY).filter(|e| looks_right(e)).take(most).map(entry).collect();
        }
        let root = file.entries.iter().position(|e| e.name == "Root Entry").or_else(|| (!file.entries.is_empty()).then_some(0))?;
        file.top = file.children(root);
        let root = file.entries.get(root)?;
        file.small_at = (u32_at(bytes, 0x3C)?, root.start, root.size);
        Some(file)
    }

    /// Names right under the root, in no certain order; all names where the directory's tree is broken.
    pub fn names(&self) -> Vec<&str> {
        let top = self.top.iter().filter_map(|n| self.entries.get(*n)).map(|e| e.name.as_str());
        let mut names: Vec<&str> = top.filter(|n| !n.is_empty()).collect();
        if names.is_empty() {
            names = self.entries.iter().map(|e| e.name.as_str()).filter(|n| !n.is_empty()).collect();
        }
        names
    }

    /// The stream of this name under the root, or anywhere where the directory's tree is broken.
    pub fn stream(&self, name: &str) -> Option<Stream> {
        let is = |e: &&Entry| e.name.eq_ignore_ascii_case(name);
        let top = self.top.iter().filter_map(|n| self.entries.get(*n)).find(is);
        let entry = top.or_else(|| self.entries.iter().find(is))?;
        if entry.size < self.small_below {
            return Some(self.small_chain(entry.start, entry.size));
        }
        Some(self.chain(entry.start, entry.size))
    }

    /// Entries in the tree below `parent`.
    fn children(&self, parent: usize) -> Vec<usize> {
        let mut found = Vec::new();
        let mut seen = vec![false; self.entries.len()];
        let mut todo = self.entries.get(parent).map(|e| vec![e.child]).unwrap_or_default();
        while let Some(n) = todo.pop() {
            let n = n as usize;
            let (Some(entry), Some(seen)) = (self.entries.get(n), seen.get_mut(n)) else { continue };
            if n == parent || std::mem::replace(seen, true) {
                continue;
            }
            found.push(n);
            todo.extend([entry.right, entry.left].into_iter().filter(|n| *n < NONE));
        }
        found
    }

    fn at(&self, sector: u32) -> Option<usize> {
        (sector as usize).checked_add(1)?.checked_mul(self.sector)
    }

    /// The allocation table: its sectors are listed in the header and in a chain of further lists.
    fn table(&self) -> Vec<u32> {
        let listed = (0..109).map_while(|n| u32_at(self.bytes, 0x4C + n * 4));
        let mut sectors: Vec<u32> = listed.filter(|n| *n < NONE).collect();
        let mut list = u32_at(self.bytes, 0x44).unwrap_or(NONE);
        let most = self.bytes.len() / self.sector + 1;
        let mut steps = 0;
        while list < NONE && steps < most && sectors.len() < most {
            steps += 1;
            let Some(start) = self.at(list) else { break };
            let last = self.sector / 4 - 1;
            sectors.extend((0..last).map_while(|n| u32_at(self.bytes, start + n * 4)).filter(|n| *n < NONE));
            list = u32_at(self.bytes, start + last * 4).unwrap_or(NONE);
        }
        sectors.truncate(most);
        let mut table = Vec::with_capacity(sectors.len() * self.sector / 4);
        for sector in sectors {
            let data = self.at(sector).and_then(|at| self.bytes.get(at..)).unwrap_or(&[]);
            let data = data.get(..self.sector).unwrap_or(data);
            table.extend(numbers(data));
            // A sector of the table that is not there leaves a gap, so that later ones keep their places.
            table.extend(std::iter::repeat_n(u32::MAX, (self.sector - data.len()) / 4));
        }
        table
    }

    fn chain(&self, start: u32, size: u64) -> Stream {
        let most = usize::try_from(size).unwrap_or(usize::MAX);
        let mut bytes = Vec::with_capacity(most.min(self.bytes.len()));
        let mut sector = start;
        while sector < NONE && bytes.len() < most && bytes.len() <= self.bytes.len() {
            let Some(data) = self.at(sector).and_then(|at| self.bytes.get(at..)).filter(|d| !d.is_empty()) else { break };
            let data = data.get(..self.sector).unwrap_or(data);
            bytes.extend_from_slice(data);
            if data.len() < self.sector {
                break;
            }
            // Where the table ends too early, streams mostly lie in one stretch.
            sector = match self.fat.get(sector as usize) {
                Some(next) if *next != u32::MAX => *next,
                _ => sector + 1,
            };
        }
        finish(bytes, most)
    }

    fn small_chain(&self, start: u32, size: u64) -> Stream {
        let (table, small) = self.small.get_or_init(|| {
            let (table, start, size) = self.small_at;
            (numbers(&self.chain(table, self.bytes.len() as u64).bytes), self.chain(start, size).bytes)
        });
        let most = usize::try_from(size).unwrap_or(usize::MAX);
        let mut bytes = Vec::with_capacity(most.min(small.len()));
        let mut sector = start;
        while sector < NONE && bytes.len() < most && bytes.len() <= small.len() {
            let Some(data) = (sector as usize).checked_mul(self.small_sector).and_then(|at| small.get(at..)).filter(|d| !d.is_empty()) else {
                break;
            };
            let data = data.get(..self.small_sector).unwrap_or(data);
            bytes.extend_from_slice(data);
            match table.get(sector as usize) {
                Some(next) => sector = *next,
                None => break,
            }
        }
        finish(bytes, most)
    }
}

fn finish(mut bytes: Vec<u8>, size: usize) -> Stream {
    let cut = bytes.len() < size;
    bytes.truncate(size);
    Stream { bytes, cut }
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect()
}

fn looks_right(e: &[u8]) -> bool {
    matches!(e[66], 1 | 2 | 5) && e[67] <= 1 && e[65] == 0 && (4..=64).contains(&e[64]) && e[64].is_multiple_of(2)
}

fn entry(bytes: &[u8]) -> Entry {
    let len = usize::from(u16_at(bytes, 64).unwrap_or(0)).saturating_sub(2).min(62);
    let units: Vec<u16> = bytes.get(..len).unwrap_or(&[]).chunks_exact(2).map(|c| u16::from_le_bytes([c[0], c[1]])).collect();
    let number = |at: usize| u32_at(bytes, at).unwrap_or(u32::MAX);
    Entry { name: String::from_utf16_lossy(&units), left: number(68), right: number(72), child: number(76), start: number(116), size: u64::from(number(120)) }
}
