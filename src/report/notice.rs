//! `补正通知.docx`: every defect at once, ready to send to the applicant; nothing in it that only a person can decide.
use super::docx::{Cell, Face, Grid, Ink, Line, Margins, PackError, Page, Sheet};
use super::json::Batch;
use super::rule_line::RuleLine;
use super::safe;
use super::words::{self, first_field, pick};
use crate::model::{Evidence, FieldId, FileRecord, Finding, Lang, Read, Record, Severity, Verdict};
use crate::text::mask::mask;
use jiff::civil::Date;
use std::collections::HashMap;
use std::sync::LazyLock;

/// GB/T 9704: 37 mm above, 28 mm left, 26 mm right, 35 mm below.
const MARGINS: Margins = Margins { top: 2098, right: 1474, bottom: 1985, left: 1588 };
const WIDTH: usize = 8844;
const TITLE: Ink = Ink::new(Face::Title, 44);
/// 三号.
const BODY: usize = 32;
const TEXT: Ink = Ink::new(Face::Fang, BODY);
const HEADING: Ink = Ink::new(Face::Hei, BODY);
const PITCH: i32 = 560;
const CELL: Ink = Ink::new(Face::Fang, 21);
const STRONG: Ink = Ink::new(Face::Hei, 21);
const SMALL: Ink = Ink::new(Face::Kai, 19);
const HEAD: &str = "F2F2F2";
const PLACES: usize = 6;

/// What every notice is written on.
static SHEET: LazyLock<Result<Sheet, PackError>> = LazyLock::new(|| Sheet::new(MARGINS, &[TITLE, TEXT, HEADING, CELL, STRONG, SMALL], None));

/// One thing to put right: where rules say the same of it, what each of them asks for.
struct Defect<'a> {
    titles: Vec<&'a str>,
    clauses: Vec<&'a str>,
    message: String,
    /// Whether other dossiers may be named.
    names_dossiers: bool,
    /// Nothing the applicant hands in mends it.
    is_past_mending: bool,
    evidence: &'a [Evidence],
    hints: Vec<&'a str>,
}

/// `补正通知.docx` of one dossier; where nothing is to be put right it says so. `deadline` is left blank where none is given, as after
/// the last day of the round, when the office sets one by hand.
///
/// # Errors
/// Where the document outgrows what a zip file can hold.
pub fn docx(record: &Record, batch: &Batch, rules: &[RuleLine], deadline: Option<Date>, lang: Lang) -> Result<Vec<u8>, PackError> {
    let t = |zh, en| pick(lang, zh, en);
    let title = t("申报材料补正通知", "Notice of corrections");
    let mut page = Page::new(Sheet::shared(&SHEET)?, &format!("{title} {}", record.id), lang);
    page.numbered("");
    let people = People::of(record);
    let (past, defects): (Vec<_>, Vec<_>) = defects(record, rules, lang).into_iter().partition(|defect| defect.is_past_mending);
    let unopened = unopened(record);
    page.line(Line::of(TITLE, title).centered().spaced(0, 160));
    page.line(Line::of(TEXT, t("〔　　　　〕　　号", "No. ____________")).centered().spaced(0, 320));
    let applicant = first_field(record, FieldId::ApplicantName);
    let name = if applicant.is_empty() { t("＿＿＿＿＿＿＿＿＿＿＿＿", "______________").to_owned() } else { shown(applicant) };
    page.line(Line::of(TEXT, &format!("{name}{}", t("：", ":"))).pitched(PITCH));
    for paragraph in opening(record, batch, defects.len(), unopened.len(), deadline, lang) {
        page.line(Line::of(TEXT, &paragraph).indented(BODY).pitched(PITCH));
    }
    if !defects.is_empty() {
        let day = printed(deadline, lang);
        let head = match (lang, deadline) {
            (Lang::Zh, Some(_)) => format!("一、需要补正的事项（请于{day}前报送）"),
            (Lang::Zh, None) => "一、需要补正的事项".to_owned(),
            (Lang::En, Some(_)) => format!("1. What is to be put right by {day}"),
            (Lang::En, None) => "1. What is to be put right".to_owned(),
        };
        page.line(Line::of(HEADING, &head).indented(BODY).pitched(PITCH).heading().spaced(120, 120));
        page.grid(table(&defects, &people, lang));
    }
    if !unopened.is_empty() {
        let word = if defects.is_empty() {
            t("一、未能打开的文件", "1. Files that could not be opened")
        } else {
            t("二、未能打开的文件", "2. Files that could not be opened")
        };
        page.line(Line::of(HEADING, word).indented(BODY).pitched(PITCH).heading().spaced(200, 120));
        page.grid(files(&unopened, lang));
    }
    for paragraph in told(&past, lang) {
        page.line(Line::of(TEXT, &paragraph).indented(BODY).pitched(PITCH).spaced(200, 0));
    }
    let is_open = record.findings.iter().any(|f| f.severity != Severity::Info && matches!(f.result, Verdict::Human | Verdict::NotChecked));
    closing(&mut page, is_open, lang);
    page.finish(&batch.as_of)
}

/// Applicants' text as it may leave the office.
fn shown(text: &str) -> String {
    mask(&safe::line(text)).into_owned()
}

/// The people whom a dossier names: their names leave the office masked, as their numbers do.
struct People(Vec<String>);

impl People {
    fn of(record: &Record) -> Self {
        let of_field = |field: FieldId| {
            record
                .fields
                .get(&field)
                .into_iter()
                .flatten()
                .flat_map(|reading| reading.value.as_ref().and_then(|value| value.text()).map(str::to_owned).into_iter().chain([reading.raw.clone()]))
        };
        let read = [FieldId::Leader, FieldId::Contact, FieldId::Members].into_iter().flat_map(of_field);
        let differs = record.paper.differences.iter().filter(|difference| matches!(difference.field.as_deref(), Some("leader" | "contact")));
        let on_paper = differs.flat_map(|difference| difference.electronic.iter().chain(&difference.paper)).cloned();
        let mut names: Vec<String> = read.chain(on_paper).map(|name| name.trim().to_owned()).filter(|name| is_name(name)).collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        names.dedup();
        Self(names)
    }

    /// Applicants' text as it may leave the office.
    fn shown(&self, text: &str) -> String {
        self.0.iter().fold(shown(text), |text, name| text.replace(name.as_str(), &masked(name)))
    }
}

/// Two to four ideographs: whatever else stands under such a label masks nothing.
fn is_name(text: &str) -> bool {
    let letters = || text.chars().filter(|c| !c.is_whitespace());
    (2..=4).contains(&letters().count()) && letters().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// 何玉芬 as 何*芬, 狄敏 as 狄*.
fn masked(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let last = if chars.len() > 2 { chars.last() } else { None };
    let hidden = chars.len() - 1 - usize::from(last.is_some());
    chars.first().into_iter().copied().chain(std::iter::repeat_n('*', hidden)).chain(last.copied()).collect()
}

/// What is told and asks for nothing.
fn told(past: &[Defect<'_>], lang: Lang) -> Vec<String> {
    if past.is_empty() {
        return Vec::new();
    }
    let facts = past.iter().map(|defect| shown(&defect.message)).collect::<Vec<_>>().join(pick(lang, "；", "; "));
    let (clause, hint) = (joined(&past[0].clauses, lang), joined(&past[0].hints, lang));
    vec![match lang {
        Lang::Zh => format!("另行告知：{facts}（{clause}）。此项无须补正，{hint}。"),
        Lang::En => format!("For your information: {facts} ({clause}). Nothing is to be handed in for this; {hint}."),
    }]
}

/// What fails, each answer of a rule by itself, the same answer of two rules once.
fn defects<'a>(record: &'a Record, rules: &'a [RuleLine], lang: Lang) -> Vec<Defect<'a>> {
    let by_id: HashMap<&str, &RuleLine> = rules.iter().map(|rule| (rule.id.as_str(), rule)).collect();
    let mut out: Vec<Defect<'a>> = Vec::new();
    for finding in record.findings.iter().filter(|f| f.result == Verdict::Fail) {
        let rule = by_id.get(finding.rule.as_str());
        if rule.is_some_and(|rule| rule.is_derived) {
            continue;
        }
        let title = rule.map_or("", |rule| rule.title.as_str());
        let names_dossiers = rule.is_some_and(|rule| rule.names_own_dossiers);
        let is_past_mending = rule.is_some_and(|rule| rule.is_past_mending);
        for (message, evidence) in failed(finding) {
            let message = if names_dossiers { message.to_owned() } else { without_dossiers(message, evidence, lang) };
            let same = out.iter_mut().find(|d| d.message == message && d.is_past_mending == is_past_mending);
            let Some(defect) = same else {
                let (titles, clauses, hints) = (vec![title], vec![finding.clause.as_str()], vec![finding.hint.as_str()]);
                out.push(Defect { titles, clauses, message, names_dossiers, is_past_mending, evidence, hints });
                continue;
            };
            for (known, word) in [(&mut defect.titles, title), (&mut defect.clauses, finding.clause.as_str()), (&mut defect.hints, finding.hint.as_str())] {
                if !known.contains(&word) {
                    known.push(word);
                }
            }
        }
    }
    out
}

/// What several rules say, parted; what one of them does not say is left out.
fn joined(words: &[&str], lang: Lang) -> String {
    let words: Vec<String> = words.iter().filter(|word| !word.is_empty()).map(|word| safe::line(word).into_owned()).collect();
    words.join(pick(lang, "；", "; "))
}

/// The message with the numbers of other applicants' dossiers taken out.
fn without_dossiers(message: &str, evidence: &[Evidence], lang: Lang) -> String {
    let other = pick(lang, "另一份申报材料", "another dossier");
    let mut ids: Vec<&str> = evidence.iter().filter_map(|at| at.dossier.as_deref()).filter(|id| !id.is_empty()).collect();
    ids.sort_by_key(|id| std::cmp::Reverse(id.len()));
    ids.dedup();
    ids.into_iter().fold(message.to_owned(), |text, id| text.replace(id, other))
}

fn failed(finding: &Finding) -> Vec<(&str, &[Evidence])> {
    let failed: Vec<_> = finding.details.iter().filter(|d| d.result == Verdict::Fail).map(|d| (d.message.as_str(), d.evidence.as_slice())).collect();
    if failed.is_empty() { vec![(finding.message.as_str(), finding.evidence.as_slice())] } else { failed }
}

/// Files of which not even the number of pages is known. Pictures open without any text in them; what a failed rule
/// already names is not said twice.
fn unopened(record: &Record) -> Vec<&FileRecord> {
    const PICTURES: [&str; 6] = ["jpeg", "png", "tiff", "bmp", "gif", "webp"];
    let failed = || record.findings.iter().filter(|f| f.result == Verdict::Fail);
    let named =
        |path: &str| failed().flat_map(|f| f.evidence.iter().chain(f.details.iter().flat_map(|d| &d.evidence))).any(|e| e.file.as_deref() == Some(path));
    let closed = |file: &&FileRecord| file.read == Read::None && file.pages.is_none() && !PICTURES.contains(&file.format.as_str());
    record.files.iter().filter(closed).filter(|file| !named(&file.path)).collect()
}

fn printed(day: Option<Date>, lang: Lang) -> String {
    match (day, lang) {
        (Some(day), Lang::Zh) => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        (Some(day), Lang::En) => day.to_string(),
        (None, Lang::Zh) => "＿＿＿＿年＿＿月＿＿日".to_owned(),
        (None, Lang::En) => "____________".to_owned(),
    }
}

fn opening(record: &Record, batch: &Batch, defects: usize, unopened: usize, deadline: Option<Date>, lang: Lang) -> Vec<String> {
    let project = first_field(record, FieldId::ProjectName);
    let project = if project.is_empty() { pick(lang, "未能读出", "not read").to_owned() } else { shown(project) };
    let (programme, id) = (safe::line(&batch.programme.name), shown(&record.id));
    let day = printed(deadline, lang);
    let found = match (lang, defects, unopened) {
        (Lang::Zh, 0, 0) => "经材料初审，未发现需要补正的事项。".to_owned(),
        (Lang::Zh, 0, files) => format!("经材料初审，有 {files} 个文件未能打开，请协助重新提交。"),
        (Lang::Zh, n, 0) => format!("经材料初审，有 {n} 项需要补正，现一次性告知如下。"),
        (Lang::Zh, n, files) => format!("经材料初审，有 {n} 项需要补正，另有 {files} 个文件未能打开，现一次性告知如下。"),
        (Lang::En, 0, 0) => "The preliminary review found nothing that needs to be put right.".to_owned(),
        (Lang::En, 0, files) => format!("In the preliminary review {files} file(s) could not be opened; please send them again."),
        (Lang::En, n, 0) => format!("The preliminary review found {n} matter(s) to be put right, all of which are listed here."),
        (Lang::En, n, files) => {
            format!("The preliminary review found {n} matter(s) to be put right, and {files} file(s) could not be opened; all are listed here.")
        }
    };
    let mut out = vec![match lang {
        Lang::Zh => format!("你单位申报{programme}的材料（申报编号：{id}，项目名称：{project}）收悉。{found}"),
        Lang::En => format!("We have received your application to the programme \"{programme}\" (dossier {id}, project \"{project}\"). {found}"),
    }];
    if defects + unopened > 0 {
        out.push(match lang {
            Lang::Zh => format!("请于{day}前将补正材料一次性报送我单位，电子版与纸质版应保持一致。如对所列事项有不同意见，请在同一期限内说明并附相关证明。"),
            Lang::En => format!(
                "Please hand in the corrections together by {day}; the electronic and the paper copy must agree. Should you see a point differently, please say so within the same time and attach the proof."
            ),
        });
    }
    out
}

fn head(words: [&str; 4]) -> Vec<Cell> {
    words.iter().map(|word| Cell::new(vec![Line::of(STRONG, word).centered()]).fill(HEAD).middle()).collect()
}

fn table(defects: &[Defect<'_>], people: &People, lang: Lang) -> Grid {
    let t = |zh, en| pick(lang, zh, en);
    let mut grid = Grid::new(&[650, 3600, 2400, WIDTH - 6650]);
    grid.head(head([t("序号", "No."), t("问题与依据", "What is wrong"), t("所在位置", "Where"), t("请补正", "Please hand in")]));
    for (n, defect) in defects.iter().enumerate() {
        let mut what = vec![Line::of(CELL, &safe::short(people.shown(&defect.message), 500))];
        let (title, clause, hint) = (joined(&defect.titles, lang), joined(&defect.clauses, lang), joined(&defect.hints, lang));
        if !title.is_empty() {
            what.push(Line::of(SMALL, &format!("{}{title}", t("要求：", "Required: "))));
        }
        if !clause.is_empty() {
            what.push(Line::of(SMALL, &format!("{}{clause}", t("依据：", "Clause: "))));
        }
        grid.row(vec![
            Cell::new(vec![Line::of(CELL, &(n + 1).to_string()).centered()]).middle(),
            Cell::new(what),
            Cell::new(places(defect, people, lang)),
            Cell::of(CELL, &if hint.is_empty() { t("请更正或说明", "Please correct or explain").into() } else { safe::short(shown(&hint), 400) }),
        ]);
    }
    grid
}

/// Places in the applicant's own files. The office's lists and other dossiers are named without their contents, other
/// applicants' dossiers not even by number.
fn places(defect: &Defect<'_>, people: &People, lang: Lang) -> Vec<Line> {
    let mut sources: Vec<(String, Vec<String>)> = Vec::new();
    let mut count = 0;
    for at in defect.evidence {
        let (source, within) = match place(at, defect.names_dossiers, people, lang) {
            Some(place) => place,
            None => continue,
        };
        let known = sources.iter().position(|(name, _)| *name == source);
        if known.is_some_and(|n| within.is_empty() || sources[n].1.contains(&within)) {
            continue;
        }
        count += 1;
        if count > PLACES {
            sources.push((pick(lang, "……等处", "… and further places").to_owned(), Vec::new()));
            break;
        }
        match known {
            Some(n) => sources[n].1.push(within),
            None => sources.push((source, if within.is_empty() { Vec::new() } else { vec![within] })),
        }
    }
    if sources.is_empty() {
        sources.push((pick(lang, "整份材料", "the dossier as a whole").to_owned(), Vec::new()));
    }
    let text = |(source, places): &(String, Vec<String>)| match places.as_slice() {
        [] => source.clone(),
        places => format!("{source}{}{}", pick(lang, "：", ": "), places.join(pick(lang, "；", "; "))),
    };
    sources.iter().map(|source| Line::of(CELL, &text(source))).collect()
}

/// A file, list or dossier, and the place within it; `None` where the evidence names nothing.
fn place(at: &Evidence, names_dossiers: bool, people: &People, lang: Lang) -> Option<(String, String)> {
    if let Some(id) = &at.dossier {
        let name = if names_dossiers {
            format!("{}{}", pick(lang, "申报编号 ", "dossier "), shown(id))
        } else {
            pick(lang, "另一份申报材料", "another dossier").to_owned()
        };
        return Some((name, String::new()));
    }
    let Some(file) = &at.file else {
        return at.list.as_ref().map(|_| (pick(lang, "以我单位的登记和名单为准", "by the records of this office").to_owned(), String::new()));
    };
    let mut within = shown(&words::place(&Evidence { file: None, list: None, ..at.clone() }, lang));
    if let Some(quote) = &at.quote {
        within += &pick(lang, "“@”", " \"@\"").replace('@', &safe::short(people.shown(quote), 60));
    }
    Some((safe::short(shown(file), 120).into_owned(), within.trim().to_owned()))
}

fn files(files: &[&FileRecord], lang: Lang) -> Grid {
    let t = |zh, en| pick(lang, zh, en);
    let mut grid = Grid::new(&[650, 3300, 2700, WIDTH - 6650]);
    grid.head(head([t("序号", "No."), t("文件", "File"), t("情况", "What happened"), t("请补正", "Please hand in")]));
    for (n, file) in files.iter().enumerate() {
        let why = file.problems.iter().map(|problem| Line::of(CELL, &safe::short(shown(problem), 200))).collect();
        grid.row(vec![
            Cell::new(vec![Line::of(CELL, &(n + 1).to_string()).centered()]).middle(),
            Cell::of(CELL, &safe::short(shown(&file.path), 200)),
            Cell::new(why),
            Cell::of(CELL, t("请重新提交能正常打开、未加密的文件（建议 DOCX 或 PDF）", "Please send a file that opens and is not encrypted (DOCX or PDF)")),
        ]);
    }
    grid
}

/// `is_open`: whether something still awaits a person, so that this letter may not be the last.
fn closing(page: &mut Page<'_>, is_open: bool, lang: Lang) {
    let note = match (lang, is_open) {
        (Lang::Zh, true) => "材料初审不代替受理，也不代替评审。部分内容尚待人工核对，核对后如需补正，将另行通知。如有疑问，请与我单位联系。",
        (Lang::Zh, false) => "材料初审不代替受理，也不代替评审。如有疑问，请与我单位联系。",
        (Lang::En, true) => {
            "The preliminary review replaces neither acceptance nor judgement. Some points are still being looked at; should more be needed, you will be told separately. \
             Please call us if a point is unclear."
        }
        (Lang::En, false) => "The preliminary review replaces neither acceptance nor judgement. Please call us if a point is unclear.",
    };
    page.line(Line::of(TEXT, note).indented(BODY).pitched(PITCH).spaced(200, 0).with_next());
    let contact = pick(lang, "联系人：＿＿＿＿＿＿　　电话：＿＿＿＿＿＿＿＿", "Contact: ______________    Phone: ______________");
    page.line(Line::of(TEXT, contact).indented(BODY).pitched(PITCH).spaced(0, 400).with_next());
    page.line(Line::of(TEXT, pick(lang, "＿＿＿＿＿＿＿＿＿＿＿＿（盖章）", "______________________ (seal)")).right().pitched(PITCH).with_next());
    page.line(Line::of(TEXT, pick(lang, "＿＿＿＿年＿＿月＿＿日　　", "Date: ______________")).right().pitched(PITCH));
}
