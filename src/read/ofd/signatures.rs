//! Signatures and seals of an OFD file: whose, where they show, and whether the parts are those that were signed.
use super::numbers::{MM, list};
use super::parts::Parts;
use super::tree::{At, El, Tree};
use crate::model::{DigitalSignature, Integrity, Location};
use crate::read::der;
use crate::read::layout::geometry::Rect;
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use sha2::Digest;

/// Signatures of one file, and parts that one signature covers.
const MOST: usize = 200;
const MOST_REFERENCES: usize = 5_000;

/// A signature and its stamps: page of the document by its number there, and box in millimetres.
pub(super) struct Found {
    pub signature: DigitalSignature,
    pub stamps: Vec<(String, [f64; 4])>,
}

/// The signatures that the list in `name` leads to.
pub(super) fn read(parts: &mut Parts<'_>, name: &str) -> Vec<Found> {
    let Some(tree) = parts.tree(name) else { return Vec::new() };
    let Some(list) = tree.find(&[El::Signatures]) else { return Vec::new() };
    let locations: Vec<&str> = list.all(El::Signature).filter_map(|s| s.attribute("BaseLoc")).take(MOST).collect();
    let is_only = locations.len() == 1;
    locations
        .into_iter()
        .filter_map(|loc| {
            let part = parts.resolve(name, loc)?;
            let tree = parts.tree(&part)?;
            one(parts, &part, &tree, (!is_only).then_some(name))
        })
        .collect()
}

/// `list` is the part that a later signature adds itself to, where there is one.
fn one(parts: &mut Parts<'_>, part: &str, tree: &Tree, list: Option<&str>) -> Option<Found> {
    let signature = tree.find(&[El::Signature])?;
    let info = signature.child(El::SignedInfo)?;
    let bytes_at = |parts: &mut Parts<'_>, at: Option<At<'_>>| {
        let name = at.and_then(|a| parts.resolve(part, a.text()))?;
        parts.bytes(&name)
    };
    let value = bytes_at(parts, signature.child(El::SignedValue).or_else(|| info.child(El::SignedValue)));
    let seal = bytes_at(parts, info.child(El::Seal).and_then(|s| s.child(El::BaseLoc)));
    let provider = info.child(El::Provider).and_then(|p| {
        let inner = |el| p.child(el).map(|c| c.text());
        let known = [p.attribute("Company"), p.attribute("ProviderName"), inner(El::Company), inner(El::ProviderName)];
        known.into_iter().flatten().map(str::trim).find(|s| !s.is_empty()).map(str::to_owned)
    });
    Some(Found {
        signature: DigitalSignature {
            signer: value.as_deref().and_then(der::signer),
            provider,
            seal: seal.as_deref().and_then(der::seal).or_else(|| value.as_deref().and_then(der::seal)),
            signed_at: info.child(El::SignatureDateTime).map(|t| t.text().to_owned()).filter(|t| !t.is_empty()),
            integrity: integrity(parts, part, info, list),
            places: Vec::new(),
        },
        stamps: info.all(El::StampAnnot).take(MOST_REFERENCES).filter_map(stamp).collect(),
    })
}

/// The page and the box of a stamp; of one that is split over pages (骑缝章), the part that shows.
fn stamp(at: At<'_>) -> Option<(String, [f64; 4])> {
    let [x, y, w, h] = at.attribute("Boundary").and_then(list::<4>)?;
    let shown = match at.attribute("Clip").and_then(list::<4>) {
        Some([cx, cy, cw, ch]) => [x + cx, y + cy, cw, ch],
        None => [x, y, w, h],
    };
    Some((at.attribute("PageRef")?.to_owned(), shown))
}

/// A box in millimetres as a place of the model.
pub(super) fn place(page: u32, [x, y, w, h]: [f64; 4]) -> (Location, Rect) {
    let rect = Rect::new((x * MM) as f32, (y * MM) as f32, ((x + w) * MM) as f32, ((y + h) * MM) as f32);
    (Location { page: Some(page), rect: Some(rect.to_model()), ..Location::default() }, rect)
}

fn integrity(parts: &mut Parts<'_>, part: &str, info: At<'_>, list: Option<&str>) -> Integrity {
    let Some(references) = info.child(El::References) else { return Integrity::Unknown };
    let Some(method) = Method::of(references.attribute("CheckMethod").unwrap_or("MD5")) else { return Integrity::Unknown };
    let mut checked = 0;
    for reference in references.all(El::Reference).take(MOST_REFERENCES) {
        let (Some(loc), Some(value)) = (reference.attribute("FileRef"), reference.child(El::CheckValue)) else { return Integrity::Unknown };
        let Some(expected) = decoded(value.text()) else { return Integrity::Unknown };
        let Some(name) = parts.resolve(part, loc) else { return Integrity::Changed };
        if Some(name.as_str()) == list {
            continue;
        }
        let Some(bytes) = parts.bytes(&name) else { return Integrity::Unknown };
        if method.digest(&bytes) != expected {
            return Integrity::Changed;
        }
        checked += 1;
    }
    if checked > 0 { Integrity::Intact } else { Integrity::Unknown }
}

fn decoded(text: &str) -> Option<Vec<u8>> {
    const LENIENT: GeneralPurpose = GeneralPurpose::new(&STANDARD, GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent));
    let packed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    LENIENT.decode(packed).ok()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Method {
    Sm3,
    Sha256,
    Md5,
}

impl Method {
    /// By name or object identifier, as `CheckMethod` has it. SHA-1 is not computed.
    fn of(name: &str) -> Option<Self> {
        let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '.').map(|c| c.to_ascii_lowercase()).collect();
        match name.as_str() {
            "sm3" => Some(Self::Sm3),
            "sha256" | "2.16.840.1.101.3.4.2.1" => Some(Self::Sha256),
            "md5" | "1.2.840.113549.2.5" => Some(Self::Md5),
            // The same with `.2` at its end is SM3 with a key, which the file does not hold.
            "1.2.156.10197.1.401" | "1.2.156.10197.1.401.1" => Some(Self::Sm3),
            _ => None,
        }
    }

    fn digest(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sm3 => sm3::Sm3::digest(bytes).to_vec(),
            Self::Sha256 => sha2::Sha256::digest(bytes).to_vec(),
            Self::Md5 => md5::Md5::digest(bytes).to_vec(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_are_known_by_name_and_number() {
        assert_eq!(Method::of("SM3"), Some(Method::Sm3));
        assert_eq!(Method::of("1.2.156.10197.1.401"), Some(Method::Sm3));
        assert_eq!(Method::of("1.2.156.10197.1.401.2"), None);
        assert_eq!(Method::of("SHA-256"), Some(Method::Sha256));
        assert_eq!(Method::of("1.3.14.3.2.26"), None);
        assert_eq!(decoded("qr\n vM").map(|d| d.len()), Some(3));
    }

    #[test]
    fn sm3_of_the_standard_s_example() {
        let hex: String = Method::Sm3.digest(b"abc").iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(hex, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    }
}
