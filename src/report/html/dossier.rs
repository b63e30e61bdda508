//! `report.html`: one dossier, every finding beside its evidence.
use super::excerpt::Shelf;
use super::parts::{badge, class, disclaimer, frame, shown};
use crate::model::{AgreementRecord, FieldId, Finding, Lang, Record, Value, Verdict};
use crate::report::RuleLine;
use crate::report::excerpt::Excerpts;
use crate::report::json::Batch;
use crate::report::words::{self, Group, first_field, pick};
use maud::{Markup, html};

const SCRIPT: &str = include_str!("dossier.js");

pub fn dossier_page(record: &Record, excerpts: &Excerpts, batch: &Batch, rules: &[RuleLine], lang: Lang) -> String {
    let title = format!("{} {}", record.id, first_field(record, FieldId::ProjectName));
    let head = html! {
        nav aria-label=(pick(lang, "位置", "Position")) { a href="../index.html" { "← " (pick(lang, "返回汇总", "back to the summary")) } }
        h1 { (shown(&record.id)) " " (badge(record.result, words::result(record.result, lang))) }
        dl.facts {
            @for (word, value) in [
                (pick(lang, "项目名称", "Project"), first_field(record, FieldId::ProjectName)),
                (pick(lang, "申报单位", "Applicant"), first_field(record, FieldId::ApplicantName)),
                (pick(lang, "类别", "Category"), category(record, batch, lang)),
                (pick(lang, "负责人", "Leader"), first_field(record, FieldId::Leader)),
                (pick(lang, "纸电比对", "Paper copy"), words::paper(record.paper.state, lang)),
            ] { dt { (word) } dd { @if value.is_empty() { "—" } @else { (shown(value)) } } }
        }
        @for problem in &record.problems { p.human { "! " (shown(problem)) } }
    };
    let folder_of = |id: &str| batch.dossiers.iter().find(|d| d.id == id).map(|d| d.folder.clone());
    let shelf = Shelf { excerpts, folder_of: &folder_of, lang };
    let body = html! {
        (shows(record, lang))
        @for group in Group::ALL {
            @let findings: Vec<&Finding> = record.findings.iter().filter(|f| Group::of(&f.rule) == group).collect();
            @if !findings.is_empty() {
                section.group aria-label=(group.title(lang)) {
                    h2 { (group.title(lang)) }
                    @for f in findings { (finding(f, rules.iter().find(|rule| rule.id == f.rule), &shelf)) }
                }
            }
        }
        (paper(record, lang))
        (fields(record, &shelf))
        (agreements(pick(lang, "合作协议", "Agreements"), &record.agreements, &shelf))
        (agreements(pick(lang, "类似文件（不是协议）", "Papers that only look like agreements"), &record.look_alikes, &shelf))
        (events(record, &shelf))
        (files(record, lang))
        (shelf.section())
    };
    let foot = html! { p { (disclaimer(lang)) } p.small { (batch.programme.name) " " (batch.programme.edition) " · " (batch.tool.name) " " (batch.tool.version) " · " (batch.as_of) } };
    frame(lang, &title, SCRIPT, head, body, foot)
}

fn category<'a>(record: &Record, batch: &'a Batch, lang: Lang) -> &'a str {
    let unknown = pick(lang, "未能确定", "not known");
    batch.places.iter().find(|p| Some(p.category.as_str()) == record.category.as_deref()).map_or(unknown, |p| p.title.as_str())
}

fn shows(record: &Record, lang: Lang) -> Markup {
    let kinds = [Verdict::Fail, Verdict::Human, Verdict::NotChecked, Verdict::Pass, Verdict::NotApplicable];
    html! {
        div.filters.row role="group" aria-label=(pick(lang, "显示哪些结果", "Which results to show")) {
            @for verdict in kinds {
                @let count = record.findings.iter().filter(|f| f.result == verdict).count();
                @let on = !matches!(verdict, Verdict::Pass | Verdict::NotApplicable);
                label { input type="checkbox" data-show=(class(verdict)) checked[on]; span { (badge(verdict, words::verdict(verdict, lang))) " " (count) } }
            }
        }
    }
}

fn finding(f: &Finding, rule: Option<&RuleLine>, shelf: &Shelf<'_>) -> Markup {
    let lang = shelf.lang;
    html! {
        article id=(f.rule) tabindex="-1" class=(format!("finding is-{}", class(f.result))) {
            div.verdict { (badge(f.result, words::verdict(f.result, lang))) @if !matches!(f.result, Verdict::Pass | Verdict::NotApplicable) { div.soft.small { (words::severity(f.severity, lang)) } } }
            div {
                h3 { (f.rule) @if let Some(rule) = rule { " " (rule.title) } small { (f.clause) } }
                p.message { (shown(&f.message)) }
                @if let Some(rule) = rule.filter(|r| !r.requirement.is_empty()) { p.clause { (pick(lang, "通知原文：", "The notice: ")) (rule.requirement) } }
                @if !f.hint.is_empty() { p.hint { b { (pick(lang, "建议：", "Hint: ")) } (shown(&f.hint)) } }
                (shelf.list(&f.evidence))
                @if f.details.len() > 1 {
                    details {
                        summary { (pick(lang, "逐项结果", "Each result")) " (" (f.details.len()) ")" }
                        ul.details { @for d in &f.details { li { (badge(d.result, words::verdict(d.result, lang))) " " (shown(&d.message)) (shelf.list(&d.evidence)) } } }
                    }
                }
                @if !f.searched.is_empty() { p.soft.small { (pick(lang, "已查找的文件：", "Searched: ")) (shown(&f.searched.join(pick(lang, "、", ", ")))) } }
            }
        }
    }
}

fn paper(record: &Record, lang: Lang) -> Markup {
    html! {
        @if !record.paper.differences.is_empty() {
            section aria-labelledby="paper" {
                h2 #paper { (pick(lang, "电子版与纸质版的差异", "Electronic against paper")) }
                div.scroll { table {
                    thead { tr { @for word in [pick(lang, "差异", "Difference"), pick(lang, "电子版", "Electronic"), pick(lang, "纸质版", "Paper"), pick(lang, "电子版位置", "Place"), pick(lang, "纸质版位置", "Place on paper")] { th scope="col" { (word) } } } }
                    tbody { @for d in &record.paper.differences { tr {
                        td { (words::difference(d.kind, lang)) @if let Some(field) = &d.field { (pick(lang, "：", ": ")) (words::field_named(field, lang)) } }
                        td { (shown(d.electronic.as_deref().unwrap_or("—"))) }
                        td { (shown(d.paper.as_deref().unwrap_or("—"))) }
                        td { (shown(&words::place(&d.at, lang))) }
                        td { (shown(&words::place(&d.paper_at, lang))) }
                    } } }
                } }
            }
        }
    }
}

fn printed(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Fen(fen) => words::yuan(*fen),
    }
}

fn fields(record: &Record, shelf: &Shelf<'_>) -> Markup {
    let lang = shelf.lang;
    html! {
        section aria-labelledby="fields" {
            h2 #fields { (pick(lang, "提取的字段", "Fields")) }
            div.scroll { table.fields {
                thead { tr { @for word in [pick(lang, "字段", "Field"), pick(lang, "值", "Value"), pick(lang, "原文", "As printed"), pick(lang, "位置", "Place")] { th scope="col" { (word) } } } }
                tbody { @for (id, readings) in &record.fields { @for reading in readings { tr {
                    th scope="row" { (words::field(*id, lang)) }
                    td { @if let Some(value) = &reading.value { (shown(&printed(value))) } }
                    td { (shown(&reading.raw)) }
                    td { (shelf.place(&reading.evidence)) }
                } } } }
            } }
        }
    }
}

fn agreements(title: &str, agreements: &[AgreementRecord], shelf: &Shelf<'_>) -> Markup {
    let lang = shelf.lang;
    html! {
        @if !agreements.is_empty() {
            section aria-label=(title) {
                h2 { (title) }
                @for a in agreements {
                    h3 { (shown(&a.title)) }
                    dl.facts {
                        dt { (pick(lang, "文件", "File")) } dd { (shelf.place(&a.evidence)) }
                        dt { (pick(lang, "各方", "Parties")) } dd { @for p in &a.parties { div { (shown(&p.role)) (pick(lang, "：", ": ")) (shown(&p.name)) } } }
                        dt { (pick(lang, "签订日期", "Signed on")) } dd { (shown(a.signed_on.as_deref().unwrap_or("—"))) }
                        dt { (pick(lang, "期限", "Term")) } dd { (shown(a.term.from.as_deref().unwrap_or("—"))) " – " (shown(a.term.to.as_deref().unwrap_or("—"))) }
                        dt { (pick(lang, "金额", "Amounts")) } dd { @if a.amounts.is_empty() { "—" } @for x in &a.amounts { div { (words::yuan(x.fen)) " " span.small { (shelf.place(&x.evidence)) } } } }
                        dt { (pick(lang, "写明责任权利义务的一方", "Duties stated for")) } dd { (shown(&a.duties.join(pick(lang, "、", ", ")))) }
                        dt { (pick(lang, "签署栏", "Signature block")) } dd { (words::signature(a.signature, lang)) }
                    }
                }
            }
        }
    }
}

fn events(record: &Record, shelf: &Shelf<'_>) -> Markup {
    let lang = shelf.lang;
    let colon = pick(lang, "：", ": ");
    html! {
        @if !record.events.is_empty() {
            section aria-labelledby="events" {
                h2 #events { (pick(lang, "活动与佐证", "Events and their evidence")) }
                div.scroll { table.roomy {
                    thead { tr {
                        @for word in [pick(lang, "活动", "Event"), pick(lang, "时间、级别、角色", "Date, level, role"), pick(lang, "佐证", "Evidence"), pick(lang, "是否计入", "Counts")] { th scope="col" { (word) } }
                    } }
                    tbody { @for e in &record.events { tr {
                        th scope="row" { (shown(&e.name)) @if !e.place.is_empty() { div.soft.small { (shown(&e.place)) } } }
                        td {
                            (shown(e.from.as_deref().unwrap_or("—"))) @if e.to != e.from { " – " (shown(e.to.as_deref().unwrap_or(""))) }
                            div { (words::level(e.level, lang)) " · " (words::event_role(e.role, lang)) " · " (words::status(e.status, lang)) }
                        }
                        td { @for x in &e.evidence { div { (words::evidence_kind(x.kind, lang)) (colon) (shelf.place(&x.at)) } } }
                        td { (badge(if e.counts { Verdict::Pass } else { Verdict::NotApplicable }, if e.counts { pick(lang, "计入", "counts") } else { pick(lang, "不计", "no") })) div.small { (shown(&e.why)) } }
                    } } }
                } }
            }
        }
    }
}

fn files(record: &Record, lang: Lang) -> Markup {
    html! {
        section aria-labelledby="files" {
            h2 #files { (pick(lang, "文件", "Files")) }
            div.scroll { table.files {
                thead { tr { @for word in [pick(lang, "文件", "File"), pick(lang, "用途", "Role"), pick(lang, "格式", "Format"), pick(lang, "页数", "Pages"), pick(lang, "读取", "Read"), pick(lang, "说明", "Remarks"), "SHA-256"] { th scope="col" { (word) } } } }
                tbody { @for f in &record.files { tr {
                    th scope="row" { (shown(&f.path)) }
                    td { (words::role(f.role, lang)) }
                    td { (f.format) }
                    td { @if let Some(pages) = f.pages { (pages) } }
                    td { (words::read(f.read, lang)) }
                    td { @for problem in &f.problems { p { (shown(problem)) } } }
                    td.digest { (shown(f.sha256.as_deref().unwrap_or("—"))) }
                } } }
            } }
            @if record.noise > 0 { p.soft.small { (pick(lang, "另跳过无关文件（临时文件、缩略图等）", "Skipped as noise: ")) " " (record.noise) } }
        }
    }
}
