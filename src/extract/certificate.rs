//! Grades of the social-organisation assessment (评估等级) and results of the yearly check (年检).
use super::View;
use crate::model::{AnnualCheck, Grade};

/// Assessment grades, certificates first.
pub fn grades(_views: &[View<'_>]) -> Vec<Grade> {
    Vec::new()
}

/// Results of yearly checks.
pub fn annual_checks(_views: &[View<'_>]) -> Vec<AnnualCheck> {
    Vec::new()
}
