//! What goes wrong while reading whatever the format, in words for the applicant.
use super::out::Over;
use crate::model::{Problem, ProblemKind, Read, Say};
use crate::read::Limits;
use crate::read::xml::{Fault, Walked};
use crate::say;

pub(in crate::read) fn file_too_large(found: u64, limit: u64) -> Problem {
    Problem::new(
        ProblemKind::TooLarge,
        say!(
            "文件 {0} MB，超过 {1} MB 的上限，没有读取；请压缩文件中的图片后重新提交",
            "the file has {0} MB, more than the limit of {1} MB, and was not read; compress its pictures and hand it in again",
            found >> 20,
            limit >> 20
        ),
    )
}

/// Collects problems while a document is read.
#[derive(Default)]
pub(in crate::read) struct Faults {
    problems: Vec<Problem>,
    partial: bool,
}

impl Faults {
    /// Text is missing, or may be.
    pub fn lost(&mut self, kind: ProblemKind, say: Say) {
        self.partial = true;
        self.note(kind, say);
    }

    pub fn note(&mut self, kind: ProblemKind, say: Say) {
        if !self.problems.iter().any(|p| p.say == say) {
            self.problems.push(Problem::new(kind, say));
        }
    }

    /// The file ends early.
    pub fn cut(&mut self) {
        self.lost(
            ProblemKind::Truncated,
            say!(
                "文件不完整：数据中途断开，已尽量读出残存内容；请重新发送完整的文件",
                "the file is incomplete: its data end early; what is left was read; send the whole file again"
            ),
        );
    }

    pub fn too_deep(&mut self) {
        self.lost(
            ProblemKind::TooLarge,
            say!(
                "内容嵌套层数过多，最里层的内容没有读取；请用 Word 或 WPS 打开检查，重新另存为 docx 后提交",
                "the content is nested too deep, the innermost was not read; open the file in Word or WPS, save it again as docx and hand that in"
            ),
        );
    }

    /// How an XML part with text was read.
    pub fn walked(&mut self, walked: Walked, limits: &Limits) {
        match walked.fault {
            None => {}
            Some(Fault::Cut) => self.cut(),
            Some(Fault::TooLarge) => self.lost(
                ProblemKind::TooLarge,
                say!(
                    "正文解压后超过 {0} MB 的上限，只读取了前面的部分；请检查文件是否正常，必要时拆分后提交",
                    "the text unpacks to more than the limit of {0} MB, only its beginning was read; check the file, split it if need be",
                    limits.part_bytes >> 20
                ),
            ),
            Some(Fault::Syntax) => self.lost(
                ProblemKind::Damaged,
                say!(
                    "正文的内部格式有错误（不是规范的 XML），读出的内容可能不全；请打开检查，另存为 docx 后提交",
                    "the text part is not well-formed XML, what was read may be incomplete; open the file, save it as docx and hand that in"
                ),
            ),
            Some(Fault::Encoding) => self.lost(
                ProblemKind::Damaged,
                say!(
                    "正文中有无法识别的字节（不是有效的文字编码），读出的内容可能不全；请打开检查，另存为 docx 后提交",
                    "the text part holds bytes that are no text, what was read may be incomplete; open the file, save it as docx and hand that in"
                ),
            ),
        }
        if walked.too_deep {
            self.too_deep();
        }
    }

    /// A part beside the text could not be read whole.
    pub fn side(&mut self, part: &str) {
        self.lost(
            ProblemKind::Damaged,
            say!(
                "文件中的一个部分（{0}）有损坏，内容可能不全；请打开检查，重新另存后提交",
                "a part of the file ({0}) is damaged and what was read may be incomplete; open it, save it again and hand that in",
                part
            ),
        );
    }

    /// Styles or numbering could not be read.
    pub fn helper(&mut self, part: &str) {
        self.note(
            ProblemKind::Note,
            say!(
                "样式或编号部分（{0}）有损坏，自动编号、标题级别可能不准，正文文字不受影响",
                "the part with styles or numbering ({0}) is damaged; automatic numbers and headings may be off, the text is not",
                part
            ),
        );
    }

    /// Objects of other programs within the text.
    pub fn objects(&mut self, count: u32) {
        if count > 0 {
            self.lost(
                ProblemKind::Note,
                say!(
                    "文件中嵌入了 {0} 个对象（公式、图表或其他文档），其内容没有读取；请将内容直接写入正文，或作为附件单独提交",
                    "the file embeds {0} objects (formulas, charts or other documents) whose content was not read; write it into the text or hand it in as a file of its own",
                    count
                ),
            );
        }
    }

    /// An empty document.
    pub fn nothing_there(&mut self) {
        // Where something is missing, what is missing may be the text.
        if self.partial {
            return;
        }
        self.note(ProblemKind::Note, say!("文件里没有文字", "there is no text in the file"));
    }

    pub fn over(&mut self, over: Over, limits: &Limits) {
        let say = match over {
            Over::Characters => say!(
                "文字超过 {0} 字的上限，只读取了前面的部分；请检查文件是否正常，必要时拆分后提交",
                "the text exceeds the limit of {0} characters, only its beginning was read; check the file, split it if need be",
                limits.characters
            ),
            Over::Blocks => say!(
                "段落和单元格超过 {0} 个的上限，只读取了前面的部分；请检查文件是否正常，必要时拆分后提交",
                "the file exceeds the limit of {0} paragraphs and cells, only its beginning was read; check the file, split it if need be",
                limits.blocks
            ),
        };
        self.lost(ProblemKind::TooLarge, say);
    }

    pub fn verdict(self) -> (Read, Vec<Problem>) {
        (if self.partial { Read::Partial } else { Read::Full }, self.problems)
    }
}
