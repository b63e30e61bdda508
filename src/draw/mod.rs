//! Pages and pictures made into small pictures that a browser shows, for evidence that a person looks at.
//!
//! What is drawn may be hostile, so it is drawn in worker processes; a worker that dies costs a picture, never the run.
//!
//! | file | idea |
//! |---|---|
//! | `painter` | asks a worker for pictures, hands it a CJK face where a PDF brings none |
//! | `page` | pages of a PDF |
//! | `photo` | pictures: photos and scans |
//! | `encode` | pixels to a small PNG or JPEG |
//! | `face` | the CJK face of this system |
mod encode;
mod face;
mod page;
mod painter;
mod photo;

use crate::model::Format;
use serde::{Deserialize, Serialize};

pub use painter::{Painter, answer};

/// Longest sides of a picture, in pixels: an A4 page at about 100 dpi.
const WIDTH: u32 = 860;
const HEIGHT: u32 = 1240;

/// One drawn page or picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// Page of a PDF or a scan of several, from 1; none for other pictures.
    pub page: Option<u32>,
    /// Pixels.
    pub width: u32,
    pub height: u32,
    /// The shown page in points: what rectangles of evidence are measured in.
    pub points: Option<[f32; 2]>,
    /// PNG or JPEG.
    pub bytes: Vec<u8>,
}

impl Picture {
    /// The ending of the bytes' format.
    pub fn ending(&self) -> &'static str {
        if self.bytes.starts_with(b"\x89PNG") { "png" } else { "jpg" }
    }
}

/// Whether files of a format can be drawn.
pub fn can_draw(format: Format) -> bool {
    format == Format::Pdf || format.is_picture()
}

/// A picture without its bytes, on the wire.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    page: Option<u32>,
    width: u32,
    height: u32,
    points: Option<[f32; 2]>,
    length: u64,
}
