//! What a zip archive holds: from its central directory, or from its local headers where that is broken.
//!
//! Own code and not the `zip` crate, because evidence needs what that crate folds away: two members of
//! one name, members that overlap, and the members of an archive whose directory is cut off.
use flate2::{Decompress, FlushDecompress, Status};
use std::ops::Range;

/// One member as the archive describes it. Nothing in here is trusted but positions, which are checked.
#[derive(Debug, Clone, Default)]
pub struct Member {
    /// The stored name's bytes.
    pub name: Vec<u8>,
    /// The name of extra field 0x7075, where its checksum fits the stored name.
    pub unicode_name: Option<String>,
    pub flags: u16,
    pub method: u16,
    pub crc: u32,
    pub packed: u64,
    pub size: u64,
    /// Unix mode, where a Unix system wrote the member; else 0.
    pub mode: u32,
    /// Where the packed bytes are; `None` where the local header is missing or they run past the end.
    pub data: Option<Range<usize>>,
    /// Where the member begins, its local header included.
    pub start: u64,
}

impl Member {
    /// Whether it only names a folder. `name` is the decoded one: a GBK character may end in the byte of `\`.
    pub fn is_folder(&self, name: &str) -> bool {
        self.size == 0 && (name.ends_with(['/', '\\']) || self.mode & 0o170_000 == 0o040_000)
    }

    pub fn is_encrypted(&self) -> bool {
        self.flags & 1 != 0 || self.method == AES
    }
}

pub const STORED: u16 = 0;
pub const DEFLATED: u16 = 8;
const AES: u16 = 99;

/// The members of an archive in stored order.
#[derive(Debug, Default)]
pub struct Index {
    pub members: Vec<Member>,
    /// Whether the central directory was unusable and the members come from a scan.
    pub recovered: bool,
    /// Whether there were more members than `most`.
    pub cut: bool,
}

/// Lists an archive's members, `most` at most. `work` bounds the bytes that a scan unpacks.
/// `None` where the bytes hold no zip member at all and no empty directory either.
pub fn index(bytes: &[u8], most: usize, work: u64) -> Option<Index> {
    if let Some(index) = from_directory(bytes, most) {
        return Some(index);
    }
    let index = from_local_headers(bytes, most, work);
    (!index.members.is_empty()).then_some(index)
}

const END: &[u8] = b"PK\x05\x06";
const CENTRAL: &[u8] = b"PK\x01\x02";
const LOCAL: &[u8] = b"PK\x03\x04";
const DESCRIPTOR: &[u8] = b"PK\x07\x08";

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at.checked_add(8)?)?.try_into().ok()?))
}

/// Whether the archive was cut into several files of which this is the last: its end record counts them.
pub fn is_last_of_several(bytes: &[u8]) -> bool {
    let tail = bytes.len().saturating_sub(22 + 65_536);
    let end = rfind(&bytes[tail..], END).map(|at| at + tail);
    end.and_then(|at| u16_at(bytes, at + 4)).is_some_and(|number| number > 0 && number < u16::MAX)
}

/// Tries the last few end records, so that rubbish behind the archive or a forged record in its comment does no harm.
fn from_directory(bytes: &[u8], most: usize) -> Option<Index> {
    let mut until = bytes.len();
    for _ in 0..8 {
        let end = rfind(&bytes[..until], END)?;
        if let Some(index) = directory_at(bytes, end, most) {
            return Some(index);
        }
        until = end;
    }
    None
}

fn rfind(bytes: &[u8], pattern: &[u8]) -> Option<usize> {
    bytes.windows(pattern.len()).rposition(|window| window == pattern)
}

fn directory_at(bytes: &[u8], end: usize, most: usize) -> Option<Index> {
    let mut count = u64::from(u16_at(bytes, end + 10)?);
    let mut size = u64::from(u32_at(bytes, end + 12)?);
    let mut offset = u64::from(u32_at(bytes, end + 16)?);
    let mut directory_end = end as u64;
    if let Some((wide_count, wide_size, wide_offset, at)) = zip64_end(bytes, end) {
        (count, size, offset, directory_end) = (wide_count, wide_size, wide_offset, at);
    }
    let start = directory_end.checked_sub(size)?;
    // Bytes in front of the archive (a self-extracting head) shift every offset. Where they are an archive
    // themselves, this is the end of one packed inside, and the outer archive's own end is cut off.
    let shift = start.checked_sub(offset)?;
    if shift > 0 && bytes.starts_with(LOCAL) {
        return None;
    }
    let mut index = Index::default();
    let mut at = usize::try_from(start).ok()?;
    // The stated number is 16 bits wide and may have wrapped: the directory's own length decides.
    while (at as u64) < directory_end && bytes.get(at..).is_some_and(|rest| rest.starts_with(CENTRAL)) {
        if index.members.len() >= most {
            index.cut = true;
            return Some(index);
        }
        let (member, next) = central_member(bytes, at, shift)?;
        index.members.push(member);
        at = next;
    }
    (index.members.len() as u64 >= count).then_some(index)
}

fn zip64_end(bytes: &[u8], end: usize) -> Option<(u64, u64, u64, u64)> {
    let locator = end.checked_sub(20)?;
    if !bytes.get(locator..)?.starts_with(b"PK\x06\x07") {
        return None;
    }
    let stated = usize::try_from(u64_at(bytes, locator + 8)?).ok()?;
    let is_record = |at: usize| bytes.get(at..).is_some_and(|rest| rest.starts_with(b"PK\x06\x06"));
    let at = if is_record(stated) { stated } else { rfind(&bytes[..locator], b"PK\x06\x06")? };
    Some((u64_at(bytes, at + 32)?, u64_at(bytes, at + 40)?, u64_at(bytes, at + 48)?, at as u64))
}

fn central_member(bytes: &[u8], at: usize, shift: u64) -> Option<(Member, usize)> {
    if !bytes.get(at..)?.starts_with(CENTRAL) {
        return None;
    }
    let [name_length, extra_length, comment_length] = [28, 30, 32].map(|field| u16_at(bytes, at + field).map(usize::from));
    let name_end = at + 46 + name_length?;
    let extra_end = name_end + extra_length?;
    let name = bytes.get(at + 46..name_end)?.to_vec();
    let extra = bytes.get(name_end..extra_end)?;
    let mut member = Member {
        flags: u16_at(bytes, at + 8)?,
        method: u16_at(bytes, at + 10)?,
        crc: u32_at(bytes, at + 16)?,
        packed: u64::from(u32_at(bytes, at + 20)?),
        size: u64::from(u32_at(bytes, at + 24)?),
        start: u64::from(u32_at(bytes, at + 42)?),
        unicode_name: unicode_name(extra, &name),
        name,
        ..Member::default()
    };
    if bytes.get(at + 5) == Some(&3) {
        member.mode = u32_at(bytes, at + 38)? >> 16;
    }
    if let Some(wide) = extra_field(extra, 1) {
        let mut next = 0;
        for value in [&mut member.size, &mut member.packed, &mut member.start] {
            if *value == u64::from(u32::MAX) {
                *value = u64_at(wide, next)?;
                next += 8;
            }
        }
    }
    member.start = member.start.saturating_add(shift);
    member.data = data_of(bytes, &member);
    Some((member, extra_end + comment_length?))
}

fn data_of(bytes: &[u8], member: &Member) -> Option<Range<usize>> {
    let local = usize::try_from(member.start).ok()?;
    if !bytes.get(local..)?.starts_with(LOCAL) {
        return None;
    }
    let start = local + 30 + usize::from(u16_at(bytes, local + 26)?) + usize::from(u16_at(bytes, local + 28)?);
    let end = start.checked_add(usize::try_from(member.packed).ok()?)?;
    (end <= bytes.len()).then_some(start..end)
}

/// The data of one extra field by its id.
fn extra_field(mut extra: &[u8], id: u16) -> Option<&[u8]> {
    while let (Some(found), Some(length)) = (u16_at(extra, 0), u16_at(extra, 2)) {
        let end = 4 + usize::from(length);
        let data = extra.get(4..end)?;
        if found == id {
            return Some(data);
        }
        extra = &extra[end..];
    }
    None
}

fn unicode_name(extra: &[u8], stored: &[u8]) -> Option<String> {
    let field = extra_field(extra, 0x7075)?;
    let mut crc = flate2::Crc::new();
    crc.update(stored);
    if field.first() != Some(&1) || u32_at(field, 1)? != crc.sum() {
        return None;
    }
    String::from_utf8(field.get(5..)?.to_vec()).ok()
}

/// Walks the local headers. A member whose sizes come behind its data is unpacked once to find its end.
fn from_local_headers(bytes: &[u8], most: usize, mut work: u64) -> Index {
    let mut index = Index { recovered: true, ..Index::default() };
    let mut at = 0;
    while let Some(found) = find(bytes, LOCAL, at) {
        if index.members.len() >= most {
            index.cut = true;
            break;
        }
        at = match local_member(bytes, found, &mut work) {
            Some((member, next)) => {
                index.members.push(member);
                next
            }
            None => found + 4,
        };
    }
    index
}

fn find(bytes: &[u8], pattern: &[u8], from: usize) -> Option<usize> {
    bytes.get(from..)?.windows(pattern.len()).position(|window| window == pattern).map(|at| at + from)
}

fn local_member(bytes: &[u8], at: usize, work: &mut u64) -> Option<(Member, usize)> {
    let name_end = at + 30 + usize::from(u16_at(bytes, at + 26)?);
    let data_start = name_end + usize::from(u16_at(bytes, at + 28)?);
    let name = bytes.get(at + 30..name_end)?.to_vec();
    let extra = bytes.get(name_end..data_start)?;
    let mut member = Member {
        flags: u16_at(bytes, at + 6)?,
        method: u16_at(bytes, at + 8)?,
        crc: u32_at(bytes, at + 14)?,
        packed: u64::from(u32_at(bytes, at + 18)?),
        size: u64::from(u32_at(bytes, at + 22)?),
        start: at as u64,
        unicode_name: unicode_name(extra, &name),
        name,
        ..Member::default()
    };
    if let Some(wide) = extra_field(extra, 1)
        && member.packed == u64::from(u32::MAX)
    {
        (member.size, member.packed) = (u64_at(wide, 0)?, u64_at(wide, 8)?);
    }
    if member.flags & 8 != 0 && member.packed == 0 {
        return Some(described_behind(bytes, member, data_start, work));
    }
    member.data = data_of(bytes, &member);
    // What follows a member that runs past the end is that member's own content.
    let next = member.data.as_ref().map_or(bytes.len(), |data| data.end);
    Some((member, next))
}

/// Finds the end of a member that states its sizes behind its data.
fn described_behind(bytes: &[u8], mut member: Member, start: usize, work: &mut u64) -> (Member, usize) {
    let rest = &bytes[start..];
    let length = match member.method {
        DEFLATED if !member.is_encrypted() => deflated_length(rest, work),
        _ => find(rest, DESCRIPTOR, 0),
    };
    let Some(length) = length else { return (member, start) };
    let end = start + length;
    let described = end + if bytes[end..].starts_with(DESCRIPTOR) { 4 } else { 0 };
    member.crc = u32_at(bytes, described).unwrap_or(0);
    member.packed = length as u64;
    member.size = u32_at(bytes, described + 8).map_or(0, u64::from);
    member.data = Some(start..end);
    (member, end)
}

fn deflated_length(packed: &[u8], work: &mut u64) -> Option<usize> {
    let mut inflate = Decompress::new(false);
    let mut sink = vec![0; 64 << 10];
    loop {
        let (read, written) = (inflate.total_in(), inflate.total_out());
        let rest = &packed[usize::try_from(read).ok()?.min(packed.len())..];
        let status = inflate.decompress(rest, &mut sink, FlushDecompress::None).ok()?;
        let unpacked = inflate.total_out() - written;
        *work = work.checked_sub(unpacked + (inflate.total_in() - read))?;
        match status {
            Status::StreamEnd => return usize::try_from(inflate.total_in()).ok(),
            _ if unpacked == 0 && inflate.total_in() == read => return None,
            _ => {}
        }
    }
}
