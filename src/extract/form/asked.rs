//! What is asked for, where it is told as a part of a whole.
use super::budget::Row;
use super::compose::compose;
use super::label::label_key;
use crate::model::{FieldId, Sourced};
use crate::text::Folded;
use crate::text::money::find_amounts;

/// Characters of the longest clause that asks for a part.
const LONGEST_CLAUSE: usize = 20;

/// 总经费2.6万元，其中申请医院资助2万元，自筹0.6万元: the words that ask for a part (申请医院资助), and its sum in fen.
pub fn part_asked_for(raw: &str) -> Option<(String, i64)> {
    if !raw.contains("其中") {
        return None;
    }
    let folded = Folded::new(raw);
    let text = folded.text.as_str();
    let amounts = find_amounts(text);
    let (whole, parts) = amounts.split_first()?;
    parts.iter().find_map(|part| {
        let before = text.get(whole.range.end..part.range.start)?;
        let clause = before.rsplit([',', ';', '。', '、', '\n']).next()?;
        let asks = &clause[["申请", "申报"].iter().filter_map(|word| clause.find(word)).min()?..];
        let is_part = before.contains("其中") && part.fen < whole.fen && clause.chars().count() <= LONGEST_CLAUSE;
        is_part.then(|| (asks.to_owned(), part.fen))
    })
}

/// 年度支出16.5万元；拟争取大赛扶持资金5万元: the one clause that asks, and its sum in fen.
pub fn clause_that_asks(raw: &str) -> Option<i64> {
    let folded = Folded::new(raw);
    let asks = |clause: &&str| {
        let act = clause.trim_start().trim_start_matches('拟');
        let of_others = ["人", "单位"].iter().any(|who| act.trim_start_matches("申请").starts_with(who)) || act.contains('已');
        ["申请", "申报", "争取"].iter().any(|word| act.starts_with(word)) && !of_others
    };
    let mut clauses = folded.text.split([',', ';', '。', '\n']).filter(asks).filter(|clause| clause.chars().count() <= LONGEST_CLAUSE + 10);
    let clause = clauses.next().filter(|_| clauses.next().is_none())?;
    let amounts = find_amounts(clause);
    let [amount] = amounts.as_slice() else { return None };
    Some(amount.fen)
}

/// A sum, and the words that tell what it is.
#[derive(Debug, Clone)]
pub struct Told {
    pub label: String,
    pub sum: Sourced<i64>,
}

/// 申请拨款 | 8.0 over 合计 | 12.0: the one row that asks for its sum.
pub fn asked_row(rows: &[Row]) -> Option<Told> {
    let asks = |row: &&Row| {
        let key = label_key(&row.name);
        key.starts_with("申请") && compose(&key).is_some_and(|s| s.field == Some(FieldId::BudgetTotal) && !s.weak)
    };
    let mut rows = rows.iter().filter(asks);
    let row = rows.next()?;
    let alone = rows.next().is_none();
    alone.then(|| Told { label: row.name.clone(), sum: Sourced::new(row.fen, row.at.last().copied().into_iter().collect::<Vec<_>>()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_asked_for_where_its_own_clause_says_so() {
        let told = |raw: &str| part_asked_for(raw);
        assert_eq!(told("总经费2.6万元；其中申请医院资助2万元，科室自筹0.6万元"), Some(("申请医院资助".to_owned(), 2_000_000)));
        assert_eq!(told("总额6.5万元，其中：自筹2万元，申请补助4.5万元。"), Some(("申请补助".to_owned(), 4_500_000)));
        assert_eq!(told("总投资41万元，其中自筹6万元"), None);
        assert_eq!(told("申请经费5万元，其中设备费2万元"), None);
        assert_eq!(told("申请经费5万元"), None);
    }

    #[test]
    fn one_clause_asks() {
        assert_eq!(clause_that_asks("年度支出16.5万元；拟争取大赛扶持资金5万元"), Some(5_000_000));
        assert_eq!(clause_that_asks("自筹3万元，申请补助2万元，申请资助1万元"), None);
        assert_eq!(clause_that_asks("申请的5万元已到位，自筹1万元"), None);
        assert_eq!(clause_that_asks("申请单位自筹5万元"), None);
    }
}
