//! The elements of OpenDocument that mean something to the reader.
use crate::read::xml::elements;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ns {
    Office,
    Text,
    Table,
    Draw,
    Style,
    Form,
    Svg,
    Field,
    /// LibreOffice's own.
    Loext,
    Presentation,
    Meta,
    Dc,
    Manifest,
    Other,
}

impl Ns {
    pub fn of_uri(uri: &str) -> Self {
        let own = uri.strip_prefix("urn:oasis:names:tc:opendocument:xmlns:").and_then(|rest| rest.split(':').next());
        match (own, uri) {
            (Some("office"), _) => Self::Office,
            (Some("text"), _) => Self::Text,
            (Some("table"), _) => Self::Table,
            (Some("drawing"), _) => Self::Draw,
            (Some("style"), _) => Self::Style,
            (Some("form"), _) => Self::Form,
            (Some("svg-compatible"), _) => Self::Svg,
            (Some("presentation"), _) => Self::Presentation,
            (Some("meta"), _) => Self::Meta,
            (Some("manifest"), _) => Self::Manifest,
            (_, "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0") => Self::Field,
            (_, "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0") => Self::Loext,
            (_, "http://purl.org/dc/elements/1.1/") => Self::Dc,
            _ => Self::Other,
        }
    }

    pub fn of_habit(prefix: &str) -> Self {
        match prefix {
            "office" => Self::Office,
            "text" => Self::Text,
            "table" => Self::Table,
            "draw" => Self::Draw,
            "style" => Self::Style,
            "form" => Self::Form,
            "svg" => Self::Svg,
            "presentation" => Self::Presentation,
            "meta" => Self::Meta,
            "dc" => Self::Dc,
            "field" => Self::Field,
            "loext" => Self::Loext,
            "manifest" => Self::Manifest,
            _ => Self::Other,
        }
    }
}

elements! { El of Ns {
    Office {
        b"automatic-styles" => AutomaticStyles, b"styles" => CommonStyles, b"master-styles" => MasterStyles, b"body" => Body, b"annotation" => Annotation,
        b"font-face-decls" => FontFaces, b"scripts" => Scripts, b"settings" => Settings, b"meta" => MetaData, b"binary-data" => Binary,
    }
    Text {
        b"p" => P, b"h" => H, b"span" => Span, b"s" => Blanks, b"tab" => Tab, b"line-break" => LineBreak, b"soft-page-break" => SoftBreak,
        b"list" => List, b"list-item" => ListItem, b"list-header" => ListHeader, b"number" => Number, b"note" => Note, b"note-citation" => Citation,
        b"note-body" => NoteBody, b"tracked-changes" => Changes, b"section" => Section, b"ruby-text" => RubyText, b"placeholder" => Placeholder,
        b"hidden-text" => HiddenText, b"hidden-paragraph" => HiddenParagraph, b"variable-set" | b"variable-decl" => VariableSet, b"script" => Script,
        b"list-style" => ListStyle, b"outline-style" => OutlineStyle,
        b"list-level-style-number" | b"outline-level-style" => NumberLevel, b"list-level-style-bullet" => BulletLevel, b"list-level-style-image" => ImageLevel,
        b"index-title-template" => TitleTemplate,
        b"table-of-content-source" | b"illustration-index-source" | b"table-index-source" | b"object-index-source" | b"user-index-source"
            | b"alphabetical-index-source" | b"bibliography-source" => IndexSource,
    }
    Table {
        b"table" => Tbl, b"table-row" => Row, b"table-cell" => Cell, b"covered-table-cell" => Covered, b"shapes" => Shapes,
        b"tracked-changes" => TableChanges, b"content-validations" => Validations, b"database-ranges" => Ranges, b"named-expressions" => Expressions,
        b"title" => TableTitle, b"desc" => TableDesc,
    }
    Draw {
        b"page" => Page, b"frame" => Frame, b"text-box" => TextBox, b"image" => Image, b"object" | b"object-ole" => Object, b"g" => Group,
        b"custom-shape" | b"rect" | b"ellipse" | b"circle" | b"polygon" | b"path" | b"caption" | b"line" | b"connector" | b"polyline" => Shape,
        b"control" => Control,
    }
    Style {
        b"style" | b"default-style" => Style, b"text-properties" => TextProperties, b"paragraph-properties" => ParagraphProperties,
        b"table-properties" => TableProperties, b"master-page" => MasterPage, b"font-face" => FontFace,
        b"header" | b"header-left" | b"header-first" => Header, b"footer" | b"footer-left" | b"footer-first" => Footer,
    }
    Form {
        b"checkbox" | b"radio" => FormTick, b"text" | b"textarea" | b"combobox" | b"formatted-text" | b"date" | b"number" => FormText,
        b"listbox" => FormList, b"option" => FormOption, b"forms" => Forms,
    }
    Svg { b"title" => Title, b"desc" => Description }
    Field { b"fieldmark" | b"fieldmark-start" => FieldMark, b"fieldmark-end" => FieldEnd, b"param" => FieldParam }
    Loext {
        b"content-control" => ContentControl, b"table" => ShapeTable, b"table-row" => ShapeRow, b"table-cell" => ShapeCell,
        b"covered-table-cell" => ShapeCovered,
    }
    Presentation { b"notes" => SlideNotes, b"footer" => SlideFooter, b"date-time" => SlideDate }
    Meta { b"document-statistic" => Statistic }
    Dc { b"creator" => Creator, b"date" => Date }
    Manifest { b"encryption-data" => EncryptionData }
} }
