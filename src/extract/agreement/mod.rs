//! Agreements between the applicant and those it serves, and papers that only look like one.
//!
//! | file | what it finds |
//! |---|---|
//! | `title` | titles, told from sentences about agreements |
//! | `part` | where an agreement begins and ends within a file |
//! | `side` | what a paper calls its parties |
//! | `party` | the parties and their names |
//! | `sign` | the signature block, who signed and when |
//! | `term` | the day of signing and the term |
//! | `duty` | whose responsibilities, rights and duties are stated |
//! | `money` | contractual amounts, figures beside capital numerals |
mod duty;
mod money;
mod part;
mod party;
mod side;
mod sign;
mod term;
mod title;

use super::View;
use crate::model::{Agreement, AmountPair, Party, Role, Signature, Sourced};
use crate::text::{key, normal};
use part::Part;
use regex::Regex;
use std::sync::LazyLock;
use title::Kind;

static CODE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}").expect("the code pattern is well formed"));

/// Blanks and template text inside the clauses.
static LEFTOVER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"_{2,}|[Xx×*＊]{3,}|【[^【】\n]{0,8}(?:提示|说明|注意|示范|填写)[^【】\n]{0,8}】|[(](?:模板|范本|样本|供参考|仅供参考|示范文本|样稿)[)]|(?:\d{4})?年[_\s]*月[_\s]*日|人民币元|大写:?\s*元整",
    )
    .expect("the leftover pattern is well formed")
});

/// XXXX单位, 某某学会: a name for whoever fills the paper in.
static STAND_IN: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[Xx×*＊○]{2,}|某某").expect("the pattern of stand-ins is well formed"));

/// Agreements and look-alikes of all files, in order of files and within a file.
pub fn find(views: &[View<'_>]) -> (Vec<Agreement>, Vec<Agreement>) {
    let (mut agreements, mut look_alikes) = (Vec::new(), Vec::new());
    for view in views {
        for part in part::parts(view) {
            match part.kind {
                Kind::Agreement => {
                    let agreement = agreement(view, &part);
                    if is_pattern(view, &part, &agreement) { &mut look_alikes } else { &mut agreements }.push(agreement);
                }
                Kind::LookAlike => look_alikes.push(agreement(view, &part)),
            }
        }
    }
    for view in views {
        named(view, &mut look_alikes);
    }
    (agreements, look_alikes)
}

/// Amounts that agreements print both in figures and in capital numerals.
pub fn amount_pairs(views: &[View<'_>]) -> Vec<AmountPair> {
    views.iter().flat_map(|view| part::parts(view).into_iter().flat_map(|part| money::pairs(view, &part))).collect()
}

/// Whether a paper is a pattern to be filled in and says so: it names no party and is not signed.
fn is_pattern(view: &View<'_>, part: &Part<'_>, agreement: &Agreement) -> bool {
    let says = |text: &str| ["范本", "模板", "样本", "示范文本", "填写说明", "使用说明"].iter().any(|word| text.contains(word));
    let head = &view.text[part.title_range.start..];
    let title = head.lines().next().unwrap_or_default();
    agreement.signature != Signature::Filled
        && agreement.parties.iter().all(|party| party.name.is_empty() || STAND_IN.is_match(&party.name))
        && (says(title) || part.lines.iter().any(|line| says(line.text)))
}

/// A look-alike that is only named in a letter of explanation: shown, so that a person can ask for it.
fn named(view: &View<'_>, look_alikes: &mut Vec<Agreement>) {
    if matches!(view.role, Role::ApplicationForm | Role::EventNotice | Role::News | Role::Agenda | Role::Agreement) {
        return;
    }
    for range in title::named_look_alikes(&view.text) {
        let title = normal(&view.text[range.clone()]);
        let known = look_alikes.iter().any(|l| key(&l.title).ends_with(&key(&title)) || key(&title).ends_with(&key(&l.title)) && !l.title.is_empty());
        if !known {
            look_alikes.push(Agreement { doc: Some(view.id), title, at: view.spans(range), ..Agreement::default() });
        }
    }
}

fn agreement(view: &View<'_>, part: &Part<'_>) -> Agreement {
    // X（以下简称甲方）与Y（以下简称乙方）本着…: the sentence that opens the body names the parties
    let opening = usize::from(part.lines.get(part.body).is_some_and(|line| part.sides.called(line.text).count() >= 2));
    let mut parties = party::header(&part.lines[..part.body + opening], &part.sides);
    let block = part.sign.as_ref().map_or(&[][..], |s| &part.lines[s.clone()]);
    let outside = term::signed_on(part, &[]);
    let names: Vec<&str> = parties.iter().map(|party| party.name.as_str()).collect();
    let signed = sign::read(block, &part.sides, &names, outside.is_some());
    for found in signed.parties.into_iter().filter(|found| !part.sides.is_word(&found.name)) {
        if !found.name.is_empty() && parties.iter().any(|p| p.name == found.name) {
            continue;
        }
        match parties.iter_mut().find(|p| p.role == found.role) {
            Some(known) if known.name.is_empty() || is_cut(&known.name, &found.name) => *known = found,
            Some(_) => {}
            None => parties.push(found),
        }
    }
    if parties.len() < 2 {
        for found in party::header(&part.lines, &part.sides) {
            if !parties.iter().any(|p| p.role == found.role) {
                parties.push(found);
            }
        }
    }
    if parties.len() < 2 || parties.iter().all(|party| party.name.is_empty()) {
        let unlabelled = party::unlabelled(&part.lines, part.body, block);
        if unlabelled.len() >= 2 {
            parties = unlabelled;
        }
    }
    let signed_on = term::signed_on(part, &signed.dates);
    let (from, to) = term::term(part, signed_on.as_ref());
    let duties = duty::duties(view, part, &parties);
    let dated = |placed: term::Placed| Sourced::new(placed.0, view.spans(placed.1));
    Agreement {
        doc: Some(view.id),
        title: part.title.clone(),
        signature: if part.sign.is_some() { signed.signature } else { Signature::Unknown },
        signature_at: block.iter().flat_map(|l| view.spans(l.range())).collect(),
        signed_on: signed_on.map(dated),
        term_from: from.map(dated),
        term_to: to.map(dated),
        amounts: money::contractual(view, part),
        duties: duties.into_iter().map(|(role, range)| Sourced::new(role, view.spans(range))).collect(),
        codes: codes(view, part),
        leftovers: leftovers(view, part),
        parties: parties.into_iter().map(|p| Party { role: p.role, name: normal(&p.name), at: view.spans(p.range) }).collect(),
        at: view.spans(part.title_range.clone()),
    }
}

/// Whether print cut a name at the end of its line: 徐州…有限公, where it is signed 徐州…有限公司.
fn is_cut(name: &str, signed: &str) -> bool {
    signed.len() > name.len() && signed.starts_with(name) && !side::is_organisation(name) && side::is_organisation(signed)
}

/// Unified social credit codes; a person's identity number is none.
fn codes(view: &View<'_>, part: &Part<'_>) -> Vec<Sourced<String>> {
    let mut found: Vec<Sourced<String>> = Vec::new();
    for line in &part.lines {
        for m in CODE.find_iter(line.text) {
            let edge = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric());
            let alone = edge(line.text[..m.start()].chars().next_back()) && edge(line.text[m.end()..].chars().next());
            let person = line.text[..m.start()].ends_with("身份证号码:")
                || line.text[..m.start()].contains("身份证")
                || crate::text::mask::is_identity_number(m.as_str());
            if alone && !person && !found.iter().any(|f| f.value == m.as_str()) {
                found.push(Sourced::new(m.as_str().to_owned(), line.spans(view, m.range())));
            }
        }
    }
    found
}

/// Blanks in the clauses; a blank party and a line to sign or to date are facts of their own.
fn leftovers(view: &View<'_>, part: &Part<'_>) -> Vec<Sourced<String>> {
    let end = part.sign.as_ref().map_or(part.lines.len(), |s| s.start);
    let mut found = Vec::new();
    for line in part.lines.iter().take(end) {
        let party = part.sides.labels(line.text).next().is_some();
        for m in LEFTOVER.find_iter(line.text).filter(|m| !(party && m.as_str().starts_with('_'))) {
            let spans = line.spans(view, m.range());
            let raw: String = spans.iter().map(|s| view.quote(*s)).collect();
            found.push(Sourced::new(raw, spans));
        }
    }
    found
}
