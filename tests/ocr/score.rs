//! How much of a truth was read.

/// Characters that are compared: without blanks, full-width forms folded, marks that print alike taken as one.
pub fn plain(text: &str) -> Vec<char> {
    use unicode_normalization::UnicodeNormalization;
    text.nfkc().filter(|c| !c.is_whitespace()).map(|c| if matches!(c, '¥' | '￥') { '¥' } else { c }).collect()
}

/// Fewest changes that make a line of some stretch of the text.
pub fn distance(line: &[char], text: &[char]) -> usize {
    let mut before = vec![0usize; text.len() + 1];
    for (n, c) in line.iter().enumerate() {
        let mut row = Vec::with_capacity(text.len() + 1);
        row.push(n + 1);
        for (k, d) in text.iter().enumerate() {
            row.push((before[k] + usize::from(c != d)).min(before[k + 1] + 1).min(row[k] + 1));
        }
        before = row;
    }
    before.into_iter().min().unwrap_or(line.len())
}

/// Characters of the truth, and how many of them were read wrong or not at all.
pub fn errors(truth: &[String], text: &str) -> (usize, usize) {
    let text = plain(text);
    truth.iter().map(|line| plain(line)).map(|line| (line.len(), distance(&line, &text))).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1))
}
