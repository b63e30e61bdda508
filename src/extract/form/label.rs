//! The spelling of labels: what counts in it, the number before it, the hint behind it.
use crate::text::fold::{fold_char, is_cjk, is_ideograph};

/// The spelling under which labels are compared: no blanks, no separators, lower case.
pub fn squash(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    out.extend(text.chars().filter_map(squash_char));
    out
}

/// Whether more than `most` characters that count stand before the first bracket, colons aside: no such text is a
/// heading or a title of that length.
pub fn runs_on(text: &str, most: usize) -> bool {
    let counted = text.chars().filter_map(squash_char).take_while(|c| !matches!(c, '(' | '【' | '〔' | '[')).filter(|c| *c != ':');
    counted.take(most + 1).count() > most
}

/// One character of a squashed label; `None` where it does not count.
pub fn squash_char(c: char) -> Option<char> {
    let c = fold_char(c);
    let dropped = if is_ideograph(c) {
        matches!(c, '及' | '和' | '与' | '或')
    } else {
        c.is_whitespace()
            || c.is_control()
            || matches!(
                c,
                '/' | '、' | '·' | '-' | '|' | '\\' | '*' | '★' | '※' | '_' | '"' | '“' | '”' | '《' | '》' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '—' | '–'
            )
    };
    (!dropped).then(|| c.to_ascii_lowercase())
}

/// Chinese numerals of headings, plain and capital.
pub const NUMERALS: &str = "一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾";

/// Bytes of the number or bullet before a label or heading (`一、`, `（1）`, `1.`, `①`, `●`); 0 where there is none.
pub fn enumerator(text: &str) -> usize {
    let body = text.trim_start();
    let lead = text.len() - body.len();
    let mut chars = body.char_indices().map(|(i, c)| (i, fold_char(c))).peekable();
    let Some(&(_, first)) = chars.peek() else { return 0 };
    let end_of = |at: usize, c: char| lead + at + body[at..].chars().next().unwrap_or(c).len_utf8();
    if ('①'..='⑳').contains(&first) || matches!(first, '●' | '◆' | '▲' | '★' | '※' | '*' | '•' | '·' | '►' | '◇' | '▍' | '▌' | '▎' | '➤' | '➢' | '▶' | '❖')
    {
        return end_of(0, first);
    }
    let bracketed = first == '(';
    let ordinal = first == '第';
    if bracketed || ordinal {
        chars.next();
    }
    let mut digits = 0;
    let (mut seen_han, mut seen_ascii) = (false, false);
    while let Some(&(_, c)) = chars.peek() {
        if c.is_ascii_digit() && !seen_han {
            seen_ascii = true;
        } else if NUMERALS.contains(c) && !seen_ascii {
            seen_han = true;
        } else if c.is_whitespace() && bracketed {
        } else if c == '.' && seen_ascii {
            // 1.2 stays one number; 1. ends it, and so does that of 1.2022年度计划
            let ahead = chars.clone().skip(1).take_while(|(_, c)| c.is_ascii_digit()).count();
            if ahead == 0 || ahead > 3 {
                break;
            }
        } else {
            break;
        }
        digits = if c == '.' { 0 } else { digits + 1 };
        // 2022 is a year
        if digits > 3 || seen_ascii && digits > 2 {
            return 0;
        }
        chars.next();
    }
    if digits == 0 {
        return 0;
    }
    while chars.peek().is_some_and(|(_, c)| c.is_whitespace()) && !seen_ascii {
        chars.next();
    }
    let Some(&(at, stop)) = chars.peek() else { return 0 };
    let ends = match stop {
        ')' => true,
        '、' | '.' | '。' | ',' => !bracketed && !ordinal,
        '部' | '章' | '节' | '条' | '项' => ordinal,
        c if c.is_whitespace() => seen_ascii && !bracketed && !ordinal,
        _ => false,
    };
    if !ends {
        return 0;
    }
    let mut end = end_of(at, stop);
    if ordinal && stop == '部' && text[end..].starts_with('分') {
        end += '分'.len_utf8();
    }
    end
}

/// Whether a bracket behind a label is a hint to the writer rather than part of the answer.
pub fn is_hint(inner: &str) -> bool {
    let inner = squash(inner);
    const WORDS: [&str; 45] = [
        "一致",
        "章",
        "签",
        "元",
        "字",
        "请",
        "限",
        "填",
        "选",
        "打",
        "√",
        "必",
        "手写",
        "全称",
        "单位",
        "年月",
        "打印",
        "中文",
        "英文",
        "如",
        "可",
        "多选",
        "单选",
        "不超过",
        "以内",
        "加盖",
        "电子版",
        "示例",
        "例",
        "详细",
        "注",
        "说明",
        "附",
        "如有",
        "手机",
        "含",
        "办",
        "住宅",
        "人民币",
        "年度",
        "最多",
        "精确",
        "公元",
        "不含",
        "号",
    ];
    inner.is_empty() || WORDS.iter().any(|w| inner.contains(w))
}

/// A label's text without its number, colon, trailing brackets and footnote marks, squashed.
pub fn label_key(raw: &str) -> String {
    let start = enumerator(raw);
    let text = raw[start..].trim();
    // 【学院意见】: brackets of its own
    let inner = text.strip_prefix('【').and_then(|rest| rest.strip_suffix('】')).filter(|inner| !inner.contains(['【', '】']));
    let mut text = inner.unwrap_or(text);
    loop {
        let trimmed = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '﹕' | '∶' | '*' | '_' | '①'..='⑳' | '、' | '.' | '※'));
        let unit = ["万元", "千元", "元"].iter().find_map(|unit| trimmed.strip_suffix(unit)).filter(|head| head.ends_with([':', '：', '/', '／']));
        let cut = if let Some(head) = unit {
            head
        } else if trimmed.ends_with([')', '）', '】', ']']) {
            let open = trimmed.rfind(['(', '（', '【', '[']);
            match open {
                Some(0) | None => trimmed,
                Some(open) => {
                    let inner = &trimmed[open..].trim_matches(|c| "()（）【】[]".contains(c));
                    if is_hint(inner) || unit_word(inner) { &trimmed[..open] } else { trimmed }
                }
            }
        } else {
            trimmed
        };
        if cut.len() == text.len() {
            break;
        }
        text = cut;
    }
    squash(text)
}

fn unit_word(inner: &str) -> bool {
    matches!(squash(inner).as_str(), "元" | "万元" | "千元" | "人" | "个" | "月" | "年" | "%" | "岁")
}

/// A squashed text without what stands in brackets.
pub fn without_brackets(key: &str) -> String {
    let mut out = String::with_capacity(key.len());
    let mut depth = 0u32;
    for c in key.chars() {
        match c {
            '(' | '【' | '[' => depth += 1,
            ')' | '】' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// Whether a text has the shape of a label: a few ideographs, no sentence.
pub fn label_shaped(text: &str) -> bool {
    let body = text[enumerator(text)..].trim().trim_end_matches([':', '：']);
    let mut ideographs = 0;
    for c in body.chars().map(fold_char) {
        if c.is_whitespace() || matches!(c, '(' | ')' | '/' | '、' | '*' | '-') {
            continue;
        }
        if !is_cjk(c) && !c.is_ascii_alphabetic() || matches!(c, '。' | '《' | '》' | '□') {
            return false;
        }
        ideographs += 1;
    }
    (2..=12).contains(&ideographs)
}

/// A short text that could be a label nobody knows.
pub fn is_unknown_label(text: &str) -> bool {
    label_shaped(text) && !text.contains(['。', '，'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_before_headings_are_measured() {
        for (text, rest) in [
            ("一、基本情况", "基本情况"),
            ("（二）团队", "团队"),
            ("1.项目名称", "项目名称"),
            ("3、合计", "合计"),
            ("第一部分 基本情况", " 基本情况"),
            ("①内容", "内容"),
            ("2022年度", "2022年度"),
            ("2022 年度计划", "2022 年度计划"),
            ("1.2 目标", "目标"),
            ("项目名称", "项目名称"),
        ] {
            assert_eq!(&text[enumerator(text)..], rest, "{text}");
        }
    }
}
