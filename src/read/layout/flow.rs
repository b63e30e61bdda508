//! Printed lines to paragraphs: which line ends are only wrapping.
use super::lines::{Gap, Line, Mark, is_cjk};
use crate::model::Piece;

/// A paragraph and its printed lines.
#[derive(Debug, Clone)]
pub struct Paragraph {
    pub text: String,
    /// One for each printed line.
    pub pieces: Vec<Piece>,
    pub size: f32,
}

impl Paragraph {
    fn add(&mut self, line: &Line, page: u32) {
        self.pieces.push(Piece { start: self.text.len() as u32, page, rect: line.on_page().to_model(), confidence: None });
        line.write(&mut self.text);
    }

    /// Goes on with a paragraph that begins on the next page.
    pub fn append(&mut self, last: &Line, first: &Line, room: Room, rest: Self) {
        join(&mut self.text, last, first, room);
        let offset = self.text.len() as u32;
        self.pieces.extend(rest.pieces.into_iter().map(|p| Piece { start: p.start + offset, ..p }));
        self.text.push_str(&rest.text);
    }
}

/// The room a text may fill, in the lines' upright frame.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    pub left: f32,
    pub right: f32,
}

/// Paragraphs of lines that stand below each other on one page.
pub fn paragraphs(lines: &[Line], room: Room, page: u32) -> Vec<Paragraph> {
    let pitch = pitch(lines);
    let mut out: Vec<Paragraph> = Vec::new();
    let mut first = 0;
    for n in 0..lines.len() {
        let goes_on = n > 0 && continues(lines, first, n, room, pitch);
        if !goes_on {
            first = n;
            out.push(Paragraph { text: String::new(), pieces: Vec::new(), size: lines[n].size });
        }
        if let Some(paragraph) = out.last_mut() {
            if goes_on {
                join(&mut paragraph.text, &lines[n - 1], &lines[n], room);
            }
            paragraph.add(&lines[n], page);
        }
    }
    out
}

/// One line as a paragraph of its own.
pub fn single(line: &Line, page: u32) -> Paragraph {
    let mut paragraph = Paragraph { text: String::new(), pieces: Vec::new(), size: line.size };
    paragraph.add(line, page);
    paragraph
}

/// Whether a page's first line goes on with the last line of the page before.
pub fn continues_over(last: &Line, first: &Line, room: Room) -> bool {
    let same = last.way == first.way && (last.size / first.size.max(0.1) - 1.0).abs() < 0.1;
    let ends = matches!(last.last(), '。' | '！' | '？' | '；' | '.' | '!' | '?' | ';' | '：' | ':');
    same && !ends
        && !last.has_tab()
        && !first.has_tab()
        && fills(last, first, room)
        && !starts_item(&first.text())
        && first.rect.x0 < room.left + 1.2 * first.size
}

/// The usual distance between base lines.
fn pitch(lines: &[Line]) -> Option<f32> {
    let mut steps: Vec<f32> = lines.windows(2).map(|w| w[1].base - w[0].base).filter(|s| *s > 1.0).collect();
    steps.sort_by(f32::total_cmp);
    (steps.len() >= 3).then(|| steps[steps.len() / 2])
}

/// Whether line `n` goes on with the paragraph that began at line `first`.
fn continues(lines: &[Line], first: usize, n: usize, room: Room, pitch: Option<f32>) -> bool {
    let (before, line) = (&lines[n - 1], &lines[n]);
    if is_stacked(before) && is_stacked(line) && (before.rect.centre().0 - line.rect.centre().0).abs() < 0.5 * line.size {
        return true;
    }
    let em = before.size.max(line.size).max(0.1);
    let step = line.base - before.base;
    if before.way != line.way || (before.size / line.size.max(0.1) - 1.0).abs() > 0.2 || step <= 0.0 {
        return false;
    }
    if step > 3.4 * em || pitch.is_some_and(|p| step > 1.3 * p + 0.1 * em && step > 1.7 * em) {
        return false;
    }
    let in_column = before.has_tab() || lines[first].has_tab() && (before.rect.x0 - line.rect.x0).abs() < 0.4 * em;
    let goes_on = || in_column && goes_on_below(lines, first, n);
    if line.has_tab() || !(goes_on() || !before.has_tab() && fills(before, line, room)) {
        return false;
    }
    let text = line.text();
    if starts_item(&text) && !matches!(before.last(), '、' | '，' | ',' | '（' | '(' | '第' | '至' | '和') {
        return false;
    }
    if matches!(before.last(), '。' | '；' | '！' | '？') && starts_clause(&text) {
        return false;
    }
    if (is_label(&text) && is_label(&lines[first].text())) || is_pair_below(before, line) {
        return false;
    }
    // A line further in begins a paragraph, unless all lines after the first hang.
    if line.rect.x0 > before.rect.x0 + 1.2 * em && !before.has_tab() && !is_centred_below(before, line, room) {
        let is_item = n == first + 1 && line.rect.x0 < before.rect.x0 + 5.0 * em && starts_item(&before.text());
        return is_item || (n == first + 1 && lines.get(n + 1).is_some_and(|next| (next.rect.x0 - line.rect.x0).abs() < 0.5 * em));
    }
    true
}

/// Whether the next line's first word would not have fitted behind this line.
fn fills(line: &Line, next: &Line, room: Room) -> bool {
    let width = room.right - room.left;
    let left = line.rect.x0 - room.left;
    // A line that begins in the right half stands there on purpose: a signature, a date.
    if left > 0.5 * width && width > 10.0 * line.size {
        return false;
    }
    let is_centred = stands_in_the_middle(line, room) && stands_in_the_middle(next, room);
    let is_pushed_right = left > 3.0 * line.size && (line.rect.x0 - next.rect.x0).abs() > 2.2 * line.size;
    let rest = if is_centred || is_pushed_right { width - line.rect.width() } else { room.right - line.rect.x1 };
    rest < next.first_word() + 0.35 * line.size
}

/// A value beside a label that goes on in its own column.
fn goes_on_below(lines: &[Line], first: usize, n: usize) -> bool {
    let (before, line) = (&lines[n - 1], &lines[n]);
    let column = |l: &Line| l.marks.iter().skip(1).rfind(|m| m.gap == Gap::Tab).map(|m| m.rect.x0);
    let Some(x) = column(&lines[first]).filter(|x| (x - line.rect.x0).abs() < 0.4 * line.size) else { return false };
    let in_column = |l: &&Line| (l.rect.x0 - x).abs() < 0.4 * l.size || column(l).is_some_and(|c| (c - x).abs() < 0.4 * l.size);
    let near = &lines[n.saturating_sub(8)..(n + 8).min(lines.len())];
    let edge = near.iter().filter(in_column).map(|l| l.rect.x1).fold(f32::MIN, f32::max);
    edge - before.rect.x1 < line.first_word() + 0.35 * line.size
}

/// Both lines stand in the middle; a paragraph's first line that happens to do so does not count.
fn is_centred_below(before: &Line, line: &Line, room: Room) -> bool {
    let middle = (room.left + room.right) / 2.0;
    let indent = (line.rect.x0 - room.left) / line.size.max(0.1);
    let ended = matches!(before.last(), '。' | '！' | '？' | '；' | '：' | '.' | ':' | ';');
    [before, line].iter().all(|l| (l.rect.centre().0 - middle).abs() < 0.5 * l.size) && !(ended && (1.7..2.3).contains(&indent))
}

/// In the middle of the room and away from its left edge.
fn stands_in_the_middle(line: &Line, room: Room) -> bool {
    let middle = (room.left + room.right) / 2.0;
    (line.rect.centre().0 - middle).abs() < 0.8 * line.size && line.rect.x0 - room.left > 0.8 * line.size
}

/// Both lines have a wide gap after a short beginning, at the same place: a label and its value each.
fn is_pair_below(a: &Line, b: &Line) -> bool {
    let value = |line: &Line| {
        let wide = |w: &&[Mark]| w[1].rect.x0 - w[0].rect.x1 > 0.6 * line.size && w[0].rect.x1 - line.rect.x0 > 1.5 * line.size;
        line.marks.windows(2).find(wide).map(|w| w[1].rect.x0)
    };
    value(a).zip(value(b)).is_some_and(|(x, y)| (x - y).abs() < 0.6 * a.size)
}

fn is_stacked(line: &Line) -> bool {
    line.marks.len() == 1 && is_cjk(line.first())
}

/// Joins without a blank where either side is CJK or a word was broken for want of room.
fn join(text: &mut String, before: &Line, line: &Line, room: Room) {
    if text.ends_with('\u{AD}') {
        text.pop();
        return;
    }
    let (a, b) = (before.last(), line.first());
    if is_cjk(a) || is_cjk(b) || a == '-' || a == '/' {
        return;
    }
    // A word is only broken where it is longer than the room.
    let is_one_word = before.marks.iter().skip(1).all(|m| m.gap == Gap::None && !is_cjk(m.c));
    let is_full = room.right - before.rect.x1 < 0.9 * before.size;
    let is_broken = is_one_word
        && is_full
        && (before.marks.iter().any(|m| m.c == '@') || (a.is_ascii_digit() && b.is_ascii_digit()) || room.right - before.rect.x1 < 0.3 * before.size);
    if is_broken {
        return;
    }
    text.push(' ');
}

/// Whether a text begins as an item of a list or an article does.
pub fn starts_item(text: &str) -> bool {
    const NUMERALS: &str = "一二三四五六七八九十百〇零";
    let mut chars = text.chars().peekable();
    let Some(c) = chars.next() else { return false };
    match c {
        '①'..='⑳' | '⑴'..='⒇' | '㈠'..='㈩' | '●' | '■' | '◆' | '•' | '★' | '※' | '➢' | '✓' | '□' | '☑' => true,
        '（' | '(' => {
            let inner: String = chars.by_ref().take_while(|c| !matches!(c, '）' | ')')).take(4).collect();
            !inner.is_empty() && inner.chars().count() <= 3 && inner.chars().all(|c| c.is_ascii_digit() || NUMERALS.contains(c) || c.is_ascii_lowercase())
        }
        '第' => {
            let rest: String = chars.take(6).collect();
            let end = rest.find(['条', '章', '节']);
            end.is_some_and(|e| e > 0 && rest[..e].chars().all(|c| c.is_ascii_digit() || NUMERALS.contains(c)))
        }
        c if c.is_ascii_digit() => {
            let mut digits = 1;
            while chars.next_if(|c| c.is_ascii_digit()).is_some() {
                digits += 1;
            }
            digits <= 2
                && match chars.next() {
                    Some('、' | '．' | '）' | ')') => true,
                    Some('.') => match chars.next() {
                        Some(c) if c.is_ascii_digit() => is_level(chars),
                        _ => true,
                    },
                    _ => false,
                }
        }
        c if NUMERALS.contains(c) => {
            let rest: String = chars.take(3).collect();
            let after = rest.trim_start_matches(|c| NUMERALS.contains(c));
            after.starts_with('、') || after.starts_with('．')
        }
        _ => false,
    }
}

/// `2 甲方责任、权利、义务`: a number and a blank, which only behind the end of a sentence are no part of it.
fn starts_clause(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits) && is_level(text[digits..].chars())
}

/// The rest of `2.1 乙方负责…` behind its first two numbers; not that of an amount.
fn is_level(rest: impl Iterator<Item = char>) -> bool {
    let mut rest = rest.skip_while(|c| c.is_ascii_digit() || *c == '.');
    rest.next() == Some(' ') && rest.next().is_some_and(|c| is_cjk(c) && !COUNTED.contains(&c))
}

/// What stands behind a number that counts something.
const COUNTED: [char; 20] = ['万', '亿', '千', '元', '个', '％', '人', '名', '位', '次', '场', '项', '家', '份', '年', '月', '日', '天', '小', '学'];

/// `联系电话：…`: a few CJK characters and a colon.
pub fn is_label(text: &str) -> bool {
    let mut letters = 0;
    for c in text.chars().take(24) {
        match c {
            '：' | ':' => return (1..=10).contains(&letters),
            ' ' | '（' | '）' | '(' | ')' | '/' | '、' => {}
            c if is_cjk(c) => letters += 1,
            _ => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::geometry::{Rect, Way};
    use super::*;

    fn line(text: &str, x: f32, y: f32) -> Line {
        let mut at = x;
        let mut marks = Vec::new();
        let mut gap = Gap::None;
        for c in text.chars() {
            let width = if is_cjk(c) { 10.0 } else { 5.0 };
            if c == ' ' {
                gap = Gap::Blank;
            } else {
                marks.push(Mark { c, rect: Rect { x0: at, y0: y - 9.0, x1: at + width, y1: y + 1.0 }, size: 10.0, gap, drawn: 0 });
                gap = Gap::None;
            }
            at += width;
        }
        Line { marks, rect: Rect { x0: x, y0: y - 9.0, x1: at, y1: y + 1.0 }, base: y, size: 10.0, way: Way::Right }
    }

    fn joined(lines: &[Line], right: f32) -> Vec<String> {
        paragraphs(lines, Room { left: 0.0, right }, 1).into_iter().map(|p| p.text).collect()
    }

    #[test]
    fn full_lines_are_joined_without_blanks_and_short_ones_end_the_paragraph() {
        let lines = [line("本项目面向全市中小学生开展", 20.0, 10.0), line("科普活动，覆盖十二个区县。", 0.0, 26.0), line("第二段从这里", 20.0, 42.0)];
        assert_eq!(joined(&lines, 150.0), ["本项目面向全市中小学生开展科普活动，覆盖十二个区县。", "第二段从这里"]);
    }

    #[test]
    fn a_bare_number_begins_a_clause_behind_a_sentence_only() {
        let lines = [line("双方就合作事项达成一致意见。", 0.0, 10.0), line("2 甲方负责提供场地", 0.0, 26.0)];
        assert_eq!(joined(&lines, 142.0), ["双方就合作事项达成一致意见。", "2 甲方负责提供场地"]);
        let lines = [line("双方就合作事项达成一致并写成", 0.0, 10.0), line("2 本文件各自保存", 0.0, 26.0)];
        assert_eq!(joined(&lines, 142.0), ["双方就合作事项达成一致并写成2 本文件各自保存"]);
    }

    #[test]
    fn a_list_of_labels_is_never_joined() {
        let lines = [line("申报单位：某市学会", 0.0, 10.0), line("负责人：张三", 0.0, 26.0), line("联系电话：", 0.0, 42.0)];
        assert_eq!(joined(&lines, 400.0).len(), 3);
        let long = [line("通讯地址：某市某区某路一百二十号", 0.0, 10.0), line("联系电话：", 0.0, 26.0)];
        assert_eq!(joined(&long, 165.0).len(), 2);
    }

    #[test]
    fn latin_lines_are_joined_with_a_blank_and_broken_words_without() {
        assert_eq!(joined(&[line("some words here", 0.0, 10.0), line("and there", 0.0, 26.0)], 80.0), ["some words here and there"]);
        assert_eq!(joined(&[line("zhangsan@example", 0.0, 10.0), line(".com", 0.0, 26.0)], 82.0), ["zhangsan@example.com"]);
    }

    #[test]
    fn centred_lines_of_a_narrow_cell_are_joined() {
        assert_eq!(joined(&[line("教授级高", 4.0, 10.0), line("工", 19.0, 26.0)], 48.0), ["教授级高工"]);
        assert_eq!(joined(&[line("申请经费", 20.0, 10.0), line("（万元）", 20.0, 26.0)], 80.0), ["申请经费", "（万元）"]);
    }

    #[test]
    fn a_value_goes_on_below_itself() {
        let mut first = line("单位某市安全鉴定中心大学", 0.0, 10.0);
        for mark in &mut first.marks[2..] {
            mark.rect.x0 += 50.0;
            mark.rect.x1 += 50.0;
        }
        first.marks[2].gap = Gap::Tab;
        first.rect.x1 += 50.0;
        assert_eq!(
            joined(&[first, line("土木工程学院", 70.0, 26.0), line("负责人：", 0.0, 42.0)], 400.0),
            ["单位\t某市安全鉴定中心大学土木工程学院", "负责人："]
        );
    }

    #[test]
    fn items_begin_paragraphs() {
        assert!(starts_item("（一）总体目标") && starts_item("3.经费") && starts_item("第十二条 甲方") && starts_item("一、概况"));
        assert!(starts_item("2.1 乙方负责现场安全") && !starts_item("2.1 万元"));
        assert!(starts_clause("2 甲方责任、权利、义务") && !starts_clause("3 名专家到场") && !starts_clause("2022 年度") && !starts_clause("3D 打印"));
        assert!(!starts_item("2022年") && !starts_item("3.14") && !starts_item("（含税）"));
    }

    #[test]
    fn one_character_lines_are_a_word() {
        let lines: Vec<Line> = "申请人".chars().enumerate().map(|(n, c)| line(&c.to_string(), 5.0, 10.0 + 30.0 * n as f32)).collect();
        assert_eq!(joined(&lines, 20.0), ["申请人"]);
    }
}
