//! What a dossier says, each value with its places. Knows no programme and no format.
use super::{DocId, Span};
use crate::text::date::PartialDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The fields of a form; names are those of the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FieldId {
    ProjectName,
    ApplicantName,
    Category,
    Leader,
    LeaderTitle,
    Contact,
    Phone,
    Email,
    Address,
    Postcode,
    DateFilled,
    PeriodFrom,
    PeriodTo,
    Partner,
    BudgetTotal,
    Members,
    Opinion,
}

impl FieldId {
    /// What clerks call it, in Chinese and in English.
    pub const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::ProjectName => ("项目名称", "project name"),
            Self::ApplicantName => ("申报单位", "applicant"),
            Self::Category => ("项目类别", "category"),
            Self::Leader => ("项目负责人", "leader"),
            Self::LeaderTitle => ("职务职称", "leader's title"),
            Self::Contact => ("联系人", "contact"),
            Self::Phone => ("电话", "phone"),
            Self::Email => ("电子邮箱", "e-mail"),
            Self::Address => ("地址", "address"),
            Self::Postcode => ("邮编", "postcode"),
            Self::DateFilled => ("填报日期", "date filled in"),
            Self::PeriodFrom => ("开始时间", "from"),
            Self::PeriodTo => ("结束时间", "to"),
            Self::Partner => ("合作单位", "partner"),
            Self::BudgetTotal => ("经费合计", "budget total"),
            Self::Members => ("成员", "members"),
            Self::Opinion => ("单位意见", "opinion"),
        }
    }

    pub const ALL: [Self; 17] = [
        Self::ProjectName,
        Self::ApplicantName,
        Self::Category,
        Self::Leader,
        Self::LeaderTitle,
        Self::Contact,
        Self::Phone,
        Self::Email,
        Self::Address,
        Self::Postcode,
        Self::DateFilled,
        Self::PeriodFrom,
        Self::PeriodTo,
        Self::Partner,
        Self::BudgetTotal,
        Self::Members,
        Self::Opinion,
    ];
}

/// A normalised value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(untagged)]
pub enum Value {
    /// Money in fen (1/100 CNY).
    Fen(i64),
    Text(String),
}

impl Value {
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Fen(_) => None,
        }
    }

    pub fn fen(&self) -> Option<i64> {
        match self {
            Self::Fen(fen) => Some(*fen),
            Self::Text(_) => None,
        }
    }
}

/// A value and where it stands; several spans where it runs over blocks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sourced<T> {
    pub value: T,
    #[serde(default = "Vec::new")]
    pub at: Vec<Span>,
}

impl<T> Sourced<T> {
    pub fn new(value: T, at: impl Into<Vec<Span>>) -> Self {
        Self { value, at: at.into() }
    }
}

/// Which part of the dossier a reading comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The main form before its first table or section.
    Cover,
    /// Anywhere else in the main form.
    Table,
    /// Another file.
    Attachment,
}

/// One reading of a field. `value` is absent where the print has no unit or cannot be normalised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    pub value: Option<Value>,
    pub raw: String,
    /// The label as printed.
    #[serde(default)]
    pub label: String,
    pub place: Place,
    #[serde(default)]
    pub at: Vec<Span>,
}

/// What kind of paper a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    ApplicationForm,
    Agreement,
    EventNotice,
    Agenda,
    SignIn,
    Photo,
    News,
    Certificate,
    Report,
    Plan,
    Budget,
    List,
    Other,
    #[default]
    Unknown,
}

/// Facts about the main form itself.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FormFacts {
    /// The main form, where exactly one was recognised.
    pub doc: Option<DocId>,
    /// All candidates, newest unknown.
    pub candidates: Vec<DocId>,
    /// The printed title, with year and category words.
    pub title: Option<Sourced<String>>,
    /// Years in the title or on the cover that name the programme's year (2021年度 …).
    pub years: Vec<Sourced<i32>>,
    /// The year in which the form was printed, as its maker's line says.
    pub printed_in: Option<Sourced<i32>>,
    /// Labels whose value is blank.
    pub blanks: Vec<Blank>,
    /// Template text left standing (XXXX年X月X日, （学会名称）, hints).
    pub leftovers: Vec<Sourced<String>>,
    /// Groups of tick boxes in which nothing is ticked; the printed options.
    pub unticked: Vec<Sourced<String>>,
    /// Attachments that the form's list of attachments (附件目录) names.
    pub attachments: Vec<Sourced<String>>,
    /// Sentences in the form that claim a cooperation.
    pub cooperation: Vec<Sourced<String>>,
    /// True when nearly every label is blank: a template somebody sent unfilled.
    pub is_blank_template: bool,
    /// True when `doc` is a report or a list that asks what a form asks, read for want of a form.
    pub stands_in: bool,
}

/// A label without a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blank {
    /// The canonical field, where the label is in the vocabulary.
    pub field: Option<FieldId>,
    pub label: String,
    pub at: Vec<Span>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// 甲方, 乙方, 委托方 … as printed, without its colon.
    pub role: String,
    /// Normalised name; empty where the line is blank.
    pub name: String,
    #[serde(default)]
    pub at: Vec<Span>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Signature {
    Filled,
    Partly,
    Blank,
    #[default]
    Unknown,
}

/// An agreement, or a paper that only looks like one.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Agreement {
    pub doc: Option<DocId>,
    pub title: String,
    pub parties: Vec<Party>,
    pub signed_on: Option<Sourced<PartialDate>>,
    pub term_from: Option<Sourced<PartialDate>>,
    pub term_to: Option<Sourced<PartialDate>>,
    /// Fen, in printed order.
    pub amounts: Vec<Sourced<i64>>,
    /// Parties (by role) whose responsibilities, rights and duties the text states.
    pub duties: Vec<Sourced<String>>,
    pub signature: Signature,
    /// The signature block.
    pub signature_at: Vec<Span>,
    /// Unified social credit codes next to the parties.
    pub codes: Vec<Sourced<String>>,
    /// Blanks and template leftovers inside (______, 【风险提示】, XXXX).
    pub leftovers: Vec<Sourced<String>>,
    /// The title's place; the first line where there is none.
    pub at: Vec<Span>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    International,
    Nation,
    Province,
    /// Several provinces (淮海经济区, 长三角, 华东).
    Region,
    /// Part of one province (苏北).
    Subprovincial,
    City,
    #[default]
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, schemars::JsonSchema)]
pub enum EventRole {
    主办,
    承办,
    联合主办,
    共同承办,
    协办,
    #[default]
    其他,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum EventStatus {
    Held,
    Planned,
    #[default]
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EventKind {
    Academic,
    /// 科普
    Popular,
    #[default]
    Other,
}

/// The columns of the event × evidence grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// The applicant's own form: never proves an event.
    Form,
    Notice,
    Agenda,
    SignIn,
    Photo,
    News,
    /// Another body certifies that it was held.
    Certificate,
    Papers,
    Summary,
    Other,
}

/// A paper bound into a file behind others, below the mark of an attachment or its own title.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BoundPaper {
    pub doc: DocId,
    /// That of its mark: 附件2; none below a title alone.
    pub number: Option<u32>,
    /// What stands behind the number, and the first lines below; or the title.
    pub titles: Vec<String>,
    pub role: Role,
    /// The mark or the title.
    pub at: Vec<Span>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventEvidence {
    pub kind: EvidenceKind,
    pub doc: DocId,
    #[serde(default)]
    pub at: Vec<Span>,
}

/// One event, clustered over the form's table and every evidence file.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Event {
    pub name: String,
    pub kind: EventKind,
    pub from: Option<Sourced<PartialDate>>,
    pub to: Option<Sourced<PartialDate>>,
    pub place: String,
    pub level: Level,
    /// The words that show the level; `level_proved` when they stand outside the applicant's form.
    pub level_at: Vec<Span>,
    pub level_proved: bool,
    pub role: EventRole,
    /// The words that show the applicant's role; proved as above.
    pub role_at: Vec<Span>,
    pub role_proved: bool,
    pub status: EventStatus,
    /// 场次 claimed for it (a series of four lectures is four); 1 where nothing is said.
    pub sessions: u32,
    pub online: bool,
    pub evidence: Vec<EventEvidence>,
    /// The name's place.
    pub at: Vec<Span>,
}

/// A budget table: rows, printed total, the amount in words.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Budget {
    /// Fen of each item row, with the item's name.
    pub rows: Vec<Sourced<(String, i64)>>,
    pub total: Option<Sourced<i64>>,
    /// The unit is printed nowhere: `rows` and `total` are hundredths of the printed figures, good for adding up and nothing else.
    #[serde(default)]
    pub is_unitless: bool,
    /// Some of what stands in the column of amounts was not read: a sum of the rows may fall short.
    #[serde(default)]
    pub is_doubtful: bool,
}

/// An amount in figures next to the same amount in capital numerals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AmountPair {
    pub figures: Sourced<i64>,
    pub words: Sourced<i64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Person {
    pub name: String,
    /// 职称 or 职务.
    pub title: String,
    pub organisation: String,
    /// 分工.
    pub duty: String,
    pub at: Vec<Span>,
}

/// A date that cannot be (2022-02-30) or a range that ends before it starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateFault {
    Impossible(Sourced<String>),
    Reversed { from: Sourced<PartialDate>, to: Sourced<PartialDate> },
}

/// A grade of the social-organisation assessment (评估等级).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Grade {
    /// 1 to 5 A's.
    pub stars: u8,
    pub valid_to: Option<PartialDate>,
    pub issued: Option<PartialDate>,
    /// From a certificate or an official paper rather than the applicant's form.
    pub proved: bool,
    /// The organisation the certificate names, where one is printed.
    pub holder: Option<String>,
    pub at: Vec<Span>,
}

/// A result of the yearly check (年检).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AnnualCheck {
    pub year: Option<i32>,
    pub result: String,
    pub proved: bool,
    pub at: Vec<Span>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    pub form: FormFacts,
    pub fields: BTreeMap<FieldId, Vec<Reading>>,
    pub members: Vec<Person>,
    pub experts: Vec<Person>,
    /// Rows of a task table that name task, person and time (任务分解).
    pub tasks: Vec<Sourced<String>>,
    pub agreements: Vec<Agreement>,
    pub look_alikes: Vec<Agreement>,
    pub events: Vec<Event>,
    /// Days in the form's lists of events that none of the events has: the lists tell of more than was read.
    pub unread_event_days: Vec<Span>,
    pub budgets: Vec<Budget>,
    pub amount_pairs: Vec<AmountPair>,
    pub date_faults: Vec<DateFault>,
    pub grades: Vec<Grade>,
    pub annual_checks: Vec<AnnualCheck>,
    /// Role of each file, by [`DocId`].
    pub roles: Vec<Role>,
    /// Papers bound into files, each below its mark.
    pub bound: Vec<BoundPaper>,
}

impl Facts {
    /// Readings of a field, main form first.
    pub fn readings(&self, field: FieldId) -> &[Reading] {
        self.fields.get(&field).map_or(&[], Vec::as_slice)
    }

    /// The first reading that has a value.
    pub fn first(&self, field: FieldId) -> Option<&Reading> {
        self.readings(field).iter().find(|reading| reading.value.is_some())
    }

    /// The text of the first reading.
    pub fn first_text(&self, field: FieldId) -> Option<&str> {
        self.first(field)?.value.as_ref()?.text()
    }

    pub fn role(&self, doc: DocId) -> Role {
        self.roles.get(doc.0 as usize).copied().unwrap_or_default()
    }
}
