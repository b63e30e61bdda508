//! What objects of a page refer to by number: fonts, drawing parameters, pictures, composite drawings.
use super::numbers::{is_paper, number};
use super::parts::{Name, Parts};
use super::tree::{At, El, Tree};
use std::collections::HashMap;
use std::rc::Rc;

/// Definitions of one document that are kept.
const MOST: usize = 100_000;

#[derive(Default, Clone)]
pub(super) struct Resources {
    pub fonts: HashMap<Box<str>, Font>,
    params: HashMap<Box<str>, Param>,
    /// Parts that pictures lie in.
    pub pictures: HashMap<Box<str>, Name>,
    composites: HashMap<Box<str>, Composite>,
}

#[derive(Default, Clone)]
pub(super) struct Font {
    pub name: String,
    /// The embedded program.
    pub file: Option<Name>,
}

/// What a drawing parameter says of lines and colours.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Param {
    pub line_width: Option<f64>,
    pub fill_is_paper: Option<bool>,
    pub stroke_is_paper: Option<bool>,
}

impl Resources {
    /// Adds what a resource part defines.
    pub fn add(&mut self, parts: &mut Parts<'_>, name: &str) {
        let Some(tree) = parts.tree(name) else { return };
        let tree = Rc::new(tree);
        let Some(res) = tree.find(&[El::Res]) else { return };
        let base = res.attribute("BaseLoc").unwrap_or("");
        let file = |parts: &Parts<'_>, loc: &str| parts.resolve(name, &format!("{base}/{loc}")).or_else(|| parts.resolve(name, loc));
        for (g, group) in res.children().enumerate() {
            for (n, at) in group.children().enumerate() {
                let Some(id) = at.attribute("ID").filter(|_| self.count() < MOST) else { continue };
                match at.el() {
                    El::Font => {
                        let program = at.child(El::FontFile).and_then(|f| file(parts, f.text()));
                        let names = [at.attribute("FontName"), at.attribute("FamilyName")];
                        let font = Font { name: names.into_iter().flatten().next().unwrap_or("").to_owned(), file: program };
                        self.fonts.insert(id.into(), font);
                    }
                    El::DrawParam => {
                        let inherited = at.attribute("Relative").and_then(|r| self.params.get(r)).copied().unwrap_or_default();
                        self.params.insert(id.into(), Param::of(at).over(inherited));
                    }
                    El::MultiMedia => {
                        if let Some(part) = at.child(El::MediaFile).and_then(|media| file(parts, media.text())) {
                            self.pictures.insert(id.into(), part);
                        }
                    }
                    El::CompositeGraphicUnit => {
                        self.composites.insert(id.into(), Composite { tree: tree.clone(), place: (g, n) });
                    }
                    _ => {}
                }
            }
        }
    }

    fn count(&self) -> usize {
        self.fonts.len() + self.params.len() + self.pictures.len() + self.composites.len()
    }

    pub fn param(&self, id: Option<&str>) -> Param {
        id.and_then(|id| self.params.get(id)).copied().unwrap_or_default()
    }

    pub fn composite(&self, id: &str) -> Option<Composite> {
        self.composites.get(id).cloned()
    }
}

/// A drawing that pages show by its number.
#[derive(Clone)]
pub(super) struct Composite {
    tree: Rc<Tree>,
    /// Its group in the part, and its place in the group.
    place: (usize, usize),
}

impl Composite {
    pub fn content(&self) -> Option<At<'_>> {
        let (group, unit) = self.place;
        self.tree.find(&[El::Res])?.children().nth(group)?.children().nth(unit)?.child(El::Content)
    }
}

impl Param {
    /// What an element with colours and a line width says itself.
    pub fn of(at: At<'_>) -> Self {
        let paper = |el| at.child(el).map(|colour| colour.attribute("Value").is_some_and(is_paper));
        Self { line_width: at.attribute("LineWidth").and_then(number), fill_is_paper: paper(El::FillColor), stroke_is_paper: paper(El::StrokeColor) }
    }

    pub fn over(self, outer: Self) -> Self {
        Self {
            line_width: self.line_width.or(outer.line_width),
            fill_is_paper: self.fill_is_paper.or(outer.fill_is_paper),
            stroke_is_paper: self.stroke_is_paper.or(outer.stroke_is_paper),
        }
    }
}
