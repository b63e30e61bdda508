//! `slip.docx`.
use super::{field, grouped, made, payload, qr::Square, short_digest, total, words};
use crate::model::{Dossier, FieldId, Lang, Manifest};
use crate::report::docx::{Cell, Face, Grid, Ink, Line, Margins, PackError, Page};
use crate::report::safe;

const MARGINS: Margins = Margins { top: 1134, right: 1134, bottom: 1134, left: 1134 };
const TEXT: Ink = Ink::new(Face::Fang, 21);
const LABEL: Ink = Ink::new(Face::Hei, 21);
const SMALL: Ink = Ink::new(Face::Fang, 18);
const HEAD: &str = "E7E6E6";

pub fn docx(manifest: &Manifest, dossier: &Dossier, lang: Lang) -> Result<Vec<u8>, PackError> {
    let words = words(lang);
    let mut page = Page::new(words.title, MARGINS, lang);
    page.numbered(&safe::line(&manifest.dossier));
    page.line(Line::of(Ink::new(Face::Hei, 36), words.title).centered().spaced(0, 60));
    page.line(Line::of(Ink::new(Face::Kai, 21), words.bind).centered().spaced(0, 160));

    let mut facts = Grid::new(&[1500, 5400, 2738]);
    let values =
        [safe::line(&manifest.dossier), safe::line(field(dossier, FieldId::ApplicantName)), safe::line(field(dossier, FieldId::ProjectName)), made(manifest)];
    let square = Square::of(&payload(manifest));
    let picture = square.map_or_else(Line::new, |square| {
        let side = square.millimetres();
        Line::new().picture(square.png(12), (side, side), "rIdCode").centered()
    });
    let code = vec![picture];
    for (n, (label, value)) in words.labels.iter().zip(&values).enumerate() {
        let last = if n == 0 { Cell::new(code.clone()).middle().tall_first() } else { Cell::default().tall_rest() };
        facts.row(vec![Cell::of(LABEL, label).fill(HEAD).middle(), Cell::of(TEXT, value).middle(), last]);
    }
    let large = vec![Line::of(Ink::new(Face::Mono, 52).bold(), &manifest.code).centered().spaced(80, 80)];
    facts.row(vec![Cell::of(LABEL, words.code).fill(HEAD).middle(), Cell::new(large).middle(), Cell::default().tall_rest()]);
    facts.row(vec![
        Cell::of(LABEL, words.digest).fill(HEAD).middle(),
        Cell::new(vec![Line::of(Ink::new(Face::Mono, 17), &grouped(&manifest.digest))]).over(2).middle(),
    ]);
    let ticks: Vec<String> = words.ticks.iter().map(|tick| format!("□ {tick}")).collect();
    let desk = vec![
        Line::of(LABEL, &total(manifest, lang)).spaced(40, 60),
        Line::of(Ink::new(Face::Fang, 24), &ticks.join("　　")).spaced(60, 60),
        Line::of(TEXT, words.sign).spaced(60, 40),
    ];
    facts.row(vec![Cell::of(LABEL, words.desk).fill(HEAD).middle(), Cell::new(desk).over(2)]);
    page.grid(facts);
    page.line(Line::new().spaced(0, 60));

    let mut files = Grid::new(&[700, 5600, 900, 2438]);
    files.head(words.columns.iter().map(|word| Cell::new(vec![Line::of(LABEL, word).centered()]).fill(HEAD).middle()).collect());
    for (n, file) in manifest.files.iter().enumerate() {
        let pages = file.pages.map_or_else(|| "—".to_owned(), |pages| pages.to_string());
        files.row(vec![
            Cell::new(vec![Line::of(TEXT, &(n + 1).to_string()).centered()]).middle(),
            Cell::of(TEXT, &safe::line(&file.path)).middle(),
            Cell::new(vec![Line::of(TEXT, &pages).centered()]).middle(),
            Cell::new(vec![Line::of(Ink::new(Face::Mono, 18), short_digest(&file.sha256)).centered()]).middle(),
        ]);
    }
    page.grid(files);
    page.line(Line::of(SMALL, words.by_hand).spaced(160, 0).with_next());
    page.line(Line::of(Ink::new(Face::Mono, 16), words.command).with_next());
    page.line(Line::of(SMALL.bold(), words.proves));
    page.finish(manifest.created.as_deref().and_then(|at| at.get(..10)).unwrap_or_default())
}
