//! Whole files of real producers; `fixtures/formats/pdf/make.py` makes them.
use super::super::Limits;
use super::read;
use crate::model::{Block, BlockKind, Document, Integrity, ProblemKind, Read};

#[allow(clippy::disallowed_methods, reason = "tests read their own files")]
fn bytes(name: &str) -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats/pdf").join(name);
    std::fs::read(path).expect("the fixture is there")
}

fn document(name: &str) -> Document {
    read(&bytes(name), &Limits::default())
}

fn texts(document: &Document) -> Vec<&str> {
    document.blocks.iter().map(|b| b.text.as_str()).collect()
}

fn kinds(document: &Document) -> Vec<ProblemKind> {
    document.problems.iter().map(|p| p.kind).collect()
}

fn cells(document: &Document, table: u32) -> Vec<(u32, u32, (u32, u32), &str)> {
    let of = |b: &&Block| b.kind == BlockKind::Cell && b.at.table == Some(table);
    document.blocks.iter().filter(of).map(|b| (b.at.row.unwrap_or(0), b.at.column.unwrap_or(0), b.spans, b.text.as_str())).collect()
}

#[test]
fn a_form_is_read_as_a_clerk_reads_it() {
    let form = document("form.pdf");
    assert_eq!((form.read, form.pages, form.problems.len()), (Read::Full, Some(3), 0));
    let cover: Vec<&str> = form.blocks.iter().filter(|b| b.at.page == Some(1) && b.kind.is_body()).map(|b| b.text.as_str()).collect();
    assert_eq!(
        cover,
        [
            "项目编号：",
            "学会能力提升项目申报书",
            "项 目 名 称： 城市内涝监测预警平台建设",
            "申报单位（盖章）： 某市水利工程学会",
            "项目负责人： 林晓峰",
            "联 系 电 话： 13900000018",
            "填 报 日 期： 2022 年 11 月 9 日",
            "某市科学技术协会制",
            "二〇二二年十月",
        ]
    );
    assert_eq!(
        cells(&form, 1)[..12],
        [
            (1, 1, (6, 1), "项目基本信息"),
            (1, 2, (1, 1), "项目名称"),
            (1, 3, (1, 3), "城市内涝监测预警平台建设"),
            (2, 2, (1, 1), "申报单位"),
            (2, 3, (1, 3), "某市水利工程学会（牵头）、某市城市排水设施管理处、某省水文水资源勘测局某市分局"),
            (3, 2, (1, 1), "姓 名"),
            (3, 3, (1, 1), "林晓峰"),
            (3, 4, (1, 1), "性 别"),
            (3, 5, (1, 1), "男"),
            (4, 2, (1, 1), "职务/职称"),
            (4, 3, (1, 1), "副理事长/教授级高级工程师"),
            (4, 4, (1, 1), "手 机"),
        ]
    );
    assert!(cells(&form, 1).iter().any(|c| c.3 == "□学术交流 ☑科技服务 □科学普及"));
    let prose: Vec<&str> = cells(&form, 2)[0].3.split('\n').collect();
    assert_eq!(prose.len(), 4);
    assert!(prose[0] == "（一）建设目标" && prose[1].ends_with("并编制《城市内涝监测技术指南》一部。") && prose[1] == prose[3]);
    assert_eq!(cells(&form, 3)[28..], [(8, 1, (1, 2), "合计"), (8, 3, (1, 1), "10.50"), (8, 4, (1, 1), "")]);
    assert_eq!(cells(&form, 4)[0].3, "以上内容属实，同意申报。\n负责人（签字）：\n（单位公章）\n2022年11月9日");
}

#[test]
fn heads_and_feet_are_no_body() {
    let form = document("form.pdf");
    let of = |kind| -> Vec<&str> { form.blocks.iter().filter(|b| b.kind == kind).map(|b| b.text.as_str()).collect() };
    assert_eq!(of(BlockKind::Header), ["某市科协学会能力提升项目"; 3]);
    assert_eq!(of(BlockKind::Footer), ["第 1 页 共 3 页", "第 2 页 共 3 页", "第 3 页 共 3 页"]);
}

#[test]
fn every_printed_line_has_its_place() {
    let form = document("form.pdf");
    for block in form.blocks.iter().filter(|b| !b.text.is_empty()) {
        assert!(!block.pieces.is_empty(), "{:?}", block.text);
        assert!(block.pieces.iter().all(|p| block.text.is_char_boundary(p.start as usize)));
        assert!(block.pieces.iter().all(|p| p.rect[0] < p.rect[2] && p.rect[1] < p.rect[3] && p.rect[2] < 596.0 && p.rect[3] < 842.0));
        assert!(block.pieces.windows(2).all(|w| w[0].start < w[1].start));
    }
}

#[test]
fn an_agreement_keeps_its_articles_and_its_two_columns_of_signatures() {
    let agreement = document("agreement.pdf");
    let texts = texts(&agreement);
    assert!(texts.contains(&"乙方为甲方承担的学会能力提升项目提供监测设备选型、安装调试及数据分析服务，服务期限自2022年1月1日起至2022年12月31日止。"));
    assert!(texts.contains(&"第三条 其他"));
    let signs: Vec<&&str> = texts.iter().filter(|t| t.contains('\t')).collect();
    assert_eq!(
        signs,
        [
            &"甲方（盖章）：\t乙方（盖章）：",
            &"法定代表人：林晓峰\t法定代表人：周文清",
            &"电话：13900000018\t电话：13900000027",
            &"2022年1月5日\t2022年1月5日",
            &"丙方（盖章）：某市排水设施管理处\t丁方（盖章）：某大学水利学院",
            &"代表：陈建国\t代表：吴敏",
            &"日期：2022年1月5日\t日期：2022年1月6日",
        ]
    );
}

#[test]
fn chinese_encodings_without_tounicode_are_read() {
    let gbk = document("gbk_not_embedded.pdf");
    assert_eq!(texts(&gbk), ["科技服务项目申报书", "项目名称：微震监测与“AI+应急”平台（二期）", "联系电话：13900000018", "申请经费：10.50万元", "镕喆"]);
    assert_eq!(texts(&document("gbk_vertical.pdf")), ["申报单位意见", "同意申报。"]);
    assert_eq!(texts(&document("big5_not_embedded.pdf")), ["臺北市科學技術協會", "專案名稱：防災監測"]);
    assert_eq!(texts(&document("utf16_not_embedded.pdf")), ["扩展区汉字：𠮷𡈼", "统一信用代码"]);
    let song = ["学会服务能力提升计划", "项目名称：城市内涝预警 2.0 版", "联系电话：13900000018", "E-mail: kepu@example.com"];
    assert_eq!(texts(&document("stsong.pdf")), song);
    assert_eq!(texts(&document("object_streams.pdf")), song);
}

#[test]
fn embedded_fonts_without_tounicode_are_read_by_their_collection_or_their_own_map() {
    for name in ["embedded_gb1.pdf", "embedded_own_map.pdf"] {
        let document = document(name);
        assert_eq!((texts(&document), document.read), (vec!["徐州市科协申报书2022"], Read::Full), "{name}");
    }
}

#[test]
fn letters_that_nobody_can_name_are_counted_and_never_guessed() {
    let document = document("embedded_nameless.pdf");
    assert_eq!((document.read, kinds(&document)), (Read::Partial, vec![ProblemKind::GlyphsWithoutText]));
    assert_eq!(document.problems[0].pages, [1]);
    assert!(document.blocks[0].text.chars().all(|c| c == '\u{FFFD}'));
}

#[test]
fn a_file_opens_without_a_password_or_says_that_it_needs_one() {
    for name in ["owner_password.pdf", "owner_password_rc4.pdf"] {
        let document = document(name);
        assert_eq!((document.read, texts(&document)[0]), (Read::Full, "学会服务能力提升计划"), "{name}");
    }
    let locked = document("user_password.pdf");
    assert_eq!((locked.read, kinds(&locked)), (Read::None, vec![ProblemKind::Encrypted]));
}

#[test]
fn broken_files_are_read_in_part_and_say_so() {
    let no_index = document("no_index.pdf");
    assert_eq!((no_index.read, kinds(&no_index), no_index.blocks.len()), (Read::Partial, vec![ProblemKind::Damaged], 4));
    let cut = document("cut_off.pdf");
    assert_eq!(cut.read, Read::Partial);
    assert!(kinds(&cut).contains(&ProblemKind::Truncated));
    let stream = document("broken_stream.pdf");
    assert_eq!((stream.read, kinds(&stream), &stream.problems[0].pages[..]), (Read::Partial, vec![ProblemKind::Damaged], &[2][..]));
    let empty = document("no_pages.pdf");
    assert_eq!((empty.read, kinds(&empty)), (Read::None, vec![ProblemKind::Damaged]));
    for bytes in [&b"%PDF-1.4"[..], b"%PDF-", b"", b"%PDF-1.7\n1 0 obj\n<<"] {
        assert_eq!(read(bytes, &Limits::default()).read, Read::None);
    }
}

#[test]
fn pages_that_are_pictures_are_named() {
    let scan = document("scan.pdf");
    assert_eq!((scan.read, kinds(&scan), &scan.problems[0].pages[..]), (Read::None, vec![ProblemKind::ImageOnly], &[1, 2][..]));
    let part = document("scan_in_part.pdf");
    assert_eq!((part.read, kinds(&part), &part.problems[0].pages[..]), (Read::Partial, vec![ProblemKind::ImageOnly], &[2][..]));
    assert_eq!(part.pages, Some(4));
}

#[test]
fn text_that_is_not_shown_is_kept_with_a_note() {
    for name in ["hidden_layer.pdf", "covered.pdf"] {
        let document = document(name);
        assert_eq!(kinds(&document), [ProblemKind::Note], "{name}");
        assert!(document.blocks.len() >= 3);
    }
}

#[test]
fn letters_in_the_colour_of_the_paper_are_told() {
    let white = document("white.pdf");
    assert_eq!(kinds(&white), [ProblemKind::Note]);
    assert_eq!(texts(&white), ["看得见的文字", "藏在白纸上的文字", "深色底上的白字"]);
}

#[test]
fn ticks_shadows_and_drawn_boxes() {
    assert_eq!(texts(&document("ticks.pdf")), ["是否联合申报： □是 ☑否", "加粗印两遍的标题", "□省级\t☑市级"]);
}

#[test]
fn a_turned_and_cropped_page_is_measured_as_shown() {
    let turned = document("turned.pdf");
    assert_eq!(texts(&turned), ["横向页面第一行", "第二行在下面"]);
    // The shown page is 750 wide and 650 high.
    let [x0, y0, x1, y1] = turned.blocks[0].at.rect.unwrap_or_default();
    assert!((x0 - 50.0).abs() < 1.0 && (x1 - 134.0).abs() < 1.0, "{x0} {x1}");
    assert!(y0 > 80.0 && y1 < 110.0, "{y0} {y1}");
}

#[test]
fn layers_that_are_off_are_not_read() {
    assert_eq!(texts(&document("layers.pdf")), ["显示的文字"]);
}

#[test]
fn form_fields_and_notes_come_out_at_their_place() {
    let fields = document("fields.pdf");
    assert_eq!(texts(&fields), ["项目名称： 青少年科普基地建设", "申报单位： 某市科普学会", "☑ 同意公开", "补充说明：附件另寄", "审核：请核对单位全称"]);
    assert_eq!(fields.blocks[4].kind, BlockKind::Comment);
}

#[test]
fn a_stand_in_for_symbols_is_what_its_text_says() {
    let symbols = document("symbols.pdf");
    assert_eq!(texts(&symbols), ["状态：☑已报备", "状态：☐未报备", "状态：\u{FFFD}待定"]);
}

#[test]
fn a_mark_across_the_page_breaks_no_line() {
    let watermark = document("watermark.pdf");
    assert_eq!(texts(&watermark), ["项目名称：城市内涝预警", "申报单位：某市科普学会", "负责人：林晓峰", "仅供评审"]);
    assert_eq!(watermark.blocks[3].kind, BlockKind::TextBox);
}

#[test]
fn files_inside_are_listed_by_name() {
    let carried = document("carried.pdf");
    assert_eq!((carried.read, kinds(&carried)), (Read::Full, vec![ProblemKind::Note]));
    assert!(carried.problems[0].say.zh.contains("2 个附件：合作协议.txt、经费.csv"), "{}", carried.problems[0].say.zh);
}

#[test]
fn a_signature_tells_whose_it_is_and_whether_the_bytes_are_those_signed() {
    let signed = document("signed.pdf");
    let [signature] = &signed.signatures[..] else { panic!("one signature, not {}", signed.signatures.len()) };
    assert_eq!((signature.signer.as_deref(), signature.provider.as_deref()), (Some("某市科普学会"), Some("SomeSigner")));
    assert_eq!((signature.integrity, kinds(&signed)), (Integrity::Intact, vec![]));
    assert_eq!(signature.places[0].page, Some(1));
    assert_eq!(signature.places[0].rect, Some([300.0, 522.0, 420.0, 642.0]));
    let changed = document("signed_changed.pdf");
    assert_eq!((changed.signatures[0].integrity, kinds(&changed)), (Integrity::Changed, vec![ProblemKind::Note]));
    let longer = read(&[&bytes("signed.pdf")[..], b"% something more\n"].concat(), &Limits::default());
    assert_eq!(longer.signatures[0].integrity, Integrity::Unknown);
}

#[test]
fn every_limit_trips() {
    let bomb = read(&bytes("bomb.pdf"), &Limits { part_bytes: 1 << 20, ..Limits::default() });
    assert_eq!((bomb.read, kinds(&bomb), &bomb.problems[0].pages[..]), (Read::Partial, vec![ProblemKind::TooLarge], &[2][..]));
    let pages = read(&bytes("form.pdf"), &Limits { pages: 1, ..Limits::default() });
    assert_eq!((pages.read, kinds(&pages), pages.pages), (Read::Partial, vec![ProblemKind::TooLarge], Some(3)));
    assert_eq!(pages.problems[0].pages, [2, 3]);
    let characters = read(&bytes("form.pdf"), &Limits { characters: 100, ..Limits::default() });
    assert_eq!((characters.read, kinds(&characters)), (Read::Partial, vec![ProblemKind::TooLarge]));
    assert!(texts(&characters).concat().chars().count() <= 100);
    let deep = read(&bytes("doubling.pdf"), &Limits { depth: 5, ..Limits::default() });
    assert_eq!((deep.read, kinds(&deep)), (Read::None, vec![ProblemKind::TooLarge]));
    let wide = document("doubling.pdf");
    assert_eq!((wide.read, kinds(&wide)), (Read::Partial, vec![ProblemKind::TooLarge]));
}

/// A PDF of one A4 page with this content stream.
fn page_of(content: &str) -> Vec<u8> {
    use lopdf::{Object, Stream, dictionary};
    let mut file = lopdf::Document::with_version("1.5");
    let pages = file.new_object_id();
    let content = file.add_object(Stream::new(dictionary! {}, content.into()));
    let page = file
        .add_object(dictionary! { "Type" => "Page", "Parent" => pages, "Contents" => content, "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()] });
    file.objects.insert(pages, Object::Dictionary(dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }));
    let catalog = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    file.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).expect("written");
    bytes
}

#[test]
fn a_page_of_drawings_alone_is_unread_and_only_one_without_ink_is_blank() {
    let outlined = read(&page_of("100 700 m 110 720 120 720 130 700 c h f"), &Limits::default());
    assert_eq!((outlined.read, kinds(&outlined)), (Read::None, vec![ProblemKind::ImageOnly]));
    assert_eq!(outlined.problems[0].pages, [1]);
    for blank in ["", "50 50 495 742 re S"] {
        let blank = read(&page_of(blank), &Limits::default());
        assert_eq!((blank.read, kinds(&blank)), (Read::Full, vec![ProblemKind::Empty]));
    }
}
