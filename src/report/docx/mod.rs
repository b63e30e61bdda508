//! The office's papers as DOCX: A4, Chinese faces, tables of fixed widths whose header repeats. `docx-rs` makes the empty
//! sheet with everything around it, once a run; a paper's thousands of cells are written straight onto it.
//!
//! | file | what it makes |
//! |---|---|
//! | `sheet` | the empty sheet: size, margins, settings, fonts, picture |
//! | `ink` | faces, sizes and runs |
//! | `line` | paragraphs |
//! | `grid` | tables |
//! | `page` | a paper: lines and tables, page numbers, the finished file |
//! | `order` | properties of the sheet in the order of the schema |
//! | `package` | the parts zipped, the same bytes for the same input |
//! | `xml` | text between tags |
mod grid;
mod ink;
mod line;
mod order;
mod package;
mod page;
mod sheet;
mod xml;

pub use grid::{Cell, Grid};
pub use ink::{Face, Ink};
pub use line::Line;
pub use package::PackError;
pub use page::Page;
pub use sheet::{Margins, Picture, Sheet};
