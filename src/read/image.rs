//! Pictures: their size, when a photo was taken, and their text where it was recognised before.
use super::Limits;
use super::layout::Pages;
use super::ocr::{Recognised, decode};
use crate::model::{Document, Format, Problem, ProblemKind, Read};
use crate::say;
use exif::{In, Tag, Value};
use std::collections::BTreeMap;
use std::io::Cursor;

/// Reads a picture's head. What it says is for recognition or for a person.
pub fn read(format: Format, bytes: &[u8], limits: &Limits, recognised: BTreeMap<u32, Recognised>) -> Document {
    if format == Format::Heic {
        return Document::unread(
            format,
            Problem::new(
                ProblemKind::Unsupported,
                say!(
                    "手机照片格式（HEIC、AVIF）暂不能读取；请另存为 JPG 重新提交，或人工查看",
                    "photos in HEIC or AVIF are not read; save as JPG and hand it in again, or look at it"
                ),
            ),
        );
    }
    let Some((pages, (width, height))) = decode::pages(format, bytes, limits.pages.saturating_add(1)) else {
        return Document::unread(format, damaged());
    };
    let is_cut = pages > limits.pages;
    let pages = pages.min(limits.pages);
    let mut document = if recognised.is_empty() {
        let say = if pages == 1 {
            say!(
                "图片，尚未识别文字（{0}×{1}像素）；需要其中内容时请人工查看",
                "a picture, its text is not read ({0}×{1} pixels); look at it where its content matters",
                width,
                height,
            )
        } else {
            say!("共 {0} 页图片，尚未识别文字；需要其中内容时请人工查看", "{0} pages of pictures, their text is not read; look at them where it matters", pages)
        };
        Document::unread(format, Problem { kind: ProblemKind::ImageOnly, say, pages: if pages > 1 { (1..=pages).collect() } else { Vec::new() } })
    } else {
        with_text(format, pages, recognised)
    };
    document.pages = (pages > 1).then_some(pages);
    document.picture = Some((width, height));
    document.taken = taken(bytes);
    if is_cut {
        if document.read == Read::Full {
            document.read = Read::Partial;
        }
        document.problems.push(Problem::new(
            ProblemKind::TooLarge,
            say!("页数超过读取上限（{0} 页），其后未读；请拆分后提交", "more than {0} pages, those after were not read; split the file", limits.pages),
        ));
    }
    if is_cut_off(format, bytes) {
        document.problems.push(Problem::new(
            ProblemKind::Truncated,
            say!("图片文件不完整，可能只显示一部分；请重新提交", "the picture is cut off and may show only in part; hand it in again"),
        ));
    }
    document
}

/// Fewer letters than this make no page: a banner or a street sign in a photo.
const FEW_LETTERS: usize = 60;

/// A picture whose text was recognised, or some of whose pages were.
fn with_text(format: Format, count: u32, mut recognised: BTreeMap<u32, Recognised>) -> Document {
    let letters: usize = recognised.values().flat_map(|found| &found.lines).map(|line| line.characters.len()).sum();
    let mut pages = Pages::default();
    for number in 1..=count {
        match recognised.remove(&number) {
            Some(found) => pages.add_recognised(found),
            None => pages.add_unread(),
        }
    }
    let (blocks, read, problems) = pages.finish("", count, Vec::new(), false);
    let mut document = Document { read, problems, ..Document::read_full(format, blocks) };
    if letters < FEW_LETTERS {
        let say = if letters == 0 {
            say!("图片上未识别到文字；需要其中内容时请人工查看", "no text was recognised in the picture; look at it where its content matters")
        } else {
            say!(
                "图片上只识别到少量文字（{0} 字）；需要其中内容时请人工查看",
                "only a little text ({0} letters) was recognised in the picture; look at it where its content matters",
                letters
            )
        };
        document.problems = vec![Problem::new(ProblemKind::ImageOnly, say)];
        document.read = if letters == 0 { Read::None } else { Read::Partial };
    }
    document
}

/// `YYYY-MM-DDTHH:MM:SS` as the camera wrote it: original time first, then digitised, then changed.
fn taken(bytes: &[u8]) -> Option<String> {
    let exif = exif::Reader::new().continue_on_error(true).read_from_container(&mut Cursor::new(bytes));
    let exif = exif.or_else(|error| error.distill_partial_result(|_| {})).ok()?;
    let tags = [Tag::DateTimeOriginal, Tag::DateTimeDigitized, Tag::DateTime];
    tags.iter().find_map(|tag| match &exif.get_field(*tag, In::PRIMARY)?.value {
        Value::Ascii(texts) => iso(texts.first()?),
        _ => None,
    })
}

/// EXIF's `2022:07:16 09:30:00` in ISO; `None` for blanks, zeros and days the calendar has not.
fn iso(ascii: &[u8]) -> Option<String> {
    let time = exif::DateTime::from_ascii(ascii).ok()?;
    let side = |value: u8| i8::try_from(value).ok();
    let year = i16::try_from(time.year).ok().filter(|year| *year > 1900)?;
    let date = jiff::civil::DateTime::new(year, side(time.month)?, side(time.day)?, side(time.hour)?, side(time.minute)?, side(time.second)?, 0);
    date.ok().map(|date| date.to_string())
}

/// Whether the end mark of a JPEG or PNG is missing.
fn is_cut_off(format: Format, bytes: &[u8]) -> bool {
    let mark: &[u8] = match format {
        Format::Jpeg => b"\xff\xd9",
        Format::Png => b"IEND",
        _ => return false,
    };
    !bytes.windows(mark.len()).rev().take(1 << 20).any(|window| window == mark)
}

fn damaged() -> Problem {
    Problem::new(ProblemKind::Damaged, say!("图片已损坏，打不开；请重新提交", "the picture is damaged and does not open; hand it in again"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Read;

    /// A PNG head of 3 by 2 pixels, and an end.
    fn png() -> Vec<u8> {
        [b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x03\0\0\0\x02\x08\x02\0\0\0\0\0\0\0".as_slice(), b"\0\0\0\0IEND\xaeB`\x82"].concat()
    }

    /// A JPEG of 8 by 16 pixels with an EXIF time.
    fn jpeg(time: &str) -> Vec<u8> {
        let mut tiff = b"II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x1a\0\0\0\0\0\0\0".to_vec();
        tiff.extend(b"\x01\0\x03\x90\x02\0\x14\0\0\0\x2c\0\0\0\0\0\0\0");
        tiff.extend(time.as_bytes());
        tiff.push(0);
        let mut out = b"\xff\xd8\xff\xe1".to_vec();
        out.extend((tiff.len() as u16 + 8).to_be_bytes());
        out.extend(b"Exif\0\0");
        out.extend(tiff);
        out.extend(b"\xff\xc0\0\x11\x08\0\x10\0\x08\x03\x01\x11\0\x02\x11\0\x03\x11\0\xff\xd9");
        out
    }

    #[test]
    fn a_picture_is_unread_but_its_size_is_known() {
        let document = read(Format::Png, &png(), &Limits::default(), BTreeMap::new());
        assert_eq!((document.read, document.picture), (Read::None, Some((3, 2))));
        assert_eq!(document.problems.len(), 1);
        assert_eq!(document.problems[0].kind, ProblemKind::ImageOnly);
    }

    #[test]
    fn a_photo_says_when_it_was_taken() {
        let document = read(Format::Jpeg, &jpeg("2022:07:16 09:30:00"), &Limits::default(), BTreeMap::new());
        assert_eq!(document.picture, Some((8, 16)));
        assert_eq!(document.taken.as_deref(), Some("2022-07-16T09:30:00"));
        for unset in ["0000:00:00 00:00:00", "    :  :     :  :  ", "2022:13:40 09:30:00"] {
            assert_eq!(read(Format::Jpeg, &jpeg(unset), &Limits::default(), BTreeMap::new()).taken, None, "{unset}");
        }
    }

    #[test]
    fn pages_of_a_scan_beyond_the_limit_are_told() {
        // Three pages of 5 by 7 dots.
        let mut tiff = b"II*\0".to_vec();
        for _ in 0..3 {
            tiff.extend((tiff.len() as u32 + 4).to_le_bytes());
            tiff.extend(2u16.to_le_bytes());
            for (tag, value) in [(256u16, 5u32), (257, 7)] {
                tiff.extend(tag.to_le_bytes());
                tiff.extend([4, 0, 1, 0, 0, 0]);
                tiff.extend(value.to_le_bytes());
            }
        }
        tiff.extend([0; 4]);
        let whole = read(Format::Tiff, &tiff, &Limits::default(), BTreeMap::new());
        assert_eq!((whole.pages, whole.picture, whole.problems[0].pages.len()), (Some(3), Some((5, 7)), 3));
        let cut = read(Format::Tiff, &tiff, &Limits { pages: 2, ..Limits::default() }, BTreeMap::new());
        assert_eq!(cut.pages, Some(2));
        assert!(cut.problems.iter().any(|problem| problem.kind == ProblemKind::TooLarge));
        let half = read(Format::Tiff, &tiff, &Limits::default(), BTreeMap::from([(2, Recognised::default())]));
        assert_eq!(half.read, Read::None, "{:?}", half.problems);
    }

    #[test]
    fn photos_that_are_not_read_are_told_with_what_to_do() {
        let document = read(Format::Heic, b"\0\0\0\x18ftypheic", &Limits::default(), BTreeMap::new());
        assert_eq!((document.read, document.problems[0].kind), (Read::None, ProblemKind::Unsupported));
    }

    #[test]
    fn a_broken_picture_is_damaged_and_a_cut_one_is_told() {
        assert_eq!(read(Format::Png, b"\x89PNG\r\n\x1a\n", &Limits::default(), BTreeMap::new()).problems[0].kind, ProblemKind::Damaged);
        let whole = png();
        let kinds: Vec<_> =
            read(Format::Png, &whole[..whole.len() - 8], &Limits::default(), BTreeMap::new()).problems.iter().map(|problem| problem.kind).collect();
        assert_eq!(kinds, [ProblemKind::ImageOnly, ProblemKind::Truncated]);
    }
}
