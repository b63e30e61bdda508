use super::case::FEW;
use super::contract::declare_check;
use super::{Case, Check, Words};
use crate::model::{DocId, Outcome, Pointer, Role};
use crate::say;
use schemars::JsonSchema;
use serde::Deserialize;

declare_check! {
    /// Each of several papers is there, recognised by its title.
    ///
    /// ## How it is decided
    /// For each paper on its own: a file name or a title-like line of an attachment has its words: `pass`. It never fails:
    /// a paper may carry another title.
    ///
    /// ## Why
    /// “有长期规划和年度计划” are two papers; one of them does not stand for the other.
    ///
    /// ## A person looks when
    /// No title was found, only the form mentions the paper, or the file that seems to be it was not read.
    pub struct DocumentsPresent("documents-present", Dossier, bind_dossier, Form, [Pass, Human],
        "按文件名和附件中的标题逐份查找，找到即符合。不自动判不符合。没有找到、只在申报书中提及或文件未读时由人工查看。"
    ) {
        documents: Vec<Wanted>,
    }
}

/// One paper.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// Its name, for the sentence.
    title: String,
    title_en: String,
    /// Words of its title.
    names: Words,
}

/// A title is no longer than this.
const TITLE: usize = 45;

impl Check for DocumentsPresent {
    fn settle(&self, _: &crate::model::Round) -> Result<(), String> {
        if self.documents.is_empty() { Err("field `documents`: found none, expected at least one".to_owned()) } else { Ok(()) }
    }

    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        self.documents.iter().map(|wanted| wanted.decide(case)).collect()
    }
}

impl Wanted {
    fn decide(&self, case: &Case<'_>) -> Outcome {
        let (zh, en) = (&self.title, &self.title_en);
        let mut titled: Vec<Pointer> = Vec::new();
        let mut named: Vec<DocId> = Vec::new();
        for (n, file) in (0u32..).zip(&case.dossier.files) {
            let doc = DocId(n);
            if !case.is_form(doc) && self.names.are_in(file.path.rsplit(['/', '!']).next().unwrap_or(&file.path)) {
                named.push(doc);
            }
        }
        let mut offset;
        for view in case.views.iter().filter(|view| !case.is_form(view.id)) {
            offset = 0;
            for line in view.text.split('\n') {
                let is_title = line.chars().take(TITLE + 1).count() <= TITLE && !line.ends_with(['。', '；', ';', '，', ',']);
                if is_title && let Some(found) = self.names.find(line).next() {
                    titled.extend(view.spans(offset + found.start..offset + found.end).into_iter().map(Pointer::Span));
                }
                offset += line.len() + 1;
            }
        }
        let (read, unread): (Vec<DocId>, Vec<DocId>) = named.into_iter().partition(|doc| case.is_read(*doc));
        if !read.is_empty() || !titled.is_empty() {
            let files = read.into_iter().map(Pointer::File);
            return Outcome::pass(say!("有{zh}", "there is the {en}")).see(files.chain(titled).take(FEW));
        }
        if !unread.is_empty() {
            let names = case.names(&unread);
            let say = say!("{zh}可能在未读的文件中，请人工查看：{names}", "the {en} may be in a file that was not read, please look: {names}");
            return Outcome::human(say).see(unread.into_iter().take(FEW).map(Pointer::File));
        }
        let mentioned: Vec<Pointer> =
            case.find(&self.names, super::case::Where::Form).into_iter().flat_map(|hit| hit.spans).take(FEW).map(Pointer::Span).collect();
        let say = if mentioned.is_empty() {
            say!("未见{zh}，请人工查看", "the {en} was not found; please look")
        } else {
            say!("{zh}只在申报书中提及，附件中未见，请人工查看", "the {en} is only mentioned in the form; please look")
        };
        case.absent(&[Role::Plan, Role::Report], Outcome::human(say)).see(mentioned)
    }
}
