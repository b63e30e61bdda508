//! A form as label/value pairs, records and plain lines, each with its owner, section and zone.
//!
//! This is where print becomes structure; it knows kinds of labels, not what the fields are for.
use super::grid::{self, Grid, blank, printed};
use super::lexicon::{Kind, Lexicon, Owner, Sense, enumerator, label_shaped, owner_of, squash};
use super::line::{self, Style};
use super::section::{self, Section, Topic, Zone};
use super::table;
use super::value;
use crate::extract::View;
use crate::model::{BlockKind, Span};
use std::collections::BTreeMap;
use std::ops::Range;

/// A label and its answer.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The label as printed.
    pub label: String,
    pub label_at: Span,
    pub sense: Option<Sense>,
    /// Empty where nothing is printed.
    pub value: Vec<Span>,
    pub owner: Option<Owner>,
    pub section: usize,
    pub zone: Zone,
    pub in_table: bool,
    /// The heading of a section, whose answer may stand below.
    pub heading: bool,
    /// What each part asks for, where the label asks for several things (联系人及电话).
    pub parts: Vec<Sense>,
    /// The printed label of the person or block whose particular this is (联系人).
    pub of: Option<String>,
}

/// A column of a table with a header row.
#[derive(Debug, Clone)]
pub struct Column {
    pub label: String,
    pub at: Span,
    pub sense: Option<Sense>,
}

/// Rows under a header row (or columns beside a header column, turned).
#[derive(Debug, Clone)]
pub struct Records {
    pub columns: Vec<Column>,
    /// Per row, per column, what is printed there.
    pub rows: Vec<Vec<Vec<Span>>>,
    pub owner: Option<Owner>,
    /// The side label, where one stands beside the table.
    pub side: String,
    pub section: usize,
    pub zone: Zone,
}

/// A printed line.
#[derive(Debug, Clone)]
pub struct Line {
    pub at: Span,
    pub zone: Zone,
    /// Carries at least one known label.
    pub labelled: bool,
    pub heading: bool,
    pub in_table: bool,
}

/// All that a form prints, in order.
#[derive(Debug, Default)]
pub struct Layout {
    pub pairs: Vec<Pair>,
    pub records: Vec<Records>,
    pub lines: Vec<Line>,
    pub sections: Vec<Section>,
}

impl Layout {
    /// Reads a whole document.
    pub fn new(view: &View<'_>, lexicon: &Lexicon) -> Self {
        let parts = parts(view, lexicon);
        let mut walk = Walk {
            view,
            lexicon,
            out: Self { sections: vec![Section::default()], ..Self::default() },
            zone: Zone::Cover,
            after_instructions: Zone::Body,
            han_items: 0,
            instruction_page: None,
            pending: None,
            carry: None,
            block: None,
            open_records: None,
            last_cover_pair: None,
            notes: false,
        };
        let mut n = 0;
        while n < parts.len() {
            n = walk.part(&parts, n);
        }
        walk.out
    }

    pub fn section(&self, index: usize) -> &Section {
        &self.sections[index.min(self.sections.len() - 1)]
    }
}

/// A printed line outside tables, or a whole table.
pub enum Part<'a> {
    Line { block: u32, range: Range<usize>, numbered: bool, page: Option<u32>, heading: bool, rect: Option<[f32; 4]> },
    Table(Grid<'a>),
}

fn parts<'a>(view: &View<'a>, lexicon: &Lexicon) -> Vec<Part<'a>> {
    let mut nested: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    let mut tables: BTreeMap<(Option<&str>, u32), Vec<u32>> = BTreeMap::new();
    for (n, block) in (0u32..).zip(&view.document.blocks) {
        if block.kind != BlockKind::Cell || block.at.row.is_none() {
            continue;
        }
        match block.inside {
            Some(outer) => nested.entry(outer).or_default().push(n),
            None => tables.entry((block.at.sheet.as_deref(), block.at.table.unwrap_or(1))).or_default().push(n),
        }
    }
    let mut out = Vec::new();
    let mut done = std::collections::BTreeSet::new();
    for (n, block) in (0u32..).zip(&view.document.blocks) {
        if !block.kind.is_body() || block.inside.is_some() && block.kind == BlockKind::Cell {
            continue;
        }
        if block.kind == BlockKind::Cell && block.at.row.is_some() {
            let key = (block.at.sheet.as_deref(), block.at.table.unwrap_or(1));
            if done.insert(key)
                && let Some(cells) = tables.get(&key)
            {
                out.push(Part::Table(Grid::new(view, cells, &nested, lexicon, 0)));
            }
            continue;
        }
        for range in grid::lines(&block.text) {
            if !blank(&block.text[range.clone()]) {
                let piece = block.pieces.partition_point(|p| p.start as usize <= range.start).checked_sub(1).map(|p| &block.pieces[p]);
                let (page, rect) = piece.map_or((block.at.page, block.at.rect), |p| (Some(p.page), Some(p.rect)));
                out.push(Part::Line { block: n, numbered: block.label.is_some(), page, heading: block.kind == BlockKind::Heading, range, rect });
            }
        }
    }
    out
}

/// A person or block, and the label that named it.
#[derive(Debug, Clone, PartialEq)]
pub struct Owned {
    pub owner: Owner,
    pub label: String,
}

/// A label that waits for its answer on the next lines.
#[derive(Debug, Clone, Copy)]
pub struct Pending {
    pub pair: usize,
    /// Takes every line up to the next heading, not one.
    pub many: bool,
    pub taken: bool,
}

pub struct Walk<'v, 'a> {
    pub view: &'v View<'a>,
    pub lexicon: &'v Lexicon,
    pub out: Layout,
    pub zone: Zone,
    after_instructions: Zone,
    han_items: u32,
    instruction_page: Option<u32>,
    pub pending: Option<Pending>,
    /// The person whose particulars the last lines asked for, and the label that named him.
    pub carry: Option<Owned>,
    /// The other organisation (推荐单位) whose block of lines this is.
    pub block: Option<Owner>,
    /// Records that ran to the end of the last table: they may go on in the next.
    pub open_records: Option<usize>,
    last_cover_pair: Option<usize>,
    /// Inside a note (注：…) below a table.
    notes: bool,
}

impl<'a> Walk<'_, 'a> {
    fn part(&mut self, parts: &[Part<'a>], n: usize) -> usize {
        match &parts[n] {
            Part::Table(grid) => {
                self.table(grid, &parts[n + 1..]);
                n + 1
            }
            Part::Line { block, range, numbered, page, heading, .. } => {
                if let Some(next) = self.beside(parts, n) {
                    return next;
                }
                if let Some(next) = self.line_records(parts, n) {
                    return next;
                }
                let text = self.text(*block, range.clone());
                if self.change_zone(text, *numbered, *page, *heading, &parts[n + 1..]) {
                    self.push_line(*block, range.clone(), false, true, false);
                    return n + 1;
                }
                let more = self.zone == Zone::Cover
                    && parts[n + 1..].iter().take(6).any(|p| matches!(p, Part::Line { block, range, .. } if self.labels_line(*block, range.clone())));
                if text.trim().chars().count() > 8 || text.chars().any(|c| c.is_alphabetic()) {
                    self.open_records = None;
                }
                self.line(*block, range.clone(), &Context { numbered: *numbered, heading: *heading, labels_follow: more, in_table: false, owner: None });
                n + 1
            }
        }
    }

    fn labels_line(&self, block: u32, range: Range<usize>) -> bool {
        line::split(self.text(block, range), self.lexicon, Style::Form).iter().any(|f| f.sense.is_some())
    }

    pub fn text(&self, block: u32, range: Range<usize>) -> &'a str {
        self.view.document.blocks.get(block as usize).and_then(|b| b.text.get(range)).unwrap_or("")
    }

    fn push_line(&mut self, block: u32, range: Range<usize>, labelled: bool, heading: bool, in_table: bool) {
        if let Some(at) = printed(self.view, block, range) {
            self.out.lines.push(Line { at, zone: self.zone, labelled, heading, in_table });
        }
    }

    /// Cover, instructions, attachments, foreign papers. True where the line is nothing but such a heading.
    fn change_zone(&mut self, text: &str, numbered: bool, page: Option<u32>, heading: bool, rest: &[Part<'a>]) -> bool {
        if self.zone == Zone::Foreign {
            return false;
        }
        if section::heads_instructions(text) {
            self.enter_instructions(page);
            return true;
        }
        if self.zone == Zone::Instructions {
            if !self.leaves_instructions(text, numbered, page, heading) {
                return false;
            }
            self.zone = self.after_instructions;
        }
        if section::heads_attachments(text) && self.zone != Zone::Cover {
            self.zone = Zone::Attachments;
            self.pending = None;
            self.open_section(text);
            return true;
        }
        if self.zone == Zone::Attachments
            && section::is_heading(text, false, self.lexicon)
            && !text.contains("附件")
            && enumerator(text) > 0
            && !ends_with_paper(text)
        {
            self.zone = Zone::Body;
        }
        if matches!(self.zone, Zone::Body | Zone::Attachments) && section::heads_other_paper(text) && party_line_follows(self, rest) {
            self.zone = Zone::Foreign;
            self.pending = None;
            self.open_section(text);
            return true;
        }
        false
    }

    fn enter_instructions(&mut self, page: Option<u32>) {
        if self.zone != Zone::Instructions {
            self.after_instructions = Zone::Body;
        }
        self.zone = Zone::Instructions;
        self.han_items = 0;
        self.instruction_page = page;
        self.pending = None;
        self.carry = None;
    }

    /// A form's own heading ends the instructions: numbered otherwise than their items, or starting over.
    fn leaves_instructions(&mut self, text: &str, numbered: bool, page: Option<u32>, heading: bool) -> bool {
        let number = enumerator(text);
        let head = text[..number].trim_start();
        let han = head.starts_with(|c| "一二三四五六七八九十".contains(c)) || head.starts_with('第') && head.contains(['部', '章']);
        let is_heading = section::is_heading(text, false, self.lexicon);
        let new_page = page.is_some() && page != self.instruction_page;
        if han {
            let restarts = head.starts_with('一') && self.han_items > 0 && !head.starts_with("一十");
            let leaves = is_heading && (self.han_items == 0 || restarts || new_page);
            // a numbered heading right under the head of the instructions may be their own first item
            let titled = topic_words(text);
            if leaves && (restarts || titled || new_page) {
                return true;
            }
            self.han_items += 1;
            return false;
        }
        let tight = squash(text);
        let form_head = number == 0
            && !numbered
            && tight.chars().count() <= 20
            && ["基本情况", "基本信息", "信息表", "数据表", "情况表", "申报表", "申请表", "基本情况表", "申报书", "申请书"].iter().any(|w| tight.ends_with(w));
        form_head || heading && is_heading && number == 0 || new_page && is_heading && topic_words(text)
    }

    pub fn open_section(&mut self, title: &str) {
        let unit = line_unit(title);
        let mut section = Section::new(title.trim());
        section.unit = section.unit.or(unit);
        self.out.sections.push(section);
        self.carry = None;
        self.block = None;
        self.notes = false;
    }

    /// One printed line, in a paragraph or alone in a cell.
    pub fn line(&mut self, block: u32, range: Range<usize>, context: &Context) {
        let text = self.text(block, range.clone());
        if self.zone == Zone::Attachments && self.ends_attachments(text) {
            self.zone = Zone::Body;
        }
        if matches!(self.zone, Zone::Instructions | Zone::Foreign | Zone::Attachments) {
            self.push_line(block, range, false, false, context.in_table);
            return;
        }
        if is_note(text) {
            self.notes = true;
            self.pending = None;
        }
        let style = if self.zone == Zone::Cover || text.chars().count() <= 90 { Style::Form } else { Style::Prose };
        let found = line::split(text, self.lexicon, style);
        let answered = found.iter().any(|f| f.sense.is_some() && !f.value.is_empty()) && !self.carries_unit(after_label(text, &found));
        let heading =
            !answered && (section::is_heading(text, context.numbered, self.lexicon) || context.heading && text.chars().count() <= 30) && !self.titles(text);
        if self.notes && !heading {
            if self.carries_unit(text) {
                self.notes = false;
            }
            self.push_line(block, range, false, false, context.in_table);
            return;
        }
        if heading && self.opens(text, context) {
            self.heading(block, range, context.in_table);
            return;
        }
        if self.carries_unit(text) {
            let section = self.out.sections.len() - 1;
            self.out.sections[section].unit = line_unit(text);
            self.push_line(block, range, false, false, context.in_table);
            return;
        }
        let opinion_open = self.pending.is_some_and(|p| p.many && self.out.pairs[p.pair].sense.is_some_and(|s| matches!(s.kind, Kind::Opinion | Kind::Office)));
        let known = found.iter().any(|f| f.sense.is_some());
        if opinion_open
            && found.iter().all(|f| {
                f.sense.is_none_or(|s| {
                    matches!(s.kind, Kind::Sign | Kind::Date | Kind::Opinion | Kind::Office | Kind::Person | Kind::Organisation)
                        && text[f.value.clone()].trim().is_empty()
                        || s.kind == Kind::Sign
                })
            })
        {
            self.take(block, range.clone());
            self.push_line(block, range, known, false, context.in_table);
            return;
        }
        if !known {
            self.unlabelled(block, range, context);
            return;
        }
        self.pending = None;
        self.last_cover_pair = None;
        let mut row_owner: Option<Owned> = None;
        for piece in &found {
            let Some(sense) = piece.sense else { continue };
            let shift = |r: &Range<usize>| range.start + r.start..range.start + r.end;
            let value = printed(self.view, block, shift(&piece.value)).into_iter().collect::<Vec<_>>();
            let owner = self.owner(sense, row_owner.as_ref(), context.owner);
            let of = self.of(sense, row_owner.as_ref());
            self.note_owner(sense, &text[piece.label.clone()], &mut row_owner);
            let label_at = self.view.raw_span(block, shift(&piece.label));
            let lone = found.len() == 1;
            let empty = value.is_empty();
            self.out.pairs.push(Pair {
                label: text[piece.label.clone()].to_owned(),
                label_at,
                sense: Some(sense),
                value,
                owner,
                section: self.out.sections.len() - 1,
                zone: self.zone,
                in_table: context.in_table,
                heading: false,
                parts: self.lexicon.parts(&text[piece.label.clone()]),
                of,
            });
            let pair = self.out.pairs.len() - 1;
            if lone && empty && sense.kind != Kind::Sign && (self.zone != Zone::Cover || context.labels_follow) {
                self.pending = Some(Pending { pair, many: matches!(sense.kind, Kind::Opinion | Kind::Office), taken: false });
            } else if lone && (self.zone == Zone::Cover && wraps(sense.kind) && context.labels_follow || has_boxes(&text[piece.value.clone()])) {
                self.last_cover_pair = Some(pair);
            } else if lone && sense.kind == Kind::Opinion {
                self.pending = Some(Pending { pair, many: true, taken: true });
            }
        }
        self.push_line(block, range, true, false, context.in_table);
    }

    /// Opinions, signatures and the form's own labels end the list of attachments.
    fn ends_attachments(&self, text: &str) -> bool {
        super::resolve::is_sign_off(text)
            || line::split(text, self.lexicon, Style::Form)
                .iter()
                .any(|f| f.sense.is_some_and(|s| matches!(s.kind, Kind::Opinion | Kind::Office | Kind::Sign | Kind::Date | Kind::Person | Kind::Phone)))
    }

    /// A unit line below a heading: 单位：万元.
    fn carries_unit(&self, text: &str) -> bool {
        text.chars().count() <= 24 && line_unit(text).is_some() && squash(text).starts_with(['单', '(', '金', '计', '币'])
    }

    /// The title of the form is no section.
    fn titles(&self, text: &str) -> bool {
        self.zone == Zone::Cover && super::title::ends_with_form_word(text) && enumerator(text) == 0
    }

    /// On the cover only what is clearly a section opens one.
    fn opens(&self, text: &str, context: &Context) -> bool {
        if self.zone != Zone::Cover {
            return true;
        }
        let number = enumerator(text);
        if number > 0 {
            let han = text[..number].contains(|c| "一二三四五六七八九十".contains(c));
            return han || topic_words(text) && self.lexicon.label(text).is_none_or(|s| s.field.is_none());
        }
        if self.last_cover_pair.is_some() && context.labels_follow {
            return false;
        }
        let tight = squash(text);
        let table = ["基本情况", "基本信息", "信息表", "情况表", "数据表", "基本概况", "项目概况", "单位概况", "基本情况表"].iter().any(|w| tight.ends_with(w));
        table
            || tight.chars().count() <= 12
                && matches!(section::topic_of(text), Topic::People | Topic::Budget | Topic::Experts)
                && !self.lexicon.label(text).is_some_and(|s| s.owner == Some(Owner::Leader) || s.owner == Some(Owner::Contact))
    }

    fn heading(&mut self, block: u32, range: Range<usize>, in_table: bool) {
        let text = self.text(block, range.clone());
        if self.zone == Zone::Cover {
            self.zone = Zone::Body;
        }
        self.open_section(text);
        self.pending = None;
        self.last_cover_pair = None;
        self.push_line(block, range.clone(), false, true, in_table);
        let Some(sense) = self.lexicon.label(text) else { return };
        if matches!(sense.kind, Kind::Item | Kind::Amount | Kind::Counter) {
            return;
        }
        let Some(label_at) = printed(self.view, block, range) else { return };
        self.out.pairs.push(Pair {
            label: text.trim().to_owned(),
            label_at,
            sense: Some(sense),
            value: Vec::new(),
            owner: sense.owner,
            section: self.out.sections.len() - 1,
            zone: self.zone,
            in_table,
            heading: true,
            parts: Vec::new(),
            of: None,
        });
        let many = matches!(sense.kind, Kind::Opinion | Kind::Office | Kind::Text | Kind::Task) || sense.owner == Some(Owner::Member);
        self.pending = Some(Pending { pair: self.out.pairs.len() - 1, many, taken: false });
    }

    fn unlabelled(&mut self, block: u32, range: Range<usize>, context: &Context) {
        let text = self.text(block, range.clone());
        if self.pending.is_some() {
            if self.fits_pending(text) {
                self.take(block, range.clone());
            } else if !self.pending.is_some_and(|p| p.many || self.out.pairs[p.pair].sense.is_some_and(|s| s.kind == Kind::Money)) {
                self.pending = None;
            }
        } else if let Some(pair) = self.last_cover_pair.take()
            && (context.labels_follow && self.zone == Zone::Cover && continues(text) || has_boxes(text))
            && let Some(span) = printed(self.view, block, range.clone())
        {
            self.out.pairs[pair].value.push(span);
            self.last_cover_pair = has_boxes(text).then_some(pair);
        }
        self.push_line(block, range, false, false, context.in_table);
    }

    fn take(&mut self, block: u32, range: Range<usize>) {
        let Some(mut pending) = self.pending else { return };
        if let Some(span) = printed(self.view, block, range) {
            self.out.pairs[pending.pair].value.push(span);
            pending.taken = true;
        }
        self.pending = pending.many.then_some(pending);
    }

    fn fits_pending(&self, text: &str) -> bool {
        let Some(pending) = self.pending else { return false };
        let Some(sense) = self.out.pairs[pending.pair].sense else { return false };
        if pending.many {
            return true;
        }
        let digits = text.chars().any(|c| c.is_ascii_digit());
        match sense.kind {
            Kind::Phone | Kind::Fax | Kind::Postcode => digits && text.chars().count() <= 40,
            Kind::Email => text.contains(['@', '＠']),
            Kind::Date | Kind::Period => digits || text.contains("二〇") || text.contains("二○"),
            Kind::Person | Kind::Name => squash(text).chars().count() <= 30,
            Kind::Money => value::states_total(text),
            Kind::Sign => false,
            _ => text.chars().count() <= 120 && !(self.zone == Zone::Cover && is_imprint(text)),
        }
    }

    /// Whose the answer is: the label says, else the row, the side label, the lines above, the section.
    pub fn owner(&self, sense: Sense, row: Option<&Owned>, side: Option<Owner>) -> Option<Owner> {
        let section = self.out.section(self.out.sections.len() - 1).owner;
        let theirs = |owner: Owner| matches!(owner, Owner::Partner | Owner::Recommender | Owner::Adviser | Owner::Office);
        // a contact in the block of another organisation is theirs
        let outer = side.or(self.block).or(row.map(|r| r.owner)).filter(|o| theirs(*o));
        if let Some(outer) = outer
            && (sense.owner == Some(Owner::Contact) || sense.weak && sense.owner == Some(Owner::Leader) || sense.owner.is_none() && is_attribute(sense.kind))
        {
            return Some(outer);
        }
        let carried = self.carry.as_ref().filter(|_| is_attribute(sense.kind)).map(|c| c.owner);
        sense.owner.or(row.map(|r| r.owner)).or(side).or(carried).or(section)
    }

    /// The label that names the owner, where the label itself does not.
    pub fn of(&self, sense: Sense, row: Option<&Owned>) -> Option<String> {
        let carried = row.or(self.carry.as_ref()).filter(|_| sense.owner.is_none() && is_attribute(sense.kind) && sense.kind != Kind::Text);
        carried.map(|owned| owned.label.clone())
    }

    /// A person's label makes what follows his; an organisation's ends it.
    pub fn note_owner(&mut self, sense: Sense, label: &str, row: &mut Option<Owned>) {
        let owned = |owner: Owner| Owned { owner, label: label.trim().trim_end_matches(['：', ':']).to_owned() };
        match sense.kind {
            Kind::Person | Kind::Name => {
                if let Some(owner) = sense.owner {
                    *row = Some(owned(owner));
                    self.carry = (owner != Owner::Member).then(|| owned(owner));
                }
            }
            Kind::Organisation if sense.owner == Some(Owner::Recommender) => {
                *row = sense.owner.map(owned);
                self.carry.clone_from(row);
                self.block = sense.owner;
            }
            // a partner's particulars stand on his own line; the next line is the applicant's again
            Kind::Organisation if sense.owner == Some(Owner::Partner) => *row = sense.owner.map(owned),
            Kind::Organisation if sense.owner == Some(Owner::Applicant) => {
                *row = None;
                self.carry = None;
                self.block = None;
            }
            Kind::Text | Kind::Money | Kind::Period | Kind::Choice if sense.field.is_some() => {
                *row = None;
                self.carry = None;
                self.block = None;
            }
            _ => {}
        }
    }

    fn table(&mut self, grid: &Grid<'a>, rest: &[Part<'a>]) {
        if self.zone == Zone::Foreign {
            for cell in &grid.cells {
                self.push_line(cell.block, 0..cell.text.len(), false, false, true);
            }
            return;
        }
        let first_line = grid.cells.first().map_or("", |c| c.text.trim_start().lines().next().unwrap_or(""));
        if grid.cells.len() <= 2 && section::heads_instructions(first_line) {
            let back = if self.zone == Zone::Instructions { self.after_instructions } else { self.zone };
            self.zone = Zone::Instructions;
            for cell in &grid.cells {
                for range in grid::lines(cell.text) {
                    self.push_line(cell.block, range, false, false, true);
                }
            }
            self.zone = back;
            return;
        }
        if self.zone == Zone::Instructions {
            self.zone = self.after_instructions;
        }
        if self.zone == Zone::Attachments && grid.cells.iter().any(|c| c.sense.is_some_and(|s| matches!(s.kind, Kind::Opinion | Kind::Office) && !s.weak)) {
            self.zone = Zone::Body;
        }
        let attachments = self.zone == Zone::Attachments;
        let cover = self.zone == Zone::Cover && is_cover_table(grid, rest, self.lexicon);
        if !cover && !attachments {
            self.zone = Zone::Body;
        }
        self.pending = self.pending.filter(|p| p.many || grid.width == 1);
        self.last_cover_pair = None;
        self.notes = false;
        self.block = None;
        table::read(self, grid);
        if attachments {
            self.zone = Zone::Body;
        }
        self.pending = None;
        self.carry = None;
    }

    /// A label set beside the middle of an answer of several lines: the lines above and below are the answer too.
    fn beside(&mut self, parts: &[Part<'a>], n: usize) -> Option<usize> {
        if matches!(self.zone, Zone::Instructions | Zone::Foreign | Zone::Attachments) {
            return None;
        }
        let upper = rect_of(&parts[n])?;
        let middle = rect_of(parts.get(n + 1)?)?;
        let apart = |a: [f32; 4], b: [f32; 4]| b[1] - a[3] < (b[3] - b[1]) * 0.9 && b[1] > a[1];
        if upper[0] < middle[0] + 30.0 || !apart(upper, middle) {
            return None;
        }
        let (Part::Line { block: above_block, range: first, .. }, Part::Line { block, range, .. }) = (&parts[n], parts.get(n + 1)?) else { return None };
        let text = self.text(*block, range.clone());
        let found = line::split(text, self.lexicon, Style::Form);
        let [only] = found.as_slice() else { return None };
        let sense = only.sense.filter(|s| wraps(s.kind) && s.field.is_some())?;
        let above_text = self.text(*above_block, first.clone());
        if self.labels_line(*above_block, first.clone()) || is_imprint(above_text) || super::title::ends_with_form_word(above_text) {
            return None;
        }
        let lower = parts.get(n + 2).filter(|p| {
            let Part::Line { block, range, .. } = p else { return false };
            rect_of(p).is_some_and(|r| (r[0] - upper[0]).abs() < 4.0 && apart(middle, r)) && !self.labels_line(*block, range.clone())
        });
        // without a third line: the label stands level with the answer, or the upper line is nearer to it than to what is above
        if lower.is_none() {
            let gap = middle[1] - upper[3];
            let above = n.checked_sub(1).and_then(|p| rect_of(&parts[p])).filter(|r| r[3] <= upper[1]).map_or(f32::MAX, |r| upper[1] - r[3]);
            let boxes = has_boxes(self.text(*above_block, first.clone())) && has_boxes(&text[only.value.clone()]);
            let level = upper[3] > middle[1] && only.value.is_empty();
            let nearer = !only.value.is_empty() && above > gap.max(0.0) * 1.5 + 2.0;
            if !(level || boxes || nearer) {
                return None;
            }
        }
        let mut value: Vec<Span> = printed(self.view, *above_block, first.clone()).into_iter().collect();
        value.extend(printed(self.view, *block, range.start + only.value.start..range.start + only.value.end));
        if let Some(Part::Line { block, range, .. }) = lower {
            value.extend(printed(self.view, *block, range.clone()));
        }
        let label_at = self.view.raw_span(*block, range.start + only.label.start..range.start + only.label.end);
        self.out.pairs.push(Pair {
            label: text[only.label.clone()].to_owned(),
            label_at,
            sense: Some(sense),
            value,
            owner: sense.owner,
            section: self.out.sections.len() - 1,
            zone: self.zone,
            in_table: false,
            heading: false,
            parts: Vec::new(),
            of: None,
        });
        let next = n + 2 + usize::from(lower.is_some());
        for part in &parts[n..next] {
            if let Part::Line { block, range, .. } = part {
                self.push_line(*block, range.clone(), true, false, false);
            }
        }
        self.pending = None;
        self.last_cover_pair = None;
        Some(next)
    }

    /// A header line and its rows, drawn with tabs or gaps instead of a table.
    fn line_records(&mut self, parts: &[Part<'a>], n: usize) -> Option<usize> {
        let Part::Line { block, range, .. } = &parts[n] else { return None };
        if matches!(self.zone, Zone::Instructions | Zone::Foreign | Zone::Attachments) {
            return None;
        }
        let segments = segments(self.text(*block, range.clone()), range.start);
        if segments.len() < 3 {
            return None;
        }
        let columns: Vec<Column> = segments
            .iter()
            .map(|s| {
                let label = self.text(*block, s.clone());
                Column { label: label.to_owned(), at: self.view.raw_span(*block, s.clone()), sense: self.lexicon.label(label) }
            })
            .collect();
        let known = columns.iter().filter(|c| c.sense.is_some()).count();
        if known < 2 || known * 3 < columns.len() * 2 || columns.iter().any(|c| c.label.contains([':', '：'])) {
            return None;
        }
        let mut rows = Vec::new();
        let mut next = n + 1;
        while let Some(Part::Line { block, range, .. }) = parts.get(next) {
            let row = segments_of(self.text(*block, range.clone()), range.start);
            if row.len() != columns.len() {
                break;
            }
            if row.iter().filter(|s| self.lexicon.label(self.text(*block, (*s).clone())).is_some_and(|s| !s.weak)).count() * 2 > row.len() {
                break;
            }
            rows.push(row.into_iter().map(|s| printed(self.view, *block, s).into_iter().collect()).collect());
            self.push_line(*block, range.clone(), false, false, false);
            next += 1;
        }
        if rows.is_empty() {
            return None;
        }
        if self.zone == Zone::Cover {
            self.zone = Zone::Body;
        }
        let section = self.out.sections.len() - 1;
        let records = Records { columns, rows, owner: self.out.sections[section].owner, side: String::new(), section, zone: self.zone };
        table::keep(self, records);
        self.pending = None;
        Some(next)
    }
}

fn rect_of(part: &Part<'_>) -> Option<[f32; 4]> {
    match part {
        Part::Line { rect, .. } => *rect,
        Part::Table(_) => None,
    }
}

/// Circumstances of a line.
pub struct Context {
    pub numbered: bool,
    pub heading: bool,
    pub labels_follow: bool,
    pub in_table: bool,
    pub owner: Option<Owner>,
}

/// What stands behind a line's first label.
fn after_label<'t>(text: &'t str, found: &[line::Found]) -> &'t str {
    found.first().map_or("", |f| text[f.label.end..].trim_start())
}

fn is_attribute(kind: Kind) -> bool {
    matches!(kind, Kind::Name | Kind::Title | Kind::Phone | Kind::Fax | Kind::Email | Kind::Address | Kind::Postcode | Kind::Organisation | Kind::Text)
}

fn has_boxes(text: &str) -> bool {
    text.chars().filter(|c| super::tick::is_box(*c)).count() >= 1 && super::tick::choices(text).iter().any(|c| !c.ticked)
        || text.chars().filter(|c| super::tick::is_box(*c)).count() >= 2
}

/// Kinds of answers that run over the end of a cover line.
fn wraps(kind: Kind) -> bool {
    matches!(kind, Kind::Text | Kind::Organisation | Kind::Choice | Kind::Address)
}

fn continues(text: &str) -> bool {
    let count = text.trim().chars().count();
    (1..=40).contains(&count) && !is_imprint(text) && !super::title::ends_with_form_word(text) && !text.trim_end().ends_with(['。', '：', ':'])
}

/// The printer's line, a date or a year by itself.
pub fn is_imprint(text: &str) -> bool {
    let tight = squash(text);
    tight.ends_with(['制', '印', '编']) && tight.chars().count() <= 40
        || tight.ends_with("印制")
        || tight.chars().all(|c| c.is_ascii_digit() || "年月日度()二〇○零一三四五六七八九十o〔〕[]".contains(c))
}

fn topic_words(text: &str) -> bool {
    let tight = squash(&text[enumerator(text)..]);
    section::topic_of(text) != Topic::General
        || owner_of(text).is_some()
        || ["情况", "信息", "概况", "依据", "内容", "目标", "基础", "条件", "成果", "方案", "论证", "背景", "简介", "表", "意义"]
            .iter()
            .any(|w| tight.ends_with(w))
}

fn ends_with_paper(text: &str) -> bool {
    let tight = squash(text);
    ["协议", "协议书", "证书", "证明", "材料", "复印件", "扫描件", "报告", "合同", "照片", "名单", "文件", "通知", "表", "件", "书", "函"]
        .iter()
        .any(|w| tight.trim_end_matches(')').ends_with(w))
}

fn is_note(text: &str) -> bool {
    let tight = squash(text);
    let head = tight.trim_start_matches(['(', '【', '[']);
    ["注:", "备注:", "说明:", "注1", "注意:", "填表说明:", "填写说明:", "注.", "填报说明:"].iter().any(|w| head.starts_with(w)) && head.chars().count() > 4
}

/// The unit a line states, brackets or not.
fn line_unit(text: &str) -> Option<crate::text::money::Unit> {
    crate::text::money::unit_in(text)
}

fn party_line_follows(walk: &Walk<'_, '_>, rest: &[Part<'_>]) -> bool {
    rest.iter().take(12).any(|part| match part {
        Part::Line { block, range, .. } => {
            let tight = squash(walk.text(*block, range.clone()));
            (tight.starts_with("甲方") || tight.starts_with("委托方")) && tight.chars().count() <= 60
        }
        Part::Table(grid) => grid.cells.iter().take(6).any(|c| squash(c.text).starts_with("甲方")),
    })
}

/// A cover set as a borderless table: one label and one answer a row, with the body still to come.
fn is_cover_table(grid: &Grid<'_>, rest: &[Part<'_>], lexicon: &Lexicon) -> bool {
    let narrow = grid.starts.iter().all(|row| row.len() <= 3) && grid.starts.iter().filter(|row| row.len() > 2).count() * 4 <= grid.height();
    let headed = grid.cells.iter().any(|c| section::is_heading(c.text, false, lexicon) && enumerator(c.text) > 0);
    let body = rest.iter().any(|part| match part {
        Part::Table(_) => true,
        Part::Line { .. } => false,
    }) || rest.len() > 3;
    narrow && !headed && body && grid.height() <= 14 && grid.cells.iter().all(|c| c.text.chars().count() <= 200)
}

/// Stretches of a line parted by tabs or wide gaps.
fn segments(text: &str, base: usize) -> Vec<Range<usize>> {
    if text.chars().count() > 200 {
        return Vec::new();
    }
    segments_of(text, base)
}

fn segments_of(text: &str, base: usize) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = None;
    let mut end = 0;
    let mut gap = 0;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            gap += match c {
                '\t' => 8,
                '\u{3000}' => 2,
                _ => 1,
            };
            continue;
        }
        if gap >= 3
            && let Some(from) = start.take()
        {
            out.push(base + from..base + end);
        }
        gap = 0;
        start.get_or_insert(at);
        end = at + c.len_utf8();
    }
    if let Some(from) = start {
        out.push(base + from..base + end);
    }
    out
}

/// A short text that could be a label nobody knows.
pub fn is_unknown_label(text: &str) -> bool {
    label_shaped(text) && !text.contains(['。', '，'])
}
