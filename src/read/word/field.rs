//! Fields: the code is not printed, the result is; some have no result and print from their code.
use super::numfmt;
use crate::read::symbol_font::{SymbolFont, shown};

/// A field that was begun.
#[derive(Debug, Default)]
pub(in crate::read) struct Field {
    /// The result began.
    pub result: bool,
    pub code: String,
    /// Where the field began: in which paragraph, by a number of its own, and after how much of its text.
    pub mark: Option<(u64, usize)>,
    /// State of a form's check box.
    pub ticked: Option<bool>,
    /// Entries of a form's list and the one chosen.
    pub entries: Vec<String>,
    pub chosen: usize,
    /// Characters printed before the result began.
    pub printed: u64,
}

/// A field's code longer than this is cut; none that prints is.
const CODE: usize = 1024;

impl Field {
    pub fn add_code(&mut self, text: &str) {
        if self.code.len() + text.len() <= CODE {
            self.code.push_str(text);
        }
    }

    /// What is printed for a field that ends without a result.
    pub fn own_text(&self) -> Option<String> {
        if let Some(ticked) = self.ticked {
            return Some(if ticked { "☑" } else { "☐" }.to_owned());
        }
        if let Some(entry) = self.entries.get(self.chosen) {
            return Some(entry.clone());
        }
        if self.result {
            return None;
        }
        let code = self.code.trim();
        let (name, rest) = code.split_once(|c: char| c.is_whitespace() || c == '\\').unwrap_or((code, ""));
        match name.to_ascii_uppercase().as_str() {
            "EQ" => Some(equation(&code[name.len()..])),
            "SYMBOL" => symbol(rest),
            "MACROBUTTON" => rest.trim().split_once(char::is_whitespace).map(|(_, text)| text.trim().to_owned()),
            _ => None,
        }
    }
}

/// `SYMBOL 254 \f Wingdings \s 12`.
fn symbol(code: &str) -> Option<String> {
    let number = code.split_whitespace().next()?;
    let n = match number.strip_prefix("0x").or_else(|| number.strip_prefix("0X")) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    let font = code.split_once("\\f").map(|(_, rest)| rest.trim_start()).map_or("", |rest| match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or(""),
        None => rest.split_whitespace().next().unwrap_or(""),
    });
    Some(shown(SymbolFont::of_name(font), char::from_u32(n)?).to_string())
}

/// `EQ \o\ac(○,1)` and its kin: what stands between the brackets. Two signs printed over each other become
/// the one they look like where there is one: `○` over `1` is `①`, `√` over `□` is `☑`. A reading above a word
/// (`\o\ad(\s\up9(xú),徐)`) is left out.
fn equation(code: &str) -> String {
    bracketed(code, 0).0
}

/// Brackets in brackets deeper than this are left out.
const DEEPEST: u32 = 8;

/// What a code with its brackets prints, and what follows the brackets.
fn bracketed(code: &str, depth: u32) -> (String, &str) {
    let Some((switches, rest)) = code.split_once('(').filter(|_| depth < DEEPEST) else { return (String::new(), "") };
    let switches = switches.to_ascii_lowercase();
    let mut parts = vec![String::new()];
    let mut readings = 0;
    let mut rest = rest;
    let mut open = 0;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        match c {
            '\\' if after.starts_with(['(', ')', ',', ';', '\\']) => {
                push(&mut parts, &after[..1]);
                rest = &after[1..];
                continue;
            }
            '\\' => {
                let (inner, after) = bracketed(rest, depth + 1);
                match rest.get(..2) {
                    Some("\\s" | "\\S") if parts.len() == 1 && switches.contains("\\o") => readings += 1,
                    _ => push(&mut parts, &inner),
                }
                rest = after;
                continue;
            }
            '(' => {
                open += 1;
                push(&mut parts, "(");
            }
            ')' if open == 0 => {
                rest = after;
                break;
            }
            ')' => {
                open -= 1;
                push(&mut parts, ")");
            }
            ',' | ';' | '，' if open == 0 => parts.push(String::new()),
            c => push(&mut parts, c.encode_utf8(&mut [0; 4])),
        }
        rest = after;
    }
    let parts: Vec<&str> = parts.iter().map(|p| p.trim()).skip(usize::from(readings > 0)).collect();
    let text = match parts[..] {
        [under, over] if switches.contains("\\o") => overprint(under, over).or_else(|| overprint(over, under)).unwrap_or_else(|| format!("{under}{over}")),
        [above, below] if switches.contains("\\f") => format!("{above}/{below}"),
        _ => parts.concat(),
    };
    (text, rest)
}

fn push(parts: &mut [String], text: &str) {
    if let Some(last) = parts.last_mut() {
        last.push_str(text);
    }
}

fn overprint(frame: &str, sign: &str) -> Option<String> {
    match (frame, sign) {
        ("○" | "〇" | "◯" | "O" | "Ο", n) => n.parse().ok().filter(|n| (1..=50).contains(n)).map(numfmt::enclosed),
        ("□" | "☐" | "口", "√" | "✓" | "✔") => Some("☑".to_owned()),
        ("□" | "☐" | "口", "×" | "X" | "x" | "✗") => Some("☒".to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(code: &str) -> Option<String> {
        Field { code: code.to_owned(), ..Field::default() }.own_text()
    }

    #[test]
    fn fields_without_a_result_print_from_their_code() {
        assert_eq!(printed(r"eq \o\ac(○,3)").as_deref(), Some("③"));
        assert_eq!(printed(r" EQ \o(□,√) ").as_deref(), Some("☑"));
        assert_eq!(printed(r"EQ \f(1,2)").as_deref(), Some("1/2"));
        assert_eq!(printed(r#"SYMBOL 82 \f "Wingdings 2""#).as_deref(), Some("☑"));
        assert_eq!(printed("MACROBUTTON NoMacro [点击填写]").as_deref(), Some("[点击填写]"));
        assert_eq!(printed("PAGE"), None);
        assert_eq!(printed("EQ"), Some(String::new()));
    }

    #[test]
    fn form_fields_print_their_state() {
        assert_eq!(Field { ticked: Some(true), ..Field::default() }.own_text().as_deref(), Some("☑"));
        let list = Field { entries: vec!["甲".into(), "乙".into()], chosen: 1, result: true, ..Field::default() };
        assert_eq!(list.own_text().as_deref(), Some("乙"));
    }
}
