//! The parties of an agreement: 甲方：…, 委托方（甲方）：…, …（以下简称“甲方”）, name in the next line or cell.
use crate::extract::lines::Line;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

const ROLES: &str = r"甲方|乙方|丙方|丁方|戊方|委托方|受托方|委托人|受托人|委托单位|受托单位|被委托方|服务方|需求方|被服务方|供方|需方|研究开发方|技术服务方|顾问方|受让方|让与方|主持单位|承担单位|合作单位|协作单位|主持方|合作方|发包方|承包方";

/// `role` is a known word; `part` any word for a side that carries its letter: 服务单位（乙方）.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?:(?P<role>{ROLES})(?P<tail>(?:单位|方)?(?:全称|名称|代表单位)?\s*[0-9一二三]?(?:[(][^()\n]{{0,24}}[)])*(?:单位|名称|全称)?)|(?P<part>\p{{Han}}{{2,6}}(?:单位|方|机构|企业|部门|人)[(](?:甲方|乙方|丙方|丁方|戊方)[)])(?P<after>(?:[(][^()\n]{{0,24}}[)])*))\s*(?P<colon>:|$)?"
    ))
    .expect("the party label pattern is well formed")
});

/// `徐州市…学会（以下简称“甲方”）`, `…公司（甲方）`.
static CALLED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r#"(?P<name>(?:[^,。;:、()\n]|[(]\p{{Han}}{{2,5}}[)]){{2,40}}?)[(](?:以下|下文|下称|后文)?(?:简|统)?称?(?:为)?[:]?\s*["“”‘’'「《]?(?P<role>{ROLES})["“”‘’'」》]?[)]"#
    ))
    .expect("the short name pattern is well formed")
});

/// A party line without its colon: 甲方 徐州市…学会.
static BARE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"^(?P<role>{ROLES})(?:[(][^()\n]{{0,24}}[)])?(?P<name>[^,。;:、\n]{{3,36}}(?:学会|协会|研究会|公司|大学|学院|医院|[^\n]局|委员会|委|中心|政府|合作社|厂|所|站|园|集团|院|办公室|学校|小学|中学|农场|银行|社区|村|促进会|联合会|基金会|商会))$"
    ))
    .expect("the bare party pattern is well formed")
});

/// Where a name ends: an address, a code, a person or a number follows.
static NAME_END: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[,;。\t]|[(](?:以下|下文|下称|后文|简称|甲方|乙方|丙方|丁方|盖章|公章|签章|签字|章\)|委托方|受托方|加盖|单位公章)|(?:注册|通讯|联系|单位|公司)?(?:地址|住所)|法定代表|法人代表|授权代表|统一社会|社会信用|信用代码|联系人|联系电话|联系方式|电话|项目负责人|负责人|代表人?[:(]|邮编|邮政编码|开户|帐号|账号|签订|日期|签字|E-?mail|电子邮箱|组织机构代码|传真|税号")
        .expect("the name end pattern is well formed")
});

/// A line that is a label of something else, never a name.
static NO_NAME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[:。;]|^(?:地址|住所|电话|联系|法定代表|统一社会|第.条|一、|1[.、])|^[\d\-./年月日]+$").expect("the other label pattern is well formed")
});

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
}

/// The party labels of a folded line: the first at its beginning, others after it.
pub(super) fn labels(text: &str) -> impl Iterator<Item = Label> + '_ {
    let mut first = true;
    LABEL.captures_iter(text).filter_map(move |caps| {
        let all = caps.get(0)?;
        let before = &text[..all.start()];
        let leads = before.chars().count() <= 5 && before.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十(（)）.、 -*●■□".contains(c));
        let colon = caps.name("colon").is_some_and(|c| !c.as_str().is_empty());
        let tail = caps.name("tail").or(caps.name("after")).map_or("", |m| m.as_str());
        let role = caps.name("role").or(caps.name("part"))?.as_str();
        let sealed = ["盖章", "公章", "签章", "印章", "签字"].iter().any(|word| tail.contains(word));
        // 甲方应当…: a word of the sentence, not a label.
        if caps.name("colon").is_none() && !sealed {
            return None;
        }
        if first && !leads || !first && !colon && !tail.contains('(') {
            return None;
        }
        first = false;
        let letter = ["甲方", "乙方", "丙方", "丁方", "戊方"].into_iter().find(|letter| role.contains(letter) || tail.contains(letter));
        let seal = ["盖章", "公章", "签章", "签字", "签名", "印章", "章)"].iter().any(|word| tail.contains(word));
        Some(Label { role: letter.unwrap_or(role).to_owned(), range: all.range(), seal, colon })
    })
}

/// How many parties a sentence names by the word it calls them: …（以下简称“甲方”）.
pub(super) fn calls(text: &str) -> usize {
    CALLED.captures_iter(text).count()
}

/// Whether a line names a party in any of the ways.
pub(super) fn names_party(text: &str) -> bool {
    labels(text).next().is_some() || CALLED.is_match(text) || BARE.is_match(text)
}

/// A party and where its name stands in the text (the label, where the name is blank).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub role: String,
    pub name: String,
    pub range: Range<usize>,
}

/// The part of a value that is the name, as bytes of `value`.
fn name_part(value: &str) -> Range<usize> {
    let end = NAME_END.find(value).map_or(value.len(), |m| m.start());
    let lead = value.len() - value.trim_start_matches(['_', ' ', '-', '"', '“', '《', '/', '—']).len();
    let end = end.max(lead);
    let tail = value[lead..end].trim_end_matches(['_', ' ', '-', '"', '”', '》', '/', '—', '、', '.']).len();
    lead..lead + tail
}

/// Parties named in some lines, in order of their first mention; each role once, a name wins over a blank.
pub(super) fn header(lines: &[Line<'_>]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let mut named_here = false;
        let all: Vec<Label> = labels(line.text).collect();
        for (i, label) in all.iter().enumerate() {
            named_here = true;
            let until = all.get(i + 1).map_or(line.text.len(), |next| next.range.start);
            let value = &line.text[label.range.end.min(until)..until];
            let part = name_part(value);
            if !part.is_empty() {
                let start = line.start + label.range.end;
                if is_name(&value[part.clone()]) {
                    add(&mut found, &label.role, &value[part.clone()], start + part.start..start + part.end);
                }
                continue;
            }
            let next = lines.get(n + 1).filter(|next| {
                all.len() == 1
                    && value.trim_matches(['_', ' ']).is_empty()
                    && !value.contains('_')
                    && labels(next.text).next().is_none()
                    && !NO_NAME.is_match(next.text)
            });
            match next.map(|next| (next, name_part(next.text))) {
                Some((next, part)) if !part.is_empty() && next.chars() <= 40 && !label.seal => {
                    add(&mut found, &label.role, &next.text[part.clone()], next.start + part.start..next.start + part.end);
                }
                _ if label.colon || label.seal => add(&mut found, &label.role, "", line.start + label.range.start..line.start + label.range.end),
                _ => {}
            }
        }
        if named_here {
            continue;
        }
        if let Some(caps) = BARE.captures(line.text)
            && let Some(name) = caps.name("name")
            && !["负责", "应当", "向", "提供", "有权", "支付", "协助"].iter().any(|verb| name.as_str().contains(verb))
        {
            add(&mut found, &caps["role"], name.as_str(), line.start + name.start()..line.start + name.end());
            continue;
        }
        for caps in CALLED.captures_iter(line.text) {
            let Some(name) = caps.name("name") else { continue };
            let lead = joiner(name.as_str());
            let name_range = line.start + name.start() + lead..line.start + name.end();
            add(&mut found, &caps["role"], &name.as_str()[lead..], name_range);
        }
    }
    found
}

/// How many bytes of a running sentence stand before the name: 由…, 与…, 和….
fn joiner(text: &str) -> usize {
    let mut lead = 0;
    for word in ["经", "由", "以及", "与", "和", "及", "同"] {
        if let Some(rest) = text[lead..].strip_prefix(word) {
            lead = text.len() - rest.len();
        }
    }
    lead
}

/// A party's name is an organisation or a person, not a duty (甲方：提供场地).
fn is_name(value: &str) -> bool {
    const DUTIES: [&str; 14] = ["负责", "提供", "应当", "有权", "承担", "组织", "协助", "按照", "根据", "支付", "保证", "配合", "安排", "确保"];
    let chars = value.chars().count();
    chars <= 50 && !DUTIES.iter().any(|verb| value.starts_with(verb)) && !(chars > 12 && DUTIES.iter().any(|verb| value.contains(verb)))
}

fn add(found: &mut Vec<Found>, role: &str, name: &str, range: Range<usize>) {
    let letter = ["甲方", "乙方", "丙方", "丁方", "戊方"].into_iter().find(|letter| role.contains(letter)).unwrap_or(role);
    match found.iter_mut().find(|f| f.role == letter) {
        Some(known) if known.name.is_empty() && !name.is_empty() => {
            known.name = name.to_owned();
            known.range = range;
        }
        Some(_) => {}
        None => found.push(Found { role: letter.to_owned(), name: name.to_owned(), range }),
    }
}
