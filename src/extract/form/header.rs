//! Header rows and columns: records under them, over a page break too.
use super::bodies;
use super::grid::{Grid, GridCell, figure, printed};
use super::keep::keep;
use super::label::{enumerator, is_unknown_label, squash};
use super::layout::{Column, Records};
use super::lexicon::{Kind, Owner, Sense};
use super::roles;
use super::section;
use super::side::{Side, is_vertical};
use super::walk::Walk;
use super::whose::owner_of;
use crate::model::Span;
use crate::text::money::unit_in;

/// Rows of the last table that go on here (over a page break), without their header. Returns the first row after them.
pub fn continued(walk: &mut Walk<'_, '_>, grid: &Grid<'_>) -> usize {
    let Some(open) = walk.open_records.take() else { return 0 };
    let Some(columns) = walk.out.records.get(open).map(|r| r.columns.len()) else { return 0 };
    let mut row = 0;
    while row < grid.height() {
        let mut cells = grid.covers[row].clone();
        // the rest of a side label
        let side = |cell: &GridCell<'_>| cell.sense.is_none() && squash(cell.text).chars().count() <= 8;
        if cells.len() == columns + 1 && side(&grid.cells[cells[0]]) {
            cells.remove(0);
        }
        let answers = cells.iter().all(|&i| grid.cells[i].sense.is_none_or(|s| s.weak));
        if cells.len() != columns || columns < 2 || !answers {
            break;
        }
        let values = cells.iter().map(|&i| grid.answer(walk.view, i)).collect();
        walk.out.records[open].rows.push(values);
        row += 1;
    }
    if row == grid.height() && row > 0 {
        walk.open_records = Some(open);
    }
    row
}

/// The one printed cell of a sheet's row.
pub struct Caption {
    pub cell: usize,
    /// Directly over a header row: the title of what stands below.
    pub heads_table: bool,
}

/// Words over the padding of a sheet that are no label with a blank answer: a title, a heading, a sentence.
pub fn caption(walk: &Walk<'_, '_>, grid: &Grid<'_>, row: usize, logical: &[usize]) -> Option<Caption> {
    let [cell] = *grid.unpadded(logical) else { return None };
    if !grid.sheet || logical.len() < 2 {
        return None;
    }
    let text = grid.cells[cell].text.trim();
    let below = grid.starts.iter().skip(row + 1).map(|cells| grid.unpadded(cells)).find(|cells| !cells.is_empty()).unwrap_or(&[]);
    let heads_table = below.len() >= 3 && is_header(grid, below, section::topic_of(text) == section::Topic::Budget);
    let words = grid.cells[cell].sense.is_none();
    // 总经费（万元） with a blank beside it asks
    let asks = enumerator(text) == 0 && grid.cells[cell].sense.is_some_and(|s| s.kind == Kind::Money && !s.weak);
    let heading = section::is_heading(text, false, walk.lexicon) && !asks || section::heads_attachments(text) || section::heads_instructions(text);
    (heads_table || words || heading).then_some(Caption { cell, heads_table })
}

/// 项目负责人 | 联系人 over 姓名 | 职务 | 手机 | 姓名 | 手机: whose the heads below are, each over two or more of them.
pub fn heads_groups(grid: &Grid<'_>, row: usize) -> bool {
    let (groups, Some(heads)) = (&grid.starts[row], grid.starts.get(row + 1)) else { return false };
    let owner = |i: usize| grid.cells[i].sense.and_then(|s| s.owner).or_else(|| owner_of(grid.cells[i].text));
    let over = |i: usize| {
        let group = &grid.cells[i];
        heads.iter().filter(|&&h| group.column <= grid.cells[h].column && grid.cells[h].column < group.column_end).count()
    };
    let apart = groups.iter().enumerate().all(|(n, &i)| owner(i).is_some() && !groups[..n].iter().any(|&other| owner(other) == owner(i)));
    let labels = heads.iter().all(|&h| grid.cells[h].sense.is_some_and(|s| s.owner.is_none()));
    groups.len() >= 2 && apart && labels && groups.iter().all(|&i| grid.cells[i].rows.len() == 1 && over(i) >= 2)
}

/// A row of labels only, over rows of answers. Returns the first row after its records.
pub fn header_row(walk: &mut Walk<'_, '_>, grid: &Grid<'_>, row: usize, logical: &[usize], sides: &[Side]) -> Option<usize> {
    let money = in_budget(walk, sides);
    let whole = logical.len();
    let logical = within_margins(grid, in_use(grid, grid.unpadded(logical)));
    let tall = logical.iter().map(|&i| grid.cells[i].rows.end).max().unwrap_or(row + 1);
    let base = logical.iter().map(|&i| grid.cells[i].rows.end).min().unwrap_or(row + 1);
    // a second header line under merged heads
    let heads: Vec<usize> = if tall > base { two_line_heads(grid, logical, base, tall) } else { logical.to_vec() };
    // 姓名 | 基本情况 | 分工 over 性别 | 职称 | 单位: only the lower heads are known
    let in_two_lines = || tall == base + 1 && heads_two_lines(grid, logical, &heads, base);
    if !is_header(grid, logical, money) && !heads_next_row(grid, row, logical) && !in_two_lines() {
        return None;
    }
    let first = tall.max(row + 1);
    if first >= grid.height() {
        return None;
    }
    let mut rows = Vec::new();
    let mut taken = Vec::new();
    let mut next = first;
    let in_budget = money || heads.iter().any(|&i| grid.cells[i].sense.is_some_and(|s| matches!(s.kind, Kind::Amount)));
    // 项目组成员 beside its rows: what stands below the side label is no member
    let stop = sides.iter().filter(|s| s.rows.len() > 1).map(|s| s.rows.end).min().unwrap_or(grid.height());
    while next < stop {
        let cells: Vec<usize> = grid.covers[next]
            .iter()
            .copied()
            .filter(|&i| !sides.iter().any(|s| s.rows == grid.cells[i].rows && s.text == squash(grid.cells[i].text)))
            .collect();
        if caption(walk, grid, next, &cells).is_some() {
            break;
        }
        let cells = if logical.len() < whole { within(grid, &heads, cells) } else { cells };
        if !is_record(grid, &heads, &cells, next, in_budget) {
            break;
        }
        if is_header(grid, in_use(grid, grid.unpadded(&cells)), money) {
            break;
        }
        let mut values = vec![Vec::new(); heads.len()];
        for (&index, home) in cells.iter().zip(homes(grid, &heads, &cells)) {
            if let Some(home) = home {
                values[home].extend(grid.answer(walk.view, index));
            }
        }
        taken.push(cells);
        rows.push(values);
        next += 1;
    }
    if rows.is_empty() {
        return None;
    }
    let side = sides.last();
    let section = walk.out.sections.len() - 1;
    let mut upper = logical.to_vec();
    if row > 0 && heads_groups(grid, row - 1) {
        upper.extend(&grid.starts[row - 1]);
    }
    let columns = heads.iter().map(|&i| column(walk, grid, &upper, &grid.cells[i])).collect();
    let owner = side.and_then(|s| s.owner).or(walk.announced.take()).or(walk.out.sections[section].owner);
    keep(walk, Records { columns, rows, owner, side: side.map_or(String::new(), |s| s.text.clone()), section, zone: walk.zone });
    walk.open_records = (next == grid.height() && stop == next && !walk.out.records.is_empty()).then(|| walk.out.records.len() - 1);
    walk.pending = None;
    Some(next)
}

/// The cells that stand under the heads.
fn within(grid: &Grid<'_>, heads: &[usize], mut cells: Vec<usize>) -> Vec<usize> {
    let from = heads.iter().map(|&h| grid.cells[h].column).min().unwrap_or(0);
    let to = heads.iter().map(|&h| grid.cells[h].column_end).max().unwrap_or(0);
    cells.retain(|&i| from <= grid.cells[i].column && grid.cells[i].column < to);
    cells
}

/// The cells between the empty ones that a table drawn inside a wider one leaves at its sides, in this row and the next.
fn within_margins<'c>(grid: &Grid<'_>, cells: &'c [usize]) -> &'c [usize] {
    let margin = |index: usize| {
        let cell = &grid.cells[index];
        let below = grid.starts.get(cell.rows.end).into_iter().flatten().map(|&i| &grid.cells[i]).find(|c| c.column == cell.column);
        // merged down beside all rows, or empty in each
        cell.is_empty() && (cell.rows.len() > 1 || below.is_none_or(|c| c.is_empty() && c.column_end == cell.column_end))
    };
    let (first, last) = match cells {
        [first, .., last] if cells.len() >= 4 => (*first, *last),
        _ => return cells,
    };
    if margin(first) && margin(last) { &cells[1..cells.len() - 1] } else { cells }
}

/// 申请经费 | 申报日期 |  |  over 3万元 | 2022-05-20 |  |  : the labels of a row whose last cells nobody needs, here and below.
fn in_use<'c>(grid: &Grid<'_>, cells: &'c [usize]) -> &'c [usize] {
    let end = cells.iter().rposition(|&i| !grid.cells[i].is_empty()).map_or(0, |n| n + 1);
    let (used, rest) = cells.split_at(end);
    if rest.is_empty() || used.len() < 2 {
        return cells;
    }
    let asks = |&i: &usize| grid.cells[i].sense.is_some_and(|s| s.field.is_some() && !s.weak);
    let below = |i: usize| grid.starts.get(grid.cells[i].rows.end).into_iter().flatten().map(|&b| &grid.cells[b]).find(|b| b.column == grid.cells[i].column);
    let over_answers = used.iter().all(|&i| below(i).is_some_and(|b| !b.is_empty() && b.sense.is_none()));
    let unused = rest.iter().all(|&i| below(i).is_none_or(|b| b.is_empty()));
    if used.iter().all(asks) && over_answers && unused { used } else { cells }
}

/// The head above each cell of a row: by its column, else by its place where there are as many cells as heads.
fn homes(grid: &Grid<'_>, heads: &[usize], cells: &[usize]) -> Vec<Option<usize>> {
    let above = |index: usize| {
        let cell = &grid.cells[index];
        heads
            .iter()
            .position(|&h| grid.cells[h].column == cell.column)
            .or_else(|| heads.iter().position(|&h| grid.cells[h].column < cell.column_end && cell.column < grid.cells[h].column_end))
    };
    let homes: Vec<Option<usize>> = cells.iter().map(|&i| above(i)).collect();
    let apart = homes.iter().all(Option::is_some) && homes.windows(2).all(|w| w[0] < w[1]);
    if !apart && cells.len() == heads.len() { (0..cells.len()).map(Some).collect() } else { homes }
}

/// Whether the section or a side label is about money.
fn in_budget(walk: &Walk<'_, '_>, sides: &[Side]) -> bool {
    walk.out.section(walk.out.sections.len() - 1).topic == section::Topic::Budget || sides.iter().any(|s| section::topic_of(&s.text) == section::Topic::Budget)
}

/// Where heads are two lines tall, the lower ones name the columns.
fn two_line_heads(grid: &Grid<'_>, logical: &[usize], base: usize, tall: usize) -> Vec<usize> {
    let mut heads: Vec<usize> = logical.iter().copied().filter(|&i| grid.cells[i].rows.end == tall).collect();
    for row in base..tall {
        heads.extend(grid.starts[row].iter().copied());
    }
    heads.sort_by_key(|&i| grid.cells[i].column);
    heads
}

/// Whether heads of two lines are labels for the most part, and each merged one stands over two or more.
fn heads_two_lines(grid: &Grid<'_>, upper: &[usize], heads: &[usize], base: usize) -> bool {
    let merged = |&&i: &&usize| grid.cells[i].rows.end == base;
    let over = |i: usize| heads.iter().filter(|&&h| grid.cells[i].column <= grid.cells[h].column && grid.cells[h].column < grid.cells[i].column_end).count();
    let known = heads.iter().filter(|&&i| grid.cells[i].sense.is_some()).count();
    let labels = heads.iter().all(|&i| grid.cells[i].sense.is_some() || is_unknown_label(grid.cells[i].text));
    heads.len() >= 4 && labels && known * 3 >= heads.len() * 2 && upper.iter().filter(merged).all(|&i| over(i) >= 2)
}

/// A head as a column; a lower one (姓名, 开始) is told of by the one above it (项目负责人, 项目周期).
fn column(walk: &Walk<'_, '_>, grid: &Grid<'_>, upper: &[usize], cell: &GridCell<'_>) -> Column {
    let above = upper.iter().map(|&i| &grid.cells[i]).find(|c| c.rows.end == cell.rows.start && c.column <= cell.column && cell.column < c.column_end);
    let told = above.filter(|_| cell.sense.is_none_or(|s| s.weak)).and_then(|c| walk.lexicon.beside(c.text, cell.text));
    let owner = above.and_then(|c| c.sense.and_then(|s| s.owner).or_else(|| owner_of(c.text)));
    // 经费（万元） over 总经费: the unit is told above
    let unit = above.map(|c| c.text.trim()).filter(|text| unit_in(text).is_some() && unit_in(cell.text).is_none()).unwrap_or("");
    Column {
        label: format!("{unit}{}", cell.text.trim()),
        at: printed(walk.view, cell.block, 0..cell.text.len()).unwrap_or_else(|| walk.view.block_span(cell.block)),
        sense: told.or(cell.sense).map(|sense| Sense { owner: sense.owner.or(owner), ..sense }),
    }
}

/// Labels side by side without room for an answer between them.
fn is_header(grid: &Grid<'_>, cells: &[usize], in_budget: bool) -> bool {
    if cells.len() < 2 {
        return false;
    }
    // 职称/职务 | 副理事长: the post is the answer
    let post = |n: usize| {
        n > 0 && sense(grid, cells[n]).is_some_and(|s| s.weak && s.kind == Kind::Person) && sense(grid, cells[n - 1]).is_some_and(|s| s.kind == Kind::Title)
    };
    let label = |n: usize| sense(grid, cells[n]).filter(|_| !post(n));
    let known = (0..cells.len()).filter(|&n| label(n).is_some()).count();
    let strong = cells.iter().filter(|&&i| grid.cells[i].sense.is_some_and(|s| !s.weak || matches!(s.kind, Kind::Item | Kind::Task))).count();
    let empty = cells.iter().filter(|&&i| grid.cells[i].is_empty()).count();
    let short = cells.iter().all(|&i| squash(grid.cells[i].text).chars().count() <= 24);
    if !short || empty > 0 && cells.len() < 4 || empty > 1 {
        return false;
    }
    // 职称 | 主治医师 | 职务 | 无: answers that are no heads
    let answered = (1..cells.len()).any(|n| is_answer_to(grid.cells[cells[n - 1]].text, grid.cells[cells[n]].text));
    if answered && !in_budget {
        return false;
    }
    let adjacent = in_budget || (1..cells.len()).any(|n| label(n - 1).is_some() && label(n).is_some());
    let figures = cells.iter().any(|&i| figure(grid.cells[i].text));
    if figures || !adjacent {
        return false;
    }
    // 职务 | 会长 is a pair, 职务 | 电话 a header
    if in_budget && cells.len() >= 3 && grid.cells[cells[0]].sense.is_some_and(|s| s.kind == Kind::Item) && figures_below(grid, cells) {
        return true;
    }
    // 内容 | 合计 | 省级财政 | 自筹 over 培训 | 30 | 25 | 5
    let money = cells[1..].iter().any(|&i| grid.cells[i].sense.is_some_and(|s| matches!(s.kind, Kind::Item | Kind::Amount)));
    if in_budget && cells.len() >= 3 && money && figures_below(grid, cells) {
        return true;
    }
    // 总经费 | 申请市拨 | 单位自筹 | 其他 over figures
    if in_budget && cells.len() >= 3 && all_figures_below(grid, cells) {
        return true;
    }
    // 开支科目 | 预算经费 | 主要用途 …: the item's head and an amount's are enough where money is told of
    let amount = cells.iter().any(|&i| grid.cells[i].sense.is_some_and(|s| s.kind == Kind::Amount));
    // 项目 | 金额（元） | 备注 over 试剂 | 800 |
    if in_budget && amount && amounts_below(grid, cells) {
        return true;
    }
    if in_budget && amount && cells.len() >= 3 && grid.cells[cells[0]].sense.is_some_and(|s| matches!(s.kind, Kind::Item | Kind::Counter)) {
        return true;
    }
    let item_and_amount = cells.len() == 2
        && grid.cells[cells[0]].sense.is_some_and(|s| s.kind == Kind::Item)
        && grid.cells[cells[1]].sense.is_some_and(|s| matches!(s.kind, Kind::Amount | Kind::Money));
    if cells.len() == 2 && strong < 2 && !in_budget && !item_and_amount {
        return false;
    }
    if cells.len() == 2
        && grid.cells[cells[0]].sense.is_some_and(|s| s.owner.is_some() && matches!(s.kind, Kind::Person))
        && grid.cells[cells[1]].sense.is_some_and(|s| matches!(s.kind, Kind::Name))
    {
        return false;
    }
    known * 3 >= cells.len() * 2 || known >= 3 && known * 2 >= cells.len()
}

/// Whether a cell is what people answer to the label left of it.
fn is_answer_to(label: &str, text: &str) -> bool {
    let (label, text) = (squash(label), squash(text));
    let asks = |words: &[&str]| words.iter().any(|w| label.contains(w));
    let ends = |words: &[&str]| words.iter().any(|w| text.ends_with(w));
    asks(&["性别"]) && matches!(text.as_str(), "男" | "女")
        || asks(&["学历", "学位", "文化程度"]) && ends(&["博士", "硕士", "本科", "大专", "专科", "研究生", "学士", "高中", "中专"])
        || asks(&["职称", "职务"]) && (text.ends_with('师') || super::value::is_title(&text))
        || asks(&["性别", "学历", "学位", "职称", "职务"]) && super::hint::is_nothing(&text)
}

fn sense(grid: &Grid<'_>, index: usize) -> Option<Sense> {
    grid.cells[index].sense
}

/// Whether the row below is figures under all heads but the first.
fn figures_below(grid: &Grid<'_>, cells: &[usize]) -> bool {
    let Some(below) = grid.starts.get(grid.cells[cells[0]].rows.end) else { return false };
    below.len() == cells.len() && below[1..].iter().filter(|&&i| figure(grid.cells[i].text)).count() * 2 >= cells.len() - 1
}

/// Whether the row below is figures and blanks alone.
fn all_figures_below(grid: &Grid<'_>, cells: &[usize]) -> bool {
    let Some(below) = grid.starts.get(grid.cells[cells[0]].rows.end) else { return false };
    let told = below.iter().filter(|&&i| figure(grid.cells[i].text)).count();
    below.len() == cells.len()
        && told >= 2
        && below
            .iter()
            .map(|&i| grid.cells[i].text)
            .all(|text| super::grid::blank(text) || figure(text) || super::hint::is_nothing(text) || super::grid::unit_alone(text))
}

/// Whether a figure stands under each head of amounts, and none under the first head.
fn amounts_below(grid: &Grid<'_>, cells: &[usize]) -> bool {
    let Some(below) = grid.starts.get(grid.cells[cells[0]].rows.end) else { return false };
    let is_amount = |i: usize| grid.cells[i].sense.is_some_and(|s| s.kind == Kind::Amount);
    below.len() == cells.len()
        && !figure(grid.cells[below[0]].text)
        && cells.iter().zip(below).all(|(&head, &cell)| !is_amount(head) || figure(grid.cells[cell].text))
        && !is_amount(cells[0])
}

/// Label-shaped cells, half of them known, over a row of the same columns that holds no label at all.
fn heads_next_row(grid: &Grid<'_>, row: usize, cells: &[usize]) -> bool {
    let Some(below) = grid.starts.get(row + 1) else { return false };
    let known = cells.iter().filter(|&&i| grid.cells[i].sense.is_some()).count();
    let shaped = cells.iter().all(|&i| grid.cells[i].rows.len() == 1 && (grid.cells[i].sense.is_some() || is_unknown_label(grid.cells[i].text)));
    // 调研报告（成果）名称 | 完成时间 | 报送部门 | 采纳情况: what the rows name heads them, known or not
    let names = cells.len() >= 3 && cells.first().is_some_and(|&i| ["名称", "题目", "标题"].iter().any(|w| squash(grid.cells[i].text).ends_with(w)));
    let first = names || cells.first().is_some_and(|&i| grid.cells[i].sense.is_some_and(|s| s.kind != Kind::Counter || cells.len() > 2));
    let same = below.len() == cells.len() && below.iter().zip(cells).all(|(&b, &c)| grid.cells[b].column == grid.cells[c].column);
    let answers = below.iter().all(|&i| grid.cells[i].sense.is_none()) && below.iter().any(|&i| !grid.cells[i].is_empty());
    // 职称 | 主治医师 | 职务 | 无: answers between the labels
    let told = |n: usize| grid.cells[cells[n]].sense.is_none();
    let pairs = cells.len().is_multiple_of(2) && (0..cells.len()).all(|n| told(n) == (n % 2 == 1));
    // 姓名 | 学院班级 | 学号 | 家乡 over 阳光灿 | 护理1801 | 180101 | 邳州: the number stands below its head, and not beside it
    let digits = |i: usize| grid.cells[i].text.chars().any(|c| c.is_ascii_digit());
    let pairs = pairs
        && !cells
            .iter()
            .zip(below)
            .enumerate()
            .any(|(n, (&head, &under))| asks_number(grid.cells[head].text) && digits(under) && cells.get(n + 1).is_none_or(|&i| !digits(i)));
    let nothing = cells.iter().any(|&i| super::hint::is_nothing(grid.cells[i].text));
    let known = known >= 2 && known * 2 >= cells.len() || names && known >= 1;
    known && shaped && first && same && answers && !pairs && !nothing
}

/// Whether a head asks for a number.
fn asks_number(label: &str) -> bool {
    let label = squash(label);
    ["学号", "工号", "电话", "手机", "年龄", "号码", "出生", "邮编", "身份证"].iter().any(|w| label.contains(w))
}

/// Characters of a text that is no particular of a person.
const LEAST_PROSE: usize = 20;

/// Whether a row's cells stand under the heads.
fn is_record(grid: &Grid<'_>, heads: &[usize], cells: &[usize], row: usize, in_budget: bool) -> bool {
    if cells.is_empty() || cells.len() == 1 && heads.len() > 1 || grid.sheet && grid.unpadded(cells).is_empty() {
        return false;
    }
    if !cells.iter().any(|&i| grid.cells[i].rows.start == row) {
        return false;
    }
    if in_budget && cells.iter().any(|&c| squash(grid.cells[c].text).contains("大写")) {
        return true;
    }
    // 立⏎项⏎依⏎据 | prose beside it: the next part of the form
    let told = cells.iter().filter(|&&i| !grid.cells[i].is_empty()).count();
    let prose = |i: usize| grid.cells[i].text.trim().chars().count() >= LEAST_PROSE;
    if !in_budget && told <= 3 && is_vertical(grid.cells[cells[0]].text) && cells[1..].iter().any(|&i| prose(i)) {
        return false;
    }
    // as many cells as heads: columns drawn a little apart are still the same
    let same = cells.len() == heads.len() && cells.len() >= 3;
    let aligned = if same { heads.len() } else { heads.iter().filter(|&&h| cells.iter().any(|&c| grid.cells[c].column == grid.cells[h].column)).count() };
    let total = in_budget && cells.iter().any(|&c| super::budget::is_total_word(grid.cells[c].text));
    if !(aligned * 5 >= heads.len() * 3 || total) {
        return false;
    }
    // a row of pairs under the same columns: known label, answer, known label, answer
    let known = |i: usize| grid.cells[i].sense.is_some_and(|s| !s.weak && !matches!(s.kind, Kind::Amount | Kind::Counter | Kind::Item));
    // 项目负责 under 分工 is what somebody does
    let tells_duty = |i: usize| {
        let head = heads.iter().find(|&&h| grid.cells[h].column == grid.cells[i].column);
        i != cells[0] && head.is_some_and(|&h| grid.cells[h].sense.is_some_and(|s| matches!(s.kind, Kind::Duty | Kind::Task)))
    };
    let strong = |i: usize| known(i) && !tells_duty(i);
    let first_is_label = strong(cells[0]) && grid.cells[cells[0]].rows.start == row;
    let more_cells = cells.len() > 1 && !strong(cells[1]);
    // | 人员 | 姓名 | 电话 | over | 联系人 | 李四 | 0516… |
    let parted = cells.len() == heads.len() + 1 && grid.cells[heads[0]].column_end > grid.cells[cells[0]].column_end;
    let names = parted && grid.cells[cells[0]].sense.is_some_and(|s| s.kind == Kind::Person) && cells[1..].iter().all(|&i| !strong(i))
        || grid.cells[heads[0]].sense.is_none_or(|s| s.kind != Kind::Name)
            && heads.iter().any(|&h| grid.cells[h].sense.is_some_and(|s| s.kind == Kind::Name))
            && grid.cells[cells[0]].sense.is_some_and(|s| s.kind == Kind::Person)
            && cells[1..].iter().all(|&i| !strong(i));
    if bodies::is_row(grid, heads, cells) {
        return true;
    }
    // 指导教师 | 姓名 | 张三 | 职称 | 教授: labels with answers between them
    let labels: Vec<usize> = (0..cells.len()).filter(|&n| strong(cells[n])).collect();
    let parted = labels.windows(2).filter(|w| w[1] - w[0] >= 2).count();
    let is_pair = first_is_label && more_cells && !in_budget;
    let alternates = labels.len() >= 2 && parted > 0 && labels.len() * 2 + 1 >= cells.len();
    // 地址 | 云龙路1号 | 邮编 | 221000: fields and answers in turn, though one of their words is as often an answer
    let asks = |i: usize| grid.cells[i].sense.is_some_and(|s| s.field.is_some() && s.kind != Kind::Person);
    let in_turn = cells.len() >= 4
        && cells.len().is_multiple_of(2)
        && cells.iter().enumerate().all(|(n, &i)| if n % 2 == 0 { asks(i) } else { grid.cells[i].sense.is_none() });
    let alternates = alternates || in_turn && !in_budget;
    names || !(is_pair || alternates)
}

/// A column of labels beside two or more persons' answers: turned into records.
pub fn header_column(walk: &mut Walk<'_, '_>, grid: &Grid<'_>, row: usize, logical: &[usize], sides: &[Side]) -> Option<usize> {
    let head = |cells: &[usize]| -> Option<usize> {
        let (&first, rest) = cells.split_first()?;
        let named = grid.cells[first].sense.is_some();
        // 姓名 | 禾苗 | 职称 | 工程师 are two pairs, 职务 | 理事长 | 秘书长 two persons' answers
        let is_answer = |s: Sense| s.weak && !matches!(s.kind, Kind::Title | Kind::Phone | Kind::Email | Kind::Choice);
        // 分工 | 项目负责 | 资料整理: what each does
        let is_duty = sense(grid, first).is_some_and(|s| matches!(s.kind, Kind::Duty | Kind::Task));
        let open = rest.len() >= 2 && rest.iter().all(|&i| grid.cells[i].sense.is_none_or(|s| is_answer(s) || is_duty && s.kind == Kind::Person));
        (named && open).then_some(rest.len())
    };
    // who each column is may stand above the names: | | 负责人 | 成员一 |
    let below: Vec<usize> = grid.starts.get(row + 1).cloned().unwrap_or_default();
    let below: Vec<usize> = below.into_iter().filter(|&i| !sides.iter().any(|s| s.rows == grid.cells[i].rows)).collect();
    let named = below.first().is_some_and(|&i| grid.cells[i].sense.is_some_and(|s| s.kind == Kind::Name));
    let parted = logical.len() == below.len() && logical.len() >= 3 && grid.cells[logical[0]].sense.is_none_or(|s| s.kind != Kind::Name);
    let lead = logical[1..].iter().any(|&i| roles::role(walk, grid.cells[i].text).is_some_and(|(_, owner)| owner != Owner::Member));
    let roles = (named && parted && lead).then(|| logical.to_vec());
    let row = row + usize::from(roles.is_some());
    let logical = if roles.is_some() { &below } else { logical };
    let count = head(logical)?;
    if !grid.cells[logical[0]].sense.is_some_and(|s| s.kind == Kind::Name) || grid.cells[logical[1]].is_empty() || grid.cells[logical[2]].is_empty() {
        return None;
    }
    let mut columns = Vec::new();
    let mut people: Vec<Vec<Vec<Span>>> = vec![Vec::new(); count];
    if let Some(roles) = roles {
        let block = grid.cells[roles[0]].block;
        columns.push(Column { label: String::new(), at: walk.view.block_span(block), sense: None });
        for (n, &index) in roles[1..].iter().enumerate() {
            people[n].push(grid.answer(walk.view, index));
        }
    }
    let mut next = row;
    while next < grid.height() {
        let cells: Vec<usize> = grid.starts[next]
            .iter()
            .copied()
            .filter(|&i| !sides.iter().any(|s| s.rows == grid.cells[i].rows && s.text == squash(grid.cells[i].text)))
            .collect();
        if head(&cells) != Some(count) {
            break;
        }
        let cell = &grid.cells[cells[0]];
        columns.push(Column { label: cell.text.trim().to_owned(), at: printed(walk.view, cell.block, 0..cell.text.len())?, sense: cell.sense });
        for (n, &index) in cells[1..].iter().enumerate() {
            people[n].push(grid.answer(walk.view, index));
        }
        next += 1;
    }
    if columns.iter().filter(|c| c.sense.is_some()).count() < 2 {
        return None;
    }
    let section = walk.out.sections.len() - 1;
    let owner = sides.last().and_then(|s| s.owner).or(walk.out.sections[section].owner);
    let side = sides.last().map_or(String::new(), |s| s.text.clone());
    keep(walk, Records { columns, rows: people, owner, side, section, zone: walk.zone });
    Some(next)
}
