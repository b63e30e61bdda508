//! A form as label/value pairs, records and plain lines, each with its owner, section and zone.
//!
//! This is where print becomes structure; it knows kinds of labels, not what the fields are for.
use super::chief;
use super::grid::{self, Grid, blank};
use super::lexicon::{Lexicon, Owner, Sense};
use super::section::{Section, Zone, is_sample_sheet};
use super::walk::Walk;
use crate::extract::View;
use crate::model::{BlockKind, Span};
use crate::text::money::Unit;
use std::cell::OnceCell;
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
    /// The unit that the label beside its rows prints.
    pub unit: Option<Unit>,
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
    /// The unit of all amounts, as the head of the form tells it.
    pub unit: Option<Unit>,
}

impl Layout {
    /// Reads a whole document.
    pub fn new(view: &View<'_>, lexicon: &Lexicon) -> Self {
        let parts = parts(view, lexicon);
        let mut walk = Walk::new(view, lexicon, Self { sections: vec![Section::default()], ..Self::default() });
        let mut n = 0;
        while n < parts.len() {
            n = walk.part(&parts, n);
        }
        chief::set_apart(view, &mut walk.out);
        walk.out
    }

    pub fn section(&self, index: usize) -> &Section {
        &self.sections[index.min(self.sections.len() - 1)]
    }
}

/// A printed line outside tables, or a whole table.
pub enum Part<'a> {
    Line {
        block: u32,
        range: Range<usize>,
        numbered: bool,
        page: Option<u32>,
        heading: bool,
        rect: Option<[f32; 4]>,
        /// Whether it carries a known label, found out when it is first asked: lines look ahead at those below them.
        labelled: OnceCell<bool>,
    },
    Table(Grid<'a>),
}

fn parts<'a>(view: &View<'a>, lexicon: &Lexicon) -> Vec<Part<'a>> {
    let mut nested: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    let mut tables: BTreeMap<(Option<&str>, u32), Vec<u32>> = BTreeMap::new();
    for (n, block) in (0u32..).zip(&view.document.blocks) {
        if block.kind != BlockKind::Cell || block.at.row.is_none() || block.at.sheet.as_deref().is_some_and(is_sample_sheet) {
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
                let heading = block.kind == BlockKind::Heading;
                out.push(Part::Line { block: n, numbered: block.label.is_some(), page, heading, range, rect, labelled: OnceCell::new() });
            }
        }
    }
    out
}
