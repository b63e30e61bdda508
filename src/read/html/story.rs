//! The elements of a page to blocks, in one walk over the tree without recursion.
use super::style::{self, folded, hides};
use crate::model::BlockKind;
use crate::read::symbol_font::{SymbolFont, shown};
use crate::read::word::numfmt;
use crate::read::word::pictures::is_page_like;
use crate::read::word::tree::Tree;
use scraper::node::Element;
use scraper::{Html, Node};
use std::collections::HashSet;

/// What ends with an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ends {
    Nothing,
    Paragraph,
    /// A paragraph that counts although it is empty.
    OwnParagraph,
    Item,
    List,
    Cell,
    Row,
    Table,
    Beside,
    Label,
}

#[derive(Debug, Clone, Copy, Default)]
struct Run {
    font: SymbolFont,
    /// White space stays as it is.
    kept: bool,
    heading: bool,
}

#[derive(Debug)]
struct List {
    /// Word's name of the number format; none for bullets.
    format: Option<&'static str>,
    plain: bool,
    next: u32,
}

pub(super) struct Story {
    pub tree: Tree,
    hidden: HashSet<String>,
    run: Run,
    open: Vec<(Ends, Run)>,
    lists: Vec<List>,
    label: Option<String>,
    /// The label in the making, where the file marks it as one.
    marked: Option<String>,
    /// What is printed next follows white space.
    blank: bool,
    /// A paragraph was begun since the last `p`.
    begun: bool,
    pub large_pictures: u32,
}

impl Story {
    pub fn new(tree: Tree) -> Self {
        Self {
            tree,
            hidden: HashSet::new(),
            run: Run::default(),
            open: Vec::new(),
            lists: Vec::new(),
            label: None,
            marked: None,
            blank: true,
            begun: false,
            large_pictures: 0,
        }
    }

    /// Reads a page; `styles` are its style rules.
    pub fn page(&mut self, html: &Html, styles: &str) {
        self.hidden = style::hidden(styles);
        let root = html.tree.root();
        let mut node = root;
        loop {
            if self.tree.out.over.is_some() {
                break;
            }
            let into = match node.value() {
                Node::Element(element) => self.begin(element, || options(&node)),
                Node::Text(text) => {
                    self.print(text);
                    false
                }
                _ => true,
            };
            if into && let Some(child) = node.first_child() {
                node = child;
                continue;
            }
            if into {
                self.end(node.value());
            }
            // Up to the next node that has a sibling.
            let next = loop {
                if let Some(next) = node.next_sibling() {
                    break Some(next);
                }
                match node.parent() {
                    Some(parent) if parent.id() != root.id() => {
                        node = parent;
                        self.end(node.value());
                    }
                    _ => break None,
                }
            };
            let Some(next) = next else { break };
            node = next;
        }
        self.break_paragraph();
    }

    // Elements.

    /// Whether to go into the element, which is ended then.
    fn begin(&mut self, element: &Element, options: impl Fn() -> String) -> bool {
        let name = element.name();
        let style = element.attr("style").map(folded).unwrap_or_default();
        if self.is_hidden(element, &style) || is_skipped(element, &style) {
            return false;
        }
        let mut ends = Ends::Nothing;
        let before = self.run;
        match name {
            "br" if self.tree.in_paragraph() || self.marked.is_some() => {
                self.tree.trim_end(&[' ']);
                self.sign("\n");
                self.blank = true;
            }
            "br" => {}
            "p" => {
                self.break_paragraph();
                self.begun = false;
                ends = Ends::OwnParagraph;
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.break_paragraph();
                self.run.heading = true;
                ends = Ends::Paragraph;
            }
            "pre" | "textarea" => {
                if name == "pre" {
                    self.break_paragraph();
                    ends = Ends::Paragraph;
                }
                self.run.kept = true;
            }
            "ul" | "ol" | "menu" | "dir" => {
                self.break_paragraph();
                self.lists.push(list(element, &style));
                ends = Ends::List;
            }
            "li" => {
                self.break_paragraph();
                self.label = self.next_label(element);
                ends = Ends::Item;
            }
            "table" => {
                self.break_paragraph();
                self.tree.begin_table();
                ends = Ends::Table;
            }
            "tr" => {
                self.break_paragraph();
                self.tree.begin_row();
                ends = Ends::Row;
            }
            "td" | "th" => {
                self.break_paragraph();
                let span = |name: &str| element.attr(name).and_then(|n| n.trim().parse::<u32>().ok()).unwrap_or(1);
                // No rows means down to the end.
                let rows = if span("rowspan") == 0 { u32::MAX } else { span("rowspan") };
                self.tree.begin_cell((rows, span("colspan")), true);
                self.run.heading = false;
                ends = Ends::Cell;
            }
            "input" => self.input(element),
            "select" => {
                self.text(&options());
                return false;
            }
            "img" => self.picture(element, &style),
            "comment" => {
                self.tree.begin_beside(BlockKind::Comment);
                ends = Ends::Beside;
            }
            _ if is_block(name) => {
                self.break_paragraph();
                ends = Ends::Paragraph;
                if let Some(kind) = beside(element, &style) {
                    self.tree.begin_beside(kind);
                    ends = Ends::Beside;
                }
            }
            _ => {}
        }
        let face = element.attr("face").or_else(|| style::value(&style, "font-family"));
        if let Some(face) = face {
            self.run.font = style::font(face);
        }
        if style.contains("white-space:pre") {
            self.run.kept = true;
        }
        if style::value(&style, "mso-list") == Some("ignore") && self.marked.is_none() {
            self.marked = Some(String::new());
            ends = Ends::Label;
        }
        self.open.push((ends, before));
        true
    }

    fn end(&mut self, node: &Node) {
        if !node.is_element() {
            return;
        }
        let Some((ends, run)) = self.open.pop() else { return };
        match ends {
            Ends::Nothing => {}
            Ends::Paragraph => self.break_paragraph(),
            Ends::OwnParagraph => {
                self.break_paragraph();
                if !std::mem::replace(&mut self.begun, true) {
                    self.tree.begin_paragraph();
                    self.tree.end_paragraph(self.label.take(), self.run.heading);
                }
            }
            Ends::Item => {
                self.break_paragraph();
                if let Some(label) = self.label.take() {
                    self.tree.begin_paragraph();
                    self.tree.end_paragraph(Some(label), false);
                }
            }
            Ends::List => {
                self.break_paragraph();
                self.lists.pop();
            }
            Ends::Cell => {
                self.break_paragraph();
                self.tree.end_cell();
            }
            Ends::Row => {
                self.break_paragraph();
                self.tree.end_row();
            }
            Ends::Table => {
                self.break_paragraph();
                self.tree.end_table();
            }
            Ends::Beside => {
                self.break_paragraph();
                self.tree.end_beside();
            }
            Ends::Label => {
                let label = self.marked.take().unwrap_or_default();
                let label = label.trim_matches([' ', '\u{a0}', '\n']);
                self.label = Some(label.to_owned()).filter(|l| !l.is_empty());
            }
        }
        self.run = run;
    }

    fn is_hidden(&self, element: &Element, style: &str) -> bool {
        hides(style)
            || element.attr("hidden").is_some()
            || (!self.hidden.is_empty()
                && (element.classes().any(|class| self.hidden.contains(&format!(".{class}")))
                    || element.id().is_some_and(|id| self.hidden.contains(&format!("#{id}")))))
    }

    fn next_label(&mut self, element: &Element) -> Option<String> {
        let list = self.lists.last_mut()?;
        if let Some(value) = element.attr("value").and_then(|v| v.trim().parse().ok()) {
            list.next = value;
        }
        let number = list.next;
        list.next = number.saturating_add(1);
        if list.plain {
            return None;
        }
        Some(match list.format {
            Some(format) => format!("{}.", numfmt::number(format, number)),
            None => "•".to_owned(),
        })
    }

    fn input(&mut self, element: &Element) {
        let kind = element.attr("type").unwrap_or("text").trim().to_ascii_lowercase();
        match kind.as_str() {
            "checkbox" | "radio" => self.sign(if element.attr("checked").is_some() { "☑" } else { "☐" }),
            "hidden" | "submit" | "button" | "reset" | "image" | "password" | "file" | "range" | "color" => {}
            _ => self.text(element.attr("value").unwrap_or_default()),
        }
    }

    fn picture(&mut self, element: &Element, style: &str) {
        let pixels = |name: &str| {
            let given = style::value(style, name).or_else(|| element.attr(name)).unwrap_or_default();
            let digits = given.trim().trim_end_matches("px");
            digits.parse::<f64>().map_or(0, |n| (n * 15.0) as i64)
        };
        if is_page_like(pixels("width"), pixels("height")) {
            self.large_pictures += 1;
        }
        self.tree.picture();
    }

    // Text.

    /// Prints text as it stands in the page: white space is one blank, however much there is.
    fn print(&mut self, text: &str) {
        let mut line = String::with_capacity(text.len());
        let mut blank = self.blank || !(self.tree.in_paragraph() || self.marked.is_some());
        for c in text.chars() {
            match c {
                '\r' => {}
                '\n' | '\t' | ' ' if self.run.kept => line.push(c),
                ' ' | '\t' | '\n' | '\x0C' => {
                    if !std::mem::replace(&mut blank, true) {
                        line.push(' ');
                    }
                }
                // Marks of places where a word may be parted are not seen.
                '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
                c => {
                    blank = false;
                    line.push(shown(self.run.font, c));
                }
            }
        }
        if line.is_empty() {
            return;
        }
        self.sign(&line);
        self.blank = blank;
    }

    /// Prints a value of a form, as it stands.
    fn text(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.sign(text.trim());
        }
    }

    fn sign(&mut self, text: &str) {
        self.blank = false;
        if let Some(label) = &mut self.marked {
            if label.len() < 255 {
                label.push_str(text);
            }
            return;
        }
        self.begun = true;
        self.tree.print(text);
    }

    fn break_paragraph(&mut self) {
        self.blank = true;
        if !self.tree.in_paragraph() {
            return;
        }
        let empty = self.tree.text().chars().all(|c| matches!(c, ' ' | '\u{a0}' | '\n' | '\t'));
        if empty {
            self.tree.trim_end(&[' ', '\u{a0}', '\n', '\t']);
        } else {
            self.tree.trim_end(&[' ', '\n']);
        }
        // An item's number waits for its first words.
        let label = if empty { None } else { self.label.take() };
        self.tree.end_paragraph(label, self.run.heading);
    }
}

fn list(element: &Element, style: &str) -> List {
    let kind = style::value(style, "list-style-type").or_else(|| element.attr("type"));
    let ordered = element.name() == "ol";
    let format = match kind {
        Some("a" | "lower-alpha" | "lower-latin") => Some("lowerLetter"),
        Some("A" | "upper-alpha" | "upper-latin") => Some("upperLetter"),
        Some("i" | "lower-roman") => Some("lowerRoman"),
        Some("I" | "upper-roman") => Some("upperRoman"),
        Some("cjk-ideographic" | "simp-chinese-informal") => Some("chineseCountingThousand"),
        Some("disc" | "circle" | "square") => None,
        _ => Some("decimal").filter(|_| ordered),
    };
    let start = element.attr("start").and_then(|s| s.trim().parse().ok()).unwrap_or(1);
    let plain = kind == Some("none") || style::value(style, "list-style").is_some_and(|s| s.contains("none"));
    List { format, plain, next: start }
}

/// A node of the tree.
type Dom<'a> = <scraper::ElementRef<'a> as std::ops::Deref>::Target;

/// Options looked at.
const MOST_OPTIONS: usize = 10_000;

/// The text of the options chosen in a list, or of the first.
fn options(list: &Dom) -> String {
    let all = || list.descendants().take(MOST_OPTIONS).filter(|n| n.value().as_element().is_some_and(|e| e.name() == "option"));
    let selected: Vec<_> = all().filter(|n| n.value().as_element().is_some_and(|e| e.attr("selected").is_some())).collect();
    let chosen = if selected.is_empty() { all().take(1).collect() } else { selected };
    let words = |n: &Dom| n.descendants().filter_map(|d| d.value().as_text().map(|t| t.trim().to_owned())).collect::<String>();
    chosen.iter().map(words).collect::<Vec<_>>().join("、")
}

/// What is no text, or text of something else.
fn is_skipped(element: &Element, style: &str) -> bool {
    let name = element.name();
    if matches!(
        name,
        "head"
            | "script"
            | "style"
            | "title"
            | "template"
            | "svg"
            | "object"
            | "embed"
            | "audio"
            | "video"
            | "canvas"
            | "button"
            | "rt"
            | "rp"
            | "del"
            | "datalist"
    ) {
        return true;
    }
    // The signs that lead to notes and comments are not text, as in Word's own formats.
    let anchors = ["sdfootnoteanc", "sdendnoteanc", "sdfootnotesym", "sdendnotesym", "msocomanchor", "msocomoff", "MsoCommentReference"];
    element.classes().any(|class| anchors.contains(&class))
        || style.contains("mso-footnote-id:")
        || style.contains("mso-endnote-id:")
        || style.contains("mso-special-character:comment")
        || style::value(style, "mso-element").is_some_and(|e| e.contains("separator"))
}

/// Notes, comments, headers and footers, as Word and LibreOffice mark them.
fn beside(element: &Element, style: &str) -> Option<BlockKind> {
    match style::value(style, "mso-element") {
        Some("footnote" | "endnote") => return Some(BlockKind::Footnote),
        Some("comment") => return Some(BlockKind::Comment),
        Some("header") => return Some(BlockKind::Header),
        Some("footer") => return Some(BlockKind::Footer),
        _ => {}
    }
    let note = |id: &str| (id.starts_with("sdfootnote") || id.starts_with("sdendnote")) && id.ends_with(|c: char| c.is_ascii_digit());
    match element.attr("title") {
        Some("header") => Some(BlockKind::Header),
        Some("footer") => Some(BlockKind::Footer),
        _ => element.id().is_some_and(note).then_some(BlockKind::Footnote),
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "html"
            | "body"
            | "div"
            | "blockquote"
            | "address"
            | "dl"
            | "dt"
            | "dd"
            | "center"
            | "fieldset"
            | "legend"
            | "section"
            | "article"
            | "aside"
            | "header"
            | "footer"
            | "main"
            | "nav"
            | "figure"
            | "figcaption"
            | "hr"
            | "caption"
            | "thead"
            | "tbody"
            | "tfoot"
            | "details"
            | "summary"
            | "dialog"
            | "optgroup"
            | "w:sdt"
    )
}
