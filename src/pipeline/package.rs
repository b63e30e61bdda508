//! One package: its files are read, the applications in it told apart, and each becomes a dossier with its paper side.
use super::Settings;
use crate::extract;
use crate::intake::{self, Content, Inbox, Loaded, LoadedFile, PaperKind};
use crate::model::{Document, Dossier, FieldId, Format, IntakeRow, PaperSide, Problem, ProblemKind, Read, Say, SourceFile};
use crate::paper::{self, ManualForm, Scan};
use crate::read::{self, Limits, Reader};
use crate::report::excerpt::{self, Sources};
use crate::screen;
use crate::text::key;

/// Reads a package's files and extracts its facts; several dossiers where it holds several applications. `sources` keeps
/// the bytes of files that may be drawn.
pub(super) fn understand(loaded: Loaded, inbox: &Inbox, settings: &Settings, mut sources: Option<&mut Sources>) -> Vec<Dossier> {
    let limits = Limits::default();
    let Loaded { id, source, files, problems, noise, mailed_at } = loaded;
    let mut read: Vec<(String, SourceFile, Document)> = Vec::new();
    for file in files {
        let (group, file, document, bytes) = read_file(file, &limits, settings.reader());
        if let Some(sources) = sources.as_mut().filter(|_| excerpt::keeps(document.format)) {
            sources.insert(file.path.clone(), bytes);
        }
        read.push((group, file, document));
    }
    let vocabulary = settings.programme.vocabulary();
    let whole = |id: String, files: Vec<(SourceFile, Document)>| {
        let (files, documents): (Vec<SourceFile>, Vec<Document>) = files.into_iter().unzip();
        let facts = extract::facts(&files, &documents, vocabulary);
        let mut dossier = Dossier {
            source: source.clone(),
            files,
            documents,
            facts,
            intake: book_row(inbox, &id).cloned(),
            has_book: inbox.book.is_some(),
            mailed_at,
            paper: PaperSide::default(),
            seals: Vec::new(),
            problems: problems.clone(),
            noise,
            id,
        };
        dossier.paper = paper_side(&dossier, inbox, settings);
        dossier.seals = extract::seals(&dossier);
        dossier
    };
    let parts = applications(&read, vocabulary);
    if parts.len() < 2 {
        return vec![whole(id, read.into_iter().map(|(_, file, document)| (file, document)).collect())];
    }
    // Files outside every application's own folder belong to each of them.
    let is_inside = |group: &str, part: &str| group == part || group.strip_prefix(part).is_some_and(|rest| rest.starts_with('/'));
    let common = |group: &str| !parts.iter().any(|part| is_inside(group, part));
    parts
        .iter()
        .enumerate()
        .map(|(n, part)| {
            let own = read.iter().filter(|(group, _, _)| is_inside(group, part) || common(group));
            whole(format!("{id}~{}", n + 1), own.map(|(_, file, document)| (file.clone(), document.clone())).collect())
        })
        .collect()
}

/// The folders or attached archives that each hold the form of another project or category; empty where the
/// package is one application.
fn applications(read: &[(String, SourceFile, Document)], vocabulary: &extract::Vocabulary) -> Vec<String> {
    let mut groups: Vec<&str> = read.iter().map(|(group, _, _)| group.as_str()).collect();
    groups.sort_unstable();
    groups.dedup();
    if groups.len() < 2 {
        return Vec::new();
    }
    let mut identities: Vec<String> = Vec::new();
    let mut forms: Vec<&str> = Vec::new();
    for group in groups {
        let inside = || read.iter().filter(|(own, _, _)| own == group);
        let files: Vec<SourceFile> = inside().map(|(_, file, _)| file.clone()).collect();
        let documents: Vec<Document> = inside().map(|(_, _, document)| document.clone()).collect();
        let facts = extract::facts(&files, &documents, vocabulary);
        if facts.form.candidates.is_empty() || facts.form.is_blank_template {
            continue;
        }
        let of = |field| facts.first_text(field).map(key).unwrap_or_default();
        let title = facts.form.title.as_ref().map(|t| key(&t.value)).unwrap_or_default();
        identities.push(format!("{}|{}|{title}", of(FieldId::ProjectName), of(FieldId::Category)));
        forms.push(group);
    }
    // Two forms of one project side by side are versions, not two applications.
    let all = identities.len();
    identities.sort_unstable();
    identities.dedup();
    if all < 2 || identities.len() < all { Vec::new() } else { intake::separate(&forms).unwrap_or_default() }
}

pub(super) fn read_file(loaded: LoadedFile, limits: &Limits, reader: Reader<'_>) -> (String, SourceFile, Document, Vec<u8>) {
    let LoadedFile { file, content, group } = loaded;
    let document = match (&file.problem, &content) {
        (Some(problem), Content::Opened(format)) => {
            Document { problems: vec![problem.clone()], read: Read::Partial, ..Document::read_full(*format, Vec::new()) }
        }
        (Some(problem), content) => Document::unread(format_of(&file.path, content), problem.clone()),
        (None, Content::Bytes(bytes)) => with_name_checked(&file.path, reader.read(&file.path, bytes, limits)),
        (None, Content::Opened(format) | Content::Unread(format)) => Document::read_full(*format, Vec::new()),
    };
    let bytes = if let Content::Bytes(bytes) = content { bytes } else { Vec::new() };
    (group, file, document, bytes)
}

pub(super) fn format_of(path: &str, content: &Content) -> Format {
    match content {
        Content::Bytes(bytes) => read::sniff(path, bytes),
        Content::Opened(format) | Content::Unread(format) => *format,
    }
}

/// Says so where a file's name claims another format than its bytes have.
fn with_name_checked(path: &str, mut document: Document) -> Document {
    let claimed = path.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_lowercase());
    let expected = read::endings(document.format);
    let known = read::is_known_ending(&claimed);
    if known && document.format == Format::Unknown {
        let say = crate::say!(
            "文件已损坏：内容不是 .{0} 文件应有的样子（可能没有下载完，或被加密软件加密），无法读取；请在本机打开检查，另存后重新提交",
            "the file is damaged: its content is nothing like a .{0} file (an unfinished download, or encrypted by a safeguard), and was not read; open it, save it again and hand that in",
            claimed,
        );
        document.problems = vec![Problem::new(ProblemKind::Damaged, say)];
    }
    if known && !expected.is_empty() && !expected.contains(&claimed.as_str()) && !matches!(document.format, Format::Empty | Format::Unknown) {
        let say = crate::say!(
            "扩展名是 .{0}，内容实际是 {1}，已按实际内容读取；请改成正确的扩展名",
            "the name ends in .{0}, the content is {1} and was read as that; please correct the name",
            claimed,
            screen::format_name(document.format),
        );
        document.problems.push(Problem::new(ProblemKind::WrongType, say));
    }
    document
}

/// The clerk's line for a dossier; the parts of a package share the package's line.
pub(super) fn book_row<'a>(inbox: &'a Inbox, id: &str) -> Option<&'a IntakeRow> {
    let rows = inbox.book.as_ref()?;
    let package = id.rsplit_once('~').filter(|(_, n)| n.chars().all(|c| c.is_ascii_digit())).map(|(package, _)| package);
    rows.iter().find(|row| row.dossier == id).or_else(|| rows.iter().find(|row| Some(row.dossier.as_str()) == package))
}

fn paper_side(dossier: &Dossier, inbox: &Inbox, settings: &Settings) -> PaperSide {
    let unusable = |name: &str, fault: Say| {
        let Say { zh, en } = fault;
        crate::say!("纸质材料清单“{name}”无法使用：{zh}", "the paper copy's file \"{name}\" cannot be used: {en}")
    };
    let files = match inbox.paper_of(&dossier.id) {
        Ok(files) => files,
        Err(fault) => return PaperSide { problem: Some(unusable(&dossier.id, fault.say())), ..PaperSide::default() },
    };
    let (mut manifest, mut form, mut scans, mut problem) = (None, None, Vec::new(), None);
    for file in files {
        match file.kind {
            PaperKind::Manifest if manifest.is_some() => {}
            PaperKind::Manifest => match paper::parse(&file.name, &file.text) {
                Ok(source) => manifest = Some(source),
                Err(fault) => problem = Some(unusable(&file.name, fault.say())),
            },
            PaperKind::Fields => match ManualForm::parse(&file.name, &file.text) {
                Ok(fields) => form = Some(fields),
                Err(fault) => problem = Some(unusable(&file.name, fault.say())),
            },
            PaperKind::Scan => scans.push(read_scan(file.name, &file.bytes, settings)),
        }
    }
    let mut side = paper::compare(dossier, manifest.as_ref(), form.as_ref());
    if !scans.is_empty() {
        paper::compare_scans(dossier, &scans, &mut side);
        paper::compare_slips(dossier, &scans, manifest.as_ref(), &mut side);
    }
    side.problem = problem.or(side.problem);
    side
}

/// A scan of the paper copy, read like any other file.
pub fn read_scan(name: String, bytes: &[u8], settings: &Settings) -> Scan {
    let document = settings.reader().read(&name, bytes, &Limits::default());
    Scan { name, document }
}
