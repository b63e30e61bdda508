//! 首席专家 in a form that asks for the project's leader besides: another person, whose particulars are his own.
use super::label::{label_key, squash};
use super::layout::{Layout, Pair};
use super::lexicon::{Kind, Owner};
use super::section::Zone;
use crate::extract::View;
use crate::model::FieldId;

/// Gives the chief expert what is his, where the project's leader is told under a label of his own and is somebody else.
pub fn set_apart(view: &View<'_>, layout: &mut Layout) {
    let name = |pair: &Pair| pair.value.iter().map(|span| squash(view.quote(*span))).collect::<String>();
    let leaders: Vec<String> = layout.pairs.iter().filter(|pair| names(pair) && leads(&whose(pair))).map(name).collect();
    let chief = |pair: &Pair| pair.owner == Some(Owner::Leader) && whose(pair).ends_with("首席专家");
    let others = |pair: &Pair| chief(pair) && names(pair) && !leaders.contains(&name(pair));
    if leaders.is_empty() || !layout.pairs.iter().any(others) {
        return;
    }
    let mut his = false;
    for pair in &mut layout.pairs {
        // what names nobody goes on with the block before it
        his = chief(pair) || his && pair.owner == Some(Owner::Leader) && pair.of.is_none() && !names(pair);
        if his {
            pair.owner = Some(Owner::Expert);
            if let Some(sense) = pair.sense.as_mut().filter(|s| s.owner == Some(Owner::Leader)) {
                sense.owner = Some(Owner::Expert);
                sense.field = sense.field.filter(|field| *field != FieldId::Leader);
            }
        }
    }
}

/// Whether a pair of the form names a person.
fn names(pair: &Pair) -> bool {
    let told = matches!(pair.zone, Zone::Cover | Zone::Body) && !pair.value.is_empty();
    told && pair.sense.is_some_and(|s| !s.weak && matches!(s.kind, Kind::Person | Kind::Name))
}

/// The label that says whose a pair is.
fn whose(pair: &Pair) -> String {
    label_key(pair.of.as_deref().unwrap_or(&pair.label))
}

fn leads(key: &str) -> bool {
    ["项目", "课题"].iter().any(|of| key.starts_with(of)) && ["负责人", "主持人"].iter().any(|who| key.contains(who))
}
