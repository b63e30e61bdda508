//! `slip.pdf`: prints the same everywhere, whatever word processor there is.
use super::{field, grouped, made, payload, qr::Square, short_digest, total, words};
use crate::model::{Dossier, FieldId, Lang, Manifest};
use crate::report::pdf::{Face, HEIGHT, Paper, WIDTH, lines};
use crate::report::safe;

/// Margins and the room within a cell, in points.
const MARGIN: f32 = 56.7;
const ROOM: f32 = 5.0;
/// Lines stand so many sizes apart.
const PITCH: f32 = 1.35;
const TEXT: f32 = 10.5;
const LABELS: f32 = 82.0;
/// Of a cell behind a label.
const GREY: f32 = 0.9;

/// One cell of a row.
struct Cell<'a> {
    width: f32,
    text: &'a str,
    face: Face,
    size: f32,
    is_label: bool,
    is_centered: bool,
}

impl<'a> Cell<'a> {
    const fn of(width: f32, text: &'a str, face: Face, size: f32) -> Self {
        Self { width, text, face, size, is_label: false, is_centered: false }
    }

    const fn label(width: f32, text: &'a str) -> Self {
        Self { is_label: true, ..Self::of(width, text, Face::Hei, TEXT) }
    }

    const fn centered(self) -> Self {
        Self { is_centered: true, ..self }
    }

    fn lines(&self) -> Vec<String> {
        lines(self.face, self.size, self.text, self.width - 2.0 * ROOM)
    }
}

/// The slip as far as it is written.
struct Slip {
    paper: Paper,
    /// Where the next thing begins.
    y: f32,
}

impl Slip {
    fn new_page(&mut self) {
        self.paper.page();
        self.y = MARGIN;
    }

    fn has_room(&self, height: f32) -> bool {
        self.y + height <= HEIGHT - MARGIN
    }

    /// Lines over the whole width.
    fn paragraph(&mut self, face: Face, size: f32, text: &str, is_centered: bool) {
        for line in lines(face, size, text, WIDTH - 2.0 * MARGIN) {
            if !self.has_room(size * PITCH) {
                self.new_page();
            }
            self.y += size * PITCH;
            let x = if is_centered { (WIDTH - face.width(size, &line)) / 2.0 } else { MARGIN };
            self.paper.text((x, self.y - size * 0.3), face, size, &line);
        }
    }

    /// How high a row of cells is.
    fn height(cells: &[Cell<'_>]) -> f32 {
        let high = |cell: &Cell<'_>| cell.lines().len() as f32 * cell.size * PITCH + 2.0 * ROOM;
        cells.iter().map(high).fold(0.0, f32::max)
    }

    /// A row of framed cells, at least so high.
    fn row(&mut self, cells: &[Cell<'_>], least: f32) {
        let height = Self::height(cells).max(least);
        let mut x = MARGIN;
        for cell in cells {
            let place = [x, self.y, x + cell.width, self.y + height];
            if cell.is_label {
                self.paper.fill(place, GREY);
            }
            self.paper.frame(place);
            let lines = cell.lines();
            let mut y = self.y + (height - lines.len() as f32 * cell.size * PITCH) / 2.0;
            for line in lines {
                y += cell.size * PITCH;
                let indent = if cell.is_centered { (cell.width - cell.face.width(cell.size, &line)) / 2.0 } else { ROOM };
                self.paper.text((x + indent, y - cell.size * 0.3), cell.face, cell.size, &line);
            }
            x += cell.width;
        }
        self.y += height;
    }

    /// The symbol in the middle of a framed box.
    fn symbol(&mut self, square: &Square, [x0, y0, x1, y1]: [f32; 4]) {
        let side = side_of(square);
        let module = side / square.side() as f32;
        let (left, top) = ((x0 + x1 - side) / 2.0, (y0 + y1 - side) / 2.0);
        for (row, column, length) in square.runs() {
            let (x, y) = (left + column as f32 * module, top + row as f32 * module);
            self.paper.fill([x, y, x + length as f32 * module, y + module], 0.0);
        }
        self.paper.frame([x0, y0, x1, y1]);
    }
}

/// The symbol's side in points.
fn side_of(square: &Square) -> f32 {
    square.millimetres() as f32 * 72.0 / 25.4
}

pub fn pdf(manifest: &Manifest, dossier: &Dossier, lang: Lang) -> Result<Vec<u8>, lopdf::Error> {
    let words = words(lang);
    let whole = WIDTH - 2.0 * MARGIN;
    let mut slip = Slip { paper: Paper::default(), y: 0.0 };
    slip.new_page();
    slip.paragraph(Face::Hei, 18.0, words.title, true);
    slip.y += 4.0;
    slip.paragraph(Face::Song, TEXT, words.bind, true);
    slip.y += 10.0;

    let square = Square::of(&payload(manifest));
    let beside = square.as_ref().map_or(0.0, |square| side_of(square) + 2.0);
    let (top, values) = (slip.y, whole - LABELS - beside);
    let texts = [
        safe::short(safe::line(&manifest.dossier), 200),
        safe::short(safe::line(field(dossier, FieldId::ApplicantName)), 200),
        safe::short(safe::line(field(dossier, FieldId::ProjectName)), 200),
        made(manifest).into(),
    ];
    for (label, text) in words.labels.iter().zip(&texts) {
        slip.row(&[Cell::label(LABELS, label), Cell::of(values, text, Face::Song, TEXT)], 24.0);
    }
    let least = (top + beside - slip.y).max(40.0);
    slip.row(&[Cell::label(LABELS, words.code), Cell::of(values, &manifest.code, Face::Mono, 24.0).centered()], least);
    if let Some(square) = &square {
        slip.symbol(square, [WIDTH - MARGIN - beside, top, WIDTH - MARGIN, slip.y]);
    }
    let digest = grouped(&manifest.digest);
    slip.row(&[Cell::label(LABELS, words.digest), Cell::of(whole - LABELS, &digest, Face::Mono, 8.0)], 24.0);
    let ticks: Vec<String> = words.ticks.iter().map(|tick| format!("□ {tick}")).collect();
    let desk = [total(manifest, lang).as_str(), "", &ticks.join("　　"), "", words.sign].join("\n");
    slip.row(&[Cell::label(LABELS, words.desk), Cell::of(whole - LABELS, &desk, Face::Song, TEXT)], 24.0);
    slip.y += 12.0;

    let widths = [36.0, whole - 36.0 - 44.0 - 130.0, 44.0, 130.0];
    let heads: Vec<Cell<'_>> = words.columns.iter().zip(widths).map(|(head, width)| Cell::label(width, head).centered()).collect();
    slip.row(&heads, 0.0);
    for (n, file) in manifest.files.iter().enumerate() {
        let pages = file.pages.map_or_else(|| "—".to_owned(), |pages| pages.to_string());
        let (number, name) = ((n + 1).to_string(), safe::short(safe::line(&file.path), 400));
        let cells = [
            Cell::of(widths[0], &number, Face::Song, TEXT).centered(),
            Cell::of(widths[1], &name, Face::Song, TEXT),
            Cell::of(widths[2], &pages, Face::Song, TEXT).centered(),
            Cell::of(widths[3], short_digest(&file.sha256), Face::Mono, 9.0).centered(),
        ];
        if !slip.has_room(Slip::height(&cells)) {
            slip.new_page();
            slip.row(&heads, 0.0);
        }
        slip.row(&cells, 0.0);
    }
    slip.y += 10.0;
    slip.paragraph(Face::Song, 9.0, words.by_hand, false);
    slip.paragraph(Face::Mono, 8.0, words.command, false);
    slip.paragraph(Face::Hei, 9.0, words.proves, false);
    let id = safe::short(texts[0].as_ref(), 40);
    slip.paper.on_each_page(|paper, n, all| {
        let foot = match lang {
            Lang::Zh => format!("{id}　　第 {n} 页　共 {all} 页"),
            Lang::En => format!("{id}    Page {n} of {all}"),
        };
        paper.text(((WIDTH - Face::Song.width(9.0, &foot)) / 2.0, HEIGHT - 30.0), Face::Song, 9.0, &foot);
    });
    slip.paper.finish(&format!("{} {}", words.title, texts[0]))
}
