//! Numbers as a spreadsheet shows them, by their number format: dates, per cent, decimals, units.
//!
//! Dates come out as shown where the format prints the year before the month before the day, else in ISO, as precise as the
//! format shows them: a day without its year would be lost. Fractions, exponents and digits parted by
//! other signs are shown as plain numbers; colours, widths and locales are ignored.
use calamine::{ExcelDateTime, ExcelDateTimeType};

/// The text of a number under a number format (`0.00"万元"`, `yyyy"年"m"月"`).
pub fn shown(value: f64, code: &str, epoch_1904: bool) -> String {
    if value.abs() >= 1e15 {
        return general(value);
    }
    let sections = sections(code);
    let (section, signed) = section_for(value, &sections);
    let tokens = tokens(section);
    if tokens.iter().any(|token| matches!(token, Token::Date(..) | Token::Elapsed(_))) {
        return date(value, &tokens, epoch_1904).unwrap_or_else(|| general(value));
    }
    let value = if signed { value } else { value.abs() };
    number(value, &tokens).unwrap_or_else(|| general(value))
}

/// The code of a number format that has none in the file. Numbers 27 to 58 are those of Chinese Excel.
pub fn builtin(number: u16) -> &'static str {
    match number {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        5 | 6 => "¥#,##0;¥-#,##0",
        7 | 8 => "¥#,##0.00;¥-#,##0.00",
        9 => "0%",
        10 => "0.00%",
        14 | 30 => "yyyy-mm-dd",
        15 => "d-mmm-yy",
        16 | 28 | 29 | 51 | 53 | 54 | 58 => "m月d日",
        17 => "mmm-yy",
        18 | 20 | 32 | 34 | 55 => "h:mm",
        19 | 21 | 33 | 35 | 56 => "h:mm:ss",
        22 => "yyyy-mm-dd hh:mm",
        27 | 36 | 50 | 52 | 57 => "yyyy年m月",
        31 => "yyyy年m月d日",
        37 | 38 => "#,##0;-#,##0",
        39 | 40 => "#,##0.00;-#,##0.00",
        41 => "#,##0",
        42 => "¥#,##0",
        43 => "#,##0.00",
        44 => "¥#,##0.00",
        45 | 47 => "mm:ss",
        46 => "[h]:mm:ss",
        _ => "General",
    }
}

/// Whether a number has more digits than a spreadsheet keeps: an identity number stored so has lost its last ones.
pub fn is_overlong(value: f64) -> bool {
    value.fract() == 0.0 && (1e15..1e21).contains(&value.abs())
}

/// A date without a number format: the day, and the time where it has one.
pub fn plain_date(date: &ExcelDateTime) -> String {
    if date.is_duration() {
        return elapsed(date.as_f64());
    }
    let (y, m, d, hour, minute, second, _) = date.to_ymd_hms_milli();
    let day = format!("{y:04}-{m:02}-{d:02}");
    match (hour, minute, second) {
        _ if date.as_f64().abs() < 1.0 => clock(hour, minute, second),
        (0, 0, 0) => day,
        _ => format!("{day} {}", clock(hour, minute, second)),
    }
}

/// A number without a format: at most 15 digits, which is all a spreadsheet keeps, and no `.0`.
pub fn general(value: f64) -> String {
    if !value.is_finite() {
        return value.to_string();
    }
    let size = value.abs();
    if (1e15..1e21).contains(&size) {
        return format!("{value:.0}");
    }
    if size != 0.0 && !(1e-9..1e21).contains(&size) {
        return format!("{value:E}");
    }
    let text = rounded(value, 15);
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// The sections of a format, parted by `;` outside quotation marks and brackets.
fn sections(code: &str) -> Vec<&str> {
    let (mut found, mut start, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    for (at, c) in code.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if !quoted => escaped = true,
            '"' => quoted = !quoted,
            ';' if !quoted => {
                found.push(&code[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(&code[start..]);
    found
}

/// The section for a value, and whether the minus sign is still to be written.
fn section_for<'a>(value: f64, sections: &[&'a str]) -> (&'a str, bool) {
    let conditional = sections.iter().take(2).any(|section| condition(section).is_some());
    if conditional {
        let fits = |section: &&&str| condition(section).is_none_or(|holds| holds(value));
        return (sections.iter().find(fits).copied().unwrap_or("General"), true);
    }
    match (sections, value) {
        ([_, negative, ..], value) if value < 0.0 => (negative, false),
        ([_, _, zero, ..], 0.0) => (zero, false),
        ([first, ..], _) => (first, true),
        ([], _) => ("General", true),
    }
}

fn condition(section: &str) -> Option<impl Fn(f64) -> bool> {
    let inside = section.trim_start().strip_prefix('[')?.split_once(']')?.0;
    let digits = inside.trim_start_matches(['<', '>', '=']);
    let sign = inside.strip_suffix(digits).unwrap_or_default().to_owned();
    let bound: f64 = digits.parse().ok()?;
    (!sign.is_empty()).then_some(move |value: f64| match sign.as_str() {
        ">" => value > bound,
        ">=" => value >= bound,
        "<" => value < bound,
        "<=" => value <= bound,
        "=" => value == bound,
        _ => value != bound,
    })
}

#[derive(Debug, PartialEq, Clone)]
enum Token {
    Literal(String),
    /// `0`, `#`, `?`.
    Digit(char),
    Point,
    Comma,
    Percent,
    General,
    /// `yyyy`, `m`: the letter and how often it stands.
    Date(char, u8),
    Elapsed(char),
    /// An exponent or a fraction: not rendered.
    Other,
}

fn tokens(section: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut chars = section.chars().peekable();
    if section.eq_ignore_ascii_case("general") {
        return vec![Token::General];
    }
    while let Some(c) = chars.next() {
        match c {
            '"' => out.push(Token::Literal(chars.by_ref().take_while(|c| *c != '"').collect())),
            '\\' => out.extend(chars.next().map(|c| Token::Literal(c.to_string()))),
            '_' | '*' => {
                chars.next();
            }
            '[' => {
                let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                out.extend(bracket(&inside));
            }
            '0' | '#' | '?' => out.push(Token::Digit(c)),
            '.' => out.push(Token::Point),
            ',' => out.push(Token::Comma),
            '%' => out.push(Token::Percent),
            'G' | 'g' if section.to_ascii_lowercase().contains("general") => {
                for _ in 0.."eneral".len() {
                    chars.next();
                }
                out.push(Token::General);
            }
            'E' | 'e' if matches!(chars.peek(), Some('+' | '-')) => out.push(Token::Other),
            'A' | 'a' if matches!(chars.peek(), Some('M' | 'm' | '/')) => while chars.next_if(|c| "AaMmPp/".contains(*c)).is_some() {},
            'y' | 'Y' | 'e' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' | 'a' | 'A' => {
                let letter = c.to_ascii_lowercase();
                match out.last_mut() {
                    Some(Token::Date(last, width)) if *last == letter => *width = width.saturating_add(1),
                    _ => out.push(Token::Date(letter, 1)),
                }
            }
            '/' if !out.iter().any(|token| matches!(token, Token::Date(..))) => out.push(Token::Other),
            '@' => out.push(Token::General),
            c => out.push(Token::Literal(c.to_string())),
        }
    }
    out
}

fn bracket(inside: &str) -> Option<Token> {
    if let Some(currency) = inside.strip_prefix('$') {
        let sign = currency.split('-').next().unwrap_or_default();
        return (!sign.is_empty()).then(|| Token::Literal(sign.to_owned()));
    }
    let letter = inside.chars().next()?.to_ascii_lowercase();
    ("hms".contains(letter) && inside.chars().all(|c| c.to_ascii_lowercase() == letter)).then_some(Token::Elapsed(letter))
}

fn date(value: f64, tokens: &[Token], epoch_1904: bool) -> Option<String> {
    if tokens.iter().any(|token| matches!(token, Token::Elapsed(_))) {
        return Some(elapsed(value));
    }
    if !(0.0..2_958_466.0).contains(&value) {
        return None;
    }
    let letters: Vec<char> = tokens.iter().filter_map(|token| if let Token::Date(letter, _) = token { Some(*letter) } else { None }).collect();
    let is_minute = |n: usize| n.checked_sub(1).is_some_and(|before| letters[before] == 'h') || letters.get(n + 1) == Some(&'s');
    let month = letters.iter().enumerate().any(|(n, letter)| *letter == 'm' && !is_minute(n));
    let has = |wanted: char| letters.contains(&wanted);
    let year = has('y') || has('e');
    let day = has('d') || has('a');
    let (y, m, d, hour, minute, second, _) = ExcelDateTime::new(value, ExcelDateTimeType::DateTime, epoch_1904).to_ymd_hms_milli();
    if let Some(printed) = year_first(tokens, &letters, [u16::from(m), u16::from(d), u16::from(hour), u16::from(minute), u16::from(second)], y) {
        return Some(printed);
    }
    let date = match (year, month, day) {
        (false, false, false) => String::new(),
        (true, false, false) => format!("{y:04}"),
        (true, true, false) => format!("{y:04}-{m:02}"),
        _ => format!("{y:04}-{m:02}-{d:02}"),
    };
    let time = has('h') || has('s');
    let clock = clock(hour, minute, if has('s') { second } else { 0 });
    Some(match (date.is_empty(), time) {
        (true, _) => clock,
        (false, false) => date,
        (false, true) => format!("{date} {clock}"),
    })
}

/// A date as its format prints it, where that names the year, the month and, if any, the day in this order and in figures.
fn year_first(tokens: &[Token], letters: &[char], [month, day, hour, minute, second]: [u16; 5], year: u16) -> Option<String> {
    let calendar: String = letters.iter().take_while(|letter| !matches!(letter, 'h' | 's')).collect();
    if !matches!(calendar.as_str(), "ym" | "ymd") {
        return None;
    }
    let mut out = String::new();
    let mut seen = 0;
    for token in tokens {
        match token {
            Token::Date('y', 4..) => out.push_str(&format!("{year:04}")),
            Token::Date(letter @ ('m' | 'd' | 'h' | 's'), width @ 1..=2) => {
                let value = match letter {
                    'm' if seen == 1 => month,
                    'm' => minute,
                    'd' => day,
                    'h' => hour,
                    _ => second,
                };
                out.push_str(&format!("{value:0width$}", width = usize::from(*width)));
            }
            Token::Literal(text) => out.push_str(text),
            Token::Comma => out.push(','),
            Token::Point => out.push('.'),
            _ => return None,
        }
        seen += usize::from(matches!(token, Token::Date(..)));
    }
    Some(out.trim().to_owned())
}

fn clock(hour: u8, minute: u8, second: u8) -> String {
    if second == 0 { format!("{hour:02}:{minute:02}") } else { format!("{hour:02}:{minute:02}:{second:02}") }
}

fn elapsed(days: f64) -> String {
    let seconds = (days * 86_400.0).round() as i64;
    let sign = if seconds < 0 { "-" } else { "" };
    let seconds = seconds.unsigned_abs();
    format!("{sign}{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// A number under a section without dates; `None` where the section is one that is not rendered.
fn number(value: f64, tokens: &[Token]) -> Option<String> {
    if tokens.contains(&Token::Other) {
        return None;
    }
    let is_digit = |token: &Token| matches!(token, Token::Digit(_) | Token::Point | Token::Comma | Token::General);
    let literals = |tokens: &[Token]| -> String {
        tokens
            .iter()
            .map(|token| match token {
                Token::Literal(text) => text.as_str(),
                Token::Percent => "%",
                _ => "",
            })
            .collect()
    };
    let (Some(first), Some(last)) = (tokens.iter().position(is_digit), tokens.iter().rposition(is_digit)) else {
        let words = literals(tokens).trim().to_owned();
        return (!words.is_empty()).then_some(words);
    };
    let mask = &tokens[first..=last];
    if mask.iter().any(|token| !is_digit(token)) {
        return None;
    }
    let percents = tokens.iter().filter(|token| **token == Token::Percent).count() as i32;
    let trailing_commas = mask.iter().rev().take_while(|token| **token == Token::Comma).count() as i32;
    let scaled = value * 100f64.powi(percents.min(3)) / 1000f64.powi(trailing_commas.min(6));
    let digits = if mask.contains(&Token::General) { general(scaled.abs()) } else { masked(scaled.abs(), mask) };
    let zero = digits.bytes().all(|byte| matches!(byte, b'0' | b'.' | b','));
    let sign = if value < 0.0 && !zero { "-" } else { "" };
    let text = format!("{sign}{}{digits}{}", literals(&tokens[..first]), literals(&tokens[last + 1..]));
    Some(text.trim().to_owned())
}

/// Digits by a mask of `0`, `#`, `?`, one point and commas.
fn masked(value: f64, mask: &[Token]) -> String {
    let point = mask.iter().position(|token| *token == Token::Point).unwrap_or(mask.len());
    let places: Vec<char> = mask[point..].iter().filter_map(|token| if let Token::Digit(c) = token { Some(*c) } else { None }).collect();
    let wanted = mask[..point].iter().filter(|token| **token == Token::Digit('0')).count();
    let text = rounded(value, places.len());
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let whole = format!("{whole:0>wanted$}");
    let groups = mask[..point].windows(2).any(|pair| pair[0] == Token::Comma && matches!(pair[1], Token::Digit(_)));
    let whole = if groups { grouped(&whole) } else { whole };
    let least = places.iter().rposition(|place| *place == '0').map_or(0, |last| last + 1);
    let shown = decimals.trim_end_matches('0').len().max(least).min(decimals.len());
    if shown == 0 { whole } else { format!("{whole}.{}", &decimals[..shown]) }
}

fn grouped(whole: &str) -> String {
    let mut out = String::new();
    for (n, digit) in whole.chars().enumerate() {
        if n > 0 && (whole.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number with so many decimals, rounded half up on its 15 digits as spreadsheets do (2.675 is 2.68).
fn rounded(value: f64, decimals: usize) -> String {
    let exact = format!("{value:.14e}");
    let Some((digits, exponent)) = exact.split_once('e') else { return exact };
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let sign = if digits.starts_with('-') { "-" } else { "" };
    let mut digits: Vec<u8> = digits.bytes().filter(u8::is_ascii_digit).map(|byte| byte - b'0').collect();
    // `digits` reads d.ddd × 10^exponent; make it a whole number of units of 10^-decimals.
    let keep = exponent + 1 + decimals.min(30) as i32;
    if keep < 0 {
        digits = vec![0];
    } else {
        let keep = keep as usize;
        let up = digits.get(keep).is_some_and(|next| *next >= 5);
        digits.resize(keep.min(400), 0);
        if up {
            let mut n = digits.len();
            loop {
                if n == 0 {
                    digits.insert(0, 1);
                    break;
                }
                n -= 1;
                if digits[n] < 9 {
                    digits[n] += 1;
                    break;
                }
                digits[n] = 0;
            }
        }
    }
    let mut text: String = digits.iter().map(|digit| char::from(b'0' + digit)).collect();
    if text.len() <= decimals {
        text = format!("{text:0>width$}", width = decimals + 1);
    }
    if decimals > 0 {
        text.insert(text.len() - decimals, '.');
    }
    format!("{sign}{text}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_their_format_says() {
        let cases = [
            (50000.0, "General", "50000"),
            (0.1 + 0.2, "General", "0.3"),
            (2.675, "0.00", "2.68"),
            (1234567.891, "#,##0.00", "1,234,567.89"),
            (50000.0, "¥#,##0.00", "¥50,000.00"),
            (50000.0, "\"¥\"#,##0", "¥50,000"),
            (50000.0, "[$¥-804]#,##0.00", "¥50,000.00"),
            (5.0, "0.00\"万元\"", "5.00万元"),
            (5.0, "0.0万元", "5.0万元"),
            (0.155, "0.0%", "15.5%"),
            (0.15, "0%", "15%"),
            (7.0, "000", "007"),
            (1.5, "#.##", "1.5"),
            (12345678.0, "#,##0,", "12,346"),
            (-5.0, "0.0", "-5.0"),
            (-5.0, "#,##0_);(#,##0)", "(5)"),
            (0.0, "0;-0;\"-\"", "-"),
            (-0.001, "0.00", "0.00"),
            (3.0, ";;;", "3"),
            (3.0, "@", "3"),
            (1e-7, "General", "0.0000001"),
            (3.0, "0.00E+00", "3"),
            (0.5, "# ?/?", "0.5"),
            (320301199003078912.0, "0", "320301199003078912"),
            (5.0, "[>=1]0\"人\";0\"无\"", "5人"),
        ];
        for (value, code, text) in &cases {
            assert_eq!(&shown(*value, code, false), text, "{value} {code}");
        }
        assert_eq!(general(320301199003078912.0), "320301199003078912");
    }

    #[test]
    fn dates_are_as_shown_where_the_year_comes_first_and_else_iso() {
        // 44691 is 10 May 2022.
        let cases = [
            (44691.0, "yyyy-mm-dd", "2022-05-10"),
            (44691.0, "mm-dd-yy", "2022-05-10"),
            (44691.0, "yyyy\"年\"m\"月\"d\"日\"", "2022年5月10日"),
            (44691.0, "yyyy\"年\"m\"月\"", "2022年5月"),
            (44691.0, "[$-804]yyyy年m月d日;@", "2022年5月10日"),
            (44691.0, "yyyy.mm.dd", "2022.05.10"),
            (44691.0, "yy-m-d", "2022-05-10"),
            (44691.0, "[$-804]aaaa;@", "2022-05-10"),
            (44691.0, "m\"月\"d\"日\"", "2022-05-10"),
            (44691.75, "yyyy/m/d h:mm", "2022/5/10 18:00"),
            (44691.75, "yyyy/m/d", "2022/5/10"),
            (0.75, "h:mm", "18:00"),
            (0.75, "h:mm AM/PM", "18:00"),
            (1.25, "[h]:mm:ss", "30:00:00"),
            (-1.0, "yyyy-mm-dd", "-1"),
        ];
        for (value, code, text) in cases {
            assert_eq!(shown(value, code, false), text, "{value} {code}");
        }
        assert_eq!(shown(43229.0, "yyyy-mm-dd", true), "2022-05-10");
    }

    #[test]
    fn strange_formats_are_shown_somehow() {
        for code in ["", "\"", "[", "\\", "_", "*", "General\"", "0.0.0", ",,,", "%%%%%%", "[$", "yyyyyyyyyyy", ";", "G", "gen"] {
            for value in [0.0, -1.5, 1e308, f64::NAN, f64::INFINITY, 1e-308] {
                let _ = shown(value, code, false);
            }
        }
    }
}
