//! Whose responsibilities, rights and duties an agreement states.
use super::part::{Part, is_clause, numbered};
use super::party::Found;
use crate::extract::View;
use crate::extract::lines::Line;
use crate::text::fold::is_cjk;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Sections about the parties' duties.
static DUTIES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"责任|权利|义务|职责|分工|权责|责权利|合作内容|合作方式|合作事项|服务内容|服务事项|委托事项|工作内容|任务|承诺")
        .expect("the duty heading pattern is well formed")
});

/// Sections in which a sentence about one party states no duty of the cooperation.
static BOILERPLATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"违约|争议|纠纷|保密|知识产权|成果|生效|变更|解除|终止|其他|其它|附则|未尽|费用|经费|支付|付款|报酬|结算|价款|期限|有效期|时间|不可抗力|通知|免责|违反").expect("the boilerplate pattern is well formed")
});

/// Sentences that name a party without giving it a duty of the cooperation.
static NO_DUTY: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"违约|盖章|争议|仲裁|诉讼|__|解除|终止").expect("the exclusion pattern is well formed"));

/// A bare payment, in a text without headings.
static PAYMENT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^[^,]{0,12}(?:支付|付清|拨付)").expect("the payment pattern is well formed"));

const VERBS: &str = r"应当?|须|需|必须|有权|负责|承担|享有|提供|保证|有义务|有责任|确保|协助|配合|组织|派出?|指派|委派|安排|接受|享受|可以?|不得|开展|落实|牵头|参与|协调|建立|选派|指定|推荐|为[^,。;]{1,20}提供|对[^,。;]{1,20}进行|对[^,。;]{1,24}负责|履行|向[^,。;]{1,20}提供|按[照期时]?|根据|支持|定期|及时|免费|优先|主动|同意|委托|聘请";

/// A heading that is about rights and duties by name.
static BOUND_HEAD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[^,;。]*?(?:[^约法密]|^)(?:责任|权利|义务|权责|责权)").expect("the pattern of headings on duties is well formed"));

/// Words of a sentence that binds, wherever it stands.
static BINDS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"责任|权利|义务|有权|应当?|负责|必须|须|不得|承担|享有").expect("the pattern of binding words is well formed"));

/// How an item about a right or a duty begins, whatever it is about: 有权按约取得报酬, 享有优先获得资料的权利.
static STATES: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:有权|应|须|需|负责|不得|享有|承担|提供|派|保证|按|向|为|对)").expect("the pattern of items is well formed"));

/// How a text tells of duties.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// Below headings on rights and duties: what is to be done in the rest of the text (甲方委托乙方开展研究) makes up for none that is missing.
    UnderHeads,
    /// Below headings on what each is to do.
    InSections,
    InProse,
}

/// A party's part of the text: role and bytes in `View::text` of the words that show it.
pub(super) type Duty = (String, Range<usize>);

/// One duty a party, in the order of the parties; a one-sided text gives one.
pub(super) fn duties(view: &View<'_>, part: &Part<'_>, parties: &[Found]) -> Vec<Duty> {
    let signed = part.sign.as_ref().map_or(part.lines.len(), |s| s.start);
    // the last cell of a row of duties, 甲方, looks like the first line to sign
    let rest = part.lines.get(signed..).unwrap_or(&[]);
    let row = signed.checked_sub(1).and_then(|before| part.lines[before].row);
    let end = signed + rest.iter().take_while(|line| row.is_some() && line.row == row).count();
    let text = Text { all: &part.lines[..end], body: part.body.min(end) };
    let mut called: Vec<Called> = parties.iter().map(|party| Called::new(party, parties, part)).collect();
    let found = stated(view, &text, &called);
    if found.len() >= parties.len() || called.iter().all(|party| party.kinds.is_empty()) {
        return found;
    }
    // What a party is says nothing of the other, which the text may call as nobody foresaw.
    called.iter_mut().for_each(|party| party.kinds = &[]);
    stated(view, &text, &called)
}

/// An agreement up to its signatures.
struct Text<'p, 'v> {
    all: &'p [Line<'v>],
    /// Index of the first clause.
    body: usize,
}

/// The duties of the parties as they are called: set in a table, else below headings, else in sentences.
fn stated(view: &View<'_>, text: &Text<'_, '_>, called: &[Called]) -> Vec<Duty> {
    let lines = &text.all[text.body..];
    // the row that names the parties may head the columns of the whole agreement
    for in_table in [columns(view, lines, called), rows(lines, called), columns(view, text.all, called)] {
        if in_table.len() >= 2 {
            return in_table;
        }
    }
    if let Some(only) = only_column(view, text.all, called) {
        return vec![only];
    }
    let clauses: Vec<Clause<'_>> = lines.iter().map(|line| Clause::new(view, line)).collect();
    let about = |words: &Regex| clauses.iter().any(|clause| clause.head.is_some_and(|head| words.is_match(head)));
    let told = if about(&BOUND_HEAD) {
        Told::UnderHeads
    } else if about(&DUTIES) {
        Told::InSections
    } else {
        Told::InProse
    };
    called.iter().filter_map(|party| find(&clauses, party, told).map(|range| (party.role.clone(), range))).collect()
}

/// Duties set in a table, a column a party: 事项 | 甲方 | 乙方 over 责任 | … | …; the rows may be named by what is to be done where a
/// head or the line above the table speaks of duties.
fn columns(view: &View<'_>, lines: &[Line<'_>], parties: &[Called]) -> Vec<Duty> {
    let Some(headed) = Headed::all(lines, parties).next() else { return Vec::new() };
    headed.bound(view).map(|(party, head)| (party.role.clone(), head.range())).collect()
}

/// 甲方责任、权利、义务 | 乙方责任、权利、义务 over the words of one side and an empty cell: the only side that is bound, where it alone is spoken of.
fn only_column(view: &View<'_>, lines: &[Line<'_>], parties: &[Called]) -> Option<Duty> {
    let headed = Headed::all(lines, parties).find(|headed| headed.titled)?;
    let mut bound = headed.bound(view);
    let (Some((party, head)), None) = (bound.next(), bound.next()) else { return None };
    let speaks_of_all = |cell: &Line<'_>| {
        ["双方", "各方"].iter().any(|word| cell.text.contains(word))
            || headed.heads.iter().any(|(other, _)| other.role != party.role && other.places(cell.text).next().is_some())
    };
    (!headed.below(view).flatten().any(speaks_of_all)).then(|| (party.role.clone(), head.range()))
}

/// A row of a table in which the parties head columns.
struct Headed<'l, 'v> {
    lines: &'l [Line<'v>],
    row: &'l [Line<'v>],
    heads: Vec<(&'l Called, &'l Line<'v>)>,
    /// The heads, or the line above the table, speak of duties.
    about: bool,
    /// Each head is about its party's duties: what stands below is one of them, whatever it is called.
    titled: bool,
}

impl<'l, 'v> Headed<'l, 'v> {
    fn all(lines: &'l [Line<'v>], parties: &'l [Called]) -> impl Iterator<Item = Self> {
        let mut above = "";
        lines.chunk_by(|a, b| a.row.is_some() && a.row == b.row).filter_map(move |row| {
            if row[0].row.is_none() {
                above = row[0].text;
                return None;
            }
            let heads: Vec<(&Called, &Line<'_>)> =
                parties.iter().filter_map(|party| Some((party, row.iter().find(|cell| party.heads_column(cell.text))?))).collect();
            let about = DUTIES.is_match(above) || row.iter().any(|cell| DUTIES.is_match(cell.text));
            let titled = heads.iter().all(|(party, head)| party.heads_duties(head.text).is_some());
            (heads.len() >= 2).then_some(Self { lines, row, heads, about, titled })
        })
    }

    /// The rows below; below heads on duties those that keep to the columns of the heads, for what follows is another part of the table.
    fn below(&self, view: &View<'_>) -> impl Iterator<Item = &'l [Line<'v>]> {
        let place = self.row[0].row;
        let rows = self.lines.chunk_by(|a, b| a.row.is_some() && a.row == b.row);
        let below = rows.filter(move |row| row[0].row.zip(place).is_some_and(|((t, n), (table, number))| t == table && n > number));
        below.take_while(move |row| !self.titled || row.iter().all(|cell| self.row.iter().any(|head| column(view, head) == column(view, cell))))
    }

    /// The parties whose column says something.
    fn bound(&self, view: &View<'_>) -> impl Iterator<Item = (&'l Called, &'l Line<'v>)> {
        // 乙方责任 in the same column heads what it has to do
        let is_head = |cell: &Line<'_>| self.heads.iter().any(|(party, _)| party.heads_column(cell.text));
        let says = move |row: &[Line<'_>], of: &Line<'_>| {
            row.iter().any(|cell| column(view, cell) == column(view, of) && cell.chars() >= 4 && !NO_DUTY.is_match(cell.text) && !is_head(cell))
        };
        let bound = move |head: &Line<'_>| self.below(view).filter(|row| self.about || DUTIES.is_match(row[0].text)).any(|row| says(row, head));
        self.heads.iter().copied().filter(move |(_, head)| bound(head))
    }
}

fn column(view: &View<'_>, cell: &Line<'_>) -> Option<u32> {
    view.block_at(cell.start).and_then(|(_, block)| block.at.column)
}

/// Duties set in a table, a row a duty or a party: 甲方 | 责任与义务 | 权利, 事项 | 承担方 over … | 甲方.
fn rows(lines: &[Line<'_>], parties: &[Called]) -> Vec<Duty> {
    let mut found: Vec<Duty> = Vec::new();
    let mut above = "";
    // the table and whether its head or the line above speaks of duties
    let mut about: Option<(u32, bool)> = None;
    for row in lines.chunk_by(|a, b| a.row.is_some() && a.row == b.row) {
        let Some((table, _)) = row[0].row else {
            above = row[0].text;
            continue;
        };
        let speaks = match about {
            Some((known, speaks)) if known == table => speaks,
            _ => DUTIES.is_match(above) || row.iter().any(|cell| DUTIES.is_match(cell.text)),
        };
        about = Some((table, speaks));
        let says = |cell: &Line<'_>| cell.chars() >= 4 && !NO_DUTY.is_match(cell.text) && !parties.iter().any(|party| party.is_called(cell.text));
        if !speaks || !row.iter().any(says) {
            continue;
        }
        for party in parties {
            if let Some(cell) = row.iter().find(|cell| party.is_called(cell.text))
                && !found.iter().any(|(role, _)| *role == party.role)
            {
                found.push((party.role.clone(), cell.range()));
            }
        }
    }
    found
}

/// Behind a party at the beginning of a clause about its duties: 甲方(委托单位)的主要义务.
static OF_DUTY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:单位)?(?:[(][^()]{0,20}[)])?[的之]?(?:主要|具体|基本)?(?:权利|义务|责任|职责|分工|任务|工作|承诺|权责|权益)")
        .expect("the pattern behind a party is well formed")
});

/// Behind a party in a sentence: what it has to do.
static DOES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"^(?:单位|方面|一方)?(?:[(][^()]{{0,20}}[)])?(?:(?:负责|应当?|承担|享有|有权)?:[^_\s]{{6,}}|[的之]?(?:主要|基本)?(?:权利|义务|责任|职责)(?::|是|为|包括)[^,。;:_]{{2,}}|(?:也|还|将|则|另|均|同时|主要|作为[^,。;:]{{1,20}},?|在[^,。;:]{{1,24}},?|围绕[^,。;:]{{1,40}},?|每[^,。;:]{{1,8}}|根据[^,。;:]{{1,20}},?)?(?:(?:{VERBS})[^,。;:_]{{2,}}|为[^,。;:]{{1,20}}责任(?:人|方|单位|主体)))"
    ))
    .expect("the pattern of a duty is well formed")
});

/// （一）甲方: a heading of its own within a section about duties.
static BEFORE_ALONE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[(（]?[一二三四五六七八九十\d]{0,3}[)）、.]*$").expect("the pattern of a number is well formed"));
const BEHIND_ALONE: [&str; 4] = ["", ":", "单位", "单位:"];

/// What bodies are, by the ends of their names: by such a word a text calls the only party of its kind.
const KINDS: [(&[&str], &[&str]); 9] = [
    (&["学会", "协会", "研究会"], &["学会", "协会", "研究会"]),
    (&["公司", "厂", "集团", "企业"], &["企业", "公司"]),
    (&["大学", "学院", "学校", "小学", "中学", "幼儿园"], &["学校", "校方"]),
    (&["医院", "卫生院", "卫生服务中心"], &["医院", "院方"]),
    (&["社区", "居委会", "居民委员会"], &["社区"]),
    (&["合作社"], &["合作社"]),
    (&["农场"], &["农场"]),
    (&["村", "村委会", "村民委员会"], &["村委会"]),
    (&["人民政府", "镇政府", "办事处"], &["镇政府", "街道", "政府"]),
];

fn kinds(name: &str) -> &'static [&'static str] {
    KINDS.iter().find(|(ends, _)| ends.iter().any(|end| name.ends_with(end))).map_or(&[], |(_, words)| words)
}

/// Characters behind a party's word in the longest head of its column.
const LONGEST_HEAD: usize = 18;

/// How a text calls a party: 甲方, its name, the short name that it gives it, what it is.
struct Called {
    role: String,
    words: Vec<String>,
    /// 学会, 企业: where no other party is one. Never the end of a longer name.
    kinds: &'static [&'static str],
}

impl Called {
    fn new(party: &Found, all: &[Found], part: &Part<'_>) -> Self {
        let kinds = kinds(&party.name);
        let alone = all.iter().filter(|other| self::kinds(&other.name) == kinds).count() == 1;
        let name = Some(crate::text::tight(&party.name)).filter(|name| name.chars().count() >= 4);
        let short = part.sides.short_names(&party.name).map(str::to_owned);
        let also = part.sides.second_words(&party.role).map(str::to_owned);
        let words = std::iter::once(party.role.clone()).chain(name).chain(short).chain(also).filter(|word| !word.is_empty()).collect();
        // a party that the paper calls nothing is told by its name
        let role = if party.role.is_empty() { &party.name } else { &party.role };
        Self { role: role.clone(), words, kinds: if alone { kinds } else { &[] } }
    }

    /// Where the party is called, from left to right; bytes.
    fn places<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
        let of = |word: &'t String| text.match_indices(word.as_str()).map(|(at, word)| at..at + word.len());
        let whole = |place: &Range<usize>| text[..place.start].chars().next_back().is_none_or(|c| !is_cjk(c) || "由条款、。，；：（）".contains(c));
        let kind = |word: &&'static str| text.match_indices(*word).map(|(at, word)| at..at + word.len()).filter(whole).collect::<Vec<_>>();
        let mut all: Vec<Range<usize>> = self.words.iter().flat_map(of).chain(self.kinds.iter().flat_map(kind)).collect();
        all.sort_by_key(|place| place.start);
        all.into_iter()
    }

    fn heads_duties(&self, head: &str) -> Option<Range<usize>> {
        self.places(head).find(|place| {
            let before = head[..place.start].chars().next_back();
            !before.is_some_and(|c| "向为对给与和及同跟".contains(c)) && OF_DUTY.is_match(&head[place.end..])
        })
    }

    fn is_called(&self, text: &str) -> bool {
        self.words.iter().any(|word| word == text) || self.kinds.contains(&text)
    }

    /// 甲方, 甲方（服务方）, 甲方职责: the head of a column.
    fn heads_column(&self, cell: &str) -> bool {
        let words = self.words.iter().map(String::as_str).chain(self.kinds.iter().copied());
        let bracketed = |rest: &str| rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).is_some_and(|inner| !inner.contains(['(', ')']));
        words
            .filter_map(|word| cell.strip_prefix(word))
            .any(|rest| rest.is_empty() || rest.chars().count() <= LONGEST_HEAD && (bracketed(rest) || OF_DUTY.is_match(rest)))
    }

    fn stands_alone(&self, head: &str) -> Option<Range<usize>> {
        self.places(head).find(|place| BEHIND_ALONE.contains(&&head[place.end..]) && BEFORE_ALONE.is_match(&head[..place.start]))
    }

    /// Sentences that say what the party has to do, each behind the one before.
    fn sentences<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
        let mut from = 0;
        self.places(text).filter(move |place| {
            let before = text[..place.start].chars().next_back();
            let begins = before.is_none_or(|c| c.is_ascii_digit() || ('①'..='⑳').contains(&c) || c.is_whitespace() || ",;。:、.()（）由条款●■·-".contains(c));
            let free = place.start - before.map_or(0, char::len_utf8) >= from || place.start == 0;
            let found = if begins && free { DOES.find(&text[place.end..]) } else { None };
            from = found.map_or(from, |found| place.end + found.end());
            found.is_some()
        })
    }
}

/// A line with the words of its heading: the line, what stands before its colon, or the title behind its number.
struct Clause<'v> {
    line: Line<'v>,
    head: Option<&'v str>,
}

impl<'v> Clause<'v> {
    fn new(view: &View<'_>, line: &Line<'v>) -> Self {
        let head = line.text.split([':', '。']).next().unwrap_or(line.text);
        let is_numbered = is_clause(line);
        let chars = head.chars().count();
        let closed = head.len() == line.text.len() || line.text[head.len()..].starts_with(':');
        let is_head = (is_numbered && chars <= 26 && !head.contains([',', ';'])) || (closed && chars <= 14 && DUTIES.is_match(head));
        let head = if is_head { Some(head) } else { is_numbered.then(|| run_in(view, line)).flatten() };
        Self { line: *line, head }
    }

    /// A heading of the first rank: 第三条, 三、.
    fn is_main(&self) -> bool {
        let first = self.line.label.unwrap_or(self.line.text);
        first.starts_with('第')
            || first.chars().next().is_some_and(|c| "一二三四五六七八九十".contains(c))
            || first.chars().next().is_some_and(|c| c.is_ascii_digit()) && !is_item(first) && self.head.is_some_and(|h| h.len() == self.line.text.len())
    }
}

/// 2.1, 2-1: an item below the clause 2.
fn is_item(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.strip_prefix(['.', '-']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// The title between a clause's number and its text, parted by blanks alone: 第三条  甲方的权利与义务  甲方应….
fn run_in<'v>(view: &View<'_>, line: &Line<'v>) -> Option<&'v str> {
    const LONGEST: usize = 20;
    let until = line.text.char_indices().nth(LONGEST + 8).map_or(line.text.len(), |(at, _)| at);
    let number = if line.label.is_some() { 0 } else { numbered(line.text)? };
    let span = line.spans(view, 0..until).into_iter().next()?;
    let mut end = 0;
    for piece in view.quote(span).split_whitespace() {
        end += crate::text::tight(piece).len();
        if end > number {
            break;
        }
    }
    let head = line.text.get(..end).filter(|head| head.len() < until && !head.contains([',', ';', '。']) && head.chars().count() <= LONGEST)?;
    (DUTIES.is_match(head) || BOILERPLATE.is_match(head)).then_some(head)
}

fn find(clauses: &[Clause<'_>], party: &Called, told: Told) -> Option<Range<usize>> {
    let mut boiler = false;
    let mut in_duties = false;
    let mut below_bound = false;
    for (n, clause) in clauses.iter().enumerate() {
        let line = &clause.line;
        let below = clauses.get(n + 1..).unwrap_or(&[]);
        // 甲方： over its items, below a heading on duties
        if in_duties && clause.head.is_none() && party.is_called(line.text.trim_end_matches(':')) && says_something(below) {
            return Some(line.range());
        }
        if let Some(head) = clause.head {
            let duties = DUTIES.is_match(&head.replace("违约责任", "").replace("保密责任", "").replace("保密义务", ""));
            let own = party.heads_duties(head);
            if let Some(m) = own
                && duties
                && !head.contains("违约")
                && (line.text.len() > head.len() + 12 || says_something(below))
            {
                return Some(line.start + m.start..line.start + head.len());
            }
            // 一、甲方: a clause that is headed by a party alone is about what it does
            if (in_duties || !boiler && is_clause(line))
                && let Some(m) = party.stands_alone(head)
                && says_something(below)
            {
                return Some(line.start + m.start..line.start + m.end);
            }
            if clause.is_main() {
                in_duties = duties;
                below_bound = BOUND_HEAD.is_match(head);
            }
            if duties {
                boiler = false;
            } else if BOILERPLATE.is_match(head) && clause.is_main() {
                boiler = true;
            } else if clause.is_main() {
                boiler = false;
            }
        }
        if boiler {
            continue;
        }
        for role in party.sentences(line.text) {
            let sentence = line.text[role.start..].split(['。', ';']).next().unwrap_or("");
            if NO_DUTY.is_match(sentence) || (told == Told::InProse && PAYMENT.is_match(sentence)) {
                continue;
            }
            if told == Told::UnderHeads && !below_bound && !BINDS.is_match(sentence) {
                continue;
            }
            return Some(line.start + role.start..line.start + role.start + sentence.len());
        }
    }
    None
}

/// Whether a heading has text of its own below it, before the next heading of the first rank.
fn says_something(clauses: &[Clause<'_>]) -> bool {
    clauses
        .iter()
        .take(4)
        .take_while(|clause| {
            let l = &clause.line;
            // 1.指定专人对接并提供现场条件 is a duty, no heading
            let number = l.text.trim_start_matches(|c: char| c.is_ascii_digit() || ".、．)".contains(c));
            let item = number.len() < l.text.len() && (STATES.is_match(number) || !DUTIES.is_match(l.text) && !BOILERPLATE.is_match(l.text));
            item || !(clause.head.is_some() && clause.is_main() && l.chars() < 16 && !l.text.contains(':'))
        })
        .any(|clause| clause.line.text.chars().filter(|c| c.is_alphanumeric()).count() >= 6)
}
