use super::case::FEW;
use super::contract::declare_check;
use super::{Case, Check, Words};
use crate::model::{DocId, Outcome, Pointer, Problem, ProblemKind, Role, Say};
use crate::say;

declare_check! {
    /// Every file opens, is not encrypted, not empty, and is more than a link.
    ///
    /// ## How it is decided
    /// A file that is encrypted, empty, truncated or damaged: `fail`, each named. A file that holds little more than a link
    /// to a network drive: `fail`. Everything opens: `pass`; pictures open although they hold no text.
    ///
    /// ## Why
    /// What cannot be opened cannot be judged, and links of large attachments run out within weeks.
    ///
    /// ## A person looks when
    /// A file was not read for a reason that is not the applicant's: pages that are pictures, a format this program does
    /// not read, a limit that was reached.
    pub struct FilesReadable("files-readable", Dossier, bind_dossier, Nothing, [Pass, Fail, Human],
        "加密、空文件、不完整、损坏或只给出网盘链接的文件标待补正，逐个列出；都能打开为符合。扫描件、暂不能读取的格式、超出限制的由人工查看，不算申报单位的过错。"
    ) {
        /// Words of links to network drives and large attachments.
        cloud_links: Words,
    }
}

/// A text longer than this is a document that also holds a link.
const LITTLE: usize = 400;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    Fault,
    Look,
    Fine,
}

fn fate(kind: ProblemKind, is_photo: bool) -> Fate {
    match kind {
        ProblemKind::Encrypted | ProblemKind::Empty | ProblemKind::Truncated | ProblemKind::Damaged => Fate::Fault,
        ProblemKind::ImageOnly if is_photo => Fate::Fine,
        ProblemKind::WrongType | ProblemKind::Note => Fate::Fine,
        ProblemKind::ImageOnly | ProblemKind::PagesUnread | ProblemKind::GlyphsWithoutText | ProblemKind::Unsupported => Fate::Look,
        ProblemKind::TooLarge | ProblemKind::TimedOut | ProblemKind::OutOfMemory | ProblemKind::Crashed => Fate::Look,
        ProblemKind::NotRegular | ProblemKind::NoPermission | ProblemKind::UnsafePath => Fate::Look,
    }
}

impl Check for FilesReadable {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let mut faults: Vec<Outcome> = Vec::new();
        let mut open: Vec<(DocId, Say)> = Vec::new();
        let files = case.dossier.files.iter().zip(&case.dossier.documents);
        for (n, (file, document)) in (0u32..).zip(files) {
            let doc = DocId(n);
            let problems = file.problem.iter().chain(&document.problems);
            let is_photo = document.format.is_picture() || case.facts().role(doc) == Role::Photo;
            let Some(worst) = problems.min_by_key(|problem| fate(problem.kind, is_photo)) else { continue };
            let name = case.file_name(doc);
            match fate(worst.kind, is_photo) {
                Fate::Fault => faults.push(told(name, worst, Outcome::fail).see([Pointer::File(doc)])),
                Fate::Look => open.push((doc, worst.say.clone())),
                Fate::Fine => {}
            }
        }
        // An archive that did not open whole stands among the files too, with the same words.
        let told_above = |problem: &Problem| case.dossier.files.iter().any(|file| file.problem.as_ref() == Some(problem));
        for problem in case.dossier.problems.iter().filter(|problem| !told_above(problem)) {
            let source = &case.dossier.source;
            match fate(problem.kind, false) {
                Fate::Fault => faults.push(told(source, problem, Outcome::fail)),
                Fate::Look => faults.push(told(source, problem, Outcome::human)),
                Fate::Fine => {}
            }
        }
        faults.extend(self.links(case));
        if let Some((_, Say { zh, en })) = open.first() {
            let (count, docs) = (open.len(), open.iter().map(|(doc, _)| *doc).collect::<Vec<_>>());
            let names = case.names(&docs);
            let say = say!(
                "{count} 个文件未能由程序读出，请人工查看：{names}（{zh}）",
                "{count} file(s) could not be read by the program, please look: {names} ({en})"
            );
            faults.push(Outcome::human(say).see(docs.into_iter().take(FEW).map(Pointer::File)));
        }
        if case.dossier.files.is_empty() && faults.is_empty() {
            return vec![Outcome::fail(say!("材料中没有任何文件", "the dossier holds no file"))];
        }
        if faults.is_empty() {
            let count = case.dossier.files.len();
            let files = (0u32..).take(count.min(FEW)).map(|n| Pointer::File(DocId(n)));
            return vec![Outcome::pass(say!("{count} 个文件均能打开", "all {count} file(s) open")).see(files)];
        }
        faults
    }
}

fn told(name: &str, problem: &Problem, outcome: fn(Say) -> Outcome) -> Outcome {
    let Say { zh, en } = &problem.say;
    outcome(say!("“{name}”：{zh}", "“{name}”: {en}"))
}

impl FilesReadable {
    /// Files that hold a link and little else.
    fn links(&self, case: &Case<'_>) -> Vec<Outcome> {
        let little = case.views.iter().filter(|view| !view.text.is_empty() && view.text.chars().take(LITTLE + 1).count() <= LITTLE);
        little
            .filter(|view| case.facts().agreements.iter().all(|a| a.doc != Some(view.id)) && !case.is_form(view.id))
            .filter_map(|view| {
                let found = self.cloud_links.find(&view.text).next()?;
                let name = view.name();
                let say = say!(
                    "“{name}”只给出网盘或超大附件链接，链接会失效，请直接提交文件",
                    "“{name}” holds only a link that will run out; hand in the file itself"
                );
                Some(Outcome::fail(say).see(view.spans(found)))
            })
            .collect()
    }
}
