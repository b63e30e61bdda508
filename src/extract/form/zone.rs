//! Where the parts of a form begin and end as it is walked through.
use super::grid::{self, Grid, GridCell};
use super::label::{enumerator, squash};
use super::layout::Part;
use super::lexicon::{Kind, Lexicon, Owner};
use super::line::{self, Style};
use super::section::{self, Topic, Zone};
use super::walk::{Context, Walk};
use super::whose::owner_of;
use super::{opinion, table, title};
use crate::model::FieldId;
use crate::text::fold::fold_char;
use crate::text::numeral::chinese_number;

impl<'a> Walk<'_, 'a> {
    /// Cover, instructions, attachments, foreign papers. True where the line is nothing but such a heading.
    pub fn change_zone(&mut self, text: &str, numbered: bool, page: Option<u32>, heading: bool, rest: &[Part<'a>]) -> bool {
        if self.zone == Zone::Foreign {
            return false;
        }
        if section::heads_instructions(text) {
            self.enter_instructions(page);
            return true;
        }
        if self.zone == Zone::Instructions {
            if !self.begins_body(text, rest) && !self.leaves_instructions(text, numbered, page, heading) {
                return false;
            }
            self.zone = self.after_instructions;
        }
        if section::heads_attachments(text) && self.zone != Zone::Cover {
            self.enter_attachments(text);
            return true;
        }
        if self.zone == Zone::Attachments
            && !self.is_listed(text)
            && section::is_heading(text, false, self.lexicon)
            && !text.contains("附件")
            && enumerator(text) > 0
            && !ends_with_paper(text)
        {
            self.zone = Zone::Body;
        }
        if matches!(self.zone, Zone::Body | Zone::Attachments) && section::heads_other_paper(text) && party_line_follows(self, rest) {
            self.zone = Zone::Foreign;
            self.pending = None;
            self.open_section(text);
            return true;
        }
        false
    }

    pub fn enter_attachments(&mut self, heading: &str) {
        // 附件： above the form's own title
        if self.out.pairs.is_empty() {
            return;
        }
        self.zone = Zone::Attachments;
        self.list = AttachmentList { heading: numbering(heading), ..AttachmentList::default() };
        self.pending = None;
        self.open_section(heading);
    }

    /// Whether a line goes on with the list of attachments: numbered from 1 in a way of its own, whatever its words are.
    pub fn is_listed(&mut self, text: &str) -> bool {
        let Some(own) = numbering(text) else { return false };
        let number: String = text.trim_start().chars().take(4).map(fold_char).filter(|c| *c != '(').collect();
        let first = number.starts_with(['1', '一']) && !number.starts_with("一十") && !number.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
        if self.list.items.is_none() && first && self.list.heading != Some(own) {
            self.list.items = Some(own);
        }
        let listed = self.list.items == Some(own);
        if listed && let Some(number) = number_of(text) {
            self.list.read(number);
        }
        listed
    }

    /// Whether a line in the list of attachments is an item of it: all are numbered (1., 附件1) or none is.
    pub fn is_item(&mut self, text: &str) -> bool {
        self.list.marked |= is_attached(text);
        self.is_listed(text) || is_attached(text) || self.list.items.is_none() && (!self.list.marked || enumerator(text) > 0)
    }

    pub fn enter_instructions(&mut self, page: Option<u32>) {
        if self.zone != Zone::Instructions {
            self.after_instructions = Zone::Body;
        }
        self.zone = Zone::Instructions;
        self.han_items = 0;
        self.instruction_items = 0;
        self.instruction_page = page;
        self.pending = None;
        self.carry = None;
    }

    /// 1. 基本信息 behind numbered items, over the form's first labels.
    fn begins_body(&self, text: &str, rest: &[Part<'a>]) -> bool {
        let number: String = text[..enumerator(text)].chars().map(fold_char).filter(char::is_ascii_digit).collect();
        number == "1"
            && self.instruction_items > 0
            && section::is_heading(text, false, self.lexicon)
            && topic_words(text)
            && rest.first().is_some_and(|part| self.is_labelled(part))
    }

    /// A form's own heading ends the instructions: numbered otherwise than their items, or starting over.
    pub fn leaves_instructions(&mut self, text: &str, numbered: bool, page: Option<u32>, heading: bool) -> bool {
        let number = enumerator(text);
        let head = text[..number].trim_start();
        let han = head.starts_with(|c| "一二三四五六七八九十".contains(c)) || head.starts_with('第') && head.contains(['部', '章']);
        let is_heading = section::is_heading(text, false, self.lexicon);
        let new_page = page.is_some() && page != self.instruction_page;
        self.instruction_items += u32::from(number > 0);
        if han {
            let restarts = (head.starts_with('一') || head.starts_with("第一")) && self.han_items > 0 && !head.contains("一十");
            let leaves = is_heading && (self.han_items == 0 || restarts || new_page);
            // a numbered heading right under the head of the instructions may be their own first item
            let titled = topic_words(text);
            if leaves && (restarts || titled || new_page) {
                return true;
            }
            self.han_items += 1;
            return false;
        }
        let tight = squash(text);
        let form_head = number == 0
            && !numbered
            && tight.chars().count() <= 20
            && ["基本情况", "基本信息", "信息表", "数据表", "情况表", "申报表", "申请表", "基本情况表", "申报书", "申请书"].iter().any(|w| tight.ends_with(w));
        form_head || heading && is_heading && number == 0 || new_page && is_heading && topic_words(text)
    }

    /// Opinions, signatures and the form's own labels end the list of attachments.
    pub fn ends_attachments(&mut self, text: &str) -> bool {
        // 1、委托技术服务协议（盖章）: an item of the list that says of itself that it is sealed
        let listed = self.is_listed(text);
        if is_attached(text) {
            return false;
        }
        // 【学会承诺与意见】
        let bracketed = text.trim().strip_prefix('【').is_some_and(|rest| rest.ends_with('】'));
        if bracketed && !listed {
            return true;
        }
        opinion::is_sign_off(text) && !listed
            || line::split(text, self.lexicon, Style::Form).iter().any(|f| {
                f.sense.is_some_and(|s| {
                    // 3．服务对象意见: the next of the list
                    !s.weak
                        && (!listed || s.kind != Kind::Sign && (s.kind != Kind::Opinion || !self.list.goes_on()))
                        && matches!(s.kind, Kind::Opinion | Kind::Office | Kind::Sign | Kind::Date | Kind::Person | Kind::Phone)
                })
            })
    }

    /// The title of the form is no section, below a table of numbers at its head either.
    pub fn titles(&self, text: &str) -> bool {
        let before_sections = self.zone == Zone::Cover || self.out.sections.iter().all(|s| s.owner.is_none() && s.topic == Topic::General);
        before_sections && title::ends_with_form_word(text) && enumerator(text) == 0
    }

    /// On the cover only what is clearly a section opens one.
    pub fn opens(&self, text: &str, context: &Context) -> bool {
        if self.zone != Zone::Cover {
            return true;
        }
        let number = enumerator(text);
        if number > 0 {
            let han = text[..number].contains(|c| "一二三四五六七八九十".contains(c));
            return han || topic_words(text) && self.lexicon.label(text).is_none_or(|s| s.field.is_none());
        }
        if self.last_cover_pair.is_some() && context.labels_follow {
            return false;
        }
        let tight = squash(text.trim().trim_start_matches('【').trim_end_matches('】'));
        // what is left to sign by hand
        if ["承诺书", "项目承诺书", "申报承诺书", "诚信承诺书", "承诺声明"].contains(&tight.as_str()) {
            return true;
        }
        let table = ["基本情况", "基本信息", "信息表", "情况表", "数据表", "基本概况", "项目概况", "单位概况", "基本情况表"].iter().any(|w| tight.ends_with(w));
        // 科技创新智库项目, （智库建设特色学会）: what is applied for, named over the form's title
        let bare = tight.trim_end_matches(')');
        let named = bare.ends_with("项目") || bare.ends_with("学会");
        table
            || !named
                && tight.chars().count() <= 12
                && matches!(section::topic_of(text), Topic::People | Topic::Budget | Topic::Experts)
                && !self.lexicon.label(text).is_some_and(|s| s.owner == Some(Owner::Leader) || s.owner == Some(Owner::Contact))
    }

    /// Reads a table of numbered attachments.
    fn lists_attachments(&mut self, grid: &Grid<'a>) -> bool {
        let names = numbered_names(grid);
        for cell in &names {
            self.push_line(cell.block, 0..cell.text.len(), false, false, true);
        }
        if !names.is_empty() {
            self.zone = Zone::Body;
            self.pending = None;
            self.carry = None;
        }
        !names.is_empty()
    }

    pub fn table(&mut self, grid: &Grid<'a>, rest: &[Part<'a>]) {
        if self.zone == Zone::Foreign {
            for cell in &grid.cells {
                self.push_line(cell.block, 0..cell.text.len(), false, false, true);
            }
            return;
        }
        // 团队成员 after 经费预算: a sheet's name heads it
        if grid.name != self.sheet {
            // 附件目录 at the end of a sheet lists nothing of the next
            if self.zone == Zone::Attachments {
                self.zone = Zone::Body;
            }
            let name = grid.name.unwrap_or("");
            self.open_section(name);
            self.sheet = grid.name;
            if section::heads_attachments(name) {
                self.enter_attachments(name);
            }
        }
        let first_line = grid.cells.first().map_or("", |c| c.text.trim_start().lines().next().unwrap_or(""));
        if grid.cells.len() <= 2 && section::heads_instructions(first_line) {
            let back = if self.zone == Zone::Instructions { self.after_instructions } else { self.zone };
            self.zone = Zone::Instructions;
            for cell in &grid.cells {
                for range in grid::lines(cell.text) {
                    self.push_line(cell.block, range, false, false, true);
                }
            }
            self.zone = back;
            return;
        }
        if self.zone == Zone::Instructions {
            self.zone = self.after_instructions;
        }
        if self.zone == Zone::Attachments && self.lists_attachments(grid) {
            return;
        }
        let is_opinion = |c: &GridCell<'_>| c.sense.is_some_and(|s| matches!(s.kind, Kind::Opinion | Kind::Office) && !s.weak);
        if self.zone == Zone::Attachments && grid.cells.iter().any(is_opinion) {
            self.zone = Zone::Body;
        }
        let attachments = self.zone == Zone::Attachments;
        let cover = self.zone == Zone::Cover && is_cover_table(grid, rest, self.lexicon);
        if !cover && !attachments {
            self.zone = Zone::Body;
        }
        self.pending = self.pending.filter(|p| p.many || grid.width == 1);
        self.last_cover_pair = None;
        self.notes = false;
        self.block = None;
        self.carry = None;
        let before = self.out.pairs.len();
        table::read(self, grid);
        if is_event_card(grid) && self.out.pairs[..before].iter().any(|p| p.sense.is_some_and(|s| s.field == Some(FieldId::ProjectName)) && !p.value.is_empty())
        {
            self.out.pairs.truncate(before);
        }
        if attachments {
            self.zone = Zone::Body;
        }
        self.pending = None;
        self.carry = None;
    }
}

/// The names in a table of numbered attachments (编号 | 材料名称 over 1 | 合作协议), whatever label their words are; empty where it is none.
fn numbered_names<'g, 'a>(grid: &'g Grid<'a>) -> Vec<&'g GridCell<'a>> {
    let rows: Vec<Vec<&GridCell<'_>>> = grid.starts.iter().map(|row| row.iter().map(|n| &grid.cells[*n]).filter(|c| !c.is_empty()).collect()).collect();
    let is_numbered = |row: &[&GridCell<'_>]| row.len() >= 2 && squash(row[0].text).parse::<u8>().is_ok();
    let heads = rows.first().filter(|row| !is_numbered(row));
    let named = heads.and_then(|row| row.iter().find(|c| squash(c.text).contains("名称"))).map(|c| c.column);
    let items = &rows[usize::from(heads.is_some())..];
    if !items.iter().all(|row| is_numbered(row)) {
        return Vec::new();
    }
    items.iter().filter_map(|row| named.map_or(row.get(1), |column| row.iter().find(|c| c.column == column)).copied()).collect()
}

/// 活动名称 | 起止日期 | 举办地点 | 承办单位 …: a card that tells of one event. Behind the project's own name it answers nothing that the form asks.
fn is_event_card(grid: &Grid<'_>) -> bool {
    const NAMES: [&str; 4] = ["活动名称", "会议名称", "活动主题", "会议主题"];
    const TOLD: [&str; 10] = ["主办单位", "承办单位", "协办单位", "参会人数", "参加人数", "举办地点", "活动地点", "会议地点", "本会身份", "承担角色"];
    let says = |words: &[&str]| grid.cells.iter().filter(|c| words.contains(&squash(c.text).as_str())).count();
    grid.cells.first().is_some_and(|c| NAMES.contains(&squash(c.text).as_str())) && says(&TOLD) >= 3
}

/// How a list numbers its items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbering {
    bracket: bool,
    /// 一, 二 rather than 1, 2.
    han: bool,
    /// 第一部分.
    ordinal: bool,
}

/// The numbering of the list of attachments, once its first item was read, and of the heading over it.
#[derive(Debug, Clone, Copy, Default)]
pub struct AttachmentList {
    heading: Option<Numbering>,
    items: Option<Numbering>,
    /// An item went by 附件1.
    marked: bool,
    /// The numbers of the two items that were read last.
    last: [i64; 2],
}

impl AttachmentList {
    fn read(&mut self, number: i64) {
        if self.last[1] != number {
            self.last = [self.last[1], number];
        }
    }

    /// Whether the last item has the number behind that of the one before.
    fn goes_on(self) -> bool {
        self.last[1] == self.last[0] + 1
    }
}

/// The number that a line begins with.
fn number_of(text: &str) -> Option<i64> {
    let number: String = text[..enumerator(text)].chars().map(fold_char).filter(|c| c.is_alphanumeric() && *c != '第').collect();
    number.parse().ok().or_else(|| chinese_number(&number))
}

fn numbering(text: &str) -> Option<Numbering> {
    let number: String = text[..enumerator(text)].trim().chars().map(fold_char).collect();
    (!number.is_empty()).then(|| Numbering {
        bracket: number.contains(['(', ')']),
        han: number.contains(|c| "一二三四五六七八九十".contains(c)),
        ordinal: number.starts_with('第'),
    })
}

/// 附件3：专家团队名单, 3.服务单位评价意见: papers of a list, whatever label their words are.
fn is_attached(text: &str) -> bool {
    let tight = squash(text);
    let numbered = tight.strip_prefix("附件").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c)));
    numbered || enumerator(text) > 0 && ["评价意见", "反馈意见", "鉴定意见", "验收意见", "采纳意见"].iter().any(|paper| tight.ends_with(paper))
}

fn topic_words(text: &str) -> bool {
    let tight = squash(&text[enumerator(text)..]);
    section::topic_of(text) != Topic::General
        || owner_of(text).is_some()
        || ["情况", "信息", "概况", "依据", "内容", "目标", "基础", "条件", "成果", "方案", "论证", "背景", "简介", "表", "意义"]
            .iter()
            .any(|w| tight.ends_with(w))
}

fn ends_with_paper(text: &str) -> bool {
    let tight = squash(text);
    ["协议", "协议书", "证书", "证明", "材料", "复印件", "扫描件", "报告", "合同", "照片", "名单", "文件", "通知", "表", "件", "书", "函"]
        .iter()
        .any(|w| tight.trim_end_matches(')').ends_with(w))
}

fn party_line_follows(walk: &Walk<'_, '_>, rest: &[Part<'_>]) -> bool {
    rest.iter().take(12).any(|part| match part {
        Part::Line { block, range, .. } => {
            // 1.1 甲方：…
            let text = walk.text(*block, range.clone());
            let tight = squash(text.trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | '．' | '、')));
            names_party(&tight) && tight.chars().count() <= 60 || tight.contains("以下简称") || tight.contains("(下称")
        }
        Part::Table(grid) => grid.cells.iter().take(6).any(|c| squash(c.text).starts_with("甲方")),
    })
}

/// 甲方, 需求方：某公司, 学会方（服务方）：…, 立协议人：…: whom an agreement is between.
fn names_party(tight: &str) -> bool {
    let head = tight.split([':', '(']).next().unwrap_or_default();
    let side = head.chars().count() <= 5 && head.ends_with('方') && head.len() < tight.len();
    let sides = ["协议双方", "签约双方", "立协议人", "立约人", "共建单位", "协议各方", "双方单位"].contains(&head);
    tight.starts_with("甲方") || tight.starts_with("委托方") || side || sides
}

/// A cover set as a borderless table: one label and one answer a row, with the body still to come.
fn is_cover_table(grid: &Grid<'_>, rest: &[Part<'_>], lexicon: &Lexicon) -> bool {
    let narrow = grid.starts.iter().all(|row| row.len() <= 3) && grid.starts.iter().filter(|row| row.len() > 2).count() * 4 <= grid.height();
    let headed = grid.cells.iter().any(|c| section::is_heading(c.text, false, lexicon) && enumerator(c.text) > 0);
    let body = rest.iter().any(|part| match part {
        Part::Table(_) => true,
        Part::Line { .. } => false,
    }) || rest.len() > 3;
    narrow && !headed && body && grid.height() <= 14 && grid.cells.iter().all(|c| c.text.chars().count() <= 200)
}
