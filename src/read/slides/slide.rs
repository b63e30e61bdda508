//! One slide, or its notes, from elements to blocks.
use super::names::El;
use crate::model::BlockKind;
use crate::read::docx::is_document;
use crate::read::symbol_font::{SymbolFont, shown};
use crate::read::word::numfmt;
use crate::read::word::pictures::is_page_like_in_emu;
use crate::read::word::tree::Tree;
use crate::read::xml::{Attrs, Visit, Visitor};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Slide,
    /// Of a page of notes only the notes: the slide itself and the page's number are there, too.
    Notes,
}

/// The shape that is open.
#[derive(Debug, Clone, Copy, Default)]
struct Shape {
    hidden: bool,
    title: bool,
    /// Date, footer or number of the slide.
    furniture: bool,
    notes: bool,
    picture: bool,
}

pub(super) struct Story<'t> {
    pub tree: &'t mut Tree,
    mode: Mode,
    shape: Shape,
    bodies: Vec<bool>,
    alternates: Vec<bool>,
    label: Option<String>,
    /// Counters of automatic numbers by level, in the open body.
    counters: [u32; 9],
    level: usize,
    font: SymbolFont,
    bullet_font: SymbolFont,
    in_run: bool,
    /// The slide is not shown.
    pub hidden: bool,
    pub large_pictures: u32,
    /// Embedded documents whose text is not here.
    pub objects: u32,
    /// Diagrams and charts: relationship id, and the text box kept for their words.
    pub figures: Vec<(String, u32)>,
}

impl<'t> Story<'t> {
    pub fn new(mode: Mode, tree: &'t mut Tree) -> Self {
        Self {
            tree,
            mode,
            shape: Shape::default(),
            bodies: Vec::new(),
            alternates: Vec::new(),
            label: None,
            counters: [0; 9],
            level: 0,
            font: SymbolFont::Text,
            bullet_font: SymbolFont::Text,
            in_run: false,
            hidden: false,
            large_pictures: 0,
            objects: 0,
            figures: Vec::new(),
        }
    }

    fn begin_body(&mut self) -> Visit {
        let wanted = match self.mode {
            Mode::Slide => !self.shape.furniture,
            Mode::Notes => self.shape.notes,
        };
        if self.shape.hidden || !wanted {
            return Visit::Skip;
        }
        self.counters = [0; 9];
        let notes = self.mode == Mode::Notes;
        self.bodies.push(notes);
        if notes {
            self.tree.begin_beside(BlockKind::Footnote);
        } else {
            self.tree.begin_box(if self.shape.title { BlockKind::Heading } else { BlockKind::TextBox });
        }
        Visit::Into
    }

    fn end_body(&mut self) {
        match self.bodies.pop() {
            Some(true) => self.tree.end_beside(),
            Some(false) => self.tree.end_box(),
            None => {}
        }
    }

    fn number(&mut self, attrs: &Attrs) {
        let kind = attrs.get("type").unwrap_or_default();
        let start = attrs.number("startAt").and_then(|n| u32::try_from(n).ok()).unwrap_or(1);
        let counter = &mut self.counters[self.level];
        *counter = if *counter == 0 { start } else { counter.saturating_add(1) };
        self.label = Some(numbered(&kind, *counter));
    }

    fn figure(&mut self, id: Option<String>) {
        if self.shape.hidden || self.mode == Mode::Notes {
            return;
        }
        if let (Some(id), Some(block)) = (id, self.tree.keep(BlockKind::TextBox)) {
            self.figures.push((id, block));
        }
    }
}

impl Visitor for Story<'_> {
    type El = El;

    fn open(&mut self, el: El, parent: El, attrs: &Attrs) -> Visit {
        if self.tree.out.over.is_some() {
            return Visit::Stop;
        }
        match el {
            El::Slide => self.hidden = attrs.get("show").is_some_and(|s| s == "0" || s == "false"),
            El::Shape | El::Connector | El::Frame => self.shape = Shape::default(),
            El::Picture => {
                self.shape = Shape { picture: true, ..Shape::default() };
                if self.mode == Mode::Slide {
                    self.tree.picture();
                }
            }
            El::ShapeName => self.shape.hidden = attrs.get("hidden").is_some_and(|h| h == "1" || h == "true"),
            El::Placeholder => match attrs.get("type").as_deref() {
                Some("title" | "ctrTitle") => self.shape.title = true,
                Some("dt" | "ftr" | "sldNum" | "hdr") => self.shape.furniture = true,
                Some("body") => self.shape.notes = true,
                _ => {}
            },
            El::Body => return self.begin_body(),
            El::P => {
                self.label = None;
                self.level = 0;
                self.tree.begin_paragraph();
            }
            El::PPr => self.level = attrs.number("lvl").and_then(|n| usize::try_from(n).ok()).unwrap_or(0).min(8),
            El::BulletFont => self.bullet_font = SymbolFont::of_name(&attrs.get("typeface").unwrap_or_default()),
            El::Bullet => {
                let font = self.bullet_font;
                self.label = attrs.get("char").map(|c| c.chars().take(8).map(|c| shown(font, c)).collect());
            }
            El::AutoNumber => self.number(attrs),
            El::NoBullet => self.label = None,
            El::R | El::Field => {
                self.font = SymbolFont::Text;
                self.in_run = true;
            }
            El::Latin | El::Sym if parent == El::RPr && self.in_run => {
                let font = SymbolFont::of_name(&attrs.get("typeface").unwrap_or_default());
                if font != SymbolFont::Text {
                    self.font = font;
                }
            }
            El::Br => self.tree.print("\n"),
            El::Tbl => {
                if self.mode == Mode::Notes || self.shape.hidden {
                    return Visit::Skip;
                }
                self.tree.begin_table();
            }
            El::Row => self.tree.begin_row(),
            El::Cell => {
                let merged = |name: &str| attrs.get(name).is_some_and(|v| v == "1" || v == "true");
                if merged("hMerge") || merged("vMerge") {
                    self.tree.skip_columns(1);
                    return Visit::Skip;
                }
                let span = |name: &str| attrs.number(name).and_then(|n| u32::try_from(n).ok()).unwrap_or(1);
                self.counters = [0; 9];
                self.tree.begin_cell((span("rowSpan"), span("gridSpan")), false);
            }
            El::DiagramIds => self.figure(relation(attrs, "dm")),
            El::ChartRef => self.figure(relation(attrs, "id")),
            El::OleObject => {
                let document = attrs.get("progId").is_some_and(|id| is_document(&id));
                self.objects += u32::from(document && self.mode == Mode::Slide);
            }
            El::Alternate => self.alternates.push(false),
            El::Choice | El::Fallback => {
                if let Some(made) = self.alternates.last_mut()
                    && std::mem::replace(made, true)
                {
                    return Visit::Skip;
                }
            }
            El::Extent if self.mode == Mode::Slide => {
                let side = |name: &str| attrs.number(name).unwrap_or(0);
                let large = is_page_like_in_emu(side("cx"), side("cy"));
                self.large_pictures += u32::from(large && self.shape.picture && !self.shape.hidden);
            }
            El::Extensions => return Visit::Skip,
            _ => {}
        }
        Visit::Into
    }

    fn close(&mut self, el: El, _: El) {
        match el {
            El::Body => self.end_body(),
            El::P => {
                let empty = self.tree.text().is_empty();
                self.tree.end_paragraph(self.label.take().filter(|l| !empty && !l.trim().is_empty()), false);
            }
            El::R | El::Field => self.in_run = false,
            El::Tbl => self.tree.end_table(),
            El::Row => self.tree.end_row(),
            El::Cell => self.tree.end_cell(),
            El::Alternate => drop(self.alternates.pop()),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, parent: El) {
        if parent == El::T && self.tree.in_paragraph() {
            let font = self.font;
            let line: String = text.chars().map(|c| if matches!(c, '\n' | '\r') { ' ' } else { shown(font, c) }).collect();
            // A break within a paragraph that the format writes as a vertical tab.
            self.tree.print(&line.replace('\u{b}', "\n"));
        }
    }
}

/// The value of `r:id`, beside which another `id` may stand.
pub(super) fn relation(attrs: &Attrs, name: &str) -> Option<String> {
    let found = attrs.iter().find(|(key, _)| key.split_once(':').is_some_and(|(_, local)| local == name));
    found.map(|(_, value)| value.to_owned())
}

/// `arabicPeriod` and its kin.
fn numbered(kind: &str, n: u32) -> String {
    let format = match kind {
        _ if kind.starts_with("alphaLc") => "lowerLetter",
        _ if kind.starts_with("alphaUc") => "upperLetter",
        _ if kind.starts_with("romanLc") => "lowerRoman",
        _ if kind.starts_with("romanUc") => "upperRoman",
        _ if kind.starts_with("ea1Chs") || kind.starts_with("ea1Cht") => "chineseCountingThousand",
        _ if kind.starts_with("circleNum") => "decimalEnclosedCircle",
        _ if kind.starts_with("arabicDb") => "decimalFullWidth",
        _ => "decimal",
    };
    let number = numfmt::number(format, n);
    match kind {
        _ if kind.ends_with("ParenBoth") => format!("({number})"),
        _ if kind.ends_with("ParenR") => format!("{number})"),
        _ if kind.ends_with("Period") => format!("{number}."),
        _ => number,
    }
}
