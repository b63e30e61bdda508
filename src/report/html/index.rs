//! `index.html`: the whole batch, counts against places, filter and search, one click to a dossier.
use super::parts::{badge, disclaimer, frame, percent, shown};
use crate::model::{FieldId, Lang, Record, Severity, Verdict};
use crate::report::json::Batch;
use crate::report::words::{self, first_field, pick};
use maud::{Markup, html};
use std::collections::BTreeMap;

const SCRIPT: &str = include_str!("index.js");
/// Rows in the list of the commonest defects.
const COMMONEST: usize = 12;

pub fn index_page(records: &[Record], batch: &Batch, lang: Lang) -> String {
    let title = format!("{} {}", batch.programme.name, pick(lang, "材料初审汇总", "pre-screening summary"));
    let head = html! {
        h1 { (shown(&title)) }
        p.soft { (pick(lang, "初审日期 ", "as of ")) (batch.as_of) " · " (pick(lang, "版本 ", "edition ")) (batch.programme.edition) " · " (batch.tool.name) " " (batch.tool.version) }
    };
    let body = html! {
        (cards(batch, lang))
        (places(batch, lang))
        (commonest(records, lang))
        (cross(batch, lang))
        section aria-labelledby="list" {
            h2 #list { (pick(lang, "申报材料", "Dossiers")) }
            (filters(records, batch, lang))
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

fn places(batch: &Batch, lang: Lang) -> Markup {
    let most = batch.places.iter().map(|p| p.applications).max().unwrap_or(0).max(1);
    html! {
        section aria-labelledby="places" {
            h2 #places { (pick(lang, "申报数与拟立项数", "Applications and places")) }
            div.scroll { table {
                thead { tr { th scope="col" { (pick(lang, "类别", "Category")) } th scope="col" { (pick(lang, "申报数", "Applications")) } th scope="col" { (pick(lang, "拟立项数", "Places")) } } }
                tbody { @for p in &batch.places { tr.bar-row {
                    td { (p.category) " " (p.title) }
                    td { span.bar style=(format!("width:{}rem", f64::from(p.applications * 200 / most) / 10.0)) {} " " (p.applications) }
                    td { (p.places) }
                } } }
            } }
            p.soft.small { (pick(lang, "拟立项数是评审名额，不是申报限额，不作为核查依据。", "Places are what will be awarded, not a limit on applications.")) }
        }
    }
}

fn commonest(records: &[Record], lang: Lang) -> Markup {
    let mut counts: BTreeMap<&str, (u32, &str)> = BTreeMap::new();
    for finding in records.iter().flat_map(|r| &r.findings).filter(|f| f.result == Verdict::Fail && f.severity != Severity::Info) {
        let entry = counts.entry(&finding.rule).or_insert((0, &finding.clause));
        entry.0 += 1;
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by(|a, b| b.1.0.cmp(&a.1.0).then(a.0.cmp(b.0)));
    html! {
        @if !rows.is_empty() {
            section aria-labelledby="common" {
                h2 #common { (pick(lang, "最常见的问题", "Commonest defects")) }
                ul { @for (rule, (count, clause)) in rows.iter().take(COMMONEST) { li {
                    button type="button" data-pick-rule=(rule) { (rule) } " × " (count) " " span.soft { (clause) }
                } } }
            }
        }
    }
}

fn cross(batch: &Batch, lang: Lang) -> Markup {
    let rows: Vec<_> = batch.cross.iter().filter(|c| matches!(c.result, Verdict::Fail | Verdict::Human)).collect();
    let folder = |id: &str| batch.dossiers.iter().find(|d| d.id == id).map(|d| d.folder.clone());
    html! {
        @if !rows.is_empty() {
            section aria-labelledby="cross" {
                h2 #cross { (pick(lang, "跨卷核查", "Across dossiers")) }
                div.scroll { table {
                    thead { tr { @for word in [pick(lang, "规则", "Rule"), pick(lang, "结果", "Result"), pick(lang, "材料", "Dossier"), pick(lang, "涉及", "With"), pick(lang, "说明", "Message")] { th scope="col" { (word) } } } }
                    tbody { @for row in rows { tr {
                        td.rule { (row.rule) }
                        td { (badge(row.result, words::verdict(row.result, lang))) }
                        td { (link(&row.dossier, folder(&row.dossier))) }
                        td { @for (n, id) in row.with.iter().enumerate() { @if n > 0 { "、" } (link(id, folder(id))) } }
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

fn filters(records: &[Record], batch: &Batch, lang: Lang) -> Markup {
    let mut rules: Vec<&str> = records.iter().flat_map(failed_rules).collect();
    rules.sort_unstable();
    rules.dedup();
    let all = pick(lang, "全部", "all");
    html! {
        div.filters role="search" {
            label { (pick(lang, "查找（按 / 键）", "Search (press /)")) input #find type="search" autocomplete="off"; }
            label { (pick(lang, "结果", "Result")) select #result {
                option value="" { (all) }
                @for verdict in [Verdict::Fail, Verdict::Human, Verdict::Pass] { option value=(super::parts::class(verdict)) { (words::result(verdict, lang)) } }
            } }
            label { (pick(lang, "类别", "Category")) select #category {
                option value="" { (all) }
                @for p in &batch.places { option value=(p.category) { (p.category) " " (p.title) } }
                option value="?" { (pick(lang, "类别未定", "unknown")) }
            } }
            label { (pick(lang, "不符合的规则", "Failed rule")) select #rule { option value="" { (all) } @for rule in rules { option value=(rule) { (rule) } } } }
            button #clear type="button" { (pick(lang, "清除", "Clear")) }
            output #shown aria-live="polite" { (records.len()) }
        }
    }
}

fn table(records: &[Record], batch: &Batch, lang: Lang) -> Markup {
    let heads = [
        pick(lang, "编号", "Id"),
        pick(lang, "结果", "Result"),
        pick(lang, "类别", "Category"),
        pick(lang, "申报单位", "Applicant"),
        pick(lang, "项目名称", "Project"),
        pick(lang, "负责人", "Leader"),
        pick(lang, "不符合", "Fails"),
        pick(lang, "待核", "For a person"),
        pick(lang, "纸电比对", "Paper"),
    ];
    html! {
        div.scroll { table #dossiers {
            thead { tr { @for head in heads { th scope="col" { (head) } } } }
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
                    td { (failed.join(" ")) }
                    td { (open) }
                    td { (words::paper(record.paper.state, lang)) }
                }
            } }
        } }
    }
}

fn uncovered(batch: &Batch, lang: Lang) -> Markup {
    html! {
        @if !batch.uncovered.is_empty() {
            section aria-labelledby="uncovered" {
                h2 #uncovered { (pick(lang, "通知中不由程序核查的条款", "Clauses that no rule decides")) }
                ul.small { @for u in &batch.uncovered { li { (u.clause) "：" (u.why) } } }
            }
        }
    }
}
