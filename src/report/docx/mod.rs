//! A thin layer over `docx-rs` for the office's papers: A4, Chinese faces, tables of fixed widths whose header repeats.
//!
//! | file | what it makes |
//! |---|---|
//! | `ink` | faces, sizes, runs and paragraphs |
//! | `grid` | tables |
//! | `page` | the sheet: size, margins, page numbers, and the finished file |
//! | `order` | properties in the order of the schema |
//! | `package` | the parts zipped, the same bytes for the same input |
mod grid;
mod ink;
mod order;
mod package;
mod page;

pub use grid::{Cell, Grid};
pub use ink::{Face, Ink, Line};
pub use package::PackError;
pub use page::{Margins, Page};
