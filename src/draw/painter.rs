//! Asks a worker for pictures.
use super::face::{self, Face};
use super::page::{self, Drawing};
use super::{Head, Picture, can_draw, photo};
use crate::model::Format;
use crate::worker::Pool;
use crate::worker::job::{Kind, open, pack};
use std::sync::{Arc, LazyLock, OnceLock};

/// Draws in worker processes, each file within the workers' limits.
#[derive(Debug)]
pub struct Painter {
    workers: Option<Pool>,
    face: LazyLock<Option<Face>>,
}

/// What a worker is asked: pages of the file that follows, after a face of so many bytes.
type Job = (Format, Vec<u32>, Option<(u64, u32)>, bool);
/// What it answers: whether it needs a face first, and the pictures whose bytes follow one another.
type Reply = (bool, Vec<Head>);

impl Painter {
    /// Without workers everything is drawn in this process: for files that are known.
    pub fn new(workers: Option<Pool>) -> Self {
        Self { workers, face: LazyLock::new(face::of_system) }
    }

    /// Draws pages (counted from 1) of a PDF or a picture file; nothing where it cannot be drawn.
    pub fn draw(&self, format: Format, bytes: &[u8], pages: &[u32]) -> Vec<Picture> {
        if !can_draw(format) {
            return Vec::new();
        }
        match self.ask(format, bytes, pages, None, false) {
            Some((true, _)) => self.ask(format, bytes, pages, self.face.as_ref(), true).map(|(_, pictures)| pictures).unwrap_or_default(),
            Some((false, pictures)) => pictures,
            None => Vec::new(),
        }
    }

    /// Whether a face was needed, and the pictures; `None` where the worker died.
    fn ask(&self, format: Format, bytes: &[u8], pages: &[u32], face: Option<&Face>, go_on_without: bool) -> Option<(bool, Vec<Picture>)> {
        let head: Job = (format, pages.to_vec(), face.map(|(data, index)| (data.len() as u64, *index)), go_on_without);
        let job = pack(Kind::Draw, &head, &[face.map_or(&[][..], |(data, _)| data), bytes].concat());
        let answer = match &self.workers {
            Some(pool) => pool.ask(&job).ok()?,
            None => answer(&job),
        };
        let ((needs_face, heads), mut rest) = open::<Reply>(&answer)?;
        let mut pictures = Vec::new();
        for head in heads {
            let (own, others) = rest.split_at_checked(usize::try_from(head.length).ok()?)?;
            rest = others;
            pictures.push(Picture { page: head.page, width: head.width, height: head.height, points: head.points, bytes: own.to_vec() });
        }
        Some((needs_face, pictures))
    }
}

/// The worker's side of [`Painter::draw`]. A face that was handed over once serves the files after it.
pub fn answer(job: &[u8]) -> Vec<u8> {
    static FACE: OnceLock<Arc<Face>> = OnceLock::new();
    let Some(((format, pages, face, go_on_without), rest)) = open::<Job>(job) else { return Vec::new() };
    let handed = face.and_then(|(length, index)| Some((rest.split_at_checked(usize::try_from(length).ok()?)?, index)));
    let bytes = match handed {
        Some(((data, bytes), index)) => {
            // Of two handed over at once either serves: all come from the same system.
            let _ = FACE.set(Arc::new((data.to_vec(), index)));
            bytes
        }
        None => rest,
    };
    let drawing = match format {
        Format::Pdf => page::draw(bytes, &pages, FACE.get(), go_on_without),
        format if format.is_picture() => Drawing::Done(photo::draw(format, bytes, &pages)),
        _ => Drawing::Done(Vec::new()),
    };
    let (needs_face, pictures) = match drawing {
        Drawing::Done(pictures) => (false, pictures),
        Drawing::NeedsFace => (true, Vec::new()),
    };
    let head = |p: &Picture| Head { page: p.page, width: p.width, height: p.height, points: p.points, length: p.bytes.len() as u64 };
    let reply: Reply = (needs_face, pictures.iter().map(head).collect());
    pack(Kind::Draw, &reply, &pictures.into_iter().map(|p| p.bytes).collect::<Vec<_>>().concat())
}
