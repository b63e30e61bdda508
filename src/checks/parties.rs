//! Agreements and who signed them: which of them concern this application, and how their parties match the form.
use super::Case;
use super::alike::{pair_overlap, similarity};
use crate::model::{Agreement, FieldId, Party, Place, Pointer, Role, Span};
use crate::text::name::org_key;
use crate::text::tight;

/// Names at least this alike may be one organisation written in two ways.
const ALIKE: f64 = 0.75;

/// How a printed name relates to the names looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    None,
    Near,
    Same,
}

/// The best match of a name among keys of [`org_key`].
pub fn matches(name: &str, keys: &[String]) -> Match {
    let own = org_key(name);
    if own.is_empty() {
        return Match::None;
    }
    if keys.contains(&own) {
        return Match::Same;
    }
    let near = |key: &String| own.contains(key.as_str()) || key.contains(&own) || similarity(&own, key) >= ALIKE || short_of(&own, key);
    if keys.iter().any(near) { Match::Near } else { Match::None }
}

/// Whether one name abbreviates the other (徐州云帆 for 徐州云帆科技有限公司).
fn short_of(a: &str, b: &str) -> bool {
    let (short, long) = if a.chars().count() <= b.chars().count() { (a, b) } else { (b, a) };
    short.chars().count() >= 4 && pair_overlap(short, long) >= 0.99
}

/// The partners that the form names, as keys.
pub fn partner_keys(case: &Case<'_>) -> Vec<String> {
    let readings = case.facts().readings(FieldId::Partner).iter().filter(|reading| reading.place != Place::Attachment);
    let texts = readings.filter_map(|reading| reading.value.as_ref()?.text());
    let mut keys: Vec<String> = texts.flat_map(split).map(|name| org_key(&name)).filter(|key| is_named(key)).collect();
    keys.sort();
    keys.dedup();
    keys
}

/// Where the form names its partners.
pub fn partner_places(case: &Case<'_>) -> Vec<Span> {
    let readings = case.facts().readings(FieldId::Partner).iter().filter(|reading| reading.place != Place::Attachment);
    let named =
        readings.filter(|reading| reading.value.as_ref().and_then(|v| v.text()).is_some_and(|text| split(text).iter().any(|name| is_named(&org_key(name)))));
    named.flat_map(|reading| reading.at.iter().copied()).collect()
}

/// The names in a cell that may hold several.
pub fn split(text: &str) -> Vec<String> {
    text.split(['、', ';', '；', ',', '，', '\n', '/']).map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

/// 无, 暂无, / and the like name nobody.
pub fn is_named(key: &str) -> bool {
    !matches!(key, "" | "无" | "暂无" | "没有" | "/" | "-" | "--" | "无合作单位" | "不涉及" | "none")
}

/// Whether a party is the applicant.
pub fn is_applicant(case: &Case<'_>, party: &Party) -> Match {
    matches(&party.name, &case.applicant_keys())
}

/// The agreements that the rules on their content look at: those between the applicant and a named partner; without
/// such, those of the applicant; without these, all.
pub fn relevant<'a>(case: &Case<'a>) -> Vec<&'a Agreement> {
    let all: Vec<&Agreement> = case.facts().agreements.iter().collect();
    let partners = partner_keys(case);
    let of = |wanted: &dyn Fn(&&&Agreement) -> bool| -> Vec<&'a Agreement> { all.iter().filter(wanted).copied().collect() };
    let with_applicant = |a: &&&Agreement| a.parties.iter().any(|party| is_applicant(case, party) != Match::None);
    let with_partner = |a: &&&Agreement| with_applicant(a) && a.parties.iter().any(|party| matches(&party.name, &partners) != Match::None);
    let best = of(&with_partner);
    if !best.is_empty() {
        return best;
    }
    let best = of(&with_applicant);
    if best.is_empty() { all } else { best }
}

/// Whether two agreements bind the same parties: one may go on with the other.
pub fn same_parties(a: &Agreement, b: &Agreement) -> bool {
    let keys = |agreement: &Agreement| {
        let mut keys: Vec<String> = agreement.parties.iter().map(|party| org_key(&party.name)).filter(|key| !key.is_empty()).collect();
        keys.sort();
        keys.dedup();
        keys
    };
    let own = keys(a);
    own.len() >= 2 && own == keys(b)
}

/// Where an agreement begins.
pub fn place(agreement: &Agreement) -> Vec<Pointer> {
    match (agreement.at.first(), agreement.doc) {
        (Some(span), _) => vec![Pointer::Span(*span)],
        (None, Some(doc)) => vec![Pointer::File(doc)],
        (None, None) => Vec::new(),
    }
}

/// The parties' names for a sentence.
pub fn shown(agreement: &Agreement) -> String {
    let named: Vec<&str> = agreement.parties.iter().map(|party| party.name.as_str()).filter(|name| !name.is_empty()).collect();
    if named.is_empty() { "（未读到）".to_owned() } else { named.into_iter().take(6).map(super::alike::shown).collect::<Vec<_>>().join("、") }
}

/// Files that could hold an agreement.
pub const COULD_HOLD: [Role; 1] = [Role::Agreement];

/// Whether a name is that of a body of the party or the government, by its ending.
pub fn is_body(name: &str, endings: &[String]) -> bool {
    let name = tight(name);
    endings.iter().any(|ending| name.ends_with(ending.as_str()))
}
