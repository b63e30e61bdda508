//! Sentences in the two languages of the program.
use serde::{Deserialize, Serialize};

/// The language a run speaks; chosen once, at rendering.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    Zh,
    En,
}

/// One sentence of ours in Chinese and in English. Quoted applicant text stays as it is in both.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Say {
    pub zh: String,
    pub en: String,
}

impl Say {
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// Formats the same arguments into both languages: `say!("未见{0}", "no {0}", name)`.
///
/// Arguments are positional, because word order differs between the two.
#[macro_export]
macro_rules! say {
    ($zh:literal, $en:literal $(, $arg:expr)* $(,)?) => {
        $crate::model::Say::new(format!($zh $(, $arg)*), format!($en $(, $arg)*))
    };
}
