use super::alike::{pair_overlap, similarity};
use super::contract::declare_check;
use super::{Case, Check};
use crate::model::{FieldId, Outcome, Pointer, Row, Topic};
use crate::say;

declare_check! {
    /// Finds the items of the topic guide that are nearest to the project's name.
    ///
    /// ## How it is decided
    /// Never by the machine: the three nearest items of the guide (`topics.csv`) are shown. No list: `not_checked`.
    ///
    /// ## Why
    /// “依据……选题指南确定的内容自行拟定”: a topic of one's own inside the guide cannot be told from one outside it by its
    /// words.
    ///
    /// ## A person looks when
    /// Always.
    pub struct Topics("topics", Dossier, bind_dossier, Form, [Human, NotChecked],
        "列出与项目名称最接近的选题指南条目（topics.csv），是否在指南范围内一律由人工判断；未提供指南不核对。"
    ) {
        /// Similarity below which an item is not called near, 0 to 1.
        near: f64,
    }
}

impl Check for Topics {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let Some(list) = &case.setting.lists.topics else {
            return vec![Outcome::not_checked(say!("未提供选题指南，本项未核对", "no topic guide was given; not checked"))];
        };
        let Some(reading) = case.facts().first(FieldId::ProjectName) else {
            return vec![
                Outcome::human(say!("申报书中未读到项目名称，请人工与选题指南核对", "the project's name was not read; please compare with the guide"))
                    .searched(case.form()),
            ];
        };
        let title = reading.value.as_ref().and_then(|v| v.text()).unwrap_or(&reading.raw);
        let mut scored: Vec<(&Row<Topic>, f64)> = list.rows.iter().map(|row| (row, likeness(title, &row.value.title))).collect();
        scored.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.number.cmp(&b.0.number)));
        scored.truncate(3);
        let place = reading.at.iter().take(1).copied().map(Pointer::Span);
        let rows = scored.iter().map(|(row, _)| Pointer::List { list: list.name.clone(), row: row.number, quote: row.quote.clone() });
        let outcome = match scored.first() {
            Some((row, score)) if *score >= self.near => {
                let (number, nearest) = (&row.value.number, &row.value.title);
                Outcome::human(say!(
                    "题目“{title}”与选题指南第 {number} 条“{nearest}”最接近，是否在指南范围内请人工判断",
                    "“{title}” is nearest to item {number} of the guide, “{nearest}”; please judge",
                ))
            }
            _ => Outcome::human(say!(
                "题目“{title}”与选题指南各条都不接近，是否在指南范围内请人工判断",
                "“{title}” is near to no item of the guide; please judge"
            )),
        };
        vec![outcome.see(place).see(rows)]
    }
}

fn likeness(a: &str, b: &str) -> f64 {
    similarity(a, b).max(pair_overlap(a, b) * 0.9)
}
