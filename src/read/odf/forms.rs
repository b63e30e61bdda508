//! Controls of forms and fields to fill in: their state as it is printed.
use super::names::El;
use crate::read::xml::Attrs;
use std::collections::HashMap;

/// Controls of one document.
const MOST: usize = 10_000;

/// The controls a document defines before its text, by id.
#[derive(Debug, Default)]
pub(super) struct Controls {
    shown: HashMap<String, String>,
    /// The list whose entries follow.
    list: Option<String>,
}

fn is_on(attrs: &Attrs, names: [&str; 2]) -> bool {
    names.iter().find_map(|n| attrs.get(n)).is_some_and(|v| matches!(&*v, "checked" | "true"))
}

impl Controls {
    pub fn take(&mut self, el: El, attrs: &Attrs) {
        let text = match el {
            El::FormTick => {
                let on = is_on(attrs, ["current-state", "state"]) || is_on(attrs, ["current-selected", "selected"]);
                format!("{}{}", if on { "☑" } else { "☐" }, attrs.get("label").unwrap_or_default())
            }
            El::FormText => attrs.get("current-value").or_else(|| attrs.get("value")).unwrap_or_default().into_owned(),
            El::FormOption => {
                if is_on(attrs, ["current-selected", "selected"])
                    && let Some(slot) = self.list.as_ref().and_then(|id| self.shown.get_mut(id))
                {
                    *slot = attrs.get("label").unwrap_or_default().into_owned();
                }
                return;
            }
            _ => String::new(),
        };
        if let Some(id) = attrs.get("id").filter(|_| self.shown.len() < MOST) {
            self.list = (el == El::FormList).then(|| id.to_string());
            self.shown.insert(id.into_owned(), text);
        }
    }

    pub fn shown(&self, id: &str) -> Option<String> {
        self.shown.get(id).filter(|t| !t.is_empty()).cloned()
    }
}

/// A field of Word's forms.
#[derive(Debug)]
pub(super) enum Mark {
    Tick(bool),
    List(Vec<String>, usize),
}

impl Mark {
    pub fn of(attrs: &Attrs) -> Option<Self> {
        match attrs.get("type")?.rsplit('.').next()? {
            "FORMCHECKBOX" => Some(Self::Tick(false)),
            "FORMDROPDOWN" => Some(Self::List(Vec::new(), 0)),
            _ => None,
        }
    }

    pub fn set(&mut self, attrs: &Attrs) {
        let (Some(name), Some(value)) = (attrs.get("name"), attrs.get("value")) else { return };
        match (self, &*name) {
            (Self::Tick(on), "Checkbox_Checked") => *on = value == "true",
            (Self::List(entries, _), "Dropdown_ListEntry") if entries.len() < 256 => entries.push(value.into_owned()),
            (Self::List(_, chosen), "Dropdown_Selected") => *chosen = value.parse().unwrap_or(0),
            _ => {}
        }
    }

    pub fn shown(self) -> Option<String> {
        match self {
            Self::Tick(on) => Some(if on { "☑" } else { "☐" }.to_owned()),
            Self::List(entries, chosen) => entries.into_iter().nth(chosen),
        }
    }
}
