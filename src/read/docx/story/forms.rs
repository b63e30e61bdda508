//! Fields and content controls.
use super::super::names::El;
use super::Story;
use crate::read::word::field::Field;
use crate::read::xml::Attrs;

/// Fields begun one inside the other; those beyond are not told apart.
const MOST_FIELDS: usize = 1000;

impl Story<'_> {
    pub(super) fn field_mark(&mut self, attrs: &Attrs) {
        match attrs.get("fldCharType").as_deref() {
            Some("begin") if self.fields.len() >= MOST_FIELDS => self.fields_beyond += 1,
            Some("end") if self.fields_beyond > 0 => self.fields_beyond -= 1,
            Some("begin") => {
                let mark = self.paras.last().map(|p| (p.serial, p.text.len()));
                self.fields.push(Field { mark, ..Field::default() });
            }
            Some("separate") => {
                self.drop_code();
                let printed = self.out.characters;
                if let Some(field) = self.field() {
                    field.result = true;
                    field.printed = printed;
                }
            }
            Some("end") if self.fields.len() > self.field_base => {
                self.drop_code();
                let Some(field) = self.fields.pop() else { return };
                let silent = !field.result || field.printed == self.out.characters;
                if silent && let Some(text) = field.own_text() {
                    self.sign(&text);
                }
            }
            _ => {}
        }
    }

    /// What was printed between the field's beginning and its result belongs to the code.
    pub(super) fn drop_code(&mut self) {
        let Some(field) = self.field() else { return };
        if !field.result
            && let Some((serial, len)) = field.mark
            && let Some(para) = self.paras.last_mut()
            && para.serial == serial
            && para.text.is_char_boundary(len)
        {
            para.text.truncate(len);
        }
    }

    /// The innermost field of this text flow.
    pub(super) fn field(&mut self) -> Option<&mut Field> {
        if self.fields.len() > self.field_base { self.fields.last_mut() } else { None }
    }

    pub(super) fn form_state(&mut self, el: El, parent: El, attrs: &Attrs) {
        let Some(field) = self.field() else { return };
        match (el, parent) {
            (El::FormCheckBox, _) => field.ticked = Some(false),
            (El::FormDefault | El::FormChecked, El::FormCheckBox) => field.ticked = Some(attrs.on()),
            (El::FormDefault | El::FormResult, El::FormList) => {
                field.chosen = attrs.number("val").and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
            }
            (El::FormEntry, El::FormList) if field.entries.len() < 256 => {
                field.entries.push(attrs.val().unwrap_or_default().into_owned());
            }
            _ => {}
        }
    }

    pub(super) fn begin_content(&mut self) {
        let printed = self.out.characters;
        if let Some(control) = self.controls.last_mut() {
            control.printed = printed;
            self.placeholders += u32::from(control.placeholder);
        }
    }

    pub(super) fn end_content(&mut self) {
        let Some(control) = self.controls.last() else { return };
        let silent = control.printed == self.out.characters;
        match control.ticked {
            _ if control.placeholder => self.placeholders = self.placeholders.saturating_sub(1),
            Some(ticked) if silent => self.sign(if ticked { "☑" } else { "☐" }),
            _ => {}
        }
    }
}
