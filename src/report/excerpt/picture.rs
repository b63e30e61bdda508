//! Which pages are drawn, and where on them the evidence stands.
use super::{Album, Excerpt, Sources, Wanted};
use crate::draw::{Painter, Picture, can_draw};
use crate::model::{DocId, Dossier, Evidence};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Pages and pictures drawn for one dossier.
const MOST: usize = 12;
/// Larger files are not held in memory for their pictures.
const LARGEST: usize = 64 << 20;
/// Room around the evidence, in PDF points.
const ROOM: f32 = 2.0;

/// The pictures among the wanted excerpts, by their place in the list: pages that a person looks at, and what has no text.
pub fn draw(wanted: &[Wanted<'_>], dossier: &Dossier, sources: &Sources, painter: &Painter, album: &Album) -> HashMap<usize, Excerpt> {
    let mut pages: BTreeMap<DocId, BTreeSet<u32>> = BTreeMap::new();
    let mut places: Vec<(usize, DocId, u32)> = Vec::new();
    let mut count = 0;
    for (n, one) in wanted.iter().enumerate() {
        let Some(document) = dossier.document(one.doc).filter(|d| can_draw(d.format)) else { continue };
        let has_text = one.at.span.is_some();
        if has_text && !one.is_open {
            continue;
        }
        let page = one.at.page.filter(|_| document.format.is_paged()).unwrap_or(1);
        let is_new = !pages.get(&one.doc).is_some_and(|known| known.contains(&page));
        if is_new && count == MOST {
            continue;
        }
        if is_new {
            count += 1;
            pages.entry(one.doc).or_default().insert(page);
        }
        places.push((n, one.doc, page));
    }
    let mut drawn: HashMap<(DocId, u32), (String, Picture)> = HashMap::new();
    for (doc, pages) in &pages {
        let (Some(file), Some(document)) = (dossier.file(*doc), dossier.document(*doc)) else { continue };
        let Some(bytes) = sources.get(&file.path).filter(|bytes| bytes.len() <= LARGEST) else { continue };
        let pages: Vec<u32> = pages.iter().copied().collect();
        for mut picture in painter.draw(document.format, bytes, &pages) {
            if let Some(name) = album.add(&picture) {
                picture.bytes = Vec::new();
                drawn.insert((*doc, picture.page.unwrap_or(1)), (name, picture));
            }
        }
    }
    let excerpt = |(n, doc, page): (usize, DocId, u32)| {
        let (name, picture) = drawn.get(&(doc, page))?;
        let mark = mark(wanted[n].at, picture);
        Some((n, Excerpt::Picture { name: name.clone(), width: picture.width, height: picture.height, mark }))
    };
    places.into_iter().filter_map(excerpt).collect()
}

/// The evidence's rectangle in percent of the picture.
fn mark(at: &Evidence, picture: &Picture) -> Option<[f32; 4]> {
    let ([x0, y0, x1, y1], [width, height]) = (at.rect?, picture.points?);
    let percent = |from: f32, to: f32, whole: f32| {
        let start = ((from - ROOM) / whole * 100.0).clamp(0.0, 100.0);
        let end = ((to + ROOM) / whole * 100.0).clamp(0.0, 100.0);
        (start, end - start)
    };
    let ((left, wide), (top, high)) = (percent(x0, x1, width), percent(y0, y1, height));
    (wide > 0.0 && high > 0.0).then_some([left, top, wide, high])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_lies_on_the_words_and_never_outside_the_page() {
        let picture = Picture { page: Some(1), width: 100, height: 100, points: Some([200.0, 400.0]), bytes: Vec::new() };
        let at = |rect| Evidence { rect: Some(rect), ..Evidence::default() };
        let rounded = |rect| mark(&at(rect), &picture).map(|mark| mark.map(f32::round));
        assert_eq!(rounded([22.0, 42.0, 98.0, 58.0]), Some([10.0, 10.0, 40.0, 5.0]));
        assert_eq!(rounded([-50.0, 390.0, 900.0, 500.0]), Some([0.0, 97.0, 100.0, 3.0]));
        assert_eq!(mark(&at([f32::NAN, 0.0, 1.0, 1.0]), &picture), None);
        assert_eq!(mark(&Evidence::default(), &picture), None);
    }
}
