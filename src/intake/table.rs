//! The operator's tables: CSV or XLSX as a header and rows of text, with the faults of a cell named.
use super::IntakeError;
use crate::model::{Moment, Say};
use crate::say;
use crate::text::{delimited, encoding, fold::fold_char};
use calamine::{Data, Reader, Xlsx};
use regex::Regex;
use std::fs;
use std::io::Cursor;
use std::panic::{UnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::LazyLock;

/// A table of the operator's, found and read.
#[derive(Debug)]
pub struct Table {
    /// File name, for messages and evidence.
    pub file: String,
    pub sha256: String,
    /// The lines over the header.
    title: String,
    header: Vec<String>,
    rows: Vec<(u32, Vec<String>)>,
}

/// Lines of a title over the header: what the list is, of when, who made it.
const MOST_TITLES: usize = 4;

impl Table {
    /// Reads a table from disk.
    ///
    /// # Errors
    /// [`IntakeError::Unreadable`], [`IntakeError::NotATable`], or [`IntakeError::Width`] where a row has more cells than the header.
    pub fn open(path: &Path) -> Result<Self, IntakeError> {
        let bytes = fs::read(path).map_err(|source| IntakeError::Unreadable { path: path.display().to_string(), source })?;
        let file = path.file_name().map_or(String::new(), super::folder::shown_name);
        Self::parse(file, &bytes)
    }

    pub fn parse(file: String, bytes: &[u8]) -> Result<Self, IntakeError> {
        let sha256 = super::package::sha256(bytes);
        let rows = if bytes.starts_with(b"PK") || bytes.starts_with(b"\xd0\xcf\x11\xe0") { workbook(&file, bytes)? } else { text(&file, bytes)? };
        let filled = |cells: &[String]| cells.iter().filter(|cell| !cell.trim().is_empty()).count();
        let mut rows: Vec<(u32, Vec<String>)> = (1..).zip(rows).filter(|(_, cells)| filled(cells) > 0).collect();
        // A title over the table: 徐州市科协所属学会名册. A table of one column has no row that is wider.
        let titles = rows.iter().take(MOST_TITLES).take_while(|(_, cells)| filled(cells) == 1).count();
        let is_title = rows.get(titles).is_some_and(|(_, cells)| filled(cells) > 1);
        let title = rows.drain(..if is_title { titles } else { 0 }).flat_map(|(_, cells)| cells).collect::<Vec<_>>().join(" ");
        if rows.is_empty() {
            return Err(IntakeError::NotATable { file, why: "empty 空".to_owned() });
        }
        let (_, header) = rows.remove(0);
        let wide = |cells: &[String]| cells.iter().skip(header.len()).any(|cell| !cell.trim().is_empty());
        if let Some((row, cells)) = rows.iter().find(|(_, cells)| wide(cells)) {
            return Err(IntakeError::Width { file, row: *row, found: cells.len(), expected: header.len() });
        }
        Ok(Self { file, sha256, title, header, rows })
    }

    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The one year that the title over the header or the heading of a column names: 2021年度年检结论.
    pub fn year_named(&self, column: usize) -> Option<i32> {
        static YEAR: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?:^|\D)((?:19|20)\d{2})(?:年|$|\D)").expect("the year pattern is well formed"));
        let named = |text: &str| -> Vec<i32> {
            let folded = folded(text);
            YEAR.captures_iter(&folded).filter_map(|caps| caps[1].parse().ok()).collect()
        };
        let of_heading = self.header.get(column).map(|heading| named(heading)).unwrap_or_default();
        let years = if of_heading.is_empty() { named(&self.title) } else { of_heading };
        years.first().copied().filter(|first| years.iter().all(|year| year == first))
    }

    /// Rows below the header that are not blank.
    pub fn rows(&self) -> impl Iterator<Item = Cells<'_>> {
        self.rows.iter().map(|(number, cells)| Cells { table: self, number: *number, cells })
    }
}

/// One row of a table.
#[derive(Clone, Copy)]
pub struct Cells<'a> {
    table: &'a Table,
    /// Row in the file; the header is usually 1.
    pub number: u32,
    cells: &'a [String],
}

impl<'a> Cells<'a> {
    /// The row as written, cells parted by `, `.
    pub fn quote(&self) -> String {
        let last = self.cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1);
        self.cells[..last].join(", ")
    }

    /// A cell's text without outer blanks; `None` where it is empty or the table has no such column.
    pub fn text(&self, column: Option<usize>) -> Option<&'a str> {
        self.cells.get(column?).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }

    /// A cell that must not be empty.
    pub fn needed(&self, column: usize) -> Result<String, IntakeError> {
        let expected = || say!("不为空", "a value");
        self.text(Some(column)).map(str::to_owned).ok_or_else(|| self.fault(Some(column), expected()))
    }

    /// A cell through `parse`; `None` where it is empty.
    pub fn parsed<T>(&self, column: Option<usize>, parse: impl Fn(&str) -> Option<T>, expected: fn() -> Say) -> Result<Option<T>, IntakeError> {
        match self.text(column) {
            None => Ok(None),
            Some(text) => parse(&folded(text)).map(Some).ok_or_else(|| self.fault(column, expected())),
        }
    }

    pub fn fault(&self, column: Option<usize>, expected: Say) -> IntakeError {
        IntakeError::Cell {
            file: self.table.file.clone(),
            row: self.number,
            column: column.and_then(|column| self.table.header.get(column)).cloned().unwrap_or_default(),
            found: self.text(column).unwrap_or_default().to_owned(),
            expected,
        }
    }
}

pub(super) fn folded(text: &str) -> String {
    text.chars().map(fold_char).collect::<String>().trim().to_owned()
}

fn text(file: &str, bytes: &[u8]) -> Result<Vec<Vec<String>>, IntakeError> {
    let decoded = encoding::decode(bytes);
    if decoded.lossy || decoded.text.contains('\0') {
        return Err(IntakeError::NotATable { file: file.to_owned(), why: "unknown encoding 编码无法识别".to_owned() });
    }
    let parsed = delimited::parse(&decoded.text);
    match parsed.unclosed {
        None => Ok(parsed.rows),
        Some(row) => Err(IntakeError::Cell {
            file: file.to_owned(),
            row,
            column: String::new(),
            found: "\"".to_owned(),
            expected: say!("成对的引号", "a closing quotation mark"),
        }),
    }
}

fn workbook(file: &str, bytes: &[u8]) -> Result<Vec<Vec<String>>, IntakeError> {
    let fault = |why: String| IntakeError::NotATable { file: file.to_owned(), why };
    if !bytes.starts_with(b"PK") {
        return Err(fault("旧版或加密的 Excel 文件 an old or encrypted workbook".to_owned()));
    }
    guarded(|| cells(bytes)).unwrap_or_else(|| Err("文件损坏 damaged".to_owned())).map_err(fault)
}

/// What `read` gives; `None` where it panics. The operator's own tables are read in this process, without a worker, and
/// calamine 0.38 adds without a check where a damaged cell reference names a column of seven letters.
#[allow(clippy::disallowed_methods, reason = "hostile bytes are isolated in worker processes; this is the operator's own file")]
fn guarded<T>(read: impl FnOnce() -> T + UnwindSafe) -> Option<T> {
    catch_unwind(read).ok()
}

/// The first sheet of an XLSX, cell by cell: a range of two cells at its far corners would be a grid of billions.
fn cells(bytes: &[u8]) -> Result<Vec<Vec<String>>, String> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let Some(first) = book.sheet_names().first().cloned() else { return Ok(Vec::new()) };
    let mut cells = book.worksheet_cells_reader(&first).map_err(|error| error.to_string())?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    while let Some(cell) = cells.next_cell().map_err(|error| error.to_string())? {
        let value = Data::from(cell.get_value().clone());
        let (row, column) = cell.get_position();
        if value == Data::Empty {
            continue;
        }
        if row > FARTHEST.0 || column > FARTHEST.1 {
            return Err(format!("R{}C{}", u64::from(row) + 1, u64::from(column) + 1));
        }
        let (row, column) = (row as usize, column as usize);
        rows.resize(rows.len().max(row + 1), Vec::new());
        let own = &mut rows[row];
        own.resize(own.len().max(column + 1), String::new());
        own[column] = shown(&value);
    }
    Ok(rows)
}

/// Row and column, from zero, of the last cell a sheet can have.
const FARTHEST: (u32, u32) = (1_048_575, 16_383);

/// A cell as a clerk would have typed it into a CSV.
fn shown(cell: &Data) -> String {
    match cell {
        Data::DateTime(date) if date.is_datetime() => match date.to_ymd_hms_milli() {
            (y, m, d, 0, 0, 0, 0) => format!("{y:04}-{m:02}-{d:02}"),
            (y, m, d, hour, minute, ..) => format!("{y:04}-{m:02}-{d:02} {hour:02}:{minute:02}"),
        },
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        cell => cell.to_string(),
    }
}

/// 是/否, 1/0, y/n, √/× and the like.
pub fn tick(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "是" | "1" | "y" | "yes" | "true" | "t" | "√" | "✓" | "✔" | "☑" | "有" | "对" | "已" => Some(true),
        "否" | "0" | "n" | "no" | "false" | "f" | "×" | "✗" | "✘" | "x" | "无" | "没有" | "未" | "不是" => Some(false),
        _ => None,
    }
}

pub fn expected_tick() -> Say {
    say!("是/否、1/0、y/n 或 √/×（不清楚请留空）", "是/否, 1/0, y/n or √/× (or nothing where it is not known)")
}

/// A day, with the minute where it is given: `2022-06-04 10:12`, also with `T`, `/`, `.` or 年月日.
pub fn moment(text: &str) -> Option<Moment> {
    let unified: String = text
        .chars()
        .map(|c| match c {
            '/' | '.' | '年' | '月' => '-',
            'T' | 't' | '日' | '号' => ' ',
            '时' | '點' | '点' => ':',
            '分' => ' ',
            c => c,
        })
        .collect();
    let mut parts = unified.split_whitespace();
    let mut day = parts.next()?.split('-');
    let (year, month, date) = (day.next()?, day.next()?, day.next()?);
    if day.next().is_some() || year.len() != 4 || month.len() > 2 || date.len() > 2 {
        return None;
    }
    let date = jiff::civil::Date::new(year.parse().ok()?, month.parse().ok()?, date.parse().ok()?).ok()?;
    let Some(clock) = parts.next() else {
        return Some(Moment { at: date.at(0, 0, 0, 0), has_time: false });
    };
    let mut clock = clock.split(':').map(str::parse::<i8>);
    let (hour, minute) = (clock.next()?.ok()?, clock.next()?.ok()?);
    let second = clock.next().unwrap_or(Ok(0)).ok()?;
    if parts.next().is_some() || clock.next().is_some() {
        return None;
    }
    let time = jiff::civil::Time::new(hour, minute, second, 0).ok()?;
    Some(Moment { at: date.to_datetime(time), has_time: true })
}

pub fn expected_moment() -> Say {
    say!("“年-月-日”或“年-月-日 时:分”，如 2022-06-04 10:12", "YYYY-MM-DD or YYYY-MM-DD HH:MM, such as 2022-06-04 10:12")
}

/// A whole number, also with the unit that clerks write behind it.
pub fn count(text: &str) -> Option<u32> {
    let digits = text.trim_end_matches(['份', '页', '本', '套', '册', ' ']);
    digits.strip_suffix(".0").unwrap_or(digits).parse().ok()
}

pub fn expected_count() -> Say {
    say!("整数", "a whole number")
}

/// A year, 1900 to 2100, also as `2022年` or `2022年度`.
pub fn year(text: &str) -> Option<i32> {
    let digits = text.trim_end_matches(['年', '度', ' ']);
    digits.strip_suffix(".0").unwrap_or(digits).parse().ok().filter(|year| (1900..=2100).contains(year))
}

pub fn expected_year() -> Say {
    say!("四位年份，如 2022", "a year of four digits, such as 2022")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown_moment(text: &str) -> Option<String> {
        moment(text).map(|moment| format!("{} {}", moment.at, moment.has_time))
    }

    #[test]
    fn moments_are_read_as_clerks_write_them() {
        for text in ["2022-06-04 10:12", "2022-06-04T10:12", "2022/6/4 10:12", "2022.06.04 10:12:00", "2022年6月4日 10时12分"] {
            assert_eq!(shown_moment(text).as_deref(), Some("2022-06-04T10:12:00 true"), "{text}");
        }
        assert_eq!(shown_moment("2022-6-4").as_deref(), Some("2022-06-04T00:00:00 false"));
        for text in ["2022-06", "22-06-04", "2022-02-30", "2022-06-04 25:00", "6月4日", "2022-06-04 上午", "昨天", ""] {
            assert_eq!(shown_moment(text), None, "{text}");
        }
    }

    #[test]
    fn ticks_counts_and_years_are_read_and_nothing_else() {
        assert_eq!(["是", "√", "Y", "1", "有"].map(tick), [Some(true); 5]);
        assert_eq!(["否", "×", "n", "0", "无"].map(tick), [Some(false); 5]);
        assert_eq!(tick("大概"), None);
        assert_eq!([count("2"), count("56页"), count("2.0"), count("两份")], [Some(2), Some(56), Some(2), None]);
        assert_eq!([year("2022年度"), year("22"), year("2022.5")], [Some(2022), None, None]);
    }

    #[test]
    fn a_workbook_is_read_cell_by_cell_and_an_old_one_is_refused() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write(0, 0, "name").unwrap();
        sheet.write(0, 16_383, "year").unwrap();
        sheet.write(1_048_575, 0, "甲").unwrap();
        let table = Table::parse("a.xlsx".into(), &book.save_to_buffer().unwrap()).unwrap();
        assert_eq!(table.rows().map(|row| (row.number, row.quote())).collect::<Vec<_>>(), [(1_048_576, "甲".to_owned())]);
        let old = Table::parse("a.xls".into(), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").unwrap_err();
        assert!(old.to_string().contains("a.xls: not a table") && old.to_string().contains("XLSX"), "{old}");
    }

    #[test]
    fn a_workbook_that_makes_its_reader_fail_is_a_fault_of_the_table() {
        use std::io::{Read, Write};
        let mut book = rust_xlsxwriter::Workbook::new();
        book.add_worksheet().write(0, 0, "name").unwrap();
        let mut good = zip::ZipArchive::new(Cursor::new(book.save_to_buffer().unwrap())).unwrap();
        let mut bad = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for at in 0..good.len() {
            let mut part = good.by_index(at).unwrap();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            bad.start_file(part.name().unwrap().into_owned(), zip::write::SimpleFileOptions::default()).unwrap();
            let text = String::from_utf8_lossy(&bytes).replace("r=\"A1\"", "r=\"ZZZZZZZ1\"");
            bad.write_all(text.as_bytes()).unwrap();
        }
        let error = Table::parse("lists.xlsx".into(), &bad.finish().unwrap().into_inner()).unwrap_err();
        assert!(error.to_string().starts_with("lists.xlsx: not a table"), "{error}");
    }

    #[test]
    fn a_row_wider_than_the_header_is_a_fault_with_its_row() {
        let error = Table::parse("a.csv".into(), "name,year\n\n甲,乙,2022\n".as_bytes()).unwrap_err();
        assert!(matches!(error, IntakeError::Width { row: 3, found: 3, expected: 2, .. }), "{error}");
    }

    #[test]
    fn a_title_over_the_header_is_passed_over_and_rows_keep_their_numbers() {
        let table = Table::parse("a.csv".into(), "徐州市科协所属学会名册,,\n（2022年）,,\n学会名称,等级,备注\n甲,4A,\n".as_bytes()).unwrap();
        assert_eq!((table.header()[0].as_str(), table.year_named(1)), ("学会名称", Some(2022)));
        assert_eq!(table.rows().map(|row| (row.number, row.quote())).collect::<Vec<_>>(), [(4, "甲, 4A".to_owned())]);
        let narrow = Table::parse("b.csv".into(), "name\n甲\n乙\n".as_bytes()).unwrap();
        assert_eq!((narrow.header(), narrow.rows().count()), (["name".to_owned()].as_slice(), 2));
        let deep = Table::parse("c.csv".into(), "一,\n二,\n三,\n四,\n五,\nname,year\n甲,2022\n".as_bytes()).unwrap();
        assert_ne!(deep.header()[0], "name", "more lines than a title has");
    }
}
