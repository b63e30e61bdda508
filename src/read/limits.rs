//! Every limit of reading, in one place. Each has a call site and a test that trips it.

#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Limits {
    /// Bytes of one file.
    pub file_bytes: u64,
    /// Bytes that one part of a package (an XML part, a stream) may unpack to.
    pub part_bytes: u64,
    /// Parts (files) of one package.
    pub parts: u32,
    /// Depth of nested elements or objects.
    pub depth: u32,
    /// Text characters of one file.
    pub characters: u64,
    /// Blocks (paragraphs, cells, pictures) of one file.
    pub blocks: u32,
    /// Definitions of one kind (styles, lists, relationships, references) of one file.
    pub definitions: u32,
    /// Pages of one file.
    pub pages: u32,
    /// Cells of one sheet.
    pub cells: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 512 << 20,
            part_bytes: 256 << 20,
            parts: 20_000,
            depth: 256,
            characters: 20_000_000,
            blocks: 500_000,
            definitions: 100_000,
            pages: 5_000,
            cells: 2_000_000,
        }
    }
}
