//! Members, experts and tasks from tables with a header, and from lists of names.
use super::hint;
use super::label::squash;
use super::layout::{Layout, Pair, Records};
use super::lexicon::{Kind, Owner, Sense};
use super::person_line::{self, DUTIES};
use super::resolve::joined;
use super::section::{Topic, Zone, topic_of};
use super::value::{self, Answer};
use crate::extract::View;
use crate::model::{FieldId, Person, Place, Reading, Sourced, Span, Value};
use crate::text::normal;
use std::collections::BTreeMap;

#[derive(Debug, Default)]
pub struct People {
    pub members: Vec<Person>,
    pub experts: Vec<Person>,
    pub tasks: Vec<Sourced<String>>,
    /// A list under the members' own heading was read.
    members_listed: bool,
    /// … with a column for what each does.
    members_have_duties: bool,
    /// One reading a member.
    pub readings: Vec<Reading>,
    /// What is told of the member whose row says that he leads.
    pub leader: BTreeMap<FieldId, Reading>,
}

pub fn people(view: &View<'_>, layout: &Layout) -> People {
    let mut out = People::default();
    for records in &layout.records {
        if matches!(records.zone, Zone::Instructions | Zone::Foreign | Zone::Attachments) {
            continue;
        }
        if tasks(view, layout, records, &mut out) {
            continue;
        }
        rows(view, layout, one_a_row(records).as_ref().unwrap_or(records), &mut out);
    }
    for pair in &layout.pairs {
        if !matches!(pair.zone, Zone::Instructions | Zone::Foreign | Zone::Attachments) && is_member_run(pair) {
            run(view, pair, &mut out);
        }
    }
    if out.members.is_empty() {
        let in_form = layout.records.iter().filter(|r| !matches!(r.zone, Zone::Instructions | Zone::Foreign | Zone::Attachments));
        in_form.for_each(|records| responsible(view, records, &mut out));
    }
    out
}

/// 责任人 | 职称 | 所在单位 | 承担任务: who does the project's tasks, told as its people are where no other list tells them.
fn responsible(view: &View<'_>, records: &Records, out: &mut People) {
    let name = records.columns.iter().position(|c| matches!(squash(&c.label).as_str(), "责任人" | "承担人" | "负责人" | "完成人"));
    if let Some(name) = name.filter(|_| has_particulars(records) && duty_column(records).is_some()) {
        rows_listed(view, records, name, Listed::Member, out);
    }
}

/// Whether a column tells what each person is, and another where from.
fn has_particulars(records: &Records) -> bool {
    let has = |kind: Kind| records.columns.iter().any(|c| c.sense.is_some_and(|s| s.kind == kind));
    has(Kind::Title) && has(Kind::Organisation)
}

/// People set two or more a row, under heads that begin anew (姓名 | 单位 | 姓名 | 单位), one a row. What stands behind the last of them
/// (… | 指导教师) is of none.
fn one_a_row(records: &Records) -> Option<Records> {
    let labels: Vec<String> = records.columns.iter().map(|c| squash(&c.label)).collect();
    let anew = |n: &usize| {
        let (groups, behind) = (labels.chunks_exact(*n), labels.len() % n);
        groups.clone().all(|heads| heads == &labels[..*n]) && groups.remainder().iter().all(|head| !labels[..labels.len() - behind].contains(head))
    };
    let width = (2..=labels.len() / 2).find(anew)?;
    let rows = records.rows.iter().filter(|row| row.len() == labels.len()).flat_map(|row| row.chunks_exact(width).map(<[_]>::to_vec)).collect();
    Some(Records { columns: records.columns[..width].to_vec(), rows, ..records.clone() })
}

/// Whether records name the applicant's own people.
fn rows(view: &View<'_>, layout: &Layout, records: &Records, out: &mut People) {
    let Some(name) = name_column(records) else { return };
    let section = layout.section(records.section);
    let owner = records.owner.or(section.owner);
    // names under no heading of their own, after the members': 姓名 | 职称 | 单位 | 研究方向
    let others = owner.is_none() && out.members_listed;
    // nor what stands under theirs in columns of another kind: 姓名 | 职称 | 单位 | 研究方向 after 姓名 | 职称 | 单位 | 分工
    let has_duty = records.columns.iter().any(|c| c.sense.is_some_and(|s| s.kind == Kind::Duty)) || duty_column(records).is_some();
    let others = others || owner == Some(Owner::Member) && records.side.is_empty() && out.members_have_duties && !has_duty;
    let specialty = records.columns.iter().any(|c| ["研究方向", "研究领域", "专业领域", "专长", "特长"].iter().any(|w| squash(&c.label).contains(w)));
    let expert = owner == Some(Owner::Expert)
        || records.owner.is_none() && section.topic == Topic::Experts
        || records.columns[name].label.contains("专家")
        || others && specialty;
    if others && owner.is_none() && !expert {
        return;
    }
    out.members_listed |= owner == Some(Owner::Member);
    out.members_have_duties |= owner == Some(Owner::Member) && has_duty;
    // 专家团队主要成员 heads people who are both
    let both = !expert && owner == Some(Owner::Member) && (section.topic == Topic::Experts || topic_of(&records.side) == Topic::Experts);
    if !expert && matches!(owner, Some(Owner::Adviser | Owner::Recommender | Owner::Head | Owner::Office | Owner::Contact | Owner::Partner)) {
        return;
    }
    // 项目团队 beside the rows says more than the heading above; 项目组成员及经费 heads both
    let beside = records.owner == Some(Owner::Member) && !records.side.is_empty();
    let of_money = section.topic == Topic::Budget && owner != Some(Owner::Member);
    // 项目分工 says whose they are, though the last heading was of earlier reports
    let in_project = records.columns.iter().any(|c| ["项目分工", "项目中的分工", "本项目任务", "本项目中的任务"].iter().any(|w| squash(&c.label).contains(w)));
    // nor is it of an event where each has his part in the work: 姓名 | 职称 | 单位 | 分工
    let shares = out.members.is_empty() && has_particulars(records) && records.columns.iter().any(|c| squash(&c.label) == "分工");
    let of_others = of_money || section.topic == Topic::Opinion || section.topic == Topic::Events && !shares || section.topic == Topic::Past && !in_project;
    if !expert && (!beside && of_others || topic_of(&records.side) == Topic::Past) {
        return;
    }
    let listed = match (expert, both) {
        (_, true) => Listed::Both,
        (true, false) => Listed::Expert,
        (false, false) => Listed::Member,
    };
    rows_listed(view, records, name, listed, out);
}

/// As what the rows of a table list people.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Listed {
    Member,
    Expert,
    Both,
}

/// The people of a table's rows, whose names stand in the column `name`.
fn rows_listed(view: &View<'_>, records: &Records, name: usize, listed: Listed, out: &mut People) {
    let column = |kind: Kind| records.columns.iter().position(|c| c.sense.is_some_and(|s| s.kind == kind));
    let (title, organisation, duty) = (column(Kind::Title), column(Kind::Organisation), column(Kind::Duty).or_else(|| duty_column(records)));
    for row in &records.rows {
        let Some(cell) = row.get(name) else { continue };
        let raw = joined(view, cell);
        let printed = value::person(&raw);
        if printed.is_empty() || hint::is_template(&raw) || hint::is_nothing(&raw) || !is_name(&printed) {
            continue;
        }
        // 经费预算 at the head of the next sheet, whose rows go on below: the title of another table
        if row.iter().filter(|cell| !cell.is_empty()).count() == 1 && !matches!(topic_of(&printed), Topic::General | Topic::People | Topic::Experts) {
            break;
        }
        let text = |at: Option<usize>| at.and_then(|n| row.get(n)).map_or(String::new(), |spans| normal(&joined(view, spans)));
        let person = Person { name: printed.clone(), title: text(title), organisation: text(organisation), duty: text(duty), at: cell.clone() };
        if out.leader.is_empty() && row.iter().enumerate().any(|(n, cell)| n != name && leads(&joined(view, cell))) {
            out.leader = leader(view, records, name, row);
        }
        if listed != Listed::Member {
            out.experts.push(person.clone());
        }
        // experts whose part in the project is told are its people too
        if listed != Listed::Expert || !person.duty.is_empty() && out.members.iter().all(|m| m.name != person.name) {
            out.members.push(person);
            let place = if records.zone == Zone::Cover { Place::Cover } else { Place::Table };
            out.readings.push(Reading { value: Some(Value::Text(printed)), raw, label: records.columns[name].label.clone(), place, at: cell.clone() });
        }
    }
}

/// The leader's row, column by column.
fn leader(view: &View<'_>, records: &Records, name: usize, row: &[Vec<Span>]) -> BTreeMap<FieldId, Reading> {
    let place = if records.zone == Zone::Cover { Place::Cover } else { Place::Table };
    let mut out = BTreeMap::new();
    for (n, (column, at)) in records.columns.iter().zip(row).enumerate() {
        let field = match column.sense.map(|s| s.kind) {
            _ if n == name => FieldId::Leader,
            Some(Kind::Title) => FieldId::LeaderTitle,
            Some(Kind::Phone) => FieldId::Phone,
            Some(Kind::Email) => FieldId::Email,
            _ => continue,
        };
        let raw = joined(view, at);
        if let Answer::Value(value) = value::answer(field, &raw, None) {
            let label = if n == name { "负责人".to_owned() } else { column.label.clone() };
            out.entry(field).or_insert(Reading { value: Some(value), raw, label, place, at: at.clone() });
        }
    }
    out
}

/// A cell that names the leader's part.
fn leads(text: &str) -> bool {
    matches!(squash(text).as_str(), "负责人" | "项目负责人" | "课题负责人" | "主持人" | "项目主持人" | "课题主持人" | "组长" | "队长" | "申请人")
}

/// A column beside names that tells what each does, however it is put: 在项目中承担的任务, 工作内容.
fn duty_column(records: &Records) -> Option<usize> {
    let tells = |label: String| {
        ["任务", "分工", "职责", "工作内容", "承担", "负责"].iter().any(|word| label.contains(word))
            && !["单位", "时间", "负责人"].iter().any(|word| label.contains(word))
    };
    records.columns.iter().position(|column| tells(squash(&column.label)))
}

fn name_column(records: &Records) -> Option<usize> {
    let exact = records.columns.iter().position(|c| c.sense.is_some_and(|s| s.kind == Kind::Name));
    // 项目组成员 | 职称 | 单位: the block's own label heads the names
    let person = |leads: bool| {
        let is_whose = move |owner: Option<Owner>| if leads { owner == Some(Owner::Leader) } else { matches!(owner, Some(Owner::Member | Owner::Expert)) };
        records.columns.iter().position(|c| c.sense.is_some_and(|s| s.kind == Kind::Person && is_whose(s.owner)))
    };
    // 入库专家 | 单位 | 职称: no label by itself, but at the head of names
    let listed = || {
        let told = records.columns.iter().any(|c| c.sense.is_some_and(|s| matches!(s.kind, Kind::Title | Kind::Organisation)));
        records.columns.iter().position(|c| told && matches!(squash(&c.label).as_str(), "专家成员" | "入库专家" | "智库专家"))
    };
    // 申请小组成员 over 申请人姓名 | 专业 | 学号: all of them apply
    exact.or_else(|| person(false)).or_else(|| person(true).filter(|_| records.owner == Some(Owner::Member))).or_else(listed)
}

/// A short text without figures, sums or sentence marks.
fn is_name(text: &str) -> bool {
    let count = text.chars().count();
    let numbered = text.starts_with("成员") || text.starts_with("姓名") || text.starts_with("参与人") || text.starts_with("队员");
    !numbered
        && (2..=20).contains(&count)
        && !text.chars().any(|c| c.is_ascii_digit() || matches!(c, '。' | ',' | ':' | '%' | '、'))
        && !matches!(squash(text).as_str(), "合计" | "总计" | "小计" | "姓名" | "备注" | "其他" | "序号")
}

fn is_member_run(pair: &Pair) -> bool {
    let names = |s: Sense| s.field == Some(FieldId::Members) || s.kind == Kind::Name && pair.owner == Some(Owner::Member) || is_expert_run(pair);
    pair.sense.is_some_and(names) && !pair.value.is_empty()
}

/// Experts told in lines under their own heading.
fn is_expert_run(pair: &Pair) -> bool {
    let asked = pair.sense.is_some_and(|s| s.kind == Kind::Person && s.weak && s.owner == Some(Owner::Expert));
    asked && super::whose::owner_of(&pair.label) == Some(Owner::Expert)
}

/// Family names of two characters: a blank behind one parts no two names.
const DOUBLE: [&str; 16] = ["欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒", "令狐", "夏侯", "端木", "南宫", "宇文", "长孙"];

/// Whether blanks alone part whole names: 钟瑞 龙峰 夏雨妍, but not 钟 瑞.
fn parted_by_blanks(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let name = |w: &&str| (2..=4).contains(&w.chars().count()) && w.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    words.len() >= 2 && words.iter().all(name) && !words.iter().any(|w| DOUBLE.contains(w))
}

/// Names in one run: `张三、李四`, `张三/2019001,李四/2019002`.
fn run(view: &View<'_>, pair: &Pair, out: &mut People) {
    let mut found: Vec<(Person, Span)> = Vec::new();
    let value: Vec<Span> = pair.value.iter().flat_map(|span| numbered_names(view, *span)).collect();
    let told = value.iter().flat_map(|span| {
        let quote = view.quote(*span);
        let ways = [person_line::a_line_each, person_line::listed, person_line::persons];
        let told = ways.iter().map(|told| told(quote)).find(|told| !told.is_empty()).unwrap_or_default();
        told.into_iter().map(|(name, told)| {
            let at = Span { start: span.start + name.start as u32, end: span.start + name.end as u32, ..*span };
            (value::person(quote.get(name).unwrap_or_default()), told, at)
        })
    });
    let told: Vec<(Person, Span)> = told.filter(|(name, ..)| is_name(name)).map(|(name, told, at)| (told_of(name, told), at)).collect();
    if !told.is_empty() {
        // 组长：张三（教授，某大学） tells the leader where the form asks for none
        let leads = told.iter().find_map(|(person, at)| {
            let line = value.iter().find(|span| span.block == at.block && span.start <= at.start && at.end <= span.end)?;
            let printed = view.quote(*line).get(..(at.start - line.start) as usize)?.lines().last().unwrap_or("");
            Some((person, *at, person_line::leading_part(printed)?))
        });
        if let Some((person, at, label)) = leads.filter(|_| out.leader.is_empty() && !is_expert_run(pair)) {
            let place = if pair.zone == Zone::Cover { Place::Cover } else { Place::Table };
            let value = Some(Value::Text(person.name.clone()));
            out.leader.insert(FieldId::Leader, Reading { value, raw: view.quote(at).to_owned(), label: label.to_owned(), place, at: vec![at] });
        }
        list(view, pair, told, out);
        return;
    }
    for span in &value {
        let quote = view.quote(*span);
        if quote.chars().count() > 600 {
            return;
        }
        // 张三、李四（示例）; 姓名、学号、专业
        if hint::is_template(quote) || squash(quote).starts_with("姓名") {
            continue;
        }
        let mut start = 0;
        let mut depth = 0u32;
        let blanks = parted_by_blanks(quote);
        for (at, c) in quote.char_indices().chain([(quote.len(), '、')]) {
            // 尹春燕（徐州工程学院，高级工程师，项目统筹）；袁峰（…）
            match c {
                '(' | '（' => depth += 1,
                ')' | '）' => depth = depth.saturating_sub(1),
                _ => {}
            }
            let parts =
                (depth == 0 || at == quote.len()) && matches!(c, '、' | ',' | '，' | ';' | '；' | '\n' | '\t' | '|' | '。' | '\u{3000}') || blanks && c == ' ';
            if !parts {
                continue;
            }
            let piece = &quote[start..at];
            let from = start + super::label::enumerator(piece);
            let stop = quote[from..at].find(['/', '(', '（', '-', ':', '：']).map_or(at, |n| from + n);
            let range = super::line::trim_value(quote, from..stop);
            start = at + c.len_utf8();
            let inner = in_brackets(&quote[from..at]);
            let name = value::person(&quote[range.clone()]);
            let name = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ').to_owned();
            if range.is_empty() || name.is_empty() || hint::is_template(piece) || hint::is_nothing(piece) {
                continue;
            }
            if !is_name(&name) {
                continue;
            }
            if !(2..=5).contains(&name.chars().count()) && !name.contains('·') || name.chars().any(|c| !(('\u{4e00}'..='\u{9fff}').contains(&c) || c == '·'))
            {
                return;
            }
            let person = told_of(name.clone(), inner);
            found.push((person, Span { start: span.start + range.start as u32, end: span.start + range.end as u32, ..*span }));
        }
    }
    list(view, pair, found, out);
}

/// 1.张三  2.李 四  3.王五 on one line: each name; any other text whole.
fn numbered_names(view: &View<'_>, span: Span) -> Vec<Span> {
    let quote = view.quote(span);
    let items = value::items(quote);
    let bare = |item: &&str| {
        let name = squash(&item[super::label::enumerator(item)..]);
        (2..=4).contains(&name.chars().count()) && name.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    };
    if items.len() < 2 || !items.iter().all(bare) {
        return vec![span];
    }
    let mut end = span.start + (quote.len() - items.iter().map(|item| item.len()).sum::<usize>()) as u32;
    let next = |item: &&str| {
        let start = end;
        end += item.len() as u32;
        Span { start, end, ..span }
    };
    items.iter().map(next).collect()
}

/// Takes up the members that a pair names.
fn list(view: &View<'_>, pair: &Pair, found: Vec<(Person, Span)>, out: &mut People) {
    for (person, at) in found {
        let raw = view.quote(at).to_owned();
        let place = if pair.zone == Zone::Cover { Place::Cover } else { Place::Table };
        let name = person.name.clone();
        // 专家团队主要成员 heads people who are both
        if topic_of(&pair.label) == Topic::Experts {
            out.experts.push(Person { at: vec![at], ..person.clone() });
        }
        // experts whose part in the project is told are its people
        let has_part = DUTIES.iter().any(|duty| person.duty.starts_with(duty)) || person.duty.ends_with("负责");
        if is_expert_run(pair) && (!has_part || out.members.iter().any(|m| m.name == person.name)) {
            continue;
        }
        out.members.push(Person { at: vec![at], ..person });
        out.readings.push(Reading { value: Some(Value::Text(name)), raw, label: pair.label.clone(), place, at: vec![at] });
    }
}

/// What the brackets behind a name say; empty where there are none.
fn in_brackets(text: &str) -> &str {
    let open = text.find(['(', '（']);
    let close = text.rfind([')', '）']);
    match (open, close) {
        (Some(open), Some(close)) if open < close => text[open..close].trim_start_matches(['(', '（']),
        _ => "",
    }
}

/// A member with what is told behind his name, each by its shape.
fn told_of(name: String, inner: &str) -> Person {
    let mut person = Person { name, ..Person::default() };
    for part in inner
        .split(['，', ',', '、', ';', '；', '/', ' ', '\u{3000}', '\t', '(', ')', '（', '）', ':', '：', '—'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        if matches!(part, "男" | "女") {
            continue;
        }
        if value::names_body(part) && person.organisation.is_empty() {
            person.organisation = normal(part);
        } else if value::is_title(part) && person.title.is_empty() {
            person.title = normal(part);
        } else if person.duty.is_empty() && !part.chars().any(|c| c.is_ascii_digit()) {
            person.duty = normal(part);
        }
    }
    person
}

/// Rows that name a task, who answers for it and by when.
fn tasks(view: &View<'_>, layout: &Layout, records: &Records, out: &mut People) -> bool {
    let has = |words: &[&str]| records.columns.iter().any(|c| words.iter().any(|w| squash(&c.label).contains(w)));
    let task = has(&["任务", "工作内容", "实施内容", "工作目标", "内容", "措施", "工作安排"]);
    let who = has(&["责任人", "负责人", "承担人", "牵头人", "责任部门", "完成人", "实施人", "分工"]);
    // a person's 出生年月 is no task's
    let when = records
        .columns
        .iter()
        .map(|c| squash(&c.label))
        .any(|label| !label.contains("出生") && ["时间", "时限", "进度", "期限", "节点", "阶段", "日期", "年月"].iter().any(|w| label.contains(w)));
    let section = layout.section(records.section).topic;
    if section == Topic::Events || section == Topic::Budget || !(task && who && when) {
        return false;
    }
    for row in &records.rows {
        let spans: Vec<Span> = row.iter().flatten().copied().collect();
        let filled = row.iter().filter(|c| !c.is_empty()).count();
        if filled * 2 > records.columns.len() {
            let text: Vec<String> = row.iter().filter(|c| !c.is_empty()).map(|c| normal(&joined(view, c))).collect();
            out.tasks.push(Sourced::new(text.join(" / "), spans));
        }
    }
    true
}
