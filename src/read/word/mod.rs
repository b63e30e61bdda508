//! What all word processors' formats have in common, once a reader knows what a file says: how signs of symbol
//! fonts look, how automatic numbers are counted and printed, what fields print, where cells stand in a table.
pub(in crate::read) mod faults;
pub(in crate::read) mod field;
pub(in crate::read) mod flow;
pub(in crate::read) mod fonts;
pub(in crate::read) mod grid;
pub(in crate::read) mod numbering;
pub(in crate::read) mod numfmt;
pub(in crate::read) mod out;
pub(in crate::read) mod pictures;

pub(in crate::read) mod table;
pub(in crate::read) mod tree;
