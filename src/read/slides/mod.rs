//! Presentations (PPTX) to blocks: a slide is a page, a shape a text box, its title a heading; tables are tables.
//!
//! ```text
//! names    the elements that mean something
//! slide    the shapes of a slide, or the words of its notes
//! old      the texts of a presentation of PowerPoint 97 to 2003
//! ```
//!
//! Shapes come in the order of the file, which is the order in which they were drawn. Notes stand behind the slides
//! with their page. Not read: pictures, embedded documents, what stands on the master of all slides.
mod names;
pub(super) mod old;
mod slide;

use self::names::El;
use self::slide::{Mode, Story, relation};
use super::Limits;
use super::docx::Lines;
use super::package::{Package, PartError};
use super::word::faults::{Faults, file_too_large};
use super::word::out::Out;
use super::word::pictures;
use super::word::tree::Tree;
use super::xml::{Attrs, Visit, Visitor, walk};
use crate::model::{Document, Format, Problem, ProblemKind};
use crate::say;

/// Reads a PPTX (or PPTM, PPSX, DPS) package.
pub fn read(bytes: &[u8], limits: &Limits) -> Document {
    let size = bytes.len() as u64;
    if size > limits.file_bytes {
        return Document::unread(Format::Pptx, file_too_large(size, limits.file_bytes));
    }
    if bytes.starts_with(&super::compound::SIGNATURE) {
        return Document::unread(Format::Pptx, encrypted());
    }
    let mut package = match Package::open("pptx", bytes, limits) {
        Ok(package) => package,
        Err(problem) => return Document::unread(Format::Pptx, problem),
    };
    let mut faults = Faults::default();
    if package.salvaged() {
        faults.cut();
    }
    let slides = slides(&mut package, limits);
    if slides.is_empty() && !package.has("ppt/presentation.xml") {
        return Document::unread(Format::Pptx, no_slides());
    }
    for part in package.torn_relations() {
        faults.side(part);
    }
    let mut tree = Tree::new(Out::new(limits, 0));
    let mut large = 0;
    for (page, part) in (1u32..).zip(&slides).take(limits.pages as usize) {
        tree.out.page = page;
        large += slide(&mut package, part, page, &mut tree, limits, &mut faults);
        if tree.out.over.is_some() {
            break;
        }
    }
    if slides.len() > limits.pages as usize {
        faults.lost(
            ProblemKind::TooLarge,
            say!("幻灯片超过 {0} 页的上限，其余的没有读取", "there are more than {0} slides; the others were not read", limits.pages),
        );
    }
    if let Some(over) = tree.out.over {
        faults.over(over, limits);
    }
    let blocks = tree.finish();
    if blocks.is_empty() {
        faults.nothing_there();
    }
    if let Some(say) = pictures::unread(&blocks, large) {
        faults.lost(ProblemKind::ImageOnly, say);
    }
    let (read, problems) = faults.verdict();
    Document { pages: u32::try_from(slides.len()).ok(), read, problems, has_page_pictures: large > 0, ..Document::read_full(Format::Pptx, blocks) }
}

/// The parts of the slides in the order they are shown; where that is lost, in order of their numbers.
fn slides(package: &mut Package, limits: &Limits) -> Vec<String> {
    let main = package.relations("", limits.depth).into_iter().find(|r| r.kind == "officedocument").and_then(|r| r.target);
    let main = main.filter(|m| package.has(m)).unwrap_or_else(|| "ppt/presentation.xml".to_owned());
    let relations = package.relations(&main, limits.depth);
    let mut order = Order { ids: Vec::new(), most: limits.definitions as usize };
    if let Ok(part) = package.part(&main) {
        walk(part.xml(), limits.depth, &mut order);
    }
    let target = |id: &String| relations.iter().find(|r| r.id == *id).and_then(|r| r.target.clone());
    let found: Vec<String> = order.ids.iter().filter_map(target).collect();
    if !found.is_empty() {
        return found;
    }
    let number = |name: &str| name.strip_prefix("ppt/slides/slide")?.strip_suffix(".xml")?.parse::<u32>().ok();
    let mut loose: Vec<(u32, String)> = package.names().filter_map(|n| Some((number(n)?, n.to_owned()))).collect();
    loose.sort();
    loose.into_iter().map(|(_, name)| name).collect()
}

/// Reads one slide and its notes; says how many of its pictures are as large as a page.
fn slide(package: &mut Package, part: &str, page: u32, tree: &mut Tree, limits: &Limits, faults: &mut Faults) -> u32 {
    let relations = package.relations(part, limits.depth);
    let mut story = Story::new(Mode::Slide, tree);
    match package.part(part) {
        Ok(xml) => faults.walked(walk(xml.xml(), limits.depth, &mut story), limits),
        Err(PartError::Encrypted) => faults.lost(ProblemKind::Encrypted, encrypted().say),
        Err(_) => faults.slide(page),
    }
    let (figures, large) = (std::mem::take(&mut story.figures), story.large_pictures);
    faults.objects(story.objects);
    if story.hidden {
        faults.note(ProblemKind::Note, say!("第 {0} 页幻灯片是隐藏的，其内容也已读取", "slide {0} is hidden; its content was read too", page));
    }
    for (id, block) in figures {
        let Some(target) = relations.iter().find(|r| r.id == id).and_then(|r| r.target.clone()) else { continue };
        let mut lines = Lines::default();
        match package.part(&target) {
            Ok(part) => drop(walk(part.xml(), limits.depth, &mut lines)),
            Err(_) => faults.slide(page),
        }
        tree.out.count(&lines.text);
        if tree.out.over.is_none()
            && let Some(block) = tree.out.get(block)
        {
            lines.text.trim_matches('\n').clone_into(&mut block.text);
        }
    }
    let notes = relations.into_iter().find(|r| r.kind == "notesslide").and_then(|r| r.target);
    if let Some(notes) = notes
        && let Ok(xml) = package.part(&notes)
    {
        let mut story = Story::new(Mode::Notes, tree);
        faults.walked(walk(xml.xml(), limits.depth, &mut story), limits);
    }
    large
}

/// Relationship ids of the slides in their order.
struct Order {
    ids: Vec<String>,
    most: usize,
}

impl Visitor for Order {
    type El = El;

    fn open(&mut self, el: El, _: El, attrs: &Attrs) -> Visit {
        if el == El::SlideId && self.ids.len() < self.most {
            self.ids.extend(relation(attrs, "id"));
        }
        Visit::Into
    }

    fn close(&mut self, _: El, _: El) {}

    fn text(&mut self, _: &str, _: El) {}
}

impl Faults {
    /// A slide that does not open.
    fn slide(&mut self, page: u32) {
        self.lost(
            ProblemKind::Damaged,
            say!(
                "第 {0} 页幻灯片有损坏，没有读出；请用 PowerPoint 或 WPS 打开检查，重新另存为 pptx 后提交",
                "slide {0} is damaged and was not read; open the file, save it again as pptx and hand that in",
                page
            ),
        );
    }
}

fn encrypted() -> Problem {
    Problem::new(
        ProblemKind::Encrypted,
        say!(
            "演示文稿设有打开密码，无法读取；请取消密码后重新提交",
            "the presentation is protected by a password and cannot be read; take the password off and hand it in again"
        ),
    )
}

fn no_slides() -> Problem {
    Problem::new(
        ProblemKind::Damaged,
        say!(
            "文件已损坏：演示文稿中没有幻灯片；请用 PowerPoint 或 WPS 打开检查，重新另存为 pptx 后提交",
            "the file is damaged: there are no slides in it; open it, save it again as pptx and hand that in"
        ),
    )
}
