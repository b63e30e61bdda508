//! Records to what people hold: JSON for programs, pages, office documents. Decides nothing.
//!
//! | file | what it makes |
//! |---|---|
//! | `folder` | safe folder names for dossier ids |
//! | `output` | OUT: whole files or none, stale folders removed |
//! | `json` | `dossiers.jsonl`, `batch.json` |
pub mod folder;
pub mod json;
pub mod output;

pub use json::Batch;
pub use output::Output;
