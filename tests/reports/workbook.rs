use crate::made::{self, HOSTILE};
use crate::package::parts;
use calamine::{Data, DataType, Reader, Xlsx};
use prescreen::model::{Lang, Record};
use prescreen::report::workbook;
use std::io::Cursor;

const SHEETS: [&str; 6] = ["申报汇总", "问题清单", "学术与科普活动", "合作协议", "跨卷核查", "名额对照"];

fn make(records: &[Record], lang: Lang) -> Vec<u8> {
    workbook::xlsx(records, &made::batch(records), &made::rules(), lang).expect("the workbook is made")
}

fn open(bytes: &[u8]) -> Xlsx<Cursor<&[u8]>> {
    Xlsx::new(Cursor::new(bytes)).expect("it is a workbook")
}

fn cell(bytes: &[u8], sheet: &str, row: usize, head: &str) -> Data {
    let range = open(bytes).worksheet_range(sheet).expect("the sheet is there");
    let column = range.rows().next().and_then(|heads| heads.iter().position(|h| *h == head)).unwrap_or_else(|| panic!("no column {head}"));
    range.get((row, column)).cloned().unwrap_or(Data::Empty)
}

#[test]
fn six_sheets_with_heads_dates_money_and_marks() {
    let bytes = make(&[made::record()], Lang::Zh);
    assert_eq!(open(&bytes).sheet_names(), SHEETS);
    assert_eq!(cell(&bytes, "申报汇总", 1, "初审结果"), Data::String("✗ 初审不通过".into()));
    assert_eq!(cell(&bytes, "申报汇总", 1, "经费合计（元）"), Data::Float(50_000.5));
    assert_eq!(cell(&bytes, "申报汇总", 1, "开始时间"), Data::String("2022-01".into()), "a month is no day");
    assert!(cell(&bytes, "申报汇总", 1, "结束时间").is_datetime());
    assert_eq!(cell(&bytes, "申报汇总", 1, "结束时间").get_datetime().map(|d| d.as_f64()), Some(44_926.0), "2022-12-31 as Excel counts days");
    assert!(cell(&bytes, "学术与科普活动", 1, "开始").is_datetime());
    assert_eq!(cell(&bytes, "合作协议", 1, "金额（元）"), Data::Float(100_000.0));
    assert_eq!(cell(&bytes, "合作协议", 1, "其余金额"), Data::String("¥0.50".into()));
    assert_eq!(cell(&bytes, "问题清单", 1, "核查事项"), Data::String("科技服务项目不超过两个".into()));
    assert_eq!(cell(&bytes, "跨卷核查", 1, "涉及的申报编号"), Data::String("C1-018".into()));
    assert_eq!(cell(&bytes, "名额对照", 1, "申报数"), Data::Float(1.0));
    let issues = open(&bytes).worksheet_range("问题清单").expect("the sheet is there");
    assert_eq!(issues.height(), 1 + 4, "two fail, one is not checked, one awaits a person");
    let parts = parts(&bytes);
    for n in 1..=6 {
        let xml = &parts[&format!("xl/worksheets/sheet{n}.xml")];
        assert!(xml.contains(r#"state="frozen""#) && xml.contains("<autoFilter") && xml.contains("<cols>"), "sheet {n}");
    }
    assert!(parts["xl/worksheets/sheet1.xml"].contains("beginsWith"));
    assert!(parts["xl/worksheets/_rels/sheet1.xml.rels"].contains(r#"Target="C1-017/report.html""#));
}

#[test]
fn no_text_of_an_applicant_becomes_a_formula() {
    let texts = ["=HYPERLINK(\"http://example.invalid\",\"x\")", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", "{=1}", "=cmd|' /C calc'!A0", "_x0041_"];
    let records: Vec<Record> = texts
        .iter()
        .map(|text| {
            let mut record = made::record();
            record.id = (*text).to_owned();
            for readings in record.fields.values_mut() {
                readings[0].value = Some(prescreen::model::Value::Text((*text).to_owned()));
            }
            record.events[0].name = (*text).to_owned();
            record.agreements[0].title = (*text).to_owned();
            record.findings[4].message = (*text).to_owned();
            record
        })
        .collect();
    let bytes = make(&records, Lang::Zh);
    let parts = parts(&bytes);
    for (name, xml) in parts.iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet")) {
        assert!(!xml.contains("<f>") && !xml.contains("<f "), "{name} holds a formula");
    }
    assert!(!parts.contains_key("xl/calcChain.xml") && !parts.keys().any(|name| name.contains("externalLink")));
    for (n, text) in texts.iter().enumerate() {
        assert_eq!(cell(&bytes, "申报汇总", n + 1, "申报单位"), Data::String(text.replace('\t', " ").replace('\r', "\n")), "{text}");
    }
}

#[test]
fn hostile_text_is_shown_and_harmless() {
    let bytes = make(&[made::hostile()], Lang::Zh);
    parts(&bytes);
    let shown = cell(&bytes, "申报汇总", 1, "项目名称").to_string();
    assert_eq!(shown, "<script>alert(\"1\")</script>&amp;\u{fffd}fdp.exe\n😀𠮷]]>'");
    assert!(HOSTILE.contains('\u{202e}'));
    assert_eq!(cell(&bytes, "学术与科普活动", 1, "开始"), Data::String("@SUM(1)".into()));
}

#[test]
fn personal_numbers_are_masked() {
    let bytes = make(&[made::record()], Lang::Zh);
    let shared = &parts(&bytes)["xl/sharedStrings.xml"];
    assert!(shared.contains("139****1234") && !shared.contains("13900001234"));
}

#[test]
fn a_text_beyond_the_cell_limit_is_cut_with_a_mark() {
    let mut record = made::record();
    record.findings[1].message = "长".repeat(40_000);
    let text = cell(&make(&[record], Lang::Zh), "问题清单", 1, "说明").to_string();
    assert_eq!(text.chars().count(), workbook::CELL_LIMIT);
    assert!(text.ends_with('…'));
}

#[test]
fn links_stop_where_excel_would_refuse_the_file() {
    let mut record = made::record();
    let finding = record.findings[1].clone();
    record.findings = vec![finding; workbook::LINK_LIMIT + 10];
    let bytes = make(&[record], Lang::Zh);
    let parts = parts(&bytes);
    assert_eq!(parts["xl/worksheets/sheet2.xml"].matches("<hyperlink ").count(), workbook::LINK_LIMIT);
    assert_eq!(cell(&bytes, "问题清单", workbook::LINK_LIMIT + 10, "申报编号"), Data::String("C1-017".into()));
}

#[test]
fn links_survive_odd_folder_names() {
    let ids = ["材料 甲[1]", "100%", "a%20b", "{x}", "C#1"];
    let records: Vec<Record> = ids.iter().map(|id| Record { id: (*id).into(), ..made::record() }).collect();
    let bytes = make(&records, Lang::Zh);
    let rels = &parts(&bytes)["xl/worksheets/_rels/sheet1.xml.rels"];
    for target in ["材料%20甲%5b1%5d/report.html", "100%25/report.html", "a%2520b/report.html", "%7bx%7d/report.html"] {
        assert!(rels.contains(&format!(r#"Target="{target}""#)), "{target} in {rels}");
    }
    assert_eq!(cell(&bytes, "申报汇总", 5, "申报编号"), Data::String("C#1".into()));
}

#[test]
fn the_same_input_gives_the_same_bytes_and_the_day_of_screening() {
    let records = [made::record(), made::hostile(), made::large()];
    let bytes = make(&records, Lang::Zh);
    assert!(bytes == make(&records, Lang::Zh));
    assert!(parts(&bytes)["docProps/core.xml"].contains("2022-06-06T00:00:00Z"));
}

#[test]
fn an_empty_run_and_an_english_one_are_workbooks() {
    let bytes = make(&[], Lang::Zh);
    assert_eq!(open(&bytes).sheet_names(), SHEETS);
    let bytes = make(&[made::record(), made::empty()], Lang::En);
    assert_eq!(open(&bytes).sheet_names(), ["Dossiers", "Findings", "Events", "Agreements", "Cross-checks", "Places"]);
    assert_eq!(cell(&bytes, "Dossiers", 1, "Result"), Data::String("✗ fails".into()));
}
