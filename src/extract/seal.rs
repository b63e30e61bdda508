//! Seals of a dossier, in ink and electronic, on its files and on the scan of its paper copy.
use crate::model::{DigitalSignature, DocId, Document, Dossier, Location, Seal, SealKind, SealMark};

/// Every seal, in order of the files and their pages; those of the paper copy last.
pub fn seals(dossier: &Dossier) -> Vec<Seal> {
    let files = (0u32..).zip(dossier.files.iter().zip(&dossier.documents));
    let of_files = files.flat_map(|(n, (file, document))| of_document(DocId(n), &file.path, document));
    let of_paper = dossier.paper.seals.iter().map(|(scan, mark)| ink(None, scan, mark));
    of_files.chain(of_paper).collect()
}

fn of_document<'a>(doc: DocId, path: &'a str, document: &'a Document) -> impl Iterator<Item = Seal> + 'a {
    let electronic = document.signatures.iter().filter(|signature| signature.seal.is_some() || !signature.places.is_empty() || signature.signer.is_some());
    let in_ink = document.seals.iter().filter(|mark| !is_picture_of(mark, &document.signatures));
    in_ink.map(move |mark| ink(Some(doc), path, mark)).chain(electronic.map(move |signature| Seal {
        doc: Some(doc),
        file: path.to_owned(),
        at: signature.places.first().cloned().unwrap_or_default(),
        kind: SealKind::Electronic(signature.clone()),
    }))
}

fn ink(doc: Option<DocId>, path: &str, mark: &SealMark) -> Seal {
    Seal { doc, file: path.to_owned(), at: mark.at.clone(), kind: SealKind::Ink(mark.clone()) }
}

/// Whether a seal that shows is what an electronic one looks like.
fn is_picture_of(mark: &SealMark, signatures: &[DigitalSignature]) -> bool {
    let Some([x0, y0, x1, y1]) = mark.at.rect else { return false };
    let (x, y) = ((x0 + x1) / 2.0, (y0 + y1) / 2.0);
    let holds = |place: &Location| place.page == mark.at.page && place.rect.is_some_and(|r| (r[0]..=r[2]).contains(&x) && (r[1]..=r[3]).contains(&y));
    signatures.iter().flat_map(|signature| &signature.places).any(holds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Format, Integrity, SealShape};

    #[test]
    fn the_picture_of_an_electronic_seal_is_not_a_second_one() {
        let at = |rect| Location { page: Some(1), rect: Some(rect), ..Location::default() };
        let mark = |rect| SealMark { at: at(rect), shape: SealShape::Round, strength: 1.0, ring: Vec::new(), line: None };
        let signature = DigitalSignature {
            signer: None,
            provider: None,
            seal: Some("某市园艺学会".into()),
            signed_at: None,
            integrity: Integrity::Intact,
            places: vec![at([100.0, 100.0, 220.0, 220.0])],
        };
        let document = Document {
            seals: vec![mark([102.0, 99.0, 219.0, 221.0]), mark([300.0, 500.0, 420.0, 620.0])],
            signatures: vec![signature],
            ..Document::read_full(Format::Ofd, Vec::new())
        };
        let kinds: Vec<bool> = of_document(DocId(0), "协议.ofd", &document).map(|seal| matches!(seal.kind, SealKind::Ink(_))).collect();
        assert_eq!(kinds, [true, false]);
    }
}
