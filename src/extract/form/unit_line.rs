//! Where a form tells the unit of its amounts apart from them: below a heading, at its head for all of it.
use super::label::squash;
use super::walk::Walk;
use crate::model::FieldId;
use crate::text::money::unit_in;

impl Walk<'_, '_> {
    /// A unit line below a heading: 单位：万元.
    pub fn carries_unit(&self, text: &str) -> bool {
        text.chars().count() <= 24 && squash(text).starts_with(['单', '(', '金', '计', '币']) && unit_in(text).is_some()
    }

    /// 填报时间：2023年2月15日    金额单位：万元 over the project's name: said of all amounts that follow without a unit of their own.
    pub fn note_unit(&mut self, text: &str) {
        let begun = self.out.pairs.iter().any(|p| p.sense.is_some_and(|s| s.field == Some(FieldId::ProjectName)));
        if !begun && self.carries_unit(text) {
            self.out.unit = unit_in(text);
        }
    }
}
