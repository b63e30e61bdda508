//! What holds files: archives and e-mails. One variant a format, one file a variant.
use super::budget::Budget;
use super::{embedded_ofd, embedded_pdf, eml, gz, msg, rar, sevenz, tar, tnef, zip};
use crate::model::{Format, Moment, Problem};

/// One thing found inside a folder or a container.
#[derive(Debug)]
pub struct Entry {
    /// Path within what holds it; the stored name where that is not safe.
    pub path: String,
    /// Bytes of the content, or what was claimed where it was not read.
    pub size: u64,
    pub content: Result<Vec<u8>, Problem>,
}

/// What came out of a container.
#[derive(Debug, Default)]
pub struct Unpacked {
    pub entries: Vec<Entry>,
    /// Problems of the container as a whole: some of its files may be missing.
    pub problems: Vec<Problem>,
    /// When an e-mail was received.
    pub mailed_at: Option<Moment>,
}

impl Unpacked {
    pub fn failed(problem: Problem) -> Self {
        Self { problems: vec![problem], ..Self::default() }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Container {
    Zip,
    Sevenz,
    Rar,
    Tar,
    Gz,
    Eml,
    Msg,
    /// The attachments of an e-mail as Outlook wraps them (`winmail.dat`).
    Tnef,
    /// A document that carries files: it stays among the files itself.
    Pdf,
    Ofd,
}

/// Endings of documents that are packages themselves; a broken one is still a broken document.
const DOCUMENTS: [&str; 14] = ["docx", "docm", "dotx", "xlsx", "xlsm", "xlsb", "pptx", "odt", "ods", "odp", "ofd", "wps", "et", "epub"];

impl Container {
    /// What container the bytes are, if any. The name decides only for e-mail, which has no mark of its own.
    pub fn of(name: &str, bytes: &[u8]) -> Option<Self> {
        let ending = name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_lowercase());
        let starts = |mark: &[u8]| bytes.starts_with(mark);
        if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") || starts(b"PK\x07\x08") {
            let document = DOCUMENTS.contains(&ending.as_str()) || zip::is_document(bytes);
            let carries = || embedded_ofd::may_hold(bytes).then_some(Self::Ofd);
            return if document { carries() } else { Some(Self::Zip) };
        }
        if starts(b"7z\xbc\xaf\x27\x1c") {
            return Some(Self::Sevenz);
        }
        if starts(b"Rar!\x1a\x07") {
            return Some(Self::Rar);
        }
        if starts(b"\x1f\x8b\x08") {
            return Some(Self::Gz);
        }
        if tar::is_tar(bytes) {
            return Some(Self::Tar);
        }
        if tnef::is_tnef(bytes) {
            return Some(Self::Tnef);
        }
        if embedded_pdf::may_hold(bytes) {
            return Some(Self::Pdf);
        }
        match ending.as_str() {
            "rar" if starts(b"RE~^") => Some(Self::Rar),
            "eml" if !bytes.is_empty() => Some(Self::Eml),
            "msg" if starts(b"\xd0\xcf\x11\xe0") => Some(Self::Msg),
            "zip" if !bytes.is_empty() => Some(Self::Zip),
            _ => None,
        }
    }

    pub fn format(self) -> Format {
        match self {
            Self::Zip => Format::Zip,
            Self::Sevenz => Format::Sevenz,
            Self::Rar => Format::Rar,
            Self::Tar => Format::Tar,
            Self::Gz => Format::Gz,
            Self::Eml => Format::Eml,
            Self::Msg | Self::Tnef => Format::Msg,
            Self::Pdf => Format::Pdf,
            Self::Ofd => Format::Ofd,
        }
    }

    /// Whether it is a document with text of its own beside the files it carries.
    pub fn is_document(self) -> bool {
        matches!(self, Self::Pdf | Self::Ofd)
    }

    /// Takes out what is inside, as far as the limits allow. `name` is the container's own path.
    pub fn unpack(self, name: &str, bytes: &[u8], budget: &mut Budget) -> Unpacked {
        match self {
            Self::Zip => zip::unpack(bytes, budget),
            Self::Sevenz => sevenz::unpack(bytes, budget),
            Self::Rar => rar::unpack(bytes, budget),
            Self::Tar => tar::unpack(bytes, budget),
            Self::Gz => gz::unpack(name, bytes, budget),
            Self::Eml => eml::unpack(bytes, budget),
            Self::Msg => msg::unpack(bytes, budget),
            Self::Tnef => tnef::unpack(bytes, budget),
            Self::Pdf => embedded_pdf::unpack(bytes, budget),
            Self::Ofd => embedded_ofd::unpack(bytes, budget),
        }
    }
}
