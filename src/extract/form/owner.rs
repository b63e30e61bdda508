//! Whose particulars a label asks for: its own words, its row, the label beside it, the lines above.
use super::lexicon::{Kind, Owner, Sense};
use super::section::Zone;
use super::walk::Walk;
use crate::model::FieldId;

/// A person or block, and the label that named it.
#[derive(Debug, Clone, PartialEq)]
pub struct Owned {
    pub owner: Owner,
    pub label: String,
}

impl Walk<'_, '_> {
    /// Whose the answer is: the label says, else the row, the side label, the lines above, the section.
    pub fn owner(&self, sense: Sense, row: Option<&Owned>, side: Option<Owner>) -> Option<Owner> {
        let section = self.out.section(self.out.sections.len() - 1).owner;
        // where the organisation is, not where its head lives
        let headless = matches!(sense.kind, Kind::Address | Kind::Postcode | Kind::Organisation);
        let row = row.filter(|r| r.owner != Owner::Head || !headless);
        let theirs = |owner: Owner| matches!(owner, Owner::Partner | Owner::Recommender | Owner::Adviser | Owner::Office);
        // a cover names the adviser or who recommends between the applicant and his telephone; a second telephone is theirs, and what follows it
        let asked = || {
            let goes_on =
                self.out.pairs.last().is_some_and(|p| {
                    p.owner.is_some_and(theirs) && p.sense.is_some_and(|s| s.field == Some(FieldId::Phone) || s.field == Some(FieldId::Email))
                });
            goes_on || self.out.pairs.iter().any(|p| p.zone == Zone::Cover && p.sense.is_some_and(|s| s.kind == sense.kind))
        };
        let block = self.block.filter(|_| self.zone != Zone::Cover || asked());
        // a contact in the block of another organisation is theirs
        let outer = side.or(block).or(row.map(|r| r.owner)).filter(|o| theirs(*o));
        if let Some(outer) = outer
            && (sense.owner == Some(Owner::Contact) || sense.weak && sense.owner == Some(Owner::Leader) || sense.owner.is_none() && is_attribute(sense.kind))
        {
            return Some(outer);
        }
        let carried = self.carry.as_ref().filter(|_| is_attribute(sense.kind)).map(|c| c.owner).filter(|owner| match owner {
            Owner::Head => !headless,
            Owner::Recommender => self.zone != Zone::Cover || asked(),
            Owner::Adviser => self.zone != Zone::Cover || sense.kind == Kind::Title || asked(),
            _ => true,
        });
        sense.owner.or(row.map(|r| r.owner)).or(side).or(carried).or(section)
    }

    /// The label that names the owner, where the label itself does not.
    pub fn of(&self, sense: Sense, row: Option<&Owned>) -> Option<String> {
        let carried = row.or(self.carry.as_ref()).filter(|_| sense.owner.is_none() && is_attribute(sense.kind) && sense.kind != Kind::Text);
        carried.map(|owned| owned.label.clone())
    }

    /// A person's label makes what follows his; an organisation's ends it.
    pub fn note_owner(&mut self, sense: Sense, label: &str, row: &mut Option<Owned>) {
        let owned = |owner: Owner| Owned { owner, label: label.trim().trim_end_matches(['：', ':']).to_owned() };
        match sense.kind {
            Kind::Person | Kind::Name => {
                if let Some(owner) = sense.owner {
                    *row = Some(owned(owner));
                    self.carry = (owner != Owner::Member).then(|| owned(owner));
                }
            }
            Kind::Organisation if sense.owner == Some(Owner::Recommender) => {
                *row = sense.owner.map(owned);
                self.carry.clone_from(row);
                self.block = sense.owner;
            }
            // a partner's particulars stand on his own line; the next line is the applicant's again
            Kind::Organisation if sense.owner == Some(Owner::Partner) => *row = sense.owner.map(owned),
            Kind::Organisation if sense.owner == Some(Owner::Applicant) => {
                *row = None;
                self.carry = None;
                self.block = None;
            }
            Kind::Text | Kind::Money | Kind::Period | Kind::Choice if sense.field.is_some() => {
                *row = None;
                self.carry = None;
                self.block = None;
            }
            _ => {}
        }
    }
}

fn is_attribute(kind: Kind) -> bool {
    matches!(kind, Kind::Name | Kind::Title | Kind::Phone | Kind::Fax | Kind::Email | Kind::Address | Kind::Postcode | Kind::Organisation | Kind::Text)
}
