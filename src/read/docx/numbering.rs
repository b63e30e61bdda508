//! `numbering.xml`: the lists of a document.
use super::names::El;
use super::styles::fonts;
use crate::read::doc::number_name;
use crate::read::word::numbering::{Abstract, LEVELS, LONGEST, Level, Num, Numbering};
use crate::read::xml::{Attrs, Visit, Visitor};

/// The part while it is read.
#[derive(Default)]
pub(super) struct NumberingPart {
    pub numbering: Numbering,
    open: Open,
    most: usize,
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

impl NumberingPart {
    pub fn new(most: usize) -> Self {
        Self { most, ..Self::default() }
    }

    fn level(&mut self) -> Option<&mut Level> {
        let n = self.open.level?;
        let slot = match (self.open.abstract_id, self.open.num) {
            (Some(id), _) => self.numbering.abstracts.get_mut(&id)?.levels.get_mut(n)?,
            (None, Some(id)) => self.numbering.nums.get_mut(&id)?.levels.get_mut(n)?,
            _ => return None,
        };
        // A level that does not say where it starts begins at 0.
        Some(slot.get_or_insert_with(|| Box::new(Level { start: 0, ..Level::default() })))
    }
}

impl Visitor for NumberingPart {
    type El = El;

    fn open(&mut self, el: El, parent: El, attrs: &Attrs) -> Visit {
        match el {
            El::AbstractNum | El::Num if self.numbering.abstracts.len() + self.numbering.nums.len() >= self.most => return Visit::Stop,
            El::AbstractNum => {
                let id = attrs.number("abstractNumId").or_else(|| attrs.number("listDefId")).unwrap_or(-1);
                self.open = Open { abstract_id: Some(id), ..Open::default() };
                self.numbering.abstracts.insert(id, Abstract::default());
            }
            El::Num => {
                let id = attrs.number("numId").or_else(|| attrs.number("ilfo")).unwrap_or(0);
                self.open = Open { num: Some(id), ..Open::default() };
                self.numbering.nums.insert(id, Num::default());
            }
            El::AbstractNumId => {
                if let Some(num) = self.open.num.and_then(|id| self.numbering.nums.get_mut(&id)) {
                    num.of = attrs.number("val").unwrap_or(-1);
                }
            }
            El::NumStyleLink => {
                if let Some(found) = self.open.abstract_id.and_then(|id| self.numbering.abstracts.get_mut(&id)) {
                    found.link = attrs.val().map(|v| v.into_owned());
                }
            }
            El::LvlOverride => self.open.overriding = attrs.number("ilvl").and_then(|n| usize::try_from(n).ok()),
            El::StartOverride => {
                let start = attrs.number("val").and_then(|n| u32::try_from(n).ok());
                let num = self.open.num.and_then(|id| self.numbering.nums.get_mut(&id));
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
                    El::NumCode => level.format = number_name(attrs.number("val").and_then(|n| u8::try_from(n).ok()).unwrap_or(0)).to_owned(),
                    El::LvlText => level.text = attrs.val().unwrap_or_default().chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect(),
                    El::IsLgl => level.legal = attrs.on(),
                    El::LvlRestart => level.restart = attrs.number("val").and_then(|n| u8::try_from(n).ok()),
                    El::RFonts => level.fonts = fonts(attrs),
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
    use super::super::styles::Styles;
    use super::*;
    use crate::read::word::numbering::NumRef;
    use crate::read::xml::walk;

    fn numbering(inner: &str) -> Numbering {
        let mut numbering = NumberingPart::new(100);
        walk(format!("<w:numbering>{inner}</w:numbering>").as_bytes(), 64, &mut numbering);
        numbering.numbering
    }

    fn lvl(n: u8, format: &str, text: &str) -> String {
        format!(r#"<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/></w:lvl>"#)
    }

    fn labels(numbering: &mut Numbering, paragraphs: &[(i64, u8)]) -> Vec<String> {
        let styles = Styles::default();
        let mut label =
            |(id, level): &(i64, u8)| numbering.label(NumRef { id: Some(*id), level: Some(*level) }, NumRef::default(), None, |id| styles.numbering_of(id));
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
    fn a_level_without_a_start_begins_at_nought() {
        let mut n = numbering(
            r#"<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>
               <w:num w:numId="4"><w:abstractNumId w:val="0"/></w:num>"#,
        );
        assert_eq!(labels(&mut n, &[(4, 0), (4, 0)]), ["0.", "1."]);
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
