//! Faces, sizes, runs and paragraphs.
use crate::report::safe;
use docx_rs::{
    AlignmentType, BreakType, FieldCharType, InstrNUMPAGES, InstrPAGE, InstrText, LineSpacing, LineSpacingType, Paragraph, Pic, Run, SpecialIndentType,
};

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
    const ALL: [Self; 5] = [Self::Fang, Self::Hei, Self::Title, Self::Kai, Self::Mono];

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

    /// The character style of this ink: a paper has thousands of runs and a dozen inks. [`definition`] writes it out.
    fn style(self) -> String {
        let (face, bold) = (self.face.name(), if self.bold { "b" } else { "" });
        format!("{STYLE}{face}-{}-{bold}-{}", self.size, self.color.unwrap_or_default())
    }

    fn plain(self) -> Run {
        Run::new().style(&self.style())
    }

    fn field(self, instruction: InstrText) -> Run {
        let run = self.plain().add_field_char(FieldCharType::Begin, false).add_instr_text(instruction);
        run.add_field_char(FieldCharType::Separate, false).add_text("1").add_field_char(FieldCharType::End, false)
    }

    /// A run of this ink; line breaks stay line breaks.
    pub fn run(self, text: &str) -> Run {
        let mut run = self.plain();
        for (n, part) in safe::text(text).split('\n').enumerate() {
            if n > 0 {
                run = run.add_break(BreakType::TextWrapping);
            }
            if !part.is_empty() {
                run = run.add_text(part);
            }
        }
        run
    }
}

/// What the names of the inks' styles begin with.
pub(super) const STYLE: &str = "ink-";

/// The style of an ink, by its name, as WordprocessingML.
pub(super) fn definition(name: &str) -> Option<String> {
    let mut parts = name.strip_prefix(STYLE)?.split('-');
    let (face, size, bold, color) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let fonts = Face::ALL.into_iter().find(|known| known.name() == face)?.fonts();
    let bold = if bold.is_empty() { "" } else { "<w:b/><w:bCs/>" };
    let color = if color.is_empty() { String::new() } else { format!(r#"<w:color w:val="{color}"/>"#) };
    Some(format!(
        r#"<w:style w:type="character" w:styleId="{name}"><w:name w:val="{name}"/><w:rPr>{fonts}{bold}{color}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>"#
    ))
}

/// A paragraph in the making.
#[derive(Debug, Clone)]
pub struct Line {
    paragraph: Paragraph,
    before: u32,
    after: u32,
    /// Twips; `None` is single spacing.
    exactly: Option<i32>,
}

impl Default for Line {
    fn default() -> Self {
        Self { paragraph: Paragraph::new(), before: 0, after: 0, exactly: None }
    }
}

impl Line {
    pub fn new() -> Self {
        Self::default()
    }

    /// One run and no more.
    pub fn of(ink: Ink, text: &str) -> Self {
        Self::new().add(ink, text)
    }

    #[must_use]
    pub fn add(mut self, ink: Ink, text: &str) -> Self {
        if !text.is_empty() {
            self.paragraph = self.paragraph.add_run(ink.run(text));
        }
        self
    }

    /// A PNG picture of `size` (width, height in millimetres); `id` is unique in its document.
    #[must_use]
    pub fn picture(mut self, png: Vec<u8>, size: (u32, u32), id: &str) -> Self {
        const EMU_PER_MM: u32 = 36_000;
        let picture = Pic::new_with_dimensions(png, 1, 1).size(size.0 * EMU_PER_MM, size.1 * EMU_PER_MM).id(id);
        self.paragraph = self.paragraph.add_run(Run::new().add_image(picture));
        self
    }

    /// The page's number, counted by the word processor.
    #[must_use]
    pub fn page_number(mut self, ink: Ink) -> Self {
        self.paragraph = self.paragraph.add_run(ink.field(InstrText::PAGE(InstrPAGE::new())));
        self
    }

    /// How many pages there are.
    #[must_use]
    pub fn page_count(mut self, ink: Ink) -> Self {
        self.paragraph = self.paragraph.add_run(ink.field(InstrText::NUMPAGES(InstrNUMPAGES::new())));
        self
    }

    #[must_use]
    pub fn centered(mut self) -> Self {
        self.paragraph = self.paragraph.align(AlignmentType::Center);
        self
    }

    #[must_use]
    pub fn right(mut self) -> Self {
        self.paragraph = self.paragraph.align(AlignmentType::Right);
        self
    }

    /// Shown in the word processor's outline.
    #[must_use]
    pub fn heading(mut self) -> Self {
        self.paragraph = self.paragraph.outline_lvl(0);
        self.with_next()
    }

    /// Stays on the page of what follows.
    #[must_use]
    pub fn with_next(mut self) -> Self {
        self.paragraph = self.paragraph.keep_next(true);
        self
    }

    /// First line indented by two characters of `size` half points.
    #[must_use]
    pub fn indented(mut self, size: usize) -> Self {
        let twips = i32::try_from(size * 20).unwrap_or(0);
        self.paragraph = self.paragraph.indent(None, Some(SpecialIndentType::FirstLine(twips)), None, None);
        self
    }

    /// Space before and after, in twips.
    #[must_use]
    pub fn spaced(mut self, before: u32, after: u32) -> Self {
        self.before = before;
        self.after = after;
        self
    }

    /// Lines exactly so many twips apart.
    #[must_use]
    pub fn pitched(mut self, twips: i32) -> Self {
        self.exactly = Some(twips);
        self
    }

    pub(super) fn build(self) -> Paragraph {
        if (self.before, self.after, self.exactly) == (0, 0, None) {
            return self.paragraph;
        }
        let mut spacing = LineSpacing::new().before(self.before).after(self.after);
        spacing = match self.exactly {
            Some(twips) => spacing.line_rule(LineSpacingType::Exact).line(twips),
            None => spacing.line_rule(LineSpacingType::Auto).line(240),
        };
        self.paragraph.line_spacing(spacing)
    }
}
