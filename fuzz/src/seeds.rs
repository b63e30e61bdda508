//! What a target begins with: the fixtures of its kind, and the words its reader knows as a dictionary.
use crate::files::files_below;
use crate::inside;
use crate::targets::Target;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Larger fixtures make a slow fuzzer.
const LARGEST: u64 = 160 << 10;
/// Longer literals are sentences.
const LONGEST_WORD: usize = 40;

/// Fills `corpus/<target>` and writes `corpus/<target>.dict`.
pub fn lay_out(target: &Target) {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = here.join("corpus").join(target.name);
    fs::create_dir_all(&corpus).expect("a folder for the corpus");
    let mut files = files_below(&here.join("../fixtures"));
    files.extend(files_below(&here.join("../schemas")));
    for (n, file) in files.iter().filter(|file| is_seed(file, target)).enumerate() {
        let bytes = fs::read(file).expect("a seed opens");
        let stored = inside::stored(&bytes).filter(|stored| stored.len() as u64 <= LARGEST);
        fs::write(corpus.join(format!("seed-{n:03}")), stored.unwrap_or(bytes)).expect("a seed is written");
    }
    let mut words = BTreeSet::new();
    for source in sources(target.name) {
        let path = here.join("../src").join(source);
        let files = if path.is_dir() { files_below(&path) } else { vec![path] };
        files.iter().for_each(|file| literals(&fs::read_to_string(file).unwrap_or_default(), &mut words));
    }
    let dictionary: String = words.iter().map(|word| format!("\"{}\"\n", escaped(word))).collect();
    // libFuzzer takes an empty file for a mistake.
    let dictionary = format!("# words of the reader's sources\n{dictionary}");
    fs::write(here.join("corpus").join(format!("{}.dict", target.name)), dictionary).expect("a dictionary is written");
}

/// Where the words of a format stand in the sources.
fn sources(target: &str) -> &'static [&'static str] {
    match target {
        "docx" | "wordxml" => &["read/docx", "read/word", "read/package"],
        "doc" => &["read/doc"],
        "rtf" => &["read/rtf"],
        "pdf" | "pdf-files" => &["read/pdf", "intake/embedded_pdf.rs"],
        "ofd" | "ofd-files" => &["read/ofd", "intake/embedded_ofd.rs"],
        "odt" | "odp" | "ods" => &["read/odf", "read/sheet"],
        "xlsx" | "xls" | "sheetxml" | "book" => &["read/sheet", "read/sheet.rs", "intake/book.rs"],
        "html" | "mht" => &["read/html", "intake/eml.rs"],
        "pptx" | "ppt" => &["read/slides"],
        "eml" | "msg" | "tnef" => &["intake/eml.rs", "intake/mail.rs", "intake/msg.rs", "intake/tnef.rs"],
        "facts" => &["extract"],
        "programme" => &["programme", "checks"],
        "manifest" => &["paper"],
        "lists" => &["intake/lists.rs", "intake/book.rs"],
        "any" => &["read/sniff"],
        _ => &[],
    }
}

fn is_seed(path: &Path, target: &Target) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("");
    let found = path.parent().is_some_and(|folder| folder.ends_with(Path::new("regressions").join(target.name)));
    let of_kind = target.seeds.contains(&ending) || found || target.name == "any";
    of_kind && fs::metadata(path).is_ok_and(|about| (1..=LARGEST).contains(&about.len()))
}

/// The short string literals of a source before its tests; those with escapes are left out.
fn literals(source: &str, into: &mut BTreeSet<String>) {
    for line in source.lines().take_while(|line| *line != "#[cfg(test)]").filter(|line| !line.trim_start().starts_with("//")) {
        let words = line.split('"').skip(1).step_by(2);
        into.extend(words.filter(|word| !word.is_empty() && word.len() <= LONGEST_WORD && !word.contains(['\\', '{'])).map(str::to_owned));
    }
}

/// As libFuzzer's dictionaries want it: everything but plain ASCII as `\xNN`.
fn escaped(word: &str) -> String {
    let plain = |byte: u8| (byte.is_ascii_graphic() || byte == b' ') && byte != b'"' && byte != b'\\';
    word.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("\\x{byte:02X}") }).collect()
}
