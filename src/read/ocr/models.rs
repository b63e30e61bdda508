//! The two models: which they are, and opening them.
use rten::{Model, RunOptions, ThreadPool};
use sha2::{Digest, Sha256};
use std::sync::{Arc, Mutex};

/// One file of the models.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ModelFile {
    /// Its name in the folder of models.
    pub name: &'static str,
    /// Its path in the package that carries it.
    pub inside: &'static str,
    pub sha256: &'static str,
}

/// The package that carries the models, as its index serves it.
pub const PACKAGE: &str = "rapidocr==3.10.0";
/// SHA-256 of that package's wheel.
pub const PACKAGE_SHA256: &str = "2fc34e26cd0f48514804a94f8832283039c7334076bff60768b1fed9ad068050";

/// Finds lines of text.
pub const DETECTION: ModelFile = ModelFile {
    name: "PP-OCRv6_det_small.onnx",
    inside: "rapidocr/models/PP-OCRv6_det_small.onnx",
    sha256: "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f",
};
/// Reads a line; its alphabet is inside.
pub const RECOGNITION: ModelFile = ModelFile {
    name: "PP-OCRv6_rec_small.onnx",
    inside: "rapidocr/models/PP-OCRv6_rec_small.onnx",
    sha256: "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
};
/// Licences that must stay beside the models: where they stand in the package, and their names in the folder.
pub const LICENCES: [(&str, &str); 2] =
    [("rapidocr-3.10.0.dist-info/licenses/LICENSE", "LICENSE"), ("rapidocr-3.10.0.dist-info/licenses/MODEL_LICENSES.md", "MODEL_LICENSES.md")];

/// More threads on one page only wait for each other.
const MOST_THREADS: usize = 8;

/// What is wrong with the models.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    #[error("{file}: SHA-256 is {found}, expected {expected}")]
    Digest { file: &'static str, found: String, expected: &'static str },
    #[error("{file} does not open: {why}")]
    Broken { file: &'static str, why: String },
}

/// Why a page could not be recognised.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error("the model did not run")]
    Run(#[from] rten::RunError),
    #[error("the model answered in another shape than it promises")]
    Shape,
}

/// Both models, ready to run.
pub struct Models {
    pub(super) detection: Model,
    pub(super) recognition: Model,
    /// Characters by class; class 0 is none.
    pub(super) alphabet: Vec<String>,
    threads: Mutex<(usize, Arc<ThreadPool>)>,
}

impl Models {
    /// Opens models whose digests were checked; they run on one thread.
    ///
    /// # Errors
    /// Where one is no model, or has no alphabet.
    pub fn open(detection: Vec<u8>, recognition: Vec<u8>) -> Result<Self, ModelError> {
        let load = |file: &ModelFile, bytes: Vec<u8>| Model::load(bytes).map_err(|why| ModelError::Broken { file: file.name, why: why.to_string() });
        let detection = load(&DETECTION, detection)?;
        let recognition = load(&RECOGNITION, recognition)?;
        let Some(characters) = recognition.metadata().get("character") else {
            return Err(ModelError::Broken { file: RECOGNITION.name, why: "it has no alphabet".to_owned() });
        };
        let alphabet = std::iter::once("").chain(characters.lines()).chain([" "]).map(str::to_owned).collect();
        Ok(Self { detection, recognition, alphabet, threads: Mutex::new((1, Arc::new(ThreadPool::with_num_threads(1)))) })
    }

    /// Runs on so many threads from now on.
    pub fn use_threads(&self, count: usize) {
        let count = count.clamp(1, MOST_THREADS);
        if let Ok(mut threads) = self.threads.lock()
            && threads.0 != count
        {
            *threads = (count, Arc::new(ThreadPool::with_num_threads(count)));
        }
    }

    pub(super) fn options(&self) -> Option<RunOptions> {
        let mut options = RunOptions::default();
        options.thread_pool = self.threads.lock().ok().map(|threads| Arc::clone(&threads.1));
        Some(options)
    }
}

impl ModelFile {
    /// Checks that the bytes are this very file.
    ///
    /// # Errors
    /// Where they are others.
    pub fn verify(&self, bytes: &[u8]) -> Result<(), ModelError> {
        let found = sha256(bytes);
        if found == self.sha256 { Ok(()) } else { Err(ModelError::Digest { file: self.name, found, expected: self.sha256 }) }
    }
}

/// Names both models as one: what a cached page was read with.
pub fn digest() -> String {
    sha256(format!("{}{}", DETECTION.sha256, RECOGNITION.sha256).as_bytes())
}

/// Lower-case hex.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_bytes_are_refused_and_named() {
        let fault = DETECTION.verify(b"no model").expect_err("the digest differs").to_string();
        assert!(fault.contains("PP-OCRv6_det_small.onnx") && fault.contains(DETECTION.sha256), "{fault}");
    }

    #[test]
    fn what_is_no_model_does_not_open() {
        assert!(matches!(Models::open(b"x".to_vec(), b"y".to_vec()), Err(ModelError::Broken { .. })));
    }
}
