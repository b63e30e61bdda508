use crate::made;
use crate::package::document;
use prescreen::model::{Lang, Record, Verdict};
use prescreen::report::{RuleLine, notice};
use serde_json::json;

fn make(record: &Record, lang: Lang) -> String {
    let day = "2022-06-20".parse().expect("the day is well formed");
    document(&notice::docx(record, &made::batch(std::slice::from_ref(record)), &made::rules(), Some(day), lang).expect("the paper is made")).1
}

#[test]
fn all_defects_are_told_at_once_and_nothing_that_a_person_must_decide() {
    let text = make(&made::record(), Lang::Zh);
    for words in [
        "申报材料补正通知",
        "徐州市示例制造学会：",
        "申报编号：C1-017",
        "有 2 项需要补正，另有 1 个文件未能打开",
        "2022年6月20日",
        "一次性",
        "科技服务项目不超过两个",
        "本单位申报科技服务项目 3 个",
        "与服务对象签有合作协议",
        "申报书.docx：第 2 页",
        "请补交与服务对象签订的合作协议",
        "二、未能打开的文件",
        "附件2：加密.pdf",
        "文件已加密",
        "（盖章）",
        "〔",
    ] {
        assert!(text.contains(words), "{words} is missing in\n{text}");
    }
    for words in ["需求是否迫切", "没有收件登记", "照片.jpg", "在名册中"] {
        assert!(!text.contains(words), "{words} is no defect:\n{text}");
    }
}

#[test]
fn personal_numbers_leave_masked() {
    let text = make(&made::record(), Lang::Zh);
    assert!(text.contains("139****1234") && !text.contains("13900001234"), "{text}");
}

#[test]
fn the_names_of_people_leave_masked_and_a_late_receipt_asks_for_nothing() {
    let person = |name: &str| json!({"value": name, "raw": name, "evidence": {}});
    let record = made::record_of(json!({
        "format": "prescreen.dossier/1", "id": "D", "source": "D", "category": "C1", "result": "human", "to_review": 0, "files": [],
        "fields": {"leader": [person("何玉芬"), person("狄敏")]}, "agreements": [], "look_alikes": [], "events": [],
        "paper": {"state": "not_checked", "differences": []},
        "findings": [
            made::finding("M15", "fail", "warning", "项目负责人前后不一致：“何玉芬”、“狄敏”，请核对"),
            made::finding("M11", "fail", "warning", "电子版于 2022-06-09 收到，晚于期限 2022-06-05，逾期待定"),
        ],
    }));
    let mut rules = made::rules();
    rules.push(RuleLine { id: "M11".into(), is_past_mending: true, ..rules[0].clone() });
    let text = document(&notice::docx(&record, &made::batch(std::slice::from_ref(&record)), &rules, None, Lang::Zh).expect("the paper is made")).1;
    assert!(text.contains("何*芬") && text.contains("狄*") && !text.contains("何玉芬") && !text.contains("狄敏"), "{text}");
    assert!(text.contains("有 1 项需要补正") && text.contains("另行告知：电子版于 2022-06-09 收到") && text.contains("无须补正"), "{text}");
}

#[test]
fn a_clean_dossier_gets_a_paper_that_says_so() {
    let mut record = made::record();
    record.files.truncate(1);
    record.findings.retain(|f| f.result != Verdict::Fail);
    for record in [record, made::empty()] {
        let text = make(&record, Lang::Zh);
        assert!(text.contains("未发现需要补正的事项") && !text.contains("2022年6月20日") && !text.contains("一、"), "{text}");
    }
}

#[test]
fn the_letter_says_whether_more_may_come() {
    let mut record = made::record();
    assert!(make(&record, Lang::Zh).contains("部分内容尚待人工核对"), "M05 was not checked");
    record.findings.retain(|f| f.rule != "M05");
    assert!(!make(&record, Lang::Zh).contains("部分内容尚待人工核对"), "what reviewers judge is not waited for");
}

#[test]
fn a_derived_rule_and_a_repeated_answer_are_no_defects_of_their_own() {
    let mut record = made::record();
    let mut again = record.findings[4].clone();
    (again.rule, again.hint) = ("M03".into(), "请把协议列入附件".into());
    let mut derived = record.findings[4].clone();
    (derived.rule, derived.message) = ("E04".into(), "类别要求中有不符合项".into());
    record.findings.extend([again, derived]);
    let text = make(&record, Lang::Zh);
    assert!(text.contains("有 2 项需要补正") && !text.contains("类别要求中有不符合项"), "{text}");
    assert!(text.contains("请补交与服务对象签订的合作协议") && text.contains("请把协议列入附件"), "{text}");
}

#[test]
fn only_the_failed_answers_of_a_rule_are_told_and_lists_keep_their_contents() {
    let mut record = made::record();
    let detail = |result, message: &str| prescreen::model::Detail {
        result,
        message: message.into(),
        evidence: vec![prescreen::model::Evidence {
            list: Some("blacklist.csv".into()), row: Some(3), quote: Some("内部原文".into()), ..Default::default()
        }],
    };
    record.findings[4].details = vec![detail(Verdict::Human, "请人工核对的一处"), detail(Verdict::Fail, "确实缺少的一处")];
    let text = make(&record, Lang::Zh);
    assert!(text.contains("确实缺少的一处") && !text.contains("请人工核对的一处"));
    assert!(!text.contains("内部原文") && !text.contains("blacklist.csv"), "{text}");
}

#[test]
fn other_applicants_are_never_named() {
    let mut record = made::record();
    let other = prescreen::model::Evidence {
        dossier: Some("徐州市另一学会申报".into()),
        file: Some("申报书.docx".into()),
        quote: Some("别家的项目".into()),
        ..Default::default()
    };
    for finding in &mut record.findings {
        finding.evidence.push(other.clone());
        finding.message.push_str("，另见徐州市另一学会申报");
    }
    let text = make(&record, Lang::Zh);
    // L04 counts the applicant's own dossiers; C102 is not known to.
    assert_eq!(text.matches("徐州市另一学会申报").count(), 2, "{text}");
    assert!(text.contains("申报编号 徐州市另一学会申报") && text.contains("，另见另一份申报材料") && !text.contains("别家的项目"), "{text}");
}

#[test]
fn hostile_large_and_english_records_are_papers_too() {
    assert!(make(&made::hostile(), Lang::Zh).contains("<script>"));
    assert!(make(&made::large(), Lang::Zh).contains("有 60 项需要补正"));
    let text = make(&made::record(), Lang::En);
    assert!(text.contains("Notice of corrections") && text.contains("found 2 matter(s)") && text.contains("by 2022-06-20"), "{text}");
}

#[test]
fn the_same_record_gives_the_same_bytes() {
    let record = made::record();
    let batch = made::batch(std::slice::from_ref(&record));
    let make = || notice::docx(&record, &batch, &made::rules(), None, Lang::Zh).expect("the paper is made");
    assert!(make() == make());
    assert!(document(&make()).1.contains("请于＿＿＿＿年＿＿月＿＿日前"));
}
