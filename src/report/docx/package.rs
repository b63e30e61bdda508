//! The parts of a document zipped: fixed order, fixed times, no clock, so the same input gives the same bytes.
use super::sheet::Sheet;
use super::xml;
use crate::model::Lang;
use crate::report::safe;
use std::io::{Cursor, Write};
use thiserror::Error;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// A document that could not be packed.
#[derive(Debug, Error)]
pub enum PackError {
    #[error("packing the document")]
    Zip(#[from] zip::result::ZipError),
    #[error("the empty sheet of the document: {0}")]
    Sheet(String),
}

impl From<std::io::Error> for PackError {
    fn from(fault: std::io::Error) -> Self {
        Self::Zip(fault.into())
    }
}

pub(super) struct Properties<'a> {
    pub title: &'a str,
    /// `YYYY-MM-DD`.
    pub day: &'a str,
    pub lang: Lang,
}

/// A package in the making.
type Package = ZipWriter<Cursor<Vec<u8>>>;

/// How hard parts are packed, 1 to 9: a little larger than usual at a third of the time.
const EFFORT: i64 = 2;
/// Parts of one paper shorter than this many bytes are stored: packing them would cost more than it saves.
const SHORT: usize = 2 << 10;

fn add(zip: &mut Package, name: &str, bytes: &[u8], effort: Option<i64>) -> Result<(), PackError> {
    let method = if effort.is_some() { CompressionMethod::Deflated } else { CompressionMethod::Stored };
    let options = SimpleFileOptions::default().compression_method(method).compression_level(effort);
    zip.start_file(name, options.last_modified_time(DateTime::default()).unix_permissions(0o644))?;
    zip.write_all(bytes)?;
    Ok(())
}

/// Zips the parts that all papers of a kind share.
pub(super) fn begin<'a>(parts: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Result<Vec<u8>, PackError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        add(&mut zip, name, bytes, Some(9))?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Adds to a sheet's parts those of one paper.
pub(super) fn finish(sheet: &Sheet, body: &str, foot: &str, properties: &Properties<'_>) -> Result<Vec<u8>, PackError> {
    let mut zip = ZipWriter::new_append(Cursor::new(sheet.package.clone()))?;
    let parts = [("docProps/core.xml", core(properties)), ("word/footer1.xml", sheet.footer.around(foot)), ("word/document.xml", sheet.document.around(body))];
    for (name, part) in parts {
        add(&mut zip, name, part.as_bytes(), Some(EFFORT).filter(|_| part.len() >= SHORT))?;
    }
    Ok(zip.finish()?.into_inner())
}

fn core(properties: &Properties<'_>) -> String {
    let day = if properties.day.len() == 10 && properties.day.bytes().all(|b| b.is_ascii_digit() || b == b'-') { properties.day } else { "1980-01-01" };
    let lang = match properties.lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    };
    let mut title = String::new();
    xml::escape(&mut title, &safe::line(properties.title));
    format!(
        concat!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
            r#"<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" "#,
            r#"xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">"#,
            "<dc:title>{title}</dc:title><dc:creator>{name}</dc:creator><dc:language>{lang}</dc:language>",
            r#"<dcterms:created xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:created>"#,
            r#"<dcterms:modified xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:modified></cp:coreProperties>"#,
        ),
        title = title,
        name = env!("CARGO_PKG_NAME"),
        lang = lang,
        day = day,
    )
}
