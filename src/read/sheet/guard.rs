//! Looks at a workbook's package before it is opened: what is encrypted, broken or a bomb is refused here,
//! because the reader behind takes a part's text into memory whole.
use crate::model::{Problem, ProblemKind};
use crate::read::Limits;
use crate::read::compound::Compound;
use crate::say;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

/// Whether the bytes are an OLE file around an encrypted package (a workbook with a password).
pub fn is_encrypted_package(bytes: &[u8]) -> bool {
    const NAME: &str = "EncryptedPackage";
    if !bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return false;
    }
    if let Some(file) = Compound::glance(bytes) {
        return file.names().iter().any(|name| name.eq_ignore_ascii_case(NAME));
    }
    // Without a directory the name itself is what is left of one.
    let name: Vec<u8> = NAME.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).take(1 << 20).any(|window| window == name)
}

/// What was seen of a package.
#[derive(Debug, Default)]
pub struct Seen {
    /// Parts that do not unpack whole.
    pub broken: Vec<String>,
    /// Files of other programs within the workbook.
    pub embedded: u32,
    /// Parts that the reader behind cannot take as they are.
    amiss: BTreeMap<String, Amiss>,
}

/// What is done to a part before it is read.
#[derive(Debug, Default, PartialEq)]
struct Amiss {
    /// It names a cell which no sheet has, behind so many bytes.
    cut: Option<usize>,
    /// Ranges named from their end to their beginning: where, and the same range from its beginning.
    turned: Vec<(usize, Vec<u8>)>,
}

impl Seen {
    /// The workbook for the reader behind, which counts such cells and ranges out of its numbers: a part ends before the
    /// one, the other is turned round.
    pub fn readable<'a>(&self, bytes: &'a [u8]) -> Cow<'a, [u8]> {
        if self.amiss.is_empty() { Cow::Borrowed(bytes) } else { self.mended(bytes).map_or(Cow::Borrowed(&[]), Cow::Owned) }
    }

    fn mended(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
        let mut out = zip::ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
        for n in 0..archive.len() {
            let name = archive.by_index_raw(n).map(|part| String::from_utf8_lossy(part.name_raw()).into_owned()).unwrap_or_default();
            match self.amiss.get(&name) {
                Some(amiss) => {
                    let mut content = Vec::new();
                    // What unpacks before an error was seen whole when the part was looked through.
                    let _ = archive.by_index(n).ok()?.take(amiss.cut.map_or(u64::MAX, |length| length as u64)).read_to_end(&mut content);
                    for (at, range) in &amiss.turned {
                        content.get_mut(*at..at + range.len()).into_iter().for_each(|place| place.copy_from_slice(range));
                    }
                    out.start_file(name, zip::write::SimpleFileOptions::default()).ok()?;
                    out.write_all(&content).ok()?;
                }
                None => out.raw_copy_file(archive.by_index_raw(n).ok()?).ok()?,
            }
        }
        Some(out.finish().ok()?.into_inner())
    }
}

/// Unpacks every part once without keeping it, and names those that do not unpack whole.
///
/// # Errors
/// The problem to report: no archive at all, or a part that is too large.
pub fn check_package(bytes: &[u8], limits: &Limits) -> Result<Seen, Problem> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let mut seen = Seen::default();
    for n in 0..archive.len() {
        let Ok(part) = archive.by_index(n) else {
            seen.broken.push(format!("#{}", n + 1));
            continue;
        };
        let name = String::from_utf8_lossy(part.name_raw()).into_owned();
        let lower = name.to_ascii_lowercase();
        seen.embedded += u32::from(lower.starts_with("xl/embeddings/") && !lower.ends_with('/'));
        if ![".xml", ".rels", ".bin"].iter().any(|ending| lower.ends_with(ending)) {
            continue;
        }
        let mut content = Vec::new();
        let unpacked = part.take(limits.part_bytes.saturating_add(1)).read_to_end(&mut content);
        if content.len() as u64 > limits.part_bytes {
            return Err(too_large(limits.part_bytes));
        }
        let amiss = if is_sheet(&content) { amiss(&content) } else { Amiss::default() };
        if unpacked.is_err() || amiss.cut.is_some() {
            seen.broken.push(name.clone());
        }
        if amiss != Amiss::default() {
            seen.amiss.insert(name, amiss);
        }
    }
    Ok(seen)
}

/// Charts, maps and schemas have a `ref` of their own that names no cell.
fn is_sheet(part: &[u8]) -> bool {
    const MARK: &[u8] = b"sheetData";
    part.windows(MARK.len()).any(|window| window == MARK)
}

/// Letters and digits of the farthest cell, XFD1048576, with room for those that other programs allow.
const FARTHEST: (usize, usize) = (5, 8);

/// Looks through the values of `r`, `ref` and `sqref` up to the element that names a cell which no sheet has.
fn amiss(xml: &[u8]) -> Amiss {
    let mut out = Amiss::default();
    let equals = xml.iter().enumerate().filter(|(_, byte)| **byte == b'=').map(|(at, _)| at);
    for at in equals {
        let before = &xml[..at];
        let named = [&b" r"[..], b" ref", b" sqref"].iter().any(|name| before.ends_with(name)) || before.ends_with(b"\nr") || before.ends_with(b"\nref");
        let Some((quote @ (b'"' | b'\''), rest)) = xml.get(at + 1..).and_then(<[u8]>::split_first).filter(|_| named) else { continue };
        let value = rest.split(|byte| byte == quote).next().unwrap_or(rest);
        let too_far = value.split(|byte| !byte.is_ascii_alphanumeric()).any(|cell| {
            let (letters, digits) = parted(cell);
            letters.len() > FARTHEST.0 || digits.len() > FARTHEST.1
        });
        if too_far {
            out.cut = Some(before.iter().rposition(|byte| *byte == b'<').unwrap_or(0));
            break;
        }
        out.turned.extend(from_its_beginning(value).map(|range| (at + 2, range)));
    }
    out
}

/// Column and row of a cell's name.
fn parted(cell: &[u8]) -> (&[u8], &[u8]) {
    cell.split_at(cell.iter().take_while(|byte| byte.is_ascii_alphabetic()).count())
}

/// A range that is named from its end (`B5:A1`) from its beginning, as long as before; `None` where it is so already.
fn from_its_beginning(range: &[u8]) -> Option<Vec<u8>> {
    let mut cells = range.split(|byte| *byte == b':');
    let (Some(from), Some(to), None) = (cells.next(), cells.next(), cells.next()) else { return None };
    let ((left, top), (right, bottom)) = (parted(from), parted(to));
    let order = |name: &&[u8]| {
        let name: Vec<u8> = name.iter().map(u8::to_ascii_uppercase).skip_while(|byte| *byte == b'0').collect();
        (name.len(), name)
    };
    let (mut columns, mut rows) = ([left, right], [top, bottom]);
    columns.sort_by_key(order);
    rows.sort_by_key(order);
    let turned = [columns[0], rows[0], b":", columns[1], rows[1]].concat();
    (turned != range).then_some(turned)
}

pub fn damaged_sheet(name: &str) -> Problem {
    Problem::new(
        ProblemKind::Damaged,
        say!(
            "工作表“{0}”没有读完，文件可能已损坏；请用 Excel 或 WPS 打开并另存后重新提交",
            "sheet “{0}” was not read to its end, the file may be damaged; open it, save it again and hand it in",
            name,
        ),
    )
}

pub fn broken_parts(names: &[String]) -> Problem {
    Problem::new(
        ProblemKind::Damaged,
        say!(
            "表格文件有{0}个部分已损坏（{1}），内容可能不全；请用 Excel 或 WPS 打开并另存后重新提交",
            "{0} parts of the workbook are damaged ({1}) and its content may not be whole; open it, save it again and hand it in",
            names.len(),
            names.join(", "),
        ),
    )
}

pub fn damaged() -> Problem {
    Problem::new(
        ProblemKind::Damaged,
        say!(
            "表格文件已损坏，打不开；请用 Excel 或 WPS 打开并另存后重新提交",
            "the workbook is damaged and does not open; open it, save it again and hand it in"
        ),
    )
}

pub fn too_large(limit: u64) -> Problem {
    Problem::new(
        ProblemKind::TooLarge,
        say!(
            "表格文件展开后超过{0} MB，没有读取；请删去多余内容后重新提交",
            "the workbook unpacks to more than {0} MB and was not read; remove what is not needed and hand it in again",
            limit >> 20,
        ),
    )
}
