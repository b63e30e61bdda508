//! Pages for people: self-contained, no network, escaped, readable on paper and in the dark.
//!
//! | file | page |
//! |---|---|
//! | `index` | the whole batch |
//! | `dossier` | one dossier, every finding beside its evidence |
//! | `excerpt` | evidence: its place, its words, the excerpt that opens beside it |
//! | `parts` | what both share |
mod dossier;
mod excerpt;
mod index;
mod parts;

pub use dossier::dossier_page;
pub use index::index_page;
pub use parts::frame;
