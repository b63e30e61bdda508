//! How much of a truth was read.
use super::words::{Class, Phrase};
use std::collections::BTreeMap;

/// Characters that are compared: without blanks, full-width forms folded, marks that print alike taken as one.
pub fn plain(text: &str) -> Vec<char> {
    use unicode_normalization::UnicodeNormalization;
    let alike = |c: char| match c {
        '“' | '”' => '"',
        'Ⅹ' | '×' => 'x',
        '○' => '〇',
        c => c,
    };
    text.nfkc().filter(|c| !c.is_whitespace()).map(alike).collect()
}

/// Characters of a text, each as sure as the block it was read in.
pub fn sure(text: &str, confidence: f64) -> Vec<(char, f64)> {
    plain(text).into_iter().map(|c| (c, confidence)).collect()
}

/// What an answer may rest on is read at least so surely.
const SURE: f64 = 0.95;

/// Fewest changes that make a line of some stretch of the text, counted at each character of the line, and where in
/// the text the last of them is.
pub fn wrong(line: &[char], text: &[char]) -> Vec<(usize, usize)> {
    let width = text.len() + 1;
    let mut cost = vec![0usize; (line.len() + 1) * width];
    for n in 1..=line.len() {
        cost[n * width] = n;
        for k in 1..width {
            let same = cost[(n - 1) * width + k - 1] + usize::from(line[n - 1] != text[k - 1]);
            cost[n * width + k] = same.min(cost[(n - 1) * width + k] + 1).min(cost[n * width + k - 1] + 1);
        }
    }
    let mut out = vec![(0, 0); line.len()];
    let mut n = line.len();
    let mut k = (0..width).min_by_key(|k| cost[n * width + k]).unwrap_or(0);
    while n > 0 {
        let now = cost[n * width + k];
        if k > 0 && now == cost[(n - 1) * width + k - 1] + usize::from(line[n - 1] != text[k - 1]) {
            if line[n - 1] != text[k - 1] {
                out[n - 1] = (out[n - 1].0 + 1, k - 1);
            }
            (n, k) = (n - 1, k - 1);
        } else if now == cost[(n - 1) * width + k] + 1 {
            out[n - 1] = (out[n - 1].0 + 1, k);
            n -= 1;
        } else {
            // Something was read between this character and the next.
            out[n - 1] = (out[n - 1].0 + 1, k - 1);
            k -= 1;
        }
    }
    out
}

/// Characters, how many of them were read wrong or not at all, and how many of these in lines that are sure of themselves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    pub characters: usize,
    pub wrong: usize,
    pub unaware: usize,
}

impl Count {
    pub fn add(&mut self, other: Self) {
        self.characters += other.characters;
        self.wrong += other.wrong;
        self.unaware += other.unaware;
    }

    pub fn rate(self) -> f64 {
        self.wrong as f64 / self.characters.max(1) as f64
    }
}

/// What was counted, over all characters (`None`) and over those of each class.
pub type Counts = BTreeMap<Option<Class>, Count>;

/// Counts a page; `read` is what was read, each character as sure as its line.
pub fn count(truth: &[Phrase], read: &[(char, f64)]) -> Counts {
    let text: Vec<char> = read.iter().map(|(c, _)| *c).collect();
    let is_sure = |at: usize| read.get(at.min(read.len().saturating_sub(1))).is_some_and(|(_, sure)| *sure >= SURE);
    let mut out = Counts::new();
    for phrase in truth {
        let folded = |to: usize| plain(&phrase.text[..to].iter().collect::<String>()).len();
        let wrong = wrong(&plain(&phrase.text.iter().collect::<String>()), &text);
        let mut add = |class: Option<Class>, part: &[(usize, usize)]| {
            let wrong = part.iter().map(|(count, _)| count).sum();
            let unaware = part.iter().filter(|(count, at)| *count > 0 && is_sure(*at)).map(|(count, _)| count).sum();
            out.entry(class).or_default().add(Count { characters: part.len(), wrong, unaware });
        };
        add(None, &wrong);
        for (class, from, to) in &phrase.fields {
            add(Some(*class), &wrong[folded(*from)..folded(*to)]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_counted_where_they_are() {
        let counted = |line: &str, text: &str| wrong(&plain(line), &plain(text)).into_iter().map(|(count, _)| count).collect::<Vec<_>>();
        assert_eq!(counted("甲方：王明", "前文甲方:王朋后文"), [0, 0, 0, 0, 1]);
        assert_eq!(counted("王明", "某某"), [1, 1]);
        assert_eq!(counted("1,200元", "共1,00元"), [0, 0, 1, 0, 0, 0]);
        let read = count(&[Phrase::of("人民币").then(Phrase::field(Class::Amount, "￥300元"))], &sure("人民币￥800元", 0.97));
        assert_eq!(read[&Some(Class::Amount)], Count { characters: 5, wrong: 1, unaware: 1 });
        assert_eq!(read[&None], Count { characters: 8, wrong: 1, unaware: 1 });
    }
}
