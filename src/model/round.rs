//! What a programme's edition tells the layers below it: its year, categories, stages and readings of the notice.
use super::{Pointer, Severity};
use crate::text::Sentences;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// A category of a programme (`C1`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct CategoryId(pub String);

impl CategoryId {
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CategoryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// When a requirement must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// 申报: when the dossier arrives.
    #[default]
    Application,
    /// 中期评估
    Midterm,
    /// 验收考核
    Acceptance,
}

impl Stage {
    pub fn zh(self) -> &'static str {
        match self {
            Self::Application => "申报立项",
            Self::Midterm => "中期评估",
            Self::Acceptance => "验收考核",
        }
    }

    pub fn en(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::Midterm => "midterm",
            Self::Acceptance => "acceptance",
        }
    }
}

/// Who can decide a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// One dossier alone.
    Dossier,
    /// All dossiers of the batch together.
    Batch,
    /// The findings of the other rules.
    Derived,
}

/// One category of a programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Category {
    pub id: CategoryId,
    pub title: String,
    pub title_en: String,
    /// The class it belongs to; several categories may share one (服务专项).
    pub group: String,
    /// Other printed names of the category, of equal standing.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Short names that only count where a category is asked for (科技服务).
    #[serde(default)]
    pub short: Vec<String>,
    /// How many are to be chosen, as printed; shown, never tested.
    pub places: String,
    /// Last day of application.
    #[schemars(with = "String")]
    pub deadline: Date,
    /// Last day for the paper copy, where the reading of the deadline gives it longer.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub paper_until: Option<Date>,
}

/// What checks need to know of a programme.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Round {
    pub year: i16,
    pub categories: Vec<Category>,
    /// Names of each class (创新特色学会) with the categories in it.
    pub groups: BTreeMap<String, Vec<CategoryId>>,
    /// The reading chosen for each ambiguity: `N01` -> `inclusive`.
    pub readings: BTreeMap<String, String>,
    /// The notice's own sentences: where a dossier only repeats them, nothing is shown by it.
    pub sentences: Sentences,
}

impl Round {
    pub fn category(&self, id: &CategoryId) -> Option<&Category> {
        self.categories.iter().find(|category| category.id == *id)
    }

    /// Whether an ambiguity of the notice is read in a certain way.
    pub fn reads(&self, ambiguity: &str, choice: &str) -> bool {
        self.readings.get(ambiguity).is_some_and(|chosen| chosen == choice)
    }
}

/// One category that a dossier names, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedCategory {
    pub id: CategoryId,
    pub at: Vec<Pointer>,
}

/// The category a dossier applies for: none where it names none, or several that exclude each other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CategoryFound {
    pub id: Option<CategoryId>,
    /// Every category that is named; two or more and no `id` is a contradiction or an open choice.
    pub named: Vec<NamedCategory>,
}

/// What a derived rule and a dossier's result are rolled up from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    pub rule: String,
    pub result: super::Verdict,
    pub severity: Severity,
}
