//! Faces, sizes, and the runs that are set in them.
use super::xml;
use crate::report::safe;
use std::fmt::Write;

/// The faces of Chinese office papers; Latin letters and figures in Times New Roman (GB/T 9704).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// 仿宋: running text.
    Fang,
    /// 黑体: headings and what must be seen.
    Hei,
    /// 小标宋: the title of an official paper.
    Title,
    /// 楷体: remarks.
    Kai,
    /// Codes and digests.
    Mono,
}

impl Face {
    const fn name(self) -> &'static str {
        match self {
            Self::Fang => "fang",
            Self::Hei => "hei",
            Self::Title => "title",
            Self::Kai => "kai",
            Self::Mono => "mono",
        }
    }

    fn fonts(self) -> String {
        let (latin, chinese) = match self {
            Self::Fang => ("Times New Roman", "FangSong_GB2312"),
            Self::Hei => ("Arial", "SimHei"),
            Self::Title => ("Times New Roman", "方正小标宋简体"),
            Self::Kai => ("Times New Roman", "KaiTi_GB2312"),
            Self::Mono => ("Consolas", "SimHei"),
        };
        // Quotation marks, dashes and boxes are Chinese ones unless the run is code.
        let hint = if self == Self::Mono { "" } else { r#" w:hint="eastAsia""# };
        format!(r#"<w:rFonts{hint} w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{chinese}" w:cs="{latin}"/>"#)
    }
}

/// How a run is set: face, size in half points, colour as RRGGBB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ink {
    pub face: Face,
    pub size: usize,
    pub bold: bool,
    pub color: Option<&'static str>,
}

impl Ink {
    pub const fn new(face: Face, size: usize) -> Self {
        Self { face, size, bold: false, color: None }
    }

    #[must_use]
    pub const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    #[must_use]
    pub const fn color(self, color: &'static str) -> Self {
        Self { color: Some(color), ..self }
    }

    /// The name of this ink's character style: a paper has thousands of runs and a dozen inks.
    fn name(self, out: &mut String) {
        let (face, bold) = (self.face.name(), if self.bold { "-b" } else { "" });
        let _ = write!(out, "{face}-{}{bold}", self.size);
        if let Some(color) = self.color {
            out.push('-');
            out.push_str(color);
        }
    }

    /// The character style as WordprocessingML; a sheet holds those of its papers' inks.
    pub(super) fn style(self, out: &mut String) {
        let mut name = String::new();
        self.name(&mut name);
        let _ = write!(out, r#"<w:style w:type="character" w:styleId="{name}"><w:name w:val="{name}"/><w:rPr>{}"#, self.face.fonts());
        if self.bold {
            out.push_str("<w:b/><w:bCs/>");
        }
        if let Some(color) = self.color {
            let _ = write!(out, r#"<w:color w:val="{color}"/>"#);
        }
        let _ = write!(out, r#"<w:sz w:val="{0}"/><w:szCs w:val="{0}"/></w:rPr></w:style>"#, self.size);
    }

    fn open(self, out: &mut String) {
        out.push_str(r#"<w:r><w:rPr><w:rStyle w:val=""#);
        self.name(out);
        out.push_str(r#""/></w:rPr>"#);
    }

    /// A number that the word processor counts; it stands as 1 until then.
    pub(super) fn field(self, out: &mut String, instruction: &str) {
        self.open(out);
        out.push_str(r#"<w:fldChar w:fldCharType="begin"/><w:instrText>"#);
        out.push_str(instruction);
        out.push_str(r#"</w:instrText><w:fldChar w:fldCharType="separate"/><w:t>1</w:t><w:fldChar w:fldCharType="end"/></w:r>"#);
    }

    /// A run of this ink; line breaks stay line breaks.
    pub(super) fn run(self, out: &mut String, text: &str) {
        self.open(out);
        for (n, part) in safe::text(text).split('\n').enumerate() {
            if n > 0 {
                out.push_str("<w:br/>");
            }
            if !part.is_empty() {
                out.push_str(r#"<w:t xml:space="preserve">"#);
                xml::escape(out, part);
                out.push_str("</w:t>");
            }
        }
        out.push_str("</w:r>");
    }
}
