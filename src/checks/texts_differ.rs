use super::BatchCheck;
use super::contract::declare_check;

declare_check! {
    /// A dossier shares no files and no long texts with another dossier of the batch.
    ///
    /// ## How it is decided
    /// Over all dossiers: an equal file digest (template files aside) or a text similarity of at least `near` fails
    /// as a warning on both, with links and the shared stretch.
    ///
    /// ## Why
    /// The notice asks for honesty and excludes projects recognised before; copied forms and one photo in two
    /// dossiers are what shows the contrary.
    ///
    /// ## A person looks when
    /// Always after a hit: likeness is a hint, no proof.
    pub struct TextsDiffer("texts-differ", Batch, bind_batch, Form, [Pass, Fail],
        "与本批其他材料比对文件和正文：文件相同或大段文字雷同的标待补正，并列出对方和雷同处。雷同只是线索，须请申报单位说明。"
    ) {
        /// Estimated share of common five-character shingles from which on texts count as near-duplicates, 0 to 1.
        near: f64,
    }
}

impl From<TextsDiffer> for BatchCheck {
    fn from(check: TextsDiffer) -> Self {
        Self::TextsDiffer(check)
    }
}
