//! Every limit of taking in, in one place. Each has a call site and a test that trips it.

/// What one dossier may hold. Sizes are counted while bytes come in, never taken from a header.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Limits {
    /// Bytes of one file, packed or not.
    pub file_bytes: u64,
    /// Bytes of all files of a dossier, what archives unpack to included.
    pub total_bytes: u64,
    /// Files of a dossier, what archives hold included.
    pub files: u32,
    /// How many times its packed size a file may unpack to, once it is larger than `ratio_floor`.
    pub ratio: u64,
    /// Unpacked bytes below which no ratio is asked about: blank pages pack very well.
    pub ratio_floor: u64,
    /// Bytes of dictionary that a packed stream may ask for (7z, RAR).
    pub dictionary_bytes: u64,
    /// Archives and e-mails within each other.
    pub nesting: u32,
    /// Folders within each other.
    pub depth: u32,
    /// Bytes of one path.
    pub path_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 512 << 20,
            total_bytes: 1 << 30,
            files: 10_000,
            ratio: 200,
            ratio_floor: 16 << 20,
            dictionary_bytes: 256 << 20,
            nesting: 4,
            depth: 64,
            path_bytes: 4096,
        }
    }
}
