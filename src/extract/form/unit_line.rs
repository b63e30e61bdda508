//! Where a form tells the unit of its amounts apart from them: below a heading, at its head for all of it.
use super::grid::{Grid, unit_of};
use super::label::squash;
use super::layout::Records;
use super::section::{Topic, topic_of};
use super::walk::Walk;
use crate::model::FieldId;
use crate::text::money::{Unit, unit_in};

impl Walk<'_, '_> {
    /// A unit line below a heading: 单位：万元.
    pub fn carries_unit(&self, text: &str) -> bool {
        text.chars().count() <= 24 && squash(text).starts_with(['单', '(', '金', '计', '币']) && unit_in(text).is_some()
    }

    /// 填报时间：2023年2月15日    金额单位：万元 over the project's name: said of all amounts that follow without a unit of their own.
    pub fn note_unit(&mut self, text: &str) {
        let Some(unit) = unit_alone_told(text) else { return };
        if !self.out.pairs.iter().any(|p| p.sense.is_some_and(|s| s.field == Some(FieldId::ProjectName))) {
            self.out.unit = Some(unit);
        }
    }
}

/// The unit that a text tells and nothing else: 单位：元, （金额单位：人民币万元）; but not 单位自筹（元）.
pub fn unit_alone_told(text: &str) -> Option<Unit> {
    let tight = squash(text);
    let told = tight.trim_matches(['(', ')']).trim_start_matches("金额").trim_start_matches("货币");
    let unit = told.strip_prefix("单位")?.trim_start_matches(':');
    unit_of(unit.strip_prefix("人民币").unwrap_or(unit))
}

/// 经费预算 |  | 单位：元: a heading and the unit of what stands below it.
pub fn heads_money(grid: &Grid<'_>, logical: &[usize]) -> Option<(usize, Unit)> {
    let mut printed = logical.iter().copied().filter(|&i| !grid.cells[i].is_empty());
    let (head, unit, None) = (printed.next()?, printed.next()?, printed.next()) else { return None };
    let unit = unit_alone_told(grid.cells[unit].text)?;
    (topic_of(grid.cells[head].text) == Topic::Budget).then_some((head, unit))
}

/// 合计（万元） | 财政资金 | 自筹: the one unit that the heads of a table print.
pub fn unit_of_heads(records: &Records) -> Option<Unit> {
    let mut units = records.columns.iter().filter_map(|column| unit_in(&column.label));
    let first = units.next()?;
    units.all(|unit| unit == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_stands_alone_or_belongs_to_a_label() {
        for text in ["单位：万元", "（金额单位：万元）", "单位：人民币万元"] {
            assert_eq!(unit_alone_told(text), Some(Unit::TenThousand), "{text}");
        }
        for text in ["单位自筹（元）", "金额（万元）", "单位", "单位：某学会", "计划经费（元）"] {
            assert_eq!(unit_alone_told(text), None, "{text}");
        }
    }
}
