//! Whole packages; `fixtures/formats/ofd/make.py` makes them.
#![allow(clippy::disallowed_methods, reason = "tests read their own files")]
use super::super::Limits;
use super::{pictures, read_with};
use crate::model::{Block, BlockKind, Document, Integrity, ProblemKind, Read};
use std::collections::BTreeMap;

fn read(bytes: &[u8], limits: &Limits) -> Document {
    read_with(bytes, limits, BTreeMap::new())
}

fn bytes(name: &str) -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats/ofd").join(name);
    std::fs::read(path).expect("the fixture is there")
}

fn document(name: &str) -> Document {
    read(&bytes(name), &Limits::default())
}

fn texts(document: &Document) -> Vec<&str> {
    document.blocks.iter().filter(|b| b.kind != BlockKind::Picture).map(|b| b.text.as_str()).collect()
}

fn kinds(document: &Document) -> Vec<ProblemKind> {
    document.problems.iter().map(|p| p.kind).collect()
}

fn on_page(document: &Document, page: u32) -> Vec<&Block> {
    document.blocks.iter().filter(|b| b.at.page == Some(page)).collect()
}

#[test]
fn a_form_on_templates_is_read_as_a_clerk_reads_it() {
    let form = document("form.ofd");
    assert_eq!((form.read, form.pages, kinds(&form)), (Read::Full, Some(2), vec![]));
    let first: Vec<&str> = on_page(&form, 1).iter().filter(|b| b.kind != BlockKind::Cell).map(|b| b.text.as_str()).collect();
    assert_eq!(first, ["某市科协学会能力提升项目", "学会能力提升项目申报书", "填报日期：2022年11月9日", "某市科学技术协会制", "仅供评审使用"]);
    let cells: Vec<(u32, u32, &str)> =
        on_page(&form, 1).iter().filter(|b| b.kind == BlockKind::Cell).map(|b| (b.at.row.unwrap_or(0), b.at.column.unwrap_or(0), b.text.as_str())).collect();
    assert_eq!(cells[..3], [(1, 1, "基本信息"), (1, 2, "项目名称"), (1, 3, "城市内涝监测预警平台建设")]);
    assert!(cells.contains(&(2, 3, "监测预警平台建\n设与示范应用")), "{cells:?}");
    assert!(cells.contains(&(3, 3, "是否公开：☑是 ☐否")), "{cells:?}");
}

#[test]
fn annotations_print_on_their_page_and_remarks_are_kept() {
    let form = document("form.ofd");
    let second: Vec<(BlockKind, &str)> = on_page(&form, 2).iter().map(|b| (b.kind, b.text.as_str())).collect();
    assert_eq!(
        second,
        [
            (BlockKind::Paragraph, "联系电话：13900000018"),
            (BlockKind::Paragraph, "E-mail: kepu@example.com"),
            (BlockKind::Paragraph, "收件编号：S-0042"),
            (BlockKind::Comment, "请核对单位全称"),
        ]
    );
}

#[test]
fn places_are_points_from_the_top_left() {
    let form = document("form.ofd");
    let phone = on_page(&form, 2)[0];
    let [x0, y0, x1, y1] = phone.at.rect.expect("it has a place");
    let mm = 72.0 / 25.4;
    assert!((x0 - 30.0 * mm).abs() < 0.5 && (x1 - (30.0 + 5.0 * 4.5 + 11.0 * 2.25) * mm).abs() < 2.0, "{x0} {x1}");
    assert!(y0 > 34.0 * mm && y0 < 40.0 * mm && y1 > 39.0 * mm && y1 < 42.0 * mm, "{y0} {y1}");
}

#[test]
fn loose_packages_are_read() {
    let loose = document("loose.ofd");
    assert_eq!((texts(&loose), loose.read), (vec!["前缀省略也能读"], Read::Full));
}

#[test]
fn text_of_careless_writers_is_read_and_text_beyond_the_page_is_kept_with_a_note() {
    let careless = document("careless.ofd");
    assert_eq!(texts(&careless), ["字号属性写成小写", "没有写明字号", "超出页面下边的一行文字"]);
    assert_eq!((careless.read, kinds(&careless)), (Read::Full, vec![ProblemKind::Note]));
}

#[test]
fn pages_of_several_documents_are_counted_on() {
    let several = document("several.ofd");
    let found: Vec<(Option<u32>, &str)> = several.blocks.iter().map(|b| (b.at.page, b.text.as_str())).collect();
    assert_eq!(found, [(Some(1), "第一份：申报书"), (Some(2), "第二份：合作协议"), (Some(3), "协议第二页")]);
    assert_eq!(several.pages, Some(3));
}

#[test]
fn the_version_in_force_is_read() {
    assert_eq!(texts(&document("versions.ofd")), ["新版文字"]);
}

#[test]
fn glyph_numbers_that_nobody_can_name_are_counted_and_never_guessed() {
    let glyphs = document("glyphs.ofd");
    assert_eq!((glyphs.read, kinds(&glyphs)), (Read::Partial, vec![ProblemKind::GlyphsWithoutText]));
    assert_eq!(texts(&glyphs), ["\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}", "\u{FFFD}\u{FFFD}\u{FFFD}", "字形与文字都在"]);
}

#[test]
fn text_that_is_not_shown_is_kept_with_a_note() {
    let hidden = document("hidden.ofd");
    assert_eq!((hidden.read, kinds(&hidden)), (Read::Full, vec![ProblemKind::Note]));
    assert_eq!(texts(&hidden), ["看得见的文字", "关闭的文字", "透明的文字", "白纸上的白字", "深色底上的白字"]);
    let shown = document("composite.ofd");
    assert_eq!((texts(&shown), kinds(&shown)), (vec!["组合图元里的文字"], vec![]));
}

#[test]
fn pages_that_are_pictures_are_named() {
    let scan = document("scan.ofd");
    assert_eq!((scan.read, kinds(&scan), &scan.problems[0].pages[..]), (Read::Partial, vec![ProblemKind::ImageOnly], &[1][..]));
}

#[test]
fn a_page_gives_the_pictures_it_shows() {
    let page = pictures(&bytes("scan.ofd"), 1, &Limits::default()).expect("it has a page");
    assert_eq!((page.size.0.round(), page.size.1.round(), page.pictures.len()), (595.0, 842.0, 1));
    assert!(page.pictures[0].0.starts_with(b"\xFF\xD8") && page.pictures[0].1[2] > 594.0);
    assert!(pictures(&bytes("scan.ofd"), 2, &Limits::default()).is_some_and(|page| page.pictures.is_empty()));
    assert!(pictures(&bytes("scan.ofd"), 3, &Limits::default()).is_none());
    let recognised = BTreeMap::from([(1, Default::default())]);
    let read = read_with(&bytes("scan.ofd"), &Limits::default(), recognised);
    assert_eq!(read.pages, Some(2));
    assert!(texts(&read).contains(&"第二页有文字，第一页是扫描图片。"));
}

#[test]
fn a_drawing_that_contains_itself_is_cut() {
    let cycle = document("cycle.ofd");
    assert_eq!((cycle.read, kinds(&cycle)), (Read::Partial, vec![ProblemKind::TooLarge]));
    assert_eq!(texts(&cycle)[0], "组合图元里的文字");
}

#[test]
fn what_is_missing_is_told() {
    let missing = document("missing.ofd");
    assert_eq!((missing.read, kinds(&missing), &missing.problems[0].pages[..]), (Read::Partial, vec![ProblemKind::Damaged], &[1, 2][..]));
    assert_eq!(texts(&missing), ["第一页在", "第三页在"]);
    let encrypted = document("encrypted.ofd");
    assert_eq!((encrypted.read, kinds(&encrypted)), (Read::None, vec![ProblemKind::Encrypted]));
    let attached = document("attachments.ofd");
    assert_eq!((attached.read, kinds(&attached)), (Read::Full, vec![ProblemKind::Note]));
    assert!(attached.problems[0].say.zh.contains("合作协议、经费.csv"));
}

#[test]
fn a_seal_has_its_name_its_places_and_its_digests() {
    let signed = document("signed.ofd");
    let [signature] = &signed.signatures[..] else { panic!("one signature, not {}", signed.signatures.len()) };
    assert_eq!(signature.signer.as_deref(), Some("某市科普学会"));
    assert_eq!(signature.seal.as_deref(), Some("某市科普学会公章"));
    assert_eq!(signature.provider.as_deref(), Some("某签章软件"));
    assert_eq!(signature.integrity, Integrity::Intact);
    let places: Vec<(Option<u32>, f32)> = signature.places.iter().map(|p| (p.page, p.rect.map_or(0.0, |r| (r[2] - r[0]).round()))).collect();
    assert_eq!(places, [(Some(1), 119.0), (Some(1), 60.0), (Some(2), 60.0)]);
    assert_eq!(document("changed.ofd").signatures[0].integrity, Integrity::Changed);
}

#[test]
fn pages_are_found_where_the_structure_around_them_is_lost() {
    for name in ["no_entry.ofd", "no_document.ofd"] {
        let lost = document(name);
        assert_eq!((lost.read, kinds(&lost)), (Read::Partial, vec![ProblemKind::Damaged]), "{name}");
        assert_eq!(texts(&lost), ["第一页", "第二页", "第十页"], "{name}");
    }
}

#[test]
fn any_bytes_are_survived() {
    let whole = bytes("form.ofd");
    for cut in [0, 30, 200, whole.len() / 2, whole.len() - 30] {
        let part = read(&whole[..cut], &Limits::default());
        assert_ne!(part.read, Read::Full, "cut at {cut}");
        assert!(!part.problems.is_empty());
    }
}

#[test]
fn every_limit_trips() {
    let pages = read(&bytes("several.ofd"), &Limits { pages: 1, ..Limits::default() });
    assert_eq!((pages.read, kinds(&pages), &pages.problems[0].pages[..]), (Read::Partial, vec![ProblemKind::TooLarge], &[2, 3][..]));
    let characters = read(&bytes("several.ofd"), &Limits { characters: 9, ..Limits::default() });
    assert_eq!((characters.read, kinds(&characters)), (Read::Partial, vec![ProblemKind::TooLarge]));
    assert!(texts(&characters).concat().chars().count() <= 9);
    let parts = read(&bytes("several.ofd"), &Limits { parts: 3, ..Limits::default() });
    assert_eq!((parts.read, kinds(&parts)), (Read::None, vec![ProblemKind::TooLarge]));
    let bytes = read(&bytes("several.ofd"), &Limits { part_bytes: 600, ..Limits::default() });
    assert!(bytes.read != Read::Full && kinds(&bytes).contains(&ProblemKind::TooLarge), "{:?}", kinds(&bytes));
}
