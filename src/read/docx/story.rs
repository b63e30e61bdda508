//! One story (the body, a header, the notes) from elements to blocks.
use super::names::El;
use super::para::{Para, Run};
use super::styles::{Styles, fonts};
use super::xml::{Attrs, Visit, Visitor};
use crate::model::{BlockKind, Location};
use crate::read::Limits;
use crate::read::word::field::Field;
use crate::read::word::numbering::Numbering;
use crate::read::word::out::Out;
use crate::read::word::pictures::PAGE_LIKE as PAGE_TWIPS;
use crate::read::word::symbols::{Fonts, SymbolFont, shown};
use crate::read::word::table::{CellProps, Merge, Place, Table};
use std::collections::HashMap;

/// What a story is for.
pub(super) enum Mode {
    Body,
    /// A header or footer: one block.
    Single(BlockKind),
    /// Notes or comments: one block for each of these ids, at the place that refers to it.
    Notes { kind: BlockKind, wanted: HashMap<i64, (usize, Location)> },
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
    controls: Vec<Control>,
    /// Open content controls that show their placeholder.
    placeholders: u32,
    /// For each open `AlternateContent`, whether its choice was made.
    alternates: Vec<bool>,
    asides: Vec<Aside>,
    /// Size of the drawing being read, in EMU.
    extent: Option<(i64, i64)>,
    paragraph: u32,
    spare: Vec<String>,
    /// Note blocks in the making: order and block.
    notes: Vec<(usize, u32)>,
}

/// A picture this large, in EMU (635 a twip), may be a scanned page.
const PAGE_LIKE: (i64, i64) = (PAGE_TWIPS.0 * 635, PAGE_TWIPS.1 * 635);

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
            controls: Vec::new(),
            placeholders: 0,
            alternates: Vec::new(),
            asides: Vec::new(),
            extent: None,
            paragraph: 0,
            spare: Vec::new(),
            notes: Vec::new(),
        }
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
        matches!(self.mode, Mode::Body)
    }

    // Text.

    fn print(&mut self, text: &str) {
        if self.placeholders > 0 || self.run.is_hidden() {
            return;
        }
        self.out.count(text);
        if self.out.over.is_some() {
            return;
        }
        let page = self.out.page;
        if self.paras.is_empty() {
            self.begin_paragraph();
        }
        let Some(para) = self.paras.last_mut() else { return };
        para.page.get_or_insert(page);
        let fonts = self.run.symbol_fonts();
        let special = |b: u8| b < 0x20 || b == 0xEF;
        if fonts.is_none() && !text.bytes().any(special) {
            para.text.push_str(text);
            return;
        }
        for c in text.chars() {
            para.text.push(match c {
                '\n' | '\r' | '\t' => ' ',
                c => shown(fonts.map_or(SymbolFont::Text, |f: Fonts| f.of_char(c)), c),
            });
        }
    }

    /// Prints a sign of our own, as it stands.
    fn sign(&mut self, text: &str) {
        if self.placeholders > 0 || self.run.is_hidden() {
            return;
        }
        self.out.count(text);
        let page = self.out.page;
        if let Some(para) = self.paras.last_mut() {
            para.page.get_or_insert(page);
            para.text.push_str(text);
        }
    }

    /// A line or page break, a tab: printed only where there is a paragraph.
    fn control(&mut self, c: char) {
        if self.placeholders == 0
            && !self.run.is_hidden()
            && let Some(para) = self.paras.last_mut()
        {
            para.text.push(c);
        }
    }

    fn page_break(&mut self) {
        if self.placeholders == 0 && !self.run.is_hidden() {
            self.out.explicit_break();
            if let Some(para) = self.paras.last_mut()
                && !para.text.is_empty()
            {
                para.text.push('\n');
            }
        }
    }

    fn rendered_break(&mut self) {
        let started = self.paras.last().is_some_and(|p| !p.text.is_empty());
        let begins_cell = match self.containers.last() {
            Some(c) if c.kind == Holder::Cell => !started && c.block.is_some_and(|b| self.out.get(b).is_some_and(|b| b.text.is_empty())),
            _ => false,
        };
        if begins_cell && let Some(table) = self.tables.last_mut() {
            if table.moved {
                return;
            }
            self.out.rendered_break();
            table.moved = true;
            table.row_page = self.out.page;
            return;
        }
        self.out.rendered_break();
    }

    // Paragraphs.

    fn begin_paragraph(&mut self) {
        let carried = self.containers.last_mut().and_then(|c| c.carried.take());
        let para = match carried {
            Some(para) => para.reopened(),
            None => {
                if self.containers.last().is_some_and(|c| c.kind == Holder::Body) {
                    self.paragraph += 1;
                }
                Para { number: self.paragraph, text: self.spare.pop().unwrap_or_default(), ..Para::default() }
            }
        };
        self.paras.push(para);
        self.run = Run::default();
    }

    fn end_paragraph(&mut self) {
        let depth = self.paras.len();
        for field in &mut self.fields {
            if field.mark.is_some_and(|(at, _)| at >= depth) {
                field.mark = None;
            }
        }
        let Some(mut para) = self.paras.pop() else { return };
        if para.carries_on()
            && let Some(container) = self.containers.last_mut()
        {
            container.carried = Some(para);
            return;
        }
        number(&mut para, self.styles, self.numbering);
        self.write(&mut para);
        if para.text.capacity() < 1 << 16 && self.spare.len() < 16 {
            para.text.clear();
            self.spare.push(para.text);
        }
    }

    fn write(&mut self, para: &mut Para) {
        let text = para.text.trim_matches('\n');
        let Some(container) = self.containers.last_mut() else { return };
        match container.kind {
            Holder::Nothing => {}
            Holder::Body => {
                if !text.is_empty() || para.label.is_some() {
                    let at = Location { page: para.page, paragraph: Some(para.number), ..Location::default() };
                    let block = para.block.or_else(|| self.out.add(BlockKind::Paragraph, at.clone()));
                    if let Some(block) = block.and_then(|b| self.out.get(b)) {
                        if para.is_heading(&self.styles.paragraph(para.style)) {
                            block.kind = BlockKind::Heading;
                        }
                        block.at.page = at.page.or(block.at.page);
                        text.clone_into(&mut block.text);
                        block.label = para.label.take();
                    }
                }
            }
            Holder::Cell | Holder::Box => {
                if let Some(block) = container.block {
                    self.out.append(block, text, para.label.as_deref(), para.page);
                }
            }
        }
    }

    fn flush_carried(&mut self) {
        if let Some(mut para) = self.containers.last_mut().and_then(|c| c.carried.take()) {
            para.numbered = true;
            self.write(&mut para);
        }
    }

    fn leave_container(&mut self) {
        self.flush_carried();
        if self.containers.len() == 1 {
            // Text outside any paragraph opened one of its own.
            while !self.paras.is_empty() {
                self.end_paragraph();
            }
            self.flush_carried();
        }
        self.containers.pop();
    }

    // Tables.

    fn begin_table(&mut self) {
        self.flush_carried();
        self.seen.tables += 1;
        let outer = self.containers.last().filter(|c| c.kind == Holder::Cell).and_then(|c| c.block);
        self.tables.push(Table::new(self.seen.tables, outer));
    }

    /// Gives the cell its block, once all its properties are known.
    fn place_cell(&mut self) {
        let Some(head) = self.cells.last_mut() else { return };
        if std::mem::replace(&mut head.placed, true) {
            return;
        }
        let (props, deleted) = (head.props, head.deleted);
        let Some(table) = self.tables.last_mut() else { return };
        let Some(container) = self.containers.last_mut() else { return };
        if deleted {
            container.kind = Holder::Nothing;
            return;
        }
        match table.place(props) {
            Place::New { column } => {
                let at = Location { table: Some(table.number), row: Some(table.row), column: Some(column), ..Location::default() };
                container.block = self.out.add(BlockKind::Cell, at);
                if let Some(block) = container.block.and_then(|b| self.out.get(b)) {
                    block.spans = (1, props.span.max(1));
                    block.inside = table.outer;
                }
                if let Some(block) = container.block {
                    table.put(column, props, block);
                }
            }
            Place::Below { block, rows } => {
                container.block = Some(block);
                if let Some(block) = self.out.get(block) {
                    block.spans.0 = rows;
                }
            }
            Place::Beside { block, columns } => {
                container.block = Some(block);
                if let Some(block) = self.out.get(block) {
                    block.spans.1 = columns;
                }
            }
        }
    }

    fn begin_cell(&mut self) -> Visit {
        let Some(table) = self.tables.last() else { return Visit::Into };
        if table.dropped {
            return Visit::Skip;
        }
        self.out.page = table.row_page;
        self.cells.push(CellHead { props: CellProps { span: 1, ..CellProps::default() }, ..CellHead::default() });
        self.containers.push(Container::new(Holder::Cell, None));
        Visit::Into
    }

    fn end_cell(&mut self) {
        if self.tables.is_empty() {
            return;
        }
        self.place_cell();
        self.cells.pop();
        self.leave_container();
        if let Some(table) = self.tables.last_mut() {
            table.far_page = table.far_page.max(self.out.page);
        }
    }

    fn cell_property(&mut self, el: El, attrs: &Attrs) {
        let Some(head) = self.cells.last_mut() else { return };
        let merge = || if attrs.val().as_deref() == Some("restart") { Merge::Restart } else { Merge::Continue };
        match el {
            El::GridSpan => head.props.span = attrs.number("val").and_then(|n| u32::try_from(n).ok()).unwrap_or(1).clamp(1, 1024),
            El::VMerge => head.props.down = merge(),
            El::HMerge => head.props.across = merge(),
            _ => head.deleted = true,
        }
    }

    // Things anchored in a paragraph.

    /// The place of what stands at this point.
    fn here(&mut self) -> Location {
        let page = Some(self.out.page);
        match self.containers.last() {
            Some(c) if c.kind != Holder::Body => {
                let at = c.block.and_then(|b| self.out.get(b)).map(|b| b.at.clone()).unwrap_or_default();
                Location { page, ..at }
            }
            _ => Location { page, paragraph: self.paras.last().map(|p| p.number).filter(|n| *n > 0), ..Location::default() },
        }
    }

    /// Adds a block after the paragraph it is anchored in, whose place is kept.
    fn anchor(&mut self, kind: BlockKind) -> Option<u32> {
        let at = self.here();
        if self.containers.last().is_some_and(|c| c.kind == Holder::Body)
            && let Some(para) = self.paras.last_mut()
            && para.block.is_none()
        {
            para.block = self.out.add(BlockKind::Paragraph, at.clone());
        }
        self.out.add(kind, at)
    }

    fn begin_box(&mut self) -> Visit {
        if self.run.is_hidden() {
            return Visit::Skip;
        }
        if self.in_body() {
            let block = self.anchor(BlockKind::TextBox);
            self.containers.push(Container::new(Holder::Box, block));
        }
        self.asides.push(Aside { run: std::mem::take(&mut self.run), fields: self.field_base });
        self.field_base = self.fields.len();
        Visit::Into
    }

    fn end_box(&mut self) {
        if self.in_body() {
            self.leave_container();
        }
        if let Some(aside) = self.asides.pop() {
            self.run = aside.run;
            self.fields.truncate(self.field_base);
            self.field_base = aside.fields;
        }
    }

    fn picture(&mut self) {
        if self.in_body() && !self.run.is_hidden() && self.placeholders == 0 {
            self.seen.pictures += 1;
            if self.extent.is_some_and(|(w, h)| w >= PAGE_LIKE.0 && h >= PAGE_LIKE.1) {
                self.seen.large_pictures += 1;
            }
            self.anchor(BlockKind::Picture);
        }
    }

    /// Keeps a text box for the words of a diagram or chart, which stand in a part of their own.
    fn figure(&mut self, id: Option<String>) {
        if self.in_body()
            && !self.run.is_hidden()
            && let Some(id) = id
        {
            let block = self.anchor(BlockKind::TextBox);
            self.seen.figures.extend(block.map(|b| (id, b)));
        }
    }

    /// Text drawn along a path.
    fn word_art(&mut self, text: &str) {
        if text.trim().is_empty() || self.run.is_hidden() {
            return;
        }
        if !self.in_body() {
            self.control('\n');
            return self.sign(text);
        }
        self.out.count(text);
        if let Some(block) = self.anchor(BlockKind::TextBox).and_then(|b| self.out.get(b)) {
            text.clone_into(&mut block.text);
        }
    }

    fn refer(&mut self, el: El, attrs: &Attrs) {
        if !self.in_body() || self.run.is_hidden() {
            return;
        }
        let (Some(id), at) = (attrs.number("id"), self.here()) else { return };
        let refs = match el {
            El::FootnoteReference => &mut self.seen.footnotes,
            El::EndnoteReference => &mut self.seen.endnotes,
            _ => &mut self.seen.comments,
        };
        let order = refs.len();
        refs.entry(id).or_insert((order, at));
    }

    fn begin_note(&mut self, attrs: &Attrs) -> Visit {
        let Mode::Notes { kind, wanted } = &self.mode else { return Visit::Into };
        let special = attrs.get("type").is_some_and(|t| t != "normal");
        let Some((order, at)) = attrs.number("id").and_then(|id| wanted.get(&id)).filter(|_| !special) else { return Visit::Skip };
        let block = self.out.add(*kind, at.clone());
        self.notes.extend(block.map(|b| (*order, b)));
        self.containers.push(Container::new(Holder::Box, block));
        Visit::Into
    }

    // Fields and content controls.

    fn field_mark(&mut self, attrs: &Attrs) {
        match attrs.get("fldCharType").as_deref() {
            Some("begin") => {
                let mark = self.paras.last().map(|p| (self.paras.len(), p.text.len()));
                self.fields.push(Field { mark, ..Field::default() });
            }
            Some("separate") => {
                self.drop_code();
                let printed = self.out.characters;
                if let Some(field) = self.field() {
                    field.result = true;
                    field.printed = printed;
                }
            }
            Some("end") if self.fields.len() > self.field_base => {
                self.drop_code();
                let Some(field) = self.fields.pop() else { return };
                let silent = !field.result || field.printed == self.out.characters;
                if silent && let Some(text) = field.own_text() {
                    self.sign(&text);
                }
            }
            _ => {}
        }
    }

    /// What was printed between the field's beginning and its result belongs to the code.
    fn drop_code(&mut self) {
        let depth = self.paras.len();
        let Some(field) = self.field() else { return };
        if !field.result
            && let Some((at, len)) = field.mark
            && at == depth
            && let Some(para) = self.paras.last_mut()
            && para.text.is_char_boundary(len)
        {
            para.text.truncate(len);
        }
    }

    /// The innermost field of this text flow.
    fn field(&mut self) -> Option<&mut Field> {
        if self.fields.len() > self.field_base { self.fields.last_mut() } else { None }
    }

    fn form_state(&mut self, el: El, parent: El, attrs: &Attrs) {
        let Some(field) = self.field() else { return };
        match (el, parent) {
            (El::FormCheckBox, _) => field.ticked = Some(false),
            (El::FormDefault | El::FormChecked, El::FormCheckBox) => field.ticked = Some(attrs.on()),
            (El::FormDefault | El::FormResult, El::FormList) => {
                field.chosen = attrs.number("val").and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
            }
            (El::FormEntry, El::FormList) if field.entries.len() < 256 => {
                field.entries.push(attrs.val().unwrap_or_default().into_owned());
            }
            _ => {}
        }
    }

    fn begin_content(&mut self) {
        let printed = self.out.characters;
        if let Some(control) = self.controls.last_mut() {
            control.printed = printed;
            self.placeholders += u32::from(control.placeholder);
        }
    }

    fn end_content(&mut self) {
        let Some(control) = self.controls.last() else { return };
        let silent = control.printed == self.out.characters;
        match control.ticked {
            _ if control.placeholder => self.placeholders = self.placeholders.saturating_sub(1),
            Some(ticked) if silent => self.sign(if ticked { "☑" } else { "☐" }),
            _ => {}
        }
    }

    fn run_property(&mut self, el: El, attrs: &Attrs) {
        match el {
            El::Vanish => self.run.hidden = Some(attrs.on()),
            El::RFonts => self.run.fonts = fonts(attrs),
            El::RStyle => self.run.style = attrs.val().and_then(|id| self.styles.index(&id)),
            _ => {}
        }
    }

    fn begin_run(&mut self) {
        let base = match self.paras.last_mut() {
            Some(para) => *para.base.get_or_insert_with(|| self.styles.paragraph(para.style).into()),
            None => self.styles.paragraph(None).into(),
        };
        self.run = Run::new(base);
    }

    fn paragraph_property(&mut self, el: El, parent: El, attrs: &Attrs) {
        let Some(para) = self.paras.last_mut() else { return };
        let level = || attrs.number("val").and_then(|v| u8::try_from(v).ok());
        match (el, parent) {
            (El::PStyle, El::PPr) => para.style = attrs.val().and_then(|id| self.styles.index(&id)),
            (El::OutlineLvl, El::PPr) => para.outline = level(),
            (El::NumId, El::NumPr) => para.num.id = attrs.number("val"),
            (El::ILvl, El::NumPr) => para.num.level = level(),
            (El::Del | El::MoveFrom, El::RPr) => para.mark_deleted = true,
            (El::Vanish | El::SpecVanish, El::RPr) => para.mark_hidden = attrs.on(),
            _ => {}
        }
    }
}

impl Visitor for Story<'_> {
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
                let keep = attrs.get("space").as_deref() == Some("preserve");
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
            El::Sym => self.symbol(attrs),
            El::RenderedBreak => {
                if self.in_body() {
                    self.rendered_break();
                }
            }
            El::FldChar => self.field_mark(attrs),
            El::FormCheckBox | El::FormDefault | El::FormChecked | El::FormResult | El::FormEntry => self.form_state(el, parent, attrs),
            El::Tbl if self.in_body() => self.begin_table(),
            El::Tr if self.in_body() => {
                let page = self.out.page;
                if let Some(table) = self.tables.last_mut() {
                    table.begin_row(page);
                }
            }
            El::Tc if self.in_body() => return self.begin_cell(),
            El::Hidden if parent == El::TrPr && attrs.on() => self.drop_row(),
            El::GridBefore => {
                if let Some(table) = self.tables.last_mut() {
                    table.skip(attrs.number("val").and_then(|n| u32::try_from(n).ok()).unwrap_or(0));
                }
            }
            El::GridSpan | El::VMerge | El::HMerge | El::CellDel if parent == El::TcPr => self.cell_property(el, attrs),
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
            El::Shape | El::ShapeRect => self.extent = attrs.get("style").and_then(|style| size_of(&style)),
            El::DiagramIds => self.figure(attrs.get("dm").map(|id| id.into_owned())),
            El::ChartRef => self.figure(attrs.get("id").map(|id| id.into_owned())),
            El::TextPath => self.word_art(attrs.get("string").as_deref().unwrap_or_default()),
            El::Extent if matches!(parent, El::Inline | El::Anchor) => self.extent = attrs.number("cx").zip(attrs.number("cy")),
            El::Blip | El::ImageData => self.picture(),
            El::Object => {
                self.extent = None;
                self.picture();
                return Visit::Skip;
            }
            El::FootnoteReference | El::EndnoteReference | El::CommentReference => self.refer(el, attrs),
            El::Footnote | El::Endnote | El::Comment => return self.begin_note(attrs),
            El::HeaderReference | El::FooterReference if self.in_body() => {
                let kind = if el == El::HeaderReference { BlockKind::Header } else { BlockKind::Footer };
                self.seen.headers.extend(attrs.get("id").map(|id| (kind, id.into_owned())));
            }
            El::AltChunk | El::SubDoc => self.seen.foreign += 1,
            El::Denominator => self.print("/"),
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
                    number(para, self.styles, self.numbering);
                }
            }
            El::P => self.end_paragraph(),
            El::DrawingParagraph => self.control('\n'),
            El::Tc if self.in_body() => self.end_cell(),
            El::Tr if self.in_body() => {
                if let Some(table) = self.tables.last_mut() {
                    table.end_row();
                    if !table.dropped {
                        self.out.page = table.far_page;
                    }
                }
            }
            El::Tbl if self.in_body() => {
                if let Some(table) = self.tables.pop()
                    && table.is_gone()
                    && table.number == self.seen.tables
                {
                    self.seen.tables -= 1;
                }
            }
            El::TextBox => self.end_box(),
            El::Sdt => drop(self.controls.pop()),
            El::SdtContent => self.end_content(),
            El::Alternate => drop(self.alternates.pop()),
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

/// Counts a paragraph's automatic number, once.
fn number(para: &mut Para, styles: &Styles, numbering: &mut Numbering) {
    if std::mem::replace(&mut para.numbered, true) || para.mark_deleted {
        return;
    }
    let style = styles.paragraph(para.style);
    if para.num.id.or(style.num.id).is_some() {
        let label = numbering.label(para.num, style.num, para.style.and_then(|n| styles.id(n)), |id| styles.numbering_of(id));
        para.label = para.label.take().or(label);
    }
}

/// Size of a VML shape in EMU, from `width:412.5pt;height:600pt`.
fn size_of(style: &str) -> Option<(i64, i64)> {
    let length = |name: &str| {
        let value = style.split(';').find_map(|p| p.trim().strip_prefix(name)?.trim_start().strip_prefix(':'))?.trim();
        let digits = value.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let unit = match value.get(digits.len()..)? {
            "pt" => 12_700.0,
            "in" => 914_400.0,
            "cm" => 360_000.0,
            "mm" => 36_000.0,
            "px" | "" => 9_525.0,
            _ => return None,
        };
        Some((digits.parse::<f64>().ok()? * unit) as i64)
    };
    length("width").zip(length("height"))
}

impl Story<'_> {
    fn drop_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.dropped = true;
        }
    }

    /// `w:sym`: a character of a font by its code.
    fn symbol(&mut self, attrs: &Attrs) {
        let code = attrs.get("char").and_then(|c| u32::from_str_radix(c.trim(), 16).ok());
        let font = attrs.get("font").map_or(SymbolFont::Text, |f| SymbolFont::of_name(&f));
        if let Some(c) = code.and_then(char::from_u32) {
            let mut buf = [0u8; 4];
            self.sign(shown(font, c).encode_utf8(&mut buf));
        }
    }
}
