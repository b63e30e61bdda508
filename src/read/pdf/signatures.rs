//! Digital signatures of a PDF: whose, where they show, and whether the bytes are those that were signed.
use crate::model::{DigitalSignature, Integrity, Location};
use crate::read::der;
use crate::read::layout::geometry::Matrix;
use crate::text::encoding::pdf_string;
use hayro_syntax::object::{Array, Dict, Name, Object, String as PdfString};
use hayro_syntax::page::Page;
use sha2::Digest;
use std::collections::HashMap;

/// Signatures of one file, and fields and annotations that are looked at for them.
const MOST: usize = 200;
const MOST_FIELDS: usize = 20_000;

/// Signatures by the dictionary of their value, in the order they are met.
#[derive(Default)]
pub struct Signatures<'a> {
    found: Vec<(Dict<'a>, Vec<Location>)>,
    known: HashMap<(usize, usize), usize>,
}

impl<'a> Signatures<'a> {
    /// Notes the signatures that show on a page.
    pub fn page(&mut self, number: u32, page: &Page<'a>, base: &Matrix) {
        let list = page.raw().get::<Array<'a>>("Annots");
        for widget in list.iter().flat_map(|list| list.iter::<Dict<'a>>()).take(MOST_FIELDS) {
            let Some(value) = value_of(&widget) else { continue };
            let Some(at) = self.add(value) else { continue };
            if let Some(r) = widget.get::<hayro_syntax::object::Rect>("Rect").filter(|r| r.x1 - r.x0 > 1.0 && r.y1 - r.y0 > 1.0) {
                let rect = base.apply_rect(r.x0, r.y0, r.x1, r.y1);
                let place = Location { page: Some(number), rect: rect.is_finite().then(|| rect.to_model()), ..Location::default() };
                self.found[at].1.push(place);
            }
        }
    }

    /// Adds those that show nowhere; `bytes` are the whole file's.
    pub fn finish(mut self, root: Option<Dict<'a>>, bytes: &[u8]) -> Vec<DigitalSignature> {
        let fields = root.and_then(|r| r.get::<Dict<'a>>("AcroForm")).and_then(|form| form.get::<Array<'a>>("Fields"));
        let mut open: Vec<Dict<'a>> = fields.iter().flat_map(|f| f.iter::<Dict<'a>>()).take(MOST_FIELDS).collect();
        let mut looked_at = 0;
        while let Some(field) = open.pop().filter(|_| looked_at < MOST_FIELDS) {
            looked_at += 1;
            if let Some(value) = value_of(&field) {
                self.add(value);
            }
            let kids = field.get::<Array<'a>>("Kids");
            open.extend(kids.iter().flat_map(|kids| kids.iter::<Dict<'a>>()).take(MOST_FIELDS - looked_at.min(MOST_FIELDS)));
        }
        let furthest = self.found.iter().filter_map(|(value, _)| ranges(value)).map(|r| r[2].saturating_add(r[3])).max().unwrap_or(0);
        self.found.into_iter().map(|(value, places)| signature(&value, places, bytes, furthest)).collect()
    }

    fn add(&mut self, value: Dict<'a>) -> Option<usize> {
        let key = (value.data().as_ptr() as usize, value.data().len());
        if let Some(at) = self.known.get(&key) {
            return Some(*at);
        }
        if self.found.len() >= MOST {
            return None;
        }
        self.found.push((value, Vec::new()));
        self.known.insert(key, self.found.len() - 1);
        Some(self.found.len() - 1)
    }
}

/// The value of a signature field that is signed.
fn value_of<'a>(field: &Dict<'a>) -> Option<Dict<'a>> {
    let mut kind = field.get::<Name<'_>>("FT").map(|n| n.as_ref().to_vec());
    let mut value = field.get::<Dict<'a>>("V");
    let mut above = field.get::<Dict<'a>>("Parent");
    for _ in 0..16 {
        let Some(parent) = above.filter(|_| kind.is_none() || value.is_none()) else { break };
        kind = kind.or_else(|| parent.get::<Name<'_>>("FT").map(|n| n.as_ref().to_vec()));
        value = value.or_else(|| parent.get::<Dict<'a>>("V"));
        above = parent.get::<Dict<'a>>("Parent");
    }
    value.filter(|v| kind.as_deref() == Some(b"Sig") && v.contains_key("Contents"))
}

fn signature(value: &Dict<'_>, places: Vec<Location>, bytes: &[u8], furthest: u64) -> DigitalSignature {
    let text = |key: &str| value.get::<PdfString<'_>>(key).map(|s| pdf_string(s.as_bytes()).trim().to_owned()).filter(|s| !s.is_empty());
    let packed = value.get::<PdfString<'_>>("Contents").map(|s| s.as_bytes().to_vec()).unwrap_or_default();
    let app = value.get::<Dict<'_>>("Prop_Build").and_then(|b| b.get::<Dict<'_>>("App")).and_then(|app| match app.get::<Object<'_>>("Name")? {
        Object::Name(name) => Some(pdf_string(name.as_ref())),
        Object::String(name) => Some(pdf_string(name.as_bytes())),
        _ => None,
    });
    let filter = || value.get::<Name<'_>>("Filter").map(|n| pdf_string(n.as_ref()));
    DigitalSignature {
        signer: der::signer(&packed).or_else(|| text("Name")),
        provider: app.or_else(filter),
        seal: der::seal(&packed),
        signed_at: text("M"),
        integrity: integrity(value, &packed, bytes, furthest),
        places,
    }
}

fn ranges(value: &Dict<'_>) -> Option<[u64; 4]> {
    let list = value.get::<Array<'_>>("ByteRange")?;
    let numbers: Vec<u64> = list.iter::<i32>().map(|n| u64::try_from(n).ok()).collect::<Option<_>>()?;
    numbers.try_into().ok()
}

/// The signed digest against that of the bytes it covers. What a later signature covers too was there when that was made.
fn integrity(value: &Dict<'_>, packed: &[u8], bytes: &[u8], furthest: u64) -> Integrity {
    let Some([a, a_len, b, b_len]) = ranges(value) else { return Integrity::Unknown };
    let part = |from: u64, len: u64| bytes.get(usize::try_from(from).ok()?..usize::try_from(from.checked_add(len)?).ok()?);
    let (Some(first), Some(second)) = (part(a, a_len), part(b, b_len)) else { return Integrity::Changed };
    let Some(signed) = der::message_digest(packed) else { return Integrity::Unknown };
    let sha256 = sha2::Sha256::new().chain_update(first).chain_update(second).finalize();
    let sm3 = || sm3::Sm3::new().chain_update(first).chain_update(second).finalize();
    let sha512 = || sha2::Sha512::new().chain_update(first).chain_update(second).finalize();
    let agrees = match signed.len() {
        32 => signed == sha256[..] || signed == sm3()[..],
        64 => signed == sha512()[..],
        _ => return Integrity::Unknown,
    };
    let rest = part(furthest, (bytes.len() as u64).saturating_sub(furthest)).unwrap_or_default();
    match agrees {
        false => Integrity::Changed,
        // Bytes behind everything that was signed: notes, more pages, anything.
        true if rest.iter().all(u8::is_ascii_whitespace) => Integrity::Intact,
        true => Integrity::Unknown,
    }
}
