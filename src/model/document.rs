//! What a reader sees in one file: blocks of text, each with its place.
use super::{PageCode, Say, SealMark};
use serde::{Deserialize, Serialize};

/// What the bytes are, whatever the name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    Docx,
    Pdf,
    Xlsx,
    Xls,
    Csv,
    Txt,
    Jpeg,
    Png,
    Tiff,
    Bmp,
    Gif,
    Webp,
    /// JPEG 2000, in its container or bare.
    Jp2,
    Jbig2,
    /// Photos of telephones; told, not read.
    Heic,
    Doc,
    Wps,
    Et,
    Rtf,
    Html,
    Mht,
    WordXml,
    Odt,
    Ods,
    Odp,
    /// Excel 2003 XML.
    SheetXml,
    Pptx,
    Ppt,
    Ofd,
    Eml,
    Msg,
    Zip,
    Sevenz,
    Rar,
    Tar,
    Gz,
    Empty,
    Unknown,
}

impl Format {
    /// Whether a file of this format is a picture and nothing else.
    pub const fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::Tiff | Self::Bmp | Self::Gif | Self::Webp | Self::Jp2 | Self::Jbig2 | Self::Heic)
    }

    /// Whether places in a file of this format are on numbered pages that can be drawn.
    pub fn is_paged(self) -> bool {
        matches!(self, Self::Pdf | Self::Tiff | Self::Jbig2)
    }
}

/// Position of a block, as far as its format knows one. All counts start at 1.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// PDF points, origin top left: x0, y0, x1, y1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rect: Option<[f32; 4]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    Paragraph,
    Heading,
    /// One table cell; its paragraphs are parted by `\n`.
    Cell,
    TextBox,
    Header,
    Footer,
    Footnote,
    Comment,
    /// A picture: no text, but its place is known.
    Picture,
}

impl BlockKind {
    /// Whether the block belongs to the running text (headers, footers and comments do not).
    pub fn is_body(self) -> bool {
        !matches!(self, Self::Header | Self::Footer | Self::Comment | Self::Picture)
    }
}

/// A stretch of a block's text that has its own place (a printed line of a PDF paragraph).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Piece {
    /// Byte offset in `Block::text` where the piece begins; it ends where the next begins.
    pub start: u32,
    pub page: u32,
    pub rect: [f32; 4],
    /// For a line that was recognised in a picture: how sure its least sure character is, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f32>,
}

/// The unit of reading: one paragraph, one table cell, one text box. Nothing ever edits `text`.
///
/// Blocks stand in reading order. Cells of one table follow each other row by row; a cell that
/// spans rows or columns stands once, at its top left corner. A nested table's cells follow the
/// cell that holds it, with their own `table` number and `inside` naming the outer cell's block.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Block {
    pub kind: BlockKind,
    pub text: String,
    pub at: Location,
    /// Rows and columns a cell covers; (1, 1) for everything else.
    #[serde(default = "one_by_one", skip_serializing_if = "is_one_by_one")]
    pub spans: (u32, u32),
    /// Automatic number or bullet printed before the text ("第一条", "1."); not part of `text`.
    ///
    /// In a cell or text box of several paragraphs it has a line for each line of `text`, up to the last that has
    /// a number; [`Block::label_of`] gives that of one line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Index of the outer cell's block, for the cells of a nested table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inside: Option<u32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pieces: Vec<Piece>,
    /// For text that was recognised in a picture: how sure its least sure character is, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f32>,
}

fn one_by_one() -> (u32, u32) {
    (1, 1)
}

fn is_one_by_one(spans: &(u32, u32)) -> bool {
    *spans == (1, 1)
}

impl Block {
    pub fn new(kind: BlockKind, text: impl Into<String>, at: Location) -> Self {
        Self { kind, text: text.into(), at, spans: (1, 1), label: None, inside: None, pieces: Vec::new(), confidence: None }
    }

    /// The automatic number before a line of the text, counted from 0.
    pub fn label_of(&self, line: usize) -> Option<&str> {
        self.label.as_deref()?.split('\n').nth(line).filter(|l| !l.is_empty())
    }
}

/// How much of a file was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Read {
    Full,
    Partial,
    None,
}

/// Why a file, or a part of it, could not be read. Each has its own sentence and advice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemKind {
    Encrypted,
    Empty,
    Truncated,
    Damaged,
    WrongType,
    ImageOnly,
    PagesUnread,
    GlyphsWithoutText,
    TooLarge,
    TimedOut,
    OutOfMemory,
    Crashed,
    Unsupported,
    NotRegular,
    NoPermission,
    UnsafePath,
    Note,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    pub kind: ProblemKind,
    /// What was found, what was expected, what the applicant can do; without the file's name.
    pub say: Say,
    /// Pages concerned, where it is about pages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<u32>,
}

impl Problem {
    pub fn new(kind: ProblemKind, say: Say) -> Self {
        Self { kind, say, pages: Vec::new() }
    }
}

/// A digital signature or electronic seal that a file carries.
///
/// Whether its certificate is to be trusted is not looked into: that takes the issuer's registers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DigitalSignature {
    /// Whose it is: the name given, else that of the certificate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signer: Option<String>,
    /// The program or service that made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// Name or number of the seal, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seal: Option<String>,
    /// As the file writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_at: Option<String>,
    pub integrity: Integrity,
    /// Pages and boxes where it shows; empty for one that does not show.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Location>,
}

/// Whether the file's digests still are those that were signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Integrity {
    Intact,
    /// Something that the signature covers was changed after signing.
    Changed,
    /// The digests could not be computed.
    Unknown,
}

/// A picture as large as a page inside a text document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// Where the picture stands in the text.
    pub at: Location,
    /// The part of the package that holds it.
    pub part: String,
}

/// What one file says. Reading never fails: a file that cannot be read is a document with
/// `Read::None` and the problem that says why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    pub format: Format,
    pub read: Read,
    pub problems: Vec<Problem>,
    /// Printed pages, where the format knows (PDF) or the file claims them (docProps of DOCX).
    pub pages: Option<u32>,
    pub blocks: Vec<Block>,
    /// Pixel size of a picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<(u32, u32)>,
    /// When a photo was taken, from EXIF, ISO.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken: Option<String>,
    /// Signatures and seals of a PDF or OFD file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signatures: Vec<DigitalSignature>,
    /// Seals that show on its pages, in ink or as pictures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seals: Vec<SealMark>,
    /// QR and bar codes on its pages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<PageCode>,
    /// Where something that looks like writing stands on a scanned page and was not read: handwriting, mostly.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inks: Vec<Location>,
    /// Of a text document, its pictures as large as a page, in order: each is recognised as a page of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sheets: Vec<Sheet>,
    /// Of a photo, what it looks like as a whole: copies of it differ in few bits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likeness: Option<u64>,
    /// Of a text document or a workbook, whether pictures as large as a page stand in it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub has_page_pictures: bool,
    /// Of a picture, whether it shows the world: no sheet of paper, and no screen.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_scene: bool,
}

impl Document {
    pub fn read_full(format: Format, blocks: Vec<Block>) -> Self {
        Self {
            format,
            read: Read::Full,
            problems: Vec::new(),
            pages: None,
            blocks,
            picture: None,
            taken: None,
            signatures: Vec::new(),
            seals: Vec::new(),
            codes: Vec::new(),
            inks: Vec::new(),
            sheets: Vec::new(),
            likeness: None,
            has_page_pictures: false,
            is_scene: false,
        }
    }

    pub fn unread(format: Format, problem: Problem) -> Self {
        Self { read: Read::None, problems: vec![problem], ..Self::read_full(format, Vec::new()) }
    }

    /// Whether pictures, none of them a page, are all that was not read of it. A note may be of an embedded document.
    pub fn is_pictures_alone(&self) -> bool {
        let mut amiss = self.problems.iter().filter(|problem| problem.kind != ProblemKind::WrongType).peekable();
        !self.has_page_pictures && amiss.peek().is_some() && amiss.all(|problem| problem.kind == ProblemKind::ImageOnly)
    }

    /// Whether some of the file's content is unknown: what is missing here is not known to be missing.
    pub fn has_unread(&self) -> bool {
        self.read != Read::Full
    }
}
