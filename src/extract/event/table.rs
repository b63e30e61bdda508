//! Event tables: a row an event, columns in any order.
use super::facts;
use super::level;
use super::mention::{Mention, Seen};
use super::name;
use super::org::{self, Applicant};
use super::when::{self, When};
use crate::extract::View;
use crate::extract::{Cell, Table};
use crate::model::{EventKind, EventRole, EvidenceKind, Level};
use crate::text::fold::fold_char;
use crate::text::{Folded, normal, tight};

/// What a column or a label of a record asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Name,
    Time,
    Place,
    Level,
    Role,
    Host,
    Organiser,
    Helper,
    People,
    Sessions,
    Status,
    Number,
}

/// Whether a cell, folded, heads a column of events.
pub(super) fn is_head(cell: &str) -> bool {
    column(cell).is_some()
}

/// What a column head, folded, names; `None` for columns of no interest.
pub(super) fn column(head: &str) -> Option<Column> {
    let has = |words: &[&str]| words.iter().any(|w| head.contains(w));
    if head.is_empty() || head.chars().count() > 20 || head.contains("20") {
        return None;
    }
    Some(if has(&["序号", "编号"]) {
        Column::Number
    } else if has(&[
        "承担角色",
        "角色",
        "承担职责",
        "担任职责",
        "职责",
        "主办/承办",
        "主办或承办",
        "主(承)办",
        "主承办",
        "身份",
        "参与方式",
        "承担方式",
        "承担形式",
        "组织方式",
        "组织形式",
        "举办方式",
        "主办承办",
        "主/承办",
    ]) {
        Column::Role
    } else if has(&["主办单位", "主办方", "举办单位", "主办机构", "组织单位"]) || head == "主办" {
        Column::Host
    } else if has(&["承办单位", "承办方"]) || head == "承办" {
        Column::Organiser
    } else if has(&["协办单位", "协办方"]) {
        Column::Helper
    } else if has(&["场次", "场数", "期数", "次数"]) {
        Column::Sessions
    } else if has(&["人数", "规模", "人次", "参与人员", "参加人员", "参会"]) && !has(&["名称"]) {
        Column::People
    } else if has(&["时间", "日期", "何时"]) && !has(&["名称"]) {
        Column::Time
    } else if has(&["地点", "地址", "场所", "举办地"]) {
        Column::Place
    } else if has(&["级别", "层次", "层级", "范围", "规格", "活动性质", "活动类别", "等级"]) {
        Column::Level
    } else if has(&["状态", "完成情况", "举办情况", "开展情况", "是否举办", "是否完成", "进展", "备注"]) {
        Column::Status
    } else if (has(&["名称", "主题", "题目"]) && !has(&["单位", "机构", "材料", "文件", "课题", "论文", "成果", "报告", "奖", "企业", "团队", "平台", "基地"]))
        || matches!(
            head,
            "内容" | "活动" | "会议" | "学术活动" | "科普活动" | "活动内容" | "活动项目" | "学术会议" | "学术交流活动" | "会议/活动" | "活动(会议)"
        )
    {
        Column::Name
    } else {
        return None;
    })
}

/// The head of a list of events.
#[derive(Clone)]
pub(super) struct Head {
    pub row: u32,
    /// The printed head of the name column.
    pub name: String,
    pub columns: Vec<(u32, Column)>,
    pub kind: Option<EventKind>,
    /// What the heading says of the applicant's part in all rows: 牵头组织的科普活动.
    pub role: Option<Seen<EventRole>>,
}

/// One row of a table: the cells that begin in it, and those that reach down into it.
struct Row<'a, 'c> {
    number: u32,
    cells: &'c [Cell<'a>],
    above: Vec<Cell<'a>>,
}

impl<'a> Row<'a, '_> {
    fn at(&self, column: u32) -> Option<&Cell<'a>> {
        self.cells.iter().chain(&self.above).find(|c| (c.column..c.column + c.columns).contains(&column))
    }
}

/// The rows of a table, top to bottom, in one pass.
fn rows<'a, 'c>(table: &'c Table<'a>) -> Vec<Row<'a, 'c>> {
    let mut found: Vec<Row<'a, 'c>> = Vec::new();
    let mut tall: Vec<Cell<'a>> = Vec::new();
    for cells in table.cells.chunk_by(|a, b| a.row == b.row) {
        let number = cells[0].row;
        tall.retain(|c| c.row + c.rows > number);
        found.push(Row { number, cells, above: tall.clone() });
        tall.extend(cells.iter().filter(|c| c.rows > 1));
        tall.truncate(64);
    }
    found
}

/// The columns of a head row of an event table.
fn head(row: &Row<'_, '_>, above: &str, in_form: bool) -> Option<Head> {
    // what most rows do not hold: a head of the column of times
    if !row.cells.iter().any(|cell| cell.text.chars().any(|c| matches!(fold_char(c), '时' | '日'))) {
        return None;
    }
    let mut columns: Vec<(u32, Column)> = Vec::new();
    let mut words = above.to_owned();
    let mut foreign = false;
    let mut name_head = None;
    for cell in row.cells {
        let printed = tight(cell.text);
        words.push_str(cell.text);
        foreign |= ["作者", "论文", "姓名", "报告题目", "证书", "职称", "发表", "金额", "刊物", "采纳", "批示"].iter().any(|w| printed.contains(w));
        let Some(column) = column(&printed).filter(|found| !columns.iter().any(|(_, known)| known == found)) else { continue };
        // 内容 is the event only where no other column names it
        let named_elsewhere = || row.cells.iter().map(|c| tight(c.text)).any(|other| other != printed && self::column(&other) == Some(Column::Name));
        if printed == "内容" && named_elsewhere() {
            continue;
        }
        columns.push((cell.column, column));
        if column == Column::Name {
            name_head = Some(printed);
        }
    }
    let has = |column: Column| columns.iter().any(|(_, c)| *c == column);
    let detail =
        [Column::Place, Column::Level, Column::Role, Column::Host, Column::Organiser, Column::People, Column::Sessions].into_iter().filter(|c| has(*c)).count();
    let name_head = name_head.unwrap_or_default();
    let held_by = has(Column::Role) || has(Column::Host) || has(Column::Organiser);
    // 名称 | 时间 | 备注, 时间 | 内容 | 地点 below “牵头组织的科普活动”: the heading says what the rows are
    let listed = in_form
        && ["活动", "会议"].iter().any(|w| above.contains(w))
        && ["学术", "科普"].iter().any(|w| above.contains(w))
        && !["计划", "进度", "安排", "方案", "任务", "成果", "预算", "议程", "日程"].iter().any(|w| above.contains(w));
    let about = |text: &str| ["活动", "会议"].iter().any(|word| text.contains(word));
    let about_events = held_by || ["活动", "会议", "学术", "科普", "论坛", "讲座", "培训"].iter().any(|w| name_head.contains(w) || above.contains(w));
    let told = detail >= 1 || listed || name_head.contains("活动名称") || name_head.contains("会议名称");
    let good = has(Column::Name) && has(Column::Time) && told && about_events && (listed || held_by && about(above) || name_head != "内容") && !foreign;
    good.then_some(Head { row: row.number, name: name_head, columns, kind: kind_in(&words), role: None })
}

/// The kind of events that the words over a list name.
pub(super) fn kind_in(words: &str) -> Option<EventKind> {
    match (words.contains("科普"), words.contains("学术")) {
        (true, _) => Some(EventKind::Popular),
        (false, true) => Some(EventKind::Academic),
        (false, false) => None,
    }
}

/// A row of an event table: under each column its cell, and the rest of it where a page break cut the row.
#[derive(Default)]
pub(super) struct Entry<'a> {
    pub table: u32,
    pub row: u32,
    pub cells: Vec<(Column, Vec<Cell<'a>>)>,
    /// All words of the row.
    pub words: String,
}

impl<'a> Entry<'a> {
    fn new(row: &Row<'a, '_>, head: &Head, table: u32) -> Self {
        let cells = head.columns.iter().filter_map(|(at, column)| row.at(*at).filter(|c| c.row > head.row).map(|c| (*column, vec![*c]))).collect();
        let words = row.cells.iter().map(|c| tight(c.text)).collect::<Vec<_>>().join(",");
        Self { table, row: row.number, cells, words }
    }

    fn cells(&self, column: Column) -> &[Cell<'a>] {
        self.cells.iter().find(|(c, _)| *c == column).map_or(&[], |(_, cells)| cells)
    }

    fn text(&self, column: Column) -> String {
        self.cells(column).iter().map(|c| c.text).collect()
    }

    /// Whether the first row after a page break is the rest of this one.
    fn goes_on_in(&self, next: &Self) -> bool {
        let alone = |column: Column| tight(&next.text(column));
        if self.cells.iter().any(|(c, _)| *c == Column::Number) {
            return alone(Column::Number).is_empty();
        }
        let time = alone(Column::Time);
        let joined = when::days(&(tight(&self.text(Column::Time)) + &time), None);
        let whole = when::days(&tight(&self.text(Column::Time)), None);
        time.is_empty() || (when::days(&time, None).is_empty() && !joined.is_empty() && joined != whole)
    }

    fn append(&mut self, next: Self) {
        for (column, cells) in next.cells {
            match self.cells.iter_mut().find(|(c, _)| *c == column) {
                Some((_, known)) => known.extend(cells),
                None => self.cells.push((column, cells)),
            }
        }
        self.words.push_str(&next.words);
    }
}

/// The rows of all event tables of a file. A table goes on after a page break under the same head.
pub(super) fn mentions(view: &View<'_>, kind: EvidenceKind, year: Option<i16>, applicant: &Applicant) -> Vec<Mention> {
    let mut entries: Vec<(Entry<'_>, Head)> = Vec::new();
    let tables = view.tables();
    let mut broken: Option<Head> = None;
    for (n, (number, table)) in (1u32..).zip(&tables).enumerate() {
        let goes_on = n > 0 && follows(view, &tables[n - 1], table);
        let mut current = broken.take().filter(|_| goes_on).map(|head| Head { row: 0, ..head });
        let mut section = heading_above(view, table).unwrap_or_default();
        let mut first = goes_on && current.is_some();
        // what stands in the short row over the head: 牵头组织的科普活动 | 见下表
        let mut over = Heading::default();
        for row in rows(table) {
            let above = format!("{}{}", section.words, over.words);
            let role = || over.role(view).or_else(|| section.role(view));
            let found = head(&row, &above, kind == EvidenceKind::Form).map(|head| Head { role: role(), ..head });
            over = Heading::of_row(&row);
            if let Some(head) = found {
                current = Some(head);
            } else if let Some(only) = alone(view, &row) {
                section = Heading { words: tight(only.text), block: only.block };
                current = None;
            } else if let Some(head) = &current {
                if row.cells.len() + 2 < head.columns.len() || heads_money(&row) {
                    current = None;
                    continue;
                }
                let entry = Entry::new(&row, head, number);
                match entries.last_mut().filter(|(last, _)| first && last.goes_on_in(&entry)) {
                    Some((last, _)) => last.append(entry),
                    None => entries.push((entry, head.clone())),
                }
                first = false;
            }
        }
        broken = current;
    }
    entries.into_iter().filter_map(|(entry, head)| mention(view, &entry, &head, kind, year, applicant)).collect()
}

/// 支出内容 | 金额（元） | 测算依据: the head of a budget in the same table.
fn heads_money(row: &Row<'_, '_>) -> bool {
    let heads = |cell: &Cell<'_>| {
        let text = tight(cell.text);
        text.chars().count() <= 12 && ["金额", "预算数", "经费数"].iter().any(|word| text.starts_with(word))
    };
    row.cells.len() >= 2 && row.cells.iter().any(heads) && !row.cells.iter().any(|cell| cell.text.chars().any(|c| c.is_ascii_digit()))
}

/// The only cell of a row; in a sheet, the only printed one before its padding.
fn alone<'a>(view: &View<'_>, row: &Row<'a, '_>) -> Option<Cell<'a>> {
    let (first, rest) = row.cells.split_first()?;
    let sheet = view.document.blocks.get(first.block as usize).is_some_and(|b| b.at.sheet.is_some());
    let padding = sheet && !first.text.trim().is_empty() && rest.iter().all(|c| c.text.trim().is_empty());
    (rest.is_empty() || padding).then_some(*first)
}

/// Whether a table follows another directly and is as wide: the next page of the same one.
fn follows(view: &View<'_>, before: &Table<'_>, table: &Table<'_>) -> bool {
    let (Some(last), Some(first)) = (before.cells.last(), table.cells.first()) else { return false };
    let between = view.document.blocks.get(last.block as usize + 1..first.block as usize).unwrap_or(&[]);
    let page = |block: u32| view.document.blocks.get(block as usize).and_then(|b| b.at.page);
    let next_page = page(last.block).zip(page(first.block)).is_some_and(|(a, b)| b == a + 1);
    next_page && before.width() == table.width() && between.iter().all(|b| !b.kind.is_body() || b.text.trim().chars().count() <= 6)
}

/// What stands over rows of events, and the block in which it stands.
#[derive(Default)]
pub(super) struct Heading {
    /// Folded.
    pub words: String,
    block: u32,
}

impl Heading {
    /// A short row over the head: 牵头组织的科普活动 | 见下表.
    fn of_row(row: &Row<'_, '_>) -> Self {
        let words: String = if row.cells.len() <= 2 { row.cells.iter().map(|c| tight(c.text)).collect() } else { String::new() };
        match row.cells.first() {
            Some(first) if words.chars().count() <= 40 => Self { words, block: first.block },
            _ => Self::default(),
        }
    }

    /// The one role that the heading gives to all its rows; 主办或承办 says of none which it was.
    fn role(&self, view: &View<'_>) -> Option<Seen<EventRole>> {
        let roles = ["主办", "承办", "协办", "参与", "参加"].iter().filter(|word| self.words.contains(**word)).count();
        let leads = self.words.contains("牵头");
        let value = org::claimed(&self.words).filter(|_| roles + usize::from(leads) == 1)?;
        Some(Seen { value, at: vec![view.block_span(self.block)] })
    }
}

/// The line before a table that says what it lists (本年度学术交流活动情况), else the last one: 见下表.
pub(super) fn heading_above(view: &View<'_>, table: &Table<'_>) -> Option<Heading> {
    let first = table.cells.first()?;
    let blocks = view.document.blocks.get(..first.block as usize).unwrap_or(&[]);
    let before = (0..first.block).rev().zip(blocks.iter().rev());
    let mut near = before.take(4).filter(|(_, b)| b.kind.is_body()).map(|(block, b)| Heading { words: tight(&b.text), block }).filter(|h| !h.words.is_empty());
    let last = near.next().filter(|heading| heading.words.chars().count() <= 60)?;
    let tells = |heading: &Heading| heading.words.chars().count() <= 30 && ["学术", "科普", "活动", "会议"].iter().any(|word| heading.words.contains(word));
    if tells(&last) || last.words.chars().count() > 12 { Some(last) } else { near.take(1).find(tells).or(Some(last)) }
}

/// One entry of a list of events; `None` where it names none.
pub(super) fn mention(view: &View<'_>, entry: &Entry<'_>, head: &Head, kind: EvidenceKind, year: Option<i16>, applicant: &Applicant) -> Option<Mention> {
    let name = name::tidy(&entry.text(Column::Name));
    let content = name.chars().filter(|c| c.is_alphanumeric()).count();
    if content < 3 || ["合计", "总计", "小计", "备注", "例"].contains(&name.as_str()) || name.starts_with("合计") || tight(&name) == head.name {
        return None;
    }
    let spans = |wanted: Column| entry.cells(wanted).iter().map(|c| view.block_span(c.block)).collect::<Vec<_>>();
    let text = |wanted: Column| tight(&entry.text(wanted));
    let mut m = Mention::new(kind, view.id);
    m.name_at = spans(Column::Name);
    m.at = m.name_at.clone();
    m.when = time(view, entry, year);
    if let Some(when) = &m.when {
        m.at.extend(when.at.iter().copied());
    }
    m.place = normal(&entry.text(Column::Place));
    // 某学会主办，某社区协办 in one cell
    let in_words = [Column::Role, Column::Host].into_iter().find_map(|column| {
        let (role, _) = org::role(&org::in_sentences(&text(column), 0, applicant, &org::OWN_WORDS), applicant)?;
        Some(Seen { value: role, at: spans(column) })
    });
    let claimed = || org::claimed(&text(Column::Role)).map(|role| Seen { value: role, at: spans(Column::Role) });
    m.role = in_words.or_else(claimed).or_else(|| {
        let lists = [
            (Column::Host, EventRole::主办, EventRole::联合主办),
            (Column::Organiser, EventRole::承办, EventRole::共同承办),
            (Column::Helper, EventRole::协办, EventRole::协办),
        ];
        lists.into_iter().find_map(|(column, alone, joint)| {
            let orgs = org::split_orgs(&text(column));
            let ours = orgs.iter().any(|o| applicant.find(o).is_some() || ["本会", "我会", "本学会", "学会"].contains(&o.as_str()));
            ours.then(|| Seen { value: if orgs.len() > 1 { joint } else { alone }, at: spans(column) })
        })
    });
    // 备注：牵头组织; a remark on how many took part says no role
    let remark = text(Column::Status);
    let hosts = [Column::Role, Column::Host, Column::Organiser].into_iter().any(|column| !text(column).is_empty());
    if m.role.is_none() && !hosts && ["主办", "承办", "牵头", "协办"].iter().any(|word| remark.contains(word)) {
        m.role = org::claimed(&remark).map(|role| Seen { value: role, at: spans(Column::Status) });
    }
    if m.role.is_none() && !hosts {
        m.role.clone_from(&head.role);
    }
    let own = level::in_name(&tight(&name)).map(|(level, _)| level);
    m.claim = level::in_column(&text(Column::Level)).map(|level| Seen { value: level, at: spans(Column::Level) });
    m.level = own.filter(|l| *l != Level::City || m.claim.is_none()).map(|level| Seen { value: level, at: m.name_at.clone() });
    m.planned = facts::is_planned(&entry.words) || matches!(text(Column::Status).as_str(), "计划" | "拟办" | "未举办" | "筹备中" | "待举办");
    m.held = !m.planned && kind != EvidenceKind::Form && ["已举办", "已召开", "已完成", "已开展", "已结束"].contains(&text(Column::Status).as_str());
    let counted = text(Column::Sessions).trim_end_matches(['场', '次', '期']).parse().ok().filter(|n| (1..=366).contains(n));
    m.sessions = counted.or_else(|| facts::sessions(&tight(&name))).or_else(|| facts::sessions(&text(Column::Time))).unwrap_or(1);
    m.online = facts::is_online(&entry.words);
    m.event_kind = head.kind;
    m.names = vec![name];
    m.creates = true;
    m.applicant_named = true;
    m.row = Some((view.id, entry.table, entry.row));
    Some(m)
}

/// The time column; its place is the date's own words where one cell holds them.
fn time(view: &View<'_>, entry: &Entry<'_>, year: Option<i16>) -> Option<Seen<When>> {
    let cells = entry.cells(Column::Time);
    let whole = |cell: &Cell<'_>| view.document.blocks.get(cell.block as usize).is_some_and(|block| block.text.len() == cell.text.len());
    if let [only] = cells
        && whole(only)
    {
        let printed = Folded::tight(only.text);
        let value = when::first(&printed.text, year)?;
        let raw = printed.raw(value.range.clone());
        return Some(Seen { at: vec![view.raw_span(only.block, raw)], value });
    }
    let value = when::first(&tight(&entry.text(Column::Time)), year)?;
    Some(Seen { at: cells.iter().map(|c| view.block_span(c.block)).collect(), value })
}
