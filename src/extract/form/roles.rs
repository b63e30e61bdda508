//! Records whose rows tell each person's part in a column of its own: the leader's and the contact's are pairs, what is left are members.
use super::label::squash;
use super::layout::{Column, Pair, Records};
use super::lexicon::{Kind, Owner, Sense};
use super::walk::Walk;
use crate::model::Span;

/// The person's part that a cell names: 联系人, 项目负责人. A leading expert need not lead the project.
pub fn role(walk: &Walk<'_, '_>, text: &str) -> Option<(Sense, Owner)> {
    // 总体负责, 主持: what one does, as several members may; 负责人 is who one is
    let is_work = |text: &str| ["负责", "主持"].iter().any(|verb| squash(text).ends_with(verb)) || ["技术", "财务", "现场"].iter().any(|w| text.contains(w));
    let person = |text: &str| walk.lexicon.label(text).filter(|s| s.kind == Kind::Person && !text.contains("专家") && !is_work(text));
    let sense = person(text).or_else(|| person(in_brackets(text)?))?;
    sense.owner.map(|owner| (sense, owner))
}

/// What the brackets behind a number or name say: 1（负责人）, 张三（组长）.
fn in_brackets(text: &str) -> Option<&str> {
    let inner = text.trim_end().strip_suffix([')', '）'])?;
    let open = inner.rfind(['(', '（'])?;
    let before = inner[..open].trim();
    (before.chars().count() <= 4).then(|| inner[open..].trim_start_matches(['(', '（']))
}

/// Rows of persons whose part a column tells are pairs of their own; what is left are members.
pub fn by_role(walk: &mut Walk<'_, '_>, mut records: Records) -> Option<Records> {
    let Some(name) = records.columns.iter().position(|c| c.sense.is_some_and(|s| s.kind == Kind::Name)) else { return Some(records) };
    // the head of a jury leads no project
    if records.owner == Some(Owner::Expert) {
        return Some(records);
    }
    let text = |walk: &Walk<'_, '_>, cell: &[Span]| cell.iter().map(|s| walk.view.quote(*s)).collect::<String>();
    let kinds = |k: Kind| matches!(k, Kind::Name | Kind::Duty | Kind::Person | Kind::Organisation | Kind::Task | Kind::Counter);
    let tells = |n: usize| records.columns[n].sense.is_none_or(|s| kinds(s.kind));
    let column = (0..records.columns.len()).filter(|&n| tells(n)).find(|&n| {
        records.rows.iter().any(|row| {
            row.get(n).and_then(|cell| role(walk, &text(walk, cell))).is_some_and(|(_, o)| matches!(o, Owner::Leader | Owner::Contact | Owner::Adviser))
        })
    });
    let Some(column) = column else { return Some(records) };
    let mut others = 0;
    let mut kept = Vec::new();
    for row in std::mem::take(&mut records.rows) {
        let told = row.get(column).map_or(String::new(), |cell| text(walk, cell));
        let Some((sense, owner)) = role(walk, &told).filter(|(_, o)| *o != Owner::Member) else {
            others += usize::from(row.get(name).is_some_and(|cell| !cell.is_empty()));
            kept.push(row);
            continue;
        };
        if !matches!(owner, Owner::Leader | Owner::Contact) {
            // a secretary-general in the team is one of it, its adviser is not, unless advising is his work in it
            let works = records.columns[column].sense.is_some_and(|s| s.kind == Kind::Duty);
            kept.extend((owner == Owner::Head || works).then_some(row));
            continue;
        }
        for (n, (head, value)) in records.columns.iter().zip(&row).enumerate() {
            let particular =
                matches!(head.sense.map(|s| s.kind), Some(Kind::Title | Kind::Phone | Kind::Email | Kind::Address | Kind::Postcode | Kind::Organisation));
            let Some(&first) = row[column].first().filter(|_| n == name || particular && !value.is_empty()) else { continue };
            walk.out.pairs.push(Pair {
                label: if n == name { in_brackets(&told).unwrap_or(&told).to_owned() } else { head.label.clone() },
                label_at: if n == name { first } else { head.at },
                sense: if n == name { Some(sense) } else { head.sense },
                value: value.clone(),
                owner: Some(owner),
                section: records.section,
                zone: records.zone,
                in_table: true,
                heading: false,
                parts: Vec::new(),
                of: (n != name).then(|| told.clone()),
                unit: None,
            });
        }
        kept.push(row);
    }
    records.rows = kept;
    // 负责人 | … over 成员 | … in the leader's block: the others are members
    if others > 0 && records.owner == Some(Owner::Leader) {
        records.owner = Some(Owner::Member);
    }
    (others > 0).then_some(records)
}

/// A person's part and his name, parted by a colon in one cell.
fn at_colon(walk: &Walk<'_, '_>, cell: Span) -> Option<[Span; 2]> {
    let text = walk.view.quote(cell);
    let colon = text.find([':', '：'])?;
    role(walk, &text[..colon])?;
    let part = super::line::trim_value(text, 0..colon);
    let name = super::line::trim_value(text, colon..text.len());
    let at = |range: std::ops::Range<usize>| Span { start: cell.start + range.start as u32, end: cell.start + range.end as u32, ..cell };
    (!part.is_empty() && !name.is_empty()).then(|| [at(part), at(name)])
}

/// 项目负责人 | 金铃 under one head 姓名: the part that stands before each name becomes a column.
pub fn apart(walk: &Walk<'_, '_>, mut records: Records) -> Records {
    let Some(name) = records.columns.iter().position(|c| c.sense.is_some_and(|s| s.kind == Kind::Name)) else { return records };
    // 项目负责人：金铃: part and name in one cell
    let in_cells: Vec<Option<[Span; 2]>> = records
        .rows
        .iter()
        .map(|row| match row.get(name).map(Vec::as_slice) {
            Some([only]) => at_colon(walk, *only),
            _ => None,
        })
        .collect();
    let any_in_cell = in_cells.iter().any(Option::is_some);
    let parted = |row: &Vec<Vec<Span>>| match row.get(name).map(Vec::as_slice) {
        Some([first, second]) => first.block != second.block && role(walk, walk.view.quote(*first)).is_some(),
        // left blank behind its part
        Some([only]) => any_in_cell || role(walk, walk.view.quote(*only)).is_some(),
        Some([]) | None => true,
        Some(_) => false,
    };
    let told = records.rows.iter().any(|row| row.get(name).is_some_and(|cell| !cell.is_empty()));
    if !told || !records.rows.iter().all(parted) {
        return records;
    }
    let at = records.columns[name].at;
    records.columns.insert(name, Column { label: String::new(), at, sense: None });
    for (row, in_cell) in records.rows.iter_mut().zip(in_cells).filter(|(row, _)| row.len() > name) {
        let part = match in_cell {
            Some([part, told]) => {
                row[name] = vec![told];
                vec![part]
            }
            // a plain name beside others that tell their part
            None if any_in_cell && row[name].len() == 1 => Vec::new(),
            None => {
                let count = row[name].len().min(1);
                row[name].drain(..count).collect()
            }
        };
        row.insert(name, part);
    }
    records
}
