//! Characters of the symbol fonts as the Unicode characters that look the same.
//!
//! Only what stands in forms is translated: ticks, boxes, crosses, bullets, arrows, numbers in circles, Greek and
//! mathematical letters. Boxes and ticks of all fonts come out as `☐ ☑ ☒ √ ×`, so that one form of each is left.

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::read) enum SymbolFont {
    /// An ordinary font: characters are what they say.
    #[default]
    Text,
    Wingdings,
    Wingdings2,
    Wingdings3,
    Webdings,
    Symbol,
    Dingbats,
}

impl SymbolFont {
    /// By the name of a face, with or without a subset's tag (`ABCDEF+`) and a style (`-Regular`).
    pub fn of_name(name: &str) -> Self {
        // Names in Chinese letters, the usual ones, are none of these.
        if !name.is_ascii() || name.len() > 40 {
            return Self::Text;
        }
        let name = name.split_once('+').map_or(name, |(_, face)| face);
        let name = name.strip_suffix("-Regular").or(name.strip_suffix(",Regular")).unwrap_or(name);
        let mut folded = [0u8; 24];
        let mut n = 0;
        for b in name.bytes().filter(|b| !matches!(b, b' ' | b'-' | b'_')) {
            let Some(place) = folded.get_mut(n) else { return Self::Text };
            *place = b.to_ascii_lowercase();
            n += 1;
        }
        match folded.get(..n).unwrap_or(&[]) {
            b"wingdings" => Self::Wingdings,
            b"wingdings2" => Self::Wingdings2,
            b"wingdings3" => Self::Wingdings3,
            b"webdings" => Self::Webdings,
            b"symbol" | b"symbolmt" => Self::Symbol,
            b"zapfdingbats" | b"itczapfdingbats" | b"monotypesorts" => Self::Dingbats,
            _ => Self::Text,
        }
    }
}

/// The character a reader sees; one that is not in the tables stays what it is.
pub(in crate::read) fn shown(font: SymbolFont, c: char) -> char {
    known(font, c).unwrap_or(c)
}

/// The character a reader sees, if the tables know it: for a symbol font any character up to U+00FF or of the private
/// area F000–F0FF, for an ordinary font only those of the private area.
pub(in crate::read) fn known(font: SymbolFont, c: char) -> Option<char> {
    let private = c as u32 > 0xFF;
    let code = match c as u32 {
        code @ 0x20..=0xFF => code as u8,
        code @ 0xF020..=0xF0FF => (code & 0xFF) as u8,
        0xE000..=0xF8FF | 0xF0000..=0x10FFFD => return None,
        _ => return Some(c),
    };
    match font {
        SymbolFont::Text if private => wingdings2(code).filter(|_| is_tick2(code)).or_else(|| any_font(code)),
        SymbolFont::Text => Some(c),
        SymbolFont::Wingdings => wingdings(code),
        SymbolFont::Wingdings2 => wingdings2(code),
        SymbolFont::Wingdings3 => wingdings3(code),
        SymbolFont::Webdings => webdings(code),
        SymbolFont::Symbol => symbol(code),
        SymbolFont::Dingbats => dingbats(code),
    }
}

/// Codes that mean a tick or a box in Wingdings 2 and next to nothing in Wingdings.
fn is_tick2(code: u8) -> bool {
    matches!(code, 0x2A | 0x4F..=0x54 | 0xA3)
}

/// A private character whose font is not known: what forms use it for.
fn any_font(code: u8) -> Option<char> {
    match code {
        0xB7 => Some('•'),
        _ => wingdings(code),
    }
}

fn wingdings(code: u8) -> Option<char> {
    Some(match code {
        0x20 => ' ',
        0x21 => '✏',
        0x22 => '✂',
        0x28 => '☎',
        0x29 => '✆',
        0x2A => '✉',
        0x36 => '⌛',
        0x3F => '✍',
        0x41 => '✌',
        0x45 => '☜',
        0x46 => '☞',
        0x47 => '☝',
        0x48 => '☟',
        0x4A => '☺',
        0x4C => '☹',
        0x6C => '●',
        0x6E => '■',
        0x6F | 0x71 | 0x72 | 0xA8 => '☐',
        0x70 => '□',
        0x73 | 0x74 => '◆',
        0x75 => '◆',
        0x76 => '❖',
        0x77 => '◆',
        0x78 => '☒',
        0x80 => '⓪',
        0x81..=0x8A => circled('①', code - 0x81)?,
        0x8B => '⓿',
        0x8C..=0x95 => circled('❶', code - 0x8C)?,
        0x9E => '·',
        0x9F => '•',
        0xA1 => '○',
        0xA2 | 0xA4 => '◎',
        0xA7 => '▪',
        0xAB => '★',
        0xD8 => '➢',
        0xDF | 0xEF => '←',
        0xE0 | 0xE8 | 0xF0 => '→',
        0xE1 | 0xF1 => '↑',
        0xE2 | 0xF2 => '↓',
        0xF3 => '↔',
        0xFB => '×',
        0xFC => '√',
        0xFD => '☒',
        0xFE => '☑',
        _ => return None,
    })
}

fn wingdings2(code: u8) -> Option<char> {
    Some(match code {
        0x20 => ' ',
        0x2A | 0xA3 => '☐',
        0x4F => '×',
        0x50 => '√',
        0x51 | 0x53 | 0x54 => '☒',
        0x52 => '☑',
        0x55..=0x57 => '⊘',
        0x69 => '⓪',
        0x6A..=0x73 => circled('①', code - 0x6A)?,
        0x74 => '⓿',
        0x75..=0x7E => circled('❶', code - 0x75)?,
        0x95 | 0x96 => '·',
        0x97 => '•',
        0x98 => '●',
        0x99..=0x9B => '○',
        0x9C => '◎',
        0x9D | 0x9E => '⊙',
        0x9F | 0xA0 => '▪',
        0xA1 | 0xA2 => '■',
        0xA4..=0xA7 => '□',
        0xA8..=0xAA => '▣',
        0xAD | 0xAE => '◆',
        0xAF | 0xB0 => '◇',
        0xB1 => '◈',
        0xF8 => '※',
        _ => return None,
    })
}

fn wingdings3(code: u8) -> Option<char> {
    Some(match code {
        0x20 => ' ',
        0x21 | 0x66 => '←',
        0x22 | 0x67 => '→',
        0x23 | 0x68 => '↑',
        0x24 | 0x69 => '↓',
        0x31 => '↔',
        0x32 => '↕',
        0x70 => '▲',
        0x71 => '▼',
        0x72 => '△',
        0x73 => '▽',
        0x74 | 0x7C => '◀',
        0x75 | 0x7D => '▶',
        0x76 => '◁',
        0x77 => '▷',
        _ => return None,
    })
}

fn webdings(code: u8) -> Option<char> {
    Some(match code {
        0x20 => ' ',
        0x33 => '◀',
        0x34 => '▶',
        0x35 => '▲',
        0x36 => '▼',
        0x61 => '√',
        0x63 => '☐',
        0x67 => '■',
        0x6E => '●',
        0x72 => '×',
        0x73 => '?',
        0x78 => '☒',
        _ => return None,
    })
}

/// Adobe's Dingbats stand in Unicode in their own order.
fn dingbats(code: u8) -> Option<char> {
    Some(match code {
        0x20 => ' ',
        0x33 => '√',
        0x34 => '√',
        0x35..=0x38 => '×',
        0x6C => '●',
        0x6E => '■',
        0x6F..=0x72 => '☐',
        0x75 => '◆',
        0x76 => '❖',
        0xAC..=0xB5 => circled('①', code - 0xAC)?,
        0xB6..=0xBF => circled('❶', code - 0xB6)?,
        0xD4 => '→',
        0x21..=0x7E => char::from_u32(0x2700 + u32::from(code) - 0x20)?,
        _ => return None,
    })
}

fn symbol(code: u8) -> Option<char> {
    const LOW: &str = " !∀#∃%&∍()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}~";
    const HIGH: &str = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\u{f8ff}〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭";
    match code {
        0x20..=0x7E => LOW.chars().nth(usize::from(code) - 0x20),
        0xA0..=0xFE => HIGH.chars().nth(usize::from(code) - 0xA0),
        _ => None,
    }
}

/// `①` to `⑩`, `❶` to `❿`: ten code points in a row.
fn circled(first: char, n: u8) -> Option<char> {
    char::from_u32(first as u32 + u32::from(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_and_boxes_of_every_font_come_out_alike() {
        let w2 = SymbolFont::of_name("Wingdings 2");
        assert_eq!("R£S*TP".chars().map(|c| shown(w2, c)).collect::<String>(), "☑☐☒☐☒√");
        let w = SymbolFont::of_name("wingdings");
        assert_eq!("þ¨oýüûn".chars().map(|c| shown(w, c)).collect::<String>(), "☑☐☐☒√×■");
        assert_eq!(shown(SymbolFont::of_name("ABCDEF+Wingdings-Regular"), '\u{F0FE}'), '☑');
        assert_eq!(shown(SymbolFont::Symbol, 'a'), 'α');
        assert_eq!(shown(SymbolFont::Symbol, '\u{F0B7}'), '•');
        assert_eq!(shown(SymbolFont::Symbol, '\u{F0D6}'), '√');
        assert_eq!(shown(SymbolFont::Symbol, '\u{F0FE}'), '⎭');
    }

    #[test]
    fn a_private_character_without_its_font_is_what_forms_use_it_for() {
        let seen: String = "\u{F052}\u{F0A3}\u{F0FE}\u{F0A8}\u{F0FC}\u{F06F}\u{F050}\u{F0B7}".chars().map(|c| shown(SymbolFont::Text, c)).collect();
        assert_eq!(seen, "☑☐☑☐√☐√•");
        assert_eq!(shown(SymbolFont::Text, 'R'), 'R');
        assert_eq!(shown(SymbolFont::Text, '\u{E5E5}'), '\u{E5E5}');
    }
}
