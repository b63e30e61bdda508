//! INBOX to dossiers: folders and archives, safe unpacking, hashing, limits, noise; lists and the clerk's book.
//!
//! [`open`] lists the dossiers and reads the operator's own files; [`Package::load`] reads one dossier.
//! An applicant's file can be anything: what cannot be taken in is a [`crate::model::SourceFile`] with its
//! problem. An operator's file that is broken is an [`IntakeError`] and stops the run.
mod book;
mod budget;
mod container;
mod error;
mod folder;
mod group;
mod inbox;
mod limits;
mod lists;
mod noise;
mod package;
mod paper;
mod safe_path;
mod table;
mod zip;
mod zip_index;

pub use error::IntakeError;
pub use group::separate;
pub use inbox::{Inbox, InputDigest, Options, open, open_one};
pub use limits::Limits;
pub use package::{Loaded, LoadedFile, Package};
pub use paper::{PaperFile, PaperKind};

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) mod zip_maker;
