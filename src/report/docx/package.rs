//! The parts of a document zipped: fixed order, fixed times, no clock, so the same input gives the same bytes.
use super::grid::{HEADER_STAND_IN, TALL, TALL_STAND_IN};
use super::ink::{STYLE, definition};
use super::order::ordered;
use crate::model::Lang;
use crate::report::safe;
use docx_rs::Docx;
use std::collections::BTreeSet;
use std::io::{Cursor, Write};
use thiserror::Error;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// A document that could not be packed.
#[derive(Debug, Error)]
#[error("packing the document")]
pub struct PackError(#[from] zip::result::ZipError);

impl From<std::io::Error> for PackError {
    fn from(fault: std::io::Error) -> Self {
        Self(fault.into())
    }
}

pub(super) struct Properties<'a> {
    pub title: &'a str,
    /// `YYYY-MM-DD`.
    pub day: &'a str,
    pub lang: Lang,
}

/// Faces with the names they go by elsewhere, so that a machine without one takes its sister.
const FONTS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">"#,
    r#"<w:font w:name="Times New Roman"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>"#,
    r#"<w:font w:name="FangSong_GB2312"><w:altName w:val="仿宋_GB2312,FangSong,仿宋"/><w:charset w:val="86"/><w:family w:val="modern"/><w:pitch w:val="fixed"/></w:font>"#,
    r#"<w:font w:name="KaiTi_GB2312"><w:altName w:val="楷体_GB2312,KaiTi,楷体"/><w:charset w:val="86"/><w:family w:val="modern"/><w:pitch w:val="fixed"/></w:font>"#,
    r#"<w:font w:name="SimHei"><w:altName w:val="黑体"/><w:charset w:val="86"/><w:family w:val="modern"/><w:pitch w:val="fixed"/></w:font>"#,
    r#"<w:font w:name="方正小标宋简体"><w:altName w:val="FZXiaoBiaoSong-B05S,SimSun,宋体"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>"#,
    r#"<w:font w:name="Consolas"><w:charset w:val="00"/><w:family w:val="modern"/><w:pitch w:val="fixed"/></w:font>"#,
    "</w:fonts>",
);

/// Zips a document's parts.
pub(super) fn pack(docx: Docx, properties: &Properties<'_>) -> Result<Vec<u8>, PackError> {
    let parts = docx.build();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(DateTime::default()).unix_permissions(0o644);
    let mut add = |name: &str, bytes: &[u8]| -> Result<(), PackError> {
        zip.start_file(name, options)?;
        zip.write_all(bytes)?;
        Ok(())
    };
    add("[Content_Types].xml", &parts.content_type)?;
    add("_rels/.rels", &parts.rels)?;
    add("docProps/app.xml", &parts.doc_props.app)?;
    add("docProps/core.xml", core(properties).as_bytes())?;
    add("docProps/custom.xml", &parts.doc_props.custom)?;
    add("word/_rels/document.xml.rels", &parts.document_rels)?;
    let document = ordered(with_headers(parts.document));
    let inks = inks(std::iter::once(&document).chain(&parts.footers));
    add("word/document.xml", &document)?;
    add("word/styles.xml", &ordered(with_inks(with_language(parts.styles), &inks)))?;
    add("word/settings.xml", &ordered(parts.settings))?;
    add("word/fontTable.xml", FONTS.as_bytes())?;
    add("word/comments.xml", &parts.comments)?;
    add("word/numbering.xml", &parts.numberings)?;
    add("word/commentsExtended.xml", &parts.comments_extended)?;
    add("word/footnotes.xml", &parts.footnotes)?;
    for (kind, pieces) in [("header", &parts.headers), ("footer", &parts.footers)] {
        for (n, piece) in pieces.iter().enumerate() {
            add(&format!("word/{kind}{}.xml", n + 1), &ordered(piece.clone()))?;
        }
    }
    for (kind, pieces) in [("header", &parts.header_rels), ("footer", &parts.footer_rels)] {
        for (n, piece) in pieces.iter().enumerate() {
            add(&format!("word/_rels/{kind}{}.xml.rels", n + 1), piece)?;
        }
    }
    for (id, image) in &parts.media {
        add(&format!("word/media/{id}.png"), image)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Says that the text is Chinese, so that lines break as Chinese lines do, and which style is everyone's.
fn with_language(styles: Vec<u8>) -> Vec<u8> {
    const LANGUAGE: &str = r#"<w:lang w:val="en-US" w:eastAsia="zh-CN" /></w:rPr></w:rPrDefault>"#;
    match String::from_utf8(styles) {
        Ok(text) => {
            text.replacen("</w:rPr></w:rPrDefault>", LANGUAGE, 1).replacen(r#"w:styleId="Normal""#, r#"w:default="1" w:styleId="Normal""#, 1).into_bytes()
        }
        Err(fault) => fault.into_bytes(),
    }
}

/// The names of the inks that parts are written in.
fn inks<'a>(parts: impl Iterator<Item = &'a Vec<u8>>) -> BTreeSet<&'a str> {
    let texts = parts.filter_map(|part| std::str::from_utf8(part).ok());
    let names = texts.flat_map(|text| text.split(r#"<w:rStyle w:val=""#).skip(1).filter_map(|rest| rest.split('"').next()));
    names.filter(|name| name.starts_with(STYLE)).collect()
}

/// Adds the styles of the inks.
fn with_inks(styles: Vec<u8>, inks: &BTreeSet<&str>) -> Vec<u8> {
    let defined: String = inks.iter().filter_map(|name| definition(name)).collect();
    match String::from_utf8(styles) {
        Ok(text) => text.replacen("</w:styles>", &format!("{defined}</w:styles>"), 1).into_bytes(),
        Err(fault) => fault.into_bytes(),
    }
}

/// Puts `w:tblHeader` where the stand-in is.
fn with_headers(document: Vec<u8>) -> Vec<u8> {
    let stand_in = |value: u32| format!(r#"<w:trHeight w:val="{value}" w:hRule="auto" />"#);
    let tall = format!(r#"<w:trHeight w:val="{TALL}" w:hRule="atLeast" /><w:tblHeader />"#);
    match String::from_utf8(document) {
        Ok(text) => text.replace(&stand_in(HEADER_STAND_IN), "<w:tblHeader />").replace(&stand_in(TALL_STAND_IN), &tall).into_bytes(),
        Err(fault) => fault.into_bytes(),
    }
}

fn core(properties: &Properties<'_>) -> String {
    let day = if properties.day.len() == 10 && properties.day.is_ascii() { properties.day } else { "1980-01-01" };
    let lang = match properties.lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    };
    let title = escaped(&safe::line(properties.title));
    let day = escaped(day);
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

/// Text between tags.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
