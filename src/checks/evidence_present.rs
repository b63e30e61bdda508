use super::case::{FEW, Where};
use super::contract::declare_check;
use super::{Case, Check, Words};
use crate::model::{BlockKind, DocId, EvidenceKind, Format, Outcome, Pointer, Role, Span};
use crate::say;

declare_check! {
    /// At least one attachment proves work and results.
    ///
    /// ## How it is decided
    /// An attachment beside form and agreement that is a notice, an agenda, a photo, a certificate, a report, a plan, a
    /// budget, a list or news, or whose name says so, or such a paper bound into one file with them: `pass`. Nothing but form and agreement: `fail`.
    ///
    /// ## Why
    /// “附件包括项目合作协议、项目相关工作及成果证明等佐证材料”. Whether the proof is enough is for the reviewers.
    ///
    /// ## A person looks when
    /// The only attachments are of unknown kind or were not read, or the form's own file holds pictures or an agreement.
    pub struct EvidencePresent("evidence-present", Dossier, bind_dossier, Form, [Pass, Fail, Human],
        "申报书和协议之外有通知、议程、照片、证书、报告、计划、预算、名单、报道等附件为符合；只有申报书和协议为不符合；是否充分由评审判断。附件种类不明、未读，或申报书文件内含图片时由人工查看。"
    ) {
        /// Words of file names that say what an attachment is, where its content does not.
        names: Words,
    }
}

impl Check for EvidencePresent {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let attached: Vec<DocId> = (0u32..)
            .zip(case.dossier.files.iter().zip(&case.dossier.documents))
            .filter(|(_, (file, document))| file.problem.is_none() && document.format != Format::Empty && !is_container(document.format))
            .map(|(n, _)| DocId(n))
            .filter(|doc| !case.is_form(*doc) && !case.is_paper_scan(*doc) && !case.is_mail_body(*doc) && case.facts().role(*doc) != Role::Agreement)
            .filter(|doc| case.facts().agreements.iter().all(|agreement| agreement.doc != Some(*doc)))
            .collect();
        let named = case.named(&self.names, Where::Proofs);
        let known: Vec<DocId> = attached.iter().copied().filter(|doc| is_proof(case.facts().role(*doc)) || named.contains(doc)).collect();
        if !known.is_empty() {
            let (count, names) = (known.len(), case.names(&known));
            let say =
                say!("有佐证材料 {count} 件：{names}（是否充分由评审判断）", "{count} attachment(s) of proof: {names} (whether enough is for the reviewers)");
            return vec![Outcome::pass(say).see(known.into_iter().take(FEW).map(Pointer::File))];
        }
        if !attached.is_empty() {
            let names = case.names(&attached);
            let say = say!("附件 {names} 是否为工作及成果证明，请人工查看", "please look whether {names} prove(s) work and results");
            return vec![Outcome::human(say).see(attached.into_iter().take(FEW).map(Pointer::File))];
        }
        let of_events = case.facts().events.iter().flat_map(|e| &e.evidence).filter(|e| e.kind != EvidenceKind::Form);
        let of_events = of_events.map(|e| place(e.doc, &e.at));
        let papers = || case.facts().bound.iter().filter(|paper| !matches!(paper.role, Role::Agreement | Role::ApplicationForm));
        let bound: Vec<Pointer> = of_events.chain(papers().filter(|paper| is_proof(paper.role)).map(|paper| place(paper.doc, &paper.at))).collect();
        if !bound.is_empty() {
            let say = say!(
                "佐证材料与申报书或协议合在一个文件中（是否充分由评审判断）",
                "the proof is bound into one file with form or agreement (whether enough is for the reviewers)"
            );
            return vec![Outcome::pass(say).see(bound.into_iter().take(FEW))];
        }
        let open: Vec<Pointer> = papers().map(|paper| place(paper.doc, &paper.at)).collect();
        if !open.is_empty() {
            let say = say!(
                "与申报书或协议合在一个文件中的材料是否为工作及成果证明，请人工查看",
                "please look whether what is bound into one file with form or agreement proves work and results"
            );
            return vec![Outcome::human(say).see(open.into_iter().take(FEW))];
        }
        let inside = case.form().filter(|form| {
            let pictures = case.dossier.document(*form).is_some_and(|document| document.blocks.iter().any(|b| b.kind == BlockKind::Picture));
            pictures || case.facts().agreements.iter().any(|agreement| agreement.doc == Some(*form))
        });
        if let Some(form) = inside {
            let say = say!(
                "没有单独的附件，申报书文件内含图片或协议，是否为佐证材料请人工查看",
                "there is no attachment; the form's file holds pictures or an agreement, please look"
            );
            return vec![Outcome::human(say).see([Pointer::File(form)])];
        }
        let say = say!("除申报书和协议外没有任何佐证材料", "nothing is attached beside form and agreement");
        vec![case.absent(&[Role::Unknown], Outcome::fail(say))]
    }
}

/// Where a paper begins, or its file.
fn place(doc: DocId, at: &[Span]) -> Pointer {
    at.first().map_or(Pointer::File(doc), |span| Pointer::Span(*span))
}

fn is_container(format: Format) -> bool {
    matches!(format, Format::Eml | Format::Msg)
}

fn is_proof(role: Role) -> bool {
    match role {
        Role::EventNotice | Role::Agenda | Role::SignIn | Role::Photo | Role::News | Role::Certificate => true,
        Role::Report | Role::Plan | Role::Budget | Role::List => true,
        Role::ApplicationForm | Role::Agreement | Role::Other | Role::Unknown => false,
    }
}
