//! Template words left standing where an answer belongs.
use super::layout::Layout;
use super::section::Zone;
use crate::extract::View;
use crate::model::{Sourced, Span};
use crate::text::normal;
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static LEFT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        [XxＸ×✕]{2,4}\s*年\s*[XxＸ×✕]{1,2}\s*月(?:\s*[XxＸ×✕]{1,2}\s*日)?
        | (?:19|20)\d{2}\s*年\s*[XxＸ×✕]{1,2}\s*月(?:\s*[XxＸ×✕]{1,2}\s*日)?
        | [XＸ×✕]{2,}(?:市|县|区|省|学会|协会|公司|单位|大学|学院|项目|产业|研究|元|万元|人|次|场|个)
        | (?:[XＸ]{3,}|[×✕]{2,})
        | (?:单击|点击)(?:或点击)?(?:此处|这里)(?:输入|添加|选择)?[^\s。，]{0,8}
        | 请(?:在此|在此处|于此处)(?:填写|输入)[^。，\n]{0,16}
        | [(（【\[]\s*(?:学会|协会|单位|公司|项目|课题|姓名|负责人|申报单位|甲方|乙方|企业)(?:名称|全称|姓名)?\s*[)）】\]]
        | 【(?:风险提示|提示|注意|填写说明)】?[^】\n]{0,40}
        | (?:此处填写|填写示例|示例文字|模板文字)[^。\n]{0,20}
        ",
    )
    .expect("the leftover pattern is well formed")
});

/// Leftovers told; more of them say nothing new.
const MOST: usize = 200;

/// 承担单位意见 ⏎ （学会名称）对申报材料审核后，同意申报。: on a line of its own, and words behind it.
fn opens_sentence(block: &str, label: &Span, bracket: &Span) -> bool {
    let between = block.get(label.end as usize..bracket.start as usize).unwrap_or("");
    let behind = block.get(bracket.end as usize..).unwrap_or("").lines().next().unwrap_or("");
    between.contains('\n') && behind.chars().next().is_some_and(char::is_alphabetic)
}

/// Placeholders and hints in the form's own pages, without its instructions and labels.
pub fn leftovers(view: &View<'_>, layout: &Layout) -> Vec<Sourced<String>> {
    let mut labels: BTreeMap<u32, Vec<Span>> = BTreeMap::new();
    for pair in &layout.pairs {
        labels.entry(pair.label_at.block).or_default().push(pair.label_at);
    }
    let own = |zone: Zone| matches!(zone, Zone::Cover | Zone::Body);
    let lines = layout.lines.iter().filter(|l| own(l.zone)).map(|l| l.at);
    let answers = layout.pairs.iter().filter(|p| own(p.zone)).flat_map(|p| p.value.iter().copied());
    let cells = layout.records.iter().filter(|r| own(r.zone)).flat_map(|r| r.rows.iter().flatten().flatten().copied());
    let mut seen = BTreeSet::new();
    let mut out: Vec<Sourced<String>> = Vec::new();
    for at in lines.chain(answers).chain(cells) {
        for found in LEFT.find_iter(view.quote(at)) {
            let span = Span { start: at.start + found.start() as u32, end: at.start + found.end() as u32, ..at };
            let bracket = found.as_str().starts_with(['(', '（', '【', '[']);
            let block = view.document.blocks.get(span.block as usize).map_or("", |b| b.text.as_str());
            let near = |l: &Span| l.start < span.end && span.start < l.end + 16 && !opens_sentence(block, l, &span);
            let hint = bracket && labels.get(&span.block).is_some_and(|labels| labels.iter().take(MOST).any(near));
            // 【负责人】 over 姓名：…
            let heads = || labels.get(&span.block).is_some_and(|labels| labels.iter().any(|l| l.start >= span.end && l.start <= span.end + 4));
            let heading =
                found.as_str().starts_with('【') && block[span.end as usize..].trim_start_matches([' ', '\t', '\u{3000}']).starts_with('\n') && heads();
            if !hint && !heading && seen.insert(span) {
                out.push(Sourced::new(normal(found.as_str()), [span]));
                if out.len() == MOST {
                    return out;
                }
            }
        }
    }
    out.sort_by_key(|o| o.at.first().copied());
    out
}
