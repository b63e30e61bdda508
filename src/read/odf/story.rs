//! The text of a document, a header or a slide, from elements to blocks.
use super::forms::{Controls, Mark};
use super::lists::Lists;
use super::names::El;
use super::styles::{Family, Look, OUTLINE, Styles};
use crate::model::BlockKind;
use crate::read::symbol_font::{SymbolFont, shown};
use crate::read::word::out::Over;
use crate::read::word::pictures;
use crate::read::word::tree::Tree;
use crate::read::xml::{Attrs, Visit, Visitor};

/// The part of the file that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Body,
    /// Headers and footers of the page styles.
    Masters,
}

/// A paragraph that is open.
#[derive(Debug, Default)]
struct Head {
    label: Option<String>,
    heading: bool,
    /// What is printed next follows white space, of which only the first counts.
    blank: bool,
    hidden: bool,
    /// Depth of runs when it began.
    runs: usize,
}

/// What stretches of text look like.
#[derive(Debug, Clone, Copy, Default)]
struct Run {
    hidden: bool,
    font: SymbolFont,
}

/// A content control.
struct Control {
    ticked: Option<bool>,
    printed: u64,
}

pub(super) struct Story<'a> {
    pub tree: Tree,
    mode: Mode,
    styles: &'a Styles,
    common: &'a Styles,
    lists: Lists,
    heads: Vec<Head>,
    runs: Vec<Run>,
    /// For each open frame, its kind of block, and whether one of its contents was taken.
    frames: Vec<(BlockKind, bool, bool)>,
    controls: Controls,
    mark: Option<Mark>,
    contents: Vec<Control>,
    number: String,
    slides: u32,
    pub large_pictures: u32,
    /// Objects of other programs: formulas, charts, documents.
    pub objects: u32,
    /// Text boxes and shapes that are open, and whether each begun a block.
    shapes: Vec<bool>,
}

impl<'a> Story<'a> {
    pub fn new(mode: Mode, tree: Tree, styles: &'a Styles, common: &'a Styles) -> Self {
        Self {
            tree,
            mode,
            styles,
            common,
            lists: Lists::default(),
            heads: Vec::new(),
            runs: Vec::new(),
            frames: Vec::new(),
            controls: Controls::default(),
            mark: None,
            contents: Vec::new(),
            number: String::new(),
            slides: 0,
            large_pictures: 0,
            objects: 0,
            shapes: Vec::new(),
        }
    }

    fn look(&self, family: Family, attrs: &Attrs) -> Look {
        let Some(name) = attrs.get("style-name") else { return Look::default() };
        let source = if self.styles.get(family, &name).is_some() { self.styles } else { self.common };
        let mut look = source.look(family, &name);
        // A style of this part may inherit from a common one, which is kept apart.
        if let Some(parent) = source.outside(family, &name) {
            let base = self.common.look(family, parent);
            look = Look { hidden: look.hidden.or(base.hidden), font: look.font.or(base.font), breaks: look.breaks || base.breaks };
        }
        look
    }

    fn run(&self) -> Run {
        self.runs.last().copied().unwrap_or_default()
    }

    fn is_hidden(&self) -> bool {
        self.run().hidden
    }

    fn begin_paragraph(&mut self, el: El, attrs: &Attrs) {
        let look = self.look(Family::Paragraph, attrs);
        let text_look = self.look(Family::Text, attrs);
        if look.breaks && self.heads.is_empty() && self.mode == Mode::Body && self.slides == 0 && self.tree.out.characters > 0 {
            self.tree.out.explicit_break();
        }
        let level = attrs.number("outline-level").and_then(|n| usize::try_from(n).ok());
        let find = |name: &str| self.styles.lists.get(name).or_else(|| self.common.lists.get(name));
        let mut label = None;
        if self.lists.depth() > 0 {
            label = self.lists.label(find);
        } else if el == El::H && attrs.get("is-list-header").as_deref() != Some("true") {
            label = self.lists.outline(find(OUTLINE), level.unwrap_or(1));
        }
        let given = std::mem::take(&mut self.number);
        let label = label.or_else(|| Some(given).filter(|n| !n.trim().is_empty()));
        let title = |name: &str| matches!(name, "Title" | "Heading") || name.starts_with("Heading_20_");
        let named = attrs.get("style-name").is_some_and(|n| title(&n) || self.styles.parent(Family::Paragraph, &n).is_some_and(title));
        let head = Head { label, heading: el == El::H || named, blank: true, hidden: look.hidden.unwrap_or(false), runs: self.runs.len() };
        self.heads.push(head);
        self.runs.push(Run { hidden: look.hidden.or(text_look.hidden).unwrap_or(false), font: look.font.unwrap_or_default() });
        self.tree.begin_paragraph();
    }

    fn end_paragraph(&mut self) {
        let Some(head) = self.heads.pop() else { return };
        self.runs.truncate(head.runs);
        if head.blank {
            self.tree.trim_end(&[' ']);
        }
        self.tree.end_paragraph(head.label.filter(|_| !head.hidden), head.heading);
    }

    /// Prints text as it stands in the file: white space is one blank, however much there is.
    fn print(&mut self, text: &str) {
        let run = self.run();
        let Some(head) = self.heads.last_mut().filter(|_| !run.hidden) else { return };
        let mut line = String::with_capacity(text.len());
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r') {
                if !std::mem::replace(&mut head.blank, true) {
                    line.push(' ');
                }
            } else {
                // Where a word may be parted is not seen.
                if c != '\u{ad}' {
                    head.blank = false;
                    line.push(shown(run.font, c));
                }
            }
        }
        if !line.is_empty() {
            self.tree.print(&line);
        }
    }

    /// Prints a sign of its own, as it stands.
    pub(super) fn sign(&mut self, text: &str) {
        if !self.is_hidden()
            && let Some(head) = self.heads.last_mut()
        {
            head.blank = false;
            self.tree.print(text);
        }
    }

    fn begin_note(&mut self, kind: BlockKind) -> Visit {
        if self.is_hidden() {
            return Visit::Skip;
        }
        self.tree.begin_beside(kind);
        Visit::Into
    }

    fn begin_shape(&mut self, kind: BlockKind) -> Visit {
        if self.is_hidden() {
            return Visit::Skip;
        }
        self.shapes.push(true);
        self.tree.begin_box(kind);
        Visit::Into
    }

    /// One of the contents of a frame: the first is shown, the others are for programs that cannot show it.
    fn take(&mut self) -> bool {
        !self.frames.last_mut().is_some_and(|(_, taken, _)| std::mem::replace(taken, true))
    }

    fn picture(&mut self) {
        if !self.is_hidden() {
            self.large_pictures += u32::from(self.frames.last().is_some_and(|f| f.2) && !self.tree.is_beside());
            self.tree.picture();
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
            El::Body if self.mode == Mode::Masters => return Visit::Skip,
            El::MasterStyles if self.mode == Mode::Body => return Visit::Skip,
            El::Header | El::Footer => {
                if self.mode == Mode::Body || attrs.get("display").is_some_and(|d| d == "false") {
                    return Visit::Skip;
                }
                self.tree.begin_beside(if el == El::Header { BlockKind::Header } else { BlockKind::Footer });
            }
            El::AutomaticStyles
            | El::CommonStyles
            | El::FontFaces
            | El::Scripts
            | El::Settings
            | El::MetaData
            | El::Changes
            | El::TableChanges
            | El::Citation
            | El::RubyText
            | El::Placeholder
            | El::Script
            | El::Creator
            | El::Date
            | El::Title
            | El::Description
            | El::TableTitle
            | El::TableDesc
            | El::Binary
            | El::IndexSource
            | El::TitleTemplate => return Visit::Skip,
            El::HiddenText if attrs.get("is-hidden").as_deref() != Some("false") => return Visit::Skip,
            El::HiddenParagraph if attrs.get("is-hidden").as_deref() == Some("true") => {
                if let Some(run) = self.runs.last_mut() {
                    run.hidden = true;
                }
            }
            El::VariableSet | El::Section if attrs.get("display").is_some_and(|d| d == "none") => return Visit::Skip,
            El::P | El::H => self.begin_paragraph(el, attrs),
            El::Span => {
                let (look, run) = (self.look(Family::Text, attrs), self.run());
                self.runs.push(Run { hidden: look.hidden.unwrap_or(run.hidden), font: look.font.unwrap_or(run.font) });
            }
            El::Blanks => {
                let count = attrs.number("c").and_then(|n| usize::try_from(n).ok()).unwrap_or(1).min(4096);
                self.sign(&" ".repeat(count));
            }
            El::Tab => self.sign("\t"),
            El::LineBreak => self.sign("\n"),
            El::SoftBreak => self.tree.out.rendered_break(),
            El::List => self.lists.begin(attrs),
            El::ListItem => self.lists.begin_item(attrs),
            El::ListHeader => self.lists.begin_header(),
            El::NoteBody => return self.begin_note(BlockKind::Footnote),
            El::Annotation => return self.begin_note(BlockKind::Comment),
            El::SlideNotes => return self.begin_note(BlockKind::Footnote),
            El::Tbl | El::ShapeTable => self.tree.begin_table(),
            El::Row | El::ShapeRow => self.tree.begin_row(),
            El::Cell | El::ShapeCell => {
                let number = |name: &str| attrs.number(name).and_then(|n| u32::try_from(n).ok()).unwrap_or(1);
                self.tree.begin_cell((number("number-rows-spanned"), number("number-columns-spanned")), false);
            }
            El::Covered | El::ShapeCovered => {
                self.tree.skip_columns(attrs.number("number-columns-repeated").and_then(|n| usize::try_from(n).ok()).unwrap_or(1));
                return Visit::Skip;
            }
            El::Page => {
                self.slides += 1;
                self.tree.out.page = self.slides;
                self.tree.out.pages_known = true;
            }
            El::Frame => {
                let kind = if attrs.get("class").is_some_and(|c| c == "title") { BlockKind::Heading } else { BlockKind::TextBox };
                self.frames.push((kind, false, is_page_like(attrs)));
            }
            El::TextBox => {
                if !self.take() {
                    return Visit::Skip;
                }
                return self.begin_shape(self.frames.last().map_or(BlockKind::TextBox, |f| f.0));
            }
            El::Image | El::Object => {
                if self.take() && parent == El::Frame {
                    self.picture();
                    self.objects += u32::from(el == El::Object);
                }
                return Visit::Skip;
            }
            El::Shape => return self.begin_shape(BlockKind::TextBox),
            El::Control => {
                if let Some(text) = attrs.get("control").and_then(|id| self.controls.shown(&id)) {
                    let loose = self.heads.is_empty();
                    if loose {
                        self.tree.begin_paragraph();
                        self.tree.print(&text);
                        self.tree.end_paragraph(None, false);
                    } else {
                        self.sign(&text);
                    }
                }
            }
            El::FormTick | El::FormText | El::FormList | El::FormOption => self.controls.take(el, attrs),
            El::FieldMark => self.mark = Mark::of(attrs),
            El::FieldParam => {
                if let Some(mark) = &mut self.mark {
                    mark.set(attrs);
                }
            }
            El::ContentControl => {
                if attrs.get("showing-place-holder").is_some_and(|v| v == "true") && attrs.get("checkbox").is_none() {
                    return Visit::Skip;
                }
                let ticked = attrs.get("checkbox").filter(|v| v == "true").map(|_| attrs.get("checked").is_some_and(|v| v == "true"));
                self.contents.push(Control { ticked, printed: self.tree.out.characters });
            }
            _ => {}
        }
        Visit::Into
    }

    fn close(&mut self, el: El, _: El) {
        match el {
            El::P | El::H => self.end_paragraph(),
            El::Span => drop(self.runs.pop()),
            El::List => self.lists.end(),
            El::NoteBody | El::Annotation | El::SlideNotes | El::Header | El::Footer => self.tree.end_beside(),
            El::Tbl | El::ShapeTable => self.tree.end_table(),
            El::Row | El::ShapeRow => self.tree.end_row(),
            El::Cell | El::ShapeCell => self.tree.end_cell(),
            El::Frame => drop(self.frames.pop()),
            El::TextBox | El::Shape if self.shapes.pop().is_some() => self.tree.end_box(),
            El::FieldMark => {
                if let Some(text) = self.mark.take().and_then(Mark::shown) {
                    self.sign(&text);
                }
            }
            El::ContentControl => {
                if let Some(Control { ticked: Some(ticked), printed }) = self.contents.pop()
                    && printed == self.tree.out.characters
                {
                    self.sign(if ticked { "☑" } else { "☐" });
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str, parent: El) {
        if parent == El::Number {
            if self.number.len() < 255 {
                self.number.push_str(text);
            }
        } else if self.tree.out.over != Some(Over::Characters) {
            self.print(text);
        }
    }
}

/// Whether a frame may hold a scanned page.
pub(super) fn is_page_like(frame: &Attrs) -> bool {
    let side = |name: &str| frame.get(name).and_then(|v| twips(&v)).unwrap_or(0);
    pictures::is_page_like(side("width"), side("height"))
}

/// A length such as `12.5cm` in twips.
fn twips(length: &str) -> Option<i64> {
    let digits = length.len() - length.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    let (number, unit) = length.split_at(digits);
    let factor = match unit.trim() {
        "cm" => 567.0,
        "mm" => 56.7,
        "in" => 1440.0,
        "pt" => 20.0,
        "pc" => 240.0,
        "px" => 15.0,
        _ => return None,
    };
    Some((number.parse::<f64>().ok()? * factor) as i64)
}
