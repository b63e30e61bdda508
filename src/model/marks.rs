//! What stands on a page beside its text: seals and codes.
use super::{DigitalSignature, DocId, Location};
use serde::{Deserialize, Serialize};

/// The outline of a seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SealShape {
    Round,
    Oval,
}

/// A seal in red ink, or the picture of one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SealMark {
    /// Page and box.
    pub at: Location,
    pub shape: SealShape,
    /// How red it is, from 0 (paper) to 1 (fresh ink).
    pub strength: f32,
    /// What its ring may say, the best reading first; nothing where no model read it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ring: Vec<Reads>,
    /// The line below its middle: 合同专用章, a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<Reads>,
}

/// A seal as rules see it, whatever it is made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Seal {
    /// The file it stands in; `None` for a scan of the paper copy, which is no file of the dossier.
    pub doc: Option<DocId>,
    /// That file's path.
    pub file: String,
    /// Where it shows; nowhere for an electronic one without a picture.
    pub at: Location,
    pub kind: SealKind,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SealKind {
    Ink(SealMark),
    Electronic(DigitalSignature),
}

/// What a row of letters may say: for each step along it, the likeliest letters.
///
/// A model's whole answer is kept, not only its best guess, so that a name that is expected can be weighed
/// against it later.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Reads {
    pub steps: Vec<Step>,
}

/// Letters of one step with their chances, likeliest first; `None` is a gap.
pub type Step = Vec<(Option<char>, f32)>;

/// A QR or bar code on a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PageCode {
    /// Page and box.
    pub at: Location,
    pub is_qr: bool,
    pub text: String,
}

impl Reads {
    /// The likeliest letters, equal neighbours joined, with their chances.
    pub fn letters(&self) -> Vec<(char, f32)> {
        let mut out: Vec<(char, f32)> = Vec::new();
        let mut before = None;
        for step in &self.steps {
            let Some((letter, chance)) = step.first() else { continue };
            match (letter, out.last_mut()) {
                (Some(c), Some(last)) if before == Some(*c) => last.1 = last.1.max(*chance),
                (Some(c), _) => out.push((*c, *chance)),
                (None, _) => {}
            }
            before = *letter;
        }
        out
    }

    /// How much was read, and how clearly: a sum over the Chinese letters of what their chances exceed one half by.
    pub fn clarity(&self) -> f32 {
        self.letters().iter().filter(|(c, _)| is_han(*c)).map(|(_, chance)| chance - 0.5).sum()
    }
}

/// Whether a letter is a Chinese one.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}' | '〇')
}
