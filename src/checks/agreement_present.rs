use super::alike::shown;
use super::case::FEW;
use super::contract::declare_check;
use super::parties::{self, COULD_HOLD, Match};
use super::{Case, Check};
use crate::model::{Agreement, BoundPaper, CategoryId, Outcome, Pointer, Role, Severity, Signature};
use crate::say;
use schemars::JsonSchema;
use serde::Deserialize;

declare_check! {
    /// The agreement that the notice asks for is there, and is with the right party.
    ///
    /// ## How it is decided
    /// No agreement among the files read, and it is demanded: `fail`; where the form only claims a cooperation: `fail`
    /// as a warning; where nothing demands it: `pass` for information. With `party = "partner"` an agreement between
    /// the applicant and the partner that the form names passes; with `"government"` the other party is a body of the
    /// party or the government by the ending of its name, and the signature block is filled; with `"any"` any
    /// agreement passes.
    ///
    /// ## Why
    /// A letter of intent, a memorandum or a plan is no agreement; such papers are shown as look-alikes.
    ///
    /// ## A person looks when
    /// An unread file could hold the agreement; the applicant or the partner is not among the parties (it may be the
    /// provincial society or the body it hangs on that signs); the other party is an office inside a body.
    pub struct AgreementPresent("agreement-present", Dossier, bind_dossier, Form, [Pass, Fail, Human, NotChecked],
        "找合作协议并核对签约方：与申报书所列服务对象签订（或与党委、政府部门签订且已签署）为符合；要求协议而已读文件中没有为不符合；仅申报书写明合作而没有协议的标待补正；不要求的仅作提示。意向书、备忘录等不是协议，另行列出。申报单位或合作单位不在各方之中、签约方为机关内设机构、有未读文件可能是协议时由人工核对。"
    ) {
        party: With,
        demanded: Demanded,
        /// Categories in which it is demanded whatever the form claims.
        #[serde(default)]
        always_for: Vec<CategoryId>,
        /// Endings of names of bodies of the party or the government.
        #[serde(default)]
        bodies: Vec<String>,
        /// Endings of names of offices inside such bodies, which cannot sign for them.
        #[serde(default)]
        offices: Vec<String>,
        /// Endings of names that look like those of bodies and are none (专业委员会).
        #[serde(default)]
        others: Vec<String>,
    }
}

/// With whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum With {
    Any,
    /// The one served, as the form names it.
    Partner,
    /// A body of the party or the government.
    Government,
}

/// When its absence is a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Demanded {
    Always,
    /// Only when the form claims a cooperation (N06).
    WhenClaimed,
}

impl Check for AgreementPresent {
    fn settle(&self, _: &crate::model::Round) -> Result<(), String> {
        if self.party == With::Government && self.bodies.is_empty() {
            return Err("field `bodies`: found none, expected endings of names for `party = \"government\"`".to_owned());
        }
        Ok(())
    }

    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let agreements = &case.facts().agreements;
        if agreements.is_empty() {
            return self.without(case);
        }
        let outcomes = agreements.iter().map(|agreement| match self.party {
            With::Any => Outcome::pass(found(agreement)).see(parties::place(agreement)),
            With::Partner => with_partner(case, agreement),
            With::Government => self.with_government(case, agreement),
        });
        // One right agreement is enough; the others prove other things.
        let order = |outcome: &Outcome| u8::from(outcome.verdict != crate::model::Verdict::Pass);
        let mut outcomes: Vec<Outcome> = outcomes.collect();
        outcomes.sort_by_key(order);
        if outcomes.first().is_some_and(|outcome| order(outcome) == 0) {
            outcomes.truncate(1);
        } else {
            outcomes.truncate(FEW);
        }
        outcomes
    }
}

impl AgreementPresent {
    /// The answer where no agreement was found.
    fn without(&self, case: &Case<'_>) -> Vec<Outcome> {
        let everyone = self.demanded == Demanded::WhenClaimed && case.round().reads("N06", "everyone");
        let demanded = self.demanded == Demanded::Always || case.is_category(&self.always_for);
        let (claimed, claims) = claims(case);
        let missing = || say!("已读文件中未见合作协议", "no agreement was found in the files read");
        let outcome = if let Some(paper) = marked(case).filter(|_| demanded || everyone || claimed) {
            let title = shown(paper.titles.first().map_or("", String::as_str));
            let say = say!(
                "材料中有标为“{title}”的部分，但未能认出协议的内容，请人工查看",
                "a part is marked “{title}”, but no agreement was made out in it; please look"
            );
            Outcome::human(say).see(paper.at.iter().copied().take(1))
        } else if demanded {
            case.absent(&COULD_HOLD, Outcome::fail(missing()))
        } else if case.category.id.is_none() && !self.always_for.is_empty() && !claimed {
            Outcome::not_checked(say!("类别未定，是否须附合作协议未核对", "the category is not known, so whether an agreement is demanded was not checked"))
        } else if everyone {
            case.absent(&COULD_HOLD, Outcome::fail(missing()).at_most(Severity::Warning))
        } else if claimed {
            let say = say!("申报书写明有合作，已读文件中未见合作协议", "the form claims a cooperation, but no agreement was found in the files read");
            case.absent(&COULD_HOLD, Outcome::fail(say).at_most(Severity::Warning)).see(claims)
        } else {
            let say = say!("申报书未写明合作单位，本类别不要求合作协议", "the form claims no cooperation, and this category demands no agreement");
            return vec![Outcome::pass(say).at_most(Severity::Info).searched(case.searched())];
        };
        let mut outcomes = vec![outcome];
        for alike in case.facts().look_alikes.iter().take(FEW) {
            let title = shown(&alike.title);
            let say = say!("“{title}”与协议相近，但不是协议，请人工查看", "“{title}” looks like an agreement but is none; please look");
            outcomes.push(Outcome::human(say).see(parties::place(alike)));
        }
        outcomes
    }

    fn with_government(&self, case: &Case<'_>, agreement: &Agreement) -> Outcome {
        let others: Vec<&str> =
            agreement.parties.iter().filter(|party| parties::is_applicant(case, party) != Match::Same).map(|party| party.name.as_str()).collect();
        let (names, title) = (parties::shown(agreement), shown(&agreement.title));
        let body =
            others.iter().find(|name| parties::is_body(name, &self.bodies) && !parties::is_body(name, &self.offices) && !parties::is_body(name, &self.others));
        let Some(body) = body else {
            let office = others.iter().find(|name| parties::is_body(name, &self.offices));
            let say = match office {
                Some(office) => say!(
                    "“{title}”的签约方“{office}”为机关内设机构，能否代表机关签约请人工核定",
                    "“{office}” in “{title}” is an office inside a body; please decide whether it can sign"
                ),
                None => say!(
                    "“{title}”的各方为 {names}，未识别到党委、政府或其部门，请人工核定",
                    "the parties of “{title}” are {names}: no body of the party or the government was recognised; please look"
                ),
            };
            return Outcome::human(say).see(parties::place(agreement)).see(party_places(agreement));
        };
        if agreement.parties.iter().all(|party| parties::is_applicant(case, party) == Match::None) {
            let say = say!(
                "“{title}”的各方为 {names}，申报单位未出现在各方中，请人工核定",
                "the applicant is not among the parties of “{title}” ({names}); please look"
            );
            return Outcome::human(say).see(parties::place(agreement)).see(party_places(agreement));
        }
        if agreement.signature != Signature::Filled {
            let say = say!(
                "与“{body}”的协议“{title}”签署栏未读到完整的签署，请人工查看",
                "the signature block of “{title}” with “{body}” was not read as filled; please look"
            );
            return Outcome::human(say).see(parties::place(agreement)).see(agreement.signature_at.iter().copied().take(2));
        }
        let say = say!(
            "有与“{body}”签订的协议“{title}”，签署栏已填写（印章须看原件）",
            "there is the agreement “{title}” with “{body}”, its signature block is filled (look at the seals)"
        );
        Outcome::pass(say).see(parties::place(agreement)).see(party_places(agreement))
    }
}

/// A paper bound into a file whose mark or title says that it is an agreement, where no look-alike is what is so called.
fn marked<'c>(case: &Case<'c>) -> Option<&'c BoundPaper> {
    let alike = |paper: &&BoundPaper| case.facts().look_alikes.iter().any(|alike| alike.doc == Some(paper.doc));
    case.facts().bound.iter().filter(|paper| paper.role == Role::Agreement).find(|paper| !alike(paper))
}

fn found(agreement: &Agreement) -> crate::model::Say {
    let (title, names) = (shown(&agreement.title), parties::shown(agreement));
    say!("有合作协议“{title}”，各方为 {names}", "there is the agreement “{title}” between {names}")
}

fn party_places(agreement: &Agreement) -> impl Iterator<Item = Pointer> + '_ {
    agreement.parties.iter().filter_map(|party| party.at.first().copied().map(Pointer::Span)).take(3)
}

fn with_partner(case: &Case<'_>, agreement: &Agreement) -> Outcome {
    let (title, names) = (shown(&agreement.title), parties::shown(agreement));
    let partners = parties::partner_keys(case);
    let applicant = agreement.parties.iter().map(|party| parties::is_applicant(case, party)).max().unwrap_or(Match::None);
    let partner = agreement.parties.iter().map(|party| parties::matches(&party.name, &partners)).max().unwrap_or(Match::None);
    let seen = |outcome: Outcome| outcome.see(parties::place(agreement)).see(party_places(agreement)).see(parties::partner_places(case).into_iter().take(1));
    if applicant == Match::Same && partner == Match::Same {
        return seen(Outcome::pass(found(agreement)));
    }
    let others = || agreement.parties.iter().filter(|party| parties::is_applicant(case, party) == Match::None && !party.name.is_empty());
    let form_names = |name: &str| {
        let name = crate::text::tight(name);
        case.views.iter().filter(|view| case.is_form(view.id)).any(|view| crate::text::tight(&view.text).contains(&name))
    };
    if applicant == Match::Same && partners.is_empty() && others().any(|party| form_names(&party.name)) {
        return seen(Outcome::pass(found(agreement)));
    }
    let say = if agreement.parties.iter().all(|party| party.name.is_empty()) {
        say!("有协议“{title}”，但未能读出各方名称，请人工核定", "there is “{title}”, but its parties' names were not read; please look")
    } else if applicant == Match::None {
        say!(
            "有协议“{title}”，但申报单位未出现在协议各方中；协议各方为 {names}，请人工核定",
            "there is “{title}”, but the applicant is not among its parties ({names}); please look"
        )
    } else if applicant == Match::Near {
        say!(
            "有协议“{title}”，但其中的申报单位名称与申报书不完全一致；协议各方为 {names}，请人工核定",
            "there is “{title}”, but the applicant's name in it is not quite that of the form ({names}); please look"
        )
    } else if partners.is_empty() {
        say!(
            "有协议“{title}”，各方为 {names}；申报书中未读到服务对象，无从对照，请人工核定",
            "there is “{title}” between {names}, but the form's partner was not read; please look"
        )
    } else {
        say!(
            "有协议“{title}”，各方为 {names}，与申报书所列服务对象不完全一致，请人工核定",
            "there is “{title}” between {names}, not quite the partner that the form names; please look"
        )
    };
    seen(Outcome::human(say))
}

/// Whether the form claims a cooperation, and where.
fn claims(case: &Case<'_>) -> (bool, Vec<Pointer>) {
    let sentences = &case.facts().form.cooperation;
    let claimed = !parties::partner_keys(case).is_empty() || !sentences.is_empty();
    let partners = parties::partner_places(case).into_iter();
    let sentences = sentences.iter().flat_map(|claim| claim.at.iter().copied().take(1));
    (claimed, partners.chain(sentences).take(FEW).map(Pointer::Span).collect())
}
