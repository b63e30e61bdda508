//! Files of a folder on disk. Links, pipes and devices are reported and never opened.
use super::budget::{Budget, Taken};
use super::container::Entry;
use super::noise::is_noise;
use crate::model::{Problem, ProblemKind};
use crate::say;
use crate::text::encoding;
use std::ffi::OsStr;
use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};

/// What a folder holds.
#[derive(Debug, Default)]
pub struct Collected {
    pub entries: Vec<Entry>,
    pub problems: Vec<Problem>,
    pub noise: u32,
}

/// Collects the files of a folder and its subfolders. Never fails: what cannot be read is an entry with its problem.
pub fn collect(root: &Path, budget: &mut Budget) -> Collected {
    let mut out = Collected::default();
    let mut folders = vec![(root.to_owned(), String::new(), 0u32)];
    while let Some((folder, prefix, depth)) = folders.pop() {
        let children = match children(&folder) {
            Ok(children) => children,
            Err(error) => {
                out.entries.push(refused(prefix, 0, unreadable(&error)));
                continue;
            }
        };
        for (name, path) in children {
            let shown = format!("{prefix}{name}");
            let metadata = fs::symlink_metadata(&path);
            if metadata.as_ref().is_ok_and(Metadata::is_dir) {
                if depth >= budget.limits.depth {
                    out.entries.push(refused(format!("{shown}/"), 0, too_deep(budget.limits.depth)));
                } else {
                    folders.push((path, format!("{shown}/"), depth + 1));
                }
                continue;
            }
            if is_noise(&shown) {
                out.noise += 1;
                continue;
            }
            if let Err(problem) = budget.one_more() {
                out.problems.push(problem);
                return out;
            }
            out.entries.push(match metadata {
                Ok(metadata) => entry(root, &path, shown, &metadata, budget),
                Err(error) => refused(shown, 0, unreadable(&error)),
            });
        }
    }
    out
}

/// One file on disk as an entry. A link is followed only where it stays inside `root`.
pub fn entry(root: &Path, path: &Path, shown: String, metadata: &Metadata, budget: &mut Budget) -> Entry {
    let mut path = path.to_owned();
    if metadata.is_symlink() {
        match target_inside(root, &path) {
            Ok(target) => path = target,
            Err(problem) => return refused(shown, 0, problem),
        }
    } else if !metadata.is_file() {
        return refused(shown, 0, not_regular());
    }
    if metadata.is_file() && metadata.len() > budget.limits.file_bytes {
        return refused(shown, metadata.len(), budget.too_large());
    }
    match open(&path).map(|file| budget.take_file(file, metadata.len())) {
        Ok(Ok(bytes)) => Entry { path: shown, size: bytes.len() as u64, content: Ok(bytes) },
        Ok(Err(Taken::Problem(problem))) => refused(shown, metadata.len(), problem),
        Ok(Err(Taken::Broken(error))) | Err(error) => refused(shown, metadata.len(), unreadable(&error)),
    }
}

/// A dossier that is a link: it is never followed, wherever it leads.
pub fn link(name: &str) -> Entry {
    refused(name.to_owned(), 0, link_outside())
}

/// The name of a file as text. Names that are no UTF-8 are GB18030 on disks filled by old unpackers.
pub fn shown_name(name: &OsStr) -> String {
    match name.to_str() {
        Some(name) => name.to_owned(),
        None => encoding::decode(name.as_encoded_bytes()).text,
    }
}

fn children(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let mut children = Vec::new();
    for child in fs::read_dir(folder)? {
        let child = child?;
        children.push((shown_name(&child.file_name()), child.path()));
    }
    children.sort();
    Ok(children)
}

/// Opens without waiting on a pipe and without following a link that was put there in between.
fn open(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags((OFlags::NONBLOCK | OFlags::NOFOLLOW).bits().cast_signed());
    }
    let file = options.open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::other("not a regular file")) }
}

fn target_inside(root: &Path, link: &Path) -> Result<PathBuf, Problem> {
    let target = fs::canonicalize(link).map_err(|_| broken_link())?;
    let root = fs::canonicalize(root).map_err(|_| broken_link())?;
    if !target.starts_with(&root) {
        return Err(link_outside());
    }
    if target.is_file() { Ok(target) } else { Err(not_regular()) }
}

fn refused(path: String, size: u64, problem: Problem) -> Entry {
    Entry { path, size, content: Err(problem) }
}

fn unreadable(error: &io::Error) -> Problem {
    if error.kind() == io::ErrorKind::PermissionDenied {
        return Problem::new(
            ProblemKind::NoPermission,
            say!("没有读取权限，没有读取；请检查文件权限后重新运行", "no permission to read it; check its permissions and run again"),
        );
    }
    Problem::new(
        ProblemKind::Damaged,
        say!("读取出错（{0}），没有读完；请检查磁盘或重新复制后再运行", "reading failed ({0}); check the disk or copy it again", error),
    )
}

fn not_regular() -> Problem {
    Problem::new(
        ProblemKind::NotRegular,
        say!(
            "不是普通文件（管道、设备、套接字或指向文件夹的链接），没有读取；请提交文件本身",
            "no regular file (a pipe, device, socket or link to a folder); hand in the file itself"
        ),
    )
}

fn broken_link() -> Problem {
    Problem::new(ProblemKind::NotRegular, say!("是失效的链接，没有内容；请提交文件本身", "a broken link without content; hand in the file itself"))
}

fn link_outside() -> Problem {
    Problem::new(
        ProblemKind::UnsafePath,
        say!("是指向材料之外的链接，没有读取；请提交文件本身", "a link that leads outside the dossier and was not followed; hand in the file itself"),
    )
}

fn too_deep(depth: u32) -> Problem {
    Problem::new(
        ProblemKind::TooLarge,
        say!("文件夹超过{0}层，更深的没有读取；请减少层数后重新提交", "folders deeper than {0} levels were not read; use fewer levels", depth),
    )
}
