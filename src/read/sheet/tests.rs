//! Workbooks written here, and workbooks of other producers from `fixtures/formats/sheet`.
#![allow(clippy::disallowed_methods)]
use super::*;
use crate::intake::zip_maker::{Planned, file, pack};
use crate::model::{Block, Read};
use rust_xlsxwriter::{ExcelDateTime as Date, Format as Style, Formula, Workbook};

fn shown(document: &Document) -> Vec<(u32, u32, &str)> {
    let place = |block: &Block| (block.at.row.unwrap(), block.at.column.unwrap());
    document.blocks.iter().filter(|block| !block.text.is_empty()).map(|block| (place(block).0, place(block).1, block.text.as_str())).collect()
}

fn kinds(document: &Document) -> Vec<ProblemKind> {
    document.problems.iter().map(|problem| problem.kind).collect()
}

fn xlsx_of(fill: impl FnOnce(&mut Workbook) -> Result<(), rust_xlsxwriter::XlsxError>) -> Document {
    let mut book = Workbook::new();
    fill(&mut book).unwrap();
    read(Format::Xlsx, &book.save_to_buffer().unwrap(), &Limits::default())
}

/// A workbook of one sheet around the rows' XML.
fn raw_xlsx(rows: &str) -> Vec<u8> {
    xlsx_with(rows, &[])
}

fn xlsx_with(rows: &str, more: &[Planned]) -> Vec<u8> {
    let sheet = format!("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>");
    let rels = |items: &str| format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{items}</Relationships>");
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let members = [
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".to_owned()),
        ("_rels/.rels", rels(&format!("<Relationship Id=\"r1\" Type=\"{kind}/officeDocument\" Target=\"xl/workbook.xml\"/>"))),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{kind}\"><sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        ("xl/_rels/workbook.xml.rels", rels(&format!("<Relationship Id=\"r1\" Type=\"{kind}/worksheet\" Target=\"worksheets/sheet1.xml\"/>"))),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    let mut members: Vec<Planned> = members.iter().map(|(name, text)| file(name, text.as_bytes())).collect();
    members.extend(more.iter().cloned());
    pack(&members)
}

#[test]
fn cells_are_shown_as_the_spreadsheet_shows_them() {
    let document = xlsx_of(|book| {
        let sheet = book.add_worksheet().set_name("预算")?;
        sheet.write(0, 0, "项目")?;
        sheet.write(0, 1, 50000)?;
        sheet.write_with_format(1, 0, Date::from_ymd(2022, 5, 10)?, &Style::new().set_num_format("yyyy\"年\"m\"月\"d\"日\""))?;
        sheet.write_with_format(1, 1, 0.15, &Style::new().set_num_format("0%"))?;
        sheet.write_with_format(2, 0, 5, &Style::new().set_num_format("0.00\"万元\""))?;
        sheet.write(2, 1, true)?;
        sheet.write(3, 1, Formula::new("SUM(B1:B1)").set_result("50000"))?;
        Ok(())
    });
    assert_eq!(
        shown(&document),
        [(1, 1, "项目"), (1, 2, "50000"), (2, 1, "2022年5月10日"), (2, 2, "15%"), (3, 1, "5.00万元"), (3, 2, "TRUE"), (4, 2, "50000")]
    );
    assert_eq!((document.read, document.problems.len()), (Read::Full, 0));
    assert_eq!(document.blocks[0].at.sheet.as_deref(), Some("预算"));
    assert_eq!(document.blocks[6].text, "", "the empty cell beside the formula is listed");
}

#[test]
fn merged_cells_stand_once_with_their_spans() {
    let document = xlsx_of(|book| {
        let sheet = book.add_worksheet();
        sheet.merge_range(0, 0, 1, 2, "申报单位", &Style::new())?;
        sheet.write(2, 0, "a")?;
        sheet.write(2, 1, "b")?;
        sheet.write(2, 2, "c")?;
        Ok(())
    });
    assert_eq!(document.blocks.len(), 4);
    assert_eq!((document.blocks[0].text.as_str(), document.blocks[0].spans), ("申报单位", (2, 3)));
}

#[test]
fn hidden_sheets_are_read_and_told() {
    let document = xlsx_of(|book| {
        book.add_worksheet().write(0, 0, "看得见")?;
        book.add_worksheet().set_name("草稿")?.set_hidden(true).write(0, 0, "看不见")?;
        Ok(())
    });
    assert_eq!(shown(&document), [(1, 1, "看得见"), (1, 1, "看不见")]);
    assert_eq!(document.blocks[1].at.table, Some(2));
    assert!(document.problems[0].say.zh.contains("草稿"));
    assert_eq!(document.read, Read::Full);
}

#[test]
fn a_formula_without_a_result_leaves_the_sheet_partly_unknown() {
    let document = read(Format::Xlsx, &raw_xlsx("<row r=\"1\"><c r=\"A1\"><v>5</v></c><c r=\"B1\"><f>A1*2</f></c></row>"), &Limits::default());
    assert_eq!((shown(&document), document.read, kinds(&document)), (vec![(1, 1, "5")], Read::Partial, vec![ProblemKind::Note]));
    assert!(document.problems[0].say.en.contains("B1"));
}

#[test]
fn a_number_with_more_digits_than_a_spreadsheet_keeps_is_told() {
    let rows = "<row r=\"1\"><c r=\"A1\"><v>320301199003078912</v></c><c r=\"B1\" t=\"str\"><v>320301199003078912</v></c></row>";
    let document = read(Format::Xlsx, &raw_xlsx(rows), &Limits::default());
    assert_eq!(document.blocks[1].text, "320301199003078912");
    assert_eq!(document.problems.len(), 1);
    assert!(document.problems[0].say.en.contains("such as A1"));
}

#[test]
fn two_cells_at_the_corners_of_a_sheet_are_two_cells() {
    let rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row>";
    let document = read(Format::Xlsx, &raw_xlsx(rows), &Limits::default());
    assert_eq!(shown(&document), [(1, 1, "1"), (1_048_576, 16_384, "2")]);
    assert_eq!(document.blocks.len(), 2);
}

#[test]
fn a_sheet_that_breaks_off_keeps_what_came_before() {
    let document = read(Format::Xlsx, &raw_xlsx("<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\" t=\"zz\"><v>2</v></c></row>"), &Limits::default());
    assert_eq!((shown(&document), document.read, kinds(&document)), (vec![(1, 1, "1")], Read::Partial, vec![ProblemKind::Damaged]));
}

#[test]
fn a_cell_that_no_sheet_has_ends_its_sheet_and_is_told() {
    for cell in ["AAAAAAAAB2", "A99999999999", "A1:ZZZZZZZZ9"] {
        let document = read(
            Format::Xlsx,
            &raw_xlsx(&format!("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\"><c r=\"{cell}\"><v>2</v></c></row>")),
            &Limits::default(),
        );
        assert_eq!(shown(&document), [(1, 1, "1")], "{cell}");
        assert_eq!(document.read, Read::Partial, "{cell}");
        assert!(kinds(&document).contains(&ProblemKind::Damaged), "{cell}");
    }
}

#[test]
fn a_range_named_from_its_end_is_read_from_its_beginning() {
    for (range, whole) in [("C2:A1", "A1:C2"), ("A2:C1", "A1:C2"), ("AA2:B1", "B1:AA2"), ("A10:A9", "A9:A10")] {
        let sheet = |range: &str| {
            let rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"E1\"><v>2</v></c></row>";
            read(Format::Xlsx, &raw_xlsx(&format!("{rows}</sheetData><mergeCells><mergeCell ref=\"{range}\"/></mergeCells><sheetData>")), &Limits::default())
        };
        let turned = sheet(range);
        assert_eq!((turned.read, kinds(&turned)), (Read::Full, vec![]), "{range}");
        assert_eq!(turned.blocks, sheet(whole).blocks, "{range}");
    }
}

#[test]
fn what_names_no_cell_in_another_part_is_no_damage() {
    let maps = file("xl/xmlMaps.xml", "<MapInfo><Schema><xs:element ref=\"ns1:Properties\"/></Schema></MapInfo>".as_bytes());
    let document = read(Format::Xlsx, &xlsx_with("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", &[maps]), &Limits::default());
    assert_eq!((document.read, kinds(&document)), (Read::Full, vec![]));
}

#[test]
fn limits_stop_a_workbook_that_is_too_large() {
    let rows: String = (1..=20).map(|n| format!("<row r=\"{n}\"><c r=\"A{n}\"><v>{n}</v></c></row>")).collect();
    let bytes = raw_xlsx(&rows);
    let few = read(Format::Xlsx, &bytes, &Limits { cells: 10, ..Limits::default() });
    assert_eq!((few.blocks.len(), few.read, kinds(&few)), (10, Read::Partial, vec![ProblemKind::TooLarge]));
    let file = read(Format::Xlsx, &bytes, &Limits { blocks: 12, ..Limits::default() });
    assert_eq!((file.blocks.len(), file.read, kinds(&file)), (12, Read::Partial, vec![ProblemKind::TooLarge]));
    let short = read(Format::Xlsx, &bytes, &Limits { characters: 5, ..Limits::default() });
    assert_eq!((short.blocks.len(), short.read, kinds(&short)), (5, Read::Partial, vec![ProblemKind::TooLarge]));
    let small = read(Format::Xlsx, &bytes, &Limits { part_bytes: 100, ..Limits::default() });
    assert_eq!((small.read, kinds(&small)), (Read::None, vec![ProblemKind::TooLarge]));
}

#[test]
fn what_is_no_workbook_is_damaged_and_one_with_a_password_encrypted() {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let locked = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 500], &name].concat();
    assert_eq!(kinds(&read(Format::Xlsx, &locked, &Limits::default())), [ProblemKind::Encrypted]);
    for bytes in [b"PK\x03\x04 rest".as_slice(), b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", &pack(&[file("xl/workbook.xml", b"<")])] {
        let document = read(Format::Xlsx, bytes, &Limits::default());
        assert_eq!((document.read, kinds(&document)), (Read::None, vec![ProblemKind::Damaged]));
    }
}

#[test]
fn a_damaged_part_does_not_hide_the_others() {
    let members = [Planned { crc_error: 1, ..file("xl/theme.xml", b"<x/>") }];
    let broken = read(Format::Xlsx, &xlsx_with("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", &members), &Limits::default());
    assert_eq!((shown(&broken), broken.read, kinds(&broken)), (vec![(1, 1, "1")], Read::Partial, vec![ProblemKind::Damaged]));
}

#[test]
fn an_empty_workbook_says_so() {
    let document = read(Format::Xlsx, &raw_xlsx(""), &Limits::default());
    assert_eq!((document.read, kinds(&document)), (Read::Full, vec![ProblemKind::Note]));
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats/sheet").join(name)).unwrap()
}

#[test]
fn one_workbook_reads_alike_in_every_format() {
    for (format, name) in [(Format::Xls, "budget.xls"), (Format::Xlsx, "budget.xlsx"), (Format::Ods, "budget.ods")] {
        let document = read(format, &fixture(name), &Limits::default());
        let expected = [
            (1, 1, "徐州市星河学会经费预算"),
            (2, 1, "项目"),
            (2, 2, "金额"),
            (2, 3, "占比"),
            (3, 1, "培训㐂费"),
            (3, 2, "5.00万元"),
            (3, 3, "25%"),
            (4, 1, "会议费"),
            (4, 2, "15.50万元"),
            (4, 3, "75%"),
            (5, 1, "合计"),
            (5, 2, "20.5"),
            (5, 3, "TRUE"),
            (6, 1, "2022年5月10日"),
            (6, 2, "2022/6/10 23:58"),
            (3, 2, "请附报价单"),
            (1, 1, "内部\n草稿"),
        ];
        assert_eq!(shown(&document), expected, "{name}");
        assert_eq!(document.blocks[0].spans, (1, 3), "{name}");
        let comment = document.blocks.iter().find(|block| block.kind == crate::model::BlockKind::Comment).unwrap();
        assert_eq!((comment.text.as_str(), comment.at.table), ("请附报价单", Some(1)), "{name}");
        assert_eq!((document.read, kinds(&document)), (Read::Full, vec![ProblemKind::Note]), "{name}");
    }
}

#[test]
fn a_workbook_that_was_never_calculated_is_partly_unknown() {
    let document = read(Format::Xlsx, &fixture("uncalculated.xlsx"), &Limits::default());
    assert_eq!(document.read, Read::Partial);
    assert!(document.problems[0].say.zh.contains("B5"));
}

#[test]
fn a_damaged_xls_never_panics_or_grows() {
    let whole = fixture("budget.xls");
    for at in (0..whole.len()).step_by(7) {
        let mut broken = whole.clone();
        broken[at] ^= 0xff;
        let _ = read(Format::Xls, &broken, &Limits::default());
    }
    for length in (0..whole.len()).step_by(97) {
        assert_ne!(read(Format::Xls, &whole[..length], &Limits::default()).read, Read::Full, "{length}");
    }
}

#[test]
fn texts_of_an_xls_that_moved_are_told() {
    let whole = fixture("budget.xls");
    let word = "合计".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let at = whole.windows(word.len()).position(|window| window == word).expect("the text stands in the table of texts");
    let mut broken = whole.clone();
    broken[at - 3..at + word.len() + 3].fill(0);
    let document = read(Format::Xls, &broken, &Limits::default());
    assert_eq!(document.read, Read::Partial);
    assert!(kinds(&document).contains(&ProblemKind::Damaged), "{:?}", document.problems);
}

#[test]
fn a_sheet_of_pictures_is_not_read_in_full() {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let rels = format!("<Relationships><Relationship Id=\"r1\" Type=\"{kind}/drawing\" Target=\"../drawings/drawing1.xml\"/></Relationships>");
    let words = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>徐州市园艺学会二〇二二年度科技服务工作签到情况一览表及说明（全部参加人员）</t></is></c></row>";
    // 16 by 22 cm, and a mark of 2 by 2 cm.
    for (rows, sides, expected) in
        [("", (720_000, 720_000), Read::Partial), (words, (5_760_000, 7_920_000), Read::Partial), (words, (720_000, 720_000), Read::Full)]
    {
        let drawing = format!(
            "<xdr:wsDr><xdr:oneCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:row>4</xdr:row></xdr:from><xdr:ext cx=\"{}\" cy=\"{}\"/><xdr:pic></xdr:pic></xdr:oneCellAnchor></xdr:wsDr>",
            sides.0, sides.1
        );
        let parts = [file("xl/worksheets/_rels/sheet1.xml.rels", rels.as_bytes()), file("xl/drawings/drawing1.xml", drawing.as_bytes())];
        let document = read(Format::Xlsx, &xlsx_with(rows, &parts), &Limits::default());
        assert_eq!(document.read, expected, "{sides:?}: {:?}", document.problems);
        let told = kinds(&document).iter().any(|kind| matches!(kind, ProblemKind::ImageOnly | ProblemKind::PagesUnread));
        assert_eq!(told, expected == Read::Partial);
        assert!(document.blocks.iter().any(|block| block.kind == crate::model::BlockKind::Picture && block.at.row == Some(5)));
    }
}

#[test]
fn text_boxes_of_a_sheet_are_read() {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let rels = format!("<Relationships><Relationship Id=\"r1\" Type=\"{kind}/drawing\" Target=\"../drawings/drawing1.xml\"/></Relationships>");
    let drawing = "<xdr:wsDr><xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:row>4</xdr:row></xdr:from><xdr:sp><xdr:txBody>\
        <a:p><a:r><a:t>说明：A&amp;B</a:t></a:r></a:p><a:p><a:r><a:t>第二行</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>";
    let parts = [file("xl/worksheets/_rels/sheet1.xml.rels", rels.as_bytes()), file("xl/drawings/drawing1.xml", drawing.as_bytes())];
    let document = read(Format::Xlsx, &xlsx_with("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", &parts), &Limits::default());
    assert_eq!(shown(&document), [(1, 1, "1"), (5, 2, "说明：A&B\n第二行")]);
    assert_eq!(document.blocks[1].kind, crate::model::BlockKind::TextBox);
}
