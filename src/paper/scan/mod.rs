//! The scan of the paper copy against the electronic files, where the scan has text: a text layer, or words that were recognised.
//!
//! | file | idea |
//! |---|---|
//! | `stream` | words as one row of characters, each with its place |
//! | `pages` | which pages show which electronic file |
//! | `align` | which characters are the same, in order |
//! | `order`, `weave` | lines that only stand in another order, cells that run into one another |
//! | `sift` | which differences are of content |
//! | `tell` | differences as the record carries them: fields by name, the rest by its words |
//!
//! Not compared: punctuation, blanks, empty boxes, seals, signatures and whatever stands on a page without text.
mod align;
mod order;
mod pages;
mod sift;
mod stream;
mod tell;
mod weave;

use crate::model::Difference;
use crate::model::{Block, BlockKind, DifferenceKind, DocId, Document, Dossier, Evidence, PaperSide, PaperState, Read, ScanSide};
use crate::say;
use sift::Everything;
use std::collections::BTreeMap;
use stream::{Source, Stream};

/// One file of the scanned paper copy.
#[derive(Debug)]
pub struct Scan {
    /// `paper/C1-017/scan.pdf`.
    pub name: String,
    pub document: Document,
}

/// Share of the form's words that must stand in the scan for the two to be compared.
const SAME_PAPER: f64 = 0.6;

/// Share of another file's words that must stand in the scan for the file to be taken for bound in.
const BOUND_IN: f64 = 0.6;

/// A page with fewer words says nothing of its own.
const FEW_WORDS: usize = 40;

/// Differences of one file that are told; more are no differences but a text layer of poor quality.
const MOST: usize = 120;

/// One page of the scans.
struct Page<'a> {
    scan: usize,
    number: u32,
    blocks: Vec<&'a Block>,
    chars: Vec<char>,
    /// The words lie over a picture of the whole page: they were recognised, and may be wrong.
    recognised: bool,
}

/// Adds to `side` what the scans say. Without a word in them nothing is said but why.
pub fn compare_scans(dossier: &Dossier, scans: &[Scan], side: &mut PaperSide) {
    side.seals.extend(scans.iter().flat_map(|scan| scan.document.seals.iter().map(|seal| (scan.name.clone(), seal.clone()))));
    let names = scans.iter().map(|scan| scan.name.as_str()).collect::<Vec<_>>().join("、");
    let all = pages_of(scans);
    let unread = all.iter().filter(|page| page.chars.is_empty()).count() as u32;
    let form = dossier.facts.form.doc.filter(|doc| dossier.document(*doc).is_some_and(|document| document.read != Read::None));
    let problem = if all.iter().all(|page| page.chars.is_empty()) {
        Some(say!(
            "纸质版扫描件（{names}）没有文字层，尚未识别文字，请人工比对",
            "the scan of the paper copy ({names}) has no text layer and was not recognised; please compare by eye"
        ))
    } else if form.is_none() {
        Some(say!("电子版申报书未能读出，无法与扫描件（{names}）比对", "the electronic form was not read, the scan ({names}) has nothing to be compared with"))
    } else {
        None
    };
    if problem.is_some() {
        if side.sources.is_empty() {
            side.problem = side.problem.take().or(problem);
        }
        return;
    }
    let files = electronic(dossier, form);
    let streams: Vec<Stream<'_>> = files.iter().map(|doc| stream_of(dossier, *doc)).collect();
    let owners = pages::assign(&all.iter().map(|page| page.chars.as_slice()).collect::<Vec<_>>(), &streams);
    let everything = everything(dossier, &files, scans);
    let mut found = Found { scan: ScanSide { pages: all.len() as u32, unread, ..ScanSide::default() }, differences: Vec::new(), certain: false, poor: false };
    for (n, doc) in files.iter().enumerate() {
        let own: Vec<&Page<'_>> = all.iter().zip(&owners).filter(|(_, owner)| **owner == Some(n)).map(|(page, _)| page).collect();
        let paper = Stream::of(own.iter().flat_map(|page| page.blocks.iter().map(|block| Source { number: page.scan as u32, block })));
        let is_form = Some(*doc) == form;
        let share = pages::shown(&streams[n], &paper);
        if share < if is_form { SAME_PAPER } else { BOUND_IN } {
            if is_form {
                found.poor = true;
            } else if !streams[n].chars.is_empty() {
                found.scan.not_found.push(*doc);
            }
            continue;
        }
        found.scan.compared.push(*doc);
        found.compare(dossier, *doc, &streams[n], &paper, &own, &everything, scans);
    }
    found.extra_pages(dossier, &all, &owners, scans);
    found.conclude(&names, side);
}

/// Pages in order; a page of which nothing was read has no words.
fn pages_of(scans: &[Scan]) -> Vec<Page<'_>> {
    let mut pages = Vec::new();
    for (scan, Scan { document, .. }) in scans.iter().enumerate() {
        let mut of_page: BTreeMap<u32, Vec<&Block>> = BTreeMap::new();
        for block in &document.blocks {
            of_page.entry(block.at.page.unwrap_or(1)).or_default().push(block);
        }
        let last = document.pages.unwrap_or(1).max(of_page.keys().next_back().copied().unwrap_or(1));
        const MOST_PAGES: u32 = 5_000;
        for number in 1..=last.min(MOST_PAGES) {
            let blocks = of_page.remove(&number).unwrap_or_default();
            let recognised = is_over_picture(&blocks) || blocks.iter().any(|block| block.confidence.is_some());
            let body: Vec<&Block> = blocks.into_iter().filter(|block| block.kind.is_body()).collect();
            let chars = Stream::of(body.iter().map(|block| Source { number: 0, block })).chars;
            pages.push(Page { scan, number, blocks: body, chars, recognised });
        }
    }
    pages
}

/// Whether one picture lies under nearly all words of a page.
fn is_over_picture(blocks: &[&Block]) -> bool {
    let words: Vec<[f32; 4]> = blocks.iter().filter(|block| block.kind.is_body()).filter_map(|block| block.at.rect).collect();
    let pictures = blocks.iter().filter(|block| block.kind == BlockKind::Picture).filter_map(|block| block.at.rect);
    let covers = |picture: &[f32; 4]| {
        let middle = |r: &[f32; 4]| ((r[0] + r[2]) / 2.0, (r[1] + r[3]) / 2.0);
        let inside = words.iter().map(middle).filter(|(x, y)| (picture[0]..=picture[2]).contains(x) && (picture[1]..=picture[3]).contains(y)).count();
        inside * 10 >= words.len() * 9
    };
    !words.is_empty() && pictures.into_iter().any(|picture| covers(&picture))
}

/// The form first, then every other file that was read and has words.
fn electronic(dossier: &Dossier, form: Option<DocId>) -> Vec<DocId> {
    let others = dossier.read_files().filter(|doc| Some(*doc) != form && !dossier.facts.form.candidates.contains(doc));
    form.into_iter().chain(others).collect()
}

fn stream_of(dossier: &Dossier, doc: DocId) -> Stream<'_> {
    let blocks = dossier.document(doc).map_or(&[][..], |document| document.blocks.as_slice());
    Stream::of((0u32..).zip(blocks).filter(|(_, block)| block.kind.is_body()).map(|(number, block)| Source { number, block }))
}

fn everything(dossier: &Dossier, files: &[DocId], scans: &[Scan]) -> Everything {
    let text = |blocks: &[Block]| Stream::of(blocks.iter().map(|block| Source { number: 0, block })).chars.into_iter().chain(['\n']).collect::<String>();
    Everything {
        electronic: files.iter().filter_map(|doc| dossier.document(*doc)).map(|document| text(&document.blocks)).collect(),
        paper: scans.iter().map(|scan| text(&scan.document.blocks)).collect(),
    }
}

struct Found {
    scan: ScanSide,
    differences: Vec<Difference>,
    /// At least one difference is beyond doubt.
    certain: bool,
    /// The scan's words are not good enough, or not of this dossier.
    poor: bool,
}

impl Found {
    #[allow(clippy::too_many_arguments)]
    fn compare(&mut self, dossier: &Dossier, doc: DocId, e: &Stream<'_>, p: &Stream<'_>, pages: &[&Page<'_>], all: &Everything, scans: &[Scan]) {
        let runs = align::runs(&e.chars, &p.chars);
        let hunks = sift::sift(order::settle(align::hunks(&e.chars, &p.chars, &runs), e, p, &runs), e, p, all);
        if hunks.len() > MOST {
            self.poor = true;
            return;
        }
        let teller = tell::Teller { dossier, doc, electronic: e, paper: p, runs: &runs, scans };
        let partial = dossier.document(doc).is_some_and(Document::has_unread);
        let rearranged = hunks.len() > 1 && same_characters(&hunks, e, p);
        for told in teller.tell(&hunks) {
            let page = pages.iter().find(|page| {
                Some(page.number) == told.difference.paper_at.page && scans.get(page.scan).map(|s| &s.name) == told.difference.paper_at.file.as_ref()
            });
            let recognised = page.is_some_and(|page| page.recognised);
            let crowded = recognised && hunks.len() > 6 * pages.len().max(1);
            // A page of the paper that was not read may hold what is missing; a part of the file that was not read what is too much.
            let elsewhere = told.is_missing && self.scan.unread > 0 || told.is_added && partial;
            self.certain |= !crowded && !elsewhere && !rearranged && !told.is_tick && !told.is_cut && (!recognised || told.is_plain);
            self.scan.is_recognised |= recognised;
            if told.joins_last {
                self.differences.pop();
            }
            self.differences.push(told.difference);
        }
        self.scan.is_recognised |= pages.iter().any(|page| page.recognised);
    }

    /// Pages that show no electronic file, where every electronic file was read.
    fn extra_pages(&mut self, dossier: &Dossier, all: &[Page<'_>], owners: &[Option<usize>], scans: &[Scan]) {
        let wordless = |document: &Document| document.has_unread() || document.picture.is_some();
        if dossier.documents.iter().any(wordless) {
            return;
        }
        for (page, _) in all.iter().zip(owners).filter(|(page, owner)| owner.is_none() && page.chars.len() >= FEW_WORDS) {
            let words: String = page.chars.iter().take(FEW_WORDS).collect();
            if words.contains("哈希清单") || words.contains("核验码") {
                continue;
            }
            let paper_at = Evidence { file: scans.get(page.scan).map(|scan| scan.name.clone()), page: Some(page.number), ..Evidence::default() };
            let difference =
                Difference { kind: DifferenceKind::PageExtra, field: None, electronic: None, paper: Some(words), at: Evidence::default(), paper_at };
            self.differences.push(difference);
        }
    }

    fn conclude(self, names: &str, side: &mut PaperSide) {
        let Self { scan, differences, certain, poor } = self;
        if poor {
            let say = say!(
                "扫描件（{names}）的文字层与电子版申报书大多对不上：识别质量不足，或不是同一份材料，请人工比对",
                "most words of the scan ({names}) are not the electronic form's: poorly recognised, or another paper; please compare by eye"
            );
            if side.sources.is_empty() {
                side.problem = side.problem.take().or(Some(say));
            }
            return;
        }
        side.sources.push(names.to_owned());
        side.text_differs |= certain;
        let unread = scan.unread;
        if !differences.is_empty() {
            side.state = PaperState::Different;
        } else if side.state == PaperState::NotChecked && unread > 0 {
            side.problem = Some(say!(
                "扫描件（{names}）有 {unread} 页没有文字层，未比对；其余各页文字与电子版一致，请人工核对这些页",
                "{unread} page(s) of the scan ({names}) have no text layer and were not compared; the words of the others agree; please look at those pages"
            ));
        } else if side.state == PaperState::NotChecked {
            side.state = PaperState::SameText;
        }
        side.differences.extend(differences);
        side.scan = Some(scan);
    }
}

/// Whether what one side has and the other has not are the same characters in another order, as where the lines of
/// neighbouring cells run into one another: words may have moved, none is known to be another.
fn same_characters(hunks: &[align::Hunk], e: &Stream<'_>, p: &Stream<'_>) -> bool {
    let sorted = |chars: &[char], of: fn(&align::Hunk) -> std::ops::Range<usize>| {
        let mut all: Vec<char> = hunks.iter().flat_map(|hunk| chars.get(of(hunk)).unwrap_or(&[])).copied().collect();
        all.sort_unstable();
        all
    };
    sorted(&e.chars, |hunk| hunk.a.clone()) == sorted(&p.chars, |hunk| hunk.b.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Facts, FieldId, Format, Location, Place, Reading, SourceFile, Span, Value};

    const FORM: [&str; 5] = [
        "2022年度提升学会服务科技创新能力计划项目申报书",
        "项目名称：设施蔬菜绿色防控技术服务与示范推广",
        "申报单位：徐州市力学学会（盖章）　项目负责人：陆沉　联系电话：0516-83736000",
        "本项目面向丰县设施蔬菜基地，组织专家开展病虫害绿色防控技术培训，编制技术规程，建立示范棚二十个，带动农户三百户。",
        "申请经费：5.00万元",
    ];

    fn document(texts: &[&str], over_picture: bool) -> Document {
        let at = |n: usize| Location { page: Some(1), rect: Some([72.0, 60.0 + 20.0 * n as f32, 500.0, 75.0 + 20.0 * n as f32]), ..Location::default() };
        let mut blocks: Vec<Block> = texts.iter().enumerate().map(|(n, text)| Block::new(BlockKind::Paragraph, *text, at(n))).collect();
        if over_picture {
            let whole = Location { page: Some(1), rect: Some([0.0, 0.0, 595.0, 842.0]), ..Location::default() };
            blocks.insert(0, Block::new(BlockKind::Picture, "", whole));
        }
        Document { pages: Some(1), ..Document::read_full(Format::Pdf, blocks) }
    }

    fn dossier() -> Dossier {
        let name = "设施蔬菜绿色防控技术服务与示范推广";
        let start = FORM[1].find(name).unwrap_or(0) as u32;
        let at = vec![Span { doc: DocId(0), block: 1, start, end: start + name.len() as u32 }];
        let reading = Reading { value: Some(Value::Text(name.into())), raw: name.into(), label: "项目名称".into(), place: Place::Cover, at };
        let mut facts = Facts { roles: vec![crate::model::Role::ApplicationForm], ..Facts::default() };
        facts.form.doc = Some(DocId(0));
        facts.fields.insert(FieldId::ProjectName, vec![reading]);
        let file = SourceFile { path: "申报书.docx".into(), bytes: 1, sha256: None, sm3: None, problem: None };
        Dossier { files: vec![file], documents: vec![document(&FORM, false)], facts, ..Dossier::default() }
    }

    fn side(texts: &[&str], over_picture: bool) -> PaperSide {
        let mut side = PaperSide::default();
        compare_scans(&dossier(), &[Scan { name: "paper/x/scan.pdf".into(), document: document(texts, over_picture) }], &mut side);
        side
    }

    fn with(line: usize, text: &'static str) -> [&'static str; 5] {
        let mut form = FORM;
        form[line] = text;
        form
    }

    #[test]
    fn the_same_words_in_other_lines_are_the_same_text() {
        let [a, b, c, d, e] = FORM;
        let (head, tail) = d.split_at(d.char_indices().nth(20).map_or(0, |(at, _)| at));
        let side = side(&[a, b, c, head, tail, e, "1"], false);
        assert_eq!((side.state, side.differences.as_slice()), (PaperState::SameText, &[][..]));
    }

    #[test]
    fn another_name_is_told_as_a_field_with_its_page_and_both_values() {
        let side = side(&with(1, "项目名称：设施蔬菜绿色共性防控技术服务与示范推广"), false);
        assert!(side.state == PaperState::Different && side.text_differs);
        let [only] = side.differences.as_slice() else { panic!("{:?}", side.differences) };
        assert_eq!((only.kind, only.field.as_deref(), only.paper_at.page), (DifferenceKind::Field, Some("project_name"), Some(1)));
        assert_eq!(only.electronic.as_deref(), Some("设施蔬菜绿色防控技术服务与示范推广"));
        assert_eq!(only.paper.as_deref(), Some("设施蔬菜绿色共性防控技术服务与示范推广"));
    }

    #[test]
    fn an_amount_is_told_even_from_recognised_words_and_one_ideograph_is_for_a_person() {
        let amount = side(&with(4, "申请经费：8.00万元"), true);
        assert!(amount.text_differs && amount.scan.as_ref().is_some_and(|scan| scan.is_recognised));
        let slip = side(&with(2, "申报单位：徐州市力学学会（盖章）　项目负责人：陆沅　联系电话：0516-83736000"), true);
        assert!(slip.state == PaperState::Different && !slip.text_differs);
    }

    #[test]
    fn the_same_characters_in_another_order_are_for_a_person() {
        let moved = side(&with(3, "本项目培训丰县设施蔬菜基地，组织专家开展病虫害绿色防控技术面向，编制技术规程，建立示范棚二十个，带动农户三百户。"), false);
        assert!(moved.state == PaperState::Different && !moved.text_differs);
    }

    #[test]
    fn a_scan_without_words_or_of_another_paper_leaves_it_to_a_person() {
        for texts in [&[][..], &["关于召开二〇二二年理事会会议的通知各位理事经研究决定于近期召开理事会会议请准时参加"][..]]
        {
            let side = side(texts, true);
            assert!(side.state == PaperState::NotChecked && side.problem.is_some(), "{texts:?}");
        }
    }
}
