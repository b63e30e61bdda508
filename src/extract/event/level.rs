//! How far an event reaches: the words of its name, of its host line, of the form's level column.
use crate::model::Level;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Days and weeks that the whole country keeps are no level of one event: 全国科普日, 世界环境日.
static CAMPAIGN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:全国|世界|国际|中国|江苏省?)[^,。;、()“”]{0,8}?(?:科普日|科普月|科技活动周|科技周|科普周|活动周|工作者日|宣传周|宣传日|宣传月|减灾日|地球日|环境日|水日|气象日|爱[^,。;]{1,3}日|安全月|护士节|医师节|节能周|药周|质量月|[^,。;会坛]{1,4}[日周])").expect("the campaign pattern is well formed")
});

/// Words that hold a level's name without meaning it.
static MASKED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"中国矿业大学|中国(?:石油|农业|药科|科学技术|地质|海洋|人民|政法|传媒)?大学|中国科学院|科创中国|健康中国|美丽中国|数字中国|中国梦|中国共产党|中国(?:移动|电信|联通|银行|石化|石油|建筑|电建|铁路)|中国[·•(]?徐州[)]?|江苏(?:师范|科技|开放|理工)?(?:大学|学院)|江苏建筑职业|江苏安全技术|国际(?:会议|会展|博览|酒店|大酒店|饭店|学校|商务|展览|广场|花园)[^,。;]{0,3}|科创江苏|江苏省徐州市?|全国文明城市|全国(?:劳动模范|先进|优秀)|人类非遗|华东(?:师范|理工|政法)大学|华北[^,。;]{2,4}大学|[^,。;]{2,20}(?:有限|股份)公司").expect("the mask pattern is well formed")
});

const INTERNATIONAL: &str = r"国际|世界|全球|亚太|中外|中[日德俄韩英美法]|海峡两岸|一带一路";
const NATION: &str = r"全国性?|国家级|^(?:20\d{2}年?)?(?:第.{1,4}届)?(?:中国|中华)|中[国华][^,。;、]{1,14}(?:学会|协会|研究会|学术年会|年会|大会)";
const REGION: &str = r"淮海(?:经济区|地区|区域|城市群)|苏鲁豫皖|鲁苏豫皖|长三角|长江三角洲|泛长三角|华东(?:地区|六省|区)?|黄淮(?:海|地区)?|长江经济带|京津冀|环渤海|[二三四五六七两]省[一二]?市?(?:区|联合|学术|地区)?|省际|跨省|区域性|区域级|全国区域";
const SUBPROVINCIAL: &str = r"苏北|苏南|苏中|[四五六七]市(?:联合|地区|学术)?|徐连|徐宿|徐淮|市际|跨市";
const PROVINCE: &str =
    r"全省性?|省级|省内|江苏省?|(?:山东|安徽|河南|浙江|河北|湖北|湖南|江西|福建|广东|山西|陕西|四川|辽宁|吉林|黑龙江|云南|贵州|甘肃|青海|海南)省";
const CITY: &str = r"全市性?|市级|徐州市?|县级|区级|校级|全县|全区|社区";

static WORDS: LazyLock<Vec<(Level, Regex)>> = LazyLock::new(|| {
    let one = |level, words: &str| (level, Regex::new(words).expect("the level pattern is well formed"));
    vec![
        one(Level::International, INTERNATIONAL),
        one(Level::Nation, NATION),
        one(Level::Region, REGION),
        one(Level::Subprovincial, SUBPROVINCIAL),
        one(Level::Province, PROVINCE),
        one(Level::City, CITY),
    ]
});

/// Hides words that only look like a level, keeping every byte's place.
fn hide(text: &str) -> String {
    let mut out = text.to_owned();
    for pattern in [&*CAMPAIGN, &*MASKED] {
        // 中国建筑 is a company, 中国建筑学会 is a society.
        let society = |end: usize| ["学会", "协会", "研究会", "学术"].iter().any(|word| out[end..].starts_with(word));
        let found: Vec<Range<usize>> = pattern.find_iter(&out).map(|m| m.range()).filter(|range| !society(range.end)).collect();
        for range in found {
            out.replace_range(range.clone(), &" ".repeat(range.len()));
        }
    }
    out
}

/// The level that a name says, and the bytes of the word.
pub(super) fn in_name(name: &str) -> Option<(Level, Range<usize>)> {
    let plain = hide(name);
    WORDS.iter().find_map(|(level, words)| words.find(&plain).map(|m| (*level, m.range())))
}

/// The level that the form's level column says.
pub(super) fn in_column(cell: &str) -> Option<Level> {
    let cell = crate::text::tight(cell);
    in_name(&cell).map(|(level, _)| level).or(match cell.as_str() {
        "省" | "省部级" => Some(Level::Province),
        "市" | "地市级" | "本市" => Some(Level::City),
        "国" | "国家" => Some(Level::Nation),
        "区域" => Some(Level::Region),
        _ => None,
    })
}

/// The level that a host shows: 中国…学会, 江苏省…学会, 徐州市….
pub(super) fn of_host(host: &str) -> Option<Level> {
    static NATIONAL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:中国|中华|全国)[^,。;、]{0,20}(?:学会|协会|研究会|科协|科学技术协会|联合会|促进会|基金会)|^(?:科学?技术部|科技部|教育部|农业农村部|国家[^,。;、]{2,12}(?:局|委|部))").expect("the host pattern is well formed")
    });
    static INTERNATIONAL: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^(?:国际|世界|亚洲|亚太)[^,。;、]{1,20}(?:学会|协会|联合会|组织)").expect("the host pattern is well formed"));
    let host = hide(host);
    let host = host.trim();
    if INTERNATIONAL.is_match(host) {
        return Some(Level::International);
    }
    if NATIONAL.is_match(host) {
        return Some(Level::Nation);
    }
    if host.starts_with("江苏省")
        || host.starts_with("省")
        || (host.chars().nth(2) == Some('省') && host.contains("会"))
        || (host.starts_with("江苏") && (host.ends_with("学会") || host.ends_with("协会")))
    {
        return Some(Level::Province);
    }
    if host.starts_with("徐州") || host.starts_with('市') || host.chars().take(5).any(|c| c == '市' || c == '县' || c == '区') {
        return Some(Level::City);
    }
    None
}

/// Whether a level is one that a bare claim cannot prove: above the city.
pub(super) fn is_high(level: Level) -> bool {
    matches!(level, Level::International | Level::Nation | Level::Province | Level::Region | Level::Subprovincial)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_show_their_level() {
        for (name, level) in [
            ("全国护理学术年会", Level::Nation),
            ("2022年江苏省力学学术研讨会", Level::Province),
            ("淮海经济区农业气象高峰论坛", Level::Region),
            ("江苏省人工智能学术大会苏北区域专场", Level::Subprovincial),
            ("苏北五市青年论坛", Level::Subprovincial),
            ("徐州市机械工程学术论坛", Level::City),
            ("中国力学学会学术年会", Level::Nation),
            ("中国建筑学会学术交流会", Level::Nation),
            ("长三角国际半导体论坛", Level::International),
        ] {
            assert_eq!(in_name(name).map(|f| f.0), Some(level), "{name}");
        }
        for name in ["2022年全国科普日垃圾分类主题活动", "中国矿业大学青年论坛", "“科创中国”技术沙龙", "世界环境日讲座", "“江苏师范大学杯”竞赛"]
        {
            assert!(in_name(name).is_none_or(|f| f.0 == Level::City), "{name}");
        }
    }

    #[test]
    fn hosts_show_the_level_too() {
        assert_eq!(of_host("中国力学学会"), Some(Level::Nation));
        assert_eq!(of_host("中国矿业大学"), None);
        assert_eq!(of_host("江苏省护理学会"), Some(Level::Province));
        assert_eq!(of_host("徐州市科学技术协会"), Some(Level::City));
    }
}
