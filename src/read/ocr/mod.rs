//! Recognition of text in pictures: scanned pages, photographs of pages, pictures that are the whole of a page.
//!
//! `picture` and `decode` make dots of a page; `marks::red` takes red seals off; `upright` and `page` turn it level; `detect` finds
//! lines; `recognise` reads them; `rulings` finds the lines of tables. The answer, [`Recognised`], is ink like that of
//! a PDF: the reader of PDFs makes lines, cells and paragraphs of it, so that all that follows works unchanged.
//!
//! The models are not part of the program: see [`models`]. Everything here runs in a worker process that was given
//! the models before it gave up its rights, one page at a time.
//!
//! Limitations: handwriting is mostly left unread and said so; formulas and seals in other colours than red are read
//! as they come.
mod ask;
mod bleach;
pub mod decode;
mod detect;
mod fax;
pub mod found;
mod ground;
pub mod lattice;
mod missed;
pub mod models;
mod page;
mod picture;
mod raster;
mod recognise;
mod rulings;
mod spelling;
mod upright;

pub use ask::{Extent, Ocr, Store, answer, kept};
pub use found::Recognised;
pub use ground::is_paper;
pub use models::{Models, sha256};
pub use page::Picture;
pub use picture::picture;
pub use raster::{Grey, Raster};

use crate::model::Format;

/// Reads one page of a file, counted from 1; `None` where there is no such page, or a model does not run on it.
///
/// `is_thrifty`: what is plainly a photograph gets only a glance.
pub fn page(models: &Models, format: Format, bytes: &[u8], page: u32, is_thrifty: bool) -> Option<Recognised> {
    page::recognise(models, picture::picture(format, bytes, page)?, is_thrifty).ok()
}
