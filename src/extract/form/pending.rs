//! A label that waits for its answer: which of the next lines are it.
use super::grid::{figure, printed};
use super::label::{enumerator, is_unknown_label, squash};
use super::layout::Pair;
use super::lexicon::{Kind, Owner, Sense};
use super::line::{self, Style};
use super::looks::{has_boxes, is_imprint, opens_with_box};
use super::section::Zone;
use super::walk::{Context, Walk};
use super::{compose, figures, person_line, title};
use crate::text::money::unit_in;
use std::ops::Range;

/// A label that waits for its answer on the next lines.
#[derive(Debug, Clone, Copy)]
pub struct Pending {
    pub pair: usize,
    /// Takes every line up to the next heading, not one.
    pub many: bool,
    pub taken: bool,
    /// Takes a whole day and nothing else: a date that the end of a crowded line pushed down.
    pub day: bool,
}

/// Characters of a line that tells more than a label and a short answer.
pub const LEAST_SENTENCE: usize = 24;

/// Bytes of the longest end of a mail address that a line pushed down.
const LONGEST_DOMAIN_END: usize = 8;

impl Walk<'_, '_> {
    /// Goes on with an opinion whose heading stands above a table that began with something else: its answer is a cell of its own below.
    pub fn resume_opinion(&mut self) {
        let section = self.out.sections.len() - 1;
        let open =
            |p: &Pair| p.heading && p.section == section && p.value.is_empty() && p.sense.is_some_and(|s| matches!(s.kind, Kind::Opinion | Kind::Office));
        if self.pending.is_none()
            && let Some(pair) = self.out.pairs.iter().rposition(open)
        {
            self.pending = Some(Pending { pair, many: true, taken: false, day: false });
        }
    }

    /// Whether the lines that follow are an opinion's.
    pub fn opinion_open(&self) -> bool {
        self.pending.is_some_and(|p| p.many && self.out.pairs[p.pair].sense.is_some_and(|s| matches!(s.kind, Kind::Opinion | Kind::Office)))
    }

    /// Where the answer begins behind a label's second line: 申报者姓名 ⏎ （集体名称）：水监小队.
    pub fn second_line_of_label(&self, text: &str) -> Option<usize> {
        self.pending.filter(|p| !p.many && !p.taken)?;
        let open = text.trim_start();
        if !open.starts_with(['(', '（']) {
            return None;
        }
        let close = text.find([')', '）'])?;
        let after = close + text[close..].chars().next()?.len_utf8();
        let colon = text[after..].trim_start();
        let value = text.len() - colon.len() + colon.chars().next().filter(|c| matches!(c, ':' | '：'))?.len_utf8();
        (text[..close].chars().count() <= 16).then_some(value)
    }

    /// Whether the answer so far is a group of boxes: only further boxes go on with it.
    pub fn boxed(&self, pair: usize) -> bool {
        self.out.pairs[pair].value.iter().any(|span| has_boxes(self.view.quote(*span)) || opens_with_box(self.view.quote(*span)))
    }

    /// The rest of a date or of an address of a mailbox that the end of a line cut off.
    pub fn goes_on(&self, pair: usize, text: &str) -> bool {
        let tight = squash(text);
        let kind = self.out.pairs[pair].sense.map(|s| s.kind);
        if kind == Some(Kind::Email) {
            // kx12@example.c ⏎ om
            return tight.len() <= LONGEST_DOMAIN_END && tight.bytes().all(|b| b.is_ascii_lowercase() || b == b'.');
        }
        // 2022年6月至2022 ⏎ 年12月
        let cut_in_year = self.out.pairs[pair].value.last().is_some_and(|span| self.view.quote(*span).trim_end().ends_with(|c: char| c.is_ascii_digit()));
        if kind == Some(Kind::Period) && cut_in_year && tight.starts_with('年') && tight.chars().count() <= 8 {
            return tight.chars().all(|c| c.is_ascii_digit() || "年月日止".contains(c));
        }
        let digits = tight.chars().take_while(char::is_ascii_digit).count();
        let dated = self.out.pairs[pair].sense.is_some_and(|s| matches!(s.kind, Kind::Date | Kind::Period));
        dated && (1..=4).contains(&digits) && tight[digits..].starts_with(['年', '月', '日', '-', '.', '至']) && tight.chars().count() <= 24
    }

    /// Whether the answer may go on in words, and not only with the rest of a mail address.
    fn is_wrapped(&self, pair: usize) -> bool {
        self.out.pairs[pair].sense.is_none_or(|s| s.kind != Kind::Email)
    }

    /// Whether a line of the cover goes on with the answer above it.
    pub fn continues(&self, text: &str) -> bool {
        let count = text.trim().chars().count();
        (1..=40).contains(&count)
            && enumerator(text) == 0
            && !is_imprint(text)
            && !title::ends_with_form_word(text)
            && !text.trim_end().ends_with(['。', '：', ':'])
            && !self.opens_with_known_label(text)
            && !self.opens_with_colon(text)
            && !opens_with_blank(text)
            && !opens_with_gap(text)
    }

    /// Whether a label that only its colon tells begins the line (立项学院：…).
    pub fn opens_with_colon(&self, text: &str) -> bool {
        line::split(text, self.lexicon, Style::Form)
            .first()
            .is_some_and(|f| f.colon && text[enumerator(text).min(f.label.start)..f.label.start].trim().is_empty())
    }

    /// Whether the words before some blank of a line make a label (学 号 2016301001).
    pub fn opens_with_known_label(&self, text: &str) -> bool {
        let mut key = String::new();
        for word in text.split_whitespace().take(8) {
            key.push_str(&squash(word));
            if self.lexicon.knows(&key).is_some_and(|s| !s.weak) {
                return true;
            }
        }
        false
    }

    pub fn take(&mut self, block: u32, range: Range<usize>) {
        let Some(mut pending) = self.pending else { return };
        let text = self.text(block, range.clone());
        if let Some(span) = printed(self.view, block, range) {
            self.out.pairs[pending.pair].value.push(span);
            pending.taken = true;
        }
        // 类别： ⏎ □… ⏎ □…
        self.last_cover_pair = (!pending.many && opens_with_box(text)).then_some(pending.pair);
        self.pending = pending.many.then_some(pending);
    }

    /// Whether the label that waits asks for an office or a title.
    pub fn asks_title(&self) -> bool {
        self.pending.is_some_and(|p| self.out.pairs[p.pair].sense.is_some_and(|s| s.kind == Kind::Title))
    }

    pub fn fits_pending(&self, text: &str) -> bool {
        let Some(pending) = self.pending else { return false };
        let Some(sense) = self.out.pairs[pending.pair].sense else { return false };
        if pending.many {
            let persons_only = sense.weak && sense.kind == Kind::Person;
            return !persons_only || person_line::tells_of_persons(text);
        }
        // 推荐学会：（盖章） is the next label, known or not; 经济效益：预计… of a long answer is none
        let told = sense.field.is_none() && sense.kind == Kind::Text && text.chars().count() >= LEAST_SENTENCE;
        if line::split(text, self.lexicon, Style::Form).iter().any(|f| f.colon && (f.sense.is_some() || !told)) {
            return false;
        }
        // 指导教师1：钱老师
        if matches!(sense.kind, Kind::Phone | Kind::Fax | Kind::Postcode | Kind::Person) && text.contains([':', '：']) {
            return false;
        }
        let digits = text.chars().any(|c| c.is_ascii_digit());
        // 申 请 人 ⏎ 所在科室: the next label, known or not
        if matches!(sense.kind, Kind::Person | Kind::Name | Kind::Organisation) && compose::asks_as_label(&squash(text)) {
            return false;
        }
        match sense.kind {
            Kind::Phone | Kind::Fax | Kind::Postcode => digits && text.chars().count() <= 40,
            Kind::Email => text.contains(['@', '＠']),
            Kind::Date | Kind::Period if pending.day => is_day(text),
            Kind::Date | Kind::Period if squash(text).ends_with(['制', '印', '编']) => false,
            // a year alone below a blank date is the template's
            Kind::Date | Kind::Period => (digits || text.contains("二〇") || text.contains("二○")) && !title::is_year(&squash(text)),
            Kind::Person | Kind::Name => squash(text).chars().count() <= 30,
            // 申请经费（元） ⏎ 83000
            Kind::Money if figure(text) => unit_in(&self.out.pairs[pending.pair].label).or(self.unit_beside).is_some(),
            Kind::Money => figures::states_total(text) && (!sense.weak || figures::declares_total(text)),
            Kind::Sign => false,
            _ => text.chars().count() <= 120 && !(self.zone == Zone::Cover && is_imprint(text)),
        }
    }

    /// Whether the lines that follow name people.
    pub fn lists_people(&self) -> bool {
        let names = |s: Sense| s.kind == Kind::Person && matches!(s.owner, Some(Owner::Member | Owner::Expert));
        self.pending.is_some_and(|p| p.many && self.out.pairs[p.pair].sense.is_some_and(names))
    }

    pub fn unlabelled(&mut self, block: u32, range: Range<usize>, context: &Context) {
        let text = self.text(block, range.clone());
        if self.pending.is_some() {
            if self.fits_pending(text) {
                self.take(block, range.clone());
            } else if !self.pending.is_some_and(|p| p.many || self.out.pairs[p.pair].sense.is_some_and(|s| s.kind == Kind::Money)) {
                self.pending = None;
            }
        } else if let Some(pair) = self.last_cover_pair.take()
            && (context.labels_follow && self.zone == Zone::Cover && !self.boxed(pair) && self.is_wrapped(pair) && self.continues(text)
                || has_boxes(text)
                || opens_with_box(text)
                || self.goes_on(pair, text))
            && let Some(span) = printed(self.view, block, range.clone())
        {
            self.out.pairs[pair].value.push(span);
            self.last_cover_pair = (has_boxes(text) || opens_with_box(text)).then_some(pair);
        }
        self.push_line(block, range, false, false, context.in_table);
    }
}

/// Whether a label nobody knows begins the line, parted from its answer by the rule it is written on: 所属研究方向____湖泊____.
fn opens_with_blank(text: &str) -> bool {
    text.split_once("__").is_some_and(|(label, _)| is_unknown_label(label))
}

/// Whether a label nobody knows begins the line, parted from its answer by a gap as others of the cover are: 学会顾问　　张三.
fn opens_with_gap(text: &str) -> bool {
    let segments = super::gaps::segments(text, 0);
    let label = segments.first().filter(|first| first.start == 0 && segments.len() >= 2).map(|first| &text[first.clone()]);
    label.is_some_and(|label| label.chars().count() <= LONGEST_UNKNOWN && is_unknown_label(label))
}

/// Characters of the longest unknown label before a gap.
const LONGEST_UNKNOWN: usize = 8;

/// A line that is one whole day: 二〇二二年四月十五日.
pub fn is_day(text: &str) -> bool {
    let tight = squash(text);
    tight.ends_with('日')
        && tight.contains('年')
        && tight.contains('月')
        && tight.chars().all(|c| c.is_ascii_digit() || "年月日二〇○零一三四五六七八九十".contains(c))
}
