//! The words that labels are made of: the noun that says what is asked for, and those before it that say whose or of what.
use super::label::squash;
use super::lexicon::{Kind, Owner};
use foldhash::HashMap;
use std::sync::LazyLock;

/// Characters of the longest word before a noun.
pub const LONGEST_WORD: usize = 6;

/// What the noun at the end of a label asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noun {
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
pub enum Word {
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
        "成员 队员 组员 参与人 参加人 参与者 参加者 合作者 合作人 参与人员 参加人员 研究人员 工作人员 参研人员 组人员 主要完成人 其他完成人 其他主要完成人 参与学生 参加学生 参与同学 同组学生 组成人员 项目人员 课题人员 起草人员 编写人员 编制人员 攻关人员 主要骨干 主要技术骨干 驻院学生 驻院研究生",
    ),
    (Noun::Day, "日期 时间 年月 时限 年限"),
    (Noun::Span, "起止时间 起止年月 起止日期 起止年限 起止期限 起讫时间 起讫年月 期限 周期 执行期 实施期 建设期 研究期 起止"),
    (Noun::Money, "经费 金额 资金 预算 总额 数额 额度 费用 经费数 经费额 资助额 预算额"),
    (Noun::Grant, "投资 投资额 资助 拨款 投入 补助 补贴 奖补 扶持 财政"),
    (Noun::Sort, "类别 类型 种类 分类"),
    (Noun::Grade, "级别 等级 组别 分组 赛道"),
    (Noun::Opinion, "意见"),
];

/// Nouns that ask for a hand or a seal, whatever stands before them.
const SIGNATURES: &str = "签字 签名 签章 盖章 公章 印章";

const WORDS: [(Word, &str); 24] = [
    (Word::Meeting, "会议"),
    (Word::Project, "项目 课题 标准 选题 作品 专题 子项目 子课题 大创 国创 校创 参赛 服务站 工作站 站点 e站"),
    (
        Word::Matter,
        "研究 训练 创新 创业 实践 科研 科普 活动 计划 专项 工程 调研 科技 学术 教改 教研 竞赛 创意 软科学 课程 实验 服务 攻关 社会实践 论文 行动 建设 示范 推广 培育 基金 规划 项 设计 方案 教学改革 教育 教学 评价 创作 制作 拍摄 起草 编制 主编 编写 制定 研制",
    ),
    (Word::Applying, "申报 申请 拟 拟选 拟申报 拟申请 立项 拟立项 报名 参评 申 申办"),
    (Word::Filling, "填 报送地 填报 填表 填写 制表 报送 提交 编制 上报 递交 呈报"),
    (
        Word::Body,
        "单位 学校 学院 院系 系部 院部 学部 学会 协会 机构 企业 公司 部门 社团 组织 高校 院校 团体 院 系 社会组织 主体 系所 学系 法人单位 院级 秘书处 办事机构 工会",
    ),
    (Word::Of(Owner::Applicant), "所在 所属 承担 承接 依托 实施 牵头 组建 建设 主持单位 责任 主要承担 归属 设站"),
    (
        Word::Of(Owner::Leader),
        "负责人 总负责人 主持人 申请人 申请者 申报人 申报者 承担人 首席专家 带头人 队长 组长 负责学生 第一完成人 第一作者 负责 主持 领队 项目长 执行人 实施人",
    ),
    (Word::Of(Owner::Contact), "联系人 联络人 联络员 经办人 填表人 填报人 填写人"),
    (Word::Of(Owner::Adviser), "指导教师 指导老师 导师 指导 教师 老师 指导专家 辅导员 班主任 顾问"),
    (Word::Of(Owner::Member), "成员 队员 组员 参与人 参加人 参与者 参加者 合作者 合作人 参研 研究人员"),
    (Word::Of(Owner::Partner), "合作 协作 参与 参加 联合 共建 协同 对接 合作方 联合方 共同 联办 合办 需求 受援 帮扶 服务对象 技术支撑 科技支撑 协办"),
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

/// The lists above, each word spelt as labels are compared.
pub struct Vocabulary {
    pub nouns: HashMap<String, Noun>,
    pub words: HashMap<String, Word>,
    pub signatures: Vec<String>,
}

pub static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary {
    nouns: NOUNS.iter().flat_map(|(noun, list)| list.split_whitespace().map(|w| (squash(w), *noun))).collect(),
    // of a word in two lists the first counts
    words: WORDS.iter().rev().flat_map(|(word, list)| list.split_whitespace().map(|w| (squash(w), *word))).collect(),
    signatures: SIGNATURES.split_whitespace().map(squash).collect(),
});

impl Vocabulary {
    /// The words a text is made of, the longest first, with another try where that leaves a rest.
    pub fn words_of(&self, text: &str) -> Option<Vec<Word>> {
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
