//! Sentences in which the form claims to work with somebody under an agreement.
use super::layout::Layout;
use super::section::Zone;
use crate::extract::View;
use crate::model::{Reading, Sourced, Span};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

static CLAIM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:与|和|同)[^，。；,;\n]{2,50}(?:签订|签署|签有|签定|达成|订立|缔结)[^。；;\n]{0,24}(?:协议|合同|备忘录)|(?:签订|签署|签有|签定|达成)[^。；;\n]{0,20}(?:合作|服务|战略|技术)[^。；;\n]{0,12}(?:协议|合同)|(?:与|和)[^，。；,;\n]{2,40}(?:开展合作|建立(?:了)?(?:长期|战略|稳定)?(?:的)?合作|合作共建|联合申报|联合开展)")
        .expect("the cooperation pattern is well formed")
});

/// Sentences told.
const MOST: usize = 100;

/// Claims of cooperation: partners named in the form, and sentences about agreements.
pub fn cooperation(view: &View<'_>, layout: &Layout, partners: &[Reading]) -> Vec<Sourced<String>> {
    let mut out: Vec<Sourced<String>> = partners
        .iter()
        .filter(|r| r.value.is_some())
        .map(|r| Sourced::new(format!("{}：{}", r.label.trim_end_matches(['：', ':']), r.raw), r.at.clone()))
        .collect();
    for line in layout.lines.iter().filter(|l| matches!(l.zone, Zone::Body | Zone::Cover) && !l.heading) {
        let text = view.quote(line.at);
        for found in CLAIM.find_iter(text) {
            let range = sentence(text, found.range());
            let at = Span { start: line.at.start + range.start as u32, end: line.at.start + range.end as u32, ..line.at };
            if out.len() < MOST && !out.iter().any(|o| o.at.contains(&at)) {
                out.push(Sourced::new(text[range].to_owned(), [at]));
            }
        }
    }
    out
}

/// The sentence around a match.
fn sentence(text: &str, at: Range<usize>) -> Range<usize> {
    let stop = |c: char| matches!(c, '。' | '；' | ';' | '\n' | '！');
    let start = text[..at.start].rfind(stop).map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
    let end = text[at.end..].find(stop).map_or(text.len(), |i| at.end + i);
    start..end
}
