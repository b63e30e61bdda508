//! One document of a package: what its root says, and its pages drawn with templates, layers, annotations and stamps.
use super::canvas::{Budget, Canvas};
use super::numbers::{MM, list};
use super::page::{Drawing, State};
use super::parts::{Name, Parts};
use super::resources::{Param, Resources};
use super::text::Shapes;
use super::tree::{At, El, Tree};
use super::{annotations, signatures};
use crate::read::layout::Remark;
use crate::read::layout::geometry::{Matrix, Rect};
use crate::read::layout::ink::Ink;
use std::collections::HashMap;
use std::rc::Rc;

/// The page of a document that gives no size: A4, in millimetres.
const A4: [f64; 4] = [0.0, 0.0, 210.0, 297.0];
/// Templates that one page may use.
const MOST_TEMPLATES: usize = 100;

/// What the pages of one document share.
pub(super) struct Shared {
    resources: Resources,
    /// Where templates are, and whether they stand before or behind; those used once are used again.
    templates: HashMap<String, (Name, Option<String>)>,
    known: HashMap<String, Option<Rc<Tree>>>,
    annotated: HashMap<String, Vec<Name>>,
    pub signed: Vec<signatures::Found>,
    usual: [f64; 4],
    shapes: Shapes,
    charmaps: HashMap<Box<str>, HashMap<u32, char>>,
}

/// A page that was drawn.
pub(super) struct Drawn {
    pub ink: Ink,
    pub shown: Rect,
    pub remarks: Vec<Remark>,
    /// The parts of upright pictures, and the boxes they fill.
    pub sources: Vec<(Name, Rect)>,
}

impl Shared {
    /// What the root in `name` says; `body` is its entry in the package.
    pub fn new(parts: &mut Parts<'_>, name: &str, document: At<'_>, body: Option<At<'_>>) -> Self {
        let common = document.child(El::CommonData);
        let mut shared = Self::bare();
        shared.usual = common.and_then(|c| c.child(El::Area)).and_then(physical_box).unwrap_or(A4);
        for child in common.iter().flat_map(|c| c.children()) {
            match child.el() {
                El::PublicRes | El::DocumentRes => {
                    if let Some(res) = parts.resolve(name, child.text()) {
                        shared.resources.add(parts, &res);
                    }
                }
                El::TemplatePage => {
                    let place = child.attribute("BaseLoc").and_then(|loc| parts.resolve(name, loc));
                    if let (Some(id), Some(place)) = (child.attribute("ID"), place) {
                        shared.templates.insert(id.to_owned(), (place, child.attribute("ZOrder").map(str::to_owned)));
                    }
                }
                _ => {}
            }
        }
        if let Some(list) = document.child(El::Annotations).and_then(|a| parts.resolve(name, a.text())) {
            shared.annotated = annotations::by_page(parts, &list);
        }
        if let Some(list) = body.and_then(|b| b.child(El::Signatures)).and_then(|s| parts.resolve("ofd.xml", s.text())) {
            shared.signed = signatures::read(parts, &list);
        }
        shared
    }

    /// For pages whose document is lost: the resources that lie about.
    pub fn salvaged(parts: &mut Parts<'_>) -> Self {
        let mut shared = Self::bare();
        for name in parts.named(|name| name.rsplit('/').next().is_some_and(|file| file.contains("res") && file.ends_with(".xml"))) {
            shared.resources.add(parts, &name);
        }
        shared
    }

    fn bare() -> Self {
        Self {
            resources: Resources::default(),
            templates: HashMap::new(),
            known: HashMap::new(),
            annotated: HashMap::new(),
            signed: Vec::new(),
            usual: A4,
            shapes: Shapes::default(),
            charmaps: HashMap::new(),
        }
    }

    /// The page of number `id` in the part `name`; a damaged one where the part is not there.
    pub fn draw(&mut self, id: &str, name: Option<&str>, parts: &mut Parts<'_>, budget: &mut Budget) -> Drawn {
        let tree = name.and_then(|name| parts.tree(name));
        let page = tree.as_ref().and_then(|t| t.find(&[El::Page]));
        let own = page.zip(name).and_then(|(page, name)| self.own_resources(page, name, parts));
        let sheet = page.and_then(|p| p.child(El::Area)).and_then(physical_box).unwrap_or(self.usual);
        let mut canvas = Canvas::new((sheet[2], sheet[3]), budget);
        let to_page = Matrix([MM, 0.0, 0.0, MM, -sheet[0] * MM, -sheet[1] * MM]);
        let state = State { to_page, hidden: false, param: Param::default() };
        let templates = self.templates_of(page, parts);
        let resources = own.as_ref().unwrap_or(&self.resources);
        let mut drawing = Drawing { parts, resources, shapes: &mut self.shapes, charmaps: &mut self.charmaps };
        let mut remarks = Vec::new();
        match &tree {
            Some(tree) => {
                lay(&templates, false, &mut drawing, state, &mut canvas);
                drawing.content(tree, state, &mut canvas);
                lay(&templates, true, &mut drawing, state, &mut canvas);
                for part in self.annotated.get(id).into_iter().flatten() {
                    match drawing.parts.tree(part) {
                        Some(notes) => remarks.extend(annotations::draw(&notes, &mut drawing, state, &mut canvas)),
                        None => canvas.ink.is_damaged = true,
                    }
                }
            }
            None => canvas.ink.is_damaged = true,
        }
        for (_, stamp) in self.signed.iter().flat_map(|s| &s.stamps).filter(|(page, _)| page == id) {
            canvas.picture(&signatures::place(1, *stamp).1, false);
        }
        Drawn { shown: canvas.page, ink: canvas.ink, remarks, sources: canvas.sources }
    }

    /// The document's resources with those of a page that has its own.
    fn own_resources(&self, page: At<'_>, name: &str, parts: &mut Parts<'_>) -> Option<Resources> {
        page.child(El::PageRes)?;
        let mut own = self.resources.clone();
        for res in page.all(El::PageRes) {
            if let Some(res) = parts.resolve(name, res.text()) {
                own.add(parts, &res);
            }
        }
        Some(own)
    }

    /// The templates a page uses, each with whether it stands before the page's own layers.
    fn templates_of(&mut self, page: Option<At<'_>>, parts: &mut Parts<'_>) -> Vec<(Option<Rc<Tree>>, bool)> {
        let used = page.iter().flat_map(|page| page.all(El::Template)).take(MOST_TEMPLATES).map(|template| {
            let id = template.attribute("TemplateID").unwrap_or("");
            let place = self.templates.get(id);
            let order = template.attribute("ZOrder").or_else(|| place.and_then(|(_, order)| order.as_deref()));
            let is_before = order == Some("Foreground");
            let known = self.known.entry(id.to_owned()).or_insert_with(|| place.and_then(|(part, _)| parts.tree(part)).map(Rc::new));
            (known.clone(), is_before)
        });
        used.collect()
    }
}

fn lay(templates: &[(Option<Rc<Tree>>, bool)], before: bool, drawing: &mut Drawing<'_, '_>, state: State, canvas: &mut Canvas<'_>) {
    for (template, _) in templates.iter().filter(|(_, is_before)| *is_before == before) {
        match template {
            Some(template) => drawing.content(template, state, canvas),
            None => canvas.ink.is_damaged = true,
        }
    }
}

fn physical_box(area: At<'_>) -> Option<[f64; 4]> {
    list::<4>(area.child(El::PhysicalBox)?.text()).filter(|b| b[2] > 1.0 && b[3] > 1.0 && b[2] < 1e5 && b[3] < 1e5)
}
