//! Look-alikes told apart by what they stand in: rare letters in small print are taken for commoner ones (汪 for 注, 柒 for 染).
//!
//! A place, a discipline, a label, a name, an amount in capitals, a number with a hyphen say which letter fits. It is put in only where
//! the model itself gives it a chance, and only as sure as that chance: what was mended stays doubtful, and a clear print of another
//! letter stays as it is.
mod numbers;
mod persons;
mod words;

use super::detect::TextBox;
use super::recognise::{Character, Text};

/// Least chance of a letter that fits. Measured on bad scans: 0.05 to 0.3 where it is printed, below 0.001 on clear print of another.
const LEAST_CHANCE: f32 = 0.02;
/// A letter that fits is so many times as likely as the next that fits too: of two digits none is guessed.
const CLEARER: f32 = 2.0;

/// Puts letters that fit in place of their look-alikes, in all texts of a page.
pub fn mend(texts: &mut [Text], boxes: &[TextBox]) {
    for text in texts.iter_mut() {
        words::mend(&mut text.characters);
        numbers::mend(&mut text.characters);
    }
    persons::mend(texts, boxes);
}

/// Puts the likeliest letter that fits, if it has a chance of at least so much and one clearly larger than the next.
fn put(character: &mut Character, least: f32, fits: impl Fn(char) -> bool) {
    let mut likely = character.others.iter().filter(|(c, sure)| *sure >= least && fits(*c));
    let Some((c, sure)) = likely.next().copied() else { return };
    if likely.next().is_none_or(|(_, next)| sure >= CLEARER * next) {
        *character = Character { c, sure, ..*character };
    }
}

/// Puts the only letter that can stand here, however little the model gives it.
fn put_surely(character: &mut Character, c: char) {
    *character = Character { c, sure: character.chance(c), ..*character };
}

#[cfg(test)]
mod tests {
    use super::super::recognise::Others;
    use super::*;

    /// A text of which the model gives some letters one chance in every place, and all others none.
    fn read(text: &str, likely: &str, sure: f32) -> Text {
        let mut others = Others::default();
        likely.chars().zip(&mut others).for_each(|(c, other)| *other = (c, sure));
        Text { characters: text.chars().map(|c| Character { c, along: 0.0, sure: 0.9, others }).collect() }
    }

    fn shown(text: &Text) -> (String, f32) {
        (text.string(), text.characters.iter().map(|c| c.sure).fold(1.0, f32::min))
    }

    fn mended(text: &str, likely: &str, sure: f32) -> (String, f32) {
        let mut texts = [read(text, likely, sure)];
        mend(&mut texts, &[cell(0.0, 0.0)]);
        shown(&texts[0])
    }

    fn cell(x: f32, y: f32) -> TextBox {
        TextBox { middle: (x, y), right: (1.0, 0.0), width: 60.0, height: 20.0, mean: 0.9 }
    }

    #[test]
    fn the_letter_that_fits_is_put_in_as_doubtful_as_it_is() {
        assert_eq!(mended("由贾注区", "汪", 0.06), ("由贾汪区".into(), 0.06));
        assert_eq!(mended("捌万染仟元整", "柒", 0.3), ("捌万柒仟元整".into(), 0.3));
        assert_eq!(mended("陆借元整", "佰", 0.2), ("陆佰元整".into(), 0.2));
        assert_eq!(mended("叁万乘仟", "佰柒", 0.01), ("叁万柒仟".into(), 0.01));
        assert_eq!(mended("8人>50元*2天", "×", 0.1), ("8人×50元×2天".into(), 0.1));
        assert_eq!(mended("0516~82345678", "-", 0.4), ("0516-82345678".into(), 0.4));
        assert_eq!(mended("2021-08~15至", "-", 0.4), ("2021-08-15至".into(), 0.4));
        assert_eq!(mended("V9400元", "￥", 0.06), ("￥9400元".into(), 0.06));
    }

    #[test]
    fn societies_and_counties_are_called_after_words() {
        assert_eq!(mended("丰县针负学会", "灸", 0.3), ("丰县针灸学会".into(), 0.3));
        assert_eq!(mended("徐州市鉴牧售医研究会", "畜兽", 0.05), ("徐州市畜牧兽医研究会".into(), 0.05));
        assert_eq!(mended("海县水利学会", "沛", 0.1), ("沛县水利学会".into(), 0.1));
        for (text, likely) in [("东海县水利学会", "沛"), ("甲方针负责任", "灸"), ("徐州市农学学会", "医"), ("徐州市针负学会", "")]
        {
            assert_eq!(mended(text, likely, 0.1), (text.into(), 0.9), "{text}");
        }
    }

    #[test]
    fn points_between_thousands_are_commas() {
        assert_eq!(mended("45.722.00元", ",", 0.01), ("45,722.00元".into(), 0.01));
        assert_eq!(mended("计1.345.722.00", "", 0.0), ("计1,345,722.00".into(), 0.0));
        assert_eq!(mended("1,345.722.00", "", 0.0), ("1,345,722.00".into(), 0.0));
        for text in ["2020.7.21", "2020.11.20", "45.72.00", "3.14", "12.345.678", "1234.567.00", "1,345,00"] {
            assert_eq!(mended(text, ",", 0.01), (text.into(), 0.9), "{text}");
        }
    }

    #[test]
    fn names_are_made_of_letters_of_names_where_a_name_stands() {
        assert_eq!(mended("由徐赋教授负责", "斌", 0.4), ("由徐斌教授负责".into(), 0.4));
        assert_eq!(mended("联系人：第兰", "邹", 0.2), ("联系人：邹兰".into(), 0.2));
        for (text, likely) in [("徐赋教授负责", ""), ("天赋", "斌"), ("由徐赋承担", "斌"), ("由徐州高级工程师", "舟"), ("联系人：第一会议室", "邹")]
        {
            assert_eq!(mended(text, likely, 0.2), (text.into(), 0.9), "{text}");
        }
        let mut texts = [read("姓名", "", 0.0), read("徐赋", "斌", 0.4), read("徐赋", "斌", 0.4)];
        mend(&mut texts, &[cell(100.0, 100.0), cell(110.0, 140.0), cell(190.0, 140.0)]);
        assert_eq!([shown(&texts[1]), shown(&texts[2])], [("徐斌".into(), 0.4), ("徐赋".into(), 0.9)]);
    }

    #[test]
    fn what_the_model_gives_no_chance_or_is_a_word_itself_stays() {
        for (text, likely) in [
            ("贾注区", ""),
            ("淮阴区", "安"),
            ("香港区", ""),
            ("捌万染仟元整", "柒叁"),
            ("人民币2万元", "贰"),
            ("2021~2022", "-"),
            ("9~12", "-"),
            ("合计=50元", "×"),
            ("8人=50", ""),
        ] {
            assert_eq!(mended(text, likely, 0.3), (text.into(), 0.9));
        }
    }
}
