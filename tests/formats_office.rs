//! What other programs than Word 97+ and Excel 97+ write: OpenDocument, HTML and web archives, Word and Excel as one XML
//! file, presentations. The files and what makes them: `fixtures/make/office_formats.py`.
mod blocks;

use blocks::{bytes, document, lines, problems};
use prescreen::model::{Document, Format, ProblemKind, Read};
use prescreen::read::{Limits, read, sniff};
use proptest::prelude::*;

#[track_caller]
fn shows(folder: &str, name: &str, expected: &[&str]) {
    let document = document(folder, name);
    assert_eq!(document.read, Read::Full, "{:?}", document.problems);
    assert_eq!(lines(&document), expected, "{name}");
}

fn without_pages(document: &Document) -> Vec<String> {
    let mut document = document.clone();
    document.blocks.iter_mut().for_each(|b| b.at.page = None);
    lines(&document)
}

/// What LibreOffice made of a DOCX shows what the DOCX shows, as far as LibreOffice keeps it.
#[test]
fn a_converted_file_shows_what_its_docx_shows() {
    for (name, kept) in [("notes", 4), ("text_boxes", 11), ("libreoffice", 6)] {
        let docx = document("docx", &format!("{name}.docx"));
        let odt = document("odf", &format!("libreoffice_{name}.odt"));
        assert_eq!(without_pages(&odt)[1..kept], without_pages(&docx)[1..kept], "{name}");
    }
    let (docx, flat) = (document("docx", "cells.docx"), document("word_xml", "flat_cells.doc"));
    assert_eq!((lines(&flat), flat.format), (lines(&docx), Format::WordXml));
    assert_eq!(lines(&document("word_xml", "flat_numbering.doc")), lines(&document("docx", "numbering.docx")));
}

#[test]
fn opendocument_cells_stand_at_their_grid_places() {
    shows(
        "odf",
        "libreoffice_cells.odt",
        &[
            "P1 p1 表前",
            "C1.1.1 p1 3x1 项目",
            "C1.1.2 p1 1x2 名称与负责人",
            "C1.2.2 p1 甲",
            "C1.2.3 p1 乙",
            "C1.3.2 p1 第一段//第三段",
            "C1.3.3 p1",
            "C1.4.1 p1 1x3 外格前/外格后",
            "C2.1.1 p1 <7 内1",
            "C2.1.2 p1 <7 内2",
            "C1.5.1 p1",
            "C1.5.2 p1",
            "C1.5.3 p1 缩进行",
            "C1.6.1 p1 控件行",
            "C1.6.2 p1 控件格",
            "C1.6.3 p1 尾",
            "C1.7.1 p1 1x2 左/右",
            "C1.7.3 p1 末",
            "P2 p1 表后",
            "C3.1.1 p1 第三表",
        ],
    );
}

#[test]
fn opendocument_numbers_ticks_fields_and_changes() {
    shows(
        "odf",
        "libreoffice_numbering.odt",
        &[
            "H1 p1 [1] 总则",
            "H2 p1 [1.1] 目的",
            "H3 p1 [1.2] 依据",
            "H4 p1 [2] 附则",
            "H5 p1 不编号",
            "H6 p1 [2.1] 期限",
            "P7 p1 [第一条] 甲方责任",
            "P8 p1 [（1）] 提供场地",
            "P9 p1 [（2）]",
            "P10 p1 [第二条] 乙方责任",
            "P11 p1 [第一条] 另起",
            "P12 p1 [第二条] 再续",
            "P13 p1 [1.] 圈号",
            "P14 p1 [2.] 圈号二",
            "C1.1.1 p1 [①]",
            "C1.1.2 p1 [②] 格内",
            "C1.1.3 p1 [/③//④] 导语/其一//其二",
        ],
    );
    let ticks = without_pages(&document("odf", "libreoffice_ticks.odt"));
    assert_eq!(ticks[0], "P1 ☑大学本科 ☐硕士 ☒博士 ☐其他R&D £5");
    assert_eq!(ticks[5], "P6 ☒甲 ☐乙 ☑丙 ☐丁");
    let fields = without_pages(&document("odf", "libreoffice_fields.odt"));
    assert_eq!(fields[1..3], ["P2 ☑同意 ☐不同意", "P3 级别：市级"]);
    let changes = without_pages(&document("odf", "libreoffice_changes.odt"));
    assert_eq!(changes[..4], ["P1 原文新增末尾", "P2 前半后半", "P3 留下", "P4 移来的话"]);
}

#[test]
fn opendocument_of_other_producers() {
    let odfpy = document("odf", "odfpy.odt");
    problems(&odfpy, Read::Partial, &[ProblemKind::ImageOnly]);
    assert_eq!(
        lines(&odfpy),
        [
            "H1 项目申报书",
            "P2 姓名：张三  ☑同意»甲 乙/丙",
            "P3 [（一）] 第一项",
            "P4 [•] 下级",
            "P5 [（二）] 第二项",
            "P6 插段",
            "P7 [（三）] 第三项",
            "C1.1.1 2x1 负责人",
            "C1.1.2 1x2 李四/教授",
            "C1.2.2 电话",
            "C1.2.3 139 0000 0001",
            "P8 图：",
            "Picture8",
            "P9 见注",
            "Note9 注的话",
            "Comment9 请补充",
        ]
    );
    shows("odf", "flat.fodt", &["P1 p1 第一页 有 空白", "P2 p1 级别：☑省级 ☐市级 填入的", "P3 p2 第二页", "P4 p2 跨到第三页", "Header 页眉"]);
}

#[test]
fn pages_of_word_and_excel_are_tables_and_paragraphs_whatever_their_name() {
    let word = [
        "H1 学会能力提升项目 申报书",
        "P3 项目名称：星河计划",
        "P4 [一、] 基本情况",
        "P5 ☑同意 ☐不同意加入",
        "C1.1.1 2x1 负责人",
        "C1.1.2 张三",
        "C1.1.3 1x2 电话/139 0000 0001",
        "C1.2.2 1x3 后",
        "C2.1.1 <7 内表",
        "P6 见注。",
        "Note 脚注文字",
    ];
    shows("html", "word.doc", &word);
    shows("html", "word.mht", &word);
    let excel = ["C1.1.1 1x3 经费预算表", "C1.2.1 科目", "C1.2.2 50,000.00", "C1.2.3"];
    shows("html", "excel.xls", &excel);
    shows("html", "excel_mht.xls", &excel);
    assert_eq!([document("html", "word.doc").format, document("html", "excel_mht.xls").format], [Format::Html, Format::Mht]);
}

#[test]
fn forms_lists_and_odd_markup_of_pages() {
    shows(
        "html",
        "form.html",
        &[
            "P1 单位：徐州市某学会",
            "P2 ☑省级☐市级 甲类 第一行/第二行 <b>",
            "P3 [3.] 三",
            "P4 [4.] 四",
            "P5 [•] 点",
            "P6 [a.]",
            "P7 一 < 二 & 三<四> ©",
            "P8 散",
            "P9 文",
            "P10 字",
            "P11 徐",
            "P12 甲/  乙",
            "Picture",
            "C1.1.1 2x1 到底",
            "C1.1.2 一",
            "C1.2.2 二",
        ],
    );
    shows("html", "utf16.htm", &["P1 双字节编码"]);
    shows(
        "html",
        "libreoffice_notes.html",
        &[
            "P1 正文一续",
            "C1.1.1 格",
            "C1.1.2 格内",
            "P2 正文二",
            "Note 先写的注",
            "Note 先引的注",
            "Note 删去的注",
            "Note 尾注",
            "Header 星河市天文学会/密级/公开",
            "Footer 第1页",
        ],
    );
    let cells = document("html", "libreoffice_cells.html");
    assert_eq!(lines(&cells)[1..4], ["C1.1.1 3x1 项目", "C1.1.2 1x2 名称与负责人", "C1.2.2 甲"]);
}

#[test]
fn word_of_2003_as_one_file() {
    shows(
        "word_xml",
        "word2003.doc",
        &[
            "H1 申报书",
            "P2 [第一条] 自带编号",
            "P3 [第二条] 计算编号",
            "P4 前插入 后",
            "P5 ☑是 ☐否☑选",
            "C1.1.1 2x1 负责人",
            "C1.1.2 1x2 张三",
            "C1.2.2 电话",
            "C1.2.3 139 0000 0001",
            "Picture1.2.3",
            "Note4 脚注",
            "Header 页眉",
            "Footer 第1页",
        ],
    );
    assert_eq!(document("word_xml", "word2003.doc").pages, Some(2));
    let notes = lines(&document("word_xml", "libreoffice_notes.doc"));
    assert_eq!(notes[..4], ["P1 正文一续", "C1.1.1 格", "C1.1.2 格内", "P2 正文二"]);
    assert!(notes.ends_with(&["Comment1.1.2 请补充".to_owned(), "Header 星河市天文学会/密级/公开".to_owned(), "Footer 第1页".to_owned()]), "{notes:?}");
    let boxes = lines(&document("word_xml", "libreoffice_text_boxes.doc"));
    assert_eq!(boxes[..3], ["P1 封面之后", "Box1 项目名称：星河计划/申报单位：星河市天文学会", "Box2 旧式文本框"]);
}

#[test]
fn excel_of_2003_as_one_file() {
    let book = document("sheet", "excel2003.xls");
    problems(&book, Read::Partial, &[ProblemKind::Note, ProblemKind::Note]);
    assert!(book.problems[0].say.en.contains("C4"));
    let shown: Vec<_> = lines(&book).into_iter().filter(|l| l.contains(' ')).collect();
    assert_eq!(
        shown,
        ["C1.1.1 1x3 经费预算", "C1.3.1 2x1 培训费", "C1.3.2 5.00万元", "C1.3.3 25.00%", "C1.4.2 2022-05-10", "Comment1.3.2 请附报价单", "C2.1.1 内部草稿"]
    );
    assert_eq!((book.format, book.blocks[0].at.sheet.as_deref()), (Format::SheetXml, Some("预算")));
}

#[test]
fn slides_are_pages_and_their_shapes_text_boxes() {
    let show = document("slides", "python_pptx.pptx");
    problems(&show, Read::Full, &[ProblemKind::Note]);
    assert_eq!(
        lines(&show),
        [
            "H p1 学会能力提升项目",
            "Box p1 徐州市星河学会/2022年5月",
            "H p2 经费预算",
            "C1.1.1 p2 1x2 科目",
            "C1.1.3 p2 1-3",
            "C1.2.1 p2 2-1",
            "C1.2.2 p2 2-2",
            "C1.2.3 p2 2x1 合计/万元",
            "C1.3.1 p2 3-1",
            "C1.3.2 p2 3-2",
            "Box p2 组内文字",
            "Box p2 第一行续/第二行/换行",
            "Box p3 隐藏页",
            "Note p2 备注：请先讲预算",
        ]
    );
    assert_eq!(show.pages, Some(3));
    shows("slides", "odfpy.odp", &["H p1 学会能力提升", "Box p1 组内0/第二行", "H p2 经费预算", "Box p2 组内1/第二行", "Note p1 备注0", "Note p2 备注1"]);
}

#[test]
fn what_is_broken_locked_or_elsewhere_says_so() {
    problems(&document("odf", "encrypted.odt"), Read::None, &[ProblemKind::Encrypted]);
    problems(&document("odf", "no_text.odt"), Read::None, &[ProblemKind::Damaged]);
    let cut = document("odf", "cut_off.odt");
    assert_eq!((cut.read, cut.problems[0].kind), (Read::Partial, ProblemKind::Truncated));
    problems(&document("html", "frames.htm"), Read::Partial, &[ProblemKind::Unsupported]);
    problems(&document("html", "scans.htm"), Read::Partial, &[ProblemKind::ImageOnly]);
    let locked = read("演示.pptx", &bytes("docx", "encrypted.docx"), &Limits::default());
    assert_eq!((locked.format, locked.problems[0].kind), (Format::Pptx, ProblemKind::Encrypted));
    problems(&read("x.ppt", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", &Limits::default()), Read::None, &[ProblemKind::Damaged]);
    problems(&read("x.htm", b"<html><body></body></html>", &Limits::default()), Read::Full, &[ProblemKind::Note]);
    problems(
        &read("x.xls", b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>", &Limits::default()),
        Read::None,
        &[ProblemKind::Damaged],
    );
}

#[test]
fn hostile_pages_neither_overflow_nor_hang() {
    let limits = Limits { depth: 64, ..Limits::default() };
    let deep = format!("<html>{}底{}</html>", "<div>".repeat(100_000), "</div>".repeat(100_000));
    let document = read("x.html", deep.as_bytes(), &limits);
    problems(&document, Read::Partial, &[ProblemKind::TooLarge]);
    assert_eq!(lines(&document), ["P1 底"]);
    // Unclosed marks of letters, which a parser opens again in every paragraph.
    let fonts: String = (0..3000).map(|n| format!("<font size={n}>")).collect();
    let page = format!("<html>{fonts}{}</html>", "<p>段".repeat(3000));
    assert_eq!(read("x.html", page.as_bytes(), &Limits::default()).blocks.len(), 3000);
    let wide = format!("<html><table><tr>{}</table>", "<td colspan=9999999 rowspan=9999999>x".repeat(2000));
    let table = read("x.html", wide.as_bytes(), &Limits::default());
    assert_eq!((table.read, table.blocks[0].spans), (Read::Full, (1, 1024)));
    for open in ["<!", "<?", "<a b='", "<script>", "<textarea>", "</", "<p ", "&"] {
        read("x.html", format!("<html>{}", open.repeat(100_000)).as_bytes(), &Limits::default());
    }
}

#[test]
fn every_limit_trips_and_keeps_what_came_before() {
    for (folder, name) in [("odf", "libreoffice_cells.odt"), ("html", "word.doc"), ("word_xml", "word2003.doc"), ("slides", "python_pptx.pptx")] {
        let bytes = bytes(folder, name);
        let few = read(name, &bytes, &Limits { blocks: 3, ..Limits::default() });
        assert_eq!((few.read, few.problems[0].kind), (Read::Partial, ProblemKind::TooLarge), "{name}");
        assert!(!few.blocks.is_empty(), "{name}");
        let short = read(name, &bytes, &Limits { characters: 12, ..Limits::default() });
        assert_eq!((short.read, short.problems[0].kind), (Read::Partial, ProblemKind::TooLarge), "{name}");
        let large = read(name, &bytes, &Limits { file_bytes: 100, ..Limits::default() });
        problems(&large, Read::None, &[ProblemKind::TooLarge]);
    }
    let pages = read("x.pptx", &bytes("slides", "python_pptx.pptx"), &Limits { pages: 1, ..Limits::default() });
    assert_eq!((pages.read, pages.blocks.len()), (Read::Partial, 2));
    let cells = read("x.xls", &bytes("sheet", "excel2003.xls"), &Limits { cells: 2, ..Limits::default() });
    assert_eq!(cells.read, Read::Partial);
}

const NAMES: [(&str, &str); 9] = [
    ("odf", "flat.fodt"),
    ("odf", "odfpy.odt"),
    ("html", "word.doc"),
    ("html", "form.html"),
    ("html", "word.mht"),
    ("word_xml", "word2003.doc"),
    ("word_xml", "flat_cells.doc"),
    ("sheet", "excel2003.xls"),
    ("slides", "odfpy.odp"),
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn no_damage_makes_a_reader_panic(name in 0..NAMES.len(), edits in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(vec![b'<', b'>', b'/', b'"', b' ', b'&', 0, 0xFF, b'p'])), 1..30), end in any::<prop::sample::Index>(), cut in any::<bool>()) {
        let (folder, name) = NAMES[name];
        let mut bytes = bytes(folder, name);
        for (at, value) in edits {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if cut {
            bytes.truncate(end.index(bytes.len()));
        }
        sniff(name, &bytes);
        read(name, &bytes, &Limits::default());
    }
}
