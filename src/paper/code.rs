//! The verification code printed on the slip: 50 bits of the digest and a check character.

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The code of a digest (lower-case hex): two groups of five Crockford digits and the check character.
/// `None` where the digest has fewer than 50 bits or is no hex.
pub fn code_of(digest: &str) -> Option<String> {
    let bits = u64::from_str_radix(digest.get(..13)?, 16).ok()? >> 2;
    let digits: Vec<u8> = (0..10).rev().map(|n| ((bits >> (5 * n)) & 31) as u8).collect();
    let letters: Vec<char> = digits.iter().chain([&check(&digits)]).map(|d| char::from(ALPHABET[usize::from(*d)])).collect();
    let group = |range: std::ops::Range<usize>| letters[range].iter().collect::<String>();
    Some(format!("{}-{}-{}", group(0..5), group(5..10), group(10..11)))
}

/// c = 0; for each digit d, c = 2·(c xor d) in GF(2^5) modulo x^5+x^2+1. Finds every wrong character and
/// every swap of two neighbours.
fn check(digits: &[u8]) -> u8 {
    digits.iter().fold(0, |c, d| {
        let doubled = (c ^ d) << 1;
        if doubled & 32 == 0 { doubled } else { doubled ^ 0b10_0101 }
    })
}

/// What a clerk typed, as the printed code: blanks and dashes dropped, `O` read as 0, `I` and `L` as 1.
/// `None` where it is no code: wrong length, a foreign character, or the check character does not fit.
pub fn read_typed(typed: &str) -> Option<String> {
    let mut digits = Vec::with_capacity(11);
    for c in typed.chars().filter(|c| c.is_alphanumeric()) {
        let c = match crate::text::fold::fold_char(c).to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        };
        digits.push(ALPHABET.iter().position(|a| char::from(*a) == c)? as u8);
    }
    if digits.len() != 11 || check(&digits[..10]) != digits[10] {
        return None;
    }
    let letters: String = digits.iter().map(|d| char::from(ALPHABET[usize::from(*d)])).collect();
    Some(format!("{}-{}-{}", &letters[..5], &letters[5..10], &letters[10..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIGEST: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    #[test]
    fn a_code_reads_back_however_it_is_typed() {
        let code = code_of(DIGEST).expect("a digest has a code");
        assert_eq!(code.len(), 13);
        assert_eq!(read_typed(&code.to_lowercase().replace('-', " ")), Some(code.clone()));
        assert_eq!(read_typed(&code.replace('0', "O").replace('1', "l")), Some(code));
    }

    #[test]
    fn every_wrong_character_and_every_swap_of_neighbours_is_found() {
        let code: Vec<char> = code_of(DIGEST).expect("a digest has a code").chars().filter(|c| *c != '-').collect();
        for at in 0..code.len() {
            for letter in ALPHABET.iter().map(|a| char::from(*a)).filter(|l| *l != code[at]) {
                let mut wrong = code.clone();
                wrong[at] = letter;
                assert_eq!(read_typed(&wrong.iter().collect::<String>()), None);
            }
            if at > 0 && code[at - 1] != code[at] {
                let mut swapped = code.clone();
                swapped.swap(at - 1, at);
                assert_eq!(read_typed(&swapped.iter().collect::<String>()), None);
            }
        }
    }
}
