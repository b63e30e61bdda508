//! Workbooks that are one XML file (Excel 2003, and the exports of many systems).
use super::grid::{Cell, Floating, Grid, Sheet};
use super::number_format;
use crate::model::{BlockKind, Problem, ProblemKind};
use crate::read::package::encoding;
use crate::read::word::faults::Faults;
use crate::read::xml::{Attrs, Visit, Visitor, elements, walk};
use crate::say;
use calamine::Dimensions;
use std::collections::HashMap;
use std::io::BufReader;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ns {
    Sheet,
    Excel,
    Other,
}

impl Ns {
    fn of_uri(uri: &str) -> Self {
        match uri {
            "urn:schemas-microsoft-com:office:spreadsheet" => Self::Sheet,
            "urn:schemas-microsoft-com:office:excel" => Self::Excel,
            _ => Self::Other,
        }
    }

    fn of_habit(prefix: &str) -> Self {
        match prefix {
            "ss" | "" => Self::Sheet,
            "x" => Self::Excel,
            _ => Self::Other,
        }
    }
}

elements! { El of Ns {
    Sheet {
        b"Style" => Style, b"NumberFormat" => NumberFormat, b"Worksheet" => Worksheet, b"Row" => Row, b"Cell" => Cell, b"Data" => Data, b"Comment" => Comment,
        b"Table" => Table,
    }
    Excel { b"Visible" => Visible, b"Date1904" => Date1904 }
} }

/// Reads all sheets.
///
/// # Errors
/// The problem to report where the file holds no sheet.
pub fn read(bytes: &[u8], grid: &mut Grid) -> Result<(), Problem> {
    let limits = grid.limits;
    let source = BufReader::new(encoding::utf8(bytes, true));
    let mut book = Book {
        grid,
        formats: HashMap::new(),
        style: None,
        sheet: None,
        at: (0, 0),
        cell: None,
        comment: None,
        inside: 0,
        sheets: 0,
        epoch_1904: false,
        visible: false,
    };
    let walked = walk(source, limits.depth, &mut book);
    book.end_sheet();
    if book.sheets == 0 {
        return Err(Problem::new(
            ProblemKind::Damaged,
            say!(
                "表格文件已损坏：其中没有工作表；请用 Excel 或 WPS 打开检查，另存为 xlsx 后提交",
                "the workbook is damaged: there is no sheet in it; open it, save it as xlsx and hand that in"
            ),
        ));
    }
    let mut faults = Faults::default();
    faults.walked(walked, limits);
    for problem in faults.verdict().1 {
        book.grid.fail(problem);
    }
    Ok(())
}

#[derive(Default)]
struct Open {
    style: Option<String>,
    formula: bool,
    kind: String,
    value: Option<String>,
    columns: u32,
}

struct Book<'g, 'l> {
    grid: &'g mut Grid<'l>,
    /// Number formats by style.
    formats: HashMap<String, String>,
    style: Option<String>,
    sheet: Option<Sheet>,
    /// Row and column of the next cell, from 0.
    at: (u32, u32),
    cell: Option<Open>,
    comment: Option<String>,
    /// Open `Data`.
    inside: u32,
    sheets: u32,
    epoch_1904: bool,
    visible: bool,
}

impl Book<'_, '_> {
    fn end_sheet(&mut self) {
        if let Some(sheet) = self.sheet.take() {
            self.grid.add(sheet);
        }
    }

    fn begin_cell(&mut self, attrs: &Attrs) {
        let number = |name: &str| attrs.number(name).and_then(|n| u32::try_from(n).ok());
        if let Some(index) = number("Index").filter(|n| *n > 0) {
            self.at.1 = index - 1;
        }
        let (across, down) = (number("MergeAcross").unwrap_or(0), number("MergeDown").unwrap_or(0));
        if (across, down) != (0, 0)
            && let Some(sheet) = &mut self.sheet
        {
            let end = (self.at.0.saturating_add(down), self.at.1.saturating_add(across));
            sheet.merges.push(Dimensions { start: self.at, end });
        }
        self.cell = Some(Open {
            style: attrs.get("StyleID").map(|s| s.into_owned()),
            formula: attrs.get("Formula").is_some(),
            columns: across.saturating_add(1),
            ..Open::default()
        });
    }

    fn end_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        let at = self.at;
        self.at.1 = at.1.saturating_add(cell.columns);
        let Some(sheet) = &mut self.sheet else { return };
        let Some(value) = cell.value else {
            if cell.formula {
                sheet.uncalculated.push(at);
            }
            return;
        };
        let code = cell.style.as_ref().and_then(|s| self.formats.get(s)).map(String::as_str);
        let text = match &*cell.kind {
            "Number" => match value.trim().parse::<f64>() {
                Ok(number) => {
                    if number_format::is_overlong(number) {
                        sheet.overlong.push(at);
                    }
                    match code {
                        Some(code) => number_format::shown(number, code_of(code), self.epoch_1904),
                        None => number_format::general(number),
                    }
                }
                Err(_) => value,
            },
            "DateTime" => day(&value),
            "Boolean" => if value.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(),
            _ => value,
        };
        if !self.grid.is_full(sheet) {
            sheet.cells.push(Cell { row: at.0, column: at.1, text });
        }
    }
}

/// The code of a number format that has a name.
fn code_of(format: &str) -> &str {
    match format {
        "General Number" | "General" => "General",
        "Percent" => "0.00%",
        "Fixed" => "0.00",
        "Standard" | "Currency" | "Euro Currency" => "#,##0.00",
        "Scientific" => "0.00E+00",
        code => code,
    }
}

/// `2022-05-10T00:00:00.000` without what says nothing.
fn day(value: &str) -> String {
    let value = value.trim();
    let value = value.strip_suffix(".000").unwrap_or(value).replace('T', " ");
    let value = value.strip_suffix(" 00:00:00").unwrap_or(&value);
    value.strip_suffix(":00").filter(|v| v.len() == 16).unwrap_or(value).to_owned()
}

/// Number formats kept.
const FORMATS: usize = 10_000;

impl Visitor for Book<'_, '_> {
    type El = El;

    fn open(&mut self, el: El, _: El, attrs: &Attrs) -> Visit {
        match el {
            El::Style => self.style = attrs.get("ID").map(|i| i.into_owned()),
            El::NumberFormat => {
                if let Some((style, format)) = self.style.as_ref().zip(attrs.get("Format"))
                    && self.formats.len() < FORMATS
                {
                    self.formats.insert(style.clone(), format.into_owned());
                }
            }
            El::Worksheet => {
                self.end_sheet();
                self.sheets += 1;
                self.sheet = Some(Sheet { name: attrs.get("Name").unwrap_or_default().into_owned(), ..Sheet::default() });
                self.at = (0, 0);
            }
            El::Row => {
                if let Some(index) = attrs.number("Index").and_then(|n| u32::try_from(n).ok()).filter(|n| *n > 0) {
                    self.at.0 = index - 1;
                }
                self.at.1 = 0;
            }
            El::Cell => self.begin_cell(attrs),
            El::Data => {
                self.inside += 1;
                if self.comment.is_none()
                    && let Some(cell) = &mut self.cell
                {
                    cell.kind = attrs.get("Type").unwrap_or_default().into_owned();
                    cell.value.get_or_insert_default();
                }
            }
            El::Comment => self.comment = Some(String::new()),
            El::Visible => self.visible = true,
            El::Date1904 => self.epoch_1904 = true,
            _ => {}
        }
        Visit::Into
    }

    fn close(&mut self, el: El, _: El) {
        match el {
            El::Style => self.style = None,
            El::Worksheet => self.end_sheet(),
            El::Row => self.at.0 = self.at.0.saturating_add(1),
            El::Cell => self.end_cell(),
            El::Data => self.inside = self.inside.saturating_sub(1),
            El::Comment => {
                let text = self.comment.take().unwrap_or_default();
                if let Some(sheet) = self.sheet.as_mut().filter(|_| !text.trim().is_empty()) {
                    sheet.floating.push(Floating::words(BlockKind::Comment, Some(self.at), text.trim().to_owned()));
                }
            }
            El::Visible => self.visible = false,
            _ => {}
        }
    }

    fn text(&mut self, text: &str, _: El) {
        if self.visible
            && let Some(sheet) = &mut self.sheet
        {
            sheet.hidden |= text.contains("Hidden");
        }
        if self.inside == 0 {
            return;
        }
        let text = text.replace("\r\n", "\n");
        if let Some(comment) = &mut self.comment {
            comment.push_str(&text);
        } else if let Some(value) = self.cell.as_mut().and_then(|c| c.value.as_mut()) {
            value.push_str(&text);
        }
    }
}
