//! `检查表.docx`: every rule with its result and evidence, boxes to tick and room to write.
//!
//! | file | what it makes |
//! |---|---|
//! | `rules` | the table of each group |
//! | `facts` | events against evidence, agreements, the paper copy |
mod facts;
mod rules;

use super::docx::{Cell, Face, Grid, Ink, Line, Margins, PackError, Page, Sheet};
use super::json::Batch;
use super::rule_line::RuleLine;
use super::safe;
use super::words::{self, first_field, pick};
use crate::model::{FieldId, Lang, Read, Record, Verdict};
use std::borrow::Cow;
use std::sync::LazyLock;

const MARGINS: Margins = Margins { top: 1134, right: 1134, bottom: 1020, left: 1134 };
/// Text width in twips.
const WIDTH: usize = 9638;
const TITLE: Ink = Ink::new(Face::Hei, 32);
const HEADING: Ink = Ink::new(Face::Hei, 24);
const TEXT: Ink = Ink::new(Face::Fang, 21);
const LABEL: Ink = Ink::new(Face::Hei, 20);
/// Within tables.
const CELL: Ink = Ink::new(Face::Fang, 18);
const STRONG: Ink = Ink::new(Face::Hei, 18);
/// The notice's own words.
const WORDS: Ink = Ink::new(Face::Kai, 18);
const REMARK: Ink = Ink::new(Face::Kai, 17).color("404040");
/// The dossier's result.
const RESULT: Ink = Ink::new(Face::Hei, 22);
const HEAD: &str = "E7E6E6";

/// What every checklist is written on.
static SHEET: LazyLock<Result<Sheet, PackError>> =
    LazyLock::new(|| Sheet::new(MARGINS, &[TITLE, HEADING, TEXT, LABEL, CELL, STRONG, WORDS, REMARK, RESULT], None));

/// `检查表.docx` of one dossier.
///
/// # Errors
/// Where the document outgrows what a zip file can hold.
pub fn docx(record: &Record, batch: &Batch, rules: &[RuleLine], lang: Lang) -> Result<Vec<u8>, PackError> {
    let t = |zh, en| pick(lang, zh, en);
    let title = t("申报材料初审检查表", "Pre-screening checklist");
    let mut page = Page::new(Sheet::shared(&SHEET)?, &format!("{title} {}", record.id), lang);
    page.numbered(&safe::short(safe::line(&record.id), 40));
    page.line(Line::of(TITLE, title).centered().spaced(0, 40));
    page.line(Line::of(TEXT, &safe::line(&batch.programme.name)).centered().spaced(0, 120));
    page.grid(heading(record, batch, lang));
    for line in remarks(record, lang) {
        page.line(line);
    }
    rules::write(&mut page, record, rules, lang);
    facts::events(&mut page, record, lang);
    facts::agreements(&mut page, record, lang);
    facts::paper(&mut page, record, lang);
    conclusion(&mut page, lang);
    page.finish(&batch.as_of)
}

fn heading(record: &Record, batch: &Batch, lang: Lang) -> Grid {
    let t = |zh, en| pick(lang, zh, en);
    let mut grid = Grid::new(&[1450, 3500, 1450, 3238]);
    let label = |word: &str| Cell::of(LABEL, word).fill(HEAD).middle();
    let value = |text: &str| Cell::of(TEXT, &safe::line(text)).middle();
    let title = batch.places.iter().find(|p| Some(p.category.as_str()) == record.category.as_deref()).map_or("", |p| p.title.as_str());
    let category = match &record.category {
        Some(id) => format!("{id}　{title}"),
        None => t("未能确定", "unknown").to_owned(),
    };
    grid.row(vec![label(t("申报编号", "Dossier")), value(&record.id), label(t("申报类别", "Category")), value(&category)]);
    grid.row(vec![label(t("申报单位", "Applicant")), value(first_field(record, FieldId::ApplicantName)).over(3)]);
    grid.row(vec![label(t("项目名称", "Project")), value(first_field(record, FieldId::ProjectName)).over(3)]);
    grid.row(vec![
        label(t("项目负责人", "Leader")),
        value(first_field(record, FieldId::Leader)),
        label(t("纸电比对", "Paper copy")),
        value(words::paper(record.paper.state, lang)),
    ]);
    let result = format!("{} {}", words::sign(record.result), words::result(record.result, lang));
    grid.row(vec![
        label(t("初审结果", "Result")),
        Cell::of(RESULT, &result).fill(rules::fill(record.result)).middle(),
        label(t("初审日期", "As of")),
        value(&batch.as_of),
    ]);
    grid.row(vec![label(t("各项结果", "Results")), Cell::of(TEXT, &tally(record.findings.iter().map(|f| f.result), lang)).over(3)]);
    grid
}

/// `✗ 不符合 2　? 待人工核对 5 …`, verdicts that occur only.
fn tally(verdicts: impl Iterator<Item = Verdict>, lang: Lang) -> String {
    let mut counts = [0usize; 5];
    const ORDER: [Verdict; 5] = [Verdict::Fail, Verdict::Human, Verdict::NotChecked, Verdict::Pass, Verdict::NotApplicable];
    for verdict in verdicts {
        if let Some(n) = ORDER.iter().position(|v| *v == verdict) {
            counts[n] += 1;
        }
    }
    let parts = ORDER.iter().zip(counts).filter(|(_, n)| *n > 0);
    parts.map(|(v, n)| format!("{} {} {n}", words::sign(*v), words::verdict(*v, lang))).collect::<Vec<_>>().join("　")
}

/// What stands before the tables: the sentence on what this paper is, problems of the whole dossier, files not read.
fn remarks(record: &Record, lang: Lang) -> Vec<Line> {
    let t = |zh, en| pick(lang, zh, en);
    let mut lines = vec![Line::of(
        REMARK,
        t(
            "本表由程序按通知逐条核查生成，供材料初审使用；初审不代替受理，也不代替评审。结果以复核人签字为准；“未能读出”的内容不等于“没有提交”。",
            "This list was made by a program, requirement by requirement, for the preliminary review. Pre-screening replaces neither acceptance nor judgement; \
             the reviewer's signature decides. What could not be read is not missing.",
        ),
    )
    .spaced(100, 60)];
    lines.extend(record.problems.iter().map(|problem| Line::of(STRONG, &format!("! {}", safe::line(problem))).spaced(20, 20)));
    let unread = record.files.iter().filter(|f| f.read == Read::None);
    let names: Vec<Cow<'_, str>> = unread.map(|f| safe::short(safe::line(&f.path), 120)).collect();
    if !names.is_empty() {
        const NAMED: usize = 12;
        let more = names.len().saturating_sub(NAMED);
        let list = names[..names.len().min(NAMED)].join(t("；", "; "));
        let text = match lang {
            Lang::Zh if more > 0 => format!("未能读出的文件（{} 个，请人工翻看）：{list}；另有 {more} 个", names.len()),
            Lang::Zh => format!("未能读出的文件（{} 个，请人工翻看）：{list}", names.len()),
            Lang::En if more > 0 => format!("Files that were not read ({}, please look at them): {list}; {more} more", names.len()),
            Lang::En => format!("Files that were not read ({}, please look at them): {list}", names.len()),
        };
        lines.push(Line::of(STRONG, &text).spaced(20, 40));
    }
    lines
}

/// Where the reviewer concludes and signs.
fn conclusion(page: &mut Page<'_>, lang: Lang) {
    let t = |zh, en| pick(lang, zh, en);
    page.line(Line::of(HEADING, t("复核结论", "Conclusion of the reviewer")).heading().spaced(240, 80));
    let mut grid = Grid::new(&[1450, WIDTH - 1450]);
    let label = |word: &str| Cell::of(LABEL, word).fill(HEAD).middle();
    let choices = t("□ 通过初审　　□ 补正后再审　　□ 不通过初审", "□ passes      □ to be corrected      □ does not pass");
    grid.row_with_next(vec![label(t("结论", "Conclusion")), Cell::new(vec![Line::of(TEXT, choices).spaced(80, 80)]).middle()]);
    let room = (0..5).map(|_| Line::of(TEXT, "　")).collect();
    grid.row_with_next(vec![label(t("说明", "Remarks")), Cell::new(room)]);
    let sign = t(
        "初审人（签字）：＿＿＿＿＿＿＿＿　　复核人（签字）：＿＿＿＿＿＿＿＿\n\n日期：＿＿＿＿年＿＿月＿＿日　　　　日期：＿＿＿＿年＿＿月＿＿日",
        "Screened by: ____________________    Reviewed by: ____________________\n\nDate: ______________    Date: ______________",
    );
    grid.row(vec![label(t("签字", "Signatures")), Cell::new(vec![Line::of(TEXT, sign).spaced(160, 120)])]);
    page.grid(grid);
}
