use super::case::{FEW, Where};
use super::contract::declare_check;
use super::person_in_charge::in_charge;
use super::{Case, Check, Words};
use crate::model::{DocId, Outcome, Person, Pointer, Role};
use crate::say;

declare_check! {
    /// A team of experts is named.
    ///
    /// ## How it is decided
    /// A table of experts with at least `min` names that carry a title or an organisation, or with `members`
    /// the project's members where the text speaks of experts: `pass`. With `in_charge` and
    /// `network`, a person in charge and a network are looked for as well, each on its own. It never fails.
    ///
    /// ## Why
    /// “有一支过硬的专家团队”: that there is one can be seen, how strong it is the reviewers judge.
    ///
    /// ## A person looks when
    /// The team is only spoken of, the list was not read, or nothing was found.
    pub struct ExpertsPresent("experts-present", Dossier, bind_dossier, Form, [Pass, Human],
        "找专家名单（姓名，及职称或单位），有即符合；需要时一并查找专人负责和网络建设的内容。不自动判不符合，水平由评审判断。只提到专家团队、名单未读或没有找到时由人工查看。"
    ) {
        min: usize,
        /// Words of a team of experts.
        words: Words,
        /// The project's members with titles stand for the team where the text speaks of experts.
        #[serde(default)]
        members: bool,
        /// Words that put somebody in charge.
        #[serde(default)]
        in_charge: Option<Words>,
        /// Words of a network.
        #[serde(default)]
        network: Option<Words>,
    }
}

impl Check for ExpertsPresent {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let mut outcomes = vec![self.team(case)];
        outcomes.extend(self.in_charge.as_ref().map(|words| in_charge(case, words)));
        outcomes.extend(self.network.as_ref().map(|words| network(case, words)));
        outcomes
    }
}

impl ExpertsPresent {
    fn team(&self, case: &Case<'_>) -> Outcome {
        let described = |person: &&Person| !person.name.is_empty() && (!person.title.is_empty() || !person.organisation.is_empty());
        let known: Vec<&Person> = case.facts().experts.iter().filter(described).collect();
        if known.len() >= self.min.max(1) {
            let count = known.len();
            let places = known.iter().filter_map(|person| person.at.first().copied()).take(FEW);
            return Outcome::pass(say!(
                "列有专家 {count} 人（姓名、职称或单位），水平由评审判断",
                "{count} expert(s) are listed; how strong is for the reviewers"
            ))
            .see(places);
        }
        let hits: Vec<Pointer> = case.find(&self.words, Where::Anywhere).into_iter().flat_map(|hit| hit.spans).take(FEW).map(Pointer::Span).collect();
        let members: Vec<&Person> = case.facts().members.iter().filter(|person| self.members && described(person)).collect();
        if !hits.is_empty() && members.len() >= self.min.max(1) {
            let count = members.len();
            let places = members.iter().filter_map(|person| person.at.first().copied()).take(3);
            let say = say!(
                "写有专家团队，列有成员 {count} 人（姓名、职称或单位），水平由评审判断",
                "a team of experts is described and {count} member(s) are listed; how strong is for the reviewers"
            );
            return Outcome::pass(say).see(places).see(hits.into_iter().take(2));
        }
        let unread: Vec<DocId> = case.named(&self.words, Where::Proofs).into_iter().filter(|doc| !case.is_read(*doc)).collect();
        if !unread.is_empty() {
            let names = case.names(&unread);
            return Outcome::human(say!(
                "专家名单可能在未读的文件中，请人工查看：{names}",
                "the list of experts may be in a file that was not read, please look: {names}"
            ))
            .see(unread.into_iter().take(FEW).map(Pointer::File))
            .see(hits);
        }
        let say = if hits.is_empty() {
            say!("未见专家名单，请人工查看", "no list of experts was found; please look")
        } else {
            say!("提到专家团队，但未读到专家名单（姓名、职称、单位），请人工查看", "a team of experts is spoken of, but no list was read; please look")
        };
        case.absent(&[Role::List], Outcome::human(say)).see(hits)
    }
}

fn network(case: &Case<'_>, words: &Words) -> Outcome {
    let hits: Vec<Pointer> = case.find(words, Where::Anywhere).into_iter().flat_map(|hit| hit.spans).take(FEW).map(Pointer::Span).collect();
    if hits.is_empty() {
        return Outcome::human(say!("未读到思想库（智库）建设网络的内容，请人工查看", "nothing on a network was read; please look")).searched(case.searched());
    }
    Outcome::pass(say!("写有思想库（智库）建设网络，是否完善由评审判断", "a network is described; how complete is for the reviewers")).see(hits)
}
