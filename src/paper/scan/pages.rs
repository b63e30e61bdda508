//! Which pages of a scan show which electronic file.
use super::stream::Stream;
use std::collections::{HashMap, HashSet};

/// Characters of the stretches that tell one file from another.
const SHINGLE: usize = 8;

/// Share of a page's stretches that must be a file's for the page to show it.
const SHARE: f64 = 0.25;

/// A page with fewer characters goes with the page before it.
const SHORT: usize = 400;

/// The file of each page, by index of `files`; `None` for a page that shows none of them.
pub(super) fn assign(pages: &[&[char]], files: &[Stream<'_>]) -> Vec<Option<usize>> {
    let mut owners: HashMap<&[char], Vec<usize>> = HashMap::new();
    for (n, file) in files.iter().enumerate() {
        for window in file.chars.windows(SHINGLE) {
            let known = owners.entry(window).or_default();
            if known.last() != Some(&n) {
                known.push(n);
            }
        }
    }
    let mut before: Option<usize> = None;
    let mut assigned = Vec::with_capacity(pages.len());
    for chars in pages {
        let mut votes = vec![0.0; files.len()];
        for found in chars.windows(SHINGLE).filter_map(|window| owners.get(window)) {
            for n in found {
                votes[*n] += 1.0 / found.len() as f64;
            }
        }
        let windows = chars.len().saturating_sub(SHINGLE - 1).max(1) as f64;
        // Equal votes go to the file of the page before.
        let rank = |n: &usize| (votes[*n], Some(*n) == before);
        let best = (0..votes.len()).max_by(|x, y| rank(x).0.total_cmp(&rank(y).0).then(rank(x).1.cmp(&rank(y).1)).then(y.cmp(x)));
        let by_lines = || {
            let page: String = chars.iter().collect();
            let share = |n: &usize| if files[*n].chars.len() <= 2 * chars.len().max(FEW) { lines_shown(&files[*n], &page) } else { 0.0 };
            (0..files.len()).map(|n| (share(&n), n)).filter(|(share, _)| *share >= LINES).max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1))).map(|(_, n)| n)
        };
        let own = best.filter(|n| votes[*n] / windows >= SHARE).or_else(by_lines).or(if chars.len() < SHORT { before } else { None });
        assigned.push(own);
        before = own.or(before);
    }
    assigned
}

/// Share of a short file's lines that must stand on a page for the page to show it, wherever they stand: the columns of a small table are
/// read in another order from a print.
const LINES: f64 = 0.8;

/// A file or page with fewer characters is told by nothing.
const FEW: usize = 24;

/// Share of a file's characters that stand in lines or cells which the page has whole.
fn lines_shown(file: &Stream<'_>, page: &str) -> f64 {
    if file.chars.len() < FEW {
        return 0.0;
    }
    let lines = file.lines_of(&(0..file.chars.len()));
    let found: usize = lines.iter().filter(|line| page.contains(&file.text(line))).map(ExactSizeIterator::len).sum();
    found as f64 / file.chars.len() as f64
}

/// Share of a file's stretches, or of its lines, that some pages have.
pub(super) fn shown(file: &Stream<'_>, pages: &Stream<'_>) -> f64 {
    let page: String = pages.chars.iter().collect();
    if file.chars.len() <= 2 * pages.chars.len() && file.chars.len() < SHORT {
        return stretches_shown(file, pages).max(lines_shown(file, &page));
    }
    stretches_shown(file, pages)
}

fn stretches_shown(file: &Stream<'_>, pages: &Stream<'_>) -> f64 {
    let theirs: HashSet<&[char]> = pages.chars.windows(SHINGLE).collect();
    let all = file.chars.len().saturating_sub(SHINGLE - 1);
    if all == 0 {
        return 0.0;
    }
    file.chars.windows(SHINGLE).filter(|window| theirs.contains(window)).count() as f64 / all as f64
}
