//! The words by which a paper calls its parties: those of every contract (甲方, 委托方) and its own, as it defines or uses
//! them: …（以下简称“学会”）, 牵头单位：…学会, 学校（盖章）：….
use crate::extract::lines::Line;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

pub(super) const ROLES: &str = r"甲方|乙方|丙方|丁方|戊方|委托方|受托方|委托人|受托人|委托单位|受托单位|被委托方|服务方|需求方|被服务方|供方|需方|研究开发方|技术服务方|顾问方|受让方|让与方|主持单位|承担单位|合作单位|协作单位|主持方|合作方|发包方|承包方";

/// The first of them: what clauses call the parties, whatever their labels say.
pub(super) const LETTERS: [&str; 5] = ["甲方", "乙方", "丙方", "丁方", "戊方"];

/// How the names of organisations end.
pub(super) const ORGANISATION: &str = r"学会|协会|研究会|科协|公司|大学|学院|医院|卫生院|[^\n]局|委员会|委|中心|政府|合作社|厂|所|站|园|集团|院|办公室|办事处|学校|小学|中学|幼儿园|农场|银行|社区|村|促进会|联合会|基金会|商会|馆|店";

/// `role` is a known word; `part` any word for a side that carries its letter: 服务单位（乙方）, 购买主体（以下简称甲方）.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r#"(?:(?P<role>{ROLES})(?P<tail>(?:单位|方)?(?:全称|名称|代表单位)?\s*[0-9一二三]?(?:[(][^()\n]{{0,24}}[)])*(?:单位|名称|全称)?)|(?P<part>\p{{Han}}{{2,6}}(?:单位|方|机构|企业|部门|学会|协会|人)[(](?:甲方|乙方|丙方|丁方|戊方)[)]|\p{{Han}}{{2,8}}[(](?:以下)?简?称?为?[:]?["“]?(?:甲方|乙方|丙方|丁方|戊方)["”]?[)])(?P<after>(?:[(][^()\n]{{0,24}}[)])*))\s*(?P<colon>:|$)?"#
    ))
    .expect("the party label pattern is well formed")
});

/// Behind a paper's own word for a side where it is a label: brackets, a colon.
static OWN_TAIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<tail>(?:名称|全称)?(?:[(][^()\n]{0,24}[)]|盖章|公章|签章)*)\s*(?P<colon>:|$)?").expect("the pattern behind a side is well formed")
});

/// `徐州市…学会（以下简称“甲方”）`, `…公司（甲方）`, `…镇人民政府（以下称“镇政府”）`.
static CALLED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r#"(?P<name>(?:[^,。;:、()\n]|[(]\p{{Han}}{{2,5}}[)]){{2,40}}?)[(](?:(?:以下|下文|下称|后文)?(?:简|统)?称?(?:为)?[:]?\s*["“”‘’'「《]?(?P<role>{ROLES})["“”‘’'」》]?|(?:以下|下文|后文)?(?:均)?(?:简称|下称|称|称为|称之为)(?:为)?[:]?\s*["“”‘’'「《]?(?P<own>[\p{{Han}}A-Za-z]{{1,10}})["“”‘’'」》]?)[)]"#
    ))
    .expect("the short name pattern is well formed")
});

/// Words that a paper gives short names to and that are no party.
static NO_SIDE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"协议|合同|双方|各方|三方|两方|一方|他方|对方|项目|课题|名称|编号|地址|住所|所在地|联系|电话|传真|邮|开户|银行|账|帐|税|代表|负责人|法人|经办|委托代理|日期|时间|地点|金额|经费|期限|内容|方式|依据|目的|见证|鉴证|监制|监督|主管|备案|登记|审批|审核|批准|抄送|抄报|主送|报送|印制|印章|产品|技术|成果|平台|系统|计划|办法|通知|工作单位|所在单位|指导单位|支持单位|推荐|说明|注$",
    )
    .expect("the pattern of other words is well formed")
});

/// A labelled head: 牵头单位：…, 合作单位一（盖章）：…, A方：….
static HEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<word>[\p{Han}A-Z]{1,9}?[0-9]?)(?:[(][^()\n]{0,24}[)])*:(?P<value>.{2,})$").expect("the pattern of labelled heads is well formed")
});

/// A cell that asks for a party, with or without a colon; its answer stands beside it.
static CELL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<word>\p{Han}{1,8}(?:单位|方|机构|企业|部门|院校)[一二三四\d]?)(?:[(][^()\n]{0,24}[)])*:?$")
        .expect("the pattern of head cells is well formed")
});

/// A place to seal: 学校（盖章）：….
static SEALED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?P<word>[\p{Han}A-Z0-9()]{2,40}?)[(](?:盖\s*章|公\s*章|签\s*章|单位公章|单位盖章|加盖公章|盖公章|签字盖章|章)[)]:?")
        .expect("the pattern of places to seal is well formed")
});

/// A whole name of an organisation.
static IS_ORGANISATION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"^[^,。;:、\n]{{2,40}}(?:{ORGANISATION}|[部处科室社会厅行区队场]|(?i:ltd\.?|inc\.?|university|association))(?:[(]\p{{Han}}{{2,8}}[)])?$"
    ))
    .expect("the pattern of organisations is well formed")
});

/// Whether some words are the name of an organisation.
pub(super) fn is_organisation(text: &str) -> bool {
    IS_ORGANISATION.is_match(text)
}

/// Lines at the head of an agreement among which its parties are introduced.
const HEAD_LINES: usize = 40;

/// A party label within a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    /// 甲方 where the label says so anywhere, else the label's own word.
    pub role: String,
    pub range: Range<usize>,
    /// Carries 盖章, 签字 or the like: belongs to a signature block.
    pub seal: bool,
    /// Ends in a colon.
    pub colon: bool,
    /// The other word of a label that has two: 受托方 of 受托方（乙方）.
    pub also: Option<String>,
}

/// The words for the parties of one paper.
#[derive(Debug, Clone, Default)]
pub(super) struct Sides {
    /// Its own words, the longest first.
    own: Vec<String>,
    /// Names with the short names that the paper gives them.
    called: Vec<(String, String)>,
    /// What labels with a letter call the side besides, and the letter: 受托方 of 受托方（乙方）.
    second: Vec<(String, &'static str)>,
}

impl Sides {
    /// The words of the paper whose lines these are: its short names; where it does not speak of 甲方 and 乙方 also the labels at its
    /// head and where it is to be sealed. One such label alone is somebody else's (主管单位：…).
    pub fn of(lines: &[Line<'_>]) -> Self {
        let mut sides = Self::default();
        for line in lines {
            for caps in CALLED.captures_iter(line.text) {
                let (Some(name), Some(word)) = (caps.name("name"), caps.name("own").or(caps.name("role"))) else { continue };
                let name = &name.as_str()[super::party::joiner(name.as_str())..];
                // 对方单位 is somebody else's label, but a paper may well call a party so
                let other = NO_SIDE.is_match(word.as_str()) && !word.as_str().starts_with("对方");
                if caps.name("own").is_some() && (other || !is_organisation(name)) || super::party::is_no_name(name) {
                    continue;
                }
                sides.called.push((crate::text::tight(name), word.as_str().to_owned()));
            }
        }
        for label in lines.iter().flat_map(|line| sides.labels(line.text)).collect::<Vec<_>>() {
            if let (Some(word), Some(letter)) = (label.also, LETTERS.into_iter().find(|letter| *letter == label.role)) {
                sides.second.push((word, letter));
            }
        }
        sides.second.sort();
        sides.second.dedup();
        let known = Self::default();
        let labels = lines.iter().take(HEAD_LINES).flat_map(|line| known.labels(line.text)).map(|label| label.role);
        let mut roles: Vec<String> =
            labels.chain(sides.called.iter().map(|(_, word)| word.clone()).filter(|word| ROLES.split('|').any(|role| role == word))).collect();
        roles.sort();
        roles.dedup();
        if roles.len() < 2 {
            let head = head_words(lines);
            let words = if head.len() >= 2 { head } else { sealed_words(lines) };
            let short: Vec<String> = sides.called.iter().map(|(_, word)| word.clone()).collect();
            short.iter().chain(words.iter().filter(|_| words.len() >= 2)).for_each(|word| sides.add(word));
        }
        sides
    }

    fn add(&mut self, word: &str) {
        if !self.own.iter().any(|known| known == word) {
            self.own.push(word.to_owned());
            self.own.sort_by_key(|word| std::cmp::Reverse(word.len()));
        }
    }

    /// Short names that the paper gives a party, by its name.
    pub fn short_names<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> + 's {
        let name = crate::text::tight(name);
        self.called.iter().filter(move |(known, _)| *known == name).map(|(_, word)| word.as_str())
    }

    /// The other words for the side that has a letter: 受托方 for 乙方.
    pub fn second_words<'s>(&'s self, letter: &'s str) -> impl Iterator<Item = &'s str> + 's {
        self.second.iter().filter(move |(_, known)| *known == letter).map(|(word, _)| word.as_str())
    }

    /// Whether some words are one of the paper's words for a side, and so no name.
    pub fn is_word(&self, text: &str) -> bool {
        self.second.iter().any(|(word, _)| word == text)
    }

    /// The party labels of a folded line: the first at its beginning, others after it.
    pub fn labels<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Label> + 't {
        let mut found: Vec<Found<'t>> = LABEL.captures_iter(text).filter_map(|caps| Found::known(&caps)).collect();
        for word in &self.own {
            for (at, _) in text.match_indices(word.as_str()) {
                let Some(caps) = OWN_TAIL.captures(&text[at + word.len()..]) else { continue };
                let range = at..at + word.len() + caps.get(0).map_or(0, |all| all.len());
                if found.iter().any(|known| known.range.start <= range.start && known.range.end > range.start && known.own) {
                    continue;
                }
                found.retain(|known| known.own || known.range.end <= range.start || known.range.start >= range.end);
                found.push(Found {
                    word,
                    tail: caps.name("tail").map_or("", |tail| tail.as_str()),
                    colon: caps.name("colon").map(|colon| colon.as_str()),
                    range,
                    own: true,
                });
            }
        }
        found.sort_by_key(|found| found.range.start);
        let mut end: Option<usize> = None;
        found.into_iter().filter_map(move |found| {
            let before = &text[..found.range.start];
            let leads = before.chars().count() <= 5 && before.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十(（）).、 -*●■□".contains(c));
            let colon = found.colon.is_some_and(|colon| !colon.is_empty());
            let sealed = ["盖章", "公章", "签章", "印章", "签字"].iter().any(|word| found.tail.contains(word));
            // 甲方应当…: a word of the sentence, not a label. 徐州市营养学会（甲方）: a name with the word for it.
            let named = found.word.split_once('(').is_some_and(|(word, _)| is_organisation(word) && word.chars().count() > 4 && !colon);
            if found.colon.is_none() && !sealed || named {
                return None;
            }
            let follows = end.is_some_and(|end| {
                let between = text[end.min(found.range.start)..found.range.start].trim_matches(['_', ' ', '/']);
                // …市护理学会（盖章）: the end of a name is no label
                (colon || found.tail.contains('(')) && (!found.own || between.is_empty() || is_organisation(between) || between.ends_with([',', ';']))
            });
            if end.is_none() && !leads || end.is_some() && !follows {
                return None;
            }
            end = Some(found.range.end);
            let letter = LETTERS.into_iter().find(|letter| found.word.contains(letter) || found.tail.contains(letter));
            let seal = ["盖章", "公章", "签章", "签字", "签名", "印章", "章)"].iter().any(|word| found.tail.contains(word));
            let also = letter.and_then(|letter| second_word(letter, found.word, found.tail));
            let letter = letter.or_else(|| self.second.iter().find(|(word, _)| word == found.word).map(|(_, letter)| *letter));
            Some(Label { role: letter.unwrap_or(found.word).to_owned(), range: found.range, seal, colon, also })
        })
    }

    /// Parties that a sentence names by the word it calls them: the name's bytes and the word.
    pub fn called<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (Range<usize>, &'t str)> + 't {
        CALLED.captures_iter(text).filter_map(|caps| {
            let name = caps.name("name")?;
            let word = caps.name("role").or(caps.name("own").filter(|word| self.own.iter().any(|own| own == word.as_str())))?;
            let name = name.start() + super::party::joiner(name.as_str())..name.end();
            (!super::party::is_no_name(&text[name.clone()])).then(|| (name, word.as_str()))
        })
    }

    /// Whether a line names a party in any of the ways.
    pub fn names_party(&self, text: &str) -> bool {
        self.labels(text).next().is_some() || self.called(text).next().is_some() || super::party::is_bare(text)
    }
}

/// A word for a side that may be a label.
struct Found<'t> {
    word: &'t str,
    tail: &'t str,
    /// The colon behind it; empty at the end of the line, none within a sentence.
    colon: Option<&'t str>,
    range: Range<usize>,
    own: bool,
}

impl<'t> Found<'t> {
    fn known(caps: &regex::Captures<'t>) -> Option<Self> {
        Some(Self {
            word: caps.name("role").or(caps.name("part"))?.as_str(),
            tail: caps.name("tail").or(caps.name("after")).map_or("", |m| m.as_str()),
            colon: caps.name("colon").map(|colon| colon.as_str()),
            range: caps.get(0)?.range(),
            own: false,
        })
    }
}

/// What a label with a letter calls the side besides: 受托方（乙方）, 乙方（受托方）.
fn second_word(letter: &str, word: &str, tail: &str) -> Option<String> {
    let before = word.split('(').next().unwrap_or(word);
    let inside = || tail.split(['(', ')']).find(|word| word.ends_with(['方', '人', '位']) && !word.contains(letter));
    let other = if before == letter { inside()? } else { before };
    let is_word = (2..=8).contains(&other.chars().count()) && !NO_SIDE.is_match(other) && !is_organisation(other);
    is_word.then(|| other.to_owned())
}

/// Labels at the head whose answers are organisations, in order.
fn head_words(lines: &[Line<'_>]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for (n, line) in lines.iter().take(HEAD_LINES).enumerate() {
        let word = if let Some(caps) = HEAD.captures(line.text) {
            let value = super::party::name_part(&caps["value"]);
            is_organisation(&caps["value"][value]).then(|| caps["word"].to_owned())
        } else {
            let beside = lines.get(n + 1).filter(|next| line.row.is_some() && next.row == line.row);
            CELL.captures(line.text).filter(|_| beside.is_some_and(|next| is_organisation(next.text))).map(|caps| caps["word"].to_owned())
        };
        match word {
            Some(word) if !NO_SIDE.is_match(&word) && !words.contains(&word) => words.push(word),
            None if super::part::is_clause(line) && words.len() >= 2 => break,
            _ => {}
        }
    }
    words
}

/// Words that stand where a party is to seal, before its name.
fn sealed_words(lines: &[Line<'_>]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        for caps in SEALED.captures_iter(line.text) {
            let (Some(all), Some(word)) = (caps.get(0), caps.name("word")) else { continue };
            let word = word.as_str().trim_start_matches(')');
            let answered = line.text[all.end()..].chars().next().is_some() && all.as_str().ends_with(':');
            let below = lines.get(n + 1).is_some_and(|next| is_organisation(next.text));
            // 徐州市第三十六中学 学会（盖章）：…: the name of the side before, from which print lost the blank
            let cut = word.char_indices().map(|(at, _)| at).rev().find(|at| word[*at..].chars().count() >= 2 && is_organisation(&word[..*at]));
            let word = &word[cut.filter(|_| all.start() > 0).unwrap_or(0)..];
            let own = (answered || below)
                && word.chars().count() <= 8
                && !(is_organisation(word) && word.chars().count() > 4)
                && !NO_SIDE.is_match(word)
                && word != "单位";
            if own && !words.iter().any(|known| known == word) {
                words.push(word.to_owned());
            }
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::BlockKind;

    fn sides(text: &str) -> Sides {
        let mut start = 0;
        let lines: Vec<Line<'_>> = text
            .split('\n')
            .map(|text| {
                let line = Line { text, start, kind: BlockKind::Paragraph, label: None, row: None };
                start += text.len() + 1;
                line
            })
            .collect();
        Sides::of(&lines)
    }

    fn roles(sides: &Sides, text: &str) -> Vec<String> {
        sides.labels(text).map(|label| label.role).collect()
    }

    #[test]
    fn a_paper_has_words_of_its_own_for_its_sides() {
        let led = sides("牵头单位:徐州市护理学会\n参与单位:徐州丰润现代农业园\n一、目标");
        assert_eq!(roles(&led, "参与单位(公章):徐州丰润现代农业园"), ["参与单位"]);
        let letters = sides("A方:徐州楚风养老服务有限公司\nB方:徐州市护理学会");
        assert_eq!(roles(&letters, "A方(盖章):"), ["A方"]);
        let numbered = sides("合作单位一:徐州市护理学会\n合作单位二:徐州市康宁护理院");
        assert_eq!(roles(&numbered, "合作单位二:徐州市康宁护理院"), ["合作单位二"]);
        let sealed = sides("一、学校责任:安排课时\n学校(盖章):徐州市第三十六中学学会(盖章):徐州市护理学会");
        assert_eq!(roles(&sealed, "学校(盖章):徐州市第三十六中学学会(盖章):徐州市护理学会"), ["学校", "学会"]);
        let short = sides("徐州市护理学会(以下简称“学会”)与铜山区大许镇人民政府(以下简称“镇政府”)就有关事项达成本协议(以下简称“协议”)");
        assert_eq!(short.short_names("徐州市护理学会").collect::<Vec<_>>(), ["学会"]);
        assert_eq!(roles(&short, "镇政府(盖章):"), ["镇政府"]);
        let plain = Sides::default();
        assert_eq!(roles(&plain, "购买主体(以下简称甲方):徐州市水务局"), ["甲方"]);
        assert!(roles(&plain, "徐州市营养学会(甲方)").is_empty());
    }

    #[test]
    fn a_label_of_somebody_else_makes_no_side() {
        let one = sides("甲方:徐州市护理学会\n乙方:徐州市康宁护理院\n牵头单位:徐州市科学技术协会\n参与单位:徐州市总工会");
        assert!(roles(&one, "牵头单位:徐州市科学技术协会").is_empty());
        let none = sides("项目名称:居家护理\n主管单位:徐州市科学技术协会\n开户银行:中国银行徐州分行");
        assert!(roles(&none, "主管单位:徐州市科学技术协会").is_empty());
    }
}
