//! Making and parsing the paper copy's hash manifest.
use super::code::code_of;
use super::digest::{page_text_sha256, sha256_hex, sm3_hex, text_sha256};
use crate::model::{DocId, Dossier, FieldId, Lang, Manifest, ManifestFile, Role, Say, SourceFile, Value};
use std::collections::BTreeMap;
use std::fmt::Write;
use thiserror::Error;

pub const MANIFEST_FORMAT: &str = "prescreen.manifest/1";

/// What is wrong with a manifest; the caller adds the file's name.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum PaperError {
    #[error("expected format `{MANIFEST_FORMAT}`, found `{found}`")]
    Format { found: String },
    #[error("not a manifest: {reason}")]
    Json { reason: String },
    #[error("line {line}: expected `<64 hex digits>  <path>`, found `{found}`")]
    Line { line: usize, found: String },
    #[error("no file is listed")]
    Empty,
    #[error("`{path}` is listed twice with different digests")]
    Twice { path: String },
    #[error("digest: the manifest says `{found}`, its list of files gives `{expected}`")]
    Digest { found: String, expected: String },
    #[error("column `{column}`: expected {expected}, found `{found}`", expected = expected.en)]
    Field { column: String, expected: Say, found: String },
    #[error("{0}")]
    Text(String),
}

impl PaperError {
    /// Both languages at once.
    pub fn say(&self) -> Say {
        Say::new(self.message(Lang::Zh), self.to_string())
    }

    /// The message in the language of the run.
    pub fn message(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::En, fault) => fault.to_string(),
            (Lang::Zh, Self::Format { found }) => format!("格式应为“{MANIFEST_FORMAT}”，写的是“{found}”"),
            (Lang::Zh, Self::Json { reason }) => format!("不是校验清单：{reason}"),
            (Lang::Zh, Self::Line { line, found }) => format!("第 {line} 行：应为“64 位十六进制摘要、两个空格、路径”，写的是“{found}”"),
            (Lang::Zh, Self::Empty) => "没有列出任何文件".to_owned(),
            (Lang::Zh, Self::Twice { path }) => format!("“{path}”列了两次，摘要不同"),
            (Lang::Zh, Self::Digest { found, expected }) => format!("总摘要写的是 {found}，按文件列表算出的是 {expected}"),
            (Lang::Zh, Self::Field { column, expected, found }) => format!("“{column}”列：应为{}，填的是“{found}”", expected.zh),
            (Lang::Zh, Self::Text(text)) => text.clone(),
        }
    }
}

/// A manifest as found: with texts and fields, or plain digests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub name: String,
    pub manifest: Manifest,
}

/// Files of the dossier that a manifest lists: those after the outer package is unpacked; what lies in an
/// archive inside counts with that archive.
pub fn listed(files: &[SourceFile]) -> impl Iterator<Item = (DocId, &SourceFile)> {
    (0u32..).map(DocId).zip(files).filter(|(_, file)| !file.path.contains("!/") && file.sha256.is_some())
}

/// The manifest of a dossier. `created` is RFC 3339, Asia/Shanghai.
pub fn make(dossier: &Dossier, created: Option<String>, with_sm3: bool) -> Manifest {
    let mut files: Vec<ManifestFile> = listed(&dossier.files)
        .map(|(doc, file)| {
            let document = dossier.document(doc);
            let is_form = dossier.facts.form.doc == Some(doc) || dossier.facts.role(doc) == Role::ApplicationForm;
            ManifestFile {
                path: file.path.clone(),
                bytes: Some(file.bytes),
                sha256: file.sha256.clone().unwrap_or_default(),
                sm3: with_sm3.then(|| file.sm3.clone()).flatten(),
                text_sha256: document.and_then(text_sha256),
                pages: document.and_then(|d| d.pages),
                page_text_sha256: document.map(page_text_sha256).unwrap_or_default(),
                fields: if is_form { form_fields(dossier, doc) } else { BTreeMap::new() },
            }
        })
        .collect();
    files.sort_by(|a, b| a.path.as_bytes().cmp(b.path.as_bytes()));
    let digest = sha256_hex(sums(&files, |f| Some(&f.sha256)).as_bytes());
    let sm3_digest = with_sm3.then(|| sm3_hex(sums(&files, |f| f.sm3.as_ref()).as_bytes()));
    Manifest { format: MANIFEST_FORMAT.to_owned(), dossier: dossier.id.clone(), created, code: code_of(&digest).unwrap_or_default(), files, digest, sm3_digest }
}

/// First reading of each field that the form `doc` itself gives.
fn form_fields(dossier: &Dossier, doc: DocId) -> BTreeMap<String, Value> {
    let mut fields = BTreeMap::new();
    for id in FieldId::ALL.into_iter().filter(|id| !matches!(id, FieldId::Members | FieldId::Opinion)) {
        let reading = dossier.facts.readings(id).iter().find(|r| r.value.is_some() && r.at.first().is_some_and(|s| s.doc == doc));
        if let Some(value) = reading.and_then(|r| r.value.clone()) {
            fields.insert(field_name(id), value);
        }
    }
    fields
}

/// The field's name in JSON.
pub fn field_name(id: FieldId) -> String {
    match serde_json::to_value(id) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// What clerks call a field of the manifest or of the six-field form, in Chinese and in English.
pub fn words_of_field(name: &str) -> Option<(&'static str, &'static str)> {
    match name {
        "pages" => Some(("页数", "pages")),
        "attachments" => Some(("附件数", "attachments")),
        "sealed" => Some(("盖章", "sealed")),
        "code" => Some(("校验码", "code")),
        _ => FieldId::ALL.into_iter().find(|id| field_name(*id) == name).map(FieldId::names),
    }
}

/// `manifest-sha256.txt`: what `sha256sum` prints, sorted by the path's bytes.
pub fn sha256_text(manifest: &Manifest) -> String {
    sums(&manifest.files, |f| Some(&f.sha256))
}

/// `manifest-sm3.txt`, where the manifest has SM3 digests.
pub fn sm3_text(manifest: &Manifest) -> Option<String> {
    manifest.sm3_digest.as_ref()?;
    Some(sums(&manifest.files, |f| f.sm3.as_ref()))
}

fn sums<'a>(files: &'a [ManifestFile], digest: impl Fn(&'a ManifestFile) -> Option<&'a String>) -> String {
    let mut out = String::new();
    for file in files {
        if let Some(digest) = digest(file) {
            // `sha256sum` escapes names with a backslash or a line break and says so with a leading backslash.
            if file.path.contains(['\\', '\n', '\r']) {
                let path = file.path.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r");
                let _ = writeln!(out, "\\{digest}  {path}");
            } else {
                let _ = writeln!(out, "{digest}  {}", file.path);
            }
        }
    }
    out
}

/// Parses `manifest.json`, or what `sha256sum`, BagIt or BSD tools write.
///
/// # Errors
/// Names the line or field that is wrong, what was found and what was expected.
pub fn parse(name: &str, text: &str) -> Result<Source, PaperError> {
    let text = text.trim_start_matches('\u{feff}');
    let manifest = if text.trim_start().starts_with('{') { parse_json(text)? } else { parse_sums(text)? };
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for file in &manifest.files {
        if seen.insert(path_key(&file.path), &file.sha256).is_some_and(|before| before != file.sha256) {
            return Err(PaperError::Twice { path: file.path.clone() });
        }
    }
    if manifest.files.is_empty() {
        return Err(PaperError::Empty);
    }
    Ok(Source { name: name.to_owned(), manifest })
}

fn parse_json(text: &str) -> Result<Manifest, PaperError> {
    let mut manifest: Manifest = serde_json::from_str(text).map_err(|e| PaperError::Json { reason: e.to_string() })?;
    if manifest.format != MANIFEST_FORMAT {
        return Err(PaperError::Format { found: manifest.format });
    }
    for file in &mut manifest.files {
        file.sha256 = file.sha256.to_ascii_lowercase();
        if !is_sha256(&file.sha256) {
            return Err(PaperError::Json { reason: format!("file `{}`: expected 64 hex digits in sha256, found `{}`", file.path, file.sha256) });
        }
    }
    manifest.files.sort_by(|a, b| a.path.as_bytes().cmp(b.path.as_bytes()));
    let expected = sha256_hex(sums(&manifest.files, |f| Some(&f.sha256)).as_bytes());
    // other programs list the files alone; a digest that is there must be theirs
    if manifest.digest.is_empty() {
        manifest.digest = expected;
    } else if !manifest.digest.eq_ignore_ascii_case(&expected) {
        return Err(PaperError::Digest { found: manifest.digest, expected });
    }
    if manifest.code.is_empty() {
        manifest.code = code_of(&manifest.digest).unwrap_or_default();
    }
    Ok(manifest)
}

fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

fn parse_sums(text: &str) -> Result<Manifest, PaperError> {
    let mut files = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim_end_matches('\r');
        if line.trim().is_empty() || line.starts_with(['#', ';', '%']) {
            continue;
        }
        let fault = || PaperError::Line { line: number + 1, found: line.chars().take(60).collect() };
        let (digest, path) = split_sum(line).ok_or_else(fault)?;
        files.push(ManifestFile { path, sha256: digest, ..ManifestFile::default() });
    }
    if !files.is_empty() && files.iter().all(|f| f.path.starts_with("data/")) {
        for file in &mut files {
            file.path.drain(.."data/".len());
        }
    }
    files.sort_by(|a, b| a.path.as_bytes().cmp(b.path.as_bytes()));
    let digest = sha256_hex(sums(&files, |f| Some(&f.sha256)).as_bytes());
    Ok(Manifest {
        format: MANIFEST_FORMAT.to_owned(),
        dossier: String::new(),
        created: None,
        code: code_of(&digest).unwrap_or_default(),
        files,
        digest,
        sm3_digest: None,
    })
}

/// `<hex>  path`, `<hex> *path`, `\<hex>  escaped path`, `SHA256 (path) = <hex>`.
fn split_sum(line: &str) -> Option<(String, String)> {
    if let Some(rest) = line.strip_prefix("SHA256 (") {
        let (path, digest) = rest.rsplit_once(") = ")?;
        return is_sha256(digest.trim()).then(|| (digest.trim().to_ascii_lowercase(), path.to_owned()));
    }
    let (escaped, line) = line.strip_prefix('\\').map_or((false, line), |rest| (true, rest));
    let (digest, rest) = line.split_at_checked(64)?;
    if !is_sha256(digest) || !rest.starts_with([' ', '\t']) {
        return None;
    }
    let rest = rest.trim_start_matches([' ', '\t']);
    let path = rest.strip_prefix('*').unwrap_or(rest);
    let path = path.strip_prefix("./").unwrap_or(path);
    let path = if escaped { path.replace("\\n", "\n").replace("\\r", "\r").replace("\\\\", "\\") } else { path.to_owned() };
    (!path.is_empty()).then(|| (digest.to_ascii_lowercase(), path))
}

/// The key under which two spellings of one path meet: NFC, `/`, no leading `./`.
pub fn path_key(path: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    path.replace('\\', "/").trim_start_matches("./").nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Document;

    const ONE: &str = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";

    #[test]
    fn every_tool_writes_the_same_list() {
        for text in [
            format!("{ONE}  申报书.docx\n"),
            format!("{ONE} *申报书.docx\r\n"),
            format!("{}  ./申报书.docx", ONE.to_uppercase()),
            format!("SHA256 (申报书.docx) = {ONE}\n"),
            format!("\u{feff}{ONE}  data/申报书.docx\n"),
        ] {
            let source = parse("m", &text).expect("the list is well formed");
            assert_eq!(source.manifest.files[0].path, "申报书.docx", "{text}");
            assert_eq!(source.manifest.files[0].sha256, ONE);
        }
    }

    #[test]
    fn a_broken_line_is_named() {
        let fault = parse("m", &format!("{ONE}  a\nnonsense\n")).expect_err("the second line is broken");
        assert_eq!(fault, PaperError::Line { line: 2, found: "nonsense".into() });
        assert_eq!(parse("m", "\n"), Err(PaperError::Empty));
    }

    #[test]
    fn a_manifest_reads_back_and_a_forged_one_is_refused() {
        let mut dossier = Dossier { id: "C1-001".into(), ..Dossier::default() };
        for path in ["b.txt", "a.txt", "in.zip!/c.txt"] {
            dossier.files.push(SourceFile { path: path.into(), bytes: 3, sha256: Some(ONE.into()), sm3: None, problem: None });
            dossier.documents.push(Document::read_full(crate::model::Format::Txt, Vec::new()));
        }
        let manifest = make(&dossier, None, false);
        assert_eq!(sha256_text(&manifest), format!("{ONE}  a.txt\n{ONE}  b.txt\n"));
        let json = serde_json::to_string(&manifest).expect("a manifest is plain data");
        assert_eq!(parse("m", &json).expect("it reads back").manifest, manifest);
        let bare = format!(r#"{{"format": "{MANIFEST_FORMAT}", "files": [{{"path": "b.txt", "sha256": "{ONE}"}}, {{"path": "a.txt", "sha256": "{ONE}"}}]}}"#);
        let read = parse("m", &bare).expect("the files alone are enough").manifest;
        assert_eq!((read.digest, read.code), (manifest.digest, manifest.code));
        let forged = json.replace("\"a.txt\"", "\"z.txt\"");
        assert!(matches!(parse("m", &forged), Err(PaperError::Digest { .. })));
    }
}
