//! Records as they are kept: rows of people, money and tasks, or pairs where one row answers.
use super::label::squash;
use super::layout::{Pair, Records};
use super::lexicon::{Kind, Owner};
use super::owner::Owned;
use super::walk::Walk;
use super::{bodies, roles, section};
use crate::model::FieldId;

/// Keeps records; a single row of answers under field labels is as good as pairs.
pub fn keep(walk: &mut Walk<'_, '_>, records: Records) {
    let Some(records) = bodies::by_part(walk, records) else { return };
    let Some(records) = roles::by_role(walk, roles::apart(walk, records)) else { return };
    let filled = records.rows.iter().filter(|row| row.iter().any(|cell| !cell.is_empty())).count();
    let money = records.columns.iter().any(|c| c.sense.is_some_and(|s| s.kind == Kind::Amount));
    let fields = records.columns.iter().filter(|c| c.sense.is_some_and(|s| s.field.is_some() || s.kind == Kind::Name)).count();
    // a list of projects names the leader and the adviser of each
    let people = records.columns.iter().any(|c| c.sense.is_some_and(|s| s.kind == Kind::Name && matches!(s.owner, None | Some(Owner::Member))));
    let members = people && !matches!(records.owner, Some(Owner::Leader | Owner::Contact | Owner::Adviser | Owner::Head | Owner::Recommender));
    let topic = walk.out.section(records.section).topic;
    let money = money && records.columns.iter().any(|c| c.sense.is_some_and(|s| s.kind == Kind::Item));
    let beside = section::topic_of(&records.side);
    let is_aside = |topic: section::Topic| matches!(topic, section::Topic::Events | section::Topic::Budget | section::Topic::Tasks | section::Topic::Past);
    let aside = is_aside(topic) || is_aside(beside) || lists_events(&records);
    // of several leaders the first is the leader
    let led = matches!(records.owner, Some(Owner::Leader | Owner::Contact));
    if (filled <= 1 && records.rows.len() == 1 || led) && !money && fields > 0 && !members && !aside {
        // 项目名称 | 申报单位 | 合作单位 | 负责人 | 职称: the heads of a whole form, of which no organisation owns the next
        let whole = records.columns.iter().any(|c| c.sense.is_some_and(|s| s.field == Some(FieldId::ProjectName)));
        let mut row_owner: Option<Owned> = None;
        for (n, column) in records.columns.iter().enumerate() {
            let Some(sense) = column.sense else { continue };
            let value = records.rows[0].get(n).cloned().unwrap_or_default();
            let owner = walk.owner(sense, row_owner.as_ref(), records.owner);
            let of = walk.of(sense, row_owner.as_ref());
            walk.note_owner(sense, &column.label, &mut row_owner);
            row_owner = row_owner.filter(|o| !whole || o.owner.is_person());
            walk.out.pairs.push(Pair {
                label: column.label.clone(),
                label_at: column.at,
                sense: Some(sense),
                value,
                owner,
                section: records.section,
                zone: records.zone,
                in_table: true,
                heading: false,
                parts: walk.lexicon.parts(&column.label),
                of,
                unit: None,
            });
        }
        return;
    }
    // 其他参加单位: one partner a row
    if records.owner == Some(Owner::Partner)
        && let Some(column) = records.columns.iter().position(|c| c.sense.is_some_and(|s| s.kind == Kind::Organisation))
    {
        let head = &records.columns[column];
        for row in &records.rows {
            if let Some(value) = row.get(column).filter(|v| !v.is_empty()) {
                walk.out.pairs.push(Pair {
                    label: head.label.clone(),
                    label_at: head.at,
                    sense: head.sense,
                    value: value.clone(),
                    owner: records.owner,
                    section: records.section,
                    zone: records.zone,
                    in_table: true,
                    heading: false,
                    parts: Vec::new(),
                    of: None,
                    unit: None,
                });
            }
        }
    }
    walk.out.records.push(records);
}

/// 举办时间 | 学术活动名称 | 举办地点: a list of events, of one row too.
fn lists_events(records: &Records) -> bool {
    let has = |words: &[&str]| records.columns.iter().any(|c| words.iter().any(|w| squash(&c.label).contains(w)));
    has(&["活动名称", "会议名称", "活动主题", "会议主题"]) && has(&["时间", "日期"]) && has(&["地点", "级别", "角色", "形式", "主办"])
}
