//! Notes, comments, headers and changes that stand within the text, as Word 2003 writes them.
use super::super::names::El;
use super::{Aside, Container, Holder, Story};
use crate::model::{BlockKind, Location};
use crate::read::xml::{Attrs, Visit};

impl Story<'_> {
    /// A change is accepted: what was deleted is left out. A note, comment or header becomes a block of its own.
    pub(super) fn begin_within(&mut self, el: El, parent: El, attrs: &Attrs) -> Visit {
        let change = attrs.get("type").unwrap_or_default();
        let kind = match el {
            El::HeaderText => BlockKind::Header,
            El::FooterText => BlockKind::Footer,
            El::Annotation => match &*change {
                "Word.Deletion" if parent == El::TrPr => {
                    self.drop_row();
                    return Visit::Skip;
                }
                "Word.Deletion" if parent == El::RPr => {
                    if self.run.of_mark {
                        self.paragraph_property(El::Del, parent, attrs);
                    }
                    return Visit::Skip;
                }
                // The properties before a change of form.
                "Word.Deletion" | "Word.Formatting" => return Visit::Skip,
                "Word.Comment" => BlockKind::Comment,
                _ => {
                    self.annotations.push(false);
                    return Visit::Into;
                }
            },
            // Lines between the text and its notes are notes to Word.
            _ if !change.is_empty() && change != "normal" => return Visit::Skip,
            _ => BlockKind::Footnote,
        };
        if self.run.is_hidden() || self.within > 0 {
            return Visit::Skip;
        }
        let at = if matches!(kind, BlockKind::Header | BlockKind::Footer) { Location::default() } else { self.here() };
        let block = self.out.add(kind, at);
        self.containers.push(Container::new(Holder::Box, block));
        self.asides.push(Aside { run: std::mem::take(&mut self.run), fields: self.field_base });
        self.field_base = self.fields.len();
        self.within += 1;
        if el == El::Annotation {
            self.annotations.push(true);
        }
        Visit::Into
    }

    pub(super) fn end_within(&mut self, el: El) {
        if el == El::Annotation && self.annotations.pop() != Some(true) {
            return;
        }
        if let Some(block) = self.containers.last().and_then(|c| c.block) {
            self.leave_container();
            if let Some(block) = self.out.get(block) {
                // A tab often stands between the note's number, which is not text, and its words.
                let blank = block.text.len() - block.text.trim_start().len();
                block.text.drain(..blank);
            }
        } else {
            self.leave_container();
        }
        self.within = self.within.saturating_sub(1);
        if let Some(aside) = self.asides.pop() {
            self.run = aside.run;
            self.fields.truncate(self.field_base);
            self.field_base = aside.fields;
        }
    }

    /// The number that Word 2003 printed before a paragraph of a list.
    pub(super) fn given_label(&mut self, attrs: &Attrs) {
        if self.single
            && let (Some(label), Some(para)) = (attrs.val(), self.paras.last_mut())
        {
            para.label = Some(label.trim().to_owned()).filter(|l| !l.is_empty());
        }
    }
}

/// Whether an embedded object is a document with words of its own, and no formula or drawing.
pub(in crate::read) fn is_document(program: &str) -> bool {
    let program = program.to_ascii_lowercase();
    let documents = [
        "word.",
        "excel.",
        "powerpoint.",
        "package",
        "acroexch.",
        "acrobat",
        "wps.",
        "et.",
        "wpp.",
        "kwps.",
        "ket.",
        "kwpp.",
        "foxit",
        "outlook",
        "htmlfile",
        "mailmsg",
    ];
    documents.iter().any(|d| program.starts_with(d))
}
