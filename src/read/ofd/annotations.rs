//! Annotations: what they print on a page, and the remarks they carry.
use super::canvas::Canvas;
use super::numbers::list;
use super::page::{Drawing, State};
use super::parts::{Name, Parts};
use super::tree::{El, Tree};
use crate::read::layout::Remark;
use crate::read::layout::geometry::Matrix;
use std::collections::HashMap;

/// Pages with annotations of one document.
const MOST: usize = 20_000;

/// The annotation parts of each page, by the page's number in the document.
pub(super) fn by_page(parts: &mut Parts<'_>, name: &str) -> HashMap<String, Vec<Name>> {
    let mut out: HashMap<String, Vec<Name>> = HashMap::new();
    let Some(tree) = parts.tree(name) else { return out };
    let Some(pages) = tree.find(&[El::Annotations]) else { return out };
    for page in pages.all(El::Page).take(MOST) {
        let Some(id) = page.attribute("PageID") else { continue };
        let names = page.all(El::FileLoc).filter_map(|loc| parts.resolve(name, loc.text()));
        out.entry(id.to_owned()).or_default().extend(names);
    }
    out
}

/// Draws a page's annotations; a remark without any print comes back.
pub(super) fn draw(tree: &Tree, drawing: &mut Drawing<'_, '_>, state: State, canvas: &mut Canvas<'_>) -> Vec<Remark> {
    let mut remarks = Vec::new();
    canvas.ink.is_damaged |= tree.is_broken;
    let Some(list_of) = tree.find(&[El::PageAnnot]) else { return remarks };
    for annotation in list_of.all(El::Annot) {
        if !canvas.spend(4) {
            return remarks;
        }
        if annotation.flag("Visible") == Some(false) {
            continue;
        }
        let before = canvas.ink.glyphs.len();
        let appearance = annotation.child(El::Appearance);
        let [x, y, w, h] = appearance.and_then(|a| a.attribute("Boundary")).and_then(list::<4>).unwrap_or_default();
        if let Some(appearance) = appearance {
            let to_page = Matrix::translate(x, y).then(&state.to_page);
            drawing.block(appearance, State { to_page, ..state }, 0, canvas);
        }
        let is_drawn = canvas.ink.glyphs.get(before..).is_some_and(|new| !new.is_empty());
        let remark = annotation.child(El::Remark).map(|r| r.text()).filter(|r| !r.is_empty() && !is_drawn);
        remarks.extend(remark.map(|text| Remark { rect: state.to_page.apply_rect(x, y, x + w, y + h), text: text.to_owned() }));
    }
    remarks
}
