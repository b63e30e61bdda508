//! Text as data: folding with the way back to the raw text, numerals, money, dates, names. No I/O.
pub mod date;
pub mod delimited;
pub mod encoding;
pub mod engraved;
pub mod fold;
pub mod mask;
pub mod money;
pub mod name;
pub mod numeral;
pub mod sentences;

pub use fold::{Folded, key, normal, tight};
pub use sentences::Sentences;
