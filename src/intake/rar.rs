//! RAR archives of every version. Split archives are reported, not put together.
use super::budget::Budget;
use super::container::{Entry, Unpacked};
use super::faults::{damaged, damaged_archive, encrypted, encrypted_archive, link, split, unsupported};
use super::safe_path::safe_path;
use crate::model::Problem;
use crate::text::encoding;
use rars::{Archive, ArchiveMember, ArchiveReadOptions, ArchiveReader, Error, ErrorKind, ExtractionDecision, ExtractionErrorAction};
use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

/// Unpacks an archive as far as its bytes and the limits allow.
pub fn unpack(bytes: &[u8], budget: &mut Budget) -> Unpacked {
    let parsing = ArchiveReadOptions::new().with_max_header_count(u64::from(budget.limits.files) * 4 + 64);
    let archive = match ArchiveReader::read_with_options(bytes, parsing) {
        Ok(archive) => archive,
        Err(error) => return Unpacked::failed(whole_problem(&error, budget)),
    };
    let members: Vec<ArchiveMember> = archive.members().collect();
    let contents = contents(&archive, &members, bytes.len() as u64, budget);
    let mut out = Unpacked::default();
    let unmarked = members.iter().filter(|member| !member.name_is_unicode());
    let encoding = encoding::choose(unmarked.map(|member| member.meta.name.as_slice()));
    for (member, content) in members.iter().zip(contents) {
        if member.meta.is_directory {
            continue;
        }
        if let Err(problem) = budget.one_more() {
            out.problems.push(problem);
            break;
        }
        let name = match member.name_is_unicode() {
            true => String::from_utf8_lossy(&member.meta.name).into_owned(),
            false => encoding::decode_as(encoding, &member.meta.name).text,
        };
        let size = member.meta.unpacked_size;
        out.entries.push(match safe_path(&name, budget.limits) {
            Ok(path) => Entry { path, size, content },
            Err(problem) => Entry { path: name.replace('\0', "\u{fffd}"), size, content: Err(problem) },
        });
    }
    out
}

/// The members' contents, in order. What is not reached because an earlier member failed has that member's problem.
fn contents(archive: &Archive, members: &[ArchiveMember], packed: u64, budget: &mut Budget) -> Vec<Result<Vec<u8>, Problem>> {
    let ceiling = budget.ceiling(Some(packed));
    let options = ArchiveReadOptions::new()
        .with_max_member_output_bytes(ceiling)
        .with_max_total_output_bytes(budget.ceiling(None))
        .with_rar50_dictionary_size_limit(budget.limits.dictionary_bytes);
    let solid = archive.is_solid();
    let collected: Vec<Sink> = members.iter().map(|_| Sink::default()).collect();
    let mut refused: Vec<Option<Problem>> = members.iter().map(refusal).collect();
    let mut reached = 0;
    let failed = RefCell::new(Vec::new());
    let outcome = archive.extract_with_control_and_errors(
        options,
        |member| {
            let n = reached;
            reached += 1;
            let wanted = !member.meta.is_directory && refused.get(n).is_some_and(Option::is_none);
            let small = member.meta.unpacked_size <= ceiling;
            if wanted && !small {
                refused[n] = Some(budget.too_large());
            }
            Ok(match collected.get(n) {
                Some(sink) if wanted && small => ExtractionDecision::Extract(Box::new(sink.clone())),
                _ if solid && !member.meta.is_directory && !member.meta.is_redirection => ExtractionDecision::Extract(Box::new(io::sink())),
                _ => ExtractionDecision::Skip,
            })
        },
        |member, error| {
            failed.borrow_mut().push((member.meta.name.clone(), member_problem(error, None)));
            Ok(ExtractionErrorAction::Continue)
        },
    );
    let mut failed = failed.into_inner().into_iter().peekable();
    let stopped = outcome.err().map(|error| member_problem(&error, Some(budget)));
    let mut out = Vec::new();
    for (n, (member, sink)) in members.iter().zip(collected).enumerate() {
        let bytes = sink.0.take();
        let own_fault = failed.next_if(|(name, _)| *name == member.meta.name).map(|(_, problem)| problem);
        let cut = stopped.as_ref().filter(|_| n + 1 >= reached).cloned();
        out.push(match refused[n].take().or(own_fault).or(cut) {
            Some(problem) => Err(problem),
            None => budget.take(bytes.as_slice(), None).map_err(|_| budget.too_large()),
        });
    }
    out
}

/// Why a member is not even tried.
fn refusal(member: &ArchiveMember) -> Option<Problem> {
    let meta = &member.meta;
    let unix_link = meta.host_os == Some(3) && meta.file_attr & 0o170_000 == 0o120_000;
    if meta.is_redirection || unix_link {
        return Some(link());
    }
    if meta.is_split_before || meta.is_split_after {
        return Some(split());
    }
    meta.is_encrypted.then(encrypted)
}

/// A buffer that is written by the unpacker and read here.
#[derive(Default, Clone)]
struct Sink(Rc<RefCell<Vec<u8>>>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn whole_problem(error: &Error, budget: &Budget) -> Problem {
    match error.kind() {
        ErrorKind::PasswordRequired | ErrorKind::BadPassword => encrypted_archive(),
        ErrorKind::UnsupportedFeature if matches!(error, Error::FeatureDisabled { .. }) => encrypted_archive(),
        ErrorKind::UnsupportedFormat | ErrorKind::UnsupportedFeature => unsupported("RAR"),
        ErrorKind::ResourceLimit => budget.too_large(),
        _ => damaged_archive(0),
    }
}

fn member_problem(error: &Error, budget: Option<&Budget>) -> Problem {
    match (error.kind(), budget) {
        (ErrorKind::PasswordRequired | ErrorKind::BadPassword, _) => encrypted(),
        (ErrorKind::UnsupportedFormat | ErrorKind::UnsupportedFeature, _) => unsupported("RAR"),
        (ErrorKind::ResourceLimit, Some(budget)) => budget.too_large(),
        _ => damaged(),
    }
}
