//! `汇总表.xlsx`: one sheet a view, one row a dossier, finding, event, agreement or cross-check.
//!
//! | file | what it makes |
//! |---|---|
//! | `views` | the rows of the six sheets |
//! | `table` | how a sheet is written |
mod table;
mod views;

use super::json::Batch;
use super::rule_line::RuleLine;
use crate::model::{Lang, Record};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

pub use table::{CELL_LIMIT, LINK_LIMIT};

/// How hard it is packed, 1 to 9: a little larger than usual at a third of the time.
const EFFORT: u8 = 2;

/// `汇总表.xlsx`, the same bytes for the same input: the day it gives as its making is the day of screening.
///
/// # Errors
/// Where the workbook outgrows what a zip file can hold.
pub fn xlsx(records: &[Record], batch: &Batch, rules: &[RuleLine], lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(EFFORT);
    let day = ExcelDateTime::parse_from_str(&batch.as_of).or_else(|_| ExcelDateTime::from_ymd(1980, 1, 1))?;
    workbook.set_properties(
        &DocProperties::new().set_title(super::safe::line(&batch.programme.name)).set_author(env!("CARGO_PKG_NAME")).set_creation_datetime(&day),
    );
    let looks = table::Looks::new();
    for view in views::all(records, batch, rules, lang) {
        let sheet = workbook.add_worksheet();
        sheet.set_name(view.name)?;
        table::fill(sheet, &looks, &view.columns, &view.rows)?;
    }
    workbook.save_to_buffer()
}
