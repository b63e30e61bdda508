//! The words under which forms ask for a field.
use super::form::Lexicon;
use crate::model::FieldId;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Labels per field. Blanks, width, colons, brackets and seal hints do not matter: they are folded away.
///
/// The default has the labels seen on forms of science associations, ministries, universities and foundations.
#[derive(Debug)]
pub struct Vocabulary {
    labels: BTreeMap<FieldId, Vec<String>>,
    /// Built at the first use.
    lexicon: OnceLock<Lexicon>,
}

impl Vocabulary {
    pub(super) fn lexicon(&self) -> &Lexicon {
        self.lexicon.get_or_init(|| Lexicon::new(&self.labels))
    }
}

impl Default for Vocabulary {
    fn default() -> Self {
        let labels = FieldId::ALL.into_iter().map(|field| (field, words(field).split_whitespace().map(str::to_owned).collect())).collect();
        Self { labels, lexicon: OnceLock::new() }
    }
}

impl From<BTreeMap<FieldId, Vec<String>>> for Vocabulary {
    /// A programme's own labels beside the ones every form uses.
    fn from(labels: BTreeMap<FieldId, Vec<String>>) -> Self {
        let mut all = Self::default();
        for (field, words) in labels {
            all.labels.entry(field).or_default().extend(words);
        }
        all
    }
}

impl Vocabulary {
    /// The common labels and a programme's own.
    pub fn with(own: BTreeMap<FieldId, Vec<String>>) -> Self {
        let mut vocabulary = Self::default();
        for (field, labels) in own {
            let known = vocabulary.labels.entry(field).or_default();
            for label in labels {
                if !known.contains(&label) {
                    known.push(label);
                }
            }
        }
        vocabulary
    }
}

fn words(field: FieldId) -> &'static str {
    match field {
        FieldId::ProjectName => {
            "项目名称 课题名称 活动名称 专题名称 会议名称 项目题目 课题题目 选题名称 作品名称 成果名称 研究课题 研究题目 论文题目 \
             申报项目名称 申报课题名称 申请项目名称 申请课题名称 项目中文名称 课题中文名称 中文名称 申报题目 申报课题 题目 名称 立项名称 工程名称 \
             拟申报项目名称 拟申报课题名称 科研项目名称 科普项目名称 项目全称 项目(课题)名称 课题(项目)名称 平台名称 基地名称 团队名称 服务站名称 科技服务站名称 工作站名称"
        }
        FieldId::ApplicantName => {
            "申报单位 申报单位名称 申报单位全称 申报学会 申报学会名称 所在单位 所在学院 所在院系 所在院(系) 所在学校 推荐学校 学校名称 学校 学校全称 依托单位 依托单位名称 项目依托单位 \
             项目单位 项目单位名称 学会名称 协会名称 学会(协会、研究会)名称 学会(协会)名称 学会全称 社会组织名称 社团名称 单位名称 单位全称 承担单位 承担单位名称 主承担单位 主实施单位 实施单位 项目实施单位 \
             项目承担单位 课题承担单位 项目申报单位 课题申报单位 项目申请单位 课题申请单位 申请单位 申请单位名称 填报单位 主办单位 牵头单位 牵头单位名称 项目牵头单位 牵头申报单位 主持单位 \
             项目主持单位 第一承担单位 第一完成单位 主要承担单位 责任单位 课题责任单位 负责人所在单位 项目负责人所在单位 课题负责人所在单位 主持人所在单位 申请人所在单位 申报人所在单位 \
             企业名称 机构名称 申报机构 申请机构 申报主体 申报主体名称 法人单位名称 申报部门 申报学院 所属学院 所属单位 组织名称 院系名称 学部(学院) 学院(学部) 学院(部) 院(系) 系(院) 院(系、所) 二级学院 申请部门 建站学会 建站学会名称 承办学会 实施学会 牵头学会 牵头学会名称 主办学会"
        }
        FieldId::Category => {
            "项目类别 项目类型 拟申报类型 计划类别 申报类别 申报类型 课题类别 课题类型 申请类别 申请类型 资助类别 项目种类 申报项目类别 申报项目类型 拟申报类别 \
             申报专项 专项类别 专项名称 所属类别 所属专项 计划类型 项目性质 课题性质 类别 项目级别 课题级别 项目申报类别 项目申报类型 推荐类别 申报级别 作品类别 参赛类别 参赛组别"
        }
        FieldId::Leader => {
            "项目负责人 课题负责人 负责人 项目主持人 课题主持人 主持人 申请人 申请者 申报人 申报者 项目申请人 课题申请人 课题申报人 项目申报人 第一申请人 主申请人 首席专家 项目首席专家 \
             课题首席专家 负责人姓名 项目负责人姓名 课题负责人姓名 主持人姓名 项目主持人姓名 课题主持人姓名 申请人姓名 申报人姓名 申请者姓名 项目承担人 承担人 项目组长 课题组长 第一负责人 项目第一负责人 \
             活动负责人 项目总负责人 总负责人 技术负责人 项目技术负责人 学术带头人 带头人 团队负责人 团队带头人 平台负责人 基地负责人 法定代表人/委托代理人 参赛队长 队长 负责人(主持人) 课题负责人(主持人)"
        }
        FieldId::LeaderTitle => {
            "职称/职务 职务/职称 职称 职务 职称职务 职务职称 技术职称 专业技术职务 专业技术职称 专业职务 行政职务 技术职务 现任职务 职称及职务 职务及职称 职称和职务 职务和职称 \
             行政职务/职称 专业职称 负责人职称 负责人职务 负责人职称/职务 负责人职务/职称 专业技术职务/行政职务 单位及职务 单位职务 党政职务"
        }
        FieldId::Contact => {
            "联系人 项目联系人 课题联系人 联系人姓名 项目联系人姓名 联络人 具体联系人 日常联系人 单位联系人 学会联系人 申报联系人 申报单位联系人 经办人 项目经办人"
        }
        FieldId::Phone => {
            "联系电话 电话 固定电话 电话号码 联系人电话 手机 手机号码 手机号 移动电话 联系电话/手机 联系手机 联系方式 办公电话 办公室电话 单位电话 座机 固话 联系号码 电话/手机 手机/电话 \
             联系电话(手机) 移动电话号码 联系人手机 负责人电话 负责人手机 负责人联系电话 联系人联系电话 常用电话 固定电话/手机 手机/固定电话 办公电话/手机 联系电话及手机"
        }
        FieldId::Email => {
            "电子信箱 邮箱 E-mail Email 电子邮箱 电子邮件 邮箱地址 电子邮件地址 电子邮箱地址 E-mail地址 联系邮箱 常用邮箱 电邮 信箱 邮件 邮件地址 电子信箱地址"
        }
        FieldId::Address => {
            "单位地址 通讯地址 详细地址 通信地址 联系地址 办公地址 地址 注册地址 单位通讯地址 单位详细地址 邮寄地址 通讯处 通信处 学会地址 住所 住所地 单位所在地 通讯地址及邮编 地址及邮编"
        }
        FieldId::Postcode => "邮政编码 邮编 邮政编号 邮码",
        FieldId::DateFilled => {
            "填报日期 填表日期 填写日期 申请日期 申报日期 填报时间 填表时间 填写时间 申报时间 申请时间 报告编制时间 编制日期 编制时间 报送日期 报送时间 提交日期 提交时间 申请年月 申报年月 填报年月 制表日期 推荐日期 日期"
        }
        FieldId::PeriodFrom => {
            "起始时间 起始日期 起始年月 开始时间 开始日期 项目开始时间 项目起始时间 课题起始时间 起始年限 计划开始时间 启动时间 项目启动时间 实施开始时间 开工时间"
        }
        FieldId::PeriodTo => {
            "完成时间 计划完成时间 预计完成时间 完成日期 计划完成日期 预计完成日期 结束时间 结束日期 终止时间 截止时间 终止日期 项目完成时间 项目结束时间 课题完成时间 完成年限 结题时间 \
             预计结题时间 计划结题时间 拟完成时间 成果完成时间 最终成果完成时间 终止年月 预期完成时间"
        }
        FieldId::Partner => {
            "合作单位 协作单位 服务对象 其他主要参加单位 建站单位 参与单位 参加单位 主要参加单位 合作单位名称 协作单位名称 服务对象名称 服务单位 合作企业 合作企业名称 合作方 合作机构 合作伙伴 \
             联合申报单位 联合单位 联合申请单位 联合承担单位 共同申报单位 项目合作单位 课题合作单位 主要合作单位 参与单位名称 参加单位名称 合作(服务)单位 合作院校 合作研究单位 服务企业 服务企业名称 签约单位 受援单位 对接单位 项目参与单位 其他参与单位 需求单位 合作学会 合作协会 合作学会名称 共建单位 共建单位名称 合作社团 联合体成员单位"
        }
        FieldId::BudgetTotal => {
            "申请经费 经费总额 总经费 申请资助经费数额 经费预算 经费概算 总预算 预算总额 经费总预算 项目总经费 项目总预算 总投资 项目总投资 申请金额 申请资助金额 拟申请经费 申请资助经费 \
             申请资助 申请资金 拟申请资金 申请补助经费 申请补助资金 申请经费总额 申报经费 申报金额 资助金额 资助经费 经费合计 预算合计 预算经费 申请经费预算 项目经费 项目预算 课题经费 课题预算 \
             经费申请 经费申请额 申请额度 申请财政经费 申请财政资金 申请专项经费 申请专项资金 申请拨款 拟申请经费总额 申请资助额度 项目总金额 申请科协经费 申请市科协资助 申请市科协资助经费 申请总经费 总金额 所需经费 经费需求 项目经费预算 项目经费总额 \
             申请奖补资金 申请奖补经费 拟申请金额 资助经费申请 总经费预算 项目总额 经费总计 总费用 需要经费 申请直接费用 申请资助总额 申请资助总经费 申请资助金额合计 预算经费总额 项目预算总额 申请财政资助 申请支持经费 申请支持金额 拟申请资助金额 申请项目经费 申请课题经费 总投入 项目总投入 经费总投入 总投资额 投资总额 项目投资总额 预算总金额 经费"
        }
        FieldId::Members => {
            "课题组主要成员 主要研究人员 项目组成员 项目组主要成员 课题组成员 课题成员 项目成员 主要成员 小组成员 团队成员 团队主要成员 研究团队 课题参加人 主要参加人员 主要参与人员 参加人员 参与人员 项目参加人员 \
             项目组人员 主要参加者 项目主要参加人员 项目主要参与人员 主要参与者 参与人 参加人 成员 项目主要成员 项目主要人员 课题组主要人员 课题主要参加人员 主要研究者 合作者 研究人员 工作团队 项目团队 项目团队成员 组成人员"
        }
        FieldId::Opinion => {
            "申报单位意见 学会意见 单位审核意见 推荐单位意见 市科协审定意见 承担单位意见 评审立项意见 申请单位意见 项目申报单位意见 所在单位意见 所在单位审核意见 单位意见 依托单位意见 推荐意见 申报学会意见 \
             项目承担单位意见 申报单位审核意见 学校意见 所在学院意见 学院意见 牵头单位意见 单位推荐意见 协会意见 主办单位意见 所在部门意见"
        }
    }
}
