//! Chinese numerals: counting (二十三), spelled digits (二〇二二), capital amounts (壹拾万元整).

fn digit(c: char) -> Option<i64> {
    Some(match c {
        '零' | '〇' | '○' | '◯' | 'O' | 'o' | '0' => 0,
        '一' | '壹' | '弌' | '1' => 1,
        '二' | '贰' | '貳' | '弍' | '两' | '2' => 2,
        '三' | '叁' | '參' | '叄' | '3' => 3,
        '四' | '肆' | '4' => 4,
        '五' | '伍' | '5' => 5,
        '六' | '陆' | '陸' | '6' => 6,
        '七' | '柒' | '7' => 7,
        '八' | '捌' | '8' => 8,
        '九' | '玖' | '9' => 9,
        _ => return None,
    })
}

/// `二〇二二` to `2022`, with any form of the zero. `None` where a character is no digit.
pub fn chinese_digits(text: &str) -> Option<String> {
    text.chars().map(|c| digit(c).and_then(|d| char::from_digit(d as u32, 10))).collect()
}

/// `二十三`, `廿三`, `一百零五`, `三万五千`, `壹拾万`. `None` for anything else.
pub fn chinese_number(text: &str) -> Option<i64> {
    if text.is_empty() {
        return None;
    }
    let (mut total, mut section, mut current, mut seen) = (0i64, 0i64, None::<i64>, false);
    for c in text.chars() {
        if let Some(d) = digit(c) {
            if current.is_some_and(|d| d != 0) {
                return None;
            }
            current = Some(d);
            seen = true;
            continue;
        }
        let unit = match c {
            '十' | '拾' => 10,
            '廿' => 20,
            '卅' => 30,
            '百' | '佰' => 100,
            '千' | '仟' => 1000,
            '万' | '萬' => 10_000,
            '亿' | '億' => 100_000_000,
            _ => return None,
        };
        seen = true;
        match unit {
            20 | 30 => section += unit,
            10_000 | 100_000_000 => {
                section = section.checked_add(current.take().unwrap_or(0))?;
                let part = if section == 0 { 1 } else { section };
                if unit == 100_000_000 {
                    total = total.checked_add(part)?.checked_mul(unit)?;
                } else {
                    total = total.checked_add(part.checked_mul(unit)?)?;
                }
                section = 0;
            }
            _ => section = section.checked_add(current.take().filter(|d| *d != 0).unwrap_or(1).checked_mul(unit)?)?,
        }
    }
    seen.then_some(total.checked_add(section)?.checked_add(current.unwrap_or(0))?)
}

/// `人民币壹拾万元整`, `伍仟元零伍角`, `贰万叁仟元正` to fen, from folded text without blanks.
/// `None` where the words are no amount or a digit stands without its unit.
pub fn capital_fen(words: &str) -> Option<i64> {
    let words = words.trim_start_matches("人民币").trim_end_matches(['整', '正']);
    let yuan_at = words.find(['元', '圆', '圓']);
    let (yuan, rest) = match yuan_at {
        Some(at) => {
            let sign = words[at..].chars().next()?.len_utf8();
            (chinese_number(&words[..at])?, &words[at + sign..])
        }
        None => (0, words),
    };
    let mut fen = yuan.checked_mul(100)?;
    let mut pending = None;
    for c in rest.chars() {
        match c {
            '角' => fen = fen.checked_add(pending.take()? * 10)?,
            '分' => fen = fen.checked_add(pending.take()?)?,
            '零' => {}
            c => pending = Some(digit(c)?),
        }
    }
    (pending.is_none() && (yuan_at.is_some() || fen > 0)).then_some(fen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counting_numerals_are_read() {
        for (text, value) in
            [("二十三", 23), ("十", 10), ("廿三", 23), ("一百零五", 105), ("三万五千", 35_000), ("壹拾万", 100_000), ("一亿二千万", 120_000_000)]
        {
            assert_eq!(chinese_number(text), Some(value), "{text}");
        }
        assert_eq!(chinese_number("二三"), None);
    }

    #[test]
    fn years_are_read_with_every_zero() {
        for text in ["二〇二二", "二○二二", "二O二二", "二0二二", "二零二二"] {
            assert_eq!(chinese_digits(text).as_deref(), Some("2022"), "{text}");
        }
    }

    #[test]
    fn capital_amounts_are_read_to_the_fen() {
        for (text, fen) in [
            ("壹拾万元整", 10_000_000),
            ("人民币壹万贰仟叁佰肆拾伍元陆角柒分", 1_234_567),
            ("伍仟元零伍角", 500_050),
            ("拾万元整", 10_000_000),
            ("叁角整", 30),
            ("捌万元正", 8_000_000),
            ("壹佰万圆整", 100_000_000),
        ] {
            assert_eq!(capital_fen(text), Some(fen), "{text}");
        }
        assert_eq!(capital_fen("合计"), None);
    }
}
