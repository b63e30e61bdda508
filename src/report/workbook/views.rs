//! The rows of the six sheets.
use super::table::{Column, Value, column};
use crate::model::{AgreementRecord, Evidence, FieldId, Finding, Lang, Record, Severity, Verdict};
use crate::report::RuleLine;
use crate::report::json::Batch;
use crate::report::words::{self, first_field, pick};
use std::collections::HashMap;

/// One sheet.
pub struct View {
    pub name: &'static str,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Value>>,
}

/// Places named in one cell; the rest is counted.
const PLACES: usize = 8;

struct Office<'a> {
    records: &'a [Record],
    batch: &'a Batch,
    rules: HashMap<&'a str, &'a RuleLine>,
    folders: HashMap<&'a str, &'a str>,
    lang: Lang,
}

pub fn all(records: &[Record], batch: &Batch, rules: &[RuleLine], lang: Lang) -> Vec<View> {
    let office = Office {
        records,
        batch,
        rules: rules.iter().map(|rule| (rule.id.as_str(), rule)).collect(),
        folders: batch.dossiers.iter().map(|entry| (entry.id.as_str(), entry.folder.as_str())).collect(),
        lang,
    };
    vec![office.dossiers(), office.findings(), office.events(), office.agreements(), office.cross(), office.places()]
}

impl Office<'_> {
    fn t(&self, zh: &'static str, en: &'static str) -> &'static str {
        pick(self.lang, zh, en)
    }

    fn page(&self, id: &str) -> Value {
        Value::Page { text: id.to_owned(), folder: self.folders.get(id).copied().unwrap_or_default().to_owned() }
    }

    fn mark(&self, verdict: Verdict) -> Value {
        Value::Mark(verdict, words::verdict(verdict, self.lang))
    }

    fn title(&self, rule: &str) -> Value {
        Value::text(self.rules.get(rule).map_or("", |rule| rule.title.as_str()))
    }

    fn category(&self, record: &Record) -> Value {
        let id = record.category.as_deref().unwrap_or("?");
        let title = self.batch.places.iter().find(|p| p.category == id).map_or("", |p| p.title.as_str());
        Value::Text(format!("{id} {title}").trim().to_owned())
    }

    fn applicant(&self, record: &Record) -> Value {
        Value::text(first_field(record, FieldId::ApplicantName))
    }

    fn evidence<'e>(&self, places: impl Iterator<Item = &'e Evidence>) -> Value {
        let mut lines = Vec::new();
        let mut more = 0;
        for at in places {
            let place = words::place(at, self.lang);
            let line = match &at.quote {
                Some(quote) => format!("{place}{}{quote}{}", self.t("“", " \""), self.t("”", "\"")),
                None => place,
            };
            if line.is_empty() || lines.contains(&line) {
                continue;
            }
            if lines.len() == PLACES {
                more += 1;
                continue;
            }
            lines.push(line);
        }
        if more > 0 {
            lines.push(match self.lang {
                Lang::Zh => format!("……另有 {more} 处"),
                Lang::En => format!("… and {more} more"),
            });
        }
        Value::text(&lines.join("\n"))
    }

    fn dossiers(&self) -> View {
        let t = |zh, en| self.t(zh, en);
        let columns = vec![
            column(t("申报编号", "Dossier"), 20.0),
            column(t("初审结果", "Result"), 13.0),
            column(t("类别", "Category"), 16.0),
            column(t("申报单位", "Applicant"), 20.0),
            column(t("项目名称", "Project"), 26.0),
            column(t("负责人", "Leader"), 9.0),
            column(t("联系人", "Contact"), 9.0),
            column(t("合作单位", "Partner"), 20.0),
            column(t("经费合计（元）", "Budget (yuan)"), 13.0),
            column(t("开始时间", "From"), 11.0),
            column(t("结束时间", "To"), 11.0),
            column(t("填报日期", "Filled in"), 11.0),
            column(t("文件数", "Files"), 7.0),
            column(t("未能读出", "Not read"), 7.0),
            column(t("不符合（错误）", "Failed errors"), 8.0),
            column(t("不符合（提醒）", "Failed warnings"), 8.0),
            column(t("待人工核对", "For a person"), 8.0),
            column(t("未核查", "Not checked"), 7.0),
            column(t("评审参考", "For reviewers"), 7.0),
            column(t("纸电比对", "Paper copy"), 13.0),
            column(t("不符合的规则", "Failed rules"), 18.0),
        ];
        let rows = self.records.iter().map(|record| {
            let text = |field| Value::text(first_field(record, field));
            let day = |field| Value::Day(Some(first_field(record, field)).filter(|d| !d.is_empty()).map(str::to_owned));
            let money = record.fields.get(&FieldId::BudgetTotal).and_then(|readings| readings.iter().find_map(|r| r.value.as_ref()?.fen()));
            let count = |wanted: &dyn Fn(&Finding) -> bool| Value::Count(record.findings.iter().filter(|f| wanted(f)).count() as u64);
            let failed: Vec<&str> = record.findings.iter().filter(|f| f.result == Verdict::Fail).map(|f| f.rule.as_str()).collect();
            vec![
                self.page(&record.id),
                Value::Mark(record.result, words::result(record.result, self.lang)),
                self.category(record),
                self.applicant(record),
                text(FieldId::ProjectName),
                text(FieldId::Leader),
                text(FieldId::Contact),
                text(FieldId::Partner),
                money.map_or(Value::Empty, Value::Money),
                day(FieldId::PeriodFrom),
                day(FieldId::PeriodTo),
                day(FieldId::DateFilled),
                Value::Count(record.files.len() as u64),
                Value::Count(record.files.iter().filter(|f| f.read == crate::model::Read::None).count() as u64),
                count(&|f| f.result == Verdict::Fail && f.severity == Severity::Error),
                count(&|f| f.result == Verdict::Fail && f.severity != Severity::Error),
                count(&|f| f.result == Verdict::Human && f.severity != Severity::Info),
                count(&|f| f.result == Verdict::NotChecked && f.severity != Severity::Info),
                Value::Count(u64::from(record.to_review)),
                Value::text(words::paper(record.paper.state, self.lang)),
                Value::text(&failed.join(" ")),
            ]
        });
        View { name: t("申报汇总", "Dossiers"), columns, rows: rows.collect() }
    }

    fn findings(&self) -> View {
        let t = |zh, en| self.t(zh, en);
        let columns = vec![
            column(t("申报编号", "Dossier"), 20.0),
            column(t("申报单位", "Applicant"), 24.0),
            column(t("规则", "Rule"), 8.0),
            column(t("核查事项", "Requirement"), 26.0),
            column(t("结果", "Result"), 14.0),
            column(t("轻重", "Severity"), 8.0),
            column(t("说明", "Message"), 46.0),
            column(t("建议", "Hint"), 34.0),
            column(t("位置与原文", "Place and words"), 50.0),
            column(t("条款", "Clause"), 26.0),
        ];
        let mut rows = Vec::new();
        for record in self.records {
            for finding in record.findings.iter().filter(|f| is_open(f.result)) {
                let row = |result: Verdict, message: &str, evidence: &[Evidence]| {
                    vec![
                        self.page(&record.id),
                        self.applicant(record),
                        Value::text(&finding.rule),
                        self.title(&finding.rule),
                        self.mark(result),
                        Value::text(words::severity(finding.severity, self.lang)),
                        Value::text(message),
                        Value::text(&finding.hint),
                        self.evidence(evidence.iter()),
                        Value::text(&finding.clause),
                    ]
                };
                let open: Vec<_> = finding.details.iter().filter(|d| is_open(d.result)).collect();
                if open.is_empty() {
                    rows.push(row(finding.result, &finding.message, &finding.evidence));
                }
                rows.extend(open.into_iter().map(|d| row(d.result, &d.message, &d.evidence)));
            }
        }
        View { name: t("问题清单", "Findings"), columns, rows }
    }

    fn events(&self) -> View {
        let t = |zh, en| self.t(zh, en);
        let mut columns = vec![
            column(t("申报编号", "Dossier"), 20.0),
            column(t("申报单位", "Applicant"), 24.0),
            column(t("活动名称", "Event"), 36.0),
            column(t("开始", "From"), 12.0),
            column(t("结束", "To"), 12.0),
            column(t("地点", "Place"), 20.0),
            column(t("级别", "Level"), 11.0),
            column(t("本单位角色", "Role"), 11.0),
            column(t("状态", "Status"), 11.0),
            column(t("是否计入", "Counts"), 10.0),
            column(t("理由", "Why"), 34.0),
        ];
        columns.extend(words::EVIDENCE_KINDS.iter().map(|kind| column(words::evidence_kind(*kind, self.lang), 8.0)));
        columns.push(column(t("佐证位置", "Evidence"), 50.0));
        let mut rows = Vec::new();
        for record in self.records {
            for event in &record.events {
                let counts =
                    if event.counts { Value::Mark(Verdict::Pass, t("计入", "counts")) } else { Value::Mark(Verdict::NotApplicable, t("不计", "no")) };
                let mut row = vec![
                    self.page(&record.id),
                    self.applicant(record),
                    Value::text(&event.name),
                    Value::Day(event.from.clone()),
                    Value::Day(event.to.clone()),
                    Value::text(&event.place),
                    Value::text(words::level(event.level, self.lang)),
                    Value::text(words::event_role(event.role, self.lang)),
                    Value::text(words::status(event.status, self.lang)),
                    counts,
                    Value::text(&event.why),
                ];
                row.extend(words::EVIDENCE_KINDS.iter().map(|kind| match event.evidence.iter().filter(|e| e.kind == *kind).count() {
                    0 => Value::Empty,
                    n => Value::Count(n as u64),
                }));
                row.push(self.evidence(event.evidence.iter().map(|e| &e.at)));
                rows.push(row);
            }
        }
        View { name: t("学术与科普活动", "Events"), columns, rows }
    }

    fn agreements(&self) -> View {
        let t = |zh, en| self.t(zh, en);
        let columns = vec![
            column(t("申报编号", "Dossier"), 20.0),
            column(t("申报单位", "Applicant"), 24.0),
            column(t("性质", "Kind"), 12.0),
            column(t("标题", "Title"), 30.0),
            column(t("各方", "Parties"), 40.0),
            column(t("签订日期", "Signed on"), 12.0),
            column(t("期限起", "From"), 12.0),
            column(t("期限止", "To"), 12.0),
            column(t("金额（元）", "Amount (yuan)"), 14.0),
            column(t("其余金额", "Further amounts"), 18.0),
            column(t("写明责任权利义务的一方", "Duties stated for"), 16.0),
            column(t("签署栏", "Signature block"), 16.0),
            column(t("文件与位置", "File and place"), 40.0),
        ];
        let mut rows = Vec::new();
        for record in self.records {
            let row = |kind: &str, a: &AgreementRecord| {
                let parties: Vec<String> = a.parties.iter().map(|p| format!("{}{}{}", p.role, t("：", ": "), p.name)).collect();
                let further: Vec<String> = a.amounts.iter().skip(1).map(|x| words::yuan(x.fen)).collect();
                vec![
                    self.page(&record.id),
                    self.applicant(record),
                    Value::text(kind),
                    Value::text(&a.title),
                    Value::text(&parties.join("\n")),
                    Value::Day(a.signed_on.clone()),
                    Value::Day(a.term.from.clone()),
                    Value::Day(a.term.to.clone()),
                    a.amounts.first().map_or(Value::Empty, |x| Value::Money(x.fen)),
                    Value::text(&further.join("\n")),
                    Value::text(&a.duties.join(t("、", ", "))),
                    Value::text(words::signature(a.signature, self.lang)),
                    if a.evidence == Evidence::default() { Value::text(&a.file) } else { self.evidence([&a.evidence].into_iter()) },
                ]
            };
            rows.extend(record.agreements.iter().map(|a| row(t("合作协议", "agreement"), a)));
            rows.extend(record.look_alikes.iter().map(|a| row(t("类似文件，不是协议", "look-alike"), a)));
        }
        View { name: t("合作协议", "Agreements"), columns, rows }
    }

    fn cross(&self) -> View {
        let t = |zh, en| self.t(zh, en);
        let columns = vec![
            column(t("申报编号", "Dossier"), 20.0),
            column(t("申报单位", "Applicant"), 26.0),
            column(t("规则", "Rule"), 8.0),
            column(t("核查事项", "Requirement"), 30.0),
            column(t("结果", "Result"), 14.0),
            column(t("轻重", "Severity"), 8.0),
            column(t("涉及的申报编号", "With dossiers"), 26.0),
            column(t("说明", "Message"), 60.0),
        ];
        let by_id: HashMap<&str, &Record> = self.records.iter().map(|r| (r.id.as_str(), r)).collect();
        let rows = self.batch.cross.iter().map(|cross| {
            vec![
                self.page(&cross.dossier),
                by_id.get(cross.dossier.as_str()).map_or(Value::Empty, |record| self.applicant(record)),
                Value::text(&cross.rule),
                self.title(&cross.rule),
                self.mark(cross.result),
                Value::text(words::severity(cross.severity, self.lang)),
                Value::text(&cross.with.join(t("、", ", "))),
                Value::text(&cross.message),
            ]
        });
        View { name: t("跨卷核查", "Cross-checks"), columns, rows: rows.collect() }
    }

    fn places(&self) -> View {
        let t = |zh, en| self.t(zh, en);
        let columns = vec![
            column(t("类别", "Category"), 10.0),
            column(t("名称", "Title"), 34.0),
            column(t("申报数", "Applications"), 10.0),
            column(t("拟立项数", "Places"), 30.0),
            column(words::result(Verdict::Pass, self.lang), 12.0),
            column(words::result(Verdict::Human, self.lang), 12.0),
            column(words::result(Verdict::Fail, self.lang), 12.0),
            column(t("说明", "Note"), 40.0),
        ];
        let note = t("立项数是评审名额，不是申报限额，只供对照", "places are awards, not a limit; shown for comparison");
        let row = |id: Option<&str>, title: &str, places: &str, note: &str| {
            let of = |result: Verdict| Value::Count(self.records.iter().filter(|r| r.category.as_deref() == id && r.result == result).count() as u64);
            vec![
                Value::text(id.unwrap_or("?")),
                Value::text(title),
                Value::Count(self.records.iter().filter(|r| r.category.as_deref() == id).count() as u64),
                Value::text(places),
                of(Verdict::Pass),
                of(Verdict::Human),
                of(Verdict::Fail),
                Value::text(note),
            ]
        };
        let mut rows: Vec<_> = self.batch.places.iter().map(|p| row(Some(&p.category), &p.title, &p.places, note)).collect();
        if self.records.iter().any(|r| r.category.is_none()) {
            rows.push(row(None, t("类别未能确定", "category unknown"), "", ""));
        }
        View { name: t("名额对照", "Places"), columns, rows }
    }
}

/// What someone still has to deal with.
fn is_open(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Fail | Verdict::Human | Verdict::NotChecked)
}
