//! Documents to [`Facts`]: roles, fields, agreements, events. Knows no programme and no format.
//!
//! | file | what it finds |
//! |---|---|
//! | `view` | a document folded for matching, and its tables |
//! | `vocabulary` | the words under which forms ask for a field |
//! | `role` | what kind of paper each file is |
//! | `bound` | papers bound one behind the other in a file |
//! | `form` | the main form: fields, blanks, template leftovers, budget, members, tasks |
//! | `agreement` | agreements and look-alikes |
//! | `event` | academic and science-popularisation events over all files |
//! | `certificate` | assessment grades and yearly checks |
//! | `seal` | seals in ink and electronic ones |
pub mod agreement;
mod bound;
pub mod certificate;
pub mod event;
pub mod form;
mod lines;
pub mod role;
mod seal;
mod view;
mod vocabulary;

pub use seal::seals;
pub use view::{Cell, Table, View};
pub use vocabulary::Vocabulary;

use crate::model::{AmountPair, DocId, Document, Facts, FieldId, SourceFile};
use std::collections::BTreeSet;

/// Everything the dossier's documents say; `documents` has one entry a file, in the same order.
pub fn facts(files: &[SourceFile], documents: &[Document], vocabulary: &Vocabulary) -> Facts {
    let documents: Vec<_> = documents.iter().map(|document| form::without_glosses(document, vocabulary.lexicon())).collect();
    let mut views: Vec<View<'_>> = (0u32..).zip(files.iter().zip(&documents)).map(|(n, (file, document))| View::new(DocId(n), file, document)).collect();
    role::assign(&mut views, vocabulary);
    let mut facts = Facts { roles: views.iter().map(|v| v.role).collect(), ..Facts::default() };
    facts.bound = views.iter().flat_map(View::papers).cloned().collect();
    form::read(&views, vocabulary).into_facts(&mut facts);
    (facts.agreements, facts.look_alikes) = agreement::find(&views);
    facts.amount_pairs = once_each(std::mem::take(&mut facts.amount_pairs).into_iter().chain(agreement::amount_pairs(&views)));
    facts.events = event::find(&views, facts.first_text(FieldId::ApplicantName), &[]);
    facts.unread_event_days = event::unread_days(&views, &facts.events);
    facts.grades = certificate::grades(&views);
    facts.annual_checks = certificate::annual_checks(&views);
    facts
}

/// The files as checks see them: folded, with the roles that `facts` gave them.
pub fn views<'a>(files: &'a [SourceFile], documents: &'a [Document], facts: &Facts) -> Vec<View<'a>> {
    let each = (0u32..).map(DocId).zip(files.iter().zip(documents));
    each.map(|(id, (file, document))| View::new(id, file, document).with_role(facts.role(id))).collect()
}

/// Pairs that two readers found at one place count once.
fn once_each(pairs: impl Iterator<Item = AmountPair>) -> Vec<AmountPair> {
    let mut seen = BTreeSet::new();
    pairs.filter(|pair| seen.insert(pair.words.at.clone())).collect()
}
