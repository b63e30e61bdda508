//! Looking the applicant up in the operator's lists.
use super::{Case, alike};
use crate::model::{List, Outcome, Pointer, Row, Say, Span};
use crate::say;
use crate::text::name::org_key;

/// What every rule on a list needs: the list, and the applicant's names.
pub struct LookUp<'a, T> {
    pub list: &'a List<T>,
    /// Keys of the applicant's names, roster aliases included.
    pub keys: Vec<String>,
    /// The name as the form has it.
    pub name: &'a str,
    pub at: &'a [Span],
}

impl<'a, T> LookUp<'a, T> {
    /// The list and the applicant; else the outcome that says which of the two is missing.
    pub fn new(case: &Case<'a>, list: Option<&'a List<T>>, what: Say) -> Result<Self, Box<Outcome>> {
        let Some(list) = list else {
            let Say { zh, en } = what;
            return Err(Box::new(Outcome::not_checked(say!("未提供{zh}，本项未核对", "no {en} was given; not checked"))));
        };
        let Some((name, at)) = case.applicant() else {
            return Err(Box::new(
                Outcome::human(say!("申报书中未读到申报单位，请人工核对", "the applicant was not read in the form; please look")).searched(case.form()),
            ));
        };
        Ok(Self { list, keys: case.applicant_keys(), name, at })
    }

    /// Rows whose name is one of the applicant's.
    pub fn rows(&self, name: impl Fn(&T) -> &str) -> Vec<&'a Row<T>> {
        self.list.rows.iter().filter(|row| self.keys.contains(&org_key(name(&row.value)))).collect()
    }

    /// The row with the most similar name, where it is at least `near` alike.
    pub fn nearest(&self, near: f64, name: impl Fn(&T) -> &str) -> Option<&'a Row<T>> {
        let scored = self.list.rows.iter().map(|row| (row, alike::organisations(self.name, name(&row.value))));
        scored.filter(|(_, score)| *score >= near).max_by(|a, b| a.1.total_cmp(&b.1)).map(|(row, _)| row)
    }

    /// A row as evidence.
    pub fn point(&self, row: &Row<T>) -> Pointer {
        Pointer::List { list: self.list.name.clone(), row: row.number, quote: row.quote.clone() }
    }

    /// Where the form names the applicant.
    pub fn places(&self) -> impl Iterator<Item = Pointer> + '_ {
        self.at.iter().take(1).copied().map(Pointer::Span)
    }
}
