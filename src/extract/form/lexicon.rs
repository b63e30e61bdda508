//! What a printed label means: which field, whose, and what kind of value it asks for.
use super::bracketed::{in_brackets, is_other_name};
use super::compose::compose;
use super::label::{label_key, squash, without_brackets};
use super::words;
use crate::model::FieldId;
use crate::text::fold::fold_char;
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use std::collections::BTreeMap;

/// Whose particulars a label asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    Leader,
    Contact,
    /// The applying organisation.
    Applicant,
    Member,
    Adviser,
    Recommender,
    Partner,
    /// Head or legal representative of the organisation.
    Head,
    Expert,
    /// The office that receives, reviews and decides.
    Office,
}

impl Owner {
    pub const fn is_person(self) -> bool {
        matches!(self, Self::Leader | Self::Contact | Self::Member | Self::Adviser | Self::Recommender | Self::Head | Self::Expert)
    }
}

/// What kind of value a label asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A person in a role (项目负责人); `Sense::owner` says which.
    Person,
    /// 姓名, whose is told by the owner.
    Name,
    Organisation,
    Title,
    Phone,
    Fax,
    Email,
    Address,
    Postcode,
    Date,
    Period,
    Money,
    Choice,
    Opinion,
    Duty,
    /// Filled in by the receiving office.
    Office,
    /// A signature or a seal; blank in an electronic copy.
    Sign,
    /// Head of a column that holds no answer (序号).
    Counter,
    Amount,
    Item,
    Task,
    Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sense {
    pub field: Option<FieldId>,
    pub owner: Option<Owner>,
    pub kind: Kind,
    /// The word is as often a value (职务：理事长) or another thing's label.
    pub weak: bool,
}

/// All labels a form may print, by squashed spelling.
#[derive(Debug)]
pub struct Lexicon {
    senses: HashMap<String, Sense>,
    /// The first two characters of every label.
    openings: HashSet<String>,
    longest: usize,
}

impl Lexicon {
    /// General words, and a programme's labels per field, which win.
    pub fn new(labels: &BTreeMap<FieldId, Vec<String>>) -> Self {
        let mut lexicon = Self { senses: HashMap::with_capacity(4096), openings: HashSet::new(), longest: 0 };
        lexicon.add_plain();
        lexicon.add_composed();
        for (&field, labels) in labels {
            for label in labels {
                lexicon.add_field(field, label);
            }
        }
        lexicon
    }

    fn insert(&mut self, label: &str, sense: Sense) {
        let key = squash(label);
        if key.is_empty() {
            return;
        }
        self.longest = self.longest.max(key.chars().count());
        self.openings.insert(key.chars().take(2).collect());
        self.senses.insert(key, sense);
    }

    fn add_field(&mut self, field: FieldId, label: &str) {
        use FieldId as F;
        let key = squash(label);
        let (kind, mut owner) = match field {
            F::ProjectName => (Kind::Text, None),
            F::ApplicantName => (Kind::Organisation, Some(Owner::Applicant)),
            F::Category => (Kind::Choice, None),
            F::Leader => (Kind::Person, Some(Owner::Leader)),
            F::LeaderTitle => (Kind::Title, None),
            F::Contact => (Kind::Person, Some(Owner::Contact)),
            F::Phone => (Kind::Phone, None),
            F::Email => (Kind::Email, None),
            F::Address => (Kind::Address, None),
            F::Postcode => (Kind::Postcode, None),
            F::DateFilled => (Kind::Date, None),
            // 起始时间 asks for one day, 起止时间 for two
            F::PeriodFrom if !(key.contains("起止") || key.contains("起讫")) && begins(&key) => (Kind::Date, None),
            F::PeriodFrom | F::PeriodTo => (Kind::Period, None),
            F::Partner => (Kind::Organisation, Some(Owner::Partner)),
            F::BudgetTotal => (Kind::Money, None),
            F::Members => (Kind::Person, Some(Owner::Member)),
            F::Opinion => (Kind::Opinion, None),
        };
        if key.starts_with("负责人") || key.starts_with("项目负责人") || key.starts_with("课题负责人") || key.starts_with("主持人") || key.starts_with("申请人")
        {
            owner = if field == F::ApplicantName { owner } else { owner.or(Some(Owner::Leader)) };
        } else if key.starts_with("联系人") && field == F::Phone {
            owner = Some(Owner::Contact);
        } else if key.starts_with("单位名称")
            || key == "单位全称"
            || key == "机构名称"
            || key == "企业名称"
            || key == "组织名称"
            || key == "名称"
            || key == "学校名称"
        {
            owner = None;
        }
        if field == F::Opinion && ["市科协", "评审", "审定", "推荐单位", "主管"].iter().any(|w| key.contains(w)) {
            owner = Some(Owner::Office);
        }
        let weak = matches!(
            key.as_str(),
            "负责人"
                | "名称"
                | "题目"
                | "类别"
                | "日期"
                | "职务"
                | "职称"
                | "经费"
                | "成员"
                | "中文名称"
                | "单位"
                | "活动名称"
                | "会议名称"
                | "主办单位"
                | "队长"
                | "地址"
                | "技术负责人"
                | "团队负责人"
                | "学术带头人"
                | "带头人"
                | "工程名称"
                | "作品名称"
                | "成果名称"
                | "总负责人"
                | "项目预算"
                | "经费预算"
                | "项目经费"
                | "依托单位"
                | "法定代表人委托代理人"
                | "推荐学校"
                | "理事长"
                | "会长"
                | "秘书长"
                | "院长"
                | "法定代表人"
                | "活动负责人"
                | "信箱"
                | "邮件"
                | "住所"
                | "需求单位"
                | "服务单位"
                | "企业名称"
                | "学校"
                | "学部(学院)"
                | "学院(学部)"
                | "学院(部)"
                | "院(系)"
                | "系(院)"
                | "院(系所)"
                | "二级学院"
                | "项目级别"
                | "课题级别"
                | "申报级别"
                | "参赛组别"
                | "联合申报"
                | "推荐时间"
        );
        // 工作室名称 beside 项目名称: who works there, and not what is applied for
        let carrier = field == F::ProjectName
            && ["平台", "基地", "团队", "站", "工作室"].iter().any(|word| key.strip_suffix("名称").is_some_and(|of| of.ends_with(word)));
        let weak = weak || carrier;
        // 合计, 金额 head rows and columns of budgets, whatever else a programme calls them
        if let Some(head) = self.knows(&key).filter(|s| matches!(s.kind, Kind::Item | Kind::Amount | Kind::Counter)) {
            // 申请金额 beside its answer is what is applied for
            if head.kind == Kind::Amount && key.starts_with("申请") {
                self.insert(label, Sense { field: Some(field), ..head });
            }
            return;
        }
        self.insert(label, Sense { field: Some(field), owner, kind, weak });
    }

    fn add_plain(&mut self) {
        for (kind, words) in words::PLAIN {
            let weak = matches!(kind, Kind::Item | Kind::Task);
            for word in words.split_whitespace() {
                self.insert(
                    word,
                    Sense {
                        field: None,
                        owner: None,
                        kind,
                        weak: weak
                            || matches!(
                                word,
                                "单位"
                                    | "部门"
                                    | "其他"
                                    | "说明"
                                    | "附件"
                                    | "博士"
                                    | "硕士"
                                    | "年度"
                                    | "级别"
                                    | "角色"
                                    | "学院"
                                    | "院系"
                                    | "学科"
                                    | "领域"
                                    | "时间"
                                    | "地点"
                                    | "作者"
                                    | "微信"
                                    | "预算"
                                    | "费用"
                                    | "签名"
                                    | "职责"
                                    | "高级职称"
                                    | "中级职称"
                                    | "初级职称"
                                    | "推荐单位"
                                    | "专业"
                                    | "时间安排"
                            ),
                    },
                );
            }
        }
        let period = Sense { field: Some(FieldId::PeriodFrom), owner: None, kind: Kind::Period, weak: false };
        for word in words::PERIODS.split_whitespace() {
            self.insert(word, period);
        }
        let organiser = Sense { field: Some(FieldId::ApplicantName), owner: None, kind: Kind::Organisation, weak: true };
        for word in words::ORGANISERS.split_whitespace() {
            self.insert(word, organiser);
        }
    }

    /// Owner words joined with what is asked of the owner: 联系人手机, 合作单位地址, 负责人签字.
    fn add_composed(&mut self) {
        for (owner, prefixes) in words::OWNERS {
            for prefix in prefixes.split_whitespace() {
                let unit = matches!(owner, Owner::Applicant | Owner::Partner) || prefix.ends_with("单位") || prefix.ends_with("部门");
                for (kind, field, words) in words::ASKS {
                    for word in words.split_whitespace() {
                        let label = format!("{prefix}{word}");
                        if self.senses.contains_key(&squash(&label)) {
                            continue;
                        }
                        if kind == Kind::Name && unit == (word == "姓名") {
                            continue;
                        }
                        let (kind, owner) = match kind {
                            Kind::Name if unit => (Kind::Organisation, owner),
                            Kind::Person if owner == Owner::Applicant => (Kind::Person, if word == "联系人" { Owner::Contact } else { Owner::Head }),
                            Kind::Opinion if owner == Owner::Recommender => (Kind::Office, owner),
                            kind => (kind, owner),
                        };
                        let field = match (kind, owner) {
                            (Kind::Name, Owner::Leader) => Some(FieldId::Leader),
                            (Kind::Name | Kind::Person, Owner::Contact) => Some(FieldId::Contact),
                            (Kind::Opinion, Owner::Applicant) => Some(FieldId::Opinion),
                            _ => field,
                        };
                        self.insert(&label, Sense { field, owner: Some(owner), kind, weak: false });
                    }
                }
                if owner != Owner::Applicant || prefix.chars().count() > 2 {
                    let kind = if unit { Kind::Organisation } else { Kind::Person };
                    let weak = matches!(
                        prefix,
                        "理事长"
                            | "会长"
                            | "秘书长"
                            | "院长"
                            | "校长"
                            | "顾问"
                            | "专家"
                            | "成员"
                            | "单位领导"
                            | "企业"
                            | "推荐单位"
                            | "法人"
                            | "带头人"
                            | "第一作者"
                            | "队长"
                            | "队员"
                            | "活动负责人"
                    );
                    self.insert(prefix, Sense { field: None, owner: Some(owner), kind, weak });
                }
            }
        }
    }

    /// The meaning of a whole label as printed.
    pub fn label(&self, raw: &str) -> Option<Sense> {
        // 2022-05-10, 120: no word, no label
        if raw.len() > 240 || raw.bytes().all(|b| b.is_ascii() && !b.is_ascii_alphabetic()) {
            return None;
        }
        // 其中：申请资助经费
        let raw = raw.trim_start().strip_prefix("其中").and_then(|rest| rest.strip_prefix(['：', ':'])).unwrap_or(raw);
        let key = label_key(raw);
        // 服务地点（合作单位）: the label in brackets, where the one before them asks for no field
        let before = self.by_key(&key);
        let asks_nothing = before.is_some_and(|s| s.field.is_none() && s.kind == Kind::Text);
        if (asks_nothing || before.is_none())
            && let Some(named) = in_brackets(&squash(raw)).and_then(|inner| self.knows(inner)).filter(|s| s.field.is_some())
            && (asks_nothing && !named.weak || before.is_none() && is_other_name(&without_brackets(&key), named))
        {
            return Some(named);
        }
        // 攻关团队（姓名、工种）: people, by what is asked of each
        let people = |key: &str| ["团队", "小组", "队伍", "人员", "成员"].iter().any(|word| key.ends_with(word));
        if before.is_none() && people(&without_brackets(&key)) && in_brackets(&squash(raw)).is_some_and(|inner| inner.starts_with("姓名")) {
            return Some(Sense { field: Some(FieldId::Members), owner: Some(Owner::Member), kind: Kind::Person, weak: false });
        }
        // 项目名称（英文） asks for no second name
        if before.is_some_and(|s| s.field.is_some()) && in_brackets(&squash(raw)).is_some_and(|inner| matches!(inner, "英文" | "外文" | "英文名称")) {
            return Some(Sense { field: None, owner: None, kind: Kind::Text, weak: false });
        }
        // 经费及来源 is no 经费来源
        let item = before.filter(|s| s.kind == Kind::Item && raw.contains(['及', '和', '与'])).and_then(|_| self.first_part(raw)).filter(|s| s.field.is_some());
        item.or(before).or_else(|| self.first_part(raw)).or_else(|| self.two_particulars(&without_brackets(&key)))
    }

    /// 姓名/学号 asks for the name first, 单位地址及邮编 for two things, 合作单位及分工 for a field and more about it.
    fn first_part(&self, raw: &str) -> Option<Sense> {
        if let Some(first) = self.parts(raw).first() {
            return Some(*first);
        }
        let tight: String = raw.chars().filter(|c| !c.is_whitespace()).collect();
        // 参与, 总和: no two labels
        let halves = tight.char_indices().filter(|(_, c)| matches!(c, '/' | '／' | '、' | '及' | '和' | '与' | '或'));
        halves.map(|(at, c)| (&tight[..at], &tight[at + c.len_utf8()..])).find_map(|(first, rest)| {
            let sense = self.by_key(&label_key(first))?;
            let sense = match sense.kind {
                Kind::Name | Kind::Person => sense,
                // 学院、专业 is answered with both
                Kind::Organisation if matches!(sense.field, None | Some(FieldId::ApplicantName)) => Sense { field: None, weak: true, ..sense },
                _ if sense.field.is_some() || sense.kind == Kind::Text => sense,
                _ => return None,
            };
            // 微信/邮箱
            let reached = |s: &Sense| s.field == Some(FieldId::Email) && s.owner.is_none();
            if let (Kind::Text, Some(mail)) = (sense.kind, self.by_key(&label_key(rest)).filter(reached)) {
                return ["微信", "qq"].iter().any(|word| label_key(first).starts_with(word)).then_some(mail);
            }
            let second = self.by_key(&label_key(rest));
            // 住址/通讯地址: one thing under two names
            if sense.field.is_some() && second.is_some_and(|s| s.field == sense.field && s.kind == sense.kind) {
                return Some(sense);
            }
            // 职业资格/职称
            if let (Kind::Text, Some(title)) = (sense.kind, second.filter(|s| s.kind == Kind::Title)) {
                return ["资格", "等级", "工种"].iter().any(|word| label_key(first).ends_with(word)).then_some(title);
            }
            let more = second.filter(|s| s.field.is_none() && matches!(s.kind, Kind::Text | Kind::Duty | Kind::Item));
            more.filter(|_| sense.kind != Kind::Text || sense.field.is_some()).map(|_| sense)
        })
    }

    /// The meaning of a squashed label.
    pub fn by_key(&self, key: &str) -> Option<Sense> {
        if let Some(sense) = self.senses.get(key) {
            return Some(*sense);
        }
        let bare: String = without_brackets(key);
        if let Some(sense) = self.senses.get(bare.as_str()).filter(|_| bare != key) {
            return Some(*sense);
        }
        // 合作单位1, 队员2姓名, 指导教师二
        let unnumbered: String = key.trim_end_matches(|c| "一二三四五六七八九十".contains(c)).chars().filter(|c| !c.is_ascii_digit()).collect();
        let numbered = unnumbered.len() < key.len() && unnumbered.len() + 3 >= key.len();
        if numbered && let Some(sense) = self.senses.get(unnumbered.as_str()) {
            return Some(*sense);
        }
        // 项目名称 Project Name
        let han = bare.trim_end_matches(|c: char| c.is_ascii_alphabetic() || matches!(c, '.' | ',' | '&' | '\'' | '’'));
        let before_latin = self.senses.get(han).copied().filter(|_| han != key && han.chars().count() >= 2);
        before_latin.or_else(|| compose(&bare)).or_else(|| numbered.then(|| compose(&unnumbered)).flatten())
    }

    /// Two particulars asked for in one breath: 学院班级, 姓名学号.
    fn two_particulars(&self, key: &str) -> Option<Sense> {
        const LONGEST: usize = 8;
        let is_asked =
            |s: &Sense| matches!(s.kind, Kind::Name | Kind::Text | Kind::Organisation | Kind::Title | Kind::Phone | Kind::Email) && s.owner.is_none();
        if key.chars().count() > LONGEST {
            return None;
        }
        let cuts = key.char_indices().map(|(at, _)| at).skip(2);
        cuts.map(|at| key.split_at(at)).filter(|(_, rest)| rest.chars().count() >= 2).find_map(|(first, rest)| {
            let (first, rest) = (self.knows(first).filter(is_asked)?, self.knows(rest).filter(is_asked)?);
            // a name is told of by what stands beside it; of two other things neither is whole
            Some(if first.kind == Kind::Name {
                first
            } else {
                Sense { field: None, owner: None, kind: if rest.kind == first.kind { first.kind } else { Kind::Text }, weak: true }
            })
        })
    }

    /// What the parts of a label ask for that asks for several things at once (联系人及电话); empty for any other.
    pub fn parts(&self, raw: &str) -> Vec<Sense> {
        let folded: String = raw.trim_end().trim_end_matches(['：', ':']).chars().map(fold_char).filter(|c| !c.is_whitespace()).collect();
        if folded.len() > 90 {
            return Vec::new();
        }
        let parts: Vec<Sense> =
            folded.split(['及', '和', '与', '/', '、', '&', '+', ',']).filter(|p| !p.is_empty()).map_while(|p| self.by_key(&squash(p))).collect();
        // 地址邮编
        if let Some(parts) = self.address_and_postcode(&folded) {
            return parts.to_vec();
        }
        let whole = folded.split(['及', '和', '与', '/', '、', '&', '+', ',']).filter(|p| !p.is_empty()).count();
        // 项目负责人及职务、职称
        let titles = parts.windows(2).filter(|w| w[0].kind == Kind::Title && w[1].kind == Kind::Title).count();
        let whole = whole - titles.min(whole);
        let mut parts = parts;
        parts.dedup_by(|a, b| a.kind == Kind::Title && b.kind == Kind::Title);
        let kinds = |k: Kind| matches!(k, Kind::Person | Kind::Name | Kind::Phone | Kind::Email | Kind::Address | Kind::Postcode | Kind::Title);
        let apart = parts.windows(2).all(|w| w[0].kind != w[1].kind);
        if parts.len() == whole && parts.len() >= 2 && apart && parts.iter().all(|s| kinds(s.kind)) { parts } else { Vec::new() }
    }

    /// 地址邮编, 通讯地址邮政编码: two things asked for in one breath.
    fn address_and_postcode(&self, label: &str) -> Option<[Sense; 2]> {
        let key = squash(label);
        let address = ["邮政编码", "邮编"].iter().find_map(|word| key.strip_suffix(word))?;
        let first = self.by_key(address).filter(|s| s.kind == Kind::Address)?;
        Some([first, self.by_key("邮编")?])
    }

    /// The meaning of a weak or unknown label beside a side label: 研究项目 + 名称 is a project's name, 项目名称 + 中文 too.
    pub fn beside(&self, side: &str, label: &str) -> Option<Sense> {
        let side = squash(side).replace(['(', ')'], "");
        let side = ["基本情况", "基本信息", "信息", "情况", "概况"].iter().find_map(|w| side.strip_suffix(w)).unwrap_or(&side);
        let label = label_key(label);
        let side = if side == "时间" { "起止时间" } else { side };
        if let Some(whole) = self.by_key(side).filter(|s| s.field.is_some()) {
            match (whole.kind, label.as_str()) {
                (Kind::Text | Kind::Organisation, "中文" | "中" | "中文名" | "中文名称") => return Some(whole),
                (Kind::Text | Kind::Organisation, "英文" | "英" | "外文") => return Some(Sense { field: None, ..whole }),
                (Kind::Period, "起始" | "开始" | "起" | "自" | "始") => {
                    return Some(Sense { field: Some(FieldId::PeriodFrom), kind: Kind::Date, ..whole });
                }
                (Kind::Period, "终止" | "结束" | "完成" | "止" | "至" | "终") => return Some(Sense { field: Some(FieldId::PeriodTo), ..whole }),
                _ => {}
            }
        }
        // 项目 over 起始
        match label.as_str() {
            "起始" | "开始" if self.by_key(&format!("{side}起止时间")).is_some_and(|s| s.kind == Kind::Period) => {
                return Some(Sense { field: Some(FieldId::PeriodFrom), owner: None, kind: Kind::Date, weak: false });
            }
            "结束" | "终止" | "完成" if self.by_key(&format!("{side}起止时间")).is_some_and(|s| s.kind == Kind::Period) => {
                return Some(Sense { field: Some(FieldId::PeriodTo), owner: None, kind: Kind::Period, weak: false });
            }
            _ => {}
        }
        let joined = format!("{side}{label}");
        let starts: Vec<usize> = joined.char_indices().map(|(i, _)| i).collect();
        let label = label.chars().count();
        let sense = starts.iter().take(starts.len().saturating_sub(label)).take(16).find_map(|&at| self.knows(&joined[at..])).filter(|s| !s.weak)?;
        // 院系负责人 + 职称: whose it is, all of the side label says
        let whole = self.by_key(side).and_then(|whole| whole.owner).filter(|owner| owner.is_person());
        let owner = if sense.owner == Some(Owner::Leader) { whole.or(sense.owner) } else { sense.owner };
        Some(Sense { owner, ..sense })
    }

    pub fn knows(&self, key: &str) -> Option<Sense> {
        self.senses.get(key).copied()
    }

    /// Whether a label of two characters or more may begin with these two.
    pub fn opens_with(&self, two: &str) -> bool {
        self.openings.contains(two)
    }

    /// Characters of the longest label.
    pub fn longest(&self) -> usize {
        self.longest
    }
}

/// Whether a label asks when something begins and not when it ends.
fn begins(key: &str) -> bool {
    ["起始", "开始", "启动", "开工"].iter().any(|w| key.contains(w)) && !["完成", "结束"].iter().any(|w| key.contains(w))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Vocabulary;

    #[test]
    fn labels_are_known_however_they_are_printed() {
        let vocabulary = Vocabulary::default();
        let lexicon = vocabulary.lexicon();
        for (label, field) in [
            ("项 目　名 称：", FieldId::ProjectName),
            ("一、项目名称", FieldId::ProjectName),
            ("申 报 单 位（盖章）：", FieldId::ApplicantName),
            ("申请经费（万元）", FieldId::BudgetTotal),
            ("E－mail", FieldId::Email),
            ("职务、职称", FieldId::LeaderTitle),
            ("联系人电话", FieldId::Phone),
            ("项目类别（请打√）", FieldId::Category),
            ("学会（协会、研究会）名称", FieldId::ApplicantName),
            ("合作单位及分工", FieldId::Partner),
            ("经费预算及来源", FieldId::BudgetTotal),
            ("职称/学位", FieldId::LeaderTitle),
        ] {
            assert_eq!(lexicon.label(label).and_then(|s| s.field), Some(field), "{label}");
        }
        assert_eq!(lexicon.label("合作单位联系电话").and_then(|s| s.owner), Some(Owner::Partner));
        assert_eq!(lexicon.label("项目负责人签字").map(|s| s.kind), Some(Kind::Sign));
        assert_eq!(lexicon.label("徐州市工程学会"), None);
        assert_eq!(lexicon.label("承办主体（申请单位）").and_then(|s| s.field), Some(FieldId::ApplicantName));
        assert_eq!(lexicon.label("技能等级（职称）").and_then(|s| s.field), Some(FieldId::LeaderTitle));
        assert_eq!(lexicon.label("项目名称（英文）").and_then(|s| s.field), None);
        assert_eq!(lexicon.label("住址/通讯地址").and_then(|s| s.field), Some(FieldId::Address));
        for answer in ["张三（项目负责人）", "星光公司（合作单位）", "茶叶学会（申报单位）"] {
            assert_eq!(lexicon.label(answer), None, "{answer}");
        }
    }
}
