//! OpenDocument (ODT, ODP, and flat files of one XML) to blocks: the same blocks that a DOCX of the same text gives.
//!
//! ```text
//! names    the elements that mean something
//! styles   hidden text, symbol fonts, page breaks, lists
//! lists    automatic numbers
//! story    the text, headers and footers, slides; forms the state of controls
//! table    the cells of an ODS
//! ```
//!
//! Printed is what LibreOffice prints with all changes accepted: what was deleted stands apart in the file and is left
//! out. Not read: text inside pictures and embedded objects.
mod forms;
mod lists;
mod names;
mod story;
mod styles;
pub(super) mod table;

use self::names::El;
use self::story::{Mode, Story};
use self::styles::Styles;
use super::Limits;
use super::package::{Package, PartError};
use super::word::faults::{Faults, file_too_large};
use super::word::out::Out;
use super::word::pictures;
use super::word::tree::Tree;
use super::xml::{Attrs, Visit, Visitor, Walked, walk};
use crate::model::{Block, BlockKind, Document, Format, Problem, ProblemKind};
use crate::say;

/// Reads a text document or a presentation.
pub fn read(format: Format, bytes: &[u8], limits: &Limits) -> Document {
    let size = bytes.len() as u64;
    if size > limits.file_bytes {
        return Document::unread(format, file_too_large(size, limits.file_bytes));
    }
    let mut source = match Source::open(format, bytes, limits) {
        Ok(source) => source,
        Err(problem) => return Document::unread(format, problem),
    };
    let most = limits.definitions as usize;
    let mut faults = Faults::default();
    if source.salvaged() {
        faults.cut();
    }
    let (mut common, mut own) = (Styles::new(most), Styles::new(most));
    source.visit("styles.xml", &mut common, limits, &mut faults);
    source.visit("content.xml", &mut own, limits, &mut faults);

    let mut body = Story::new(Mode::Body, Tree::new(Out::new(limits, 0)), &own, &common);
    match source.walk("content.xml", &mut body, limits) {
        Ok(walked) => faults.walked(walked, limits),
        Err(error) => return Document::unread(format, main_part(&error, limits)),
    }
    let mut over = body.tree.out.over;
    let (characters, last_page, pages_known) = (body.tree.out.characters, body.tree.out.page, body.tree.out.pages_known);
    let (large, objects) = (body.large_pictures, body.objects);
    let mut blocks = body.tree.finish();

    let pages = if format == Format::Odp { Some(last_page) } else { source.claimed_pages(limits) };
    // Page breaks are those of the last layout; where they do not fit the count of pages, no page is better than a wrong one.
    if pages != Some(last_page) || !(pages_known || last_page == 1) {
        blocks.iter_mut().for_each(|b| b.at.page = None);
    }
    if format != Format::Odp {
        let mut masters = Story::new(Mode::Masters, Tree::new(Out::new(limits, characters)), &common, &common);
        // A file without page styles has no headers either.
        let walked = source.walk("styles.xml", &mut masters, limits).unwrap_or_default();
        faults.walked(walked, limits);
        over = over.or(masters.tree.out.over);
        blocks.extend(headers(masters.tree.finish()));
    }
    if let Some(over) = over {
        faults.over(over, limits);
    }
    faults.objects(objects);
    if blocks.is_empty() {
        faults.nothing_there();
    }
    if let Some(say) = pictures::unread(&blocks, large) {
        faults.lost(ProblemKind::ImageOnly, say);
    }
    let (read, problems) = faults.verdict();
    Document { pages, read, problems, has_page_pictures: large > 0, ..Document::read_full(format, blocks) }
}

/// Each header once; page styles repeat theirs.
fn headers(blocks: Vec<Block>) -> Vec<Block> {
    let mut kept: Vec<Block> = Vec::new();
    for mut block in blocks {
        block.at.page = None;
        let shown = matches!(block.kind, BlockKind::Header | BlockKind::Footer) && !block.text.is_empty();
        if shown && kept.len() < 600 && !kept.iter().any(|k| k.kind == block.kind && k.text == block.text) {
            kept.push(block);
        }
    }
    kept
}

/// The parts of a document: in a zip, or all in one XML file.
pub(super) enum Source<'a> {
    Package(Box<Package<'a>>),
    Flat(&'a [u8]),
}

impl<'a> Source<'a> {
    pub(super) fn open(format: Format, bytes: &'a [u8], limits: &Limits) -> Result<Self, Problem> {
        let start = bytes.iter().position(|b| !b.is_ascii_whitespace() && !matches!(b, 0 | 0xEF | 0xBB | 0xBF | 0xFE | 0xFF));
        if start.is_some_and(|at| bytes[at] == b'<') {
            return Ok(Self::Flat(bytes));
        }
        let what = match format {
            Format::Ods => "ods",
            Format::Odp => "odp",
            _ => "odt",
        };
        let mut package = Package::open(what, bytes, limits)?;
        if package.has("encrypted-package") || is_encrypted(&mut package, limits) {
            return Err(encrypted());
        }
        Ok(Self::Package(Box::new(package)))
    }

    fn salvaged(&self) -> bool {
        matches!(self, Self::Package(package) if package.salvaged())
    }

    pub(super) fn walk<V: Visitor>(&mut self, part: &str, visitor: &mut V, limits: &Limits) -> Result<Walked, PartError> {
        match self {
            Self::Package(package) => Ok(walk(package.part(part)?.xml(), limits.depth, visitor)),
            Self::Flat(bytes) => Ok(walk(std::io::BufReader::new(super::package::encoding::utf8(*bytes, false)), limits.depth, visitor)),
        }
    }

    /// A part that only helps; where it is damaged, the text is still the text.
    fn visit(&mut self, part: &str, visitor: &mut Styles, limits: &Limits, faults: &mut Faults) {
        match self.walk(part, visitor, limits) {
            Ok(walked) if (walked.fault.is_some() && part != "content.xml") || walked.stopped => faults.helper(part),
            Err(PartError::Damaged | PartError::TooLarge(_)) => faults.helper(part),
            _ => {}
        }
    }

    fn claimed_pages(&mut self, limits: &Limits) -> Option<u32> {
        let mut statistic = Statistic::default();
        self.walk("meta.xml", &mut statistic, limits).ok()?;
        statistic.0.filter(|n| *n > 0)
    }
}

fn is_encrypted(package: &mut Package, limits: &Limits) -> bool {
    let mut found = Encryption(false);
    if let Ok(part) = package.part("meta-inf/manifest.xml") {
        walk(part.xml(), limits.depth, &mut found);
    }
    found.0
}

/// The page count the program which saved the file wrote down.
#[derive(Default)]
struct Statistic(Option<u32>);

impl Visitor for Statistic {
    type El = El;

    fn open(&mut self, el: El, _: El, attrs: &Attrs) -> Visit {
        match el {
            El::Statistic => {
                self.0 = attrs.number("page-count").and_then(|n| u32::try_from(n).ok());
                Visit::Stop
            }
            El::Body | El::CommonStyles | El::AutomaticStyles | El::MasterStyles => Visit::Skip,
            _ => Visit::Into,
        }
    }

    fn close(&mut self, _: El, _: El) {}

    fn text(&mut self, _: &str, _: El) {}
}

/// Whether any part is encrypted.
struct Encryption(bool);

impl Visitor for Encryption {
    type El = El;

    fn open(&mut self, el: El, _: El, _: &Attrs) -> Visit {
        self.0 |= el == El::EncryptionData;
        if self.0 { Visit::Stop } else { Visit::Into }
    }

    fn close(&mut self, _: El, _: El) {}

    fn text(&mut self, _: &str, _: El) {}
}

fn encrypted() -> Problem {
    Problem::new(
        ProblemKind::Encrypted,
        say!(
            "文件设有打开密码，无法读取；请在 LibreOffice 或 WPS 中取消密码后重新提交",
            "the file is protected by a password and cannot be read; take the password off and hand it in again"
        ),
    )
}

/// The part with the text is not there or does not open.
pub(super) fn main_part(error: &PartError, limits: &Limits) -> Problem {
    match error {
        PartError::Encrypted => encrypted(),
        PartError::TooLarge(found) => Problem::new(
            ProblemKind::TooLarge,
            say!(
                "正文解压后有 {0} MB，超过 {1} MB 的上限，没有读取；请检查文件是否正常，必要时拆分后提交",
                "the text unpacks to {0} MB, more than the limit of {1} MB, and was not read; check the file, split it if need be",
                found >> 20,
                limits.part_bytes >> 20
            ),
        ),
        PartError::Absent | PartError::Damaged => Problem::new(
            ProblemKind::Damaged,
            say!(
                "文件已损坏：其中没有可以读取的正文部分（content.xml）；请用 LibreOffice 或 WPS 打开检查，另存为 docx 后提交",
                "the file is damaged: it has no text part (content.xml) that can be read; open it, save it as docx and hand that in"
            ),
        ),
    }
}
