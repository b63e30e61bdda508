//! The empty sheet: everything in a package that papers of one kind share. `docx-rs` makes it, once a run; what is
//! written on it is put where its one paragraph was.
use super::ink::Ink;
use super::order::ordered;
use super::package::{PackError, begin};
use super::page::FOOT;
use docx_rs::{Docx, Footer, PageMargin, Paragraph, Pic, Run, RunFonts};

/// Margins in twips.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Margins {
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
    pub left: i32,
}

/// A4 in twips.
const A4: (u32, u32) = (11906, 16838);
/// What stands in the paragraph that gives way.
const HERE: &str = "HERE";

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

/// A PNG on the sheet.
#[derive(Debug, Clone)]
pub struct Picture {
    pub png: Vec<u8>,
    /// Width and height in millimetres.
    pub size: (u32, u32),
}

/// A part of a package, before and after what is to be written.
#[derive(Debug)]
pub(super) struct Frame {
    before: String,
    after: String,
}

impl Frame {
    /// The part around its one paragraph, and what stood in that paragraph after [`HERE`].
    fn of(part: &str) -> Option<(Self, String)> {
        let (before, after) = part.split_once(HERE)?;
        let (before, _) = before.rsplit_once("<w:p ")?;
        let (rest, after) = after.split_once("</w:p>")?;
        let (_, rest) = rest.split_once("</w:r>")?;
        Some((Self { before: before.to_owned(), after: after.to_owned() }, rest.to_owned()))
    }

    pub(super) fn around(&self, content: &str) -> String {
        [&self.before, content, &self.after].concat()
    }
}

/// The empty sheet of one kind of paper.
#[derive(Debug)]
pub struct Sheet {
    /// The parts that no paper changes, zipped.
    pub(super) package: Vec<u8>,
    pub(super) document: Frame,
    pub(super) footer: Frame,
    /// The run that shows the picture.
    pub(super) picture: String,
}

impl Sheet {
    /// A4 upright with a footer, the inks that papers are written in, and a picture that may be shown on them.
    ///
    /// # Errors
    /// Where `docx-rs` writes something else than it did when this was written.
    pub fn new(margins: Margins, inks: &[Ink], picture: Option<Picture>) -> Result<Self, PackError> {
        const EMU_PER_MM: u32 = 36_000;
        let fonts = RunFonts::new().ascii("Times New Roman").hi_ansi("Times New Roman").cs("Times New Roman").east_asia("FangSong_GB2312");
        let margin = PageMargin {
            top: margins.top,
            left: margins.left,
            bottom: margins.bottom,
            right: margins.right,
            header: margins.top / 2,
            footer: margins.bottom / 2,
            gutter: 0,
        };
        let here = || Paragraph::new().add_run(Run::new().add_text(HERE));
        let shown = match picture {
            None => here(),
            Some(Picture { png, size: (width, height) }) => {
                let picture = Pic::new_with_dimensions(png, 1, 1).size(width * EMU_PER_MM, height * EMU_PER_MM).id("rIdPicture");
                here().add_run(Run::new().add_image(picture))
            }
        };
        let docx = Docx::new().page_size(A4.0, A4.1).page_margin(margin).default_fonts(fonts).default_size(21);
        let parts = docx.footer(Footer::new().add_paragraph(here())).add_paragraph(shown).build();
        let text = |name: &str, part: Vec<u8>| String::from_utf8(ordered(part)).map_err(|_| PackError::Sheet(name.to_owned()));
        let frame = |name: &str, part: Vec<u8>| Frame::of(&text(name, part)?).ok_or_else(|| PackError::Sheet(name.to_owned()));
        let (document, picture) = frame("document", parts.document)?;
        let (footer, _) = frame("footer", parts.footers.into_iter().next().unwrap_or_default())?;
        let settings = ordered(parts.settings);
        let styles = with_inks(&with_language(&text("styles", parts.styles)?), inks);
        let media: Vec<(String, Vec<u8>)> = parts.media.into_iter().map(|(id, image)| (format!("word/media/{id}.png"), image)).collect();
        let fixed: [(&str, &[u8]); 11] = [
            ("[Content_Types].xml", &parts.content_type),
            ("_rels/.rels", &parts.rels),
            ("word/_rels/document.xml.rels", &parts.document_rels),
            ("word/styles.xml", styles.as_bytes()),
            ("word/settings.xml", &settings),
            ("word/fontTable.xml", FONTS.as_bytes()),
            ("word/comments.xml", &parts.comments),
            ("word/commentsExtended.xml", &parts.comments_extended),
            ("word/numbering.xml", &parts.numberings),
            ("docProps/app.xml", &parts.doc_props.app),
            ("docProps/custom.xml", &parts.doc_props.custom),
        ];
        let package = begin(fixed.into_iter().chain(media.iter().map(|(name, image)| (name.as_str(), image.as_slice()))))?;
        Ok(Self { package, document, footer, picture })
    }

    /// A sheet that was made for many papers.
    ///
    /// # Errors
    /// Those of making it.
    pub fn shared(made: &Result<Self, PackError>) -> Result<&Self, PackError> {
        made.as_ref().map_err(|fault| PackError::Sheet(fault.to_string()))
    }
}

/// Says that the text is Chinese, so that lines break as Chinese lines do, and which style is everyone's.
fn with_language(styles: &str) -> String {
    const LANGUAGE: &str = r#"<w:lang w:val="en-US" w:eastAsia="zh-CN" /></w:rPr></w:rPrDefault>"#;
    styles.replacen("</w:rPr></w:rPrDefault>", LANGUAGE, 1).replacen(r#"w:styleId="Normal""#, r#"w:default="1" w:styleId="Normal""#, 1)
}

/// Adds the styles of the inks, and of the page numbers.
fn with_inks(styles: &str, inks: &[Ink]) -> String {
    let mut defined = String::new();
    for ink in inks {
        ink.style(&mut defined);
    }
    if !inks.contains(&FOOT) {
        FOOT.style(&mut defined);
    }
    styles.replacen("</w:styles>", &format!("{defined}</w:styles>"), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_takes_the_place_of_the_one_paragraph() {
        let part = r#"<a><w:p w14:paraId="1"><w:r><w:t>HERE</w:t></w:r><w:r><b/></w:r></w:p><c/></a>"#;
        let (frame, rest) = Frame::of(part).expect("the paragraph is found");
        assert_eq!((frame.around("<x/>").as_str(), rest.as_str()), ("<a><x/><c/></a>", "<w:r><b/></w:r>"));
        assert!(Frame::of("<a></a>").is_none());
    }

    #[test]
    fn a_sheet_holds_its_picture_once() {
        let margins = Margins { top: 1, right: 2, bottom: 3, left: 4 };
        let plain = Sheet::new(margins, &[], None).expect("an empty sheet is made");
        assert!(plain.picture.is_empty() && plain.document.after.contains(r#"w:top="1""#));
        let shown = Sheet::new(margins, &[], Some(Picture { png: b"png".to_vec(), size: (2, 3) })).expect("a sheet is made");
        assert!(shown.picture.contains(r#"cx="72000" cy="108000""#) && shown.picture.contains(r#"r:embed="rIdPicture""#), "{}", shown.picture);
        assert!(!shown.document.around("").contains("<w:drawing>"));
    }
}
