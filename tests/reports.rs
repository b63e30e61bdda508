//! The office's papers, opened again and read: structure, text, harmlessness, the same bytes twice.
#[path = "reports/checklist.rs"]
mod checklist;
#[path = "reports/made.rs"]
mod made;
#[path = "reports/notice.rs"]
mod notice;
#[path = "reports/package.rs"]
mod package;
#[path = "reports/slip.rs"]
mod slip;
#[path = "reports/workbook.rs"]
mod workbook;
