//! What a line of a form is by its looks: options, an imprint, a note, an entry of the contents.
use super::label::{enumerator, squash};
use super::lexicon::{Kind, Owner};
use super::whose::owner_of;
use super::{line, section, tick};

/// Whether a heading's number says that it stands under another: （一）, 1., not 一、.
pub fn is_lower(title: &str) -> bool {
    let number = title[..enumerator(title)].trim();
    !number.is_empty() && (number.starts_with(['(', '（']) || number.starts_with(|c: char| c.is_ascii_digit()))
}

/// 2 联系方式 over 2.1 联系人：张三: what its items are about asks for nothing itself.
pub fn stands_over(text: &str, next: &str) -> bool {
    const LONGEST: usize = 16;
    fn number(text: &str) -> &str {
        text[..enumerator(text)].trim().trim_end_matches(['.', '．', '、'])
    }
    let own = number(text);
    let below = number(next).strip_prefix(own).and_then(|rest| rest.strip_prefix(['.', '．']));
    below == Some("1") && own.bytes().all(|c| c.is_ascii_digit()) && text.trim().chars().count() <= LONGEST && !text.contains(['：', ':'])
}

/// Whether the last words of a line promise a list of experts: …。专家团队如下：, 顾问名单见下表。
pub fn announces_experts(text: &str) -> bool {
    let text = text.trim_end();
    let body = text.trim_end_matches(['：', ':', '。', '.']);
    let clause = body.rsplit(['。', '，', ',', '；', ';']).next().unwrap_or(body);
    let promises = text.ends_with(['：', ':']) || clause.trim_end().ends_with("如下") || clause.contains("下表");
    promises && (owner_of(clause) == Some(Owner::Expert) || section::topic_of(clause) == section::Topic::Experts)
}

/// What stands behind a line's first label.
pub fn after_label<'t>(text: &'t str, found: &[line::Found]) -> &'t str {
    found.first().map_or("", |f| text[f.label.end..].trim_start())
}

pub fn has_boxes(text: &str) -> bool {
    text.chars().filter(|c| tick::is_box(*c)).count() >= 1 && tick::choices(text).iter().any(|c| !c.ticked)
        || text.chars().filter(|c| tick::is_box(*c)).count() >= 2
}

/// Whether a line begins with a box or tick: one option of a group.
pub fn opens_with_box(text: &str) -> bool {
    let mut chars = text.trim_start().chars();
    chars.next().is_some_and(|c| tick::is_box(c) || matches!(c, '●' | '◉' | '⊙')) && chars.any(|c| c.is_alphanumeric())
}

/// Kinds of answers that run over the end of a cover line.
pub fn wraps(kind: Kind) -> bool {
    matches!(kind, Kind::Text | Kind::Organisation | Kind::Choice | Kind::Address)
}

/// A date or period that the end of its line cut off.
pub fn ends_open(text: &str) -> bool {
    let text = text.trim_end();
    // 2022年6月至2022
    let in_year = text.rsplit(|c: char| !c.is_ascii_digit()).next().is_some_and(|last| last.len() < text.len() && last.len() == 4);
    text.chars().any(|c| c.is_ascii_digit()) && (in_year || text.ends_with(['年', '月', '至', '-', '—', '~', '～']))
}

/// The printer's line, a date or a year by itself.
pub fn is_imprint(text: &str) -> bool {
    let tight = squash(text);
    tight.ends_with(['制', '印', '编']) && tight.chars().count() <= 40
        || tight.ends_with("印制")
        || tight.chars().all(|c| c.is_ascii_digit() || "年月日度()二〇○零一三四五六七八九十o〔〕[]".contains(c))
}

/// A heading and its page: 八、审核意见⇥4.
pub fn is_of_contents(text: &str) -> bool {
    let head = text.trim_end().trim_end_matches(|c: char| c.is_ascii_digit());
    let page = text.trim_end().len() - head.len();
    (1..=3).contains(&page) && head.ends_with(|c: char| c.is_whitespace() || matches!(c, '.' | '…' | '·'))
}

/// Where the answer begins behind its mark: 答：张三.
pub fn answer_of(text: &str) -> Option<usize> {
    let body = text.trim_start().strip_prefix('答')?.trim_start().strip_prefix(['：', ':'])?;
    Some(text.len() - body.len())
}

pub fn is_note(text: &str) -> bool {
    let tight = squash(text);
    let head = tight.trim_start_matches(['(', '【', '[']);
    ["注:", "备注:", "说明:", "注1", "注意:", "填表说明:", "填写说明:", "注.", "填报说明:"].iter().any(|w| head.starts_with(w)) && head.chars().count() > 4
}
