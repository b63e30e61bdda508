//! Numbers as automatic numbering prints them.

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const LEGAL: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const TRADITIONAL: [char; 10] = ['零', '壹', '貳', '參', '肆', '伍', '陸', '柒', '捌', '玖'];

/// `n` in the format Word calls `format`; a format not known is printed in digits.
pub(in crate::read) fn number(format: &str, n: u32) -> String {
    match format {
        "decimalZero" => format!("{n:02}"),
        "upperLetter" => letters(n, b'A'),
        "lowerLetter" => letters(n, b'a'),
        "upperRoman" => roman(n),
        "lowerRoman" => roman(n).to_lowercase(),
        "chineseCounting" | "taiwaneseCounting" => match n {
            0..100 => counting(n, &DIGITS, ["十", "百", "千"], true),
            _ => digits(n, &['○', '一', '二', '三', '四', '五', '六', '七', '八', '九']),
        },
        "chineseCountingThousand" | "taiwaneseCountingThousand" | "japaneseCounting" => counting(n, &zero(DIGITS, '零'), ["十", "百", "千"], true),
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => digits(n, &DIGITS),
        "chineseLegalSimplified" => counting(n, &LEGAL, ["拾", "佰", "仟"], false),
        "ideographLegalTraditional" | "japaneseLegal" => counting(n, &TRADITIONAL, ["拾", "佰", "仟"], false),
        "ideographTraditional" => cycle("甲乙丙丁戊己庚辛壬癸", n),
        "ideographZodiac" => cycle("子丑寅卯辰巳午未申酉戌亥", n),
        "ideographZodiacTraditional" if (1..=60).contains(&n) => {
            let sign = |names: &str, of: u32| names.chars().nth(((n - 1) % of) as usize).unwrap_or_default();
            [sign("甲乙丙丁戊己庚辛壬癸", 10), sign("子丑寅卯辰巳午未申酉戌亥", 12)].iter().collect()
        }
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => enclosed(n),
        "ideographEnclosedCircle" if (1..=10).contains(&n) => offset('㊀', n - 1),
        "decimalEnclosedFullstop" if (1..=20).contains(&n) => offset('⒈', n - 1),
        "decimalEnclosedParen" if (1..=20).contains(&n) => offset('⑴', n - 1),
        "decimalFullWidth" | "decimalFullWidth2" => n.to_string().chars().map(|c| char::from_u32(c as u32 - 0x30 + 0xFF10).unwrap_or(c)).collect(),
        "numberInDash" => format!("- {n} -"),
        "ordinal" => format!("{n}{}", english_suffix(n)),
        "none" => String::new(),
        custom if custom.starts_with('0') => {
            // A custom format is its first numbers: `001, 002, 003, ...`.
            let width = custom.split(',').next().map_or(1, |first| first.trim().len().min(9));
            format!("{n:0width$}")
        }
        _ => n.to_string(),
    }
}

fn zero(mut names: [char; 10], sign: char) -> [char; 10] {
    names[0] = sign;
    names
}

fn digits(n: u32, names: &[char; 10]) -> String {
    n.to_string().bytes().map(|b| names[usize::from(b - b'0')]).collect()
}

/// `二十三`, `一百零五`; `short` prints 10 to 19 without the leading one.
fn counting(n: u32, names: &[char; 10], units: [&str; 3], short: bool) -> String {
    if n == 0 {
        return names[0].to_string();
    }
    if n >= 10_000 {
        let rest = n % 10_000;
        let mut text = counting(n / 10_000, names, units, short);
        text.push('万');
        if rest > 0 {
            if rest < 1000 {
                text.push(names[0]);
            }
            text.push_str(&counting(rest, names, units, false));
        }
        return text;
    }
    let mut text = String::new();
    let mut gap = false;
    for (unit, value) in [(Some(units[2]), 1000), (Some(units[1]), 100), (Some(units[0]), 10), (None, 1)] {
        let digit = (n / value % 10) as usize;
        if digit == 0 {
            gap = !text.is_empty();
            continue;
        }
        if gap {
            text.push(names[0]);
        }
        gap = false;
        if !(short && value == 10 && digit == 1 && text.is_empty()) {
            text.push(names[digit]);
        }
        text.push_str(unit.unwrap_or_default());
    }
    text
}

/// a … z, aa … zz: the letter repeats, as Word prints it.
fn letters(n: u32, first: u8) -> String {
    let Some(n) = n.checked_sub(1) else { return "0".to_owned() };
    let letter = char::from(first + (n % 26) as u8);
    std::iter::repeat_n(letter, (n / 26 + 1).min(100) as usize).collect()
}

fn roman(mut n: u32) -> String {
    if n == 0 || n >= 40_000 {
        return n.to_string();
    }
    let mut text = String::new();
    for (value, sign) in
        [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    {
        while n >= value {
            text.push_str(sign);
            n -= value;
        }
    }
    text
}

fn cycle(names: &str, n: u32) -> String {
    n.checked_sub(1).and_then(|n| names.chars().nth(n as usize)).map_or_else(|| n.to_string(), String::from)
}

/// `①` to `㊿`; beyond, plain digits.
pub(in crate::read) fn enclosed(n: u32) -> String {
    match n {
        0 => "⓪".to_owned(),
        1..=20 => offset('①', n - 1),
        21..=35 => offset('㉑', n - 21),
        36..=50 => offset('㊱', n - 36),
        _ => n.to_string(),
    }
}

fn offset(first: char, n: u32) -> String {
    char::from_u32(first as u32 + n).map(String::from).unwrap_or_default()
}

fn english_suffix(n: u32) -> &'static str {
    match (n % 100, n % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_numbers_are_printed_as_word_prints_them() {
        let seen = |format: &str, numbers: &[u32]| numbers.iter().map(|n| number(format, *n)).collect::<Vec<_>>().join(" ");
        assert_eq!(
            seen("chineseCountingThousand", &[1, 10, 11, 20, 23, 100, 105, 110, 1001, 10_010]),
            "一 十 十一 二十 二十三 一百 一百零五 一百一十 一千零一 一万零一十"
        );
        assert_eq!(seen("chineseCounting", &[9, 12, 30, 99]), "九 十二 三十 九十九");
        assert_eq!(seen("chineseLegalSimplified", &[10, 12, 305]), "壹拾 壹拾贰 叁佰零伍");
        assert_eq!(seen("ideographTraditional", &[1, 10, 11]), "甲 癸 11");
        assert_eq!(seen("decimalEnclosedCircle", &[1, 20, 21, 50, 51]), "① ⑳ ㉑ ㊿ 51");
    }

    #[test]
    fn letters_romans_and_custom_widths() {
        assert_eq!([1, 26, 27, 53].map(|n| number("lowerLetter", n)), ["a", "z", "aa", "aaa"]);
        assert_eq!([4, 9, 2024].map(|n| number("upperRoman", n)), ["IV", "IX", "MMXXIV"]);
        assert_eq!(number("001, 002, 003, ...", 7), "007");
        assert_eq!(number("decimal", 4_000_000_000), "4000000000");
    }
}
