//! Groups of options: which are ticked, whether the mark stands before or after its option.
use crate::text::fold::{fold_char, is_cjk};
use regex::{Captures, Regex};
use std::ops::Range;
use std::sync::LazyLock;

/// Boxes in one group; more are ornament.
const MOST_BOXES: usize = 100;

/// One option of a group, bytes of the cell's raw text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub text: Range<usize>,
    pub ticked: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Box,
    Tick,
}

/// A box glyph, empty or ticked, that can stand for nothing else.
pub fn is_box(c: char) -> bool {
    matches!(mark(c), Some(Mark::Box)) || matches!(c, '☑' | '☒' | '■' | '✔' | '✓' | '√')
}

/// Unambiguous marks. Private-use codes are those of Wingdings and Wingdings 2.
fn mark(c: char) -> Option<Mark> {
    Some(match c {
        '□' | '☐' | '◻' | '▢' | '⬜' | '❏' | '❑' | '〇' | '○' | '◯' | '\u{f0a3}' | '\u{f0a8}' | '\u{f06f}' | '\u{f02a}' | '\u{f030}' => {
            Mark::Box
        }
        '☑' | '☒' | '■' | '●' | '√' | '✓' | '✔' | '✅' | '⊠' | '⊙' | '◉' | '▣' | '\u{f052}' | '\u{f0fe}' | '\u{f0fc}' | '\u{f050}' | '\u{f053}'
        | '\u{f054}' | '\u{f0fd}' => Mark::Tick,
        _ => return None,
    })
}

struct Token {
    at: Range<usize>,
    ticked: bool,
}

/// What tells the writer how to tick: （请在对应类别前打√）, 在□内打“√”.
static HOW_TO_TICK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"[(（][^()（）]{0,30}[打划画][^()（）]{0,4}[√✓✔勾钩][^()（）]{0,12}[)）]|(?:请)?在[^。；;\n]{0,12}[打划画]\s*[“"'‘「]?[√✓✔勾钩][”"'’」]?"#)
        .expect("the pattern of instructions is well formed")
});

/// The options of a cell or line. Empty where it holds no group of boxes and no tick.
pub fn choices(raw: &str) -> Vec<Choice> {
    if raw.len() > 6000 {
        return Vec::new();
    }
    // blanks of the same length: places stay
    options(&HOW_TO_TICK.replace_all(raw, |hint: &Captures<'_>| " ".repeat(hint[0].len())))
}

/// Whether a cell that holds one mark, or nothing, is ticked. `None` where it holds words.
pub fn alone(raw: &str) -> Option<bool> {
    let text = raw.trim();
    if text.len() > 40 || text.chars().any(|c| c.is_alphanumeric() && mark(c).is_none()) {
        return None;
    }
    let tokens = tokens(text);
    match tokens.as_slice() {
        [] => super::grid::blank(text).then_some(false),
        [only] => Some(only.ticked),
        _ => None,
    }
}

/// Whether a cell tells the writer to tick the cells below it: 选择（打√）, 请打勾.
pub fn is_how_to_tick(raw: &str) -> bool {
    let text = crate::text::tight(raw);
    ["选择", "勾选", "请选择", "请勾选", "选项", "打√", "打勾", "请打√", "请打勾", "划√"].contains(&text.as_str())
        || text.chars().count() <= 20 && HOW_TO_TICK.is_match(raw)
}

fn options(raw: &str) -> Vec<Choice> {
    let tokens = tokens(raw);
    let ticked = tokens.iter().filter(|t| t.ticked).count();
    if tokens.len() > MOST_BOXES {
        return Vec::new();
    }
    if tokens.is_empty() || (tokens.len() == 1 && ticked == 0 && !raw.contains(['□', '☐'])) {
        return Vec::new();
    }
    if ticked == tokens.len() && tokens.len() == 1 || ticked > 0 && ticked == tokens.len() {
        return among_bare_siblings(raw, &tokens);
    }
    let before = stands_before(raw, &tokens);
    let mut out = Vec::new();
    for (n, token) in tokens.iter().enumerate() {
        let piece = if before {
            token.at.end..tokens.get(n + 1).map_or(raw.len(), |next| next.at.start)
        } else {
            n.checked_sub(1).map_or(0, |p| tokens[p].at.end)..token.at.start
        };
        let text = trim_option(raw, if before { piece } else { last_words(raw, piece) });
        if !text.is_empty() {
            out.push(Choice { text, ticked: token.ticked });
        }
    }
    out
}

/// Marks in order; neighbours without text between them are one, ticked if either is.
fn tokens(raw: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let chars: Vec<(usize, char)> = raw.char_indices().collect();
    let has_box = raw.contains(['□', '☐', '£', '\u{f0a3}', '\u{f0a8}']);
    let mouths = count_mouths(&chars);
    // beside （√） an empty （） is an option left alone
    let in_brackets = (0..chars.len()).any(|at| matches!(chars[at].1, '(' | '（') && bracketed(&chars[at..], false).is_some_and(|(_, ticked)| ticked));
    let mut n = 0;
    while n < chars.len() {
        let (start, c) = chars[n];
        let end = start + c.len_utf8();
        let next = chars.get(n + 1).map(|x| fold_char(x.1));
        let before = n.checked_sub(1).map(|p| fold_char(chars[p].1));
        let edge = before.is_none_or(|b| !b.is_alphanumeric() || b.is_whitespace());
        let found = match c {
            '〇' | '○' | '●' | '■' if next.is_some_and(|x| x.is_ascii_digit()) || before.is_some_and(|b| "二年一".contains(b)) => None,
            '口' if mouths && !begins_word(next) && (edge || !is_word(before, next)) => Some(false),
            'R' | 'þ' | 'þ' if edge_mark(before, next) && (has_box || raw.contains('£')) => Some(true),
            'R' if n == 0 && next.is_some_and(is_cjk) => Some(true),
            '£' if next.is_none_or(|x| !x.is_ascii_digit()) => Some(false),
            '(' | '（' => match bracketed(&chars[n..], in_brackets) {
                Some((len, ticked)) => {
                    let last = chars[n + len - 1];
                    push(&mut out, raw, start..last.0 + last.1.len_utf8(), ticked);
                    n += len;
                    continue;
                }
                None => None,
            },
            '[' | '【' => match bracketed(&chars[n..], false) {
                Some((len, ticked)) => {
                    let last = chars[n + len - 1];
                    push(&mut out, raw, start..last.0 + last.1.len_utf8(), ticked);
                    n += len;
                    continue;
                }
                None => None,
            },
            c => mark(c).map(|m| m == Mark::Tick),
        };
        if let Some(ticked) = found {
            push(&mut out, raw, start..end, ticked);
        }
        n += 1;
    }
    out
}

/// Whether 口 is part of a word between its neighbours (人口, 出口, 口语).
fn is_word(before: Option<char>, next: Option<char>) -> bool {
    before.is_some_and(|b| "人进出窗路门港户接关入河渡胃伤切刀山海渠井端插胸开亲".contains(b)) || next.is_some_and(|n| "语头号味述红感".contains(n))
}

/// Whether 口 begins a word that no option does: 口腔, 口径.
fn begins_word(next: Option<char>) -> bool {
    next.is_some_and(|n| "腔岸径罩粮碑诀".contains(n))
}

fn edge_mark(before: Option<char>, next: Option<char>) -> bool {
    before.is_none_or(|b| !b.is_ascii_alphanumeric()) && next.is_none_or(|x| is_cjk(x) || x.is_whitespace())
}

/// The character 口 serves as a box where it stands before or after several options.
fn count_mouths(chars: &[(usize, char)]) -> bool {
    let is_edge = |c: Option<char>| c.is_none_or(|c| !is_cjk(c) || c.is_whitespace() || matches!(fold_char(c), ',' | ';' | '、' | ':' | '(' | ')' | '。'));
    let other = chars.iter().any(|(_, c)| matches!(mark(*c), Some(Mark::Tick)));
    let mut mouths = 0;
    for (n, (_, c)) in chars.iter().enumerate() {
        let before = n.checked_sub(1).map(|p| chars[p].1);
        let after = chars.get(n + 1).map(|x| x.1);
        if *c == '口' && !begins_word(after) && (is_edge(before) || is_edge(after)) {
            mouths += 1;
        }
    }
    // 口腔健康 in sentences is no group of options
    let prose = chars.iter().any(|(_, c)| *c == '。') && !other;
    !prose && mouths >= 2 || mouths >= 1 && other
}

/// `（√）`, `（ ）`, `( √)`, `[x]` as one mark: its length in characters and whether it is ticked; with `empty` also `（）`.
fn bracketed(chars: &[(usize, char)], empty: bool) -> Option<(usize, bool)> {
    let mut ticked = false;
    for (n, (_, c)) in chars.iter().enumerate().skip(1).take(8) {
        match fold_char(*c) {
            ')' | ']' | '】' => return (n >= 2 || empty || matches!(chars[0].1, '[')).then_some((n + 1, ticked)),
            c if c.is_whitespace() => {}
            '√' | '✓' | '✔' | '☑' | '■' | '●' | '\u{f052}' | '\u{f0fe}' | '\u{f0fc}' | '\u{f050}' => ticked = true,
            'x' | 'X' | 'v' | 'V' if matches!(chars[0].1, '[' | '【') => ticked = true,
            '□' | '☐' | '\u{f0a3}' | '\u{f0a8}' => {}
            _ => return None,
        }
    }
    None
}

fn push(out: &mut Vec<Token>, raw: &str, at: Range<usize>, ticked: bool) {
    if let Some(last) = out.last_mut()
        && raw[last.at.end..at.start].chars().all(char::is_whitespace)
        && raw[last.at.end..at.start].chars().count() <= 1
        && (ticked != last.ticked)
    {
        last.at.end = at.end;
        last.ticked = true;
        return;
    }
    out.push(Token { at, ticked });
}

/// Marks stand before their options when text follows the last one and none precedes the first.
fn stands_before(raw: &str, tokens: &[Token]) -> bool {
    let has_text = |range: Range<usize>| raw[range].chars().any(|c| c.is_alphanumeric());
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return true };
    let lead = has_text(0..first.at.start);
    let tail = has_text(last.at.end..raw.len());
    match (lead, tail) {
        (false, _) => true,
        (true, false) => false,
        // text on both sides: the side on which the marks cling to their words
        (true, true) => {
            let mut score = 0i32;
            for token in tokens {
                let before = raw[..token.at.start].chars().next_back();
                let after = raw[token.at.end..].chars().next();
                score += i32::from(after.is_some_and(|c| !c.is_whitespace()))
                    - i32::from(before.is_some_and(|c| !c.is_whitespace() && !matches!(c, ':' | '：' | '、' | '；' | ';')));
            }
            score >= 0
        }
    }
}

/// Only ticks and no empty boxes: the options are words parted by gaps, one of which carries the tick.
fn among_bare_siblings(raw: &str, tokens: &[Token]) -> Vec<Choice> {
    let mut out = Vec::new();
    let mut start = None;
    let mut blanks = 0;
    let mut pieces: Vec<Range<usize>> = Vec::new();
    for (at, c) in raw.char_indices() {
        let parts = c == '\n' || c == '\t' || matches!(fold_char(c), ';' | ',' | '、') || c == '\u{3000}';
        if c.is_whitespace() || parts {
            blanks += if parts { 2 } else { 1 };
            if blanks >= 2
                && let Some(from) = start.take()
            {
                pieces.push(from..at);
            }
            continue;
        }
        let new_option = blanks >= 1
            && start.is_some()
            && tokens.iter().any(|t| t.at.end <= at && raw[t.at.end..at].chars().all(char::is_whitespace) && t.at.start > start.unwrap_or(0));
        if new_option && let Some(from) = start.take() {
            pieces.push(from..at);
        }
        blanks = 0;
        start.get_or_insert(at);
    }
    if let Some(from) = start {
        pieces.push(from..raw.len());
    }
    // a tick that stands alone belongs to the piece after it, or to the one before where it closes the text
    let mut carried = false;
    for piece in &pieces {
        let marks: Vec<&Token> = tokens.iter().filter(|t| piece.start <= t.at.start && t.at.end <= piece.end).collect();
        let words = raw[piece.clone()].chars().any(|c| c.is_alphanumeric() && mark(c).is_none());
        if !words {
            carried = !marks.is_empty();
            continue;
        }
        // several ticks in one piece: each opens an option of its own
        if marks.len() > 1 {
            let before = marks[0].at.start == piece.start;
            for (n, token) in marks.iter().enumerate() {
                let part = if before {
                    token.at.end..marks.get(n + 1).map_or(piece.end, |m| m.at.start)
                } else {
                    n.checked_sub(1).map_or(piece.start, |p| marks[p].at.end)..token.at.start
                };
                out.push(Choice { text: trim_option(raw, part), ticked: true });
            }
            continue;
        }
        let text = match marks.first() {
            Some(token) if raw[piece.start..token.at.start].trim().is_empty() => token.at.end..piece.end,
            Some(token) if raw[token.at.end..piece.end].trim().is_empty() => piece.start..token.at.start,
            Some(token) => {
                out.push(Choice { text: trim_option(raw, piece.start..token.at.start), ticked: true });
                token.at.end..piece.end
            }
            None => piece.clone(),
        };
        let split_tail = marks.first().is_some_and(|t| t.at.start > piece.start && !raw[t.at.end..piece.end].trim().is_empty());
        out.push(Choice { text: trim_option(raw, text), ticked: (!marks.is_empty() && !split_tail) || carried });
        carried = false;
    }
    if carried && let Some(last) = out.last_mut() {
        last.ticked = true;
    }
    out.retain(|choice| !choice.text.is_empty());
    out
}

/// After a mark behind its option, the next option's words begin after the gap or line break.
fn last_words(raw: &str, range: Range<usize>) -> Range<usize> {
    let slice = &raw[range.clone()];
    let cut = slice.trim_end().rfind(['\n', '：', ':', '；', ';']).map_or(0, |at| at + slice[at..].chars().next().map_or(1, char::len_utf8));
    range.start + cut..range.end
}

fn trim_option(raw: &str, range: Range<usize>) -> Range<usize> {
    let junk = |c: char| c.is_whitespace() || matches!(fold_char(c), '_' | ',' | ';' | '、' | '。' | ':' | '.') || mark(c).is_some();
    let slice = &raw[range.clone()];
    let lead = slice.len() - slice.trim_start_matches(junk).len();
    let body = slice[lead..].trim_end_matches(junk);
    range.start + lead..range.start + lead + body.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticked(raw: &str) -> Vec<&str> {
        choices(raw).iter().filter(|c| c.ticked).map(|c| &raw[c.text.clone()]).collect()
    }

    #[test]
    fn the_ticked_option_is_found_before_and_after_its_mark() {
        for raw in [
            "□省级  ☑市级  □其他",
            "□省级\n√市级\n□其他",
            "省级□ 市级√ 其他□",
            "省级（ ） 市级（√） 其他（ ）",
            "省级（  ）  市级（ √）  其他（  ）",
            "口省级 ■市级 口其他",
            "口省级 ■市级口其他",
            "£省级 R市级 £其他",
            "□省级 □√市级 □其他",
            "□省级 √□市级 □其他",
            "○省级 ●市级 ○其他",
            "\u{f0a3}省级 \u{f052}市级 \u{f0a3}其他",
            "[ ]省级 [x]市级 [ ]其他",
            "省级  市级√  其他",
            "省级  √市级  其他",
            "市级√",
            "R市级",
            "√市级",
        ] {
            assert_eq!(ticked(raw), ["市级"], "{raw}");
        }
        assert_eq!(ticked("是√ 否□"), ["是"]);
        assert_eq!(ticked("〇是 ●否"), ["否"]);
    }

    #[test]
    fn a_group_without_a_tick_lists_its_options() {
        let raw = "□重点 □一般 □自筹";
        let found = choices(raw);
        assert_eq!(found.len(), 3);
        assert!(found.iter().all(|c| !c.ticked));
    }

    #[test]
    fn plain_text_is_no_group() {
        assert!(choices("科技服务项目（C1）").is_empty());
        assert!(choices("二〇二二年五月").is_empty());
        assert!(choices("人口与发展研究").is_empty());
        assert!(choices("口腔保健是服务的短板，口腔健康涉及多方。").is_empty());
    }
}
