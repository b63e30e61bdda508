//! Labels that head the lines below them and words that only look like heads.
use super::label::{enumerator, label_key, squash};
use super::lexicon::{Kind, Owner, Sense};
use super::line;
use super::section;
use super::side::asks_name_of;
use super::walk::Walk;
use crate::model::FieldId;

/// Characters of a project's name that could be a heading otherwise.
const LEAST_NAME: usize = 8;

impl Walk<'_, '_> {
    /// 项目名称 over 蚕桑学会科普特色学会建设: words that could head a block, and are the name that the line above asks for.
    pub fn names_what_is_asked(&self, block: u32, text: &str) -> bool {
        let Some(pending) = self.pending.filter(|p| !p.taken) else { return false };
        let pair = &self.out.pairs[pending.pair];
        // a heading that asks for a name may have more lines below it than one
        if pending.many && !(pair.heading && pair.sense.is_some_and(|s| s.field == Some(FieldId::ProjectName))) {
            return false;
        }
        // 项目名称, 申报单位 set as headings ask for what stands below them
        let headed = |s: &Sense| matches!(s.field, Some(FieldId::ProjectName | FieldId::ApplicantName | FieldId::Partner));
        let names = match pair.sense.filter(|s| !pair.heading || headed(s)) {
            Some(s) if s.field == Some(FieldId::ProjectName) => squash(text).chars().count() >= LEAST_NAME,
            // 类别 ⏎ 科普特色学会 in one cell
            Some(s) if s.kind == Kind::Choice => pair.label_at.block == block,
            Some(s) => s.kind == Kind::Organisation && super::value::names_body(text),
            None => false,
        };
        // 预算与会计学会, 农情遥感决策支持智库建设: a word of a heading within a name makes it none
        const HEADS: [&str; 12] = ["情况", "表", "意见", "明细", "预算", "概算", "一览", "名单", "信息", "安排", "说明", "成员"];
        let tight = squash(text);
        let is_name = || self.lexicon.label(text).is_none() && !HEADS.iter().any(|word| tight.ends_with(word));
        names
            && enumerator(text) == 0
            && (pair.label_at.block == block || section::topic_of(text) == section::Topic::General || is_name())
            && !text.trim_end().ends_with(['：', ':'])
            && self.fits_pending(text)
    }

    /// What a bare word asks for under the heading that tells of what or whose it is: 名称 and 起始 under 项目, 名称 under 合作单位.
    pub fn under_heading(&self, label: &str) -> Option<Sense> {
        const BARE: [&str; 11] = ["名称", "全称", "类别", "类型", "起始", "开始", "结束", "终止", "完成", "会址", "周期"];
        if !BARE.contains(&label_key(label).as_str()) {
            return None;
        }
        let head = self.pending.filter(|p| !p.many && !p.taken).map(|p| &self.out.pairs[p.pair]);
        let head = head.filter(|p| p.value.is_empty() && p.sense.is_some_and(|s| matches!(s.kind, Kind::Person | Kind::Organisation)));
        self.lexicon.beside(head.map_or(self.heading.as_str(), |p| p.label.as_str()), label)
    }

    /// 合作单位 over 单位名称：… asks for nothing: it heads the lines of its block.
    pub fn drop_head_of_block(&mut self, text: &str, first: &line::Found) {
        let Some(pending) = self.pending.filter(|p| !p.many && !p.taken && p.pair + 1 == self.out.pairs.len()) else { return };
        let head = &self.out.pairs[pending.pair];
        // 预期成果 over 预期成果：…, 成果形式 over 预期成果：…
        let label = &text[first.label.clone()];
        let is_told = |s: Sense| s.field.is_none() && s.kind == Kind::Text;
        let again = head.sense.is_some_and(is_told) && first.sense.is_some_and(is_told) && !first.value.is_empty() && shares_word(&head.label, label);
        if head.value.is_empty() && !head.heading && (again || label_key(&head.label) == label_key(label)) {
            self.out.pairs.truncate(pending.pair);
            return;
        }
        let Some(sense) = head.sense.filter(|s| matches!(s.kind, Kind::Person | Kind::Organisation)) else { return };
        let printed = self.view.quote(self.view.block_span(head.label_at.block));
        let colon = printed[head.label_at.end as usize..].trim_start().starts_with([':', '：']);
        if head.value.is_empty() && !head.heading && !colon && asks_name_of(self, &head.label, &text[first.label.clone()], first.sense) {
            head.label.clone_into(&mut self.heading);
            self.out.pairs.truncate(pending.pair);
            self.block = sense.owner.filter(|owner| matches!(owner, Owner::Partner | Owner::Recommender | Owner::Adviser));
        }
    }
}

/// Whether two labels have a word of two characters in common: 成果形式, 预期成果.
fn shares_word(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (squash(one).chars().collect(), squash(other).chars().collect());
    one.windows(2).any(|word| other.windows(2).any(|w| w == word))
}
