//! Automatic numbering: the label Word prints before a paragraph, counted in the order of the text.
use super::names::El;
use super::numfmt;
use super::styles::{Fonts, NumRef, Styles};
use super::symbols::shown;
use super::xml::{Attrs, Visit, Visitor};
use std::collections::{HashMap, HashSet};

const LEVELS: usize = 9;
/// Characters of a label's pattern; Word allows far fewer.
const LONGEST: usize = 255;

#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    format: String,
    /// `第%1条`: `%n` stands for the number of level n.
    text: String,
    /// All numbers in digits.
    legal: bool,
    /// Level (1 is the highest) after whose use this one starts anew; 0 never.
    restart: Option<u8>,
    fonts: Fonts,
    picture: bool,
    /// The paragraph style that stands for this level.
    style: Option<String>,
}

#[derive(Debug, Default)]
struct Abstract {
    levels: [Option<Box<Level>>; LEVELS],
    /// The numbering style that holds the levels instead.
    link: Option<String>,
}

#[derive(Debug, Default)]
struct Num {
    of: i64,
    starts: [Option<u32>; LEVELS],
    levels: [Option<Box<Level>>; LEVELS],
}

/// The definitions of `numbering.xml` and the counters as they stand.
#[derive(Default)]
pub(super) struct Numbering {
    abstracts: HashMap<i64, Abstract>,
    nums: HashMap<i64, Num>,
    counters: HashMap<i64, [Option<u32>; LEVELS]>,
    /// Start values of a `num` that were used up.
    started: HashSet<(i64, usize)>,
    open: Open,
}

/// Where in the part the reader is.
#[derive(Default)]
struct Open {
    abstract_id: Option<i64>,
    num: Option<i64>,
    level: Option<usize>,
    overriding: Option<usize>,
    /// A custom format was given; the fallback for older programs is not needed.
    custom: bool,
}

impl Numbering {
    /// Begins to count anew.
    pub fn restart(&mut self) {
        self.counters.clear();
        self.started.clear();
    }

    /// The label of the next paragraph with this numbering; `None` where it has none.
    pub fn label(&mut self, direct: NumRef, style: NumRef, style_id: Option<&str>, styles: &Styles) -> Option<String> {
        let num_id = direct.id.or(style.id).filter(|id| *id != 0)?;
        let base = self.nums.get(&num_id)?.of;
        let base = match self.abstracts.get(&base)?.link.as_deref() {
            Some(link) => styles.numbering_of(link).and_then(|id| self.nums.get(&id)).map_or(base, |num| num.of),
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
        for below in at + 1..LEVELS {
            if level(below).and_then(|l| l.restart).is_none_or(|r| r > 0 && at < usize::from(r)) {
                counters[below] = None;
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

    fn level(&mut self) -> Option<&mut Level> {
        let n = self.open.level?;
        let slot = match (self.open.abstract_id, self.open.num) {
            (Some(id), _) => self.abstracts.get_mut(&id)?.levels.get_mut(n)?,
            (None, Some(id)) => self.nums.get_mut(&id)?.levels.get_mut(n)?,
            _ => return None,
        };
        Some(slot.get_or_insert_with(|| Box::new(Level { start: 1, format: "decimal".to_owned(), ..Level::default() })))
    }
}

/// Puts the numbers into `第%1条`.
fn fill(text: &str, value: impl Fn(usize) -> String) -> String {
    let mut filled = String::with_capacity(text.len() + 4);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
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

impl Visitor for Numbering {
    fn open(&mut self, el: El, parent: El, attrs: &Attrs) -> Visit {
        match el {
            El::AbstractNum => {
                let id = attrs.number("abstractNumId").unwrap_or(-1);
                self.open = Open { abstract_id: Some(id), ..Open::default() };
                self.abstracts.insert(id, Abstract::default());
            }
            El::Num => {
                let id = attrs.number("numId").unwrap_or(0);
                self.open = Open { num: Some(id), ..Open::default() };
                self.nums.insert(id, Num::default());
            }
            El::AbstractNumId => {
                if let Some(num) = self.open.num.and_then(|id| self.nums.get_mut(&id)) {
                    num.of = attrs.number("val").unwrap_or(-1);
                }
            }
            El::NumStyleLink => {
                if let Some(found) = self.open.abstract_id.and_then(|id| self.abstracts.get_mut(&id)) {
                    found.link = attrs.val().map(|v| v.into_owned());
                }
            }
            El::LvlOverride => self.open.overriding = attrs.number("ilvl").and_then(|n| usize::try_from(n).ok()),
            El::StartOverride => {
                let start = attrs.number("val").and_then(|n| u32::try_from(n).ok());
                let num = self.open.num.and_then(|id| self.nums.get_mut(&id));
                if let Some(slot) = num.zip(self.open.overriding).and_then(|(num, n)| num.starts.get_mut(n)) {
                    *slot = start;
                }
            }
            El::Lvl => {
                self.open.level = attrs.number("ilvl").and_then(|n| usize::try_from(n).ok()).filter(|n| *n < LEVELS);
                self.open.custom = false;
                self.level();
            }
            El::RPrChange | El::PPrChange | El::TblPr => return Visit::Skip,
            _ => {
                let custom = self.open.custom;
                let Some(level) = self.level() else { return Visit::Into };
                match el {
                    El::Start if parent == El::Lvl => level.start = attrs.number("val").and_then(|n| u32::try_from(n).ok()).unwrap_or(1),
                    El::NumFmt if !custom => {
                        let value = attrs.val().unwrap_or_default();
                        let format = attrs.get("format").filter(|_| value == "custom");
                        level.format = format.as_deref().unwrap_or(&value).to_owned();
                        self.open.custom = value == "custom";
                    }
                    El::LvlText => level.text = attrs.val().unwrap_or_default().chars().take(LONGEST).collect(),
                    El::IsLgl => level.legal = attrs.on(),
                    El::LvlRestart => level.restart = attrs.number("val").and_then(|n| u8::try_from(n).ok()),
                    El::RFonts => level.fonts = Fonts::of(attrs),
                    El::PicBullet => level.picture = true,
                    El::PStyle => level.style = attrs.val().map(|v| v.into_owned()),
                    _ => {}
                }
            }
        }
        Visit::Into
    }

    fn close(&mut self, el: El, _: El) {
        match el {
            El::AbstractNum | El::Num => self.open = Open::default(),
            El::Lvl => self.open.level = None,
            El::LvlOverride => self.open.overriding = None,
            _ => {}
        }
    }

    fn text(&mut self, _: &str, _: El) {}
}

#[cfg(test)]
mod tests {
    use super::super::xml::walk;
    use super::*;

    fn numbering(inner: &str) -> Numbering {
        let mut numbering = Numbering::default();
        walk(format!("<w:numbering>{inner}</w:numbering>").as_bytes(), 64, &mut numbering);
        numbering
    }

    fn lvl(n: u8, format: &str, text: &str) -> String {
        format!(r#"<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/></w:lvl>"#)
    }

    fn labels(numbering: &mut Numbering, paragraphs: &[(i64, u8)]) -> Vec<String> {
        let styles = Styles::default();
        let mut label = |(id, level): &(i64, u8)| numbering.label(NumRef { id: Some(*id), level: Some(*level) }, NumRef::default(), None, &styles);
        paragraphs.iter().map(|p| label(p).unwrap_or_default()).collect()
    }

    #[test]
    fn levels_count_restart_and_share_their_counters() {
        let mut n = numbering(&format!(
            r#"<w:abstractNum w:abstractNumId="7">{}{}{}</w:abstractNum>
               <w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
               <w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>
               <w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>"#,
            lvl(0, "chineseCountingThousand", "第%1条"),
            lvl(1, "decimal", "（%2）"),
            lvl(2, "decimal", "%1.%2.%3"),
        ));
        let seen = labels(&mut n, &[(1, 0), (1, 1), (1, 1), (1, 2), (2, 0), (2, 1), (3, 0), (3, 0), (9, 0), (0, 0)]);
        assert_eq!(seen, ["第一条", "（1）", "（2）", "一.2.1", "第二条", "（1）", "第五条", "第六条", "", ""]);
    }

    #[test]
    fn legal_levels_and_levels_that_never_restart() {
        let mut n = numbering(&format!(
            r#"<w:abstractNum w:abstractNumId="0">{}<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlRestart w:val="0"/><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl>
               <w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF06C;"/><w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr></w:lvl></w:abstractNum>
               <w:num w:numId="4"><w:abstractNumId w:val="0"/></w:num>"#,
            lvl(0, "upperRoman", "%1、"),
        ));
        assert_eq!(labels(&mut n, &[(4, 0), (4, 1), (4, 0), (4, 1), (4, 2)]), ["I、", "1.1", "II、", "2.2", "●"]);
    }
}
