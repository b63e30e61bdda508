//! The elements that mean something to the reader, told apart by namespace and local name.
use crate::read::xml::elements;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum Ns {
    Word,
    /// Word's extensions of 2010 and later.
    Word14,
    Math,
    Vml,
    Drawing,
    WordDrawing,
    Compat,
    Diagram,
    Chart,
    Office,
    /// Changes and comments of Word 2003.
    Annotation,
    /// What Word 2003 worked out itself, for programs that only show.
    Hint,
    Other,
}

impl Ns {
    /// By URI; transitional and strict (`purl.oclc.org`) names are the same thing.
    pub fn of_uri(uri: &str) -> Self {
        match uri {
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main"
            | "http://schemas.microsoft.com/office/word/2003/wordml" => Self::Word,
            "http://schemas.openxmlformats.org/officeDocument/2006/math" | "http://purl.oclc.org/ooxml/officeDocument/math" => Self::Math,
            "http://schemas.openxmlformats.org/drawingml/2006/main" | "http://purl.oclc.org/ooxml/drawingml/main" => Self::Drawing,
            "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
            | "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing"
            | "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing" => Self::WordDrawing,
            "http://schemas.openxmlformats.org/drawingml/2006/diagram" | "http://purl.oclc.org/ooxml/drawingml/diagram" => Self::Diagram,
            "http://schemas.openxmlformats.org/drawingml/2006/chart" | "http://purl.oclc.org/ooxml/drawingml/chart" => Self::Chart,
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Self::Compat,
            "urn:schemas-microsoft-com:vml" => Self::Vml,
            "urn:schemas-microsoft-com:office:office" => Self::Office,
            "http://schemas.microsoft.com/aml/2001/core" => Self::Annotation,
            "http://schemas.microsoft.com/office/word/2003/auxHint" => Self::Hint,
            _ if uri.starts_with("http://schemas.microsoft.com/office/word/20") && uri.contains("/wordml") => Self::Word14,
            _ => Self::Other,
        }
    }

    /// What an undeclared prefix means by habit; files put together by hand forget declarations.
    pub fn of_habit(prefix: &str) -> Self {
        match prefix {
            "w" => Self::Word,
            "w14" | "w15" | "w16se" => Self::Word14,
            "m" => Self::Math,
            "v" => Self::Vml,
            "a" => Self::Drawing,
            "wp" | "wp14" => Self::WordDrawing,
            "mc" => Self::Compat,
            "dgm" => Self::Diagram,
            "c" => Self::Chart,
            "o" => Self::Office,
            "aml" => Self::Annotation,
            "wx" => Self::Hint,
            _ => Self::Other,
        }
    }
}

elements! { pub(in crate::read) enum El of Ns {
    Word {
        b"p" => P, b"pPr" => PPr, b"r" => R, b"rPr" => RPr, b"t" => T, b"delText" => DelText,
        b"instrText" => InstrText, b"delInstrText" => DelInstrText,
        b"tab" => Tab, b"ptab" => PTab, b"br" => Br, b"cr" => Cr, b"noBreakHyphen" => NoBreakHyphen,
        b"sym" => Sym, b"lastRenderedPageBreak" => RenderedBreak,
        b"fldChar" => FldChar, b"fldSimple" => FldSimple, b"checkBox" => FormCheckBox, b"checked" => FormChecked,
        b"default" => FormDefault, b"ddList" => FormList, b"result" => FormResult, b"listEntry" => FormEntry,
        b"tbl" => Tbl, b"tblPr" => TblPr, b"tblGrid" => TblGrid, b"tr" => Tr, b"trPr" => TrPr, b"tc" => Tc, b"tcPr" => TcPr,
        b"gridSpan" => GridSpan, b"vMerge" | b"vmerge" => VMerge, b"hMerge" | b"hmerge" => HMerge, b"gridBefore" => GridBefore, b"cellDel" => CellDel,
        b"hidden" => Hidden,
        b"sdt" => Sdt, b"sdtPr" => SdtPr, b"sdtContent" => SdtContent, b"showingPlcHdr" => Placeholder,
        b"ins" => Ins, b"del" => Del, b"moveFrom" => MoveFrom, b"moveTo" => MoveTo,
        b"rPrChange" => RPrChange, b"pPrChange" => PPrChange, b"tblPrChange" => TblPrChange, b"tblGridChange" => TblGridChange,
        b"trPrChange" => TrPrChange, b"tcPrChange" => TcPrChange, b"sectPrChange" => SectPrChange, b"tblPrExChange" => TblPrExChange,
        b"vanish" => Vanish, b"specVanish" => SpecVanish, b"rFonts" => RFonts, b"rStyle" => RStyle, b"pStyle" => PStyle,
        b"numPr" | b"listPr" => NumPr, b"ilvl" => ILvl, b"numId" | b"ilfo" => NumId, b"outlineLvl" => OutlineLvl,
        b"framePr" => FramePr, b"sectPr" => SectPr, b"type" => Type,
        b"headerReference" => HeaderReference, b"footerReference" => FooterReference,
        b"footnoteReference" => FootnoteReference, b"endnoteReference" => EndnoteReference, b"commentReference" => CommentReference,
        b"object" => Object, b"txbxContent" => TextBox, b"rt" => RubyText, b"altChunk" => AltChunk, b"subDoc" => SubDoc,
        b"footnote" => Footnote, b"endnote" => Endnote, b"comment" => Comment,
        b"style" => Style, b"name" => Name, b"basedOn" => BasedOn, b"docDefaults" => DocDefaults,
        b"abstractNum" | b"listDef" => AbstractNum, b"num" | b"list" => Num, b"abstractNumId" | b"ilst" => AbstractNumId, b"lvl" => Lvl, b"lvlOverride" => LvlOverride,
        b"startOverride" => StartOverride, b"start" => Start, b"numFmt" => NumFmt, b"nfc" => NumCode, b"lvlText" => LvlText, b"lvlRestart" => LvlRestart,
        b"isLgl" => IsLgl, b"numStyleLink" | b"listStyleLink" => NumStyleLink, b"lvlPicBulletId" => PicBullet,
        // Only Word 2003 has these within the one file.
        b"body" => Body, b"styles" => StylesPart, b"lists" => ListsPart, b"docPr" => DocProperties, b"hdr" => HeaderText, b"ftr" => FooterText,
    }
    Word14 { b"checkbox" => CheckBox, b"checked" => Checked, b"symEx" => SymEx }
    Math {
        b"r" => MathRun, b"t" => MathText, b"den" => Denominator, b"d" => Delimiters, b"begChr" => BeginSign, b"endChr" => EndSign,
        b"sepChr" => BetweenSign, b"e" => MathBase, b"nary" => Nary, b"naryPr" => NaryPr, b"chr" => NarySign, b"sub" => MathSub, b"rad" => Radical,
    }
    Vml { b"imagedata" => ImageData, b"textpath" => TextPath, b"shape" => Shape, b"rect" => ShapeRect }
    Drawing { b"blip" => Blip, b"t" => DrawingText, b"p" => DrawingParagraph }
    WordDrawing { b"extent" => Extent, b"inline" => Inline, b"anchor" => Anchor }
    Compat { b"AlternateContent" => Alternate, b"Choice" => Choice, b"Fallback" => Fallback }
    Diagram { b"relIds" => DiagramIds }
    Office { b"OLEObject" => OleObject }
    Annotation { b"annotation" => Annotation }
    Hint { b"t" => ListText }
    Chart { b"chart" => ChartRef, b"strCache" => ChartTexts, b"v" => ChartValue }
} }
