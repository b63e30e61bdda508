//! XLS and ET: the BIFF records of Excel 5 to 2003 and of WPS, out of their OLE file.
//!
//! Own code and not calamine's: that one gives no number formats (15% would read 0.15), no text boxes and no
//! comments, fills a grid between the two farthest cells, and trusts the lengths in the file.
//! Source: [MS-XLS]. Not read: Excel 2 to 4, charts, pivot tables, headers for print.
use super::biff_rc4::Key;
use super::biff_text::{Text, short_text, text};
use super::grid::{Cell, Floating, Grid, Sheet};
use super::number_format::{self, builtin};
use super::{encrypted, guard};
use crate::model::{BlockKind, Problem, ProblemKind};
use crate::say;
use calamine::Dimensions;
use std::collections::{HashMap, HashSet};
use std::io::{Cursor, Read};

/// One record and the CONTINUE records behind it.
pub struct Record<'a> {
    kind: u16,
    pub parts: Vec<&'a [u8]>,
}

impl<'a> Record<'a> {
    fn data(&self) -> &'a [u8] {
        self.parts.first().copied().unwrap_or_default()
    }

    /// The CONTINUE records alone.
    pub fn of_continuations(record: &Record<'a>) -> Option<Self> {
        let parts = record.parts.get(1..).filter(|parts| !parts.is_empty())?;
        Some(Self { kind: CONTINUE, parts: parts.to_vec() })
    }

    fn u16(&self, at: usize) -> Option<u16> {
        Some(u16::from_le_bytes(self.data().get(at..at + 2)?.try_into().ok()?))
    }

    fn u32(&self, at: usize) -> Option<u32> {
        Some(u32::from_le_bytes(self.data().get(at..at + 4)?.try_into().ok()?))
    }

    /// Row, column and number of the cell's format, with which every cell record begins.
    fn place(&self) -> Option<(u32, u32, u16)> {
        Some((u32::from(self.u16(0)?), u32::from(self.u16(2)?), self.u16(4)?))
    }
}

struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    fn one(&mut self) -> Option<(u16, &'a [u8])> {
        let kind = u16::from_le_bytes(self.rest.get(..2)?.try_into().ok()?);
        let length = usize::from(u16::from_le_bytes(self.rest.get(2..4)?.try_into().ok()?));
        let data = self.rest.get(4..4 + length)?;
        self.rest = &self.rest[4 + length..];
        Some((kind, data))
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (kind, data) = self.one()?;
        let mut parts = vec![data];
        while self.rest.starts_with(&CONTINUE.to_le_bytes()) {
            let Some((_, more)) = self.one() else { break };
            parts.push(more);
        }
        Some(Record { kind, parts })
    }
}

const CONTINUE: u16 = 0x3c;
const BOF: u16 = 0x809;
const EOF: u16 = 0x0a;
/// A cell whose text stands among those shared by all sheets.
const SHARED: u16 = 0xfd;

/// What the workbook says for all its sheets.
#[derive(Default)]
struct Globals {
    strings: Vec<String>,
    /// Number format of each cell format.
    formats: Vec<u16>,
    codes: HashMap<u16, String>,
    sheets: Vec<(usize, Sheet, bool)>,
    epoch_1904: bool,
    text: Text,
}

/// Reads a workbook into the grid.
///
/// # Errors
/// The problem, where nothing can be read at all.
pub fn read(bytes: &[u8], grid: &mut Grid) -> Result<(), Problem> {
    let mut stream = stream(bytes, grid)?;
    unlock(&mut stream)?;
    let mut globals = globals(&stream, grid)?;
    let mut seen = HashSet::new();
    for (start, mut sheet, is_table) in std::mem::take(&mut globals.sheets) {
        // Two sheets at one place are one forged: reading it again and again would be a bomb.
        if !is_table || start >= stream.len() || !seen.insert(start) {
            if is_table {
                grid.fail(guard::damaged_sheet(&sheet.name));
            }
            grid.skip_sheet();
            continue;
        }
        if !fill(&mut sheet, &stream[start..], &globals, grid) {
            grid.fail(guard::damaged_sheet(&sheet.name));
        }
        grid.add(sheet);
    }
    Ok(())
}

fn stream(bytes: &[u8], grid: &Grid) -> Result<Vec<u8>, Problem> {
    if bytes.starts_with(&BOF.to_le_bytes()) {
        return Ok(bytes.to_vec());
    }
    let mut ole = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| guard::damaged())?;
    let names = ["/Workbook", "/WORKBOOK", "/Book", "/BOOK"];
    let name = names.iter().find(|name| ole.is_stream(name)).ok_or_else(guard::damaged)?;
    let stream = ole.open_stream(name).map_err(|_| guard::damaged())?;
    let mut out = Vec::new();
    let limit = grid.limits.part_bytes;
    // A stream that breaks off is read as far as it goes; the sheets that are missing are told.
    let _ = stream.take(limit + 1).read_to_end(&mut out);
    if out.len() as u64 > limit { Err(guard::too_large(limit)) } else { Ok(out) }
}

/// Decrypts a workbook that opens without asking.
///
/// # Errors
/// The problem, where a password is needed.
fn unlock(stream: &mut [u8]) -> Result<(), Problem> {
    let lock = (Records { rest: stream }).take_while(|record| record.kind != EOF).find(|record| record.kind == 0x2f);
    let Some(lock) = lock else { return Ok(()) };
    if lock.data().iter().all(|byte| *byte == 0) {
        return Ok(());
    }
    let key = Key::known(lock.data()).ok_or_else(encrypted)?;
    key.decrypt(stream);
    Ok(())
}

fn globals(stream: &[u8], grid: &mut Grid) -> Result<Globals, Problem> {
    let mut out = Globals::default();
    let mut records = Records { rest: stream };
    let first = records.next().filter(|record| record.kind == BOF).ok_or_else(guard::damaged)?;
    out.text.wide = first.u16(0) == Some(0x600);
    for record in records {
        match record.kind {
            0x42 => out.text.code_page = record.u16(0).unwrap_or(0),
            0x22 => out.epoch_1904 = record.u16(0) == Some(1),
            0xe0 => out.formats.push(record.u16(2).unwrap_or(0)),
            0x41e => {
                let code = if out.text.wide { text(&out.text, &record, 2) } else { short_text(&out.text, &record, 2) };
                out.codes.extend(record.u16(0).zip(code));
            }
            0x85 => out.sheets.extend(listed(&out.text, &record)),
            0xfc => match out.text.shared(&record, grid.limits.characters) {
                Some(strings) => {
                    // A table of other length is shifted: cells would show each other's words.
                    if record.u32(4).is_some_and(|told| told as usize != strings.len()) {
                        grid.fail(shifted_texts());
                    }
                    out.strings = strings;
                }
                None => grid.fail(guard::damaged()),
            },
            EOF => break,
            _ => {}
        }
    }
    if out.sheets.is_empty() { Err(guard::damaged()) } else { Ok(out) }
}

fn shifted_texts() -> Problem {
    Problem::new(
        ProblemKind::Damaged,
        say!(
            "工作簿的文字表已损坏，单元格中的文字可能缺失或错位，请以原件为准；请用 Excel 或 WPS 打开检查，另存后重新提交",
            "the workbook's table of texts is damaged, texts of cells may be missing or in the wrong place; open it, save it again and hand it in"
        ),
    )
}

/// Where a listed sheet begins, the sheet, and whether it is one of cells.
fn listed(kind: &Text, record: &Record) -> Option<(usize, Sheet, bool)> {
    let start = usize::try_from(record.u32(0)?).ok()?;
    let (state, class) = (*record.data().get(4)?, *record.data().get(5)?);
    let name = short_text(kind, record, 6)?.replace('\0', "");
    Some((start, Sheet { name, hidden: state & 3 != 0, ..Sheet::default() }, class == 0))
}

/// The kind of object that a picture is ([MS-XLS] 2.5.143).
const PICTURE: u16 = 8;

/// Fills a sheet; false where its records break off or name a text that is not there.
fn fill(sheet: &mut Sheet, stream: &[u8], globals: &Globals, grid: &mut Grid) -> bool {
    let mut depth = 0u32;
    let mut formula = None;
    let mut object = (0, 0);
    let mut comments: HashMap<u16, (u32, u32)> = HashMap::new();
    let mut floating: Vec<(Option<u16>, String)> = Vec::new();
    let mut ended = false;
    let mut lost = false;
    for record in (Records { rest: stream }) {
        match record.kind {
            BOF => depth += 1,
            EOF if depth <= 1 => {
                ended = true;
                break;
            }
            EOF => depth -= 1,
            0x5d => {
                object = (record.u16(4).unwrap_or(0), record.u16(6).unwrap_or(0));
                if object.0 == PICTURE {
                    sheet.floating.push(Floating::words(BlockKind::Picture, None, String::new()));
                }
            }
            0x1b6 => floating.extend(globals.text.floating(&record).map(|words| ((object.0 == 0x19).then_some(object.1), words))),
            _ if depth > 1 => {}
            0x1c if globals.text.wide => {
                if let (Some((row, column, _)), Some(id)) = (record.place(), record.u16(6)) {
                    comments.insert(id, (row, column));
                }
            }
            0x207 => {
                if let (Some((row, column)), Some(words)) = (formula.take(), text(&globals.text, &record, 0)) {
                    sheet.cells.push(Cell { row, column, text: words });
                }
            }
            0xe5 => sheet.merges.extend(merges(&record)),
            _ => {
                lost |= record.kind == SHARED && shared(&record, globals).is_none();
                formula = cell(sheet, &record, globals).or(formula);
            }
        }
        if grid.is_full(sheet) {
            return true;
        }
    }
    for (comment, words) in floating {
        let at = comment.and_then(|id| comments.get(&id)).copied();
        let kind = if comment.is_some() { BlockKind::Comment } else { BlockKind::TextBox };
        sheet.floating.push(Floating::words(kind, at, words));
    }
    ended && !lost
}

/// The text that a cell names by its number.
fn shared<'g>(record: &Record, globals: &'g Globals) -> Option<&'g String> {
    globals.strings.get(usize::try_from(record.u32(6)?).ok()?)
}

/// Puts the cells of a record; gives the place of a formula whose text is in the record behind it.
fn cell(sheet: &mut Sheet, record: &Record, globals: &Globals) -> Option<(u32, u32)> {
    let (row, column, format) = record.place()?;
    let mut put = |text: String| sheet.cells.push(Cell { row, column, text });
    match record.kind {
        0x203 => {
            let value = f64::from_le_bytes(record.data().get(6..14)?.try_into().ok()?);
            put_number(sheet, row, column, value, format, globals);
        }
        0x27e => put_number(sheet, row, column, rk(record.u32(6)?), format, globals),
        0xbd => {
            let pairs = record.data().get(4..record.data().len().saturating_sub(2))?.chunks_exact(6);
            for (column, pair) in (column..).zip(pairs) {
                let (format, value) = (u16::from_le_bytes([pair[0], pair[1]]), u32::from_le_bytes([pair[2], pair[3], pair[4], pair[5]]));
                put_number(sheet, row, column, rk(value), format, globals);
            }
        }
        SHARED => put(shared(record, globals)?.clone()),
        0x204 | 0xd6 => put(text(&globals.text, record, 6)?),
        0x205 => put(truth_or_error(*record.data().get(6)?, *record.data().get(7)? != 0)),
        0x06 => {
            let value: [u8; 8] = record.data().get(6..14)?.try_into().ok()?;
            match (value[6..] == [0xff, 0xff], value[0]) {
                (true, 0) => return Some((row, column)),
                (true, 1) => put(truth_or_error(value[2], false)),
                (true, 2) => put(truth_or_error(value[2], true)),
                (true, _) => {}
                (false, _) => put_number(sheet, row, column, f64::from_le_bytes(value), format, globals),
            }
        }
        _ => {}
    }
    None
}

fn put_number(sheet: &mut Sheet, row: u32, column: u32, value: f64, format: u16, globals: &Globals) {
    let number = globals.formats.get(usize::from(format)).copied().unwrap_or(0);
    let code = globals.codes.get(&number).map_or_else(|| builtin(number), String::as_str);
    if number_format::is_overlong(value) {
        sheet.overlong.push((row, column));
    }
    sheet.cells.push(Cell { row, column, text: number_format::shown(value, code, globals.epoch_1904) });
}

/// A number packed into 32 bits: 30 of a whole number or of a double, hundredfold where bit 0 says so.
fn rk(packed: u32) -> f64 {
    let value = if packed & 2 != 0 { f64::from(packed.cast_signed() >> 2) } else { f64::from_bits(u64::from(packed & !3) << 32) };
    if packed & 1 != 0 { value / 100.0 } else { value }
}

fn truth_or_error(value: u8, is_error: bool) -> String {
    let shown = match (is_error, value) {
        (false, 0) => "FALSE",
        (false, _) => "TRUE",
        (true, 0x00) => "#NULL!",
        (true, 0x07) => "#DIV/0!",
        (true, 0x0f) => "#VALUE!",
        (true, 0x17) => "#REF!",
        (true, 0x1d) => "#NAME?",
        (true, 0x24) => "#NUM!",
        (true, _) => "#N/A",
    };
    shown.to_owned()
}

fn merges(record: &Record) -> Vec<Dimensions> {
    let ranges = record.data().get(2..).unwrap_or_default().chunks_exact(8);
    ranges
        .map(|range| {
            let [first_row, last_row, first_column, last_column] = [0, 2, 4, 6].map(|at| u32::from(u16::from_le_bytes([range[at], range[at + 1]])));
            Dimensions::new((first_row, first_column), (last_row, last_column))
        })
        .collect()
}
