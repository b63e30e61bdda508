//! Labels and values on one printed line: with a colon, with a gap, two pairs a line, letter-spaced.
use super::compose::compose;
use super::label::{enumerator, is_hint, squash_char};
use super::lexicon::{Kind, Lexicon, Sense};
use super::parted::{dashed, filled_bracket};
use super::tick;
use crate::model::FieldId;
use crate::text::fold::{fold_char, is_cjk};
use std::ops::Range;

/// A label and what follows it on its line; bytes of the text that was split.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    pub label: Range<usize>,
    /// `None` for a label that is only known by its colon.
    pub sense: Option<Sense>,
    pub value: Range<usize>,
    pub colon: bool,
}

/// How freely a label may stand without a colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Cover and form lines: a gap parts label and value.
    Form,
    /// Running text: only a colon makes a label.
    Prose,
}

/// A label by its atoms: first, the one after its last, the first of its value.
struct Cut {
    first: usize,
    end: usize,
    value: usize,
    sense: Option<Sense>,
    colon: bool,
}

/// A character that is no blank.
pub struct Atom {
    pub c: char,
    start: usize,
    end: usize,
    /// Columns of blank before the character.
    pub gap: u16,
}

const LONGEST_LINE: usize = 4000;

/// Splits a line (no line break inside) into its pairs, in order.
pub fn split(text: &str, lexicon: &Lexicon, style: Style) -> Vec<Found> {
    let is_parted = || text.chars().any(|c| matches!(fold_char(c), ':' | '∶' | '【'));
    if text.len() > LONGEST_LINE || style == Style::Prose && !is_parted() {
        return Vec::new();
    }
    let (atoms, tail_gap) = atoms(text);
    let skip = enumerator(text);
    let opening = skip + leading(&text[skip..]);
    let mut labels: Vec<Cut> = Vec::new();
    let mut i = atoms.iter().take_while(|a| a.start < skip).count();
    while i < atoms.len() {
        let at_start = atoms[i].start == 0 || atoms[i].start <= opening && atoms[..i].iter().all(|a| a.start < skip);
        let found = if boundary(&atoms, i, at_start) {
            let filled_in = i > 0 && atoms[i - 1].c == ',' && atoms[i - 1].gap >= 1 && !labels.is_empty();
            label_at(
                &atoms,
                i,
                Place { at_start, after_pair: !labels.is_empty(), filled_in, behind_comma: i > 0 && atoms[i - 1].c == ',' },
                tail_gap,
                lexicon,
                style,
            )
        } else {
            None
        };
        // 项目名称：   甲乙：丙丁研究: a title may have a colon
        let titled = |cut: &Cut| {
            cut.sense.is_none()
                && labels.last().is_some_and(|last| last.value == cut.first && last.sense.is_some_and(|s| s.field == Some(FieldId::ProjectName)))
        };
        // 职务：  理事长     职称：…: the post is the answer
        let post = |cut: &Cut| {
            let held = labels.last().is_some_and(|last| last.value == cut.first && last.sense.is_some_and(|s| s.kind == Kind::Title));
            held && !cut.colon && cut.sense.is_some_and(|s| s.weak && s.kind == Kind::Person)
        };
        match found.filter(|cut| !titled(cut) && !post(cut)) {
            Some(cut) => {
                i = cut.value.max(cut.end).max(i + 1);
                labels.push(cut);
            }
            None => i += 1,
        }
    }
    let mut out = Vec::with_capacity(labels.len());
    for (n, cut) in labels.iter().enumerate() {
        // 【申报单位】某学会　【邮政编码】…: the bracket is the next label's
        let begins = |next: &Cut| if next.first > 0 && atoms[next.first - 1].c == '【' { next.first - 1 } else { next.first };
        let stop = labels.get(n + 1).map_or(text.len(), |next| atoms[begins(next)].start);
        let from = atoms.get(cut.value).map_or(text.len(), |a| a.start).min(stop);
        let label = atoms[cut.first].start..atoms[cut.end - 1].end;
        // 职务 会长 。: the stop of a sentence with its blanks filled in
        let said = text[from..stop].trim_end();
        let stop = said.strip_suffix('。').filter(|said| said.ends_with(char::is_whitespace)).map_or(stop, |said| from + said.len());
        let written_in = cut.value == cut.end + 1 && atoms[cut.end].c == '(';
        let stop = cut.sense.filter(|_| written_in).and_then(|sense| filled_bracket(&atoms, cut.end, sense)).map_or(stop, |close| atoms[close].start);
        let value = trim_value(text, from..stop);
        // 负责人（签字）：without a name asks for a signature, not for the name
        let answer = &text[value.clone()];
        let signs = (value.is_empty() || super::hint::is_template(answer) || super::opinion::is_sign_off(answer))
            && text[label.clone()].contains(['签', '章'])
            && cut.sense.is_some_and(|s| matches!(s.kind, Kind::Person | Kind::Name));
        let sense = cut.sense.map(|s| if signs { Sense { field: None, kind: Kind::Sign, ..s } } else { s });
        out.push(Found { label, sense, value, colon: cut.colon });
    }
    out
}

fn leading(text: &str) -> usize {
    text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || ('\u{2500}'..='\u{257f}').contains(&c)).len()
}

/// Columns of blank that a tab, or a row of dots, stands for.
const WIDE: u16 = 8;

/// Dots of the shortest row that leads from a label to its answer: 项目名称........《某某研究》.
const LEAST_DOTS: usize = 5;

/// Whether a row of dots leads from a label to its answer; one that leads to the number of a page is of a table of contents.
fn leads(text: &str) -> bool {
    let is_dot = |c: char| matches!(c, '.' | '．' | '…' | '·' | '⋯' | '‥');
    let width = |c: char| if c == '…' { 3 } else { 1 };
    let mut row = 0;
    let end = text.char_indices().find_map(|(at, c)| {
        let ended = row >= LEAST_DOTS && !is_dot(c);
        row = if is_dot(c) { row + width(c) } else { 0 };
        ended.then_some(at)
    });
    let long = end.is_some() || row >= LEAST_DOTS;
    let behind = text[end.unwrap_or(text.len())..].trim();
    long && (behind.is_empty() || behind.chars().any(|c| !c.is_ascii_digit()) || behind.chars().count() > 3)
}

fn atoms(text: &str) -> (Vec<Atom>, u16) {
    let mut out = Vec::with_capacity(text.len() / 3);
    let mut gap = 0u16;
    let led = leads(text);
    let mut dots = 0u16;
    for (start, c) in text.char_indices() {
        let width = match c {
            '.' | '．' | '…' | '·' | '⋯' | '‥' if led && (dots > 0 || text[start..].chars().take(3).all(|next| next == c)) => {
                dots = WIDE;
                0
            }
            // a table drawn with characters: │项目名称 │某某技术服务 │
            '\t' | '\n' | '\r' | '\u{b}' | '\u{2500}'..='\u{257f}' => WIDE,
            '\u{3000}' => 2,
            '\u{200b}'..='\u{200f}' | '\u{feff}' => continue,
            c if c.is_whitespace() => 1,
            _ => {
                out.push(Atom { c: fold_char(c), start, end: start + c.len_utf8(), gap: gap.max(dots) });
                (gap, dots) = (0, 0);
                continue;
            }
        };
        gap = gap.saturating_add(width);
    }
    (out, gap.max(dots))
}

/// Whether a label may begin here.
fn boundary(atoms: &[Atom], i: usize, at_start: bool) -> bool {
    if at_start || i == 0 || atoms[i].gap >= 1 {
        return true;
    }
    let before = atoms[i - 1].c;
    matches!(before, '_' | ',' | ';' | '。' | ')' | '|' | '、' | '.' | ':') || before.is_ascii_alphanumeric() && is_cjk(atoms[i].c)
}

/// `【项目名称】 …`: a label in brackets of its own, which part it from its answer as a colon does.
fn bracketed(atoms: &[Atom], i: usize, lexicon: &Lexicon) -> Option<Cut> {
    if atoms[i].c != '【' {
        return None;
    }
    let end = i + 1 + atoms[i + 1..].iter().take(lexicon.longest() + 1).position(|a| a.c == '】')?;
    let words: String = atoms[i + 1..end].iter().map(|a| a.c).collect();
    let sense = lexicon.label(&words)?;
    let colon = usize::from(atoms.get(end + 1).is_some_and(|a| a.c == ':'));
    Some(Cut { first: i + 1, end, value: end + 1 + colon, sense: Some(sense), colon: true })
}

/// A label that begins at an atom.
fn label_at(atoms: &[Atom], i: usize, place: Place, tail_gap: u16, lexicon: &Lexicon, style: Style) -> Option<Cut> {
    let at_start = place.at_start;
    if let Some(cut) = bracketed(atoms, i, lexicon) {
        return Some(cut);
    }
    let mut key = String::with_capacity(3 * (lexicon.longest() + 1));
    let mut may_be_known = true;
    let mut best = None;
    let (mut chars, mut least, mut most, mut uneven) = (0usize, u16::MAX, 0u16, false);
    for (j, atom) in atoms.iter().enumerate().skip(i).take(lexicon.longest() + 8) {
        if j > i && chars > 0 {
            least = least.min(atom.gap);
            most = most.max(atom.gap);
            uneven = most >= 2 && (least == 0 || most > least + 2);
            // a label justified over its column (项\t目\t负\t责 人：) has a gap between any two characters
            let justified = at_start && least >= 1;
            if uneven && !justified && (best.is_some() || most > 4) || most > 8 {
                break;
            }
        }
        if let Some(c) = squash_char(atom.c) {
            key.push(c);
            chars += 1;
            if chars > lexicon.longest() {
                break;
            }
            if chars == 2 {
                may_be_known = lexicon.opens_with(&key);
            }
            let known = || if may_be_known { lexicon.knows(&key) } else { None };
            let sense = if chars >= 2 { known().or_else(|| may_end(atoms, j + 1, most).then(|| compose(&key)).flatten()) } else { None };
            if let Some(sense) = sense {
                let ends = ends_label(atoms, j + 1, place, atoms[i].gap, tail_gap, sense, style);
                // gaps of different width inside a label (Q  Q号码：) need a colon behind it
                let parted = at_start && least >= 1 && atoms.get(j + 1).is_none_or(|next| next.gap >= most) && lexicon.knows(&key).is_some();
                if ends.is_some_and(|e| e.colon || !uneven || parted) {
                    best = Some((j + 1, sense));
                }
            }
        }
    }
    if let Some((end, sense)) = best {
        let ends = ends_label(atoms, end, place, atoms[i].gap, tail_gap, sense, style)?;
        return Some(Cut { first: i, end: ends.hint, value: ends.value, sense: Some(sense), colon: ends.colon });
    }
    let (end, value) = unknown_label(atoms, i, at_start || atoms[i].gap == 1 && several_known(atoms, i, lexicon))?;
    let words: String = atoms[i..end].iter().map(|a| a.c).collect();
    Some(Cut { first: i, end, value, sense: lexicon.label(&words), colon: true })
}

/// Whether what follows parts a label from its answer: a colon, a bracket, the end, a gap wider than any inside the label.
fn may_end(atoms: &[Atom], end: usize, widest: u16) -> bool {
    let currency = || atoms[end..].iter().map(|a| a.c).take(3).eq("人民币".chars());
    atoms.get(end).is_none_or(|a| a.gap > widest || currency() || matches!(a.c, ':' | '∶' | '(' | '[' | '【' | '_') || dashed(atoms, end).is_some())
}

/// Where on its line a label stands.
#[derive(Clone, Copy)]
struct Place {
    at_start: bool,
    /// A pair stands before it on the line.
    after_pair: bool,
    /// A comma stands before it, behind the blank of an answer: 项目负责人 张三 ，职务 会长 ，….
    filled_in: bool,
    /// A comma stands before it.
    behind_comma: bool,
}

/// How a label ends: after its hint in brackets, where its value begins, whether by a colon.
struct End {
    hint: usize,
    value: usize,
    colon: bool,
}

/// Whether a known label really ends here, and how.
fn ends_label(atoms: &[Atom], end: usize, place: Place, gap_before: u16, tail_gap: u16, sense: Sense, style: Style) -> Option<End> {
    let at_start = place.at_start;
    let free = at_start || gap_before >= 2;
    if style == Style::Form && free && (sense.field.is_some() || sense.owner.is_some()) {
        let parted = filled_bracket(atoms, end, sense).map(|_| end + 1).or_else(|| dashed(atoms, end).filter(|_| at_start));
        if let Some(value) = parted {
            return Some(End { hint: end, value, colon: true });
        }
    }
    let mut at = end;
    let mut hinted = false;
    // 项目名称 Project Name：
    let latin = atoms[at.min(atoms.len())..].iter().take(24).take_while(|a| a.c.is_ascii_alphabetic() || a.c == '.').count();
    // 经费概算 Budget: no amount or opinion is written in letters
    let glossed = || at_start && latin > 0 && atoms[at].gap >= 1 && matches!(sense.kind, Kind::Money | Kind::Opinion | Kind::Date | Kind::Period);
    if latin >= 3 && atoms.get(at + latin).map_or_else(glossed, |a| a.c == ':') {
        at += latin;
    }
    while let Some(open) = atoms.get(at).filter(|a| matches!(a.c, '(' | '[' | '【')) {
        let close = match open.c {
            '(' => ')',
            '[' => ']',
            _ => '】',
        };
        let Some(len) = atoms[at + 1..].iter().take(40).position(|a| a.c == close) else { break };
        let inner: String = atoms[at + 1..at + 1 + len].iter().map(|a| a.c).collect();
        // 所在学院（系）： a bracket that the colon follows belongs to the label whatever it says
        let behind = atoms.get(at + len + 2);
        let parted = len <= 6 && at_start && behind.map_or(tail_gap >= 2, |a| a.gap >= 2 || a.c == '_');
        // 服务对象（协议对方） on a line of its own
        let alone = at_start && behind.is_none() && len <= 6 && sense.kind == Kind::Organisation && !sense.weak;
        let closes = parted || alone || len <= 12 && behind.is_some_and(|a| a.c == ':');
        if !is_hint(&inner) && !closes {
            break;
        }
        at += len + 2;
        hinted = true;
    }
    // 项目名称 [填空题] *: the mark of a question that must be answered
    if hinted && atoms.get(at).is_some_and(|a| a.c == '*') {
        at += 1;
    }
    let next = atoms.get(at);
    if next.is_some_and(|a| a.c == ':' || a.c == '∶') {
        let mut value = at + 1;
        while atoms.get(value).is_some_and(|a| a.c == ':') {
            value += 1;
        }
        return Some(End { hint: at, value, colon: true });
    }
    let plain = End { hint: at, value: at, colon: false };
    if style == Style::Prose {
        return None;
    }
    let Some(next) = next else {
        // the last label of a line whose answer is blank; print from a PDF keeps one blank of any gap
        let particular = sense.field.is_some() && matches!(sense.kind, Kind::Phone | Kind::Email | Kind::Postcode);
        let lone = at_start || gap_before >= 2 || gap_before == 1 && particular;
        return (lone && (!sense.weak || tail_gap >= 2 || at_start)).then_some(plain);
    };
    let apart = next.gap >= 2 || next.c == '_' || (hinted && next.gap >= 1);
    // 实施期限自 2023年5月1日 起, 申请资金人民币 叁万元整
    let opens_answer = match sense.kind {
        Kind::Period => (at_start || place.filled_in) && next.c == '自' && atoms.get(at + 1).is_some_and(|a| a.c.is_ascii_digit()),
        Kind::Money => at_start && next.c == '人' && atoms.get(at + 1).is_some_and(|a| a.c == '民'),
        _ => false,
    };
    if free && apart || place.filled_in && next.gap >= 1 || opens_answer {
        return Some(plain);
    }
    // 申报单位（公章）徐州市铸造学会: the place of the seal parts label and answer
    let sealed = hinted
        && atoms[end..at].iter().any(|a| matches!(a.c, '章' | '签'))
        && is_cjk(next.c)
        && !matches!(next.c, '应' | '须' | '需' | '由' | '必' | '请' | '或' | '和' | '及' | '的');
    if (free || gap_before >= 1) && sealed && !sense.weak && matches!(sense.kind, Kind::Person | Kind::Organisation) {
        return Some(plain);
    }
    if free && tick::is_box(next.c) && !sense.weak {
        return Some(plain);
    }
    // …，电子邮箱kc@example.com，邮政编码221008。
    let digits = || atoms[at..].iter().take_while(|a| a.c.is_ascii_digit()).count();
    let told_at_once = match sense.kind {
        Kind::Postcode => digits() == 6,
        Kind::Phone => next.c.is_ascii_digit() && digits() >= 3,
        Kind::Email => atoms[at..].iter().take_while(|a| a.c.is_ascii_graphic()).any(|a| a.c == '@'),
        _ => false,
    };
    if place.behind_comma && told_at_once {
        return Some(plain);
    }
    if next.gap == 0 || atoms.len() > 80 {
        return None;
    }
    // one blank is enough where the answer has the shape the label asks for
    let shaped = match sense.kind {
        Kind::Phone | Kind::Fax => next.c.is_ascii_digit() || next.c == '(' || next.c == '+',
        Kind::Postcode => atoms[at..].iter().take_while(|a| a.c.is_ascii_digit()).count() == 6,
        Kind::Email => next.c.is_ascii_alphanumeric(),
        Kind::Date | Kind::Period => next.c.is_ascii_digit() || next.c == '二',
        _ => false,
    };
    let wide = gap_before >= 4 && matches!(sense.kind, Kind::Person | Kind::Name | Kind::Organisation | Kind::Title | Kind::Address);
    let opens = at_start && is_short(sense.kind) && (sense.field.is_some() || sense.owner.is_some());
    let opens = opens || at_start && sense.field.is_some();
    // 负 责 人 张三: a spaced label over the whole line
    let tight = atoms.iter().skip(at + 1).all(|a| a.gap == 0);
    let spaced = at_start && end >= 2 && atoms[1..end].iter().all(|a| a.gap >= 1) && (atoms.len() - at <= 5 || tight);
    // 项目负责人 桑梓          学院 林学院: set as the pair before it
    let paired = wide && place.after_pair;
    // 项目类别 科技服务项目   申报单位 某学会: a gap before the label that is as wide as the one behind it
    let told = sense.field.is_some() && !sense.weak && is_asked_in_line(sense.kind);
    let paired = paired || told && place.after_pair && gap_before >= 2 && next.gap <= gap_before;
    (shaped || paired || (wide || opens) && !sense.weak || spaced && opens).then_some(plain)
}

/// Kinds of labels that stand side by side on a line.
fn is_asked_in_line(kind: Kind) -> bool {
    matches!(kind, Kind::Person | Kind::Name | Kind::Organisation | Kind::Title | Kind::Address | Kind::Choice | Kind::Text | Kind::Money)
}

/// Known labels joined to one before a colon: 年级、专业：
fn several_known(atoms: &[Atom], i: usize, lexicon: &Lexicon) -> bool {
    let text: String = atoms[i..].iter().take(18).map(|a| a.c).take_while(|c| *c != ':').collect();
    let parts: Vec<&str> = text.split(['、', '/', '及', '和', '与']).collect();
    parts.len() >= 2 && text.chars().count() < 18 && parts.iter().all(|p| lexicon.knows(p).is_some())
}

/// A label nobody knows, told by its colon: at the start of a line or after a gap.
fn unknown_label(atoms: &[Atom], i: usize, at_start: bool) -> Option<(usize, usize)> {
    if !at_start && atoms[i].gap < 2 {
        return None;
    }
    let mut ideographs = 0;
    let mut open = 0i32;
    let (mut least, mut most) = (u16::MAX, 0);
    for (j, atom) in atoms.iter().enumerate().skip(i).take(18) {
        if j > i && atom.c != ':' {
            (least, most) = (least.min(atom.gap), most.max(atom.gap));
            if most >= 2 && (least == 0 || most > least + 2) {
                return None;
            }
        }
        match atom.c {
            // 经费预算（单位：万元）
            ':' if open > 0 => return None,
            ':' if ideographs >= 2 => return Some((j, j + 1)),
            '(' => open += 1,
            ')' => open -= 1,
            '/' | '、' | '-' => {}
            c if is_cjk(c) && !matches!(c, '。' | '《' | '》' | '〈' | '〉' | '【' | '】') => ideographs += 1,
            c if c.is_ascii_alphabetic() => ideographs += 1,
            // 指导教师1：
            c if c.is_ascii_digit() && ideographs >= 2 && atoms.get(j + 1).is_some_and(|next| next.c == ':') => {}
            _ => return None,
        }
        if ideographs > 14 {
            return None;
        }
    }
    None
}

/// The value without the blanks, underscores and stray dots around it.
pub fn trim_value(text: &str, range: Range<usize>) -> Range<usize> {
    let filler =
        |c: char| c.is_whitespace() || matches!(c, '_' | '＿' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '│' | '|' | '￣' | '﹍' | '\u{2500}'..='\u{257f}');
    let slice = &text[range.clone()];
    let lead = slice.len() - slice.trim_start_matches(|c| filler(c) || matches!(c, ':' | '：')).len();
    let body = slice[lead..].trim_end_matches(filler);
    let kept = body.trim_end_matches(['.', '．', ';', '；', ',', '，', '、']).trim_end_matches(filler);
    let kept = if kept.is_empty() && !body.is_empty() { "" } else { kept };
    range.start + lead..range.start + lead + kept.len()
}

/// Kinds of labels whose value is short and stands on the label's own line.
pub fn is_short(kind: Kind) -> bool {
    !matches!(kind, Kind::Opinion | Kind::Office | Kind::Text | Kind::Task | Kind::Item)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Vocabulary;

    fn pairs(text: &str) -> Vec<String> {
        let vocabulary = Vocabulary::default();
        let lexicon = vocabulary.lexicon();
        split(text, lexicon, Style::Form).iter().map(|f| format!("{}={}", &text[f.label.clone()], &text[f.value.clone()])).collect()
    }

    #[test]
    fn covers_pad_underline_and_leave_out_colons() {
        assert_eq!(pairs("项目名称：   智慧农业关键技术服务      ."), ["项目名称=智慧农业关键技术服务"]);
        assert_eq!(pairs("项 目 名 称　　智慧 农业　　"), ["项 目 名 称=智慧 农业"]);
        assert_eq!(pairs("项目负责人        张  三"), ["项目负责人=张  三"]);
        assert_eq!(pairs("申报单位（盖章）：____徐州市工程学会____"), ["申报单位（盖章）=徐州市工程学会"]);
        assert_eq!(pairs("项目负责人      电话"), ["项目负责人=", "电话="]);
        assert_eq!(pairs("项目负责人\t张 三 联系电话"), ["项目负责人=张 三", "联系电话="]);
        assert_eq!(pairs("联系人：李四    联系电话：0516-83730000"), ["联系人=李四", "联系电话=0516-83730000"]);
        assert_eq!(pairs("项目负责人：张 三　　　联 系 电 话：139 0000 0000"), ["项目负责人=张 三", "联 系 电 话=139 0000 0000"]);
        assert_eq!(pairs("3.单位地址：徐州市泉山区1号"), ["单位地址=徐州市泉山区1号"]);
        assert_eq!(pairs("Q  Q号码 ：12345"), ["Q  Q号码=12345"]);
        assert_eq!(pairs("项目负责人 桑 梓          学院 林学院          "), ["项目负责人=桑 梓", "学院=林学院"]);
        assert_eq!(pairs("指导教师1：钱老师"), ["指导教师1=钱老师"]);
        assert_eq!(pairs("项目名称（ 兰花（春兰）科普 ）"), ["项目名称=兰花（春兰）科普"]);
        assert_eq!(pairs("联系人（ 张三 ）  联系电话（ 13900000000 ）"), ["联系人=张三", "联系电话=13900000000"]);
        assert_eq!(pairs("申请经费（ 50000元 ）"), ["申请经费=50000元"]);
        assert_eq!(pairs("申请经费（ 万元 ）"), ["申请经费（ 万元 ）="]);
        assert_eq!(pairs("项目负责人——张三"), ["项目负责人=张三"]);
        assert_eq!(pairs("项目名称：   银铃计划：社区老人课堂   "), ["项目名称=银铃计划：社区老人课堂"]);
        assert_eq!(pairs("所在学院（系）    土木工程学院   "), ["所在学院（系）=土木工程学院"]);
        assert_eq!(pairs("项 目 负 责\t人\t区子航"), ["项 目 负 责\t人=区子航"]);
        assert_eq!(pairs("学 校 名\t称\t岭南工业大学"), ["学 校 名\t称=岭南工业大学"]);
        assert_eq!(pairs("推 荐 学 校 中原牧业大学"), ["推 荐 学 校=中原牧业大学"]);
        assert_eq!(pairs("单位地址 徐州市和平路 101 号 邮编 221000"), ["单位地址=徐州市和平路 101 号", "邮编=221000"]);
        assert_eq!(pairs("项目类别 科技服务项目   申报单位 徐州市营养学会"), ["项目类别=科技服务项目", "申报单位=徐州市营养学会"]);
        assert_eq!(pairs("项目名称 智慧 农业   项目负责人 张 三"), ["项目名称=智慧 农业", "项目负责人=张 三"]);
        assert_eq!(
            pairs("主办单位（盖章）：  扬州市城市规划学会           填表日期：   2020.2.2  "),
            ["主办单位（盖章）=扬州市城市规划学会", "填表日期=2020.2.2"]
        );
    }

    #[test]
    fn sentences_are_no_labels() {
        assert_eq!(pairs("项目负责人由张三担任，负责全面工作。"), Vec::<String>::new());
        assert_eq!(pairs("本项目名称为智慧农业"), Vec::<String>::new());
        assert_eq!(pairs("E  经费预算（单位：万元）"), Vec::<String>::new());
        assert_eq!(pairs("项目名称........................ 3"), Vec::<String>::new());
    }
}
