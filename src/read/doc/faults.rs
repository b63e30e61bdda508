//! What went wrong while reading, in words for the applicant.
use crate::model::{Problem, ProblemKind};
use crate::read::word::faults::Faults;
use crate::say;

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

impl Faults {
    /// A document of Works, of which tables, notes and pictures are not read.
    pub fn works_text(&mut self) {
        self.lost(
            ProblemKind::Note,
            say!(
                "这是 Microsoft Works 的文档（不是 WPS 文字），只读取了正文文字，表格、脚注和图片没有读取；请另存为 docx 后重新提交",
                "this is a Microsoft Works document, not one of WPS Writer; its text was read, tables, notes and pictures were not; save it as docx and hand that in"
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

    /// Zeros where letters should be, as a broken copy leaves them, or text that no count claims.
    pub fn gaps(&mut self) {
        self.lost(
            ProblemKind::Damaged,
            say!(
                "文件已损坏：有一段文字的数据是空的或无法归位，读出的文字有缺失；请重新发送完整的文件",
                "the file is damaged: a stretch of its text is blank or has no place and words are missing; send the whole file again"
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
}
