//! Lists and their uses, in the words of the numbering that all word processors share.
use super::sprm::CharProps;
use super::styles::Styles;
use crate::read::le::{i32_at, u8_at, u16_at, u32_at};
use crate::read::word::numbering::{Abstract, LEVELS, Level, Num, Numbering};

/// Reads the lists ([MS-DOC] 2.9.178), whose levels follow the part, and their uses (2.9.177). A use has the number
/// that paragraphs name, from 1.
pub(super) fn read((lists, levels): (&[u8], &[u8]), uses: &[u8], styles: &Styles) -> Numbering {
    let mut numbering = Numbering::default();
    let count = usize::from(u16_at(lists, 0).unwrap_or(0));
    let mut at = 0;
    for n in 0..count {
        let Some(list) = lists.get(2 + n * 28..2 + (n + 1) * 28) else { break };
        let (Some(id), Some(flags)) = (i32_at(list, 0), u8_at(list, 26)) else { break };
        let mut found = Abstract::default();
        let many = if flags & 1 == 1 { 1 } else { LEVELS };
        for slot in found.levels.iter_mut().take(many) {
            let Some((level, len)) = level(levels.get(at..).unwrap_or(&[]), styles) else { break };
            at += len;
            *slot = Some(Box::new(level));
        }
        numbering.abstracts.insert(i64::from(id), found);
    }
    overrides(uses, styles, &mut numbering);
    numbering
}

fn overrides(uses: &[u8], styles: &Styles, numbering: &mut Numbering) {
    let count = u32_at(uses, 0).unwrap_or(0).min(1 << 15) as usize;
    let mut at = 4 + count * 16;
    for n in 0..count {
        let from = 4 + n * 16;
        let (Some(of), Some(changes)) = (i32_at(uses, from), u8_at(uses, from + 12)) else { break };
        let mut num = Num { of: i64::from(of), ..Num::default() };
        // Where the use stands in the text, which nothing needs.
        at += 4;
        for _ in 0..changes {
            let (Some(start), Some(flags)) = (u32_at(uses, at), u32_at(uses, at + 4)) else { break };
            at += 8;
            let n = (flags & 0xF) as usize;
            if flags & 0x20 != 0 {
                let Some((level, len)) = level(uses.get(at..).unwrap_or(&[]), styles) else { break };
                at += len;
                if let Some(slot) = num.levels.get_mut(n) {
                    *slot = Some(Box::new(level));
                }
            } else if flags & 0x10 != 0
                && let Some(slot) = num.starts.get_mut(n)
            {
                *slot = Some(start);
            }
        }
        numbering.nums.insert(n as i64 + 1, num);
    }
}

/// One level ([MS-DOC] 2.9.150) and its length.
fn level(bytes: &[u8], styles: &Styles) -> Option<(Level, usize)> {
    let start = u32_at(bytes, 0)?;
    let format = u8_at(bytes, 4)?;
    let flags = u8_at(bytes, 5)?;
    let (characters, paragraph) = (usize::from(u8_at(bytes, 24)?), usize::from(u8_at(bytes, 25)?));
    let after = u8_at(bytes, 26)?;
    let text_at = 28 + paragraph + characters;
    let units = usize::from(u16_at(bytes, text_at)?);
    let text = bytes.get(text_at + 2..text_at + 2 + units * 2)?;
    let mut props = CharProps::default();
    props.apply(bytes.get(28 + paragraph..text_at)?, false);
    let text: Vec<u16> = text.chunks_exact(2).map(|c| u16::from_le_bytes([c[0], c[1]])).collect();
    // A number below nine stands for the number of that level.
    let text = String::from_utf16_lossy(&text).chars().fold(String::new(), |mut text, c| {
        match c as u32 {
            n @ 0..9 if format != BULLET => text.extend(['%', char::from(b'1' + n as u8)]),
            _ => text.push(c),
        }
        text
    });
    let level = Level {
        start,
        format: name(format).to_owned(),
        text,
        legal: flags & 0x04 != 0,
        restart: (flags & 0x08 != 0).then_some(after),
        fonts: styles.fonts(props.fonts, [None; 3], [None; 3]),
        ..Level::default()
    };
    Some((level, text_at + 2 + units * 2))
}

const BULLET: u8 = 23;

/// Number formats as newer files name them.
pub(in crate::read) fn name(format: u8) -> &'static str {
    match format {
        1 => "upperRoman",
        2 => "lowerRoman",
        3 => "upperLetter",
        4 => "lowerLetter",
        5 => "ordinal",
        10 => "ideographDigital",
        11 => "japaneseCounting",
        14 => "decimalFullWidth",
        16 => "japaneseLegal",
        17 => "japaneseDigitalTenThousand",
        18 => "decimalEnclosedCircle",
        19 => "decimalFullWidth2",
        22 => "decimalZero",
        BULLET => "bullet",
        26 => "decimalEnclosedFullstop",
        27 => "decimalEnclosedParen",
        28 => "decimalEnclosedCircleChinese",
        29 => "ideographEnclosedCircle",
        30 => "ideographTraditional",
        31 => "ideographZodiac",
        32 => "ideographZodiacTraditional",
        33 => "taiwaneseCounting",
        34 => "ideographLegalTraditional",
        35 => "taiwaneseCountingThousand",
        36 => "taiwaneseDigital",
        37 => "chineseCounting",
        38 => "chineseLegalSimplified",
        39 => "chineseCountingThousand",
        57 => "numberInDash",
        255 => "none",
        _ => "decimal",
    }
}
