//! Streams unpacked with a bound, and with what could be saved from broken ones.
use flate2::{Decompress, FlushDecompress, Status};
use hayro_syntax::Filter;
use hayro_syntax::object::{Array, Dict, Stream};
use std::borrow::Cow;

/// Why a stream gave nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unpacked {
    /// It would unpack to more than the limit.
    TooLarge,
    /// Its filters could not be undone, or are those of a picture.
    Damaged,
}

/// A stream's bytes; `damaged` says that it broke off before its end.
pub struct Bytes<'a> {
    pub data: Cow<'a, [u8]>,
    pub damaged: bool,
}

/// Undoes a stream's filters; never holds more than `limit` bytes of any stage.
pub fn unpack<'a>(stream: &Stream<'a>, limit: u64) -> Result<Bytes<'a>, Unpacked> {
    let filters = stream.filters();
    let raw = stream.raw_data();
    if raw.is_empty() && stream.dict().get::<u32>("Length").unwrap_or(0) > 0 {
        return Ok(Bytes { data: raw, damaged: true });
    }
    if filters.iter().any(|f| matches!(f, Filter::DctDecode | Filter::JpxDecode | Filter::Jbig2Decode | Filter::CcittFaxDecode)) {
        return Err(Unpacked::Damaged);
    }
    if has_predictor(stream.dict()) || filters.contains(&Filter::LzwDecode) || filters.contains(&Filter::RunLengthDecode) {
        return by_library(stream, raw.len(), limit);
    }
    let mut data = raw;
    let mut damaged = false;
    for filter in &filters {
        match filter {
            Filter::Crypt => {}
            Filter::FlateDecode => {
                let (bytes, whole) = inflate(&data, limit)?;
                damaged |= !whole;
                data = Cow::Owned(bytes);
            }
            Filter::AsciiHexDecode => data = Cow::Owned(hex(&data)),
            Filter::Ascii85Decode => data = Cow::Owned(ascii85(&data)),
            _ => return Err(Unpacked::Damaged),
        }
    }
    Ok(Bytes { data, damaged })
}

/// Whether a stream is sure to stay below `limit` when a library unpacks it without a bound.
pub fn is_bounded(stream: &Stream<'_>, limit: u64) -> bool {
    let filters = stream.filters();
    let mut most = stream.raw_data().len() as u64;
    for filter in &filters {
        most = most.saturating_mul(growth(*filter));
    }
    most <= limit || (!filters.iter().any(|f| matches!(f, Filter::LzwDecode)) && unpack(stream, limit).is_ok())
}

/// The most that one byte of a filter's input can become.
fn growth(filter: Filter) -> u64 {
    match filter {
        Filter::FlateDecode => 1032,
        Filter::LzwDecode => 2800,
        Filter::RunLengthDecode => 64,
        Filter::Ascii85Decode => 4,
        _ => 1,
    }
}

fn by_library<'a>(stream: &Stream<'a>, raw: usize, limit: u64) -> Result<Bytes<'a>, Unpacked> {
    let most = stream.filters().iter().fold(raw as u64, |n, f| n.saturating_mul(growth(*f)));
    if most > limit {
        return Err(Unpacked::TooLarge);
    }
    stream.decoded_data().map(|data| Bytes { data, damaged: false }).map_err(|_| Unpacked::Damaged)
}

fn has_predictor(dict: &Dict<'_>) -> bool {
    let predicts = |d: &Dict<'_>| d.get::<i32>("Predictor").is_some_and(|p| p > 1);
    ["DecodeParms", "DP"].iter().any(|key| {
        dict.get::<Dict<'_>>(key).is_some_and(|d| predicts(&d)) || dict.get::<Array<'_>>(key).is_some_and(|a| a.iter::<Dict<'_>>().any(|d| predicts(&d)))
    })
}

/// Inflates; the flag is false where the data break off or fail their checksum, and what came before is kept.
pub fn inflate(data: &[u8], limit: u64) -> Result<(Vec<u8>, bool), Unpacked> {
    let start = data.iter().take_while(|b| b.is_ascii_whitespace()).count();
    let zlib = &data[start.min(data.len())..];
    let has_header = zlib.len() >= 2 && zlib[0] & 0x0f == 8 && (u16::from(zlib[0]) << 8 | u16::from(zlib[1])) % 31 == 0;
    let packed = if has_header { &zlib[2..] } else { zlib };
    let (out, end) = raw_inflate(packed, limit)?;
    if out.is_empty() && end.is_none() && !has_header && zlib.len() > 2 {
        return raw_inflate(&zlib[2..], limit).map(|(out, end)| (out, end.is_some()));
    }
    // Writers that leave the checksum out are common; where there is one, what it says holds.
    let stated = end.filter(|_| has_header).and_then(|end| packed.get(end..end + 4)).and_then(|sum| sum.try_into().ok()).map(u32::from_be_bytes);
    let whole = end.is_some() && stated.is_none_or(|stated| stated == adler32(&out));
    Ok((out, whole))
}

/// The checksum that ends a zlib stream (RFC 1950).
fn adler32(data: &[u8]) -> u32 {
    // So many bytes can be summed before the sums must be reduced.
    const STRETCH: usize = 5552;
    let (mut low, mut high) = (1u32, 0u32);
    for stretch in data.chunks(STRETCH) {
        for byte in stretch {
            low += u32::from(*byte);
            high += low;
        }
        (low, high) = (low % 65_521, high % 65_521);
    }
    high << 16 | low
}

/// What came out, and where in the data it ended; no end where it breaks off.
fn raw_inflate(data: &[u8], limit: u64) -> Result<(Vec<u8>, Option<usize>), Unpacked> {
    let mut machine = Decompress::new(false);
    let first = (data.len() as u64).saturating_mul(4).clamp(1 << 10, limit.clamp(1 << 10, 1 << 22));
    let mut out = Vec::with_capacity(first as usize);
    loop {
        if out.len() == out.capacity() {
            if out.len() as u64 > limit {
                return Err(Unpacked::TooLarge);
            }
            out.reserve(out.len().max(1 << 10));
        }
        let at = machine.total_in() as usize;
        let before = out.len();
        match machine.decompress_vec(&data[at.min(data.len())..], &mut out, FlushDecompress::None) {
            Ok(Status::StreamEnd) => break,
            Ok(_) if machine.total_in() as usize == at && out.len() == before => return checked(out, None, limit),
            Ok(_) => {}
            Err(_) => return checked(out, None, limit),
        }
    }
    checked(out, usize::try_from(machine.total_in()).ok(), limit)
}

fn checked(out: Vec<u8>, end: Option<usize>, limit: u64) -> Result<(Vec<u8>, Option<usize>), Unpacked> {
    if out.len() as u64 > limit { Err(Unpacked::TooLarge) } else { Ok((out, end)) }
}

fn hex(data: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = data.iter().take_while(|b| **b != b'>').filter_map(|b| (*b as char).to_digit(16)).map(|d| d as u8).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
}

fn ascii85(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len() / 5 * 4);
    let mut group = [0u32; 5];
    let mut filled = 0;
    let mut flush = |group: &[u32; 5], bytes: usize| {
        let word = group.iter().fold(0u32, |n, d| n.wrapping_mul(85).wrapping_add(*d));
        out.extend_from_slice(&word.to_be_bytes()[..bytes]);
    };
    for b in data {
        match b {
            b'~' => break,
            b'z' if filled == 0 => flush(&[0; 5], 4),
            b'!'..=b'u' => {
                group[filled] = u32::from(b - b'!');
                filled += 1;
                if filled == 5 {
                    flush(&group, 4);
                    filled = 0;
                }
            }
            _ => {}
        }
    }
    if filled > 1 {
        group[filled..].fill(84);
        flush(&group, filled - 1);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use std::io::Write;

    fn zlib(data: &[u8]) -> Vec<u8> {
        let mut out = ZlibEncoder::new(Vec::new(), Compression::best());
        out.write_all(data).expect("writing to memory");
        out.finish().expect("writing to memory")
    }

    #[test]
    fn a_bomb_stops_at_the_limit() {
        let bomb = zlib(&vec![0u8; 8 << 20]);
        assert!(bomb.len() < 10_000);
        assert_eq!(inflate(&bomb, 1 << 20).err(), Some(Unpacked::TooLarge));
        assert_eq!(inflate(&bomb, 16 << 20).map(|(d, whole)| (d.len(), whole)), Ok((8 << 20, true)));
    }

    #[test]
    fn a_stream_that_breaks_off_keeps_its_beginning() {
        let text: Vec<u8> = (0..20_000u32).flat_map(|n| n.to_string().into_bytes()).collect();
        let packed = zlib(&text);
        let (half, whole) = inflate(&packed[..packed.len() / 2], 1 << 20).expect("small");
        assert!(!whole && half.len() > 1000 && text.starts_with(&half));
    }

    #[test]
    fn text_filters() {
        assert_eq!(hex(b"48 65 6C6c6F>junk"), b"Hello");
        assert_eq!(ascii85(b"87cURD]i,\"Ebo80~>"), b"Hello World!");
    }
}
