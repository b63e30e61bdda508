use crate::made::{self, HOSTILE};
use crate::package::{document, parts, text_of};
use prescreen::model::{Lang, Record};
use prescreen::report::checklist;

fn make(record: &Record, lang: Lang) -> Vec<u8> {
    checklist::docx(record, &made::batch(std::slice::from_ref(record)), &made::rules(), lang).expect("the paper is made")
}

#[test]
fn every_rule_stands_with_its_words_result_evidence_and_box() {
    let record = made::record();
    let (xml, text) = document(&make(&record, Lang::Zh));
    for words in [
        "申报编号",
        "C1-017",
        "徐州市示例制造学会",
        "示例产业链共性技术服务",
        "张三丰",
        "✗ 初审不通过",
        "一、申报资格",
        "二、限项",
        "三、材料与形式",
        "四、类别要求",
        "五、纸电一致",
        "C102 与服务对象签有合作协议",
        "与服务对象之间签有合作协议，双方明确各自的责任、权利和义务",
        "指南·三(三)1·申报要求(2)",
        "✗ 不符合",
        "? 待人工核对",
        "○ 未核查",
        "– 不适用",
        "✓ 符合",
        "▸申报书.docx：第 2 页，表 1 第 3 行第 2 列“服务对象：云龙示例制造有限公司”",
        "初审不代替受理",
        "技术服务合作协议",
        "¥100,000.00",
        "示例产业链学术沙龙",
        "▸通知：通知.pdf，第 1 页",
        "未能读出的文件",
        "附件2：加密.pdf",
        "签字",
    ] {
        assert!(text.contains(words), "{words} is missing in\n{text}");
    }
    assert_eq!(text.matches("□符合　□不符合").count(), record.findings.len());
    // Rows stay whole and every table of findings repeats its header.
    assert_eq!(xml.matches("<w:tr>").count(), xml.matches("<w:cantSplit/>").count());
    assert!(xml.matches("<w:tblHeader/>").count() >= 5);
    // Properties stand in the order of the schema.
    assert!(!xml.contains("<w:pPr><w:rPr /><w:") && xml.contains("<w:sectPr><w:footerReference"));
    // Every ink is a style that is written out once.
    let styles = &parts(&make(&record, Lang::Zh))["word/styles.xml"];
    assert!(styles.contains(r#"w:eastAsia="FangSong_GB2312""#) && styles.contains(r#"w:eastAsia="SimHei""#));
    assert!(xml.contains(r#"<w:pgSz w:w="11906" w:h="16838""#));
}

#[test]
fn pages_are_numbered_and_tables_fit_the_page() {
    let parts = parts(&make(&made::record(), Lang::Zh));
    let footer = &parts["word/footer1.xml"];
    assert!(footer.contains("PAGE") && footer.contains("NUMPAGES"), "{footer}");
    assert!(text_of(footer).contains("第 ") && text_of(footer).contains("共 "));
    let xml = &parts["word/document.xml"];
    for table in xml.split("<w:tblGrid>").skip(1) {
        let grid = table.split("</w:tblGrid>").next().unwrap_or_default();
        let widths = grid.split("w:w=\"").skip(1).map(|w| w.split('"').next().unwrap_or_default().parse::<u32>().expect("a width is a number"));
        assert_eq!(widths.sum::<u32>(), 9638);
    }
    assert_eq!(xml.matches("<w:tblLayout w:type=\"fixed\"").count(), xml.matches("<w:tbl>").count());
}

#[test]
fn hostile_text_is_shown_and_harmless() {
    let record = made::hostile();
    let (xml, text) = document(&make(&record, Lang::Zh));
    assert!(text.contains("<script>alert(\"1\")</script>&amp;\u{fffd}fdp.exe"), "{text}");
    assert!(text.contains("😀𠮷]]>'"));
    assert!(text.contains("=HYPERLINK(\"http://example.invalid\""));
    assert!(!xml.contains("<script") && !xml.contains('\u{202e}') && !HOSTILE.contains("w:instrText"));
    assert!(!xml.contains("w:hyperlink"));
}

#[test]
fn the_same_record_gives_the_same_bytes_on_every_thread() {
    for record in [made::record(), made::hostile()] {
        let first = make(&record, Lang::Zh);
        let again = std::thread::spawn(move || make(&record, Lang::Zh)).join().expect("the thread ends well");
        assert!(first == again);
    }
}

#[test]
fn an_empty_record_and_one_of_300_findings_are_both_papers() {
    let (_, text) = document(&make(&made::empty(), Lang::Zh));
    assert!(text.contains("未能确定") && text.contains("复核结论"), "{text}");
    let record = made::large();
    let (_, text) = document(&make(&record, Lang::Zh));
    for finding in &record.findings {
        assert!(text.contains(&format!("\n{} ", finding.rule)) || text.contains(&finding.rule), "{}", finding.rule);
    }
    assert!(text.contains("第 39 场活动"));
}

#[test]
fn a_rule_with_many_answers_goes_on_in_rows_of_its_own() {
    let mut record = made::record();
    let detail = |n: usize| prescreen::model::Detail {
        result: prescreen::model::Verdict::Human,
        message: format!("第 {n} 处不一致：{}", "电话".repeat(20)),
        evidence: record.findings[4].evidence.clone(),
    };
    record.findings[4].details = (0..40).map(detail).collect();
    let (_, text) = document(&make(&record, Lang::Zh));
    assert!((0..40).all(|n| text.contains(&format!("第 {n} 处不一致"))));
    assert!(text.contains("C102（续）"));
}

#[test]
fn english_is_english() {
    let (_, text) = document(&make(&made::record(), Lang::En));
    for words in
        ["Pre-screening checklist", "1. Eligibility", "✗ fail", "□ yes   □ no", "replaces neither acceptance nor judgement", "Agreements", "Signed / date:"]
    {
        assert!(text.contains(words), "{words} is missing in\n{text}");
    }
    assert!(!text.contains("不符合"));
}
