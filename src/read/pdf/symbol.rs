//! Characters of symbol fonts and private code points, as the characters a reader sees.

/// What a private code point means in a font of this name; `None` where nobody knows.
///
/// Word writes Wingdings and Symbol as U+F020–U+F0FF; some exports keep the plain letter below U+0100
/// and only the font's name tells that `R` is a ticked box.
pub fn meant(c: char, font: &str) -> Option<char> {
    let code = c as u32;
    let family = Family::of(font);
    match code {
        0x21..=0xFF if family != Family::Text => family.letter(code as u8),
        0xF020..=0xF0FF => match family {
            Family::Text => by_habit((code - 0xF000) as u8),
            _ => family.letter((code - 0xF000) as u8),
        },
        0xE000..=0xF8FF => gb18030(code),
        0xF0000..=0x10FFFD => None,
        _ => Some(c),
    }
}

pub fn is_private(c: char) -> bool {
    matches!(c as u32, 0xE000..=0xF8FF | 0xF0000..=0x10FFFD)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Text,
    Wingdings,
    Wingdings2,
    Symbol,
}

impl Family {
    fn of(font: &str) -> Self {
        let name: String = font.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect();
        if name.contains("wingdings2") {
            Self::Wingdings2
        } else if name.contains("wingdings3") || name.contains("webdings") {
            Self::Text
        } else if name.contains("wingdings") {
            Self::Wingdings
        } else if name.ends_with("symbol") || name.ends_with("symbolmt") {
            if name.contains("segoe") || name.contains("opensymbol") { Self::Text } else { Self::Symbol }
        } else {
            Self::Text
        }
    }

    fn letter(self, code: u8) -> Option<char> {
        match self {
            Self::Wingdings => wingdings(code),
            Self::Wingdings2 => wingdings2(code),
            Self::Symbol => symbol(code),
            Self::Text => None,
        }
    }
}

fn wingdings(code: u8) -> Option<char> {
    Some(match code {
        0x20 => ' ',
        0x21 => '✏',
        0x22 => '✂',
        0x28 => '☎',
        0x2A => '✉',
        0x46 => '☞',
        0x4A => '☺',
        0x6C => '●',
        0x6D => '❍',
        0x6E => '■',
        0x6F | 0x70 | 0x71 | 0x72 | 0xA8 => '□',
        0x73 | 0x74 => '⬧',
        0x75 => '◆',
        0x76 => '❖',
        0x77 => '⬥',
        0x80 => '⓪',
        0x81..=0x8A => char::from_u32(0x2460 + u32::from(code) - 0x81)?,
        0x8B => '⓿',
        0x8C..=0x95 => char::from_u32(0x2776 + u32::from(code) - 0x8C)?,
        0x9E => '·',
        0x9F => '•',
        0xA0 | 0xA7 => '▪',
        0xA1 => '○',
        0xA4 => '◉',
        0xAB => '★',
        0xD8 => '➢',
        0xDF => '←',
        0xE0 => '→',
        0xE1 => '↑',
        0xE2 => '↓',
        0xE8 => '➔',
        0xF0 => '⇨',
        0xFB => '✗',
        0xFC => '✓',
        0xFD => '☒',
        0xFE => '☑',
        _ => return None,
    })
}

fn wingdings2(code: u8) -> Option<char> {
    Some(match code {
        0x20 => ' ',
        0x4F => '✗',
        0x50 => '✓',
        0x51 | 0x53 | 0x54 => '☒',
        0x52 => '☑',
        0x69 => '⓪',
        0x6A..=0x73 => char::from_u32(0x2460 + u32::from(code) - 0x6A)?,
        0x75 => '⓿',
        0x76..=0x7F => char::from_u32(0x2776 + u32::from(code) - 0x76)?,
        0x95..=0x98 => '●',
        0x99..=0x9B => '○',
        0x9E..=0xA1 => '■',
        0xA2..=0xA5 => '□',
        _ => return None,
    })
}

fn symbol(code: u8) -> Option<char> {
    Some(match code {
        0x20..=0x21 | 0x23 | 0x25..=0x26 | 0x28..=0x29 | 0x2B..=0x2C | 0x2E..=0x3F => code as char,
        0x2A => '∗',
        0x2D => '−',
        0x41 => 'Α',
        0x42 => 'Β',
        0x44 => 'Δ',
        0x46 => 'Φ',
        0x47 => 'Γ',
        0x4C => 'Λ',
        0x50 => 'Π',
        0x53 => 'Σ',
        0x57 => 'Ω',
        0x61 => 'α',
        0x62 => 'β',
        0x64 => 'δ',
        0x65 => 'ε',
        0x66 => 'φ',
        0x67 => 'γ',
        0x6C => 'λ',
        0x6D => 'μ',
        0x70 => 'π',
        0x71 => 'θ',
        0x72 => 'ρ',
        0x73 => 'σ',
        0x74 => 'τ',
        0x77 => 'ω',
        0xA3 => '≤',
        0xA5 => '∞',
        0xAE => '→',
        0xB0 => '°',
        0xB1 => '±',
        0xB3 => '≥',
        0xB4 => '×',
        0xB7 => '•',
        0xB8 => '÷',
        0xB9 => '≠',
        0xBB => '≈',
        0xD6 => '√',
        0xE5 => '∑',
        _ => return None,
    })
}

/// Private letters whose font's name says nothing: only those that mean the same wherever they are met.
fn by_habit(code: u8) -> Option<char> {
    match code {
        0x20 => Some(' '),
        0x52 => Some('☑'),
        0x50 => Some('✓'),
        0xA3 | 0xA8 => Some('□'),
        0xB7 => Some('•'),
        0x6C | 0x6E | 0x75 | 0x76 | 0xA7 | 0xD8 | 0xFB..=0xFE => wingdings(code),
        _ => None,
    }
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
