//! Marks that part a label from its answer as a colon does: a dash, brackets that the answer is written into.
use super::hint::is_template;
use super::label::is_hint;
use super::lexicon::{Kind, Sense};
use super::line::Atom;

/// Where the answer behind a long dash begins: 项目名称——某某研究.
pub fn dashed(atoms: &[Atom], at: usize) -> Option<usize> {
    let dashes = atoms[at..].iter().take_while(|a| is_dash(a.c)).count();
    (2..=4).contains(&dashes).then_some(at + dashes)
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '—' | '–')
}

/// Characters of the longest answer in brackets.
const LONGEST: usize = 80;

/// The bracket that closes an answer written into the brackets behind its label: 项目名称（ 某某研究 ）. Blanks inside both brackets tell
/// it from a hint, which is printed close: 项目名称（不超过20字）; 负责人（ 签字 ） is still a hint.
pub fn filled_bracket(atoms: &[Atom], open: usize, sense: Sense) -> Option<usize> {
    if atoms.get(open)?.c != '(' || atoms.get(open + 1)?.gap == 0 {
        return None;
    }
    let mut depth = 0;
    let len = atoms[open..].iter().take(LONGEST).position(|a| {
        depth += i32::from(a.c == '(') - i32::from(a.c == ')');
        depth == 0
    })?;
    let close = open + len;
    let ends = atoms.get(close + 1).is_none_or(|next| next.gap >= 1 || matches!(next.c, ',' | ';' | '。'));
    if atoms[close].gap == 0 || !ends {
        return None;
    }
    let inner: String = atoms[open + 1..close].iter().map(|a| a.c).collect();
    let told = sense.kind == Kind::Money && inner.chars().any(|c| c.is_ascii_digit());
    let hint = is_template(&inner) || inner.chars().count() <= LONGEST_HINT && is_hint(&inner) && !told;
    (!hint).then_some(close)
}

/// Characters of the longest hint that is printed with blanks around it: （ 请填写全称 ）.
const LONGEST_HINT: usize = 6;
