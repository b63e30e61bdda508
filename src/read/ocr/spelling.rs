//! Look-alikes told apart by what they stand in: rare letters in small print are taken for commoner ones (汪 for 注, 柒 for 染).
//!
//! A place, a label, an amount in capitals, a number with a hyphen say which letter fits. It is put in only where the model itself
//! gives it a chance, and only as sure as that chance: what was mended stays doubtful, and a clear print of another letter stays as it is.
use super::recognise::Character;
use std::sync::LazyLock;

/// Least chance of a letter that fits. Measured on bad scans: 0.05 to 0.3 where it is printed, below 0.001 on clear print of another.
const LEAST_CHANCE: f32 = 0.02;
/// A letter that fits is so many times as likely as the next that fits too: of two digits none is guessed.
const CLEARER: f32 = 2.0;

/// Words of three letters and more in which one may have been read wrong: cities, districts and counties of Jiangsu, the cities
/// of other provinces that are called much alike, labels of forms.
const WORDS: &str = "江苏省 南京市 玄武区 秦淮区 建邺区 鼓楼区 浦口区 栖霞区 雨花台区 江宁区 六合区 溧水区 高淳区 无锡市 锡山区 惠山区 \
    滨湖区 梁溪区 新吴区 江阴市 宜兴市 徐州市 云龙区 贾汪区 泉山区 铜山区 睢宁县 新沂市 邳州市 常州市 天宁区 钟楼区 新北区 武进区 金坛区 \
    溧阳市 苏州市 虎丘区 吴中区 相城区 姑苏区 吴江区 常熟市 张家港市 昆山市 太仓市 南通市 崇川区 海门区 通州区 如东县 启东市 如皋市 海安市 \
    连云港市 连云区 海州区 赣榆区 东海县 灌云县 灌南县 淮安市 淮安区 淮阴区 清江浦区 洪泽区 涟水县 盱眙县 金湖县 盐城市 亭湖区 盐都区 \
    大丰区 响水县 滨海县 阜宁县 射阳县 建湖县 东台市 扬州市 广陵区 邗江区 江都区 宝应县 仪征市 高邮市 镇江市 京口区 润州区 丹徒区 丹阳市 \
    扬中市 句容市 泰州市 海陵区 高港区 姜堰区 兴化市 靖江市 泰兴市 宿迁市 宿城区 宿豫区 沭阳县 泗阳县 泗洪县 \
    郑州市 杭州市 湖州市 台州市 温州市 衢州市 宿州市 亳州市 滁州市 池州市 福州市 泉州市 漳州市 广州市 惠州市 梅州市 潮州市 赣州市 抚州市 \
    德州市 滨州市 沧州市 荆州市 随州市 鄂州市 郴州市 永州市 柳州市 钦州市 梧州市 贺州市 泸州市 达州市 兰州市 忻州市 朔州市 锦州市 \
    负责人 联系人 项目名称 申报单位 合作单位 联系电话 人民币 有限公司";
/// Digits and places of an amount in capitals, and what else it is made of.
const CAPITALS: &str = "零壹贰叁肆伍陆柒捌玖";
const PLACES: &str = "拾佰仟万亿元圆角分";
/// Marks that a hyphen is taken for.
const DASHES: &str = "~～一—";

static LEXICON: LazyLock<Vec<Vec<char>>> = LazyLock::new(|| WORDS.split_whitespace().map(|word| word.chars().collect()).collect());

/// Puts letters that fit in place of their look-alikes; `chance` tells what the model gives a letter where a character stands.
pub fn mend(characters: &mut [Character], chance: impl Fn(Character, char) -> f32) {
    let put = |character: &mut Character, fitting: &mut dyn Iterator<Item = char>| {
        let mut likely: Vec<(char, f32)> = fitting.map(|c| (c, chance(*character, c))).filter(|(_, sure)| *sure >= LEAST_CHANCE).collect();
        likely.sort_by(|a, b| b.1.total_cmp(&a.1));
        let next = likely.iter().find(|(c, _)| *c != likely[0].0).map_or(0.0, |(_, sure)| *sure);
        if let Some((c, sure)) = likely.first().copied().filter(|(_, sure)| *sure >= CLEARER * next) {
            *character = Character { c, sure, ..*character };
        }
    };
    for start in 0..characters.len() {
        let rest = &characters[start..];
        let amiss: Vec<(usize, char)> = LEXICON.iter().filter_map(|word| only_amiss(word, rest)).collect();
        if let Some((at, _)) = amiss.first().copied().filter(|_| !LEXICON.iter().any(|word| begins(word, rest))) {
            put(&mut characters[start + at], &mut amiss.iter().filter(|(other, _)| *other == at).map(|(_, c)| *c));
        }
    }
    for n in 1..characters.len().saturating_sub(1) {
        let (before, here, after) = (characters[n - 1].c, characters[n].c, characters[n + 1].c);
        let is_of_amount = |c: char| CAPITALS.contains(c) || PLACES.contains(c) || c == '币';
        if is_of_amount(before) && PLACES.contains(after) && !is_of_amount(here) && !here.is_ascii() {
            put(&mut characters[n], &mut CAPITALS.chars());
        } else if DASHES.contains(here) && wants_hyphen(&characters[..n], &characters[n + 1..]) {
            put(&mut characters[n], &mut std::iter::once('-'));
        }
    }
}

fn begins(word: &[char], rest: &[Character]) -> bool {
    rest.len() >= word.len() && word.iter().zip(rest).all(|(c, read)| *c == read.c)
}

/// Where the only letter stands that keeps what was read from being a word, and what it should be.
fn only_amiss(word: &[char], rest: &[Character]) -> Option<(usize, char)> {
    if rest.len() < word.len() {
        return None;
    }
    let mut amiss = word.iter().zip(rest).enumerate().filter(|(_, (c, read))| **c != read.c);
    let (at, (c, _)) = amiss.next()?;
    amiss.next().is_none().then_some((at, *c))
}

/// Whether a telephone number or a date stands around a place: an area code and a number, or a year and its month, or month and day.
fn wants_hyphen(before: &[Character], after: &[Character]) -> bool {
    let is_digit = |character: &&Character| character.c.is_ascii_digit();
    let left: Vec<char> = before.iter().rev().take_while(is_digit).map(|character| character.c).collect();
    let right = after.iter().take_while(is_digit).count();
    let is_after_year = |left: usize| {
        let earlier = &before[..before.len() - left];
        earlier.last().is_some_and(|mark| mark.c == '-') && earlier.iter().rev().skip(1).take_while(is_digit).count() == 4
    };
    match left.len() {
        3 | 4 if left.last() == Some(&'0') => (7..=8).contains(&right),
        4 => right == 2,
        1 | 2 => right == 2 && is_after_year(left.len()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is made of a text where the model gives some letters one chance, and all others none.
    fn mended(text: &str, likely: &str, sure: f32) -> (String, f32) {
        let mut characters: Vec<Character> = text.chars().map(|c| Character { c, along: 0.0, sure: 0.9 }).collect();
        mend(&mut characters, |_, c| if likely.contains(c) { sure } else { 0.0 });
        (characters.iter().map(|c| c.c).collect(), characters.iter().map(|c| c.sure).fold(1.0, f32::min))
    }

    #[test]
    fn the_letter_that_fits_is_put_in_as_doubtful_as_it_is() {
        assert_eq!(mended("由贾注区", "汪", 0.06), ("由贾汪区".into(), 0.06));
        assert_eq!(mended("捌万染仟元整", "柒", 0.3), ("捌万柒仟元整".into(), 0.3));
        assert_eq!(mended("0516~82345678", "-", 0.4), ("0516-82345678".into(), 0.4));
        assert_eq!(mended("2021-08~15至", "-", 0.4), ("2021-08-15至".into(), 0.4));
    }

    #[test]
    fn what_the_model_gives_no_chance_or_is_a_word_itself_stays() {
        for (text, likely) in
            [("贾注区", ""), ("淮阴区", "安"), ("香港区", ""), ("捌万染仟元整", "柒叁"), ("人民币2万元", "贰"), ("2021~2022", "-"), ("9~12", "-")]
        {
            assert_eq!(mended(text, likely, 0.3), (text.into(), 0.9));
        }
    }
}
