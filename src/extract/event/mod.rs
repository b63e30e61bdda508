//! Academic and science-popularisation events over all files of a dossier.
use super::View;
use crate::model::Event;

/// Every event found, once each, in the order of the form and then of the files.
pub fn find(_views: &[View<'_>], _applicant: Option<&str>, _aliases: &[String]) -> Vec<Event> {
    Vec::new()
}
