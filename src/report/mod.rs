//! Records to what people hold: JSON for programs, pages, office documents. Decides nothing.
//!
//! | file | what it makes |
//! |---|---|
//! | `folder` | safe folder names for dossier ids |
//! | `output` | OUT: whole files or none, stale folders removed |
//! | `json` | `dossiers.jsonl`, `batch.json` |
//! | `words` | the words that every report shares |
pub mod folder;
pub mod html;
pub mod json;
pub mod output;
pub mod words;

pub use json::Batch;
pub use output::Output;
