//! The CJK face of this system, for PDFs that name a Chinese font and do not bring it.
use fontdb::{Database, Family, Query};

/// Families that have the characters of GB 18030, common ones first.
const FAMILIES: [&str; 14] = [
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "SimSun",
    "Songti SC",
    "STSong",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "AR PL UMing CN",
    "AR PL SungtiL GB",
    "Droid Sans Fallback",
];

/// A font file and the face's place in it.
pub type Face = (Vec<u8>, u32);

/// The first of the known families that this system has.
pub fn of_system() -> Option<Face> {
    let mut fonts = Database::new();
    fonts.load_system_fonts();
    FAMILIES.iter().find_map(|name| {
        let id = fonts.query(&Query { families: &[Family::Name(name)], ..Query::default() })?;
        fonts.with_face_data(id, |data, index| (data.to_vec(), index))
    })
}
