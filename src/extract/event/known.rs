//! Names of events that the form lists: other papers are known by them, whatever the names end in.
use super::name;
use crate::text::key;

/// A shorter name stands in too many titles.
const SHORTEST: usize = 5;

/// The names that the form's tables and sentences give, made ready to be looked for.
#[derive(Debug, Default)]
pub(super) struct Known(Vec<String>);

impl Known {
    pub fn new<'n>(names: impl Iterator<Item = &'n String>) -> Self {
        let mut cores: Vec<String> = names
            .map(|name| name::core(name.split('(').next().filter(|bare| bare.chars().count() >= SHORTEST).unwrap_or(name)))
            .filter(|core| core.chars().count() >= SHORTEST)
            .collect();
        cores.sort_unstable();
        cores.dedup();
        Self(cores)
    }

    /// Whether a text is one of the names, but for a few words beside it: 第三讲, 活动.
    pub fn names(&self, text: &str) -> bool {
        self.within(text, 4)
    }

    /// Whether a title tells of one of them: 【学会动态】…, …，我们来了！
    pub fn titles(&self, text: &str) -> bool {
        self.within(text, 20)
    }

    /// The only one of the names that a text tells of.
    pub fn only_told(&self, text: &str) -> Option<&str> {
        let key = key(text);
        let mut told = self.0.iter().filter(|core| key.contains(core.as_str()));
        told.next().filter(|_| told.next().is_none()).map(String::as_str)
    }

    /// Whether one of the names stands in a text with at most so many characters beside it.
    fn within(&self, text: &str, beside: usize) -> bool {
        let key = key(text);
        let chars = key.chars().count();
        self.0.iter().any(|core| key.contains(core.as_str()) && chars <= core.chars().count() + beside)
    }
}
