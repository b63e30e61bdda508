//! Sheets of an ODS: cells as they are shown, dates in ISO, merged cells, comments, text boxes and pictures.
use super::names::El;
use super::story::is_page_like;
use super::styles::{Family, Styles};
use super::{Source, main_part};
use crate::model::{BlockKind, Format, Problem};
use crate::read::sheet::grid::{Cell, Floating, Grid, Sheet};
use crate::read::sheet::number_format;
use crate::read::word::faults::Faults;
use crate::read::xml::{Attrs, Visit, Visitor};
use calamine::Dimensions;

/// Reads all sheets.
///
/// # Errors
/// The problem to report where nothing is read: encrypted, or no text part.
pub(in crate::read) fn read(bytes: &[u8], grid: &mut Grid) -> Result<(), Problem> {
    let limits = grid.limits;
    let mut source = Source::open(Format::Ods, bytes, limits)?;
    let mut styles = Styles::new(limits.definitions as usize);
    source.walk("content.xml", &mut styles, limits).map_err(|error| main_part(&error, limits))?;
    let mut tables =
        Tables { grid, styles: &styles, sheet: None, at: (0, 0), rows: 1, row: Vec::new(), cell: None, floating: None, is_large: false, inside: 0, nested: 0 };
    let walked = source.walk("content.xml", &mut tables, limits).map_err(|error| main_part(&error, limits))?;
    tables.end_sheet();
    let mut faults = Faults::default();
    faults.walked(walked, limits);
    for problem in faults.verdict().1 {
        grid.fail(problem);
    }
    Ok(())
}

/// A cell that is open.
struct Open {
    columns: u32,
    kind: String,
    value: Option<String>,
    formula: bool,
    text: String,
    paragraphs: u32,
}

struct Tables<'g, 'l> {
    grid: &'g mut Grid<'l>,
    styles: &'g Styles,
    sheet: Option<Sheet>,
    /// Row and column of the next cell, from 0.
    at: (u32, u32),
    /// How often the row stands in the sheet.
    rows: u32,
    row: Vec<Cell>,
    cell: Option<Open>,
    /// A comment or text box that is open.
    floating: Option<(BlockKind, String)>,
    /// Whether the last frame is as large as a page.
    is_large: bool,
    /// Open paragraphs.
    inside: u32,
    nested: u32,
}

impl Tables<'_, '_> {
    fn end_sheet(&mut self) {
        if let Some(sheet) = self.sheet.take() {
            self.grid.add(sheet);
        }
    }

    fn begin_cell(&mut self, attrs: &Attrs) {
        let number = |name: &str| attrs.number(name).and_then(|n| u32::try_from(n).ok()).unwrap_or(1).max(1);
        let (columns, rows) = (number("number-columns-spanned"), number("number-rows-spanned"));
        if (columns, rows) != (1, 1)
            && let Some(sheet) = &mut self.sheet
        {
            let end = (self.at.0.saturating_add(rows - 1), self.at.1.saturating_add(columns - 1));
            sheet.merges.push(Dimensions { start: self.at, end });
        }
        let value = ["date-value", "boolean-value", "string-value", "time-value", "value"].iter().find_map(|n| attrs.get(n));
        self.cell = Some(Open {
            columns: number("number-columns-repeated"),
            kind: attrs.get("value-type").unwrap_or_default().into_owned(),
            value: value.map(|v| v.into_owned()),
            formula: attrs.get("formula").is_some(),
            text: String::new(),
            paragraphs: 0,
        });
    }

    fn end_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        let (row, column) = self.at;
        self.at.1 = column.saturating_add(cell.columns);
        let Some(sheet) = &mut self.sheet else { return };
        let number = || cell.value.as_deref().and_then(|v| v.parse::<f64>().ok());
        if cell.formula && cell.text.is_empty() && cell.value.is_none() && cell.kind.is_empty() {
            sheet.uncalculated.push((row, column));
        }
        if cell.kind == "float" && number().is_some_and(number_format::is_overlong) {
            sheet.overlong.push((row, column));
        }
        let text = match (&*cell.kind, &cell.value) {
            // 2022年5月10日 as shown; a day without its year would be lost
            ("date", Some(date)) if !date.get(..4).is_some_and(|year| cell.text.starts_with(year)) => shown_date(date),
            ("boolean", Some(truth)) => truth.to_uppercase(),
            _ if !cell.text.is_empty() => cell.text,
            ("float" | "currency", Some(_)) => number().map(number_format::general).unwrap_or_default(),
            ("percentage", Some(_)) => number().map(|n| format!("{}%", number_format::general(n * 100.0))).unwrap_or_default(),
            (_, Some(value)) => value.clone(),
            _ => String::new(),
        };
        if text.is_empty() {
            return;
        }
        for n in 0..cell.columns {
            if sheet.cells.len() as u64 + self.row.len() as u64 >= self.grid.limits.cells {
                break;
            }
            self.row.push(Cell { row, column: column.saturating_add(n), text: text.clone() });
        }
    }

    fn end_row(&mut self) {
        let row = std::mem::take(&mut self.row);
        if let Some(sheet) = &mut self.sheet
            && !row.is_empty()
        {
            for n in 0..self.rows {
                if self.grid.is_full(sheet) {
                    break;
                }
                sheet.cells.extend(row.iter().map(|c| Cell { row: c.row.saturating_add(n), column: c.column, text: c.text.clone() }));
            }
        }
        self.at.0 = self.at.0.saturating_add(self.rows);
    }

    fn push(&mut self, text: &str) {
        if let Some((_, words)) = &mut self.floating {
            words.push_str(text);
        } else if let Some(cell) = &mut self.cell {
            cell.text.push_str(text);
        }
    }

    fn begin_floating(&mut self, kind: BlockKind) {
        if self.floating.is_none() {
            self.floating = Some((kind, String::new()));
        }
    }

    fn end_floating(&mut self, kind: BlockKind) {
        if self.floating.as_ref().is_none_or(|(open, _)| *open != kind) {
            return;
        }
        let Some((kind, text)) = self.floating.take() else { return };
        let (text, at) = (text.trim(), self.cell.as_ref().map(|_| self.at));
        if let Some(sheet) = self.sheet.as_mut().filter(|_| !text.is_empty()) {
            sheet.floating.push(Floating::words(kind, at, text.to_owned()));
        }
    }
}

impl Visitor for Tables<'_, '_> {
    type El = El;

    fn open(&mut self, el: El, parent: El, attrs: &Attrs) -> Visit {
        match el {
            El::AutomaticStyles
            | El::CommonStyles
            | El::MasterStyles
            | El::FontFaces
            | El::Scripts
            | El::Settings
            | El::MetaData
            | El::Validations
            | El::Ranges
            | El::Expressions
            | El::TableChanges
            | El::TableTitle
            | El::TableDesc
            | El::Title
            | El::Description
            | El::Creator
            | El::Date
            | El::Binary
            | El::Forms => return Visit::Skip,
            El::Tbl if self.sheet.is_some() => self.nested += 1,
            El::Tbl => {
                let hidden = attrs.get("style-name").and_then(|n| self.styles.get(Family::Table, &n)).is_some_and(|s| s.invisible);
                self.sheet = Some(Sheet { name: attrs.get("name").unwrap_or_default().into_owned(), hidden, ..Sheet::default() });
                self.at = (0, 0);
            }
            _ if self.nested > 0 => {}
            El::Row => {
                self.rows = attrs.number("number-rows-repeated").and_then(|n| u32::try_from(n).ok()).unwrap_or(1).max(1);
                self.at.1 = 0;
            }
            El::Cell => self.begin_cell(attrs),
            El::Covered => {
                let columns = attrs.number("number-columns-repeated").and_then(|n| u32::try_from(n).ok()).unwrap_or(1);
                self.at.1 = self.at.1.saturating_add(columns);
                return Visit::Skip;
            }
            El::Annotation => self.begin_floating(BlockKind::Comment),
            El::TextBox | El::Shape => self.begin_floating(BlockKind::TextBox),
            El::Frame => self.is_large = is_page_like(attrs),
            El::Image => {
                let at = self.cell.as_ref().map(|_| self.at);
                if let Some(sheet) = self.sheet.as_mut().filter(|_| parent == El::Frame) {
                    sheet.floating.push(Floating { kind: BlockKind::Picture, at, text: String::new(), is_large: self.is_large });
                }
                return Visit::Skip;
            }
            El::P => {
                self.inside += 1;
                if self.floating.is_some() {
                    self.push("\n");
                } else if let Some(cell) = &mut self.cell {
                    cell.paragraphs += 1;
                    if cell.paragraphs > 1 {
                        cell.text.push('\n');
                    }
                }
            }
            El::Blanks => {
                let count = attrs.number("c").and_then(|n| usize::try_from(n).ok()).unwrap_or(1).min(4096);
                self.push(&" ".repeat(count));
            }
            El::Tab => self.push("\t"),
            El::LineBreak => self.push("\n"),
            El::RubyText => return Visit::Skip,
            _ => {}
        }
        Visit::Into
    }

    fn close(&mut self, el: El, _: El) {
        match el {
            El::Tbl if self.nested > 0 => self.nested -= 1,
            El::Tbl => self.end_sheet(),
            _ if self.nested > 0 => {}
            El::Row => self.end_row(),
            El::Cell => self.end_cell(),
            El::Annotation => self.end_floating(BlockKind::Comment),
            El::TextBox | El::Shape => self.end_floating(BlockKind::TextBox),
            El::P => self.inside = self.inside.saturating_sub(1),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, _: El) {
        if self.inside > 0 && self.nested == 0 {
            self.push(text);
        }
    }
}

/// `2022-06-10T23:58:00` without the T, and without a time or seconds that say nothing.
fn shown_date(date: &str) -> String {
    let (day, time) = date.split_once('T').unwrap_or((date, ""));
    let time = time.split('.').next().unwrap_or_default();
    let time = time.strip_suffix(":00").filter(|t| t.contains(':')).unwrap_or(time);
    if time.is_empty() || time == "00:00" { day.to_owned() } else { format!("{day} {time}") }
}
