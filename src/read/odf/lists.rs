//! Automatic numbers: levels of lists, and the counters of lists as they stand.
use super::names::El;
use crate::read::symbol_font::{SymbolFont, shown};
use crate::read::word::numfmt;
use crate::read::xml::Attrs;
use std::collections::HashMap;

pub(super) const LEVELS: usize = 10;
/// Characters of a label's pattern.
const LONGEST: usize = 255;
/// Lists whose counters are kept.
const MOST: usize = 10_000;

/// One level of a list style.
#[derive(Debug, Clone, Default)]
pub(super) struct Level {
    kind: Kind,
    format: &'static str,
    /// `第%1%条`, where `%1%` stands for the number of level 1.
    pattern: String,
    start: u32,
    pub font: Option<SymbolFont>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Kind {
    #[default]
    None,
    Number,
    Bullet,
}

#[derive(Debug, Clone, Default)]
pub(super) struct ListStyle {
    pub levels: [Level; LEVELS],
}

impl Level {
    pub fn of(el: El, attrs: &Attrs) -> Self {
        let text = |name: &str| attrs.get(name).map(|t| t.chars().take(LONGEST).collect::<String>()).unwrap_or_default();
        let font = None;
        match el {
            El::BulletLevel => Self { kind: Kind::Bullet, pattern: text("bullet-char"), font, ..Self::default() },
            El::ImageLevel => Self { kind: Kind::Bullet, pattern: "•".to_owned(), font, ..Self::default() },
            _ => {
                let format = text("num-format");
                if format.is_empty() && attrs.get("num-list-format").is_none() {
                    return Self::default();
                }
                let at = attrs.number("level").unwrap_or(1).clamp(1, LEVELS as i64);
                let pattern = match attrs.get("num-list-format") {
                    Some(pattern) => pattern.chars().take(LONGEST).collect(),
                    None => {
                        let shown = attrs.number("display-levels").unwrap_or(1).clamp(1, at);
                        let numbers: Vec<String> = (at - shown + 1..=at).map(|n| format!("%{n}%")).collect();
                        format!("{}{}{}", text("num-prefix"), numbers.join("."), text("num-suffix"))
                    }
                };
                let start = attrs.number("start-value").and_then(|n| u32::try_from(n).ok()).unwrap_or(1);
                let format = if format.is_empty() { "none" } else { format_of(&format) };
                Self { kind: Kind::Number, format, pattern, start, font }
            }
        }
    }
}

/// The name Word has for a number format of OpenDocument.
fn format_of(format: &str) -> &'static str {
    match format {
        "a" => "lowerLetter",
        "A" => "upperLetter",
        "i" => "lowerRoman",
        "I" => "upperRoman",
        "①, ②, ③, ..." => "decimalEnclosedCircle",
        "一, 二, 三, ..." => "chineseCountingThousand",
        "壹, 贰, 叁, ..." => "chineseLegalSimplified",
        "壹, 貳, 參, ..." => "ideographLegalTraditional",
        "甲, 乙, 丙, ..." => "ideographTraditional",
        "子, 丑, 寅, ..." => "ideographZodiac",
        "１, ２, ３, ..." => "decimalFullWidth",
        "01, 02, 03, ..." => "decimalZero",
        "001, 002, 003, ..." => "001",
        "(1), (2), (3), ..." | "⑴, ⑵, ⑶, ..." => "decimalEnclosedParen",
        "⒈, ⒉, ⒊, ..." => "decimalEnclosedFullstop",
        "1st, 2nd, 3rd, ..." => "ordinal",
        _ => "decimal",
    }
}

type Counters = [Option<u32>; LEVELS];

/// A list that is open: its style, its id, how deep it is, where its counting stands.
#[derive(Debug)]
struct Open {
    style: String,
    id: Option<String>,
    depth: usize,
    counters: Counters,
}

/// The lists of a text.
#[derive(Debug, Default)]
pub(super) struct Lists {
    open: Vec<Open>,
    /// Counters of lists that ended, by style and by id.
    ended: HashMap<String, Counters>,
    /// The item begun has not printed its number yet; the start it asks for.
    fresh: bool,
    start: Option<u32>,
    style: Option<String>,
}

impl Lists {
    pub fn begin(&mut self, attrs: &Attrs) {
        let style = attrs.get("style-name").map(|s| s.into_owned());
        if let Some(list) = self.open.last_mut().filter(|l| style.as_ref().is_none_or(|s| *s == l.style)) {
            list.depth += 1;
            return;
        }
        let depth = self.open.last().map_or(1, |l| l.depth + 1);
        let style = style.unwrap_or_default();
        let goes_on = attrs.get("continue-numbering").is_some_and(|v| v == "true");
        let counters = match attrs.get("continue-list") {
            Some(id) => self.ended.get(&format!("#{id}")).copied(),
            None if goes_on => self.ended.get(&style).copied(),
            None => None,
        };
        self.open.push(Open { style, id: attrs.get("id").map(|i| i.into_owned()), depth, counters: counters.unwrap_or_default() });
    }

    pub fn end(&mut self) {
        let depth = self.depth();
        let outer = self.open.len().checked_sub(2).and_then(|n| self.open.get(n)).map_or(0, |l| l.depth);
        if depth > outer + 1
            && let Some(list) = self.open.last_mut()
        {
            list.depth -= 1;
            return;
        }
        if let Some(list) = self.open.pop()
            && self.ended.len() < MOST
        {
            if let Some(id) = list.id {
                self.ended.insert(format!("#{id}"), list.counters);
            }
            self.ended.insert(list.style, list.counters);
        }
    }

    pub fn depth(&self) -> usize {
        self.open.last().map_or(0, |l| l.depth)
    }

    pub fn begin_item(&mut self, attrs: &Attrs) {
        self.fresh = true;
        self.start = attrs.number("start-value").and_then(|n| u32::try_from(n).ok());
        self.style = attrs.get("style-override").map(|s| s.into_owned());
    }

    /// An item without a number.
    pub fn begin_header(&mut self) {
        self.fresh = false;
    }

    /// The number of a paragraph, the first of its item; `styles` finds a list style.
    pub fn label<'s>(&mut self, styles: impl Fn(&str) -> Option<&'s ListStyle>) -> Option<String> {
        if !std::mem::take(&mut self.fresh) {
            return None;
        }
        let list = self.open.last_mut()?;
        let at = list.depth.checked_sub(1).filter(|n| *n < LEVELS)?;
        let style = styles(self.style.as_deref().unwrap_or(&list.style))?;
        count(&mut list.counters, style, at, self.start.take())
    }

    /// The number of a heading that stands in no list.
    pub fn outline(&mut self, style: Option<&ListStyle>, level: usize) -> Option<String> {
        let style = style?;
        let mut counters = self.ended.get(super::styles::OUTLINE).copied().unwrap_or_default();
        let label = count(&mut counters, style, level.checked_sub(1).filter(|n| *n < LEVELS)?, None);
        self.ended.insert(super::styles::OUTLINE.to_owned(), counters);
        label
    }
}

fn count(counters: &mut Counters, style: &ListStyle, at: usize, start: Option<u32>) -> Option<String> {
    let level = &style.levels[at];
    counters[at] = Some(match (start, counters[at]) {
        (Some(start), _) => start,
        (None, Some(n)) => n.saturating_add(1),
        (None, None) => level.start,
    });
    counters[at + 1..].fill(None);
    let label = match level.kind {
        Kind::None => return None,
        Kind::Bullet => level.pattern.chars().map(|c| shown(level.font.unwrap_or_default(), c)).collect(),
        Kind::Number => fill(&level.pattern, |n| {
            let own = &style.levels[n];
            numfmt::number(if own.format.is_empty() { level.format } else { own.format }, counters[n].unwrap_or(own.start))
        }),
    };
    Some(label).filter(|l: &String| !l.trim().is_empty())
}

/// Puts the numbers into `第%1%条`.
fn fill(pattern: &str, value: impl Fn(usize) -> String) -> String {
    let mut filled = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('%') {
        filled.push_str(before);
        match after.split_once('%').and_then(|(n, rest)| Some((n.parse::<usize>().ok().filter(|n| (1..=LEVELS).contains(n))?, rest))) {
            Some((n, after)) => {
                filled.push_str(&value(n - 1));
                rest = after;
            }
            None => {
                filled.push('%');
                rest = after;
            }
        }
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(pattern: &str, format: &'static str) -> Level {
        Level { kind: Kind::Number, format, pattern: pattern.to_owned(), start: 1, font: None }
    }

    #[test]
    fn levels_count_and_begin_anew_below() {
        let mut style = ListStyle::default();
        style.levels[0] = number("第%1%条", "chineseCountingThousand");
        style.levels[1] = number("%1%.%2%", "decimal");
        let mut counters = Counters::default();
        let mut label = |at| count(&mut counters, &style, at, None).unwrap_or_default();
        assert_eq!([label(0), label(1), label(1), label(0), label(1)], ["第一条", "一.1", "一.2", "第二条", "二.1"]);
        assert_eq!(count(&mut counters, &style, 2, None), None);
        assert_eq!(fill("100%（%1%）", |_| "7".to_owned()), "100%（7）");
    }
}
