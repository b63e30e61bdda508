//! The count of pages that the program which saved the file wrote into its summary ([MS-OLEPS]).
use crate::read::le::{i32_at, u16_at, u32_at};

const PAGE_COUNT: u32 = 14;
const NUMBER: u16 = 3;

pub(super) fn pages(stream: &[u8]) -> Option<u32> {
    let set = stream.get(u32_at(stream, 44)? as usize..)?;
    let count = u32_at(set, 4)?.min(256) as usize;
    let at = (0..count).find(|n| u32_at(set, 8 + n * 8) == Some(PAGE_COUNT)).and_then(|n| u32_at(set, 12 + n * 8))? as usize;
    let pages = if u16_at(set, at)? == NUMBER { i32_at(set, at.checked_add(4)?)? } else { 0 };
    u32::try_from(pages).ok().filter(|n| *n > 0)
}
