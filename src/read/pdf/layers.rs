//! Optional content: which layers a viewer shows.
use hayro_syntax::object::{Array, Dict, Name, ObjectIdentifier};
use std::collections::HashSet;

/// Layers switched off in the file's default configuration.
#[derive(Default)]
pub struct Layers(HashSet<ObjectIdentifier>);

impl Layers {
    pub fn new(catalog: Option<Dict<'_>>) -> Self {
        let mut off = HashSet::new();
        let Some(properties) = catalog.and_then(|c| c.get::<Dict<'_>>("OCProperties")) else { return Self(off) };
        let Some(config) = properties.get::<Dict<'_>>("D") else { return Self(off) };
        let ids = |dict: &Dict<'_>, key: &str| -> Vec<ObjectIdentifier> {
            let list = dict.get::<Array<'_>>(key);
            list.map(|a| a.raw_iter().filter_map(|o| o.as_obj_ref()).map(Into::into).collect()).unwrap_or_default()
        };
        if config.get::<Name<'_>>("BaseState").is_some_and(|n| n.as_ref() == b"OFF") {
            off.extend(ids(&properties, "OCGs"));
        }
        for id in ids(&config, "ON") {
            off.remove(&id);
        }
        off.extend(ids(&config, "OFF"));
        Self(off)
    }

    /// Whether the content marked by an entry (`OC` of an object, a property of marked content) shows.
    pub fn shows(&self, holder: &Dict<'_>, key: &[u8]) -> bool {
        if self.0.is_empty() {
            return true;
        }
        let Some(dict) = holder.get::<Dict<'_>>(key) else { return true };
        if dict.get::<Name<'_>>("Type").is_some_and(|n| n.as_ref() == b"OCMD") {
            return self.group_shows(&dict);
        }
        holder.get_ref(key).is_none_or(|id| !self.0.contains(&id.into()))
    }

    fn group_shows(&self, group: &Dict<'_>) -> bool {
        let mut members: Vec<ObjectIdentifier> = Vec::new();
        if let Some(list) = group.get::<Array<'_>>("OCGs") {
            members.extend(list.raw_iter().filter_map(|o| o.as_obj_ref()).map(ObjectIdentifier::from));
        } else if let Some(one) = group.get_ref("OCGs") {
            members.push(one.into());
        }
        if members.is_empty() {
            return true;
        }
        let mut shown = members.iter().map(|id| !self.0.contains(id));
        match group.get::<Name<'_>>("P").as_ref().map(|n| n.as_ref()) {
            Some(b"AllOn") => shown.all(|s| s),
            Some(b"AnyOff") => shown.any(|s| !s),
            Some(b"AllOff") => shown.all(|s| !s),
            _ => shown.any(|s| s),
        }
    }
}
