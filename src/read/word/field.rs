//! Fields: the code is not printed, the result is; some have no result and print from their code.
use super::numfmt;
use super::symbols::{SymbolFont, shown};

/// A field that was begun.
#[derive(Debug, Default)]
pub(in crate::read) struct Field {
    /// The result began.
    pub result: bool,
    pub code: String,
    /// Where in its paragraph the field began: how many paragraphs were open, and the length of the text.
    pub mark: Option<(usize, usize)>,
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
/// the one they look like where there is one: `○` over `1` is `①`, `√` over `□` is `☑`.
fn equation(code: &str) -> String {
    let code = code.trim();
    let inner = code.find('(').and_then(|from| Some((from, code.rfind(')').filter(|to| *to > from)?)));
    let Some((from, to)) = inner else { return String::new() };
    let switches = code[..from].to_ascii_lowercase();
    let parts: Vec<&str> = code[from + 1..to].split([',', ';', '，']).map(str::trim).collect();
    if switches.contains("\\o") {
        if let [under, over] = parts[..] {
            return overprint(under, over).or_else(|| overprint(over, under)).unwrap_or_else(|| format!("{under}{over}"));
        }
    } else if switches.contains("\\f")
        && let [above, below] = parts[..]
    {
        return format!("{above}/{below}");
    }
    parts.concat()
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
