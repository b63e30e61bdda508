//! Differences as the record carries them: fields by name, the rest by its words, each with both places.
use super::Scan;
use super::align::{Hunk, Run, partner};
use super::stream::Stream;
use crate::model::{Difference, DifferenceKind, DocId, Dossier, Evidence, FieldId, Place, Reading, Span};
use crate::paper::manifest::field_name;
use std::collections::BTreeSet;
use std::ops::Range;

/// Characters of context on either side of a difference.
const AROUND: usize = 8;

/// Longer quotes are cut.
const LONGEST: usize = 120;

pub(super) struct Teller<'a> {
    pub dossier: &'a Dossier,
    pub doc: DocId,
    pub electronic: &'a Stream<'a>,
    pub paper: &'a Stream<'a>,
    pub runs: &'a [Run],
    pub scans: &'a [Scan],
}

pub(super) struct Told {
    pub difference: Difference,
    /// More than one ideograph: no slip of a recogniser's eye.
    pub is_plain: bool,
    /// A tick alone: fonts of signs are read in many ways.
    pub is_tick: bool,
    /// Words of the electronic side only.
    pub is_missing: bool,
    /// Words of the paper only.
    pub is_added: bool,
    /// Part of a sheet's cell that the paper shows otherwise: the print may have cut it off.
    pub is_cut: bool,
    /// Stands so near to the one before that both are one change to a reader: `difference` tells them together.
    pub joins_last: bool,
}

/// Ticks alone; or a tick against the letter that stands for one in a font of signs (Wingdings 2 `R`), as a print
/// without that font shows it.
fn is_tick(a: &str, b: &str) -> bool {
    let stands_for_one = |c: char| c == '☑' || "RSTPrstpþüýû".contains(c);
    let both = || a.chars().chain(b.chars());
    both().all(stands_for_one) && both().any(|c| c == '☑')
}

impl Teller<'_> {
    pub fn tell(&self, hunks: &[Hunk]) -> Vec<Told> {
        let fields = self.fields();
        let mut named = BTreeSet::new();
        let mut told = Vec::new();
        let mut last: Option<Hunk> = None;
        for hunk in hunks {
            let mut joins_last = false;
            let field = fields.iter().find(|field| touches(&field.range, &hunk.a));
            let difference = match field {
                Some(field) => {
                    let difference = self.of_field(field);
                    // A name that stands in five places is told once.
                    if !named.insert((difference.field.clone(), difference.electronic.clone(), difference.paper.clone())) {
                        continue;
                    }
                    last = None;
                    difference
                }
                None => {
                    let joined = last.as_ref().and_then(|last| join(last, hunk));
                    joins_last = joined.is_some();
                    let whole = joined.unwrap_or_else(|| Hunk { a: hunk.a.clone(), b: hunk.b.clone() });
                    let difference = self.of_words(&whole);
                    last = Some(whole);
                    difference
                }
            };
            let (a, b) = (self.electronic.text(&hunk.a), self.paper.text(&hunk.b));
            let longest = a.chars().count().max(b.chars().count());
            told.push(Told {
                difference,
                is_plain: longest > 1 || format!("{a}{b}").chars().any(|c| c.is_ascii_digit()) && !a.is_empty() && !b.is_empty(),
                is_tick: is_tick(&a, &b),
                is_missing: b.is_empty(),
                is_added: a.is_empty(),
                is_cut: b.is_empty() && self.is_part_of_sheet_cell(&hunk.a),
                joins_last,
            });
        }
        told
    }

    /// Whether a stretch is some, but not all, of the words of a sheet's cell.
    fn is_part_of_sheet_cell(&self, range: &Range<usize>) -> bool {
        let block = |at: usize| self.electronic.places.get(at).map(|place| place.block);
        let own = block(range.start);
        let inside = block(range.end.saturating_sub(1)) == own;
        let more = range.start.checked_sub(1).and_then(block) == own || block(range.end) == own;
        inside && more && self.electronic.source(range.start).is_some_and(|source| source.block.at.sheet.is_some())
    }

    /// The form's values, where this file is the form.
    fn fields(&self) -> Vec<Field<'_>> {
        let facts = &self.dossier.facts;
        let mut found: Vec<Field<'_>> = Vec::new();
        for (id, readings) in &facts.fields {
            if matches!(id, FieldId::Members | FieldId::Opinion) {
                continue;
            }
            for reading in readings.iter().filter(|reading| reading.place != Place::Attachment) {
                let spans = reading.at.iter().filter(|span| span.doc == self.doc);
                found.extend(spans.filter_map(|span| self.range(span)).map(|range| Field { id: *id, reading, range }));
            }
        }
        found.sort_by_key(|field| field.range.len());
        found
    }

    fn range(&self, span: &Span) -> Option<Range<usize>> {
        let block = self.electronic.blocks.binary_search_by_key(&span.block, |source| source.number).ok()? as u32;
        let inside = |place: &super::stream::Place| place.block == block && !place.automatic && place.start >= span.start && place.end <= span.end;
        let first = self.electronic.places.partition_point(|place| place.block < block);
        let own = self.electronic.places[first..].iter().take_while(|place| place.block == block);
        let mut range: Option<Range<usize>> = None;
        for (n, _) in own.enumerate().filter(|(_, place)| inside(place)) {
            range = Some(range.map_or(first + n, |known| known.start)..first + n + 1);
        }
        range
    }

    fn of_field(&self, field: &Field<'_>) -> Difference {
        let paper = partner(self.runs, &field.range, self.paper.chars.len());
        let electronic = self.electronic.quote(&field.range, 0);
        let on_paper = if paper.is_empty() { String::new() } else { self.paper.quote(&paper, 0) };
        Difference {
            kind: DifferenceKind::Field,
            field: Some(field_name(field.id)),
            electronic: Some(cut(if electronic.is_empty() { &field.reading.raw } else { &electronic })),
            paper: Some(cut(&on_paper)),
            at: self.at(&field.range),
            paper_at: self.paper_at(&paper),
        }
    }

    fn of_words(&self, hunk: &Hunk) -> Difference {
        // Words that the other side has not at all have no neighbourhood worth showing.
        const A_PASSAGE: usize = 24;
        let quote = |stream: &Stream<'_>, own: &Range<usize>, other: &Range<usize>| {
            let absent = own.is_empty() && other.len() >= A_PASSAGE;
            (!absent).then(|| cut(&stream.quote(own, AROUND))).filter(|words| !words.is_empty())
        };
        Difference {
            kind: DifferenceKind::Text,
            field: None,
            electronic: quote(self.electronic, &hunk.a, &hunk.b),
            paper: quote(self.paper, &hunk.b, &hunk.a),
            at: self.at(&hunk.a),
            paper_at: self.paper_at(&hunk.b),
        }
    }

    fn at(&self, range: &Range<usize>) -> Evidence {
        let file = self.dossier.file(self.doc).map_or("", |file| file.path.as_str());
        let Some(source) = self.electronic.source(range.start) else { return Evidence { file: Some(file.to_owned()), ..Evidence::default() } };
        let page = self.electronic.page(range.start);
        Evidence { page, ..Evidence::at(file, &source.block.at, &cut(&self.electronic.quote(range, AROUND))) }
    }

    fn paper_at(&self, range: &Range<usize>) -> Evidence {
        let Some(source) = self.paper.source(range.start) else { return Evidence::default() };
        let name = self.scans.get(source.number as usize).map_or("", |scan| scan.name.as_str());
        let page = self.paper.page(range.start).or(Some(1));
        Evidence { page, ..Evidence::at(name, &source.block.at, &cut(&self.paper.quote(range, AROUND))) }
    }
}

/// Two changes as one, where the quote of the first would already show the second.
fn join(first: &Hunk, second: &Hunk) -> Option<Hunk> {
    let near = |a: &Range<usize>, b: &Range<usize>| a.end <= b.start && b.start - a.end <= AROUND;
    (near(&first.a, &second.a) && near(&first.b, &second.b)).then_some(Hunk { a: first.a.start..second.a.end, b: first.b.start..second.b.end })
}

struct Field<'a> {
    id: FieldId,
    reading: &'a Reading,
    range: Range<usize>,
}

/// Whether a difference lies in a field's words; an addition must stand within them.
fn touches(field: &Range<usize>, hunk: &Range<usize>) -> bool {
    if hunk.is_empty() { field.start < hunk.start && hunk.start < field.end } else { field.start < hunk.end && hunk.start < field.end }
}

fn cut(text: &str) -> String {
    if text.chars().count() <= LONGEST { text.to_owned() } else { text.chars().take(LONGEST).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_beside_each_other_are_one_and_apart_are_two() {
        let at = |a: Range<usize>, b: Range<usize>| Hunk { a, b };
        let joined = join(&at(10..12, 10..12), &at(15..16, 15..17));
        assert!(joined.is_some_and(|hunk| (hunk.a, hunk.b) == (10..16, 10..17)));
        assert!(join(&at(10..12, 10..12), &at(15..16, 60..61)).is_none());
        assert!(join(&at(10..12, 10..12), &at(40..41, 15..16)).is_none());
    }

    #[test]
    fn a_letter_of_a_font_of_signs_is_a_tick_only_against_a_tick() {
        assert!(is_tick("☑", "R") && is_tick("☑", "") && is_tick("r", "☑"));
        assert!(!is_tick("R", "S") && !is_tick("☑", "3") && !is_tick("", ""));
    }
}
