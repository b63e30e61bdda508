//! An inbox of broken, empty, locked and misnamed things, screened by a user without special rights: one finding each, the rest goes on.
#![cfg(unix)]
#![allow(clippy::disallowed_methods, reason = "tests read and write their own files")]
use rustix::fs::{Mode, mkfifoat};
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// `nobody`: root may read everything, and would not notice a lock.
const NOBODY: u32 = 65534;

fn fixture(path: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(path);
    fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// A dossier with a good form and one more file.
fn dossier(inbox: &Path, name: &str) -> PathBuf {
    let folder = inbox.join(name);
    fs::create_dir(&folder).expect("a folder");
    fs::write(folder.join("申报书.txt"), FORM).expect("written");
    folder
}

const FORM: &str = "2022年度徐州市科协提升计划项目申报书\n项目类别：科技服务\n项目名称：节水灌溉技术服务\n申报单位：徐州市水利学会\n";

/// A zip whose member `合作协议.docx` is marked as encrypted.
fn with_a_locked_member() -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in [("申报书.txt", FORM.as_bytes()), ("合作协议.docx", b"nobody knows")] {
        zip.start_file(name, stored).expect("a member");
        zip.write_all(bytes).expect("written");
    }
    let mut bytes = zip.finish().expect("a zip").into_inner();
    let flags = |sign: &[u8], offset: usize| bytes.windows(4).rposition(|window| window == sign).expect("a header") + offset;
    for at in [flags(b"PK\x03\x04", 6), flags(b"PK\x01\x02", 8)] {
        bytes[at] |= 1;
    }
    bytes
}

/// What each dossier holds beside its form, and what is read of it.
const EXPECTED: [(&str, &str, &str); 11] = [
    ("H01", "附件.docx", "partial"),
    ("H02", "附件1：合作协议.docx", "none"),
    ("H03", "合作协议.pdf", "none"),
    ("H04", "附件1：应用证明.docx", "full"),
    ("H05", "管道.docx", "none"),
    ("H06", "合作协议.docx", "none"),
    ("H07", "锁/", "none"),
    ("H08", "外链.txt", "none"),
    ("H09", "证明.pdf", "none"),
    ("H10", "锁住.txt", "none"),
    ("H11", "合作协议.docx", "none"),
];

fn fill(inbox: &Path) {
    let word = fixture("formats/docx/cells.docx");
    let pdf = fixture("formats/pdf/agreement.pdf");
    fs::write(dossier(inbox, "H01").join("附件.docx"), &word[..word.len() * 2 / 3]).expect("written");
    fs::write(dossier(inbox, "H02").join("附件1：合作协议.docx"), b"").expect("written");
    fs::write(dossier(inbox, "H03").join("合作协议.pdf"), fixture("formats/pdf/user_password.pdf")).expect("written");
    fs::write(dossier(inbox, "H04").join("附件1：应用证明.docx"), &pdf).expect("written");
    let pipe = dossier(inbox, "H05").join("管道.docx");
    mkfifoat(rustix::fs::CWD, &pipe, Mode::from_raw_mode(0o666)).expect("a pipe");
    symlink("/nonexistent/x.docx", dossier(inbox, "H06").join("合作协议.docx")).expect("a link");
    let locked = dossier(inbox, "H07").join("锁");
    fs::create_dir(&locked).expect("a folder");
    fs::write(locked.join("a.txt"), "x").expect("written");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).expect("locked");
    symlink("/etc/passwd", dossier(inbox, "H08").join("外链.txt")).expect("a link");
    fs::write(dossier(inbox, "H09").join("证明.pdf"), &pdf[..200]).expect("written");
    let file = dossier(inbox, "H10").join("锁住.txt");
    fs::write(&file, "x").expect("written");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).expect("locked");
    fs::write(inbox.join("H11.zip"), with_a_locked_member()).expect("written");
    dossier(inbox, "H99-健康");
    fs::write(inbox.join("H20.zip"), b"").expect("written");
    fs::write(inbox.join("H21.zip"), b"PK\x03\x04 and nothing that follows").expect("written");
    fs::create_dir(inbox.join("H22")).expect("a folder");
}

#[test]
fn each_hostile_thing_is_one_finding_and_the_rest_is_screened() {
    let base = tempfile::tempdir().expect("a folder");
    let (inbox, out) = (base.path().join("inbox"), base.path().join("out"));
    for folder in [&inbox, &out] {
        fs::create_dir(folder).expect("a folder");
        fs::set_permissions(folder, fs::Permissions::from_mode(0o777)).expect("open to all");
    }
    fs::set_permissions(base.path(), fs::Permissions::from_mode(0o755)).expect("open to all");
    fill(&inbox);
    // The binary may lie where an ordinary user cannot look.
    let binary = base.path().join("prescreen");
    fs::copy(env!("CARGO_BIN_EXE_prescreen"), &binary).expect("copied");
    fs::set_permissions(&binary, fs::Permissions::from_mode(0o755)).expect("for all");
    let mut program = Command::new(&binary);
    program.arg("run").arg(&inbox).arg("-o").arg(&out).args(["--as-of", "2022-11-15", "-q", "--no-progress"]).current_dir(base.path());
    if is_root() {
        program.uid(NOBODY).gid(NOBODY);
    }
    let ran = program.output().expect("the program starts");
    fs::set_permissions(inbox.join("H07/锁"), fs::Permissions::from_mode(0o755)).expect("unlocked");
    assert_eq!(ran.status.code(), Some(1), "{}", String::from_utf8_lossy(&ran.stderr));

    let records = fs::read_to_string(out.join("dossiers.jsonl")).expect("written");
    let records: Vec<Value> = records.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let of = |id: &str| records.iter().find(|r| r["id"] == id).unwrap_or_else(|| panic!("no record of {id}"));
    let answers =
        |record: &Value, rule: &str| record["findings"].as_array().expect("findings").iter().filter(|f| f["rule"] == rule).cloned().collect::<Vec<_>>();
    let readable = |record: &Value| answers(record, "M13");
    for (id, name, read) in EXPECTED {
        let record = of(id);
        let files = record["files"].as_array().expect("files");
        let form = files.iter().find(|file| file["path"] == "申报书.txt").expect("the form is listed");
        assert_eq!(form["read"], "full", "{id}");
        let file = files.iter().find(|file| file["path"] == name).unwrap_or_else(|| panic!("{id}: {name} is not among {files:?}"));
        assert_eq!(file["read"], read, "{id}: {file}");
        assert!(file["problems"].as_array().is_some_and(|said| !said.is_empty()), "{id}: not a word: {file}");
        let [finding] = &readable(record)[..] else { panic!("{id}: M13 has not one finding") };
        if read != "full" {
            assert_ne!(finding["result"], "pass", "{id}: {finding}");
        }
        if read == "none" {
            // Whatever was not read may be the agreement; an empty file that is called so was meant to be it.
            let [agreement] = &answers(record, "C102")[..] else { panic!("{id}: C102 has not one finding") };
            assert_eq!(agreement["result"], "human", "{id}: {agreement} {file}");
        }
    }
    for id in ["H20", "H21", "H22"] {
        assert_ne!(of(id)["result"], "pass");
    }
    assert_eq!(readable(of("H99-健康"))[0]["result"], "pass");
    assert_eq!(records.len(), EXPECTED.len() + 4);
    assert!(!records.iter().any(|r| r.to_string().contains("root:")), "what a link outside leads to was read");
}
