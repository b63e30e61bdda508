//! Labels with another in brackets behind them.
use super::lexicon::{Kind, Sense};

/// What the brackets at the end of a squashed label say.
pub fn in_brackets(key: &str) -> Option<&str> {
    let (before, inner) = key.strip_suffix(')')?.split_once('(')?;
    (before.chars().count() >= 2 && !inner.contains('(')).then_some(inner)
}

/// Whether words that no list has are another name of what the brackets behind them ask for: 承办主体（申请单位）, 技能等级（职称）. An answer with
/// brackets that tell of it (张三（项目负责人）, 某某公司（合作单位）) is none.
pub fn is_other_name(before: &str, named: Sense) -> bool {
    const LONGEST: usize = 5;
    let ends = |words: &[&str]| words.iter().any(|word| before.ends_with(word));
    let names = match named.kind {
        Kind::Organisation => ends(&["主体", "单位", "机构", "社区", "组织", "部门", "点"]),
        Kind::Title => ends(&["等级", "资格"]),
        _ => false,
    };
    names && before.chars().count() <= LONGEST
}
