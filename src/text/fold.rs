//! Folding for matching: width, radicals, compatibility ideographs, white space; and the way back.
//!
//! Plain NFKC is unsafe for matching (① becomes 1 and merges with its neighbours), so the fold has its
//! own table; circled numbers, superscripts and units stay as they are. The raw text is never changed.
use std::borrow::Cow;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::decompose_canonical;

/// Raw text folded for matching, with every character's place in the raw text.
///
/// Full-width ASCII becomes ASCII, every blank a plain one, blanks next to a CJK character or at the
/// ends are dropped, runs of blanks shrink to one. Line breaks (`\n`) stay and are trimmed of blanks.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    pub text: String,
    /// In order, without gaps in `text`.
    runs: Vec<Run>,
}

/// A stretch of folded text. Where it is as long as its raw text, so is each of its characters; else it is one character.
#[derive(Debug, Clone, Copy)]
struct Run {
    /// Where it begins in the folded text; it ends where the next begins.
    folded: usize,
    /// Where its raw text begins.
    raw: usize,
    raw_length: usize,
}

impl Folded {
    /// Folds, keeping line breaks.
    pub fn new(raw: &str) -> Self {
        Self::build(raw, true)
    }

    /// Folds and drops every blank and line break: for labels and for text that wraps anywhere.
    pub fn tight(raw: &str) -> Self {
        Self::build(raw, false)
    }

    fn build(raw: &str, keep_blanks: bool) -> Self {
        let mut out = Self { text: String::with_capacity(raw.len()), runs: Vec::new() };
        fold(raw, keep_blanks, |folded, start, end| out.push(folded, start, end));
        out
    }

    fn push(&mut self, folded: &str, start: usize, end: usize) {
        let at = self.text.len();
        self.text.push_str(folded);
        match self.runs.last_mut() {
            Some(run) if end - start == folded.len() && at - run.folded == run.raw_length && run.raw + run.raw_length == start => run.raw_length += end - start,
            _ => self.runs.push(Run { folded: at, raw: start, raw_length: end - start }),
        }
    }

    /// The raw bytes of the character that a byte of the folded text belongs to.
    fn character(&self, at: usize) -> Range<usize> {
        let next = self.runs.partition_point(|run| run.folded <= at);
        let Some(run) = next.checked_sub(1).map(|n| self.runs[n]) else { return 0..0 };
        let end = self.runs.get(next).map_or(self.text.len(), |next| next.folded);
        if end - run.folded != run.raw_length {
            return run.raw..run.raw + run.raw_length;
        }
        let first = (0..=at).rev().find(|n| self.text.is_char_boundary(*n)).unwrap_or(at);
        let last = (at + 1..end).find(|n| self.text.is_char_boundary(*n)).unwrap_or(end);
        run.raw + first - run.folded..run.raw + last - run.folded
    }

    /// The raw bytes that a stretch of the folded text came from.
    pub fn raw(&self, folded: Range<usize>) -> Range<usize> {
        let length = self.text.len();
        if folded.start >= length {
            let end = length.checked_sub(1).map_or(0, |last| self.character(last).end);
            return end..end;
        }
        let start = self.character(folded.start).start;
        if folded.end <= folded.start { start..start } else { start..self.character(folded.end.min(length) - 1).end }
    }
}

/// Gives the folded text piece by piece, each with the bytes of `raw` it came from: one character, or several that stand
/// for themselves.
fn fold(raw: &str, keep_blanks: bool, mut push: impl FnMut(&str, usize, usize)) {
    let mut pending: Option<(char, usize, usize)> = None;
    let mut last: Option<char> = None;
    let mut small = [0; 4];
    let mut next = 0;
    while let Some(raw_char) = raw[next..].chars().next() {
        let start = next;
        if pending.is_none() && stands_for_itself(raw_char) {
            let plain = raw[start..].split(|c| !stands_for_itself(c)).next().unwrap_or_default();
            next = start + plain.len();
            push(plain, start, next);
            last = plain.chars().next_back();
            continue;
        }
        next = start + raw_char.len_utf8();
        if is_invisible(raw_char) {
            continue;
        }
        if raw_char == '\n' || raw_char == '\r' || raw_char == '\u{b}' || raw_char == '\u{2028}' {
            if keep_blanks && last.is_some_and(|c| c != '\n') {
                pending = Some(('\n', start, next));
            }
            continue;
        }
        if is_blank(raw_char) {
            if keep_blanks && pending.is_none() {
                pending = Some((' ', start, next));
            }
            continue;
        }
        let folded = fold_char(raw_char);
        if let Some((blank, from, to)) = pending.take() {
            let between_words = last.is_some_and(|c| !glues(c)) && !glues(folded);
            if blank == '\n' || between_words {
                push(blank.encode_utf8(&mut small), from, to);
            }
        }
        push(folded.encode_utf8(&mut small), start, next);
        last = Some(folded);
    }
}

/// Drops all white space and folds: the key under which labels and names are compared.
pub fn tight(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    fold(raw, false, |folded, _, _| out.push_str(folded));
    out
}

/// A matching key for names and titles: tight, lower case, brackets and dashes unified, trailing punctuation dropped.
pub fn key(raw: &str) -> String {
    let mut out: String = tight(raw)
        .chars()
        .map(|c| match c {
            '〔' | '【' | '[' | '﹝' => '(',
            '〕' | '】' | ']' | '﹞' => ')',
            '—' | '–' | '－' | '‐' | '―' | '−' => '-',
            '“' | '”' | '„' | '「' | '」' | '《' | '》' | '〈' | '〉' | '\'' | '‘' | '’' => '"',
            '·' | '•' | '・' | '‧' | '∙' => '·',
            c => c.to_ascii_lowercase(),
        })
        .collect();
    out.retain(|c| c != '"');
    let end = out.trim_end_matches(['。', '.', ',', ';', '、', ':']).len();
    out.truncate(end);
    out
}

/// A field's value as the record gives it: NFKC, blanks between CJK characters and around removed, filler
/// underscores dropped, line breaks joined without a blank between CJK characters.
pub fn normal(raw: &str) -> String {
    let folded: String = raw.chars().filter(|c| !is_invisible(*c)).map(radical).nfkc().collect();
    let mut out = String::with_capacity(folded.len());
    let mut blank = false;
    for c in folded.chars() {
        if c.is_whitespace() {
            blank = true;
            continue;
        }
        if blank && out.chars().next_back().is_some_and(|last| !is_cjk(last) || !is_cjk(c)) {
            out.push(' ');
        }
        blank = false;
        out.push(c);
    }
    let dropped: Cow<str> = if out.contains('_') { Cow::Owned(drop_fillers(&out)) } else { Cow::Borrowed(&out) };
    dropped.trim().to_owned()
}

/// Drops runs of two or more underscores anywhere and single ones at the ends.
fn drop_fillers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = 0usize;
    for c in text.chars() {
        if c == '_' {
            run += 1;
            continue;
        }
        if run == 1 {
            out.push('_');
        }
        run = 0;
        out.push(c);
    }
    out.trim_matches('_').to_owned()
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{ad}' | '\u{fe00}'..='\u{fe0f}')
        || (c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{b}'))
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{2800}' || c == '\u{3164}'
}

/// Chinese, Japanese or Korean writing, and the punctuation that goes with it.
pub fn is_cjk(c: char) -> bool {
    matches!(c as u32,
        0x2e80..=0x303f | 0x3040..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff
        | 0xff00..=0xffef | 0x20000..=0x3ffff)
}

/// The characters that nearly all text consists of, none of which the fold changes.
#[inline]
fn stands_for_itself(c: char) -> bool {
    is_ideograph(c) || matches!(c, '!'..='~')
}

/// One of the ideographs that are no compatibility forms of others.
#[inline]
pub fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// Whether a blank next to the character carries no meaning.
fn glues(c: char) -> bool {
    is_cjk(c) || matches!(c, ':' | '(' | ')' | ',' | ';' | '、' | '·' | '—' | '…' | '“' | '”' | '□' | '\n')
}

/// One character folded to one character.
#[inline]
pub fn fold_char(c: char) -> char {
    if stands_for_itself(c) || c == ' ' { c } else { fold_rare(c) }
}

fn fold_rare(c: char) -> char {
    match c as u32 {
        0xff01..=0xff5e => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        0xffe5 => '¥',
        0x2f00..=0x2fd5 => std::iter::once(c).nfkc().next().unwrap_or(c),
        0xf900..=0xfaff | 0x2f800..=0x2fa1f => {
            let mut first = c;
            decompose_canonical(c, |decomposed| first = decomposed);
            first
        }
        0xfe10..=0xfe19 | 0xfe30..=0xfe6b => {
            let mut mapped = std::iter::once(c).nfkc();
            match (mapped.next(), mapped.next()) {
                (Some(one), None) => one,
                _ => c,
            }
        }
        _ => radical(c),
    }
}

/// CJK radicals supplement, which NFKC leaves alone, to the ideograph it stands for.
///
/// Source: Unicode `EquivalentUnifiedIdeograph.txt`.
fn radical(c: char) -> char {
    const FROM_2E81: &str = "厂乛乚乙亻冂几刀刂卜㔾小小兀尣尢尢巳幺彑彐忄㣺扌攵\u{0}旡日月歺母民氵氺灬爫爫丬牛犭王疋目示礻竹糹纟罓罒㓁网网羊羊羊耂肀聿肉臼艹艹艹虎衤西西见角角讠贝足车辶辶辶阝钅長镸长门阜阝雨青韦页风飞食食飠饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟";
    let code = c as u32;
    if !(0x2e81..=0x2ef3).contains(&code) {
        return c;
    }
    FROM_2E81.chars().nth((code - 0x2e81) as usize).filter(|mapped| *mapped != '\u{0}').unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn labels_match_however_they_are_spaced() {
        assert_eq!(tight("项　目 名\u{a0}称："), "项目名称:");
        assert_eq!(tight("Ｅ－mail"), "E-mail");
    }

    #[test]
    fn radicals_fold_to_the_ideographs_they_stand_for() {
        assert_eq!(tight("⼀⼆⽂⾦"), "一二文金");
        assert_eq!(tight("⺠⻓⻋⻅⻚⻛⻜⻢⻩⻬⻰⻳⺟"), "民长车见页风飞马黄齐龙龟母");
    }

    #[test]
    fn circled_numbers_stay_apart() {
        assert_eq!(tight("①②⑩"), "①②⑩");
    }

    #[test]
    fn values_lose_blanks_between_ideographs_and_fillers() {
        assert_eq!(normal("  张  三 "), "张三");
        assert_eq!(normal("____徐州市 工程学会____"), "徐州市工程学会");
        assert_eq!(normal("基于 AI 的研究"), "基于 AI 的研究");
        assert_eq!(normal("第一行\n第二行"), "第一行第二行");
        assert_eq!(normal("（苏北）"), "(苏北)");
    }

    #[test]
    fn a_match_leads_back_to_the_printed_words() {
        let raw = "项 目　名 称：  智慧 农业";
        let folded = Folded::new(raw);
        let at = folded.text.find("智慧农业").expect("folded text holds the value");
        assert_eq!(&raw[folded.raw(at..at + "智慧农业".len())], "智慧 农业");
    }

    proptest! {
        #[test]
        fn every_folded_range_maps_to_raw_bounds_and_folds_again_to_the_same(raw in "[ -~　一-龥：（）\\n\\t⼀-⿕]{0,40}") {
            let folded = Folded::new(&raw);
            let bounds: Vec<usize> = folded.text.char_indices().map(|(i, _)| i).chain([folded.text.len()]).collect();
            for (n, &start) in bounds.iter().enumerate() {
                for &end in &bounds[n..] {
                    let range = folded.raw(start..end);
                    prop_assert!(raw.is_char_boundary(range.start) && raw.is_char_boundary(range.end));
                    prop_assert_eq!(tight(&raw[range]), tight(&folded.text[start..end]));
                }
            }
        }
    }
}
