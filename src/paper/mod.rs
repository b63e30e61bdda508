//! The paper copy against the electronic files.
//!
//! | file | idea |
//! |---|---|
//! | `code` | the eleven characters printed on the slip |
//! | `digest` | digests of files and of their normalised text |
//! | `manifest` | making and parsing the paper copy's hash manifest |
//! | `fields` | the six-field form a clerk fills in from a paper book without a slip |
//! | `compare` | electronic against a manifest or the six-field form: each difference, with both places |
//! | `slip` | the code of the slip on a scan against the electronic files |
//! | `scan` | electronic against the words of a scan |
pub mod code;
pub mod compare;
pub mod digest;
pub mod fields;
pub mod manifest;
pub mod scan;
pub mod slip;

pub use compare::compare;
pub use fields::ManualForm;
pub use manifest::{PaperError, Source, make, parse};
pub use scan::{Scan, compare_scans};
pub use slip::compare_slips;
