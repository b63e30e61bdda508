//! Paragraphs from their beginning to the block that takes them.
use super::super::para::{Para, Run};
use super::super::styles::Styles;
use super::{Holder, Story};
use crate::model::{BlockKind, Location};
use crate::read::word::numbering::Numbering;

impl Story<'_> {
    pub(super) fn begin_paragraph(&mut self) {
        let carried = self.containers.last_mut().and_then(|c| c.carried.take());
        let para = match carried {
            Some(para) => para.reopened(),
            None => {
                if self.containers.last().is_some_and(|c| c.kind == Holder::Body) {
                    self.paragraph += 1;
                }
                self.serial += 1;
                Para { serial: self.serial, number: self.paragraph, text: self.spare.pop().unwrap_or_default(), ..Para::default() }
            }
        };
        self.paras.push(para);
        self.run = Run::default();
    }

    pub(super) fn end_paragraph(&mut self) {
        let Some(mut para) = self.paras.pop() else { return };
        if para.carries_on()
            && let Some(container) = self.containers.last_mut()
        {
            container.carried = Some(para);
            return;
        }
        number(&mut para, self.styles, self.numbering);
        self.write(&mut para);
        if para.text.capacity() < 1 << 16 && self.spare.len() < 16 {
            para.text.clear();
            self.spare.push(para.text);
        }
    }

    pub(super) fn write(&mut self, para: &mut Para) {
        let text = para.text.trim_matches('\n');
        let Some(container) = self.containers.last_mut() else { return };
        match container.kind {
            Holder::Nothing => {}
            Holder::Body => {
                if let Some(label) = &para.label {
                    self.out.count(label);
                }
                if !text.is_empty() || para.label.is_some() {
                    let at = Location { page: para.page, paragraph: Some(para.number), ..Location::default() };
                    let block = para.block.or_else(|| self.out.add(BlockKind::Paragraph, at.clone()));
                    if let Some(block) = block.and_then(|b| self.out.get(b)) {
                        if para.is_heading(&self.styles.paragraph(para.style)) {
                            block.kind = BlockKind::Heading;
                        }
                        block.at.page = at.page.or(block.at.page);
                        text.clone_into(&mut block.text);
                        block.label = para.label.take();
                    }
                }
            }
            Holder::Cell | Holder::Box => {
                if let Some(block) = container.block {
                    self.out.append(block, text, para.label.as_deref(), para.page);
                }
            }
        }
    }

    pub(super) fn flush_carried(&mut self) {
        if let Some(mut para) = self.containers.last_mut().and_then(|c| c.carried.take()) {
            para.numbered = true;
            self.write(&mut para);
        }
    }

    pub(super) fn leave_container(&mut self) {
        self.flush_carried();
        if self.containers.len() == 1 {
            // Text outside any paragraph opened one of its own.
            while !self.paras.is_empty() {
                self.end_paragraph();
            }
            self.flush_carried();
        }
        self.containers.pop();
    }
}

/// Counts a paragraph's automatic number, once.
pub(super) fn number(para: &mut Para, styles: &Styles, numbering: &mut Numbering) {
    if std::mem::replace(&mut para.numbered, true) || para.mark_deleted {
        return;
    }
    let style = styles.paragraph(para.style);
    if para.num.id.or(style.num.id).is_some() {
        let label = numbering.label(para.num, style.num, para.style.and_then(|n| styles.id(n)), |id| styles.numbering_of(id));
        para.label = para.label.take().or(label);
    }
}
