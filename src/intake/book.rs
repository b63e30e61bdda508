//! The clerk's book: when each dossier came, electronically and on paper, and what the paper copy is like.
use super::IntakeError;
use super::table::{Names, Table, count, expected_count, expected_moment, expected_tick, moment, tick};
use crate::model::IntakeRow;
use std::collections::HashMap;

const DOSSIER: Names = &["dossier", "材料", "编号", "材料编号", "申报编号", "材料名称", "文件夹", "文件名", "卷宗"];
const RECEIVED_AT: Names = &["received_at", "收到时间", "电子版收到时间", "电子材料收到时间", "接收时间", "收件时间"];
const PAPER_RECEIVED_AT: Names = &["paper_received_at", "纸质版收到时间", "纸质材料收到时间", "纸质收到时间", "纸质接收时间"];
const COPIES: Names = &["copies", "份数", "纸质份数"];
const BOUND: Names = &["bound", "装订", "是否装订", "胶装", "已装订"];
const SEALED: Names = &["sealed", "盖章", "是否盖章", "已盖章"];
const PAPER_PAGES: Names = &["paper_pages", "纸质页数", "页数"];
const CODE: Names = &["code", "校验码", "核对码", "验证码"];
const SUPERSEDES: Names = &["supersedes", "替代", "取代", "替换"];
const WITHDRAWN: Names = &["withdrawn", "撤回", "是否撤回", "已撤回"];
const NOTE: Names = &["note", "备注", "说明"];

/// The rows of the book, in order.
///
/// # Errors
/// The first fault, with row, column, found and expected; a dossier that stands in two rows.
pub fn rows(table: &Table) -> Result<Vec<IntakeRow>, IntakeError> {
    let dossier = table.needed(DOSSIER)?;
    let [received_at, paper_received_at, copies, bound, sealed] = [RECEIVED_AT, PAPER_RECEIVED_AT, COPIES, BOUND, SEALED].map(|names| table.column(names));
    let [paper_pages, code, supersedes, withdrawn, note] = [PAPER_PAGES, CODE, SUPERSEDES, WITHDRAWN, NOTE].map(|names| table.column(names));
    let mut seen = HashMap::new();
    let mut rows = Vec::new();
    for cells in table.rows() {
        let owned = |column| cells.text(column).map(str::to_owned);
        let row = IntakeRow {
            row: cells.number,
            dossier: cells.needed(dossier)?,
            received_at: cells.parsed(received_at, moment, expected_moment)?,
            paper_received_at: cells.parsed(paper_received_at, moment, expected_moment)?,
            copies: cells.parsed(copies, count, expected_count)?,
            bound: cells.parsed(bound, tick, expected_tick)?,
            sealed: cells.parsed(sealed, tick, expected_tick)?,
            paper_pages: cells.parsed(paper_pages, count, expected_count)?,
            code: owned(code),
            supersedes: owned(supersedes),
            withdrawn: cells.parsed(withdrawn, tick, expected_tick)?,
            note: owned(note),
            list: table.file.clone(),
        };
        if let Some(first) = seen.insert(row.dossier.clone(), row.row) {
            return Err(IntakeError::Twice { file: table.file.clone(), dossier: row.dossier, first, second: row.row });
        }
        rows.push(row);
    }
    Ok(rows)
}
