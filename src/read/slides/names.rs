//! The elements of presentations that mean something to the reader.
use crate::read::xml::elements;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ns {
    Slide,
    Drawing,
    Compat,
    Diagram,
    Chart,
    Other,
}

impl Ns {
    pub fn of_uri(uri: &str) -> Self {
        match uri {
            "http://schemas.openxmlformats.org/presentationml/2006/main" | "http://purl.oclc.org/ooxml/presentationml/main" => Self::Slide,
            "http://schemas.openxmlformats.org/drawingml/2006/main" | "http://purl.oclc.org/ooxml/drawingml/main" => Self::Drawing,
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Self::Compat,
            "http://schemas.openxmlformats.org/drawingml/2006/diagram" | "http://purl.oclc.org/ooxml/drawingml/diagram" => Self::Diagram,
            "http://schemas.openxmlformats.org/drawingml/2006/chart" | "http://purl.oclc.org/ooxml/drawingml/chart" => Self::Chart,
            _ => Self::Other,
        }
    }

    pub fn of_habit(prefix: &str) -> Self {
        match prefix {
            "p" => Self::Slide,
            "a" => Self::Drawing,
            "mc" => Self::Compat,
            "dgm" => Self::Diagram,
            "c" => Self::Chart,
            _ => Self::Other,
        }
    }
}

elements! { El of Ns {
    Slide {
        b"sldId" => SlideId, b"sld" => Slide, b"sp" => Shape, b"cxnSp" => Connector, b"cNvPr" => ShapeName, b"ph" => Placeholder,
        b"txBody" => Body, b"pic" => Picture, b"graphicFrame" => Frame, b"oleObj" => OleObject, b"extLst" => Extensions,
    }
    Drawing {
        b"p" => P, b"r" => R, b"t" => T, b"br" => Br, b"fld" => Field, b"pPr" => PPr, b"buChar" => Bullet, b"buAutoNum" => AutoNumber, b"buNone" => NoBullet,
        b"tbl" => Tbl, b"tr" => Row, b"tc" => Cell, b"ext" => Extent, b"latin" => Latin, b"sym" => Sym, b"rPr" => RPr, b"buFont" => BulletFont,
    }
    Compat { b"AlternateContent" => Alternate, b"Choice" => Choice, b"Fallback" => Fallback }
    Diagram { b"relIds" => DiagramIds }
    Chart { b"chart" => ChartRef }
} }
