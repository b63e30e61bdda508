//! Glyphs to printed lines, and the blanks between them.
use super::flow::starts_item;
use super::geometry::{Rect, Way};
use super::ink::Glyph;
use super::{beside, bidi, columns, halves, overprint};

/// One glyph of a line, in the line's upright frame.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    pub c: char,
    pub rect: Rect,
    pub size: f32,
    pub gap: Gap,
    /// Its place in the order in which the page's glyphs were drawn.
    pub drawn: u32,
}

/// What stands before a glyph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    None,
    Blank,
    /// So wide that another column, or the value to a label, begins.
    Tab,
}

/// A printed line; boxes are in the upright frame of `way`.
#[derive(Debug, Clone)]
pub struct Line {
    pub marks: Vec<Mark>,
    pub rect: Rect,
    pub base: f32,
    /// The size of most of its letters.
    pub size: f32,
    pub way: Way,
}

impl Line {
    pub fn new(mut marks: Vec<Mark>, base: f32, way: Way) -> Self {
        if let Some(first) = marks.first_mut() {
            first.gap = Gap::None;
        }
        // What stands behind a bullet or a number is its item, however wide the gap.
        if let Some(n) = marks.iter().take(6).position(|m| m.gap != Gap::None) {
            let head: String = marks[..n].iter().map(|m| m.c).collect();
            let is_mark = n == 1 || head.ends_with(['．', '.', '、', ')', '）']);
            if marks[n].gap == Gap::Tab && is_mark && starts_item(&head) && marks[n].rect.x0 - marks[n - 1].rect.x1 < 5.0 * marks[n].size {
                marks[n].gap = Gap::Blank;
            }
        }
        let mut rect = Rect::NOTHING;
        for mark in &marks {
            rect.add(&mark.rect);
        }
        let mut sizes: Vec<f32> = marks.iter().map(|m| m.size).collect();
        sizes.sort_by(f32::total_cmp);
        let size = sizes.get(sizes.len() / 2).copied().unwrap_or(0.0);
        Self { marks, rect, base, size, way }
    }

    pub fn text(&self) -> String {
        let mut out = String::with_capacity(self.marks.len() * 3);
        self.write(&mut out);
        out
    }

    /// Adds the line's text; no blank before its first glyph.
    pub fn write(&self, out: &mut String) {
        for (n, mark) in self.marks.iter().enumerate() {
            match mark.gap {
                _ if n == 0 => {}
                Gap::None => {}
                Gap::Blank => out.push(' '),
                Gap::Tab => out.push('\t'),
            }
            out.push(mark.c);
        }
    }

    pub fn has_tab(&self) -> bool {
        self.marks.iter().skip(1).any(|m| m.gap == Gap::Tab)
    }

    pub fn first(&self) -> char {
        self.marks.first().map_or(' ', |m| m.c)
    }

    pub fn last(&self) -> char {
        self.marks.last().map_or(' ', |m| m.c)
    }

    /// Width of what cannot be parted at the line's beginning: a word, or a CJK character with the closing
    /// punctuation that may not begin a line.
    pub fn first_word(&self) -> f32 {
        let Some(first) = self.marks.first() else { return 0.0 };
        let mut end = first.rect.x1;
        for pair in self.marks.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let closing = is_closing(b.c);
            if b.gap != Gap::None || (!closing && !is_opening(a.c) && (is_cjk(a.c) || is_cjk(b.c))) {
                break;
            }
            end = b.rect.x1;
            if closing && is_cjk(a.c) {
                break;
            }
        }
        end - first.rect.x0
    }

    /// Splits where a glyph begins at or after `x`; both parts may be empty.
    pub fn split_at(mut self, x: f32) -> (Option<Self>, Option<Self>) {
        let at = self.marks.partition_point(|m| m.rect.centre().0 < x);
        let right = self.marks.split_off(at);
        let part = |marks: Vec<Mark>| (!marks.is_empty()).then(|| Self::new(marks, self.base, self.way));
        (part(std::mem::take(&mut self.marks)), part(right))
    }

    pub fn on_page(&self) -> Rect {
        self.way.on_page(&self.rect)
    }
}

/// A stretch of glyphs written one after the other.
struct Run {
    marks: Vec<Mark>,
    rect: Rect,
    /// The mean of its letters' base lines.
    base: f32,
    /// The base line of its last letter: letters set on a wave or a slope follow each other.
    last: f32,
    size: f32,
}

impl Run {
    /// The band that the letters' bodies take.
    fn band(&self) -> (f32, f32) {
        (self.base - 0.7 * self.size, self.base + 0.02 * self.size)
    }

    /// Whether no letter stands where the other has one: a lowered letter may stand in a gap left for it.
    fn leaves_room(&self, other: &Self) -> bool {
        let most = 0.35 * other.size.min(self.size);
        let pairs = || self.marks.iter().flat_map(|a| other.marks.iter().map(move |b| (a, b)));
        overlap(&self.rect, &other.rect) < most
            || (self.marks.len() * other.marks.len() <= MOST_LETTERS && pairs().all(|(a, b)| overlap(&a.rect, &b.rect) < most.min(0.5 * b.rect.width())))
    }
}

/// Pairs of letters of two runs that are compared: of a lowered letter and the words around it.
const MOST_LETTERS: usize = 80;
/// Lines that overlap, and runs of a line, are compared one by one up to this number.
const MOST_RUNS: usize = 200;
/// A line with more gaps than this has no columns to align.
const MOST_STOPS: usize = 60;

/// Letters of the longest label that ends in a colon.
const LONGEST_LABEL: usize = 12;

/// A line while its runs are gathered.
struct Open {
    runs: Vec<Run>,
    /// The band and base line of its largest run: small raised letters do not widen it.
    top: f32,
    bottom: f32,
    base: f32,
    size: f32,
}

impl Open {
    fn new(run: Run) -> Self {
        let (top, bottom) = run.band();
        Self { top, bottom, base: run.base, size: run.size, runs: vec![run] }
    }

    /// Share of the smaller band that a run has in common, where nothing of the line is in its way.
    fn fit(&self, run: &Run) -> Option<f32> {
        let (top, bottom) = run.band();
        let shared = (bottom.min(self.bottom) - top.max(self.top)) / (bottom - top).min(self.bottom - self.top).max(0.01);
        let apart = |m: &Run| m.leaves_room(run) || (m.base - run.base).abs() < 0.08 * run.size;
        let same_base = (self.base - run.base).abs() < 0.08 * run.size;
        let is_clear = || same_base || (self.runs.len() <= MOST_RUNS && self.runs.iter().all(apart));
        ((shared > 0.3 || self.carries(run)) && is_clear()).then_some(shared)
    }

    /// Whether a run is the index of a letter of the line: smaller, lowered and right behind it, as in formulas.
    fn carries(&self, run: &Run) -> bool {
        let lowered = run.base - self.base;
        let behind = |m: &Run| m.marks.len() <= MOST_RUNS && m.marks.iter().any(|letter| (run.rect.x0 - letter.rect.x1).abs() < 0.15 * self.size);
        run.size < 0.8 * self.size && (0.0..0.45 * self.size).contains(&lowered) && self.runs.len() <= MOST_RUNS && self.runs.iter().any(behind)
    }

    fn add(&mut self, run: Run) {
        if run.size > 1.2 * self.size {
            (self.top, self.bottom) = run.band();
            (self.base, self.size) = (run.base, run.size);
        }
        self.runs.push(run);
    }
}

/// Lines of the glyphs that run in one way, top to bottom.
pub fn lines(glyphs: &[Glyph], way: Way) -> Vec<Line> {
    let mut open: Vec<Open> = Vec::new();
    let mut done: Vec<Vec<Run>> = Vec::new();
    let mut runs = runs(glyphs, way);
    runs.sort_by(|a, b| a.base.total_cmp(&b.base));
    for run in runs {
        // Lines whose band ended above cannot take any further run.
        let top = run.band().0 - 0.5 * run.size;
        let mut n = 0;
        while n < open.len() {
            if open[n].bottom < top || open.len() > MOST_RUNS {
                done.push(open.swap_remove(n).runs);
            } else {
                n += 1;
            }
        }
        let fitting = open.iter_mut().filter_map(|line| line.fit(&run).map(|part| (part, line)));
        match fitting.max_by(|a, b| a.0.total_cmp(&b.0)) {
            Some((_, line)) => line.add(run),
            None => open.push(Open::new(run)),
        }
    }
    done.extend(open.into_iter().map(|line| line.runs));
    let mut out: Vec<Line> = done.into_iter().map(|members| finish(members, way)).collect();
    out.sort_by(|a, b| a.base.total_cmp(&b.base).then(a.rect.x0.total_cmp(&b.rect.x0)));
    align_tabs(&mut out);
    beside::lift_labels(columns::lift(halves::join(out)))
}

/// A gap is a tab where the same column begins in lines above or below: beside a tab there, or in rows of columns.
fn align_tabs(lines: &mut [Line]) {
    // Where gaps end, whether as a tab or not.
    let mut stops: Vec<Vec<(f32, bool)>> = lines
        .iter()
        .map(|l| l.marks.windows(2).filter(|w| w[1].rect.x0 - w[0].rect.x1 > 0.12 * w[1].size).map(|w| (w[1].rect.x0, w[1].gap == Gap::Tab)).collect())
        .collect();
    for list in stops.iter_mut().filter(|l| l.len() > MOST_STOPS) {
        list.clear();
    }
    let has_tab: Vec<bool> = stops.iter().map(|s| s.iter().any(|(_, tab)| *tab)).collect();
    for n in 0..lines.len() {
        let (from, to) = (n.saturating_sub(3), (n + 4).min(lines.len()));
        if !has_tab[from..to].contains(&true) || stops[n].is_empty() {
            continue;
        }
        let marks = &mut lines[n].marks;
        // Letters of a spaced label stand in columns too.
        let label = marks.iter().take(LONGEST_LABEL).position(|m| matches!(m.c, '：' | ':')).unwrap_or(0);
        for k in label + 1..marks.len() {
            let gap = marks[k].rect.x0 - marks[k - 1].rect.x1;
            let (x, size) = (marks[k].rect.x0, marks[k].size);
            if marks[k].gap == Gap::Tab || gap <= 0.12 * size {
                continue;
            }
            let aligned = |m: usize| m != n && stops[m].iter().any(|(s, _)| (s - x).abs() < 1.5);
            let below_tab = gap > 0.9 * size && (from..to).any(|m| m != n && stops[m].iter().any(|(s, tab)| *tab && (s - x).abs() < 2.0));
            let in_rows = has_tab[n] && (from..to).filter(|m| has_tab[*m] && aligned(*m)).count() >= 2;
            if below_tab || in_rows {
                marks[k].gap = Gap::Tab;
            }
        }
    }
}

fn overlap(a: &Rect, b: &Rect) -> f32 {
    a.x1.min(b.x1) - a.x0.max(b.x0)
}

fn runs(glyphs: &[Glyph], way: Way) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    let mut blank: Option<(f32, f32)> = None;
    for (drawn, glyph) in (0u32..).zip(glyphs).filter(|(_, g)| g.way == way) {
        let rect = way.upright(&glyph.rect);
        if glyph.is_blank() {
            if rect.width() > 0.0 {
                blank = Some((rect.x0, glyph.base));
            }
            continue;
        }
        let mut mark = Mark { c: glyph.c, rect, size: glyph.size, gap: Gap::None, drawn };
        let after_blank = blank.take().is_some_and(|(x, base)| x < rect.x0 + 0.1 * glyph.size && (base - glyph.base).abs() < 0.3 * glyph.size);
        if after_blank {
            mark.gap = Gap::Blank;
        }
        if let Some(run) = out.last_mut() {
            let step = rect.x0 - run.rect.x1;
            let in_line = (glyph.base - run.last).abs() < 0.15 * glyph.size.min(run.size);
            if in_line && (glyph.size / run.size - 1.0).abs() < 0.25 && (-0.4 * glyph.size..1.0 * glyph.size).contains(&step) {
                run.rect.add(&rect);
                run.marks.push(mark);
                run.base += (glyph.base - run.base) / run.marks.len() as f32;
                run.last = glyph.base;
                continue;
            }
        }
        out.push(Run { rect, base: glyph.base, last: glyph.base, size: glyph.size, marks: vec![mark] });
    }
    out
}

fn finish(mut members: Vec<Run>, way: Way) -> Line {
    let widest = members.iter().max_by_key(|m| m.marks.len()).map_or(0.0, |m| m.base);
    members.sort_by(|a, b| a.rect.x0.total_cmp(&b.rect.x0));
    let mut marks: Vec<Mark> = members.into_iter().flat_map(|m| m.marks).collect();
    let mut tangles = Vec::new();
    // Runs may interlace (a tick typed into a gap left for it).
    if marks.windows(2).any(|w| w[1].rect.x0 < w[0].rect.x0) {
        marks.sort_by(|a, b| a.rect.x0.total_cmp(&b.rect.x0));
        // Vowel signs of Arabic and Hebrew stand over their letters.
        if !marks.iter().any(|m| bidi::is_right_to_left(m.c)) {
            tangles = overprint::untangle(&mut marks);
        }
    }
    let spacing = letter_spacing(&marks);
    for n in 1..marks.len() {
        if overprint::is_inside(&tangles, n) {
            continue;
        }
        let is_loose = n < 2 || marks[n - 1].gap != Gap::None;
        marks[n].gap = gap(&marks[n - 1], &marks[n], is_loose, spacing);
    }
    if let Some(first) = marks.first_mut() {
        first.gap = Gap::None;
    }
    if marks.iter().any(|m| bidi::is_right_to_left(m.c)) {
        marks = bidi::logical(marks);
    }
    Line::new(marks, widest, way)
}

/// The gap that CJK characters of a line keep throughout, in ems; 0 where too few tell.
fn letter_spacing(marks: &[Mark]) -> f32 {
    let pairs = marks.windows(2).filter(|w| is_cjk(w[0].c) && is_cjk(w[1].c));
    let mut gaps: Vec<f32> = pairs.map(|w| (w[1].rect.x0 - w[0].rect.x1) / w[0].size.max(0.1)).collect();
    if gaps.len() < 3 {
        return 0.0;
    }
    gaps.sort_by(f32::total_cmp);
    gaps[gaps.len() / 4].max(0.0)
}

/// What a reader sees between two neighbours. `is_loose`: the left one stands alone, as in `姓  名`.
fn gap(a: &Mark, b: &Mark, is_loose: bool, spacing: f32) -> Gap {
    let em = a.size.max(b.size).max(0.1);
    let gap = (b.rect.x0 - a.rect.x1) / em;
    let typed = b.gap == Gap::Blank;
    let (left, right) = (is_cjk(a.c), is_cjk(b.c));
    let tab = if is_loose && left && right { 4.5 } else { 2.5 };
    if gap > tab {
        return Gap::Tab;
    }
    let least = match (left, right) {
        (true, true) => {
            if typed {
                0.2
            } else {
                (spacing + 0.4).clamp(0.45, 0.9)
            }
        }
        (false, false) => {
            if typed {
                0.05
            } else {
                0.22
            }
        }
        _ => {
            if typed {
                0.15
            } else {
                0.6
            }
        }
    };
    if gap > least { Gap::Blank } else { Gap::None }
}

/// Characters that are written without blanks between them.
pub fn is_cjk(c: char) -> bool {
    matches!(c as u32,
        0x1100..=0x11FF | 0x2E80..=0xA4CF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0xFE10..=0xFE1F | 0xFE30..=0xFE6F
        | 0xFF00..=0xFFEF | 0x20000..=0x3FFFF
        | 0x2010..=0x2027 | 0x2030..=0x205E | 0x2460..=0x24FF | 0x2500..=0x27BF | 0x2190..=0x21FF | 0x221A | 0x00B7)
}

fn is_opening(c: char) -> bool {
    matches!(c, '（' | '《' | '「' | '『' | '【' | '〔' | '“' | '‘' | '(')
}

fn is_closing(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '？'
            | '！'
            | '）'
            | '》'
            | '」'
            | '』'
            | '】'
            | '〕'
            | '”'
            | '’'
            | '…'
            | ')'
            | ','
            | ';'
            | ':'
            | '%'
            | '％'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyph(c: char, x: f32, y: f32, width: f32) -> Glyph {
        let rect = Rect { x0: x, y0: y - 8.8, x1: x + width, y1: y + 1.2 };
        Glyph { c, rect, size: 10.0, base: y, way: Way::Right, hidden: false, is_slanted: false }
    }

    fn row(text: &str, x: f32, y: f32) -> Vec<Glyph> {
        let mut at = x;
        text.chars()
            .map(|c| {
                let width = if is_cjk(c) || c == '\u{3000}' { 10.0 } else { 5.0 };
                at += width;
                glyph(c, at - width, y, width)
            })
            .collect()
    }

    fn texts(glyphs: &[Glyph]) -> Vec<String> {
        lines(glyphs, Way::Right).iter().map(Line::text).collect()
    }

    #[test]
    fn far_chunks_of_one_line_are_parted_by_a_tab() {
        let mut glyphs = row("申报单位：", 50.0, 100.0);
        glyphs.extend(row("某市计算机学会", 200.0, 100.0));
        assert_eq!(texts(&glyphs), ["申报单位：\t某市计算机学会"]);
    }

    #[test]
    fn letter_spaced_labels_keep_plain_blanks() {
        let mut glyphs = Vec::new();
        for (n, c) in "项目名称".chars().enumerate() {
            glyphs.push(glyph(c, 50.0 + 25.0 * n as f32, 100.0, 10.0));
        }
        assert_eq!(texts(&glyphs), ["项 目 名 称"]);
    }

    #[test]
    fn slight_gaps_between_cjk_are_no_blanks() {
        let spaced = |text: &str, step: f32| -> Vec<Glyph> { text.chars().enumerate().map(|(n, c)| glyph(c, 50.0 + step * n as f32, 100.0, 10.0)).collect() };
        assert_eq!(texts(&spaced("申报书", 14.0)), ["申报书"]);
        assert_eq!(texts(&spaced("项目申报书", 17.0)), ["项目申报书"]);
    }

    #[test]
    fn typed_blanks_stay_and_words_are_parted_by_gaps() {
        assert_eq!(texts(&row("ab cd", 10.0, 50.0)), ["ab cd"]);
        let mut glyphs = row("ab", 10.0, 50.0);
        glyphs.extend(row("cd", 23.0, 50.0));
        assert_eq!(texts(&glyphs), ["ab cd"]);
        assert_eq!(texts(&row("2022 年 3 月", 10.0, 50.0)), ["2022 年 3 月"]);
    }

    #[test]
    fn a_raised_note_mark_stays_in_its_line() {
        let mut glyphs = row("面积", 50.0, 100.0);
        glyphs.push(Glyph { size: 6.0, base: 95.0, rect: Rect { x0: 70.0, y0: 89.7, x1: 73.0, y1: 95.7 }, ..glyph('2', 70.0, 95.0, 3.0) });
        glyphs.extend(row("以内", 74.0, 100.0));
        glyphs.extend(row("下一行", 50.0, 112.0));
        assert_eq!(texts(&glyphs), ["面积2以内", "下一行"]);
    }

    #[test]
    fn a_lowered_letter_stands_in_the_gap_left_for_it() {
        let mut glyphs = row("CO", 50.0, 100.0);
        glyphs.extend(row("排放", 66.0, 100.0));
        glyphs.push(Glyph { size: 6.0, base: 102.5, rect: Rect { x0: 61.0, y0: 97.2, x1: 65.0, y1: 103.2 }, ..glyph('2', 61.0, 102.5, 4.0) });
        assert_eq!(texts(&glyphs), ["CO2排放"]);
        let mut deep = row("k", 50.0, 100.0);
        deep.push(Glyph { size: 6.0, base: 103.8, rect: Rect { x0: 55.0, y0: 98.5, x1: 58.0, y1: 104.5 }, ..glyph('A', 55.0, 103.8, 3.0) });
        deep.extend(row("=1", 58.5, 100.0));
        assert_eq!(texts(&deep), ["kA=1"]);
    }

    #[test]
    fn letters_on_a_wave_are_one_line() {
        let heights = [0.0, 1.3, 2.7, 4.0, 5.3, 5.3, 4.0, 2.7, 1.3, 0.0, -1.3, -2.7];
        let glyphs: Vec<Glyph> = "BergundTalba".chars().zip(heights).enumerate().map(|(n, (c, up))| glyph(c, 50.0 + 6.0 * n as f32, 100.0 - up, 5.8)).collect();
        assert_eq!(texts(&glyphs), ["BergundTalba"]);
    }

    #[test]
    fn vertical_columns_are_lines_from_right_to_left() {
        let mut glyphs = Vec::new();
        for (column, text) in ["申请人", "张三"].iter().enumerate() {
            for (n, c) in text.chars().enumerate() {
                let rect = Rect::new(200.0 - 20.0 * column as f32, 50.0 + 10.0 * n as f32, 210.0 - 20.0 * column as f32, 60.0 + 10.0 * n as f32);
                let upright = Way::Down.upright(&rect);
                glyphs.push(Glyph { c, rect, size: 10.0, base: upright.y1 - 1.2, way: Way::Down, hidden: false, is_slanted: false });
            }
        }
        let texts: Vec<String> = lines(&glyphs, Way::Down).iter().map(Line::text).collect();
        assert_eq!(texts, ["申请人", "张三"]);
    }
}
