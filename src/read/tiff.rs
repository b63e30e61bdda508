//! Pages of a TIFF: where each is described, and the few entries that are needed to find and unpack it.
//!
//! Source: TIFF 6.0 and, for offsets of eight bytes, BigTIFF.
use std::collections::BTreeMap;

/// Values of one entry that are looked at; strips of the tallest scans stay below.
const MOST_VALUES: u64 = 200_000;
/// Entries of one page that are looked at; pages of scanners have two dozen.
const MOST_ENTRIES: u64 = 4_096;

pub const WIDTH: u16 = 256;
pub const HEIGHT: u16 = 257;
pub const COMPRESSION: u16 = 259;
pub const PHOTOMETRIC: u16 = 262;
pub const FILL_ORDER: u16 = 266;
pub const STRIP_OFFSETS: u16 = 273;
pub const ROWS_PER_STRIP: u16 = 278;
pub const STRIP_BYTES: u16 = 279;
pub const X_RESOLUTION: u16 = 282;
pub const FAX_OPTIONS: u16 = 292;
pub const RESOLUTION_UNIT: u16 = 296;
/// Bit 0: a smaller copy of another page.
const SUBFILE: u16 = 254;

/// One page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// Where it is described.
    offset: u64,
    entries: BTreeMap<u16, Vec<u64>>,
}

impl Page {
    pub fn values(&self, tag: u16) -> &[u64] {
        self.entries.get(&tag).map_or(&[], Vec::as_slice)
    }

    pub fn value(&self, tag: u16) -> Option<u64> {
        self.values(tag).first().copied()
    }
}

/// How numbers are written in one file.
#[derive(Debug, Clone, Copy)]
struct Order {
    is_little: bool,
    is_big_tiff: bool,
}

impl Order {
    fn of(bytes: &[u8]) -> Option<Self> {
        let is_little = match bytes.get(..2)? {
            b"II" => true,
            b"MM" => false,
            _ => return None,
        };
        let order = Self { is_little, is_big_tiff: false };
        match order.number(bytes, 2, 2)? {
            42 => Some(order),
            43 => Some(Self { is_big_tiff: true, ..order }),
            _ => None,
        }
    }

    fn number(self, bytes: &[u8], at: u64, size: usize) -> Option<u64> {
        let at = usize::try_from(at).ok()?;
        let digits = bytes.get(at..at.checked_add(size)?)?;
        let add = |sum: u64, digit: &u8| (sum << 8) | u64::from(*digit);
        Some(if self.is_little { digits.iter().rev().fold(0, add) } else { digits.iter().fold(0, add) })
    }

    /// Bytes of an offset, and of the number of entries of a page.
    fn sizes(self) -> (usize, usize) {
        if self.is_big_tiff { (8, 8) } else { (4, 2) }
    }

    /// Where the file names its first page.
    fn first(self) -> u64 {
        if self.is_big_tiff { 8 } else { 4 }
    }
}

/// The pages of a file in order, at most so many; smaller copies of pages are left out.
pub fn pages(bytes: &[u8], most: u32) -> Vec<Page> {
    let Some(order) = Order::of(bytes) else { return Vec::new() };
    let (wide, _) = order.sizes();
    let mut out = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    let mut next = order.number(bytes, order.first(), wide);
    while let Some(offset) = next.filter(|offset| *offset != 0 && out.len() < most as usize && seen.insert(*offset)) {
        let Some((page, after)) = page(bytes, order, offset) else { break };
        if page.value(SUBFILE).unwrap_or(0) & 1 == 0 {
            out.push(page);
        }
        next = after;
    }
    out
}

fn page(bytes: &[u8], order: Order, offset: u64) -> Option<(Page, Option<u64>)> {
    let (wide, head) = order.sizes();
    let count = order.number(bytes, offset, head)?;
    let mut page = Page { offset, ..Page::default() };
    let mut at = offset.checked_add(head as u64)?;
    let entry = 4 + 2 * wide as u64;
    for _ in 0..count.min(MOST_ENTRIES) {
        let (tag, kind) = (order.number(bytes, at, 2)?, order.number(bytes, at + 2, 2)?);
        let count = order.number(bytes, at + 4, wide)?;
        // Bytes, shorts, longs, fractions and long longs; nothing else is needed.
        let size = match kind {
            1 => 1,
            3 => 2,
            4 | 13 => 4,
            5 | 16 | 18 => 8,
            _ => 0,
        };
        let field = at + 4 + wide as u64;
        if size > 0 && (1..=MOST_VALUES).contains(&count) {
            let from = if count * size <= wide as u64 { field } else { order.number(bytes, field, wide)? };
            let value = |n: u64| {
                let place = from.checked_add(n * size)?;
                // A fraction is a long over another; whole numbers are all that is asked for.
                if kind == 5 {
                    Some(order.number(bytes, place, 4)? / order.number(bytes, place + 4, 4)?.max(1))
                } else {
                    order.number(bytes, place, size as usize)
                }
            };
            page.entries.insert(tag as u16, (0..count).map_while(value).collect());
        }
        at = at.checked_add(entry)?;
    }
    let after = offset.checked_add(head as u64)?.checked_add(count.checked_mul(entry)?)?;
    Some((page, order.number(bytes, after, wide)))
}

/// The file with one page in the place of the first, for decoders that open no other.
pub fn with_first(bytes: &[u8], page: &Page) -> Option<Vec<u8>> {
    let order = Order::of(bytes)?;
    let (wide, _) = order.sizes();
    let mut out = bytes.to_vec();
    let at = order.first() as usize;
    let digits = page.offset.to_be_bytes();
    let digits = &digits[8 - wide..];
    let field = out.get_mut(at..at + wide)?;
    field.copy_from_slice(digits);
    if order.is_little {
        field.reverse();
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of pages without strips, each with its width.
    fn file(widths: &[u16]) -> Vec<u8> {
        let mut out = b"II*\0".to_vec();
        for width in widths {
            out.extend((out.len() as u32 + 4).to_le_bytes());
            out.extend(1u16.to_le_bytes());
            out.extend([0, 1, 3, 0, 1, 0, 0, 0]);
            out.extend(width.to_le_bytes());
            out.extend([0, 0]);
        }
        out.extend([0; 4]);
        out
    }

    #[test]
    fn pages_follow_each_other_and_each_can_be_first() {
        let bytes = file(&[100, 200, 300]);
        let found = pages(&bytes, 10);
        assert_eq!(found.iter().map(|p| p.value(WIDTH)).collect::<Vec<_>>(), [Some(100), Some(200), Some(300)]);
        let second = with_first(&bytes, &found[1]).expect("a TIFF");
        assert_eq!(pages(&second, 10)[0].value(WIDTH), Some(200));
        assert_eq!(pages(&bytes, 2).len(), 2);
    }

    /// A file of one page: `before` entries that say nothing, then one of bytes that stand behind the page.
    fn page_of(before: u64, values: u64) -> Page {
        let mut out = b"II*\0\x08\0\0\0".to_vec();
        out.extend((before as u16 + 1).to_le_bytes());
        out.extend((0..before).flat_map(|_| [9, 0x90, 3, 0, 1, 0, 0, 0, 7, 0, 0, 0]));
        out.extend([0, 1, 1, 0]);
        out.extend((values as u32).to_le_bytes());
        out.extend((out.len() as u32 + 8).to_le_bytes());
        out.extend([0; 4]);
        out.extend(std::iter::repeat_n(5, values as usize));
        pages(&out, 1).pop().expect("one page")
    }

    #[test]
    fn entries_beyond_the_limits_are_not_looked_at() {
        assert_eq!(page_of(0, MOST_VALUES).values(WIDTH).len() as u64, MOST_VALUES);
        assert!(page_of(0, MOST_VALUES + 1).values(WIDTH).is_empty());
        assert_eq!(page_of(MOST_ENTRIES - 1, 9).value(WIDTH), Some(5));
        assert_eq!(page_of(MOST_ENTRIES, 9).value(WIDTH), None);
    }

    #[test]
    fn a_ring_of_pages_ends_and_nonsense_has_none() {
        let mut ring = file(&[100]);
        let end = ring.len() - 4;
        ring[end..].copy_from_slice(&8u32.to_le_bytes());
        assert_eq!(pages(&ring, 10).len(), 1);
        assert!(pages(b"II*\0\xff\xff\xff\xff", 10).is_empty() && pages(b"", 10).is_empty());
    }
}
