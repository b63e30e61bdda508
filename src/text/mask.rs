//! Personal numbers, masked in what leaves the office and in logs.
use regex::{Captures, Regex};
use std::borrow::Cow;
use std::sync::LazyLock;

static NUMBERS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\d{17}[\dXx]|1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}|\d{16,19}").expect("the pattern of personal numbers is well formed"));

/// Digits of the shortest number that is masked.
const FEWEST_DIGITS: usize = 11;

/// Whether an 18-character identity number's check digit holds (GB 11643: weights modulo 11).
pub fn is_identity_number(number: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let chars: Vec<char> = number.chars().collect();
    if chars.len() != 18 {
        return false;
    }
    let Some(sum) = chars.iter().zip(WEIGHTS).map(|(c, w)| c.to_digit(10).map(|d| d * w)).sum::<Option<u32>>() else {
        return false;
    };
    "10X98765432".chars().nth((sum % 11) as usize) == Some(chars[17].to_ascii_uppercase())
}

/// Whether a card number's check digit holds (Luhn).
fn is_card_number(number: &str) -> bool {
    let sum: u32 =
        number.chars().rev().filter_map(|c| c.to_digit(10)).enumerate().map(|(n, d)| if n % 2 == 1 { if d > 4 { d * 2 - 9 } else { d * 2 } } else { d }).sum();
    (16..=19).contains(&number.len()) && sum.is_multiple_of(10)
}

/// Masks identity numbers with a valid check digit, mobile numbers and bank cards: the middle becomes `*`.
pub fn mask(text: &str) -> Cow<'_, str> {
    if text.bytes().filter(u8::is_ascii_digit).count() < FEWEST_DIGITS {
        return Cow::Borrowed(text);
    }
    NUMBERS.replace_all(text, |caps: &Captures<'_>| {
        let found = &caps[0];
        let stands_alone = {
            let (start, end) = caps.get(0).map_or((0, 0), |m| (m.start(), m.end()));
            let digit = |c: char| c.is_ascii_digit();
            !text[..start].ends_with(digit) && !text[end..].starts_with(digit)
        };
        let digits: String = found.chars().filter(char::is_ascii_alphanumeric).collect();
        let (head, tail) = match digits.len() {
            11 if stands_alone => (3, 4),
            18 if is_identity_number(&digits) => (6, 4),
            16..=19 if stands_alone && is_card_number(&digits) => (4, 4),
            _ => return found.to_owned(),
        };
        let hidden = digits.len() - head - tail;
        format!("{}{}{}", &digits[..head], "*".repeat(hidden), &digits[digits.len() - tail..])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn personal_numbers_are_masked_and_others_kept() {
        assert_eq!(mask("手机 13900001234"), "手机 139****1234");
        assert_eq!(mask("138 0000 0000"), "138****0000");
        assert_eq!(mask("11010519491231002X"), "110105********002X");
        assert_eq!(mask("110105194912310021"), "110105194912310021");
        assert_eq!(mask("电话 0516-83736000"), "电话 0516-83736000");
    }
}
