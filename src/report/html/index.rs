//! `index.html`: the whole batch, counts against places, filter and search, one click to a dossier.
use super::parts::{badge, disclaimer, frame, percent, shown};
use crate::model::{FieldId, Lang, Record, Severity, Verdict};
use crate::report::RuleLine;
use crate::report::json::{Batch, Cross};
use crate::report::words::{self, first_field, pick};
use maud::{Markup, html};
use std::collections::BTreeMap;

const SCRIPT: &str = include_str!("index.js");
/// Rows in the list of the commonest defects.
const COMMONEST: usize = 12;

pub fn index_page(records: &[Record], batch: &Batch, rules: &[RuleLine], lang: Lang) -> String {
    let title = format!("{} {}", batch.programme.name, pick(lang, "材料初审汇总", "pre-screening summary"));
    let head = html! {
        h1 { (shown(&title)) }
        p.soft { (pick(lang, "初审日期 ", "as of ")) (batch.as_of) " · " (pick(lang, "版本 ", "edition ")) (batch.programme.edition) " · " (batch.tool.name) " " (batch.tool.version) }
    };
    let body = html! {
        (cards(batch, lang))
        div.columns {
            (places(records, batch, lang))
            (commonest(records, rules, lang))
        }
        (cross(batch, lang))
        section.list aria-labelledby="list" {
            h2 #list { (pick(lang, "申报材料", "Dossiers")) }
            (filters(records, batch, rules, lang))
            (table(records, batch, lang))
        }
        (uncovered(batch, lang))
    };
    let foot = html! { p { (disclaimer(lang)) } p.small { (pick(lang, "规则文件 SHA-256：", "programme SHA-256: ")) (batch.programme.sha256) } };
    frame(lang, &title, SCRIPT, head, body, foot)
}

fn cards(batch: &Batch, lang: Lang) -> Markup {
    let counts = &batch.counts;
    let cards = [
        (counts.dossiers, pick(lang, "份申报材料", "dossiers"), ""),
        (counts.fail, words::result(Verdict::Fail, lang), "fail"),
        (counts.human, words::result(Verdict::Human, lang), "human"),
        (counts.pass, words::result(Verdict::Pass, lang), "pass"),
        (counts.files, pick(lang, "个文件", "files"), ""),
        (counts.unread_files, pick(lang, "个文件未能读出", "files not read"), "not_checked"),
    ];
    html! { ul.cards { @for (n, word, class) in cards { li { strong class=(class) { (n) } (word) } } } }
}

/// The results in the order of the bars.
const BARS: [Verdict; 3] = [Verdict::Pass, Verdict::Human, Verdict::Fail];

fn places(records: &[Record], batch: &Batch, lang: Lang) -> Markup {
    let count = |category: &str, result: Verdict| records.iter().filter(|r| r.category.as_deref() == Some(category) && r.result == result).count() as u32;
    let most = batch.places.iter().map(|p| p.applications.max(most_places(&p.places).unwrap_or(0))).max().unwrap_or(0).max(1);
    let share = |n: u32| format!("{:.2}%", f64::from(n) * 100.0 / f64::from(most));
    let word = |verdict| words::result(verdict, lang);
    html! {
        section aria-labelledby="places" {
            h2 #places { (pick(lang, "申报数与拟立项数", "Applications and places")) }
            div.scroll { table.chart {
                thead { tr {
                    th scope="col" { (pick(lang, "类别", "Category")) }
                    th scope="col" { (pick(lang, "初审结果", "Results")) }
                    th.n scope="col" { (pick(lang, "申报", "Applications")) }
                    th.n scope="col" { (pick(lang, "拟立项", "Places")) }
                } }
                tbody { @for p in &batch.places {
                    @let counts = BARS.map(|result| (result, count(&p.category, result)));
                    tr {
                        th scope="row" { (p.category) " " (p.title) }
                        td { div.track role="img" aria-label=(counts.iter().map(|(result, n)| format!("{} {n}", word(*result))).collect::<Vec<_>>().join(pick(lang, "，", ", "))) {
                            @for (result, n) in counts { @if n > 0 { i class=(format!("s-{}", super::parts::class(result))) style=(format!("width:{}", share(n))) {} } }
                            @if let Some(n) = most_places(&p.places) { span.places style=(format!("left:{}", share(n))) {} }
                        } }
                        td.n { (p.applications) }
                        td.n { @let (count, remark) = printed_places(&p.places); (count) @if !remark.is_empty() { small { (remark) } } }
                    }
                } }
            } }
            ul.legend aria-hidden="true" {
                @for result in BARS { li { span.track { i class=(format!("s-{}", super::parts::class(result))) {} } (word(result)) } }
                li { span.track { span.places {} } (pick(lang, "拟立项数（上限）", "places (at most)")) }
            }
            p.soft.small { (pick(lang, "拟立项数是评审名额，不是申报限额，不作为核查依据。", "Places are what will be awarded, not a limit on applications.")) }
        }
    }
}

/// A printed count and the remark behind it: `10–12` and `（两类合计）`.
fn printed_places(printed: &str) -> (&str, &str) {
    printed.split_at(printed.find(['（', '(']).unwrap_or(printed.len()))
}

/// The largest number of a printed count; nothing where several categories share it.
fn most_places(printed: &str) -> Option<u32> {
    let (count, remark) = printed_places(printed);
    count.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).max().filter(|_| remark.is_empty())
}

fn commonest(records: &[Record], rules: &[RuleLine], lang: Lang) -> Markup {
    let mut counts: BTreeMap<&str, (u32, &str)> = BTreeMap::new();
    for finding in records.iter().flat_map(|r| &r.findings).filter(|f| f.result == Verdict::Fail && f.severity != Severity::Info) {
        let rule = rules.iter().find(|rule| rule.id == finding.rule);
        if rule.is_some_and(|rule| rule.is_derived) {
            continue;
        }
        let title = rule.map_or(finding.clause.as_str(), |rule| rule.title.as_str());
        let entry = counts.entry(&finding.rule).or_insert((0, title));
        entry.0 += 1;
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by(|a, b| b.1.0.cmp(&a.1.0).then(a.0.cmp(b.0)));
    html! {
        @if !rows.is_empty() {
            section aria-labelledby="common" {
                h2 #common { (pick(lang, "最常见的问题", "Commonest defects")) }
                ol.common { @for (rule, (count, title)) in rows.iter().take(COMMONEST) { li {
                    button type="button" data-pick-rule=(rule) { (rule) " " (title) }
                    span { (count) (pick(lang, " 份", "")) }
                } } }
                p.soft.small { (pick(lang, "这一项不符合的材料份数；点击即在下表中筛选。", "Dossiers that fail it; press one to filter the table below.")) }
            }
        }
    }
}

fn cross(batch: &Batch, lang: Lang) -> Markup {
    // What concerns several dossiers stands in the record of each, and here once.
    let mut rows: BTreeMap<(&str, Vec<&str>), &Cross> = BTreeMap::new();
    for found in batch.cross.iter().filter(|c| matches!(c.result, Verdict::Fail | Verdict::Human)) {
        let mut concerned: Vec<&str> = found.with.iter().chain([&found.dossier]).map(String::as_str).collect();
        concerned.sort_unstable();
        concerned.dedup();
        rows.entry((&found.rule, concerned)).or_insert(found);
    }
    let folder = |id: &str| batch.dossiers.iter().find(|d| d.id == id).map(|d| d.folder.clone());
    html! {
        @if !rows.is_empty() {
            section aria-labelledby="cross" {
                h2 #cross { (pick(lang, "跨卷核查", "Across dossiers")) }
                div.scroll { table {
                    thead { tr { th.rule scope="col" { (pick(lang, "规则", "Rule")) } @for word in [pick(lang, "结果", "Result"), pick(lang, "涉及材料", "Dossiers"), pick(lang, "说明", "Message")] { th scope="col" { (word) } } } }
                    tbody { @for ((rule, concerned), row) in rows { tr {
                        td.rule { (rule) }
                        td { (badge(row.result, words::verdict(row.result, lang))) }
                        td { @for (n, id) in concerned.iter().enumerate() { @if n > 0 { (pick(lang, "、", ", ")) } (link(id, folder(id))) } }
                        td { (shown(&row.message)) }
                    } } }
                } }
            }
        }
    }
}

fn link(id: &str, folder: Option<String>) -> Markup {
    match folder {
        Some(folder) => html! { a href=(format!("{}/report.html", percent(&folder))) { (shown(id)) } },
        None => html! { (shown(id)) },
    }
}

fn failed_rules(record: &Record) -> Vec<&str> {
    record.findings.iter().filter(|f| f.result == Verdict::Fail && f.severity != Severity::Info).map(|f| f.rule.as_str()).collect()
}

fn filters(records: &[Record], batch: &Batch, rules: &[RuleLine], lang: Lang) -> Markup {
    let mut failed: Vec<&str> = records.iter().flat_map(failed_rules).collect();
    failed.sort_unstable();
    failed.dedup();
    let title = |id: &str| rules.iter().find(|rule| rule.id == id).map_or("", |rule| rule.title.as_str());
    let all = pick(lang, "全部", "all");
    html! {
        div.filters role="search" {
            label.grow { (pick(lang, "查找编号、单位、项目、负责人（按 / 键）", "Search id, applicant, project, leader (press /)")) input #find type="search" autocomplete="off"; }
            label { (pick(lang, "结果", "Result")) select #result {
                option value="" { (all) }
                @for verdict in [Verdict::Fail, Verdict::Human, Verdict::Pass] { option value=(super::parts::class(verdict)) { (words::result(verdict, lang)) } }
            } }
            label { (pick(lang, "类别", "Category")) select #category {
                option value="" { (all) }
                @for p in &batch.places { option value=(p.category) { (p.category) " " (p.title) } }
                option value="?" { (pick(lang, "类别未定", "unknown")) }
            } }
            label { (pick(lang, "不符合的规则", "Failed rule")) select #rule { option value="" { (all) } @for rule in failed { option value=(rule) { (rule) " " (title(rule)) } } } }
            button #clear type="button" { (pick(lang, "清除", "Clear")) }
            output #shown aria-live="polite" for="find result category rule" { (records.len()) }
        }
    }
}

fn table(records: &[Record], batch: &Batch, lang: Lang) -> Markup {
    let heads = [
        ("c-id", pick(lang, "编号", "Id")),
        ("c-result", pick(lang, "结果", "Result")),
        ("c-cat", pick(lang, "类别", "Category")),
        ("c-applicant", pick(lang, "申报单位", "Applicant")),
        ("c-project", pick(lang, "项目名称", "Project")),
        ("c-leader", pick(lang, "负责人", "Leader")),
        ("c-rules", pick(lang, "不符合", "Fails")),
        ("c-open", pick(lang, "待核", "Open")),
        ("c-paper", pick(lang, "纸电比对", "Paper")),
    ];
    html! {
        div.scroll tabindex="0" role="group" aria-label=(pick(lang, "申报材料一览", "Table of dossiers")) { table #dossiers {
            thead { tr { @for (class, head) in heads { th scope="col" class=(class) { (head) } } } }
            tbody { @for (record, entry) in records.iter().zip(&batch.dossiers) {
                @let failed = failed_rules(record);
                @let open = record.findings.iter().filter(|f| f.severity != Severity::Info && matches!(f.result, Verdict::Human | Verdict::NotChecked)).count();
                tr data-result=(super::parts::class(record.result)) data-category=(record.category.as_deref().unwrap_or("?")) data-rules=(failed.join(" ")) {
                    th scope="row" { (link(&record.id, Some(entry.folder.clone()))) }
                    td { (badge(record.result, words::result(record.result, lang))) }
                    td { (record.category.as_deref().unwrap_or("?")) }
                    td { (shown(first_field(record, FieldId::ApplicantName))) }
                    td { (shown(first_field(record, FieldId::ProjectName))) }
                    td { (shown(first_field(record, FieldId::Leader))) }
                    td { @for (n, rule) in failed.iter().enumerate() { @if n > 0 { " " } a href=(format!("{}/report.html#{}", percent(&entry.folder), percent(rule))) { (rule) } } }
                    td { @if open > 0 { (open) } }
                    td { (words::paper(record.paper.state, lang)) }
                }
            } }
        } }
        p #empty .empty hidden { (pick(lang, "没有符合条件的材料。", "No dossier matches.")) }
    }
}

fn uncovered(batch: &Batch, lang: Lang) -> Markup {
    html! {
        @if !batch.uncovered.is_empty() {
            section aria-labelledby="uncovered" {
                h2 #uncovered { (pick(lang, "通知中不由程序核查的条款", "Clauses that no rule decides")) }
                ul.small { @for u in &batch.uncovered { li { (u.clause) (pick(lang, "：", ": ")) (u.why) } } }
            }
        }
    }
}
