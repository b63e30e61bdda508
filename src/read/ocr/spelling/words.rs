//! Words of which one letter or two were taken for others: places, labels, and what learned societies are called by.
use super::super::recognise::Character;
use super::{LEAST_CHANCE, put};
use std::sync::LazyLock;

/// Words of three letters and more: cities, districts and counties of Jiangsu, the cities of other provinces that are called much
/// alike, labels of forms.
const WORDS: &str = "江苏省 南京市 玄武区 秦淮区 建邺区 鼓楼区 浦口区 栖霞区 雨花台区 江宁区 六合区 溧水区 高淳区 无锡市 锡山区 惠山区 \
    滨湖区 梁溪区 新吴区 江阴市 宜兴市 徐州市 云龙区 贾汪区 泉山区 铜山区 睢宁县 新沂市 邳州市 常州市 天宁区 钟楼区 新北区 武进区 金坛区 \
    溧阳市 苏州市 虎丘区 吴中区 相城区 姑苏区 吴江区 常熟市 张家港市 昆山市 太仓市 南通市 崇川区 海门区 通州区 如东县 启东市 如皋市 海安市 \
    连云港市 连云区 海州区 赣榆区 东海县 灌云县 灌南县 淮安市 淮安区 淮阴区 清江浦区 洪泽区 涟水县 盱眙县 金湖县 盐城市 亭湖区 盐都区 \
    大丰区 响水县 滨海县 阜宁县 射阳县 建湖县 东台市 扬州市 广陵区 邗江区 江都区 宝应县 仪征市 高邮市 镇江市 京口区 润州区 丹徒区 丹阳市 \
    扬中市 句容市 泰州市 海陵区 高港区 姜堰区 兴化市 靖江市 泰兴市 宿迁市 宿城区 宿豫区 沭阳县 泗阳县 泗洪县 \
    郑州市 杭州市 湖州市 台州市 温州市 衢州市 宿州市 亳州市 滁州市 池州市 福州市 泉州市 漳州市 广州市 惠州市 梅州市 潮州市 赣州市 抚州市 \
    德州市 滨州市 沧州市 荆州市 随州市 鄂州市 郴州市 永州市 柳州市 钦州市 梧州市 贺州市 泸州市 达州市 兰州市 忻州市 朔州市 锦州市 \
    负责人 联系人 项目名称 申报单位 合作单位 联系电话 人民币 有限公司";
/// Disciplines and trades after which societies are called. Common knowledge of the societies of cities.
const DISCIPLINES: &str = "医学 中医 中医药 护理 药学 农学 林业 水利 电机工程 机械工程 土木建筑 建筑 计算机 畜牧兽医 园艺 气象 数学 物理 化学 化工 \
    纺织工程 环境科学 测绘 地质 地理 科普作家 预防医学 针灸 营养 心理 食品科学技术 食品 水产 植物保护 土壤肥料 公路 汽车工程 \
    电子 通信 自动化 金属 煤炭 石油 电力 电力工程 城市规划 土地 城市科学 风景园林 标准化 计量测试 质量管理 系统工程 管理科学 \
    技术经济 科学学 图书馆 情报 科技情报 档案 会计 统计 税务 金融 财政 审计 农机 农业机械 农业工程 农业技术 作物 蚕桑 茶叶 \
    茶文化 花卉 盆景 果树 蔬菜 食用菌 养蜂 蜂业 种子 烟草 粮油 造纸 硅酸盐 陶瓷 铸造 焊接 锻压 热处理 表面工程 制冷 暖通空调 \
    给水排水 供热 燃气 消防 安全生产 安全工程 地震 航空 航天 航海 造船工程 内燃机 铁道 交通运输 公路运输 港口 物流 物理化学 生物 \
    动物 植物 昆虫 微生物 遗传 生态 野生动物保护 生物化学 生物医学工程 生物工程 生理科学 解剖 药理 病理 天文 力学 光学 声学 激光 \
    红外 核学 真空 仪器仪表 无损检测 腐蚀与防护 工程图学 工程热物理 工业设计 人工智能 机器人 大数据 物联网 信息化 软件 网络安全 \
    无线电 广播电视 电影电视技术 照明 电工技术 新能源 太阳能 节能 能源 可再生能源 电源 测绘地理信息 遥感 工程建设 水土保持 \
    水力发电 水利水电 海洋 湖泊 环境保护 环境 卫生 公共卫生 卫生经济 医院管理 健康管理 健康教育 口腔医学 口腔 康复医学 康复 \
    中西医结合 老年医学 老年 抗癌 抗衰老 防痨 性学 优生优育 计划生育 妇幼保健 心理卫生 心理健康 心理咨询 精神卫生 糖尿病 高血压 \
    麻醉 检验 超声医学 放射 影像 影像技术 内科 外科 妇产科 儿科 眼科 耳鼻咽喉 皮肤科 骨科 急诊医学 重症医学 神经内科 神经外科 \
    心血管内科 消化内科 呼吸内科 肾内科 血液 内分泌 肿瘤 感染 肛肠 推拿 中药 法医 医学伦理 体育科学 教育 职业教育 学前教育 \
    家庭教育 科技教育 创造 发明 科技新闻 期刊编辑 科技期刊 翻译 法学 哲学 历史 语言文字 社会学 人口 经济 企业管理 市场营销 价格 \
    珠算 保险 旅游 烹饪 酿酒 盐业 奶业 饲料 兽医 动物疫病防控 淡水养殖 渔业 草业 草原 治沙 森林 林学 竹业 核桃 柑橘 橡胶 塑料 \
    塑料工程 涂料 皮革 印刷 包装 服装 印染 家具 日用化工 精细化工 稀土 有色金属 黄金 钢铁 冶金 矿业 选矿 水泥 混凝土 装饰 房地产 \
    工程造价 工程咨询 建设监理 勘察设计 园林 爆破 机电 数控 模具 特种设备 电梯 电线电缆 轴承 集成电路 半导体 材料 新材料 \
    复合材料 纳米技术 科技咨询 科技管理 专利 知识产权 农村专业技术 集邮 摄影";
/// What is behind a discipline of two letters: alone it is like too many other words.
const SOCIETIES: [&str; 4] = ["学会", "协会", "研究会", "促进会"];
/// Counties of two letters, where they begin a line or stand behind their city.
const COUNTIES: [&str; 2] = ["沛县", "丰县"];

struct Word {
    letters: Vec<char>,
    /// Letters at its end that must be as they are.
    fixed: usize,
    is_first: bool,
}

static LEXICON: LazyLock<Vec<Word>> = LazyLock::new(|| {
    let word = |text: String, fixed: usize, is_first: bool| Word { letters: text.chars().collect(), fixed, is_first };
    let (short, long): (Vec<&str>, Vec<&str>) = DISCIPLINES.split_whitespace().partition(|word| word.chars().count() < 3);
    let of_societies = short.iter().flat_map(|word| SOCIETIES.map(|society| (format!("{word}{society}"), society.chars().count())));
    let counties = COUNTIES.map(|name| word(name.to_owned(), 1, true));
    WORDS
        .split_whitespace()
        .chain(long)
        .map(|text| word(text.to_owned(), 0, false))
        .chain(of_societies.map(|(text, fixed)| word(text, fixed, false)))
        .chain(counties)
        .collect()
});

/// Puts the letters of a word where all but a few stand and the model gives the others a chance.
pub fn mend(characters: &mut [Character]) {
    for start in 0..characters.len() {
        let is_first = start == 0 || characters[start - 1].c == '市';
        let rest = &characters[start..];
        let words = LEXICON.iter().filter(|word| is_first || !word.is_first);
        let fitting: Vec<Vec<(usize, char)>> = words.filter_map(|word| word.amiss(rest)).collect();
        // What is a word stays one: nothing is amiss then.
        let Some(nearest) = fitting.iter().min_by_key(|amiss| amiss.len()) else { continue };
        let places: Vec<usize> = nearest.iter().map(|(at, _)| *at).collect();
        let alike: Vec<&Vec<(usize, char)>> = fitting.iter().filter(|amiss| amiss.iter().map(|(at, _)| *at).eq(places.iter().copied())).collect();
        for (n, at) in places.iter().enumerate() {
            put(&mut characters[start + at], LEAST_CHANCE, |c| alike.iter().any(|amiss| amiss[n].1 == c));
        }
    }
}

impl Word {
    /// Letters that keep what was read from being this word, each with a chance: at most one of three, two of four and more.
    fn amiss(&self, rest: &[Character]) -> Option<Vec<(usize, char)>> {
        if rest.len() < self.letters.len() {
            return None;
        }
        let free = self.letters.len() - self.fixed;
        let mut amiss = Vec::new();
        for (at, (c, read)) in self.letters.iter().zip(rest).enumerate() {
            if *c == read.c {
                continue;
            }
            if at >= free || amiss.len() == (free / 2).clamp(1, 2) || read.chance(*c) < LEAST_CHANCE {
                return None;
            }
            amiss.push((at, *c));
        }
        Some(amiss)
    }
}
