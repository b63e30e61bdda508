//! One story (the body, a header, the notes) from elements to blocks.
mod anchors;
mod asides;
mod cells;
mod forms;
mod math;
mod paragraphs;
mod text;

pub(in crate::read) use self::asides::is_document;
use super::names::El;
use super::para::{Para, Run};
use super::styles::Styles;
use crate::model::{BlockKind, Location};
use crate::read::Limits;
use crate::read::word::field::Field;
use crate::read::word::numbering::Numbering;
use crate::read::word::out::Out;
use crate::read::word::table::{CellProps, Table};
use crate::read::xml::{Attrs, Visit, Visitor};
use std::collections::HashMap;

/// What a story is for.
pub(super) enum Mode {
    Body,
    /// A header or footer: one block.
    Single(BlockKind),
    /// Notes or comments: one block for each of these ids, at the place that refers to it.
    Notes {
        kind: BlockKind,
        wanted: HashMap<i64, (usize, Location)>,
    },
}

/// What the body refers to and what was left out.
#[derive(Default)]
pub(super) struct Seen {
    pub footnotes: Refs,
    pub endnotes: Refs,
    pub comments: Refs,
    /// Relationship ids of headers and footers, in order.
    pub headers: Vec<(BlockKind, String)>,
    /// Pictures, and those of them as large as a page.
    pub pictures: u32,
    pub large_pictures: u32,
    /// Those as large as a page: relationship id, and how many pictures stand before it.
    pub sheets: Vec<(String, usize)>,
    /// Documents embedded as a whole whose text is not in this part.
    pub foreign: u32,
    pub tables: u32,
    /// Diagrams and charts: relationship id, and the text box kept for their words.
    pub figures: Vec<(String, u32)>,
}

/// Ids in order of reference, with the place of the first.
pub(super) type Refs = HashMap<i64, (usize, Location)>;

/// Where paragraphs go.
struct Container {
    kind: Holder,
    /// The block that takes their text.
    block: Option<u32>,
    /// A paragraph whose mark was deleted goes on in the next one.
    carried: Option<Para>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holder {
    Body,
    Cell,
    /// A text box, a header, a note.
    Box,
    /// A deleted cell.
    Nothing,
}

impl Container {
    fn new(kind: Holder, block: Option<u32>) -> Self {
        Self { kind, block, carried: None }
    }
}

/// State of the cell being read, until it has its place.
#[derive(Default)]
struct CellHead {
    props: CellProps,
    deleted: bool,
    placed: bool,
}

/// A content control.
#[derive(Default)]
struct Control {
    placeholder: bool,
    ticked: Option<bool>,
    printed: u64,
}

/// What is put aside while a text box is read.
struct Aside {
    run: Run,
    fields: usize,
}

pub(super) struct Story<'a> {
    pub out: Out,
    pub seen: Seen,
    styles: &'a Styles,
    numbering: &'a mut Numbering,
    mode: Mode,
    containers: Vec<Container>,
    tables: Vec<Table>,
    cells: Vec<CellHead>,
    paras: Vec<Para>,
    run: Run,
    /// Fields begun in this text flow; those below `field_base` belong to outer ones.
    fields: Vec<Field>,
    field_base: usize,
    /// Fields begun beyond the most that are kept apart.
    fields_beyond: u32,
    controls: Vec<Control>,
    /// Open content controls that show their placeholder.
    placeholders: u32,
    /// For each open `AlternateContent`, whether its choice was made.
    alternates: Vec<bool>,
    /// Open brackets and operators of formulas.
    formulas: Vec<math::Formula>,
    asides: Vec<Aside>,
    /// Size of the drawing being read, in EMU.
    extent: Option<(i64, i64)>,
    paragraph: u32,
    /// Paragraphs begun, in text boxes and cells too.
    serial: u64,
    /// Most references of one kind.
    definitions: usize,
    spare: Vec<String>,
    /// Note blocks in the making: order and block.
    notes: Vec<(usize, u32)>,
    /// All stands in one file, as Word 2003 writes it: notes and headers within the text.
    single: bool,
    /// Open notes, comments and headers within the text.
    within: u32,
    /// Open annotations, and whether each is a block.
    annotations: Vec<bool>,
    /// Open embedded objects.
    objects: u32,
}

impl<'a> Story<'a> {
    pub fn new(mode: Mode, styles: &'a Styles, numbering: &'a mut Numbering, limits: &Limits, used: u64) -> Self {
        let mut out = Out::new(limits, used);
        let containers = match mode {
            Mode::Body => vec![Container::new(Holder::Body, None)],
            Mode::Single(kind) => vec![Container::new(Holder::Box, out.add(kind, Location::default()))],
            Mode::Notes { .. } => Vec::new(),
        };
        Self {
            out,
            seen: Seen::default(),
            styles,
            numbering,
            mode,
            containers,
            tables: Vec::new(),
            cells: Vec::new(),
            paras: Vec::new(),
            run: Run::default(),
            fields: Vec::new(),
            field_base: 0,
            fields_beyond: 0,
            serial: 0,
            definitions: limits.definitions as usize,
            controls: Vec::new(),
            placeholders: 0,
            alternates: Vec::new(),
            formulas: Vec::new(),
            asides: Vec::new(),
            extent: None,
            paragraph: 0,
            spare: Vec::new(),
            notes: Vec::new(),
            single: false,
            within: 0,
            annotations: Vec::new(),
            objects: 0,
        }
    }

    /// A story of Word 2003, with all that newer files keep in other parts.
    pub fn single(styles: &'a Styles, numbering: &'a mut Numbering, limits: &Limits) -> Self {
        Self { single: true, ..Self::new(Mode::Body, styles, numbering, limits, 0) }
    }

    /// Ends the story: what was carried on is written. Notes come in the order of their references.
    pub fn end(&mut self) {
        while !self.containers.is_empty() {
            self.leave_container();
        }
        if let Mode::Notes { .. } = self.mode {
            let mut notes = std::mem::take(&mut self.notes);
            notes.sort_unstable_by_key(|(order, _)| *order);
            let blocks = std::mem::take(&mut self.out.blocks);
            self.out.blocks = notes.iter().filter_map(|(_, n)| blocks.get(*n as usize).cloned()).collect();
            for block in &mut self.out.blocks {
                // A tab often stands between the note's number, which is not text, and its words.
                let blank = block.text.len() - block.text.trim_start().len();
                block.text.drain(..blank);
            }
        }
    }

    fn in_body(&self) -> bool {
        matches!(self.mode, Mode::Body) && self.within == 0
    }
}

impl Visitor for Story<'_> {
    type El = El;

    fn open(&mut self, el: El, parent: El, attrs: &Attrs) -> Visit {
        if self.out.over.is_some() {
            return Visit::Stop;
        }
        if parent == El::Tc && el != El::TcPr && self.in_body() && !self.tables.is_empty() {
            self.place_cell();
            if self.containers.last().is_some_and(|c| c.kind == Holder::Nothing) {
                return Visit::Skip;
            }
        }
        match el {
            El::T => {
                let keep = self.single || attrs.get("space").as_deref() == Some("preserve");
                self.run.trim_from = if keep { None } else { Some(self.paras.last().map_or(0, |p| p.text.len())) };
            }
            El::R | El::MathRun => self.begin_run(),
            El::RPr => match parent {
                El::R | El::MathRun => {}
                El::PPr => self.run.of_mark = true,
                _ => return Visit::Skip,
            },
            El::RFonts | El::RStyle if parent == El::RPr && !self.run.of_mark => self.run_property(el, attrs),
            El::Vanish if parent == El::RPr && !self.run.of_mark => self.run_property(el, attrs),
            El::P => self.begin_paragraph(),
            El::PStyle | El::OutlineLvl | El::NumId | El::ILvl => self.paragraph_property(el, parent, attrs),
            El::Vanish | El::SpecVanish if self.run.of_mark => self.paragraph_property(el, parent, attrs),
            El::Del | El::MoveFrom => match parent {
                El::RPr => {
                    if self.run.of_mark {
                        self.paragraph_property(el, parent, attrs);
                    }
                }
                El::TrPr => self.drop_row(),
                El::NumPr => {}
                _ => return Visit::Skip,
            },
            El::Tab | El::PTab if matches!(parent, El::R | El::MathRun) => self.control('\t'),
            El::Br => match attrs.get("type").as_deref() {
                Some("page") => self.page_break(),
                _ => self.control('\n'),
            },
            El::Cr => self.control('\n'),
            El::NoBreakHyphen => self.print("-"),
            El::Sym | El::SymEx => self.symbol(attrs),
            El::FramePr if matches!(attrs.get("dropCap").as_deref(), Some("drop" | "margin")) => self.paragraph_property(el, parent, attrs),
            El::RenderedBreak if self.in_body() => self.rendered_break(),
            El::FldChar => self.field_mark(attrs),
            El::FormCheckBox | El::FormDefault | El::FormChecked | El::FormResult | El::FormEntry => self.form_state(el, parent, attrs),
            El::Tbl if self.in_body() => self.begin_table(),
            El::Tr if self.in_body() => self.begin_row(),
            El::Tc if self.in_body() => return self.begin_cell(),
            El::Hidden if parent == El::TrPr && attrs.on() => self.drop_row(),
            El::GridBefore | El::GridSpan | El::VMerge | El::HMerge | El::CellDel if matches!(parent, El::TcPr | El::TrPr) => self.cell_property(el, attrs),
            El::Sdt => self.controls.push(Control::default()),
            El::Placeholder if parent == El::SdtPr => {
                if let Some(control) = self.controls.last_mut() {
                    control.placeholder = attrs.on();
                }
            }
            El::CheckBox | El::Checked => {
                if let Some(control) = self.controls.last_mut() {
                    control.ticked = Some(el == El::Checked && attrs.on());
                }
            }
            El::SdtContent => self.begin_content(),
            El::Alternate => self.alternates.push(false),
            El::Choice | El::Fallback => {
                if let Some(made) = self.alternates.last_mut()
                    && std::mem::replace(made, true)
                {
                    return Visit::Skip;
                }
            }
            El::TextBox => return self.begin_box(),
            El::Inline | El::Anchor => self.extent = None,
            El::Shape | El::ShapeRect => self.extent = attrs.get("style").and_then(|style| anchors::size_of(&style)),
            El::DiagramIds => self.figure(attrs.get("dm").map(|id| id.into_owned())),
            El::ChartRef => self.figure(attrs.get("id").map(|id| id.into_owned())),
            El::TextPath => self.word_art(attrs.get("string").as_deref().unwrap_or_default()),
            El::Extent if matches!(parent, El::Inline | El::Anchor) => self.extent = attrs.number("cx").zip(attrs.number("cy")),
            // What an embedded object looks like is the picture already counted.
            El::Blip | El::ImageData if self.objects > 0 => {}
            El::Blip => self.picture(attrs.get("embed").map(|id| id.into_owned())),
            El::ImageData => self.picture(attrs.get("id").map(|id| id.into_owned())),
            El::Object => {
                self.extent = None;
                self.picture(None);
                self.objects += 1;
            }
            El::OleObject => {
                if self.in_body() && attrs.get("ProgID").is_some_and(|id| is_document(&id)) {
                    self.seen.foreign += 1;
                }
                return Visit::Skip;
            }
            El::FootnoteReference | El::EndnoteReference | El::CommentReference => self.refer(el, attrs),
            El::Footnote | El::Endnote | El::HeaderText | El::FooterText | El::Annotation if self.single => return self.begin_within(el, parent, attrs),
            El::ListText if parent == El::NumPr => self.given_label(attrs),
            El::DocProperties => return Visit::Skip,
            El::Footnote | El::Endnote | El::Comment => return self.begin_note(attrs),
            El::HeaderReference | El::FooterReference if self.in_body() => {
                let kind = if el == El::HeaderReference { BlockKind::Header } else { BlockKind::Footer };
                self.refer_part(kind, attrs);
            }
            El::AltChunk | El::SubDoc => self.seen.foreign += 1,
            El::Denominator => self.sign("/"),
            El::Radical => self.sign("√"),
            El::Delimiters | El::Nary => self.begin_formula(el),
            El::BeginSign | El::BetweenSign | El::EndSign => self.formula_sign(el, attrs),
            El::NarySign if parent == El::NaryPr => self.formula_sign(el, attrs),
            El::MathBase if parent == El::Delimiters => self.formula_part(),
            El::MathSub if parent == El::Nary => self.formula_part(),
            El::DelText
            | El::DelInstrText
            | El::RubyText
            | El::TblPr
            | El::TblGrid
            | El::RPrChange
            | El::PPrChange
            | El::TblPrChange
            | El::TblGridChange
            | El::TrPrChange
            | El::TcPrChange
            | El::SectPrChange
            | El::TblPrExChange => return Visit::Skip,
            _ => {}
        }
        Visit::Into
    }

    fn close(&mut self, el: El, _: El) {
        match el {
            El::T => {
                if let Some(from) = self.run.trim_from.take()
                    && let Some(para) = self.paras.last_mut()
                {
                    para.trim_from(from);
                }
            }
            El::RPr => {
                self.run.of_mark = false;
                self.run.resolve(self.styles);
            }
            El::PPr => {
                if let Some(para) = self.paras.last_mut() {
                    paragraphs::number(para, self.styles, self.numbering);
                }
            }
            El::Object => self.objects = self.objects.saturating_sub(1),
            El::P => self.end_paragraph(),
            El::DrawingParagraph => self.control('\n'),
            El::Tc if self.in_body() => self.end_cell(),
            El::Tr if self.in_body() => self.end_row(),
            El::Tbl if self.in_body() => self.end_table(),
            El::TextBox => self.end_box(),
            El::Delimiters | El::Nary => self.end_formula(),
            El::Sdt => drop(self.controls.pop()),
            El::SdtContent => self.end_content(),
            El::Alternate => drop(self.alternates.pop()),
            El::Footnote | El::Endnote | El::HeaderText | El::FooterText | El::Annotation if self.single => self.end_within(el),
            El::Footnote | El::Endnote | El::Comment if matches!(self.mode, Mode::Notes { .. }) => self.leave_container(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, parent: El) {
        match parent {
            El::T | El::MathText | El::DrawingText => self.print(text),
            El::InstrText => {
                if let Some(field) = self.field().filter(|f| !f.result) {
                    field.add_code(text);
                }
            }
            _ => {}
        }
    }
}
