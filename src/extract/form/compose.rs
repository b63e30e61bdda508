//! The meaning of a label that no list names: its noun says what it asks for, the words before the noun say whose and of what.
//!
//! 学生负责人手机 is a telephone (手机) of the leader (学生, 负责人); 拟立项题目 a name (题目) of what is applied for (拟, 立项).
//! Every part must be a known word: a value (徐州市工程学会) ends with the same nouns and is held off by its other words.
use super::label::squash;
use super::lexicon::{Kind, Owner, Sense};
use super::opinion::{others_opinion, promised_beside};
use crate::model::FieldId;
use foldhash::HashMap;
use std::sync::LazyLock;

/// Characters of the longest label that is taken apart.
pub const LONGEST: usize = 18;

/// Characters of the longest word before a noun.
const LONGEST_WORD: usize = 6;

/// What the noun at the end of a label asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Noun {
    /// What something is called (名称, 题目).
    Naming,
    /// What a person is called.
    Name,
    Particular(Kind),
    Body,
    /// An organisation that teaches: where it recommends, it recommends its own people.
    School,
    /// A part of an organisation, which applies where the organisation itself is not asked for.
    Department,
    /// Who is worked with (合作对象).
    Party,
    Person(Owner),
    Day,
    Span,
    Money,
    /// Money, and as often where it comes from (财政拨款).
    Grant,
    Sort,
    /// A kind where no kind is asked (申报等级).
    Grade,
    Opinion,
}

/// What a word before the noun says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    /// What is applied for (项目, 课题).
    Project,
    /// What a project may be about (创新, 训练); names of organisations hold the same words.
    Matter,
    /// The act of applying (申报, 拟).
    Applying,
    /// Filling in the form (填表).
    Filling,
    /// An organisation (单位, 学院).
    Body,
    /// A person or organisation in a part of its own (负责人, 合作).
    Of(Owner),
    Begin,
    End,
    /// The whole of the money, or what is asked for (总, 资助).
    Total,
    /// The public purse, which gives all of the money or a part.
    Fiscal,
    /// Whose money it is (市级, 医院): said of sums only.
    Level,
    /// People who work together (团队, 课题组).
    Group,
    /// Changes nothing (个人, 联系, 第一).
    Plain,
    /// A matter of its own, or what is applied for (会议类别, 会议总经费).
    Meeting,
    /// Belongs to another matter (自筹, 出生, 英文): no field.
    Aside,
}

const NOUNS: [(Noun, &str); 24] = [
    (Noun::Naming, "名称 题目 标题 题名 主题 全称 名"),
    (Noun::Name, "姓名 名字"),
    (Noun::Particular(Kind::Phone), "电话 手机 手机号 手机号码 电话号码 联系方式 座机 固话 联系号码 tel 手机电话 电话手机 移动电话"),
    (Noun::Particular(Kind::Fax), "传真 传真号 传真号码"),
    (Noun::Particular(Kind::Email), "邮箱 信箱 邮件 电邮 email mail 邮箱地址 邮件地址 信箱地址 email地址 邮箱号 邮箱账号"),
    (Noun::Particular(Kind::Address), "地址 住址 会址 社址 校址 通讯处 通信处 住所 所在地"),
    (Noun::Particular(Kind::Postcode), "邮编 邮政编码 邮码 邮政编号"),
    (Noun::Particular(Kind::Title), "职称 职务 职级 职位 职称职务 职务职称 岗位职务"),
    (Noun::Body, "单位 部门 机构 企业 公司 学会 协会 社团 团体 主体"),
    (Noun::Department, "科室"),
    (Noun::Party, "对象 方 伙伴"),
    (Noun::School, "学院 院系 系院 学校 系部 院部 学部 系所 院所 高校 院校 院 系"),
    (
        Noun::Person(Owner::Leader),
        "负责人 总负责 负责 执行人 实施人 牵头人 责任人 负责同学 负责学生 主持人 主持者 主持 申请人 申请者 申报人 申报者 承担人 承担者 完成人 带头人 队长 组长 首席专家",
    ),
    (Noun::Person(Owner::Contact), "联系人 联络人 联络员 联系老师 经办人 经办 填表人 填报人 填写人"),
    (Noun::Person(Owner::Office), "审核人 复核人 审批人 受理人 监理人 经手人 监督人 评审人 验收人"),
    (Noun::Person(Owner::Adviser), "班主任 辅导员 指导教师 指导老师 导师 指导专家 指导人 带队教师 带队老师"),
    (
        Noun::Person(Owner::Member),
        "成员 队员 组员 参与人 参加人 参与者 参加者 合作者 合作人 参与人员 参加人员 研究人员 工作人员 参研人员 组人员 主要完成人 其他完成人 其他主要完成人 参与学生 参加学生 参与同学 同组学生 组成人员 项目人员 课题人员",
    ),
    (Noun::Day, "日期 时间 年月 时限 年限"),
    (Noun::Span, "起止时间 起止年月 起止日期 起止年限 起止期限 起讫时间 起讫年月 期限 周期 执行期 实施期 建设期 研究期 起止"),
    (Noun::Money, "经费 金额 资金 预算 总额 数额 额度 费用 经费数 经费额 资助额 预算额"),
    (Noun::Grant, "投资 资助 拨款 投入 补助 补贴 奖补 扶持 财政"),
    (Noun::Sort, "类别 类型 种类 分类"),
    (Noun::Grade, "级别 等级 组别 分组 赛道"),
    (Noun::Opinion, "意见"),
];

/// Nouns that ask for a hand or a seal, whatever stands before them.
const SIGNATURES: &str = "签字 签名 签章 盖章 公章 印章";

const WORDS: [(Word, &str); 24] = [
    (Word::Meeting, "会议"),
    (Word::Project, "项目 课题 标准 选题 作品 专题 子项目 子课题 大创 国创 校创 参赛 服务站 工作站 站点"),
    (
        Word::Matter,
        "研究 训练 创新 创业 实践 科研 科普 活动 计划 专项 工程 调研 科技 学术 教改 教研 竞赛 创意 软科学 课程 实验 服务 攻关 社会实践 论文 行动 建设 示范 推广 培育 基金 规划 项 设计 方案 教学改革 教育 教学 评价 创作 制作 拍摄 起草 编制 主编 编写 制定 研制",
    ),
    (Word::Applying, "申报 申请 拟 拟申报 拟申请 立项 拟立项 报名 参评 申 申办"),
    (Word::Filling, "填 报送地 填报 填表 填写 制表 报送 提交 编制 上报 递交 呈报"),
    (
        Word::Body,
        "单位 学校 学院 院系 系部 院部 学部 学会 协会 机构 企业 公司 部门 社团 组织 高校 院校 团体 院 系 社会组织 主体 系所 学系 法人单位 院级 秘书处 办事机构",
    ),
    (Word::Of(Owner::Applicant), "所在 所属 承担 承接 依托 实施 牵头 组建 建设 主持单位 责任 主要承担 归属 设站"),
    (
        Word::Of(Owner::Leader),
        "负责人 总负责人 主持人 申请人 申请者 申报人 申报者 承担人 首席专家 带头人 队长 组长 负责学生 第一完成人 第一作者 负责 主持 领队 项目长 执行人 实施人",
    ),
    (Word::Of(Owner::Contact), "联系人 联络人 联络员 经办人 填表人 填报人 填写人"),
    (Word::Of(Owner::Adviser), "指导教师 指导老师 导师 指导 教师 老师 指导专家 辅导员 班主任 顾问"),
    (Word::Of(Owner::Member), "成员 队员 组员 参与人 参加人 参与者 参加者 合作者 合作人 参研 研究人员"),
    (Word::Of(Owner::Partner), "合作 协作 参与 参加 联合 共建 协同 对接 合作方 联合方 共同 联办 合办 需求 受援 帮扶 服务对象 技术支撑 协办"),
    (Word::Of(Owner::Recommender), "推荐 提名 推荐人 提名人 推荐单位 主管 上级 业务主管 归口 归口管理 主管部门"),
    (Word::Of(Owner::Head), "法定代表人 法人代表 法人 法定 单位负责人 院长 校长 系主任 理事长 会长 秘书长 所长 分管领导 主管领导 领导"),
    (Word::Of(Owner::Expert), "专家 同行专家 专家组 评委 评审组 评审专家 评审小组 评委会 委员会 领导小组 评审委员会 学术委员会 工作组"),
    (Word::Of(Owner::Office), "市科协 省科协 科协"),
    (Word::Begin, "起始 开始 启动 开题 起"),
    (Word::End, "完成 结束 终止 截止 结题 验收 预期完成 结项 止 到期"),
    (Word::Total, "总 合计 总计 资助 支持 补助 所需 需 需要 奖补 扶持 经费 资金 金额 预算 全部"),
    (Word::Fiscal, "财政 省级财政 市级财政 省财政 市财政 中央财政"),
    (Word::Level, "中央 国家级 省级 市级 县级 区级 校级 省 市 县 区 医院 基金会 本会"),
    (Word::Group, "小组 团队 课题组 项目组 研究组 队 组"),
    (
        Word::Plain,
        "业务 经办 个人 本人 有效 常用 详细 日常 现 现任 任职 主要 主 固定 工作 办公 办公室 联系 移动 手机 电话 电子 电子邮件 邮政 通讯 通信 邮寄 收件 家庭 住宅 宅 常住 常住地 实际 \
         第一 第二 第三 其他 其它 具体 完整 本 的 中文 技术 专业 专业技术 行政 学生 同学 研究生 本科生 同组 qq email 单 预计 预期 计划 整体 总体 实施 执行 最终 正式 校内 校外 核心 骨干 分 人 内 二级 一级 基层 年度",
    ),
    (
        Word::Aside,
        "自筹 配套 已 已有 已获 到账 到位 地方 银行 贷款 批准 核定 建议 下达 立项编号 直接 间接 其中 设备 材料 差旅 劳务 咨询 财务 紧急 家长 家属 父母 监护人 开户 户名 毕业 出生 入学 成立 注册 登记 获奖 奖项 奖励 \
         发表 颁发 授予 发证 证书 证件 出版 英文 外文 成果 学科 专利 刊物 期刊 附件 文件 材料名 签字 签名 盖章 监督 举报 投诉 热线 客服 咨询 受理 审批 审核 审查 复核 初审 评审 评议 鉴定 批复 备案 立项部门 编号 银行 账户 帐户 身份 档案 保密 涉密 \
         任务 阶段 进度 参会 会期 举办 召开 学位 学历 学制 职业 岗位 民族 党派 来源 用途 支出 科目 收入 结余 单价 本年度 往年 上年度 去年 到校 任职 参加工作 聘任 聘期 有效期 合同 协议 经营 主营 上市",
    ),
];

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
    composed.or_else(|| others_opinion(key))
}

/// 向本会申请, 向基金会申请金额: what is asked for, without whom it is asked of.
fn asked_of(key: &str) -> Option<&str> {
    let at = key.strip_prefix('向')?.find("申请")? + '向'.len_utf8();
    let asked = &key[at..];
    (key[..at].chars().count() <= LONGEST_WORD + 1).then_some(if asked == "申请" { "申请经费" } else { asked })
}

/// The lists above, each word spelt as labels are compared.
struct Vocabulary {
    nouns: HashMap<String, Noun>,
    words: HashMap<String, Word>,
    signatures: Vec<String>,
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary {
    nouns: NOUNS.iter().flat_map(|(noun, list)| list.split_whitespace().map(|w| (squash(w), *noun))).collect(),
    // of a word in two lists the first counts
    words: WORDS.iter().rev().flat_map(|(word, list)| list.split_whitespace().map(|w| (squash(w), *word))).collect(),
    signatures: SIGNATURES.split_whitespace().map(squash).collect(),
});

impl Vocabulary {
    /// The words a text is made of, the longest first, with another try where that leaves a rest.
    fn words_of(&self, text: &str) -> Option<Vec<Word>> {
        if text.is_empty() {
            return Some(Vec::new());
        }
        let ends: Vec<usize> = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST_WORD).collect();
        ends.into_iter().rev().find_map(|end| {
            let word = *self.words.get(&text[..end])?;
            let mut rest = self.words_of(&text[end..])?;
            rest.insert(0, word);
            Some(rest)
        })
    }
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
