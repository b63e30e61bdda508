//! Characters of symbol fonts and private code points, as the characters a reader sees.
use crate::read::symbol_font::{SymbolFont, known};

/// What a character means in a font of this name; `None` where nobody knows.
///
/// Word writes Wingdings and Symbol as U+F020–U+F0FF; some exports keep the plain letter below U+0100
/// and only the font's name tells that `R` is a ticked box.
pub fn meant(c: char, font: &str) -> Option<char> {
    known(SymbolFont::of_name(font), c).or_else(|| gb18030(c as u32))
}

pub fn is_private(c: char) -> bool {
    matches!(c as u32, 0xE000..=0xF8FF | 0xF0000..=0x10FFFD)
}

/// Code points that GB 18030-2000 left in the private area and later editions gave real ones.
fn gb18030(code: u32) -> Option<char> {
    char::from_u32(match code {
        0xE5E5 => 0x3000,
        0xE78D => 0xFE10,
        0xE78E => 0xFE12,
        0xE78F => 0xFE11,
        0xE790..=0xE796 => 0xFE13 + code - 0xE790,
        0xE7C7 => 0x1E3F,
        0xE7C8 => 0x01F9,
        0xE81E => 0x9FB4,
        0xE826 => 0x9FB5,
        0xE82B => 0x9FB6,
        0xE82C => 0x9FB7,
        0xE832 => 0x9FB8,
        0xE843 => 0x9FB9,
        0xE854 => 0x9FBA,
        0xE864 => 0x9FBB,
        _ => return None,
    })
}

/// Presentation ligatures as their letters.
pub fn ligature(c: char) -> Option<&'static str> {
    Some(match c {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_of_wingdings_2_is_a_ticked_box() {
        assert_eq!(meant('R', "ABCDEF+Wingdings2"), Some('☑'));
        assert_eq!(meant('\u{F052}', "Wingdings 2"), Some('☑'));
        assert_eq!(meant('\u{F0FE}', "Wingdings-Regular"), Some('☑'));
        assert_eq!(meant('\u{F0B7}', "SymbolMT"), Some('•'));
        assert_eq!(meant('R', "SimSun"), Some('R'));
    }

    #[test]
    fn what_nobody_knows_stays_unknown() {
        assert_eq!(meant('\u{E123}', "FZSSK"), None);
        assert_eq!(meant('\u{E81E}', "FZSSK"), Some('\u{9FB4}'));
    }
}
