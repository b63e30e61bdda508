//! What can be wrong with an archive or one of its members, in one wording for all formats.
use crate::model::{Problem, ProblemKind};
use crate::say;

/// A member that needs a password.
pub fn encrypted() -> Problem {
    Problem::new(
        ProblemKind::Encrypted,
        say!("压缩包内的这个文件有密码，没有读取；请去掉密码后重新提交", "this member of the archive has a password and was not read; hand it in without one"),
    )
}

/// An archive whose very list of members needs a password.
pub fn encrypted_archive() -> Problem {
    Problem::new(
        ProblemKind::Encrypted,
        say!("压缩包有密码，没有打开；请去掉密码后重新提交", "the archive has a password and was not opened; hand it in without one"),
    )
}

pub fn damaged() -> Problem {
    Problem::new(
        ProblemKind::Damaged,
        say!(
            "压缩包内的这个文件已损坏（校验不符），没有读取；请重新打包提交",
            "this member of the archive is damaged (its checksum does not fit) and was not read; pack it again"
        ),
    )
}

pub fn truncated() -> Problem {
    Problem::new(
        ProblemKind::Truncated,
        say!("压缩包不完整，这个文件的内容缺失；请重新打包提交", "the archive is cut off and this member's content is missing; pack it again"),
    )
}

pub fn link() -> Problem {
    Problem::new(
        ProblemKind::UnsafePath,
        say!(
            "压缩包内的这一项是链接，不是文件，没有读取；请提交文件本身",
            "this member of the archive is a link, not a file, and was not read; hand in the file itself"
        ),
    )
}

pub fn not_regular() -> Problem {
    Problem::new(ProblemKind::NotRegular, say!("压缩包内的这一项不是普通文件，没有读取", "this member of the archive is no regular file and was not read"))
}

/// A part of an archive that was cut into several files.
pub fn split() -> Problem {
    Problem::new(
        ProblemKind::Unsupported,
        say!("这是分卷压缩包的一部分，没有读取；请合并成一个压缩包后重新提交", "this is a part of a split archive and was not read; hand in one whole archive"),
    )
}

/// A member packed in a way that is not supported.
pub fn unsupported(method: &str) -> Problem {
    Problem::new(
        ProblemKind::Unsupported,
        say!(
            "压缩方法（{0}）暂不支持，没有解压；请用普通 ZIP 方式重新打包提交",
            "compression method {0} is not supported and the member was not unpacked; pack it again as an ordinary zip",
            method,
        ),
    )
}

/// An archive that does not open, or of which only some members were found.
pub fn damaged_archive(found: usize) -> Problem {
    if found == 0 {
        return Problem::new(ProblemKind::Damaged, say!("压缩包已损坏，打不开；请重新打包提交", "the archive is damaged and does not open; pack it again"));
    }
    Problem::new(
        ProblemKind::Damaged,
        say!(
            "压缩包已损坏或不完整，从中找回{0}个文件，可能还有缺失；请重新打包提交",
            "the archive is damaged or cut off; {0} files were recovered and others may be missing; pack it again",
            found,
        ),
    )
}

/// An e-mail that does not parse.
pub fn damaged_mail() -> Problem {
    Problem::new(
        ProblemKind::Damaged,
        say!("邮件文件已损坏，打不开；请重新导出邮件或直接提交附件", "the e-mail is damaged and does not open; export it again or hand in its attachments"),
    )
}

/// An e-mail that ends before its last attachment does.
pub fn cut_off_mail() -> Problem {
    Problem::new(
        ProblemKind::Truncated,
        say!(
            "邮件不完整：数据在最后一个附件之前或之中中断，附件可能缺失；请重新导出邮件或直接提交附件",
            "the e-mail breaks off before the end of its last attachment, and attachments may be missing; export it again or hand in its attachments"
        ),
    )
}

/// An attachment whose letters are none of its code, or that cannot be told from the words.
pub fn damaged_attachment() -> Problem {
    Problem::new(
        ProblemKind::Damaged,
        say!(
            "邮件中有附件的数据已损坏，附件可能缺失或不完整；请重新导出邮件或直接提交附件",
            "data of an attachment in the e-mail are damaged, and attachments may be missing or incomplete; export it again or hand in its attachments"
        ),
    )
}
