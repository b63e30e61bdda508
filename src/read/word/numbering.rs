//! Automatic numbering: the label printed before a paragraph, counted in the order of the text.
use super::fonts::Fonts;
use super::numfmt;
use crate::read::symbol_font::shown;
use std::collections::{HashMap, HashSet};

pub(in crate::read) const LEVELS: usize = 9;
/// Characters of a label's pattern; Word allows far fewer.
pub(in crate::read) const LONGEST: usize = 255;

/// Numbering of a paragraph: `numId` and level, each as far as given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::read) struct NumRef {
    pub id: Option<i64>,
    pub level: Option<u8>,
}

/// One level of a list.
#[derive(Debug, Clone)]
pub(in crate::read) struct Level {
    pub start: u32,
    pub format: String,
    /// `第%1条`: `%n` stands for the number of level n.
    pub text: String,
    /// All numbers in digits.
    pub legal: bool,
    /// Level (1 is the highest) after whose use this one starts anew; 0 never.
    pub restart: Option<u8>,
    pub fonts: Fonts,
    pub picture: bool,
    /// The paragraph style that stands for this level.
    pub style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Self { start: 1, format: "decimal".to_owned(), text: String::new(), legal: false, restart: None, fonts: Fonts::default(), picture: false, style: None }
    }
}

/// The levels of a list, shared by all its numberings, which also share its counters.
#[derive(Debug, Default)]
pub(in crate::read) struct Abstract {
    pub levels: [Option<Box<Level>>; LEVELS],
    /// The numbering style that holds the levels instead.
    pub link: Option<String>,
}

/// A numbering: a list, and where this use of it differs.
#[derive(Debug, Default)]
pub(in crate::read) struct Num {
    pub of: i64,
    pub starts: [Option<u32>; LEVELS],
    pub levels: [Option<Box<Level>>; LEVELS],
}

/// The lists of a document and the counters as they stand.
#[derive(Default)]
pub(in crate::read) struct Numbering {
    pub abstracts: HashMap<i64, Abstract>,
    pub nums: HashMap<i64, Num>,
    counters: HashMap<i64, [Option<u32>; LEVELS]>,
    /// Start values of a `num` that were used up.
    started: HashSet<(i64, usize)>,
}

impl Numbering {
    /// Begins to count anew.
    pub fn restart(&mut self) {
        self.counters.clear();
        self.started.clear();
    }

    /// The label of the next paragraph with this numbering; `None` where it has none. `linked` finds the numbering
    /// that a numbering style stands for.
    pub fn label(&mut self, direct: NumRef, style: NumRef, style_id: Option<&str>, linked: impl Fn(&str) -> Option<i64>) -> Option<String> {
        let num_id = direct.id.or(style.id).filter(|id| *id != 0)?;
        let base = self.nums.get(&num_id)?.of;
        let base = match self.abstracts.get(&base)?.link.as_deref() {
            Some(link) => linked(link).and_then(|id| self.nums.get(&id)).map_or(base, |num| num.of),
            None => base,
        };
        let (found, num) = (self.abstracts.get(&base)?, self.nums.get(&num_id)?);
        let by_style = |id: &str| found.levels.iter().position(|l| l.as_ref().is_some_and(|l| l.style.as_deref() == Some(id)));
        let own = direct.level.or_else(|| if direct.id.is_none() { style.level } else { None }).map(usize::from);
        let at = own.or_else(|| by_style(style_id?)).unwrap_or(0);
        if at >= LEVELS {
            return None;
        }
        let level = |n: usize| num.levels[n].as_deref().or(found.levels[n].as_deref());
        let start = |n: usize| num.starts[n].or_else(|| level(n).map(|l| l.start)).unwrap_or(1);
        let this = level(at)?;
        let counters = self.counters.entry(base).or_default();
        let anew = num.starts[at].is_some() && self.started.insert((num_id, at));
        counters[at] = Some(match counters[at] {
            Some(n) if !anew => n.saturating_add(1),
            _ => start(at),
        });
        for (below, counter) in counters.iter_mut().enumerate().skip(at + 1) {
            if level(below).and_then(|l| l.restart).is_none_or(|r| r > 0 && at < usize::from(r)) {
                *counter = None;
            }
        }
        let text = if this.format == "bullet" {
            if this.picture { "•".to_owned() } else { this.text.chars().map(|c| shown(this.fonts.of_char(c), c)).collect() }
        } else {
            let value = |n: usize| {
                let format = level(n).map_or("decimal", |l| &l.format);
                numfmt::number(if this.legal { "decimal" } else { format }, counters[n].unwrap_or_else(|| start(n)))
            };
            fill(&this.text, value)
        };
        Some(text).filter(|t| !t.trim().is_empty())
    }
}

/// Puts the numbers into `第%1条`.
fn fill(text: &str, value: impl Fn(usize) -> String) -> String {
    let mut filled = String::with_capacity(text.len() + 4);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if filled.len() > LONGEST {
            break;
        }
        match chars.peek().and_then(|d| d.to_digit(10)) {
            Some(d @ 1..=9) if c == '%' => {
                filled.push_str(&value(d as usize - 1));
                chars.next();
            }
            _ => filled.push(c),
        }
    }
    filled
}
