//! Evidence on a page: its place, its words, and the excerpt that opens beside it.
use super::parts::{percent, shown};
use crate::model::{Evidence, Lang};
use crate::report::excerpt::{Excerpt, Excerpts, Passage};
use crate::report::output::PICTURES;
use crate::report::safe;
use crate::report::words::{self, pick};
use maud::{Markup, html};

/// Characters of a quote beside its place; the excerpt has all of it.
const QUOTE: usize = 120;
/// Places listed under one finding; more are counted.
const PLACES: usize = 40;

/// Where evidence leads to.
pub struct Shelf<'a> {
    pub excerpts: &'a Excerpts,
    pub folder_of: &'a dyn Fn(&str) -> Option<String>,
    pub lang: Lang,
}

impl Shelf<'_> {
    /// A place that opens its excerpt, or leads to the other dossier.
    pub fn place(&self, at: &Evidence) -> Markup {
        let place = words::place(at, self.lang);
        let place = shown(&place);
        html! {
            @match (at.dossier.as_deref().and_then(self.folder_of), self.excerpts.of(at)) {
                (Some(folder), _) => a href=(format!("../{}/report.html", percent(&folder))) { (place) },
                (None, Some(n)) => a.see href=(format!("#x{}", n + 1)) { (place) },
                (None, None) => (place),
            }
        }
    }

    /// Place and quote.
    pub fn evidence(&self, at: &Evidence) -> Markup {
        html! { (self.place(at)) @if let Some(quote) = &at.quote { " " q { (safe::short(shown(quote), QUOTE)) } } }
    }

    /// Each place once, however many answers lean on it; many places are counted.
    pub fn list(&self, evidence: &[Evidence]) -> Markup {
        let mut listed: Vec<&Evidence> = Vec::new();
        let mut more = 0;
        for at in evidence {
            match listed.contains(&at) {
                true => {}
                false if listed.len() < PLACES => listed.push(at),
                false => more += 1,
            }
        }
        html! {
            @if !evidence.is_empty() { ul.evidence {
                @for at in listed { li { (self.evidence(at)) } }
                @if more > 0 { li.soft { (pick(self.lang, "另有依据（处）：", "further places: ")) (more) } }
            } }
        }
    }

    /// Every excerpt, once: where pages run no script, places lead here.
    pub fn section(&self) -> Markup {
        html! {
            @if !self.excerpts.all().is_empty() {
                section #excerpts aria-label=(pick(self.lang, "原文摘录", "Excerpts")) {
                    h2 { (pick(self.lang, "原文摘录", "Excerpts")) }
                    @for (n, (at, excerpt)) in self.excerpts.all().iter().enumerate() { (self.figure(n, at, excerpt)) }
                }
            }
        }
    }

    fn figure(&self, n: usize, at: &Evidence, excerpt: &Excerpt) -> Markup {
        let place = words::place(at, self.lang);
        let place = shown(&place);
        html! {
            figure.excerpt id=(format!("x{}", n + 1)) {
                figcaption {
                    span { (place) }
                    @if let Excerpt::Picture { name, .. } = excerpt { a href=(format!("{PICTURES}/{name}")) target="_blank" rel="noopener" { (pick(self.lang, "单独打开图像", "open the picture alone")) } }
                }
                @match excerpt {
                    Excerpt::Paragraphs(passages) => div.words { @for p in passages { p.near[p.marked.is_empty() && passages.len() > 1] { (words_of(p)) } } },
                    Excerpt::Rows(rows) => div.words tabindex="0" role="group" aria-label=(place) { table role="presentation" { tbody { @for row in rows { tr {
                        @for cell in row { td colspan=[(cell.columns > 1).then_some(cell.columns)] { (words_of(cell)) } }
                    } } } } },
                    Excerpt::Picture { name, width, height, mark } => div.sheet tabindex="0" role="group" aria-label=(place) { div {
                        img src=(format!("{PICTURES}/{name}")) width=(width) height=(height) loading="lazy" alt=(self.alt(at, &place));
                        @if let Some([x, y, w, h]) = mark { span.here style=(format!("left:{x:.2}%;top:{y:.2}%;width:{w:.2}%;height:{h:.2}%")) {} }
                    } },
                }
            }
        }
    }

    fn alt(&self, at: &Evidence, place: &str) -> String {
        match &at.quote {
            Some(quote) => format!("{place}{}{}", pick(self.lang, "的图像，标出的文字：", ", picture; marked: "), safe::short(shown(quote), QUOTE)),
            None => format!("{place}{}", pick(self.lang, "的图像", ", picture")),
        }
    }
}

fn words_of(p: &Passage) -> Markup {
    html! { (lines(&p.before)) @if !p.marked.is_empty() { mark { (lines(&p.marked)) } } (lines(&p.after)) }
}

/// Line breaks stay; everything else as on the rest of the page.
fn lines(text: &str) -> String {
    text.split('\n').map(shown).collect::<Vec<_>>().join("\n")
}
