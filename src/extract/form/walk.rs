//! Walks through a form's parts and puts what it meets in its place: headings, labels, answers, plain lines.
use super::blocks::Blocks;
use super::budget::is_total_word;
use super::figures;
use super::grid::{Grid, printed};
use super::label::{enumerator, squash};
use super::layout::{Layout, Line, Pair, Part};
use super::lexicon::{Kind, Lexicon, Owner, Sense};
use super::line::{self, Style};
use super::looks::{after_label, announces_experts, answer_of, ends_open, has_boxes, is_lower, is_note, is_of_contents, opens_with_box, stands_over, wraps};
use super::owner::Owned;
use super::pending::{LEAST_SENTENCE, Pending, is_day};
use super::person_line;
use super::section::{self, Section, Zone};
use super::value::is_title;
use super::zone::AttachmentList;
use super::{opinion, title};
use crate::extract::{View, bound};
use crate::model::FieldId;
use crate::text::money::{Unit, unit_in};
use std::collections::BTreeMap;
use std::ops::Range;

/// The state of a walk.
pub struct Walk<'v, 'a> {
    pub view: &'v View<'a>,
    pub lexicon: &'v Lexicon,
    pub out: Layout,
    pub zone: Zone,
    pub after_instructions: Zone,
    pub han_items: u32,
    /// Numbered items of the instructions so far, whatever their numbers are.
    pub instruction_items: u32,
    pub instruction_page: Option<u32>,
    pub pending: Option<Pending>,
    /// The person whose particulars the last lines asked for, and the label that named him.
    pub carry: Option<Owned>,
    /// The other organisation (推荐单位) whose block of lines this is.
    pub block: Option<Owner>,
    /// Records that ran to the end of the last table: they may go on in the next.
    pub open_records: Option<usize>,
    pub last_cover_pair: Option<usize>,
    /// Inside a note (注：…) below a table.
    pub notes: bool,
    /// The unit that the label beside the rows prints: 经费（万元）.
    pub unit_beside: Option<Unit>,
    /// Whose names the next table lists, as a line over it under the same heading says: 专家团队如下：
    pub announced: Option<Owner>,
    /// The list of attachments that is being read.
    pub list: AttachmentList,
    /// Whose label stands above, by the column it stands in: two persons side by side.
    pub above: BTreeMap<u32, Owned>,
    /// The blocks side by side whose rows are being read.
    pub blocks: Option<Blocks>,
    /// Inside a table of contents.
    contents: bool,
    /// The sheet that is being read.
    pub sheet: Option<&'a str>,
    /// The heading over the lines that are being read.
    pub heading: String,
    /// Block and byte from which on other papers are bound behind the form.
    bound_from: Option<(u32, u32)>,
}

impl<'v, 'a> Walk<'v, 'a> {
    pub fn new(view: &'v View<'a>, lexicon: &'v Lexicon, out: Layout) -> Self {
        Self {
            view,
            lexicon,
            out,
            zone: Zone::Cover,
            after_instructions: Zone::Body,
            han_items: 0,
            instruction_items: 0,
            instruction_page: None,
            pending: None,
            carry: None,
            block: None,
            open_records: None,
            last_cover_pair: None,
            notes: false,
            unit_beside: None,
            announced: None,
            list: AttachmentList::default(),
            above: BTreeMap::new(),
            blocks: None,
            contents: false,
            sheet: None,
            heading: String::new(),
            bound_from: view.papers().iter().find(|paper| bound::is_apart(paper)).and_then(|paper| paper.at.first()).map(|at| (at.block, at.start)),
        }
    }

    /// Reads the part at `n`; returns the next to read.
    pub fn part(&mut self, parts: &[Part<'a>], n: usize) -> usize {
        if self.zone != Zone::Foreign && self.bound_from.is_some_and(|from| begin_of(&parts[n]) >= from) {
            self.zone = Zone::Foreign;
            self.pending = None;
            self.last_cover_pair = None;
            self.open_section("");
        }
        match &parts[n] {
            Part::Table(grid) if self.is_bar(grid) => {
                let cell = &grid.cells[0];
                self.line(cell.block, 0..cell.text.len(), &Context { numbered: false, heading: true, labels_follow: true, in_table: false, owner: None });
                n + 1
            }
            Part::Table(grid) => {
                self.table(grid, &parts[n + 1..]);
                // the last cell's answer ends with the table
                self.last_cover_pair = None;
                n + 1
            }
            Part::Line { block, range, numbered, page, heading, .. } => {
                if let Some(next) = self.beside(parts, n) {
                    return next;
                }
                if let Some(next) = self.captioned(parts, n) {
                    return next;
                }
                if let Some(next) = self.line_records(parts, n) {
                    return next;
                }
                let text = self.text(*block, range.clone());
                self.contents = squash(text) == "目录" || self.contents && is_of_contents(text);
                if self.contents {
                    self.push_line(*block, range.clone(), false, true, false);
                    return n + 1;
                }
                if self.change_zone(text, *numbered, *page, *heading, &parts[n + 1..]) {
                    self.push_line(*block, range.clone(), false, true, false);
                    return n + 1;
                }
                if matches!(self.zone, Zone::Cover | Zone::Body)
                    && matches!(parts.get(n + 1), Some(Part::Line { block, range, .. }) if stands_over(text, self.text(*block, range.clone())))
                {
                    self.zone = Zone::Body;
                    self.last_cover_pair = None;
                    self.open_section(text);
                    self.pending = None;
                    self.push_line(*block, range.clone(), false, true, false);
                    return n + 1;
                }
                // 项目级别： above the form's title is left blank
                if self.zone == Zone::Cover && titles_soon(self, &parts[n..]) {
                    self.pending = None;
                    self.last_cover_pair = None;
                }
                if self.zone == Zone::Cover && self.asks_for_content(text) && parts.get(n + 1).is_some_and(|next| self.tells(next)) {
                    self.heading(*block, range.clone(), false);
                    return n + 1;
                }
                // 填报日期 over its day, each in a box of its own
                let asks_day = text.contains("日期") && text.trim().chars().count() <= 12;
                let more = self.zone == Zone::Cover
                    && (parts[n + 1..].iter().take(6).any(|p| self.is_labelled(p))
                        || matches!(parts.get(n + 1), Some(Part::Line { block, range, .. }) if opens_with_box(self.text(*block, range.clone())) || answer_of(self.text(*block, range.clone())).is_some() || asks_day && is_day(self.text(*block, range.clone()))));
                if text.trim().chars().count() > 8 || text.chars().any(|c| c.is_alphabetic()) {
                    self.open_records = None;
                }
                self.line(*block, range.clone(), &Context { numbered: *numbered, heading: *heading, labels_follow: more, in_table: false, owner: None });
                n + 1
            }
        }
    }

    /// Whether a table is a bar with a heading in it: the part of the form stands below, as it does below a heading line.
    fn is_bar(&self, grid: &Grid<'a>) -> bool {
        let [cell] = grid.cells.as_slice() else { return false };
        let text = cell.text.trim();
        let plain =
            !grid.sheet && cell.nested.is_empty() && cell.inner.is_empty() && !matches!(self.zone, Zone::Foreign | Zone::Instructions | Zone::Attachments);
        plain && section::is_heading(text, false, self.lexicon) && !text.ends_with([':', '：'])
    }

    /// Whether a part is a line with a known label.
    pub fn is_labelled(&self, part: &Part<'a>) -> bool {
        let Part::Line { block, range, labelled, .. } = part else { return false };
        *labelled.get_or_init(|| line::split(self.text(*block, range.clone()), self.lexicon, Style::Form).iter().any(|f| f.sense.is_some()))
    }

    /// Whether a line alone asks for running text (预期成果, 【预 期 成 果】), as the parts behind a cover do.
    fn asks_for_content(&self, text: &str) -> bool {
        self.lexicon.label(text).is_some_and(|s| s.field.is_none() && matches!(s.kind, Kind::Text | Kind::Task))
    }

    /// Whether a part is running text, and no label.
    fn tells(&self, part: &Part<'_>) -> bool {
        let Part::Line { block, range, .. } = part else { return false };
        let text = self.text(*block, range.clone()).trim();
        (text.ends_with(['。', '；', ';']) || text.chars().count() >= LEAST_SENTENCE) && !self.is_labelled(part)
    }

    pub fn text(&self, block: u32, range: Range<usize>) -> &'a str {
        self.view.document.blocks.get(block as usize).and_then(|b| b.text.get(range)).unwrap_or("")
    }

    pub fn push_line(&mut self, block: u32, range: Range<usize>, labelled: bool, heading: bool, in_table: bool) {
        if let Some(at) = printed(self.view, block, range) {
            self.out.lines.push(Line { at, zone: self.zone, labelled, heading, in_table });
        }
    }

    pub fn open_section(&mut self, title: &str) {
        let above = self.out.section(self.out.sections.len() - 1);
        // （一）经费来源 under 四、经费预算（单位：万元）
        let unit = above.unit.filter(|_| above.topic == section::Topic::Budget);
        let mut opened = Section::new(title.trim());
        if opened.topic == section::Topic::Budget && opened.unit.is_none() && is_lower(title) {
            opened.unit = unit;
        }
        opened.owner = opened.owner.or_else(|| self.block_owner(title));
        self.out.sections.push(opened);
        title[enumerator(title)..].trim().clone_into(&mut self.heading);
        self.carry = None;
        self.block = None;
        self.notes = false;
        self.announced = None;
    }

    /// One printed line, in a paragraph or alone in a cell.
    pub fn line(&mut self, block: u32, range: Range<usize>, context: &Context) {
        let text = self.text(block, range.clone());
        if announces_experts(text) {
            self.announced = Some(Owner::Expert);
        }
        if self.zone == Zone::Attachments && self.ends_attachments(text) {
            self.zone = Zone::Body;
        }
        if self.zone == Zone::Attachments && !self.is_item(text) {
            // what goes on without a number stands beside the list, and the list may go on
            self.zone = Zone::Body;
            self.push_line(block, range, false, false, context.in_table);
            self.zone = Zone::Attachments;
            return;
        }
        if matches!(self.zone, Zone::Instructions | Zone::Foreign | Zone::Attachments) {
            self.push_line(block, range, false, false, context.in_table);
            return;
        }
        // 3、项目负责人 over 答：张三
        if let Some(answer) = answer_of(text) {
            if text[answer..].trim().is_empty() {
                // the answer stands below, of members one a line
                if let Some(pending) = &mut self.pending {
                    pending.many |= self.out.pairs[pending.pair].sense.is_some_and(|s| s.field == Some(FieldId::Members));
                }
            } else if self.pending.is_some() {
                self.take(block, range.start + answer..range.end);
            }
            self.push_line(block, range, false, false, context.in_table);
            return;
        }
        let opinion_open = self.opinion_open();
        if !opinion_open && section::heads_office_part(text) {
            self.open_section(text);
            if let Some(section) = self.out.sections.last_mut() {
                section.owner = Some(Owner::Office);
            }
            self.pending = None;
            self.push_line(block, range, false, true, context.in_table);
            return;
        }
        if is_note(text) {
            self.notes = true;
            self.pending = None;
        }
        let style = if self.zone == Zone::Cover || text.chars().count() <= 90 { Style::Form } else { Style::Prose };
        let mut found = line::split(text, self.lexicon, style);
        for piece in &mut found {
            piece.sense = self.under_heading(&text[piece.label.clone()]).or(piece.sense);
        }
        // 申　报　书　（　2022　年　度　）: a title asks for nothing, however wide it is set
        if self.zone == Zone::Cover && self.titles(text) {
            found.clear();
        }
        // running text asks for nothing in the middle of a sentence
        if let Some(first) = found.iter().find(|f| f.sense.is_some()) {
            let before = text[..first.label.start].trim_start();
            if style == Style::Prose && before.len() > enumerator(text.trim_start()) || before.contains('。') {
                found.clear();
            }
        }
        // 【经费】单位：万元
        let head = text.find('】').map(|at| at + '】'.len_utf8()).filter(|end| text.trim_start().starts_with('【') && self.carries_unit(&text[*end..]));
        if let Some(end) = head {
            self.heading(block, range.start..range.start + end, context.in_table);
            let section = self.out.sections.len() - 1;
            self.out.sections[section].unit = unit_in(&text[end..]);
            self.push_line(block, range.start + end..range.end, false, false, context.in_table);
            return;
        }
        // 经费预算表    单位：元
        let unit_told = found.iter().find(|f| squash(&text[f.label.clone()]) == "单位" && super::grid::unit_alone(&text[f.value.clone()]));
        if let Some(piece) = unit_told
            && section::is_heading(&text[..piece.label.start], context.numbered, self.lexicon)
        {
            self.heading(block, range.start..range.start + piece.label.start, context.in_table);
            let section = self.out.sections.len() - 1;
            self.out.sections[section].unit = super::grid::unit_of(&text[piece.value.clone()]);
            return;
        }
        // 职务/职称 ⏎ 教授/副理事长, 申报单位 ⏎ 徐州市护理学会 in a cell: an answer heads nothing
        let answers = self.pending.is_some_and(|p| {
            let label = &self.out.pairs[p.pair];
            self.asks_title() || context.in_table && !p.many && label.label_at.block == block
        });
        let answers = answers && enumerator(text) == 0 && self.fits_pending(text);
        let answered = answers || found.iter().any(|f| f.sense.is_some() && !f.value.is_empty()) && !self.carries_unit(after_label(text, &found));
        // （请学院签署明确意见） opens the place of the answer, and no section
        let told_how = opinion_open && opinion::tells_how(text);
        let heading = !told_how
            && !answered
            && !self.names_what_is_asked(block, text)
            && (section::is_heading(text, context.numbered, self.lexicon) || context.heading && text.chars().count() <= 30)
            && !self.titles(text);
        if self.notes && !heading {
            if self.carries_unit(text) {
                self.notes = false;
            }
            self.push_line(block, range, false, false, context.in_table);
            return;
        }
        // ▍项目 over 名称：…
        let ornamented =
            text.trim_start().starts_with(['▍', '▌', '▎', '■', '◆', '❖']) && squash(&text[enumerator(text)..]).chars().count() <= LONGEST_ORNAMENTED;
        if ornamented && found.is_empty() && context.labels_follow || heading && self.opens(text, context) {
            self.heading(block, range, context.in_table);
            return;
        }
        if let Some(value) = self.second_line_of_label(text) {
            self.take(block, range.start + value..range.end);
            self.push_line(block, range, true, false, context.in_table);
            return;
        }
        if self.carries_unit(text) {
            self.note_unit(text);
            let section = self.out.sections.len() - 1;
            self.out.sections[section].unit = unit_in(text);
            self.push_line(block, range, false, false, context.in_table);
            return;
        }
        // （一）单位地址 ⏎ 和平路1号，邮政编码221000
        let brings_code = found.iter().all(|f| f.label.start > 0 && f.sense.is_some_and(|s| s.kind == Kind::Postcode)) && !found.is_empty();
        if brings_code && self.pending.is_some_and(|p| !p.many && self.out.pairs[p.pair].sense.is_some_and(|s| s.kind == Kind::Address)) {
            self.take(block, range.clone());
            self.push_line(block, range, true, false, context.in_table);
            return;
        }
        // 职务 ⏎ 秘书长
        if answers && self.asks_title() && is_title(text.trim()) && found.iter().all(|f| f.value.is_empty()) {
            self.take(block, range.clone());
            self.push_line(block, range, false, false, context.in_table);
            return;
        }
        let known = found.iter().any(|f| f.sense.is_some());
        if opinion_open
            && (told_how && found.iter().all(|f| f.value.is_empty())
                || found.iter().all(|f| {
                    f.sense.is_none_or(|s| {
                        matches!(s.kind, Kind::Sign | Kind::Date | Kind::Person | Kind::Organisation) && text[f.value.clone()].trim().is_empty()
                            || s.kind == Kind::Sign
                            // 负责人：张三 below the sentence signs it
                            || s.kind == Kind::Person && s.weak
                    })
                }))
        {
            self.take(block, range.clone());
            self.push_line(block, range, known, false, context.in_table);
            return;
        }
        if !known {
            if let [only] = found.as_slice() {
                self.people_told(block, &range, only);
                self.note_role(&text[only.label.clone()], &text[only.value.clone()], &mut None);
            }
            self.unlabelled(block, range, context);
            return;
        }
        // 副组长：张三，某大学，教授 under the members' heading
        if self.lists_people() && person_line::names_part(text) && person_line::tells_of_persons(text) {
            self.take(block, range.clone());
            self.push_line(block, range, true, false, context.in_table);
            return;
        }
        self.drop_head_of_block(text, &found[0]);
        self.pending = None;
        self.last_cover_pair = None;
        let mut row_owner: Option<Owned> = None;
        for piece in &found {
            self.note_unit(&text[piece.label.start..piece.value.end.max(piece.label.end)]);
            let Some(sense) = piece.sense else {
                self.note_role(&text[piece.label.clone()], &text[piece.value.clone()], &mut row_owner);
                continue;
            };
            let sense = self.total_told(sense, &text[piece.label.clone()], &text[piece.value.clone()]);
            let shift = |r: &Range<usize>| range.start + r.start..range.start + r.end;
            // 经费预算：（包括材料费、资料费等）: the answer stands below its hint
            let hinted = found.len() == 1 && super::hint::is_bracketed(&crate::text::tight(&text[piece.value.clone()]));
            let value = printed(self.view, block, shift(&piece.value)).into_iter().filter(|_| !hinted).collect::<Vec<_>>();
            let owner = self.owner(sense, row_owner.as_ref(), context.owner);
            let owner = owner.filter(|_| value.is_empty() || sense.owner.is_some() || !self.adviser_is_blank(owner));
            let of = self.of(sense, row_owner.as_ref());
            self.note_owner(sense, &text[piece.label.clone()], &mut row_owner);
            let label_at = self.view.raw_span(block, shift(&piece.label));
            let lone = found.len() == 1;
            let empty = value.is_empty();
            self.out.pairs.push(Pair {
                label: text[piece.label.clone()].to_owned(),
                label_at,
                sense: Some(sense),
                value,
                owner,
                section: self.out.sections.len() - 1,
                zone: self.zone,
                in_table: context.in_table,
                heading: false,
                parts: self.lexicon.parts(&text[piece.label.clone()]),
                of,
                unit: None,
            });
            let pair = self.out.pairs.len() - 1;
            if lone && empty && sense.kind != Kind::Sign && (self.zone != Zone::Cover || context.labels_follow) {
                self.pending = Some(Pending { pair, many: matches!(sense.kind, Kind::Opinion | Kind::Office), taken: false, day: false });
            } else if !lone && empty && sense.kind == Kind::Date && piece.value.end == text.len() {
                self.pending = Some(Pending { pair, many: false, taken: false, day: true });
            } else if lone && (self.zone == Zone::Cover && wraps(sense.kind) && context.labels_follow || has_boxes(&text[piece.value.clone()]))
                || matches!(sense.kind, Kind::Date | Kind::Period) && ends_open(&text[piece.value.clone()])
                || sense.kind == Kind::Email && text[piece.value.clone()].contains('@')
            {
                self.last_cover_pair = Some(pair);
            } else if lone && sense.kind == Kind::Opinion {
                self.pending = Some(Pending { pair, many: true, taken: true, day: false });
            }
        }
        self.push_line(block, range, true, false, context.in_table);
    }

    /// 专家组成员：张三（教授，某大学）、李四（…）: people under a label that no list has.
    fn people_told(&mut self, block: u32, range: &Range<usize>, found: &line::Found) {
        let text = self.text(block, range.clone());
        let Some(sense) = super::left_cell::people_sense(&text[found.label.clone()]) else { return };
        if person_line::listed(&text[found.value.clone()]).is_empty() {
            return;
        }
        let shift = |r: &Range<usize>| range.start + r.start..range.start + r.end;
        self.out.pairs.push(Pair {
            label: text[found.label.clone()].to_owned(),
            label_at: self.view.raw_span(block, shift(&found.label)),
            sense: Some(sense),
            value: printed(self.view, block, shift(&found.value)).into_iter().collect(),
            owner: sense.owner,
            section: self.out.sections.len() - 1,
            zone: self.zone,
            in_table: false,
            heading: true,
            parts: Vec::new(),
            of: None,
            unit: None,
        });
    }

    /// 合计：10000元，其中资料费… in a section about money: the total is what is asked for.
    fn total_told(&self, sense: Sense, label: &str, value: &str) -> Sense {
        let budget = self.out.section(self.out.sections.len() - 1).topic == section::Topic::Budget;
        if budget && matches!(sense.kind, Kind::Item | Kind::Amount) && is_total_word(label) && figures::states_total(value) {
            return Sense { field: Some(FieldId::BudgetTotal), owner: None, kind: Kind::Money, weak: true };
        }
        sense
    }

    fn heading(&mut self, block: u32, range: Range<usize>, in_table: bool) {
        let text = self.text(block, range.clone());
        if self.zone == Zone::Cover {
            self.zone = Zone::Body;
        }
        self.open_section(text);
        self.pending = None;
        self.last_cover_pair = None;
        self.push_line(block, range.clone(), false, true, in_table);
        // under a heading about money its total may stand in a sentence
        let stated = Sense { field: Some(FieldId::BudgetTotal), owner: None, kind: Kind::Money, weak: true };
        let budget = self.out.section(self.out.sections.len() - 1).topic == section::Topic::Budget;
        let label = self.lexicon.label(text).filter(|s| !matches!(s.kind, Kind::Item | Kind::Amount | Kind::Counter));
        // （二）专家团队主要成员 over 张三（教授，某大学）；李四（…）。: a line that lists persons may stand below
        let Some(sense) = label.or(budget.then_some(stated)).or_else(|| super::left_cell::people_sense(text)) else { return };
        let Some(label_at) = printed(self.view, block, range) else { return };
        self.out.pairs.push(Pair {
            label: text.trim().to_owned(),
            label_at,
            sense: Some(sense),
            value: Vec::new(),
            owner: sense.owner,
            section: self.out.sections.len() - 1,
            zone: self.zone,
            in_table,
            heading: true,
            parts: Vec::new(),
            of: None,
            unit: None,
        });
        let many = matches!(sense.kind, Kind::Opinion | Kind::Office | Kind::Text | Kind::Task) || matches!(sense.owner, Some(Owner::Member | Owner::Expert));
        self.pending = Some(Pending { pair: self.out.pairs.len() - 1, many, taken: false, day: false });
    }
}

/// Characters of the longest heading that only its ornament tells.
const LONGEST_ORNAMENTED: usize = 8;

/// Circumstances of a line.
pub struct Context {
    pub numbered: bool,
    pub heading: bool,
    pub labels_follow: bool,
    pub in_table: bool,
    pub owner: Option<Owner>,
}

/// Block and byte where a part begins.
fn begin_of(part: &Part<'_>) -> (u32, u32) {
    match part {
        Part::Line { block, range, .. } => (*block, u32::try_from(range.start).unwrap_or(u32::MAX)),
        Part::Table(grid) => (grid.cells.first().map_or(0, |cell| cell.block), 0),
    }
}

/// Whether the form's title is one of the next lines.
fn titles_soon(walk: &Walk<'_, '_>, parts: &[Part<'_>]) -> bool {
    parts.iter().take(3).any(|p| matches!(p, Part::Line { block, range, .. } if title::ends_with_form_word(walk.text(*block, range.clone()))))
}
