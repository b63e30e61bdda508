//! A text in the making: its paragraphs, and the one that is being read.
use crate::read::word::flow::{End, Para, Thing};

/// What a text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Body,
    TextBox,
    Header,
    Footer,
    Footnote,
    Comment,
}

#[derive(Debug)]
pub(super) struct Story {
    pub kind: Kind,
    pub paras: Vec<Para>,
    /// The paragraph that is being read.
    pub open: Para,
    /// Something was printed or anchored in it, or it was given its number.
    pub begun: bool,
}

impl Story {
    pub fn new(kind: Kind) -> Self {
        Self { kind, paras: Vec::new(), open: Para::default(), begun: false }
    }

    pub fn print(&mut self, c: char) {
        self.open.text.push(c);
        self.begun = true;
    }

    pub fn anchor(&mut self, thing: Thing) {
        self.open.things.push(thing);
        self.begun = true;
    }

    /// Ends the paragraph with what its properties say.
    pub fn end(&mut self, para: Para) {
        let open = std::mem::take(&mut self.open);
        self.begun = false;
        self.paras.push(Para { text: open.text, label: open.label, things: open.things, refs: open.refs, ..para });
    }

    /// Ends the text; a last paragraph needs no mark.
    pub fn finish(mut self, depth: u32) -> Vec<Para> {
        if self.begun {
            self.end(Para { depth, end: End::Nothing, ..Para::default() });
        }
        self.paras
    }
}
