//! What a piece of evidence looks like in its file: the paragraph with its neighbours, the rows of a table, or the
//! picture of the page. Made while a dossier's documents are in memory; bounded in number and size.
//!
//! | file | idea |
//! |---|---|
//! | `text` | paragraphs and table rows around the quoted words |
//! | `picture` | which pages are drawn, and where on them the evidence stands |
//! | `album` | pictures on their way into OUT |
mod album;
mod picture;
mod text;

use crate::draw::Painter;
use crate::model::{DocId, Dossier, Evidence, Format, Span, Verdict};
use crate::screen::Screened;
use std::collections::HashMap;

pub use album::{Album, is_ours as is_picture};

/// Excerpts of one dossier; a dossier has some sixty findings.
const MOST: usize = 400;

/// A stretch of text, its quoted words apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Passage {
    pub before: String,
    pub marked: String,
    pub after: String,
    /// Columns that a table cell covers.
    pub columns: u32,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Excerpt {
    Paragraphs(Vec<Passage>),
    Rows(Vec<Vec<Passage>>),
    Picture {
        /// File name within the dossier's folder of pictures.
        name: String,
        width: u32,
        height: u32,
        /// Left, top, width and height of the evidence, in percent of the picture.
        mark: Option<[f32; 4]>,
    },
}

/// The excerpts of one dossier.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Excerpts {
    all: Vec<(Evidence, Excerpt)>,
    by_span: HashMap<Span, usize>,
    by_place: HashMap<Place, usize>,
}

/// Evidence without words: a whole file, or a place on a page.
type Place = (String, Option<u32>, Option<[u32; 4]>);

fn place_of(at: &Evidence) -> Option<Place> {
    let is_place = at.list.is_none() && at.dossier.is_none() && (at.quote.is_none() || at.rect.is_some());
    is_place.then(|| at.file.clone()).flatten().map(|file| (file, at.page, at.rect.map(|rect| rect.map(f32::to_bits))))
}

impl Excerpts {
    /// The number of the excerpt that shows a piece of evidence.
    pub fn of(&self, at: &Evidence) -> Option<usize> {
        match &at.span {
            Some(span) => self.by_span.get(span).copied(),
            None => self.by_place.get(&place_of(at)?).copied(),
        }
    }

    /// In order of their numbers, which count from 0.
    pub fn all(&self) -> &[(Evidence, Excerpt)] {
        &self.all
    }

    /// File names of the pictures, without repeats.
    pub fn pictures(&self) -> Vec<&str> {
        let names = self.all.iter().filter_map(|(_, excerpt)| if let Excerpt::Picture { name, .. } = excerpt { Some(name.as_str()) } else { None });
        let mut names: Vec<&str> = names.collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    fn add(&mut self, at: &Evidence, excerpt: Excerpt) {
        let n = self.all.len();
        match (&at.span, place_of(at)) {
            (Some(span), _) => _ = self.by_span.insert(*span, n),
            (None, Some(place)) => _ = self.by_place.insert(place, n),
            (None, None) => return,
        }
        self.all.push((at.clone(), excerpt));
    }
}

/// How excerpts are made.
#[derive(Debug)]
pub struct Maker {
    /// Draws pages and keeps their pictures; without it there are words only.
    pub pictures: Option<(Painter, Album)>,
}

/// The bytes of the files that may be drawn, by path.
pub type Sources = HashMap<String, Vec<u8>>;

/// One piece of evidence to show.
struct Wanted<'a> {
    at: &'a Evidence,
    doc: DocId,
    /// A person looks at it: its page is worth a picture.
    is_open: bool,
}

impl Maker {
    /// Makes the excerpts of a dossier: of what fails or awaits a person first, then of everything else.
    pub fn make(&self, dossier: &Dossier, screened: &Screened, sources: &Sources) -> Excerpts {
        let wanted = wanted(dossier, screened);
        let mut drawn = match &self.pictures {
            Some((painter, album)) => picture::draw(&wanted, dossier, sources, painter, album),
            None => HashMap::new(),
        };
        let mut excerpts = Excerpts::default();
        for (n, wanted) in wanted.iter().enumerate() {
            let excerpt = drawn.remove(&n).or_else(|| text::excerpt(dossier.document(wanted.doc)?, wanted.at.span));
            if let Some(excerpt) = excerpt {
                excerpts.add(wanted.at, excerpt);
            }
        }
        excerpts
    }
}

/// Every place that the dossier's findings, fields, agreements and events point at, once each.
fn wanted<'a>(dossier: &Dossier, screened: &'a Screened) -> Vec<Wanted<'a>> {
    let answers = || screened.answers.values().flatten();
    let is_open = |verdict: Verdict| !matches!(verdict, Verdict::Pass | Verdict::NotApplicable);
    let mut order = [Verdict::Fail, Verdict::Human, Verdict::NotChecked]
        .map(|v| answers().filter(|a| a.verdict == v).flat_map(|a| &a.evidence).collect::<Vec<_>>())
        .concat();
    let open = order.len();
    order.extend(answers().filter(|a| !is_open(a.verdict)).flat_map(|a| &a.evidence));
    let (record, summary) = (&screened.record, &screened.summary);
    order.extend(summary.applicant.iter().chain(&summary.project).chain(&summary.partners).map(|named| &named.at));
    order.extend(record.fields.values().flatten().map(|reading| &reading.evidence));
    order.extend(
        record.agreements.iter().chain(&record.look_alikes).flat_map(|a| std::iter::once(&a.evidence).chain(a.amounts.iter().map(|amount| &amount.evidence))),
    );
    order.extend(record.events.iter().flat_map(|event| &event.evidence).map(|e| &e.at));
    let mut seen = std::collections::HashSet::new();
    let place = |at: &Evidence| match at.span {
        Some(span) => Some(span.doc),
        None if at.list.is_some() || at.dossier.is_some() => None,
        None => (0u32..).zip(&dossier.files).find(|(_, file)| Some(&file.path) == at.file.as_ref()).map(|(n, _)| DocId(n)),
    };
    let all = order.into_iter().enumerate().filter_map(|(n, at)| Some(Wanted { at, doc: place(at)?, is_open: n < open }));
    all.filter(|w| seen.insert((w.doc, w.at.span, place_of(w.at).filter(|_| w.at.span.is_none())))).take(MOST).collect()
}

/// Whether a file's bytes are needed for its excerpts.
pub fn keeps(format: Format) -> bool {
    crate::draw::can_draw(format)
}
