//! Zip archives: names in their real encoding, hostile members refused one by one.
use super::budget::{Budget, Taken};
use super::container::{Entry, Unpacked};
use super::faults::{damaged, damaged_archive, encrypted, link, not_regular, split, truncated, unsupported};
use super::safe_path::safe_path;
use super::zip_index::{DEFLATED, Index, Member, STORED, index, is_last_of_several};
use crate::model::{Problem, ProblemKind};
use crate::say;
use crate::text::encoding;
use flate2::read::DeflateDecoder;
use std::collections::HashSet;

/// Whether a zip is the package of a document (docx, xlsx, ofd, odt …) and not an archive of files.
pub fn is_document(bytes: &[u8]) -> bool {
    let Some(index) = index(bytes, LOOKED_AT, 0) else { return false };
    index.members.iter().any(|member| DOCUMENT_PARTS.contains(&member.name.to_ascii_lowercase().as_slice()))
}

/// Members looked at for a telling one; some writers put it last.
const LOOKED_AT: usize = 4096;

/// Parts that only packages of documents have, by their whole path.
const DOCUMENT_PARTS: [&[u8]; 8] = [
    b"[content_types].xml",
    b"mimetype",
    b"ofd.xml",
    b"meta-inf/manifest.xml",
    b"index/document.iwa",
    b"word/document.xml",
    b"xl/workbook.xml",
    b"ppt/presentation.xml",
];

/// Unpacks an archive as far as its bytes and the limits allow.
pub fn unpack(bytes: &[u8], budget: &mut Budget) -> Unpacked {
    let most = budget.limits.files as usize + 1;
    if is_last_of_several(bytes) {
        return Unpacked::failed(split());
    }
    let Some(index) = index(bytes, most, budget.limits.total_bytes) else {
        return Unpacked::failed(damaged_archive(0));
    };
    let mut out = Unpacked::default();
    let overlapping = overlapping(&index);
    let names = names(&index);
    for (n, (member, name)) in index.members.iter().zip(names).enumerate() {
        if member.is_folder(&name) && safe_path(&name, budget.limits).is_ok() {
            continue;
        }
        if let Err(problem) = budget.one_more() {
            out.problems.push(problem);
            break;
        }
        out.entries.push(match safe_path(&name, budget.limits) {
            Err(problem) => Entry { path: name.replace('\0', "\u{fffd}"), size: member.size, content: Err(problem) },
            Ok(path) => {
                let content = if overlapping.contains(&n) { Err(overlap()) } else { content(bytes, member, budget) };
                Entry { path, size: member.size, content }
            }
        });
    }
    if index.recovered {
        out.problems.push(damaged_archive(out.entries.len()));
    }
    out
}

/// The members' names: UTF-8 where a member says so, else one encoding for the whole archive.
fn names(index: &Index) -> Vec<String> {
    let says_utf8 = |member: &Member| member.flags & (1 << 11) != 0 && std::str::from_utf8(&member.name).is_ok();
    let unmarked = index.members.iter().filter(|member| member.unicode_name.is_none() && !says_utf8(member));
    let encoding = encoding::choose(unmarked.map(|member| member.name.as_slice()));
    let name_of = |member: &Member| match &member.unicode_name {
        Some(name) => name.clone(),
        None if says_utf8(member) => String::from_utf8_lossy(&member.name).into_owned(),
        None => encoding::decode_as(encoding, &member.name).text,
    };
    index.members.iter().map(name_of).collect()
}

/// Members that share bytes with another one: no packer makes them, a bomb is built of them.
fn overlapping(index: &Index) -> HashSet<usize> {
    let mut ranges: Vec<(u64, u64, usize)> =
        (0..).zip(&index.members).filter_map(|(n, member)| Some((member.start, member.data.as_ref()?.end as u64, n))).collect();
    ranges.sort_unstable();
    let mut found = HashSet::new();
    let mut last: Option<(u64, usize)> = None;
    for (start, end, n) in ranges {
        match last {
            Some((last_end, last_n)) if start < last_end => {
                found.extend([last_n, n]);
                if end > last_end {
                    last = Some((end, n));
                }
            }
            _ => last = Some((end, n)),
        }
    }
    found
}

pub(super) fn content(bytes: &[u8], member: &Member, budget: &mut Budget) -> Result<Vec<u8>, Problem> {
    match member.mode & 0o170_000 {
        0 | 0o100_000 => {}
        0o120_000 => return Err(link()),
        _ => return Err(not_regular()),
    }
    if member.is_encrypted() {
        return Err(encrypted());
    }
    let Some(data) = member.data.clone().and_then(|range| bytes.get(range)) else { return Err(truncated()) };
    let taken = match member.method {
        STORED => budget.take(data, None),
        DEFLATED => budget.take(DeflateDecoder::new(data), Some(data.len() as u64)),
        method => return Err(unsupported(&format!("ZIP {method}"))),
    };
    let content = match taken {
        Ok(content) => content,
        Err(Taken::Problem(problem)) => return Err(problem),
        Err(Taken::Broken(_)) => return Err(damaged()),
    };
    let mut crc = flate2::Crc::new();
    crc.update(&content);
    if crc.sum() == member.crc { Ok(content) } else { Err(damaged()) }
}

fn overlap() -> Problem {
    Problem::new(
        ProblemKind::Damaged,
        say!(
            "压缩包内多个文件共用同一段数据（压缩炸弹的特征），没有解压；请重新打包提交",
            "members of the archive share the same bytes, as in a zip bomb, and were not unpacked; pack them again",
        ),
    )
}
