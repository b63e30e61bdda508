//! Whose block a side label or a section heading opens.
use super::label::squash;
use super::lexicon::Owner;
use std::sync::LazyLock;

/// Characters of the longest heading; a longer text is a sentence.
const LONGEST: usize = 30;

/// Words of headings, spelt as labels are compared: 参与人 loses its 与 as 及, 和 and 或 do.
struct Words(Vec<String>);

impl Words {
    fn new(words: &str) -> Self {
        Self(words.split_whitespace().map(squash).collect())
    }

    fn in_text(&self, text: &str) -> bool {
        self.0.iter().any(|word| text.contains(word.as_str()))
    }
}

struct Headings {
    office: Words,
    recommender: Words,
    adviser: Words,
    expert: Words,
    /// People of the project beside whom experts are no list of their own.
    own: Words,
    people: Words,
    leader: Words,
    partner: Words,
    partners: Words,
    bodies: Words,
    contact: Words,
    head: Words,
    applicant: Words,
}

static HEADINGS: LazyLock<Headings> = LazyLock::new(|| Headings {
    office: Words::new("评审 审批 科协意见 审定 主管部门意见 立项意见 审核人 复核人 受理 监理 科研管理 科研处 教务处 财务处 财务部门 评议组 学术委员会 评委"),
    recommender: Words::new("推荐人 推荐单位 推荐专家 提名 推荐意见 推荐部门"),
    adviser: Words::new("指导教师 指导老师 导师 班主任 辅导员"),
    expert: Words::new("专家 顾问 智囊"),
    own: Words::new("成员 项目组 课题组 参加人 参与人"),
    people: Words::new("成员 参加人 参与人 参加者 参与者 团队 研究人员 项目组 课题组 工作人员 组成人员 人员情况 人员名单 合作者 主要完成人 其他完成人"),
    leader: Words::new("负责人 主持人 申请人 申报人 申请者 首席专家"),
    partner: Words::new("需求单位 需求方 受援单位 服务企业 协作单位 参与单位 参加单位 服务对象 合作企业 合作方 联合申报 合作机构"),
    partners: Words::new("合作单位"),
    bodies: Words::new("单位 学会 协会"),
    contact: Words::new("联系人 联络人 经办人"),
    head: Words::new("法定代表人 法人代表 单位负责人 学会负责人 理事长"),
    applicant: Words::new("申报单位 申请单位 承担单位 依托单位 项目单位 学会 单位情况 单位基本 单位信息 所在单位 工作单位 学会情况 牵头单位 单位概况"),
});

/// Whose block a heading opens; `None` where it names nobody.
pub fn owner_of(heading: &str) -> Option<Owner> {
    let text = squash(heading);
    let text = text.as_str();
    if text.chars().count() > LONGEST {
        return None;
    }
    let words = &*HEADINGS;
    let leader = words.leader.in_text(text);
    Some(if words.office.in_text(text) {
        Owner::Office
    } else if words.recommender.in_text(text) {
        Owner::Recommender
    } else if words.adviser.in_text(text) {
        Owner::Adviser
    } else if words.expert.in_text(text) && !leader && !words.own.in_text(text) {
        Owner::Expert
    } else if words.people.in_text(text) && !words.partners.in_text(text) {
        Owner::Member
    } else if text.contains("合作") && words.bodies.in_text(text) || words.partner.in_text(text) {
        Owner::Partner
    } else if words.contact.in_text(text) {
        Owner::Contact
    } else if words.head.in_text(text) {
        Owner::Head
    } else if leader {
        Owner::Leader
    } else if words.applicant.in_text(text) || text == "单位" {
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
