//! The slip in front of a scanned paper copy: its QR code says for which electronic files the copy was made.
use super::code::{code_of, read_typed};
use super::manifest::{Source, make};
use super::scan::Scan;
use crate::model::{Difference, DifferenceKind, Dossier, Evidence, PageCode, PaperSide, PaperState};
use crate::say;
use regex::Regex;
use std::sync::LazyLock;

/// What a slip's code says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// The dossier's number, cut where it is long.
    pub dossier: String,
    pub code: String,
    /// The first hex digits of the digest.
    pub digest: String,
}

impl Slip {
    /// Reads `C1-017 K7QF2-M9DPX-H 9f86d081884c7d65`; `None` for every other code: its parts must fit each other.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().rsplitn(3, ' ');
        let (digest, code, dossier) = (parts.next()?, parts.next()?, parts.next()?);
        let is_hex = digest.len() == 16 && digest.bytes().all(|b| b.is_ascii_hexdigit());
        let code = read_typed(code)?;
        (is_hex && code_of(digest)? == code).then(|| Self { dossier: dossier.to_owned(), code, digest: digest.to_owned() })
    }

    /// Whether it is for files of such a digest.
    fn is_for(&self, digest: &str) -> bool {
        digest.starts_with(&self.digest)
    }
}

/// Adds to `side` what the slips on the scans say. `manifest` is the paper copy's, where one was handed in.
///
/// A slip proves for which files the copy was made, not what stands on its pages.
pub fn compare_slips(dossier: &Dossier, scans: &[Scan], manifest: Option<&Source>, side: &mut PaperSide) {
    let codes = scans.iter().flat_map(|scan| scan.document.codes.iter().map(move |code| (scan, code)));
    let mut slips: Vec<(Slip, &Scan, &PageCode)> = codes.filter_map(|(scan, code)| Some((Slip::parse(&code.text)?, scan, code))).collect();
    slips.dedup_by(|a, b| a.0 == b.0);
    let own = make(dossier, None, false);
    if slips.is_empty() {
        compare_print(&own.code, scans, manifest, side);
    }
    for (slip, scan, code) in slips {
        if slip.is_for(&own.digest) {
            side.slip =
                Some(say!("扫描件上的核对单校验码 {0} 与电子版一致", "the code {0} of the slip on the scan is that of the electronic files", slip.code));
            side.sources.push(format!("{} 核对单", scan.name));
            if side.state == PaperState::NotChecked {
                side.state = PaperState::Identical;
                side.problem = None;
            }
        } else if manifest.is_some_and(|source| slip.is_for(&source.manifest.digest)) {
            // The manifest is compared file by file already.
            side.slip = Some(say!("扫描件上的核对单校验码 {0} 与清单一致", "the code {0} of the slip on the scan is that of the manifest", slip.code));
        } else {
            side.slip = Some(say!(
                "扫描件上的核对单校验码 {0}（申报编号 {1}）与电子版的校验码 {2} 不同：纸质版打印后文件改动过，或不是同一份材料",
                "the slip on the scan has the code {0} (dossier {1}), the electronic files have {2}: they were changed after printing, or are of another dossier",
                slip.code,
                slip.dossier,
                own.code
            ));
            side.state = PaperState::Different;
            side.sources.push(format!("{} 核对单", scan.name));
            side.differences.push(Difference {
                kind: DifferenceKind::Bytes,
                field: Some("code".to_owned()),
                electronic: Some(format!("{} {}", own.dossier, own.code)),
                paper: Some(format!("{} {}", slip.dossier, slip.code)),
                at: Evidence::default(),
                paper_at: Evidence {
                    file: Some(scan.name.clone()),
                    page: code.at.page,
                    rect: code.at.rect,
                    quote: Some(code.text.clone()),
                    ..Evidence::default()
                },
            });
        }
    }
}

/// A code as the slip prints it below its QR code.
static PRINTED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[0-9A-Za-z]{5}\s?[-－–—]\s?[0-9A-Za-z]{5}\s?[-－–—]\s?[0-9A-Za-z]").expect("the code's pattern is well formed"));
/// What the slip calls its code.
const LABEL: &str = "校验码";

/// The code as the slip prints it, where its QR code was not read. Fifty bits do not agree by chance; a letter that was
/// read wrong may make another code, so one that does not agree is told and is no difference.
fn compare_print(own: &str, scans: &[Scan], manifest: Option<&Source>, side: &mut PaperSide) {
    for scan in scans {
        let texts = || scan.document.blocks.iter().map(|block| block.text.as_str());
        let codes: Vec<String> = texts().flat_map(|text| PRINTED.find_iter(text)).filter_map(|found| read_typed(found.as_str())).collect();
        if codes.iter().any(|code| code == own) {
            side.slip =
                Some(say!("扫描件上核对单所印校验码 {0} 与电子版一致", "the code {0} printed on the slip of the scan is that of the electronic files", own));
            side.sources.push(format!("{} 核对单", scan.name));
            if side.state == PaperState::NotChecked {
                side.state = PaperState::Identical;
                side.problem = None;
            }
            return;
        }
        let foreign = codes.iter().find(|code| manifest.is_none_or(|source| source.manifest.code != **code));
        if let Some(code) = foreign.filter(|_| texts().any(|text| text.contains(LABEL))) {
            side.slip = Some(say!(
                "扫描件上核对单所印校验码识别为 {0}，电子版的校验码是 {1}，识别可能有误，请核对",
                "the code printed on the slip of the scan reads {0}, the electronic files have {1}; a letter may have been read wrong, please compare",
                code,
                own
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, BlockKind, Document, Format, Location, SourceFile};

    fn dossier() -> Dossier {
        let file = SourceFile { path: "申报书.docx".into(), bytes: 1, sha256: Some("ab".repeat(32)), sm3: None, problem: None };
        Dossier { id: "C1-017".into(), files: vec![file], documents: vec![Document::read_full(Format::Docx, Vec::new())], ..Dossier::default() }
    }

    fn side(text: &str) -> PaperSide {
        let at = Location { page: Some(1), rect: Some([100.0, 100.0, 190.0, 190.0]), ..Location::default() };
        let document = Document { codes: vec![PageCode { at, is_qr: true, text: text.into() }], ..Document::read_full(Format::Pdf, Vec::new()) };
        let mut side = PaperSide::default();
        compare_slips(&dossier(), &[Scan { name: "scan.pdf".into(), document }], None, &mut side);
        side
    }

    fn slip_of(digest: &str) -> String {
        format!("C1-017 {} {}", code_of(digest).expect("a digest"), &digest[..16])
    }

    #[test]
    fn the_slip_of_these_files_proves_them_and_another_one_is_a_difference_with_both_codes() {
        let own = make(&dossier(), None, false);
        assert_eq!(side(&slip_of(&own.digest)).state, PaperState::Identical);
        let other = side(&slip_of("9f86d081884c7d659a2feaa0c55ad015"));
        assert_eq!(other.state, PaperState::Different);
        let [only] = &other.differences[..] else { panic!("{:?}", other.differences) };
        assert!(only.electronic.as_ref().is_some_and(|code| code.contains(&own.code)) && only.paper.as_ref().is_some_and(|code| code.starts_with("C1-017 ")));
        assert!(!other.text_differs, "whether the text differs is for a person");
    }

    fn side_of_print(text: &str) -> PaperSide {
        let block = |text: &str| Block::new(BlockKind::Cell, text, Location::default());
        let document = Document::read_full(Format::Pdf, vec![block("校验码"), block(text)]);
        let mut side = PaperSide::default();
        compare_slips(&dossier(), &[Scan { name: "scan.pdf".into(), document }], None, &mut side);
        side
    }

    #[test]
    fn the_printed_code_proves_the_files_and_another_one_is_only_told() {
        let own = make(&dossier(), None, false).code;
        let same = side_of_print(&own);
        assert!(same.state == PaperState::Identical && same.slip.is_some_and(|say| say.zh.contains(&own)));
        let other = code_of("9f86d081884c7d659a2feaa0c55ad015").expect("a digest");
        let told = side_of_print(&other);
        assert!(told.state == PaperState::NotChecked && told.differences.is_empty() && told.slip.is_some_and(|say| say.zh.contains(&other)));
        // A letter that does not fit the check character is no code.
        assert_eq!(side_of_print("9Y3D0-6226G-7"), PaperSide::default());
        assert_eq!(side_of_print("0516-83736000"), PaperSide::default());
    }

    #[test]
    fn other_codes_and_broken_slips_say_nothing() {
        for text in ["https://weixin.qq.com/x", "C1-017 K7QF2-M9DPX-H 9f86d081884c7d65", "6901234567892", ""] {
            assert_eq!(side(text), PaperSide::default(), "{text}");
        }
    }
}
