//! What the batch needs of one dossier: keys, digests, a sketch of its text.
use crate::model::{Agreement, BlockKind, DocId, Document, Dossier, Event, Evidence, FieldId, Reading, Role, Sourced};
use crate::text::{key, name::org_key, tight};
use std::hash::{DefaultHasher, Hash, Hasher};

/// A name with its matching key and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    pub name: String,
    pub key: String,
    pub at: Evidence,
}

/// A photo that proves work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    pub path: String,
    pub digest: Option<String>,
    /// See [`crate::model::Document::likeness`].
    pub likeness: u64,
    /// Names of the events it is a proof of.
    pub events: Vec<String>,
}

/// A dossier as the batch sees it; some two kilobytes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Summary {
    pub id: String,
    pub category: Option<String>,
    pub applicant: Option<Named>,
    /// Where the applicant was not read: the words of the form, of its parties and of its files' names, in which it may stand; a key.
    pub nameless: String,
    pub project: Option<Named>,
    /// Service targets: the form's partner, else the other parties of the agreements.
    pub partners: Vec<Named>,
    /// Keys of whom the form says it serves.
    pub targets: Vec<String>,
    /// Unified social credit codes of those parties.
    pub codes: Vec<String>,
    /// Files that could hold a partner's name and were not read.
    pub unread: Vec<Evidence>,
    /// Withdrawn, or superseded by another dossier, in the clerk's book.
    pub withdrawn: bool,
    pub supersedes: Option<String>,
    /// Digest, path and role of each file that may not stand in two dossiers.
    pub files: Vec<(String, String, Role)>,
    /// Photos, to be told from others by their look.
    pub photos: Vec<Photo>,
    /// Hash and length (characters) of each long sentence of the form, in order.
    pub paragraphs: Vec<(u64, u32)>,
}

/// Shorter sentences are labels and set phrases.
const LONG_SENTENCE: usize = 18;
const SENTENCES: usize = 400;

/// What forms tell the applicant, and what every applicant declares.
const TEMPLATE: [&str; 13] = ["填写", "填报", "承诺", "盖章", "签字", "打印", "申报书", "申请书", "不得空缺", "装订", "一式", "栏目", "制表"];
/// Smaller files are empty pictures and logos.
const SMALLEST_FILE: u64 = 2_048;

/// Sums up a dossier. `societies` maps an alias to the roster's name, where a roster is loaded.
pub fn summarise(dossier: &Dossier, category: Option<&str>, official: impl Fn(&str) -> Option<String>) -> Summary {
    let facts = &dossier.facts;
    let named = |reading: &Reading| {
        let text = reading.value.as_ref()?.text()?;
        Some(Named { name: text.to_owned(), key: key(text), at: place(dossier, reading) })
    };
    let applicant = facts.first(FieldId::ApplicantName).and_then(named).map(|mut applicant| {
        applicant.key = org_key(&official(&applicant.name).unwrap_or_else(|| applicant.name.clone()));
        applicant
    });
    let own = applicant.as_ref().map(|a| a.key.clone()).unwrap_or_default();
    let mut partners: Vec<Named> = Vec::new();
    let mut add = |partner: Named| {
        if !partner.key.is_empty() && partner.key != own && !partners.iter().any(|p| p.key == partner.key) {
            partners.push(partner);
        }
    };
    for agreement in &facts.agreements {
        for party in agreement.parties.iter().filter(|p| !p.name.is_empty()) {
            let reading = Reading { value: None, raw: party.name.clone(), label: String::new(), place: crate::model::Place::Attachment, at: party.at.clone() };
            add(Named { name: party.name.clone(), key: org_key(&party.name), at: place(dossier, &reading) });
        }
    }
    let mut targets: Vec<String> = Vec::new();
    for partner in facts.readings(FieldId::Partner).iter().filter_map(named) {
        for name in partner.name.split(['、', ',', '，', ';', '；', '\n']).map(str::trim).filter(|name| name.chars().count() >= 3) {
            targets.push(org_key(name));
            add(Named { name: name.to_owned(), key: org_key(name), at: partner.at.clone() });
        }
    }
    let nameless = if applicant.is_none() { nameless(dossier) } else { String::new() };
    let file_evidence = |doc| dossier.file(doc).map(|f| Evidence { file: Some(f.path.clone()), ..Evidence::default() });
    Summary {
        id: dossier.id.clone(),
        category: category.map(str::to_owned),
        project: facts.first(FieldId::ProjectName).and_then(named),
        codes: facts.agreements.iter().flat_map(|agreement| partner_codes(agreement, &own)).collect(),
        unread: dossier.unread().filter_map(file_evidence).collect(),
        withdrawn: dossier.intake.as_ref().is_some_and(|row| row.withdrawn == Some(true)),
        supersedes: dossier.intake.as_ref().and_then(|row| row.supersedes.clone()),
        files: unrepeatable_files(dossier),
        photos: photos(dossier),
        paragraphs: paragraphs(dossier),
        applicant,
        nameless,
        partners,
        targets,
    }
}

/// Characters of a form in which an applicant's name is looked for.
const MOST_WORDS: usize = 100_000;

/// What may name the applicant of a dossier whose form does not tell it.
fn nameless(dossier: &Dossier) -> String {
    let mut words = vec![dossier.id.clone()];
    words.extend(dossier.files.iter().map(|file| file.path.clone()));
    words.extend(dossier.facts.agreements.iter().flat_map(|agreement| &agreement.parties).map(|party| party.name.clone()));
    let form = dossier.facts.form.doc.and_then(|doc| dossier.document(doc));
    words.extend(form.into_iter().flat_map(|form| &form.blocks).filter(|block| block.kind.is_body()).map(|block| block.text.clone()));
    key(&words.join("\n")).chars().take(MOST_WORDS).collect()
}

/// Credit codes printed after the name of a party other than the applicant.
fn partner_codes(agreement: &Agreement, own: &str) -> Vec<String> {
    let owner = |code: &Sourced<String>| {
        let at = code.at.first()?;
        let before = agreement.parties.iter().filter(|p| p.at.first().is_some_and(|span| (span.block, span.start) <= (at.block, at.start)));
        before.max_by_key(|p| p.at.first().map(|span| (span.block, span.start)))
    };
    let codes = agreement.codes.iter().filter(|code| owner(code).is_some_and(|party| org_key(&party.name) != own));
    codes.map(|code| code.value.clone()).collect()
}

fn place(dossier: &Dossier, reading: &Reading) -> Evidence {
    let Some(span) = reading.at.first() else { return Evidence::default() };
    let block = dossier.document(span.doc).and_then(|d| d.blocks.get(span.block as usize));
    let file = dossier.file(span.doc).map_or("", |f| f.path.as_str());
    block.map_or_else(Evidence::default, |b| {
        let quote = b.text.get(span.start as usize..span.end as usize).unwrap_or(&reading.raw);
        Evidence { span: Some(*span), ..Evidence::at(file, &b.at, quote) }
    })
}

/// Whether a society hands the file in with each of its dossiers.
fn is_shared(role: Role) -> bool {
    matches!(role, Role::Certificate | Role::List | Role::Plan | Role::Budget)
}

fn photos(dossier: &Dossier) -> Vec<Photo> {
    let all = (0u32..).map(DocId).zip(dossier.files.iter().zip(&dossier.documents));
    let photos = all.filter(|(doc, _)| !is_shared(dossier.facts.role(*doc))).filter_map(|(doc, (file, document))| {
        let proves = |event: &&Event| event.evidence.iter().any(|evidence| evidence.doc == doc);
        Some(Photo {
            path: file.path.clone(),
            digest: file.sha256.clone(),
            likeness: document.likeness?,
            events: dossier.facts.events.iter().filter(proves).map(|event| event.name.clone()).collect(),
        })
    });
    photos.collect()
}

/// Papers that may not stand in two dossiers. A certificate may: it may name several societies, or one person who works for both; but not one
/// that confirms work and does not name the society whose work it was.
fn unrepeatable_files(dossier: &Dossier) -> Vec<(String, String, Role)> {
    // 市护理学会 names 徐州市护理学会
    let short = |name: String| name.split_once('市').map_or(name.clone(), |(_, rest)| rest.to_owned());
    let applicants = dossier.facts.readings(FieldId::ApplicantName).iter();
    let names: Vec<String> = applicants.filter_map(|reading| Some(short(key(reading.value.as_ref()?.text()?)))).filter(|name| !name.is_empty()).collect();
    let mut files = Vec::new();
    for (n, file) in (0u32..).zip(&dossier.files) {
        let role = dossier.facts.role(DocId(n));
        let confirms = || dossier.document(DocId(n)).is_some_and(|document| confirms_nobodys_work(document, &names));
        if let Some(digest) = file.sha256.as_ref().filter(|_| file.bytes >= SMALLEST_FILE && (role != Role::Certificate || confirms())) {
            files.push((digest.clone(), file.path.clone(), role));
        }
    }
    files
}

/// Whether a paper is titled as a confirmation that work was taken up (成果采纳证明, 应用证明), and names none of these.
fn confirms_nobodys_work(document: &Document, names: &[String]) -> bool {
    let mut lines = document.blocks.iter().flat_map(|block| block.text.lines()).map(tight).filter(|line| !line.is_empty());
    let title = lines.next().unwrap_or_default();
    let confirms = title.ends_with("证明") && ["采纳", "采用", "应用", "使用"].iter().any(|word| title.contains(word));
    confirms && !names.is_empty() && !lines.any(|line| names.iter().any(|name| key(&line).contains(name.as_str())))
}

fn paragraphs(dossier: &Dossier) -> Vec<(u64, u32)> {
    let Some(form) = dossier.facts.form.doc.and_then(|doc| dossier.document(doc)) else { return Vec::new() };
    let mut long = Vec::new();
    for block in form.blocks.iter().filter(|b| b.kind.is_body() || b.kind == BlockKind::Cell) {
        for sentence in block.text.split(['\n', '。', '；', ';', '！']) {
            let folded = tight(sentence);
            let length = folded.chars().count();
            if length >= LONG_SENTENCE && long.len() < SENTENCES && !TEMPLATE.iter().any(|word| folded.contains(word)) {
                let mut hasher = DefaultHasher::new();
                folded.hash(&mut hasher);
                long.push((hasher.finish(), length as u32));
            }
        }
    }
    long
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, Format, Location};

    #[test]
    fn a_confirmation_that_names_no_society_confirms_nobodys_work() {
        let names = ["力学学会".to_owned()];
        let confirms = |lines: &[&str]| {
            let blocks = lines.iter().map(|line| Block::new(BlockKind::Paragraph, *line, Location::default())).collect();
            confirms_nobodys_work(&Document::read_full(Format::Docx, blocks), &names)
        };
        assert!(confirms(&["成果采纳证明", "兹证明《桥梁巡检十条建议》已被我单位吸收三条。"]));
        assert!(!confirms(&["成果采纳证明", "兹证明徐州市力学学会、徐州市力学研究会的建议已被我单位吸收。"]));
        assert!(!confirms(&["职称证书", "季云帆，教授。"]));
        assert!(!confirms(&[]));
    }
}
