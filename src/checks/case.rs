//! One dossier as checks see it, and the questions they share.
use super::Words;
use crate::extract::View;
use crate::model::{
    Category, CategoryFound, CategoryId, DocId, Dossier, Facts, FieldId, Format, IntakeRow, Lists, Moment, Outcome, Place, Pointer, Problem, ProblemKind, Read,
    Role, Round, Say, Span, Stage, Verdict,
};
use crate::say;
use crate::text::date::PartialDate;
use crate::text::name::org_key;
use jiff::civil::Date;
use std::cell::OnceCell;
use std::ops::Range;

/// Evidence lists stay short: the best few.
pub const FEW: usize = 5;

/// What is the same for every dossier of a run.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    pub round: &'a Round,
    pub lists: &'a Lists,
    pub stage: Stage,
    /// The day of screening; no rule reads the clock.
    pub as_of: Date,
}

/// One dossier as checks see it.
pub struct Case<'a> {
    pub dossier: &'a Dossier,
    /// One view a file, in order.
    pub views: &'a [View<'a>],
    pub setting: Setting<'a>,
    pub category: CategoryFound,
    repeated: OnceCell<Vec<Vec<Range<usize>>>>,
}

/// A passage that was found.
#[derive(Debug, Clone)]
pub struct Hit {
    pub doc: DocId,
    pub spans: Vec<Span>,
    /// In the main form, the applicant's own word.
    pub in_form: bool,
    /// Characters of the line or cell it stands in.
    pub line: usize,
}

/// Where to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Where {
    Anywhere,
    /// Every file but the main form and agreements: what could prove something.
    Proofs,
    Agreements,
    Form,
}

impl<'a> Case<'a> {
    pub fn new(dossier: &'a Dossier, views: &'a [View<'a>], setting: Setting<'a>, category: CategoryFound) -> Self {
        Self { dossier, views, setting, category, repeated: OnceCell::new() }
    }

    pub fn facts(&self) -> &'a Facts {
        &self.dossier.facts
    }

    pub fn round(&self) -> &'a Round {
        self.setting.round
    }

    /// The category, where it is known.
    pub fn category(&self) -> Option<&'a Category> {
        self.setting.round.category(self.category.id.as_ref()?)
    }

    pub fn is_category(&self, ids: &[CategoryId]) -> bool {
        self.category.id.as_ref().is_some_and(|id| ids.contains(id))
    }

    /// The main form, where one was read at least in part. With several candidates, the first that was read.
    /// A torn file is none: what is missing in its rest is not missing in the form.
    pub fn form(&self) -> Option<DocId> {
        let form = &self.facts().form;
        form.doc.iter().chain(&form.candidates).copied().find(|doc| self.is_usable(*doc))
    }

    /// Whether a file was read, and not merely the rest of a torn one.
    pub fn is_usable(&self, doc: DocId) -> bool {
        let torn = |problem: &Problem| matches!(problem.kind, ProblemKind::Truncated | ProblemKind::Damaged);
        self.is_read(doc) && self.dossier.document(doc).is_some_and(|document| !(document.has_unread() && document.problems.iter().any(torn)))
    }

    pub fn is_form(&self, doc: DocId) -> bool {
        let form = &self.facts().form;
        form.doc == Some(doc) || form.candidates.contains(&doc)
    }

    pub fn is_read(&self, doc: DocId) -> bool {
        self.dossier.document(doc).is_some_and(|document| document.read != Read::None)
    }

    pub fn applicant(&self) -> Option<(&'a str, &'a [Span])> {
        let reading = self.facts().first(FieldId::ApplicantName)?;
        Some((reading.value.as_ref()?.text()?, &reading.at))
    }

    /// The clerk's line for this dossier.
    pub fn intake(&self) -> Option<&'a IntakeRow> {
        self.dossier.intake.as_ref()
    }

    /// When the electronic version arrived: the clerk's book outranks the e-mail's header.
    pub fn received(&self) -> Option<Moment> {
        self.intake().and_then(|row| row.received_at).or(self.dossier.mailed_at)
    }

    /// The day events and dates are held against: received, else filled in, else the day of screening.
    pub fn submitted_on(&self) -> Date {
        if let Some(moment) = self.received() {
            return moment.at.date();
        }
        let filled = self.facts().readings(FieldId::DateFilled).iter().find_map(|reading| {
            let text = reading.value.as_ref()?.text()?.to_owned();
            PartialDate::try_from(text).ok()?.last_day()
        });
        filled.unwrap_or(self.setting.as_of)
    }

    pub fn file_name(&self, doc: DocId) -> &'a str {
        self.dossier.file(doc).map_or("", |file| file.path.rsplit(['/', '!']).next().unwrap_or(&file.path))
    }

    /// Files that were read at least in part: what an absence was searched in.
    pub fn searched(&self) -> Vec<DocId> {
        self.dossier.read_files().collect()
    }

    /// Files not read in full that could hold a paper of one of these kinds.
    ///
    /// A scan, an archive or a document could hold anything, whatever it is called; an empty file what its name says; a picture or a file of pictures that is
    /// known to be of photos holds what one takes photos of.
    pub fn unread_that_could(&self, roles: &[Role]) -> Vec<DocId> {
        const PHOTOGRAPHED: [Role; 4] = [Role::Photo, Role::SignIn, Role::Certificate, Role::News];
        let could = |doc: &DocId| {
            let Some(document) = self.dossier.document(*doc) else { return false };
            let role = self.facts().role(*doc);
            // nothing is in it, but what its name says was meant to be
            if document.format == Format::Empty {
                return roles.contains(&role);
            }
            let is_of_pictures = document.format.is_picture() || role == Role::Photo && document.is_pictures_alone();
            if !is_of_pictures {
                return true;
            }
            match role {
                Role::Unknown | Role::Other => true,
                Role::Photo => roles.iter().any(|role| PHOTOGRAPHED.contains(role)),
                role => roles.contains(&role),
            }
        };
        self.dossier.unread().filter(could).collect()
    }

    /// Whether something of the dossier as a whole could not be opened: what was in it is not known.
    fn is_incomplete(&self) -> bool {
        self.dossier.problems.iter().any(|problem| !matches!(problem.kind, ProblemKind::Note | ProblemKind::WrongType))
    }

    /// An absence: `fail` where everything that could hold the thing was read, else a person looks.
    pub fn absent(&self, roles: &[Role], outcome: Outcome) -> Outcome {
        let unread = self.unread_that_could(roles);
        if unread.is_empty() && !self.is_incomplete() {
            return outcome.searched(self.searched());
        }
        let Say { zh, en } = &outcome.message;
        let names = if unread.is_empty() { format!("“{}”", self.dossier.source) } else { self.names(&unread) };
        let say = if outcome.verdict == Verdict::Human {
            say!("{zh}（下列文件未能读取，也可能含有：{names}）", "{en} (these files could not be read and may hold it: {names})")
        } else {
            say!(
                "{zh}；但下列文件未能读取，可能含有所需内容，请人工查看：{names}",
                "{en}; but these files could not be read and may hold it, please look: {names}",
            )
        };
        Outcome::human(say).see(unread.into_iter().take(FEW).map(Pointer::File)).searched(self.searched())
    }

    /// A blank: `fail` where a text says so; in a scan what is written or stamped there may not have been recognised.
    pub fn blank(&self, outcome: Outcome) -> Outcome {
        let recognised = |span: &Span| self.dossier.document(span.doc).and_then(|d| d.blocks.get(span.block as usize)).is_some_and(|b| b.confidence.is_some());
        let in_scan = outcome.evidence.iter().any(|pointer| matches!(pointer, Pointer::Span(span) if recognised(span)));
        if outcome.verdict != Verdict::Fail || !in_scan {
            return outcome;
        }
        let Say { zh, en } = &outcome.message;
        let message = if super::ink::beside(self, &outcome.evidence) {
            say!(
                "{zh}（扫描件该处似有手写笔迹，未能识别，请看原件）",
                "{en} (something written by hand seems to stand there on the scan and was not recognised; please look)"
            )
        } else {
            say!("{zh}（扫描件上的手写、印章可能未识别，请看原件）", "{en} (handwriting and seals of a scan may not be recognised; please look)")
        };
        Outcome { verdict: Verdict::Human, message, ..outcome }
    }

    /// File names for a sentence, the first few.
    pub fn names(&self, docs: &[DocId]) -> String {
        let mut names = docs.iter().take(FEW).map(|doc| format!("“{}”", self.file_name(*doc))).collect::<Vec<_>>().join("、");
        if docs.len() > FEW {
            names.push_str(&format!(" 等 {} 个", docs.len()));
        }
        names
    }

    /// Passages with any of the words, the first few of each file. Where a dossier only repeats the notice's own
    /// sentences, nothing is found.
    pub fn find(&self, words: &Words, place: Where) -> Vec<Hit> {
        let mut hits = Vec::new();
        for view in self.views {
            let in_form = self.is_form(view.id);
            let wanted = match place {
                Where::Anywhere => true,
                Where::Form => in_form,
                Where::Proofs => !in_form && self.facts().role(view.id) != Role::Agreement,
                Where::Agreements => !in_form && self.facts().role(view.id) == Role::Agreement,
            };
            if !wanted {
                continue;
            }
            let found = self.find_in(view, words).take(FEW);
            hits.extend(found.map(|range| Hit { doc: view.id, in_form, line: line_length(&view.text, range.start), spans: view.spans(range) }));
        }
        hits
    }

    /// Places of the words in one file, in order, outside the notice's own sentences.
    pub fn find_in<'s>(&'s self, view: &'s View<'_>, words: &'s Words) -> impl Iterator<Item = Range<usize>> + 's {
        let all = self.repeated.get_or_init(|| self.views.iter().map(|view| self.round().sentences.repeated_in(&view.text)).collect());
        let at = self.views.iter().position(|other| other.id == view.id);
        let repeated: &[Range<usize>] = at.and_then(|at| all.get(at)).map_or(&[], Vec::as_slice);
        words.find(&view.text).filter(move |range| !repeated.iter().any(|r| r.start <= range.start && range.end <= r.end))
    }

    /// Files whose names have any of the words.
    pub fn named(&self, words: &Words, place: Where) -> Vec<DocId> {
        let wanted = |doc: &DocId| match place {
            Where::Anywhere => true,
            Where::Form => self.is_form(*doc),
            Where::Proofs => !self.is_form(*doc) && self.facts().role(*doc) != Role::Agreement,
            Where::Agreements => !self.is_form(*doc) && self.facts().role(*doc) == Role::Agreement,
        };
        let docs = (0u32..).zip(&self.dossier.files).map(|(n, file)| (DocId(n), file));
        docs.filter(|(doc, file)| wanted(doc) && words.are_in(&file.path)).map(|(doc, _)| doc).collect()
    }

    /// The original words of a stretch.
    pub fn quote(&self, spans: &[Span]) -> String {
        let words = spans.iter().filter_map(|span| Some(self.views.iter().find(|view| view.id == span.doc)?.quote(*span)));
        crate::text::normal(&words.collect::<Vec<_>>().join(""))
    }

    /// Whether the roster has this name as another society's: then it is no misspelling of the applicant's.
    pub fn is_another_society(&self, name: &str) -> bool {
        let key = org_key(name);
        let listed = self.setting.lists.societies.as_ref().is_some_and(|list| list.rows.iter().any(|row| org_key(&row.value.name) == key));
        listed && !self.applicant_keys().contains(&key)
    }

    /// Every name the applicant goes by, as keys: what the form says, and the roster's name and aliases for it.
    pub fn applicant_keys(&self) -> Vec<String> {
        let readings = self.facts().readings(FieldId::ApplicantName).iter().filter(|reading| reading.place != Place::Attachment);
        let mut keys: Vec<String> = readings.filter_map(|reading| Some(org_key(reading.value.as_ref()?.text()?))).collect();
        if let Some(list) = &self.setting.lists.societies {
            for row in &list.rows {
                let names: Vec<String> = row.value.aliases.iter().chain([&row.value.name]).map(|name| org_key(name)).collect();
                if names.iter().any(|name| keys.contains(name)) {
                    keys.extend(names);
                }
            }
        }
        keys.retain(|key| !key.is_empty());
        keys.sort();
        keys.dedup();
        keys
    }

    /// A scan of the paper copy that was sent along: no attachment of its own.
    pub fn is_paper_scan(&self, doc: DocId) -> bool {
        let name = self.file_name(doc);
        ["纸质版", "纸质材料", "纸质扫描", "盖章扫描", "盖章版"].iter().any(|word| name.contains(word))
    }

    /// Whether the main form was read only in part.
    pub fn form_is_partial(&self) -> bool {
        self.form().and_then(|doc| self.dossier.document(doc)).is_some_and(|document| document.has_unread())
    }

    /// The text of an e-mail that brought the files: no attachment.
    pub fn is_mail_body(&self, doc: DocId) -> bool {
        self.file_name(doc).starts_with("邮件正文")
    }

    /// Why a rule that needs the main form has none: the form that could not be read, else whatever was not read.
    pub fn no_form(&self) -> Outcome {
        let form = &self.facts().form;
        let mut unread: Vec<DocId> = form.doc.iter().chain(&form.candidates).copied().collect();
        if unread.is_empty() {
            unread.extend(self.unread_that_could(&[Role::ApplicationForm]));
        }
        unread.sort();
        unread.dedup();
        let say = if unread.is_empty() && self.dossier.problems.is_empty() {
            say!("材料中未识别到申报书，本项未核对", "no application form was recognised; not checked")
        } else {
            let names = if unread.is_empty() { format!("“{}”", self.dossier.source) } else { self.names(&unread) };
            say!("申报书未能读取，本项未核对（未读文件：{names}）", "the application form could not be read; not checked (unread: {names})")
        };
        Outcome::not_checked(say).see(unread.into_iter().take(FEW).map(Pointer::File))
    }
}

/// Characters of the line around a place.
fn line_length(text: &str, at: usize) -> usize {
    let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
    let end = text[at..].find('\n').map_or(text.len(), |n| at + n);
    text[start..end].chars().count()
}
