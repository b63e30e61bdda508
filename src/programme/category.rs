//! Which category a dossier applies for: printed names, ticked boxes, and the title of the form.
use super::Programme;
use super::file::ProgrammeFile;
use crate::extract::View;
use crate::model::{CategoryFound, CategoryId, Facts, FieldId, NamedCategory, Place, Pointer};
use crate::text::Folded;
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

type Ids = BTreeSet<CategoryId>;

/// Every printed name with the categories it can mean: one for a category, several for a class (服务专项).
#[derive(Debug, Clone)]
pub(super) struct Names {
    full: Dictionary,
    /// With the short names that only count where a category is asked for.
    asked: Dictionary,
}

#[derive(Debug, Clone)]
struct Dictionary {
    means: BTreeMap<String, Ids>,
    /// Longest first, so that 科技创新智库建设特色学会 is never read as 科技创新智库.
    pattern: Option<Regex>,
}

impl Names {
    /// What a title or a file name says; where it only names a class, its short names narrow it.
    fn title(&self, text: &str) -> Option<Ids> {
        let ids = self.full.read(text)?;
        if ids.len() == 1 {
            return Some(ids);
        }
        Some(self.asked.read(text).filter(|narrow| narrow.is_subset(&ids)).unwrap_or(ids))
    }

    pub(super) fn new(file: &ProgrammeFile) -> Self {
        let mut full: BTreeMap<String, Ids> = BTreeMap::new();
        for group in &file.groups {
            let ids: Ids = file.categories.iter().filter(|c| c.group == group.name).map(|c| c.id.clone()).collect();
            for name in group.aliases.iter().chain([&group.name]) {
                full.entry(fold(name)).or_default().extend(ids.iter().cloned());
            }
        }
        for category in &file.categories {
            for name in category.aliases.iter().chain([&category.title]) {
                full.entry(fold(name)).or_default().insert(category.id.clone());
            }
        }
        let mut asked = full.clone();
        for category in &file.categories {
            for name in &category.short {
                asked.entry(fold(name)).or_default().insert(category.id.clone());
            }
        }
        Self { full: Dictionary::new(full), asked: Dictionary::new(asked) }
    }
}

fn fold(name: &str) -> String {
    Folded::tight(name).text
}

impl Dictionary {
    fn new(means: BTreeMap<String, Ids>) -> Self {
        let mut names: Vec<&String> = means.keys().filter(|name| !name.is_empty()).collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        let pattern = names.iter().map(|name| regex::escape(name)).collect::<Vec<_>>().join("|");
        Self { pattern: Regex::new(&pattern).ok().filter(|_| !means.is_empty()), means }
    }

    /// What a text says: the ticked options where there are boxes, else every name that can hold together.
    /// `None` where it names nothing, or only prints the list of options.
    fn read(&self, raw: &str) -> Option<Ids> {
        let folded = Folded::tight(raw);
        let pattern = self.pattern.as_ref()?;
        let found: Vec<(Range<usize>, &Ids)> =
            pattern.find_iter(&folded.text).filter_map(|m| Some((folded.raw(m.range()), self.means.get(m.as_str())?))).collect();
        let places: Vec<Range<usize>> = found.iter().map(|(range, _)| range.clone()).collect();
        let chosen: Vec<&Ids> = match ticks(raw, &places) {
            Some(ticked) => found.iter().zip(ticked).filter(|(_, ticked)| *ticked).map(|((_, ids), _)| *ids).collect(),
            None => found.into_iter().map(|(_, ids)| ids).collect(),
        };
        let mut chosen = chosen.into_iter();
        let first = chosen.next()?.clone();
        let both = chosen.fold(first, |all, ids| all.intersection(ids).cloned().collect());
        (!both.is_empty()).then_some(both)
    }
}

/// Which options are ticked; `None` where there are no boxes at all, or no telling which option they belong to.
fn ticks(raw: &str, options: &[Range<usize>]) -> Option<Vec<bool>> {
    let before: Vec<Option<Mark>> = options.iter().map(|o| mark_before(&raw[..o.start])).collect();
    let after: Vec<Option<Mark>> = options.iter().map(|o| mark_after(&raw[o.end..])).collect();
    let any = |marks: &[Option<Mark>]| marks.iter().any(Option::is_some);
    if !any(&before) && !any(&after) {
        return None;
    }
    let leads = before.first().is_some_and(Option::is_some);
    let trails = after.last().is_some_and(Option::is_some);
    let touching = |marks: &[Option<Mark>]| marks.iter().flatten().filter(|mark| mark.touches).count();
    let marks = match (leads, trails) {
        (true, _) => before,
        (false, true) => after,
        (false, false) if touching(&before) > touching(&after) => before,
        (false, false) if touching(&after) > touching(&before) => after,
        (false, false) => return None,
    };
    Some(marks.into_iter().map(|mark| mark.is_some_and(|mark| mark.ticked)).collect())
}

#[derive(Debug, Clone, Copy)]
struct Mark {
    ticked: bool,
    /// No blank between it and the option.
    touches: bool,
}

/// What a tick box looks like, drawn, typed or taken from a symbol font. Private characters are those of
/// Wingdings and Wingdings 2 as word processors store them.
fn tick(c: char) -> Option<bool> {
    match c {
        '☑' | '☒' | '■' | '▣' | '✓' | '✔' | '√' | '✅' | '●' | '◉' | '⊠' | '★' | '◼' | '◾' | '⬛' => Some(true),
        '\u{f052}' | '\u{f0fe}' | '\u{f0fd}' | '\u{f0fc}' | '\u{f050}' | 'R' => Some(true),
        '□' | '☐' | '○' | '〇' | '◯' | '口' | '囗' | '◻' | '▢' | '◽' | '⬜' | '❑' | '❒' | '£' => Some(false),
        '\u{f0a8}' | '\u{f0a3}' | '\u{f06f}' | '\u{f071}' | '\u{f072}' => Some(false),
        _ => None,
    }
}

/// `(√)`, `[x]`, `（ ）`: what the brackets hold.
fn bracketed(inner: &str) -> Option<bool> {
    let inner: Vec<char> = inner.chars().filter(|c| !c.is_whitespace()).collect();
    match inner.as_slice() {
        [] => Some(false),
        ['x' | 'X' | 'v' | 'V' | 'Ⅴ' | '是'] => Some(true),
        ['否'] => Some(false),
        [one] => tick(*one),
        _ => None,
    }
}

fn mark_before(text: &str) -> Option<Mark> {
    let unquoted = text.trim_end_matches(['“', '"', '《', '「']);
    let bare = unquoted.trim_end();
    let touches = bare.len() == unquoted.len();
    let last = bare.chars().next_back()?;
    if matches!(last, ')' | '）' | ']' | '］' | '】') {
        let inner = &bare[..bare.len() - last.len_utf8()];
        let open = inner.char_indices().rev().take(5).find(|(_, c)| matches!(c, '(' | '（' | '[' | '［' | '【'))?;
        return bracketed(&inner[open.0 + open.1.len_utf8()..]).map(|ticked| Mark { ticked, touches });
    }
    tick(last).map(|ticked| Mark { ticked, touches })
}

fn mark_after(text: &str) -> Option<Mark> {
    let unquoted = text.trim_start_matches(['”', '"', '》', '」']);
    let bare = unquoted.trim_start();
    let touches = bare.len() == unquoted.len();
    let first = bare.chars().next()?;
    if matches!(first, '(' | '（' | '[' | '［' | '【') {
        let inner = &bare[first.len_utf8()..];
        let close = inner.char_indices().take(5).find(|(_, c)| matches!(c, ')' | '）' | ']' | '］' | '】'))?;
        return bracketed(&inner[..close.0]).map(|ticked| Mark { ticked, touches });
    }
    tick(first).map(|ticked| Mark { ticked, touches })
}

/// One place that says something about the category.
struct Statement {
    ids: Ids,
    at: Vec<Pointer>,
}

impl Programme {
    /// The category a dossier applies for.
    ///
    /// The category cells and the title of the main form must agree; a class named in one (服务专项) is narrowed by the
    /// other. Where they say nothing, the head of the form and then its file name are asked. Two that exclude each
    /// other give no category and both names.
    pub fn category_of(&self, facts: &Facts, views: &[View<'_>]) -> CategoryFound {
        let mut said = self.stated(facts);
        let form = facts.form.doc.or_else(|| facts.form.candidates.first().copied());
        let view = form.and_then(|doc| views.iter().find(|view| view.id == doc));
        if let Some(view) = view {
            let head_end = view.text.char_indices().nth(600).map_or(view.text.len(), |(at, _)| at);
            let head = self.names.title(&view.text[..head_end]).map(|ids| Statement { ids, at: vec![Pointer::File(view.id)] });
            let name = self.names.title(view.name()).map(|ids| Statement { ids, at: vec![Pointer::File(view.id)] });
            for hint in [head, name].into_iter().flatten() {
                let open = common(&said);
                if open.as_ref().is_none_or(|ids| ids.len() > 1 && !ids.is_disjoint(&hint.ids)) {
                    said.push(hint);
                }
            }
        }
        found(&said)
    }

    /// What the form's category cells and its title say.
    fn stated(&self, facts: &Facts) -> Vec<Statement> {
        let points = |spans: &[crate::model::Span]| spans.iter().copied().map(Pointer::Span).collect();
        let mut said = Vec::new();
        for reading in facts.readings(FieldId::Category).iter().filter(|reading| reading.place != Place::Attachment) {
            let value = reading.value.as_ref().and_then(|value| value.text());
            let read = self.names.asked.read(&reading.raw).or_else(|| self.names.asked.read(value?));
            said.extend(read.map(|ids| Statement { ids, at: points(&reading.at) }));
        }
        if let Some(title) = &facts.form.title {
            said.extend(self.names.title(&title.value).map(|ids| Statement { ids, at: points(&title.at) }));
        }
        said
    }
}

/// What all statements allow; `None` where there is no statement.
fn common(said: &[Statement]) -> Option<Ids> {
    let mut sets = said.iter().map(|statement| &statement.ids);
    let first = sets.next()?.clone();
    Some(sets.fold(first, |all, ids| all.intersection(ids).cloned().collect()))
}

fn found(said: &[Statement]) -> CategoryFound {
    let allowed = common(said).unwrap_or_default();
    let mut named: BTreeMap<CategoryId, Vec<Pointer>> = BTreeMap::new();
    for statement in said {
        for id in &statement.ids {
            if allowed.is_empty() || allowed.contains(id) {
                named.entry(id.clone()).or_default().extend(statement.at.iter().cloned());
            }
        }
    }
    let id = if allowed.len() == 1 { allowed.into_iter().next() } else { None };
    CategoryFound { id, named: named.into_iter().map(|(id, at)| NamedCategory { id, at }).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Reading, Sourced, Value};
    use crate::programme::builtin;

    fn category(cells: &[&str], title: &str) -> Result<String, Vec<String>> {
        let mut facts = Facts::default();
        let readings = cells
            .iter()
            .map(|raw| Reading {
                value: Some(Value::Text((*raw).into())), raw: (*raw).into(), label: "项目类别".into(), place: Place::Table, at: Vec::new()
            })
            .collect();
        facts.fields.insert(FieldId::Category, readings);
        facts.form.title = (!title.is_empty()).then(|| Sourced::new(title.to_owned(), Vec::new()));
        let found = builtin().category_of(&facts, &[]);
        found.id.map(|id| id.0).ok_or_else(|| found.named.into_iter().map(|named| named.id.0).collect())
    }

    #[test]
    fn the_longest_name_wins() {
        assert_eq!(category(&["科技创新智库建设特色学会"], ""), Ok("B1".into()));
        assert_eq!(category(&["科技创新智库项目"], ""), Ok("C2".into()));
        assert_eq!(category(&["学术和科技服务特色学会"], ""), Ok("B2".into()));
        assert_eq!(category(&["科 技 服 务 项 目"], ""), Ok("C1".into()));
        assert_eq!(category(&["科普创新特色学会"], ""), Ok("B3".into()));
    }

    #[test]
    fn a_class_is_narrowed_by_what_stands_beside_it() {
        assert_eq!(category(&["服务专项"], "2022年度提升计划科技服务项目申报书"), Ok("C1".into()));
        assert_eq!(category(&["服务专项（科技创新智库）"], ""), Ok("C2".into()));
        assert_eq!(category(&["创新特色学会—科技创新智库建设"], ""), Ok("B1".into()));
        assert_eq!(category(&["科技创新智库"], ""), Err(vec!["B1".into(), "C2".into()]));
        assert_eq!(category(&[], "服务专项（科技服务）项目申报书"), Ok("C1".into()));
        assert_eq!(category(&["一流学会"], "提升学会服务科技创新能力计划项目申报书"), Ok("A".into()));
    }

    #[test]
    fn a_ticked_option_is_chosen_from_the_printed_list() {
        let all = "□一流学会建设 □科技创新智库建设特色学会 □学术和科技服务特色学会 ☑科普特色学会 □科技服务项目 □科技创新智库项目";
        assert_eq!(category(&[all], ""), Ok("B3".into()));
        assert_eq!(category(&["一流学会建设□ 科技服务项目√ 科技创新智库项目□"], ""), Ok("C1".into()));
        assert_eq!(category(&["科技服务项目（√） 科技创新智库项目（  ）"], ""), Ok("C1".into()));
        assert_eq!(category(&["□科技服务项目 \u{f052}科技创新智库项目"], ""), Ok("C2".into()));
        assert_eq!(category(&["口科技服务项目 ■科技创新智库项目"], ""), Ok("C2".into()));
        assert_eq!(category(&["科技服务项目 √科技创新智库项目 一流学会建设"], ""), Ok("C2".into()));
        assert_eq!(category(&["☑服务专项：☑科技服务项目 □科技创新智库项目 □创新特色学会 □一流学会"], ""), Ok("C1".into()));
    }

    #[test]
    fn an_unticked_list_says_nothing_and_a_contradiction_says_both() {
        assert_eq!(category(&["□科技服务项目 □科技创新智库项目"], ""), Err(vec![]));
        assert_eq!(category(&["一流学会建设、科技服务项目、科技创新智库项目"], ""), Err(vec![]));
        assert_eq!(category(&["科技服务项目"], "科技创新智库项目申报书"), Err(vec!["C1".into(), "C2".into()]));
        assert_eq!(category(&["应用研究"], ""), Err(vec![]));
    }
}
