//! Whose block a side label or a section heading opens.
use super::label::squash;
use super::lexicon::Owner;
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
    Head,
    Applicant,
}

/// Words of headings.
const WORDS: [(Names, &str); 13] = [
    (Names::Office, "评审 审批 科协意见 审定 主管部门意见 立项意见 审核人 复核人 受理 监理 科研管理 科研处 教务处 财务处 财务部门 评议组 学术委员会 评委"),
    (Names::Recommender, "推荐人 推荐单位 推荐专家 提名 推荐意见 推荐部门"),
    (Names::Adviser, "指导教师 指导老师 导师 班主任 辅导员"),
    (Names::Expert, "专家 顾问 智囊"),
    (Names::Own, "成员 项目组 课题组 参加人 参与人"),
    (Names::People, "成员 参加人 参与人 参加者 参与者 团队 研究人员 项目组 课题组 工作人员 组成人员 人员情况 人员名单 合作者 主要完成人 其他完成人"),
    (Names::Leader, "负责人 主持人 申请人 申报人 申请者 首席专家"),
    (Names::Partner, "需求单位 需求方 受援单位 服务企业 协作单位 参与单位 参加单位 服务对象 合作企业 合作方 联合申报 合作机构"),
    (Names::Partners, "合作单位"),
    (Names::Body, "单位 学会 协会"),
    (Names::Contact, "联系人 联络人 经办人"),
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

/// Whose block a heading opens; `None` where it names nobody.
pub fn owner_of(heading: &str) -> Option<Owner> {
    let text = squash(heading);
    let text = text.as_str();
    if text.chars().count() > LONGEST {
        return None;
    }
    let named = Named::of(text);
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
    } else if text.contains("合作") && named.has(Names::Body) || named.has(Names::Partner) {
        Owner::Partner
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

#[cfg(test)]
mod tests {
    use super::*;

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
        ] {
            assert_eq!(owner_of(heading), owner, "{heading}");
        }
    }
}
