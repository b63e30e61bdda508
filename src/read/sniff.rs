//! What the bytes are, by content; the name decides only where the content leaves a choice.
mod archive;
mod ole;
mod text;

use crate::model::Format;

/// Looks at the bytes first. The name only tells apart what is the same inside: plain text, CSV and e-mail text,
/// `.wps` and `.doc`, `.et` and `.xls`, what an encrypted package was before, and what one was of which only a few
/// bytes are left.
pub fn sniff(name: &str, bytes: &[u8]) -> Format {
    let ending = Ending(name.rsplit_once('.').map_or("", |(_, e)| e));
    if bytes.is_empty() {
        return Format::Empty;
    }
    if let Some(format) = by_signature(bytes) {
        return format;
    }
    if bytes.starts_with(&super::compound::SIGNATURE) {
        return ole::kind(bytes, ending);
    }
    if archive::starts(bytes) {
        return archive::kind(bytes, ending);
    }
    if is_tar(bytes) {
        return Format::Tar;
    }
    if has_pdf_header(bytes) {
        return Format::Pdf;
    }
    text::kind(bytes, ending).or_else(|| archive::kind_behind_junk(bytes)).unwrap_or(Format::Unknown)
}

/// What follows the last dot of a name.
#[derive(Debug, Clone, Copy)]
struct Ending<'a>(&'a str);

impl Ending<'_> {
    fn is(self, any: &[&str]) -> bool {
        any.iter().any(|e| self.0.eq_ignore_ascii_case(e))
    }
}

/// Formats that are known by their first bytes alone.
fn by_signature(bytes: &[u8]) -> Option<Format> {
    let starts = |sign: &[u8]| bytes.starts_with(sign);
    let at = |from: usize, sign: &[u8]| bytes.get(from..).is_some_and(|rest| rest.starts_with(sign));
    Some(match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Format::Jpeg,
        _ if starts(b"\x89PNG\r\n\x1a\n") => Format::Png,
        _ if starts(b"GIF87a") || starts(b"GIF89a") => Format::Gif,
        _ if starts(b"RIFF") && at(8, b"WEBP") => Format::Webp,
        _ if starts(b"II*\0") || starts(b"MM\0*") || starts(b"II+\0") || starts(b"MM\0+") => Format::Tiff,
        // The size of the next header tells a picture from a text that begins with these two letters.
        [b'B', b'M', ..] if matches!(bytes.get(14..18), Some([12 | 16 | 40 | 52 | 56 | 64 | 108 | 124, 0, 0, 0])) => Format::Bmp,
        _ if starts(b"\0\0\0\x0cjP  \r\n\x87\n") || starts(b"\xFF\x4F\xFF\x51") => Format::Jp2,
        _ if starts(b"\x97JB2\r\n\x1a\n") => Format::Jbig2,
        _ if at(4, b"ftyp") && [b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif"].iter().any(|brand| at(8, *brand)) => Format::Heic,
        _ if starts(b"7z\xBC\xAF\x27\x1C") => Format::Sevenz,
        _ if starts(b"Rar!\x1A\x07") || starts(b"RE~^") => Format::Rar,
        [0x1F, 0x8B, 0x08, ..] => Format::Gz,
        // Word 2 and before, not yet in a compound file.
        [0xDB, 0xA5, 0x2D, 0x00, ..] => Format::Doc,
        _ => return None,
    })
}

/// `%PDF-` with its version; readers look for it in the first kilobyte, so garbage before it is common.
fn has_pdf_header(bytes: &[u8]) -> bool {
    let head = bytes.get(..1024).unwrap_or(bytes);
    head.windows(6).any(|w| w.starts_with(b"%PDF-") && w[5].is_ascii_digit())
}

/// A tar archive, by its mark or, for the oldest, by the checksum of its first header.
fn is_tar(bytes: &[u8]) -> bool {
    let Some(header) = bytes.get(..512) else { return false };
    if &header[257..262] == b"ustar" {
        return true;
    }
    let digits = std::str::from_utf8(&header[148..156]).unwrap_or("").trim_matches([' ', '\0']);
    let sum: u64 = header.iter().enumerate().map(|(n, b)| if (148..156).contains(&n) { 32 } else { u64::from(*b) }).sum();
    header[0] != 0 && u64::from_str_radix(digits, 8) == Ok(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_and_archives_are_known_by_their_first_bytes() {
        for (bytes, format) in [
            (&b"\xFF\xD8\xFF\xE0"[..], Format::Jpeg),
            (b"\x89PNG\r\n\x1a\n", Format::Png),
            (b"GIF89a", Format::Gif),
            (b"RIFF\0\0\0\0WEBPVP8 ", Format::Webp),
            (b"MM\0*", Format::Tiff),
            (b"\0\0\0\x0cjP  \r\n\x87\n", Format::Jp2),
            (b"\xFF\x4F\xFF\x51\0\x2f", Format::Jp2),
            (b"\x97JB2\r\n\x1a\n\x01", Format::Jbig2),
            (b"\0\0\0\x18ftypheic\0\0\0\0", Format::Heic),
            (b"7z\xBC\xAF\x27\x1C", Format::Sevenz),
            (b"Rar!\x1A\x07\x01\0", Format::Rar),
            (b"\x1F\x8B\x08", Format::Gz),
            (b"PK\x05\x06", Format::Zip),
            (b"", Format::Empty),
        ] {
            assert_eq!(sniff("photo.doc", bytes), format);
        }
        assert_eq!(sniff("a.txt", b"BMW is a company of cars"), Format::Txt);
        assert_eq!(sniff("a.txt", b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0"), Format::Bmp);
    }

    #[test]
    fn a_pdf_may_have_garbage_before_its_header() {
        assert_eq!(sniff("x.doc", b"\xEF\xBB\xBF\r\n\0junk%PDF-1.4\n"), Format::Pdf);
        assert_eq!(sniff("x.txt", "说到 %PDF- 的文字".as_bytes()), Format::Txt);
    }

    #[test]
    fn a_tar_without_its_mark_is_known_by_its_checksum() {
        let mut tar = vec![0u8; 1024];
        tar[..5].copy_from_slice(b"a.txt");
        tar[148..156].fill(b' ');
        let sum: u32 = tar[..512].iter().map(|b| u32::from(*b)).sum();
        tar[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        assert_eq!(sniff("x", &tar), Format::Tar);
        assert_eq!(sniff("x", &vec![0; 1024]), Format::Unknown);
    }
}
