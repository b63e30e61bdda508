//! Which differences of two texts a reader would call differences of content.
use super::align::Hunk;
use super::stream::Stream;
use std::collections::HashMap;
use std::ops::Range;

/// Words of at least this many characters that stand elsewhere on the other side have only moved.
const MOVED: usize = 6;

/// Two passages that changed places are both longer than this.
const SWAPPED: usize = 12;

/// Everything that stands on one side, wherever it stands: running titles and comments too.
pub(super) struct Everything {
    pub electronic: String,
    pub paper: String,
}

/// Drops page numbers, automatic numbers and words that only stand elsewhere.
pub(super) fn sift(hunks: Vec<Hunk>, e: &Stream<'_>, p: &Stream<'_>, all: &Everything) -> Vec<Hunk> {
    let mut open: Vec<Hunk> = Vec::new();
    for mut hunk in hunks {
        trim_automatic(&mut hunk, e);
        if is_page_number(&hunk, p) || is_page_number_of_contents(&hunk, e, p) || is_automatic_number(&hunk, e, p) {
            continue;
        }
        let replaced = !hunk.a.is_empty() && !hunk.b.is_empty();
        let least = if replaced { SWAPPED } else { MOVED };
        let moved = |range: &Range<usize>, stream: &Stream<'_>, there: &str| range.len() >= least && there.contains(&stream.text(range));
        if moved(&hunk.a, e, &all.paper) {
            hunk.a = hunk.a.end..hunk.a.end;
        }
        if moved(&hunk.b, p, &all.electronic) {
            hunk.b = hunk.b.end..hunk.b.end;
        }
        if !hunk.a.is_empty() || !hunk.b.is_empty() {
            open.push(hunk);
        }
    }
    without_pairs(open, e, p)
}

/// Automatic numbers at the ends of what the electronic side alone has are not printed everywhere.
fn trim_automatic(hunk: &mut Hunk, e: &Stream<'_>) {
    while hunk.a.start < hunk.a.end && e.places[hunk.a.start].automatic {
        hunk.a.start += 1;
    }
    while hunk.a.end > hunk.a.start && e.places[hunk.a.end - 1].automatic {
        hunk.a.end -= 1;
    }
}

/// 第3页, 3 of its own: all that the paper's block says.
fn is_page_number(hunk: &Hunk, p: &Stream<'_>) -> bool {
    let words = p.text(&hunk.b);
    let plain: String = words.chars().filter(|c| !"第页共".contains(*c)).collect();
    let short = !words.is_empty() && plain.len() <= 8 && plain.chars().all(|c| c.is_ascii_digit());
    let block = |at: usize| p.places.get(at).map(|place| place.block);
    let alone = block(hunk.b.start) != hunk.b.start.checked_sub(1).and_then(block) && block(hunk.b.end.saturating_sub(1)) != block(hunk.b.end);
    hunk.a.is_empty() && short && (alone || words.starts_with('第') && words.ends_with('页'))
}

/// The number at the end of a line of contents: another print, other pages.
fn is_page_number_of_contents(hunk: &Hunk, e: &Stream<'_>, p: &Stream<'_>) -> bool {
    let number = |text: String| text.len() <= 3 && text.chars().all(|c| c.is_ascii_digit());
    let dotted = |stream: &Stream<'_>, at: usize| {
        stream.source(at).is_some_and(|source| ["....", "……", "·····", "．．．"].iter().any(|dots| source.block.text.contains(dots)))
    };
    number(e.text(&hunk.a)) && number(p.text(&hunk.b)) && (dotted(e, hunk.a.start) || dotted(p, hunk.b.start))
}

/// A number that the paper prints before a paragraph, where the electronic file counts by itself.
fn is_automatic_number(hunk: &Hunk, e: &Stream<'_>, p: &Stream<'_>) -> bool {
    const NUMBER: usize = 5;
    let words = p.text(&hunk.b);
    let counts = words.chars().count() <= NUMBER && words.chars().all(|c| c.is_ascii_digit() || c == '.' || "一二三四五六七八九十第条章节".contains(c));
    let begins = |stream: &Stream<'_>, at: usize| {
        let block = |at: usize| stream.places.get(at).map(|place| place.block);
        at == 0 || block(at) != block(at - 1)
    };
    let labelled = e.source(hunk.a.start).is_some_and(|source| source.block.label.is_some());
    hunk.a.is_empty()
        && counts
        && !words.is_empty()
        && (labelled || e.places.get(hunk.a.start.wrapping_sub(1)).is_some_and(|place| place.automatic))
        && begins(p, hunk.b.start)
}

/// What is missing at one place and too much at another is one thing that moved.
fn without_pairs(hunks: Vec<Hunk>, e: &Stream<'_>, p: &Stream<'_>) -> Vec<Hunk> {
    let mut added: HashMap<String, Vec<usize>> = HashMap::new();
    for (n, hunk) in hunks.iter().enumerate().rev() {
        if hunk.a.is_empty() {
            added.entry(p.text(&hunk.b)).or_default().push(n);
        }
    }
    let mut gone = vec![false; hunks.len()];
    for (n, hunk) in hunks.iter().enumerate() {
        if hunk.b.is_empty()
            && let Some(there) = added.get_mut(&e.text(&hunk.a)).and_then(Vec::pop)
        {
            (gone[n], gone[there]) = (true, true);
        }
    }
    hunks.into_iter().zip(gone).filter(|(_, gone)| !gone).map(|(hunk, _)| hunk).collect()
}
