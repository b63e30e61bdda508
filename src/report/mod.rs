//! Records to what people hold: JSON for programs, pages, office documents. Decides nothing.
//!
//! | file | what it makes |
//! |---|---|
//! | `folder` | safe folder names for dossier ids |
//! | `output` | OUT: whole files or none, stale folders removed |
//! | `json` | `dossiers.jsonl`, `batch.json` |
//! | `excerpt` | what evidence looks like in its file: words around it, or the page's picture |
//! | `words` | the words that every report shares |
//! | `rule_line` | what reports need of a rule |
//! | `safe` | applicants' text made fit for office documents |
//! | `checklist` | `检查表.docx` |
//! | `notice` | `补正通知.docx` |
//! | `workbook` | `汇总表.xlsx` |
//! | `docx` | papers for a word processor, on sheets that `docx-rs` makes |
//! | `pdf` | a thin layer over `lopdf`, for papers that print the same everywhere |
//! | `slip` | the paper copy's slip |
pub mod checklist;
pub mod docx;
pub mod excerpt;
pub mod folder;
pub mod html;
pub mod json;
pub mod notice;
pub mod output;
pub mod pdf;
pub mod rule_line;
pub mod safe;
pub mod slip;
pub mod words;
pub mod workbook;

pub use json::Batch;
pub use output::Output;
pub use rule_line::RuleLine;
