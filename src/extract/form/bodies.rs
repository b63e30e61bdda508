//! Rows that tell in a column of their own whose they are: 申报单位 | 某学会 | 地址 …, 合作单位 | 某公司 | ….
use super::grid::Grid;
use super::label::label_key;
use super::layout::{Pair, Records};
use super::lexicon::{Kind, Owner, Sense};
use super::walk::Walk;

/// Whether a head asks what an organisation is called.
fn names(sense: Option<Sense>, label: &str) -> bool {
    sense.is_some_and(|s| s.kind == Kind::Organisation) && ["名称", "全称"].iter().any(|word| label_key(label).ends_with(word))
}

/// The part that a cell gives to an organisation.
fn part(sense: Option<Sense>) -> Option<Owner> {
    sense.filter(|s| s.kind == Kind::Organisation).and_then(|s| s.owner)
}

/// Whether a row stands under 单位类型 | 单位名称 | … and begins with an organisation's part.
pub fn is_row(grid: &Grid<'_>, heads: &[usize], cells: &[usize]) -> bool {
    let head = |n: usize| &grid.cells[heads[n]];
    heads.len() >= 3
        && cells.len() == heads.len()
        && (1..heads.len()).any(|n| names(head(n).sense, head(n).text))
        && part(head(0).sense).is_none()
        && part(grid.cells[cells[0]].sense).is_some()
        && grid.cells[cells[0]].column == head(0).column
}

/// Rows of organisations as pairs, each row's own; other records stay.
pub fn by_part(walk: &mut Walk<'_, '_>, records: Records) -> Option<Records> {
    let told = |row: &Vec<Vec<crate::model::Span>>| row.first().and_then(|cell| cell.first()).and_then(|at| part(walk.lexicon.label(walk.view.quote(*at))));
    let named = records.columns.iter().skip(1).any(|c| names(c.sense, &c.label));
    let owners: Vec<Option<Owner>> = records.rows.iter().map(told).collect();
    if !named || records.rows.len() < 2 || owners.iter().any(Option::is_none) {
        return Some(records);
    }
    for (row, owner) in records.rows.iter().zip(owners) {
        let of = row.first().and_then(|cell| cell.first()).map(|at| walk.view.quote(*at).trim().to_owned());
        // a partner need not be
        if owner != Some(Owner::Applicant) && row.iter().skip(1).all(Vec::is_empty) {
            continue;
        }
        for (head, value) in records.columns.iter().zip(row).skip(1) {
            // 联系人 of another organisation is its own
            let person = head.sense.and_then(|s| s.owner).filter(|o| o.is_person() && owner == Some(Owner::Applicant));
            walk.out.pairs.push(Pair {
                label: head.label.clone(),
                label_at: head.at,
                sense: head.sense,
                value: value.clone(),
                owner: person.or(owner),
                section: records.section,
                zone: records.zone,
                in_table: true,
                heading: false,
                parts: walk.lexicon.parts(&head.label),
                of: of.clone(),
                unit: None,
            });
        }
    }
    None
}
