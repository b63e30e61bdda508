//! What is left of a dossier's limits while its files come in.
use super::Limits;
use crate::model::{Problem, ProblemKind};
use crate::say;
use std::io::Read;

/// Counts files and bytes of one dossier against its [`Limits`].
pub struct Budget<'a> {
    pub limits: &'a Limits,
    files: u32,
    bytes: u64,
}

impl<'a> Budget<'a> {
    pub fn new(limits: &'a Limits) -> Self {
        Self { limits, files: 0, bytes: 0 }
    }

    /// A budget of which something was spent elsewhere.
    pub fn spent(limits: &'a Limits, (files, bytes): (u32, u64)) -> Self {
        Self { limits, files, bytes }
    }

    /// Files and bytes counted so far.
    pub fn so_far(&self) -> (u32, u64) {
        (self.files, self.bytes)
    }

    /// Takes over what another process counted.
    pub fn set(&mut self, (files, bytes): (u32, u64)) {
        (self.files, self.bytes) = (self.files.max(files), self.bytes.max(bytes));
    }

    /// Counts one more file.
    ///
    /// # Errors
    /// The problem to report on what holds the file, where the dossier has too many.
    pub fn one_more(&mut self) -> Result<(), Problem> {
        if self.files >= self.limits.files {
            return Err(Problem::new(
                ProblemKind::TooLarge,
                say!(
                    "文件超过{0}个，其余的没有读取；请合并或删减后重新提交",
                    "there are more than {0} files; the others were not read; hand in fewer",
                    self.limits.files,
                ),
            ));
        }
        self.files += 1;
        Ok(())
    }

    /// Reads a stream to its end, as far as the limits allow. `packed` is the stream's size in its archive,
    /// or `None` where nothing is unpacked.
    ///
    /// # Errors
    /// [`Taken::Problem`] where a limit is reached, [`Taken::Broken`] where the stream fails.
    pub fn take(&mut self, stream: impl Read, packed: Option<u64>) -> Result<Vec<u8>, Taken> {
        self.fill(Vec::new(), stream, packed)
    }

    /// Reads a file whose size on the disk is known, as far as the limits allow.
    ///
    /// # Errors
    /// As [`Budget::take`].
    pub fn take_file(&mut self, file: impl Read, size: u64) -> Result<Vec<u8>, Taken> {
        let room = usize::try_from(size.min(self.allowed())).unwrap_or_default();
        self.fill(Vec::with_capacity(room), file, None)
    }

    fn fill(&mut self, mut bytes: Vec<u8>, stream: impl Read, packed: Option<u64>) -> Result<Vec<u8>, Taken> {
        let allowed = self.allowed();
        let ceiling = self.ceiling(packed);
        let outcome = stream.take(ceiling.saturating_add(1)).read_to_end(&mut bytes);
        let found = bytes.len() as u64;
        self.bytes += found;
        if found > ceiling {
            return Err(Taken::Problem(if ceiling < allowed { self.suspicious() } else { self.too_large() }));
        }
        match outcome {
            Ok(_) => Ok(bytes),
            Err(error) => Err(Taken::Broken(error)),
        }
    }

    /// Bytes that the next file may have.
    pub fn ceiling(&self, packed: Option<u64>) -> u64 {
        let by_ratio = packed.map(|packed| packed.saturating_mul(self.limits.ratio).max(self.limits.ratio_floor));
        self.allowed().min(by_ratio.unwrap_or(u64::MAX))
    }

    fn allowed(&self) -> u64 {
        self.limits.file_bytes.min(self.limits.total_bytes.saturating_sub(self.bytes))
    }

    /// The problem of a file beyond the size limits.
    pub fn too_large(&self) -> Problem {
        let megabytes = |bytes: u64| bytes.div_ceil(1 << 20);
        Problem::new(
            ProblemKind::TooLarge,
            say!(
                "文件太大，没有读取：单个文件以{0} MB为限，一份材料合计以{1} MB为限；请压缩图片或拆分后重新提交",
                "the file is too large and was not read: the limit is {0} MB a file and {1} MB a dossier; shrink its pictures or split it",
                megabytes(self.limits.file_bytes),
                megabytes(self.limits.total_bytes),
            ),
        )
    }

    fn suspicious(&self) -> Problem {
        Problem::new(
            ProblemKind::TooLarge,
            say!(
                "解压后超过压缩前的{0}倍，疑似压缩炸弹，没有解压；请不经压缩直接提交这个文件",
                "it unpacks to more than {0} times its packed size, as a zip bomb does, and was not unpacked; hand it in unpacked",
                self.limits.ratio,
            ),
        )
    }
}

/// Why a stream did not come in whole.
pub enum Taken {
    Problem(Problem),
    /// The stream failed.
    Broken(std::io::Error),
}
