//! Gzip: a tar archive inside, or one file.
use super::budget::{Budget, Taken};
use super::container::{Entry, Unpacked};
use super::faults::{damaged, damaged_archive};
use super::tar;
use flate2::read::MultiGzDecoder;

/// Unpacks what is inside. A file that is no archive keeps the name without `.gz`.
pub fn unpack(name: &str, bytes: &[u8], budget: &mut Budget) -> Unpacked {
    let content = match budget.take(MultiGzDecoder::new(bytes), Some(bytes.len() as u64)) {
        Ok(content) => content,
        Err(Taken::Problem(problem)) => return Unpacked::failed(problem),
        Err(Taken::Broken(_)) => return broken(bytes, budget),
    };
    if tar::is_tar(&content) {
        return tar::unpack(&content, budget);
    }
    if let Err(problem) = budget.one_more() {
        return Unpacked::failed(problem);
    }
    let inner = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let inner = inner.strip_suffix(".gz").or_else(|| inner.strip_suffix(".GZ")).unwrap_or(inner);
    let entry = Entry { path: inner.to_owned(), size: content.len() as u64, content: Ok(content) };
    Unpacked { entries: vec![entry], ..Unpacked::default() }
}

/// What a cut-off stream still gives: the members of a tar archive that came in whole.
fn broken(bytes: &[u8], budget: &mut Budget) -> Unpacked {
    let mut content = Vec::new();
    let ceiling = budget.ceiling(Some(bytes.len() as u64));
    let _ = std::io::Read::read_to_end(&mut std::io::Read::take(MultiGzDecoder::new(bytes), ceiling), &mut content);
    if !tar::is_tar(&content) {
        return Unpacked::failed(damaged());
    }
    let mut out = tar::unpack(&content, budget);
    out.problems.insert(0, damaged_archive(out.entries.len()));
    out
}
