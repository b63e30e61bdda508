//! What stands on pages beside their text: seals, QR and bar codes, and what a photo looks like as a whole.
//!
//! Works without the models of recognition; with them, what is written on a seal is read too.
//!
//! | file | idea |
//! |---|---|
//! | `ask` | which pages are looked at, by which workers |
//! | `red` | red ink: where it is, and the page without it |
//! | `rim` | ellipses among red dots |
//! | `seal` | which of them are seals |
//! | `ring` | the writing of a seal as strips to be read |
//! | `code` | QR and bar codes |
//! | `finder` | where a QR code may stand |
//! | `likeness` | a photo's look as 64 bits |
mod ask;
mod code;
mod finder;
mod likeness;
pub mod red;
mod rim;
mod ring;
mod seal;

pub use ask::{Eyes, Found, answer, find, look, pages};
