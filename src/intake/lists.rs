//! The operator's lists of `lists/`. A list that is not there is `None`; a broken row stops the run.
use super::IntakeError;
use super::columns::{Column, Columns};
use super::inbox::InputDigest;
use super::table::{Cells, Table, expected_year, moment, year};
use crate::model::{Blacklisted, GradeRow, List, Lists, Recognised, Row, Society, Topic, YearResult};
use crate::say;
use crate::text::date::find_dates;
use std::path::{Path, PathBuf};

const NAME: Column = Column {
    names: &["name", "名称", "学会名称", "单位名称", "学会", "单位", "申报单位", "社会组织名称"],
    says: &["名称", "社会组织", "社团", "协会", "研究会", "全称"],
};
const ALIAS: Column = Column { names: &["alias", "aliases", "别名", "简称", "曾用名", "别称"], says: &["原名", "其他名"] };
const CODE: Column = Column { names: &["code", "代码", "统一社会信用代码", "信用代码", "编码"], says: &["登记证号", "登记号"] };
const YEAR: Column = Column { names: &["year", "年度", "年份", "年检年度", "立项年度", "认定年度"], says: &["年"] };
const RESULT: Column =
    Column { names: &["result", "结果", "结论", "年检结果", "年检结论"], says: &["检查情况", "年检情况", "是否合格", "等次"] };
const GRADE: Column = Column { names: &["grade", "等级", "评估等级", "级别"], says: &["评估结果", "评估结论", "星级"] };
const VALID_UNTIL: Column = Column {
    names: &["valid_until", "有效期", "有效期至", "有效期止", "有效期截止", "到期日期", "截止日期"],
    says: &["到期", "截止", "有效", "届满"],
};
const REASON: Column = Column { names: &["reason", "原因", "事由", "列入原因"], says: &["情形", "失信行为", "不良行为", "事项", "说明"] };
const CATEGORY: Column = Column { names: &["category", "类别", "项目类别", "申报类别"], says: &["类型", "专项"] };
const APPLICANT: Column = Column {
    names: &["applicant", "申报单位", "承担单位", "学会名称", "单位名称", "申报学会"],
    says: &["申请单位", "实施单位", "立项单位", "获批单位", "学会", "协会", "单位"],
};
const PROJECT: Column = Column { names: &["project", "项目名称", "项目", "课题名称"], says: &["课题", "名称", "题目"] };
const PARTNER: Column =
    Column { names: &["partner", "合作单位", "服务对象", "合作方", "服务单位"], says: &["合作", "服务点", "受服务", "共建"] };
const NUMBER: Column = Column { names: &["number", "编号", "序号", "选题编号"], says: &["号"] };
const TITLE: Column = Column {
    names: &["title", "题目", "选题", "名称", "选题名称", "课题名称", "选题题目"], says: &["研究方向", "方向", "课题", "内容"]
};

// An earlier column has the first choice of a heading that its words fit.
const SOCIETIES: [&Column; 3] = [&ALIAS, &CODE, &NAME];
const ANNUAL_CHECK: [&Column; 3] = [&RESULT, &YEAR, &NAME];
const GRADES: [&Column; 3] = [&GRADE, &VALID_UNTIL, &NAME];
const BLACKLIST: [&Column; 2] = [&REASON, &NAME];
const HISTORY: [&Column; 5] = [&PARTNER, &CATEGORY, &PROJECT, &APPLICANT, &YEAR];
const TOPICS: [&Column; 2] = [&TITLE, &NUMBER];

/// Reads every list that a folder has.
///
/// # Errors
/// The first fault, with file, row, column, found and expected.
pub fn read(folder: &Path) -> Result<(Lists, Vec<InputDigest>), IntakeError> {
    let mut digests = Vec::new();
    let mut open = |name: &str, columns: &[&Column]| -> Result<Option<Table>, IntakeError> {
        let Some(path) = find(folder, name)? else { return Ok(None) };
        let table = Table::open(&path)?;
        digests.push(InputDigest::of("lists/", &table, columns));
        Ok(Some(table))
    };
    let lists = Lists {
        societies: open("societies", &SOCIETIES)?.map(|table| societies(&table)).transpose()?,
        annual_check: open("annual-check", &ANNUAL_CHECK)?.map(|table| annual_check(&table)).transpose()?,
        grades: open("grades", &GRADES)?.map(|table| grades(&table)).transpose()?,
        blacklist: open("blacklist", &BLACKLIST)?.map(|table| blacklist(&table)).transpose()?,
        history: open("history", &HISTORY)?.map(|table| history(&table)).transpose()?,
        topics: open("topics", &TOPICS)?.map(|table| topics(&table)).transpose()?,
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
    let columns = Columns::of(table, &SOCIETIES);
    let (alias, code, name) = (columns.at(0), columns.at(1), columns.needed(2, table, &SOCIETIES)?);
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
    let columns = Columns::of(table, &ANNUAL_CHECK);
    let (result, name) = (columns.needed(0, table, &ANNUAL_CHECK)?, columns.needed(2, table, &ANNUAL_CHECK)?);
    // 2021年度年检结论 over the results says the year of them all.
    let (year, of_all) = (columns.fitting(1, table, year), table.year_named(result));
    if year.is_none() && of_all.is_none() {
        columns.needed(1, table, &ANNUAL_CHECK)?;
    }
    list(table, |cells| {
        let year = match (year, of_all) {
            (None, Some(all)) => all,
            (year, _) => needed_year(cells, year.unwrap_or_default())?,
        };
        Ok(YearResult { name: cells.needed(name)?, year, result: cells.needed(result)? })
    })
}

fn grades(table: &Table) -> Result<List<GradeRow>, IntakeError> {
    let columns = Columns::of(table, &GRADES);
    let (grade, until, name) = (columns.needed(0, table, &GRADES)?, columns.fitting(1, table, last_valid_day), columns.needed(2, table, &GRADES)?);
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
    let columns = Columns::of(table, &BLACKLIST);
    let (reason, name) = (columns.at(0), columns.needed(1, table, &BLACKLIST)?);
    list(table, |cells| Ok(Blacklisted { name: cells.needed(name)?, reason: cells.text(reason).unwrap_or_default().to_owned() }))
}

fn history(table: &Table) -> Result<List<Recognised>, IntakeError> {
    let columns = Columns::of(table, &HISTORY);
    let (partner, category, project) = (columns.at(0), columns.needed(1, table, &HISTORY)?, columns.at(2));
    let (applicant, year) = (columns.needed(3, table, &HISTORY)?, columns.needed(4, table, &HISTORY)?);
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
    let columns = Columns::of(table, &TOPICS);
    let (title, number) = (columns.needed(0, table, &TOPICS)?, columns.at(1));
    list(table, |cells| Ok(Topic { number: cells.text(number).unwrap_or_default().to_owned(), title: cells.needed(title)? }))
}

fn needed_year(cells: Cells, column: usize) -> Result<i32, IntakeError> {
    cells.parsed(Some(column), year, expected_year)?.ok_or_else(|| cells.fault(Some(column), expected_year()))
}
