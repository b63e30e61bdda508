use super::alike::similarity;
use super::budget_adds_up::tells_of_other_money;
use super::case::FEW;
use super::contract::declare_check;
use super::parties::{self, Match};
use super::{Case, Check};
use crate::model::{DocId, FieldId, Outcome, Place, Pointer, Reading, Role, Span, Verdict};
use crate::say;
use crate::text::key;
use crate::text::name::org_key;
use std::collections::BTreeMap;

declare_check! {
    /// The same fact is written the same everywhere.
    ///
    /// ## How it is decided
    /// Project name, applicant, leader, telephone, partner, money and period: every reading on the form's cover against
    /// those in its tables; project name, applicant and partner also against the attachments and the agreements' parties,
    /// where a value that is nearly the same differs. Money and period are compared inside the form only: an agreement's
    /// fee and term are other quantities. No conflict: `pass`. Several telephones of different persons or kinds are none.
    ///
    /// ## Why
    /// A name that differs by one character is a slip, or another organisation; the applicant must say which. Inside
    /// the form, and between the form and the agreement, two different values cannot both be right: `fail`.
    ///
    /// ## A person looks when
    /// Telephones or an attachment's nearly equal value conflict (each is quoted with its place), or an unread file
    /// could hold another value.
    pub struct FieldsAgree("fields-agree", Dossier, bind_dossier, Form, [Pass, Fail, Human],
        "比对封面、表格各处的项目名称、申报单位、负责人、电话、合作单位、经费、起止时间，并与附件、协议各方比对名称；经费和时间只在申报书内部比对。没有矛盾为符合；申报书内部、申报书与协议之间的矛盾标待补正，逐处列出。电话不同、附件中名称略有出入，或有未读文件可能不同时由人工核对。"
    ) {
        /// Similarity from which on two different values of different files are taken for one thing, 0 to 1.
        near: f64,
    }
}

/// One value with its place.
struct Said<'a> {
    key: String,
    shown: String,
    label: &'a str,
    at: &'a [Span],
}

impl Check for FieldsAgree {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let mut conflicts: Vec<Outcome> = Vec::new();
        let simple = [FieldId::ProjectName, FieldId::ApplicantName, FieldId::Leader, FieldId::BudgetTotal, FieldId::PeriodFrom, FieldId::PeriodTo];
        for field in simple {
            let values = in_form(case, field);
            let values = distinct(if field == FieldId::BudgetTotal { one_sum(values, tells_of_whole(case)) } else { values });
            conflicts.extend(conflict(Verdict::Fail, field, &values));
        }
        conflicts.extend(phones(case));
        conflicts.extend(partners(case));
        conflicts.extend(self.elsewhere(case, FieldId::ProjectName));
        conflicts.extend(self.elsewhere(case, FieldId::ApplicantName));
        conflicts.extend(self.of_parties(case));
        conflicts.extend(self.other_parties(case));
        if !conflicts.is_empty() {
            return conflicts;
        }
        let unread = unread(case);
        if !unread.is_empty() {
            let names = case.names(&unread);
            let say = say!(
                "已读部分填写一致；下列文件未能读取，未能比对，请人工核对：{names}",
                "what was read agrees; these files were not read, please compare: {names}"
            );
            return vec![Outcome::human(say).see(unread.into_iter().take(FEW).map(Pointer::File))];
        }
        let compared: Vec<Span> = simple.iter().filter_map(|field| case.facts().first(*field)?.at.first().copied()).collect();
        if compared.is_empty() {
            return vec![Outcome::not_applicable(say!("申报书中没有可比对的填写内容", "the form has no values to compare"))];
        }
        vec![Outcome::pass(say!("各处填写一致", "the values agree")).see(compared.into_iter().take(FEW))]
    }
}

/// Readings of the main form that have a value.
fn readings<'a>(case: &Case<'a>, field: FieldId) -> impl Iterator<Item = &'a Reading> {
    case.facts().readings(field).iter().filter(|reading| reading.place != Place::Attachment && reading.value.is_some())
}

fn said<'a>(reading: &'a Reading) -> Said<'a> {
    let value = reading.value.as_ref();
    let key = match (value.and_then(|v| v.text()), value.and_then(|v| v.fen())) {
        (Some(text), _) => org_key(text),
        (None, Some(fen)) => fen.to_string(),
        (None, None) => String::new(),
    };
    Said { key, shown: reading.raw.trim().to_owned(), label: &reading.label, at: &reading.at }
}

/// The values of a field on the cover and in the tables. A date that is less precise is no conflict.
fn in_form<'a>(case: &Case<'a>, field: FieldId) -> Vec<Said<'a>> {
    // 理事长, 法定代表人 may be another person than the project's leader.
    let other_person = |label: &str| ["理事长", "法定代表人", "法人"].iter().any(|word| label.contains(word));
    let mut all: Vec<&Reading> = readings(case, field).collect();
    if field == FieldId::Leader && all.iter().any(|reading| !other_person(&reading.label)) {
        all.retain(|reading| !other_person(&reading.label));
    }
    // An amount in words beside one in figures is for the rule about amounts: one slip is told once.
    if field == FieldId::BudgetTotal {
        let pairs = &case.facts().amount_pairs;
        all.retain(|reading| !reading.at.iter().any(|at| pairs.iter().any(|pair| pair.words.at.iter().any(|words| overlap(at, words)))));
    }
    let all: Vec<Said<'a>> = all.into_iter().map(said).filter(|said| !said.key.is_empty()).collect();
    if matches!(field, FieldId::PeriodFrom | FieldId::PeriodTo) {
        let finest: Vec<String> = all.iter().map(|said| said.key.clone()).collect();
        return all.into_iter().filter(|said| !finest.iter().any(|other| other.len() > said.key.len() && other.starts_with(&said.key))).collect();
    }
    all
}

fn overlap(a: &Span, b: &Span) -> bool {
    (a.doc, a.block) == (b.doc, b.block) && a.start < b.end && b.start < a.end
}

/// One of each different value, in order.
fn distinct(all: Vec<Said<'_>>) -> Vec<Said<'_>> {
    let mut out: Vec<Said<'_>> = Vec::new();
    for said in all {
        if !out.iter().any(|other| other.key == said.key) {
            out.push(said);
        }
    }
    out
}

/// Whether the form speaks of more money than it asks for: of money from elsewhere, or of a whole (会议总预算 beside 申请资助经费).
fn tells_of_whole(case: &Case<'_>) -> bool {
    let form = case.form().and_then(|doc| case.views.iter().find(|view| view.id == doc));
    tells_of_other_money(case) || form.is_some_and(|form| form.text.contains("总预算"))
}

/// 总经费 | 30 | 申请经费 | 10: the whole and the part that is asked for are two sums; what differs within one of them is a conflict,
/// and a total that is neither. A plain 合计 is the whole where the form speaks of other money than what it asks for.
fn one_sum(values: Vec<Said<'_>>, other_money: bool) -> Vec<Said<'_>> {
    let asked = |said: &Said<'_>| ["申请", "申报", "资助", "补助", "市科协", "拨款", "财政"].iter().any(|word| said.label.contains(word));
    // 总额6.5万元，其中申请补助4.5万元
    let tells = |whole: &Said<'_>| values.iter().any(|part| asked(part) && part.at == whole.at);
    let whole = |said: &Said<'_>| {
        let label = key(said.label);
        let says = |words: &[&str]| words.iter().any(|word| label.contains(word));
        !asked(said) && (tells(said) || says(&["总经费", "经费总", "总投", "总预算", "项目经费"]) || other_money && says(&["合计", "总额", "总计", "预算"]))
    };
    let fen = |said: &Said<'_>| said.key.parse::<i64>().unwrap_or(0);
    let sum = |of: &dyn Fn(&Said<'_>) -> bool| {
        let mut sums: Vec<i64> = values.iter().filter(|said| of(said)).map(fen).collect();
        sums.sort_unstable();
        sums.dedup();
        (sums.len() == 1).then(|| sums[0])
    };
    let (Some(part), Some(all)) = (sum(&asked), sum(&whole)) else { return values };
    let fits = part < all && values.iter().all(|said| fen(said) == part || fen(said) == all);
    if fits { Vec::new() } else { values }
}

fn conflict(verdict: Verdict, field: FieldId, values: &[Said<'_>]) -> Option<Outcome> {
    if values.len() < 2 {
        return None;
    }
    let shown = values.iter().take(FEW).map(|said| format!("“{}”", cut(&said.shown))).collect::<Vec<_>>().join("、");
    let (zh, en) = field.names();
    let say = say!("{zh}前后不一致：{shown}，请核对", "the {en} differs: {shown}; please look");
    Some(Outcome::new(verdict, say).see(values.iter().filter_map(|said| said.at.first().copied()).take(FEW)))
}

fn cut(text: &str) -> String {
    const LONGEST: usize = 60;
    let joined = crate::text::normal(text);
    if joined.chars().count() <= LONGEST { joined } else { joined.chars().take(LONGEST).chain(['…']).collect() }
}

/// Telephones under one label on the cover and in the table, of one kind (mobile or fixed).
fn phones(case: &Case<'_>) -> Vec<Outcome> {
    let mut by_label: BTreeMap<(String, bool), (Vec<Said<'_>>, Vec<Said<'_>>)> = BTreeMap::new();
    for reading in readings(case, FieldId::Phone) {
        let digits: String = reading.raw.chars().filter_map(|c| crate::text::fold::fold_char(c).to_digit(10)).filter_map(|d| char::from_digit(d, 10)).collect();
        let is_mobile = digits.len() == 11 && digits.starts_with('1');
        // A local number is the same with and without its area code (N24).
        let own = if is_mobile || digits.len() <= 8 { digits } else { digits[digits.len() - 8..].to_owned() };
        let said = Said { key: own, shown: reading.raw.trim().to_owned(), label: &reading.label, at: &reading.at };
        let places = by_label.entry((key(&reading.label), is_mobile)).or_default();
        if reading.place == Place::Cover { places.0.push(said) } else { places.1.push(said) }
    }
    let one_each = by_label.into_values().filter(|(cover, table)| cover.len() == 1 && table.len() == 1);
    one_each.filter_map(|(cover, table)| conflict(Verdict::Human, FieldId::Phone, &distinct(cover.into_iter().chain(table).collect()))).collect()
}

/// Partners on the cover against those in the tables: one may list more, but they must share one.
fn partners(case: &Case<'_>) -> Option<Outcome> {
    let all: Vec<&Reading> = readings(case, FieldId::Partner).collect();
    let names = |place: Place| -> Vec<String> {
        let texts = all.iter().filter(|reading| reading.place == place).filter_map(|reading| reading.value.as_ref()?.text());
        texts.flat_map(parties::split).map(|name| org_key(&name)).filter(|name| parties::is_named(name)).collect()
    };
    let (cover, table) = (names(Place::Cover), names(Place::Table));
    let differ = !cover.is_empty() && !table.is_empty() && !cover.iter().any(|name| table.contains(name));
    let values = distinct(all.into_iter().map(said).collect());
    if differ { conflict(Verdict::Fail, FieldId::Partner, &values) } else { None }
}

impl FieldsAgree {
    /// A value in an attachment that is nearly the form's, but not quite.
    fn elsewhere(&self, case: &Case<'_>, field: FieldId) -> Vec<Outcome> {
        let own = in_form(case, field);
        let Some(first) = own.first() else { return Vec::new() };
        let attached = case.facts().readings(field).iter().filter(|reading| reading.place == Place::Attachment && reading.value.is_some());
        let odd = attached.map(said).filter(|said| !said.key.is_empty() && own.iter().all(|own| own.key != said.key) && self.is_near(&said.key, &first.key));
        distinct(odd.collect())
            .into_iter()
            .take(FEW)
            .filter_map(|odd| {
                let file = odd.at.first().map_or(String::new(), |span| case.file_name(span.doc).to_owned());
                let shown = if file.is_empty() { odd.shown.clone() } else { format!("{}（{file}）", odd.shown.trim()) };
                let first = Said { key: first.key.clone(), shown: first.shown.clone(), ..*first };
                conflict(Verdict::Human, field, &[first, Said { shown, ..odd }])
            })
            .collect()
    }

    /// A party of an agreement that is nearly the applicant or nearly the partner, but not quite.
    fn of_parties(&self, case: &Case<'_>) -> Vec<Outcome> {
        let (applicant, partners) = (case.applicant_keys(), parties::partner_keys(case));
        let mut outcomes = Vec::new();
        for party in case.facts().agreements.iter().flat_map(|agreement| &agreement.parties) {
            let shown = &party.name;
            let (is_applicant, is_partner) = (parties::matches(shown, &applicant), parties::matches(shown, &partners));
            if is_applicant == Match::Same || is_partner == Match::Same {
                continue;
            }
            let own = org_key(shown);
            let of = |keys: &[String]| keys.iter().any(|name| self.is_near(&own, name));
            let field = if is_applicant == Match::Near && of(&applicant) {
                FieldId::ApplicantName
            } else if is_partner == Match::Near && of(&partners) {
                FieldId::Partner
            } else {
                continue;
            };
            let ((zh, en), (form, place)) = (field.names(), first_place(case, field));
            let say =
                say!("{zh}在申报书中为“{form}”，在协议中为“{shown}”，请核对", "the {en} is “{form}” in the form, “{shown}” in the agreement; please look");
            outcomes.push(Outcome::fail(say).see(place).see(party.at.first().copied()));
        }
        outcomes.truncate(FEW);
        outcomes
    }

    /// The form's partner or applicant, where every agreement was made by others: its parties are read, and none is it.
    fn other_parties(&self, case: &Case<'_>) -> Vec<Outcome> {
        let agreements = &case.facts().agreements;
        let named = |agreement: &crate::model::Agreement| agreement.parties.iter().filter(|party| !party.name.is_empty()).count() >= 2;
        if agreements.is_empty() || !agreements.iter().all(named) {
            return Vec::new();
        }
        let parties = || agreements.iter().flat_map(|agreement| &agreement.parties);
        let names = parties().take(FEW).map(|party| format!("“{}”", party.name)).collect::<Vec<_>>().join("、");
        let asked = [(FieldId::Partner, parties::partner_keys(case)), (FieldId::ApplicantName, case.applicant_keys())];
        let outcome = |(field, keys): (FieldId, Vec<String>)| {
            if keys.is_empty() || parties().any(|party| parties::matches(&party.name, &keys) != Match::None) {
                return None;
            }
            let ((zh, en), (form, place)) = (field.names(), first_place(case, field));
            let say = say!(
                "申报书中的{zh}“{form}”不在协议各方之中（{names}），请更正",
                "the form's {en} “{form}” is none of the agreement's parties ({names}); please correct"
            );
            Some(Outcome::fail(say).see(place).see(parties().filter_map(|party| party.at.first().copied()).take(FEW)))
        };
        asked.into_iter().filter_map(outcome).collect()
    }

    fn is_near(&self, a: &str, b: &str) -> bool {
        a != b && (similarity(a, b) >= self.near || a.contains(b) || b.contains(a))
    }
}

fn first_place(case: &Case<'_>, field: FieldId) -> (String, Option<Span>) {
    let reading = readings(case, field).next();
    (reading.map_or_else(String::new, |r| cut(&r.raw)), reading.and_then(|r| r.at.first().copied()))
}

/// Files not read that could hold another value: documents and scans, not photos and not the paper copy's own scan.
fn unread(case: &Case<'_>) -> Vec<DocId> {
    let is_picture = |doc: DocId| {
        let format = case.dossier.document(doc).map(|document| document.format);
        format.is_some_and(|format| format.is_picture())
    };
    // A certificate, a plan or a notice that was not read says nothing the form is held to.
    let could = |doc: &DocId| matches!(case.facts().role(*doc), Role::Agreement | Role::ApplicationForm | Role::Unknown | Role::Other);
    case.unread_that_could(&[Role::Agreement, Role::ApplicationForm])
        .into_iter()
        .filter(|doc| could(doc) && !case.is_paper_scan(*doc) && !is_picture(*doc))
        .collect()
}
