use super::case::{FEW, Where};
use super::contract::declare_check;
use super::{Case, Check, Words};
use crate::model::{FieldId, Outcome, Person, Pointer};
use crate::say;

declare_check! {
    /// A named person is in charge.
    ///
    /// ## How it is decided
    /// A member of the project with a duty, or a sentence that puts somebody in charge together with a named leader or
    /// contact: `pass`. It never fails.
    ///
    /// ## Why
    /// “有专人负责” asks for a person and a duty.
    ///
    /// ## A person looks when
    /// Names stand without duties, or neither was found.
    pub struct PersonInCharge("person-in-charge", Dossier, bind_dossier, Form, [Pass, Human],
        "成员表中写有分工，或写明有专人负责并有负责人、联系人姓名，为符合。不自动判不符合。只有姓名没有分工或都没有时由人工查看。"
    ) {
        /// Words that put somebody in charge.
        words: Words,
    }
}

impl Check for PersonInCharge {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        vec![in_charge(case, &self.words)]
    }
}

pub fn in_charge(case: &Case<'_>, words: &Words) -> Outcome {
    let people = || case.facts().members.iter().chain(&case.facts().experts);
    let with_duty: Vec<&Person> = people().filter(|person| !person.name.is_empty() && !person.duty.is_empty()).collect();
    let hits: Vec<Pointer> = case.find(words, Where::Anywhere).into_iter().flat_map(|hit| hit.spans).take(FEW).map(Pointer::Span).collect();
    if let Some(person) = with_duty.first() {
        let (name, duty, count) = (&person.name, &person.duty, with_duty.len());
        let places = with_duty.iter().filter_map(|person| person.at.first().copied()).take(3);
        return Outcome::pass(say!("写明分工的有 {count} 人，如{name}（{duty}）", "{count} person(s) with a duty, such as {name} ({duty})"))
            .see(places)
            .see(hits.into_iter().take(2));
    }
    let named = [FieldId::Leader, FieldId::Contact].into_iter().find_map(|field| case.facts().first(field));
    if let (Some(named), false) = (named, hits.is_empty()) {
        let name = named.raw.trim();
        return Outcome::pass(say!("写明有专人负责，负责人或联系人为{name}", "somebody is put in charge; the leader or contact is {name}"))
            .see(hits)
            .see(named.at.iter().copied().take(1));
    }
    let names: Vec<Pointer> = named.iter().flat_map(|named| named.at.iter().copied().take(1)).map(Pointer::Span).collect();
    let say = say!("未读到专人负责及其分工，请人工查看", "no person with a duty was read; please look");
    Outcome::human(say).see(hits).see(names).searched(case.searched())
}
