//! 7z archives, block by block: a block that fails does not spoil the next one.
use super::budget::{Budget, Taken};
use super::container::{Entry, Unpacked};
use super::faults::{damaged, damaged_archive, encrypted, encrypted_archive, link, unsupported};
use super::safe_path::safe_path;
use crate::model::Problem;
use sevenz_rust2::{Archive, ArchiveEntry, BlockDecoder, Error, Password};
use std::io::Cursor;

/// Unpacks an archive as far as its bytes and the limits allow.
pub fn unpack(bytes: &[u8], budget: &mut Budget) -> Unpacked {
    let password = Password::empty();
    let memory = usize::try_from(budget.limits.dictionary_bytes / 1024).unwrap_or(usize::MAX);
    let mut source = Cursor::new(bytes);
    let archive = match Archive::read_with_memory_limit(&mut source, &password, memory) {
        Ok(archive) => archive,
        Err(error) => return Unpacked::failed(whole_problem(&error, budget)),
    };
    let mut out = Unpacked::default();
    let mut members: Vec<&ArchiveEntry> = Vec::new();
    for block in 0..archive.blocks.len() {
        let decoder = BlockDecoder::new_with_memory_limit(1, memory, block, &archive, &password, &mut source);
        let first = members.len();
        let held = decoder.entry_count();
        let mut contents: Vec<Result<Vec<u8>, Problem>> = Vec::new();
        let outcome = decoder.for_each_entries(&mut |_, stream| {
            let taken = budget.take(stream, Some(bytes.len() as u64));
            let more = !matches!(taken, Err(Taken::Problem(_)));
            contents.push(match taken {
                Ok(content) => Ok(content),
                Err(Taken::Problem(problem)) => Err(problem),
                Err(Taken::Broken(_)) => Err(damaged()),
            });
            Ok(more)
        });
        let from = archive.stream_map.block_first_file_index[block];
        members.extend(&archive.files[from..from + held]);
        // A member's checksum is verified behind the call that took it: the block's error is its own.
        if let Err(error) = outcome {
            let problem = member_problem(&error, budget);
            if let Some(last) = contents.last_mut()
                && contents_are_last_to_blame(&error)
            {
                *last = Err(problem.clone());
            }
            contents.resize_with(held, || Err(problem.clone()));
        }
        let left_out = contents.last().and_then(|last| last.as_ref().err().cloned()).unwrap_or_else(damaged);
        contents.resize_with(held, || Err(left_out.clone()));
        for (member, content) in members[first..].iter().zip(contents) {
            if !add(&mut out, member, content, budget) {
                return out;
            }
        }
    }
    for (member, block) in archive.files.iter().zip(&archive.stream_map.file_block_index) {
        if block.is_none() && !add(&mut out, member, Ok(Vec::new()), budget) {
            return out;
        }
    }
    out
}

/// Adds one member; false where the dossier has too many files.
fn add(out: &mut Unpacked, member: &ArchiveEntry, content: Result<Vec<u8>, Problem>, budget: &mut Budget) -> bool {
    if member.is_directory || member.is_anti_item {
        return true;
    }
    if let Err(problem) = budget.one_more() {
        out.problems.push(problem);
        return false;
    }
    let unix_link = member.windows_attributes & 0x8000 != 0 && (member.windows_attributes >> 16) & 0o170_000 == 0o120_000;
    let reparse_point = member.windows_attributes & 0x400 != 0;
    let content = if unix_link || reparse_point { Err(link()) } else { content };
    out.entries.push(match safe_path(&member.name, budget.limits) {
        Ok(path) => Entry { path, size: member.size, content },
        Err(problem) => Entry { path: member.name.replace('\0', "\u{fffd}"), size: member.size, content: Err(problem) },
    });
    true
}

fn contents_are_last_to_blame(error: &Error) -> bool {
    matches!(error, Error::ChecksumVerificationFailed | Error::Io(..) | Error::MaybeBadPassword(_))
}

fn whole_problem(error: &Error, budget: &Budget) -> Problem {
    match error {
        Error::UnsupportedCompressionMethod(method) if method.contains("AES") => encrypted_archive(),
        Error::PasswordRequired | Error::MaybeBadPassword(_) => encrypted_archive(),
        Error::UnsupportedCompressionMethod(method) => unsupported(method),
        Error::MaxMemLimited { .. } => budget.too_large(),
        _ => damaged_archive(0),
    }
}

fn member_problem(error: &Error, budget: &Budget) -> Problem {
    match error {
        Error::UnsupportedCompressionMethod(method) if method.contains("AES") => encrypted(),
        Error::PasswordRequired | Error::MaybeBadPassword(_) => encrypted(),
        Error::UnsupportedCompressionMethod(method) => unsupported(method),
        Error::Unsupported(method) => unsupported(method),
        Error::MaxMemLimited { .. } => budget.too_large(),
        _ => damaged(),
    }
}
