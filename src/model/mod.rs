//! The plain data in the middle: reading ends here, checking begins here. No I/O, no parsing, no rendering.
mod document;
mod dossier;
mod evidence;
mod facts;
mod finding;
mod lists;
mod manifest;
mod marks;
mod record;
mod round;
mod say;

pub use document::*;
pub use dossier::*;
pub use evidence::*;
pub use facts::*;
pub use finding::*;
pub use lists::*;
pub use manifest::*;
pub use marks::*;
pub use record::*;
pub use round::*;
pub use say::*;
