//! File name endings and the formats they promise.
use crate::model::Format;

/// Endings that fit a format; empty where any name will do.
pub fn endings(format: Format) -> &'static [&'static str] {
    match format {
        Format::Docx => &["docx", "docm", "dotx", "dotm", "wps"],
        Format::Pdf => &["pdf"],
        Format::Xlsx => &["xlsx", "xlsm", "xlsb", "xltx", "et"],
        Format::Xls => &["xls", "xlt", "et"],
        Format::Doc => &["doc", "dot", "wps", "wpt"],
        Format::Wps => &["wps", "wpt", "doc"],
        Format::Et => &["et", "ett", "xls"],
        Format::Rtf => &["rtf", "doc"],
        Format::Html => &["html", "htm", "mht", "mhtml"],
        Format::Mht => &["mht", "mhtml", "html", "htm"],
        Format::WordXml => &["xml"],
        Format::Odt => &["odt", "ott", "fodt"],
        Format::Ods => &["ods", "ots", "fods"],
        Format::Odp => &["odp", "otp", "fodp"],
        Format::SheetXml => &["xml"],
        Format::Pptx => &["pptx", "pptm", "ppsx", "potx", "dps"],
        Format::Ppt => &["ppt", "pps", "dps"],
        Format::Ofd => &["ofd"],
        Format::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
        Format::Png => &["png"],
        Format::Tiff => &["tif", "tiff"],
        Format::Bmp => &["bmp", "dib"],
        Format::Gif => &["gif"],
        Format::Webp => &["webp"],
        Format::Zip => &["zip"],
        Format::Sevenz => &["7z"],
        Format::Rar => &["rar"],
        Format::Tar => &["tar"],
        Format::Gz => &["gz", "tgz"],
        Format::Eml => &["eml"],
        Format::Msg => &["msg"],
        Format::Csv | Format::Txt | Format::Empty | Format::Unknown => &[],
    }
}

/// Whether an ending (lower case, without the dot) promises a format that is read or opened.
pub fn is_known_ending(ending: &str) -> bool {
    const ALL: [Format; 30] = [
        Format::Docx,
        Format::Pdf,
        Format::Xlsx,
        Format::Xls,
        Format::Doc,
        Format::Wps,
        Format::Et,
        Format::Rtf,
        Format::Html,
        Format::Mht,
        Format::WordXml,
        Format::Odt,
        Format::Ods,
        Format::Odp,
        Format::SheetXml,
        Format::Pptx,
        Format::Ppt,
        Format::Ofd,
        Format::Jpeg,
        Format::Png,
        Format::Tiff,
        Format::Bmp,
        Format::Gif,
        Format::Webp,
        Format::Zip,
        Format::Sevenz,
        Format::Rar,
        Format::Tar,
        Format::Eml,
        Format::Msg,
    ];
    ALL.into_iter().any(|format| endings(format).contains(&ending))
}
