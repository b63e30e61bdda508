//! A file of evidence cut into its papers: notices, agendas, sign-in sheets, news, photos, one after the other.
use super::known::Known;
use crate::extract::View;
use crate::extract::lines::{Line, lines};
use crate::model::{EvidenceKind, Role};
use crate::text::tight;
use regex::Regex;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// One paper within a file.
pub(super) struct Part<'v> {
    pub kind: EvidenceKind,
    /// The heading's bytes in `View::text`; the first line where the file has none.
    pub title: Range<usize>,
    /// The event's name within the heading; empty for a bare 签到表.
    pub name: Range<usize>,
    /// Heading included.
    pub lines: Vec<Line<'v>>,
    /// The heading is only an event's name: what follows decides the kind.
    pub bare: bool,
}

impl Part<'_> {
    /// Whether it is an issue of a bulletin.
    pub fn is_bulletin(&self) -> bool {
        let mut texts = self.lines.iter().map(|line| line.text);
        texts.next().is_some_and(|first| is_masthead(first, texts.next()))
    }

    /// Whether the event is named above the paper's own heading.
    pub fn name_is_above(&self) -> bool {
        self.name.end < self.title.start
    }
}

static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:【[^】]{1,12}】|\p{Han}{2,8}\s*[|丨]|(?:附[件录]?|佐证|材料|证明材料|活动|学术活动|科普活动)\s*[0-9一二三四五六七八九十]{1,3}(?:[-—.]\d{1,2})?\s*[:.、]?|[(]?[一二三四五六七八九十]{1,3}[)]?[、.]|[(][一二三四五六七八九十\d]{1,3}[)]|\d{1,2}(?:[.-]\d{1,2})*[.、)])+\s*").expect("the lead pattern is well formed")
});

const TAIL: &str = r"(?:\s*[(][^()\n]{1,16}[)])*$";

static NOTICE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"^.{{0,40}}?关于(?:联合|共同|组织|认真|组织开展|做好|积极|继续|延期|推迟)*(?P<v>举办|召开|举行|开展|承办|主办|组织|参加|邀请参加)(?:好)?(?P<n>.{{3,90}}?)(?:的)?(?:预|补充|再次|延期|第[一二三]轮|相关|有关|会议|活动)*(?:通知|函|通告|公告|邀请函|预告){TAIL}")).expect("the notice pattern is well formed")
});

static INVITATION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"^(?P<n>.{{4,60}}?)(?:会议|活动)?(?:第[一二三]轮)?(?:的)?(?:通知|邀请函|预通知|会议通知|活动通知|征文通知|预告|公告|活动方案|实施方案){TAIL}"
    ))
    .expect("the invitation pattern is well formed")
});

static BY_KIND: LazyLock<Vec<(EvidenceKind, Regex)>> = LazyLock::new(|| {
    let one = |kind, words: &str| (kind, Regex::new(&format!("{words}{TAIL}")).expect("the heading pattern is well formed"));
    vec![
        one(
            EvidenceKind::SignIn,
            r"^(?P<n>.{0,60}?)(?:会议|参会|与会|参加|人员|代表|专家|嘉宾|活动|现场|学员)*(?:签到表|签到册|签到簿|签到单|签到记录|签到|签名册|签名表|参会名单|参会人员名单|与会人员名单|与会代表名单|代表名单|参会回执|(?:参加|参与|参会|参训|与会|到会|到场|听课|人员|学员|代表|居民|群众|观众|学生|家长)(?:人员|学员|居民|群众|观众|代表)?(?:登记表|登记册|签名|名册|名单))",
        ),
        one(
            EvidenceKind::Agenda,
            r"^(?P<n>.{0,60}?)(?:会议|活动|大会)*(?:议程安排|日程安排|议程表|日程表|议程|日程|会议手册|会议指南|秩序册|程序册|手册|流程)",
        ),
        one(EvidenceKind::Certificate, r"^(?P<n>.{4,60}?)(?:的|活动|会议|举办|开展|参与|服务|情况)*(?:证明函|证明信|证明书|证明)"),
        one(EvidenceKind::Papers, r"^(?P<n>.{0,60}?)(?:交流)?(?:论文集|论文摘要集|摘要集|论文汇编|学术论文集)(?:封面|目录)?"),
        one(EvidenceKind::Photo, r"^(?:附?图|照片|图片)\s*\d{0,3}\s*[:.、\s]?(?P<n>.{0,60}?)"),
        one(
            EvidenceKind::Photo,
            r"^(?P<n>.{0,50}?)(?:活动|现场|会议|会场|部分|掠影|精彩)*(?:照片|图片|相册|影集|合影|剪影|瞬间|影像|图集)(?:集|册|资料|材料|记录|汇总|展示|佐证|证明)?",
        ),
        one(
            EvidenceKind::Summary,
            r"^(?P<n>.{0,60}?)(?:活动|会议|工作|情况|开展)*(?:总结报告|总结汇报|总结|小结|会议纪要|纪要|活动报告|情况报告|活动汇报|情况汇报|活动记录|会议记录|情况记录|情况说明|记录表?|纪实|回顾)",
        ),
        one(EvidenceKind::News, r"^(?P<n>.{4,60}?)(?:的|相关)*(?:新闻稿|新闻报道|宣传报道|媒体报道|活动报道|新闻|报道|简报|简讯|快讯|推文|通讯稿|微信推送)"),
        one(
            EvidenceKind::News,
            r"^(?:[^,。;:]{0,24}?(?:学会|协会|研究会|我会|我市)(?:成功|圆满|顺利|联合|隆重|积极)*(?:主办|承办|举办|召开)(?:的)?)?(?P<n>.{4,60}?)(?:在[^,。;:]{1,16}?)?(?:成功|圆满|顺利|隆重|胜利|如期|正式)*(?:举办|举行|召开|落幕|开幕|闭幕|开讲|启动|收官|开赛|举办成功|圆满结束|圆满成功|结束)[!]?",
        ),
    ]
});

static NEWS_OF: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[^,。;:]{2,40}?(?:成功|圆满|顺利|联合|隆重|积极|组织)*(?:举办|召开|承办|主办|开展|举行)(?:了)?(?P<n>[^,。;:]{4,60})$")
        .expect("the news pattern is well formed")
});

/// Who wrote a piece of news and when it came out.
static CREDIT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:来源|发布时间|发布日期|发布人|发布者|作者|供稿|责编|编辑|浏览次数|浏览量|阅读量|阅读|点击数|点击)\s*:|^[^,。]{0,40}\d{4}-\d{1,2}-\d{1,2}\s*\d{1,2}:\d{2}").expect("the credit pattern is well formed")
});

/// How news begins.
static DATELINE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:本报讯|本网讯|本刊讯|原创|.{2,8}讯[( 。]|\(?(?:通讯员|记者))").expect("the dateline pattern is well formed"));

fn is_byline(text: &str) -> bool {
    let posted = || text.rsplit_once("发表于").is_some_and(|(_, place)| (2..=3).contains(&place.trim().chars().count()));
    text.contains(':') && CREDIT.is_match(text) || DATELINE.is_match(text) || posted()
}

/// The masthead of a bulletin, its number behind it or below: 工作简报 over （第4期）.
fn is_masthead(text: &str, next: Option<&str>) -> bool {
    static MASTHEAD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^[^,。;:()]{0,20}(?:简报|快报|简讯|动态|信息)(?P<issue>[(]?(?:20\d{2}年?)?(?:总?第)[\d一二三四五六七八九十]{1,4}期[)]?)?$")
            .expect("the masthead pattern is well formed")
    });
    static ISSUE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^[(]?(?:20\d{2}年?)?(?:总?第)[\d一二三四五六七八九十]{1,4}期(?:[()].{0,20})?$").expect("the pattern of issues is well formed")
    });
    // 附件3 工作简报（第4期）: an entry of a list
    LEAD.find(text).is_none() && MASTHEAD.captures(text).is_some_and(|caps| caps.name("issue").is_some() || next.is_some_and(|next| ISSUE.is_match(next)))
}

/// Whether a line above a byline is the headline of news.
fn is_headline(title: &Line<'_>, byline: &Line<'_>) -> bool {
    (6..=60).contains(&title.chars()) && !title.text.contains(['。', ':']) && (!byline.text.starts_with('本') || title.chars() <= 40)
}

/// Whether a line is news in one paragraph under its column's name, with no headline: 【科技动态】…。 over 来源：….
fn is_headless(text: &Line<'_>) -> bool {
    let column = text.text.strip_prefix('【').and_then(|rest| rest.split_once('】'));
    column.is_some_and(|(column, told)| column.chars().count() <= 12 && told.contains('。'))
}

/// Sub-headings inside a notice or an agenda are no papers of their own.
static INNER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:会议|活动|大会|日程|时间|议程|主题|内容|形式|报名|参会|组织|注意|其他|有关|联系|费用|住宿|交通|具体|总体|工作|总结|指导|背景|目的|意义|成效|做法|经验|存在|下一步|活动总结|会议总结|工作总结|议程安排|日程安排|会议日程|会议议程|活动日程|活动流程|会议流程)*(?:安排|要求|事项|总结|流程|议程|日程)?$").expect("the inner heading pattern is well formed")
});

/// What kind of paper a line is, below the line with the event's name: （第二轮通知）, 会议手册.
static UNDER_NAME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[(](?:第[一二三四五1-5][轮次号]|预备?|补充|正式|会议)*(?:通知|通告|公告)[)]|(?:第[一二三四五1-5][轮次号]|预备?|补充|会议|活动|工作|开展)*(?:通知|邀请函|手册|指南|议程|日程|议程安排|日程安排|签到表|签到簿|签到册|总结|小结|汇报|总结汇报|总结报告|情况汇报|情况报告|报告|简报|纪要|会议纪要|记录|记录表|新闻稿|报道|照片|图片|剪影|论文集|摘要集|论文汇编))$").expect("the pattern below a name is well formed")
});

/// …学会主办某某义诊（2022年5月22日，彭城广场）照片: the event of a page of photos, its day and place in brackets behind it.
fn pictured(text: &str) -> Option<Range<usize>> {
    static PICTURED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:[^,。;:()]{2,40}?(?:主办|承办|举办|开展|组织))?(?:的)?(?P<n>[^,。;:()]{4,60})[(][^()]*\d[^()]*[)](?:的|活动|现场|会议)*(?:照片|图片|影像|图集)(?:资料|材料)?$")
            .expect("the pattern of pages of photos is well formed")
    });
    PICTURED.captures(text)?.name("n").map(|name| name.range())
}

/// What a line heads, the bytes of the event's name in it, and whether it is that name only. `opens`: it is among the file's first.
fn heading(text: &str, known: &Known, opens: bool) -> Option<(EvidenceKind, Range<usize>, bool)> {
    if text.len() > 330 {
        return None;
    }
    let lead = LEAD.find(text).map_or(0, |m| m.end());
    let rest = &text[lead..];
    let chars = rest.chars().count();
    if !(3..=100).contains(&chars) || rest.contains(['。', ';', '?', '…']) || rest.contains("....") {
        return None;
    }
    let shift = |m: regex::Match<'_>| lead + m.start()..lead + m.end();
    let names_event = |name: &str| super::name::names_event(name) || known.names(name);
    if let Some(caps) = NOTICE.captures(rest) {
        let range = whole_name(rest, &caps.name("n")?.range());
        let name = &rest[range.clone()];
        let event = matches!(&caps["v"], "举办" | "召开" | "举行" | "承办" | "主办") || names_event(name);
        return (event && !super::name::is_paperwork(name)).then(|| (EvidenceKind::Notice, lead + range.start..lead + range.end, false));
    }
    // 科普报告会：农村桥梁检测签到表: the colon is the name's
    let in_name = rest.split_once(':').is_some_and(|(kind, subject)| super::name::is_subject(subject) && super::name::is_strong(kind) && names_event(kind));
    if let Some(name) = pictured(rest).filter(|name| names_event(&rest[name.clone()])) {
        return Some((EvidenceKind::Photo, lead + name.start..lead + name.end, false));
    }
    if rest.contains([',', ':']) && !in_name && !rest.starts_with(['图', '照']) {
        // …成功举办，现场超燃！
        let clause = rest.split(',').next().filter(|clause| opens && !rest.contains(':') && took_place(clause));
        if let Some((EvidenceKind::News, name, false)) = clause.and_then(|clause| heading(clause, known, opens)) {
            return Some((EvidenceKind::News, lead + name.start..lead + name.end, false));
        }
        let titled = opens && !rest.contains(':') && known.titles(rest);
        return titled.then_some((EvidenceKind::Other, lead..text.len(), true));
    }
    if let Some(name) = INVITATION.captures(rest).and_then(|caps| caps.name("n")).map(|name| whole_name(rest, &name.range()))
        && names_event(&rest[name.clone()])
        && !super::name::is_paperwork(&rest[name.clone()])
    {
        return Some((EvidenceKind::Notice, lead + name.start..lead + name.end, false));
    }
    // over a letter whose first sentence names the event
    if opens && matches!(rest, "邀请函" | "邀请信" | "请柬" | "活动通知" | "会议通知") {
        return Some((EvidenceKind::Notice, lead..lead, false));
    }
    for (kind, pattern) in BY_KIND.iter() {
        let Some(found) = pattern.captures(rest).and_then(|caps| caps.name("n")) else { continue };
        // 会议（活动）纪要 names no event; the table below does
        if *kind == EvidenceKind::Summary && is_generic(found.as_str()) && rest.contains("纪要") {
            return Some((*kind, lead..lead, false));
        }
        let range = whole_name(rest, &found.range());
        let name = &rest[range.clone()];
        let named = names_event(name);
        let bare = name.trim().is_empty();
        let fits = match kind {
            EvidenceKind::News => chars >= 8 && (named || took_place(&rest[range.end..])),
            EvidenceKind::Photo => (bare && chars <= 10) || named || rest.starts_with(['图', '照']) || chars <= 24,
            EvidenceKind::SignIn | EvidenceKind::Agenda | EvidenceKind::Papers => bare || named || name.chars().count() >= 4,
            _ => named,
        };
        if fits && !(chars <= 8 && lead > 0 && INNER.is_match(rest) && *kind != EvidenceKind::SignIn && *kind != EvidenceKind::Photo) {
            return Some((*kind, lead + range.start..lead + range.end, false));
        }
    }
    if let Some(name) = NEWS_OF.captures(rest).and_then(|caps| caps.name("n"))
        && names_event(name.as_str())
        && chars <= 50
    {
        return Some((EvidenceKind::News, shift(name), false));
    }
    let bare_event = opens && known.titles(rest)
        || super::name::names_event(rest) && super::name::is_strong(rest) && (6..=50).contains(&chars) && !super::name::is_paperwork(rest);
    bare_event.then_some((EvidenceKind::Other, lead..text.len(), true))
}

/// What kind of paper a line names that says no more than that: 1.活动通知, 新闻报道：.
fn kind_only(rest: &str) -> Option<EvidenceKind> {
    Some(match rest.trim_end_matches(':') {
        "通知" | "活动通知" | "会议通知" | "通知文件" | "活动通知文件" | "邀请函" => EvidenceKind::Notice,
        "议程" | "活动议程" | "会议议程" | "日程" | "日程安排" | "会议日程" | "活动日程" | "活动流程" | "议程安排" => {
            EvidenceKind::Agenda
        }
        "签到" | "签到表" | "活动签到" => EvidenceKind::SignIn,
        "照片" | "图片" | "活动照片" | "现场照片" | "会议照片" => EvidenceKind::Photo,
        "新闻" | "报道" | "新闻报道" | "新闻稿" | "媒体报道" | "活动报道" | "宣传报道" | "公众号推文" | "微信推文" => {
            EvidenceKind::News
        }
        "总结" | "活动总结" | "会议总结" | "活动小结" | "总结报告" | "活动总结报告" => EvidenceKind::Summary,
        "证明" | "证明函" | "证明信" | "情况证明" | "活动证明" => EvidenceKind::Certificate,
        _ => return None,
    })
}

/// How papers of one event are numbered: what stands around the number, and the number.
fn numbering(lead: &str) -> Option<(String, i64)> {
    let is_number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let digits: String = lead.chars().filter(|c| is_number(*c)).collect();
    let number = digits.parse().ok().or_else(|| crate::text::numeral::chinese_number(&digits))?;
    Some((lead.chars().filter(|c| !is_number(*c)).collect(), number))
}

/// Lines about an event, its time and place, that may stand before the first of its papers.
const LINES_BEFORE: usize = 2;

/// The event whose papers follow, each below a word for its kind: 活动一：… over 1.活动通知, 2.签到表.
struct Collected {
    /// The line below the event's name.
    from: usize,
    name: Range<usize>,
    /// The numbering of the paper before.
    last: Option<(String, i64)>,
    /// The papers go without numbers.
    plain: bool,
}

impl Collected {
    /// The kind of the paper that the line `n` opens. Sections of a notice go by such words too, but not in the papers' numbering.
    fn opens(&mut self, line: &Line<'_>, n: usize) -> Option<EvidenceKind> {
        let lead = LEAD.find(line.text).map_or(0, |m| m.end());
        let kind = kind_only(&line.text[lead..])?;
        let label = line.label.map(crate::text::tight);
        let own = label.as_deref().unwrap_or(&line.text[..lead]);
        let fits = match (numbering(own), &self.last) {
            (Some((_, number)), None) => !self.plain && number == 1 && n <= self.from + LINES_BEFORE,
            (Some((style, number)), Some((known, before))) => style == *known && number == before + 1,
            (None, _) => own.is_empty() && self.last.is_none() && (self.plain || n <= self.from + LINES_BEFORE),
        };
        if fits {
            self.last = numbering(own);
            self.plain = self.last.is_none();
        }
        fits.then_some(kind)
    }
}

/// A name with the word that the heading's pattern took from its end: …主题|活动总结.
fn whole_name(text: &str, name: &Range<usize>) -> Range<usize> {
    let longer = ["活动", "会议", "大会"].into_iter().find(|word| text[name.end..].starts_with(word)).map(|word| name.start..name.end + word.len());
    let ends = |range: &Range<usize>| super::name::names_event(&text[range.clone()]);
    longer.filter(|longer| !ends(name) && ends(longer)).unwrap_or_else(|| name.clone())
}

/// Words that stand for any event.
fn is_generic(name: &str) -> bool {
    ["会议", "活动", "(", ")"].iter().fold(name.trim().to_owned(), |rest, word| rest.replace(word, "")).is_empty()
}

/// 顺利举行, 成功举办: said of an event, whatever it is called.
fn took_place(tail: &str) -> bool {
    ["成功", "圆满", "顺利", "隆重", "胜利", "如期"].iter().any(|w| tail.contains(w))
        && ["举办", "举行", "召开", "落幕", "开幕", "开讲", "结束", "收官", "圆满成功"].iter().any(|w| tail.contains(w))
}

/// Lines at the head of a file among which its title stands, whatever it reads.
const OPENING: usize = 6;

/// A heading: its first line, how many it takes, what it opens.
struct Head {
    line: usize,
    used: usize,
    kind: EvidenceKind,
    title: Range<usize>,
    name: Range<usize>,
    bare: bool,
}

/// The headed papers of a file; text before the first heading belongs to none.
pub(super) fn parts<'v>(view: &'v View<'_>, known: &Known) -> Vec<Part<'v>> {
    let all = lines(view);
    let mut cells_in_row: HashMap<(u32, u32), u32> = HashMap::new();
    for line in all.iter().filter(|l| l.label.is_none()) {
        if let Some(row) = line.row {
            *cells_in_row.entry(row).or_default() += 1;
        }
    }
    let mut heads: Vec<Head> = Vec::new();
    let mut collected: Option<Collected> = None;
    let mut n = 0;
    while n < all.len() {
        let line = &all[n];
        let alone = line.row.is_none_or(|row| cells_in_row.get(&row) == Some(&1));
        if !alone {
            n += 1;
            continue;
        }
        if let Some(event) = collected.as_mut()
            && let Some(kind) = event.opens(line, n)
        {
            heads.push(Head { line: n, used: 1, kind, title: line.range(), name: event.name.clone(), bare: false });
            n += 1;
            continue;
        }
        if line.label.is_none() && is_masthead(line.text, all.get(n + 1).map(|next| next.text)) {
            heads.push(Head { line: n, used: 1, kind: EvidenceKind::News, title: line.range(), name: line.start..line.start, bare: false });
            n += 1;
            continue;
        }
        if n > 0 && opens_certificate(line, all.get(n + 1)) {
            heads.push(Head { line: n, used: 1, kind: EvidenceKind::Certificate, title: line.range(), name: line.start..line.start, bare: false });
            n += 1;
            continue;
        }
        let (text, used) = wrapped(&all, n, known);
        if let Some((kind, name, bare)) = heading(&text, known, n < OPENING && heads.is_empty()) {
            let end = all[n + used - 1].end();
            let name = place(&all[n..n + used], &name);
            // 某某进校园 over 参加人员登记表
            let above = heads.last().filter(|above| name.is_empty() && above.bare && above.line + above.used == n);
            let name = above.map_or(name, |above| above.name.clone());
            if bare {
                collected = Some(Collected { from: n + used, name: name.clone(), last: None, plain: false });
            } else if !name.is_empty() {
                collected = None;
            }
            heads.push(Head { line: n, used, kind, title: line.start..end, name, bare });
            n += used;
            continue;
        }
        if is_byline(line.text) && line.row.is_none() && n > 0 {
            let title = &all[n - 1];
            let fresh = heads.last().is_none_or(|h| h.line + h.used < n);
            if let Some(head) = heads.last_mut().filter(|h| n - h.line <= 3 && h.bare) {
                head.kind = EvidenceKind::News;
                head.bare = false;
            } else if fresh && title.row.is_none() && (is_headline(title, line) || is_headless(title)) {
                heads.push(Head { line: n - 1, used: 1, kind: EvidenceKind::News, title: title.range(), name: title.start..title.start, bare: false });
            }
        }
        n += 1;
    }
    heads.sort_by_key(|h| h.line);
    let mut found = Vec::new();
    for (i, head) in heads.iter().enumerate() {
        let end = heads.get(i + 1).map_or(all.len(), |h| h.line);
        // A heading with nothing below it is an entry of a list of contents; a photo's caption needs nothing.
        if end <= head.line + head.used && head.kind != EvidenceKind::Photo {
            continue;
        }
        found.push(Part { kind: head.kind, title: head.title.clone(), name: head.name.clone(), lines: all[head.line..end].to_vec(), bare: head.bare });
    }
    found
}

/// 证明 over …特此证明。: another body's word behind a notice is a paper of its own.
fn opens_certificate(line: &Line<'_>, next: Option<&Line<'_>>) -> bool {
    let says = |next: &Line<'_>| ["证明", "属实"].iter().any(|word| next.text.contains(word)) && next.text.contains('。');
    line.row.is_none() && line.chars() <= 8 && kind_only(&tight(line.text)) == Some(EvidenceKind::Certificate) && next.is_some_and(says)
}

/// A heading that runs over up to three lines: 关于举办…¶…的通知.
fn wrapped(all: &[Line<'_>], n: usize, known: &Known) -> (String, usize) {
    let line = &all[n];
    let mut text = line.text.to_owned();
    if let Some(next) = all.get(n + 1).filter(|next| next.row == line.row && UNDER_NAME.is_match(next.text.trim_matches(['-', '—', ' '])))
        && (super::name::names_event(line.text) || known.names(line.text))
        && (6..=50).contains(&line.chars())
    {
        text.push_str(next.text.trim_matches(['(', ')', '-', '—', ' ']));
        return (text, 2);
    }
    let opens = text.contains("关于") && text.chars().count() <= 60 && !text.contains(['。', ';', ':']);
    if !opens || NOTICE.is_match(&text) {
        return (text, 1);
    }
    for used in 2..=3 {
        let Some(next) = all.get(n + used - 1).filter(|next| next.chars() <= 50 && next.row == line.row && !next.text.contains(['。', ':'])) else { break };
        text.push_str(next.text);
        if NOTICE.is_match(&text) {
            return (text, used);
        }
    }
    (line.text.to_owned(), 1)
}

/// Bytes of the joined heading back to bytes of the view's text.
fn place(lines: &[Line<'_>], name: &Range<usize>) -> Range<usize> {
    let find = |at: usize, end: bool| {
        let mut passed = 0;
        for line in lines {
            let inside = if end { at <= passed + line.text.len() } else { at < passed + line.text.len() };
            if inside {
                return line.start + at - passed;
            }
            passed += line.text.len();
        }
        lines.last().map_or(0, Line::end)
    };
    let start = find(name.start, false);
    start..find(name.end, true).max(start)
}

/// What a whole file is, from its role or its name, where no heading says it.
pub(super) fn whole_file(view: &View<'_>) -> Option<EvidenceKind> {
    let by_role = match view.role {
        Role::EventNotice => Some(EvidenceKind::Notice),
        Role::Agenda => Some(EvidenceKind::Agenda),
        Role::SignIn => Some(EvidenceKind::SignIn),
        Role::News => Some(EvidenceKind::News),
        Role::Photo => Some(EvidenceKind::Photo),
        _ => None,
    };
    by_role.or_else(|| kind_of_name(&tight(view.name())))
}

/// The kind that a file's or folder's name says.
pub(super) fn kind_of_name(name: &str) -> Option<EvidenceKind> {
    let has = |words: &[&str]| words.iter().any(|w| name.contains(w));
    Some(if has(&["签到", "参会名单"]) {
        EvidenceKind::SignIn
    } else if has(&["议程", "日程", "会议手册", "秩序册"]) {
        EvidenceKind::Agenda
    } else if has(&["论文集", "摘要集"]) {
        EvidenceKind::Papers
    } else if has(&["照片", "合影", "图片", "现场图", "剪影", "图集", "相册"]) {
        EvidenceKind::Photo
    } else if has(&["新闻", "报道", "简报", "简讯", "快讯", "推文", "推送", "链接", "微信", "公众号"]) {
        EvidenceKind::News
    } else if has(&["通知", "邀请函"]) {
        EvidenceKind::Notice
    } else if has(&["活动总结", "会议总结", "纪要", "活动报告", "活动记录", "会议记录"]) || has(&["汇报"]) && !has(&["汇报会"]) {
        EvidenceKind::Summary
    } else {
        return None;
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Option<(EvidenceKind, &str)> {
        heading(text, &Known::default(), true).map(|(kind, name, _)| (kind, &text[name]))
    }

    #[test]
    fn headings_name_their_paper_and_their_event() {
        use EvidenceKind::*;
        assert_eq!(kind("关于举办2022年淮海经济区力学学术年会的通知"), Some((Notice, "2022年淮海经济区力学学术年会")));
        assert_eq!(kind("徐州市力学学会关于召开学术年会暨青年论坛的预通知(第一轮)"), Some((Notice, "学术年会暨青年论坛")));
        assert_eq!(kind("第六次边坡预警学术会议通知"), Some((Notice, "第六次边坡预警学术会议")));
        assert_eq!(kind("边坡科普进社区参加人员登记表"), Some((SignIn, "边坡科普进社区")));
        assert_eq!(kind("科普报告会:农村桥梁检测签到表"), Some((SignIn, "科普报告会:农村桥梁检测")));
        assert_eq!(kind("边坡科普集市签到表"), Some((SignIn, "边坡科普集市")));
        assert_eq!(kind("青少年力学科学营情况证明"), Some((Certificate, "青少年力学科学营")));
        assert_eq!(kind("边坡预警青年学术论坛议程"), Some((Agenda, "边坡预警青年学术论坛")));
        assert_eq!(kind("附件4:岩土微震监测研讨会签到表"), Some((SignIn, "岩土微震监测研讨会")));
        assert_eq!(kind("签到表"), Some((SignIn, "")));
        assert_eq!(kind("精彩回顾 | 青年学术论坛圆满成功"), Some((News, "青年学术论坛")));
        assert_eq!(kind("【学会动态】青年学术论坛成功举办,现场超燃!"), Some((News, "青年学术论坛")));
        assert_eq!(kind("青年学术论坛在徐举行"), Some((News, "青年学术论坛")));
        assert_eq!(kind("市力学学会成功举办淮海经济区力学学术年会"), Some((News, "淮海经济区力学学术年会")));
        assert_eq!(kind("2022年全国科普日护理主题活动总结"), Some((Summary, "2022年全国科普日护理主题活动")));
        assert_eq!(kind("“护佑健康”科普进社区活动记录"), Some((Summary, "“护佑健康”科普进社区")));
        assert_eq!(kind("岩土微震监测研讨会总结"), Some((Summary, "岩土微震监测研讨会")));
        assert_eq!(kind("图3 论坛开幕式(2022年7月16日)"), Some((Photo, "论坛开幕式")));
        assert_eq!(kind("岩土微震监测研讨会照片资料"), Some((Photo, "岩土微震监测研讨会")));
        assert_eq!(kind("岩土微震监测研讨会活动图片集"), Some((Photo, "岩土微震监测研讨会")));
    }

    #[test]
    fn sentences_lists_and_other_notices_are_no_headings() {
        for text in [
            "一、徐州岩土微震监测研讨会:通知、议程、签到表、照片、总结",
            "关于组织申报2022年度项目的通知",
            "关于开展2021年度年检工作的通知",
            "会议于7月16日召开,专家作了报告。",
            "一、会议议程",
        ] {
            assert_eq!(kind(text), None, "{text}");
        }
    }
}
