//! Pre-screens the dossiers that learned societies hand in for a programme of a science association.
//!
//! ```text
//! L8  cli             one file per verb
//! L7  pipeline        the story top to bottom; the only rayon
//! L6  report          Record -> json html docx xlsx
//! L5  screen batch    one dossier -> Record; all records -> cross-dossier findings
//! L4  checks programme  how to decide; which clause, threshold and wording
//! L3  extract paper   Document -> Facts; electronic against paper
//! L2  read draw       bytes -> Document; pages -> pictures
//! L1  intake          INBOX -> dossiers, lists, the clerk's book
//! L0  model text      data; folding, numerals, money, dates, names
//!     worker          processes that hostile files are opened in
//! ```
//!
//! A layer uses those below it, never a sibling's private detail, never upwards (`tests/layers.rs`).
pub mod batch;
pub mod checks;
pub mod cli;
pub mod draw;
pub mod extract;
pub mod intake;
pub mod model;
pub mod paper;
pub mod pipeline;
pub mod programme;
pub mod read;
pub mod report;
pub mod screen;
pub mod text;
pub mod worker;
