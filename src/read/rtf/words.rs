//! The control words that mean something here.
use super::reader::{Dest, Owns, Reader};
use super::story::Kind;
use crate::read::word::field::Field;
use crate::read::word::flow::End;

/// Fields in fields beyond this are not kept apart.
const MOST_FIELDS: usize = 64;

impl Reader {
    pub(super) fn word(&mut self, word: &str, number: Option<i32>) {
        match word {
            "u" => return self.unicode(number.unwrap_or(0)),
            "uc" => {
                self.now.fallback = u32::try_from(number.unwrap_or(1)).unwrap_or(1).min(64);
                return;
            }
            _ => self.flush(),
        }
        if self.now.dest == Dest::Nowhere {
            return;
        }
        if self.destination(word, number) || self.property(word, number) || self.sign(word) {
            return;
        }
        if std::mem::take(&mut self.now.star) {
            self.now.dest = Dest::Nowhere;
        }
    }

    /// Words that begin a destination; whether it is one.
    fn destination(&mut self, word: &str, number: Option<i32>) -> bool {
        match word {
            "fonttbl" => self.now.dest = Dest::Fonts,
            "stylesheet" => self.now.dest = Dest::Styles,
            "header" | "headerl" | "headerr" | "headerf" => self.begin_story(Kind::Header),
            "footer" | "footerl" | "footerr" | "footerf" => self.begin_story(Kind::Footer),
            "footnote" => self.begin_story(Kind::Footnote),
            "annotation" => self.begin_story(Kind::Comment),
            "shptxt" | "dptxbxtext" => self.begin_story(Kind::TextBox),
            "shp" | "shpinst" | "shpgrp" | "do" | "dptxbx" | "sp" | "sv" => self.now.dest = Dest::Shape,
            "pict" => {
                self.now.dest = Dest::Picture;
                self.now.owns = Owns::Picture;
                self.picture = [0, 0, 100, 100];
            }
            "picwgoal" => self.picture[0] = i64::from(number.unwrap_or(0)),
            "pichgoal" => self.picture[1] = i64::from(number.unwrap_or(0)),
            "picscalex" => self.picture[2] = i64::from(number.unwrap_or(100)),
            "picscaley" => self.picture[3] = i64::from(number.unwrap_or(100)),
            "field" => {
                if self.fields.len() < MOST_FIELDS {
                    self.fields.push(Field::default());
                    self.now.owns = Owns::Field;
                }
            }
            "fldinst" => self.now.dest = Dest::Code,
            "fldrslt" => {
                let printed = self.flow.out.characters;
                if let Some(field) = self.fields.last_mut() {
                    field.result = true;
                    field.printed = printed;
                }
            }
            "formfield" => self.form = (0, None, 0),
            "fftype" | "ffres" | "ffdefres" => {
                match word {
                    "fftype" => self.form.0 = number.unwrap_or(0),
                    "ffres" => self.form.1 = number,
                    _ => self.form.2 = number.unwrap_or(0),
                }
                self.form_state();
            }
            "ffl" => {
                self.now.dest = Dest::Entry;
                self.now.owns = Owns::Entry;
            }
            "listtext" | "pntext" => {
                self.now.dest = Dest::Label;
                self.label.clear();
            }
            "nesttableprops" => self.now.nested_row = true,
            // The same in Unicode and, for older programs, in bytes: the first is told by its own word.
            "upr" => self.now.dest = Dest::Shape,
            "ud" => self.now.dest = Dest::Text,
            "shppict" | "moMath" | "moMathPara" | "mmath" => {}
            "nonshppict" | "shprslt" | "colortbl" | "xe" | "tc" | "txe" | "rxe" | "nonesttables" | "pntxta" | "pntxtb" | "mmathPict" | "template" | "title"
            | "author" | "subject" | "operator" | "keywords" | "comment" | "doccomm" | "manager" | "company" | "category" | "hlinkbase" | "creatim"
            | "revtim" | "printim" | "buptim" | "listname" | "ftnsep" | "ftnsepc" | "ftncn" | "aftnsep" | "aftnsepc" | "aftncn" | "sn" | "fname"
            | "objdata" | "objclass" | "objname" | "filetbl" | "ffname" | "ffdeftext" | "ffformat" | "ffhelptext" | "ffstattext" | "ffentrymcr"
            | "ffexitmcr" => self.now.dest = Dest::Nowhere,
            _ => return false,
        }
        self.now.star = false;
        true
    }

    /// Words that change properties; whether it is one.
    fn property(&mut self, word: &str, number: Option<i32>) -> bool {
        let on = number != Some(0);
        match (word, self.now.dest) {
            ("f", Dest::Fonts) => {
                self.end_font();
                self.font.0 = number.unwrap_or(0);
                self.now.owns = Owns::Font;
            }
            ("fcharset", _) => self.font.1.charset = number,
            ("cpg", _) => self.font.1.code_page = number,
            ("s", Dest::Styles) => {
                self.style.0 = number.unwrap_or(0);
                self.now.owns = Owns::Style;
            }
            ("outlinelevel", Dest::Styles) => self.style.2 = number.and_then(|n| u8::try_from(n).ok()),
            (_, Dest::Fonts | Dest::Styles) => return !matches!(word, "falt" | "panose" | "fontemb" | "cs" | "ts" | "tsrowd" | "keycode"),
            ("ansicpg", _) => self.fonts.code_page = number,
            ("mac", _) => self.fonts.code_page = Some(10_000),
            ("deff", _) => {
                self.default_font = number.unwrap_or(0);
                self.now.font = self.default_font;
            }
            ("f", _) => self.now.font = number.unwrap_or(0),
            ("plain", _) => {
                self.now.font = self.default_font;
                self.now.hidden = false;
                self.now.deleted = false;
            }
            ("v", _) => self.now.hidden = on,
            ("deleted", _) => self.now.deleted = on,
            ("pard", _) => {
                self.now.in_table = false;
                self.now.depth = 0;
                self.now.outline = None;
                self.now.style = 0;
            }
            ("intbl", _) => self.now.in_table = on,
            ("itap", _) => self.now.depth = u32::try_from(number.unwrap_or(0)).unwrap_or(0),
            ("outlinelevel", _) => self.now.outline = number.and_then(|n| u8::try_from(n).ok()),
            ("s", _) => self.now.style = number.unwrap_or(0),
            ("nofpages", _) => self.pages = number.and_then(|n| u32::try_from(n).ok()).filter(|n| *n > 0),
            _ => {
                let row = usize::from(self.now.nested_row);
                return self.rows.get_mut(row).is_some_and(|row| row.word(word, number));
            }
        }
        true
    }

    /// Words that print or end something; whether it is one.
    fn sign(&mut self, word: &str) -> bool {
        match word {
            "par" | "sect" => self.end_paragraph(End::Nothing, self.table_depth(), None),
            "cell" => self.end_paragraph(End::Cell, 1, None),
            "nestcell" => self.end_paragraph(End::Cell, self.table_depth().max(2), None),
            "row" => self.end_paragraph(self.row_end(), 1, Some(0)),
            "nestrow" => self.end_paragraph(self.row_end(), self.table_depth().max(2), Some(1)),
            "line" | "page" | "column" | "softline" => self.print('\n'),
            "tab" => self.print('\t'),
            "emdash" => self.print('—'),
            "endash" => self.print('–'),
            "lquote" => self.print('‘'),
            "rquote" => self.print('’'),
            "ldblquote" => self.print('“'),
            "rdblquote" => self.print('”'),
            "bullet" => self.print('•'),
            "emspace" => self.print('\u{2003}'),
            "enspace" => self.print('\u{2002}'),
            "qmspace" => self.print('\u{2005}'),
            _ => return false,
        }
        true
    }

    fn row_end(&self) -> End {
        if self.now.deleted { End::DeletedRow } else { End::Row }
    }
}
