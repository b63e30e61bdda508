//! What a printed label means: which field, whose, and what kind of value it asks for.
use crate::model::FieldId;
use crate::text::fold::{fold_char, is_cjk};
use std::collections::{BTreeMap, HashMap};

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
    longest: usize,
}

/// The spelling under which labels are compared: no blanks, no separators, lower case.
pub fn squash(text: &str) -> String {
    text.chars().filter_map(squash_char).collect()
}

/// One character of a squashed label; `None` where it does not count.
pub fn squash_char(c: char) -> Option<char> {
    let c = fold_char(c);
    let dropped = c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '/' | '、' | '·' | '-' | '|' | '\\' | '*' | '★' | '※' | '_' | '"' | '“' | '”' | '《' | '》' | '及' | '和' | '与' | '或' | '\u{200b}'
                ..='\u{200f}' | '\u{feff}' | '—' | '–'
        );
    (!dropped).then(|| c.to_ascii_lowercase())
}

const NUMERALS: &str = "一二三四五六七八九十";

/// Bytes of the number or bullet before a label or heading (`一、`, `（1）`, `1.`, `①`, `●`); 0 where there is none.
pub fn enumerator(text: &str) -> usize {
    let body = text.trim_start();
    let lead = text.len() - body.len();
    let mut chars = body.char_indices().map(|(i, c)| (i, fold_char(c))).peekable();
    let Some(&(_, first)) = chars.peek() else { return 0 };
    let end_of = |at: usize, c: char| lead + at + body[at..].chars().next().unwrap_or(c).len_utf8();
    if ('①'..='⑳').contains(&first) || matches!(first, '●' | '◆' | '▲' | '★' | '※' | '*' | '•' | '·' | '►' | '◇') {
        return end_of(0, first);
    }
    let bracketed = first == '(';
    let ordinal = first == '第';
    if bracketed || ordinal {
        chars.next();
    }
    let mut digits = 0;
    let (mut seen_han, mut seen_ascii) = (false, false);
    while let Some(&(_, c)) = chars.peek() {
        if c.is_ascii_digit() && !seen_han {
            seen_ascii = true;
        } else if NUMERALS.contains(c) && !seen_ascii {
            seen_han = true;
        } else if c.is_whitespace() && bracketed {
        } else if c == '.' && seen_ascii {
            // 1.2 stays one number; 1. ends it
            let mut ahead = chars.clone();
            ahead.next();
            if !ahead.peek().is_some_and(|(_, c)| c.is_ascii_digit()) {
                break;
            }
        } else {
            break;
        }
        digits = if c == '.' { 0 } else { digits + 1 };
        // 2022 is a year
        if digits > 3 || seen_ascii && digits > 2 {
            return 0;
        }
        chars.next();
    }
    if digits == 0 {
        return 0;
    }
    while chars.peek().is_some_and(|(_, c)| c.is_whitespace()) && !seen_ascii {
        chars.next();
    }
    let Some(&(at, stop)) = chars.peek() else { return 0 };
    let ends = match stop {
        ')' => true,
        '、' | '.' | '。' | ',' => !bracketed && !ordinal,
        '部' | '章' | '节' | '条' | '项' => ordinal,
        c if c.is_whitespace() => seen_ascii && !bracketed && !ordinal,
        _ => false,
    };
    if !ends {
        return 0;
    }
    let mut end = end_of(at, stop);
    if ordinal && stop == '部' && text[end..].starts_with('分') {
        end += '分'.len_utf8();
    }
    end
}

/// Whether a bracket behind a label is a hint to the writer rather than part of the answer.
pub fn is_hint(inner: &str) -> bool {
    let inner = squash(inner);
    const WORDS: [&str; 44] = [
        "章",
        "签",
        "元",
        "字",
        "请",
        "限",
        "填",
        "选",
        "打",
        "√",
        "必",
        "手写",
        "全称",
        "单位",
        "年月",
        "打印",
        "中文",
        "英文",
        "如",
        "可",
        "多选",
        "单选",
        "不超过",
        "以内",
        "加盖",
        "电子版",
        "示例",
        "例",
        "详细",
        "注",
        "说明",
        "附",
        "如有",
        "手机",
        "含",
        "办",
        "住宅",
        "人民币",
        "年度",
        "最多",
        "精确",
        "公元",
        "不含",
        "号",
    ];
    inner.is_empty() || WORDS.iter().any(|w| inner.contains(w))
}

/// A label's text without its number, colon, trailing brackets and footnote marks, squashed.
pub fn label_key(raw: &str) -> String {
    let start = enumerator(raw);
    let mut text = raw[start..].trim();
    loop {
        let trimmed = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '﹕' | '∶' | '*' | '_' | '①'..='⑳' | '、' | '.' | '※'));
        let cut = if trimmed.ends_with([')', '）', '】', ']']) {
            let open = trimmed.rfind(['(', '（', '【', '[']);
            match open {
                Some(0) | None => trimmed,
                Some(open) => {
                    let inner = &trimmed[open..].trim_matches(|c| "()（）【】[]".contains(c));
                    if is_hint(inner) || unit_word(inner) { &trimmed[..open] } else { trimmed }
                }
            }
        } else {
            trimmed
        };
        if cut.len() == text.len() {
            break;
        }
        text = cut;
    }
    squash(text)
}

fn unit_word(inner: &str) -> bool {
    matches!(squash(inner).as_str(), "元" | "万元" | "千元" | "人" | "个" | "月" | "年" | "%" | "岁")
}

impl Lexicon {
    /// General words, and a programme's labels per field, which win.
    pub fn new(labels: &BTreeMap<FieldId, Vec<String>>) -> Self {
        let mut lexicon = Self { senses: HashMap::with_capacity(4096), longest: 0 };
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
                | "平台名称"
                | "基地名称"
                | "团队名称"
                | "工程名称"
                | "作品名称"
                | "成果名称"
                | "总负责人"
                | "项目预算"
                | "经费预算"
                | "项目经费"
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
        );
        // 合计, 金额 head rows and columns of budgets, whatever else a programme calls them
        if self.knows(&key).is_some_and(|s| matches!(s.kind, Kind::Item | Kind::Amount | Kind::Counter)) {
            return;
        }
        self.insert(label, Sense { field: Some(field), owner, kind, weak });
    }

    fn add_plain(&mut self) {
        let lists: [(Kind, &str); 12] = [
            (Kind::Name, "姓名 本人姓名 成员姓名 专家姓名 作者姓名 人员姓名"),
            (Kind::Fax, "传真 传真号码 传真电话 单位传真"),
            (
                Kind::Organisation,
                "工作单位 单位 所属单位 工作单位及职务 工作单位职务 单位及职务 所在部门 部门 院系 学院 所在部门名称 现工作单位 所在单位及部门 工作部门 工作单位及部门",
            ),
            (
                Kind::Duty,
                "分工 任务分工 项目分工 课题分工 承担任务 承担工作 主要工作 工作分工 研究分工 项目中的分工 在项目中的分工 在课题中的分工 本项目分工 项目任务 承担的任务 主要任务 职责 本人承担任务 分担任务 负责内容 担任工作 组内分工 具体分工 在本项目中承担的任务 项目中职责 角色",
            ),
            (
                Kind::Sign,
                "签名 签字 本人签名 本人签字 签章 盖章 公章 单位公章 负责人签字 负责人签名 负责人签章 项目负责人签字 项目负责人签名 项目负责人签章 课题负责人签字 课题负责人签名 申请人签字 申请人签名 申请人签章 \
                 法定代表人签字 法定代表人签名 法定代表人签章 法人签字 法人签章 单位负责人签字 单位负责人签名 单位负责人签章 单位盖章 单位签章 签字日期 签名日期 签章日期 主任签字 主任签章 专家签字 专家签名 组长签字 领导签字 主管领导签字 推荐人签字 推荐人签名 经办人签字 承诺人 承诺人签字 理事长签字 会长签字",
            ),
            (
                Kind::Office,
                "项目编号 课题编号 受理编号 登记序号 编号 登记编号 立项编号 申报编号 申请编号 申请书编号 受理日期 受理时间 档案编号 收件编号 项目代码 审核人 受理人 评审意见 专家评审意见 专家意见 评审专家意见 专家组意见 审批意见 \
                 审核意见 科协意见 市科协意见 省科协意见 主管部门意见 主管单位意见 领导小组意见 评审结果 立项意见 审定意见 备案意见 初审意见 复审意见 推荐部门意见 省级意见 上级意见 批准经费 批准金额 立项金额 得分 评分 评委会意见 评审委员会意见 学术委员会意见 科技局意见 教育局意见 财政局意见 总人数 赞成票 反对票 弃权票 表决结果 推荐部门 推荐单位",
            ),
            (Kind::Counter, "序号 编次 排序 次序 排名 序 顺序"),
            (
                Kind::Amount,
                "金额 预算金额 预算数 金额合计 数额 预算额 经费金额 费用 资金额 计划金额 总额 小计金额 费用金额 预算经费 支出金额 支出预算 预算支出 申请金额 拨款金额 支出数 预算 本项目经费",
            ),
            (
                Kind::Item,
                "科目 预算科目 支出科目 经费科目 开支科目 支出项目 预算项目 开支项目 费用项目 经费项目 支出内容 开支内容 支出用途 用途 经费用途 资金用途 费用名称 经费支出项目 开支范围 预算科目名称 科目名称 支出类别 经费类别 费用类别 支出名称 经费支出 支出明细 资金来源 经费来源 来源 经费开支科目 经费来源预算 经费支出预算 资金使用方向 费用明细 \
                 合计 总计 小计 共计 总合计 经费合计 预算合计 设备费 材料费 差旅费 会议费 劳务费 专家咨询费 印刷费 资料费 其他费用 其他 管理费 其它 调研费 咨询费 出版费 培训费 场地费 宣传费 交通费 测试费 燃料动力费",
            ),
            (
                Kind::Task,
                "工作任务 任务 任务名称 任务内容 工作内容 实施内容 任务分解 目标任务 责任人 任务负责人 完成时限 时间节点 时间安排 进度安排 起止时间 阶段目标 研究内容 工作目标 工作安排 工作进度 主要措施 实施步骤 阶段 年度 时间进度 完成期限 责任部门 牵头人 预期目标",
            ),
            (
                Kind::Text,
                "金额大写 大写 大写金额 合计大写 总计大写 小写 人民币大写 测算依据 计算依据 备注 说明 依据 计算过程 用途说明 计算根据 计算根据及理由 预算依据 依据及说明 明细",
            ),
            (
                Kind::Text,
                "性别 民族 籍贯 年龄 出生年月 出生日期 出生年月日 学历 最后学历 最高学历 文化程度 学位 最后学位 最高学位 学历学位 政治面貌 党派 专业 所学专业 现从事专业 从事专业 专业领域 研究专长 研究方向 研究领域 专长 身份证号 身份证号码 证件号码 证件类型 学号 班级 年级 专业班级 国籍 外语语种 毕业院校 毕业学校 毕业时间 \
                 参加工作时间 每年工作时间 每年工作月数 工作时间 为本项目工作时间 投入时间 户名 开户名 开户名称 开户行 开户银行 账号 帐号 银行账号 银行帐号 统一社会信用代码 社会信用代码 信用代码 组织机构代码 法人代码 单位代码 单位性质 单位类型 单位类别 单位级别 单位简介 所属行业 注册资金 注册资本 成立时间 成立日期 登记时间 注册时间 注册日期 会员人数 会员数 会员总数 单位会员数 个人会员数 团体会员数 职工人数 职工总数 \
                 专职人员数 兼职人员数 业务主管单位 主管部门 上级主管部门 主管单位 登记机关 登记管理机关 社会组织等级 评估等级 网址 网站 官网 网站地址 单位网址 微信公众号 公众号 公众号名称 QQ QQ号码 QQ号 微信 微信号 主题词 关键词 学科分类 学科代码 所属学科 一级学科 二级学科 学科门类 学科 技术领域 所属领域 领域 研究类型 研究类别 成果形式 预期成果 预期成果形式 最终成果形式 成果类型 项目来源 课题来源 英文名称 项目英文名称 \
                 项目简介 项目摘要 内容摘要 摘要 内容提要 项目内容 主要内容 项目概述 项目背景 立项依据 项目目标 预期效益 研究基础 工作基础 个人简历 简历 工作简历 主要简历 学习经历 工作经历 主要业绩 主要事迹 获奖情况 自筹经费 自筹资金 配套经费 配套资金 其他经费 其他来源 单位自筹 地方配套 已有经费 参加人数 参会人数 人数 课题组人数 项目组人数 总人数 高级职称 中级职称 初级职称 博士 硕士 级别 活动时间 活动地点 会议时间 会议地点 会议规模 会议主题 活动规模 活动主题 举办时间 举办地点 召开时间 召开地点 时间 地点 承担角色 主办承办 传真电话 \
                 所在省市 所在地区 行政区划 所属区县 地区 区域 省份 导师姓名 服务地点 服务点 示范点 项目实施地点 实施地点 项目地点 保密级别 密级 是否涉密 项目密级 推荐理由 附件 附件名称 材料名称 文件名称 页码 数量 份数 单价 单位数量 完成情况 证书编号 授予单位 发证机关 颁发单位 获奖时间 奖项名称 奖励名称 发表时间 刊物名称 作者 出版社",
            ),
        ];
        for (kind, words) in lists {
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
        for word in "起止时间 起止年月 起止日期 起止年限 项目起止时间 项目起止年月 项目起止日期 项目起止年限 课题起止时间 课题起止年月 研究时间 研究期限 研究起止时间 研究起止年月 研究周期 实施周期 实施期限 实施时间 项目实施时间 项目实施期限 项目实施周期 项目期限 项目周期 执行期 执行期限 项目执行期 \
                     项目执行期限 项目执行时间 执行时间 计划起止时间 计划起止年月 起止期限 项目时间 项目起止期限 研究年限 资助期限 申请期限 合作期限 建设期限 建设周期 建设期 实施年限 完成期限 项目建设期 项目研究期限 项目研究时间 起讫时间 起讫年月 起讫日期 起始完成时间 起始及完成时间 开始完成时间 研究起止日期 实施起止时间 计划研究时间 课题研究时间 项目年限"
            .split_whitespace()
        {
            self.insert(word, period);
        }
    }

    /// Owner words joined with what is asked of the owner: 联系人手机, 合作单位地址, 负责人签字.
    fn add_composed(&mut self) {
        let owners: [(Owner, &str); 9] = [
            (
                Owner::Leader,
                "项目负责人 课题负责人 负责人 项目主持人 课题主持人 主持人 申请人 申请者 申报人 项目申请人 课题申请人 项目申报人 课题申报人 第一申请人 首席专家 第一负责人 项目总负责人 承担人",
            ),
            (Owner::Contact, "联系人 项目联系人 课题联系人 联络人 单位联系人 学会联系人 经办人 填表人 填报人 申报联系人 具体联系人"),
            (Owner::Adviser, "指导教师 指导老师 导师 指导专家 第一指导教师 第二指导教师 校内导师 校外导师 企业导师 顾问"),
            (Owner::Recommender, "推荐人 推荐专家 推荐者 推荐单位联系人 推荐单位 推荐部门 推荐机构 提名人 提名单位 主管部门 主管单位 业务主管单位 管理部门"),
            (
                Owner::Head,
                "法定代表人 法人代表 法人 单位负责人 学会负责人 理事长 会长 秘书长 单位法人 法人姓名 法定代理人 委托代理人 单位主管领导 分管领导 企业负责人 财务负责人 科研负责人 单位领导 校长 院长",
            ),
            (Owner::Applicant, "申报单位 申请单位 承担单位 依托单位 项目单位 学会 单位 牵头单位 项目承担单位 项目申报单位 学校 企业 实施单位"),
            (Owner::Partner, "合作单位 协作单位 服务对象 参与单位 参加单位 合作企业 合作方 联合申报单位 协作方 服务单位 服务企业"),
            (Owner::Member, "成员 项目成员 课题组成员 项目组成员 参与人 参加人 主要成员"),
            (Owner::Expert, "专家 领衔专家 评审专家"),
        ];
        let asks: [(Kind, Option<FieldId>, &str); 12] = [
            (Kind::Name, None, "姓名 名称 全称"),
            (Kind::Phone, Some(FieldId::Phone), "电话 联系电话 手机 手机号 手机号码 联系方式 移动电话 办公电话 电话号码 固定电话 联系手机 电话手机 手机电话"),
            (Kind::Email, Some(FieldId::Email), "邮箱 电子邮箱 电子邮件 Email 电子信箱 邮箱地址"),
            (Kind::Title, Some(FieldId::LeaderTitle), "职称 职务 职称职务 职务职称 技术职称 专业技术职务 行政职务 专业职务"),
            (Kind::Address, Some(FieldId::Address), "地址 通讯地址 通信地址 详细地址 联系地址 所在地"),
            (Kind::Postcode, Some(FieldId::Postcode), "邮编 邮政编码"),
            (Kind::Organisation, None, "单位 工作单位 所在单位 所在部门 所属单位 单位名称"),
            (Kind::Fax, None, "传真"),
            (Kind::Sign, None, "签字 签名 签章 盖章 公章 手写签名 签字盖章 签名盖章 亲笔签名 本人签字"),
            (Kind::Opinion, None, "意见 审核意见 推荐意见 审查意见 审批意见"),
            (
                Kind::Text,
                None,
                "性别 身份证号 身份证号码 出生年月 学历 学位 学历学位 简介 情况 基本情况 简历 基本信息 信息 情况简介 代码 性质 类型 专业 民族 年龄 QQ 微信 微信号 研究方向 学号 政治面貌",
            ),
            (Kind::Person, None, "负责人 联系人"),
        ];
        for (owner, prefixes) in owners {
            for prefix in prefixes.split_whitespace() {
                let unit = matches!(owner, Owner::Applicant | Owner::Partner) || prefix.ends_with("单位") || prefix.ends_with("部门");
                for (kind, field, words) in asks {
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
                    let weak =
                        matches!(prefix, "理事长" | "会长" | "秘书长" | "院长" | "校长" | "顾问" | "专家" | "成员" | "单位领导" | "企业" | "推荐单位" | "法人");
                    self.insert(prefix, Sense { field: None, owner: Some(owner), kind, weak });
                }
            }
        }
    }

    /// The meaning of a whole label as printed.
    pub fn label(&self, raw: &str) -> Option<Sense> {
        if raw.len() > 240 {
            return None;
        }
        let key = label_key(raw);
        self.by_key(&key)
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
        // 项目名称 Project Name
        let han = key.trim_end_matches(|c: char| c.is_ascii() && c != ')');
        self.senses.get(han).copied().filter(|_| han != key && han.chars().count() >= 2)
    }

    /// What the parts of a label ask for that asks for several things at once (联系人及电话); empty for any other.
    pub fn parts(&self, raw: &str) -> Vec<Sense> {
        let folded: String = raw.trim_end().trim_end_matches(['：', ':']).chars().map(fold_char).filter(|c| !c.is_whitespace()).collect();
        if folded.len() > 90 {
            return Vec::new();
        }
        let parts: Vec<Sense> =
            folded.split(['及', '和', '与', '/', '、', '&', '+', ',']).filter(|p| !p.is_empty()).map_while(|p| self.by_key(&squash(p))).collect();
        let whole = folded.split(['及', '和', '与', '/', '、', '&', '+', ',']).filter(|p| !p.is_empty()).count();
        let kinds = |k: Kind| matches!(k, Kind::Person | Kind::Name | Kind::Phone | Kind::Email | Kind::Address | Kind::Postcode | Kind::Title);
        let apart = parts.windows(2).all(|w| w[0].kind != w[1].kind);
        if parts.len() == whole && parts.len() >= 2 && apart && parts.iter().all(|s| kinds(s.kind)) { parts } else { Vec::new() }
    }

    /// The meaning of a weak label beside a side label: 研究项目 + 名称 is a project's name.
    pub fn beside(&self, side: &str, label: &str) -> Option<Sense> {
        let joined = format!("{}{}", squash(side), label_key(label));
        let starts: Vec<usize> = joined.char_indices().map(|(i, _)| i).collect();
        let label = label_key(label).chars().count();
        starts.iter().take(starts.len().saturating_sub(label)).take(16).find_map(|&at| self.knows(&joined[at..])).filter(|s| !s.weak)
    }

    pub fn knows(&self, key: &str) -> Option<Sense> {
        self.senses.get(key).copied()
    }

    /// Characters of the longest label.
    pub fn longest(&self) -> usize {
        self.longest
    }
}

/// A squashed text without what stands in brackets.
pub fn without_brackets(key: &str) -> String {
    let mut out = String::with_capacity(key.len());
    let mut depth = 0u32;
    for c in key.chars() {
        match c {
            '(' | '【' | '[' => depth += 1,
            ')' | '】' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// Whose block a side label or a section heading opens; `None` where it names nobody.
pub fn owner_of(heading: &str) -> Option<Owner> {
    let text = squash(heading);
    if text.chars().count() > 30 {
        return None;
    }
    let has = |words: &[&str]| words.iter().any(|w| text.contains(w));
    let own_people = has(&["成员", "项目组", "课题组", "参加人", "参与人"]);
    let people = has(&[
        "成员",
        "参加人",
        "参与人",
        "参加者",
        "参与者",
        "团队",
        "研究人员",
        "项目组",
        "课题组",
        "工作人员",
        "组成人员",
        "人员情况",
        "人员名单",
        "合作者",
    ]);
    let leader = has(&["负责人", "主持人", "申请人", "申报人", "申请者", "首席专家"]);
    if has(&["评审", "审批", "科协意见", "审定", "主管部门意见", "立项意见"]) {
        return Some(Owner::Office);
    }
    if has(&["推荐人", "推荐单位", "推荐专家", "提名", "推荐意见", "推荐部门"]) {
        return Some(Owner::Recommender);
    }
    if has(&["指导教师", "指导老师", "导师"]) {
        return Some(Owner::Adviser);
    }
    if has(&["专家"]) && !leader && !own_people {
        return Some(Owner::Expert);
    }
    if people && !has(&["合作单位"]) {
        return Some(Owner::Member);
    }
    if has(&["合作单位", "协作单位", "参与单位", "参加单位", "服务对象", "合作企业", "合作方", "联合申报", "合作机构"]) {
        return Some(Owner::Partner);
    }
    if has(&["联系人", "联络人", "经办人"]) {
        return Some(Owner::Contact);
    }
    if has(&["法定代表人", "法人代表", "单位负责人", "学会负责人", "理事长"]) {
        return Some(Owner::Head);
    }
    if leader {
        return Some(Owner::Leader);
    }
    if has(&[
        "申报单位",
        "申请单位",
        "承担单位",
        "依托单位",
        "项目单位",
        "学会",
        "单位情况",
        "单位基本",
        "单位信息",
        "所在单位",
        "工作单位",
        "学会情况",
        "牵头单位",
        "单位概况",
    ]) || text == "单位"
    {
        return Some(Owner::Applicant);
    }
    None
}

/// Whether a text has the shape of a label: a few ideographs, no sentence.
pub fn label_shaped(text: &str) -> bool {
    let body = text[enumerator(text)..].trim();
    let mut ideographs = 0;
    for c in body.chars().map(fold_char) {
        if c.is_whitespace() || matches!(c, '(' | ')' | '/' | '、' | ':' | '*' | '-') {
            continue;
        }
        if !is_cjk(c) && !c.is_ascii_alphabetic() || matches!(c, '。' | '《' | '》' | '□') {
            return false;
        }
        ideographs += 1;
    }
    (2..=12).contains(&ideographs)
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
        ] {
            assert_eq!(lexicon.label(label).and_then(|s| s.field), Some(field), "{label}");
        }
        assert_eq!(lexicon.label("合作单位联系电话").and_then(|s| s.owner), Some(Owner::Partner));
        assert_eq!(lexicon.label("项目负责人签字").map(|s| s.kind), Some(Kind::Sign));
        assert_eq!(lexicon.label("徐州市工程学会"), None);
    }

    #[test]
    fn numbers_before_headings_are_measured() {
        for (text, rest) in [
            ("一、基本情况", "基本情况"),
            ("（二）团队", "团队"),
            ("1.项目名称", "项目名称"),
            ("3、合计", "合计"),
            ("第一部分 基本情况", " 基本情况"),
            ("①内容", "内容"),
            ("2022年度", "2022年度"),
            ("2022 年度计划", "2022 年度计划"),
            ("1.2 目标", "目标"),
            ("项目名称", "项目名称"),
        ] {
            assert_eq!(&text[enumerator(text)..], rest, "{text}");
        }
    }
}
