use super::contract::declare_check;
use super::{Case, Check};
use crate::model::{FieldId, Outcome, Place, Pointer, Reading};
use crate::say;

declare_check! {
    /// Budgets add up, and amounts in words equal those in figures.
    ///
    /// ## How it is decided
    /// Each budget table: the sum of its rows against its printed total. Items of an only table without a total: against the
    /// amount that the form asks for, where it tells of no other money. Each amount written both ways: figures against
    /// words. Any that differ: `fail` with both. All agree: `pass`. Neither a table with a total nor such a pair: the rule
    /// does not apply.
    ///
    /// ## Why
    /// A sum that is not the total, and 壹万元 beside 10万元, are what applicants correct before the review.
    ///
    /// ## A person looks when
    /// The form was read only in part and nothing was found to be wrong.
    pub struct BudgetAddsUp("budget-adds-up", Dossier, bind_dossier, Form, [Pass, Fail, Human, NotApplicable],
        "各经费表分项相加与合计比对（没有合计、也没有自筹等其他经费的，与所填经费比对），并列的大小写金额互相比对：不一致标待补正；一致为符合；没有可比对的金额不适用。申报书有未读的页时由人工查看。"
    ) {
    }
}

impl Check for BudgetAddsUp {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        for budget in &case.facts().budgets {
            let Some(total) = budget.total.as_ref().filter(|_| !budget.rows.is_empty()) else { continue };
            let sum: i128 = budget.rows.iter().map(|row| i128::from(row.value.1)).sum();
            let shown = |fen: i128| if budget.is_unitless { yuan(fen).replace('元', "") } else { yuan(fen) };
            let (shown_sum, shown_total, rows) = (shown(sum), shown(i128::from(total.value)), budget.rows.len());
            let places = total.at.iter().take(1).chain(budget.rows.iter().flat_map(|row| row.at.iter().take(1)));
            let outcome = if sum == i128::from(total.value) {
                Outcome::pass(say!("经费 {rows} 项相加 {shown_sum}，与合计一致", "the {rows} items sum to {shown_sum}, the total"))
            } else {
                Outcome::fail(say!(
                    "经费 {rows} 项相加为 {shown_sum}，合计写 {shown_total}，不一致",
                    "the {rows} items sum to {shown_sum}, the total says {shown_total}"
                ))
            };
            outcomes.push(outcome.see(places.copied().take(8)));
        }
        outcomes.extend(against_request(case));
        for pair in &case.facts().amount_pairs {
            let (figures, words) = (yuan(i128::from(pair.figures.value)), yuan(i128::from(pair.words.value)));
            let places = pair.figures.at.iter().take(1).chain(pair.words.at.iter().take(1)).copied().map(Pointer::Span);
            let outcome = if pair.figures.value == pair.words.value {
                Outcome::pass(say!("大小写金额一致（{figures}）", "figures and words agree ({figures})"))
            } else {
                Outcome::fail(say!("小写金额为 {figures}，大写金额为 {words}，不一致", "the figures say {figures}, the words {words}"))
            };
            outcomes.push(outcome.see(places));
        }
        let wrong = outcomes.iter().any(|outcome| outcome.verdict == crate::model::Verdict::Fail);
        if case.form_is_partial() && !wrong {
            let say = say!("申报书有未读的页，经费是否相符请人工查看", "pages of the form were not read; please look at the budget");
            return vec![Outcome::human(say).see(case.form().map(Pointer::File))];
        }
        if outcomes.is_empty() {
            return vec![
                Outcome::not_applicable(say!(
                    "没有带合计的经费表，也没有大小写并列的金额",
                    "there is neither a budget with a total nor an amount written both ways"
                ))
                .searched(case.searched()),
            ];
        }
        outcomes
    }
}

/// Items without a total of their own, against the amount that the form asks for: only where no other money could pay for a part of them.
fn against_request(case: &Case<'_>) -> Option<Outcome> {
    let [budget] = case.facts().budgets.as_slice() else { return None };
    if budget.total.is_some() || budget.is_unitless || budget.is_doubtful || budget.rows.len() < 2 {
        return None;
    }
    let own = case.facts().readings(FieldId::BudgetTotal).iter().filter(|reading| reading.place != Place::Attachment);
    let asked: Vec<(i64, &Reading)> = own.filter_map(|reading| Some((reading.value.as_ref()?.fen()?, reading))).collect();
    let (fen, reading) = *asked.first().filter(|(fen, _)| asked.iter().all(|(other, _)| other == fen))?;
    if tells_of_other_money(case) {
        return None;
    }
    let sum: i128 = budget.rows.iter().map(|row| i128::from(row.value.1)).sum();
    let (shown, requested, rows) = (yuan(sum), yuan(i128::from(fen)), budget.rows.len());
    let outcome = if sum == i128::from(fen) {
        Outcome::pass(say!("经费 {rows} 项相加 {shown}，与所填经费一致", "the {rows} items sum to {shown}, the amount asked for"))
    } else {
        Outcome::fail(say!("经费 {rows} 项相加为 {shown}，所填经费为 {requested}，不一致", "the {rows} items sum to {shown}, the form asks for {requested}"))
    };
    let places = reading.at.iter().take(1).chain(budget.rows.iter().flat_map(|row| row.at.iter().take(1)));
    Some(outcome.see(places.copied().take(8)))
}

/// Whether the form speaks of money that is not asked for.
pub(super) fn tells_of_other_money(case: &Case<'_>) -> bool {
    let form = case.form().and_then(|doc| case.views.iter().find(|view| view.id == doc));
    form.is_none_or(|form| OTHER_MONEY.iter().any(|word| form.text.contains(word)))
}

/// Words of money from elsewhere: the items may cost more than is asked for.
const OTHER_MONEY: [&str; 10] = ["自筹", "配套", "自有资金", "其他来源", "其他资金", "其他经费", "匹配", "赞助", "已到位", "经费来源"];

/// Fen as people write them: 50000元, 50000.5元.
fn yuan(fen: i128) -> String {
    let (whole, rest) = (fen / 100, (fen % 100).abs());
    if rest == 0 { format!("{whole}元") } else { format!("{whole}.{rest:02}元").replace("0元", "元") }
}

#[cfg(test)]
mod tests {
    use super::yuan;

    #[test]
    fn amounts_are_shown_in_yuan() {
        assert_eq!([yuan(5_000_000), yuan(5_000_050), yuan(105), yuan(10_000)], ["50000元", "50000.5元", "1.05元", "100元"]);
    }
}
