//! Papers bound one behind the other in a file, each below the mark of an attachment (附件2 over 应用证明), or below its own title behind
//! the opinions that close a form.
use super::View;
use super::form::{enumerator, heads_attachments};
use super::lines::{Line, lines};
use super::role::{opens_news, titled};
use crate::model::{BoundPaper, Role};
use crate::text::{numeral, tight};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

static MARK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[【\[(]?(?:附件|附录|附|佐证材料|证明材料)(?:材料)?(?P<n>\d{1,2}|[一二三四五六七八九十]{1,3})[】\])]?[:、.]?(?P<t>[^。;；]{0,40})$")
        .expect("the pattern of marks is well formed")
});

/// Lines below a mark among which the paper's own title stands.
const TITLE_LINES: usize = 4;

/// Characters of the longest line that titles a paper.
const LONGEST_TITLE: usize = 45;

/// Numbers that a file may skip between two marks: the papers between were sent apart.
const MOST_SKIPPED: u32 = 3;

/// Items of the longest list of attachments.
const MOST_LISTED: usize = 40;

/// A line that marks an attachment, in a list of them or over the paper itself.
struct Mark {
    line: usize,
    number: u32,
    /// What stands behind the number.
    name: String,
}

/// The papers that marks part, in order; what stands before the first belongs to none.
///
/// In a list of attachments one mark follows the other; over a paper its text follows, and the numbers begin with one.
pub(super) fn papers(view: &View<'_>) -> Vec<BoundPaper> {
    if view.document.blocks.iter().any(|block| block.at.sheet.is_some()) {
        return Vec::new();
    }
    let all = lines(view);
    let marks: Vec<Mark> = all.iter().enumerate().filter_map(|(n, line)| mark(n, line)).collect();
    let mut papers: Vec<&Mark> = Vec::new();
    for (n, mark) in marks.iter().enumerate() {
        let listed = marks.get(n + 1).map_or(mark.line + 1 >= all.len(), |next| next.line == mark.line + 1);
        if listed {
            continue;
        }
        match papers.last() {
            None if mark.number == 1 => papers.push(mark),
            // the only item of a list, and the paper itself
            Some(_) if mark.number == 1 && papers.len() == 1 => papers = vec![mark],
            Some(last) if mark.number > last.number && mark.number <= last.number + MOST_SKIPPED => papers.push(mark),
            _ => {}
        }
    }
    let below = |mark: &Mark| -> Vec<String> { all[mark.line + 1..].iter().take(TITLE_LINES).map(|line| tight(line.text)).collect() };
    // one mark alone may close a list of one
    if let [only] = papers.as_slice()
        && below(only).first().is_none_or(|title| titled(title, 0, false, false).is_none())
    {
        papers.clear();
    }
    if papers.is_empty() {
        return behind_opinions(view, &all);
    }
    let span = |mark: &Mark| view.spans(all[mark.line].range());
    papers
        .iter()
        .map(|mark| {
            let first = below(mark);
            let news = first.iter().any(|line| opens_news(line)).then_some(Role::News);
            let mut titles = vec![mark.name.clone()];
            titles.extend(first.into_iter().filter(|line| (2..=LONGEST_TITLE).contains(&line.chars().count())));
            titles.retain(|title| !title.is_empty());
            let role = titles.iter().find_map(|title| titled(title, 0, false, false)).or(news).unwrap_or(Role::Unknown);
            BoundPaper { doc: view.id, number: Some(mark.number), titles, role, at: span(mark) }
        })
        .collect()
}

/// Whether a paper is none of the form's own parts: by its mark, or as one of those that tell of an event.
pub(super) fn is_apart(paper: &BoundPaper) -> bool {
    paper.number.is_some() || matches!(paper.role, Role::EventNotice | Role::Agenda | Role::SignIn | Role::News)
}

/// Where the opinions of a form end it: 申报单位意见：同意申报。
static OPINION: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^.{0,16}意见[】\])]?(?:[:(].{0,40})?$").expect("the pattern of opinions is well formed"));

/// Papers below titles of their own behind the last opinion: what a form asks for stands before it.
fn behind_opinions(view: &View<'_>, all: &[Line<'_>]) -> Vec<BoundPaper> {
    let Some(last) = all.iter().rposition(|line| line.chars() <= 60 && OPINION.is_match(&tight(line.text))) else { return Vec::new() };
    let behind = &all[last + 1..];
    let titles = behind.iter().enumerate().filter(|(_, line)| line.row.is_none() && line.label.is_none() && (2..=LONGEST_TITLE).contains(&line.chars()));
    let listed = listed(behind);
    let papers = titles.filter(|(n, _)| !listed.contains(n)).map(|(_, line)| line).filter_map(|line| {
        let title = tight(line.text);
        let role = titled(&title, 0, false, false).filter(|role| !matches!(role, Role::Budget | Role::ApplicationForm))?;
        Some(BoundPaper { doc: view.id, number: None, titles: vec![title], role, at: view.spans(line.range()) })
    });
    papers.collect()
}

/// The items of a list of attachments (附件目录 over 1．合作协议): its numbered lines, or what stands before the first title is said again.
fn listed(lines: &[Line<'_>]) -> Range<usize> {
    let Some(head) = lines.iter().position(|line| heads_attachments(line.text)) else { return 0..0 };
    let items = &lines[head + 1..];
    let is_numbered = |line: &Line<'_>| enumerator(line.text) > 0 || line.label.is_some();
    let end = if items.first().is_some_and(is_numbered) {
        items.iter().take_while(|line| is_numbered(line)).count()
    } else {
        let most = items.len().min(MOST_LISTED);
        let said_again = (0..most).find(|n| items[..*n].iter().any(|item| item.text == items[*n].text));
        // what stands right above a sentence titles a paper
        let told = (0..most).find(|n| items[*n].chars() > LONGEST_TITLE || items[*n].text.ends_with('。')).map(|n| n.saturating_sub(1));
        said_again.into_iter().chain(told).min().unwrap_or(most)
    };
    head + 1..head + 1 + end
}

fn mark(n: usize, line: &Line<'_>) -> Option<Mark> {
    if line.row.is_some() || line.text.len() > LONGEST_TITLE * 4 || !line.text.trim_start().starts_with(['附', '佐', '证', '【', '[', '(']) {
        return None;
    }
    let text = tight(line.text);
    let found = MARK.captures(&text)?;
    let digits = &found["n"];
    // 附件一览, 附件1份
    let counts = |word: &&str| found["t"].starts_with(*word);
    if ["览", "份", "页", "张", "套", "件", "并", "式", "起", "至", "-"].iter().any(counts) {
        return None;
    }
    let number = digits.parse().ok().or_else(|| u32::try_from(numeral::chinese_number(digits)?).ok())?;
    Some(Mark { line: n, number, name: found["t"].trim_matches(|c: char| !c.is_alphanumeric() && c != ')').to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, BlockKind, DocId, Document, Format, Location, SourceFile};

    fn papers_of(lines: &[&str]) -> Vec<(u32, Role)> {
        all_of(lines).into_iter().filter_map(|paper| Some((paper.number?, paper.role))).collect()
    }

    fn unmarked(lines: &[&str]) -> Vec<Role> {
        all_of(lines).into_iter().filter(|paper| paper.number.is_none()).map(|paper| paper.role).collect()
    }

    fn all_of(lines: &[&str]) -> Vec<BoundPaper> {
        let blocks = lines.iter().map(|text| Block::new(BlockKind::Paragraph, *text, Location::default())).collect();
        let document = Document::read_full(Format::Docx, blocks);
        let file = SourceFile { path: "x.docx".into(), bytes: 0, sha256: None, sm3: None, problem: None };
        papers(&View::new(DocId(0), &file, &document))
    }

    #[test]
    fn marks_over_papers_are_told_from_those_of_the_list() {
        let book = [
            "项目申报书",
            "附件1：合作协议",
            "附件2：应用证明",
            "负责人（签字）：",
            "附 件 一",
            "技术服务协议",
            "甲方：某学会",
            "乙方：某公司",
            "附件2 应用证明",
            "应用证明",
            "特此证明。",
            "附件4",
            "学会办成大事",
            "来源：某报",
            "正文一段。",
        ];
        assert_eq!(papers_of(&book), [(1, Role::Agreement), (2, Role::Certificate), (4, Role::News)]);
    }

    #[test]
    fn behind_the_last_opinion_titles_open_papers() {
        let book = [
            "项目申报书",
            "实施方案",
            "分三步走。",
            "【申报单位意见】",
            "同意。（盖章）",
            "近两年调研报告",
            "采用证明",
            "已采用。",
            "某局",
            "2022年4月12日",
            "证 明",
            "兹证明。",
        ];
        let document = ["(", "采用证明"];
        assert_eq!(unmarked(&book), [Role::Report, Role::Certificate, Role::Certificate]);
        assert_eq!(unmarked(&document), []);
    }

    #[test]
    fn a_list_behind_the_last_opinion_holds_no_papers() {
        let form = ["项目申报书", "申报单位意见：", "同意。（盖章）", "附件目录", "1．合作协议", "2．应用证明"];
        assert_eq!(unmarked(&form), []);
        assert_eq!(unmarked(&[&form[..], &["应用证明", "已用于生产。"]].concat()), [Role::Certificate]);
        let plain = ["申报单位意见：", "同意。（盖章）", "附件目录", "应用证明", "获奖证书", "应用证明", "已用于生产。"];
        assert_eq!(unmarked(&plain), [Role::Certificate]);
        let other = ["申报单位意见：", "同意。（盖章）", "附件目录", "专家名单", "获奖证书", "证 明", "兹证明。"];
        assert_eq!(unmarked(&other), [Role::Certificate]);
    }

    #[test]
    fn a_list_or_what_counts_attachments_binds_nothing() {
        assert_eq!(papers_of(&["附件1：合作协议", "附件2：应用证明", "单位意见", "同意申报。"]), []);
        assert_eq!(papers_of(&["附件：", "附件1：合作协议", "单位意见", "同意申报。"]), []);
        assert_eq!(papers_of(&["附件一览", "1.合作协议", "附件2份"]), []);
        assert_eq!(papers_of(&["附件1 合作协议", "合作协议书", "甲方：某学会"]), [(1, Role::Agreement)]);
    }
}
