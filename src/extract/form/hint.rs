//! What a form itself prints where an answer goes: hints, samples, placeholders, drawn blanks; and answers that name nothing.
use super::label::enumerator;
use crate::text::tight;
use regex::Regex;
use std::sync::LazyLock;

static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[XxＸ×*✕○〇\-—_/年月日至.、()（）:：元万整%&\s]*[XxＸ×✕○〇]{2,}[XxＸ×*✕\-—_/年月日至.、()（）:：元万整%\s]*$")
        .expect("the placeholder pattern is well formed")
});

/// A year written out with its month or with the year that ends it: 2020年2月, 2020年-2022年 are no dates left open.
static WRITTEN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"20[0-9]{2}年[0-9]{1,2}(?:月|$)|20[0-9]{2}年?[-—~至].*20[0-9]{2}").expect("the pattern of written dates is well formed"));

/// A run of crosses among printed words: `XXXX项目`, `××市××学会`.
static CROSSES: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[XＸ]{3,}|[×✕]{2,}|(?:^|\p{Han})[XxＸｘ]{2}\p{Han}|^[xX*]{2,}@").expect("the cross pattern is well formed"));
/// Names that hold the same letters: XX染色体, XXX综合征.
static REAL_CROSSES: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[Xx]{2,}[XYxy]{0,3}(?:染色|综合征|性别|型)").expect("the pattern of names in crosses is well formed"));

/// Rings that stand for characters, and are no noughts of a number (二○○五).
static RINGS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[^二一三四五六七八九零〇○\d])[○〇◯]{2,}(?:$|[^二一三四五六七八九零〇○◯\d年])").expect("the pattern of rings is well formed")
});

/// Stars that stand for characters, where nothing else tells of the answer: ***, 李**, **公司.
static STARS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^\p{Han}{0,12}[*＊]{2,}\p{Han}{0,12}$").expect("the pattern of stars is well formed"));

fn has_crosses(tight: &str) -> bool {
    CROSSES.is_match(tight) && (!REAL_CROSSES.is_match(tight) || CROSSES.is_match(&REAL_CROSSES.replace_all(tight, "")))
}

/// 某某, 徐州市某某学会, ○○○, ***: a stand-in for a name.
fn names_nobody(tight: &str) -> bool {
    tight.contains("某某") || tight.contains(['*', '＊']) && STARS.is_match(tight) || tight.contains(['○', '〇', '◯']) && RINGS.is_match(tight)
}

static HINT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[(（【\[<〈《].*[)）】\]>〉》]|(?:请|单击|点击|此处|在此|选择一|选择日期).{0,40}|.{0,12}(?:限|不超过|不少于)\d+[个]?(?:字|汉字).{0,12})$")
        .expect("the hint pattern is well formed")
});
static HINT_WORDS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"限\d|选择一|选择日期|不超过|不多于|字以内|请|填写|填报|单击|点击|此处|例如|如[:：]|示例|全称|盖章|公章|签字|签名|签章|手写|勾选|打√|必填|选填|名称|市科协填|加盖|打印|同上|单选|多选|若无|如无|没有[则的]|无[则请]|填[“”'‘]|用阿拉伯|精确到|具体到").expect("the hint word pattern is well formed")
});

/// Whether an answer is only the template's own words: placeholder, hint, empty date.
pub fn is_template(raw: &str) -> bool {
    let tight = tight(raw);
    if tight.is_empty() || PLACEHOLDER.is_match(&tight) || tight.chars().count() <= 60 && (has_crosses(&tight) || names_nobody(&tight)) {
        return true;
    }
    // 20__年__月—20__年__月（示例：2024年1月—2025年12月）: still open, with a sample beside it
    if before_sample(&tight).is_some_and(is_template) {
        return true;
    }
    // 指承担该项目主要研制任务的单位。: what the label means
    let explains = tight.starts_with("指") && tight.ends_with('。') && tight.chars().count() >= 6;
    // example@example.com: nobody's mail
    let sample_mail = tight.len() <= 40 && tight.starts_with("example@");
    if sample_mail || explains || is_bracketed(&tight) || is_sample(&tight) || is_skeleton(&tight) || is_bare_list(raw) {
        return true;
    }
    if HINT.is_match(&tight) && HINT_WORDS.is_match(&tight) {
        let opens = tight.matches(['(', '【', '[']).count();
        return opens <= 1 || tight.chars().count() <= 40;
    }
    // 宅：  手机：
    if tight.ends_with(':') && tight.chars().count() <= 16 && !tight.chars().any(|c| c.is_ascii_digit()) && tight.split(':').all(|w| w.chars().count() <= 5) {
        return true;
    }
    // 小写：￥    大写：  万  仟  佰  拾  元整: the places of the figures without any
    let places = |c: char| "￥¥:()大小写人民币亿万仟佰拾千百十元圆角分整".contains(c);
    if ["仟佰拾", "千百十"].iter().any(|row| tight.contains(row)) && tight.chars().all(places) {
        return true;
    }
    let rest = tight.trim_matches(|c: char| "年月日至元万整()—-~至到起止时分.、_:共计:".contains(c));
    let dated = tight.contains('年');
    rest.is_empty()
        || dated && matches!(rest, "20" | "201" | "202")
        || matches!(rest, "盖章" | "公章" | "签字" | "签名" | "签章")
        || rest.chars().all(|c| matches!(c, '年' | '月' | '日' | '至' | '-' | '—' | '_' | '2' | '0'))
            && rest.contains('年')
            && !WRITTEN.is_match(rest)
            && !rest.chars().any(|c| c.is_ascii_digit() && c != '2' && c != '0')
}

/// 无, /, — and the like.
pub fn is_nothing(raw: &str) -> bool {
    let tight = tight(raw);
    let bare = tight.trim_matches(|c: char| matches!(c, '.' | '。' | '(' | ')'));
    matches!(
        bare,
        "无" | "/"
            | "//"
            | "\\"
            | "—"
            | "——"
            | "-"
            | "--"
            | "———"
            | "没有"
            | "暂无"
            | "不适用"
            | "N/A"
            | "n/a"
            | "NA"
            | "None"
            | "none"
            | "否无"
            | "无此项"
            | "本项目无"
    )
}

/// Answers that people put into brackets: a choice.
const CHOICES: [&str; 8] = ["是", "否", "有", "无", "对", "√", "同意", "不同意"];

/// Whether a whole answer stands in one pair of brackets and says nothing of its own: （常用邮箱）, [姓名].
pub fn is_bracketed(tight: &str) -> bool {
    let inner = [('(', ')'), ('[', ']'), ('【', '】'), ('<', '>')].into_iter().find_map(|(open, close)| tight.strip_prefix(open)?.strip_suffix(close));
    let Some(inner) = inner.filter(|inner| !inner.contains(['(', ')', '[', ']', '【', '】'])) else { return false };
    let digits = inner.chars().filter(char::is_ascii_digit).count();
    let letter = inner.chars().count() <= 1 && inner.is_ascii();
    !CHOICES.contains(&inner) && !letter && digits < 4 && !inner.contains('@') && !inner.chars().any(super::tick::is_box)
}

/// 例：张三, 张三（示例）.
fn is_sample(tight: &str) -> bool {
    ["例:", "例如", "如:", "示例", "样例", "范例", "(例"].iter().any(|word| tight.starts_with(word))
        || ["(示例)", "(样例)", "(例)", "(范例)"].iter().any(|word| tight.ends_with(word))
}

/// What stands before a sample in brackets that ends an answer.
fn before_sample(tight: &str) -> Option<&str> {
    let open = ["(示例", "(样例", "(范例", "(例如", "(例:"].iter().filter_map(|word| tight.find(word)).min()?;
    (open > 0 && tight.ends_with(')')).then(|| &tight[..open])
}

static SKELETON: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:[省市区县()镇乡街道路门牌号室栋楼村组]{2,}|学院|大学|系|学会|协会|研究会|公司|有限公司|院系|0\d{2,3}-?|0+|[@□☐_\-—.:]+|[Yy]{2,4}\D?[Mm]{1,2}(?:\D?[Dd]{1,2})?\D?|\d{1,2}位(?:数字|数)?(?:手机号码?|邮编|邮政编码|电话)?|待填写?|待补充?|(?:无则|没有则?|可)不填|选填|必填)$",
    )
    .expect("the skeleton pattern is well formed")
});

/// The printed frame of an answer with nothing in it: 省 市 区（县）, ___学院, 0516-, YYYY-MM-DD.
fn is_skeleton(tight: &str) -> bool {
    SKELETON.is_match(tight.trim_matches('_'))
}

/// Numbers of a list without its items.
fn is_bare_list(raw: &str) -> bool {
    let mut lines = raw.lines().map(str::trim).filter(|line| !line.is_empty());
    let bare = |line: &str| line.ends_with(['.', '、', ')', '）', '．']) && (enumerator(line) == line.len() || enumerator(&format!("{line} ")) >= line.len());
    lines.clone().next().is_some() && lines.all(bare)
}

/// Options printed side by side with none chosen: 教授/副教授/讲师, 创新训练/创业训练/创业实践, ①… ②….
pub fn is_menu(raw: &str) -> bool {
    static MARK: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?:^|[\s(（])(?:[A-HＡ-Ｈ]|[1-9])\s*[.．、]\s*\p{Han}|[①-⑨]").expect("the option pattern is well formed"));
    let parts: Vec<&str> = raw.split(['/', '／']).map(str::trim).collect();
    let words = parts.len() >= 3 && parts.iter().all(|part| (1..=10).contains(&part.chars().count()) && !part.chars().any(|c| c.is_ascii_digit()));
    words || MARK.find_iter(raw).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_form_prints_is_no_answer() {
        for raw in [
            "（与封面一致）",
            "（姓名）",
            "（常用邮箱）",
            "[姓名]",
            "例：张三",
            "张三（示例）",
            "XX学院",
            "xxx@xxx.com",
            "□□□□□□",
            "000000",
            "@",
            "example@example.com",
            "省市区街道门牌号",
            "0516-",
            "11位手机号",
            "待填",
            "无则不填",
            "___学院",
            "省  市  区（县）",
            "1.\n2.\n3.",
            "选择一项。",
            "YYYY-MM-DD",
            "20  年  月  日至20  年  月  日",
            "某某",
            "徐州市某某学会",
            "张某某",
            "○○○",
            "徐州市○○协会",
            "***",
            "李**",
            "**公司",
            "XX染色体检测XX项目",
            "20__年__月—20__年__月（示例：2024年1月—2025年12月，不超过两年）",
            "____万元（例：5万元）",
        ] {
            assert!(is_template(raw), "{raw}");
        }
        for raw in [
            "大写：拾万元整",
            "（否）",
            "（B）",
            "（2022.1-2022.12）",
            "学院路1号",
            "徐州市",
            "男",
            "3",
            "选择性剪接研究",
            "√",
            "0516-83730000",
            "（一）分会",
            "2020年2月20日",
            "2022年2月2日",
            "2020年2月至2022年2月",
            "2020年-2022年",
            "XX染色体遗传病筛查",
            "XXX综合征随访",
            "二○○五年",
            "某型装备维护",
            "139****0000",
            "2024年3月—2025年2月（示例：2024年1月—2025年12月）",
        ] {
            assert!(!is_template(raw), "{raw}");
        }
        assert!(is_menu("教授/副教授/讲师") && is_menu("A.创新训练 B.创业训练") && !is_menu("职务/职称") && !is_menu("1.重点项目"));
    }
}
