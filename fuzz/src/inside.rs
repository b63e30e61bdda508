//! Changes within a package: one part is unpacked, mutated and stored again with its checksum right, so that the change
//! reaches the reader of the part and is not stopped by the first checksum.
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Bytes taken of one part, parts taken of one package.
const PART: u64 = 256 << 10;
const PARTS: usize = 200;

/// The package with one part changed, if the bytes are one and the outcome has room in `max_size`.
pub fn mutated(bytes: &[u8], seed: u32, max_size: usize) -> Option<Vec<u8>> {
    rebuilt(bytes, Some(seed)).filter(|changed| changed.len() <= max_size)
}

/// The package with every part stored as it is: what a mutation of bytes finds is text, not a compressed stream.
pub fn stored(bytes: &[u8]) -> Option<Vec<u8>> {
    rebuilt(bytes, None)
}

fn rebuilt(bytes: &[u8], seed: Option<u32>) -> Option<Vec<u8>> {
    if !bytes.starts_with(b"PK\x03\x04") {
        return None;
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let parts = archive.len().min(PARTS);
    let chosen = seed.map(|seed| (seed / 3) as usize % parts.max(1));
    let mut out = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len() * 2)));
    for n in 0..parts {
        let Ok(part) = archive.by_index(n) else { continue };
        let name = part.name().ok()?.into_owned();
        let mut content = Vec::new();
        // What unpacks before an error is kept: the outcome is a whole package again.
        let _ = part.take(PART).read_to_end(&mut content);
        if chosen == Some(n) {
            let size = content.len();
            content.resize(size + 64 + size / 8, 0);
            let room = content.len();
            let size = libfuzzer_sys::fuzzer_mutate(&mut content, size, room);
            content.truncate(size);
        }
        out.start_file(name, SimpleFileOptions::default().compression_method(CompressionMethod::Stored)).ok()?;
        out.write_all(&content).ok()?;
    }
    Some(out.finish().ok()?.into_inner())
}
