//! Who holds an event: host lines (主办单位：…), sentences (由A主办、B承办), and the applicant among them.
use crate::extract::View;
use crate::extract::lines::Line;
use crate::model::EventRole;
use crate::text::tight;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// The applicant under all its names.
pub(super) struct Applicant {
    names: Vec<String>,
    /// 市…学会 for 徐州市…学会: valid only where no other city stands before it.
    short: Vec<String>,
}

impl Applicant {
    pub fn new(name: Option<&str>, aliases: &[String]) -> Self {
        let mut names: Vec<String> = name.iter().map(|n| tight(n)).chain(aliases.iter().map(|a| tight(a))).filter(|n| n.chars().count() >= 3).collect();
        names.sort_by_key(|n| std::cmp::Reverse(n.len()));
        names.dedup();
        let short = names
            .iter()
            .filter_map(|n| n.find('市').filter(|at| *at > 0 && *at <= 9).map(|at| n[at..].to_owned()))
            .filter(|n| n.chars().count() >= 5)
            .collect();
        Self { names, short }
    }

    pub fn is_known(&self) -> bool {
        !self.names.is_empty()
    }

    /// Where the applicant stands in folded text.
    pub fn find(&self, text: &str) -> Option<Range<usize>> {
        for name in &self.names {
            if let Some(at) = text.find(name.as_str()) {
                return Some(at..at + name.len());
            }
        }
        for short in &self.short {
            for (at, _) in text.match_indices(short.as_str()) {
                let before = text[..at].chars().next_back();
                if before.is_none_or(|c| !crate::text::fold::is_cjk(c) || "由、,。与和及同的;:”“(".contains(c)) {
                    return Some(at..at + short.len());
                }
            }
        }
        None
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Host,
    Organiser,
    Helper,
    Other,
}

/// One list of organisations with one part in the event; `range` is in `View::text`.
#[derive(Debug, Clone)]
pub(super) struct Hosts {
    pub part: Part,
    pub orgs: Vec<String>,
    /// 联合, 共同 in the words.
    pub joint: bool,
    /// Told by a verb that anybody's doing takes (举办, 开展), not by the part's own word.
    pub is_loose: bool,
    pub range: Range<usize>,
    /// The words themselves, folded.
    pub words: String,
}

impl Hosts {
    /// Whether a society that calls itself 我会 is among them, whoever that is.
    pub fn says_own(&self) -> bool {
        self.orgs.iter().any(|org| is_own_word(org))
    }
}

/// Whether some society is named: its own words are then not surely the applicant's.
pub(super) fn names_society(text: &str) -> bool {
    static SOCIETY: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?:[省市县区]|中国|中华|全国|江苏)\p{Han}{2,14}(?:学会|协会|研究会)").expect("the pattern of societies is well formed"));
    SOCIETY.find_iter(text).any(|found| !OWN_WORDS.iter().any(|word| found.as_str().ends_with(word)))
}

static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?P<j>联合|共同)?(?P<v>主办|承办|协办|支持|指导|举办|牵头|组织|协助|参与|合办|参办|协作|赞助|媒体支持)(?P<s>单位|方|机构)?(?:名称)?(?:[(]?排名不分先后[)]?)?\s*(?P<c>:|为:?|$)").expect("the host label pattern is well formed")
});

static VERB: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?P<j>联合|共同|合作|携手|协同)?(?P<h>协助|参与|配合|协同)?(?P<v>主办|承办|协办|牵头组织|牵头举办|牵头|发起|举办|召开|举行|组织开展|组织|开展|支持|指导)(?P<u>单位)?").expect("the host verb pattern is well formed")
});

/// How organisations end; what 和 and 与 part must end like one.
static ORG_END: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:学会|协会|研究会|科协|公司|大学|学院|医院|[^\n]局|委员会|委|中心|政府|研究院|研究所|站|办公室|联合会|促进会|基金会|集团|部|厅|院|校|所|社区|馆|联盟|商会|分会|专委会)$").expect("the organisation pattern is well formed")
});

/// How other bodies end that sign papers and are no hosts of lists.
const BODIES: [&str; 19] = [
    "酒店",
    "宾馆",
    "学校",
    "小学",
    "中学",
    "医院",
    "书院",
    "园",
    "管理处",
    "办事处",
    "街道",
    "居委会",
    "村委会",
    "管委会",
    "合作社",
    "银行",
    "电视台",
    "报社",
    "工会",
];

/// Whether a line ends as an organisation's name, a seal's hint aside: 徐州市科学技术协会（盖章）.
pub(super) fn ends_as_body(text: &str) -> bool {
    let bare = text.split('(').next().unwrap_or_default().trim();
    (ORG_END.is_match(bare) || BODIES.iter().any(|end| bare.ends_with(end))) && !bare.ends_with("校园")
}

fn part_of(verb: &str, label: bool) -> Part {
    match verb {
        "主办" | "举办" | "召开" | "举行" | "牵头" | "牵头组织" | "牵头举办" | "发起" | "合办" | "开展" | "组织开展" => Part::Host,
        "组织" => Part::Host,
        "承办" => Part::Organiser,
        "协办" => Part::Helper,
        _ if label => Part::Other,
        _ => Part::Other,
    }
}

/// Organisations of a list: parted by 、 , ; and by 和 and 与 where both sides are organisations.
pub(super) fn split_orgs(list: &str) -> Vec<String> {
    let mut orgs = Vec::new();
    for piece in list.split(['、', ',', ';', '，', '\n', '/']) {
        let piece = piece.trim_matches(|c: char| " 。.()“”\"由:".contains(c)).trim_start_matches('由');
        if piece.chars().count() < 2 {
            continue;
        }
        let cut = ["和", "与", "及", "联合", "会同", "携手", "以及"].iter().find_map(|word| {
            piece.match_indices(word).find_map(|(at, w)| {
                let (a, b) = (&piece[..at], &piece[at + w.len()..]);
                ((ORG_END.is_match(a) || is_own_word(a)) && b.chars().count() >= 3).then(|| (a.to_owned(), b.to_owned()))
            })
        });
        match cut {
            Some((a, b)) => orgs.extend([a, b]),
            None => orgs.extend(unjoined(piece)),
        }
    }
    orgs
}

/// Two societies between which print lost the blank: 江苏省计算机学会徐州市计算机学会.
static JOINED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(.*?(?:学会|协会|研究会|科协|大学|学院|公司))((?:中国|中华|全国|\p{Han}{2,3}[省市])\p{Han}{2,}(?:学会|协会|研究会|科协|大学|学院|公司))$")
        .expect("the joined pattern is well formed")
});

fn unjoined(piece: &str) -> Vec<String> {
    match JOINED.captures(piece) {
        Some(caps) => vec![caps[1].to_owned(), caps[2].to_owned()],
        None => vec![piece.to_owned()],
    }
}

/// Host lists in labelled lines; a label alone takes the lines or cells below it.
pub(super) fn labelled(view: &View<'_>, lines: &[Line<'_>]) -> Vec<Hosts> {
    let mut found = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let labels: Vec<_> = LABEL.captures_iter(line.text).collect();
        for (i, caps) in labels.iter().enumerate() {
            let (Some(all), Some(verb)) = (caps.get(0), caps.name("v")) else { continue };
            let alone = caps.name("c").is_none_or(|c| c.as_str().is_empty());
            // 主办：… says as much as 主办单位：…; 主办 in a sentence or at the end of a line does not.
            let opens = || {
                line.text[..all.start()].chars().next_back().is_none_or(|c| !crate::text::fold::is_cjk(c) || "、．。；，（）一二三四五六七八九十".contains(c))
            };
            if caps.name("s").is_none() && (alone || !opens()) {
                continue;
            }
            let until = labels.get(i + 1).and_then(|next| next.get(0)).map_or(line.text.len(), |m| m.start());
            let said = &line.text[all.end().min(until)..until];
            // 会议主办单位为徐州市…学会,共有120人到场: in a sentence what follows is no host
            let said = if caps.name("c").is_some_and(|c| c.as_str().starts_with('为')) { hosts_of_sentence(said) } else { said };
            let value = said.trim_end_matches(|c: char| "一二三四五六七八九十、(） ".contains(c));
            let value_at = line.start + all.end().min(until);
            let mut words = spaced(view, value_at..value_at + value.len());
            let mut end = line.start + all.end() + value.len();
            if words.trim().is_empty() {
                if alone && all.start() > 12 {
                    continue;
                }
                for next in lines[n + 1..]
                    .iter()
                    .take(8)
                    .take_while(|next| !next.text.contains(':') && next.chars() <= 60 && !LABEL.is_match(next.text) && is_org_list(next.text))
                {
                    words.push('\n');
                    words.push_str(&spaced(view, next.range()));
                    end = next.end();
                    if next.row.is_some() {
                        break;
                    }
                }
            }
            let orgs = split_orgs(&words);
            if !orgs.is_empty() {
                let joint = caps.name("j").is_some() || verb.as_str() == "合办";
                found.push(Hosts { part: part_of(verb.as_str(), true), orgs, joint, is_loose: false, range: line.start + all.start()..end, words });
            }
        }
    }
    found
}

/// The hosts that a sentence gives, without what it goes on with.
fn hosts_of_sentence(said: &str) -> &str {
    let sentence = said.split(['。', ';']).next().unwrap_or(said);
    let more = sentence.match_indices(',').find(|(at, _)| !ends_as_body(sentence[at + 1..].split([',', '、']).next().unwrap_or("")));
    more.map_or(sentence, |(at, _)| &sentence[..at])
}

/// A list as printed, with 、 where only blanks part two organisations.
fn spaced(view: &View<'_>, range: Range<usize>) -> String {
    let raw: String = view.spans(range).iter().map(|span| view.quote(*span)).collect();
    let mut out = String::new();
    for piece in raw.split_whitespace() {
        if ORG_END.is_match(&out) {
            out.push('、');
        }
        out.push_str(&tight(piece));
    }
    out
}

fn is_org_list(text: &str) -> bool {
    text.split(['、', ',', ' ']).any(|piece| ORG_END.is_match(piece.trim_end_matches(['。', ';'])))
}

/// Host lists in sentences: 由A主办,B、C承办; A联合B举办了…. `offset` is where `text` begins in `View::text`.
///
/// `own` are the words that stand for the applicant: its own (我会) or those of who writes to it (贵会).
pub(super) fn in_sentences(text: &str, offset: usize, applicant: &Applicant, own: &[&str]) -> Vec<Hosts> {
    let mut found = Vec::new();
    let mut from = 0;
    for caps in VERB.captures_iter(text) {
        let (Some(all), Some(verb)) = (caps.get(0), caps.name("v")) else { continue };
        let verb = verb.as_str();
        let before = &text[from..all.start()];
        let cut = before.rfind(['。', ';', ',', ':', '由', '\n']).map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        let actor = before[cut..].trim_start_matches(['、', '和', '并', '(']);
        let start = all.start() - actor.len();
        if matches!(verb, "主办" | "承办" | "协办" | "牵头组织" | "牵头举办" | "举办" | "发起") {
            from = all.end();
        }
        if caps.name("u").is_some() {
            continue;
        }
        let helping = caps.name("h").is_some();
        let mut part = if helping { Part::Other } else { part_of(verb, false) };
        let ours = applicant.find(actor).or_else(|| own_word(actor, own));
        let free = matches!(verb, "举办" | "召开" | "举行" | "组织" | "开展" | "组织开展" | "牵头" | "支持" | "指导" | "发起");
        if free && (ours.is_none() || actor.chars().count() > 60) {
            continue;
        }
        // 4月18日,在某小学牵头组织…: where it was held, not by whom
        let place = ours.is_none() && actor.starts_with('在') && !actor.contains(['、', '与', '和']);
        // 拟于12月17日主办…: when, not by whom
        let whens = || super::when::days(actor, Some(2000)).into_iter().chain(super::when::months(actor, Some(2000)));
        let day = || whens().any(|day| day.range.end == actor.len());
        if actor.chars().count() < 2 || place || ours.is_none() && day() {
            continue;
        }
        if verb == "举行" && actor.contains("主办") {
            part = Part::Host;
        }
        let joint = caps.name("j").is_some() || ["联合", "会同", "携手", "共同", "合作"].iter().any(|w| actor.contains(w));
        // The actor of a free verb is a subject with its adverbials: only the applicant counts as its organisation.
        let orgs = if free { free_orgs(actor, applicant, own) } else { split_orgs(actor.trim_end_matches(['单', '共', '联'])) };
        let orgs = orgs.into_iter().map(|o| if own_word(&o, own).is_some() { applicant.names.first().cloned().unwrap_or(o) } else { o }).collect();
        found.push(Hosts { part, orgs, joint, is_loose: free, range: offset + start..offset + all.end(), words: actor.to_owned() });
    }
    found
}

fn free_orgs(actor: &str, applicant: &Applicant, own: &[&str]) -> Vec<String> {
    let orgs: Vec<String> =
        split_orgs(actor).into_iter().filter(|o| ORG_END.is_match(o) || applicant.find(o).is_some() || own_word(o, own).is_some()).collect();
    if orgs.is_empty() { vec![actor.to_owned()] } else { orgs }
}

/// How a society calls itself in its own papers.
pub(super) const OWN_WORDS: [&str; 8] = ["我学会", "本学会", "我协会", "本协会", "我研究会", "本研究会", "我会", "本会"];

/// How others call a society in a letter to it.
pub(super) const YOUR_WORDS: [&str; 8] = ["贵学会", "你学会", "贵协会", "你协会", "贵研究会", "你研究会", "贵会", "你会"];

/// Whether an organisation is told of as 我会 and the like, and nothing else.
pub(super) fn is_own_word(org: &str) -> bool {
    OWN_WORDS.contains(&org)
}

/// The word for the applicant within an actor; 学会 alone is the applicant only in its own papers.
fn own_word(actor: &str, own: &[&str]) -> Option<Range<usize>> {
    if let Some((at, word)) = own.iter().find_map(|word| Some((actor.find(word)?, word))) {
        return Some(at..at + word.len());
    }
    let alone = ["学会", "协会", "研究会"].iter().filter(|_| own.contains(&"我会"));
    alone.into_iter().find(|word| actor.starts_with(**word)).map(|word| 0..word.len())
}

/// The applicant's role in some lists, and the list that says it.
pub(super) fn role<'h>(hosts: &'h [Hosts], applicant: &Applicant) -> Option<(EventRole, &'h Hosts)> {
    let ours = |h: &&Hosts| applicant.find(&h.orgs.join("、")).is_some() || applicant.find(&h.words).is_some();
    // A主办、我会承办; 下一步，学会将举办…: what is said of the part outranks what the applicant is said to do
    let outright = hosts.iter().filter(ours).any(|h| !h.is_loose);
    hosts
        .iter()
        .filter(ours)
        .filter(|h| !(outright && h.is_loose))
        .map(|h| {
            let others = h.orgs.len() > 1 || h.joint;
            let role = match (h.part, others) {
                (Part::Host, false) => EventRole::主办,
                (Part::Host, true) => EventRole::联合主办,
                (Part::Organiser, false) => EventRole::承办,
                (Part::Organiser, true) => EventRole::共同承办,
                (Part::Helper, _) => EventRole::协办,
                (Part::Other, _) => EventRole::其他,
            };
            (role, h)
        })
        .min_by_key(|(_, h)| h.part)
}

/// The role that a cell or a phrase of the form claims.
pub(super) fn claimed(text: &str) -> Option<EventRole> {
    let text = tight(text);
    let joint = text.contains("联合") || text.contains("共同");
    Some(if text.contains("协助") || text.contains("参与承办") {
        EventRole::其他
    } else if text.contains("主办") && !text.contains("主办/承办") && !text.contains("主办或承办") {
        if joint { EventRole::联合主办 } else { EventRole::主办 }
    } else if text.contains("承办") {
        if joint { EventRole::共同承办 } else { EventRole::承办 }
    } else if text.contains("协办") {
        EventRole::协办
    } else if text.contains("牵头") || text.contains("举办") || text == "组织" || text.contains("独立") {
        EventRole::主办
    } else if ["支持", "参与", "参加", "指导", "协助"].iter().any(|w| text.contains(w)) {
        EventRole::其他
    } else {
        return None;
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role_in(text: &str) -> Option<EventRole> {
        let applicant = Applicant::new(Some("徐州市力学学会"), &[]);
        let hosts = in_sentences(text, 0, &applicant, &OWN_WORDS);
        role(&hosts, &applicant).map(|r| r.0)
    }

    #[test]
    fn sentences_say_who_holds_an_event() {
        assert_eq!(role_in("由江苏省力学学会主办、徐州市力学学会承办的学术年会在徐举行"), Some(EventRole::承办));
        assert_eq!(role_in("本次会议由徐州市力学学会主办,中国矿业大学、江苏师范大学承办"), Some(EventRole::主办));
        assert_eq!(role_in("由徐州市力学学会和江苏省力学学会联合主办的论坛开幕"), Some(EventRole::联合主办));
        assert_eq!(role_in("由徐州市科学技术协会主办、中国矿业大学承办、徐州市力学学会协办的论坛"), Some(EventRole::协办));
        assert_eq!(role_in("7月16日,徐州市力学学会在开元大酒店举办学术年会"), Some(EventRole::主办));
        assert_eq!(role_in("7月16日,市力学学会联合中国矿业大学举办沙龙"), Some(EventRole::联合主办));
        assert_eq!(role_in("我会定于7月16日召开学术年会"), Some(EventRole::主办));
        assert_eq!(role_in("7月16日,我会联合云龙湖管理处共同主办护水行动"), Some(EventRole::联合主办));
        assert_eq!(role_in("连云港市力学学会举办学术年会"), None);
        assert_eq!(role_in("拟于12月17日主办力学年会"), None);
        assert_eq!(role_in("2022年5月主办力学年会"), None);
        assert_eq!(role_in("4月18日,在贾汪实验小学承办力学科普活动"), None);
        assert_eq!(role_in("由徐州市科协主办,徐州市力学学会协助承办的沙龙"), Some(EventRole::其他));
        assert_eq!(role_in("活动由徐州市科协主办,徐州市力学学会承办。下一步,学会将举办更多活动"), Some(EventRole::承办));
    }

    #[test]
    fn lists_are_split_and_names_with_a_conjunction_kept() {
        assert_eq!(split_orgs("徐州市力学学会、徐州市人力资源和社会保障局"), ["徐州市力学学会", "徐州市人力资源和社会保障局"]);
        assert_eq!(split_orgs("徐州市力学学会和江苏省力学学会"), ["徐州市力学学会", "江苏省力学学会"]);
        assert_eq!(split_orgs("江苏省力学学会徐州市力学学会"), ["江苏省力学学会", "徐州市力学学会"]);
        assert_eq!(split_orgs("中国力学学会徐州市分会"), ["中国力学学会徐州市分会"]);
    }

    #[test]
    fn the_form_claims_a_role() {
        assert_eq!(claimed("牵头组织"), Some(EventRole::主办));
        assert_eq!(claimed("联合主办"), Some(EventRole::联合主办));
        assert_eq!(claimed("参与"), Some(EventRole::其他));
        assert_eq!(claimed("主办/承办"), Some(EventRole::承办));
        assert_eq!(claimed(""), None);
    }
}
