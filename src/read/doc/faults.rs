//! What went wrong while reading, in words for the applicant.
use crate::model::{Problem, ProblemKind, Read, Say};
use crate::read::Limits;
use crate::read::word::out::Over;
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
            "文件设有打开密码，无法读取；请在 Word 或 WPS 中取消密码（另存为—工具—常规选项）后重新提交",
            "the file is protected by a password and cannot be read; take the password off in Word or WPS and hand it in again"
        ),
    )
}

/// Not even the beginning of a document is there.
pub(super) fn not_a_document() -> Problem {
    Problem::new(
        ProblemKind::Damaged,
        say!(
            "文件已损坏：其中没有可以读取的 Word 正文；请用 Word 或 WPS 打开检查，重新另存为 docx 后提交",
            "the file is damaged: it holds no Word text that can be read; open it in Word or WPS, save it again as docx and hand that in"
        ),
    )
}

pub(super) fn cut_off() -> Problem {
    Problem::new(
        ProblemKind::Truncated,
        say!(
            "文件不完整：数据在正文之前中断，没有读出文字；请重新发送完整的文件",
            "the file is incomplete: its data end before the text, nothing was read; send the whole file again"
        ),
    )
}

pub(super) fn works() -> Problem {
    Problem::new(
        ProblemKind::Unsupported,
        say!(
            "这是 Microsoft Works 的文档，不是 WPS 文字的文档，无法读取；请另存为 docx 后重新提交",
            "this is a Microsoft Works document, not one of WPS Writer, and is not read; save it as docx and hand that in"
        ),
    )
}

pub(super) fn too_old() -> Problem {
    Problem::new(
        ProblemKind::Unsupported,
        say!(
            "文件由 Word 97 之前的版本保存，无法读取；请用 Word 或 WPS 打开，另存为 docx 后重新提交",
            "the file was saved by a version before Word 97 and is not read; open it in Word or WPS, save it as docx and hand that in"
        ),
    )
}

/// Collects problems while a document is read.
#[derive(Default)]
pub(super) struct Faults {
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

    /// A stream that the text needs ends early.
    pub fn cut(&mut self) {
        self.lost(
            ProblemKind::Truncated,
            say!(
                "文件不完整：数据中途断开，已尽量读出残存内容；请重新发送完整的文件",
                "the file is incomplete: its data end early; what is left was read; send the whole file again"
            ),
        );
    }

    /// The order of the text is known only by guess.
    pub fn no_pieces(&mut self) {
        self.lost(
            ProblemKind::Damaged,
            say!(
                "文件已损坏：正文的排列表丢失，按存放顺序读出，内容和顺序可能不准；请用 Word 或 WPS 重新另存为 docx 后提交",
                "the file is damaged: the table that orders its text is lost; it was read as it lies in the file and may be wrong; save it again as docx and hand that in"
            ),
        );
    }

    pub fn no_properties(&mut self) {
        self.lost(
            ProblemKind::Damaged,
            say!(
                "文件已损坏：段落和表格的格式数据有缺失，表格、勾选符号可能不准；请用 Word 或 WPS 重新另存为 docx 后提交",
                "the file is damaged: data on paragraphs and tables are missing, tables and ticks may be wrong; save it again as docx and hand that in"
            ),
        );
    }

    /// Word 6 or 95.
    pub fn old(&mut self) {
        self.lost(
            ProblemKind::Note,
            say!(
                "文件由 Word 97 之前的版本保存，只读出了文字，表格和符号可能不准；请另存为 docx 后重新提交",
                "the file was saved by a version before Word 97; only its text was read, tables and signs may be wrong; save it as docx and hand that in"
            ),
        );
    }

    /// Text is counted, but none is shown.
    pub fn nothing_shown(&mut self) {
        self.lost(
            ProblemKind::Damaged,
            say!(
                "文件记录有文字，但没有读出任何可见内容；请用 Word 或 WPS 打开检查，重新另存为 docx 后提交",
                "the file counts text, but nothing that shows was read; open it in Word or WPS, save it again as docx and hand that in"
            ),
        );
    }

    /// An empty document.
    pub fn nothing_there(&mut self) {
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
