//! Spreadsheets: every cell with its sheet, row and column, as the spreadsheet shows it.
//!
//! `table` is the number of the sheet. XLSX and XLSB are read cell by cell, because a range of two cells
//! at the far corners of a sheet would be a grid of billions. Number formats are known for XLSX and XLS, and
//! an ODS holds its cells as they are shown; in XLSB per cent and units of a format are not shown. Not read: charts, pivot caches, print headers.
use super::Limits;
use crate::model::{Document, Format, Problem, ProblemKind};
use crate::say;
use calamine::{Data, DataRef, ExcelDateTime, NumberFormat, Reader, SheetType, SheetVisible, Xlsb, XlsbError, Xlsx, XlsxError};
use grid::{Cell, Grid, Sheet};
use std::io::Cursor;

mod biff;
mod biff_rc4;
mod biff_text;
mod floating;
pub(super) mod grid;
mod guard;
pub(super) mod number_format;
mod xml2003;

/// Reads a workbook of any of the formats.
pub fn read(format: Format, bytes: &[u8], limits: &Limits) -> Document {
    if guard::is_encrypted_package(bytes) {
        return Document::unread(format, encrypted());
    }
    let ole = bytes.starts_with(b"\xd0\xcf\x11\xe0") || bytes.starts_with(b"\x09\x08");
    let mut grid = Grid::new(limits);
    let seen = match if ole || format == Format::SheetXml { Ok(guard::Seen::default()) } else { guard::check_package(bytes, limits) } {
        Ok(seen) => seen,
        Err(problem) => return Document::unread(format, problem),
    };
    if !seen.broken.is_empty() {
        grid.fail(guard::broken_parts(&seen.broken));
    }
    if seen.embedded > 0 {
        grid.fail(embedded(seen.embedded));
    }
    let outcome = match format {
        _ if ole => biff::read(bytes, &mut grid),
        Format::SheetXml => xml2003::read(bytes, &mut grid),
        Format::Ods => super::odf::table::read(bytes, &mut grid),
        _ => xlsx(&seen.readable(bytes), &mut grid),
    };
    match outcome {
        Err(problem) if grid.is_empty() => return Document::unread(format, problem),
        Err(problem) => grid.fail(problem),
        Ok(()) => {}
    }
    grid.finish(format)
}

fn xlsx(bytes: &[u8], grid: &mut Grid) -> Result<(), Problem> {
    let mut book = match Xlsx::new(Cursor::new(bytes)) {
        Ok(book) => book,
        Err(XlsxError::Password) => return Err(encrypted()),
        Err(_) => return xlsb(bytes, grid),
    };
    let epoch_1904 = book.has_1904_epoch();
    let mut floating = floating::floating(bytes, grid.limits);
    for listed in book.sheets_metadata().to_vec() {
        if listed.typ != SheetType::WorkSheet {
            grid.skip_sheet();
            continue;
        }
        let mut sheet = new_sheet(&listed);
        sheet.merges = book.merge_cells_by_sheet_name(&listed.name).unwrap_or_default();
        sheet.floating = floating.remove(&listed.name).unwrap_or_default();
        let mut empties = false;
        let whole = {
            let mut cells = match book.worksheet_cells_reader(&listed.name) {
                Ok(cells) => cells,
                Err(error) => {
                    grid.fail(unread_sheet(&listed.name, &error.to_string()));
                    grid.skip_sheet();
                    continue;
                }
            };
            let codes: Vec<Option<String>> = cells.styles().iter().map(|style| style.number_format.as_ref().map(code_of)).collect();
            loop {
                match cells.next_cell_with_style_id() {
                    Ok(Some((cell, style))) => {
                        let (row, column) = cell.get_position();
                        let code = codes.get(style).and_then(Option::as_deref);
                        let value = Data::from(cell.get_value().clone());
                        empties |= value == Data::Empty;
                        put(&mut sheet, row, column, value, code, epoch_1904);
                    }
                    Ok(None) => break Ok(()),
                    Err(error) => break Err(unread_sheet(&listed.name, &error.to_string())),
                }
                if grid.is_full(&sheet) {
                    break Ok(());
                }
            }
        };
        if empties {
            sheet.uncalculated = uncalculated(&mut book, &listed.name);
        }
        if let Err(problem) = whole {
            grid.fail(problem);
        }
        grid.add(sheet);
    }
    Ok(())
}

/// Cells whose formula has no stored result.
fn uncalculated(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Vec<(u32, u32)> {
    let mut found = Vec::new();
    let Ok(mut cells) = book.worksheet_cells_reader(name) else { return found };
    while let Ok(Some(record)) = cells.next_cell_with_formula_metadata() {
        if record.formula.is_some() && matches!(record.value, DataRef::Empty) {
            found.push(record.pos);
        }
    }
    found
}

fn xlsb(bytes: &[u8], grid: &mut Grid) -> Result<(), Problem> {
    let mut book = match Xlsb::new(Cursor::new(bytes)) {
        Ok(book) => book,
        Err(XlsbError::Password) => return Err(encrypted()),
        Err(_) => return Err(guard::damaged()),
    };
    for listed in book.sheets_metadata().to_vec() {
        let mut sheet = new_sheet(&listed);
        let whole = {
            let Ok(mut cells) = book.worksheet_cells_reader(&listed.name) else {
                grid.skip_sheet();
                continue;
            };
            loop {
                match cells.next_cell() {
                    Ok(Some(cell)) => {
                        let (row, column) = cell.get_position();
                        put(&mut sheet, row, column, cell.get_value().clone().into(), None, false);
                    }
                    Ok(None) => break Ok(()),
                    Err(error) => break Err(unread_sheet(&listed.name, &error.to_string())),
                }
                if grid.is_full(&sheet) {
                    break Ok(());
                }
            }
        };
        if let Err(problem) = whole {
            grid.fail(problem);
        }
        grid.add(sheet);
    }
    Ok(())
}

fn new_sheet(listed: &calamine::Sheet) -> Sheet {
    Sheet { name: listed.name.clone(), hidden: listed.visible != SheetVisible::Visible, ..Sheet::default() }
}

fn put(sheet: &mut Sheet, row: u32, column: u32, value: Data, code: Option<&str>, epoch_1904: bool) {
    if is_overlong(&value) {
        sheet.overlong.push((row, column));
    }
    sheet.cells.push(Cell { row, column, text: formatted(value, code, epoch_1904) });
}

/// The code of a number format. The Chinese built-in ones (27 to 58) have none in the file.
fn code_of(format: &NumberFormat) -> String {
    match format.format_id.and_then(|id| u16::try_from(id).ok()) {
        Some(number @ (14 | 27..=36 | 50..=58)) => number_format::builtin(number).to_owned(),
        _ => format.format_code.clone(),
    }
}

/// A cell as the spreadsheet shows it, dates in ISO.
fn formatted(value: Data, code: Option<&str>, epoch_1904: bool) -> String {
    match value {
        Data::Empty => String::new(),
        Data::String(text) | Data::DurationIso(text) => text,
        Data::Int(number) => with_format(number as f64, code, epoch_1904),
        Data::Float(number) => with_format(number, code, epoch_1904),
        Data::Bool(truth) => if truth { "TRUE" } else { "FALSE" }.to_owned(),
        Data::DateTime(date) => dated(&date, code, epoch_1904),
        Data::DateTimeIso(text) => text.replace('T', " ").trim_end_matches(" 00:00:00").to_owned(),
        Data::Error(error) => error.to_string(),
    }
}

fn with_format(number: f64, code: Option<&str>, epoch_1904: bool) -> String {
    code.map_or_else(|| number_format::general(number), |code| number_format::shown(number, code, epoch_1904))
}

fn dated(date: &ExcelDateTime, code: Option<&str>, epoch_1904: bool) -> String {
    match code.filter(|code| !code.eq_ignore_ascii_case("general")) {
        Some(code) => number_format::shown(date.as_f64(), code, epoch_1904),
        None => number_format::plain_date(date),
    }
}

fn is_overlong(value: &Data) -> bool {
    match value {
        Data::Float(number) => number_format::is_overlong(*number),
        Data::Int(number) => number_format::is_overlong(*number as f64),
        _ => false,
    }
}

fn encrypted() -> Problem {
    Problem::new(
        ProblemKind::Encrypted,
        say!("表格文件有打开密码，没有读取；请去掉密码后重新提交", "the workbook has a password and was not read; hand it in without one"),
    )
}

/// Files inserted as objects, whose content is not in the cells.
fn embedded(count: u32) -> Problem {
    Problem::new(
        ProblemKind::Note,
        say!(
            "工作簿中嵌入了 {0} 个文件或对象，其内容没有读取；请将它们单独提交",
            "the workbook embeds {0} files or objects whose content was not read; hand them in as files of their own",
            count
        ),
    )
}

fn unread_sheet(name: &str, why: &str) -> Problem {
    Problem::new(
        ProblemKind::Damaged,
        say!(
            "工作表“{0}”没有读完（{1}）；请用 Excel 或 WPS 打开并另存后重新提交",
            "sheet “{0}” was not read to its end ({1}); open it, save it again and hand it in",
            name,
            why,
        ),
    )
}

#[cfg(test)]
mod tests;
