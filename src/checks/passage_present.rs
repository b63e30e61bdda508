use super::case::{FEW, Where};
use super::contract::declare_check;
use super::{Case, Check, Words};
use crate::model::{DocId, Outcome, Pointer, Role, Say};
use crate::say;

declare_check! {
    /// The dossier shows something that the notice asks for, by passages that name it.
    ///
    /// ## How it is decided
    /// The words are looked for in every file that was read. Found in an attachment (or, without `proof`, in a sentence of the
    /// form): `pass` with the places. It never fails: absence of words is no proof of absence.
    ///
    /// ## Why
    /// “有……” asks for presence; how good it is, the reviewers judge. What the form says of the applicant itself proves
    /// nothing where proof is asked for.
    ///
    /// ## A person looks when
    /// Only the form speaks of it, nothing does, or the file that seems to hold it was not read.
    pub struct PassagePresent("passage-present", Dossier, bind_dossier, Form, [Pass, Human],
        "在已读文件中按词语查找，附件中找到（不要求证明的，申报书中写明也可）即符合，并列出位置。不自动判不符合。只有申报书自述、没有找到或文件未读时由人工查看。"
    ) {
        /// What is looked for, for the sentence.
        subject: String,
        subject_en: String,
        words: Words,
        /// The form's own word is not enough.
        proof: bool,
        /// Kinds of attachment in which the words count; empty: any.
        #[serde(default)]
        roles: Vec<Role>,
        /// Words that count in agreements, which otherwise prove no work.
        #[serde(default)]
        agreement_words: Option<Words>,
        /// An event held on line shows it as well.
        #[serde(default)]
        online_events: bool,
        /// What remains for the reviewers, for the sentence.
        #[serde(default)]
        reviewers: String,
        #[serde(default)]
        reviewers_en: String,
    }
}

/// A form's heading holds the words of its question; an answer is longer.
const ANSWER: usize = 15;

impl Check for PassagePresent {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let (zh, en) = (&self.subject, &self.subject_en);
        let role_fits = |doc: DocId| self.roles.is_empty() || self.roles.contains(&case.facts().role(doc));
        let proofs: Vec<Pointer> =
            case.find(&self.words, Where::Proofs).into_iter().filter(|hit| role_fits(hit.doc)).flat_map(|hit| hit.spans).map(Pointer::Span).collect();
        let online = case.facts().events.iter().filter(|event| self.online_events && event.online);
        let online: Vec<Pointer> = online
            .flat_map(|event| {
                event.evidence.iter().filter(|e| !case.is_form(e.doc)).map(|e| e.at.first().map_or(Pointer::File(e.doc), |span| Pointer::Span(*span)))
            })
            .collect();
        let contracts = self.agreement_words.iter().flat_map(|words| case.find(words, Where::Agreements)).flat_map(|hit| hit.spans).map(Pointer::Span);
        let shown: Vec<Pointer> = contracts.chain(online).chain(proofs).take(FEW).collect();
        let tail = self.tail();
        let (tail_zh, tail_en) = (&tail.zh, &tail.en);
        if !shown.is_empty() {
            return vec![Outcome::pass(say!("附件中有{zh}的材料{tail_zh}", "attachments show {en}{tail_en}")).see(shown)];
        }
        let answers: Vec<Pointer> =
            case.find(&self.words, Where::Form).into_iter().filter(|hit| hit.line > ANSWER).flat_map(|hit| hit.spans).take(FEW).map(Pointer::Span).collect();
        if !answers.is_empty() && !self.proof {
            return vec![Outcome::pass(say!("申报书中有{zh}的内容{tail_zh}", "the form tells of {en}{tail_en}")).see(answers)];
        }
        let unread: Vec<DocId> = case.named(&self.words, Where::Proofs).into_iter().filter(|doc| !case.is_read(*doc)).collect();
        if !unread.is_empty() {
            let names = case.names(&unread);
            let say = say!("可能含有{zh}的文件未能读取，请人工查看：{names}", "files that may show {en} could not be read, please look: {names}");
            return vec![Outcome::human(say).see(unread.into_iter().take(FEW).map(Pointer::File)).see(answers)];
        }
        let say = if answers.is_empty() {
            say!("已读文件中未找到{zh}的材料，请人工查看", "nothing on {en} was found in the files read; please look")
        } else {
            say!("{zh}只见于申报书自述，附件中未找到证明，请人工查看", "only the form speaks of {en}, no attachment shows it; please look")
        };
        vec![case.absent(&[Role::Certificate, Role::Photo, Role::News, Role::Report], Outcome::human(say)).see(answers)]
    }
}

impl PassagePresent {
    fn tail(&self) -> Say {
        if self.reviewers.is_empty() { Say::default() } else { Say::new(format!("（{}）", self.reviewers), format!(" ({})", self.reviewers_en)) }
    }
}
