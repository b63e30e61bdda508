//! A job and its answer on the wire: a kind, a header, and raw bytes that are not worth encoding.
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What a job asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Read one file.
    Read,
    /// Take out what a container holds.
    Unpack,
    /// Draw pages or a picture.
    Draw,
    /// Recognise one page of a scan or a picture.
    Recognise,
    /// Look at one page for seals and codes.
    Look,
}

impl Kind {
    fn code(self) -> u8 {
        match self {
            Self::Read => 1,
            Self::Unpack => 2,
            Self::Draw => 3,
            Self::Recognise => 4,
            Self::Look => 5,
        }
    }

    /// The kind of a job, where it is one.
    pub fn of(message: &[u8]) -> Option<Self> {
        [Self::Read, Self::Unpack, Self::Draw, Self::Recognise, Self::Look].into_iter().find(|kind| message.first() == Some(&kind.code()))
    }
}

/// One message: kind, length of the header, header, bytes.
pub fn pack(kind: Kind, header: &impl Serialize, bytes: &[u8]) -> Vec<u8> {
    // Plain data with string keys: encoding it cannot fail; an empty header is refused on the other side.
    let header = rmp_serde::to_vec_named(header).unwrap_or_default();
    let mut message = Vec::with_capacity(9 + header.len() + bytes.len());
    message.push(kind.code());
    message.extend((header.len() as u64).to_le_bytes());
    message.extend(header);
    message.extend(bytes);
    message
}

/// Header and bytes of a message; `None` where it is none.
pub fn open<T: DeserializeOwned>(message: &[u8]) -> Option<(T, &[u8])> {
    let length = u64::from_le_bytes(message.get(1..9)?.try_into().ok()?);
    let (header, bytes) = message.get(9..)?.split_at_checked(usize::try_from(length).ok()?)?;
    Some((rmp_serde::from_slice(header).ok()?, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_opens_again_and_nonsense_does_not() {
        let message = pack(Kind::Read, &("名.docx", 3), b"bytes");
        assert_eq!(Kind::of(&message), Some(Kind::Read));
        assert_eq!(open::<(String, u32)>(&message), Some((("名.docx".to_owned(), 3), &b"bytes"[..])));
        assert_eq!(open::<(String, u32)>(&message[..8]), None);
        assert_eq!(Kind::of(b""), None);
    }
}
