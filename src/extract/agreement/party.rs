//! The parties of an agreement: 甲方：…, 委托方（甲方）：…, …（以下简称“甲方”）, name in the next line or cell.
use super::side::{LETTERS, Label, ORGANISATION, ROLES, Sides, is_organisation};
use crate::extract::lines::Line;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A party line without its colon: 甲方 徐州市…学会.
static BARE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"^(?P<role>{ROLES})(?:[(][^()\n]{{0,24}}[)])?(?P<name>[^,。;:、\n]{{3,36}}(?:{ORGANISATION}))$"))
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

/// A party and where its name stands in the text (the label, where the name is blank).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub role: String,
    pub name: String,
    pub range: Range<usize>,
}

/// The part of a value that is the name, as bytes of `value`.
pub(super) fn name_part(value: &str) -> Range<usize> {
    let end = NAME_END.find(value).map_or(value.len(), |m| m.start());
    let end = TRANSLATION.captures(value).and_then(|caps| caps.name("other")).map_or(end, |other| end.min(other.start()));
    let lead = value.len() - value.trim_start_matches(['_', ' ', '-', '"', '“', '《', '/', '—']).len();
    let end = end.max(lead);
    let tail = value[lead..end].trim_end_matches(['_', ' ', '-', '"', '”', '》', '/', '—', '、', '.']).len();
    lead..lead + tail
}

/// Where a name in Chinese ends and its translation begins: 徐州市护理学会 Xuzhou Nursing Association.
static TRANSLATION: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\p{Han}[^A-Za-z]{3,40}?(?P<other>[(]?[A-Za-z][A-Za-z.,&' -]{5,}[)]?)$").expect("the translation pattern is well formed"));

/// Whether a line is a party without its colon: 甲方 徐州市…学会.
pub(super) fn is_bare(text: &str) -> bool {
    BARE.is_match(text)
}

/// Parties named in some lines, in order of their first mention; each role once, a name wins over a blank.
pub(super) fn header(lines: &[Line<'_>], sides: &Sides) -> Vec<Found> {
    let mut found: Vec<Found> = in_columns(lines, sides);
    for (n, line) in lines.iter().enumerate() {
        let mut named_here = false;
        let all: Vec<Label> = sides.labels(line.text).collect();
        for (i, label) in all.iter().enumerate() {
            named_here = true;
            let until = all.get(i + 1).map_or(line.text.len(), |next| next.range.start);
            let value = &line.text[label.range.end.min(until)..until];
            let part = name_part(value);
            // 委托人：…（以下简称“甲方”）: the letter is what the clauses say
            let letter = sides.called(line.text).find(|(name, word)| (label.range.end..until).contains(&name.start) && LETTERS.contains(word));
            let role = letter.map_or(label.role.as_str(), |(_, word)| word);
            if !part.is_empty() {
                let start = line.start + label.range.end;
                if is_name(&value[part.clone()]) {
                    add(&mut found, role, &value[part.clone()], start + part.start..start + part.end);
                }
                continue;
            }
            // 甲方 | 名称 | X in three cells: the name stands behind its own label
            let own_label = |line: &&Line<'_>| line.row.is_some() && ["名称", "单位名称", "全称", "单位全称", "单位"].contains(&line.text);
            let next = n + 1 + usize::from(lines.get(n + 1).filter(own_label).is_some());
            let next = lines.get(next).filter(|_| all.len() == 1 && value.trim_matches(['_', ' ']).is_empty() && !value.contains('_'));
            match next.and_then(|next| Some((next, below(next, sides)?))) {
                Some((next, part)) if !label.seal => {
                    add(&mut found, &label.role, &next.text[part.clone()], next.start + part.start..next.start + part.end);
                }
                // 甲方（公章） | 徐州市…学会: the cell beside the place to seal
                Some((next, part)) if next.row.is_some() && next.row == line.row && is_organisation(&next.text[part.clone()]) => {
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
        for (name, word) in sides.called(line.text) {
            add(&mut found, word, &line.text[name.clone()], line.start + name.start..line.start + name.end);
        }
    }
    found
}

/// Parties at the head of a table's columns, their names in the row below that is headed so: (blank) | 甲方 | 乙方 over 单位名称 | … | ….
fn in_columns(lines: &[Line<'_>], sides: &Sides) -> Vec<Found> {
    const NAMES: [&str; 6] = ["单位名称", "名称", "单位", "全称", "单位全称", "盖章"];
    let rows: Vec<&[Line<'_>]> = lines.chunk_by(|a, b| a.row.is_some() && a.row == b.row).collect();
    for (n, row) in rows.iter().enumerate() {
        let labels: Vec<Label> = row.iter().filter_map(|cell| sides.labels(cell.text).next().filter(|label| label.range.len() == cell.text.len())).collect();
        let Some((table, _)) = row[0].row.filter(|_| labels.len() == row.len() && labels.len() >= 2) else { continue };
        let below = rows[n + 1..].iter().take_while(|below| below[0].row.is_some_and(|(t, _)| t == table));
        let names = below.take(6).find(|below| below.len() == labels.len() + 1 && NAMES.contains(&below[0].text));
        let Some(names) = names.filter(|names| names[1..].iter().all(|cell| is_name(cell.text))) else { continue };
        return labels
            .iter()
            .zip(&names[1..])
            .map(|(label, cell)| Found { role: label.role.clone(), name: cell.text.to_owned(), range: cell.range() })
            .collect();
    }
    Vec::new()
}

/// A name in the line below its label: the line itself, or what 名称：… says.
fn below(line: &Line<'_>, sides: &Sides) -> Option<Range<usize>> {
    let lead = ["单位名称:", "名称:", "全称:", "单位全称:", "单位:"].into_iter().find(|lead| line.text.starts_with(lead)).map_or(0, str::len);
    let text = &line.text[lead..];
    let part = name_part(text);
    let is_name = sides.labels(text).next().is_none() && !NO_NAME.is_match(text) && !part.is_empty() && text.chars().count() <= 40;
    is_name.then(|| lead + part.start..lead + part.end)
}

/// Two organisations in the sentence that opens a paper: 经A与B友好协商, 由A和B双方.
static OPENING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?:^|[,。:]|经|由|兹有)(?P<a>\p{{Han}}[^,。;:\n]{{2,36}}?(?:{ORGANISATION}))(?:[(][^()\n]{{0,24}}[)])?(?:与|和|同|及|以及)(?P<b>\p{{Han}}[^,。;:\n]{{2,36}}?(?:{ORGANISATION}))(?:[(][^()\n]{{0,24}}[)])?(?:双方|两家|经|友好|平等|协商|就|本着|为|在|于|,|共同|签|达成|订立|开展|合作|建立|根据|[议商约决]定)"
    ))
    .expect("the opening pattern is well formed")
});

/// 签约双方：A、B: a list of all parties.
static LIST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:签约|签订|协议|合作|协作|结对|共建|帮扶)?(?:双方|三方|各方|主体|单位)(?:名称)?:(?P<all>[^。;:]+)$")
        .expect("the pattern of party lists is well formed")
});

/// The organisations of a list of parties: bytes of `text`. Where only blanks part them, `stands` says which names the paper has elsewhere.
fn listed(text: &str, stands: impl Fn(&str) -> bool) -> Option<Vec<Range<usize>>> {
    let all = LIST.captures(text)?.name("all")?;
    let mut start = all.start();
    let mut names = Vec::new();
    for name in all.as_str().split(['、', ',']) {
        names.push(start..start + name.len());
        start += name.len() + text[start + name.len()..].chars().next().map_or(0, char::len_utf8);
    }
    if let [only] = names.as_slice() {
        let words = ["与", "和"].into_iter().flat_map(|word| text[only.clone()].match_indices(word)).map(|(at, word)| (only.start + at, word.len()));
        let two = |(at, len): &(usize, usize)| is_organisation(&text[only.start..*at]) && is_organisation(&text[at + len..only.end]);
        let blanks = || text[only.clone()].char_indices().map(|(at, _)| (only.start + at, 0));
        let both = |(at, _): &(usize, usize)| stands(&text[only.start..*at]) && stands(&text[*at..only.end]);
        let cut = words.into_iter().find(two).or_else(|| blanks().filter(both).find(two))?;
        names = vec![only.start..cut.0, cut.0 + cut.1..only.end];
    }
    names.iter().all(|name| is_organisation(&text[name.clone()])).then_some(names)
}

/// Parties that a paper names without calling them anything: in a list of all, in its opening sentence, else where it is sealed.
pub(super) fn unlabelled(lines: &[Line<'_>], body: usize, block: &[Line<'_>]) -> Vec<Found> {
    let mut found = Vec::new();
    for line in lines.iter().take(body + 2) {
        let stands = |name: &str| name.chars().count() >= 4 && lines.iter().any(|other| other.start != line.start && other.text.contains(name));
        if let Some(names) = listed(line.text, stands) {
            for name in names {
                add(&mut found, "", &line.text[name.clone()], line.start + name.start..line.start + name.end);
            }
            return found;
        }
        if let Some(caps) = OPENING.captures(line.text) {
            for name in [caps.name("a"), caps.name("b")].into_iter().flatten() {
                let lead = joiner(name.as_str());
                add(&mut found, "", &name.as_str()[lead..], line.start + name.start() + lead..line.start + name.end());
            }
            return found;
        }
    }
    for line in block {
        let part = name_part(line.text);
        let name = &line.text[part.clone()];
        if name.chars().count() >= 5 && is_organisation(name) && is_name(name) {
            add(&mut found, "", name, line.start + part.start..line.start + part.end);
        }
    }
    found
}

/// How many bytes of a running sentence stand before the name: 由…, 与…, 和….
pub(super) fn joiner(text: &str) -> usize {
    let mut lead = 0;
    for word in ["经", "由", "以及", "与", "和", "及", "同"] {
        if let Some(rest) = text[lead..].strip_prefix(word) {
            lead = text.len() - rest.len();
        }
    }
    // 本合同由…, 本协议于2022年3月1日由…
    let by = text.rfind('由').map(|at| at + '由'.len_utf8()).filter(|at| *at > lead && is_organisation(&text[*at..]));
    let lead = by.unwrap_or(lead);
    lead + ASKED.find(&text[lead..]).map_or(0, |verbs| verbs.end())
}

/// What one party does with the other, before the other's name: 愿意帮助…农场（乙方）, 委托…研究会（乙方）.
static ASKED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:(?:愿意|自愿|同意|决定|拟|现|特|兹)?(?:委托|聘请|邀请|帮助|帮扶|扶持|协助|支持|接受))+(?:由|给|与|和)?")
        .expect("the pattern of verbs is well formed")
});

/// Words of a letter for its writer and its reader, alone or at the end of a clause: 我公司, …与贵会.
static STANDS_IN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^[我本你]|(?:^|[与和同向为给请托])贵)(?:方|会|学会|协会|研究会|公司|企业|单位|院|医院|校|学校|所|局|处|镇|村|社区|中心|合作社|农场|厂|店)$")
        .expect("the pattern of words that stand for a name is well formed")
});

/// Whether words where a name is looked for are none, but a piece of the sentence: 前者, 贵会, 拟就…与….
pub(super) fn is_no_name(text: &str) -> bool {
    const CLAUSES: [&str; 6] = ["拟就", "拟由", "愿意", "同意", "决定", "将由"];
    ["前者", "后者", "前方", "后方"].iter().any(|word| text.ends_with(word)) || STANDS_IN.is_match(text) || CLAUSES.iter().any(|word| text.starts_with(word))
}

/// A party's name is an organisation or a person, not a duty (甲方：提供场地).
fn is_name(value: &str) -> bool {
    const DUTIES: [&str; 17] =
        ["享有", "负有", "有权", "负责", "提供", "应当", "有权", "承担", "组织", "协助", "按照", "根据", "支付", "保证", "配合", "安排", "确保"];
    let chars = value.chars().count();
    chars <= 50 && !DUTIES.iter().any(|verb| value.starts_with(verb)) && !(chars > 12 && DUTIES.iter().any(|verb| value.contains(verb)))
}

/// A party once: under its role, or under its name where it has two roles (牵头单位, called 牵头方) or none.
fn add(found: &mut Vec<Found>, role: &str, name: &str, range: Range<usize>) {
    let letter = LETTERS.into_iter().find(|letter| role.contains(letter)).unwrap_or(role);
    if !name.is_empty() && found.iter().any(|f| f.role != letter && f.name == name) {
        return;
    }
    match found.iter_mut().find(|f| f.role == letter && !letter.is_empty()) {
        Some(known) if known.name.is_empty() && !name.is_empty() => {
            known.name = name.to_owned();
            known.range = range;
        }
        Some(_) => {}
        None => found.push(Found { role: letter.to_owned(), name: name.to_owned(), range }),
    }
}
