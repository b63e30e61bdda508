//! Seals as rules ask for them: which stand where, and whose they are.
use super::Case;
use crate::model::{Agreement, DocId, Document, Pointer, Say, Seal, SealKind};
use crate::say;
use crate::text::engraved::{self, Engraved};

/// A seal with its place in the dossier's list.
pub type Numbered<'a> = (u32, &'a Seal);

/// Seals on the form or on a scan of the paper copy.
pub fn on_form<'a>(case: &Case<'a>) -> Vec<Numbered<'a>> {
    let wanted = |seal: &Seal| seal.doc.is_none_or(|doc| case.is_form(doc) && !is_pasted(case, doc) || case.is_paper_scan(doc));
    numbered(case).filter(|(_, seal)| wanted(seal)).collect()
}

/// Whether the seals of a text document are on scans pasted into it, which may be of any paper: an agreement, a licence.
fn is_pasted(case: &Case<'_>, doc: DocId) -> bool {
    let is_text = |document: &Document| document.blocks.iter().find(|block| !block.text.is_empty()).is_some_and(|block| block.confidence.is_none());
    case.dossier.document(doc).is_some_and(|document| !document.sheets.is_empty() && is_text(document))
}

/// Seals on the pages of an agreement.
pub fn on_agreement<'a>(case: &Case<'a>, agreement: &Agreement) -> Vec<Numbered<'a>> {
    let Some(doc) = agreement.doc else { return Vec::new() };
    let first = page_of(case, agreement).unwrap_or(1);
    let others = case.facts().agreements.iter().chain(&case.facts().look_alikes).filter(|other| other.doc == Some(doc));
    let next = others.filter_map(|other| page_of(case, other)).filter(|page| *page > first).min().unwrap_or(u32::MAX);
    let inside = |seal: &Seal| seal.doc == Some(doc) && seal.at.page.is_none_or(|page| (first..next).contains(&page));
    numbered(case).filter(|(_, seal)| inside(seal)).collect()
}

fn numbered<'a>(case: &Case<'a>) -> impl Iterator<Item = Numbered<'a>> {
    (0u32..).zip(&case.dossier.seals)
}

fn page_of(case: &Case<'_>, agreement: &Agreement) -> Option<u32> {
    let span = agreement.at.first()?;
    case.dossier.document(span.doc)?.blocks.get(span.block as usize)?.at.page
}

/// Whether a seal bears one of these spellings of a name.
pub fn says(seal: &Seal, spellings: &[String]) -> Engraved {
    match &seal.kind {
        SealKind::Ink(mark) => engraved::compare(mark, spellings),
        SealKind::Electronic(signature) => engraved::compare_electronic(signature, spellings),
    }
}

pub fn pointers(seals: &[Numbered<'_>]) -> Vec<Pointer> {
    seals.iter().take(super::case::FEW).map(|(n, _)| Pointer::Seal(*n)).collect()
}

/// Seals that were found, for a sentence: how many, on which pages, what they say.
pub fn told(seals: &[Numbered<'_>]) -> Say {
    let one = |seal: &Seal| {
        let page = seal.at.page.map(|page| format!("第 {page} 页")).unwrap_or_default();
        let name = engraved::of(seal).map_or_else(|| "印文未能识别".to_owned(), |name| format!("印文“{name}”"));
        if page.is_empty() { name } else { format!("{page}，{name}") }
    };
    let one_en = |seal: &Seal| {
        let page = seal.at.page.map(|page| format!("page {page}, ")).unwrap_or_default();
        format!("{page}{}", engraved::of(seal).map_or_else(|| "not readable".to_owned(), |name| format!("“{name}”")))
    };
    let list = |one: &dyn Fn(&Seal) -> String, mark: &str| seals.iter().take(super::case::FEW).map(|(_, seal)| one(seal)).collect::<Vec<_>>().join(mark);
    let (count, zh, en) = (seals.len(), list(&one, "；"), list(&one_en, "; "));
    say!("发现印章 {count} 枚（{zh}）", "{count} seal(s) found ({en})")
}

/// Whether some page of a file was looked at as a picture: one without seals is worth saying.
pub fn is_scan(case: &Case<'_>, doc: DocId) -> bool {
    case.dossier.document(doc).is_some_and(|document| document.picture.is_some() || document.blocks.iter().any(|block| block.confidence.is_some()))
}
