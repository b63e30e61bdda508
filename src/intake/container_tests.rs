//! Archives other than zip, and e-mails, from their bytes to the list of files.
use super::budget::Budget;
use super::container::{Container, Unpacked};
use super::{Content, Limits, Loaded, Package};
use crate::model::ProblemKind;
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

fn fixture(name: &str) -> Vec<u8> {
    let folder = if name.ends_with("zip") { "zip" } else { "sevenz" };
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats").join(folder).join(name)).unwrap()
}

fn unpack_with(name: &str, bytes: &[u8], limits: &Limits) -> Unpacked {
    Container::of(name, bytes).unwrap().unpack(name, bytes, &mut Budget::new(limits))
}

fn unpack(name: &str, bytes: &[u8]) -> Unpacked {
    unpack_with(name, bytes, &Limits::default())
}

/// Path, and the content as text or the kind of the problem.
fn shown(out: &Unpacked) -> Vec<(String, String)> {
    let content = |entry: &super::container::Entry| match &entry.content {
        Ok(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        Err(problem) => format!("{:?}", problem.kind),
    };
    let mut all: Vec<(String, String)> = out.entries.iter().map(|entry| (entry.path.clone(), content(entry))).collect();
    all.sort();
    all
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(path, content)| ((*path).to_owned(), (*content).to_owned())).collect()
}

fn kinds(out: &Unpacked) -> Vec<ProblemKind> {
    out.problems.iter().map(|problem| problem.kind).collect()
}

fn load(name: &str, bytes: &[u8]) -> Loaded {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join(name), bytes).unwrap();
    let package = Package { id: name.to_owned(), source: name.to_owned(), path: dir.path().join(name), sm3: false };
    package.load(&Limits::default(), crate::intake::Opener::Here).remove(0)
}

const WHOLE: [(&str, &str); 3] = [("材料/申报书.txt", "申报书正文"), ("材料/空.txt", ""), ("材料/附件/协议.txt", "合作协议正文")];

#[test]
fn zip_archives_of_real_packers_give_their_files() {
    for name in ["infozip.zip", "sevenzip-utf8.zip", "zip64.zip", "streamed.zip"] {
        let out = unpack(name, &fixture(name));
        let expected = pairs(&[("材料/申报书.txt", "申报书正文"), ("材料/附件/图.txt", "合作协议正文")]);
        assert_eq!((shown(&out), kinds(&out)), (expected, vec![]), "{name}");
    }
    for name in ["password-zipcrypto.zip", "password-aes.zip"] {
        let expected = pairs(&[("材料/申报书.txt", "Encrypted"), ("材料/附件/图.txt", "Encrypted")]);
        assert_eq!(shown(&unpack(name, &fixture(name))), expected, "{name}");
    }
}

#[test]
fn a_7z_archive_gives_its_files_whether_solid_or_not() {
    for name in ["solid.7z", "loose.7z"] {
        let out = unpack(name, &fixture(name));
        assert_eq!((shown(&out), kinds(&out)), (pairs(&WHOLE), vec![]), "{name}");
    }
}

#[test]
fn a_7z_archive_with_a_password_says_so() {
    let out = unpack("a.7z", &fixture("password.7z"));
    assert_eq!(shown(&out), pairs(&[("材料/申报书.txt", "Encrypted"), ("材料/空.txt", ""), ("材料/附件/协议.txt", "Encrypted")]));
    assert_eq!(kinds(&unpack("a.7z", &fixture("password-names.7z"))), [ProblemKind::Encrypted]);
}

#[test]
fn links_in_a_7z_archive_are_not_followed() {
    let out = unpack("a.7z", &fixture("link.7z"));
    assert!(shown(&out).contains(&("材料/链接".to_owned(), "UnsafePath".to_owned())), "{:?}", shown(&out));
}

#[test]
fn a_damaged_7z_archive_never_gives_wrong_bytes() {
    for name in ["solid.7z", "loose.7z", "password.7z"] {
        let whole = fixture(name);
        for at in 0..whole.len() {
            let mut broken = whole.clone();
            broken[at] ^= 0x55;
            let Some(container) = Container::of("a.7z", &broken) else { continue };
            let out = container.unpack("a.7z", &broken, &mut Budget::new(&Limits::default()));
            for (path, content) in shown(&out) {
                let known = WHOLE.iter().any(|(_, right)| *right == content);
                let refused = ["Damaged", "Encrypted", "Unsupported", "TooLarge", "UnsafePath", "Truncated"].contains(&content.as_str());
                assert!(known || refused, "{name} byte {at}: {path} {content}");
            }
        }
        let out = unpack("a.7z", &whole[..whole.len() / 2]);
        assert_eq!(kinds(&out), [ProblemKind::Damaged]);
    }
}

#[test]
fn limits_hold_in_a_7z_archive() {
    let small = Limits { file_bytes: 16, ..Limits::default() };
    let too_large = "TooLarge".to_owned();
    assert!(shown(&unpack_with("a.7z", &fixture("loose.7z"), &small)).iter().any(|(path, content)| path.ends_with("协议.txt") && *content == too_large));
    let poor = Limits { dictionary_bytes: 1024, ..Limits::default() };
    let out = unpack_with("a.7z", &fixture("solid.7z"), &poor);
    let refused =
        out.problems.iter().map(|problem| problem.kind).chain(out.entries.iter().filter_map(|entry| entry.content.as_ref().err()).map(|problem| problem.kind));
    assert!(refused.into_iter().any(|kind| kind == ProblemKind::TooLarge));
    let few = Limits { files: 1, ..Limits::default() };
    assert_eq!(kinds(&unpack_with("a.7z", &fixture("solid.7z"), &few)), [ProblemKind::TooLarge]);
}

fn rar(version: rars::ArchiveVersion, files: &[(&[u8], &[u8])]) -> Vec<u8> {
    let mut builder = rars::Builder::new(version).allow_duplicate_names(true);
    for (name, content) in files {
        builder.add_bytes(name.to_vec(), content.to_vec(), None, None).unwrap();
    }
    builder.to_bytes().unwrap()
}

#[test]
fn rar_archives_of_every_version_give_their_files() {
    for version in rars::ArchiveVersion::ALL {
        let bytes = rar(version, &[("A.TXT".as_bytes(), b"first"), ("DIR/B.TXT".as_bytes(), &[b'b'; 3000])]);
        let out = unpack("a.rar", &bytes);
        let contents: Vec<usize> = out.entries.iter().map(|entry| entry.content.as_ref().map_or(0, Vec::len)).collect();
        assert_eq!((contents, kinds(&out)), (vec![5, 3000], vec![]), "{version}");
    }
}

#[test]
fn names_in_a_rar_archive_are_read_in_their_encoding() {
    let bytes = rar(rars::ArchiveVersion::Rar50, &[("材料/申报书.txt".as_bytes(), b"x")]);
    assert_eq!(shown(&unpack("a.rar", &bytes)), pairs(&[("材料/申报书.txt", "x")]));
    let gbk = encoding_rs::GB18030.encode("申报书.txt").0.into_owned();
    let bytes = rar(rars::ArchiveVersion::Rar29, &[(&gbk, b"x")]);
    assert_eq!(shown(&unpack("a.rar", &bytes)), pairs(&[("申报书.txt", "x")]));
}

#[test]
fn limits_and_damage_in_a_rar_archive_are_told() {
    let bytes = rar(rars::ArchiveVersion::Rar50, &[(b"a", &[0; 5000]), (b"b", b"small")]);
    let small = Limits { file_bytes: 1000, ..Limits::default() };
    assert_eq!(shown(&unpack_with("a.rar", &bytes, &small)), pairs(&[("a", "TooLarge"), ("b", "small")]));
    let mut broken = bytes.clone();
    let last = broken.len() - 20;
    broken[last] ^= 0xff;
    let out = unpack("a.rar", &broken);
    assert!(out.entries.iter().all(|entry| entry.content.as_ref().is_ok_and(|bytes| bytes.len() == 5000)
        || entry.content.as_ref().is_ok_and(|bytes| bytes == b"small")
        || entry.content.is_err()));
    assert!(!kinds(&out).is_empty() || out.entries.iter().any(|entry| entry.content.is_err()));
    assert_eq!(kinds(&unpack("a.rar", b"Rar!\x1a\x07\x01\0 nothing")), [ProblemKind::Damaged]);
}

fn tar_of(files: &[(&[u8], &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, content) in files {
        let mut header = tar::Header::new_ustar();
        header.as_mut_bytes()[..name.len()].copy_from_slice(name);
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        builder.append(&header, *content).unwrap();
    }
    builder.into_inner().unwrap()
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn tar_archives_packed_or_not_give_their_files() {
    let gbk = encoding_rs::GB18030.encode("材料/图.txt").0.into_owned();
    let bytes = tar_of(&[(&gbk, b"x"), (b"../evil", b"y")]);
    let expected = pairs(&[("../evil", "UnsafePath"), ("材料/图.txt", "x")]);
    assert_eq!(shown(&unpack("a.tar", &bytes)), expected);
    assert_eq!(shown(&unpack("a.tar.gz", &gz(&bytes))), expected);
    let loaded = load("C1-001.tar.gz", &gz(&bytes));
    assert_eq!(loaded.files[1].file.path, "图.txt");
}

#[test]
fn links_in_a_tar_archive_are_not_followed_and_a_cut_one_is_told() {
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(tar::EntryType::Symlink);
    header.set_size(0);
    builder.append_link(&mut header, "link", "/etc/passwd").unwrap();
    assert_eq!(shown(&unpack("a.tar", &builder.into_inner().unwrap())), pairs(&[("link", "UnsafePath")]));
    let bytes = tar_of(&[(b"a", &[b'a'; 2000])]);
    assert_eq!(shown(&unpack("a.tar", &bytes[..1500])), pairs(&[("a", "Truncated")]));
    let packed = gz(&tar_of(&[(b"a", b"whole"), (b"b", &(0..=255).cycle().take(70_000).map(|n: u8| n.wrapping_mul(31)).collect::<Vec<u8>>())]));
    let out = unpack("a.tar.gz", &packed[..packed.len() - 40]);
    assert_eq!((shown(&out)[0].clone(), kinds(&out)[0]), (("a".to_owned(), "whole".to_owned()), ProblemKind::Damaged));
}

#[test]
fn a_single_packed_file_keeps_its_name_and_a_bomb_is_refused() {
    assert_eq!(shown(&unpack("材料/申报书.txt.gz", &gz("正文".as_bytes()))), pairs(&[("申报书.txt", "正文")]));
    let limits = Limits { ratio: 10, ratio_floor: 1000, ..Limits::default() };
    assert_eq!(kinds(&unpack_with("a.gz", &gz(&[0; 100_000]), &limits)), [ProblemKind::TooLarge]);
}

const MAIL: &str = "Received: from mail.example.com by mx.example.org; Fri, 10 Jun 2022 23:58:01 +0800\r\n\
Received: from [10.0.0.1] by mail.example.com; Fri, 10 Jun 2022 15:57:59 +0000\r\n\
Date: Fri, 10 Jun 2022 15:50:00 +0000\r\nFrom: =?GB2312?B?1cXI/Q==?= <a@example.com>\r\nTo: b@example.org\r\n\
Subject: =?UTF-8?B?55Sz5oql5p2Q5paZ?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n\
--B\r\nContent-Type: text/plain; charset=GB2312\r\nContent-Transfer-Encoding: base64\r\n\r\n1f3OxA==\r\n\
--B\r\nContent-Type: text/plain; name=\"=?GBK?B?y7XD9y50eHQ=?=\"\r\nContent-Transfer-Encoding: base64\r\n\
Content-Disposition: attachment; filename=\"=?GBK?B?y7XD9y50eHQ=?=\"\r\n\r\ny7XD9w==\r\n\
--B\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\
Content-Disposition: attachment; filename*=UTF-8''%E5%8D%8F%E8%AE%AE.pdf\r\n\r\nJVBERi0=\r\n--B--\r\n";

#[test]
fn an_email_gives_its_body_its_attachments_and_when_it_came() {
    let out = unpack("a.eml", MAIL.as_bytes());
    let gbk = encoding_rs::GB18030.encode("说明").0.into_owned();
    let raw = out.entries.iter().find(|entry| entry.path == "说明.txt").unwrap();
    assert_eq!(raw.content.as_ref().unwrap(), &gbk, "an attached text keeps its own bytes");
    let body = out.entries.iter().find(|entry| entry.path == "邮件正文.txt").unwrap();
    assert_eq!(String::from_utf8_lossy(body.content.as_ref().unwrap()), "主题：申报材料\n发件人：张三 <a@example.com>\n收件人：b@example.org\n\n正文");
    assert!(out.entries.iter().any(|entry| entry.path == "协议.pdf" && entry.content.as_deref() == Ok(b"%PDF-".as_slice())));
    assert_eq!(out.mailed_at.unwrap().at.to_string(), "2022-06-10T23:58:01");
    assert_eq!(load("C1-001.eml", MAIL.as_bytes()).mailed_at.unwrap().at.to_string(), "2022-06-10T23:58:01");
}

#[test]
fn an_attachment_name_in_raw_gbk_is_decoded() {
    let head = b"From: a@example.com\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\"";
    let name = encoding_rs::GB18030.encode("合作协议.pdf").0.into_owned();
    let bytes = [head.as_slice(), &name, b"\"\r\n\r\nx\r\n--B--\r\n"].concat();
    assert_eq!(shown(&unpack("a.eml", &bytes)), pairs(&[("合作协议.pdf", "x")]));
}

#[test]
fn an_email_within_an_email_is_opened_too() {
    let inner = MAIL.replace("--B", "--C").replace("boundary=B", "boundary=C");
    let outer = format!(
        "From: a@example.com\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n--B--\r\n"
    );
    let loaded = load("C1-001.eml", outer.as_bytes());
    let paths: Vec<&str> = loaded.files.iter().map(|file| file.file.path.as_str()).collect();
    assert_eq!(paths, ["附件1.eml", "附件1.eml!/协议.pdf", "附件1.eml!/说明.txt", "附件1.eml!/邮件正文.txt"]);
}

#[test]
fn links_of_an_html_mail_are_kept() {
    let mail =
        "From: a@example.com\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>您好，材料见<a href=\"https://example.com/f?a=1&amp;b=2\">超大附件</a></p>";
    let out = unpack("a.eml", mail.as_bytes());
    let body = String::from_utf8_lossy(out.entries[0].content.as_ref().unwrap()).into_owned();
    assert!(body.contains("超大附件") && body.contains("链接：https://example.com/f?a=1&b=2"), "{body}");
}

#[test]
fn the_time_of_the_only_email_in_a_folder_counts_and_of_several_none() {
    let dir = tempfile::tempdir().unwrap();
    let package = Package { id: "a".into(), source: "a".into(), path: dir.path().to_owned(), sm3: false };
    let mailed = |package: &Package| package.load(&Limits::default(), crate::intake::Opener::Here)[0].mailed_at;
    fs::write(dir.path().join("1.eml"), MAIL).unwrap();
    assert!(mailed(&package).is_some());
    fs::write(dir.path().join("2.eml"), MAIL.replace("23:58", "10:00")).unwrap();
    assert_eq!(mailed(&package), None);
}

#[test]
fn what_is_no_email_is_damaged_or_one_text() {
    assert_eq!(kinds(&unpack("a.eml", &[0; 10])), [ProblemKind::Damaged]);
}

/// An Outlook message with properties as `(storage, property, bytes)`.
fn msg(properties: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let mut ole = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (storage, name, bytes) in properties {
        ole.create_storage_all(storage).unwrap();
        ole.create_stream(Path::new(storage).join(name)).unwrap().write_all(bytes).unwrap();
    }
    ole.into_inner().into_inner()
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn an_outlook_message_gives_its_body_its_attachments_and_when_it_came() {
    let mut times = vec![0; 32];
    times.extend(0x0E06_0040u32.to_le_bytes());
    times.extend([0; 4]);
    // 10 Jun 2022 15:58:01 UTC.
    times.extend(((1_654_876_681i64 + 11_644_473_600) * 10_000_000).to_le_bytes());
    let first = "/__attach_version1.0_#00000000";
    let second = "/__attach_version1.0_#00000001/__substg1.0_3701000D";
    let gbk = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let bytes = msg(&[
        ("/", "__properties_version1.0", &times),
        ("/", "__substg1.0_0037001F", &utf16("申报材料")),
        ("/", "__substg1.0_1000001E", &gbk("正文")),
        (first, "__substg1.0_3707001F", &utf16("协议.pdf")),
        (first, "__substg1.0_37010102", b"%PDF-"),
        (second, "__substg1.0_0037001F", &utf16("转发")),
        (second, "__substg1.0_1000001F", &utf16("转发的正文")),
        (&format!("{second}/__attach_version1.0_#00000000"), "__substg1.0_3707001F", &utf16("申报书.docx")),
        (&format!("{second}/__attach_version1.0_#00000000"), "__substg1.0_37010102", b"docx"),
    ]);
    let out = unpack("a.msg", &bytes);
    assert_eq!(
        shown(&out),
        pairs(&[("协议.pdf", "%PDF-"), ("转发.txt", "转发的正文"), ("转发_申报书.docx", "docx"), ("邮件正文.txt", "主题：申报材料\n\n正文")])
    );
    assert_eq!(out.mailed_at.unwrap().at.to_string(), "2022-06-10T23:58:01");
    assert_eq!(kinds(&unpack("a.msg", &bytes[..600])), [ProblemKind::Damaged]);
}

fn document(folder: &str, name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats").join(folder).join(name)).unwrap()
}

#[test]
fn documents_give_the_files_they_carry_each_once() {
    let pdf = unpack("a.pdf", &document("pdf", "carried.pdf"));
    assert_eq!(shown(&pdf), pairs(&[("合作协议.txt", "甲方：某市科普学会\n乙方：某大学\n"), ("经费.csv", "科目,金额\n差旅费,1000\n")]));
    let ofd = unpack("a.ofd", &document("ofd", "attachments.ofd"));
    assert_eq!(shown(&ofd), pairs(&[("合作协议.txt", "甲方：某市科普学会\n乙方：某大学\n"), ("经费.csv", "科目,金额\n差旅费,1000\n")]));
    assert!(Container::of("a.pdf", &document("pdf", "form.pdf")).is_none());
    assert!(Container::of("a.ofd", &document("ofd", "form.ofd")).is_none());
}

#[test]
fn a_document_that_carries_files_stays_one_itself() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("D1");
    fs::create_dir(&inside).unwrap();
    fs::write(inside.join("申报书.pdf"), document("pdf", "carried.pdf")).unwrap();
    for (path, id) in [(inside.clone(), "D1"), (inside.join("申报书.pdf"), "申报书.pdf")] {
        let package = Package { id: id.to_owned(), source: id.to_owned(), path, sm3: false };
        let loaded = package.load(&Limits::default(), super::Opener::Here).remove(0);
        let files: Vec<(&str, bool)> = loaded.files.iter().map(|f| (f.file.path.as_str(), matches!(f.content, Content::Bytes(_)))).collect();
        assert_eq!(files, [("申报书.pdf", true), ("申报书.pdf!/合作协议.txt", true), ("申报书.pdf!/经费.csv", true)]);
        assert!(loaded.problems.is_empty() && loaded.files.iter().all(|f| f.file.problem.is_none()));
    }
    let one = Limits { files: 2, ..Limits::default() };
    let package = Package { id: "D1".to_owned(), source: "D1".to_owned(), path: inside, sm3: false };
    let loaded = package.load(&one, super::Opener::Here).remove(0);
    let unread: Vec<&str> = loaded.files.iter().filter(|f| f.file.problem.is_some()).map(|f| f.file.path.as_str()).collect();
    assert_eq!(unread, ["申报书.pdf!/附件"]);
}
