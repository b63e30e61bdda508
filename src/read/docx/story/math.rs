//! Formulas: signs that Word draws from properties and that are nowhere in the text.
use super::super::names::El;
use super::Story;
use crate::read::xml::Attrs;

/// A pair of brackets, or an operator over a range, whose parts are being read.
pub(super) struct Formula {
    begin: String,
    between: String,
    end: String,
    /// Parts begun so far.
    parts: usize,
}

impl Story<'_> {
    pub(super) fn begin_formula(&mut self, el: El) {
        let (begin, between, end) = if el == El::Nary { ("∫", "", "") } else { ("(", "|", ")") };
        self.formulas.push(Formula { begin: begin.to_owned(), between: between.to_owned(), end: end.to_owned(), parts: 0 });
    }

    pub(super) fn formula_sign(&mut self, el: El, attrs: &Attrs) {
        let Some(formula) = self.formulas.last_mut() else { return };
        let sign = attrs.val().unwrap_or_default().chars().take(4).collect();
        match el {
            El::BeginSign | El::NarySign => formula.begin = sign,
            El::BetweenSign => formula.between = sign,
            _ => formula.end = sign,
        }
    }

    /// A part of the innermost formula begins: its bracket or operator, or what stands between two parts.
    pub(super) fn formula_part(&mut self) {
        let Some(formula) = self.formulas.last_mut() else { return };
        formula.parts += 1;
        let sign = if formula.parts == 1 { formula.begin.clone() } else { formula.between.clone() };
        self.sign(&sign);
    }

    pub(super) fn end_formula(&mut self) {
        if self.formulas.last().is_some_and(|f| f.parts == 0) {
            self.formula_part();
        }
        if let Some(formula) = self.formulas.pop() {
            self.sign(&formula.end);
        }
    }
}
