//! What a style says that changes what a reader sees.
use crate::read::symbol_font::SymbolFont;
use std::collections::HashSet;

/// A style in small letters without blanks.
pub(super) fn folded(style: &str) -> String {
    style.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect()
}

pub(super) fn hides(folded: &str) -> bool {
    ["display:none", "mso-hide:all", "visibility:hidden"].iter().any(|h| folded.contains(h))
}

/// The value of a property.
pub(super) fn value<'a>(folded: &'a str, property: &str) -> Option<&'a str> {
    folded.split(';').find_map(|p| p.strip_prefix(property)?.strip_prefix(':'))
}

/// The font that the first of these names is.
pub(super) fn font(names: &str) -> SymbolFont {
    let first = names.split(',').next().unwrap_or_default();
    SymbolFont::of_name(first.trim_matches(['"', '\'', ' ']).trim_start_matches("&quot;").trim_end_matches("&quot;"))
}

/// Rules looked at.
const MOST: usize = 10_000;

/// Classes (`.name`) and ids (`#name`) that the style rules of a page hide.
pub(super) fn hidden(rules: &str) -> HashSet<String> {
    let mut found = HashSet::new();
    for rule in rules.split('}').take(MOST) {
        let Some((selectors, body)) = rule.split_once('{') else { continue };
        if !hides(&folded(body)) {
            continue;
        }
        let selectors = selectors.rsplit("-->").next().unwrap_or(selectors).trim().trim_start_matches("<!--").trim();
        for selector in selectors.split(',').map(str::trim) {
            // Only plain classes and ids: what else a rule is about cannot be told without the whole page.
            let at = selector.find(['.', '#']);
            let simple = !selector.contains([' ', ':', '>', '[', '@', '~', '+', '*', '\n']);
            found.extend(at.filter(|_| simple).map(|at| selector[at..].to_owned()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hiding_rules_are_found_and_only_plain_ones_count() {
        let found = hidden("<!-- .a{color:red} p.gone, #x { DISPLAY : none } ul li.y{display:none} @media print{.z{display:none}} -->");
        let mut found: Vec<_> = found.into_iter().collect();
        found.sort();
        assert_eq!(found, ["#x", ".gone"]);
        assert_eq!(value("mso-list:ignore;font:7pt", "mso-list"), Some("ignore"));
    }
}
