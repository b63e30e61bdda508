//! One part of an OFD package as a tree of bounded size. Namespaces and prefixes are not looked at: real files
//! declare the namespace of the draft, of the standard, another one or none.
use crate::read::xml::{Attrs, Visit, Visitor, Walked, elements, local_name, plain, walk};
use std::io::BufRead;

/// Elements of one part; the densest real pages have a tenth.
const MOST_NODES: usize = 600_000;
/// Attributes of one element that are kept.
const MOST_ATTRIBUTES: usize = 40;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ns {
    Ofd,
}

impl Ns {
    fn of_uri(_: &str) -> Self {
        Self::Ofd
    }

    fn of_habit(_: &str) -> Self {
        Self::Ofd
    }
}

elements! { El of Ns {
    Ofd {
        b"OFD" => Ofd, b"DocBody" => DocBody, b"DocRoot" => DocRoot, b"Versions" => Versions, b"Version" => Version,
        b"Encryptions" => Encryptions,
        b"Document" => Document, b"CommonData" => CommonData, b"PageArea" | b"Area" => Area, b"PhysicalBox" => PhysicalBox,
        b"PublicRes" => PublicRes, b"DocumentRes" => DocumentRes, b"PageRes" => PageRes,
        b"TemplatePage" => TemplatePage, b"Pages" => Pages, b"Page" => Page,
        b"Annotations" => Annotations, b"Attachments" => Attachments, b"Attachment" => Attachment, b"FileLoc" => FileLoc,
        b"Template" => Template, b"Content" => Content, b"Layer" => Layer, b"PageBlock" => PageBlock,
        b"TextObject" => TextObject, b"TextCode" => TextCode, b"CGTransform" => CgTransform, b"Glyphs" => Glyphs,
        b"PathObject" => PathObject, b"AbbreviatedData" => AbbreviatedData, b"ImageObject" => ImageObject,
        b"CompositeObject" => CompositeObject, b"FillColor" => FillColor, b"StrokeColor" => StrokeColor,
        b"Res" => Res, b"Fonts" => Fonts, b"Font" => Font, b"FontFile" => FontFile,
        b"DrawParams" => DrawParams, b"DrawParam" => DrawParam, b"MultiMedias" => MultiMedias, b"MultiMedia" => MultiMedia, b"MediaFile" => MediaFile,
        b"CompositeGraphicUnits" => CompositeGraphicUnits, b"CompositeGraphicUnit" => CompositeGraphicUnit,
        b"PageAnnot" => PageAnnot, b"Annot" => Annot, b"Remark" => Remark, b"Appearance" => Appearance,
        b"Signatures" => Signatures, b"Signature" => Signature, b"SignedInfo" => SignedInfo, b"SignedValue" => SignedValue,
        b"Provider" => Provider, b"ProviderName" => ProviderName, b"Company" => Company, b"SignatureDateTime" => SignatureDateTime,
        b"References" => References, b"Reference" => Reference, b"CheckValue" => CheckValue,
        b"StampAnnot" => StampAnnot, b"Seal" => Seal, b"BaseLoc" => BaseLoc,
    }
} }

/// A part read whole.
pub(super) struct Tree {
    /// The first one stands above the part's own root.
    nodes: Vec<Node>,
    /// Whether the part broke off, is no XML throughout, or holds more than is read.
    pub is_broken: bool,
}

struct Node {
    el: El,
    attributes: Box<[(Box<str>, Box<str>)]>,
    text: String,
    first: Option<u32>,
    last: Option<u32>,
    next: Option<u32>,
}

impl Tree {
    pub fn read(source: impl BufRead, depth: u32) -> Self {
        let mut builder = Builder { nodes: vec![Node::new(El::Other, Box::new([]))], open: vec![0] };
        let Walked { fault, too_deep, stopped } = walk(source, depth, &mut builder);
        Self { nodes: builder.nodes, is_broken: fault.is_some() || too_deep || stopped }
    }

    /// What holds the part's own root element.
    pub fn top(&self) -> At<'_> {
        At { tree: self, node: 0 }
    }

    /// The first element of a kind below `path`, each step a child.
    pub fn find(&self, path: &[El]) -> Option<At<'_>> {
        path.iter().try_fold(self.top(), |at, el| at.child(*el))
    }
}

impl Node {
    fn new(el: El, attributes: Box<[(Box<str>, Box<str>)]>) -> Self {
        Self { el, attributes, text: String::new(), first: None, last: None, next: None }
    }
}

/// One element of a tree.
#[derive(Clone, Copy)]
pub(super) struct At<'t> {
    tree: &'t Tree,
    node: usize,
}

impl<'t> At<'t> {
    fn own(self) -> &'t Node {
        &self.tree.nodes[self.node]
    }

    pub fn el(self) -> El {
        self.own().el
    }

    /// An attribute of that name; where there is none, one that differs only in case (EasyOFD writes `size`).
    pub fn attribute(self, name: &str) -> Option<&'t str> {
        let attributes = &self.own().attributes;
        let exact = attributes.iter().find(|(key, _)| &**key == name);
        exact.or_else(|| attributes.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))).map(|(_, value)| &**value)
    }

    /// A true-or-false attribute.
    pub fn flag(self, name: &str) -> Option<bool> {
        match self.attribute(name)?.trim() {
            "true" | "True" | "TRUE" | "1" => Some(true),
            "false" | "False" | "FALSE" | "0" => Some(false),
            _ => None,
        }
    }

    /// Text directly inside, as it stands.
    pub fn raw_text(self) -> &'t str {
        &self.own().text
    }

    pub fn text(self) -> &'t str {
        self.own().text.trim()
    }

    pub fn children(self) -> impl Iterator<Item = At<'t>> {
        let mut next = self.own().first;
        std::iter::from_fn(move || {
            let at = At { tree: self.tree, node: next? as usize };
            next = at.own().next;
            Some(at)
        })
    }

    pub fn all(self, el: El) -> impl Iterator<Item = At<'t>> {
        self.children().filter(move |c| c.el() == el)
    }

    pub fn child(self, el: El) -> Option<At<'t>> {
        self.all(el).next()
    }
}

struct Builder {
    nodes: Vec<Node>,
    open: Vec<usize>,
}

impl Visitor for Builder {
    type El = El;

    fn open(&mut self, el: El, _: El, attrs: &Attrs) -> Visit {
        if self.nodes.len() >= MOST_NODES {
            return Visit::Stop;
        }
        let attributes = attrs.iter().take(MOST_ATTRIBUTES).map(|(key, value)| (local_name(key).into(), (&*plain(value)).into())).collect();
        let at = self.nodes.len();
        self.nodes.push(Node::new(el, attributes));
        if let Some(holder) = self.open.last().copied() {
            match self.nodes[holder].last.replace(at as u32) {
                Some(before) => self.nodes[before as usize].next = Some(at as u32),
                None => self.nodes[holder].first = Some(at as u32),
            }
        }
        self.open.push(at);
        Visit::Into
    }

    fn close(&mut self, _: El, _: El) {
        if self.open.len() > 1 {
            self.open.pop();
        }
    }

    fn text(&mut self, text: &str, _: El) {
        if let Some(node) = self.open.last().and_then(|n| self.nodes.get_mut(*n)) {
            node.text.push_str(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_prefix_will_do() {
        for part in [
            r#"<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer Type="Body"/><x/>&lt;文</ofd:Content></ofd:Page>"#,
            r#"<Page xmlns="urn:other"><Content><Layer Type="Body"/><x/>&lt;文</Content></Page>"#,
            r#"<n:Page><n:Content><n:Layer Type="Body"/><x/>&lt;文</n:Content></n:Page>"#,
        ] {
            let tree = Tree::read(part.as_bytes(), 16);
            let content = tree.find(&[El::Page, El::Content]).expect("it is there");
            assert!(!tree.is_broken);
            assert_eq!((content.text(), content.children().count()), ("<文", 2));
            assert_eq!(content.child(El::Layer).and_then(|l| l.attribute("Type")), Some("Body"));
        }
    }

    #[test]
    fn attributes_in_the_wrong_case_are_found() {
        let tree = Tree::read(r#"<TextObject size="4" ID="1" id="2"/>"#.as_bytes(), 16);
        let object = tree.find(&[El::TextObject]).expect("it is there");
        assert_eq!((object.attribute("Size"), object.attribute("ID")), (Some("4"), Some("1")));
    }

    #[test]
    fn what_is_cut_off_is_kept_and_told() {
        let tree = Tree::read(r#"<Page><Content><Layer ID="1">"#.as_bytes(), 16);
        assert!(tree.is_broken && tree.find(&[El::Page, El::Content, El::Layer]).is_some());
        let deep = "<Layer>".repeat(40);
        assert!(Tree::read(deep.as_bytes(), 16).is_broken);
    }
}
