//! Pairs to fields: whose answer it is decides, then what kind it is.
use super::asked;
use super::claims::{Claim, Rank, department_of, name_of_kind, own_partner, partner_enterprise, parts_in_the_work, whole_of_asked};
use super::contact;
use super::figures;
use super::grid::unit_of_label;
use super::guess;
use super::hint;
use super::layout::{Layout, Pair};
use super::letter;
use super::lexicon::{Kind, Owner, Sense};
use super::opinion::{is_signed_here, opinion};
use super::section::{Topic, Zone};
use super::tick::{self, Choice};
use super::value::{self, Answer};
use crate::extract::View;
use crate::model::{Blank, BlockKind, FieldId, Place, Reading, Sourced, Span, Value};
use crate::text::normal;
use std::collections::{BTreeMap, BTreeSet};

/// What the pairs of one form say.
#[derive(Debug, Default)]
pub struct Resolved {
    pub fields: BTreeMap<FieldId, Vec<Reading>>,
    pub blanks: Vec<Blank>,
    pub unticked: Vec<Sourced<String>>,
    /// Labels that ask for an answer, and how many of them got one.
    pub asked: usize,
    pub answered: usize,
    /// Fields that no sure label asks for.
    pub unsure: BTreeSet<FieldId>,
    /// The whole sum and the part of it that is asked for are told in one answer.
    pub tells_part: bool,
}

pub fn resolve(view: &View<'_>, layout: &Layout) -> Resolved {
    let mut out = Resolved::default();
    let mut claims: Vec<Claim> = Vec::new();
    for pair in &layout.pairs {
        if matches!(pair.zone, Zone::Instructions | Zone::Foreign | Zone::Attachments) {
            continue;
        }
        read_pair(view, layout, pair, &mut claims, &mut out);
    }
    claims.extend(super::place::with_postcode(view, layout));
    only_responsible(view, layout, &mut claims);
    partner_enterprise(&mut claims);
    whole_of_asked(&mut claims);
    department_of(&mut claims);
    parts_in_the_work(&mut claims);
    own_partner(&mut claims);
    name_of_kind(&mut claims, &out.blanks);
    let mut sure: BTreeMap<FieldId, bool> = BTreeMap::new();
    for claim in &claims {
        let firm = claim.rank == Rank::Sure && claim.reading.value.is_some();
        *sure.entry(claim.field).or_default() |= firm;
    }
    let told: BTreeSet<FieldId> = claims.iter().filter(|c| c.rank != Rank::Guess).map(|c| c.field).chain(out.blanks.iter().filter_map(|b| b.field)).collect();
    out.unsure = sure.iter().filter(|(_, firm)| !**firm).map(|(field, _)| *field).collect();
    out.tells_part = claims.iter().any(|c| c.field == FieldId::BudgetTotal && asked::part_asked_for(&c.reading.raw).is_some());
    for claim in claims {
        if claim.rank == Rank::Weak && sure.get(&claim.field) == Some(&true) || claim.rank == Rank::Guess && told.contains(&claim.field) {
            continue;
        }
        out.fields.entry(claim.field).or_default().push(claim.reading);
    }
    out
}

/// 申报单位 | 负责人 | … | 职务 | … in a form that asks for no other leader: the unit's is the project's.
fn only_responsible(view: &View<'_>, layout: &Layout, claims: &mut Vec<Claim>) {
    let asks =
        |pair: &Pair| pair.sense.is_some_and(|s| matches!(s.kind, Kind::Person | Kind::Name) && field_of(pair, s).is_some_and(|(f, _)| f == FieldId::Leader));
    if layout.pairs.iter().any(|pair| pair.zone != Zone::Instructions && asks(pair)) {
        return;
    }
    let of_unit = |pair: &Pair| {
        let ours = matches!(pair.zone, Zone::Cover | Zone::Body) && pair.owner == Some(Owner::Head);
        let key = super::label::label_key(&pair.label);
        let heads = key.ends_with("负责人") && !["财务", "科研", "部门", "技术"].iter().any(|w| key.contains(w));
        ours && heads && pair.sense.is_some_and(|s| s.kind == Kind::Person)
    };
    let mut beside = false;
    for pair in &layout.pairs {
        beside = of_unit(pair) || beside && matches!(pair.owner, Some(Owner::Head | Owner::Applicant));
        let field = match pair.sense.map(|s| s.kind).filter(|_| beside) {
            Some(Kind::Person) if of_unit(pair) => FieldId::Leader,
            Some(Kind::Title) => FieldId::LeaderTitle,
            Some(Kind::Phone) => FieldId::Phone,
            Some(Kind::Email) => FieldId::Email,
            _ => continue,
        };
        let raw = joined(view, &pair.value);
        if let Answer::Value(value) = value::answer(field, &raw, None) {
            let place = if pair.zone == Zone::Cover { Place::Cover } else { Place::Table };
            let reading = Reading { value: Some(value), raw, label: pair.label.clone(), place, at: pair.value.clone() };
            claims.push(Claim { field, rank: Rank::Weak, reading });
        }
    }
}

fn read_pair(view: &View<'_>, layout: &Layout, pair: &Pair, claims: &mut Vec<Claim>, out: &mut Resolved) {
    let raw = joined(view, &pair.value);
    let choices = tick::choices(&raw);
    let options = choices.len() >= 2 || choices.iter().any(|c| c.ticked);
    let office = matches!(pair.owner, Some(Owner::Office)) || pair.sense.is_some_and(|s| matches!(s.kind, Kind::Office | Kind::Sign | Kind::Counter));
    if options && !office {
        out.asked += 1;
        if choices.iter().any(|c| c.ticked) {
            out.answered += 1;
        } else {
            let text: Vec<String> = choices.iter().map(|c| normal(&raw[c.text.clone()])).collect();
            out.unticked.push(Sourced::new(text.join(" / "), pair.value.clone()));
        }
    }
    // 同意□ 不同意□ in an opinion's cell: its sentence is told beside them
    let options = options && pair.sense.is_none_or(|s| s.kind != Kind::Opinion);
    let Some(sense) = pair.sense else {
        // a label nobody knows may be anything: its blank is counted, not told
        out.asked += usize::from(pair.in_table && pair.value.is_empty() && !office);
        if options {
            guess_kind(view, pair, &raw, &choices, claims);
        } else {
            guess_at(pair, &raw, false, claims);
        }
        return;
    };
    if office {
        if recommends(pair, sense) {
            let (text, at) = opinion(view, &pair.value);
            // as forms of recommendations print it
            let is_printed = super::label::squash(&text).replace(',', "").trim_end_matches('。') == "情况属实同意推荐";
            if !text.is_empty() && !is_printed {
                let reading = Reading { value: Some(Value::Text(text.clone())), raw: text, label: pair.label.clone(), place: Place::Table, at };
                claims.push(Claim { field: FieldId::Opinion, rank: Rank::Guess, reading });
            }
        }
        return;
    }
    let key = super::label::label_key(&pair.label);
    let of_meeting = ["会议时间", "举办时间", "召开时间", "活动时间"].contains(&key.as_str()) && applies_for_meeting(layout, pair);
    let of_event = pair.in_table && key == "活动时间" || key.starts_with("举办") && key.contains("起止");
    if sense.field.is_none() && (sense.kind == Kind::Task || of_event || of_meeting) && !options {
        guess_at(pair, &raw, of_meeting, claims);
    }
    let signed_here = sense.kind == Kind::Organisation && is_signed_here(&raw);
    let field = if signed_here { ours(pair).then_some((FieldId::Opinion, Rank::Weak)) } else { field_of(pair, sense) };
    let field = field.or_else(|| sends_its_own(pair, &raw).then_some((FieldId::ApplicantName, Rank::Guess)));
    // the form's own words beside an opinion are told line by line
    let blank =
        if signed_here || sense.kind == Kind::Opinion { opinion(view, &pair.value).0.is_empty() } else { raw.trim().is_empty() || hint::is_template(&raw) };
    if !options && !pair.heading && !signed_here && !signs_off(view, layout, pair, sense, blank) && asks(pair, sense, field.is_some()) {
        out.asked += 1;
        if blank && !answers_stand_beside(view, layout, pair) {
            out.blanks.push(Blank { field: field.map(|f| f.0), label: pair.label.clone(), at: vec![pair.label_at] });
        } else {
            out.answered += 1;
        }
    }
    let Some((field, rank)) = field else { return };
    // 社区意见：同意。 负责人：李四 2022年9月13日: signed, and nobody asked for
    if field == FieldId::Leader && sense.weak && figures::ends_with_day(&raw) {
        return;
    }
    // 日期：2022年  月  日 below an opinion: to be filled in by hand
    let left_to_sign = signs_off(view, layout, pair, sense, true);
    // 类别：☑… on the cover asks for the project's
    let rank = if options && sense.kind == Kind::Choice && pair.zone == Zone::Cover { Rank::Sure } else { rank };
    // 联系人 … 手机: the label tells whose
    let label = match &pair.of {
        Some(of) if pair.owner != Some(Owner::Leader) => format!("{of} {}", pair.label),
        _ => pair.label.clone(),
    };
    let place = if pair.zone == Zone::Cover { Place::Cover } else { Place::Table };
    // 联系人：许静，13900002222
    if matches!(field, FieldId::Leader | FieldId::Contact) && pair.parts.is_empty() {
        let phones = contact::cut_phones(&raw).0.into_iter().map(|phone| (FieldId::Phone, phone));
        let mail = contact::cut_mail(&raw).map(|(mail, _)| (FieldId::Email, mail));
        // 负责人：沈静（秘书长，副教授）
        let title = value::title_in_brackets(&raw).filter(|_| field == FieldId::Leader).map(|title| (FieldId::LeaderTitle, title));
        for (field, value) in phones.chain(mail).chain(title) {
            let reading = Reading { value: Some(Value::Text(value)), raw: raw.clone(), label: label.clone(), place, at: pair.value.clone() };
            claims.push(Claim { field, rank: Rank::Guess, reading });
        }
    }
    let mut claim = |field: FieldId, value: Option<Value>, raw: String, at: Vec<Span>| {
        claims.push(Claim { field, rank, reading: Reading { value, raw, label: label.clone(), place, at } });
    };
    if !pair.parts.is_empty() && !blank && !hint::is_nothing(&raw) {
        for (field, value) in several(pair, &raw) {
            claim(field, Some(Value::Text(value)), raw.clone(), pair.value.clone());
        }
        return;
    }
    if options {
        if matches!(field, FieldId::Category | FieldId::LeaderTitle | FieldId::ApplicantName) || sense.kind == Kind::Choice {
            for choice in choices.iter().filter(|c| c.ticked) {
                let (text, at) = choice_text(view, &pair.value, &raw, choice);
                // ☑服务专项（☑科技服务 □智库）: a group within a group
                let told = value::plain(&text).trim_end_matches('(').to_owned();
                claim(field, Some(Value::Text(told)), text, at);
            }
            return;
        }
        if choices.iter().all(|c| !c.ticked) {
            return;
        }
    }
    if blank {
        return;
    }
    if field == FieldId::Category
        && let Some(option) = letter::chosen(&raw)
    {
        let text = raw[option].to_owned();
        claim(field, Some(Value::Text(value::plain(&text))), text, pair.value.clone());
        return;
    }
    match field {
        FieldId::PeriodFrom | FieldId::PeriodTo if asks_span(field, sense) || figures::is_span(&raw) => {
            let (from, to) = figures::period(&raw);
            for (field, answer) in [(FieldId::PeriodFrom, from), (FieldId::PeriodTo, to)] {
                match answer {
                    Answer::Value(value) => claim(field, Some(value), raw.clone(), pair.value.clone()),
                    Answer::Unclear => claim(field, None, raw.clone(), pair.value.clone()),
                    Answer::Nothing => {}
                    Answer::Blank if left_to_sign => {}
                    Answer::Blank => out.blanks.push(Blank { field: Some(field), label: pair.label.clone(), at: vec![pair.label_at] }),
                }
            }
        }
        FieldId::Phone => {
            if hint::is_nothing(&raw) {
                return;
            }
            // 联系方式：139… / zs@example.com
            if let Some((mail, _)) = contact::cut_mail(&raw) {
                claim(FieldId::Email, Some(Value::Text(mail)), raw.clone(), pair.value.clone());
            }
            for phone in contact::phones(&raw) {
                claim(field, Some(Value::Text(phone)), raw.clone(), pair.value.clone());
            }
        }
        FieldId::Opinion => {
            let (text, at) = opinion(view, &pair.value);
            if text.is_empty() {
                out.blanks.push(Blank { field: Some(field), label: pair.label.clone(), at: vec![pair.label_at] });
            } else {
                claim(field, Some(Value::Text(text.clone())), text, at);
            }
        }
        FieldId::Address if contact::address_with_postcode(&raw).is_some() => {
            if let Some((address, postcode)) = contact::address_with_postcode(&raw) {
                claim(FieldId::Address, Some(Value::Text(address)), raw.clone(), pair.value.clone());
                claim(FieldId::Postcode, Some(Value::Text(postcode)), raw.clone(), pair.value.clone());
            }
        }
        FieldId::Members => {}
        FieldId::ApplicantName if asks_more(&super::label::label_key(&pair.label)) => {
            let first = raw.split(|c: char| c.is_whitespace() || matches!(c, '、' | '/' | ',' | '，')).find(|part| !part.is_empty());
            if let Some(name) = first.filter(|name| value::names_body(name)) {
                claim(field, Some(Value::Text(value::organisation(name))), raw.clone(), pair.value.clone());
            }
        }
        FieldId::Partner if !value::organisations(&raw).is_empty() => {
            for name in value::organisations(&raw) {
                claim(field, Some(Value::Text(name)), raw.clone(), pair.value.clone());
            }
        }
        field => {
            let unit = unit_of_label(&pair.label)
                .or(pair.unit)
                .or_else(|| layout.section(pair.section).unit.filter(|_| layout.section(pair.section).topic == Topic::Budget))
                .or(layout.unit);
            match value::answer(field, &raw, unit) {
                Answer::Value(value) => {
                    claim(field, Some(value), raw.clone(), pair.value.clone());
                    if field == FieldId::BudgetTotal {
                        claims.extend(asked_part(pair, &raw, rank));
                    }
                }
                Answer::Unclear => claim(field, None, raw, pair.value.clone()),
                Answer::Nothing => {}
                Answer::Blank if left_to_sign => {}
                Answer::Blank => out.blanks.push(Blank { field: Some(field), label: pair.label.clone(), at: vec![pair.label_at] }),
            }
        }
    }
}

/// 项目范围 | □青少年 ☑助残, 作品形式 | 图书□ 绘本√: the kind of what is applied for, where no label asks for it by name.
fn guess_kind(view: &View<'_>, pair: &Pair, raw: &str, choices: &[Choice], claims: &mut Vec<Claim>) {
    let key = super::label::label_key(&pair.label);
    let of_project = ["项目", "课题", "作品", "活动"].iter().any(|word| key.starts_with(word));
    let asks = ["范围", "形式", "领域", "方向", "性质"].iter().any(|word| key.ends_with(word));
    if !of_project || !asks || !ours(pair) {
        return;
    }
    let place = if pair.zone == Zone::Cover { Place::Cover } else { Place::Table };
    for choice in choices.iter().filter(|c| c.ticked) {
        let (text, at) = choice_text(view, &pair.value, raw, choice);
        let value = Some(Value::Text(value::plain(&text)));
        claims.push(Claim { field: FieldId::Category, rank: Rank::Guess, reading: Reading { value, raw: text, label: pair.label.clone(), place, at } });
    }
}

/// 会议名称 | … over 会议时间 | …: the form applies for a meeting, and does not tell of another.
fn applies_for_meeting(layout: &Layout, pair: &Pair) -> bool {
    let named = |p: &Pair| p.sense.is_some_and(|s| s.field == Some(FieldId::ProjectName)) && !p.value.is_empty();
    let aside = matches!(layout.section(pair.section).topic, Topic::Events | Topic::Past);
    let first = layout.pairs.iter().find(|p| named(p)).map(|p| super::label::label_key(&p.label));
    !aside && first.is_some_and(|key| ["会议", "活动", "培训", "论坛"].iter().any(|word| key.contains(word)))
}

/// Claims what the shape of an answer tells.
fn guess_at(pair: &Pair, raw: &str, of_meeting: bool, claims: &mut Vec<Claim>) {
    let place = if pair.zone == Zone::Cover { Place::Cover } else { Place::Table };
    for (field, value) in guess::by_shape(pair, raw, of_meeting) {
        let reading = Reading { value: Some(value), raw: raw.to_owned(), label: pair.label.clone(), place, at: pair.value.clone() };
        claims.push(Claim { field, rank: Rank::Guess, reading });
        if field == FieldId::BudgetTotal {
            claims.extend(asked_part(pair, raw, Rank::Guess));
        }
    }
}

/// 总经费2.6万元，其中申请医院资助2万元: what is asked for beside the whole, under the words that ask for it.
fn asked_part(pair: &Pair, raw: &str, rank: Rank) -> Option<Claim> {
    let (label, fen) = asked::part_asked_for(raw)?;
    let place = if pair.zone == Zone::Cover { Place::Cover } else { Place::Table };
    let reading = Reading { value: Some(Value::Fen(fen)), raw: raw.to_owned(), label, place, at: pair.value.clone() };
    Some(Claim { field: FieldId::BudgetTotal, rank, reading })
}

/// 推荐单位：某某大学 on the cover: a school recommends its own people, and applies where nobody else is asked.
fn sends_its_own(pair: &Pair, raw: &str) -> bool {
    let schools = ["大学", "学院", "学校", "中学", "小学", "医院", "研究院", "研究所"];
    pair.zone == Zone::Cover && super::label::label_key(&pair.label) == "推荐单位" && schools.iter().any(|w| value::organisation(raw).ends_with(w))
}

/// Whether it is the opinion of who recommends or decides (推荐单位意见): the form's opinion where it asks for none of the applicant's own.
fn recommends(pair: &Pair, sense: Sense) -> bool {
    let key = super::label::label_key(&pair.label);
    let of_people = ["专家意见", "专家推荐", "导师", "教师", "老师", "评委", "评议", "同行", "本人", "班主任", "辅导员", "合作", "财务"];
    matches!(sense.kind, Kind::Office | Kind::Opinion) && key.ends_with("意见") && !of_people.iter().any(|w| key.contains(w))
}

/// The answers to a label that asks for several things, by their shapes.
fn several(pair: &Pair, raw: &str) -> Vec<(FieldId, String)> {
    let mut out = Vec::new();
    let mut rest = raw.to_owned();
    let has = |kind: Kind| pair.parts.iter().any(|s| s.kind == kind);
    if has(Kind::Email)
        && let Some((mail, left)) = contact::cut_mail(&rest)
    {
        out.push((FieldId::Email, mail));
        rest = left;
    }
    if has(Kind::Phone) {
        let (phones, left) = contact::cut_phones(&rest);
        out.extend(phones.into_iter().map(|phone| (FieldId::Phone, phone)));
        rest = left;
    }
    if has(Kind::Postcode)
        && let Some((code, left)) = contact::cut_postcode(&rest)
    {
        out.push((FieldId::Postcode, code));
        rest = left;
    }
    if has(Kind::Address) {
        out.push((FieldId::Address, value::plain(&rest).trim_end_matches(['/', '、']).trim_end().to_owned()));
    }
    let person = pair.parts.iter().find(|s| matches!(s.kind, Kind::Person | Kind::Name)).and_then(|s| match s.owner.or(pair.owner) {
        Some(Owner::Leader) => Some(FieldId::Leader),
        Some(Owner::Contact) => Some(FieldId::Contact),
        _ => None,
    });
    if let Some(field) = person {
        let name = value::person(&rest);
        if has(Kind::Title) && field == FieldId::Leader {
            let title =
                crate::text::normal(&rest).trim_start_matches(name.as_str()).trim_matches(|c: char| c.is_whitespace() || "()/,、;".contains(c)).to_owned();
            if !title.is_empty() {
                out.push((FieldId::LeaderTitle, title));
            }
        }
        out.push((field, name));
    }
    let foreign =
        matches!(pair.owner, Some(Owner::Adviser | Owner::Recommender | Owner::Partner | Owner::Member | Owner::Expert | Owner::Head | Owner::Office));
    out.retain(|(_, value)| !value.is_empty() && !foreign);
    out
}

/// The printed text of a value; several spans are its lines.
pub fn joined(view: &View<'_>, spans: &[Span]) -> String {
    let parts: Vec<&str> = spans.iter().map(|s| view.quote(*s)).collect();
    parts.join("\n")
}

/// Characters of the longest rest of a line between a place to sign and its seal.
const MOST_BEFORE_SEAL: usize = 24;

/// 联系方式 | 手机：…\n邮箱：…: the cell beside the label answers under labels of its own.
fn answers_stand_beside(view: &View<'_>, layout: &Layout, pair: &Pair) -> bool {
    let cell = |span: &Span| view.document.blocks.get(span.block as usize).filter(|block| block.kind == BlockKind::Cell);
    let Some(label) = cell(&pair.label_at) else { return false };
    // 联系人： | 电话：…: its own answer was to stand behind the colon
    if label.text.trim_end().ends_with([':', '：', '_']) {
        return false;
    }
    let beside = |other: &Span| {
        cell(other).is_some_and(|block| {
            let next = label.at.column.map(|column| column + label.spans.1);
            block.at.table == label.at.table && block.at.row == label.at.row && next.is_some() && block.at.column == next
        })
    };
    layout.pairs.iter().any(|other| beside(&other.label_at) && other.value.iter().any(|value| value.block == other.label_at.block))
}

/// Blank lines for a seal, a signature or their date: to be filled by hand on paper.
fn signs_off(view: &View<'_>, layout: &Layout, pair: &Pair, sense: Sense, blank: bool) -> bool {
    // 学会意见：同意申报。 负责人： （章）
    let beside_seal = || {
        let line = super::label::squash(view.quote(view.block_span(pair.label_at.block)));
        let line = line.split_once(&super::label::squash(&pair.label)).map_or("", |(_, rest)| rest);
        line.chars().count() <= MOST_BEFORE_SEAL && ["章)", "章）", "盖章", "签字", "签名"].iter().any(|word| line.contains(word))
    };
    let signed = matches!(sense.kind, Kind::Person | Kind::Name) && pair.zone != Zone::Cover && !pair.in_table && beside_seal();
    let sealed = sense.kind == Kind::Organisation && pair.label.contains('章') && pair.zone != Zone::Cover && !pair.in_table;
    blank
        && (sealed
            || signed
            || sense.kind == Kind::Date && (sense.weak || pair.zone != Zone::Cover && !pair.in_table)
            || layout.section(pair.section).topic == Topic::Opinion)
}

/// Labels that a reader expects an answer to.
fn asks(pair: &Pair, sense: Sense, is_field: bool) -> bool {
    let key = super::label::label_key(&pair.label);
    is_field
        || ours(pair)
            && (super::words::PARTICULARS.contains(&key.as_str())
                || matches!(sense.kind, Kind::Name | Kind::Title | Kind::Email | Kind::Organisation) && !sense.weak && sense.field.is_none())
}

/// 院系及专业, 工作单位及职务: the organisation is the first of two answers.
fn asks_more(key: &str) -> bool {
    ["职务", "专业", "职称"].iter().any(|w| key.contains(w))
}

fn ours(pair: &Pair) -> bool {
    matches!(pair.owner, None | Some(Owner::Leader | Owner::Contact | Owner::Applicant))
}

/// Which field a pair answers: what its label asks, and whose it is.
fn field_of(pair: &Pair, sense: Sense) -> Option<(FieldId, Rank)> {
    use FieldId as F;
    let owner = pair.owner;
    let ours = ours(pair);
    let rank = if sense.weak { Rank::Weak } else { Rank::Sure };
    let key = super::label::label_key(&pair.label);
    match sense.kind {
        Kind::Person | Kind::Name => match (sense.field, sense.owner.or(owner)) {
            (_, Some(Owner::Leader)) => {
                let foreign = matches!(owner, Some(Owner::Adviser | Owner::Recommender | Owner::Partner | Owner::Member | Owner::Expert));
                // 申报者姓名（团队名称）： what stands there may be the team's
                let rank = if pair.label.contains("团队") || pair.label.contains("集体") { Rank::Weak } else { rank };
                (!foreign).then_some((F::Leader, if sense.weak && key == "负责人" && owner == Some(Owner::Leader) { Rank::Sure } else { rank }))
            }
            (_, Some(Owner::Contact)) => {
                let foreign = matches!(owner, Some(Owner::Adviser | Owner::Recommender | Owner::Partner | Owner::Member | Owner::Expert | Owner::Office));
                (!foreign).then_some((F::Contact, rank))
            }
            (None, None) if sense.kind == Kind::Name => Some((F::Leader, Rank::Weak)),
            (Some(F::Members), _) => Some((F::Members, rank)),
            _ => None,
        },
        Kind::Organisation => match (sense.field, owner) {
            (Some(F::Partner), _) => Some((F::Partner, rank)),
            (_, Some(Owner::Partner)) if sense.field.is_some() || key.ends_with("名称") || key.ends_with("全称") => Some((F::Partner, rank)),
            (Some(F::ApplicantName), None | Some(Owner::Applicant | Owner::Leader)) => Some((F::ApplicantName, rank)),
            (_, Some(Owner::Applicant)) if key.ends_with("名称") || key.ends_with("全称") => Some((F::ApplicantName, rank)),
            // 学院, 工作单位: the applicant's where nothing says otherwise
            (None, None | Some(Owner::Leader)) => Some((F::ApplicantName, if asks_more(&key) { Rank::Guess } else { Rank::Weak })),
            _ => None,
        },
        Kind::Title => matches!(owner, None | Some(Owner::Leader | Owner::Applicant))
            .then_some((F::LeaderTitle, if owner == Some(Owner::Leader) { Rank::Sure } else { Rank::Weak })),
        Kind::Phone => ours.then_some((F::Phone, rank)),
        Kind::Email => ours.then_some((F::Email, rank)),
        Kind::Address => ours.then_some((F::Address, rank)),
        Kind::Postcode => ours.then_some((F::Postcode, rank)),
        Kind::Date | Kind::Period | Kind::Money | Kind::Amount | Kind::Choice | Kind::Opinion | Kind::Text => sense.field.map(|f| (f, rank)),
        _ => None,
    }
}

/// 起止时间 asks for two days; 起始时间 and 完成时间 for one.
fn asks_span(field: FieldId, sense: Sense) -> bool {
    field == FieldId::PeriodFrom && sense.kind == Kind::Period
}

fn choice_text(view: &View<'_>, spans: &[Span], raw: &str, choice: &Choice) -> (String, Vec<Span>) {
    let text = raw[choice.text.clone()].to_owned();
    // the joined text runs over the spans in order, one line break between two
    let mut from = 0;
    let mut at = Vec::new();
    for span in spans {
        let len = view.quote(*span).len();
        let (start, end) = (choice.text.start.max(from), choice.text.end.min(from + len));
        if start < end {
            at.push(Span { start: span.start + (start - from) as u32, end: span.start + (end - from) as u32, ..*span });
        }
        from += len + 1;
    }
    (text, at)
}
