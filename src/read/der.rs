//! Names in the ASN.1 structures of signatures and seals: whose certificate, which seal.
//!
//! Only looked through for names; nothing is verified. Structures differ by edition (GM/T 0031 of 2014, GB/T 38540 of
//! 2020, PKCS#7), the order of the values looked for does not.

/// Values of one structure that are looked at.
const MOST: usize = 20_000;
const DEPTH: u32 = 32;

/// A primitive value: its tag and content.
type Value<'a> = (u8, &'a [u8]);

/// The common names of a signature's certificates: issuer and subject of each.
pub(super) fn certificates(der: &[u8]) -> Vec<(String, String)> {
    let values = values(der);
    let is_time = |v: &Value<'_>| matches!(v.0, 0x17 | 0x18);
    let mut out = Vec::new();
    // A certificate holds its issuer, two times, its subject.
    for n in 1..values.len() {
        if !(is_time(&values[n - 1]) && is_time(&values[n])) {
            continue;
        }
        let issuer = (0..n - 1).rev().take(40).find_map(|k| common_name(&values, k)).unwrap_or_default();
        let subject = (n + 1..values.len()).take(40).take_while(|k| !is_time(&values[*k])).find_map(|k| common_name(&values, k));
        out.extend(subject.map(|subject| (issuer, subject)));
    }
    out
}

/// The name on the certificate that no other certificate of the structure was issued by.
pub(super) fn signer(der: &[u8]) -> Option<String> {
    let all = certificates(der);
    let leaf = all.iter().position(|(_, subject)| all.iter().all(|(issuer, other)| issuer != subject || other == subject));
    all.into_iter().nth(leaf?).map(|(_, subject)| subject)
}

/// The digest that a signature of type PKCS#7 is over.
pub(super) fn message_digest(der: &[u8]) -> Option<Vec<u8>> {
    const MESSAGE_DIGEST: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x04];
    let values = values(der);
    let at = values.iter().position(|v| *v == (0x06, MESSAGE_DIGEST))?;
    values.get(at + 1).filter(|(tag, _)| *tag == 0x04).map(|(_, digest)| digest.to_vec())
}

/// The name of an electronic seal, else its number.
pub(super) fn seal(der: &[u8]) -> Option<String> {
    let values = values(der);
    // The header of a seal begins with the letters ES; number and name follow.
    let start = values.iter().position(|(tag, content)| *tag == 0x16 && *content == b"ES")?;
    let rest = &values[start + 1..];
    let number = rest.iter().take(8).filter(|(tag, _)| matches!(tag, 0x16 | 0x0C)).nth(1).and_then(text);
    let name = rest.iter().take(8).skip_while(|(tag, _)| *tag != 0x16).skip(1).find(|(tag, _)| *tag == 0x0C).and_then(text);
    name.or(number)
}

/// What follows the object identifier 2.5.4.3.
fn common_name(values: &[Value<'_>], at: usize) -> Option<String> {
    (values[at] == (0x06, &[0x55, 0x04, 0x03])).then(|| values.get(at + 1).and_then(text))?
}

fn text(&(tag, content): &Value<'_>) -> Option<String> {
    let text = match tag {
        0x0C | 0x13 | 0x16 => String::from_utf8(content.to_vec()).unwrap_or_else(|_| encoding_rs::GB18030.decode(content).0.into_owned()),
        0x14 => encoding_rs::GB18030.decode(content).0.into_owned(),
        0x1E => encoding_rs::UTF_16BE.decode_without_bom_handling(content).0.into_owned(),
        _ => return None,
    };
    let text: String = text.chars().filter(|c| !c.is_control()).take(200).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Primitive values in their order, through sequences, sets, tags and octet strings that hold such.
fn values(der: &[u8]) -> Vec<Value<'_>> {
    let mut out = Vec::new();
    gather(der, 0, &mut out);
    out
}

fn gather<'a>(mut der: &'a [u8], depth: u32, out: &mut Vec<Value<'a>>) {
    while let Some((tag, content, rest)) = element(der) {
        if out.len() >= MOST || depth > DEPTH {
            return;
        }
        der = rest;
        let holds_more = tag & 0x20 != 0;
        let wraps = tag == 0x04 && content.first() == Some(&0x30) && element(content).is_some_and(|(_, _, rest)| rest.is_empty());
        if holds_more || wraps {
            gather(content, depth + 1, out);
        } else {
            out.push((tag, content));
        }
    }
}

/// Tag, content and what follows; indefinite lengths reach to the end.
fn element(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, rest) = der.split_first()?;
    let (first, rest) = rest.split_first()?;
    if *tag & 0x1F == 0x1F {
        return None;
    }
    let (length, rest) = match first {
        0x80 => (rest.len(), rest),
        n if n & 0x80 == 0 => (usize::from(*n), rest),
        n => {
            let (digits, rest) = rest.split_at_checked(usize::from(n & 0x7F))?;
            let length = digits.iter().try_fold(0usize, |sum, d| sum.checked_mul(256)?.checked_add(usize::from(*d)))?;
            (length, rest)
        }
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((*tag, content, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
        assert!(content.len() < 0x1_0000);
        let length = content.len() as u16;
        [&[tag, 0x82][..], &length.to_be_bytes(), content].concat()
    }

    fn name(common: &str) -> Vec<u8> {
        tlv(0x30, &tlv(0x31, &tlv(0x30, &[tlv(0x06, &[0x55, 4, 3]), tlv(0x0C, common.as_bytes())].concat())))
    }

    fn certificate(issuer: &str, subject: &str) -> Vec<u8> {
        let validity = tlv(0x30, &[tlv(0x17, b"220101000000Z"), tlv(0x17, b"270101000000Z")].concat());
        tlv(0x30, &tlv(0x30, &[tlv(0x02, &[1]), name(issuer), validity, name(subject)].concat()))
    }

    #[test]
    fn the_signer_is_whose_certificate_issued_none() {
        let chain = tlv(0x30, &[certificate("根证书", "中间证书"), certificate("中间证书", "某市科普学会")].concat());
        assert_eq!(certificates(&chain).len(), 2);
        assert_eq!(signer(&chain).as_deref(), Some("某市科普学会"));
        let wrapped = tlv(0x30, &tlv(0x04, &chain));
        assert_eq!(signer(&wrapped).as_deref(), Some("某市科普学会"));
        assert_eq!(signer(&chain[..chain.len() - 3]), None);
    }

    #[test]
    fn a_seal_has_its_name_or_its_number() {
        let seal_of = |property: &[u8]| {
            let head = tlv(0x30, &[tlv(0x16, b"ES"), tlv(0x02, &[4]), tlv(0x16, b"maker")].concat());
            tlv(0x30, &tlv(0x30, &[head, tlv(0x16, b"3203000001"), tlv(0x30, property)].concat()))
        };
        let named = seal_of(&[tlv(0x02, &[1]), tlv(0x0C, "某市科普学会公章".as_bytes())].concat());
        assert_eq!(seal(&named).as_deref(), Some("某市科普学会公章"));
        assert_eq!(seal(&seal_of(&tlv(0x02, &[1]))).as_deref(), Some("3203000001"));
        assert_eq!(seal(b"no structure"), None);
    }

    #[test]
    fn structures_within_structures_end() {
        let mut deep = vec![0x30, 0x80];
        for _ in 0..100_000 {
            deep.extend([0x30, 0x80]);
        }
        assert!(values(&deep).is_empty());
    }
}
