//! `report.html`: one dossier, every finding beside its evidence.
use super::parts::{badge, class, disclaimer, evidence, frame, shown};
use crate::model::{AgreementRecord, EvidenceKind, FieldId, Finding, Lang, Record, Value, Verdict};
use crate::report::json::Batch;
use crate::report::words::{self, Group, first_field, pick};
use maud::{Markup, html};

const SCRIPT: &str = include_str!("dossier.js");

pub fn dossier_page(record: &Record, batch: &Batch, lang: Lang) -> String {
    let title = format!("{} {}", record.id, first_field(record, FieldId::ProjectName));
    let head = html! {
        nav { a href="../index.html" { "← " (pick(lang, "返回汇总", "back to the summary")) } }
        h1 { (shown(&record.id)) " " (badge(record.result, words::result(record.result, lang))) }
        dl.facts {
            @for (word, value) in [
                (pick(lang, "项目名称", "Project"), first_field(record, FieldId::ProjectName)),
                (pick(lang, "申报单位", "Applicant"), first_field(record, FieldId::ApplicantName)),
                (pick(lang, "类别", "Category"), category(record, batch)),
                (pick(lang, "负责人", "Leader"), first_field(record, FieldId::Leader)),
                (pick(lang, "纸电比对", "Paper copy"), words::paper(record.paper.state, lang)),
            ] { dt { (word) } dd { (shown(value)) } }
        }
        @for problem in &record.problems { p.human { "! " (shown(problem)) } }
    };
    let folder_of = |id: &str| batch.dossiers.iter().find(|d| d.id == id).map(|d| d.folder.clone());
    let body = html! {
        (shows(record, lang))
        @for group in Group::ALL {
            @let findings: Vec<&Finding> = record.findings.iter().filter(|f| Group::of(&f.rule) == group).collect();
            @if !findings.is_empty() {
                section.group aria-label=(group.title(lang)) {
                    h2 { (group.title(lang)) }
                    @for f in findings { (finding(f, lang, &folder_of)) }
                }
            }
        }
        (paper(record, lang))
        (fields(record, lang))
        (agreements(pick(lang, "合作协议", "Agreements"), &record.agreements, lang))
        (agreements(pick(lang, "类似文件（不是协议）", "Papers that only look like agreements"), &record.look_alikes, lang))
        (events(record, lang))
        (files(record, lang))
    };
    let foot = html! { p { (disclaimer(lang)) } p.small { (batch.programme.name) " " (batch.programme.edition) " · " (batch.tool.name) " " (batch.tool.version) " · " (batch.as_of) } };
    frame(lang, &title, SCRIPT, head, body, foot)
}

fn category<'a>(record: &Record, batch: &'a Batch) -> &'a str {
    batch.places.iter().find(|p| Some(p.category.as_str()) == record.category.as_deref()).map_or("?", |p| p.title.as_str())
}

fn shows(record: &Record, lang: Lang) -> Markup {
    let kinds = [Verdict::Fail, Verdict::Human, Verdict::NotChecked, Verdict::Pass, Verdict::NotApplicable];
    html! {
        div.filters role="group" aria-label=(pick(lang, "显示哪些结果", "Which results to show")) {
            @for verdict in kinds {
                @let count = record.findings.iter().filter(|f| f.result == verdict).count();
                @let on = !matches!(verdict, Verdict::Pass | Verdict::NotApplicable);
                label { span { input type="checkbox" data-show=(class(verdict)) checked[on]; " " (badge(verdict, words::verdict(verdict, lang))) " " (count) } }
            }
        }
    }
}

fn finding(f: &Finding, lang: Lang, folder_of: &dyn Fn(&str) -> Option<String>) -> Markup {
    html! {
        article id=(f.rule) class=(format!("finding is-{}", class(f.result))) {
            p { (badge(f.result, words::verdict(f.result, lang))) " " strong { (f.rule) } " " span.soft.small { (words::severity(f.severity, lang)) " · " (f.clause) } }
            p { (shown(&f.message)) }
            @if !f.hint.is_empty() { p.small { (pick(lang, "建议：", "Hint: ")) (shown(&f.hint)) } }
            @if !f.evidence.is_empty() { ul.evidence { @for at in &f.evidence { li { (evidence(at, lang, folder_of)) } } } }
            @if f.details.len() > 1 {
                details {
                    summary { (pick(lang, "逐项结果", "Each result")) " (" (f.details.len()) ")" }
                    ul { @for d in &f.details { li { (badge(d.result, words::verdict(d.result, lang))) " " (shown(&d.message))
                        ul.evidence { @for at in &d.evidence { li { (evidence(at, lang, folder_of)) } } }
                    } } }
                }
            }
            @if !f.searched.is_empty() { p.soft.small { (pick(lang, "已查找的文件：", "Searched: ")) (shown(&f.searched.join(pick(lang, "、", ", ")))) } }
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
                        td { (words::difference(d.kind, lang)) @if let Some(field) = &d.field { "：" (words::field_named(field, lang)) } }
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
        Value::Fen(fen) => format!("¥{}.{:02}", fen / 100, (fen % 100).abs()),
    }
}

fn fields(record: &Record, lang: Lang) -> Markup {
    html! {
        section aria-labelledby="fields" {
            h2 #fields { (pick(lang, "提取的字段", "Fields")) }
            div.scroll { table {
                thead { tr { @for word in [pick(lang, "字段", "Field"), pick(lang, "值", "Value"), pick(lang, "原文", "As printed"), pick(lang, "位置", "Place")] { th scope="col" { (word) } } } }
                tbody { @for (id, readings) in &record.fields { @for reading in readings { tr {
                    th scope="row" { (words::field(*id, lang)) }
                    td { @if let Some(value) = &reading.value { (shown(&printed(value))) } }
                    td { (shown(&reading.raw)) }
                    td { (shown(&words::place(&reading.evidence, lang))) }
                } } } }
            } }
        }
    }
}

fn agreements(title: &str, agreements: &[AgreementRecord], lang: Lang) -> Markup {
    html! {
        @if !agreements.is_empty() {
            section aria-label=(title) {
                h2 { (title) }
                @for a in agreements {
                    h3 { (shown(&a.title)) }
                    dl.facts {
                        dt { (pick(lang, "文件", "File")) } dd { (shown(&words::place(&a.evidence, lang))) }
                        dt { (pick(lang, "各方", "Parties")) } dd { @for p in &a.parties { (shown(&p.role)) "：" (shown(&p.name)) "　" } }
                        dt { (pick(lang, "签订日期", "Signed on")) } dd { (a.signed_on.as_deref().unwrap_or("—")) }
                        dt { (pick(lang, "期限", "Term")) } dd { (a.term.from.as_deref().unwrap_or("—")) " – " (a.term.to.as_deref().unwrap_or("—")) }
                        dt { (pick(lang, "金额", "Amounts")) } dd { @for x in &a.amounts { (printed(&Value::Fen(x.fen))) "　" } }
                        dt { (pick(lang, "写明责任权利义务的一方", "Duties stated for")) } dd { (shown(&a.duties.join("、"))) }
                        dt { (pick(lang, "签署栏", "Signature block")) } dd { (words::signature(a.signature, lang)) }
                    }
                }
            }
        }
    }
}

const GRID: [(EvidenceKind, &str, &str); 9] = [
    (EvidenceKind::Form, "申报书", "form"),
    (EvidenceKind::Notice, "通知", "notice"),
    (EvidenceKind::Agenda, "议程", "agenda"),
    (EvidenceKind::SignIn, "签到", "sign-in"),
    (EvidenceKind::Photo, "照片", "photo"),
    (EvidenceKind::News, "报道", "news"),
    (EvidenceKind::Papers, "论文集", "papers"),
    (EvidenceKind::Summary, "总结", "summary"),
    (EvidenceKind::Other, "其他", "other"),
];

fn events(record: &Record, lang: Lang) -> Markup {
    html! {
        @if !record.events.is_empty() {
            section aria-labelledby="events" {
                h2 #events { (pick(lang, "活动与佐证", "Events and their evidence")) }
                div.scroll { table {
                    thead { tr {
                        @for word in [pick(lang, "活动", "Event"), pick(lang, "时间", "Date"), pick(lang, "级别", "Level"), pick(lang, "本单位角色", "Role"), pick(lang, "状态", "Status")] { th scope="col" { (word) } }
                        @for (_, zh, en) in GRID { th scope="col" { (pick(lang, zh, en)) } }
                        th scope="col" { (pick(lang, "是否计入", "Counts")) }
                    } }
                    tbody { @for e in &record.events { tr {
                        th scope="row" { (shown(&e.name)) @if !e.place.is_empty() { span.soft.small { " " (shown(&e.place)) } } }
                        td { (e.from.as_deref().unwrap_or("—")) @if e.to != e.from { " – " (e.to.as_deref().unwrap_or("")) } }
                        td { (words::level(e.level, lang)) }
                        td { (format!("{:?}", e.role)) }
                        td { (words::status(e.status, lang)) }
                        @for (kind, _, _) in GRID { td.small { @for x in e.evidence.iter().filter(|x| x.kind == kind) { (shown(&words::place(&x.at, lang))) br; } } }
                        td { (badge(if e.counts { Verdict::Pass } else { Verdict::NotApplicable }, if e.counts { pick(lang, "计入", "counts") } else { pick(lang, "不计", "no") })) br; span.small { (shown(&e.why)) } }
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
            div.scroll { table {
                thead { tr { @for word in [pick(lang, "文件", "File"), pick(lang, "用途", "Role"), pick(lang, "格式", "Format"), pick(lang, "页数", "Pages"), pick(lang, "读取", "Read"), pick(lang, "说明", "Remarks"), "SHA-256"] { th scope="col" { (word) } } } }
                tbody { @for f in &record.files { tr {
                    th scope="row" { (shown(&f.path)) }
                    td { (words::role(f.role, lang)) }
                    td { (f.format) }
                    td { @if let Some(pages) = f.pages { (pages) } }
                    td { (words::read(f.read, lang)) }
                    td { @for problem in &f.problems { p { (shown(problem)) } } }
                    td.small { (f.sha256.as_deref().unwrap_or("—")) }
                } } }
            } }
            @if record.noise > 0 { p.soft.small { (pick(lang, "另跳过无关文件（临时文件、缩略图等）", "Skipped as noise: ")) " " (record.noise) } }
        }
    }
}
