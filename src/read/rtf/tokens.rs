//! The signs an RTF file is made of: groups, control words, bytes of text.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Open,
    Close,
    /// A control word with its number, if it has one.
    Word(&'a str, Option<i32>),
    /// A backslash and one sign.
    Symbol(u8),
    /// One byte of text, written in full or as two hexadecimal digits.
    Byte(u8),
}

pub(super) struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Tokens<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    fn control(&mut self) -> Option<Token<'a>> {
        let first = *self.rest.first()?;
        if first == b'\'' {
            let digit = |n: usize| self.rest.get(n).and_then(|b| char::from(*b).to_digit(16));
            let byte = match (digit(1), digit(2)) {
                (Some(high), Some(low)) => (high * 16 + low) as u8,
                _ => {
                    self.rest = self.rest.get(1..)?;
                    return Some(Token::Symbol(b'\''));
                }
            };
            self.rest = self.rest.get(3..)?;
            return Some(Token::Byte(byte));
        }
        if !first.is_ascii_alphabetic() {
            self.rest = self.rest.get(1..)?;
            return Some(Token::Symbol(first));
        }
        let letters = self.rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let (word, rest) = self.rest.split_at(letters);
        let minus = usize::from(rest.first() == Some(&b'-') && rest.get(1).is_some_and(u8::is_ascii_digit));
        let digits = rest.iter().skip(minus).take_while(|b| b.is_ascii_digit()).count();
        let (number, rest) = rest.split_at(if digits > 0 { minus + digits } else { 0 });
        // A blank that ends the word belongs to it.
        self.rest = rest.strip_prefix(b" ").unwrap_or(rest);
        let number = std::str::from_utf8(number).ok().and_then(|n| n.parse::<i64>().ok());
        let number = number.map(|n| n.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32);
        let word = std::str::from_utf8(word).unwrap_or("");
        if word == "bin" {
            let len = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
            self.rest = self.rest.get(len..).unwrap_or(&[]);
        }
        Some(Token::Word(word, number))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let (first, rest) = self.rest.split_first()?;
            self.rest = rest;
            return Some(match first {
                b'{' => Token::Open,
                b'}' => Token::Close,
                b'\\' => match self.control()? {
                    // An escaped end of line is a paragraph.
                    Token::Symbol(b'\r' | b'\n') => Token::Word("par", None),
                    control => control,
                },
                b'\r' | b'\n' | 0 => continue,
                byte => Token::Byte(*byte),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_symbols_and_bytes() {
        let seen: Vec<Token> = Tokens::new(b"{\\rtf1\\u-4014 ?\\'d6\n\\~x\\bin3 {}\\\\par}").collect();
        let expected = [
            Token::Open,
            Token::Word("rtf", Some(1)),
            Token::Word("u", Some(-4014)),
            Token::Byte(b'?'),
            Token::Byte(0xD6),
            Token::Symbol(b'~'),
            Token::Byte(b'x'),
            Token::Word("bin", Some(3)),
            Token::Word("par", None),
            Token::Close,
        ];
        assert_eq!(seen, expected);
    }
}
