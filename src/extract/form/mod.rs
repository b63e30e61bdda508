//! Reads application forms (申报书) of any programme.
//!
//! | file | idea |
//! |---|---|
//! | `label`, `words`, `lexicon`, `bracketed`, `compose`, `word_parts`, `gloss` | what a printed label means, and whose it is; what stands beside it and asks nothing |
//! | `walk`, `zone`, `owner`, `whose`, `chief` | the way through a form: where its parts begin, whose particulars follow |
//! | `looks`, `pending` | what a line is by its looks; the lines below a label that are its answer |
//! | `line`, `parted`, `caption`, `gaps`, `grid`, `table`, `pair_row`, `left_cell`, `side`, `heads`, `blocks`, `header`, `stacked`, `told_how`, `unit_line`, `keep`, `roles`, `bodies` | layouts: lines, cells, side labels, blocks side by side, header rows, each row's person |
//! | `section` | cover, instructions, headings, attachments, papers bound behind |
//! | `layout` | the form as pairs, records and lines |
//! | `tick`, `option_cells`, `letter` | groups of boxes, options with their mark in a cell of its own, lettered options |
//! | `value`, `contact`, `place`, `figures`, `opinion`, `hint`, `guess`, `claims`, `resolve` | answers normalised, what the form itself prints, what an unknown label must ask for, pairs to fields |
//! | `people`, `budget`, `asked`, `item_lines`, `item_pairs`, `levels`, `total_words`, `scale`, `amounts`, `attachments`, `cooperation`, `leftovers`, `dates`, `title` | the other facts |
mod amounts;
mod asked;
mod attachments;
mod blocks;
mod bodies;
mod bracketed;
mod budget;
mod caption;
mod chief;
mod claims;
mod compose;
mod contact;
mod cooperation;
mod dates;
mod figures;
mod gaps;
mod gloss;
mod grid;
mod guess;
mod header;
mod heads;
mod hint;
mod item_lines;
mod item_pairs;
mod keep;
mod label;
mod layout;
mod left_cell;
mod leftovers;
mod letter;
mod levels;
mod lexicon;
mod line;
mod looks;
mod opinion;
mod option_cells;
mod owner;
mod pair_row;
mod parted;
mod pending;
mod people;
mod person_line;
mod place;
mod resolve;
mod roles;
mod scale;
mod section;
mod side;
mod stacked;
mod table;
mod tick;
mod title;
mod told_how;
mod total_words;
mod unit_line;
mod value;
mod walk;
mod whose;
mod word_parts;
mod words;
mod zone;

pub use amounts::amount_pairs;
pub use dates::date_faults;
pub(super) use gloss::without_glosses;
pub(super) use label::enumerator;
pub(super) use layout::Layout;
pub use lexicon::Lexicon;
pub(super) use section::heads_attachments;
pub(super) use tick::choices;
pub use title::ends_with_form_word;

use super::{View, Vocabulary};
use crate::model::{AmountPair, Budget, DateFault, DocId, Facts, FieldId, FormFacts, Person, Place, Read, Reading, Role, Sourced, Value};
use std::collections::{BTreeMap, BTreeSet};

/// What the dossier's form, and the papers beside it, say.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FormRead {
    pub form: FormFacts,
    pub fields: BTreeMap<FieldId, Vec<Reading>>,
    pub members: Vec<Person>,
    pub experts: Vec<Person>,
    pub tasks: Vec<Sourced<String>>,
    pub budgets: Vec<Budget>,
    pub amount_pairs: Vec<AmountPair>,
    pub date_faults: Vec<DateFault>,
}

/// Labels found in a document: how many different fields, and whether it asks for a project's name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LabelCount {
    pub fields: usize,
    pub project: bool,
}

pub fn label_count(view: &View<'_>, lexicon: &Lexicon) -> LabelCount {
    let layout = view.layout(lexicon);
    let fields: BTreeSet<FieldId> = layout.pairs.iter().filter_map(|p| p.sense?.field).collect();
    LabelCount { fields: fields.len(), project: fields.contains(&FieldId::ProjectName) }
}

/// Blank share below which a form counts as an unfilled template, in per cent of its labels.
const FILLED_AT_LEAST: usize = 15;

/// Reads the form and what the other files say about its fields. Roles must be assigned.
pub fn read(views: &[View<'_>], vocabulary: &Vocabulary) -> FormRead {
    let lexicon = vocabulary.lexicon();
    let mut out = FormRead::default();
    let forms: Vec<&View<'_>> = views.iter().filter(|v| v.role == Role::ApplicationForm).collect();
    let readable: Vec<&View<'_>> = forms.iter().copied().filter(|v| v.document.read != Read::None && !v.text.trim().is_empty()).collect();
    let readable = without_scanned_copies(readable, lexicon);
    let candidates = if readable.is_empty() { &forms } else { &readable };
    out.form.candidates = candidates.iter().map(|v| v.id).collect();
    out.form.doc = match candidates.as_slice() {
        [only] => Some(only.id),
        _ => None,
    };
    let main: Option<DocId> = readable.first().map(|v| v.id);
    for view in &readable {
        one_form(view, lexicon, Some(view.id) == main, &mut out);
    }
    for view in views {
        match view.role {
            Role::ApplicationForm => {}
            Role::Photo => {}
            _ => other_file(view, lexicon, &mut out),
        }
        if matches!(view.role, Role::ApplicationForm | Role::Agreement | Role::EventNotice) {
            out.date_faults.extend(date_faults(view));
        }
        if view.role == Role::ApplicationForm {
            out.amount_pairs.extend(amount_pairs(view));
        }
    }
    reversed_period(&mut out);
    out
}

/// Likeness of two project names from which on a recognised form is a scan of the one beside it, 0 to 1.
const SAME_PROJECT: f64 = 0.8;

/// The forms without scans of one of them: the stamped print of a form, recognised, is no second application.
fn without_scanned_copies<'v, 'a>(forms: Vec<&'v View<'a>>, lexicon: &Lexicon) -> Vec<&'v View<'a>> {
    let is_scan = |view: &View<'_>| view.document.blocks.iter().filter(|b| b.kind.is_body() && !b.text.trim().is_empty()).all(|b| b.confidence.is_some());
    let (scans, typed): (Vec<&View<'_>>, Vec<&View<'_>>) = forms.iter().copied().partition(|view| is_scan(view));
    if scans.is_empty() || typed.is_empty() {
        return forms;
    }
    let project = |view: &View<'_>| -> Option<String> {
        let resolved = resolve::resolve(view, &Layout::new(view, lexicon));
        resolved.fields.get(&FieldId::ProjectName)?.iter().find_map(|r| Some(r.value.as_ref()?.text()?.to_owned()))
    };
    let printed: Vec<String> = typed.iter().filter_map(|view| project(view)).collect();
    let is_copy = |view: &View<'_>| project(view).is_some_and(|name| printed.iter().any(|p| crate::text::name::similarity(p, &name) >= SAME_PROJECT));
    forms.into_iter().filter(|view| !is_scan(view) || !is_copy(view)).collect()
}

fn one_form(view: &View<'_>, lexicon: &Lexicon, main: bool, out: &mut FormRead) {
    let layout = view.layout(lexicon);
    let mut resolved = resolve::resolve(view, layout);
    let people = people::people(view, layout);
    let budgets = budget::budgets(view, layout);
    if !people.readings.is_empty() {
        resolved.fields.insert(FieldId::Members, people.readings);
        resolved.blanks.retain(|b| b.field != Some(FieldId::Members));
    }
    for (field, reading) in people.leader {
        let readings = resolved.fields.entry(field).or_default();
        if readings.iter().all(|r| r.value.is_none()) {
            readings.push(reading);
        }
    }
    // a part of the money under a label that may mean the whole gives way to the total of the budget
    if !resolved.tells_part && !budgets.totals.is_empty() && resolved.unsure.contains(&FieldId::BudgetTotal) {
        resolved.fields.remove(&FieldId::BudgetTotal);
    }
    let is_told = resolved.fields.get(&FieldId::BudgetTotal).is_some_and(|readings| readings.iter().any(|r| r.value.is_some()));
    let in_lines = budgets.in_lines.iter().take(1).filter(|_| !is_told && budgets.totals.is_empty());
    for asked::Told { label, sum } in budgets.totals.iter().chain(&budgets.asked).chain(in_lines) {
        let raw = resolve::joined(view, &sum.at);
        let readings = resolved.fields.entry(FieldId::BudgetTotal).or_default();
        if !readings.iter().any(|r| r.at == sum.at) {
            readings.push(Reading { value: Some(Value::Fen(sum.value)), raw, label: label.clone(), place: Place::Table, at: sum.at.clone() });
        }
    }
    for (field, mut readings) in resolved.fields.into_iter().filter(|(_, readings)| !readings.is_empty()) {
        readings.sort_by_key(|r| r.at.first().map(|s| (s.block, s.start)));
        if !main {
            readings.iter_mut().for_each(|r| r.place = Place::Attachment);
        }
        out.fields.entry(field).or_default().extend(readings);
    }
    if !main {
        return;
    }
    out.members = people.members;
    out.experts.extend(people.experts);
    out.tasks.extend(people.tasks);
    out.budgets = budgets.budgets;
    out.amount_pairs.extend(budgets.pairs);
    let partners = out.fields.get(&FieldId::Partner).map_or(&[][..], Vec::as_slice);
    let title = title::title(view, layout);
    let form = &mut out.form;
    form.years = title::years(view, layout, title.as_ref());
    form.printed_in = title::printed_in(view, layout);
    form.title = title;
    form.blanks = resolved.blanks;
    form.unticked = resolved.unticked;
    form.leftovers = leftovers::leftovers(view, layout);
    form.attachments = attachments::attachments(view, layout);
    form.cooperation = cooperation::cooperation(view, layout, partners);
    form.stands_in = super::role::is_another(view);
    form.is_blank_template = resolved.asked >= 5 && resolved.answered * 100 < resolved.asked * FILLED_AT_LEAST;
}

/// Papers beside the form: only what is surely about the project, and lists of experts.
fn other_file(view: &View<'_>, lexicon: &Lexicon, out: &mut FormRead) {
    if view.document.read == Read::None {
        return;
    }
    let layout = view.layout(lexicon);
    let people = people::people(view, layout);
    let expert_file = view.name().contains("专家") || view.text.chars().take(60).collect::<String>().contains("专家");
    if matches!(view.role, Role::List | Role::Other | Role::Report | Role::Plan) {
        out.tasks.extend(people.tasks);
        out.experts.extend(people.experts);
        if expert_file {
            out.experts.extend(people.members);
        }
    }
    if !matches!(view.role, Role::Agreement | Role::Report | Role::Plan | Role::Budget | Role::Other) {
        return;
    }
    let resolved = resolve::resolve(view, layout);
    for (field, readings) in resolved.fields {
        let about_project = |r: &Reading| match field {
            FieldId::ProjectName => {
                let key = label::label_key(&r.label);
                key.starts_with("项目名称") || key.starts_with("课题名称")
            }
            FieldId::ApplicantName => {
                let key = label::label_key(&r.label);
                key.starts_with("申报") || key.starts_with("申请") || key.contains("承担单位")
            }
            FieldId::Leader => {
                let key = label::label_key(&r.label);
                (key.starts_with("项目负责人") || key.starts_with("课题负责人")) && view.role != Role::Agreement
            }
            _ => false,
        };
        for mut reading in readings.into_iter().filter(|r| about_project(r)) {
            reading.place = Place::Attachment;
            out.fields.entry(field).or_default().push(reading);
        }
    }
}

/// A period whose two ends stand under labels of their own.
fn reversed_period(out: &mut FormRead) {
    let date = |field: FieldId| -> Option<Sourced<crate::text::date::PartialDate>> {
        let reading = out.fields.get(&field)?.iter().find(|r| r.value.is_some())?;
        let date = crate::text::date::PartialDate::try_from(reading.value.as_ref()?.text()?.to_owned()).ok()?;
        Some(Sourced::new(date, reading.at.clone()))
    };
    let (Some(from), Some(to)) = (date(FieldId::PeriodFrom), date(FieldId::PeriodTo)) else { return };
    let (Some(first), Some(last)) = (from.value.first_day(), to.value.last_day()) else { return };
    let known = out.date_faults.iter().any(|f| matches!(f, DateFault::Reversed { from: f, to: t } if f.value == from.value && t.value == to.value));
    if last < first && !known {
        out.date_faults.push(DateFault::Reversed { from, to });
    }
}

impl FormRead {
    /// Puts what the form says into the dossier's facts.
    pub fn into_facts(self, facts: &mut Facts) {
        facts.form = self.form;
        facts.fields = self.fields;
        facts.members = self.members;
        facts.experts = self.experts;
        facts.tasks = self.tasks;
        facts.budgets = self.budgets;
        facts.amount_pairs = self.amount_pairs;
        facts.date_faults = self.date_faults;
    }
}
