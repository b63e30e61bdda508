//! Whole dossiers and inboxes on disk.
use super::zip_maker::{Planned, file, gbk, pack, raw, unicode_extra};
use super::*;
use crate::model::{Format, ProblemKind};
use std::fs;
use std::path::Path;

fn inbox(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        put(dir.path(), path, bytes);
    }
    dir
}

fn put(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn load(root: &Path, limits: &Limits) -> Loaded {
    open(root, &Options::default()).unwrap().packages[0].load(limits, crate::intake::Opener::Here).remove(0)
}

fn zipped(members: &[Planned]) -> Loaded {
    zipped_with(&pack(members), &Limits::default())
}

fn zipped_with(bytes: &[u8], limits: &Limits) -> Loaded {
    load(inbox(&[("C1-001.zip", bytes)]).path(), limits)
}

fn paths(loaded: &Loaded) -> Vec<&str> {
    loaded.files.iter().map(|file| file.file.path.as_str()).collect()
}

fn kinds(loaded: &Loaded) -> Vec<Option<ProblemKind>> {
    loaded.files.iter().map(|file| file.file.problem.as_ref().map(|problem| problem.kind)).collect()
}

#[test]
fn every_child_is_a_dossier_but_the_reserved_ones_and_noise() {
    let dir = inbox(&[
        ("C1-002/申报书.docx", b"x"),
        ("C1-001.zip", &pack(&[file("申报书.docx", b"x")])),
        ("单个文件.pdf", b"%PDF-"),
        ("intake.csv", "dossier,copies\nC1-001,2\n".as_bytes()),
        ("intake.旧.csv", b"junk"),
        ("lists/societies.csv", "学会名称,简称\n徐州市计算机学会,计算机学会；徐州计算机学会\n".as_bytes()),
        ("paper/C1-001/manifest-sha256.txt", b""),
        ("out/index.html", b""),
        ("Thumbs.db", b""),
        ("~$C1.docx", b""),
    ]);
    let options = Options { out: Some(dir.path().join("out")), ..Options::default() };
    let opened = open(dir.path(), &options).unwrap();
    let ids: Vec<&str> = opened.packages.iter().map(|package| package.id.as_str()).collect();
    assert_eq!(ids, ["C1-001", "C1-002", "单个文件"]);
    assert_eq!(opened.noise, 2);
    assert_eq!(opened.row_of(&opened.packages[0]).unwrap().copies, Some(2));
    assert_eq!(opened.lists.societies.unwrap().rows[0].value.aliases, ["计算机学会", "徐州计算机学会"]);
    assert!(opened.lists.grades.is_none());
    assert_eq!(opened.paper, Some(dir.path().join("paper")));
    let inputs: Vec<&str> = opened.inputs.iter().map(|input| input.name.as_str()).collect();
    assert_eq!(inputs, ["intake.csv", "lists/societies.csv"]);
}

#[test]
fn equal_ids_keep_their_endings() {
    let dir = inbox(&[("a.zip", b""), ("a.tar.gz", b""), ("b.TAR.GZ", b""), ("c/x", b""), ("c.docx", b""), ("1.申报书", b""), ("d.zip", b"")]);
    let opened = open(dir.path(), &Options::default()).unwrap();
    let ids: Vec<&str> = opened.packages.iter().map(|package| package.id.as_str()).collect();
    assert_eq!(ids, ["1.申报书", "a.tar.gz", "a.zip", "b", "c", "c.docx", "d"]);
}

#[test]
fn lone_wrapper_folders_are_entered_and_noise_is_counted() {
    let dir = inbox(&[("C1-001/外层/内层/申报书.docx", b"x"), ("C1-001/外层/内层/附件/协议.pdf", b"y"), ("C1-001/.DS_Store", b"")]);
    let loaded = load(dir.path(), &Limits::default());
    assert_eq!(paths(&loaded), ["申报书.docx", "附件/协议.pdf"]);
    assert_eq!(loaded.files[1].group, "附件");
    assert_eq!(loaded.noise, 1);
    assert_eq!(loaded.files[0].file.sha256.as_deref(), Some("2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"));
    let loaded = zipped(&[raw("C1-001/".as_bytes(), b""), file("C1-001/C1-001/申报书.docx", b"x"), file("__MACOSX/._申报书.docx", b"n")]);
    assert_eq!(paths(&loaded), ["申报书.docx"]);
    assert_eq!(loaded.noise, 1);
}

#[test]
fn names_of_a_zip_are_read_in_their_own_encoding() {
    assert_eq!(paths(&zipped(&[gbk("附件1：合作协议.pdf", b"x"), gbk("申报书.docx", b"x")])), ["申报书.docx", "附件1：合作协议.pdf"]);
    assert_eq!(paths(&zipped(&[gbk("图.png", b"x"), gbk("一.txt", b"x")])), ["一.txt", "图.png"]);
    assert_eq!(paths(&zipped(&[raw("申报书.docx".as_bytes(), b"x")])), ["申报书.docx"]);
    let stored = b"???.docx";
    let named = Planned { extra: unicode_extra(stored, "申报书.docx"), ..raw(stored, b"x") };
    assert_eq!(paths(&zipped(&[named])), ["申报书.docx"]);
    let stale = Planned { extra: unicode_extra(b"other", "别的.docx"), ..raw(b"a.docx", b"x") };
    assert_eq!(paths(&zipped(&[stale])), ["a.docx"]);
}

#[test]
fn a_backslash_parts_folders_but_not_the_halves_of_a_character() {
    // 誠 and 鞚 end in byte 0x5C in GBK.
    assert_eq!(paths(&zipped(&[gbk("目录\\誠信承诺.docx", b"x"), gbk("目录\\鞚", b"y"), gbk("b.txt", b"x")])), ["b.txt", "目录/誠信承诺.docx", "目录/鞚"]);
}

#[test]
fn members_that_would_leave_the_dossier_are_listed_and_not_unpacked() {
    let link = Planned { mode: 0o120_777, ..file("link.docx", b"/etc/passwd") };
    let pipe = Planned { mode: 0o010_644, ..file("pipe", b"") };
    let loaded =
        zipped(&[file("../../evil.sh", b"x"), file("/etc/passwd", b"x"), file("C:\\a.txt", b"x"), file("nul", b"x"), link, pipe, file("申报书.docx", b"x")]);
    let unsafe_path = Some(ProblemKind::UnsafePath);
    assert_eq!(paths(&loaded), ["../../evil.sh", "/etc/passwd", "C:\\a.txt", "link.docx", "nul", "pipe", "申报书.docx"]);
    assert_eq!(kinds(&loaded), [unsafe_path, unsafe_path, unsafe_path, unsafe_path, unsafe_path, Some(ProblemKind::NotRegular), None]);
    assert!(loaded.files.iter().take(6).all(|file| matches!(file.content, Content::Unread(Format::Unknown)) && file.file.sha256.is_none()));
}

#[test]
fn one_bad_member_does_not_spoil_the_others() {
    let locked = Planned { flags: 1 << 11 | 1, ..file("b.docx", b"secret") };
    let aes = Planned { method: 99, ..file("c.docx", b"secret") };
    let lzma = Planned { method: 14, ..file("d.docx", b"x") };
    let wrong = Planned { crc_error: 1, ..file("e.docx", b"x") };
    let loaded = zipped(&[file("a.docx", b"x"), locked, aes, lzma, wrong]);
    let expected = [None, Some(ProblemKind::Encrypted), Some(ProblemKind::Encrypted), Some(ProblemKind::Unsupported), Some(ProblemKind::Damaged)];
    assert_eq!(kinds(&loaded), expected);
    assert!(loaded.problems.is_empty());
}

#[test]
fn two_members_of_one_name_are_both_kept() {
    let loaded = zipped(&[file("申报书.docx", b"old"), file("申报书.docx", b"new")]);
    assert_eq!(paths(&loaded), ["申报书(2).docx", "申报书.docx"]);
    assert_eq!(loaded.problems[0].kind, ProblemKind::Note);
}

#[test]
fn archives_within_are_opened_and_counted_as_one_file_too() {
    let inner = pack(&[gbk("项目二/申报书.docx", b"x")]);
    let outer = pack(&[gbk("项目一/申报书.docx", b"x"), gbk("补充.zip", &inner)]);
    let loaded = zipped_with(&outer, &Limits::default());
    assert_eq!(paths(&loaded), ["补充.zip", "补充.zip!/项目二/申报书.docx", "项目一/申报书.docx"]);
    assert!(matches!(loaded.files[0].content, Content::Opened(Format::Zip)));
    assert!(loaded.files[0].file.sha256.is_some());
    let groups: Vec<&str> = loaded.files.iter().map(|file| file.group.as_str()).collect();
    assert_eq!(groups, ["", "补充.zip/项目二", "项目一"]);
}

#[test]
fn the_package_of_a_document_is_no_archive() {
    let docx = pack(&[file("[Content_Types].xml", b"<x/>"), file("word/document.xml", b"<x/>")]);
    let loaded = load(inbox(&[("C1-001/改名.zip", &docx), ("C1-001/坏.docx", b"PK\x03\x04....")]).path(), &Limits::default());
    assert_eq!(paths(&loaded), ["坏.docx", "改名.zip"]);
    assert_eq!(kinds(&loaded), [None, None]);
    assert_eq!(paths(&zipped(&[file("word/申报书.txt", b"x"), file("xl/预算.txt", b"y")])), ["word/申报书.txt", "xl/预算.txt"]);
}

#[test]
fn a_cut_off_archive_gives_what_it_still_has() {
    let inner = pack(&[Planned { method: 0, ..file("inner.txt", b"inner") }]);
    for flags in [1 << 11, 1 << 11 | 8] {
        let members = [Planned { flags, ..file("a.docx", &[b'a'; 5000]) }, Planned { method: 0, ..file("b.zip", &inner) }, file("c.docx", &[7; 90])];
        let whole = pack(&members);
        let last = whole.windows(4).rposition(|window| window == b"PK\x03\x04").unwrap();
        let loaded = zipped_with(&whole[..last + 10], &Limits::default());
        assert!(paths(&loaded).starts_with(&["C1-001.zip", "a.docx", "b.zip", "b.zip!/inner.txt"]), "{:?}", paths(&loaded));
        assert_eq!(loaded.files[0].file.problem.as_ref().unwrap().kind, ProblemKind::Damaged);
        assert!(matches!(&loaded.files[1].content, Content::Bytes(bytes) if bytes.len() == 5000));
        assert_eq!(loaded.problems[0].kind, ProblemKind::Damaged);
    }
    let junk = zipped_with(b"PK\x03\x04 this is no archive", &Limits::default());
    assert_eq!(kinds(&junk), [Some(ProblemKind::Damaged)]);
    let renamed = zipped_with(b"just text named zip", &Limits::default());
    assert_eq!(kinds(&renamed), [Some(ProblemKind::Damaged)]);
}

#[test]
fn every_limit_stops_what_goes_beyond_it() {
    let too_large = Some(ProblemKind::TooLarge);
    let small = Limits { file_bytes: 1000, ..Limits::default() };
    assert_eq!(kinds(&zipped_with(&pack(&[file("a", &[0; 1001]), file("b", &[0; 1000])]), &small)), [too_large, None]);
    assert_eq!(kinds(&load(inbox(&[("x/a", &[0; 1001]), ("x/b", &[0; 1000])]).path(), &small)), [too_large, None]);
    let total = Limits { total_bytes: 1500, ..Limits::default() };
    assert_eq!(kinds(&load(inbox(&[("x/a", &[0; 1000]), ("x/b", &[0; 1000])]).path(), &total)), [None, too_large]);
    let ratio = Limits { ratio: 10, ratio_floor: 2000, ..Limits::default() };
    assert_eq!(kinds(&zipped_with(&pack(&[file("a", &[0; 3000]), file("b", &[0; 2000])]), &ratio)), [too_large, None]);
    let few = Limits { files: 2, ..Limits::default() };
    let loaded = load(inbox(&[("x/a", b"1"), ("x/b", b"2"), ("x/c", b"3")]).path(), &few);
    assert_eq!((loaded.files.len(), loaded.problems[0].kind), (2, ProblemKind::TooLarge));
    let loaded = zipped_with(&pack(&[file("a", b"1"), file("b", b"2"), file("c", b"3")]), &few);
    assert_eq!(loaded.problems[0].kind, ProblemKind::TooLarge);
    let shallow = Limits { depth: 1, ..Limits::default() };
    let loaded = load(inbox(&[("x/1/2/a", b""), ("x/b", b"")]).path(), &shallow);
    assert_eq!((paths(&loaded), kinds(&loaded)), (vec!["1/2/", "b"], vec![too_large, None]));
    let nested = (0..3).fold(pack(&[file("a.txt", b"x")]), |inner, n| pack(&[file(&format!("{n}.zip"), &inner)]));
    let loaded = zipped_with(&nested, &Limits { nesting: 2, ..Limits::default() });
    assert_eq!(paths(&loaded), ["2.zip", "2.zip!/1.zip"]);
    assert_eq!(kinds(&loaded), [None, too_large]);
}

#[test]
fn a_bomb_of_overlapping_members_is_not_unpacked() {
    let mut bytes = pack(&[file("a.bin", &[0; 100_000]), file("b.bin", &[0; 100_000])]);
    // Both directory entries point at the first member.
    let second = bytes.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
    bytes[second + 42..second + 46].copy_from_slice(&0u32.to_le_bytes());
    let loaded = zipped_with(&bytes, &Limits::default());
    assert_eq!(kinds(&loaded), [Some(ProblemKind::Damaged); 2]);
}

#[test]
fn bytes_in_front_of_an_archive_and_behind_it_do_no_harm() {
    let archive = pack(&[file("a.docx", b"x")]);
    let loaded = zipped_with(&[archive.as_slice(), b"trailing rubbish"].concat(), &Limits::default());
    assert_eq!((paths(&loaded), kinds(&loaded)), (vec!["a.docx"], vec![None]));
    let loaded = zipped_with(&[b"MZ self-extracting head", archive.as_slice()].concat(), &Limits::default());
    assert_eq!((paths(&loaded), kinds(&loaded)), (vec!["a.docx"], vec![None]));
}

#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_reported_and_never_opened() {
    use std::os::unix::fs::symlink;
    let dir = inbox(&[("C1-001/申报书.docx", b"x"), ("C1-002/秘密.docx", b"other dossier")]);
    let dossier = dir.path().join("C1-001");
    let made = std::process::Command::new("mkfifo").arg(dossier.join("a-pipe")).status();
    assert!(made.unwrap().success());
    symlink("/etc/passwd", dossier.join("b-outside")).unwrap();
    symlink("../C1-002/秘密.docx", dossier.join("c-neighbour")).unwrap();
    symlink("gone", dossier.join("d-broken")).unwrap();
    symlink("申报书.docx", dossier.join("e-inside")).unwrap();
    symlink(".", dossier.join("f-loop")).unwrap();
    let loaded = load(dir.path(), &Limits::default());
    let expected = [
        Some(ProblemKind::NotRegular),
        Some(ProblemKind::UnsafePath),
        Some(ProblemKind::UnsafePath),
        Some(ProblemKind::NotRegular),
        None,
        Some(ProblemKind::NotRegular),
        None,
    ];
    assert_eq!(kinds(&loaded), expected);
    assert!(matches!(&loaded.files[4].content, Content::Bytes(bytes) if bytes == b"x"));
}

#[cfg(unix)]
#[test]
fn a_dossier_that_is_a_link_or_a_pipe_is_a_dossier_with_a_problem() {
    let dir = inbox(&[]);
    std::os::unix::fs::symlink("/etc", dir.path().join("C1-001")).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(dir.path().join("C1-002")).status().unwrap().success());
    let opened = open(dir.path(), &Options::default()).unwrap();
    let problems: Vec<_> = opened.packages.iter().flat_map(|package| kinds(&package.load(&Limits::default(), crate::intake::Opener::Here)[0])).collect();
    assert_eq!(problems, [Some(ProblemKind::UnsafePath), Some(ProblemKind::NotRegular)]);
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_reported() {
    use std::os::unix::fs::PermissionsExt;
    let dir = inbox(&[("C1-001/a.docx", b"x"), ("C1-001/b/c.docx", b"x"), ("C1-001/d.docx", b"x")]);
    let set = |path: &str, mode| fs::set_permissions(dir.path().join(path), fs::Permissions::from_mode(mode)).unwrap();
    set("C1-001/a.docx", 0);
    set("C1-001/b", 0);
    if fs::read(dir.path().join("C1-001/a.docx")).is_ok() {
        return; // This user (root) may read everything, so there is nothing to refuse.
    }
    let loaded = load(dir.path(), &Limits::default());
    set("C1-001/b", 0o700);
    assert_eq!(paths(&loaded), ["a.docx", "b/", "d.docx"]);
    assert_eq!(kinds(&loaded), [Some(ProblemKind::NoPermission), Some(ProblemKind::NoPermission), None]);
}

#[cfg(target_os = "linux")]
#[test]
fn names_on_disk_that_are_no_utf8_are_shown_as_gbk() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let dir = inbox(&[("C1-001/a.docx", b"x")]);
    let name = encoding_rs::GB18030.encode("申报书.docx").0.into_owned();
    fs::write(dir.path().join("C1-001").join(OsStr::from_bytes(&name)), b"y").unwrap();
    let loaded = load(dir.path(), &Limits::default());
    assert_eq!(paths(&loaded), ["a.docx", "申报书.docx"]);
    assert!(matches!(&loaded.files[1].content, Content::Bytes(bytes) if bytes == b"y"));
}

#[test]
fn an_empty_dossier_says_so() {
    let dir = inbox(&[]);
    fs::create_dir(dir.path().join("C1-001")).unwrap();
    let loaded = load(dir.path(), &Limits::default());
    assert_eq!(loaded.problems[0].kind, ProblemKind::Empty);
    assert_eq!(zipped(&[]).problems[0].kind, ProblemKind::Empty);
}

#[test]
fn one_dossier_alone_takes_no_neighbours() {
    let dir = inbox(&[("C1-001.zip", &pack(&[file("申报书.docx", b"x")])), ("intake.csv", b"broken")]);
    let opened = open_one(&dir.path().join("C1-001.zip"), &Options::default()).unwrap();
    assert_eq!((opened.packages[0].id.as_str(), opened.book), ("C1-001", None));
    let here = open_one(&dir.path().join("."), &Options::default()).unwrap();
    assert_eq!(Some(here.packages[0].id.as_str()), dir.path().file_name().and_then(|name| name.to_str()));
    assert!(open_one(&dir.path().join("gone"), &Options::default()).is_err());
}

#[test]
fn sm3_is_given_when_asked() {
    let dir = inbox(&[("C1-001/a.txt", b"abc")]);
    let opened = open(dir.path(), &Options { sm3: true, ..Options::default() }).unwrap();
    let loaded = opened.packages[0].load(&Limits::default(), crate::intake::Opener::Here).remove(0);
    assert_eq!(loaded.files[0].file.sm3.as_deref(), Some("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"));
}

fn fault(files: &[(&str, &[u8])]) -> String {
    open(inbox(files).path(), &Options::default()).unwrap_err().to_string()
}

#[test]
fn a_broken_row_names_file_row_column_found_and_expected() {
    assert_eq!(
        fault(&[("lists/annual-check.csv", "name,year,result\n甲,2022,合格\n乙,去年,合格\n".as_bytes())]),
        "annual-check.csv, row 3, column year: found `去年`, expected a year of four digits, such as 2022"
    );
    assert_eq!(
        fault(&[("intake.csv", b"dossier,received_at\nC1,2022-13-01\n")]),
        "intake.csv, row 2, column received_at: found `2022-13-01`, expected YYYY-MM-DD or YYYY-MM-DD HH:MM, such as 2022-06-04 10:12"
    );
    assert_eq!(fault(&[("lists/topics.csv", b"number\n1\n")]), "topics.csv, row 1: found columns `number`, expected a column `title`");
    assert_eq!(fault(&[("intake.csv", b"dossier,note\nA,1\n\nB,\nA,2\n")]), "intake.csv: dossier `A` stands in row 2 and in row 5, expected once");
    assert!(fault(&[("intake.csv", b"dossier\nA\n"), ("intake.xlsx", b"")]).contains("intake.csv and intake.xlsx"));
    assert!(fault(&[("lists/grades.csv", b"\xff\xfe\x00")]).contains("grades.csv"));
}

#[test]
fn lists_in_gbk_are_read_with_their_rows_and_quotes() {
    let text = "学会名称,等级,有效期至,多余\r\n徐州市甲学会,4A,2025/12/31,x\r\n\r\n徐州市乙学会,3A,,\r\n徐州市丙学会,4A,2025年11月,\r\n";
    let bytes = encoding_rs::GB18030.encode(text).0.into_owned();
    let opened = open(inbox(&[("lists/grades.csv", &bytes)]).path(), &Options::default()).unwrap();
    let grades = opened.lists.grades.unwrap();
    assert_eq!(grades.rows[0].quote, "徐州市甲学会, 4A, 2025/12/31, x");
    assert_eq!(grades.rows[0].value.valid_until.unwrap().to_string(), "2025-12-31");
    assert_eq!((grades.rows[1].number, grades.rows[1].value.valid_until), (4, None));
    assert_eq!(grades.rows[2].value.valid_until.unwrap().to_string(), "2025-11-30");
}

#[test]
fn the_book_and_the_lists_may_be_workbooks() {
    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(1, 0, ["编号", "收到时间", "份数", "纸质版收到时间"]).unwrap();
    sheet.write(2, 0, "C1-001").unwrap().write(2, 2, 3).unwrap();
    let style = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    sheet.write_with_format(2, 1, ExcelDateTime::from_ymd(2022, 6, 4).unwrap().and_hms(10, 12, 0).unwrap(), &style).unwrap();
    sheet.write_with_format(2, 3, ExcelDateTime::from_ymd(2022, 6, 5).unwrap(), &style).unwrap();
    let mut list = Workbook::new();
    let sheet = list.add_worksheet();
    sheet.write_row(0, 0, ["年度", "学会名称", "年检结果"]).unwrap();
    sheet.write(1, 0, 2022).unwrap().write(1, 1, "徐州市甲学会").unwrap().write(1, 2, "合格").unwrap();
    let files = [("intake.xlsx", book.save_to_buffer().unwrap()), ("lists/annual-check.xlsx", list.save_to_buffer().unwrap())];
    let dir = inbox(&files.each_ref().map(|(name, bytes)| (*name, bytes.as_slice())));
    let opened = open(dir.path(), &Options::default()).unwrap();
    let row = &opened.book.unwrap()[0];
    assert_eq!((row.row, row.copies), (3, Some(3)));
    assert_eq!(row.received_at.unwrap().at.to_string(), "2022-06-04T10:12:00");
    assert!(!row.paper_received_at.unwrap().has_time);
    let checks = opened.lists.annual_check.unwrap();
    assert_eq!((checks.rows[0].value.year, checks.rows[0].quote.as_str()), (2022, "2022, 徐州市甲学会, 合格"));
}

#[test]
fn the_book_is_read_with_every_column() {
    let text =
        "编号,收到时间,纸质版收到时间,份数,装订,盖章,纸质页数,校验码,替代,撤回,备注\nC1-001,2022-06-04 10:12,2022-06-05,2,是,×,56,K7QF2-M9DPX-H,C1-000,,好\n";
    let opened = open(inbox(&[("intake.csv", text.as_bytes())]).path(), &Options::default()).unwrap();
    let row = &opened.book.unwrap()[0];
    assert_eq!((row.bound, row.sealed, row.withdrawn, row.copies, row.paper_pages), (Some(true), Some(false), None, Some(2), Some(56)));
    assert!(row.received_at.unwrap().has_time && !row.paper_received_at.unwrap().has_time);
    assert_eq!((row.code.as_deref(), row.supersedes.as_deref(), row.note.as_deref()), (Some("K7QF2-M9DPX-H"), Some("C1-000"), Some("好")));
}
