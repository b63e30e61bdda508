//! Grades of the social-organisation assessment (评估等级) and results of the yearly check (年检).
//!
//! Not handled: a plaque or a stamp that is only a picture.
use super::View;
use super::lines::{Line, lines};
use crate::model::{AnnualCheck, Grade, Role};
use crate::text::date::{PartialDate, find_dates, find_ranges};
use crate::text::normal;
use crate::text::numeral::chinese_number;
use jiff::ToSpan;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

static GRADE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?P<d>[1-5一二三四五])\s*A(?:级|等级|\b|$|[^A-Za-z0-9])|(?P<a>A{1,5})(?:级|等级|[^A-Za-z0-9]|$)").expect("the grade pattern is well formed")
});

/// Words that make an A a grade of the assessment.
static ABOUT_GRADE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"评估等级|等级评估|社会组织评估|社团评估|评估.{0,6}级|级(?:社会组织|社会团体|社团|学会|协会|研究会)|评估(?:结果|结论|为)|等级证书")
        .expect("the grade words are well formed")
});

/// Other things that carry A's, and grades that are asked for or hoped for.
static NO_GRADE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"景区|旅游|信用|资质|物流|纸|酒店|不低于|不得低于|以上|及以上|争创|力争|创建|目标|申报条件|应当|须为|拟申请|准备申请|计划|冲刺")
        .expect("the exclusion pattern is well formed")
});

static HOLDER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?P<n>[^\s,。;:、()“”\d]{2,28}(?:学会|协会|研究会|促进会|联合会|商会|基金会))").expect("the holder pattern is well formed"));

static CHECK_WORDS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"年检|年度检查|年度考核检查|检查结论|年审").expect("the yearly check words are well formed"));

static RESULT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"基本合格|不合格|未参检|未参加年检|未参加|未年检|未检|合格").expect("the result pattern is well formed"));

/// A demand or an explanation, no result.
static NO_RESULT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"须是|必须|应当|应经|要求|条件|是否|方可|不得申报|通知").expect("the demand pattern is well formed"));

static YEAR: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(20\d{2})\s*年?度?").expect("the year pattern is well formed"));

/// An office's list of grades is not longer.
const MOST_GRADES: usize = 2_000;

/// Lines around a grade that belong to the same certificate.
const AROUND: usize = 12;

/// Assessment grades in order of files; `proved` where a certificate or an official paper prints them.
pub fn grades(views: &[View<'_>]) -> Vec<Grade> {
    let mut found = Vec::new();
    for view in views.iter().filter(|v| !matches!(v.role, Role::Agreement | Role::Budget)) {
        let all = lines(view);
        for (n, line) in all.iter().enumerate() {
            // Most lines hold no grade of any kind.
            if line.text.len() > 4_000 || !line.text.contains('A') || NO_GRADE.is_match(line.text) {
                continue;
            }
            let Some((stars, at)) = grade_in(line.text) else { continue };
            let about =
                all[n.saturating_sub(3)..(n + 2).min(all.len())].iter().any(|l| l.text.len() < 4_000 && ABOUT_GRADE.is_match(l.text)) || row_is_about(&all, n);
            if !about {
                continue;
            }
            let grade = grade(view, &all, n, stars, at);
            if found.len() < MOST_GRADES
                && !found.iter().any(|g: &Grade| g.stars == grade.stars && g.proved == grade.proved && g.holder == grade.holder && same_file(g, &grade))
            {
                found.push(grade);
            }
        }
    }
    found
}

fn same_file(a: &Grade, b: &Grade) -> bool {
    a.at.first().map(|s| s.doc) == b.at.first().map(|s| s.doc)
}

/// A list of grades has its words in the head row, however far above.
fn row_is_about(all: &[Line<'_>], n: usize) -> bool {
    let Some((table, _)) = all[n].row else { return false };
    all[..n].iter().rev().take(400).take_while(|l| l.row.is_some_and(|(t, _)| t == table)).any(|l| ABOUT_GRADE.is_match(l.text))
}

/// The number of A's and their bytes; of tick boxes the ticked one, and none where nothing is ticked.
fn grade_in(text: &str) -> Option<(u8, Range<usize>)> {
    let all: Vec<(u8, Range<usize>)> = GRADE
        .captures_iter(text)
        .filter_map(|caps| {
            let m = caps.name("d").or(caps.name("a"))?;
            let before = text[..m.start()].chars().next_back();
            if before.is_some_and(|c| c.is_ascii_alphanumeric()) {
                return None;
            }
            let stars = match caps.name("d") {
                Some(d) => d.as_str().parse().ok().or_else(|| chinese_number(d.as_str()).and_then(|n| u8::try_from(n).ok()))?,
                None => u8::try_from(m.as_str().len()).ok()?,
            };
            (stars >= 1).then(|| (stars, m.start()..m.end()))
        })
        .collect();
    let boxes = text.chars().any(|c| "□☐○".contains(c)) && all.len() > 1;
    if boxes {
        return all.into_iter().find(|(_, at)| {
            text[..at.start].chars().next_back().is_some_and(|c| "☑■√✔✓●☒".contains(c))
                || text[at.end..].trim_start_matches(['A', '级']).starts_with(['√', '☑', '✔'])
        });
    }
    all.into_iter().next()
}

fn grade(view: &View<'_>, all: &[Line<'_>], n: usize, stars: u8, at: Range<usize>) -> Grade {
    let line = &all[n];
    let proved = is_official(view, all, n);
    let from = n.saturating_sub(AROUND);
    let near = &all[from..(n + AROUND).min(all.len())];
    let same_row: Vec<&Line<'_>> = near.iter().filter(|l| l.row.is_some() && l.row == line.row).collect();
    // 评估等级 | 4A is a label with its answer, no row of a list
    let labelled = same_row.len() == 2 && same_row.first().is_some_and(|label| ABOUT_GRADE.is_match(label.text) && grade_in(label.text).is_none());
    let in_list = line.row.is_some() && !labelled && row_is_about(all, n);
    let holder = if in_list && same_row.len() > 1 {
        same_row.iter().find_map(|l| holder_in(l.text))
    } else if proved {
        holder_in(line.text)
            .or_else(|| near[..n - from].iter().rev().find_map(|l| holder_in(l.text)))
            .or_else(|| near[n - from..].iter().find_map(|l| holder_in(l.text)))
    } else {
        None
    };
    let (issued, valid_to) = if proved || line.text.contains("有效") { validity(if in_list { &[] } else { near }, line) } else { (None, None) };
    Grade { stars, valid_to, issued, proved, holder, at: line.spans(view, at) }
}

/// Whether what stands here is a certificate or an office's paper rather than the applicant's own words.
fn is_official(view: &View<'_>, all: &[Line<'_>], n: usize) -> bool {
    if view.role == Role::Certificate {
        return true;
    }
    if matches!(view.role, Role::ApplicationForm | Role::Plan | Role::News) || all[n].chars() >= 60 {
        return false;
    }
    let near = &all[n.saturating_sub(AROUND)..(n + AROUND).min(all.len())];
    let says = |words: &[&str]| near.iter().any(|l| l.chars() < 60 && words.iter().any(|w| l.text.contains(w)));
    let paper = says(&["证书", "副本", "公告", "公示", "发证", "登记管理机关", "检查机关"]);
    // A report may be bound with a certificate; its own sentences prove nothing.
    if view.role == Role::Report { paper && says(&["民政"]) } else { paper || says(&["民政局", "民政厅"]) }
}

fn holder_in(text: &str) -> Option<String> {
    let caps = HOLDER.captures(text)?;
    let name = caps["n"]
        .trim_start_matches("授予")
        .trim_start_matches("兹认定")
        .trim_start_matches("单位名称")
        .trim_start_matches("名称")
        .trim_start_matches("经评估");
    let office = ["民政", "科学技术协会", "科协"].iter().any(|w| name.contains(w));
    (!office && name.chars().count() >= 4).then(|| normal(name))
}

/// Day of issue and last day of validity, from the lines around.
fn validity(near: &[Line<'_>], line: &Line<'_>) -> (Option<PartialDate>, Option<PartialDate>) {
    static TERM: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"有效(?:期限?|时间|日期)|有效至").expect("the validity pattern is well formed"));
    static YEARS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"([一二三四五\d])\s*年").expect("the years pattern is well formed"));
    let (mut issued, mut to, mut years) = (None, None, None);
    let mut lone = None;
    for (n, l) in near.iter().chain(std::iter::once(line)).enumerate() {
        let term = TERM.find(l.text);
        if let Some(term) = term.filter(|_| to.is_none()) {
            let mut rest = l.text[term.start()..].to_owned();
            if find_dates(&rest).is_empty() && YEARS.captures(&rest).is_none() {
                rest.push_str(near.get(n + 1).map_or("", |next| next.text));
            }
            let range = find_ranges(&rest).into_iter().next();
            to = range.map(|r| r.to).or_else(|| find_dates(&rest).into_iter().find(|d| d.date.month.is_some()).map(|d| d.date));
            if to.is_none() {
                years = YEARS.captures(&rest).and_then(|caps| caps[1].parse().ok().or_else(|| chinese_number(&caps[1])));
            }
            continue;
        }
        let date = find_dates(l.text).into_iter().rfind(|d| d.date.month.is_some());
        if let Some(date) = date {
            if ["发证", "颁发", "颁证", "签发", "评定"].iter().any(|w| l.text.contains(w)) {
                issued = Some(date.date);
            } else if l.chars() <= 16 {
                lone = Some(date.date);
            }
        }
    }
    let issued = issued.or(lone);
    let counted = years.zip(issued.and_then(PartialDate::first_day)).and_then(|(years, day): (i64, _)| day.checked_add(years.years()).ok()?.yesterday().ok());
    (issued, to.or_else(|| counted.map(|d| PartialDate::day(d.year(), d.month(), d.day()))))
}

/// Results of yearly checks in order of files.
pub fn annual_checks(views: &[View<'_>]) -> Vec<AnnualCheck> {
    let mut found: Vec<AnnualCheck> = Vec::new();
    for view in views.iter().filter(|v| !matches!(v.role, Role::Agreement | Role::Budget)) {
        let all = lines(view);
        for (n, line) in all.iter().enumerate() {
            if line.text.len() > 4_000 {
                continue;
            }
            let Some(result) = RESULT.find(line.text) else { continue };
            if NO_RESULT.is_match(line.text) || !about_check(&all, n, result.start()) {
                continue;
            }
            let check = AnnualCheck {
                year: year(&all, n, result.start()),
                result: result.as_str().to_owned(),
                proved: is_official(view, &all, n),
                at: line.spans(view, result.range()),
            };
            let known = found.iter().any(|c| c.year == check.year && c.result == check.result && c.proved == check.proved);
            if !known {
                found.push(check);
            }
        }
    }
    found
}

/// Whether a result word belongs to a yearly check: the words in its clause, its row, the row's head or the line above.
fn about_check(all: &[Line<'_>], n: usize, at: usize) -> bool {
    let line = &all[n];
    if let Some(words) = CHECK_WORDS.find_iter(line.text).last() {
        let (a, b) = (words.end().min(at), words.start().max(at));
        return line.text.get(a..b).is_some_and(|between| between.chars().count() <= 24);
    }
    if line.chars() > 20 {
        return false;
    }
    let Some((table, row)) = line.row else {
        return n > 0 && all[n.saturating_sub(2)..n].iter().any(|l| l.chars() <= 40 && CHECK_WORDS.is_match(l.text) && !RESULT.is_match(l.text));
    };
    all[..n]
        .iter()
        .rev()
        .take(400)
        .take_while(|l| l.row.is_some_and(|(t, r)| t == table && (r == row || row - r.min(row) <= 40)))
        .any(|l| l.chars() <= 30 && CHECK_WORDS.is_match(l.text))
}

/// The checked year: nearest before the result in its line, else in its row, else in the lines above.
fn year(all: &[Line<'_>], n: usize, at: usize) -> Option<i32> {
    let line = &all[n];
    let in_text = |text: &str| {
        YEAR.captures_iter(text).filter(|caps| !text[caps.get(0).map_or(0, |m| m.end())..].starts_with("月")).last().and_then(|caps| caps[1].parse().ok())
    };
    let plain = |text: &str| find_dates(text).iter().all(|d| d.date.month.is_none());
    in_text(&line.text[..at]).or_else(|| {
        if line.row.is_some() {
            let row = line.row;
            all.iter()
                .skip(n.saturating_sub(8))
                .take(17)
                .filter(|l| l.row == row && plain(l.text))
                .find_map(|l| in_text(l.text))
                .or_else(|| all[n.saturating_sub(3)..n].iter().rev().filter(|l| plain(l.text)).find_map(|l| in_text(l.text)))
        } else {
            all[n.saturating_sub(2)..n].iter().rev().filter(|l| plain(l.text)).find_map(|l| in_text(l.text))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, BlockKind, DocId, Document, Format, Location, SourceFile};

    fn with<T>(role: Role, text: &[&str], read: impl Fn(&[View<'_>]) -> T) -> T {
        let blocks = text
            .iter()
            .enumerate()
            .flat_map(|(row, line)| match line.strip_prefix("| ") {
                Some(cells) => cells
                    .split(" | ")
                    .enumerate()
                    .map(|(column, cell)| {
                        Block::new(
                            BlockKind::Cell,
                            cell,
                            Location { table: Some(1), row: Some(row as u32 + 1), column: Some(column as u32 + 1), ..Location::default() },
                        )
                    })
                    .collect(),
                None => vec![Block::new(BlockKind::Paragraph, *line, Location::default())],
            })
            .collect();
        let document = Document::read_full(Format::Docx, blocks);
        let file = SourceFile { path: "a.docx".into(), bytes: 1, sha256: None, sm3: None, problem: None };
        let mut view = View::new(DocId(0), &file, &document);
        view.role = role;
        read(&[view])
    }

    fn grade_of(role: Role, text: &[&str]) -> Vec<String> {
        with(role, text, |views| {
            grades(views)
                .iter()
                .map(|g| {
                    format!(
                        "{}A {} {} {}",
                        g.stars,
                        g.holder.as_deref().unwrap_or("-"),
                        g.valid_to.map_or("-".to_owned(), |d| d.to_string()),
                        if g.proved { "proved" } else { "claimed" }
                    )
                })
                .collect()
        })
    }

    fn checks_of(role: Role, text: &[&str]) -> Vec<String> {
        with(role, text, |views| {
            annual_checks(views).iter().map(|c| format!("{} {} {}", c.year.unwrap_or(0), c.result, if c.proved { "proved" } else { "claimed" })).collect()
        })
    }

    #[test]
    fn a_certificate_shows_grade_holder_and_last_day() {
        let text = [
            "社会组织评估等级证书",
            "徐州市图形测绘学会",
            "统一社会信用代码：51320300MJ00000000",
            "评估等级：AAA级（3A）",
            "有效期：2016年12月1日至2021年11月30日",
            "发证机关：徐州市民政局（盖章）",
            "2016年12月1日",
        ];
        assert_eq!(grade_of(Role::Certificate, &text), ["3A 徐州市图形测绘学会 2021-11-30 proved"]);
        assert_eq!(
            grade_of(Role::Certificate, &["中国社会组织评估等级", "AAAA", "徐州市力学学会", "有效期五年", "发证日期：2020年12月25日"]),
            ["4A 徐州市力学学会 2025-12-24 proved"]
        );
    }

    #[test]
    fn the_form_only_claims_and_a_demand_is_no_grade() {
        assert_eq!(grade_of(Role::ApplicationForm, &["学会2020年被市民政局评为4A级社会组织。"]), ["4A - - claimed"]);
        assert_eq!(grade_of(Role::ApplicationForm, &["申报学会评估等级不低于4A级", "会议地点：4A级景区", "评估等级：□5A □4A"]), Vec::<String>::new());
        assert_eq!(grade_of(Role::ApplicationForm, &["评估等级：□5A ☑4A □3A"]), ["4A - - claimed"]);
    }

    #[test]
    fn an_official_list_names_each_holder() {
        let text = ["徐州市民政局关于2021年度社会组织评估等级的公告", "| 社会组织名称 | 评估等级", "| 徐州市力学学会 | 5A", "| 徐州市护理学会 | 3A"];
        assert_eq!(grade_of(Role::Other, &text), ["5A 徐州市力学学会 - proved", "3A 徐州市护理学会 - proved"]);
    }

    #[test]
    fn yearly_checks_are_read_from_tables_and_lines() {
        let table = [
            "社会团体法人登记证书（副本）年度检查记录",
            "| 名称 | 年度 | 检查结论 | 检查机关",
            "| 徐州市力学学会 | 2021年度 | 合格 | 徐州市民政局（盖章）",
            "| 徐州市力学学会 | 2020年度 | 基本合格 | 徐州市民政局（盖章）",
        ];
        assert_eq!(checks_of(Role::Certificate, &table), ["2021 合格 proved", "2020 基本合格 proved"]);
        assert_eq!(checks_of(Role::Certificate, &["2021年度检查不合格", "徐州市民政局"]), ["2021 不合格 proved"]);
        assert_eq!(checks_of(Role::ApplicationForm, &["学会2021年度年检结论为合格。"]), ["2021 合格 claimed"]);
        assert_eq!(checks_of(Role::ApplicationForm, &["上一年度须是经市民政局年检合格", "产品检验合格"]), Vec::<String>::new());
    }
}
