//! The clerk's book: when each dossier came, electronically and on paper, and what the paper copy is like.
use super::columns::{Column, Columns};
use super::table::{Table, count, expected_count, expected_moment, expected_tick, moment, tick};
use super::{IntakeError, Package};
use crate::model::IntakeRow;
use std::collections::{HashMap, HashSet};

const DOSSIER: Column = Column {
    names: &["dossier", "材料", "编号", "材料编号", "申报编号", "材料名称", "文件夹", "文件名", "卷宗"],
    says: &["卷号", "卷名", "受理号", "收件号", "档号", "申报材料", "文件", "目录"],
};
const RECEIVED_AT: Column = Column {
    names: &["received_at", "收到时间", "电子版收到时间", "电子材料收到时间", "接收时间", "收件时间"],
    says: &["电子*时间", "电子*日期", "邮件*时间", "邮件*日期", "收*时间", "收*日期", "送达*", "报送*时间", "提交*时间", "到达*时间"],
};
const PAPER_RECEIVED_AT: Column = Column {
    names: &["paper_received_at", "纸质版收到时间", "纸质材料收到时间", "纸质收到时间", "纸质接收时间"],
    says: &["纸*时间", "纸*日期", "纸*收到", "书面*时间", "书面*日期", "送件*时间", "送件*日期"],
};
const COPIES: Column = Column { names: &["copies", "份数", "纸质份数"], says: &["几份", "册数", "本数"] };
const BOUND: Column = Column { names: &["bound", "装订", "是否装订", "胶装", "已装订"], says: &["成册", "合订", "胶订", "订本"] };
const SEALED: Column = Column { names: &["sealed", "盖章", "是否盖章", "已盖章"], says: &["公章", "用印", "签章", "印章"] };
const PAPER_PAGES: Column = Column { names: &["paper_pages", "纸质页数", "页数"], says: &["总页", "页码"] };
const CODE: Column = Column { names: &["code", "校验码", "核对码", "验证码"], says: &["校验单"] };
const SUPERSEDES: Column = Column { names: &["supersedes", "替代", "取代", "替换"], says: &["代替", "更新自"] };
const WITHDRAWN: Column = Column { names: &["withdrawn", "撤回", "是否撤回", "已撤回"], says: &["撤件", "撤销", "撤申报"] };
const NOTE: Column = Column { names: &["note", "备注", "说明"], says: &["附注", "情况"] };

// An earlier column has the first choice of a heading that its words fit.
pub(super) const COLUMNS: [&Column; 11] =
    [&PAPER_RECEIVED_AT, &RECEIVED_AT, &COPIES, &BOUND, &SEALED, &PAPER_PAGES, &CODE, &SUPERSEDES, &WITHDRAWN, &NOTE, &DOSSIER];

/// The rows of the book, in order.
///
/// # Errors
/// The first fault, with row, column, found and expected; a dossier that stands in two rows.
pub fn rows(table: &Table, packages: &[Package]) -> Result<Vec<IntakeRow>, IntakeError> {
    let columns = Columns::of(table, &COLUMNS);
    let dossier = match naming(table, &columns, packages) {
        Some(column) => column,
        None => columns.needed(10, table, &COLUMNS)?,
    };
    let [paper_received_at, received_at] = [0, 1].map(|n| columns.fitting(n, table, moment));
    let [copies, paper_pages] = [2, 5].map(|n| columns.fitting(n, table, count));
    let [bound, sealed, withdrawn] = [3, 4, 8].map(|n| columns.fitting(n, table, tick));
    let [code, supersedes, note] = [6, 7, 9].map(|n| columns.at(n));
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

/// The column whose cells name most of the dossiers that are there, whatever it is called.
fn naming(table: &Table, columns: &Columns, packages: &[Package]) -> Option<usize> {
    let names: HashSet<&str> = packages.iter().flat_map(|package| [package.id.as_str(), package.source.as_str()]).collect();
    let named = |column: usize| table.rows().filter_map(|cells| cells.text(Some(column))).filter(|text| names.contains(text)).count();
    // A column that is another's by its exact name (替代) may name dossiers too.
    let others: Vec<usize> = (0..COLUMNS.len() - 1).filter_map(|n| columns.by_name(n)).collect();
    let counts = (0..table.header().len()).filter(|column| !others.contains(column)).map(|column| (named(column), column));
    counts.filter(|(count, _)| *count > 0).max_by_key(|(count, column)| (*count, std::cmp::Reverse(*column))).map(|(_, column)| column)
}
