//! INBOX to dossiers: folders, archives and e-mails, safe unpacking, hashing, limits, noise; lists and the clerk's book.
//!
//! [`open`] lists the dossiers and reads the operator's own files; [`Package::load`] reads one dossier.
//! An applicant's file can be anything: what cannot be taken in is a [`crate::model::SourceFile`] with its
//! problem. An operator's file that is broken is an [`IntakeError`] and stops the run.
#![allow(clippy::disallowed_methods)] // This is where files are opened.

mod book;
mod budget;
mod columns;
mod container;
mod embedded_ofd;
mod embedded_pdf;
mod eml;
mod error;
mod faults;
mod folder;
mod group;
mod gz;
mod inbox;
mod limits;
mod lists;
mod mail;
mod msg;
mod noise;
mod opener;
mod package;
mod paper;
mod rar;
mod safe_path;
mod sevenz;
mod table;
mod tar;
mod tnef;
mod volumes;
mod zip;
mod zip_index;

pub use embedded_pdf::attached_to_pdf;
pub use error::IntakeError;
pub use group::separate;
pub use inbox::{Inbox, InputDigest, Options, open, open_one};
pub use limits::Limits;
pub use mail::BODY as MAIL_BODY;
pub use opener::{Opener, answer};
pub use package::{Content, Loaded, LoadedFile, Package};
pub use paper::{PaperFile, PaperKind};

#[cfg(test)]
mod container_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) mod zip_maker;
