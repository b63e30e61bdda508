//! DOCX files of every quirk, read to blocks with their places. The files and what makes them: `fixtures/formats/docx`.
#![allow(clippy::disallowed_methods, reason = "tests read and write their own files")]
mod blocks;

use blocks::lines;
use prescreen::model::{BlockKind, Document, Format, ProblemKind, Read};
use prescreen::read::{Limits, read};
use proptest::prelude::*;
use std::io::{Cursor, Write};

fn bytes(name: &str) -> Vec<u8> {
    blocks::bytes("docx", name)
}

fn document(name: &str) -> Document {
    blocks::document("docx", name)
}

#[track_caller]
fn shows(name: &str, expected: &[&str]) {
    let document = document(name);
    assert_eq!(document.read, Read::Full, "{:?}", document.problems);
    assert_eq!(lines(&document), expected);
}

#[track_caller]
fn problem(document: &Document, read: Read, kind: ProblemKind) {
    blocks::problems(document, read, &[kind]);
}

#[test]
fn cells_stand_at_their_grid_places_and_merged_ones_once() {
    shows(
        "cells.docx",
        &[
            "P1 表前",
            "C1.1.1 3x1 项目/续",
            "C1.1.2 1x2 名称与负责人",
            "C1.2.2 甲",
            "C1.2.3 乙",
            "C1.3.2 第一段//第三段",
            "C1.3.3",
            "C1.4.1 1x3 外格前/外格后",
            "C2.1.1 <7 内1",
            "C2.1.2 <7 内2",
            "C1.5.3 缩进行",
            "C1.6.1 控件行",
            "C1.6.2 控件格",
            "C1.6.3 尾",
            "C1.7.1 1x2 左/右",
            "C1.7.3 末",
            "P2 表后",
            "C3.1.1 第三表",
        ],
    );
}

#[test]
fn a_text_box_is_read_once_after_its_paragraph() {
    shows(
        "text_boxes.docx",
        &[
            "P1 封面之后",
            "Box1 项目名称：星河计划/申报单位：星河市天文学会",
            "Box2 旧式文本框",
            "C1.1.1 框内表",
            "C2.1.1 格内",
            "Box2.1.1 格内文本框",
            "C2.1.2 右",
            "Box3 艺术字标题",
            "P4 尾",
            "Box4 外框",
            "Box4 内框",
        ],
    );
}

#[test]
fn changes_are_accepted_deleted_rows_cells_and_paragraph_marks_too() {
    shows(
        "changes.docx",
        &[
            "P1 原文新增末尾",
            "P2 前半后半",
            "P3 留下",
            "P4 移来的话",
            "P5 只改格式",
            "C1.1.1 第一行",
            "C1.1.2 甲",
            "C1.2.1 第二行",
            "C1.2.2 丙",
            "C2.1.1 第二表",
        ],
    );
}

#[test]
fn fields_show_their_result_and_forms_their_state() {
    shows(
        "fields.docx",
        &[
            "P1 电话：0516-80000000",
            "P2 ☑同意 ☐不同意",
            "P3 级别：市级",
            "P4 第2页，序号③☑",
            "P5 真",
            "P6 2022年5月10日链接文字",
            "P7 [填写处]",
            "P8 没有结尾的域之后的话",
        ],
    );
}

#[test]
fn ticks_and_boxes_of_symbol_fonts_are_ticks_and_boxes() {
    shows("ticks.docx", &["P1 ☑大学本科 ☐硕士 ☒博士 ☐其他R&D £5", "P2 ☑☑☑☐√☑", "P3 ☑是 ☐否 ☑ ☐ ☐", "P4 ☑样式勾 R", "P5 ☑☐þ是中文", "P6 ☒甲 ☐乙 ☑丙 ☐丁"]);
}

#[test]
fn a_placeholder_is_no_value_but_its_cell_is_a_cell() {
    shows("controls.docx", &["P1 块控件", "P2 第二段", "P3 项目名称：；负责人：张三", "C1.1.1 名称", "C1.1.2", "C1.1.3 已选", "P5 完"]);
}

#[test]
fn tabs_breaks_ruby_mathematics_and_hidden_text() {
    shows(
        "signs.docx",
        &[
            "P1 甲»乙/丙-丁戊",
            "P2 徐州",
            "P3 比例3/4",
            "P4 [a](b)∑i√x",
            "P5 😀",
            "P6 首字下沉",
            "P7 北京看得见",
            "P8 缩进的文字 留 空",
            "P9 A&B <1> 徐<州>",
            "P10 隐去段落标记连成一段",
            "P11 公式后",
            "Picture11",
        ],
    );
}

#[test]
fn automatic_numbers_are_labels() {
    shows(
        "numbering.docx",
        &[
            "H1 [1] 总则",
            "H2 [1.1] 目的",
            "H3 [1.2] 依据",
            "H4 [2] 附则",
            "H5 不编号",
            "H6 [2.1] 期限",
            "P7 [第一条] 甲方责任",
            "P8 [（1）] 提供场地",
            "P9 [（2）]",
            "P10 [第二条] 乙方责任",
            "P11 [第一条] 另起",
            "P12 [第二条] 再续",
            "P13 [①] 圈号",
            "P14 [②] 圈号二",
            "C1.1.1 [③]",
            "C1.1.2 [④] 格内",
            "C1.1.3 [/⑤//⑥] 导语/其一//其二",
        ],
    );
}

#[test]
fn notes_comments_and_headers_stand_beside_the_body() {
    shows(
        "notes.docx",
        &[
            "P1 正文一续",
            "C1.1.1 格",
            "C1.1.2 格内",
            "P2 正文二",
            "Note1 先引的注",
            "Note1.1.2 先写的注",
            "Note2 尾注",
            "Comment1.1.2 请补充",
            "Header 星河市天文学会/密级/公开",
            "Footer 第1页",
        ],
    );
}

#[test]
fn pages_are_known_only_where_words_marks_fit_its_count() {
    shows(
        "pages.docx",
        &[
            "P1 p1 第一页",
            "P2 p2 第二页",
            "P3 p2 仍在第二页跨到第三页",
            "C1.1.1 p3 三",
            "C1.1.2 p3 三乙",
            "C1.2.1 p4 四",
            "C1.2.2 p4 四乙",
            "C1.3.1 p4 四长到五",
            "C1.3.2 p4 四短",
        ],
    );
    let stale = document("pages_stale.docx");
    assert_eq!(stale.pages, Some(9));
    assert!(stale.blocks.iter().all(|b| b.at.page.is_none()));
}

#[test]
fn files_of_other_producers() {
    shows(
        "python_docx.docx",
        &[
            "H1 学会能力提升项目申报书",
            "H2 一、基本情况",
            "P3 项目名称：星河计划",
            "P4 [1.] 第一项",
            "P5 [2.] 第二项",
            "C1.1.1 1x3 申报单位",
            "C1.2.1 2x1 负责人",
            "C1.2.2 张三",
            "C1.2.3",
            "C1.3.2 李四",
            "C1.3.3",
            "C2.1.1 <10 内表",
            "Header 星河市天文学会",
        ],
    );
    shows(
        "libreoffice.docx",
        &[
            "H1 活动方案",
            "P2 正文结束",
            "P3 [1.] 筹备",
            "P4 [2.] 举办",
            "P5 锚点",
            "Box5 文本框内容",
            "C1.1.1 2x1 时间",
            "C1.1.2 上午",
            "C1.2.2 下午",
            "P6 落款",
            "Note2 脚注文字",
        ],
    );
}

#[test]
fn names_encodings_and_paths_of_other_habits() {
    shows("strict.docx", &["P1 严格", "P2 缺省名"]);
    shows("utf16.docx", &["P1 双字节编码"]);
    shows("backslashes.docx", &["P1 反斜杠", "Note1 注"]);
    shows("other_name.docx", &["P1 另名"]);
    shows("diagram.docx", &["P1 组织结构", "Box1 理事会/秘书处"]);
}

#[test]
fn what_stands_in_pictures_is_not_read_and_said_so() {
    problem(&document("pictures.docx"), Read::Partial, ProblemKind::ImageOnly);
    problem(&document("scans_in_text.docx"), Read::Partial, ProblemKind::ImageOnly);
    assert_eq!(document("photos_in_text.docx").read, Read::Full);
    problem(&document("foreign.docx"), Read::Partial, ProblemKind::Note);
}

#[test]
fn a_broken_file_is_read_as_far_as_it_goes() {
    let cut = document("truncated.docx");
    assert_eq!((cut.read, cut.problems[0].kind), (Read::Partial, ProblemKind::Truncated));
    assert!(cut.blocks.len() > 50);
    assert!(cut.blocks[10].text.starts_with("第11段："));
    let slip = document("malformed.docx");
    problem(&slip, Read::Partial, ProblemKind::Damaged);
    assert_eq!(lines(&slip), ["P1 前", "P2 漏了结束标记", "P3 后 A&B"]);
    let bytes = document("bad_bytes.docx");
    problem(&bytes, Read::Partial, ProblemKind::Damaged);
    assert_eq!((bytes.blocks[0].text.as_str(), bytes.blocks[2].text.as_str()), ("好的", "也好"));
    problem(&document("no_main.docx"), Read::None, ProblemKind::Damaged);
}

#[test]
fn a_password_is_named_with_what_to_do() {
    let locked = document("encrypted.docx");
    problem(&locked, Read::None, ProblemKind::Encrypted);
    assert_eq!(locked.format, Format::Docx);
    assert!(locked.problems[0].say.zh.contains("取消密码"));
}

/// A package around a body that is made here.
fn package(body: &str) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let head = r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>"#;
    writer.write_all(format!("{head}{body}</w:body></w:document>").as_bytes()).unwrap();
    writer.finish().unwrap().into_inner()
}

fn read_with(body: &str, limits: Limits) -> Document {
    read("x.docx", &package(body), &limits)
}

#[test]
fn every_limit_trips_and_keeps_what_came_before() {
    let text = |n: usize| "<w:p><w:r><w:t>一二三四五六七八九十</w:t></w:r></w:p>".repeat(n);
    let long = read_with(&text(50), Limits { characters: 100, ..Limits::default() });
    problem(&long, Read::Partial, ProblemKind::TooLarge);
    assert_eq!(long.blocks.len(), 10);
    let many = read_with(&text(50), Limits { blocks: 7, ..Limits::default() });
    problem(&many, Read::Partial, ProblemKind::TooLarge);
    assert_eq!(many.blocks.len(), 7);
    problem(&read_with(&text(50), Limits { part_bytes: 1000, ..Limits::default() }), Read::None, ProblemKind::TooLarge);
    problem(&read_with(&text(1), Limits { parts: 0, ..Limits::default() }), Read::None, ProblemKind::TooLarge);
    problem(&read_with(&text(1), Limits { file_bytes: 100, ..Limits::default() }), Read::None, ProblemKind::TooLarge);
    let notes = r#"<w:p><w:r><w:t>注</w:t><w:footnoteReference w:id="1"/><w:footnoteReference w:id="2"/></w:r></w:p>"#;
    let noted = read_with(notes, Limits { definitions: 1, ..Limits::default() });
    assert_eq!(noted.problems.iter().map(|p| p.kind).collect::<Vec<_>>(), [ProblemKind::TooLarge, ProblemKind::Damaged], "the notes themselves are not there");
    let few = read("x.docx", &bytes("numbering.docx"), &Limits { definitions: 3, ..Limits::default() });
    assert_eq!(few.problems.iter().map(|p| p.kind).collect::<Vec<_>>(), [ProblemKind::Note], "styles and lists beyond the limit are told");
    assert_eq!(few.blocks.len(), 16, "without its number the empty paragraph says nothing");
    let nested = format!("{}{}{}", "<w:tbl><w:tr><w:tc>".repeat(200), text(1), "</w:tc></w:tr></w:tbl>".repeat(200));
    let deep = read_with(&format!("{}{nested}{}", text(1), text(1)), Limits { depth: 64, ..Limits::default() });
    problem(&deep, Read::Partial, ProblemKind::TooLarge);
    assert_eq!(deep.blocks.iter().filter(|b| b.kind == BlockKind::Paragraph).count(), 2);
}

#[test]
fn a_part_that_lies_about_its_size_is_read_up_to_the_limit() {
    let text = "<w:p><w:r><w:t>一二三四五六七八九十</w:t></w:r></w:p>".repeat(1000);
    let mut bytes = package(&text);
    // The unpacked size in the directory and before the data says 500 bytes.
    for sign in [&b"PK\x01\x02"[..], b"PK\x03\x04"] {
        let at = bytes.windows(4).position(|w| w == sign).unwrap() + if sign[2] == 1 { 24 } else { 22 };
        bytes[at..at + 4].copy_from_slice(&500u32.to_le_bytes());
    }
    let lying = read("x.docx", &bytes, &Limits { part_bytes: 10_000, ..Limits::default() });
    assert_eq!(lying.read, Read::Partial);
    assert!(lying.blocks.len() < 300, "{}", lying.blocks.len());
}

#[test]
fn hostile_nesting_and_repetition_neither_overflow_nor_hang() {
    for (open, close) in [
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"),
        ("<w:ins>", "</w:ins>"),
        ("<w:p>", "</w:p>"),
    ] {
        let body = format!("{}<w:p><w:r><w:t>底</w:t></w:r></w:p>{}", open.repeat(20_000), close.repeat(20_000));
        assert_ne!(read_with(&body, Limits::default()).read, Read::None);
    }
    let fields = r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r>"#.repeat(20_000);
    read_with(&format!("<w:p>{fields}</w:p>").repeat(2), Limits::default());
    let many = r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r>"#.repeat(3000) + &r#"<w:r><w:fldChar w:fldCharType="end"/></w:r>"#.repeat(3000);
    let after = read_with(&format!("<w:p>{many}<w:r><w:t>之后</w:t></w:r></w:p>"), Limits::default());
    assert_eq!(after.blocks[0].text, "之后");
    let wide = r#"<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr></w:tc></w:tr></w:tbl>"#;
    assert_eq!(read_with(wide, Limits::default()).blocks[0].spans, (1, 1024));
}

fn fixtures() -> Vec<Vec<u8>> {
    ["cells", "text_boxes", "changes", "fields", "numbering", "notes", "ticks", "controls"].iter().map(|n| bytes(&format!("{n}.docx"))).collect()
}

/// The parts of a package, unpacked.
fn parts(package: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(package)).unwrap();
    (0..archive.len())
        .map(|n| {
            let mut file = archive.by_index(n).unwrap();
            let mut data = Vec::new();
            std::io::copy(&mut file, &mut data).unwrap();
            (file.name().unwrap().into_owned(), data)
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn reading_never_panics_on_changed_bytes(which in 0usize..8, changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20), cut in any::<prop::sample::Index>()) {
        let mut bytes = fixtures().swap_remove(which);
        for (at, value) in &changes {
            let at = at.index(bytes.len());
            bytes[at] = *value;
        }
        read("x.docx", &bytes, &Limits::default());
        bytes.truncate(cut.index(bytes.len()));
        read("x.docx", &bytes, &Limits::default());
    }

    #[test]
    fn reading_never_panics_on_changed_xml(which in 0usize..8, moves in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0usize..200), 1..12)) {
        let mut parts = parts(&fixtures()[which]);
        for (part, at, len) in &moves {
            // A stretch of one part is written over another place of it: tags lose their partners, attributes their sense.
            let part = part.index(parts.len());
            let data = &mut parts[part].1;
            if data.is_empty() { continue; }
            let from = at.index(data.len());
            let piece = data[from..(from + len).min(data.len())].to_vec();
            let to = (from * 7 + len * 31) % data.len();
            let end = (to + len / 2).min(data.len());
            data.splice(to..end, piece);
        }
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, data) in &parts {
            writer.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(data).unwrap();
        }
        let document = read("x.docx", &writer.finish().unwrap().into_inner(), &Limits::default());
        for block in &document.blocks {
            prop_assert!(block.inside.is_none_or(|n| (n as usize) < document.blocks.len()));
            prop_assert!(block.spans.0 >= 1 && block.spans.1 >= 1);
        }
    }
}
