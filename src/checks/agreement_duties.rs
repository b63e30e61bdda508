use super::alike::shown;
use super::case::FEW;
use super::contract::declare_check;
use super::parties::{self, COULD_HOLD};
use super::{Case, Check};
use crate::model::{Agreement, Outcome, Pointer};
use crate::say;

declare_check! {
    /// The agreement states the responsibilities, rights and duties of both sides.
    ///
    /// ## How it is decided
    /// For each agreement between the applicant and the partner: headings or sentences that bind both sides: `pass`;
    /// one side or none: `fail`. A supplement between the same parties leaves them as the agreement that it goes with states them.
    /// No agreement at all: the rule does not apply.
    ///
    /// ## Why
    /// “双方明确各自的责任、权利和义务”: an agreement that binds one side only is what reviewers send back.
    ///
    /// ## A person looks when
    /// The agreement was read only in part, an unread file could be the agreement, or its words about rights and duties
    /// were not told to belong to either side.
    pub struct AgreementDuties("agreement-duties", Dossier, bind_dossier, Form, [Pass, Fail, Human, NotApplicable],
        "看协议是否写明双方的责任、权利和义务：双方都有为符合；只有一方或都没有标待补正；没有协议不适用。协议有未读的页，或写有责任、权利、义务而未能分清属于哪一方时，由人工查看。"
    ) {
        /// Sides that must be bound.
        min_parties: usize,
    }
}

impl Check for AgreementDuties {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let relevant = parties::relevant(case);
        if relevant.is_empty() {
            return vec![none(case)];
        }
        let stated = |agreement: &Agreement| relevant.iter().copied().find(|main| supplements(agreement, main) && self.binds_both(main));
        let of = |agreement: &Agreement| match stated(agreement) {
            Some(main) if !self.binds_both(agreement) => {
                let (title, main_title) = (shown(&agreement.title), shown(&main.title));
                let say = say!(
                    "“{title}”是“{main_title}”的补充，双方责任、权利和义务见后者",
                    "“{title}” supplements “{main_title}”, which states both sides' duties"
                );
                Outcome::pass(say).see(parties::place(agreement)).see(parties::place(main))
            }
            _ => self.of(case, agreement),
        };
        relevant.iter().copied().take(FEW).map(of).collect()
    }
}

/// Whether an agreement calls itself a supplement or a renewal and binds the same parties as another.
fn supplements(agreement: &Agreement, main: &Agreement) -> bool {
    ["补充", "续签", "延期", "变更"].iter().any(|word| agreement.title.contains(word))
        && agreement.title != main.title
        && parties::same_parties(agreement, main)
}

/// The sides whose duties an agreement states, each once.
fn sides(agreement: &Agreement) -> Vec<&str> {
    let mut sides: Vec<&str> = Vec::new();
    for duty in &agreement.duties {
        if !sides.contains(&duty.value.as_str()) {
            sides.push(&duty.value);
        }
    }
    sides
}

impl AgreementDuties {
    fn binds_both(&self, agreement: &Agreement) -> bool {
        let sides = sides(agreement);
        sides.len() >= self.min_parties || sides.iter().any(|side| side.contains('双') || side.contains("各方") || side.contains("甲乙"))
    }

    fn of(&self, case: &Case<'_>, agreement: &Agreement) -> Outcome {
        let title = shown(&agreement.title);
        let sides = sides(agreement);
        let places = || agreement.duties.iter().filter_map(|duty| duty.at.first().copied()).take(4);
        let named = sides.join("、");
        if self.binds_both(agreement) {
            let say = say!("协议“{title}”写明了{named}的责任、权利和义务", "“{title}” states the duties of {named}");
            return Outcome::pass(say).see(places());
        }
        if is_partial(case, agreement) {
            let say = say!("协议“{title}”有未读的页，双方责任、权利和义务请人工查看", "pages of “{title}” were not read; please look for both sides' duties");
            return Outcome::human(say).see(parties::place(agreement));
        }
        // A paper that gives its parties no word that is known may speak of their duties in its own.
        if agreement.parties.iter().filter(|party| !party.role.is_empty()).count() < self.min_parties {
            let say = say!(
                "未认出协议“{title}”如何称呼各方，双方责任、权利和义务请人工查看",
                "what “{title}” calls its parties was not recognised; please look for both sides' duties"
            );
            return Outcome::human(say).see(parties::place(agreement));
        }
        if sides.is_empty() && speaks_of_duties(case, agreement) {
            let say = say!(
                "协议“{title}”写有责任、权利、义务，但未能分清属于哪一方，请人工查看",
                "“{title}” speaks of responsibilities, rights and duties; whose they are was not recognised, please look"
            );
            return Outcome::human(say).see(parties::place(agreement));
        }
        let say = if sides.is_empty() {
            say!("协议“{title}”中未见双方的责任、权利和义务", "“{title}” states no side's responsibilities, rights and duties")
        } else {
            say!("协议“{title}”只写明了{named}一方的责任、权利和义务", "“{title}” states the duties of {named} only")
        };
        let searched = agreement.doc;
        Outcome::fail(say).see(places().map(Pointer::Span)).see(parties::place(agreement)).searched(searched)
    }
}

/// Whether a line of the agreement's file speaks of rights and duties, other than what follows a breach.
fn speaks_of_duties(case: &Case<'_>, agreement: &Agreement) -> bool {
    let has = |line: &str, words: &[&str]| words.iter().any(|word| line.contains(word));
    let speaks = |line: &str| has(line, &["责任", "权利", "义务", "权责"]) && !has(line, &["违约", "法律责任", "赔偿", "连带"]);
    case.views.iter().filter(|view| Some(view.id) == agreement.doc).any(|view| view.text.lines().any(speaks))
}

/// Whether the agreement's own file was not read in full.
pub fn is_partial(case: &Case<'_>, agreement: &Agreement) -> bool {
    agreement.doc.and_then(|doc| case.dossier.document(doc)).is_some_and(|document| document.has_unread())
}

/// The answer of a rule on an agreement's content where there is no agreement.
pub fn none(case: &Case<'_>) -> Outcome {
    let none = Outcome::not_applicable(say!("没有合作协议，本项不适用", "there is no agreement to look at"));
    case.absent(&COULD_HOLD, none)
}
