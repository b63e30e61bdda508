//! `slip.docx`.
use super::{field, grouped, made, payload, qr::Square, short_digest, total, words};
use crate::model::{Dossier, FieldId, Lang, Manifest};
use crate::report::docx::{Cell, Face, Grid, Ink, Line, Margins, PackError, Page, Picture, Sheet};
use crate::report::safe;

const MARGINS: Margins = Margins { top: 1134, right: 1134, bottom: 1134, left: 1134 };
const TEXT: Ink = Ink::new(Face::Fang, 21);
const LABEL: Ink = Ink::new(Face::Hei, 21);
const SMALL: Ink = Ink::new(Face::Fang, 18);
const TITLE: Ink = Ink::new(Face::Hei, 36);
const BIND: Ink = Ink::new(Face::Kai, 21);
const CODE: Ink = Ink::new(Face::Mono, 52).bold();
const DIGEST: Ink = Ink::new(Face::Mono, 17);
const TICKS: Ink = Ink::new(Face::Fang, 24);
const SHORT_DIGEST: Ink = Ink::new(Face::Mono, 18);
const COMMAND: Ink = Ink::new(Face::Mono, 16);
const PROVES: Ink = SMALL.bold();
const HEAD: &str = "E7E6E6";

pub fn docx(manifest: &Manifest, dossier: &Dossier, lang: Lang) -> Result<Vec<u8>, PackError> {
    let words = words(lang);
    let code = Square::of(&payload(manifest)).map(|square| Picture { png: square.png(12), size: (square.millimetres(), square.millimetres()) });
    let sheet = Sheet::new(MARGINS, &[TEXT, LABEL, SMALL, TITLE, BIND, CODE, DIGEST, TICKS, SHORT_DIGEST, COMMAND, PROVES], code)?;
    let mut page = Page::new(&sheet, words.title, lang);
    page.numbered(&safe::line(&manifest.dossier));
    page.line(Line::of(TITLE, words.title).centered().spaced(0, 60));
    page.line(Line::of(BIND, words.bind).centered().spaced(0, 160));

    let mut facts = Grid::new(&[1500, 5400, 2738]);
    let values = [
        safe::line(&manifest.dossier),
        safe::line(field(dossier, FieldId::ApplicantName)),
        safe::line(field(dossier, FieldId::ProjectName)),
        made(manifest).into(),
    ];
    for (n, (label, value)) in words.labels.iter().zip(&values).enumerate() {
        let last = if n == 0 { Cell::new(vec![page.picture().centered()]).middle().tall_first() } else { Cell::default().tall_rest() };
        facts.row(vec![Cell::of(LABEL, label).fill(HEAD).middle(), Cell::of(TEXT, value).middle(), last]);
    }
    let large = vec![Line::of(CODE, &manifest.code).centered().spaced(80, 80)];
    facts.row(vec![Cell::of(LABEL, words.code).fill(HEAD).middle(), Cell::new(large).middle(), Cell::default().tall_rest()]);
    facts.row(vec![Cell::of(LABEL, words.digest).fill(HEAD).middle(), Cell::new(vec![Line::of(DIGEST, &grouped(&manifest.digest))]).over(2).middle()]);
    let ticks: Vec<String> = words.ticks.iter().map(|tick| format!("□ {tick}")).collect();
    let desk = vec![
        Line::of(LABEL, &total(manifest, lang)).spaced(40, 60),
        Line::of(TICKS, &ticks.join("　　")).spaced(60, 60),
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
            Cell::new(vec![Line::of(SHORT_DIGEST, short_digest(&file.sha256)).centered()]).middle(),
        ]);
    }
    page.grid(files);
    page.line(Line::of(SMALL, words.by_hand).spaced(160, 0).with_next());
    page.line(Line::of(COMMAND, words.command).with_next());
    page.line(Line::of(PROVES, words.proves));
    page.finish(manifest.created.as_deref().and_then(|at| at.get(..10)).unwrap_or_default())
}
