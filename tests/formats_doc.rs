//! DOC and WPS files of every quirk, read to blocks with their places. The files and what makes them: `fixtures/formats/doc`.
#![allow(clippy::disallowed_methods, reason = "tests read and write their own files")]
mod blocks;

use blocks::{bytes, lines, problems};
use prescreen::model::{Document, Format, ProblemKind, Read};
use prescreen::read::{Limits, read};
use proptest::prelude::*;

fn document(name: &str) -> Document {
    blocks::document("doc", name)
}

#[track_caller]
fn shows(name: &str, expected: &[&str]) {
    let document = document(name);
    assert_eq!(document.read, Read::Full, "{:?}", document.problems);
    assert_eq!(lines(&document), expected);
}

#[test]
fn scattered_pieces_come_in_order_and_what_is_not_printed_is_left_out() {
    shows(
        "text.doc",
        &[
            "P1 2022年度申报书 “café”…𠮷野",
            "P2 看得见已插入",
            "P3 段落标记隐去连成一段",
            "P4 标记删去也连成一段",
            "P5 仍在",
            "P6 换行/第二行»制表-连字符/分栏",
            "P7 换页前/换页后",
            "P8 本节末段",
            "H9 一级标题",
            "H10 大纲级别",
            "P12 末段",
        ],
    );
    assert_eq!(document("text.doc").pages, Some(3));
}

#[test]
fn ticks_and_boxes_of_symbol_fonts_and_form_fields() {
    shows("ticks.doc", &["P1 ☑大学本科☐R&D", "P2 ☑省级☐市级√", "P3 ☑甲☐乙☑丙", "P4 ☑丁☐戊☑己", "P5 ☑是☐否☑其他", "P6 级别：国家级", "P7 填入的文字"]);
}

#[test]
fn fields_show_their_result_or_print_from_their_code() {
    shows("fields.doc", &["P1 链接文字之后", "P2 ③☑☑", "P3 徐州", "P4 1外层结果", "P5 目录一", "P6 目录二", "P7 无尾的域 DATE", "P8 之后的话"]);
}

#[test]
fn cells_stand_at_their_grid_places_and_merged_ones_once() {
    shows(
        "tables.doc",
        &[
            "P1 表前",
            "C1.1.1 3x1 项目/续",
            "C1.1.2 名称",
            "C1.1.3 1x2 负责人",
            "C1.2.2 1x2 甲",
            "C1.2.4 乙",
            "C1.3.2 1x3 第一段//第三段",
            "C1.4.1 1x2 并/入",
            "C1.4.3 1x2 独",
            "C1.5.1 新",
            "C1.5.2 1x3 写/法",
            "C1.6.1 1x4 外格前/外格后",
            "C2.1.1 <11 内一",
            "C2.1.2 <11 内二",
            "C1.7.1 长",
            "C1.7.2 1x3 表",
            "P2 表间",
            "C3.1.2 缩进",
            "C3.1.3 二",
            "C3.2.1 顶格",
            "C3.2.2 丙",
            "C3.2.3 丁",
            "P3 表后",
        ],
    );
}

#[test]
fn notes_comments_headers_boxes_pictures_and_numbers_stand_at_their_places() {
    let document = document("stories.doc");
    problems(&document, Read::Partial, &[ProblemKind::ImageOnly]);
    assert_eq!(
        lines(&document),
        [
            "P1 [第五条] 第一条内容",
            "P2 带注的话和尾注",
            "P3 [第六条] 第二条内容",
            "P4 [（1）] 下一级",
            "P5 [●] 黑点",
            "P6 锚段",
            "Box6 框内第一段/框内第二段",
            "Box6 组内的框",
            "C1.1.1 格内",
            "Picture1.1.1",
            "P7 尾段",
            "Picture7",
            "Note2 脚注文字",
            "Note2 尾注文字",
            "Comment2 批注文字",
            "Header 偶页眉",
            "Header 奇页眉/页眉里的框",
            "Footer 奇页脚",
            "Header 首页眉",
        ]
    );
}

/// What LibreOffice made of a DOCX shows the same blocks as the DOCX, as far as LibreOffice keeps them.
#[test]
fn a_converted_file_shows_what_its_docx_shows() {
    for (name, kept) in [("cells", 8), ("numbering", 9), ("text_boxes", 5)] {
        let docx = blocks::document("docx", &format!("{name}.docx"));
        let doc = document(&format!("libreoffice_{name}.doc"));
        assert_eq!(lines(&doc)[..kept], lines(&docx)[..kept], "{name}");
    }
}

#[test]
fn a_broken_file_is_read_as_far_as_it_goes_and_says_so() {
    let cut = document("cut_off.doc");
    problems(&cut, Read::Partial, &[ProblemKind::Truncated, ProblemKind::Damaged, ProblemKind::Damaged]);
    assert!(cut.blocks.len() > 100 && cut.blocks[0].text.starts_with("第0段"), "{}", cut.blocks.len());
    let lost = document("no_table.doc");
    problems(&lost, Read::Partial, &[ProblemKind::Damaged, ProblemKind::Damaged]);
    assert_eq!(lost.blocks.len(), 200);
    problems(&document("encrypted.doc"), Read::None, &[ProblemKind::Encrypted]);
    problems(&document("empty.doc"), Read::Full, &[ProblemKind::Note]);
    problems(&document("pictures.doc"), Read::Partial, &[ProblemKind::ImageOnly]);
    let works = document("works.wps");
    problems(&works, Read::None, &[ProblemKind::Unsupported]);
    assert_eq!(works.format, Format::Wps);
}

#[test]
fn of_older_versions_the_text_is_read() {
    let old = document("word95.doc");
    problems(&old, Read::Partial, &[ProblemKind::Note]);
    assert_eq!(lines(&old), ["P1 情况说明", "C1.1.1 单位", "C1.1.2 徐州市某学会", "C1.2.1 负责人", "C1.2.2 张三", "P2 以上属实"]);
    let word2 = read("旧.doc", b"\xDB\xA5\x2D\x00\0\0\0\0", &Limits::default());
    problems(&word2, Read::None, &[ProblemKind::Unsupported]);
}

#[test]
fn every_limit_trips_and_keeps_what_came_before() {
    let bytes = bytes("doc", "tables.doc");
    let few = read("t.doc", &bytes, &Limits { blocks: 3, ..Limits::default() });
    problems(&few, Read::Partial, &[ProblemKind::TooLarge]);
    assert_eq!(lines(&few)[0], "P1 表前");
    let short = read("t.doc", &bytes, &Limits { characters: 4, ..Limits::default() });
    problems(&short, Read::Partial, &[ProblemKind::TooLarge]);
    let large = read("t.doc", &bytes, &Limits { file_bytes: 100, ..Limits::default() });
    problems(&large, Read::None, &[ProblemKind::TooLarge]);
}

const NAMES: [&str; 9] = [
    "text.doc",
    "ticks.doc",
    "fields.doc",
    "tables.doc",
    "stories.doc",
    "word95.doc",
    "libreoffice_cells.doc",
    "libreoffice_notes.doc",
    "libreoffice_text_boxes.doc",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_damage_makes_the_reader_panic(name in 0..NAMES.len(), edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40), end in any::<prop::sample::Index>(), cut in any::<bool>()) {
        let mut bytes = bytes("doc", NAMES[name]);
        for (at, value) in edits {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if cut {
            bytes.truncate(end.index(bytes.len()));
        }
        let document = read("x.doc", &bytes, &Limits::default());
        prop_assert!(document.read == Read::Full || !document.problems.is_empty());
    }

    /// Damage where it hurts: in the numbers of the table stream and of the block that lists its parts.
    #[test]
    fn lying_numbers_neither_panic_nor_hang(name in 0..NAMES.len(), edits in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(vec![0u32, 1, 0x7F, 0xFF, 0x100, 0xFFFF, 0x7FFF_FFFF, 0xFFFF_FFFF, 0x4000_0800])), 1..12)) {
        let mut bytes = bytes("doc", NAMES[name]);
        for (at, value) in edits {
            let at = at.index(bytes.len() / 4) * 4;
            bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
        }
        read("x.doc", &bytes, &Limits::default());
    }
}
