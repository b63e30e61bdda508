//! Files made to exhaust time or memory: each ends within the limits with one clear sentence, and the rest of the batch goes on.
//!
//! The whole program runs over them, as it would over an inbox; the peak memory of it and of its workers is what the kernel counted.
#![cfg(target_os = "linux")]
#![allow(clippy::disallowed_methods, reason = "tests read and write their own files")]
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use flate2::{Compression, FlushCompress};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Resident memory that no worker may pass, in MiB: its limit is on addresses, of which it has 1536.
const WORKER: u64 = 1_300;
/// The program itself holds what its two threads have in hand: a dossier's files, and what was read of one.
const PROGRAM: u64 = 1_500;
/// For the whole inbox, without optimisation and on a busy machine; every bomb alone may take a worker's sixty seconds.
const TIME: Duration = Duration::from_secs(600);

/// What looks like a bomb and is read whole.
const HARMLESS: [&str; 2] = ["远角.xlsx", "深表格.rtf"];

const ZEROS: u64 = 10 << 30;

/// A raw deflate stream of one stretch, so many times: packed once.
fn deflated(before: &[u8], stretch: &[u8], times: usize, behind: &[u8]) -> Vec<u8> {
    let packed = |bytes: &[u8]| {
        let mut packer = flate2::Compress::new(Compression::best(), false);
        let mut out = Vec::with_capacity(bytes.len() + 1024);
        packer.compress_vec(bytes, &mut out, FlushCompress::Full).expect("it is packed");
        assert_eq!(packer.total_in(), bytes.len() as u64);
        out
    };
    let mut end = DeflateEncoder::new(Vec::new(), Compression::best());
    end.write_all(behind).expect("packed");
    [packed(before), packed(stretch).repeat(times), end.finish().expect("packed")].concat()
}

fn deflated_zeros(bytes: u64) -> Vec<u8> {
    const STRETCH: usize = 1 << 20;
    deflated(b"", &[0; STRETCH], (bytes / STRETCH as u64) as usize, b"")
}

/// One member of an archive, its sizes as claimed.
struct Member {
    name: &'static str,
    packed: Vec<u8>,
    claims: u64,
    crc: u32,
}

impl Member {
    /// What is packed elsewhere, with a checksum that fits nothing: no one gets to its end.
    fn packed(name: &'static str, packed: Vec<u8>, claims: u64) -> Self {
        Self { name, packed, claims, crc: 0 }
    }

    fn of(name: &'static str, content: &[u8]) -> Self {
        let mut packer = DeflateEncoder::new(Vec::new(), Compression::default());
        packer.write_all(content).expect("packed");
        let mut crc = flate2::Crc::new();
        crc.update(content);
        Self { crc: crc.sum(), ..Self::packed(name, packer.finish().expect("packed"), content.len() as u64) }
    }
}

/// A zip of deflated members.
fn zip(members: &[Member]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for member in members {
        let at = out.len() as u32;
        let mut fields = vec![20, 0, 0, 0, 8, 0, 0, 0, 0x21, 0x50];
        fields.extend(member.crc.to_le_bytes());
        fields.extend((member.packed.len() as u32).to_le_bytes());
        fields.extend((member.claims.min(0xFFFF_FFFE) as u32).to_le_bytes());
        fields.extend((member.name.len() as u16).to_le_bytes());
        fields.extend([0, 0]);
        out.extend(b"PK\x03\x04");
        out.extend(&fields);
        out.extend(member.name.as_bytes());
        out.extend(&member.packed);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&fields);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(member.name.as_bytes());
    }
    end(&mut out, &directory, members.len() as u16);
    out
}

fn end(out: &mut Vec<u8>, directory: &[u8], members: u16) {
    let at = out.len() as u32;
    out.extend(directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([members.to_le_bytes(), members.to_le_bytes()].concat());
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend([0, 0]);
}

/// A thousand members that are all the same 8 MB of zeros.
fn overlapping() -> Vec<u8> {
    let one = zip(&[Member::packed("aaaa.txt", deflated_zeros(32 << 20), 32 << 20)]);
    let directory_at = one.windows(4).rposition(|w| w == b"PK\x01\x02").expect("a directory");
    let entry = &one[directory_at..one.len() - 22];
    let mut out = one[..directory_at].to_vec();
    let mut directory = Vec::new();
    for n in 0..1000 {
        let mut entry = entry.to_vec();
        entry.truncate(46);
        entry.extend(format!("{n:04}.txt").as_bytes());
        directory.extend(entry);
    }
    end(&mut out, &directory, 1000);
    out
}

/// Zips of sixteen zips, three deep, with 4 GB of zeros in each of the innermost: sixteen terabytes.
fn forty_two() -> Vec<u8> {
    let names: Vec<&'static str> = (0..16).map(|n| &*Box::leak(format!("lib {n:x}.zip").into_boxed_str())).collect();
    let mut inner = zip(&[Member::packed("0.dll", deflated_zeros(4 << 30), 4 << 30)]);
    for _ in 0..3 {
        inner = zip(&names.iter().map(|name| Member::of(name, &inner)).collect::<Vec<_>>());
    }
    inner
}

fn nested(levels: usize) -> Vec<u8> {
    (0..levels).fold(b"text".to_vec(), |inner, n| zip(&[Member::of(if n == 0 { "n.txt" } else { "n.zip" }, &inner)]))
}

const LAUGHS: &str = "<!DOCTYPE x [<!ENTITY a \"哈哈哈哈哈哈哈哈哈哈\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">\
<!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\"><!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;\"><!ENTITY f \"&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;\">\
<!ENTITY g \"&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;\"><!ENTITY h \"&g;&g;&g;&g;&g;&g;&g;&g;&g;&g;\"><!ENTITY i \"&h;&h;&h;&h;&h;&h;&h;&h;&h;&h;\">]>";
const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const S: &str =
    "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const RELATIONS: &str = "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn docx(document: &str) -> Vec<u8> {
    packed_docx(Member::of("word/document.xml", document.as_bytes()))
}

fn packed_docx(document: Member) -> Vec<u8> {
    let root = format!("<Relationships {RELATIONS}><Relationship Id=\"r\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/></Relationships>");
    zip(&[
        Member::of("[Content_Types].xml", b"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
        Member::of("_rels/.rels", root.as_bytes()),
        document,
    ])
}

fn xlsx(strings: &str, sheet: &str) -> Vec<u8> {
    let root = format!("<Relationships {RELATIONS}><Relationship Id=\"r\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
    let book = format!("<workbook {S}><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r\"/></sheets></workbook>");
    let parts = format!(
        "<Relationships {RELATIONS}><Relationship Id=\"r\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
         <Relationship Id=\"s\" Type=\"{OFFICE}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
    );
    zip(&[
        Member::of("[Content_Types].xml", b"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
        Member::of("_rels/.rels", root.as_bytes()),
        Member::of("xl/workbook.xml", book.as_bytes()),
        Member::of("xl/_rels/workbook.xml.rels", parts.as_bytes()),
        Member::of("xl/sharedStrings.xml", strings.as_bytes()),
        Member::of("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn laughing_docx() -> Vec<u8> {
    docx(&format!("<?xml version=\"1.0\"?>{LAUGHS}<w:document {W}><w:body><w:p><w:r><w:t>&i;</w:t></w:r></w:p></w:body></w:document>"))
}

fn laughing_xlsx() -> Vec<u8> {
    xlsx(
        &format!("<?xml version=\"1.0\"?>{LAUGHS}<sst {S}><si><t>&i;</t></si></sst>"),
        &format!("<worksheet {S}><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row></sheetData></worksheet>"),
    )
}

/// Tables within each other, ten thousand deep.
fn deep_docx() -> Vec<u8> {
    const DEPTH: usize = 10_000;
    let open = "<w:tbl><w:tr><w:tc><w:p/>".repeat(DEPTH);
    let close = "</w:tc></w:tr></w:tbl>".repeat(DEPTH);
    docx(&format!("<w:document {W}><w:body>{open}<w:p><w:r><w:t>最里层</w:t></w:r></w:p>{close}</w:body></w:document>"))
}

/// Paragraphs of three hundred megabytes, and two hundred of them where the size is told to be small.
fn wide_docx(megabytes: usize, claims: u64) -> Vec<u8> {
    let paragraphs = "<w:p><w:r><w:t>字</w:t></w:r></w:p>".repeat(28_000);
    let packed = deflated(format!("<w:document {W}><w:body>").as_bytes(), paragraphs.as_bytes(), megabytes, b"</w:body></w:document>");
    packed_docx(Member::packed("word/document.xml", packed, claims))
}

/// A cell at the far corner of a sheet, and a merged range of all of it.
fn wide_xlsx() -> Vec<u8> {
    xlsx(
        &format!("<sst {S}/>"),
        &format!(
            "<worksheet {S}><dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row></sheetData>\
             <mergeCells count=\"1\"><mergeCell ref=\"A1:XFD1048576\"/></mergeCells></worksheet>"
        ),
    )
}

fn pdf(objects: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut out = b"%PDF-1.5\n".to_vec();
    let mut places = Vec::new();
    for (n, (dict, stream)) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", n + 1).as_bytes());
        if stream.is_empty() {
            out.extend(dict.as_bytes());
        } else {
            out.extend(format!("<< {dict} /Length {} >>\nstream\n", stream.len()).as_bytes());
            out.extend(stream);
            out.extend(b"\nendstream");
        }
        out.extend(b"\nendobj\n");
    }
    let xref = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    places.iter().for_each(|place| out.extend(format!("{place:010} 00000 n \n").as_bytes()));
    out.extend(format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{xref}\n%%EOF\n", objects.len() + 1).as_bytes());
    out
}

/// A page whose content unpacks twice to gigabytes.
fn twice_packed_pdf() -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    let mut first = vec![0x78, 0xDA];
    first.extend(deflated_zeros(8 << 30));
    packer.write_all(&first).expect("packed");
    let stream = packer.finish().expect("packed");
    pdf(&[
        ("<< /Type /Catalog /Pages 2 0 R >>", Vec::new()),
        ("<< /Type /Pages /Kids [3 0 R] /Count 1 >>", Vec::new()),
        ("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>", Vec::new()),
        ("/Filter [/FlateDecode /FlateDecode]", stream),
    ])
}

fn deep_pdf() -> Vec<u8> {
    let array = format!("{}{}", "[".repeat(500_000), "]".repeat(500_000));
    let dict = format!("{}{}", "<</a ".repeat(200_000), ">>".repeat(200_000));
    pdf(&[
        ("<< /Type /Catalog /Pages 2 0 R /Names 4 0 R /Outlines 5 0 R >>", Vec::new()),
        ("<< /Type /Pages /Kids [3 0 R] /Count 1 >>", Vec::new()),
        ("<< /Type /Page /Parent 2 0 R /MediaBox 4 0 R /Contents 4 0 R /Resources 5 0 R >>", Vec::new()),
        (&array, Vec::new()),
        (&dict, Vec::new()),
    ])
}

/// A picture of 60,000 by 60,000 points: fourteen gigabytes when unpacked.
fn wide_png() -> Vec<u8> {
    let chunk = |kind: &[u8], data: &[u8]| {
        let mut crc = flate2::Crc::new();
        crc.update(kind);
        crc.update(data);
        [&(data.len() as u32).to_be_bytes(), kind, data, &crc.sum().to_be_bytes()].concat()
    };
    let mut header = [60_000u32.to_be_bytes(), 60_000u32.to_be_bytes()].concat();
    header.extend([8, 6, 0, 0, 0]);
    let mut pixels = vec![0x78, 0xDA];
    pixels.extend(deflated_zeros(ZEROS));
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &header), chunk(b"IDAT", &pixels), chunk(b"IEND", b"")].concat()
}

/// Heads of pictures of 60,000 by 60,000 points, with next to nothing behind them.
fn wide_pictures() -> [(&'static str, Vec<u8>); 6] {
    const SIDE: u16 = 60_000;
    let (big, little) = (SIDE.to_be_bytes(), SIDE.to_le_bytes());
    let wide = u32::from(SIDE).to_le_bytes();
    let jpeg = [
        &b"\xff\xd8\xff\xc0\0\x11\x08"[..],
        &big,
        &big,
        b"\x03\x01\x22\0\x02\x11\0\x03\x11\0\xff\xda\0\x0c\x03\x01\0\x02\0\x03\0\0\x3f\0",
        &[0; 64],
        b"\xff\xd9",
    ]
    .concat();
    let gif = [&b"GIF89a"[..], &little, &little, b"\0\0\0\x2c\0\0\0\0", &little, &little, b"\0\x02\x02\x4c\x01\0\x3b"].concat();
    let bmp = [&b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0"[..], &wide, &wide, b"\x01\0\x18\0", &[0; 24]].concat();
    let canvas = (u32::from(SIDE) - 1).to_le_bytes();
    let webp = [&b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0"[..], &canvas[..3], &canvas[..3]].concat();
    let fields = |next: u32| {
        let entry = |tag: u16, value: u32| [&tag.to_le_bytes()[..], b"\x04\0\x01\0\0\0", &value.to_le_bytes()].concat();
        let entries = [(256, 60_000), (257, 60_000), (258, 8), (259, 1), (262, 1), (273, 8), (277, 1), (278, 60_000), (279, 64)];
        let all: Vec<u8> = entries.iter().flat_map(|(tag, value)| entry(*tag, *value)).collect();
        [&b"II*\0\x08\0\0\0\x09\0"[..], &all, &next.to_le_bytes(), &[0; 64]].concat()
    };
    [("六万见方.jpg", jpeg), ("六万见方.gif", gif), ("六万见方.bmp", bmp), ("六万见方.webp", webp), ("六万见方.tif", fields(0)), ("首尾相接.tif", fields(8))]
}

/// A million members that are all the same empty one; only the directory of 64-bit zips can count them.
fn million() -> Vec<u8> {
    const MEMBERS: u64 = 1_000_000;
    let one = zip(&[Member::of("000000.txt", b"")]);
    let at = one.windows(4).rposition(|w| w == b"PK\x01\x02").expect("a directory");
    let mut out = one[..at].to_vec();
    for n in 0..MEMBERS {
        let mut entry = one[at..at + 56].to_vec();
        entry[46..52].copy_from_slice(format!("{n:06}").as_bytes());
        out.extend(entry);
    }
    let end = out.len() as u64;
    out.extend(b"PK\x06\x06\x2c\0\0\0\0\0\0\0\x2d\0\x2d\0\0\0\0\0\0\0\0\0");
    [MEMBERS, MEMBERS, end - at as u64, at as u64].iter().for_each(|number| out.extend(number.to_le_bytes()));
    out.extend(b"PK\x06\x07\0\0\0\0");
    out.extend(end.to_le_bytes());
    out.extend(b"\x01\0\0\0PK\x05\x06\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\0\0");
    out
}

/// Gzip within gzip, thirty deep.
fn nested_gz() -> Vec<u8> {
    (0..30).fold(vec![0; 1 << 20], |inner, _| {
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(&inner).expect("packed");
        packer.finish().expect("packed")
    })
}

/// Elements within each other, half a million deep, and one whose attribute is a hundred megabytes long.
fn deep_xml() -> Vec<u8> {
    const DEPTH: usize = 500_000;
    let (open, close) = ("<w:sdt><w:sdtContent>".repeat(DEPTH), "</w:sdtContent></w:sdt>".repeat(DEPTH));
    docx(&format!("<w:document {W}><w:body>{open}<w:p><w:r><w:t>最里层</w:t></w:r></w:p>{close}</w:body></w:document>"))
}

fn long_attribute() -> Vec<u8> {
    let before = format!("<w:document {W}><w:body><w:p w:rsidR=\"");
    packed_docx(Member::packed("word/document.xml", deflated(before.as_bytes(), &[b'0'; 1 << 20], 100, b"\"/></w:body></w:document>"), 100 << 20))
}

fn gz() -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::fast()).finish().expect("a head")[..10].to_vec();
    out.extend(deflated_zeros(ZEROS));
    out.extend([0; 8]);
    out
}

/// A tar whose one member claims eight gigabytes.
fn lying_tar() -> Vec<u8> {
    let mut header = tar::Header::new_ustar();
    header.set_path("大.txt").expect("a short path");
    header.set_size(8 << 30);
    header.set_mode(0o644);
    header.set_cksum();
    [header.as_bytes().as_slice(), &[b'x'; 4096]].concat()
}

fn rar() -> Vec<u8> {
    let mut builder = rars::Builder::new(rars::ArchiveVersion::Rar50);
    builder.add_bytes(b"a.txt".to_vec(), vec![0; 24 << 20], None, None).expect("added");
    builder.to_bytes().expect("packed")
}

fn mail(parts: usize) -> Vec<u8> {
    let mut out = String::from("From: a@b.c\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n");
    for n in 0..parts {
        out += &format!(
            "--b\r\nContent-Type: application/octet-stream; name=\"{n}.bin\"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment\r\n\r\nAAAA\r\n"
        );
    }
    (out + "--b--\r\n").into_bytes()
}

/// Parts within parts, five thousand deep.
fn deep_mail() -> Vec<u8> {
    let mut out = String::from("From: a@b.c\r\nSubject: x\r\nMIME-Version: 1.0\r\n");
    for n in 0..5_000 {
        out += &format!("Content-Type: multipart/mixed; boundary=\"b{n}\"\r\n\r\n--b{n}\r\n");
    }
    (out + "Content-Type: text/plain\r\n\r\nin\r\n").into_bytes()
}

fn bombs() -> Vec<(&'static str, Vec<u8>)> {
    let html = format!("<html><body>{}最里层", "<div><table><tr><td>".repeat(50_000));
    let rtf = format!("{{\\rtf1\\ansi {}x{}}}", "{\\b ".repeat(500_000), "}".repeat(500_000));
    let tables = format!("{{\\rtf1\\ansi {}x\\cell\\row}}", "\\trowd\\cellx100\\intbl\\itap9999 ".repeat(100_000));
    let mut all = vec![
        ("十GB零.zip", zip(&[Member::packed("大.txt", deflated_zeros(ZEROS), ZEROS)])),
        ("谎报大小.zip", zip(&[Member::packed("小.txt", deflated_zeros(2 << 30), 10)])),
        ("谎报更大.zip", zip(&[Member::packed("大.txt", Member::of("", b"ten bytes.").packed, 0xFFFF_FFFE)])),
        ("重叠.zip", overlapping()),
        ("四十二.zip", forty_two()),
        ("套娃.zip", nested(40)),
        ("实体.docx", laughing_docx()),
        ("实体.xlsx", laughing_xlsx()),
        ("深表格.docx", deep_docx()),
        ("三百兆.docx", wide_docx(300, 300 << 20)),
        ("谎报大小.docx", wide_docx(200, 1000)),
        ("远角.xlsx", wide_xlsx()),
        ("双重压缩.pdf", twice_packed_pdf()),
        ("深对象.pdf", deep_pdf()),
        ("六万见方.png", wide_png()),
        ("零.txt.gz", gz()),
        ("谎报.tar", lying_tar()),
        ("零.rar", rar()),
        ("零.7z", fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats/sevenz/zeros.7z")).expect("the fixture")),
        ("一万个附件.eml", mail(10_000)),
        ("深邮件.eml", deep_mail()),
        ("深标签.html", html.into_bytes()),
        ("深分组.rtf", rtf.into_bytes()),
        ("深表格.rtf", tables.into_bytes()),
        ("长行.txt", vec![b'x'; 22 << 20]),
        ("多格.csv", "1,".repeat(11 << 20).into_bytes()),
        ("多行.txt", "1\n".repeat(11 << 20).into_bytes()),
        ("百万成员.zip", million()),
        ("层层.gz", nested_gz()),
        ("深元素.docx", deep_xml()),
        ("长属性.docx", long_attribute()),
    ];
    all.extend(wide_pictures());
    all
}

/// Peak resident memory in MiB of a process and of each of its children, as the kernel says now.
fn peaks(of: u32, into: &mut BTreeMap<u32, u64>) {
    let read = |path: String| fs::read_to_string(path).unwrap_or_default();
    let status = read(format!("/proc/{of}/status"));
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok());
    let seen = into.entry(of).or_default();
    *seen = (*seen).max(peak.unwrap_or(0) >> 10);
    for task in fs::read_dir(format!("/proc/{of}/task")).into_iter().flatten().flatten() {
        let children = read(task.path().join("children").display().to_string());
        children.split_whitespace().filter_map(|child| child.parse().ok()).for_each(|child| peaks(child, into));
    }
}

#[test]
fn each_bomb_is_one_finding_and_the_rest_of_the_batch_goes_on() {
    let made = Instant::now();
    let inbox = tempfile::tempdir().expect("a folder");
    let form = "2022年度徐州市科协提升计划项目申报书\n项目名称：节水灌溉技术服务\n申报单位：徐州市水利学会\n";
    let mut names = Vec::new();
    for (n, (name, bytes)) in bombs().into_iter().enumerate() {
        let dossier = inbox.path().join(format!("B{n:02}"));
        fs::create_dir(&dossier).expect("a folder");
        fs::write(dossier.join("申报书.txt"), form).expect("written");
        fs::write(dossier.join(name), bytes).expect("written");
        names.push(name);
    }
    println!("made in {:?}", made.elapsed());
    let healthy = inbox.path().join("Z-健康");
    fs::create_dir(&healthy).expect("a folder");
    fs::write(healthy.join("申报书.txt"), form).expect("written");

    if let Some(folder) = std::env::var_os("PRESCREEN_KEEP_BOMBS") {
        let copied = Command::new("cp").arg("-r").arg(inbox.path()).arg(folder).status().expect("cp starts");
        assert!(copied.success());
    }

    let out = tempfile::tempdir().expect("a folder");
    let started = Instant::now();
    let mut program = Command::new(env!("CARGO_BIN_EXE_prescreen"))
        .arg("run")
        .arg(inbox.path())
        .arg("-o")
        .arg(out.path())
        .args(["--as-of", "2022-11-15", "-q", "-j", "2", "--no-progress"])
        .stdout(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut memory = BTreeMap::new();
    let ended = loop {
        peaks(program.id(), &mut memory);
        if let Some(ended) = program.try_wait().expect("it can be asked") {
            break ended;
        }
        if started.elapsed() > TIME {
            program.kill().expect("it is still there");
            panic!("not done after {TIME:?}");
        }
        std::thread::sleep(Duration::from_millis(3));
    };
    let own = memory.remove(&program.id()).unwrap_or(0);
    let worker = memory.values().copied().max().unwrap_or(0);
    println!("{} bombs in {:?}; peak memory: program {own} MiB, worker {worker} MiB", names.len(), started.elapsed());
    assert_eq!(ended.code(), Some(1), "findings, and no failure");

    let records = fs::read_to_string(out.path().join("dossiers.jsonl")).expect("written");
    let records: Vec<Value> = records.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let dossier = |id: &str| records.iter().find(|r| r["id"] == id).unwrap_or_else(|| panic!("no record of {id}"));
    let mut silent = Vec::new();
    for (n, name) in names.iter().enumerate() {
        let files = dossier(&format!("B{n:02}"))["files"].as_array().expect("files");
        let form = files.iter().find(|file| file["path"] == "申报书.txt").expect("the form is listed");
        assert_eq!(form["read"], "full", "{name}: the form beside it is read");
        let own: Vec<&Value> = files.iter().filter(|file| file["path"].as_str().is_some_and(|path| path.starts_with(name))).collect();
        assert!(!own.is_empty(), "{name} is listed");
        let sentences: Vec<&Value> = own.iter().flat_map(|file| file["problems"].as_array().expect("problems")).collect();
        println!("{name}: {:?} {:?}", own[0]["read"], sentences.first());
        if sentences.is_empty() || own.iter().all(|file| file["read"] == "full") {
            silent.push(*name);
        }
    }
    // A sheet of two cells and a table of one row hold no more than was read.
    silent.retain(|name| !HARMLESS.contains(name));
    assert!(silent.is_empty(), "read in full, or not a word about it: {silent:?}");
    assert_eq!(dossier("Z-健康")["files"][0]["read"], "full");
    assert!(worker <= WORKER, "a worker took {worker} MiB");
    assert!(own <= PROGRAM, "the program took {own} MiB");
}
