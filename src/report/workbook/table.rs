//! One sheet of the workbook: header, typed cells, widths, marks. Every text goes in as text, never as a formula.
use crate::model::Verdict;
use crate::report::{safe, words};
use crate::text::mask;
use rust_xlsxwriter::{ConditionalFormatText, ConditionalFormatTextRule, ExcelDateTime, Format, FormatAlign, FormatBorder, Url, Worksheet, XlsxError};

/// Characters of one cell, as Excel counts them (UTF-16 units).
pub const CELL_LIMIT: usize = 32_767;
/// Links of one sheet; more make Excel refuse the file.
pub const LINK_LIMIT: usize = 65_530;
/// Rows of one sheet, header included.
const ROW_LIMIT: usize = 1_048_576;
const FACE: &str = "宋体";
/// Excel's numbers of paper sizes, and the width in characters from which a sheet no longer reads well on A4.
const A4: u8 = 9;
const A3: u8 = 8;
const WIDE: f64 = 150.0;
/// Points of a line, and how many lines a row shows before a reader has to open the cell.
const LINE: f64 = 14.0;
const MOST_LINES: usize = 14;

/// A cell's value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Empty,
    /// Applicants' or our text; personal numbers are masked when it is written.
    Text(String),
    Count(u64),
    /// Fen, shown in yuan.
    Money(i64),
    /// An ISO date; a whole existing day becomes a date, everything else stays as printed.
    Day(Option<String>),
    /// A text that leads to a folder's page.
    Page {
        text: String,
        folder: String,
    },
    /// Sign and word; coloured by its sign.
    Mark(Verdict, &'static str),
}

impl Value {
    pub fn text(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }

    /// Lines it takes in a column of so many characters; a Chinese character is two wide.
    fn lines(&self, width: f64) -> usize {
        let (Self::Text(text) | Self::Page { text, .. }) = self else { return 1 };
        let room = (width - 1.0).max(2.0);
        let lines = text.lines().take(MOST_LINES).map(|line| {
            let columns: usize = line.chars().take(MOST_LINES * 200).map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
            ((columns as f64 / room).ceil() as usize).max(1)
        });
        lines.sum()
    }
}

/// A column's head and width in characters.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub head: &'static str,
    pub width: f64,
}

pub const fn column(head: &'static str, width: f64) -> Column {
    Column { head, width }
}

/// The cell formats that every sheet shares.
pub struct Looks {
    head: Format,
    text: Format,
    middle: Format,
    count: Format,
    money: Format,
    day: Format,
    link: Format,
    marks: [(Verdict, Format); 4],
}

impl Looks {
    pub fn new() -> Self {
        let base = Format::new().set_font_name(FACE).set_font_size(10).set_border(FormatBorder::Thin).set_border_color("BFBFBF").set_align(FormatAlign::Top);
        let text = base.clone().set_text_wrap();
        let fill = |color: &'static str, ink: &'static str| Format::new().set_background_color(color).set_font_color(ink);
        Self {
            head: base.clone().set_bold().set_background_color("D9E2F3").set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter).set_text_wrap(),
            middle: text.clone().set_align(FormatAlign::Center),
            count: base.clone().set_num_format("0").set_align(FormatAlign::Center),
            money: base.clone().set_num_format("#,##0.00"),
            day: base.clone().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Center),
            link: base.clone().set_font_color("0563C1").set_underline(rust_xlsxwriter::FormatUnderline::Single).set_text_wrap(),
            text,
            marks: [
                (Verdict::Pass, fill("E2EFDA", "375623")),
                (Verdict::Fail, fill("F8CBAD", "9C0006")),
                (Verdict::Human, fill("FFE699", "7F6000")),
                (Verdict::NotChecked, fill("E7E6E6", "3A3838")),
            ],
        }
    }
}

/// Writes a sheet: header frozen, filter over all, marks in the columns that hold them.
///
/// # Errors
/// Where the workbook's crate refuses a name or a size; every text is cut to fit before.
pub fn fill(sheet: &mut Worksheet, looks: &Looks, columns: &[Column], rows: &[Vec<Value>]) -> Result<(), XlsxError> {
    sheet.set_freeze_panes(1, 1)?;
    let total: f64 = columns.iter().map(|column| column.width).sum();
    sheet.set_landscape().set_paper_size(if total > WIDE { A3 } else { A4 }).set_print_fit_to_pages(1, 0).set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_footer("&C&P / &N");
    sheet.set_row_height(0, 32)?;
    for (at, column) in (0u16..).zip(columns) {
        sheet.set_column_width(at, column.width)?;
        sheet.write_string_with_format(0, at, column.head, &looks.head)?;
    }
    let rows = &rows[..rows.len().min(ROW_LIMIT - 1)];
    let mut links = 0;
    for (row, values) in (1u32..).zip(rows) {
        // Not every program fits rows to wrapped text when it opens a workbook.
        let lines = columns.iter().zip(values).map(|(column, value)| value.lines(column.width)).max().unwrap_or(1);
        sheet.set_row_height(row, LINE * lines.clamp(1, MOST_LINES) as f64 + 1.5)?;
        for (column, value) in (0u16..).zip(values) {
            cell(sheet, looks, (row, column), value, &mut links)?;
        }
    }
    let last = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let width = u16::try_from(columns.len()).unwrap_or(1).saturating_sub(1);
    sheet.autofilter(0, 0, last.max(1), width)?;
    for at in 0..=width {
        if last > 0 && rows.iter().any(|values| matches!(values.get(usize::from(at)), Some(Value::Mark(..)))) {
            mark(sheet, looks, at, last)?;
        }
    }
    Ok(())
}

fn cell(sheet: &mut Worksheet, looks: &Looks, at: (u32, u16), value: &Value, links: &mut usize) -> Result<(), XlsxError> {
    let (row, column) = at;
    match value {
        Value::Empty => sheet.write_blank(row, column, &looks.text)?,
        Value::Text(text) => sheet.write_string_with_format(row, column, fit(text), &looks.text)?,
        Value::Count(n) => sheet.write_number_with_format(row, column, *n as f64, &looks.count)?,
        Value::Money(fen) => sheet.write_number_with_format(row, column, *fen as f64 / 100.0, &looks.money)?,
        Value::Mark(verdict, word) => sheet.write_string_with_format(row, column, format!("{} {word}", words::sign(*verdict)), &looks.middle)?,
        Value::Day(day) => match day.as_deref().map(|day| (day, excel_day(day))) {
            None => sheet.write_blank(row, column, &looks.text)?,
            Some((_, Some(date))) => sheet.write_datetime_with_format(row, column, &date, &looks.day)?,
            Some((day, None)) => sheet.write_string_with_format(row, column, fit(day), &looks.middle)?,
        },
        Value::Page { text, folder } => {
            let text = fit(text);
            match page_of(folder).filter(|_| *links < LINK_LIMIT && !text.is_empty()) {
                Some(url) => {
                    *links += 1;
                    sheet.write_url_with_format(row, column, url.set_text(text), &looks.link)?
                }
                None => sheet.write_string_with_format(row, column, text, &looks.text)?,
            }
        }
    };
    Ok(())
}

/// A relative link to a folder's page. `None` where the folder's name holds what a link cannot carry here: `#`, or a
/// character that XML forbids.
fn page_of(folder: &str) -> Option<Url> {
    if folder.is_empty() || folder.contains('#') || safe::text(folder) != folder {
        return None;
    }
    // The crate escapes what it is given unless it finds an escape in it, so a name with `%` is escaped whole.
    let name = if folder.contains('%') { escaped(folder) } else { folder.to_owned() };
    Some(Url::new(format!("file:///{name}/report.html")))
}

fn escaped(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        match c {
            '%' | ' ' | '[' | ']' | '^' | '`' | '{' | '}' => out.push_str(&format!("%{:02X}", c as u32)),
            c => out.push(c),
        }
    }
    out
}

/// A whole day that the calendar and Excel both have.
fn excel_day(day: &str) -> Option<ExcelDateTime> {
    let date: jiff::civil::Date = (day.len() == 10).then(|| day.parse().ok()).flatten()?;
    ExcelDateTime::from_ymd(u16::try_from(date.year()).ok()?, u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?).ok()
}

/// Text as a cell takes it: masked, without what XML forbids, at most [`CELL_LIMIT`] long.
fn fit(text: &str) -> String {
    let text = safe::text(&mask::mask(text)).into_owned();
    if text.len() <= CELL_LIMIT || text.encode_utf16().count() <= CELL_LIMIT {
        return text;
    }
    let mut units = 1; // the ellipsis
    let kept = text.chars().take_while(|c| {
        units += c.len_utf16();
        units <= CELL_LIMIT
    });
    let mut out: String = kept.collect();
    out.push('…');
    out
}

/// Colours a column's cells by the sign they begin with, so that the colour follows what a clerk changes.
fn mark(sheet: &mut Worksheet, looks: &Looks, column: u16, last: u32) -> Result<(), XlsxError> {
    for (verdict, format) in &looks.marks {
        let rule = ConditionalFormatText::new().set_rule(ConditionalFormatTextRule::BeginsWith(words::sign(*verdict).to_owned())).set_format(format);
        sheet.add_conditional_format(1, column, last, column, &rule)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_as_excel_counts() {
        assert_eq!(fit(&"字".repeat(CELL_LIMIT)).chars().count(), CELL_LIMIT);
        let cut = fit(&"𠮷".repeat(CELL_LIMIT));
        assert!(cut.encode_utf16().count() <= CELL_LIMIT && cut.ends_with('…'));
        assert_eq!(fit("手机 13900001234"), "手机 139****1234");
    }

    #[test]
    fn only_whole_days_become_dates() {
        assert!(excel_day("2022-05-10").is_some());
        for printed in ["2022-05", "2022", "2022-02-30", "0022-01-01", "二〇二二年"] {
            assert!(excel_day(printed).is_none(), "{printed}");
        }
    }
}
