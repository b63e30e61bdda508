//! Documents to [`Facts`]: roles, fields, agreements, events. Knows no programme and no format.
//!
//! | file | what it finds |
//! |---|---|
//! | `view` | a document folded for matching, and its tables |
//! | `role` | what kind of paper each file is |
//! | `form` | the main form: fields, blanks, template leftovers, budget, members, tasks |
//! | `agreement` | agreements and look-alikes |
//! | `event` | academic and science-popularisation events over all files |
//! | `certificate` | assessment grades and yearly checks |
pub mod agreement;
pub mod certificate;
pub mod event;
mod lines;
mod view;

pub use view::{Cell, Table, View};
