//! Titles of agreements and of papers that only look like one.
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Agreement,
    /// 意向书, 备忘录, 合作方案 …: named like one, binding nobody.
    LookAlike,
}

/// What stands before a title without belonging to it: 附件1：, 二、, （三）.
static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:附[件录]?\s*[0-9一二三四五六七八九十]{0,3}\s*(?:-\d+)?\s*[:.、]?|[(]?[一二三四五六七八九十\d]{1,3}[)]?[、.]|[(][一二三四五六七八九十\d]{1,3}[)])\s*")
        .expect("the lead pattern is well formed")
});

/// What stands after it: （模板）, （扫描件）, No. 3.
static TAIL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:[(【\[][^()\[\]【】\n]{0,12}[)】\]]|(?:编号|合同号)[:：].{0,24}|[(]\s*[)])+$").expect("the tail pattern is well formed"));

static AGREEMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:协议书?|合同书?|协定书?|契约|约定书|合约|(?:服务|技术|咨询|合作|项目|研究|开发|检测|评价)委托书)$")
        .expect("the title pattern is well formed")
});

static LOOK_ALIKE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:意向书|意向协议书?|意向函|合作.{0,6}意向|框架意向|备忘录|(?:合作|共建|战略|服务|协作|帮扶|支持).{0,8}(?:方案|计划书?|邀请函|证明|确认[书函]|承诺[书函]|声明|函|倡议书|建议书)|(?:合作|洽谈|会谈|座谈|商谈|对接|签约).{0,8}纪要|^邀请函)$")
        .expect("the look-alike pattern is well formed")
});

/// The last characters of what [`AGREEMENT`] and [`LOOK_ALIKE`] find.
const LAST: [char; 12] = ['议', '书', '同', '约', '函', '向', '录', '案', '划', '明', '定', '要'];

/// What may close around a title.
const CLOSING: [char; 6] = ['》', '”', '"', '】', '」', ' '];

/// A sentence or a list entry about an agreement is no title.
static MENTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"签订|签署|签有|签定|达成|如下|以下协议|本协议|本合同|该协议|上述|提交|提供|上传|附有|有效的|是否|原件|复印件|须附|需附|订立|约定|履行|解除|终止|补交|缺少|没有|未见|依据|根据|按照|劳动合同|聘用合同|保险合同|合同法|[。;,!?]|[:].{3}")
        .expect("the mention pattern is well formed")
});

/// A title whose translation follows: 合作协议 COOPERATION AGREEMENT.
static TRANSLATED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<title>[^A-Za-z]{2,45}?[议书同约录定])\s*(?:[A-Za-z][A-Za-z,.&' -]{5,})$").expect("the pattern of translated titles is well formed")
});

/// A title within a line: what kind, and the bytes of the title itself. `text` is one folded line.
pub(super) fn title(text: &str) -> Option<(Kind, Range<usize>)> {
    let text = Some(text)
        .filter(|text| text.ends_with(|c: char| c.is_ascii_alphabetic() || c == '.'))
        .and_then(|text| TRANSLATED.captures(text))
        .and_then(|caps| caps.name("title"))
        .map_or(text, |title| title.as_str());
    if text.len() > 180 || text.contains('…') || text.contains("...") {
        return None;
    }
    let has_tail = text.ends_with([')', '】', ']']) || text.contains("编号") || text.contains("合同号");
    if !has_tail && !text.trim_end_matches(CLOSING).ends_with(LAST) {
        return None;
    }
    let mut start = LEAD.find(text).map_or(0, |m| m.end());
    let mut end = TAIL.find(&text[start..]).map_or(text.len(), |m| start + m.start());
    // 《健康科普合作协议》补充协议: what opens is closed before the end
    let wraps = |open: char| match open {
        '《' => !text[start..end].trim_end_matches('》').contains('》'),
        '“' => !text[start..end].trim_end_matches('”').contains('”'),
        _ => true,
    };
    let opening = text[start..end].chars().take_while(|c| "《“\"【「 ".contains(*c) && wraps(*c)).map(char::len_utf8).sum::<usize>();
    start += opening;
    while let Some(c) = text[start..end].chars().next_back().filter(|c| CLOSING.contains(c)) {
        end -= c.len_utf8();
    }
    let core = &text[start..end];
    let chars = core.chars().count();
    let cut = end < text.len();
    if !(2..=45).contains(&chars) || (cut && chars <= 2) || MENTION.is_match(core) {
        return None;
    }
    // 关于召开…志愿服务行的函 calls to an event
    if core.starts_with("关于") && !AGREEMENT.is_match(core) && !core.contains("意向") && !core.contains("备忘录") {
        return None;
    }
    let intended = text[end..].contains("意向");
    let kind = if LOOK_ALIKE.is_match(core) || intended && ["合作", "协作", "共建", "框架", "协议"].iter().any(|word| core.contains(word)) {
        Kind::LookAlike
    } else if AGREEMENT.is_match(core) {
        if core.contains("意向") { Kind::LookAlike } else { Kind::Agreement }
    } else {
        return None;
    };
    Some((kind, start..end))
}

/// Words in running text that name a look-alike: 《…合作意向书》, 签署了备忘录.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:《(?P<q>[^《》\n]{0,40}(?:意向书|备忘录|意向协议))》|(?:签订|签署|签了|达成|出具|签定)(?:了|有)?[^,。;\n《》]{0,20}?(?P<p>(?:战略|技术|科技|服务)?(?:合作)?(?:意向书|意向协议|备忘录)))")
        .expect("the mention pattern is well formed")
});

/// Places in running text that name a look-alike.
pub(super) fn named_look_alikes(text: &str) -> Vec<Range<usize>> {
    NAMED.captures_iter(text).filter_map(|caps| caps.name("q").or_else(|| caps.name("p")).map(|m| m.range())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Option<(Kind, &str)> {
        title(text).map(|(kind, range)| (kind, &text[range]))
    }

    #[test]
    fn titles_are_found_with_what_stands_around_them() {
        assert_eq!(kind("附件1:合作协议书"), Some((Kind::Agreement, "合作协议书")));
        assert_eq!(kind("科技服务合作协议(模板)"), Some((Kind::Agreement, "科技服务合作协议")));
        assert_eq!(kind("《技术服务合同》"), Some((Kind::Agreement, "技术服务合同")));
        assert_eq!(kind("徐州市力学学会与江苏某某有限公司战略合作框架协议"), Some((Kind::Agreement, "徐州市力学学会与江苏某某有限公司战略合作框架协议")));
        assert_eq!(kind("合作意向书"), Some((Kind::LookAlike, "合作意向书")));
        assert_eq!(kind("合作框架意向"), Some((Kind::LookAlike, "合作框架意向")));
        assert_eq!(kind("战略合作框架(意向稿)"), Some((Kind::LookAlike, "战略合作框架")));
        assert_eq!(kind("战略合作备忘录"), Some((Kind::LookAlike, "战略合作备忘录")));
        assert_eq!(kind("科技服务证明"), Some((Kind::LookAlike, "科技服务证明")));
        assert_eq!(kind("《健康科普合作协议》补充协议"), Some((Kind::Agreement, "《健康科普合作协议》补充协议")));
        assert_eq!(kind("关于共建水产科技小院的协议"), Some((Kind::Agreement, "关于共建水产科技小院的协议")));
        assert_eq!(kind("合作协议COOPERATION AGREEMENT"), Some((Kind::Agreement, "合作协议")));
        assert_eq!(kind("技术服务委托书"), Some((Kind::Agreement, "技术服务委托书")));
        assert_eq!(kind("邀请函"), Some((Kind::LookAlike, "邀请函")));
        assert_eq!(kind("合作会谈纪要"), Some((Kind::LookAlike, "合作会谈纪要")));
    }

    #[test]
    fn sentences_about_agreements_are_no_titles() {
        for text in [
            "与服务对象签订合作协议",
            "甲乙双方经友好协商,达成如下协议",
            "双方履行本协议",
            "合作协议........3",
            "项目合作单位:无合作协议",
            "学术年会邀请函",
            "关于召开无人机电力巡检科技志愿服务行的函",
            "获奖证明",
            "合同编号:XZ2022-016",
        ] {
            assert_eq!(kind(text), None, "{text}");
        }
    }
}
