//! One place of the dossier that tells of an event: a row of the form, a notice, a sign-in sheet, a photo.
use super::org::Applicant;
use super::when::When;
use crate::model::{DocId, EventKind, EventRole, EvidenceKind, Level, Span};

/// A value and its places.
#[derive(Debug, Clone)]
pub(super) struct Seen<T> {
    pub value: T,
    pub at: Vec<Span>,
}

#[derive(Debug, Clone)]
pub(super) struct Mention {
    pub kind: EvidenceKind,
    pub doc: DocId,
    /// What the event may be called here, best first; empty for a bare sign-in sheet or photo.
    pub names: Vec<String>,
    pub name_at: Vec<Span>,
    pub when: Option<Seen<When>>,
    pub place: String,
    /// The applicant's role, where the words say it.
    pub role: Option<Seen<EventRole>>,
    /// Hosts are named, and the applicant is or is not among them.
    pub hosted: bool,
    /// The applicant is named at all.
    pub applicant_named: bool,
    /// The level that the name or the host line shows.
    pub level: Option<Seen<Level>>,
    /// The level that a column of the form claims.
    pub claim: Option<Seen<Level>>,
    pub planned: bool,
    pub held: bool,
    pub sessions: u32,
    pub online: bool,
    pub event_kind: Option<EventKind>,
    /// What the evidence points at.
    pub at: Vec<Span>,
    /// Whether it may stand for an event of its own.
    pub creates: bool,
    /// Table and row it comes from: two rows of one table are two events.
    pub row: Option<(DocId, u32, u32)>,
    /// The mention before it in the same file, whose event a bare part shares.
    pub follows: Option<usize>,
    /// Folded words of the part, to look for the names of known events.
    pub words: String,
}

impl Mention {
    pub fn new(kind: EvidenceKind, doc: DocId) -> Self {
        Self {
            kind,
            doc,
            names: Vec::new(),
            name_at: Vec::new(),
            when: None,
            place: String::new(),
            role: None,
            hosted: false,
            applicant_named: false,
            level: None,
            claim: None,
            planned: false,
            held: false,
            sessions: 1,
            online: false,
            event_kind: None,
            at: Vec::new(),
            creates: false,
            row: None,
            follows: None,
            words: String::new(),
        }
    }

    /// Whether the event is called the applicant's own and nobody else is said to hold it: 徐州市护理学会2022年学术年会.
    pub fn hosted_by_name(&self, applicant: &Applicant) -> bool {
        !self.hosted && self.names.first().is_some_and(|name| applicant.find(name).is_some_and(|at| at.start == 0))
    }
}
