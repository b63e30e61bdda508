//! 建设地点 | … | 邮编 | …: where it stands is where mail goes, in a form that asks for no address.
use super::claims::{Claim, Rank};
use super::contact;
use super::hint;
use super::label::label_key;
use super::layout::{Layout, Pair};
use super::lexicon::{Kind, Owner};
use super::resolve::joined;
use super::section::Zone;
use super::value;
use crate::extract::View;
use crate::model::{FieldId, Place, Reading, Value};

/// Places with a postcode beside or behind them, as addresses.
pub fn with_postcode(view: &View<'_>, layout: &Layout) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (n, pair) in layout.pairs.iter().enumerate().filter(|(_, pair)| asks_where(pair)) {
        let raw = joined(view, &pair.value);
        if hint::is_template(&raw) || hint::is_nothing(&raw) {
            continue;
        }
        let place = if pair.zone == Zone::Cover { Place::Cover } else { Place::Table };
        let mut claim = |field: FieldId, value: String| {
            let reading = Reading { value: Some(Value::Text(value)), raw: raw.clone(), label: pair.label.clone(), place, at: pair.value.clone() };
            claims.push(Claim { field, rank: Rank::Guess, reading });
        };
        if let Some((address, postcode)) = contact::address_with_postcode(&raw) {
            claim(FieldId::Address, address);
            claim(FieldId::Postcode, postcode);
        } else if layout.pairs.get(n + 1).is_some_and(|next| is_postcode(next) && stand_in_a_row(view, pair, next)) {
            claim(FieldId::Address, value::plain(&raw));
        }
    }
    claims
}

/// A label that asks for a place and for no field.
fn asks_where(pair: &Pair) -> bool {
    let ours = matches!(pair.owner, None | Some(Owner::Applicant | Owner::Leader | Owner::Contact)) && matches!(pair.zone, Zone::Cover | Zone::Body);
    let key = label_key(&pair.label);
    ours && !pair.value.is_empty()
        && pair.sense.is_none_or(|s| s.field.is_none() && s.kind == Kind::Text)
        && ["地点", "场所", "位置"].iter().any(|word| key.ends_with(word))
        && !["活动", "会议", "举办", "召开"].iter().any(|word| key.starts_with(word))
}

fn is_postcode(pair: &Pair) -> bool {
    pair.sense.is_some_and(|s| s.field == Some(FieldId::Postcode))
}

fn stand_in_a_row(view: &View<'_>, one: &Pair, other: &Pair) -> bool {
    let at = |pair: &Pair| view.document.blocks.get(pair.label_at.block as usize).map(|block| (block.at.table, block.at.row, block.at.sheet.clone()));
    one.in_table && other.in_table && at(one) == at(other)
}
