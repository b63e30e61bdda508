//! Where a form's parts begin: cover, instructions, sections, papers bound behind the form.
use super::label::{NUMERALS, enumerator, runs_on, squash, squash_char, without_brackets};
use super::lexicon::{Kind, Lexicon, Owner, Sense};
use super::whose::owner_of;
use crate::model::FieldId;
use crate::text::money::{Unit, unit_in};
use regex::Regex;
use std::sync::LazyLock;

/// The part of the main form a line stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Zone {
    #[default]
    Cover,
    Body,
    /// 填报说明: repeats the form's labels, answers nothing.
    Instructions,
    /// A list of attachments.
    Attachments,
    /// Another paper in the same file (a bound-in agreement).
    Foreign,
}

/// What a section is about, as far as the readers care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Topic {
    #[default]
    General,
    People,
    Experts,
    Budget,
    Tasks,
    Events,
    Opinion,
    /// Other projects, awards and results: not what is applied for.
    Past,
}

#[derive(Debug, Clone, Default)]
pub struct Section {
    pub topic: Topic,
    pub owner: Option<Owner>,
    pub unit: Option<Unit>,
}

impl Section {
    pub fn new(title: &str) -> Self {
        Self { topic: topic_of(title), owner: owner_of(title), unit: unit_in(title) }
    }
}

pub fn topic_of(title: &str) -> Topic {
    let text = squash(title);
    let has = |words: &[&str]| words.iter().any(|w| text.contains(w));
    if has(&["意见", "承诺", "声明"]) {
        Topic::Opinion
    } else if has(&[
        "近三年",
        "近五年",
        "近两年",
        "近年来",
        "以往",
        "已承担",
        "承担项目",
        "承担过",
        "承担的",
        "在研项目",
        "主持项目",
        "曾承担",
        "曾主持",
        "获奖",
        "代表性成果",
        "已完成项目",
    ]) {
        Topic::Past
    } else if has(&["经费", "预算", "概算", "资金", "决算", "支出明细", "总投资", "投资概算", "投资估算"]) && !has(&["保障条件"]) {
        Topic::Budget
    } else if has(&["活动", "会议"]) && has(&["学术", "科普", "主办", "承办", "一览", "情况", "开展", "组织"]) && !has(&["活动方案", "活动内容"])
    {
        Topic::Events
    } else if has(&["专家", "学术团队", "学术队伍", "研究队伍"]) {
        Topic::Experts
    } else if has(&["任务", "进度", "计划安排", "实施步骤", "责任分工", "任务分解", "阶段"]) && !has(&["人员", "成员"]) {
        Topic::Tasks
    } else if owner_of(title).is_some_and(Owner::is_person) {
        Topic::People
    } else {
        Topic::General
    }
}

/// Whether a short text heads the page of instructions.
pub fn heads_instructions(text: &str) -> bool {
    if runs_on(&text[enumerator(text)..], 24) {
        return false;
    }
    let text = squash(&text[enumerator(text)..]);
    let text = text.trim_end_matches(':');
    const HEADS: [&str; 20] = [
        "示例",
        "样例",
        "注意事项",
        "申报须知",
        "申报说明",
        "说明",
        "申请须知",
        "申请说明",
        "申报要求",
        "有关说明",
        "申请书填写说明",
        "申报书填写说明",
        "申请书填报说明",
        "申报书填报说明",
        "申报书编写说明",
        "申请书编写说明",
        "申报注意事项",
        "申请人须知",
        "项目申报书填写说明",
        "重要提示",
    ];
    HEADS.contains(&text)
        || tells_how_to_fill_in(text)
        || (text.chars().count() <= 24
            && ["填报说明", "填写说明", "填表说明", "编写说明", "填报须知", "填写须知", "编制说明", "填表须知"].iter().any(|w| text.ends_with(w)))
}

/// 填表数据说明, 填写提示: how to fill in the form.
fn tells_how_to_fill_in(text: &str) -> bool {
    let acts = ["填写", "填报", "填表", "编写", "编报", "编制"].iter().any(|act| text.starts_with(act));
    let tells = ["说明", "须知", "要求", "提示", "指南", "规范", "注意事项", "示例"].iter().any(|end| text.ends_with(end));
    acts && tells && text.chars().count() <= 12
}

/// Whether a sheet's name says that it tells how to fill in another: 填写说明, 示例.
pub fn is_sample_sheet(name: &str) -> bool {
    heads_instructions(name) || ["示例", "样例", "样表", "范例"].iter().any(|word| name.contains(word))
}

/// 以下由学院填写: what follows is for the office.
pub fn heads_office_part(text: &str) -> bool {
    static BY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^[(（]?(?:以下|下列|此栏|本栏|此表|本表|以下部分|以下内容).{0,4}由(.{2,14}?)(?:统一|负责)?填(?:写|报)?")
            .expect("the pattern of the office's part is well formed")
    });
    if !text.contains('由') {
        return false;
    }
    let tight = squash(&text[enumerator(text)..]);
    BY.captures(&tight).is_some_and(|caps| !["申请", "申报", "负责人", "本人", "学生", "项目组", "主持人"].iter().any(|word| caps[1].contains(word)))
}

/// Whether a short text heads the list of attachments.
pub fn heads_attachments(text: &str) -> bool {
    if runs_on(&text[enumerator(text)..], 16) {
        return false;
    }
    let text = squash(&text[enumerator(text)..]);
    // 附： over its items
    if text == "附:" {
        return true;
    }
    let text = text.trim_end_matches(':').split('(').next().unwrap_or_default();
    let text = text.strip_prefix('【').and_then(|text| text.strip_suffix('】')).unwrap_or(text);
    const OF_PROOFS: [&str; 5] = ["证明材料清单", "佐证材料清单", "佐证材料目录", "申报材料清单", "申报材料目录"];
    // 随表报送材料, 所附资料: what is sent with the form
    let sent = ["随", "所附", "附送", "附报", "相关附件", "后附"].iter().any(|word| text.starts_with(word));
    let lists = |ends: &[&str]| ends.iter().any(|end| text.ends_with(end));
    // 附件3：佐证材料 is an item
    let item = text.contains(':') || text.strip_prefix("附件").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    !item
        && text.chars().count() <= 16
        && (OF_PROOFS.contains(&text)
            || text.strip_prefix("附件").is_some_and(|rest| ["", "名称", "列表", "情况"].contains(&rest))
            || text.contains("附件") && lists(&["清单", "目录", "材料", "资料", "一览", "一览表"])
            || sent && lists(&["材料", "资料", "附件", "文件"]))
}

/// Whether a line titles another kind of paper bound behind the form.
pub fn heads_other_paper(text: &str) -> bool {
    if runs_on(text, 40) {
        return false;
    }
    let text = squash(text);
    let chars = text.chars().count();
    (4..=40).contains(&chars)
        && ["协议书", "协议", "合同", "合同书"].iter().any(|w| text.ends_with(w))
        && !text.starts_with("附件")
        && !text.contains([':', '。', ',', ';'])
        && enumerator(&text) == 0
}

/// Characters of the longest line that heads a section.
const LONGEST_HEADING: usize = 34;

/// A line that heads a section of a form: numbered and short, or a known heading.
pub fn is_heading(text: &str, numbered: bool, lexicon: &Lexicon) -> bool {
    let text = text.trim();
    if text.len() > 160 || text.contains('\n') {
        return false;
    }
    // 【项目负责人】 over a name asks for it
    let asked = text.strip_prefix('【').and_then(|rest| rest.strip_suffix('】')).and_then(|label| lexicon.label(label));
    if asked.is_some_and(|sense| matches!(sense.kind, Kind::Person | Kind::Name | Kind::Organisation) && sense.field != Some(FieldId::Members)) {
        return false;
    }
    // 【预期成果】, 【经费】 head what stands below them
    if asked.is_some_and(|sense| sense.field.is_none() && matches!(sense.kind, Kind::Text | Kind::Task) || sense.kind == Kind::Money) {
        return true;
    }
    let number = enumerator(text);
    let body = text[number..].trim();
    // 专家劳务费 | 0.55万元: an item with its amount
    let is_amount = |at: usize| body[..at].trim_end_matches(['万', '千', '_', ' ']).ends_with(|c: char| c.is_ascii_digit());
    if body.match_indices('元').any(|(at, _)| is_amount(at)) {
        return false;
    }
    let count = body.chars().filter_map(squash_char).take(LONGEST_HEADING + 1).count();
    if count == 0 || count > LONGEST_HEADING || body.ends_with(['。', '；', ';', '，', ',', '！']) {
        return false;
    }
    let tight = squash(body);
    let open = without_brackets(&tight);
    if open.contains(['。', '；', ';', '…']) || open.trim_end_matches(':').contains(':') {
        return false;
    }
    // （八）联系人： asks, whatever its number
    let particular = |s: Sense| {
        s.field.is_some_and(|field| field != FieldId::Members)
            && matches!(
                s.kind,
                Kind::Person | Kind::Name | Kind::Phone | Kind::Email | Kind::Address | Kind::Postcode | Kind::Organisation | Kind::Title | Kind::Date
            )
    };
    if tight.ends_with(':') && lexicon.label(body).is_some_and(particular) {
        return false;
    }
    let han = text[..number].chars().any(|c| NUMERALS.contains(c));
    let is_known = || {
        topic_of(body) != Topic::General
            || owner_of(body).is_some()
            || ["基本情况", "基本信息", "情况表", "信息表", "项目概况", "企业信息", "企业情况"].iter().any(|w| tight.ends_with(w))
            || titles_table(&tight)
    };
    if open.contains(',') {
        return false;
    }
    if han && (count <= 24 || is_known()) {
        return true;
    }
    if count > 20 {
        return false;
    }
    let is_label_only = || {
        lexicon.label(text).is_some_and(|s: Sense| {
            // 项目负责人信息 heads what is told of him
            !matches!(s.kind, Kind::Text | Kind::Opinion | Kind::Person | Kind::Money)
                || s.kind != Kind::Text && matches!(s.owner, Some(Owner::Leader | Owner::Contact))
        })
    };
    (numbered || is_known()) && !is_label_only()
}

/// 表2 企业信息, 附表三：经费: the number that a table of a form has.
fn titles_table(tight: &str) -> bool {
    table_number(tight).is_some()
}

/// What stands behind the number of a table.
pub fn table_number(tight: &str) -> Option<&str> {
    let is_number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let rest = tight.strip_prefix('附').unwrap_or(tight).strip_prefix('表')?;
    rest.starts_with(is_number).then(|| rest.trim_start_matches(is_number).trim_start_matches(':'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Vocabulary;

    #[test]
    fn headings_are_told_from_sentences() {
        let vocabulary = Vocabulary::default();
        let lexicon = vocabulary.lexicon();
        for text in ["一、基本情况", "二、项目组主要成员", "经费预算", "八、经费预算（单位：万元）", "项目组成员"] {
            assert!(is_heading(text, false, lexicon), "{text}");
        }
        for text in ["一、申报单位须填写单位全称，并加盖公章。", "1.本申报书用A4纸打印", "项目名称", "联系人：张三"] {
            assert!(!is_heading(text, false, lexicon), "{text}");
        }
        assert!(heads_instructions("填 报 说 明"));
        assert!(heads_attachments("七、附件清单（按顺序）"));
    }
}
