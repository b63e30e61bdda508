//! The meaning of a label that no list names: its noun says what it asks for, the words before the noun say whose and of what.
//!
//! 学生负责人手机 is a telephone (手机) of the leader (学生, 负责人); 拟立项题目 a name (题目) of what is applied for (拟, 立项).
//! Every part must be a known word: a value (徐州市工程学会) ends with the same nouns and is held off by its other words.
use super::lexicon::{Kind, Owner, Sense};
use super::opinion::{others_opinion, promised_beside};
use super::word_parts::{LONGEST_WORD, Noun, VOCABULARY, Word};
use crate::model::FieldId;

/// Characters of the longest label that is taken apart.
pub const LONGEST: usize = 18;

/// Whether a label that no words make up speaks of another matter, or of somebody who is not the applicant.
pub fn speaks_of_others(key: &str) -> bool {
    speaks(key, |word| match word {
        Word::Aside | Word::Meeting => true,
        Word::Of(owner) => !matches!(owner, Owner::Leader | Owner::Contact | Owner::Applicant),
        _ => false,
    })
}

/// Whether a label that no words make up speaks of an organisation or person.
pub fn speaks_of_somebody(key: &str) -> bool {
    speaks(key, |word| matches!(word, Word::Body | Word::Of(_)))
}

/// Whether a text ends as labels do and names nobody: 所在科室, 学科、专业.
pub fn asks_as_label(key: &str) -> bool {
    const MORE: [&str; 10] = ["科室", "专业", "学科", "年级", "班级", "学号", "所在学院", "所在学院(系)", "所在单位", "所在部门"];
    let particular = VOCABULARY.nouns.iter().any(|(word, noun)| {
        !matches!(noun, Noun::Body | Noun::School | Noun::Department | Noun::Person(_) | Noun::Grant | Noun::Party | Noun::Grade)
            && word.chars().count() >= 2
            && key.ends_with(word.as_str())
    });
    key.chars().count() <= LONGEST && (particular || MORE.iter().any(|w| key.ends_with(w)))
}

fn speaks(key: &str, of: impl Fn(Word) -> bool) -> bool {
    VOCABULARY.words.iter().any(|(text, word)| of(*word) && text.chars().count() >= 2 && key.contains(text.as_str()))
}

/// What is told of several people (成员信息).
const TABLES: [&str; 6] = ["基本信息", "基本情况", "信息", "情况", "名单", "一览"];

/// The sense of a squashed label without brackets; `None` where a part of it is unknown.
pub fn compose(key: &str) -> Option<Sense> {
    if let Some(whose) = promised_beside(key) {
        return compose(&format!("{whose}意见"));
    }
    if key.len() > LONGEST * 3 {
        return None;
    }
    if let Some(asked) = asked_of(key) {
        return compose(asked).filter(|s| s.field == Some(FieldId::BudgetTotal));
    }
    // 报送部门: to whom, and not by whom
    if key.ends_with("部门") && ["报送", "上报", "递交", "呈报", "提交"].iter().any(|w| key.starts_with(w)) {
        return Some(Sense { field: None, owner: Some(Owner::Office), kind: Kind::Organisation, weak: false });
    }
    let table = &*VOCABULARY;
    if table.signatures.iter().any(|w| key.strip_suffix(w.as_str()).is_some_and(|before| table.words_of(before).is_some())) {
        return Some(Sense { field: None, owner: None, kind: Kind::Sign, weak: false });
    }
    // 经费来源与额度: how much, and from whom
    if let Some(sum) = ["经费来源", "资金来源"].iter().find_map(|w| key.strip_prefix(w)).filter(|rest| matches!(*rest, "额度" | "数额" | "总额"))
    {
        return compose(&format!("经费{sum}")).map(|sense| Sense { weak: true, ..sense });
    }
    // 资助金额申请 asks for what 申请资助金额 does
    if let Some(money) = ["申请", "申报", "需求"].iter().find_map(|w| key.strip_suffix(w)) {
        return compose(money).filter(|s| s.field == Some(FieldId::BudgetTotal));
    }
    // 项目开始, 课题结束
    let ends = ["开始", "起始", "结束", "终止"].iter().any(|w| key.ends_with(w)) && ["项目", "课题"].iter().any(|w| key.starts_with(w));
    if ends {
        return compose(&format!("{key}时间")).filter(|s| matches!(s.field, Some(FieldId::PeriodFrom | FieldId::PeriodTo)));
    }
    if let Some(people) = TABLES.iter().find_map(|w| key.strip_suffix(w)) {
        return compose(people).filter(|s| s.field == Some(FieldId::Members));
    }
    // the longest noun first
    let composed = key.char_indices().find_map(|(at, _)| sense(*table.nouns.get(&key[at..])?, &table.words_of(&key[..at])?));
    composed.or_else(|| asked_of_somebody(key)).or_else(|| others_opinion(key))
}

/// 申请厅局拨款, 申请市科协建站补助: a sum that is asked of somebody whom no list names.
fn asked_of_somebody(key: &str) -> Option<Sense> {
    const SUMS: [&str; 9] = ["补助", "补贴", "资助", "拨款", "经费", "资金", "奖补", "扶持", "金额"];
    const OTHERS: [&str; 13] = ["人", "者", "单位", "学会", "学校", "书", "表", "自筹", "配套", "贷款", "银行", "来源", "已有"];
    let asked = key.strip_prefix('拟').unwrap_or(key).strip_prefix("申请")?;
    let whom = SUMS.iter().find_map(|sum| asked.strip_suffix(sum))?;
    let named = (2..=LONGEST_WORD + 2).contains(&whom.chars().count()) && whom.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let others = OTHERS.iter().any(|word| if word.chars().count() == 1 { whom.starts_with(word) } else { whom.contains(word) });
    (named && !others).then_some(Sense { field: Some(FieldId::BudgetTotal), owner: None, kind: Kind::Money, weak: false })
}

/// 向本会申请, 向基金会申请金额: what is asked for, without whom it is asked of.
fn asked_of(key: &str) -> Option<&str> {
    let at = key.strip_prefix('向')?.find("申请")? + '向'.len_utf8();
    let asked = &key[at..];
    (key[..at].chars().count() <= LONGEST_WORD + 1).then_some(if asked == "申请" { "申请经费" } else { asked })
}

/// Whose the matter is: another organisation's or the adviser's above all, else the last one's that is named.
fn owner(words: &[Word]) -> Option<Owner> {
    let mut named = words.iter().rev().filter_map(|w| if let Word::Of(owner) = w { Some(*owner) } else { None });
    named.clone().find(|o| matches!(o, Owner::Partner | Owner::Recommender | Owner::Adviser)).or_else(|| named.next())
}

fn sense(noun: Noun, words: &[Word]) -> Option<Sense> {
    use FieldId as F;
    let has = |word: Word| words.contains(&word);
    let owned = owner(words);
    let meeting = has(Word::Meeting) && !has(Word::Aside);
    let aside = has(Word::Aside) || meeting;
    let told = words.iter().any(|w| !matches!(w, Word::Plain | Word::Group));
    let applied = has(Word::Project) || has(Word::Applying);
    let plain = |kind: Kind| Sense { field: None, owner: None, kind, weak: false };
    let field = |field: FieldId, kind: Kind, owner: Option<Owner>| Sense { field: Some(field), owner, kind, weak: false };
    let applicant = |o: Option<Owner>| matches!(o, None | Some(Owner::Applicant | Owner::Leader));
    if has(Word::Level) && !matches!(noun, Noun::Money | Noun::Grant) {
        return None;
    }
    Some(match noun {
        Noun::Name => match owned {
            _ if aside => plain(Kind::Text),
            Some(Owner::Leader) => field(F::Leader, Kind::Name, owned),
            Some(Owner::Contact) => field(F::Contact, Kind::Name, owned),
            Some(owner) => Sense { owner: Some(owner), ..plain(Kind::Name) },
            // 项目负责人 is told; 学生姓名 asks for whoever applies
            None => Sense { owner: applied.then_some(Owner::Leader), ..plain(Kind::Name) },
        },
        Noun::Naming => naming(words, owned)?,
        Noun::Particular(_) if aside => plain(Kind::Text),
        // 财务联系人, 监护人: somebody else
        Noun::Person(_) if aside => Sense { owner: Some(Owner::Head), ..plain(Kind::Person) },
        Noun::Particular(kind) => {
            // 学会职务 is a person's
            let body = kind != Kind::Title && words.iter().any(|w| matches!(w, Word::Body | Word::Of(Owner::Applicant)));
            let owner = owned.filter(|o| *o != Owner::Applicant).or((body && owned.is_none()).then_some(Owner::Applicant));
            let asked = match kind {
                Kind::Phone => Some(F::Phone),
                Kind::Email => Some(F::Email),
                Kind::Address => Some(F::Address),
                Kind::Postcode => Some(F::Postcode),
                Kind::Title => Some(F::LeaderTitle),
                _ => None,
            };
            // where the form is to be sent
            if has(Word::Filling) && owned.is_none() {
                return Some(Sense { owner: Some(Owner::Office), ..plain(kind) });
            }
            Sense { field: asked, owner, kind, weak: false }
        }
        Noun::Person(part) => person(part, words, owned)?,
        // 材料学院 is a college, not a label
        Noun::Body | Noun::School | Noun::Department if aside => return None,
        Noun::Department => {
            (applied && owned.is_none()).then(|| Sense { weak: true, ..field(F::ApplicantName, Kind::Organisation, Some(Owner::Applicant)) })?
        }
        Noun::Party => (owned == Some(Owner::Partner)).then(|| field(F::Partner, Kind::Organisation, owned))?,
        Noun::Body | Noun::School => match owned {
            Some(Owner::Recommender) if noun == Noun::School => field(F::ApplicantName, Kind::Organisation, Some(Owner::Applicant)),
            Some(Owner::Partner) => field(F::Partner, Kind::Organisation, owned),
            Some(Owner::Recommender | Owner::Adviser | Owner::Member | Owner::Contact | Owner::Head | Owner::Expert | Owner::Office) => {
                Sense { owner: owned, ..plain(Kind::Organisation) }
            }
            Some(Owner::Applicant | Owner::Leader) => field(F::ApplicantName, Kind::Organisation, Some(Owner::Applicant)),
            None if applied || has(Word::Filling) || has(Word::End) => field(F::ApplicantName, Kind::Organisation, Some(Owner::Applicant)),
            None => return None,
        },
        Noun::Opinion => opinion(words, owned)?,
        // 会议总经费 of a form that applies for a meeting, but not 会议费用
        Noun::Money if meeting && has(Word::Total) => Sense { weak: true, ..field(F::BudgetTotal, Kind::Money, None) },
        Noun::Sort if meeting => Sense { weak: true, ..field(F::Category, Kind::Choice, None) },
        _ if aside => plain(Kind::Text),
        Noun::Day | Noun::Span => day(noun, words)?,
        Noun::Money | Noun::Grant => {
            let of_others = matches!(owned, Some(Owner::Partner | Owner::Recommender | Owner::Adviser | Owner::Member | Owner::Expert));
            let ours = applied || has(Word::Matter) || has(Word::Total) || has(Word::Fiscal);
            if of_others || has(Word::Body) && !has(Word::Applying) {
                Sense { weak: noun == Noun::Grant, ..plain(Kind::Text) }
            } else if ours {
                // 科普经费 may be the society's own
                let sure = (applied || has(Word::Total)) && !words.starts_with(&[Word::Fiscal]);
                Sense { weak: noun == Noun::Grant && !has(Word::Applying) || !sure, ..field(F::BudgetTotal, Kind::Money, None) }
            } else {
                return None;
            }
        }
        Noun::Sort | Noun::Grade => {
            if (applied || has(Word::Matter)) && applicant(owned) && !has(Word::Body) {
                Sense { weak: noun == Noun::Grade, ..field(F::Category, Kind::Choice, None) }
            } else if told {
                plain(Kind::Text)
            } else {
                return None;
            }
        }
    })
}

/// 项目题目, 学会全称, 拟合作企业名称.
fn naming(words: &[Word], owned: Option<Owner>) -> Option<Sense> {
    let text = Sense { field: None, owner: None, kind: Kind::Text, weak: false };
    if words.iter().any(|w| matches!(w, Word::Aside | Word::Meeting)) {
        return Some(text);
    }
    let last = words.iter().rev().find(|w| !matches!(w, Word::Plain))?;
    // 学术活动名称 may name one of several
    let asked = words.iter().any(|w| matches!(w, Word::Project | Word::Applying | Word::Filling));
    Some(match (last, owned) {
        (Word::Group, _) => text,
        (Word::Body, Some(Owner::Partner)) | (Word::Of(Owner::Partner), _) => {
            Sense { field: Some(FieldId::Partner), owner: Some(Owner::Partner), kind: Kind::Organisation, weak: false }
        }
        (Word::Body, None | Some(Owner::Applicant | Owner::Leader)) => {
            Sense { field: Some(FieldId::ApplicantName), owner: owned.map(|_| Owner::Applicant), kind: Kind::Organisation, weak: false }
        }
        (Word::Body | Word::Of(_), Some(owner)) => Sense { owner: Some(owner), kind: Kind::Organisation, ..text },
        (Word::Project | Word::Matter | Word::Applying | Word::Filling, _) => Sense { field: Some(FieldId::ProjectName), weak: !asked, ..text },
        _ => return None,
    })
}

/// 院系推荐意见 is the applicant's own, 导师意见 and 上级主管单位意见 are others'.
fn opinion(words: &[Word], owned: Option<Owner>) -> Option<Sense> {
    let theirs = |w: &[Word]| matches!(w, [Word::Of(Owner::Recommender | Owner::Partner), Word::Body]);
    let own = words.contains(&Word::Body) && !words.windows(2).any(theirs);
    match owned {
        // a college's own experts may speak for it
        Some(Owner::Expert) if own => Some(Sense { field: Some(FieldId::Opinion), owner: Some(Owner::Applicant), kind: Kind::Opinion, weak: true }),
        Some(Owner::Adviser | Owner::Expert | Owner::Head | Owner::Contact | Owner::Partner) => {
            Some(Sense { field: None, owner: owned, kind: Kind::Office, weak: false })
        }
        _ if own => Some(Sense { field: Some(FieldId::Opinion), owner: Some(Owner::Applicant), kind: Kind::Opinion, weak: false }),
        Some(Owner::Recommender) => Some(Sense { field: None, owner: owned, kind: Kind::Office, weak: false }),
        _ => None,
    }
}

/// 学生负责人, 学院联系人, 其他参与学生.
fn person(part: Owner, words: &[Word], owned: Option<Owner>) -> Option<Sense> {
    let person = |owner: Owner, field: Option<FieldId>| Some(Sense { field, owner: Some(owner), kind: Kind::Person, weak: false });
    let last = words.iter().rev().find(|w| !matches!(w, Word::Plain | Word::Group));
    let theirs = owned.filter(|o| matches!(o, Owner::Partner | Owner::Recommender | Owner::Adviser | Owner::Expert | Owner::Office));
    match part {
        Owner::Leader => match (theirs, last) {
            (Some(owner), _) => person(owner, None),
            // who heads the organisation does not lead the project
            (None, Some(Word::Body | Word::Of(Owner::Applicant))) => person(Owner::Head, None),
            (None, _) => person(Owner::Leader, Some(FieldId::Leader)),
        },
        Owner::Contact => match theirs {
            Some(owner) => person(owner, None),
            None => person(Owner::Contact, Some(FieldId::Contact)),
        },
        Owner::Adviser => person(Owner::Adviser, None),
        Owner::Member => theirs.is_none_or(|o| o == Owner::Partner).then(|| person(Owner::Member, Some(FieldId::Members))).flatten(),
        other => person(other, None),
    }
}

/// 项目启动日期, 预计结题时间, 拟执行期限, 制表日期.
fn day(noun: Noun, words: &[Word]) -> Option<Sense> {
    let has = |word: Word| words.contains(&word);
    let sense = |field: FieldId, kind: Kind| Some(Sense { field: Some(field), owner: None, kind, weak: false });
    match (has(Word::Begin), has(Word::End)) {
        (true, false) if noun == Noun::Day => sense(FieldId::PeriodFrom, Kind::Date),
        (false, true) if noun == Noun::Day => sense(FieldId::PeriodTo, Kind::Period),
        (true, true) => sense(FieldId::PeriodFrom, Kind::Period),
        _ if has(Word::Filling) => sense(FieldId::DateFilled, Kind::Date),
        _ if noun == Noun::Span => sense(FieldId::PeriodFrom, Kind::Period),
        // 申报日期 is a day, 项目实施时间 a span
        _ if has(Word::Applying) && !has(Word::Project) => sense(FieldId::DateFilled, Kind::Date),
        _ if has(Word::Project) || has(Word::Matter) || has(Word::Of(Owner::Applicant)) => sense(FieldId::PeriodFrom, Kind::Period),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use FieldId as F;

    fn field(label: &str) -> Option<FieldId> {
        compose(&super::super::label::label_key(label)).and_then(|s| s.field)
    }

    #[test]
    fn labels_that_no_list_has_are_made_of_known_words() {
        for (label, expected) in [
            ("拟立项题目", F::ProjectName),
            ("创新训练项目名称", F::ProjectName),
            ("项目标题", F::ProjectName),
            ("学生负责人", F::Leader),
            ("项目总负责", F::Leader),
            ("学生负责人姓名", F::Leader),
            ("项目经办", F::Contact),
            ("立项学院", F::ApplicantName),
            ("申报学会全称", F::ApplicantName),
            ("项目负责人所在学院", F::ApplicantName),
            ("拟合作单位名称", F::Partner),
            ("项目负责人移动电话", F::Phone),
            ("常用电子邮箱", F::Email),
            ("负责人行政职务", F::LeaderTitle),
            ("常住地通讯地址", F::Address),
            ("制表时间", F::DateFilled),
            ("项目开始日期", F::PeriodFrom),
            ("拟完成时间", F::PeriodTo),
            ("项目研究周期", F::PeriodFrom),
            ("申请支持经费", F::BudgetTotal),
            ("参与学生", F::Members),
            ("同组学生", F::Members),
            ("资助金额申请（万元）", F::BudgetTotal),
            ("申请市财政", F::BudgetTotal),
            ("申请市级经费", F::BudgetTotal),
            ("申请扶持", F::BudgetTotal),
            ("向本会申请", F::BudgetTotal),
            ("向基金会申请金额（元）", F::BudgetTotal),
            ("申请厅局拨款", F::BudgetTotal),
            ("申请市科协建站补助", F::BudgetTotal),
            ("项目总投资额", F::BudgetTotal),
            ("经费来源与额度", F::BudgetTotal),
            ("公司工会联系人", F::Contact),
            ("e站负责人", F::Leader),
            ("拟选活动主题", F::ProjectName),
            ("科技支撑单位", F::Partner),
            ("起草人员", F::Members),
            ("主要技术骨干", F::Members),
            ("项目分组", F::Category),
            ("申报作品类别", F::Category),
            ("院系推荐意见", F::Opinion),
            ("院(系)主管领导意见", F::Opinion),
            ("申请者所在单位的审查与保证", F::Opinion),
            ("申报单位推荐意见及提供相关研究工作条件的保证", F::Opinion),
            ("牵头起草单位", F::ApplicantName),
            ("设站单位", F::ApplicantName),
            ("参与起草单位", F::Partner),
            ("服务站负责人", F::Leader),
            ("项目年度预算", F::BudgetTotal),
            ("创作周期", F::PeriodFrom),
            ("制作周期", F::PeriodFrom),
            ("会议总经费", F::BudgetTotal),
            ("会议类别", F::Category),
            ("项目开始", F::PeriodFrom),
            ("项目结束", F::PeriodTo),
            ("组织内职务", F::LeaderTitle),
            ("岗位职务", F::LeaderTitle),
            ("合作伙伴", F::Partner),
            ("联办单位", F::Partner),
            ("申请科室", F::ApplicantName),
            ("起草组人员", F::Members),
            ("其他主要完成人", F::Members),
            ("标准负责人", F::Leader),
        ] {
            assert_eq!(field(label), Some(expected), "{label}");
        }
    }

    #[test]
    fn whose_a_particular_is_stands_in_the_label() {
        let owner = |label: &str| compose(label).and_then(|s| s.owner);
        assert_eq!(owner("第一指导老师电话"), Some(Owner::Adviser));
        assert_eq!(owner("学院负责人"), Some(Owner::Head));
        assert_eq!(owner("推荐单位联系人"), Some(Owner::Recommender));
        assert_eq!(owner("合作企业联系人手机"), Some(Owner::Partner));
    }

    #[test]
    fn other_matters_are_no_fields() {
        for label in [
            "自筹经费",
            "申请单位自筹经费",
            "经费来源",
            "会议费用",
            "会议时间",
            "申报团队名称",
            "出生日期",
            "英文题目",
            "紧急联系人电话",
            "财务负责人",
            "成果类别",
            "导师推荐意见",
            "监督电话",
            "项目负责人签字",
        ] {
            assert_eq!(field(label), None, "{label}");
        }
    }

    #[test]
    fn values_are_no_labels() {
        for value in [
            "徐州市工程学会",
            "工程学院",
            "科技服务部门",
            "重点项目",
            "创新训练项目",
            "材料学院",
            "创新训练类",
            "科普活动日",
            "副教授",
            "院长",
            "一级教师",
            "技术人员",
            "市级负责人",
            "县级财政",
            "徐州理工大学",
        ] {
            assert_eq!(compose(value), None, "{value}");
        }
    }
}
