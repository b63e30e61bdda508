//! Whose block a side label or a section heading opens.
use super::compose::compose;
use super::label::squash;
use super::lexicon::{Kind, Owner};
use super::section::table_number;
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

/// Characters of the longest heading; a longer text is a sentence.
const LONGEST: usize = 30;

/// Whom a word of a heading names.
#[derive(Debug, Clone, Copy)]
enum Names {
    Office,
    Recommender,
    Adviser,
    Expert,
    /// People of the project beside whom experts are no list of their own.
    Own,
    People,
    Leader,
    Partner,
    Partners,
    Body,
    Contact,
    /// Who keeps the money, or gives it.
    Money,
    Head,
    Applicant,
}

/// Words of headings.
const WORDS: [(Names, &str); 14] = [
    (Names::Office, "评审 审批 科协意见 审定 主管部门意见 立项意见 审核人 复核人 受理 监理 科研管理 科研处 教务处 财务处 财务部门 评议组 学术委员会 评委"),
    (Names::Recommender, "推荐人 推荐单位 推荐专家 提名 推荐意见 推荐部门"),
    (Names::Adviser, "指导教师 指导老师 导师 班主任 辅导员"),
    (Names::Expert, "专家 顾问 智囊 智库 思想库"),
    (Names::Own, "成员 项目组 课题组 参加人 参与人"),
    (Names::People, "成员 参加人 参与人 参加者 参与者 团队 研究人员 项目组 课题组 工作人员 组成人员 人员情况 人员名单 合作者 主要完成人 其他完成人"),
    (Names::Leader, "负责人 主持人 申请人 申报人 申请者 首席专家"),
    (Names::Partner, "需求单位 需求方 受援单位 服务企业 协作单位 参与单位 参加单位 服务对象 合作企业 合作方 联合申报 合作机构"),
    (Names::Partners, "合作单位"),
    (Names::Body, "单位 学会 协会"),
    (Names::Contact, "联系人 联络人 经办人"),
    (Names::Money, "财务 会计 出纳 资助方 捐赠 赞助"),
    (Names::Head, "法定代表人 法人代表 单位负责人 学会负责人 理事长"),
    (Names::Applicant, "申报单位 申请单位 承担单位 依托单位 项目单位 学会 单位情况 单位基本 单位信息 所在单位 工作单位 学会情况 牵头单位 单位概况"),
];

/// The words above in one search: a heading is looked through once for all of them.
struct Headings {
    words: AhoCorasick,
    /// Of each word, in the search's order.
    names: Vec<Names>,
}

static HEADINGS: LazyLock<Headings> = LazyLock::new(|| {
    // Spelt as labels are compared: 参与人 loses its 与 as 及, 和 and 或 do.
    let each = WORDS.iter().flat_map(|(names, words)| words.split_whitespace().map(|word| (squash(word), *names)));
    let (words, names): (Vec<String>, Vec<Names>) = each.unzip();
    Headings { words: AhoCorasick::new(words).expect("the words of headings are few"), names }
});

/// Whom a heading names.
struct Named(u16);

impl Named {
    fn of(text: &str) -> Self {
        let found = HEADINGS.words.find_overlapping_iter(text);
        Self(found.fold(0, |all, word| all | 1 << HEADINGS.names[word.pattern()] as u16))
    }

    fn has(&self, names: Names) -> bool {
        self.0 & 1 << names as u16 != 0
    }
}

/// Those who lead people.
const LEADS: [&str; 4] = ["团队带头人", "团队负责人", "课题组负责人", "项目组负责人"];

/// Whose block a heading opens; `None` where it names nobody.
pub fn owner_of(heading: &str) -> Option<Owner> {
    let text = squash(heading);
    let text = text.as_str();
    if text.chars().count() > LONGEST {
        return None;
    }
    if names_both(heading) {
        return None;
    }
    // 科研管理部门 | 名称 | 联系人: whom the applicant itself sends, where no opinion is asked
    if ["科研管理部门", "科技管理部门"].iter().any(|office| text.trim_end_matches("信息") == *office) {
        return Some(Owner::Contact);
    }
    // 团队带头人基本情况: his own, and not his team's
    let leads = LEADS.iter().find_map(|leader| text.split_once(leader)).map(|(before, after)| format!("{before}负责人{after}"));
    let text = leads.as_deref().unwrap_or(text);
    // 附表一 人员
    if table_number(text) == Some("人员") {
        return Some(Owner::Member);
    }
    let named = Named::of(text);
    // 申请团队 applies; 申请团队成员 are its people
    if ["申请", "申报"]
        .iter()
        .any(|act| text.strip_prefix(act).is_some_and(|rest| matches!(rest, "团队" | "团队情况" | "团队基本情况" | "团队信息" | "团队基本信息")))
    {
        return None;
    }
    Some(if named.has(Names::Office) {
        Owner::Office
    } else if named.has(Names::Recommender) {
        Owner::Recommender
    } else if named.has(Names::Adviser) {
        Owner::Adviser
    } else if named.has(Names::Expert) && !named.has(Names::Leader) && !named.has(Names::Own) {
        Owner::Expert
    } else if named.has(Names::People) && !named.has(Names::Partners) {
        Owner::Member
    } else if text.contains("合作") && named.has(Names::Body) || named.has(Names::Partner) || names_partner(text) {
        Owner::Partner
    } else if named.has(Names::Money) {
        Owner::Head
    } else if named.has(Names::Contact) {
        Owner::Contact
    } else if named.has(Names::Head) {
        Owner::Head
    } else if named.has(Names::Leader) {
        Owner::Leader
    } else if named.has(Names::Applicant) || text == "单位" {
        Owner::Applicant
    } else {
        return None;
    })
}

/// 共建单位情况, 协办单位信息: what is told of is asked for by a label of a partner.
fn names_partner(text: &str) -> bool {
    let bare = ["基本情况", "基本信息", "情况", "信息", "概况", "简介"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text);
    compose(bare).is_some_and(|s| s.owner == Some(Owner::Partner) && s.kind == Kind::Organisation)
}

/// 申报学会及负责人: the applicant's block and its people's; whose a line is, its own words say.
fn names_both(heading: &str) -> bool {
    let heading = heading.trim();
    heading.match_indices(['及', '和', '与', '、', '暨']).any(|(at, and)| {
        let [before, after] = [&heading[..at], &heading[at + and.len()..]].map(|part| Named::of(&squash(part)));
        let body = |named: &Named| named.has(Names::Applicant) && !named.has(Names::Leader) && !named.has(Names::Head);
        let person = |named: &Named| (named.has(Names::Leader) || named.has(Names::Contact)) && !named.has(Names::Applicant);
        body(&before) && person(&after) || person(&before) && body(&after)
    })
}

/// Ends of words for people who have a part of their own, and for offices: 审批人, 实验室管理员, 团委书记, 财务处.
const ROLES: &str = "人 员 长 师 主管 主任 书记 秘书 专家 经理 干事 会计 出纳 代表 老师 教师 导师 教练 处 科 办 部 办公室 部门 中心 委员会 收款单位 开户单位 代理机构 资助方 委托方 承保方 受托方";

/// Ends of words that look like roles and are none: what people are, have or do.
const NO_ROLES: &str = "党员 团员 会员 成员 队员 组员 人员 职员 学员 特长 专长 成长 部长 本人 个人 等人 法人 工程师 全部 本部 中心人";

/// Characters of the longest role.
const LONGEST_ROLE: usize = 10;

/// Whose block a label nobody knows opens, where it names a person's part or an office: of somebody who does not lead the project.
pub fn role_of(label: &str) -> Option<Owner> {
    let text = squash(label);
    let text = text.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '(' | ')'));
    // 担任导师 | 硕导: what he is
    let begins = ["担任", "是否", "曾任", "现任", "兼任", "原任", "所学", "所在", "从事"].iter().any(|word| text.starts_with(word));
    let ends = |words: &str| words.split_whitespace().any(|word| text.ends_with(word));
    let count = text.chars().count();
    let ideographs = text.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    ((2..=LONGEST_ROLE).contains(&count) && ideographs && !begins && ends(ROLES) && !ends(NO_ROLES)).then_some(Owner::Head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_nobody_knows_is_somebody_elses() {
        for role in ["审批人", "实验室管理员", "团委书记", "班长", "财务主管", "秘书", "校对人", "科技处"] {
            assert_eq!(role_of(role), Some(Owner::Head), "{role}");
        }
        for other in ["政治面貌", "担任导师", "团员", "特长", "项目名称", "2019级", "高级工程师"] {
            assert_eq!(role_of(other), None, "{other}");
        }
    }

    #[test]
    fn a_block_of_the_applicant_and_its_people_is_nobodys_alone() {
        for heading in ["二、申报学会及负责人", "申报单位和项目负责人信息", "项目负责人与申报单位"] {
            assert_eq!(owner_of(heading), None, "{heading}");
        }
        assert_eq!(owner_of("学会负责人"), Some(Owner::Head));
        assert_eq!(owner_of("项目负责人及成员"), Some(Owner::Member));
    }

    #[test]
    fn headings_name_their_owner_with_or_without_a_conjunction_in_the_word() {
        for (heading, owner) in [
            ("项目主要参与人员", Some(Owner::Member)),
            ("二、课题组成员情况", Some(Owner::Member)),
            ("专家团队", Some(Owner::Expert)),
            ("专家顾问", Some(Owner::Expert)),
            ("参与单位情况", Some(Owner::Partner)),
            ("专家组评审意见", Some(Owner::Office)),
            ("项目负责人基本情况", Some(Owner::Leader)),
            ("立项依据", None),
            ("申请团队", None),
            ("一、团队带头人基本情况", Some(Owner::Leader)),
            ("团队带头人及成员", Some(Owner::Member)),
            ("申请团队成员", Some(Owner::Member)),
        ] {
            assert_eq!(owner_of(heading), owner, "{heading}");
        }
    }
}
