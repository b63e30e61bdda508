//! Budget tables: items, printed total, the total in words; never a false sum.
use super::asked::{Told, asked_row};
use super::grid::{figure, unit_alone, unit_of};
use super::hint::is_nothing;
use super::label::{enumerator, squash};
use super::layout::{Layout, Records};
use super::levels::{UNNUMBERED, choose, counter_level, level, sum_of};
use super::lexicon::Kind;
use super::resolve::joined;
use super::scale::{Scale, scale, told_by_words};
use super::section::{Topic, Zone, topic_of};
use super::title;
use super::total_words::{totals_in_words, words_beside_totals};
use super::unit_line::unit_of_heads;
use crate::extract::View;
use crate::model::{AmountPair, Budget, Sourced, Span};
use crate::text::Folded;
use crate::text::money::{Unit, parse_amount, unit_in};

/// 合计 and its like at the head of a row or column.
pub fn is_total_word(text: &str) -> bool {
    let tight = squash(&text[enumerator(text)..]);
    // 合计 Total
    let bare = tight.split(['(', ':']).next().unwrap_or_default().trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let bare = bare.strip_prefix("以上").unwrap_or(bare);
    let whole = ["合计", "总计", "总额"].iter().any(|w| bare.ends_with(w))
        && ["预算", "支出", "经费", "来源", "收入", "总计", "总合", "资金"].iter().any(|w| bare.contains(w))
        && !["直接", "间接", "小计"].iter().any(|w| bare.contains(w));
    whole
        || matches!(
            bare,
            "合计"
                | "总计"
                | "共计"
                | "总额"
                | "总合计"
                | "经费合计"
                | "预算合计"
                | "总经费"
                | "经费总计"
                | "经费总额"
                | "总金额"
                | "合计金额"
                | "金额合计"
                | "支出合计"
                | "合计支出"
                | "总预算"
                | "预算总额"
                | "合计经费"
                | "费用合计"
                | "支出预算合计"
                | "申请经费合计"
                | "项目总经费"
                | "总计金额"
                | "合计数"
                | "总"
                | "总支出"
                | "总投资"
                | "项目总投资"
        )
}

pub fn is_subtotal_word(text: &str) -> bool {
    let tight = squash(&text[enumerator(text)..]);
    tight.starts_with("小计") || tight.ends_with("小计") || tight.starts_with("其中")
}

pub struct Row {
    pub name: String,
    pub fen: i64,
    pub at: Vec<Span>,
    pub level: u8,
    /// 其中 and 小计 rows repeat others.
    pub repeats: bool,
}

#[derive(Debug, Default)]
pub struct Budgets {
    pub budgets: Vec<Budget>,
    /// Totals that answer for what is applied for: one a table.
    pub totals: Vec<Told>,
    /// Sums that are asked for beside such a total.
    pub asked: Vec<Told>,
    /// Totals of lists told in lines: they answer where nothing else does.
    pub in_lines: Vec<Told>,
    pub pairs: Vec<AmountPair>,
}

/// All budgets of a form, from its tables and from item lines in its budget sections.
pub fn budgets(view: &View<'_>, layout: &Layout) -> Budgets {
    let mut out = Budgets::default();
    for records in &layout.records {
        if matches!(records.zone, Zone::Instructions | Zone::Foreign | Zone::Attachments) {
            continue;
        }
        let section = layout.section(records.section);
        let money = records.columns.iter().any(|c| c.sense.is_some_and(|s| s.kind == Kind::Amount) || amount_head(&c.label));
        let about = section.topic == Topic::Budget || topic_of(&records.side) == Topic::Budget;
        let items = records.columns.iter().any(|c| c.sense.is_some_and(|s| s.kind == Kind::Item));
        let people = records.columns.iter().any(|c| c.sense.is_some_and(|s| s.kind == Kind::Name));
        let past = section.topic == Topic::Past || topic_of(&records.side) == Topic::Past;
        if people || past || !(about || money && items) {
            continue;
        }
        let unit = section.unit.or_else(|| unit_in(&records.side)).or_else(|| unit_of_heads(records)).or(layout.unit);
        if let Some(mut turned) = across(view, records, unit) {
            turned.settle_unit();
            out.totals.extend(turned.known_total().map(|sum| Told { label: turned.label.clone(), sum }));
            out.asked.extend(turned.asked());
            finish(turned, &mut out);
        } else {
            let columns = amount_columns(view, records);
            let mut tables: Vec<Table> = columns.iter().filter_map(|&column| down(view, records, column, unit)).collect();
            if let ([left, right], 2) = (columns.as_slice(), tables.len())
                && goes_on_beside(records, *left, *right, &tables)
            {
                join_halves(&mut tables);
            }
            tables.iter_mut().for_each(Table::settle_unit);
            let told = tables.iter().find_map(|table| Some(("合计", table.told.clone()?)));
            // 2023年 | 2024年 without a column of both: the sum of one year is no whole
            let years = columns.iter().filter(|n| is_year(&records.columns[**n].label)).count();
            let of_a_year = years >= 2 && years == columns.len();
            let first = || tables.iter().find_map(|table| Some((table.label.as_str(), table.known_total()?)));
            let total = told.or_else(|| if of_a_year { None } else { first() });
            out.totals.extend(total.map(|(label, sum)| Told { label: label.to_owned(), sum }));
            out.asked.extend(tables.iter().filter_map(Table::asked));
            for table in tables {
                finish(table, &mut out);
            }
        }
    }
    for table in super::item_lines::tables(view, layout) {
        if out.totals.is_empty() {
            out.in_lines.extend(table.known_total().map(|sum| Told { label: "合计".to_owned(), sum }));
        }
        finish(table, &mut out);
    }
    for table in super::item_pairs::tables(view, layout) {
        finish(table, &mut out);
    }
    totals_in_words(view, layout, &mut out);
    words_beside_totals(view, &mut out);
    out
}

/// 2023年（万元）, 2024年度: a year and nothing else.
fn is_year(text: &str) -> bool {
    let tight = squash(text);
    let bare = tight.split('(').next().unwrap_or_default();
    bare.starts_with("20") && title::is_year(bare)
}

fn amount_head(label: &str) -> bool {
    let tight = squash(label);
    let bare = tight.split('(').next().unwrap_or_default();
    bare.ends_with("金额")
        || bare.ends_with("预算数")
        || bare.ends_with("数额")
        || bare.ends_with("预算额")
        || bare.ends_with("经费")
        || bare == "万元"
        || bare == "元"
        || bare.ends_with("费用")
        || unit_in(label).is_some()
}

#[derive(Default)]
pub struct Table {
    rows: Vec<Row>,
    total: Option<Sourced<i64>>,
    words: Vec<Sourced<i64>>,
    /// No unit is printed: amounts are as if in yuan.
    is_unitless: bool,
    is_doubtful: bool,
    /// The total of all columns, told in a cell of its own.
    told: Option<Sourced<i64>>,
    /// What its total is called: 合计, or the head of the column that is applied for.
    label: String,
}

impl Table {
    /// Rows and total whose amounts carry their units.
    pub fn new(rows: Vec<Row>, total: Option<Sourced<i64>>) -> Self {
        Self { rows, total, ..Self::default() }
    }

    /// Takes the unit from the total in words, where the two agree in one.
    fn settle_unit(&mut self) {
        let (true, Some(total), Some(words)) = (self.is_unitless, &self.total, self.words.first()) else { return };
        let (fen, times) = told_by_words(total.value, words.value);
        if fen == words.value {
            self.is_unitless = false;
            let amounts = self.rows.iter_mut().map(|row| &mut row.fen).chain(self.total.as_mut().map(|total| &mut total.value));
            amounts.for_each(|fen| *fen = fen.saturating_mul(times));
        }
    }

    /// 小计 at the end, and nowhere else, of a table without a total is the total of the column.
    fn close_with_subtotal(&mut self) {
        let is_sum = |row: &Row| row.repeats && squash(&row.name) == "小计";
        if self.total.is_none() && self.rows.iter().filter(|row| row.repeats).count() == 1 && self.rows.last().is_some_and(is_sum) && self.rows.len() > 2 {
            self.total = self.rows.pop().map(|row| Sourced::new(row.fen, row.at.into_iter().rev().take(1).collect::<Vec<_>>()));
        }
    }

    /// 小计 | 4.9 | 0.7 over 总计 | 5.6, one cell under both columns: what stands below the sum of a column is the total of them all.
    fn part_from_grand_total(&mut self) {
        let (Some(total), Some((last, items))) = (&self.total, self.rows.split_last()) else { return };
        let sum = sum_of(items);
        let closes = last.repeats && squash(&last.name) == "小计" && items.len() >= 2 && !items.iter().any(|row| row.repeats);
        if closes && sum == Some(last.fen) && total.value > last.fen {
            self.told = self.told.take().or_else(|| self.total.take().filter(|_| !self.is_unitless));
            self.total = self.rows.pop().map(|row| Sourced::new(row.fen, row.at.into_iter().rev().take(1).collect::<Vec<_>>()));
        }
    }

    /// The sum of the row that asks for its own, beside a known total.
    fn asked(&self) -> Option<Told> {
        self.known_total().and_then(|_| asked_row(&self.rows))
    }

    fn known_total(&self) -> Option<Sourced<i64>> {
        self.total.clone().filter(|_| !self.is_unitless)
    }
}

/// Columns of amounts that are looked into.
const MOST_AMOUNTS: usize = 4;

/// The columns that hold amounts, the one that is applied for first: each is summed on its own.
fn amount_columns(view: &View<'_>, records: &Records) -> Vec<usize> {
    let is_amount = |n: usize| {
        let column = &records.columns[n];
        match column.sense {
            Some(s) if matches!(s.kind, Kind::Amount | Kind::Money) => true,
            Some(s) if s.kind == Kind::Item => is_total_word(&column.label),
            Some(s) if matches!(s.kind, Kind::Counter) => false,
            _ => amount_head(&column.label),
        }
    };
    let mut heads: Vec<usize> = (1..records.columns.len()).filter(|&n| is_amount(n)).collect();
    if heads.is_empty() {
        heads = by_years(records);
    }
    if heads.is_empty() {
        // without a known head: the only column of figures
        let figures: Vec<usize> = (1..records.columns.len())
            .filter(|&n| {
                let cells: Vec<String> = records.rows.iter().filter_map(|r| r.get(n)).map(|c| joined(view, c)).filter(|t| !t.trim().is_empty()).collect();
                cells.len() >= 2 && cells.iter().all(|t| figure(t)) && !counts_up(&cells)
            })
            .collect();
        if figures.len() == 1 {
            heads = figures;
        }
    }
    heads.truncate(MOST_AMOUNTS);
    let closes = |label: &str| is_total_word(label) || is_subtotal_word(label);
    heads.sort_by_key(|n| (!is_applied_for(&records.columns[*n].label), !closes(&records.columns[*n].label), *n));
    heads
}

/// 科目 | 2022年 | 2023年 | 小计: the years, and the sum of each item over them.
fn by_years(records: &Records) -> Vec<usize> {
    let of = |is: &dyn Fn(&str) -> bool| (1..records.columns.len()).filter(|&n| is(&records.columns[n].label)).collect::<Vec<_>>();
    let (mut years, sums) = (of(&is_year), of(&is_subtotal_word));
    if years.len() < 2 || sums.len() != 1 {
        return Vec::new();
    }
    years.extend(sums);
    years
}

/// Whether the head of a column of amounts names what is applied for.
fn is_applied_for(head: &str) -> bool {
    ["申请", "资助", "拨款", "财政", "专项", "补助"].iter().any(|word| head.contains(word))
}

/// Whether two columns of amounts are halves of one list, 支出科目 | 金额 | 支出科目 | 金额 over a total of both: the same heads twice, one
/// total, and nothing that tells where money comes from.
fn goes_on_beside(records: &Records, left: usize, right: usize, tables: &[Table]) -> bool {
    let head = |column: usize| squash(&records.columns[column].label);
    let item = |column: usize| column.checked_sub(1).map(head);
    let comes_from = |row: &Row| SOURCES.iter().any(|word| row.name.contains(word));
    let totals = tables.iter().filter(|table| table.total.is_some()).count();
    head(left) == head(right) && item(left) == item(right) && totals == 1 && !tables.iter().flat_map(|table| &table.rows).any(comes_from)
}

/// Words of where money comes from.
const SOURCES: [&str; 10] = ["自筹", "拨款", "资助", "来源", "补助", "财政", "配套", "捐赠", "科协", "自有"];

/// Two halves of a list made one, under the total of either.
fn join_halves(tables: &mut Vec<Table>) {
    let Some(right) = tables.pop() else { return };
    let Some(left) = tables.first_mut() else { return };
    left.rows.extend(right.rows);
    left.total = left.total.take().or(right.total);
    let known = left.words.len();
    for word in right.words {
        if !left.words[..known].iter().any(|other| other.at == word.at) {
            left.words.push(word);
        }
    }
    left.is_doubtful |= right.is_doubtful;
    left.is_unitless |= right.is_unitless;
}

/// 资金来源 | 金额 | 资金支出 | 金额: the column between two heads of one name tells what the second sums are for, whatever it is called.
fn item_between(records: &Records, column: usize) -> Option<usize> {
    let head = |n: usize| squash(&records.columns[n].label);
    let twin = (0..column).rev().find(|&n| head(n) == head(column))?;
    let tells = |label: &str| !["说明", "备注", "依据"].iter().any(|word| label.contains(word));
    (twin + 1..column).find(|&n| records.columns[n].sense.is_none_or(|s| s.kind != Kind::Counter) && tells(&head(n)))
}

fn printed_name(raw: &str) -> String {
    Folded::new(raw).text.replace('\n', "")
}

fn counts_up(cells: &[String]) -> bool {
    cells.iter().enumerate().all(|(n, t)| squash(t).parse::<usize>().is_ok_and(|v| v == n + 1))
}

fn down(view: &View<'_>, records: &Records, column: usize, section: Option<Unit>) -> Option<Table> {
    let unit = unit_in(&records.columns[column].label).or(section);
    // the item column nearest to the left of the amounts; 合计 beside it holds amounts itself
    let names_items = |n: usize| records.columns[n].sense.is_some_and(|s| s.kind == Kind::Item) && !is_total_word(&records.columns[n].label);
    let item = (0..column)
        .rev()
        .find(|&n| names_items(n))
        .or_else(|| (0..column).rev().find(|&n| records.columns[n].sense.is_none_or(|s| s.kind != Kind::Counter)))
        .or_else(|| (0..column).next_back())?;
    // sources stand left of expenses: an item belongs to the amount right of it
    let between = item_between(records, column);
    let item = between.unwrap_or(item);
    let first = if between.is_some() || (0..column).filter(|&n| names_items(n)).count() >= 2 { item } else { 0 };
    let cells: Vec<String> = records.rows.iter().filter_map(|row| row.get(column)).map(|spans| joined(view, spans)).collect();
    let scale = scale(unit, &cells);
    let unit = scale.unit;
    let head = &records.columns[column].label;
    let label = if is_applied_for(head) { head } else { "合计" }.to_owned();
    let mut table = Table { is_unitless: scale.is_assumed, label, ..Table::default() };
    for row in &records.rows {
        let texts: Vec<String> = row.iter().map(|spans| joined(view, spans)).collect();
        let cell = |n: usize| texts.get(n).cloned().unwrap_or_default();
        let name = (first..=item).rev().map(cell).find(|t| !t.trim().is_empty()).unwrap_or_default();
        // 年度预算 | 2020年 | 15000 | 2021年 | 15000: the whole once more, by years
        if texts.iter().any(|t| squash(t).contains("年度")) && texts.iter().any(|t| is_year(t)) {
            continue;
        }
        let heads: Vec<String> = (first..column).map(cell).collect();
        // 合计（大写） | 叁万元整 | 小写 | 30000
        let in_figures = heads.last().is_some_and(|t| squash(t).starts_with("小写"));
        let total = in_figures || heads.iter().any(|t| is_total_word(t));
        let words = heads.iter().any(|t| squash(t).contains("大写"));
        for (n, spans) in row.iter().enumerate() {
            if words || n > column && total || squash(&cell(n)).contains("大写") {
                note_words(view, spans, &mut table);
            }
        }
        // 小计 | 3.5 | 0.1 | 总计：3.6万元
        if let Some((fen, at)) = row.iter().skip(column + 1).find_map(|spans| Some((total_told(&joined(view, spans))?, spans))) {
            table.told = Some(Sourced::new(fen, at.clone()));
        }
        let Some(spans) = row.get(column) else { continue };
        let amount = parse_amount(&joined(view, spans), unit);
        // 合计（大写：叁万元整） | 30000 tells both
        let both = words && total && figure(&joined(view, spans)) && heads.iter().any(|t| is_total_word(t) && !super::amounts::capitals(t).is_empty());
        if words && !in_figures && !both {
            continue;
        }
        let Some(fen) = amount else {
            let printed = joined(view, spans);
            table.is_doubtful |= total || !printed.trim().is_empty() && !is_nothing(&printed);
            continue;
        };
        if total {
            table.total = Some(Sourced::new(fen, spans.clone()));
            continue;
        }
        let number = heads.first().filter(|_| level(&name) == UNNUMBERED).map_or_else(|| level(&name), |counter| counter_level(counter));
        let mut at = row.get(item).cloned().unwrap_or_default();
        at.extend(spans.iter().copied());
        table.rows.push(Row { repeats: heads.iter().any(|t| is_subtotal_word(t)), level: number, name: printed_name(&name), fen, at });
    }
    table.close_with_subtotal();
    table.part_from_grand_total();
    Some(table)
}

/// The amount of a cell that says that it is the total: 总计：3.6万元.
fn total_told(text: &str) -> Option<i64> {
    let (head, amount) = text.split_once(['：', ':'])?;
    parse_amount(amount, None).filter(|_| is_total_word(head))
}

/// Items as heads, amounts below them.
fn across(view: &View<'_>, records: &Records, section: Option<Unit>) -> Option<Table> {
    let items = records.columns.iter().filter(|c| c.sense.is_some_and(|s| s.kind == Kind::Item)).count();
    let amounts = records.columns.iter().filter(|c| c.sense.is_some_and(|s| s.kind == Kind::Amount)).count();
    let row = records.rows.first()?;
    let figures = row.iter().skip(1).filter(|c| !c.is_empty() && parse_amount(&joined(view, c), Some(Unit::Yuan)).is_some()).count();
    // 合计 | 自筹 | 市财政 | 其他: the total's head is enough over figures alone
    let whole = records.columns.iter().any(|c| is_total_word(&c.label))
        && row.iter().map(|c| joined(view, c)).all(|text| text.trim().is_empty() || figure(&text) || is_nothing(&text) || unit_alone(&text));
    if !whole && (amounts > 0 || items < 2) || figures * 2 < row.len().saturating_sub(1) || figures < 2 {
        return None;
    }
    let head = row.first().map_or(String::new(), |c| joined(view, c));
    let turned = amount_head(&head) || head.trim().is_empty() || squash(&head).contains("金额") || squash(&head).contains("预算");
    let totals_below = records.rows.iter().any(|r| r.first().is_some_and(|c| is_total_word(&joined(view, c))));
    if !turned && !whole && items < 3 || totals_below || records.rows.len() > 4 {
        return None;
    }
    let first_is_amount = parse_amount(&head, Some(Unit::Yuan)).is_some_and(|_| head.chars().any(|c| c.is_ascii_digit()));
    // 总经费 | 申请经费 | 单位 over 90000 | 35000 | 元
    let beside = row.iter().find_map(|c| unit_of(&joined(view, c)));
    let unit = unit_in(&head).or_else(|| unit_in(&records.columns[0].label)).or(beside).or(section);
    let cells: Vec<String> = row.iter().map(|spans| joined(view, spans)).collect();
    let heads_tell = records.columns.iter().any(|column| unit_in(&column.label).is_some());
    let scale = if heads_tell { Scale { unit, is_assumed: false } } else { scale(unit, &cells) };
    let unit = scale.unit;
    let mut table = Table { is_unitless: scale.is_assumed, is_doubtful: records.rows.len() > 1, label: "合计".to_owned(), ..Table::default() };
    for (n, column) in records.columns.iter().enumerate() {
        if n == 0 && !first_is_amount {
            continue;
        }
        let Some(cell) = row.get(n).filter(|c| !c.is_empty()) else { continue };
        let Some(fen) = parse_amount(&joined(view, cell), unit.or_else(|| unit_in(&column.label))) else { continue };
        if is_total_word(&column.label) {
            table.total = Some(Sourced::new(fen, cell.clone()));
        } else {
            let mut at = vec![column.at];
            at.extend(cell.iter().copied());
            table.rows.push(Row { name: printed_name(&column.label), fen, at, level: 0, repeats: is_subtotal_word(&column.label) });
        }
    }
    for row in &records.rows[1..] {
        for cell in row {
            note_words(view, cell, &mut table);
        }
    }
    Some(table)
}

fn note_words(view: &View<'_>, cell: &[Span], table: &mut Table) {
    for span in cell {
        for (fen, range) in super::amounts::capitals(view.quote(*span)) {
            let at = Span { start: span.start + range.start as u32, end: span.start + range.end as u32, ..*span };
            if !table.words.iter().any(|w| w.at.contains(&at)) {
                table.words.push(Sourced::new(fen, [at]));
            }
        }
    }
}

/// Keeps the rows that add up to the total, where some reading of the hierarchy does; else the deepest rows.
fn finish(table: Table, out: &mut Budgets) {
    if table.rows.is_empty() && table.total.is_none() {
        return;
    }
    if let Some(total) = &table.total {
        for words in &table.words {
            let value = if table.is_unitless { told_by_words(total.value, words.value).0 } else { total.value };
            out.pairs.push(AmountPair { figures: Sourced { value, ..total.clone() }, words: words.clone() });
        }
    }
    let keep = choose(&table.rows, table.total.as_ref().map(|t| t.value));
    let rows = table.rows.into_iter().zip(keep).filter(|(_, kept)| *kept).map(|(row, _)| Sourced::new((row.name, row.fen), row.at)).collect();
    out.budgets.push(Budget { rows, total: table.total, is_unitless: table.is_unitless, is_doubtful: table.is_doubtful });
}
