use super::alike::{pair_overlap, similarity};
use super::case::FEW;
use super::contract::declare_check;
use super::{Case, Check};
use crate::model::{BoundPaper, DocId, Format, Outcome, Pointer, Role, Sourced};
use crate::say;
use crate::text::key;
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

declare_check! {
    /// The attachments that the form lists are there, and no file is unlisted.
    ///
    /// ## How it is decided
    /// Each item of the form's list is looked for by its name and number among the file names, the titles inside the files
    /// and the kinds of paper (协议, 照片). Not there: `fail`. A document that no item covers even in other words or by its kind
    /// of paper: `fail`; archives, photos, lists of contents and whatever lies in a folder of proofs are not held against the
    /// list. All there: `pass`. The form has no list: the rule does not apply.
    ///
    /// ## Why
    /// An attachment that was meant to be sent and was not is the most frequent defect, and the easiest to mend.
    ///
    /// ## A person looks when
    /// An item was not found, and an unread file could hold it.
    pub struct AttachmentsListed("attachments-listed", Dossier, bind_dossier, Form, [Pass, Fail, Human, NotApplicable],
        "把申报书附件目录的各项按名称、序号与文件名、文件内标题和材料种类比对：缺少的、目录没有列出的标待补正；都有为符合；没有目录不适用。未找到而有未读文件时由人工查看。"
    ) {
        /// Similarity of an item and a file name from which on they are one, 0 to 1.
        near: f64,
    }
}

/// No form lists more; what is beyond is not compared.
const MOST_ITEMS: usize = 200;

/// A file as the list may name it.
struct Attachment {
    doc: DocId,
    /// Keys of the file's own name and of the folders and archives around it.
    names: Vec<String>,
    number: Option<u32>,
    /// Its own name begins with 附件.
    is_marked: bool,
    role: Role,
    /// Keys of its title-like lines.
    titles: Vec<String>,
}

impl Check for AttachmentsListed {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let listed = &case.facts().form.attachments;
        let listed = &listed[..listed.len().min(MOST_ITEMS)];
        if listed.is_empty() {
            return vec![Outcome::not_applicable(say!("申报书没有附件目录", "the form lists no attachments")).searched(case.form())];
        }
        let files: Vec<Attachment> = (0u32..)
            .zip(&case.dossier.documents)
            .map(|(n, document)| (DocId(n), document.format))
            .filter(|(doc, format)| !case.is_form(*doc) && !matches!(format, Format::Eml | Format::Msg))
            .map(|(doc, _)| attachment(case, doc))
            .collect();
        let mut covered = vec![false; files.len()];
        let mut missing: Vec<&Sourced<String>> = Vec::new();
        let bound = bound_in(case, listed);
        let papers: Vec<Attachment> = case.facts().bound.iter().map(below_its_mark).collect();
        let named: Vec<Vec<bool>> = listed.iter().map(|item| files.iter().map(|file| self.covers(&item.value, file)).collect()).collect();
        for (item, named_by_it) in listed.iter().zip(&named) {
            let mut found = is_title_of(&bare(&item.value), &bound) || papers.iter().any(|paper| self.is_bound(&item.value, paper));
            for (n, file) in files.iter().enumerate() {
                // a file that the words of some item name is that one, whatever its number
                if named_by_it[n] || !named.iter().any(|by| by[n]) && goes_by_number(&item.value, file) {
                    (found, covered[n]) = (true, true);
                }
            }
            if !found {
                missing.push(item);
            }
        }
        let mut outcomes: Vec<Outcome> = Vec::new();
        if !missing.is_empty() {
            outcomes.push(self.missing(case, &missing));
        }
        let unlisted = |file: &Attachment| is_orphan(case, file) && !listed.iter().any(|item| paraphrases(&item.value, file));
        let lone: Vec<DocId> = files.iter().zip(&covered).filter(|(file, covered)| !**covered && unlisted(file)).map(|(file, _)| file.doc).collect();
        if !lone.is_empty() && !listed.iter().any(|item| is_general(&item.value)) {
            let names = case.names(&lone);
            let say = say!("附件目录中没有列出的文件：{names}", "files that the list does not name: {names}");
            outcomes.push(Outcome::fail(say).see(lone.into_iter().take(FEW).map(Pointer::File)));
        }
        if outcomes.is_empty() {
            let count = listed.len();
            let places = listed.iter().filter_map(|item| item.at.first().copied()).take(FEW);
            outcomes.push(Outcome::pass(say!("附件目录所列 {count} 项均有文件", "all {count} listed attachments are there")).see(places));
        }
        outcomes
    }
}

impl AttachmentsListed {
    /// Whether an item names a file; an item that names several papers, where one of them is it.
    fn covers(&self, item: &str, file: &Attachment) -> bool {
        let pieces: Vec<&str> = item.split(['、', '，', ',', '；', ';', '及', '和', '与']).filter(|piece| bare(piece).chars().count() >= 3).collect();
        self.names(item, file) || is_plain_rewording(item, file) || pieces.len() > 1 && pieces.iter().any(|piece| self.names(piece, file))
    }

    fn names(&self, item: &str, file: &Attachment) -> bool {
        let (name, number) = (bare(item), number(item));
        if name.is_empty() {
            return number.is_some() && number == file.number;
        }
        let near = |other: &String| {
            let (short, long) = if name.chars().count() <= other.chars().count() { (&name, other) } else { (other, &name) };
            let length = short.chars().count();
            length >= 2 && long.contains(short.as_str()) || similarity(&name, other) >= self.near || length >= 4 && pair_overlap(&name, other) >= 0.8
        };
        if file.names.iter().any(near) || file.titles.iter().any(|title| title.contains(&name)) {
            return true;
        }
        let same_number = number.is_some() && number == file.number;
        if same_number && file.names.first().is_none_or(|own| own.is_empty() || similarity(&name, own) >= 0.3 || pair_overlap(&name, own) >= 0.3) {
            return true;
        }
        match file.role {
            Role::Agreement => ["协议", "合同"].iter().any(|word| name.contains(word)),
            Role::Photo => ["照片", "图片", "影像", "剪影"].iter().any(|word| name.contains(word)),
            Role::SignIn => name.contains("签到"),
            Role::News => ["报道", "新闻", "简报"].iter().any(|word| name.contains(word)),
            _ => false,
        }
    }

    /// Whether an item is a paper below its mark: by the words of its title, or by its number where the mark names nothing.
    fn is_bound(&self, item: &str, paper: &Attachment) -> bool {
        self.covers(item, paper) || paper.number.is_some() && paraphrases(item, paper) && number(item) == paper.number
    }

    fn missing(&self, case: &Case<'_>, missing: &[&Sourced<String>]) -> Outcome {
        let names = missing.iter().take(12).map(|item| format!("“{}”", item.value)).collect::<Vec<_>>().join("、");
        let count = missing.len();
        let say = say!("附件目录所列 {count} 项未见对应文件：{names}", "{count} listed attachment(s) have no file: {names}");
        let places = missing.iter().filter_map(|item| item.at.first().copied()).take(FEW);
        case.absent(&[Role::Unknown], Outcome::fail(say)).see(places)
    }
}

/// Title lines of the form's own file outside its list: attachments may be bound into it.
fn bound_in(case: &Case<'_>, listed: &[Sourced<String>]) -> BTreeSet<String> {
    let blocks: BTreeSet<(DocId, u32)> = listed.iter().flat_map(|item| &item.at).map(|span| (span.doc, span.block)).collect();
    let views = case.views.iter().filter(|view| case.is_form(view.id));
    let lines =
        views.flat_map(|view| view.document.blocks.iter().zip(0u32..).filter(|(block, _)| block.kind.is_body()).map(move |(block, n)| (view.id, n, block)));
    let titles = lines.filter(|(doc, n, block)| block.text.len() < LONGEST * 3 && !blocks.contains(&(*doc, *n)));
    titles.map(|(_, _, block)| bare(&block.text)).filter(|title| title.chars().count() >= 3).collect()
}

/// Whether a title is an item's, or puts a word more into it: 应用证明, 应用情况证明.
fn is_title_of(item: &str, titles: &BTreeSet<String>) -> bool {
    const MORE: usize = 3;
    let end: String = item.chars().skip(item.chars().count().saturating_sub(2)).collect();
    let widened = |title: &String| {
        let (own, other) = (item.chars().count(), title.chars().count());
        let mut rest = title.chars();
        own >= 4 && other > own && other <= own + MORE && title.ends_with(&end) && item.chars().all(|c| rest.any(|t| t == c))
    };
    titles.contains(item) || titles.iter().any(widened)
}

/// A title is no longer than this.
const LONGEST: usize = 40;

/// A paper bound into a file, as the list may name it.
fn below_its_mark(paper: &BoundPaper) -> Attachment {
    Attachment {
        doc: paper.doc,
        names: paper.titles.iter().map(|title| bare(title)).filter(|title| !title.is_empty()).collect(),
        number: paper.number,
        is_marked: paper.number.is_some(),
        role: paper.role,
        titles: Vec::new(),
    }
}

fn attachment(case: &Case<'_>, doc: DocId) -> Attachment {
    let path = case.dossier.file(doc).map_or("", |file| file.path.as_str());
    let mut parts: Vec<&str> = path.split(['/', '!']).filter(|part| !part.is_empty()).collect();
    parts.reverse();
    let own = parts.first().copied().unwrap_or("");
    let mut names: Vec<String> = parts.iter().map(|part| bare(part)).collect();
    names.dedup();
    Attachment {
        doc,
        is_marked: is_marked(own),
        number: number(own).or_else(|| parts.iter().find_map(|part| number(part))),
        names,
        role: case.facts().role(doc),
        titles: titles(case, doc),
    }
}

/// Title-like lines of a file, as keys: where one file holds several attachments, each begins with its title.
fn titles(case: &Case<'_>, doc: DocId) -> Vec<String> {
    const MOST: usize = 500;
    let Some(view) = case.views.iter().find(|view| view.id == doc) else { return Vec::new() };
    let lines = view.text.lines().filter(|line| (3..=LONGEST).contains(&line.chars().take(LONGEST + 1).count()));
    lines.take(MOST).map(bare).filter(|title| title.chars().count() >= 3).collect()
}

/// What a list adds behind a name: dots and a page, 第3-5页, 共2份.
static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:[.·…-]{2,}\d*|[(]?(?:见|详见|共|各|第)?[p第]?\d{1,4}(?:[-~至]\d{1,4})?(?:份|页|张|件|册|套|本)[)]?)$")
        .expect("the pattern of page references is well formed")
});

/// A name without its number (附件1：), ending, page reference, and remarks in brackets (复印件).
fn bare(name: &str) -> String {
    let mut name = key(name);
    while let Some(behind) = BEHIND.find(&name).filter(|behind| behind.start() > 0) {
        name.truncate(behind.start());
    }
    if let Some((stem, ending)) = name.rsplit_once('.')
        && ending.chars().count() <= 5
        && ending.chars().all(|c| c.is_ascii_alphanumeric())
        && !stem.is_empty()
    {
        name = stem.to_owned();
    }
    let start = name.find(|c: char| !is_numbering(c)).unwrap_or(name.len());
    let mut rest = &name[start..];
    for word in ["附件", "附表", "附"] {
        if let Some(tail) = name.trim_start_matches(|c: char| !c.is_alphanumeric()).strip_prefix(word) {
            rest = tail.trim_start_matches(is_numbering);
            break;
        }
    }
    let rest = rest.trim_matches(|c: char| !c.is_alphanumeric() && c != '(' && c != ')');
    let mut out = rest.to_owned();
    for remark in ["(复印件)", "(扫描件)", "(原件)", "(影印件)", "(盖章)", "(盖章版)", "(电子版)", "复印件", "扫描件"] {
        if let Some(head) = out.strip_suffix(remark) {
            out = head.to_owned();
        }
    }
    out
}

fn is_numbering(c: char) -> bool {
    c.is_ascii_digit() || c.is_whitespace() || "一二三四五六七八九十、.:()-_①②③④⑤⑥⑦⑧⑨⑩第号".contains(c)
}

/// The number in 附件1, 附件二, 1. at the start of a name.
fn number(name: &str) -> Option<u32> {
    let name = key(name);
    let head = name.trim_start_matches(|c: char| !c.is_alphanumeric());
    let rest = ["附件", "附表", "附"].iter().find_map(|word| head.strip_prefix(word)).unwrap_or(head);
    let rest = rest.trim_start_matches(['(', ' ', ':']);
    let digits: String = rest.chars().take_while(|c| c.is_ascii_digit()).collect();
    if !digits.is_empty() {
        let follows = rest[digits.len()..].chars().next();
        return digits.parse().ok().filter(|_| digits.len() <= 2 && !matches!(follows, Some('年' | '月')));
    }
    if rest.len() == head.len() {
        return None;
    }
    let chinese: String = rest.chars().take_while(|c| "一二三四五六七八九十".contains(*c)).collect();
    crate::text::numeral::chinese_number(&chinese).and_then(|n| u32::try_from(n).ok())
}

/// Whether a name begins with 附件.
fn is_marked(name: &str) -> bool {
    key(name).trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with("附件")
}

/// 附件2：需求函, 附件2—商请函: both go by the number of the attachment, whatever else they are called.
fn goes_by_number(item: &str, file: &Attachment) -> bool {
    is_marked(item) && file.is_marked && number(item).is_some() && number(item) == file.number
}

/// An item that covers whatever else is sent.
fn is_general(item: &str) -> bool {
    let name = bare(item);
    ["佐证", "证明材料", "相关材料", "其他材料", "其它材料", "支撑材料", "有关材料"].iter().any(|word| name.contains(word))
}

/// Words that every list of attachments has, and no paper is told by.
const COMMON: [&str; 24] = [
    "材料",
    "文件",
    "证明",
    "情况",
    "项目",
    "相关",
    "有关",
    "附件",
    "徐州市",
    "徐州",
    "学会",
    "协会",
    "研究会",
    "年度",
    "资料",
    "其他",
    "其它",
    "复印",
    "扫描",
    "电子版",
    "汇总",
    "申报",
    "佐证",
    "工作",
];

fn stem(name: &str) -> String {
    let mut stem: String = bare(name).chars().filter(|c| !c.is_ascii_digit()).collect();
    for word in COMMON {
        stem = stem.replace(word, "");
    }
    stem.retain(char::is_alphanumeric);
    stem
}

/// Whether all that tells an item apart stands in a file's name, or the other way round: 成果采纳证明, 学会成果采纳情况.
fn is_plain_rewording(item: &str, file: &Attachment) -> bool {
    let own = stem(item);
    let same = |other: &String| {
        let other = stem(other);
        own.chars().count() >= 4 && other.contains(&own) || other.chars().count() >= 4 && own.contains(&other)
    };
    file.names.iter().take(1).any(same)
}

/// Whether an item tells of a file in other words, or of its kind of paper.
fn paraphrases(item: &str, file: &Attachment) -> bool {
    let own = stem(item);
    let alike = |other: &String| {
        let other = stem(other);
        own.chars().count() >= 2 && other.chars().count() >= 2 && (own.contains(&other) || other.contains(&own) || pair_overlap(&own, &other) >= 0.5)
    };
    let kinds: &[&str] = match file.role {
        Role::Agreement => &["协议", "合同", "合作"],
        Role::Certificate => &["证书", "证明", "登记", "等级", "获奖", "荣誉", "执照", "资质", "批复"],
        Role::Report => &["总结", "报告", "成果", "情况", "案例"],
        Role::Plan => &["规划", "计划", "方案"],
        Role::Budget => &["预算", "经费", "决算"],
        Role::List => &["名单", "名册", "清单", "一览", "团队", "专家", "成员"],
        Role::EventNotice | Role::Agenda | Role::SignIn | Role::News | Role::Photo => &["活动", "会议", "通知", "签到", "报道", "宣传", "学术", "科普"],
        Role::ApplicationForm | Role::Other | Role::Unknown => &[],
    };
    file.names.iter().chain(file.titles.iter().take(3)).any(alike) || kinds.iter().any(|word| item.contains(word))
}

/// Papers that accompany a dossier and are no attachments of it.
fn accompanies(name: &str) -> bool {
    name.len() < 60 && ["目录", "封面", "说明", "清单", "readme", "回执", "申报材料", "承诺书"].iter().any(|word| name.contains(word))
}

/// A file that ought to be listed: photos, the paper copy's scan and what could not be opened are not held against the list.
fn is_orphan(case: &Case<'_>, file: &Attachment) -> bool {
    let Some(document) = case.dossier.document(file.doc) else { return false };
    let is_picture = document.format.is_picture();
    !is_picture
        && !case.is_paper_scan(file.doc)
        && !case.is_mail_body(file.doc)
        && !matches!(document.format, Format::Empty | Format::Zip | Format::Sevenz | Format::Rar | Format::Tar | Format::Gz)
        && !file.names.iter().skip(1).any(|folder| is_general(folder))
        && !file.names.first().is_some_and(|own| accompanies(own))
        && file.role != Role::Photo
        && case.is_read(file.doc)
}

#[cfg(test)]
mod tests {
    use super::{bare, number};

    #[test]
    fn numbers_endings_and_remarks_are_no_part_of_a_name() {
        assert_eq!(bare("附件1：合作协议（扫描件）.pdf"), "合作协议");
        assert_eq!(bare("附件 4 学术活动佐证.pdf"), "学术活动佐证");
        assert_eq!(bare("1．专家名单"), "专家名单");
        assert_eq!(bare("2、合作协议（共3份）"), "合作协议");
        assert_eq!(bare("附件3 专家名单 ……… 12"), "专家名单");
        assert_eq!(bare("（二）2022年度科普工作计划.docx"), "2022年度科普工作计划".trim_start_matches("2022"));
        assert_eq!(number("附件1：合作协议"), Some(1));
        assert_eq!(number("附件二 专家名单"), Some(2));
        assert_eq!(number("3、照片"), Some(3));
        assert_eq!(number("2022年度计划"), None);
        assert_eq!(number("专家名单"), None);
    }
}
