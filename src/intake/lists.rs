//! The operator's lists of `lists/`. A list that is not there is `None`; a broken row stops the run.
use super::IntakeError;
use super::inbox::InputDigest;
use super::table::{Cells, Names, Table, expected_year, moment, year};
use crate::model::{Blacklisted, GradeRow, List, Lists, Recognised, Row, Society, Topic, YearResult};
use crate::say;
use crate::text::date::find_dates;
use std::path::{Path, PathBuf};

const NAME: Names = &["name", "名称", "学会名称", "单位名称", "学会", "单位", "申报单位", "社会组织名称"];
const ALIAS: Names = &["alias", "aliases", "别名", "简称", "曾用名", "别称"];
const CODE: Names = &["code", "代码", "统一社会信用代码", "信用代码", "编码"];
const YEAR: Names = &["year", "年度", "年份", "年检年度", "立项年度", "认定年度"];
const RESULT: Names = &["result", "结果", "结论", "年检结果", "年检结论"];
const GRADE: Names = &["grade", "等级", "评估等级", "级别"];
const VALID_UNTIL: Names = &["valid_until", "有效期", "有效期至", "有效期止", "有效期截止", "到期日期", "截止日期"];
const REASON: Names = &["reason", "原因", "事由", "列入原因"];
const CATEGORY: Names = &["category", "类别", "项目类别", "申报类别"];
const APPLICANT: Names = &["applicant", "申报单位", "承担单位", "学会名称", "单位名称", "申报学会"];
const PROJECT: Names = &["project", "项目名称", "项目", "课题名称"];
const PARTNER: Names = &["partner", "合作单位", "服务对象", "合作方", "服务单位"];
const NUMBER: Names = &["number", "编号", "序号", "选题编号"];
const TITLE: Names = &["title", "题目", "选题", "名称", "选题名称", "课题名称", "选题题目"];

/// Reads every list that a folder has.
///
/// # Errors
/// The first fault, with file, row, column, found and expected.
pub fn read(folder: &Path) -> Result<(Lists, Vec<InputDigest>), IntakeError> {
    let mut digests = Vec::new();
    let mut open = |name: &str| -> Result<Option<Table>, IntakeError> {
        let Some(path) = find(folder, name)? else { return Ok(None) };
        let table = Table::open(&path)?;
        digests.push(InputDigest::of("lists/", &table));
        Ok(Some(table))
    };
    let lists = Lists {
        societies: open("societies")?.map(|table| societies(&table)).transpose()?,
        annual_check: open("annual-check")?.map(|table| annual_check(&table)).transpose()?,
        grades: open("grades")?.map(|table| grades(&table)).transpose()?,
        blacklist: open("blacklist")?.map(|table| blacklist(&table)).transpose()?,
        history: open("history")?.map(|table| history(&table)).transpose()?,
        topics: open("topics")?.map(|table| topics(&table)).transpose()?,
    };
    Ok((lists, digests))
}

/// The file of a list by its name, as CSV or XLSX.
fn find(folder: &Path, name: &str) -> Result<Option<PathBuf>, IntakeError> {
    for ending in ["csv", "xlsx", "xls"] {
        let path = folder.join(format!("{name}.{ending}"));
        let exists = path.try_exists().map_err(|source| IntakeError::Unreadable { path: path.display().to_string(), source })?;
        if exists {
            return Ok(Some(path));
        }
    }
    Ok(None)
}

fn list<T>(table: &Table, value: impl Fn(Cells) -> Result<T, IntakeError>) -> Result<List<T>, IntakeError> {
    let rows = table.rows().map(|cells| Ok(Row { number: cells.number, quote: cells.quote(), value: value(cells)? }));
    Ok(List { name: table.file.clone(), rows: rows.collect::<Result<_, IntakeError>>()? })
}

fn societies(table: &Table) -> Result<List<Society>, IntakeError> {
    let (name, alias, code) = (table.needed(NAME)?, table.column(ALIAS), table.column(CODE));
    list(table, |cells| {
        let aliases = cells.text(alias).unwrap_or_default().split([';', '；', '、', '|', '/', '\n']);
        Ok(Society {
            name: cells.needed(name)?,
            aliases: aliases.map(str::trim).filter(|alias| !alias.is_empty()).map(str::to_owned).collect(),
            code: cells.text(code).map(str::to_owned),
        })
    })
}

fn annual_check(table: &Table) -> Result<List<YearResult>, IntakeError> {
    let (name, year, result) = (table.needed(NAME)?, table.needed(YEAR)?, table.needed(RESULT)?);
    list(table, |cells| Ok(YearResult { name: cells.needed(name)?, year: needed_year(cells, year)?, result: cells.needed(result)? }))
}

fn grades(table: &Table) -> Result<List<GradeRow>, IntakeError> {
    let (name, grade, until) = (table.needed(NAME)?, table.needed(GRADE)?, table.column(VALID_UNTIL));
    let expected = || say!("日期，如 2025-12-31", "a date such as 2025-12-31");
    list(table, |cells| {
        let valid_until = cells.parsed(until, last_valid_day, expected)?;
        Ok(GradeRow { name: cells.needed(name)?, grade: cells.needed(grade)?, valid_until })
    })
}

/// A month or a year is valid to its last day.
fn last_valid_day(text: &str) -> Option<jiff::civil::Date> {
    let text = text.trim();
    let of_month = || match &find_dates(text)[..] {
        [only] if only.range == (0..text.len()) => only.date.last_day(),
        _ => None,
    };
    moment(text).map(|moment| moment.at.date()).or_else(of_month)
}

fn blacklist(table: &Table) -> Result<List<Blacklisted>, IntakeError> {
    let (name, reason) = (table.needed(NAME)?, table.column(REASON));
    list(table, |cells| Ok(Blacklisted { name: cells.needed(name)?, reason: cells.text(reason).unwrap_or_default().to_owned() }))
}

fn history(table: &Table) -> Result<List<Recognised>, IntakeError> {
    let (year, category, applicant) = (table.needed(YEAR)?, table.needed(CATEGORY)?, table.needed(APPLICANT)?);
    let (project, partner) = (table.column(PROJECT), table.column(PARTNER));
    list(table, |cells| {
        Ok(Recognised {
            year: needed_year(cells, year)?,
            category: cells.needed(category)?,
            applicant: cells.needed(applicant)?,
            project: cells.text(project).unwrap_or_default().to_owned(),
            partner: cells.text(partner).unwrap_or_default().to_owned(),
        })
    })
}

fn topics(table: &Table) -> Result<List<Topic>, IntakeError> {
    let (number, title) = (table.column(NUMBER), table.needed(TITLE)?);
    list(table, |cells| Ok(Topic { number: cells.text(number).unwrap_or_default().to_owned(), title: cells.needed(title)? }))
}

fn needed_year(cells: Cells, column: usize) -> Result<i32, IntakeError> {
    cells.parsed(Some(column), year, expected_year)?.ok_or_else(|| cells.fault(Some(column), expected_year()))
}
