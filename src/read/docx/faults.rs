//! What went wrong while reading, each once, in words for the applicant.
use super::story::Seen;
use crate::model::{Block, Problem, ProblemKind, Read, Say};
use crate::read::Limits;
use crate::read::package::PartError;
use crate::read::word::out::Over;
use crate::read::word::pictures;
use crate::read::xml::{Fault, Walked};
use crate::say;

pub(super) fn file_too_large(found: u64, limit: u64) -> Problem {
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

pub(super) fn encrypted() -> Problem {
    Problem::new(
        ProblemKind::Encrypted,
        say!(
            "文件已加密（设有打开密码或使用权限），无法读取；请在 Word 或 WPS 中取消密码和权限（文件—信息—保护文档）后重新提交",
            "the file is encrypted (a password or usage rights) and cannot be read; take the protection off in Word or WPS and hand it in again"
        ),
    )
}

pub(super) fn no_main_part(salvaged: bool) -> Problem {
    if salvaged {
        return Problem::new(
            ProblemKind::Truncated,
            say!(
                "文件不完整：docx 压缩包在末尾之前中断，正文部分已丢失；请重新发送完整的文件",
                "the file is incomplete: the docx package is cut off and the part with the text is lost; send the whole file again"
            ),
        );
    }
    Problem::new(
        ProblemKind::Damaged,
        say!(
            "文件已损坏：docx 压缩包中没有正文部分（word/document.xml）；请用 Word 或 WPS 重新另存为 docx 后提交",
            "the file is damaged: the docx package has no text part (word/document.xml); save it again as docx and hand that in"
        ),
    )
}

/// The text part is there but does not open.
pub(super) fn main_part(error: &PartError, limits: &Limits) -> Problem {
    match error {
        PartError::Encrypted => encrypted(),
        PartError::TooLarge(found) => part_too_large(Some(*found), limits),
        PartError::Absent | PartError::Damaged => Problem::new(
            ProblemKind::Damaged,
            say!(
                "文件已损坏：docx 压缩包中的正文部分无法解压；请用 Word 或 WPS 打开检查，重新另存为 docx 后提交",
                "the file is damaged: the text part of the docx package does not unpack; open it in Word or WPS, save it again as docx and hand that in"
            ),
        ),
    }
}

fn part_too_large(found: Option<u64>, limits: &Limits) -> Problem {
    let limit = limits.part_bytes >> 20;
    let say = match found {
        Some(found) => say!(
            "正文解压后有 {0} MB，超过 {1} MB 的上限，没有读取；请检查文件是否正常，必要时拆分后提交",
            "the text unpacks to {0} MB, more than the limit of {1} MB, and was not read; check the file, split it if need be",
            found >> 20,
            limit
        ),
        None => say!(
            "正文解压后超过 {0} MB 的上限，只读取了前面的部分；请检查文件是否正常，必要时拆分后提交",
            "the text unpacks to more than the limit of {0} MB, only its beginning was read; check the file, split it if need be",
            limit
        ),
    };
    Problem::new(ProblemKind::TooLarge, say)
}

/// Collects problems while a document is read.
#[derive(Default)]
pub(super) struct Faults {
    problems: Vec<Problem>,
    partial: bool,
}

impl Faults {
    /// Text is missing.
    fn lost(&mut self, kind: ProblemKind, say: Say) {
        self.partial = true;
        self.note(kind, say);
    }

    fn note(&mut self, kind: ProblemKind, say: Say) {
        if !self.problems.iter().any(|p| p.say == say) {
            self.problems.push(Problem::new(kind, say));
        }
    }

    /// How the text part was read.
    pub fn main(&mut self, walked: Walked, salvaged: bool, limits: &Limits) {
        if salvaged {
            self.lost(
                ProblemKind::Truncated,
                say!(
                    "文件不完整：docx 压缩包末尾的目录缺失（多为传输或复制中断），已尽量读出残存内容；请重新发送完整的文件",
                    "the file is incomplete: the directory at the end of the docx package is missing, as after a broken transfer; what is left was read; send the whole file again"
                ),
            );
        }
        match walked.fault {
            None => {}
            Some(Fault::TooLarge) => {
                self.partial = true;
                self.problems.push(part_too_large(None, limits));
            }
            Some(Fault::Cut) => self.lost(
                ProblemKind::Truncated,
                say!(
                    "正文不完整：数据中途断开或校验不符，只读出了前面的部分；请重新发送完整的文件",
                    "the text is incomplete: its data end early or fail their checksum, only the beginning was read; send the whole file again"
                ),
            ),
            Some(Fault::Syntax) => self.lost(
                ProblemKind::Damaged,
                say!(
                    "正文的内部格式有错误（不是规范的 XML），读出的内容可能不全；请用 Word 或 WPS 打开检查，重新另存为 docx 后提交",
                    "the text part is not well-formed XML, what was read may be incomplete; open it in Word or WPS, save it again as docx and hand that in"
                ),
            ),
            Some(Fault::Encoding) => self.lost(
                ProblemKind::Damaged,
                say!(
                    "正文中有无法识别的字节（不是有效的文字编码），读出的内容可能不全；请用 Word 或 WPS 打开检查，重新另存为 docx 后提交",
                    "the text part holds bytes that are no text, what was read may be incomplete; open it in Word or WPS, save it again as docx and hand that in"
                ),
            ),
        }
        if walked.too_deep {
            self.lost(
                ProblemKind::TooLarge,
                say!(
                    "正文中表格或文本框嵌套层数过多，最里层的内容没有读取；请减少嵌套后重新提交",
                    "tables or text boxes are nested too deep, the innermost content was not read; nest less and hand it in again"
                ),
            );
        }
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

    /// A header, footer, note or comment part could not be read whole.
    pub fn side(&mut self, part: &str) {
        self.lost(
            ProblemKind::Damaged,
            say!(
                "页眉、页脚、脚注或批注部分（{0}）有损坏，其内容可能不全；请用 Word 或 WPS 重新另存为 docx 后提交",
                "a header, footer, note or comment part ({0}) is damaged and may be incomplete; save the file again as docx and hand that in",
                part
            ),
        );
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

    /// Content that stands in pictures or embedded documents.
    pub fn pictures(&mut self, seen: &Seen, blocks: &[Block]) {
        if seen.foreign > 0 {
            self.lost(
                ProblemKind::Note,
                say!(
                    "文件中嵌入或链接了 {0} 个外部文档，其内容没有读取；请将内容直接粘贴到正文后重新提交",
                    "the file embeds or links {0} other documents whose content was not read; paste it into the text and hand the file in again",
                    seen.foreign
                ),
            );
        }
        if let Some(say) = pictures::unread(blocks, seen.large_pictures) {
            self.lost(ProblemKind::ImageOnly, say);
        }
    }

    pub fn verdict(self) -> (Read, Vec<Problem>) {
        (if self.partial { Read::Partial } else { Read::Full }, self.problems)
    }
}
