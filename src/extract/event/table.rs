//! Event tables: a row an event, columns in any order.
use super::facts;
use super::level;
use super::mention::{Mention, Seen};
use super::name;
use super::org::{self, Applicant};
use super::when;
use crate::extract::{Cell, Table};
use crate::extract::View;
use crate::model::{EventKind, EventRole, EvidenceKind, Level};
use crate::text::{Folded, normal, tight};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
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

/// What a column head names; `None` for columns of no interest.
fn column(head: &str) -> Option<Column> {
    let head = tight(head);
    let has = |words: &[&str]| words.iter().any(|w| head.contains(w));
    if head.is_empty() || head.chars().count() > 20 {
        return None;
    }
    Some(if has(&["序号", "编号"]) {
        Column::Number
    } else if has(&["承担角色", "角色", "主办/承办", "主办或承办", "主(承)办", "主承办", "身份", "参与方式", "承担方式", "承担形式", "组织方式", "举办方式", "主办承办", "主/承办"]) {
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
    } else if has(&["时间", "日期"]) && !has(&["名称"]) {
        Column::Time
    } else if has(&["地点", "地址", "场所", "举办地"]) {
        Column::Place
    } else if has(&["级别", "层次", "层级", "范围", "规格", "活动性质", "活动类别", "等级"]) {
        Column::Level
    } else if has(&["状态", "完成情况", "是否举办", "进展"]) {
        Column::Status
    } else if (has(&["名称", "主题", "题目"]) && !has(&["单位", "机构", "材料", "文件", "课题", "论文", "成果", "报告", "奖", "企业", "团队", "平台", "基地"]))
        || matches!(head.as_str(), "活动" | "会议" | "学术活动" | "科普活动" | "活动内容" | "活动项目" | "学术会议" | "学术交流活动" | "会议/活动" | "活动(会议)")
    {
        Column::Name
    } else {
        return None;
    })
}

struct Head {
    row: u32,
    columns: Vec<(u32, Column)>,
    kind: Option<EventKind>,
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
fn head(row: &Row<'_, '_>, above: &str) -> Option<Head> {
    let mut columns: Vec<(u32, Column)> = Vec::new();
    let mut words = above.to_owned();
    let mut foreign = false;
    for cell in row.cells {
        words.push_str(cell.text);
        foreign |= ["作者", "论文", "姓名", "报告题目", "证书", "职称", "发表", "金额", "刊物", "采纳", "批示"].iter().any(|w| tight(cell.text).contains(w));
        if let Some(column) = column(cell.text)
            && !columns.iter().any(|(_, c)| *c == column)
        {
            columns.push((cell.column, column));
        }
    }
    let has = |column: Column| columns.iter().any(|(_, c)| *c == column);
    let detail = [Column::Place, Column::Level, Column::Role, Column::Host, Column::Organiser, Column::People, Column::Sessions].into_iter().filter(|c| has(*c)).count();
    let name_head = row.cells.iter().find(|c| column(c.text) == Some(Column::Name)).map(|c| tight(c.text)).unwrap_or_default();
    let about_events = ["活动", "会议", "学术", "科普", "论坛", "讲座", "培训"].iter().any(|w| name_head.contains(w) || above.contains(w));
    let good = has(Column::Name) && has(Column::Time) && (detail >= 1 || name_head.contains("活动名称") || name_head.contains("会议名称")) && about_events && !foreign;
    let kind = if words.contains("科普") { Some(EventKind::Popular) } else if words.contains("学术") { Some(EventKind::Academic) } else { None };
    good.then_some(Head { row: row.number, columns, kind })
}

/// The rows of all event tables of a file.
pub(super) fn mentions(view: &View<'_>, kind: EvidenceKind, year: Option<i16>, applicant: &Applicant) -> Vec<Mention> {
    let mut found = Vec::new();
    for (n, table) in (1u32..).zip(view.tables()) {
        let mut current: Option<Head> = None;
        let mut section = heading_above(view, &table);
        for row in rows(&table) {
            if let Some(head) = head(&row, &section) {
                current = Some(head);
            } else if let [only] = row.cells {
                section = tight(only.text);
                current = None;
            } else if let Some(columns) = &current {
                if row.cells.len() + 2 < columns.columns.len() {
                    current = None;
                } else {
                    found.extend(mention(view, &row, columns, n, kind, year, applicant));
                }
            }
        }
    }
    found
}

/// The line before a table: 本年度学术交流活动情况.
fn heading_above(view: &View<'_>, table: &Table<'_>) -> String {
    let Some(first) = table.cells.first() else { return String::new() };
    let blocks = view.document.blocks.get(..first.block as usize).unwrap_or(&[]);
    blocks.iter().rev().take(3).find(|b| b.kind.is_body() && !b.text.trim().is_empty()).map(|b| tight(&b.text)).filter(|t| t.chars().count() <= 60).unwrap_or_default()
}

fn mention(view: &View<'_>, row: &Row<'_, '_>, head: &Head, table: u32, kind: EvidenceKind, year: Option<i16>, applicant: &Applicant) -> Option<Mention> {
    let cell = |wanted: Column| {
        let (column, _) = head.columns.iter().find(|(_, c)| *c == wanted)?;
        row.at(*column).filter(|c| c.row > head.row)
    };
    let text = |wanted: Column| cell(wanted).map(|c| c.text).unwrap_or("");
    let named = cell(Column::Name)?;
    let name = name::tidy(named.text);
    let content = name.chars().filter(|c| c.is_alphanumeric()).count();
    if content < 3 || ["合计", "总计", "小计", "备注", "例"].iter().any(|w| name == *w) || name.starts_with("合计") || column(named.text) == Some(Column::Name) {
        return None;
    }
    let mut m = Mention::new(kind, view.id);
    m.name_at = vec![view.block_span(named.block)];
    m.at = m.name_at.clone();
    let printed = Folded::tight(text(Column::Time));
    m.when = cell(Column::Time).and_then(|c| {
        let w = when::first(&printed.text, year)?;
        let raw = printed.raw(w.range.clone());
        Some(Seen { at: vec![view.raw_span(c.block, raw)], value: w })
    });
    if let Some(when) = &m.when {
        m.at.extend(when.at.iter().copied());
    }
    m.place = normal(text(Column::Place));
    let spans = |wanted: Column| cell(wanted).map(|c| vec![view.block_span(c.block)]).unwrap_or_default();
    m.role = org::claimed(text(Column::Role)).map(|role| Seen { value: role, at: spans(Column::Role) }).or_else(|| {
        let lists = [(Column::Host, EventRole::主办, EventRole::联合主办), (Column::Organiser, EventRole::承办, EventRole::共同承办), (Column::Helper, EventRole::协办, EventRole::协办)];
        lists.into_iter().find_map(|(column, alone, joint)| {
            let orgs = org::split_orgs(&tight(text(column)));
            let ours = orgs.iter().any(|o| applicant.find(o).is_some() || ["本会", "我会", "本学会", "学会"].contains(&o.as_str()));
            ours.then(|| Seen { value: if orgs.len() > 1 { joint } else { alone }, at: spans(column) })
        })
    });
    let own = level::in_name(&tight(named.text)).map(|(level, _)| level);
    m.level = own.map(|level| Seen { value: level, at: m.name_at.clone() });
    m.claim = level::in_column(text(Column::Level)).map(|level| Seen { value: level, at: spans(Column::Level) });
    if m.level.as_ref().is_some_and(|l| l.value == Level::City) && m.claim.is_some() {
        m.level = None;
    }
    let whole: String = row.cells.iter().map(|c| tight(c.text)).collect::<Vec<_>>().join(",");
    m.planned = facts::is_planned(&whole) || matches!(tight(text(Column::Status)).as_str(), "计划" | "拟办" | "未举办" | "筹备中" | "待举办");
    m.sessions = tight(text(Column::Sessions)).trim_end_matches(['场', '次', '期']).parse().ok().or_else(|| facts::sessions(&tight(named.text))).or_else(|| facts::sessions(&tight(text(Column::Time)))).unwrap_or(1);
    m.online = facts::is_online(&whole);
    m.event_kind = head.kind;
    m.names = vec![name];
    m.creates = true;
    m.applicant_named = true;
    m.row = Some((view.id, table, row.number));
    Some(m)
}
