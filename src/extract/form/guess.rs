//! What an answer under a label that nobody knows must be, by the shape of both.
use super::asked;
use super::compose::{speaks_of_others, speaks_of_somebody};
use super::contact;
use super::figures;
use super::hint;
use super::label::{label_key, squash};
use super::layout::Pair;
use super::lexicon::Owner;
use super::section::Zone;
use super::value::{self, Answer};
use crate::model::{FieldId, Value};

/// Ends of labels that ask what something is called.
const NAMINGS: [&str; 4] = ["名称", "题目", "标题", "课题"];

/// Ends of labels that ask for an organisation.
const BODIES: [&str; 6] = ["单位", "学院", "院系", "学校", "部门", "机构"];

/// Ends of labels that ask for a time.
const TIMES: [&str; 9] = ["时间", "期限", "时限", "年限", "周期", "日期", "年月", "进度", "起止"];

/// The fields an answer is for: an address of mail, a telephone number, a long name under 某某名称, an organisation under 某某单位,
/// a day of the cover, two days under 某某时间. Empty where it may be anything, or another's.
/// `of_meeting`: what is applied for is a meeting, whose days its label asks for.
pub fn by_shape(pair: &Pair, raw: &str, of_meeting: bool) -> Vec<(FieldId, Value)> {
    if !matches!(pair.owner, None | Some(Owner::Leader | Owner::Contact | Owner::Applicant)) || hint::is_template(raw) || hint::is_nothing(raw) {
        return Vec::new();
    }
    let key = label_key(&pair.label);
    // 落地合作单位, 校企合作单位
    let works_with = ["合作单位", "协作单位", "合作机构", "合作企业"].iter().any(|w| key.ends_with(w));
    if works_with && value::names_body(raw) && value::organisations(raw).is_empty() {
        return vec![(FieldId::Partner, Value::Text(value::organisation(raw)))];
    }
    if works_with {
        return value::organisations(raw).into_iter().map(|name| (FieldId::Partner, Value::Text(name))).collect();
    }
    let times = TIMES.iter().any(|w| key.ends_with(w)) && raw.chars().count() <= 40;
    // 举办起止日期, 举办时间 of a meeting that is applied for
    let held = times && (key.starts_with("举办") && key.contains("起止") || of_meeting) && figures::is_span(raw);
    if !held && speaks_of_others(&key) {
        return Vec::new();
    }
    if times && figures::is_span(raw) {
        let (from, to) = figures::period(raw);
        let ends = [(FieldId::PeriodFrom, from), (FieldId::PeriodTo, to)];
        return ends.into_iter().filter_map(|(field, answer)| if let Answer::Value(value) = answer { Some((field, value)) } else { None }).collect();
    }
    one(pair, &key, raw).into_iter().collect()
}

fn one(pair: &Pair, key: &str, raw: &str) -> Option<(FieldId, Value)> {
    let tight = squash(raw);
    let whole = |field: FieldId| match value::answer(field, raw, None) {
        Answer::Value(value) => Some((field, value)),
        _ => None,
    };
    if let Some((mail, rest)) = contact::cut_mail(raw) {
        return rest.trim().is_empty().then_some((FieldId::Email, Value::Text(mail)));
    }
    if let ([phone], rest) = (contact::phones(raw).as_slice(), contact::cut_phones(raw).1)
        && rest.trim().is_empty()
        && tight.chars().count() >= 7
    {
        return Some((FieldId::Phone, Value::Text(phone.clone())));
    }
    if NAMINGS.iter().any(|w| key.ends_with(w)) && !speaks_of_somebody(key) && (5..=60).contains(&tight.chars().count()) {
        return whole(FieldId::ProjectName);
    }
    // 完成时限 | 2022年10月31日前
    if key.starts_with("完成") && TIMES.iter().any(|w| key.ends_with(w)) && raw.chars().any(|c| c.is_ascii_digit()) && raw.chars().count() <= 20 {
        return whole(FieldId::PeriodTo);
    }
    // 投资规模 | 项目总投资41万元，其中申请财政资金25万元
    if ["投资", "资金", "经费"].iter().any(|w| key.contains(w)) && asked::part_asked_for(raw).is_some() {
        return whole(FieldId::BudgetTotal);
    }
    // 项目经费情况 | 年度支出16.5万元；拟争取扶持资金5万元, but not 经费使用情况
    let spent = ["使用", "执行", "支出", "到位", "已"].iter().any(|w| key.contains(w));
    if !spent
        && ["资金", "经费"].iter().any(|w| key.contains(w))
        && let Some(fen) = asked::clause_that_asks(raw)
    {
        return Some((FieldId::BudgetTotal, Value::Fen(fen)));
    }
    if BODIES.iter().any(|w| key.ends_with(w)) && value::names_body(raw) && tight.chars().count() <= 40 {
        return whole(FieldId::ApplicantName);
    }
    if pair.zone == Zone::Cover && (key.ends_with("日期") || key.ends_with("时间")) {
        return whole(FieldId::DateFilled);
    }
    None
}
