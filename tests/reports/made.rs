//! Records made for the tests; every person, society and number is invented.
use prescreen::model::{Record, Verdict};
use prescreen::report::json::{Cross, Entry, Places, ProgrammeStamp, Tool};
use prescreen::report::{Batch, RuleLine};
use serde_json::{Value, json};

/// What an applicant may type or name a file: script, formula, quotes, a turn of direction, an emoji, a character
/// beyond the basic plane, controls.
pub const HOSTILE: &str = "<script>alert(\"1\")</script>&amp;\u{202e}fdp.exe\u{0}\u{1}\u{b}😀𠮷]]>'\u{ffff}";

pub fn finding(rule: &str, result: &str, severity: &str, message: &str) -> Value {
    json!({
        "rule": rule, "result": result, "severity": severity, "clause": "指南·三(三)1·申报要求(2)", "message": message,
        "hint": if result == "fail" { "请补交与服务对象签订的合作协议" } else { "" },
        "evidence": [{"file": "申报书.docx", "page": 2, "table": 1, "row": 3, "column": 2, "quote": "服务对象：云龙示例制造有限公司"}],
    })
}

fn base(id: &str) -> Value {
    json!({
        "format": "prescreen.dossier/1", "id": id, "source": "C1-017.zip", "category": "C1", "result": "fail", "to_review": 1,
        "files": [
            {"path": "申报书.docx", "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "bytes": 81234, "format": "docx",
             "role": "application_form", "pages": 6, "read": "full", "problems": []},
            {"path": "附件2：加密.pdf", "sha256": null, "bytes": 10, "format": "pdf", "role": "unknown", "pages": null, "read": "none",
             "problems": ["文件已加密，不能打开；请提交未加密的文件"]},
            {"path": "照片.jpg", "sha256": null, "bytes": 10, "format": "jpeg", "role": "photo", "pages": null, "read": "none", "problems": []},
        ],
        "fields": {
            "applicant_name": [{"value": "徐州市示例制造学会", "raw": "徐州市示例制造学会", "evidence": {}}],
            "project_name": [{"value": "示例产业链共性技术服务", "raw": "示例产业链共性技术服务", "evidence": {}}],
            "leader": [{"value": "张三丰", "raw": "张三丰", "evidence": {}}],
            "contact": [{"value": "李四", "raw": "李四", "evidence": {}}],
            "phone": [{"value": "13900001234", "raw": "13900001234", "evidence": {}}],
            "partner": [{"value": "云龙示例制造有限公司", "raw": "云龙示例制造有限公司", "evidence": {}}],
            "budget_total": [{"value": 5_000_050, "raw": "5.00005万元", "evidence": {}}],
            "period_from": [{"value": "2022-01", "raw": "2022年1月", "evidence": {}}],
            "period_to": [{"value": "2022-12-31", "raw": "2022年12月31日", "evidence": {}}],
        },
        "agreements": [{"file": "附件1.pdf", "title": "技术服务合作协议", "parties": [{"role": "甲方", "name": "云龙示例制造有限公司"}, {"role": "乙方", "name": "徐州市示例制造学会"}],
            "signed_on": "2022-05-10", "term": {"from": "2022-05-10", "to": "2023-05-09"}, "amounts": [{"fen": 10_000_000, "evidence": {}}, {"fen": 50, "evidence": {}}],
            "duties": ["甲方", "乙方"], "signature": "filled", "evidence": {"file": "附件1.pdf", "page": 1, "quote": "技术服务合作协议"}}],
        "look_alikes": [],
        "events": [{"name": "示例产业链学术沙龙", "from": "2022-07-16", "to": "2022-07-17", "place": "徐州", "level": "province", "role": "主办", "status": "held",
            "evidence": [{"kind": "notice", "at": {"file": "通知.pdf", "page": 1, "quote": "关于举办示例产业链学术沙龙的通知"}}, {"kind": "photo", "at": {"file": "照片.jpg"}}],
            "counts": true, "why": "通知与照片可证"}],
        "paper": {"state": "different", "differences": [{"kind": "field", "field": "budget_total", "electronic": "50000.50", "paper": "50000",
            "at": {"file": "申报书.docx", "page": 3}, "paper_at": {"file": "fields.csv", "row": 2}}]},
        "findings": [
            finding("E01", "pass", "warning", "申报单位在名册中"),
            finding("L04", "fail", "error", "本单位申报科技服务项目 3 个，超过 2 个"),
            finding("M05", "not_checked", "error", "没有收件登记，未核查"),
            finding("M13", "pass", "warning", "文件都能打开"),
            finding("C102", "fail", "error", "未见与“云龙示例制造有限公司”的合作协议，联系电话 13900001234"),
            finding("C101", "human", "info", "需求是否迫切由评审人判断"),
            finding("A03", "not_applicable", "info", "属于考核阶段的要求"),
        ],
    })
}

pub fn record_of(value: Value) -> Record {
    serde_json::from_value(value).expect("the record is well formed")
}

pub fn record() -> Record {
    record_of(base("C1-017"))
}

/// As [`record`], with hostile text wherever an applicant's text can stand.
pub fn hostile() -> Record {
    let mut value = base(HOSTILE);
    let text = json!({"value": HOSTILE, "raw": HOSTILE, "evidence": {}});
    for field in ["applicant_name", "project_name", "leader", "contact", "partner"] {
        value["fields"][field] = json!([text]);
    }
    value["files"][1]["path"] = json!(HOSTILE);
    value["files"][1]["problems"] = json!([HOSTILE]);
    value["problems"] = json!([HOSTILE]);
    value["agreements"][0]["title"] = json!(HOSTILE);
    value["agreements"][0]["parties"][0]["name"] = json!(HOSTILE);
    value["agreements"][0]["signed_on"] = json!(HOSTILE);
    value["events"][0]["name"] = json!("=HYPERLINK(\"http://example.invalid\",\"点我\")");
    value["events"][0]["place"] = json!(HOSTILE);
    value["events"][0]["from"] = json!("@SUM(1)");
    value["paper"]["differences"][0]["electronic"] = json!(HOSTILE);
    for finding in value["findings"].as_array_mut().expect("findings are a list") {
        finding["message"] = json!(HOSTILE);
        finding["hint"] = json!(HOSTILE);
        finding["evidence"][0]["file"] = json!(HOSTILE);
        finding["evidence"][0]["quote"] = json!(HOSTILE);
    }
    record_of(value)
}

/// Nothing was found, nothing fails.
pub fn empty() -> Record {
    record_of(json!({
        "format": "prescreen.dossier/1", "id": "D", "source": "D", "category": null, "result": "pass", "to_review": 0, "files": [], "fields": {},
        "agreements": [], "look_alikes": [], "events": [], "paper": {"state": "not_checked", "differences": []}, "findings": [],
    }))
}

/// 300 findings with much evidence, 40 events, long words.
pub fn large() -> Record {
    let mut record = record();
    record.id = "C1-300".into();
    let one = record.findings[4].clone();
    record.findings = (0..300)
        .map(|n| {
            let mut finding = one.clone();
            finding.rule = format!("C{n:03}");
            finding.result = [Verdict::Fail, Verdict::Human, Verdict::Pass, Verdict::NotChecked, Verdict::NotApplicable][n % 5];
            finding.message = format!("第 {n} 项：{}", "说明文字".repeat(n % 40));
            finding.evidence = vec![finding.evidence[0].clone(); n % 30];
            finding
        })
        .collect();
    let event = record.events[0].clone();
    record.events = (0..40).map(|n| prescreen::model::EventRecord { name: format!("第 {n} 场活动"), ..event.clone() }).collect();
    record
}

pub fn rules() -> Vec<RuleLine> {
    let line = |id: &str, title: &str, requirement: &str| RuleLine {
        id: id.into(),
        title: title.into(),
        clause: "指南·三(三)1·申报要求(2)".into(),
        requirement: requirement.into(),
        is_derived: id == "E04",
        is_past_mending: false,
        names_own_dossiers: id == "L04",
    };
    vec![
        line("E01", "申报单位是市科协所属市级学会", "所有项目的申报单位须是市科协所属市级学会（协会、研究会）"),
        line("E04", "符合所申报项目规定的条件要求", "符合所申报项目规定的条件要求"),
        line("L04", "科技服务项目不超过两个", "一家学会申报数不得超过2个"),
        line("M05", "电子版和纸质版都已收到", "分电子版和纸质版两种"),
        line("M13", "文件都能打开", ""),
        line("C101", "切实围绕迫切需求", "切实围绕企业及基层一线发展急需解决的关键难题和迫切需求"),
        line("C102", "与服务对象签有合作协议", "与服务对象之间签有合作协议，双方明确各自的责任、权利和义务"),
        line("A03", "考核提交项目总结报告", "项目考核须提交项目总结报告"),
    ]
}

pub fn batch(records: &[Record]) -> Batch {
    let folders = prescreen::report::folder::folder_names(records.iter().map(|r| r.id.as_str()));
    Batch {
        tool: Tool { name: "prescreen".into(), version: "0".into() },
        programme: ProgrammeStamp {
            name: "2022年度徐州市科协提升学会服务科技创新能力计划".into(), edition: "2022".into(), ..ProgrammeStamp::default()
        },
        as_of: "2022-06-06".into(),
        places: vec![Places { category: "C1".into(), title: "科技服务项目".into(), places: "20".into(), applications: records.len() as u32 }],
        dossiers: records.iter().zip(folders).map(|(r, folder)| Entry { id: r.id.clone(), folder, result: Some(r.result) }).collect(),
        cross: records
            .iter()
            .map(|r| Cross {
                rule: "L04".into(),
                dossier: r.id.clone(),
                result: Verdict::Fail,
                severity: prescreen::model::Severity::Error,
                message: "申报数超过 2 个".into(),
                with: vec!["C1-018".into()],
            })
            .collect(),
        ..Batch::default()
    }
}
