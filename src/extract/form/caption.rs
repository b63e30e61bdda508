//! Captions in brackets below their answers: 徐州市护理学会 over （申报单位全称）.
use super::grid::{Grid, printed};
use super::lexicon::Sense;
use super::table::push;
use super::walk::Walk;

/// The label in a cell that is a caption: brackets around nothing but a known label.
fn label<'t>(walk: &Walk<'_, '_>, text: &'t str) -> Option<(&'t str, Sense)> {
    let label = text.trim().strip_prefix(['(', '（'])?.strip_suffix([')', '）'])?.trim();
    let nested = label.contains(['(', '（', '\n']);
    walk.lexicon.label(label).filter(|sense| sense.field.is_some() && !nested).map(|sense| (label, sense))
}

/// Reads a row of answers over a row in which every printed cell is a caption; returns the row behind both.
pub fn below(walk: &mut Walk<'_, '_>, grid: &Grid<'_>, row: usize, answers: &[usize]) -> Option<usize> {
    let captions = grid.starts.get(row + 1)?;
    let mut found = Vec::new();
    for &index in captions {
        let cell = &grid.cells[index];
        if cell.is_empty() {
            continue;
        }
        let (label, sense) = label(walk, cell.text)?;
        let answer = answers.iter().copied().find(|&i| grid.cells[i].column == cell.column && grid.cells[i].sense.is_none())?;
        found.push((index, label, sense, answer));
    }
    if found.is_empty() {
        return None;
    }
    walk.pending = None;
    for (index, label, sense, answer) in found {
        let cell = &grid.cells[index];
        if let Some(at) = printed(walk.view, cell.block, 0..cell.text.len()) {
            push(walk, label, at, Some(sense), grid.answer(walk.view, answer), None, None);
        }
    }
    Some(row + 2)
}
