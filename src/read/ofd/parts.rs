//! Parts of an OFD package by the locations written in others.
use super::tree::Tree;
use crate::model::Problem;
use crate::read::Limits;
use crate::read::package::{Package, PartError, fold};
use std::io::Read;

pub(super) struct Parts<'a> {
    package: Package<'a>,
    depth: u32,
    /// A part could not be opened without a password.
    pub is_encrypted: bool,
    /// A part was beyond the limits.
    pub is_cut: bool,
}

/// Where a part lies, folded: small letters, `/`, no leading slash.
pub(super) type Name = String;

impl<'a> Parts<'a> {
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Problem> {
        Ok(Self { package: Package::open("OFD", bytes, limits)?, depth: limits.depth, is_encrypted: false, is_cut: false })
    }

    pub fn is_salvaged(&self) -> bool {
        self.package.salvaged()
    }

    pub fn has(&self, name: &str) -> bool {
        self.package.has(name)
    }

    /// Names of the parts that a test holds for, in order.
    pub fn named(&self, test: impl Fn(&str) -> bool) -> Vec<Name> {
        let mut names: Vec<Name> = self.package.names().filter(|name| test(name)).map(str::to_owned).collect();
        names.sort();
        names
    }

    /// The part that a location in `from` leads to. The standard counts from the folder of the part itself; files in
    /// use also count from the document's folder or the package.
    pub fn resolve(&self, from: &str, loc: &str) -> Option<Name> {
        let loc = loc.trim();
        if loc.is_empty() {
            return None;
        }
        let own = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let document = from.split_once('/').map_or("", |(folder, _)| folder);
        let folders = if loc.starts_with(['/', '\\']) { ["", document, own] } else { [own, document, ""] };
        folders.into_iter().map(|folder| joined(folder, loc)).find(|name| self.package.has(name))
    }

    /// A part as a tree; `None` where it is absent or cannot be opened.
    pub fn tree(&mut self, name: &str) -> Option<Tree> {
        let depth = self.depth;
        let error = match self.package.part(name) {
            Ok(part) => return Some(Tree::read(part.mended_xml(), depth)),
            Err(error) => error,
        };
        self.note(&error);
        None
    }

    /// A part's bytes; `None` where it is absent, damaged or beyond the limits.
    pub fn bytes(&mut self, name: &str) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let error = match self.package.part(name) {
            Ok(mut part) => return part.read_to_end(&mut out).ok().map(|_| out),
            Err(error) => error,
        };
        self.note(&error);
        None
    }

    fn note(&mut self, error: &PartError) {
        self.is_encrypted |= matches!(error, PartError::Encrypted);
        self.is_cut |= matches!(error, PartError::TooLarge(_));
    }
}

fn joined(folder: &str, loc: &str) -> Name {
    let loc = loc.replace('\\', "/");
    let mut steps: Vec<&str> = folder.split('/').filter(|s| !s.is_empty()).collect();
    for step in loc.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    fold(&steps.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locations_are_joined_to_folders() {
        assert_eq!(joined("doc_0/pages/page_0", "../../Res/a.png"), "doc_0/res/a.png");
        assert_eq!(joined("", "\\Doc_0\\Document.xml"), "doc_0/document.xml");
        assert_eq!(joined("doc_0", "../../x"), "x");
    }
}
