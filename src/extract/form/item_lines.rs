//! Budgets told in lines and sentences: `1. 资料费：12000元，用于…`, and the total that closes or opens the list.
//!
//! A list counts only where each amount has an item's name before it and one total belongs to it: `合计：70000元` behind the
//! items, or `总经费7万元，具体如下：` over items that have a line each. A sentence (`申请经费7万元，其中：…`) may name some of the parts only:
//! it counts where they reach the total or go beyond it.
use super::budget::{Row, Table, is_subtotal_word, is_total_word};
use super::figures::declares_total;
use super::label::{enumerator, squash};
use super::layout::Layout;
use super::levels::{level, sum_of};
use super::section::{Topic, Zone, topic_of};
use crate::extract::View;
use crate::model::{Sourced, Span};
use crate::text::money::{Unit, decimal_fen, find_amounts, unit_in};
use crate::text::{Folded, normal};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A line without any amount that is longer ends a list.
const LONGEST_BETWEEN: usize = 60;

/// An amount of a line with the words before it.
struct Told {
    /// Bytes of the folded line.
    name: Range<usize>,
    amount: Range<usize>,
    fen: i64,
}

/// The list that is being read.
#[derive(Default)]
struct List {
    rows: Vec<Row>,
    /// The amount of the line that opened the list.
    opening: Option<Sourced<i64>>,
    /// Every item stands on a line of its own.
    is_listed: bool,
    /// The items stand in the sentence that told the total first.
    in_sentence: bool,
    /// Some amount had no item before it: a sum would be guessed.
    is_doubtful: bool,
    last_line: Option<Span>,
}

/// The budgets that a form tells in lines.
pub fn tables(view: &View<'_>, layout: &Layout) -> Vec<Table> {
    let mut out = Vec::new();
    let mut list = List::default();
    let mut topic = Topic::General;
    let mut unit = None;
    let mut block = None;
    for (at, heading) in lines(layout) {
        let text = view.quote(at);
        // a cell is a list of its own
        let cell = view.document.blocks.get(at.block as usize).is_some_and(|b| b.at.row.is_some()).then_some(at.block);
        if cell != block {
            block = cell;
            list.close(None, topic, &mut out);
        }
        if heading {
            list.close(None, topic, &mut out);
            (topic, unit) = (topic_of(text), unit_in(text));
        } else if topic != Topic::Past {
            unit = unit_in(text).filter(|_| text.chars().count() <= 24).or(unit);
            read(at, text, unit, topic, &mut list, &mut out);
        }
    }
    list.close(None, topic, &mut out);
    out
}

/// The form's own lines in the order of the print, each once, and whether it is a heading.
fn lines(layout: &Layout) -> Vec<(Span, bool)> {
    let own = |zone: Zone| matches!(zone, Zone::Cover | Zone::Body);
    let mut all: Vec<(Span, bool)> = layout.lines.iter().filter(|l| own(l.zone)).map(|l| (l.at, l.heading)).collect();
    let answers = layout.pairs.iter().filter(|pair| own(pair.zone) && pair.in_table).flat_map(|pair| &pair.value);
    all.extend(answers.map(|at| (*at, false)));
    all.sort_by_key(|(at, _)| (at.block, at.start, std::cmp::Reverse(at.end)));
    // the answer behind a label is part of the line that is known already
    let mut last: Option<Span> = None;
    all.retain(|(at, _)| {
        let known = last.is_some_and(|last| last.block == at.block && at.end <= last.end);
        last = if known { last } else { Some(*at) };
        !known
    });
    all
}

fn read(at: Span, raw: &str, unit: Option<Unit>, topic: Topic, list: &mut List, out: &mut Vec<Table>) {
    let folded = Folded::new(raw);
    let text = folded.text.as_str();
    let told = told(text, unit, if raw.matches('\t').count() >= 2 { &COLUMNS } else { &TABBED });
    if told.is_empty() {
        if text.chars().count() > LONGEST_BETWEEN {
            list.close(None, topic, out);
        }
        return;
    }
    let spans = |range: &Range<usize>| {
        let range = folded.raw(range.clone());
        Span { start: at.start + range.start as u32, end: at.start + range.end as u32, ..at }
    };
    if list.in_sentence {
        list.close(None, topic, out);
    }
    for (n, found) in told.iter().enumerate() {
        let name = &text[found.name.clone()];
        let amount = Sourced::new(found.fen, [spans(&found.amount)]);
        if is_total(name) && !list.rows.is_empty() {
            list.close(Some(amount), topic, out);
        } else if is_total(name) || declares_total(name) {
            let in_sentence = told.len() - n > 2 && IN_SENTENCE.is_match(&text[found.amount.end..]);
            let opens = in_sentence || told.len() == 1 && text.trim_end().ends_with([':', '。']) && OPENS.is_match(&text[found.amount.end..]);
            *list = List { opening: opens.then_some(amount), is_listed: true, in_sentence, ..List::default() };
        } else if is_item(name) {
            let alone = n == 0 && list.last_line.is_none_or(|last| last != at);
            list.is_listed &= alone;
            let level = level(&text[..found.name.end]);
            let row = Row { name: normal(name), fen: found.fen, at: vec![spans(&found.name), spans(&found.amount)], level, repeats: is_subtotal_word(name) };
            list.rows.push(row);
        } else {
            list.is_doubtful = true;
        }
        list.last_line = Some(at);
    }
}

impl List {
    /// Ends the list; what is not surely a budget with its total is forgotten.
    fn close(&mut self, closing: Option<Sourced<i64>>, topic: Topic, out: &mut Vec<Table>) {
        let list = std::mem::take(self);
        let expenses = list.rows.iter().filter(|row| EXPENSE.is_match(&row.name)).count();
        let about_money = topic == Topic::Budget || expenses + 1 >= list.rows.len();
        let whole = |total: &Sourced<i64>| if list.in_sentence { sum_of(&list.rows).is_some_and(|sum| sum >= total.value) } else { list.is_listed };
        let total = closing.or(list.opening.clone().filter(whole));
        // 另自筹设备3万元 is no part of what is asked for
        let own = list.in_sentence && list.rows.iter().any(|row| row.name.contains("自筹") || row.name.contains("配套"));
        if own || list.rows.len() < 2 || list.is_doubtful || !about_money || total.is_none() {
            return;
        }
        out.push(Table::new(list.rows, total));
    }
}

/// The total's line goes on with its items below.
static OPENS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"如下|其中|明细|包括|用于|分配|安排|分为|^[^,;。]*:\s*$").expect("the opening pattern is well formed"));

/// The sentence of the total goes on with its items: 申请经费7万元，其中：…, 申请资助7万元。拟列支….
static IN_SENTENCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[,;。:(\s]{0,2}(?:具体|主要|计划|拟|资金|经费|全部)*(?:其中|包括|包含|用于|分配|安排|列支|开支|支出|分为|如下|明细)(?:为|如下|是)?[:,]?\s*[^,;。:\d]{2,20}[:为]?\s*\d")
        .expect("the pattern of sentences is well formed")
});

/// What names of expenses end in.
static EXPENSE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:费用?|支出|开支|经费|劳务|差旅|印刷|购置|采购|租赁|补[贴助]|津贴|制作|打印|材料|资料|会务|其[他它])(?:[(][^()]*[)])?$")
        .expect("the pattern of expenses is well formed")
});

/// What parts an item from the remark of the one before it.
const PARTS: [char; 6] = ['。', ';', ',', '、', '\n', ':'];

/// The amounts of a folded line that stand for items or totals, each with the words before it: a rate (800元/人) is none, and
/// what follows `=` is worth what stands before it.
fn told(text: &str, unit: Option<Unit>, tabs: &Regex) -> Vec<Told> {
    let mut amounts: Vec<(Range<usize>, i64)> = find_amounts(text).into_iter().filter(|a| !a.in_words).map(|a| (a.range, a.fen)).collect();
    if amounts.is_empty()
        && let Some(unit) = unit
        && let Some(caps) = BARE.captures(text).or_else(|| tabbed(text, tabs))
        && let (Some(number), Some(fen)) = (caps.name("n"), decimal_fen(&caps["n"], unit))
    {
        amounts.push((number.range(), fen));
    }
    let mut found: Vec<Told> = Vec::new();
    let mut from = enumerator(text);
    for (range, fen) in amounts {
        let before = &text[..range.start];
        let inside = before.matches('(').count() > before.matches(')').count();
        let equals = before.trim_end().ends_with('=');
        let rate = text[range.end..].trim_start().starts_with(['/', '*', '×', 'x', 'X', '每', '-', '~', '—', '至', '+']);
        if inside || range.start < from || rate {
            continue;
        }
        let label = text[from..range.start].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '=' | '约' | '为' | '¥' | '.' | '·' | '…'));
        let label = if equals { label.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default().trim_end_matches([':', ' ']) } else { label };
        let start = label.rfind(PARTS).map_or(0, |at| at + label[at..].chars().next().map_or(1, char::len_utf8));
        let lead = label[start..].len() - label[start..].trim_start().len();
        let name = from + start + lead..from + label.len();
        from = range.end;
        found.push(Told { name: name.start.min(name.end)..name.end, amount: range, fen });
    }
    found
}

/// A figure without its unit behind the item's name: 会务费：11000
static BARE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[^\d]{0,4}\d{0,2}[^\d:]{2,30}[:\s]\s*(?P<n>\d[\d,]*(?:\.\d+)?)\s*(?:$|[,;。(])").expect("the pattern of bare figures is well formed")
});

/// A name of an expense and a figure that only a tab or a dotted line parts: 试验材料费 | 18000.
static TABBED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*(?P<name>[^\d:,;。]{2,20}?)[.…·]*\s*(?P<n>\d[\d,]*(?:\.\d+)?)\s*(?:$|[(])").expect("the pattern of tabbed figures is well formed")
});

/// The same with a remark behind another tab: 试验材料费 | 18000 | 据报价, 合计 | 27000 | 大写：贰万柒仟元整.
static COLUMNS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*(?P<name>[^\d:,;。]{2,20}?)\s*(?P<n>\d[\d,]*(?:\.\d+)?)\s*(?:$|[(]|[^\d\s/*×%年月日至~-])")
        .expect("the pattern of figures between tabs is well formed")
});

fn tabbed<'t>(text: &'t str, tabs: &Regex) -> Option<regex::Captures<'t>> {
    tabs.captures(text).filter(|caps| EXPENSE.is_match(caps["name"].trim_end()) || is_total(&caps["name"]))
}

fn is_total(name: &str) -> bool {
    let bare = name.trim_start_matches("以上").trim_start_matches("费用").trim_start_matches("各项");
    is_total_word(bare) || matches!(squash(bare).as_str(), "共" | "共需" | "总共" | "合共" | "一共")
}

/// A short name without figures: 会务费, 专家劳务费.
fn is_item(name: &str) -> bool {
    let name = &name[enumerator(name)..];
    let count = name.chars().count();
    let words = ["每", "人均", "单价", "标准", "不超过", "左右", "以上", "以下"];
    (2..=20).contains(&count) && !name.chars().any(|c| c.is_ascii_digit()) && !words.iter().any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use crate::extract::form::budget::budgets;
    use crate::extract::{View, Vocabulary};
    use crate::model::{Block, BlockKind, DocId, Document, Format, Location, SourceFile};

    /// Rows summed and total in yuan, of each budget.
    fn sums(lines: &[&str]) -> Vec<(usize, i64, Option<i64>)> {
        let all = ["项目申报书", "项目名称：甲", "一、经费预算"];
        let blocks = all.iter().chain(lines).map(|t| Block::new(BlockKind::Paragraph, *t, Location::default())).collect();
        let document = Document::read_full(Format::Docx, blocks);
        let file = SourceFile { path: "a.docx".into(), bytes: 0, sha256: None, sm3: None, problem: None };
        let view = View::new(DocId(0), &file, &document);
        let vocabulary = Vocabulary::default();
        let found = budgets(&view, view.layout(vocabulary.lexicon())).budgets;
        found.iter().map(|b| (b.rows.len(), b.rows.iter().map(|r| r.value.1).sum::<i64>() / 100, b.total.as_ref().map(|t| t.value / 100))).collect()
    }

    #[test]
    fn items_in_lines_are_summed_against_the_total_that_closes_or_opens_them() {
        let items = ["1. 会务费：11000元，用于研讨会场地；", "2. 专家劳务费：9000元，用于授课、评审；", "3. 资料费：5000元（50元/册×100册）。"];
        assert_eq!(sums(&[items[0], items[1], items[2], "合计：26000元。"]), [(3, 25_000, Some(26_000))]);
        assert_eq!(sums(&["项目总经费25000元，具体如下：", items[0], items[1], items[2]]), [(3, 25_000, Some(25_000))]);
        assert_eq!(sums(&["会务费1.1万元、劳务费0.9万元、资料费0.5万元，合计2.5万元。"]), [(3, 25_000, Some(25_000))]);
        assert_eq!(sums(&["单位：元", "试验材料费\t18000", "差旅费\t9000", "合计\t27000"]), [(2, 27_000, Some(27_000))]);
        assert_eq!(
            sums(&["单位：元", "试验材料费\t18000\t据报价", "差旅费\t9000\t按12次测算", "合计\t27000\t大写：贰万柒仟元整"]),
            [(2, 27_000, Some(27_000))]
        );
        assert_eq!(sums(&["（1）专家咨询费：800元/人×10人=8000元", "（2）印刷费：20元/册*100册=2000元", "共计：1万元"]), [(2, 10_000, Some(10_000))]);
    }

    #[test]
    fn parts_in_the_sentence_of_the_total_count_where_they_reach_it() {
        let sentence = "申请资助经费1.26万元，其中：试验材料0.76万元，专家劳务0.2万元，会议培训费0.3万元。";
        assert_eq!(sums(&[sentence]), [(3, 12_600, Some(12_600))]);
        assert_eq!(sums(&[&sentence.replace("0.3", "0.5")]), [(3, 14_600, Some(12_600))]);
        assert_eq!(sums(&["本会申请资助2.75万元。拟列支现场检测费0.5万元、差旅费0.75万元、劳务费1.5万元。"]), [(3, 27_500, Some(27_500))]);
        assert_eq!(sums(&["单位：元", "材料费……………8350", "印刷费……………3000", "合计……………11,350 （大写：壹万壹仟叁佰伍拾元整）"]), [(2, 11_350, Some(11_350))]);
    }

    #[test]
    fn subtotals_are_not_summed_twice() {
        let lines = ["一、设备费：6000元", "1. 购置费：4000元", "2. 租赁费：2000元", "二、差旅费：3000元", "合计：9000元"];
        assert_eq!(sums(&lines), [(2, 9000, Some(9000))]);
    }

    #[test]
    fn parts_of_a_sum_and_amounts_of_other_things_are_no_budget() {
        assert!(sums(&["申请经费5万元，其中设备费2万元，劳务费1万元。"]).is_empty());
        assert!(sums(&["申请经费5万元，用于设备费2万元，另自筹设备3万元。"]).is_empty());
        assert!(sums(&["二、预期成效", "服务企业实现销售收入500万元、利税60万元。", "合计：560万元"]).is_empty());
        assert!(sums(&["会务费1万元", "资料费1万元"]).is_empty());
    }
}
