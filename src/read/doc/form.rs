//! Data of form fields, and the sizes of pictures, in the data stream.
use crate::read::le::{i16_at, u16_at, u32_at};
use crate::read::word::field::Field;

const CHECK_BOX: u16 = 1;
const LIST: u16 = 2;
/// The state was never changed: the default holds.
const UNCHANGED: u16 = 25;

/// Tells a field the state of its check box or list ([MS-DOC] 2.9.78); `None` where the data break off.
pub(super) fn state(data: &[u8], at: u32, field: &mut Field) -> Option<()> {
    let at = at as usize;
    let mut form = data.get(at.checked_add(usize::from(u16_at(data, at.checked_add(4)?)?))?..)?;
    let flags = u16_at(form, 4)?;
    let (kind, state) = (flags & 3, flags >> 2 & 0x1F);
    form = form.get(10..)?;
    form = form.get(string(form)?..)?;
    if kind != CHECK_BOX && kind != LIST {
        return None;
    }
    let default = u16_at(form, 0)?;
    let state = if state == UNCHANGED { default } else { state };
    if kind == CHECK_BOX {
        field.ticked = Some(state != 0);
        return Some(());
    }
    form = form.get(2..)?;
    for _ in 0..5 {
        form = form.get(string(form)?..)?;
    }
    field.chosen = usize::from(state);
    let count = usize::from(u16_at(form, 2)?);
    // The count has two bytes in some files and four in others.
    form = form.get(if u16_at(form, 6)? == 0 { 8 } else { 6 }..)?;
    for _ in 0..count.min(256) {
        let len = usize::from(u16_at(form, 0)?);
        let units: Vec<u16> = form.get(2..2 + len * 2)?.chunks_exact(2).map(|c| u16::from_le_bytes([c[0], c[1]])).collect();
        field.entries.push(String::from_utf16_lossy(&units));
        form = form.get(2 + len * 2..)?;
    }
    Some(())
}

/// Bytes of a string with its count and its closing zero.
fn string(bytes: &[u8]) -> Option<usize> {
    Some(2 + usize::from(u16_at(bytes, 0)?) * 2 + 2)
}

/// Width and height of an inline picture in twips, as printed.
pub(super) fn picture_size(data: &[u8], at: u32) -> Option<(i64, i64)> {
    let at = at as usize;
    u32_at(data, at)?;
    let side = |goal: usize, scale: usize| Some(i64::from(i16_at(data, at + goal)?) * i64::from(u16_at(data, at + scale)?) / 1000);
    Some((side(0x1C, 0x20)?, side(0x1E, 0x22)?))
}
